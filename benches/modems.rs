//! The budgets that concern modems: the real `aduand`, the real database with FULL, simulated modems on pseudo-terminals.
//!
//! `cargo bench --bench modems` prints one table in about three minutes, `-- alone burst receiving sending acknowledging replug
//! sick crowd busy idle` some of its lines; docs/performance.md says what each is and how it is measured. The daemon whose
//! idleness is weighed runs beside all the others.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a benchmark that fails must stop, and shares need no more than six digits"
)]

mod bare;
mod support;
#[allow(dead_code, reason = "this table has no such lines")]
mod table;
mod tap;

use std::time::{Duration, Instant};

use aduan::control::client::Client;
use aduan::control::protocol::{Ask, Tell};
use aduan::demo::Home;
use aduan::simulator::{
    Faults, Modem, ModemSetup, NetworkOptions, Profile, Ruling, Setup, SimCard, Simulation, Storm,
};
use aduan::sms;
use support::{CARD, CENTRE, Daemon, PATIENCE, client, ready, status_until};
use table::{head, millis, percent, row};
use tap::Tap;
use tokio::runtime::Runtime;

const BAUD: u32 = 115_200;
/// Bits that an octet costs on the line: start, eight of data, stop.
const BITS: f64 = 10.0;

/// Single-part SMS of each run.
const BURST: usize = 200;
const RECEIVED: usize = 2000;
const SENT: usize = 1000;
const ANSWERED: usize = 200;
/// SMS for each modem where the network takes its time.
const EACH: usize = 5;
const NETWORK: Duration = Duration::from_secs(3);

/// As many modems as a box may have, and messages for each.
const MODEMS_MAX: usize = 64;
const EACH_OF_CROWD: usize = 40;

const DECODED: u32 = 2_000_000;

/// How often a stick is pulled out and put in again.
const REPLUGS: usize = 30;
/// Complaints to each of the well modems beside a sick one, and how many modems there are.
const BESIDE: usize = 12;
const FLEET: usize = 8;

/// Idleness is measured over this at least, so that a heartbeat is in it, and scaled to a minute.
const IDLE_MIN: Duration = Duration::from_secs(61);

/// Of common length, in the default alphabet, from a sender who is never answered.
const NOTICE: &str = "Pelanggan Yth, paket internet Anda berlaku s.d. 31 Desember. \
                      Info lebih lanjut hubungi layanan pelanggan.";
const COMPLAINT: &str = "DISHUB # lampu lalu lintas mati, mohon diperbaiki";
const ANSWER: &str =
    "Terima kasih, laporan Anda sudah kami terima dan sedang dikerjakan oleh regu malam.";

/// An office, its daemon and its modems.
struct Office {
    daemon: Daemon,
    client: Client,
    simulation: Simulation,
    tap: Option<Tap>,
    _home: Home,
}

impl Office {
    fn open(runtime: &Runtime, modems: usize, network: NetworkOptions, line: Line) -> Self {
        Self::with(runtime, modems, network, line, &Profile::default())
    }

    fn with(
        runtime: &Runtime,
        modems: usize,
        network: NetworkOptions,
        line: Line,
        profile: &Profile,
    ) -> Self {
        let _within = runtime.enter();
        let home = Home::new(modems).unwrap();
        let behind = home.path().join("behind");
        let setups = (0..modems).map(|index| {
            let port = if line.is_watched() { behind.clone() } else { home.port(index) };
            let card = SimCard::new(&card(index), CENTRE);
            let baud = matches!(line, Line::Paced | Line::Slow).then_some(BAUD);
            ModemSetup { baud, profile: profile.clone(), ..ModemSetup::new(port, card) }
        });
        let setup = Setup { network, modems: setups.collect() };
        let simulation = Simulation::start(setup).unwrap();
        let tap = line.is_watched().then(|| Tap::between(&home.port(0), &behind));
        let daemon = Daemon::start(&home);
        let client = client(&home);
        runtime.block_on(ready(&client));
        Self { daemon, client, simulation, tap, _home: home }
    }

    /// The centre has these for each card, all at once.
    fn notices(&self, modems: usize, count: usize) {
        self.simulation.with_network(|network, now| {
            for (modem, index) in (0..modems).flat_map(|modem| (0..count).map(move |i| (modem, i)))
            {
                // A number makes each another message.
                let text = format!("{NOTICE} {index}");
                network.notice("INFO", &card(modem), &text, now).unwrap();
            }
        });
    }

