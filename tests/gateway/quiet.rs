//! Quiet hours: what the office starts waits for its window, and whoever has just written is answered at any hour.

use aduan::simulator::NetworkOptions;
use chrono::{FixedOffset, Timelike, Utc};
use serde_json::Value;

use crate::support::{CARD, Gateway, Office, outbox, simulate};

const PHONE: &str = "+6281234567890";
const WIB_SECONDS: i32 = 7 * 3600;

/// A sending window that is closed now and opens in six hours at the soonest, however late it is.
fn far_away() -> &'static str {
    let hour = Utc::now().with_timezone(&FixedOffset::east_opt(WIB_SECONDS).unwrap()).hour();
    if hour < 12 { "18.00-19.00" } else { "06.00-07.00" }
}

fn set_window(office: &Office, from: &str, to: &str) {
    let file = office.home.config_file();
    let settings = std::fs::read_to_string(&file).unwrap();
    let window = |hours: &str| format!("window = \"{hours}\"");
    let set = settings.replace(&window(from), &window(to));
    assert_ne!(settings, set);
    std::fs::write(&file, set).unwrap();
}

const ALWAYS: &str = "00.00-24.00";

/// Puts a ticket's approved answer into the outbox.
async fn answer(gateway: &Gateway, number: &str) {
    let desk = gateway.desk();
    desk.tell("sari", &["assign", number, "--category", "pengaduan"]).await;
    let draft =
        ["--recommendation", "a", "--rules", "b", "--note", "c", "--wording", "Sudah beres."];
    desk.tell("budi", &[&["propose", number], &draft[..]].concat()).await;
    desk.tell("ratna", &["approve", number]).await;
    desk.tell("sari", &["send", number]).await;
}

fn reply(ticket: &Value, purpose: &str) -> Value {
    let replies = ticket["replies"].as_array().unwrap();
    replies.iter().find(|reply| reply["purpose"] == purpose).cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_starts_waits_and_whoever_writes_is_answered_at_once() {
    let hours = far_away();
    let office = Office::closed();
    set_window(&office, ALWAYS, hours);
    let simulation = simulate(&office.home, NetworkOptions::instant());
    let gateway = Gateway::of(simulation, office).await;
    let number = gateway.complain(PHONE, "DISHUB # lampu mati").await;
    answer(&gateway, &number).await;
    let status = gateway.desk().status_until(|status| outbox(status, "sent") == 0).await;
    assert_eq!(outbox(&status, "queued"), 1, "{status:#}");

    // As if it had waited for the morning, and a modem came only in the evening after it.
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    let due = "UPDATE outbox SET due_at = due_at - 86400 WHERE purpose = 'answer'";
    assert_eq!(register.execute(due, []), Ok(1));
    // The receipts of others, the answer to a command, and what an admin calls urgent pass it by: to the same number too.
    for index in 0..3 {
        gateway.complain(&format!("+62856{index:08}"), "PDAM # air mati").await;
    }
    gateway.simulation.text(PHONE, CARD, &format!("STATUS {number}")).unwrap();
    assert_eq!(gateway.next_message().await.to, PHONE);
    gateway.desk().tell("joko", &["sms", "send", "+6285700000002", "nanti"]).await;
    gateway.desk().tell("joko", &["sms", "send", "--now", "+6285700000001", "uji"]).await;
    assert_eq!(gateway.next_message().await.to, "+6285700000001");
    let noted = "SELECT officer || ' ' || detail FROM access_log WHERE action = 'sms'";
    let noted: String = register.query_row(noted, [], |row| row.get(0)).unwrap();
    assert_eq!(noted, "joko now 1");
    assert!(gateway.simulation.phone("+6285700000002").is_empty());
    let shown = gateway.desk().tell("sari", &["show", &number]).await;
    assert_eq!(reply(&shown, "answer")["state"], "queued", "{shown:#}");
    assert_eq!(gateway.simulation.phone(PHONE).len(), 2);

    // The window opens: nothing else has changed.
    let (simulation, office) = gateway.close().await;
    set_window(&office, hours, ALWAYS);
    let gateway = Gateway::of(simulation, office).await;
    assert_eq!(gateway.next_message().await.to, PHONE);
    let delivered = |ticket: &Value| reply(ticket, "answer")["state"] == "delivered";
    gateway.desk().ticket_until(&number, delivered).await;
    assert_eq!(gateway.simulation.phone(PHONE).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_queued_for_the_opening_of_the_window() {
    let office = Office::closed();
    let hours = far_away();
    set_window(&office, ALWAYS, hours);
    let simulation = simulate(&office.home, NetworkOptions::instant());
    let gateway = Gateway::of(simulation, office).await;
    let number = gateway.complain(PHONE, "DISHUB # lampu mati").await;
    gateway.desk().tell("sari", &["close", &number, "--reason", "BUKAN_PENGADUAN"]).await;
    let shown = gateway.desk().tell("sari", &["show", &number]).await;
    assert_eq!(reply(&shown, "notice")["state"], "queued", "{shown:#}");
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    let due = "SELECT due_at FROM outbox WHERE purpose = 'notice'";
    let due: i64 = register.query_row(due, [], |row| row.get(0)).unwrap();
    let opens = chrono::DateTime::from_timestamp(due, 0).unwrap();
    let opens = opens.with_timezone(&FixedOffset::east_opt(WIB_SECONDS).unwrap());
    assert_eq!(opens.format("%H.%M.%S").to_string(), format!("{}.00", &hours[..5]));
    assert!(opens > Utc::now());
}
