//! What must hold for every text and every table of units.

mod commands;
mod courtesy;
mod danger;
mod misconduct;
mod properties;
mod secrecy;
mod tables;

/// The table that is shipped.
const UNITS: &str = include_str!("../../../config/units.tsv");
