//! Several units named in one complaint: one answers, the others get a copy and read (A17).

use super::fixture::{ANNA, BENI, Bench, person, refused, staff};
use super::{restrict, turn};
use crate::desk::officer::{self, Destination, Done};
use crate::desk::search::{self, Search};
use crate::desk::{Error, bank, copying, correcting, reading, turning};
use crate::store::tickets::Ticket;
use crate::ticket::{Category, Role, Stage};

/// The office with an anggota of PUPR alone.
fn bench() -> Bench {
    let mut people = staff();
    people.push(person("tuti", &[Role::Member], &["PUPR"]));
    people.push(person("yani", &[Role::Member], &["DLH"]));
    let people = people.into_iter().filter(|person| person.id.as_str() != "wati").collect();
    Bench::with_staff(people)
}

fn copy(bench: &Bench, number: &str, user: &str, units: &[&str]) -> Result<Ticket, Error> {
    let (number, units) = (number.to_owned(), owned(units));
    let done: Result<Done, Error> = bench.act(user, move |tx, office, who, now| {
        copying::copy(tx, office, who, (&number, &units), now)
    });
    Ok(done?.ticket)
}

fn owned(units: &[&str]) -> Vec<String> {
    units.iter().map(|unit| (*unit).to_owned()).collect()
}

fn assign(
    bench: &Bench,
    number: &str,
    unit: &'static str,
    copies: Option<&[&str]>,
) -> Result<Ticket, Error> {
    let (number, copies) = (number.to_owned(), copies.map(owned));
    let done = bench.act("sari", move |tx, office, who, now| {
        let to = Destination {
            unit: Some(unit),
            category: Some(Category::Complaint),
            member: None,
            copies: copies.as_deref(),
        };
        officer::assign(tx, office, who, (&number, &to), now)
    });
    Ok(done?.ticket)
}

fn shown(bench: &Bench, number: &str, user: &str) -> Result<reading::CaseFile, Error> {
    let number = number.to_owned();
    bench.act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now))
}

fn found(bench: &Bench, user: &str, unit: Option<&str>) -> Vec<String> {
    let unit = unit.map(str::to_owned);
    let wanted = Search { words: "gelap".to_owned(), unit, ..Search::default() };
    let found = bench
        .act(user, move |tx, office, who, now| search::search(tx, office, who, &wanted, now))
        .unwrap();
    found.tickets.iter().map(|ticket| ticket.number.to_string()).collect()
}

#[test]
fn two_units_in_a_text_are_proposed_and_nobody_guesses() {
    let bench = bench();
    let heard = bench.say(ANNA, "DISHUB PUPR # simpang gelap dan berlubang");
    let ticket = heard.ticket.clone().unwrap();
    assert_eq!((ticket.unit, ticket.copies), (None, vec![]));
    assert_eq!(ticket.named, ["DISHUB", "PUPR"]);
    assert!(heard.reply().contains("Petugas akan menentukan"), "{}", heard.reply());
    for user in ["budi", "tuti"] {
        assert_eq!(refused(shown(&bench, &heard.number(), user)), "NO_SUCH_TICKET", "{user}");
    }
}

