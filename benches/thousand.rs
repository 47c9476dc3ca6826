//! A thousand SMS received and answered: the real `aduand` on one unpaced simulated modem.
//!
//! `cargo bench --bench thousand` prints wall time, the daemon's CPU time, its wake-ups and its memory. The network takes
//! no time, so that what is measured is the gateway: each SMS is read, committed, freed, made a ticket, acknowledged and
//! reported.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that fails must stop"
)]

mod support;

use std::time::{Duration, Instant};

use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
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
}
