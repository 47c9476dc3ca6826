//! What must hold at the end of every day, whatever happened on it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use aduan::control::protocol::{Ask, Tell, UnitRow};
use aduan::control::server::{self, Context};
use aduan::desk::{Office, timing};
use aduan::simulator::{Modem, World};
use aduan::store::{Fault, Store, inbox, outbox, tickets, trail};
use aduan::ticket::OfficerId;
use aduan::ticket::clock::{self, Clocks};
use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::people::People;
use crate::report::Coverage;

/// What officers are told at the end, of the daemon that still runs.
pub async fn ask(context: &Context) -> Vec<String> {
    let mut broken = Vec::new();
    let chain = context.store.read(trail::first_broken).await;
    match chain {
        Ok(None) => {}
        Ok(Some(row)) => broken.push(format!("the trail is broken at row {row}")),
        Err(fault) => broken.push(format!("the trail cannot be read: {fault}")),
    }
    broken.extend(clocks(context).await);
    for (year, month) in [(2026, 11), (2026, 12)] {
        let ketua = OfficerId::from("ratna");
        let told =
            server::ask_directly(context, &ketua, Ask::Recap { year, month, register: false })
                .await;
        // A month that has not begun has no recap.
        let Ok(Tell::Recap(recap)) = told else { continue };
        let sums = &recap.summary;
        let closed: i64 = sums.closed.iter().map(|(_, count)| count).sum();
        let all = UnitRow {
            code: "all".to_owned(),
            opening: sums.opening,
            received: sums.received,
            reopened: sums.reopened,
            finished: sums.finished,
            closed,
            closing: sums.closing,
            ..UnitRow::default()
        };
        broken.extend(recap.units.iter().chain([&all]).filter_map(|row| {
            let came = row.opening + row.received + row.reopened;
            let went = row.finished + row.closed + row.closing;
            let told = || format!("{came} came, {went} went in {} for {}", recap.month, row.code);
            (came != went).then(told)
        }));
    }
    broken
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
    world: &World,
    people: &People,
    coverage: &mut Coverage,
) -> Vec<String> {
    let register = match Connection::open(database) {
        Ok(register) => register,
        Err(error) => return vec![format!("the register does not open: {error}")],
    };
    let judge = Judge { register, world, people };
    let mut broken = Vec::new();
    for (oracle, found) in [
        ("received", judge.received()),
        ("one end for each message", judge.one_end()),
        ("drained", judge.drained()),
        ("answers", judge.answers()),
        ("sent", judge.sent()),
        ("stages", judge.stages()),
        ("integrity", judge.integrity()),
    ] {
        match found {
            Ok(found) => broken.extend(found.into_iter().map(|what| format!("{oracle}: {what}"))),
            Err(error) => broken.push(format!("{oracle}: {error}")),
        }
    }
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

struct Judge<'a> {
    register: Connection,
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
        let mut statement =
            self.register.prepare("SELECT sender, coalesce(text, '?') FROM inbound")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            *texts.entry(row?).or_default() -= 1;
        }
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
                 OR (count(o.id) = 0 AND i.outcome <> 'silence'
                     AND i.reason NOT IN ('TANPA_BALASAN_BERULANG', 'TANPA_BALASAN_BANJIR'))",
        )
    }

    fn drained(&self) -> Found {
        self.rows(
            "SELECT purpose || ' ' || id || ' is ' || state || ': ' || coalesce(error, '') FROM outbox
             WHERE state IN ('queued', 'claimed', 'unknown')",
        )
    }

    /// Rule 9.4.1: what is sent is what another person approved.
    fn answers(&self) -> Found {
        self.rows(
            "SELECT 'answer ' || o.id || ' is not the approved wording' FROM outbox o LEFT JOIN draft d ON d.id = o.draft_id
             WHERE o.purpose = 'answer'
               AND (d.id IS NULL OR d.state <> 'approved' OR d.decided_by = d.writer OR instr(o.body, d.wording) = 0)",
        )
    }

    /// What stands on the phones was sent, and not more often than the register says.
    fn sent(&self) -> Found {
        let mut seen: BTreeMap<(String, String), i64> = BTreeMap::new();
        for message in self.world.network().messages() {
            *seen.entry((message.to.clone(), message.text.clone())).or_default() += 1;
        }
        let mut broken = Vec::new();
        let query = "SELECT recipient, body, sum(1 + repeated), sum(state = 'delivered') FROM outbox GROUP BY recipient, body";
        let mut statement = self.register.prepare(query)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })?;
        for row in rows {
            let (recipient, body, allowed, delivered): (String, String, i64, i64) = row?;
            let came = seen.remove(&(recipient.clone(), body.clone())).unwrap_or(0);
            if came > allowed || came < delivered {
                broken.push(format!(
                    "{recipient} read {came} times what was sent {allowed} times and delivered {delivered} times: {body:?}"
                ));
            }
        }
        broken.extend(
            seen.iter().map(|((to, text), _)| format!("{to} read what nobody sent: {text:?}")),
        );
        Ok(broken)
    }

    /// A ticket stands where its trail left it.
    fn stages(&self) -> Found {
        self.rows(
            "SELECT t.number || ' is ' || t.stage FROM ticket t
             WHERE t.stage <> (SELECT to_stage FROM trail WHERE ticket_id = t.id AND to_stage IS NOT NULL ORDER BY id DESC LIMIT 1)",
        )
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
