//! What time alone brings about, in the real daemon: a citizen and the office are reminded, once, whoever is restarted.

use aduan::simulator::NetworkOptions;

use crate::support::{CARD, Gateway, Office, simulate};

const PHONE: &str = "+6281234567890";

/// A round each second, and hardly any time for anything.
const HASTE: &str = "
[intake]
part_wait = \"1s\"
[standards]
sort = \"1s\"
[reminders]
question = \"2s\"";

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_and_the_office_are_reminded_once_whoever_is_restarted() {
    let office = Office::closed().modem(HASTE);
    let town = simulate(&office.home, NetworkOptions::default());
    let office = Gateway::of(town, office).await;
    let number = office.complain(PHONE, "DISHUB # Lampu mati").await;
    let late = |ticket: &serde_json::Value, action: &str| {
        let trail = ticket["trail"].as_array().unwrap();
        trail.iter().filter(|step| step["action"] == action).count()
    };
    office.desk().ticket_until(&number, |ticket| late(ticket, "LEWAT_WAKTU") == 1).await;

    office.desk().tell("sari", &["ask", &number, "--missing", "nama jalan"]).await;
    let question = office.next_message().await;
    let again = office.next_message().await;
    assert_eq!((again.to.as_str(), &again.text), (PHONE, &question.text));
    let office = office.restart().await;
    office.simulation.text(PHONE, CARD, &format!("STATUS {number}")).unwrap();
    let status = office.next_message().await;
    assert_ne!(status.text, question.text);
    let ticket = office.desk().tell("sari", &["show", &number]).await;
    assert_eq!([late(&ticket, "LEWAT_WAKTU"), late(&ticket, "INGATKAN_PEMOHON")], [1, 1]);
}
