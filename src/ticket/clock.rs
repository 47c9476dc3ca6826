//! The clocks of the procedure: working minutes per row, from receipt to the first answer, and the national limit. When a step
//! is due follows from what happened to a ticket and from the calendar, and from nothing else: [`replay`] finds it again.

use chrono::{DateTime, SubsecRound, Utc};

use super::{Advance, Category, Stage};
use crate::calendar::Calendar;
use crate::mutation::Mutation;

/// Standard times: of the rows in working minutes (procedure.md section 3), of decisions and ends in working days (A8, A21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standards {
    /// Row 2: receiving, record of answers, ethics.
    pub sort: i64,
    /// Row 3: recommendation.
    pub analysis: i64,
    /// Row 4: solution note.
    pub note: i64,
    /// Row 5: decision and sending.
    pub send: i64,
    /// Row 7: until the delivery report.
    pub delivery: i64,
    /// From receipt to the first answer.
    pub answer: i64,
    /// Working days to the decision on the closed path (A8).
    pub ethics_days: u32,
    /// Working days to the end of a request for information (PermenPANRB 62/2018).
    pub information_days: u32,
    /// The same of a complaint without an oversight element.
    pub complaint_days: u32,
    /// The same of one with it.
    pub oversight_days: u32,
}

impl Default for Standards {
    fn default() -> Self {
        Self {
            sort: 15,
            analysis: 15,
            note: 30,
            send: 300,
            delivery: 5,
            answer: 360,
            ethics_days: 1,
            information_days: 5,
            complaint_days: 14,
            oversight_days: 60,
        }
    }
}

impl Standards {
    /// Working days to the finish. Suggestions and thanks, which the rule leaves open, are treated as information.
    pub const fn national_limit(&self, category: Category) -> u32 {
        match category {
            Category::Information | Category::Suggestion | Category::Appreciation => {
                self.information_days
            }
            Category::Complaint => self.complaint_days,
            Category::Oversight => self.oversight_days,
        }
    }
}

/// What time is reckoned with.
#[derive(Debug, Clone, Copy)]
pub struct Reckoning<'a> {
    /// Working time.
    pub calendar: &'a Calendar,
    /// Standard times.
    pub standards: &'a Standards,
}

/// Where a ticket stands, since when, and by when the next step, the answer and the end are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// Where it stands.
    pub stage: Stage,
    /// When it came there.
    pub stage_since: DateTime<Utc>,
    /// The stage that a pause returns to.
    pub before_pause: Option<Stage>,
    /// When the clocks were stopped.
    pub paused_at: Option<DateTime<Utc>>,
    /// Standard time of the step that waits now.
    pub due_at: Option<DateTime<Utc>>,
    /// Standard time of the first answer.
    pub answer_due_at: DateTime<Utc>,
    /// National limit of its category, once that is known.
    pub national_due_at: Option<DateTime<Utc>>,
}

impl Clocks {
    /// Those of a ticket that was received at `at`: the server's clock, in or out of office hours.
    pub fn start(by: Reckoning<'_>, at: DateTime<Utc>) -> Self {
        let at = at.trunc_subsecs(0);
        Self {
            stage: Stage::New,
            stage_since: at,
            before_pause: None,
            paused_at: None,
            due_at: due(by, Stage::New, at),
            answer_due_at: by.calendar.add_minutes(at, by.standards.answer),
            national_due_at: None,
        }
    }

