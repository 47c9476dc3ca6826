//! What goes over the control socket: the only types of the house that another program is told.
//!
//! Requests refuse unknown fields; answers may grow. Times are RFC 3339 in UTC; tokens are the office's.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What an officer asks for. Never who the officer is: that is the kernel's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Ask {
    /// Who the daemon takes the caller for.
    Whoami,
    /// The daemon's and the modems' state.
    Status,
    /// The open tickets that wait for the caller, or all that the caller may see.
    Inbox {
        /// All open ones, not only those that wait for the caller.
        all: bool,
    },
    /// The office's wall.
    Board,
    /// One ticket, whole.
    Show {
        /// In any spelling.
        number: String,
    },
    /// The whole story of one ticket.
    AuditShow {
        /// In any spelling.
        number: String,
    },
    /// Tickets that the caller may read, by their words and what else is known of them.
    Search {
        /// Words that must all occur, or the number of a ticket.
        #[serde(default)]
        words: String,
        /// Code or alias.
        #[serde(default)]
        unit: Option<String>,
        /// A token.
        #[serde(default)]
        stage: Option<String>,
        /// First day of receipt.
        #[serde(default)]
        from: Option<NaiveDate>,
        /// Last day of receipt.
        #[serde(default)]
        to: Option<NaiveDate>,
        /// The citizen's number.
        #[serde(default)]
        phone: Option<String>,
    },
    /// T3: unit and category are set, a member gets it.
    Assign {
        /// In any spelling.
        number: String,
        /// Code or alias; `None` keeps the unit that was read.
        unit: Option<String>,
        /// A token.
        category: String,
        /// Account of the anggota; `None`: the one bound to the unit.
        member: Option<String>,
        /// Codes or aliases of the units that get a copy; `None` leaves them as they are.
        #[serde(default)]
        copies: Option<Vec<String>>,
    },
    /// Which units get a copy of a ticket.
    Copy {
        /// In any spelling.
        number: String,
        /// Codes or aliases: these and no others.
        units: Vec<String>,
    },
    /// T12: recommendation, rules, solution note and wording.
    Propose {
        /// In any spelling.
        number: String,
        /// Rekomendasi solusi.
        recommendation: String,
        /// Peraturan terkait, or "tidak ada".
        rules: String,
        /// Catatan solusi.
        note: String,
        /// Redaksi.
        wording: String,
        /// Day by which remaining work is promised; `None`: nothing remains.
        follow_up: Option<NaiveDate>,
    },
    /// T13.
    Approve {
        /// In any spelling.
        number: String,
    },
    /// T14.
    Reject {
        /// In any spelling.
        number: String,
        /// What is to be changed.
        reason: String,
    },
    /// T16: the approved wording goes to the outbox, or an officer has given it.
    Send {
        /// In any spelling.
        number: String,
        /// `WA`, `TELEPON`, `LOKET` or `SURAT`: how an officer gave it; `SMS`: by SMS, whatever channel it came by; `None`: as it
        /// came.
        #[serde(default)]
        by: Option<String>,
    },
    /// T17 by hand: the answer has not reached the citizen.
    Undelivered {
        /// In any spelling.
        number: String,
        /// How that is known.
        reason: String,
    },
    /// T1 by hand: enters what came by another channel than SMS.
    Add {
        /// `WA`, `TELEPON` or `LOKET`.
        channel: String,
        /// The citizen's number; at the counter there may be none.
        from: Option<String>,
        /// What was written or said, unaltered.
        text: String,
        /// When the office got it; `None`: now.
        at: Option<DateTime<Utc>>,
        /// Code or alias, where the text does not say it.
        unit: Option<String>,
        /// The ticket that it belongs to.
        to: Option<String>,
        /// A ticket of its own, whatever the same citizen sent before.
        #[serde(default)]
        again: bool,
        /// The number takes SMS: what the office says goes out like that.
        #[serde(default)]
        by_sms: bool,
    },
    /// T10.
    Close {
        /// In any spelling.
        number: String,
        /// A token.
        reason: String,
        /// Main ticket of a `DUPLIKAT`.
        main: Option<String>,
        /// Whose matter it is, of a `BUKAN_WENANG`.
        party: Option<String>,
        /// How to reach them.
        contact: Option<String>,
        /// What the citizen reads as the reason of the others.
        words: Option<String>,
    },
    /// T4: the citizen is asked for what is missing.
    Ask {
        /// In any spelling.
        number: String,
        /// What is missing, as the citizen reads it.
        missing: String,
    },
    /// T5: it has been learnt otherwise.
    Resume {
        /// In any spelling.
        number: String,
        /// What has been learnt, and how.
        learnt: String,
    },
    /// T7: to the closed path.
    Ethics {
        /// In any spelling.
        number: String,
        /// What indicates it.
        indication: String,
        /// Accounts of the officers who are named in it.
        concerns: Vec<String>,
    },
    /// More officers who are named in a case of the closed path.
    Concern {
        /// In any spelling.
        number: String,
        /// Their accounts.
        concerns: Vec<String>,
    },
    /// T8: handed to the authorised body.
    HandOver {
        /// In any spelling.
        number: String,
        /// The authorised body.
        body: String,
        /// Number of the cover letter.
        letter: String,
        /// Its date.
        date: NaiveDate,
    },
    /// The cover letter of a case of the closed path: before its hand-over to be signed, and afterwards as it was recorded.
    Letter {
        /// In any spelling.
        number: String,
        /// The authorised body; what is `None` is left open.
        #[serde(default)]
        body: Option<String>,
        /// Number of the letter.
        #[serde(default)]
        letter: Option<String>,
        /// Its date.
        #[serde(default)]
        date: Option<NaiveDate>,
    },
    /// T9: no ethics matter.
    NotEthics {
        /// In any spelling.
        number: String,
        /// Why.
        reason: String,
        /// Code or alias; `None` keeps the unit of before.
        unit: Option<String>,
        /// A token; `None` keeps the category of before.
        category: Option<String>,
        /// Account of the anggota; `None`: the one bound to the unit.
        member: Option<String>,
    },
    /// T11: another unit's.
    ReturnUnit {
        /// In any spelling.
        number: String,
        /// Why.
        reason: String,
    },
    /// T15: the pengarah decides.
    Escalate {
        /// In any spelling.
        number: String,
        /// Why.
        reason: String,
    },
    /// T23: opened again.
    Reopen {
        /// In any spelling.
        number: String,
        /// Why.
        reason: String,
    },
    /// T24: the answer was wrong, and a second one follows.
    Correct {
        /// In any spelling.
        number: String,
        /// What was wrong.
        reason: String,
    },
    /// A remark beside what a ticket holds.
    Note {
        /// In any spelling.
        number: String,
        /// The remark.
        text: String,
    },
    /// Messages of a number are kept and not answered until a day.
    Block {
        /// The number, or a ticket of it.
        whom: String,
        /// Last day.
        until: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Ends that before its day.
    Unblock {
        /// The number, or a ticket of it.
        whom: String,
    },
    /// The numbers that are blocked.
    Blocked,
    /// T2: answer with a note of the answer bank.
    Answer {
        /// In any spelling.
        number: String,
        /// The note's number.
        note: i64,
        /// Values of its blanks.
        blanks: Vec<(String, String)>,
        /// Token; without one as it was sorted before, else as the ticket that the note is from, else `INFORMASI`.
        #[serde(default)]
        category: Option<String>,
    },
    /// The whole number of a ticket's citizen.
    Reveal {
        /// In any spelling.
        number: String,
        /// Why; the trail keeps it.
        reason: String,
    },
    /// Marks a ticket, or takes the mark away.
    Mark {
        /// In any spelling.
        number: String,
        /// `specific`, `secret` or `emergency`.
        mark: String,
        /// Takes it away.
        #[serde(default)]
        remove: bool,
        /// Why; the trail keeps it. Needed where an emergency is none.
        #[serde(default)]
        reason: Option<String>,
    },
    /// The access log.
    Accesses {
        /// Of one ticket only, in any spelling.
        number: Option<String>,
        /// First day, local.
        from: Option<NaiveDate>,
        /// Last day, local.
        until: Option<NaiveDate>,
    },
    /// A citizen asks something about the own data.
    RequestAdd {
        /// Ticket or telephone number.
        whose: String,
        /// `correct`, `delete` or `copy`.
        kind: String,
        /// In words.
        detail: String,
    },
    /// The requests that wait, or the last ones.
    Requests {
        /// Answered ones too.
        all: bool,
    },
    /// Answers a request.
    RequestAnswer {
        /// Its number.
        id: i64,
        /// It is done; else it is refused.
        granted: bool,
        /// In words.
        answer: String,
    },
    /// Whose data there are.
    Affected {
        /// First day, local.
        from: Option<NaiveDate>,
        /// Last day, local.
        until: Option<NaiveDate>,
    },
    /// What is kept no longer, and what was done about it before.
    RetentionPlan,
    /// Does what the plan shows.
    RetentionApply,
    /// The answer bank.
    Known {
        /// Of one unit only.
        unit: Option<String>,
    },
    /// Puts the wording of an answered ticket into the answer bank, or proposes it for it.
    KnownAdd {
        /// In any spelling.
        number: String,
        /// What it answers, in a line.
        matter: String,
        /// The wording with marked blanks; `None`: as it was sent.
        wording: Option<String>,
        /// Last day of validity.
        valid_until: Option<NaiveDate>,
    },
    /// A note that was proposed is approved.
    KnownApprove {
        /// The note's number.
        note: i64,
    },
    /// Takes a note out of use, or turns a proposal down.
    KnownWithdraw {
        /// The note's number.
        note: i64,
    },
    /// The figures of a month.
    Recap {
        /// Year.
        year: i32,
        /// 1 to 12.
        month: u32,
        /// With the register of the month's complaints.
        #[serde(default)]
        register: bool,
    },
    /// A ketua signs the report of a month that is over: it is frozen.
    RecapSign {
        /// Year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// The pengarah takes notice of a signed month.
    RecapAcknowledge {
        /// Year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// The pengarah gives a signed month back.
    RecapReturn {
        /// Year.
        year: i32,
        /// 1 to 12.
        month: u32,
        /// What is to be corrected.
        reason: String,
    },
    /// Texts from an admin, straight into the outbox; all or none.
    SmsSend {
        /// Number and text of each.
        messages: Vec<(String, String)>,
        /// At any hour.
        #[serde(default)]
        urgent: bool,
    },
    /// What becomes of the texts that wait after a restore.
    SmsRelease {
        /// `send` or `drop`.
        decision: String,
    },
    /// How the modems are.
    ModemList,
    /// How one modem is.
    ModemInfo {
        /// As in the configuration.
        name: String,
    },
    /// Takes a modem back into service.
    ModemEnable {
        /// As in the configuration.
        name: String,
    },
    /// Takes a modem out of service until it is taken back.
    ModemDisable {
        /// As in the configuration.
        name: String,
    },
    /// Restarts a modem in service.
    ModemReset {
        /// As in the configuration.
        name: String,
    },
    /// Asks a modem in service something by hand.
    ModemAt {
        /// As in the configuration.
        name: String,
        /// A command that changes nothing.
        line: String,
    },
    /// Dials a USSD code, for the credit.
    ModemUssd {
        /// As in the configuration.
        name: String,
        /// Digits, stars and hashes.
        code: String,
    },
}

/// The largest ask, in bytes: thousands of texts from an admin, and a bound on what a connection may hold in memory.
pub const ASK_BYTES_MAX: usize = 1 << 20;

impl Ask {
    /// Its name on the socket.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Whoami => "whoami",
            Self::Status => "status",
            Self::Inbox { .. } => "inbox",
            Self::Board => "board",
            Self::Show { .. } => "show",
            Self::AuditShow { .. } => "audit-show",
            Self::Search { .. } => "search",
            Self::Assign { .. } => "assign",
            Self::Copy { .. } => "copy",
            Self::Propose { .. } => "propose",
            Self::Approve { .. } => "approve",
            Self::Reject { .. } => "reject",
            Self::Send { .. } => "send",
            Self::Undelivered { .. } => "undelivered",
            Self::Add { .. } => "add",
            Self::Close { .. } => "close",
            Self::Ask { .. } => "ask",
            Self::Resume { .. } => "resume",
            Self::Ethics { .. } => "ethics",
            Self::Concern { .. } => "concern",
            Self::HandOver { .. } => "hand-over",
            Self::Letter { .. } => "letter",
            Self::NotEthics { .. } => "not-ethics",
            Self::ReturnUnit { .. } => "return-unit",
            Self::Escalate { .. } => "escalate",
            Self::Reopen { .. } => "reopen",
            Self::Correct { .. } => "correct",
            Self::Note { .. } => "note",
            Self::Block { .. } => "block",
            Self::Unblock { .. } => "unblock",
            Self::Blocked => "blocked",
            Self::Answer { .. } => "answer",
            Self::Reveal { .. } => "reveal",
            Self::Mark { .. } => "mark",
            Self::Accesses { .. } => "accesses",
            Self::RequestAdd { .. } => "request-add",
            Self::Requests { .. } => "requests",
            Self::RequestAnswer { .. } => "request-answer",
            Self::Affected { .. } => "affected",
            Self::RetentionPlan => "retention-plan",
            Self::RetentionApply => "retention-apply",
            Self::Known { .. } => "known",
            Self::KnownAdd { .. } => "known-add",
            Self::KnownApprove { .. } => "known-approve",
            Self::KnownWithdraw { .. } => "known-withdraw",
            Self::Recap { .. } => "recap",
            Self::RecapSign { .. } => "recap-sign",
            Self::RecapAcknowledge { .. } => "recap-acknowledge",
            Self::RecapReturn { .. } => "recap-return",
            Self::SmsSend { .. } => "sms-send",
            Self::SmsRelease { .. } => "sms-release",
            Self::ModemList => "modem-list",
            Self::ModemInfo { .. } => "modem-info",
            Self::ModemEnable { .. } => "modem-enable",
            Self::ModemDisable { .. } => "modem-disable",
            Self::ModemReset { .. } => "modem-reset",
            Self::ModemAt { .. } => "modem-at",
            Self::ModemUssd { .. } => "modem-ussd",
        }
    }

    /// Reads an ask.
    ///
    /// # Errors
    /// What is wrong with the JSON, or which field an ask does not have.
    pub fn from_json(json: &[u8]) -> Result<Self, serde_json::Error> {
        /// What an ask without fields looks like: serde lets these pass with any.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Bare {
            #[serde(rename = "ask")]
            _ask: serde::de::IgnoredAny,
        }
        let ask = serde_json::from_slice(json)?;
        if matches!(
            ask,
            Self::Whoami
                | Self::Status
                | Self::Board
                | Self::Blocked
                | Self::ModemList
                | Self::RetentionPlan
                | Self::RetentionApply
        ) {
            serde_json::from_slice::<Bare>(json)?;
        }
        Ok(ask)
    }
}