    /// Texts for so many phones, put into the outbox at once.
    fn send(&self, runtime: &Runtime, count: usize) -> Vec<String> {
        let phones = phones(count);
        let messages = phones.iter().map(|phone| (phone.clone(), ANSWER.to_owned())).collect();
        let told =
            runtime.block_on(self.client.ask(&Ask::SmsSend { messages, urgent: true })).unwrap();
        assert!(matches!(told, Tell::Queued { .. }), "{told:?}");
        phones
    }

    fn accepted(&self, runtime: &Runtime, phones: &[String]) {
        let all = self
            .simulation
            .wait_until(|network| phones.iter().rev().all(|phone| network.accepted(phone) > 0));
        runtime.block_on(async {
            tokio::time::timeout(PATIENCE, all).await.expect("not everything was sent");
        });
    }

    /// Waits until no card has anything left, neither at the centre nor in its store: a place is freed after the
    /// commit alone. The daemon is not asked meanwhile, since what it answers would be counted as its own work.
    fn received(&self, runtime: &Runtime, modems: usize, count: usize) {
        let left = || {
            let waiting = self.simulation.with_network(|network, _| {
                (0..modems).map(|modem| network.waiting(&card(modem))).sum::<usize>()
            });
            let stored = |modem: &mut Modem| ["SM", "ME"].map(|store| modem.stored(store));
            let stored = (0..modems)
                .map(|place| self.simulation.with_modem(place, |modem, _| stored(modem)).unwrap());
            waiting + stored.flatten().sum::<usize>()
        };
        let begun = Instant::now();
        while left() > 0 {
            assert!(begun.elapsed() < PATIENCE, "not everything was received");
            std::thread::sleep(Duration::from_millis(1));
        }
        let received = count as u64;
        runtime.block_on(status_until(&self.client, |status| {
            status.modems.iter().all(|modem| modem.received >= received)
        }));
    }
}

/// How the daemon reaches its modem.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Without pace.
    Free,
    /// Without pace, and watched.
    Watched,
    /// At [`BAUD`], and watched.
    Paced,
    /// At [`BAUD`].
    Slow,
}

impl Line {
    const fn is_watched(self) -> bool {
        matches!(self, Self::Watched | Self::Paced)
    }
}

fn card(index: usize) -> String {
    format!("+62811{:08}", index + 1)
}

fn phones(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("+62812{index:08}")).collect()
}

fn per_thousand(cpu: Duration, count: usize) -> String {
    format!("{:.0} ms", cpu.as_secs_f64() * 1_000_000.0 / count as f64)
}

fn burst(runtime: &Runtime) {
    let office = Office::open(runtime, 1, NetworkOptions::instant(), Line::Paced);
    let tap = office.tap.as_ref().unwrap();
    tap.settle();
    tap.clear();
    office.notices(1, BURST);
    office.received(runtime, 1, BURST);
    tap.settle();
    let log = tap.clear();
    let wall = log.wall();
    let octets = log.octets() as f64 * BITS / f64::from(BAUD) / wall.as_secs_f64();
    let own = log.own_time().as_secs_f64() / wall.as_secs_f64();
    row("burst at 115,200 baud: not waiting for the gateway", &percent(1.0 - own), ">= 90 %");
    row("    octets of the burst on the line, towards the gateway", &percent(octets), "");
    row("    SMS a second", &format!("{:.0}", BURST as f64 / wall.as_secs_f64()), "");
}

fn receiving(runtime: &Runtime) {
    let office = Office::open(runtime, 1, NetworkOptions::instant(), Line::Free);
    let (begun, cpu) = (Instant::now(), office.daemon.cpu());
    office.notices(1, RECEIVED);
    office.received(runtime, 1, RECEIVED);
    let per_second = RECEIVED as f64 / begun.elapsed().as_secs_f64();
    let cpu = office.daemon.cpu().checked_sub(cpu).unwrap();
    row("burst without pace: SMS a second", &format!("{per_second:.0}"), ">= 2000");
    row("CPU for 1,000 SMS received", &per_thousand(cpu, RECEIVED), "< 150 ms");
    let least = per_thousand(bare::receiving(RECEIVED), RECEIVED);
    row("    of it: bare commits and exchanges, in one thread", &least, "");
}

fn sending(runtime: &Runtime) {
    let office = Office::open(runtime, 1, NetworkOptions::instant(), Line::Free);
    let (begun, cpu) = (Instant::now(), office.daemon.cpu());
    let phones = office.send(runtime, SENT);
    office.accepted(runtime, &phones);
    let per_second = SENT as f64 / begun.elapsed().as_secs_f64();
    let cpu = office.daemon.cpu().checked_sub(cpu).unwrap();
    row("CPU for 1,000 SMS sent and reported", &per_thousand(cpu, SENT), "< 150 ms");
    let least = per_thousand(bare::sending(SENT), SENT);
    row("    of it: bare commits and exchanges, in one thread", &least, "");
    row("    SMS a second, where the network takes no time", &format!("{per_second:.0}"), "");
}

