//! The operator's network: it carries messages between modems and citizens' phones.
//!
//! ```text
//! phone ── text ──> centre ── mailbox of the card ──> modem        (tried again until the modem has it)
//! modem ── Event::Submit ──> ruling ──> verdict, then phone ──> status report ──> mailbox of the sender
//! ```
//!
//! Pure like [`Modem`]: time comes in as the duration since the beginning. [`super::World`] drives both together.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Offset, TimeDelta, Utc};

use super::centre::{Carried, Kind, Mailbox, Patience, Reported};
use super::handset::{Handset, PhoneMessage, PhonePart, Reach};
use super::modem::{Event, Modem, Submission, Verdict};
use crate::phone::PhoneNumber;
use crate::sms::{
    self, Address, Deliver, EncodeError, Scts, Status, StatusReport, Submit, first_octet, parts,
};

/// Western Indonesian Time, in seconds east of UTC.
const WIB_SECONDS: i32 = 7 * 60 * 60;
/// Shortest pause between two tries, so that time always passes between them.
const RETRY_MIN: Duration = Duration::from_millis(1);
/// Texts whose time stamps are remembered before old ones are forgotten.
const STAMPED_MAX: usize = 4096;
/// RP-cause of a submission that is no SMS-SUBMIT: protocol error, unspecified (3GPP TS 24.011 §8.2.5.4).
const PROTOCOL_ERROR: u16 = 111;
/// `<m>` of `+CUSD` for a code that nobody offers: operation not supported (3GPP TS 27.007 §7.15).
const USSD_NOT_SUPPORTED: u8 = 4;

/// TP-ST: the phone has it (3GPP TS 23.040 §9.2.3.15).
const DELIVERED: Status = Status(0x00);
/// TP-ST: no answer from the phone, the centre goes on trying.
const NO_RESPONSE: Status = Status(0x22);
/// TP-ST: not obtainable.
const NOT_OBTAINABLE: Status = Status(0x43);
/// TP-ST: congestion, the centre has stopped trying.
const CONGESTION: Status = Status(0x60);

/// How fast and how patient the network is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkOptions {
    /// From the end of a TPDU at the prompt to the network's verdict.
    pub submit_takes: Duration,
    /// From the centre to the phone or to the modem.
    pub deliver_takes: Duration,
    /// From the phone's receipt to the status report at the sender's modem.
    pub report_after: Duration,
    /// Pause before a message that was not taken is tried again; doubled each time.
    pub retry_after: Duration,
    /// Longest such pause.
    pub retry_after_max: Duration,
    /// Whether a report also says that a phone is off and the centre still tries.
    pub reports_trying: bool,
    /// Message centre in E.164 form.
    pub centre: String,
    /// Zone of the centre's time stamps.
    pub zone: FixedOffset,
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            submit_takes: Duration::from_millis(20),
            deliver_takes: Duration::from_millis(10),
            report_after: Duration::from_millis(30),
            retry_after: Duration::from_millis(500),
            retry_after_max: Duration::from_secs(30),
            reports_trying: false,
            centre: "+62811000000".to_owned(),
            zone: FixedOffset::east_opt(WIB_SECONDS).unwrap_or_else(|| Utc.fix()),
        }
    }
}

impl NetworkOptions {
    /// A network that takes no time at all.
    pub fn instant() -> Self {
        Self {
            submit_takes: Duration::ZERO,
            deliver_takes: Duration::ZERO,
            report_after: Duration::ZERO,
            ..Self::default()
        }
    }
}

/// What the network does with one submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// RP-ACK, and the message goes on to its recipient.
    Accept,
    /// RP-ERROR with this cause, shown as `+CMS ERROR`.
    Refuse(u16),
    /// No answer; the message goes nowhere, and the modem gives up by itself.
    Silence,
    /// The message goes on to its recipient, but no answer reaches the modem.
    AcceptSilently,
}

/// Decides on a submission, from the card's number.
pub type Rule = Box<dyn FnMut(&str, &Submit) -> Ruling + Send>;

/// Why the network did not take a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undeliverable {
    /// The sender is no address, or the text is too long.
    #[error(transparent)]
    Encoding(#[from] EncodeError),
    /// No modem holds this card.
    #[error("no modem holds that card")]
    NoSuchCard,
}

