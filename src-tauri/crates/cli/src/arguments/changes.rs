//! What musterctl can be told about changes: plans, applying, the outbox, drafts.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use muster_directory::{OrganizationId, PersonId, plan::StepState};

use super::{Format, organization_id, person_id, step_state};

/// Plan changes; nothing is sent.
#[derive(Debug, Args)]
pub struct Plan {
    /// The connection's name or id.
    pub connection: String,
    /// The act, such as user.update; a wrong one is answered with all there are.
    #[arg(
        long,
        value_name = "ACT",
        required_unless_present = "from",
        conflicts_with = "from"
    )]
    pub act: Option<String>,
    /// To which person; several times for several.
    #[arg(long, value_name = "ID", value_parser = person_id)]
    pub person: Vec<PersonId>,
    /// To which organization; several times for several.
    #[arg(long, value_name = "ID", value_parser = organization_id)]
    pub organization: Vec<OrganizationId>,
    /// To which API key; several times for several.
    #[arg(long, value_name = "ID")]
    pub api_key: Vec<u64>,
    /// To all people who match a question in the query language, by the mirror.
    #[arg(long = "where", value_name = "TEXT")]
    pub text: Option<String>,
    /// A value, such as profile.name=Zoë; `(clear)` takes one away. Never a password.
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// The created person gets a password, which `apply --password-stdin` reads.
    #[arg(long)]
    pub with_password: bool,
    /// What is wanted, from a file: a JSON list of {kind, target: {thing, id}, values}.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["person", "organization", "api_key", "text", "set", "with_password"])]
    pub from: Option<PathBuf>,
    #[command(flatten)]
    pub making: Making,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// How a plan is made, and where it goes.
#[derive(Debug, Args)]
pub struct Making {
    /// What the plan is called; without it, after what it does or after the file.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Plan what can be planned, and leave out what is wrong.
    #[arg(long)]
    pub partly: bool,
    /// Write the plan to a file to look at and apply later, and do not keep it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Apply a plan; shows it unless --yes.
///
/// The exit status is 0 if all of it is done, 4 if some is not, 5 if it is not known of some. Ctrl+C
/// pauses after the step that is being sent; the same command goes on.
#[derive(Debug, Args)]
pub struct Apply {
    /// The connection's name or id.
    pub connection: String,
    /// The plan's id, or a file that `plan --out` has written.
    #[arg(value_name = "PLAN|FILE")]
    pub plan: String,
    /// Apply what a run without this has shown.
    #[arg(long)]
    pub yes: bool,
    /// How many steps take access away: needed when they are more than the ceiling.
    #[arg(long, value_name = "COUNT")]
    pub takes_away: Option<u64>,
    /// After so many seconds, what a request without an answer should have done and what is not
    /// found counts as not done, and is sent again; else 60.
    #[arg(long, value_name = "SECONDS")]
    pub settle: Option<u64>,
    /// Read the password of the one person who is created from standard input.
    #[arg(long)]
    pub password_stdin: bool,
    /// Where the secret of the one key that is created goes: a new connection of this name, its
    /// secret in the keyring.
    #[arg(long, value_name = "keyring:NAME", value_parser = keyring, conflicts_with = "print_secret")]
    pub secret_to: Option<String>,
    /// Write the secrets of keys that are created to standard output, a line each, after the rest.
    #[arg(long)]
    pub print_secret: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Plan the way back of a plan that was applied; nothing is sent.
#[derive(Debug, Args)]
pub struct Undo {
    #[command(flatten)]
    pub plan: PlanName,
    /// What the plan that undoes it is called; without it, after what it undoes.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Write it to a file to look at and apply later, and do not keep it.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A plan that is kept.
#[derive(Debug, Args)]
pub struct PlanName {
    /// The connection's name or id.
    pub connection: String,
    /// The plan's id.
    #[arg(value_name = "PLAN")]
    pub plan: String,
}

#[derive(Debug, Subcommand)]
pub enum Plans {
    /// List the plans, the newest first.
    List {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show what a plan does, field by field.
    Show {
        #[command(flatten)]
        plan: PlanName,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Show what became of each step of a plan.
    Steps {
        #[command(flatten)]
        plan: PlanName,
        /// Only those that stand so, such as rejected or unknown; several times for several.
        #[arg(long, value_name = "STATE", value_parser = step_state)]
        state: Vec<StepState>,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Let steps that were refused be sent again when the plan is applied again.
    Retry {
        #[command(flatten)]
        plan: PlanName,
        /// A step's number; several times for several; else all that were refused.
        #[arg(long, value_name = "NO")]
        step: Vec<u64>,
    },
    /// Give a plan up: what was applied stays applied.
    Cancel {
        #[command(flatten)]
        plan: PlanName,
    },
}

#[derive(Debug, Subcommand)]
pub enum Outbox {
    /// List the plans that wait for a network, in their order.
    List {
        /// The connection's name or id.
        connection: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Put a plan at the end.
    Add {
        #[command(flatten)]
        plan: PlanName,
    },
    /// Take a plan out; it stays among the plans.
    Remove {
        #[command(flatten)]
        plan: PlanName,
    },
    /// Put the plans in this order; those that are not named come after.
    Order {
        /// The connection's name or id.
        connection: String,
        /// The plans' ids.
        #[arg(value_name = "PLAN", required = true)]
        plans: Vec<String>,
    },
    /// Make the plans again as things stand now and show them; with --yes, apply them as they are.
    Send {
        /// The connection's name or id.
        connection: String,
        /// Apply what a run without this has shown.
        #[arg(long)]
        yes: bool,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// Read a file of rows and look at every one of them; with --plan, plan those that are right.
///
/// The exit status is 0 if nothing is wrong, 4 if something is.
#[derive(Debug, Args)]
pub struct Import {
    /// The connection's name or id.
    pub connection: String,
    /// A CSV file with a header line.
    #[arg(required_unless_present = "template")]
    pub file: Option<PathBuf>,
    /// What its rows become, such as user.create.
    #[arg(long, value_name = "ACT")]
    pub act: String,
    /// What a column means: the path of a field, `target`, or nothing. Else it is guessed by its
    /// name.
    #[arg(long, value_name = "COLUMN=PATH")]
    pub map: Vec<String>,
    /// Write the rows that cannot be planned to this file, with why.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Make a plan; nothing is sent.
    #[arg(long)]
    pub plan: bool,
    #[command(flatten)]
    pub making: Making,
    /// Write a file to fill in to standard output, and read none.
    #[arg(long, conflicts_with_all = ["file", "plan", "rejects"])]
    pub template: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

fn keyring(text: &str) -> Result<String, &'static str> {
    let name = text.strip_prefix("keyring:").map(str::trim);
    let name = name.filter(|name| !name.is_empty());
    name.map(str::to_owned)
        .ok_or("expected keyring: and the name of the new connection")
}
