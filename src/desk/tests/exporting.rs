//! The export for LAPOR!: whole, of ordinary complaints alone, and without the numbers of persons.

use super::fixture::{ANNA, BENI, Bench, refused};
use super::{ask, hand_over, mark, restrict, unrestrict};
use crate::desk::Error;
use crate::desk::closing::Closing;
use crate::desk::exporting::{self, Complaint, Exported, Wanted};
use crate::desk::privacy::{self, Mark};
use crate::ticket::CloseReason;

fn export(bench: &Bench, user: &str, wanted: Wanted) -> Result<Exported, Error> {
    let noted = wanted.clone();
    bench.act(user, move |tx, office, who, now| exporting::note(tx, office, who, &noted, now))?;
    bench.act(user, move |tx, office, who, now| exporting::export(tx, office, who, &wanted, now))
}

fn all(bench: &Bench) -> Exported {
    export(bench, "sari", Wanted::default()).unwrap()
}

fn numbers(exported: &Exported) -> Vec<String> {
    exported.complaints.iter().map(|one| one.ticket.number.to_string()).collect()
}

fn texts(complaint: &Complaint) -> Vec<&str> {
    complaint.texts.iter().map(|text| &*text.text).collect()
}

fn close(bench: &Bench, number: &str, reason: CloseReason) {
    let closing = Closing { reason, main: None, party: None, contact: None, words: None };
    bench.close(number, closing).unwrap();
}

#[test]
fn a_complaint_is_exported_whole_with_its_answers_and_no_number_of_a_person() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.minutes(5);
    bench.say(ANNA, "hubungi saya di 081234567890, NIK 3201234567890123");
    bench.say(ANNA, "STATUS");
    bench.assign(&number).unwrap();
    bench.answered(&number, "Lampu diganti, telepon 0217654321.");
    let exported = all(&bench);
    let [complaint] = &exported.complaints[..] else { panic!("{exported:?}") };
    assert_eq!(
        texts(complaint),
        [
            "DISHUB # Lampu merah Simpang Pasar mati",
            "hubungi saya di 0812*****890, NIK 3201********0123",
        ]
    );
    assert!(complaint.texts[0].at < complaint.texts[1].at);
    let [answer] = &complaint.answers[..] else { panic!("{complaint:?}") };
    assert!(answer.text.contains("Lampu diganti, telepon 0217***321."), "{answer:?}");
    assert!(answer.text.starts_with("Jawaban No"), "as it was sent: {answer:?}");
    assert_eq!((exported.specific, exported.more), (0, false));
}

#[test]
fn what_is_joined_stands_with_its_main_ticket() {
    let bench = Bench::new();
    let (main, own) = super::news::joined(&bench);
    let exported = all(&bench);
    assert_eq!(numbers(&exported), [main]);
    assert_eq!(texts(&exported.complaints[0]).len(), 2);
    // Of specific data, or a one-time code, the rest of the matter still stands there.
    mark(&bench, &own, Mark::Specific);
    let exported = all(&bench);
    assert_eq!((texts(&exported.complaints[0]).len(), exported.specific), (1, 1));
}

#[test]
fn the_closed_path_is_not_even_counted() {
    let bench = Bench::new();
    let sealed = bench.complaint();
    bench.assign(&sealed).unwrap();
    let empty = Exported { complaints: Vec::new(), ..all(&bench) };
    restrict(&bench, &sealed, "sari");
    for user in ["sari", "ratna"] {
        assert_eq!(export(&bench, user, Wanted::default()).unwrap(), empty, "{user}");
    }
    unrestrict(&bench, &sealed, "ratna", super::closed_path::ORDINARY).unwrap();
    assert_eq!(numbers(&all(&bench)), vec![sealed.clone()]);
    restrict(&bench, &sealed, "budi");
    hand_over(&bench, &sealed);
    assert_eq!(all(&bench), empty);
}

#[test]
fn what_is_no_complaint_or_holds_specific_data_or_a_code_is_left_out() {
    let bench = Bench::new();
    for (reason, text) in [
        (CloseReason::Spam, "DISHUB # pinjaman cepat cair"),
        (CloseReason::Abuse, "DISHUB # dasar pemalas semua"),
        (CloseReason::NotAComplaint, "DISHUB # salam kenal dari kami"),
    ] {
        let number = bench.say(ANNA, text).number();
        close(&bench, &number, reason);
        bench.days(1);
    }
    let specific = bench.complaint();
    mark(&bench, &specific, Mark::Specific);
    let otp = bench.say(BENI, "DISHUB # kode otp saya 482913 tidak bisa dipakai").number();
    bench.assign(&otp).unwrap();
    let exported = all(&bench);
    assert_eq!((numbers(&exported), exported.specific), (vec![otp], 1));
    let complaint = &exported.complaints[0];
    assert!(complaint.holds_otp && complaint.texts.is_empty(), "{complaint:?}");
    // Also where it was added.
    let number = bench.say("081200000003", "DISHUB # rambu roboh").number();
    bench.assign(&number).unwrap();
    bench.say("081200000003", "ini kode otp saya 482913");
    let exported = all(&bench);
    let complaint = exported.complaints.last().unwrap();
    assert_eq!(complaint.ticket.number.to_string(), number);
    assert_eq!((complaint.holds_otp, texts(complaint)), (false, vec!["DISHUB # rambu roboh", ""]));
}

