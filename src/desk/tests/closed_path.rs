//! The closed path of ethics cases: who may take it, and for whom it exists (T7 to T9, A8, 12.7).

use super::channels::{add, number, wa};
use super::fixture::{ANNA, BENI, Bench, person, refused, staff};
use super::{ask, hand_over, hand_over_by, restrict, restrict_naming, turn, unrestrict};
use crate::calendar::Zone;
use crate::desk::closing::{self, Closing};
use crate::desk::entering::Message;
use crate::desk::officer::{Destination, Done};
use crate::desk::{Error, board, reading, sealing, turning};
use crate::ticket::{Category, CloseReason, Role, Stage};

pub(super) const ORDINARY: Destination<'static> =
    Destination { unit: None, category: Some(Category::Complaint), member: None, copies: None };

fn waits_for(bench: &Bench, user: &str) -> usize {
    let inbox = bench
        .act(user, |tx, office, who, now| reading::inbox(tx, office, who, false, now))
        .unwrap();
    inbox.tickets.len()
}

#[test]
fn the_citizen_reads_neither_matter_nor_unit() {
    let bench = Bench::new();
    let number = bench.complaint();
    let done = restrict_naming(&bench, &number, "sari", &[]).unwrap();
    let text = bench.told(ANNA).pop().unwrap();
    assert_eq!(done.text.as_deref(), Some(&*text));
    assert!(text.contains("ditangani tertutup"), "{text}");
    assert!(!text.contains("DISHUB") && !text.contains("pungli"), "{text}");
    // Who moved it does not see it any more.
    assert_eq!(refused(restrict_naming(&bench, &number, "sari", &[])), "NO_SUCH_TICKET");
}

#[test]
fn a_case_is_decided_within_a_day_and_ended_within_sixty() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    let ticket = restrict_naming(&bench, &number, "sari", &[]).unwrap().ticket;
    let zone = Zone::Wib;
    assert_eq!(zone.short(ticket.due_at.unwrap()), "Rab 25-11-2026 16.00");
    let sixty = bench.run(|_, office, now| Ok(office.calendar.add_working_days(now, 60)));
    assert_eq!(ticket.national_due_at, Some(sixty));
}

#[test]
fn where_the_ketua_is_named_the_pengarah_decides() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    assert_eq!((waits_for(&bench, "ratna"), waits_for(&bench, "hadi")), (0, 1));
    assert_eq!(refused(hand_over_by(&bench, &number, "ratna")), "NO_SUCH_TICKET");
    assert_eq!(refused(unrestrict(&bench, &number, "ratna", ORDINARY)), "NO_SUCH_TICKET");
    let done = hand_over_by(&bench, &number, "hadi").unwrap();
    assert_eq!((done.ticket.stage, done.text), (Stage::Closed, None));
    let line = bench.trail(&number).pop().unwrap();
    for word in ["Inspektorat", "700/12", "2026-11-24"] {
        assert!(line.detail.contains(word), "{}", line.detail);
    }
}

#[test]
fn of_two_ketua_the_one_who_is_not_named_decides() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    assert_eq!(["ratna", "tuti", "hadi"].map(|user| waits_for(&bench, user)), [0, 1, 0]);
}

#[test]
fn only_officers_are_named() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(refused(restrict_naming(&bench, &number, "sari", &["siapa"])), "NOT_ON_STAFF");
    assert_eq!(bench.stage(&number), Stage::New);
}

#[test]
fn a_draft_that_waited_for_its_decision_waits_no_more() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    restrict_naming(&bench, &number, "ratna", &[]).unwrap();
    assert_eq!(bench.drafts(&number)[0].state, "returned");
    unrestrict(&bench, &number, "ratna", ORDINARY).unwrap();
    assert_eq!(refused(bench.approve(&number, "ratna")), "OUT_OF_TURN");
    bench.propose(&number, "budi", "Lampu diganti.").unwrap();
    assert_eq!(refused(bench.approve(&number, "ratna")), "done");
}