/// What the daemon tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "tell", rename_all = "kebab-case")]
pub enum Tell {
    /// Who the caller is.
    Whoami(Person),
    /// The daemon's and the modems' state.
    Status(Status),
    /// Open tickets.
    Inbox {
        /// In the order in which they are due, at most 500.
        tickets: Vec<Line>,
        /// How many more there are.
        #[serde(default)]
        more: i64,
        /// How many tickets of the closed path there are, for the totals.
        sealed: i64,
        /// Last month's report, where the caller has something to do about it.
        #[serde(default)]
        report: Option<ReportDuty>,
    },
    /// The office's wall.
    Board(Box<Board>),
    /// One ticket, whole.
    Show(Box<CaseFile>),
    /// The whole story of one ticket.
    Story(Box<Story>),
    /// Tickets that were looked for.
    Found {
        /// Newest first.
        tickets: Vec<Line>,
        /// Whether there are more, or may be: older ones were not looked at.
        more: bool,
    },
    /// Something was done to a ticket.
    Done(Done),
    /// What stands in a cover letter.
    Letter(Box<Letter>),
    /// What came by another channel was entered.
    Added(Added),
    /// Numbers that are blocked, or were by this ask.
    Blocked {
        /// What ends first in front.
        numbers: Vec<Blocked>,
    },
    /// The whole number of a ticket's citizen.
    Revealed {
        /// Ticket number.
        number: String,
        /// The citizen's number.
        citizen: String,
    },
    /// A ticket was marked, or a mark taken away.
    Marked {
        /// Ticket number.
        number: String,
        /// The flags that it bears now.
        flags: Vec<String>,
    },
    /// The access log.
    Accesses {
        /// Latest first.
        accesses: Vec<Access>,
    },
    /// A request was registered.
    RequestNoted {
        /// Its number.
        id: i64,
        /// To be answered by then.
        due_at: DateTime<Utc>,
    },
    /// The requests.
    Requests {
        /// What is due first in front; with answered ones, latest first.
        requests: Vec<DataRequest>,
    },
    /// A request was answered.
    RequestAnswered {
        /// Its number.
        id: i64,
        /// It was done; else it was refused.
        granted: bool,
        /// Tickets whose texts are gone.
        destroyed: i64,
        /// Tickets whose texts are needed, and whose number is gone.
        pseudonymised: i64,
        /// Tickets that are open, and stay.
        kept: i64,
        /// Of a copy: all of it, oldest first.
        copy: Vec<CopiedText>,
    },
    /// Whose data there are.
    Affected {
        /// E.164.
        numbers: Vec<String>,
        /// How many more there are, over cases of the closed path that do not exist for who asks.
        withheld: usize,
    },
    /// What is kept no longer.
    RetentionPlan(Box<RetentionPlan>),
    /// It was done.
    RetentionDone(RetentionRecord),
    /// The answer bank.
    Known {
        /// The notes in use, and those proposed where the caller may write or approve notes.
        notes: Vec<Note>,
    },
    /// A note of the answer bank was added, proposed, approved or withdrawn.
    Noted {
        /// The note's number.
        note: i64,
        /// Whether it waits for the approval of a ketua.
        #[serde(default)]
        proposed: bool,
    },
    /// The figures of a month.
    Recap(Box<Recap>),
    /// A month's report was signed, acknowledged or given back.
    RecapSigned {
        /// `2026-11`.
        month: String,
        /// Where it stands now.
        signing: Signing,
    },
    /// Texts were queued.
    Queued {
        /// Their rows in the outbox.
        ids: Vec<i64>,
    },
    /// It was decided on the texts that waited after a restore.
    Released {
        /// How many they were.
        texts: usize,
        /// `send` or `drop`.
        decision: String,
    },
    /// How the modems are.
    ModemList {
        /// In the order of the configuration.
        modems: Vec<ModemFile>,
        /// Texts that wait to be sent, by whichever modem.
        waiting_in_all: i64,
        /// Of them, those bound to no card: any modem may send them.
        #[serde(default)]
        waiting_unbound: i64,
    },
    /// How one modem is.
    ModemInfo {
        /// It.
        modem: Box<ModemFile>,
        /// Texts that wait to be sent, by whichever modem.
        waiting_in_all: i64,
        /// Of them, those bound to no card: any modem may send them.
        #[serde(default)]
        waiting_unbound: i64,
    },
    /// An order was given to a modem.
    ModemDone {
        /// As in the configuration.
        name: String,
    },
    /// What a modem or its network answered.
    ModemSaid {
        /// As in the configuration.
        name: String,
        /// Line by line.
        lines: Vec<String>,
    },
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Stable code, for scripts and translations.
    pub code: String,
    /// In English, for the log and for codes that a client does not know.
    pub message: String,
    /// What the sentence speaks of: role, stage, number …
    #[serde(default)]
    pub details: std::collections::BTreeMap<String, String>,
    /// `true`: the gateway could not do it; `false`: a rule said no.
    pub fault: bool,
}

