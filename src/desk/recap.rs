//! The month in figures (procedure.md section 14): counted from tickets and their trail, the same on screen and on paper.

mod closed_path;
mod register;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use self::closed_path::{ClosedPath, Standing};
use super::staff::Officer;
use super::{Error, Office};
use crate::calendar::Zone;
use crate::mutation::Mutation;
use crate::store::recap::{Counted, Move};
use crate::store::trail::{self, Sealed};
use crate::store::{Tx, access_log, recap as rows, signatures};
use crate::ticket::{CloseReason, Role, Stage};
pub use register::{Entry, Register};

/// A month, local.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    first: NaiveDate,
    last: NaiveDate,
}

impl Month {
    /// # Errors
    /// [`Error::Invalid`] for a month that no calendar has.
    pub fn new(year: i32, month: u32) -> Result<Self, Error> {
        let wrong = || Error::Invalid { what: "month", value: format!("{year}-{month:02}") };
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(wrong)?;
        let next = first.checked_add_months(chrono::Months::new(1)).ok_or_else(wrong)?;
        let last = next.pred_opt().ok_or_else(wrong)?;
        Ok(Self { first, last })
    }

    /// First and last day.
    pub const fn days(self) -> (NaiveDate, NaiveDate) {
        (self.first, self.last)
    }

    /// `2026-11`.
    pub fn name(self) -> String {
        format!("{}-{:02}", self.first.year(), self.first.month())
    }

    /// The month of a time.
    pub fn of(zone: Zone, at: DateTime<Utc>) -> Option<Self> {
        let day = zone.local(at).date_naive();
        Self::new(day.year(), day.month()).ok()
    }

    /// The month before.
    pub fn before(self) -> Option<Self> {
        let last = self.first.pred_opt()?;
        Self::new(last.year(), last.month()).ok()
    }

    /// From its first second on, and until that of the next one.
    pub fn bounds(self, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
        let next = self.last.succ_opt().unwrap_or(NaiveDate::MAX);
        (zone.midnight(self.first), zone.midnight(next))
    }
}

/// Counters of a unit, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Sisa bulan lalu.
    pub opening: i64,
    /// Masuk.
    pub received: i64,
    /// Dibuka kembali.
    pub reopened: i64,
    /// Selesai.
    pub finished: i64,
    /// Ditutup tanpa penanganan, by reason; `TERTUTUP_ETIK`: a report that was signed counts it, and it has taken the closed path since.
    pub closed: BTreeMap<&'static str, i64>,
    /// Sisa akhir bulan.
    pub closing: i64,
    /// First answers sent in the month.
    pub answered: i64,
    /// Of them within the standard.
    pub on_time: i64,
    /// Unanswered and overdue at the month's end.
    pub overdue: i64,
    /// Working minutes of each first answer sent in the month.
    pub minutes: Vec<i64>,
}

impl Counts {
    /// Ditutup tanpa penanganan, all reasons.
    pub fn closed_in_all(&self) -> i64 {
        self.closed.values().sum()
    }

    /// Mean of the answer times.
    pub fn mean(&self) -> Option<i64> {
        let count = i64::try_from(self.minutes.len()).ok().filter(|count| *count > 0)?;
        Some((self.minutes.iter().sum::<i64>() + count / 2) / count)
    }

    /// Median of the answer times; of an even number the mean of the middle two.
    pub fn median(&self) -> Option<i64> {
        let mut sorted = self.minutes.clone();
        sorted.sort_unstable();
        let middle = sorted.len() / 2;
        let upper = *sorted.get(middle)?;
        if sorted.len() % 2 == 1 {
            return Some(upper);
        }
        let lower = *sorted.get(middle.checked_sub(1)?)?;
        Some(i64::midpoint(lower, upper))
    }
}

