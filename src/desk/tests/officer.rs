//! The main path: sorting, drafting, deciding, sending, and what each step refuses.

use super::fixture::{ANNA, BENI, Bench, local, person, proposal, refused, staff};
use super::{answer, remember, restrict, turn};
use crate::desk::bank;
use crate::desk::closing::Closing;
use crate::desk::drafting::Proposal;
use crate::desk::officer::{self, Destination};
use crate::desk::sending;
use crate::desk::{reading, turning};
use crate::store::{answers, drafts, stopped};
use crate::ticket::{Category, CloseReason, OfficerId, Role, Stage};

pub(super) fn closing(reason: CloseReason) -> Closing {
    Closing { reason, main: None, party: None, contact: None, words: None }
}

#[test]
fn a_complaint_goes_from_hand_to_hand_to_its_answer() {
    let bench = Bench::new();
    let number = bench.complaint();
    let assigned = bench.assign(&number).unwrap().ticket;
    assert_eq!((assigned.stage, assigned.assignee.as_deref()), (Stage::Analysis, Some("budi")));
    assert_eq!(assigned.national_due_at, Some(local("14-12-2026 16.00")));
    assert_eq!(assigned.due_at, Some(local("24-11-2026 08.45")));
    assert!(bench.told(ANNA).is_empty(), "an ordinary assignment tells the citizen nothing");

    let proposed = bench.propose(&number, "budi", "Lampu diperbaiki besok pagi.").unwrap();
    let expected = format!(
        "Jawaban No {number}: Lampu diperbaiki besok pagi. Belum sesuai? Balas BELUM {number} alasan. Pemkab Sukamaju"
    );
    assert_eq!(proposed.text.as_ref(), Some(&expected), "what the citizen would read");
    assert_eq!(
        (proposed.ticket.stage, proposed.ticket.drafter.as_deref()),
        (Stage::Approval, Some("budi"))
    );
    assert_eq!(proposed.ticket.due_at, Some(local("24-11-2026 14.00")));

    bench.minutes(60);
    let approved = bench.approve(&number, "ratna").unwrap().ticket;
    assert_eq!(
        (approved.stage, approved.due_at),
        (Stage::ReadyToSend, proposed.ticket.due_at),
        "row 5 goes on"
    );
    assert!(bench.told(ANNA).is_empty());

    let sent = bench.send(&number, "sari").unwrap();
    assert_eq!((sent.ticket.stage, sent.not_before), (Stage::Answered, None));
    assert_eq!(sent.ticket.answered_at, Some(bench.now()));
    assert_eq!(bench.told(ANNA), [expected], "to the letter");
    bench.report(ANNA, bench.last_mr(), 0x00);
    assert_eq!(bench.outgoing(&number).last().unwrap().state, "delivered");

    bench.say(ANNA, &format!("PUAS {number}"));
    assert_eq!(bench.stage(&number), Stage::Finished);
    assert_eq!(bench.story(&number), "MASUK DISPOSISI USUL SETUJU KIRIM SELESAI");
    let actors: Vec<String> = bench.trail(&number).into_iter().map(|line| line.actor).collect();
    assert_eq!(actors, ["pemohon", "sari", "budi", "ratna", "sari", "pemohon"]);
    let draft = &bench.drafts(&number)[0];
    assert_eq!(
        (draft.content.writer.as_str(), draft.decided_by.as_deref()),
        ("budi", Some("ratna"))
    );
}

#[test]
fn each_step_is_for_its_own_people_and_in_turn() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(refused(bench.propose(&number, "budi", "x")), "OUT_OF_TURN");
    assert_eq!(refused(bench.approve(&number, "ratna")), "OUT_OF_TURN");
    assert_eq!(refused(bench.send(&number, "sari")), "OUT_OF_TURN");
    bench.assign(&number).unwrap();
    assert_eq!(refused(bench.assign(&number)), "OUT_OF_TURN");
    assert_eq!(refused(bench.propose(&number, "sari", "x")), "NOT_PERMITTED");
    assert_eq!(refused(bench.propose(&number, "joko", "x")), "NO_SUCH_TICKET");
    bench.propose(&number, "budi", "x").unwrap();
    for (user, code) in [
        ("sari", "NOT_PERMITTED"),
        ("budi", "NOT_PERMITTED"),
        ("hadi", "NOT_PERMITTED"),
        ("joko", "NO_SUCH_TICKET"),
    ] {
        assert_eq!(refused(bench.approve(&number, user)), code, "{user}");
    }
    bench.approve(&number, "ratna").unwrap();
    assert_eq!(refused(bench.send(&number, "budi")), "NOT_PERMITTED");
    assert!(bench.told(ANNA).is_empty());
    assert_eq!(bench.story(&number), "MASUK DISPOSISI USUL SETUJU");
}

