//! What becomes of joined tickets when their main one ends without an answer: every sender still gets one (procedure.md section 5).

use super::channels::{add, hand, number};
use super::fixture::{ANNA, BENI, Bench};
use super::news::inbox;
use super::recap::{balanced, holds};
use super::restrict;
use crate::desk::closing::Closing;
use crate::desk::entering::Message;
use crate::desk::officer::Done;
use crate::ticket::{Channel, CloseReason, Stage, Way};

const CICI: &str = "081200000003";

fn closing(reason: CloseReason, main: Option<&str>) -> Closing {
    let words = |words: &str| Some(words.to_owned());
    Closing {
        reason,
        main: main.map(str::to_owned),
        party: words("PLN"),
        contact: words("123"),
        words: words("bukan pengaduan layanan"),
    }
}

fn join(bench: &Bench, ticket: &str, main: &str) -> Done {
    bench.close(ticket, closing(CloseReason::Duplicate, Some(main))).unwrap()
}

/// Anna's ticket with the anggota, and Beni's and Cici's, which were joined to it and know it.
fn family(bench: &Bench) -> (String, String, String) {
    let main = bench.complaint();
    let second = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    let third = bench.say(CICI, "DISHUB # Simpang Pasar lampunya padam").number();
    for joined in [&second, &third] {
        join(bench, joined, &main);
    }
    bench.assign(&main).unwrap();
    for phone in [ANNA, BENI, CICI] {
        bench.told(phone);
    }
    (main, second, third)
}

#[test]
fn what_the_first_sender_withdraws_goes_on_for_the_others() {
    let bench = Bench::new();
    let (main, second, third) = family(&bench);
    bench.say(ANNA, &format!("BATAL {main}"));
    assert_eq!(bench.ticket(&main).closed_as, Some(CloseReason::Withdrawn));
    assert_eq!((bench.stage(&second), bench.stage(&third)), (Stage::New, Stage::Closed));
    assert_eq!(inbox(&bench, "sari"), std::slice::from_ref(&second));
    let line = bench.trail(&second).pop().unwrap();
    assert_eq!((&*line.actor, line.transition), ("sistem", Some(23)));
    assert!(line.detail.contains("dicabut") && line.detail.contains(&main), "{}", line.detail);
    assert!(bench.story(&third).ends_with("TUTUP GABUNG_PINDAH"), "{}", bench.story(&third));
    // Each knows where to ask from now on, and that it is not over.
    let [told] = <[String; 1]>::try_from(bench.told(BENI)).unwrap();
    assert!(told.starts_with(&format!("No {second} (DISHUB): diterima sejak")), "{told}");
    let [told] = <[String; 1]>::try_from(bench.told(CICI)).unwrap();
    assert!(told.contains(&format!("{third} sama dengan No {second}")), "{told}");
    let asked = bench.say(CICI, &format!("STATUS {second}"));
    assert!(asked.reply().starts_with(&format!("No {second} (DISHUB): diterima")));
    bench.told(ANNA);
    bench.answered(&second, "Lampu diganti.");
    assert!(bench.told(BENI)[0].starts_with(&format!("Jawaban No {second}: Lampu diganti.")));
    assert!(bench.told(CICI)[0].starts_with(&format!("Jawaban No {third}: Lampu diganti.")));
    assert_eq!(bench.told(ANNA), [] as [&str; 0]);
    let recap = bench.recap(2026, 11);
    holds(&recap);
    assert!(balanced(&recap.summary));
    assert_eq!((recap.summary.received, recap.summary.reopened), (3, 1));
}

#[test]
fn whoever_withdrew_or_wrote_the_main_one_too_takes_nobodys_place() {
    let bench = Bench::new();
    let (main, second, third) = family(&bench);
    let again = bench.say(ANNA, "DISHUB # lampu Simpang Pasar masih mati juga").number();
    join(&bench, &again, &main);
    assert_eq!(bench.say(BENI, &format!("BATAL {second}")).end(), "command BATAL");
    bench.told(BENI);
    bench.say(ANNA, &format!("BATAL {main}"));
    assert_eq!((bench.stage(&second), bench.stage(&again)), (Stage::Closed, Stage::Closed));
    assert_eq!(inbox(&bench, "sari"), std::slice::from_ref(&third));
    bench.told(ANNA);
    bench.answered(&third, "Lampu diganti.");
    assert_eq!((bench.told(ANNA), bench.told(BENI)), (vec![], vec![]));
}

