//! What becomes of a message from the network: stored, announced, routed, acknowledged, or sent back
//! (3GPP TS 27.005 §3.4.1, tables 1 to 4).

use super::modem::{Event, Modem, Timer};
use super::profile::{ClassZero, ReportStore};
use super::storage::{Status, Stored};
use crate::sms;

/// Notices that `AT+CNMI=0` keeps back; the oldest is lost first.
const BUFFERED_MAX: usize = 32;

/// What the network hears at once when it delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reception {
    /// The modem has it: RP-ACK.
    Taken,
    /// It was routed; [`Event::Acknowledged`] will say.
    Awaiting,
    /// No place for it: the network keeps it until [`Event::Available`] or its next try.
    Full,
    /// Off, unplugged, without coverage, or its card is locked.
    Unreachable,
    /// A routed message still waits for its acknowledgement.
    Busy,
}

/// A routed message waits for `AT+CNMA`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Awaited;

impl Modem {
    /// The network delivers a message: message centre address, then an SMS-DELIVER.
    pub fn deliver(&mut self, pdu: &[u8], now: std::time::Duration) -> Reception {
        self.handle_timeout(now);
        if let Some(refused) = self.refuses() {
            return refused;
        }
        let coding = coding_of(pdu);
        let [_, messages, ..] = self.settings.cnmi;
        let class = coding.and_then(sms::Dcs::class);
        let held_indication =
            coding.and_then(sms::Dcs::waiting).is_some_and(|waiting| waiting.store);
        let routed = match (messages, class) {
            (_, Some(2)) => false,
            (2, _) => !held_indication,
            (3, Some(3)) => true,
            (_, Some(0)) => self.profile.class_zero == ClassZero::Routed,
            _ => false,
        };
        if routed {
            return self.route("+CMT: ,", pdu);
        }
        if class == Some(0) && self.profile.class_zero == ClassZero::Shown {
            if messages > 0 {
                self.indicate(format!("+CLASS0: \"{}\"", text_of(pdu).unwrap_or_default()));
            }
            return Reception::Taken;
        }
        if self.profile.announces_unstored {
            if messages > 0 {
                self.indicate("+CMTI: ,-1".to_owned());
            }
            return Reception::Full;
        }
        // Class 2 is bound to the card.
        let [_, _, third] = self.settings.memories;
        let store = if class == Some(2) { "SM" } else { third };
        let stored = Stored { status: Status::Unread, pdu: pdu.to_vec() };
        let Some(index) = self.stores.put(store, stored) else {
            self.store_full(store);
            return Reception::Full;
        };
        if messages > 0 {
            self.indicate(format!("+CMTI: \"{store}\",{index}"));
        }
        Reception::Taken
    }

    /// The network delivers a status report: message centre address, then an SMS-STATUS-REPORT.
    pub fn status_report(&mut self, pdu: &[u8], now: std::time::Duration) -> Reception {
        self.handle_timeout(now);
        if let Some(refused) = self.refuses() {
            return refused;
        }
        let [_, _, _, reports, _] = self.settings.cnmi;
        match (reports, self.profile.reports) {
            (1, _) => self.route("+CDS: ", pdu),
            (2, ReportStore::Lost(store)) => {
                let index = self.profile.first_index + self.reports_lost;
                self.reports_lost += 1;
                self.indicate(format!("+CDSI: \"{store}\",{index}"));
                Reception::Taken
            }
            (2, kept @ (ReportStore::Kept | ReportStore::Mangled | ReportStore::AmongMessages)) => {
                let [_, _, third] = self.settings.memories;
                let store = if kept == ReportStore::AmongMessages { third } else { "SR" };
                let stored = Stored { status: Status::Unread, pdu: pdu.to_vec() };
                if let Some(index) = self.stores.put(store, stored) {
                    self.indicate(format!("+CDSI: \"{store}\",{index}"));
                    Reception::Taken
                } else {
                    self.store_full(store);
                    Reception::Full
                }
            }
            // Nobody asked for reports: the modem takes it and that is that.
            _ => Reception::Taken,
        }
    }

    /// A full store has room again.
    pub(super) fn memory_available(&mut self) {
        self.events.push_back(Event::Available);
    }

    /// The computer has answered for a routed message.
    pub(super) fn tell_acknowledged(&mut self, positive: bool) {
        self.events.push_back(Event::Acknowledged(positive));
    }

    /// No `AT+CNMA` came: the network hears a failure, and nothing is routed any more (§3.4.1, note on `<mt>` and `<ds>`).
    pub(super) fn acknowledgement_missed(&mut self) {
        if self.awaited.take().is_some() {
            let [mode, _, broadcasts, _, clear] = self.settings.cnmi;
            self.settings.cnmi = [mode, 0, broadcasts, 0, clear];
            self.tell_acknowledged(false);
        }
    }

    fn refuses(&self) -> Option<Reception> {
        if !self.is_reachable() {
            Some(Reception::Unreachable)
        } else if self.awaited.is_some() {
            Some(Reception::Busy)
        } else {
            None
        }
    }

    fn route(&mut self, header: &str, pdu: &[u8]) -> Reception {
        self.indicate(format!("{header}{}\r\n{}", tpdu_octets(pdu), sms::hex::encode(pdu)));
        if !self.settings.phase_2 {
            return Reception::Taken;
        }
        self.awaited = Some(Awaited);
        self.after(self.profile.acknowledge_within, Timer::Unacknowledged);
        Reception::Awaiting
    }

    /// A notice about a message, which `AT+CNMI=0` keeps back.
    fn indicate(&mut self, line: String) {
        let [mode, ..] = self.settings.cnmi;
        if mode > 0 {
            self.notice(line);
            return;
        }
        if self.buffered.len() == BUFFERED_MAX {
            self.buffered.pop_front();
        }
        self.buffered.push_back(line);
    }

    fn store_full(&mut self, store: &str) {
        if !std::mem::replace(&mut self.was_full, true)
            && (self.settings.tells_full || !self.profile.full_notice_asked)
            && let Some(words) = self.profile.full_notice
        {
            self.notice(words.replace("{}", store));
        }
    }
}

/// Octets of the TPDU behind its message centre address: what `<length>` counts everywhere in 27.005.
pub(super) fn tpdu_octets(pdu: &[u8]) -> usize {
    pdu.first().map_or(0, |centre_octets| pdu.len().saturating_sub(usize::from(*centre_octets) + 1))
}

/// The text of an SMS-DELIVER, if it is one.
fn text_of(pdu: &[u8]) -> Option<String> {
    let (_, tpdu) = sms::split_smsc(pdu).ok()?;
    sms::Deliver::decode(tpdu).ok()?.text()
}

/// TP-DCS of an SMS-DELIVER; `None` when the octets are none, which a modem stores all the same.
fn coding_of(pdu: &[u8]) -> Option<sms::Dcs> {
    let (_, tpdu) = sms::split_smsc(pdu).ok()?;
    sms::Deliver::decode(tpdu).ok().map(|deliver| deliver.coding)
}
