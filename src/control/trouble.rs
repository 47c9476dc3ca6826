//! From what went wrong to what is told: code, HTTP status, details. The one place where they meet.

use std::collections::BTreeMap;

use axum::http::StatusCode;

use super::protocol::{ASK_BYTES_MAX, Ailment, Trouble};
use crate::desk::Error;
use crate::desk::staff::Officer;
use crate::masking;
use crate::store::Fault;
use crate::ticket::{Refusal, Role};

/// What everybody but an admin reads of a fault.
const GANGGUAN: &str = "gangguan";

/// Why an ask gets no answer of its own kind.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    /// The kernel's word leads to nobody of the office.
    #[error(
        "the account {account} is not on the staff; an admin must add it to the staff file of aduand"
    )]
    UnknownCaller {
        /// Account, or the number of one without a name.
        account: String,
    },
    /// No ask, or one with fields that asks do not have.
    #[error("this is no ask: {0}")]
    Malformed(String),
    /// More than an ask may take.
    #[error("the ask is larger than {ASK_BYTES_MAX} bytes; send it in smaller pieces")]
    TooLarge,
    /// The body did not come in time.
    #[error("the ask did not come to its end in time")]
    TooSlow,
    /// Another path.
    #[error("there is nothing at this path; asks go to POST /v1/ask")]
    NoSuchPath,
    /// Another method.
    #[error("asks go to POST /v1/ask")]
    MethodNotAllowed,
    /// No modem of this name is configured.
    #[error("there is no modem {name}")]
    NoSuchModem {
        /// As it was typed.
        name: String,
    },
    /// The modem is not in service.
    #[error("the modem {name} is {state}: it does not take this order now")]
    ModemNotInService {
        /// Its name.
        name: String,
        /// A token.
        state: &'static str,
    },
    /// Other orders wait, or its turn did not come in time.
    #[error("the modem {name} has other work; look whether it was done before you ask again")]
    ModemBusy {
        /// Its name.
        name: String,
    },
    /// The line could change something.
    #[error(
        "{line:?} is not put to a modem by hand; allowed are questions (AT+NAME?, AT+NAME=?, ATI, AT+CSQ and the like) and the settings of card and network that docs/protocol.md names"
    )]
    NotByHand {
        /// As it was typed.
        line: String,
    },
    /// Modem or network said no, or nothing.
    #[error("the modem {name} did not do it: {words}")]
    ModemRefused {
        /// Its name.
        name: String,
        /// Why.
        words: String,
        /// The same as a code.
        cause: Ailment,
    },
    /// The office said no, or could not do it.
    #[error(transparent)]
    Desk(#[from] Error),
}

impl Problem {
    /// Stable, for scripts and translations.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::UnknownCaller { .. } => "UNKNOWN_CALLER",
            Self::Malformed(_) => "MALFORMED",
            Self::TooLarge => "TOO_LARGE",
            Self::TooSlow => "TOO_SLOW",
            Self::NoSuchPath => "NO_SUCH_PATH",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NoSuchModem { .. } => "NO_SUCH_MODEM",
            Self::ModemNotInService { .. } => "MODEM_NOT_IN_SERVICE",
            Self::ModemBusy { .. } => "MODEM_BUSY",
            Self::NotByHand { .. } => "NOT_BY_HAND",
            Self::ModemRefused { .. } => "MODEM_REFUSED",
            Self::Desk(error) => error.code(),
        }
    }

    /// The HTTP status that goes with it.
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::UnknownCaller { .. } => StatusCode::FORBIDDEN,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NoSuchPath | Self::NoSuchModem { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::ModemNotInService { .. } | Self::ModemBusy { .. } | Self::ModemRefused { .. } => {
                StatusCode::CONFLICT
            }
            Self::NotByHand { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Desk(error) => status_of(error),
        }
    }

    /// Whether the gateway could not do it, rather than that a rule said no.
    pub(super) const fn is_fault(&self) -> bool {
        matches!(self, Self::Desk(Error::Fault(_)))
    }

    /// What `officer` is told; `None`: somebody who is nobody here.
    pub(super) fn trouble(&self, officer: Option<&Officer>) -> Trouble {
        let hidden = self.is_fault() && !officer.is_some_and(|officer| officer.is(Role::Admin));
        let mut details = BTreeMap::new();
        let mut tell = |name: &str, value: String| details.insert(name.to_owned(), value);
        match self {
            Self::UnknownCaller { account } => _ = tell("account", account.clone()),
            Self::TooLarge => _ = tell("max", ASK_BYTES_MAX.to_string()),
            Self::NoSuchModem { name } | Self::ModemBusy { name } => {
                tell("name", name.clone());
            }
            Self::ModemNotInService { name, state } => {
                tell("name", name.clone());
                tell("modem", (*state).to_owned());
            }
            Self::NotByHand { line } => _ = tell("line", line.clone()),
            Self::ModemRefused { name, words: _, cause } => {
                for (detail, value) in &cause.details {
                    tell(detail, value.clone());
                }
                tell("name", name.clone());
                tell("cause", cause.code.clone());
            }
            Self::Desk(error) => {
                for (name, value) in details_of(error) {
                    tell(name, masking::identities(&value));
                }
                if error.code() == Refusal::NotPermitted.code()
                    && let Some(officer) = officer
                {
                    let roles: Vec<_> = officer.roles.iter().map(|role| role.token()).collect();
                    tell("role", roles.join(" "));
                }
            }
            Self::Malformed(_) | Self::TooSlow | Self::NoSuchPath | Self::MethodNotAllowed => {}
        }
        Trouble {
            code: self.code().to_owned(),
            message: if hidden {
                GANGGUAN.to_owned()
            } else if matches!(self, Self::Desk(_) | Self::Malformed(_)) {
                masking::identities(&self.to_string())
            } else {
                self.to_string()
            },
            details,
            fault: self.is_fault(),
        }
    }
}

const fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::Refused(refusal) => match refusal {
            Refusal::NotPermitted
            | Refusal::OwnDraft
            | Refusal::DirectorDecides
            | Refusal::ChairMustAssign
            | Refusal::ReasonNotByHand { .. } => StatusCode::FORBIDDEN,
            Refusal::OutOfTurn { .. }
            | Refusal::NobodyDecides
            | Refusal::NoteNotValid
            | Refusal::NoteOfOtherUnit
            | Refusal::TooLate
            | Refusal::TooOften { .. } => StatusCode::CONFLICT,
            Refusal::Incomplete(_) => StatusCode::UNPROCESSABLE_ENTITY,
        },
        Error::NotPermitted => StatusCode::FORBIDDEN,
        Error::NoSuchTicket(_)
        | Error::NoSuchUnit(_)
        | Error::NoSuchNote(_)
        | Error::NotProposed(_) => StatusCode::NOT_FOUND,
        Error::NobodyFor(_) | Error::UnderStop => StatusCode::CONFLICT,
        Error::NotAMember(_)
        | Error::NotOnStaff(_)
        | Error::TooLong { .. }
        | Error::Missing(_)
        | Error::Invalid { .. }
        | Error::BlankLeft(_) => StatusCode::UNPROCESSABLE_ENTITY,
        // Worth another try: nothing of it was kept.
        Error::Fault(Fault::Stopped | Fault::Commit(_)) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What the sentence about an error speaks of.
