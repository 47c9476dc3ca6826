//! A modem in service: notices are heeded, what waits is sent, and once a minute one question is asked.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::bring_up::{self, Ready};
use super::chat::{Chat, ChatError};
use super::gauge::{Gauge, State};
use super::{ModemConfig, SessionError, receive};
use crate::at::command::{CpmsQuery, Hangup};
use crate::at::{Boot, Urc};
use crate::desk::Office;
use crate::store::{Bell, Store, modems, outbox};

/// How often the one question is asked.
const HEARTBEAT: Duration = Duration::from_mins(1);

/// How often a modem without a network is asked whether it has one, in case its notice got lost.
const SEARCH: Duration = Duration::from_secs(5);

/// A conversation with a modem that has been brought up.
pub(super) struct Session<'a, L> {
    pub(super) chat: Chat<L>,
    pub(super) ready: Ready,
    pub(super) office: &'a Arc<Office>,
    pub(super) store: &'a Store,
    pub(super) gauge: &'a Gauge,
}

/// Brings the modem behind an open line up, and serves it until the line breaks or `stop` says so.
///
/// # Errors
/// [`SessionError`]: why it broke.
pub async fn serve<L: AsyncRead + AsyncWrite + Unpin>(
    line: L,
    config: &ModemConfig,
    (office, store): (&Arc<Office>, &Store),
    gauge: &Gauge,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), SessionError> {
    gauge.enter(State::Starting);
    let mut chat = Chat::new(line);
    // Nothing is in hand yet: a modem that takes its time does not hold up the end.
    let ready = tokio::select! {
        ready = bring_up::bring_up(&mut chat, config, store) => ready?,
        _ = stop.wait_for(|stop| *stop) => return Ok(()),
    };
    let identity = ready.identity.clone();
    store.write(move |tx| modems::seen(tx, &identity, Utc::now())).await?;
    gauge.identified(described(&ready));
    let mut session = Session { chat, ready, office, store, gauge };
    session.sweep().await?;
    session.show();
    tracing::info!(
        model = session.ready.identity.model,
        registered = session.ready.registered,
        "in service"
    );
    session.run(stop).await
}

fn described(ready: &Ready) -> Option<String> {
    let told = [&ready.identity.manufacturer, &ready.identity.model];
    let words: Vec<&str> = told.into_iter().flatten().map(|word| word.trim()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    async fn run(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), SessionError> {
        let mut bell = self.store.bell(Bell::Outbox);
        let mut heartbeat = Instant::now() + HEARTBEAT;
        loop {
            self.heed_pending().await?;
            if *stop.borrow() {
                return Ok(());
            }
            bell.mark_unchanged();
            if self.ready.registered && self.send_next().await? {
                continue;
            }
            let due = self.next_due().await?;
            tokio::select! {
                notice = self.chat.notice() => self.chat.put_back(notice?),
                _ = bell.changed() => {}
                _ = stop.changed() => {}
                () = sleep_until(due) => {}
                () = sleep_until(heartbeat) => {
                    heartbeat = Instant::now() + HEARTBEAT;
                    self.heartbeat().await?;
                }
            }
            if !self.ready.registered && Instant::now() >= due {
                self.ready.registered = bring_up::is_registered(&mut self.chat).await?;
                self.show();
            }
        }
    }

    fn show(&self) {
        let state = if self.ready.registered { State::Ready } else { State::Searching };
        self.gauge.enter(state);
    }

    /// When to look again without being told: a message becomes due, or a network may have been found.
    async fn next_due(&self) -> Result<Instant, SessionError> {
        if !self.ready.registered {
            return Ok(Instant::now() + SEARCH);
        }
        let now = Utc::now();
        let due = self.store.read(move |tx| outbox::next_due(tx, now)).await?;
        let wait = due.and_then(|at| (at - now).to_std().ok());
        Ok(Instant::now() + wait.map_or(HEARTBEAT * 2, |wait| wait + Duration::from_millis(100)))
    }

    /// Heeds every notice that has come, and those that come meanwhile.
    async fn heed_pending(&mut self) -> Result<(), SessionError> {
        loop {
            let notices = self.chat.take_pending();
            if notices.is_empty() {
                return Ok(());
            }
            let announced: Vec<_> = notices.iter().filter_map(receive::announced).collect();
            self.take_announced(&announced).await?;
            for notice in notices {
                self.heed(notice).await?;
            }
        }
    }

    async fn heed(&mut self, urc: Urc) -> Result<(), SessionError> {
        match urc {
            // Taken together, before.
            Urc::MessageStored { .. } => {}
            Urc::StorageFull { .. } => self.sweep().await?,
            Urc::ReportStored { store, index } => self.take_report(store.as_ref(), index).await?,
            Urc::MessageRouted { pdu_hex, .. } | Urc::ReportRouted { pdu_hex, .. } => {
                self.take_routed(&pdu_hex).await?;
            }
            // Sending is blocked while it rings.
            Urc::Ring => {
                if let Err(gone @ ChatError::Gone(_)) = self.chat.execute(&Hangup).await {
                    return Err(gone.into());
                }
            }
            Urc::Boot(Boot::Started) => return Err(SessionError::Restarted),
            Urc::Registration { .. } => {
                self.ready.registered = bring_up::is_registered(&mut self.chat).await?;
                self.show();
            }
            Urc::PowerAlarm(line) => {
                tracing::error!(line, "the modem's power is not as it should be");
            }
            Urc::Sim(notice) => tracing::warn!(?notice, "the card"),
            other @ (Urc::Broadcast { .. }
            | Urc::Ussd { .. }
            | Urc::Boot(Boot::UnderWay)
            | Urc::SmsReady
            | Urc::Signal { .. }
            | Urc::CallEnded
            | Urc::LateError(_)
            | Urc::Ignored(_)
            | Urc::Unknown(_)) => tracing::debug!(?other, "notice"),
        }
        Ok(())
    }

    /// Modems forget to notify, and a full store falls silent.
    async fn heartbeat(&mut self) -> Result<(), SessionError> {
        match bring_up::unless_refused(self.chat.execute(&CpmsQuery).await)? {
            Some(usage) if usage.iter().all(|store| store.used == 0) => Ok(()),
            // Something lies there unannounced, or the modem cannot say.
            Some(_) | None => self.sweep().await,
        }
    }
}
