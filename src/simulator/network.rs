//! The operator's network: it carries messages between modems and citizens' phones.
//!
//! ```text
//! phone ── text ──> centre ── mailbox of the card ──> modem        (tried again until the modem has it)
//! modem ── Event::Submit ──> ruling ──> verdict, then phone ──> status report ──> mailbox of the sender
//! ```
//!
//! Pure like [`super::Modem`]: time comes in as the duration since the beginning. [`super::World`] drives both together.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use chrono::{DateTime, FixedOffset, Offset, TimeDelta, Utc};

use super::centre::{Kind, Mailbox, Patience};
use super::faults::Prng;
use super::handset::{Handset, PhoneMessage, PhonePart, Reach};
use super::scenario::{time, zone};
use super::switching::Job;
use crate::phone::PhoneNumber;
use crate::sms::{self, Address, EncodeError, Submit};

/// Western Indonesian Time, in seconds east of UTC.
const WIB_SECONDS: i32 = 7 * 60 * 60;
/// Shortest pause between two tries, so that time always passes between them.
const RETRY_MIN: Duration = Duration::from_millis(1);
/// Texts whose time stamps are remembered before old ones are forgotten.
const STAMPED_MAX: usize = 4096;

/// How fast and how patient the network is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkOptions {
    /// From the end of a TPDU at the prompt to the network's verdict.
    #[serde(with = "time")]
    pub submit_takes: Duration,
    /// From the centre to the phone or to the modem.
    #[serde(with = "time")]
    pub deliver_takes: Duration,
    /// A text comes later than `deliver_takes` by up to this, each SMS of it for itself: they overtake each other.
    #[serde(with = "time")]
    pub deliver_late_max: Duration,
    /// From the phone's receipt to the status report at the sender's modem.
    #[serde(with = "time")]
    pub report_after: Duration,
    /// Pause before a message that was not taken is tried again; doubled each time.
    #[serde(with = "time")]
    pub retry_after: Duration,
    /// Longest such pause.
    #[serde(with = "time")]
    pub retry_after_max: Duration,
    /// Whether a report also says that a phone is off and the centre still tries.
    pub reports_trying: bool,
    /// Message centre in E.164 form.
    pub centre: String,
    /// Zone of the centre's time stamps.
    #[serde(with = "zone")]
    pub zone: FixedOffset,
    /// How far the centre's clock is ahead.
    #[serde(with = "time")]
    pub ahead: Duration,
    /// How far it is behind; only the difference of the two counts.
    #[serde(with = "time")]
    pub behind: Duration,
    /// Where the draw of what befalls status reports begins.
    pub seed: u64,
    /// A status report comes later than `report_after` by up to this.
    #[serde(with = "time")]
    pub report_late_max: Duration,
    /// Status reports that never come, out of a million.
    pub reports_lost_per_million: u32,
    /// Status reports that come twice, out of a million.
    pub reports_doubled_per_million: u32,
}

impl Default for NetworkOptions {
    fn default() -> Self {
        Self {
            submit_takes: Duration::from_millis(20),
            deliver_takes: Duration::from_millis(10),
            deliver_late_max: Duration::ZERO,
            report_after: Duration::from_millis(30),
            retry_after: Duration::from_millis(500),
            retry_after_max: Duration::from_secs(30),
            reports_trying: false,
            centre: "+62811000000".to_owned(),
            zone: FixedOffset::east_opt(WIB_SECONDS).unwrap_or_else(|| Utc.fix()),
            ahead: Duration::ZERO,
            behind: Duration::ZERO,
            seed: 0,
            report_late_max: Duration::ZERO,
            reports_lost_per_million: 0,
            reports_doubled_per_million: 0,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// RP-ACK, and the message goes on to its recipient.
    Accept,
    /// RP-ERROR with this cause, shown as `+CMS ERROR`.
    Refuse(u16),
    /// No answer; the message goes nowhere, and the modem gives up by itself.
    Silence,
    /// The message goes on to its recipient, but no answer reaches the modem.
    AcceptSilently,
    /// RP-ACK after so long; the message goes on then too.
    AcceptAfter(#[serde(with = "time")] Duration),
}

/// A ruling for some of the submissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edict {
    /// What the network does with them.
    pub ruling: Ruling,
    /// Those of this card only, named by its number.
    #[serde(default)]
    pub card: Option<String>,
    /// Those to numbers that begin so, in E.164 form; a whole number is its own beginning.
    #[serde(default)]
    pub to: Option<String>,
    /// How many of them; `None`: all.
    #[serde(default)]
    pub times: Option<u32>,
}

/// What the network answers to a USSD code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UssdAnswer {
    /// This text, and nothing more is wanted.
    Text(String),
    /// This text, and a choice is awaited.
    Menu(String),
    /// Nothing at all.
    Silence,
    /// That it does not know the code.
    Unsupported,
}

/// Decides on a submission, from the card's number.
pub type Rule = Box<dyn FnMut(&str, &Submit) -> Ruling + Send>;

/// Why the network did not take a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undeliverable {
    /// The sender is no address, or the text is too long.
    #[error(transparent)]
    Encoding(#[from] EncodeError),
    /// There is no such card.
    #[error("there is no such card")]
    NoSuchCard,
}

/// What became of reports, for the counts of who looks on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportFates {
    /// Never sent.
    pub lost: u64,
    /// Sent twice.
    pub doubled: u64,
    /// Sent more than a minute later than usual.
    pub late: u64,
}

