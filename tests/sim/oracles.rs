//! What must hold at the end of every day, whatever happened on it.

mod months;
mod numbers;
mod secrets;
mod steps;
mod texts;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aduan::control::server::Context;
use aduan::desk::{Office, timing};
use aduan::simulator::{Modem, World};
use aduan::store::{Fault, Store, inbox, outbox, tickets, trail};
use aduan::ticket::clock::{self, Clocks};
use aduan::words::{Blank, Key};
use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::people::People;
use crate::report::Coverage;

/// What must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oracle {
    Life,
    Chain,
    Clocks,
    Secrets,
    Months,
    Received,
    Numbers,
    OneEnd,
    Drained,
    Answers,
    Sent,
    SentOnceMore,
    Delivered,
    Stages,
    Steps,
    Integrity,
}

impl Oracle {
    /// All that a mistake on purpose can show to see.
    pub const ALL: [Self; 15] = [
        Self::Chain,
        Self::Clocks,
        Self::Secrets,
        Self::Months,
        Self::Received,
        Self::Numbers,
        Self::OneEnd,
        Self::Drained,
        Self::Answers,
        Self::Sent,
        Self::SentOnceMore,
        Self::Delivered,
        Self::Stages,
        Self::Steps,
        Self::Integrity,
    ];
}

/// What does not hold, and which oracle saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub oracle: Oracle,
    pub what: String,
}

impl Broken {
    /// Something that the day itself has seen.
    pub const fn of_life(what: String) -> Self {
        Self { oracle: Oracle::Life, what }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.oracle, self.what)
    }
}

fn named(found: impl IntoIterator<Item = (Oracle, Vec<String>)>) -> Vec<Broken> {
    let broken =
        |(oracle, found): (_, Vec<_>)| found.into_iter().map(move |what| Broken { oracle, what });
    found.into_iter().flat_map(broken).collect()
}

/// What officers are told at the end, of the daemon that still runs.
pub async fn ask(
    context: &Context,
    database: &Path,
    (began, ended): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Broken> {
    let chain = match context.store.read(trail::first_broken).await {
        Ok(None) => Vec::new(),
        Ok(Some(row)) => vec![format!("it is broken at row {row}")],
        Err(fault) => vec![format!("it cannot be read: {fault}")],
    };
    named(vec![
        (Oracle::Chain, chain),
        (Oracle::Clocks, clocks(context).await),
        (Oracle::Secrets, secrets::told(context, database).await),
        (Oracle::Months, months::balance(context, began, ended).await),
    ])
}

/// Rule 6: the clocks of each open ticket are those that its trail makes, and a pause takes nothing from what remained.
async fn clocks(context: &Context) -> Vec<String> {
    let office = Arc::clone(&context.office);
    let wrong = context.store.read(move |tx| {
        let mut broken = Vec::new();
        for ticket in tickets::open_ones(tx)? {
            let steps = timing::steps(tx, &ticket)?;
            let replayed = |count: usize| {
                clock::replay(office.reckoning(), ticket.received_at, &steps[..count])
            };
            // A follow-up is due on the day that was promised, which is not the trail's to tell.
            if timing::replayed(tx, &office, &ticket)? != ticket.clocks() {
                broken.push(format!("the clocks of {} are not its trail's", ticket.number));
            }
            for place in 0..steps.len() {
                let (before, after) = (replayed(place), replayed(place + 1));
                broken.extend(pause_took(&office, before, after).map(|what| {
                    format!("a pause of {} took something from {what}", ticket.number)
                }));
            }
        }
        Ok::<_, Fault>(broken)
    });
    wrong.await.unwrap_or_else(|fault| vec![format!("the clocks cannot be read: {fault}")])
}

/// The clock that has other minutes left after a pause than it had before.
fn pause_took(office: &Office, before: Clocks, after: Clocks) -> Option<&'static str> {
    let paused_at = before.paused_at?;
    let resumed_at = after.stage_since;
    // A clock that was set back meanwhile says nothing of how long the pause was.
    if before.before_pause != Some(after.stage) || resumed_at < paused_at {
        return None;
    }
    let left = |at, due: Option<_>| due.map(|due| office.calendar.minutes_between(at, due));
    let took = |due_before, due_after| left(paused_at, due_before) != left(resumed_at, due_after);
    if took(before.due_at, after.due_at) {
        Some("its step")
    } else if took(Some(before.answer_due_at), Some(after.answer_due_at)) {
        Some("its answer")
    } else {
        took(before.national_due_at, after.national_due_at).then_some("its national limit")
    }
}

