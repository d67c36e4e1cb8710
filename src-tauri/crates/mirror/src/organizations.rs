//! The table `organizations`: what the vendor said of each organization, from which sync until
//! which.

use muster_directory::{
    Fact, IdentifierKind, Organization, OrganizationId, OrganizationType, name::fold,
};
use rusqlite::{Connection, Row, params};

use crate::{
    MirrorError, OrganizationFound,
    file::Migration,
    fingerprint, stored,
    versions::{Presence, Versioned, versioned_sql},
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

/// Reads rows for an array of ids, in its order.
pub(crate) const BY_IDS: &str = "
    SELECT o.id, o.presence, o.name, o.kind, o.vat_nr, o.apb_nr, o.riziv_nr, o.finess_nr,
           o.cip_nr, o.extra,
           (SELECT s.finished_at FROM organizations f JOIN syncs s ON s.id = f.valid_from
            WHERE f.id = o.id ORDER BY f.valid_from LIMIT 1),
           (SELECT s.finished_at FROM syncs s WHERE s.id = o.valid_from)
    FROM rarray(?1) r
    CROSS JOIN organizations o ON o.id = r.value AND o.valid_until IS NULL";

/// Reads a row of [`BY_IDS`]; the people of the organization are counted elsewhere.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<OrganizationFound> {
    Ok(OrganizationFound {
        organization: read_values(row)?,
        presence: Presence::from_column(row.get(1)?),
        people: 0,
        first_seen: row.get(10)?,
        last_changed: row.get(11)?,
    })
}

fn read_values(row: &Row<'_>) -> rusqlite::Result<Organization> {
    let text =
        |column: usize| -> rusqlite::Result<Fact<String>> { Ok(stored::text(row.get(column)?)) };
    Ok(Organization {
        id: OrganizationId::try_from(row.get::<_, u64>(0)?)
            .map_err(|error| stored::damaged(0, error))?,
        name: row.get(2)?,
        kind: text(3)?.map(OrganizationType::from),
        vat_nr: text(4)?,
        apb_nr: text(5)?,
        riziv_nr: text(6)?,
        finess_nr: text(7)?,
        cip_nr: text(8)?,
        extra: stored::extra(row.get_ref(9)?.as_str_or_null()?)
            .map_err(|error| stored::damaged(9, error))?,
    })
}

/// Calls with each open row, ascending by id.
pub(crate) fn scan(
    connection: &Connection,
    mut each: impl FnMut(Organization, &str, Presence),
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, presence, name, kind, vat_nr, apb_nr, riziv_nr, finess_nr, cip_nr, extra,
                folded
         FROM organizations WHERE valid_until IS NULL ORDER BY id",
    )?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        each(
            read_values(row)?,
            row.get_ref(10)?.as_str().map_err(rusqlite::Error::from)?,
            Presence::from_column(row.get(1)?),
        );
    }
    Ok(())
}
