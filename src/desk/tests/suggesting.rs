//! Answers on record: which notes are suggested, to whom, and how well. The measured set and how it was made:
//! tests/data/answers/README.md.

use std::collections::HashMap;

use super::fixture::{BENI, Bench};
use super::{mark, remember, restrict};
use crate::desk::officer::actor;
use crate::desk::privacy::Mark;
use crate::desk::suggesting::{self, Hint, Remembered, Suggestion};
use crate::desk::{bank, reading};
use crate::store::answers::{self, NewAnswer};
use crate::ticket::OfficerId;

const NOTES: &str = include_str!("../../../tests/data/answers/notes.tsv");
const QUESTIONS: &str = include_str!("../../../tests/data/answers/questions.tsv");

fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect()).collect()
}

/// Puts a note into the bank as a chair's.
fn put(bench: &Bench, unit: &str, matter: &str, wording: &str, until: Option<&str>) -> i64 {
    let note = NewAnswer {
        unit: unit.to_owned(),
        matter: matter.to_owned(),
        wording: wording.to_owned(),
        valid_until: until.map(|day| day.parse().unwrap()),
        source_id: None,
        approved_by: Some("ratna".to_owned()),
        proposed_by: None,
    };
    bench.run(move |tx, _, now| {
        answers::add(tx, &note, &suggesting::indexed(&note.matter, &note.wording), now)
    })
}

fn suggested(bench: &Bench, text: &str, unit: Option<&str>) -> Vec<Suggestion> {
    let (text, unit) = (text.to_owned(), unit.map(str::to_owned));
    bench.run(move |tx, office, now| {
        let today = office.calendar.zone().local(now).date_naive();
        suggesting::suggest(tx, &office.directory, (&text, unit.as_deref()), today)
    })
}

fn ids(suggestions: &[Suggestion]) -> Vec<i64> {
    suggestions.iter().map(|suggestion| suggestion.answer.id).collect()
}

/// The measure of the answer bank: the right note among the first three for at least 85 % of each part, by the text alone.
#[test]
fn the_right_note_is_among_the_first_three() {
    let bench = Bench::new();
    let mut by_number = HashMap::new();
    let notes = rows(NOTES);
    for row in &notes {
        let [number, unit, matter, wording] = row[..] else { panic!("{row:?}") };
        by_number.insert(number, (put(&bench, unit, matter, wording, None), unit));
    }
    assert!(notes.len() >= 60, "{} notes", notes.len());
    let (mut asked, mut told) = (0, Vec::new());
    let mut counts: HashMap<(&str, bool), [usize; 3]> = HashMap::new();
    for row in rows(QUESTIONS) {
        let [part, number, text] = row[..] else { panic!("{row:?}") };
        let (note, unit) = by_number[number];
        asked += 1;
        for with_unit in [false, true] {
            let found = ids(&suggested(&bench, text, with_unit.then_some(unit)));
            let place = found.iter().position(|id| *id == note);
            let count = counts.entry((part, with_unit)).or_default();
            count[0] += 1;
            count[1] += usize::from(place == Some(0));
            count[2] += usize::from(place.is_some());
        }
    }
    assert!(asked >= 150, "{asked} questions");
    for ((part, with_unit), [all, first, three]) in counts {
        told.push(format!("{part}, unit known {with_unit}: first {first}, three {three} of {all}"));
        assert!(three * 100 >= all * 85, "{told:?}");
    }
    assert!(told.len() >= 4, "{told:?}");
    println!("{told:#?}");
}

#[test]
fn a_complaint_finds_its_note_in_other_words() {
    let bench = Bench::new();
    let note = put(&bench, "DISHUB", "Penerangan jln mati", "Diperbaiki 3 hari kerja.", None);
    let found = suggested(&bench, "Lampu jalan padam", Some("DISHUB"));
    assert_eq!((found[0].answer.id, found[0].score), (note, 100));
}

#[test]
fn what_is_not_alike_is_not_suggested() {
    let bench = Bench::new();
    put(&bench, "DISHUB", "Penerangan jln mati", "Diperbaiki 3 hari kerja.", None);
    put(&bench, "DISDUKCAPIL", "KTP hilang", "Bawa surat kehilangan dan KK.", None);
    for text in [
        "",
        "assalamualaikum pak mohon bantuannya",
        "zebra cross depan sekolah sudah hilang catnya tolong dicat ulang",
        "\" OR matter:* NEAR(",
        "AND OR NOT *",
    ] {
        assert_eq!(suggested(&bench, text, None), [], "{text}");
    }
}

#[test]
fn notes_that_cannot_be_sent_are_not_suggested() {
    let bench = Bench::new();
    let over = put(&bench, "DISHUB", "Lampu jalan mati", "Satu.", Some("2026-11-24"));
    let withdrawn = put(&bench, "DISHUB", "Lampu jalan mati", "Dua.", None);
    let found = |bench: &Bench| ids(&suggested(bench, "lampu jalan mati", Some("DISHUB")));
    assert_eq!(found(&bench), [over, withdrawn]);
    bench
        .act("ratna", move |tx, office, who, now| bank::forget(tx, office, who, withdrawn, now))
        .unwrap();
    assert_eq!(found(&bench), [over]);
    bench.days(1);
    assert_eq!(found(&bench), [] as [i64; 0]);
}

