//! Bring-up: from an open port to a modem that announces messages, by asking what it can rather than by guessing.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::chat::{Chat, ChatError};
use crate::at::command::{
    At, CeregSet, CfunQuery, CfunSet, Cmee, CmgfPdu, CnmiSet, CnmiTest, CpinQuery, CpmsSet,
    CpmsTest, CregSet, CscaQuery, EchoOff, Escape, Functionality, Imsi, Manufacturer, Model,
    Revision, Serial, SimLock, Verbose,
};
use crate::at::{Command, Store};
use crate::store::modems::Identity;

/// Probes of a modem that may still be waking up.
const PROBES: usize = 5;

/// Tries of a command while card and message service wake up, one a second.
const PATIENT_TRIES: usize = 30;

/// Why a modem does not come into service.
#[derive(Debug, thiserror::Error)]
pub enum BringUpError {
    /// The conversation broke.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The card wants a PIN and none is configured, or asks for more than a PIN. A person must act.
    #[error("the SIM is locked ({0}); unlock it in a telephone, or switch its PIN off")]
    Locked(String),
    /// There is no card.
    #[error("there is no SIM card")]
    NoCard,
}

/// A modem in service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// What it told about itself.
    pub identity: Identity,
    /// Where it stores what arrives; first the one that it announces from.
    pub stores: Vec<Store>,
}

/// Brings a modem up.
///
/// # Errors
/// [`BringUpError`].
pub async fn bring_up<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Ready, BringUpError> {
    chat.execute(&Escape).await?;
    synchronise(chat).await?;
    chat.execute(&EchoOff).await?;
    optional(chat, &Verbose).await?;
    optional(chat, &Cmee).await?;
    if let Some(state) = optional(chat, &CfunQuery).await?
        && state != Functionality::Full
    {
        chat.execute(&CfunSet::Full).await?;
    }
    unlock(chat).await?;
    let identity = identify(chat, name).await?;
    patiently(chat, &CmgfPdu).await?;
    let stores = choose_stores(chat).await?;
    announce(chat).await?;
    optional(chat, &CregSet).await?;
    optional(chat, &CeregSet).await?;
    if optional(chat, &CscaQuery).await?.flatten().is_none() {
        tracing::warn!(
            modem = name,
            "the SIM holds no message centre (AT+CSCA?): sending will fail"
        );
    }
    Ok(Ready { identity, stores })
}

async fn synchronise<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<(), ChatError> {
    let mut tries = 1;
    loop {
        match chat.execute(&At).await {
            Ok(()) => return Ok(()),
            Err(gone @ ChatError::Gone(_)) => return Err(gone),
            Err(error) if tries >= PROBES => return Err(error),
            Err(_) => tries += 1,
        }
    }
}

/// A command that some firmware refuses; refused is no reason to stop.
async fn optional<L: AsyncRead + AsyncWrite + Unpin, C: Command>(
    chat: &mut Chat<L>,
    command: &C,
) -> Result<Option<C::Answer>, ChatError> {
    match chat.execute(command).await {
        Ok(answer) => Ok(Some(answer)),
        Err(gone @ ChatError::Gone(_)) => Err(gone),
        Err(error) => {
            tracing::debug!(%error, "refused, and not needed");
            Ok(None)
        }
    }
}

/// A command that fails while card or message service wake up.
async fn patiently<L: AsyncRead + AsyncWrite + Unpin, C: Command>(
    chat: &mut Chat<L>,
    command: &C,
) -> Result<C::Answer, ChatError> {
    let mut tries = 1;
    loop {
        match chat.execute(command).await {
            Ok(answer) => return Ok(answer),
            Err(gone @ ChatError::Gone(_)) => return Err(gone),
            Err(error) if tries >= PATIENT_TRIES => return Err(error),
            Err(_) => {
                tries += 1;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// No PIN is ever sent: a wrong one would cost a try, and a third one the card.
async fn unlock<L: AsyncRead + AsyncWrite + Unpin>(chat: &mut Chat<L>) -> Result<(), BringUpError> {
    match patiently(chat, &CpinQuery).await? {
        SimLock::Ready => Ok(()),
        SimLock::Pin => Err(BringUpError::Locked("SIM PIN".to_owned())),
        SimLock::Puk => Err(BringUpError::Locked("SIM PUK".to_owned())),
        SimLock::Other(lock) => Err(BringUpError::Locked(lock)),
        SimLock::Absent => Err(BringUpError::NoCard),
    }
}

async fn identify<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Identity, ChatError> {
    // The card's number is part of every message's identity: it is asked for until it is told.
    let sim = match patiently(chat, &Imsi).await {
        Ok(imsi) => imsi,
        Err(gone @ ChatError::Gone(_)) => return Err(gone),
        Err(_) => name.to_owned(),
    };
    Ok(Identity {
        name: name.to_owned(),
        sim,
        manufacturer: optional(chat, &Manufacturer).await?,
        model: optional(chat, &Model).await?,
        revision: optional(chat, &Revision).await?,
        serial: optional(chat, &Serial).await?,
    })
}

/// Takes the largest store that messages can be received into; the others are swept too.
async fn choose_stores<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<Vec<Store>, ChatError> {
    let lists = patiently(chat, &CpmsTest).await?;
    let known: Vec<Store> =
        ["ME", "SM"].into_iter().filter_map(|store| Store::parse(store).ok()).collect();
    let readable = |store: &Store| lists.first().is_some_and(|list| list.contains(store));
    let receivable = |store: &Store| lists.last().is_some_and(|list| list.contains(store));
    let three = lists.len() >= 3;
    let set = |store: &Store| CpmsSet {
        read: store.clone(),
        write: Some(store.clone()),
        receive: three.then(|| store.clone()),
    };
    let mut sizes: Vec<(u32, Store)> = Vec::new();
    for store in known.iter().filter(|store| readable(store)) {
        if let Some(usage) = optional(chat, &set(store)).await? {
            sizes.push((usage.first().map_or(0, |usage| usage.total), store.clone()));
        }
    }
    sizes.sort_by_key(|(total, store)| (!receivable(store), std::cmp::Reverse(*total)));
    let stores: Vec<Store> = sizes.into_iter().map(|(_, store)| store).collect();
    if let Some(first) = stores.first() {
        chat.execute(&set(first)).await?;
    }
    Ok(stores)
}

/// Asks for notices, stepping down from the best that the modem says it knows to what it really takes.
async fn announce<L: AsyncRead + AsyncWrite + Unpin>(chat: &mut Chat<L>) -> Result<(), ChatError> {
    let values = chat.execute(&CnmiTest).await?;
    let bfr = [0, 1].into_iter().find(|value| values.bfr.allows(*value));
    let mut last = None;
    for mode in [2, 1, 3].into_iter().filter(|mode| values.mode.allows(*mode)) {
        for ds in [1, 2, 0].into_iter().filter(|ds| values.ds.allows(*ds) || *ds == 0) {
            match chat.execute(&CnmiSet { mode, mt: 1, bm: 0, ds, bfr }).await {
                Ok(()) => return Ok(()),
                Err(gone @ ChatError::Gone(_)) => return Err(gone),
                Err(error) => last = Some(error),
            }
        }
    }
    last.map_or(Ok(()), Err)
}
