//! Sessions with a simulated modem, step by step: no port, no network, and no minute that must pass.
#![cfg(test)]

mod death;
mod first_look;
mod fixture;
mod identity;
mod late;

use fixture::{Bench, Modem, message, messages};

use std::time::Duration;

use proptest::prelude::*;
use tokio::io::DuplexStream;

use crate::at::Store as Memory;
use crate::modem::session::Session;
use crate::modem::{Found, Receive, SessionError};
use crate::simulator::{Profile, Status};
use crate::sms::hex;

const CARD: &str = "+6281100000001";

/// Reads a whole store out.
const LIST: &str = "AT+CMGL";

#[tokio::test]
async fn what_was_written_on_the_card_is_looked_for_once_and_not_each_minute() {
    for profile in [Profile::simcom_4g(), Profile::huawei_e1752(), Profile::wavecom()] {
        let family = profile.model;
        let (mut bench, modem) = (Bench::new(), Modem::new(profile, CARD));
        for second in 0..3 {
            modem.keep("SM", Status::Unsent, &message("draf", second));
        }
        modem.keep("SM", Status::Sent, &message("terkirim", 9));
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        let lists = modem.heard(LIST);
        for _ in 0..10 {
            session.beat().await.unwrap();
        }
        assert_eq!(modem.heard(LIST), lists, "{family}");
        // One that nobody announced is seen at the next heartbeat, and taken.
        let store = session.ready.stores[0].to_string();
        modem.keep(&store, Status::Unread, &message("DISHUB # lampu mati", 20));
        session.beat().await.unwrap();
        assert_eq!((modem.heard(LIST), modem.stored("MT")), (2 * lists, 4), "{family}");
        // Somebody has removed drafts: counted anew, once.
        modem.delete("SM", Status::Unsent);
        for _ in 0..3 {
            session.beat().await.unwrap();
        }
        let again = if store == "SM" { 3 } else { 2 };
        assert_eq!((modem.heard(LIST), modem.stored("MT")), (again * lists, 1), "{family}");
        // What is announced comes as ever, and leaves no trace in the count.
        modem.deliver(&message("PDAM # air mati", 21));
        session.chat.noticed().await.unwrap();
        session.heed_pending().await.unwrap();
        session.beat().await.unwrap();
        assert_eq!((modem.heard(LIST), modem.stored("MT")), (again * lists, 1), "{family}");
        drop(session);
        assert_eq!(bench.texts().await, ["DISHUB # lampu mati", "PDAM # air mati"], "{family}");
    }
}

#[tokio::test]
async fn a_message_in_the_place_of_a_draft_is_found_within_the_hour() {
    let (mut bench, modem) = (Bench::new(), Modem::new(Profile::wavecom(), CARD));
    modem.keep("SM", Status::Unsent, &message("draf", 0));
    let mut session = bench.session(&modem).await;
    session.sweep().await.unwrap();
    modem.delete("SM", Status::Unsent);
    modem.keep("SM", Status::Unread, &message("DISHUB # lampu mati", 1));
    session.beat().await.unwrap();
    assert_eq!(modem.stored("SM"), 1, "as many as before");
    session.left.make_old();
    session.beat().await.unwrap();
    assert_eq!(modem.stored("SM"), 0);
}

#[tokio::test]
async fn a_modem_that_shows_nothing_of_its_stores_is_sick_at_the_third_heartbeat() {
    let (mut bench, modem) = (Bench::new(), Modem::new(Profile::simcom_4g(), CARD));
    let mut session = bench.session(&modem).await;
    session.sweep().await.unwrap();
    let is_warned = |session: &Session<'_, _>| session.gauge.read().health.shows_not_all;
    modem.falls_deaf();
    for _ in 0..2 {
        session.beat().await.unwrap();
        assert!(is_warned(&session));
    }
    assert!(matches!(session.beat().await, Err(SessionError::Unread)));
    // One that refuses to list and lets each place be read is not deaf, and neither is one that refuses once.
    for (command, times) in [("+CMGL", 99), ("+CPMS", 3)] {
        modem.refuse(command, times);
        modem.keep("ME", Status::Unread, &message("DISHUB # lampu mati", 1));
        for _ in 0..4 {
            session.beat().await.unwrap();
        }
        assert_eq!((modem.stored("ME"), is_warned(&session)), (0, false), "{command}");
    }
}

/// A report about a text to +6281234567890, after a centre's address of no octets.
const REPORT: &str = "0006090D91261832547698F0421150905103824211509051248200";

