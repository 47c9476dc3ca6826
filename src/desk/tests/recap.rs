//! The month in figures, and the balance that always holds (9.4, rule 7).

use super::fixture::{ANNA, BENI, Bench, refused};
use super::{answer, ask, remember, turn};
use crate::desk::closing::Closing;
use crate::desk::recap::{Counts, Entry, Month, Recap, count};
use crate::desk::{copying, privacy, turning};
use crate::ticket::{Category, Channel, CloseReason, Stage};

pub fn balanced(counts: &Counts) -> bool {
    counts.opening + counts.received + counts.reopened
        == counts.finished + counts.closed_in_all() + counts.closing
}

/// Rule 9.4.7 for the whole and for every unit.
pub fn holds(recap: &Recap) {
    assert!(balanced(&recap.summary), "{:?}", recap.summary);
    for (unit, (_, counts)) in &recap.units {
        assert!(balanced(counts), "{unit}: {counts:?}");
    }
}

fn close_as(bench: &Bench, number: &str, reason: CloseReason, main: Option<&str>) {
    let closing = Closing {
        reason,
        main: main.map(str::to_owned),
        party: Some("PLN".to_owned()),
        contact: Some("123".to_owned()),
        words: None,
    };
    bench.close(number, closing).unwrap();
}

#[test]
fn an_empty_month_is_all_zeros() {
    let bench = Bench::new();
    let recap = bench.recap(2026, 10);
    assert_eq!(recap.summary, Counts::default());
    assert!(recap.units.is_empty() && recap.open.is_empty() && recap.categories.is_empty());
    assert_eq!((recap.summary.mean(), recap.summary.median()), (None, None));
    assert_eq!((recap.sealed, recap.satisfaction), ((0, 0, 0), (0, 0, 0)));
    assert!(recap.steps.iter().all(|step| step.measured == 0 && step.longest.is_none()));
}

#[test]
fn months_are_local_and_real() {
    assert!(Month::new(2026, 13).is_err());
    assert!(Month::new(2026, 0).is_err());
    assert_eq!(Month::new(2028, 2).unwrap().days().1.to_string(), "2028-02-29");
    let bench = Bench::new();
    // 30 November, 17.00 UTC: December in the office.
    bench.at("30-11-2026 23.59");
    bench.say(ANNA, "DISHUB # lampu mati");
    bench.at("01-12-2026 00.00");
    bench.say(BENI, "DISHUB # lampu mati");
    bench.at("02-12-2026 08.00");
    assert_eq!(bench.recap(2026, 11).summary.received, 1);
    assert_eq!(bench.recap(2026, 12).summary.received, 1);
}

#[test]
fn the_report_is_for_petugas_ketua_and_pengarah() {
    let bench = Bench::new();
    for (user, code) in [
        ("sari", "done"),
        ("ratna", "done"),
        ("hadi", "done"),
        ("budi", "NOT_PERMITTED"),
        ("joko", "NOT_PERMITTED"),
    ] {
        let outcome = bench.act(user, |tx, office, who, now| {
            count(tx, office, who, (Month::new(2026, 11)?, false), now)
        });
        assert_eq!(refused(outcome), code, "{user}");
    }
}

#[test]
fn a_ticket_is_carried_from_month_to_month_until_it_ends() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.at("02-12-2026 08.00");
    bench.answered(&number, "Lampu diperbaiki.");
    bench.at("04-01-2027 08.00");
    bench.say(ANNA, &format!("PUAS {number}"));
    bench.at("02-02-2027 08.00");
    let figures: Vec<_> = [(2026, 11), (2026, 12), (2027, 1), (2027, 2)]
        .into_iter()
        .map(|(year, month)| {
            let recap = bench.recap(year, month);
            holds(&recap);
            let all = recap.summary;
            (all.opening, all.received, all.answered, all.finished, all.closing, all.overdue)
        })
        .collect();
    assert_eq!(
        figures,
        [(0, 1, 0, 0, 1, 1), (1, 0, 1, 0, 1, 0), (1, 0, 0, 1, 0, 0), (0, 0, 0, 0, 0, 0)]
    );
}