/// How long a row of the procedure took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `2`, `3-4`, `5` or `total`.
    pub row: &'static str,
    /// Standard, working minutes.
    pub standard: i64,
    /// How often it was measured.
    pub measured: i64,
    /// Of them within the standard.
    pub within: i64,
    /// The longest, working minutes.
    pub longest: Option<i64>,
}

/// A ticket that is not finished at the month's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Ticket number.
    pub number: String,
    /// Receipt.
    pub received_at: DateTime<Utc>,
    /// Unit code.
    pub unit: Option<String>,
    /// Stage at the month's end.
    pub stage: Stage,
    /// Age in working days.
    pub age_days: i64,
    /// Whether its answer was overdue then.
    pub overdue: bool,
}

/// The figures of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recap {
    /// The month.
    pub month: Month,
    /// Part A.
    pub summary: Counts,
    /// Part B, by unit code; `-`: not decided yet.
    pub units: BTreeMap<String, (String, Counts)>,
    /// Part C, by category token; `-`: not decided yet.
    pub categories: BTreeMap<&'static str, i64>,
    /// Part D.
    pub steps: Vec<Step>,
    /// Part E, oldest first.
    pub open: Vec<Open>,
    /// Part F: received messages by outcome and reason.
    pub received: Vec<(String, String, i64)>,
    /// Part F: outgoing messages by state, and parts that the network accepted.
    pub sent: Vec<(String, i64, i64)>,
    /// Part G: closed path: received, handed over, returned.
    pub sealed: (i64, i64, i64),
    /// Part H: PUAS, BELUM, no reply.
    pub satisfaction: (i64, i64, i64),
    /// Part F: channel, messages received by it, and how many of them opened a ticket.
    pub channels: Vec<(String, i64, i64)>,
    /// Part F: answers that officers gave, by the way they took.
    pub given: Vec<(String, i64)>,
    /// The trail's newest row and its seal: printed, it vouches for all that was written before.
    pub seal: Option<Sealed>,
    /// The annex, where it is wanted.
    pub register: Option<Register>,
}

/// Notes who asks for a month's figures, before any is told.
///
/// # Errors
/// [`Error::NotPermitted`] for who has no part in the report; [`Error::Fault`].
pub fn note(tx: &Tx<'_>, officer: &Officer, month: Month, now: DateTime<Utc>) -> Result<(), Error> {
    may_read(officer)?;
    access_log::note(tx, officer.id.as_str(), "recap", None, &month.name(), now)?;
    Ok(())
}

fn may_read(officer: &Officer) -> Result<(), Error> {
    let has_part =
        [Role::Operator, Role::Chair, Role::Director].into_iter().any(|role| officer.is(role));
    if has_part { Ok(()) } else { Err(Error::NotPermitted) }
}

/// Counts a month; with its register where that is wanted.
///
/// # Errors
/// As [`note`].
pub fn count(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (month, register): (Month, bool),
    now: DateTime<Utc>,
) -> Result<Recap, Error> {
    may_read(officer)?;
    let zone = office.calendar.zone();
    let (from, until) = month.bounds(zone);
    let tickets = rows::tickets_between(tx, from, until)?;
    let moves = rows::moves_between(tx, &tickets, from, until)?;
    let names = (month.before().unwrap_or(month).name(), month.name());
    let signed = signatures::in_force_since(tx, &names.0)?;
    let closed_path = ClosedPath::new(rows::turns(tx)?, (&names.0, &names.1), &signed);
    let recap = empty(office, month);
    let received = register.then(Vec::new);
    let mut counter =
        Counter { office, from, until, now, closed_path, recap, received, received_sealed: 0 };
    for ticket in &tickets {
        counter.add(ticket, of_ticket(&moves, ticket.id));
    }
    let Counter { mut recap, received, received_sealed, .. } = counter;
    recap.register = match received {
        Some(lines) => Some(register::with_texts(tx, lines, received_sealed, (from, until))?),
        None => None,
    };
    count_received(&mut recap, rows::inbound_ends(tx, from, until)?);
    recap.sent = rows::outbox_states(tx, from, until)?;
    recap.given = given(moves.iter().filter(|step| from <= step.at && step.at < until));
    recap.seal = trail::newest(tx)?;
    Ok(recap)
}