#[tokio::test]
async fn a_report_is_taken_from_whichever_store_it_lies_in() {
    let report = hex::decode(REPORT).unwrap();
    for (profile, store) in [
        (Profile::wavecom(), "SR"),
        (Profile::wavecom(), "SM"),
        (Profile::simcom_4g(), "ME"),
        (Profile::simcom_4g(), "SM"),
    ] {
        let family = profile.model;
        let (mut bench, modem) = (Bench::new(), Modem::new(profile, CARD));
        // Stored before, and stored and announced meanwhile.
        modem.keep(store, Status::Read, &report);
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        assert_eq!(modem.stored(store), 0, "{family} {store}");
        modem.keep(store, Status::Unread, &report);
        let store = Memory::parse(store).unwrap();
        let (first, sim) = (session.ready.stores[0].clone(), session.ready.identity.sim.clone());
        session.take_in(Some(&store), Some(modem.first_index())).await.unwrap();
        assert_eq!(modem.stored(store.as_str()), 0, "{family} {store}");
        assert_eq!(session.chosen(), Some(&first), "{family}: what announces is read again");
        drop(session);
        assert!(bench.texts().await.is_empty(), "{family} {store}");
        assert!(bench.has_report(&sim, "+6281234567890", 9).await, "{family} {store}");
    }
}

/// A family that hands over and whose patience with an acknowledgement ends at once.
fn impatient() -> Profile {
    Profile { acknowledge_within: Duration::from_micros(1), ..Profile::simcom_4g() }
}

#[tokio::test]
async fn notices_that_were_switched_off_unheard_are_switched_on_by_the_heartbeat() {
    for by_report in [false, true] {
        let (mut bench, modem) = (Bench::new(), Modem::new(impatient(), CARD));
        bench.config.receive = Receive::Direct;
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        if by_report {
            modem.report_unheard(&hex::decode(REPORT).unwrap());
        } else {
            modem.deliver_unheard(&message("DISHUB # lampu mati", 1));
        }
        session.beat().await.unwrap();
        modem.deliver(&message("PDAM # air mati", 2));
        is_noticed(&mut session).await;
        assert_eq!(modem.stored("MT"), 0, "it was handed over");
    }
}

#[tokio::test]
async fn one_unannounced_message_has_notices_switched_on_where_the_modem_does_not_tell() {
    let (mut bench, modem) = (Bench::new(), Modem::new(impatient(), CARD));
    bench.config.receive = Receive::Direct;
    let mut session = bench.session(&modem).await;
    session.sweep().await.unwrap();
    modem.refuse("+CNMI", 1);
    session.beat().await.unwrap();
    modem.deliver_unheard(&message("DISHUB # lampu mati", 1));
    modem.deliver(&message("PDAM # air mati", 2));
    assert_eq!(modem.stored("MT"), 1, "stored, and not announced");
    session.beat().await.unwrap();
    modem.deliver(&message("DLH # sampah menumpuk", 3));
    is_noticed(&mut session).await;
    assert_eq!(modem.stored("MT"), 0);
    drop(session);
    assert_eq!(bench.texts().await, ["PDAM # air mati"]);
}

async fn is_noticed(session: &mut Session<'_, DuplexStream>) {
    let noticed = session.chat.noticed();
    tokio::time::timeout(Duration::from_mins(1), noticed).await.expect("no notice").unwrap();
}

#[tokio::test]
async fn a_store_that_is_full_is_emptied_at_once_where_the_modem_says_so() {
    for profile in [Profile::huawei_e1752(), Profile::quectel_ec25()] {
        let (mut bench, modem) = (Bench::new(), Modem::new(profile, CARD));
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        let store = session.ready.stores[0].to_string();
        // Nobody was told of these.
        let places = modem.places(&store);
        for second in 0..places {
            let second = i64::try_from(second).unwrap();
            modem.keep(&store, Status::Unread, &message("DISHUB # lampu mati", second));
        }
        modem.finds_no_place(&message("PDAM # air mati", 900));
        session.chat.noticed().await.unwrap();
        session.heed_pending().await.unwrap();
        assert_eq!(modem.stored("MT"), 0);
        drop(session);
        assert_eq!(bench.texts().await.len(), places);
    }
}

