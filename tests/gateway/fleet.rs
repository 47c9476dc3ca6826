//! Eight modems of five families at once. One of them misbehaves, in each way that a simulator can play, while the others
//! carry traffic: nothing is lost, what is sent to the others is answered while the sick one is still sick, and what that one
//! held is not lost either once it is well. How long the others take beside it, the benchmark `modems` measures.

use std::fs::File;
use std::ops::Range;
use std::time::Duration;

use aduan::simulator::{
    Cure, Faults, Mishap, Modem, ModemSetup, NetworkOptions, Profile, Registration, Ruling, Setup,
    Sick, Sickness, SimCard, Simulation, Status, Storm,
};
use nix::fcntl::{Flock, FlockArg};
use serde_json::Value;

use crate::support::{CENTRE, Gateway, Office, PATIENCE};

pub const MODEMS: usize = 8;
/// The one that misbehaves.
pub const SICK: usize = 3;
/// Complaints for each modem, before it falls ill and during its illness.
pub const EACH: usize = 4;

pub fn card(modem: usize) -> String {
    format!("+62811000000{:02}", modem + 1)
}

pub fn phone(modem: usize, index: usize) -> String {
    format!("+62812{:04}{index:04}", modem + 1)
}

pub fn family(modem: usize) -> Profile {
    let families = [
        Profile::simcom_4g,
        Profile::huawei_e1752,
        Profile::quectel_ec25,
        Profile::sim800,
        Profile::wavecom,
    ];
    Profile { gives_up_after: Duration::from_secs(3), ..families[modem % families.len()]() }
}

/// A way to misbehave, and how it ends.
struct Illness {
    strikes: fn(&Simulation),
    ends: fn(&Simulation),
}

pub fn faulty(simulation: &Simulation, faults: Faults) {
    simulation.with_modem(SICK, |modem, now| modem.set_faults(faults, now));
}

pub fn faultless(simulation: &Simulation) {
    faulty(simulation, Faults::default());
}

/// It is there and does not work, until it is well again.
fn falls_sick(simulation: &Simulation, sickness: Sickness) {
    let sick = Sick { sickness, cure: Cure::None };
    simulation.with_modem(SICK, |modem, now| modem.fall_sick(sick, now));
}

/// It works until its next text, and then hangs at its prompt.
fn hangs_at_the_prompt(simulation: &Simulation) {
    let sick = Sick { sickness: Sickness::StuckPrompt, cure: Cure::None };
    faulty(simulation, Faults::once("+CMGS", Mishap::FallSick(sick), 1));
}

/// It says one of these lines again and again.
fn says(simulation: &Simulation, every: Duration, lines: &[&str]) {
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    faulty(
        simulation,
        Faults { seed: 8, storm: Some(Storm { every, lines }), ..Faults::default() },
    );
}

/// Every place of its stores holds a draft of the card's former life, so that nothing can arrive.
fn full_of_drafts(simulation: &Simulation) {
    simulation.with_modem(SICK, |modem, _| {
        for store in ["SM", "ME"] {
            while modem.keep(store, Status::Unsent, b"draft") {}
        }
    });
}

fn without_drafts(simulation: &Simulation) {
    simulation.with_modem(SICK, |modem, _| {
        for store in ["SM", "ME"] {
            modem.remove(store, Status::Unsent);
        }
    });
}

fn coverage(simulation: &Simulation, coverage: Registration) {
    simulation.with_modem(SICK, |modem, now| modem.set_coverage(coverage, now));
}

/// The network treats what the sick one submits like this, and all others well.
pub fn ruled(simulation: &Simulation, ruling: Ruling) {
    let sick = card(SICK);
    simulation.with_network(|network, _| {
        network.set_rule(move |from, _| if from == sick { ruling } else { Ruling::Accept });
    });
}

pub fn allowed(simulation: &Simulation) {
    ruled(simulation, Ruling::Accept);
}

/// One of the modems as it is when it is well.
pub fn well(office: &Office, index: usize) -> ModemSetup {
    ModemSetup {
        profile: family(index),
        imei: format!("8612340500000{index:02}"),
        ..ModemSetup::new(office.home.port(index), SimCard::new(&card(index), CENTRE))
    }
}

