//! Every word of a scenario there and back, what is wrong in a file, and plays in virtual time.

use std::collections::BTreeSet;

use super::*;
use crate::simulator::{
    Cure, Failure, Faults, Mishap, Modem, Reach, Registration, Ruling, Sick, Sickness, SimState,
    Status, UssdAnswer,
};
use std::time::Duration;

/// The beginning of every play here.
const BEGAN: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// All values of a type, by a function that knows which one follows which: a new one breaks the build.
fn all<T: Copy>(first: T, next: fn(T) -> Option<T>) -> Vec<T> {
    std::iter::successors(Some(first), |value| next(*value)).collect()
}

fn sicknesses() -> Vec<Sickness> {
    use Sickness as S;
    all(S::Mute, |sickness| match sickness {
        S::Mute => Some(S::StuckPrompt),
        S::StuckPrompt => Some(S::Noise { lines: false }),
        S::Noise { lines: false } => Some(S::Noise { lines: true }),
        S::Noise { lines: true } => Some(S::Errors),
        S::Errors => Some(S::Deaf),
        S::Deaf => Some(S::Positions),
        S::Positions => Some(S::Diagnosis),
        S::Diagnosis => Some(S::NoNotices),
        S::NoNotices => None,
    })
}

fn cures() -> Vec<Cure> {
    all(Cure::None, |cure| match cure {
        Cure::None => Some(Cure::Power),
        Cure::Power => Some(Cure::Escape),
        Cure::Escape => Some(Cure::Reopening),
        Cure::Reopening => Some(Cure::Restart),
        Cure::Restart => Some(Cure::After(Duration::from_millis(2500))),
        Cure::After(_) => None,
    })
}

fn failures() -> Vec<Failure> {
    all(Failure::Plain, |failure| match failure {
        Failure::Plain => Some(Failure::Cme(100)),
        Failure::Cme(_) => Some(Failure::Cms(500)),
        Failure::Cms(_) => None,
    })
}

fn mishaps() -> Vec<Mishap> {
    let sick = Sick { sickness: Sickness::Mute, cure: Cure::Reopening };
    let mut mishaps: Vec<Mishap> = failures().into_iter().map(Mishap::Error).collect();
    mishaps.extend([Mishap::Swallow, Mishap::Reset, Mishap::FallSick(sick)]);
    for mishap in &mishaps {
        match mishap {
            Mishap::Error(_) | Mishap::Swallow | Mishap::Reset | Mishap::FallSick(_) => {}
        }
    }
    mishaps
}

fn registrations() -> Vec<Registration> {
    use Registration as R;
    all(R::Idle, |registration| match registration {
        R::Idle => Some(R::Home),
        R::Home => Some(R::Searching),
        R::Searching => Some(R::Denied),
        R::Denied => Some(R::Unknown),
        R::Unknown => Some(R::Roaming),
        R::Roaming => Some(R::MessagesOnly),
        R::MessagesOnly => None,
    })
}

fn rulings() -> Vec<Ruling> {
    all(Ruling::Accept, |ruling| match ruling {
        Ruling::Accept => Some(Ruling::Refuse(42)),
        Ruling::Refuse(_) => Some(Ruling::Silence),
        Ruling::Silence => Some(Ruling::AcceptSilently),
        Ruling::AcceptSilently => Some(Ruling::AcceptAfter(Duration::from_mins(1))),
        Ruling::AcceptAfter(_) => None,
    })
}

fn reaches() -> Vec<Reach> {
    all(Reach::On, |reach| match reach {
        Reach::On => Some(Reach::Off),
        Reach::Off => Some(Reach::Busy),
        Reach::Busy => Some(Reach::Unknown),
        Reach::Unknown => None,
    })
}

fn statuses() -> Vec<Status> {
    all(Status::Unread, |status| match status {
        Status::Unread => Some(Status::Read),
        Status::Read => Some(Status::Unsent),
        Status::Unsent => Some(Status::Sent),
        Status::Sent => None,
    })
}

