//! Sending: claim, write, and note what became of it, one part after the other.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::Ready;
use super::chat::{Chat, ChatError};
use crate::at::Reaction;
use crate::at::command::SendTpdu;
use crate::desk::{Office, outbound};
use crate::store::outbox::{Claimed, Fate};
use crate::store::{Fault, Store};

/// Pauses between the tries of one message (errors.md, "backoff").
const PAUSES_SECONDS: [i64; 5] = [10, 30, 120, 600, 3600];

/// Tries of one message.
const TRIES_MAX: i64 = 6;

/// Sends the next message, if there is one; whether there was.
///
/// # Errors
/// [`SessionError`] where the line is gone or the database cannot note the outcome.
pub async fn send_next<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    ready: &Ready,
    office: &Arc<Office>,
    store: &Store,
) -> Result<bool, SessionError> {
    let (on, identity) = (Arc::clone(office), ready.identity.clone());
    let claimed = store
        .write(move |tx| outbound::claim(tx, &on, &identity.name, &identity.sim, Utc::now()))
        .await?;
    let Some(message) = claimed else { return Ok(false) };
    let message = Arc::new(message);
    for (number, tpdu) in &message.parts {
        let sent = chat.execute(&SendTpdu { smsc: None, tpdu }).await;
        match sent {
            Ok(reference) => {
                let mr = reference.map_or(0, |reference| reference.0);
                let (on, message, sim) =
                    (Arc::clone(office), Arc::clone(&message), ready.identity.sim.clone());
                let number = *number;
                store
                    .write(move |tx| {
                        outbound::accepted(tx, &on, (&message, &sim), number, mr, Utc::now())
                    })
                    .await?;
            }
            Err(error) => {
                release(office, store, &message, &error).await?;
                return match error {
                    gone @ ChatError::Gone(_) => Err(gone.into()),
                    ChatError::Failed { .. } | ChatError::Malformed(_) => Ok(true),
                };
            }
        }
    }
    Ok(true)
}

/// Notes why a part did not go: sure that it did not, sure that it never will, or unsure.
async fn release(
    office: &Arc<Office>,
    store: &Store,
    message: &Claimed,
    error: &ChatError,
) -> Result<(), Fault> {
    let fate = fate(error, message.attempts, Utc::now());
    tracing::warn!(outbox = message.id, %error, ?fate, "not sent");
    let (on, id, words) = (Arc::clone(office), message.id, error.to_string());
    store.write(move |tx| outbound::released(tx, &on, id, fate, &words, Utc::now())).await
}

fn fate(error: &ChatError, attempts: i64, now: DateTime<Utc>) -> Fate {
    let pause = usize::try_from(attempts - 1).ok().and_then(|tries| PAUSES_SECONDS.get(tries));
    let again = match pause {
        Some(seconds) if attempts < TRIES_MAX => Fate::Retry(now + TimeDelta::seconds(*seconds)),
        _ => Fate::Failed,
    };
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
