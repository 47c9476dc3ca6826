//! A register of the first schema, as the gateway of that time left it, under today's program.

use std::collections::BTreeMap;

use rusqlite::types::Value;

use super::*;

const FIRST: &str = include_str!("../../../tests/data/register-v1.sql");

fn first() -> (TempDir, PathBuf) {
    let (home, path) = place();
    Connection::open(&path).unwrap().execute_batch(FIRST).unwrap();
    (home, path)
}

/// Tables with the names of their columns.
fn tables(connection: &Connection) -> BTreeMap<String, Vec<String>> {
    let sql = "SELECT tables.name, columns.name
                 FROM pragma_table_list AS tables, pragma_table_info (tables.name) AS columns
                WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'
                ORDER BY tables.name, columns.cid";
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut tables = BTreeMap::<String, Vec<String>>::new();
    while let Some(row) = rows.next().unwrap() {
        tables.entry(row.get(0).unwrap()).or_default().push(row.get(1).unwrap());
    }
    tables
}

/// Every row of these columns.
fn rows(connection: &Connection, table: &str, columns: &[String]) -> Vec<Vec<Value>> {
    let list = columns.join(", ");
    let mut statement =
        connection.prepare(&format!("SELECT {list} FROM {table} ORDER BY 1, 2")).unwrap();
    let row = statement.query_map([], |row| (0..columns.len()).map(|at| row.get(at)).collect());
    row.unwrap().collect::<Result<_, _>>().unwrap()
}

/// What SQLite remembers of the schema, without remarks and blanks.
fn schema(connection: &Connection) -> BTreeMap<String, String> {
    let sql = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL";
    let mut statement = connection.prepare(sql).unwrap();
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
    let found: Vec<(String, String)> =
        statement.query_map([], read).unwrap().collect::<Result<_, _>>().unwrap();
    found.into_iter().map(|(name, sql)| (name, normal(&sql))).collect()
}

fn normal(sql: &str) -> String {
    let lines = sql.lines().map(|line| line.split("--").next().unwrap());
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    let mut text = words.join(" ");
    for mark in ["(", ")", ","] {
        text = text.replace(&format!(" {mark}"), mark).replace(&format!("{mark} "), mark);
    }
    text
}

#[tokio::test]
async fn a_register_of_the_first_schema_keeps_every_row_and_becomes_todays() {
    let (_home, path) = first();
    let connection = Connection::open(&path).unwrap();
    let then = tables(&connection);
    let before: BTreeMap<_, _> = then
        .iter()
        .map(|(table, columns)| (table.clone(), rows(&connection, table, columns)))
        .collect();
    assert!(before.values().all(|rows| !rows.is_empty()), "a table of it is empty");
    drop(connection);

    let store = Store::open(&path).unwrap();
    assert_eq!(store.read(trail::first_broken).await.unwrap(), None);
    store.close().await;
    let connection = Connection::open(&path).unwrap();
    let version: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, migrate::VERSION);
    for (table, columns) in &then {
        assert_eq!(rows(&connection, table, columns), before[table], "{table}");
    }
    assert_eq!(crate::store::copies::broken_pages(&connection).unwrap(), None);
    assert_eq!(crate::store::copies::broken_references(&connection).unwrap(), None);

    let fresh = Bench::new();
    assert_eq!(schema(&connection), schema(&fresh.connection));
    assert_eq!(tables(&connection), tables(&fresh.connection));
}

/// Choices of the first schema that a comparison takes the place of.
const CHOICES: [(&str, &str, &[&str]); 5] = [
    ("inbound", "sender_kind", &["subscriber", "short-code", "alphanumeric", "odd", "unknown"]),
    ("inbound", "outcome", &["ticket", "addition", "command", "silence"]),
    ("outbox", "purpose", &["acknowledgement", "command-reply", "notice", "answer", "admin"]),
    (
        "outbox",
        "state",
        &["queued", "claimed", "sent", "delivered", "failed", "expired", "unknown", "dropped"],
    ),
    (
        "outbox_part",
        "state",
        &[
            "queued",
            "offered",
            "accepted",
            "unknown",
            "delivered",
            "failed",
            "expired",
            "unconfirmed",
        ],
    ),
];

