//! A queue of texts: one commit each, and nothing that comes up meanwhile waits for its end.

use std::path::Path;
use std::time::Duration;

use aduan::simulator::{ModemSetup, Network, NetworkOptions, Profile, Setup, SimCard, Simulation};
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

/// What is committed together may fail together; that the network has a text must not be forgotten for the sake of a report.
#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_cannot_be_kept_makes_no_text_unknown() {
    let gateway = Gateway::start().await;
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    register
        .execute_batch(
            "CREATE TRIGGER no_report BEFORE INSERT ON report BEGIN SELECT RAISE (ABORT, 'x'); END;
             CREATE TABLE once_unknown (id INTEGER);
             CREATE TRIGGER unknown AFTER UPDATE OF state ON outbox WHEN new.state = 'unknown'
             BEGIN INSERT INTO once_unknown VALUES (new.id); END;",
        )
        .unwrap();
    let phones = phones(4);
    queue(&gateway, &phones, "uji").await;
    let fails = |status: &Value| !status["modems"][0]["error"].is_null();
    gateway.desk().status_until(fails).await;
    assert!(gateway.simulation.with_network(|network, _| taken(network, &phones)) > 0);
    register.execute_batch("DROP TRIGGER no_report").unwrap();
    gateway.settled(0).await;
    let unknown = register.query_row("SELECT COUNT (*) FROM once_unknown", [], |row| row.get(0));
    assert_eq!(unknown, Ok(0));
    assert!(phones.iter().all(|phone| gateway.simulation.phone(phone).len() == 1));
}

const OTHER_CARD: &str = "+6281100000002";

/// Two modems on a network that takes no time, with these lines for the second one, and both of them ready.
async fn two(settings: &str, sending: &str) -> Gateway {
    let office = Office::with_modems(2).sending(sending).modem(settings);
    let modems = [CARD, OTHER_CARD].into_iter().enumerate();
    let modems =
        modems.map(|(at, card)| ModemSetup::new(office.home.port(at), SimCard::new(card, CENTRE)));
    let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let ready = |modem: &Value| modem["state"] == "ready";
    gateway
        .desk()
        .status_until(|status| status["modems"].as_array().unwrap().iter().all(ready))
        .await;
    gateway
}

