//! What citizens ask about their own data, and whose data there are.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use super::fixture::{ANNA, BENI, Bench, office, person, refused, staff};
use super::{hand_over, restrict, restrict_naming};
use crate::desk::closing::Closing;
use crate::desk::requests::{self, Affected, Answered, Listed};
use crate::desk::{Error, blocking, timing};
use crate::phone::PhoneNumber;
use crate::store::requests::Kind;
use crate::store::{retention, stopped, trail};
use crate::ticket::{CloseReason, Role};

fn add(bench: &Bench, user: &str, whose: &str, kind: Kind) -> Result<i64, Error> {
    let whose = whose.to_owned();
    bench
        .act(user, move |tx, office, who, now| {
            requests::add(tx, office, who, (&whose, kind, "minta"), now)
        })
        .map(|(id, _)| id)
}

fn list(bench: &Bench, user: &str, all: bool) -> Result<Vec<Listed>, Error> {
    bench.act(user, move |tx, office, who, now| requests::list(tx, office, who, all, now))
}

fn answer(
    bench: &Bench,
    user: &str,
    id: i64,
    granted: bool,
    words: &str,
) -> Result<Answered, Error> {
    let (key, words) = (Arc::new(bench.store.pseudonyms()?), words.to_owned());
    bench.act(user, move |tx, office, who, now| {
        requests::answer(tx, office, who, (&key, id, granted, &words), now)
    })
}

fn affected(
    bench: &Bench,
    user: &str,
    days: (Option<&str>, Option<&str>),
) -> Result<Vec<String>, Error> {
    affected_in_all(bench, user, days).map(|affected| affected.numbers)
}

fn affected_in_all(
    bench: &Bench,
    user: &str,
    days: (Option<&str>, Option<&str>),
) -> Result<Affected, Error> {
    let day = |day: Option<&str>| day.map(|day| day.parse().unwrap());
    let days = (day(days.0), day(days.1));
    bench.act(user, move |tx, office, who, now| requests::affected(tx, office, who, days, now))
}

fn close(bench: &Bench, number: &str) {
    let reason = CloseReason::NotAComplaint;
    let closing = Closing { reason, main: None, party: None, contact: None, words: None };
    bench.close(number, closing).unwrap();
    bench.carry();
}

#[test]
fn requests_are_registered_by_petugas_and_ketua_and_due_after_three_days() {
    let bench = Bench::new();
    let number = bench.complaint();
    for (user, code) in [
        ("sari", "done"),
        ("ratna", "done"),
        ("budi", "NOT_PERMITTED"),
        ("hadi", "NOT_PERMITTED"),
        ("joko", "NOT_PERMITTED"),
    ] {
        assert_eq!(refused(add(&bench, user, &number, Kind::Copy)), code, "{user}");
        assert_eq!(refused(list(&bench, user, false)), code, "{user}");
    }
    let waiting = list(&bench, "sari", false).unwrap();
    assert_eq!(waiting.len(), 2);
    let request = &waiting[0].request;
    assert_eq!((request.due_at - request.registered_at).num_hours(), 72);
    assert_eq!(request.citizen, "+62 812-****-*001");
    assert_eq!(waiting[0].number.as_deref(), Some(number.as_str()));
    assert_eq!(refused(add(&bench, "sari", ANNA, Kind::Correct)), "MISSING");
    assert_eq!(refused(add(&bench, "sari", "999", Kind::Copy)), "NO_SUCH_TICKET");
    for user in ["sari", "budi", "hadi", "joko"] {
        assert_eq!(refused(answer(&bench, user, 1, true, "ya")), "NOT_PERMITTED", "{user}");
    }
    assert_eq!(refused(answer(&bench, "ratna", 1, true, " ")), "MISSING");
    assert_eq!(refused(answer(&bench, "ratna", 1, false, "bukan pemilik")), "done");
    assert_eq!(refused(answer(&bench, "ratna", 1, true, "ya")), "INVALID");
    assert_eq!(refused(answer(&bench, "ratna", 99, true, "ya")), "INVALID");
    assert_eq!(list(&bench, "ratna", false).unwrap().len(), 1);
    assert_eq!(list(&bench, "ratna", true).unwrap()[1].request.outcome.as_deref(), Some("refused"));
}

