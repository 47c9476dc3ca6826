//! What was queued for a citizen before the ticket was sealed (T7, 12.7).

use super::fixture::{ANNA, BENI, Bench};
use super::{ask, restrict, unrestrict};
use crate::desk::closing::Closing;
use crate::desk::officer::Destination;
use crate::store::hand::Fate;
use crate::ticket::{Category, CloseReason};

/// No response from the phone, and no more tries.
const STOPPED: u8 = 0x62;

const ORDINARY: Destination<'static> =
    Destination { unit: None, category: Some(Category::Complaint), member: None, copies: None };

fn states(bench: &Bench, number: &str) -> String {
    let texts = bench.outgoing(number);
    let states: Vec<String> = texts
        .iter()
        .map(|text| format!("{} {}", text.template.as_deref().unwrap_or("-"), text.state))
        .collect();
    states.join(", ")
}

/// The rows of the outbox that the trail says were kept back.
fn kept_back(bench: &Bench, number: &str) -> Vec<i64> {
    let lines = bench.trail(number);
    let lines = lines.iter().filter(|line| line.action == "TIDAK_DIKIRIM_TERTUTUP");
    lines
        .map(|line| {
            assert_eq!((&*line.actor, line.transition), ("sistem", None));
            let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap();
            detail["outbox"].as_i64().unwrap()
        })
        .collect()
}

pub(super) fn join(bench: &Bench, number: &str, main: &str, user: &str) {
    let (number, main) = (number.to_owned(), main.to_owned());
    let closing = Closing {
        reason: CloseReason::Duplicate,
        main: Some(main),
        party: None,
        contact: None,
        words: None,
    };
    bench
        .act(user, move |tx, office, who, now| {
            crate::desk::closing::close(tx, office, who, (&number, &closing), now)
        })
        .unwrap();
}

fn only_closed(texts: Vec<String>, number: &str) {
    let [text] = texts.try_into().unwrap();
    assert!(text.starts_with(&format!("Laporan No {number} diterima")), "{text}");
}

#[test]
fn a_question_that_waited_for_the_morning_is_not_asked() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.at("24-11-2026 21.00");
    ask(&bench, &number, "sari");
    restrict(&bench, &number, "sari");
    bench.at("25-11-2026 08.00");
    only_closed(bench.told(ANNA), &number);
    assert_eq!(states(&bench, &number), "TERIMA sent, LENGKAPI dropped, TERTUTUP sent");
    let question = &bench.outgoing(&number)[1];
    assert_eq!(question.error.as_deref(), Some("taken-back"));
    assert!(question.settled_at.is_some());
    assert_eq!(kept_back(&bench, &number), [question.id]);
}

#[test]
fn an_answer_that_waited_for_a_modem_is_not_given_and_does_not_count_as_given() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.send(&number, "sari").unwrap();
    assert!(bench.ticket(&number).answered_at.is_some());
    restrict(&bench, &number, "sari");
    only_closed(bench.told(ANNA), &number);
    assert_eq!(states(&bench, &number), "TERIMA sent, JAWABAN dropped, TERTUTUP sent");
    assert_eq!(bench.ticket(&number).answered_at, None);
    unrestrict(&bench, &number, "ratna", ORDINARY).unwrap();
    let recap = bench.recap(2026, 11);
    assert_eq!((recap.summary.answered, &recap.register.unwrap().entries[0].answer), (0, &None));
    bench.answered(&number, "Lampu diganti.");
    assert_eq!(bench.recap(2026, 11).summary.answered, 1);
}

#[test]
fn an_answer_that_was_given_counts_although_a_second_one_was_taken_back() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let first = bench.ticket(&number).answered_at;
    bench.minutes(60);
    bench.say(ANNA, &format!("BELUM {number} masih mati"));
    bench.approved(&number, "Lampu diganti.");
    bench.send(&number, "sari").unwrap();
    restrict(&bench, &number, "sari");
    only_closed(bench.told(ANNA), &number);
    assert_eq!(bench.ticket(&number).answered_at, first);
}

#[test]
fn a_receipt_that_was_taken_back_is_replied_by_the_word_that_it_is_closed() {
    let bench = Bench::new();
    bench.at("24-11-2026 21.00");
    // Nothing on the office's initiative goes to this number.
    bench.say(ANNA, "STOP");
    bench.sms(ANNA, "DISHUB # petugas minta uang");
    let number = "P26-00001-8";
    restrict(&bench, number, "sari");
    assert_eq!(states(&bench, number), "TERIMA_LUAR_JAM dropped, TERTUTUP queued");
    only_closed(bench.told(ANNA), number);
}