/// The network, its message centre and the phones.
pub struct Network {
    pub(super) options: NetworkOptions,
    /// What time it was at the beginning.
    began: DateTime<Utc>,
    pub(super) rule: Option<Rule>,
    /// Looked at before the rule, in order.
    edicts: Vec<Edict>,
    /// How much longer everything takes, by the card's number.
    slow: HashMap<String, Duration>,
    pub(super) prng: Prng,
    pub(super) cards: HashMap<String, usize>,
    pub(super) lines: Vec<Line>,
    /// The line of the card that each modem has.
    pub(super) seats: Vec<usize>,
    pub(super) phones: HashMap<String, Handset>,
    pub(super) messages: Vec<PhoneMessage>,
    /// The next reference of long messages, by sender.
    pub(super) references: HashMap<String, u8>,
    /// The last second that stood on a text, by a hash of sender, recipient and text.
    stamped: HashMap<u64, i64>,
    /// The second in which old ones were last forgotten.
    swept: i64,
    pub(super) ussd: HashMap<String, UssdAnswer>,
    pub(super) agenda: BTreeMap<(Duration, u64), Job>,
    jobs: u64,
    pub(super) fates: ReportFates,
}

/// A card as the network sees it, in a modem or in none.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: String,
    pub(super) mailbox: Mailbox,
    pub(super) refused: usize,
    pub(super) declined: usize,
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
            prng: Prng::new(options.seed),
            options,
            began,
            rule: None,
            edicts: Vec::new(),
            slow: HashMap::new(),
            cards: HashMap::new(),
            lines: Vec::new(),
            seats: Vec::new(),
            phones: HashMap::new(),
            messages: Vec::new(),
            references: HashMap::new(),
            stamped: HashMap::new(),
            swept: 0,
            ussd: HashMap::new(),
            agenda: BTreeMap::new(),
            jobs: 0,
            fates: ReportFates::default(),
        }
    }

    /// Knows the card `number` from now on; it is in the next modem of the slice that [`Network::run`] is given.
    pub fn attach(&mut self, number: &str) {
        self.seats.push(self.lines.len());
        self.admit(number);
    }

    /// Knows the card `number` from now on, which is in no modem: what is for it waits.
    pub fn admit(&mut self, number: &str) {
        self.cards.insert(key(number), self.lines.len());
        self.lines.push(Line {
            number: number.to_owned(),
            mailbox: Mailbox::default(),
            refused: 0,
            declined: 0,
        });
    }

    /// The modem of this index has another card from now on. What it was being handed for the one before is tried again when
    /// that one is in a modem.
    pub(super) fn seat(&mut self, modem: usize, number: &str, now: Duration) {
        let patience = self.patience();
        let Some(line) = self.cards.get(&key(number)) else { return };
        let Some(seat) = self.seats.get_mut(modem) else { return };
        let before = std::mem::replace(seat, *line);
        if let Some(before) = self.lines.get_mut(before) {
            before.mailbox.acknowledged(false, patience, now);
        }
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

    /// This decides too from now on, after the edicts that there are and before the rule.
    pub fn decree(&mut self, edict: Edict) {
        self.edicts.push(edict);
    }

    /// No edict holds any more.
    pub fn revoke_edicts(&mut self) {
        self.edicts.clear();
    }

    /// Whatever a card sends or gets takes longer by `by`.
    pub fn slow_down(&mut self, card: &str, by: Duration) {
        self.slow.insert(key(card), by);
    }

    /// The centre's clock goes wrong by the difference of these from now on.
    pub fn set_clock(&mut self, ahead: Duration, behind: Duration) {
        (self.options.ahead, self.options.behind) = (ahead, behind);
    }

    /// The centre's time stamps are of this zone from now on.
    pub fn set_zone(&mut self, zone: FixedOffset) {
        self.options.zone = zone;
    }

    /// From now on the USSD code `code` is answered with `text`; others are not supported.
    pub fn set_ussd(&mut self, code: &str, text: &str) {
        self.set_ussd_answer(code, UssdAnswer::Text(text.to_owned()));
    }

    /// The same with a menu: the network waits for a choice.
    pub fn set_ussd_menu(&mut self, code: &str, text: &str) {
        self.set_ussd_answer(code, UssdAnswer::Menu(text.to_owned()));
    }

    /// From now on the USSD code `code` is answered so.
    pub fn set_ussd_answer(&mut self, code: &str, answer: UssdAnswer) {
        self.ussd.insert(code.to_owned(), answer);
    }

    // ── what there is to see ──

    /// All whole messages on all phones, in the order in which they came, kept as long as the network.
    pub fn messages(&self) -> &[PhoneMessage] {
        &self.messages
    }

    /// What became of reports so far.
    pub const fn report_fates(&self) -> ReportFates {
        self.fates
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

    /// Routed messages and reports that this card's modem refused, or gave no answer for.
    pub fn declined(&self, card: &str) -> usize {
        self.line(card).map_or(0, |line| line.declined)
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

    // ── small words ──

    pub(super) fn at(&mut self, at: Duration, job: Job) {
        self.jobs += 1;
        self.agenda.insert((at, self.jobs), job);
    }

    pub(super) fn under_centre(&self, tpdu: &[u8]) -> (Vec<u8>, usize) {
        let centre = Address::parse(&self.options.centre).ok();
        let mut pdu = sms::encode_smsc(centre.as_ref());
        let centre_octets = pdu.len();
        pdu.extend(tpdu);
        (pdu, centre_octets)
    }

    pub(super) fn patience(&self) -> Patience {
        let first = self.options.retry_after.max(RETRY_MIN);
        Patience { first, longest: self.options.retry_after_max.max(first) }
    }

    fn line(&self, card: &str) -> Option<&Line> {
        self.lines.get(*self.cards.get(&key(card))?)
    }

    /// What the edicts say of a submission, if anything; one that holds for some only is used up.
    pub(super) fn edict(&mut self, card: &str, to: &str) -> Option<Ruling> {
        let card = key(card);
        let edict = self.edicts.iter_mut().find(|edict| {
            edict.times != Some(0)
                && edict.card.as_ref().is_none_or(|only| key(only) == card)
                && edict.to.as_ref().is_none_or(|prefix| to.starts_with(prefix.as_str()))
        })?;
        edict.times = edict.times.map(|times| times - 1);
        Some(edict.ruling)
    }

    /// How much longer everything takes for this number.
    pub(super) fn delay(&self, number: &str) -> Duration {
        self.slow.get(&key(number)).copied().unwrap_or_default()
    }

    /// The centre's clock.
    pub(super) fn clock(&self, now: Duration) -> DateTime<FixedOffset> {
        let passed = TimeDelta::from_std(now + self.options.ahead).unwrap_or_default();
        let behind = TimeDelta::from_std(self.options.behind).unwrap_or_default();
        let time = self.began.checked_add_signed(passed - behind).unwrap_or(self.began);
        time.with_timezone(&self.options.zone)
    }

    /// A time stamp that this very text does not carry yet.
    pub(super) fn stamp(
        &mut self,
        from: &str,
        to: &str,
        text: &str,
        now: Duration,
    ) -> DateTime<FixedOffset> {
        let clock = self.clock(now);
        let second = clock.timestamp();
        if self.stamped.len() >= STAMPED_MAX && self.swept < second {
            self.stamped.retain(|_, last| *last >= second);
            self.swept = second;
        }
        let mut hasher = DefaultHasher::new();
        (from, to, text).hash(&mut hasher);
        let last = self.stamped.entry(hasher.finish()).or_insert(second - 1);
        *last = second.max(*last + 1);
        let later = TimeDelta::try_seconds(*last - second).unwrap_or_default();
        clock.checked_add_signed(later).unwrap_or(clock)
    }
}

/// What a number is known by, however it is spelled.
pub(super) fn key(number: &str) -> String {
    PhoneNumber::parse(number)
        .map_or_else(|_| number.to_owned(), |number| number.reveal().to_owned())
}