#[test]
fn a_correction_stands_beside_what_was_written() {
    let bench = Bench::new();
    let number = bench.complaint();
    let id = add(&bench, "sari", &number, Kind::Correct).unwrap();
    answer(&bench, "ratna", id, true, "yang benar Simpang Lima").unwrap();
    assert!(bench.story(&number).ends_with("PEMBETULAN"));
    assert!(bench.trail(&number).pop().unwrap().detail.contains("Simpang Lima"));
    assert!(bench.ticket(&number).body.contains("Simpang Pasar"));
}

#[test]
fn a_copy_holds_all_texts_of_that_number_and_of_no_other() {
    let bench = Bench::new();
    bench.complaint();
    bench.say(BENI, "DISHUB # rambu hilang");
    bench.say(ANNA, "BANTUAN");
    let id = add(&bench, "sari", ANNA, Kind::Copy).unwrap();
    let copy = answer(&bench, "ratna", id, true, "diserahkan").unwrap().copy;
    let own: Vec<&str> = copy.iter().filter(|text| text.own).map(|text| &*text.text).collect();
    assert_eq!(own, ["DISHUB # Lampu merah Simpang Pasar mati", "BANTUAN"]);
    assert_eq!(copy.iter().filter(|text| !text.own).count(), 2);
    let id = add(&bench, "sari", ANNA, Kind::Copy).unwrap();
    assert!(answer(&bench, "ratna", id, false, "tidak").unwrap().copy.is_empty());
}

#[test]
fn a_deletion_takes_what_is_finished_and_leaves_what_is_still_needed() {
    let bench = Bench::new();
    let done = bench.complaint();
    close(&bench, &done);
    let sealed = bench.say(ANNA, "DISHUB # petugas minta uang").number();
    restrict(&bench, &sealed, "sari");
    hand_over(&bench, &sealed);
    bench.carry();
    bench.days(2);
    let open = bench.say(ANNA, "DISHUB # rambu hilang").number();
    let other = bench.say(BENI, "DISHUB # lampu lain").number();
    close(&bench, &other);
    bench.say(ANNA, "BANTUAN");
    let id = add(&bench, "sari", ANNA, Kind::Delete).unwrap();
    let came = answer(&bench, "ratna", id, true, "sesuai permintaan").unwrap();
    assert_eq!((came.destroyed, came.pseudonymised, came.kept), (1, 1, vec![open.clone()]));
    assert!(bench.ticket(&done).body.is_empty() && bench.ticket(&done).is_retired());
    assert!(bench.ticket(&sealed).is_retired());
    assert!(bench.ticket(&sealed).body.contains("uang"));
    assert_eq!(bench.ticket(&open).citizen.unwrap().local(), ANNA);
    assert_eq!(bench.ticket(&other).citizen.unwrap().local(), BENI);
    assert!(bench.messages(ANNA).iter().all(|message| message.ticket_id.is_some()));
    let record = bench.run(|tx, _, _| retention::records(tx, 1)).pop().unwrap();
    assert_eq!((record.cause.as_str(), record.counts.destroyed), ("request", 1));
    assert!(list(&bench, "ratna", true).unwrap()[0].request.citizen.contains("001"), "it waits");
    assert_eq!(bench.run(|tx, _, _| trail::first_broken(tx)), None);
}

#[test]
fn of_a_case_that_a_ketua_is_named_in_that_ketua_learns_nothing_by_a_request() {
    let bench = Bench::new();
    let number = bench.complaint();
    let id = add(&bench, "sari", &number, Kind::Copy).unwrap();
    let by_phone = add(&bench, "sari", ANNA, Kind::Copy).unwrap();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    assert_eq!(refused(answer(&bench, "ratna", id, true, "ya")), "INVALID");
    let copy = answer(&bench, "ratna", by_phone, true, "ya").unwrap().copy;
    assert!(copy.is_empty(), "{copy:?}");
    assert!(list(&bench, "sari", false).unwrap().is_empty());
}