/// A person of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Unix account.
    pub user: String,
    /// As printed.
    pub name: String,
    /// Tokens.
    pub roles: Vec<String>,
}

/// A row of the access log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// When.
    pub at: DateTime<Utc>,
    /// Account.
    pub officer: String,
    /// What was done: `show`, `reveal`, `recap` …
    pub action: String,
    /// The ticket that it was done to.
    pub number: Option<String>,
    /// Why, or what else is to be said.
    pub detail: String,
}

/// What a citizen asks about the own data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRequest {
    /// Its number.
    pub id: i64,
    /// Whose data, masked.
    pub citizen: String,
    /// The ticket that it speaks of.
    pub number: Option<String>,
    /// `correct`, `delete` or `copy`.
    pub kind: String,
    /// In words.
    pub detail: String,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// To be answered by then.
    pub due_at: DateTime<Utc>,
    /// When it was.
    pub answered_at: Option<DateTime<Utc>>,
    /// `granted` or `refused`.
    pub outcome: Option<String>,
    /// In words.
    pub answer: Option<String>,
}

/// A text that a citizen gets a copy of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedText {
    /// When it came or was queued.
    pub at: DateTime<Utc>,
    /// It is the citizen's own, not the office's.
    pub own: bool,
    /// As it was written.
    pub text: String,
}

