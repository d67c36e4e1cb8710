//! The table `actors`: who the key of each connection is, as the person said, and which roles fit
//! what a test of it has shown.

use muster_directory::{OrganizationId, PersonId, Role};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::{MirrorError, file::Migration, stored};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE actors (
        connection TEXT NOT NULL PRIMARY KEY REFERENCES connections (id) ON DELETE CASCADE,
        given_at INTEGER,      -- Unix seconds; NULL: nobody said who the key is
        role TEXT,             -- the vendor's API value; NULL, as below: not said
        organization INTEGER,
        person INTEGER,
        guessed_at INTEGER,    -- Unix seconds; NULL: never tested
        fits TEXT,             -- JSON: the API values of the roles that fit, the likeliest first
        reason TEXT            -- what they follow from
    ) STRICT, WITHOUT ROWID;
";

/// Who the key of a connection is, as the person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorGiven {
    /// The role.
    pub role: Option<Role>,
    /// The organization.
    pub organization: Option<OrganizationId>,
    /// The person.
    pub person: Option<PersonId>,
    /// Unix seconds: when that was said.
    pub at: i64,
}

/// Which roles fit what a test of a key has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorGuess {
    /// The vendor's API values.
    pub fits: Vec<String>,
    /// What it follows from, as the engine names it.
    pub reason: String,
    /// Unix seconds: when it was tested.
    pub at: i64,
}

/// What is kept of the key of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActorRecord {
    /// What the person said.
    pub given: Option<ActorGiven>,
    /// What a test has shown.
    pub guess: Option<ActorGuess>,
}

/// What is kept; nothing if nothing is known.
pub(crate) fn read(connection: &Connection, of: Uuid) -> Result<ActorRecord, MirrorError> {
    let found = connection
        .prepare_cached(
            "SELECT given_at, role, organization, person, guessed_at, fits, reason
             FROM actors WHERE connection = ?1",
        )?
        .query_row([&of.to_string()], |row| Ok((given(row)?, guess(row)?)))
        .optional()?;
    let (given, guess) = found.unwrap_or_default();
    Ok(ActorRecord { given, guess })
}

fn given(row: &Row<'_>) -> rusqlite::Result<Option<ActorGiven>> {
    let Some(at) = row.get(0)? else {
        return Ok(None);
    };
    let number = |column| row.get::<_, Option<u64>>(column);
    let role: Option<String> = row.get(1)?;
    let damaged = stored::damaged;
    let organization = number(2)?.map(OrganizationId::try_from).transpose();
    let person = number(3)?.map(PersonId::try_from).transpose();
    Ok(Some(ActorGiven {
        role: role.map(Role::from),
        organization: organization.map_err(|error| damaged(2, error))?,
        person: person.map_err(|error| damaged(3, error))?,
        at,
    }))
}

fn guess(row: &Row<'_>) -> rusqlite::Result<Option<ActorGuess>> {
    let (Some(at), Some(fits)) = (row.get(4)?, row.get::<_, Option<String>>(5)?) else {
        return Ok(None);
    };
    Ok(Some(ActorGuess {
        fits: serde_json::from_str(&fits).map_err(|error| stored::damaged(5, error))?,
        reason: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        at,
    }))
}

/// Keeps what the person said in the place of what was said before; none takes it back.
pub(crate) fn give(
    connection: &Connection,
    of: Uuid,
    given: Option<&ActorGiven>,
) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO actors (connection, given_at, role, organization, person)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (connection) DO UPDATE
             SET given_at = excluded.given_at, role = excluded.role,
                 organization = excluded.organization, person = excluded.person",
        )?
        .execute(params![
            of.to_string(),
            given.map(|given| given.at),
            given
                .and_then(|given| given.role.as_ref())
                .map(Role::as_str),
            given
                .and_then(|given| given.organization)
                .map(OrganizationId::get),
            given.and_then(|given| given.person).map(PersonId::get),
        ])?;
    Ok(())
}

/// Keeps what a test has shown in the place of what another one did.
pub(crate) fn guessed(
    connection: &Connection,
    of: Uuid,
    guess: &ActorGuess,
) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO actors (connection, guessed_at, fits, reason) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (connection) DO UPDATE
             SET guessed_at = excluded.guessed_at, fits = excluded.fits, reason = excluded.reason",
        )?
        .execute(params![
            of.to_string(),
            guess.at,
            serde_json::to_string(&guess.fits)?,
            guess.reason,
        ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::{self, tests::with_connections};

    #[test]
    fn what_was_said_and_what_was_seen_are_kept_apart() {
        let one = Uuid::from_u128(1);
        let connection = with_connections(&[one], &[LAYOUT_3]);
        assert_eq!(read(&connection, one).unwrap(), ActorRecord::default());
        let guess = ActorGuess {
            fits: vec!["organization_manager".to_owned(), "reseller".to_owned()],
            reason: "sees_one_organization".to_owned(),
            at: 4,
        };
        guessed(&connection, one, &guess).unwrap();
        let given = ActorGiven {
            role: Some(Role::Other("auditor".to_owned())),
            organization: OrganizationId::try_from(12).ok(),
            person: None,
            at: 5,
        };
        give(&connection, one, Some(&given)).unwrap();
        let kept = read(&connection, one).unwrap();
        assert_eq!(kept.given, Some(given));
        assert_eq!(kept.guess.as_ref(), Some(&guess));
        give(&connection, one, None).unwrap();
        let kept = read(&connection, one).unwrap();
        assert_eq!((kept.given, kept.guess), (None, Some(guess)));
        assert!(connections::delete(&connection, one).unwrap());
        assert_eq!(read(&connection, one).unwrap(), ActorRecord::default());
    }
}
