//! Every family of modems does the main job: it is brought up, takes a complaint, sends the receipt and tells its fate.

use std::time::Duration;

use aduan::simulator::{
    Cure, Faults, ModemSetup, NetworkOptions, Profile, Setup, Sick, Sickness, SimCard, Simulation,
    Storm,
};

use crate::support::{CARD, CENTRE, Gateway, Office};

const PHONE: &str = "+6281234567890";

/// A line that cuts, delays and joins what the modem says.
fn rough(seed: u64) -> Faults {
    Faults {
        seed,
        split_octets_max: 7,
        pause_max: Duration::from_millis(3),
        merge_within: Duration::from_millis(2 * (seed % 2)),
        ..Faults::default()
    }
}

/// A modem that chatters all the while.
fn chatty() -> Faults {
    let storm = Storm { every: Duration::from_millis(10), lines: Vec::new() };
    Faults { storm: Some(storm), seed: 7, split_octets_max: 7, ..Faults::default() }
}

/// A complaint, a long one in parts that must be joined, and what became of both receipts.
async fn serves(profile: Profile, faults: Faults) {
    let model = profile.model;
    let office = Gateway::with(profile, faults).await;
    let long = format!("RSUD # {} 🙏", "toilet ruang tunggu kotor dan air mati. ".repeat(6));
    for (phone, text) in [(PHONE, "DISHUB # lampu merah mati"), ("+6285600000001", &long)] {
        let number = office.complain(phone, text).await;
        let ticket = office
            .desk()
            .ticket_until(&number, |ticket| ticket["replies"][0]["state"] == "delivered")
            .await;
        assert_eq!(ticket["messages"][0]["text"], text, "{model}");
    }
    let status = office.desk().tell("sari", &["status"]).await;
    assert_eq!(status["modems"][0]["state"], "ready", "{status:#}");
    office.simulation.with_modem(0, |modem, _| {
        assert_eq!(["SM", "ME", "SR"].map(|store| modem.stored(store)), [0; 3], "{model}");
    });
}

macro_rules! families {
    ($($name:ident)*) => {$(
        mod $name {
            use super::{Faults, Profile, chatty, rough, serves};

            #[tokio::test(flavor = "multi_thread")]
            async fn serves_from_complaint_to_delivered_receipt() {
                serves(Profile::$name(), Faults::default()).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn serves_over_a_line_that_cuts_and_joins() {
                tokio::join!(serves(Profile::$name(), rough(1)), serves(Profile::$name(), rough(2)));
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn serves_while_it_chatters() {
                serves(Profile::$name(), chatty()).await;
            }
        }
    )*};
}

families! { simcom_4g huawei_e1752 wavecom quectel_ec25 sim800 cinterion_mc75i zte_mf190 telit_he910 }

/// The parts of a long complaint arrive while the first of them is taken.
#[tokio::test(flavor = "multi_thread")]
async fn one_that_deletes_all_parts_with_the_first_loses_none() {
    let profile =
        || Profile { model: "SIMCOM_SIM600", deletes_together: true, ..Profile::sim800() };
    tokio::join!(serves(profile(), Faults::default()), serves(profile(), rough(1)));
}

/// Those that are not in the tests of sickness and of full stores, and what restarts them.
fn others() -> [(Profile, &'static str); 3] {
    [
        (Profile::cinterion_mc75i(), "AT+CFUN=1,1"),
        (Profile::zte_mf190(), "AT+CFUN=1,1"),
        (Profile::telit_he910(), "AT#REBOOT"),
    ]
}

fn town(office: &Office, profile: Profile, places: Vec<(String, usize)>) -> Simulation {
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, places, ..ModemSetup::new(office.home.port(0), card) };
    Simulation::start(Setup { network: NetworkOptions::instant(), modems: vec![modem] }).unwrap()
}

/// Told to by an admin, and by the ladder when it answers nothing.
async fn restarts_at(profile: Profile, words: &str) {
    let model = profile.model;
    let office = Office::closed().hasty();
    let simulation = town(&office, profile, Vec::new());
    let gateway = Gateway::of(simulation, office).await;
    gateway.complain(PHONE, "DISHUB # lampu merah mati").await;
    gateway.settled(1).await;
    let restarts = || gateway.simulation.with_modem(0, |modem, _| modem.restarts()).unwrap();
    let before = restarts();
    let desk = gateway.desk();
    desk.tell("joko", &["modem", "reset", "modem-1"]).await;
    desk.status_until(|status| restarts() == before + 1 && status["modems"][0]["state"] == "ready")
        .await;
    let heard = gateway
        .simulation
        .with_modem(0, |modem, _| modem.heard().any(|line| line.ends_with(words)));
    assert_eq!(heard, Some(true), "{model}");
    gateway.complain("+6285600000001", "DLH # sampah menumpuk").await;
    gateway.settled(2).await;
    let mute = Sick { sickness: Sickness::Mute, cure: Cure::Restart };
    gateway.simulation.with_modem(0, |modem, now| modem.fall_sick(mute, now));
    gateway.complain("+6285600000002", "PDAM # air mati").await;
    gateway.settled(3).await;
    assert!(restarts() > before + 1, "{model}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_and_the_ladder_restart_each_in_its_own_words() {
    let [one, two, three] = others().map(|(profile, words)| restarts_at(profile, words));
    tokio::join!(one, two, three);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_card_is_emptied_and_what_waits_at_the_centre_follows() {
    const TEXTS: usize = 12;
    for (profile, _) in others() {
        let model = profile.model;
        let office = Office::closed();
        let simulation = town(&office, profile, vec![("SM".to_owned(), 5)]);
        let phones: Vec<String> = (0..TEXTS).map(|index| format!("+62812{index:08}")).collect();
        for phone in &phones {
            simulation.text(phone, CARD, "DLH # sampah menumpuk").unwrap();
        }
        simulation.wait_until(|network| network.waiting(CARD) == TEXTS - 5).await;
        let gateway = Gateway::of(simulation, office).await;
        gateway.settled(TEXTS).await;
        assert!(phones.iter().all(|phone| gateway.simulation.phone(phone).len() == 1), "{model}");
    }
}
