//! The real daemon, killed again and again: citizens write, an officer answers, and `aduand` gets SIGKILL at the worst moments.
//! At the end nothing may be lost, nothing doubled that the register does not own up to, and the register must be whole.
//!
//! ```text
//! cargo crashes                                200 kills, 1,000 SMS and as many answers: some minutes
//! cargo crashes --kills 20 --sms 100 --seed 7  so many; the seed draws the moments, the machine's speed has its say too
//! cargo test --test crashes                    a small run
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on stops, and tells what it saw"
)]

mod clerk;
mod count;
mod daemon;
#[path = "../sim/dice.rs"]
#[expect(dead_code, reason = "the days of `cargo sim` throw more ways")]
mod dice;
mod moment;
mod town;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

use clerk::Clerk;
use daemon::Daemon;
use dice::Dice;
use moment::Moment;
use town::Town;

/// Longer than anything here takes; only a failure waits for it.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(5);

/// Options; each may be said again, so that those of the alias can be overridden.
#[derive(Parser)]
#[command(args_override_self = true)]
#[expect(clippy::struct_excessive_bools, reason = "test runners have as many options")]
struct Arguments {
    /// How often the daemon is killed.
    #[arg(long, default_value_t = 8)]
    kills: usize,
    /// SMS that citizens write, each of which is answered.
    #[arg(long, default_value_t = 40)]
    sms: usize,
    /// Draws the moments.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What test runners add: the one test's name, and how it is to run.
    #[arg(hide = true)]
    name: Option<String>,
    #[arg(long, hide = true)]
    list: bool,
    #[arg(long, hide = true)]
    format: Option<String>,
    #[arg(long, hide = true)]
    ignored: bool,
    #[arg(long, hide = true)]
    exact: bool,
    #[arg(long, hide = true)]
    nocapture: bool,
}

/// As test runners list and ask for it.
const NAME: &str = "killed_again_and_again_it_loses_nothing_and_doubles_nothing";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.list {
        if !arguments.ignored {
            println!("{NAME}: test");
        }
        return ExitCode::SUCCESS;
    }
    if arguments.name.as_deref().is_some_and(|name| !NAME.contains(name)) {
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(run(&arguments))
}

async fn run(arguments: &Arguments) -> ExitCode {
    let begun = Instant::now();
    let mut dice = Dice::new(arguments.seed);
    let mut town = Town::new(arguments.sms).await;
    let mut kills = std::collections::BTreeMap::<&str, usize>::new();
    let mut log = Vec::new();
    let clerk = Clerk::at_work(&town.home, dice.another());
    for round in 0..arguments.kills {
        // What is left of the texts, spread over the kills that are left.
        let texts = town.unwritten().div_ceil(arguments.kills - round);
        let daemon = Daemon::launch(&town.home);
        let moment = Moment::draw(&mut dice);
        let came = moment.come(&daemon, &mut town, &clerk, texts, &mut dice).await;
        *kills.entry(came).or_default() += 1;
        log = daemon.kill();
        if log.iter().any(|line| line.contains("panicked") || line.contains("died")) {
            println!("{}\nthe daemon died by itself in life {round}", log.join("\n"));
            return ExitCode::FAILURE;
        }
    }
    let daemon = Daemon::launch(&town.home);
    town.write(town.unwritten());
    let mut broken = Vec::new();
    if let Err(what) = town.come_to_rest(&clerk).await {
        broken.push(what);
    }
    let answered = clerk.goes_home().await;
    match daemon.stop() {
        Ok(last) => log.extend(last),
        Err((last, what)) => {
            log.extend(last);
            broken.push(what);
        }
    }
    let mut table = kills
        .into_iter()
        .map(|(moment, times)| (format!("kills {moment}"), times))
        .collect::<Vec<_>>();
    table.push(("SMS written by citizens".to_owned(), arguments.sms));
    table.push(("answers that the officer was told of".to_owned(), answered));
    broken.extend(count::judge(&town, &mut table).await);
    for (what, times) in &table {
        println!("{times:>8}  {what}");
    }
    println!(
        "{:>7}s  seed {}, {} kills",
        begun.elapsed().as_secs(),
        arguments.seed,
        arguments.kills
    );
    if broken.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("{}", log[log.len().saturating_sub(200)..].join("\n"));
    println!("\nwhat is wrong, of seed {}:\n{}", arguments.seed, broken.join("\n"));
    // What is to be looked at stays.
    println!("everything is in {}", town.home.path().display());
    std::mem::forget(town);
    ExitCode::FAILURE
}
