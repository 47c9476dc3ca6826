//! PUAS and BELUM of somebody whose ticket was joined to another one: every sender reads the answer (procedure.md section 5), and
//! each of them may say that it is none (T21).

use super::fixture::{ANNA, BENI, Bench};
use super::news::{inbox, joined, joined_texts, show};
use super::restrict;
use crate::desk::entering::{self, Message};
use crate::store::inbox::Outcome;
use crate::ticket::{Channel, Stage};

const FIRST: &str = "Lampu sudah menyala.";

/// Anna's ticket and Beni's, joined to it; both have read the answer.
fn answered(bench: &Bench) -> (String, String) {
    let (main, own) = joined(bench);
    answer(bench, &main, FIRST);
    (main, own)
}

/// Both citizens read the answer, each under the own number.
fn answer(bench: &Bench, main: &str, wording: &str) {
    bench.told(BENI);
    bench.answered(main, wording);
    let told = bench.told(BENI);
    assert!(told.iter().any(|text| text.contains(wording)), "{told:?}");
    assert_eq!(bench.stage(main), Stage::Answered);
}

#[test]
fn belum_of_a_joined_sender_reopens_what_was_answered() {
    for by_own in [true, false] {
        let bench = Bench::new();
        let (main, own) = answered(&bench);
        let text = format!("BELUM {} masih padam", if by_own { &own } else { &main });
        let heard = bench.say(BENI, &text);
        assert_eq!((heard.end().as_str(), heard.number()), ("addition BELUM", own.clone()));
        assert!(heard.reply().contains(&format!("kami masukkan ke No {own}.")), "{heard:?}");
        assert_eq!((bench.stage(&main), bench.stage(&own)), (Stage::Analysis, Stage::Closed));
        assert_eq!(inbox(&bench, "budi"), std::slice::from_ref(&main));
        // The first citizen is told nothing, and her ticket holds nothing of what he wrote.
        assert_eq!(bench.told(ANNA), [] as [&str; 0]);
        let line = bench.trail(&main).pop().unwrap();
        assert_eq!((line.actor.as_str(), line.transition), ("pemohon", Some(21)));
        assert!(line.detail.contains(&format!("\"gabungan\":\"{own}\"")), "{}", line.detail);
        assert!(!line.detail.contains("padam") && !line.detail.contains("0812"), "{}", line.detail);
        assert_eq!(bench.trail(&own).pop().unwrap().action, "BELUM");
        let file = show(&bench, "budi", &main);
        assert!(file.messages.iter().all(|message| message.text.as_ref() != Some(&text)));
        assert!(joined_texts(&file).contains(&(own.clone(), text)), "{:?}", file.joined);
        let asked = bench.say(ANNA, &format!("STATUS {main}"));
        assert!(asked.reply().contains("sedang ditelaah"), "{}", asked.reply());
        answer(&bench, &main, "Kabelnya diganti.");
        let recap = bench.recap(2026, 11);
        assert_eq!((recap.satisfaction, recap.summary.answered), ((0, 1, 0), 1));
    }
}

#[test]
fn puas_of_a_joined_sender_ends_nothing_over_the_first_ones_head() {
    let bench = Bench::new();
    let (main, own) = answered(&bench);
    for number in [&own, &main] {
        let heard = bench.say(BENI, &format!("PUAS {number}"));
        assert_eq!((heard.end().as_str(), heard.number()), ("command PUAS", own.clone()));
        assert_eq!(bench.stage(&main), Stage::Answered);
    }
    assert_eq!(bench.recap(2026, 11).satisfaction, (0, 0, 0));
}

#[test]
fn what_the_first_sender_is_content_with_another_one_may_object_to() {
    let bench = Bench::new();
    let (main, own) = answered(&bench);
    bench.say(ANNA, &format!("PUAS {main}"));
    bench.minutes(5);
    assert_eq!(bench.say(BENI, &format!("BELUM {own}")).end(), "addition BELUM");
    assert_eq!(bench.stage(&main), Stage::Analysis);
    let recap = bench.recap(2026, 11);
    assert_eq!((recap.satisfaction, recap.summary.reopened), ((1, 1, 0), 1));
}

#[test]
fn all_senders_together_object_as_often_and_as_long_as_one() {
    for late in [false, true] {
        let bench = Bench::new();
        let (main, own) = answered(&bench);
        if late {
            bench.days(11);
        } else {
            assert_eq!(bench.say(BENI, &format!("BELUM {own}")).end(), "addition BELUM");
            answer(&bench, &main, FIRST);
            assert_eq!(bench.say(ANNA, &format!("BELUM {main}")).end(), "addition BELUM");
            // Two in one round are one.
            bench.minutes(5);
            assert_eq!(bench.say(BENI, &format!("BELUM {own} gelap")).end(), "command BELUM");
            assert_eq!(inbox(&bench, "budi"), [format!("{main}*")]);
            show(&bench, "budi", &main);
            answer(&bench, &main, FIRST);
        }
        let heard = bench.say(BENI, &format!("BELUM {own} masih padam"));
        assert_eq!((heard.end().as_str(), heard.number()), ("command BELUM", own.clone()));
        assert!(heard.reply().contains(FIRST.trim_end_matches('.')), "{}", heard.reply());
        assert_eq!(bench.stage(&main), Stage::Answered);
        assert_eq!(inbox(&bench, "sari"), [format!("{main}*")]);
        let file = show(&bench, "sari", &main);
        assert!(joined_texts(&file).iter().any(|(_, text)| text.starts_with("BELUM")));
        assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
    }
}

#[test]
fn belum_opens_nothing_of_the_closed_path() {
    let bench = Bench::new();
    let (main, own) = answered(&bench);
    restrict(&bench, &main, "sari");
    for number in [&own, &main] {
        let heard = bench.say(BENI, &format!("BELUM {number} masih padam"));
        assert!(heard.reply().starts_with("Laporan No "), "{}", heard.reply());
        assert_eq!(bench.stage(&main), Stage::EthicsClosed);
    }
}

#[test]
fn belum_of_a_joined_ticket_may_be_said_at_the_counter() {
    let said = |to: &str, from: Option<&str>| Message {
        channel: Channel::Counter,
        from: from.map(str::to_owned),
        text: "BELUM masih padam".to_owned(),
        at: None,
        unit: None,
        to: Some(to.to_owned()),
        again: false,
        by_sms: false,
    };
    for by_own in [true, false] {
        let bench = Bench::new();
        let (main, own) = answered(&bench);
        let message = if by_own { said(&own, None) } else { said(&main, Some(BENI)) };
        let added = bench
            .act("sari", move |tx, office, who, now| entering::add(tx, office, who, &message, now))
            .unwrap();
        assert_eq!((added.outcome, added.reason), (Outcome::Addition, "BELUM"));
        assert_eq!(added.ticket.unwrap().number.to_string(), own);
        assert_eq!(bench.stage(&main), Stage::Analysis);
        assert!(bench.trail(&main).pop().unwrap().detail.contains("\"dicatat\":\"sari\""));
    }
}
