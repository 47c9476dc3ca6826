//! A ticket takes another way: T11, T15, T23.

use super::fixture::{ANNA, Bench, person, refused};
use super::officer::closing;
use super::turn;
use crate::calendar::Zone;
use crate::desk::officer::{self, Destination};
use crate::desk::staff::Officer;
use crate::desk::standing::{Mark, standing};
use crate::desk::{reading, turning};
use crate::ticket::{Category, CloseReason, OfficerId, Role, Stage};

#[test]
fn after_the_second_return_only_the_ketua_assigns() {
    let bench = Bench::new();
    let number = bench.complaint();
    for returns in 1..=2 {
        bench.assign(&number).unwrap();
        let back = |user| turn(&bench, &number, user, "jalan provinsi", turning::return_unit);
        assert_eq!(refused(back("sari")), "NOT_PERMITTED");
        let done = back("budi").unwrap().ticket;
        assert_eq!((done.stage, done.returns, done.assignee), (Stage::New, returns, None));
    }
    assert_eq!(refused(bench.assign(&number)), "CHAIR_MUST_ASSIGN");
    // It is the ketua's: it waits there, says so, and the petugas neither closes it nor asks.
    let closing = closing(CloseReason::NotAComplaint);
    assert_eq!(refused(bench.close(&number, closing)), "CHAIR_MUST_ASSIGN");
    let lists = |user: &str| {
        let inbox = bench.act(user, |tx, office, who, now| {
            let inbox = reading::inbox(tx, office, who, false, now)?;
            Ok(inbox
                .tickets
                .iter()
                .map(|ticket| standing(office, ticket, who, now).marks)
                .collect())
        });
        let marks: Vec<Vec<Mark>> = inbox.unwrap();
        marks
    };
    assert_eq!((lists("sari"), lists("ratna")), (vec![], vec![vec![Mark::ChairAssigns]]));
    let typed = number.clone();
    let by_chair = bench.act("ratna", move |tx, office, who, now| {
        let to = Destination {
            unit: Some("PUPR"),
            category: Some(Category::Complaint),
            member: None,
            copies: None,
        };
        officer::assign(tx, office, who, (&typed, &to), now)
    });
    assert_eq!(by_chair.unwrap().ticket.unit.as_deref(), Some("PUPR"));
}

#[test]
fn how_many_returns_leave_it_to_the_ketua_is_the_offices_to_set() {
    for (returns, code) in [(1, "CHAIR_MUST_ASSIGN"), (3, "done")] {
        let bench = Bench::with_limits(|limits| limits.returns = returns);
        let number = bench.complaint();
        for _ in 1..=returns.min(2) {
            bench.assign(&number).unwrap();
            turn(&bench, &number, "budi", "jalan provinsi", turning::return_unit).unwrap();
        }
        let ticket = bench.ticket(&number);
        let chair = bench.office.staff.find(&OfficerId::from("ratna")).unwrap();
        let waits = reading::waits_for(&bench.office, &ticket, chair);
        assert_eq!(waits, code == "CHAIR_MUST_ASSIGN");
        let told = bench.assign(&number).map_or_else(|error| error.code(), |_| "done");
        assert_eq!(told, code, "{returns}");
    }
}

#[test]
fn a_turn_without_a_reason_is_none() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    assert_eq!(refused(turn(&bench, &number, "budi", " ", turning::return_unit)), "INCOMPLETE");
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    assert_eq!(refused(turn(&bench, &number, "ratna", "", turning::escalate)), "INCOMPLETE");
    assert_eq!(refused(turn(&bench, &number, "budi", "sulit", turning::escalate)), "NOT_PERMITTED");
}

#[test]
fn what_the_pengarah_has_decided_begins_at_the_ketua_again() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    turn(&bench, &number, "ratna", "lintas dinas", turning::escalate).unwrap();
    // Sent back, it comes to the pengarah again.
    bench.reject(&number, "hadi", "sebut harinya").unwrap();
    bench.propose(&number, "budi", "Lampu diperbaiki Senin.").unwrap();
    assert_eq!(refused(bench.approve(&number, "ratna")), "DIRECTOR_DECIDES");
    bench.approve(&number, "hadi").unwrap();
    bench.send(&number, "sari").unwrap();
    bench.say(ANNA, &format!("BELUM {number} masih mati"));
    bench.propose(&number, "budi", "Lampu diganti.").unwrap();
    assert_eq!(refused(bench.approve(&number, "ratna")), "done");
}