#[test]
fn a_refused_proposal_leaves_no_draft_and_names_the_rule_first() {
    let bench = Bench::new();
    let number = bench.complaint();
    let empty = Proposal { wording: String::new(), ..proposal("x") };
    assert_eq!(refused(bench.propose_with(&number, "budi", empty)), "OUT_OF_TURN");
    assert!(bench.drafts(&number).is_empty());
}

#[test]
fn every_field_of_a_proposal_must_be_filled() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let blank = || " \n".to_owned();
    for incomplete in [
        Proposal { recommendation: blank(), ..proposal("x") },
        Proposal { rules: blank(), ..proposal("x") },
        Proposal { note: blank(), ..proposal("x") },
        Proposal { wording: blank(), ..proposal("x") },
    ] {
        assert_eq!(refused(bench.propose_with(&number, "budi", incomplete)), "MISSING");
    }
    assert!(bench.drafts(&number).is_empty());
}

#[test]
fn a_wording_that_is_too_long_changes_nothing() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let before = bench.ticket(&number);
    let too_long = "a".repeat(600);
    assert_eq!(refused(bench.propose(&number, "budi", &too_long)), "TOO_LONG");
    // An emoji makes it UCS-2: 67 characters a part.
    assert_eq!(
        refused(bench.propose(&number, "budi", &format!("🙏{}", "a".repeat(240)))),
        "TOO_LONG"
    );
    assert_eq!(bench.ticket(&number), before);
    assert!(bench.drafts(&number).is_empty());
    assert!(bench.propose(&number, "budi", &"a".repeat(480)).is_ok());
}

#[test]
fn a_returned_draft_stays_as_a_version_and_only_the_approved_one_is_sent() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Bukan urusan kami.").unwrap();
    assert_eq!(refused(bench.reject(&number, "ratna", " ")), "INCOMPLETE");
    let returned = bench.reject(&number, "ratna", "kurang sopan").unwrap().ticket;
    assert_eq!((returned.stage, returned.drafter), (Stage::Analysis, None));
    assert_eq!(refused(bench.approve(&number, "ratna")), "OUT_OF_TURN");
    bench.propose(&number, "budi", "Mohon maaf, kami perbaiki.").unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    let told = bench.told(ANNA);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("Mohon maaf, kami perbaiki.") && !told[0].contains("Bukan"));
    let versions = bench.drafts(&number);
    let told: Vec<_> = versions
        .iter()
        .map(|draft| (draft.version, draft.state.as_str(), draft.reason.as_deref()))
        .collect();
    assert_eq!(told, [(1, "returned", Some("kurang sopan")), (2, "approved", None)]);
}

#[test]
fn nobody_approves_the_own_draft_whatever_the_roles() {
    let mut people = staff();
    people.push(person(
        "tuti",
        &[Role::Operator, Role::Member, Role::Chair, Role::Director],
        &["*"],
    ));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "tuti", "x").unwrap();
    assert_eq!(refused(bench.approve(&number, "tuti")), "OWN_DRAFT");
    assert_eq!(refused(bench.reject(&number, "tuti", "x")), "OWN_DRAFT");
    // A chair wrote it: another one decides, or the pengarah (A10).
    assert_eq!(refused(bench.reject(&number, "ratna", "sebut harinya")), "done");
    bench.propose(&number, "tuti", "Senin.").unwrap();
    let ticket = bench.ticket(&number);
    for (user, waits) in [("tuti", false), ("ratna", true), ("hadi", true), ("sari", false)] {
        let who = bench.office.staff.find(&OfficerId::from(user)).unwrap();
        assert_eq!(reading::waits_for(&bench.office, &ticket, who), waits, "{user}");
    }
    assert!(bench.approve(&number, "ratna").is_ok());
    let draft = bench.run(move |tx, _, _| drafts::of_ticket(tx, ticket.id)).pop();
    let draft = draft.unwrap();
    assert_eq!(
        (draft.content.writer.as_str(), draft.decided_by.as_deref()),
        ("tuti", Some("ratna"))
    );
}

