//! What Medipim answers, read: one page at once, or everything as it arrives.

mod whole;

use std::{
    cell::Cell,
    fmt,
    io::{self, BufReader, Read},
    rc::Rc,
};

use bytes::Bytes;
use muster_directory::{Answer, AnswerMeta, Organization, Person};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use tokio::sync::mpsc;

use super::ApiKey;
pub(super) use whole::{read_items, read_unquoted};

/// Items a batch of an answer that is read as it arrives.
pub(super) const BATCH: usize = 1_000;

/// An item of an answer.
pub trait Row: DeserializeOwned + Send + 'static {
    /// What several are called.
    const MANY: &'static str;

    /// Its id, by which answers are ordered.
    fn id(&self) -> u64;
}

impl Row for Person {
    const MANY: &'static str = "people";

    fn id(&self) -> u64 {
        self.id.get()
    }
}

impl Row for Organization {
    const MANY: &'static str = "organizations";

    fn id(&self) -> u64 {
        self.id.get()
    }
}

impl Row for ApiKey {
    const MANY: &'static str = "keys";

    fn id(&self) -> u64 {
        self.id.get()
    }
}

/// Why an answer could not be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum WireError {
    /// It ended before its end, or holds less than it says.
    #[error("{0}")]
    Cut(String),
    /// It is not what is documented.
    #[error("{0}")]
    Unreadable(String),
    /// Nobody takes what was read.
    #[error("nobody takes it")]
    Unwanted,
}

/// Reads an answer that is there as a whole.
pub(super) fn read_page<T: Row>(body: &[u8]) -> Result<Answer<T>, WireError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(WireError::Unreadable("it is empty".to_owned()));
    }
    serde_json::from_slice(body).map_err(|error| {
        if error.is_eof() {
            WireError::Cut(error.to_string())
        } else {
            WireError::Unreadable(error.to_string())
        }
    })
}

/// Reads an answer with everything in it as it arrives, and gives what it read in batches, in the
/// order of ids. `give` returns whether anybody still wants more.
///
/// What is given is known to be good only when this returns: until then the answer can still turn
/// out to be cut.
pub(super) fn read_all<T: Row>(
    arriving: Arriving,
    give: impl FnMut(Vec<T>) -> bool,
) -> Result<AnswerMeta, WireError> {
    let mut whole = Whole {
        item_bytes: Rc::clone(&arriving.item_bytes),
        give,
        read: Progress::default(),
    };
    let mut json =
        serde_json::Deserializer::from_reader(BufReader::with_capacity(64 * 1_024, arriving));
    let done = (&mut whole)
        .deserialize(&mut json)
        .and_then(|()| json.end());
    let Progress {
        count,
        meta,
        results,
        problem,
        ..
    } = whole.read;
    let many = T::MANY;
    if let Err(error) = done {
        return Err(problem.unwrap_or_else(|| {
            if error.is_eof() {
                WireError::Cut(format!("it ends after {count} {many}, in the middle"))
            } else {
                WireError::Unreadable(format!("after {count} {many}: {error}"))
            }
        }));
    }
    let absent = |key: &str| WireError::Unreadable(format!("it has no \u{201c}{key}\u{201d}"));
    if !results {
        return Err(absent("results"));
    }
    let meta = meta.ok_or_else(|| absent("meta"))?;
    if meta.total != count {
        return Err(WireError::Cut(format!(
            "it says that there are {} {many} and holds {count}",
            meta.total
        )));
    }
    Ok(meta)
}

/// An answer while it is read.
struct Whole<T, F> {
    item_bytes: Rc<Cell<u64>>,
    give: F,
    read: Progress<T>,
}

/// What was read so far.
struct Progress<T> {
    meta: Option<AnswerMeta>,
    results: bool,
    count: u64,
    last: u64,
    batch: Vec<T>,
    /// Why the reading was stopped, if that was not the JSON's fault.
    problem: Option<WireError>,
}