/// How many of these phones were reached from a card.
fn reached_from(gateway: &Gateway, card: &str, phones: &[String]) -> usize {
    let from =
        |phone: &String| gateway.simulation.phone(phone).iter().any(|text| text.from == card);
    phones.iter().filter(|phone| from(phone)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_has_sent_its_share_of_the_day_rests_also_after_a_restart() {
    let gateway = two("per_day = 2", "other_sim_after = \"1s\"").await;
    let citizens = ["+6285600000001", "+6285600000002", "+6285600000003"].map(str::to_owned);
    for citizen in &citizens {
        gateway.simulation.text(citizen, OTHER_CARD, "DISHUB # lampu mati").unwrap();
        gateway.until("a receipt", |network| network.messages_of(citizen).count() == 1).await;
    }
    // The third one was bound to this card, and left by the other one after the limit.
    assert_eq!(reached_from(&gateway, OTHER_CARD, &citizens), 2);
    let used_up = |modem: &Value| {
        modem["modem"]["quota"] == serde_json::json!({ "used": 2, "limit": 2 })
            && modem["modem"]["warnings"] == serde_json::json!(["quota"])
    };
    gateway.desk().until(&["modem", "info", "modem-2"], used_up).await;
    let gateway = gateway.restart().await;
    gateway.desk().until(&["modem", "info", "modem-2"], used_up).await;
    let phones = phones(10);
    queue(&gateway, &phones, "uji").await;
    gateway.settled(3).await;
    assert_eq!(reached_from(&gateway, CARD, &phones), phones.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_has_sent_its_share_of_the_minute_goes_on_when_there_is_room() {
    let office = Office::closed().modem("per_minute = 2");
    let simulation = crate::support::simulate(&office.home, NetworkOptions::instant());
    let gateway = Gateway::of(simulation, office).await;
    let phones = phones(4);
    queue(&gateway, &phones[..3], "uji").await;
    let share = |status: &Value| {
        (outbox(status, "queued"), outbox(status, "claimed"), outbox(status, "sent")) == (1, 0, 0)
    };
    gateway.desk().status_until(share).await;
    assert_eq!(gateway.simulation.with_network(|network, _| taken(network, &phones)), 2);
    // As if it had been a while ago; the next text has the modem look again.
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    register.execute("UPDATE outbox_part SET accepted_at = accepted_at - 57", []).unwrap();
    queue(&gateway, &phones[3..], "uji").await;
    gateway.until("the rest", |network| taken(network, &phones) == 4).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_leave_by_the_modem_that_their_numbers_lead_to() {
    let gateway = two("routes = [\"0812\", \"0813\"]", "other_sim_after = \"1h\"").await;
    let phones = phones(10);
    queue(&gateway, &phones, "uji").await;
    gateway.settled(0).await;
    assert_eq!(reached_from(&gateway, OTHER_CARD, &phones), phones.len());
    // A reply leaves by the card that received.
    gateway.simulation.text(&phones[0], CARD, "DISHUB # lampu mati").unwrap();
    gateway.until("a receipt", |network| network.messages_of(&phones[0]).count() == 2).await;
    assert_eq!(gateway.simulation.phone(&phones[0]).last().unwrap().from, CARD);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_modem_of_their_route_texts_leave_by_another_after_the_limit() {
    let gateway = two("routes = [\"0812\"]", "other_sim_after = \"2s\"").await;
    gateway.desk().tell("joko", &["modem", "disable", "modem-2"]).await;
    let phones = phones(2);
    queue(&gateway, &phones, "uji").await;
    gateway.settled(0).await;
    assert_eq!(reached_from(&gateway, CARD, &phones), phones.len());
}

/// What a modem of this family was told about its link while it sent a text, a long text, a queue and a text again.
async fn told_of_its_link(profile: Profile, quirks: Option<&str>) -> Vec<String> {
    let office = Office::closed().modem("record = \"recordings\"");
    if let Some(quirks) = quirks {
        let file = office.home.config_file();
        let settings = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("[files]\nquirks = \"quirks.toml\"\n{settings}")).unwrap();
        std::fs::write(office.home.path().join("quirks.toml"), quirks).unwrap();
    }
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let phones = phones(6);
    queue(&gateway, &phones[..1], "satu").await;
    gateway.settled(0).await;
    queue(&gateway, &phones[..1], &"dua ".repeat(60)).await;
    gateway.settled(0).await;
    // The link lapses where nothing follows.
    tokio::time::sleep(Duration::from_millis(1200)).await;
    queue(&gateway, &phones, "tiga").await;
    gateway.settled(0).await;
    assert_eq!(gateway.simulation.phone(&phones[0]).len(), 3);
    tokio::time::sleep(Duration::from_millis(1200)).await;
    queue(&gateway, &phones[..1], "empat").await;
    gateway.settled(0).await;
    let (_, office) = gateway.close().await;
    let files = std::fs::read_dir(office.home.path().join("recordings")).unwrap();
    let files: Vec<_> =
        files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let lines = files.iter().flat_map(|file| file.lines());
    let told =
        lines.filter_map(|line| line.strip_prefix("> ").filter(|line| line.starts_with("AT")));
    told.filter(|line| line.contains("CMMS")).map(|line| line.replace("\\r", "")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_is_kept_for_what_has_several_parts_or_others_behind_it() {
    let able = told_of_its_link(Profile::simcom_4g(), None).await;
    let (asked, kept) = able.split_first().unwrap();
    assert_eq!(asked, "AT+CMMS=?");
    assert!(kept.iter().all(|line| line == "AT+CMMS=1"), "{able:?}");
    // Once for the long text and once for the queue; more only where the machine dozed between two texts.
    assert!((2..7).contains(&kept.len()), "{able:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_keeps_no_link_is_asked_once_and_sends_all_the_same() {
    assert_eq!(told_of_its_link(Profile::huawei_e1752(), None).await, ["AT+CMMS=?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_that_is_not_to_be_asked_is_not_asked() {
    let quirks = "[[family]]\nmanufacturer = \"simcom\"\nwhy = \"x\"\nlink = false\n";
    assert!(told_of_its_link(Profile::simcom_4g(), Some(quirks)).await.is_empty());
}

/// A modem that hears nothing for a while after its prompt, with this table of families.
async fn hard_of_hearing(deaf: Duration, quirks: &str) -> Gateway {
    let office = Office::closed();
    let file = office.home.config_file();
    let settings = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("[files]\nquirks = \"quirks.toml\"\n{settings}")).unwrap();
    std::fs::write(office.home.path().join("quirks.toml"), quirks).unwrap();
    let profile = Profile { deaf_after_prompt: deaf, ..Profile::simcom_4g() };
    let modem =
        ModemSetup { profile, ..ModemSetup::new(office.home.port(0), SimCard::new(CARD, CENTRE)) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    Gateway::of(Simulation::start(setup).unwrap(), office).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_loses_what_comes_too_early_sends_at_its_pace_alone() {
    let phones = phones(1);
    let slow = "[[family]]\nmanufacturer = \"simcom\"\nwhy = \"x\"\n\
        payload = { pause = \"600ms\", piece = 18, between = \"2ms\", before_end = \"50ms\" }\n";
    let paced = hard_of_hearing(Duration::from_millis(500), slow).await;
    queue(&paced, &phones, "pelan").await;
    paced.settled(0).await;
    assert_eq!(paced.simulation.phone(&phones[0]).len(), 1);
    let hasty = hard_of_hearing(Duration::from_mins(10), "").await;
    queue(&hasty, &phones, "cepat").await;
    let outbox = hasty.settled(0).await;
    // What failed for good is counted no more.
    let is_over = |entry: &Value| entry[1] == 0;
    assert!(outbox.as_array().unwrap().iter().all(is_over), "{outbox:#}");
    assert_eq!(hasty.simulation.phone(&phones[0]).len(), 0);
}
