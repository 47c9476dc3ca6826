//! What time it is: the one place that asks the system.

use chrono::{DateTime, Utc};

/// Now, by this machine's clock; a simulation (feature `simulation`) puts its own in place.
pub fn now() -> DateTime<Utc> {
    #[cfg(feature = "simulation")]
    if let Some(now) = simulated::now() {
        return now;
    }
    Utc::now()
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
