//! STATUS, BANTUAN, KODE, STOP, MULAI, PUAS, BELUM, BATAL.

use chrono::TimeDelta;

use super::fixture::{ANNA, BENI, Bench, refused};
use crate::desk::closing::Closing;
use crate::phone::PhoneNumber;
use crate::store::{inbox, stopped};
use crate::ticket::{CloseReason, Objecting, Stage};

#[test]
fn status_tells_the_own_ticket_by_number_and_the_latest_without() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(31);
    let second = bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati").number();
    for (text, number) in [
        (format!("STATUS {first}"), &first),
        (first.to_lowercase(), &first),
        (format!("cek {}", first.replace('-', " ")), &first),
        ("status".to_owned(), &second),
    ] {
        bench.minutes(10);
        let heard = bench.say(ANNA, &text);
        assert_eq!((heard.end().as_str(), &heard.number()), ("command STATUS", number), "{text}");
        assert!(heard.reply().starts_with(&format!("No {number} (")), "{}", heard.reply());
        assert!(heard.reply().contains("diterima"), "{}", heard.reply());
    }
}

#[test]
fn a_number_of_another_handset_is_told_like_one_that_does_not_exist() {
    let bench = Bench::new();
    let number = bench.complaint();
    let foreign = bench.say(BENI, &format!("STATUS {number}"));
    let unknown = bench.say(BENI, "STATUS P26-04071-7");
    let mistyped = bench.say(BENI, "STATUS P26-04071-8");
    assert_eq!(foreign.reply(), unknown.reply());
    assert_eq!(foreign.reply(), mistyped.reply());
    assert_eq!((foreign.end(), &foreign.ticket), (unknown.end(), &unknown.ticket));
    bench.minutes(1);
    let none = bench.say("081200000003", "STATUS");
    assert_eq!(none.reply(), foreign.reply());
}

#[test]
fn a_mistyped_number_is_never_taken_for_the_latest_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(number, "P26-00001-8");
    bench.answered(&number, "Sudah diperbaiki.");
    for text in ["BATAL P26-00001-6", "PUAS P26-00001-6", "BELUM P26-00001-6 masih mati"] {
        bench.minutes(1);
        let heard = bench.say(ANNA, text);
        assert!(
            heard.reply().starts_with("Nomor pengaduan itu tidak kami temukan"),
            "{text}: {}",
            heard.reply()
        );
        assert_eq!(bench.stage(&number), Stage::Answered, "{text}");
    }
}

#[test]
fn help_and_codes_are_answered_at_once() {
    let bench = Bench::new();
    let help = bench.say(ANNA, "bantuan");
    assert!(help.reply().starts_with("Ketik: KODE # ISI"));
    let codes = bench.say(ANNA, "kode");
    assert!(codes.reply().starts_with("PUPR jalan"));
    assert_eq!((help.end().as_str(), codes.end().as_str()), ("command BANTUAN", "command KODE"));
}

#[test]
fn stop_silences_the_office_and_not_its_replies_until_mulai() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert!(bench.say(ANNA, "STOP").reply().starts_with("Pemberitahuan dihentikan"));
    bench.approved(&number, "Sudah diperbaiki kemarin.");
    let done = bench.send(&number, "sari").unwrap();
    assert_eq!((done.ticket.stage, done.text), (Stage::Answered, None));
    assert_eq!(bench.told(ANNA), [] as [&str; 0], "the answer waits for STATUS");
    assert!(bench.story(&number).ends_with("KIRIM TIDAK_DIKIRIM_STOP"));
    let status = bench.say(ANNA, &format!("STATUS {number}"));
    assert!(status.reply().contains("Sudah diperbaiki kemarin."), "{}", status.reply());
    assert_eq!(bench.say(ANNA, "MULAI").end(), "command MULAI");
    let anna = PhoneNumber::parse(ANNA).unwrap();
    assert!(!bench.run(move |tx, _, _| stopped::is_stopped(tx, &anna)));
}

