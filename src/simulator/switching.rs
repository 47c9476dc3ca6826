//! What the network does with a message, step by step: ruled on, carried, handed over, reported.

use std::time::Duration;

use super::centre::{Carried, KEPT_MAX, Kind, Reported};
use super::handset::Reach;
use super::modem::{Event, Modem, Submission, Verdict};
use super::network::{Network, Ruling, Undeliverable, UssdAnswer, key};
use crate::sms::{
    self, Address, Deliver, Optional, Scts, Status, StatusReport, Submit, first_octet, parts,
};

/// RP-cause of a submission that is no SMS-SUBMIT: protocol error, unspecified (3GPP TS 24.011 §8.2.5.4).
const PROTOCOL_ERROR: u16 = 111;
/// `<m>` of `+CUSD`: nothing more is wanted, or a choice is (3GPP TS 27.007 §7.15).
const USSD_DONE: u8 = 0;
const USSD_CHOICE: u8 = 1;
/// `<m>` of `+CUSD` for a code that nobody offers: operation not supported (3GPP TS 27.007 §7.15).
const USSD_NOT_SUPPORTED: u8 = 4;

/// TP-ST: the phone has it (3GPP TS 23.040 §9.2.3.15).
const DELIVERED: Status = Status(0x00);
/// TP-ST: no answer from the phone, the centre goes on trying.
const NO_RESPONSE: Status = Status(0x22);
/// TP-ST: not obtainable.
const BUSY: Status = Status(0x61);
const NOT_OBTAINABLE: Status = Status(0x43);
/// TP-ST: congestion, the centre has stopped trying.
const CONGESTION: Status = Status(0x60);

/// SMS-STATUS-REPORT, no more messages waiting.
const REPORT: u8 = first_octet::MMS | 0b10;

/// What happens later.
#[derive(Debug)]
pub(super) enum Job {
    /// The network has made up its mind.
    Decide { from: Seat, submission: Submission },
    /// What it has made up its mind to take is taken.
    Take { from: Seat, submission: Submission },
    /// A message comes to the card or phone that it is for.
    Arrive { to: String, carried: Carried },
    /// A status report comes to the sender's mailbox.
    Report { line: usize, pdu: Vec<u8>, centre_octets: usize },
    /// A USSD code is answered.
    Ussd { modem: usize, code: String },
}

/// A modem, and the line of the card that was in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    modem: usize,
    line: usize,
}

impl Network {
    // ── the drive ──

