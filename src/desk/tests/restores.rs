//! After a restore: what was unsent in the backup waits, and nothing else does.

use super::fixture::*;
use crate::desk::restores::release;
use crate::store::hand::Fate;
use crate::store::restores::{self, Decision, NewRestore};
use crate::store::tickets;
use crate::ticket::Stage;

/// The register is one that was restored.
fn restored(bench: &Bench, last_number: Option<(i64, i64)>) {
    let now = bench.now();
    let restore = NewRestore { officer: "root".to_owned(), backup_at: Some(now), last_number };
    bench.run(move |tx, _, now| restores::note(tx, &restore, now));
}

fn decide(bench: &Bench, user: &str, decision: Decision) -> Result<usize, crate::desk::Error> {
    bench.act(user, move |tx, office, who, now| release(tx, office, who, decision, now))
}

fn waiting(bench: &Bench) -> Option<i64> {
    bench.run(|tx, _, _| restores::open(tx)).map(|open| open.texts)
}

#[test]
fn what_was_unsent_waits_and_is_in_nobodys_way() {
    let bench = Bench::new();
    bench.sms(ANNA, "DISHUB # lampu mati");
    restored(&bench, None);
    assert_eq!(bench.claim(), None);
    assert_eq!(waiting(&bench), Some(1));
    // The same citizen writes again, and is answered.
    bench.sms(ANNA, "DLH # sampah menumpuk di pasar");
    let claimed = bench.claim().unwrap();
    bench.accept(&claimed);
    assert_eq!(bench.claim(), None);
    assert_eq!(bench.outgoing("P26-00001-8")[0].state, "queued");
}

#[test]
fn neither_its_time_nor_its_unknown_fate_moves_what_waits() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.carry();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.send(&number, "sari").unwrap();
    let claimed = bench.claim().unwrap();
    bench.release(claimed.id, Fate::Unknown);
    bench.sms(BENI, "DISHUB # lampu mati");
    restored(&bench, None);
    bench.days(30);
    assert!(bench.round() > bench.now() + chrono::TimeDelta::minutes(1), "no tight loop");
    assert_eq!(bench.outgoing(&number).last().unwrap().state, "unknown");
    assert_eq!(waiting(&bench), Some(2));
    assert_eq!(bench.claim(), None);
    assert_eq!(decide(&bench, "joko", Decision::Send).unwrap(), 1);
    assert_eq!(waiting(&bench), None);
    // The receipt leaves though its time was over long ago; the answer of unknown fate goes once more, as such do.
    let receipt = bench.claim().unwrap();
    bench.accept(&receipt);
    bench.round();
    assert_eq!(bench.outgoing(&number).last().unwrap().state, "queued");
    assert!(bench.story("P26-00002-6").ends_with("LEPAS_KIRIM"), "{}", bench.story("P26-00002-6"));
}

#[test]
fn what_is_dropped_is_never_sent_and_the_trail_says_who_decided() {
    let bench = Bench::new();
    bench.sms(ANNA, "DISHUB # lampu mati");
    restored(&bench, None);
    assert_eq!(refused(decide(&bench, "sari", Decision::Drop)), "NOT_PERMITTED");
    assert_eq!(waiting(&bench), Some(1));
    assert_eq!(decide(&bench, "joko", Decision::Drop).unwrap(), 1);
    assert_eq!(bench.claim(), None);
    assert_eq!(bench.outgoing("P26-00001-8")[0].state, "dropped");
    let last = bench.trail("P26-00001-8").pop().unwrap();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("LEPAS_BUANG", "joko"));
    assert_eq!(decide(&bench, "joko", Decision::Drop).unwrap(), 0);
}

#[test]
fn nobodys_silence_counts_before_it_is_decided() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    restored(&bench, None);
    bench.days(30);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Answered);
    decide(&bench, "joko", Decision::Drop).unwrap();
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Finished);
}

#[test]
fn no_number_is_given_twice() {
    let bench = Bench::new();
    bench.complaint();
    restored(&bench, Some((26, 41)));
    let next = |year| bench.run(move |tx, _, _| tickets::next_serial(tx, year));
    assert_eq!((next(26), next(27)), (42, 1));
}
