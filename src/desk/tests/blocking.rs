//! A blocked number: what it sends is kept and counted, and nothing of it is answered (section 11).

use super::fixture::{ANNA, BENI, Bench, person, refused, staff};
use super::{mark, restrict, restrict_naming};
use crate::desk::blocking::{self, Blocked};
use crate::desk::entering::{self, Added, Message};
use crate::desk::privacy::Mark;
use crate::desk::{Error, reading};
use crate::ticket::{Channel, Role, Stage};

fn block(bench: &Bench, user: &str, whom: &str, until: &str) -> Result<Blocked, Error> {
    let (whom, until) = (whom.to_owned(), until.parse().unwrap());
    bench.act(user, move |tx, office, who, now| {
        blocking::block(tx, office, who, (&whom, until, "ancaman"), now)
    })
}

fn unblock(bench: &Bench, user: &str, whom: &str) -> Result<Blocked, Error> {
    let whom = whom.to_owned();
    bench.act(user, move |tx, office, who, now| blocking::unblock(tx, office, who, &whom, now))
}

/// By WhatsApp, from Anna.
fn enter(bench: &Bench, user: &str, text: &str) -> Added {
    let message = Message {
        channel: Channel::WhatsApp,
        from: Some(ANNA.to_owned()),
        text: text.to_owned(),
        at: None,
        unit: None,
        to: None,
        again: true,
        by_sms: false,
    };
    bench
        .act(user, move |tx, office, who, now| entering::add(tx, office, who, &message, now))
        .unwrap()
}

fn list(bench: &Bench, user: &str) -> Result<Vec<Blocked>, Error> {
    bench.act(user, blocking::list)
}

#[test]
fn whatever_a_blocked_number_writes_is_kept_and_not_answered_until_the_day_is_over() {
    let bench = Bench::new();
    let number = bench.complaint();
    block(&bench, "ratna", ANNA, "2026-11-25").unwrap();
    for text in ["DISHUB # Awas kalian semua", "STATUS", "STOP", &format!("BATAL {number}")] {
        bench.minutes(1);
        let heard = bench.say(ANNA, text);
        assert_eq!(heard.end(), "silence DIBLOKIR", "{text}");
        assert!(heard.ticket.is_none() && heard.replies.is_empty(), "{text}");
        assert_eq!(bench.messages(ANNA)[0].text.as_deref(), Some(text));
    }
    assert_eq!(bench.stage(&number), Stage::New, "BATAL withdrew nothing");
    assert_eq!(bench.say(BENI, "DISHUB # Lampu mati").outcome, "ticket", "others write as before");
    let [blocked] = list(&bench, "sari").unwrap().try_into().unwrap();
    assert_eq!((blocked.citizen.as_str(), blocked.block.messages), (ANNA, 4));
    // By WhatsApp neither.
    let added = enter(&bench, "sari", "DISHUB # Lagi");
    assert_eq!((added.reason, added.text, added.ticket), ("DIBLOKIR", None, None));
    // What the office owes to the older ticket goes on.
    bench.answered(&number, "Sudah.");
    bench.at("25-11-2026 23.59");
    assert_eq!(bench.say(ANNA, "STATUS").end(), "silence DIBLOKIR");
    bench.at("26-11-2026 00.00");
    assert_eq!(bench.say(ANNA, "STATUS").outcome, "command", "it ends by itself");
    assert!(list(&bench, "sari").unwrap().is_empty());
}

#[test]
fn a_block_is_the_ketuas_alone_has_a_reason_and_an_end_and_is_lifted_before_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    for user in ["sari", "budi", "hadi", "joko"] {
        assert_eq!(refused(block(&bench, user, ANNA, "2026-12-01")), "NOT_PERMITTED", "{user}");
        assert_eq!(refused(unblock(&bench, user, ANNA)), "NOT_PERMITTED", "{user}");
    }
    for until in ["2026-11-23", "2027-11-26"] {
        assert_eq!(refused(block(&bench, "ratna", ANNA, until)), "INVALID", "{until}");
    }
    assert_eq!(refused(block(&bench, "ratna", "P26-04071-7", "2026-12-01")), "NO_SUCH_TICKET");
    let silent = bench.act("ratna", |tx, office, who, now| {
        blocking::block(tx, office, who, (ANNA, "2026-12-01".parse().unwrap(), " "), now)
    });
    assert_eq!(refused(silent), "MISSING");
    assert_eq!(refused(unblock(&bench, "ratna", ANNA)), "INVALID", "nothing to lift");

    // By a ticket of it; a second decision takes the place of the first.
    block(&bench, "ratna", &number, "2026-12-01").unwrap();
    bench.minutes(1);
    block(&bench, "ratna", ANNA, "2026-12-24").unwrap();
    let [one] = list(&bench, "ratna").unwrap().try_into().unwrap();
    assert_eq!(one.block.until.to_string(), "2026-12-24");
    assert!(bench.story(&number).ends_with("BLOKIR"));
    let seen = list(&bench, "hadi").unwrap().remove(0).citizen;
    assert!(!seen.contains("0000000"), "the pengarah reads a masked number: {seen}");
    for user in ["budi", "joko"] {
        assert_eq!(refused(list(&bench, user)), "NOT_PERMITTED", "{user}");
    }
    bench.minutes(1);
    unblock(&bench, "ratna", &number).unwrap();
    assert!(list(&bench, "ratna").unwrap().is_empty());
    assert_eq!(bench.say(ANNA, "STATUS").outcome, "command");
}

