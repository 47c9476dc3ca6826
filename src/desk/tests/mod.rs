//! The office's rules, walked through from the antenna to the phone.

mod cards;
mod commands;
mod fixture;
mod intake;
mod modems;
mod officer;
mod outbound;
mod reading;
mod recap;
mod receiving;
mod rounds;
mod walk;

use super::Error;
use super::bank;
use super::cases;
use super::officer as people;
use crate::store::tickets;
use crate::ticket::{Action, CloseReason, Stage};
use fixture::Bench;

/// A step that has no command of its own here: the table decides, ticket and trail follow.
fn step(
    bench: &Bench,
    number: &str,
    user: &str,
    action: Action,
    change: impl FnOnce(&mut tickets::Ticket) + Send + 'static,
) -> Result<(), Error> {
    let id = bench.ticket(number).id;
    bench.act(user, move |tx, office, who, now| {
        let mut ticket = tickets::by_id(tx, id)?.unwrap();
        let by = (&action, &people::actor(who));
        cases::step(tx, office, &mut ticket, by, serde_json::json!({}), now, change).map(|_| ())
    })
}

fn ask(bench: &Bench, number: &str, user: &str) {
    step(bench, number, user, Action::Ask { missing: "alamat".to_owned() }, |_| {}).unwrap();
}

fn restrict(bench: &Bench, number: &str, user: &'static str) {
    let action = Action::Restrict { indication: "pungli".to_owned() };
    step(bench, number, user, action, move |ticket| {
        ticket.restricted_by = Some(user.to_owned());
    })
    .unwrap();
}

fn hand_over(bench: &Bench, number: &str) {
    let action = Action::HandOver {
        body: "Inspektorat".to_owned(),
        letter: "700/12".to_owned(),
        date: "2026-11-25".parse().unwrap(),
    };
    step(bench, number, "ratna", action, |ticket| {
        ticket.closed_as = Some(CloseReason::HandedOver);
    })
    .unwrap();
}

fn hand_over_if_open(bench: &Bench, number: &str) {
    if bench.stage(number) == Stage::EthicsClosed {
        hand_over(bench, number);
    }
}

/// The chair puts an answered ticket's wording into the bank.
fn remember(bench: &Bench, number: &str, wording: Option<&str>) -> Result<i64, Error> {
    let (number, wording) = (number.to_owned(), wording.map(str::to_owned));
    bench.act("ratna", move |tx, office, who, now| {
        bank::remember(tx, office, who, (&number, "lampu mati", wording.as_deref(), None), now)
    })
}

fn answer(
    bench: &Bench,
    number: &str,
    user: &str,
    note: i64,
    blanks: &[(&str, &str)],
) -> Result<people::Done, Error> {
    let number = number.to_owned();
    let blanks: Vec<(String, String)> =
        blanks.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    bench.act(user, move |tx, office, who, now| {
        bank::answer(tx, office, who, (&number, note, &blanks), now)
    })
}
