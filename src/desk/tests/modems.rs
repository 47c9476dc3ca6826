//! What is known of the modems, and who gives them orders.

use std::sync::Arc;

use super::fixture::{ANNA, Bench, MODEM, SIM, office, refused};
use crate::desk::Office;
use crate::desk::modems::{self, Received, Record, Waiting};
use crate::desk::sending;
use crate::phone::Prefix;
use crate::store::Tx;
use crate::store::modems::{Identity, is_disabled, seen};

fn record(bench: &Bench) -> (Record, Waiting) {
    record_with(bench, &[])
}

/// The same of a modem with these routes.
fn record_with(bench: &Bench, routes: &[&str]) -> (Record, Waiting) {
    let routes = routes.iter().map(|route| (*route).to_owned()).collect();
    let names = [(MODEM.to_owned(), routes)];
    let record = move |tx: &Tx<'_>, office: &Office, now| {
        modems::records(tx, office, &Received::default(), &names, now)
    };
    let (mut records, all) = bench.write(record).unwrap();
    (records.remove(0), all)
}

/// A modem with a card.
fn bench() -> Bench {
    let bench = Bench::new();
    let identity = Identity {
        name: MODEM.to_owned(),
        sim: SIM.to_owned(),
        manufacturer: None,
        model: None,
        revision: None,
        serial: None,
    };
    bench.run(move |tx, _, now| seen(tx, &identity, now));
    bench
}

#[test]
fn what_came_on_a_day_is_counted_on_from_the_last_look() {
    let bench = bench();
    let received = Arc::new(Received::default());
    let count = || {
        let (received, names) = (Arc::clone(&received), [(MODEM.to_owned(), Vec::new())]);
        let look = move |tx: &Tx<'_>, office: &Office, now| {
            modems::records(tx, office, &received, &names, now)
        };
        bench.write(look).unwrap().0[0].received_today
    };
    bench.at("24-11-2026 23.58");
    assert_eq!(count(), 0);
    bench.sms(ANNA, "DISHUB # lampu mati");
    assert_eq!((count(), count()), (1, 1), "each once");
    // What was counted is not looked at again: it may not be there any more.
    bench.run(|tx, _, _| tx.run("DROP TRIGGER inbound_is_evidence"));
    bench.run(|tx, _, _| tx.run("UPDATE inbound SET modem = 'another'"));
    bench.sms(ANNA, "PUPR # jalan rusak");
    bench.sms(ANNA, "DLH # sampah");
    assert_eq!(count(), 3);
    bench.minutes(3);
    assert_eq!(count(), 0, "another day");
    bench.sms(ANNA, "DLH # sampah lagi");
    assert_eq!(count(), 1);
}

#[test]
fn a_day_is_the_offices_and_not_utc() {
    let bench = bench();
    bench.at("24-11-2026 23.59");
    bench.sms(ANNA, "DISHUB # lampu mati");
    let (before, all) = record(&bench);
    assert_eq!((before.received_today, before.sent_today), (1, 0));
    assert_eq!(
        (before.waiting, all.in_all, all.unbound),
        (1, 1, 0),
        "the receipt leaves by the card that received"
    );
    // Past midnight, when UTC has still the day before.
    bench.minutes(1);
    let claimed = bench.claim().unwrap();
    bench.accept(&claimed);
    let (after, all) = record(&bench);
    assert_eq!((after.received_today, after.sent_today), (0, 1));
    assert_eq!((after.waiting, all), (0, Waiting::default()));
    bench.days(1);
    assert_eq!(record(&bench).0.sent_today, 0);
}

#[test]
fn a_modem_that_was_never_brought_up_has_an_empty_record() {
    let bench = Bench::new();
    let (record, all) = record(&bench);
    assert_eq!((record.identity, record.waiting, all), (None, 0, Waiting::default()));
}

#[test]
fn only_an_admin_switches_a_modem_and_it_stays_so() {
    let bench = bench();
    let switch = |user: &str, on: bool| {
        bench.act(user, move |tx, _, who, now| modems::switch(tx, who, (MODEM, on), now))
    };
    let disabled = || bench.run(|tx, _, _| is_disabled(tx, MODEM));
    assert_eq!(refused(switch("sari", false)), "NOT_PERMITTED");
    assert!(!disabled());
    switch("joko", false).unwrap();
    switch("joko", false).unwrap();
    assert!(disabled());
    assert_eq!(refused(switch("sari", true)), "NOT_PERMITTED");
    switch("joko", true).unwrap();
    assert!(!disabled());
}

#[test]
fn a_text_with_a_route_waits_for_the_modems_that_have_it() {
    let prefix = Prefix::parse("0812").unwrap();
    let bench = Bench::with(Office { routes: vec![prefix.clone()], ..office() });
    let texts = ["081230000001", "081230000002", "085600000003"]
        .map(|to| (to.to_owned(), "uji".to_owned()));
    bench
        .act("joko", move |tx, office, who, now| {
            sending::send_sms(tx, office, who, (&texts, false), now)
        })
        .unwrap();
    let (here, all) = record_with(&bench, &[prefix.as_str()]);
    assert_eq!((here.waiting, all.in_all, all.unbound), (2, 3, 1));
    let (elsewhere, all) = record_with(&bench, &["+62856"]);
    assert_eq!((elsewhere.waiting, all.in_all, all.unbound), (0, 3, 1));
}
