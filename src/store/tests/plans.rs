//! Query plans: no statement of the queues walks through a whole table.

use super::*;

/// The rooms that hold SQL, as they are written.
const ROOMS: &[(&str, &str)] = &[
    ("access_log", include_str!("../access_log.rs")),
    ("answers", include_str!("../answers.rs")),
    ("claim", include_str!("../claim.rs")),
    ("drafts", include_str!("../drafts.rs")),
    ("inbox", include_str!("../inbox.rs")),
    ("modems", include_str!("../modems.rs")),
    ("outbox", include_str!("../outbox.rs")),
    ("recap", include_str!("../recap.rs")),
    ("reports", include_str!("../reports.rs")),
    ("stopped", include_str!("../stopped.rs")),
    ("tickets", include_str!("../tickets.rs")),
    ("trail", include_str!("../trail.rs")),
    ("unreachable", include_str!("../unreachable.rs")),
];

/// What may read a whole table: once a month, or when an admin asks.
const WHOLE: &[&str] = &[
    // The recap reads what was open at any time of its month.
    "SELECT * FROM ticket\n          WHERE received_at < :until",
    "SELECT ticket_id, at, transition",
    // `audit verify` recomputes every seal.
    "SELECT id, ticket_id, at, actor, transition, action, from_stage, to_stage, detail, digest\n           FROM trail",
    // The last row by its key, and no other.
    "SELECT digest FROM trail ORDER BY id DESC LIMIT 1",
    // The answer bank holds some hundred notes.
    "SELECT * FROM answer",
    // Whether there is a row at all: the first one answers it.
    "SELECT 1 FROM pin_try",
];

/// String literals that begin with a statement.
fn statements(source: &str) -> Vec<String> {
    source
        .split('"')
        .filter(|text| {
            ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "]
                .iter()
                .any(|word| text.starts_with(word))
        })
        .map(str::to_owned)
        .collect()
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

/// A step that reads every row of a table: a scan that is not led by a partial index, which holds the queue alone.
fn walks_through_everything(step: &str) -> bool {
    const QUEUES: [&str; 8] = [
        "inbound_unread",
        "inbound_silent",
        "part_waiting",
        "ticket_open",
        "outbox_queue",
        "outbox_in_hand",
        "outbox_unknown",
        "outbox_awaiting",
    ];
    step.starts_with("SCAN ")
        && step != "SCAN CONSTANT ROW"
        // What the statement itself has gathered.
        && step != "SCAN joined"
        && !QUEUES.iter().any(|index| step.contains(index))
}

#[test]
fn no_statement_of_the_office_walks_through_a_whole_table() {
    let bench = Bench::new();
    let mut seen = 0;
    let mut walking = Vec::new();
    for (room, source) in ROOMS {
        let found = statements(source);
        assert!(!found.is_empty(), "{room} holds no SQL");
        for sql in found {
            seen += 1;
            if WHOLE.iter().any(|start| sql.starts_with(start)) {
                continue;
            }
            let steps = plan(&bench, &sql);
            if steps.iter().any(|step| walks_through_everything(step)) {
                walking.push(format!("{room}: {steps:?}\n{sql}"));
            }
        }
    }
    assert!(walking.is_empty(), "{}", walking.join("\n"));
    assert!(seen > 60, "{seen} statements found");
}

#[test]
fn each_queue_is_read_by_its_own_index() {
    let bench = Bench::new();
    for (room, table, start, index) in [
        ("inbox", "inbound", "SELECT id FROM inbound WHERE state = 'unread'", "inbound_unread"),
        ("inbox", "part", "SELECT sim, MIN (modem)", "part_waiting"),
        ("inbox", "part", "SELECT id, number, pdu FROM part", "part_waiting"),
        ("claim", "outbox", "SELECT id, recipient, attempts", "outbox_queue"),
        ("claim", "outbox", "SELECT MIN (due)", "outbox_queue"),
        (
            "claim",
            "outbox_part",
            "SELECT COUNT (*) FROM outbox_part WHERE sim",
            "outbox_part_by_time",
        ),
        ("claim", "outbox_part", "SELECT accepted_at", "outbox_part_by_time"),
        ("outbox", "outbox", "SELECT id, EXISTS", "outbox_in_hand"),
        ("outbox", "outbox", "SELECT * FROM outbox WHERE state = 'unknown'", "outbox_unknown"),
        (
            "tickets",
            "ticket",
            "SELECT id FROM ticket\n          WHERE stage = 'DIJAWAB'",
            "ticket_open",
        ),
        (
            "tickets",
            "ticket",
            "SELECT id FROM ticket\n          WHERE stage = 'MENUNGGU_PEMOHON'",
            "ticket_open",
        ),
    ] {
        let (_, source) = ROOMS.iter().find(|(name, _)| *name == room).unwrap();
        let sql = statements(source).into_iter().find(|sql| sql.starts_with(start));
        let sql = sql.unwrap_or_else(|| panic!("{room} has no statement {start}"));
        let plan = plan(&bench, &sql);
        assert!(plan.iter().any(|step| step.contains(index)), "{table} by {index}: {plan:?}");
    }
}
