//! People, as tables and as CSV.

use muster_directory::Fact;
use muster_engine::{
    columns::{Column, Line},
    people::FoundPerson,
};
use serde_json::{Map, Value};

use super::{Outcome, UNKNOWN, shown, text, time};

pub fn csv(rows: &[FoundPerson]) -> Outcome {
    let header = [
        "id",
        "name",
        "organization",
        "organization_name",
        "created_at",
        "updated_at",
    ];
    super::csv(&header, rows.iter().map(cells))
}

pub fn table(rows: &[FoundPerson], total: u64) -> Outcome {
    let header = [
        "id",
        "name",
        "organization",
        "organization name",
        "created",
        "updated",
    ];
    super::table(&header, rows.iter().map(cells))?;
    shown(rows.len(), total)
}

fn cells(row: &FoundPerson) -> Vec<String> {
    let person = &row.person;
    vec![
        person.id.to_string(),
        person.name.clone(),
        text(person.organization.map(|id| id.to_string())),
        row.organization
            .as_ref()
            .map(|own| own.name.clone())
            .unwrap_or_default(),
        text(person.meta.created_at.map(time)),
        text(person.meta.updated_at.map(time)),
    ]
}

pub fn columns_csv(rows: &[FoundPerson], columns: &[Column]) -> Outcome {
    super::csv(
        &header(columns),
        rows.iter().map(|row| chosen(row, columns)),
    )
}

pub fn columns_table(rows: &[FoundPerson], columns: &[Column], total: u64) -> Outcome {
    super::table(
        &header(columns),
        rows.iter().map(|row| chosen(row, columns)),
    )?;
    shown(rows.len(), total)
}

/// The columns of a person as a JSON object.
pub fn object(row: &FoundPerson, columns: &[Column]) -> Map<String, Value> {
    Line::from(row).object(columns)
}

fn header(columns: &[Column]) -> Vec<&'static str> {
    columns.iter().map(|column| column.name()).collect()
}

fn chosen(row: &FoundPerson, columns: &[Column]) -> Vec<String> {
    let line = Line::from(row);
    let cell = |column: &Column| match line.cell(*column) {
        Fact::Unknown => UNKNOWN.to_owned(),
        Fact::Absent => String::new(),
        Fact::Known(cell) => cell.text().into_owned(),
    };
    columns.iter().map(cell).collect()
}
