//! From what went wrong to what ails the modem: the one place where they meet.

use std::io;
use std::path::PathBuf;

use super::ailment::Ailment;
use super::bring_up::BringUpError;
use super::chat::{ChatError, Lost};
use super::holder::Holder;
use super::interface::Hint;
use super::lock::Lock;
use super::{SessionError, Why};
use crate::at::Failure;
use crate::store::Fault;

/// What the kernel says of a device that has been pulled out: `EIO`, `ENXIO`, `ENODEV`.
const GONE: [i32; 3] = [5, 6, 19];

impl From<&SessionError> for Ailment {
    fn from(error: &SessionError) -> Self {
        match error {
            SessionError::Port { path, cause, holder } => port(path.clone(), cause, holder),
            SessionError::Chat(error) => error.into(),
            SessionError::BringUp(error) => error.into(),
            SessionError::Interface { cause, hint: Hint { looks, siblings } } => {
                let (siblings, because) = (siblings.clone(), Box::new(cause.into()));
                match looks {
                    Some(looks) => Self::WrongInterface { looks: *looks, siblings, because },
                    None => Self::OtherInterface { siblings, because },
                }
            }
            SessionError::Fault(fault) => fault.into(),
            SessionError::Unread => Self::Unread,
            SessionError::Restarted => Self::Restarted,
            SessionError::Mended(why) => Self::Mended { because: Box::new(why.into()) },
            SessionError::Changed(why) => Self::Changed { because: Box::new(why.into()) },
            SessionError::Reset => Self::Reset,
            SessionError::Disabled => Self::Disabled,
        }
    }
}

fn port(path: PathBuf, cause: &tokio_serial::Error, holder: &Holder) -> Ailment {
    use tokio_serial::ErrorKind as Kind;
    match cause.kind() {
        Kind::NoDevice => match holder {
            Holder::Ourselves => Ailment::PortHeldHere { path },
            Holder::Program { name, id } => {
                Ailment::PortHeld { path, program: name.clone(), process: *id }
            }
            Holder::Suspects(programs) => {
                Ailment::PortSuspected { path, programs: programs.clone() }
            }
            Holder::Unknown => Ailment::PortTaken { path },
        },
        Kind::Io(io::ErrorKind::PermissionDenied) => Ailment::PortForbidden { path },
        Kind::Io(io::ErrorKind::NotFound) => Ailment::NotThere { path },
        Kind::Unknown | Kind::InvalidInput | Kind::Io(_) => {
            Ailment::PortUnfit { path, cause: cause.to_string() }
        }
    }
}

impl From<&BringUpError> for Ailment {
    fn from(error: &BringUpError) -> Self {
        match error {
            BringUpError::Chat(error) => error.into(),
            BringUpError::Locked(lock) => lock.into(),
            BringUpError::NoCard => Self::NoCard,
            BringUpError::Twin(modem) => Self::Twin { modem: modem.clone() },
            BringUpError::Fault(fault) => fault.into(),
        }
    }
}

impl From<&Lock> for Ailment {
    fn from(lock: &Lock) -> Self {
        match lock {
            Lock::NoPin => Self::PinMissing,
            Lock::Puk => Self::PukAsked,
            Lock::Other(lock) => Self::LockAsked { lock: lock.clone() },
            Lock::PinFileUnreadable { path, cause } => {
                Self::PinFileUnreadable { path: path.clone(), cause: cause.to_string() }
            }
            Lock::PinFileWrong { path } => Self::PinFileWrong { path: path.clone() },
            Lock::FewTries => Self::PinFewTries,
            Lock::PinTried => Self::PinTried,
            Lock::PinUntold => Self::PinUntold,
            Lock::PinUncounted => Self::PinUncounted,
            Lock::PinRefused(error) => Self::PinRefused { because: Box::new(error.into()) },
        }
    }
}

impl From<&ChatError> for Ailment {
    fn from(error: &ChatError) -> Self {
        match error {
            ChatError::Gone(Lost::Port(cause)) => lost(cause),
            ChatError::Gone(Lost::Babble) => Self::Noise,
            ChatError::Failed { command, failure } => {
                let command = command.clone();
                match failure {
                    Failure::Refused { refusal, after_payload } => Self::Refused {
                        command,
                        refusal: refusal.clone(),
                        after_payload: *after_payload,
                    },
                    Failure::TimedOut(_) => Self::NoAnswer { command },
                    Failure::Restarted(_) => Self::RestartedMeanwhile { command },
                    Failure::Reset(_) => Self::LineReset { command },
                }
            }
            ChatError::Malformed(malformed) => {
                Self::UnusableAnswer { command: malformed.command.to_owned() }
            }
        }
    }
}

