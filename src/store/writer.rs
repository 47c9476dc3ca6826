//! The writer: one thread, one connection, one COMMIT for all jobs that wait.

use std::cell::Cell;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use nix::fcntl::Flock;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot, watch};

use super::{Bell, Bells, Fault, run};

/// Jobs that one COMMIT carries at most: bounds how long the first of them waits for the last.
const GROUP_MAX: usize = 512;

/// Jobs that may wait; whoever brings another one waits too.
const QUEUE_MAX: usize = 4096;

/// A transaction: what a use case may read and change, all of it or nothing.
pub struct Tx<'c> {
    pub(super) connection: &'c Connection,
    rung: Cell<[bool; 2]>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self { connection, rung: Cell::new([false; 2]) }
    }

    /// Rings `bell` once this transaction is committed.
    pub fn ring(&self, bell: Bell) {
        let [inbound, outbox] = self.rung.get();
        self.rung.set(match bell {
            Bell::Inbound => [true, outbox],
            Bell::Outbox => [inbound, true],
        });
    }
}

/// What the tests of other rooms look at, and do to a register behind its back.
#[cfg(test)]
impl Tx<'_> {
    /// Does it; how many rows.
    ///
    /// # Errors
    /// [`Fault`] of the database.
    pub fn run(&self, sql: &str) -> Result<usize, Fault> {
        Ok(self.connection.execute(sql, [])?)
    }

    /// The number that is asked for.
    ///
    /// # Errors
    /// [`Fault`] of the database.
    pub fn count(&self, sql: &str) -> Result<i64, Fault> {
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// The texts that are asked for.
    ///
    /// # Errors
    /// [`Fault`] of the database.
    pub fn texts(&self, sql: &str) -> Result<Vec<String>, Fault> {
        let mut statement = self.connection.prepare(sql)?;
        let texts = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(texts)
    }
}

/// What became of a job, waiting for the COMMIT to be told.
type Verdict = Box<dyn FnOnce(Result<(), Fault>)>;
type Job = Box<dyn FnOnce(&Connection, &mut Group) -> Verdict + Send>;

/// What the jobs of one COMMIT have in common.
#[derive(Default)]
struct Group {
    /// The bells that they rang.
    rung: [bool; 2],
    /// There is one job only: undoing it is undoing the whole transaction, and it needs no SAVEPOINT.
    is_alone: bool,
    /// That one is to be undone.
    is_undone: bool,
}

enum Order {
    Run(Job),
    Stop,
}

/// The way to the writer.
#[derive(Clone)]
pub(super) struct Handle {
    orders: mpsc::Sender<Order>,
    ended: watch::Receiver<bool>,
}

impl Handle {
    pub(super) async fn run<T, E>(
        &self,
        job: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let run: Job = Box::new(move |connection, group| {
            let outcome = isolated(connection, group, job);
            Box::new(move |commit: Result<(), Fault>| {
                // Nobody waits any more when the caller was cancelled; what is committed stays committed.
                let _ = answer.send(commit.map_err(E::from).and(outcome));
            })
        });
        self.orders.send(Order::Run(run)).await.map_err(|_| Fault::Stopped)?;
        answered.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
    }

    pub(super) async fn close(&self) {
        let _ = self.orders.send(Order::Stop).await;
        let mut ended = self.ended.clone();
        let _ = ended.wait_for(|ended| *ended).await;
    }
}

/// Between two groups of a stepped writer.
#[cfg(feature = "simulation")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A group is about to be written.
    Before,
    /// It is committed, and nobody has been told.
    After,
}

/// Starts the writer as a task among the others of this runtime, which tells `watch` of each step.
#[cfg(feature = "simulation")]
pub(super) fn start_stepped(
    connection: Connection,
    lock: Flock<File>,
    bells: Bells,
    mut watch: impl FnMut(Step) + Send + 'static,
) -> Handle {
    let (orders, mut queue) = mpsc::channel(QUEUE_MAX);
    let (end, ended) = watch::channel(false);
    tokio::spawn(async move {
        let _lock = lock;
        let mut open = true;
        while open && let Some(first) = queue.recv().await {
            watch(Step::Before);
            open = serve(&connection, first, &mut queue, &bells, || watch(Step::After));
        }
        drop(connection);
        end.send_replace(true);
    });
    Handle { orders, ended }
}