#[test]
fn passing_a_case_on_to_the_director_keeps_the_clock_of_its_step() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "x").unwrap();
    let before = bench.ticket(&number);
    bench.minutes(100);
    turn(&bench, &number, "ratna", "lintas dinas", turning::escalate).unwrap();
    let after = bench.ticket(&number);
    assert_eq!((after.due_at, after.stage_since), (before.due_at, before.stage_since));
    assert_eq!(refused(bench.approve(&number, "ratna")), "DIRECTOR_DECIDES");
    assert!(bench.approve(&number, "hadi").is_ok());
}

#[test]
fn a_unit_is_needed_and_umum_is_none() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "UMUM # lampu mati").number();
    let assign = |unit: Option<&'static str>, member: Option<&'static str>| {
        let number = number.clone();
        bench.act("sari", move |tx, office, who, now| {
            let to =
                Destination { unit, category: Some(Category::Complaint), member, copies: None };
            officer::assign(tx, office, who, (&number, &to), now)
        })
    };
    assert_eq!(refused(assign(None, None)), "MISSING");
    assert_eq!(refused(assign(Some("UMUM"), None)), "NO_SUCH_UNIT");
    assert_eq!(refused(assign(Some("PLN"), None)), "NO_SUCH_UNIT");
    assert_eq!(refused(assign(Some("DISHUB"), Some("sari"))), "NOT_A_MEMBER");
    assert_eq!(refused(assign(Some("DISHUB"), Some("siapa"))), "NOT_A_MEMBER");
    let done = assign(Some("dinas perhubungan"), None).unwrap().ticket;
    assert_eq!((done.unit.as_deref(), done.assignee.as_deref()), (Some("DISHUB"), Some("budi")));
}

#[test]
fn a_unit_that_nobody_is_bound_to_goes_to_whoever_takes_all_else_to_the_chair() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DLH # sampah menumpuk").number();
    assert_eq!(bench.assign(&number).unwrap().ticket.assignee.as_deref(), Some("wati"));
    let people = staff().into_iter().filter(|person| person.id.as_str() != "wati").collect();
    let bench = Bench::with_staff(people);
    let number = bench.say(ANNA, "DLH # sampah menumpuk").number();
    assert_eq!(bench.assign(&number).unwrap().ticket.assignee.as_deref(), Some("ratna"));
}

#[test]
fn a_ketua_gives_what_somebody_has_in_hand_to_somebody_else_and_the_same_step_goes_on() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(5);
    let before = bench.assign(&number).unwrap().ticket;
    bench.minutes(5);
    let give = |user: &str, to: Destination<'static>| {
        let typed = number.clone();
        bench.act(user, move |tx, office, who, now| {
            officer::assign(tx, office, who, (&typed, &to), now)
        })
    };
    let to_wati = Destination { member: Some("wati"), ..Destination::default() };
    for user in ["sari", "budi", "hadi"] {
        assert_eq!(refused(give(user, to_wati)), "OUT_OF_TURN", "{user}");
    }
    let given = give("ratna", to_wati).unwrap().ticket;
    assert_eq!(given.assignee.as_deref(), Some("wati"));
    assert_eq!(
        (given.stage, given.stage_since, given.due_at),
        (before.stage, before.stage_since, before.due_at)
    );
    // Sorted wrongly: the limit is that of the right category, and the citizen is told.
    let told = bench.told(ANNA).len();
    let oversight = Destination { category: Some(Category::Oversight), ..Destination::default() };
    let sorted = give("ratna", oversight).unwrap().ticket;
    assert!(sorted.national_due_at > before.national_due_at);
    assert_eq!(bench.told(ANNA).len(), told + 1);
    let replayed = bench.run({
        let sorted = sorted.clone();
        move |tx, office, _| crate::desk::timing::replayed(tx, office, &sorted)
    });
    assert_eq!(replayed, sorted.clocks());
    assert_eq!(bench.story(&number), "MASUK DISPOSISI DISPOSISI DISPOSISI");
}