#[test]
fn a_message_that_waits_for_intake_is_judged_by_when_it_came() {
    let bench = Bench::new();
    for part in bench.delivered(ANNA, "DISHUB # Lampu mati") {
        bench.receive(&part);
    }
    bench.minutes(1);
    block(&bench, "ratna", ANNA, "2026-12-01").unwrap();
    bench.intake();
    assert_eq!(bench.heard(ANNA).outcome, "ticket");
}

#[test]
fn of_who_asked_for_secrecy_the_pengarah_sees_no_blocked_number() {
    let bench = Bench::new();
    let number = bench.complaint();
    block(&bench, "ratna", &number, "2026-11-30").unwrap();
    assert_eq!(list(&bench, "hadi").unwrap()[0].citizen, "+62 812-****-*001");
    mark(&bench, &number, Mark::Secret);
    assert_eq!(list(&bench, "hadi").unwrap()[0].citizen, reading::SECRET);
    for user in ["sari", "ratna"] {
        assert_eq!(list(&bench, user).unwrap()[0].citizen, ANNA, "{user}");
    }
}

#[test]
fn the_reason_of_a_block_holds_no_numbers() {
    let bench = Bench::new();
    let number = bench.complaint();
    let blocked = {
        let number = number.clone();
        bench.act("ratna", move |tx, office, who, now| {
            let reason = "NIK 3204110405900001 mengancam 081300001111";
            blocking::block(tx, office, who, (&number, "2026-11-30".parse().unwrap(), reason), now)
        })
    };
    let reason = blocked.unwrap().block.reason;
    assert_eq!(reason, "NIK 3204********0001 mengancam 0813*****111");
    assert!(bench.trail(&number).pop().unwrap().detail.contains(&reason));
}

#[test]
fn what_is_decided_over_a_sealed_case_is_told_to_who_reads_that_case() {
    for by_number in [false, true] {
        let mut people = staff();
        people.push(person("tuti", &[Role::Chair], &[]));
        let bench = Bench::with_staff(people);
        let number = bench.complaint();
        restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
        let whom = if by_number { ANNA } else { &number };
        block(&bench, "tuti", whom, "2026-12-01").unwrap();
        for (user, told) in [("sari", 0), ("ratna", 0), ("tuti", 1), ("hadi", 1)] {
            assert_eq!(list(&bench, user).unwrap().len(), told, "{user}");
        }
        assert_eq!(refused(unblock(&bench, "ratna", ANNA)), "INVALID");
        unblock(&bench, "tuti", ANNA).unwrap();
    }
}

#[test]
fn a_block_that_has_nothing_to_do_with_a_sealed_case_is_told_as_ever() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.say(ANNA, "DLH # sampah menumpuk");
    restrict(&bench, &number, "sari");
    block(&bench, "ratna", ANNA, "2026-12-01").unwrap();
    let [blocked] = list(&bench, "sari").unwrap().try_into().unwrap();
    assert_eq!(blocked.citizen, ANNA);
}

#[test]
fn who_is_not_told_of_a_block_enters_what_came_as_if_there_were_none() {
    for by_number in [false, true] {
        let mut people = staff();
        people.push(person("tuti", &[Role::Chair], &[]));
        let bench = Bench::with_staff(people);
        let number = bench.complaint();
        restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
        block(&bench, "tuti", if by_number { ANNA } else { &number }, "2026-12-01").unwrap();
        bench.minutes(1);
        for user in ["sari", "ratna"] {
            let added = enter(&bench, user, "PUPR # Jalan berlubang di Simpang Lima");
            let opened = added.ticket.expect("a ticket of its own").number.to_string();
            assert!(opened != number && added.text.is_some(), "{user}: {}", added.reason);
        }
        let added = enter(&bench, "tuti", "PUPR # Jalan berlubang di Simpang Lima");
        assert_eq!((added.reason, added.text, added.ticket), ("DIBLOKIR", None, None));
        // By SMS nobody is told of anything.
        assert_eq!(bench.say(ANNA, "PUPR # Jembatan roboh").end(), "silence DIBLOKIR");
    }
}

#[test]
fn a_block_that_is_lifted_by_another_ticket_is_noted_where_it_was_decided() {
    let bench = Bench::new();
    let sealed = bench.complaint();
    let other = bench.say(ANNA, "DLH # sampah menumpuk").number();
    restrict(&bench, &sealed, "sari");
    let before = bench.story(&other);
    block(&bench, "ratna", &sealed, "2026-12-01").unwrap();
    unblock(&bench, "ratna", &other).unwrap();
    assert!(bench.story(&sealed).ends_with("BLOKIR BUKA_BLOKIR"));
    assert_eq!(bench.story(&other), before);
}

#[test]
fn a_case_that_the_deciding_ketua_cannot_see_opens_the_decision_to_nobody() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let unseen = bench.say(ANNA, "DISHUB # petugas minta uang di pos jaga").number();
    let seen = bench.say(ANNA, "DLH # bak sampah penuh").number();
    restrict_naming(&bench, &unseen, "sari", &["tuti"]).unwrap();
    restrict_naming(&bench, &seen, "sari", &["ratna"]).unwrap();
    block(&bench, "tuti", ANNA, "2026-12-01").unwrap();
    for (user, told) in [("sari", 0), ("ratna", 0), ("tuti", 1), ("hadi", 1)] {
        assert_eq!(list(&bench, user).unwrap().len(), told, "{user}");
    }
}