/// The network, its message centre and the phones.
pub struct Network {
    options: NetworkOptions,
    /// What time it was at the beginning.
    began: DateTime<Utc>,
    rule: Option<Rule>,
    cards: HashMap<String, usize>,
    lines: Vec<Line>,
    phones: HashMap<String, Handset>,
    messages: Vec<PhoneMessage>,
    /// The next reference of long messages, by sender.
    references: HashMap<String, u8>,
    /// The last second that stood on a text, by a hash of sender, recipient and text.
    stamped: HashMap<u64, i64>,
    ussd: HashMap<String, String>,
    agenda: BTreeMap<(Duration, u64), Job>,
    jobs: u64,
}

/// A modem as the network sees it.
#[derive(Debug)]
struct Line {
    number: String,
    mailbox: Mailbox,
    refused: usize,
}

/// What happens later.
#[derive(Debug)]
enum Job {
    /// The network has made up its mind.
    Decide { line: usize, submission: Submission },
    /// A message comes to the card or phone that it is for.
    Arrive { to: String, carried: Carried },
    /// A status report comes to the sender's mailbox.
    Report { line: usize, pdu: Vec<u8>, centre_octets: usize },
    /// A USSD code is answered.
    Ussd { line: usize, code: String },
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("options", &self.options)
            .field("lines", &self.lines.len())
            .field("messages", &self.messages.len())
            .finish_non_exhaustive()
    }
}

impl Network {
    /// A network without modems; it was `began` o'clock at the beginning.
    pub fn new(options: NetworkOptions, began: DateTime<Utc>) -> Self {
        Self {
            options,
            began,
            rule: None,
            cards: HashMap::new(),
            lines: Vec::new(),
            phones: HashMap::new(),
            messages: Vec::new(),
            references: HashMap::new(),
            stamped: HashMap::new(),
            ussd: HashMap::new(),
            agenda: BTreeMap::new(),
            jobs: 0,
        }
    }

    /// Knows the card `number` from now on; it is in the next modem of the slice that [`Network::run`] is given.
    pub fn attach(&mut self, number: &str) {
        self.cards.insert(key(number), self.lines.len());
        self.lines.push(Line {
            number: number.to_owned(),
            mailbox: Mailbox::default(),
            refused: 0,
        });
    }

    // ── what people do ──

    /// Someone writes `text` at the phone `from`, which may also be a short code or a name; says in how many parts.
    ///
    /// The same text twice within one second carries two time stamps, as if it had been written a second later.
    ///
    /// # Errors
    /// [`Undeliverable::Encoding`] when `from` is no address or the text needs more than 255 parts.
    pub fn text(
        &mut self,
        from: &str,
        to: &str,
        text: &str,
        now: Duration,
    ) -> Result<usize, Undeliverable> {
        self.write(&Address::parse(from)?, to, text, now)
    }

    /// A service writes under a name instead of a number.
    ///
    /// # Errors
    /// As for [`Network::text`]; a name has 11 characters of the GSM alphabet at most.
    pub fn notice(
        &mut self,
        name: &str,
        to: &str,
        text: &str,
        now: Duration,
    ) -> Result<usize, Undeliverable> {
        self.write(&Address::alphanumeric(name)?, to, text, now)
    }

    /// The centre delivers these octets to a card, whatever they are.
    ///
    /// # Errors
    /// [`Undeliverable::NoSuchCard`].
    pub fn deliver_tpdu(
        &mut self,
        to: &str,
        tpdu: &[u8],
        now: Duration,
    ) -> Result<(), Undeliverable> {
        let to = key(to);
        if !self.cards.contains_key(&to) {
            return Err(Undeliverable::NoSuchCard);
        }
        self.send(to, tpdu, None, now);
        Ok(())
    }

    /// A phone is switched on or off, or its number is given up.
    pub fn set_reach(&mut self, number: &str, reach: Reach, now: Duration) {
        let number = key(number);
        let phone = self.phones.entry(number.clone()).or_default();
        phone.reach = reach;
        if reach != Reach::Off {
            for carried in std::mem::take(&mut phone.kept) {
                self.at(
                    now + self.options.deliver_takes,
                    Job::Arrive { to: number.clone(), carried },
                );
            }
        }
    }

    /// From now on this decides on submissions; without it all are accepted.
    pub fn set_rule(&mut self, rule: impl FnMut(&str, &Submit) -> Ruling + Send + 'static) {
        self.rule = Some(Box::new(rule));
    }

    /// From now on the USSD code `code` is answered with `text`; others are not supported.
    pub fn set_ussd(&mut self, code: &str, text: &str) {
        self.ussd.insert(code.to_owned(), text.to_owned());
    }

