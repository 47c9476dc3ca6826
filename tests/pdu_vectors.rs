//! All TPDU vectors: published logs and constructed ones, good and broken, compared field by field.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the table is part of the test: a bad row must stop it"
)]

use aduan::cli::pdu::{Direction, object};
use aduan::sms::{Deliver, StatusReport, Submit, hex, split_smsc};
use serde_json::Value;

const VECTORS: &str = include_str!("data/pdu-vectors.tsv");

struct Vector<'a> {
    id: &'a str,
    direction: Direction,
    with_smsc: bool,
    hex: &'a str,
    expect: Value,
}

fn vectors() -> impl Iterator<Item = Vector<'static>> {
    VECTORS.lines().skip(1).map(|row| {
        let [id, direction, smsc, hex, expect, ..] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("a row has at least five columns: {row}");
        };
        let direction = match direction {
            "deliver" => Direction::Deliver,
            "submit" => Direction::Submit,
            _ => Direction::StatusReport,
        };
        let mut expect: Value = serde_json::from_str(expect).unwrap();
        expect.as_object_mut().unwrap().remove("note");
        Vector { id, direction, with_smsc: smsc == "yes", hex, expect }
    })
}

#[test]
fn every_vector_is_read_as_expected() {
    let mut wrong = Vec::new();
    for vector in vectors() {
        let read = object(vector.hex, vector.with_smsc, Some(vector.direction));
        let refused = vector.expect.get("error").is_some();
        if if refused { read.get("error").is_none() } else { read != vector.expect } {
            wrong.push(format!("{}\n  read   {read}\n  expect {}", vector.id, vector.expect));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Only what the two type bits leave open needs `--direction`.
#[test]
fn the_type_bits_tell_the_direction_of_what_is_well_formed() {
    for vector in vectors().filter(|vector| vector.expect.get("error").is_none()) {
        let told = object(vector.hex, vector.with_smsc, Some(vector.direction));
        let inferred = object(vector.hex, vector.with_smsc, None);
        let type_bits = vector.expect["first_octet"].as_u64().unwrap() & 3;
        let expected = if vector.direction == Direction::Deliver {
            type_bits == 0 || type_bits == 3
        } else {
            type_bits == if vector.direction == Direction::Submit { 1 } else { 2 }
        };
        assert_eq!(inferred == told, expected, "{}", vector.id);
    }
}

/// Written again, a TPDU says the same. Octets may differ only where nobody reads them: filler bits behind the last septet.
#[test]
fn what_was_read_is_written_back_without_loss() {
    let (mut same, mut all) = (0, 0);
    for vector in vectors().filter(|vector| vector.expect.get("error").is_none()) {
        let octets = hex::decode(vector.hex).unwrap();
        let (head, tpdu) = if vector.with_smsc {
            let tpdu = split_smsc(&octets).unwrap().1;
            octets.split_at(octets.len() - tpdu.len())
        } else {
            ([].as_slice(), octets.as_slice())
        };
        let written = if vector.direction == Direction::Deliver {
            Deliver::decode(tpdu).unwrap().encode()
        } else if vector.direction == Direction::Submit {
            Submit::decode(tpdu).unwrap().encode()
        } else {
            StatusReport::decode(tpdu).unwrap().encode()
        };
        all += 1;
        // More than 140 octets of user data is read out of kindness, and never written.
        let Ok(written) = written else { continue };
        let mut expect = vector.expect.clone();
        let trailing = expect.as_object_mut().unwrap().remove("trailing_octets");
        let trailing = trailing.and_then(|count| count.as_u64()).unwrap_or(0);
        expect["tpdu_length"] = (tpdu.len() as u64 - trailing).into();
        let again = [head, &written].concat();
        assert_eq!(
            object(&hex::encode(&again), vector.with_smsc, Some(vector.direction)),
            expect,
            "{}",
            vector.id
        );
        same += usize::from(tpdu.starts_with(&written));
    }
    assert!(same * 100 >= all * 95, "{same} of {all} to the octet");
}

/// Behind TP-ST a report may end where it likes: its last fields are optional.
#[test]
fn a_vector_cut_anywhere_is_an_error_that_names_field_and_octet() {
    for vector in vectors().filter(|vector| vector.expect.get("error").is_none()) {
        let octets = hex::decode(vector.hex).unwrap();
        let trailing = vector.expect["trailing_octets"].as_u64().unwrap_or(0);
        let end = octets.len() - usize::try_from(trailing).unwrap();
        for cut in 0..end {
            let read =
                object(&hex::encode(&octets[..cut]), vector.with_smsc, Some(vector.direction));
            let Some(error) = read["error"].as_str() else {
                assert_eq!(read["status"], vector.expect["status"], "{} at {cut}", vector.id);
                assert_eq!(vector.direction, Direction::StatusReport, "{} at {cut}", vector.id);
                continue;
            };
            let (field, octet) = error.split_once(" is cut short at octet ").unwrap();
            assert!(field.contains("TP-") || field.ends_with("address") || field == "first octet");
            assert!(octet.parse::<usize>().unwrap() <= cut, "{} at {cut}: {error}", vector.id);
        }
    }
}
