//! Every message becomes exactly one of a new ticket, an addition, a command's reply, or a recorded silence.

use super::fixture::{ANNA, BENI, Bench, OWN, office, refused};
use crate::desk::{Office, flooding, intake};
use crate::sms::measure;
use crate::store::tickets;
use crate::ticket::Stage;
use proptest::prelude::*;

#[test]
fn a_complaint_with_a_code_becomes_a_ticket_with_its_clocks_and_one_receipt() {
    let bench = Bench::new();
    let heard = bench.say(ANNA, "DISHUB # Lampu merah Simpang Pasar mati");
    assert_eq!(heard.end(), "ticket TIKET_BARU");
    assert_eq!(
        heard.reply(),
        "Terima kasih. Pengaduan utk DISHUB dicatat No P26-00001-8. Jawaban paling lambat Sel 24-11-2026 15.00. Cek: STATUS P26-00001-8. Pemkab Sukamaju"
    );
    let ticket = heard.ticket.unwrap();
    assert_eq!(ticket.body, "Lampu merah Simpang Pasar mati");
    assert_eq!(ticket.unit.as_deref(), Some("DISHUB"));
    assert_eq!(ticket.unit_name.as_deref(), Some("Dinas Perhubungan"));
    assert_eq!((ticket.stage, ticket.certainty.as_str()), (Stage::New, "certain"));
    let at = super::fixture::local;
    assert_eq!(ticket.due_at, Some(at("24-11-2026 08.15")));
    assert_eq!(ticket.answer_due_at, at("24-11-2026 15.00"));
    assert_eq!(ticket.sim.as_deref(), Some("sim-a"));
    let trail = bench.trail("P26-00001-8");
    let opening: Vec<_> = trail.iter().map(|line| (line.transition, line.to.as_deref())).collect();
    assert_eq!(opening, [(Some(1), Some("BARU"))]);
}

#[test]
fn handling_a_message_again_changes_nothing() {
    let bench = Bench::new();
    for part in bench.delivered(ANNA, "DISHUB # lampu mati") {
        bench.receive(&part);
    }
    let id = bench.intake()[0];
    assert!(!bench.run(move |tx, office, now| intake::handle(tx, office, id, now)));
    assert_eq!(bench.told(ANNA).len(), 1);
    assert_eq!(bench.story("P26-00001-8"), "MASUK");
}

#[test]
fn a_mistyped_code_is_guessed_and_the_receipt_says_so() {
    let bench = Bench::new();
    let heard = bench.say(ANNA, "DISHBU # lampu mati");
    assert!(heard.reply().contains("kami catat utk DISHUB. Bila keliru"), "{}", heard.reply());
    let ticket = heard.ticket.unwrap();
    assert_eq!(ticket.certainty, "guessed");
    assert!(ticket.flags.contains(&"guessed".to_owned()));
}

#[test]
fn a_code_beside_a_hash_is_no_guess_and_one_without_it_is() {
    for (text, is_guess) in [
        ("DISHUB# lampu mati", false),
        ("lampu simpang mati # DISHUB", false),
        ("Selamat pagi admin, DISHUB # lampu mati", false),
        ("# DISHUB lampu mati", false),
        ("DISHUB: lampu mati", true),
        ("dishub lampu simpang mati", true),
        ("DISHBU # lampu mati", true),
    ] {
        let bench = Bench::new();
        let heard = bench.say(ANNA, text);
        let told = heard.reply().contains("kami catat utk DISHUB. Bila keliru");
        assert_eq!(told, is_guess, "{text}: {}", heard.reply());
        assert_eq!(heard.reply().contains("Jawaban paling lambat"), !is_guess, "{text}");
    }
}

#[test]
fn without_a_code_an_officer_will_choose_and_sees_suggestions() {
    let bench = Bench::new();
    let heard = bench.say(ANNA, "sampah menumpuk di Jl Mawar sejak kemarin");
    assert!(heard.reply().contains("Petugas akan menentukan dinas"), "{}", heard.reply());
    let ticket = heard.ticket.unwrap();
    assert_eq!(ticket.unit, None);
    assert!(ticket.suggestions.contains(&"DLH".to_owned()), "{:?}", ticket.suggestions);
    let umum = bench.say(BENI, "UMUM # sampah menumpuk di Jl Mawar");
    assert!(umum.reply().contains("Petugas akan menentukan dinas"), "{}", umum.reply());
}