#[test]
fn puas_finishes_an_answered_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    let early = bench.say(ANNA, &format!("PUAS {number}"));
    assert_eq!((early.outcome.as_str(), bench.stage(&number)), ("command", Stage::New));
    bench.answered(&number, "Sudah diperbaiki.");
    // The next day.
    bench.minutes(24 * 60);
    let heard = bench.say(ANNA, &format!("PUAS {number}"));
    assert_eq!((heard.end().as_str(), bench.stage(&number)), ("command PUAS", Stage::Finished));
    let day = bench.office.calendar.zone().day(bench.now());
    assert!(heard.reply().contains(&format!("selesai {day}. ")), "{}", heard.reply());
    assert_eq!(bench.ticket(&number).finished_at, Some(bench.now()));
    bench.seconds(1);
    let again = bench.say(ANNA, &format!("PUAS {number}"));
    assert_eq!((again.outcome.as_str(), bench.stage(&number)), ("command", Stage::Finished));
}

#[test]
fn puas_without_a_number_means_the_ticket_that_was_answered() {
    let bench = Bench::new();
    let answered = bench.complaint();
    bench.answered(&answered, "Sudah diperbaiki.");
    bench.minutes(31);
    let newer = bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati").number();
    bench.say(ANNA, "PUAS");
    assert_eq!((bench.stage(&answered), bench.stage(&newer)), (Stage::Finished, Stage::New));
}

#[test]
fn belum_without_a_number_opens_the_ticket_that_was_answered_last() {
    for text in ["BELUM", "belum puas pak", "blm min"] {
        let bench = Bench::new();
        let answered = bench.complaint();
        bench.answered(&answered, "Sudah diperbaiki.");
        bench.minutes(61);
        let newer = bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati").number();
        bench.days(1);
        let heard = bench.say(ANNA, text);
        let came_to = (heard.end(), heard.number());
        assert_eq!(came_to, ("addition BELUM".to_owned(), answered.clone()), "{text}");
        assert_eq!(bench.stage(&answered), Stage::Analysis);
        assert_eq!(bench.stage(&newer), Stage::New);
        // Nothing is answered any more: how the latest stands is told, and no ticket opened.
        bench.minutes(61);
        assert_eq!(bench.say(ANNA, text).end(), "command BELUM");
        assert_eq!(bench.say(BENI, text).end(), "command BELUM");
        assert!(bench.heard(BENI).ticket.is_none());
    }
}

#[test]
fn belum_without_a_number_answers_what_was_asked_since() {
    let bench = Bench::new();
    let answered = bench.complaint();
    let asked = bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati").number();
    bench.answered(&answered, "Sudah diperbaiki.");
    bench.minutes(5);
    super::ask(&bench, &asked, "sari");
    bench.minutes(61);
    let heard = bench.say(ANNA, "belum pak");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition KELENGKAPAN", asked.clone()));
    assert_eq!((bench.stage(&asked), bench.stage(&answered)), (Stage::New, Stage::Answered));
    bench.minutes(1);
    let again = bench.say(ANNA, "belum pak");
    assert_eq!((again.end().as_str(), again.number()), ("addition BELUM", answered));
}

#[test]
fn batal_without_a_number_withdraws_the_only_open_ticket() {
    let bench = Bench::new();
    let finished = bench.complaint();
    bench.answered(&finished, "Sudah diperbaiki.");
    bench.say(ANNA, &format!("PUAS {finished}"));
    let number = bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati").number();
    super::ask(&bench, &number, "sari");
    bench.days(1);
    let heard = bench.say(ANNA, "BATAL");
    assert_eq!((heard.end().as_str(), heard.number()), ("command BATAL", number.clone()));
    assert_eq!(bench.ticket(&number).closed_as, Some(CloseReason::Withdrawn));
    // Of none and of several it cannot be.
    for open in [0, 2] {
        let bench = Bench::new();
        for serial in 0..open {
            bench.say(ANNA, &format!("DISHUB # lampu {serial} mati"));
        }
        bench.days(1);
        let heard = bench.say(ANNA, "batal pak");
        assert_eq!((heard.end().as_str(), heard.ticket.is_none()), ("command BATAL", true));
        assert!(heard.reply().starts_with("Nomor pengaduan itu tidak kami temukan"));
        assert!((1..=open).all(|id| bench.by_id(id).stage == Stage::New));
    }
}

