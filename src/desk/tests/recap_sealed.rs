//! What the closed path does to the months: it shows as numbers only (9.4, rule 5), and they balance all the same (rule 7).

use super::fixture::{ANNA, BENI, Bench};
use super::recap::holds;
use super::{hand_over, restrict, unrestrict};
use crate::desk::closing::Closing;
use crate::desk::officer::Destination;
use crate::desk::recap::{Counts, Month, Recap, count};
use crate::desk::signing;
use crate::ticket::{Category, CloseReason, Stage};
use serde_json::json;

const HERE: Destination<'_> =
    Destination { unit: None, category: Some(Category::Complaint), member: None, copies: None };

#[test]
fn the_closed_path_shows_as_numbers_only() {
    let bench = Bench::new();
    let ordinary = bench.complaint();
    let sealed = bench.say(BENI, "PUPR # petugas minta uang 50rb").number();
    restrict(&bench, &sealed, "sari");
    let recap = bench.recap(2026, 11);
    holds(&recap);
    assert_eq!((recap.sealed, recap.summary.received), ((1, 0, 0), 1));
    assert!(!recap.units.contains_key("PUPR"));
    assert_eq!(
        recap.open.iter().map(|open| open.number.as_str()).collect::<Vec<_>>(),
        [ordinary.as_str()]
    );
    hand_over(&bench, &sealed);
    let recap = bench.recap(2026, 11);
    holds(&recap);
    assert_eq!((recap.sealed, recap.summary.closed_in_all()), ((1, 1, 0), 0));
}

#[test]
fn what_came_back_from_the_closed_path_is_ordinary_until_it_goes_there_again() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    let to = Destination { category: Some(Category::Complaint), ..Destination::default() };
    unrestrict(&bench, &number, "ratna", to).unwrap();
    assert_eq!(bench.stage(&number), Stage::Analysis);
    let recap = bench.recap(2026, 11);
    holds(&recap);
    assert_eq!((recap.sealed, recap.summary.received, recap.summary.closing), ((1, 0, 1), 1, 1));
    restrict(&bench, &number, "ratna");
    let recap = bench.recap(2026, 11);
    assert_eq!((recap.sealed, recap.summary.received), ((2, 0, 1), 0));
}

/// Signs a month of 2026 as it is counted now.
fn sign(bench: &Bench, month: u32) {
    bench
        .act("ratna", move |tx, office, who, now| {
            let counted = count(tx, office, who, (Month::new(2026, month)?, false), now)?;
            let told = json!({ "seal": { "row": counted.seal.as_ref().map(|seal| seal.id) } });
            signing::sign(tx, office, who, (&counted, &told.to_string()), now)
        })
        .unwrap();
}

/// A unit's line of part B: what it begins with, came, was opened again, was closed, and is left.
fn line(recap: &Recap, unit: &str) -> Option<[i64; 5]> {
    holds(recap);
    let figures = |counts: &Counts| {
        let closed = counts.closed_in_all();
        [counts.opening, counts.received, counts.reopened, closed, counts.closing]
    };
    recap.units.get(unit).map(|(_, counts)| figures(counts))
}

/// How many lines of a unit part E and the annex have.
fn lists(recap: &Recap, unit: &str) -> (usize, usize) {
    let of_unit = |code: Option<&str>| code == Some(unit);
    let open = recap.open.iter().filter(|line| of_unit(line.unit.as_deref()));
    let entries = recap.register.iter().flat_map(|register| &register.entries);
    (open.count(), entries.filter(|line| of_unit(line.unit.as_deref())).count())
}

/// What is told of the months but for part G.
fn told(recap: &Recap) -> String {
    let Recap { summary, units, categories, steps, open, register, .. } = recap;
    format!("{summary:?} {units:?} {categories:?} {steps:?} {open:?} {register:?}")
}

