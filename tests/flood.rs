//! A small flood over the real `aduand`: nothing is lost, nobody is answered twice, and the card sends no more than it may.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what cannot be set up stops the test"
)]

#[allow(dead_code, reason = "benchmarks measure more")]
#[path = "../benches/deluge/mod.rs"]
mod deluge;
#[allow(dead_code, reason = "benchmarks measure more")]
#[path = "../benches/support/mod.rs"]
mod support;

use deluge::{Deluge, FLOODER, Size};
use tokio::runtime::Runtime;

#[test]
fn in_a_flood_nothing_is_lost_and_the_card_sends_no_more_than_it_may() {
    let size = Size { numbers: 120, from_one: 30, per_minute: 7 };
    let deluge = Deluge::run(&Runtime::new().unwrap(), size);
    let count = |sql: &str| usize::try_from(deluge.count(sql)).unwrap();
    assert_eq!(count("SELECT COUNT (*) FROM part"), size.texts());
    assert_eq!(count("SELECT COUNT (*) FROM inbound WHERE state = 'handled'"), size.texts());
    assert_eq!(count("SELECT COUNT (*) FROM ticket"), size.numbers + size.from_one);
    assert_eq!(count("SELECT COUNT (*) FROM inbound WHERE outcome = 'addition'"), size.numbers);
    assert!(count("SELECT COUNT (*) FROM ticket WHERE stage = 'TELAAH'") > 0, "nobody could work");
    let unanswered = "SELECT COUNT (*) FROM inbound
                       WHERE reason <> 'TANPA_BALASAN_BANJIR'
                         AND NOT EXISTS (SELECT 1 FROM outbox WHERE inbound_id = inbound.id)";
    assert_eq!(count(unanswered), 0);
    // Five, and the one with which the flood begins.
    let to_one = format!("SELECT COUNT (*) FROM outbox WHERE recipient = '{FLOODER}'");
    assert_eq!(count(&to_one), 6);
    let shown = format!(
        "SELECT COUNT (*) FROM ticket WHERE citizen = '{FLOODER}' AND flags LIKE '%flood%'"
    );
    assert_eq!(count(&shown), size.from_one - 5);
    assert_eq!(count("SELECT COUNT (*) FROM ticket WHERE flags LIKE '%flood%'"), size.from_one - 5);
    let dropped = "SELECT COUNT (*) FROM outbox WHERE state NOT IN ('queued', 'claimed', 'sent', 'delivered')";
    assert_eq!(count(dropped), 0);
    let most = deluge.most_in_a_minute();
    assert!((1..=size.per_minute).contains(&most), "{most} in a minute");
}
