//! A restore: a backup becomes the register, and what was the register is kept beside it.
//!
//! ```text
//! FILE ──copied, checked, migrated, marked──> .aduan-…/register.db ──renamed──> aduan.db
//!                                       aduan.db ──journal folded in, linked──> aduan.db.replaced-…
//! ```
//!
//! Whenever this is killed there is a whole register in its place: the old one, or the new one. The daemon must not run, and
//! its lock is held meanwhile.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::copies::{self, Contents, Draft};
use super::copy_error::CopyError;
use super::restores::{self, NewRestore};
use super::trail::{self, Entry};
use super::{Fault, Tx, access_log, lock, migrate, prepare};

/// What SQLite may have put beside a register.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// Names that are tried for the register that is replaced: one second may see several tries.
const NAMES_MAX: u32 = 100;

/// What of the register that is replaced holds for the one that comes: what happened since the backup must not be
/// forgotten. That a PIN was tried, lest a card is locked; what lies on cards and is nobody's complaint; who wants no texts; what was
/// signed.
const CARRIED: [&str; 6] = [
    "INSERT INTO main.pin_try (card, digest, refused, tried_at)
     SELECT card, digest, refused, tried_at FROM before.pin_try WHERE true
     ON CONFLICT DO UPDATE SET refused = MAX (refused, excluded.refused), tried_at = MAX (tried_at, excluded.tried_at)",
    "INSERT OR IGNORE INTO main.card_met (sim, met_at, settled_at) SELECT sim, met_at, settled_at FROM before.card_met",
    "INSERT OR IGNORE INTO main.left_message (digest, sim, left_at) SELECT digest, sim, left_at FROM before.left_message",
    "INSERT OR IGNORE INTO main.stopped (citizen, since) SELECT citizen, since FROM before.stopped",
    "UPDATE main.recap AS t
        SET acknowledged_by = b.acknowledged_by, acknowledged_at = b.acknowledged_at,
            returned_by = b.returned_by, returned_at = b.returned_at, reason = b.reason
       FROM before.recap AS b
      WHERE b.id = t.id AND b.month = t.month AND b.signed_at = t.signed_at
        AND t.acknowledged_at IS NULL AND t.returned_at IS NULL",
    "INSERT OR IGNORE INTO main.recap (id, month, told, figures, signed_by, signed_at, acknowledged_by, acknowledged_at,
                                       returned_by, returned_at, reason)
     SELECT id, month, told, figures, signed_by, signed_at, acknowledged_by, acknowledged_at, returned_by, returned_at, reason
       FROM before.recap",
];

/// Requests of citizens since the backup, and answers to those in it.
const REQUESTS_CARRIED: &str = "INSERT INTO main.data_request (id, citizen, ticket_id, kind, detail, registered_by, registered_at, due_at,
                               answered_by, answered_at, outcome, answer, begun_at, begun_answer)
     SELECT id, citizen, CASE WHEN EXISTS (SELECT 1 FROM main.ticket AS t WHERE t.id = b.ticket_id) THEN ticket_id END,
            kind, detail, registered_by, registered_at, due_at, answered_by, answered_at, outcome, answer,
            begun_at, begun_answer
       FROM before.data_request AS b WHERE true
     ON CONFLICT (id) DO UPDATE SET citizen = excluded.citizen, answered_by = excluded.answered_by,
        answered_at = excluded.answered_at, outcome = excluded.outcome, answer = excluded.answer,
        begun_at = excluded.begun_at, begun_answer = excluded.begun_answer
      WHERE registered_at = excluded.registered_at";

/// Records of the retention since the backup.
const RECORDS_CARRIED: &str = "INSERT OR IGNORE INTO main.retention (id, started_at, officer, cause, pseudonymised, destroyed,
                                       messages, texts, trail, accesses, decisions, finished_at)
     SELECT id, started_at, officer, cause, pseudonymised, destroyed, messages, texts, trail, accesses, decisions,
            COALESCE (finished_at, started_at)
       FROM before.retention";

