//! The table `people`: what the vendor said of each person, from which sync until which.

use muster_directory::{Fact, OrganizationId, Person, PersonId, name::fold, person::Meta};
use rusqlite::{Connection, Row, params};

use crate::{
    MirrorError, PersonFound,
    file::Migration,
    fingerprint, stored,
    versions::{Presence, Versioned, versioned_sql},
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

/// Reads rows for an array of ids, in its order.
pub(crate) const BY_IDS: &str = "
    SELECT p.id, p.presence, p.organization, p.created_at, p.updated_at, p.name, p.extra,
           p.meta_extra, o.name,
           (SELECT s.finished_at FROM people f JOIN syncs s ON s.id = f.valid_from
            WHERE f.id = p.id ORDER BY f.valid_from LIMIT 1),
           (SELECT s.finished_at FROM syncs s WHERE s.id = p.valid_from)
    FROM rarray(?1) r
    CROSS JOIN people p ON p.id = r.value AND p.valid_until IS NULL
    LEFT JOIN organizations o ON o.id = p.organization AND o.valid_until IS NULL";

/// Reads a row of [`BY_IDS`].
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<PersonFound> {
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
    Ok(PersonFound {
        person: Person {
            id: PersonId::try_from(row.get::<_, u64>(0)?)
                .map_err(|error| stored::damaged(0, error))?,
            name: row.get(5)?,
            organization,
            meta: Meta {
                created_at: stored::time(row.get(3)?),
                updated_at: stored::time(row.get(4)?),
                extra: extra(7)?,
            },
            extra: extra(6)?,
        },
        presence: Presence::from_column(row.get(1)?),
        organization_name: row.get(8)?,
        first_seen: row.get(9)?,
        last_changed: row.get(10)?,
    })
}

/// The ids of the first people in the order of ids, without anything else being read.
pub(crate) fn first_present(
    connection: &Connection,
    offset: u64,
    limit: u64,
) -> Result<Vec<u64>, MirrorError> {
    let ids = connection
        .prepare_cached(
            "SELECT id FROM people WHERE valid_until IS NULL AND presence = 0
             ORDER BY id LIMIT ?1 OFFSET ?2",
        )?
        .query_map(params![limit, offset], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Calls with `(id, presence, organization)` of each open row, ascending by id. The organization
/// is none if unknown and 0 if there is none.
pub(crate) fn scan(
    connection: &Connection,
    mut each: impl FnMut(u64, Presence, Option<u64>),
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, presence, organization FROM people WHERE valid_until IS NULL ORDER BY id",
    )?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, Presence::from_column(row.get(1)?), row.get(2)?);
    }
    Ok(())
}

/// Calls with the folded name of each open row, ascending by id.
pub(crate) fn scan_folded(
    connection: &Connection,
    mut each: impl FnMut(&str),
) -> Result<(), MirrorError> {
    let mut statement = connection
        .prepare_cached("SELECT folded FROM people WHERE valid_until IS NULL ORDER BY id")?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        each(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
    }
    Ok(())
}

/// One of the vendor's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    Created,
    Updated,
}

/// Calls with a time of each open row, ascending by id.
pub(crate) fn scan_time(
    connection: &Connection,
    time: Time,
    mut each: impl FnMut(Fact<i64>),
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(match time {
        Time::Created => "SELECT created_at FROM people WHERE valid_until IS NULL ORDER BY id",
        Time::Updated => "SELECT updated_at FROM people WHERE valid_until IS NULL ORDER BY id",
    })?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        each(stored::time(row.get(0)?));
    }
    Ok(())
}
