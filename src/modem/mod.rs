//! The driver of a physical modem: one task owns one serial line and its engine, and nothing is shared.
//!
//! ```text
//! absent ──> opening ──> syncing ──> identifying ──> unlocking ──> configuring
//!    ^                                                                 │
//!    └── recovering <──(port gone, silence, restart)── ready | registering | held
//!                                                        │ ^
//!                         (notice, doorbell, heartbeat)  v │
//!                                               receiving | sending
//! blocked: the card is locked or missing, and a person must act; disabled: an admin wants it so
//! ```
//!
//! Messages are announced, never polled for: a sweep at start, after each notice, and whenever the heartbeat
//! (`AT+CPMS?`, every minute) shows something that no notice announced and that is not left there on purpose; once an hour
//! in any case. With each heartbeat goes one question about the modem's health. What is tried with one that does not work
//! stands in [`recovery`], and with one that is without a network for long in `outage`.

pub mod ailment;
mod backoff;
pub mod bring_up;
pub mod by_hand;
pub mod chat;
pub mod claims;
pub mod clock;
pub mod credit;
mod diagnosis;
mod first_look;
pub mod gauge;
pub mod harmful;
pub mod health;
pub mod holder;
mod identify;
pub mod interface;
mod ladder;
mod left;
mod link;
pub mod lock;
pub mod orders;
mod outage;
mod past;
mod places;
pub mod port;
pub mod probe;
pub mod quirks;
mod receive;
pub mod recording;
pub mod recovery;
mod remedy;
mod repetition;
pub mod replay;
mod send;
mod session;
mod shortage;
mod synchrony;
#[cfg(test)]
mod tests;
mod unlock;
mod ussd;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::desk::{Office, fates};
use crate::phone::{PhoneNumber, Prefix};
use crate::store::claim::Pace;
use crate::store::{Fault, Store, Tx};
use ailment::Ailment;
use bring_up::BringUpError;
use chat::ChatError;
use credit::CreditConfig;
use gauge::{Gauge, State};
use holder::Holder;
use interface::Hint;
use orders::{Outcome, Refusal};
pub use past::Memory;
use past::Past;
use quirks::Quirks;
use recording::{RecordConfig, Recorded};
use recovery::{Patience, RESTART_TAKES, Rung, Trouble};

use session::serve;

/// How often a path that is not there is looked for: a stick that is put in again is in service within two seconds.
const LOOK: Duration = Duration::from_millis(250);

/// A modem as it is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModemConfig {
    /// What logs and lists call it.
    pub name: String,
    /// A stable path.
    pub path: PathBuf,
    /// Bits per second.
    pub baud: u32,
    /// RTS and CTS stop whoever is too fast (ITU-T V.43); off on USB, where the bus does.
    pub rts_cts: bool,
    /// The card's own number.
    pub number: Option<PhoneNumber>,
    /// A file with the card's PIN.
    pub pin_file: Option<PathBuf>,
    /// Whether that PIN is entered once where nobody tells how many tries the card has left: it may be the last one.
    pub pin_uncounted: bool,
    /// How messages come in.
    pub receive: Receive,
    /// How much its card may send.
    pub pace: Pace,
    /// How numbers begin that leave by it.
    pub routes: Vec<Prefix>,
    /// What becomes of messages that lie on its card when that is met.
    pub found: Found,
    /// What is known about families that do not tell it themselves.
    pub quirks: Quirks,
    /// Where the exchange with it is recorded, if at all.
    pub record: Option<RecordConfig>,
    /// How the credit of its card is asked for, if at all.
    pub credit: Option<CreditConfig>,
    /// Program and arguments that cut its power, or the like; empty where there is none.
    pub reset_command: Vec<String>,
    /// How patient its driver is.
    pub patience: Patience,
}

/// How a modem hands over what it receives (3GPP TS 27.005 §3.4.1, `<mt>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Receive {
    /// It stores each message and announces its place (`+CMTI`).
    #[default]
    Stored,
    /// It hands each over (`+CMT`) and waits for the acknowledgement, which follows the commit; for modems that announce
    /// what they do not store.
    Direct,
}

/// What becomes of messages that lie on a card when this gateway meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Found {
    /// They are complaints like any other.
    #[default]
    Take,
    /// They are left there for ever: no tickets, and not deleted.
    Leave,
}

/// Why a session with a modem ended.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The port cannot be opened.
    #[error("cannot open {path}: {cause}{}", port::advice(path, cause, holder))]
    Port {
        /// The path.
        path: PathBuf,
        /// What the system said.
        cause: tokio_serial::Error,
        /// Who has it, where it is in use.
        holder: Holder,
    },
    /// The conversation broke.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The modem does not come into service.
    #[error(transparent)]
    BringUp(#[from] BringUpError),
    /// The conversation broke, and the port may be the wrong one.
    #[error("{cause}; {hint}")]
    Interface {
        /// Why it broke.
        cause: ChatError,
        /// What to try.
        hint: Hint,
    },
    /// The database could not keep something.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// It answers, and shows nothing of what it has stored.
    #[error("the modem refuses to show what it has stored")]
    Unread,
    /// The modem restarted by itself and has forgotten its settings.
    #[error("the modem restarted")]
    Restarted,
    /// It was told to restart.
    #[error("the modem was restarted after this: {0}")]
    Mended(Why),
    /// Something changed under it: it must be asked anew what it can and may.
    #[error("the modem is brought up anew after this: {0}")]
    Changed(Why),
    /// An admin had it restarted.
    #[error("restarted by an admin")]
    Reset,
    /// An admin took it out of service.
    #[error("taken out of service by an admin")]
    Disabled,
}