/// A record of its own, which is being worked on. The trail is removed as far as it was before, where it is the same trail:
/// where the last row that was removed is there, with its seal.
const RECORD_OF_RESTORE: &str = "INSERT INTO main.retention (started_at, officer, cause, working, trail_last, trail_digest)
     SELECT ?1, ?2, 'restore', 0, same.trail_last, same.trail_digest
       FROM (SELECT 1)
       LEFT JOIN (SELECT r.trail_last, r.trail_digest
                    FROM before.retention AS r JOIN main.trail AS t ON t.id = r.trail_last AND t.digest = r.trail_digest
                   ORDER BY r.trail_last DESC
                   LIMIT 1) AS same ON true";

/// What the register that is replaced does not hold any more is taken from the one that comes.
const RETIRED: [&str; 17] = [
    "UPDATE main.inbound AS t
        SET sender = b.sender, text = CASE WHEN b.text IS NOT NULL THEN t.text END
       FROM before.inbound AS b
      WHERE b.id = t.id AND b.received_at = t.received_at AND b.sender LIKE '+999%'",
    "UPDATE main.part AS t SET sender = b.sender, pdu = x'', digest = b.digest
       FROM before.part AS b
      WHERE b.id = t.id AND b.received_at = t.received_at AND length (b.pdu) = 0 AND b.sender LIKE '+999%'",
    "UPDATE main.outbox AS t
        SET recipient = b.recipient, body = CASE WHEN b.body = '' THEN '' ELSE t.body END,
            state = CASE WHEN t.state IN ('queued', 'claimed', 'unknown') THEN 'dropped' ELSE t.state END
       FROM before.outbox AS b
      WHERE b.id = t.id AND b.created_at = t.created_at AND b.recipient LIKE '+999%'",
    "UPDATE main.outbox_part SET tpdu = x''
      WHERE outbox_id IN (SELECT id FROM main.outbox WHERE recipient LIKE '+999%')",
    "UPDATE main.draft AS t SET recommendation = '', rules = '', note = '', wording = '', reason = NULL
       FROM before.draft AS b
      WHERE b.id = t.id AND b.written_at = t.written_at AND b.note = '' AND b.wording = ''",
    "UPDATE main.ticket AS t
        SET body = '', suggestions = '', flags = CASE WHEN instr (' ' || t.flags || ' ', ' specific ') THEN 'specific' ELSE '' END
       FROM before.ticket AS b
      WHERE b.id = t.id AND b.number = t.number AND b.citizen LIKE '+999%' AND b.body = '' AND t.body <> ''",
    "UPDATE main.ticket AS t SET citizen = b.citizen
       FROM before.ticket AS b
      WHERE b.id = t.id AND b.number = t.number AND b.citizen LIKE '+999%' AND t.citizen <> b.citizen",
    // NOBODY: destroyed.
    "DELETE FROM main.ticket_text WHERE rowid IN (SELECT id FROM main.ticket WHERE citizen = '+999000000000000')",
    "DELETE FROM main.reminder WHERE ticket_id IN (SELECT id FROM main.ticket WHERE citizen = '+999000000000000')",
    "DELETE FROM main.trail_words
      WHERE trail_id IN (SELECT trail.id FROM main.ticket JOIN main.trail ON trail.ticket_id = ticket.id
                          WHERE ticket.citizen = '+999000000000000')",
    "UPDATE main.access_log SET detail = ''
      WHERE action = 'reveal' AND ticket_id IN (SELECT id FROM main.ticket WHERE citizen = '+999000000000000')",
    "UPDATE main.answer AS t SET matter = '', wording = '', withdrawn_at = COALESCE (t.withdrawn_at, b.withdrawn_at)
       FROM before.answer AS b
      WHERE b.id = t.id AND b.proposed_at = t.proposed_at AND b.matter = '' AND b.wording = '' AND t.approved_by IS NULL",
    "UPDATE main.block AS t SET citizen = b.citizen
       FROM before.block AS b
      WHERE b.id = t.id AND b.blocked_at = t.blocked_at AND b.citizen LIKE '+999%'",
    "DELETE FROM main.unreachable
      WHERE NOT EXISTS (SELECT 1 FROM before.unreachable AS b WHERE b.citizen = unreachable.citizen)
        AND NOT EXISTS (SELECT 1 FROM main.ticket AS t WHERE t.citizen = unreachable.citizen)",
    "DELETE FROM main.stopped
      WHERE NOT EXISTS (SELECT 1 FROM before.stopped AS b WHERE b.citizen = stopped.citizen)
        AND NOT EXISTS (SELECT 1 FROM main.ticket AS t WHERE t.citizen = stopped.citizen)",
    "DELETE FROM main.trail_words WHERE trail_id <= (SELECT MAX (trail_last) FROM main.retention)",
    "DELETE FROM main.trail WHERE id <= (SELECT MAX (trail_last) FROM main.retention)",
];

