//! The citizen is asked, and the clocks stand still meanwhile (T4 to T6, A20; 9.4, rule 6).

use super::ask;
use super::fixture::{ANNA, Bench, refused};
use crate::desk::{Error, asking, officer};
use crate::ticket::Stage;

fn asks(bench: &Bench, number: &str, user: &str, missing: &str) -> Result<officer::Done, Error> {
    let (number, missing) = (number.to_owned(), missing.to_owned());
    bench.act(user, move |tx, office, who, now| {
        asking::ask(tx, office, who, (&number, &missing), now)
    })
}

pub(super) fn resume(
    bench: &Bench,
    number: &str,
    user: &str,
    learnt: &str,
) -> Result<officer::Done, Error> {
    let (number, learnt) = (number.to_owned(), learnt.to_owned());
    bench.act(user, move |tx, office, who, now| {
        asking::resume(tx, office, who, (&number, &learnt), now)
    })
}

#[test]
fn the_citizen_reads_what_is_missing_and_until_when() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    let done = asks(&bench, &number, "sari", " nama jalan ").unwrap();
    let text = bench.told(ANNA).pop().unwrap();
    assert_eq!(done.text.as_deref(), Some(&*text));
    assert!(text.starts_with(&format!("Mohon lengkapi No {number}: nama jalan.")), "{text}");
    assert!(text.contains("paling lambat 24-12-2026"), "{text}");
    assert_eq!(done.ticket.stage, Stage::WaitingCitizen);
    assert_eq!(refused(asks(&bench, &number, "sari", "lagi")), "OUT_OF_TURN");
}

#[test]
fn a_question_is_one_sms_and_never_empty() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(refused(asks(&bench, &number, "sari", "  ")), "INCOMPLETE");
    assert_eq!(refused(asks(&bench, &number, "sari", &"nama jalan ".repeat(12))), "TOO_LONG");
    assert_eq!(refused(asks(&bench, &number, "budi", "nama jalan")), "NOT_PERMITTED");
    assert_eq!(bench.stage(&number), Stage::New, "nothing of a refused question is kept");
}

#[test]
fn who_wants_no_texts_is_not_asked_and_the_clocks_go_on() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.say(ANNA, "STOP");
    assert_eq!(refused(asks(&bench, &number, "sari", "nama jalan")), "UNDER_STOP");
    assert_eq!(bench.stage(&number), Stage::New);
    bench.say(ANNA, "MULAI");
    assert_eq!(refused(asks(&bench, &number, "sari", "nama jalan")), "done");
}

#[test]
fn what_was_left_before_the_pause_is_left_after_it() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.minutes(10);
    let before = bench.ticket(&number);
    ask(&bench, &number, "budi");
    bench.told(ANNA);
    bench.at("01-12-2026 09.00");
    let done = resume(&bench, &number, "sari", "lewat telepon: Jalan Melati").unwrap().ticket;
    assert_eq!((done.stage, done.before_pause, done.paused_at), (Stage::Analysis, None, None));
    let calendar = bench.run(|_, office, _| Ok(office.calendar.clone()));
    let left = |now, due| calendar.minutes_between(now, due);
    assert_eq!(
        left(before.stage_since + chrono::TimeDelta::minutes(10), before.answer_due_at),
        left(bench.now(), done.answer_due_at)
    );
    assert_eq!(
        left(before.stage_since + chrono::TimeDelta::minutes(10), before.due_at.unwrap()),
        left(bench.now(), done.due_at.unwrap())
    );
    let line = bench.trail(&number).pop().unwrap();
    assert!(line.detail.contains("Jalan Melati"), "{}", line.detail);
}

#[test]
fn what_was_learnt_is_said() {
    let bench = Bench::new();
    let number = bench.complaint();
    ask(&bench, &number, "sari");
    assert_eq!(refused(resume(&bench, &number, "sari", " ")), "MISSING");
    assert_eq!(refused(resume(&bench, &number, "budi", "x")), "NOT_PERMITTED");
    assert_eq!(refused(resume(&bench, &number, "sari", "lewat loket")), "done");
    assert_eq!(refused(resume(&bench, &number, "sari", "lewat loket")), "OUT_OF_TURN");
}
