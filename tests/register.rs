//! The register that benchmarks are made on, held against everything that a real one must stand.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a register that cannot be written stops the test"
)]

#[path = "../benches/register/mod.rs"]
mod register;

use std::path::{Path, PathBuf};

use aduan::config::Config;
use aduan::desk::recap::Month;
use aduan::desk::receiving::{self, At, Received};
use aduan::desk::{Office, fates, reading, recap, rounds, timing};
use aduan::store::{Fault, Store, trail};
use aduan::ticket::OfficerId;
use chrono::{DateTime, Datelike, Utc};
use register::{Plan, Totals};
use rusqlite::Connection;

/// The shipped office, and a small register of it.
struct Bench {
    folder: tempfile::TempDir,
    office: Office,
    plan: Plan,
    totals: Totals,
}

impl Bench {
    async fn new(tickets: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config =
            Config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("config/aduan.toml")).unwrap();
        let office = config.load_office().unwrap();
        let until: DateTime<Utc> = "2026-11-26T02:00:00Z".parse().unwrap();
        let sims = vec!["510101100000001".to_owned(), "510101100000002".to_owned()];
        let plan = Plan { tickets, seed: 7, until, sims };
        let totals = register::write(&folder.path().join("aduan.db"), &office, &plan).await;
        Self { folder, office, plan, totals }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("aduan.db")
    }

    fn count(&self, sql: &str) -> i64 {
        Connection::open(self.path()).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

fn schema(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn a_generated_register_stands_the_checks_of_a_real_one() {
    let bench = Bench::new(400).await;
    assert_eq!(bench.totals.tickets, 400);
    let connection = Connection::open(bench.path()).unwrap();
    let sound: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    assert!(!connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
    let bare = tempfile::tempdir().unwrap();
    let path = bare.path().join("aduan.db");
    Store::open(&path).unwrap().close().await;
    assert_eq!(schema(&connection), schema(&Connection::open(path).unwrap()));
    drop(connection);
    let store = Store::open(&bench.path()).unwrap();
    let broken = store.read::<_, Fault>(trail::first_broken).await.unwrap();
    assert_eq!(broken, None);
    store.close().await;
    assert!(bench.totals.sms > 9 * 400, "{} SMS", bench.totals.sms);
    assert_eq!(bench.totals.trail, bench.count("SELECT COUNT (*) FROM trail"));
    for (shape, sql) in [
        (
            "a receipt for each complaint",
            "SELECT COUNT (*) FROM outbox JOIN inbound ON inbound.id = inbound_id WHERE outcome = 'ticket'",
        ),
        (
            "one opening of each",
            "SELECT COUNT (*) FROM trail WHERE transition = 1 AND from_stage IS NULL",
        ),
    ] {
        assert_eq!(bench.count(sql), 400, "{shape}");
    }
    let ended = "SELECT COUNT (*) FROM ticket
                  WHERE (finished_at IS NULL) <> (stage NOT IN ('SELESAI', 'DITUTUP'))
                     OR stage <> (SELECT to_stage FROM trail WHERE ticket_id = ticket.id AND to_stage IS NOT NULL
                                   ORDER BY trail.id DESC LIMIT 1)";
    assert_eq!(bench.count(ended), 0, "a ticket stands where its trail leads");
}

#[tokio::test]
async fn the_daemon_finds_nothing_to_do_in_a_generated_register() {
    let bench = Bench::new(200).await;
    let (until, trail_before) = (bench.plan.until, bench.count("SELECT COUNT (*) FROM trail"));
    let store = Store::open(&bench.path()).unwrap();
    let (office, sim) = (bench.office, bench.plan.sims[0].clone());
    let known = "SELECT pdu FROM part WHERE sim = '510101100000001'
                 UNION ALL SELECT pdu FROM report WHERE sim = '510101100000001'";
    let pdus: Vec<Vec<u8>> = Connection::open(bench.folder.path().join("aduan.db"))
        .unwrap()
        .prepare(known)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let readings = store
        .write(move |tx| {
            rounds::make(tx, &office, until)?;
            assert_eq!(fates::recover(tx, &office, None, until)?, 0);
            assert_eq!(timing::reckon(tx, &office, until)?, 0, "due times are those of the trail");
            let at = At { sim: &sim, modem: "modem-1" };
            pdus.iter()
                .map(|pdu| receiving::receive(tx, &office, &at, pdu, until))
                .collect::<Result<Vec<_>, Fault>>()
        })
        .await
        .unwrap();
    assert!(readings.len() > 500);
    let known = |reading: &Received| matches!(reading, Received::Repeat | Received::Report);
    assert!(readings.iter().all(known), "a PDU of the register read again is known");
    store.close().await;
    let count = |sql: &str| -> i64 {
        let path = bench.folder.path().join("aduan.db");
        Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count("SELECT COUNT (*) FROM trail"), trail_before);
    assert_eq!(count("SELECT COUNT (*) FROM inbound WHERE state = 'unread'"), 0);
    assert_eq!(count("SELECT COUNT (*) FROM report WHERE outbox_id IS NULL"), 0);
}

#[tokio::test]
async fn the_months_of_a_generated_register_balance() {
    let bench = Bench::new(400).await;
    let store = Store::open(&bench.path()).unwrap();
    let (office, until, open) = (bench.office, bench.plan.until, bench.totals.open);
    store
        .write(move |tx| {
            let chair = office.staff.find(&OfficerId::from("ratna")).unwrap();
            let mut carried = 0;
            let (first, last) = (until.year() - register::YEARS + 1, until.year());
            let mut busiest = (0, (0, 0));
            for (year, month) in
                (first..=last).flat_map(|year| (1..=12).map(move |month| (year, month)))
            {
                let counts = {
                    let wanted = (Month::new(year, month).unwrap(), false);
                    recap::count(tx, &office, chair, wanted, until)
                }
                .unwrap()
                .summary;
                assert_eq!(counts.opening, carried, "{year}-{month}");
                let (came, went) =
                    (counts.received + counts.reopened, counts.finished + counts.closed_in_all());
                carried = counts.opening + came - went;
                assert_eq!(counts.closing, carried, "{year}-{month}");
                busiest = busiest.max((counts.received, (year, month)));
            }
            assert_eq!(busiest.1, register::busy_month(until));
            let inbox = reading::inbox(tx, &office, chair, true, until).unwrap();
            assert_eq!(i64::try_from(inbox.tickets.len()).unwrap() + inbox.more, open);
            assert!(inbox.sealed <= open);
            for ticket in inbox.tickets {
                reading::show(tx, &office, chair, &ticket.number.to_string(), until).unwrap();
            }
            Ok::<_, Fault>(())
        })
        .await
        .unwrap();
    store.close().await;
}

#[tokio::test]
async fn the_same_seed_writes_the_same_register() {
    let (one, other) = (Bench::new(50).await, Bench::new(50).await);
    let last = "SELECT unicode (hex (digest)) + (SELECT SUM (length (body)) FROM outbox) FROM trail ORDER BY id DESC LIMIT 1";
    assert_eq!(one.count(last), other.count(last));
    assert_eq!(one.totals.sms, other.totals.sms);
}