fn answers() -> Vec<UssdAnswer> {
    use UssdAnswer as U;
    let next = |answer: &U| match answer {
        U::Text(_) => Some(U::Menu("1. Pulsa".to_owned())),
        U::Menu(_) => Some(U::Silence),
        U::Silence => Some(U::Unsupported),
        U::Unsupported => None,
    };
    std::iter::successors(Some(U::Text("Pulsa Rp25.000".to_owned())), next).collect()
}

/// What follows each kind of event: a new one breaks the build here.
fn following(happening: &Happening) -> Option<Happening> {
    use Happening as H;
    let modem = || "modem-1".to_owned();
    let (from, to) = ("+6281234567890".to_owned(), modem());
    Some(match happening {
        H::Text { .. } => H::Notice {
            from: "TELKOMSEL".to_owned(),
            to,
            text: "Pulsa Anda tinggal Rp500".to_owned(),
        },
        H::Notice { .. } => H::Deliver { to, tpdu: "04".to_owned() },
        H::Deliver { .. } => H::Ring { modem: modem(), from, rings: 2 },
        H::Ring { .. } => H::Phone { number: from, reach: Reach::Off },
        H::Phone { .. } => H::Unplug(modem()),
        H::Unplug(_) => {
            H::Replug { modem: modem(), port: Some("modem-9".to_owned()), renumbered: true }
        }
        H::Replug { .. } => H::TakeCardOut(modem()),
        H::TakeCardOut(_) => H::PutCardIn(modem()),
        H::PutCardIn(_) => H::ExchangeCard { modem: modem(), card: modem() },
        H::ExchangeCard { .. } => {
            H::Coverage { modem: modem(), registration: Registration::Denied }
        }
        H::Coverage { .. } => H::Signal { modem: modem(), level: 3 },
        H::Signal { .. } => H::Restart(modem()),
        H::Restart(_) => H::Say { modem: modem(), line: "+CMTE: 1".to_owned() },
        H::Say { .. } => {
            H::Fill { modem: modem(), store: "SM".to_owned(), status: Status::Sent, leaving: 1 }
        }
        H::Fill { .. } => H::Empty { modem: modem(), store: "SM".to_owned(), status: Status::Sent },
        H::Empty { .. } => H::FallSick {
            modem: modem(),
            sick: Sick { sickness: Sickness::Mute, cure: Cure::Power },
        },
        H::FallSick { .. } => H::Recover(modem()),
        H::Recover(_) => H::Faults { modem: modem(), faults: Faults::drawn(1) },
        H::Faults { .. } => H::Ussd { code: "*888#".to_owned(), answer: UssdAnswer::Silence },
        H::Ussd { .. } => H::Edict(Edict {
            ruling: Ruling::Refuse(42),
            card: Some(modem()),
            to: Some("+62812".to_owned()),
            times: Some(2),
        }),
        H::Edict(_) => H::RevokeEdicts,
        H::RevokeEdicts => H::Slow { card: modem(), by: Duration::from_secs(2) },
        H::Slow { .. } => H::Clock {
            ahead: Duration::from_hours(1),
            behind: Duration::ZERO,
            zone: chrono::FixedOffset::east_opt(8 * 3600),
        },
        H::Clock { .. } => return None,
    })
}

fn complaint() -> Happening {
    Happening::Text {
        from: "+6281234567890".to_owned(),
        to: "modem-1".to_owned(),
        text: "DLH # sampah".to_owned(),
        complaint: true,
    }
}

