//! The database on a real file: what is promised about commits, evidence, queues and plans.

mod claim;
mod copies;
mod evidence;
mod left;
mod migration;
mod outbox;
mod plans;
mod queues;
mod reports;
mod restore;
mod search;
mod writer;

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use tempfile::TempDir;

use super::claim::{Asking, Offer, Pace};
use super::inbox::{NewInbound, NewPart, Place};
use super::outbox::{NewMessage, Purpose};
use super::tickets::Ticket;
use super::trail::Entry;
use super::*;
use crate::number::TicketNumber;
use crate::phone::PhoneNumber;
use crate::ticket::{Channel, Stage};

/// A database on the disk and one connection to it, for what one function does to it.
struct Bench {
    home: TempDir,
    connection: Connection,
}

impl Bench {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("aduan.db");
        let mut connection = Connection::open(&path).unwrap();
        prepare(&connection).unwrap();
        migrate::run(&mut connection, &path).unwrap();
        Self { home, connection }
    }

    fn tx(&self) -> Tx<'_> {
        Tx::new(&self.connection)
    }

    fn text(&self, sql: &str) -> String {
        self.connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn count(&self, sql: &str) -> i64 {
        self.connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

fn place() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("aduan.db");
    (home, path)
}

fn now() -> DateTime<Utc> {
    "2026-11-24T03:00:00Z".parse().unwrap()
}

fn minutes(count: i64) -> DateTime<Utc> {
    now() + TimeDelta::minutes(count)
}

fn part(digest: u8) -> NewPart {
    NewPart {
        sim: "sim-a".to_owned(),
        modem: "modem-1".to_owned(),
        pdu: vec![0, 1, 2, digest],
        digest: vec![digest],
        sender: "+6281200000001".to_owned(),
        centre_at: Some(now()),
        place: None,
    }
}

fn inbound(sender: &str, text: &str) -> NewInbound {
    NewInbound {
        sim: "sim-a".to_owned(),
        modem: "modem-1".to_owned(),
        sender: sender.to_owned(),
        sender_kind: "subscriber",
        text: Some(text.to_owned()),
        complete: true,
        silent_class: None,
        centre_at: Some(now()),
    }
}

/// A new ticket of DISHUB; its row is 0 until it is stored.
fn ticket(serial: u32) -> Ticket {
    Ticket {
        id: 0,
        number: TicketNumber::new(26, serial).unwrap(),
        channel: Channel::Sms,
        citizen: Some(PhoneNumber::parse("081200000001").unwrap()),
        sim: Some("sim-a".to_owned()),
        body: "lampu mati".to_owned(),
        unit: Some("DISHUB".to_owned()),
        unit_name: Some("Dinas Perhubungan".to_owned()),
        certainty: "certain".to_owned(),
        suggestions: vec!["PUPR".to_owned(), "DLH".to_owned()],
        flags: vec!["emergency".to_owned()],
        category: None,
        stage: Stage::New,
        before_pause: None,
        closed_as: None,
        main_ticket_id: None,
        assignee: None,
        drafter: None,
        escalated: false,
        restricted_by: None,
        concerns: Vec::new(),
        returns: 0,
        objections: 0,
        follow_up: false,
        follow_up_on: None,
        received_at: now(),
        stage_since: now(),
        due_at: Some(minutes(15)),
        answer_due_at: minutes(360),
        national_due_at: None,
        paused_at: None,
        answered_at: None,
        last_answer_at: None,
        finished_at: None,
        copies: Vec::new(),
        named: Vec::new(),
        later_at: None,
        to_give_at: None,
        given_at: None,
    }
}

fn entry(action: &str) -> Entry<'_> {
    Entry {
        actor: "pemohon",
        transition: Some(1),
        action,
        from: None,
        to: Some("BARU"),
        detail: serde_json::json!({ "inbound": 1 }),
    }
}

fn opened(tx: &Tx<'_>, serial: u32) -> Ticket {
    let id = tickets::open(tx, &ticket(serial), &entry("MASUK"), now()).unwrap();
    tickets::by_id(tx, id).unwrap().unwrap()
}

/// A message of one part, ready to leave by any SIM.
fn message(recipient: &str, purpose: Purpose) -> NewMessage {
    NewMessage {
        recipient: recipient.to_owned(),
        body: "Terima kasih.".to_owned(),
        purpose,
        template: None,
        ticket_id: None,
        inbound_id: None,
        draft_id: None,
        sim: None,
        route: None,
        reference: 7,
        parts: vec![vec![1]],
        due_at: now(),
        expires_at: minutes(1440),
    }
}

/// A modem with this card, at an hour at which everything may go; what was queued a quarter of an hour ago leaves by any.
fn asking(sim: &str, at: DateTime<Utc>) -> Asking<'_> {
    Asking {
        modem: sim,
        sim,
        routes: "",
        strangers_after: 900,
        opens_at: at,
        pace: Pace::default(),
        day: (now() - TimeDelta::hours(10), now() + TimeDelta::hours(14)),
        now: at,
    }
}

fn place_of(number: u8, total: u8) -> Place {
    Place { reference: 7, wide: false, total, number }
}
