//! What the SIMs told about themselves, and the PINs that they did not take.

use chrono::{DateTime, TimeDelta, Utc};
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
    /// The modem's IMEI, where it tells one that can be its own: 14 digits or more, and not all the same. Some clones tell
    /// none, `0`, or a row of zeros.
    pub fn imei(&self) -> Option<&str> {
        let serial = self.serial.as_deref()?.trim();
        let is_number = serial.len() >= 14 && serial.bytes().all(|digit| digit.is_ascii_digit());
        let is_plain = serial.bytes().skip(1).all(|digit| serial.bytes().next() == Some(digit));
        (is_number && !is_plain).then_some(serial)
    }

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

/// How many whole texts came in since a time, by the modem's name; and the last row that there is.
///
/// # Errors
/// [`Fault`] of the database.
pub fn received_since(
    tx: &Tx<'_>,
    since: DateTime<Utc>,
) -> Result<(Vec<(String, i64)>, i64), Fault> {
    let last = tx
        .connection
        .prepare_cached("SELECT COALESCE (MAX (id), 0) FROM inbound")?
        .query_row([], |row| row.get(0))?;
    let mut statement = tx.connection.prepare_cached(
        "SELECT modem, COUNT (*) FROM inbound WHERE received_at >= ?1 GROUP BY modem",
    )?;
    let counts = statement
        .query_map([seconds(since)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok((counts, last))
}

/// The whole texts in the rows after `last` that came in since a time: each with its row and the modem's name, in order.
///
/// # Errors
/// [`Fault`] of the database.
pub fn received_after(
    tx: &Tx<'_>,
    last: i64,
    since: DateTime<Utc>,
) -> Result<Vec<(i64, String)>, Fault> {
    // The sign keeps SQLite from the index by time, which would lead through the whole day.
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, modem FROM inbound WHERE id > ?1 AND +received_at >= ?2 ORDER BY id",
    )?;
    let texts = statement
        .query_map((last, seconds(since)), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(texts)
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

/// How long after a PIN was entered the card's counter may be older than that.
pub const PIN_SETTLES: TimeDelta = TimeDelta::minutes(1);

/// Why a PIN is not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinForbidden {
    /// The card has refused this one, or may have: without a counter nobody knows.
    Tried,
    /// Another one was entered before and not accepted, and no counter tells what that has cost.
    AnotherTried,
    /// One was entered less than [`PIN_SETTLES`] ago, perhaps by another port: the counter must be read again first.
    JustNow,
}

/// Notes a PIN as one that is about to be entered, unless what was entered before forbids it.
///
/// `keys` are the names by which the card may be known again: the first is the surest, and what was entered under it counts.
/// `counted` says that the modem has just told that the card grants all its tries; where it tells no number there is one
/// try and no other, whatever the PIN.
///
/// # Errors
/// [`Fault`] of the database.
pub fn claim_pin_try(
    tx: &Tx<'_>,
    keys: &[String],
    digest: &[u8],
    counted: bool,
    now: DateTime<Utc>,
) -> Result<Result<(), PinForbidden>, Fault> {
    for (rank, key) in keys.iter().enumerate() {
        let mut statement = tx.connection.prepare_cached(
            "SELECT digest = ?2, refused, tried_at FROM pin_try WHERE card = ?1 ORDER BY digest = ?2 DESC",
        )?;
        let tries = statement
            .query_map((key, digest), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<Vec<(bool, bool, i64)>, _>>()?;
        for (same, refused, tried_at) in tries {
            if rank == 0 && same && (refused || !counted) {
                return Ok(Err(PinForbidden::Tried));
            }
            if rank == 0 && !counted {
                return Ok(Err(PinForbidden::AnotherTried));
            }
            // A clock that was set in between may make it older or later than it is.
            if seconds(now).abs_diff(tried_at) < PIN_SETTLES.num_seconds().unsigned_abs() {
                return Ok(Err(PinForbidden::JustNow));
            }
        }
    }
    note_pin_try(tx, keys, digest, false, now)?;
    Ok(Ok(()))
}

/// The card said no to a PIN.
///
/// # Errors
/// [`Fault`] of the database.
pub fn pin_refused(
    tx: &Tx<'_>,
    keys: &[String],
    digest: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    note_pin_try(tx, keys, digest, true, now)
}

fn note_pin_try(
    tx: &Tx<'_>,
    keys: &[String],
    digest: &[u8],
    refused: bool,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut statement = tx.connection.prepare_cached(
        "INSERT INTO pin_try (card, digest, refused, tried_at)
         VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (card, digest) DO UPDATE SET refused = ?3, tried_at = ?4",
    )?;
    for key in keys {
        statement.execute((key, digest, refused, seconds(now)))?;
    }
    Ok(())
}

/// The card took this PIN: the try cost nothing.
///
/// # Errors
/// [`Fault`] of the database.
pub fn pin_accepted(tx: &Tx<'_>, keys: &[String], digest: &[u8]) -> Result<(), Fault> {
    let mut statement =
        tx.connection.prepare_cached("DELETE FROM pin_try WHERE card = ?1 AND digest = ?2")?;
    for key in keys {
        statement.execute((key, digest))?;
    }
    Ok(())
}

/// The card of this number grants all tries again: there is nothing to remember of it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn forget_pins(tx: &Tx<'_>, card: &str) -> Result<(), Fault> {
    tx.connection.prepare_cached("DELETE FROM pin_try WHERE card = ?1")?.execute([card])?;
    Ok(())
}

/// Whether any PIN of any card is remembered.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_any_pin_remembered(tx: &Tx<'_>) -> Result<bool, Fault> {
    Ok(tx.connection.prepare_cached("SELECT 1 FROM pin_try")?.exists([])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_that_many_share_is_none() {
        let imei = |serial: &str| {
            let identity = Identity {
                name: "modem-1".to_owned(),
                sim: "modem-1".to_owned(),
                manufacturer: None,
                model: None,
                revision: None,
                serial: Some(serial.to_owned()),
            };
            identity.imei().map(str::to_owned)
        };
        assert_eq!(imei(" 861234050000017"), Some("861234050000017".to_owned()));
        for none in ["", "0", "000000000000000", "1111111111111111", "12345", "86123405000001X"] {
            assert_eq!(imei(none), None, "{none}");
        }
    }

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
