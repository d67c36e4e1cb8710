//! Acts: what a person may have a vendor do, described so that forms, files and plans follow from
//! the description. Each vendor's module says which acts it knows.

pub(crate) mod checking;
mod reading;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::IdentifierKind;

pub use reading::{CLEAR, read_id};

/// The fields of an act by path, as JSON: `profile.name`. A field that is not there stays as it
/// is; `null` takes the value away.
pub type Values = BTreeMap<String, Value>;

/// A kind of act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActKind {
    /// Its name: `user.update`
    pub id: &'static str,
    /// What it is done to; none: it makes something that nobody has to be there for.
    pub target: Option<Thing>,
    /// What it makes; none: it changes what is there.
    pub makes: Option<Thing>,
    /// The action of the rule pack that allows it. Fields may name their own instead.
    pub permission: &'static str,
    /// What it says.
    pub fields: Vec<Field>,
    /// Where it is documented: a letter of `docs/contract/`.
    pub source: &'static str,
    /// How it is undone.
    pub undo: Undo,
}

/// What acts are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// A vendor's user.
    Person,
    /// An organization.
    Organization,
    /// A key to the vendor's API.
    ApiKey,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// What it is.
    pub thing: Thing,
    /// The vendor's id, as text.
    pub id: String,
    /// What it was called when the act was written down; blank if that is not known.
    #[serde(default)]
    pub name: String,
}

/// How an act is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// The values from before are written again, as far as they were known.
    Restore,
    /// What was made is disabled: it stays, and nobody can use it.
    Disable,
    /// The vendor has no way back.
    Never,
}

/// One thing that an act says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Where it stands in the vendor's body: `profile.name`
    pub path: &'static str,
    /// What may stand there.
    pub kind: FieldKind,
    /// Whether the act cannot do without it.
    pub required: bool,
    /// Whether it may be taken away.
    pub clearable: bool,
    /// What the vendor takes if it is not said.
    pub default: Option<bool>,
    /// The action of the rule pack that allows it, if that is not the act's own.
    pub permission: Option<&'static str>,
    /// Where it is documented: a letter of `docs/contract/`.
    pub source: &'static str,
    /// Under which name the vendor tells it again afterwards; none: it does not.
    pub returned: Option<&'static str>,
}

/// What may stand in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of so many characters at most.
    Text {
        /// Characters.
        most: usize,
    },
    /// An e-mail address.
    Email,
    /// A password of so many characters at least. It is never kept.
    Password {
        /// Characters.
        least: usize,
    },
    /// Yes or no.
    Boolean,
    /// One of the vendor's words.
    Choice(Vec<&'static str>),
    /// One of the roles that the vendor knows here, by API value.
    Role(Vec<&'static str>),
    /// The id of an organization.
    Organization,
    /// The id of a type of subscription.
    SubscriptionType,
    /// A moment, in Unix seconds.
    Time,
    /// Some lines of text.
    TextList,
    /// A public number of an organization.
    Identifier(IdentifierKind),
}

impl ActKind {
    /// The field at a path.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.path == path)
    }

    /// Whether it takes access away from somebody or something, so that a ceiling holds for it.
    #[must_use]
    pub fn takes_away(&self, values: &Values) -> bool {
        const ENABLED: &str = "isEnabled";
        self.makes.is_none() && values.get(ENABLED) == Some(&Value::Bool(false))
    }

    /// The actions of the rule pack that all have to be allowed for these values.
    #[must_use]
    pub fn permissions(&self, values: &Values) -> Vec<&'static str> {
        let fields = self
            .fields
            .iter()
            .filter(|field| values.contains_key(field.path));
        let mut needed: Vec<_> = fields
            .map(|field| field.permission.unwrap_or(self.permission))
            .collect();
        if needed.is_empty() {
            needed.push(self.permission);
        }
        needed.sort_unstable();
        needed.dedup();
        needed
    }
}

impl Field {
    /// A field that may be left out.
    #[must_use]
    pub const fn new(path: &'static str, kind: FieldKind, source: &'static str) -> Self {
        Self {
            path,
            kind,
            required: false,
            clearable: false,
            default: None,
            permission: None,
            source,
            returned: None,
        }
    }

    /// The same, and the act cannot do without it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, and it may be taken away.
    #[must_use]
    pub const fn clearable(mut self) -> Self {
        self.clearable = true;
        self
    }

    /// The same, and the vendor takes this if it is not said.
    #[must_use]
    pub const fn or(mut self, default: bool) -> Self {
        self.default = Some(default);
        self
    }

    /// The same, allowed by another action of the rule pack than the act's own.
    #[must_use]
    pub const fn allowed_by(mut self, permission: &'static str) -> Self {
        self.permission = Some(permission);
        self
    }

    /// The same, and the vendor tells it again afterwards under this name.
    #[must_use]
    pub const fn returned_as(mut self, name: &'static str) -> Self {
        self.returned = Some(name);
        self
    }

    /// Whether it is a secret: never kept, never shown.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        matches!(self.kind, FieldKind::Password { .. })
    }
}

/// The body of a request in which every value stands at its path: `profile.name` as
/// `{"profile": {"name": …}}`.
#[must_use]
pub fn nested(values: &Values) -> Value {
    let mut body = serde_json::Map::new();
    for (path, value) in values {
        let mut place = &mut body;
        let mut parts = path.split('.').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                place.insert(part.to_owned(), value.clone());
                break;
            }
            let inner = place
                .entry(part)
                .or_insert_with(|| Value::Object(serde_json::Map::new()));
            match inner {
                Value::Object(object) => place = object,
                // A path goes through a value: what stands there stays.
                _ => break,
            }
        }
    }
    Value::Object(body)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_stand_in_the_body_at_their_paths() {
        let values = Values::from([
            ("email".to_owned(), json!("a@b.be")),
            ("profile.name".to_owned(), json!("Zoë")),
            ("subscription.end".to_owned(), Value::Null),
            ("subscription.type".to_owned(), json!(3)),
        ]);
        let body = json!({
            "email": "a@b.be",
            "profile": {"name": "Zoë"},
            "subscription": {"type": 3, "end": null},
        });
        assert_eq!(nested(&values), body);
    }
}
