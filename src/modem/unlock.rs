//! The card's lock, which the daemon never closes: of the three tries of a card it spends one at most.
//!
//! A PIN is entered only while the modem tells that the card grants all three, which a card does again once the right one
//! was entered. Where no number is told nothing is entered, unless the office says that it takes the danger
//! (`pin_uncounted`): then once and never again, whatever the configuration holds. The try is written down
//! before it is made: a crash between the two costs a person a look, and never the card a try.

use std::path::Path;

use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite};

use super::ModemConfig;
use super::ailment::Ailment;
use super::bring_up::{BringUpError, Patience, optional};
use super::chat::{Chat, ChatError};
use super::gauge::{Gauge, State};
use super::lock::Lock;
use super::quirks::Treatment;
use crate::at::command::{
    CpinEnter, CpinQuery, FamilyPinTries, HuaweiPinTries, Iccid, Pin, PinTries, PinTriesLeft,
    QuectelPinTries, SimLock, SimcomPinTries,
};
use crate::at::{Command, Failure, Refusal};
use crate::clock;
use crate::store::modems::{Identity, PIN_SETTLES, PinForbidden};
use crate::store::{Store, modems};

/// Tries that a card grants; with fewer left somebody else has failed, and the daemon does not add to it.
const TRIES_IN_ALL: u8 = 3;

/// As what a card is remembered that neither tells its number nor sits in a modem that does.
const UNKNOWN: &str = "?";

/// `+CME ERROR` of a slot without a usable card: not inserted, failure, wrong.
const NO_CARD: [u16; 3] = [10, 13, 15];

/// The same as `+CMS ERROR`: not inserted, failure, wrong.
const NO_CARD_FOR_MESSAGES: [u16; 3] = [310, 313, 315];

/// `+CME ERROR` of a card that is still busy, or powered down, after all patience.
const NEVER_READY: [u16; 2] = [14, 772];

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
    (config, treatment): (&ModemConfig, &Treatment),
    identity: &Identity,
    store: &Store,
    gauge: &Gauge,
) -> Result<Opened, BringUpError> {
    loop {
        return match patience.with(chat, &CpinQuery).await {
            Ok(SimLock::Ready) => {
                forget_what_is_past(chat, store).await?;
                Ok(Opened::Before)
            }
            Ok(SimLock::Pin) => {
                if enter(chat, (config, treatment), identity, store).await? {
                    return Ok(Opened::ByPin);
                }
                if gauge.fail(State::Unlocking, Ailment::PinSettles) {
                    tracing::warn!("{}", Ailment::PinSettles);
                }
                tokio::time::sleep(PIN_SETTLES.to_std().unwrap_or_default()).await;
                continue;
            }
            Ok(SimLock::Puk) => locked(Lock::Puk),
            Ok(SimLock::Other(lock)) => locked(Lock::Other(lock)),
            Ok(SimLock::Absent) => Err(BringUpError::NoCard),
            Err(error) => match refused_for(&error) {
                Some(Refusal::Cme(code)) if NO_CARD.contains(&code.0) => Err(BringUpError::NoCard),
                Some(Refusal::Cme(code)) if NEVER_READY.contains(&code.0) => Err(error.into()),
                // The command is not known: the card shows by its answers whether it is open.
                Some(_) => Ok(Opened::Before),
                None => Err(error.into()),
            },
        };
    }
}

/// Whether a message command was refused for want of a card, and the card is not there or does not answer when it is asked:
/// some modems say no word when it is taken out.
///
/// # Errors
/// [`ChatError`].
pub(super) async fn lacks_card<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    refused: &ChatError,
) -> Result<bool, ChatError> {
    let speaks_of_card = match refused_for(refused) {
        Some(Refusal::Cms(code)) => NO_CARD_FOR_MESSAGES.contains(&code.0),
        Some(Refusal::Cme(code)) => NO_CARD.contains(&code.0),
        Some(_) | None => false,
    };
    if !speaks_of_card {
        return Ok(false);
    }
    match chat.execute(&CpinQuery).await {
        Ok(lock) => Ok(lock == SimLock::Absent),
        Err(error) => match refused_for(&error) {
            Some(Refusal::Cme(code)) => Ok(NO_CARD.contains(&code.0)),
            Some(_) => Ok(false),
            None => Err(error),
        },
    }
}

/// An open card has seen its right PIN since any wrong one, or has had its PIN taken off, which needs the right one too.
async fn forget_what_is_past<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    store: &Store,
) -> Result<(), BringUpError> {
    // Only by its own number: the modem may have held another card before.
    if store.read(modems::is_any_pin_remembered).await?
        && let Some(number) = card(chat).await?
    {
        store.write(move |tx| modems::forget_pins(tx, &number)).await?;
    }
    Ok(())
}