/// Starts the thread; it ends when the last handle is dropped or [`Handle::close`] is called.
pub(super) fn start(
    connection: Connection,
    lock: Flock<File>,
    bells: Bells,
) -> std::io::Result<Handle> {
    let (orders, mut queue) = mpsc::channel(QUEUE_MAX);
    let (end, ended) = watch::channel(false);
    let end = Arc::new(end);
    std::thread::Builder::new().name("aduan-store".to_owned()).spawn(move || {
        let mut open = true;
        while open && let Some(first) = queue.blocking_recv() {
            open = serve(&connection, first, &mut queue, &bells, || {});
        }
        if let Err((_, error)) = connection.close() {
            tracing::warn!(%error, "closing the database");
        }
        drop(lock);
        end.send_replace(true);
    })?;
    Ok(Handle { orders, ended })
}

/// Commits what waits, the first order among it, as one group, and tells it after `done`; whether more may follow.
fn serve(
    connection: &Connection,
    first: Order,
    queue: &mut mpsc::Receiver<Order>,
    bells: &Bells,
    done: impl FnOnce(),
) -> bool {
    let (mut jobs, mut open) = (Vec::new(), true);
    let mut next = Some(first);
    while let Some(order) = next {
        match order {
            Order::Run(job) => jobs.push(job),
            Order::Stop => {
                open = false;
                break;
            }
        }
        next = if jobs.len() < GROUP_MAX { queue.try_recv().ok() } else { None };
    }
    if !jobs.is_empty() {
        commit(connection, jobs, bells, done);
    }
    open
}

/// Runs one job inside of the group's transaction, so that its failure is its own.
fn isolated<T, E: From<Fault>>(
    connection: &Connection,
    group: &mut Group,
    job: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    // A full disk makes SQLite roll the whole group back; a SAVEPOINT after that would be a transaction of its own.
    if connection.is_autocommit() {
        return Err(Fault::Stopped.into());
    }
    if !group.is_alone {
        run(connection, "SAVEPOINT job")?;
    }
    let tx = Tx::new(connection);
    // What it began is rolled back below, and nothing else of it is seen by others.
    let outcome = catch_unwind(AssertUnwindSafe(|| job(&tx))).unwrap_or_else(|_| {
        tracing::error!(
            "a job of the database died by a fault of the program; nothing of it is kept"
        );
        Err(Fault::Died.into())
    });
    if outcome.is_ok() {
        let [inbound, outbox] = tx.rung.get();
        group.rung = [group.rung[0] | inbound, group.rung[1] | outbox];
    } else if group.is_alone {
        group.is_undone = true;
    } else if !connection.is_autocommit() {
        run(connection, "ROLLBACK TO job")?;
    }
    if !group.is_alone && !connection.is_autocommit() {
        run(connection, "RELEASE job")?;
    }
    outcome
}

/// Runs a group in one transaction and tells every caller how it ended.
fn commit(connection: &Connection, jobs: Vec<Job>, bells: &Bells, done: impl FnOnce()) {
    let mut verdicts = Vec::with_capacity(jobs.len());
    let mut group = Group { is_alone: jobs.len() == 1, ..Group::default() };
    let begun = run(connection, "BEGIN IMMEDIATE");
    for job in jobs {
        verdicts.push(job(connection, &mut group));
    }
    let committed = begun.and_then(|()| match (group.is_undone, connection.is_autocommit()) {
        (false, _) => run(connection, "COMMIT"),
        (true, false) => run(connection, "ROLLBACK"),
        (true, true) => Ok(()),
    });
    if let Err(error) = &committed {
        tracing::error!(%error, jobs = verdicts.len(), "the group was not committed; its callers are told");
        if !connection.is_autocommit()
            && let Err(error) = run(connection, "ROLLBACK")
        {
            tracing::error!(%error, "rolling back");
        }
    }
    done();
    let failure = committed.err().map(Arc::new);
    for verdict in verdicts {
        verdict(failure.as_ref().map_or(Ok(()), |cause| Err(Fault::Commit(Arc::clone(cause)))));
    }
    if failure.is_none() {
        let [inbound, outbox] = group.rung;
        if inbound {
            bells.ring(Bell::Inbound);
        }
        if outbox {
            bells.ring(Bell::Outbox);
        }
    }
}
