//! Taking times, showing them, and keeping them.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// Everything that was measured so far.
#[derive(Default)]
pub struct Figures(Vec<Value>);

impl Figures {
    /// Something that is done once, and how long it may take.
    pub fn once<T>(&mut self, what: &str, figure: Option<f64>, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let outcome = run();
        self.took(what, figure, start.elapsed());
        outcome
    }

    /// Something that took this long.
    pub fn took(&mut self, what: &str, figure: Option<f64>, time: Duration) {
        let ms = ms(time);
        println!("{what:<66} {ms:>9.2} ms{}", verdict(ms, figure));
        self.0
            .push(json!({"what": what, "ms": ms, "figure_ms": figure}));
    }

    /// Something that is done many times; each run says how long it took.
    pub fn many(
        &mut self,
        what: &str,
        figure: Option<f64>,
        runs: usize,
        mut run: impl FnMut(usize) -> Duration,
    ) {
        let mut all: Vec<_> = (0..runs).map(&mut run).collect();
        all.sort_unstable();
        let at = |share: usize| ms(all[(runs * share / 100).min(runs - 1)]);
        let (least, p50, p99) = (at(0), at(50), at(99));
        println!(
            "{what:<66} median {p50:>8.2} ms, p99 {p99:>8.2}, least {least:>8.2}{}",
            verdict(p99, figure)
        );
        self.0.push(json!({
            "what": what, "p50_ms": p50, "p99_ms": p99, "least_ms": least, "runs": runs,
            "figure_ms": figure,
        }));
    }

    /// How much memory is in use, and how much may be.
    pub fn memory(&mut self, what: &str, figure: Option<f64>) {
        let (resident, peak) = (status("VmRSS:"), status("VmHWM:"));
        let verdict = verdict(resident as f64, figure);
        println!("  {what}: resident {resident} MB, peak {peak} MB{verdict}");
        self.0.push(json!({
            "what": what, "resident_mb": resident, "peak_mb": peak, "figure_mb": figure,
        }));
    }

    /// Writes all of it to a file.
    pub fn write(&self, file: &Path) {
        let text = serde_json::to_string_pretty(&self.0).unwrap();
        std::fs::write(file, text + "\n").unwrap();
    }
}

/// How long something takes.
pub fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn verdict(found: f64, figure: Option<f64>) -> String {
    match figure {
        None => String::new(),
        Some(figure) if found <= figure => format!(", of {figure}"),
        Some(figure) => format!(", OVER {figure}"),
    }
}

fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e5).round() / 1e2
}

/// A line of the process's memory in MB; 0 where the system does not tell.
fn status(line: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    text.lines()
        .find_map(|own| own.strip_prefix(line))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
        .unwrap_or(0)
        / 1_000
}
