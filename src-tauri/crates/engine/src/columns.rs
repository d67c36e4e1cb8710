//! The columns of people: what they are called, and what stands in them.

use std::{borrow::Cow, str::FromStr};

use jiff::Timestamp;
use muster_directory::{
    Fact, IdentifierKind, Organization, Person, Platform, Role, criteria::Field, explain,
};
use muster_mirror::Presence;
use serde_json::{Map, Value, json};

use crate::people::FoundPerson;

/// A column of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The display name.
    Name,
    /// The organization.
    Organization,
    /// The role.
    Role,
    /// The vendor's id.
    Id,
    /// When the vendor created the person.
    CreatedAt,
    /// When the vendor last changed the person.
    UpdatedAt,
    /// When a sync last noticed a change.
    LastChanged,
    /// Whether the last sync returned the person.
    Presence,
    /// A number of the organization.
    Identifier(IdentifierKind),
}

/// A word that names no column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no column \u{201c}{0}\u{201d}")]
pub struct UnknownColumn(pub String);

impl Column {
    /// Every column, in the usual order.
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Organization,
        Self::Role,
        Self::Id,
        Self::CreatedAt,
        Self::UpdatedAt,
        Self::LastChanged,
        Self::Presence,
        Self::Identifier(IdentifierKind::Vat),
        Self::Identifier(IdentifierKind::Apb),
        Self::Identifier(IdentifierKind::Riziv),
        Self::Identifier(IdentifierKind::Finess),
        Self::Identifier(IdentifierKind::Cip),
    ];

    /// Its name in views and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Organization => "organization",
            Self::Role => "role",
            Self::Id => "id",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::LastChanged => "last_changed",
            Self::Presence => "presence",
            Self::Identifier(IdentifierKind::Vat) => "vat",
            Self::Identifier(IdentifierKind::Apb) => "apb",
            Self::Identifier(IdentifierKind::Riziv) => "riziv",
            Self::Identifier(IdentifierKind::Finess) => "finess",
            Self::Identifier(IdentifierKind::Cip) => "cip",
        }
    }

    /// The column in which a value stands; none for what the last sync said, which has none.
    #[must_use]
    pub const fn of(value: explain::Value) -> Option<Self> {
        Some(match value {
            explain::Value::Id => Self::Id,
            explain::Value::Name => Self::Name,
            explain::Value::OrganizationName | explain::Value::Field(Field::Organization) => {
                Self::Organization
            }
            explain::Value::Field(Field::Role) => Self::Role,
            explain::Value::Field(Field::Created) => Self::CreatedAt,
            explain::Value::Field(Field::Updated) => Self::UpdatedAt,
            explain::Value::Field(Field::Identifier(kind)) => Self::Identifier(kind),
            explain::Value::Changed => Self::LastChanged,
            explain::Value::News => return None,
        })
    }

    /// Whether a platform knows it.
    #[must_use]
    pub fn is_of(self, platform: Platform) -> bool {
        match self {
            Self::Identifier(kind) => platform.identifiers().contains(&kind),
            _ => true,
        }
    }
}

impl FromStr for Column {
    type Err = UnknownColumn;

    fn from_str(name: &str) -> Result<Self, UnknownColumn> {
        Self::ALL
            .into_iter()
            .find(|column| column.name() == name)
            .ok_or_else(|| UnknownColumn(name.to_owned()))
    }
}

/// What the columns show of a person.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    person: &'a Person,
    organization: Option<&'a Organization>,
    /// Whether the key still sees the organization.
    visible: bool,
    role: Fact<&'a Role>,
    last_changed: Option<i64>,
    presence: Presence,
}

impl<'a> From<&'a muster_mirror::PersonFound> for Line<'a> {
    fn from(found: &'a muster_mirror::PersonFound) -> Self {
        Self {
            person: &found.person,
            organization: found.organization.as_ref(),
            visible: found.organization_visible,
            role: found.role.as_ref(),
            last_changed: Some(found.last_changed),
            presence: found.presence,
        }
    }
}

impl<'a> From<&'a FoundPerson> for Line<'a> {
    fn from(found: &'a FoundPerson) -> Self {
        Self {
            person: &found.person,
            organization: found.organization.as_ref(),
            visible: found.organization_visible,
            role: found.role.as_ref(),
            last_changed: found.last_changed,
            presence: found.presence,
        }
    }
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// A text; ids and numbers of organizations are texts too, or leading zeros would be lost.
    Text(Cow<'a, str>),
    /// Unix seconds.
    Time(i64),
}

impl<'a> Cell<'a> {
    /// As a text; times as RFC 3339 in UTC.
    #[must_use]
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            Self::Time(seconds) => time(seconds).into(),
        }
    }
}

