//! What services write to a card, from the antenna to the warning.

use super::fixture::{ANNA, Bench, MODEM, SIM};
use crate::desk::cards::{self, Card};
use crate::desk::modems;
use crate::store::cards as register;
use crate::store::modems::{Identity, seen};

const EXPIRES: &str = "Masa aktif kartu Anda akan berakhir 30/11/2026. Segera isi ulang.";

fn bench() -> Bench {
    let bench = Bench::new();
    let identity = Identity {
        name: MODEM.to_owned(),
        sim: SIM.to_owned(),
        manufacturer: None,
        model: None,
        revision: None,
        serial: None,
    };
    bench.run(move |tx, _, now| seen(tx, &identity, now));
    bench
}

fn card(bench: &Bench) -> Card {
    bench.run(|tx, _, _| cards::known(tx, SIM))
}

fn warnings(bench: &Bench) -> Vec<&'static str> {
    let today = bench.office.calendar.zone().local(bench.now()).date_naive();
    cards::warnings(&card(bench), None, bench.now(), today)
}

#[test]
fn a_service_warns_of_the_card_and_is_never_answered() {
    let bench = bench();
    let heard = bench.say("TELKOMSEL", EXPIRES);
    assert_eq!((heard.end().as_str(), heard.replies.len()), ("silence OPERATOR", 0));
    assert_eq!(warnings(&bench), ["card-expires"]);
    let validity = card(&bench).validity.unwrap();
    assert_eq!(validity.sender, "TELKOMSEL");
    assert_eq!(validity.until, Some("2026-11-30".parse().unwrap()));
    bench.say("3636", "Maaf, pulsa Anda tidak cukup.");
    assert_eq!(warnings(&bench), ["card-expires", "low-credit"]);
}

#[test]
fn a_citizen_who_writes_the_same_is_not_read_like_that() {
    let bench = bench();
    let heard = bench.say(ANNA, EXPIRES);
    assert!(heard.ticket.is_some(), "it is a complaint like any other");
    assert_eq!(card(&bench), Card::default());
    bench.say("TELKOMSEL", "Promo! Paket 15GB masa aktif 30 hari s.d. 31/12/2026");
    assert_eq!(card(&bench), Card::default());
}

#[test]
fn a_day_that_comes_near_is_reminded_of_once_until_another_is_named() {
    let bench = bench();
    let top_up = |day| format!("Isi ulang berhasil. Masa aktif kartu Anda s/d {day}.");
    bench.say("TELKOMSEL", &top_up("31/12/2026"));
    let near = |bench: &Bench| {
        let today = bench.office.calendar.zone().local(bench.now()).date_naive();
        let edge = today + chrono::Days::new(14);
        bench.run(move |tx, _, _| register::remind(tx, edge)).len()
    };
    assert_eq!(near(&bench), 0);
    bench.at("17-12-2026 08.00");
    assert_eq!(warnings(&bench), ["card-expires"]);
    assert_eq!((near(&bench), near(&bench)), (1, 0));
    bench.say("TELKOMSEL", "Masa aktif kartu Anda akan berakhir 31/12/2026.");
    assert_eq!(near(&bench), 0, "the same day");
    bench.say("TELKOMSEL", &top_up("31/12/2027"));
    assert_eq!((warnings(&bench).len(), near(&bench)), (0, 0));
    bench.at("20-12-2027 08.00");
    assert_eq!(near(&bench), 1);
    // The rounds do the same, and say it in the log.
    bench.run(cards::remind);
}

#[test]
fn an_admin_who_enables_the_modem_has_looked_and_a_new_word_warns_again() {
    let bench = bench();
    bench.say("TELKOMSEL", EXPIRES);
    bench.minutes(60);
    bench.act("joko", |tx, _, who, now| modems::switch(tx, who, (MODEM, true), now)).unwrap();
    assert_eq!(warnings(&bench), [""; 0]);
    assert!(card(&bench).validity.unwrap().looked_at.is_some(), "the day is still shown");
    bench.minutes(60);
    bench.say("TELKOMSEL", EXPIRES);
    assert_eq!(warnings(&bench), ["card-expires"]);
    bench.say("TELKOMSEL", "Isi ulang berhasil. Masa aktif kartu Anda s/d 30/11/2027.");
    assert_eq!(warnings(&bench), [""; 0]);
}
