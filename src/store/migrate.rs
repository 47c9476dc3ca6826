//! Creates the database, and brings an older one up to `schema.sql`.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::Fault;

/// The schema as it looks today.
pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

/// What leads from version *n* to *n + 1*: the first entry belongs to version 1. Version 1 is the first schema.
pub(super) const STEPS: &[&str] = &[
    // To 2: modems that an admin took out of service.
    "CREATE TABLE modem_disabled (
         name            TEXT    NOT NULL PRIMARY KEY,
         officer         TEXT    NOT NULL,
         disabled_at     INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;",
    // To 3: what is known of a card, what it has sent in the last minute and on a day; routes, and since when a text could
    // have gone; cards that were met, and what was left on them. Those that served before are no strangers.
    "CREATE TABLE card (
         sim             TEXT    NOT NULL PRIMARY KEY,
         credit          INTEGER,
         credit_at       INTEGER,
         tried_at        INTEGER,
         misses          INTEGER NOT NULL DEFAULT 0
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE card_notice (
         sim             TEXT    NOT NULL,
         topic           TEXT    NOT NULL CHECK (topic IN ('validity', 'credit')),
         matter          TEXT    NOT NULL CHECK (matter IN ('expires', 'blocked', 'register', 'valid', 'no-credit')),
         until           TEXT,
         sender          TEXT    NOT NULL,
         noticed_at      INTEGER NOT NULL,
         looked_at       INTEGER,
         reminded        INTEGER NOT NULL DEFAULT 0 CHECK (reminded IN (0, 1)),
         PRIMARY KEY (sim, topic)
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX outbox_part_by_time ON outbox_part (sim, accepted_at) WHERE accepted_at IS NOT NULL;
     ALTER TABLE outbox ADD COLUMN route TEXT;
     ALTER TABLE outbox ADD COLUMN first_due_at INTEGER NOT NULL DEFAULT 0;
     UPDATE outbox SET first_due_at = created_at;
     CREATE TABLE card_met (
         sim             TEXT    NOT NULL PRIMARY KEY,
         met_at          INTEGER NOT NULL,
         settled_at      INTEGER
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE left_message (
         digest          BLOB    NOT NULL PRIMARY KEY,
         sim             TEXT    NOT NULL,
         left_at         INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     INSERT INTO card_met (sim, met_at, settled_at)
     SELECT sim, unixepoch (), unixepoch ()
       FROM (SELECT sim FROM modem
             UNION SELECT sim FROM part
             UNION SELECT sim FROM outbox_part WHERE sim IS NOT NULL);",
    // To 4: numbers that a network called wrong or gone.
    "CREATE TABLE unreachable (
         citizen         TEXT    NOT NULL PRIMARY KEY,
         marked_at       INTEGER NOT NULL,
         code            TEXT    NOT NULL
     ) STRICT, WITHOUT ROWID;",
    // To 5: who of the office is named in a case of the closed path; what due times were reckoned with; restores of a backup,
    // and what waits after them; indexes that lead to what is asked for where a register is large; choices of the queues as
    // comparisons, which say the same of every row that there is. For that SQLite lets the words of a table be written anew
    // (sqlite.org/lang_altertable.html, section 7).
    "ALTER TABLE ticket ADD COLUMN concerns TEXT NOT NULL DEFAULT '';
     CREATE TABLE reckoning (
         only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
         digest          BLOB    NOT NULL,
         reckoned_at     INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE restore (
         id              INTEGER PRIMARY KEY,
         restored_at     INTEGER NOT NULL,
         officer         TEXT    NOT NULL,
         backup_at       INTEGER,
         last_outbox     INTEGER NOT NULL,
         last_year       INTEGER,
         last_serial     INTEGER,
         released_at     INTEGER,
         released_by     TEXT,
         released_as     TEXT    CHECK (released_as IN ('send', 'drop')),
         CHECK ((released_at IS NULL) = (released_as IS NULL))
     ) STRICT;
     CREATE INDEX restore_open ON restore (last_outbox) WHERE released_at IS NULL;
     DROP INDEX ticket_open;
     CREATE INDEX ticket_open ON ticket (due_at IS NULL, due_at, id) WHERE stage NOT IN ('SELESAI', 'DITUTUP');
     CREATE INDEX ticket_silent ON ticket (stage, stage_since, id) WHERE stage IN ('DIJAWAB', 'MENUNGGU_PEMOHON');
     DROP INDEX ticket_by_finish;
     CREATE INDEX ticket_by_finish ON ticket (finished_at, received_at) WHERE finished_at IS NOT NULL;
     DROP INDEX inbound_by_time;
     CREATE INDEX inbound_by_time ON inbound (received_at, modem);
     CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE state = 'queued';
     CREATE INDEX outbox_pending ON outbox (recipient, id) WHERE state IN ('queued', 'claimed');
     PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = replace (sql,
           'sender_kind IN (''subscriber'', ''short-code'', ''alphanumeric'', ''odd'', ''unknown'')',
           'sender_kind = ''subscriber'' OR sender_kind = ''short-code'' OR sender_kind = ''alphanumeric'' OR
            sender_kind = ''odd'' OR sender_kind = ''unknown''')
      WHERE type = 'table' AND name = 'inbound';
     UPDATE sqlite_schema SET sql = replace (sql,
           'outcome IN (''ticket'', ''addition'', ''command'', ''silence'')',
           'outcome = ''ticket'' OR outcome = ''addition'' OR outcome = ''command'' OR outcome = ''silence''')
      WHERE type = 'table' AND name = 'inbound';
     UPDATE sqlite_schema SET sql = replace (sql,
           'purpose IN (''acknowledgement'', ''command-reply'', ''notice'', ''answer'', ''admin'')',
           'purpose = ''acknowledgement'' OR purpose = ''command-reply'' OR purpose = ''notice'' OR
            purpose = ''answer'' OR purpose = ''admin''')
      WHERE type = 'table' AND name = 'outbox';
     UPDATE sqlite_schema SET sql = replace (sql,
           'state IN (''queued'', ''claimed'', ''sent'', ''delivered'', ''failed'',' || char (10) || printf ('%71s', '') ||
           '''expired'', ''unknown'', ''dropped'')',
           'state = ''queued'' OR state = ''claimed'' OR state = ''sent'' OR state = ''delivered'' OR
            state = ''failed'' OR state = ''expired'' OR state = ''unknown'' OR state = ''dropped''')
      WHERE type = 'table' AND name = 'outbox';
     UPDATE sqlite_schema SET sql = replace (sql,
           'state IN (''queued'', ''offered'', ''accepted'', ''unknown'', ''delivered'',' || char (10) || printf ('%71s', '') ||
           '''failed'', ''expired'', ''unconfirmed'')',
           'state = ''queued'' OR state = ''offered'' OR state = ''accepted'' OR state = ''unknown'' OR
            state = ''delivered'' OR state = ''failed'' OR state = ''expired'' OR state = ''unconfirmed''')
      WHERE type = 'table' AND name = 'outbox_part';
     PRAGMA writable_schema = RESET;",
    // To 6: notes of the answer bank that are proposed and not yet approved, their last use, and the index by which they are
    // found; it is filled when the daemon starts. Reminders, also to the office's own people; those of open tickets are planned when
    // the daemon starts. Which tickets a text to those people names, and texts that were taken back. What came by another channel
    // than SMS, and who entered it; numbers that are blocked. The words of every ticket: those there are go in one by one, and what is
    // gathered of them in memory is written out by the megabyte. Who saw a ticket; records of the retention, and the triggers that let
    // its work be done; what citizens ask about their own data. Months that were signed. Units that get a copy of a ticket, and those
    // that a text named together; what came later to a case of the closed path; texts that an officer is to give.
    "ALTER TABLE answer ADD COLUMN proposed_by TEXT;
     ALTER TABLE answer ADD COLUMN proposed_at INTEGER;
     ALTER TABLE answer ADD COLUMN used_at INTEGER;
     PRAGMA writable_schema = ON;
     UPDATE sqlite_schema
        SET sql = replace (replace (sql, 'approved_by     TEXT    NOT NULL', 'approved_by     TEXT'),
                           'approved_at     INTEGER NOT NULL', 'approved_at     INTEGER')
      WHERE type = 'table' AND name = 'answer';
     PRAGMA writable_schema = RESET;
     CREATE VIRTUAL TABLE answer_search USING fts5 (matter, wording, tokenize = 'ascii');
     CREATE VIRTUAL TABLE answer_vocabulary USING fts5vocab (answer_search, row);
     CREATE TABLE answer_index (
         only_one        INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
         digest          BLOB    NOT NULL,
         version         INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE reminder (
         ticket_id       INTEGER NOT NULL REFERENCES ticket (id),
         matter          TEXT    NOT NULL,
         since           INTEGER NOT NULL,
         due_at          INTEGER NOT NULL,
         raised_at       INTEGER,
         stage           TEXT,
         PRIMARY KEY (ticket_id, matter, since),
         CHECK ((raised_at IS NULL) = (stage IS NULL))
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX reminder_waiting ON reminder (due_at) WHERE raised_at IS NULL;
     CREATE INDEX reminder_raised ON reminder (raised_at) WHERE raised_at IS NOT NULL;
     PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = replace (sql,
           'purpose = ''answer'' OR purpose = ''admin'')',
           'purpose = ''answer'' OR purpose = ''admin'' OR purpose = ''staff'')')
      WHERE type = 'table' AND name = 'outbox';
     PRAGMA writable_schema = RESET;
     ALTER TABLE outbox ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE outbox ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE outbox ADD COLUMN again_at INTEGER;
     CREATE INDEX outbox_unanswered ON outbox (again_at) WHERE state = 'unknown' AND again_at IS NOT NULL;
     CREATE TABLE outbox_named (
         ticket_id       INTEGER NOT NULL REFERENCES ticket (id),
         outbox_id       INTEGER NOT NULL REFERENCES outbox (id),
         PRIMARY KEY (ticket_id, outbox_id)
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX outbox_named_by_text ON outbox_named (outbox_id);
     ALTER TABLE inbound ADD COLUMN channel TEXT NOT NULL DEFAULT 'SMS' CHECK (channel = 'SMS' OR channel = 'WA' OR
         channel = 'TELEPON' OR channel = 'LOKET');
     ALTER TABLE inbound ADD COLUMN entered_by TEXT;
     ALTER TABLE inbound ADD COLUMN flood INTEGER NOT NULL DEFAULT 0 CHECK (flood IN (0, 1));
     CREATE INDEX inbound_flood ON inbound (received_at) WHERE flood = 1;
     CREATE TABLE block (
         id              INTEGER PRIMARY KEY,
         citizen         TEXT    NOT NULL,
         until           TEXT    NOT NULL,
         ends_at         INTEGER NOT NULL,
         reason          TEXT    NOT NULL,
         officer         TEXT    NOT NULL,
         blocked_at      INTEGER NOT NULL,
         lifted_by       TEXT,
         lifted_at       INTEGER,
         ticket_id       INTEGER REFERENCES ticket (id),
         CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
     ) STRICT;
     CREATE INDEX block_by_citizen ON block (citizen, ends_at);
     DROP INDEX outbox_queue;
     CREATE INDEX outbox_queue ON outbox (priority DESC, due_at, id, sim, route) WHERE state = 'queued';
     DROP INDEX report_unmatched;
     CREATE INDEX report_unmatched ON report (sim, recipient, mr) WHERE outbox_id IS NULL;
CREATE VIRTUAL TABLE ticket_text USING fts5 (text, content = '', contentless_delete = 1, detail = none, prefix = '3 4 5', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER ticket_text_begins AFTER INSERT ON ticket
BEGIN INSERT INTO ticket_text (rowid, text) VALUES (new.id, new.body); END;
CREATE TRIGGER ticket_text_follows AFTER UPDATE OF body ON ticket
BEGIN INSERT OR REPLACE INTO ticket_text (rowid, text) VALUES (new.id, new.body || ' ' || COALESCE
    ((SELECT group_concat (text, ' ') FROM inbound WHERE ticket_id = new.id AND outcome = 'addition'), '')); END;
CREATE TRIGGER ticket_text_grows AFTER UPDATE OF outcome ON inbound WHEN new.outcome = 'addition'
BEGIN INSERT OR REPLACE INTO ticket_text (rowid, text) SELECT id, body || ' ' || COALESCE
    ((SELECT group_concat (text, ' ') FROM inbound WHERE ticket_id = ticket.id AND outcome = 'addition'), '')
      FROM ticket WHERE id = new.ticket_id; END;
     INSERT INTO ticket_text (rowid, text) SELECT id, body || ' ' || COALESCE
         ((SELECT group_concat (text, ' ') FROM inbound WHERE ticket_id = ticket.id AND outcome = 'addition'), '')
       FROM ticket ORDER BY id;
     CREATE INDEX trail_seals ON trail (ticket_id, id, action) WHERE action = 'JALUR_TERTUTUP' OR action = 'BUKAN_ETIK';
     CREATE INDEX access_by_ticket ON access_log (ticket_id, at) WHERE ticket_id IS NOT NULL;
     ALTER TABLE ticket ADD COLUMN copies TEXT NOT NULL DEFAULT '';
     ALTER TABLE ticket ADD COLUMN named TEXT NOT NULL DEFAULT '';
     ALTER TABLE ticket ADD COLUMN later_at INTEGER;
     CREATE INDEX ticket_later ON ticket (later_at, id) WHERE later_at IS NOT NULL;
     ALTER TABLE ticket ADD COLUMN to_give_at INTEGER;
     ALTER TABLE ticket ADD COLUMN given_at INTEGER;
     CREATE INDEX ticket_to_give ON ticket (to_give_at, id) WHERE to_give_at IS NOT NULL;
     CREATE TABLE retention (
         id              INTEGER PRIMARY KEY CHECK (id > 0),
         started_at      INTEGER NOT NULL,
         officer         TEXT    NOT NULL,
         cause           TEXT    NOT NULL CHECK (cause IN ('retention', 'request', 'restore')),
         working         INTEGER REFERENCES retention (id) DEFERRABLE INITIALLY DEFERRED CHECK (working = 0),
         pseudonymised   INTEGER NOT NULL DEFAULT 0,
         destroyed       INTEGER NOT NULL DEFAULT 0,
         messages        INTEGER NOT NULL DEFAULT 0,
         texts           INTEGER NOT NULL DEFAULT 0,
         trail           INTEGER NOT NULL DEFAULT 0,
         accesses        INTEGER NOT NULL DEFAULT 0,
         decisions       INTEGER NOT NULL DEFAULT 0,
         trail_last      INTEGER,
         trail_digest    BLOB,
         finished_at     INTEGER
     ) STRICT;
     CREATE TABLE data_request (
         id              INTEGER PRIMARY KEY,
         citizen         TEXT    NOT NULL,
         ticket_id       INTEGER REFERENCES ticket (id),
         kind            TEXT    NOT NULL CHECK (kind IN ('correct', 'delete', 'copy')),
         detail          TEXT    NOT NULL,
         registered_by   TEXT    NOT NULL,
         registered_at   INTEGER NOT NULL,
         due_at          INTEGER NOT NULL,
         answered_by     TEXT,
         answered_at     INTEGER,
         outcome         TEXT    CHECK (outcome IN ('granted', 'refused')),
         answer          TEXT,
         begun_at        INTEGER,
         begun_answer    TEXT,
         CHECK ((answered_at IS NULL) = (outcome IS NULL)),
         CHECK ((begun_at IS NULL) = (begun_answer IS NULL))
     ) STRICT;
     CREATE INDEX data_request_open ON data_request (due_at) WHERE answered_at IS NULL;
     CREATE INDEX data_request_by_citizen ON data_request (citizen);
     CREATE INDEX data_request_by_ticket ON data_request (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE TABLE trail_words (
    trail_id        INTEGER NOT NULL REFERENCES trail (id),
    fact            TEXT    NOT NULL,
    salt            BLOB    NOT NULL,
    words           TEXT    NOT NULL,
    PRIMARY KEY (trail_id, fact)
) STRICT, WITHOUT ROWID;
CREATE TABLE recap (
    id              INTEGER PRIMARY KEY,
    month           TEXT    NOT NULL,
    told            TEXT    NOT NULL,
    figures         TEXT    NOT NULL,
    signed_by       TEXT    NOT NULL,
    signed_at       INTEGER NOT NULL,
    acknowledged_by TEXT,
    acknowledged_at INTEGER,
    returned_by     TEXT,
    returned_at     INTEGER,
    reason          TEXT,
    CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL)),
    CHECK ((returned_by IS NULL) = (returned_at IS NULL)),
    CHECK (acknowledged_at IS NULL OR returned_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX recap_in_force ON recap (month) WHERE returned_at IS NULL;
CREATE TRIGGER recap_is_final BEFORE UPDATE ON recap
WHEN OLD.acknowledged_at IS NOT NULL OR OLD.returned_at IS NOT NULL OR NEW.month <> OLD.month OR NEW.told <> OLD.told
     OR NEW.figures <> OLD.figures OR NEW.signed_by <> OLD.signed_by OR NEW.signed_at <> OLD.signed_at
BEGIN SELECT RAISE (ABORT, 'a signed month is frozen'); END;
CREATE TRIGGER recap_stays BEFORE DELETE ON recap
BEGIN SELECT RAISE (ABORT, 'a signed month is frozen'); END;
     DROP TRIGGER part_is_evidence;
     DROP TRIGGER inbound_is_evidence;
     DROP TRIGGER trail_stays;
     DROP TRIGGER draft_is_final;
     DROP TRIGGER outbox_is_final;
CREATE TRIGGER part_is_evidence BEFORE UPDATE OF sim, modem, pdu, digest, sender, centre_at, reference, wide, total, number, received_at ON part
WHEN NEW.pdu <> x'' OR NEW.received_at <> OLD.received_at OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a received part is evidence and is never changed'); END;
CREATE TRIGGER inbound_is_evidence BEFORE UPDATE OF sim, modem, sender, sender_kind, text, complete, silent_class, centre_at, received_at, channel, entered_by ON inbound
WHEN (NEW.text IS NOT NULL AND NEW.text IS NOT OLD.text) OR (NEW.sender IS NOT OLD.sender AND NEW.sender NOT LIKE '+999%')
     OR NEW.received_at <> OLD.received_at OR NEW.channel <> OLD.channel OR NEW.entered_by IS NOT OLD.entered_by
     OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a received message is evidence and is never changed'); END;
CREATE TRIGGER trail_stays BEFORE DELETE ON trail
WHEN NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_words_are_final BEFORE UPDATE ON trail_words
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER trail_words_stay BEFORE DELETE ON trail_words
WHEN NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
CREATE TRIGGER draft_is_final BEFORE UPDATE OF ticket_id, version, kind, recommendation, rules, note, wording, writer, written_at ON draft
WHEN NEW.recommendation || NEW.rules || NEW.note || NEW.wording <> '' OR NEW.writer <> OLD.writer
     OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a draft is a version: write another one'); END;
CREATE TRIGGER outbox_is_final BEFORE UPDATE OF recipient, body, draft_id, inbound_id ON outbox
WHEN (NEW.body <> '' AND NEW.body <> OLD.body) OR NEW.recipient NOT LIKE '+999%'
     OR NOT EXISTS (SELECT 1 FROM retention WHERE working IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'an outgoing text is never changed'); END;
CREATE TRIGGER retention_is_final BEFORE UPDATE ON retention WHEN OLD.finished_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a record of the retention is never changed'); END;
CREATE TRIGGER retention_stays BEFORE DELETE ON retention
BEGIN SELECT RAISE (ABORT, 'a record of the retention is never deleted'); END;",
];

/// The version that `schema.sql` describes: one more than there are steps to it.
pub(super) const VERSION: i64 = 6;

/// # Errors
/// [`Fault::Newer`] where the file is ahead of this program; SQLite's own failures.
pub(super) fn refuse_newer(connection: &Connection, path: &Path) -> Result<(), Fault> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if (0..=VERSION).contains(&found) {
        return Ok(());
    }
    Err(Fault::Newer { path: path.to_owned(), found, known: VERSION })
}

/// Creates the schema, or leads an older one to it.
///
/// # Errors
/// As [`refuse_newer`].
pub(super) fn run(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match usize::try_from(found) {
        Ok(0) => tx.execute_batch(SCHEMA)?,
        Ok(version) if found <= VERSION => {
            for step in STEPS.iter().skip(version - 1) {
                tx.execute_batch(step)?;
            }
        }
        _ => return Err(Fault::Newer { path: path.to_owned(), found, known: VERSION }),
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_a_step_that_leads_to_it() {
        assert_eq!(usize::try_from(VERSION).unwrap(), STEPS.len() + 1);
    }

    /// Columns, indexes and triggers.
    fn described(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare(
                "SELECT tables.name || '.' || columns.name || ' ' || columns.type || ' ' || \"notnull\" || ' '
                        || coalesce (dflt_value, '')
                   FROM pragma_table_list AS tables, pragma_table_info (tables.name) AS columns
                  WHERE tables.type = 'table'
                  UNION ALL SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
                  ORDER BY 1",
            )
            .unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn an_older_database_is_led_to_what_schema_sql_describes() {
        let path = Path::new("aduan.db");
        let mut connection = Connection::open_in_memory().unwrap();
        run(&mut connection, path).unwrap();
        let new = described(&connection);
        assert!(new.len() > 100);
        // As version 1 left it, with a modem that has served and a text that waits.
        let changes = "DROP INDEX access_by_ticket;
                       DROP TABLE data_request; DROP TABLE trail_words;
                       DROP TABLE recap;
                       DROP TRIGGER part_is_evidence;
                       DROP TRIGGER inbound_is_evidence;
                       DROP TRIGGER trail_stays;
                       DROP TRIGGER draft_is_final;
                       DROP TRIGGER outbox_is_final;
                       DROP TRIGGER retention_is_final;
                       DROP TRIGGER retention_stays;
                       DROP TABLE retention;
                       CREATE TRIGGER part_is_evidence BEFORE UPDATE OF sim, modem, pdu, digest, sender, centre_at, reference, wide, total, number, received_at ON part BEGIN SELECT RAISE (ABORT, 'a received part is evidence and is never changed'); END;
                       CREATE TRIGGER inbound_is_evidence BEFORE UPDATE OF sim, modem, sender, sender_kind, text, complete, silent_class, centre_at, received_at ON inbound BEGIN SELECT RAISE (ABORT, 'a received message is evidence and is never changed'); END;
                       CREATE TRIGGER trail_stays BEFORE DELETE ON trail BEGIN SELECT RAISE (ABORT, 'the trail is append-only'); END;
                       CREATE TRIGGER draft_is_final BEFORE UPDATE OF ticket_id, version, kind, recommendation, rules, note, wording, writer, written_at ON draft BEGIN SELECT RAISE (ABORT, 'a draft is a version: write another one'); END;
                       CREATE TRIGGER outbox_is_final BEFORE UPDATE OF recipient, body, draft_id, inbound_id ON outbox BEGIN SELECT RAISE (ABORT, 'an outgoing text is never changed'); END;
                       DROP TABLE modem_disabled;
                       DROP TABLE card;
                       DROP TABLE card_notice;
                       DROP TABLE card_met;
                       DROP TABLE left_message;
                       DROP TABLE unreachable;
                       DROP TABLE restore;
                       DROP TABLE reminder;
                       DROP TABLE outbox_named;
                       DROP TABLE block;
                       ALTER TABLE inbound DROP COLUMN channel;
                       ALTER TABLE inbound DROP COLUMN entered_by;
                       DROP INDEX inbound_flood; ALTER TABLE inbound DROP COLUMN flood;
                       DROP TABLE ticket_text;
                       DROP TRIGGER ticket_text_begins;
                       DROP TRIGGER ticket_text_follows;
                       DROP TRIGGER ticket_text_grows;
                       DROP INDEX trail_seals;
                       DROP INDEX ticket_open;
                       CREATE INDEX ticket_open ON ticket (stage, due_at) WHERE stage NOT IN ('SELESAI', 'DITUTUP');
                       DROP INDEX ticket_silent;
                       DROP INDEX ticket_by_finish;
                       CREATE INDEX ticket_by_finish ON ticket (finished_at) WHERE finished_at IS NOT NULL;
                       DROP INDEX inbound_by_time;
                       CREATE INDEX inbound_by_time ON inbound (received_at);
                       DROP INDEX outbox_expiry;
                       DROP INDEX outbox_pending;
                       DROP INDEX outbox_queue;
                       CREATE INDEX outbox_queue ON outbox (priority DESC, due_at, id) WHERE state = 'queued';
                       DROP INDEX report_unmatched;
                       CREATE INDEX report_unmatched ON report (sim, mr) WHERE outbox_id IS NULL;
                       DROP INDEX outbox_part_by_time;
                       ALTER TABLE outbox DROP COLUMN route;
                       ALTER TABLE outbox DROP COLUMN first_due_at;
                       DROP INDEX outbox_unanswered;
                       ALTER TABLE outbox DROP COLUMN taken_back;
                       ALTER TABLE outbox DROP COLUMN unanswered;
                       ALTER TABLE outbox DROP COLUMN again_at;
                       ALTER TABLE ticket DROP COLUMN concerns;
                       ALTER TABLE ticket DROP COLUMN copies;
                       ALTER TABLE ticket DROP COLUMN named;
                       DROP INDEX ticket_later; ALTER TABLE ticket DROP COLUMN later_at;
                       DROP INDEX ticket_to_give;
                       ALTER TABLE ticket DROP COLUMN to_give_at;
                       ALTER TABLE ticket DROP COLUMN given_at;
                       DROP TABLE reckoning;
                       DROP TABLE answer_vocabulary;
                       DROP TABLE answer_search;
                       DROP TABLE answer_index;
                       DROP TABLE answer;
                       CREATE TABLE answer (
    id              INTEGER PRIMARY KEY,
    unit            TEXT    NOT NULL,
    matter          TEXT    NOT NULL,                     -- what it answers, in a line
    wording         TEXT    NOT NULL,                     -- blanks marked as {nama}
    valid_until     TEXT,                                 -- YYYY-MM-DD, last day; NULL: until withdrawn
    source_id       INTEGER REFERENCES ticket (id),
    approved_by     TEXT    NOT NULL,
    approved_at     INTEGER NOT NULL,
    withdrawn_at    INTEGER,
    uses            INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX answer_by_unit ON answer (unit) WHERE withdrawn_at IS NULL;
                       INSERT INTO modem (name, sim, seen_at) VALUES ('modem-1', '510101234567890', 0);
                       INSERT INTO outbox (recipient, body, purpose, priority, reference, created_at, due_at, expires_at)
                       VALUES ('+62', 'x', 'admin', 0, 0, 7, 8, 9)";
        connection.execute_batch(changes).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        run(&mut connection, path).unwrap();
        assert_eq!(described(&connection), new);
        let version: i64 =
            connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, VERSION);
        let met = "SELECT sim FROM card_met WHERE settled_at IS NOT NULL";
        let met: String = connection.query_row(met, [], |row| row.get(0)).unwrap();
        assert_eq!(met, "510101234567890", "what has served before is no stranger");
        let first: i64 =
            connection.query_row("SELECT first_due_at FROM outbox", [], |row| row.get(0)).unwrap();
        assert_eq!(first, 7);
    }

    #[test]
    fn schema_sql_names_its_version() {
        assert!(SCHEMA.contains(&format!("-- user_version = {VERSION}\n")));
    }
}
