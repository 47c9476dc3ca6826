//! What is kept no longer goes from every place where it stands: other channels, blocks, reminders, the words that tickets are
//! found by, proposals for the answer bank. The trail is whole afterwards, and the figures are what they were.

use std::sync::Arc;

use super::fixture::{ANNA, BENI, Bench, refused};
use super::retention::{apply, finished, plan};
use super::{mark, restrict};
use crate::desk::closing::Closing;
use crate::desk::entering::{self, Added, Message};
use crate::desk::privacy::{self, Mark};
use crate::desk::requests::{self, Answered};
use crate::desk::search::{self, Search};
use crate::desk::sending;
use crate::desk::story::{self, Story};
use crate::desk::{Error, asking, bank, blocking, correcting, reading};
use crate::phone::PhoneNumber;
use crate::store::requests::Kind;
use crate::store::retention::Counts;
use crate::store::trail::{self, Verified};
use crate::store::{search as words, stopped, unreachable};
use crate::ticket::{Channel, CloseReason, Way};

const YEAR: i64 = 365;

/// Somebody without a number, or Anna by WhatsApp.
fn enter(bench: &Bench, channel: Channel, text: &str, to: Option<&str>) -> Result<Added, Error> {
    let message = Message {
        channel,
        from: (channel == Channel::WhatsApp).then(|| ANNA.to_owned()),
        text: text.to_owned(),
        at: None,
        unit: None,
        to: to.map(str::to_owned),
        again: true,
        by_sms: false,
    };
    bench.act("sari", move |tx, office, who, now| entering::add(tx, office, who, &message, now))
}

/// A complaint of somebody at the counter, who gave no number.
fn numberless(bench: &Bench) -> String {
    let added = enter(bench, Channel::Counter, "DISHUB # trotoar retak zyzxabab", None).unwrap();
    let number = added.ticket.unwrap().number.to_string();
    assert_eq!(bench.ticket(&number).citizen, None);
    number
}

/// Answered by hand, and finished as time finishes it.
fn finish(bench: &Bench, number: &str) {
    bench.approved(number, "Trotoar diperbaiki.");
    let typed = number.to_owned();
    bench
        .act("sari", move |tx, office, who, now| {
            sending::hand(tx, office, who, (&typed, Way::Counter), now)
        })
        .unwrap();
    bench.days(11);
    bench.round();
    assert!(!bench.ticket(number).is_open());
}

fn close(bench: &Bench, number: &str, reason: CloseReason) {
    let closing = Closing { reason, main: None, party: None, contact: None, words: None };
    bench.close(number, closing).unwrap();
    bench.carry();
}

fn block(bench: &Bench, whom: &str, until: &str) {
    let (whom, until) = (whom.to_owned(), until.parse().unwrap());
    bench
        .act("ratna", move |tx, office, who, now| {
            blocking::block(tx, office, who, (&whom, until, "ancaman"), now)
        })
        .unwrap();
}

fn found(bench: &Bench, typed: &str) -> Vec<String> {
    let wanted = Search { words: typed.to_owned(), ..Search::default() };
    let found = bench
        .act("sari", move |tx, office, who, now| search::search(tx, office, who, &wanted, now))
        .unwrap();
    found.tickets.iter().map(|ticket| ticket.number.to_string()).collect()
}

fn verify(bench: &Bench, pin: Option<&str>) -> Verified {
    let pin = pin.map(str::to_owned);
    bench.run(move |tx, _, _| trail::verify(tx, pin.as_deref()))
}

fn seal(bench: &Bench) -> String {
    bench.run(|tx, _, _| trail::newest(tx)).unwrap().seal
}

fn is_sound(verified: &Verified) -> bool {
    verified.broken.is_none() && verified.strayed.is_none()
}

/// The seal of every row, oldest first.
fn seals(bench: &Bench) -> Vec<String> {
    bench.run(|tx, _, _| tx.texts("SELECT lower (hex (digest)) FROM trail ORDER BY id"))
}

fn count(bench: &Bench, sql: &'static str) -> i64 {
    bench.run(move |tx, _, _| tx.count(sql))
}

fn told(bench: &Bench, number: &str) -> Story {
    let number = number.to_owned();
    bench
        .act("sari", move |tx, office, who, now| story::tell(tx, office, who, &number, now))
        .unwrap()
}