/// Whether no text and no report is on its way outside of the daemon, or lies in a modem, and nobody has anything planned.
pub fn is_quiet(world: &World, people: &People) -> bool {
    let network = world.network();
    let idle = |card: &String| network.waiting(card) + network.reports_waiting(card) == 0;
    people.are_done()
        && network.poll_timeout().is_none()
        && people.cards.iter().all(idle)
        && (0..people.cards.len()).all(|place| stored(world, place) == 0)
}

/// How many messages lie in a modem.
fn stored(world: &World, place: usize) -> usize {
    let in_stores = |modem: &Modem| ["SM", "ME"].iter().map(|store| modem.stored(store)).sum();
    world.modem(place).map_or(0, in_stores)
}

/// Whether nothing waits in the register for what the daemon does of its own accord.
pub async fn has_nothing_in_hand(store: &Store) -> bool {
    let nothing = store.read(|tx| {
        let depth = outbox::depth(tx, DateTime::<Utc>::MIN_UTC)?;
        let moves = depth.iter().any(|(state, count)| state != "sent" && *count > 0);
        let (overdue, awaited) = inbox::overdue_groups(tx, DateTime::<Utc>::MIN_UTC)?;
        let is_unread = !inbox::unread(tx, 0, 1)?.is_empty();
        Ok::<_, Fault>(!moves && overdue.is_empty() && awaited.is_none() && !is_unread)
    });
    nothing.await.unwrap_or(false)
}

/// What stands in the register, held against what the network and the phones know.
pub fn judge(
    database: &Path,
    office: &Office,
    world: &World,
    people: &People,
    coverage: &mut Coverage,
) -> Vec<Broken> {
    let register = match Connection::open(database) {
        Ok(register) => register,
        Err(error) => return vec![Broken::of_life(format!("the register does not open: {error}"))],
    };
    let judge = Judge { register, office, world, people };
    let found = [
        (Oracle::Received, judge.received()),
        (Oracle::Numbers, judge.numbers()),
        (Oracle::OneEnd, judge.one_end()),
        (Oracle::Drained, judge.drained()),
        (Oracle::Answers, judge.answers()),
        (Oracle::Sent, judge.sent()),
        (Oracle::SentOnceMore, judge.owned_up()),
        (Oracle::Delivered, judge.delivered()),
        (Oracle::Stages, judge.stages()),
        (Oracle::Steps, judge.steps()),
        (Oracle::Integrity, judge.integrity()),
    ];
    let broken = named(found.map(|(oracle, found)| {
        (
            oracle,
            found.unwrap_or_else(|error| vec![format!("the register cannot be read: {error}")]),
        )
    }));
    let fates = world.network().report_fates();
    coverage.add("reports lost", fates.lost);
    coverage.add("reports doubled", fates.doubled);
    coverage.add("reports late", fates.late);
    for (what, query) in [
        ("tickets", "SELECT count(*) FROM ticket"),
        (
            "texts sent by the gateway",
            "SELECT count(*) FROM outbox WHERE state IN ('sent', 'delivered')",
        ),
        (
            "answers delivered",
            "SELECT count(*) FROM outbox WHERE purpose = 'answer' AND state = 'delivered'",
        ),
        ("parts read again", "SELECT coalesce(sum(repeats), 0) FROM part"),
        ("texts sent once more", "SELECT count(*) FROM outbox WHERE repeated > 0"),
        ("texts without the network's answer", "SELECT count(*) FROM outbox WHERE unanswered > 0"),
        ("texts dropped", "SELECT count(*) FROM outbox WHERE state = 'dropped'"),
        (
            "texts failed or expired",
            "SELECT count(*) FROM outbox WHERE state IN ('failed', 'expired')",
        ),
    ] {
        let count = judge.register.query_row(query, [], |row| row.get::<_, i64>(0));
        coverage.add(what, count.unwrap_or(0).unsigned_abs());
    }
    broken
}

/// Takes out what was kept in pieces: where the clock was set while a part was on its way, the others were not waited for, and it
/// came for itself.
fn in_pieces(texts: &mut BTreeMap<(String, String), i64>) {
    /// Where parts are missing.
    const GAP: &str = "[…]";
    let piece_of = |text: &str| text.replace(GAP, "").trim_matches(' ').to_owned();
    let mut pieces: Vec<(String, String)> = texts
        .iter()
        .filter(|((_, text), left)| text.contains(GAP) && **left < 0)
        .flat_map(|(kept, left)| vec![kept.clone(); usize::try_from(-left).unwrap_or(0)])
        .collect();
    let whole: Vec<(String, String)> =
        texts.iter().filter(|(_, left)| **left > 0).map(|(written, _)| written.clone()).collect();
    for written in whole {
        let mut rest = written.1.as_str();
        let mut used = Vec::new();
        while let Some(place) = pieces.iter().position(|(sender, text)| {
            let piece = piece_of(text);
            *sender == written.0 && !piece.is_empty() && rest.trim_start().starts_with(&piece)
        }) {
            let kept = pieces.remove(place);
            rest = &rest.trim_start()[piece_of(&kept.1).len()..];
            used.push(kept);
        }
        if rest.trim().is_empty() {
            *texts.entry(written).or_default() -= 1;
            for kept in used {
                *texts.entry(kept).or_default() += 1;
            }
        }
    }
}