fn lost(cause: &io::Error) -> Ailment {
    use io::ErrorKind as Kind;
    let kind = cause.kind();
    let is_gone = cause.raw_os_error().is_some_and(|number| GONE.contains(&number));
    if is_gone || matches!(kind, Kind::UnexpectedEof | Kind::BrokenPipe | Kind::NotConnected) {
        Ailment::PortGone
    } else if matches!(kind, Kind::TimedOut | Kind::WriteZero) {
        Ailment::PortStuck
    } else {
        Ailment::PortBroken { cause: cause.to_string() }
    }
}

impl From<&Fault> for Ailment {
    fn from(fault: &Fault) -> Self {
        if fault.is_full_disk() {
            Self::DiskFull
        } else {
            Self::Database { cause: fault.to_string() }
        }
    }
}

impl From<&Why> for Ailment {
    fn from(why: &Why) -> Self {
        match why {
            Why::NoNetwork => Self::NoNetwork,
            Why::SetByHand => Self::SetByHand,
            Why::Chat(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::at::{Fate, Malformed};

    #[test]
    fn what_a_port_says_when_it_goes_is_known() {
        let of = |error: io::Error| Ailment::from(&ChatError::from(error)).code();
        assert_eq!(of(io::ErrorKind::UnexpectedEof.into()), "port-gone");
        assert_eq!(of(io::Error::from_raw_os_error(5)), "port-gone");
        assert_eq!(of(io::ErrorKind::TimedOut.into()), "port-stuck");
        assert_eq!(of(io::Error::other("odd")), "port-broken");
    }

    #[test]
    fn a_port_that_does_not_open_is_told_by_why() {
        use tokio_serial::{Error, ErrorKind as Kind};
        let of = |kind, holder| {
            let (path, cause) = (PathBuf::from("/dev/ttyUSB0"), Error::new(kind, "why"));
            Ailment::from(&SessionError::Port { path, cause, holder }).code()
        };
        let program = Holder::Program { name: "x".to_owned(), id: 1 };
        assert_eq!(of(Kind::NoDevice, program.clone()), "port-held");
        assert_eq!(of(Kind::NoDevice, Holder::Ourselves), "port-held-here");
        assert_eq!(of(Kind::NoDevice, Holder::Suspects(vec!["smsd"])), "port-suspected");
        assert_eq!(of(Kind::NoDevice, Holder::Unknown), "port-taken");
        assert_eq!(of(Kind::Io(io::ErrorKind::PermissionDenied), program), "port-forbidden");
        assert_eq!(of(Kind::Io(io::ErrorKind::NotFound), Holder::Unknown), "not-there");
        assert_eq!(of(Kind::Unknown, Holder::Unknown), "port-unfit");
    }

    #[test]
    fn a_chain_of_errors_is_told_link_by_link() {
        let failure = Failure::TimedOut(Fate::Unknown);
        let silent =
            || ChatError::Failed { command: "AT+CMGS".to_owned(), failure: failure.clone() };
        let mended = Ailment::from(&SessionError::Mended(silent().into()));
        assert_eq!(mended.code(), "mended");
        assert_eq!(mended.because().map(Ailment::code), Some("no-answer"));
        let hint = Hint { looks: None, siblings: vec![PathBuf::from("/dev/ttyUSB1")] };
        let other = Ailment::from(&SessionError::Interface { cause: silent(), hint });
        assert_eq!(other.details(), [("siblings", "/dev/ttyUSB1".to_owned())]);
        let malformed = Malformed { command: "AT+CPMS", answer: "+6281234567890".to_owned() };
        let unusable = Ailment::from(&SessionError::from(ChatError::from(malformed)));
        assert_eq!(unusable.details(), [("command", "AT+CPMS".to_owned())]);
        let full =
            Fault::Place { path: PathBuf::from("/var"), cause: io::ErrorKind::StorageFull.into() };
        let full = SessionError::from(Fault::Commit(Arc::new(full)));
        assert_eq!(Ailment::from(&full), Ailment::DiskFull);
        let stopped = SessionError::from(BringUpError::from(Fault::Stopped));
        assert_eq!(Ailment::from(&stopped).code(), "database");
    }
}
