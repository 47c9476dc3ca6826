//! Sessions with a simulated modem, step by step: no port, no network, and no minute that must pass.
#![cfg(test)]

mod first_look;
mod fixture;

use fixture::{Bench, Modem, message};

use crate::simulator::{Profile, Status};

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