/// The refusal behind an error, where the modem spoke at all.
fn refused_for(error: &ChatError) -> Option<&Refusal> {
    match error.failure()? {
        Failure::Refused { refusal, .. } => Some(refusal),
        Failure::TimedOut(_) | Failure::Restarted(_) | Failure::Reset(_) => None,
    }
}

fn locked<T>(lock: Lock) -> Result<T, BringUpError> {
    Err(BringUpError::Locked(lock))
}

/// Whether the PIN was entered; otherwise another was, less than a minute ago.
async fn enter<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    (config, treatment): (&ModemConfig, &Treatment),
    identity: &Identity,
    store: &Store,
) -> Result<bool, BringUpError> {
    let Some(file) = &config.pin_file else {
        return locked(Lock::NoPin);
    };
    let digits = read(file)?;
    let Ok(pin) = Pin::parse(&digits) else {
        return locked(Lock::PinFileWrong { path: file.clone() });
    };
    let card = card(chat).await?;
    let keys = keys(card.clone(), identity);
    let left = tries_left(chat, treatment).await?;
    if left.is_some_and(|left| left < TRIES_IN_ALL) {
        return locked(Lock::FewTries);
    }
    let counted = left.is_some();
    if !counted && !config.pin_uncounted {
        return locked(Lock::PinUntold);
    }
    let digest = digest(&keys, &digits);
    let noted = {
        let (keys, digest) = (keys.clone(), digest.clone());
        store.write(move |tx| modems::claim_pin_try(tx, &keys, &digest, counted, clock::now()))
    };
    match noted.await? {
        Ok(()) => {}
        Err(PinForbidden::JustNow) => return Ok(false),
        Err(PinForbidden::Tried) if counted => {
            return locked(Lock::PinTried);
        }
        Err(PinForbidden::Tried | PinForbidden::AnotherTried) => {
            return locked(Lock::PinUncounted);
        }
    }
    match chat.execute(&CpinEnter { pin }).await {
        Ok(()) => {
            let accepted = store.write(move |tx| {
                modems::pin_accepted(tx, &keys, &digest)?;
                // What was tried in this modem may have been another card's; what bears this number was not.
                card.map_or(Ok(()), |card| modems::forget_pins(tx, &card))
            });
            accepted.await?;
            Ok(true)
        }
        Err(error @ ChatError::Failed { .. })
            if error.failure().and_then(super::super::at::failure::Failure::verdict).is_some() =>
        {
            store.write(move |tx| modems::pin_refused(tx, &keys, &digest, clock::now())).await?;
            locked(Lock::PinRefused(error))
        }
        Err(error) => Err(error.into()),
    }
}

/// By what the card will be known again: its number, which most modems tell even while it is locked; and the modem, should it
/// not be told another time. Modems that tell neither share one name: whatever the configuration calls them, one try is all.
fn keys(card: Option<String>, modem: &Identity) -> Vec<String> {
    let modem = modem.imei().unwrap_or(UNKNOWN).to_owned();
    card.into_iter().chain([modem]).collect()
}

async fn card<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<Option<String>, ChatError> {
    for dialect in Iccid::ALL {
        if let Some(number) = optional(chat, &dialect).await? {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

fn read(file: &Path) -> Result<String, BringUpError> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(cause) => locked(Lock::PinFileUnreadable { path: file.to_owned(), cause }),
    }
}

/// How many tries the PIN has left, asked in the family's words first and then in those that many know.
async fn tries_left<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    treatment: &Treatment,
) -> Result<Option<u8>, ChatError> {
    let mut left = None;
    if let Some(line) = &treatment.pin_tries {
        left = told(chat, &FamilyPinTries(line.clone())).await?;
    }
    if left.is_none() {
        left = told(chat, &PinTries).await?;
    }
    if left.is_none() {
        left = told(chat, &HuaweiPinTries).await?;
    }
    if left.is_none() {
        left = told(chat, &SimcomPinTries).await?;
    }
    if left.is_none() {
        left = told(chat, &QuectelPinTries).await?;
    }
    Ok(left)
}

/// What a question tells of the PIN; more tries than a card grants are something else's.
async fn told<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    question: &impl Command<Answer = PinTriesLeft>,
) -> Result<Option<u8>, ChatError> {
    let left = optional(chat, question).await?.and_then(|left| left.pin);
    Ok(left.filter(|left| *left <= TRIES_IN_ALL))
}

/// What is remembered of a PIN: enough to know it again, in a file that only the daemon reads.
fn digest(keys: &[String], digits: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(keys.first().map_or(UNKNOWN, String::as_str).as_bytes());
    hasher.update([0]);
    hasher.update(digits.as_bytes());
    hasher.finalize().to_vec()
}