#[test]
fn what_was_passed_on_and_then_withdrawn_begins_at_the_ketua_when_it_is_opened_again() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    turn(&bench, &number, "ratna", "lintas dinas", turning::escalate).unwrap();
    assert_eq!(
        refused(turn(&bench, &number, "ratna", "lagi", turning::escalate)),
        "DIRECTOR_DECIDES"
    );
    bench.say(ANNA, &format!("BATAL {number}"));
    turn(&bench, &number, "ratna", "ternyata perlu", turning::reopen).unwrap();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Lampu diganti.").unwrap();
    assert_eq!(refused(bench.approve(&number, "ratna")), "done");
}

/// A10, in offices where somebody is missing: a draft that nobody may decide on would wait for ever, in nobody's inbox.
#[test]
fn nothing_is_handed_in_or_passed_on_where_nobody_may_decide_on_it() {
    let ketua = || person("ratna", &[Role::Chair], &[]);
    let both = || person("hadi", &[Role::Director, Role::Member], &["DISHUB"]);
    let offices: [(Vec<Officer>, &str, &str, &str); 4] = [
        (vec![ketua()], "ratna", "NOBODY_DECIDES", "OUT_OF_TURN"),
        (vec![ketua(), person("wakil", &[Role::Chair], &[])], "ratna", "done", "NOBODY_DECIDES"),
        (vec![ketua(), person("budi", &[Role::Member], &["*"])], "budi", "done", "NOBODY_DECIDES"),
        (vec![ketua(), both()], "hadi", "done", "NOBODY_DECIDES"),
    ];
    for (mut people, writer, handed_in, passed_on) in offices {
        people.push(person("sari", &[Role::Operator], &[]));
        let bench = Bench::with_staff(people);
        let number = bench.complaint();
        bench.assign(&number).unwrap();
        let told = refused(bench.propose(&number, writer, "Lampu diperbaiki."));
        assert_eq!(told, handed_in, "{writer}");
        let told = refused(turn(&bench, &number, "ratna", "lintas dinas", turning::escalate));
        assert_eq!(told, passed_on, "{writer}");
        if handed_in == "done" {
            assert_eq!(bench.stage(&number), Stage::Approval);
            assert!(!bench.ticket(&number).escalated);
        }
    }
}

#[test]
fn a_closed_ticket_is_opened_by_the_ketua_with_a_new_round_of_the_clocks() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    bench.close(&number, closing(CloseReason::NotAComplaint)).unwrap();
    bench.at("30-11-2026 08.00");
    assert_eq!(refused(turn(&bench, &number, "sari", "keliru", turning::reopen)), "NOT_PERMITTED");
    let done = turn(&bench, &number, "ratna", "keliru", turning::reopen).unwrap().ticket;
    assert_eq!((done.stage, done.closed_as, done.finished_at), (Stage::New, None, None));
    let zone = Zone::Wib;
    assert_eq!(zone.short(done.answer_due_at), "Sen 30-11-2026 15.00");
    assert_eq!(zone.short(done.due_at.unwrap()), "Sen 30-11-2026 08.15");
    assert_eq!(zone.short(done.received_at), "Sel 24-11-2026 08.00");
    assert_eq!(refused(turn(&bench, &number, "ratna", "lagi", turning::reopen)), "OUT_OF_TURN");
}

#[test]
fn a_limit_that_changes_with_the_category_is_told_again() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    let assign = |category| {
        let number = number.clone();
        let done = bench.act("sari", move |tx, office, who, now| {
            let to = Destination { category: Some(category), ..Destination::default() };
            officer::assign(tx, office, who, (&number, &to), now)
        });
        done.unwrap();
        bench.told(ANNA)
    };
    let back = || turn(&bench, &number, "budi", "jalan provinsi", turning::return_unit).unwrap();
    assert_eq!(assign(Category::Complaint), Vec::<String>::new(), "the receipt named it");
    back();
    let sixty =
        Zone::Wib.short(bench.run(|_, office, now| Ok(office.calendar.add_working_days(now, 60))));
    let [told] = assign(Category::Oversight).try_into().unwrap();
    assert!(told.contains(&format!("paling lambat {sixty}.")), "{told}");
    back();
    let by_chair = {
        let number = number.clone();
        bench.act("ratna", move |tx, office, who, now| {
            let to = Destination { category: Some(Category::Complaint), ..Destination::default() };
            officer::assign(tx, office, who, (&number, &to), now)
        })
    };
    by_chair.unwrap();
    let [told] = bench.told(ANNA).try_into().unwrap();
    assert!(told.contains("paling lambat Sel 24-11-2026 15.00."), "{told}");
}
