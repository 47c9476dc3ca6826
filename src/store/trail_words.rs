//! What people wrote into the trail in their own words: kept beside it, so that it can go when the texts of its ticket go and
//! every seal still holds.
//!
//! The row of the trail has a fingerprint (`sidik`) in the place of the words: SHA-256 over a random salt and them. The salt goes
//! with the words, and then nobody can try out any more what they were.

use std::collections::HashMap;

use rusqlite::OptionalExtension;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::trail::{Line, hexadecimal};
use super::{Fault, Tx};

/// The only key of a fact that is yet to be taken apart: no other fact is an object.
const FREE: &str = "bebas";

/// The only key of what stands in the row in the place of words, and is told where they are gone.
pub const FINGERPRINT: &str = "sidik";

/// A fact of an [`Entry`](super::trail::Entry) that is a person's own words.
pub fn free(words: &str) -> Value {
    // Where nothing was said nothing is to be kept apart.
    if words.is_empty() { Value::from(words) } else { json!({ FREE: words }) }
}

/// Words that were taken out of a row that is about to be written.
pub(super) struct Apart {
    fact: String,
    salt: Vec<u8>,
    words: String,
}

/// Puts fingerprints in the place of all words.
///
/// # Errors
/// [`Fault`] of the database, which draws the salts.
pub(super) fn take_out(tx: &Tx<'_>, detail: &mut Value) -> Result<Vec<Apart>, Fault> {
    let mut apart = Vec::new();
    for (fact, value) in detail.as_object_mut().into_iter().flatten() {
        let Some(words) = value.get(FREE).and_then(Value::as_str).map(str::to_owned) else {
            continue;
        };
        let salt: Vec<u8> = tx
            .connection
            .prepare_cached("SELECT randomblob (32)")?
            .query_row([], |row| row.get(0))?;
        *value = json!({ FINGERPRINT: fingerprint(&salt, words.as_bytes()) });
        apart.push(Apart { fact: fact.clone(), salt, words });
    }
    Ok(apart)
}

/// Keeps words beside the row that they were taken out of.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn keep(tx: &Tx<'_>, trail_id: i64, apart: &[Apart]) -> Result<(), Fault> {
    for Apart { fact, salt, words } in apart {
        tx.connection
            .prepare_cached(
                "INSERT INTO trail_words (trail_id, fact, salt, words) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((trail_id, fact, salt, words))?;
    }
    Ok(())
}

/// Puts the words of a ticket back into its rows; where they are gone their fingerprint stays.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn put_back(tx: &Tx<'_>, ticket_id: i64, lines: &mut [Line]) -> Result<(), Fault> {
    if !lines.iter().any(|line| may_hold_one(line.detail.as_bytes())) {
        return Ok(());
    }
    let mut statement = tx.connection.prepare_cached(
        "SELECT trail_words.trail_id, trail_words.fact, trail_words.words
           FROM trail CROSS JOIN trail_words ON trail_words.trail_id = trail.id
          WHERE trail.ticket_id = ?1",
    )?;
    let mut kept: HashMap<(i64, String), String> = statement
        .query_map([ticket_id], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for line in lines.iter_mut().filter(|line| may_hold_one(line.detail.as_bytes())) {
        // Evidence is told as it is, even if it should not be the JSON that the trail holds.
        let Ok(Value::Object(mut facts)) = serde_json::from_str(&line.detail) else { continue };
        for (fact, value) in facts.iter_mut().filter(|(_, value)| print_in(value).is_some()) {
            if let Some(words) = kept.remove(&(line.id, fact.clone())) {
                *value = Value::from(words);
            }
        }
        line.detail = Value::Object(facts).to_string();
    }
    Ok(())
}

/// Whether the words beside a row are those that it was sealed with. That they are gone is right where the texts of the ticket
/// are.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn fit(
    tx: &Tx<'_>,
    (trail_id, detail): (i64, &[u8]),
    may_be_gone: impl Fn() -> Result<bool, Fault>,
) -> Result<bool, Fault> {
    if !may_hold_one(detail) {
        return Ok(true);
    }
    let Ok(Value::Object(facts)) = serde_json::from_slice(detail) else { return Ok(true) };
    let mut statement = tx
        .connection
        .prepare_cached("SELECT salt, words FROM trail_words WHERE trail_id = ?1 AND fact = ?2")?;
    for (fact, value) in &facts {
        let Some(told) = print_in(value) else { continue };
        // What no program of ours wrote need not even be text.
        let found: Option<Option<String>> = statement
            .query_row((trail_id, fact), |row| {
                let (salt, words) = (row.get_ref(0)?.as_blob(), row.get_ref(1)?.as_bytes());
                Ok(salt.ok().zip(words.ok()).map(|(salt, words)| fingerprint(salt, words)))
            })
            .optional()?;
        let fits = match found {
            Some(print) => print.as_deref() == Some(told),
            None => may_be_gone()?,
        };
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Destroys the words in the trail of a ticket; inside of [`within`](super::retention::within).
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn destroy(tx: &Tx<'_>, ticket_id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "DELETE FROM trail_words WHERE trail_id IN (SELECT id FROM trail WHERE ticket_id = ?1)",
        )?
        .execute([ticket_id])?;
    Ok(())
}

/// A quick look, before the facts are read one by one.
fn may_hold_one(detail: &[u8]) -> bool {
    detail.windows(FINGERPRINT.len()).any(|window| window == FINGERPRINT.as_bytes())
}

fn print_in(fact: &Value) -> Option<&str> {
    fact.as_object().filter(|fields| fields.len() == 1)?.get(FINGERPRINT)?.as_str()
}

fn fingerprint(salt: &[u8], words: &[u8]) -> String {
    hexadecimal(&Sha256::new().chain_update(salt).chain_update(words).finalize())
}
