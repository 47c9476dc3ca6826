//! Bring-up: from an open port to a modem that announces messages, by asking what it can rather than by guessing.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::chat::{Chat, ChatError};
use super::claims::Claim;
use super::gauge::{Gauge, State};
use super::health::Registration;
use super::identify::identify;
use super::lock::Lock;
use super::quirks::Treatment;
use super::synchrony::{PROBES, is_silence, synchronise};
use super::unlock::{Opened, unlock};
use super::{ModemConfig, Receive};
use crate::at::command::{
    CeregQuery, CeregSet, CfunQuery, CfunSet, Cmee, CmgfPdu, CnmiSet, CnmiTest, CnmiValues,
    CpmsSet, CpmsTest, CregQuery, CregSet, CscaQuery, CsmsQuery, CsmsSet, EchoOff, Escape,
    Functionality, Imsi, StoreUsage, Values, Verbatim, Verbose,
};
use crate::at::{Command, Failure, Reaction, Store as Memory};
use crate::store::modems::Identity;
use crate::store::{Fault, Store};

/// Tries of a command while card and message service say that they wake up, one a second.
const WAKING_TRIES: usize = 30;

/// Refusals in one bring-up that may mean the same, each waited out for a second: some firmware says nothing but `ERROR`
/// until it is ready. After that a refusal is taken for what it says.
const DOUBTS: usize = 5;

/// `<mt>` of `AT+CNMI`: messages are stored and announced, or handed over (3GPP TS 27.005 §3.4.1).
const STORED: u8 = 1;
pub(super) const ROUTED: u8 = 2;
/// `<ds>`: reports are stored and announced.
const REPORTS_STORED: u8 = 2;

/// How a modem hands over what it receives, beside what the configuration wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Handing {
    /// As that wants it, and every message is safe until it is kept.
    #[default]
    AsWanted,
    /// It is to hand over, and does not or takes no acknowledgement: it stores.
    StoredInstead,
    /// It can only hand over, and takes no acknowledgement: what is not kept at once is lost.
    Unacknowledged,
}

/// What a modem took of the ways to tell of messages.
struct Announced {
    notices: Option<CnmiSet>,
    acknowledges: bool,
    handing: Handing,
}

/// Why a modem does not come into service.
#[derive(Debug, thiserror::Error)]
pub enum BringUpError {
    /// The conversation broke.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The card is locked, and a person must act.
    #[error("the SIM is locked: {0}")]
    Locked(Lock),
    /// There is no card.
    #[error("there is no SIM card")]
    NoCard,
    /// The modem is served by another task, or may be.
    #[error(
        "{0} serves this modem already (same IMEI, same SIM or one that does not tell its number yet): take one of the two \
         [[modem]] blocks out"
    )]
    Twin(String),
    /// The database could not keep something.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A modem in service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// What it told about itself.
    pub identity: Identity,
    /// What is done differently for it.
    pub treatment: Treatment,
    /// Where it stores what arrives; first the one that it announces from.
    pub stores: Vec<Memory>,
    /// How it was told to announce; none where it takes no such command.
    pub notices: Option<CnmiSet>,
    /// Message service 1: what is routed must be acknowledged (3GPP TS 27.005 §3.2.1).
    pub acknowledges: bool,
    /// How it hands over.
    pub handing: Handing,
    /// Whether it had a network when it was asked.
    pub registered: bool,
    /// What it said to that.
    pub registration: Registration,
    /// How full its stores were before they were read out.
    pub usage: Vec<StoreUsage>,
    /// Whether the card has a message centre; without one nothing can be sent.
    pub has_centre: bool,
}

