//! A modem and a network in memory: pure, and served on pseudo-terminals for the demo and for tests from end to end.
//!
//! [`Modem`] takes bytes and time and gives bytes and deadlines, like the engine on the other end of the line. It is
//! written to 3GPP TS 27.005, 27.007 and 23.040 and to what modems of several makes are known to do, not to what one
//! driver happens to send. [`Network`] carries messages between it and citizens' phones. [`World`] puts both under one
//! clock, whichever that is; [`Simulation`] runs a world in real time, each modem behind a link that a driver can open.
//! [`Scenario`] is all of it as a file.

#[cfg(test)]
mod carriage;
mod centre;
mod command_line;
mod commands;
#[cfg(test)]
mod conversations;
mod failure;
mod faults;
mod handset;
mod messages;
mod modem;
mod network;
mod power;
mod profile;
mod pty;
mod routing;
pub mod scenario;
mod serve;
mod sickness;
mod sim;
mod storage;
mod switching;
mod terminal;
mod wire;
mod world;

pub use failure::Failure;
pub use faults::{Faults, Mishap, Scripted, Storm};
pub use handset::{PhoneMessage, PhonePart, Reach};
pub use modem::{Event, Modem, Registration, Submission, Verdict};
pub use network::{
    Edict, Network, NetworkOptions, ReportFates, Rule, Ruling, Undeliverable, UssdAnswer,
};
pub use profile::{BEFORE_REPORTS, Profile, ReportStore, TriesCommand};
pub use routing::Reception;
pub use scenario::{Scenario, ScenarioError};
pub use serve::{ModemSetup, Setup, Simulation};
pub use sickness::{Cure, Sick, Sickness};
pub use sim::{SimCard, SimState};
pub use storage::Status;
pub use world::World;