/// Section 2 and A9: a petugas gives a ticket to whoever is bound to its unit, and to the ketua where nobody is.
#[test]
fn only_the_ketua_gives_a_ticket_to_an_anggota_of_another_unit() {
    let people = |bound: &[&str]| {
        let mut people = staff();
        people.retain(|person| person.id.as_str() != "wati");
        people.push(person("dewi", &[Role::Member], bound));
        people
    };
    let give = |bench: &Bench, user: &str, member: &'static str| {
        bench.minutes(1);
        let number = bench.say(ANNA, &format!("DLH # sampah {user} {member}")).number();
        let to = Destination {
            unit: None,
            category: Some(Category::Complaint),
            member: Some(member),
            copies: None,
        };
        refused(bench.act(user, move |tx, office, who, now| {
            officer::assign(tx, office, who, (&number, &to), now)
        }))
    };
    let bench = Bench::with_staff(people(&["DLH"]));
    for (user, member, told) in [
        ("sari", "budi", "NOT_A_MEMBER"),
        ("sari", "ratna", "NOT_A_MEMBER"),
        ("sari", "dewi", "done"),
        ("ratna", "budi", "done"),
        ("ratna", "ratna", "done"),
    ] {
        assert_eq!(give(&bench, user, member), told, "{user} {member}");
    }
    let nobody = Bench::with_staff(people(&["DINKES"]));
    assert_eq!(give(&nobody, "sari", "ratna"), "done", "nobody is bound to it");
    let all = Bench::with_staff(people(&["*"]));
    assert_eq!(give(&all, "sari", "dewi"), "done");
}

#[test]
fn an_oversight_case_tells_its_citizen_the_national_limit() {
    let bench = Bench::new();
    let number = bench.complaint();
    let typed = number.clone();
    bench
        .act("sari", move |tx, office, who, now| {
            let to = Destination { category: Some(Category::Oversight), ..Destination::default() };
            officer::assign(tx, office, who, (&typed, &to), now)
        })
        .unwrap();
    let told = bench.told(ANNA);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("sedang ditelaah DISHUB. Jawaban paling lambat"), "{told:?}");
}

#[test]
fn pauses_before_the_category_was_known_are_taken_out_of_the_national_limit() {
    let bench = Bench::new();
    let number = bench.complaint();
    super::ask(&bench, &number, "sari");
    // Two working days later, at the same hour.
    bench.days(2);
    bench.say(ANNA, "di jalan mawar nomor 5 dekat sekolah");
    let assigned = bench.assign(&number).unwrap().ticket;
    let without = bench.office.calendar.add_working_days(assigned.received_at, 14);
    let minutes = |until| bench.office.calendar.minutes_between(assigned.received_at, until);
    assert_eq!(minutes(assigned.national_due_at.unwrap()), minutes(without) + 2 * 450);
}

#[test]
fn an_answer_on_record_goes_out_at_once_with_its_blanks_filled() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu di Simpang Pasar diperbaiki 25-11.");
    let note = remember(&bench, &first, Some("Lampu di {tempat} diperbaiki {tanggal}.")).unwrap();
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu Jl Melati mati").number();
    let blanks = [("tempat", "Jl Melati"), ("tanggal", "26-11")];
    assert_eq!(refused(answer(&bench, &second, "sari", note, &blanks[..1])), "BLANK_LEFT");
    assert_eq!(refused(answer(&bench, &second, "sari", note, &[("kota", "x")])), "INVALID");
    assert_eq!(refused(answer(&bench, &second, "sari", note + 1, &blanks)), "NO_SUCH_NOTE");
    assert_eq!(refused(answer(&bench, &second, "budi", note, &blanks)), "NOT_PERMITTED");
    let long = "x".repeat(600);
    let too_long = [("tempat", long.as_str()), ("tanggal", "26-11")];
    assert_eq!(refused(answer(&bench, &second, "sari", note, &too_long)), "TOO_LONG");
    assert!(bench.drafts(&second).is_empty());
    let done = answer(&bench, &second, "sari", note, &blanks).unwrap();
    assert_eq!(done.ticket.stage, Stage::Answered);
    let told = bench.told(ANNA);
    assert!(told[0].contains("Lampu di Jl Melati diperbaiki 26-11."), "{told:?}");
    assert_eq!(bench.story(&second), "MASUK JAWAB_DARI_CATATAN KIRIM");
    let draft = &bench.drafts(&second)[0];
    assert_eq!(
        (draft.content.writer.as_str(), draft.decided_by.as_deref()),
        ("sari", Some("ratna"))
    );
    assert_eq!(bench.run(move |tx, _, _| answers::find(tx, note)).unwrap().uses, 1);
}

