//! The table that a benchmark prints: what was measured beside its budget.
#![expect(clippy::print_stdout, reason = "it is what a benchmark is for")]

use std::time::Duration;

/// The two lines above all others.
pub fn head() {
    row("what", "measured", "budget");
    row(&"-".repeat(76), &"-".repeat(20), &"-".repeat(12));
}

pub fn row(what: &str, measured: &str, budget: &str) {
    println!("| {what:<76} | {measured:>20} | {budget:>12} |");
}

pub fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Median, and the time within which 19 of 20 are done.
pub fn median_and_most(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 20).copied().unwrap_or_default();
    format!("{} / {}", millis(at(10)), millis(at(19)))
}

pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
