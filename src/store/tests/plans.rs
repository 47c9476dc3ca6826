//! Query plans: at a million tickets no statement walks through a table that grows, nor sorts what grows.
//!
//! Every statement of this room is looked at, since no other room may hold SQL (`tests/floors.rs`) and each source file is
//! found by its folder. What is spared stands in a list, with the reason.

use std::fs;
use std::path::Path;

use rusqlite::StatementStatus;

use super::*;

/// Tables that do not grow with the office's work: modems, cards, and the some hundred notes of the answer bank,
/// numbers that the ketua has blocked, twelve reports a year.
const SMALL: [&str; 15] = [
    "block",
    "modem",
    "modem_disabled",
    "card",
    "card_notice",
    "card_met",
    "pin_try",
    "answer",
    "answer_search",
    "answer_index",
    "answer_vocabulary",
    "restore",
    "reckoning",
    "retention",
    "recap",
];

/// Partial indexes that hold what waits and nothing else: who walks through one walks through a queue.
const QUEUES: [&str; 15] = [
    "data_request_open",
    "inbound_flood",
    "inbound_unread",
    "part_waiting",
    "ticket_open",
    "reminder_waiting",
    "ticket_silent",
    "ticket_later",
    "ticket_to_give",
    "outbox_queue",
    "outbox_expiry",
    "outbox_in_hand",
    "outbox_unknown",
    "outbox_unanswered",
    // Steps on the closed path, of all time some hundred.
    "trail_seals",
];

/// Statements that may read a whole table, by how they begin.
const WHOLE: &[&str] = &[
    // `audit verify` recomputes every seal.
    "SELECT id, ticket_id, at, actor, transition, action, from_stage, to_stage, detail, digest\n           FROM trail",
    "SELECT number, stage, led",
    // The last row by its key, and no other.
    "SELECT digest FROM trail ORDER BY id DESC LIMIT 1",
    "SELECT id, at, digest FROM trail ORDER BY id DESC LIMIT 1",
    // The last row.
    "SELECT COALESCE (MAX (id), 0) FROM outbox",
    "SELECT COALESCE (MAX (id), 0) FROM inbound",
    // The last ones by their own index, and no others.
    "SELECT * FROM inbound WHERE outcome = 'silence' ORDER BY id DESC LIMIT",
    // The last ones by their keys, and no others.
    "SELECT * FROM data_request ORDER BY id DESC",
    // The last rows by their keys, and no others.
    "SELECT (SELECT COALESCE (MAX (id), 0) FROM ticket)",
    "SELECT trail.id, trail.digest, trail.at <= ?1",
    // The oldest ones by their keys, of as many rows of the trail as a run takes away at once.
    "DELETE FROM trail_words WHERE trail_id <= ?1",
    // Read by a person who looks what is due.
    "SELECT (SELECT COUNT (*) FROM ticket\n                      WHERE finished_at > :archived",
    // Once a run of the retention: what citizens asked, some a year, and numbers that were found wrong.
    "DELETE FROM data_request",
    "SELECT id, citizen FROM data_request",
    "DELETE FROM unreachable\n              WHERE marked_at",
    "DELETE FROM stopped\n              WHERE since",
    // Whose data there are, after a breach: of messages a time, and all that citizens asked for, and who is under STOP.
    "WITH known (number, ticket_id)",
    // The last row by its key, and no other.
    "INSERT INTO restore",
    // What is signed, twelve rows a year.
    "SELECT * FROM recap WHERE month >= ",
    // Once a restore, and once after it.
    "SELECT id FROM ticket WHERE stage NOT IN ('SELESAI', 'DITUTUP')",
    "UPDATE outbox\n                SET state = 'dropped', settled_at = :now, error = :cause",
    // The parts of a month's messages, which lie together: in the recap, and nowhere else.
    "SELECT outbox_id FROM outbox_part WHERE outbox_id BETWEEN",
];

/// Statements that may sort, by how they begin: what they sort does not grow with the years.
const SORTED: &[&str] = &[
    // The notes of the answer bank, most used first.
    "SELECT * FROM answer",
    // Whose data there are, after a breach.
    "WITH known (number, ticket_id)",
    // The runs of the retention, some a year.
    "SELECT trail_last, trail_digest, started_at FROM retention",
    // The tries of one card's PIN.
    "SELECT digest = ?2, refused, tried_at FROM pin_try",
    // The parts of one unfinished message.
    "SELECT id, number, pdu FROM part",
    // What a day brought, counted by modem or card; the former once, and then counted on.
    "SELECT modem, COUNT (*) FROM inbound",
    "SELECT COUNT (DISTINCT outbox_id)",
    // What one TP-MR of one card may speak of within two days.
    "SELECT outbox_id, number, state,\n                COALESCE",
    // Reports of one phone and one card that matched nothing.
    "SELECT report.id, report.status, part.number",
    // What came over the limits within a day.
    "SELECT inbound.sender, COUNT (*) AS messages",
    // Numbers that are blocked now.
    "SELECT citizen, until, ends_at",
    // The tickets joined to one.
    "WITH RECURSIVE joined",
];

