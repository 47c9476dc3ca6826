//! Group commit, refusals to open, and readers beside the writer.

use std::sync::mpsc;
use std::time::Duration;

use tokio::time::timeout;

use super::*;

/// Longer than anything here takes; only a failure waits for it.
const DEADLINE: Duration = Duration::from_secs(30);

async fn soon<T>(future: impl Future<Output = T>) -> T {
    timeout(DEADLINE, future).await.expect("nothing happened before the deadline")
}

fn note(tx: &Tx<'_>, officer: &str) -> Result<(), Fault> {
    access_log::note(tx, officer, "show", None, "", now())
}

async fn noted(store: &Store) -> Vec<String> {
    store
        .read(|tx| {
            let mut statement =
                tx.connection.prepare("SELECT officer FROM access_log ORDER BY id")?;
            let officers = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok::<_, Fault>(officers)
        })
        .await
        .unwrap()
}

/// Keeps the writer busy until the sender is dropped, so that what follows is one group.
async fn occupied(store: &Store) -> mpsc::Sender<()> {
    let (release, wait) = mpsc::channel::<()>();
    let (begun, begins) = tokio::sync::oneshot::channel();
    let store = store.clone();
    tokio::spawn(async move {
        store
            .write(move |_| {
                let _ = begun.send(());
                let _ = wait.recv();
                Ok::<_, Fault>(())
            })
            .await
    });
    soon(begins).await.unwrap();
    release
}

#[tokio::test]
async fn a_failing_job_takes_no_other_with_it_and_nothing_of_it_is_kept() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let release = occupied(&store).await;
    let jobs: Vec<_> = ["satu", "gagal", "tiga"]
        .into_iter()
        .map(|officer| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        note(tx, officer)?;
                        if officer == "gagal" { Err(Fault::Stopped) } else { Ok(officer) }
                    })
                    .await
            })
        })
        .collect();
    // Each task has queued its job once it has been polled.
    tokio::task::yield_now().await;
    drop(release);
    let mut outcomes = Vec::new();
    for job in jobs {
        outcomes.push(soon(job).await.unwrap().ok());
    }
    assert_eq!(outcomes, [Some("satu"), None, Some("tiga")]);
    assert_eq!(noted(&store).await, ["satu", "tiga"]);
}

#[tokio::test]
async fn a_job_that_dies_takes_neither_the_others_nor_the_writer_with_it() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let bell = store.bell(Bell::Outbox);
    let release = occupied(&store).await;
    let jobs: Vec<_> = ["satu", "mati", "tiga"]
        .into_iter()
        .map(|officer| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        note(tx, officer)?;
                        if officer == "mati" {
                            tx.ring(Bell::Outbox);
                            // In the midst of a statement, too.
                            let mut statement =
                                tx.connection.prepare_cached("SELECT id FROM access_log")?;
                            let mut rows = statement.query([])?;
                            rows.next()?;
                            panic!("a fault of the program");
                        }
                        Ok::<_, Fault>(())
                    })
                    .await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    drop(release);
    let mut outcomes = Vec::new();
    for job in jobs {
        outcomes.push(soon(job).await.unwrap().map_err(|fault| fault.to_string()));
    }
    assert_eq!(outcomes, [Ok(()), Err(Fault::Died.to_string()), Ok(())]);
    assert_eq!(noted(&store).await, ["satu", "tiga"]);
    assert!(!bell.has_changed().unwrap(), "a bell of what is not kept");
    soon(store.write(|tx| note(tx, "sesudahnya"))).await.unwrap();
    soon(store.close()).await;
    assert_eq!(noted(&Store::open(&path).unwrap()).await, ["satu", "tiga", "sesudahnya"]);
}

#[tokio::test]
async fn a_reader_that_dies_says_so_and_the_next_one_reads() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let dead =
        soon(store.read(|_| -> Result<(), Fault> { panic!("a fault of the program") })).await;
    assert!(matches!(dead, Err(Fault::Died)), "{dead:?}");
    assert!(soon(noted(&store)).await.is_empty());
}