pub fn town(modems: Vec<ModemSetup>) -> Simulation {
    let network =
        NetworkOptions { retry_after_max: Duration::from_secs(1), ..NetworkOptions::default() };
    Simulation::start(Setup { network, modems }).unwrap()
}

fn fleet(office: &Office, card_of_sick: &SimCard) -> Simulation {
    let mut modems: Vec<_> = (0..MODEMS).map(|index| well(office, index)).collect();
    modems[SICK].card = card_of_sick.clone();
    town(modems)
}

/// An office with so many modems.
pub fn office_of(modems: usize) -> Office {
    // A text bound to the sick one may leave by another soon, and receipts of unknown fate are soon given up.
    Office::with_modems(modems).sending("other_sim_after = \"2s\"\nunknown_grace = \"1s\"").hasty()
}

fn office() -> Office {
    office_of(MODEMS)
}

/// Every modem but the sick one, and it too when `all` says so, gets its next complaints.
fn complain(simulation: &Simulation, all: bool, from: usize) {
    for index in from..from + EACH {
        for modem in (0..MODEMS).filter(|modem| all || *modem != SICK) {
            let text = format!("DLH # sampah menumpuk {modem}-{index}");
            simulation.text(&phone(modem, index), &card(modem), &text).unwrap();
        }
    }
}

/// Waits until everybody who wrote to one of the well modems has a receipt; or the sick one has lost it: where the well ones are
/// slow it takes their texts too.
pub async fn the_others_answer(office: &Gateway, upto: usize) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let (given_up, simulation) = (given_up(office), &office.simulation);
        let unanswered: Vec<String> = (0..MODEMS)
            .filter(|modem| *modem != SICK)
            .flat_map(|modem| (0..upto).map(move |index| phone(modem, index)))
            .filter(|phone| simulation.phone(phone).is_empty() && !given_up.contains(phone))
            .collect();
        if unanswered.is_empty() {
            return;
        }
        let now = tokio::time::Instant::now();
        assert!(now < deadline, "no receipt: {unanswered:?}\n{}", office.told());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

pub fn received(office: &Gateway, modem: usize, upto: usize) -> Vec<usize> {
    (0..upto).map(|index| office.simulation.phone(&phone(modem, index)).len()).collect()
}

pub fn ready(status: &Value, modem: usize) -> bool {
    status["modems"][modem]["state"] == "ready"
}

/// One illness from its beginning to its end.
async fn carried_on_beside(illness: Illness) {
    let office = office();
    let simulation = fleet(&office, &SimCard::new(&card(SICK), CENTRE));
    let office = Gateway::of(simulation, office).await;
    carried_on_in(&office, illness.strikes, illness.ends).await;
}

/// The same in an office that is open.
pub async fn carried_on_in(
    office: &Gateway,
    strikes: impl FnOnce(&Simulation),
    ends: impl FnOnce(&Simulation),
) {
    office.desk().status_until(|status| (0..MODEMS).all(|modem| ready(status, modem))).await;
    // It falls ill in the middle of its work.
    complain(&office.simulation, true, 0);
    strikes(&office.simulation);
    complain(&office.simulation, true, EACH);
    the_others_answer(office, 2 * EACH).await;
    ends(&office.simulation);
    let outbox = office.settled(MODEMS * 2 * EACH).await;
    for modem in 0..MODEMS {
        let counts = received(office, modem, 2 * EACH);
        let read = |index| office.simulation.phone(&phone(modem, index));
        let twice: Vec<_> = (0..2 * EACH).map(read).filter(|texts| texts.len() > 1).collect();
        assert!(twice.is_empty(), "{modem}: {counts:?}, {outbox}: {twice:?}\n{}", office.told());
    }
    // Who reads nothing was sent a text that nobody knows the fate of.
    let given_up = given_up(office);
    for phone in (0..MODEMS).flat_map(|modem| (0..2 * EACH).map(move |index| phone(modem, index))) {
        let has_read = !office.simulation.phone(&phone).is_empty();
        assert!(has_read || given_up.contains(&phone), "{phone}: {given_up:?}\n{}", office.told());
    }
}

/// Whose texts are of unknown fate, or were dropped since they are.
fn given_up(office: &Gateway) -> Vec<String> {
    let register = rusqlite::Connection::open(office.database()).unwrap();
    let sql = "SELECT recipient FROM outbox WHERE state IN ('unknown', 'dropped')";
    let mut recipients = register.prepare(sql).unwrap();
    let recipients = recipients.query_map([], |row| row.get(0)).unwrap();
    recipients.map(Result::unwrap).collect()
}

