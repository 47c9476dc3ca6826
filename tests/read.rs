//! Every labelled message of the sample file, through the reading that intake uses.
//!
//! The file's `kind` is the judgement of a careful officer. What the system decides is compared as it is; what it only
//! proposes must be among its flags: `spam`, `abuse`, `ethics`; `unclear` shows as `unclear`, `courtesy` or `empty`.

use aduan::cli::read::{object, unescape};
use aduan::complaint::Directory;

const SAMPLES: &str = include_str!("data/sample-complaints.tsv");
const UNITS: &str = include_str!("../config/units.tsv");

#[test]
fn every_sample_is_read_as_a_careful_officer_would() {
    let directory = Directory::from_tsv(UNITS).unwrap();
    let mut wrong = Vec::new();
    for row in SAMPLES.lines().skip(1) {
        let [text, unit, body, kind, note] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {row}");
        };
        let reading = object(text, &directory);
        let mut complain = |what: &str| wrong.push(format!("{what}\n  {row}\n  {reading}"));
        let flags: Vec<&str> =
            reading["flags"].as_array().unwrap().iter().filter_map(|flag| flag.as_str()).collect();
        let suggested = reading["suggestions"].to_string();
        // By the sender, not by the text, is an operator's notice told.
        if kind == "operator-notice" {
            continue;
        }
        if reading["unit"].as_str().unwrap_or("") != unit {
            complain("unit");
        }
        let is_status = kind == "status";
        if is_status {
            if reading["number"].as_str().unwrap_or("") != body {
                complain("number");
            }
        } else if reading["body"].as_str() != Some(unescape(body).as_str()) {
            complain("body");
        }
        let read_kind = reading["kind"].as_str().unwrap();
        let expected = match kind {
            "status" if text.starts_with("BELUM") => "unsatisfied",
            "help" if text.starts_with("daftar") => "codes",
            "status" | "help" | "stop" => kind,
            _ => "complaint",
        };
        if read_kind != expected {
            complain("kind");
        }
        let flagged = |flag: &str| flags.contains(&flag);
        match kind {
            "spam" | "abuse" | "ethics" if !flagged(kind) => {
                complain("flag missing");
            }
            "unclear" if !["unclear", "courtesy", "empty"].into_iter().any(flagged) => {
                complain("flag missing");
            }
            "complaint"
                if ["spam", "abuse", "ethics", "unclear", "empty"].into_iter().any(flagged) =>
            {
                complain("flag too many");
            }
            _ => {}
        }
        if flagged("emergency") != note.starts_with("DARURAT") {
            complain("emergency");
        }
        if let Some((_, units)) = note.split_once("saran ") {
            for unit in units.split(", ").filter(|unit| !suggested.contains(*unit)) {
                complain(&format!("suggestion {unit}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_word_that_names_a_matter_suggests_no_unit_by_its_spelling() {
    let directory = Directory::from_tsv(UNITS).unwrap();
    for text in ["listrik padam terus", "PLN # listrik padam 8 jam"] {
        let object = object(text, &directory);
        assert_eq!(object["suggestions"], serde_json::json!([]), "{text}");
    }
    let mistyped = object("pdma air mati", &directory);
    assert_eq!(mistyped["suggestions"], serde_json::json!(["PDAM"]));
}