#[test]
fn what_comes_back_has_a_unit_a_member_and_its_own_limit_and_the_citizen_is_told() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.say(ANNA, "petugas loket meminta uang saat saya mengurus KTP").number();
    restrict_naming(&bench, &number, "sari", &["budi"]).unwrap();
    bench.told(ANNA);
    let nowhere = Destination { unit: None, ..ORDINARY };
    assert_eq!(refused(unrestrict(&bench, &number, "ratna", nowhere)), "MISSING");
    let no_category =
        Destination { unit: Some("PUPR"), category: None, member: None, copies: None };
    assert_eq!(refused(unrestrict(&bench, &number, "ratna", no_category)), "MISSING");
    let to = Destination { unit: Some("PUPR"), ..ORDINARY };
    let ticket = unrestrict(&bench, &number, "ratna", to).unwrap().ticket;
    assert_eq!((ticket.stage, ticket.unit.as_deref()), (Stage::Analysis, Some("PUPR")));
    assert_eq!((ticket.restricted_by, ticket.concerns), (None, vec![]));
    assert_eq!(waits_for(&bench, "budi"), 1);
    let zone = Zone::Wib;
    assert_eq!(zone.short(ticket.national_due_at.unwrap()), "Sen 14-12-2026 16.00");
    let text = bench.told(ANNA).pop().unwrap();
    assert!(text.contains(&format!("No {number} sedang ditelaah PUPR")), "{text}");
}

#[test]
fn a_pause_ends_where_a_case_takes_the_closed_path() {
    let bench = Bench::new();
    bench.at("24-11-2026 08.00");
    let number = bench.complaint();
    ask(&bench, &number, "sari");
    bench.at("26-11-2026 08.00");
    let ticket = restrict_naming(&bench, &number, "sari", &[]).unwrap().ticket;
    assert_eq!((ticket.paused_at, ticket.before_pause), (None, None));
    let zone = Zone::Wib;
    assert_eq!(zone.short(ticket.answer_due_at), "Kam 26-11-2026 15.00");
    assert_eq!(zone.short(ticket.due_at.unwrap()), "Jum 27-11-2026 16.30");
}

#[test]
fn what_was_withdrawn_from_the_closed_path_comes_back_to_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    bench.say(ANNA, &format!("BATAL {number}"));
    assert_eq!(bench.stage(&number), Stage::Closed);
    for user in ["sari", "budi"] {
        let again = turn(&bench, &number, user, "laporan serius", turning::reopen);
        assert_eq!(refused(again), "NO_SUCH_TICKET", "{user}");
    }
    let ticket = turn(&bench, &number, "ratna", "laporan serius", turning::reopen).unwrap().ticket;
    assert_eq!((ticket.stage, ticket.closed_as), (Stage::EthicsClosed, None));
    assert!(ticket.due_at.is_some());
    assert_eq!(["sari", "ratna"].map(|user| waits_for(&bench, user)), [0, 1]);
    let wall = bench.act("sari", board::board).unwrap();
    assert_eq!(wall.sealed, 1);
    assert!(wall.stages.iter().all(|row| row.open == 0), "{wall:?}");
    // Only T9 makes an ordinary complaint of it.
    unrestrict(&bench, &number, "ratna", ORDINARY).unwrap();
    assert_eq!(waits_for(&bench, "budi"), 1);
}

#[test]
fn where_the_ketua_is_named_the_pengarah_opens_a_withdrawn_case_again() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    bench.say(ANNA, &format!("BATAL {number}"));
    let again = turn(&bench, &number, "ratna", "laporan serius", turning::reopen);
    assert_eq!(refused(again), "NO_SUCH_TICKET");
    turn(&bench, &number, "hadi", "laporan serius", turning::reopen).unwrap();
    assert_eq!((waits_for(&bench, "ratna"), waits_for(&bench, "hadi")), (0, 1));
}