fn busy(runtime: &Runtime, modems: usize) {
    let network = NetworkOptions { submit_takes: NETWORK, ..NetworkOptions::default() };
    let office = Office::open(runtime, modems, network, Line::Free);
    let begun = Instant::now();
    let phones = office.send(runtime, modems * EACH);
    office.accepted(runtime, &phones);
    let least = NETWORK.as_secs_f64() * EACH as f64;
    let share = least / begun.elapsed().as_secs_f64();
    row(
        &format!("sending, modems: {modems}, 3 s in the network: busy"),
        &percent(share),
        ">= 98 %",
    );
}

/// A burst for each of many modems at once, against the same for one alone.
fn crowd(runtime: &Runtime) {
    let times = [1, MODEMS_MAX].map(|modems| {
        let office = Office::open(runtime, modems, NetworkOptions::instant(), Line::Slow);
        let begun = Instant::now();
        office.notices(modems, EACH_OF_CROWD);
        office.received(runtime, modems, EACH_OF_CROWD);
        begun.elapsed()
    });
    let share = times[0].as_secs_f64() / times[1].as_secs_f64();
    row(
        "burst for each of 64 modems at 115,200 baud: time of one alone",
        &percent(share),
        ">= 90 %",
    );
    let all = (MODEMS_MAX * EACH_OF_CROWD) as f64 / times[1].as_secs_f64();
    row("    SMS a second, all together", &format!("{all:.0}"), "");
}

/// What can be told without a modem.
fn alone(_: &Runtime) {
    let septets = sms::encode_gsm7(NOTICE).unwrap();
    let head = format!("040C91261832547698000062115240512382{:02X}", septets.len());
    let tpdu = [sms::hex::decode(&head).unwrap(), sms::pack(&septets, 0)].concat();
    let begun = Instant::now();
    for _ in 0..DECODED {
        let deliver = sms::Deliver::decode(std::hint::black_box(&tpdu)).unwrap();
        assert_eq!(std::hint::black_box(deliver.text().unwrap()).len(), NOTICE.len());
    }
    let per_second = f64::from(DECODED) / begun.elapsed().as_secs_f64();
    row(
        "codec: DELIVER decodes a second, with their texts",
        &format!("{per_second:.0}"),
        ">= 2000000",
    );
    let octets = std::fs::metadata(env!("CARGO_BIN_EXE_aduand")).unwrap().len() as f64;
    row("`aduand`, stripped", &format!("{:.2} MB", octets / 1e6), "< 10 MB");
}

fn acknowledging(runtime: &Runtime) {
    let office = Office::open(runtime, 1, NetworkOptions::instant(), Line::Watched);
    let tap = office.tap.as_ref().unwrap();
    let (mut own, mut whole) = (Vec::new(), Vec::new());
    for phone in phones(ANSWERED) {
        tap.settle();
        tap.clear();
        office.simulation.text(&phone, CARD, COMPLAINT).unwrap();
        office.accepted(runtime, std::slice::from_ref(&phone));
        let log = tap.clear().up_to_payload();
        own.push(log.own_time());
        whole.push(log.wall());
    }
    own.sort();
    whole.sort();
    row(
        "from +CMTI to the acknowledgement: own time, median",
        &millis(own[ANSWERED / 2]),
        "< 10 ms",
    );
    row("    with the modem's and the line's, median", &millis(whole[ANSWERED / 2]), "");
    row("    own time, 19 of 20 within", &millis(own[ANSWERED * 19 / 20]), "");
}

/// The time that a stick itself takes before it can be asked anything is part of what is measured.
fn replug(runtime: &Runtime) {
    for (what, boot_takes) in
        [("at once", Duration::ZERO), ("in 0.4 s", Duration::from_millis(400))]
    {
        let profile = Profile { boot_takes, ..Profile::default() };
        let office = Office::with(runtime, 1, NetworkOptions::instant(), Line::Free, &profile);
        let mut times = Vec::new();
        for _ in 0..REPLUGS {
            office.simulation.unplug(0);
            let gone = status_until(&office.client, |status| status.modems[0].state != "ready");
            runtime.block_on(gone);
            let back = Instant::now();
            office.simulation.plug_in(0);
            runtime.block_on(ready(&office.client));
            times.push(back.elapsed());
        }
        times.sort();
        let measured = millis(times[REPLUGS - 1]);
        row(&format!("put in again, starting {what}: in service, slowest"), &measured, "< 2 s");
    }
}