/// Part F of what came, once by its end and once by its channel.
fn count_received(recap: &mut Recap, ends: Vec<(String, String, String, i64)>) {
    let mut received = BTreeMap::<_, i64>::new();
    let mut channels = BTreeMap::<_, (i64, i64)>::new();
    for (channel, outcome, reason, count) in ends {
        let (all, opening) = channels.entry(channel).or_default();
        *all += count;
        *opening += if outcome == "ticket" { count } else { 0 };
        *received.entry((outcome, reason)).or_default() += count;
    }
    let end = |((outcome, reason), count)| (outcome, reason, count);
    recap.received = received.into_iter().map(end).collect();
    let came = |(channel, (all, opening))| (channel, all, opening);
    recap.channels = channels.into_iter().map(came).collect();
}

/// Answers that officers gave, by the way they took.
fn given<'a>(moves: impl Iterator<Item = &'a Move>) -> Vec<(String, i64)> {
    let mut ways = BTreeMap::<_, i64>::new();
    for way in moves.filter_map(|step| step.way) {
        *ways.entry(way.token()).or_default() += 1;
    }
    ways.into_iter().map(|(way, count)| (way.to_owned(), count)).collect()
}

/// The changes of one ticket, out of those of all by their rows.
fn of_ticket(moves: &[Move], id: i64) -> &[Move] {
    let first = moves.partition_point(|step| step.ticket_id < id);
    let (_, rest) = moves.split_at(first);
    let own = rest.iter().take_while(|step| step.ticket_id == id).count();
    rest.split_at(own).0
}

fn empty(office: &Office, month: Month) -> Recap {
    let step = |row, standard| Step { row, standard, measured: 0, within: 0, longest: None };
    let standards = &office.standards;
    Recap {
        month,
        summary: Counts::default(),
        units: BTreeMap::new(),
        categories: BTreeMap::new(),
        steps: vec![
            step("2", standards.sort),
            step("3-4", standards.analysis + standards.note),
            step("5", standards.send),
            step("total", standards.answer),
        ],
        open: Vec::new(),
        received: Vec::new(),
        sent: Vec::new(),
        sealed: (0, 0, 0),
        satisfaction: (0, 0, 0),
        channels: Vec::new(),
        given: Vec::new(),
        seal: None,
        register: None,
    }
}

struct Counter<'a> {
    office: &'a Office,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
    closed_path: ClosedPath,
    recap: Recap,
    /// The lines of the register with the rows of their tickets, where it is wanted.
    received: Option<Vec<(i64, Entry)>>,
    /// How many tickets have none because they are on the closed path.
    received_sealed: i64,
}

