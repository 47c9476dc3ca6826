//! Reminders: each at its time, once, and where it belongs (A10, A11, A20, A21).

use chrono::{DateTime, Utc};

use super::fixture::{ANNA, BENI, Bench, local, office_with, proposal};
use super::{ask, restrict};
use crate::desk::standing::{Mark, standing};
use crate::desk::{fates, reading, timing};
use crate::sms::Status;
use crate::store::trail::Line;
use crate::ticket::{OfficerId, Stage};

/// Rounds are made whenever one is due, up to this time.
pub(super) fn rounds_until(bench: &Bench, until: &str) {
    let until = local(until);
    loop {
        let next = bench.round();
        if next > until {
            break;
        }
        bench.set(next);
    }
    bench.set(until);
    bench.round();
}

fn reminders(bench: &Bench, number: &str) -> Vec<Line> {
    const ACTIONS: [&str; 6] = [
        "LEWAT_WAKTU",
        "INGATKAN_KEPUTUSAN",
        "INGATKAN_PEMOHON",
        "JANJI_HARI_INI",
        "NASIONAL_DEKAT",
        "NASIONAL_LEWAT",
    ];
    let mut lines = bench.trail(number);
    lines.retain(|line| ACTIONS.contains(&&*line.action));
    lines
}

/// What a ticket was reminded of, and when.
pub(super) fn reminded(bench: &Bench, number: &str) -> Vec<(String, DateTime<Utc>)> {
    reminders(bench, number).into_iter().map(|line| (line.action, line.at)).collect()
}

fn once(action: &str, at: &str) -> Vec<(String, DateTime<Utc>)> {
    vec![(action.to_owned(), local(at))]
}

pub(super) fn inbox(bench: &Bench, user: &str) -> Vec<String> {
    let tickets = bench
        .act(user, |tx, office, who, now| reading::inbox(tx, office, who, false, now))
        .unwrap()
        .tickets;
    tickets.iter().map(|ticket| ticket.number.to_string()).collect()
}

#[test]
fn a_question_goes_out_once_more_on_the_seventh_day_and_the_thirty_days_stay() {
    let bench = Bench::new();
    let number = bench.complaint();
    ask(&bench, &number, "sari");
    let first = bench.told(ANNA);
    let before = bench.ticket(&number).clocks();
    rounds_until(&bench, "01-12-2026 07.59");
    assert!(bench.told(ANNA).is_empty());
    assert!(bench.round() <= local("01-12-2026 08.00"));
    rounds_until(&bench, "01-12-2026 08.00");
    assert_eq!(bench.told(ANNA), first, "the same words, with the same day");
    assert!(first[0].contains("24-12-2026"), "{first:?}");
    assert_eq!(reminded(&bench, &number), once("INGATKAN_PEMOHON", "01-12-2026 08.00"));
    assert_eq!(bench.ticket(&number).clocks(), before);
    rounds_until(&bench, "24-12-2026 23.59");
    assert!(bench.told(ANNA).is_empty(), "once");
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    rounds_until(&bench, "25-12-2026 00.00");
    assert_eq!(bench.stage(&number), Stage::Closed);
}

#[test]
fn nobody_is_reminded_who_has_answered_who_wants_no_texts_or_who_is_not_reached() {
    let answered = Bench::new();
    let number = answered.complaint();
    ask(&answered, &number, "sari");
    answered.at("30-11-2026 08.00");
    answered.say(ANNA, &format!("{number} di Simpang Pasar"));
    rounds_until(&answered, "02-12-2026 06.00");
    assert!(!answered.story(&number).contains("INGATKAN_PEMOHON"));

    let stopped = Bench::new();
    let number = stopped.complaint();
    ask(&stopped, &number, "sari");
    stopped.say(ANNA, "STOP");
    rounds_until(&stopped, "02-12-2026 08.00");
    assert!(stopped.told(ANNA).is_empty());
    assert!(stopped.story(&number).ends_with("TIDAK_DIKIRIM_STOP"), "{}", stopped.story(&number));

    let gone = Bench::new();
    let number = gone.complaint();
    ask(&gone, &number, "sari");
    gone.told(ANNA);
    gone.run(|tx, _, now| fates::number_refused(tx, "+6281200000001", "x", now));
    rounds_until(&gone, "02-12-2026 08.00");
    assert!(gone.told(ANNA).is_empty());
    assert!(gone.story(&number).ends_with("TIDAK_DIKIRIM_NOMOR"), "{}", gone.story(&number));
}

