//! The daemon and the system round it: logs, signals, readiness, watchdog.

use std::time::Duration;

use sd_notify::NotifyState;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::store::{Fault, Store};

/// Where `ADUAN_LOG` says nothing, or nothing that can be read.
const USUAL_LEVEL: LevelFilter = LevelFilter::INFO;

/// Logs to standard error: without times and colours where the journal reads it, which adds its own.
///
/// Levels are those of the environment variable `ADUAN_LOG` (`debug`, `aduan::at=trace` …).
pub fn log_to_stderr() {
    let told = std::env::var("ADUAN_LOG").ok().filter(|levels| !levels.trim().is_empty());
    let levels = told.and_then(|levels| levels.parse().ok());
    let levels = levels.unwrap_or_else(|| Targets::new().with_default(USUAL_LEVEL));
    let logger = tracing_subscriber::registry().with(levels);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let journal = std::env::var_os("JOURNAL_STREAM").is_some();
    // A second logger in the same process is refused, and the first one stays.
    let _ = if journal {
        logger.with(lines.without_time().with_ansi(false)).try_init()
    } else {
        let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
        logger.with(lines.with_ansi(is_terminal)).try_init()
    };
}

/// What the system's signals say.
#[derive(Debug, Clone)]
pub struct Signals {
    /// Turns true when it is time to stop.
    pub stop: watch::Receiver<bool>,
    /// Turns true when nothing is to be waited for any more.
    pub at_once: watch::Receiver<bool>,
}

/// The first SIGTERM, SIGINT or SIGHUP says `stop`, the second one `at_once`.
///
/// # Errors
/// What the system says when a signal cannot be watched.
pub fn signals() -> std::io::Result<Signals> {
    let (tell_stop, stop) = watch::channel(false);
    let (tell_at_once, at_once) = watch::channel(false);
    let mut signals = [
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
        signal(SignalKind::hangup())?,
    ];
    tokio::spawn(async move {
        let [terminate, interrupt, hangup] = &mut signals;
        for (tell, words) in [
            (tell_stop, "told to stop: the message in hand is finished first"),
            (tell_at_once, "told again: nothing is waited for any more"),
        ] {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
                _ = hangup.recv() => {}
            }
            tracing::info!("{words}");
            tell.send_replace(true);
        }
    });
    Ok(Signals { stop, at_once })
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

/// For ever tells the watchdog, where there is one, that the writer still answers.
pub(super) async fn watch_over(store: &Store) -> ! {
    let limit = sd_notify::watchdog_enabled();
    loop {
        tokio::time::sleep(limit.map_or(Duration::MAX, |limit| limit / 3)).await;
        match store.write(|_| Ok::<_, Fault>(())).await {
            Ok(()) => tell(&[NotifyState::Watchdog]),
            Err(fault) => tracing::error!(%fault, "the watchdog is not told"),
        }
    }
}