/// One of each kind, and every word that a kind can have.
pub(crate) fn happenings() -> Vec<Happening> {
    let modem = || "modem-1".to_owned();
    let mut all: Vec<_> = std::iter::successors(Some(complaint()), following).collect();
    let kinds: BTreeSet<_> = all.iter().map(Happening::kind).collect();
    assert_eq!(kinds.len(), all.len());
    let sick =
        |sickness, cure| Happening::FallSick { modem: modem(), sick: Sick { sickness, cure } };
    all.extend(sicknesses().into_iter().map(|sickness| sick(sickness, Cure::None)));
    all.extend(cures().into_iter().map(|cure| sick(Sickness::StuckPrompt, cure)));
    all.extend(mishaps().into_iter().map(|mishap| Happening::Faults {
        modem: modem(),
        faults: Faults::once("+CMGS", mishap, 1),
    }));
    all.extend(
        registrations()
            .into_iter()
            .map(|registration| Happening::Coverage { modem: modem(), registration }),
    );
    all.extend(
        rulings()
            .into_iter()
            .map(|ruling| Happening::Edict(Edict { ruling, card: None, to: None, times: None })),
    );
    all.extend(
        reaches().into_iter().map(|reach| Happening::Phone { number: "+6281".to_owned(), reach }),
    );
    all.extend(statuses().into_iter().map(|status| Happening::Empty {
        modem: modem(),
        store: "SM".to_owned(),
        status,
    }));
    all.extend(
        answers().into_iter().map(|answer| Happening::Ussd { code: "*888#".to_owned(), answer }),
    );
    all
}

fn of_one_modem(modem: &str) -> Scenario {
    Scenario::read(&format!("[[modem]]\n{modem}")).unwrap()
}

fn comes_back(scenario: &Scenario) {
    let text = scenario.to_toml().unwrap();
    let read = Scenario::read(&text);
    assert_eq!(read.as_ref(), Ok(scenario), "{text}");
}

#[test]
fn whatever_can_happen_can_be_written_down_and_comes_back() {
    let events = happenings().into_iter().enumerate().map(|(index, happening)| Event {
        at: Duration::from_millis(100 * index as u64),
        once_answered: index % 2 == 1,
        happening,
    });
    comes_back(&Scenario { events: events.collect(), ..of_one_modem("") });
}

#[test]
fn every_family_comes_back_and_every_word_of_the_quirks() {
    for family in Family::ALL {
        comes_back(&Scenario {
            modems: vec![Device { family, ..device() }],
            ..Scenario::default()
        });
    }
    let quirks = r#"
[modem.quirks]
refusal = { cms = 303 }
starting = "plain"
plain_message_errors = true
card_errors_as_cme = true
pin_query_without_ok = true
tries_command = "cpinr"
deaf_after_prompt = "100ms"
while_busy = "ignored"
first_index = 1
empty_place = "bare-ok"
delete_test_lists_taken = false
announces_unstored = true
phase_2 = false
deletes_together = true
full_notice_asked = false
direct_needs_phase_2 = true
acknowledge_within = "3s"
gives_up_after = "5s"
reports = { lost = "SM" }
class_zero = "shown"
keeps_link = false
knows_chup = false
ussd_packed = true
boot_takes = "0.1s"
service_after = "0s"
register_after = "1s"
radio_takes = "200ms"
busy_answers = 2
hides_removal = true
restart = "reboot"
restart_leaves_bus = true
refuses_direct = true
refuses_stored = true
"#;
    let scenario = of_one_modem(quirks);
    comes_back(&scenario);
    let profile = scenario.modems[0].profile();
    assert_eq!((profile.first_index, profile.boot_takes), (1, Duration::from_millis(100)));
    assert_eq!(profile.cnmi_refused, [(1, 1), (1, 2)]);
    for word in [
        "kept",
        "mangled",
        "among-messages",
        "stored",
        "routed",
        "queued",
        "invalid-index",
        "huawei",
        "spic",
        "qpinc",
        "hidden",
        "cpinc",
        "siemens",
        "pct",
        "zpinpuk",
        "cfun",
    ] {
        let key = match word {
            "kept" | "mangled" | "among-messages" => "reports",
            "stored" | "routed" => "class_zero",
            "queued" => "while_busy",
            "invalid-index" => "empty_place",
            "cfun" => "restart",
            _ => "tries_command",
        };
        comes_back(&of_one_modem(&format!("[modem.quirks]\n{key} = \"{word}\"")));
    }
}

