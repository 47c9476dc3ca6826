//! A number that sends more than is answered is shown, whatever it says (section 11).

use super::fixture::{ANNA, BENI, Bench, refused};
use super::restrict;
use crate::desk::blocking;
use crate::desk::flooding::{self, Flooding};

fn list(bench: &Bench, user: &str) -> Vec<Flooding> {
    bench.act(user, flooding::list).unwrap()
}

fn waiting(bench: &Bench, user: &str) -> usize {
    bench.act(user, |tx, _, who, now| flooding::waiting(tx, who, now)).unwrap()
}

#[test]
fn a_flood_that_opens_no_ticket_is_shown_to_petugas_and_ketua_for_a_day() {
    let bench = Bench::new();
    let texts = ["STATUS", "BANTUAN", "KODE", "STATUS", "ok makasih"];
    for text in texts.iter().chain(&["daftar kode", "?", "KODE"]) {
        bench.seconds(20);
        bench.say(ANNA, text);
    }
    let [flood] = list(&bench, "sari").try_into().unwrap();
    assert_eq!((flood.citizen.as_str(), flood.messages), (ANNA, 3), "the sixth begins it");
    assert_eq!((flood.ticket, flood.text.as_deref()), (None, Some("KODE")));
    assert_eq!(flood.last_at - flood.since, chrono::TimeDelta::seconds(40));
    bench.say(ANNA, "STATUS");
    assert_eq!(list(&bench, "ratna")[0].text.as_deref(), Some("STATUS"));
    assert_eq!(list(&bench, "hadi")[0].citizen, "+62 812-****-*001");
    let counts = ["sari", "ratna", "hadi", "budi"].map(|user| waiting(&bench, user));
    assert_eq!(counts, [1, 1, 0, 0], "who looks after it");
    assert_eq!(refused(bench.act("budi", flooding::list)), "NOT_PERMITTED");
    bench.days(1);
    bench.minutes(1);
    assert_eq!((waiting(&bench, "sari"), list(&bench, "sari")), (0, Vec::new()));
}

#[test]
fn of_a_flood_of_complaints_the_ticket_of_the_last_one_is_shown() {
    let bench = Bench::new();
    for serial in 0..7 {
        bench.say(ANNA, &format!("DISHUB # lampu nomor {serial} mati"));
    }
    let last = bench.heard(ANNA).number();
    let [flood] = list(&bench, "sari").try_into().unwrap();
    assert_eq!((flood.messages, flood.text), (2, None));
    assert_eq!(flood.ticket.unwrap().to_string(), last);
}

#[test]
fn who_is_blocked_has_been_looked_at() {
    let bench = Bench::new();
    for _ in 0..8 {
        bench.seconds(1);
        bench.say(ANNA, "P");
    }
    assert_eq!(waiting(&bench, "ratna"), 1);
    let until = "2026-11-30".parse().unwrap();
    bench
        .act("ratna", move |tx, office, who, now| {
            blocking::block(tx, office, who, (ANNA, until, "membanjiri"), now)
        })
        .unwrap();
    bench.seconds(1);
    bench.say(ANNA, "P");
    assert_eq!((waiting(&bench, "ratna"), list(&bench, "sari")), (0, Vec::new()));
    // What was kept while it was blocked is no flood behind it.
    bench
        .act("ratna", |tx, office, who, now| blocking::unblock(tx, office, who, ANNA, now))
        .unwrap();
    assert_eq!(list(&bench, "sari")[0].messages, 3);
}

#[test]
fn neither_what_nobody_reads_nor_what_belongs_to_a_case_of_the_closed_path_is_a_flood() {
    let bench = Bench::new();
    let number = bench.say(BENI, "INSPEKTORAT # kepala dinas minta uang").number();
    restrict(&bench, &number, "sari");
    for serial in 0..8 {
        bench.say(BENI, &format!("{number} ada bukti lagi nomor {serial}, kuitansi di saya"));
        bench.say("TELKOMSEL", &format!("Paket ke-{serial} murah"));
    }
    for user in ["sari", "ratna", "hadi"] {
        assert_eq!(list(&bench, user), Vec::new(), "{user}");
    }
    // Of the same number what belongs to no case is.
    bench.say(BENI, "BANTUAN");
    assert_eq!(list(&bench, "sari")[0].messages, 1);
}
