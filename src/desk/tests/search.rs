//! Each person finds what that person may read, and every search is noted.

use super::fixture::{ANNA, BENI, Bench, person, refused, staff};
use super::{mark, restrict_naming};
use crate::desk::Error;
use crate::desk::privacy::Mark;
use crate::desk::search::{self, Search};
use crate::store::access_log;
use crate::ticket::{Role, Stage};

fn looked(bench: &Bench, user: &str, wanted: &Search) -> Result<Vec<String>, Error> {
    let (noted, wanted) = (wanted.clone(), wanted.clone());
    bench.act(user, move |tx, office, who, now| search::note(tx, office, who, &noted, now))?;
    let found = bench
        .act(user, move |tx, office, who, now| search::search(tx, office, who, &wanted, now))?;
    Ok(found.tickets.iter().map(|ticket| ticket.number.to_string()).collect())
}

fn words(words: &str) -> Search {
    Search { words: words.to_owned(), ..Search::default() }
}

fn log(bench: &Bench) -> Vec<String> {
    bench.run(|tx, _, _| access_log::noted(tx, "search"))
}

#[test]
fn everybody_finds_what_that_person_may_read() {
    let mut people = staff();
    people.push(person("dina", &[Role::Member], &["DLH"]));
    let bench = Bench::with_staff(people);
    let lamp = bench.say(ANNA, "DISHUB # lampu simpang mati").number();
    let tree = bench.say(BENI, "DLH # pohon menutupi lampu").number();
    for user in ["sari", "ratna", "hadi", "wati"] {
        assert_eq!(looked(&bench, user, &words("lampu")).unwrap(), [&*tree, &*lamp], "{user}");
    }
    assert_eq!(looked(&bench, "budi", &words("lampu")).unwrap(), [&*lamp]);
    assert_eq!(looked(&bench, "dina", &words("lampu")).unwrap(), [&*tree]);
    assert_eq!(looked(&bench, "sari", &words(&lamp)).unwrap(), [&*lamp]);
    assert_eq!(looked(&bench, "dina", &words(&lamp)).unwrap(), [""; 0]);
    let of_unit = Search { unit: Some("dishub".to_owned()), ..Search::default() };
    assert_eq!(looked(&bench, "sari", &of_unit).unwrap(), [&*lamp]);
    let at_stage = Search { stage: Some(Stage::Analysis), ..words("lampu") };
    assert_eq!(looked(&bench, "sari", &at_stage).unwrap(), [""; 0]);
    assert_eq!(refused(looked(&bench, "joko", &words("lampu"))), "NOT_PERMITTED");
    assert_eq!(refused(looked(&bench, "sari", &words(""))), "MISSING");
    assert_eq!(refused(looked(&bench, "sari", &words("?"))), "INVALID");
    let nowhere = Search { unit: Some("XYZ".to_owned()), ..Search::default() };
    assert_eq!(refused(looked(&bench, "sari", &nowhere)), "NO_SUCH_UNIT");
}

#[test]
fn a_day_is_the_offices_from_midnight_to_midnight() {
    let bench = Bench::new();
    bench.at("24-11-2026 23.30");
    let late = bench.complaint();
    bench.at("25-11-2026 00.30");
    bench.say(BENI, "DLH # sampah");
    let day = "2026-11-24".parse().ok();
    let on_that_day = Search { from: day, to: day, ..Search::default() };
    assert_eq!(looked(&bench, "sari", &on_that_day).unwrap(), [&*late]);
    let before = Some("2026-11-23".parse().unwrap());
    let reversed = Search { from: day, to: before, ..Search::default() };
    assert_eq!(refused(looked(&bench, "sari", &reversed)), "INVALID");
}

#[test]
fn a_number_is_looked_for_by_those_who_see_numbers_and_is_noted_masked() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.say(BENI, "DLH # sampah");
    let phone = Search { phone: Some(ANNA.to_owned()), ..Search::default() };
    for user in ["sari", "ratna"] {
        assert_eq!(looked(&bench, user, &phone).unwrap(), [&*number], "{user}");
    }
    for user in ["budi", "wati", "hadi", "joko"] {
        assert_eq!(refused(looked(&bench, user, &phone)), "NOT_PERMITTED", "{user}");
    }
    let wrong = Search { phone: Some("112".to_owned()), ..Search::default() };
    assert_eq!(refused(looked(&bench, "sari", &wrong)), "INVALID");
    looked(&bench, "sari", &words("lampu 3201234567890123")).unwrap();
    let log = log(&bench);
    assert_eq!(log.len(), 3, "{log:?}");
    assert!(log[0].starts_with("sari") && log[1].starts_with("ratna"), "{log:?}");
    assert!(log[0].contains("001") && !log[0].contains("81200000001"), "{log:?}");
    assert!(log[2].contains("lampu *************123"), "{log:?}");
}

#[test]
fn the_closed_path_is_found_by_the_entitled_only_by_whatever_is_asked() {
    let bench = Bench::new();
    let number = bench.complaint();
    let ticket = bench.ticket(&number);
    restrict_naming(&bench, &number, "sari", &[]).unwrap();
    let day = Some(ticket.received_at.date_naive());
    let asked = [
        words("lampu"),
        words(&number),
        Search { unit: ticket.unit, ..Search::default() },
        Search { stage: Some(Stage::EthicsClosed), ..Search::default() },
        Search { from: day, ..Search::default() },
    ];
    for wanted in &asked {
        for user in ["sari", "budi", "wati"] {
            assert_eq!(looked(&bench, user, wanted).unwrap(), [""; 0], "{user}: {wanted:?}");
        }
        for user in ["ratna", "hadi"] {
            assert_eq!(looked(&bench, user, wanted).unwrap(), [&*number], "{user}: {wanted:?}");
        }
    }
    let phone = Search { phone: Some(ANNA.to_owned()), ..Search::default() };
    assert_eq!(looked(&bench, "sari", &phone).unwrap(), [""; 0]);
    assert_eq!(looked(&bench, "ratna", &phone).unwrap(), [&*number]);
}

#[test]
fn what_somebody_does_not_read_is_not_found_by_its_words_either() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    mark(&bench, &number, Mark::Specific);
    let of_unit = Search { unit: Some("DISHUB".to_owned()), ..Search::default() };
    for (user, reads) in
        [("sari", true), ("budi", true), ("ratna", true), ("wati", false), ("hadi", false)]
    {
        for wanted in ["lampu", "lam*", "lampu merah mati"] {
            let found = looked(&bench, user, &words(wanted)).unwrap();
            assert_eq!(found.contains(&number), reads, "{user}: {wanted}");
        }
        // That there is such a ticket is no secret.
        for wanted in [words(&number), of_unit.clone()] {
            assert_eq!(looked(&bench, user, &wanted).unwrap(), [&*number], "{user}: {wanted:?}");
            let found = bench
                .act(user, move |tx, office, who, now| {
                    search::search(tx, office, who, &wanted, now)
                })
                .unwrap();
            assert_eq!(found.tickets[0].body.contains("Lampu"), reads, "{user}");
        }
    }
}

#[test]
fn what_was_looked_for_is_noted_without_a_nik_however_it_is_parted() {
    let bench = Bench::new();
    for typed in ["ktp 3204 1104 0590 0001", "ktp 3204110405900001", "telepon 081234567890"] {
        looked(&bench, "sari", &words(typed)).unwrap();
    }
    let log = log(&bench).join("; ");
    for told in ["1104", "0590", "81234567"] {
        assert!(!log.contains(told), "{told}: {log}");
    }
    assert!(log.contains("ktp 3204 **** **** 0001"), "{log}");
}