fn device() -> Device {
    Device { name: "modem-1".to_owned(), ..Device::default() }
}

#[test]
fn a_card_can_be_in_every_state() {
    let written = |state: SimState| match state {
        SimState::Absent => "inserted = false",
        SimState::Ready => "",
        SimState::Pin => "pin = \"1234\"",
        SimState::Puk => "pin = \"1234\"\npin_tries = 0",
        SimState::Dead => "puk_tries = 0",
    };
    for state in [SimState::Absent, SimState::Ready, SimState::Pin, SimState::Puk, SimState::Dead] {
        let scenario = of_one_modem(&format!("[modem.card]\n{}", written(state)));
        comes_back(&scenario);
        let world = scenario.world(BEGAN);
        assert_eq!(world.modem(0).map(|modem| modem.card().state()), Some(state));
    }
    let lost = of_one_modem("[modem.card]\nlost = true").world(BEGAN);
    assert_eq!(lost.modem(0).map(|modem| modem.card().state()), Some(SimState::Absent));
}

#[test]
fn a_modem_is_as_the_file_says() {
    let scenario = of_one_modem(
        r#"family = "sim800"
plugged = false
baud = 9600
places = { SM = 3 }
card = { number = "+6281100009999", imsi = "510100000000001", has_centre = false }
stored = [{ store = "SM", status = "unread", from = "+6281234567890", text = "DLH # sampah" }]
"#,
    );
    comes_back(&scenario);
    let world = scenario.world(BEGAN);
    let modem = world.modem(0).unwrap();
    assert_eq!((modem.stored("SM"), modem.places("SM"), modem.is_present()), (1, 3, false));
    assert_eq!(modem.card().number, "+6281100009999");
    assert_eq!((modem.card().imsi.as_str(), modem.card().centre.as_str()), ("510100000000001", ""));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_with_what_is_allowed() {
    let cases = [
        ("[[modem]]\nfamily = \"nokia\"", &["line 2, column 10", "simcom-4g"][..]),
        ("[[modem]]\ncolour = 1", &["line 2, column 1", "baud"]),
        (
            "[[modem]]\n[[event]]\nat = \"soon\"\ndo.restart = \"modem-1\"",
            &["line 3, column 6", "2.5s"],
        ),
        ("[[modem]]\n[[event]]\ndo.explode = \"modem-1\"", &["line 3", "unplug", "replug"]),
        (
            "[[modem]]\n\n[[event]]\ndo.unplug = \"modem-2\"",
            &["line 3", "no modem is called", "modem-1"],
        ),
        (
            "[[modem]]\n[[event]]\ndo.text = { from = \"\", to = \"modem-1\", text = \"a\" }",
            &["line 2", "sender"],
        ),
        (
            "[[modem]]\n[[event]]\ndo.notice = { from = \"A LONG NAME OF ALL\", to = \"modem-1\", text = \"a\" }",
            &["11"],
        ),
        (
            "[[modem]]\n[[event]]\ndo.deliver = { to = \"modem-1\", tpdu = \"xy\" }",
            &["hexadecimal"],
        ),
        (
            "[[modem]]\n[[event]]\ndo.replug = { modem = \"modem-1\", port = \"/dev/sda\" }",
            &["port"],
        ),
        ("[[modem]]\n[[event]]\ndo.edict = { ruling = \"maybe\" }", &["line 3", "accept-silently"]),
        ("[[modem]]\nname = \"a\"\n[[modem]]\nname = \"a\"", &["line 3", "two modems"]),
        ("[[modem]]\nplaces = { XX = 1 }", &["line 1", "no store", "SM, ME, SR"]),
        ("[[modem]]\ncard = { number = \"hello\" }", &["number of a card"]),
        ("[network]\nzone = \"WIB\"\n[[modem]]", &["line 2", "+07:00"]),
        ("[[modem]]\n[expect.modem.modem-3]\nstate = \"ready\"", &["no modem is called"]),
        ("[[modem]]\n[card.b]\nnumber = \"hello\"", &["line 2", "number of a card"]),
        ("[[modem]]\n[card.b]\ncolour = 1", &["line 3, column 1", "puk"]),
        ("[[modem]]\n[card.modem-1]", &["line 2", "modem-1", "another card"]),
        ("[[modem]]\n[card.b]\nnumber = \"+6281100000001\"", &["line 2", "another card"]),
        (
            "[[modem]]\n[card.b]\n[[event]]\ndo.exchange-card = { modem = \"modem-1\", card = \"c\" }",
            &["line 3", "modem-1", "cards are: b"],
        ),
        ("[[modem]]\n[card.b]\n[[event]]\ndo.unplug = \"b\"", &["line 3", "no modem is called"]),
        ("", &["[[modem]]"]),
    ];
    for (text, parts) in cases {
        let error = Scenario::read(text).unwrap_err().to_string();
        for part in parts {
            assert!(error.contains(part), "{part:?} is not in:\n{error}\nof:\n{text}");
        }
    }
}

/// What a modem says to a driver that asks a question every half second, and reads and frees places, and opens its port anew
/// now and then.
fn played(scenario: &Scenario, span: Duration) -> Vec<(Duration, usize, Vec<u8>)> {
    let mut world = scenario.world(BEGAN);
    let mut timetable = scenario.timetable();
    let mut said = Vec::new();
    let questions =
        ["AT+CNMI=2,1,0,1,0\r", "AT+CREG?\r", "AT+CPMS?\r", "AT+CMGL=4\r", "AT+CMGD=0,1\r"];
    let mut now = Duration::ZERO;
    let mut asked = 0;
    while now < span {
        let next = [world.poll_timeout(), timetable.due()].into_iter().flatten().min();
        let turn = Duration::from_millis(500) * asked;
        now = next.unwrap_or(turn).min(turn).max(now);
        timetable.advance(&mut world, now);
        if now >= turn {
            let question = questions[asked as usize % questions.len()];
            for index in 0..world.len() {
                if asked % 10 == 9 {
                    world.port_closed(index, now);
                }
                world.handle_bytes(index, question.as_bytes(), now);
            }
            asked += 1;
        }
        for index in 0..world.len() {
            while let Some(octets) = world.poll_transmit(index) {
                said.push((now, index, octets));
            }
        }
    }
    said
}

#[test]
fn two_plays_of_a_seed_give_the_same_octets_at_the_same_times() {
    let span = Duration::from_secs(15);
    for seed in 0..20 {
        let first = played(&Scenario::drawn(seed), span);
        assert!(first.len() > 10, "{seed}: {}", first.len());
        assert_eq!(first, played(&Scenario::drawn(seed), span), "{seed}");
        assert_ne!(first, played(&Scenario::drawn(seed + 1000), span), "{seed}");
    }
}

#[test]
fn a_drawn_scenario_is_the_seeds_and_each_kind_of_trouble_comes_up_and_ends() {
    let drawn: Vec<Scenario> = (0..500).map(Scenario::drawn).collect();
    for (seed, scenario) in (0..500).zip(&drawn) {
        assert_eq!(Scenario::drawn(seed), *scenario);
    }
    let some = |what: &str, holds: &dyn Fn(&Scenario) -> bool| {
        let count = drawn.iter().filter(|scenario| holds(scenario)).count();
        assert!((50..500).contains(&count), "{what}: {count} of 500");
    };
    let happens = |kind: &'static str| {
        move |scenario: &Scenario| {
            scenario.events.iter().any(|event| event.happening.kind() == kind)
        }
    };
    for kind in [
        "unplug",
        "replug",
        "coverage",
        "take-card-out",
        "put-card-in",
        "say",
        "fill",
        "empty",
        "edict",
    ] {
        some(kind, &happens(kind));
    }
    some("few places", &|scenario| scenario.modems.iter().any(|modem| !modem.places.is_empty()));
    some("two modems", &|scenario| scenario.modems.len() == 2);
    some("doubled reports", &|scenario| scenario.network.reports_doubled_per_million > 0);
    some("sickness", &|scenario| scenario.modems.iter().any(|modem| modem.faults.sick.is_some()));
    some("another number", &|scenario| {
        let renumbered =
            |event: &Event| matches!(event.happening, Happening::Replug { renumbered: true, .. });
        scenario.events.iter().any(renumbered)
    });
    for scenario in &drawn {
        comes_back(scenario);
        assert!((4..=8).contains(&scenario.complainants().len()));
        // Of a report that is lost and of an answer that never comes nobody could say what is right.
        assert_eq!(scenario.network.reports_lost_per_million, 0);
        let last = |kinds: [&str; 2]| {
            let of_kind = |event: &&Event| kinds.contains(&event.happening.kind());
            scenario.modems.iter().all(|modem| {
                let own = |event: &&Event| event.happening.modem() == Some(&modem.name);
                let last = scenario.events.iter().filter(of_kind).rfind(own);
                last.is_none_or(|last| last.happening.kind() == kinds[1])
            })
        };
        assert!(last(["unplug", "replug"]) && last(["take-card-out", "put-card-in"]));
        assert!(last(["fill", "empty"]), "{scenario:?}");
    }
    // In the end every modem is there, has its card, and has a network where its coverage is one.
    for scenario in drawn.iter().take(100) {
        let (mut world, mut timetable) = (scenario.world(BEGAN), scenario.timetable());
        timetable.advance(&mut world, Duration::from_mins(1));
        assert!(timetable.is_over());
        for index in 0..world.len() {
            let modem = world.modem(index).unwrap();
            assert!(modem.is_present() && modem.is_reachable(), "{scenario:?}");
            assert_eq!(modem.card().state(), SimState::Ready);
        }
    }
}

