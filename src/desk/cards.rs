//! What a person should look at of a card: its credit.

use crate::store::cards::Credit;

/// Tries in a row without a figure that a person should know of.
pub const MISSES_MAX: i64 = 2;

/// What a person should look at; `low` is the credit below which that is so, where it is asked for at all.
pub fn warnings(credit: &Credit, low: Option<i64>) -> Vec<&'static str> {
    let Some(low) = low else { return Vec::new() };
    [
        (credit.rupiah.is_some_and(|rupiah| rupiah < low), "low-credit"),
        (credit.misses >= MISSES_MAX, "credit-unknown"),
    ]
    .into_iter()
    .filter_map(|(holds, token)| holds.then_some(token))
    .collect()
}