#[test]
fn a_reminder_that_does_not_arrive_is_no_question_that_was_never_asked() {
    let bench = Bench::new();
    let number = bench.complaint();
    ask(&bench, &number, "sari");
    bench.told(ANNA);
    rounds_until(&bench, "01-12-2026 08.00");
    bench.told(ANNA);
    bench.report(ANNA, bench.last_mr(), Status(0x41).0);
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    rounds_until(&bench, "25-12-2026 00.00");
    assert_eq!(bench.stage(&number), Stage::Closed);
}

#[test]
fn a_citizen_is_not_reminded_at_night() {
    let bench = Bench::new();
    bench.at("24-11-2026 05.00");
    let number = bench.complaint();
    ask(&bench, &number, "sari");
    bench.at("24-11-2026 08.00");
    bench.told(ANNA);
    rounds_until(&bench, "01-12-2026 08.00");
    assert_eq!(reminded(&bench, &number), once("INGATKAN_PEMOHON", "01-12-2026 07.00"));
    // And after a standstill.
    let late = Bench::new();
    let number = late.complaint();
    ask(&late, &number, "sari");
    late.told(ANNA);
    late.at("01-12-2026 23.00");
    assert!(late.round() <= late.now() + chrono::TimeDelta::hours(1));
    assert_eq!(reminded(&late, &number), []);
    rounds_until(&late, "02-12-2026 09.00");
    assert_eq!(reminded(&late, &number), once("INGATKAN_PEMOHON", "02-12-2026 07.00"));
}

#[test]
fn what_is_late_at_its_role_is_told_once_and_rises_to_the_next() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(bench.round(), local("24-11-2026 08.15"), "exactly when it is due");
    rounds_until(&bench, "24-11-2026 09.00");
    assert_eq!(reminded(&bench, &number), once("LEWAT_WAKTU", "24-11-2026 08.15"));
    assert!(inbox(&bench, "ratna").is_empty(), "what is late at the petugas stays there");

    bench.assign(&number).unwrap();
    rounds_until(&bench, "24-11-2026 09.45");
    assert_eq!(reminded(&bench, &number).len(), 2, "a stage is entered, and late by itself");
    for user in ["budi", "ratna"] {
        assert_eq!(inbox(&bench, user), [number.as_str()], "{user}");
    }
    assert!(inbox(&bench, "hadi").is_empty());

    bench.propose_with(&number, "budi", proposal("Diganti.")).unwrap();
    assert_eq!((inbox(&bench, "ratna"), inbox(&bench, "hadi")), (vec![number.clone()], vec![]));
    // 300 working minutes from 09.45; after 60 the ketua is reminded.
    rounds_until(&bench, "25-11-2026 12.00");
    let told = reminded(&bench, &number);
    assert_eq!(
        told[2..],
        [
            ("INGATKAN_KEPUTUSAN".to_owned(), local("24-11-2026 10.45")),
            ("LEWAT_WAKTU".to_owned(), local("24-11-2026 15.45")),
        ]
    );
    assert_eq!(inbox(&bench, "hadi"), [number.as_str()]);
    let last = reminders(&bench, &number).pop().unwrap();
    assert!(last.detail.contains("ketua pengarah"), "{}", last.detail);
    assert_eq!(bench.run(|tx, _, _| crate::store::trail::first_broken(tx)), None);
}

#[test]
fn a_step_that_is_due_at_closing_time_is_late_on_the_next_day() {
    let bench = Bench::new();
    bench.at("24-11-2026 15.45");
    let (late, in_time) = (bench.complaint(), bench.say(BENI, "DISHUB # rambu hilang").number());
    rounds_until(&bench, "24-11-2026 18.00");
    assert_eq!(reminded(&bench, &late), []);
    let closing = super::officer::closing(crate::ticket::CloseReason::NotAComplaint);
    bench.close(&in_time, closing).unwrap();
    rounds_until(&bench, "25-11-2026 08.00");
    assert_eq!(reminded(&bench, &late), once("LEWAT_WAKTU", "25-11-2026 07.30"));
    assert_eq!(reminded(&bench, &in_time), []);
}

#[test]
fn the_national_limit_is_told_when_it_is_near_and_when_it_is_over() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    // 14 working days: Monday 14 December; two before it is Thursday.
    rounds_until(&bench, "16-12-2026 08.00");
    let told = reminded(&bench, &number);
    assert_eq!(
        told[1..],
        [
            ("NASIONAL_DEKAT".to_owned(), local("10-12-2026 07.30")),
            ("NASIONAL_LEWAT".to_owned(), local("15-12-2026 07.30")),
        ]
    );
}