#[test]
fn what_lies_on_a_card_and_what_is_for_it_go_with_it_from_modem_to_modem() {
    let scenario = Scenario::read(
        r#"[[modem]]
family = "sim800"
[[modem]]
family = "sim800"
[card.spare]
number = "+6281100000009"
[[event]]
at = "1s"
do.text = { from = "+6281234567890", to = "spare", text = "satu" }
[[event]]
at = "2s"
do.exchange-card = { modem = "modem-1", card = "spare" }
[[event]]
at = "4s"
do.text = { from = "+6281234567890", to = "modem-1", text = "dua" }
[[event]]
at = "4s"
do.text = { from = "+6281234567890", to = "modem-1", text = "tiga" }
[[event]]
at = "6s"
do.exchange-card = { modem = "modem-2", card = "modem-1" }
[[event]]
at = "9s"
do.exchange-card = { modem = "modem-1", card = "modem-1" }
[[event]]
at = "12s"
do.put-card-in = "modem-2"
"#,
    )
    .unwrap();
    comes_back(&scenario);
    let (mut world, mut timetable) = (scenario.world(BEGAN), scenario.timetable());
    let [first, second, spare] = ["+6281100000001", "+6281100000002", "+6281100000009"];
    let mut at = |milliseconds: u64| {
        timetable.advance(&mut world, Duration::from_millis(milliseconds));
        let seats = [0, 1].map(|index| {
            let modem = world.modem(index).unwrap();
            (modem.card().number.clone(), modem.stored("SM"), modem.is_reachable())
        });
        (seats, [first, spare].map(|card| world.network().waiting(card)))
    };
    let seat = |card: &str, stored, reachable| (card.to_owned(), stored, reachable);
    assert_eq!(at(1500), ([seat(first, 0, true), seat(second, 0, true)], [0, 1]));
    assert_eq!(at(3500), ([seat(spare, 1, true), seat(second, 0, true)], [0, 0]));
    assert_eq!(at(5500), ([seat(spare, 1, true), seat(second, 0, true)], [2, 0]));
    assert_eq!(at(8500), ([seat(spare, 1, true), seat(first, 2, true)], [0, 0]));
    // It comes from the other modem, and what was in its place lies beside that.
    assert_eq!(at(11500), ([seat(first, 2, true), seat(spare, 1, false)], [0, 0]));
    assert_eq!(at(14000), ([seat(first, 2, true), seat(spare, 1, true)], [0, 0]));
}

