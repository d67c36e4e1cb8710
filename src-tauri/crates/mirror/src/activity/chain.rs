//! What the hash of an entry is of, and whether the chain of all entries holds.
//!
//! The bytes that are hashed are netstrings, one after the other: the length in bytes in decimal
//! digits, a colon, the bytes, a comma; `-,` stands for a column that is NULL. The first is
//! `muster-activity-1`, then come `no`, `at`, `account`, `key_id`, `kind`, `target`, `request_id`,
//! `outcome`, `detail` and `previous`: texts as they are stored, in UTF-8, numbers in decimal
//! digits. So two entries that differ anywhere never have the same bytes. The hash is the SHA-256
//! of them, in 64 small hexadecimal digits.

use rusqlite::{Connection, Row, types::ValueRef};
use sha2::{Digest, Sha256};

use super::{ActivityHead, head};
use crate::MirrorError;

/// What stands where the hash of the entry before the first one would.
pub const NO_ENTRY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Says what is hashed, so that no other bytes can be taken for an entry.
const FORMAT: &[u8] = b"muster-activity-1";

/// How many columns are hashed: all but the hash.
const HASHED: usize = 10;

/// What looking at every entry showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many entries from the first on hold.
    pub sound: u64,
    /// The end of the chain, as it is stored.
    pub head: ActivityHead,
    /// The first entry that does not hold; none: all do.
    pub broken: Option<Break>,
    /// Where the hash stands that was noted outside; none if none was given.
    pub anchor: Option<Anchor>,
}

/// The first entry that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// Its number.
    pub no: i64,
    /// Why.
    pub fault: Fault,
}

/// Why an entry does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is none with this number, though there are later ones.
    Missing,
    /// Its hash is not that of what it holds.
    Changed,
    /// It does not hold the hash of the entry before it.
    Unlinked,
}

/// Where a hash stands that was noted outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It is the hash of this entry, and all before it hold; 0: it is that of an empty chain.
    At(u64),
    /// It is none of those of the entries that hold.
    NotThere,
}

/// What stands in a column, as it is hashed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    Null,
    Number(i64),
    /// Text that is no UTF-8 stays what it is, and fails.
    Bytes(&'a [u8]),
}

impl<'a> Cell<'a> {
    pub fn text(text: &'a str) -> Self {
        Self::Bytes(text.as_bytes())
    }

    /// What SQLite has. No column takes a number with a fraction, so none has one.
    fn stored(value: ValueRef<'a>) -> Self {
        match value {
            ValueRef::Null | ValueRef::Real(_) => Self::Null,
            ValueRef::Integer(number) => Self::Number(number),
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Self::Bytes(bytes),
        }
    }

    fn put(self, to: &mut Vec<u8>) {
        let number;
        let bytes = match self {
            Self::Null => {
                to.extend_from_slice(b"-,");
                return;
            }
            Self::Number(own) => {
                number = own.to_string();
                number.as_bytes()
            }
            Self::Bytes(bytes) => bytes,
        };
        to.extend_from_slice(bytes.len().to_string().as_bytes());
        to.push(b':');
        to.extend_from_slice(bytes);
        to.push(b',');
    }
}

