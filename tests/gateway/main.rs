//! The gateway from end to end: pseudo-terminals, the real daemon, the real database, the real `aduan`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what fails here must stop the test"
)]

mod audit;
mod backup;
mod bare;
mod beside;
mod channels;
mod conversation;
mod credit;
mod dialogue;
mod direct;
mod disk;
mod doctor;
mod dying;
mod families;
mod fates;
mod fleet;
mod health;
mod holder;
mod holding;
mod letter;
mod locked;
mod mishaps;
mod odd;
mod plugging;
mod probe;
mod process;
mod quiet;
mod recording;
mod recovery;
mod registration;
mod reminders;
mod renumbered;
mod reports;
mod revision;
mod scenarios;
mod sending;
mod stopping;
mod stores;
mod support;
mod untold;