/// What is kept no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionPlan {
    /// Complaints finished at or before this lose their number.
    pub active_until: DateTime<Utc>,
    /// Complaints finished at or before this are destroyed.
    pub archived_until: DateTime<Utc>,
    /// What is no complaint, received or sent at or before this, is destroyed.
    pub other_until: DateTime<Utc>,
    /// Rows of the trail and of the access log at or before this are removed.
    pub trail_until: DateTime<Utc>,
    /// How much that is now.
    pub due: Retired,
    /// The last runs, latest first.
    pub records: Vec<RetentionRecord>,
}

/// How much of each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Retired {
    /// Complaints whose number is replaced.
    pub pseudonymised: i64,
    /// Tickets whose texts are destroyed.
    pub destroyed: i64,
    /// Received messages that belong to no ticket.
    pub messages: i64,
    /// Sent texts that belong to no ticket.
    pub texts: i64,
    /// Rows of the trail; in a plan at most so many.
    pub trail: i64,
    /// Rows of the access log.
    pub accesses: i64,
    /// Ended blocks and answered requests: their number is replaced, or their row removed.
    pub decisions: i64,
}

/// A run of the retention (berita acara).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionRecord {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub at: DateTime<Utc>,
    /// The account that had it done.
    pub officer: String,
    /// `retention`, `request` or `restore`.
    pub cause: String,
    /// What was done.
    #[serde(flatten)]
    pub retired: Retired,
    /// `false`: it was cut short, and the next run does the rest.
    pub complete: bool,
}

/// The daemon's and the modems' state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Version of the daemon.
    pub version: String,
    /// When it started.
    pub since: DateTime<Utc>,
    /// Each configured modem.
    pub modems: Vec<Modem>,
    /// Messages by state that still move: queued, claimed, sent, unknown.
    pub outbox: Vec<(String, i64)>,
    /// After a restore, until an admin has decided.
    #[serde(default)]
    pub held: Option<Held>,
}

/// Texts that were unsent in a backup that was restored: of those in the outbox, they leave only when an admin says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many.
    pub texts: i64,
    /// When the backup was restored.
    pub restored_at: DateTime<Utc>,
    /// The account that did it.
    pub officer: String,
    /// The backup's last event.
    pub backup_at: Option<DateTime<Utc>>,
}

/// What ails a modem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ailment {
    /// Stable, for scripts and translations.
    pub code: String,
    /// What a sentence about it speaks of.
    #[serde(default)]
    pub details: std::collections::BTreeMap<String, String>,
    /// What it comes from, where that is known.
    #[serde(default)]
    pub because: Option<Box<Self>>,
}

/// A modem's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modem {
    /// Name in the configuration.
    pub name: String,
    /// Where it stands in its life.
    pub state: String,
    /// `sending` or `receiving`, where it is in service and does that now.
    #[serde(default)]
    pub activity: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Manufacturer and model.
    pub model: Option<String>,
    /// What ails it.
    pub error: Option<Ailment>,
    /// Messages read since the daemon started.
    pub received: u64,
    /// Parts sent since the daemon started.
    pub sent: u64,
    /// What a person should look at: `not-answering`, `no-card`, `locked`, `denied`, `no-network`, `no-centre`, `unread`, `not-stored`, `class-0`, `unacknowledged`, `stored-instead`,
    /// `no-notices`, `power`,
    /// `quota`, `clock`, `no-room`, `store-full`, `weak-signal`, `card-expires`, `low-credit`, `credit-unknown`,
    /// `credit-suspected`.
    #[serde(default)]
    pub warnings: Vec<String>,
}