#[test]
fn after_a_run_the_trail_is_whole_the_words_are_gone_and_the_figures_stay() {
    let bench = Bench::new();
    let counter = numberless(&bench);
    let early = seal(&bench);
    bench.sms(BENI, "BANTUAN");
    let handed = enter(&bench, Channel::WhatsApp, "DISHUB # halte roboh zyzxcdcd", None).unwrap();
    let handed = handed.ticket.unwrap().number.to_string();
    enter(&bench, Channel::WhatsApp, "tambahan zyzxefef", Some(&handed)).unwrap();
    finish(&bench, &counter);
    finish(&bench, &handed);
    let texted = finished(&bench);
    block(&bench, BENI, "2026-12-31");
    let open = bench.say("081200000004", "DISHUB # rambu hilang").number();
    bench.days(100);
    let figures = bench.recap(2026, 11);
    assert_eq!(found(&bench, "zyzxefef"), [&*handed]);

    bench.days(5 * YEAR + 60);
    let due = plan(&bench, "joko").unwrap().due;
    assert_eq!((due.destroyed, due.pseudonymised), (3, 0));
    let last = seal(&bench);
    let record = apply(&bench, "joko").unwrap();
    assert_eq!(record.counts.destroyed, 3);
    assert!(record.counts.trail > 10 && record.counts.decisions == 1, "{record:?}");

    // The trail begins at the record's seal, and tickets whose rows it took away are accounted for.
    let verified = verify(&bench, Some(&last));
    assert!(is_sound(&verified), "{verified:?}");
    assert!(verified.pinned.is_some() && verified.removed.is_some());
    let old = verify(&bench, Some(&early));
    assert!(is_sound(&old) && old.pinned.is_none(), "{old:?}");

    for typed in ["trotoar", "zyzxabab", "halte", "zyzxcdcd", "zyzxefef", "merah", "zyz*"] {
        assert_eq!(found(&bench, typed), [""; 0], "{typed}");
    }
    assert_eq!(found(&bench, "rambu"), [&*open]);
    for number in [&counter, &handed, &texted] {
        let ticket = bench.ticket(number);
        assert!(ticket.is_retired() && ticket.body.is_empty(), "{number}");
        let story = told(&bench, number);
        assert!(!format!("{:?}", story.events).contains("zyzx"), "{:?}", story.events);
    }
    let inbox = bench
        .act("sari", |tx, office, who, now| reading::inbox(tx, office, who, true, now))
        .unwrap();
    assert_eq!(inbox.tickets.len(), 1);
    let after = bench.recap(2026, 11);
    assert_eq!(after.summary.received, figures.summary.received);
    assert_eq!(after.categories, figures.categories);
    assert_eq!(
        (after.received, after.sent, after.channels),
        (figures.received, figures.sent, figures.channels)
    );

    // A second run finds nothing, and changes nothing.
    assert_eq!(plan(&bench, "joko").unwrap().due.destroyed, 0);
    let rows = "SELECT (SELECT COUNT (*) FROM trail) + (SELECT COUNT (*) FROM reminder) + (SELECT COUNT (*) FROM block)";
    let before = count(&bench, rows);
    assert_eq!(apply(&bench, "joko").unwrap().counts, Counts::default());
    assert_eq!(count(&bench, rows), before);
    assert!(is_sound(&verify(&bench, Some(&last))));
}

#[test]
fn what_officers_wrote_into_the_trail_goes_with_the_texts() {
    let bench = Bench::new();
    let number = bench.complaint();
    let typed = number.clone();
    bench
        .act("sari", move |tx, office, who, now| {
            correcting::note(tx, office, who, (&typed, "kata tetangga zyzxabab"), now)?;
            privacy::reveal(tx, office, who, (&typed, "ditelepon zyzxabab"), now)?;
            asking::ask(tx, office, who, (&typed, "alamat zyzxabab"), now)?;
            asking::resume(tx, office, who, (&typed, "alamatnya zyzxabab"), now)
        })
        .unwrap();
    let closing = Closing {
        reason: CloseReason::NotOurs,
        main: None,
        party: Some("PLN zyzxabab".to_owned()),
        contact: Some("123".to_owned()),
        words: None,
    };
    bench.close(&number, closing).unwrap();
    bench.run(|tx, _, _| tx.run("UPDATE outbox SET state = 'sent'"));
    assert!(format!("{:?}", told(&bench, &number).events).contains("zyzxabab"));
    let last = seal(&bench);
    bench.days(2 * YEAR + 1);
    apply(&bench, "joko").unwrap();
    assert!(format!("{:?}", told(&bench, &number).events).contains("zyzxabab"), "not yet");
    bench.days(3 * YEAR - 30);
    // The trail itself stays on: an older ticket is still open.
    bench.run(|tx, _, _| tx.run("UPDATE ticket SET finished_at = finished_at - 40 * 86400"));
    assert_eq!(apply(&bench, "joko").unwrap().counts.destroyed, 1);
    let events = told(&bench, &number).events;
    assert!(events.len() > 5 && !format!("{events:?}").contains("zyzxabab"), "{events:?}");
    let left = "SELECT (SELECT COUNT (*) FROM trail_words)
                       + (SELECT COUNT (*) FROM trail WHERE instr (detail, 'zyzx'))
                       + (SELECT COUNT (*) FROM access_log WHERE instr (detail, 'zyzx'))";
    assert_eq!(count(&bench, left), 0);
    let verified = verify(&bench, Some(&last));
    assert!(is_sound(&verified) && verified.pinned.is_some(), "{verified:?}");
}