#[test]
fn the_citizen_reads_nothing_but_that_it_is_handled_closed_whatever_becomes_of_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    let says_nothing = |when: &str| {
        let belum = format!("BELUM {number} masih sama");
        let others = ["STATUS", "PUAS", "BATAL"].map(|command| format!("{command} {number}"));
        for command in std::iter::once(belum).chain(others) {
            bench.minutes(61);
            let reply = bench.say(ANNA, &command).reply().to_owned();
            let only = format!("Laporan No {number} diterima dan ditangani tertutup");
            assert!(reply.starts_with(&only), "{when}, {command}: {reply}");
            assert!(!reply.contains("DISHUB"), "{when}, {command}: {reply}");
        }
    };
    // BATAL closes it as DICABUT; what is asked behind that asks after a withdrawn case.
    says_nothing("while it is decided on");
    says_nothing("withdrawn");
    turn(&bench, &number, "ratna", "laporan serius", turning::reopen).unwrap();
    let status = bench.say(ANNA, "STATUS");
    assert!(status.reply().contains("ditangani tertutup"), "{}", status.reply());
    hand_over(&bench, &number);
    says_nothing("handed over");
}

fn merge(bench: &Bench, number: &str, main: &str, user: &str) -> Result<Done, Error> {
    let (number, main) = (number.to_owned(), main.to_owned());
    let closing = Closing {
        reason: CloseReason::Duplicate,
        main: Some(main),
        party: None,
        contact: None,
        words: None,
    };
    bench.act(user, move |tx, office, who, now| {
        closing::close(tx, office, who, (&number, &closing), now)
    })
}

fn reads(bench: &Bench, user: &str, number: &str) -> bool {
    let number = number.to_owned();
    let shown =
        bench.act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now));
    refused(shown) == "done"
}

/// Of these people, who reads a ticket.
fn readers(bench: &Bench, number: &str) -> String {
    let people = ["sari", "budi", "wati", "ratna", "hadi"];
    people.into_iter().filter(|user| reads(bench, user, number)).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_was_joined_is_sealed_and_opened_with_its_main_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    let beni = bench.say(BENI, "DISHUB # petugas di Simpang Pasar minta uang").number();
    bench.minutes(31);
    let own = bench.say(ANNA, "DISHUB # petugas itu lagi").number();
    // By way of another duplicate, too.
    merge(&bench, &beni, &own, "sari").unwrap();
    merge(&bench, &own, &number, "sari").unwrap();
    bench.told(ANNA);
    bench.told(BENI);
    assert_eq!(readers(&bench, &beni), "sari budi wati ratna hadi");
    restrict(&bench, &number, "sari");
    for joined in [&beni, &own] {
        assert_eq!(readers(&bench, joined), "ratna hadi");
        assert_eq!(bench.ticket(joined).closed_as, Some(CloseReason::Duplicate));
        assert!(bench.story(joined).ends_with("JALUR_TERTUTUP"), "{}", bench.story(joined));
    }
    // Each reporter reads it once.
    for (phone, number) in [(ANNA, &number), (BENI, &beni)] {
        let [text] = bench.told(phone).try_into().unwrap();
        assert!(text.starts_with(&format!("Laporan No {number} diterima")), "{text}");
    }
    // What they write goes there too.
    bench.minutes(61);
    let heard = bench.say(BENI, "kemarin dia minta uang lagi");
    assert_eq!((heard.number(), heard.reason.as_str()), (beni.clone(), "SUSULAN"));
    assert_eq!(waits_for(&bench, "ratna"), 2);
    unrestrict(&bench, &number, "ratna", ORDINARY).unwrap();
    for joined in [&beni, &own] {
        assert_eq!(readers(&bench, joined), "sari budi wati ratna hadi");
        let ticket = bench.ticket(joined);
        assert_eq!((ticket.restricted_by, ticket.concerns), (None, vec![]));
    }
    let [text] = bench.told(BENI).try_into().unwrap();
    assert!(text.contains(&format!("sama dengan No {number}")), "{text}");
}

