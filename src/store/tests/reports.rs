//! Status reports: early, late, doubled, about somebody else, and after the reference has wrapped.

use super::super::claim::claim;
use super::super::hand::{Fate, accepted, offer, release};
use super::super::outbox::{find, queue};
use super::super::reports::{
    Effect, NewReport, Verdict, apply, early, of_unknown, part_of, record, speaks_of,
};
use super::super::unknown::resolve_unknown;
use super::*;

const ANNA: &str = "+6281200000001";
const BENI: &str = "+6281200000002";

fn report(recipient: &str, mr: u8, serial: u8) -> NewReport {
    NewReport {
        sim: "sim-a".to_owned(),
        pdu: vec![serial],
        digest: vec![serial],
        recipient: recipient.to_owned(),
        mr,
        status: 0,
        centre_at: None,
    }
}

/// A message whose parts were all accepted, with the references from `mr` on.
fn sent(tx: &Tx<'_>, recipient: &str, parts: i64, mr: u8, at: DateTime<Utc>) -> i64 {
    let id = in_hand(tx, recipient, parts, at);
    for (number, mr) in (1..=parts).zip(mr..) {
        if number > 1 {
            offer(tx, id, number, "sim-a", at).unwrap();
        }
        accepted(tx, id, number, Some(mr), at).unwrap();
    }
    release(tx, id, Fate::Sent, None, at).unwrap();
    id
}

fn in_hand(tx: &Tx<'_>, recipient: &str, parts: i64, at: DateTime<Utc>) -> i64 {
    let parts = (0..parts).map(|number| vec![u8::try_from(number).unwrap()]).collect();
    let new = NewMessage {
        parts,
        due_at: at,
        expires_at: at + TimeDelta::days(1),
        ..message(recipient, Purpose::Answer)
    };
    let id = queue(tx, &new, at).unwrap().unwrap();
    assert_eq!(claim(tx, &asking("sim-a", at), Offer::AtOnce).unwrap().unwrap().id, id);
    id
}

fn state(tx: &Tx<'_>, id: i64) -> String {
    find(tx, id).unwrap().unwrap().state
}

fn match_of(tx: &Tx<'_>, recipient: &str, mr: u8) -> Option<(i64, i64)> {
    part_of(tx, &report(recipient, mr, 0), now() - TimeDelta::days(2)).unwrap()
}

/// Stores a report that was not read before, and applies it to the part that it speaks of.
fn arrives(tx: &Tx<'_>, recipient: &str, mr: u8, verdict: Verdict) -> Option<Effect> {
    let serial = u8::try_from(
        tx.connection
            .query_row("SELECT COUNT (*) FROM report", [], |row| row.get::<_, i64>(0))
            .unwrap(),
    )
    .unwrap();
    let part = match_of(tx, recipient, mr);
    let of = part.map(|(id, _)| id);
    let report = report(recipient, mr, serial);
    let row = record(tx, &report, of, minutes(5)).unwrap().unwrap();
    let part = part?;
    Some(apply(tx, row, part, 0, verdict, minutes(5)).unwrap())
}

#[test]
fn a_message_is_delivered_once_every_part_is() {
    let bench = Bench::new();
    let tx = bench.tx();
    let bystander = sent(&tx, BENI, 1, 11, now());
    let id = sent(&tx, ANNA, 2, 10, now());
    assert_eq!(arrives(&tx, ANNA, 11, Verdict::Delivered), Some(Effect::None));
    assert_eq!(state(&tx, id), "sent");
    let settled = Effect::Settled { id, delivered: true };
    assert_eq!(arrives(&tx, ANNA, 10, Verdict::Delivered), Some(settled));
    assert_eq!((state(&tx, id).as_str(), state(&tx, bystander).as_str()), ("delivered", "sent"));
}

#[test]
fn one_part_that_failed_or_expired_fails_the_message() {
    for (verdict, told) in [(Verdict::Failed, "failed"), (Verdict::Expired, "expired")] {
        let bench = Bench::new();
        let tx = bench.tx();
        let id = sent(&tx, ANNA, 2, 10, now());
        assert_eq!(arrives(&tx, ANNA, 10, verdict), Some(Effect::None));
        let settled = Effect::Settled { id, delivered: false };
        assert_eq!(arrives(&tx, ANNA, 11, Verdict::Delivered), Some(settled));
        assert_eq!(state(&tx, id), told);
    }
}

#[test]
fn a_centre_that_is_still_trying_settles_nothing() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = sent(&tx, ANNA, 1, 10, now());
    assert_eq!(arrives(&tx, ANNA, 10, Verdict::Trying), Some(Effect::None));
    assert_eq!(state(&tx, id), "sent");
    assert!(matches!(arrives(&tx, ANNA, 10, Verdict::Delivered), Some(Effect::Settled { .. })));
}