#[test]
fn who_is_affected_by_a_breach_is_told_to_the_ketua() {
    let bench = Bench::new();
    bench.complaint();
    bench.sms("TELKOMSEL", "promo");
    bench.days(3);
    bench.say(BENI, "BANTUAN");
    for user in ["sari", "budi", "joko"] {
        assert_eq!(refused(affected(&bench, user, (None, None))), "NOT_PERMITTED", "{user}");
    }
    let both = ["+6281200000001", "+6281200000002"];
    assert_eq!(affected(&bench, "ratna", (None, None)).unwrap(), both);
    assert_eq!(affected(&bench, "ratna", (None, Some("2026-11-24"))).unwrap(), both[..1]);
    assert_eq!(affected(&bench, "ratna", (Some("2026-11-25"), None)).unwrap(), both[1..]);
    assert!(affected(&bench, "ratna", (Some("2026-12-25"), None)).unwrap().is_empty());
}

#[test]
fn the_ketua_is_told_what_waits_and_that_it_is_late_and_nobody_else_is() {
    let bench = Bench::new();
    let waiting = |user: &str| bench.act(user, requests::waiting).unwrap();
    assert_eq!(waiting("ratna"), None);
    let number = bench.complaint();
    add(&bench, "sari", &number, Kind::Copy).unwrap();
    bench.minutes(60);
    let second = add(&bench, "sari", &number, Kind::Delete).unwrap();
    let told = waiting("ratna").unwrap();
    assert_eq!((told.count, told.overdue), (2, false));
    for user in ["sari", "budi", "hadi", "joko"] {
        assert_eq!(waiting(user), None, "{user}");
    }
    bench.minutes(72 * 60 - 30);
    assert!(waiting("ratna").unwrap().overdue, "the first of them is late");
    answer(&bench, "ratna", second - 1, true, "diserahkan").unwrap();
    let told = waiting("ratna").unwrap();
    assert_eq!((told.count, told.overdue), (1, false));
}

#[test]
fn another_time_for_the_answer_reaches_the_requests_that_wait() {
    let bench = Bench::new();
    let answered = add(&bench, "sari", ANNA, Kind::Copy).unwrap();
    answer(&bench, "ratna", answered, false, "tidak ada").unwrap();
    let waiting = add(&bench, "sari", BENI, Kind::Copy).unwrap();
    let dues = || {
        let mut all = list(&bench, "sari", true).unwrap();
        all.sort_by_key(|listed| listed.request.id);
        all.into_iter().map(|listed| listed.request.due_at).collect::<Vec<_>>()
    };
    let before = dues();
    bench.run(|tx, _, now| {
        let mut office = office();
        office.limits.data_request = Duration::from_hours(24);
        timing::reckon(tx, &office, now)
    });
    assert_eq!(waiting, answered + 1);
    assert_eq!(dues(), [before[0], before[1] - TimeDelta::days(2)]);
}

#[test]
fn a_named_ketua_learns_no_reporter_from_who_is_affected_and_the_pengarah_lists_them_all() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    bench.told(ANNA);
    let beni = bench.say(BENI, "DISHUB # lampu mati").number();
    let both = ["+6281200000001", "+6281200000002"];
    let all = |user: &str| affected_in_all(&bench, user, (None, None)).unwrap();
    for user in ["tuti", "hadi"] {
        assert_eq!((all(user).numbers, all(user).withheld), (both.map(str::to_owned).to_vec(), 0));
    }
    assert_eq!((all("ratna").numbers, all("ratna").withheld), (vec![both[1].to_owned()], 1));
    // Whoever wrote of something else too is in the list by that.
    bench.say(ANNA, "DISHUB # rambu roboh");
    assert_eq!(
        (all("ratna").numbers, all("ratna").withheld),
        (both.map(str::to_owned).to_vec(), 0)
    );
    restrict_naming(&bench, &beni, "sari", &["tuti"]).unwrap();
    assert_eq!((all("ratna").withheld, all("tuti").withheld, all("hadi").withheld), (0, 1, 0));
}

