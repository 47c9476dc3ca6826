//! The office's procedure as data and pure functions: stages, roles, the workflow table and its clocks.
//!
//! ```text
//!  SMS ──> BARU ──(note on record)─────────────────────> SIAP_KIRIM ──> DIJAWAB ──> SELESAI
//!           │ │ └─> DITUTUP                                  ^             │  ^
//!           │ └──> TERTUTUP_ETIK ──> DITUTUP                 │             v  │
//!           v            └─(no ethics matter)─┐              │       TINDAK_LANJUT
//!    MENUNGGU_PEMOHON <──> TELAAH <───────────┘──────> PERSETUJUAN <──────┘
//! ```
//!
//! An answer that does not arrive goes back to `SIAP_KIRIM` (T17), from `TINDAK_LANJUT` too: what was promised in it stays, and is
//! followed up again (T18) once the petugas has told it.
//!
//! [`advance`] is procedure.md section 9.2, row by row. Nothing here reads a clock, a file or a database.

pub mod clock;
mod role;
mod stage;
mod workflow;

pub use clock::Standards;
pub use role::{
    Actor, OfficerId, Role, SPECIFIC, Sight, may_read, may_read_text, reads_a_copy, sight,
};
pub use stage::{Category, Channel, CloseReason, Stage, Way};
pub use workflow::{Action, Advance, Case, Objecting, Refusal, advance};

/// A text as repeats are told: letters and digits only, in lower case.
pub fn squash(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests;
