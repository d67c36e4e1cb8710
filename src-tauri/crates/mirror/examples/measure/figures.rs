//! Taking times, showing them, and keeping them.

use std::{
    iter::Sum,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// How long something took.
#[derive(Clone, Copy, Default)]
pub struct Took {
    /// By the clock on the wall, which goes on while something else runs.
    pub wall: Duration,
    /// Of the processors, all threads together; zero where the system does not tell.
    pub cpu: Duration,
}

impl Sum for Took {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, own| Self {
            wall: sum.wall + own.wall,
            cpu: sum.cpu + own.cpu,
        })
    }
}

/// Everything that was measured so far.
#[derive(Default)]
pub struct Figures(Vec<Value>);

impl Figures {
    /// Something that is done once, and how long it may take.
    pub fn once<T>(&mut self, what: &str, figure: Option<f64>, run: impl FnOnce() -> T) -> T {
        let (outcome, took) = timed(run);
        self.took(what, figure, took);
        outcome
    }

    /// Something that took this long.
    pub fn took(&mut self, what: &str, figure: Option<f64>, took: Took) {
        let (wall, cpu) = (ms(took.wall), ms(took.cpu));
        let verdict = verdict(wall, figure);
        println!("{what:<66} {wall:>9.2} ms{verdict}, CPU {cpu:>9.2}");
        self.0
            .push(json!({"what": what, "ms": wall, "cpu_ms": cpu, "figure_ms": figure}));
    }

    /// Something that is done many times; each run says how long it took.
    pub fn many(
        &mut self,
        what: &str,
        figure: Option<f64>,
        runs: usize,
        run: impl FnMut(usize) -> Took,
    ) {
        let all: Vec<Took> = (0..runs).map(run).collect();
        let [least, p50, p99] = shares(all.iter().map(|took| took.wall));
        let [_, cpu_p50, cpu_p99] = shares(all.iter().map(|took| took.cpu));
        println!(
            "{what:<66} median {p50:>8.2} ms, p99 {p99:>8.2}, least {least:>8.2}{}; \
             CPU median {cpu_p50:>8.2}, p99 {cpu_p99:>8.2}",
            verdict(p99, figure)
        );
        self.0.push(json!({
            "what": what, "p50_ms": p50, "p99_ms": p99, "least_ms": least,
            "cpu_p50_ms": cpu_p50, "cpu_p99_ms": cpu_p99, "runs": runs, "figure_ms": figure,
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
pub fn time(run: impl FnOnce()) -> Took {
    timed(run).1
}

/// What comes of something, and how long it takes.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Took) {
    let (start, cpu) = (Instant::now(), cpu());
    let outcome = run();
    let took = Took {
        wall: start.elapsed(),
        cpu: self::cpu().saturating_sub(cpu),
    };
    (outcome, took)
}

/// The time that processors have worked for this program.
#[cfg(unix)]
fn cpu() -> Duration {
    let clock = rustix::time::ClockId::ProcessCPUTime;
    Duration::try_from(rustix::time::clock_gettime(clock)).unwrap()
}

#[cfg(not(unix))]
fn cpu() -> Duration {
    Duration::ZERO
}

/// The least, the median and the 99th of a hundred, in milliseconds.
fn shares(times: impl Iterator<Item = Duration>) -> [f64; 3] {
    let mut all: Vec<_> = times.collect();
    all.sort_unstable();
    [0, 50, 99].map(|share| ms(all[(all.len() * share / 100).min(all.len() - 1)]))
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