macro_rules! illnesses {
    ($($name:ident: $strikes:expr => $ends:expr;)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            carried_on_beside(Illness { strikes: $strikes, ends: $ends }).await;
        }
    )*};
}

const ALWAYS: u32 = 1_000_000;

illnesses! {
    one_that_was_pulled_out:
        |simulation| simulation.unplug(SICK) => |simulation| simulation.plug_in(SICK);
    one_that_is_mute:
        |simulation| faulty(simulation, Faults { mute: true, ..Faults::default() }) => faultless;
    one_that_answers_everything_with_an_error:
        |simulation| faulty(simulation, Faults { errors_per_million: ALWAYS, ..Faults::default() }) => faultless;
    one_that_never_says_the_last_word:
        |simulation| faulty(simulation, Faults { swallowed_per_million: ALWAYS, ..Faults::default() }) => faultless;
    one_that_refuses_everything_and_announces_nothing:
        |simulation| falls_sick(simulation, Sickness::Errors) => faultless;
    one_that_hangs_at_its_prompt: hangs_at_the_prompt => faultless;
    one_that_sends_noise: |simulation| falls_sick(simulation, Sickness::Noise { lines: false }) => faultless;
    one_that_sends_noise_in_lines: |simulation| falls_sick(simulation, Sickness::Noise { lines: true }) => faultless;
    one_that_tells_where_it_is: |simulation| falls_sick(simulation, Sickness::Positions) => faultless;
    one_that_speaks_to_technicians: |simulation| falls_sick(simulation, Sickness::Diagnosis) => faultless;
    one_that_shows_no_notices: |simulation| falls_sick(simulation, Sickness::NoNotices) => faultless;
    one_that_restarts_in_the_middle_of_each_text:
        |simulation| faulty(simulation, Faults::once("+CMGS", Mishap::Reset, 3)) => faultless;
    one_that_restarts_all_the_time:
        |simulation| faulty(simulation, Faults { seed: 5, resets_per_million: ALWAYS / 5, ..Faults::default() }) => faultless;
    one_that_chatters_without_end:
        |simulation| {
            let storm = Storm { every: Duration::from_millis(1), lines: Vec::new() };
            faulty(simulation, Faults { storm: Some(storm), ..Faults::default() });
        } => faultless;
    one_that_says_without_end_that_it_has_restarted:
        |simulation| says(simulation, Duration::from_millis(100), &["RDY"]) => faultless;
    one_whose_card_is_taken_out:
        |simulation| { simulation.with_modem(SICK, Modem::take_card_out); }
        => |simulation| { simulation.with_modem(SICK, Modem::put_card_in); };
    one_that_cries_for_its_card:
        |simulation| says(simulation, Duration::from_millis(100), &["+CPIN: NOT INSERTED"]) => faultless;
    one_that_is_short_of_power:
        |simulation| says(simulation, Duration::from_millis(5), &["UNDER-VOLTAGE WARNNING", "+CMTE: 1,90"]) => faultless;
    one_whose_registration_changes_without_end:
        |simulation| says(simulation, Duration::from_millis(2), &["+CREG: 2", "+CREG: 1", "+CREG: 0"]) => faultless;
    one_that_announces_what_is_not_there:
        |simulation| says(simulation, Duration::from_millis(2), &["+CMTI: \"SM\",7", "+CDSI: \"SR\",3"]) => faultless;
    one_that_rings_without_end:
        |simulation| {
            simulation.with_modem(SICK, |modem, now| modem.ring("+62215550000", u8::MAX, now));
        } => |_| {};
    one_whose_stores_are_full: full_of_drafts => without_drafts;
    one_whose_messages_collide: |simulation| ruled(simulation, Ruling::Refuse(512)) => allowed;
    one_whose_octets_come_one_by_one:
        |simulation| {
            let pause_max = Duration::from_millis(10);
            faulty(simulation, Faults { seed: 6, split_octets_max: 1, pause_max, ..Faults::default() });
        } => faultless;
    one_without_a_network:
        |simulation| coverage(simulation, Registration::Searching)
        => |simulation| coverage(simulation, Registration::Home);
    one_that_the_network_denies:
        |simulation| coverage(simulation, Registration::Denied)
        => |simulation| coverage(simulation, Registration::Home);
    one_whose_card_is_barred:
        |simulation| ruled(simulation, Ruling::Refuse(8)) => allowed;
    one_that_knows_only_unknown_errors:
        |simulation| ruled(simulation, Ruling::Refuse(500)) => allowed;
    one_whose_network_does_not_answer:
        |simulation| ruled(simulation, Ruling::Silence) => allowed;
}

