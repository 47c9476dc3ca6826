//! What the SIMs told about themselves, and the PINs that they did not take.

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

impl Identity {
    /// Maker and model in one line; the maker only where the model does not begin with the same word.
    pub fn described(&self) -> Option<String> {
        let maker = self.manufacturer.as_deref().map(str::trim).filter(|maker| !maker.is_empty());
        let model = self.model.as_deref().map(str::trim).filter(|model| !model.is_empty());
        let (Some(maker), Some(model)) = (maker, model) else {
            return maker.or(model).map(str::to_owned);
        };
        let first = maker.split([' ', '_']).next().unwrap_or(maker).to_lowercase();
        let is_said = model.to_lowercase().starts_with(&first);
        Some(if is_said { model.to_owned() } else { format!("{maker} {model}") })
    }
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

/// What a modem told when it was last brought up.
///
/// # Errors
/// [`Fault`] of the database.
pub fn known(tx: &Tx<'_>, name: &str) -> Result<Option<Identity>, Fault> {
    let known = tx
        .connection
        .prepare_cached(
            "SELECT name, sim, manufacturer, model, revision, serial FROM modem WHERE name = ?1",
        )?
        .query_row([name], |row| {
            Ok(Identity {
                name: row.get(0)?,
                sim: row.get(1)?,
                manufacturer: row.get(2)?,
                model: row.get(3)?,
                revision: row.get(4)?,
                serial: row.get(5)?,
            })
        })
        .optional()?;
    Ok(known)
}

/// How many whole texts came in since a time, by the modem's name.
///
/// # Errors
/// [`Fault`] of the database.
pub fn received_since(tx: &Tx<'_>, since: DateTime<Utc>) -> Result<Vec<(String, i64)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT modem, COUNT (*) FROM inbound WHERE received_at >= ?1 GROUP BY modem",
    )?;
    let counts = statement
        .query_map([seconds(since)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(counts)
}

/// Whether an admin has taken this modem out of service.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_disabled(tx: &Tx<'_>, name: &str) -> Result<bool, Fault> {
    let disabled = tx
        .connection
        .prepare_cached("SELECT 1 FROM modem_disabled WHERE name = ?1")?
        .exists([name])?;
    Ok(disabled)
}

/// Takes a modem out of service, now and after every start; who did it first stays.
///
/// # Errors
/// [`Fault`] of the database.
pub fn disable(tx: &Tx<'_>, name: &str, officer: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO modem_disabled (name, officer, disabled_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute((name, officer, seconds(now)))?;
    Ok(())
}

/// Takes a modem back into service.
///
/// # Errors
/// [`Fault`] of the database.
pub fn enable(tx: &Tx<'_>, name: &str) -> Result<(), Fault> {
    tx.connection.prepare_cached("DELETE FROM modem_disabled WHERE name = ?1")?.execute([name])?;
    Ok(())
}

/// How a PIN was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinTry {
    /// About to be entered, or entered without an answer.
    Unanswered,
    /// The card said no.
    Refused,
}

/// Whether this PIN was tried on this card, and was not accepted.
///
/// # Errors
/// [`Fault`] of the database.
pub fn pin_try(tx: &Tx<'_>, card: &str, digest: &[u8]) -> Result<Option<PinTry>, Fault> {
    let refused: Option<bool> = tx
        .connection
        .prepare_cached("SELECT refused FROM pin_try WHERE card = ?1 AND digest = ?2")?
        .query_row((card, digest), |row| row.get(0))
        .optional()?;
    Ok(refused.map(|refused| if refused { PinTry::Refused } else { PinTry::Unanswered }))
}

/// Remembers a try.
///
/// # Errors
/// [`Fault`] of the database.
pub fn note_pin_try(
    tx: &Tx<'_>,
    card: &str,
    digest: &[u8],
    outcome: PinTry,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO pin_try (card, digest, refused, tried_at)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (card, digest) DO UPDATE SET refused = ?3, tried_at = ?4",
        )?
        .execute((card, digest, outcome == PinTry::Refused, seconds(now)))?;
    Ok(())
}

/// The card took the PIN: there is nothing to remember.
///
/// # Errors
/// [`Fault`] of the database.
pub fn pin_accepted(tx: &Tx<'_>, card: &str, digest: &[u8]) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("DELETE FROM pin_try WHERE card = ?1 AND digest = ?2")?
        .execute((card, digest))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maker_is_named_once() {
        let described = |maker: &str, model: &str| {
            let told = |word: &str| (!word.is_empty()).then(|| word.to_owned());
            let identity = Identity {
                name: "modem-1".to_owned(),
                sim: "modem-1".to_owned(),
                manufacturer: told(maker),
                model: told(model),
                revision: None,
                serial: None,
            };
            identity.described().unwrap_or_default()
        };
        assert_eq!(described("SIMCOM INCORPORATED", "SIMCOM_SIM7600E-H"), "SIMCOM_SIM7600E-H");
        assert_eq!(described("huawei", "E1752"), "huawei E1752");
        assert_eq!(
            described(" WAVECOM MODEM", " MULTIBAND  900E  1800"),
            "WAVECOM MODEM MULTIBAND  900E  1800"
        );
        assert_eq!(described("", "EC25"), "EC25");
        assert_eq!(described("Quectel", ""), "Quectel");
        assert_eq!(described("", ""), "");
    }
}
