//! Cards with a PIN: opened once with the right one, and never brought nearer to their lock by a wrong one.

use std::fs;

use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, SimState, Simulation};

use crate::support::{CARD, CENTRE, Office};

/// An office whose only card is locked, and whose configuration holds `pin`.
fn locked(pin: &str, tries: u8) -> (Office, Simulation) {
    let office = Office::closed();
    let file = office.home.config_file();
    let settings = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{settings}pin_file = \"pin\"\n")).unwrap();
    fs::write(office.home.path().join("pin"), format!("{pin}\n")).unwrap();
    let card = SimCard::new(CARD, CENTRE).with_pin("4711", "12345678").with_pin_tries(tries);
    let modems = vec![ModemSetup::new(office.home.port(0), card)];
    let simulation = Simulation::start(Setup { network: NetworkOptions::instant(), modems });
    (office, simulation.unwrap())
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
        let status =
            office.desk().status_until(|status| status["modems"][0]["state"] == "blocked").await;
        let error = status["modems"][0]["error"].as_str().unwrap().to_owned();
        assert!(error.contains("locked"), "start {start}: {error}");
        assert_eq!(card(&simulation), (SimState::Pin, 2), "start {start}");
        office = office.close().await.open().await;
    }
    // The right one helps only once the card grants all tries again: somebody entered it in a telephone.
    fs::write(office.home.path().join("pin"), "4711").unwrap();
    let status =
        office.desk().status_until(|status| status["modems"][0]["state"] == "blocked").await;
    assert!(!status["modems"][0]["error"].to_string().contains("4711"));
}

#[tokio::test(flavor = "multi_thread")]
async fn with_fewer_tries_left_even_the_right_pin_is_not_entered() {
    let (office, simulation) = locked("4711", 2);
    // A family that tells how many tries are left.
    let office = office.open().await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "blocked").await;
    assert_eq!(card(&simulation), (SimState::Pin, 2));
}
