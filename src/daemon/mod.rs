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
use crate::desk::{Office, fates, suggesting, timing};
use crate::modem::claims::Claims;
use crate::modem::gauge::Gauge;
use crate::modem::{self, Memory, ModemConfig};
use crate::store::{self, Fault, Store};
use panel::Shown;

pub use panel::told as ailment;
pub use system::{Signals, log_to_stderr, signals};

/// What a stop may take once no text is waited for any more: what has come is handled, and the database is closed.
const WIND_UP_WITHIN: Duration = Duration::from_secs(8);

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
        let office = Arc::new(office);
        let recovered = {
            let office = Arc::clone(&office);
            store.write(move |tx| fates::recover(tx, &office, None, now)).await?
        };
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
        if let Some(notes) = store.write(suggesting::index).await? {
            tracing::info!(notes, "the index of the answer bank was made anew");
        }
        let orders = panel::orders(driven.iter().map(|(_, gauge)| Arc::clone(gauge)).collect());
        let status = status(now, driven.iter().map(Shown::of).collect());
        let context = Context {
            store: store.clone(),
            office: Arc::clone(&office),
            status,
            orders,
            remembered: Arc::default(),
            received: Arc::default(),
        };
        Ok(Self { store, office, context: Arc::new(context), doors: Vec::new(), modems: driven })
    }

    /// What asks are answered from, for whoever asks without a door.
    #[cfg(feature = "simulation")]
    pub fn context(&self) -> Arc<Context> {
        Arc::clone(&self.context)
    }

    /// Serves until `stop` says so, then finishes what is in hand and closes the database.
    pub async fn serve(self, stop: watch::Receiver<bool>) {
        let (_never, at_once) = watch::channel(false);
        self.serve_until(Signals { stop, at_once }).await;
    }

    /// The same; what is in hand is waited for until its time is up or `at_once` says so, and left as by a crash then.
    pub async fn serve_until(self, Signals { mut stop, mut at_once }: Signals) {
        let stop_within = self.office.limits.stop_within;
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
        tokio::select! {
            // A sender that is gone cannot say it any more.
            _ = stop.wait_for(|stop| *stop) => {}
            never = system::watch_over(&self.store) => never,
        }

        // The edges first: what they bring in their last moment is still handled.
        system::tell_stopping();
        let cut = tokio::select! {
            biased;
            () = drain(&mut edges) => false,
            Ok(_) = at_once.wait_for(|at_once| *at_once) => true,
            () = tokio::time::sleep(stop_within) => {
                tracing::error!(
                    "a modem or a client did not end in time; what it had in hand is recovered at the next start"
                );
                true
            }
            never = system::watch_over(&self.store) => never,
        };
        let wound_up = tokio::time::timeout(WIND_UP_WITHIN, async {
            if cut {
                edges.shutdown().await;
            }
            end_inner.send_replace(true);
            drain(&mut inner).await;
            let office = Arc::clone(&self.context.office);
            let left = self.store.read(move |tx| fates::in_motion(tx, &office, clock::now())).await;
            self.store.close().await;
            left
        });
        match wound_up.await {
            Ok(Ok(left)) => {
                let of =
                    |state| left.iter().find(|(known, _)| known == state).map_or(0, |(_, n)| *n);
                let (waiting, unknown) = (of("queued"), of("claimed") + of("unknown"));
                tracing::info!(waiting, unknown, "stopped; texts that wait, and of unknown fate");
            }
            Ok(Err(fault)) => tracing::warn!(%fault, "stopped; what is left cannot be told"),
            Err(_) => tracing::error!(
                "stopped; the database did not end in time and is recovered at the next start"
            ),
        }
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
        // A set of one: the task ends with whoever waits for it.
        let mut running = JoinSet::new();
        running.spawn(task(stop.clone()));
        let Some(Err(death)) = running.join_next().await else { return };
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

    #[test]
    fn the_service_manager_waits_longer_for_the_end_than_the_end_may_take() {
        let unit = include_str!("../../systemd/aduand.service");
        let line = unit.lines().find_map(|line| line.strip_prefix("TimeoutStopSec="));
        let patience = humantime::parse_duration(line.unwrap()).unwrap();
        let texts = crate::desk::Limits::default().stop_within;
        assert!(texts > crate::at::command::CMGS_PATIENCE, "{texts:?}");
        assert!(texts + WIND_UP_WITHIN < patience, "{patience:?}");
    }

    #[tokio::test]
    async fn whoever_is_not_waited_for_any_more_ends() {
        let (_tell, stop) = watch::channel(false);
        let (alive, mut ended) = watch::channel(());
        let alive = Arc::new(std::sync::Mutex::new(Some(alive)));
        let mut tasks = JoinSet::new();
        tasks.spawn(revived(
            "modem",
            stop,
            || (),
            move |_| {
                let alive = alive.lock().unwrap().take();
                async move {
                    alive.as_ref().unwrap().send_replace(());
                    std::future::pending::<()>().await;
                }
            },
        ));
        ended.changed().await.unwrap();
        tasks.shutdown().await;
        assert!(ended.changed().await.is_err(), "it runs on");
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
