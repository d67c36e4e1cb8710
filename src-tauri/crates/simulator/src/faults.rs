//! What goes wrong on purpose, so that tests see how a client takes it.

use std::time::Duration;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

/// What goes wrong with writes. Each number counts down to 0, where nothing goes wrong any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    lose_answers: u64,
    cut_writes: u64,
    delay_ms: u64,
    refuse_writes: Option<RefuseWrites>,
}

/// What is to go wrong from now on; what is none stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultOrder {
    /// So many accepted writes are made, and then the connection is closed without an answer.
    pub lose_answers: Option<u64>,
    /// So many writes are dropped before they are made, without an answer.
    pub cut_writes: Option<u64>,
    /// The answer to each write waits so many milliseconds after it was made.
    pub delay_ms: Option<u64>,
    /// So many writes are refused before they are made.
    pub refuse_writes: Option<RefuseWrites>,
}

/// Refusals to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseWrites {
    /// With which status, from 400 to 599.
    #[serde(with = "status")]
    pub status: StatusCode,
    /// How many times.
    pub times: u64,
}

impl Faults {
    /// Lets other things go wrong.
    pub fn set(&mut self, order: FaultOrder) {
        self.lose_answers = order.lose_answers.unwrap_or(self.lose_answers);
        self.cut_writes = order.cut_writes.unwrap_or(self.cut_writes);
        self.delay_ms = order.delay_ms.unwrap_or(self.delay_ms);
        self.refuse_writes = order.refuse_writes.or(self.refuse_writes);
    }

    /// Whether this write is refused, and with which status.
    pub fn refuses(&mut self) -> Option<StatusCode> {
        let refuse = self.refuse_writes.as_mut()?;
        count_down(&mut refuse.times).then_some(refuse.status)
    }

    /// Whether this write is dropped before it is made.
    pub fn cuts(&mut self) -> bool {
        count_down(&mut self.cut_writes)
    }

    /// Whether the answer to this accepted write is lost.
    pub fn loses(&mut self) -> bool {
        count_down(&mut self.lose_answers)
    }

    /// How long answers to writes wait.
    pub const fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }
}

fn count_down(left: &mut u64) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

mod status {
    use axum::http::StatusCode;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u16(status.as_u16())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<StatusCode, D::Error> {
        let number = u16::deserialize(from)?;
        let status = StatusCode::from_u16(number).ok();
        status
            .filter(|status| status.is_client_error() || status.is_server_error())
            .ok_or_else(|| D::Error::custom("expected a status from 400 to 599"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str) -> Result<FaultOrder, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn each_fault_counts_down_on_its_own() {
        let mut faults = Faults::default();
        faults.set(order(r#"{"lose_answers":1,"cut_writes":2}"#).unwrap());
        faults.set(order(r#"{"refuse_writes":{"status":503,"times":1}}"#).unwrap());
        assert_eq!(faults.refuses(), Some(StatusCode::SERVICE_UNAVAILABLE));
        assert_eq!(faults.refuses(), None);
        assert_eq!(
            [faults.cuts(), faults.cuts(), faults.cuts()],
            [true, true, false]
        );
        assert_eq!([faults.loses(), faults.loses()], [true, false]);
    }

    #[test]
    fn a_delay_stays_until_it_is_set_to_none() {
        let mut faults = Faults::default();
        faults.set(order(r#"{"delay_ms":20}"#).unwrap());
        faults.set(order("{}").unwrap());
        assert_eq!(faults.delay(), Duration::from_millis(20));
        faults.set(order(r#"{"delay_ms":0}"#).unwrap());
        assert_eq!(faults.delay(), Duration::ZERO);
    }

    #[test]
    fn what_is_no_fault_is_refused() {
        for text in [
            "[]",
            r#"{"lose_answer":1}"#,
            r#"{"lose_answers":-1}"#,
            r#"{"refuse_writes":{"status":200,"times":1}}"#,
            r#"{"refuse_writes":{"status":503}}"#,
        ] {
            assert!(order(text).is_err(), "{text}");
        }
    }
}
