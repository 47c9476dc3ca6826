//! **aduan**: the gateway through which citizens complain by SMS and are answered.
//!
//! Data flows one way, and each floor of the house knows only the floors under it:
//!
//! ```text
//! serial bytes → AT lines → SMS → complaint → ticket workflow → store → outbound SMS → AT lines → serial bytes
//! ```
//!
//! What *decides* is a synchronous function of what is, what happened, and what time it is. What *waits* (a serial
//! line, a socket) is async and stands at the edge. `docs/architecture.md` walks through the house room by room.

// Floor 0: leaves.
pub mod calendar;
pub mod clock;
pub mod masking;
pub mod mutation;
pub mod number;
pub mod phone;

// Floor 1: pure, and strangers to one another.
pub mod at;
pub mod complaint;
pub mod sms;
pub mod ticket;

// Floor 2: words and memory.
pub mod store;
pub mod words;

// Floor 3: decisions, one synchronous function per use case.
pub mod desk;

// Floor 4: edges.
pub mod control;
pub mod modem;
pub mod simulator;

// The roof.
pub mod cli;
pub mod config;
pub mod daemon;
pub mod demo;
