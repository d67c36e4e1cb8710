//! The table `evidence`: what came of trying what the vendor's pages leave open.

use muster_directory::Role;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE evidence (
        connection TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
        action TEXT NOT NULL,
        role TEXT NOT NULL,            -- the vendor's API value; '': not known
        allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)),
        status INTEGER NOT NULL,       -- of HTTP; 0: not known
        times INTEGER NOT NULL,
        first_at INTEGER NOT NULL,     -- Unix seconds
        last_at INTEGER NOT NULL,      -- Unix seconds
        PRIMARY KEY (connection, action, role, allowed, status)
    ) STRICT, WITHOUT ROWID;
";

/// What the vendor answered when an action was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It did it.
    Allowed,
    /// It refused, with this status of HTTP if one came.
    Refused(Option<u16>),
}

/// An answer of the vendor, and how often it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// `user.disable`
    pub action: String,
    /// The role of the key that tried; none if it was not known.
    pub role: Option<Role>,
    /// What the vendor answered.
    pub outcome: Tried,
    /// How often.
    pub times: u64,
    /// Unix seconds: when it came first.
    pub first_at: i64,
    /// Unix seconds: when it came last.
    pub last_at: i64,
}

/// Everything that was tried with a connection, the newest first.
pub(crate) fn all(connection: &Connection, of: Uuid) -> Result<Vec<EvidenceRecord>, MirrorError> {
    let found = connection
        .prepare_cached(
            "SELECT action, role, allowed, status, times, first_at, last_at FROM evidence
             WHERE connection = ?1 ORDER BY last_at DESC, action, role, allowed, status",
        )?
        .query_map([&of.to_string()], record)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

fn record(row: &Row<'_>) -> rusqlite::Result<EvidenceRecord> {
    let role: String = row.get(1)?;
    let status: u16 = row.get(3)?;
    Ok(EvidenceRecord {
        action: row.get(0)?,
        role: (!role.is_empty()).then(|| Role::from(role)),
        outcome: match row.get(2)? {
            true => Tried::Allowed,
            false => Tried::Refused((status > 0).then_some(status)),
        },
        times: row.get(4)?,
        first_at: row.get(5)?,
        last_at: row.get(6)?,
    })
}

/// Adds what came of trying an action. The same answer is kept once and counted.
pub(crate) fn add(
    connection: &Connection,
    of: Uuid,
    action: &str,
    role: Option<&Role>,
    outcome: Tried,
    at: i64,
) -> Result<(), MirrorError> {
    let (allowed, status) = match outcome {
        Tried::Allowed => (true, 0),
        Tried::Refused(status) => (false, status.unwrap_or_default()),
    };
    connection
        .prepare_cached(
            "INSERT INTO evidence (connection, action, role, allowed, status, times, first_at,
                                   last_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6)
             ON CONFLICT (connection, action, role, allowed, status) DO UPDATE
             SET times = times + 1, last_at = max(last_at, excluded.last_at)",
        )?
        .execute(params![
            of.to_string(),
            action,
            role.map_or("", Role::as_str),
            allowed,
            status,
            at,
        ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::tests::with_connections;

    #[test]
    fn the_same_answer_is_kept_once_and_counted_and_another_one_beside_it() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let connection = with_connections(&[one, other], &[LAYOUT_3]);
        let try_it = |role: Option<&Role>, outcome, at| {
            add(&connection, one, "user.disable", role, outcome, at).unwrap();
        };
        try_it(Some(&Role::Reseller), Tried::Refused(Some(403)), 5);
        try_it(Some(&Role::Reseller), Tried::Refused(Some(403)), 7);
        try_it(None, Tried::Allowed, 6);
        let found = all(&connection, one).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].times, found[0].first_at, found[0].last_at),
            (2, 5, 7)
        );
        assert_eq!(found[0].outcome, Tried::Refused(Some(403)));
        assert_eq!((&found[1].role, found[1].outcome), (&None, Tried::Allowed));
        assert_eq!(all(&connection, other).unwrap(), []);
    }
}