#[test]
fn a_message_received_in_the_last_second_and_read_in_the_next_month_is_in_the_balance_of_both() {
    let bench = Bench::new();
    bench.at("30-11-2026 23.59");
    for part in bench.delivered(ANNA, "DISHUB # lampu mati") {
        bench.receive(&part);
    }
    bench.at("01-12-2026 00.01");
    bench.intake();
    for (month, opening, received) in [(11, 0, 1), (12, 1, 0)] {
        let recap = bench.recap(2026, month);
        holds(&recap);
        let all = recap.summary;
        assert_eq!((all.opening, all.received, all.closing), (opening, received, 1), "{month}");
    }
}

#[test]
fn a_clock_that_is_set_back_over_a_months_end_takes_no_step_back_with_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.at("01-12-2026 00.20");
    bench.answered(&number, "Lampu diperbaiki.");
    bench.at("30-11-2026 23.50");
    bench.say(ANNA, &format!("PUAS {number}"));
    for (month, finished, closing) in [(11, 0, 1), (12, 1, 0)] {
        let recap = bench.recap(2026, month);
        holds(&recap);
        let all = recap.summary;
        assert_eq!((all.finished, all.closing), (finished, closing), "{month}");
    }
}

#[test]
fn a_step_does_not_wait_for_a_clock_that_was_years_ahead() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.at("01-12-2099 00.20");
    bench.answered(&number, "Lampu diperbaiki.");
    bench.at("30-11-2026 23.50");
    bench.say(ANNA, &format!("PUAS {number}"));
    assert_eq!(bench.recap(2026, 11).summary.finished, 1);
}

#[test]
fn on_time_is_counted_in_working_minutes_without_the_pauses() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(60);
    ask(&bench, &number, "sari");
    // Two days later: without the pause it would be far too late.
    bench.at("26-11-2026 08.00");
    bench.say(ANNA, "di jalan mawar nomor 5 dekat sekolah");
    bench.minutes(120);
    bench.answered(&number, "Lampu diperbaiki.");
    let recap = bench.recap(2026, 11);
    assert_eq!((recap.summary.answered, recap.summary.on_time), (1, 1));
    assert_eq!(recap.summary.minutes, [180]);
    let total = recap.steps.iter().find(|step| step.row == "total").unwrap();
    assert_eq!((total.measured, total.within, total.longest), (1, 1, Some(180)));
    let sorting = recap.steps.iter().find(|step| step.row == "2").unwrap();
    assert_eq!(
        (sorting.measured, sorting.within, sorting.longest),
        (1, 0, Some(180)),
        "once, the pause taken out"
    );
}

#[test]
fn a_late_answer_stays_late_when_belum_begins_a_new_round() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.at("26-11-2026 08.00");
    bench.answered(&number, "Lampu diperbaiki.");
    bench.minutes(10);
    bench.say(ANNA, &format!("BELUM {number} masih mati"));
    let recap = bench.recap(2026, 11);
    assert_eq!((recap.summary.answered, recap.summary.on_time), (1, 0));
    assert_eq!(recap.summary.minutes, [900]);
    assert_eq!(recap.satisfaction, (0, 1, 0));
}

#[test]
fn each_row_is_measured_at_its_end() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(10);
    bench.assign(&number).unwrap();
    bench.minutes(50);
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    bench.at("30-11-2026 15.00");
    bench.approve(&number, "ratna").unwrap();
    bench.at("01-12-2026 08.00");
    bench.send(&number, "sari").unwrap();
    let row = |recap: &Recap, row: &str| {
        let step = recap.steps.iter().find(|step| step.row == row).unwrap();
        (step.measured, step.within, step.longest)
    };
    let november = bench.recap(2026, 11);
    assert_eq!(row(&november, "2"), (1, 1, Some(10)));
    assert_eq!(row(&november, "3-4"), (1, 0, Some(50)));
    assert_eq!(row(&november, "5"), (0, 0, None));
    let december = bench.recap(2026, 12);
    assert_eq!(row(&december, "2"), (0, 0, None));
    assert_eq!(row(&december, "5").0, 1);
    assert_eq!(row(&december, "total").0, 1);
}

