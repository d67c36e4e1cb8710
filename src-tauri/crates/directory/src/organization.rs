//! An organization, as organizations/query returns it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Fact, IdentifierKind, OrganizationId};

/// An organization as the vendor returned it. Exact fields are `[C]`: what comes is read, the rest
/// is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The vendor's id.
    pub id: OrganizationId,
    /// The display name.
    pub name: String,
    /// What kind of organization it is.
    #[serde(rename = "type", default, skip_serializing_if = "Fact::is_unknown")]
    pub kind: Fact<OrganizationType>,
    /// VAT number.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub vat_nr: Fact<String>,
    /// APB number of a Belgian pharmacy.
    #[serde(
        default,
        skip_serializing_if = "Fact::is_unknown",
        with = "number_or_text"
    )]
    pub apb_nr: Fact<String>,
    /// RIZIV number.
    #[serde(
        default,
        skip_serializing_if = "Fact::is_unknown",
        with = "number_or_text"
    )]
    pub riziv_nr: Fact<String>,
    /// FINESS number of a French establishment.
    #[serde(
        default,
        skip_serializing_if = "Fact::is_unknown",
        with = "number_or_text"
    )]
    pub finess_nr: Fact<String>,
    /// CIP number of a French pharmacy.
    #[serde(
        default,
        skip_serializing_if = "Fact::is_unknown",
        with = "number_or_text"
    )]
    pub cip_nr: Fact<String>,
    /// Fields that we do not know, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Organization {
    /// What is known of a public number of this organization.
    #[must_use]
    pub const fn identifier(&self, kind: IdentifierKind) -> &Fact<String> {
        match kind {
            IdentifierKind::Vat => &self.vat_nr,
            IdentifierKind::Apb => &self.apb_nr,
            IdentifierKind::Riziv => &self.riziv_nr,
            IdentifierKind::Finess => &self.finess_nr,
            IdentifierKind::Cip => &self.cip_nr,
        }
    }
}

/// What kind of organization it is `[V]`. A value that we do not know is carried through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum OrganizationType {
    /// `supplier`
    Supplier,
    /// `marketing`
    Marketing,
    /// `medical_professional`
    MedicalProfessional,
    /// `other`
    Other,
    /// A value that the vendor's pages did not name.
    Unnamed(String),
}

impl OrganizationType {
    /// Every type that the vendor's pages name.
    pub const NAMED: [Self; 4] = [
        Self::Supplier,
        Self::Marketing,
        Self::MedicalProfessional,
        Self::Other,
    ];

    /// The vendor's API value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Supplier => "supplier",
            Self::Marketing => "marketing",
            Self::MedicalProfessional => "medical_professional",
            Self::Other => "other",
            Self::Unnamed(value) => value,
        }
    }
}

impl From<String> for OrganizationType {
    fn from(value: String) -> Self {
        Self::NAMED
            .into_iter()
            .find(|kind| kind.as_str() == value)
            .unwrap_or(Self::Unnamed(value))
    }
}

impl From<OrganizationType> for String {
    fn from(kind: OrganizationType) -> Self {
        kind.as_str().to_owned()
    }
}

/// Reads `12` and `"12"` alike: the vendor's filters take both, so its answers might give both.
mod number_or_text {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::Fact;

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u64),
        Text(String),
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Fact<String>, D::Error> {
        Ok(
            Fact::<Either>::deserialize(from)?.map(|either| match either {
                Either::Number(number) => number.to_string(),
                Either::Text(text) => text,
            }),
        )
    }

    pub fn serialize<S: Serializer>(fact: &Fact<String>, to: S) -> Result<S::Ok, S::Error> {
        fact.serialize(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organization_keeps_what_we_do_not_know_and_tells_absent_from_unknown() {
        let text = r#"{"id":5,"name":"'t Apotheekje","type":"medical_professional","vatNr":"BE0123456749","apbNr":null,"rizivNr":"00123","city":{"zip":"9000"}}"#;
        let organization: Organization = serde_json::from_str(text).unwrap();
        assert_eq!(organization.apb_nr, Fact::Absent);
        assert_eq!(organization.cip_nr, Fact::Unknown);
        assert_eq!(serde_json::to_string(&organization).unwrap(), text);
    }

    #[test]
    fn a_number_given_as_an_integer_is_its_digits() {
        let organization: Organization =
            serde_json::from_str(r#"{"id":5,"name":"A","apbNr":123}"#).unwrap();
        assert_eq!(organization.apb_nr, Fact::Known("123".to_owned()));
    }
}