    // ── what there is to see ──

    /// All whole messages on all phones, in the order in which they came.
    pub fn messages(&self) -> &[PhoneMessage] {
        &self.messages
    }

    /// Whole messages on one phone.
    pub fn messages_of(&self, number: &str) -> impl Iterator<Item = &PhoneMessage> {
        let number = key(number);
        self.messages.iter().filter(move |message| message.to == number)
    }

    /// Every SMS that came to one phone.
    pub fn parts_of(&self, number: &str) -> &[PhonePart] {
        self.phones.get(&key(number)).map(Handset::parts).unwrap_or_default()
    }

    /// Submissions to this number that the network took.
    pub fn accepted(&self, number: &str) -> usize {
        self.phones.get(&key(number)).map_or(0, |phone| phone.accepted)
    }

    /// Submissions of this card that the network refused.
    pub fn refused(&self, card: &str) -> usize {
        self.line(card).map_or(0, |line| line.refused)
    }

    /// Messages that wait at the centre for this card.
    pub fn waiting(&self, card: &str) -> usize {
        self.line(card).map_or(0, |line| line.mailbox.waiting(Kind::Message))
    }

    /// Status reports that wait at the centre for this card.
    pub fn reports_waiting(&self, card: &str) -> usize {
        self.line(card).map_or(0, |line| line.mailbox.waiting(Kind::Report))
    }

    // ── the drive ──

