//! Days of a gateway in virtual time: the real engine, driver, desk, store and daemon, with another clock and other ports.
//!
//! ```text
//! cargo sim                        a few days
//! cargo sim --days 1000            so many, from a fresh seed
//! cargo sim --seed 7 --days 1      one day again, to the octet, with its story where it fails
//! ```
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on stops, and tells what it saw"
)]

mod day;
mod dice;
mod office;
mod oracles;
mod people;
mod report;
mod town;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;

use day::{Mistake, Outcome, Setting};
use oracles::{Broken, Oracle};
use report::Coverage;

/// Days that are lived through where nothing is said.
const DAYS: u64 = 4;

/// Where files are in memory.
const MEMORY: &str = "/dev/shm";

/// Days within which a mistake must be seen: of an answer whose fate is unknown there is hardly one a day.
const MUTATION_DAYS: u64 = 20;

#[derive(Parser)]
struct Arguments {
    /// Days to live through.
    #[arg(long, default_value_t = DAYS)]
    days: u64,
    /// Seed of the first day; each further day has the next one.
    #[arg(long)]
    seed: Option<u64>,
    /// Go on until so many seconds have passed.
    #[arg(long)]
    seconds: Option<u64>,
    /// Hours of a day.
    #[arg(long, default_value_t = 24)]
    hours: u64,
    /// Lines of the story of a day that is wrong, from its end.
    #[arg(long, default_value_t = 400)]
    story: usize,
    /// Days on which much happens and much breaks off.
    #[arg(long)]
    lively: bool,
    /// Show that each mistake made on purpose is seen.
    #[arg(long)]
    mutations: bool,
    /// Days at a time.
    #[arg(long)]
    jobs: Option<usize>,
    /// What cargo's test runner adds.
    #[arg(long, hide = true)]
    nocapture: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let first = arguments.seed.unwrap_or(1);
    let jobs = arguments
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let lasts = Duration::from_hours(arguments.hours);
    if cfg!(not(tokio_unstable)) {
        println!("the order of tasks is not the seed's here: run it as `cargo sim`");
        return ExitCode::FAILURE;
    }
    let lively = arguments.lively;
    day::heed_panics();
    // What a disk holds after a power cut is worked out here: none needs to be waited for.
    if Path::new(MEMORY).is_dir() {
        tempfile::env::override_temp_dir(Path::new(MEMORY)).expect("set once");
    }
    if arguments.mutations {
        return mutations(first, lasts, jobs);
    }
    let begun = Instant::now();
    let next = AtomicU64::new(0);
    let total = Mutex::new((Coverage::default(), Duration::ZERO, 0_u64, 0_u64));
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let goes_on = match arguments.seconds {
                        Some(seconds) => begun.elapsed() < Duration::from_secs(seconds),
                        None => place < arguments.days,
                    };
                    if !goes_on {
                        return;
                    }
                    let seed = first + place;
                    let outcome = day::live_through(Setting {
                        seed,
                        lasts,
                        story_lines: 0,
                        lively,
                        mistake: None,
                    });
                    let mut total = total.lock().expect("no day panics");
                    total.0.take_in(&outcome.coverage);
                    total.1 += outcome.lasted;
                    total.2 += 1;
                    if !outcome.broken.is_empty() {
                        total.3 += 1;
                        tell(seed, &outcome);
                        if total.3 == 1 {
                            again(
                                Setting {
                                    seed,
                                    lasts,
                                    story_lines: arguments.story,
                                    lively,
                                    mistake: None,
                                },
                                &outcome,
                            );
                        }
                    }
                }
            });
        }
    });
    let (coverage, lasted, days, mut failed) = total.into_inner().expect("no day panics");
    if failed == 0 {
        failed += u64::from(!repeats(Setting {
            seed: first,
            lasts,
            story_lines: 0,
            lively,
            mistake: None,
        }));
    }
    let took = begun.elapsed().as_secs_f64();
    println!("{days} days from seed {first}, {failed} of them wrong, in {took:.1} s");
    println!("{:>12.0} simulated seconds a second", lasted.as_secs_f64() / took);
    for (what, count) in &coverage.0 {
        println!("{count:>12} {what}");
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether a seed is the same day twice, octet for octet.
fn repeats(setting: Setting) -> bool {
    let [one, other] = [(), ()].map(|()| day::live_through(setting));
    let same = one.fingerprint == other.fingerprint && one.coverage == other.coverage;
    if !same {
        println!("seed {} is another day the second time", setting.seed);
    }
    same
}

/// Makes each mistake until the oracle that is to see it does, on days that are right without it. There is one for each oracle.
fn mutations(first: u64, lasts: Duration, jobs: usize) -> ExitCode {
    let mistakes: Vec<_> = Mistake::all().map(Some).chain([None]).collect();
    let (next, wrong) = (AtomicUsize::new(0), AtomicU64::new(0));
    for oracle in Oracle::ALL {
        if !Mistake::all().any(|mistake| mistake.seen_by() == oracle) {
            println!("{oracle:?} has no mistake to see");
            wrong.fetch_add(1, Ordering::Relaxed);
        }
    }
    let day = |seed, mistake: Option<Mistake>| {
        let setting = Setting { seed, lasts, story_lines: 0, lively: true, mistake };
        let broken = day::live_through(setting).broken;
        let is_it = |broken: &&Broken| mistake.is_none_or(|it| it.seen_by() == broken.oracle);
        let seen = broken.iter().find(is_it);
        if let (Some(mistake), None, Some(other)) = (mistake, seen, broken.first()) {
            println!("{mistake:?}: seen on day {} by another only: {other}", seed - first + 1);
        }
        seen.map(|broken| (seed - first + 1, broken.clone()))
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some(mistake) = mistakes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let days = if mistake.is_some() { MUTATION_DAYS } else { 1 };
                    let seen = (first..first + days).find_map(|seed| day(seed, *mistake));
                    wrong.fetch_add(
                        u64::from(seen.is_some() != mistake.is_some()),
                        Ordering::Relaxed,
                    );
                    match (mistake, seen) {
                        (Some(mistake), Some((day, broken))) => {
                            println!("{mistake:?}: seen on day {day}: {broken}");
                        }
                        (Some(mistake), None) => {
                            let oracle = mistake.seen_by();
                            println!("{mistake:?}: not seen by {oracle:?} in {days} days");
                        }
                        (None, Some((_, broken))) => println!("wrong without a mistake: {broken}"),
                        (None, None) => println!("without a mistake the day is right"),
                    }
                }
            });
        }
    });
    if wrong.into_inner() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(seed: u64, outcome: &Outcome) {
    println!("seed {seed} is wrong:");
    for broken in outcome.broken.iter().take(20) {
        println!("  {broken}");
    }
}

/// The same day with its story.
fn again(setting: Setting, before: &Outcome) {
    let outcome = day::live_through(setting);
    if outcome.fingerprint != before.fingerprint || outcome.broken != before.broken {
        println!("seed {} is another day the second time", setting.seed);
    }
    println!("the last of its story:");
    for line in &outcome.story {
        println!("  {line}");
    }
}
