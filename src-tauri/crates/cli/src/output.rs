//! What musterctl writes: tables for people, JSON and CSV for programs.

pub mod activity;
pub mod changes;
pub mod explained;
pub mod importing;
pub mod people;
pub mod plan_file;
pub mod roles;
pub mod views;

use std::io::{self, BufWriter, IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};
use muster_api::types;
use muster_directory::{Fact, IdentifierKind};
use muster_engine::{
    columns::time,
    connections::{Connection, RemovalPreview},
    jobs::{Job, Phase},
    mirror::{SyncRecord, Tally},
    organizations::FoundOrganization,
    question::Found,
    report::Report,
};
use serde::Serialize;

use crate::{arguments::Format, failure::Failure};

type Outcome = Result<(), Failure>;

/// What stands where nothing is known.
const UNKNOWN: &str = "unknown";

pub fn json(value: &impl Serialize) -> Outcome {
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Outcome {
    let mut out = csv::Writer::from_writer(BufWriter::new(io::stdout().lock()));
    out.write_record(header)?;
    for row in rows {
        out.write_record(row)?;
    }
    Ok(out.flush()?)
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Outcome {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_HORIZONTAL_ONLY)
        .set_header(header);
    if io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    table.add_rows(rows);
    Ok(writeln!(io::stdout(), "{table}")?)
}

pub fn connections(list: &[Connection], format: Format) -> Outcome {
    if format == Format::Json {
        let list: Vec<_> = list.iter().cloned().map(types::Connection::from).collect();
        return json(&list);
    }
    let header = [
        "id",
        "name",
        "platform",
        "address",
        "key",
        "people",
        "last sync",
    ];
    let rows = list.iter().map(|own| {
        let synced = own.mirror.last_sync.as_ref();
        vec![
            own.record.id.to_string(),
            own.record.name.clone(),
            own.record
                .platform
                .map(|platform| platform.to_string())
                .unwrap_or_default(),
            own.base_url.clone(),
            own.record.key_id.to_string(),
            synced
                .map(|_| own.mirror.people.to_string())
                .unwrap_or_default(),
            synced.map_or_else(|| "never".to_owned(), |sync| time(sync.finished_at)),
        ]
    });
    if format == Format::Csv {
        csv(&header, rows)
    } else {
        table(&header, rows)
    }
}

pub fn report(report: Report, format: Format) -> Outcome {
    let report = types::ConnectionReport::from(report);
    if format == Format::Json {
        return json(&report);
    }
    let access = |access: &types::Access| match access {
        types::Access::Allowed { total, .. } => format!("yes, {total}"),
        types::Access::Refused { error, .. } => format!("no: {}", error.message),
    };
    let roles: Vec<_> = report.roles.iter().map(|role| role.name.clone()).collect();
    let allowed = report
        .roles
        .first()
        .filter(|_| report.roles.len() == 1)
        .map(|role| {
            let may = role
                .may
                .iter()
                .filter(|row| row.verdict == types::Verdict::Allow);
            may.map(|row| row.action.clone())
                .collect::<Vec<_>>()
                .join(", ")
        });
    let rows = [
        ("sees people", access(&report.people)),
        ("sees organizations", access(&report.organizations)),
        ("role, as far as that tells", roles.join(" or ")),
        (
            "may, by the vendor's pages",
            allowed.unwrap_or_else(|| "depends on the role".to_owned()),
        ),
    ];
    let rows = rows
        .into_iter()
        .map(|(name, value)| vec![name.to_owned(), value]);
    if format == Format::Csv {
        csv(&["what", "shown"], rows)
    } else {
        table(&["what", "shown"], rows)
    }
}

pub fn removal(connection: &Connection, preview: &RemovalPreview, doing: bool) -> Outcome {
    let mut out = io::stdout().lock();
    let verb = if doing {
        "Removing"
    } else {
        "This would remove"
    };
    writeln!(
        out,
        "{verb} {}: {} people, {} organizations, {} syncs{}",
        connection.record.name,
        preview.mirror.people,
        preview.mirror.organizations,
        preview.syncs,
        if preview.secret {
            ", and the secret"
        } else {
            ""
        }
    )?;
    for (path, bytes) in &preview.files {
        writeln!(out, "  {} ({bytes} bytes)", path.display())?;
    }
    Ok(())
}

/// Rewrites one line of a terminal.
pub fn progress(job: &Job) -> Outcome {
    let phase = match job.phase {
        Phase::Connecting => "connecting",
        Phase::Organizations => "organizations",
        Phase::People => "people",
        Phase::Roles => "roles",
        Phase::Writing => "writing",
        Phase::Applying => "applying",
        Phase::Saving => "saving",
        Phase::Finished => "finished",
    };
    let total = job
        .total
        .map(|total| format!(" of {total}"))
        .unwrap_or_default();
    let waiting = job
        .waiting_until
        .map(|until| format!(", waiting until {}", time(until)));
    let mut out = io::stderr().lock();
    write!(
        out,
        "\r\u{1b}[2K{phase} {}{total}{}",
        job.done,
        waiting.unwrap_or_default()
    )?;
    Ok(out.flush()?)
}

pub fn synced(record: &SyncRecord) -> Outcome {
    let line = |name: &str, tally: &Tally| {
        vec![
            name.to_owned(),
            tally.total.to_string(),
            tally.added.to_string(),
            tally.changed.to_string(),
            tally.missing.to_string(),
            tally.returned.to_string(),
            tally.gone.to_string(),
        ]
    };
    let rows = [
        line("people", &record.people),
        line("organizations", &record.organizations),
    ];
    table(
        &[
            "", "total", "added", "changed", "missing", "returned", "gone",
        ],
        rows.into_iter(),
    )
}

/// The syncs of a connection.
pub fn syncs(list: &[SyncRecord], format: Format) -> Outcome {
    if format == Format::Json {
        let list: Vec<_> = list
            .iter()
            .map(|own| types::SyncSummary::from(*own))
            .collect();
        return json(&list);
    }
    let header = [
        "id",
        "finished",
        "people",
        "added",
        "changed",
        "missing",
        "returned",
        "gone",
        "organizations",
    ];
    let rows = list.iter().map(|own| {
        let people = &own.people;
        let counts = [
            people.total,
            people.added,
            people.changed,
            people.missing,
            people.returned,
            people.gone,
            own.organizations.total,
        ];
        let ends = [own.id.to_string(), time(own.finished_at)].into_iter();
        ends.chain(counts.map(|count| count.to_string())).collect()
    });
    match format {
        Format::Csv => csv(&header, rows),
        _ => table(&header, rows),
    }
}

pub fn organizations_csv(rows: &[FoundOrganization]) -> Outcome {
    let header: Vec<_> = organization_header().collect();
    csv(&header, rows.iter().map(organization_cells))
}

pub fn organizations_table(found: &Found<FoundOrganization>) -> Outcome {
    let header: Vec<_> = organization_header().collect();
    table(&header, found.rows.iter().map(organization_cells))?;
    shown(found.rows.len(), found.total)
}

fn organization_header() -> impl Iterator<Item = &'static str> {
    let fixed = ["id", "name", "type", "people"];
    fixed
        .into_iter()
        .chain(IdentifierKind::ALL.map(IdentifierKind::key))
}

fn organization_cells(row: &FoundOrganization) -> Vec<String> {
    let own = &row.organization;
    let mut cells = vec![
        own.id.to_string(),
        own.name.clone(),
        text(own.kind.clone().map(String::from)),
        row.people
            .map_or_else(|| UNKNOWN.to_owned(), |people| people.to_string()),
    ];
    cells.extend(IdentifierKind::ALL.map(|kind| text(own.identifier(kind).clone())));
    cells
}

fn shown(rows: usize, total: u64) -> Outcome {
    Ok(writeln!(io::stdout(), "{rows} of {total}")?)
}

fn text(fact: Fact<String>) -> String {
    match fact {
        Fact::Known(text) => text,
        Fact::Absent => String::new(),
        Fact::Unknown => UNKNOWN.to_owned(),
    }
}
