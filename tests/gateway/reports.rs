//! Delivery reports that come late, twice, in parts, or under a reference that was used again.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aduan::simulator::{NetworkOptions, Ruling};
use aduan::sms::{self, Address, Optional, Scts, StatusReport, encode_smsc};
use chrono::{DateTime, TimeDelta, Utc};

use crate::support::{CENTRE, Gateway, Office, PATIENCE, simulate};

const PHONE: &str = "+6281234567890";
/// TP-ST (3GPP TS 23.040 §9.2.3.15).
const DELIVERED: u8 = 0x00;
const EXPIRED: u8 = 0x46;
const NOT_OBTAINABLE: u8 = 0x43;

/// TP-DA and TP-MR of what the network took.
type Taken = Arc<Mutex<Vec<(String, u8)>>>;

/// A gateway whose reports come when the test says so.
async fn gateway() -> (Gateway, Taken) {
    let office = Office::closed();
    let network =
        NetworkOptions { report_after: Duration::from_hours(24), ..NetworkOptions::instant() };
    let simulation = simulate(&office.home, network);
    let taken = Taken::default();
    let notes = Arc::clone(&taken);
    simulation.with_network(|network, _| {
        network.set_rule(move |_, submit| {
            let text = (submit.destination.number().to_owned(), submit.message_reference);
            notes.lock().unwrap().push(text);
            Ruling::Accept
        });
    });
    (Gateway::of(simulation, office).await, taken)
}

/// An admin's text, once the network has all its parts and the register knows it; their references.
async fn send(gateway: &Gateway, taken: &Taken, phone: &str, text: &str) -> Vec<u8> {
    let before = taken.lock().unwrap().len();
    gateway.desk().tell("joko", &["sms", "send", phone, text]).await;
    let sql = "SELECT state FROM outbox ORDER BY id DESC LIMIT 1";
    told(&gateway.database(), sql, &["sent"]).await;
    taken.lock().unwrap()[before..].iter().map(|(_, reference)| *reference).collect()
}

fn pdu(phone: &str, reference: u8, status: u8, taken: DateTime<Utc>) -> Vec<u8> {
    let report = StatusReport {
        first_octet: 0b110,
        message_reference: reference,
        recipient: Address::international(phone).unwrap(),
        timestamp: Scts::encode(taken.fixed_offset()),
        discharge: Scts::encode(Utc::now().fixed_offset()),
        status: sms::Status(status),
        optional: Optional::default(),
        trailing_octets: 0,
    };
    [encode_smsc(Address::parse(CENTRE).ok().as_ref()), report.encode().unwrap()].concat()
}

/// The centre reports on a text that it took just now.
fn report(gateway: &Gateway, reference: u8, status: u8) {
    hand_over(gateway, &pdu(PHONE, reference, status, Utc::now()));
}

fn hand_over(gateway: &Gateway, report: &[u8]) {
    gateway.simulation.with_modem(0, |modem, now| modem.status_report(report, now));
}

