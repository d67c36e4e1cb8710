//! The table `people`: what the vendor said of each person, from which sync until which.

use std::collections::HashMap;

use muster_directory::{
    Fact, OrganizationId, Person, PersonId, criteria::TimeField, name::fold, person::Meta,
};
use rusqlite::{Connection, Row, params};

use crate::{
    MirrorError, PersonFound,
    at::At,
    file::Migration,
    fingerprint, roles, stored, syncs,
    versions::{Presence, Version, Versioned, versioned_sql},
};

/// Narrow columns stand first: scans do not read the texts behind them. The key keeps the versions
/// of a person together, in the order of the vendor's answers, and is the only index.
pub(crate) const LAYOUT_1: Migration = "
    CREATE TABLE people (
        id INTEGER NOT NULL,
        valid_from INTEGER NOT NULL REFERENCES syncs (id),
        valid_until INTEGER REFERENCES syncs (id),  -- NULL: still so
        presence INTEGER NOT NULL CHECK (presence IN (0, 1, 2)),  -- present, missing, gone
        hash INTEGER NOT NULL,
        organization INTEGER,  -- NULL: unknown; 0: none
        created_at INTEGER,    -- Unix seconds; NULL: unknown; -2^63: none
        updated_at INTEGER,    -- Unix seconds; NULL: unknown; -2^63: none
        name TEXT NOT NULL,
        folded TEXT NOT NULL,  -- the name without case and accents
        extra TEXT,            -- JSON of fields that we do not know; NULL: none
        meta_extra TEXT,       -- the same of the vendor's meta
        PRIMARY KEY (id, valid_from)
    ) STRICT, WITHOUT ROWID;
";

impl Versioned for Person {
    versioned_sql!(
        "people",
        "organization, created_at, updated_at, name, folded, extra, meta_extra"
    );

    fn id(&self) -> u64 {
        self.id.get()
    }

    fn fingerprint(&self) -> Result<i64, MirrorError> {
        fingerprint::of_person(self)
    }

    fn insert(&self, connection: &Connection, sync: i64, hash: i64) -> Result<(), MirrorError> {
        let organization = match self.organization {
            Fact::Unknown => None,
            Fact::Absent => Some(stored::NO_ORGANIZATION),
            Fact::Known(id) => Some(stored::column_of(id.get())),
        };
        connection
            .prepare_cached(
                "INSERT INTO people (id, valid_from, presence, hash, organization, created_at,
                                     updated_at, name, folded, extra, meta_extra)
                 VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                self.id.get(),
                sync,
                hash,
                organization,
                stored::time_column(&self.meta.created_at),
                stored::time_column(&self.meta.updated_at),
                self.name,
                fold(&self.name),
                stored::extra_column(&self.extra)?,
                stored::extra_column(&self.meta.extra)?,
            ])?;
        Ok(())
    }
}

/// Reads people of a state.
pub(crate) struct Reading {
    at: At,
    sync: i64,
    roles_learned_at: Option<i64>,
    /// When each sync finished.
    finished: HashMap<i64, i64>,
}

impl Reading {
    /// Of the state that a sync left; 0 before the first one.
    pub fn of(connection: &Connection, at: At, sync: i64) -> Result<Self, MirrorError> {
        Ok(Self {
            at,
            sync,
            roles_learned_at: syncs::roles_learned_at(connection, sync)?,
            finished: syncs::finished(connection)?,
        })
    }

    /// Reads rows for an array of ids, in its order.
    pub fn by_ids(&self) -> String {
        let [p, l] = ["p", "l"].map(|table| self.at.of(table));
        let sync = self.sync;
        format!(
            "SELECT p.id, p.presence, p.organization, p.created_at, p.updated_at, p.name, p.extra,
                    p.meta_extra, p.valid_from,
                    (SELECT f.valid_from FROM people f WHERE f.id = p.id
                     ORDER BY f.valid_from LIMIT 1),
                    CASE p.valid_from WHEN {sync} THEN
                        (SELECT b.presence FROM people b
                         WHERE b.id = p.id AND b.valid_until = p.valid_from)
                    END,
                    l.role
             FROM rarray(?1) r
             CROSS JOIN people p ON p.id = r.value AND {p}
             LEFT JOIN learned_roles l ON l.id = p.id AND {l}"
        )
    }

    /// Reads a row, without the organization: many people share one.
    pub fn read(&self, row: &Row<'_>) -> rusqlite::Result<PersonFound> {
        let presence = Presence::from_column(row.get(1)?);
        let (valid_from, first): (i64, i64) = (row.get(8)?, row.get(9)?);
        let before: Option<i64> = row.get(10)?;
        let role = roles::fact(row.get(11)?);
        let finished = |sync| self.finished.get(&sync).copied().unwrap_or_default();
        Ok(PersonFound {
            person: read_person(row)?,
            organization: None,
            organization_visible: false,
            role_learned_at: role.known().and(self.roles_learned_at),
            role,
            presence,
            news: presence.news(valid_from == self.sync, before.map(Presence::from_column)),
            first_seen: finished(first),
            last_changed: finished(valid_from),
        })
    }
}