#[test]
fn an_answer_from_the_bank_has_no_row_5_and_a_returned_draft_one_only() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.propose(&number, "budi", "x").unwrap();
    bench.minutes(30);
    bench.reject(&number, "ratna", "kurang").unwrap();
    bench.minutes(30);
    bench.propose(&number, "budi", "Lampu diperbaiki.").unwrap();
    bench.minutes(20);
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    let note = remember(&bench, &number, None).unwrap();
    bench.minutes(31);
    let second = bench.say(ANNA, "DISHUB # lampu Jl Melati mati").number();
    answer(&bench, &second, "sari", note, &[]).unwrap();
    let recap = bench.recap(2026, 11);
    let step = recap.steps.iter().find(|step| step.row == "5").unwrap();
    assert_eq!((step.measured, step.longest), (1, Some(20)));
}

#[test]
fn spam_counts_among_the_messages_only() {
    let bench = Bench::new();
    bench.complaint();
    let spam = bench.say(BENI, "DISHUB # promo pinjaman kilat").number();
    close_as(&bench, &spam, CloseReason::Spam, None);
    let recap = bench.recap(2026, 11);
    holds(&recap);
    assert_eq!((recap.summary.received, recap.summary.closed_in_all()), (1, 0));
    assert_eq!(recap.received, [("ticket".to_owned(), "TIKET_BARU".to_owned(), 2)]);
}

#[test]
fn what_becomes_spam_in_a_later_month_is_closed_there() {
    let bench = Bench::new();
    let spam = bench.say(BENI, "DISHUB # promo pinjaman kilat").number();
    bench.at("02-12-2026 08.00");
    let before = bench.recap(2026, 11).summary;
    close_as(&bench, &spam, CloseReason::Spam, None);
    let november = bench.recap(2026, 11);
    assert_eq!(november.summary.closing, before.closing, "what was signed is still true");
    let december = bench.recap(2026, 12);
    for recap in [&november, &december] {
        holds(recap);
    }
    assert_eq!((november.summary.received, november.summary.closing), (1, 1));
    assert_eq!((december.summary.opening, december.summary.closing), (1, 0));
    assert_eq!(december.summary.closed.get("SPAM"), Some(&1));
}

#[test]
fn a_joined_duplicate_counts_in_the_whole_and_once_in_its_unit() {
    let bench = Bench::new();
    let main = bench.complaint();
    let joined = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    close_as(&bench, &joined, CloseReason::Duplicate, Some(&main));
    let recap = bench.recap(2026, 11);
    holds(&recap);
    assert_eq!((recap.summary.received, recap.summary.closed.get("DUPLIKAT")), (2, Some(&1)));
    let (_, unit) = &recap.units["DISHUB"];
    assert_eq!((unit.received, unit.closed_in_all(), unit.closing), (1, 0, 1));
    assert_eq!(recap.categories.values().sum::<i64>(), 1);
}

#[test]
fn the_reason_of_a_closing_is_the_one_of_its_time() {
    let bench = Bench::new();
    let number = bench.complaint();
    close_as(&bench, &number, CloseReason::NotOurs, None);
    bench.at("02-12-2026 08.00");
    turn(&bench, &number, "ratna", "ternyata urusan kami", turning::reopen).unwrap();
    assert_eq!(bench.ticket(&number).closed_as, None);
    bench.say(ANNA, &format!("BATAL {number}"));
    let november = bench.recap(2026, 11);
    let december = bench.recap(2026, 12);
    for recap in [&november, &december] {
        holds(recap);
    }
    assert_eq!(november.summary.closed.get("BUKAN_WENANG"), Some(&1));
    assert_eq!(december.summary.closed.get("DICABUT"), Some(&1));
    assert_eq!(december.summary.reopened, 1);
}