#[test]
fn belum_reopens_wherever_its_number_stands() {
    for text in ["belum puas {no}", "belum beres pak {no}", "BELUM lampunya masih mati {no}"] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.answered(&number, "Sudah diperbaiki.");
        bench.days(1);
        let heard = bench.say(ANNA, &text.replace("{no}", &number));
        assert_eq!(
            (heard.end().as_str(), bench.stage(&number)),
            ("addition BELUM", Stage::Analysis)
        );
    }
}

#[test]
fn what_is_told_beside_puas_and_batal_is_shown_to_a_petugas() {
    for (text, is_shown) in [
        ("PUAS {no} sudah beres terima kasih banyak", false),
        ("BATAL {no} sudah diperbaiki sendiri", false),
        ("PUAS {no} sekarang jalan di RT 5 berlubang dan banjir", true),
        ("BATAL {no} sekarang jalan di RT 5 berlubang dan banjir", true),
    ] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.answered(&number, "Sudah diperbaiki.");
        bench.days(1);
        let heard = bench.say(ANNA, &text.replace("{no}", &number));
        assert_eq!(heard.outcome, "command", "{text}");
        assert!(!bench.ticket(&number).is_open(), "{text}");
        let shown = super::news::inbox(&bench, "sari");
        assert_eq!(shown == [format!("{number}*")], is_shown, "{text}: {shown:?}");
    }
    // An emergency is one.
    let bench = Bench::new();
    let number = bench.complaint();
    let heard = bench.say(ANNA, &format!("BATAL {number} ada kebakaran besar di rumah sebelah"));
    assert!(heard.reply().starts_with("Keadaan darurat?"), "{}", heard.reply());
    assert!(bench.ticket(&number).is_open());
}

#[test]
fn belum_reopens_twice_and_within_ten_days() {
    let bench = Bench::new();
    let number = bench.complaint();
    for round in 1..=2 {
        bench.answered(&number, &format!("Sudah diperbaiki ({round})."));
        bench.minutes(30);
        let heard = bench.say(ANNA, &format!("BELUM {number} masih mati ({round})"));
        assert_eq!(
            (heard.end().as_str(), bench.stage(&number)),
            ("addition BELUM", Stage::Analysis)
        );
    }
    bench.answered(&number, "Sudah diperbaiki lagi.");
    let third = bench.say(ANNA, &format!("BELUM {number} tetap mati"));
    assert_eq!((third.end().as_str(), bench.stage(&number)), ("command BELUM", Stage::Answered));
    let ticket = bench.ticket(&number).id;
    let kept = bench.run(move |tx, _, _| inbox::of_ticket(tx, ticket)).pop().unwrap();
    assert!(kept.text.unwrap().contains("tetap mati"), "the words are kept with the ticket");

    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Sudah diperbaiki.");
    bench.days(11);
    let late = bench.say(ANNA, &format!("BELUM {number} rusak lagi"));
    assert_eq!((late.end().as_str(), bench.stage(&number)), ("command BELUM", Stage::Answered));
}

