//! What musterctl can be told about plans that a second person looks at.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Format;

/// Plans as signed files: for a second person, and what that person says of them.
#[derive(Debug, Subcommand)]
pub enum PlanFiles {
    /// Write a plan to a signed file.
    Export {
        /// The connection's name or id.
        connection: String,
        /// The plan's id.
        plan: String,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Show a plan that somebody sent: who signed it, and every step.
    Open {
        /// The file.
        file: PathBuf,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Approve a plan that somebody sent, into a signed file for its author.
    Approve(Deciding),
    /// Reject a plan that somebody sent, into a signed file for its author.
    Reject(Deciding),
    /// Take in what somebody has said of a plan, and show all that was said of it.
    ReadApproval {
        /// The connection's name or id.
        connection: String,
        /// The file.
        file: PathBuf,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// List the people whose keys were compared.
    Colleagues {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Say whose key one is, after comparing its fingerprint: what it approves counts.
    Confirm {
        /// The public key, in base64, as read-approval and open show it.
        key: String,
        /// Whose it is.
        #[arg(long)]
        name: String,
    },
    /// Let a key count no more.
    Forget {
        /// The public key, in base64.
        key: String,
    },
    /// Show or set whether plans of a connection need a second person.
    SecondPerson {
        /// The connection's name or id.
        connection: String,
        /// Whether they do; shown if left out.
        needed: Option<Switch>,
    },
}

/// What is said of a plan.
#[derive(Debug, Args)]
pub struct Deciding {
    /// The file with the plan.
    pub file: PathBuf,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Why, for its author to read.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub comment: String,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// They do.
    On,
    /// They do not.
    Off,
}
