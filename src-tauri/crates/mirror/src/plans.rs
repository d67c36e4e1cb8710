//! The table `plans`: what was planned, sealed, and how far it is.

use muster_directory::plan::{PlanHeader, Seal};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::{MirrorError, file::Migration, stored::damaged};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE plans (
        id TEXT PRIMARY KEY,          -- UUID
        header TEXT NOT NULL,         -- JSON, sealed
        seal TEXT NOT NULL,           -- SHA-256 over header and steps
        state TEXT NOT NULL,
        position INTEGER,             -- in the outbox, from 1; NULL: not in it
        changed_at INTEGER NOT NULL,  -- Unix seconds
        replaced_by TEXT              -- the plan that was made of it again
    ) STRICT, WITHOUT ROWID;
";

/// A plan without its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRecord {
    /// Ours.
    pub id: Uuid,
    /// What it says of itself.
    pub header: PlanHeader,
    /// Over header and steps.
    pub seal: Seal,
    /// How it stands.
    pub state: PlanState,
    /// Its place in the outbox, from 1; none if it is not in it.
    pub position: Option<u64>,
    /// When that changed last, Unix seconds.
    pub changed_at: i64,
    /// The plan that was made of it again.
    pub replaced_by: Option<Uuid>,
}

/// How a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanState {
    /// It was made and shown; nothing was sent.
    Made,
    /// It waits in the outbox.
    Queued,
    /// It is being applied, or was when the app ended.
    Running,
    /// Somebody paused it, or it could not go on.
    Paused,
    /// Every step has come to an end.
    Ended,
    /// It was given up; what was applied stays applied.
    Canceled,
    /// A newer plan was made of it.
    Replaced,
}

impl PlanState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Made,
        Self::Queued,
        Self::Running,
        Self::Paused,
        Self::Ended,
        Self::Canceled,
        Self::Replaced,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ended => "ended",
            Self::Canceled => "canceled",
            Self::Replaced => "replaced",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether it may still be applied.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Made | Self::Queued | Self::Running | Self::Paused
        )
    }
}

/// A state that this version does not know.
#[derive(Debug, thiserror::Error)]
#[error("\u{201c}{0}\u{201d} is no state")]
pub(crate) struct UnknownState(pub String);

const SELECT: &str = "SELECT id, header, seal, state, position, changed_at, replaced_by FROM plans";

fn read(row: &Row<'_>) -> rusqlite::Result<PlanRecord> {
    let (id, header, state): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
    let replaced_by: Option<String> = row.get(6)?;
    Ok(PlanRecord {
        id: id.parse().map_err(|error: uuid::Error| damaged(0, error))?,
        header: serde_json::from_str(&header).map_err(|error| damaged(1, error))?,
        seal: Seal::written(row.get(2)?),
        state: PlanState::named(&state).ok_or_else(|| damaged(3, UnknownState(state)))?,
        position: row.get(4)?,
        changed_at: row.get(5)?,
        replaced_by: replaced_by
            .map(|id| id.parse())
            .transpose()
            .map_err(|error: uuid::Error| damaged(6, error))?,
    })
}

/// All, the newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<PlanRecord>, MirrorError> {
    let sql = format!("{SELECT} ORDER BY changed_at DESC, id");
    let records = connection
        .prepare_cached(&sql)?
        .query_map((), read)?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

pub(crate) fn one(connection: &Connection, id: Uuid) -> Result<Option<PlanRecord>, MirrorError> {
    Ok(connection
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.to_string()], read)
        .optional()?)
}

pub(crate) fn insert(connection: &Connection, plan: &PlanRecord) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO plans (id, header, seal, state, position, changed_at, replaced_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            plan.id.to_string(),
            serde_json::to_string(&plan.header)?,
            plan.seal.as_str(),
            plan.state.as_str(),
            plan.position,
            plan.changed_at,
            plan.replaced_by.map(|id| id.to_string()),
        ])?;
    Ok(())
}

/// Gives a plan another state, if it has one of these now; false if not. In the outbox, it is last.
pub(crate) fn set_state(
    connection: &Connection,
    id: Uuid,
    from: &[PlanState],
    to: PlanState,
    now: i64,
) -> Result<bool, MirrorError> {
    let from: Vec<_> = from.iter().map(|state| state.as_str()).collect();
    let changed = connection
        .prepare_cached(
            "UPDATE plans SET state = ?2, changed_at = ?3,
                 position = CASE WHEN ?2 = 'queued'
                     THEN coalesce(position, 1 + (SELECT coalesce(max(position), 0) FROM plans))
                 END
             WHERE id = ?1 AND state IN (SELECT value FROM json_each(?4))",
        )?
        .execute(params![
            id.to_string(),
            to.as_str(),
            now,
            serde_json::to_string(&from)?
        ])?;
    Ok(changed > 0)
}

/// Says which plan was made of one again, if that one still stands as it was read; false if not.
pub(crate) fn set_replaced(
    connection: &Connection,
    before: &PlanRecord,
    by: Uuid,
    now: i64,
) -> Result<bool, MirrorError> {
    let changed = connection
        .prepare_cached(
            "UPDATE plans SET state = 'replaced', replaced_by = ?2, position = NULL,
                 changed_at = ?3
             WHERE id = ?1 AND state = ?4 AND changed_at = ?5",
        )?
        .execute(params![
            before.id.to_string(),
            by.to_string(),
            now,
            before.state.as_str(),
            before.changed_at
        ])?;
    Ok(changed > 0)
}