#[test]
fn puas_is_the_citizens_word_however_late_and_silence_is_silence() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu diperbaiki.");
    bench.days(2);
    bench.say(ANNA, &format!("BELUM {number} masih mati"));
    bench.days(5);
    bench.answered(&number, "Sekarang sudah diganti.");
    bench.at("10-12-2026 08.00");
    bench.say(ANNA, &format!("PUAS {number}"));
    let silent = bench.say(BENI, "DISHUB # lampu lain mati").number();
    bench.answered(&silent, "Lampu diperbaiki.");
    bench.days(10);
    bench.round();
    assert_eq!(bench.stage(&silent), Stage::Finished);
    assert_eq!(bench.recap(2026, 12).satisfaction, (1, 0, 1));
    assert_eq!(bench.recap(2026, 11).satisfaction, (0, 1, 0));
}

#[test]
fn median_and_mean_are_of_the_first_answers() {
    let of = |minutes: &[i64]| Counts { minutes: minutes.to_vec(), ..Counts::default() };
    assert_eq!((of(&[10, 30, 20]).median(), of(&[10, 30, 20]).mean()), (Some(20), Some(20)));
    assert_eq!((of(&[10, 21]).median(), of(&[10, 21]).mean()), (Some(15), Some(16)));
    assert_eq!(of(&[7]).median(), Some(7));
}

#[test]
fn messages_are_counted_by_what_became_of_them() {
    let bench = Bench::new();
    bench.complaint();
    bench.say(ANNA, "BANTUAN");
    bench.say(ANNA, "ok makasih");
    let recap = bench.recap(2026, 11);
    let received: Vec<_> = recap
        .received
        .iter()
        .map(|(outcome, reason, count)| (outcome.as_str(), reason.as_str(), *count))
        .collect();
    assert_eq!(
        received,
        [("command", "BANTUAN", 1), ("silence", "SALAM_PENUTUP", 1), ("ticket", "TIKET_BARU", 1)]
    );
    assert_eq!(recap.sent, [("sent".to_owned(), 2, 2)]);
}

#[test]
fn messages_that_went_out_are_counted_with_the_parts_that_the_network_took() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "sudah kami perbaiki, ".repeat(14).trim());
    bench.at("01-12-2026 08.00");
    let second = bench.say(BENI, "DISHUB # lampu di pasar mati").number();
    bench.approved(&second, "sudah kami perbaiki, ".repeat(14).trim());
    bench.send(&second, "sari").unwrap();
    let sent = |month| bench.recap(2026, month).sent;
    // A receipt and an answer of three parts; of the second answer nothing has gone out yet.
    assert_eq!(sent(11), [("sent".to_owned(), 2, 4)]);
    assert_eq!(sent(12), [("queued".to_owned(), 1, 0), ("sent".to_owned(), 1, 1)]);
    bench.told(BENI);
    assert_eq!(sent(12), [("sent".to_owned(), 2, 4)]);
    assert_eq!(sent(11), [("sent".to_owned(), 2, 4)]);
}

/// The register of a month: `number stage` of each line.
fn lines(recap: &Recap) -> Vec<String> {
    let register = recap.register.as_ref().unwrap();
    let line = |entry: &Entry| format!("{} {}", entry.number, entry.stage.token());
    register.entries.iter().map(line).collect()
}

