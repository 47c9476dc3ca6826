//! A register as an office has it after years: a million tickets and the SMS round them, written in minutes.
//!
//! Nothing of it went through the daemon: rows are written in the order in which they would have come, each once and in its
//! last state, with the triggers on and the indexes built at the end. So the shapes are the product's and the speed is the
//! disk's. `tests/register.rs` holds a small one against everything that a real one must stand.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "of the many deeds of a story few concern each place"
)]

mod day;
mod ledger;
mod papers;
mod prng;
mod story;
mod traffic;
mod words;

use std::collections::{BinaryHeap, HashMap};
use std::path::Path;

use aduan::desk::Office;
use aduan::store::Store;
use chrono::{DateTime, Utc};

use day::Schedule;
use ledger::Ledger;
pub use ledger::Totals;
use prng::Prng;
use story::{Live, Story};

/// What is written.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Complaints that became tickets.
    pub tickets: u32,
    /// The same seed, the same register up to its last moment.
    pub seed: u64,
    /// When its last row was written.
    pub until: DateTime<Utc>,
    /// IMSI of the cards, one for each modem.
    pub sims: Vec<String>,
}

/// Years that a register goes back: more than 99,999 tickets a year cannot be numbered.
pub const YEARS: i32 = 12;

/// The month in which a tenth of all tickets came.
pub fn busy_month(until: DateTime<Utc>) -> (i32, u32) {
    use chrono::Datelike;
    (until.year() - 1, 1)
}

/// Creates the database at `path` and fills it.
pub async fn write(path: &Path, office: &Office, plan: &Plan) -> Totals {
    // The product's own schema, lock and version.
    Store::open(path).unwrap().close().await;
    let mut prng = Prng::new(plan.seed);
    let mut ledger = Ledger::begin(path, office, plan);
    let mut coming: BinaryHeap<Due> = BinaryHeap::new();
    let mut live: HashMap<u64, Live> = HashMap::new();
    let mut begun = 0;
    for (day_ends, arrivals) in Schedule::new(office, plan) {
        for at in arrivals {
            let story = Story::draw(office, &mut prng, at, plan.until);
            coming.push(Due { at, story: begun });
            live.insert(begun, Live::begin(office, story));
            begun += 1;
        }
        while coming.peek().is_some_and(|due| due.at < day_ends) {
            step(&mut ledger, &mut prng, &mut coming, &mut live);
        }
    }
    while !coming.is_empty() {
        step(&mut ledger, &mut prng, &mut coming, &mut live);
    }
    ledger.end()
}

/// Lets the next thing happen.
fn step(
    ledger: &mut Ledger<'_>,
    prng: &mut Prng,
    coming: &mut BinaryHeap<Due>,
    live: &mut HashMap<u64, Live>,
) {
    let due = coming.pop().unwrap();
    let told = live.get_mut(&due.story).unwrap();
    ledger.write(told, prng);
    match told.next_at() {
        Some(at) => coming.push(Due { at, story: due.story }),
        None => {
            live.remove(&due.story);
        }
    }
}

/// When the next thing of a story happens; the earliest is the greatest.
#[derive(Debug, PartialEq, Eq)]
struct Due {
    at: DateTime<Utc>,
    story: u64,
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.at, other.story).cmp(&(self.at, self.story))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
