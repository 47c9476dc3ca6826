//! What is kept no longer goes, and nothing else does.

use std::sync::Arc;

use super::fixture::{ANNA, BENI, Bench, refused};
use crate::desk::closing::Closing;
use crate::desk::retention::{self, Next, Plan};
use crate::desk::{Error, reading, turning};
use crate::store::retention::{Counts, Record};
use crate::store::{inbox, trail};
use crate::ticket::CloseReason;

pub(super) fn plan(bench: &Bench, user: &str) -> Result<Plan, Error> {
    bench.act(user, retention::plan)
}

pub(super) fn apply(bench: &Bench, user: &str) -> Result<Record, Error> {
    let mut place = bench.act(user, |tx, _, who, now| retention::begin(tx, who, now))?;
    let key = Arc::new(bench.store.pseudonyms()?);
    loop {
        let key = Arc::clone(&key);
        match bench.write(move |tx, office, _| retention::go_on(tx, office, &key, place))? {
            Next::Piece(next) => place = next,
            Next::Done(record) => return Ok(record),
        }
    }
}

fn spam(bench: &Bench, from: &str) -> String {
    let number = bench.say(from, "DISHUB # jual mobil murah").number();
    let closing =
        Closing { reason: CloseReason::Spam, main: None, party: None, contact: None, words: None };
    bench.close(&number, closing).unwrap();
    number
}

/// A complaint that is finished, as time finishes it.
pub(super) fn finished(bench: &Bench) -> String {
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    bench.days(11);
    bench.round();
    assert!(!bench.ticket(&number).is_open());
    number
}

fn show(bench: &Bench, number: &str) -> reading::CaseFile {
    let number = number.to_owned();
    bench
        .act("sari", move |tx, office, who, now| reading::show(tx, office, who, &number, now))
        .unwrap()
}

/// Everything of a register that could name a person.
fn all_of(bench: &Bench, number: &str) -> String {
    let file = show(bench, number);
    format!("{:?}", (&file.ticket, &file.citizen, &file.messages, &file.replies, &file.drafts))
}

fn chain_holds(bench: &Bench) {
    assert_eq!(bench.run(|tx, _, _| trail::first_broken(tx)), None);
}

#[test]
fn within_its_time_nothing_goes() {
    let bench = Bench::new();
    let number = finished(&bench);
    bench.say(BENI, "STATUS");
    bench.days(80);
    assert_eq!(plan(&bench, "joko").unwrap().due, Counts::default());
    let before = all_of(&bench, &number);
    let record = apply(&bench, "joko").unwrap();
    assert_eq!(record.counts, Counts::default());
    assert!(record.finished_at.is_some());
    assert_eq!(all_of(&bench, &number), before);
}

#[test]
fn after_two_years_a_complaint_loses_its_number_and_keeps_its_texts() {
    let bench = Bench::new();
    let number = finished(&bench);
    let open = bench.say(BENI, "DISHUB # lampu lain mati").number();
    let again = {
        bench.days(731);
        bench.say(ANNA, "DISHUB # rambu hilang").number()
    };
    assert_eq!(plan(&bench, "joko").unwrap().due.pseudonymised, 1);
    let record = apply(&bench, "joko").unwrap();
    assert_eq!((record.counts.pseudonymised, record.counts.destroyed), (1, 0));
    let ticket = bench.ticket(&number);
    assert!(ticket.is_retired());
    let told = all_of(&bench, &number);
    assert!(told.contains("Lampu merah") && told.contains("Lampu diperbaiki."), "{told}");
    assert!(!told.contains("81200000001"), "{told}");
    // Open ones and young ones have their number still.
    assert!(all_of(&bench, &open).contains("81200000002"));
    assert!(all_of(&bench, &again).contains("81200000001"));
    // The same citizen has the same pseudonym, and whoever writes again is a new number.
    assert_eq!(apply(&bench, "joko").unwrap().counts.pseudonymised, 0);
    assert!(bench.say(ANNA, &format!("STATUS {number}")).reply().contains("tidak kami temukan"));
    chain_holds(&bench);
}

#[test]
fn a_ticket_of_which_a_text_has_not_left_is_not_taken_before_it_has() {
    let bench = Bench::new();
    let number = bench.complaint();
    let closing = Closing {
        reason: CloseReason::NotAComplaint,
        main: None,
        party: None,
        contact: None,
        words: None,
    };
    bench.close(&number, closing).unwrap();
    let claimed = bench.claim().unwrap();
    for days in [800, 1200] {
        bench.days(days);
        apply(&bench, "joko").unwrap();
        assert_eq!(bench.ticket(&number).citizen.unwrap().local(), ANNA, "{days}");
    }
    bench.accept(&claimed);
    apply(&bench, "joko").unwrap();
    assert!(bench.ticket(&number).is_retired());
    assert!(bench.outgoing(&number).iter().all(|text| text.body.is_empty()));
}

#[test]
fn what_has_lost_its_number_is_not_opened_again() {
    let bench = Bench::new();
    let number = bench.complaint();
    let closing = Closing {
        reason: CloseReason::NotAComplaint,
        main: None,
        party: None,
        contact: None,
        words: None,
    };
    bench.close(&number, closing).unwrap();
    bench.carry();
    bench.days(731);
    apply(&bench, "joko").unwrap();
    let opened = super::turn(&bench, &number, "ratna", "ternyata", turning::reopen);
    assert_eq!(refused(opened), "OUT_OF_TURN");
}