#[test]
fn an_office_may_allow_more_of_belum() {
    let bench = Bench::with_limits(|limits| {
        limits.objecting = Objecting { within: TimeDelta::days(20), times: 3 };
    });
    let number = bench.complaint();
    for round in 1..=3 {
        bench.answered(&number, &format!("Sudah diperbaiki ({round})."));
        bench.days(19);
        bench.say(ANNA, &format!("BELUM {number} masih mati ({round})"));
        assert_eq!(bench.stage(&number), Stage::Analysis, "{round}");
    }
    bench.answered(&number, "Sudah diperbaiki lagi.");
    bench.say(ANNA, &format!("BELUM {number} tetap mati"));
    assert_eq!(bench.stage(&number), Stage::Answered);
}

#[test]
fn belum_after_silence_has_finished_the_case_comes_too_late() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Sudah diperbaiki.");
    bench.days(10);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Finished);
    bench.days(1);
    bench.say(ANNA, &format!("BELUM {number} rusak lagi"));
    assert_eq!(bench.stage(&number), Stage::Finished);
}

#[test]
fn a_reopened_ticket_gets_new_clocks_and_keeps_its_receipt() {
    let bench = Bench::new();
    let number = bench.complaint();
    let received = bench.ticket(&number).received_at;
    bench.answered(&number, "Sudah diperbaiki.");
    bench.at("26-11-2026 08.00");
    bench.say(ANNA, &format!("BELUM {number} masih mati"));
    let ticket = bench.ticket(&number);
    let at = super::fixture::local;
    assert_eq!(ticket.received_at, received);
    assert_eq!(ticket.due_at, Some(at("26-11-2026 08.45")));
    assert_eq!(ticket.answer_due_at, at("26-11-2026 15.00"));
    let status = bench.say(ANNA, &format!("STATUS {number}"));
    assert!(status.reply().contains("paling lambat Kam 26-11-2026 15.00"), "{}", status.reply());
}

#[test]
fn a_ticket_that_was_answered_from_the_bank_comes_back_to_somebody() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Sudah diperbaiki.");
    let note = super::remember(&bench, &first, None).unwrap();
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu di Jl Melati mati").number();
    super::answer(&bench, &second, "sari", note, &[]).unwrap();
    bench.say(ANNA, &format!("BELUM {second} masih mati"));
    let ticket = bench.ticket(&second);
    assert_eq!((ticket.stage, ticket.assignee.as_deref()), (Stage::Analysis, Some("budi")));
}

#[test]
fn batal_closes_the_own_ticket_only() {
    let bench = Bench::new();
    let number = bench.complaint();
    let foreign = bench.say(BENI, &format!("BATAL {number}"));
    assert!(foreign.reply().starts_with("Nomor pengaduan itu tidak kami temukan"));
    assert_eq!(bench.stage(&number), Stage::New);
    let heard = bench.say(ANNA, &format!("BATAL {number}"));
    assert_eq!((heard.end().as_str(), heard.replies.len()), ("command BATAL", 1));
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.closed_as), (Stage::Closed, Some(CloseReason::Withdrawn)));
    assert_eq!(refused(bench.assign(&number)), "OUT_OF_TURN");
}

#[test]
fn status_of_the_closed_path_tells_nothing() {
    let bench = Bench::new();
    let number = bench.complaint();
    super::restrict(&bench, &number, "sari");
    for _ in 0..2 {
        bench.minutes(5);
        let heard = bench.say(ANNA, &format!("STATUS {number}"));
        assert!(heard.reply().contains("ditangani tertutup"), "{}", heard.reply());
        assert!(!heard.reply().contains("DISHUB"));
        super::hand_over_if_open(&bench, &number);
    }
}

#[test]
fn status_of_an_answer_that_did_not_arrive_tells_the_answer() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Sudah diperbaiki kemarin.");
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    bench.report(ANNA, bench.last_mr(), 0x46);
    assert_eq!(bench.stage(&number), Stage::ReadyToSend);
    let heard = bench.say(ANNA, &format!("STATUS {number}"));
    assert!(heard.reply().contains("Sudah diperbaiki kemarin."), "{}", heard.reply());
}