#[test]
fn a_month_that_nobody_has_signed_is_as_if_the_case_had_never_been() {
    let another = Bench::new();
    another.complaint();
    another.at("02-12-2026 08.00");
    let without = told(&another.recap(2026, 11));
    let bench = Bench::new();
    bench.complaint();
    bench.at("30-11-2026 15.00");
    let case = bench.say(BENI, "PUPR # petugas minta uang 50rb").number();
    bench.at("02-12-2026 08.00");
    assert_eq!(line(&bench.recap(2026, 11), "PUPR"), Some([0, 1, 0, 0, 1]));
    assert_eq!(lists(&bench.recap(2026, 11), "PUPR"), (1, 1));
    restrict(&bench, &case, "sari");
    let november = bench.recap(2026, 11);
    holds(&november);
    let annexed = without.replace("sealed: 0", "sealed: 1");
    assert_eq!(told(&november), annexed, "of it the annex tells a number");
    assert_eq!(line(&bench.recap(2026, 12), "PUPR"), None);
    assert_eq!(bench.recap(2026, 12).sealed, (1, 0, 0));
    hand_over(&bench, &case);
    assert_eq!(told(&bench.recap(2026, 11)), annexed);
    assert_eq!(line(&bench.recap(2026, 12), "PUPR"), None);
}

#[test]
fn what_a_signed_month_has_counted_leaves_its_unit_among_the_closed() {
    let bench = Bench::new();
    let case = bench.complaint();
    bench.at("01-12-2026 08.00");
    sign(&bench, 11);
    let signed = bench.recap(2026, 11);
    bench.at("10-12-2026 08.00");
    restrict(&bench, &case, "sari");
    let november = bench.recap(2026, 11);
    assert_eq!((&november.summary, &november.units), (&signed.summary, &signed.units));
    assert_eq!(lists(&november, "DISHUB"), (0, 0), "no list names it any more");
    let december = bench.recap(2026, 12);
    assert_eq!(line(&december, "DISHUB"), Some([1, 0, 0, 1, 0]), "it begins with what was left");
    assert_eq!(december.summary.closed.get("TERTUTUP_ETIK"), Some(&1));
    assert_eq!((december.summary.answered, december.steps[0].measured), (0, 0));
    // It is in the hands of others, whatever they do with it.
    bench.at("04-01-2027 08.00");
    hand_over(&bench, &case);
    assert_eq!(line(&bench.recap(2026, 12), "DISHUB"), Some([1, 0, 0, 1, 0]));
    assert_eq!(line(&bench.recap(2027, 1), "DISHUB"), None);
    assert_eq!(bench.recap(2027, 1).sealed, (0, 1, 0));
}

#[test]
fn an_answer_that_the_seal_took_back_stays_in_the_month_that_was_signed_with_it() {
    let bench = Bench::new();
    let case = bench.complaint();
    bench.told(ANNA);
    bench.at("30-11-2026 21.00");
    bench.approved(&case, "Lampu diperbaiki.");
    bench.send(&case, "sari").unwrap();
    bench.at("01-12-2026 06.00");
    sign(&bench, 11);
    let signed = bench.recap(2026, 11);
    assert_eq!(signed.summary.answered, 1);
    restrict(&bench, &case, "sari");
    assert_eq!(bench.ticket(&case).answered_at, None, "it waited for the morning");
    let november = bench.recap(2026, 11);
    assert_eq!((november.summary, november.units), (signed.summary, signed.units));
}

#[test]
fn what_is_sealed_after_a_months_end_and_before_its_report_is_signed_leaves_in_it() {
    let bench = Bench::new();
    let case = bench.complaint();
    bench.at("01-12-2026 08.00");
    sign(&bench, 11);
    bench.at("02-01-2027 08.00");
    restrict(&bench, &case, "sari");
    let december = bench.recap(2026, 12);
    assert_eq!(line(&december, "DISHUB"), Some([1, 0, 0, 1, 0]));
    assert_eq!(lists(&december, "DISHUB").0, 0);
    sign(&bench, 12);
    assert_eq!(line(&bench.recap(2026, 12), "DISHUB"), Some([1, 0, 0, 1, 0]));
    assert_eq!(line(&bench.recap(2027, 1), "DISHUB"), None);
}

