//! The daemon: opens what there is one of, starts a task for each thing that can break, and stops them in order.
//!
//! ```text
//! modem tasks ──parts──> store ──bell──> intake task ──acknowledgement──> store ──bell──> modem tasks
//!                          ^                                                ^
//!                     rounds task (what time alone brings about)      control sockets (officers)
//! ```

mod duty;
mod panel;
mod system;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock;
use crate::config::Config;
use crate::control::server::{self, BindError, Callers, Context, Listener};
use crate::desk::{Office, outbound, timing};
use crate::modem::claims::Claims;
use crate::modem::gauge::Gauge;
use crate::modem::{self, Memory, ModemConfig};
use crate::store::{self, Fault, Store};
use panel::Shown;

pub use panel::told as ailment;
pub use system::{log_to_stderr, stop_signal};

/// How long modems may take to finish the message in hand: longer than `AT+CMGS` may take.
const MODEMS_STOP_WITHIN: Duration = Duration::from_secs(140);

/// Pause before a task that died is started again.
const REVIVE_AFTER: Duration = Duration::from_secs(1);

/// A control socket, and who is taken for whom on it.
#[derive(Debug, Clone)]
pub struct Door {
    /// Where it stands.
    pub socket: PathBuf,
    /// Whose word is taken.
    pub callers: Callers,
}

impl Door {
    /// The one door of a real office: the kernel says who calls.
    pub fn of(config: &Config) -> Self {
        Self { socket: config.control.socket.clone(), callers: Callers::Kernel }
    }
}

/// Why the daemon does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Store(#[from] Fault),
    /// A control socket.
    #[error(transparent)]
    Socket(#[from] BindError),
}

/// What the daemon works on: opened before anything is promised.
pub struct Daemon {
    store: Store,
    office: Arc<Office>,
    context: Arc<Context>,
    doors: Vec<(Listener, Callers)>,
    modems: Vec<(ModemConfig, Arc<Gauge>)>,
}

impl Daemon {
    /// Opens the database and the control sockets; nothing is changed where one of them cannot be had.
    ///
    /// # Errors
    /// [`StartError`], with what to do.
    pub async fn open(
        database: &Path,
        office: Office,
        modems: Vec<ModemConfig>,
        doors: &[Door],
    ) -> Result<Self, StartError> {
        let mut open_doors = Vec::with_capacity(doors.len());
        for door in doors {
            open_doors.push((server::bind(&door.socket)?, door.callers.clone()));
        }
        let mut daemon = Self::on(Store::open(database)?, office, modems).await?;
        daemon.doors = open_doors;
        Ok(daemon)
    }