/// Who restores, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restorer {
    /// The account.
    pub officer: String,
    /// Who became that account, as `sudo` says.
    pub sudo: Option<String>,
    /// Now.
    pub now: DateTime<Utc>,
    /// The same in the office's zone: the name of what is replaced has it.
    pub local: NaiveDateTime,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup holds.
    pub contents: Contents,
    /// Where the register before is kept.
    pub kept: Option<PathBuf>,
    /// Whether that could be read.
    pub carried: bool,
    /// Texts that wait for an admin's word.
    pub held: i64,
}

/// What was done last, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The lock is held.
    Locked,
    /// The register has no journal beside it.
    Folded,
    /// The new one is whole, in its hidden folder.
    Prepared,
    /// The old one has its second name.
    Kept,
    /// The new one stands in its place.
    Replaced,
}

/// Puts the backup `file` in the place of the register at `database`; `watch` is told of each step.
///
/// # Errors
/// [`CopyError`]; then the register is as it was.
pub fn restore(
    database: &Path,
    file: &Path,
    who: &Restorer,
    mut watch: impl FnMut(Step),
) -> Result<Restored, CopyError> {
    let named = database;
    // Through a link, as SQLite goes: the journal is beside the file itself, and the link stays.
    let database = &fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
    let folder = copies::folder_of(database);
    let owner = Owner::of(database, folder)?;
    let lock = lock(named).map_err(|fault| {
        if let Fault::Place { path, cause } = &fault {
            return CopyError::of_system(path, cause);
        }
        CopyError::InUse { path: database.to_owned() }
    })?;
    owner.give(&beside(named, ".lock"))?;
    watch(Step::Locked);
    let source = copies::open(file, |version| (1..=migrate::VERSION).contains(&version))?;
    let draft = Draft::of(&source, file, folder)?;
    drop(source);
    let contents = draft.check(file)?;
    let before = Before::fold(database, draft.path.with_file_name("journal"))?;
    watch(Step::Folded);
    let (carried, held) = mark(&draft, &before, who, contents.last_at)
        .map_err(|error| failed(&draft, folder, &error))?;
    owner.give(&draft.path)?;
    draft.sync(folder)?;
    watch(Step::Prepared);
    let kept = before.keep(who.local)?;
    copies::sync_folder(folder)?;
    watch(Step::Kept);
    draft.replace(database)?;
    copies::sync_folder(folder)?;
    watch(Step::Replaced);
    drop(lock);
    Ok(Restored { contents, kept, carried, held })
}

/// Whose the register is.
struct Owner {
    user: u32,
    group: u32,
    mode: u32,
}

impl Owner {
    /// The register's, or where there is none the folder's.
    fn of(database: &Path, folder: &Path) -> Result<Self, CopyError> {
        let of = |path: &Path, mode: Option<u32>| {
            fs::metadata(path).map(|found| Self {
                user: found.uid(),
                group: found.gid(),
                mode: mode.unwrap_or_else(|| found.mode() & 0o777),
            })
        };
        of(database, None).or_else(|_| of(folder, Some(0o600))).map_err(|error| {
            if error.kind() == io::ErrorKind::NotFound {
                return CopyError::NoFolder { path: folder.to_owned() };
            }
            CopyError::of_system(folder, &error)
        })
    }

    /// Gives it a file; one that is its own already may be given by anybody.
    fn give(&self, path: &Path) -> Result<(), CopyError> {
        fs::set_permissions(path, Permissions::from_mode(self.mode))
            .and_then(|()| chown(path, Some(self.user), Some(self.group)))
            .map_err(|error| CopyError::of_system(path, &error))
    }
}