#[test]
fn what_was_taken_back_is_no_part_of_a_copy() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.send(&number, "sari").unwrap();
    super::restrict(&bench, &number, "sari");
    bench.told(ANNA);
    let id = add(&bench, "ratna", ANNA, Kind::Copy).unwrap();
    let copy = answer(&bench, "ratna", id, true, "ya").unwrap().copy;
    let texts: Vec<&str> = copy.iter().map(|text| &*text.text).collect();
    assert!(texts.iter().any(|text| text.contains("ditangani tertutup")), "{texts:?}");
    assert!(texts.iter().all(|text| !text.contains("Lampu diperbaiki.")), "{texts:?}");
}

#[test]
fn what_is_joined_stays_as_long_as_the_main_ticket_is_examined() {
    let bench = Bench::new();
    let (main, own) = super::news::joined(&bench);
    let delete = || {
        let id = add(&bench, "sari", BENI, Kind::Delete).unwrap();
        answer(&bench, "ratna", id, true, "sesuai permintaan").unwrap()
    };
    let came = delete();
    assert_eq!((came.destroyed, came.pseudonymised, came.kept.len()), (0, 0, 1));
    assert_eq!(bench.ticket(&own).citizen.unwrap().local(), BENI);
    assert!(bench.ticket(&own).body.contains("Simpang Pasar"));
    // Its citizen reads the answer, whose ten days are part of it.
    bench.told(BENI);
    bench.answered(&main, "Lampu diperbaiki.");
    assert!(bench.told(BENI).iter().any(|text| text.contains("Lampu diperbaiki.")));
    assert_eq!(delete().kept.len(), 1);
    bench.say(ANNA, &format!("PUAS {main}"));
    let came = delete();
    assert_eq!((came.destroyed, came.pseudonymised, came.kept.len()), (1, 0, 0));
    assert!(bench.ticket(&own).body.is_empty() && !bench.ticket(&main).body.is_empty());
}

#[test]
fn what_is_joined_to_a_sealed_case_loses_its_number_when_that_is_handed_over() {
    let bench = Bench::new();
    let (main, own) = super::news::joined(&bench);
    restrict(&bench, &main, "budi");
    let delete = || {
        let id = add(&bench, "ratna", BENI, Kind::Delete).unwrap();
        let came = answer(&bench, "ratna", id, true, "sesuai permintaan").unwrap();
        (came.destroyed, came.pseudonymised, came.kept.len())
    };
    assert_eq!(delete(), (0, 0, 1));
    hand_over(&bench, &main);
    bench.carry();
    assert_eq!(delete(), (0, 1, 0));
    assert!(bench.ticket(&own).is_retired() && !bench.ticket(&own).body.is_empty());
}

#[test]
fn a_deletion_lifts_no_stop_of_who_has_a_case_that_the_ketua_cannot_see() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    let is_stopped = |number: &'static str| {
        bench.run(move |tx, _, _| stopped::is_stopped(tx, &PhoneNumber::parse(number).unwrap()))
    };
    for citizen in [ANNA, BENI] {
        assert_eq!(bench.say(citizen, "STOP").outcome, "command");
    }
    let delete = |user: &str, citizen: &str| {
        let id = add(&bench, user, citizen, Kind::Delete).unwrap();
        answer(&bench, user, id, true, "sesuai permintaan").unwrap()
    };
    // Who has a case and who has none: the ketua reads the same.
    assert_eq!(delete("ratna", ANNA), delete("ratna", BENI));
    assert_eq!((is_stopped(ANNA), is_stopped(BENI)), (true, false));
    assert_eq!(bench.ticket(&number).citizen.unwrap().local(), ANNA);
    // Open, it stays for who reads it too, and then its number goes, and STOP with it.
    assert_eq!(delete("tuti", ANNA).kept.len(), 1);
    assert!(is_stopped(ANNA));
    super::hand_over_by(&bench, &number, "tuti").unwrap();
    assert_eq!(delete("ratna", ANNA), Answered::default());
    assert!(is_stopped(ANNA));
    assert_eq!(delete("tuti", ANNA).pseudonymised, 1);
    assert!(!is_stopped(ANNA));
}