    /// Lets a ticket take a step: since when, by when, and what a pause does to the clocks.
    pub fn enter(&mut self, by: Reckoning<'_>, step: Advance, now: DateTime<Utc>) {
        /// BELUM, a ticket that is opened again, and RALAT: a new round of the clocks; the first receipt stays.
        const NEW_ROUND: [u8; 3] = [21, 23, 24];
        // The register holds whole seconds: what is replayed from it comes to the same.
        let now = now.trunc_subsecs(0);
        let (calendar, to) = (by.calendar, step.to);
        if to == Stage::WaitingCitizen {
            self.before_pause = Some(self.stage);
            self.paused_at = Some(now);
        } else if let Some(paused_at) = self.paused_at.take() {
            // A paused ticket's remaining minutes after resuming equal those before pausing (9.4, rule 6).
            let until = if Mutation::PauseCounts.is_made() { paused_at } else { now };
            let (national, step) = (self.national_due_at.as_mut(), self.due_at.as_mut());
            for due in [Some(&mut self.answer_due_at), national, step].into_iter().flatten() {
                *due = calendar.postpone(*due, paused_at, until);
            }
            if self.before_pause.take() == Some(to) {
                (self.stage, self.stage_since) = (to, now);
                return;
            }
        }
        let from = std::mem::replace(&mut self.stage, to);
        // Passed on to the director, it is still the same step.
        if from == to {
            return;
        }
        self.stage_since = now;
        if NEW_ROUND.contains(&step.transition) {
            self.answer_due_at = calendar.add_minutes(now, by.standards.answer);
        }
        self.due_at = match to {
            // Paused: what was due stays as it was, and is moved on when the clocks run again.
            Stage::WaitingCitizen => self.due_at,
            // Row 5 holds the decision and the sending; an answer that did not arrive is told by telephone in row 7's time.
            Stage::ReadyToSend if matches!(from, Stage::Answered | Stage::FollowUp) => {
                Some(calendar.add_minutes(now, by.standards.delivery))
            }
            Stage::ReadyToSend if self.due_at.is_some() => self.due_at,
            Stage::FollowUp => self.national_due_at,
            Stage::New
            | Stage::Analysis
            | Stage::Approval
            | Stage::ReadyToSend
            | Stage::Answered
            | Stage::Finished
            | Stage::EthicsClosed
            | Stage::Closed => due(by, to, now),
        };
    }
}

/// When the step that begins at `since` is due; `None` where no clock of the procedure runs.
pub fn due(by: Reckoning<'_>, stage: Stage, since: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let Reckoning { calendar, standards } = by;
    match stage {
        Stage::New => Some(calendar.add_minutes(since, standards.sort)),
        Stage::Analysis => Some(calendar.add_minutes(since, standards.analysis + standards.note)),
        // Row 5 holds the decision and the sending (A11).
        Stage::Approval | Stage::ReadyToSend => Some(calendar.add_minutes(since, standards.send)),
        Stage::EthicsClosed => Some(calendar.add_working_days(since, standards.ethics_days)),
        Stage::WaitingCitizen
        | Stage::Answered
        | Stage::FollowUp
        | Stage::Finished
        | Stage::Closed => None,
    }
}

/// The national limit, counted from receipt, with the pauses that came before the category was known taken out (A20).
pub fn national_due(
    by: Reckoning<'_>,
    received_at: DateTime<Utc>,
    category: Category,
    pauses: &[(DateTime<Utc>, DateTime<Utc>)],
) -> DateTime<Utc> {
    let Reckoning { calendar, standards } = by;
    let limit = calendar.add_working_days(received_at, standards.national_limit(category));
    let resume =
        |due, (from, until): &(DateTime<Utc>, DateTime<Utc>)| calendar.postpone(due, *from, *until);
    pauses.iter().fold(limit, resume)
}

/// A step that a ticket took, as its trail tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub step: Advance,
    /// The category, where the step set it.
    pub category: Option<Category>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The pauses that ended, of a ticket that took these steps.
pub fn pauses(taken: &[Taken]) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut ended = Vec::new();
    let mut paused_at = None;
    for Taken { step, at, .. } in taken {
        if step.to == Stage::WaitingCitizen {
            paused_at = Some(*at);
        } else if let Some(paused_at) = paused_at.take() {
            ended.push((paused_at, *at));
        }
    }
    ended
}

/// The clocks of a ticket that took these steps after its receipt, reckoned anew.
pub fn replay(by: Reckoning<'_>, received_at: DateTime<Utc>, taken: &[Taken]) -> Clocks {
    let mut clocks = Clocks::start(by, received_at);
    for (index, Taken { step, category, at }) in taken.iter().enumerate() {
        if let Some(category) = category {
            let pauses = pauses(taken.get(..index).unwrap_or_default());
            clocks.national_due_at = Some(national_due(by, received_at, *category, &pauses));
        }
        clocks.enter(by, *step, *at);
    }
    clocks
}
