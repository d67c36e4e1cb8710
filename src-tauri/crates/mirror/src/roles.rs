//! The table `learned_roles`: what asking the vendor for each role told of people, from which sync
//! until which.
//!
//! The vendor does not return roles; a person has the one under which the vendor's filter finds
//! them. A sync that asks for roles asks for all of them and replaces what was learnt.

use std::cmp::Ordering;

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
#[derive(Default)]
pub(crate) struct Learned {
    roles: Vec<Role>,
    /// Each person with the place of a role.
    found: Vec<(u64, usize)>,
}

impl Learned {
    /// These were found under a role.
    pub fn add(&mut self, role: &Role, people: &[PersonId]) {
        let place = match self.roles.iter().position(|own| own == role) {
            Some(place) => place,
            None => {
                self.roles.push(role.clone());
                self.roles.len() - 1
            }
        };
        self.found
            .extend(people.iter().map(|person| (person.get(), place)));
    }

    /// Each person who was found, ascending by id, and the role if it is only one.
    fn people(&mut self) -> impl Iterator<Item = (u64, Option<&str>)> {
        self.found.sort_unstable();
        self.found.dedup();
        let roles = &self.roles;
        self.found.chunk_by(|(a, _), (b, _)| a == b).map(|own| {
            let role = match own {
                [(_, place)] => roles.get(*place).map(Role::as_str),
                _ => None,
            };
            (own.first().map_or(0, |(id, _)| *id), role)
        })
    }

    /// Replaces what was learnt before, which `before` reads.
    pub fn write(
        &mut self,
        connection: &Connection,
        before: &Connection,
        sync: i64,
    ) -> Result<(), MirrorError> {
        let mut statement = before.prepare(
            "SELECT id, valid_from, role FROM learned_roles WHERE valid_until IS NULL ORDER BY id",
        )?;
        let mut rows = statement.query(())?;
        let mut found = self.people().peekable();
        while let Some(row) = rows.next()? {
            let (id, valid_from) = (row.get::<_, u64>(0)?, row.get::<_, i64>(1)?);
            let role = row
                .get_ref(2)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?;
            while let Some((new, role)) = found.next_if(|(new, _)| *new < id) {
                open(connection, sync, new, role)?;
            }
            match found.next_if(|(new, _)| new.cmp(&id) == Ordering::Equal) {
                Some((_, now)) if now == role => {}
                now => {
                    close(connection, sync, id, valid_from)?;
                    if let Some((_, now)) = now {
                        open(connection, sync, id, now)?;
                    }
                }
            }
        }
        found.try_for_each(|(id, role)| open(connection, sync, id, role))
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
