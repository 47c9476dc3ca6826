//! Why a command has no answer, and whether a message may have gone out all the same.

use super::error::{CmeCode, CmsCode, Reaction, Verdict};
use super::result::Refusal;

/// What may have become of a payload when its command failed without a final result code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// No payload was written: nothing can have gone out.
    NotSent,
    /// The payload was written and nobody said what became of it: it may have gone out.
    Unknown,
}

/// Why a command has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The modem or the network said no; whatever was written has not gone out.
    #[error("{refusal}")]
    Refused {
        /// The final result code.
        refusal: Refusal,
        /// Whether a payload had been written when it came.
        after_payload: bool,
    },
    /// The time was over.
    #[error("no answer in time")]
    TimedOut(Fate),
    /// A boot line came: the modem has forgotten the command.
    #[error("the modem restarted")]
    Restarted(Fate),
    /// The line was closed or reopened, see [`Engine::reset`](super::Engine::reset).
    #[error("the line was reset")]
    Reset(Fate),
}

impl Failure {
    /// Whether a TPDU of this command may be on its way to somebody: then it must not be sent again unseen.
    pub fn may_have_gone_out(&self) -> bool {
        match self {
            Self::Refused { .. } => self.is_unanswered(),
            Self::TimedOut(fate) | Self::Restarted(fate) | Self::Reset(fate) => {
                *fate == Fate::Unknown
            }
        }
    }

    /// Whether the modem had the TPDU and heard nothing of the network: it may be on its way, and the modem is not at fault.
    pub const fn is_unanswered(&self) -> bool {
        matches!(self, Self::Refused { refusal, after_payload: true } if refusal.is_unanswered())
    }

    /// Whether the modem had the TPDU and refused it without a reason: some firmware has the same word for everything.
    pub const fn names_no_reason(&self) -> bool {
        let Self::Refused { refusal, after_payload: true } = self else { return false };
        match refusal {
            Refusal::Plain | Refusal::CmsWords(_) | Refusal::CmeWords(_) => true,
            Refusal::Cms(code) => matches!(*code, CmsCode::UNKNOWN),
            Refusal::Cme(code) => matches!(*code, CmeCode::UNKNOWN),
            Refusal::NotSupported(_) | Refusal::Call(_) => false,
        }
    }

    /// Whether the modem could make nothing of the PDU that it read. Where ours is right the line has marred it, or it came too
    /// early for the modem.
    pub const fn is_misread(&self) -> bool {
        matches!(
            self,
            Self::Refused { refusal: Refusal::Cms(CmsCode::INVALID_PDU), after_payload: true }
        )
    }

    /// Whether the centre refused a message because it has that already: it went out, and nobody tells its TP-MR.
    pub fn is_duplicate(&self) -> bool {
        let refusal = Refusal::Cms(CmsCode::DUPLICATE);
        *self == Self::Refused { refusal, after_payload: true }
    }

    /// What the error tables say, where the modem said no.
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::Refused { refusal, after_payload } => Some(refusal.verdict(*after_payload)),
            Self::TimedOut(_) | Self::Restarted(_) | Self::Reset(_) => None,
        }
    }

    /// What to do with modem and command; ask [`Failure::may_have_gone_out`] before any message is sent again.
    pub fn reaction(&self) -> Reaction {
        match self {
            Self::Refused { refusal, after_payload } => refusal.verdict(*after_payload).reaction,
            Self::TimedOut(_) => Reaction::Reset,
            Self::Restarted(_) | Self::Reset(_) => Reaction::Local,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::at::error::{CmeCode, CmsCode};

    #[test]
    fn a_modem_that_heard_nothing_of_the_network_leaves_the_fate_of_its_payload_open() {
        let refused = |refusal, after_payload| Failure::Refused { refusal, after_payload };
        for refusal in
            [Refusal::Cms(CmsCode(332)), Refusal::Cms(CmsCode(513)), Refusal::Cme(CmeCode(31))]
        {
            assert!(refused(refusal.clone(), true).may_have_gone_out(), "{refusal}");
            assert!(!refused(refusal, false).may_have_gone_out());
        }
        for refusal in [Refusal::Cms(CmsCode(331)), Refusal::Cme(CmeCode(30)), Refusal::Plain] {
            assert!(!refused(refusal, true).may_have_gone_out());
        }
    }

    #[test]
    fn only_silence_after_the_payload_leaves_its_fate_open() {
        let refused = Failure::Refused { refusal: Refusal::Cms(CmsCode(38)), after_payload: true };
        assert!(!refused.may_have_gone_out());
        assert_eq!(refused.verdict(), Some(CmsCode(38).verdict()));
        for failure in [Failure::TimedOut, Failure::Restarted, Failure::Reset] {
            assert!(failure(Fate::Unknown).may_have_gone_out());
            assert!(!failure(Fate::NotSent).may_have_gone_out());
            assert_eq!(failure(Fate::Unknown).verdict(), None);
        }
    }

    #[test]
    fn a_duplicate_is_one_only_once_there_was_a_payload() {
        let refused = |code, after_payload| Failure::Refused {
            refusal: Refusal::Cms(CmsCode(code)),
            after_payload,
        };
        assert!(refused(197, true).is_duplicate());
        assert!(!refused(197, false).is_duplicate() && !refused(38, true).is_duplicate());
    }

    #[test]
    fn every_failure_has_a_reaction() {
        let plain = |after_payload| Failure::Refused { refusal: Refusal::Plain, after_payload };
        assert_eq!(plain(true).reaction(), CmsCode::UNKNOWN.verdict().reaction);
        assert_eq!(Failure::TimedOut(Fate::NotSent).reaction(), Reaction::Reset);
        assert_eq!(Failure::Restarted(Fate::NotSent).reaction(), Reaction::Local);
    }
}