/// Brings a modem up, and shows how far it has come. Nothing that another port of the same modem shares is changed before it is
/// known that nobody serves there: a store chosen here between another task's reading and deleting would cost a message.
///
/// # Errors
/// [`BringUpError`].
pub async fn bring_up<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    config: &ModemConfig,
    store: &Store,
    gauge: &Gauge,
) -> Result<(Ready, Claim), BringUpError> {
    gauge.enter(State::Syncing);
    let name = &config.name;
    chat.execute(&Escape).await?;
    synchronise(chat, PROBES).await?;
    chat.begin_anew();
    optional(chat, &EchoOff).await?;
    optional(chat, &Verbose).await?;
    optional(chat, &Cmee).await?;
    gauge.enter(State::Identifying);
    let mut identity = identify(chat, name).await?;
    let claim = gauge.claims().take(&identity).map_err(BringUpError::Twin)?;
    if let Some(state) = optional(chat, &CfunQuery).await?
        && state != Functionality::Full
    {
        chat.execute(&CfunSet::Full).await?;
    }
    let mut patience = Patience { doubts: DOUBTS };
    let mut treatment = treat(chat, config, &identity).await?;
    gauge.enter(State::Unlocking);
    if unlock(chat, &mut patience, (config, &treatment), &identity, store, gauge).await?
        == Opened::ByPin
        && let Some(pause) = treatment.after_pin
    {
        tokio::time::sleep(pause).await;
    }
    // The card's number is part of every message's identity: it is asked for until it is told.
    let tells_at_last =
        identity.sim == *name && unless_refused(patience.with(chat, &Imsi).await)?.is_some();
    // Some say nothing about themselves before their card is open; and of one whose answers came late, the names may be others'.
    if identity.model.is_none() || tells_at_last {
        identity = identify(chat, name).await?;
        treatment = treat(chat, config, &identity).await?;
    }
    claim.settle(&identity).map_err(BringUpError::Twin)?;
    gauge.enter(State::Configuring);
    patience.with(chat, &CmgfPdu).await?;
    let Stores { mut swept, usage, reports } = choose_stores(chat, &mut patience).await?;
    let Announced { notices, acknowledges, handing } =
        announce(chat, &mut patience, config.receive, &treatment).await?;
    if notices.is_some_and(|notices| notices.ds == REPORTS_STORED) {
        // Reports that came while nobody listened lie there.
        swept.extend(reports);
    }
    optional(chat, &CregSet).await?;
    optional(chat, &CeregSet).await?;
    let has_centre = optional(chat, &CscaQuery).await?.flatten().is_some();
    if !has_centre {
        tracing::warn!(
            modem = name,
            "the SIM holds no message centre (AT+CSCA?): sending will fail; set it once, in a telephone"
        );
    }
    let registration = registration(chat).await?;
    let registered = registration.is_registered();
    let ready = Ready {
        identity,
        treatment,
        stores: swept,
        notices,
        acknowledges,
        handing,
        registered,
        registration,
        usage,
        has_centre,
    };
    Ok((ready, claim))
}

/// Asks where messages could go and come.
///
/// # Errors
/// [`ChatError::Gone`].
pub async fn registration<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<Registration, ChatError> {
    Ok(Registration {
        circuit: optional(chat, &CregQuery).await?.map(|report| report.state),
        lte: optional(chat, &CeregQuery).await?.map(|report| report.state),
    })
}

/// A command that some firmware refuses, or does not even answer, while it starts; that is no reason to stop.
pub(super) async fn optional<L: AsyncRead + AsyncWrite + Unpin, C: Command>(
    chat: &mut Chat<L>,
    command: &C,
) -> Result<Option<C::Answer>, ChatError> {
    match chat.execute(command).await {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => passed_over(chat, error).await.map(|()| None),
    }
}

/// What a modem did not do for us, and need not; an error where the port is gone, or it answers nothing at all.
pub(super) async fn passed_over<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    error: ChatError,
) -> Result<(), ChatError> {
    if matches!(error, ChatError::Gone(_)) {
        return Err(error);
    }
    tracing::debug!(%error, "refused, and not needed");
    // A modem that answers nothing at all is not asked all the rest; of one that has cried in the middle the answer may come yet.
    if is_silence(&error) || matches!(error.failure(), Some(Failure::Restarted(_))) {
        synchronise(chat, PROBES).await?;
    }
    Ok(())
}

/// What is left of the patience with a modem that wakes up.
#[derive(Debug)]
pub(super) struct Patience {
    doubts: usize,
}

