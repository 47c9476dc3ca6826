//! The daemon and its modems.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

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
