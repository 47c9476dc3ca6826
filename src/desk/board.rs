//! The office's wall: how many wait where, what is late, what is due within the hour, and what was reminded of. No texts, no
//! whole numbers, and of the closed path nothing but how many there are.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::staff::Officer;
use super::standing::{Mark, Standing, standing};
use super::{Error, Office, alarming, cases, earlier, later};
use crate::complaint::Flag;
use crate::store::reminders::{self, Matter, Raised};
use crate::store::tickets::Ticket;
use crate::store::{Tx, tickets, waiting};
use crate::ticket::{Role, Sight, Stage};

/// Lines of each list: a wall is looked at, not read.
const LINES: usize = 15;

/// How far the wall looks ahead, and how far back.
const AHEAD: Duration = Duration::from_hours(1);
const BACK: Duration = Duration::from_hours(24);

/// Stages on the wall, in the order of the procedure.
const STAGES: [Stage; 7] = [
    Stage::New,
    Stage::WaitingCitizen,
    Stage::Analysis,
    Stage::Approval,
    Stage::ReadyToSend,
    Stage::Answered,
    Stage::FollowUp,
];

/// What hangs on the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The office is open.
    pub open: bool,
    /// Each stage and whom it waits for, with how many tickets stand there and how many of them are late.
    pub stages: Vec<Row>,
    /// Emergencies that the office has in hand, those in front that no petugas has looked at.
    pub emergencies: Vec<(Ticket, Standing)>,
    /// What is late, the oldest first; not all where they are many.
    pub overdue: Vec<(Ticket, Standing)>,
    /// What is due within the hour.
    pub soon: Vec<(Ticket, Standing)>,
    /// What was reminded of in a day, latest first.
    pub reminded: Vec<Raised>,
    /// Tickets whose national limit is near, and those where it has passed.
    pub national: (i64, i64),
    /// How many there are on the closed path.
    pub sealed: i64,
}

/// How many tickets stand at a stage and wait for the same role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Where they stand.
    pub stage: Stage,
    /// Whom they wait for; `None`: for the citizen.
    pub role: Option<Role>,
    /// How many.
    pub open: i64,
    /// Of them, those that are late.
    pub late: i64,
}

/// Whom a ticket waits for (9.1); `None`: for the citizen. What was returned twice is the ketua's to assign, and a draft that no ketua
/// may decide on is the pengarah's.
pub fn waits_at(office: &Office, ticket: &Ticket) -> Option<Role> {
    let usual = usually_waits_at(ticket.stage);
    match ticket.stage {
        Stage::New if cases::chair_assigns(office, ticket) => Some(Role::Chair),
        Stage::Approval => {
            let deciders = office.staff.deciders(&cases::case(office, ticket));
            deciders.first().copied().or(usual)
        }
        Stage::New
        | Stage::WaitingCitizen
        | Stage::Analysis
        | Stage::ReadyToSend
        | Stage::Answered
        | Stage::FollowUp
        | Stage::Finished
        | Stage::EthicsClosed
        | Stage::Closed => usual,
    }
}

const fn usually_waits_at(stage: Stage) -> Option<Role> {
    match stage {
        Stage::New | Stage::ReadyToSend => Some(Role::Operator),
        Stage::Analysis | Stage::FollowUp => Some(Role::Member),
        Stage::Approval | Stage::EthicsClosed => Some(Role::Chair),
        Stage::WaitingCitizen | Stage::Answered | Stage::Finished | Stage::Closed => None,
    }
}

/// How much of a number hangs on the wall: nothing of one whose citizen asked to be kept secret (A19).
pub fn sight(ticket: &Ticket) -> Sight {
    let is_secret = ticket.flags.iter().any(|flag| flag == Flag::Secret.token());
    if is_secret { Sight::Nothing } else { Sight::Masked }
}

