//! A queue of texts: one commit each, and nothing that comes up meanwhile waits for its end.

use std::path::Path;
use std::time::Duration;

use aduan::simulator::{ModemSetup, Network, NetworkOptions, Setup, SimCard, Simulation};
use serde_json::Value;

use crate::support::{CARD, CENTRE, Gateway, Office, outbox};

fn phones(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("+62812{index:08}")).collect()
}

/// Puts a text for each of these phones into the outbox, all in one transaction.
async fn queue(gateway: &Gateway, phones: &[String], text: &str) {
    let lines: Vec<String> = phones.iter().map(|phone| format!("{phone}\t{text}\n")).collect();
    let arguments = ["--json", "sms", "send", "--batch"];
    let output = gateway.desk().aduan_reading("joko", &arguments, &lines.concat()).await;
    assert!(output.status.success(), "{output:?}");
}

/// How many of these phones the network has taken a text for.
fn taken(network: &Network, phones: &[String]) -> usize {
    phones.iter().map(|phone| network.accepted(phone)).sum()
}

/// An office whose network takes this long for a text.
async fn in_a_network_of(submit_takes: Duration) -> Gateway {
    let office = Office::closed();
    let network = NetworkOptions { submit_takes, ..NetworkOptions::default() };
    let modems = vec![ModemSetup::new(office.home.port(0), SimCard::new(CARD, CENTRE))];
    Gateway::of(Simulation::start(Setup { network, modems }).unwrap(), office).await
}

/// Commits since the journal was begun: frames that name the size of the database (file format of SQLite, §4.1).
fn commits(database: &Path) -> usize {
    const HEADER: usize = 32;
    const FRAME: usize = 24;
    let journal = std::fs::read(database.with_extension("db-wal")).unwrap();
    let number = |at: usize| u32::from_be_bytes(journal[at..at + 4].try_into().unwrap());
    let (page, salt) = (number(8) as usize, number(16));
    let frames = (HEADER..journal.len() - FRAME).step_by(FRAME + page);
    frames.filter(|at| number(at + 8) == salt && number(at + 4) > 0).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_costs_one_commit_a_text_and_not_three() {
    let gateway = Gateway::start().await;
    gateway.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    let before = commits(&gateway.database());
    let phones = phones(40);
    queue(&gateway, &phones, "uji").await;
    gateway.until("every text", |network| taken(network, &phones) == phones.len()).await;
    let reported = |status: &Value| {
        ["queued", "claimed", "sent"].iter().all(|state| outbox(status, state) == 0)
    };
    gateway.desk().status_until(reported).await;
    let spent = commits(&gateway.database()) - before;
    assert!((phones.len()..2 * phones.len()).contains(&spent), "{spent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_complaint_nor_an_order_waits_for_the_end_of_the_queue() {
    let gateway = in_a_network_of(Duration::from_millis(100)).await;
    let phones = phones(40);
    queue(&gateway, &phones, "uji").await;
    gateway.until("a text", |network| taken(network, &phones) > 0).await;
    gateway.desk().tell("joko", &["modem", "at", "modem-1", "AT+CSQ"]).await;
    let citizen = "+6285600000001";
    gateway.simulation.text(citizen, CARD, "DISHUB # lampu mati").unwrap();
    gateway.until("the receipt", |network| network.accepted(citizen) == 1).await;
    let taken = gateway.simulation.with_network(|network, _| taken(network, &phones));
    assert!(taken < phones.len(), "the receipt came last");
}

/// Nothing is offered that is not written: what was not sent at the end of the service waits, and is sent once.
#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_service_leaves_the_rest_of_the_queue_as_it_was() {
    let gateway = in_a_network_of(Duration::from_millis(50)).await;
    let phones = phones(20);
    queue(&gateway, &phones, "uji").await;
    gateway.until("some texts", |network| taken(network, &phones) > 2).await;
    gateway.desk().tell("joko", &["modem", "disable", "modem-1"]).await;
    let status =
        gateway.desk().status_until(|status| status["modems"][0]["state"] == "disabled").await;
    assert_eq!((outbox(&status, "claimed"), outbox(&status, "unknown")), (0, 0), "{status:#}");
    assert!(outbox(&status, "queued") > 0, "{status:#}");
    gateway.desk().tell("joko", &["modem", "enable", "modem-1"]).await;
    let so_far = phones.len() - usize::try_from(outbox(&status, "queued")).unwrap();
    gateway.until("some more", |network| taken(network, &phones) > so_far + 2).await;

    let (simulation, office) = gateway.close().await;
    let register = rusqlite::Connection::open(office.home.path().join("aduan.db")).unwrap();
    let sql = "SELECT COUNT (*) FROM outbox WHERE state IN ('claimed', 'unknown')";
    assert_eq!(register.query_row(sql, [], |row| row.get(0)), Ok(0));
    drop(register);
    let gateway = Gateway::of(simulation, office).await;
    gateway.settled(0).await;
    let counts: Vec<_> = phones.iter().map(|phone| gateway.simulation.phone(phone).len()).collect();
    assert!(counts.iter().all(|count| *count == 1), "{counts:?}");
}
