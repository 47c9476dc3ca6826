//! The day by which work is promised: refused where it cannot be kept, shown, and reminded of.

use super::fixture::{ANNA, Bench, local, proposal, refused};
use super::reminding::{inbox, reminded, rounds_until, stands};
use super::{ask, restrict, unrestrict};
use crate::desk::drafting::Proposal;
use crate::desk::officer::Destination;
use crate::desk::{Error, officer, turning};
use crate::ticket::{Category, Stage};

fn promise(bench: &Bench, number: &str, day: &str) -> Result<(), Error> {
    let proposal = Proposal { follow_up: day.parse().ok(), ..proposal("Lampu kami pesan.") };
    bench.propose_with(number, "budi", proposal).map(drop)
}

/// Answered, with work promised for this day.
fn promised(bench: &Bench, day: &str) -> String {
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    promise(bench, &number, day).unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    number
}

#[test]
fn what_was_proposed_before_a_case_was_opened_again_promises_nothing() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    promise(&bench, &number, "2026-12-01").unwrap();
    bench.say(ANNA, &format!("BATAL {number}"));
    assert_eq!(bench.stage(&number), Stage::Closed);
    let typed = number.clone();
    let opened = bench.act("ratna", move |tx, office, who, now| {
        turning::reopen(tx, office, who, (&typed, "ternyata masih mati"), now)
    });
    opened.unwrap();
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.follow_up, ticket.follow_up_on), (Stage::New, false, None));
}

#[test]
fn a_day_that_has_passed_or_lies_behind_the_national_limit_is_not_promised() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let refused_with = |day: &str| match promise(&bench, &number, day) {
        Err(Error::Invalid { what, value }) => format!("{what}: {value}"),
        other => panic!("{day}: {other:?}"),
    };
    assert_eq!(refused_with("2026-11-23"), "promised day: 23-11-2026");
    // 14 working days: 14 December.
    assert_eq!(
        refused_with("2026-12-15"),
        "promised day within the national limit: 15-12-2026 > 14-12-2026"
    );
    assert!(bench.drafts(&number).is_empty(), "nothing was kept");
    promise(&bench, &number, "2026-12-14").unwrap();
    bench.reject(&number, "ratna", "lebih cepat").unwrap();
    promise(&bench, &number, "2026-11-24").unwrap();
    bench.reject(&number, "ratna", "tidak mungkin").unwrap();
    // Once the limit has passed no day could be promised at all.
    bench.at("15-12-2026 08.00");
    promise(&bench, &number, "2026-12-21").unwrap();
}

#[test]
fn an_office_may_allow_a_day_behind_the_national_limit() {
    let bench = Bench::with_limits(|limits| limits.promise_beyond_limit = true);
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    assert_eq!(refused(promise(&bench, &number, "2026-11-23")), "INVALID");
    promise(&bench, &number, "2027-02-01").unwrap();
}

#[test]
fn a_promise_is_due_on_its_day_and_rises_to_the_ketua_behind_it() {
    let bench = Bench::new();
    let number = promised(&bench, "2026-12-01");
    let ticket = bench.ticket(&number);
    assert_eq!((ticket.stage, ticket.due_at), (Stage::FollowUp, Some(local("01-12-2026 16.00"))));
    rounds_until(&bench, "01-12-2026 15.00");
    assert_eq!(
        reminded(&bench, &number),
        [("JANJI_HARI_INI".to_owned(), local("01-12-2026 07.30"))]
    );
    assert_eq!(stands(&bench, &number, "budi"), (Some(60), vec![]));
    assert_eq!((inbox(&bench, "budi"), inbox(&bench, "ratna")), (vec![number.clone()], vec![]));
    rounds_until(&bench, "02-12-2026 08.30");
    assert_eq!(
        reminded(&bench, &number)[1..],
        [("LEWAT_WAKTU".to_owned(), local("02-12-2026 07.30"))]
    );
    assert_eq!(stands(&bench, &number, "budi"), (Some(-60), vec!["promise-over"]));
    assert_eq!(stands(&bench, &number, "ratna"), (Some(-60), vec!["risen", "promise-over"]));
    assert_eq!(inbox(&bench, "ratna"), [number.as_str()]);
    // The national limit is another one, and is told too.
    rounds_until(&bench, "15-12-2026 08.00");
    let later: Vec<String> =
        reminded(&bench, &number).into_iter().skip(2).map(|(action, _)| action).collect();
    assert_eq!(later, ["NASIONAL_DEKAT", "NASIONAL_LEWAT"]);
}