/// Looks at the wall.
///
/// # Errors
/// [`Error::NotPermitted`] but for petugas, ketua and pengarah; [`Error::Fault`].
pub fn board(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<Board, Error> {
    if ![Role::Operator, Role::Chair, Role::Director].into_iter().any(|role| officer.is(role)) {
        return Err(Error::NotPermitted);
    }
    let mut counts: Vec<Row> = STAGES
        .into_iter()
        .map(|stage| Row { stage, role: usually_waits_at(stage), open: 0, late: 0 })
        .collect();
    for (stage, count) in tickets::resting(tx)? {
        self::count(&mut counts, (stage, usually_waits_at(stage)), count, 0);
    }
    let (mut overdue, mut soon, mut national) = (Vec::new(), Vec::new(), (0, 0));
    let mut emergencies = Vec::new();
    let horizon = later(now, AHEAD);
    let mut sealed = 0;
    // What is due first stands in front. Only what hangs there, or has a limit that may be near, is read whole.
    waiting::each(tx, |glance| {
        let Some(stage) = glance.stage else { return Ok(()) };
        if stage == Stage::EthicsClosed {
            sealed += 1;
            return Ok(());
        }
        // What waits for its citizen was counted before, and is here for its alarm.
        let waits = usually_waits_at(stage).is_some();
        let late = glance.due_at.is_some_and(|due| due < glance.paused_at.unwrap_or(now));
        // Whom these wait for stands in the ticket.
        let is_special = stage == Stage::Approval || (stage == Stage::New && glance.is_returned);
        let mut whole = if is_special { tickets::by_id(tx, glance.id)? } else { None };
        if waits {
            let usual = usually_waits_at(stage);
            let role = whole.as_ref().map_or(usual, |ticket| waits_at(office, ticket));
            count(&mut counts, (stage, role), 1, i64::from(late));
        }
        let list = if late { &mut overdue } else { &mut soon };
        let hangs = waits && list.len() < LINES && glance.due_at.is_some_and(|due| due <= horizon);
        let is_read = hangs || glance.is_urgent || (waits && glance.is_limited);
        if !is_read {
            return Ok(());
        }
        if whole.is_none() {
            whole = tickets::by_id(tx, glance.id)?;
        }
        let Some(ticket) = whole else { return Ok(()) };
        let standing = standing(office, &ticket, officer, now);
        if waits {
            national.0 += i64::from(standing.marks.contains(&Mark::NationalNear));
            national.1 += i64::from(standing.marks.contains(&Mark::NationalOver));
        }
        if alarming::comes_first(&ticket) {
            emergencies.push((ticket.clone(), standing.clone()));
        }
        if hangs {
            list.push((ticket, standing));
        }
        Ok(())
    })?;
    emergencies.sort_by_key(|(ticket, _)| !alarming::stands(ticket));
    emergencies.truncate(LINES);
    let limit = i64::try_from(LINES).unwrap_or(i64::MAX);
    // What the citizens were reminded of is no matter of the wall.
    let mut reminded = reminders::raised_since(tx, earlier(now, BACK), 2 * limit)?;
    reminded.retain(|reminder| !reminder.sealed && reminder.matter != Matter::Question);
    reminded.truncate(LINES);
    Ok(Board {
        open: office.calendar.is_open(now),
        stages: counts,
        emergencies,
        overdue,
        soon,
        reminded,
        national,
        sealed,
    })
}

/// Counts what stands at a stage and waits for a role: in a row of its own, behind the stage's others.
fn count(rows: &mut Vec<Row>, (stage, role): (Stage, Option<Role>), open: i64, late: i64) {
    if let Some(row) = rows.iter_mut().find(|row| (row.stage, row.role) == (stage, role)) {
        row.open += open;
        row.late += late;
        return;
    }
    let behind = rows.iter().rposition(|row| row.stage == stage).map_or(rows.len(), |at| at + 1);
    rows.insert(behind, Row { stage, role, open, late });
}
