//! What the daemon tells, and why something was not done.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Access, Added, Blocked, Board, CaseFile, CopiedText, DataRequest, Done, ExportRow, Flood,
    Letter, Line, ModemFile, Note, Recap, ReportDuty, RequestsDuty, RetentionPlan, RetentionRecord,
    Signing, Status, Story,
};

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
        /// The oldest month's report that the caller has something to do about.
        #[serde(default)]
        report: Option<ReportDuty>,
        /// Citizens' requests about their own data, where the caller is to answer them.
        #[serde(default)]
        requests: Option<RequestsDuty>,
        /// How many proposals for the answer bank wait for the caller's decision.
        #[serde(default)]
        proposals: usize,
        /// How many numbers send more than is answered, for who looks after them.
        #[serde(default)]
        floods: usize,
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
    /// Numbers that send more than is answered.
    Floods {
        /// The latest in front.
        numbers: Vec<Flood>,
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
        /// Which they are; while there are any the request goes on waiting.
        #[serde(default)]
        waits_for: Vec<String>,
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
        /// Whether it waits for the approval of a ketua, or of the pengarah, who did not propose it.
        #[serde(default)]
        proposed: bool,
        /// What its wording speaks of that is never asked for by SMS, as with a step that is done.
        #[serde(default)]
        never_by_sms: Vec<String>,
        /// Its characters outside of the SMS alphabet, as with a step that is done: every answer with it is dearer.
        #[serde(default)]
        foreign: String,
        /// Whether it is from a ticket with specific data: its words are to be looked at, since everybody reads the bank.
        #[serde(default)]
        specific: bool,
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
    /// The complaints of a period.
    Exported {
        /// First day of receipt.
        from: NaiveDate,
        /// Last day of receipt.
        to: NaiveDate,
        /// In the order of receipt.
        complaints: Vec<ExportRow>,
        /// How many hold specific data, and were left out.
        specific: usize,
        /// How many nobody has sorted yet, and were left out.
        #[serde(default)]
        unsorted: usize,
        /// There are more than one export holds.
        more: bool,
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
