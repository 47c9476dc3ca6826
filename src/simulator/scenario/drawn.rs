//! A scenario out of a seed: everything that a gateway must outlive, mixed.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Card, Device, Event, Expected, Family, Happening, Scenario};
use crate::simulator::faults::{Faults, Prng, pick};
use crate::simulator::modem::Registration;
use crate::simulator::network::{Edict, NetworkOptions, Ruling};
use crate::simulator::storage::Status;

/// Even chances, out of a million.
const HALF: u32 = 500_000;
/// How long complaints and mishaps come.
const SPAN: Duration = Duration::from_secs(8);
/// What modems tell of their supply and their temperature.
const ALARMS: [&str; 4] =
    ["UNDER-VOLTAGE WARNNING", "OVER-VOLTAGE WARNNING", "+CMTE: 1", "+CMTE: -1"];
/// Registrations that serve nobody.
const LOST: [Registration; 4] =
    [Registration::Idle, Registration::Searching, Registration::Denied, Registration::Unknown];
/// And such as do.
const REGAINED: [Registration; 3] =
    [Registration::Home, Registration::Roaming, Registration::MessagesOnly];
/// Refusals of the network that pass: temporary failure, congestion, resources unavailable (3GPP TS 24.011 annex E-2).
const PASSING: [u16; 3] = [41, 42, 47];
/// What citizens write; the longer ones come in parts.
const COMPLAINTS: [&str; 4] = [
    "DLH # sampah menumpuk di pasar",
    "DISHUB # lampu jalan mati sejak kemarin",
    "PDAM # air mati, mohon diperbaiki 🙏",
    "PUPR # jalan poros desa rusak parah dari pertigaan masjid sampai balai desa, lubangnya dalam dan kalau hujan jadi \
     kubangan, minggu ini sudah tiga orang jatuh, mohon segera ditambal, terima kasih",
];

impl Scenario {
    /// A mixture of what a gateway must outlive, the same for the same seed: a modem or two with [`Faults::drawn`], some
    /// of them pulled out and put back, without a network or a card for a while, with alarms, stores that fill up, passing
    /// refusals, and reports that come late or twice. Everything has an end, so that what is right can be told: each
    /// complaint has one ticket, and one receipt, but for one at most at each pulling out, which can strike a text whose
    /// fate nobody knows.
    ///
    /// Reports that never come and answers that never come (`silence`) are left out for the same reason.
    pub fn drawn(seed: u64) -> Self {
        let mut prng = Prng::new(seed);
        let mut scenario = Self {
            about: format!("seed {seed}"),
            seed,
            network: NetworkOptions {
                report_late_max: prng.pause(Duration::from_secs(3)),
                reports_doubled_per_million: if prng.chance(HALF) { HALF } else { 0 },
                retry_after_max: Duration::from_secs(1),
                ..NetworkOptions::default()
            },
            settings: [("sending".to_owned(), unknown_soon())].into_iter().collect(),
            ..Self::default()
        };
        for place in 0..=prng.below(2) {
            let device = device(&mut prng, place, seed);
            mishaps(&mut prng, &device.name, device.family, &mut scenario.events);
            scenario.modems.push(device);
        }
        complaints(&mut prng, &scenario.modems, &mut scenario.events);
        if prng.chance(HALF) {
            let ruling = Ruling::Refuse(pick(&mut prng, &PASSING).copied().unwrap_or(41));
            let times = Some(u32::try_from(1 + prng.below(2)).unwrap_or(1));
            let at = prng.pause(SPAN);
            push(
                &mut scenario.events,
                at,
                Happening::Edict(Edict { ruling, card: None, to: None, times }),
            );
        }
        scenario.events.sort_by_key(|event| event.at);
        let pulled_out = |event: &&Event| matches!(event.happening, Happening::Unplug(_));
        scenario.expect = Expected {
            without_receipt: scenario.events.iter().filter(pulled_out).count(),
            ..Expected::default()
        };
        scenario
    }
}