struct Judge<'a> {
    register: Connection,
    office: &'a Office,
    world: &'a World,
    people: &'a People,
}

type Found = rusqlite::Result<Vec<String>>;

impl Judge<'_> {
    /// The first column of each row, as a text.
    fn rows(&self, query: &str) -> Found {
        let mut statement = self.register.prepare(query)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.collect()
    }

    /// Every SMS that the network handed over is there once.
    fn received(&self) -> Found {
        let mut broken = Vec::new();
        for (place, card) in self.people.cards.iter().enumerate() {
            let waiting = self.world.network().waiting(card);
            let stored = stored(self.world, place);
            if waiting + stored > 0 {
                broken.push(format!("{waiting} wait for {card}, {stored} lie in its modem"));
            }
        }
        let mut texts: BTreeMap<(String, String), i64> = BTreeMap::new();
        for written in &self.people.written {
            *texts.entry(written.clone()).or_default() += 1;
        }
        let mut statement = self
            .register
            .prepare("SELECT sender, coalesce(text, '?') FROM inbound WHERE channel = 'SMS'")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            *texts.entry(row?).or_default() -= 1;
        }
        in_pieces(&mut texts);
        for ((sender, text), left) in texts.iter().filter(|(_, left)| **left != 0) {
            broken.push(format!("{sender} wrote {text:?}: {left} more often than was kept"));
        }
        Ok(broken)
    }

    /// Rule 4: each message is handled, and answered once or passed over for a recorded reason.
    fn one_end(&self) -> Found {
        self.rows(
            "SELECT 'message ' || i.id || ' ends as ' || coalesce(i.outcome, 'nothing') || ', reason '
                    || coalesce(i.reason, 'none') || ', with ' || count(o.id) || ' replies'
             FROM inbound i LEFT JOIN outbox o ON o.inbound_id = i.id
             GROUP BY i.id
             HAVING i.state <> 'handled' OR coalesce(i.reason, '') = '' OR count(o.id) > 1
                 OR (count(o.id) = 0 AND i.outcome <> 'silence' AND i.channel = 'SMS'
                     AND i.reason NOT IN ('TANPA_BALASAN_BERULANG', 'TANPA_BALASAN_BANJIR'))",
        )
    }

    /// Rule 9.4.1: what is sent is what another person approved, whole, under the number of whom it goes to; and as much of it
    /// goes to whoever is told by STATUS.
    fn answers(&self) -> Found {
        let mut statement = self.register.prepare(
            "SELECT 'answer ' || o.id || ' is not an approved wording: ' || o.body, o.body, t.number, d.kind, d.wording
             FROM outbox o JOIN ticket t ON t.id = o.ticket_id
             LEFT JOIN draft d ON d.state = 'approved' AND d.decided_by <> d.writer
               AND (d.id = o.draft_id OR (o.draft_id IS NULL AND d.ticket_id IN
                    (WITH RECURSIVE main(id) AS
                         (SELECT t.id UNION SELECT m.id FROM main JOIN trail r ON r.ticket_id = main.id
                              JOIN ticket m ON m.number = json_extract(r.detail, '$.utama'))
                     SELECT id FROM main)))
             WHERE o.purpose = 'answer' OR o.draft_id IS NOT NULL",
        )?;
        let mut right = BTreeMap::new();
        let rows = statement.query_map([], |row| {
            let (what, body, number): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let kind: Option<String> = row.get(3)?;
            let wording: Option<String> = row.get(4)?;
            let approved = kind.zip(wording).is_some_and(|(kind, wording)| {
                let key = if kind == "JAWABAN" { Key::Jawaban } else { Key::TindakLanjut };
                let blanks = [
                    (Blank::No, number.as_str()),
                    (Blank::Jawaban, wording.trim()),
                    (Blank::Hasil, wording.trim()),
                ];
                self.office.templates.fill(key, &blanks) == body
            });
            Ok((what, approved))
        })?;
        for row in rows {
            let (what, approved) = row?;
            *right.entry(what).or_insert(false) |= approved;
        }
        Ok(right.into_iter().filter(|(_, right)| !right).map(|(what, _)| what).collect())
    }

    fn integrity(&self) -> Found {
        let mut found = self.rows("PRAGMA integrity_check")?;
        found.retain(|line| line != "ok");
        found.extend(
            self.rows("SELECT \"table\" || ' points nowhere' FROM pragma_foreign_key_check")?,
        );
        Ok(found)
    }
}
