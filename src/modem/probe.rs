//! A look at a port before anything is configured: whether a modem answers there, which one, and whether its card may be
//! used. Nothing is changed but the echo, and no PIN is entered.

use std::path::Path;

use tokio::io::{AsyncRead, AsyncWrite};

use super::bring_up::{is_notifying, optional, registration};
use super::chat::{Chat, ChatError, Lost};
use super::identify::names;
use super::interface::Hint;
use super::synchrony::{PROBES, synchronise};
use super::{SessionError, port};
use crate::at::command::{
    Cmee, CnmiTest, CpinQuery, CscaQuery, Csq, EchoOff, Escape, Imsi, SignalQuality, SimLock,
    Verbose,
};
use crate::store::modems::Identity;

/// Speeds that are tried where none is given: what most take, then what serial modems were left at, the commoner first.
pub const SPEEDS: [u32; 6] = [115_200, 9600, 57_600, 19_200, 38_400, 460_800];

/// How often a modem is asked for a sign of life at each speed but the first: a port of USB answers at any speed or at none.
const PROBES_AGAIN: usize = 2;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The speed at which it answered.
    pub baud: u32,
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

/// Opens a port and looks, at the speed that is given, or at one after the other of [`SPEEDS`] until somebody answers.
///
/// # Errors
/// [`SessionError::Port`] where it does not open, [`SessionError::Chat`] or [`SessionError::Interface`] where nobody answers: what
/// came of the first speed.
pub async fn probe(path: &Path, baud: Option<u32>) -> Result<Found, SessionError> {
    let Some(baud) = baud else { return search(path).await };
    at_speed(path, baud, PROBES).await
}

async fn search(path: &Path) -> Result<Found, SessionError> {
    let [usual, others @ ..] = SPEEDS;
    let mute = match at_speed(path, usual, PROBES).await {
        Err(error) if is_mute(&error) => error,
        settled => return settled,
    };
    for baud in others {
        match at_speed(path, baud, PROBES_AGAIN).await {
            Err(error) if is_mute(&error) => {}
            settled => return settled,
        }
    }
    Err(mute)
}

/// Whether another speed may help: nobody answered, and what came is no other interface's.
const fn is_mute(error: &SessionError) -> bool {
    matches!(
        error,
        SessionError::Chat(ChatError::Failed { .. } | ChatError::Gone(Lost::Babble))
            | SessionError::Interface { hint: Hint { looks: None, .. }, .. }
    )
}

async fn at_speed(path: &Path, baud: u32, probes: usize) -> Result<Found, SessionError> {
    let line = port::open(path, (baud, false)).await?;
    let mut chat = Chat::new(line);
    let looked = look(&mut chat, baud, probes).await;
    looked.map_err(|error| SessionError::from(error).at_port(chat.sample(), path, false))
}

async fn look<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    baud: u32,
    probes: usize,
) -> Result<Found, ChatError> {
    chat.execute(&Escape).await?;
    synchronise(chat, probes).await?;
    optional(chat, &EchoOff).await?;
    optional(chat, &Verbose).await?;
    optional(chat, &Cmee).await?;
    let mut identity = names(chat, "").await?;
    let card = optional(chat, &CpinQuery).await?;
    if let Some(sim) = optional(chat, &Imsi).await? {
        identity.sim = sim;
    }
    Ok(Found {
        baud,
        identity,
        card,
        is_registered: registration(chat).await?.is_registered(),
        signal: optional(chat, &Csq).await?,
        has_centre: optional(chat, &CscaQuery).await?.flatten().is_some(),
        announces: optional(chat, &CnmiTest).await?.is_some_and(|values| is_notifying(&values)),
    })
}
