//! What modems show of themselves.

use aduan::simulator::{
    ModemSetup, NetworkOptions, Profile, Registration, Setup, SimCard, Simulation,
};
use serde_json::Value;

use crate::support::{CARD, CENTRE, Desk, Gateway, Office};

/// One modem's part of the list, once it looks like this.
async fn modem_until(desk: &Desk<'_>, holds: impl Fn(&Value) -> bool) -> Value {
    let list = desk.until(&["modem", "list"], |list| holds(&list["modems"][0])).await;
    list["modems"][0].clone()
}

fn is_asked_out(modem: &Value) -> bool {
    !modem["operator"].is_null() && !modem["signal"].is_null() && !modem["number"].is_null()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_in_service_shows_what_an_office_asks_for() {
    let gateway = Gateway::start().await;
    gateway.simulation.with_modem(0, |modem, _| modem.set_signal(17));
    let desk = gateway.desk();
    let modem = modem_until(&desk, is_asked_out).await;
    assert_eq!(modem["state"], "ready");
    assert_eq!(modem["number"], CARD);
    assert_eq!(modem["circuit"], "home");
    assert_eq!(modem["lte"], "home");
    assert_eq!(modem["imei"], "861234050000017");
    assert_eq!(modem["revision"], "LE20B04SIM7600M22");
    assert_eq!(modem["sim"], "***********0001");
    assert_eq!(modem["warnings"], Value::Array(vec![]));
    let places = |name: &str| {
        let stores = modem["stores"].as_array().unwrap();
        stores.iter().find(|store| store["name"] == name).map(|store| store["total"].clone())
    };
    assert_eq!((places("ME"), places("SM")), (Some(23.into()), Some(10.into())));

    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
    let modem = modem_until(&desk, |modem| modem["sent_today"] == 1).await;
    assert_eq!(modem["received_today"], 1, "{modem:#}");
    // What the day brought outlives the daemon.
    let gateway = gateway.restart().await;
    let modem = modem_until(&gateway.desk(), is_asked_out).await;
    assert_eq!((&modem["received_today"], &modem["sent_today"]), (&1.into(), &1.into()));
    assert_eq!(modem["received"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_one_of_the_staff_may_look_and_a_person_reads_it() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    for user in ["sari", "budi", "ratna", "hadi", "joko"] {
        let output = desk.aduan(user, &["--lang", "id", "modem", "lihat", "modem-1"]).await;
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains("siap"), "{user}: {text}");
        // Whose card it is belongs to nobody's screen.
        assert!(!text.contains("51010"), "{text}");
    }
    let output = desk.aduan("sari", &["--lang", "en", "modem", "list"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("modem-1") && text.contains("0 texts wait"), "{text}");
    assert_eq!(desk.refused("sari", &["modem", "info", "modem-9"]).await, "NO_SUCH_MODEM");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_family_shows_its_network_and_its_stores() {
    let families =
        [Profile::huawei_e1752(), Profile::wavecom(), Profile::quectel_ec25(), Profile::sim800()];
    let office = Office::with_modems(families.len());
    let modems = families.into_iter().enumerate().map(|(index, profile)| {
        let card = SimCard::new(&format!("+628110000000{index}"), CENTRE);
        ModemSetup { profile, ..ModemSetup::new(office.home.port(index), card) }
    });
    let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let all = |list: &Value| list["modems"].as_array().unwrap().iter().all(is_asked_out);
    let list = gateway.desk().until(&["modem", "list"], all).await;
    for modem in list["modems"].as_array().unwrap() {
        assert_eq!(modem["state"], "ready", "{modem:#}");
        assert!(!modem["stores"].as_array().unwrap().is_empty(), "{modem:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_refuses_the_card_is_warned_of() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    gateway.simulation.with_modem(0, |modem, now| modem.set_coverage(Registration::Denied, now));
    let modem = modem_until(&desk, |modem| modem["circuit"] == "denied").await;
    assert_eq!(modem["state"], "searching");
    assert_eq!(modem["warnings"][0], "denied");
    gateway.simulation.with_modem(0, |modem, now| modem.set_coverage(Registration::Home, now));
    let modem = modem_until(&desk, |modem| modem["state"] == "ready").await;
    assert_eq!(modem["warnings"], Value::Array(vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_was_pulled_out_shows_why_and_nothing_of_yesterday() {
    let gateway = Gateway::start().await;
    let desk = gateway.desk();
    modem_until(&desk, is_asked_out).await;
    gateway.simulation.unplug(0);
    let modem = modem_until(&desk, |modem| modem["state"] == "absent").await;
    assert!(modem["signal"].is_null() && modem["operator"].is_null(), "{modem:#}");
    assert!(modem["error"].as_str().unwrap().contains("not there"), "{modem:#}");
    assert_eq!(modem["imei"], "861234050000017", "what is known stays known");
    gateway.simulation.plug_in(0);
    let modem = modem_until(&desk, |modem| modem["state"] == "ready").await;
    assert!(modem["error"].is_null() && modem["last_error"].is_string(), "{modem:#}");
}
