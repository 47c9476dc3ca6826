//! What modems keep and what they route: full stores, two stores, flash messages, and messages that no person wrote.

use std::time::Duration;

use aduan::number::TicketNumber;
use aduan::simulator::{
    BEFORE_REPORTS, Faults, Modem, ModemSetup, NetworkOptions, Profile, ReportStore, Setup,
    SimCard, Simulation, Status,
};
use aduan::sms::{StatusReport, hex, split_smsc};

use rusqlite::OptionalExtension;

use crate::support::{CARD, CENTRE, Gateway, Office, PATIENCE};

const PHONE: &str = "+628123456789";

/// `DLH # sampah` from [`PHONE`] as an SMS-DELIVER, with this TP-DCS and this second.
fn complaint(coding: &str, second: &str) -> Vec<u8> {
    let tpdu = format!("040C9126183254769800{coding}6211524051{second}820C4426123402CDC36D78180D");
    hex::decode(&tpdu).unwrap()
}

const FLASH: &str = "10";
const ON_THE_CARD: &str = "12";

fn simulation(office: &Office, profile: Profile) -> Simulation {
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::default(), modems: vec![modem] };
    Simulation::start(setup).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_store_is_emptied_and_what_waits_at_the_centre_follows() {
    const TEXTS: usize = 60;
    let office = Office::closed();
    let simulation = simulation(&office, Profile::huawei_e1752());
    let phones: Vec<String> = (0..TEXTS).map(|index| format!("+62812{index:08}")).collect();
    for phone in &phones {
        simulation.text(phone, CARD, "DLH # sampah menumpuk").unwrap();
    }
    let full = simulation.wait_until(|network| (1..TEXTS).contains(&network.waiting(CARD)));
    full.await;
    let office = Gateway::of(simulation, office).await;
    office.until("every receipt", |network| network.messages().len() >= TEXTS).await;
    office.settled(TEXTS).await;
    assert!(phones.iter().all(|phone| office.simulation.phone(phone).len() == 1));
}