#[test]
fn what_comes_back_is_opened_again_where_a_signed_month_did_not_know_it() {
    let bench = Bench::new();
    let case = bench.complaint();
    restrict(&bench, &case, "sari");
    bench.at("02-12-2026 08.00");
    sign(&bench, 11);
    unrestrict(&bench, &case, "ratna", HERE).unwrap();
    let november = bench.recap(2026, 11);
    assert_eq!((line(&november, "DISHUB"), lists(&november, "DISHUB")), (None, (0, 0)));
    let december = bench.recap(2026, 12);
    assert_eq!(line(&december, "DISHUB"), Some([0, 0, 1, 0, 1]));
    assert_eq!(lists(&december, "DISHUB"), (1, 0));
    // Once more: December is not signed, and knows nothing of it again.
    restrict(&bench, &case, "ratna");
    assert_eq!(line(&bench.recap(2026, 12), "DISHUB"), None);
}

#[test]
fn what_comes_back_before_anybody_signs_was_never_away() {
    let bench = Bench::new();
    let case = bench.complaint();
    restrict(&bench, &case, "sari");
    bench.at("02-12-2026 08.00");
    unrestrict(&bench, &case, "ratna", HERE).unwrap();
    let november = bench.recap(2026, 11);
    assert_eq!(line(&november, "DISHUB"), Some([0, 1, 0, 0, 1]));
    assert_eq!(lists(&november, "DISHUB"), (1, 1));
    assert_eq!(november.open[0].stage, Stage::Analysis, "not that it was on the closed path then");
    assert_eq!(line(&bench.recap(2026, 12), "DISHUB"), Some([1, 0, 0, 0, 1]));
}

#[test]
fn a_report_that_is_given_back_has_counted_nothing() {
    let bench = Bench::new();
    let case = bench.complaint();
    bench.at("01-12-2026 08.00");
    sign(&bench, 11);
    restrict(&bench, &case, "sari");
    bench
        .act("hadi", |tx, _, who, now| {
            signing::give_back(tx, who, (Month::new(2026, 11)?, "kurang"), now)
        })
        .unwrap();
    assert_eq!(line(&bench.recap(2026, 11), "DISHUB"), None);
    assert_eq!(line(&bench.recap(2026, 12), "DISHUB"), None);
    sign(&bench, 11);
    assert_eq!(line(&bench.recap(2026, 11), "DISHUB"), None);
}

#[test]
fn what_is_joined_to_a_case_goes_as_it_goes() {
    let bench = Bench::new();
    let case = bench.complaint();
    let joined = bench.say(BENI, "PUPR # lampu simpang pasar kok mati").number();
    bench.at("01-12-2026 08.00");
    sign(&bench, 11);
    let units = bench.recap(2026, 11).units;
    restrict(&bench, &case, "sari");
    let closing = Closing {
        reason: CloseReason::Duplicate,
        main: Some(case.clone()),
        party: None,
        contact: None,
        words: None,
    };
    bench
        .act("ratna", move |tx, office, who, now| {
            crate::desk::closing::close(tx, office, who, (&joined, &closing), now)
        })
        .unwrap();
    assert_eq!(bench.recap(2026, 11).units, units);
    let december = bench.recap(2026, 12);
    assert_eq!(line(&december, "PUPR"), Some([1, 0, 0, 1, 0]));
    assert_eq!(december.summary.closed.get("TERTUTUP_ETIK"), Some(&2));
    bench.say(ANNA, &format!("BATAL {case}"));
    assert_eq!(told(&bench.recap(2026, 12)), told(&december), "who takes its place is sealed too");
}
