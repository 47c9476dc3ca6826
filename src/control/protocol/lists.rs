//! Tickets in lists and on the wall.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A ticket in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Ticket number.
    pub number: String,
    /// Unit code.
    pub unit: Option<String>,
    /// Stage token.
    pub stage: String,
    /// First words of the complaint; empty of one with the flag `otp`, and for whoever may not read its text.
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
    /// What else is to be marked: `risen` (late where it waits, and shown to the caller too), `chair-assigns`,
    /// `decision-waits`, `promise-over`, `national-near`, `national-over`.
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
    /// Where the ticket stood when it was raised.
    pub stage: String,
}
