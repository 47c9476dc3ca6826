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

#[tokio::test(flavor = "multi_thread")]
async fn who_is_late_reads_it_on_the_own_telephone_and_the_wall_shows_it() {
    const SARI: &str = "+6281300000001";
    let office = Office::closed().modem(&format!("{HASTE}\nsms = true\nper_day = 1"));
    let staff = office.home.path().join("staff.toml");
    let people = std::fs::read_to_string(&staff).unwrap();
    let known =
        people.replacen("user = \"sari\"", &format!("user = \"sari\"\nphone = \"{SARI}\""), 1);
    assert_ne!(known, people);
    std::fs::write(&staff, known).unwrap();
    let town = simulate(&office.home, NetworkOptions::default());
    let office = Gateway::of(town, office).await;
    let number = office.complain(PHONE, "DISHUB # Lampu mati").await;
    let reminder = office.next_message().await;
    let text = format!("Pengingat: {number} lewat waktu. Lihat: aduan masuk. Pemkab Sukamaju");
    assert_eq!((reminder.to.as_str(), reminder.text), (SARI, text));
    // Neither a second one on this day nor one after a restart.
    let office = office.restart().await;
    let second = office.complain("+6281234567891", "DISHUB # Rambu hilang").await;
    let late = |board: &serde_json::Value| board["reminders"].as_array().unwrap().len() == 2;
    let board = office.desk().until(&["board"], late).await;
    assert_eq!(board["reminders"][0]["number"], second.as_str());
    assert_eq!(board["overdue"][0]["number"], number.as_str());
    office.simulation.text(PHONE, CARD, "STATUS").unwrap();
    assert_eq!(office.next_message().await.to, PHONE);
    assert_eq!(office.desk().refused("budi", &["papan"]).await, "NOT_PERMITTED");
}