/// This family tells of a full store only where it was told to; without that the rest waits for the heartbeat.
#[tokio::test(flavor = "multi_thread")]
async fn a_family_that_must_be_asked_to_tells_of_a_full_store() {
    let office = Office::closed();
    let office = Gateway::of(simulation(&office, Profile::quectel_ec25()), office).await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    // A place is all there is, and another program has filled it: nothing announces that.
    office.simulation.with_modem(0, |modem, _| {
        for store in ["SM", "ME"] {
            modem.set_places(store, 1);
            let pdu = [&[0], complaint("00", "01").as_slice()].concat();
            assert!(modem.keep(store, Status::Unread, &pdu));
        }
    });
    office.simulation.text("+6285600000001", CARD, "DISHUB # lampu mati").unwrap();
    office.settled(2).await;
    let told = |modem: &mut Modem, _| modem.heard().any(|line| line == "AT+QINDCFG=\"smsfull\",1");
    assert_eq!(office.simulation.with_modem(0, told), Some(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_stores_are_read_out_at_the_start() {
    let office = Office::closed();
    let simulation = simulation(&office, Profile::simcom_4g());
    simulation.deliver(CARD, &complaint(ON_THE_CARD, "01")).unwrap();
    simulation.text("+6285600000001", CARD, "DISHUB # lampu mati").unwrap();
    simulation.wait_until(|network| network.waiting(CARD) == 0).await;
    let stored = |simulation: &Simulation| {
        simulation.with_modem(0, |modem, _| (modem.stored("SM"), modem.stored("ME"))).unwrap()
    };
    while stored(&simulation) != (1, 1) {
        tokio::task::yield_now().await;
    }
    let office = Gateway::of(simulation, office).await;
    office.until("both receipts", |network| network.messages().len() == 2).await;
    office.settled(2).await;
    assert_eq!(stored(&office.simulation), (0, 0));
    // Later ones are announced from wherever they lie.
    office.simulation.deliver(CARD, &complaint(ON_THE_CARD, "11")).unwrap();
    office.next_message().await;
    assert_eq!(stored(&office.simulation), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flash_message_is_a_complaint_wherever_it_comes_from() {
    for profile in [Profile::huawei_e1752(), Profile::simcom_4g(), Profile::wavecom()] {
        let model = profile.model;
        let office = Gateway::with(profile, Faults::default()).await;
        office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
        office.simulation.deliver(CARD, &complaint(FLASH, "01")).unwrap();
        let receipt = office.next_message().await;
        assert_eq!(receipt.to, PHONE, "{model}");
        assert!(TicketNumber::find_in(&receipt.text).is_some(), "{model}: {receipt:?}");
        office.settled(1).await;
    }
}

/// What the notice tells is all that there is of it; handed over, it is a complaint like any other.
#[tokio::test(flavor = "multi_thread")]
async fn a_flash_message_that_is_only_shown_is_warned_of_and_kept_as_it_was_told() {
    let office = Gateway::with(Profile::sim800(), Faults::default()).await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    office.simulation.deliver(CARD, &complaint(FLASH, "01")).unwrap();
    let warned = |status: &serde_json::Value| status["modems"][0]["warnings"][0] == "class-0";
    office.desk().status_until(warned).await;
    let register = rusqlite::Connection::open(office.database()).unwrap();
    // It is warned of before it is kept.
    let deadline = tokio::time::Instant::now() + PATIENCE;
    let kept: Vec<u8> = loop {
        let kept = register.query_row("SELECT pdu FROM part", [], |row| row.get(0));
        match kept.optional().unwrap() {
            Some(kept) => break kept,
            None => assert!(tokio::time::Instant::now() < deadline, "it was never kept"),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    assert_eq!(String::from_utf8(kept).unwrap(), "\"DLH # sampah\"");
    drop(register);
    // Handed over, it is a complaint.
    let (simulation, office) = office.close().await;
    let office = Gateway::of(simulation, office.modem("receive = \"direct\"")).await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    office.simulation.deliver(CARD, &complaint(FLASH, "11")).unwrap();
    let receipt = office.next_message().await;
    assert!(TicketNumber::find_in(&receipt.text).is_some(), "{receipt:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_person_wrote_is_kept_and_never_answered() {
    let office = Gateway::with(Profile::simcom_4g(), Faults::default()).await;
    for tpdu in [
        // Eight-bit data to port 2948 (WAP push), and a message of type 0.
        "440C9126183254769800046211524051018209060504 0B8423F0AABB".replace(' ', ""),
        "040C9126183254769840006211524051028203C8F71D".to_owned(),
        // No SMS-DELIVER at all.
        "FFFFFFFF".to_owned(),
    ] {
        office.simulation.deliver(CARD, &hex::decode(&tpdu).unwrap()).unwrap();
    }
    let number = office.complain("+6285600000001", "PDAM # air mati").await;
    office.settled(1).await;
    assert!(office.simulation.phone(PHONE).is_empty());
    office.simulation.with_modem(0, |modem, _| assert_eq!(modem.stored("MT"), 0, "{number}"));
}

/// A report that was stored while nobody listened settles its text at the next start; gives what was kept of it.
async fn stored_report(reports: ReportStore) -> Vec<u8> {
    let office = Office::closed();
    let card = SimCard::new(CARD, CENTRE);
    let profile = Profile { reports, ..Profile::wavecom() };
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let report_after = std::time::Duration::from_secs(1);
    let network = NetworkOptions { report_after, ..NetworkOptions::instant() };
    let simulation = Simulation::start(Setup { network, modems: vec![modem] }).unwrap();
    let office = Gateway::of(simulation, office).await;
    let number = office.complain(PHONE, "DISHUB # lampu mati").await;
    let (simulation, office) = office.close().await;
    let kept = |simulation: &Simulation| simulation.with_modem(0, |modem, _| modem.stored("SR"));
    while kept(&simulation) == Some(0) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let office = Gateway::of(simulation, office).await;
    let delivered = |ticket: &serde_json::Value| ticket["replies"][0]["state"] == "delivered";
    office.desk().ticket_until(&number, delivered).await;
    office.settled(1).await;
    assert_eq!(kept(&office.simulation), Some(0));
    let register = rusqlite::Connection::open(office.database()).unwrap();
    register.query_row("SELECT pdu FROM report", [], |row| row.get(0)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_that_were_stored_while_nobody_listened_are_read_at_the_next_start() {
    let kept = stored_report(ReportStore::Kept).await;
    assert!(StatusReport::decode(split_smsc(&kept).unwrap().1).is_ok(), "{kept:02X?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_report_that_comes_mangled_settles_its_text_and_is_kept_as_it_came() {
    let kept = stored_report(ReportStore::Mangled).await;
    let whole = kept.strip_prefix(BEFORE_REPORTS.as_slice()).unwrap();
    assert!(StatusReport::decode(split_smsc(whole).unwrap().1).is_ok(), "{kept:02X?}");
}

/// Class 0 is routed by this family, unacknowledged, and stored nowhere: what the gateway has heard is all there is.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_routed_while_the_disk_took_nothing_is_kept_although_the_stick_is_gone() {
    let office = Gateway::with(Profile::huawei_e1752(), Faults::default()).await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    let rename = |from: &str, to: &str| {
        let database = rusqlite::Connection::open(office.database()).unwrap();
        database.execute_batch(&format!("ALTER TABLE {from} RENAME TO {to}")).unwrap();
    };
    rename("part", "part_elsewhere");
    office.simulation.deliver(CARD, &complaint(FLASH, "01")).unwrap();
    let refused = |status: &serde_json::Value| {
        status["modems"][0]["error"]["details"]["said"]
            .as_str()
            .is_some_and(|said| said.contains("no such table"))
    };
    office.desk().status_until(refused).await;
    office.simulation.unplug(0);
    office.desk().status_until(|status| status["modems"][0]["state"] == "absent").await;
    rename("part_elsewhere", "part");
    office
        .desk()
        .until(&["inbox", "--all"], |inbox| inbox["tickets"].as_array().unwrap().len() == 1)
        .await;
}

/// A store of this modem as the staff sees it.
async fn shown(office: &Gateway, name: &str) -> serde_json::Value {
    let list = office.desk().tell("sari", &["modem", "list"]).await;
    let stores = list["modems"][0]["stores"].as_array().unwrap().clone();
    stores.into_iter().find(|store| store["name"] == name).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lay_on_the_card_before_is_left_where_the_office_wants_it_so() {
    let office = Office::closed().modem("found = \"leave\"");
    let simulation = simulation(&office, Profile::simcom_4g());
    let keep = |status: Status, second: &str| {
        let pdu = [&[0], complaint(ON_THE_CARD, second).as_slice()].concat();
        simulation.with_modem(0, |modem, _| assert!(modem.keep("SM", status, &pdu)));
    };
    for second in ["01", "11", "21", "31", "41", "51", "02"] {
        keep(Status::Read, second);
    }
    keep(Status::Unsent, "12");
    // In the modem's own store, unread, with nobody there to hear of it.
    simulation.text("+6285600000001", CARD, "selamat pagi").unwrap();
    simulation.wait_until(|network| network.waiting(CARD) == 0).await;
    let office = Gateway::of(simulation, office).await;
    // What arrives before the modem is told to announce is found like the others.
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    office.complain("+6285600000002", "DISHUB # lampu mati").await;
    let office = office.restart().await;
    office.complain("+6285600000002", "PDAM # air mati").await;
    office.settled(2).await;
    let stored = |name: &str| office.simulation.with_modem(0, |modem, _| modem.stored(name));
    assert_eq!((stored("SM"), stored("ME")), (Some(8), Some(1)));
    assert!(office.simulation.phone("+6285600000001").is_empty());
    assert_eq!(
        (&shown(&office, "SM").await["left"], &shown(&office, "ME").await["left"]),
        (&8.into(), &1.into())
    );
    // Two places are no room for a long message and the next one.
    let warned = |status: &serde_json::Value| status["modems"][0]["warnings"][0] == "no-room";
    office.desk().status_until(warned).await;
    let output = office.desk().aduan("sari", &["--lang", "id", "modem", "lihat", "modem-1"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("(8 dibiarkan)") && text.contains("memenuhi penyimpanan"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lay_on_the_card_before_is_taken_where_nothing_else_is_said_and_drafts_are_not() {
    let office = Office::closed();
    let simulation = simulation(&office, Profile::simcom_4g());
    for (status, second) in [(Status::Read, "01"), (Status::Unsent, "11"), (Status::Sent, "21")] {
        let pdu = [&[0], complaint(ON_THE_CARD, second).as_slice()].concat();
        simulation.with_modem(0, |modem, _| assert!(modem.keep("SM", status, &pdu)));
    }
    let office = Gateway::of(simulation, office).await;
    office.settled(1).await;
    assert_eq!(office.simulation.with_modem(0, |modem, _| modem.stored("SM")), Some(2));
    assert_eq!(shown(&office, "SM").await["left"], 2);
}
