//! The table `capabilities`: what a vendor was found to be able to do for a connection's key, and
//! when that was asked.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_2: Migration = "
    CREATE TABLE capabilities (
        connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        supported INTEGER NOT NULL CHECK (supported IN (0, 1)),
        checked_at INTEGER NOT NULL,  -- Unix seconds
        PRIMARY KEY (connection, name)
    ) STRICT, WITHOUT ROWID;
";

/// What asking the vendor has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// Whether the vendor does it.
    pub supported: bool,
    /// When it was asked, Unix seconds.
    pub checked_at: i64,
}

/// What is known; none if it was never asked.
pub(crate) fn read(
    connection: &Connection,
    of: Uuid,
    name: &str,
) -> Result<Option<Capability>, MirrorError> {
    Ok(connection
        .prepare_cached(
            "SELECT supported, checked_at FROM capabilities WHERE connection = ?1 AND name = ?2",
        )?
        .query_row([&of.to_string(), name], |row| {
            Ok(Capability {
                supported: row.get(0)?,
                checked_at: row.get(1)?,
            })
        })
        .optional()?)
}

/// Keeps what was found in the place of what was known before.
pub(crate) fn write(
    connection: &Connection,
    of: Uuid,
    name: &str,
    found: Capability,
) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO capabilities (connection, name, supported, checked_at)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (connection, name) DO UPDATE
             SET supported = excluded.supported, checked_at = excluded.checked_at",
        )?
        .execute(params![
            of.to_string(),
            name,
            found.supported,
            found.checked_at
        ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::{self, tests::with_connections};

    #[test]
    fn what_was_found_last_counts_and_is_of_one_connection() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let connection = with_connections(&[one, other], &[LAYOUT_2]);
        let found = |supported, checked_at| Capability {
            supported,
            checked_at,
        };
        assert_eq!(read(&connection, one, "role").unwrap(), None, "never asked");
        write(&connection, one, "role", found(false, 5)).unwrap();
        write(&connection, one, "role", found(true, 6)).unwrap();
        assert_eq!(
            read(&connection, one, "role").unwrap(),
            Some(found(true, 6))
        );
        assert_eq!(read(&connection, other, "role").unwrap(), None);
        assert_eq!(read(&connection, one, "other").unwrap(), None);
    }

    #[test]
    fn it_goes_with_its_connection() {
        let one = Uuid::from_u128(1);
        let connection = with_connections(&[one], &[LAYOUT_2]);
        let found = Capability {
            supported: true,
            checked_at: 5,
        };
        write(&connection, one, "role", found).unwrap();
        assert!(
            write(&connection, Uuid::from_u128(9), "role", found).is_err(),
            "there is no such connection"
        );
        assert!(connections::delete(&connection, one).unwrap());
        assert_eq!(read(&connection, one, "role").unwrap(), None);
    }
}
