//! RALAT and remarks: what was sent or received stays as it is, and what is right stands beside it (A24; 9.4, rule 2).

use super::fixture::{ANNA, Bench, local, proposal, refused};
use super::{restrict, turn};
use crate::desk::correcting;
use crate::desk::drafting::Proposal;
use crate::desk::officer::Done;
use crate::desk::{Error, reading};
use crate::ticket::{Role, Stage};

fn correct(bench: &Bench, number: &str, user: &str) -> Result<Done, Error> {
    turn(bench, number, user, "tanggalnya keliru", correcting::correct)
}

fn note(bench: &Bench, number: &str, user: &str, text: &str) -> Result<Done, Error> {
    turn(bench, number, user, text, correcting::note)
}

#[test]
fn a_second_answer_goes_the_way_of_the_first_which_stays_as_it_is() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Diperbaiki Senin.");
    let first = bench.outgoing(&number).pop().unwrap();
    bench.at("26-11-2026 09.00");
    assert_eq!(correct(&bench, &number, "sari").unwrap().ticket.stage, Stage::Analysis);
    let ticket = bench.ticket(&number);
    assert_eq!(ticket.due_at, Some(local("26-11-2026 09.45")), "rows 3 and 4 begin anew");
    assert_eq!(ticket.answer_due_at, local("26-11-2026 16.00"));
    assert_eq!(bench.trail(&number).pop().unwrap().transition, Some(24));

    let proposed = bench.propose(&number, "budi", "Diperbaiki Selasa.").unwrap();
    let text = proposed.text.unwrap();
    assert!(text.starts_with(&format!("Jawaban No {number}: RALAT: Diperbaiki Selasa.")), "{text}");
    assert_eq!(refused(bench.approve(&number, "budi")), "NOT_PERMITTED");
    bench.reject(&number, "ratna", "sebut jamnya").unwrap();
    bench.propose(&number, "budi", "ralat - diperbaiki Selasa 10.00").unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    let told = bench.told(ANNA);
    assert!(told[0].contains(": ralat - diperbaiki Selasa 10.00"), "the mark once: {told:?}");
    assert_eq!(bench.outgoing(&number).len(), 3);
    let kept = bench.outgoing(&number).into_iter().find(|one| one.id == first.id).unwrap();
    assert_eq!((kept.body, kept.draft_id), (first.body, first.draft_id));
    assert!(bench.drafts(&number)[0].sent_at.is_some());

    // The days for an objection, and those of silence, run from the second.
    bench.at("05-12-2026 10.00");
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Answered, "eleven days after the first");
    assert_eq!(bench.say(ANNA, &format!("BELUM {number} masih mati")).reason, "BELUM");
    // What answers an objection is no correction.
    let next = bench.propose(&number, "budi", "Diperbaiki lagi.").unwrap();
    assert!(!next.text.unwrap().contains("RALAT"));
    let recap = bench.recap(2026, 11);
    assert_eq!((recap.summary.answered, recap.summary.on_time), (1, 1), "the first answer counts");
}

#[test]
fn the_draft_of_a_correction_is_never_approved_by_its_writer() {
    let people = vec![
        super::fixture::person("sari", &[Role::Operator], &[]),
        super::fixture::person("budi", &[Role::Member, Role::Chair], &["*"]),
        super::fixture::person("ratna", &[Role::Chair], &[]),
        super::fixture::person("hadi", &[Role::Director], &[]),
    ];
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Senin.").unwrap();
    bench.approve(&number, "hadi").unwrap();
    bench.send(&number, "sari").unwrap();
    correct(&bench, &number, "budi").unwrap();
    bench.propose(&number, "budi", "Selasa.").unwrap();
    assert_eq!(refused(bench.approve(&number, "budi")), "OWN_DRAFT");
    bench.approve(&number, "ratna").unwrap();
}

#[test]
fn a_finished_case_and_a_result_are_corrected_too_and_the_promise_stays() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let promised = Proposal { follow_up: "2026-12-01".parse().ok(), ..proposal("Dipesan.") };
    bench.propose_with(&number, "budi", promised).unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    assert_eq!(bench.stage(&number), Stage::FollowUp);
    correct(&bench, &number, "budi").unwrap();
    bench.propose(&number, "budi", "Dipesan kemarin.").unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.follow_up_on), (Stage::FollowUp, "2026-12-01".parse().ok()));
    bench.propose(&number, "budi", "Terpasang.").unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    bench.say(ANNA, &format!("PUAS {number}"));
    assert_eq!(bench.stage(&number), Stage::Finished);
    correct(&bench, &number, "ratna").unwrap();
    assert_eq!(bench.ticket(&number).finished_at, None);
    let text = bench.propose(&number, "budi", "Terpasang dua.").unwrap().text.unwrap();
    assert!(text.starts_with(&format!("Tindak lanjut No {number}: RALAT: ")), "{text}");
    super::recap::holds(&bench.recap(2026, 11));
}

#[test]
fn only_what_was_answered_is_corrected_with_a_reason_and_by_who_works_on_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(refused(correct(&bench, &number, "sari")), "OUT_OF_TURN");
    bench.answered(&number, "Sudah.");
    assert_eq!(refused(correct(&bench, &number, "hadi")), "NOT_PERMITTED");
    assert_eq!(refused(correct(&bench, &number, "joko")), "NO_SUCH_TICKET");
    assert_eq!(refused(turn(&bench, &number, "sari", " ", correcting::correct)), "INCOMPLETE");
    assert_eq!(bench.stage(&number), Stage::Answered);
}

#[test]
fn a_remark_stands_beside_the_text_and_moves_nothing() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let before = bench.ticket(&number);
    for user in ["sari", "budi", "ratna"] {
        note(&bench, &number, user, " Jalan Melati, bukan Mawar ").unwrap();
    }
    assert_eq!(bench.ticket(&number), before);
    let file = bench
        .act("budi", {
            let number = number.clone();
            move |tx, office, who, now| reading::show(tx, office, who, &number, now)
        })
        .unwrap();
    let remark = file.trail.last().unwrap();
    assert_eq!((remark.actor.as_str(), remark.action.as_str()), ("ratna", "CATATAN"));
    assert_eq!(remark.detail, r#"{"isi":"Jalan Melati, bukan Mawar"}"#);
    assert_eq!(refused(note(&bench, &number, "sari", "  ")), "MISSING");
    assert_eq!(refused(note(&bench, &number, "hadi", "x")), "NOT_PERMITTED", "reads only");
    assert_eq!(refused(note(&bench, &number, "joko", "x")), "NO_SUCH_TICKET");
    restrict(&bench, &number, "sari");
    assert_eq!(refused(note(&bench, &number, "sari", "x")), "NO_SUCH_TICKET");
    note(&bench, &number, "hadi", "diperiksa Inspektorat").unwrap();
}
