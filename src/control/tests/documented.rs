//! `docs/protocol.md` is true: its examples are what the code reads and writes, its table is the code's.

use std::collections::BTreeSet;

use crate::control::protocol::{Ailment, Ask, Tell, Trouble};
use crate::control::trouble::tests::every_problem;

const PAGE: &str = include_str!("../../../docs/protocol.md");

/// The blocks that open with this fence, in order.
fn blocks(fence: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        if line == fence {
            blocks.push(
                lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>().join("\n"),
            );
        }
    }
    blocks
}

fn tag(json: &str, field: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    value[field].as_str().unwrap().to_owned()
}

/// Every name that serde knows, as it says itself when it meets another.
pub(super) fn names<T: serde::de::DeserializeOwned + std::fmt::Debug>(
    field: &str,
) -> BTreeSet<String> {
    let error =
        serde_json::from_str::<T>(&format!("{{\"{field}\":\"?\"}}")).unwrap_err().to_string();
    error.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_ask_has_an_example_that_is_read() {
    let mut shown = BTreeSet::new();
    for block in blocks("```json ask") {
        let ask =
            Ask::from_json(block.as_bytes()).unwrap_or_else(|error| panic!("{error}: {block}"));
        assert_eq!(ask.name(), tag(&block, "ask"));
        shown.insert(ask.name().to_owned());
    }
    assert_eq!(shown, names::<Ask>("ask"));
}

#[test]
fn every_tell_has_an_example_with_all_its_fields() {
    let mut shown = BTreeSet::new();
    for block in blocks("```json tell") {
        let tell: Tell =
            serde_json::from_str(&block).unwrap_or_else(|error| panic!("{error}: {block}"));
        let value: serde_json::Value = serde_json::from_str(&block).unwrap();
        assert_eq!(serde_json::to_value(&tell).unwrap(), value, "a field is missing or too many");
        shown.insert(tag(&block, "tell"));
    }
    assert_eq!(shown, names::<Tell>("tell"));
}

#[test]
fn every_trouble_shown_is_one() {
    let blocks = blocks("```json trouble");
    assert!(!blocks.is_empty());
    for block in blocks {
        let trouble: Trouble = serde_json::from_str(&block).unwrap();
        let value: serde_json::Value = serde_json::from_str(&block).unwrap();
        assert_eq!(serde_json::to_value(&trouble).unwrap(), value);
    }
}

#[test]
fn every_ailment_shown_is_one() {
    let blocks = blocks("```json ailment");
    assert!(!blocks.is_empty());
    for block in blocks {
        let ailment: Ailment = serde_json::from_str(&block).unwrap();
        let value: serde_json::Value = serde_json::from_str(&block).unwrap();
        assert_eq!(serde_json::to_value(&ailment).unwrap(), value);
    }
}

#[test]
fn the_table_of_codes_is_the_codes_of_the_program() {
    let documented: BTreeSet<(String, String, String)> = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| {
            let cells: Vec<_> = line.split('|').map(str::trim).collect();
            let [code, status, details, _, ""] = cells.as_slice() else { return None };
            Some((
                code.trim_end_matches('`').to_owned(),
                (*status).to_owned(),
                details.replace('`', ""),
            ))
        })
        .collect();
    let mut real: BTreeSet<(String, String, String)> = BTreeSet::new();
    for problem in every_problem() {
        let trouble = problem.trouble(None);
        let mut details: Vec<_> = trouble.details.keys().map(String::as_str).collect();
        if trouble.code == "NOT_PERMITTED" {
            details.push("role");
        }
        let details = if details.is_empty() { "–".to_owned() } else { details.join(", ") };
        real.insert((trouble.code, problem.status().as_str().to_owned(), details));
    }
    assert_eq!(documented, real);
}
