//! A restore: killed at any step there is a whole register, and what must not be forgotten is not.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use chrono::NaiveDateTime;

use crate::store::backup::backup;
use crate::store::restore::{Restored, Restorer, Step, restore};

use super::*;

const PHONE: &str = "+6281200000001";

fn who() -> Restorer {
    Restorer {
        officer: "root".to_owned(),
        sudo: Some("joko".to_owned()),
        now: minutes(60),
        local: local(),
    }
}

fn local() -> NaiveDateTime {
    "2026-11-24T11:00:00".parse().unwrap()
}

/// A register with so many tickets, of which the last has a text that waits.
async fn register(path: &Path, tickets: u32) {
    let store = Store::open(path).unwrap();
    for serial in 1..=tickets {
        let opened = move |tx: &Tx<'_>| -> Result<(), Fault> {
            let ticket = opened(tx, serial);
            if serial == tickets {
                let text =
                    NewMessage { ticket_id: Some(ticket.id), ..message(PHONE, Purpose::Notice) };
                crate::store::outbox::queue(tx, &text, now())?;
            }
            Ok(())
        };
        store.write(opened).await.unwrap();
    }
    store.close().await;
}

fn look<T>(path: &Path, see: impl FnOnce(&Tx<'_>) -> T) -> T {
    let connection = Connection::open(path).unwrap();
    see(&Tx::new(&connection))
}

fn serials(path: &Path) -> i64 {
    look(path, |tx| {
        assert_eq!(trail::first_broken(tx).unwrap(), None);
        tx.connection.query_row("SELECT COUNT (*) FROM ticket", [], |row| row.get(0)).unwrap()
    })
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn done(database: &Path, file: &Path) -> Restored {
    restore(database, file, &who(), |_| {}).unwrap()
}

/// A backup of two tickets, and a register that went on to three.
async fn office() -> (TempDir, PathBuf, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let (database, file) = (home.path().join("aduan.db"), home.path().join("backup"));
    register(&database, 2).await;
    backup(&database, &file).unwrap();
    let store = Store::open(&database).unwrap();
    store.write(|tx| Ok::<_, Fault>(opened(tx, 3))).await.unwrap();
    store.close().await;
    (home, database, file)
}

#[tokio::test]
async fn the_register_is_the_backups_and_the_one_before_is_kept() {
    let (home, database, file) = office().await;
    let before = fs::read(&file).unwrap();
    fs::set_permissions(&database, fs::Permissions::from_mode(0o640)).unwrap();
    let restored = done(&database, &file);
    let kept = home.path().join("aduan.db.replaced-20261124-110000");
    assert_eq!(restored.kept, Some(kept.clone()));
    assert_eq!((serials(&database), serials(&kept)), (2, 3));
    assert_eq!((restored.contents.tickets, restored.held, restored.carried), (2, 1, true));
    assert_eq!(fs::metadata(&database).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read(&file).unwrap() == before, "the backup was changed");
    let left = ["aduan.db", "aduan.db.lock", "aduan.db.replaced-20261124-110000", "backup"];
    assert_eq!(names(home.path()), left);
    // The trail of each open ticket says who, when, and how old the backup is.
    look(&database, |tx| {
        for id in [1, 2] {
            let line = trail::of_ticket(tx, id).unwrap().pop().unwrap();
            assert_eq!((line.action.as_str(), line.actor.as_str()), ("PEMULIHAN", "root"));
            assert_eq!(line.at, minutes(60));
            assert!(line.detail.contains("2026-11-24T03:00:00Z"), "{}", line.detail);
            assert!(line.detail.contains("joko"), "{}", line.detail);
        }
        let open = restores::open(tx).unwrap().unwrap();
        assert_eq!((open.texts, open.backup_at), (1, Some(now())));
        assert_eq!(tickets::next_serial(tx, 26).unwrap(), 4, "the third number was given");
        let noted = "SELECT officer || action FROM access_log";
        let noted: String = tx.connection.query_row(noted, [], |row| row.get(0)).unwrap();
        assert_eq!(noted, "rootrestore");
    });
}

/// A register in which everything of ticket 1 is destroyed and ticket 2 has no number any more.
async fn retire(database: &Path) {
    let store = Store::open(database).unwrap();
    let key = store.pseudonyms().unwrap();
    let retired = move |tx: &Tx<'_>| -> Result<(), Fault> {
        let run = retention::begin(tx, "joko", "retention", minutes(30))?;
        let ever = DateTime::<Utc>::MAX_UTC;
        let cutoffs = retention::Cutoffs { active: ever, archived: ever, other: ever, trail: ever };
        retention::within(tx, run, || {
            retention::retire(tx, &key, (1, retention::Fate::Destroyed), minutes(30))?;
            retention::retire(tx, &key, (2, retention::Fate::Pseudonymised), minutes(30))?;
            retention::decisions(
                tx,
                &key,
                &retention::Cutoffs { trail: DateTime::<Utc>::MIN_UTC, ..cutoffs },
            )?;
            let messages = retention::messages_apart(tx, &key, (0, 500), &cutoffs)?;
            let trail = retention::trail(tx, run, 500, &cutoffs)?;
            Ok::<_, Fault>(retention::Counts { messages, trail, ..retention::Counts::default() })
        })?;
        retention::finish(tx, run, minutes(31))?;
        let request = requests::NewRequest {
            citizen: PHONE,
            ticket_id: Some(2),
            kind: requests::Kind::Copy,
            detail: "minta salinan",
            officer: "sari",
            due_at: minutes(99),
        };
        requests::add(tx, &request, minutes(32))?;
        Ok(())
    };
    store.write(retired).await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn what_was_taken_away_since_the_backup_does_not_come_back_with_it() {
    let home = tempfile::tempdir().unwrap();
    let (database, file) = (home.path().join("aduan.db"), home.path().join("backup"));
    register(&database, 2).await;
    let store = Store::open(&database).unwrap();
    let received = |tx: &Tx<'_>| -> Result<(), Fault> {
        for (serial, ticket) in [(1, Some(1)), (2, Some(2)), (3, None)] {
            let inbox::Recorded::Fresh(part) = inbox::record_part(tx, &part(serial), now())? else {
                panic!("it was there before");
            };
            let id = inbox::queue(tx, &inbound(PHONE, "lampu mati"), &[part], now())?;
            let outcome =
                if ticket.is_some() { inbox::Outcome::Ticket } else { inbox::Outcome::Command };
            inbox::handled(tx, id, outcome, "X", ticket, now())?;
            let Some(ticket) = ticket else { continue };
            let said =
                trail_words::free(if ticket == 1 { "kata Bu Siti" } else { "kata Pak Anto" });
            let detail = serde_json::json!({ "isi": said });
            let remark = Entry { to: None, transition: None, detail, ..entry("CATATAN") };
            trail::append(tx, ticket, &remark, now())?;
            access_log::note(tx, "sari", "reveal", Some(ticket), "perlu", now())?;
        }
        for sql in [
            "INSERT INTO block (citizen, until, ends_at, reason, officer, blocked_at)
             VALUES ('+6281200000001', '2026-11-01', 5, 'ancaman', 'ratna', 1)",
            "INSERT INTO reminder (ticket_id, matter, since, due_at, raised_at, stage) VALUES (1, 'LEWAT_WAKTU', 1, 1, 1, 'BARU')",
            "INSERT INTO answer (unit, matter, wording, source_id, proposed_by, proposed_at)
             VALUES ('DISHUB', 'lampu Pak Anto', 'Diganti.', 1, 'budi', 1)",
            "INSERT INTO unreachable (citizen, marked_at, code) VALUES ('+6281200000001', 1, '+CMS ERROR: 1')",
        ] {
            tx.run(sql)?;
        }
        Ok(())
    };
    store.write(received).await.unwrap();
    store.close().await;
    backup(&database, &file).unwrap();
    retire(&database).await;
    let restored = done(&database, &file);
    assert!(restored.carried);
    look(&database, |tx| {
        let text =
            |sql: &str| -> String { tx.connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        let list = "SELECT group_concat (citizen || ' ' || body, '; ') FROM ticket";
        let list = text(list);
        assert!(list.starts_with("+999000000000000 ; +999"), "{list}");
        assert!(!list.contains(PHONE), "{list}");
        let list =
            text("SELECT group_concat (sender || ' ' || coalesce (text, '-'), '; ') FROM inbound");
        assert!(!list.contains(PHONE), "{list}");
        assert_eq!(list.matches("lampu mati").count(), 1, "only of ticket 2: {list}");
        assert_eq!(text("SELECT CAST (sum (length (pdu)) AS TEXT) FROM part"), "0");
        assert_eq!(
            text("SELECT CAST (count (*) AS TEXT) FROM part WHERE sender = '+6281200000001'"),
            "0"
        );
        // Neither the words of the destroyed ticket nor what else spoke of it.
        let list =
            text("SELECT group_concat (rowid) FROM ticket_text WHERE ticket_text MATCH 'lampu'");
        assert_eq!(list, "2");
        assert!(text("SELECT citizen FROM block").starts_with("+999"));
        for table in
            ["reminder", "unreachable", "answer WHERE matter <> '' OR withdrawn_at IS NULL"]
        {
            assert_eq!(tx.count(&format!("SELECT COUNT (*) FROM {table}")).unwrap(), 0, "{table}");
        }
        // The rows that were removed are removed again, and what is left holds.
        let lines = trail::of_ticket(tx, 1).unwrap();
        assert_eq!(
            lines.iter().map(|line| line.action.as_str()).collect::<Vec<_>>(),
            ["CATATAN", "PEMULIHAN"]
        );
        assert_eq!(text("SELECT group_concat (words) FROM trail_words"), "kata Pak Anto");
        assert_eq!(
            text(
                "SELECT group_concat (ticket_id) FROM access_log WHERE action = 'reveal' AND detail <> ''"
            ),
            "2"
        );
        assert_eq!(trail::first_broken(tx).unwrap(), None);
        let records = retention::records(tx, 9).unwrap();
        let told: Vec<_> =
            records.iter().map(|record| (record.cause.as_str(), record.officer.as_str())).collect();
        assert_eq!(told, [("restore", "root"), ("retention", "joko")]);
        assert_eq!(records[1].counts.messages, 1);
        assert_eq!(
            requests::open(tx).unwrap()[0].ticket_id,
            Some(2),
            "it is answered all the same"
        );
    });
    // And the daemon goes on with it.
    let store = Store::open(&database).unwrap();
    store.write(|tx| Ok::<_, Fault>(opened(tx, 7))).await.unwrap();
    store.close().await;
    assert_eq!(serials(&database), 3);
}

/// A kill leaves the files as they are at that moment.
#[tokio::test]
async fn killed_at_any_step_there_is_the_old_register_or_the_new_one() {
    let (_home, database, file) = office().await;
    let mut moments = Vec::new();
    let watch = |step| {
        let moment = tempfile::tempdir().unwrap();
        let folder = database.parent().unwrap();
        for name in names(folder) {
            let path = folder.join(&name);
            if path.is_file() {
                fs::copy(&path, moment.path().join(&name)).unwrap();
            }
        }
        moments.push((step, moment));
    };
    restore(&database, &file, &who(), watch).unwrap();
    let steps: Vec<Step> = moments.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, [Step::Locked, Step::Folded, Step::Prepared, Step::Kept, Step::Replaced]);
    for (step, moment) in &moments {
        let database = moment.path().join("aduan.db");
        let store = Store::open(&database).unwrap();
        store.close().await;
        assert_eq!(serials(&database), if *step == Step::Replaced { 2 } else { 3 }, "{step:?}");
        // It can be done again, and nothing that was kept is lost by it.
        let again = done(&database, &moment.path().join("backup"));
        assert_eq!(serials(&database), 2);
        assert!(again.kept.is_some_and(|kept| kept.exists()));
        let kept = names(moment.path()).iter().filter(|name| name.contains("replaced")).count();
        assert_eq!(kept, if *step < Step::Kept { 1 } else { 2 }, "{step:?}");
    }
}

#[tokio::test]
async fn a_journal_that_a_crash_left_is_folded_in_and_never_applied_to_the_new_register() {
    let (home, database, file) = office().await;
    let crashed = tempfile::tempdir().unwrap();
    let store = Store::open(&database).unwrap();
    store.write(|tx| Ok::<_, Fault>(opened(tx, 4))).await.unwrap();
    for name in ["aduan.db", "aduan.db-wal"] {
        fs::copy(home.path().join(name), crashed.path().join(name)).unwrap();
    }
    store.close().await;
    let database = crashed.path().join("aduan.db");
    let restored = done(&database, &file);
    assert_eq!(serials(&restored.kept.unwrap()), 4);
    assert_eq!(serials(&database), 2);
    assert!(!crashed.path().join("aduan.db-wal").exists());
}

#[tokio::test]
async fn a_register_that_cannot_be_read_is_kept_with_its_journal() {
    let (home, database, file) = office().await;
    fs::write(&database, "broken by a bad disk".repeat(500)).unwrap();
    fs::write(home.path().join("aduan.db-wal"), "its journal").unwrap();
    let restored = done(&database, &file);
    assert!(!restored.carried);
    let kept = restored.kept.unwrap();
    assert!(fs::read_to_string(&kept).unwrap().starts_with("broken"));
    let journal = home.path().join("aduan.db.replaced-20261124-110000-wal");
    assert_eq!(fs::read_to_string(journal).unwrap(), "its journal");
    assert_eq!(serials(&database), 2);
}

#[tokio::test]
async fn where_there_was_no_register_the_backup_becomes_one_for_the_folders_owner() {
    let (home, _, file) = office().await;
    let database = home.path().join("new/aduan.db");
    fs::create_dir(home.path().join("new")).unwrap();
    let restored = done(&database, &file);
    assert_eq!((restored.kept, restored.carried), (None, true));
    assert_eq!(names(&home.path().join("new")), ["aduan.db", "aduan.db.lock"]);
    assert_eq!(fs::metadata(&database).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(serials(&database), 2);
    let nowhere = restore(&home.path().join("no/aduan.db"), &file, &who(), |_| {}).unwrap_err();
    assert_eq!(nowhere.code(), "COPY_NO_FOLDER");
}

#[tokio::test]
async fn a_register_behind_a_link_is_replaced_where_it_is() {
    let (home, database, file) = office().await;
    let disk = home.path().join("disk");
    fs::create_dir(&disk).unwrap();
    fs::rename(&database, disk.join("aduan.db")).unwrap();
    std::os::unix::fs::symlink(disk.join("aduan.db"), &database).unwrap();
    done(&database, &file);
    assert!(fs::symlink_metadata(&database).unwrap().is_symlink());
    assert_eq!(serials(&disk.join("aduan.db")), 2);
    assert_eq!(names(&disk), ["aduan.db", "aduan.db.replaced-20261124-110000"]);
}

#[tokio::test]
async fn what_happened_to_cards_and_citizens_since_is_not_forgotten() {
    let (_home, database, file) = office().await;
    let since = "INSERT INTO pin_try VALUES ('8962', x'01', 1, 5);
                 INSERT INTO stopped VALUES ('+62811', 5);
                 INSERT INTO card_met VALUES ('510', 5, 5);
                 INSERT INTO left_message VALUES (x'02', '510', 5);";
    Connection::open(&database).unwrap().execute_batch(since).unwrap();
    // The backup knows of a try whose end it does not know, of another citizen, and of one who is known by nothing else and whom
    // the register before knew no more.
    let known = "INSERT INTO pin_try VALUES ('8962', x'01', 0, 4); INSERT INTO stopped VALUES ('+62812', 4);
                 INSERT INTO stopped SELECT citizen, 4 FROM ticket LIMIT 1;";
    Connection::open(&file).unwrap().execute_batch(known).unwrap();
    done(&database, &file);
    look(&database, |tx| {
        let told = "SELECT (SELECT refused FROM pin_try) || (SELECT COUNT (*) FROM stopped)
                           || (SELECT COUNT (*) FROM card_met) || (SELECT COUNT (*) FROM left_message)";
        let told: String = tx.connection.query_row(told, [], |row| row.get(0)).unwrap();
        assert_eq!(told, "1211");
    });
}

#[tokio::test]
async fn nothing_is_done_while_a_daemon_or_a_backup_has_the_register_or_with_a_bad_backup() {
    let (home, database, file) = office().await;
    let before = names(home.path());
    let refused = |file: &Path| restore(&database, file, &who(), |_| {}).unwrap_err().code();
    let store = Store::open(&database).unwrap();
    assert_eq!(refused(&file), "COPY_IN_USE");
    store.close().await;
    for (code, sql) in [
        ("COPY_NEWER", "PRAGMA user_version = 999"),
        ("COPY_DAMAGED", "DROP TRIGGER trail_is_final; UPDATE trail SET actor = 'x' WHERE id = 1"),
        ("COPY_FOREIGN", "DROP TABLE report; DROP TABLE outbox_part; DROP TABLE outbox"),
    ] {
        let bad = tempfile::NamedTempFile::new().unwrap();
        fs::copy(&file, bad.path()).unwrap();
        Connection::open(bad.path()).unwrap().execute_batch(sql).unwrap();
        assert_eq!(refused(bad.path()), code);
    }
    assert_eq!(refused(&home.path().join("none")), "COPY_MISSING");
    assert_eq!(names(home.path()), before);
    assert_eq!(serials(&database), 3);
}

#[tokio::test]
async fn months_that_were_signed_since_the_backup_stay_signed() {
    let home = tempfile::tempdir().unwrap();
    let (database, file) = (home.path().join("aduan.db"), home.path().join("backup"));
    register(&database, 1).await;
    let sign = |month: &str| {
        let told = format!("{{\"month\":\"{month}\"}}");
        look(&database, |tx| signatures::sign(tx, (month, &told, "{}"), "ratna", now()).unwrap());
    };
    sign("2026-09");
    sign("2026-10");
    backup(&database, &file).unwrap();
    look(&database, |tx| {
        let [september, october] =
            ["2026-09", "2026-10"].map(|month| signatures::last(tx, month).unwrap().unwrap().id);
        signatures::give_back(tx, september, ("hadi", "kurang"), now()).unwrap();
        signatures::acknowledge(tx, october, "hadi", now()).unwrap();
    });
    sign("2026-09");
    sign("2026-11");
    done(&database, &file);
    let last = |month: &str| look(&database, |tx| signatures::last(tx, month).unwrap().unwrap());
    assert_eq!((last("2026-09").id, last("2026-09").returned_at), (3, None));
    assert_eq!(last("2026-10").acknowledged_by.as_deref(), Some("hadi"));
    assert_eq!(last("2026-11").told, "{\"month\":\"2026-11\"}");
}
