//! After a restore: what becomes of the texts that were unsent in the backup.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::staff::Officer;
use super::{Error, Office, cases, later};
use crate::store::restores::Decision;
use crate::store::{Tx, access_log, restores};
use crate::ticket::Role;

/// An admin decides on all of them; how many they were. The trail of each ticket that one speaks of has it.
///
/// # Errors
/// [`Error::NotPermitted`] for whoever is no admin; [`Error::Fault`].
pub fn release(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    decision: Decision,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    if !officer.is(Role::Admin) {
        return Err(Error::NotPermitted);
    }
    let who = officer.id.as_str();
    let note = format!("release {}", decision.token());
    access_log::note(tx, who, "restore", None, &note, now)?;
    let expires_at = later(now, office.limits.validity);
    let texts = restores::release(tx, who, decision, expires_at, now)?;
    let action = match decision {
        Decision::Send => "LEPAS_KIRIM",
        Decision::Drop => "LEPAS_BUANG",
    };
    for text in &texts {
        if let Some(ticket_id) = text.ticket_id {
            cases::remark(tx, ticket_id, who, action, json!({ "outbox": text.id }), now)?;
        }
    }
    Ok(texts.len())
}
