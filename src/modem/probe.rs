//! A look at a port before anything is configured: whether a modem answers there, which one, and whether its card may be
//! used. Nothing is changed but the echo, and no PIN is entered.

use std::path::Path;

use tokio::io::{AsyncRead, AsyncWrite};

use super::bring_up::{identify, is_notifying, optional, registration, synchronise};
use super::chat::{Chat, ChatError};
use super::{SessionError, port};
use crate::at::command::{
    Cmee, CnmiTest, CpinQuery, CscaQuery, Csq, EchoOff, Escape, Imsi, SignalQuality, SimLock,
    Verbose,
};
use crate::store::modems::Identity;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the modem told about itself; its name here is empty.
    pub identity: Identity,
    /// Whether the card is open; `None` where the modem does not say.
    pub card: Option<SimLock>,
    /// Whether it has a network.
    pub is_registered: bool,
    /// The signal, where it is told.
    pub signal: Option<SignalQuality>,
    /// Whether the card holds the number of its message centre.
    pub has_centre: bool,
    /// Whether this port announces messages; another interface of the same stick may.
    pub announces: bool,
}

/// Opens a port and looks.
///
/// # Errors
/// [`SessionError::Port`] where it does not open, [`SessionError::Chat`] or [`SessionError::Interface`] where nobody answers.
pub async fn probe(path: &Path, baud: u32) -> Result<Found, SessionError> {
    let line = port::open(path, (baud, false)).await?;
    let mut chat = Chat::new(line);
    let looked = look(&mut chat).await;
    looked.map_err(|error| SessionError::from(error).at_port(chat.sample(), path, false))
}

async fn look<L: AsyncRead + AsyncWrite + Unpin>(chat: &mut Chat<L>) -> Result<Found, ChatError> {
    chat.execute(&Escape).await?;
    synchronise(chat).await?;
    optional(chat, &EchoOff).await?;
    optional(chat, &Verbose).await?;
    optional(chat, &Cmee).await?;
    let mut identity = identify(chat, "").await?;
    let card = optional(chat, &CpinQuery).await?;
    if let Some(sim) = optional(chat, &Imsi).await? {
        identity.sim = sim;
    }
    Ok(Found {
        identity,
        card,
        is_registered: registration(chat).await?.is_registered(),
        signal: optional(chat, &Csq).await?,
        has_centre: optional(chat, &CscaQuery).await?.flatten().is_some(),
        announces: optional(chat, &CnmiTest).await?.is_some_and(|values| is_notifying(&values)),
    })
}