#[test]
fn what_was_being_handed_over_when_a_card_went_comes_when_it_is_back() {
    let scenario = Scenario::read(
        r#"[[modem]]
[card.spare]
[[event]]
at = "1s"
do.text = { from = "+6281234567890", to = "modem-1", text = "satu" }
[[event]]
at = "2s"
do.exchange-card = { modem = "modem-1", card = "spare" }
[[event]]
at = "20s"
do.exchange-card = { modem = "modem-1", card = "modem-1" }
"#,
    )
    .unwrap();
    let (mut world, mut timetable) = (scenario.world(BEGAN), scenario.timetable());
    let mut heard = |until: u64, line: &str| {
        let now = Duration::from_millis(until);
        timetable.advance(&mut world, now);
        world.handle_bytes(0, line.as_bytes(), now);
        let octets: Vec<u8> = std::iter::from_fn(|| world.poll_transmit(0)).flatten().collect();
        (String::from_utf8(octets).unwrap(), world.network().waiting("+6281100000001"))
    };
    // Routed, and never acknowledged.
    heard(500, "AT+CSMS=1;+CNMI=2,2,0,1,0\r");
    let (said, waiting) = heard(1500, "");
    assert_eq!((said.matches("+CMT:").count(), waiting), (1, 1), "{said}");
    let (said, waiting) = heard(19_000, "AT+CNMI=2,2,0,1,0\r");
    assert_eq!((said.matches("+CMT:").count(), waiting), (0, 1), "{said}");
    let (said, waiting) = heard(25_000, "AT+CNMA\r");
    assert_eq!((said.matches("+CMT:").count(), waiting), (1, 0), "{said}");
}

