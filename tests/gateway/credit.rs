//! The credit of a card, asked of its network by USSD.

use std::time::Duration;

use aduan::simulator::{ModemSetup, NetworkOptions, Profile, Ruling, Setup, SimCard, Simulation};
use rusqlite::Connection;
use serde_json::Value;

use crate::support::{CARD, CENTRE, Desk, Gateway, Office};

const CREDIT: &str = "[modem.credit]\ncode = \"*888#\"";

/// A gateway that asks for the credit, with a modem of this family; the network is told what to answer first.
async fn asking(profile: Profile, lines: &str, answer: impl FnOnce(&Simulation)) -> Gateway {
    let office = Office::closed().modem(lines);
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let simulation = Simulation::start(setup).unwrap();
    answer(&simulation);
    Gateway::of(simulation, office).await
}

/// The network answers with this text.
fn says(text: &'static str) -> impl FnOnce(&Simulation) {
    move |simulation| simulation.with_network(|network, _| network.set_ussd("*888#", text))
}

async fn modem_until(desk: &Desk<'_>, holds: impl Fn(&Value) -> bool) -> Value {
    let list = desk.until(&["modem", "list"], |list| holds(&list["modems"][0])).await;
    list["modems"][0].clone()
}

fn has_warning(modem: &Value, token: &str) -> bool {
    modem["warnings"].as_array().unwrap().iter().any(|warning| warning == token)
}

/// One figure of the one card's row.
fn of_the_card(gateway: &Gateway, column: &str) -> Option<i64> {
    let register = Connection::open(gateway.database()).unwrap();
    register.query_row(&format!("SELECT {column} FROM card"), [], |row| row.get(0)).ok().flatten()
}