#[test]
fn outside_of_office_hours_the_receipt_says_when_work_begins() {
    let bench = Bench::new();
    bench.at("28-11-2026 21.10");
    let heard = bench.say(ANNA, "DISHUB # lampu mati");
    assert!(heard.reply().contains("diproses mulai Sen 30-11-2026 07.30"), "{}", heard.reply());
}

#[test]
fn a_guess_outside_of_office_hours_is_told_as_one() {
    let bench = Bench::new();
    bench.at("28-11-2026 21.10");
    let heard = bench.say(ANNA, "DISHBU # lampu mati");
    let number = heard.number();
    assert_eq!(
        heard.reply(),
        format!(
            "No {number} dicatat utk DISHUB. Keliru? Balas kode yang benar. Diproses mulai Sen 30-11-2026 07.30. Darurat: 112. Cek: STATUS. Pemkab Sukamaju"
        )
    );
    bench.minutes(5);
    let corrected = bench.say(ANNA, "PUPR");
    assert_eq!(corrected.end(), "addition KODE_DIBETULKAN");
    assert!(corrected.reply().contains("dicatat di luar jam kerja"), "{}", corrected.reply());
}

#[test]
fn an_emergency_is_pointed_to_112_and_still_becomes_a_ticket() {
    let bench = Bench::new();
    let heard = bench.say(ANNA, "DAMKAR # kebakaran rumah di Jl Mawar, api besar");
    assert!(heard.reply().contains("112"), "{}", heard.reply());
    assert!(heard.reply().contains(&heard.number()));
    assert!(heard.ticket.unwrap().flags.contains(&"emergency".to_owned()));
}

#[test]
fn every_receipt_fits_one_sms_even_for_the_longest_unit() {
    for text in [
        "DISDUKCAPIL # ktp belum jadi",
        "DISDUKCAPLI # ktp belum jadi",
        "KEC-MEKARJAYA # ktp belum jadi",
        "KEC-MEKARJAYA ktp belum jadi",
        "ktp belum jadi",
    ] {
        for time in ["24-11-2026 08.00", "28-11-2026 21.10"] {
            let bench = Bench::new();
            bench.at(time);
            let heard = bench.say(ANNA, text);
            assert_eq!(measure(heard.reply(), None).parts, 1, "{}", heard.reply());
        }
    }
}

#[test]
fn a_number_named_with_a_code_adds_to_that_ticket() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(60);
    bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati");
    bench.days(2);
    let heard = bench.say(ANNA, &format!("DISHUB # {first} lampunya masih mati juga"));
    assert_eq!((heard.end().as_str(), heard.number()), ("addition NOMOR_DISEBUT", first.clone()));
    assert_eq!(
        heard.reply(),
        format!(
            "Keterangan tambahan Anda sudah kami masukkan ke No {first}. Cek: STATUS {first}. Pemkab Sukamaju"
        )
    );
}

#[test]
fn a_number_with_news_of_the_matter_adds_to_its_ticket_and_a_question_does_not() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.days(2);
    let news = format!("{number} lampunya sekarang malah jatuh ke jalan");
    let heard = bench.say(ANNA, &news);
    assert_eq!((heard.end().as_str(), heard.number()), ("addition NOMOR_DISEBUT", number.clone()));
    assert!(heard.reply().starts_with("Keterangan tambahan Anda"), "{}", heard.reply());
    bench.minutes(5);
    let asked =
        bench.say(ANNA, &format!("pak gmn kabar laporan sy no {number} kok blm ada jawaban"));
    assert_eq!(asked.end(), "command STATUS");
    // Another handset has no such ticket: what it tells is a complaint of its own.
    let of_beni = bench.say(BENI, &news);
    assert_eq!(of_beni.end(), "ticket TIKET_BARU");
    assert_ne!(of_beni.number(), number);
    assert_eq!(bench.say(BENI, &format!("gmn kabar laporan {number}")).end(), "command STATUS");
}

/// Texts that name a number of eight digits, or of a ticket that is not the sender's, and are about something else.
const OTHER_NUMBERS: [&str; 5] = [
    "tagihan pdam no pelanggan {no} membengkak jadi 500 ribu, mohon dicek",
    "PDAM air mati 3 hari no pelanggan {no}",
    "PDAM air mati hub telp rumah {no}",
    "lampu di RT 4 juga mati, sama seperti laporan tetangga saya {no}",
    "kenapa tagihan pelanggan {no} naik terus?",
];

