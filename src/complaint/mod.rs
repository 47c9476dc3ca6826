//! What a citizen's text asks for: unit, body, command and flags. Reading never fails.
//!
//! The text is stored as it came; what is read here only derives from it, and can be derived again. Forms, order of
//! trials and what is never guessed: procedure.md section 10.

mod abbreviations;
mod address;
mod answering;
mod body;
mod commands;
mod danger;
mod directory;
mod discretion;
mod flags;
mod grammar;
mod heads;
mod hedges;
mod lexicon;
mod links;
mod misconduct;
mod reporting;
mod spelling;
mod terms;
#[cfg(test)]
mod tests;
mod text;

pub use answering::{answers, answers_beside_number};
pub use commands::Kind;
pub use directory::{Directory, DirectoryError, NotACode, Unit, UnitCode};
pub use flags::{Flag, Flags, never_by_sms};
pub use grammar::{Certainty, Reading, flags_of, read, read_as_complaint};
pub use links::{Link, link};
pub use reporting::{asks_after_report, reports};
pub use terms::{TERMS_MAX, digest as terms_digest, terms};
