//! A thousand SMS received and answered: the real `aduand` on one unpaced simulated modem.
//!
//! `cargo bench --bench thousand` prints wall time, the daemon's CPU time and its memory. The network takes no time, so
//! that what is measured is the gateway: each SMS is read, committed, freed, made a ticket, acknowledged and reported.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that fails must stop"
)]

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use aduan::control::client::Client;
use aduan::control::protocol::{Ask, Tell};
use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use nix::unistd::{Uid, User};

const MESSAGES: usize = 1000;
const RUNS: usize = 5;
const CARD: &str = "+6281100000001";
const PATIENCE: Duration = Duration::from_mins(2);

struct Figures {
    wall: Duration,
    cpu: Duration,
    resident_kib: u64,
    peak_kib: u64,
}

struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Daemon {
    fn start(home: &Home) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aduand"));
        command.arg("--config").arg(home.config_file()).env("ADUAN_LOG", "warn");
        Self(command.stdin(Stdio::null()).spawn().unwrap())
    }

    /// CPU time of all threads, by the scheduler's account.
    fn cpu(&self) -> Duration {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.0.id())).unwrap();
        let nanos = tasks
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("schedstat")).ok())
            .filter_map(|stat| stat.split(' ').next()?.parse::<u64>().ok());
        Duration::from_nanos(nanos.sum())
    }

    fn memory_kib(&self, field: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(field)).expect("a field of memory");
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

fn run(runtime: &tokio::runtime::Runtime) -> Figures {
    let _within = runtime.enter();
    let home = Home::new(1).unwrap();
    let me = User::from_uid(Uid::current()).unwrap().expect("an account").name;
    let staff = format!("[[officer]]\nuser = \"{me}\"\nname = \"Bench\"\nroles = [\"petugas\"]\n");
    fs::write(home.path().join("staff.toml"), staff).unwrap();
    let modems = vec![ModemSetup::new(home.port(0), SimCard::new(CARD, "+62811000000"))];
    let simulation =
        Simulation::start(Setup { network: NetworkOptions::instant(), modems }).unwrap();
    let daemon = Daemon::start(&home);
    let client = Client::new(&home.path().join("aduand.sock"));
    runtime.block_on(async {
        loop {
            if let Ok(Tell::Status(status)) = client.ask(&Ask::Status).await
                && status.modems.iter().all(|modem| modem.state == "ready")
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let (begun, cpu) = (Instant::now(), daemon.cpu());
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
        resident_kib: daemon.memory_kib("VmRSS:"),
        peak_kib: daemon.memory_kib("VmHWM:"),
    }
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("{MESSAGES} SMS received and answered, {RUNS} runs");
    println!(
        "{:>10} {:>10} {:>12} {:>12} {:>12}",
        "wall ms", "SMS/s", "CPU ms", "RSS KiB", "peak KiB"
    );
    let mut walls = Vec::new();
    for _ in 0..RUNS {
        let figures = run(&runtime);
        let per_second = MESSAGES as u128 * 1000 / figures.wall.as_millis().max(1);
        println!(
            "{:>10} {:>10} {:>12} {:>12} {:>12}",
            figures.wall.as_millis(),
            per_second,
            figures.cpu.as_millis(),
            figures.resident_kib,
            figures.peak_kib
        );
        walls.push((figures.wall, figures.cpu));
    }
    walls.sort();
    let (wall, cpu) = walls.get(RUNS / 2).expect("a run");
    println!("median: {} ms wall, {} ms CPU", wall.as_millis(), cpu.as_millis());
}
