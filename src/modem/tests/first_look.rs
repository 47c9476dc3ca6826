//! What a card brought along is left on it, now and ever, and what comes afterwards is taken.
#![cfg(test)]

use chrono::{TimeDelta, Utc};

use super::fixture::{Bench, Modem, message, written_at};
use super::{CARD, REPORT};
use crate::modem::health::{Warning, warnings};
use crate::modem::{Found, Receive};
use crate::simulator::{Profile, Status};
use crate::sms::hex;

const LIST: &str = "AT+CMGL";

/// A modem whose card has two messages in it and one beside it.
fn modem_with_three(profile: Profile) -> Modem {
    let modem = Modem::new(profile, CARD);
    modem.keep("SM", Status::Unread, &message("selamat pagi", 0));
    modem.keep("SM", Status::Read, &message("selamat siang", 1));
    modem.keep("SM", Status::Unsent, &message("draf", 2));
    if modem.places("ME") > 0 {
        modem.keep("ME", Status::Read, &message("selamat malam", 3));
    } else {
        modem.keep("SM", Status::Read, &message("selamat malam", 3));
    }
    modem
}

async fn taken(bench: &mut Bench, modem: &Modem, text: &str) {
    let second = i64::try_from(bench.texts().await.len()).unwrap() + 100;
    let mut session = bench.session(modem).await;
    session.sweep().await.unwrap();
    modem.deliver(&message(text, second));
    session.chat.noticed().await.unwrap();
    session.heed_pending().await.unwrap();
    session.beat().await.unwrap();
}

#[tokio::test]
async fn what_a_card_brought_along_is_left_in_every_modem_and_after_every_start() {
    for profile in [Profile::simcom_4g(), Profile::huawei_e1752(), Profile::wavecom()] {
        let family = profile.model;
        let modem = modem_with_three(profile);
        let mut bench = Bench::leaving();
        taken(&mut bench, &modem, "DISHUB # satu").await;
        let lists = modem.heard(LIST);
        assert_eq!(
            (modem.stored("MT"), bench.texts().await),
            (4, vec!["DISHUB # satu".to_owned()])
        );
        let left: u32 = bench.gauge.read().health.left.iter().map(|(_, count)| count).sum();
        assert_eq!(left, 4, "{family}");
        // Nobody looks for it each minute.
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        let again = modem.heard(LIST);
        assert!(again - lists < lists, "the look is made once");
        for _ in 0..3 {
            session.beat().await.unwrap();
        }
        assert_eq!(modem.heard(LIST), again, "{family}");
        drop(session);
        // Whatever is configured later, what was left is no ticket.
        bench.config.found = Found::Take;
        taken(&mut bench, &modem, "DISHUB # dua").await;
        assert_eq!(modem.stored("MT"), 4, "{family}");
        let other = Modem::new(Profile::quectel_ec25(), CARD);
        other.keep("SM", Status::Read, &message("selamat pagi", 0));
        other.keep("SM", Status::Read, &message("DISHUB # tiga", 7));
        taken(&mut bench, &other, "DISHUB # empat").await;
        assert_eq!(other.stored("MT"), 1, "{family}");
        let all = ["DISHUB # dua", "DISHUB # empat", "DISHUB # satu", "DISHUB # tiga"];
        assert_eq!(bench.texts().await, all, "{family}");
    }
}

#[tokio::test]
async fn another_card_has_a_first_time_of_its_own_and_a_known_one_has_none() {
    let mut bench = Bench::new();
    let modem = modem_with_three(Profile::simcom_4g());
    bench.session(&modem).await.sweep().await.unwrap();
    assert_eq!((modem.stored("MT"), bench.texts().await.len()), (1, 3), "taken, but for the draft");
    bench.config.found = Found::Leave;
    modem.keep("SM", Status::Unread, &message("datang selagi tidak dilayani", 9));
    bench.session(&modem).await.sweep().await.unwrap();
    assert_eq!((modem.stored("MT"), bench.texts().await.len()), (1, 4));
    let other = Modem::new(Profile::simcom_4g(), "+6281100000002");
    other.keep("SM", Status::Unread, &message("selamat pagi", 0));
    bench.session(&other).await.sweep().await.unwrap();
    assert_eq!((other.stored("MT"), bench.texts().await.len()), (1, 4));
}

#[tokio::test]
async fn what_is_announced_while_the_card_is_looked_at_is_new() {
    for profile in [Profile::simcom_4g(), Profile::huawei_e1752(), Profile::wavecom()] {
        let (family, modem) = (profile.model, modem_with_three(profile));
        let mut bench = Bench::leaving();
        // It is in the list, and as old as the others; only its notice tells.
        modem.before(LIST, |modem, now| {
            modem.deliver(&message("DISHUB # lampu mati", 4), now);
        });
        let mut session = bench.session(&modem).await;
        session.sweep().await.unwrap();
        drop(session);
        assert_eq!(bench.texts().await, ["DISHUB # lampu mati"], "{family}");
        assert_eq!(modem.stored("MT"), 4, "{family}");
    }
}

