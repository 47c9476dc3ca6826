//! The clocks of the procedure: working minutes per row, and from receipt to the first answer.

use chrono::{DateTime, Utc};

use super::Stage;
use crate::calendar::Calendar;

/// Standard times in working minutes (procedure.md section 3).
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
}

impl Default for Standards {
    fn default() -> Self {
        Self { sort: 15, analysis: 15, note: 30, send: 300, delivery: 5, answer: 360 }
    }
}

/// When the step that begins at `since` is due; `None` where no clock of the procedure runs.
pub fn due(
    calendar: &Calendar,
    standards: &Standards,
    stage: Stage,
    since: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    /// The closed path is decided within a working day (A8).
    const DECISION_DAYS: u32 = 1;
    match stage {
        Stage::New => Some(calendar.add_minutes(since, standards.sort)),
        Stage::Analysis => Some(calendar.add_minutes(since, standards.analysis + standards.note)),
        // Row 5 holds the decision and the sending (A11).
        Stage::Approval | Stage::ReadyToSend => Some(calendar.add_minutes(since, standards.send)),
        Stage::EthicsClosed => Some(calendar.add_working_days(since, DECISION_DAYS)),
        Stage::WaitingCitizen
        | Stage::Answered
        | Stage::FollowUp
        | Stage::Finished
        | Stage::Closed => None,
    }
}

/// The due time of a clock that stood still: the remaining minutes after the pause equal those before it (9.4, rule 6).
pub fn resume(
    calendar: &Calendar,
    due: DateTime<Utc>,
    paused_at: DateTime<Utc>,
    resumed_at: DateTime<Utc>,
) -> DateTime<Utc> {
    calendar.postpone(due, paused_at, resumed_at)
}
