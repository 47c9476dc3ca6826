//! Cards are met once.

use super::*;
use crate::store::left::{Met, is_left, leave, meet, settle};

#[test]
fn a_card_is_met_once_and_stays_unsettled_until_it_was_looked_at() {
    let bench = Bench::new();
    let tx = bench.tx();
    let later = now() + TimeDelta::minutes(5);
    assert_eq!(meet(&tx, "taken", false, now()).unwrap(), Met::Settled);
    assert_eq!(meet(&tx, "taken", true, later).unwrap(), Met::Settled);
    let since = moment(seconds(now()));
    assert_eq!(meet(&tx, "left", true, now()).unwrap(), Met::Unsettled { since, first: true });
    assert_eq!(meet(&tx, "left", true, later).unwrap(), Met::Unsettled { since, first: false });
    leave(&tx, "left", b"digest", later).unwrap();
    leave(&tx, "left", b"digest", later).unwrap();
    settle(&tx, "left", later).unwrap();
    assert_eq!(meet(&tx, "left", true, later).unwrap(), Met::Settled);
    assert!(is_left(&tx, b"digest").unwrap() && !is_left(&tx, b"other").unwrap());
    // What was not looked at yet is taken where the office has thought better of it.
    meet(&tx, "hasty", true, now()).unwrap();
    assert_eq!(meet(&tx, "hasty", false, later).unwrap(), Met::Settled);
    assert_eq!(meet(&tx, "hasty", true, later).unwrap(), Met::Settled);
}
