//! The control socket: HTTP/JSON on a Unix socket. Who asks is the kernel's word.
//!
//! `POST /v1/ask` takes one [`Ask`](protocol::Ask) and answers one [`Tell`](protocol::Tell) or one
//! [`Trouble`](protocol::Trouble). `docs/protocol.md` has every message with an example.
//!
//! ```text
//! client ──> socket ──> server (peer credentials → Officer) ──> answer ──> desk
//!    ^                     │                                       │
//!    └──── Tell, Trouble ──┴──── views, trouble <──────────────────┘
//! ```

mod answer;
pub mod client;
mod known;
mod looking;
mod modems;
pub mod orders;
mod privacy;
pub mod protocol;
mod recaps;
mod requests;
pub mod server;
mod socket;
mod steps;
mod trouble;
mod views;

#[cfg(test)]
mod tests;
