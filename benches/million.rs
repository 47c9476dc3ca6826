//! The budgets of scale: the real `aduand` on a register of a million tickets and ten million SMS.
//!
//! `cargo bench --bench million -- --database /somewhere/aduan.db` writes that register first where there is none (some
//! minutes, 8 GB), and prints one table; `-- starting reading recap acknowledging` some of its lines, `-- writing` none.
//! `--tickets 10000` makes it smaller, `--seed 2` another one. Without `--database` it goes when the benchmark ends.
//! docs/performance.md says what each line is.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark that fails must stop"
)]

mod register;
#[allow(dead_code, reason = "CPU and wake-ups are weighed by the others")]
mod support;
#[allow(dead_code, reason = "this table has no shares")]
mod table;
#[allow(dead_code, reason = "octets and commands are counted by the others")]
mod tap;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use aduan::config::Config;
use aduan::control::client::Client;
use aduan::control::protocol::{Ask, Tell};
use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use chrono::{Datelike, Utc};
use register::Plan;
use rusqlite::{Connection, OpenFlags};
use support::{CARD, CENTRE, Daemon, PATIENCE, client, ready};
use table::{head, median_and_most, millis, row};
use tap::Tap;
use tokio::runtime::Runtime;

/// Starts, asks of each kind, complaints.
const STARTS: usize = 10;
const ASKED: usize = 200;
const RECAPS: usize = 3;

/// Asks until every new line of an inbox was looked up in the answer bank.
const LOOKED_UP: usize = 4;
const ANSWERED: usize = 100;

const COMPLAINT: &str = "DISHUB # lampu lalu lintas mati, mohon diperbaiki";

const OTHER_CARD: &str = "+6281100000002";

/// The shipped office, its register elsewhere.
fn settings(database: &Path) -> String {
    format!(
        "[office]\nname = \"Pemkab Sukamaju\"\nzone = \"WIB\"\n\n[database]\npath = \"{}\"\n\n\
         [control]\nsocket = \"aduand.sock\"\n\n[[modem]]\nname = \"modem-1\"\npath = \"modem-1\"\n",
        database.display()
    )
}

/// What was asked for.
struct Wanted {
    tickets: u32,
    seed: u64,
    database: Option<PathBuf>,
    lines: Vec<String>,
}

impl Wanted {
    fn read() -> Self {
        let mut wanted = Self { tickets: 1_000_000, seed: 1, database: None, lines: Vec::new() };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().expect("a value behind the option");
            match word.as_str() {
                "--tickets" => wanted.tickets = value().parse().unwrap(),
                "--seed" => wanted.seed = value().parse().unwrap(),
                "--database" => wanted.database = Some(PathBuf::from(value())),
                // Cargo's own.
                "--bench" => {}
                _ => wanted.lines.push(word),
            }
        }
        wanted
    }

    fn is(&self, line: &str) -> bool {
        self.lines.is_empty() || self.lines.iter().any(|word| word == line)
    }
}

/// An office with a long past.
struct Bench {
    runtime: Runtime,
    home: Home,
    database: PathBuf,
}

impl Bench {
    fn open(wanted: &Wanted) -> Self {
        let runtime = Runtime::new().unwrap();
        let home = Home::new(1).unwrap();
        let database = wanted.database.clone().unwrap_or_else(|| home.path().join("aduan.db"));
        fs::write(home.config_file(), settings(&database)).unwrap();
        let bench = Self { runtime, home, database };
        if !bench.database.exists() {
            bench.write(wanted);
        }
        bench
    }

    fn write(&self, wanted: &Wanted) {
        let office = Config::load(&self.home.config_file()).unwrap().load_office().unwrap();
        let sims = [CARD, OTHER_CARD].map(|number| SimCard::new(number, CENTRE).imsi).to_vec();
        let plan = Plan { tickets: wanted.tickets, seed: wanted.seed, until: Utc::now(), sims };
        let begun = Instant::now();
        let totals = self.runtime.block_on(register::write(&self.database, &office, &plan));
        let size = fs::metadata(&self.database).unwrap().len() >> 20;
        println!(
            "{} tickets ({} open), {} SMS, {} lines of the trail: {size} MiB in {:.0} s\n",
            totals.tickets,
            totals.open,
            totals.sms,
            totals.trail,
            begun.elapsed().as_secs_f64()
        );
    }

    fn client(&self) -> Client {
        client(&self.home)
    }

    fn ask(&self, ask: &Ask) -> (Tell, Duration) {
        let begun = Instant::now();
        let tell = self.runtime.block_on(self.client().ask(ask)).unwrap();
        (tell, begun.elapsed())
    }