impl<'a> Line<'a> {
    /// The vendor's id.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.person.id.get()
    }

    /// What stands in a column.
    #[must_use]
    pub fn cell(&self, column: Column) -> Fact<Cell<'a>> {
        let text = |text: &'a str| Cell::Text(Cow::Borrowed(text));
        match column {
            Column::Name => Fact::Known(text(&self.person.name)),
            Column::Id => Fact::Known(Cell::Text(self.person.id.to_string().into())),
            Column::Role => self.role.map(|role| text(role.as_str())),
            Column::CreatedAt => self.person.meta.created_at.map(Cell::Time),
            Column::UpdatedAt => self.person.meta.updated_at.map(Cell::Time),
            Column::LastChanged => self
                .last_changed
                .map_or(Fact::Unknown, |at| Fact::Known(Cell::Time(at))),
            Column::Presence => Fact::Known(text(match self.presence {
                Presence::Present => "present",
                Presence::Missing => "missing",
                Presence::Gone => "gone",
            })),
            Column::Organization => self.person.organization.map(|id| {
                // The key may not see who it is; the id says at least which.
                self.organization
                    .map_or_else(|| Cell::Text(id.to_string().into()), |own| text(&own.name))
            }),
            Column::Identifier(kind) => match (self.person.organization, self.organization) {
                (Fact::Absent, _) => Fact::Absent,
                (Fact::Known(_), Some(own)) if self.visible => {
                    own.identifier(kind).as_ref().map(|value| text(value))
                }
                _ => Fact::Unknown,
            },
        }
    }

    /// The columns as a JSON object: what is known not to be there is null, what is not known is
    /// left out, as in the vendor's own answers.
    #[must_use]
    pub fn object(&self, columns: &[Column]) -> Map<String, Value> {
        let mut object = Map::new();
        for column in columns {
            let value = match (column, self.cell(*column)) {
                (_, Fact::Unknown) => continue,
                (_, Fact::Absent) => Value::Null,
                (Column::Organization, _) => json!({
                    "id": self.person.organization.known().map(ToString::to_string),
                    "name": self.organization.map(|own| &own.name),
                }),
                (_, Fact::Known(cell)) => Value::String(cell.text().into_owned()),
            };
            object.insert(column.name().to_owned(), value);
        }
        object
    }
}

/// RFC 3339 in UTC; a number of seconds that no calendar has stays a number.
#[must_use]
pub fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |time| time.to_string())
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::from_value;

    use super::*;

    pub(crate) fn line<'a>(person: &'a Person, organization: Option<&'a Organization>) -> Line<'a> {
        Line {
            person,
            organization,
            visible: true,
            role: Fact::Unknown,
            last_changed: Some(0),
            presence: Presence::Present,
        }
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        for column in Column::ALL {
            assert_eq!(column.name().parse(), Ok(column));
        }
        assert!("phone".parse::<Column>().is_err());
        assert!(Column::Identifier(IdentifierKind::Apb).is_of(Platform::Be));
        assert!(!Column::Identifier(IdentifierKind::Apb).is_of(Platform::Fr));
    }

    #[test]
    fn none_and_unknown_are_told_apart() {
        let own: Organization =
            from_value(json!({"id": 12, "name": "=A", "apbNr": "0123", "rizivNr": null})).unwrap();
        let person: Person = from_value(
            json!({"id": 7, "name": "Zoë", "organization": 12, "meta": {"createdAt": 0}}),
        )
        .unwrap();
        let own = line(&person, Some(&own));
        assert_eq!(
            Value::from(own.object(&Column::ALL)),
            json!({
                "name": "Zoë", "organization": {"id": "12", "name": "=A"}, "id": "7",
                "created_at": "1970-01-01T00:00:00Z", "last_changed": "1970-01-01T00:00:00Z",
                "apb": "0123", "riziv": null, "presence": "present",
            })
        );
        let nobodys: Person =
            from_value(json!({"id": 8, "name": "A", "organization": null})).unwrap();
        let nobodys = line(&nobodys, None);
        assert_eq!(nobodys.cell(Column::Organization), Fact::Absent);
        let vat = Column::Identifier(IdentifierKind::Vat);
        assert_eq!(
            nobodys.cell(vat),
            Fact::Absent,
            "no organization, no number"
        );
        let hidden = line(&person, None);
        assert_eq!(hidden.cell(vat), Fact::Unknown, "the key cannot see it");
        assert_eq!(
            hidden.cell(Column::Organization),
            Fact::Known(Cell::Text("12".into()))
        );
    }
}