/// What the daemon does not run: a backup is looked at whole, and a restore is made while nothing else works.
const COPIES: [&str; 3] = ["backup.rs", "copies.rs", "restore.rs"];

/// Each source file of this room, and what it holds before its tests.
fn sources() -> Vec<(String, String)> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let files = fs::read_dir(room).unwrap().map(|entry| entry.unwrap().path());
    let mut sources: Vec<(String, String)> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter(|path| !COPIES.iter().any(|file| path.ends_with(file)))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let own = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (path.file_name().unwrap().to_string_lossy().into_owned(), own)
        })
        .collect();
    sources.sort();
    sources
}

/// String literals that begin with a statement.
fn statements(source: &str) -> Vec<String> {
    let is_statement = |text: &&str| {
        ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "]
            .iter()
            .any(|word| text.starts_with(word))
    };
    source.split('"').filter(is_statement).map(str::to_owned).collect()
}

fn plan(bench: &Bench, sql: &str) -> Vec<String> {
    let mut statement = bench.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get(3).unwrap());
    }
    steps
}

/// A step that reads every row of a table that grows, or one side of it: of a range that begins with something else than a
/// time or a row, "every card there is", the one side is all.
fn walks(step: &str) -> bool {
    if let Some((_, range)) = step.rsplit_once('(') {
        let column = range.split(['<', '>', '=']).next().unwrap_or_default();
        let begins_with_range =
            range.get(column.len()..).is_some_and(|rest| !rest.starts_with('='));
        let is_range = step.starts_with("SEARCH ") && begins_with_range;
        if is_range && !column.ends_with("_at") && !["at", "id", "rowid"].contains(&column) {
            return true;
        }
    }
    // The least or greatest of something, which is the first of an index or the outcome of reading all.
    let has_no_bounds = step.starts_with("SEARCH ") && !step.contains('(');
    let walked = step
        .strip_prefix("SCAN ")
        .or_else(|| step.strip_prefix("SEARCH ").filter(|_| has_no_bounds));
    let Some(walked) = walked else { return false };
    // The index of words, by words (M) or by the row (=).
    if walked.starts_with("ticket_text VIRTUAL TABLE ")
        && (walked.contains(":M") || walked.contains(":="))
    {
        return false;
    }
    let table = walked.split(' ').next().unwrap_or_default();
    let index = walked.split(' ').next_back().unwrap_or_default();
    // A row of constants, or what the statement itself has gathered.
    let is_own = ["CONSTANT ROW", "joined", "matching"].contains(&walked) || table.starts_with('(');
    !is_own && !SMALL.contains(&table) && !QUEUES.contains(&index)
}

fn sorts(step: &str) -> bool {
    step.starts_with("USE TEMP B-TREE")
}

/// Every statement of the room with what it does, where that is `wrong` and its beginning is not `spared`.
fn found(wrong: fn(&str) -> bool, spared: &[&str]) -> Vec<String> {
    let bench = Bench::new();
    let mut found = Vec::new();
    for (file, source) in sources() {
        for sql in statements(&source) {
            let steps = plan(&bench, &sql);
            if steps.iter().any(|step| wrong(step))
                && !spared.iter().any(|start| sql.starts_with(start))
            {
                found.push(format!("{file}: {steps:?}\n{sql}"));
            }
        }
    }
    found
}

#[test]
fn no_statement_walks_through_a_table_that_grows() {
    let walking = found(walks, WHOLE);
    assert!(walking.is_empty(), "{}", walking.join("\n"));
}

#[test]
fn no_statement_sorts_what_grows() {
    let sorting = found(sorts, SORTED);
    assert!(sorting.is_empty(), "{}", sorting.join("\n"));
}

#[test]
fn what_is_spared_is_still_there_and_still_needs_it() {
    let bench = Bench::new();
    let all: Vec<String> = sources().iter().flat_map(|(_, source)| statements(source)).collect();
    assert!(all.len() > 100, "{} statements found", all.len());
    for (spared, wrong) in [(WHOLE, walks as fn(&str) -> bool), (SORTED, sorts)] {
        for start in spared {
            let mut meant = all.iter().filter(|sql| sql.starts_with(start));
            assert!(meant.any(|sql| plan(&bench, sql).iter().any(|step| wrong(step))), "{start}");
        }
    }
}

