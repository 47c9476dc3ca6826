//! The figures of a month, and the report's way (procedure.md section 14).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

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

/// A month's report, and what the caller has to do about it.
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
    /// The complaint in a line; empty where it holds specific data or a one-time code.
    pub subject: String,
    /// It holds a one-time code, which no list tells.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds_otp: bool,
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
    /// Ditutup tanpa penanganan, by reason; `TERTUTUP_ETIK`: it has taken the closed path since a report was signed that counts it.
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
