//! Bring-up: from an open port to a modem that announces messages, by asking what it can rather than by guessing.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::ModemConfig;
use super::chat::{Chat, ChatError};
use super::unlock::unlock;
use crate::at::command::{
    At, CeregQuery, CeregSet, CfunQuery, CfunSet, Cmee, CmgfPdu, CnmiSet, CnmiTest, CnmiValues,
    CpmsSet, CpmsTest, CregQuery, CregSet, CscaQuery, CsmsQuery, CsmsSet, EchoOff, Escape,
    Functionality, Imsi, Manufacturer, Model, Revision, Serial, Verbose,
};
use crate::at::{Command, Store as Memory};
use crate::store::modems::Identity;
use crate::store::{Fault, Store};

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
    /// The card is locked, and a person must act.
    #[error("the SIM is locked: {0}")]
    Locked(String),
    /// There is no card.
    #[error("there is no SIM card")]
    NoCard,
    /// The database could not keep something.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A modem in service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// What it told about itself.
    pub identity: Identity,
    /// Where it stores what arrives; first the one that it announces from.
    pub stores: Vec<Memory>,
    /// Message service 1: what is routed must be acknowledged (3GPP TS 27.005 §3.2.1).
    pub acknowledges: bool,
    /// Whether it had a network when it was asked.
    pub registered: bool,
}

/// Brings a modem up.
///
/// # Errors
/// [`BringUpError`].
pub async fn bring_up<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    config: &ModemConfig,
    store: &Store,
) -> Result<Ready, BringUpError> {
    let name = &config.name;
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
    unlock(chat, config, store).await?;
    let identity = identify(chat, name).await?;
    patiently(chat, &CmgfPdu).await?;
    let stores = choose_stores(chat).await?;
    let acknowledges = announce(chat).await?;
    optional(chat, &CregSet).await?;
    optional(chat, &CeregSet).await?;
    if optional(chat, &CscaQuery).await?.flatten().is_none() {
        tracing::warn!(
            modem = name,
            "the SIM holds no message centre (AT+CSCA?): sending will fail; set it once, in a telephone"
        );
    }
    let registered = is_registered(chat).await?;
    Ok(Ready { identity, stores, acknowledges, registered })
}

/// Whether messages can go and come: on LTE either registration will do, and a modem that tells neither is believed.
///
/// # Errors
/// [`ChatError::Gone`].
pub async fn is_registered<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<bool, ChatError> {
    let circuit = optional(chat, &CregQuery).await?;
    let packet = optional(chat, &CeregQuery).await?;
    let mut told = circuit.into_iter().chain(packet).peekable();
    Ok(told.peek().is_none() || told.any(|report| report.state.is_registered()))
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
pub(super) async fn optional<L: AsyncRead + AsyncWrite + Unpin, C: Command>(
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
pub(super) async fn patiently<L: AsyncRead + AsyncWrite + Unpin, C: Command>(
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

/// Takes the largest store that messages can be received into; the others that can be read are swept too.
async fn choose_stores<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<Vec<Memory>, ChatError> {
    let lists = patiently(chat, &CpmsTest).await?;
    let three = lists.len() >= 3;
    let set = |store: &Memory| CpmsSet {
        read: store.clone(),
        write: Some(store.clone()),
        receive: three.then(|| store.clone()),
    };
    let (readable, receivable) = (lists.first(), lists.last());
    let mut taken: Vec<(Memory, u32)> = Vec::new();
    let mut only_read: Vec<Memory> = Vec::new();
    for store in ["ME", "SM"].into_iter().filter_map(|store| Memory::parse(store).ok()) {
        if !readable.is_some_and(|list| list.contains(&store)) {
            continue;
        }
        let usage = if receivable.is_some_and(|list| list.contains(&store)) {
            optional(chat, &set(&store)).await?
        } else {
            None
        };
        match usage {
            Some(usage) => taken.push((store, usage.first().map_or(0, |usage| usage.total))),
            None => only_read.push(store),
        }
    }
    taken.sort_by_key(|(_, total)| std::cmp::Reverse(*total));
    let stores: Vec<Memory> = taken.into_iter().map(|(store, _)| store).chain(only_read).collect();
    if let Some(first) = stores.first() {
        chat.execute(&set(first)).await?;
    }
    Ok(stores)
}

/// Asks for notices, stepping down from the best that the modem says it knows to what it really takes; returns whether
/// what is routed must be acknowledged.
async fn announce<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<bool, ChatError> {
    let values = chat.execute(&CnmiTest).await?;
    let Err(refused) = try_notices(chat, &values).await? else {
        let service = optional(chat, &CsmsQuery).await?.and_then(|service| service.service);
        return Ok(service == Some(1));
    };
    // Some route nothing until the service of phase 2+ is chosen.
    if optional(chat, &CsmsSet::Phase2Plus).await?.is_none() {
        return Err(refused);
    }
    try_notices(chat, &values).await?.map(|()| true)
}

/// Outside the fate of the line, inside whether any of the variants was taken.
async fn try_notices<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    values: &CnmiValues,
) -> Result<Result<(), ChatError>, ChatError> {
    let bfr = [0, 1].into_iter().find(|value| values.bfr.allows(*value));
    let mut last = Ok(());
    for mode in [2, 1, 3].into_iter().filter(|mode| values.mode.allows(*mode)) {
        for ds in [1, 2, 0].into_iter().filter(|ds| values.ds.allows(*ds) || *ds == 0) {
            match chat.execute(&CnmiSet { mode, mt: 1, bm: 0, ds, bfr }).await {
                Ok(()) => return Ok(Ok(())),
                Err(gone @ ChatError::Gone(_)) => return Err(gone),
                Err(error) => last = Err(error),
            }
        }
    }
    Ok(last)
}
