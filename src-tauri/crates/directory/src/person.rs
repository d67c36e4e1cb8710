//! A person: a vendor's user, as users/query returns it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Fact, OrganizationId, PersonId};

/// A person as the vendor returned it `[Q]`. Role, e-mail address and enabled flag are not
/// returned, so they are not here: they are learnt in other ways and carry their own provenance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// The vendor's id.
    pub id: PersonId,
    /// The display name.
    pub name: String,
    /// The organization: absent for a person without one.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub organization: Fact<OrganizationId>,
    /// When it was created and changed.
    #[serde(default)]
    pub meta: Meta,
    /// Fields that we do not know, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Times that the vendor keeps of a person or an organization.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// Unix seconds.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub created_at: Fact<i64>,
    /// Unix seconds.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub updated_at: Fact<i64>,
    /// Fields that we do not know, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_written_exactly_as_it_was_read() {
        for text in [
            r#"{"id":1,"name":"Zoë","organization":12,"meta":{"createdAt":1471525605,"updatedAt":1571525605}}"#,
            r#"{"id":1,"name":"Zoë","organization":null,"meta":{"createdAt":1,"updatedAt":null}}"#,
            r#"{"id":1,"name":"Zoë","meta":{"createdAt":1,"new":[1]},"locale":{"a":1.5}}"#,
        ] {
            let person: Person = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&person).unwrap(), text);
        }
    }
}
