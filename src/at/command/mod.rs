//! The commands: each knows its wire form, how long it may take, and how to read its answer.

mod identity;
mod message;
mod network;
mod session;
mod setup;
mod sim;
mod syntax;
mod ussd;

use std::time::Duration;

use super::request::Request;

pub use identity::{Iccid, Imsi, Manufacturer, Model, Revision, Serial};
pub use message::{
    Acknowledgement, Cmgd, CmglAll, Cmgr, Cmms, CmmsTest, Cnma, Linger, Listed, MessageReference,
    MessageStatus, SendTpdu, Stored,
};
pub use network::{
    CeregQuery, CeregSet, Cnum, CopsLongName, CopsQuery, CregQuery, CregSet, CscaQuery, Csq,
    Operator, RegistrationReport, ServiceCentre, SignalQuality,
};
pub use session::{
    At, CfunQuery, CfunSet, Cmee, EchoOff, Escape, Functionality, GsmCharacters, Hangup, HookOn,
    Setting, Verbatim, Verbose,
};
pub use setup::{
    Announcing, CmgfPdu, CnmiQuery, CnmiSet, CnmiTest, CnmiValues, CpmsQuery, CpmsSet, CpmsTest,
    CsmsQuery, CsmsSet, MessageService, StoreUsage,
};
pub use sim::{
    CpinEnter, CpinQuery, FamilyPinTries, HuaweiPinTries, NotAPin, Pin, PinTries, PinTriesLeft,
    QuectelPinTries, SimLock, SimcomPinTries,
};
pub use syntax::Values;
pub use ussd::{NotACode, UssdCancel, UssdRequest, UssdText};

/// `AT` and other commands that the modem answers out of its own head.
pub const AT_PATIENCE: Duration = Duration::from_secs(1);
/// Commands without a row of their own; card and stores make them slow.
pub const DEFAULT_PATIENCE: Duration = Duration::from_secs(10);
/// `AT+CPIN`: 0.25 s was too short for some.
pub const CPIN_PATIENCE: Duration = Duration::from_secs(15);
/// `AT+CFUN`: the radio starts or stops.
pub const CFUN_PATIENCE: Duration = Duration::from_secs(40);
/// `AT+CMGL`: a full store over a slow line.
pub const CMGL_PATIENCE: Duration = Duration::from_mins(1);
/// `AT+CMGD`: up to 25 s on a full card.
pub const CMGD_PATIENCE: Duration = Duration::from_secs(30);
/// From a command line to its prompt.
pub const PROMPT_PATIENCE: Duration = Duration::from_secs(30);
/// From the payload of `AT+CMGS` to its result: 14 s are common, a minute happens in bad cells.
pub const CMGS_PATIENCE: Duration = Duration::from_mins(2);
/// `AT+CUSD`, and after its `OK` the same again for [`Urc::Ussd`](super::Urc::Ussd) or
/// [`Urc::LateError`](super::Urc::LateError).
pub const CUSD_PATIENCE: Duration = Duration::from_mins(1);
/// How long [`Escape`] reads away what comes.
pub const DRAIN_TIME: Duration = Duration::from_millis(300);

/// One AT command.
pub trait Command {
    /// What it is asked for.
    type Answer;

    /// The wire form and the patience.
    fn request(&self) -> Request;

    /// Reads the information lines that came before `OK`.
    ///
    /// # Errors
    /// [`Malformed`] when the lines do not hold what the command needs.
    fn answer(&self, lines: &[String]) -> Result<Self::Answer, Malformed>;
}

/// `OK` came, but the lines before it say nothing usable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{command} was answered by {answer:?}")]
pub struct Malformed {
    /// The command's name.
    pub command: &'static str,
    /// The lines.
    pub answer: String,
}
