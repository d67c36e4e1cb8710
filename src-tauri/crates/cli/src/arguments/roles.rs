//! What musterctl can be told about roles: what they may do, and what would change.

use clap::Args;
use muster_directory::{OrganizationId, PersonId};

use super::{Format, organization_id, person_id};

/// May the key of a connection do something?
#[derive(Debug, Args)]
pub struct May {
    /// The connection's name or id.
    pub connection: String,
    /// The action, such as user.profile.update; `musterctl roles` lists them.
    pub action: String,
    /// Ask for a key with this role, by the vendor's API value, and not for the connection's own.
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    /// To whom it would be done.
    #[arg(long, value_name = "ID", value_parser = person_id)]
    pub person: Option<PersonId>,
    /// To which organization, or in which one.
    #[arg(long, value_name = "ID", value_parser = organization_id)]
    pub organization: Option<OrganizationId>,
    /// The role that a created person would have.
    #[arg(long, value_name = "ROLE")]
    pub gives: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// What would change for a person, and who would manage the organization?
#[derive(Debug, Args)]
pub struct Simulate {
    /// The connection's name or id.
    pub connection: String,
    /// The person's id.
    #[arg(long, value_name = "ID", value_parser = person_id)]
    pub person: PersonId,
    #[command(flatten)]
    pub deal: Deal,
    /// The role that the person has, if it is not known.
    #[arg(long, value_name = "ROLE")]
    pub assume: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// What would be done to a person.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Deal {
    /// Another role, by the vendor's API value.
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    /// Disabled.
    #[arg(long)]
    pub disable: bool,
    /// Deleted.
    #[arg(long)]
    pub delete: bool,
    /// Moved to another organization.
    #[arg(long, value_name = "ORGANIZATION", value_parser = organization_id)]
    pub move_to: Option<OrganizationId>,
}

/// Who the key of a connection is.
#[derive(Debug, Args)]
pub struct KeyRole {
    /// The connection's name or id.
    pub connection: String,
    /// The role, by the vendor's API value.
    pub role: Option<String>,
    /// The organization of the key's person.
    #[arg(long, value_name = "ID", value_parser = organization_id, requires = "role")]
    pub organization: Option<OrganizationId>,
    /// The key's person.
    #[arg(long, value_name = "ID", value_parser = person_id, requires = "role")]
    pub person: Option<PersonId>,
    /// Take back what was said.
    #[arg(long, conflicts_with = "role")]
    pub forget: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
