//! What time it is: the one place that asks the system.

use chrono::{DateTime, Utc};

/// Now, by this machine's clock; a simulation (feature `simulation`) puts its own in place, and a test may stop it.
pub fn now() -> DateTime<Utc> {
    #[cfg(feature = "simulation")]
    if let Some(now) = simulated::now() {
        return now;
    }
    #[cfg(debug_assertions)]
    if let Some(now) = stopped::now() {
        return now;
    }
    Utc::now()
}

#[cfg(debug_assertions)]
pub use stopped::{Stopped, stop};

/// A clock that stands where it is set, for every thread of a program: the handbook shows what a day's work looks like, with its
/// times. Only code can say so; there is no setting, environment variable or request that leads here, and no program that serves an
/// office is built with it.
#[cfg(debug_assertions)]
mod stopped {
    use std::sync::atomic::{AtomicI64, Ordering};

    use chrono::{DateTime, Utc};

    /// No time: the clock runs.
    const RUNNING: i64 = i64::MIN;

    /// Seconds since 1970.
    static AT: AtomicI64 = AtomicI64::new(RUNNING);

    pub(super) fn now() -> Option<DateTime<Utc>> {
        match AT.load(Ordering::SeqCst) {
            RUNNING => None,
            seconds => DateTime::from_timestamp(seconds, 0),
        }
    }

    /// While it lives, the clock stands.
    #[derive(Debug)]
    pub struct Stopped(());

    impl Stopped {
        /// Sets it to another time.
        pub fn set(&self, at: DateTime<Utc>) {
            AT.store(at.timestamp(), Ordering::SeqCst);
        }
    }

    impl Drop for Stopped {
        fn drop(&mut self) {
            AT.store(RUNNING, Ordering::SeqCst);
        }
    }

    /// Stops it at a time, to the second.
    #[must_use]
    pub fn stop(at: DateTime<Utc>) -> Stopped {
        let stopped = Stopped(());
        stopped.set(at);
        stopped
    }
}

#[cfg(feature = "simulation")]
pub use simulated::{Simulated, simulate};

/// Another clock for one thread; no program that serves an office is built with it.
#[cfg(feature = "simulation")]
mod simulated {
    use std::cell::RefCell;

    use chrono::{DateTime, Utc};

    type Clock = Box<dyn Fn() -> DateTime<Utc>>;

    thread_local! {
        static CLOCK: RefCell<Option<Clock>> = const { RefCell::new(None) };
    }

    pub(super) fn now() -> Option<DateTime<Utc>> {
        CLOCK.with_borrow(|clock| clock.as_ref().map(|clock| clock()))
    }

    /// While it lives, its thread's clock is a simulated one.
    #[derive(Debug)]
    pub struct Simulated(());

    impl Drop for Simulated {
        fn drop(&mut self) {
            CLOCK.set(None);
        }
    }

    /// From now on `clock` says on this thread what time it is.
    #[must_use]
    pub fn simulate(clock: impl Fn() -> DateTime<Utc> + 'static) -> Simulated {
        CLOCK.set(Some(Box::new(clock)));
        Simulated(())
    }
}
