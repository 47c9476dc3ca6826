//! A refusal that is no message's fault: the card rests, the modem restarts, and nothing waits for it longer than it must.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aduan::simulator::{
    Faults, Mishap, ModemSetup, NetworkOptions, Profile, Ruling, Setup, SimCard, Simulation,
};
use serde_json::json;

use crate::support::{CARD, CENTRE, Gateway, Office};

const PHONE: &str = "+6281234567890";
const OTHER_CARD: &str = "+6281100000002";

/// Operator determined barring (errors.md).
const BARRED: u16 = 8;
/// Unknown error.
const UNKNOWN: u16 = 500;

#[tokio::test(flavor = "multi_thread")]
async fn a_barred_card_still_receives_and_another_one_answers_for_it() {
    // Long enough that the barred one tries first, however busy the machine is.
    let office = Office::with_modems(2).sending("other_sim_after = \"5s\"");
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
    let error = &status["modems"][0]["error"];
    assert_eq!(error["code"], "refused-cms", "{error}");
    let details =
        json!({ "command": "AT+CMGS", "number": BARRED.to_string(), "class": "operator" });
    assert_eq!(error["details"], details);
    for arguments in [&["status"][..], &["modem", "list"], &["modem", "info", "modem-1"]] {
        let told = async |language: &str| {
            let arguments = [&["--lang", language], arguments].concat();
            String::from_utf8(office.desk().aduan("sari", &arguments).await.stdout).unwrap()
        };
        let (indonesian, english) = (told("id").await, told("en").await);
        let words = "AT+CMGS ditolak: +CMS ERROR: 8 (dilarang oleh operator). Periksa kartu SIM";
        assert!(indonesian.contains(words), "{indonesian}");
        let words = "AT+CMGS was refused: +CMS ERROR: 8 (barred by the operator). Look at the card";
        assert!(english.contains(words), "{english}");
    }
    let refused = office.simulation.with_network(|network, _| network.refused(CARD));
    // What comes later does not try the barred card again.
    office.complain("+6285600000001", "PDAM # air mati").await;
    office.settled(2).await;
    assert_eq!(office.simulation.with_network(|network, _| network.refused(CARD)), refused);
    assert_eq!(office.simulation.phone(PHONE).len(), 1, "{number}");
}

/// Neither a new start nor an empty store helps; nothing of it is the text's fault, nor counts as one of its tries.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_nothing_helps_is_held_and_costs_its_texts_no_try() {
    for cause in [209, 322] {
        let office = Office::with_modems(2).sending("other_sim_after = \"1s\"");
        let modems = [CARD, OTHER_CARD].into_iter().enumerate();
        let modems = modems.map(|(index, card)| {
            ModemSetup::new(office.home.port(index), SimCard::new(card, CENTRE))
        });
        let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
        let simulation = Simulation::start(setup).unwrap();
        let rule = move |from: &str| {
            if from == CARD { Ruling::Refuse(cause) } else { Ruling::Accept }
        };
        simulation.with_network(|network, _| network.set_rule(move |from, _| rule(from)));
        simulation.unplug(1);
        simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
        let office = Gateway::of(simulation, office).await;
        let held = |status: &serde_json::Value| status["modems"][0]["state"] == "held";
        let status = office.desk().status_until(held).await;
        let number = &status["modems"][0]["error"]["details"]["number"];
        assert_eq!(*number, cause.to_string(), "{status:#}");
        assert_eq!(office.simulation.with_network(|network, _| network.refused(CARD)), 2);
        office.simulation.plug_in(1);
        office.settled(1).await;
        assert_eq!(office.simulation.phone(PHONE).len(), 1, "{cause}");
        let register = rusqlite::Connection::open(office.database()).unwrap();
        let tries = register.query_row("SELECT attempts FROM outbox", [], |row| row.get(0));
        assert_eq!(tries, Ok(1), "{cause}");
    }
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

/// A supply that breaks down whenever the transmitter draws its 2 A: what was written may have left each time.
#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_goes_down_at_each_text_takes_no_more_than_two_with_it() {
    const CITIZENS: usize = 12;
    // A report would say what became of a text of unknown fate.
    let sending = "other_sim_after = \"1s\"\nunknown_grace = \"1s\"\nreports = false";
    let office = Office::with_modems(2).sending(sending);
    let modems = [CARD, OTHER_CARD].into_iter().enumerate().map(|(index, card)| {
        let modem = ModemSetup::new(office.home.port(index), SimCard::new(card, CENTRE));
        let strikes = if card == CARD { u32::MAX } else { 0 };
        ModemSetup { faults: Faults::once("+CMGS", Mishap::Reset, strikes), ..modem }
    });
    let simulation =
        Simulation::start(Setup { network: NetworkOptions::instant(), modems: modems.collect() })
            .unwrap();
    simulation.unplug(1);
    let phones: Vec<_> = (0..CITIZENS).map(|index| format!("+62812{index:08}")).collect();
    for phone in &phones {
        simulation.text(phone, CARD, "DISHUB # lampu mati").unwrap();
    }
    let office = Gateway::of(simulation, office).await;
    let register = rusqlite::Connection::open(office.database()).unwrap();
    register
        .execute_batch(
            "CREATE TABLE once_unknown (id INTEGER);
             CREATE TRIGGER unknown AFTER UPDATE OF state ON outbox WHEN new.state = 'unknown'
             BEGIN INSERT INTO once_unknown VALUES (new.id); END;",
        )
        .unwrap();
    let status = office.desk().status_until(|status| status["modems"][0]["state"] == "held").await;
    assert_eq!(status["modems"][0]["error"]["code"], "goes-down", "{status:#}");
    office.simulation.plug_in(1);
    office.settled(CITIZENS).await;
    let unknown: u32 =
        register.query_row("SELECT COUNT (*) FROM once_unknown", [], |row| row.get(0)).unwrap();
    let unknown = usize::try_from(unknown).unwrap();
    assert!(unknown <= 2, "{unknown}");
    // The mishap lets the text out: whoever was answered by the sick one is not answered again by the other.
    let counts: Vec<_> = phones.iter().map(|phone| office.simulation.phone(phone).len()).collect();
    assert_eq!(counts, [1; CITIZENS]);
    assert_eq!(reached_from(&office, OTHER_CARD, &phones), CITIZENS - unknown);
}

/// How many of these phones were reached from a card.
fn reached_from(office: &Gateway, card: &str, phones: &[String]) -> usize {
    let from = |phone: &String| office.simulation.phone(phone).iter().any(|text| text.from == card);
    phones.iter().filter(|phone| from(phone)).count()
}
