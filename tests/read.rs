//! Every labelled message of the sample file, through the reading that intake uses; and `data/readings.tsv`, one message
//! for each turn of the rules, whose notes cite the section and form of the procedure that decides it.
//!
//! The file's `kind` is the judgement of a careful officer. What the system decides is compared as it is; what it only
//! proposes must be among its flags: `spam`, `abuse`, `ethics`; `unclear` shows as `unclear`, `courtesy` or `empty`.

use aduan::cli::read::{object, unescape};
use aduan::complaint::Directory;

const SAMPLES: &str = include_str!("data/sample-complaints.tsv");
const READINGS: &str = include_str!("data/readings.tsv");
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
fn a_keyword_suggests_the_unit_that_the_procedure_names() {
    let directory = Directory::from_tsv(UNITS).unwrap();
    for (text, unit) in [
        ("jalan rusak di desa kami", "PUPR"),
        ("jembatan putus", "PUPR"),
        ("lampu mati di gang mawar", "DISHUB"),
        ("lampu jalan mati", "DISHUB"),
        ("sampah menumpuk", "DLH"),
        ("KTP saya belum jadi", "DISDUKCAPIL"),
        ("urus KK lama sekali", "DISDUKCAPIL"),
        ("atap pasar bocor", "DISPERINDAG"),
    ] {
        let object = object(text, &directory);
        assert_eq!(object["suggestions"][0], unit, "{text}: {object}");
    }
}

#[test]
fn two_codes_are_both_suggested() {
    let directory = Directory::from_tsv(UNITS).unwrap();
    for text in [
        "DISHUB PUPR # gelap",
        "DLH/DISHUB # gelap",
        "PU dan dishub # gelap",
        "dishub, pupr gelap",
        "lapor pak dishub dan pupr # gelap",
        "DISHUB tolong teruskan ke PUPR # gelap",
    ] {
        let object = object(text, &directory);
        let suggested = object["suggestions"].as_array().unwrap();
        assert!(object["unit"].is_null() && suggested.len() >= 2, "{text}: {object}");
        assert_eq!(object["named"].as_array().unwrap().len(), 2, "{text}: {object}");
    }
}

#[test]
fn units_are_named_together_where_one_belongs_and_nowhere_else() {
    let directory = Directory::from_tsv(UNITS).unwrap();
    for (text, named) in [
        ("DISHUB PUPR # gelap", &["DISHUB", "PUPR"][..]),
        ("dlh, dishub dan pupr # gelap", &["DLH", "DISHUB", "PUPR"]),
        // One of them, a typing error between two, a topic, a unit of which is spoken, and the one that stands for none.
        ("DISHUB # lampu mati dekat kantor PUPR", &[]),
        ("DINKOS # antre lama", &[]),
        ("jalan rusak, sampah menumpuk", &[]),
        ("lampu mati di depan RSUD dan DISDIK", &[]),
        ("UMUM DISHUB # gelap", &[]),
        ("STATUS", &[]),
    ] {
        let object = object(text, &directory);
        assert_eq!(object["named"], serde_json::json!(named), "{text}: {object}");
    }
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

/// The columns are `text`, `unit`, `body`, `kind`, `number`, `flags`, `note`. The body `=` is the whole text; of the
/// flags, those named must be there and those behind `!` must not.
#[test]
fn every_reading_is_what_the_rule_in_its_note_says() {
    let directory = Directory::from_tsv(UNITS).unwrap();
    let mut wrong = Vec::new();
    for row in READINGS.lines().skip(1) {
        let [text, unit, body, kind, number, flags, note] = row.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("seven columns: {row}");
        };
        let reading = object(text, &directory);
        let body = if body == "=" { text } else { body };
        let found = [
            ("unit", reading["unit"].as_str().unwrap_or(""), unit),
            ("body", reading["body"].as_str().unwrap(), &unescape(body)),
            ("kind", reading["kind"].as_str().unwrap(), kind),
            ("number", reading["number"].as_str().unwrap_or(""), number),
        ];
        for (what, found, expected) in found.into_iter().filter(|(_, left, right)| left != right) {
            wrong.push(format!("{text}\n  {what} {found:?}, not {expected:?}: {note}"));
        }
        let given = reading["flags"].as_array().unwrap();
        for flag in flags.split(',').filter(|flag| !flag.is_empty()) {
            let (flag, expected) =
                flag.strip_prefix('!').map_or((flag, true), |flag| (flag, false));
            if given.iter().any(|given| given == flag) != expected {
                wrong.push(format!("{text}\n  flag {flag} {}: {note}", !expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