#[test]
fn the_seal_of_the_last_removed_row_is_found_and_an_older_one_cannot_be() {
    let bench = Bench::new();
    finished(&bench);
    let seals = seals(&bench);
    bench.say(BENI, "DISHUB # rambu hilang");
    bench.days(5 * YEAR + 20);
    let removed = apply(&bench, "joko").unwrap().counts.trail;
    let last = usize::try_from(removed).unwrap() - 1;
    let verified = verify(&bench, Some(&seals[last]));
    assert!(is_sound(&verified), "{verified:?}");
    assert_eq!(verified.pinned, verified.removed.as_ref().map(|removed| removed.id));
    assert_eq!(verify(&bench, Some(&seals[last - 1])).pinned, None);
    // One that never was, too; that nobody can tell apart.
    assert_eq!(verify(&bench, Some(&"0".repeat(64))).pinned, None);
}

#[test]
fn a_ticket_without_a_trail_is_accounted_for_by_nothing_but_a_removal() {
    let bench = Bench::new();
    let number = finished(&bench);
    bench.say(BENI, "DISHUB # rambu hilang");
    bench.days(5 * YEAR + 20);
    apply(&bench, "joko").unwrap();
    assert!(is_sound(&verify(&bench, None)));
    // It has its number still: nothing of it was to be removed.
    bench.run(|tx, _, _| {
        tx.run("UPDATE ticket SET citizen = '+6281200000001' WHERE stage = 'SELESAI'")
    });
    assert_eq!(verify(&bench, None).strayed.map(|strayed| strayed.ticket), Some(number.clone()));
    // It was finished after the run.
    bench.run(|tx, _, _| {
        tx.run("UPDATE ticket SET citizen = '+999000000000000', finished_at = finished_at + 999999999 WHERE stage = 'SELESAI'")
    });
    assert_eq!(verify(&bench, None).strayed.map(|strayed| strayed.ticket), Some(number));
}

#[test]
fn without_a_removal_no_ticket_is_excused() {
    let bench = Bench::new();
    let number = bench.say(BENI, "DISHUB # beli pulsa murah").number();
    close(&bench, &number, CloseReason::Spam);
    bench.days(91);
    apply(&bench, "joko").unwrap();
    let verified = verify(&bench, None);
    assert!(is_sound(&verified) && verified.removed.is_none(), "{verified:?}");
    bench.run(|tx, _, _| tx.run("UPDATE ticket SET stage = 'SELESAI', closed_as = NULL"));
    assert_eq!(verify(&bench, None).strayed.map(|strayed| strayed.ticket), Some(number));
}

#[test]
fn who_has_no_number_gets_no_pseudonym_and_is_destroyed_in_time() {
    let bench = Bench::new();
    let number = numberless(&bench);
    finish(&bench, &number);
    bench.days(2 * YEAR + 1);
    assert_eq!(plan(&bench, "joko").unwrap().due, Counts::default());
    assert_eq!(apply(&bench, "joko").unwrap().counts, Counts::default());
    assert_eq!(bench.ticket(&number).citizen, None);
    assert_eq!(found(&bench, "trotoar"), [&*number]);
    bench.days(3 * YEAR);
    assert_eq!(plan(&bench, "joko").unwrap().due.destroyed, 1);
    assert_eq!(apply(&bench, "joko").unwrap().counts.destroyed, 1);
    assert!(bench.ticket(&number).is_retired());
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM inbound WHERE text IS NOT NULL"), 0);
    assert_eq!(apply(&bench, "joko").unwrap().counts.destroyed, 0);
}

