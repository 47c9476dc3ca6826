//! What outlives a session with a modem: its troubles, and what it routed and the disk did not take.

use std::time::Duration;

use tokio::time::Instant;

use super::ladder::Ladder;

/// The memory of one modem's task.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// What the refusals of late mean.
    pub ladder: Ladder,
    /// Until when nothing is sent.
    pub rest: Option<Rest>,
    /// PDUs that lie nowhere else and could not be committed yet.
    pub unkept: Vec<Vec<u8>>,
}

/// A pause in sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rest {
    /// When the next message may be tried.
    pub until: Instant,
    /// Why, where a person must do something about it.
    pub alarm: Option<String>,
}

impl Past {
    /// Nothing is sent for so long.
    pub fn rest_for(&mut self, pause: Duration, alarm: Option<String>) {
        self.rest = Some(Rest { until: Instant::now() + pause, alarm });
    }

    /// When sending may go on, where that is later than now.
    pub fn rests_until(&self) -> Option<Instant> {
        self.rest.as_ref().map(|rest| rest.until).filter(|until| *until > Instant::now())
    }

    /// What a person must do something about, while nothing is sent for it. The next message shows whether somebody did.
    pub fn alarm(&self) -> Option<&str> {
        self.rest.as_ref()?.alarm.as_deref()
    }
}