#[test]
fn one_unit_answers_and_the_others_read() {
    let bench = bench();
    let number = bench.say(ANNA, "DISHUB PUPR # simpang gelap").number();
    let ticket = assign(&bench, &number, "dishub", Some(&["pu", "PUPR", "DISHUB", "dlh"])).unwrap();
    assert_eq!(
        (ticket.unit.as_deref(), ticket.assignee.as_deref()),
        (Some("DISHUB"), Some("budi"))
    );
    assert_eq!(ticket.copies, ["PUPR", "DLH"], "each once, and not who answers");
    for user in ["tuti", "yani"] {
        let file = shown(&bench, &number, user).unwrap();
        assert_eq!(file.citizen, "+62 812-****-*001", "{user} sees the number masked");
        let inbox = |all| {
            let inbox = bench
                .act(user, move |tx, office, who, now| reading::inbox(tx, office, who, all, now));
            inbox.unwrap().tickets.len()
        };
        assert_eq!((inbox(false), inbox(true)), (0, 1), "{user} has nothing to do");
        assert_eq!(refused(bench.propose(&number, user, "x")), "NOT_PERMITTED", "{user}");
        let returned = turn(&bench, &number, user, "bukan kami", turning::return_unit);
        assert_eq!(refused(returned), "NOT_PERMITTED", "{user}");
        assert_eq!(refused(turn(&bench, &number, user, "x", correcting::note)), "NOT_PERMITTED");
        assert_eq!(refused(copy(&bench, &number, user, &[])), "NOT_PERMITTED", "{user}");
    }
    bench.approved(&number, "Lampu diperbaiki.");
    bench.told(ANNA);
    bench.send(&number, "sari").unwrap();
    let answers = bench.told(ANNA);
    assert_eq!(answers.len(), 1, "one answer to the citizen: {answers:?}");
    let kept = number.clone();
    let remembered = bench.act("tuti", move |tx, office, who, now| {
        bank::remember(tx, office, who, (&kept, "lampu", None, None), now)
    });
    assert_eq!(refused(remembered), "NOT_PERMITTED");
}

#[test]
fn copies_are_changed_by_who_sorts_and_told_in_the_trail() {
    let bench = bench();
    let number = bench.say(ANNA, "DISHUB # simpang gelap").number();
    assert_eq!(refused(copy(&bench, &number, "budi", &["PUPR"])), "NOT_PERMITTED");
    assert_eq!(refused(copy(&bench, &number, "hadi", &["PUPR"])), "NOT_PERMITTED");
    assert_eq!(refused(copy(&bench, &number, "sari", &["ENTAH"])), "NO_SUCH_UNIT");
    assert_eq!(refused(copy(&bench, &number, "sari", &["UMUM"])), "NO_SUCH_UNIT");
    copy(&bench, &number, "sari", &["PUPR"]).unwrap();
    copy(&bench, &number, "sari", &["PUPR"]).unwrap();
    // Said again at the disposition or not, they stay; who says others, means those.
    assert_eq!(assign(&bench, &number, "DISHUB", None).unwrap().copies, ["PUPR"]);
    assert_eq!(copy(&bench, &number, "ratna", &["DLH", "PUPR"]).unwrap().copies, ["DLH", "PUPR"]);
    assert!(copy(&bench, &number, "sari", &[]).unwrap().copies.is_empty());
    let told: Vec<_> = bench
        .trail(&number)
        .into_iter()
        .filter(|line| line.action.starts_with("TEMBUSAN"))
        .map(|line| format!("{} {} {}", line.actor, line.action, line.detail))
        .collect();
    assert_eq!(
        told,
        [
            r#"sari TEMBUSAN {"tembusan":"PUPR"}"#,
            r#"ratna TEMBUSAN {"tembusan":"DLH PUPR"}"#,
            r#"sari TEMBUSAN_DICABUT {"tembusan":"DLH PUPR"}"#,
        ]
    );
    assert_eq!(refused(shown(&bench, &number, "tuti")), "NO_SUCH_TICKET", "it is gone");
}