#[test]
fn status_of_a_draft_that_was_returned_tells_nothing_of_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "Bukan urusan kami.").unwrap();
    bench.reject(&number, "ratna", "kurang sopan").unwrap();
    let heard = bench.say(ANNA, "STATUS");
    assert!(heard.reply().contains("sedang ditelaah"), "{}", heard.reply());
    assert!(!heard.reply().contains("Bukan urusan"));
}

#[test]
fn belum_needs_no_reason_since_the_office_asks_for_none() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    let heard = bench.say(ANNA, &format!("BELUM {number}"));
    assert_eq!(heard.end(), "addition BELUM");
}

#[test]
fn an_objection_that_opens_nothing_any_more_is_told_as_one() {
    let bench = Bench::new();
    let number = bench.complaint();
    for _ in 0..3 {
        bench.answered(&number, "Lampu diperbaiki.");
        bench.minutes(31);
        bench.say(ANNA, &format!("BELUM {number} masih mati"));
    }
    assert_eq!(bench.stage(&number), Stage::Answered);
    let told = bench.trail(&number).pop().unwrap();
    assert_eq!((told.actor.as_str(), told.action.as_str()), ("pemohon", "BELUM_TIDAK_MEMBUKA"));
}

#[test]
fn puas_and_belum_without_a_number_speak_of_what_was_answered_last() {
    for (text, ends) in
        [("PUAS", Stage::Finished), ("BELUM", Stage::Analysis), ("tidak puas", Stage::Analysis)]
    {
        let bench = Bench::new();
        let first = bench.complaint();
        bench.minutes(31);
        let second = bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati").number();
        bench.minutes(31);
        let third = bench.say(ANNA, "DLH # sampah menumpuk di Jl Mawar").number();
        bench.answered(&second, "Jalan ditambal.");
        bench.minutes(5);
        bench.answered(&first, "Lampu diperbaiki.");
        bench.minutes(31);
        bench.say(ANNA, text);
        let stages = [&first, &second, &third].map(|number| bench.stage(number));
        assert_eq!(stages, [ends, Stage::Answered, Stage::New], "{text}");
    }
}

#[test]
fn belum_without_a_number_speaks_of_an_answer_of_a_joined_ticket_and_of_an_ended_one_too() {
    let bench = Bench::new();
    let main = bench.say(BENI, "DISHUB # lampu simpang pasar mati").number();
    let joined = bench.complaint();
    bench
        .close(
            &joined,
            Closing { main: Some(main.clone()), ..super::officer::closing(CloseReason::Duplicate) },
        )
        .unwrap();
    bench.answered(&main, "Lampu diperbaiki.");
    bench.minutes(31);
    let newer = bench.say(ANNA, "DLH # sampah menumpuk di Jl Mawar").number();
    bench.minutes(31);
    bench.say(ANNA, "BELUM");
    assert_eq!((bench.stage(&main), bench.stage(&newer)), (Stage::Analysis, Stage::New));
    // Whoever was content may change that within the days.
    let own = bench.say(BENI, "PUPR # jalan berlubang di Jl Melati").number();
    bench.answered(&own, "Jalan ditambal.");
    bench.say(BENI, &format!("PUAS {own}"));
    bench.minutes(31);
    bench.say(BENI, "BELUM");
    assert_eq!(bench.stage(&own), Stage::Analysis);
}

#[test]
fn who_is_not_content_objects_in_other_words_too() {
    for text in
        ["tidak puas {}", "kurang puas pak {}", "saya tidak puas dengan jawaban {}", "{} tdk puas"]
    {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.answered(&number, "Lampu diperbaiki.");
        bench.minutes(31);
        let heard = bench.say(ANNA, &text.replace("{}", &number));
        assert_eq!(
            (heard.reason.as_str(), bench.stage(&number)),
            ("BELUM", Stage::Analysis),
            "{text}"
        );
    }
}
