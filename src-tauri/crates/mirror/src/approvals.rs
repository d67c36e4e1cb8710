//! The table `approvals`: what others have said of plans, as the files stood. What a file says is
//! read from its bytes each time, and its signature checked.

use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE approvals (
        no INTEGER PRIMARY KEY,
        plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
        content BLOB NOT NULL,        -- the file as it was taken in
        read_at INTEGER NOT NULL,     -- Unix seconds
        UNIQUE (plan, content)
    ) STRICT;
";

/// What somebody has said of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalRecord {
    /// The file as it was taken in.
    pub content: Vec<u8>,
    /// When it was, Unix seconds.
    pub read_at: i64,
}

fn record(row: &Row<'_>) -> rusqlite::Result<ApprovalRecord> {
    Ok(ApprovalRecord {
        content: row.get(0)?,
        read_at: row.get(1)?,
    })
}

/// All of a plan, in the order in which they were taken in.
pub(crate) fn of(connection: &Connection, plan: Uuid) -> Result<Vec<ApprovalRecord>, MirrorError> {
    let found = connection
        .prepare_cached("SELECT content, read_at FROM approvals WHERE plan = ?1 ORDER BY no")?
        .query_map([&plan.to_string()], record)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Keeps one; false if the very same is there.
pub(crate) fn insert(
    connection: &Connection,
    plan: Uuid,
    approval: &ApprovalRecord,
) -> Result<bool, MirrorError> {
    let added = connection
        .prepare_cached(
            "INSERT INTO approvals (plan, content, read_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (plan, content) DO NOTHING",
        )?
        .execute(params![
            plan.to_string(),
            approval.content,
            approval.read_at
        ])?;
    Ok(added > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans;

    #[test]
    fn what_was_said_is_kept_once_as_it_stood_and_goes_with_its_plan() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "foreign_keys", true)
            .unwrap();
        connection.execute_batch(plans::LAYOUT_3).unwrap();
        connection.execute_batch(crate::steps::LAYOUT_3).unwrap();
        connection.execute_batch(LAYOUT_3).unwrap();
        let plan = plans::tests::plan(1);
        plans::insert(&connection, &plan).unwrap();
        let said = |content: &[u8], read_at| ApprovalRecord {
            content: content.to_vec(),
            read_at,
        };
        assert!(insert(&connection, plan.id, &said(b"yes", 5)).unwrap());
        assert!(!insert(&connection, plan.id, &said(b"yes", 6)).unwrap());
        assert!(insert(&connection, plan.id, &said(b"no", 7)).unwrap());
        let kept = of(&connection, plan.id).unwrap();
        assert_eq!(kept, [said(b"yes", 5), said(b"no", 7)]);
        assert!(insert(&connection, Uuid::from_u128(2), &said(b"yes", 5)).is_err());
        assert!(plans::delete(&connection, plan.id).unwrap());
        assert_eq!(of(&connection, plan.id).unwrap(), []);
    }
}
