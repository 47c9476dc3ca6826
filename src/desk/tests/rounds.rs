//! What time alone brings about.

use super::fixture::{ANNA, Bench};
use crate::ticket::{CloseReason, Stage};
use chrono::TimeDelta;

#[test]
fn ten_days_of_silence_finish_an_answered_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let answered = bench.now();
    bench.set(answered + TimeDelta::days(10) - TimeDelta::seconds(1));
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Answered);
    bench.seconds(1);
    bench.round();
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.finished_at), (Stage::Finished, Some(bench.now())));
    assert_eq!(bench.trail(&number).last().unwrap().actor, "sistem");
    assert!(bench.told(ANNA).is_empty(), "silence is answered with silence");
}

#[test]
fn silence_is_counted_from_the_last_answer() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    bench.days(9);
    bench.say(ANNA, &format!("BELUM {number} masih mati"));
    bench.answered(&number, "Sekarang sudah diganti.");
    bench.days(9);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Answered);
    bench.days(1);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Finished);
}

#[test]
fn thirty_days_without_an_answer_to_a_question_close_the_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    super::ask(&bench, &number, "sari");
    assert_eq!(bench.told(ANNA).len(), 1);
    bench.days(30);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    // The reminder, late after a standstill.
    assert_eq!(bench.told(ANNA).len(), 1);
    bench.at("25-12-2026 00.00");
    bench.seconds(-1);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    bench.seconds(1);
    bench.round();
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.closed_as), (Stage::Closed, Some(CloseReason::Incomplete)));
    assert_eq!((ticket.before_pause, ticket.paused_at), (None, None));
    assert_eq!((ticket.finished_at, ticket.due_at), (Some(bench.now()), None));
    assert!(bench.told(ANNA).is_empty(), "not at night");
    bench.at("25-12-2026 07.00");
    let told = bench.told(ANNA);
    assert!(told[0].contains("keterangan belum lengkap"), "{told:?}");
    bench.round();
    assert!(bench.told(ANNA).is_empty(), "once");
}

#[test]
fn the_last_day_that_a_question_names_is_whole() {
    for (asked, carried) in [
        ("24-11-2026 08.00", "24-11-2026 08.00"),
        ("24-11-2026 00.00", "24-11-2026 07.00"),
        ("24-11-2026 23.59", "25-11-2026 07.00"),
    ] {
        let bench = Bench::new();
        bench.at(asked);
        let number = bench.complaint();
        super::ask(&bench, &number, "sari");
        let question = bench.outgoing(&number).pop().unwrap().body;
        assert!(question.contains("paling lambat 24-12-2026"), "{asked}: {question}");
        bench.at(carried);
        bench.carry();
        bench.at("24-12-2026 23.59");
        bench.round();
        assert_eq!(bench.stage(&number), Stage::WaitingCitizen, "{asked}");
        bench.say(ANNA, &format!("{number} di Jalan Melati dekat pasar"));
        assert_eq!(bench.stage(&number), Stage::New, "{asked}");
    }
}

#[test]
fn a_round_says_when_to_come_again_and_is_never_a_tight_loop() {
    let bench = Bench::new();
    assert_eq!(bench.round(), bench.now() + TimeDelta::hours(1));
    let long = format!("DISHUB # {}", "rusak ".repeat(40));
    bench.receive(&bench.delivered(ANNA, &long)[0]);
    assert_eq!(bench.round(), bench.now() + TimeDelta::minutes(10));
    bench.minutes(10);
    assert_eq!(bench.round(), bench.now() + TimeDelta::hours(1));
    bench.intake();
    assert_eq!(bench.heard(ANNA).outcome, "ticket");
}

#[test]
fn a_round_changes_nothing_twice() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    bench.days(11);
    bench.round();
    let story = bench.story(&number);
    bench.round();
    assert_eq!(bench.story(&number), story);
}
