//! What becomes of what is sent: refusals of the network, answers that never come, and a stop in the middle.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aduan::simulator::{
    ModemSetup, NetworkOptions, Profile, Reach, Registration, Ruling, Setup, SimCard, Simulation,
};

use crate::support::{CARD, CENTRE, Gateway, Office, outbox};

const PHONE: &str = "+6281234567890";

/// A gateway on a network with this ruling; an unknown fate is resolved after a second.
async fn ruled(options: NetworkOptions, rule: impl FnMut() -> Ruling + Send + 'static) -> Gateway {
    ruled_in(Profile::default(), options, rule).await
}

async fn ruled_in(
    profile: Profile,
    options: NetworkOptions,
    mut rule: impl FnMut() -> Ruling + Send + 'static,
) -> Gateway {
    let office = Office::closed().sending("unknown_grace = \"1s\"");
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let simulation = Simulation::start(Setup { network: options, modems: vec![modem] }).unwrap();
    simulation.with_network(|network, _| network.set_rule(move |_, _| rule()));
    Gateway::of(simulation, office).await
}

/// Takes a ticket from the complaint to the approved and sent answer.
async fn answer(office: &Gateway, number: &str) {
    let desk = office.desk();
    desk.tell("sari", &["assign", number, "--category", "pengaduan"]).await;
    let draft =
        ["--recommendation", "a", "--rules", "b", "--note", "c", "--wording", "Sudah beres."];
    desk.tell("budi", &[&["propose", number], &draft[..]].concat()).await;
    desk.tell("ratna", &["approve", number]).await;
    desk.tell("sari", &["send", number]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passing_refusal_of_the_network_is_tried_again() {
    for cause in [38, 69, 500] {
        let mut refused = false;
        let rule = move || {
            if std::mem::replace(&mut refused, true) {
                Ruling::Accept
            } else {
                Ruling::Refuse(cause)
            }
        };
        let office = ruled(NetworkOptions::instant(), rule).await;
        office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
        office.until("the refusal", |network| network.refused(CARD) == 1).await;
        let status = office.desk().status_until(|status| outbox(status, "queued") == 1).await;
        assert_eq!(outbox(&status, "claimed"), 0, "{cause}");
        if cause == 38 {
            office.next_message().await;
        }
    }
}

/// 331: no network service.
#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_is_gone_costs_no_try_and_the_text_leaves_when_it_is_back() {
    let mut first = true;
    let rule = move || {
        if std::mem::take(&mut first) { Ruling::Refuse(331) } else { Ruling::Accept }
    };
    let office = ruled(NetworkOptions::instant(), rule).await;
    let cover = |coverage| {
        office.simulation.with_modem(0, |modem, now| modem.set_coverage(coverage, now));
    };
    let register = rusqlite::Connection::open(office.database()).unwrap();
    let attempts = || -> Vec<i64> {
        let mut statement = register.prepare("SELECT attempts FROM outbox").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    office.until("the refusal", |network| network.refused(CARD) == 1).await;
    cover(Registration::Searching);
    let status = office
        .desk()
        .status_until(|status| {
            status["modems"][0]["state"] == "registering" && outbox(status, "queued") == 1
        })
        .await;
    assert_eq!((outbox(&status, "claimed"), attempts()), (0, vec![0]), "{status:#}");
    cover(Registration::Home);
    assert_eq!(office.next_message().await.to, PHONE);
    assert_eq!(attempts(), [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_final_refusal_fails_that_text_and_no_other() {
    let mut first = true;
    let rule = move || if std::mem::take(&mut first) { Ruling::Refuse(1) } else { Ruling::Accept };
    let office = ruled(NetworkOptions::instant(), rule).await;
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    office.until("the refusal", |network| network.refused(CARD) == 1).await;
    office.complain("+6285600000001", "DISHUB # parkir liar").await;
    office.settled(2).await;
    let inbox = office.desk().tell("sari", &["inbox", "--all"]).await;
    let mut states = Vec::new();
    for ticket in inbox["tickets"].as_array().unwrap() {
        let number = ticket["number"].as_str().unwrap();
        let shown = office
            .desk()
            .ticket_until(number, |ticket| ticket["replies"][0]["state"] != "sent")
            .await;
        let code = shown["unreachable"]["code"].as_str().unwrap_or("reached");
        states.push(format!("{} {code}", shown["replies"][0]["state"].as_str().unwrap()));
    }
    states.sort();
    assert_eq!(states, ["delivered reached", "failed +CMS ERROR: 1"]);
}

/// The centre has the text already; under which reference, nobody says.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_centre_calls_a_duplicate_has_been_sent() {
    let mut first = true;
    let rule = move || {
        if std::mem::take(&mut first) { Ruling::Refuse(197) } else { Ruling::Accept }
    };
    let office = ruled(NetworkOptions::instant(), rule).await;
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    office.desk().status_until(|status| outbox(status, "sent") == 1).await;
    office.complain("+6285600000001", "DISHUB # parkir liar").await;
    office.settled(2).await;
    // The report on the other text settles that one alone.
    let status = office.desk().status_until(|status| outbox(status, "sent") == 1).await;
    assert_eq!((outbox(&status, "unknown"), outbox(&status, "queued")), (0, 0), "{status:#}");
    assert_eq!(office.simulation.with_network(|network, _| network.refused(CARD)), 1);
    assert!(office.simulation.phone(PHONE).is_empty(), "sent once more");
    let register = rusqlite::Connection::open(office.database()).unwrap();
    let sql = "SELECT state || ' ' || COALESCE (mr, 'NULL') FROM outbox_part ORDER BY outbox_id";
    let first: String = register.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(first, "accepted NULL");
}

/// Nobody hears what became of a text: the stick is pulled out while the network is silent.
async fn silence(ruling: Ruling, arrives: usize) {
    static RULED: AtomicUsize = AtomicUsize::new(0);
    let before = RULED.load(Ordering::SeqCst);
    let mut calls = 0;
    let rule = move || {
        calls += 1;
        RULED.fetch_add(1, Ordering::SeqCst);
        // The receipt passes; the first sending of the answer does not.
        if calls == 2 { ruling } else { Ruling::Accept }
    };
    let office = ruled(
        NetworkOptions { report_after: Duration::from_hours(1), ..NetworkOptions::instant() },
        rule,
    )
    .await;
    let number = office.complain(PHONE, "DISHUB # lampu mati").await;
    answer(&office, &number).await;
    office.until("the ruling", |_| RULED.load(Ordering::SeqCst) >= before + 2).await;
    office.simulation.unplug(0);
    office.desk().ticket_until(&number, |ticket| ticket["replies"][1]["state"] == "unknown").await;
    office.simulation.plug_in(0);
    // An answer is sent once more after the grace.
    let ticket =
        office.desk().ticket_until(&number, |ticket| ticket["replies"][1]["state"] == "sent").await;
    assert!(ticket["trail"].to_string().contains("KIRIM_ULANG"), "{ticket:#}");
    office.until("the answer", |network| network.messages_of(PHONE).count() == 1 + arrives).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_unknown_fate_is_sent_once_more() {
    silence(Ruling::Silence, 1).await;
    silence(Ruling::AcceptSilently, 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_unknown_fate_is_dropped() {
    let office = ruled(NetworkOptions::instant(), || Ruling::Silence).await;
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    office.desk().status_until(|status| outbox(status, "claimed") == 1).await;
    office.simulation.with_network(|network, _| network.set_rule(|_, _| Ruling::Accept));
    office.simulation.unplug(0);
    office.desk().status_until(|status| outbox(status, "unknown") == 1).await;
    office.simulation.plug_in(0);
    office.desk().status_until(|status| outbox(status, "unknown") == 0).await;
    // It is not in the way of what comes after it.
    office.complain("+6285600000001", "DISHUB # parkir liar").await;
    office.settled(2).await;
    assert!(office.simulation.phone(PHONE).is_empty());
}

/// A modem that hears nothing of the network says so (332): the text goes again, a receipt too, and where it had arrived all the
/// same the register knows that it may have.
async fn unanswered(ruling: Ruling, arrives: usize) {
    let mut first = true;
    let rule = move || if std::mem::take(&mut first) { ruling } else { Ruling::Accept };
    let profile = Profile { gives_up_after: Duration::from_millis(200), ..Profile::default() };
    let options =
        NetworkOptions { report_after: Duration::from_hours(1), ..NetworkOptions::instant() };
    let office = ruled_in(profile, options, rule).await;
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    let status = office.desk().status_until(|status| outbox(status, "unknown") == 1).await;
    assert_eq!(outbox(&status, "queued"), 0, "{status:#}");
    office.desk().status_until(|status| outbox(status, "sent") == 1).await;
    office.until("the receipt", |network| network.messages_of(PHONE).count() == arrives).await;
    let register = rusqlite::Connection::open(office.database()).unwrap();
    let sql = "SELECT attempts || ' ' || unanswered || ' ' || repeated || ' ' || error FROM outbox";
    let told: String = register.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(told, "2 1 0 AT+CMGS: +CMS ERROR: 332");
    let sql = "SELECT count(*) FROM trail WHERE action = 'TANPA_JAWABAN'";
    assert_eq!(register.query_row(sql, [], |row| row.get(0)), Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_network_leaves_without_an_answer_goes_again_and_is_known_for_it() {
    tokio::join!(unanswered(Ruling::Silence, 1), unanswered(Ruling::AcceptSilently, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_finishes_the_text_in_hand() {
    let slow = NetworkOptions { submit_takes: Duration::from_secs(3), ..NetworkOptions::default() };
    let office = ruled(slow, || Ruling::Accept).await;
    office.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    office.desk().status_until(|status| outbox(status, "claimed") == 1).await;
    let (simulation, office) = office.close().await;
    assert_eq!(simulation.with_network(|network, _| network.accepted(PHONE)), 1);
    let office = Gateway::of(simulation, office).await;
    let status = office.desk().tell("sari", &["status"]).await;
    assert_eq!((outbox(&status, "unknown"), outbox(&status, "queued")), (0, 0), "{status:#}");
    office.settled(1).await;
    assert_eq!(office.simulation.phone(PHONE).len(), 1);
}

/// A modem that routes reports and waits for their acknowledgement stops routing where it comes too late.
#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_that_came_too_late_silences_nothing_for_long() {
    let profile = Profile { acknowledge_within: Duration::from_millis(50), ..Profile::wavecom() };
    let slow =
        NetworkOptions { submit_takes: Duration::from_millis(300), ..NetworkOptions::default() };
    let office = ruled_in(profile, slow, || Ruling::Accept).await;
    let phones = ["+6285600000001", "+6285600000002", "+6285600000003", "+6285600000004"];
    for phone in phones {
        office.simulation.text(phone, CARD, "DISHUB # lampu mati").unwrap();
    }
    office.until("every receipt", |network| network.messages().len() == phones.len()).await;
    office.settled(phones.len()).await;
    while office.simulation.with_network(|network, _| network.reports_waiting(CARD)) > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    office.simulation.text(PHONE, CARD, "DISHUB # parkir liar").unwrap();
    office.until("the last receipt", |network| network.messages_of(PHONE).count() == 1).await;
}

/// 1: unassigned number.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_cannot_arrive_brings_the_ticket_back() {
    let mut calls = 0;
    let rule = move || {
        calls += 1;
        // The receipt passes; the question does not.
        if calls == 2 { Ruling::Refuse(1) } else { Ruling::Accept }
    };
    let office = ruled(NetworkOptions::instant(), rule).await;
    let number = office.complain(PHONE, "DISHUB # lampu mati").await;
    office.desk().tell("sari", &["ask", &number, "--missing", "nama jalan"]).await;
    let told = |ticket: &serde_json::Value| ticket["trail"].to_string();
    let ticket = office
        .desk()
        .ticket_until(&number, |ticket| told(ticket).contains("TANYA_TIDAK_SAMPAI"))
        .await;
    assert_eq!(ticket["stage"], "BARU", "{ticket:#}");
    office.desk().tell("sari", &["ask", &number, "--missing", "nama jalan"]).await;
    let question = office.next_message().await;
    assert!(question.text.contains("nama jalan"), "{question:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_busy_phone_kept_away_is_sent_once_more() {
    let office = ruled(NetworkOptions::instant(), || Ruling::Accept).await;
    let number = office.complain(PHONE, "DISHUB # lampu mati").await;
    let reach = |reach| {
        office.simulation.with_network(|network, now| network.set_reach(PHONE, reach, now));
    };
    reach(Reach::Busy);
    answer(&office, &number).await;
    let told = |ticket: &serde_json::Value| ticket["trail"].to_string();
    office.desk().ticket_until(&number, |ticket| told(ticket).contains("KIRIM_LAGI")).await;
    reach(Reach::On);
    let ticket = office
        .desk()
        .ticket_until(&number, |ticket| {
            let state = &ticket["replies"][1]["state"];
            state == "delivered" || state == "failed"
        })
        .await;
    let state = &ticket["replies"][1]["state"];
    // The second sending may have met the phone before the call ended: then it has failed, and was not tried a third time.
    let arrived = office.simulation.phone(PHONE).len() - 1;
    assert_eq!(arrived, usize::from(state == "delivered"), "{ticket:#}");
    assert_eq!(told(&ticket).matches("KIRIM_LAGI").count(), 1, "{ticket:#}");
}
