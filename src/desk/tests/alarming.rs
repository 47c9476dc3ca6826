//! Emergencies: in front of everything, with every petugas until one has looked, and on their telephones where the office wants it.

use super::calling::{RATNA, SARI, calling};
use super::fixture::{ANNA, BENI, Bench};
use super::{restrict, restrict_naming};
use crate::desk::{board, reading};
use crate::ticket::Stage;

const FIRE: &str = "DAMKAR # kebakaran rumah di Jl Mawar, api besar";

fn inbox(bench: &Bench, user: &str) -> Vec<(String, bool)> {
    let tickets = bench
        .act(user, |tx, office, who, now| reading::inbox(tx, office, who, false, now))
        .unwrap()
        .tickets;
    let alarm = |flags: &[String]| flags.iter().any(|flag| flag == "alarm");
    tickets.iter().map(|ticket| (ticket.number.to_string(), alarm(&ticket.flags))).collect()
}

fn wall(bench: &Bench) -> Vec<String> {
    let board = bench.act("hadi", board::board).unwrap();
    board.emergencies.iter().map(|(ticket, _)| ticket.number.to_string()).collect()
}

fn show(bench: &Bench, user: &str, number: &str) -> Vec<String> {
    let number = number.to_owned();
    bench
        .act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now))
        .unwrap()
        .ticket
        .flags
}

#[test]
fn an_emergency_stands_in_front_of_what_is_due_before_it() {
    let bench = Bench::new();
    let late = bench.complaint();
    bench.minutes(20);
    let fire = bench.say(BENI, FIRE).number();
    assert_eq!(inbox(&bench, "sari"), [(fire.clone(), true), (late.clone(), false)]);
    assert_eq!(wall(&bench), [fire.as_str()]);
    // Opened, it is red still, and in front.
    assert_eq!(show(&bench, "sari", &fire), ["emergency"]);
    assert_eq!(inbox(&bench, "sari"), [(fire.clone(), false), (late, false)]);
    assert_eq!(wall(&bench), [fire]);
}

#[test]
fn an_alarm_is_with_the_petugas_wherever_the_ticket_stands_until_one_has_looked() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    assert!(inbox(&bench, "sari").is_empty());
    bench.minutes(5);
    bench.say(ANNA, "sekarang kabelnya kebakaran, api besar");
    for user in ["sari", "budi"] {
        assert_eq!(inbox(&bench, user), [(number.clone(), true)], "{user}");
    }
    show(&bench, "budi", &number);
    assert_eq!(inbox(&bench, "sari").len(), 1, "an anggota is no petugas");
    show(&bench, "sari", &number);
    assert!(inbox(&bench, "sari").is_empty());
    assert_eq!(inbox(&bench, "budi"), [(number.clone(), false)]);

    // Of a case that waits for its citizen too.
    bench.answered(&number, "Sudah diperbaiki.");
    assert_eq!((inbox(&bench, "sari"), wall(&bench)), (vec![], vec![]));
    bench.minutes(5);
    bench.say(ANNA, "api muncul lagi, kebakaran!");
    assert_eq!(bench.stage(&number), Stage::Answered);
    assert_eq!(inbox(&bench, "sari"), [(number.clone(), true)]);
    assert_eq!(wall(&bench), [number.as_str()]);
    let stages = bench.act("hadi", board::board).unwrap().stages;
    let answered = stages.iter().filter(|row| row.stage == Stage::Answered);
    let counts: Vec<_> = answered.map(|row| (row.open, row.late)).collect();
    assert_eq!(counts, [(1, 0)], "counted once: {stages:?}");
}

#[test]
fn whoever_sorts_an_emergency_has_looked() {
    let bench = Bench::new();
    let fire = bench.say(BENI, "DISHUB # kebakaran di terminal, api besar").number();
    bench.assign(&fire).unwrap();
    assert!(inbox(&bench, "sari").is_empty());
    assert_eq!(bench.ticket(&fire).flags, ["emergency"]);
}

#[test]
fn a_petugas_is_told_by_sms_at_once_at_any_hour_and_once_until_one_has_looked() {
    let bench = calling(|office| office.limits.reminders.emergency = true);
    bench.at("28-11-2026 23.10");
    let fire = bench.say(BENI, FIRE).number();
    assert_eq!(
        bench.told(SARI),
        [format!("DARURAT: {fire}. Lihat: aduan lihat {fire}. Pemkab Sukamaju")]
    );
    assert!(bench.told(RATNA).is_empty());
    bench.minutes(2);
    bench.say(BENI, "api sudah ke rumah sebelah, kebakaran besar");
    assert!(bench.told(SARI).is_empty());
    show(&bench, "sari", &fire);
    bench.minutes(2);
    bench.say(BENI, "kebakaran belum padam juga");
    assert_eq!(bench.told(SARI).len(), 1);
    assert!(bench.outgoing(&fire).iter().all(|message| message.purpose != "staff"));
}

#[test]
fn alarms_have_their_own_number_a_day_and_come_only_where_the_office_wants_them() {
    let quiet = calling(|_| ());
    quiet.say(BENI, FIRE);
    assert!(quiet.told(SARI).is_empty());

    let bench = calling(|office| {
        office.limits.reminders.emergency = true;
        office.limits.reminders.emergency_per_day = 2;
        office.limits.reminders.per_day = 0;
    });
    for phone in 1..5 {
        bench.say(&format!("08140000000{phone}"), FIRE);
    }
    assert_eq!(bench.told(SARI).len(), 2);
    // Who tells of it knows of it.
    bench.days(1);
    bench.say(SARI, FIRE);
    assert!(bench.told(SARI).iter().all(|text| !text.starts_with("DARURAT")));
}

#[test]
fn an_alarm_of_the_closed_path_is_for_who_has_the_case() {
    let bench = calling(|office| office.limits.reminders.emergency = true);
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    bench.told(ANNA);
    bench.minutes(5);
    bench.say(ANNA, &format!("DISHUB # {number} terminal kebakaran, ada korban"));
    assert!(bench.told(SARI).is_empty() && inbox(&bench, "sari").is_empty());
    assert_eq!(
        bench.told(RATNA),
        ["DARURAT: ada kasus tertutup. Lihat: aduan masuk. Pemkab Sukamaju"]
    );
    assert!(wall(&bench).is_empty());
    assert_eq!(inbox(&bench, "ratna"), [(number.clone(), true)]);
    assert!(!show(&bench, "ratna", &number).contains(&"alarm".to_owned()));

    let named = calling(|office| office.limits.reminders.emergency = true);
    let number = named.complaint();
    restrict_naming(&named, &number, "sari", &["ratna"]).unwrap();
    named.told(ANNA);
    named.minutes(5);
    named.say(ANNA, &format!("DISHUB # {number} terminal kebakaran, ada korban"));
    assert!(named.told(RATNA).is_empty(), "who is named in it knows nothing");
}
