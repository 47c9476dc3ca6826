//! The office's rules, walked through from the antenna to the phone.

mod alarming;
mod asking;
mod bank;
mod blocking;
mod board;
mod calling;
mod cards;
mod channels;
mod closed_path;
mod commands;
mod copying;
mod correcting;
mod exporting;
mod fates;
mod fixture;
mod flooding;
mod intake;
mod joined;
mod letter;
mod logged;
mod marking;
mod matching;
mod modems;
mod news;
mod officer;
mod overtaken;
mod owing;
mod privacy;
mod promising;
mod reading;
mod recap;
mod recap_sealed;
mod receiving;
mod reminding;
mod renamed;
mod requests;
mod restores;
mod retained;
mod retention;
mod rounds;
mod search;
mod signing;
mod status;
mod story;
mod succession;
mod suggesting;
mod timing;
mod turning;
mod walk;
mod withholding;

use chrono::{DateTime, Utc};

use super::bank as answer_bank;
use super::officer as people;
use super::staff::Officer;
use super::{Error, Office, sealing};
use crate::store::Tx;
use crate::ticket::Stage;
use fixture::Bench;

/// A petugas marks a ticket.
fn mark(bench: &Bench, number: &str, mark: super::privacy::Mark) {
    let number = number.to_owned();
    bench
        .act("sari", move |tx, office, who, now| {
            super::privacy::mark(tx, office, who, (&number, mark, false, None), now)
        })
        .unwrap();
}

/// The citizen is asked; the question is on its way.
fn ask(bench: &Bench, number: &str, user: &str) {
    let number = number.to_owned();
    let asked = bench.act(user, move |tx, office, who, now| {
        super::asking::ask(tx, office, who, (&number, "alamat"), now)
    });
    asked.unwrap();
}

fn restrict(bench: &Bench, number: &str, user: &str) {
    restrict_naming(bench, number, user, &[]).unwrap();
}

fn restrict_naming(
    bench: &Bench,
    number: &str,
    user: &str,
    concerns: &[&str],
) -> Result<people::Done, Error> {
    let number = number.to_owned();
    let concerns: Vec<String> = concerns.iter().map(|name| (*name).to_owned()).collect();
    bench.act(user, move |tx, office, who, now| {
        sealing::restrict(tx, office, who, (&number, "pungli", &concerns), now)
    })
}

fn hand_over(bench: &Bench, number: &str) {
    hand_over_by(bench, number, "ratna").unwrap();
}

fn hand_over_by(bench: &Bench, number: &str, user: &str) -> Result<people::Done, Error> {
    let number = number.to_owned();
    let cover = sealing::Cover {
        body: "Inspektorat".to_owned(),
        letter: "700/12".to_owned(),
        date: bench.office.calendar.zone().local(bench.now()).date_naive(),
    };
    bench.act(user, move |tx, office, who, now| {
        sealing::hand_over(tx, office, who, (&number, &cover), now)
    })
}

fn unrestrict(
    bench: &Bench,
    number: &str,
    user: &str,
    to: people::Destination<'static>,
) -> Result<people::Done, Error> {
    let number = number.to_owned();
    bench.act(user, move |tx, office, who, now| {
        sealing::unrestrict(tx, office, who, (&number, "mutu layanan", &to), now)
    })
}

/// Turns a ticket with a reason.
type Turn =
    fn(&Tx<'_>, &Office, &Officer, (&str, &str), DateTime<Utc>) -> Result<people::Done, Error>;

fn turn(
    bench: &Bench,
    number: &str,
    user: &str,
    reason: &str,
    turn: Turn,
) -> Result<people::Done, Error> {
    let (number, reason) = (number.to_owned(), reason.to_owned());
    bench.act(user, move |tx, office, who, now| turn(tx, office, who, (&number, &reason), now))
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
        let entry = (&*number, "lampu mati", wording.as_deref(), None);
        Ok(answer_bank::remember(tx, office, who, entry, now)?.note)
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
        let taking = answer_bank::Taking { note, blanks: &blanks, category: None, unit: None };
        answer_bank::answer(tx, office, who, (&number, &taking), now)
    })
}