fn block(bench: &Bench, user: &str, whom: &str) {
    let whom = whom.to_owned();
    bench
        .act(user, move |tx, office, who, now| {
            let until = "2026-12-24".parse().unwrap();
            blocking::block(tx, office, who, (&whom, until, "ancaman"), now)
        })
        .unwrap();
}

#[test]
fn who_is_in_the_register_without_a_message_is_affected_too() {
    let bench = Bench::new();
    assert!(affected(&bench, "ratna", (None, None)).unwrap().is_empty());
    add(&bench, "sari", "081366669999", Kind::Copy).unwrap();
    bench.days(1);
    block(&bench, "ratna", "081366668888");
    bench.days(1);
    // Of a STOP the message goes, and the number is kept as long as it holds.
    bench.run(|tx, _, now| stopped::stop(tx, &PhoneNumber::parse("081366667777").unwrap(), now));
    let [stopped, blocked, asked] = ["+6281366667777", "+6281366668888", "+6281366669999"];
    assert_eq!(affected(&bench, "hadi", (None, None)).unwrap(), [stopped, blocked, asked]);
    for (day, number) in [("2026-11-24", asked), ("2026-11-25", blocked), ("2026-11-26", stopped)] {
        assert_eq!(affected(&bench, "ratna", (Some(day), Some(day))).unwrap(), [number]);
    }
    // A code is nobody's number.
    bench.days(30);
    let id = add(&bench, "sari", "081366668888", Kind::Delete).unwrap();
    answer(&bench, "ratna", id, true, "sesuai permintaan").unwrap();
    answer(&bench, "ratna", 1, false, "bukan pemilik").unwrap();
    assert_eq!(affected(&bench, "ratna", (None, None)).unwrap(), [stopped, asked]);
}

#[test]
fn a_request_or_a_block_about_a_sealed_case_tells_a_named_ketua_no_reporter() {
    for by_number in [false, true] {
        let mut people = staff();
        people.push(person("tuti", &[Role::Chair], &[]));
        let bench = Bench::with_staff(people);
        let number = bench.complaint();
        bench.told(ANNA);
        restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
        bench.told(ANNA);
        bench.days(1);
        let whom = if by_number { ANNA } else { &number };
        add(&bench, "tuti", whom, Kind::Copy).unwrap();
        block(&bench, "tuti", whom);
        bench.run(|tx, _, now| stopped::stop(tx, &PhoneNumber::parse(ANNA).unwrap(), now));
        for day in [None, Some("2026-11-25")] {
            let all = |user: &str| affected_in_all(&bench, user, (day, None)).unwrap();
            assert_eq!(all("ratna"), Affected { numbers: Vec::new(), withheld: 1 }, "{day:?}");
            for user in ["tuti", "hadi"] {
                assert_eq!(all(user).numbers, ["+6281200000001"], "{user}");
            }
        }
    }
}

/// What somebody sees of the first request: its outcome, what it waits for, and its number.
fn seen(bench: &Bench, user: &str) -> (Option<String>, Vec<String>, String) {
    let listed = list(bench, user, true).unwrap().pop().unwrap();
    (listed.request.outcome, listed.waits_for, listed.request.citizen)
}

