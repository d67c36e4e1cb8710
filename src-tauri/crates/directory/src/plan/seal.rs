//! The seal: a hash over a plan, so that what is applied is what was shown.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Plan, PlanHeader, Step};

/// The form of plans that this version writes.
pub const FORMAT: u32 = 1;

/// SHA-256 over the header and every step, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seal(String);

impl Seal {
    /// The seal of a header and steps: of the JSON of each, a line each.
    pub fn over(header: &PlanHeader, steps: &[Step]) -> serde_json::Result<Self> {
        let mut hash = Sha256::new();
        hash.update(serde_json::to_vec(header)?);
        for step in steps {
            hash.update(b"\n");
            hash.update(serde_json::to_vec(step)?);
        }
        Ok(Self(hexadecimal(&hash.finalize())))
    }

    /// A seal that was written down.
    #[must_use]
    pub const fn written(hexadecimal: String) -> Self {
        Self(hexadecimal)
    }

    /// In hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

impl Plan {
    /// A plan of these steps, sealed.
    pub fn sealed(header: PlanHeader, steps: Vec<Step>) -> serde_json::Result<Self> {
        let seal = Seal::over(&header, &steps)?;
        Ok(Self {
            header,
            steps,
            seal,
        })
    }

    /// Whether it is what was sealed.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let counted = self.header.steps == self.steps.len() as u64;
        counted && Seal::over(&self.header, &self.steps).is_ok_and(|seal| seal == self.seal)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{header, step};
    use super::*;

    #[test]
    fn whatever_is_changed_breaks_the_seal() {
        let steps = vec![step("old", &[("profile.name", json!("new"))])];
        let plan = Plan::sealed(header(1), steps).unwrap();
        let written = serde_json::to_string(&plan).unwrap();
        let read: Plan = serde_json::from_str(&written).unwrap();
        assert_eq!(read, plan);
        assert!(read.is_whole());
        for (from, to) in [
            ("\"new\"", "\"neu\""),
            ("\"old\"", "\"olt\""),
            ("\"id\":\"7\"", "\"id\":\"8\""),
            ("\"key_id\":2", "\"key_id\":3"),
            ("\"steps\":1", "\"steps\":2"),
        ] {
            assert!(written.contains(from), "{from}");
            let changed: Plan = serde_json::from_str(&written.replacen(from, to, 1)).unwrap();
            assert!(!changed.is_whole(), "{from} was changed to {to}");
        }
        let longer = Plan {
            steps: [plan.steps.clone(), plan.steps.clone()].concat(),
            ..plan
        };
        assert!(!longer.is_whole());
    }
}