#[test]
fn what_is_joined_to_a_sealed_case_is_sealed_with_it() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    let beni = bench.say(BENI, "DISHUB # petugas di Simpang Pasar minta uang").number();
    assert_eq!(refused(merge(&bench, &beni, &number, "sari")), "NO_SUCH_TICKET");
    assert_eq!(refused(merge(&bench, &beni, &number, "ratna")), "NO_SUCH_TICKET");
    let done = merge(&bench, &beni, &number, "tuti").unwrap();
    let text = done.text.unwrap();
    assert!(text.contains("ditangani tertutup") && !text.contains(&number), "{text}");
    assert_eq!(readers(&bench, &beni), "hadi");
    assert!(reads(&bench, "tuti", &beni));
}

#[test]
fn what_was_joined_before_to_what_is_joined_to_a_case_is_sealed_with_it() {
    let bench = Bench::new();
    let case = bench.complaint();
    let beni = bench.say(BENI, "DISHUB # petugas di Simpang Pasar minta uang").number();
    let cici = bench.say("081200000003", "DISHUB # dipungli di Simpang Pasar").number();
    merge(&bench, &cici, &beni, "sari").unwrap();
    restrict(&bench, &case, "sari");
    bench.told("081200000003");
    merge(&bench, &beni, &case, "ratna").unwrap();
    for joined in [&beni, &cici] {
        assert_eq!(readers(&bench, joined), "ratna hadi");
    }
    let [text] = bench.told("081200000003").try_into().unwrap();
    assert!(text.starts_with(&format!("Laporan No {cici} diterima")), "{text}");
    assert!(!text.contains(&case), "{text}");
}

#[test]
fn what_a_case_took_the_place_of_is_sealed_and_opened_with_it() {
    let bench = Bench::new();
    let first = bench.complaint();
    let heir = bench.say(BENI, "DISHUB # petugas di Simpang Pasar minta uang").number();
    merge(&bench, &heir, &first, "sari").unwrap();
    bench.say(ANNA, &format!("BATAL {first}"));
    assert_eq!(bench.stage(&heir), Stage::New);
    bench.told(ANNA);
    restrict(&bench, &heir, "sari");
    assert_eq!(readers(&bench, &first), "ratna hadi");
    assert_eq!(bench.told(ANNA), [] as [&str; 0], "whoever has withdrawn is told nothing of it");
    unrestrict(&bench, &heir, "ratna", ORDINARY).unwrap();
    assert_eq!(readers(&bench, &first), "sari budi wati ratna hadi");
    assert_eq!(bench.told(ANNA), [] as [&str; 0]);
    // One that was opened again is a matter of its own.
    turn(&bench, &first, "ratna", "ternyata lain", turning::reopen).unwrap();
    restrict(&bench, &heir, "ratna");
    assert_eq!(readers(&bench, &first), "sari budi wati ratna hadi");
}

#[test]
fn a_case_that_was_withdrawn_stays_sealed_when_the_one_in_its_place_is_opened() {
    let bench = Bench::new();
    let first = bench.complaint();
    let heir = bench.say(BENI, "DISHUB # petugas di Simpang Pasar minta uang").number();
    merge(&bench, &heir, &first, "sari").unwrap();
    restrict(&bench, &first, "sari");
    bench.say(ANNA, &format!("BATAL {first}"));
    assert_eq!(bench.stage(&heir), Stage::EthicsClosed);
    unrestrict(&bench, &heir, "ratna", ORDINARY).unwrap();
    assert_eq!(readers(&bench, &heir), "sari budi wati ratna hadi");
    assert_eq!(readers(&bench, &first), "ratna hadi", "it was decided on itself");
}

#[test]
fn where_to_ask_after_a_joined_ticket_that_no_sms_tells_is_owed_when_the_seal_is_lifted() {
    let bench = Bench::new();
    let case = bench.complaint();
    let message = Message { from: Some(BENI.to_owned()), ..wa("DISHUB # petugas minta uang") };
    let joined = number(&add(&bench, message));
    merge(&bench, &joined, &case, "sari").unwrap();
    restrict(&bench, &case, "sari");
    let done = unrestrict(&bench, &case, "ratna", ORDINARY).unwrap();
    let [give] = done.give.try_into().unwrap();
    assert!(give.owed && give.number == joined, "{give:?}");
    assert!(give.text.contains(&format!("{joined} sama dengan No {case}")), "{give:?}");
    assert!(bench.ticket(&joined).to_give_at.is_some());
}