/// A text of unknown fate is given up while the reader still looks.
fn unknown_soon() -> toml::Value {
    let settings = [("unknown_grace".to_owned(), toml::Value::String("2s".to_owned()))];
    toml::Value::Table(settings.into_iter().collect())
}

fn device(prng: &mut Prng, place: u64, seed: u64) -> Device {
    let families = [Family::Simcom4g, Family::HuaweiE1752, Family::QuectelEc25, Family::Sim800];
    let family = pick(prng, &families).copied().unwrap_or_default();
    let mut places = BTreeMap::new();
    if prng.chance(HALF) {
        // So few that a long message and another one fill it.
        let few = usize::try_from(3 + prng.below(3)).unwrap_or(3);
        places.extend(["SM", "ME"].map(|store| (store.to_owned(), few)));
    }
    Device {
        name: format!("modem-{}", place + 1),
        family,
        baud: prng.chance(HALF).then_some(115_200),
        card: Card { knows_number: prng.chance(HALF), ..Card::default() },
        places,
        faults: Faults::drawn(seed ^ (place + 1)),
        ..Device::default()
    }
}

/// What befalls a modem.
fn mishaps(prng: &mut Prng, name: &str, family: Family, events: &mut Vec<Event>) {
    let modem = name.to_owned();
    if prng.chance(HALF) {
        let (at, back) = span(prng);
        push(events, at, Happening::Unplug(modem.clone()));
        let renumbered = prng.chance(HALF);
        push(events, back, Happening::Replug { modem: modem.clone(), port: None, renumbered });
    }
    if prng.chance(HALF) {
        let (at, back) = span(prng);
        let lost = pick(prng, &LOST).copied().unwrap_or(Registration::Unknown);
        let regained = pick(prng, &REGAINED).copied().unwrap_or(Registration::Home);
        for (at, registration) in [(at, lost), (back, regained)] {
            push(events, at, Happening::Coverage { modem: modem.clone(), registration });
        }
    }
    if prng.chance(HALF) {
        let (at, back) = span(prng);
        push(events, at, Happening::TakeCardOut(modem.clone()));
        push(events, back, Happening::PutCardIn(modem.clone()));
    }
    if prng.chance(HALF) {
        let at = prng.pause(SPAN);
        let line = pick(prng, &ALARMS).copied().unwrap_or_default().to_owned();
        push(events, at, Happening::Say { modem: modem.clone(), line });
    }
    if prng.chance(HALF) {
        let (at, back) = span(prng);
        let leaving = usize::try_from(prng.below(2)).unwrap_or(0);
        for (store, _) in family.profile().stores.iter().filter(|(store, _)| *store != "SR") {
            let (store, status) = ((*store).to_owned(), Status::Sent);
            let fill =
                Happening::Fill { modem: modem.clone(), store: store.clone(), status, leaving };
            push(events, at, fill);
            push(events, back, Happening::Empty { modem: modem.clone(), store, status });
        }
    }
}

fn complaints(prng: &mut Prng, modems: &[Device], events: &mut Vec<Event>) {
    for index in 0..4 + prng.below(5) {
        let to = pick(prng, modems).map(|modem| modem.name.clone()).unwrap_or_default();
        let text = pick(prng, &COMPLAINTS).copied().unwrap_or_default().to_owned();
        let from = format!("+62812{index:08}");
        push(events, prng.pause(SPAN), Happening::Text { from, to, text, complaint: true });
    }
}

/// When something begins, and when it is over.
fn span(prng: &mut Prng) -> (Duration, Duration) {
    let begins = prng.pause(SPAN);
    (begins, begins + Duration::from_millis(300) + prng.pause(Duration::from_secs(2)))
}

fn push(events: &mut Vec<Event>, at: Duration, happening: Happening) {
    // Whole milliseconds, for the reader.
    let at = at.saturating_sub(Duration::from_nanos(u64::from(at.subsec_nanos() % 1_000_000)));
    events.push(Event { at, once_answered: false, happening });
}