/// The hash of the columns before it.
pub(super) fn hash(columns: &[Cell<'_>; HASHED]) -> String {
    hash_in(&mut Vec::new(), columns)
}

/// The same with room for its bytes, which many share.
fn hash_in(room: &mut Vec<u8>, columns: &[Cell<'_>; HASHED]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    room.clear();
    Cell::Bytes(FORMAT).put(room);
    columns.iter().for_each(|column| column.put(room));
    let digest = Sha256::digest(room.as_slice());
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}

/// Looks at every entry, from the first on, until one does not hold.
pub(crate) fn verify(
    connection: &Connection,
    noted: Option<&str>,
) -> Result<Verification, MirrorError> {
    // One state, though somebody may append meanwhile.
    let reading = connection.unchecked_transaction()?;
    // On paper it may stand in groups, and in capitals.
    let noted = noted.map(|hash| hash.split_whitespace().collect::<String>());
    let noted = noted.map(|hash| hash.to_ascii_lowercase());
    let noted_is = |hash: &[u8]| noted.as_deref().is_some_and(|own| own.as_bytes() == hash);
    let mut at = noted_is(NO_ENTRY.as_bytes()).then_some(0);
    let (mut sound, mut last, mut broken) = (0, NO_ENTRY.as_bytes().to_vec(), None);
    let mut room = Vec::new();
    let mut statement = reading.prepare_cached(
        "SELECT no, at, account, key_id, kind, target, request_id, outcome, detail, previous, hash
         FROM activity ORDER BY no",
    )?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let no: i64 = row.get(0)?;
        if let Some(found) = fault(row, no, sound, &last, &mut room)? {
            broken = Some(found);
            break;
        }
        sound += 1;
        last = row
            .get_ref(HASHED)?
            .as_bytes()
            .map_err(unexpected)?
            .to_vec();
        if noted_is(&last) {
            at = Some(sound);
        }
    }
    let anchor = noted
        .is_some()
        .then(|| at.map_or(Anchor::NotThere, Anchor::At));
    Ok(Verification {
        sound,
        head: head(&reading)?,
        broken,
        anchor,
    })
}

/// What is wrong with the entry that comes after so many sound ones, the last of which has this
/// hash.
fn fault(
    row: &Row<'_>,
    no: i64,
    sound: u64,
    last: &[u8],
    room: &mut Vec<u8>,
) -> Result<Option<Break>, MirrorError> {
    let next = i64::try_from(sound).unwrap_or(i64::MAX).saturating_add(1);
    if no > next {
        let fault = Fault::Missing;
        return Ok(Some(Break { no: next, fault }));
    }
    let mut columns = [Cell::Null; HASHED];
    for (index, column) in columns.iter_mut().enumerate() {
        *column = Cell::stored(row.get_ref(index)?);
    }
    let hashed = hash_in(room, &columns);
    let stored = row.get_ref(HASHED)?.as_bytes().map_err(unexpected)?;
    let fault = if no < next || stored != hashed.as_bytes() {
        Fault::Changed
    } else if columns[HASHED - 1] != Cell::Bytes(last) {
        Fault::Unlinked
    } else {
        return Ok(None);
    };
    Ok(Some(Break { no, fault }))
}

fn unexpected(error: rusqlite::types::FromSqlError) -> MirrorError {
    rusqlite::Error::FromSqlConversionFailure(HASHED, rusqlite::types::Type::Text, Box::new(error))
        .into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::{
            NewActivity, append,
            tests::{entry, table},
        },
        *,
    };

    const COLUMNS: [&str; 11] = [
        "no",
        "at",
        "account",
        "key_id",
        "kind",
        "target",
        "request_id",
        "outcome",
        "detail",
        "previous",
        "hash",
    ];

    /// A chain of five, half of them with a request id.
    fn chain() -> Connection {
        let mut connection = table();
        for at in 1..=5_i64 {
            let request_id = (at % 2 == 0).then(|| format!("r-{at}"));
            let entry = NewActivity {
                request_id,
                ..entry(at, "sync")
            };
            append(&mut connection, &entry).unwrap();
        }
        connection
    }

    /// Somebody with the file and another program.
    fn unfenced(connection: &Connection) {
        for trigger in ["is_not_changed", "is_not_deleted", "is_appended"] {
            let drop = format!("DROP TRIGGER activity_{trigger}");
            connection.execute_batch(&drop).unwrap();
        }
    }

    fn broken(connection: &Connection) -> Option<(i64, Fault)> {
        let verified = verify(connection, None).unwrap();
        verified.broken.map(|own| (own.no, own.fault))
    }

    #[test]
    fn the_bytes_are_as_documented() {
        let columns = [
            Cell::Number(1),
            Cell::Number(1_735_689_600_000),
            Cell::text("zoë"),
            Cell::Number(41),
            Cell::text("sync"),
            Cell::text("{}"),
            Cell::Null,
            Cell::text("done"),
            Cell::text("{}"),
            Cell::text(NO_ENTRY),
        ];
        // printf '17:muster-activity-1,1:1,13:1735689600000,4:zoë,2:41,4:sync,2:{},-,4:done,2:{},64:000…000,' | sha256sum
        assert_eq!(
            hash(&columns),
            "a2e0f78fe81b95529b557d182c7b718c75148600c5011d227e5c0e999ce18929"
        );
    }

    #[test]
    fn an_empty_chain_holds() {
        let verified = verify(&table(), Some(NO_ENTRY)).unwrap();
        assert_eq!((verified.sound, verified.broken), (0, None));
        assert_eq!(verified.anchor, Some(Anchor::At(0)));
    }

    #[test]
    fn a_head_that_was_noted_is_found_again_when_more_was_appended() {
        let mut connection = chain();
        let noted = head(&connection).unwrap().hash;
        append(&mut connection, &entry(6, "sync")).unwrap();
        let anchor = |noted: &str| verify(&connection, Some(noted)).unwrap().anchor;
        assert_eq!(anchor(&noted), Some(Anchor::At(5)));
        assert_eq!(
            anchor(&format!(" {} {}\n", noted[..8].to_uppercase(), &noted[8..])),
            Some(Anchor::At(5)),
            "it may have been written down in groups and capitals"
        );
        assert_eq!(anchor(&"ab".repeat(32)), Some(Anchor::NotThere));
        assert_eq!(anchor(""), Some(Anchor::NotThere));
        assert_eq!(verify(&connection, None).unwrap().anchor, None);
    }

    #[test]
    fn an_end_that_was_cut_off_is_seen_with_a_head_that_was_noted() {
        let connection = chain();
        let noted = head(&connection).unwrap().hash;
        unfenced(&connection);
        connection
            .execute("DELETE FROM activity WHERE no >= 4", ())
            .unwrap();
        let verified = verify(&connection, Some(&noted)).unwrap();
        assert_eq!(verified.broken, None, "what is left is a chain");
        assert_eq!(verified.anchor, Some(Anchor::NotThere));
    }

    #[test]
    fn a_head_after_the_break_proves_nothing() {
        let connection = chain();
        let noted = head(&connection).unwrap().hash;
        unfenced(&connection);
        connection
            .execute("UPDATE activity SET account = 'eve' WHERE no = 2", ())
            .unwrap();
        let verified = verify(&connection, Some(&noted)).unwrap();
        assert_eq!(verified.sound, 1);
        assert_eq!(verified.anchor, Some(Anchor::NotThere));
        assert_eq!(broken(&connection), Some((2, Fault::Changed)));
    }

    #[test]
    fn what_is_gone_or_was_written_anew_is_named() {
        let connection = chain();
        unfenced(&connection);
        connection
            .execute("DELETE FROM activity WHERE no = 3", ())
            .unwrap();
        assert_eq!(broken(&connection), Some((3, Fault::Missing)));

        let mut connection = chain();
        unfenced(&connection);
        connection
            .execute("DELETE FROM activity WHERE no >= 2", ())
            .unwrap();
        let kept = chain();
        append(&mut connection, &entry(99, "sync")).unwrap();
        // The rest as it was, after an entry that was put in the place of another.
        for no in 3..=5_i64 {
            let old = super::super::one(&kept, no.unsigned_abs())
                .unwrap()
                .unwrap();
            let request_id = old.request_id.clone();
            connection
                .execute(
                    "INSERT INTO activity VALUES (?1, ?2, ?3, 41, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                    rusqlite::params![
                        no,
                        old.at,
                        old.account,
                        old.kind,
                        old.target,
                        request_id,
                        old.outcome,
                        old.detail,
                        old.previous,
                        old.hash
                    ],
                )
                .unwrap();
        }
        assert_eq!(broken(&connection), Some((3, Fault::Unlinked)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn any_byte_of_any_column_that_is_changed_names_its_entry_or_the_next(
            no in 1..=5_i64,
            column in 0..COLUMNS.len(),
            place in 0..200_usize,
            flip in 1..=255_u8,
            vanish in prop::bool::weighted(0.1),
        ) {
            let connection = chain();
            unfenced(&connection);
            let name = COLUMNS[column];
            let stored: Vec<u8> = connection
                .query_row(
                    &format!("SELECT coalesce(CAST({name} AS BLOB), x'') FROM activity WHERE no = ?1"),
                    [no],
                    |row| row.get(0),
                )
                .unwrap();
            let mut changed = stored.clone();
            match stored.len() {
                0 => changed.push(flip),
                _ if vanish => { changed.remove(place % stored.len()); }
                length => changed[place % length] ^= flip,
            }
            let is_number = ["no", "at", "key_id"].contains(&name);
            let written = if is_number {
                // A number that is stored elsewhere: by one bit.
                let old: i64 = String::from_utf8(stored).unwrap().parse().unwrap();
                let new = old ^ (1_i64 << (place % 64));
                connection.execute(&format!("UPDATE activity SET {name} = ?1 WHERE no = ?2"), [new, no])
            } else {
                connection.execute(
                    &format!("UPDATE activity SET {name} = CAST(?1 AS TEXT) WHERE no = ?2"),
                    rusqlite::params![changed, no],
                )
            };
            // Another entry has this number already: nothing was changed.
            prop_assume!(written.is_ok());
            let new_no = match name {
                "no" => no ^ (1_i64 << (place % 64)),
                _ => no,
            };
            let (named, _) = broken(&connection).expect("a change is seen");
            prop_assert!(
                [no, no + 1, new_no].contains(&named),
                "{name} of {no} was changed, and {named} was named"
            );
        }
    }
}