#[test]
fn a_deletion_waits_for_what_is_still_needed_and_answering_it_again_does_the_rest() {
    let bench = Bench::new();
    let done = bench.complaint();
    close(&bench, &done);
    bench.days(2);
    let open = bench.say(ANNA, "DISHUB # rambu hilang").number();
    bench.assign(&open).unwrap();
    bench.answered(&open, "Rambu dipasang.");
    bench.told(ANNA);
    let answered_at = bench.ticket(&open).last_answer_at.unwrap();
    let id = add(&bench, "sari", ANNA, Kind::Delete).unwrap();
    let came = answer(&bench, "ratna", id, true, "yang selesai dihapus").unwrap();
    assert_eq!((came.destroyed, &came.kept), (1, &vec![open.clone()]));
    assert!(bench.ticket(&done).is_retired());
    // It stands where it stood, with its number and what was answered, and is not late before anybody could do it.
    for user in ["sari", "ratna"] {
        assert_eq!(list(&bench, user, false).unwrap().len(), 1, "{user}");
        assert_eq!(seen(&bench, user), (None, vec![open.clone()], "+62 812-****-*001".to_owned()));
    }
    let request = list(&bench, "ratna", false).unwrap().remove(0).request;
    assert_eq!(request.begun_answer.as_deref(), Some("yang selesai dihapus"));
    assert_eq!(request.due_at, answered_at + TimeDelta::days(10) + TimeDelta::days(3));
    let waiting = || bench.act("ratna", requests::waiting).unwrap();
    bench.days(5);
    let told = waiting().unwrap();
    assert_eq!((told.count, told.overdue, told.waits_for), (1, false, vec![open.clone()]));
    // What is written after that is another matter.
    let later = bench.say(ANNA, "PUPR # jalan berlubang").number();
    bench.say(ANNA, &format!("PUAS {open}"));
    let told = waiting().unwrap();
    assert_eq!((told.count, told.overdue, told.waits_for.len()), (1, false, 0));
    bench.days(4);
    assert!(waiting().unwrap().overdue);
    let came = answer(&bench, "ratna", id, true, "sisanya juga").unwrap();
    assert_eq!((came.destroyed, came.kept.len()), (1, 0));
    assert!(bench.ticket(&open).body.is_empty() && bench.ticket(&open).is_retired());
    assert_eq!(bench.ticket(&later).citizen.unwrap().local(), ANNA);
    assert_eq!(waiting(), None);
    assert_eq!(seen(&bench, "ratna"), (Some("granted".to_owned()), Vec::new(), "-".to_owned()));
    let request = list(&bench, "ratna", true).unwrap().remove(0).request;
    assert_eq!(request.answer.as_deref(), Some("yang selesai dihapus / sisanya juga"));
    assert_eq!(refused(answer(&bench, "ratna", id, true, "lagi")), "INVALID");
    assert_eq!(bench.run(|tx, _, _| trail::first_broken(tx)), None);
}

#[test]
fn a_deletion_waits_for_the_text_that_has_not_left_and_leaves_no_number_behind() {
    let bench = Bench::new();
    let number = bench.complaint();
    let id = add(&bench, "sari", ANNA, Kind::Delete).unwrap();
    answer(&bench, "ratna", id, true, "nanti").unwrap();
    let reason = CloseReason::NotAComplaint;
    let closing = Closing { reason, main: None, party: None, contact: None, words: None };
    bench.close(&number, closing).unwrap();
    // In the queue, in a modem's hand, and with nobody knowing what became of it.
    let is_kept = || {
        let came = answer(&bench, "ratna", id, true, "sekarang").unwrap();
        assert_eq!((came.destroyed, came.kept), (0, vec![number.clone()]));
        assert_eq!(bench.ticket(&number).citizen.unwrap().local(), ANNA);
        let listed = list(&bench, "ratna", false).unwrap().remove(0);
        assert_eq!(listed.waits_for, vec![number.clone()]);
        let ended = bench.ticket(&number).finished_at.unwrap();
        assert_eq!(listed.request.due_at, ended + TimeDelta::days(3));
    };
    is_kept();
    let claimed = bench.claim().unwrap();
    is_kept();
    bench.release(claimed.id, crate::store::hand::Fate::Unknown);
    is_kept();
    bench.days(1);
    bench.round();
    bench.carry();
    let came = answer(&bench, "ratna", id, true, "sekarang").unwrap();
    assert_eq!((came.destroyed, came.kept.len()), (1, 0));
    let left = bench.outgoing(&number);
    assert!(!left.is_empty());
    for text in left {
        assert_eq!((&*text.recipient, &*text.body), (PhoneNumber::NOBODY, ""));
    }
    assert!(affected(&bench, "ratna", (None, None)).unwrap().is_empty());
}