#[test]
fn a_number_that_is_no_ticket_of_the_sender_keeps_no_complaint_from_becoming_one() {
    let mut told = Vec::new();
    for text in OTHER_NUMBERS {
        // Anna's ticket, and one that nobody has: nothing that Beni reads may tell them apart.
        for number in ["26000018", "12345674"] {
            let bench = Bench::new();
            bench.complaint();
            let text = text.replace("{no}", number);
            let heard = bench.say(BENI, &text);
            assert_eq!(heard.end(), "ticket TIKET_BARU", "{text}");
            let ticket = heard.ticket.clone().unwrap();
            let (unit, body) = match text.strip_prefix("PDAM ") {
                Some(body) => (Some("PDAM"), body),
                None => (None, text.as_str()),
            };
            assert_eq!((ticket.unit.as_deref(), ticket.body.as_str()), (unit, body));
            told.push(heard.reply().to_owned());
            // It may be followed up like any other.
            bench.minutes(5);
            assert_eq!(bench.say(BENI, &format!("rumah nomor {number}")).end(), "addition SUSULAN");
        }
        assert_eq!(told[0], told[1], "{text}");
        told.clear();
    }
}

#[test]
fn digits_that_answer_a_question_are_no_question_in_turn() {
    for text in ["12345674", "no pelanggan 24045114 pak", "12345674 pak", "26000026"] {
        let bench = Bench::new();
        let number = bench.say(ANNA, "PDAM # air mati 3 hari").number();
        bench.say(BENI, "DISHUB # lampu mati");
        super::ask(&bench, &number, "sari");
        bench.told(ANNA);
        bench.days(1);
        for asks in ["STATUS 12345674", "P26-00002-6"] {
            assert_eq!(bench.say(ANNA, asks).end(), "command STATUS", "{asks}");
            assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
        }
        let heard = bench.say(ANNA, text);
        let came_to = (heard.end(), heard.number());
        assert_eq!(came_to, ("addition KELENGKAPAN".to_owned(), number.clone()), "{text}");
        assert_eq!(bench.stage(&number), Stage::New);
        // Where nobody asks, digits alone ask after a ticket.
        assert_eq!(bench.say(BENI, "12345674").end(), "command STATUS");
    }
}

#[test]
fn a_number_of_another_handset_adds_to_nothing() {
    let bench = Bench::new();
    let of_anna = bench.complaint();
    let heard = bench.say(BENI, &format!("DISHUB # {of_anna} lampunya masih mati juga"));
    assert_eq!(heard.end(), "ticket TIKET_BARU");
    assert_ne!(heard.number(), of_anna);
    assert_eq!(bench.story(&of_anna), "MASUK");
}

#[test]
fn the_same_text_within_a_day_opens_no_second_ticket() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(23 * 60);
    let heard = bench.say(ANNA, "dishub # lampu merah, simpang pasar MATI!!");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition BERULANG", first.clone()));
    bench.minutes(23 * 60);
    let later = bench.say(ANNA, "DISHUB # Lampu merah Simpang Pasar mati");
    assert_eq!(later.end(), "addition BERULANG", "less than a day after the last of them");
    bench.minutes(24 * 60 + 1);
    let later = bench.say(ANNA, "DISHUB # Lampu merah Simpang Pasar mati");
    assert_eq!(later.end(), "ticket TIKET_BARU");
    let of_beni = bench.say(BENI, "DISHUB # Lampu merah Simpang Pasar mati");
    assert_eq!(of_beni.end(), "ticket TIKET_BARU", "another handset");
}

#[test]
fn a_second_message_without_a_code_within_half_an_hour_is_an_addition() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(29);
    let heard = bench.say(ANNA, "posisinya di depan masjid raya pak");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition SUSULAN", first.clone()));
    bench.minutes(30);
    let heard = bench.say(ANNA, "tiangnya juga sudah miring sekali");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition SUSULAN", first));
    bench.minutes(31);
    let heard = bench.say(ANNA, "sampah menumpuk di belakang kantor");
    assert_eq!(heard.end(), "ticket TIKET_BARU");
}

