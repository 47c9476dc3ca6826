//! The driver of a physical modem: one task owns one serial line and its engine, and nothing is shared.
//!
//! ```text
//! absent ──> opening ──> bring-up ──> ready ──(notice, doorbell, heartbeat)──> receiving | sending ──> ready
//!    ^                                  │ port gone, silence
//!    └──────────────────────────────────┘
//! ```
//!
//! Messages are announced, never polled for: a sweep at start, after each notice, and whenever the heartbeat's one question
//! (`AT+CPMS?`, every minute) shows something that no notice announced.

pub mod bring_up;
pub mod chat;
pub mod receive;
pub mod send;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_serial::SerialPortBuilderExt;

use crate::at::command::{CpmsQuery, Hangup};
use crate::at::{Boot, Urc};
use crate::desk::{Office, outbound};
use crate::phone::PhoneNumber;
use crate::sms::hex;
use crate::store::{Bell, Fault, Store, modems, outbox};
use bring_up::{BringUpError, Ready};
use chat::{Chat, ChatError};

/// How often the one question is asked.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// Pause before a port is opened again; doubled after each failure.
const PAUSE_MIN: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_mins(1);

/// A modem as it is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModemConfig {
    /// What logs and lists call it.
    pub name: String,
    /// A stable path.
    pub path: PathBuf,
    /// Bits per second.
    pub baud: u32,
    /// The card's own number.
    pub number: Option<PhoneNumber>,
    /// A file with the card's PIN.
    pub pin_file: Option<PathBuf>,
}

/// Why a session with a modem ended.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The port cannot be opened.
    #[error("cannot open {path}: {cause}")]
    Port {
        /// The path.
        path: PathBuf,
        /// What the system said.
        cause: tokio_serial::Error,
    },
    /// The conversation broke.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// The modem does not come into service.
    #[error(transparent)]
    BringUp(#[from] BringUpError),
    /// The database could not keep something.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The modem restarted by itself and has forgotten its settings.
    #[error("the modem restarted")]
    Restarted,
}

/// Drives one modem until `stop` says so.
pub async fn drive(
    config: ModemConfig,
    office: Arc<Office>,
    store: Store,
    mut stop: watch::Receiver<bool>,
) {
    let mut pause = PAUSE_MIN;
    while !*stop.borrow() {
        let begun = Instant::now();
        match open_and_serve(&config, &office, &store, &mut stop).await {
            Ok(()) => return,
            Err(error) => tracing::warn!(modem = config.name, %error, "out of service"),
        }
        if begun.elapsed() > PAUSE_MAX {
            pause = PAUSE_MIN;
        }
        tokio::select! {
            () = sleep(pause) => pause = (pause * 2).min(PAUSE_MAX),
            _ = stop.changed() => {}
        }
    }
}

async fn open_and_serve(
    config: &ModemConfig,
    office: &Arc<Office>,
    store: &Store,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), SessionError> {
    let path = config.path.to_string_lossy();
    let line = tokio_serial::new(path, config.baud)
        .open_native_async()
        .map_err(|cause| SessionError::Port { path: config.path.clone(), cause })?;
    serve(line, &config.name, office, store, stop).await
}

/// Serves one open line until it breaks or `stop` says so.
///
/// # Errors
/// [`SessionError`]: why it broke.
pub async fn serve<L: AsyncRead + AsyncWrite + Unpin>(
    line: L,
    name: &str,
    office: &Arc<Office>,
    store: &Store,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), SessionError> {
    let mut chat = Chat::new(line);
    let ready = bring_up::bring_up(&mut chat, name).await?;
    let (identity, on) = (ready.identity.clone(), name.to_owned());
    store
        .write(move |tx| {
            modems::seen(tx, &identity, Utc::now())?;
            // What this modem had in hand when its line broke.
            outbound::recover(tx, Some(&on), Utc::now())
        })
        .await?;
    tracing::info!(modem = name, model = ready.identity.model, "in service");
    receive::sweep_all(&mut chat, &ready, office, store).await?;
    Session { chat, ready, office, store }.run(stop).await
}

struct Session<'a, L> {
    chat: Chat<L>,
    ready: Ready,
    office: &'a Arc<Office>,
    store: &'a Store,
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    async fn run(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), SessionError> {
        let mut bell = self.store.bell(Bell::Outbox);
        let mut heartbeat = Instant::now() + HEARTBEAT;
        loop {
            while let Some(urc) = self.chat.pending() {
                self.heed(urc).await?;
            }
            if *stop.borrow() {
                return Ok(());
            }
            bell.mark_unchanged();
            if send::send_next(&mut self.chat, &self.ready, self.office, self.store).await? {
                continue;
            }
            let due = self.next_due().await?;
            tokio::select! {
                urc = self.chat.notice() => {
                    let urc = urc?;
                    self.heed(urc).await?;
                }
                _ = bell.changed() => {}
                _ = stop.changed() => {}
                () = sleep_until(due) => {}
                () = sleep_until(heartbeat) => {
                    heartbeat = Instant::now() + HEARTBEAT;
                    self.heartbeat().await?;
                }
            }
        }
    }

    /// When the next message that is not due yet will be.
    async fn next_due(&self) -> Result<Instant, SessionError> {
        let now = Utc::now();
        let due = self.store.read(move |tx| outbox::next_due(tx, now)).await?;
        let wait = due.and_then(|at| (at - now).to_std().ok());
        Ok(Instant::now() + wait.map_or(HEARTBEAT * 2, |wait| wait + Duration::from_millis(100)))
    }

    async fn heed(&mut self, urc: Urc) -> Result<(), SessionError> {
        match urc {
            Urc::MessageStored { .. } | Urc::StorageFull { .. } | Urc::ReportStored { .. } => {
                receive::sweep_all(&mut self.chat, &self.ready, self.office, self.store).await?;
            }
            Urc::MessageRouted { pdu_hex, .. } | Urc::ReportRouted { pdu_hex, .. } => {
                let pdu = hex::decode(&pdu_hex).unwrap_or_else(|_| pdu_hex.into_bytes());
                receive::keep(&self.ready, self.office, self.store, vec![pdu]).await?;
            }
            Urc::Ring => {
                // Sending is blocked while it rings.
                if let Err(gone @ ChatError::Gone(_)) = self.chat.execute(&Hangup).await {
                    return Err(gone.into());
                }
            }
            Urc::Boot(Boot::Started) => return Err(SessionError::Restarted),
            other @ (Urc::Broadcast { .. }
            | Urc::Ussd { .. }
            | Urc::Boot(Boot::UnderWay)
            | Urc::SmsReady
            | Urc::PowerAlarm(_)
            | Urc::Registration { .. }
            | Urc::Signal { .. }
            | Urc::Sim(_)
            | Urc::CallEnded
            | Urc::LateError(_)
            | Urc::Ignored(_)
            | Urc::Unknown(_)) => {
                tracing::debug!(modem = self.ready.identity.name, ?other, "notice");
            }
        }
        Ok(())
    }

    /// Modems forget to notify, and a full store falls silent.
    async fn heartbeat(&mut self) -> Result<(), SessionError> {
        let usage = self.chat.execute(&CpmsQuery).await?;
        if usage.iter().any(|store| store.used > 0) {
            receive::sweep_all(&mut self.chat, &self.ready, self.office, self.store).await?;
        }
        Ok(())
    }
}
