//! Whose data there are, who has seen them, and how long they are kept.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

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

/// Requests that wait for the caller's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestsDuty {
    /// How many.
    pub count: usize,
    /// The first of them is to be answered by then.
    pub due_at: DateTime<Utc>,
    /// That time has passed.
    pub overdue: bool,
    /// Tickets that have to end before deletions can be carried out to their end.
    #[serde(default)]
    pub waits_for: Vec<String>,
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
    /// Of a deletion that waits for tickets that are still needed: when it was first carried out as far as it could be.
    #[serde(default)]
    pub begun_at: Option<DateTime<Utc>>,
    /// What was answered then.
    #[serde(default)]
    pub begun_answer: Option<String>,
    /// The tickets that it waits for; none: the rest can be done.
    #[serde(default)]
    pub waits_for: Vec<String>,
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

/// A number that sends more than is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flood {
    /// The number as the caller may see it.
    pub citizen: String,
    /// Messages over the limits in the last 24 hours.
    pub messages: i64,
    /// When the first of them came.
    pub since: DateTime<Utc>,
    /// When the last of them came.
    pub last_at: DateTime<Utc>,
    /// The ticket that the last one belongs to.
    pub number: Option<String>,
    /// What the last one says, where it belongs to none.
    pub subject: String,
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