#[test]
fn a_courtesy_in_between_does_not_break_the_thread() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(5);
    assert_eq!(bench.say(ANNA, "ok makasih").end(), "silence SALAM_PENUTUP");
    assert_eq!(bench.say(ANNA, "BANTUAN").end(), "command BANTUAN");
    bench.minutes(5);
    let heard = bench.say(ANNA, "posisinya di depan masjid raya pak");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition SUSULAN", first));
}

#[test]
fn a_text_with_a_code_and_without_a_number_is_always_a_new_ticket() {
    let bench = Bench::new();
    bench.complaint();
    bench.minutes(1);
    let heard = bench.say(ANNA, "PUPR # jalan berlubang di Jl Melati");
    assert_eq!(heard.end(), "ticket TIKET_BARU");
}

/// A crash between the two commits, and a start much later: windows are counted between messages, not from the start.
#[test]
fn a_late_start_reads_messages_as_if_it_had_been_there() {
    let bench = Bench::new();
    for text in ["DISHUB # Lampu merah Simpang Pasar mati", "posisinya di depan masjid raya pak"] {
        for part in bench.delivered(ANNA, text) {
            bench.receive(&part);
        }
        bench.minutes(5);
    }
    bench.minutes(300);
    bench.intake();
    let heard = bench.heard(ANNA);
    assert_eq!(
        (heard.end().as_str(), heard.number().as_str()),
        ("addition SUSULAN", "P26-00001-8")
    );
    let ticket = heard.ticket.unwrap();
    assert_eq!(ticket.received_at, super::fixture::local("24-11-2026 08.00"));
}

#[test]
fn an_answer_to_a_question_resumes_the_ticket() {
    let bench = Bench::new();
    let number = bench.complaint();
    super::ask(&bench, &number, "sari");
    bench.told(ANNA);
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    bench.days(3);
    let heard = bench.say(ANNA, "di jalan mawar nomor 5 dekat sekolah");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition KELENGKAPAN", number.clone()));
    assert_eq!(bench.stage(&number), Stage::New);
    assert_eq!(bench.story(&number), "MASUK TANYA KELENGKAPAN LANJUT");
}

#[test]
fn the_shortest_answer_to_a_question_resumes_the_ticket_and_thanks_do_not() {
    for text in ["3", "ya", "sudah", "belum pak", "alhamdulillah sudah pak", "{no} 3", "{no} sdh"] {
        let bench = Bench::new();
        let number = bench.complaint();
        super::ask(&bench, &number, "sari");
        bench.told(ANNA);
        bench.minutes(61);
        assert_eq!(bench.say(ANNA, "ok makasih").end(), "silence SALAM_PENUTUP");
        assert_eq!(bench.say(ANNA, "...").end(), "command TIDAK_JELAS");
        assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
        let of_beni = bench.say(BENI, text);
        assert!(of_beni.ticket.is_none_or(|ticket| ticket.number.to_string() != number));
        let heard = bench.say(ANNA, &text.replace("{no}", &number));
        let came_to = (heard.end(), heard.number());
        assert_eq!(came_to, ("addition KELENGKAPAN".to_owned(), number.clone()), "{text}");
        assert!(heard.reply().starts_with("Keterangan tambahan Anda"), "{}", heard.reply());
        assert_eq!(bench.stage(&number), Stage::New);
    }
    // Where nobody asked it says what it said before.
    let bench = Bench::new();
    bench.complaint();
    assert_eq!(bench.say(ANNA, "3").end(), "command TIDAK_JELAS");
    assert_eq!(bench.say(ANNA, "alhamdulillah sudah pak").end(), "silence SALAM_PENUTUP");
}

#[test]
fn an_answer_to_a_question_that_names_the_number_resumes_it_too() {
    let bench = Bench::new();
    let number = bench.complaint();
    super::ask(&bench, &number, "sari");
    bench.days(1);
    let status = bench.say(ANNA, &format!("STATUS {number}"));
    assert_eq!(
        (status.end().as_str(), bench.stage(&number)),
        ("command STATUS", Stage::WaitingCitizen)
    );
    let heard = bench.say(ANNA, &format!("{number} di jalan mawar nomor 5 dekat sekolah"));
    assert_eq!((heard.end().as_str(), bench.stage(&number)), ("addition KELENGKAPAN", Stage::New));
}