#[test]
fn a_deletion_that_was_begun_can_be_refused_for_the_rest() {
    let bench = Bench::new();
    let open = bench.complaint();
    let id = add(&bench, "sari", ANNA, Kind::Delete).unwrap();
    assert_eq!(answer(&bench, "ratna", id, true, "nanti").unwrap().kept, vec![open.clone()]);
    assert_eq!(answer(&bench, "ratna", id, true, "masih nanti").unwrap().kept, vec![open.clone()]);
    answer(&bench, "ratna", id, false, "dibutuhkan pemeriksaan").unwrap();
    assert_eq!(seen(&bench, "ratna").0.as_deref(), Some("refused"));
    assert_eq!(bench.ticket(&open).citizen.unwrap().local(), ANNA);
    assert!(list(&bench, "ratna", false).unwrap().is_empty());
}

#[test]
fn a_deletion_that_waits_for_a_sealed_case_alone_is_granted_to_who_may_not_read_it() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    bench.told(ANNA);
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    let granted = || (Some("granted".to_owned()), Vec::new(), "-".to_owned());
    bench.carry();
    let id = add(&bench, "sari", ANNA, Kind::Delete).unwrap();
    assert_eq!(answer(&bench, "ratna", id, true, "dihapus").unwrap(), Answered::default());
    let hidden = |bench: &Bench| {
        for user in ["sari", "ratna"] {
            assert_eq!(seen(bench, user), granted(), "{user}");
            assert!(list(bench, user, false).unwrap().is_empty(), "{user}");
            let request = list(bench, user, true).unwrap().remove(0).request;
            assert_eq!(request.answer.as_deref(), Some("dihapus"), "{user}");
            assert_eq!((request.begun_at, request.begun_answer), (None, None), "{user}");
        }
        assert_eq!(bench.act("ratna", requests::waiting).unwrap(), None);
        assert_eq!(refused(answer(bench, "ratna", id, true, "lagi")), "INVALID");
    };
    hidden(&bench);
    let answered_at = list(&bench, "sari", true).unwrap().remove(0).request.answered_at;
    assert_eq!(seen(&bench, "tuti").1, vec![number.clone()]);
    bench.days(1);
    super::hand_over_by(&bench, &number, "tuti").unwrap();
    hidden(&bench);
    assert_eq!(bench.act("tuti", requests::waiting).unwrap().unwrap().count, 1);
    assert_eq!(answer(&bench, "tuti", id, true, "nomornya juga").unwrap().pseudonymised, 1);
    hidden(&bench);
    let accesses = |user: &str| {
        let asked = bench.act(user, move |tx, office, who, now| {
            crate::desk::privacy::accesses(tx, office, who, (None, None, None), now)
        });
        asked.unwrap().iter().filter(|access| access.action == "request").count()
    };
    assert_eq!((accesses("ratna"), accesses("tuti")), (2, 3));
    assert_eq!(list(&bench, "sari", true).unwrap().remove(0).request.answered_at, answered_at);
    assert!(bench.ticket(&number).is_retired());
    assert!(bench.trail(&number).pop().unwrap().detail.contains("nomornya juga"));
}

#[test]
fn a_deletion_that_was_begun_ends_when_the_retention_has_taken_the_rest() {
    let bench = Bench::new();
    let open = bench.complaint();
    let id = add(&bench, "sari", ANNA, Kind::Delete).unwrap();
    answer(&bench, "ratna", id, true, "nanti").unwrap();
    close(&bench, &open);
    bench.told(ANNA);
    bench.days(700);
    super::retention::apply(&bench, "joko").unwrap();
    assert_eq!(list(&bench, "ratna", false).unwrap().len(), 1);
    bench.days(60);
    super::retention::apply(&bench, "joko").unwrap();
    assert!(list(&bench, "ratna", false).unwrap().is_empty());
    assert_eq!(seen(&bench, "ratna"), (Some("granted".to_owned()), Vec::new(), "-".to_owned()));
    assert!(affected(&bench, "ratna", (None, None)).unwrap().is_empty());
}
