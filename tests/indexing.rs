//! The words of a register that is there already go into their index in a memory that does not grow with it.

#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

use aduan::store::Store;
use rusqlite::Connection;

/// Complaints, of some 300 characters each: their words alone take more memory than is allowed.
const TICKETS: u32 = 60_000;

/// Bytes that SQLite may have in this process. A limit once set is never raised, so this test has a file of its own.
const HEAP_MAX: u32 = 10 << 20;

/// A register that the first version wrote, with many more tickets.
fn older(path: &std::path::Path) {
    let register = Connection::open(path).unwrap();
    register.execute_batch(include_str!("data/register-v1.sql")).unwrap();
    let sql = format!(
        "BEGIN;
         INSERT INTO ticket (number, year, serial, channel, citizen, body, certainty, stage, received_at, stage_since,
                             answer_due_at)
         SELECT 'P25-' || value, 25, value, 'SMS', '+6281200000001',
                'lampu mati ' || (SELECT group_concat ('kata' || (outside.value * 31 + inside.value), ' ') FROM
                                  generate (30) AS inside),
                'none', 'BARU', value, value, value
           FROM generate ({TICKETS}) AS outside;
         COMMIT;"
    );
    // Without the extension of that name.
    let numbers = |count: &str| {
        format!(
            "(WITH RECURSIVE numbers (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < {count}) SELECT value FROM numbers)"
        )
    };
    let sql = sql
        .replace("generate (30)", &numbers("30"))
        .replace(&format!("generate ({TICKETS})"), &numbers(&TICKETS.to_string()));
    register.execute_batch(&sql).unwrap();
}

#[tokio::test]
async fn the_index_of_words_is_built_for_an_older_register_in_little_memory() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("aduan.db");
    older(&path);
    let limited = Connection::open_in_memory().unwrap();
    let limit = format!("PRAGMA hard_heap_limit = {HEAP_MAX}");
    let set: u32 = limited.query_row(&limit, [], |row| row.get(0)).unwrap();
    assert_eq!(set, HEAP_MAX);
    // The limit is one: what holds as much in memory is refused.
    limited.execute_batch("CREATE TABLE held (x)").unwrap();
    limited.execute("INSERT INTO held VALUES (zeroblob (?1))", [HEAP_MAX]).unwrap_err();
    drop(limited);

    let store = Store::open(&path).unwrap();
    store.close().await;
    let indexed = Connection::open(&path).unwrap();
    let sql = "SELECT COUNT (*) FROM ticket_text JOIN ticket ON ticket.id = ticket_text.rowid
                WHERE ticket_text MATCH 'lampu' AND ticket.year = 25";
    let found: u32 = indexed.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(found, TICKETS);
}