#[test]
fn a_value_that_looks_like_a_blank_is_left_as_it_is() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Di A sejak B.");
    let note = remember(&bench, &first, Some("Di {a} sejak {b}.")).unwrap();
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu Jl Melati mati").number();
    answer(&bench, &second, "sari", note, &[("a", "{b}"), ("b", "kemarin")]).unwrap();
    let told = bench.told(ANNA);
    assert!(told[0].contains("Di {b} sejak kemarin."), "{told:?}");
}

#[test]
fn a_note_that_is_past_its_day_withdrawn_or_of_another_unit_is_not_used() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let typed = first.clone();
    let note = bench
        .act("ratna", move |tx, office, who, now| {
            let until = Some("2026-11-25".parse().unwrap());
            bank::remember(tx, office, who, (&typed, "lampu", None, until), now)
        })
        .unwrap()
        .note;
    bench.minutes(31);
    let roads = bench.say(ANNA, "PUPR # jalan berlubang").number();
    assert_eq!(refused(answer(&bench, &roads, "sari", note, &[])), "NOTE_OF_OTHER_UNIT");
    let lamps = bench.say(ANNA, "DISHUB # lampu Jl Melati mati").number();
    bench.at("26-11-2026 08.00");
    assert_eq!(refused(answer(&bench, &lamps, "sari", note, &[])), "NOTE_NOT_VALID");
    bench.at("25-11-2026 23.59");
    let withdrawn = remember(&bench, &first, None).unwrap();
    assert_eq!(
        refused(bench.act("sari", move |tx, office, who, now| bank::forget(
            tx, office, who, withdrawn, now
        ))),
        "NOT_PERMITTED"
    );
    bench
        .act("ratna", move |tx, office, who, now| bank::forget(tx, office, who, withdrawn, now))
        .unwrap();
    assert_eq!(
        refused(bench.act("ratna", move |tx, office, who, now| bank::forget(
            tx, office, who, withdrawn, now
        ))),
        "NO_SUCH_NOTE"
    );
    assert_eq!(refused(answer(&bench, &lamps, "sari", withdrawn, &[])), "NOTE_NOT_VALID");
    // Its last day is a day of validity.
    assert!(answer(&bench, &lamps, "sari", note, &[]).is_ok());
}

#[test]
fn whoever_approved_a_note_does_not_send_it_to_a_citizen_alone() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Operator, Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let typed = first.clone();
    let note = bench
        .act("tuti", move |tx, office, who, now| {
            bank::remember(tx, office, who, (&typed, "lampu", None, None), now)
        })
        .unwrap()
        .note;
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu Jl Melati mati").number();
    assert_eq!(refused(answer(&bench, &second, "tuti", note, &[])), "OWN_DRAFT");
    assert!(answer(&bench, &second, "sari", note, &[]).is_ok());
}

#[test]
fn the_bank_takes_what_was_sent_and_from_the_chair_only() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(refused(remember(&bench, &number, None)), "OUT_OF_TURN");
    let typed = number.clone();
    let by_operator = bench.act("sari", move |tx, office, who, now| {
        bank::remember(tx, office, who, (&typed, "lampu", None, None), now)
    });
    assert_eq!(refused(by_operator), "NOT_PERMITTED");
    bench.answered(&number, "Lampu diperbaiki.");
    let typed = number.clone();
    let without_matter = bench.act("ratna", move |tx, office, who, now| {
        bank::remember(tx, office, who, (&typed, " ", None, None), now)
    });
    assert_eq!(refused(without_matter), "MISSING");
}

#[test]
fn a_ticket_is_closed_with_the_words_that_its_reason_asks_for() {
    for (reason, words) in [
        (CloseReason::Spam, None),
        (CloseReason::Abuse, Some("pokok masalah tidak jelas")),
        (CloseReason::NotAComplaint, Some("bukan pengaduan layanan")),
        (CloseReason::Incomplete, Some("keterangan belum lengkap")),
    ] {
        let bench = Bench::new();
        let number = bench.complaint();
        let blank = Closing { words: Some(" ".to_owned()), ..closing(reason) };
        let done = bench.close(&number, blank).unwrap().ticket;
        assert_eq!((done.stage, done.closed_as), (Stage::Closed, Some(reason)));
        assert_eq!((done.finished_at, done.due_at), (Some(bench.now()), None));
        let told = bench.told(ANNA);
        assert_eq!(told.len(), usize::from(words.is_some()), "{told:?}");
        if let Some(words) = words {
            assert!(told[0].contains(words), "{told:?}");
        }
    }
}

