//! Whether what a modem says answers what it was asked just now.
//!
//! Answers come in the order of their questions. Where a question has ended without its answer, that may still be on its way, and would
//! be taken for the next one's: an `OK` looks like any other, and so does a message that is read by its place, after which the next
//! place would be freed. So a setting is asked for that was not asked for lately: an answer with its name shows that no older one is
//! on its way.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::chat::{Chat, ChatError};
use crate::at::Failure;
use crate::at::command::{At, Setting};

/// Probes of a modem that may still be waking up.
pub(super) const PROBES: usize = 5;

/// How long nothing is asked where an answer was another question's: what is on its way comes, and belongs to nobody.
const PAUSES: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
];

/// What is known of the order of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Nothing older is on its way.
    Known,
    /// The modem tells none of its settings.
    Untold,
}

/// Asks a modem whether it is there, so often at most, and until its answers belong to what it is asked.
///
/// # Errors
/// [`ChatError`] where it is silent, or its answers stay late.
pub(super) async fn synchronise<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    probes: usize,
) -> Result<Order, ChatError> {
    let mut tries = 1;
    loop {
        match chat.execute(&At).await {
            Ok(()) => return in_order(chat).await,
            Err(gone @ ChatError::Gone(_)) => return Err(gone),
            Err(error) if tries >= probes => return Err(error),
            Err(_) => tries += 1,
        }
    }
}

/// Whether the answer to a command that has ended may still be on its way.
pub(super) const fn is_silence(error: &ChatError) -> bool {
    matches!(error, ChatError::Failed { failure: Failure::TimedOut(_), .. })
}

/// Waits until what is answered is what was asked last. A modem that says nothing of its settings in two rounds of them, or only what
/// nobody asked for, serves all the same.
///
/// # Errors
/// [`ChatError`] where it is silent.
pub(super) async fn in_order<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<Order, ChatError> {
    let (mut pauses, mut untold) = (PAUSES.iter(), 0);
    while untold < 2 * Setting::COUNT {
        let setting = chat.next_setting();
        let error = match chat.execute(&setting).await {
            Ok(true) => return Ok(Order::Known),
            Err(gone @ ChatError::Gone(_)) => return Err(gone),
            Ok(false) | Err(ChatError::Failed { failure: Failure::Refused { .. }, .. }) => {
                untold += 1;
                continue;
            }
            Err(error) => error,
        };
        tracing::debug!(%error, "its answers are late, or missing");
        untold = 0;
        match pauses.next() {
            Some(pause) => tokio::time::sleep(*pause).await,
            None if matches!(error, ChatError::Malformed(_)) => break,
            None => return Err(error),
        }
    }
    Ok(Order::Untold)
}