/// The notice of the first part is heeded while the others arrive.
#[tokio::test]
async fn no_part_is_lost_where_the_first_takes_the_others_with_it() {
    let text = format!("{}segera", "DISHUB # lampu jalan mati ".repeat(10));
    for (model, is_known) in [("SIMCOM_SIM600", true), ("SIMCOM_SIM800", false)] {
        let profile = Profile { model, deletes_together: true, ..Profile::sim800() };
        let (mut bench, modem) = (Bench::new(), Modem::new(profile, CARD));
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        let mut parts = messages(&text).into_iter();
        modem.deliver(&parts.next().unwrap());
        modem.before("AT+CMG", move |modem, now| {
            parts.for_each(|part| _ = modem.deliver(&part, now));
        });
        for _ in 0..2 {
            session.chat.noticed().await.unwrap();
            session.heed_pending().await.unwrap();
        }
        assert_eq!(modem.stored("MT"), 0, "{model}");
        drop(session);
        let is_whole = bench.texts().await == [text.as_str()];
        assert_eq!(is_whole, is_known, "{model}: or this test tells nothing");
    }
}

#[tokio::test]
async fn a_call_is_ended_in_the_words_that_the_modem_knows() {
    for knows_chup in [true, false] {
        let profile = Profile { knows_chup, ..Profile::wavecom() };
        let (mut bench, modem) = (Bench::new(), Modem::new(profile, CARD));
        let mut session = bench.session(&modem).await;
        for _ in 0..2 {
            modem.ring();
            session.chat.noticed().await.unwrap();
            session.heed_pending().await.unwrap();
        }
        // One that is refused once is not tried again.
        let heard = (modem.heard("AT+CHUP"), modem.heard("ATH"));
        assert_eq!(heard, if knows_chup { (2, 0) } else { (1, 2) });
    }
}

/// What happens to a modem and its driver.
#[derive(Debug, Clone)]
enum Step {
    /// A message arrives, and is announced.
    Arrives,
    /// A message lies in a store, and nobody is told.
    Appears(&'static str),
    /// A draft lies in a store.
    Draft(&'static str),
    /// What was announced is heeded.
    Heed,
    /// A minute has passed.
    Minute,
    /// Commands of this name are refused a few times.
    Refuse(&'static str),
    /// The daemon starts anew.
    Restart,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let store = || prop_oneof![Just("ME"), Just("SM")];
    let step = prop_oneof![
        3 => Just(Step::Arrives),
        2 => store().prop_map(Step::Appears),
        1 => store().prop_map(Step::Draft),
        2 => Just(Step::Heed),
        2 => Just(Step::Minute),
        1 => prop_oneof![Just("+CMGL"), Just("+CMGR"), Just("+CMGD"), Just("+CPMS")].prop_map(Step::Refuse),
        1 => Just(Step::Restart),
    ];
    prop::collection::vec(step, 0..16)
}

/// Every message is kept once, and every draft stays, whatever happens; so does what lay on the card before, where the
/// office wants it so.
async fn all_are_kept_once(steps: Vec<Step>, profile: Profile, found: Found) {
    let (mut bench, modem) = (Bench::new(), Modem::new(profile, CARD));
    bench.config.found = found;
    modem.keep("SM", Status::Read, &message("lama", -1));
    let (mut sent, mut left) = match found {
        Found::Take => (vec!["lama".to_owned()], 0),
        Found::Leave => (Vec::new(), 1),
    };
    let mut steps = steps.into_iter().peekable();
    while steps.peek().is_some() {
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        for step in steps.by_ref() {
            let second = i64::try_from(sent.len() + left).unwrap();
            let text = format!("pesan {second:02}");
            match step {
                Step::Arrives => {
                    modem.deliver(&message(&text, second));
                    sent.push(text);
                }
                Step::Appears(store) => {
                    if modem.stored(store) < modem.places(store) {
                        modem.keep(store, Status::Unread, &message(&text, second));
                        sent.push(text);
                    }
                }
                Step::Draft(store) => {
                    if modem.stored(store) < modem.places(store) {
                        modem.keep(store, Status::Unsent, &message("draf", second));
                        left += 1;
                    }
                }
                Step::Heed => session.heed_pending().await.unwrap(),
                Step::Minute => session.beat().await.unwrap(),
                Step::Refuse(command) => modem.refuse(command, 3),
                Step::Restart => break,
            }
        }
    }
    modem.refuse("", 0);
    bench.session(&modem).await.sweep().await.unwrap();
    assert_eq!(bench.texts().await, sent);
    assert_eq!(modem.stored("MT"), left);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn whatever_happens_every_message_is_kept_once(steps in steps(), huawei: bool, leaves: bool) {
        let profile = if huawei { Profile::huawei_e1752() } else { Profile::simcom_4g() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let found = if leaves { Found::Leave } else { Found::Take };
        runtime.block_on(all_are_kept_once(steps, profile, found));
    }
}
