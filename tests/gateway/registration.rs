//! Where a card is registered: shown, and all that keeps texts back is having no network.

use aduan::simulator::{NetworkOptions, Registration};
use serde_json::Value;

use crate::support::{CARD, Gateway, Office, simulate};

const ANNA: &str = "+6281234567890";
const BENI: &str = "+6285600000001";

async fn gateway() -> Gateway {
    let office = Office::closed().hasty();
    let simulation = simulate(&office.home, NetworkOptions::instant());
    let gateway = Gateway::of(simulation, office).await;
    shows(&gateway, "home", "ready").await;
    gateway
}

fn cover(gateway: &Gateway, coverage: Registration) {
    gateway.simulation.with_modem(0, |modem, now| modem.set_coverage(coverage, now));
}

/// Waits until both networks are shown like this, and the modem in this state.
async fn shows(gateway: &Gateway, registration: &str, state: &str) -> Value {
    let holds = |info: &Value| {
        let modem = &info["modem"];
        modem["circuit"] == registration && modem["lte"] == registration && modem["state"] == state
    };
    gateway.desk().until(&["modem", "info", "modem-1"], holds).await["modem"].clone()
}

async fn shows_to_a_person(gateway: &Gateway, words: &str) {
    for command in [&["modem", "daftar"][..], &["modem", "lihat", "modem-1"]] {
        let output = gateway.desk().aduan("sari", &[&["--lang", "id"], command].concat()).await;
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(words), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_roams_is_shown_to_and_sends_and_receives_on() {
    let gateway = gateway().await;
    cover(&gateway, Registration::Roaming);
    let modem = shows(&gateway, "roaming", "ready").await;
    assert_eq!(modem["warnings"], serde_json::json!([]), "{modem:#}");
    shows_to_a_person(&gateway, "jelajah").await;
    gateway.complain(ANNA, "DISHUB # lampu mati").await;
    gateway.desk().tell("joko", &["sms", "send", BENI, "uji"]).await;
    assert_eq!(gateway.next_message().await.to, BENI);
    // It is so from the start too.
    let gateway = gateway.restart().await;
    shows(&gateway, "roaming", "ready").await;
    gateway.complain(BENI, "DISHUB # lampu mati").await;
}

/// Nothing is offered to a modem without a network; what waits leaves once it has one.
async fn holds_back(coverage: Registration, shown: &str, words: &str, warning: Option<&str>) {
    let gateway = gateway().await;
    cover(&gateway, coverage);
    let modem = shows(&gateway, shown, "registering").await;
    let warnings = modem["warnings"].as_array().unwrap();
    assert_eq!(warnings.first().and_then(Value::as_str), warning, "{modem:#}");
    shows_to_a_person(&gateway, words).await;
    gateway.desk().tell("joko", &["sms", "send", ANNA, "uji"]).await;
    // Two orders later it has had time for the queue between them.
    for question in ["AT+CSQ", "AT+CREG?"] {
        gateway.desk().tell("joko", &["modem", "at", "modem-1", question]).await;
    }
    let tried = gateway
        .simulation
        .with_modem(0, |modem, _| modem.heard().filter(|line| line.starts_with("AT+CMGS")).count());
    assert_eq!(tried, Some(0));
    let list = gateway.desk().tell("sari", &["modem", "list"]).await;
    assert_eq!(list["waiting_in_all"], 1, "{list:#}");
    // Somebody writes to it meanwhile, and the centre waits.
    gateway.simulation.text(BENI, CARD, "DISHUB # lampu mati").unwrap();
    cover(&gateway, Registration::Home);
    let modem = shows(&gateway, "home", "ready").await;
    assert_eq!(modem["warnings"], serde_json::json!([]), "{modem:#}");
    gateway.settled(1).await;
    assert_eq!([ANNA, BENI].map(|phone| gateway.simulation.phone(phone).len()), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_denied_is_warned_of_and_holds_its_texts() {
    holds_back(Registration::Denied, "denied", "ditolak jaringan", Some("denied")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_searches_holds_its_texts_without_a_warning() {
    holds_back(Registration::Searching, "searching", "mencari", None).await;
}