#[test]
fn what_is_not_ours_is_closed_with_where_to_go() {
    let bench = Bench::new();
    let number = bench.complaint();
    let not_ours = closing(CloseReason::NotOurs);
    assert_eq!(refused(bench.close(&number, not_ours.clone())), "INCOMPLETE");
    let party = Some("PLN".to_owned());
    let no_contact = Closing { party: party.clone(), ..not_ours.clone() };
    assert_eq!(refused(bench.close(&number, no_contact.clone())), "MISSING");
    assert_eq!(
        refused(bench.close(&number, Closing { contact: Some(" ".to_owned()), ..no_contact })),
        "MISSING"
    );
    assert_eq!(bench.stage(&number), Stage::New, "a refusal keeps nothing");
    assert_eq!(bench.story(&number), "MASUK");
    bench.close(&number, Closing { party, contact: Some("123".to_owned()), ..not_ours }).unwrap();
    let told = bench.told(ANNA);
    assert!(told[0].contains("kewenangan PLN. Silakan hubungi 123."), "{told:?}");
}

#[test]
fn reasons_that_are_not_given_by_hand_are_refused() {
    let bench = Bench::new();
    let number = bench.complaint();
    for reason in [CloseReason::Withdrawn, CloseReason::HandedOver] {
        assert_eq!(refused(bench.close(&number, closing(reason))), "REASON_NOT_BY_HAND");
    }
    let wordy = Closing { words: Some("x".repeat(200)), ..closing(CloseReason::Abuse) };
    assert_eq!(refused(bench.close(&number, wordy)), "TOO_LONG");
    assert_eq!(bench.stage(&number), Stage::New);
}

fn duplicate(main: &str) -> Closing {
    Closing { main: Some(main.to_owned()), ..closing(CloseReason::Duplicate) }
}

#[test]
fn a_duplicate_is_joined_and_its_sender_gets_the_answer_too() {
    let bench = Bench::new();
    let main = bench.complaint();
    let joined = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    assert_eq!(refused(bench.close(&joined, closing(CloseReason::Duplicate))), "INCOMPLETE");
    assert_eq!(refused(bench.close(&joined, duplicate(&joined))), "INVALID");
    assert_eq!(refused(bench.close(&joined, duplicate("P26-04071-7"))), "NO_SUCH_TICKET");
    bench.close(&joined, duplicate(&main)).unwrap();
    let told = bench.told(BENI);
    assert!(told[0].contains(&format!("{joined} sama dengan No {main}")), "{told:?}");
    // He was told to ask after the main ticket, which is another handset's.
    for text in [format!("STATUS {main}"), format!("STATUS {joined}"), "STATUS".to_owned()] {
        bench.minutes(1);
        let status = bench.say(BENI, &text);
        assert!(
            status.reply().starts_with(&format!("No {main} (DISHUB): diterima")),
            "{}",
            status.reply()
        );
    }
    let stranger = bench.say("081200000003", &format!("STATUS {main}"));
    assert!(stranger.reply().contains("tidak kami temukan"));
    bench.answered(&main, "Lampu diperbaiki.");
    let told = bench.told(BENI);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with(&format!("Jawaban No {joined}: Lampu diperbaiki.")), "{told:?}");
    assert!(bench.told(ANNA).is_empty(), "she has read hers");
}

#[test]
fn a_duplicate_of_a_duplicate_is_answered_with_the_main_ticket_and_once_a_citizen() {
    let bench = Bench::new();
    let [main, second, third] = [
        bench.complaint(),
        bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number(),
        bench.say("081200000003", "DISHUB # simpang pasar gelap").number(),
    ];
    let again = bench.say(BENI, "DISHUB # simpang pasar gelap gulita").number();
    bench.close(&third, duplicate(&second)).unwrap();
    bench.close(&again, duplicate(&main)).unwrap();
    bench.close(&second, duplicate(&main)).unwrap();
    bench.told(BENI);
    bench.told("081200000003");
    bench.answered(&main, "Lampu diperbaiki.");
    assert_eq!(bench.told(BENI).len(), 1);
    assert_eq!(bench.told("081200000003").len(), 1);
}