#[test]
fn a_pause_takes_no_working_minute_from_the_clocks() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(10);
    super::ask(&bench, &number, "sari");
    let before = bench.ticket(&number);
    bench.at("26-11-2026 13.00");
    bench.say(ANNA, "di jalan mawar nomor 5 dekat sekolah");
    let after = bench.ticket(&number);
    let minutes = |from, until| bench.office.calendar.minutes_between(from, until);
    let asked_at = super::fixture::local("24-11-2026 08.10");
    for (due_before, due_after) in [
        (before.answer_due_at, after.answer_due_at),
        (before.due_at.unwrap(), after.due_at.unwrap()),
    ] {
        assert_eq!(minutes(asked_at, due_before), minutes(bench.now(), due_after));
    }
    assert_eq!(after.paused_at, None);
}

#[test]
fn a_code_alone_corrects_a_young_ticket() {
    let bench = Bench::new();
    let heard = bench.say(ANNA, "DISHBU # jalan berlubang");
    let number = heard.number();
    bench.minutes(60);
    let corrected = bench.say(ANNA, "PUPR");
    assert_eq!(
        (corrected.end().as_str(), corrected.number()),
        ("addition KODE_DIBETULKAN", number.clone())
    );
    assert!(corrected.reply().contains("utk PUPR dicatat"), "{}", corrected.reply());
    let ticket = bench.ticket(&number);
    assert_eq!(ticket.unit.as_deref(), Some("PUPR"));
    assert_eq!(ticket.certainty, "certain");
    assert!(!ticket.flags.contains(&"guessed".to_owned()), "{:?}", ticket.flags);
    bench.minutes(1);
    let late = bench.say(ANNA, "DLH");
    assert_eq!(late.end(), "command KODE_TANPA_ISI");
    assert!(late.reply().starts_with("Ketik: KODE # ISI"));
    assert_eq!(bench.ticket(&number).unit.as_deref(), Some("PUPR"));
}

#[test]
fn a_code_with_courtesies_round_it_corrects_as_one_alone() {
    for text in [
        "PUPR pak",
        "pupr ya",
        "PUPR min",
        "PUPR makasih",
        "PUPR terima kasih",
        "PUPR ok siap pak",
        "PUPR 🙏",
        "pak PUPR",
        "PUPR #",
        "kode PUPR",
        "yang benar PUPR",
        "maksud saya PUPR pak, makasih",
        "maaf pak, seharusnya PUPR",
        "PUPR yang benar",
        "yg bener PUPR #",
        "PUPR saja",
        "PUPR aja pak",
        "maaf salah, PUPR",
        "maaf salah PUPR",
        "salah. PUPR",
        "salah kode, PUPR",
        "salah kode PUPR pak",
        "ok PUPR",
        "bukan DLH, yang benar PUPR",
        "bukan DLH tapi PUPR",
        "maaf bukan ke DLH, PUPR pak",
        "PUPR, bukan DLH",
    ] {
        let bench = Bench::new();
        let number = bench.say(ANNA, "DISHB # jalan berlubang").number();
        bench.minutes(5);
        let heard = bench.say(ANNA, text);
        let came_to = (heard.end(), heard.number());
        assert_eq!(came_to, ("addition KODE_DIBETULKAN".to_owned(), number.clone()), "{text}");
        assert_eq!(bench.ticket(&number).unit.as_deref(), Some("PUPR"), "{text}");
        // Where there is nothing to correct, what is wrong is asked for.
        assert_eq!(bench.say(BENI, text).end(), "command KODE_TANPA_ISI", "{text}");
    }
    for text in [
        "PUPR salah",
        "PUPR jalan",
        "PUPR pak lurah",
        "PUPR aja yang kerja",
        "PUPR bukan jalan",
        "PUPR # terima kasih",
        "PUPR 😡",
    ] {
        let bench = Bench::new();
        bench.say(ANNA, "DISHB # jalan berlubang");
        bench.minutes(5);
        assert_eq!(bench.say(ANNA, text).end(), "ticket TIKET_BARU", "{text}");
    }
    for text in
        ["ini PUPR?", "bukan PUPR", "salah PUPR", "bukan DLH, PUPR?", "yang benar PUPR atau DLH"]
    {
        let bench = Bench::new();
        bench.say(ANNA, "DISHB # jalan berlubang");
        bench.minutes(5);
        assert_eq!(bench.say(ANNA, text).end(), "addition SUSULAN", "{text}");
    }
}