/// One that cannot come into service at all, with this card.
async fn carried_on_without(card_of_sick: &SimCard, warning: &str) {
    let office = office();
    let simulation = fleet(&office, card_of_sick);
    let office = Gateway::of(simulation, office).await;
    complain(&office.simulation, false, 0);
    the_others_answer(&office, EACH).await;
    let status =
        office.desk().status_until(|status| status["modems"][SICK]["state"] == "blocked").await;
    assert_eq!(status["modems"][SICK]["warnings"][0], warning);
    office.settled((MODEMS - 1) * EACH).await;
    for modem in (0..MODEMS).filter(|modem| *modem != SICK) {
        assert_eq!(received(&office, modem, EACH), [1; EACH], "{modem}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_card_is_locked() {
    let card = SimCard::new(&card(SICK), CENTRE).with_pin("4711", "12345678");
    carried_on_without(&card, "locked").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_without_a_card() {
    carried_on_without(&SimCard::new(&card(SICK), CENTRE).removed(), "no-card").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_port_another_program_holds() {
    let office = office();
    let simulation = fleet(&office, &SimCard::new(&card(SICK), CENTRE));
    let port = File::options().read(true).write(true).open(office.home.port(SICK)).unwrap();
    let held = Flock::lock(port, FlockArg::LockExclusiveNonblock).unwrap();
    let office = Gateway::of(simulation, office).await;
    complain(&office.simulation, true, 0);
    the_others_answer(&office, EACH).await;
    let held_by_another = |status: &Value| {
        // It is this program that holds it, under the port's own name.
        status["modems"][SICK]["error"]["code"] == "port-held-here"
    };
    office.desk().status_until(held_by_another).await;
    drop(held);
    office.settled(MODEMS * EACH).await;
    for modem in 0..MODEMS {
        assert_eq!(received(&office, modem, EACH), [1; EACH], "{modem}");
    }
}

/// Everybody has a mixture of faults, and each another one.
async fn all_at_once(seeds: Range<u64>) {
    let office = office();
    let simulation = fleet(&office, &SimCard::new(&card(SICK), CENTRE));
    for (modem, seed) in seeds.enumerate() {
        simulation.with_modem(modem, |modem, now| modem.set_faults(Faults::drawn(seed), now));
    }
    let office = Gateway::of(simulation, office).await;
    complain(&office.simulation, true, 0);
    office.settled(MODEMS * EACH).await;
    for modem in 0..MODEMS {
        let counts = received(&office, modem, EACH);
        assert!(counts.iter().all(|count| *count <= 1), "{modem}: {counts:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_mixtures_of_faults_lose_nothing_1() {
    all_at_once(0..8).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_mixtures_of_faults_lose_nothing_2() {
    all_at_once(8..16).await;
}

/// A line that loses and doubles octets: what comes through is not always what was sent, but the others never notice.
#[tokio::test(flavor = "multi_thread")]
async fn one_on_a_bad_cable() {
    let office = office();
    let simulation = fleet(&office, &SimCard::new(&card(SICK), CENTRE));
    let office = Gateway::of(simulation, office).await;
    office.desk().status_until(|status| (0..MODEMS).all(|modem| ready(status, modem))).await;
    let (lost_per_million, doubled_per_million) = (5000, 5000);
    let faults = Faults { seed: 7, lost_per_million, doubled_per_million, ..Faults::default() };
    faulty(&office.simulation, faults);
    complain(&office.simulation, true, 0);
    the_others_answer(&office, EACH).await;
    faultless(&office.simulation);
    office.until("the sick one's mail", |network| network.waiting(&card(SICK)) == 0).await;
    for modem in (0..MODEMS).filter(|modem| *modem != SICK) {
        assert_eq!(received(&office, modem, EACH), [1; EACH], "{modem}");
    }
}