fn details_of(error: &Error) -> Vec<(&'static str, String)> {
    match error {
        Error::Refused(refusal) => match refusal {
            Refusal::OutOfTurn { stage } => vec![("stage", stage.token().to_owned())],
            Refusal::Incomplete(field) => vec![("field", (*field).to_owned())],
            Refusal::TooOften { max } => vec![("max", max.to_string())],
            Refusal::ReasonNotByHand { reason } => vec![("reason", reason.token().to_owned())],
            Refusal::NotPermitted
            | Refusal::OwnDraft
            | Refusal::DirectorDecides
            | Refusal::NobodyDecides
            | Refusal::ChairMustAssign
            | Refusal::NoteNotValid
            | Refusal::NoteOfOtherUnit
            | Refusal::TooLate => Vec::new(),
        },
        Error::NoSuchTicket(number) => vec![("number", number.clone())],
        Error::NoSuchUnit(unit) | Error::NobodyFor(unit) => vec![("unit", unit.clone())],
        Error::NoSuchNote(note) => vec![("note", note.to_string())],
        Error::NotProposed(note) => {
            vec![("field", "proposal".to_owned()), ("note", note.to_string())]
        }
        Error::NotAMember(member) | Error::NotOnStaff(member) => vec![("member", member.clone())],
        Error::TooLong { parts, max, over } => {
            vec![("parts", parts.to_string()), ("max", max.to_string()), ("over", over.to_string())]
        }
        Error::Missing(field) => vec![("field", (*field).to_owned())],
        Error::Invalid { what, value } => {
            vec![("field", (*what).to_owned()), ("value", value.clone())]
        }
        Error::BlankLeft(blank) => vec![("blank", blank.clone())],
        Error::UnderStop | Error::NotPermitted | Error::Fault(_) => Vec::new(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ticket::{CloseReason, OfficerId, Stage};

    /// One of each.
    pub(in crate::control) fn every_problem() -> Vec<Problem> {
        let refusals = [
            Refusal::OutOfTurn { stage: Stage::Answered },
            Refusal::NotPermitted,
            Refusal::OwnDraft,
            Refusal::DirectorDecides,
            Refusal::NobodyDecides,
            Refusal::ChairMustAssign,
            Refusal::Incomplete("reason"),
            Refusal::NoteNotValid,
            Refusal::NoteOfOtherUnit,
            Refusal::TooLate,
            Refusal::TooOften { max: 2 },
            Refusal::ReasonNotByHand { reason: CloseReason::Withdrawn },
        ];
        let errors = [
            Error::NoSuchTicket("P26-00009-1".to_owned()),
            Error::NoSuchUnit("X".to_owned()),
            Error::NoSuchNote(9),
            Error::NotProposed(9),
            Error::NobodyFor("DISHUB".to_owned()),
            Error::NotAMember("sari".to_owned()),
            Error::NotOnStaff("siapa".to_owned()),
            Error::TooLong { parts: 5, max: 4, over: 40 },
            Error::Missing("note"),
            Error::Invalid { what: "category", value: "X".to_owned() },
            Error::BlankLeft("tgl".to_owned()),
            Error::UnderStop,
            Error::NotPermitted,
            Error::Fault(Fault::Stale { table: "ticket", id: 1 }),
            Error::Fault(Fault::Commit(Arc::new(Fault::Stopped))),
        ];
        let own = [
            Problem::UnknownCaller { account: "root".to_owned() },
            Problem::Malformed("EOF".to_owned()),
            Problem::TooLarge,
            Problem::TooSlow,
            Problem::NoSuchPath,
            Problem::MethodNotAllowed,
            Problem::NoSuchModem { name: "modem-9".to_owned() },
            Problem::ModemNotInService { name: "modem-1".to_owned(), state: "absent" },
            Problem::ModemBusy { name: "modem-1".to_owned() },
            Problem::NotByHand { line: "AT+CFUN=0".to_owned() },
            Problem::ModemRefused {
                name: "modem-1".to_owned(),
                words: "the network ended it without a word".to_owned(),
                cause: Ailment {
                    code: "ussd-wordless".to_owned(),
                    details: BTreeMap::new(),
                    because: None,
                },
            },
        ];
        let refused = refusals.into_iter().map(|refusal| Problem::Desk(refusal.into()));
        own.into_iter().chain(refused).chain(errors.into_iter().map(Problem::Desk)).collect()
    }

    fn officer(role: Role) -> Officer {
        Officer {
            id: OfficerId::from("x"),
            name: "X".to_owned(),
            roles: vec![role],
            units: Vec::new(),
            phone: None,
        }
    }

    #[test]
    fn only_an_admin_reads_the_cause_of_a_fault() {
        let fault = Problem::Desk(Error::Fault(Fault::Stale { table: "ticket", id: 1 }));
        let told = |officer: Option<&Officer>| fault.trouble(officer).message;
        assert_eq!(told(Some(&officer(Role::Chair))), "gangguan");
        assert_eq!(told(None), "gangguan");
        assert!(told(Some(&officer(Role::Admin))).contains("ticket 1"));
    }

    #[test]
    fn a_refusal_carries_what_its_sentence_speaks_of() {
        let problem = Problem::Desk(Error::TooLong { parts: 5, max: 4, over: 40 });
        let details = problem.trouble(None).details;
        let pairs: Vec<_> =
            details.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("max", "4"), ("over", "40"), ("parts", "5")]);
    }

    #[test]
    fn who_may_not_is_told_with_which_role() {
        let trouble = Problem::Desk(Error::NotPermitted).trouble(Some(&officer(Role::Director)));
        assert_eq!(trouble.details.get("role").map(String::as_str), Some("pengarah"));
        assert!(!trouble.fault);
    }
}