/// What a modem was restarted for, or brought up anew.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// It had no network for long.
    #[error("there is no network")]
    NoNetwork,
    /// An admin set something.
    #[error("an admin set something by hand")]
    SetByHand,
    /// What came of a command.
    #[error(transparent)]
    Chat(#[from] ChatError),
}

impl SessionError {
    /// Where it leaves the modem.
    fn state(&self) -> State {
        match self {
            Self::BringUp(BringUpError::Locked(_) | BringUpError::NoCard) => State::Blocked,
            Self::Port { .. }
            | Self::Chat(_)
            | Self::Interface { .. }
            | Self::BringUp(
                BringUpError::Chat(_) | BringUpError::Twin(_) | BringUpError::Fault(_),
            )
            | Self::Fault(_)
            | Self::Unread
            | Self::Restarted
            | Self::Mended(_)
            | Self::Changed(_)
            | Self::Reset => State::Recovering,
            Self::Disabled => State::Disabled,
        }
    }

    /// Names what a port looks like that does not talk as a modem does, and its siblings where none has ever served there.
    fn at_port(self, sample: &[u8], port: &Path, has_served: bool) -> Self {
        let hint = Hint::of(sample, port).filter(|hint| hint.looks.is_some() || !has_served);
        match (self, hint) {
            (Self::Chat(cause) | Self::BringUp(BringUpError::Chat(cause)), Some(hint)) => {
                Self::Interface { cause, hint }
            }
            (error, _) => error,
        }
    }

    /// What the recovery ladder makes of it.
    fn trouble(&self) -> Trouble {
        use tokio_serial::ErrorKind as Kind;
        match self {
            Self::Port { cause, .. } => match cause.kind() {
                // A device that fails at opening has no kind of its own.
                Kind::Unknown => Trouble::Sick,
                Kind::NoDevice | Kind::InvalidInput | Kind::Io(_) => Trouble::Other,
            },
            Self::Chat(_)
            | Self::Unread
            | Self::Interface { hint: Hint { looks: None, .. }, .. }
            | Self::BringUp(BringUpError::Chat(_)) => Trouble::Sick,
            // What looks like another interface is what it is; cutting its power would cut that of the one that serves.
            Self::Interface { hint: Hint { looks: Some(_), .. }, .. }
            | Self::BringUp(BringUpError::Locked(_) | BringUpError::Fault(_))
            | Self::Fault(_)
            | Self::Restarted
            | Self::Changed(_)
            | Self::Disabled => Trouble::Other,
            Self::BringUp(BringUpError::NoCard) => Trouble::Cardless,
            Self::BringUp(BringUpError::Twin(_)) => Trouble::Twin,
            Self::Mended(_) | Self::Reset => Trouble::Restarting,
        }
    }
}

/// Drives one modem until `stop` says so; `memory` is what a task before it knew.
pub async fn drive(
    config: ModemConfig,
    (office, store): (Arc<Office>, Store),
    gauge: Arc<Gauge>,
    memory: Memory,
    mut stop: watch::Receiver<bool>,
) {
    let span = tracing::info_span!("modem", name = config.name);
    let past = &mut *memory.take().await;
    keep_in_service(&config, (&office, &store), &gauge, past, &mut stop).instrument(span).await;
}