#[test]
fn a_doubled_report_is_read_once_and_a_later_one_makes_nothing_worse() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = sent(&tx, ANNA, 1, 10, now());
    assert!(record(&tx, &report(ANNA, 10, 77), None, now()).unwrap().is_some());
    assert_eq!(record(&tx, &report(ANNA, 10, 77), None, now()).unwrap(), None);
    arrives(&tx, ANNA, 10, Verdict::Delivered).unwrap();
    assert_eq!(arrives(&tx, ANNA, 10, Verdict::Failed), None, "it matches nothing any more");
    assert_eq!(state(&tx, id), "delivered");
}

#[test]
fn a_report_of_another_number_sim_or_reference_matches_nothing() {
    let bench = Bench::new();
    let tx = bench.tx();
    sent(&tx, ANNA, 1, 10, now());
    let since = now() - TimeDelta::days(2);
    assert_eq!(match_of(&tx, BENI, 10), None);
    assert_eq!(match_of(&tx, ANNA, 11), None);
    let of_a = report(ANNA, 10, 0);
    let of_b = NewReport { sim: "sim-b".to_owned(), ..of_a.clone() };
    assert_eq!(part_of(&tx, &of_b, since).unwrap(), None);
    assert_eq!(part_of(&tx, &of_a, minutes(1)).unwrap(), None, "sent too long ago");
    assert!(match_of(&tx, ANNA, 10).is_some());
}

#[test]
fn a_wrapped_reference_speaks_of_the_latest_part() {
    let bench = Bench::new();
    let tx = bench.tx();
    let old = sent(&tx, ANNA, 1, 10, now());
    let new = sent(&tx, ANNA, 1, 10, minutes(60));
    assert_eq!(match_of(&tx, ANNA, 10), Some((new, 1)));
    arrives(&tx, ANNA, 10, Verdict::Delivered).unwrap();
    assert_eq!((state(&tx, old).as_str(), state(&tx, new).as_str()), ("sent", "delivered"));
}

#[test]
fn a_wrapped_reference_speaks_of_the_part_that_the_centre_took_when_it_says() {
    let bench = Bench::new();
    let tx = bench.tx();
    let old = sent(&tx, ANNA, 1, 10, now());
    let new = sent(&tx, ANNA, 1, 10, minutes(60));
    let since = now() - TimeDelta::days(2);
    // Where its clock fits neither, it is the latest.
    for (at, part) in [(-1, old), (2, old), (58, new), (20, new), (24 * 60, new)] {
        let told = NewReport { centre_at: Some(minutes(at)), ..report(ANNA, 10, 0) };
        assert_eq!(part_of(&tx, &told, since).unwrap(), Some((part, 1)), "{at}");
    }
}

#[test]
fn a_report_that_overtook_its_answer_is_found_for_two_minutes() {
    let bench = Bench::new();
    let tx = bench.tx();
    let row = record(&tx, &report(ANNA, 10, 1), None, now()).unwrap().unwrap();
    record(&tx, &report(BENI, 10, 2), None, now()).unwrap();
    let found = |sim, mr, since| early(&tx, sim, ANNA, mr, since).unwrap();
    assert_eq!(found("sim-a", 10, minutes(-2)), Some((row, 0)));
    assert_eq!(found("sim-a", 11, minutes(-2)), None);
    assert_eq!(found("sim-b", 10, minutes(-2)), None);
    assert_eq!(found("sim-a", 10, minutes(1)), None);
    let id = sent(&tx, ANNA, 1, 10, now());
    speaks_of(&tx, row, id).unwrap();
    assert_eq!(found("sim-a", 10, minutes(-2)), None, "it has matched");
}

#[test]
fn a_report_resolves_a_text_of_unknown_fate() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = in_hand(&tx, ANNA, 1, now());
    release(&tx, id, Fate::Unknown, None, now()).unwrap();
    let settled = Effect::Settled { id, delivered: true };
    // Nobody was told its reference.
    assert_eq!(arrives(&tx, ANNA, 200, Verdict::Delivered), Some(settled));
    assert_eq!(state(&tx, id), "delivered");
}

#[test]
fn of_two_texts_of_unknown_fate_the_report_is_of_the_one_that_the_centre_took_then() {
    for (taken_at, of_the_first) in [(minutes(0), true), (minutes(20), false)] {
        let bench = Bench::new();
        let tx = bench.tx();
        let ids = [now(), minutes(20)].map(|at| {
            let id = in_hand(&tx, ANNA, 1, at);
            release(&tx, id, Fate::Unknown, None, at).unwrap();
            id
        });
        let report = NewReport { centre_at: Some(taken_at), ..report(ANNA, 200, 0) };
        let found = part_of(&tx, &report, now()).unwrap();
        assert_eq!(found, Some((if of_the_first { ids[0] } else { ids[1] }, 1)));
    }
}

