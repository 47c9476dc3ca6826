//! The message centre's side of one card: store and forward, tried again until the modem has it.

use std::collections::VecDeque;
use std::time::Duration;

use super::modem::Modem;
use super::routing::Reception;
use crate::sms::{Address, Scts};

/// Messages that wait for one card or phone: a bound on what a mistake in a scenario may cost, far above any flood.
pub(super) const KEPT_MAX: usize = 1_000_000;
/// Doublings after which the pause between two tries no longer grows.
const DOUBLINGS_MAX: u32 = 16;

/// One message, or one status report, on its way to a card or a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Carried {
    /// Message centre address, then TPDU.
    pub(super) pdu: Vec<u8>,
    /// Octets of `pdu` that are the centre's address.
    pub(super) centre_octets: usize,
    /// What to report once it has arrived, and to whom.
    pub(super) report: Option<Reported>,
}

/// A submission whose sender wants to know its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// The line that submitted it.
    pub(super) line: usize,
    /// TP-MR.
    pub(super) reference: u8,
    /// TP-DA.
    pub(super) recipient: Address,
    /// When the centre took it.
    pub(super) taken: Scts,
}

/// How long the centre waits before it tries again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) first: Duration,
    pub(super) longest: Duration,
}

/// The two queues of a card. A message without a place in the store does not hold up the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Message,
    Report,
}

/// What the centre keeps for one card.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    messages: Lane,
    reports: Lane,
    /// The first of this queue was routed, and its acknowledgement is still to come.
    awaiting: Option<Kind>,
    /// Which queue had the last word.
    last: Option<Kind>,
}

#[derive(Debug, Default)]
struct Lane {
    queue: VecDeque<Carried>,
    /// Tries in vain since the last success.
    failures: u32,
    not_before: Duration,
}

impl Carried {
    /// The TPDU without the centre's address.
    pub(super) fn tpdu(&self) -> &[u8] {
        self.pdu.get(self.centre_octets..).unwrap_or_default()
    }
}

impl Mailbox {
    /// Takes a message or a report; no when there are too many already.
    pub(super) fn keep(&mut self, kind: Kind, carried: Carried) -> bool {
        let lane = self.lane(kind);
        let room = lane.queue.len() < KEPT_MAX;
        if room {
            lane.queue.push_back(carried);
        }
        room
    }

    /// Messages and reports that wait, one being handed over included.
    pub(super) fn waiting(&self, kind: Kind) -> usize {
        match kind {
            Kind::Message => self.messages.queue.len(),
            Kind::Report => self.reports.queue.len(),
        }
    }

    /// When the next try is due.
    pub(super) fn due(&self) -> Option<Duration> {
        if self.awaiting.is_some() {
            return None;
        }
        [&self.messages, &self.reports]
            .into_iter()
            .filter(|lane| !lane.queue.is_empty())
            .map(|lane| lane.not_before)
            .min()
    }

    /// The modem has room again, or is back.
    pub(super) fn available(&mut self, now: Duration) {
        for lane in [&mut self.messages, &mut self.reports] {
            lane.failures = 0;
            lane.not_before = lane.not_before.min(now);
        }
    }

    /// The answer to what was routed; gives what has arrived by it.
    pub(super) fn acknowledged(
        &mut self,
        positive: bool,
        patience: Patience,
        now: Duration,
    ) -> Option<Carried> {
        let lane = self.awaiting.take().map(|kind| self.lane(kind))?;
        if positive {
            lane.taken()
        } else {
            lane.failed(patience, now);
            None
        }
    }

    /// Hands over what is due until the modem has all of it or takes no more; gives what has arrived.
    pub(super) fn forward(
        &mut self,
        modem: &mut Modem,
        patience: Patience,
        now: Duration,
    ) -> Vec<Carried> {
        let mut arrived = Vec::new();
        while self.awaiting.is_none() {
            // In turns, so that a flood of messages does not hold up the reports.
            let order = match self.last {
                Some(Kind::Message) => [Kind::Report, Kind::Message],
                Some(Kind::Report) | None => [Kind::Message, Kind::Report],
            };
            let Some(kind) = order.into_iter().find(|kind| self.lane(*kind).is_due(now)) else {
                break;
            };
            self.last = Some(kind);
            let lane = self.lane(kind);
            let Some(first) = lane.queue.front() else { break };
            let reception = match kind {
                Kind::Message => modem.deliver(&first.pdu, now),
                Kind::Report => modem.status_report(&first.pdu, now),
            };
            match reception {
                Reception::Taken => arrived.extend(lane.taken()),
                Reception::Awaiting => self.awaiting = Some(kind),
                Reception::Full | Reception::Unreachable | Reception::Busy => {
                    lane.failed(patience, now);
                }
            }
        }
        arrived
    }

    const fn lane(&mut self, kind: Kind) -> &mut Lane {
        match kind {
            Kind::Message => &mut self.messages,
            Kind::Report => &mut self.reports,
        }
    }
}

impl Lane {
    fn is_due(&self, now: Duration) -> bool {
        !self.queue.is_empty() && self.not_before <= now
    }

    fn taken(&mut self) -> Option<Carried> {
        self.failures = 0;
        self.queue.pop_front()
    }

    fn failed(&mut self, patience: Patience, now: Duration) {
        let factor = 1 << self.failures.min(DOUBLINGS_MAX);
        self.failures = self.failures.saturating_add(1);
        self.not_before = now + patience.first.saturating_mul(factor).min(patience.longest);
    }
}