#[test]
fn a_mistyped_code_alone_is_told_as_a_guess() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "UMUM # lampu jalan mati di depan pasar").number();
    let of = |number: &str| {
        let ticket = bench.ticket(number);
        (ticket.unit, ticket.certainty, ticket.flags)
    };
    let guessed =
        |unit: &str| (Some(unit.to_owned()), "guessed".to_owned(), vec!["guessed".to_owned()]);
    for typed in ["DISHIB #", "DISHBU#"] {
        bench.minutes(1);
        let heard = bench.say(ANNA, typed);
        assert_eq!(
            (heard.end().as_str(), heard.number()),
            ("addition KODE_DIBETULKAN", number.clone())
        );
        assert!(heard.reply().contains("kami catat utk DISHUB. Bila keliru"), "{}", heard.reply());
        assert_eq!(of(&number), guessed("DISHUB"));
    }
    // The right one takes the doubt away.
    let heard = bench.say(ANNA, "DISHUB #");
    assert!(heard.reply().contains("Jawaban paling lambat"), "{}", heard.reply());
    assert_eq!(of(&number), (Some("DISHUB".to_owned()), "certain".to_owned(), Vec::new()));
    // The same as the answer to a question.
    bench.minutes(1);
    super::ask(&bench, &number, "sari");
    bench.minutes(61);
    let heard = bench.say(ANNA, "PUPRR #");
    assert_eq!((heard.end().as_str(), bench.stage(&number)), ("addition KELENGKAPAN", Stage::New));
    assert!(heard.reply().contains("kami catat utk PUPR. Bila keliru"), "{}", heard.reply());
    assert_eq!(of(&number), guessed("PUPR"));
}

#[test]
fn a_code_alone_does_not_correct_what_was_sorted_or_is_anothers() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(bench.say(BENI, "PUPR").end(), "command KODE_TANPA_ISI");
    bench.assign(&number).unwrap();
    assert_eq!(bench.say(ANNA, "PUPR").end(), "command KODE_TANPA_ISI");
    assert_eq!(bench.ticket(&number).unit.as_deref(), Some("DISHUB"));
}

#[test]
fn a_code_alone_answers_the_question_which_unit_it_is_for() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "mohon diperbaiki yang rusak di jalan mawar").number();
    super::ask(&bench, &number, "sari");
    bench.told(ANNA);
    bench.days(2);
    let heard = bench.say(ANNA, "DISHUB");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition KELENGKAPAN", number.clone()));
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.unit.as_deref()), (Stage::New, Some("DISHUB")));
    assert_eq!(bench.story(&number), "MASUK TANYA KODE_DIBETULKAN KELENGKAPAN LANJUT");
}

#[test]
fn a_code_alone_that_answers_a_question_changes_no_unit_that_was_decided_on() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    super::ask(&bench, &number, "budi");
    bench.days(1);
    let heard = bench.say(ANNA, "PUPR");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition KELENGKAPAN", number.clone()));
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.unit.as_deref()), (Stage::Analysis, Some("DISHUB")));
}

#[test]
fn a_code_alone_corrects_what_was_received_after_the_question() {
    let bench = Bench::new();
    let asked = bench.complaint();
    super::ask(&bench, &asked, "sari");
    bench.minutes(5);
    let young = bench.say(ANNA, "DISHBU # jalan berlubang").number();
    bench.minutes(1);
    let heard = bench.say(ANNA, "PUPR");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition KODE_DIBETULKAN", young));
    assert_eq!(bench.stage(&asked), Stage::WaitingCitizen);
}

#[test]
fn courtesies_are_logged_and_not_answered() {
    let bench = Bench::new();
    bench.complaint();
    for text in ["ok makasih", "maaf salah kirim", "Terima kasih pak", "👍", "🙏🙏🙏"] {
        bench.seconds(1);
        let heard = bench.say(ANNA, text);
        assert_eq!(
            (heard.end().as_str(), heard.replies.len()),
            ("silence SALAM_PENUTUP", 0),
            "{text}"
        );
    }
}

