//! A refusal that is no message's fault: the card rests, the modem restarts, and nothing waits for it longer than it must.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aduan::simulator::{ModemSetup, NetworkOptions, Profile, Ruling, Setup, SimCard, Simulation};

use crate::support::{CARD, CENTRE, Gateway, Office};

const PHONE: &str = "+6281234567890";
const OTHER_CARD: &str = "+6281100000002";

/// Operator determined barring (errors.md).
const BARRED: u16 = 8;
/// Unknown error.
const UNKNOWN: u16 = 500;

#[tokio::test(flavor = "multi_thread")]
async fn a_barred_card_still_receives_and_another_one_answers_for_it() {
    let office = Office::with_modems(2).sending("other_sim_after = \"1s\"");
    let modems = [CARD, OTHER_CARD]
        .into_iter()
        .enumerate()
        .map(|(index, card)| ModemSetup::new(office.home.port(index), SimCard::new(card, CENTRE)));
    let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
    let simulation = Simulation::start(setup).unwrap();
    let barred = |from: &str| if from == CARD { Ruling::Refuse(BARRED) } else { Ruling::Accept };
    simulation.with_network(|network, _| network.set_rule(move |from, _| barred(from)));
    let office = Gateway::of(simulation, office).await;
    let number = office.complain(PHONE, "DISHUB # lampu mati").await;
    let status = office
        .desk()
        .status_until(|status| {
            status["modems"][0]["state"] == "held" && status["modems"][1]["state"] == "ready"
        })
        .await;
    let why = status["modems"][0]["error"].as_str().unwrap();
    assert!(why.contains("operator determined barring"), "{why}");
    let refused = office.simulation.with_network(|network, _| network.refused(CARD));
    // What comes later does not try the barred card again.
    office.complain("+6285600000001", "PDAM # air mati").await;
    office.settled(2).await;
    assert_eq!(office.simulation.with_network(|network, _| network.refused(CARD)), refused);
    assert_eq!(office.simulation.phone(PHONE).len(), 1, "{number}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_knows_no_reason_twice_is_restarted_and_the_message_goes() {
    for profile in [Profile::default(), Profile::huawei_e1752()] {
        let office = Office::closed();
        let modem = ModemSetup {
            profile,
            ..ModemSetup::new(office.home.port(0), SimCard::new(CARD, CENTRE))
        };
        let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
        let simulation = Simulation::start(setup).unwrap();
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        let rule = move |_: &str, _: &aduan::sms::Submit| {
            if counted.fetch_add(1, Ordering::SeqCst) < 2 {
                Ruling::Refuse(UNKNOWN)
            } else {
                Ruling::Accept
            }
        };
        simulation.with_network(|network, _| network.set_rule(rule));
        let office = Gateway::of(simulation, office).await;
        office.complain(PHONE, "DISHUB # lampu mati").await;
        office.settled(1).await;
        assert_eq!(calls.load(Ordering::SeqCst), 3);
        let restarts = office.simulation.with_modem(0, |modem, _| modem.restarts());
        assert_eq!(restarts, Some(1));
    }
}
