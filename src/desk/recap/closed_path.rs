//! What the closed path does to the figures of a month (procedure.md 9.4, rules 5 and 7).
//!
//! A report is of one piece: what its lists may not name it does not count either, for a difference between the two would name the unit.
//! And a month begins with what the one before ended with. So a sealed case is in no figure but part G's; only where a report that
//! was signed counts it, the months behind that begin with it, and the first of them closes it.

use crate::store::recap::{Counted, Turn};
use crate::store::signatures::Signed;

/// How a ticket stands in the figures of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// As any other.
    Told,
    /// It was told in the month before, and has gone since.
    Gone,
    /// It was not told in the month before, and has come back.
    Back,
    /// Not at all.
    Untold,
}

/// What was sealed, and which of it signed reports had counted before.
pub(super) struct ClosedPath {
    turns: Vec<Turn>,
    /// The trail's newest row when the month before was counted, in its own signed report or in a later month's; `None`: no signature
    /// holds it, and it is counted as it is now.
    before: Option<i64>,
    /// Of the month itself.
    month: Option<i64>,
}

impl ClosedPath {
    /// Of a month and the one before, by their names; `signed` are the reports in force of these and all later ones.
    pub(super) fn new(turns: Vec<Turn>, (before, month): (&str, &str), signed: &[Signed]) -> Self {
        let since = |first: &str| {
            let later = signed.iter().filter(|report| report.month.as_str() >= first);
            later.map(Signed::trail_row).min()
        };
        Self { turns, before: since(before), month: since(month) }
    }

    /// How a ticket stands that was received in the month, or before it.
    pub(super) fn standing(&self, ticket: &Counted, is_new: bool) -> Standing {
        let is_left_out = self.is_sealed(ticket, self.month);
        let was_left_out = if is_new { is_left_out } else { self.is_sealed(ticket, self.before) };
        match (was_left_out, is_left_out) {
            (false, false) => Standing::Told,
            (false, true) => Standing::Gone,
            (true, false) => Standing::Back,
            (true, true) => Standing::Untold,
        }
    }

    /// Whether a ticket was on the closed path, or had ended on it, when the trail had come to this row; or is now.
    fn is_sealed(&self, ticket: &Counted, row: Option<i64>) -> bool {
        let Some(row) = row else { return ticket.is_sealed };
        let first = self.turns.partition_point(|turn| turn.ticket_id < ticket.id);
        let own = || self.turns.iter().skip(first).take_while(|turn| turn.ticket_id == ticket.id);
        match own().next() {
            Some(_) => {
                own().take_while(|turn| turn.id <= row).last().is_some_and(|turn| turn.seals)
            }
            // Its turns are older than all that is kept of the trail.
            None => ticket.is_sealed,
        }
    }
}