    /// Does everything that is due, with the modems in the order in which their cards were attached.
    pub fn run(&mut self, modems: &mut [Modem], now: Duration) {
        loop {
            let mut moved = false;
            for (index, modem) in modems.iter_mut().enumerate() {
                while let Some(event) = modem.poll_event() {
                    self.hear(index, event, now);
                    moved = true;
                }
            }
            while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= now) {
                let job = entry.remove();
                self.perform(job, modems, now);
                moved = true;
            }
            for (index, modem) in modems.iter_mut().enumerate() {
                moved |= self.forward(index, modem, now);
            }
            if !moved {
                break;
            }
        }
    }

    /// When something is due next.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let job = self.agenda.keys().next().map(|(at, _)| *at);
        let held = self.seats.iter().filter_map(|line| self.lines.get(*line));
        let retry = held.filter_map(|line| line.mailbox.due()).min();
        [job, retry].into_iter().flatten().min()
    }

    fn hear(&mut self, modem: usize, event: Event, now: Duration) {
        let Some(line) = self.seats.get(modem).copied() else { return };
        let patience = self.patience();
        match event {
            Event::Submit(submission) => {
                let slower = self.delay_of(line);
                let from = Seat { modem, line };
                self.at(now + self.options.submit_takes + slower, Job::Decide { from, submission });
            }
            Event::Acknowledged(positive) => {
                let arrived = self.lines.get_mut(line).and_then(|line| {
                    line.declined += usize::from(!positive);
                    line.mailbox.acknowledged(positive, patience, now)
                });
                self.arrived(arrived, now);
            }
            Event::Available => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.mailbox.available(now);
                }
            }
            Event::Ussd(code) => {
                let slower = self.delay_of(line);
                self.at(now + self.options.submit_takes + slower, Job::Ussd { modem, code });
            }
            Event::HungUp => {}
        }
    }

    fn perform(&mut self, job: Job, modems: &mut [Modem], now: Duration) {
        match job {
            Job::Decide { from, submission } => {
                let verdict = self.decide(from, &submission, now);
                if let (Some(verdict), Some(modem)) = (verdict, modems.get_mut(from.modem)) {
                    modem.network_verdict(submission.ticket, verdict, now);
                }
            }
            Job::Take { from, submission } => {
                self.take(from.line, &submission, now);
                if let Some(modem) = modems.get_mut(from.modem) {
                    modem.network_verdict(submission.ticket, Verdict::Accepted, now);
                }
            }
            Job::Arrive { to, carried } => self.arrive(&to, carried, now),
            Job::Report { line, pdu, centre_octets } => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.mailbox.keep(Kind::Report, Carried { pdu, centre_octets, report: None });
                }
            }
            Job::Ussd { modem, code } => {
                let (status, text) = match self.ussd.get(&code) {
                    Some(UssdAnswer::Text(text)) => (USSD_DONE, text.as_str()),
                    Some(UssdAnswer::Menu(text)) => (USSD_CHOICE, text.as_str()),
                    Some(UssdAnswer::Silence) => return,
                    Some(UssdAnswer::Unsupported) | None => (USSD_NOT_SUPPORTED, ""),
                };
                if let Some(modem) = modems.get_mut(modem) {
                    modem.ussd_answer(status, text, now);
                }
            }
        }
    }

    /// Hands over what waits for the card in this modem; says whether anything was tried.
    fn forward(&mut self, index: usize, modem: &mut Modem, now: Duration) -> bool {
        let patience = self.patience();
        let line = self.seats.get(index).and_then(|line| self.lines.get_mut(*line));
        let Some(mailbox) = line.map(|line| &mut line.mailbox) else { return false };
        if mailbox.due().is_none_or(|at| at > now) {
            return false;
        }
        let arrived = mailbox.forward(modem, patience, now);
        self.arrived(arrived, now);
        true
    }

    // ── towards phones and cards ──

    pub(super) fn write(
        &mut self,
        from: &Address,
        to: &str,
        text: &str,
        now: Duration,
    ) -> Result<usize, Undeliverable> {
        let time = self.stamp(from.number(), to, text, now);
        let reference = self.references.entry(from.number().to_owned()).or_default();
        let delivers = parts::deliver_parts(from, time, text, *reference)?;
        if delivers.len() > 1 {
            *reference = reference.wrapping_add(1);
        }
        let count = delivers.len();
        let to = key(to);
        for deliver in delivers {
            self.send(to.clone(), &deliver.encode()?, None, now);
        }
        Ok(count)
    }

    /// Puts a TPDU under the centre's address on its way.
    pub(super) fn send(
        &mut self,
        to: String,
        tpdu: &[u8],
        report: Option<Reported>,
        now: Duration,
    ) {
        let (pdu, centre_octets) = self.under_centre(tpdu);
        let carried = Carried { pdu, centre_octets, report };
        let slower = self.delay(&to) + self.prng.pause(self.options.deliver_late_max);
        self.at(now + self.options.deliver_takes + slower, Job::Arrive { to, carried });
    }

    fn delay_of(&self, line: usize) -> Duration {
        self.lines.get(line).map(|line| self.delay(&line.number)).unwrap_or_default()
    }

    fn arrive(&mut self, to: &str, carried: Carried, now: Duration) {
        if let Some(line) = self.cards.get(to).and_then(|line| self.lines.get_mut(*line)) {
            let report = carried.report.clone();
            if !line.mailbox.keep(Kind::Message, carried) {
                self.report(report, CONGESTION, now);
            }
            return;
        }
        let phone = self.phones.entry(to.to_owned()).or_default();
        match phone.reach {
            Reach::On => {
                let message = phone.receive(to, carried.tpdu(), now);
                self.messages.extend(message);
                self.report(carried.report, DELIVERED, now);
            }
            Reach::Off if phone.kept.len() == KEPT_MAX => {
                self.report(carried.report, CONGESTION, now);
            }
            Reach::Off => {
                let report = carried.report.clone().filter(|_| self.options.reports_trying);
                phone.kept.push_back(carried);
                self.report(report, NO_RESPONSE, now);
            }
            Reach::Busy => self.report(carried.report, BUSY, now),
            Reach::Unknown => self.report(carried.report, NOT_OBTAINABLE, now),
        }
    }

    /// What the modems have taken is reported to those who asked.
    fn arrived(&mut self, carried: impl IntoIterator<Item = Carried>, now: Duration) {
        for carried in carried {
            self.report(carried.report, DELIVERED, now);
        }
    }

    fn report(&mut self, report: Option<Reported>, status: Status, now: Duration) {
        /// From then on a report counts as late.
        const LATE: Duration = Duration::from_mins(1);
        let Some(Reported { line, reference, recipient, taken }) = report else { return };
        let report = StatusReport {
            first_octet: REPORT,
            message_reference: reference,
            recipient,
            timestamp: taken,
            discharge: Scts::encode(self.clock(now)),
            status,
            optional: Optional::default(),
            trailing_octets: 0,
        };
        let Ok(tpdu) = report.encode() else { return };
        let copies = if self.prng.chance(self.options.reports_lost_per_million) {
            0
        } else if self.prng.chance(self.options.reports_doubled_per_million) {
            2
        } else {
            1
        };
        match copies {
            0 => self.fates.lost += 1,
            2 => self.fates.doubled += 1,
            _ => {}
        }
        for _ in 0..copies {
            let (pdu, centre_octets) = self.under_centre(&tpdu);
            let late = self.prng.pause(self.options.report_late_max);
            self.fates.late += u64::from(late > LATE);
            let comes = now + self.options.report_after + late + self.delay_of(line);
            self.at(comes, Job::Report { line, pdu, centre_octets });
        }
    }

    // ── from modems ──

    /// What the modem hears, if anything; what was accepted goes on its way.
    fn decide(&mut self, from: Seat, submission: &Submission, now: Duration) -> Option<Verdict> {
        let line = from.line;
        let number = self.lines.get(line)?.number.clone();
        let submit = sms::split_smsc(&submission.pdu).and_then(|(_, tpdu)| Submit::decode(tpdu));
        let edict = submit
            .as_ref()
            .ok()
            .and_then(|submit| self.edict(&number, &key(submit.destination.number())));
        let ruling = match (&submit, &mut self.rule) {
            (Err(_), _) => Ruling::Refuse(PROTOCOL_ERROR),
            (Ok(submit), Some(rule)) => edict.unwrap_or_else(|| rule(&number, submit)),
            (Ok(_), None) => edict.unwrap_or(Ruling::Accept),
        };
        match (ruling, submit) {
            (Ruling::Accept, Ok(submit)) => {
                self.accept(line, &number, submit, submission.reference, now);
                Some(Verdict::Accepted)
            }
            (Ruling::AcceptSilently, Ok(submit)) => {
                self.accept(line, &number, submit, submission.reference, now);
                None
            }
            (Ruling::Refuse(cause), _) => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.refused += 1;
                }
                Some(Verdict::Refused(cause))
            }
            (Ruling::AcceptAfter(pause), Ok(_)) => {
                self.at(now + pause, Job::Take { from, submission: submission.clone() });
                None
            }
            (Ruling::Silence, _) | (_, Err(_)) => None,
        }
    }

    fn take(&mut self, line: usize, submission: &Submission, now: Duration) {
        let submit = sms::split_smsc(&submission.pdu).and_then(|(_, tpdu)| Submit::decode(tpdu));
        let number = self.lines.get(line).map(|line| line.number.clone());
        if let (Some(number), Ok(submit)) = (number, submit) {
            self.accept(line, &number, submit, submission.reference, now);
        }
    }

    fn accept(&mut self, line: usize, from: &str, submit: Submit, reference: u8, now: Duration) {
        let Ok(originator) = Address::parse(from) else { return };
        let taken = Scts::encode(self.clock(now));
        let to = key(submit.destination.number());
        let asked = submit.first_octet & first_octet::SRR != 0;
        let deliver = Deliver {
            first_octet: first_octet::MMS | if asked { first_octet::SRI } else { 0 },
            originator,
            protocol_id: submit.protocol_id,
            coding: submit.coding,
            timestamp: taken,
            user_data: submit.user_data,
            trailing_octets: 0,
            is_damaged: false,
        };
        self.phones.entry(to.clone()).or_default().accepted += 1;
        let report =
            asked.then_some(Reported { line, reference, recipient: submit.destination, taken });
        if let Ok(tpdu) = deliver.encode() {
            self.send(to, &tpdu, report, now);
        }
    }
}