#[test]
fn networks_services_and_the_own_card_are_never_answered() {
    let bench = Bench::new();
    for (sender, end) in [
        ("TELKOMSEL", "silence OPERATOR"),
        ("3636", "silence OPERATOR"),
        ("080012345678", "silence OPERATOR"),
        (OWN, "silence NOMOR_SENDIRI"),
    ] {
        bench.seconds(1);
        for part in bench.delivered(sender, "DISHUB # lampu mati, balas YA") {
            bench.receive(&part);
        }
        bench.intake();
        let heard = bench.heard(sender);
        assert_eq!(heard.end(), end, "{sender}");
        assert!(heard.ticket.is_none());
    }
    bench.carry();
    assert!(bench.claim().is_none());
    assert_eq!(bench.told(OWN), [] as [&str; 0]);
}

#[test]
fn texts_that_say_nothing_are_told_how_to_write() {
    let bench = Bench::new();
    for text in ["", "   ", "\u{200b}", "😡😡 🙏", "...", "#", "###"] {
        bench.minutes(61);
        let heard = bench.say(ANNA, text);
        assert_eq!(heard.outcome, "command", "{text:?} {}", heard.reason);
        assert!(heard.reply().starts_with("Ketik: KODE # ISI"), "{text:?}");
        assert!(heard.ticket.is_none());
    }
}

#[test]
fn a_flood_is_kept_and_worked_on_and_acknowledged_once() {
    let bench = Bench::new();
    let mut replies = 0;
    for serial in 0..8 {
        bench.seconds(30);
        let heard = bench.say(ANNA, &format!("DISHUB # lampu nomor {serial} mati"));
        assert_eq!(heard.outcome, "ticket");
        replies += heard.replies.len();
        // The sixth within ten minutes begins it.
        let silent = serial >= 6;
        assert_eq!(heard.reason == "TANPA_BALASAN_BANJIR", silent, "{serial}: {}", heard.reason);
    }
    assert_eq!(replies, 6);
    assert_eq!(bench.say(BENI, "DISHUB # lampu mati").replies.len(), 1, "nobody else suffers");
    bench.minutes(11);
    assert_eq!(bench.say(ANNA, "DISHUB # yang lain lagi").replies.len(), 1);
}

#[test]
fn a_flood_that_waited_for_intake_is_counted_as_it_came_and_its_tickets_show_it() {
    let bench = Bench::new();
    for serial in 0..9 {
        for part in bench.delivered(ANNA, &format!("DISHUB # lampu nomor {serial} mati")) {
            bench.receive(&part);
        }
    }
    bench.intake();
    assert_eq!(bench.told(ANNA).len(), 6);
    bench.say(BENI, "DISHUB # lampu mati");
    let flagged: Vec<(i64, bool)> = (1..=10)
        .map(|id| (id, bench.by_id(id).flags.iter().any(|flag| flag == flooding::FLAG)))
        .collect();
    assert_eq!(flagged, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(|id| (id, (6..=9).contains(&id))));
    // Said once of each ticket, however much more is added to it.
    bench.say(ANNA, "yang dekat pasar juga");
    let number = bench.by_id(9).number.to_string();
    assert_eq!(bench.story(&number), "MASUK BANJIR_PESAN SUSULAN");
}

#[test]
fn more_than_twenty_a_day_are_a_flood_too() {
    let bench = Bench::new();
    for serial in 0..21 {
        bench.minutes(15);
        assert_eq!(bench.say(ANNA, &format!("DISHUB # lampu {serial} mati")).replies.len(), 1);
    }
    bench.minutes(15);
    let heard = bench.say(ANNA, "DISHUB # lampu terakhir mati");
    assert_eq!(heard.end(), "ticket TANPA_BALASAN_BANJIR");
    assert!(heard.replies.is_empty());
}

#[test]
fn a_machine_that_answers_us_gets_three_equal_replies_an_hour() {
    let bench = Bench::new();
    let mut replies = 0;
    for round in 0..6 {
        // Not so fast that it would be a flood.
        bench.minutes(4);
        let heard = bench.say(ANNA, "BANTUAN");
        assert_eq!(heard.outcome, "command");
        replies += heard.replies.len();
        assert_eq!(heard.reason == "TANPA_BALASAN_BERULANG", round >= 3);
    }
    assert_eq!(replies, 3);
    bench.minutes(60);
    assert_eq!(bench.say(ANNA, "BANTUAN").replies.len(), 1);
}

