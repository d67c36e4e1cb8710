//! The roles of Medipim's users.

use serde::{Deserialize, Serialize};

/// A role by the vendor's API value `[R, V]`. A value that we do not know is carried through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Role {
    /// `organization_manager`
    OrganizationManager,
    /// `organization_customer_service`
    OrganizationCustomerService,
    /// `medical_professional`
    MedicalProfessional,
    /// `software_developer`
    SoftwareDeveloper,
    /// `reseller`
    Reseller,
    /// A value that the vendor's pages did not name.
    Other(String),
}

impl Role {
    /// Every role that the vendor's pages name.
    pub const NAMED: [Self; 5] = [
        Self::OrganizationManager,
        Self::OrganizationCustomerService,
        Self::MedicalProfessional,
        Self::SoftwareDeveloper,
        Self::Reseller,
    ];

    /// The role of [`Self::NAMED`] with this API value, whatever its case.
    #[must_use]
    pub fn named(value: &str) -> Option<Self> {
        let is = |role: &Self| role.as_str().eq_ignore_ascii_case(value);
        Self::NAMED.into_iter().find(is)
    }

    /// The vendor's API value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::OrganizationManager => "organization_manager",
            Self::OrganizationCustomerService => "organization_customer_service",
            Self::MedicalProfessional => "medical_professional",
            Self::SoftwareDeveloper => "software_developer",
            Self::Reseller => "reseller",
            Self::Other(value) => value,
        }
    }
}

impl From<String> for Role {
    fn from(value: String) -> Self {
        Self::NAMED
            .into_iter()
            .find(|role| role.as_str() == value)
            .unwrap_or(Self::Other(value))
    }
}

impl From<Role> for String {
    fn from(role: Role) -> Self {
        role.as_str().to_owned()
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