#[test]
fn a_message_at_the_counter_to_a_ticket_with_a_number_keeps_its_own_sender() {
    let bench = Bench::new();
    let number = bench.complaint();
    close(&bench, &number, CloseReason::NotAComplaint);
    // As an older program left it: of no number, and added to a ticket that has one.
    bench.run(|tx, _, _| {
        tx.run(
            "INSERT INTO inbound (sim, modem, sender, sender_kind, text, complete, received_at, state, outcome, ticket_id,
                                  channel, entered_by)
             SELECT '', '', '', 'unknown', 'tambahan', 1, received_at, 'handled', 'addition', id, 'LOKET', 'sari' FROM ticket",
        )
    });
    bench.days(2 * YEAR + 1);
    assert_eq!(apply(&bench, "joko").unwrap().counts.pseudonymised, 1);
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM inbound WHERE sender = ''"), 1);
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM inbound WHERE sender LIKE '+999%'"), 1);
}

#[test]
fn a_number_is_replaced_without_a_touch_of_the_words() {
    let bench = Bench::new();
    let number = finished(&bench);
    let id = bench.ticket(&number).id;
    assert_eq!(found(&bench, "merah"), [&*number]);
    // Whatever made its words anew would bring them back.
    bench.run(move |tx, _, _| words::forget(tx, id));
    bench.days(2 * YEAR + 1);
    assert_eq!(apply(&bench, "joko").unwrap().counts.pseudonymised, 1);
    assert!(bench.ticket(&number).body.contains("merah"));
    assert_eq!(found(&bench, "merah"), [""; 0]);
}

#[test]
fn of_destroyed_words_nothing_is_left_in_the_index() {
    const LEFT: &str =
        "SELECT COUNT (*) FROM ticket_text_data WHERE instr (block, CAST ('zyzxabab' AS BLOB)) > 0";
    let bench = Bench::new();
    let number = numberless(&bench);
    finish(&bench, &number);
    bench.say(BENI, "DISHUB # rambu hilang");
    assert!(count(&bench, LEFT) > 0);
    bench.days(5 * YEAR + 20);
    apply(&bench, "joko").unwrap();
    assert_eq!(count(&bench, LEFT), 0);
    assert_eq!(found(&bench, "rambu").len(), 1);
}

#[test]
fn an_ended_block_loses_its_number_and_one_that_stands_keeps_it() {
    let bench = Bench::new();
    block(&bench, ANNA, "2026-11-30");
    block(&bench, BENI, "2027-11-20");
    bench.days(97);
    assert_eq!(plan(&bench, "joko").unwrap().due.decisions, 1);
    assert_eq!(apply(&bench, "joko").unwrap().counts.decisions, 1);
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM block WHERE citizen = '+6281200000001'"), 0);
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM block WHERE citizen = '+6281200000002'"), 1);
    assert_eq!(bench.say(BENI, "DISHUB # Awas").end(), "silence DIBLOKIR");
    assert_eq!(apply(&bench, "joko").unwrap().counts.decisions, 0);
    bench.days(6 * YEAR);
    assert_eq!(apply(&bench, "joko").unwrap().counts.decisions, 2);
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM block"), 0);
}

#[test]
fn a_number_that_is_kept_no_longer_can_neither_be_blocked_nor_revealed_nor_given_anything() {
    let bench = Bench::new();
    let number = bench.complaint();
    close(&bench, &number, CloseReason::NotAComplaint);
    bench.days(2 * YEAR + 1);
    apply(&bench, "joko").unwrap();
    let pseudonym = bench.ticket(&number).citizen.unwrap().reveal().to_owned();
    for whom in [number.clone(), pseudonym.clone()] {
        let blocked = bench.act("ratna", move |tx, office, who, now| {
            let until = "2028-12-01".parse().unwrap();
            blocking::block(tx, office, who, (&whom, until, "ancaman"), now)
        });
        assert_eq!(refused(blocked), "INVALID");
    }
    let typed = number.clone();
    let revealed = bench.act("hadi", move |tx, office, who, now| {
        privacy::reveal(tx, office, who, (&typed, "perlu"), now)
    });
    assert_eq!(refused(revealed), "INVALID");
    assert_eq!(told(&bench, &number).citizen, pseudonym, "and not as somebody dials it");
    let given = crate::desk::giving::Given::of(&bench.ticket(&number), "x".to_owned());
    assert_eq!(given.link, None);
    let entered = enter(&bench, Channel::Counter, "STATUS", Some(&number));
    assert_eq!(refused(entered), "OUT_OF_TURN");
    let request = bench.act("sari", move |tx, office, who, now| {
        requests::add(tx, office, who, (&number, Kind::Copy, "minta"), now)
    });
    assert_eq!(refused(request), "OUT_OF_TURN");
}