#[tokio::test]
async fn choices_of_the_first_schema_become_comparisons_that_allow_the_same() {
    let (_home, path) = first();
    let words =
        |table: &str| schema(&Connection::open(&path).unwrap())[&format!("table {table}")].clone();
    for (table, column, values) in CHOICES {
        let list = values.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(",");
        assert!(words(table).contains(&format!("{column} IN({list})")), "{}", words(table));
    }
    Store::open(&path).unwrap().close().await;
    for (table, column, values) in CHOICES {
        let compared: Vec<_> = values.iter().map(|value| format!("{column} = '{value}'")).collect();
        // What a later version added.
        let words = words(table).replace(" OR purpose = 'staff'", "");
        assert!(words.contains(&format!("({})", compared.join(" OR "))), "{words}");
    }
    let connection = Connection::open(&path).unwrap();
    let change = "UPDATE outbox SET state = ?1 WHERE id = (SELECT MIN (id) FROM outbox)";
    for value in CHOICES[3].2 {
        connection.execute(change, [value]).unwrap();
    }
    connection.execute(change, ["elsewhere"]).unwrap_err();
}

#[test]
fn each_step_leads_from_one_version_to_the_next() {
    let (_home, path) = first();
    let connection = Connection::open(&path).unwrap();
    let mut seen = vec![schema(&connection)];
    for step in migrate::STEPS {
        connection.execute_batch(step).unwrap();
        assert_eq!(crate::store::copies::broken_pages(&connection).unwrap(), None);
        assert_eq!(crate::store::copies::broken_references(&connection).unwrap(), None);
        let schema = schema(&connection);
        assert!(!seen.contains(&schema), "a step that changes nothing");
        seen.push(schema);
    }
    assert_eq!(seen.pop().unwrap(), schema(&Bench::new().connection));
}

#[tokio::test]
async fn the_office_goes_on_with_what_the_first_schema_held() {
    let (_home, path) = first();
    let store = Store::open(&path).unwrap();
    // The cards that served are no strangers: what lies on them is taken, and a PIN that was refused stays refused.
    let met = store.read(|tx| {
        let met =
            "SELECT COUNT (*) FROM modem JOIN card_met USING (sim) WHERE settled_at IS NOT NULL";
        Ok::<i64, Fault>(tx.connection.query_row(met, [], |row| row.get(0))?)
    });
    assert_eq!(met.await.unwrap(), 2);
    // The text in hand goes back, and leaves with the one that waited.
    let later = now() + TimeDelta::days(3650);
    let left = store.write(move |tx| {
        tx.connection.execute("UPDATE outbox SET expires_at = expires_at + 1000000000", [])?;
        for (id, _) in crate::store::hand::in_hand(tx, None)? {
            let fate = crate::store::hand::Fate::Blameless(now());
            crate::store::hand::release(tx, id, fate, None, now())?;
        }
        let mut left = Vec::new();
        while let Some(claimed) =
            crate::store::claim::claim(tx, &asking("510101100000001", later), Offer::AtOnce)?
        {
            left.push(claimed.recipient);
        }
        Ok::<_, Fault>(left)
    });
    let left = left.await.unwrap();
    assert_eq!(left, ["+6281200000101", "+6281200009001"]);
    let serial = store.read(|tx| tickets::next_serial(tx, 26)).await.unwrap();
    assert_eq!(serial, 10);
    store.close().await;
}

#[test]
fn a_backup_of_the_first_schema_is_restored_and_left_as_it_was() {
    use crate::store::restore::{Restorer, restore};
    let (home, file) = first();
    let before = std::fs::read(&file).unwrap();
    let database = home.path().join("new.db");
    let local = "2026-11-24T11:00:00".parse().unwrap();
    let who = Restorer { officer: "root".to_owned(), sudo: None, now: now(), local };
    let restored = restore(&database, &file, &who, |_| {}).unwrap();
    // A text in hand counts: what became of it is not known.
    assert_eq!((restored.contents.tickets, restored.held), (9, 3));
    let connection = Connection::open(&database).unwrap();
    assert_eq!(schema(&connection), schema(&Bench::new().connection));
    assert!(std::fs::read(&file).unwrap() == before);
}
