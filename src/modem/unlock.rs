//! The card's lock. A PIN is tried once; one that was refused is never tried again until the configuration holds another.
//!
//! The try is written down before it is made: a crash between the two costs a person a look, and never the card a try.

use std::path::Path;

use chrono::Utc;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite};

use super::ModemConfig;
use super::bring_up::{BringUpError, Patience, optional};
use super::chat::{Chat, ChatError};
use crate::at::command::{
    CpinEnter, CpinQuery, HuaweiPinTries, Iccid, Pin, PinTries, QuectelPinTries, SimLock,
    SimcomPinTries,
};
use crate::at::{Failure, Refusal};
use crate::store::{Fault, Store, modems};

/// Tries that a card grants; with fewer left somebody else has failed, and the daemon does not add to it.
const TRIES_IN_ALL: u8 = 3;

/// `+CME ERROR` of a slot without a usable card: not inserted, failure, wrong.
const NO_CARD: [u16; 3] = [10, 13, 15];

/// How a card came to be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// It was not locked.
    Before,
    /// Its PIN was entered now.
    ByPin,
}

/// Opens the card where it is locked and the configuration has its PIN.
///
/// # Errors
/// [`BringUpError::NoCard`], and [`BringUpError::Locked`] with what a person must do.
pub(super) async fn unlock<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    patience: &mut Patience,
    config: &ModemConfig,
    store: &Store,
) -> Result<Opened, BringUpError> {
    match patience.with(chat, &CpinQuery).await {
        Ok(SimLock::Ready) => Ok(Opened::Before),
        Ok(SimLock::Pin) => {
            enter(chat, config, store).await?;
            Ok(Opened::ByPin)
        }
        Ok(SimLock::Puk) => locked("it asks for its PUK: unlock it in a telephone"),
        Ok(SimLock::Other(lock)) => {
            locked(&format!("it asks for {lock}: unlock it in a telephone"))
        }
        Ok(SimLock::Absent) => Err(BringUpError::NoCard),
        Err(error) => match refused_for(&error) {
            Some(Refusal::Cme(code)) if NO_CARD.contains(&code.0) => Err(BringUpError::NoCard),
            // The command is not known: the card shows by its answers whether it is open.
            Some(_) => Ok(Opened::Before),
            None => Err(error.into()),
        },
    }
}

/// The refusal behind an error, where the modem spoke at all.
fn refused_for(error: &ChatError) -> Option<&Refusal> {
    match error.failure()? {
        Failure::Refused { refusal, .. } => Some(refusal),
        Failure::TimedOut(_) | Failure::Restarted(_) | Failure::Reset(_) => None,
    }
}

fn locked<T>(why: &str) -> Result<T, BringUpError> {
    Err(BringUpError::Locked(why.to_owned()))
}

async fn enter<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    config: &ModemConfig,
    store: &Store,
) -> Result<(), BringUpError> {
    let Some(file) = &config.pin_file else {
        return locked(
            "it asks for a PIN and none is configured: set pin_file, or switch the PIN off",
        );
    };
    let digits = read(file)?;
    let Ok(pin) = Pin::parse(&digits) else {
        return locked(&format!("{} does not hold four to eight digits", file.display()));
    };
    // Most modems tell the card's own number even while it is locked.
    let card = card(chat).await?.unwrap_or_else(|| config.name.clone());
    let left = tries_left(chat).await?;
    if left.is_some_and(|left| left < TRIES_IN_ALL) {
        return locked("fewer than three tries are left: enter the right PIN in a telephone first");
    }
    let digest = digest(&card, &digits);
    let before = {
        let (card, digest) = (card.clone(), digest.clone());
        store.read(move |tx| modems::pin_try(tx, &card, &digest)).await?
    };
    // A try without an answer cost nothing if the card still grants all of them.
    let unanswered = before == Some(modems::PinTry::Unanswered) && left == Some(TRIES_IN_ALL);
    if before.is_some() && !unanswered {
        return locked("the configured PIN was tried before: put the right one into pin_file");
    }
    note(store, &card, &digest, modems::PinTry::Unanswered).await?;
    match chat.execute(&CpinEnter { pin }).await {
        Ok(()) => {
            let (card, digest) = (card.clone(), digest.clone());
            store.write(move |tx| modems::pin_accepted(tx, &card, &digest)).await?;
            Ok(())
        }
        Err(error @ ChatError::Failed { .. })
            if error.failure().and_then(super::super::at::failure::Failure::verdict).is_some() =>
        {
            note(store, &card, &digest, modems::PinTry::Refused).await?;
            locked(&format!("the configured PIN was refused ({error}); it is not tried again"))
        }
        Err(error) => Err(error.into()),
    }
}

async fn card<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<Option<String>, ChatError> {
    for dialect in [Iccid::Ccid, Iccid::Iccid, Iccid::Ciccid, Iccid::Qccid, Iccid::Huawei] {
        if let Some(number) = optional(chat, &dialect).await? {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

async fn note(
    store: &Store,
    card: &str,
    digest: &[u8],
    outcome: modems::PinTry,
) -> Result<(), Fault> {
    let (card, digest) = (card.to_owned(), digest.to_owned());
    store.write(move |tx| modems::note_pin_try(tx, &card, &digest, outcome, Utc::now())).await
}

fn read(file: &Path) -> Result<String, BringUpError> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(cause) => locked(&format!("its PIN cannot be read from {}: {cause}", file.display())),
    }
}

async fn tries_left<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<Option<u8>, ChatError> {
    let mut left = optional(chat, &PinTries).await?;
    if left.is_none() {
        left = optional(chat, &HuaweiPinTries).await?;
    }
    if left.is_none() {
        left = optional(chat, &SimcomPinTries).await?;
    }
    if left.is_none() {
        left = optional(chat, &QuectelPinTries).await?;
    }
    Ok(left.and_then(|left| left.pin))
}

/// What is remembered of a PIN: enough to know it again, in a file that only the daemon reads.
fn digest(card: &str, digits: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(card.as_bytes());
    hasher.update([0]);
    hasher.update(digits.as_bytes());
    hasher.finalize().to_vec()
}
