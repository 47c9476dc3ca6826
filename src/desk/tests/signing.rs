//! The monthly report is signed, acknowledged, given back; and what changes of a signed month is told in the next one.

use super::fixture::{ANNA, BENI, Bench, refused};
use super::restrict;
use crate::calendar::Zone;
use crate::desk::Error;
use crate::desk::entering::{self, Message};
use crate::desk::recap::{Month, count};
use crate::desk::signing::{self, Correction, Duty, Task};
use crate::store::signatures::Signed;
use crate::store::trail;
use crate::ticket::Channel;
use serde_json::json;

fn month(month: u32) -> Month {
    Month::new(2026, month).unwrap()
}

fn sign(bench: &Bench, user: &str, number: u32, told: &str) -> Result<Signed, Error> {
    let told = told.to_owned();
    bench.act(user, move |tx, office, who, now| {
        let counted = count(tx, office, who, (month(number), false), now)?;
        signing::sign(tx, office, who, (&counted, &told), now)
    })
}

fn acknowledge(bench: &Bench, user: &str, number: u32) -> Result<Signed, Error> {
    bench.act(user, move |tx, _, who, now| signing::acknowledge(tx, who, month(number), now))
}

fn give_back(bench: &Bench, user: &str, number: u32, reason: &str) -> Result<Signed, Error> {
    let reason = reason.to_owned();
    bench.act(user, move |tx, _, who, now| {
        signing::give_back(tx, who, (month(number), &reason), now)
    })
}

fn corrections(bench: &Bench, number: u32) -> Vec<Correction> {
    bench
        .act("ratna", move |tx, office, who, now| {
            signing::corrections(tx, office, who, month(number), now)
        })
        .unwrap()
}

fn duty(bench: &Bench, user: &str) -> Option<Duty> {
    bench.act(user, |tx, office, who, now| Ok(signing::duty(tx, office, who, now)?)).unwrap()
}

/// Received on 28 November, and entered only now.
fn enter_late(bench: &Bench) {
    enter_late_that(bench, "trotoar retak");
}

fn enter_late_that(bench: &Bench, what: &str) {
    let message = Message {
        channel: Channel::Counter,
        from: None,
        text: format!("DISHUB # {what}"),
        at: Some(super::fixture::local("28-11-2026 10.00")),
        unit: None,
        to: None,
        again: false,
        by_sms: false,
    };
    bench
        .act("sari", move |tx, office, who, now| entering::add(tx, office, who, &message, now))
        .unwrap();
}

#[test]
fn a_ketua_signs_a_month_that_is_over_once_and_the_pengarah_takes_notice() {
    let bench = Bench::new();
    bench.complaint();
    assert_eq!(refused(sign(&bench, "ratna", 11, "{}")), "INVALID", "it is not over");
    bench.at("01-12-2026 08.00");
    for user in ["sari", "hadi"] {
        assert_eq!(refused(sign(&bench, user, 11, "{}")), "NOT_PERMITTED", "{user}");
    }
    assert_eq!(refused(acknowledge(&bench, "hadi", 11)), "INVALID", "it is not signed");
    let signed = sign(&bench, "ratna", 11, "{\"as\":\"told\"}").unwrap();
    assert_eq!((signed.signed_by.as_str(), signed.signed_at), ("ratna", bench.now()));
    assert_eq!(refused(sign(&bench, "ratna", 11, "{}")), "INVALID", "it is signed");
    for user in ["sari", "ratna"] {
        assert_eq!(refused(acknowledge(&bench, user, 11)), "NOT_PERMITTED", "{user}");
        assert_eq!(refused(give_back(&bench, user, 11, "x")), "NOT_PERMITTED", "{user}");
    }
    bench.minutes(5);
    let acknowledged = acknowledge(&bench, "hadi", 11).unwrap();
    assert_eq!(acknowledged.acknowledged_by.as_deref(), Some("hadi"));
    assert_eq!(refused(acknowledge(&bench, "hadi", 11)), "INVALID", "once");
    assert_eq!(refused(give_back(&bench, "hadi", 11, "x")), "INVALID", "too late");
    assert_eq!(acknowledged.told, "{\"as\":\"told\"}");
    for (who, action) in [("ratna", "recap-sign"), ("hadi", "recap-acknowledge")] {
        let noted = bench.run(move |tx, _, _| crate::store::access_log::noted(tx, action));
        assert_eq!(noted, [format!("{who} 2026-11")], "{action}");
    }
}

