//! One ticket: its file, its story, and what is done to it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Line, Person};

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
    /// How the unit was read: `certain`, `lenient`, `guessed`, `none`; or `assigned`: an officer chose it.
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
    /// The text that the caller is to give.
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
    /// The text that the caller is to give.
    #[serde(default)]
    pub give: Option<Give>,
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
    /// The note of the answer bank that it was taken from: then the decision is that on the note.
    #[serde(default)]
    pub from_note: Option<i64>,
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
    /// The last error: what modem or network said, or a token of the gateway's own (`taken-back` …).
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
        /// The last error: what modem or network said, or a token of the gateway's own (`taken-back` …).
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
    /// The roles that decide what becomes of it, where it waits to be sorted, or its draft for a decision.
    #[serde(default)]
    pub deciders: Vec<String>,
    /// What the citizen will read, where something goes out.
    pub text: Option<String>,
    /// How many SMS that takes.
    pub parts: Option<usize>,
    /// Its characters outside of the SMS alphabet, each once, where they make an SMS of 70 characters out of one of 160.
    #[serde(default)]
    pub foreign: String,
    /// What it speaks of that is never asked for by SMS: `nik`, `kk`, `otp`, `pin`, `password`, `transfer`; and `link`, where it holds what
    /// may be one. What is to be given is looked at too, as far as its way is as open as an SMS.
    #[serde(default)]
    pub never_by_sms: Vec<String>,
    /// When it goes out, where that is later.
    pub not_before: Option<DateTime<Utc>>,
    /// What no SMS carries: the caller gives it to the citizen, and to those whose tickets were joined to this one.
    #[serde(default)]
    pub give: Vec<Give>,
    /// The number is under STOP: nothing goes out, and an answer waits for STATUS.
    #[serde(default)]
    pub stopped: bool,
    /// The units that get a copy now.
    #[serde(default)]
    pub copies: Vec<String>,
    /// The unit that answers, where it was named among those: it needs none.
    #[serde(default)]
    pub needs_no_copy: Option<String>,
    /// Of a correction: notes of the answer bank that the corrected answer came from, or that came from its ticket.
    #[serde(default)]
    pub notes: Vec<i64>,
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
    /// It is owed until an officer says to have given it.
    #[serde(default)]
    pub owed: bool,
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