/// A modem, whole: what it shows, and what the database knows of it. What only a modem in service tells is `None` in
/// every other state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModemFile {
    /// As in the status.
    #[serde(flatten)]
    pub modem: Modem,
    /// What last ailed it, also after it is over.
    pub last_error: Option<Ailment>,
    /// When it began.
    pub last_error_at: Option<DateTime<Utc>>,
    /// How often its task has died since the daemon started, by a fault of the program.
    #[serde(default)]
    pub crashes: u64,
    /// Name of the network.
    pub operator: Option<String>,
    /// Strength of the signal.
    pub signal: Option<Signal>,
    /// Registration for calls and messages: `home`, `roaming`, `searching`, `denied`, `off`, `unknown`.
    pub circuit: Option<String>,
    /// The same of LTE.
    pub lte: Option<String>,
    /// Stores for received messages.
    pub stores: Vec<MessageStore>,
    /// The card's number: of the configuration, else as the card tells it.
    pub number: Option<String>,
    /// Last digits of the card's identity (IMSI), as it was last brought up.
    pub sim: Option<String>,
    /// Firmware.
    pub revision: Option<String>,
    /// IMEI.
    pub imei: Option<String>,
    /// How numbers begin that should leave by it.
    #[serde(default)]
    pub routes: Vec<String>,
    /// Texts that wait for this card, or for one of these routes.
    pub waiting: i64,
    /// Whole texts received on the office's local day.
    pub received_today: i64,
    /// Whole texts sent on the office's local day.
    pub sent_today: i64,
    /// The card's credit, as it was last told.
    pub credit: Option<Credit>,
    /// Rupiah below which the credit is low; `None`: nobody asks for it.
    pub credit_low: Option<i64>,
    /// Parts of it, where the card may not send as many as there are.
    #[serde(default)]
    pub quota: Option<Quota>,
    /// How far the computer's clock is from the network's; `None` where nothing is to be said.
    pub clock: Option<ClockDifference>,
    /// What the operator, or somebody under its name, last wrote to the card about its validity and its credit.
    #[serde(default)]
    pub notices: Vec<CardNotice>,
    /// What it last said of its power or temperature, where that was not as it should be.
    pub power: Option<PowerAlarm>,
}

/// What a card has sent of what it may send on the office's local day, in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Sent.
    pub used: i64,
    /// Allowed.
    pub limit: i64,
}

impl From<Modem> for ModemFile {
    /// A modem of which nothing more is known.
    fn from(modem: Modem) -> Self {
        Self {
            modem,
            last_error: None,
            last_error_at: None,
            crashes: 0,
            operator: None,
            signal: None,
            circuit: None,
            lte: None,
            stores: Vec::new(),
            number: None,
            sim: None,
            revision: None,
            imei: None,
            routes: Vec::new(),
            waiting: 0,
            received_today: 0,
            sent_today: 0,
            credit: None,
            credit_low: None,
            quota: None,
            clock: None,
            notices: Vec::new(),
            power: None,
        }
    }
}

/// The credit of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The figure.
    pub rupiah: i64,
    /// When the network told it.
    pub at: DateTime<Utc>,
}

/// What a modem said of its power or temperature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PowerAlarm {
    /// `under-voltage`, `over-voltage`, `cold`, `hot`, `off` (it switches itself off), `other`.
    pub alarm: String,
    /// As the modem wrote it.
    pub line: String,
}

/// How far the computer's clock is from the network's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockDifference {
    /// About so many seconds; negative: the computer is behind.
    pub seconds: i64,
    /// Whole hours: a zone is wrong, at the network or at the computer. That alone is no warning.
    pub zone: bool,
}

/// What an operator wrote to a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardNotice {
    /// `expires`, `blocked`, `register`, `valid`, `no-credit`.
    pub matter: String,
    /// The day that it names.
    pub until: Option<NaiveDate>,
    /// The name or short number that wrote it.
    pub sender: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When an admin has looked at the modem since.
    pub looked_at: Option<DateTime<Utc>>,
}

/// Strength of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// 0 to 5.
    pub bars: u8,
    /// −113 to −51.
    pub dbm: i16,
}

/// A store of a modem or its card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageStore {
    /// `SM` on the card, `ME` in the modem, `MT` both.
    pub name: String,
    /// Places taken.
    pub used: u32,
    /// Places there are.
    pub total: u32,
    /// Messages that stay there on purpose.
    #[serde(default)]
    pub left: u32,
}

/// A ticket in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Ticket number.
    pub number: String,
    /// Unit code.
    pub unit: Option<String>,
    /// Stage token.
    pub stage: String,
    /// First words of the complaint.
    pub subject: String,
    /// Receipt.
    pub received_at: DateTime<Utc>,
    /// Standard time of the step that waits now.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether that time has passed.
    pub overdue: bool,
    /// Working minutes until then, negative after it.
    #[serde(default)]
    pub left_minutes: Option<i64>,
    /// What else is to be marked: `risen` (late where it waits, and shown to the caller too), `decision-waits`,
    /// `promise-over`, `national-near`, `national-over`.
    #[serde(default)]
    pub marks: Vec<String>,
    /// National limit of its category.
    #[serde(default)]
    pub national_due_at: Option<DateTime<Utc>>,
    /// Day by which remaining work is promised, until it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_on: Option<NaiveDate>,
    /// Standard time of the answer, while there is none.
    pub answer_due_at: Option<DateTime<Utc>>,
    /// Account of the member who has it.
    pub assignee: Option<String>,
    /// Flags proposed by the system.
    pub flags: Vec<String>,
    /// Units that the text suggests.
    pub suggestions: Vec<String>,
    /// Units that get a copy.
    #[serde(default)]
    pub copies: Vec<String>,
    /// Units that the text named together where one belongs.
    #[serde(default)]
    pub named: Vec<String>,
    /// The note of the answer bank that is most like it, where the caller may answer with one.
    #[serde(default)]
    pub hint: Option<Hint>,
}

/// A note of the answer bank that is like a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// The note's number.
    pub note: i64,
    /// What it answers.
    pub matter: String,
    /// How like it is, percent.
    pub score: u8,
}