    /// A daemon whose socket answers, and how long that took.
    fn started(&self) -> (Daemon, Duration) {
        let begun = Instant::now();
        let daemon = Daemon::start(&self.home);
        let client = self.client();
        self.runtime.block_on(async {
            let answers = async {
                while client.ask(&Ask::Whoami).await.is_err() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            tokio::time::timeout(PATIENCE, answers).await.expect("the socket never answered");
        });
        (daemon, begun.elapsed())
    }
}

/// Each daemon before was killed: there is a journal to be read.
fn starting(bench: &Bench) {
    let mut times: Vec<Duration> = (0..STARTS).map(|_| bench.started().1).collect();
    let measured = median_and_most(&mut times);
    row(
        "from the start to the first answer of the socket: median / slowest",
        &measured,
        "< 200 ms",
    );
}

fn reading(bench: &Bench) {
    let (daemon, _) = bench.started();
    // Nothing is remembered yet: 64 of the new complaints are looked up in the answer bank, and with each ask 64 more.
    let ask = Ask::Inbox { all: false };
    let mut times: Vec<Duration> = (0..LOOKED_UP).map(|_| bench.ask(&ask).1).collect();
    let Tell::Inbox { tickets, .. } = bench.ask(&ask).0 else { panic!("no inbox") };
    let hints = tickets.iter().filter(|ticket| ticket.hint.is_some()).count();
    let what = format!("inbox while suggestions are looked up, {hints} found: median / slowest");
    row(&what, &median_and_most(&mut times), "");
    for (all, who) in [(false, "for a petugas"), (true, "of everybody")] {
        let ask = Ask::Inbox { all };
        let Tell::Inbox { tickets, .. } = bench.ask(&ask).0 else { panic!("no inbox") };
        let mut times: Vec<Duration> = (0..ASKED).map(|_| bench.ask(&ask).1).collect();
        let what = format!("inbox {who}, {} tickets: median / 19 of 20 within", tickets.len());
        row(&what, &median_and_most(&mut times), "< 20 ms");
    }
    let mut times: Vec<Duration> = numbers(bench)
        .into_iter()
        .map(|number| {
            let (tell, took) = bench.ask(&Ask::Show { number });
            assert!(matches!(tell, Tell::Show(_)));
            took
        })
        .collect();
    row("show, of all years: median / 19 of 20 within", &median_and_most(&mut times), "< 20 ms");
    for (what, words, unit) in [
        ("a word", "lampu", None),
        ("two words", "jalan rusak", None),
        ("a word of one unit", "jalan", Some("PUPR")),
    ] {
        let ask = Ask::Search {
            words: words.to_owned(),
            unit: unit.map(str::to_owned),
            stage: None,
            from: None,
            to: None,
            phone: None,
        };
        let mut times: Vec<Duration> = (0..ASKED).map(|_| bench.ask(&ask).1).collect();
        let what = format!("search, {what}: median / 19 of 20 within");
        row(&what, &median_and_most(&mut times), "< 20 ms");
    }
    let mut times: Vec<Duration> = (0..ASKED).map(|_| bench.ask(&Ask::Status).1).collect();
    row("status: median / 19 of 20 within", &median_and_most(&mut times), "< 20 ms");
    let resident = daemon.memory_kib("VmRSS:") >> 10;
    row("    resident after that", &format!("{resident} MiB"), "");
}

/// Of tickets that a petugas may read, evenly from all years.
fn numbers(bench: &Bench) -> Vec<String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(&bench.database, flags).unwrap();
    let last: i64 =
        connection.query_row("SELECT MAX (id) FROM ticket", [], |row| row.get(0)).unwrap();
    let asked = i64::try_from(ASKED).unwrap();
    let next =
        "SELECT number FROM ticket WHERE id > ?1 AND restricted_by IS NULL ORDER BY id LIMIT 1";
    let mut statement = connection.prepare(next).unwrap();
    (0..asked)
        .map(|place| statement.query_row([last / asked * place], |row| row.get(0)).unwrap())
        .collect()
}

fn recap(bench: &Bench) {
    let (_daemon, _) = bench.started();
    let (now, busy) = (Utc::now(), register::busy_month(Utc::now()));
    let before = now.checked_sub_months(chrono::Months::new(1)).unwrap();
    let first = (now.year() - register::YEARS + 1, 2);
    for (which, (year, month)) in
        [("busiest", busy), ("last", (before.year(), before.month())), ("one of the first", first)]
    {
        let ask = Ask::Recap { year, month, register: false };
        let mut count = 0;
        let mut times: Vec<Duration> = (0..RECAPS)
            .map(|_| {
                let (tell, took) = bench.ask(&ask);
                let Tell::Recap(recap) = tell else { panic!("no recap") };
                count = recap.summary.opening + recap.summary.received;
                took
            })
            .collect();
        times.sort();
        let what = format!("recap of a month ({which}), {count} tickets: median");
        row(&what, &millis(times[RECAPS / 2]), "< 1 s");
    }
}

fn acknowledging(bench: &Bench) {
    let _within = bench.runtime.enter();
    let behind = bench.home.path().join("behind");
    let modem = ModemSetup::new(&behind, SimCard::new(CARD, CENTRE));
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let simulation = Simulation::start(setup).unwrap();
    let tap = Tap::between(&bench.home.port(0), &behind);
    let (_daemon, _) = bench.started();
    bench.runtime.block_on(ready(&bench.client()));
    let mut own = Vec::new();
    for index in 0..ANSWERED {
        let phone = format!("+62813{index:08}");
        tap.settle();
        tap.clear();
        simulation.text(&phone, CARD, COMPLAINT).unwrap();
        let answered = simulation.wait_until(|network| network.accepted(&phone) > 0);
        bench.runtime.block_on(async {
            tokio::time::timeout(PATIENCE, answered).await.expect("not acknowledged");
        });
        own.push(tap.clear().up_to_payload().own_time());
    }
    let what = "from +CMTI to the acknowledgement: own time, median / 19 of 20 within";
    row(what, &median_and_most(&mut own), "< 10 ms");
}

/// Measures something and prints its lines.
type Run = fn(&Bench);

fn main() {
    let wanted = Wanted::read();
    let bench = Bench::open(&wanted);
    if wanted.lines.iter().any(|line| line == "writing") {
        return;
    }
    head();
    let runs: [(&str, Run); 4] = [
        ("starting", starting),
        ("reading", reading),
        ("recap", recap),
        ("acknowledging", acknowledging),
    ];
    for (_, run) in runs.iter().filter(|(line, _)| wanted.is(line)) {
        run(&bench);
    }
}
