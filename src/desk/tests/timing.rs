//! The list of days off changes, and open due times with it (procedure.md section 6).

use super::fixture::{ANNA, BENI, Bench, office, office_with};
use super::{ask, restrict};
use crate::calendar::Zone;
use crate::desk::timing;
use crate::ticket::CloseReason;

/// As it starts with these days off; how many tickets have other due times.
fn starts_with(bench: &Bench, days_off: &'static [&'static str]) -> usize {
    bench.run(move |tx, _, now| timing::reckon(tx, &office_with(days_off), now))
}

const PUBLISHED: &[&str] = &["2026-12-24", "2026-12-25", "2027-01-01"];
const CHANGED: &[&str] = &["2026-11-25", "2026-12-24", "2026-12-25", "2027-01-01"];

#[test]
fn a_new_day_off_moves_what_is_open_and_the_trail_says_so() {
    let bench = Bench::new();
    bench.at("24-11-2026 15.00");
    let open = bench.complaint();
    let closed = bench.say(BENI, "DISHUB # rambu hilang").number();
    bench.close(&closed, super::officer::closing(CloseReason::NotAComplaint)).unwrap();
    assert_eq!(starts_with(&bench, PUBLISHED), 0);
    let before = bench.ticket(&open);
    assert_eq!(Zone::Wib.short(before.answer_due_at), "Rab 25-11-2026 13.30");

    assert_eq!(starts_with(&bench, CHANGED), 1);
    let after = bench.ticket(&open);
    assert_eq!(Zone::Wib.short(after.answer_due_at), "Kam 26-11-2026 13.30");
    assert_eq!((after.stage, after.stage_since), (before.stage, before.stage_since));
    assert_eq!(bench.ticket(&closed).due_at, None);
    let line = bench.trail(&open).pop().unwrap();
    assert_eq!((line.action.as_str(), line.actor.as_str()), ("TENGGAT_BERUBAH", "sistem"));
    assert!(line.detail.contains("Rab 25-11-2026 13.30"), "{}", line.detail);
    assert!(line.detail.contains("Kam 26-11-2026 13.30"), "{}", line.detail);
    assert_eq!(bench.run(|tx, _, _| crate::store::trail::first_broken(tx)), None);

    // Once is enough; and back.
    assert_eq!(starts_with(&bench, CHANGED), 0);
    assert_eq!(starts_with(&bench, PUBLISHED), 1);
    assert_eq!(bench.ticket(&open).clocks(), before.clocks());
}

#[test]
fn pauses_and_national_limits_are_reckoned_with_the_new_days_too() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    ask(&bench, &number, "sari");
    bench.at("27-11-2026 08.00");
    bench.say(ANNA, &format!("{number} di Simpang Pasar"));
    bench.assign(&number).unwrap();
    assert_eq!(starts_with(&bench, PUBLISHED), 0);
    let before = bench.ticket(&number);
    // A day off within the pause: what ran before and after it is the same.
    assert_eq!(starts_with(&bench, CHANGED), 0);
    // One after it: the answer is due before that day, the end is not.
    assert_eq!(starts_with(&bench, &["2026-11-30", "2026-12-24", "2026-12-25", "2027-01-01"]), 1);
    let after = bench.ticket(&number);
    assert_eq!((after.answer_due_at, after.due_at), (before.answer_due_at, before.due_at));
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| Zone::Wib.day(at.unwrap());
    assert_eq!(day(before.national_due_at), "17-12-2026");
    assert_eq!(day(after.national_due_at), "18-12-2026");
}

#[test]
fn other_standard_times_move_due_times_as_well() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(starts_with(&bench, PUBLISHED), 0);
    let moved = bench.run(|tx, _, now| {
        let mut office = office();
        office.standards.sort = 30;
        timing::reckon(tx, &office, now)
    });
    assert_eq!(moved, 1);
    assert_eq!(Zone::Wib.short(bench.ticket(&number).due_at.unwrap()), "Sel 24-11-2026 08.30");
}

#[test]
fn other_working_days_move_national_limits_and_decisions_that_wait() {
    let bench = Bench::new();
    let (assigned, sealed) = (bench.complaint(), bench.say(BENI, "DISDIK # pungli").number());
    bench.assign(&assigned).unwrap();
    restrict(&bench, &sealed, "sari");
    assert_eq!(starts_with(&bench, PUBLISHED), 0);
    let moved = bench.run(|tx, _, now| {
        let mut office = office();
        office.standards.complaint_days = 10;
        office.standards.oversight_days = 20;
        office.standards.ethics_days = 2;
        timing::reckon(tx, &office, now)
    });
    assert_eq!(moved, 2);
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| Zone::Wib.day(at.unwrap());
    assert_eq!(day(bench.ticket(&assigned).national_due_at), "08-12-2026");
    let sealed = bench.ticket(&sealed);
    assert_eq!(day(sealed.national_due_at), "22-12-2026");
    assert_eq!(day(sealed.due_at), "26-11-2026");
}
