//! Cards with a PIN: opened once with the right one, and never brought nearer to their lock by a wrong one.

use std::fs;

use aduan::simulator::{
    ModemSetup, NetworkOptions, Profile, Setup, SimCard, SimState, Simulation, TriesCommand,
};

use crate::support::{CARD, CENTRE, Gateway, Office};

/// An office whose only card is locked, and whose configuration holds `pin`.
fn locked(pin: &str, tries: u8) -> (Office, Simulation) {
    locked_in(Profile::default(), pin, tries)
}

/// The same in a modem of this family.
fn locked_in(profile: Profile, pin: &str, tries: u8) -> (Office, Simulation) {
    let office = Office::closed().modem("pin_file = \"pin\"");
    configure(&office, pin);
    let card = SimCard::new(CARD, CENTRE).with_pin("4711", "12345678").with_pin_tries(tries);
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    (office, Simulation::start(setup).unwrap())
}

fn configure(office: &Office, pin: &str) {
    fs::write(office.home.path().join("pin"), format!("{pin}\n")).unwrap();
}

/// Why the modem is blocked, as a code.
async fn blocked(office: &Office) -> String {
    let status =
        office.desk().status_until(|status| status["modems"][0]["state"] == "blocked").await;
    status["modems"][0]["error"]["code"].as_str().unwrap().to_owned()
}