impl Patience {
    /// Runs a command that fails while card or message service wake up.
    pub(super) async fn with<L: AsyncRead + AsyncWrite + Unpin, C: Command>(
        &mut self,
        chat: &mut Chat<L>,
        command: &C,
    ) -> Result<C::Answer, ChatError> {
        let mut tries = 1;
        loop {
            let error = match chat.execute(command).await {
                Err(error) if self.allows_another(&error, tries) => error,
                settled => return settled,
            };
            tracing::debug!(%error, tries, "not yet");
            tries += 1;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    fn allows_another(&mut self, error: &ChatError, tries: usize) -> bool {
        let reaction = match error {
            ChatError::Gone(_) => return false,
            ChatError::Malformed(_) => Reaction::None,
            ChatError::Failed { failure, .. } => failure.reaction(),
        };
        match reaction {
            Reaction::SimWait | Reaction::Busy => tries < WAKING_TRIES,
            Reaction::Skip | Reaction::Pin | Reaction::SimOp => false,
            Reaction::Backoff
            | Reaction::BackoffNet
            | Reaction::Fail
            | Reaction::FailBug
            | Reaction::FailNum
            | Reaction::HoldAlert
            | Reaction::Reset
            | Reaction::Empty
            | Reaction::Full
            | Reaction::Local
            | Reaction::None => {
                let doubt = self.doubts > 0;
                self.doubts = self.doubts.saturating_sub(1);
                doubt
            }
        }
    }
}

/// An answer, or none where the modem spoke but did not give it; silence stays an error.
pub(super) fn unless_refused<T>(answer: Result<T, ChatError>) -> Result<Option<T>, ChatError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(ChatError::Failed { command, failure }) if failure.verdict().is_some() => {
            tracing::debug!(command, %failure, "refused, and done without");
            Ok(None)
        }
        Err(ChatError::Malformed(answer)) => {
            tracing::debug!(answer.command, "not understood, and done without");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Does what is known to be good for its family.
async fn treat<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    config: &ModemConfig,
    identity: &Identity,
) -> Result<Treatment, ChatError> {
    let treatment = config.quirks.of(identity);
    chat.keep_pace(treatment.payload.unwrap_or_default());
    for line in &treatment.start {
        optional(chat, &Verbatim::new(line.clone())).await?;
    }
    Ok(treatment)
}

/// Where a modem keeps what arrives.
struct Stores {
    /// First the one that announces, then the others that can be read.
    swept: Vec<Memory>,
    usage: Vec<StoreUsage>,
    /// The one for status reports, where it can be read.
    reports: Option<Memory>,
}

/// Takes the largest store that messages can be received into; the others that can be read are swept too.
async fn choose_stores<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    patience: &mut Patience,
) -> Result<Stores, ChatError> {
    // Where the modem does not tell, every choice is tried.
    let lists = unless_refused(patience.with(chat, &CpmsTest).await)?
        .unwrap_or_else(|| vec![all_stores(); 3]);
    let three = lists.len() >= 3;
    let set = |store: &Memory| CpmsSet {
        read: store.clone(),
        write: Some(store.clone()),
        receive: three.then(|| store.clone()),
    };
    let (readable, receivable) = (lists.first(), lists.last());
    let mut taken: Vec<(Memory, u32)> = Vec::new();
    let mut usage: Vec<StoreUsage> = Vec::new();
    let mut only_read: Vec<Memory> = Vec::new();
    for store in all_stores() {
        if !readable.is_some_and(|list| list.contains(&store)) {
            continue;
        }
        let told = if receivable.is_some_and(|list| list.contains(&store)) {
            optional(chat, &set(&store)).await?
        } else {
            None
        };
        match told {
            Some(told) => {
                let first = told.into_iter().next();
                taken.push((store.clone(), first.as_ref().map_or(0, |usage| usage.total)));
                // The answer has mostly no names.
                usage.extend(first.map(|usage| StoreUsage { store: Some(store), ..usage }));
            }
            None => only_read.push(store),
        }
    }
    taken.sort_by_key(|(_, total)| std::cmp::Reverse(*total));
    // Where none was taken, what the modem itself chose stays chosen.
    if let Some((first, _)) = taken.first() {
        chat.execute(&set(first)).await?;
    }
    let reports = Memory::parse("SR").ok();
    Ok(Stores {
        swept: taken.into_iter().map(|(store, _)| store).chain(only_read).collect(),
        usage,
        reports: reports.filter(|store| readable.is_some_and(|list| list.contains(store))),
    })
}

/// The stores where received messages can lie; `MT` is both of them.
fn all_stores() -> Vec<Memory> {
    ["ME", "SM"].into_iter().filter_map(|store| Memory::parse(store).ok()).collect()
}

/// Asks for notices, stepping down from the best that the modem says it knows to what it really takes.
async fn announce<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    patience: &mut Patience,
    receive: Receive,
    treatment: &Treatment,
) -> Result<Announced, ChatError> {
    let values = unless_refused(patience.with(chat, &CnmiTest).await)?;
    let reports = reports_of(treatment);
    let mut handing = Handing::AsWanted;
    if receive == Receive::Direct {
        // Without the service of phase 2+ nobody could tell the network that a message was not kept.
        let acknowledges = wants_acknowledgements(chat).await?;
        if acknowledges
            && let Ok(Some(taken)) = try_notices(chat, values.as_ref(), (ROUTED, reports)).await?
        {
            return Ok(Announced { notices: Some(taken), acknowledges, handing });
        }
        handing = Handing::StoredInstead;
        tracing::warn!(
            acknowledges,
            "the modem does not hand messages over, or takes no acknowledgement; it is asked to store them"
        );
    }
    let refused = match try_notices(chat, values.as_ref(), (STORED, reports)).await? {
        Ok(notices) if notices.is_some() || receive == Receive::Stored => {
            let service = optional(chat, &CsmsQuery).await?.and_then(|service| service.service);
            return Ok(Announced { notices, acknowledges: service == Some(1), handing });
        }
        Ok(_) => None,
        Err(refused) => Some(refused),
    };
    // Some route nothing until the service of phase 2+ is chosen.
    let acknowledges = wants_acknowledgements(chat).await?;
    if acknowledges
        && let Ok(notices) = try_notices(chat, values.as_ref(), (STORED, reports)).await?
    {
        return Ok(Announced { notices, acknowledges, handing });
    }
    if receive == Receive::Direct
        && let Ok(Some(taken)) = try_notices(chat, values.as_ref(), (ROUTED, reports)).await?
    {
        if !acknowledges {
            tracing::warn!("the modem hands messages over and waits for no acknowledgement");
            handing = Handing::Unacknowledged;
        }
        return Ok(Announced { notices: Some(taken), acknowledges, handing });
    }
    let refused = refused.map(|error| error.to_string());
    tracing::warn!(refused, "the modem announces nothing: its stores are read once a minute");
    Ok(Announced { notices: None, acknowledges, handing })
}