#[test]
fn a_report_of_the_text_in_hand_is_not_that_of_an_older_one_of_unknown_fate() {
    let bench = Bench::new();
    let tx = bench.tx();
    let older = in_hand(&tx, ANNA, 1, now());
    release(&tx, older, Fate::Unknown, None, now()).unwrap();
    let id = in_hand(&tx, ANNA, 1, minutes(200));
    let report = NewReport { centre_at: Some(minutes(200)), ..report(ANNA, 45, 1) };
    assert_eq!(part_of(&tx, &report, now()).unwrap(), None);
    // One that the centre took when the older one was offered is of that.
    let late = NewReport { centre_at: Some(now()), ..report.clone() };
    assert_eq!(part_of(&tx, &late, now()).unwrap(), Some((older, 1)));
    let set = NewReport { centre_at: Some(minutes(900)), ..report.clone() };
    assert_eq!(part_of(&tx, &set, now()).unwrap(), None, "whatever our clock says");
    let row = record(&tx, &report, None, minutes(201)).unwrap().unwrap();
    assert_eq!(of_unknown(&tx, id).unwrap(), None, "it is still in hand");
    release(&tx, id, Fate::Unknown, None, minutes(202)).unwrap();
    assert_eq!(of_unknown(&tx, id).unwrap(), Some((row, 0, 1)));
    assert_eq!(of_unknown(&tx, older).unwrap(), None, "the centre took it later");
    speaks_of(&tx, row, id).unwrap();
    assert_eq!(of_unknown(&tx, id).unwrap(), None, "it has matched");
}

#[test]
fn a_clock_that_was_set_makes_no_text_delivered_that_may_be_another() {
    for (is_in_hand, taken_at) in [(true, 810), (false, 810), (false, -1000)] {
        let bench = Bench::new();
        let tx = bench.tx();
        let older = in_hand(&tx, ANNA, 1, minutes(600));
        release(&tx, older, Fate::Unknown, None, minutes(601)).unwrap();
        let report = NewReport { centre_at: Some(minutes(taken_at)), ..report(ANNA, 45, 1) };
        assert_eq!(part_of(&tx, &report, now()).unwrap(), Some((older, 1)), "there is no other");
        let id = in_hand(&tx, ANNA, 1, now());
        if !is_in_hand {
            release(&tx, id, Fate::Unknown, None, now()).unwrap();
        }
        assert_eq!(part_of(&tx, &report, now()).unwrap(), None);
    }
}

#[test]
fn a_centre_that_tries_has_the_text_of_unknown_fate() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = in_hand(&tx, ANNA, 1, now());
    release(&tx, id, Fate::Unknown, None, now()).unwrap();
    assert_eq!(arrives(&tx, ANNA, 200, Verdict::Trying), Some(Effect::None));
    assert_eq!(state(&tx, id), "sent", "it is not sent once more");
    assert_eq!(match_of(&tx, ANNA, 200), Some((id, 1)));
    assert_eq!(match_of(&tx, ANNA, 201), None, "its reference is known now");
    assert!(matches!(arrives(&tx, ANNA, 200, Verdict::Delivered), Some(Effect::Settled { .. })));
}

#[test]
fn a_long_text_is_unknown_only_as_long_as_one_of_its_parts_is() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = in_hand(&tx, ANNA, 2, now());
    accepted(&tx, id, 1, Some(10), now()).unwrap();
    offer(&tx, id, 2, "sim-a", now()).unwrap();
    release(&tx, id, Fate::Unknown, None, now()).unwrap();
    assert_eq!(arrives(&tx, ANNA, 11, Verdict::Delivered), Some(Effect::None));
    assert_eq!(state(&tx, id), "sent", "both parts are with the network");
    let settled = Effect::Settled { id, delivered: true };
    assert_eq!(arrives(&tx, ANNA, 10, Verdict::Delivered), Some(settled));
}

#[test]
fn a_text_that_was_dropped_stays_dropped() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = in_hand(&tx, ANNA, 1, now());
    release(&tx, id, Fate::Unknown, None, now()).unwrap();
    resolve_unknown(&tx, id, false, minutes(1)).unwrap();
    assert_eq!(arrives(&tx, ANNA, 200, Verdict::Failed), Some(Effect::None));
    assert_eq!(state(&tx, id), "dropped");
}

#[test]
fn a_part_whose_reference_nobody_told_is_no_reports() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = in_hand(&tx, ANNA, 1, now());
    accepted(&tx, id, 1, None, now()).unwrap();
    release(&tx, id, Fate::Sent, None, now()).unwrap();
    assert_eq!([0, 1, 255].map(|mr| match_of(&tx, ANNA, mr)), [None; 3]);
    assert_eq!(state(&tx, id), "sent");
}