#[test]
fn whom_to_call_in_an_emergency_is_told_all_the_same() {
    let bench = Bench::new();
    bench.sms(ANNA, "DISHUB # tolong kebakaran di Simpang Pasar");
    let number = "P26-00001-8";
    restrict(&bench, number, "sari");
    assert_eq!(states(&bench, number), "DARURAT queued, TERTUTUP queued");
    assert_eq!(kept_back(&bench, number), Vec::<i64>::new());
    assert_eq!(bench.told(ANNA).len(), 2);
}

#[test]
fn what_a_modem_has_in_hand_leaves_unless_it_comes_back() {
    for comes_back in [false, true] {
        let bench = Bench::new();
        let number = bench.complaint();
        ask(&bench, &number, "sari");
        let in_hand = bench.claim().unwrap();
        restrict(&bench, &number, "sari");
        assert_eq!(kept_back(&bench, &number), Vec::<i64>::new());
        if comes_back {
            bench.release(in_hand.id, Fate::Retry(bench.now()));
            assert_eq!(kept_back(&bench, &number), [in_hand.id]);
        } else {
            bench.accept(&in_hand);
        }
        only_closed(bench.told(ANNA), &number);
        let question = if comes_back { "dropped" } else { "sent" };
        assert_eq!(
            states(&bench, &number),
            format!("TERIMA sent, LENGKAPI {question}, TERTUTUP sent")
        );
    }
}

#[test]
fn an_answer_whose_fate_nobody_knows_is_not_sent_once_more() {
    for is_again in [false, true] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.approved(&number, "Lampu diperbaiki.");
        bench.send(&number, "sari").unwrap();
        let lost = bench.claim().unwrap();
        let again = Fate::Unanswered(bench.now() + chrono::TimeDelta::minutes(10));
        bench.release(lost.id, if is_again { again } else { Fate::Unknown });
        restrict(&bench, &number, "sari");
        bench.minutes(30);
        bench.round();
        only_closed(bench.told(ANNA), &number);
        assert_eq!(states(&bench, &number), "TERIMA sent, JAWABAN dropped, TERTUTUP sent");
        assert!(bench.story(&number).ends_with("TIDAK_PASTI"), "{}", bench.story(&number));
    }
}

#[test]
fn an_answer_that_a_centre_gave_up_for_now_is_not_sent_once_more() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let mr = bench.last_mr();
    restrict(&bench, &number, "sari");
    bench.report(ANNA, mr, STOPPED);
    bench.minutes(60);
    only_closed(bench.told(ANNA), &number);
    assert_eq!(states(&bench, &number), "TERIMA sent, JAWABAN failed, TERTUTUP sent");
}

#[test]
fn what_was_joined_is_told_no_more_than_its_main_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.sms(BENI, "DISHUB # petugas minta uang");
    let beni = "P26-00002-6".to_owned();
    join(&bench, &beni, &number, "sari");
    restrict(&bench, &number, "sari");
    only_closed(bench.told(BENI), &beni);
    assert_eq!(states(&bench, &beni), "TERIMA dropped, GABUNG dropped, TERTUTUP sent");
    assert_eq!(kept_back(&bench, &beni).len(), 2);
    // And what is joined to a sealed one.
    bench.sms(BENI, "DISHUB # petugas itu minta uang lagi");
    let again = "P26-00003-4".to_owned();
    join(&bench, &again, &number, "ratna");
    only_closed(bench.told(BENI), &again);
    assert_eq!(states(&bench, &again), "TERIMA dropped, TERTUTUP sent");
}

#[test]
fn the_same_citizen_reads_each_number_whose_receipt_was_taken_back() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(31);
    bench.sms(ANNA, "DISHUB # petugas itu lagi");
    let own = "P26-00002-6".to_owned();
    join(&bench, &own, &number, "sari");
    restrict(&bench, &number, "sari");
    let texts = bench.told(ANNA);
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts.iter().any(|text| text.contains(&own)), "{texts:?}");
}

#[test]
fn a_reply_to_a_joined_citizen_who_asked_is_taken_back_too() {
    let bench = Bench::new();
    let number = bench.complaint();
    let beni = bench.say(BENI, "DISHUB # petugas minta uang").number();
    join(&bench, &beni, &number, "sari");
    bench.told(BENI);
    bench.sms(BENI, &format!("STATUS {number}"));
    restrict(&bench, &number, "sari");
    only_closed(bench.told(BENI), &beni);
    assert!(states(&bench, &beni).contains("STATUS_PROSES dropped"), "{}", states(&bench, &beni));
}

#[test]
fn an_answer_that_comes_back_from_a_modem_was_not_given_either() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.send(&number, "sari").unwrap();
    let in_hand = bench.claim().unwrap();
    restrict(&bench, &number, "sari");
    assert!(bench.ticket(&number).answered_at.is_some());
    bench.release(in_hand.id, Fate::Blameless(bench.now()));
    only_closed(bench.told(ANNA), &number);
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.answered_at, ticket.last_answer_at), (None, None));
    assert!(bench.drafts(&number).iter().all(|draft| draft.sent_at.is_none()));
}