/// How reports are to come, the best first: routed, or stored, or not at all.
fn reports_of(treatment: &Treatment) -> &[u8] {
    treatment.reports.as_deref().unwrap_or(&[1, 2, 0])
}

/// Has a modem that has been brought up hand messages over; what it took, and whether it waits for acknowledgements.
///
/// # Errors
/// [`ChatError`].
pub(super) async fn hand_over<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    treatment: &Treatment,
) -> Result<Option<(CnmiSet, bool)>, ChatError> {
    let values = unless_refused(chat.execute(&CnmiTest).await)?;
    let acknowledges = wants_acknowledgements(chat).await?;
    let taken = try_notices(chat, values.as_ref(), (ROUTED, reports_of(treatment))).await?;
    Ok(taken.ok().flatten().map(|notices| (notices, acknowledges)))
}

/// Chooses the service of phase 2+; whether the modem took it, and does not take it back when it is asked.
async fn wants_acknowledgements<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
) -> Result<bool, ChatError> {
    if optional(chat, &CsmsSet::Phase2Plus).await?.is_none() {
        return Ok(false);
    }
    let told = optional(chat, &CsmsQuery).await?.and_then(|told| told.service);
    Ok(told != Some(0))
}

/// Whether a modem says that it can announce messages at all.
pub(super) fn is_notifying(values: &CnmiValues) -> bool {
    [1, 2, 3].into_iter().any(|mode| values.mode.allows(mode)) && values.mt.allows(STORED)
}

/// Outside the fate of the line, inside which of the variants was taken; none where there is none to try.
async fn try_notices<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    values: Option<&CnmiValues>,
    (mt, reports): (u8, &[u8]),
) -> Result<Result<Option<CnmiSet>, ChatError>, ChatError> {
    // Where the modem does not tell, every value is tried.
    let allows = |pick: fn(&CnmiValues) -> &Values, value: u8| {
        values.is_none_or(|values| pick(values).allows(value))
    };
    let bfr = [0, 1].into_iter().find(|value| allows(|values| &values.bfr, *value));
    let mut last = Ok(None);
    for mode in [2, 1, 3].into_iter().filter(|mode| allows(|values| &values.mode, *mode)) {
        let offered = |ds: &u8| *ds == 0 || allows(|values| &values.ds, *ds);
        for ds in reports.iter().copied().filter(offered) {
            let notices = CnmiSet { mode, mt, bm: 0, ds, bfr };
            match chat.execute(&notices).await {
                Ok(()) => return Ok(Ok(Some(notices))),
                Err(gone @ ChatError::Gone(_)) => return Err(gone),
                Err(silent) if is_silence(&silent) => {
                    synchronise(chat, PROBES).await?;
                    return Ok(Err(silent));
                }
                Err(error) => last = Err(error),
            }
        }
    }
    Ok(last)
}