#[test]
fn the_own_units_notes_stand_in_front_and_others_only_when_very_like() {
    let bench = Bench::new();
    let other = put(&bench, "PERKIM", "Lampu jalan mati", "Diperbaiki.", None);
    put(&bench, "PERKIM", "Lampu taman dan air mancur mati", "Diperbaiki.", None);
    let own = put(&bench, "DISHUB", "Lampu jalan mati atau redup di terminal", "Diganti.", None);
    assert_eq!(ids(&suggested(&bench, "lampu jalan mati", Some("DISHUB"))), [own, other]);
    assert_eq!(ids(&suggested(&bench, "lampu jalan mati", None))[0], other);
}

#[test]
fn suggestions_are_shown_to_who_may_answer() {
    let bench = Bench::new();
    let note = put(&bench, "DISHUB", "Lampu merah mati", "Diperbaiki.", None);
    let number = bench.complaint();
    let known = |user: &str| {
        let number = number.clone();
        let file = bench
            .act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now));
        ids(&file.unwrap().known)
    };
    assert_eq!(known("sari"), [note]);
    assert_eq!(known("ratna"), [note]);
    for user in ["budi", "hadi"] {
        assert_eq!(known(user), [] as [i64; 0], "{user}");
    }
    bench.assign(&number).unwrap();
    assert_eq!(known("budi"), [note], "who writes the answer");
    assert_eq!(known("sari"), [] as [i64; 0]);
    assert_eq!(known("wati"), [note]);
    mark(&bench, &number, Mark::Specific);
    assert_eq!(known("budi"), [note]);
    assert_eq!(known("wati"), [] as [i64; 0], "what is like a text says what stands in it");
    restrict(&bench, &number, "ratna");
    assert_eq!(known("ratna"), [] as [i64; 0], "the closed path");
}

fn hints(bench: &Bench, user: &str, remembered: &std::sync::Arc<Remembered>) -> Vec<Hint> {
    let remembered = std::sync::Arc::clone(remembered);
    let found = bench.act(user, move |tx, office, who, now| {
        let tickets = reading::inbox(tx, office, who, true, now)?.tickets;
        let today = office.calendar.zone().local(now).date_naive();
        let mut hints =
            suggesting::hints(tx, &office.directory, &remembered, (&tickets, &actor(who)), today)?;
        Ok(tickets.iter().filter_map(|ticket| hints.remove(&ticket.id)).collect())
    });
    found.unwrap()
}

#[test]
fn the_inbox_has_the_best_note_and_follows_the_bank() {
    let bench = Bench::new();
    assert!(bench.office.staff.find(&OfficerId::from("sari")).is_some());
    let remembered = std::sync::Arc::default();
    bench.complaint();
    bench.say(BENI, "PUPR # jembatan desa putus");
    assert_eq!(hints(&bench, "sari", &remembered), []);
    let note = put(&bench, "DISHUB", "Lampu merah mati", "Diperbaiki.", Some("2026-11-24"));
    let found = hints(&bench, "sari", &remembered);
    assert_eq!((found.len(), found[0].note), (1, note));
    assert_eq!(hints(&bench, "sari", &remembered), found, "as remembered");
    assert_eq!(hints(&bench, "budi", &remembered), [], "an anggota does not answer at once");
    let better = put(&bench, "PUPR", "Jembatan putus", "Ditutup dulu.", None);
    assert_eq!(hints(&bench, "sari", &remembered).len(), 2);
    bench.days(1);
    let left = hints(&bench, "sari", &remembered);
    assert_eq!(
        left.iter().map(|hint| hint.note).collect::<Vec<_>>(),
        [better],
        "the last day is over"
    );
}

#[test]
fn a_long_inbox_is_looked_up_bit_by_bit() {
    let bench = Bench::with_limits(|limits| limits.flood_day = 1000);
    put(&bench, "DISHUB", "Lampu merah mati", "Diperbaiki.", None);
    for citizen in 0..70 {
        bench.say(&format!("0812100000{citizen:02}"), "DISHUB # lampu merah mati");
    }
    let remembered = std::sync::Arc::default();
    assert_eq!(hints(&bench, "sari", &remembered).len(), 64);
    assert_eq!(hints(&bench, "sari", &remembered).len(), 70);
}

#[test]
fn the_index_is_made_anew_by_other_rules_and_not_by_the_same() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let note = remember(&bench, &number, None).unwrap();
    let index = || bench.run(|tx, _, _| suggesting::index(tx));
    assert_eq!(index(), Some(1), "made by no rules that are known");
    assert_eq!(index(), None);
    bench.run(|tx, _, _| answers::index_anew(tx, b"other", |_| suggesting::indexed("x", "y")));
    assert_eq!(suggested(&bench, "lampu mati", Some("DISHUB")), []);
    assert_eq!(index(), Some(1));
    assert_eq!(ids(&suggested(&bench, "lampu mati", Some("DISHUB"))), [note]);
}
