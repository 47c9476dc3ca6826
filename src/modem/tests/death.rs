//! A modem's task that dies by a fault of the program, and PDUs that the database will not take: nothing is lost by either.
#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::watch;

use super::fixture::{Bench, Modem, message};
use super::{CARD, is_noticed};
use crate::modem::gauge::Gauge;
use crate::modem::past::{Carried, Past};
use crate::modem::recovery::{Patience, RESTARTS_MAX};
use crate::modem::{Memory, ModemConfig, Receive, drive, receive};
use crate::simulator::{ModemSetup, NetworkOptions, Profile, Setup, SimCard, Simulation};

/// How long something may take on a busy machine.
const LONG: Duration = Duration::from_mins(1);

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let reached = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(LONG, reached).await.unwrap_or_else(|_| panic!("never: {what}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_dies_with_a_message_in_hand_leaves_it_and_its_restarts_to_the_next() {
    let bench = Bench::new();
    let home = tempfile::tempdir().unwrap();
    let link = home.path().join("modem");
    let modem = ModemSetup::new(&link, SimCard::new(CARD, "+62811000000"));
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let simulation = Simulation::start(setup).unwrap();
    let config = ModemConfig { path: link, receive: Receive::Direct, ..bench.config.clone() };
    let memory = Memory::new(&Patience::default());
    let gauge = Arc::new(Gauge::new("modem-1", chrono::Utc::now()));
    let (tell, stop) = watch::channel(false);
    let task = || {
        let desk = (Arc::clone(&bench.office), bench.store.clone());
        tokio::spawn(drive(config.clone(), desk, Arc::clone(&gauge), memory.clone(), stop.clone()))
    };
    {
        let mut past = memory.take().await;
        past.dies = true;
        assert!(past.takes_restart());
    }
    let dying = task();
    until("in service", async || gauge.read().state == crate::modem::gauge::State::Ready).await;
    simulation.text("+6281234567890", CARD, "DISHUB # lampu mati").unwrap();
    assert!(tokio::time::timeout(LONG, dying).await.unwrap().unwrap_err().is_panic());
    assert!(bench.texts().await.is_empty());
    {
        let mut past = memory.take().await;
        assert_eq!(past.unkept.len(), 1);
        let left = (0..RESTARTS_MAX).filter(|_| past.takes_restart()).count();
        assert_eq!(left, RESTARTS_MAX - 1, "a death gives no restart back");
    }
    let next = task();
    until("kept", async || bench.texts().await == ["DISHUB # lampu mati"]).await;
    tell.send_replace(true);
    next.await.unwrap();
    assert!(memory.take().await.unkept.is_empty());
}

#[tokio::test]
async fn what_was_heard_and_not_heeded_outlives_its_session_however_that_ends() {
    let (mut bench, modem) = (Bench::new(), Modem::new(Profile::simcom_4g(), CARD));
    bench.config.receive = Receive::Direct;
    let mut session = bench.session(&modem).await;
    session.sweep().await.unwrap();
    modem.deliver(&message("DISHUB # lampu mati", 1));
    is_noticed(&mut session).await;
    drop(session);
    bench.session(&modem).await.keep_what_is_left().await.unwrap();
    assert_eq!(bench.texts().await, ["DISHUB # lampu mati"]);
}

/// A database that takes nothing that has this sender.
fn upset(bench: &Bench, table: &str, condition: &str) {
    let sql = format!(
        "CREATE TRIGGER upset BEFORE INSERT ON {table} WHEN {condition}
         BEGIN SELECT RAISE (ABORT, 'a fault of the program'); END"
    );
    Connection::open(bench.database()).unwrap().execute_batch(&sql).unwrap();
}

async fn keep(bench: &Bench, past: &mut Past) -> bool {
    let desk = (&bench.office, &bench.store);
    receive::keep_what_is_left(past, desk, "modem-1", &bench.gauge).await.is_ok()
}

fn carried(second: i64) -> Carried {
    let pdu = message("DISHUB # lampu mati", second);
    Carried { sim: "sim".to_owned(), pdu, repaired: None }
}

#[tokio::test]
async fn a_message_that_the_database_will_never_take_is_kept_as_it_came_and_holds_up_no_other() {
    let bench = Bench::new();
    let mut past = Past::new(&Patience::default());
    upset(&bench, "part", "NEW.sender != '' AND NOT EXISTS (SELECT 1 FROM part)");
    past.put_aside([carried(1)].into_iter());
    assert_eq!([keep(&bench, &mut past).await, keep(&bench, &mut past).await], [false; 2]);
    assert_eq!((past.unkept.len(), bench.inbound().await), (1, 0), "it may pass");
    assert!(keep(&bench, &mut past).await, "its modem can serve");
    assert!(past.unkept.is_empty());
    // An officer sees that something came, and its octets are there.
    assert_eq!((bench.inbound().await, bench.texts().await.len()), (1, 0));
    let raw: Vec<u8> = Connection::open(bench.database())
        .unwrap()
        .query_row("SELECT pdu FROM part", [], |row| row.get(0))
        .unwrap();
    assert_eq!(raw, carried(1).pdu);
}

#[tokio::test]
async fn where_the_database_takes_nothing_everything_waits_and_is_kept_when_it_does() {
    let bench = Bench::new();
    let mut past = Past::new(&Patience::default());
    upset(&bench, "part", "1");
    past.put_aside([carried(1), carried(2)].into_iter());
    for _ in 0..10 {
        assert!(!keep(&bench, &mut past).await);
    }
    assert_eq!((past.unkept.len(), bench.inbound().await), (2, 0));
    Connection::open(bench.database()).unwrap().execute_batch("DROP TRIGGER upset").unwrap();
    assert!(keep(&bench, &mut past).await && past.unkept.is_empty());
    assert_eq!(bench.texts().await.len(), 2, "as messages, not as octets");
}