/// A day goes by while the daemon is stopped.
async fn a_day_later(gateway: Gateway, answer: impl FnOnce(&Simulation)) -> Gateway {
    let register = gateway.database();
    let (simulation, office) = gateway.close().await;
    Connection::open(register)
        .unwrap()
        .execute("UPDATE card SET tried_at = tried_at - 86400", [])
        .unwrap();
    answer(&simulation);
    Gateway::of(simulation, office).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_credit_is_read_in_every_form_in_which_it_comes() {
    for (profile, text) in [
        (Profile::simcom_4g(), "Pulsa Rp25.000 s.d. 30/11"),
        // Outside of the GSM alphabet: UCS-2.
        (Profile::simcom_4g(), "Sisa pulsa “utama”: Rp 25.000,00"),
        (Profile::huawei_e1752(), "PULSA ANDA RP.25.000"),
    ] {
        let gateway = asking(profile, CREDIT, says(text)).await;
        let desk = gateway.desk();
        let modem = modem_until(&desk, |modem| !modem["credit"].is_null()).await;
        assert_eq!(modem["credit"]["rupiah"], 25_000, "{text}");
        assert_eq!(
            (&modem["credit_low"], &modem["warnings"]),
            (&10_000.into(), &Value::Array(vec![]))
        );
        let output = desk.aduan("sari", &["--lang", "id", "modem", "lihat", "modem-1"]).await;
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(shown.contains("Rp25.000"), "{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_menu_tells_the_credit_and_is_left() {
    let recorded = tempfile::tempdir().unwrap();
    let lines = format!("record = \"{}\"\n{CREDIT}", recorded.path().display());
    let menu = |simulation: &Simulation| {
        simulation.with_network(|network, _| {
            network.set_ussd_menu("*888#", "Pulsa: Rp12.500\n1. Paket Rp15.000\n2. Info");
        });
    };
    let gateway = asking(Profile::simcom_4g(), &lines, menu).await;
    let modem = modem_until(&gateway.desk(), |modem| !modem["credit"].is_null()).await;
    assert_eq!(modem["credit"]["rupiah"], 12_500);
    gateway.complain("+6281200000001", "DISHUB # lampu jalan mati").await;
    gateway.close().await;
    let said: String = std::fs::read_dir(recorded.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(said.contains("AT+CUSD=2"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn low_credit_is_warned_of_and_the_network_is_left_alone_over_a_restart() {
    let gateway = asking(Profile::simcom_4g(), CREDIT, says("Pulsa Rp 9.999")).await;
    let modem = modem_until(&gateway.desk(), |modem| has_warning(modem, "low-credit")).await;
    assert_eq!(modem["credit"]["rupiah"], 9_999);
    let status = gateway.desk().tell("sari", &["status"]).await;
    assert!(has_warning(&status["modems"][0], "low-credit"), "{status:#}");
    let tried = of_the_card(&gateway, "tried_at");

    let gateway = gateway.restart().await;
    let desk = gateway.desk();
    modem_until(&desk, |modem| !modem["number"].is_null() && !modem["operator"].is_null()).await;
    // An order ends where the gateway has looked round for what else there is to do.
    for _ in 0..3 {
        desk.tell("joko", &["modem", "at", "modem-1", "AT"]).await;
    }
    assert_eq!(of_the_card(&gateway, "tried_at"), tried);
    assert!(
        has_warning(&modem_until(&desk, |_| true).await, "low-credit"),
        "it is known all the same"
    );

    // Whoever topped it up dials the same code and need not wait for the next day.
    says("Pulsa Rp 59.999")(&gateway.simulation);
    desk.tell("joko", &["modem", "ussd", "modem-1", "*888#"]).await;
    let modem = modem_until(&desk, |modem| modem["credit"]["rupiah"] == 59_999).await;
    assert!(!has_warning(&modem, "low-credit"), "{modem:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_that_cannot_be_read_is_warned_of_the_second_time() {
    // The network does not know the code.
    let gateway = asking(Profile::simcom_4g(), CREDIT, |_| {}).await;
    while of_the_card(&gateway, "misses") != Some(1) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let modem = modem_until(&gateway.desk(), |_| true).await;
    assert!(!has_warning(&modem, "credit-unknown"), "{modem:#}");
    // No figure.
    let gateway = a_day_later(gateway, says("Silakan coba lagi")).await;
    let modem = modem_until(&gateway.desk(), |modem| has_warning(modem, "credit-unknown")).await;
    assert!(modem["credit"].is_null(), "{modem:#}");
    let gateway = a_day_later(gateway, says("Pulsa Rp 50.000")).await;
    let modem = modem_until(&gateway.desk(), |modem| modem["credit"]["rupiah"] == 50_000).await;
    assert_eq!(modem["warnings"], Value::Array(vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_never_answers_is_given_up() {
    let office = Office::closed().modem(CREDIT);
    let network =
        NetworkOptions { submit_takes: Duration::from_hours(1), ..NetworkOptions::instant() };
    let modems = vec![ModemSetup::new(office.home.port(0), SimCard::new(CARD, CENTRE))];
    let simulation = Simulation::start(Setup { network, modems }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let given_up = async {
        while of_the_card(&gateway, "misses") != Some(1) {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(crate::support::PATIENCE, given_up).await.expect("it waits for ever");
    assert_eq!(modem_until(&gateway.desk(), |_| true).await["state"], "ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_the_operator_shows_until_an_admin_has_looked() {
    let gateway = asking(Profile::simcom_4g(), "", |_| {}).await;
    let desk = gateway.desk();
    let text = "Kartu Anda akan berakhir masa aktifnya; nomor Anda akan hangus 31/12/2027. Segera isi ulang";
    gateway
        .simulation
        .with_network(|network, now| network.notice("TELKOMSEL", CARD, text, now))
        .unwrap();
    let modem = modem_until(&desk, |modem| has_warning(modem, "card-expires")).await;
    let notice = &modem["notices"][0];
    assert_eq!((&notice["matter"], &notice["sender"]), (&"blocked".into(), &"TELKOMSEL".into()));
    let info = async || {
        let output = desk.aduan("sari", &["--lang", "id", "modem", "lihat", "modem-1"]).await;
        String::from_utf8(output.stdout).unwrap()
    };
    let shown = info().await;
    assert!(shown.contains("31-12-2027") && shown.contains("menurut TELKOMSEL"), "{shown}");
    desk.tell("joko", &["modem", "enable", "modem-1"]).await;
    let modem = modem_until(&desk, |modem| !has_warning(modem, "card-expires")).await;
    assert!(modem["notices"][0]["looked_at"].is_string(), "{modem:#}");
    assert!(info().await.contains("sudah diperiksa admin"));
    let status = desk.tell("sari", &["status"]).await;
    assert_eq!(status["outbox"][0][1], 0, "nothing is ever answered: {status:#}");
}

/// From now on the network refuses so many texts with this cause, and takes those after them.
fn refuse(gateway: &Gateway, cause: u16, mut times: usize) {
    let mut rule = move || match times.checked_sub(1) {
        Some(left) => {
            times = left;
            Ruling::Refuse(cause)
        }
        None => Ruling::Accept,
    };
    gateway.simulation.with_network(|network, _| network.set_rule(move |_, _| rule()));
}

/// How many numbers are called wrong or gone.
fn marked(gateway: &Gateway) -> i64 {
    let register = Connection::open(gateway.database()).unwrap();
    register.query_row("SELECT COUNT (*) FROM unreachable", [], |row| row.get(0)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_numbers_that_a_card_cannot_reach_have_its_credit_asked_for() {
    let gateway = asking(Profile::simcom_4g(), CREDIT, says("Pulsa Rp 90.000")).await;
    modem_until(&gateway.desk(), |modem| modem["credit"]["rupiah"] == 90_000).await;
    let register = gateway.database();
    let (simulation, office) = gateway.close().await;
    // The next question by the day's turn is far away, and one may be asked all the same.
    let earlier = "UPDATE card SET tried_at = tried_at - 25200, credit = 0";
    Connection::open(register).unwrap().execute(earlier, []).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    refuse(&gateway, 28, 2);
    gateway.simulation.text("+6281234567890", CARD, "DISHUB # lampu mati").unwrap();
    gateway.until("the refusal", |network| network.refused(CARD) == 1).await;
    gateway.simulation.text("+6285600000001", CARD, "DISHUB # parkir liar").unwrap();
    // The figure shows that there is enough: the card goes on, and the text that came back leaves.
    let modem = modem_until(&gateway.desk(), |modem| modem["credit"]["rupiah"] == 90_000).await;
    assert!(!has_warning(&modem, "low-credit"), "{modem:#}");
    assert_eq!(gateway.next_message().await.to, "+6285600000001");
    modem_until(&gateway.desk(), |modem| modem["state"] == "ready").await;
    assert_eq!(marked(&gateway), 0, "no number was wrong");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_code_the_warning_says_that_the_credit_is_suspected() {
    let gateway = asking(Profile::simcom_4g(), "", |_| {}).await;
    let desk = gateway.desk();
    refuse(&gateway, 30, usize::MAX);
    gateway.simulation.text("+6281234567890", CARD, "DISHUB # lampu mati").unwrap();
    gateway.until("the refusal", |network| network.refused(CARD) == 1).await;
    gateway.simulation.text("+6281234567890", CARD, "PUPR # jalan rusak").unwrap();
    gateway.until("the refusal", |network| network.refused(CARD) == 2).await;
    desk.status_until(|status| crate::support::outbox(status, "claimed") == 0).await;
    let modem = modem_until(&desk, |_| true).await;
    assert!(!has_warning(&modem, "credit-suspected"), "one number: {modem:#}");
    assert_eq!(marked(&gateway), 1);
    gateway.simulation.text("+6285600000001", CARD, "DISHUB # parkir liar").unwrap();
    let modem = modem_until(&desk, |modem| has_warning(modem, "credit-suspected")).await;
    assert_eq!(modem["credit"], Value::Null);
    modem_until(&desk, |modem| modem["state"] == "held").await;
    let status = desk.status_until(|status| crate::support::outbox(status, "queued") == 1).await;
    assert_eq!(crate::support::outbox(&status, "claimed"), 0, "{status:#}");
    assert_eq!(marked(&gateway), 0);
}

/// errors.md, rule 6: a row of passing refusals to several people is a fault of card or modem.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_refusals_to_several_people_ends_in_a_restart_after_which_the_credit_is_asked_for()
{
    let gateway = asking(Profile::simcom_4g(), CREDIT, says("Pulsa Rp 90.000")).await;
    modem_until(&gateway.desk(), |modem| modem["credit"]["rupiah"] == 90_000).await;
    let register = gateway.database();
    let (simulation, office) = gateway.close().await;
    let earlier = "UPDATE card SET tried_at = tried_at - 25200, credit = 0";
    Connection::open(register).unwrap().execute(earlier, []).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    refuse(&gateway, 41, 5);
    let restarts = || gateway.simulation.with_modem(0, |modem, _| modem.restarts()).unwrap();
    let before = restarts();
    for number in 0..5 {
        let phone = format!("+62856{number:08}");
        gateway.simulation.text(&phone, CARD, "DISHUB # lampu mati").unwrap();
    }
    modem_until(&gateway.desk(), |modem| modem["credit"]["rupiah"] == 90_000).await;
    assert_eq!(restarts(), before + 1);
}
