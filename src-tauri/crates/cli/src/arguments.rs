//! What musterctl can be told.

mod changes;
mod plan_file;
mod roles;

use std::{path::PathBuf, str::FromStr};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use muster_directory::{
    Direction, OrganizationId, OrganizationSort, PageSize, PersonId, PersonSort, Platform, Sort,
    plan::StepState,
};
use muster_engine::{columns, vault::VaultKind};

pub use changes::{Apply, Import, Making, Outbox, Plan, PlanName, Plans, Undo};
pub use plan_file::{Deciding, PlanFiles, Switch};
pub use roles::{Deal, KeyRole, May, Simulate};

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
    /// List the syncs of a connection, the newest first.
    Syncs {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Ask about people.
    #[command(subcommand)]
    People(People),
    /// Show why a question finds a person, or not, and what would change that.
    Explain {
        #[command(flatten)]
        whom: Whom,
        /// The person's id.
        #[arg(value_name = "ID", value_parser = person_id)]
        person: PersonId,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Write people to a file, with the question beside it.
    Export(Export),
    /// Keep, show, share and look at views: questions with a name.
    #[command(subcommand)]
    Views(Views),
    /// Ask about organizations.
    #[command(subcommand)]
    Organizations(Organizations),
    /// Show what each role may do, by the vendor's pages.
    Roles {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Ask whether the connection's key may do something, and why. Nothing is sent.
    ///
    /// The exit status is 0 if it may; 1 if it may not, not there, or not with this role; 3 if that
    /// is contested, undocumented, or depends on what is not known.
    May(May),
    /// Show what would change for a person, and who would manage the organization. Nothing is sent.
    Simulate(Simulate),
    /// Send plans to a second person as signed files, and take in what that person says.
    #[command(subcommand)]
    PlanFile(PlanFiles),
    /// Plan changes; nothing is sent.
    Plan(Plan),
    Apply(Apply),
    Undo(Undo),
    /// List, show, retry and give up plans.
    #[command(subcommand)]
    Plans(Plans),
    /// Plans that wait for a network.
    #[command(subcommand)]
    Outbox(Outbox),
    /// List what was typed and not planned yet.
    Drafts {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    Import(Import),
    /// Show what was done here, by whom, and whether the record of it holds.
    #[command(subcommand)]
    Activity(Activity),
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
    /// Show or say which role the key of a connection has: the vendor does not tell.
    Role(KeyRole),
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
        whom: Whom,
        #[command(flatten)]
        truth: Truth,
        #[command(flatten)]
        look: Look,
        #[command(flatten)]
        part: Part,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// Who is asked for.
#[derive(Debug, Args)]
pub struct Whom {
    /// The connection's name or id.
    pub connection: String,
    /// The question in the query language, such as 'org:12 and not role:unknown'.
    #[arg(long = "where", value_name = "TEXT", conflicts_with_all = ["filter", "view"])]
    pub text: Option<String>,
    /// The question as JSON: the vendor's filter, with keys of our own.
    #[arg(long, value_name = "JSON", conflicts_with = "view")]
    pub filter: Option<String>,
    /// The question, order and columns of a saved view.
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// The mirror as a sync left it: its id, or a day, at the end of it.
    #[arg(long, value_name = "SYNC|DATE", conflicts_with = "live")]
    pub as_of: Option<AsOf>,
    /// Ask the vendor now, not the mirror.
    #[arg(long)]
    pub live: bool,
}

/// Those who match, or those who may.
#[derive(Debug, Clone, Copy, Args)]
pub struct Truth {
    /// Those for whom something is not known that decides it, not those who match.
    #[arg(long)]
    pub possible: bool,
}

/// A moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// A sync, by its id.
    Sync(i64),
    /// The last sync that had finished by the end of a day, where this computer is.
    Day(Date),
}

impl FromStr for AsOf {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sync = text.parse().ok().filter(|id| *id > 0).map(Self::Sync);
        sync.or_else(|| text.parse().ok().map(Self::Day))
            .ok_or("expected the id of a sync or a day such as 2025-01-31")
    }
}

/// How an answer is laid out.
#[derive(Debug, Args)]
pub struct Look {
    /// In which order, several times for equals: id, name, organization, role, created, updated or
    /// changed; live by id only, as far as the vendor answers alone.
    #[arg(long, value_name = "COLUMN:asc|desc", value_parser = person_sort)]
    pub sort: Vec<Sort<PersonSort>>,
    /// Which columns: name, organization, role, id, created_at, updated_at, last_changed, presence,
    /// vat, apb, riziv, finess or cip.
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub columns: Vec<columns::Column>,
}

/// Which part of an answer.
#[derive(Debug, Args)]
pub struct Part {
    /// Zero-based number of a page; without --page and --size, everything.
    #[arg(long, value_name = "NO")]
    pub page: Option<u64>,
    /// Items a page: 10, 50, 100 or 250.
    #[arg(long, value_name = "SIZE", value_parser = page_size)]
    pub size: Option<PageSize>,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub whom: Whom,
    #[command(flatten)]
    pub truth: Truth,
    #[command(flatten)]
    pub look: Look,
    /// As what.
    #[arg(long, value_enum)]
    pub format: FileFormat,
    /// Where to. A file that is there is replaced when the new one is complete.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Leave texts that a spreadsheet would take for formulas as they are.
    #[arg(long)]
    pub keep_formulas: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// Comma-separated, with a header line
    Csv,
    /// A spreadsheet
    Xlsx,
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, Subcommand)]
pub enum Views {
    /// List the saved views.
    List {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show what a saved view asks.
    Show {
        #[command(flatten)]
        view: ViewName,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Save a question under a name.
    Save {
        #[command(flatten)]
        view: ViewName,
        /// The question in the query language.
        #[arg(long = "where", value_name = "TEXT", default_value = "")]
        text: String,
        #[command(flatten)]
        look: Look,
        /// It asks the vendor, not the mirror.
        #[arg(long)]
        live: bool,
        /// Replace a view that has this name.
        #[arg(long)]
        replace: bool,
    },
    /// Delete a saved view.
    Delete {
        #[command(flatten)]
        view: ViewName,
    },
    /// Print a saved view as a link; with --out, write it to a file.
    Share {
        #[command(flatten)]
        view: ViewName,
        /// The file to write, such as managers.musterview.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Look at a view that was shared, without keeping it.
    Open {
        /// The connection's name or id.
        connection: String,
        /// What was shared: muster://view/… or a file.
        #[arg(value_name = "LINK|FILE")]
        shared: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// A saved view.
#[derive(Debug, Args)]
pub struct ViewName {
    /// The connection's name or id.
    pub connection: String,
    /// The view's name; case does not count.
    pub name: String,
}

#[derive(Debug, Subcommand)]
pub enum Activity {
    /// List what was done, the newest first.
    List(ActivityList),
    /// Look at every entry: exit code 1 names the first that does not hold.
    Verify {
        /// The connection's name or id.
        connection: String,
        /// A hash that was noted before: it has to be that of an entry.
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show the hash of the last entry, which stands for all of them, to note it elsewhere.
    Head {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

#[derive(Debug, Args)]
pub struct ActivityList {
    /// The connection's name or id.
    pub connection: String,
    /// Only of this kind, such as sync, export or secret_read; several times for several.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
    /// Only what ended so: started, done, refused, failed, canceled or unknown.
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Vec<String>,
    /// Only where this stands in the account, key, target, request id, details or hash.
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// From this day on, where this computer is.
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Up to and with this day.
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// How many at most; else all.
    #[arg(long, value_name = "COUNT")]
    pub limit: Option<u64>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
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
    #[command(flatten)]
    pub part: Part,
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

fn person_id(text: &str) -> Result<PersonId, String> {
    let id: u64 = text.parse().map_err(|_| "expected an id".to_owned())?;
    PersonId::try_from(id).map_err(|error| error.to_string())
}

fn organization_id(text: &str) -> Result<OrganizationId, String> {
    let id: u64 = text.parse().map_err(|_| "expected an id".to_owned())?;
    OrganizationId::try_from(id).map_err(|error| error.to_string())
}

fn step_state(text: &str) -> Result<StepState, String> {
    StepState::named(text).ok_or_else(|| {
        let names = StepState::ALL.map(StepState::as_str);
        format!("expected one of {}", names.join(", "))
    })
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
            ("role", PersonSort::Role),
            ("created", PersonSort::CreatedAt),
            ("updated", PersonSort::UpdatedAt),
            ("changed", PersonSort::LastChanged),
            ("created_at", PersonSort::CreatedAt),
            ("updated_at", PersonSort::UpdatedAt),
            ("last_changed", PersonSort::LastChanged),
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

fn sort<C: Copy>(text: &str, columns: &[(&str, C)]) -> Result<Sort<C>, String> {
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

    #[test]
    fn a_moment_is_a_sync_or_a_day() {
        assert_eq!("12".parse(), Ok(AsOf::Sync(12)));
        assert_eq!(
            "2025-01-31".parse(),
            Ok(AsOf::Day(jiff::civil::date(2025, 1, 31)))
        );
        for wrong in ["0", "-1", "yesterday", "2025-02-30", ""] {
            assert!(wrong.parse::<AsOf>().is_err(), "{wrong}");
        }
    }
}