async fn keep_in_service(
    config: &ModemConfig,
    desk: (&Arc<Office>, &Store),
    gauge: &Gauge,
    past: &mut Past,
    stop: &mut watch::Receiver<bool>,
) {
    // A task that died before may have left something in hand.
    let mut in_hand = true;
    // Whether only a person can help, as far as is known.
    let mut blocked = false;
    while !told(stop) {
        in_hand = in_hand && !give_back(desk, &config.name).await;
        // The modem may never come back, and the disk has room again.
        if let Err(fault) = receive::keep_what_is_left(past, desk, &config.name, gauge).await {
            tracing::debug!(%fault, "what was routed cannot be kept yet");
        }
        if gauge.orders().is_disabled() {
            tracing::info!("an admin wants it out of service");
            gauge.orders().refuse_all();
            gauge.stand_down();
            stay_out(gauge, stop).await;
            past.forgive();
            gauge.ring_alarm(false);
            continue;
        }
        if !port::is_there(&config.path) {
            if gauge.fail(State::Absent, Ailment::NotThere { path: config.path.clone() }) {
                tracing::warn!(path = %config.path.display(), "not there; waiting for it");
            }
            gauge.orders().refuse_all();
            // Another port is another start.
            if past.recovery.another_port() {
                gauge.ring_alarm(false);
            }
            wait(LOOK, stop).await;
            continue;
        }
        let restarts = gauge.orders().take_restarts();
        if !restarts.is_empty() {
            restart_now(config, desk.1, gauge, past, restarts).await;
            rest(RESTART_TAKES.min(config.patience.pause_max), config, gauge, stop).await;
            continue;
        }
        let served = open_and_serve(config, desk, gauge, past, stop).await;
        let Err(error) = served else { return };
        gauge.orders().refuse_others();
        in_hand = !give_back(desk, &config.name).await;
        if matches!(error, SessionError::Disabled) {
            continue;
        }
        if error.state() == State::Blocked {
            past.recovery.answers();
            gauge.ring_alarm(false);
        }
        if matches!(error, SessionError::Reset) {
            past.forgive();
        }
        let measure = past.failed(error.trouble(), config);
        let is_restarted = measure.rung == Rung::Restart;
        // What one restart may mend needs no person yet.
        let state = if is_restarted { State::Recovering } else { error.state() };
        let news = gauge.fail(state, Ailment::from(&error));
        gauge.misses_card(matches!(error, SessionError::BringUp(BringUpError::NoCard)));
        let was_blocked = std::mem::replace(&mut blocked, state == State::Blocked);
        if blocked && (news || !was_blocked) {
            tracing::error!(%error, "out of service until a person acts");
        } else if news && is_restarted {
            tracing::warn!(%error, "out of service; it is restarted");
        } else if news {
            tracing::warn!(%error, "out of service");
        }
        if measure.alarm {
            tracing::error!(%error, "it does not answer whatever is done: a person must look at it");
            gauge.ring_alarm(true);
        }
        remedy::apply(measure.rung, config, desk.1, stop).await;
        rest(measure.pause, config, gauge, stop).await;
    }
}

/// Restarts a modem that does not serve, as an admin wants it: by what is written to its port, since there is no answer to be had.
async fn restart_now(
    config: &ModemConfig,
    store: &Store,
    gauge: &Gauge,
    past: &mut Past,
    wanted_by: Vec<oneshot::Sender<Outcome>>,
) {
    tracing::info!("an admin has it restarted");
    past.forgive();
    gauge.ring_alarm(false);
    gauge.fail(State::Recovering, Ailment::Reset);
    let outcome = match remedy::restart(config, store).await {
        Ok(()) => Ok(Vec::new()),
        Err(error) => {
            tracing::warn!(%error, "it cannot be told to restart");
            Err(Refusal::Refused(Ailment::from(&error)))
        }
    };
    for reply in wanted_by {
        // Who gave the order may be gone; it is carried out all the same.
        let _ = reply.send(outcome.clone());
    }
}

/// What this modem may still have in hand goes where another modem, or its own next session, finds it; whether that is
/// done.
async fn give_back((office, store): (&Arc<Office>, &Store), modem: &str) -> bool {
    let (office, name) = (Arc::clone(office), modem.to_owned());
    let recover = move |tx: &Tx<'_>| fates::recover(tx, &office, Some(&name), crate::clock::now());
    match store.write(recover).await {
        Ok(0) => true,
        Ok(texts) => {
            tracing::warn!(texts, "were in hand when the session ended");
            true
        }
        Err(fault) => {
            tracing::error!(%fault, "what may be in hand stays there for now");
            false
        }
    }
}

/// Whether it is time to stop; nobody can say so any more when the other end is gone.
fn told(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}

async fn wait(pause: Duration, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = sleep(pause) => {}
        _ = stop.changed() => {}
    }
}

/// Waits until the modem is to serve again.
async fn stay_out(gauge: &Gauge, stop: &mut watch::Receiver<bool>) {
    while gauge.orders().is_disabled() && !told(stop) {
        tokio::select! {
            () = gauge.orders().rung() => {}
            _ = stop.changed() => {}
        }
    }
}

/// Waits, but no longer than the path is there: a modem that is plugged in anew is served at once.
async fn rest(
    pause: Duration,
    config: &ModemConfig,
    gauge: &Gauge,
    stop: &mut watch::Receiver<bool>,
) {
    let end = Instant::now() + pause;
    let orders = gauge.orders();
    let waits = || port::is_there(&config.path) && !orders.is_disabled() && !orders.wants_restart();
    while Instant::now() < end && waits() && !told(stop) {
        wait(LOOK.min(end - Instant::now()), stop).await;
    }
}

async fn open_and_serve(
    config: &ModemConfig,
    desk: (&Arc<Office>, &Store),
    gauge: &Gauge,
    past: &mut Past,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), SessionError> {
    gauge.enter(State::Opening);
    let line = port::open(&config.path, (config.baud, config.rts_cts)).await?;
    let zone = desk.0.calendar.zone();
    let line = Recorded::new(line, &config.name, config.record.as_ref(), zone);
    serve(line, config, desk, gauge, past, stop).await
}