    /// Does everything that is due, with the modems in the order in which their cards were attached.
    pub fn run(&mut self, modems: &mut [Modem], now: Duration) {
        loop {
            let mut moved = false;
            for (line, modem) in modems.iter_mut().enumerate() {
                while let Some(event) = modem.poll_event() {
                    self.hear(line, event, now);
                    moved = true;
                }
            }
            while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= now) {
                let job = entry.remove();
                self.perform(job, modems, now);
                moved = true;
            }
            for (line, modem) in modems.iter_mut().enumerate() {
                moved |= self.forward(line, modem, now);
            }
            if !moved {
                break;
            }
        }
    }

    /// When something is due next.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let job = self.agenda.keys().next().map(|(at, _)| *at);
        let retry = self.lines.iter().filter_map(|line| line.mailbox.due()).min();
        [job, retry].into_iter().flatten().min()
    }

    fn hear(&mut self, line: usize, event: Event, now: Duration) {
        let patience = self.patience();
        match event {
            Event::Submit(submission) => {
                self.at(now + self.options.submit_takes, Job::Decide { line, submission });
            }
            Event::Acknowledged(positive) => {
                let arrived = self
                    .lines
                    .get_mut(line)
                    .and_then(|line| line.mailbox.acknowledged(positive, patience, now));
                self.arrived(arrived, now);
            }
            Event::Available => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.mailbox.available(now);
                }
            }
            Event::Ussd(code) => {
                self.at(now + self.options.submit_takes, Job::Ussd { line, code });
            }
            Event::HungUp => {}
        }
    }

    fn perform(&mut self, job: Job, modems: &mut [Modem], now: Duration) {
        match job {
            Job::Decide { line, submission } => {
                let verdict = self.decide(line, &submission, now);
                if let (Some(verdict), Some(modem)) = (verdict, modems.get_mut(line)) {
                    modem.network_verdict(submission.ticket, verdict, now);
                }
            }
            Job::Arrive { to, carried } => self.arrive(&to, carried, now),
            Job::Report { line, pdu, centre_octets } => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.mailbox.keep(Kind::Report, Carried { pdu, centre_octets, report: None });
                }
            }
            Job::Ussd { line, code } => {
                let (status, text) = self
                    .ussd
                    .get(&code)
                    .map_or((USSD_NOT_SUPPORTED, ""), |text| (0, text.as_str()));
                if let Some(modem) = modems.get_mut(line) {
                    modem.ussd_answer(status, text, now);
                }
            }
        }
    }

    /// Hands over what waits for the card in this modem; says whether anything was tried.
    fn forward(&mut self, line: usize, modem: &mut Modem, now: Duration) -> bool {
        let patience = self.patience();
        let Some(mailbox) = self.lines.get_mut(line).map(|line| &mut line.mailbox) else {
            return false;
        };
        if mailbox.due().is_none_or(|at| at > now) {
            return false;
        }
        let arrived = mailbox.forward(modem, patience, now);
        self.arrived(arrived, now);
        true
    }

    // ── towards phones and cards ──

    fn write(
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
    fn send(&mut self, to: String, tpdu: &[u8], report: Option<Reported>, now: Duration) {
        let (pdu, centre_octets) = self.under_centre(tpdu);
        let carried = Carried { pdu, centre_octets, report };
        self.at(now + self.options.deliver_takes, Job::Arrive { to, carried });
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
            Reach::Off => {
                let report = carried.report.clone().filter(|_| self.options.reports_trying);
                phone.kept.push_back(carried);
                self.report(report, NO_RESPONSE, now);
            }
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
        let Some(Reported { line, reference, recipient, taken }) = report else { return };
        let report = StatusReport {
            first_octet: REPORT,
            message_reference: reference,
            recipient,
            timestamp: taken,
            discharge: Scts::encode(self.clock(now)),
            status,
            parameter_indicator: Vec::new(),
            protocol_id: None,
            coding: None,
            user_data: None,
            trailing_octets: 0,
        };
        if let Ok(tpdu) = report.encode() {
            let (pdu, centre_octets) = self.under_centre(&tpdu);
            self.at(now + self.options.report_after, Job::Report { line, pdu, centre_octets });
        }
    }

    // ── from modems ──

    /// What the modem hears, if anything; what was accepted goes on its way.
    fn decide(&mut self, line: usize, submission: &Submission, now: Duration) -> Option<Verdict> {
        let number = self.lines.get(line)?.number.clone();
        let submit = sms::split_smsc(&submission.pdu).and_then(|(_, tpdu)| Submit::decode(tpdu));
        let ruling = match (&submit, &mut self.rule) {
            (Ok(submit), Some(rule)) => rule(&number, submit),
            (Ok(_), None) => Ruling::Accept,
            (Err(_), _) => Ruling::Refuse(PROTOCOL_ERROR),
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
            (Ruling::Silence, _) | (_, Err(_)) => None,
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
        };
        self.phones.entry(to.clone()).or_default().accepted += 1;
        let report =
            asked.then_some(Reported { line, reference, recipient: submit.destination, taken });
        if let Ok(tpdu) = deliver.encode() {
            self.send(to, &tpdu, report, now);
        }
    }

    // ── small words ──

    fn at(&mut self, at: Duration, job: Job) {
        self.jobs += 1;
        self.agenda.insert((at, self.jobs), job);
    }

    fn under_centre(&self, tpdu: &[u8]) -> (Vec<u8>, usize) {
        let centre = Address::parse(&self.options.centre).ok();
        let mut pdu = sms::encode_smsc(centre.as_ref());
        let centre_octets = pdu.len();
        pdu.extend(tpdu);
        (pdu, centre_octets)
    }

    fn patience(&self) -> Patience {
        let first = self.options.retry_after.max(RETRY_MIN);
        Patience { first, longest: self.options.retry_after_max.max(first) }
    }

    fn line(&self, card: &str) -> Option<&Line> {
        self.lines.get(*self.cards.get(&key(card))?)
    }

    /// The centre's clock.
    fn clock(&self, now: Duration) -> DateTime<FixedOffset> {
        let passed = TimeDelta::from_std(now).unwrap_or_default();
        let time = self.began.checked_add_signed(passed).unwrap_or(self.began);
        time.with_timezone(&self.options.zone)
    }

    /// A time stamp that this very text does not carry yet.
    fn stamp(&mut self, from: &str, to: &str, text: &str, now: Duration) -> DateTime<FixedOffset> {
        let clock = self.clock(now);
        let second = clock.timestamp();
        if self.stamped.len() >= STAMPED_MAX {
            self.stamped.retain(|_, last| *last >= second);
        }
        let mut hasher = DefaultHasher::new();
        (from, to, text).hash(&mut hasher);
        let last = self.stamped.entry(hasher.finish()).or_insert(second - 1);
        *last = second.max(*last + 1);
        let later = TimeDelta::try_seconds(*last - second).unwrap_or_default();
        clock.checked_add_signed(later).unwrap_or(clock)
    }
}

/// SMS-STATUS-REPORT, no more messages waiting.
const REPORT: u8 = first_octet::MMS | 0b10;

/// What a number is known by, however it is spelled.
fn key(number: &str) -> String {
    PhoneNumber::parse(number)
        .map_or_else(|_| number.to_owned(), |number| number.reveal().to_owned())
}
