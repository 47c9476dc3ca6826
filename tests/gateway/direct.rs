//! Direct routing: the modem hands messages over and stores none, so that the acknowledgement is all that frees them.

use std::collections::BTreeSet;
use std::time::Duration;

use aduan::simulator::{
    Faults, Modem, ModemSetup, NetworkOptions, Profile, Setup, SimCard, Simulation,
};
use serde_json::Value;

use crate::support::{CARD, CENTRE, Gateway, Office, PATIENCE};

const PHONE: &str = "+6281234567890";

async fn gateway(profile: Profile) -> Gateway {
    let office = Office::closed().modem("receive = \"direct\"");
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    Gateway::of(Simulation::start(setup).unwrap(), office).await
}

fn all_families() -> [Profile; 8] {
    [
        Profile::simcom_4g(),
        Profile::huawei_e1752(),
        Profile::wavecom(),
        Profile::quectel_ec25(),
        Profile::sim800(),
        Profile::cinterion_mc75i(),
        Profile::zte_mf190(),
        Profile::telit_he910(),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_family_hands_over_and_every_message_is_acknowledged_once() {
    const TEXTS: usize = 12;
    for profile in all_families() {
        let model = profile.model;
        let office = gateway(profile).await;
        office.complain(PHONE, "DISHUB # lampu mati").await;
        for index in 0..TEXTS {
            let phone = format!("+62856{index:08}");
            office.simulation.text(&phone, CARD, "PDAM # air mati").unwrap();
        }
        office.settled(1 + TEXTS).await;
        let (waiting, declined) = office
            .simulation
            .with_network(|network, _| (network.waiting(CARD), network.declined(CARD)));
        assert_eq!((waiting, declined), (0, 0), "{model}");
        // What was acknowledged too late, because other programs were busy, the modem has stored: it is read and freed too.
        let freed = async {
            while office.simulation.with_modem(0, |modem, _| modem.stored("MT")) != Some(0) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, freed).await.expect(model);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_does_not_hand_over_is_asked_to_store() {
    let profile = Profile { cnmi_refused: &[(1, 2)], ..Profile::simcom_4g() };
    let office = gateway(profile).await;
    office.complain(PHONE, "DISHUB # lampu mati").await;
    office.settled(1).await;
}

fn warns(status: &serde_json::Value, warning: &str) -> bool {
    status["modems"][0]["warnings"].as_array().unwrap().iter().any(|token| token == warning)
}

fn was_told(office: &Gateway, line: &'static str) -> bool {
    let told = |modem: &mut Modem, _| modem.heard().any(|heard| heard.contains(line));
    office.simulation.with_modem(0, told).unwrap()
}

/// Where nobody could tell the network that a message was not kept, handing over is not safe.
#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_takes_no_acknowledgement_is_asked_to_store_and_that_is_said() {
    let office = gateway(Profile { phase_2: false, ..Profile::simcom_4g() }).await;
    office.complain(PHONE, "DISHUB # lampu mati").await;
    office.settled(1).await;
    let status = office.desk().status_until(|status| warns(status, "stored-instead")).await;
    assert!(!warns(&status, "unacknowledged"), "{status:#}");
    assert!(!was_told(&office, "AT+CNMI=2,2") && was_told(&office, "AT+CNMI=2,1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_can_neither_store_nor_be_acknowledged_serves_and_its_danger_is_said() {
    let office =
        gateway(Profile { phase_2: false, cnmi_refused: &[(1, 1)], ..Profile::simcom_4g() });
    let office = office.await;
    office.complain(PHONE, "DISHUB # lampu mati").await;
    office.settled(1).await;
    let status = office.desk().status_until(|status| warns(status, "unacknowledged")).await;
    assert!(!warns(&status, "stored-instead"), "{status:#}");
}

/// `+CMTI: ,-1`: the centre has the message still, and the modem has no place for any.
#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_announces_what_it_does_not_store_is_told_to_hand_over() {
    for phase_2 in [true, false] {
        let office = Office::closed();
        let card = SimCard::new(CARD, CENTRE);
        let profile = Profile { announces_unstored: true, phase_2, ..Profile::simcom_4g() };
        let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
        let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
        let office = Gateway::of(Simulation::start(setup).unwrap(), office).await;
        office.complain(PHONE, "DISHUB # lampu mati").await;
        let status = office.desk().status_until(|status| warns(status, "not-stored")).await;
        assert_eq!(warns(&status, "unacknowledged"), !phase_2, "{status:#}");
        // It has forgotten that when it restarts, and is told again before anything comes.
        office.simulation.with_modem(0, Modem::reset);
        office.complain("+6285600000001", "PDAM # air mati").await;
        office.settled(2).await;
        let status = office.desk().status_until(|status| warns(status, "not-stored")).await;
        assert_eq!(status["modems"][0]["state"], "ready", "{status:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_neither_stores_nor_hands_over_is_warned_of() {
    let office = Office::closed();
    let card = SimCard::new(CARD, CENTRE);
    let cnmi_refused = &[(1, 2)];
    let profile = Profile { announces_unstored: true, cnmi_refused, ..Profile::simcom_4g() };
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let office = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    office.desk().status_until(|status| warns(status, "not-stored")).await;
}

/// An acknowledgement that comes too late switches routing off (3GPP TS 27.005 §3.4.1).
#[tokio::test(flavor = "multi_thread")]
async fn routing_that_was_switched_off_is_switched_on_again() {
    let acknowledge_within = Duration::from_micros(1);
    let office = gateway(Profile { acknowledge_within, ..Profile::simcom_4g() }).await;
    for index in 0..5 {
        let phone = format!("+62856{index:08}");
        office.simulation.text(&phone, CARD, "PDAM # air mati").unwrap();
    }
    // Each is handed over until an acknowledgement is in time, which none is: but each was kept, and kept once.
    office.until("every receipt", |network| network.messages().len() == 5).await;
    office.until("a late acknowledgement", |network| network.declined(CARD) > 5).await;
    let inbox = office.desk().tell("sari", &["inbox", "--all"]).await;
    assert_eq!(inbox["tickets"].as_array().map(Vec::len), Some(5), "{inbox:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_kept_is_refused_and_comes_again() {
    // A modem with all the patience in the world: only a refusal ends the wait.
    let acknowledge_within = Duration::from_hours(1);
    let office = gateway(Profile { acknowledge_within, ..Profile::simcom_4g() }).await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    let rename = |from: &str, to: &str| {
        let database = rusqlite::Connection::open(office.database()).unwrap();
        database.execute_batch(&format!("ALTER TABLE {from} RENAME TO {to}")).unwrap();
    };
    rename("part", "part_elsewhere");
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    office.until("a refusal", |network| network.declined(CARD) > 0).await;
    rename("part_elsewhere", "part");
    office.settled(1).await;
    assert_eq!(office.simulation.phone(PHONE).len(), 1);
}

/// The line loses octets while texts are handed over: the centre has them until one comes whole.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_line_has_damaged_is_refused_and_comes_again() {
    const TEXTS: usize = 12;
    const TEXTS_MAX: usize = 100;
    let office = Office::closed().hasty().modem("receive = \"direct\"");
    let card = SimCard::new(CARD, CENTRE);
    let profile = Profile { acknowledge_within: Duration::from_secs(1), ..Profile::simcom_4g() };
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let office = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    let lossy = Faults { seed: 3, lost_per_million: 4000, ..Faults::default() };
    office.simulation.with_modem(0, |modem, now| modem.set_faults(lossy, now));
    let text =
        |index: usize| format!("DISHUB # lampu jalan nomor {index} mati sejak tiga hari yang lalu");
    let write = |index| {
        office.simulation.text(&format!("+62856{index:08}"), CARD, &text(index)).unwrap();
    };
    (0..TEXTS).for_each(write);
    // Which octets are lost is drawn as they come: now and then too few of these are struck.
    let mut texts = TEXTS;
    while office.simulation.with_network(|network, _| network.declined(CARD)) < 3 {
        let all_came = office.simulation.with_network(|network, _| network.waiting(CARD)) == 0;
        if all_came && texts < TEXTS_MAX {
            write(texts);
            texts += 1;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    office.simulation.with_modem(0, |modem, now| modem.set_faults(Faults::default(), now));
    let all = |inbox: &Value| inbox["tickets"].as_array().unwrap().len() == texts;
    office.desk().until(&["inbox", "--all"], all).await;
    let register = rusqlite::Connection::open(office.database()).unwrap();
    let mut read = register.prepare("SELECT text FROM inbound").unwrap();
    let kept: BTreeSet<Option<String>> =
        read.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(kept, (0..texts).map(|index| Some(text(index))).collect());
}

/// A stick that restarts without a word takes what it routes for delivered until it is told again that it is not.
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_that_nobody_announced_is_noticed_and_acknowledgements_are_wanted_again() {
    let office = Office::closed().hasty().modem("receive = \"direct\"");
    let card = SimCard::new(CARD, CENTRE);
    let profile = Profile::huawei_e1752();
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let office = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    office.complain(PHONE, "DISHUB # lampu mati").await;
    office.simulation.with_modem(0, Modem::reset);
    let wanted =
        |modem: &mut Modem, _| modem.heard().filter(|line| line.starts_with("AT+CSMS=1")).count();
    let again = async {
        while office.simulation.with_modem(0, wanted) != Some(2) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, again).await.expect("it is told again");
    office.complain("+6285600000001", "PDAM # air mati").await;
    office.settled(2).await;
}
