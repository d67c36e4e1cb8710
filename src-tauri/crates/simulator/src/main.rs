//! `muster-simulator`: runs the simulator until it is told to stop.

use std::{
    error::Error,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, builder::TypedValueParser};
use muster_directory::Platform;
use muster_simulator::{MOST_ORGANIZATIONS, MOST_PEOPLE, Options, Simulator, Undocumented, start};

/// The vendors' servers on 127.0.0.1, with seeded people. Prints one JSON line with the address
/// and the keys when it is ready; runs until Ctrl-C or SIGTERM.
#[derive(Debug, Parser)]
#[command(name = "muster-simulator", version)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,

    /// How many people
    #[arg(long, value_name = "N", default_value_t = Options::default().people,
          value_parser = clap::value_parser!(u64).range(..=MOST_PEOPLE))]
    people: u64,

    /// How many organizations
    #[arg(long, value_name = "N", default_value_t = Options::default().organizations,
          value_parser = clap::value_parser!(u64).range(..=MOST_ORGANIZATIONS))]
    organizations: u64,

    /// The same seed gives the same data and keys
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,

    /// Requests a minute and key; 0 for any number
    #[arg(long, value_name = "N", default_value_t = Options::default().rate_limit)]
    rate_limit: u32,

    /// How long that minute lasts; if not 60, every answer says so in RateLimit-Policy
    #[arg(long, value_name = "N", default_value_t = Options::default().minute_seconds,
          value_parser = clap::value_parser!(u32).range(1..))]
    minute_seconds: u32,

    /// National platform
    #[arg(long, default_value = "be", value_parser = platforms())]
    platform: Platform,

    /// Know the filter `role` for users, which the vendor's pages leave open
    #[arg(long)]
    role_filter: bool,

    /// What comes of writes of which the vendor's pages say nothing, or both
    #[arg(long, value_enum, default_value_t)]
    undocumented: Undocumented,

    /// An endpoint that answers 404, as if the vendor did not have it; can be given several times
    #[arg(long, value_name = "PATH")]
    missing: Vec<String>,

    /// Keeps accepted changes in this file and starts with those that are in it
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
}

fn platforms() -> impl TypedValueParser<Value = Platform> {
    let codes = Platform::ALL.map(Platform::code);
    clap::builder::PossibleValuesParser::new(codes).try_map(|code| code.parse::<Platform>())
}

impl From<Arguments> for Options {
    fn from(arguments: Arguments) -> Self {
        Self {
            port: arguments.port,
            people: arguments.people,
            organizations: arguments.organizations,
            seed: arguments.seed,
            rate_limit: arguments.rate_limit,
            platform: arguments.platform,
            role_filter: arguments.role_filter,
            minute_seconds: arguments.minute_seconds,
            undocumented: arguments.undocumented,
            missing: arguments.missing,
            journal: arguments.journal,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.into()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed too, nobody can be told.
            let _ = writeln!(io::stderr(), "muster-simulator: {}", sentence(&*error));
            ExitCode::FAILURE
        }
    }
}

/// An error and its causes on one line.
fn sentence(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line
}

fn run(options: Options) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let told = told_to_stop()?;
        let simulator = start(options).await?;
        announce(&simulator)?;
        told.await;
        simulator.stop().await;
        Ok(())
    })
}

fn announce(simulator: &Simulator) -> io::Result<()> {
    let line = serde_json::to_string(simulator.ready())?;
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

/// Ends at Ctrl-C or SIGTERM. The signals are caught from the call on, not from the first wait.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends at Ctrl-C.
#[cfg(windows)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_the_options() {
        let line = "muster-simulator --port 8080 --people 7 --organizations 3 --seed 9 \
                    --rate-limit 0 --platform fr --role-filter --minute-seconds 2 \
                    --undocumented allow --missing /v4/users/update --missing /v4/x --journal j.jsonl";
        let options: Options = Arguments::parse_from(line.split_whitespace()).into();
        assert_eq!(
            options,
            Options {
                port: 8080,
                people: 7,
                organizations: 3,
                seed: 9,
                rate_limit: 0,
                platform: Platform::Fr,
                role_filter: true,
                minute_seconds: 2,
                undocumented: Undocumented::Allow,
                missing: ["/v4/users/update", "/v4/x"].map(str::to_owned).into(),
                journal: Some("j.jsonl".into()),
            }
        );
    }

    #[test]
    fn without_flags_the_options_are_the_defaults() {
        let options: Options = Arguments::parse_from(["muster-simulator"]).into();
        assert_eq!(options, Options::default());
    }

    #[test]
    fn what_is_not_a_flag_or_too_many_is_refused_with_status_two() {
        for line in [
            "x --people -1",
            "x --people 20000001",
            "x --platform nl",
            "x --port 70000",
            "x --minute-seconds 0",
            "x --undocumented perhaps",
            "x --verbose",
        ] {
            let error = Arguments::try_parse_from(line.split_whitespace()).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{line}");
        }
    }
}
