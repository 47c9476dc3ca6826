//! What waits to be sent and is overtaken: by STOP (T16), or by what becomes of its ticket (T5, T22, T23, T24).

use super::asking::resume;
use super::fixture::{ANNA, BENI, Bench};
use super::officer::closing;
use super::{ask, turn};
use crate::desk::closing::Closing;
use crate::desk::{correcting, turning};
use crate::store::hand::Fate;
use crate::ticket::{CloseReason, Stage};
use chrono::TimeDelta;

/// A complaint of the evening, whose receipt was read; what the office begins now waits for the morning.
fn evening(bench: &Bench) -> String {
    bench.at("24-11-2026 20.30");
    let number = bench.complaint();
    bench.told(ANNA);
    number
}

/// Beni's complaint about the same.
fn joined_to(bench: &Bench, number: &str) -> String {
    let joined = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    let main = Some(number.to_owned());
    bench.close(&joined, Closing { main, ..closing(CloseReason::Duplicate) }).unwrap();
    joined
}

/// What Anna reads when the morning has come.
fn in_the_morning(bench: &Bench) -> Vec<String> {
    bench.at("25-11-2026 07.30");
    bench.told(ANNA)
}

fn answer_tonight(bench: &Bench, number: &str) {
    bench.approved(number, "Lampu diperbaiki.");
    bench.send(number, "sari").unwrap();
}

#[test]
fn an_answer_that_waits_when_stop_comes_waits_for_status() {
    let bench = Bench::new();
    let number = evening(&bench);
    answer_tonight(&bench, &number);
    bench.say(ANNA, "STOP");
    bench.told(ANNA);
    assert_eq!(in_the_morning(&bench), [] as [&str; 0]);
    assert_eq!(bench.stage(&number), Stage::Answered);
    assert!(bench.story(&number).ends_with("KIRIM TIDAK_DIKIRIM_STOP"), "{}", bench.story(&number));
    let status = bench.say(ANNA, &format!("STATUS {number}"));
    assert!(status.reply().starts_with(&format!("Jawaban No {number}: Lampu diperbaiki.")));
}

#[test]
fn the_copy_of_an_answer_that_waits_when_stop_comes_waits_for_status_too() {
    let bench = Bench::new();
    let number = evening(&bench);
    let joined = joined_to(&bench, &number);
    answer_tonight(&bench, &number);
    bench.told(BENI);
    bench.say(BENI, "STOP");
    bench.told(BENI);
    assert!(in_the_morning(&bench)[0].starts_with("Jawaban"), "Anna has not said STOP");
    assert_eq!(bench.told(BENI), [] as [&str; 0]);
    let status = bench.say(BENI, &format!("STATUS {joined}"));
    assert!(status.reply().starts_with(&format!("Jawaban No {joined}: Lampu diperbaiki.")));
}

#[test]
fn nobody_waits_for_whom_stop_has_kept_from_being_asked() {
    let bench = Bench::new();
    let number = evening(&bench);
    ask(&bench, &number, "sari");
    bench.say(ANNA, "STOP");
    bench.told(ANNA);
    assert_eq!(bench.stage(&number), Stage::New);
    assert!(bench.story(&number).ends_with("TIDAK_DIKIRIM_STOP LANJUT TANYA_TIDAK_SAMPAI"));
    assert_eq!(in_the_morning(&bench), [] as [&str; 0]);
}

#[test]
fn what_a_modem_gives_back_after_stop_is_not_tried_again() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.told(ANNA);
    answer_tonight(&bench, &number);
    let claimed = bench.claim().unwrap();
    bench.say(ANNA, "STOP");
    bench.release(claimed.id, Fate::Retry(bench.now() + TimeDelta::minutes(1)));
    bench.minutes(10);
    let told = bench.told(ANNA);
    assert!(told.iter().all(|text| text.starts_with("Pemberitahuan dihentikan")), "{told:?}");
    assert!(bench.story(&number).ends_with("KIRIM TIDAK_DIKIRIM_STOP"));
}

#[test]
fn a_question_that_was_answered_before_it_was_asked_is_not_asked() {
    let bench = Bench::new();
    let number = evening(&bench);
    ask(&bench, &number, "sari");
    resume(&bench, &number, "sari", "lewat telepon: Jalan Melati").unwrap();
    assert!(
        bench.story(&number).ends_with("LANJUT TIDAK_DIKIRIM_LAGI"),
        "{}",
        bench.story(&number)
    );
    // One that is asked behind it is.
    ask(&bench, &number, "sari");
    let told = in_the_morning(&bench);
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn a_question_that_was_in_hand_and_comes_back_is_not_asked_when_it_is_answered() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.told(ANNA);
    ask(&bench, &number, "sari");
    let claimed = bench.claim().unwrap();
    resume(&bench, &number, "sari", "lewat telepon: Jalan Melati").unwrap();
    bench.release(claimed.id, Fate::Retry(bench.now() + TimeDelta::minutes(1)));
    bench.minutes(10);
    assert_eq!(bench.told(ANNA), [] as [&str; 0]);
}

#[test]
fn what_is_withdrawn_is_told_of_no_more() {
    let bench = Bench::new();
    let number = evening(&bench);
    answer_tonight(&bench, &number);
    let heard = bench.say(ANNA, &format!("BATAL {number}"));
    assert_eq!(bench.ticket(&number).closed_as, Some(CloseReason::Withdrawn));
    assert!(heard.reply().contains("dicabut pelapor"), "{}", heard.reply());
    assert_eq!(in_the_morning(&bench), [] as [&str; 0]);
}

#[test]
fn what_is_opened_again_has_not_ended() {
    let bench = Bench::new();
    let number = evening(&bench);
    bench.close(&number, closing(CloseReason::NotAComplaint)).unwrap();
    turn(&bench, &number, "ratna", "keliru", turning::reopen).unwrap();
    assert_eq!(in_the_morning(&bench), [] as [&str; 0]);
    assert!(bench.story(&number).ends_with("TUTUP BUKA TIDAK_DIKIRIM_LAGI"));
}

#[test]
fn an_answer_that_is_found_wrong_before_it_leaves_does_not_leave() {
    let bench = Bench::new();
    let number = evening(&bench);
    let joined = joined_to(&bench, &number);
    answer_tonight(&bench, &number);
    turn(&bench, &number, "sari", "salah tanggal", correcting::correct).unwrap();
    assert_eq!(in_the_morning(&bench), [] as [&str; 0]);
    let told = bench.told(BENI);
    assert!(told.iter().all(|text| !text.starts_with("Jawaban")), "{told:?}");
    bench.propose(&number, "budi", "Lampu diperbaiki kemarin.").unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    for (phone, number) in [(ANNA, &number), (BENI, &joined)] {
        let [told] = <[String; 1]>::try_from(bench.told(phone)).unwrap();
        assert!(told.starts_with(&format!("Jawaban No {number}: RALAT")), "{told}");
    }
}