impl<T> Default for Progress<T> {
    fn default() -> Self {
        Self {
            meta: None,
            results: false,
            count: 0,
            last: 0,
            batch: Vec::new(),
            problem: None,
        }
    }
}

impl<T: Row, F: FnMut(Vec<T>) -> bool> Whole<T, F> {
    fn stop<E: Error>(&mut self, problem: WireError) -> E {
        self.read.problem = Some(problem);
        E::custom("stopped")
    }

    fn take<E: Error>(&mut self, row: T) -> Result<(), E> {
        self.item_bytes.set(0);
        let (id, last) = (row.id(), self.read.last);
        if id <= last {
            let problem = format!("after id {last} comes id {id}, where ids should ascend");
            return Err(self.stop(WireError::Unreadable(problem)));
        }
        let read = &mut self.read;
        read.last = id;
        read.count += 1;
        read.batch.push(row);
        if read.batch.len() == BATCH {
            self.give()
        } else {
            Ok(())
        }
    }

    fn give<E: Error>(&mut self) -> Result<(), E> {
        let batch = std::mem::replace(&mut self.read.batch, Vec::with_capacity(BATCH));
        if batch.is_empty() || (self.give)(batch) {
            Ok(())
        } else {
            Err(self.stop(WireError::Unwanted))
        }
    }
}

/// A key of an answer.
enum Key {
    Meta,
    Results,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
                Ok(match name {
                    "meta" => Key::Meta,
                    "results" => Key::Results,
                    _ => Key::Other,
                })
            }
        }

        from.deserialize_identifier(Name)
    }
}

impl<'de, T: Row, F: FnMut(Vec<T>) -> bool> DeserializeSeed<'de> for &mut Whole<T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de, T: Row, F: FnMut(Vec<T>) -> bool> Visitor<'de> for &mut Whole<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer with \u{201c}meta\u{201d} and \u{201c}results\u{201d}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key()? {
            match key {
                Key::Meta if self.read.meta.is_some() => {
                    return Err(Error::duplicate_field("meta"));
                }
                Key::Meta => self.read.meta = Some(entries.next_value()?),
                Key::Results if self.read.results => {
                    return Err(Error::duplicate_field("results"));
                }
                Key::Results => {
                    self.read.results = true;
                    entries.next_value_seed(Rows(&mut *self))?;
                }
                Key::Other => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The list of items of an answer.
struct Rows<'a, T, F>(&'a mut Whole<T, F>);

impl<'de, T: Row, F: FnMut(Vec<T>) -> bool> DeserializeSeed<'de> for Rows<'_, T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de, T: Row, F: FnMut(Vec<T>) -> bool> Visitor<'de> for Rows<'_, T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of {}", T::MANY)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element()? {
            self.0.take(row)?;
        }
        self.0.give()
    }
}

/// A body that arrives in pieces from elsewhere, read on a thread that may block.
pub(super) struct Arriving {
    pieces: mpsc::Receiver<Bytes>,
    piece: Bytes,
    /// Bytes since the last item was complete.
    item_bytes: Rc<Cell<u64>>,
    most_item_bytes: u64,
}

impl Arriving {
    /// One item may have so many bytes: what is in memory at once stays bounded.
    pub fn new(pieces: mpsc::Receiver<Bytes>, most_item_bytes: u64) -> Self {
        Self {
            pieces,
            piece: Bytes::new(),
            item_bytes: Rc::default(),
            most_item_bytes,
        }
    }
}

impl Read for Arriving {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.pieces.blocking_recv() {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let size = self.piece.len().min(to.len());
        let item_bytes = self.item_bytes.get() + size as u64;
        if item_bytes > self.most_item_bytes {
            return Err(io::Error::other(format!(
                "one item is larger than {} bytes",
                self.most_item_bytes
            )));
        }
        self.item_bytes.set(item_bytes);
        to[..size].copy_from_slice(&self.piece.split_to(size));
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use muster_directory::{AnswerPage, Fact};

    use super::*;

