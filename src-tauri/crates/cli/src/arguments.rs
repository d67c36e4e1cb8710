//! What musterctl can be told.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use muster_directory::{
    Direction, OrganizationSort, PageSize, PersonSort, Platform, Sort, query::Column,
};
use muster_engine::vault::VaultKind;

/// Everything that Muster's window can do, for scripts.
#[derive(Debug, Parser)]
#[command(name = "musterctl", version, about, arg_required_else_help = true)]
pub struct Arguments {
    /// The folder to keep everything in; else the window's own.
    #[arg(long, global = true, env = "MUSTER_PROFILE", value_name = "DIR")]
    pub profile: Option<PathBuf>,

    /// Where secrets are kept: keyring, file (needs MUSTER_VAULT_PASSPHRASE) or memory.
    #[arg(long, global = true, env = "MUSTER_VAULT", default_value = "keyring")]
    pub vault: VaultKind,

    /// Write errors to standard error as JSON: code, message, details.
    #[arg(long, global = true)]
    pub json_errors: bool,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add, list, test and remove connections.
    #[command(subcommand)]
    Connect(Connect),
    /// Bring the mirror of a connection up to date.
    Sync {
        /// The connection's name or id.
        connection: String,
    },
    /// Ask about people.
    #[command(subcommand)]
    People(People),
    /// Ask about organizations.
    #[command(subcommand)]
    Organizations(Organizations),
}

#[derive(Debug, Subcommand)]
pub enum Connect {
    /// Add a connection; the key's secret is read from standard input.
    Add {
        /// Whose API it is.
        #[arg(long)]
        vendor: Vendor,
        /// The national platform: be, fr, de or au.
        #[arg(long)]
        platform: Platform,
        /// A name of your choice.
        #[arg(long)]
        name: String,
        /// Another address than the platform's own.
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// The API key's id.
        #[arg(long, value_name = "ID")]
        key_id: u64,
    },
    /// List the connections.
    List {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show who the key of a connection is and what it may do.
    Test {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Remove a connection with its mirror, its ledger and its secret; shows them unless --yes.
    Remove {
        /// The connection's name or id.
        connection: String,
        /// Remove what a run without this has shown.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Vendor {
    /// Medipim API v4
    Medipim,
}

#[derive(Debug, Subcommand)]
pub enum People {
    /// Query people, from the mirror or live.
    Query {
        #[command(flatten)]
        asked: Asked,
        /// By what: id, name, organization, created or updated; live by id only.
        #[arg(long, value_name = "COLUMN:asc|desc", value_parser = person_sort, default_value = "id:asc")]
        sort: Sort<PersonSort>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Organizations {
    /// Query organizations, from the mirror or live.
    Query {
        #[command(flatten)]
        asked: Asked,
        /// By what: id, name, type or people; live by id and name only.
        #[arg(long, value_name = "COLUMN:asc|desc", value_parser = organization_sort, default_value = "id:asc")]
        sort: Sort<OrganizationSort>,
    },
}

#[derive(Debug, Args)]
pub struct Asked {
    /// The connection's name or id.
    pub connection: String,
    /// The vendor's filter, as JSON.
    #[arg(long, value_name = "JSON")]
    pub filter: Option<String>,
    /// Zero-based number of a page; without --page and --size, everything.
    #[arg(long, value_name = "NO")]
    pub page: Option<u64>,
    /// Items a page: 10, 50, 100 or 250.
    #[arg(long, value_name = "SIZE", value_parser = page_size)]
    pub size: Option<PageSize>,
    /// Ask the vendor now, not the mirror.
    #[arg(long)]
    pub live: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// The vendor's response shape where there is one
    Json,
    /// Comma-separated, with a header line
    Csv,
}

fn page_size(text: &str) -> Result<PageSize, String> {
    let expected = || "expected 10, 50, 100 or 250".to_owned();
    let size: u64 = text.parse().map_err(|_| expected())?;
    PageSize::try_from(size).map_err(|_| expected())
}

fn person_sort(text: &str) -> Result<Sort<PersonSort>, String> {
    sort(
        text,
        &[
            ("id", PersonSort::Id),
            ("name", PersonSort::Name),
            ("organization", PersonSort::Organization),
            ("created", PersonSort::CreatedAt),
            ("updated", PersonSort::UpdatedAt),
        ],
    )
}

fn organization_sort(text: &str) -> Result<Sort<OrganizationSort>, String> {
    sort(
        text,
        &[
            ("id", OrganizationSort::Id),
            ("name", OrganizationSort::Name),
            ("type", OrganizationSort::Kind),
            ("people", OrganizationSort::People),
        ],
    )
}

fn sort<C: Column>(text: &str, columns: &[(&str, C)]) -> Result<Sort<C>, String> {
    let (column, direction) = text.split_once(':').unwrap_or((text, "asc"));
    let names = || {
        columns
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let found = columns
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(column));
    let (_, by) = found.ok_or_else(|| format!("expected one of {}", names()))?;
    let direction = match direction {
        _ if direction.eq_ignore_ascii_case("asc") => Direction::Ascending,
        _ if direction.eq_ignore_ascii_case("desc") => Direction::Descending,
        _ => return Err("expected asc or desc after the colon".to_owned()),
    };
    Ok(Sort { by: *by, direction })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn an_order_is_a_column_and_a_direction() {
        let sort = person_sort("name:desc").unwrap();
        assert_eq!(
            (sort.by, sort.direction),
            (PersonSort::Name, Direction::Descending)
        );
        assert_eq!(person_sort("id").unwrap().direction, Direction::Ascending);
        assert!(person_sort("phone:asc").is_err());
        assert!(person_sort("id:up").is_err());
    }
}
