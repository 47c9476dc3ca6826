//! Sending: claim, write, and note what became of it, one part after the other.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::SessionError;
use super::bring_up::optional;
use super::chat::ChatError;
use super::ladder::Measure;
use super::session::Session;
use crate::at::command::{At, CfunSet, SendTpdu, Verbatim};
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
                    self.past.ladder.accepted();
                    if self.past.rest.take().is_some_and(|rest| rest.alarm.is_some()) {
                        tracing::info!("the card sends again");
                        self.show();
                    }
                    // The report of one part can come while the next is on its way.
                    self.take_routed_meanwhile().await?;
                }
                Err(error) => {
                    let measure = error.failure().map_or(Measure::GoOn, |failure| {
                        let now = Instant::now();
                        self.past.ladder.refused(failure.reaction(), &message.recipient, now)
                    });
                    self.release(&message, &error, measure).await?;
                    self.mend(error, measure).await?;
                    return Ok(true);
                }
            }
        }
        Ok(true)
    }

    /// Does to the modem what its refusal calls for.
    async fn mend(&mut self, error: ChatError, measure: Measure) -> Result<(), SessionError> {
        match &error {
            ChatError::Gone(_) => return Err(error.into()),
            // A modem that is mute takes no further message in hand.
            ChatError::Failed { failure: Failure::TimedOut(_), .. } => {
                self.chat.execute(&At).await?;
            }
            ChatError::Failed { .. } | ChatError::Malformed(_) => {}
        }
        match measure {
            Measure::GoOn => {}
            Measure::AskNetwork(pause) => {
                self.doubt();
                self.past.rest_for(pause, None);
            }
            Measure::Wait(pause) => self.past.rest_for(pause, None),
            Measure::Hold(pause) => {
                tracing::error!(
                    %error,
                    minutes = pause.as_secs() / 60,
                    "nothing is sent on this card for now: look at its credit, contract and message centre"
                );
                self.past.rest_for(pause, Some(error.to_string()));
                self.show();
            }
            Measure::Sweep => self.sweep().await?,
            Measure::BringUp => return Err(SessionError::Changed(error.to_string())),
            Measure::Restart => {
                match self.ready.treatment.restart.clone() {
                    Some(line) => drop(optional(&mut self.chat, &Verbatim::new(line)).await?),
                    None => drop(optional(&mut self.chat, &CfunSet::Restart).await?),
                }
                return Err(SessionError::Mended(error.to_string()));
            }
        }
        Ok(())
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
    async fn release(
        &self,
        message: &Claimed,
        error: &ChatError,
        measure: Measure,
    ) -> Result<(), Fault> {
        let fate = fate(error, message.attempts, measure, Utc::now());
        tracing::warn!(modem = self.ready.identity.name, outbox = message.id, %error, ?fate, "not sent");
        let (office, id, words) = (Arc::clone(self.office), message.id, error.to_string());
        self.store
            .write(move |tx| outbound::released(tx, &office, id, fate, &words, Utc::now()))
            .await
    }
}

/// What an error means for a message that was tried `attempts` times, when this is done about the modem.
fn fate(error: &ChatError, attempts: i64, measure: Measure, now: DateTime<Utc>) -> Fate {
    let failure = match error {
        // The line broke inside of the exchange, or the answer says nothing: the payload may have left.
        ChatError::Gone(_) | ChatError::Malformed(_) => return Fate::Unknown,
        ChatError::Failed { failure, .. } if failure.may_have_gone_out() => return Fate::Unknown,
        ChatError::Failed { failure, .. } => failure,
    };
    if matches!(failure.reaction(), Reaction::Fail | Reaction::FailBug | Reaction::FailNum) {
        return Fate::Failed;
    }
    let tries = usize::try_from(attempts - 1).ok();
    let Some(pause) = tries.and_then(|tries| PAUSES_SECONDS.get(tries)) else {
        // A card that may not send, or is busy, is no fault of the message: it waits for another one.
        let blameless = matches!(measure, Measure::Hold(_) | Measure::Wait(_));
        return if blameless { Fate::Retry(now) } else { Fate::Failed };
    };
    match measure {
        Measure::GoOn | Measure::AskNetwork(_) => Fate::Retry(now + TimeDelta::seconds(*pause)),
        // The modem is mended or rests meanwhile; another one may take the message at once.
        Measure::Wait(_)
        | Measure::Hold(_)
        | Measure::Sweep
        | Measure::BringUp
        | Measure::Restart => Fate::Retry(now),
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
        let go_on = |error: &ChatError, attempts| fate(error, attempts, Measure::GoOn, now);
        // 41: temporary failure; 1: unassigned number; 8: operator determined barring; 500: unknown error.
        assert_eq!(go_on(&refused(41), 1), in_seconds(10));
        assert_eq!(go_on(&refused(41), 5), in_seconds(3600));
        assert_eq!(go_on(&refused(41), 6), Fate::Failed);
        assert_eq!(go_on(&refused(1), 1), Fate::Failed);
        let hold = Measure::Hold(std::time::Duration::from_hours(1));
        assert_eq!(fate(&refused(8), 9, hold, now), Fate::Retry(now));
        assert_eq!(fate(&refused(500), 2, Measure::Restart, now), Fate::Retry(now));
        assert_eq!(fate(&refused(500), 9, Measure::Restart, now), Fate::Failed);
        assert_eq!(go_on(&failed(Failure::TimedOut(PayloadFate::NotSent)), 1), in_seconds(10));
        for silent in [Failure::TimedOut, Failure::Restarted, Failure::Reset] {
            assert_eq!(go_on(&failed(silent(PayloadFate::Unknown)), 1), Fate::Unknown);
        }
        let gone = ChatError::Gone(std::io::ErrorKind::UnexpectedEof.into());
        assert_eq!(go_on(&gone, 1), Fate::Unknown);
    }
}