/// A way to misbehave.
type Illness = fn(&Simulation);

fn faulty(simulation: &Simulation, faults: Faults) {
    simulation.with_modem(0, |modem, now| modem.set_faults(faults, now));
}

/// From the text in the network to the receipt in the network, on seven modems beside a sick one.
fn sick(runtime: &Runtime) {
    const ALWAYS: u32 = 1_000_000;
    let illnesses: [(&str, Illness); 6] = [
        ("none", |_| {}),
        ("absent", |simulation| simulation.unplug(0)),
        ("mute", |simulation| faulty(simulation, Faults { mute: true, ..Faults::default() })),
        ("an error for everything", |simulation| {
            faulty(simulation, Faults { errors_per_million: ALWAYS, ..Faults::default() });
        }),
        ("a notice each millisecond", |simulation| {
            let storm = Storm { every: Duration::from_millis(1), lines: Vec::new() };
            faulty(simulation, Faults { storm: Some(storm), ..Faults::default() });
        }),
        ("barred", |simulation| {
            simulation.with_network(|network, _| {
                network.set_rule(
                    |from, _| {
                        if from == CARD { Ruling::Refuse(8) } else { Ruling::Accept }
                    },
                );
            });
        }),
    ];
    for (name, strikes) in illnesses {
        let office = Office::open(runtime, FLEET, NetworkOptions::instant(), Line::Free);
        // It has something in hand.
        let _ = office.simulation.text("+6285600000000", CARD, COMPLAINT);
        strikes(&office.simulation);
        let mut times = Vec::new();
        for (round, phone) in phones(BESIDE * (FLEET - 1)).iter().enumerate() {
            let begun = Instant::now();
            let to = card(1 + round % (FLEET - 1));
            office.simulation.text(phone, &to, COMPLAINT).unwrap();
            office.accepted(runtime, std::slice::from_ref(phone));
            times.push(begun.elapsed());
        }
        times.sort();
        let (median, last) = (times[times.len() / 2], times[times.len() * 19 / 20]);
        let measured = format!("{} / {}", millis(median), millis(last));
        row(&format!("eight modems, one ill ({name}): a receipt by the others"), &measured, "");
    }
}

/// A daemon with nothing to do, since the time at which it was left alone.
struct Idle {
    office: Office,
    since: Instant,
    cpu: Duration,
    wakeups: u64,
}

impl Idle {
    fn begin(runtime: &Runtime) -> Self {
        let office = Office::open(runtime, 1, NetworkOptions::instant(), Line::Watched);
        office.tap.as_ref().unwrap().settle();
        std::thread::sleep(Duration::from_secs(1));
        office.tap.as_ref().unwrap().clear();
        let (cpu, wakeups) = (office.daemon.cpu(), office.daemon.wakeups());
        Self { office, since: Instant::now(), cpu, wakeups }
    }

    fn end(self) {
        std::thread::sleep(IDLE_MIN.saturating_sub(self.since.elapsed()));
        let minutes = self.since.elapsed().as_secs_f64() / 60.0;
        let daemon = &self.office.daemon;
        let commands = self.office.tap.as_ref().unwrap().clear().commands() as f64 / minutes;
        let wakeups = (daemon.wakeups() - self.wakeups) as f64 / minutes;
        let cpu = daemon.cpu().checked_sub(self.cpu).unwrap().div_f64(minutes);
        let resident = daemon.memory_kib("VmRSS:") as f64 / 1024.0;
        row("idle, a minute: AT commands", &format!("{commands:.1}"), "<= 4");
        row("idle, a minute: wake-ups", &format!("{wakeups:.0}"), "<= 60");
        row("idle, a minute: CPU", &millis(cpu), "< 15 ms");
        row("idle: resident", &format!("{resident:.1} MiB"), "< 16 MB");
    }
}

/// Measures something and prints its lines.
type Run = fn(&Runtime);

fn main() {
    let runtime = Runtime::new().unwrap();
    head();
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|word| word == name);
    let idle = wanted("idle").then(|| Idle::begin(&runtime));
    let runs: [(&str, Run); 9] = [
        ("alone", alone),
        ("burst", burst),
        ("receiving", receiving),
        ("sending", sending),
        ("acknowledging", acknowledging),
        ("replug", replug),
        ("sick", sick),
        ("crowd", crowd),
        ("busy", |runtime| [1, 8, MODEMS_MAX].into_iter().for_each(|modems| busy(runtime, modems))),
    ];
    for (_, run) in runs.iter().filter(|(name, _)| wanted(name)) {
        run(&runtime);
    }
    if let Some(idle) = idle {
        idle.end();
    }
}
