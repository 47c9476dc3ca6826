//! What goes over the control socket: the only types of the house that another program is told.
//!
//! Requests refuse unknown fields; answers may grow. Times are RFC 3339 in UTC; tokens are the office's.

mod ask;
mod case;
mod export;
mod gateway;
mod lists;
mod privacy;
mod recap;
mod tell;

pub use ask::{ASK_BYTES_MAX, Ask};
pub use case::{
    Added, Annexed, CaseFile, Done, Draft, Event, Give, Joined, Letter, Note, Received, Reply,
    Step, Story, Unreachable,
};
pub use export::{ExportRow, ExportText};
pub use gateway::{
    Ailment, CardNotice, ClockDifference, Credit, Held, MessageStore, Modem, ModemFile, PowerAlarm,
    Quota, Signal, Status,
};
pub use lists::{Board, BoardLine, BoardReminder, BoardStage, Hint, Line};
pub use privacy::{
    Access, Blocked, CopiedText, DataRequest, Flood, RequestsDuty, RetentionPlan, RetentionRecord,
    Retired,
};
pub use recap::{
    Correction, OpenRow, Recap, Register, RegisterRow, ReportDuty, Seal, Signing, StepRow, Summary,
    UnitRow,
};
pub use tell::{Person, Tell, Trouble};