/// The office's wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// Whether the office is open.
    pub open: bool,
    /// Each stage with what stands there.
    pub stages: Vec<BoardStage>,
    /// Emergencies that the office has in hand, those in front that no petugas has looked at.
    #[serde(default)]
    pub emergencies: Vec<BoardLine>,
    /// What is late, the oldest first; not all where they are many.
    pub overdue: Vec<BoardLine>,
    /// What is due within the hour.
    pub soon: Vec<BoardLine>,
    /// What was reminded of in the last 24 hours, latest first.
    pub reminders: Vec<BoardReminder>,
    /// Tickets whose national limit is near.
    pub national_near: i64,
    /// Tickets whose national limit has passed.
    pub national_over: i64,
    /// How many tickets of the closed path there are.
    pub sealed: i64,
    /// Name of each modem, and where it stands in its life.
    pub modems: Vec<(String, String)>,
    /// Messages by state that still move.
    pub outbox: Vec<(String, i64)>,
}

/// A stage on the wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardStage {
    /// Stage token.
    pub stage: String,
    /// Role that it waits for; `None`: for the citizen.
    pub role: Option<String>,
    /// Tickets there.
    pub open: i64,
    /// Of them, those that are late.
    pub overdue: i64,
}

/// A ticket on the wall: nothing of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    /// Ticket number.
    pub number: String,
    /// The citizen's number, masked for everybody.
    pub citizen: String,
    /// Unit code.
    pub unit: Option<String>,
    /// Stage token.
    pub stage: String,
    /// Role that it waits for.
    pub role: Option<String>,
    /// Account of the member who has it.
    pub assignee: Option<String>,
    /// Standard time of the step, where one runs.
    pub due_at: Option<DateTime<Utc>>,
    /// Working minutes until then, negative after it.
    pub left_minutes: Option<i64>,
}

/// A reminder on the wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardReminder {
    /// When.
    pub at: DateTime<Utc>,
    /// Ticket number.
    pub number: String,
    /// What of: `LEWAT_WAKTU`, `INGATKAN_KEPUTUSAN`, `JANJI_HARI_INI`, `NASIONAL_DEKAT`, `NASIONAL_LEWAT`.
    pub matter: String,
    /// Where the ticket stands now.
    pub stage: String,
}

/// A ticket, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The list line of it.
    #[serde(flatten)]
    pub line: Line,
    /// The unit's name at that time.
    pub unit_name: Option<String>,
    /// The citizen's number as the caller may see it.
    pub citizen: String,
    /// What a network said of that number, where it called it wrong or gone.
    #[serde(default)]
    pub unreachable: Option<Unreachable>,
    /// Category token.
    pub category: Option<String>,
    /// It holds specific data: the texts are left out for the caller.
    #[serde(default)]
    pub text_withheld: bool,
    /// The complaint itself.
    pub body: String,
    /// How the unit was read: `certain`, `lenient`, `guessed`, `none`.
    pub certainty: String,
    /// Why it was closed.
    pub closed_as: Option<String>,
    /// First answer.
    pub answered_at: Option<DateTime<Utc>>,
    /// Received messages, oldest first.
    pub messages: Vec<Received>,
    /// What was joined to it, and what came to that; what was written to last in front.
    #[serde(default)]
    pub joined: Vec<Joined>,
    /// Versions of the draft, oldest first.
    pub drafts: Vec<Draft>,
    /// Outgoing messages, oldest first.
    pub replies: Vec<Reply>,
    /// The trail, oldest first.
    pub trail: Vec<Step>,
    /// Notes of the answer bank that are like it, where the caller may use them.
    pub known: Vec<Note>,
    /// How it came: `SMS`, `WA`, `TELEPON`, `LOKET`.
    #[serde(default)]
    pub channel: String,
    /// The approved wording or the question that the caller is to give.
    #[serde(default)]
    pub give: Option<Give>,
}

/// A ticket that was joined to the one that is shown, for whoever has that one in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// Its number.
    pub number: String,
    /// It holds specific data: the texts are left out for the caller.
    #[serde(default)]
    pub text_withheld: bool,
    /// Received messages, oldest first.
    pub messages: Vec<Received>,
}

/// What a network said of a number that it called wrong or gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreachable {
    /// When it last said so.
    pub at: DateTime<Utc>,
    /// The code: `+CMS ERROR: 1`, `TP-ST 0x43`.
    pub code: String,
}

/// A received message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// When the server got it.
    pub at: DateTime<Utc>,
    /// `None`: it could not be read.
    pub text: Option<String>,
    /// Whether every part came.
    pub complete: bool,
    /// `SMS`, `WA`, `TELEPON` or `LOKET`.
    #[serde(default)]
    pub channel: String,
    /// Account of the officer who entered it, where no modem received it.
    #[serde(default)]
    pub entered_by: Option<String>,
}

/// A version of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// From 1.
    pub version: i64,
    /// `JAWABAN` or `TINDAK_LANJUT`.
    pub kind: String,
    /// Rekomendasi solusi.
    pub recommendation: String,
    /// Peraturan terkait.
    pub rules: String,
    /// Catatan solusi.
    pub note: String,
    /// Redaksi.
    pub wording: String,
    /// Account of the writer.
    pub writer: String,
    /// When it was handed in.
    pub written_at: DateTime<Utc>,
    /// `proposed`, `approved` or `returned`.
    pub state: String,
    /// Account of who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was returned.
    pub reason: Option<String>,
}

/// An outgoing message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// When it was queued.
    pub at: DateTime<Utc>,
    /// What the citizen reads.
    pub text: String,
    /// What it is for.
    pub purpose: String,
    /// `queued` … `delivered`.
    pub state: String,
    /// When its fate became known.
    pub settled_at: Option<DateTime<Utc>>,
    /// The last error in words.
    pub error: Option<String>,
    /// Sent, and not reported on within the time of the procedure.
    #[serde(default)]
    pub unconfirmed: bool,
}

/// A row of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// Account, `pemohon` or `sistem`.
    pub actor: String,
    /// T-number of the procedure.
    pub transition: Option<i64>,
    /// What was done.
    pub action: String,
    /// Stage before.
    pub from: Option<String>,
    /// Stage after.
    pub to: Option<String>,
    /// Further facts.
    pub detail: serde_json::Value,
}