#[test]
fn an_event_that_waits_for_answers_makes_later_ones_as_late() {
    let scenario = Scenario::read(
        r#"[[modem]]
[[event]]
at = "1s"
do.text = { from = "+6281234567890", to = "modem-1", text = "DLH # sampah" }
[[event]]
at = "2s"
once_answered = true
do.unplug = "modem-1"
[[event]]
at = "3s"
do.replug = { modem = "modem-1" }
"#,
    )
    .unwrap();
    let (mut world, mut timetable) = (scenario.world(BEGAN), scenario.timetable());
    let seconds = Duration::from_secs;
    let there = |world: &World| world.modem(0).is_some_and(Modem::is_present);
    timetable.advance(&mut world, seconds(9));
    assert_eq!(timetable.unanswered(&world), ["+6281234567890"]);
    assert_eq!((there(&world), timetable.due()), (true, None));
    // The receipt, by another way than this modem.
    world.network_mut().text("+6285600000001", "+6281234567890", "Diterima", seconds(9)).unwrap();
    timetable.advance(&mut world, seconds(10));
    assert_eq!(timetable.unanswered(&world), Vec::<&str>::new());
    assert_eq!((there(&world), timetable.due()), (false, Some(seconds(11))));
    timetable.advance(&mut world, seconds(11));
    assert!(there(&world) && timetable.is_over());
}