/// A statement that is put together while the program runs would be seen by none of these tests.
#[test]
fn every_statement_that_is_prepared_is_one_of_those_looked_at() {
    for (file, source) in sources() {
        // Opening, migrating, and the groups of the writer.
        if matches!(file.as_str(), "migrate.rs" | "mod.rs" | "writer.rs") {
            assert!(statements(&source).is_empty(), "{file}");
            continue;
        }
        let prepared = source.matches(".prepare").count();
        assert_eq!(prepared, statements(&source).len(), "{file}");
        for unseen in
            [".query_row(\"", ".execute(\"", ".execute_batch(", "format!(\"SELECT", "push_str("]
        {
            assert!(!source.contains(unseen), "{file} has {unseen}");
        }
    }
}

#[test]
fn a_statement_is_planned_once_whatever_it_is_asked() {
    let bench = Bench::new();
    let (mut asked, mut planned_again) = (0, Vec::new());
    for (file, source) in sources() {
        for sql in statements(&source) {
            let mut statement = bench.connection.prepare(&sql).unwrap();
            for value in 1..4 {
                for parameter in 1..=statement.parameter_count() {
                    statement.raw_bind_parameter(parameter, value).unwrap();
                }
                // Some refuse such values: that comes after the plan.
                let _ = statement.raw_query().next();
                asked += 1;
            }
            if statement.get_status(StatementStatus::RePrepare) > 0 {
                planned_again.push(format!("{file}: {sql}"));
            }
        }
    }
    assert!(planned_again.is_empty(), "{}", planned_again.join("\n"));
    assert!(asked > 180, "{asked}");
}

#[test]
fn each_queue_is_read_by_its_own_index() {
    let bench = Bench::new();
    let all: Vec<String> = sources().iter().flat_map(|(_, source)| statements(source)).collect();
    for (start, index) in [
        ("SELECT id FROM inbound WHERE state = 'unread'", "inbound_unread"),
        ("SELECT sim, MIN (modem)", "part_waiting"),
        ("SELECT id, number, pdu FROM part", "part_waiting"),
        ("SELECT id, recipient, attempts", "outbox_queue"),
        ("SELECT sim, CASE WHEN sim IS NULL", "outbox_queue"),
        ("SELECT COUNT (*) FROM outbox_part WHERE sim", "outbox_part_by_time"),
        ("SELECT accepted_at", "outbox_part_by_time"),
        ("SELECT id, EXISTS", "outbox_in_hand"),
        ("SELECT * FROM outbox WHERE state = 'unknown' AND again_at IS NULL", "outbox_unknown"),
        ("SELECT * FROM outbox WHERE state = 'unknown' AND again_at <=", "outbox_unanswered"),
        ("SELECT id FROM ticket\n          WHERE stage = 'DIJAWAB'", "ticket_silent"),
        ("SELECT id FROM ticket\n          WHERE stage = 'MENUNGGU_PEMOHON'", "ticket_silent"),
        ("SELECT * FROM ticket\n          WHERE stage NOT IN", "ticket_open"),
        ("SELECT ticket_id, matter, since FROM reminder", "reminder_waiting (due_at<?)"),
        ("SELECT due_at FROM reminder", "reminder_waiting"),
        ("SELECT reminder.ticket_id", "reminder_raised (raised_at>?)"),
        ("UPDATE outbox\n            SET state = 'expired'", "outbox_expiry"),
        ("SELECT id, recipient, attempts", "outbox_pending"),
        ("SELECT outbox_id, number", "outbox_part_awaiting (sim=? AND mr=? AND accepted_at>?)"),
        ("SELECT COUNT (DISTINCT outbox_id)", "outbox_part_by_time (sim=? AND accepted_at>?)"),
        (
            "SELECT COUNT (*) FROM inbound WHERE sender",
            "inbound_by_sender (sender=? AND received_at>?)",
        ),
        ("SELECT modem, COUNT (*) FROM inbound", "COVERING INDEX inbound_by_time"),
        ("SELECT MIN (id), MAX (id) FROM trail", "COVERING INDEX trail_by_time (at>? AND at<?)"),
        (
            "SELECT COUNT (*) FROM outbox WHERE recipient",
            "outbox_by_recipient (recipient=? AND created_at>?)",
        ),
    ] {
        let sql = all.iter().find(|sql| sql.starts_with(start));
        let sql = sql.unwrap_or_else(|| panic!("there is no statement {start}"));
        let plan = plan(&bench, sql);
        assert!(plan.iter().any(|step| step.contains(index)), "by {index}: {plan:?}");
    }
}
