//! The table `learned_roles`: what asking the vendor for each role told of people, from which sync
//! until which.
//!
//! The vendor does not return roles; a person has the one under which the vendor's filter finds
//! them. A sync that asks for roles asks for all of them and replaces what was learnt.

use muster_directory::{Fact, PersonId, Role};
use rusqlite::{Connection, params};

use crate::{MirrorError, at::At, file::Migration, stored, versions::Version};

pub(crate) const LAYOUT_2: Migration = "
    CREATE TABLE learned_roles (
        id INTEGER NOT NULL,  -- the person's
        valid_from INTEGER NOT NULL REFERENCES syncs (id),
        valid_until INTEGER REFERENCES syncs (id),  -- NULL: still so
        role TEXT,  -- the vendor's API value; NULL: found under several, so not known
        PRIMARY KEY (id, valid_from)
    ) STRICT, WITHOUT ROWID;
";

/// What a column says.
pub(crate) fn fact(column: Option<String>) -> Fact<Role> {
    column.map_or(Fact::Unknown, |value| Fact::Known(Role::from(value)))
}

/// Calls with each person of a state who was found, ascending by id.
pub(crate) fn scan(
    connection: &Connection,
    at: At,
    mut each: impl FnMut(u64, Option<&str>),
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT l.id, l.role FROM learned_roles l WHERE {} ORDER BY l.id",
        at.of("l")
    ))?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let role = row
            .get_ref(1)?
            .as_str_or_null()
            .map_err(rusqlite::Error::from)?;
        each(row.get(0)?, role);
    }
    Ok(())
}

/// Every version of a person's role, the oldest first.
pub(crate) fn versions(
    connection: &Connection,
    id: PersonId,
) -> Result<Vec<Version<Fact<Role>>>, MirrorError> {
    let sql = "SELECT role, valid_from, valid_until FROM learned_roles
               WHERE id = ?1 ORDER BY valid_from";
    Version::read_all(connection, sql, id.get(), |row| Ok(fact(row.get(0)?)))
}

/// Who was found under which roles in one sync.
pub(crate) struct Learned<'a> {
    /// Each person with the API value of a role, ascending.
    found: Vec<(u64, &'a str)>,
}

impl<'a> Learned<'a> {
    /// These were found under these roles, in any order; a role may stand there several times.
    pub fn new(roles: &'a [(Role, Vec<PersonId>)]) -> Self {
        let of_role = |(role, people): &'a (Role, Vec<PersonId>)| {
            people.iter().map(|person| (person.get(), role.as_str()))
        };
        let mut found: Vec<_> = roles.iter().flat_map(of_role).collect();
        found.sort_unstable();
        found.dedup();
        Self { found }
    }

    /// Each person who was found, ascending by id, and the role if it is only one.
    fn people(&self) -> impl Iterator<Item = (u64, Option<&'a str>)> {
        let people = self.found.chunk_by(|(a, _), (b, _)| a == b);
        people.filter_map(|own| match own {
            [(id, role)] => Some((*id, Some(*role))),
            own => own.first().map(|(id, _)| (*id, None)),
        })
    }

    /// Replaces what was learnt before, which `before` reads. Asks before each person whether to go
    /// on.
    pub fn write(
        &self,
        connection: &Connection,
        before: &Connection,
        sync: i64,
        go_on: &dyn Fn() -> Result<(), MirrorError>,
    ) -> Result<(), MirrorError> {
        let mut statement = before.prepare(
            "SELECT id, valid_from, role FROM learned_roles WHERE valid_until IS NULL ORDER BY id",
        )?;
        let mut rows = statement.query(())?;
        let mut found = self.people().peekable();
        while let Some(row) = rows.next()? {
            go_on()?;
            let (id, valid_from) = (row.get::<_, u64>(0)?, row.get::<_, i64>(1)?);
            let role = row
                .get_ref(2)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?;
            while let Some((new, role)) = found.next_if(|(new, _)| *new < id) {
                go_on()?;
                open(connection, sync, new, role)?;
            }
            match found.next_if(|(new, _)| *new == id) {
                Some((_, now)) if now == role => {}
                now => {
                    close(connection, sync, id, valid_from)?;
                    if let Some((_, now)) = now {
                        open(connection, sync, id, now)?;
                    }
                }
            }
        }
        found.try_for_each(|(id, role)| {
            go_on()?;
            open(connection, sync, id, role)
        })
    }
}

fn close(connection: &Connection, sync: i64, id: u64, valid_from: i64) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "UPDATE learned_roles SET valid_until = ?3 WHERE id = ?1 AND valid_from = ?2",
        )?
        .execute(params![stored::column_of(id), valid_from, sync])?;
    Ok(())
}

fn open(
    connection: &Connection,
    sync: i64,
    id: u64,
    role: Option<&str>,
) -> Result<(), MirrorError> {
    connection
        .prepare_cached("INSERT INTO learned_roles (id, valid_from, role) VALUES (?1, ?2, ?3)")?
        .execute(params![stored::column_of(id), sync, role])?;
    Ok(())
}
