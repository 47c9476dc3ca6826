//! What becomes of one complaint: drawn at its receipt, so that its row can be written once, as it stands at the end.

use aduan::desk::Office;
use aduan::phone::PhoneNumber;
use aduan::ticket::clock::{self, Clocks};
use aduan::ticket::{Advance, Category, CloseReason, Stage};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::prng::Prng;
use super::words;

/// One thing that happens, after the receipt or with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// T1.
    Open,
    /// A second message within half an hour.
    Add,
    /// STATUS.
    AskStatus,
    /// "Terima kasih": silence.
    Thanks,
    /// T2, with the sending behind it.
    FromBank,
    /// T3.
    Assign,
    /// T4.
    Ask,
    /// T5.
    Resume,
    /// T12.
    Propose,
    /// T14.
    Reject,
    /// T13.
    Approve,
    /// T16.
    Send,
    /// T18.
    StartFollowUp,
    /// T19.
    ReportResult,
    /// T20, after ten days.
    FinishSilently,
    /// T20, by PUAS.
    Satisfied,
    /// T21.
    Object,
    /// T10.
    Close(CloseReason),
    /// T7.
    Restrict,
    /// T8.
    HandOver,
}

/// A citizen's complaint and everything that will happen to it before the register ends.
pub struct Story {
    pub received_at: DateTime<Utc>,
    pub citizen: PhoneNumber,
    /// Which of the cards received it.
    pub card: usize,
    pub unit: Option<(String, String)>,
    pub certainty: &'static str,
    pub text: String,
    pub body: String,
    pub category: Category,
    pub deeds: Vec<(DateTime<Utc>, Deed)>,
}

/// Phones of the place; a third of the messages come from a twentieth of them.
const PHONES: i64 = 400_000;

/// Units of a regency.
const UNITS: usize = 38;

/// What is started so shortly before the end is left out: its SMS would still be on their way.
const LAST: TimeDelta = TimeDelta::minutes(3);

impl Story {
    pub fn draw(office: &Office, prng: &mut Prng, at: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        let phones = if prng.chance(333) { PHONES / 20 } else { PHONES };
        let citizen =
            PhoneNumber::parse(&format!("0812{:08}", prng.within(0..phones) * 211)).unwrap();
        let units: Vec<_> = office
            .directory
            .units()
            .iter()
            .filter(|unit| !unit.code.is_undecided())
            .take(UNITS)
            .collect();
        // Roads, lamps and papers are asked after more than archives.
        let drawn = usize::try_from(prng.within(0..60).min(prng.within(0..60))).unwrap();
        let unit = units[drawn % units.len()];
        let (is_named, is_certain) = (prng.chance(850), prng.chance(900));
        let code = unit.code.to_string();
        let (text, body) = words::complaint(prng, is_named.then_some(code.as_str()));
        let certainty = match (is_named, is_certain) {
            (true, true) => "certain",
            (true, false) => "lenient",
            (false, _) => "none",
        };
        let mut deeds = Course { office, prng, at, deeds: vec![(at, Deed::Open)] }.draw();
        deeds.sort_by_key(|(at, _)| *at);
        deeds.retain(|(at, deed)| *deed == Deed::Open || *at < until - LAST);
        let category =
            prng.pick(&[Category::Complaint, Category::Complaint, Category::Information]);
        let card = usize::from(prng.chance(400));
        let unit = Some((code, unit.name.clone()));
        Self { received_at: at, citizen, card, unit, certainty, text, body, category, deeds }
    }
}

/// The deeds of a story while they are drawn.
struct Course<'a> {
    office: &'a Office,
    prng: &'a mut Prng,
    at: DateTime<Utc>,
    deeds: Vec<(DateTime<Utc>, Deed)>,
}

