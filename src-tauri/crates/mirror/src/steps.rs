//! The table `plan_steps`: every step of a plan, and what became of it.

use muster_directory::plan::{Step, StepResult, StepState};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::{MirrorError, file::Migration, plans::UnknownState, stored::damaged};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE plan_steps (
        plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,          -- from 1
        step TEXT NOT NULL,           -- JSON, sealed; no secret
        state TEXT NOT NULL,
        result TEXT NOT NULL,         -- JSON
        PRIMARY KEY (plan, no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX plan_steps_by_state ON plan_steps (plan, state, no);
";

/// A step of a plan, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StepRecord {
    /// What was planned.
    pub step: Step,
    /// What became of it.
    pub result: StepResult,
}

/// A part of the steps of a plan.
#[derive(Debug, Clone, Default)]
pub struct StepsWanted {
    /// Those that stand like this; none: all.
    pub states: Vec<StepState>,
    /// The first one, from 0.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
}

const SELECT: &str = "SELECT step, result FROM plan_steps";

fn read(row: &Row<'_>) -> rusqlite::Result<StepRecord> {
    let (step, result): (String, String) = (row.get(0)?, row.get(1)?);
    Ok(StepRecord {
        step: serde_json::from_str(&step).map_err(|error| damaged(0, error))?,
        result: serde_json::from_str(&result).map_err(|error| damaged(1, error))?,
    })
}

/// All of a plan, in order.
pub(crate) fn all(connection: &Connection, plan: Uuid) -> Result<Vec<StepRecord>, MirrorError> {
    let wanted = StepsWanted {
        limit: i64::MAX.cast_unsigned(),
        ..StepsWanted::default()
    };
    some(connection, plan, &wanted)
}

/// Some of a plan, in order.
pub(crate) fn some(
    connection: &Connection,
    plan: Uuid,
    wanted: &StepsWanted,
) -> Result<Vec<StepRecord>, MirrorError> {
    let states: Vec<_> = wanted.states.iter().map(|state| state.as_str()).collect();
    let records = connection
        .prepare_cached(&format!(
            "{SELECT} WHERE plan = ?1
               AND (?2 = '[]' OR state IN (SELECT value FROM json_each(?2)))
             ORDER BY no LIMIT ?3 OFFSET ?4"
        ))?
        .query_map(
            params![
                plan.to_string(),
                serde_json::to_string(&states)?,
                wanted.limit,
                wanted.offset
            ],
            read,
        )?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

/// One of a plan.
pub(crate) fn one(
    connection: &Connection,
    plan: Uuid,
    no: u64,
) -> Result<Option<StepRecord>, MirrorError> {
    Ok(connection
        .prepare_cached(&format!("{SELECT} WHERE plan = ?1 AND no = ?2"))?
        .query_row(params![plan.to_string(), no], read)
        .optional()?)
}

/// Those of every plan that a sync may show to be done: the vendor was asked for them by hand, has
/// accepted them for later, or gave no answer.
pub(crate) fn unproved(connection: &Connection) -> Result<Vec<(Uuid, StepRecord)>, MirrorError> {
    let records = connection
        .prepare_cached(
            "SELECT step, result, plan FROM plan_steps
             WHERE state IN ('pending', 'unknown')
                OR state = 'rejected' AND result ->> '$.asked_at' IS NOT NULL
             ORDER BY plan, no",
        )?
        .query_map((), |row| {
            let plan: String = row.get(2)?;
            let plan = plan
                .parse()
                .map_err(|error: uuid::Error| damaged(2, error))?;
            Ok((plan, read(row)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

/// How many of a plan stand like this.
pub(crate) fn counts(
    connection: &Connection,
    plan: Uuid,
) -> Result<Vec<(StepState, u64)>, MirrorError> {
    let counts = connection
        .prepare_cached("SELECT state, count(*) FROM plan_steps WHERE plan = ?1 GROUP BY state")?
        .query_map([plan.to_string()], |row| {
            let state: String = row.get(0)?;
            let known = StepState::named(&state);
            Ok((
                known.ok_or_else(|| damaged(0, UnknownState(state)))?,
                row.get(1)?,
            ))
        })?
        .collect::<Result<_, _>>()?;
    Ok(counts)
}

pub(crate) fn insert(
    connection: &Connection,
    plan: Uuid,
    steps: &[Step],
) -> Result<(), MirrorError> {
    let waiting = StepResult::of(StepState::Waiting);
    let result = serde_json::to_string(&waiting)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO plan_steps (plan, no, step, state, result) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for step in steps {
        statement.execute(params![
            plan.to_string(),
            step.no,
            serde_json::to_string(step)?,
            waiting.state.as_str(),
            result
        ])?;
    }
    Ok(())
}

/// Says what became of a step, if it stands like one of these; false if not.
pub(crate) fn set_result(
    connection: &Connection,
    plan: Uuid,
    no: u64,
    from: &[StepState],
    result: &StepResult,
) -> Result<bool, MirrorError> {
    let from: Vec<_> = from.iter().map(|state| state.as_str()).collect();
    let changed = connection
        .prepare_cached(
            "UPDATE plan_steps SET state = ?3, result = ?4
             WHERE plan = ?1 AND no = ?2 AND state IN (SELECT value FROM json_each(?5))",
        )?
        .execute(params![
            plan.to_string(),
            no,
            result.state.as_str(),
            serde_json::to_string(result)?,
            serde_json::to_string(&from)?
        ])?;
    Ok(changed > 0)
}

#[cfg(test)]
mod tests {
    use muster_directory::{Undo, plan::FieldChange};
    use serde_json::json;

    use super::*;
    use crate::plans;

    fn step(no: u64) -> Step {
        Step {
            no,
            kind: "user.create".to_owned(),
            target: None,
            base: None,
            changes: vec![FieldChange {
                path: "email".to_owned(),
                before: muster_directory::Fact::Absent,
                after: json!(format!("a{no}@b.be")),
            }],
            secrets: vec!["password".to_owned()],
            allowed: Vec::new(),
            undo: Undo::Never,
            takes_away: false,
            reading_only: false,
            line: Some(no + 1),
        }
    }

    fn tables(steps: u64) -> (Connection, Uuid) {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(plans::LAYOUT_3).unwrap();
        connection.execute_batch(LAYOUT_3).unwrap();
        let plan = plans::tests::plan(1);
        plans::insert(&connection, &plan).unwrap();
        let steps: Vec<_> = (1..=steps).map(step).collect();
        insert(&connection, plan.id, &steps).unwrap();
        (connection, plan.id)
    }

    #[test]
    fn steps_are_read_as_they_were_planned_and_wait() {
        let (connection, plan) = tables(3);
        let all = all(&connection, plan).unwrap();
        let planned: Vec<_> = all.iter().map(|record| record.step.clone()).collect();
        assert_eq!(planned, (1..=3).map(step).collect::<Vec<_>>());
        assert_eq!(
            counts(&connection, plan).unwrap(),
            [(StepState::Waiting, 3)]
        );
        let page = StepsWanted {
            states: vec![StepState::Waiting],
            offset: 1,
            limit: 1,
        };
        let found = some(&connection, plan, &page).unwrap();
        assert_eq!(found.iter().map(|own| own.step.no).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_step_goes_on_only_from_where_it_stands() {
        let (connection, plan) = tables(1);
        let sending = StepResult {
            request_id: Some("r".to_owned()),
            sent_at: Some(5),
            ..StepResult::of(StepState::Sending)
        };
        let waiting = [StepState::Waiting];
        assert!(set_result(&connection, plan, 1, &waiting, &sending).unwrap());
        assert!(
            !set_result(&connection, plan, 1, &waiting, &sending).unwrap(),
            "nobody sends it twice"
        );
        let found = one(&connection, plan, 1).unwrap().unwrap();
        assert_eq!(found.result, sending);
    }
}