#[test]
fn serials_begin_again_on_the_first_of_january_local_time() {
    let bench = Bench::new();
    bench.complaint();
    // 16.59 UTC and 17.00 UTC: the office's own midnight counts.
    bench.at("31-12-2026 23.59");
    assert_eq!(bench.say(ANNA, "DISHUB # terakhir tahun ini").number(), "P26-00002-6");
    bench.at("01-01-2027 00.00");
    assert_eq!(bench.say(ANNA, "DISHUB # pertama tahun depan").number(), "P27-00001-7");
    // Received in the old year, handled in the new one.
    bench.at("31-12-2027 23.59");
    for part in bench.delivered(BENI, "DISHUB # lampu mati") {
        bench.receive(&part);
    }
    bench.at("01-01-2028 00.01");
    bench.intake();
    assert!(bench.heard(BENI).number().starts_with("P27-"));
}

#[test]
fn when_the_years_serials_are_used_up_the_message_stays_unread_and_others_go_on() {
    let bench = Bench::new();
    let number = bench.complaint();
    let mut last = bench.ticket(&number);
    last.number = crate::number::TicketNumber::new(26, 99_999).unwrap();
    bench.run(move |tx, _, now| {
        let entry = crate::store::trail::Entry {
            actor: "pemohon",
            transition: Some(1),
            action: "MASUK",
            from: None,
            to: Some("BARU"),
            detail: serde_json::json!({}),
        };
        tickets::open(tx, &last, &entry, now)
    });
    bench.days(1);
    for part in bench.delivered(ANNA, "DISHUB # satu lagi yang baru") {
        bench.receive(&part);
    }
    let id = bench.unread()[0];
    let outcome = bench.write(move |tx, office, now| Ok(intake::handle(tx, office, id, now)?));
    assert_eq!(refused(outcome), "FAULT");
    assert_eq!(bench.unread(), [id], "it waits");
    for part in bench.delivered(BENI, "BANTUAN") {
        bench.receive(&part);
    }
    let other = bench.unread()[1];
    assert!(bench.run(move |tx, office, now| intake::handle(tx, office, other, now)));
    assert_eq!(bench.heard(BENI).end(), "command BANTUAN");
    assert_eq!(bench.unread(), [id]);
}

#[test]
fn additions_to_the_closed_path_go_straight_to_it_and_tell_nothing() {
    let bench = Bench::new();
    let number = bench.complaint();
    super::restrict(&bench, &number, "sari");
    bench.minutes(5);
    let heard = bench.say(ANNA, "ini bukti transfernya kepada petugas");
    assert_eq!((heard.end().as_str(), heard.number()), ("addition SUSULAN", number.clone()));
    assert!(heard.reply().contains("ditangani tertutup"), "{}", heard.reply());
    assert!(!heard.reply().contains("DISHUB"));
    super::hand_over(&bench, &number);
    bench.minutes(5);
    let repeated = bench.say(ANNA, "ini bukti transfernya kepada petugas");
    assert_eq!(repeated.end(), "addition BERULANG");
    assert!(repeated.reply().contains("ditangani tertutup"), "{}", repeated.reply());
}

#[test]
fn a_reply_that_cannot_be_composed_does_not_keep_the_complaint_waiting() {
    let mut office: Office = office();
    office.limits.parts_max = 0;
    let bench = Bench::with(office);
    let heard = bench.say(ANNA, "DISHUB # lampu mati");
    assert_eq!(heard.end(), "ticket BALASAN_GAGAL_DISUSUN");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Design rule 4 and procedure 9.4, rule 4: whatever people type, it ends exactly once.
    #[test]
    fn any_text_ends_exactly_once(texts in prop::collection::vec("\\PC{0,40}|(STATUS|BATAL|PUAS|BELUM) P26-0000[0-9]-[0-9]( ya)?|(DISHUB|PUPR) ?#? ?[a-z ]{0,20}", 1..6)) {
        let bench = Bench::new();
        for text in texts {
            bench.seconds(20);
            let heard = bench.say(ANNA, &text);
            prop_assert!(matches!(heard.outcome.as_str(), "ticket" | "addition" | "command" | "silence"));
            prop_assert!(heard.replies.len() <= 1, "{text:?}: {:?}", heard.replies);
            let silent = heard.outcome == "silence" || heard.reason.starts_with("TANPA_BALASAN");
            prop_assert_eq!(heard.replies.is_empty(), silent, "{:?}: {}", text, heard.reason);
            let belongs = matches!(heard.outcome.as_str(), "ticket" | "addition");
            prop_assert!(heard.ticket.is_some() || !belongs);
        }
        prop_assert!(bench.unread().is_empty());
    }
}
