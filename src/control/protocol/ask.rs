//! What an officer asks for.

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
    /// The numbers that send more than is answered.
    Floods,
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
        /// Code or alias of the unit that the ticket is to have; without one that of the note, where the ticket has none.
        #[serde(default)]
        unit: Option<String>,
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
    /// The complaints of a period, whole, for LAPOR!.
    Export {
        /// First day of receipt, local; `None`: of the last one's month, or of this one.
        from: Option<NaiveDate>,
        /// Last day of receipt, local; `None`: of the first one's month, or of this one.
        to: Option<NaiveDate>,
        /// Of one unit only.
        unit: Option<String>,
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
            Self::Floods => "floods",
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
            Self::Export { .. } => "export",
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
                | Self::Floods
                | Self::ModemList
                | Self::RetentionPlan
                | Self::RetentionApply
        ) {
            serde_json::from_slice::<Bare>(json)?;
        }
        Ok(ask)
    }
}