#[tokio::test]
async fn what_is_handed_over_while_the_card_is_looked_at_is_new() {
    let modem = modem_with_three(Profile::simcom_4g());
    let mut bench = Bench::leaving();
    bench.config.receive = Receive::Direct;
    modem.before(LIST, |modem, now| {
        let pdu = message("DISHUB # lampu mati", 4);
        modem.deliver(&pdu, now);
        // Some store what they hand over.
        assert!(modem.keep("ME", Status::Unread, &pdu));
    });
    let mut session = bench.session(&modem).await;
    session.sweep().await.unwrap();
    drop(session);
    assert_eq!(bench.texts().await, ["DISHUB # lampu mati"]);
    assert_eq!(modem.stored("MT"), 4);
}

#[tokio::test]
async fn a_look_that_was_cut_short_is_made_anew_and_loses_nothing_that_came_meanwhile() {
    let modem = modem_with_three(Profile::simcom_4g());
    let mut bench = Bench::leaving();
    // Killed after the first commit, and after a message came whose notice nobody remembers.
    drop(bench.session(&modem).await);
    let later = Utc::now() + TimeDelta::seconds(2);
    modem.keep("SM", Status::Unread, &written_at("DISHUB # lampu mati", later));
    let mut session = bench.session(&modem).await;
    session.sweep().await.unwrap();
    drop(session);
    assert_eq!(bench.texts().await, ["DISHUB # lampu mati"]);
    assert_eq!(modem.stored("MT"), 4);
}

#[tokio::test]
async fn nothing_but_what_is_announced_is_taken_while_the_card_does_not_show_what_it_holds() {
    let modem = modem_with_three(Profile::simcom_4g());
    let mut bench = Bench::leaving();
    let mut session = bench.session(&modem).await;
    modem.refuse("", 2);
    session.sweep().await.unwrap();
    assert!(session.look.is_some() && modem.stored("MT") == 4);
    modem.deliver(&message("DISHUB # satu", 4));
    modem.deliver(&message("DISHUB # dua", 5));
    session.chat.noticed().await.unwrap();
    session.heed_pending().await.unwrap();
    assert_eq!(modem.stored("MT"), 4);
    session.beat().await.unwrap();
    assert!(session.look.is_none());
    drop(session);
    assert_eq!((modem.stored("MT"), bench.texts().await.len()), (4, 2));
}

#[tokio::test]
async fn what_is_announced_before_the_store_is_full_is_new_too() {
    let modem = Modem::new(Profile::huawei_e1752(), CARD);
    let mut bench = Bench::leaving();
    let mut session = bench.session(&modem).await;
    let store = session.ready.stores[0].to_string();
    let old = modem.places(&store) - 1;
    for second in 0..old {
        let second = i64::try_from(second).unwrap();
        modem.keep(&store, Status::Read, &message("selamat pagi", second));
    }
    modem.deliver(&message("DISHUB # lampu mati", 900));
    modem.finds_no_place(&message("PDAM # air mati", 901));
    session.chat.noticed().await.unwrap();
    session.heed_pending().await.unwrap();
    assert!(session.look.is_none());
    drop(session);
    assert_eq!(bench.texts().await, ["DISHUB # lampu mati"]);
    assert_eq!(modem.stored("MT"), old);
}

#[tokio::test]
async fn a_store_without_lists_is_looked_at_place_by_place() {
    let modem = modem_with_three(Profile::wavecom());
    let mut bench = Bench::leaving();
    let mut session = bench.session(&modem).await;
    modem.refuse("+CMGL", 1000);
    session.sweep().await.unwrap();
    assert!(session.look.is_none());
    modem.deliver(&message("DISHUB # satu", 4));
    session.chat.noticed().await.unwrap();
    session.heed_pending().await.unwrap();
    session.sweep().await.unwrap();
    drop(session);
    assert_eq!((modem.stored("MT"), bench.texts().await.len()), (4, 1));
}

#[tokio::test]
async fn old_reports_are_swept_all_the_same() {
    let modem = Modem::new(Profile::wavecom(), CARD);
    modem.keep("SR", Status::Unread, &hex::decode(REPORT).unwrap());
    let mut bench = Bench::leaving();
    bench.session(&modem).await.sweep().await.unwrap();
    assert_eq!(modem.stored("SR"), 0);
}

#[tokio::test]
async fn a_card_on_which_too_much_is_left_is_warned_of() {
    let modem = Modem::new(Profile::simcom_4g(), CARD);
    let mut bench = Bench::leaving();
    for second in 0..8 {
        modem.keep("SM", Status::Read, &message("selamat pagi", second));
    }
    bench.session(&modem).await.sweep().await.unwrap();
    assert_eq!(warnings(&bench.gauge.read()), [Warning::NoRoom]);
    // A person has made room.
    modem.delete("SM", Status::Read);
    bench.session(&modem).await.sweep().await.unwrap();
    assert_eq!(warnings(&bench.gauge.read()), []);
}