    /// The same on a database that is open, without a door.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn on(store: Store, office: Office, modems: Vec<ModemConfig>) -> Result<Self, Fault> {
        let now = clock::now();
        let recovered = store.write(move |tx| outbound::recover(tx, None, now)).await?;
        if recovered > 0 {
            tracing::warn!(texts = recovered, "were in hand when the daemon last stopped");
        }
        if modems.is_empty() {
            tracing::warn!("no [[modem]] is configured: nothing is received and nothing is sent");
        }
        let mut driven = Vec::with_capacity(modems.len());
        let claims = Arc::<Claims>::default();
        for modem in modems {
            let gauge = Arc::new(Gauge::new(&modem.name, now).among(Arc::clone(&claims)));
            let name = modem.name.clone();
            let disabled = store.read(move |tx| store::modems::is_disabled(tx, &name)).await?;
            gauge.orders().switch(!disabled);
            driven.push((modem, gauge));
        }
        let office = Arc::new(office);
        let reckoned = {
            let office = Arc::clone(&office);
            store.write(move |tx| timing::reckon(tx, &office, now)).await?
        };
        if reckoned > 0 {
            tracing::info!(
                tickets = reckoned,
                "the office's calendar has changed: their due times were reckoned anew"
            );
        }
        let orders = panel::orders(driven.iter().map(|(_, gauge)| Arc::clone(gauge)).collect());
        let status = status(now, driven.iter().map(Shown::of).collect());
        let context = Context { store: store.clone(), office: Arc::clone(&office), status, orders };
        Ok(Self { store, office, context: Arc::new(context), doors: Vec::new(), modems: driven })
    }

    /// What asks are answered from, for whoever asks without a door.
    #[cfg(feature = "simulation")]
    pub fn context(&self) -> Arc<Context> {
        Arc::clone(&self.context)
    }

    /// Serves until `stop` says so, then finishes what is in hand and closes the database.
    pub async fn serve(self, stop: watch::Receiver<bool>) {
        let mut edges = JoinSet::new();
        let mut inner = JoinSet::new();
        let (end_inner, inner_stop) = watch::channel(false);
        for (config, gauge) in self.modems {
            let (office, store) = (Arc::clone(&self.office), self.store.clone());
            let died = Arc::clone(&gauge);
            let count = move || died.crashed();
            let memory = Memory::new(&config.patience);
            edges.spawn(revived("modem", stop.clone(), count, move |stop| {
                modem::drive(
                    config.clone(),
                    (Arc::clone(&office), store.clone()),
                    Arc::clone(&gauge),
                    memory.clone(),
                    stop,
                )
            }));
        }
        for (listener, callers) in self.doors {
            edges.spawn(server::serve(listener, Arc::clone(&self.context), callers, stop.clone()));
        }
        let duty = duty::Duty { store: self.store.clone(), office: self.office };
        let intake = duty.clone();
        inner.spawn(revived(
            "intake",
            inner_stop.clone(),
            || (),
            move |stop| intake.clone().intake(stop),
        ));
        inner.spawn(revived("rounds", inner_stop, || (), move |stop| duty.clone().rounds(stop)));
        system::tell_ready();
        system::watch_over(&self.store, stop.clone()).await;

        // The edges first: what they bring in their last moment is still handled.
        system::tell_stopping();
        let ended = tokio::time::timeout(MODEMS_STOP_WITHIN, drain(&mut edges)).await;
        if ended.is_err() {
            tracing::error!(
                "a modem or a client did not end in time; what it had in hand is recovered at the next start"
            );
            edges.shutdown().await;
        }
        end_inner.send_replace(true);
        drain(&mut inner).await;
        self.store.close().await;
        tracing::info!("stopped");
    }
}

async fn drain(tasks: &mut JoinSet<()>) {
    while tasks.join_next().await.is_some() {}
}

/// Runs a task again when it dies, and has that counted; one that ends by itself has been told to.
async fn revived<F: Future<Output = ()> + Send + 'static>(
    name: &'static str,
    mut stop: watch::Receiver<bool>,
    count: impl Fn(),
    task: impl Fn(watch::Receiver<bool>) -> F,
) {
    loop {
        let Err(death) = tokio::spawn(task(stop.clone())).await else { return };
        tracing::error!(task = name, %death, "a task died; it is started again");
        count();
        tokio::select! {
            () = tokio::time::sleep(REVIVE_AFTER) => {}
            _ = stop.changed() => return,
        }
    }
}

fn status(since: DateTime<Utc>, modems: Vec<Shown>) -> server::StatusSource {
    Arc::new(move || (since, modems.iter().map(Shown::read).collect()))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_task_that_dies_is_started_again_and_counted_and_one_that_ends_is_not() {
        let (_tell, stop) = watch::channel(false);
        let (starts, deaths) = (Arc::new(AtomicU32::new(0)), AtomicU32::new(0));
        let count = || {
            deaths.fetch_add(1, Ordering::SeqCst);
        };
        revived("modem", stop, count, |_| {
            let starts = Arc::clone(&starts);
            async move {
                assert!(starts.fetch_add(1, Ordering::SeqCst) >= 2, "a fault of the program");
            }
        })
        .await;
        let counted = [&*starts, &deaths].map(|count| count.load(Ordering::SeqCst));
        assert_eq!(counted, [3, 2]);
    }

    #[tokio::test]
    async fn a_task_that_always_dies_does_not_hold_up_the_end() {
        let (tell, stop) = watch::channel(false);
        let (died, mut death) = watch::channel(false);
        let count = move || {
            died.send_replace(true);
        };
        let running = tokio::spawn(revived("modem", stop, count, |_| async { panic!("a fault") }));
        death.wait_for(|died| *died).await.unwrap();
        tell.send_replace(true);
        running.await.unwrap();
    }
}
