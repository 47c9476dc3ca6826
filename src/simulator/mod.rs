//! A modem and a network in memory: pure, and served on pseudo-terminals for the demo and for tests from end to end.
//!
//! [`Modem`] takes bytes and time and gives bytes and deadlines, like the engine on the other end of the line. It is
//! written to 3GPP TS 27.005, 27.007 and 23.040 and to what modems of several makes are known to do, not to what one
//! driver happens to send. [`Network`] carries messages between it and citizens' phones.

mod command_line;
mod commands;
mod failure;
mod faults;
mod messages;
mod modem;
mod power;
mod profile;
mod routing;
mod sim;
mod storage;
mod terminal;
mod wire;

pub use failure::Failure;
pub use faults::{Faults, Mishap, Scripted, Storm};
pub use modem::{Event, Modem, Registration, Submission, Verdict};
pub use profile::Profile;
pub use routing::Reception;
pub use sim::{SimCard, SimState};