#[test]
fn a_case_of_the_closed_path_is_late_after_a_working_day_and_rises_to_the_pengarah() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    rounds_until(&bench, "25-11-2026 16.00");
    assert_eq!((inbox(&bench, "hadi"), reminded(&bench, &number)), (vec![number.clone()], vec![]));
    rounds_until(&bench, "26-11-2026 07.30");
    assert_eq!(reminded(&bench, &number), once("LEWAT_WAKTU", "26-11-2026 07.30"));
    for user in ["sari", "budi"] {
        assert!(inbox(&bench, user).is_empty(), "{user}");
    }
}

#[test]
fn a_changed_list_of_days_off_moves_reminders_and_repeats_none() {
    let bench = Bench::new();
    bench.at("24-11-2026 15.55");
    let number = bench.complaint();
    let changed = |bench: &Bench, days: &'static [&'static str]| {
        bench.run(move |tx, _, now| timing::reckon(tx, &office_with(days), now))
    };
    changed(&bench, &["2026-11-25"]);
    assert_eq!(bench.round(), local("24-11-2026 16.55"), "nothing within the hour");
    rounds_until(&bench, "26-11-2026 09.00");
    assert_eq!(reminded(&bench, &number), once("LEWAT_WAKTU", "26-11-2026 07.40"));
    changed(&bench, &[]);
    rounds_until(&bench, "26-11-2026 10.00");
    assert_eq!(reminded(&bench, &number).len(), 1);
}

pub(super) fn stands(bench: &Bench, number: &str, user: &str) -> (Option<i64>, Vec<&'static str>) {
    let ticket = bench.ticket(number);
    let officer = bench.office.staff.find(&OfficerId::from(user)).unwrap();
    let standing = standing(&bench.office, &ticket, officer, bench.now());
    assert_eq!(standing.overdue, standing.left_minutes.is_some_and(|left| left < 0));
    (standing.left_minutes, standing.marks.into_iter().map(Mark::token).collect())
}

#[test]
fn a_line_says_how_much_working_time_is_left_and_what_else_is_to_be_heeded() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(stands(&bench, &number, "sari"), (Some(15), vec![]));
    bench.minutes(40);
    assert_eq!(stands(&bench, &number, "sari"), (Some(-25), vec![]));
    assert_eq!(stands(&bench, &number, "ratna"), (Some(-25), vec![]));
    bench.at("24-11-2026 11.30");
    bench.assign(&number).unwrap();
    // The break lies between.
    bench.at("24-11-2026 13.05");
    assert_eq!(stands(&bench, &number, "budi"), (Some(10), vec![]));
    bench.at("24-11-2026 13.20");
    assert_eq!(stands(&bench, &number, "budi"), (Some(-5), vec![]));
    assert_eq!(stands(&bench, &number, "ratna"), (Some(-5), vec!["risen"]));
    bench.propose(&number, "budi", "Diganti.").unwrap();
    bench.at("24-11-2026 14.19");
    assert_eq!(stands(&bench, &number, "ratna"), (Some(241), vec![]));
    bench.minutes(1);
    assert_eq!(stands(&bench, &number, "ratna"), (Some(240), vec!["decision-waits"]));
    bench.at("10-12-2026 07.30");
    assert_eq!(stands(&bench, &number, "ratna").1, ["national-near"]);
    assert_eq!(stands(&bench, &number, "hadi").1, ["risen", "national-near"]);
    bench.at("15-12-2026 07.30");
    assert_eq!(stands(&bench, &number, "ratna").1, ["national-over"]);
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    assert_eq!(stands(&bench, &number, "sari"), (None, vec![]), "there is nothing left to do");
}

#[test]
fn while_the_citizen_is_asked_nothing_runs() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(5);
    ask(&bench, &number, "sari");
    bench.days(20);
    assert_eq!(stands(&bench, &number, "sari"), (Some(10), vec![]));
}

#[test]
fn an_answer_without_a_report_is_shown_as_not_confirmed_after_five_minutes() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let flags = || {
        let tickets = bench
            .act("sari", |tx, office, who, now| reading::inbox(tx, office, who, true, now))
            .unwrap()
            .tickets;
        tickets[0].flags.clone()
    };
    bench.seconds(299);
    assert!(flags().is_empty());
    bench.seconds(1);
    assert_eq!(flags(), ["unconfirmed"]);
    bench.report(ANNA, bench.last_mr(), 0);
    assert!(flags().is_empty());
}

#[test]
fn who_asks_for_no_reports_misses_none() {
    let bench = Bench::with_limits(|limits| limits.reports = false);
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    bench.minutes(60);
    let tickets = bench
        .act("sari", |tx, office, who, now| reading::inbox(tx, office, who, true, now))
        .unwrap()
        .tickets;
    assert!(tickets[0].flags.is_empty());
}