#[test]
fn the_disposition_says_in_the_trail_who_gets_a_copy() {
    let bench = bench();
    let number = bench.say(ANNA, "DISHUB # simpang gelap").number();
    assign(&bench, &number, "DISHUB", Some(&["PUPR"])).unwrap();
    let line = bench.trail(&number).pop().unwrap();
    assert!(line.detail.contains(r#""tembusan":"PUPR""#), "{}", line.detail);
}

#[test]
fn whoever_answers_gets_no_copy_however_it_came_to_that() {
    let bench = bench();
    let number = bench.say(ANNA, "DISHUB # simpang gelap").number();
    assign(&bench, &number, "DISHUB", Some(&["PUPR", "DLH"])).unwrap();
    turn(&bench, &number, "budi", "jalan", turning::return_unit).unwrap();
    let ticket = assign(&bench, &number, "PUPR", None).unwrap();
    assert_eq!(ticket.copies, ["DLH"]);
    // A code that corrects a young ticket.
    let other = bench.say(BENI, "DISHUB # trotoar gelap").number();
    copy(&bench, &other, "sari", &["PUPR"]).unwrap();
    bench.say(BENI, "PUPR");
    let ticket = bench.ticket(&other);
    assert_eq!((ticket.unit.as_deref(), ticket.copies), (Some("PUPR"), vec![]));
}

#[test]
fn what_has_ended_or_is_sealed_is_copied_to_nobody() {
    let bench = bench();
    let number = bench.say(ANNA, "DISHUB # simpang gelap").number();
    copy(&bench, &number, "sari", &["PUPR"]).unwrap();
    restrict(&bench, &number, "sari");
    assert_eq!(refused(shown(&bench, &number, "tuti")), "NO_SUCH_TICKET");
    assert!(found(&bench, "tuti", None).is_empty());
    assert_eq!(refused(copy(&bench, &number, "ratna", &["DLH"])), "OUT_OF_TURN");
    let other = bench.say(BENI, "DISHUB # trotoar gelap").number();
    bench.say(BENI, &format!("BATAL {other}"));
    assert_eq!(bench.stage(&other), Stage::Closed);
    assert_eq!(refused(copy(&bench, &other, "sari", &["PUPR"])), "OUT_OF_TURN");
}

#[test]
fn a_copy_is_found_by_its_unit() {
    let bench = bench();
    let number = bench.say(ANNA, "DISHUB # simpang gelap").number();
    bench.say(BENI, "DISHUB # trotoar gelap");
    assert!(found(&bench, "tuti", None).is_empty());
    copy(&bench, &number, "sari", &["PUPR"]).unwrap();
    assert_eq!(found(&bench, "tuti", None), [number.as_str()]);
    assert_eq!(found(&bench, "sari", Some("PUPR")), [number.as_str()]);
    assert!(found(&bench, "yani", None).is_empty(), "of another unit");
    assert_eq!(found(&bench, "sari", Some("DISHUB")).len(), 2);
}

#[test]
fn a_month_counts_a_complaint_once_for_the_unit_that_answers() {
    let bench = bench();
    let number = bench.say(ANNA, "DISHUB PUPR # simpang gelap").number();
    assign(&bench, &number, "DISHUB", Some(&["PUPR"])).unwrap();
    let recap = bench.recap(2026, 11);
    super::recap::holds(&recap);
    assert_eq!(recap.units.keys().map(String::as_str).collect::<Vec<_>>(), ["DISHUB"]);
}

#[test]
fn the_unit_that_answers_is_told_to_need_no_copy() {
    let bench = bench();
    let number = bench.complaint();
    let act = |units: &[&str]| {
        let (number, units) = (number.clone(), owned(units));
        let done = bench.act("sari", move |tx, office, who, now| {
            copying::copy(tx, office, who, (&number, &units), now)
        });
        let done = done.unwrap();
        (done.ticket.copies, done.needs_no_copy)
    };
    let dishub = Some("DISHUB".to_owned());
    assert_eq!(act(&["DLH"]), (owned(&["DLH"]), None));
    assert_eq!(act(&["dishub", "PUPR"]), (owned(&["PUPR"]), dishub.clone()));
    // Also where the list leaves the ticket by it, or stays.
    assert_eq!(act(&["DISHUB"]), (vec![], dishub.clone()));
    assert_eq!(act(&["DISHUB"]), (vec![], dishub.clone()));
    assert_eq!(act(&[]), (vec![], None));
    let typed = number.clone();
    let done = bench.act("sari", move |tx, office, who, now| {
        let copies = owned(&["PUPR", "DLH"]);
        let to = Destination {
            unit: Some("PUPR"),
            category: Some(Category::Complaint),
            member: None,
            copies: Some(&copies),
        };
        officer::assign(tx, office, who, (&typed, &to), now)
    });
    let done = done.unwrap();
    assert_eq!(
        (done.ticket.copies, done.needs_no_copy),
        (owned(&["DLH"]), Some("PUPR".to_owned()))
    );
}