#[test]
fn after_five_years_texts_and_trail_are_gone_and_the_figures_stay() {
    let bench = Bench::new();
    let number = finished(&bench);
    let young = {
        bench.days(400);
        finished(&bench)
    };
    let figures = bench.recap(2026, 11);
    bench.days(5 * 365 - 400);
    let due = plan(&bench, "ratna").unwrap().due;
    assert_eq!((due.pseudonymised, due.destroyed), (1, 1));
    let record = apply(&bench, "joko").unwrap();
    assert_eq!((record.counts.pseudonymised, record.counts.destroyed), (1, 1));
    assert!(record.counts.trail > 3, "{record:?}");
    let told = all_of(&bench, &number);
    for gone in ["Lampu", "81200000001", "perbaiki", "sudah dicek"] {
        assert!(!told.contains(gone), "{gone}: {told}");
    }
    assert!(all_of(&bench, &young).contains("Lampu"));
    assert!(bench.trail(&number).is_empty());
    assert!(!bench.trail(&young).is_empty());
    chain_holds(&bench);
    // The chain goes on, and what came in and was answered then is counted as before.
    let later = bench.say(BENI, "DISHUB # rambu hilang").number();
    bench.assign(&later).unwrap();
    chain_holds(&bench);
    let after = bench.recap(2026, 11);
    assert_eq!(after.summary.received, figures.summary.received);
    assert_eq!(after.received, figures.received);
    assert_eq!(after.sent, figures.sent);
    assert_eq!(apply(&bench, "joko").unwrap().counts.destroyed, 0);
}

#[test]
fn a_ticket_that_has_to_stay_keeps_the_trail_behind_it() {
    let bench = Bench::new();
    let open = bench.say(BENI, "DISHUB # belum dijawab").number();
    let number = finished(&bench);
    bench.days(5 * 365 + 20);
    let record = apply(&bench, "joko").unwrap();
    assert_eq!((record.counts.destroyed, record.counts.trail), (1, 0));
    assert!(!bench.trail(&number).is_empty() && !bench.trail(&open).is_empty());
    chain_holds(&bench);
}

#[test]
fn what_is_no_complaint_is_gone_after_ninety_days() {
    let bench = Bench::new();
    bench.say(BENI, "BANTUAN");
    bench.sms("TELKOMSEL", "Pulsa Anda Rp25.000, hub 081300001111");
    let spam = spam(&bench, "081200000003");
    let complaint = finished(&bench);
    bench.days(91);
    let due = plan(&bench, "joko").unwrap().due;
    assert_eq!((due.messages, due.destroyed, due.pseudonymised), (2, 1, 0));
    let record = apply(&bench, "joko").unwrap();
    assert_eq!((record.counts.messages, record.counts.destroyed), (2, 1));
    assert!(record.counts.texts >= 1, "{record:?}");
    assert!(!all_of(&bench, &spam).contains("mobil"));
    assert!(all_of(&bench, &complaint).contains("Lampu"));
    assert!(bench.messages(BENI).is_empty());
    let silent = bench.run(|tx, _, _| inbox::silent(tx, 10));
    assert!(silent.iter().all(|message| message.text.is_none()), "{silent:?}");
    assert_eq!(plan(&bench, "joko").unwrap().due, Counts::default());
}

#[test]
fn a_run_of_many_rows_is_done_piece_by_piece() {
    let bench = Bench::new();
    bench.run(|tx, _, now| {
        for count in 0..1200 {
            let message = inbox::NewInbound {
                sim: "sim-a".to_owned(),
                modem: "modem-1".to_owned(),
                sender: format!("+628{count:09}"),
                sender_kind: "subscriber",
                text: Some("BANTUAN".to_owned()),
                complete: true,
                silent_class: None,
                centre_at: None,
            };
            let id = inbox::queue(tx, &message, &[], now)?;
            inbox::handled(tx, id, inbox::Outcome::Command, "BANTUAN", None, now)?;
        }
        Ok(())
    });
    bench.days(91);
    assert_eq!(apply(&bench, "joko").unwrap().counts.messages, 1200);
}

#[test]
fn the_plan_is_for_admin_and_ketua_and_the_doing_for_admins() {
    let bench = Bench::new();
    for (user, may_see, may_do) in [
        ("sari", false, false),
        ("budi", false, false),
        ("ratna", true, false),
        ("hadi", false, false),
        ("joko", true, true),
    ] {
        let code = |may| if may { "done" } else { "NOT_PERMITTED" };
        assert_eq!(refused(plan(&bench, user)), code(may_see), "{user}");
        assert_eq!(refused(apply(&bench, user)), code(may_do), "{user}");
    }
    let records = plan(&bench, "ratna").unwrap().records;
    assert_eq!((records.len(), records[0].officer.as_str()), (1, "joko"));
}

#[test]
fn a_text_from_a_pseudonym_opens_nothing_of_its_citizen() {
    let bench = Bench::new();
    let number = finished(&bench);
    bench.days(731);
    apply(&bench, "joko").unwrap();
    let pseudonym = bench.ticket(&number).citizen.unwrap().reveal().to_owned();
    bench.sms(&pseudonym, &format!("STATUS {number}"));
    let heard = bench.run(|tx, _, _| inbox::silent(tx, 1));
    assert_eq!(heard[0].reason.as_deref(), Some("NOMOR_GANJIL"));
    assert!(bench.told(&pseudonym).is_empty());
}