/// The register that is replaced.
struct Before<'a> {
    database: &'a Path,
    is_there: bool,
    /// It is one file that SQLite can read.
    is_readable: bool,
    /// Its journal's second name: SQLite deletes that of a register that it cannot read.
    journal: PathBuf,
}

impl<'a> Before<'a> {
    /// Folds the journal in. One that is damaged stays as it is.
    fn fold(database: &'a Path, journal: PathBuf) -> Result<Self, CopyError> {
        let is_there = fs::symlink_metadata(database).is_ok();
        let wal = beside(database, "-wal");
        match fs::hard_link(&wal, &journal).or_else(|_| fs::copy(&wal, &journal).map(|_| ())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(CopyError::of_system(&wal, &error));
            }
            _ => {}
        }
        let folded = || -> rusqlite::Result<bool> {
            let connection = Connection::open(database)?;
            connection.busy_timeout(super::BUSY)?;
            let mode: String =
                connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
            connection.close().map_err(|(_, error)| error)?;
            Ok(mode == "delete")
        };
        let outcome = if is_there { folded() } else { Ok(false) };
        let is_readable = outcome.as_ref().is_ok_and(|is_folded| *is_folded);
        // Somebody reads it: a backup.
        if let Err(error) = outcome
            && let in_use @ CopyError::InUse { .. } = CopyError::of_sqlite(database, &error)
        {
            return Err(in_use);
        }
        Ok(Self { database, is_there, is_readable, journal })
    }

    /// Gives it a second name, and what could not be folded in another place; the name.
    fn keep(&self, local: NaiveDateTime) -> Result<Option<PathBuf>, CopyError> {
        let kept = if self.is_there { Some(self.link(local)?) } else { None };
        let unless_absent = |path: &Path, outcome: io::Result<()>| match outcome {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(CopyError::of_system(path, &error))
            }
            _ => Ok(()),
        };
        if let Some(kept) = kept.as_ref().filter(|_| !self.is_readable) {
            unless_absent(kept, fs::rename(&self.journal, beside(kept, "-wal")))?;
        }
        // What stands beside belongs to the old one: SQLite would apply it to the new one.
        for suffix in BESIDE {
            let old = beside(self.database, suffix);
            unless_absent(&old, fs::remove_file(&old))?;
        }
        Ok(kept)
    }

    fn link(&self, local: NaiveDateTime) -> Result<PathBuf, CopyError> {
        let name = local.format(".replaced-%Y%m%d-%H%M%S").to_string();
        let mut last = CopyError::Exists { path: beside(self.database, &name) };
        for number in 0..NAMES_MAX {
            let more = if number == 0 { String::new() } else { format!("-{number}") };
            let path = beside(self.database, &format!("{name}{more}"));
            let linked = fs::hard_link(self.database, &path).or_else(|error| {
                if error.kind() == io::ErrorKind::AlreadyExists {
                    return Err(error);
                }
                copy_new(self.database, &path)
            });
            match linked {
                Ok(()) => return Ok(path),
                Err(error) => last = CopyError::of_system(&path, &error),
            }
            if !matches!(last, CopyError::Exists { .. }) {
                break;
            }
        }
        Err(last)
    }
}

/// For file systems without links; takes nothing's place either.
fn copy_new(from: &Path, to: &Path) -> io::Result<()> {
    File::create_new(to)?;
    let copied = fs::copy(from, to).and_then(|_| File::open(to)?.sync_all());
    if copied.is_err() {
        fs::remove_file(to)?;
    }
    copied
}