#[test]
fn a_duplicate_of_a_duplicate_keeps_its_answer() {
    let bench = Bench::new();
    let main = bench.complaint();
    let third = bench.say(CICI, "DISHUB # Simpang Pasar lampunya padam").number();
    let second = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    join(&bench, &third, &second);
    join(&bench, &second, &main);
    bench.say(ANNA, &format!("BATAL {main}"));
    assert_eq!((bench.stage(&third), bench.stage(&second)), (Stage::New, Stage::Closed));
    for phone in [BENI, CICI] {
        bench.told(phone);
    }
    bench.answered(&third, "Lampu diganti.");
    assert!(bench.told(BENI)[0].starts_with(&format!("Jawaban No {second}: ")));
}

#[test]
fn what_was_answered_needs_nobody_in_its_place() {
    let bench = Bench::new();
    let (main, second, _) = family(&bench);
    bench.answered(&main, "Lampu diganti.");
    bench.told(BENI);
    bench.say(ANNA, &format!("BATAL {main}"));
    assert_eq!(bench.ticket(&main).closed_as, Some(CloseReason::Withdrawn));
    assert_eq!((bench.stage(&second), inbox(&bench, "sari")), (Stage::Closed, vec![]));
    assert_eq!(bench.told(BENI), [] as [&str; 0]);
}

#[test]
fn what_the_first_sender_keeps_silent_on_goes_on_too() {
    let bench = Bench::new();
    let (main, second, third) = family(&bench);
    super::ask(&bench, &main, "budi");
    bench.carry();
    bench.days(31);
    bench.round();
    assert_eq!(bench.ticket(&main).closed_as, Some(CloseReason::Incomplete));
    assert_eq!((bench.stage(&second), bench.stage(&third)), (Stage::New, Stage::Closed));
    let line = bench.trail(&second).pop().unwrap();
    assert!(line.detail.contains("tidak dilengkapi"), "{}", line.detail);
}

#[test]
fn a_case_of_the_closed_path_stays_there() {
    let bench = Bench::new();
    let (main, second, third) = family(&bench);
    restrict(&bench, &main, "sari");
    for phone in [ANNA, BENI, CICI] {
        bench.told(phone);
    }
    bench.say(ANNA, &format!("BATAL {main}"));
    assert_eq!((bench.stage(&second), bench.stage(&third)), (Stage::EthicsClosed, Stage::Closed));
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
    assert!(inbox(&bench, "ratna").contains(&second));
    // They know that it is in the hands of those who decide, and no more.
    assert_eq!((bench.told(BENI), bench.told(CICI)), (vec![], vec![]));
}

#[test]
fn that_a_matter_ends_without_handling_is_told_to_all_who_wrote_of_it() {
    for (reason, expected) in [
        (CloseReason::NotOurs, "hal ini kewenangan PLN. Silakan hubungi 123."),
        (CloseReason::NotAComplaint, "bukan pengaduan layanan"),
        (CloseReason::Spam, ""),
    ] {
        let bench = Bench::new();
        let main = bench.complaint();
        let second = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
        let by_wa = Message {
            channel: Channel::WhatsApp,
            from: Some(CICI.to_owned()),
            text: "DISHUB # Lampu pasar mati".to_owned(),
            at: None,
            unit: None,
            to: None,
            again: false,
            by_sms: false,
        };
        let third = number(&add(&bench, by_wa));
        for joined in [&second, &third] {
            join(&bench, joined, &main);
        }
        hand(&bench, &third, "sari", Way::WhatsApp).unwrap();
        for phone in [ANNA, BENI] {
            bench.told(phone);
        }
        let done = bench.close(&main, closing(reason, None)).unwrap();
        let told = [bench.told(ANNA), bench.told(BENI)].concat();
        if expected.is_empty() {
            assert_eq!((told, done.give, inbox(&bench, "sari")), (vec![], vec![], vec![]));
            continue;
        }
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|text| text.contains(expected)), "{told:?}");
        let [give] = done.give.as_slice() else { panic!("{:?}", done.give) };
        assert!(give.number == third && give.text.contains(expected), "{give:?}");
        assert_eq!(inbox(&bench, "sari"), std::slice::from_ref(&third));
        if reason == CloseReason::NotOurs {
            assert!(told[1].contains(&second) && give.text.contains(&third), "{told:?} {give:?}");
        }
        let owed = super::channels::show(&bench, &third, "sari").give;
        assert_eq!(owed.as_ref(), Some(give));
        hand(&bench, &third, "sari", Way::WhatsApp).unwrap();
        assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
    }
}
