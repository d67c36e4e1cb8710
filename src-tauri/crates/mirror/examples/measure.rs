//! How long a mirror takes: `measure [people] [--json FILE]` prints a table. Build it with
//! `--release`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "measure/criteria.rs"]
mod criteria;
#[path = "measure/figures.rs"]
mod figures;
#[path = "measure/population.rs"]
mod population;
#[path = "measure/questions.rs"]
mod questions;
#[path = "measure/writing.rs"]
mod writing;

use figures::Figures;

fn main() {
    let (mut count, mut json) = (1_000_000, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--json" {
            json = Some(arguments.next().unwrap());
        } else {
            count = argument.parse().unwrap();
        }
    }
    let population = population::Population::of(count);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mirror.db");
    let mut figures = Figures::default();
    println!("{count} people, {} organizations", population.organizations);
    writing::measure(&path, &population, &mut figures);
    questions::measure(&path, &population, &mut figures);
    if let Some(file) = json {
        figures.write(std::path::Path::new(&file));
    }
}