/// The whole story of one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Ticket number.
    pub number: String,
    /// Unit code.
    pub unit: Option<String>,
    /// Stage token.
    pub stage: String,
    /// The citizen's number as the caller may see it.
    pub citizen: String,
    /// The ticket holds specific data, and the caller reads none of its texts.
    pub text_withheld: bool,
    /// Everybody on the staff who is named in it.
    pub people: Vec<Person>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
}

/// Something that happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A message came in.
    Received(Received),
    /// A row of the trail.
    Step(Step),
    /// A version of the draft was handed in.
    Drafted(Draft),
    /// A text was queued.
    Queued(Reply),
    /// The network took a text, or its fate became known.
    Fate {
        /// When.
        at: DateTime<Utc>,
        /// `sent` … `unknown`.
        state: String,
        /// What the text was for.
        purpose: String,
        /// When it was queued.
        queued_at: DateTime<Utc>,
        /// The last error in words.
        error: Option<String>,
    },
    /// Somebody opened the ticket.
    Opened {
        /// When.
        at: DateTime<Utc>,
        /// Account.
        officer: String,
        /// `show`, `audit` …
        action: String,
    },
}

/// What was done to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Ticket number.
    pub number: String,
    /// Its stage now.
    pub stage: String,
    /// Account of who has it now, where it is one person.
    pub with: Option<String>,
    /// What the citizen will read, where something goes out.
    pub text: Option<String>,
    /// How many SMS that takes.
    pub parts: Option<usize>,
    /// Its characters outside of the SMS alphabet, each once, where they make an SMS of 70 characters out of one of 160.
    #[serde(default)]
    pub foreign: String,
    /// When it goes out, where that is later.
    pub not_before: Option<DateTime<Utc>>,
    /// What no SMS carries: the caller gives it to the citizen, and to those whose tickets were joined to this one.
    #[serde(default)]
    pub give: Vec<Give>,
}

/// What stands in the cover letter of a case of the closed path. Every number of a person is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Ticket number.
    pub number: String,
    /// Whether the case was handed over, so that the letter is as it was recorded.
    pub handed_over: bool,
    /// Lines over the letter: two names, and the address.
    pub letterhead: Vec<String>,
    /// Where it is dated; empty: left open.
    pub place: String,
    /// Zone letters of its times.
    pub zone: String,
    /// The authorised body.
    pub body: Option<String>,
    /// Number of the letter.
    pub letter: Option<String>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// Receipt of the complaint.
    pub received_at: DateTime<Utc>,
    /// `SMS`, `WA`, `TELEPON` or `LOKET`.
    pub channel: String,
    /// Unit code.
    pub unit: Option<String>,
    /// The unit's name at that time.
    pub unit_name: Option<String>,
    /// What indicates a breach of the code of ethics.
    pub indication: String,
    /// Names of the officers who are named in the case.
    pub named: Vec<String>,
    /// The citizen's number.
    pub citizen: String,
    /// The complaint as it came; `None`: it could not be read.
    pub text: Option<String>,
    /// What the same citizen wrote to it later, oldest first.
    pub later: Vec<Received>,
    /// Complaints that were joined to it, oldest first.
    #[serde(default)]
    pub joined: Vec<Annexed>,
    /// National limit, by which the outcome is asked for.
    pub national_due_at: Option<DateTime<Utc>>,
    /// Name of who signs.
    pub signer: String,
    /// `ketua` or `pengarah`.
    pub signer_role: String,
}

/// A complaint that was joined to a case, as it stands in the annex of the cover letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annexed {
    /// Its ticket number.
    pub number: String,
    /// Receipt.
    pub received_at: DateTime<Utc>,
    /// `SMS`, `WA`, `TELEPON` or `LOKET`.
    pub channel: String,
    /// Its citizen's number, masked.
    pub citizen: String,
    /// The complaint as it came; `None`: it could not be read.
    pub text: Option<String>,
    /// What its citizen wrote to it later, oldest first.
    pub later: Vec<Received>,
}

/// A text that an officer gives to a citizen, to the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Give {
    /// The ticket that it speaks of.
    pub number: String,
    /// How that came: `SMS`, `WA`, `TELEPON`, `LOKET`.
    pub channel: String,
    /// The text.
    pub text: String,
    /// Opens WhatsApp on the officer's handset with it; `None`: there is no number.
    pub link: Option<String>,
}

/// A number whose messages are kept and not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// The number as the caller may see it.
    pub citizen: String,
    /// Last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// Account of who decided.
    pub officer: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Messages that were kept unanswered since.
    pub messages: i64,
}

/// What became of a message that was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// `ticket`, `addition`, `command` or `silence`.
    pub outcome: String,
    /// Of the outcome, a token.
    pub reason: String,
    /// The ticket that it opened, was added to, or asked after.
    pub number: Option<String>,
    /// That ticket's stage now.
    pub stage: Option<String>,
    /// What the citizen is told.
    pub text: Option<String>,
    /// Opens WhatsApp on the officer's handset with it; `None` where it goes out by SMS, or there is no number.
    pub link: Option<String>,
    /// Whether it goes out by SMS; else the caller gives it.
    pub by_sms: bool,
}

/// A note of the answer bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What officers call it by.
    pub id: i64,
    /// Unit code.
    pub unit: String,
    /// What it answers.
    pub matter: String,
    /// The wording.
    pub wording: String,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
    /// Whether it may be sent today.
    pub valid: bool,
    /// How often it was sent.
    pub uses: i64,
    /// When it was last sent.
    #[serde(default)]
    pub used_at: Option<DateTime<Utc>>,
    /// The names of its marked blanks.
    #[serde(default)]
    pub blanks: Vec<String>,
    /// Account of who proposed it, while it waits for approval.
    #[serde(default)]
    pub proposed_by: Option<String>,
    /// How like a complaint it is, percent; `None` in the list of the bank.
    #[serde(default)]
    pub score: Option<u8>,
}