    /// Reads a body that arrives in pieces of a size.
    fn read_in(body: &str, size: usize) -> (Result<AnswerMeta, WireError>, Vec<Vec<Person>>) {
        let (pieces, arriving) = mpsc::channel(body.len() + 1);
        for piece in body.as_bytes().chunks(size) {
            pieces.try_send(Bytes::copy_from_slice(piece)).unwrap();
        }
        drop(pieces);
        let mut batches = Vec::new();
        let done = read_all(Arriving::new(arriving, 300_000), |batch| {
            batches.push(batch);
            true
        });
        (done, batches)
    }

    fn read(body: &str) -> (Result<AnswerMeta, WireError>, Vec<Vec<Person>>) {
        let whole = read_in(body, body.len().max(1));
        let bytewise = read_in(body, 1);
        assert_eq!(
            whole, bytewise,
            "how the bytes arrive does not matter: {body}"
        );
        whole
    }

    fn people(ids: impl IntoIterator<Item = u64>) -> String {
        let people: Vec<_> = ids
            .into_iter()
            .map(|id| {
                format!(
                    r#"{{"id":{id},"name":"P {id}","organization":1,"meta":{{"createdAt":1}}}}"#
                )
            })
            .collect();
        format!("[{}]", people.join(","))
    }

    #[test]
    fn meta_may_come_first_or_last_among_keys_that_we_do_not_know() {
        for body in [
            r#"{"meta":{"total":1},"results":[{"id":7,"name":"Zo\u00eb"}]}"#,
            r#" { "results" : [ {"name":"Zoë","id":7} ] , "meta" : {"total":1,"new":{}} } "#,
            r#"{"a":[{"results":[]}],"results":[{"id":7,"name":"Zoë"}],"b":"}","meta":{"total":1}}"#,
        ] {
            let (done, batches) = read(body);
            assert_eq!(done.unwrap().total, 1, "{body}");
            assert_eq!(batches[0][0].name, "Zoë");
            assert_eq!(batches[0][0].organization, Fact::Unknown);
        }
    }