#[tokio::test]
async fn a_job_that_fails_alone_leaves_nothing_and_the_next_one_is_kept() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let failed = store.write(|tx| {
        note(tx, "gagal")?;
        Err::<(), _>(Fault::Stale { table: "outbox", id: 7 })
    });
    // Its own reason, not that of a commit.
    assert!(matches!(soon(failed).await, Err(Fault::Stale { id: 7, .. })));
    soon(store.write(|tx| note(tx, "dua"))).await.unwrap();
    assert_eq!(noted(&store).await, ["dua"]);
}

#[tokio::test]
async fn an_answer_comes_after_the_commit() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    for round in 0..20 {
        let name = format!("petugas-{round}");
        let officer = name.clone();
        soon(store.write(move |tx| note(tx, &officer))).await.unwrap();
        // A connection of its own sees only what is committed.
        assert_eq!(noted(&store).await.last(), Some(&name));
    }
}

#[tokio::test]
async fn when_the_commit_fails_every_caller_of_the_group_is_told_and_the_next_group_works() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    soon(store.write(|tx| note(tx, "sebelumnya"))).await.unwrap();
    let release = occupied(&store).await;
    let good = {
        let store = store.clone();
        tokio::spawn(async move { store.write(|tx| note(tx, "bersama")).await })
    };
    let bad = {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .write(|tx| {
                    // A reference that is only checked at the COMMIT.
                    tx.connection.execute_batch(
                        "PRAGMA defer_foreign_keys = ON;
                         INSERT INTO access_log (at, officer, action, ticket_id) VALUES (0, 'x', 'x', 999)",
                    )?;
                    Ok::<_, Fault>(())
                })
                .await
        })
    };
    tokio::task::yield_now().await;
    drop(release);
    for job in [good, bad] {
        assert!(matches!(soon(job).await.unwrap(), Err(Fault::Commit(_))));
    }
    soon(store.write(|tx| note(tx, "sesudahnya"))).await.unwrap();
    assert_eq!(noted(&store).await, ["sebelumnya", "sesudahnya"]);
}

#[tokio::test]
async fn a_full_disk_is_told_to_the_callers_and_writing_goes_on_once_there_is_room() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    soon(store.write(|tx| note(tx, "sebelumnya"))).await.unwrap();
    let pages = |count: &'static str| {
        store.write(move |tx| {
            tx.connection.query_row(&format!("PRAGMA max_page_count = {count}"), [], |_| Ok(()))?;
            Ok::<_, Fault>(())
        })
    };
    // No more than there are.
    soon(pages("1")).await.unwrap();
    let release = occupied(&store).await;
    let jobs: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(|tx| {
                        note(tx, &"besar".repeat(20_000))?;
                        note(tx, "sesudah besar")
                    })
                    .await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    drop(release);
    for job in jobs {
        assert!(soon(job).await.unwrap().is_err(), "a full disk was not told");
    }
    assert_eq!(noted(&store).await, ["sebelumnya"], "half of a job was kept");
    soon(pages("100000")).await.unwrap();
    soon(store.write(|tx| note(tx, &"besar".repeat(20_000)))).await.unwrap();
    assert_eq!(noted(&store).await.len(), 2);
}

#[tokio::test]
async fn a_caller_that_goes_away_loses_nothing() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let release = occupied(&store).await;
    let task = {
        let store = store.clone();
        tokio::spawn(async move { store.write(|tx| note(tx, "sari")).await })
    };
    tokio::task::yield_now().await;
    task.abort();
    drop(release);
    // The queue is served in order: after this one the earlier one is committed.
    soon(store.write(|tx| note(tx, "budi"))).await.unwrap();
    assert_eq!(noted(&store).await, ["sari", "budi"]);
}