impl Counter<'_> {
    fn add(&mut self, ticket: &Counted, moves: &[Move]) {
        self.count_sealed(moves);
        let is_new = ticket.received_at >= self.from;
        let standing = self.closed_path.standing(ticket, is_new);
        if is_new {
            self.received_sealed += i64::from(standing == Standing::Untold || ticket.is_sealed);
        }
        // Spam shows among the messages only; what became spam after the month of its receipt was counted there, and is
        // counted to its end.
        if standing == Standing::Untold
            || self.ended_where_it_began(ticket, moves, CloseReason::Spam)
        {
            return;
        }
        if standing == Standing::Gone {
            let gone = self.gone(ticket, moves);
            self.tally(ticket, moves, &gone);
            return;
        }
        let mut one = self.one(ticket, moves);
        if standing == Standing::Back {
            one.reopened += std::mem::take(&mut one.opening);
        }
        self.count_satisfaction(moves);
        self.count_steps(ticket, moves);
        // What took the closed path after the month was signed still counts in it, and is told of no more.
        if !ticket.is_sealed {
            if one.closing > 0 {
                self.list_open(ticket, moves);
            }
            if one.received > 0
                && let Some(entry) = self.entry(ticket, moves)
                && let Some(lines) = &mut self.received
            {
                lines.push((ticket.id, entry));
            }
        }
        self.tally(ticket, moves, &one);
    }

    /// Adds what one ticket counts to its unit, its category and the whole.
    fn tally(&mut self, ticket: &Counted, moves: &[Move], one: &Counts) {
        if *one == Counts::default() {
            return;
        }
        // Joined duplicates count in part A as received and closed, in B and C only once: as their main ticket.
        if !self.ended_where_it_began(ticket, moves, CloseReason::Duplicate) {
            let code = ticket.unit.clone().unwrap_or_else(|| "-".to_owned());
            let name = ticket.unit_name.clone().unwrap_or_default();
            let (_, unit) =
                self.recap.units.entry(code).or_insert_with(|| (name, Counts::default()));
            merge(unit, one);
            if Mutation::UncountedRest.is_made() {
                unit.closing -= one.closing;
            }
            if one.received > 0 {
                let category = ticket.category.map_or("-", crate::ticket::Category::token);
                *self.recap.categories.entry(category).or_default() += 1;
            }
        }
        merge(&mut self.recap.summary, one);
    }

    fn inside(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }

    /// Whether a ticket stands closed for `reason`, since a day of the month in which it was received.
    fn ended_where_it_began(&self, ticket: &Counted, moves: &[Move], reason: CloseReason) -> bool {
        let month = |at: DateTime<Utc>| {
            let day = self.office.calendar.zone().local(at);
            (day.year(), day.month())
        };
        moves.last().is_some_and(|last| {
            last.to == Some(Stage::Closed)
                && reason_of(last) == Some(reason)
                && month(last.at) == month(ticket.received_at)
        })
    }

    /// What a ticket adds that the month before has told, and that has taken the closed path since: that it was there, and is no more.
    fn gone(&self, ticket: &Counted, moves: &[Move]) -> Counts {
        let opening = i64::from(is_open(stage_before(ticket, moves, self.from)));
        let closed = [(Stage::EthicsClosed.token(), opening)];
        let closed = closed.into_iter().filter(|(_, count)| *count > 0).collect();
        Counts { opening, closed, ..Counts::default() }
    }

    /// What one ticket adds to the counts of the month.
    fn one(&self, ticket: &Counted, moves: &[Move]) -> Counts {
        let mut counts = Counts::default();
        if ticket.received_at < self.from {
            counts.opening = i64::from(is_open(stage_before(ticket, moves, self.from)));
        } else {
            counts.received = 1;
        }
        for step in moves.iter().filter(|step| self.inside(step.at)) {
            let left_an_end = step.from.is_some_and(|stage| !is_open(Some(stage)));
            match step.to {
                Some(Stage::Finished) => counts.finished += 1,
                Some(Stage::Closed) if Mutation::UncountedClosing.is_made() => {}
                Some(Stage::Closed) => {
                    let reason = reason_of(step).map_or("-", CloseReason::token);
                    *counts.closed.entry(reason).or_default() += 1;
                }
                _ if left_an_end => counts.reopened += 1,
                _ => {}
            }
        }
        counts.closing = i64::from(is_open(stage_before(ticket, moves, self.until)));
        if let Some(answered_at) = answered_at(ticket, moves).filter(|at| self.inside(*at)) {
            counts.answered = 1;
            counts.on_time = i64::from(answered_at <= self.answer_due(ticket, moves, answered_at));
            counts.minutes.push(self.minutes_to(ticket, moves, answered_at));
        }
        counts.overdue = i64::from(counts.closing > 0 && self.is_overdue(ticket, moves));
        counts
    }

    /// When the first answer was due, as it stood at `until`: later by what the pauses took.
    fn answer_due(&self, ticket: &Counted, moves: &[Move], until: DateTime<Utc>) -> DateTime<Utc> {
        let calendar = &self.office.calendar;
        let due = calendar.add_minutes(ticket.received_at, self.office.standards.answer);
        pauses(moves, until)
            .into_iter()
            .fold(due, |due, (paused_at, resumed_at)| calendar.postpone(due, paused_at, resumed_at))
    }

    /// Whether the first answer was overdue at the month's end, or is now.
    fn is_overdue(&self, ticket: &Counted, moves: &[Move]) -> bool {
        let end = self.until.min(self.now);
        let unanswered = answered_at(ticket, moves).is_none_or(|at| at >= self.until);
        unanswered && self.answer_due(ticket, moves, end) < end
    }

    /// Working minutes from receipt to the answer, pauses taken out.
    fn minutes_to(&self, ticket: &Counted, moves: &[Move], answered_at: DateTime<Utc>) -> i64 {
        let calendar = &self.office.calendar;
        let paused: i64 = pauses(moves, answered_at)
            .into_iter()
            .map(|(paused_at, resumed_at)| calendar.minutes_between(paused_at, resumed_at))
            .sum();
        calendar.minutes_between(ticket.received_at, answered_at) - paused
    }

    fn count_steps(&mut self, ticket: &Counted, moves: &[Move]) {
        self.count_desk_rows(ticket, moves);
        // Row 5 runs from the solution note to the sending; a draft that was returned begins it anew.
        let mut handed_in = None;
        for step in moves {
            match step.to {
                Some(Stage::Approval) => handed_in = Some(step.at),
                Some(Stage::Answered) => {
                    if let Some(since) = handed_in.take().filter(|_| self.inside(step.at)) {
                        self.measure("5", self.office.calendar.minutes_between(since, step.at));
                    }
                }
                _ => {}
            }
        }
        if let Some(answered_at) = answered_at(ticket, moves).filter(|at| self.inside(*at)) {
            self.measure("total", self.minutes_to(ticket, moves, answered_at));
        }
    }

    /// Rows 2, and 3 with 4: the time at BARU and at TELAAH, without the pauses in it.
    fn count_desk_rows(&mut self, ticket: &Counted, moves: &[Move]) {
        let row_of = |stage| match stage {
            Some(Stage::New) => Some("2"),
            Some(Stage::Analysis) => Some("3-4"),
            _ => None,
        };
        // The row, its minutes so far, and since when it runs; nothing while it is paused.
        let mut open: Option<(&'static str, i64, Option<DateTime<Utc>>)> = None;
        for step in moves {
            let next = step.to;
            if let Some((row, spent, since)) = open.take() {
                let minutes = |since| self.office.calendar.minutes_between(since, step.at);
                let spent = spent + since.map_or(0, minutes);
                if next == Some(Stage::WaitingCitizen) {
                    open = Some((row, spent, None));
                    continue;
                }
                if since.is_none() && row_of(next) == Some(row) {
                    open = Some((row, spent, Some(step.at)));
                    continue;
                }
                if self.inside(step.at) {
                    self.measure(row, spent);
                }
            }
            let since = if step.from.is_none() { ticket.received_at } else { step.at };
            open = row_of(next).map(|row| (row, 0, Some(since)));
        }
    }

    fn measure(&mut self, row: &str, minutes: i64) {
        if let Some(step) = self.recap.steps.iter_mut().find(|step| step.row == row) {
            step.measured += 1;
            step.within += i64::from(minutes <= step.standard);
            step.longest = step.longest.max(Some(minutes));
        }
    }

    fn count_sealed(&mut self, moves: &[Move]) {
        let (from, until) = (self.from, self.until);
        for step in moves.iter().filter(|step| from <= step.at && step.at < until) {
            match step.transition {
                Some(7) => self.recap.sealed.0 += 1,
                Some(8) => self.recap.sealed.1 += 1,
                Some(9) => self.recap.sealed.2 += 1,
                _ => {}
            }
        }
    }

    fn count_satisfaction(&mut self, moves: &[Move]) {
        let (from, until) = (self.from, self.until);
        let (puas, belum, silent) = &mut self.recap.satisfaction;
        for step in moves.iter().filter(|step| from <= step.at && step.at < until) {
            match step.transition {
                Some(21) => *belum += 1,
                Some(20) if step.by_citizen => *puas += 1,
                Some(20) => *silent += 1,
                _ => {}
            }
        }
    }

    /// Where a ticket stood when the month ended. What has come back from the closed path since was there where it came back to.
    fn stage_left(&self, ticket: &Counted, moves: &[Move]) -> Option<Stage> {
        let stage = stage_before(ticket, moves, self.until);
        if stage == Some(Stage::EthicsClosed) { Some(Stage::Analysis) } else { stage }
    }

    fn list_open(&mut self, ticket: &Counted, moves: &[Move]) {
        let end = self.until.min(self.now);
        self.recap.open.push(Open {
            number: ticket.number.clone(),
            received_at: ticket.received_at,
            unit: ticket.unit.clone(),
            stage: self.stage_left(ticket, moves).or(ticket.stage).unwrap_or(Stage::New),
            age_days: self.office.calendar.working_days_between(ticket.received_at, end),
            overdue: self.is_overdue(ticket, moves),
        });
    }
}