#[test]
fn what_changes_of_a_signed_month_is_a_correction_of_the_next_one() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.at("01-12-2026 08.00");
    assert_eq!(corrections(&bench, 12), [], "nothing is signed");
    sign(&bench, "ratna", 11, "{}").unwrap();
    assert_eq!(corrections(&bench, 12), []);
    enter_late(&bench);
    bench.at("02-12-2026 08.00");
    let figures = |number| -> Vec<(String, i64, i64)> {
        let found = corrections(&bench, number);
        assert!(found.iter().all(|figure| figure.month == "2026-11"));
        found.into_iter().map(|figure| (figure.figure, figure.was, figure.is)).collect()
    };
    let expected = [
        ("A.closing", 1, 2),
        ("A.received", 1, 2),
        ("B.DISHUB.closing", 1, 2),
        ("B.DISHUB.received", 1, 2),
        ("C.-", 0, 1),
    ];
    assert_eq!(figures(12), expected.map(|(name, was, is)| (name.to_owned(), was, is)));
    assert_eq!(figures(11), []);
    assert_eq!(bench.recap(2026, 12).summary.opening, 2, "as signed, and as corrected");
    // Given back, the month is counted anew and has nothing to correct.
    assert_eq!(refused(give_back(&bench, "hadi", 11, " ")), "MISSING");
    let returned = give_back(&bench, "hadi", 11, "telp 081234567890").unwrap();
    assert!(!returned.reason.unwrap().contains("34567"));
    assert_eq!(figures(12), []);
    sign(&bench, "ratna", 11, "{}").unwrap();
    assert_eq!(figures(12), []);
}

#[test]
fn a_signed_report_tells_no_more_of_what_took_the_closed_path_since() {
    let bench = Bench::new();
    let (open, sealed) = (bench.complaint(), bench.say(BENI, "DISDIK # pungli").number());
    restrict(&bench, &sealed, "sari");
    let numbers = vec![open, sealed.clone()];
    let found = bench
        .run(move |tx, office, now| Ok(signing::sealed_since(tx, office, &numbers, now).unwrap()));
    assert_eq!(found, [sealed]);
}

#[test]
fn the_report_is_asked_for_from_the_first_working_day_and_is_late_after_the_fifth() {
    let bench = Bench::new();
    bench.at("02-11-2026 08.00");
    assert_eq!(duty(&bench, "sari"), None, "nobody wrote in October");
    bench.say(ANNA, "DISHUB # lampu mati");
    bench.at("01-12-2026 07.29");
    assert_eq!(duty(&bench, "sari"), None);
    bench.at("01-12-2026 07.30");
    let made = duty(&bench, "sari").unwrap();
    assert_eq!((made.month, made.task, made.overdue), (month(11), Task::Make, false));
    assert_eq!(Zone::Wib.short(made.due_at), "Sen 07-12-2026 16.00");
    assert_eq!(duty(&bench, "ratna"), Some(made));
    for user in ["hadi", "budi", "joko"] {
        assert_eq!(duty(&bench, user), None, "{user}");
    }
    bench.at("07-12-2026 16.01");
    assert!(duty(&bench, "ratna").unwrap().overdue);
    sign(&bench, "ratna", 11, "{}").unwrap();
    assert_eq!((duty(&bench, "sari"), duty(&bench, "ratna")), (None, None));
    assert_eq!(duty(&bench, "hadi").unwrap().task, Task::Acknowledge);
    give_back(&bench, "hadi", 11, "kurang").unwrap();
    assert_eq!(duty(&bench, "sari").unwrap().returned.as_deref(), Some("kurang"));
    assert_eq!(duty(&bench, "hadi"), None);
    sign(&bench, "ratna", 11, "{}").unwrap();
    acknowledge(&bench, "hadi", 11).unwrap();
    for user in ["sari", "ratna", "hadi"] {
        assert_eq!(duty(&bench, user), None, "{user}");
    }
}