#[test]
fn reminders_and_proposals_go_with_their_ticket_and_approved_notes_stay() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(30);
    bench.round();
    bench.answered(&number, "Lampu diperbaiki, Pak Anto.");
    for (user, matter) in [("budi", "lampu Pak Anto"), ("ratna", "lampu mati")] {
        let number = number.clone();
        bench
            .act(user, move |tx, office, who, now| {
                bank::remember(tx, office, who, (&number, matter, None, None), now)
            })
            .unwrap();
    }
    bench.days(11);
    bench.round();
    assert!(count(&bench, "SELECT COUNT (*) FROM reminder") > 0);
    bench.days(5 * YEAR + 1);
    apply(&bench, "joko").unwrap();
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM reminder"), 0);
    let known = bench.act("ratna", |tx, office, who, _| reading::known(tx, office, who, None));
    let matters: Vec<String> = known.unwrap().into_iter().map(|note| note.matter).collect();
    assert_eq!(matters, ["lampu mati"]);
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM answer WHERE matter LIKE '%Anto%'"), 0);
}

#[test]
fn what_is_known_of_a_number_stays_while_another_ticket_has_it() {
    let bench = Bench::new();
    let mark_wrong = |number: &'static str| {
        bench.run(move |tx, _, now| unreachable::mark(tx, number, "+CMS ERROR: 1", now));
    };
    let is_marked = |number: &str| {
        let number = PhoneNumber::parse(number).unwrap();
        bench.run(move |tx, _, _| unreachable::find(tx, number.reveal())).is_some()
    };
    let old = bench.complaint();
    close(&bench, &old, CloseReason::NotAComplaint);
    let older = bench.say(BENI, "DISHUB # rambu hilang").number();
    close(&bench, &older, CloseReason::NotAComplaint);
    bench.days(2 * YEAR + 1);
    bench.complaint();
    mark_wrong("+6281200000001");
    mark_wrong("+6281200000002");
    assert_eq!(apply(&bench, "joko").unwrap().counts.pseudonymised, 2);
    assert!(is_marked(ANNA), "it is the number of an open ticket");
    assert!(!is_marked(BENI));
}

fn request(bench: &Bench, whose: &str, kind: Kind) -> i64 {
    let whose = whose.to_owned();
    bench
        .act("sari", move |tx, office, who, now| {
            requests::add(tx, office, who, (&whose, kind, "minta"), now)
        })
        .unwrap()
        .0
}

fn granted(bench: &Bench, id: i64) -> Answered {
    let key = Arc::new(bench.store.pseudonyms().unwrap());
    bench
        .act("ratna", move |tx, office, who, now| {
            requests::answer(tx, office, who, (&key, id, true, "ya"), now)
        })
        .unwrap()
}

#[test]
fn somebody_without_a_number_asks_about_the_one_ticket() {
    let bench = Bench::new();
    let number = numberless(&bench);
    let other = numberless(&bench);
    finish(&bench, &number);
    let id = request(&bench, &number, Kind::Copy);
    let listed = bench
        .act("ratna", |tx, office, who, now| requests::list(tx, office, who, false, now))
        .unwrap();
    assert_eq!(listed[0].request.citizen, "-");
    let copy = granted(&bench, id).copy;
    let texts: Vec<(bool, &str)> = copy.iter().map(|text| (text.own, &*text.text)).collect();
    assert_eq!(texts[0], (true, "DISHUB # trotoar retak zyzxabab"));
    // What an officer gave by hand is what the citizen was told, too.
    assert!(
        texts.iter().any(|(own, text)| !own && text.contains("Trotoar diperbaiki.")),
        "{texts:?}"
    );
    let came = granted(&bench, request(&bench, &number, Kind::Delete));
    assert_eq!((came.destroyed, came.pseudonymised, came.kept.len()), (1, 0, 0));
    assert!(bench.ticket(&number).is_retired());
    assert_eq!(bench.ticket(&other).citizen, None);
    assert_eq!(found(&bench, "trotoar"), [&*other]);
    assert!(is_sound(&verify(&bench, None)));
}

