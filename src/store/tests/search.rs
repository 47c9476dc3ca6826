//! Words of tickets: in step with their texts, and what somebody types is words and nothing else.

use super::*;
use crate::store::inbox::Outcome;
use crate::store::search::{Found, Query, Words, find, forget, sweep};

fn words(typed: &str) -> Query {
    Query { words: Some(Words::read(typed).unwrap()), ..Query::default() }
}

fn serials(found: &Found) -> Vec<u32> {
    found.tickets.iter().map(|ticket| ticket.number.serial()).collect()
}

fn open(tx: &Tx<'_>, serial: u32, body: &str) -> i64 {
    let ticket = Ticket {
        body: body.to_owned(),
        received_at: minutes(i64::from(serial)),
        ..super::ticket(serial)
    };
    let id = tickets::open(tx, &ticket, &entry("MASUK"), now()).unwrap();
    assert_eq!(tickets::by_id(tx, id).unwrap().unwrap().number, ticket.number);
    id
}

fn hits(tx: &Tx<'_>, query: &Query) -> Vec<u32> {
    serials(&find(tx, query, 50, |_| true).unwrap())
}

#[test]
fn all_words_must_occur_whatever_their_case_and_the_newest_ticket_is_first() {
    let bench = Bench::new();
    let tx = bench.tx();
    open(&tx, 1, "Lampu lalu-lintas Simpang Pasar MATI");
    open(&tx, 2, "lampu jalan mati, RT 05");
    open(&tx, 3, "Jalanan rusak; kafé tutup");
    assert_eq!(hits(&tx, &words("lampu mati")), [2, 1]);
    assert_eq!(hits(&tx, &words("MATI simpang")), [1]);
    assert_eq!(hits(&tx, &words("lalu-lintas")), [1]);
    assert_eq!(hits(&tx, &words("cafe")), [0; 0]);
    assert_eq!(hits(&tx, &words("kafe")), [3]);
    assert_eq!(hits(&tx, &words("jalan")), [2]);
    assert_eq!(hits(&tx, &words("jal*")), [3, 2]);
    // Too short a beginning is refused, and not silently another question.
    assert_eq!(Words::read("ja*"), None);
    assert!(Words::read("ja").is_some());
}

#[test]
fn no_operator_of_the_index_is_understood() {
    let bench = Bench::new();
    let tx = bench.tx();
    open(&tx, 1, "lampu mati");
    for typed in [
        "lampu OR banjir",
        "lampu NOT mati",
        "NEAR(lampu mati)",
        "text : banjir",
        "{text} : lampu ^banjir",
        "\"lampu\" AND \"banjir",
        "lampu' OR 1=1 --",
        "rowid:1 banjir",
    ] {
        assert_eq!(hits(&tx, &words(typed)), [0; 0], "{typed}");
    }
    assert_eq!(hits(&tx, &words("\"lampu\" (mati)")), [1]);
    for typed in ["", " ", "\"", "***", "()", "-", &"a".repeat(41), &"kata ".repeat(11)] {
        assert_eq!(Words::read(typed), None, "{typed}");
    }
}

#[test]
fn what_is_added_to_a_ticket_is_found_and_a_changed_text_by_its_new_words_only() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = open(&tx, 1, "lampu mati");
    let more =
        inbox::queue(&tx, &inbound("+6281200000001", "di jalan melati"), &[], now()).unwrap();
    let repeat = inbox::queue(&tx, &inbound("+6281200000001", "halo kantor"), &[], now()).unwrap();
    inbox::handled(&tx, more, Outcome::Addition, "SUSULAN", Some(id), now()).unwrap();
    inbox::handled(&tx, repeat, Outcome::Command, "STATUS", Some(id), now()).unwrap();
    assert_eq!(hits(&tx, &words("melati lampu")), [1]);
    assert_eq!(hits(&tx, &words("kantor")), [0; 0]);
    bench.connection.execute("UPDATE ticket SET body = 'lampu padam'", []).unwrap();
    assert_eq!((hits(&tx, &words("mati")), hits(&tx, &words("padam melati"))), (vec![], vec![1]));
    forget(&tx, id).unwrap();
    assert_eq!((hits(&tx, &words("padam")), hits(&tx, &words("melati"))), (vec![], vec![]));
    // Its words are not in the file any more either.
    sweep(&tx).unwrap();
    let left =
        "SELECT COUNT (*) FROM ticket_text_data WHERE instr (CAST (block AS TEXT), 'padam') > 0";
    assert_eq!(bench.count(left), 0);
}

#[test]
fn unit_stage_time_citizen_and_hands_narrow_it() {
    let bench = Bench::new();
    let tx = bench.tx();
    for serial in 1..=4 {
        open(&tx, serial, "lampu mati");
    }
    let change = "UPDATE ticket SET unit = 'PUPR' WHERE serial = 2;
                  UPDATE ticket SET stage = 'TELAAH', assignee = 'budi' WHERE serial = 3;
                  UPDATE ticket SET citizen = '+6281200000009' WHERE serial = 4";
    bench.connection.execute_batch(change).unwrap();
    let lampu = words("lampu");
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(hits(&tx, &Query { units: text("PUPR DPUPR"), ..lampu.clone() }), [2]);
    assert_eq!(hits(&tx, &Query { stage: text("TELAAH"), ..Query::default() }), [3]);
    let time = Query { from: Some(minutes(2)), until: Some(minutes(4)), ..Query::default() };
    assert_eq!(hits(&tx, &time), [3, 2]);
    assert_eq!(hits(&tx, &Query { words: lampu.words.clone(), ..time }), [3, 2]);
    let early = Query { until: Some(minutes(0)), ..lampu.clone() };
    assert_eq!(hits(&tx, &early), [0; 0]);
    let citizen = Query { citizen: text("+6281200000009"), ..Query::default() };
    assert_eq!(hits(&tx, &citizen), [4]);
    assert_eq!(hits(&tx, &Query { words: Words::read("banjir"), ..citizen.clone() }), [0; 0]);
    assert_eq!(hits(&tx, &Query { words: lampu.words.clone(), ..citizen }), [4]);
    let within = Some(("PUPR DLH".to_owned(), "budi".to_owned()));
    assert_eq!(hits(&tx, &Query { within, ..lampu }), [3, 2]);
}

#[test]
fn no_more_than_the_limit_is_told_and_that_there_is_more() {
    let bench = Bench::new();
    let tx = bench.tx();
    for serial in 1..=5 {
        open(&tx, serial, "lampu mati");
    }
    let found = find(&tx, &words("lampu"), 3, |_| true).unwrap();
    assert_eq!((serials(&found), found.more), (vec![5, 4, 3], true));
    let found = find(&tx, &words("lampu"), 3, |ticket| ticket.number.serial() < 3).unwrap();
    assert_eq!((serials(&found), found.more), (vec![2, 1], false), "unseen ones do not count");
}

#[test]
fn after_so_many_tickets_it_gives_up_and_says_so() {
    let bench = Bench::new();
    let tx = bench.tx();
    bench.connection.execute_batch("BEGIN").unwrap();
    for serial in 1..=5_002 {
        open(&tx, serial, "lampu mati");
    }
    let seen = |ticket: &Ticket| ticket.number.serial() == 1;
    let found = find(&tx, &words("lampu"), 3, seen).unwrap();
    assert_eq!((serials(&found), found.more), (vec![], true));
}