#[test]
fn a_promise_for_a_day_off_holds_until_that_days_end() {
    let bench = Bench::new();
    // A Sunday.
    let number = promised(&bench, "2026-11-29");
    assert_eq!(bench.ticket(&number).due_at, Some(local("29-11-2026 23.59")));
    rounds_until(&bench, "30-11-2026 08.00");
    assert_eq!(reminded(&bench, &number), [("LEWAT_WAKTU".to_owned(), local("30-11-2026 07.30"))]);
}

#[test]
fn without_a_promise_that_is_kept_nothing_is_told_of_one() {
    let bench = Bench::new();
    let number = promised(&bench, "2026-12-01");
    bench.propose(&number, "budi", "Sudah diganti.").unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    rounds_until(&bench, "03-12-2026 08.00");
    assert!(!bench.story(&number).contains("JANJI"), "{}", bench.story(&number));
    let ticket = bench.ticket(&number);
    assert_eq!(crate::desk::promising::kept(&ticket), None);
}

/// What a text promises: `Jawaban paling lambat …`.
fn limit(text: &str) -> Option<&str> {
    let (_, behind) = text.split_once("Jawaban paling lambat ")?;
    behind.split_once(". ").map(|(limit, _)| limit)
}

fn status(bench: &Bench, number: &str) -> String {
    bench.seconds(1);
    bench.say(ANNA, &format!("STATUS {number}")).reply().to_owned()
}

#[test]
fn a_receipt_that_intake_wrote_late_names_no_limit_that_has_passed() {
    for (handled, due) in
        [("24-11-2026 14.00", Some("Sel 24-11-2026 15.00")), ("25-11-2026 10.00", None)]
    {
        let bench = Bench::new();
        for part in bench.delivered(ANNA, "DISHUB # Lampu merah Simpang Pasar mati") {
            bench.receive(&part);
        }
        bench.at(handled);
        bench.intake();
        let heard = bench.heard(ANNA);
        assert_eq!(limit(heard.reply()), due);
        if due.is_none() {
            assert_eq!(
                heard.reply(),
                "Terima kasih. Pengaduan utk DISHUB dicatat No P26-00001-8. Cek: STATUS P26-00001-8. Pemkab Sukamaju"
            );
        }
    }
}

#[test]
fn status_of_what_is_late_names_the_national_limit_until_that_has_passed_too() {
    let bench = Bench::new();
    let number = bench.complaint();
    assert_eq!(limit(&status(&bench, &number)), Some("Sel 24-11-2026 15.00"));
    bench.at("25-11-2026 08.00");
    let late = status(&bench, &number);
    assert_eq!(late, format!("No {number} (DISHUB): diterima sejak 24-11-2026. Pemkab Sukamaju"));
    bench.assign(&number).unwrap();
    assert_eq!(limit(&status(&bench, &number)), Some("Sen 14-12-2026 16.00"));
    // While the citizen is asked it lies as if that ended now.
    ask(&bench, &number, "budi");
    bench.at("27-11-2026 08.00");
    let asked = status(&bench, &number);
    assert!(limit(&asked).is_some_and(|limit| limit.starts_with("Rab 16-12-2026 ")), "{asked}");
    bench.say(ANNA, "Jl Melati nomor 3");
    bench.at("17-12-2026 08.00");
    let late = status(&bench, &number);
    assert!(late.contains("sedang ditelaah sejak") && limit(&late).is_none(), "{late}");
    // A second round has the standard time again.
    bench.answered(&number, "Lampu diganti.");
    bench.say(ANNA, &format!("BELUM {number}"));
    assert_eq!(limit(&status(&bench, &number)), Some("Kam 17-12-2026 15.00"));
}

#[test]
fn status_of_an_oversight_case_names_the_limit_that_ditelaah_named() {
    let bench = Bench::new();
    let number = bench.complaint();
    let typed = number.clone();
    let to = Destination { category: Some(Category::Oversight), ..Destination::default() };
    bench
        .act("sari", move |tx, office, who, now| {
            officer::assign(tx, office, who, (&typed, &to), now)
        })
        .unwrap();
    let told = bench.told(ANNA);
    let named = limit(&told[0]);
    assert!(named.is_some_and(|limit| limit.contains("-2027 ")), "{told:?}");
    assert_eq!(limit(&status(&bench, &number)), named);
}

#[test]
fn ditelaah_of_a_case_that_comes_back_after_every_limit_names_none() {
    let bench = Bench::new();
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    bench.told(ANNA);
    bench.at("01-06-2027 08.00");
    let ordinary = Destination { category: Some(Category::Complaint), ..Destination::default() };
    unrestrict(&bench, &number, "ratna", ordinary).unwrap();
    assert_eq!(
        bench.told(ANNA),
        [format!(
            "Pengaduan No {number} sedang ditelaah DISHUB. Cek: STATUS {number}. Pemkab Sukamaju"
        )]
    );
}