#[test]
fn a_deletion_takes_words_and_ended_blocks_and_leaves_the_block_that_stands() {
    let bench = Bench::new();
    let number = bench.complaint();
    close(&bench, &number, CloseReason::NotAComplaint);
    block(&bench, ANNA, "2026-11-25");
    bench.days(3);
    block(&bench, ANNA, "2026-12-25");
    let came = granted(&bench, request(&bench, ANNA, Kind::Delete));
    assert_eq!(came.destroyed, 1);
    assert_eq!(found(&bench, "merah"), [""; 0]);
    let numbers = "SELECT COUNT (*) FROM block WHERE citizen = '+6281200000001'";
    assert_eq!(count(&bench, numbers), 1);
    assert!(is_sound(&verify(&bench, None)));
}

#[test]
fn a_ketua_who_is_named_in_a_case_neither_learns_of_it_nor_empties_it_by_a_deletion() {
    let bench = Bench::new();
    let number = bench.complaint();
    super::restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    super::hand_over_by(&bench, &number, "hadi").unwrap();
    let came = granted(&bench, request(&bench, ANNA, Kind::Delete));
    assert_eq!(came, Answered::default());
    assert_eq!(bench.ticket(&number).citizen.unwrap().local(), ANNA);
}

#[test]
fn a_case_of_the_closed_path_is_retired_like_others() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    super::hand_over(&bench, &number);
    bench.days(2);
    mark(&bench, &finished(&bench), Mark::Secret);
    bench.days(5 * YEAR + 1);
    assert_eq!(apply(&bench, "joko").unwrap().counts.destroyed, 2);
    assert!(bench.ticket(&number).body.is_empty());
    assert!(is_sound(&verify(&bench, None)));
}

#[test]
fn who_reminds_whom_in_the_office_is_no_data_of_citizens() {
    let bench = Bench::new();
    bench.run(|tx, _, _| {
        tx.run(
            "INSERT INTO outbox (recipient, body, purpose, priority, state, reference, created_at, due_at, expires_at)
             VALUES ('+6281299999999', 'Pengingat', 'staff', 0, 'sent', 1, 1, 1, 1)",
        )
    });
    let numbers = bench
        .act("ratna", |tx, office, who, now| requests::affected(tx, office, who, (None, None), now))
        .unwrap()
        .numbers;
    assert_eq!(numbers, [""; 0]);
    assert!(apply(&bench, "joko").unwrap().counts.texts == 1);
    assert_eq!(count(&bench, "SELECT COUNT (*) FROM outbox WHERE body <> ''"), 0);
}

#[test]
fn what_officers_wrote_about_specific_data_is_kept_from_others_after_the_texts_are_gone_too() {
    let bench = Bench::new();
    let number = bench.complaint();
    mark(&bench, &number, Mark::Specific);
    close(&bench, &number, CloseReason::Spam);
    bench.days(91);
    assert_eq!(apply(&bench, "joko").unwrap().counts.destroyed, 1);
    for (user, reads) in [("sari", true), ("ratna", true), ("wati", false), ("hadi", false)] {
        let typed = number.clone();
        let story = bench
            .act(user, move |tx, office, who, now| story::tell(tx, office, who, &typed, now))
            .unwrap();
        assert_eq!(format!("{:?}", story.events).contains("specific"), reads, "{user}");
    }
}

fn is_stopped(bench: &Bench, number: &str) -> bool {
    let number = PhoneNumber::parse(number).unwrap();
    bench.run(move |tx, _, _| stopped::is_stopped(tx, &number))
}

#[test]
fn a_stop_goes_with_the_last_complaint_of_its_number() {
    let bench = Bench::new();
    let number = bench.complaint();
    close(&bench, &number, CloseReason::NotAComplaint);
    bench.say(BENI, "STOP");
    bench.say(ANNA, "STOP");
    bench.days(2 * YEAR - 1);
    apply(&bench, "joko").unwrap();
    assert!(is_stopped(&bench, ANNA) && is_stopped(&bench, BENI));
    bench.say(ANNA, "DISHUB # rambu hilang");
    bench.days(2);
    apply(&bench, "joko").unwrap();
    assert!(is_stopped(&bench, ANNA), "there is a complaint that it could be told of");
    assert!(!is_stopped(&bench, BENI));
}

#[test]
fn a_stop_is_deleted_with_the_data_of_its_number() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.say(ANNA, "STOP");
    granted(&bench, request(&bench, ANNA, Kind::Delete));
    assert!(is_stopped(&bench, ANNA), "it is still open");
    finish(&bench, &number);
    granted(&bench, request(&bench, ANNA, Kind::Delete));
    assert!(!is_stopped(&bench, ANNA));
}