    #[test]
    fn an_empty_answer_is_whole() {
        let (done, batches) = read(r#"{"meta":{"total":0},"results":[]}"#);
        assert_eq!(done.unwrap().total, 0);
        assert!(batches.is_empty());
    }

    #[test]
    fn items_come_in_batches_in_order() {
        let count = 2 * BATCH as u64 + 1;
        let body = format!(
            r#"{{"results":{},"meta":{{"total":{count}}}}}"#,
            people(1..=count)
        );
        let (done, batches) = read_in(&body, 777);
        assert_eq!(done.unwrap().total, count);
        let sizes: Vec<_> = batches.iter().map(Vec::len).collect();
        assert_eq!(sizes, [BATCH, BATCH, 1]);
        let ids: Vec<_> = batches.iter().flatten().map(Row::id).collect();
        assert!(ids.iter().copied().eq(1..=count));
    }

    #[test]
    fn wherever_an_answer_is_cut_it_is_an_error() {
        let body = format!(r#"{{"meta":{{"total":3}},"results":{}}}"#, people(1..=3));
        for end in 0..body.len() {
            let (done, _) = read_in(&body[..end], 13);
            assert!(
                matches!(done, Err(WireError::Cut(_))),
                "cut at {end}: {done:?}"
            );
        }
        assert!(read(&body).0.is_ok());
    }

    #[test]
    fn an_answer_that_holds_another_number_than_it_says_is_not_whole() {
        for total in [2, 4] {
            let rows = people(1..=3);
            let (done, _) = read(&format!(
                r#"{{"meta":{{"total":{total}}},"results":{rows}}}"#
            ));
            let Err(WireError::Cut(what)) = done else {
                panic!("{done:?}")
            };
            assert!(what.contains("holds 3"), "{what}");
        }
    }

    #[test]
    fn ids_that_do_not_ascend_are_no_answer() {
        for ids in [[1, 3, 3], [1, 3, 2]] {
            let rows = people(ids);
            let (done, _) = read(&format!(r#"{{"meta":{{"total":3}},"results":{rows}}}"#));
            let Err(WireError::Unreadable(what)) = done else {
                panic!("{done:?}")
            };
            assert!(what.starts_with("after id 3 comes id"), "{what}");
        }
    }

    #[test]
    fn what_is_not_the_documented_shape_is_unreadable_and_says_where() {
        for (body, part) in [
            ("[]", "expected an answer with"),
            ("<html>", "expected value"),
            ("null", "expected an answer with"),
            (r#"{"meta":{"total":0}}"#, "no “results”"),
            (r#"{"results":[]}"#, "no “meta”"),
            (r#"{"meta":{},"results":[]}"#, "total"),
            (
                r#"{"meta":{"total":0},"results":{}}"#,
                "expected a list of people",
            ),
            (
                r#"{"meta":{"total":0},"results":null}"#,
                "expected a list of people",
            ),
            (
                r#"{"meta":{"total":0},"meta":{"total":0},"results":[]}"#,
                "duplicate",
            ),
            (
                r#"{"results":[],"results":[],"meta":{"total":0}}"#,
                "duplicate",
            ),
            (
                r#"{"meta":{"total":1},"results":[{"id":"1","name":"A"}]}"#,
                "after 0 people",
            ),
            (
                r#"{"meta":{"total":1},"results":[{"id":0,"name":"A"}]}"#,
                "not an id",
            ),
            (r#"{"meta":{"total":1},"results":[{"id":1}]}"#, "name"),
            (r#"{"meta":{"total":0},"results":[]} x"#, "trailing"),
        ] {
            let (done, _) = read(body);
            let Err(WireError::Unreadable(what)) = done else {
                panic!("{body}: {done:?}")
            };
            assert!(what.contains(part), "{body}: {what}");
        }
    }

    #[test]
    fn fields_that_we_do_not_know_are_kept() {
        let (done, batches) =
            read(r#"{"results":[{"id":1,"new":{"a":[1.5]},"name":"A"}],"meta":{"total":1}}"#);
        done.unwrap();
        assert_eq!(batches[0][0].extra["new"]["a"][0], 1.5);
    }

    #[test]
    fn an_item_without_end_does_not_fill_the_memory() {
        let name = "x".repeat(300_000);
        let body = format!(r#"{{"results":[{{"id":1,"name":"{name}"}}],"meta":{{"total":1}}}}"#);
        let (done, _) = read_in(&body, 10_000);
        let Err(WireError::Unreadable(what)) = done else {
            panic!("{done:?}")
        };
        assert!(what.contains("larger than 300000 bytes"), "{what}");
    }

    #[test]
    fn reading_stops_when_nobody_wants_more() {
        let rows = people(1..=5_000);
        let (pieces, arriving) = mpsc::channel(1);
        let body = format!(r#"{{"meta":{{"total":5000}},"results":{rows}}}"#);
        pieces.try_send(Bytes::from(body)).unwrap();
        let mut given = 0;
        let done = read_all(Arriving::new(arriving, u64::MAX), |_: Vec<Person>| {
            given += 1;
            false
        });
        assert_eq!((done, given), (Err(WireError::Unwanted), 1));
    }

    #[test]
    fn a_page_is_read_with_what_says_which_it_is() {
        let page = read_page::<Person>(
            br#"{"meta":{"total":12,"page":{"no":1,"offset":10,"size":10}},"results":[]}"#,
        )
        .unwrap();
        let expected = AnswerPage {
            no: 1,
            offset: 10,
            size: 10,
        };
        assert_eq!(page.meta.page, Some(expected));
        assert!(matches!(
            read_page::<Person>(b" \n"),
            Err(WireError::Unreadable(_))
        ));
        assert!(matches!(
            read_page::<Person>(b"{\"meta\":"),
            Err(WireError::Cut(_))
        ));
        assert!(matches!(
            read_page::<Person>(b"<html>"),
            Err(WireError::Unreadable(_))
        ));
    }
}