#[test]
fn a_report_that_nobody_signed_is_asked_for_in_the_months_after_too_the_oldest_first() {
    let bench = Bench::new();
    bench.say(ANNA, "DISHUB # lampu mati");
    bench.at("12-01-2027 08.00");
    let asked = duty(&bench, "ratna").unwrap();
    assert_eq!((asked.month, asked.overdue), (month(11), true));
    sign(&bench, "ratna", 11, "{}").unwrap();
    assert_eq!(duty(&bench, "ratna").unwrap().month, month(12));
    assert_eq!(duty(&bench, "hadi").unwrap().month, month(11), "not acknowledged yet");
    acknowledge(&bench, "hadi", 11).unwrap();
    assert_eq!(duty(&bench, "hadi"), None);
    // An office that begins to sign after years is asked for one year.
    bench.at("12-01-2037 08.00");
    assert_eq!(duty(&bench, "sari").unwrap().month.name(), "2036-01");
}

/// What a report tells that is held against later counts.
fn told(bench: &Bench, number: u32) -> String {
    let corrections: Vec<_> = corrections(bench, number)
        .into_iter()
        .map(|it| json!({ "month": it.month, "figure": it.figure, "was": it.was, "is": it.is }))
        .collect();
    let seal = bench.run(|tx, _, _| trail::newest(tx)).map(|seal| json!({ "row": seal.id }));
    json!({ "corrections": corrections, "seal": seal }).to_string()
}

/// `received` of part A, as it was told last and as it is now, by month.
fn received(bench: &Bench, number: u32) -> Vec<(String, i64, i64)> {
    let found = corrections(bench, number).into_iter();
    let found = found.filter(|figure| figure.figure == "A.received");
    found.map(|figure| (figure.month, figure.was, figure.is)).collect()
}

#[test]
fn what_changes_of_an_older_signed_month_is_told_once_in_the_next_report() {
    let bench = Bench::with_limits(|limits| {
        limits.entered_late = std::time::Duration::from_hours(24 * 60);
    });
    bench.complaint();
    bench.at("01-12-2026 08.00");
    bench.say(BENI, "DISDIK # kursi rusak");
    let report = told(&bench, 11);
    sign(&bench, "ratna", 11, &report).unwrap();
    bench.at("04-01-2027 08.00");
    enter_late(&bench);
    let january = |bench: &Bench| {
        let found = bench.act("ratna", |tx, office, who, now| {
            signing::corrections(tx, office, who, Month::new(2027, 1).unwrap(), now)
        });
        found
            .unwrap()
            .into_iter()
            .filter(|figure| figure.figure == "A.received")
            .collect::<Vec<_>>()
    };
    let of_november = ("2026-11".to_owned(), 1, 2);
    assert_eq!(received(&bench, 12), std::slice::from_ref(&of_november));
    let report = told(&bench, 12);
    sign(&bench, "ratna", 12, &report).unwrap();
    assert_eq!(january(&bench), [], "December has told it");
    // Months that nothing was done about are not looked at again, and one that was is told from where it stood.
    enter_late_that(&bench, "halte rusak");
    let [again] = january(&bench).try_into().unwrap();
    assert_eq!((&*again.month, again.was, again.is), ("2026-11", 2, 3));
    // A December that is given back has told nothing.
    give_back(&bench, "hadi", 12, "kurang").unwrap();
    assert_eq!(received(&bench, 12), [("2026-11".to_owned(), 1, 3)]);
}

#[test]
fn a_signed_month_does_not_change_where_what_it_left_takes_the_closed_path() {
    let bench = Bench::new();
    let (_, sealed) = (bench.complaint(), bench.say(BENI, "DISDIK # pungli").number());
    bench.at("01-12-2026 08.00");
    let report = told(&bench, 11);
    sign(&bench, "ratna", 11, &report).unwrap();
    restrict(&bench, &sealed, "sari");
    assert_eq!(corrections(&bench, 12), []);
    let december = bench.recap(2026, 12);
    let all = december.summary;
    assert_eq!((all.opening, all.closed_in_all(), all.closing), (2, 1, 1));
}