fn read_person(row: &Row<'_>) -> rusqlite::Result<Person> {
    let extra = |column: usize| {
        stored::extra(row.get_ref(column)?.as_str_or_null()?)
            .map_err(|error| stored::damaged(column, error))
    };
    let organization = match row.get(2)? {
        None => Fact::Unknown,
        Some(0) => Fact::Absent,
        Some(id) => {
            Fact::Known(OrganizationId::try_from(id).map_err(|error| stored::damaged(2, error))?)
        }
    };
    Ok(Person {
        id: PersonId::try_from(row.get::<_, u64>(0)?).map_err(|error| stored::damaged(0, error))?,
        name: row.get(5)?,
        organization,
        meta: Meta {
            created_at: stored::time(row.get(3)?),
            updated_at: stored::time(row.get(4)?),
            extra: extra(7)?,
        },
        extra: extra(6)?,
    })
}

/// Every version of a person, the oldest first.
pub(crate) fn versions(
    connection: &Connection,
    id: PersonId,
) -> Result<Vec<Version<(Person, Presence)>>, MirrorError> {
    let sql = "SELECT id, presence, organization, created_at, updated_at, name, extra, meta_extra,
                      valid_from, valid_until
               FROM people WHERE id = ?1 ORDER BY valid_from";
    Version::read_all(connection, sql, id.get(), |row| {
        Ok((read_person(row)?, Presence::from_column(row.get(1)?)))
    })
}

/// The ids of the first people in the order of ids, without anything else being read.
pub(crate) fn first_present(
    connection: &Connection,
    at: At,
    offset: u64,
    limit: u64,
) -> Result<Vec<u64>, MirrorError> {
    let ids = connection
        .prepare_cached(&format!(
            "SELECT p.id FROM people p WHERE {} AND p.presence = 0
             ORDER BY p.id LIMIT ?1 OFFSET ?2",
            at.of("p")
        ))?
        .query_map(params![limit, offset], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Calls with columns of each row of a state, ascending by id.
fn scan_columns(
    connection: &Connection,
    at: At,
    columns: &str,
    mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns} FROM people p WHERE {} ORDER BY p.id",
        at.of("p")
    ))?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// Calls with `(id, presence, organization)` of each row of a state, ascending by id. The
/// organization is none if unknown and 0 if there is none.
pub(crate) fn scan(
    connection: &Connection,
    at: At,
    mut each: impl FnMut(u64, Presence, Option<u64>),
) -> Result<(), MirrorError> {
    scan_columns(connection, at, "p.id, p.presence, p.organization", |row| {
        each(row.get(0)?, Presence::from_column(row.get(1)?), row.get(2)?);
        Ok(())
    })
}

/// Calls with the folded name of each row of a state, ascending by id.
pub(crate) fn scan_folded(
    connection: &Connection,
    at: At,
    mut each: impl FnMut(&str),
) -> Result<(), MirrorError> {
    scan_columns(connection, at, "p.folded", |row| {
        each(row.get_ref(0)?.as_str()?);
        Ok(())
    })
}

/// Calls with a time of each row of a state, ascending by id.
pub(crate) fn scan_time(
    connection: &Connection,
    at: At,
    field: TimeField,
    mut each: impl FnMut(Fact<i64>),
) -> Result<(), MirrorError> {
    let column = match field {
        TimeField::Created => "p.created_at",
        TimeField::Updated => "p.updated_at",
        TimeField::Changed => return scan_changed(connection, at, each),
    };
    scan_columns(connection, at, column, |row| {
        each(stored::time(row.get(0)?));
        Ok(())
    })
}

/// Many people were changed by the same few syncs, so those are looked up here and not by SQL.
fn scan_changed(
    connection: &Connection,
    at: At,
    mut each: impl FnMut(Fact<i64>),
) -> Result<(), MirrorError> {
    let finished = syncs::finished(connection)?;
    scan_columns(connection, at, "p.valid_from", |row| {
        let finished = finished.get(&row.get(0)?);
        each(finished.map_or(Fact::Unknown, |time| Fact::Known(*time)));
        Ok(())
    })
}

/// Calls with `(id, presence, opened)` of each version that a sync opened or ended, those of one
/// person together, the ended one first.
pub(crate) fn scan_changes(
    connection: &Connection,
    sync: i64,
    mut each: impl FnMut(u64, Presence, bool),
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, presence, valid_from = ?1 FROM people
         WHERE valid_from = ?1 OR valid_until = ?1 ORDER BY id, valid_from",
    )?;
    let mut rows = statement.query([sync])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, Presence::from_column(row.get(1)?), row.get(2)?);
    }
    Ok(())
}