pub(super) fn name(bench: &Bench, number: &str, user: &str, named: &[&str]) -> Result<Done, Error> {
    let number = number.to_owned();
    let named: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
    bench.act(user, move |tx, office, who, now| {
        sealing::concern(tx, office, who, (&number, &named), now)
    })
}

#[test]
fn who_turns_out_to_be_named_loses_the_case_at_once() {
    let mut people = staff();
    people.push(person("tuti", &[Role::Chair], &[]));
    let bench = Bench::with_staff(people);
    let number = bench.complaint();
    let beni = bench.say(BENI, "DISHUB # petugas di Simpang Pasar minta uang").number();
    let between = bench.say(BENI, "DISHUB # masih minta uang juga").number();
    merge(&bench, &beni, &between, "sari").unwrap();
    merge(&bench, &between, &number, "sari").unwrap();
    assert_eq!(refused(name(&bench, &number, "ratna", &["tuti"])), "OUT_OF_TURN");
    restrict(&bench, &number, "sari");
    for user in ["sari", "budi", "joko"] {
        assert_eq!(refused(name(&bench, &number, user, &["ratna"])), "NO_SUCH_TICKET", "{user}");
    }
    assert_eq!(refused(name(&bench, &number, "ratna", &["siapa"])), "NOT_ON_STAFF");
    assert_eq!(refused(name(&bench, &number, "ratna", &[])), "MISSING");
    // By way of what was joined to it, too; once is enough.
    name(&bench, &beni, "ratna", &["tuti", "budi"]).unwrap();
    name(&bench, &number, "ratna", &["tuti"]).unwrap();
    for ticket in [&number, &between, &beni] {
        assert_eq!(bench.ticket(ticket).concerns, ["tuti", "budi"]);
        assert!(!reads(&bench, "tuti", ticket) && reads(&bench, "ratna", ticket));
        let line = bench.trail(ticket).pop().unwrap();
        assert_eq!((&*line.action, &*line.actor), ("MENYANGKUT", "ratna"));
        assert!(line.detail.contains("tuti budi"), "{}", line.detail);
    }
    assert_eq!(refused(hand_over_by(&bench, &number, "tuti")), "NO_SUCH_TICKET");
    // A ketua who is named after all leaves it to the pengarah, also when it is handed over.
    hand_over_by(&bench, &number, "ratna").unwrap();
    name(&bench, &number, "ratna", &["ratna"]).unwrap();
    assert_eq!(readers(&bench, &number), "hadi");
    bench.minutes(61);
    bench.say(ANNA, "masih meminta uang");
    assert_eq!(["ratna", "tuti", "hadi"].map(|user| waits_for(&bench, user)), [0, 0, 1]);
}

#[test]
fn what_comes_back_late_or_as_an_oversight_case_names_a_limit_that_can_be_kept() {
    for (category, decided, named) in [
        (Category::Complaint, "24-11-2026 10.00", "Sel 24-11-2026 15.00"),
        (Category::Complaint, "25-11-2026 15.30", "Sen 14-12-2026 16.00"),
        (Category::Oversight, "24-11-2026 10.00", ""),
    ] {
        let bench = Bench::new();
        let number = bench.complaint();
        restrict(&bench, &number, "sari");
        bench.told(ANNA);
        bench.at(decided);
        let to = Destination { category: Some(category), ..ORDINARY };
        let ticket = unrestrict(&bench, &number, "ratna", to).unwrap().ticket;
        let national = Zone::Wib.short(ticket.national_due_at.unwrap());
        let named = if named.is_empty() { &national } else { named };
        let text = bench.told(ANNA).pop().unwrap();
        assert!(text.contains(&format!("paling lambat {named}.")), "{decided}: {text}");
    }
}
