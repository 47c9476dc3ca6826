//! Sending: claim, write, and note what became of it, one part after the other.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::chat::ChatError;
use super::session::Session;
use crate::at::command::{At, SendTpdu};
use crate::at::{Failure, Reaction};
use crate::desk::outbound;
use crate::store::Fault;
use crate::store::outbox::{Claimed, Fate};

/// Pauses between the tries of one message (errors.md, "backoff").
const PAUSES_SECONDS: [i64; 5] = [10, 30, 120, 600, 3600];

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Sends the next message, if there is one; whether there was.
    ///
    /// # Errors
    /// [`SessionError`] where the line is gone or the database cannot note the outcome.
    pub(super) async fn send_next(&mut self) -> Result<bool, SessionError> {
        let (office, identity) = (Arc::clone(self.office), self.ready.identity.clone());
        let claimed = self
            .store
            .write(move |tx| {
                outbound::claim(tx, &office, &identity.name, &identity.sim, Utc::now())
            })
            .await?;
        let Some(message) = claimed else { return Ok(false) };
        let message = Arc::new(message);
        for (number, tpdu) in &message.parts {
            match self.chat.execute(&SendTpdu { smsc: None, tpdu }).await {
                Ok(reference) => {
                    let mr = reference.map_or(0, |reference| reference.0);
                    self.note_accepted(&message, *number, mr).await?;
                    // The report of one part can come while the next is on its way.
                    self.take_routed_meanwhile().await?;
                }
                Err(error) => {
                    self.release(&message, &error).await?;
                    match error {
                        gone @ ChatError::Gone(_) => return Err(gone.into()),
                        // A modem that is mute takes no further message in hand.
                        ChatError::Failed { failure: Failure::TimedOut(_), .. } => {
                            self.chat.execute(&At).await?;
                        }
                        // The next message would fare no better: first ask whether there is a network.
                        ChatError::Failed { failure, .. }
                            if failure.reaction() == Reaction::BackoffNet =>
                        {
                            self.doubt();
                        }
                        ChatError::Failed { .. } | ChatError::Malformed(_) => {}
                    }
                    return Ok(true);
                }
            }
        }
        Ok(true)
    }

    async fn note_accepted(
        &self,
        message: &Arc<Claimed>,
        number: i64,
        mr: u8,
    ) -> Result<(), Fault> {
        self.gauge.sent_one();
        let (office, message) = (Arc::clone(self.office), Arc::clone(message));
        let sim = self.ready.identity.sim.clone();
        self.store
            .write(move |tx| {
                outbound::accepted(tx, &office, (&message, &sim), number, mr, Utc::now())
            })
            .await
    }

    /// Notes why a part did not go: sure that it did not, sure that it never will, or unsure.
    async fn release(&self, message: &Claimed, error: &ChatError) -> Result<(), Fault> {
        let fate = fate(error, message.attempts, Utc::now());
        tracing::warn!(modem = self.ready.identity.name, outbox = message.id, %error, ?fate, "not sent");
        let (office, id, words) = (Arc::clone(self.office), message.id, error.to_string());
        self.store
            .write(move |tx| outbound::released(tx, &office, id, fate, &words, Utc::now()))
            .await
    }
}

/// What an error means for a message that was tried `attempts` times.
fn fate(error: &ChatError, attempts: i64, now: DateTime<Utc>) -> Fate {
    let pause = usize::try_from(attempts - 1).ok().and_then(|tries| PAUSES_SECONDS.get(tries));
    let again = pause.map_or(Fate::Failed, |pause| Fate::Retry(now + TimeDelta::seconds(*pause)));
    match error {
        // The line broke inside of the exchange, or the answer says nothing: the payload may have left.
        ChatError::Gone(_) | ChatError::Malformed(_) => Fate::Unknown,
        ChatError::Failed { failure, .. } if failure.may_have_gone_out() => Fate::Unknown,
        ChatError::Failed { failure, .. } => match failure.reaction() {
            Reaction::Fail | Reaction::FailBug | Reaction::FailNum => Fate::Failed,
            Reaction::Backoff
            | Reaction::BackoffNet
            | Reaction::HoldAlert
            | Reaction::Busy
            | Reaction::SimWait
            | Reaction::SimOp
            | Reaction::Pin
            | Reaction::Reset
            | Reaction::Empty
            | Reaction::Full
            | Reaction::Skip
            | Reaction::Local
            | Reaction::None => again,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::at::{CmsCode, Fate as PayloadFate, Refusal};

    fn failed(failure: Failure) -> ChatError {
        ChatError::Failed { command: "AT+CMGS".to_owned(), failure }
    }

    fn refused(code: u16) -> ChatError {
        failed(Failure::Refused { refusal: Refusal::Cms(CmsCode(code)), after_payload: true })
    }

    #[test]
    fn only_what_surely_did_not_leave_is_tried_again() {
        let now = Utc::now();
        let in_seconds = |seconds| Fate::Retry(now + TimeDelta::seconds(seconds));
        // 41: temporary failure; 1: unassigned number.
        assert_eq!(fate(&refused(41), 1, now), in_seconds(10));
        assert_eq!(fate(&refused(41), 5, now), in_seconds(3600));
        assert_eq!(fate(&refused(41), 6, now), Fate::Failed);
        assert_eq!(fate(&refused(1), 1, now), Fate::Failed);
        assert_eq!(fate(&failed(Failure::TimedOut(PayloadFate::NotSent)), 1, now), in_seconds(10));
        for silent in [Failure::TimedOut, Failure::Restarted, Failure::Reset] {
            assert_eq!(fate(&failed(silent(PayloadFate::Unknown)), 1, now), Fate::Unknown);
        }
        let gone = ChatError::Gone(std::io::ErrorKind::UnexpectedEof.into());
        assert_eq!(fate(&gone, 1, now), Fate::Unknown);
    }
}
