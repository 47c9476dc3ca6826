//! Codes live longer than names (procedure.md section 15): what the register holds under the old code of a unit is the new one's.

use std::sync::Arc;

use super::answer;
use super::fixture::{ANNA, BENI, Bench, office, person, staff};
use crate::complaint::Directory;
use crate::desk::exporting::{self, Wanted};
use crate::desk::officer::{self, Destination};
use crate::desk::search::{self, Search};
use crate::desk::staff::Staff;
use crate::desk::{Office, bank, reading};
use crate::ticket::{Category, Role, Stage};

/// DISHUB has become part of PERHUBKIM, to which Dina is bound now; nobody takes all.
fn renamed() -> Arc<Office> {
    let units = include_str!("../../../config/units.tsv");
    let units = units.replace(
        "\nDISHUB\tDinas Perhubungan\t",
        "\nPERHUBKIM\tDinas Perhubungan dan Permukiman\tDISHUB ",
    );
    let mut people = staff();
    people.retain(|person| person.id.as_str() != "budi" && person.id.as_str() != "wati");
    people.push(person("dina", &[Role::Member], &["PERHUBKIM"]));
    let directory = Directory::from_tsv(&units).unwrap();
    assert!(directory.find("DISHUB").is_none());
    Arc::new(Office { directory, staff: Staff::new(people), ..office() })
}

fn inbox(bench: &Bench, user: &str) -> Vec<String> {
    let inbox = bench.act(user, |tx, office, who, now| reading::inbox(tx, office, who, true, now));
    inbox.unwrap().tickets.iter().map(|ticket| ticket.number.to_string()).collect()
}

#[test]
fn open_tickets_of_the_old_code_are_the_new_units() {
    let mut bench = Bench::new();
    let number = bench.complaint();
    let copied = bench.say(BENI, "PUPR # jalan berlubang di Jl Melati").number();
    let copy = copied.clone();
    bench
        .act("sari", move |tx, office, who, now| {
            crate::desk::copying::copy(tx, office, who, (&copy, &["DISHUB".to_owned()]), now)
        })
        .unwrap();
    bench.office = renamed();
    assert_eq!(inbox(&bench, "dina"), [number.clone(), copied.clone()]);
    for typed in ["PERHUBKIM", "DISHUB"] {
        let wanted = Search { unit: Some(typed.to_owned()), ..Search::default() };
        for user in ["sari", "dina"] {
            let wanted = wanted.clone();
            let found = bench.act(user, move |tx, office, who, now| {
                search::search(tx, office, who, &wanted, now)
            });
            let found: Vec<String> =
                found.unwrap().tickets.iter().map(|ticket| ticket.number.to_string()).collect();
            assert_eq!(found, [copied.clone(), number.clone()], "{user}, {typed}");
        }
    }
    // It goes to the anggota of the new unit without being told which one that is.
    let typed = number.clone();
    let assigned = bench.act("sari", move |tx, office, who, now| {
        let to = Destination { category: Some(Category::Complaint), ..Destination::default() };
        officer::assign(tx, office, who, (&typed, &to), now)
    });
    let ticket = assigned.unwrap().ticket;
    assert_eq!(
        (ticket.unit.as_deref(), ticket.assignee.as_deref()),
        (Some("PERHUBKIM"), Some("dina"))
    );
    assert_eq!(bench.stage(&number), Stage::Analysis);
}

#[test]
fn notes_of_the_old_code_answer_for_the_new_unit() {
    let mut bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Lampu diperbaiki.");
    let note = bench
        .act("ratna", move |tx, office, who, now| {
            bank::remember(tx, office, who, (&first, "Lampu merah mati", None, None), now)
        })
        .unwrap()
        .note;
    bench.minutes(31);
    let old = bench.say(ANNA, "DISHUB # lampu merah Jl Melati mati").number();
    bench.office = renamed();
    bench.minutes(31);
    let new = bench.say(ANNA, "DISHUB # lampu merah Jl Mawar mati").number();
    assert_eq!(bench.ticket(&new).unit.as_deref(), Some("PERHUBKIM"));
    for (number, unit) in [(&old, "DISHUB"), (&new, "PERHUBKIM")] {
        let shown = number.clone();
        let file = bench
            .act("sari", move |tx, office, who, now| reading::show(tx, office, who, &shown, now));
        let [known] = file.unwrap().known.try_into().unwrap();
        assert_eq!((known.answer.id, known.answer.unit.as_str()), (note, unit), "as its own");
        answer(&bench, number, "sari", note, &[]).unwrap();
    }
    for typed in [None, Some("PERHUBKIM"), Some("DISHUB")] {
        let known =
            bench.act("sari", move |tx, office, who, _| reading::known(tx, office, who, typed));
        let notes: Vec<_> = known.unwrap().into_iter().map(|note| (note.id, note.unit)).collect();
        assert_eq!(notes, [(note, "PERHUBKIM".to_owned())], "{typed:?}");
    }
}

#[test]
fn what_is_exported_for_the_new_unit_holds_what_stands_under_the_old_code() {
    let mut bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.office = renamed();
    for (typed, found) in [("PERHUBKIM", vec![number]), ("PUPR", vec![])] {
        let wanted = Wanted { unit: Some(typed.to_owned()), ..Wanted::default() };
        let exported = bench.act("sari", move |tx, office, who, now| {
            exporting::export(tx, office, who, &wanted, now)
        });
        let complaints = exported.unwrap().complaints;
        let numbers: Vec<String> =
            complaints.iter().map(|complaint| complaint.ticket.number.to_string()).collect();
        assert_eq!(numbers, found, "{typed}");
    }
}
