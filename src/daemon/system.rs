//! The daemon and the system round it: logs, signals, readiness, watchdog.

use std::time::Duration;

use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use crate::store::{Fault, Store};

/// Levels where `ADUAN_LOG` says nothing.
const USUAL_LEVELS: &str = "info";

/// Logs to standard error: without times and colours where the journal reads it, which adds its own.
///
/// Levels are those of the environment variable `ADUAN_LOG` (`debug`, `aduan::at=trace` …).
pub fn log_to_stderr() {
    let filter =
        EnvFilter::try_from_env("ADUAN_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL_LEVELS));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let journal = std::env::var_os("JOURNAL_STREAM").is_some();
    // A second logger in the same process is refused, and the first one stays.
    let _ = if journal {
        builder.without_time().with_ansi(false).try_init()
    } else {
        builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init()
    };
}

/// Turns true at SIGTERM, SIGINT or SIGHUP.
///
/// # Errors
/// What the system says when a signal cannot be watched.
pub fn stop_signal() -> std::io::Result<watch::Receiver<bool>> {
    let (tell, told) = watch::channel(false);
    let mut signals = [
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
        signal(SignalKind::hangup())?,
    ];
    tokio::spawn(async move {
        let [terminate, interrupt, hangup] = &mut signals;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
        tracing::info!("told to stop: the message in hand is finished first");
        tell.send_replace(true);
    });
    Ok(told)
}

pub(super) fn tell_ready() {
    tell(&[NotifyState::Ready]);
    tracing::info!("ready");
}

pub(super) fn tell_stopping() {
    tell(&[NotifyState::Stopping]);
}

fn tell(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}

/// Waits until `stop`; meanwhile tells the watchdog, where there is one, that the writer still answers.
pub(super) async fn watch_over(store: &Store, mut stop: watch::Receiver<bool>) {
    let limit = sd_notify::watchdog_enabled();
    while !*stop.borrow_and_update() {
        let pause = limit.map_or(Duration::MAX, |limit| limit / 3);
        tokio::select! {
            _ = stop.changed() => {}
            () = tokio::time::sleep(pause) => match store.write(|_| Ok::<_, Fault>(())).await {
                Ok(()) => tell(&[NotifyState::Watchdog]),
                Err(fault) => tracing::error!(%fault, "the watchdog is not told"),
            },
        }
    }
}
