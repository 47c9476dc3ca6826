//! What an idle daemon costs. Measured over more than a minute, and so not every day:
//! `cargo nextest run --test gateway --run-ignored only cost`.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use nix::fcntl::OFlag;

use crate::process::{Process, client, employ_me};
use crate::support::{CARD, CENTRE, PATIENCE, pseudo_terminal};
use aduan::control::protocol::{Ask, Tell};

/// Longer than a heartbeat.
const WATCHED: Duration = Duration::from_secs(65);

/// Carries octets between the port that the daemon opens and the simulated one, and counts the lines of the daemon.
fn tap(outer: &Path, inner: &Path) -> Arc<AtomicUsize> {
    let (daemon, keeper) = pseudo_terminal(outer);
    let flags = OFlag::O_NOCTTY.bits();
    let modem = OpenOptions::new().read(true).write(true).custom_flags(flags).open(inner).unwrap();
    let lines = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&lines);
    let carry = |mut from: File, mut to: File, count: Option<Arc<AtomicUsize>>| {
        std::thread::spawn(move || {
            let mut octets = [0; 4096];
            while let Ok(read @ 1..) = from.read(&mut octets) {
                if let Some(count) = &count {
                    let text = String::from_utf8_lossy(&octets[..read]);
                    count.fetch_add(text.matches('\r').count(), Ordering::SeqCst);
                }
                if to.write_all(&octets[..read]).is_err() {
                    return;
                }
            }
        });
    };
    carry(daemon.try_clone().unwrap(), modem.try_clone().unwrap(), Some(counter));
    carry(modem, daemon, None);
    std::mem::forget(keeper);
    lines
}

/// CPU time of a process in ticks of 10 ms, how often each of its threads went to sleep, and its resident memory in KiB.
fn spent(pid: u32) -> (u64, HashMap<OsString, u64>, u64) {
    let read = |path: String| fs::read_to_string(path).unwrap();
    let stat = read(format!("/proc/{pid}/stat"));
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum();
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap().map(Result::unwrap);
    let switches = tasks
        .filter_map(|task| {
            let status = fs::read_to_string(task.path().join("status")).ok()?;
            Some((task.file_name(), number(&status, "voluntary_ctxt_switches:")))
        })
        .collect();
    (ticks, switches, number(&read(format!("/proc/{pid}/status")), "VmRSS:"))
}

fn number(status: &str, field: &str) -> u64 {
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute"]
async fn an_idle_daemon_with_one_modem_costs_next_to_nothing() {
    let home = Home::new(1).unwrap();
    let inner = home.path().join("inner");
    let modems = vec![ModemSetup::new(inner.clone(), SimCard::new(CARD, CENTRE))];
    let setup = Setup { network: NetworkOptions::instant(), modems };
    let _simulation = Simulation::start(setup).unwrap();
    let lines = tap(&home.port(0), &inner);
    employ_me(&home, "\"petugas\"");
    let daemon = Process::start(&home);
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let Tell::Status(status) = client(&home).ask(&Ask::Status).await.unwrap() else { panic!() };
        if status.modems[0].state == "ready" {
            break;
        }
        assert!(tokio::time::Instant::now() < deadline, "{status:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (lines_before, (ticks, switches, _)) = (lines.load(Ordering::SeqCst), spent(daemon.id()));
    tokio::time::sleep(WATCHED).await;
    let commands = lines.load(Ordering::SeqCst) - lines_before;
    let (ticks_after, switches_after, resident) = spent(daemon.id());
    let ticks = ticks_after - ticks;
    let earlier = |thread| switches.get(thread).copied().unwrap_or(0);
    let wakes: u64 = switches_after.iter().map(|(thread, after)| after - earlier(thread)).sum();
    let figures = format!(
        "in 65 s: {commands} commands, {} ms CPU, {wakes} wake-ups; {resident} KiB resident",
        ticks * 10
    );
    println!("{figures}");
    assert!((1..=4).contains(&commands), "{figures}");
    assert!(ticks <= 5, "{figures}");
    assert!(wakes <= 65, "{figures}");
}
