//! The link to the network, kept up between texts that follow one another (`AT+CMMS`, 3GPP TS 27.005 §3.5.6).
//!
//! Each text sets the link up anew, which takes a second or more; what has several parts, or others behind it, asks for the
//! link to stay. `AT+CMMS=1` lapses by itself once no text has come for 1 to 5 s, as the modem likes; `AT+CMMS=2` would
//! hold the channel while nothing is sent, and is not used.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::SessionError;
use super::bring_up::optional;
use super::quirks::Treatment;
use super::session::Session;
use crate::at::command::{Cmms, CmmsTest, Linger};

/// How long every modem keeps the link without another text.
const KEPT: Duration = Duration::from_secs(1);

/// `<n>` of `AT+CMMS`: until some seconds pass without a text.
const ONCE: u8 = 1;

/// What a session knows of its modem's link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// The modem was not asked yet whether it can keep it.
    Unasked,
    /// It cannot, or must not be asked: each text sets up its own.
    Unkept,
    /// It can; it does up to this time.
    Kept(Option<Instant>),
}

impl Link {
    pub(super) fn of(treatment: &Treatment) -> Self {
        if treatment.link == Some(false) { Self::Unkept } else { Self::Unasked }
    }

    /// Whether there is something to say to the modem before several texts.
    pub(super) fn is_to_be_kept(self, now: Instant) -> bool {
        match self {
            Self::Unasked => true,
            Self::Unkept => false,
            Self::Kept(until) => until.is_none_or(|until| until <= now),
        }
    }

    /// A text is about to be written: a link that has lapsed is kept by no further text.
    pub(super) fn begin(&mut self, now: Instant) {
        if let Self::Kept(until) = self {
            *until = until.filter(|until| *until > now);
        }
    }

    /// The network took a text: a link that was kept is kept on.
    pub(super) fn went_on(&mut self, now: Instant) {
        if let Self::Kept(Some(until)) = self {
            *until = now + KEPT;
        }
    }
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Has the modem keep its link for the texts that follow at once. What it refuses once is not asked again.
    pub(super) async fn keep_link(&mut self) -> Result<(), SessionError> {
        if self.link == Link::Unasked {
            let values = optional(&mut self.chat, &CmmsTest).await?;
            let can = values.is_some_and(|values| values.allows(ONCE));
            self.link = if can { Link::Kept(None) } else { Link::Unkept };
        }
        if self.link.is_to_be_kept(Instant::now()) {
            let kept = optional(&mut self.chat, &Cmms(Linger::Once)).await?.is_some();
            self.link = if kept { Link::Kept(Some(Instant::now() + KEPT)) } else { Link::Unkept };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_kept_as_long_as_one_text_follows_another() {
        let now = Instant::now();
        let later = |milliseconds| now + Duration::from_millis(milliseconds);
        assert!(Link::Unasked.is_to_be_kept(now) && Link::Kept(None).is_to_be_kept(now));
        assert!(!Link::Unkept.is_to_be_kept(now));
        let mut link = Link::Kept(Some(later(1000)));
        // The network takes its time; what counts is how long the modem waited for the text.
        link.begin(later(900));
        link.went_on(later(4000));
        assert!(!link.is_to_be_kept(later(4900)) && link.is_to_be_kept(later(5000)));
        link.begin(later(5000));
        link.went_on(later(6000));
        assert!(link.is_to_be_kept(later(6000)), "it had lapsed before the text");
    }

    #[test]
    fn a_family_may_be_said_not_to_be_asked() {
        assert_eq!(Link::of(&Treatment::default()), Link::Unasked);
        let forbidden = Treatment { link: Some(false), ..Treatment::default() };
        assert_eq!(Link::of(&forbidden), Link::Unkept);
    }
}
