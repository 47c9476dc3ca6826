//! A thousand SMS received and answered: the real `aduand` on one unpaced simulated modem.
//!
//! `cargo bench --bench thousand` prints wall time, the daemon's CPU time, its wake-ups and its memory. The network takes
//! no time, so that what is measured is the gateway: each SMS is read, committed, freed, made a ticket, acknowledged and
//! reported. Then what intake alone costs for each of them, and how much of that is the writing of the search index and of
//! the reminders: the same with a register in which the one or the other is not written.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that fails must stop"
)]

mod support;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aduan::config::Config;
use aduan::demo::Home;
use aduan::desk::{Office, intake};
use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use aduan::store::inbox::{self, NewInbound};
use aduan::store::{Fault, Store};
use support::{CARD, CENTRE, Daemon, PATIENCE, client, ready};

const MESSAGES: usize = 1000;
const RUNS: usize = 5;

struct Figures {
    wall: Duration,
    cpu: Duration,
    wakeups: u64,
    resident_kib: u64,
    peak_kib: u64,
}

fn run(runtime: &tokio::runtime::Runtime) -> Figures {
    let _within = runtime.enter();
    let home = Home::new(1).unwrap();
    let modems = vec![ModemSetup::new(home.port(0), SimCard::new(CARD, CENTRE))];
    let simulation =
        Simulation::start(Setup { network: NetworkOptions::instant(), modems }).unwrap();
    let daemon = Daemon::start(&home);
    runtime.block_on(ready(&client(&home)));
    let (begun, cpu, wakeups) = (Instant::now(), daemon.cpu(), daemon.wakeups());
    simulation.with_network(|network, now| {
        for index in 0..MESSAGES {
            let phone = format!("+62812{index:08}");
            network
                .text(&phone, CARD, "DISHUB # lampu lalu lintas mati, mohon diperbaiki", now)
                .unwrap();
        }
    });
    runtime.block_on(async {
        let all = simulation.wait_until(|network| network.messages().len() >= MESSAGES);
        tokio::time::timeout(PATIENCE, all).await.expect("not every citizen was answered");
    });
    Figures {
        wall: begun.elapsed(),
        cpu: daemon.cpu().checked_sub(cpu).unwrap(),
        wakeups: daemon.wakeups() - wakeups,
        resident_kib: daemon.memory_kib("VmRSS:"),
        peak_kib: daemon.memory_kib("VmHWM:"),
    }
}

/// What is left unwritten, so that its price shows.
const UNWRITTEN: [(&str, &str); 3] = [
    ("everything written", ""),
    (
        "without the search index",
        "DROP TRIGGER ticket_text_begins; DROP TRIGGER ticket_text_follows; DROP TRIGGER ticket_text_grows",
    ),
    (
        "without the reminders",
        "CREATE TRIGGER unwritten BEFORE INSERT ON reminder BEGIN SELECT RAISE (IGNORE); END",
    ),
];

/// The time of intake for one complaint, of as many in one transaction as the other lines have: no disk is waited for but once.
async fn intake_time(office: &Arc<Office>, unwritten: &'static str) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("aduan.db");
    Store::open(&file).unwrap().close().await;
    rusqlite::Connection::open(&file).unwrap().execute_batch(unwritten).unwrap();
    let store = Store::open(&file).unwrap();
    let now = chrono::Utc::now();
    let message = |index: usize| NewInbound {
        sim: "8962".to_owned(),
        modem: "modem-1".to_owned(),
        sender: format!("+62812{index:08}"),
        sender_kind: "subscriber",
        text: Some("DISHUB # lampu lalu lintas mati, mohon diperbaiki".to_owned()),
        complete: true,
        silent_class: None,
        centre_at: None,
    };
    let queued: Result<Vec<i64>, Fault> = store
        .write(move |tx| {
            (0..MESSAGES).map(|index| inbox::queue(tx, &message(index), &[], now)).collect()
        })
        .await;
    let (waiting, office) = (queued.unwrap(), Arc::clone(office));
    let begun = Instant::now();
    let handled: Result<(), Fault> = store
        .write(move |tx| {
            waiting.iter().try_for_each(|id| intake::handle(tx, &office, *id, now).map(|_| ()))
        })
        .await;
    handled.unwrap();
    let took = begun.elapsed() / u32::try_from(MESSAGES).unwrap();
    store.close().await;
    took
}

fn intake_times(runtime: &tokio::runtime::Runtime) {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/aduan.toml");
    let office = Arc::new(Config::load(&config).unwrap().load_office().unwrap());
    println!("\nintake of one complaint, {MESSAGES} in one transaction, median of {RUNS} runs");
    for (what, unwritten) in UNWRITTEN {
        let mut times: Vec<Duration> =
            (0..RUNS).map(|_| runtime.block_on(intake_time(&office, unwritten))).collect();
        times.sort();
        let median = times.get(RUNS / 2).expect("a run");
        println!("{what:>26}: {} us", median.as_micros());
    }
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("{MESSAGES} SMS received and answered, {RUNS} runs");
    println!(
        "{:>10} {:>10} {:>12} {:>12} {:>12} {:>12}",
        "wall ms", "SMS/s", "CPU ms", "wake-ups", "RSS KiB", "peak KiB"
    );
    let mut walls = Vec::new();
    for _ in 0..RUNS {
        let figures = run(&runtime);
        let per_second = MESSAGES as u128 * 1000 / figures.wall.as_millis().max(1);
        println!(
            "{:>10} {:>10} {:>12} {:>12} {:>12} {:>12}",
            figures.wall.as_millis(),
            per_second,
            figures.cpu.as_millis(),
            figures.wakeups,
            figures.resident_kib,
            figures.peak_kib
        );
        walls.push((figures.wall, figures.cpu));
    }
    walls.sort();
    let (wall, cpu) = walls.get(RUNS / 2).expect("a run");
    println!("median: {} ms wall, {} ms CPU", wall.as_millis(), cpu.as_millis());
    intake_times(&runtime);
}