/// When the first answer went out. What was still queued was taken back when the ticket was sealed; a report that was signed before
/// counts it all the same (T16).
fn answered_at(ticket: &Counted, moves: &[Move]) -> Option<DateTime<Utc>> {
    const SENT: i64 = 16;
    let sent = || moves.iter().find(|step| step.transition == Some(SENT)).map(|step| step.at);
    ticket.answered_at.or_else(|| ticket.is_sealed.then(sent).flatten())
}

/// Why a ticket was closed at that step.
fn reason_of(step: &Move) -> Option<CloseReason> {
    match step.transition {
        Some(6) => Some(CloseReason::Incomplete),
        Some(8) => Some(CloseReason::HandedOver),
        Some(22) => Some(CloseReason::Withdrawn),
        _ => step.reason,
    }
}

/// The pauses that began before `until`, each to its end or to then.
fn pauses(moves: &[Move], until: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut found = Vec::new();
    let mut paused_at = None;
    for step in moves.iter().filter(|step| step.at <= until) {
        if step.to == Some(Stage::WaitingCitizen) {
            paused_at = Some(step.at);
        } else if let Some(since) = paused_at.take() {
            found.push((since, step.at));
        }
    }
    found.extend(paused_at.map(|since| (since, until)));
    found
}

/// Where a ticket stood just before a time; nothing before its receipt. One that was received in the last second of a
/// month and read in the first of the next was new in between.
fn stage_before(ticket: &Counted, moves: &[Move], at: DateTime<Utc>) -> Option<Stage> {
    match moves.iter().rev().find(|step| step.at < at) {
        Some(step) => step.to,
        None => (ticket.received_at < at).then_some(Stage::New),
    }
}

fn is_open(stage: Option<Stage>) -> bool {
    stage.is_some_and(|stage| !matches!(stage, Stage::Finished | Stage::Closed))
}

fn merge(into: &mut Counts, one: &Counts) {
    into.opening += one.opening;
    into.received += one.received;
    into.reopened += one.reopened;
    into.finished += one.finished;
    for (reason, count) in &one.closed {
        *into.closed.entry(reason).or_default() += count;
    }
    into.closing += one.closing;
    into.answered += one.answered;
    into.on_time += one.on_time;
    into.overdue += one.overdue;
    into.minutes.extend(&one.minutes);
}
