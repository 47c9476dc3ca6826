//! What the daemon does of its own accord: it reads what arrived, and makes its rounds.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use crate::clock;
use crate::desk::{Office, intake, rounds};
use crate::store::{Bell, Fault, Store, inbox};

/// Messages that one transaction handles at most.
const BATCH: i64 = 64;

/// Longest time between two rounds, and between two tries of what the database refused.
const PACE: Duration = Duration::from_mins(1);

/// Shortest time between two rounds, however short the limits are set.
const PACE_MIN: Duration = Duration::from_secs(1);

/// The database and the office that decides.
#[derive(Clone)]
pub(super) struct Duty {
    pub(super) store: Store,
    pub(super) office: Arc<Office>,
}

impl Duty {
    /// Handles waiting messages whenever the bell rings, until `stop` says so and none waits any more.
    pub(super) async fn intake(self, mut stop: watch::Receiver<bool>) {
        let mut bell = self.store.bell(Bell::Inbound);
        loop {
            bell.mark_unchanged();
            let stuck = self.handle_waiting().await;
            if *stop.borrow() {
                return;
            }
            tokio::select! {
                _ = bell.changed() => {}
                _ = stop.changed() => {}
                () = sleep(PACE), if stuck => {}
            }
        }
    }

    /// Handles everything that waits; whether something could not be handled now.
    async fn handle_waiting(&self) -> bool {
        let (mut after, mut stuck) = (0, false);
        loop {
            let waiting = self.store.read(move |tx| inbox::unread(tx, after, BATCH)).await;
            let ids = match waiting {
                Ok(ids) if ids.is_empty() => return stuck,
                Ok(ids) => ids,
                Err(fault) => {
                    tracing::error!(%fault, "the queue of intake cannot be read");
                    return true;
                }
            };
            after = ids.last().copied().unwrap_or(after);
            // All of them in one transaction; one by one only where that fails, so that none holds up the others.
            if self.handle(ids.clone()).await.is_err() {
                for id in ids {
                    if let Err(fault) = self.handle(vec![id]).await {
                        tracing::error!(inbound = id, %fault, "a message cannot be handled now; it waits");
                        stuck = true;
                    }
                }
            }
        }
    }

    async fn handle(&self, ids: Vec<i64>) -> Result<(), Fault> {
        let office = Arc::clone(&self.office);
        self.store
            .write(move |tx| {
                ids.iter()
                    .try_for_each(|id| intake::handle(tx, &office, *id, clock::now()).map(|_| ()))
            })
            .await
    }

    /// Makes the rounds when something is due, and at least once a minute.
    pub(super) async fn rounds(self, mut stop: watch::Receiver<bool>) {
        let limits = &self.office.limits;
        let pace = PACE.min(limits.part_wait).min(limits.unknown_grace).max(PACE_MIN);
        while !*stop.borrow() {
            let office = Arc::clone(&self.office);
            let made = self.store.write(move |tx| rounds::make(tx, &office, clock::now())).await;
            let pause = match made {
                Ok(next) => (next - clock::now()).to_std().unwrap_or_default().min(pace),
                Err(fault) => {
                    tracing::error!(%fault, "the rounds cannot be made now");
                    PACE
                }
            };
            tokio::select! {
                () = sleep(pause) => {}
                _ = stop.changed() => {}
            }
        }
    }
}
