//! What STATUS says, at every stage.

use super::fixture::{ANNA, BENI, Bench, proposal};
use super::officer::closing;
use super::{ask, restrict};
use crate::desk::closing::Closing;
use crate::desk::drafting::Proposal;
use crate::desk::reading;
use crate::store::hand::Fate;
use crate::ticket::{CloseReason, Stage};

/// The reply to STATUS.
fn status(bench: &Bench, number: &str) -> String {
    bench.minutes(1);
    bench.say(ANNA, &format!("STATUS {number}")).reply().to_owned()
}

#[test]
fn every_stage_is_told_in_the_words_of_the_procedure() {
    let bench = Bench::new();
    let mut told: Vec<(Stage, String)> = Vec::new();
    let mut look = |number: &str| {
        let stage = bench.stage(number);
        told.push((stage, status(&bench, number)));
    };
    let number = bench.complaint();
    look(&number);
    ask(&bench, &number, "sari");
    look(&number);
    // Two days later the answer cannot be due yesterday: the clocks stand still.
    bench.days(2);
    look(&number);
    bench.say(ANNA, "Jl Melati nomor 3");
    bench.assign(&number).unwrap();
    look(&number);
    let promise = Proposal {
        follow_up: "2026-12-01".parse().ok(),
        ..proposal("Tiang akan kami ganti pekan depan.")
    };
    bench.propose_with(&number, "budi", promise).unwrap();
    look(&number);
    bench.approve(&number, "ratna").unwrap();
    look(&number);
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    bench.days(1);
    look(&number);
    bench.propose(&number, "budi", "Tiang sudah diganti.").unwrap();
    look(&number);
    bench.approve(&number, "ratna").unwrap();
    look(&number);
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    let answer = bench.last_mr();
    bench.minutes(60);
    look(&number);
    bench.report(ANNA, answer, 0x46);
    look(&number);
    bench.telephoned(&number, "sari").unwrap();
    bench.say(ANNA, &format!("PUAS {number}"));
    bench.days(1);
    look(&number);
    let sealed = bench.say(ANNA, "DISHUB # petugasnya pungli 50rb di terminal").number();
    restrict(&bench, &sealed, "sari");
    look(&sealed);
    super::hand_over_if_open(&bench, &sealed);
    look(&sealed);
    let lines: Vec<String> =
        told.iter().map(|(stage, text)| format!("{}: {text}", stage.token())).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

/// An answer of three parts.
fn long() -> String {
    format!("{}selesai.", "Lampu sudah kami periksa dan perbaiki. ".repeat(9))
}

/// Anna's complaint, whose long answer STOP keeps from her.
fn withheld(bench: &Bench) -> String {
    let number = bench.complaint();
    bench.say(ANNA, "STOP");
    bench.approved(&number, &long());
    bench.send(&number, "sari").unwrap();
    assert_eq!(bench.told(ANNA), [] as [&str; 0]);
    number
}

#[test]
fn an_answer_that_waited_for_status_is_given_whole() {
    let bench = Bench::new();
    let number = withheld(&bench);
    let whole = format!(
        "Jawaban No {number}: {} Belum sesuai? Balas BELUM {number} alasan. Pemkab Sukamaju",
        long()
    );
    for _ in 0..2 {
        assert_eq!(status(&bench, &number), whole);
    }
    // What was sent by itself is told in short.
    bench.say(ANNA, "MULAI");
    bench.days(1);
    let other = bench.say(ANNA, "DISHUB # rambu di Jl Melati roboh").number();
    bench.approved(&other, &long());
    bench.send(&other, "sari").unwrap();
    assert!(status(&bench, &other).contains("... Pemkab"));
}

#[test]
fn the_reply_that_carries_an_answer_is_its_delivery() {
    let bench = Bench::new();
    let number = withheld(&bench);
    status(&bench, &number);
    let last = bench.last_mr();
    bench.minutes(6);
    let flags = |number: &str| {
        let number = number.to_owned();
        let file = bench
            .act("sari", move |tx, office, who, now| reading::show(tx, office, who, &number, now));
        file.unwrap().ticket.flags
    };
    assert_eq!(flags(&number), ["unconfirmed"], "row 7");
    for part in 0..3 {
        bench.report(ANNA, last - part, 0);
    }
    assert!(flags(&number).is_empty());

    let bench = Bench::new();
    let number = withheld(&bench);
    status(&bench, &number);
    let last = bench.last_mr();
    for part in 0..3 {
        bench.report(ANNA, last - part, 0x41);
    }
    assert_eq!(bench.stage(&number), Stage::ReadyToSend, "the petugas telephones");
}

#[test]
fn a_reply_of_unknown_fate_that_carries_an_answer_is_sent_once_more() {
    let bench = Bench::new();
    let number = withheld(&bench);
    bench.sms(ANNA, &format!("STATUS {number}"));
    let claimed = bench.claim().unwrap();
    bench.release(claimed.id, Fate::Unknown);
    bench.minutes(30);
    bench.round();
    assert_eq!(bench.told(ANNA).len(), 1);
    assert!(bench.story(&number).ends_with("KIRIM_ULANG"));
}

#[test]
fn whose_ticket_was_joined_reads_the_whole_answer_too() {
    let bench = Bench::new();
    let main = bench.say(BENI, "DISHUB # lampu simpang pasar mati").number();
    let joined = bench.complaint();
    let duplicate = Closing { main: Some(main.clone()), ..closing(CloseReason::Duplicate) };
    bench.close(&joined, duplicate).unwrap();
    bench.told(ANNA);
    bench.say(ANNA, "STOP");
    bench.approved(&main, &long());
    bench.send(&main, "sari").unwrap();
    assert_eq!((bench.told(ANNA).len(), bench.told(BENI).len()), (0, 1));
    for number in [&joined, &main] {
        let told = status(&bench, number);
        assert!(told.starts_with(&format!("Jawaban No {joined}: {}", long())), "{told}");
    }
    assert_eq!(bench.stage(&main), Stage::Answered);
}

#[test]
fn what_ended_without_handling_says_why() {
    let bench = Bench::new();
    let main = bench.say(BENI, "DISHUB # lampu simpang pasar mati").number();
    let party = Some("PLN".to_owned());
    let mut told = Vec::new();
    for ended in [
        closing(CloseReason::Spam),
        closing(CloseReason::Abuse),
        closing(CloseReason::NotAComplaint),
        Closing {
            words: Some("mohon ke PPID, Jl Merdeka 1.".to_owned()),
            ..closing(CloseReason::NotAComplaint)
        },
        Closing { party, contact: Some("123".to_owned()), ..closing(CloseReason::NotOurs) },
        Closing { main: Some(main), ..closing(CloseReason::Duplicate) },
    ] {
        let number = bench.complaint();
        let reason = ended.reason;
        bench.close(&number, ended).unwrap();
        bench.told(ANNA);
        told.push(format!("{}: {}", reason.token(), status(&bench, &number)));
        bench.days(2);
    }
    let number = bench.complaint();
    let withdrawn = bench.say(ANNA, &format!("BATAL {number}"));
    told.push(format!("DICABUT: {}", withdrawn.reply()));
    bench.days(2);
    let number = bench.complaint();
    ask(&bench, &number, "sari");
    bench.carry();
    bench.days(31);
    bench.round();
    bench.told(ANNA);
    told.push(format!("TIDAK_LENGKAP: {}", status(&bench, &number)));
    insta::assert_snapshot!(told.join("\n"));
}