impl Course<'_> {
    fn draw(mut self) -> Vec<(DateTime<Utc>, Deed)> {
        if self.prng.chance(350) {
            self.beside(120..1700, Deed::Add);
        }
        if self.prng.chance(450) {
            self.beside(3600..400_000, Deed::AskStatus);
        }
        match self.prng.within(0..1000) {
            0..60 => {
                let reason = self.prng.pick(&[
                    CloseReason::Spam,
                    CloseReason::NotAComplaint,
                    CloseReason::NotOurs,
                    CloseReason::Duplicate,
                ]);
                self.working(2..200, Deed::Close(reason));
                return self.deeds;
            }
            60..63 => {
                self.working(2..60, Deed::Restrict);
                self.working(400..9000, Deed::HandOver);
                return self.deeds;
            }
            63..200 => {
                self.working(2..60, Deed::FromBank);
                self.at_once(Deed::Send);
            }
            _ => {
                self.working(2..120, Deed::Assign);
                if self.prng.chance(30) {
                    self.working(5..100, Deed::Ask);
                    self.working(60..2000, Deed::Resume);
                }
                self.decided(20..700, Deed::Propose);
            }
        }
        if self.prng.chance(200) {
            self.beside(60..3600, Deed::Thanks);
        }
        if self.prng.chance(60) {
            self.at_once(Deed::StartFollowUp);
            self.decided(2000..17_000, Deed::ReportResult);
        }
        if self.prng.chance(25) {
            self.later(3600..700_000, Deed::Object);
            self.decided(20..700, Deed::Propose);
        }
        if self.prng.chance(150) {
            self.later(3600..400_000, Deed::Satisfied);
        } else {
            self.later(864_000..864_300, Deed::FinishSilently);
        }
        self.deeds
    }

    /// A draft, its decision and its sending.
    fn decided(&mut self, minutes: std::ops::Range<i64>, draft: Deed) {
        self.working(minutes, draft);
        // What comes back as a result comes back through the desk of the member: T14 leads to TELAAH.
        if self.prng.chance(80) {
            self.working(5..200, Deed::Reject);
            self.working(10..200, Deed::Propose);
        }
        self.working(5..240, Deed::Approve);
        self.working(2..90, Deed::Send);
    }

    fn working(&mut self, minutes: std::ops::Range<i64>, deed: Deed) {
        let seconds = self.prng.within(1..59);
        let minutes = self.prng.within(minutes);
        self.at = self.office.calendar.add_minutes(self.at, minutes) + TimeDelta::seconds(seconds);
        self.deeds.push((self.at, deed));
    }

    fn later(&mut self, seconds: std::ops::Range<i64>, deed: Deed) {
        self.at += TimeDelta::seconds(self.prng.within(seconds));
        self.deeds.push((self.at, deed));
    }

    fn at_once(&mut self, deed: Deed) {
        self.deeds.push((self.at, deed));
    }

    /// What the citizen does meanwhile.
    fn beside(&mut self, seconds: std::ops::Range<i64>, deed: Deed) {
        let at = self.at + TimeDelta::seconds(self.prng.within(seconds));
        self.deeds.push((at, deed));
    }
}

/// How a ticket stands.
#[derive(Debug, Clone)]
pub struct State {
    pub clocks: Clocks,
    pauses: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    pub closed_as: Option<CloseReason>,
    pub category: Option<Category>,
    pub assignee: Option<&'static str>,
    pub drafter: Option<&'static str>,
    pub restricted_by: Option<&'static str>,
    pub objections: u8,
    pub follow_up_on: Option<NaiveDate>,
    pub answered_at: Option<DateTime<Utc>>,
    pub last_answer_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// Who does what here.
pub const OPERATOR: &str = "sari";
pub const MEMBER: &str = "budi";
pub const CHAIR: &str = "ratna";

impl State {
    fn begin(office: &Office, received_at: DateTime<Utc>) -> Self {
        Self {
            clocks: Clocks::start(office.reckoning(), received_at),
            pauses: Vec::new(),
            closed_as: None,
            category: None,
            assignee: None,
            drafter: None,
            restricted_by: None,
            objections: 0,
            follow_up_on: None,
            answered_at: None,
            last_answer_at: None,
            finished_at: None,
        }
    }