/// Puts the plans of the outbox in this order; those that are not named come after, as they were.
pub(crate) fn order(connection: &Connection, ids: &[Uuid]) -> Result<(), MirrorError> {
    let mut queued: Vec<_> = all(connection)?
        .into_iter()
        .filter(|plan| plan.state == PlanState::Queued)
        .collect();
    queued.sort_by_key(|plan| {
        let named = ids.iter().position(|id| *id == plan.id);
        (named.unwrap_or(ids.len()), plan.position)
    });
    let mut statement =
        connection.prepare_cached("UPDATE plans SET position = ?2 WHERE id = ?1")?;
    for (position, plan) in (1_u64..).zip(&queued) {
        statement.execute(params![plan.id.to_string(), position])?;
    }
    Ok(())
}

/// Removes a plan of which nothing was sent, whatever it went through; false if there is none or
/// something was.
pub(crate) fn delete(connection: &Connection, id: Uuid) -> Result<bool, MirrorError> {
    let removed = connection
        .prepare_cached(
            "DELETE FROM plans WHERE id = ?1 AND state IN ('made', 'queued', 'replaced')
                 AND NOT EXISTS (SELECT 1 FROM plan_steps
                     WHERE plan = ?1 AND result ->> '$.sent_at' IS NOT NULL)",
        )?
        .execute([id.to_string()])?;
    Ok(removed > 0)
}

#[cfg(test)]
pub(crate) mod tests {
    use muster_directory::plan::{FORMAT, Plan};

    use super::*;

    pub(crate) fn plan(number: u128) -> PlanRecord {
        let id = Uuid::from_u128(number);
        let header = PlanHeader {
            format: FORMAT,
            id: id.to_string(),
            title: format!("Plan {number}"),
            vendor: "medipim".to_owned(),
            host: "api.medipim.be".to_owned(),
            key_id: 2,
            connection: "Pharmacies".to_owned(),
            made_at: 5,
            made_by: "zoe".to_owned(),
            role: None,
            base_sync: Some(1),
            steps: 0,
            requests: 0,
            seconds: 0,
            takes_away: 0,
            undoes: None,
        };
        let Plan { header, seal, .. } = Plan::sealed(header, Vec::new()).unwrap();
        PlanRecord {
            id,
            header,
            seal,
            state: PlanState::Made,
            position: None,
            changed_at: i64::try_from(number).unwrap(),
            replaced_by: None,
        }
    }

    fn table() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(LAYOUT_3).unwrap();
        connection.execute_batch(crate::steps::LAYOUT_3).unwrap();
        connection
    }

    fn queue(connection: &Connection, number: u128) {
        let id = Uuid::from_u128(number);
        assert!(set_state(connection, id, &[PlanState::Made], PlanState::Queued, 9).unwrap());
    }

    fn queued(connection: &Connection) -> Vec<u128> {
        let mut queued = all(connection).unwrap();
        queued.retain(|plan| plan.state == PlanState::Queued);
        queued.sort_by_key(|plan| plan.position);
        queued.iter().map(|plan| plan.id.as_u128()).collect()
    }

    #[test]
    fn a_plan_is_read_as_it_was_kept() {
        let connection = table();
        insert(&connection, &plan(1)).unwrap();
        insert(&connection, &plan(2)).unwrap();
        assert_eq!(all(&connection).unwrap(), [plan(2), plan(1)]);
        assert!(insert(&connection, &plan(1)).is_err(), "an id stands once");
    }

    #[test]
    fn the_outbox_has_an_order_that_can_be_changed() {
        let connection = table();
        for number in 1..=4 {
            insert(&connection, &plan(number)).unwrap();
            queue(&connection, number);
        }
        assert_eq!(queued(&connection), [1, 2, 3, 4]);
        order(&connection, &[3, 1].map(Uuid::from_u128)).unwrap();
        assert_eq!(queued(&connection), [3, 1, 2, 4]);
        let first = Uuid::from_u128(3);
        assert!(
            set_state(
                &connection,
                first,
                &[PlanState::Queued],
                PlanState::Running,
                9
            )
            .unwrap()
        );
        assert_eq!(one(&connection, first).unwrap().unwrap().position, None);
        assert_eq!(queued(&connection), [1, 2, 4]);
    }

    #[test]
    fn a_state_is_left_only_from_where_it_may_be() {
        let connection = table();
        insert(&connection, &plan(1)).unwrap();
        let id = Uuid::from_u128(1);
        let ended = [PlanState::Running];
        assert!(!set_state(&connection, id, &ended, PlanState::Ended, 9).unwrap());
        assert_eq!(
            one(&connection, id).unwrap().unwrap().state,
            PlanState::Made
        );
    }

    #[test]
    fn a_plan_is_replaced_only_as_it_was_read() {
        let connection = table();
        insert(&connection, &plan(1)).unwrap();
        let read = one(&connection, Uuid::from_u128(1)).unwrap().unwrap();
        let made = [PlanState::Made];
        set_state(&connection, read.id, &made, PlanState::Running, 9).unwrap();
        let by = Uuid::from_u128(2);
        assert!(!set_replaced(&connection, &read, by, 9).unwrap());
        let now = one(&connection, read.id).unwrap().unwrap();
        assert_eq!((now.state, now.replaced_by), (PlanState::Running, None));
        assert!(set_replaced(&connection, &now, by, 9).unwrap());
    }

    #[test]
    fn what_was_begun_is_never_removed() {
        let connection = table();
        insert(&connection, &plan(1)).unwrap();
        let id = Uuid::from_u128(1);
        set_state(&connection, id, &[PlanState::Made], PlanState::Running, 9).unwrap();
        assert!(!delete(&connection, id).unwrap());
        insert(&connection, &plan(2)).unwrap();
        assert!(delete(&connection, Uuid::from_u128(2)).unwrap());
    }
}
