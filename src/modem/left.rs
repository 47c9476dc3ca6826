//! What lies in the stores and is left there, drafts of the card's former life among it: how much of it, so that nobody
//! looks for it each minute.

use std::time::Duration;

use tokio::time::Instant;

use crate::at::Store as Memory;
use crate::at::command::StoreUsage;

/// How often every store is read out although none shows anything new. The heartbeat asks for one store only, and a number
/// stays the same where one message went and another came.
const ROUND: Duration = Duration::from_hours(1);

/// How many messages were left in each store when it was last read out.
#[derive(Debug)]
pub(super) struct Left {
    counts: Vec<(Option<Memory>, u32)>,
    /// When all stores were last read out.
    read_at: Instant,
}

impl Left {
    /// Nothing is known to be left.
    pub(super) const fn new(now: Instant) -> Self {
        Self { counts: Vec::new(), read_at: now }
    }

    /// A store was read out, and holds so many messages still; `None` where not all of them are left on purpose.
    pub(super) fn note(&mut self, store: Option<Memory>, count: Option<u32>) {
        self.counts.retain(|(known, _)| *known != store);
        self.counts.extend(count.map(|count| (store, count)));
    }

    /// All stores were read out.
    pub(super) fn all_were_read(&mut self) {
        self.read_at = Instant::now();
    }

    /// As if that were long ago.
    #[cfg(test)]
    pub(super) fn make_old(&mut self) {
        self.read_at = Instant::now().checked_sub(ROUND).unwrap();
    }

    /// Whether that is so long ago that they should be read out again.
    pub(super) fn is_long_ago(&self) -> bool {
        self.read_at.elapsed() >= ROUND
    }

    /// Whether all that the modem shows is what was left: neither more nor fewer. The first store told of is the chosen one,
    /// whatever the modem calls it.
    pub(super) fn explains(&self, usage: &[StoreUsage], chosen: Option<&Memory>) -> bool {
        let first = usage.first().and_then(|usage| usage.store.as_ref());
        usage.iter().all(|shown| {
            let named = shown.store.as_ref().filter(|store| Some(*store) != first);
            let store = named.or(chosen);
            let known = self.counts.iter().find(|(known, _)| known.as_ref() == store);
            shown.used == known.map_or(0, |(_, count)| *count)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(name: &str) -> Memory {
        Memory::parse(name).unwrap()
    }

    fn usage(name: &str, used: u32) -> StoreUsage {
        StoreUsage { store: Memory::parse(name).ok(), used, total: 10 }
    }

    #[test]
    fn only_what_was_left_explains_what_is_shown() {
        let (me, sm) = (memory("ME"), memory("SM"));
        let mut left = Left::new(Instant::now());
        assert!(left.explains(&[usage("ME", 0), usage("ME", 0)], Some(&me)));
        assert!(!left.explains(&[usage("ME", 1)], Some(&me)));
        left.note(Some(me.clone()), Some(2));
        left.note(Some(sm), Some(1));
        let explained = |used: [StoreUsage; 2]| left.explains(&used, Some(&me));
        assert!(explained([usage("ME", 2), usage("SM", 1)]));
        assert!(!explained([usage("ME", 2), usage("SM", 2)]));
        assert!(
            !explained([usage("ME", 1), usage("SM", 1)]),
            "one went, and another may have come"
        );
        // Without names, or under the name of a view, it is the chosen store.
        assert!(
            explained([usage("", 2), usage("", 2)]) && explained([usage("MT", 2), usage("MT", 2)])
        );
        // Something was left that should not have been.
        left.note(Some(me.clone()), None);
        assert!(!left.explains(&[usage("ME", 2)], Some(&me)));
    }

    #[test]
    fn all_stores_are_read_out_once_an_hour() {
        let mut left = Left::new(Instant::now());
        assert!(!left.is_long_ago());
        left.make_old();
        assert!(left.is_long_ago());
        left.all_were_read();
        assert!(!left.is_long_ago());
    }
}