#[tokio::test]
async fn a_bell_rings_after_a_commit_and_not_after_a_refusal() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let (mut inbound, outbox) = (store.bell(Bell::Inbound), store.bell(Bell::Outbox));
    let refused = store.write(|tx| {
        tx.ring(Bell::Inbound);
        Err::<(), _>(Fault::Stopped)
    });
    assert!(soon(refused).await.is_err());
    assert!(!inbound.has_changed().unwrap());
    soon(store.write(|tx| {
        tx.ring(Bell::Inbound);
        Ok::<_, Fault>(())
    }))
    .await
    .unwrap();
    soon(inbound.changed()).await.unwrap();
    assert!(!outbox.has_changed().unwrap());
}

#[tokio::test]
async fn a_reader_never_waits_for_the_writer_and_cannot_write() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    soon(store.write(|tx| note(tx, "sari"))).await.unwrap();
    let (release, wait) = mpsc::channel::<()>();
    let (begun, begins) = tokio::sync::oneshot::channel();
    let writing = {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .write(move |tx| {
                    note(tx, "budi")?;
                    let _ = begun.send(());
                    let _ = wait.recv();
                    Ok::<_, Fault>(())
                })
                .await
        })
    };
    soon(begins).await.unwrap();
    assert_eq!(soon(noted(&store)).await, ["sari"], "what is not committed is not seen");
    let forbidden = soon(store.read(|tx| note(tx, "diam-diam"))).await;
    assert!(matches!(forbidden, Err(Fault::Sqlite(_))));
    drop(release);
    soon(writing).await.unwrap().unwrap();
    assert_eq!(noted(&store).await, ["sari", "budi"]);
}

#[tokio::test]
async fn a_second_daemon_on_the_same_database_is_refused_until_the_first_has_closed() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let ours = i32::try_from(std::process::id()).unwrap();
    let second = Store::open(&path).map(|_| ());
    assert!(
        matches!(second, Err(Fault::InUse { pid: Some(pid), .. }) if pid == ours),
        "{second:?}"
    );
    soon(store.write(|tx| note(tx, "sari"))).await.unwrap();
    soon(store.close()).await;
    assert!(matches!(soon(store.write(|tx| note(tx, "budi"))).await, Err(Fault::Stopped)));
    let again = Store::open(&path).unwrap();
    assert_eq!(noted(&again).await, ["sari"]);
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let (_home, path) = place();
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch("CREATE TABLE baru (x); PRAGMA user_version = 99").unwrap();
    drop(raw);
    let before = std::fs::read(&path).unwrap();
    let Err(Fault::Newer { found, known, .. }) = Store::open(&path) else {
        panic!("it was opened");
    };
    assert_eq!((found, known), (99, migrate::VERSION));
    assert!(std::fs::read(&path).unwrap() == before, "the file was changed");
}

#[test]
fn a_place_that_does_not_exist_is_named() {
    let (home, _) = place();
    let Err(fault) = Store::open(&home.path().join("tidak-ada").join("aduan.db")) else {
        panic!("it was opened");
    };
    assert!(matches!(fault, Fault::Place { .. }));
    assert!(fault.to_string().contains("tidak-ada"));
}

#[tokio::test]
async fn the_daemon_creates_what_schema_sql_says() {
    const OBJECTS: &str =
        "SELECT type || ' ' || name || ' ' || COALESCE (sql, '') FROM sqlite_schema ORDER BY 1";
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    soon(store.close()).await;
    let created = Connection::open(&path).unwrap();
    let written = Connection::open_in_memory().unwrap();
    written.execute_batch(include_str!("../../../schema.sql")).unwrap();
    let objects = |connection: &Connection| -> Vec<String> {
        let mut statement = connection.prepare(OBJECTS).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert!(objects(&written).len() > 30);
    assert_eq!(objects(&created), objects(&written));
    let mode: String = created.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn every_commit_is_forced_to_the_disk_and_references_are_checked() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    let settings = soon(store.write(|tx| {
        let pragma =
            |name: &str| tx.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        Ok::<_, Fault>((pragma("synchronous")?, pragma("foreign_keys")?))
    }))
    .await
    .unwrap();
    assert_eq!(settings, (2, 1), "FULL, on");
}