/// Leads the copy to this version, notes the restore in it, and brings over what must not be forgotten; whether that could
/// be read, and how many texts wait.
fn mark(
    draft: &Draft,
    before: &Before<'_>,
    who: &Restorer,
    backup_at: Option<DateTime<Utc>>,
) -> Result<(bool, i64), Fault> {
    let mut copy = draft.open()?;
    prepare(&copy)?;
    migrate::run(&mut copy, &draft.path)?;
    let mut carried = !before.is_there;
    if before.is_readable {
        copy.execute("ATTACH ?1 AS before", [before.database.to_string_lossy()])?;
        carried = true;
    }
    let transaction = copy.transaction()?;
    let tx = Tx::new(&transaction);
    let mut last_number = None;
    if before.is_readable {
        match carry(&transaction, who) {
            Ok(number) => last_number = number,
            Err(error) => {
                tracing::debug!(%error, "of the register before nothing is brought over");
                carried = false;
            }
        }
    }
    let officer = who.officer.clone();
    restores::note(&tx, &NewRestore { officer, backup_at, last_number }, who.now)?;
    access_log::note(
        &tx,
        &who.officer,
        "restore",
        None,
        &detail(who, backup_at).to_string(),
        who.now,
    )?;
    for ticket_id in restores::concerned(&tx)? {
        let entry = Entry {
            actor: &who.officer,
            transition: None,
            action: "PEMULIHAN",
            from: None,
            to: None,
            detail: detail(who, backup_at),
        };
        trail::append(&tx, ticket_id, &entry, who.now)?;
    }
    let held = restores::open(&tx)?.map_or(0, |open| open.texts);
    transaction.commit()?;
    copy.close().map_err(|(_, error)| error)?;
    Ok((carried, held))
}

fn detail(who: &Restorer, backup_at: Option<DateTime<Utc>>) -> serde_json::Value {
    let mut detail = serde_json::json!({ "cadangan": backup_at });
    if let (Some(detail), Some(sudo)) = (detail.as_object_mut(), &who.sudo) {
        detail.insert("sudo".to_owned(), sudo.as_str().into());
    }
    detail
}

/// What must not be forgotten, all of it or nothing; the last number of the register before.
fn carry(connection: &Connection, who: &Restorer) -> rusqlite::Result<Option<(i64, i64)>> {
    connection.execute_batch("SAVEPOINT carry")?;
    // One of an earlier version did not know all of it yet.
    let knows = |table: &str| -> rusqlite::Result<bool> {
        let known = "SELECT 1 FROM before.sqlite_schema WHERE type = 'table' AND name = ?1";
        connection.prepare(known)?.exists([table])
    };
    let carried = || -> rusqlite::Result<Option<(i64, i64)>> {
        for statement in CARRIED {
            let table = statement.split("before.").nth(1).unwrap_or_default();
            let table = table.split_whitespace().next().unwrap_or_default();
            if knows(table)? {
                connection.execute(statement, [])?;
            }
        }
        if knows("data_request")? {
            connection.execute(REQUESTS_CARRIED, [])?;
        }
        if knows("retention")? {
            retire_again(connection, who)?;
        }
        let last = "SELECT year, serial FROM before.ticket ORDER BY year DESC, serial DESC LIMIT 1";
        connection.query_row(last, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()
    };
    let outcome = carried();
    if outcome.is_err() {
        connection.execute_batch("ROLLBACK TO carry")?;
    }
    connection.execute_batch("RELEASE carry")?;
    outcome
}

/// What was taken away since the backup is taken away of it too (procedure.md 12.10), under a record of its own. Rows are the
/// same ones where their number or time is the same: a backup may be of another register.
fn retire_again(connection: &Connection, who: &Restorer) -> rusqlite::Result<()> {
    connection.execute(RECORDS_CARRIED, [])?;
    connection.execute(RECORD_OF_RESTORE, (who.now.timestamp(), &who.officer))?;
    let run = connection.last_insert_rowid();
    connection.pragma_update(None, "secure_delete", true)?;
    let mut retired = 0;
    for statement in RETIRED {
        let changed = connection.execute(statement, [])?;
        if statement.starts_with("UPDATE main.ticket AS t SET citizen") {
            retired = changed;
        }
    }
    if retired > 0 {
        connection.execute("INSERT INTO main.ticket_text (ticket_text) VALUES ('optimize')", [])?;
    }
    connection.execute(
        "UPDATE main.retention SET working = NULL, pseudonymised = ?2, finished_at = ?3 WHERE id = ?1",
        (run, i64::try_from(retired).unwrap_or(i64::MAX), who.now.timestamp()),
    )?;
    Ok(())
}

fn failed(draft: &Draft, folder: &Path, fault: &Fault) -> CopyError {
    if fault.is_full_disk() {
        return CopyError::Full { path: folder.to_owned() };
    }
    CopyError::Other { path: draft.path.clone(), cause: fault.to_string() }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