/// The figures of a month (procedure.md section 14). Signed months are kept in this form for good: whatever is added needs a default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recap {
    /// `2026-11`.
    pub month: String,
    /// The office.
    pub office: String,
    /// First and last day, local.
    pub period: (NaiveDate, NaiveDate),
    /// Zone letters.
    pub zone: String,
    /// When the figures were counted.
    pub counted_at: DateTime<Utc>,
    /// Part A.
    pub summary: Summary,
    /// Part B, by unit code.
    pub units: Vec<UnitRow>,
    /// Part C: category token (`-`: not decided yet) and tickets received.
    pub categories: Vec<(String, i64)>,
    /// Part D.
    pub steps: Vec<StepRow>,
    /// Part E: what is not finished, oldest first.
    pub open: Vec<OpenRow>,
    /// Part F: received messages by outcome and reason.
    pub received: Vec<(String, String, i64)>,
    /// Part F: outgoing messages by state, and parts that the network accepted.
    pub sent: Vec<(String, i64, i64)>,
    /// Part G: closed path: received, handed over, returned.
    pub sealed: (i64, i64, i64),
    /// Part G: of what the month before left: moved to the closed path in this month, and brought back from there.
    #[serde(default)]
    pub carried: (i64, i64),
    /// Part H: PUAS, BELUM, no reply.
    pub satisfaction: (i64, i64, i64),
    /// Part F: channel, messages received by it, and how many of them opened a ticket.
    #[serde(default)]
    pub channels: Vec<(String, i64, i64)>,
    /// Part F: answers that officers gave, by the way they took.
    #[serde(default)]
    pub given: Vec<(String, i64)>,
    /// The trail's newest seal when it was counted.
    #[serde(default)]
    pub seal: Option<Seal>,
    /// The annex, where it was asked for.
    #[serde(default)]
    pub register: Option<Register>,
    /// Figures of signed months that are others since.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// Who signed it, and what became of that; `None`: nobody has.
    #[serde(default)]
    pub signing: Option<Signing>,
}

/// A figure of a signed month that is another one since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Of which month: `2026-10`.
    pub month: String,
    /// By name: `A.received`, `B.DISHUB.closing`, `C.PENGADUAN`.
    pub figure: String,
    /// As it was signed, or last told as a correction.
    pub was: i64,
    /// As it is now.
    pub is: i64,
}

/// A month's report on its way: signed, and then acknowledged or given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// The ketua, by name.
    pub signed_by: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// The pengarah, by name.
    pub acknowledged_by: Option<String>,
    /// When.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Who gave it back, by name: the figures are not frozen any more.
    pub returned_by: Option<String>,
    /// When.
    pub returned_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
}

/// Last month's report, and what the caller has to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDuty {
    /// `2026-11`.
    pub month: String,
    /// `make` or `acknowledge`.
    pub task: String,
    /// By when it is to be signed.
    pub due_at: DateTime<Utc>,
    /// It is not, and that time has passed.
    pub overdue: bool,
    /// Why the pengarah gave it back.
    pub reason: Option<String>,
}

/// The register of a month's complaints, as they stood at its end. Every number of a person is masked in its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// In the order of receipt.
    pub entries: Vec<RegisterRow>,
    /// How many more came that are on the closed path.
    pub sealed: i64,
    /// Of a signed month, whose register is no part of what was signed: when it was made, from what is kept then.
    #[serde(default)]
    pub made_at: Option<DateTime<Utc>>,
}

/// A complaint in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// Ticket number.
    pub number: String,
    /// Receipt.
    pub received_at: DateTime<Utc>,
    /// `SMS`, `WA`, `TELEPON` or `LOKET`.
    pub channel: String,
    /// Code of the unit that answers.
    pub unit: Option<String>,
    /// Codes of the units that got a copy.
    pub copies: Vec<String>,
    /// The complaint in a line.
    pub subject: String,
    /// Category token.
    pub category: Option<String>,
    /// The wording that was last sent, in a line.
    pub answer: Option<String>,
    /// First answer.
    pub answered_at: Option<DateTime<Utc>>,
    /// Working minutes to it.
    pub minutes: Option<i64>,
    /// Whether it was in time; without one `false` where it was due, else `None`.
    pub on_time: Option<bool>,
    /// Stage token.
    pub stage: String,
    /// Why it was closed.
    pub closed_as: Option<String>,
}

/// A row of the trail and its seal, which vouches for every row up to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The row.
    pub row: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// 64 hexadecimal digits.
    pub seal: String,
}

/// Part A of the recap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Summary {
    /// Sisa bulan lalu.
    pub opening: i64,
    /// Masuk.
    pub received: i64,
    /// Dibuka kembali.
    pub reopened: i64,
    /// Selesai.
    pub finished: i64,
    /// Ditutup tanpa penanganan, by reason.
    pub closed: Vec<(String, i64)>,
    /// Sisa akhir bulan.
    pub closing: i64,
    /// First answers sent in the month.
    pub answered: i64,
    /// Of them within the standard.
    pub on_time: i64,
    /// Unanswered and overdue at the month's end.
    pub overdue: i64,
    /// Median of the answer times, working minutes.
    pub median_minutes: Option<i64>,
    /// Mean of the answer times, working minutes.
    pub mean_minutes: Option<i64>,
}

/// A row of part B.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct UnitRow {
    /// Unit code; `-`: not decided yet.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Sisa lalu.
    pub opening: i64,
    /// Masuk.
    pub received: i64,
    /// Dibuka kembali.
    pub reopened: i64,
    /// Dijawab: first answers sent in the month.
    pub answered: i64,
    /// Selesai.
    pub finished: i64,
    /// Ditutup tanpa penanganan.
    pub closed: i64,
    /// Sisa.
    pub closing: i64,
    /// Dijawab tepat waktu.
    pub on_time: i64,
    /// Rata-rata waktu jawab, working minutes.
    pub mean_minutes: Option<i64>,
}

/// A row of part D.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRow {
    /// `2`, `3-4`, `5`, `7` or `total`.
    pub row: String,
    /// Standard, working minutes.
    pub standard: i64,
    /// How often it was measured.
    pub measured: i64,
    /// Of them within the standard.
    pub within: i64,
    /// The longest, working minutes.
    pub longest: Option<i64>,
}

/// A row of part E.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRow {
    /// Ticket number.
    pub number: String,
    /// Receipt.
    pub received_at: DateTime<Utc>,
    /// Unit code.
    pub unit: Option<String>,
    /// Stage token at the month's end.
    pub stage: String,
    /// Age in working days.
    pub age_days: i64,
    /// Whether the answer or the follow-up is overdue.
    pub overdue: bool,
}