#[test]
fn what_is_joined_to_an_answered_ticket_is_answered_at_once_and_to_an_ended_one_not_at_all() {
    let bench = Bench::new();
    let main = bench.complaint();
    bench.answered(&main, "Lampu diperbaiki.");
    let joined = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    bench.close(&joined, duplicate(&main)).unwrap();
    let told = bench.told(BENI);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("Lampu diperbaiki."));
    bench.say(ANNA, &format!("PUAS {main}"));
    let late = bench.say(BENI, "DISHUB # lampu simpang pasar mati kembali").number();
    assert_eq!(refused(bench.close(&late, duplicate(&main))), "INVALID");
}

#[test]
fn at_night_an_answer_waits_for_the_morning() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.at("24-11-2026 20.00");
    let done = bench.send(&number, "sari").unwrap();
    assert_eq!(done.not_before, Some(local("25-11-2026 07.00")));
    bench.at("25-11-2026 06.59");
    assert!(bench.told(ANNA).is_empty());
    assert_eq!(bench.say(ANNA, "STATUS").replies.len(), 1, "a reply goes at any hour");
    bench.at("25-11-2026 07.00");
    assert_eq!(bench.told(ANNA).len(), 1);
}

#[test]
fn an_approved_wording_goes_out_by_itself_where_the_office_wants_it_so() {
    let bench = Bench::with_limits(|limits| limits.automatic_sending = true);
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    let done = bench.approve(&number, "ratna").unwrap();
    assert_eq!(done.ticket.stage, Stage::Answered);
    assert_eq!(bench.told(ANNA).len(), 1);
    let actors: Vec<String> = bench.trail(&number).into_iter().map(|line| line.actor).collect();
    assert_eq!(actors, ["pemohon", "sari", "budi", "ratna", "sistem"]);
}

#[test]
fn remaining_work_is_followed_up_and_its_result_goes_the_same_way() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let promised =
        Proposal { follow_up: Some("2026-12-01".parse().unwrap()), ..proposal("Lampu dipesan.") };
    bench.propose_with(&number, "budi", promised.clone()).unwrap();
    bench.approve(&number, "ratna").unwrap();
    let sent = bench.send(&number, "sari").unwrap().ticket;
    let due = super::fixture::local("01-12-2026 16.00");
    assert_eq!((sent.stage, sent.due_at), (Stage::FollowUp, Some(due)), "the promised day");
    assert!(bench.told(ANNA)[0].starts_with("Jawaban No"));
    let first_answer = sent.answered_at;
    bench.days(2);
    // A result that is returned is written again as a result.
    let result = bench.propose(&number, "budi", "Terpasang.").unwrap();
    assert!(result.text.unwrap().starts_with("Tindak lanjut No"));
    bench.reject(&number, "ratna", "kapan?").unwrap();
    let again = Proposal {
        follow_up: Some("2026-12-03".parse().unwrap()),
        ..proposal("Terpasang sebagian.")
    };
    let again = bench.propose_with(&number, "budi", again).unwrap();
    assert!(again.text.unwrap().starts_with("Tindak lanjut No"));
    bench.approve(&number, "ratna").unwrap();
    let partly = bench.send(&number, "sari").unwrap().ticket;
    assert_eq!(partly.stage, Stage::FollowUp, "work remains after a first result too");
    bench.told(ANNA);
    bench.propose(&number, "budi", "Semua terpasang.").unwrap();
    bench.approve(&number, "ratna").unwrap();
    let done = bench.send(&number, "sari").unwrap().ticket;
    assert_eq!((done.stage, done.follow_up, done.follow_up_on), (Stage::Answered, false, None));
    assert_eq!((done.answered_at, done.last_answer_at), (first_answer, Some(bench.now())));
    let told = bench.told(ANNA);
    assert!(
        told[0].starts_with(&format!("Tindak lanjut No {number}: Semua terpasang.")),
        "{told:?}"
    );
    let kinds: Vec<_> =
        bench.drafts(&number).iter().map(|draft| draft.content.kind.token()).collect();
    assert_eq!(kinds, ["JAWABAN", "TINDAK_LANJUT", "TINDAK_LANJUT", "TINDAK_LANJUT"]);
}

