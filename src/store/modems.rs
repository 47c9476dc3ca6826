//! What the SIMs told about themselves, and the PINs that they refused.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::{Fault, Tx, seconds};

/// A modem and its card as they identified themselves at bring-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name in the configuration.
    pub name: String,
    /// IMSI of the card; the modem's name where the card did not tell it.
    pub sim: String,
    /// `AT+CGMI`.
    pub manufacturer: Option<String>,
    /// `AT+CGMM`.
    pub model: Option<String>,
    /// `AT+CGMR`.
    pub revision: Option<String>,
    /// IMEI, `AT+CGSN`.
    pub serial: Option<String>,
}

/// Remembers what a modem is.
///
/// # Errors
/// [`Fault`] of the database.
pub fn seen(tx: &Tx<'_>, modem: &Identity, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO modem (name, sim, manufacturer, model, revision, serial, seen_at)
             VALUES (:name, :sim, :manufacturer, :model, :revision, :serial, :now)
             ON CONFLICT (name) DO UPDATE
                SET sim = :sim, manufacturer = :manufacturer, model = :model, revision = :revision,
                    serial = :serial, seen_at = :now",
        )?
        .execute(named_params! {
            ":name": modem.name,
            ":sim": modem.sim,
            ":manufacturer": modem.manufacturer,
            ":model": modem.model,
            ":revision": modem.revision,
            ":serial": modem.serial,
            ":now": seconds(now),
        })?;
    Ok(())
}

/// Whether the card at this port refused this PIN before.
///
/// # Errors
/// [`Fault`] of the database.
pub fn pin_was_refused(tx: &Tx<'_>, sim_or_port: &str, digest: &[u8]) -> Result<bool, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT 1 FROM refused_pin WHERE sim_or_port = ?1 AND digest = ?2")?
        .query_row((sim_or_port, digest), |_| Ok(()))
        .optional()?
        .is_some())
}

/// Remembers that the card at this port refused this PIN.
///
/// # Errors
/// [`Fault`] of the database.
pub fn refuse_pin(
    tx: &Tx<'_>,
    sim_or_port: &str,
    digest: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO refused_pin (sim_or_port, digest, refused_at)
             VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
        )?
        .execute((sim_or_port, digest, seconds(now)))?;
    Ok(())
}