#[test]
fn what_nobody_has_sorted_is_counted_and_goes_with_the_next_export() {
    let bench = Bench::new();
    let proposed = bench.say(ANNA, "DISHUB # petugas minta uang").number();
    let asked = bench.say(BENI, "DISHUB # rambu hilang").number();
    ask(&bench, &asked, "sari");
    let withdrawn = bench.say("081200000003", "DISHUB # lampu mati").number();
    bench.say("081200000003", &format!("BATAL {withdrawn}"));
    let left_out = |bench: &Bench| {
        let exported = all(bench);
        (numbers(&exported), exported.unsorted, exported.specific)
    };
    assert_eq!(left_out(&bench), (Vec::new(), 3, 0));
    // Each is left out once.
    mark(&bench, &asked, Mark::Specific);
    assert_eq!(left_out(&bench), (Vec::new(), 2, 1));
    bench.assign(&proposed).unwrap();
    assert_eq!(left_out(&bench), (vec![proposed.clone()], 1, 1));
    // What waits for its citizen, or goes back to be sorted anew, was looked at.
    ask(&bench, &proposed, "budi");
    assert_eq!(left_out(&bench), (vec![proposed], 1, 1));
}

#[test]
fn what_is_closed_as_another_bodys_was_sorted() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DISHUB # listrik padam").number();
    let closing = Closing {
        reason: CloseReason::NotOurs,
        main: None,
        party: Some("PLN".to_owned()),
        contact: Some("123".to_owned()),
        words: None,
    };
    bench.close(&number, closing).unwrap();
    let exported = all(&bench);
    assert_eq!((numbers(&exported), exported.unsorted), (vec![number], 0));
}

#[test]
fn a_period_and_a_unit_bound_it() {
    let bench = Bench::new();
    let sorted = |number: String| {
        bench.assign(&number).unwrap();
        number
    };
    let first = sorted(bench.complaint());
    bench.days(1);
    let second = sorted(bench.say(BENI, "PUPR # jalan berlubang").number());
    bench.days(10);
    let third = sorted(bench.say(BENI, "DISHUB # rambu roboh").number());
    let of = |from: Option<&str>, to: Option<&str>, unit: Option<&str>| {
        let day = |day: Option<&str>| day.map(|day| day.parse().unwrap());
        let (from, to, unit) = (day(from), day(to), unit.map(str::to_owned));
        export(&bench, "ratna", Wanted { from, to, unit })
    };
    assert_eq!(numbers(&of(None, None, None).unwrap()), vec![third.clone()], "this month");
    let november = of(Some("2026-11-01"), None, None).unwrap();
    assert_eq!(numbers(&november), [first.clone(), second.clone()]);
    assert_eq!(november.days.1, "2026-11-30".parse().unwrap());
    let day = Some("2026-11-25");
    assert_eq!(numbers(&of(day, day, None).unwrap()), [second]);
    let unit = of(Some("2026-11-01"), Some("2026-12-31"), Some("dishub")).unwrap();
    assert_eq!(numbers(&unit), [first, third]);
    assert_eq!(refused(of(Some("2026-12-02"), Some("2026-12-01"), None)), "INVALID");
    assert_eq!(refused(of(None, None, Some("tidakada"))), "NO_SUCH_UNIT");
}

#[test]
fn it_is_for_petugas_and_ketua_and_noted() {
    let bench = Bench::new();
    for (user, code) in [
        ("sari", "done"),
        ("budi", "NOT_PERMITTED"),
        ("ratna", "done"),
        ("hadi", "NOT_PERMITTED"),
        ("joko", "NOT_PERMITTED"),
    ] {
        assert_eq!(refused(export(&bench, user, Wanted::default())), code, "{user}");
    }
    let accesses = bench
        .act("hadi", |tx, office, who, now| {
            privacy::accesses(tx, office, who, (None, None, None), now)
        })
        .unwrap();
    let noted: Vec<_> = accesses
        .iter()
        .filter(|access| access.action == "export")
        .map(|access| (&*access.officer, &*access.detail))
        .collect();
    let period = "2026-11-01 s.d. 2026-11-30";
    assert_eq!(noted, [("ratna", period), ("sari", period)]);
}
