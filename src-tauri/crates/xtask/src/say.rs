//! What a person reads in the terminal; the only place that writes to it.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// Writes one line. A closed pipe is no reason to stop the work, so failures are ignored.
pub fn line(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Writes the heading of a step, set apart from the output of the programs around it.
pub fn heading(text: &str) {
    line(&format!("\n{}", bold(&format!("== {text}"))));
}

/// Writes one line on standard error, for what went wrong.
pub fn trouble(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A time as a person reads it: `0.4 s`, `12 s`, `3 min 04 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Rows under their heads, each column as wide as its widest cell.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = heads.iter().map(|head| head.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect();
    [&heads, &rule]
        .into_iter()
        .chain(rows)
        .map(|row| aligned(row, &widths))
        .collect::<Vec<_>>()
        .join("\n")
}

fn aligned(row: &[String], widths: &[usize]) -> String {
    let cells: Vec<String> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("{cell:<width$}"))
        .collect();
    cells.join("  ").trim_end().to_owned()
}

fn bold(text: &str) -> String {
    if io::stdout().is_terminal() {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_the_unit_a_person_would_use() {
        assert_eq!(duration(Duration::from_millis(430)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(184)), "3 min 04 s");
    }

    #[test]
    fn a_table_is_as_wide_as_its_widest_cells_and_has_no_trailing_blanks() {
        let rows = vec![
            vec!["format".into(), "passed".into()],
            vec!["é".into(), "ok".into()],
        ];
        assert_eq!(
            table(&["step", ""], &rows),
            "step\n------  ------\nformat  passed\né       ok"
        );
    }
}
