//! Sticks that come and go, and more than one of them.

use std::time::Duration;

use aduan::simulator::{Faults, ModemSetup, NetworkOptions, Profile, Setup, SimCard, Simulation};

use crate::support::{CARD, CENTRE, Gateway, Office};

const OTHER_CARD: &str = "+6281100000002";

/// Two modems at the ports of a home.
fn two(office: &Office, network: NetworkOptions) -> Simulation {
    let modem = |index, card, profile| ModemSetup {
        profile,
        ..ModemSetup::new(office.home.port(index), SimCard::new(card, CENTRE))
    };
    let modems =
        vec![modem(0, CARD, Profile::simcom_4g()), modem(1, OTHER_CARD, Profile::huawei_e1752())];
    Simulation::start(Setup { network, modems }).unwrap()
}

/// The phone's last message came from this card.
fn left_by(office: &Gateway, phone: &str) -> String {
    office.simulation.phone(phone).last().expect("a message").from.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_leaves_by_the_card_that_received() {
    let office = Office::with_modems(2);
    let simulation = two(&office, NetworkOptions::instant());
    let office = Gateway::of(simulation, office).await;
    for (index, card) in [CARD, OTHER_CARD, OTHER_CARD, CARD].into_iter().enumerate() {
        let phone = format!("+62856{index:08}");
        office.simulation.text(&phone, card, "DISHUB # lampu mati").unwrap();
        assert_eq!(office.next_message().await.to, phone);
        assert_eq!(left_by(&office, &phone), card);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_limit_a_reply_leaves_by_another_card() {
    let office = Office::with_modems(2).sending("other_sim_after = \"2s\"");
    let simulation = two(&office, NetworkOptions::default());
    let office = Gateway::of(simulation, office).await;
    office
        .desk()
        .status_until(|status| {
            status["modems"].as_array().unwrap().iter().all(|modem| modem["state"] == "ready")
        })
        .await;
    // The first one takes the text and is gone before it can answer.
    office.simulation.with_network(|network, _| {
        network.set_rule(|card, _| match card {
            CARD => aduan::simulator::Ruling::Refuse(38),
            _ => aduan::simulator::Ruling::Accept,
        });
    });
    let phone = "+6285600000001";
    office.simulation.text(phone, CARD, "DISHUB # lampu mati").unwrap();
    office.until("the refusal", |network| network.refused(CARD) == 1).await;
    // Only once the daemon knows that it did not leave is it sure to be sent by another.
    office
        .desk()
        .status_until(|status| status["outbox"][0] == serde_json::json!(["queued", 1]))
        .await;
    office.simulation.unplug(0);
    office.until("the receipt", |network| network.messages_of(phone).count() == 1).await;
    assert_eq!(left_by(&office, phone), OTHER_CARD);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_is_not_there_at_the_start_may_come_later() {
    let office = Office::with_modems(2);
    let simulation = two(&office, NetworkOptions::instant());
    simulation.unplug(1);
    let office = Gateway::of(simulation, office).await;
    let state = |number: usize, state: &'static str| {
        move |status: &serde_json::Value| status["modems"][number]["state"] == state
    };
    office.desk().status_until(state(1, "absent")).await;
    office.desk().status_until(state(0, "ready")).await;
    office.simulation.plug_in(1);
    let status = office.desk().status_until(state(1, "ready")).await;
    assert!(status["modems"][1]["error"].is_null(), "{status:#}");
    let phone = "+6285600000001";
    office.simulation.text(phone, OTHER_CARD, "DISHUB # lampu mati").unwrap();
    assert_eq!(office.next_message().await.to, phone);
}

/// Pulls a stick out and puts it back again and again, at the moments of a seed.
async fn pulled_out_again_and_again(mut seed: u64) {
    const TIMES: usize = 34;
    const EACH: usize = 3;
    // Two texts in a row may well be in hand when it goes.
    let office =
        Office::closed().sending("unknown_grace = \"1s\"").resting_for(Duration::from_millis(50));
    let profile = Profile { boot_takes: Duration::from_millis(50), ..Profile::huawei_e1752() };
    let modem = ModemSetup {
        profile,
        faults: Faults {
            seed,
            split_octets_max: 16,
            pause_max: Duration::from_millis(1),
            ..Faults::default()
        },
        ..ModemSetup::new(office.home.port(0), SimCard::new(CARD, CENTRE))
    };
    let network =
        NetworkOptions { retry_after_max: Duration::from_millis(500), ..NetworkOptions::default() };
    let simulation = Simulation::start(Setup { network, modems: vec![modem] }).unwrap();
    let office = Gateway::of(simulation, office).await;
    let phones: Vec<String> = (0..TIMES * EACH).map(|index| format!("+62812{index:08}")).collect();
    for batch in phones.chunks(EACH) {
        office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
        for phone in batch {
            office.simulation.text(phone, CARD, "DLH # sampah menumpuk").unwrap();
        }
        // The moment is the seed's.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        tokio::time::sleep(Duration::from_micros(seed >> 33 & 0x1_FFFF)).await;
        office.simulation.unplug(0);
        office.desk().status_until(|status| status["modems"][0]["state"] != "ready").await;
        office.simulation.plug_in(0);
    }
    office.settled(phones.len()).await;
    let received: Vec<usize> =
        phones.iter().map(|phone| office.simulation.phone(phone).len()).collect();
    assert!(received.iter().all(|count| *count <= 1), "answered twice: {received:?}");
    // One text at most is in hand each time.
    assert!(received.iter().sum::<usize>() + TIMES >= phones.len(), "{received:?}");
}

macro_rules! seeds {
    ($($name:ident $seed:literal)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            pulled_out_again_and_again($seed).await;
        }
    )*};
}

seeds! {
    pulled_out_in_the_middle_it_loses_nothing_1 1
    pulled_out_in_the_middle_it_loses_nothing_2 2
    pulled_out_in_the_middle_it_loses_nothing_3 3
}

/// An answer that was ready to be sent; its ticket.
async fn approved(office: &Gateway, phone: &str) -> String {
    let number = office.complain(phone, "DISHUB # lampu lalu lintas mati").await;
    let desk = office.desk();
    desk.tell("sari", &["assign", &number, "--category", "pengaduan"]).await;
    let draft = [
        "--recommendation",
        "Ganti lampu",
        "--rules",
        "tidak ada",
        "--note",
        "Regu malam",
        "--wording",
        "Lampu diperbaiki hari ini pukul 19.00.",
    ];
    desk.tell("budi", &[&["propose", number.as_str()], &draft[..]].concat()).await;
    desk.tell("ratna", &["approve", &number]).await;
    number
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_lost_by_no_pulling_out_and_is_sent_twice_only_where_its_fate_is_unknown() {
    const TIMES: u64 = 12;
    let office =
        Office::closed().sending("unknown_grace = \"1s\"").resting_for(Duration::from_millis(50));
    let profile = Profile { boot_takes: Duration::from_millis(50), ..Profile::simcom_4g() };
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, ..ModemSetup::new(office.home.port(0), card) };
    let network =
        NetworkOptions { submit_takes: Duration::from_millis(60), ..NetworkOptions::default() };
    let simulation = Simulation::start(Setup { network, modems: vec![modem] }).unwrap();
    let office = Gateway::of(simulation, office).await;
    let mut cases = Vec::new();
    for index in 0..TIMES {
        let phone = format!("+62813{index:08}");
        let number = approved(&office, &phone).await;
        cases.push((phone, number));
    }
    for (moment, (_, number)) in (0..TIMES).zip(&cases) {
        office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
        office.desk().tell("sari", &["send", number]).await;
        // From before the claim to after the network's word.
        tokio::time::sleep(Duration::from_millis(moment * 8)).await;
        office.simulation.unplug(0);
        office.desk().status_until(|status| status["modems"][0]["state"] != "ready").await;
        office.simulation.plug_in(0);
    }
    for (phone, number) in &cases {
        let answered = |ticket: &serde_json::Value| {
            let replies = ticket["replies"].as_array().unwrap().clone();
            let mut answers = replies.iter().filter(|reply| reply["purpose"] == "answer");
            // A report that was on the line when it broke never comes: sent is all that is known then.
            answers.all(|answer| {
                !["queued", "claimed", "unknown"].map(Into::into).contains(&answer["state"])
            })
        };
        let ticket = office.desk().ticket_until(number, answered).await;
        office.until("a quiet network", |network| network.poll_timeout().is_none()).await;
        let answers = office.simulation.phone(phone);
        let answers = answers.iter().filter(|answer| answer.text.starts_with("Jawaban")).count();
        let repeated = ticket["trail"].to_string().contains("KIRIM_ULANG");
        assert!(answers == 1 || (answers == 2 && repeated), "{answers}: {ticket:#}");
    }
}