#[test]
fn the_register_has_a_line_for_each_complaint_as_it_stood_at_the_months_end() {
    let bench = Bench::new();
    let answered = bench.complaint();
    bench.minutes(60);
    bench.answered(&answered, "Lampu diperbaiki.");
    let waiting = bench.say(BENI, "PUPR # jalan rusak").number();
    let closed = bench.say(BENI, "DLH # listrik padam").number();
    close_as(&bench, &closed, CloseReason::NotOurs, None);
    bench.at("02-12-2026 08.00");
    bench.answered(&waiting, "Jalan ditambal.");
    bench.say(ANNA, &format!("PUAS {answered}"));
    let later = bench.say(ANNA, "DISHUB # lampu lain mati").number();
    let november = bench.recap(2026, 11);
    assert_eq!(
        lines(&november),
        [format!("{answered} DIJAWAB"), format!("{waiting} BARU"), format!("{closed} DITUTUP")]
    );
    let register = november.register.unwrap();
    let [first, second, third] = register.entries.as_slice() else { panic!("{register:?}") };
    assert_eq!(first.answer.as_deref(), Some("Lampu diperbaiki."));
    assert_eq!((first.minutes, first.on_time), (Some(60), Some(true)));
    assert_eq!(
        (first.unit.as_deref(), first.category),
        (Some("DISHUB"), Some(Category::Complaint))
    );
    assert_eq!(first.body, "Lampu merah Simpang Pasar mati");
    // What came after the month is not of it.
    assert_eq!(
        (second.answer.as_ref(), second.answered_at, second.on_time),
        (None, None, Some(false))
    );
    assert_eq!((third.closed_as, third.on_time), (Some(CloseReason::NotOurs), None));
    assert_eq!(register.sealed, 0);
    assert_eq!(lines(&bench.recap(2026, 12)), [format!("{later} BARU")]);
}

#[test]
fn spam_is_in_no_register_and_a_duplicate_is_as_what_it_was_closed() {
    let bench = Bench::new();
    let main = bench.complaint();
    let spam = bench.say(BENI, "DISHUB # promo pinjaman kilat").number();
    close_as(&bench, &spam, CloseReason::Spam, None);
    let joined = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    close_as(&bench, &joined, CloseReason::Duplicate, Some(&main));
    let recap = bench.recap(2026, 11);
    assert_eq!(lines(&recap), [format!("{main} BARU"), format!("{joined} DITUTUP")]);
    let register = recap.register.unwrap();
    assert_eq!(register.entries[1].closed_as, Some(CloseReason::Duplicate));
}

#[test]
fn the_register_names_the_units_that_got_a_copy() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DISHUB PUPR # simpang gelap").number();
    bench
        .act("sari", move |tx, office, who, now| {
            copying::copy(tx, office, who, (&number, &["PUPR".to_owned()]), now)
        })
        .unwrap();
    let register = bench.recap(2026, 11).register.unwrap();
    assert_eq!(register.entries[0].copies, ["PUPR"]);
    assert_eq!(register.entries[0].channel, Channel::Sms);
}

#[test]
fn a_month_without_its_register_has_none() {
    let bench = Bench::new();
    bench.complaint();
    let recap = bench
        .act("ratna", |tx, office, who, now| {
            count(tx, office, who, (Month::new(2026, 11)?, false), now)
        })
        .unwrap();
    assert_eq!((recap.register, recap.summary.received), (None, 1));
}

#[test]
fn of_a_complaint_with_specific_data_the_register_has_no_words() {
    let bench = Bench::new();
    let number = bench.complaint();
    let marked = number.clone();
    bench
        .act("sari", move |tx, office, who, now| {
            privacy::mark(tx, office, who, (&marked, privacy::Mark::Specific, false, None), now)
        })
        .unwrap();
    bench.answered(&number, "Anak itu dirujuk.");
    let register = bench.recap(2026, 11).register.unwrap();
    let [entry] = register.entries.as_slice() else { panic!("{register:?}") };
    assert_eq!(
        (entry.number.as_str(), entry.body.as_str(), entry.answer.as_ref()),
        (&*number, "", None)
    );
    assert_eq!(entry.on_time, Some(true));
}

#[test]
fn of_a_complaint_with_a_one_time_code_the_register_says_that_it_holds_one() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "Kode OTP Anda 482716. JANGAN BERIKAN kepada siapa pun").number();
    let other = bench.say(BENI, "DISHUB # nomor tiang lampu 482716").number();
    let register = bench.recap(2026, 11).register.unwrap();
    let told: Vec<(&str, &str, bool)> = register
        .entries
        .iter()
        .map(|entry| (entry.number.as_str(), entry.body.as_str(), entry.holds_otp))
        .collect();
    assert_eq!(told, [(&*number, "", true), (&*other, "nomor tiang lampu 482716", false)]);
}
