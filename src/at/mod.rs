//! The AT dialogue with a modem, without I/O: bytes and deadlines in, bytes and events out.
//!
//! ```text
//!            submit                    '>': payload + Ctrl-Z
//!   Idle ─────────────▶ Prompting ──────────────────────▶ Collecting ──OK, ERROR …──▶ Idle
//!    │  (with payload)      │                                 ▲  │
//!    │                      │ out of time: ESC CR             │  │ out of time (after a payload or `>`: ESC CR)
//!    │                      ▼                                 │  ▼
//!    │                  Settling ◀────────────────────────────┼──┘
//!    │                      │ quiet for 500 ms: Idle, and the command that waited starts
//!    └──────────────────────┴── submit (no payload) ──────────┘
//! ```
//!
//! The contract of [`Engine`]:
//!
//! - After each `submit`, `handle_bytes`, `handle_timeout` and `reset`, drain `poll_transmit` and `poll_event`, write
//!   what they give, and wait no longer than `poll_timeout` says.
//! - One command is in flight. Each accepted [`Engine::submit`] ends in exactly one [`Event::Finished`].
//! - A line belongs to the command in flight if its [`Expect`] says so or if it is a final result code (3GPP TS 27.007
//!   §9, TS 27.005 §3.2.5, V.250 §5.7); an echo belongs to nobody; every other line is a [`Urc`], at any time.
//! - A time-out is final, and so is a start in the middle of a command. What comes later belongs to nobody until the line has been
//!   quiet; URCs are still told, and those that the tables know do not break the quiet.
//! - A line or notice that has begun when a drain ends is heard out for as long: it may be a routed message, which lies nowhere else.
//! - A [`Failure`] says whether a TPDU may have gone out. Before the prompt nothing is written that could go out.
//! - The boot line of a modem that has just started ends the command in flight, but not one that believes nothing.
//! - A payload whose [`Pace`] has pauses goes out between Prompting and Collecting, piece by piece as `poll_timeout` says; until its
//!   Ctrl-Z nothing can have left, and a time-out or a refusal leaves the prompt by ESC CR.
//! - A `>` at the start of a line that nobody waits for is answered by ESC CR, lest it swallow the next command; beside a
//!   command without payload it may be text, and is answered when that command's time is over.
//! - Memory is bounded by [`engine::MEMORY_BYTES_MAX`] whatever comes, provided that the polls are drained. An answer too
//!   long for it is cut off, and succeeds with what was kept.
//!
//! The [`command`] chapter knows the wire form, patience and answer of each command.

mod answer;
pub mod command;
pub mod engine;
pub mod error;
pub mod failure;
mod held;
pub mod lines;
mod network_time;
pub mod paying;
pub mod request;
pub mod result;
pub mod urc;

#[cfg(test)]
mod tests;

pub use command::{Command, Malformed};
pub use engine::{Engine, Event, Heard, Occupied};
pub use error::{Class, CmeCode, CmsCode, Reaction, Verdict};
pub use failure::{Failure, Fate};
pub use paying::Pace;
pub use request::{Expect, Line, NotALine, Payload, Request};
pub use result::{CallEnd, Refusal};
pub use urc::{Boot, Domain, NotAStore, RegistrationState, SimNotice, Store, Urc};
