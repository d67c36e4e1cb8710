//! A run of named steps: a heading and a time for each, and a table at the end.

use std::time::{Duration, Instant};

use crate::program::{Result, TaskError};
use crate::say;

/// How a step ended that did not fail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It was done.
    Passed,
    /// It was done, and this is worth knowing.
    PassedWith(String),
    /// It could not be done, for a reason that is no fault of the project.
    LeftOut(String),
}

struct Done {
    name: String,
    time: Duration,
    outcome: Option<Outcome>,
}

/// The steps so far.
#[derive(Default)]
pub struct Steps {
    only: Vec<String>,
    done: Vec<Done>,
}

impl Steps {
    /// Only the steps with one of these words in their names; all, if there are no words.
    pub fn only(words: &[String]) -> Self {
        let only = words.iter().map(|word| word.to_lowercase()).collect();
        Self {
            only,
            done: Vec::new(),
        }
    }

    /// Whether the step `name` is to be run.
    pub fn wants(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.only.is_empty() || self.only.iter().any(|word| name.contains(word))
    }

    /// Runs a step that passes or fails.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        self.telling(name, || work().map(|()| Outcome::Passed))
    }

    /// Runs a step that has more to say than that it passed.
    pub fn telling(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
        if !self.wants(name) {
            return Ok(());
        }
        say::heading(name);
        let start = Instant::now();
        let result = work();
        let time = start.elapsed();
        let ended = if result.is_ok() { "done" } else { "failed" };
        say::line(&format!("-- {name}: {ended} in {}", say::duration(time)));
        let (outcome, result) = match result {
            Ok(outcome) => (Some(outcome), Ok(())),
            Err(error) => (None, Err(error)),
        };
        self.done.push(Done {
            name: name.to_owned(),
            time,
            outcome,
        });
        result
    }

    /// The table of all steps and a last line that counts them.
    pub fn summary(&self) -> String {
        let rows: Vec<Vec<String>> = self.done.iter().map(row).collect();
        let failed = self
            .done
            .iter()
            .filter(|done| done.outcome.is_none())
            .count();
        let passed = self
            .done
            .iter()
            .filter(|done| matches!(done.outcome, Some(Outcome::Passed | Outcome::PassedWith(_))))
            .count();
        let total = say::duration(self.done.iter().map(|done| done.time).sum());
        format!(
            "{}\n\nin {total}\nmuster: {passed} passed, {failed} failed",
            say::table(&["step", "time", "result"], &rows)
        )
    }

    /// Prints the summary, and what failed above it, if anything.
    pub fn close(&self, result: Result<()>) -> Result<()> {
        if let Err(error) = &result {
            say::trouble(&format!("\n{error}"));
        }
        say::heading("Summary");
        say::line(&self.summary());
        result.map_err(|error| TaskError::Told(error.exit_code()))
    }
}

fn row(done: &Done) -> Vec<String> {
    let result = match &done.outcome {
        None => "FAILED".to_owned(),
        Some(Outcome::Passed) => "passed".to_owned(),
        Some(Outcome::PassedWith(words)) => format!("passed: {words}"),
        Some(Outcome::LeftOut(reason)) => format!("left out: {reason}"),
    };
    vec![done.name.clone(), say::duration(done.time), result]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_was_not_asked_for_is_not_run() {
        let mut steps = Steps::only(&["clip".to_owned()]);
        steps.step("Clippy", || Ok(())).expect("it passes");
        let unwanted = steps.step("Format", || Err(TaskError::Missing("it ran".into())));
        assert!(unwanted.is_ok(), "it must not run");
        assert_eq!(steps.done.len(), 1);
    }

    #[test]
    fn the_last_line_counts_what_passed_and_what_failed_and_nothing_left_out() {
        let mut steps = Steps::default();
        steps.step("one", || Ok(())).expect("it passes");
        steps
            .telling("two", || Ok(Outcome::LeftOut("no network".into())))
            .expect("left out is no failure");
        let failure = steps.step("three", || Err(TaskError::Missing("a thing".into())));
        assert!(failure.is_err());
        let summary = steps.summary();
        assert_eq!(summary.lines().last(), Some("muster: 1 passed, 1 failed"));
        assert!(summary.contains("left out: no network"), "{summary}");
        assert!(summary.contains("FAILED"), "{summary}");
    }
}
