//! The table `organizations`: what the vendor said of each organization, from which sync until
//! which.

use muster_directory::{
    Fact, IdentifierKind, Organization, OrganizationId, OrganizationType,
    criteria::{FoldedTest, TextTest},
    name::fold,
};
use rusqlite::{Connection, Row, params};

use crate::{
    MirrorError, OrganizationFound,
    at::At,
    file::Migration,
    fingerprint, stored,
    versions::{Presence, Version, Versioned, versioned_sql},
};

pub(crate) const LAYOUT_1: Migration = "
    CREATE TABLE organizations (
        id INTEGER NOT NULL,
        valid_from INTEGER NOT NULL REFERENCES syncs (id),
        valid_until INTEGER REFERENCES syncs (id),  -- NULL: still so
        presence INTEGER NOT NULL CHECK (presence IN (0, 1, 2)),  -- present, missing, gone
        hash INTEGER NOT NULL,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,  -- the name without case and accents
        kind TEXT,             -- the vendor's type; as all below NULL: unknown; char(0): none
        vat_nr TEXT,
        apb_nr TEXT,
        riziv_nr TEXT,
        finess_nr TEXT,
        cip_nr TEXT,
        extra TEXT,            -- JSON of fields that we do not know; NULL: none
        PRIMARY KEY (id, valid_from)
    ) STRICT, WITHOUT ROWID;
";

impl Versioned for Organization {
    versioned_sql!(
        "organizations",
        "name, folded, kind, vat_nr, apb_nr, riziv_nr, finess_nr, cip_nr, extra"
    );

    fn id(&self) -> u64 {
        self.id.get()
    }

    fn fingerprint(&self) -> Result<i64, MirrorError> {
        fingerprint::of_organization(self)
    }

    fn insert(&self, connection: &Connection, sync: i64, hash: i64) -> Result<(), MirrorError> {
        let identifier = |kind: IdentifierKind| {
            stored::text_column(self.identifier(kind).as_ref().map(String::as_str))
        };
        connection
            .prepare_cached(
                "INSERT INTO organizations (id, valid_from, presence, hash, name, folded, kind,
                                            vat_nr, apb_nr, riziv_nr, finess_nr, cip_nr, extra)
                 VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                self.id.get(),
                sync,
                hash,
                self.name,
                fold(&self.name),
                stored::text_column(self.kind.as_ref().map(OrganizationType::as_str)),
                identifier(IdentifierKind::Vat),
                identifier(IdentifierKind::Apb),
                identifier(IdentifierKind::Riziv),
                identifier(IdentifierKind::Finess),
                identifier(IdentifierKind::Cip),
                stored::extra_column(&self.extra)?,
            ])?;
        Ok(())
    }
}

/// The values of an organization `o`, as [`read_values`] reads them, and whether it is present.
pub(crate) const VALUES: &str = "o.id, o.presence, o.name, o.kind, o.vat_nr, o.apb_nr, o.riziv_nr,
    o.finess_nr, o.cip_nr, o.extra";

/// How many columns [`VALUES`] has.
const WIDTH: usize = 10;

/// Reads rows for an array of ids, in its order.
pub(crate) fn by_ids(at: At) -> String {
    format!(
        "SELECT {VALUES},
                (SELECT s.finished_at FROM organizations f JOIN syncs s ON s.id = f.valid_from
                 WHERE f.id = o.id ORDER BY f.valid_from LIMIT 1),
                (SELECT s.finished_at FROM syncs s WHERE s.id = o.valid_from)
         FROM rarray(?1) r
         CROSS JOIN organizations o ON o.id = r.value AND {}",
        at.of("o")
    )
}

/// Reads a row of [`by_ids`]; the people of the organization are counted elsewhere.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<OrganizationFound> {
    let (organization, presence) = read_values(row)?;
    Ok(OrganizationFound {
        organization,
        presence,
        people: 0,
        first_seen: row.get(WIDTH)?,
        last_changed: row.get(WIDTH + 1)?,
    })
}

/// Reads what was said last, for an array of ids, in its order: a part of [`by_ids`].
pub(crate) fn values_by_ids(at: At) -> String {
    format!(
        "SELECT {VALUES} FROM rarray(?1) r
         CROSS JOIN organizations o ON o.id = r.value AND {}",
        at.of("o")
    )
}

/// Reads [`VALUES`], which stand first in a row.
pub(crate) fn read_values(row: &Row<'_>) -> rusqlite::Result<(Organization, Presence)> {
    let text =
        |column: usize| -> rusqlite::Result<Fact<String>> { Ok(stored::text(row.get(column)?)) };
    let id = OrganizationId::try_from(row.get::<_, u64>(0)?)
        .map_err(|error| stored::damaged(0, error))?;
    let organization = Organization {
        id,
        name: row.get(2)?,
        kind: text(3)?.map(OrganizationType::from),
        vat_nr: text(4)?,
        apb_nr: text(5)?,
        riziv_nr: text(6)?,
        finess_nr: text(7)?,
        cip_nr: text(8)?,
        extra: stored::extra(row.get_ref(9)?.as_str_or_null()?)
            .map_err(|error| stored::damaged(9, error))?,
    };
    Ok((organization, Presence::from_column(row.get(1)?)))
}

/// Every version of an organization, the oldest first.
pub(crate) fn versions(
    connection: &Connection,
    id: OrganizationId,
) -> Result<Vec<Version<(Organization, Presence)>>, MirrorError> {
    let sql = format!(
        "SELECT {VALUES}, o.valid_from, o.valid_until
         FROM organizations o WHERE o.id = ?1 ORDER BY o.valid_from"
    );
    Version::read_all(connection, &sql, id.get(), read_values)
}

/// Whether any version has a name that passes a test.
pub(crate) fn was_named(connection: &Connection, test: &TextTest) -> Result<bool, MirrorError> {
    let test = test.folded();
    let (FoldedTest::Is(part) | FoldedTest::Contains(part)) = &test;
    // SQLite leaves only the few of which it can be true.
    let mut statement = connection
        .prepare_cached("SELECT folded FROM organizations WHERE instr(folded, ?1) > 0")?;
    let mut rows = statement.query([part])?;
    while let Some(row) = rows.next()? {
        let folded = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        if test.holds(folded) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Calls with each row of a state, ascending by id.
pub(crate) fn scan(
    connection: &Connection,
    at: At,
    mut each: impl FnMut(Organization, &str, Presence),
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {VALUES}, o.folded FROM organizations o WHERE {} ORDER BY o.id",
        at.of("o")
    ))?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        let (organization, presence) = read_values(row)?;
        let folded = row
            .get_ref(WIDTH)?
            .as_str()
            .map_err(rusqlite::Error::from)?;
        each(organization, folded, presence);
    }
    Ok(())
}