fn card(simulation: &Simulation) -> (SimState, u8) {
    simulation.with_modem(0, |modem, _| (modem.card().state(), modem.card().tries().0)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_pin_opens_the_card() {
    let (office, simulation) = locked("4711", 3);
    let office = office.open().await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    assert_eq!(card(&simulation), (SimState::Ready, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_is_tried_once_and_never_again() {
    let (office, simulation) = locked("0000", 3);
    let mut office = office.open().await;
    for start in 0..3 {
        let why = if start == 0 { "pin-refused" } else { "pin-few-tries" };
        assert_eq!(blocked(&office).await, why, "start {start}");
        assert_eq!(card(&simulation), (SimState::Pin, 2), "start {start}");
        office = office.close().await.open().await;
    }
    // The right one helps only once the card grants all tries again: somebody entered it in a telephone.
    configure(&office, "4711");
    assert_eq!(blocked(&office).await, "pin-few-tries");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_fewer_tries_left_even_the_right_pin_is_not_entered() {
    let (office, simulation) = locked("4711", 2);
    // A family that tells how many tries are left.
    let office = office.open().await;
    assert_eq!(blocked(&office).await, "pin-few-tries");
    assert_eq!(card(&simulation), (SimState::Pin, 2));
}

/// A modem that does not tell how many tries are left.
fn silent() -> Profile {
    Profile { tries_command: TriesCommand::Hidden, ..Profile::wavecom() }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_counter_is_told_nothing_is_entered_be_it_the_last_try_or_the_right_pin() {
    for (pin, tries) in [("0000", 1), ("4711", 3)] {
        let (office, simulation) = locked_in(silent(), pin, tries);
        let office = office.open().await;
        assert_eq!(blocked(&office).await, "pin-untold", "{pin}");
        let status =
            office.desk().aduan("sari", &["--lang", "id", "modem", "lihat", "modem-1"]).await;
        let told = String::from_utf8(status.stdout).unwrap();
        assert!(told.contains("Matikan PIN kartu di telepon"), "{told}");
        let office = office.close().await.open().await;
        assert_eq!(blocked(&office).await, "pin-untold", "{pin}");
        assert_eq!(card(&simulation), (SimState::Pin, tries), "{pin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_family_is_asked_in_its_own_words_how_many_tries_are_left() {
    let siemens = Profile { maker: "SIEMENS", model: "TC35i", ..Profile::cinterion_mc75i() };
    for profile in [
        Profile::wavecom(),
        Profile::cinterion_mc75i(),
        siemens,
        Profile::telit_he910(),
        Profile::zte_mf190(),
    ] {
        let maker = profile.maker;
        for (tries, state) in [(3, "ready"), (2, "blocked")] {
            let (office, simulation) = locked_in(profile.clone(), "4711", tries);
            let office = office.open().await;
            let is = |status: &serde_json::Value| status["modems"][0]["state"] == state;
            let status = office.desk().status_until(is).await;
            if state == "blocked" {
                assert_eq!(status["modems"][0]["error"]["code"], "pin-few-tries", "{maker}");
                assert_eq!(card(&simulation), (SimState::Pin, 2), "{maker}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_office_takes_the_danger_one_pin_is_tried_whatever_comes_after() {
    let (office, simulation) = locked_in(silent(), "0000", 3);
    let mut office = office.modem("pin_uncounted = true");
    for pin in ["0000", "1111", "2222", "4711"] {
        configure(&office, pin);
        office = office.open().await;
        let why = if pin == "0000" { "pin-refused" } else { "pin-uncounted" };
        assert_eq!(blocked(&office).await, why, "{pin}");
        assert_eq!(card(&simulation), (SimState::Pin, 2), "{pin}");
        office = office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_pin_that_was_just_entered_is_waited_for_the_modem_says_so() {
    // As if the daemon had died before the answer came.
    let (office, simulation) = locked("4711", 3);
    simulation.unplug(0);
    let office = office.open().await.close().await;
    rusqlite::Connection::open(office.home.path().join("aduan.db"))
        .unwrap()
        .execute("INSERT INTO pin_try VALUES ('861234050000017', x'00', 0, unixepoch ())", [])
        .unwrap();
    simulation.plug_in(0);
    let office = office.open().await;
    let waits = |status: &serde_json::Value| {
        let modem = &status["modems"][0];
        modem["state"] == "unlocking" && !modem["error"].is_null()
    };
    let status = office.desk().status_until(waits).await;
    assert_eq!(status["modems"][0]["error"]["code"], "pin-settles", "{status:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_is_not_tried_again_under_another_name() {
    // Neither its tries nor its number: the modem's is what it is known by.
    let profile = Profile { iccid_commands: &[], ..silent() };
    let (office, simulation) = locked_in(profile, "0000", 3);
    let mut office = office.modem("pin_uncounted = true");
    for (before, name) in [("modem-1", "depan"), ("depan", "belakang"), ("belakang", "modem-1")] {
        let file = office.home.config_file();
        let settings = fs::read_to_string(&file).unwrap();
        let [old, new] = [before, name].map(|name| format!("name = \"{name}\""));
        assert!(settings.contains(&old));
        fs::write(&file, settings.replace(&old, &new)).unwrap();
        office = office.open().await;
        blocked(&office).await;
        assert_eq!(card(&simulation), (SimState::Pin, 2), "{name}");
        office = office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_wants_its_puk_is_told_of_and_the_modem_beside_it_serves() {
    let office = Office::with_modems(2).modem("pin_file = \"pin\"");
    configure(&office, "4711");
    let dead = SimCard::new("+6281100000002", CENTRE).with_pin("4711", "12345678");
    let cards = [SimCard::new(CARD, CENTRE), dead.with_pin_tries(0)];
    let modems = cards.into_iter().enumerate();
    let modems = modems.map(|(index, card)| ModemSetup {
        imei: format!("86123405000002{index}"),
        ..ModemSetup::new(office.home.port(index), card)
    });
    let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let blocked = |status: &serde_json::Value| status["modems"][1]["state"] == "blocked";
    let status = gateway.desk().status_until(blocked).await;
    assert_eq!(status["modems"][1]["error"]["code"], "puk-asked", "{status:#}");
    let warnings = status["modems"][1]["warnings"].as_array().unwrap();
    assert!(!warnings.is_empty(), "{status:#}");
    gateway.complain("+6281234567890", "DLH # sampah menumpuk").await;
    let left = |modem: &mut aduan::simulator::Modem, _| {
        let entered = modem.heard().any(|line| line.starts_with("AT+CPIN="));
        (modem.card().state(), modem.card().tries(), entered)
    };
    let left = gateway.simulation.with_modem(1, left).unwrap();
    assert_eq!(left, (SimState::Puk, (0, 10), false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_its_modem_has_lost_is_found_by_a_restart_and_an_empty_slot_stays_empty() {
    let office = Office::with_modems(2).hasty();
    let cards =
        [SimCard::new(CARD, CENTRE).lost(), SimCard::new("+6281100000002", CENTRE).removed()];
    let modems = cards.into_iter().enumerate();
    let modems = modems.map(|(index, card)| ModemSetup {
        imei: format!("86123405000002{index}"),
        ..ModemSetup::new(office.home.port(index), card)
    });
    let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    gateway.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    gateway.complain("+6281234567890", "DLH # sampah menumpuk").await;
    let restarts = |index| gateway.simulation.with_modem(index, |modem, _| modem.restarts());
    let is_restarted = |_: &serde_json::Value| restarts(1) == Some(1);
    gateway.desk().status_until(is_restarted).await;
    gateway.desk().status_until(|status| status["modems"][1]["state"] == "blocked").await;
    assert_eq!((restarts(0), restarts(1)), (Some(1), Some(1)));
}