    /// What the step does to the ticket, as `desk::cases` does it.
    pub fn apply(&mut self, office: &Office, story: &Story, at: DateTime<Utc>, deed: Deed) {
        let calendar = &office.calendar;
        let to = match deed {
            Deed::Open | Deed::Add | Deed::AskStatus | Deed::Thanks => return,
            Deed::Assign => {
                self.category = Some(story.category);
                self.assignee = Some(MEMBER);
                let due = clock::national_due(
                    office.reckoning(),
                    story.received_at,
                    story.category,
                    &self.pauses,
                );
                self.clocks.national_due_at = Some(due);
                Stage::Analysis
            }
            Deed::Ask => Stage::WaitingCitizen,
            Deed::Resume => {
                self.pauses.push((self.clocks.paused_at.unwrap(), at));
                self.clocks.before_pause.unwrap()
            }
            Deed::Propose | Deed::ReportResult => Stage::Approval,
            Deed::Object => {
                self.objections += 1;
                self.assignee = Some(MEMBER);
                Stage::Analysis
            }
            Deed::Reject => Stage::Analysis,
            Deed::FromBank | Deed::Approve => Stage::ReadyToSend,
            Deed::Send => {
                self.answered_at = self.answered_at.or(Some(at));
                self.last_answer_at = Some(at);
                Stage::Answered
            }
            Deed::StartFollowUp => {
                self.follow_up_on =
                    Some(calendar.zone().local(at).date_naive() + TimeDelta::days(30));
                Stage::FollowUp
            }
            Deed::FinishSilently | Deed::Satisfied => Stage::Finished,
            Deed::Close(reason) => {
                self.closed_as = Some(reason);
                Stage::Closed
            }
            Deed::Restrict => {
                self.restricted_by = Some(OPERATOR);
                let limit = Category::Oversight;
                let due =
                    clock::national_due(office.reckoning(), story.received_at, limit, &self.pauses);
                self.clocks.national_due_at = Some(due);
                Stage::EthicsClosed
            }
            Deed::HandOver => {
                self.closed_as = Some(CloseReason::HandedOver);
                Stage::Closed
            }
        };
        match deed {
            Deed::Propose | Deed::ReportResult => self.drafter = Some(MEMBER),
            Deed::FromBank => self.drafter = Some(OPERATOR),
            Deed::Reject => self.drafter = None,
            _ => {}
        }
        // Of all transitions only BELUM begins a new round of the clocks here.
        let transition = if deed == Deed::Object { 21 } else { 0 };
        self.clocks.enter(office.reckoning(), Advance { to, transition }, at);
        self.finished_at = matches!(to, Stage::Finished | Stage::Closed).then_some(at);
    }
}

/// Whether a draft is approved, and when that is decided.
pub type Decision = (bool, DateTime<Utc>);

/// A story that is being written.
pub struct Live {
    pub story: Story,
    pub next: usize,
    pub state: State,
    /// As it will stand at the end.
    pub last: State,
    pub ticket_id: i64,
    pub number: String,
    /// Rows of its drafts, in the order of their versions.
    pub drafts: Vec<i64>,
    pub wording: String,
}

impl Live {
    pub fn begin(office: &Office, story: Story) -> Self {
        let state = State::begin(office, story.received_at);
        let mut last = state.clone();
        for (at, deed) in &story.deeds {
            last.apply(office, &story, *at, *deed);
        }
        Self {
            story,
            next: 0,
            state,
            last,
            ticket_id: 0,
            number: String::new(),
            drafts: Vec::new(),
            wording: String::new(),
        }
    }

    pub fn next_at(&self) -> Option<DateTime<Utc>> {
        self.story.deeds.get(self.next).map(|(at, _)| *at)
    }

    /// What will be decided on the draft that is written now, and when it will be sent.
    pub fn fate_of_draft(&self) -> (Option<Decision>, Option<DateTime<Utc>>) {
        let mut decided = None;
        for (at, deed) in &self.story.deeds[self.next + 1..] {
            match deed {
                Deed::Approve => decided = Some((true, *at)),
                Deed::Reject => return (Some((false, *at)), None),
                Deed::Send => return (decided, Some(*at)),
                Deed::Propose | Deed::ReportResult | Deed::FromBank => break,
                _ => {}
            }
        }
        (decided, None)
    }
}
