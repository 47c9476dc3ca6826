//! The complaints of a period, whole, for LAPOR!.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One complaint. Numbers of persons are masked in every text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportRow {
    /// Ticket number.
    pub number: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// How it came.
    pub channel: String,
    /// Token; `None` while nobody has sorted it.
    pub category: Option<String>,
    /// Code of the unit that answers.
    pub unit: Option<String>,
    /// Its name at that time.
    pub unit_name: Option<String>,
    /// What it is about, in a line.
    pub subject: String,
    /// It holds a one-time code: `subject` and `texts` are empty.
    pub holds_otp: bool,
    /// What was written, in the order of time.
    pub texts: Vec<ExportText>,
    /// The citizen asked to be kept secret.
    pub secret: bool,
    /// Where it stands.
    pub stage: String,
    /// Why it was closed.
    pub closed_as: Option<String>,
    /// First answer.
    pub answered_at: Option<DateTime<Utc>>,
    /// What was answered, as it was sent, in the order of time.
    pub answers: Vec<ExportText>,
    /// National limit of its category.
    pub national_due_at: Option<DateTime<Utc>>,
}

/// A text with its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportText {
    /// When it came, or was sent.
    pub at: DateTime<Utc>,
    /// Its words; none where they hold a one-time code.
    pub text: String,
}