#[test]
fn texts_of_an_admin_go_out_all_or_none() {
    let bench = Bench::new();
    let batch = |user: &str, messages: &[(&str, &str)]| {
        let messages: Vec<(String, String)> = messages
            .iter()
            .map(|(number, text)| ((*number).to_owned(), (*text).to_owned()))
            .collect();
        bench.act(user, move |tx, office, who, now| {
            sending::send_sms(tx, office, who, (&messages, false), now)
        })
    };
    assert_eq!(refused(batch("ratna", &[(ANNA, "halo")])), "NOT_PERMITTED");
    for (bad, code) in
        [(("3636", "halo"), "INVALID"), (("BANK", "halo"), "INVALID"), ((BENI, " "), "MISSING")]
    {
        assert_eq!(refused(batch("joko", &[(ANNA, "halo"), bad])), code);
    }
    let long = "a".repeat(700);
    assert_eq!(refused(batch("joko", &[(ANNA, "halo"), (BENI, &long)])), "TOO_LONG");
    assert!(bench.told(ANNA).is_empty(), "nothing of a refused batch goes out");
    let ids = batch("joko", &[(ANNA, "halo"), (BENI, "hai")]).unwrap();
    assert_eq!(ids.len(), 2);
    assert_eq!(
        (bench.told(ANNA), bench.told(BENI)),
        (vec!["halo".to_owned()], vec!["hai".to_owned()])
    );
}

#[test]
fn texts_of_an_admin_wait_for_the_window_unless_they_are_urgent_and_stop_silences_both() {
    let bench = Bench::new();
    bench.say(BENI, "STOP");
    let send = |to: &'static str, urgent: bool| {
        let texts = [(to.to_owned(), "halo".to_owned())];
        let sent = bench.act("joko", move |tx, office, who, now| {
            sending::send_sms(tx, office, who, (&texts, urgent), now)
        });
        sent.unwrap().len()
    };
    bench.at("24-11-2026 22.00");
    assert_eq!(send(ANNA, false), 1);
    assert!(bench.told(ANNA).is_empty());
    bench.at("25-11-2026 07.00");
    assert_eq!(bench.told(ANNA).len(), 1);
    // One that was not taken by the evening does not leave at night either.
    bench.at("25-11-2026 19.59");
    assert_eq!(send(ANNA, false), 1);
    bench.at("25-11-2026 22.00");
    assert!(bench.told(ANNA).is_empty());
    assert_eq!(send(ANNA, true), 1);
    assert_eq!(bench.told(ANNA).len(), 1, "the urgent one alone");
    assert_eq!((send(BENI, false), send(BENI, true)), (0, 0));
}

#[test]
fn what_a_person_may_not_see_does_not_exist_for_any_of_the_commands() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    restrict(&bench, &number, "sari");
    for outcome in [
        refused(bench.assign(&number)),
        refused(bench.propose(&number, "budi", "x")),
        refused(bench.send(&number, "sari")),
        refused(bench.close(&number, closing(CloseReason::Spam))),
        refused(answer(&bench, &number, "sari", 1, &[])),
        refused(bench.assign("P26-04071-7")),
    ] {
        assert_eq!(outcome, "NO_SUCH_TICKET");
    }
    assert_eq!(refused(bench.approve(&number, "ratna")), "OUT_OF_TURN", "the chair sees it");
}

#[test]
fn officers_type_numbers_in_any_spelling() {
    let bench = Bench::new();
    let number = bench.complaint();
    for typed in ["1", "00001", "p26000018", "26 00001 8", &number] {
        assert_eq!(refused(bench.propose(typed, "budi", "x")), "OUT_OF_TURN", "{typed}");
    }
    for typed in ["2", "P26-00001-7", "satu", "", "100000", "0"] {
        assert_eq!(refused(bench.propose(typed, "budi", "x")), "NO_SUCH_TICKET", "{typed}");
    }
}

#[test]
fn a_ticket_under_stop_is_answered_for_all_that_and_counted_as_answered() {
    let bench = Bench::new();
    let number = bench.complaint();
    let anna = bench.ticket(&number).citizen.unwrap();
    bench.run(move |tx, _, now| stopped::stop(tx, &anna, now));
    bench.approved(&number, "Lampu diperbaiki.");
    let sent = bench.send(&number, "sari").unwrap();
    assert_eq!((sent.ticket.stage, sent.stopped, sent.text), (Stage::Answered, true, None));
    assert!(bench.outgoing(&number).iter().all(|message| message.purpose != "answer"));
    let closed = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    let beni = bench.ticket(&closed).citizen.unwrap();
    bench.run(move |tx, _, now| stopped::stop(tx, &beni, now));
    bench.close(&closed, closing(CloseReason::Abuse)).unwrap();
    assert!(bench.told(BENI).is_empty(), "nor is a notice sent");
}