fn read(database: &Path, sql: &str) -> Vec<String> {
    let register = rusqlite::Connection::open(database).unwrap();
    let mut statement = register.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Waits until the register says this.
async fn told(database: &Path, sql: &str, expected: &[&str]) {
    let looks = async {
        while read(database, sql) != expected {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, looks).await;
    assert!(in_time.is_ok(), "{expected:?}: {:?}", read(database, sql));
}

/// States of the texts to that phone in their order.
async fn states(gateway: &Gateway, expected: &[&str]) {
    let sql = format!("SELECT state FROM outbox WHERE recipient = '{PHONE}' ORDER BY id");
    told(&gateway.database(), &sql, expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_report_settles_its_own_text_after_later_ones_and_after_a_restart() {
    let (gateway, taken) = gateway().await;
    let mut references = Vec::new();
    for text in ["satu", "dua", "tiga"] {
        references.extend(send(&gateway, &taken, PHONE, text).await);
    }
    report(&gateway, references[2], DELIVERED);
    states(&gateway, &["sent", "sent", "delivered"]).await;
    let gateway = gateway.restart().await;
    gateway.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    report(&gateway, references[0], EXPIRED);
    states(&gateway, &["expired", "sent", "delivered"]).await;
    report(&gateway, references[1], DELIVERED);
    states(&gateway, &["expired", "delivered", "delivered"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_comes_twice_settles_one_text_and_one_that_takes_it_back_none() {
    let (gateway, taken) = gateway().await;
    let first = send(&gateway, &taken, PHONE, "satu").await[0];
    let second = send(&gateway, &taken, PHONE, "dua").await[0];
    let twice = pdu(PHONE, first, DELIVERED, Utc::now());
    hand_over(&gateway, &twice);
    states(&gateway, &["delivered", "sent"]).await;
    hand_over(&gateway, &twice);
    report(&gateway, first, NOT_OBTAINABLE);
    // Both have been read when the next one has.
    report(&gateway, second, DELIVERED);
    states(&gateway, &["delivered", "delivered"]).await;
    let reports = "SELECT status || '' FROM report ORDER BY id";
    assert_eq!(read(&gateway.database(), reports), ["0", "67", "0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_is_settled_by_the_last_report_of_its_parts() {
    let (gateway, taken) = gateway().await;
    let long = "Lampu jalan di depan balai desa diperbaiki malam ini. ".repeat(8);
    let [first, second, third] = send(&gateway, &taken, PHONE, &long).await[..] else {
        panic!("three parts");
    };
    let parts = "SELECT state FROM outbox_part ORDER BY number";
    report(&gateway, third, DELIVERED);
    told(&gateway.database(), parts, &["accepted", "accepted", "delivered"]).await;
    let gateway = gateway.restart().await;
    gateway.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    report(&gateway, first, DELIVERED);
    told(&gateway.database(), parts, &["delivered", "accepted", "delivered"]).await;
    states(&gateway, &["sent"]).await;
    report(&gateway, second, DELIVERED);
    states(&gateway, &["delivered"]).await;

    // One part that does not arrive makes the whole text one that did not.
    let [first, second, third] = send(&gateway, &taken, PHONE, &long).await[..] else {
        panic!("three parts");
    };
    for (reference, status) in [(second, NOT_OBTAINABLE), (first, DELIVERED), (third, DELIVERED)] {
        report(&gateway, reference, status);
    }
    states(&gateway, &["delivered", "failed"]).await;
}

/// A text to each of 255 others: the next one has the reference of the one before them, which was the first.
async fn wrap(gateway: &Gateway) {
    let lines: Vec<String> = (0..255).map(|index| format!("+62812{index:08}\tuji\n")).collect();
    let arguments = ["--json", "sms", "send", "--batch"];
    let queued = gateway.desk().aduan_reading("joko", &arguments, &lines.concat()).await;
    assert!(queued.status.success(), "{queued:?}");
    let all = "SELECT COUNT (*) || '' FROM outbox WHERE state IN ('sent', 'delivered')";
    told(&gateway.database(), all, &["256"]).await;
}

/// Two texts to one phone under one reference, the first of them this long ago.
async fn under_one_reference(ago: TimeDelta) -> (Gateway, u8) {
    let (gateway, taken) = gateway().await;
    let first = send(&gateway, &taken, PHONE, "satu").await[0];
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    let sql = "UPDATE outbox_part SET accepted_at = accepted_at - ?1, offered_at = offered_at - ?1";
    register.execute(sql, [ago.num_seconds()]).unwrap();
    drop(register);
    wrap(&gateway).await;
    assert_eq!(send(&gateway, &taken, PHONE, "dua").await, [first]);
    (gateway, first)
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_reference_that_was_used_again_the_later_text_is_settled_first() {
    let (gateway, reference) = under_one_reference(TimeDelta::hours(2)).await;
    report(&gateway, reference, DELIVERED);
    states(&gateway, &["sent", "delivered"]).await;
    report(&gateway, reference, EXPIRED);
    states(&gateway, &["expired", "delivered"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_texts_under_one_reference_the_centres_time_stamp_tells_which() {
    let ago = TimeDelta::hours(2);
    let (gateway, reference) = under_one_reference(ago).await;
    hand_over(&gateway, &pdu(PHONE, reference, EXPIRED, Utc::now() - ago));
    states(&gateway, &["expired", "sent"]).await;
    report(&gateway, reference, DELIVERED);
    states(&gateway, &["expired", "delivered"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_comes_twice_is_none_on_the_next_text_under_its_reference() {
    let (gateway, taken) = gateway().await;
    let first = send(&gateway, &taken, PHONE, "satu").await[0];
    let twice = pdu(PHONE, first, DELIVERED, Utc::now());
    hand_over(&gateway, &twice);
    states(&gateway, &["delivered"]).await;
    wrap(&gateway).await;
    assert_eq!(send(&gateway, &taken, PHONE, "dua").await, [first]);
    hand_over(&gateway, &twice);
    // It has been read when the next one has.
    let other = "+6281200000000";
    hand_over(&gateway, &pdu(other, first.wrapping_add(1), DELIVERED, Utc::now()));
    let sql = format!("SELECT state FROM outbox WHERE recipient = '{other}'");
    told(&gateway.database(), &sql, &["delivered"]).await;
    states(&gateway, &["delivered", "sent"]).await;
}
