//! Saved views and shared ones, as tables and as CSV.

use std::io::{self, Write};

use muster_directory::Direction;
use muster_engine::{
    share::Preview,
    views::{View, ViewState},
};

use super::{Outcome, UNKNOWN, csv, table, time};
use crate::arguments::Format;

fn written(header: &[&str], rows: impl Iterator<Item = Vec<String>>, format: Format) -> Outcome {
    match format {
        Format::Csv => csv(header, rows),
        _ => table(header, rows),
    }
}

pub fn list(views: &[View], format: Format) -> Outcome {
    let rows = views.iter().map(|view| {
        // An empty question would be one for everybody.
        let unknown = || [UNKNOWN.to_owned(), UNKNOWN.to_owned()];
        let shown = view.state.as_ref();
        let [question, source] = shown.map_or_else(
            |_| unknown(),
            |state| [state.text.clone(), state.source.name().to_owned()],
        );
        let problems: Vec<_> = view.problems().map(ToString::to_string).collect();
        let changed = time(view.changed_at);
        vec![
            view.name.clone(),
            question,
            source,
            changed,
            problems.join("; "),
        ]
    });
    written(
        &["name", "question", "source", "changed", "cannot be read"],
        rows,
        format,
    )
}

pub fn view(view: &View, format: Format) -> Outcome {
    let problems = view.problems().map(|own| ("problem", own.to_string()));
    let rows = told(&view.name, view.shown()?)
        .into_iter()
        .chain(problems)
        .map(|(key, text)| vec![key.to_owned(), text]);
    written(&["what", "shown"], rows, format)
}

fn told(name: &str, state: &ViewState) -> [(&'static str, String); 5] {
    let columns: Vec<_> = state.columns.iter().map(|own| own.column.name()).collect();
    let sort = state.sort.iter().map(|sort| {
        let by = muster_engine::views::sort_name(sort.by);
        match sort.direction {
            Direction::Ascending => format!("{by}:asc"),
            Direction::Descending => format!("{by}:desc"),
        }
    });
    [
        ("name", name.to_owned()),
        ("question", state.text.clone()),
        ("columns", columns.join(", ")),
        ("order", sort.collect::<Vec<_>>().join(", ")),
        ("source", state.source.name().to_owned()),
    ]
}

/// What a shared view would show, and what does not fit.
pub fn preview(preview: &Preview, format: Format) -> Outcome {
    let view = &preview.view;
    let total = preview.total.map(|total| ("people", total.to_string()));
    let problems = preview.problems.iter().map(|own| {
        let of = own.path.as_deref().unwrap_or("question");
        ("problem", format!("{of}: {}", own.message))
    });
    let rows = told(&view.name, &view.state)
        .into_iter()
        .chain(total)
        .chain(problems)
        .map(|(key, text)| vec![key.to_owned(), text]);
    written(&["what", "shown"], rows, format)?;
    if format == Format::Table {
        writeln!(io::stdout(), "nothing was kept")?;
    }
    Ok(())
}
