//! Receiving: list, commit, then delete. A message leaves the modem only after it is on the disk.

use std::sync::Arc;

use chrono::Utc;
use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::Ready;
use super::chat::Chat;
use crate::at::Store as Memory;
use crate::at::command::{Cmgd, CmglAll, CpmsSet};
use crate::desk::Office;
use crate::desk::receiving::{self, At};
use crate::sms::hex;
use crate::store::{Fault, Store};

/// What a sweep brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sweep {
    /// PDUs read, committed and deleted.
    pub taken: usize,
}

/// Reads a store out: listed once, committed once, deleted one by one.
///
/// # Errors
/// [`SessionError`]: what was not deleted is read again, and recognised.
pub async fn sweep<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    ready: &Ready,
    office: &Arc<Office>,
    store: &Store,
) -> Result<Sweep, SessionError> {
    let listed = chat.execute(&CmglAll).await?;
    if listed.is_empty() {
        return Ok(Sweep::default());
    }
    // What is no hex is kept as it came: nobody can read it, and nobody may lose it.
    let pdus: Vec<Vec<u8>> = listed
        .iter()
        .map(|entry| {
            hex::decode(&entry.pdu_hex).unwrap_or_else(|_| entry.pdu_hex.clone().into_bytes())
        })
        .collect();
    let taken = pdus.len();
    keep(ready, office, store, pdus).await?;
    for entry in &listed {
        chat.execute(&Cmgd { index: entry.index }).await?;
    }
    Ok(Sweep { taken })
}

/// Reads every store out, and returns to the one that announces.
///
/// # Errors
/// [`SessionError`].
pub async fn sweep_all<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    ready: &Ready,
    office: &Arc<Office>,
    store: &Store,
) -> Result<Sweep, SessionError> {
    let mut sweep_in_all = Sweep::default();
    for memory in ready.stores.iter().rev() {
        read_from(chat, memory).await?;
        sweep_in_all.taken += sweep(chat, ready, office, store).await?.taken;
    }
    Ok(sweep_in_all)
}

async fn read_from<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    memory: &Memory,
) -> Result<(), SessionError> {
    chat.execute(&CpmsSet { read: memory.clone(), write: None, receive: None }).await?;
    Ok(())
}

/// Commits PDUs; what they were is logged by the desk.
///
/// # Errors
/// [`Fault`] of the database: then the modem keeps them.
pub async fn keep(
    ready: &Ready,
    office: &Arc<Office>,
    store: &Store,
    pdus: Vec<Vec<u8>>,
) -> Result<(), Fault> {
    let office = Arc::clone(office);
    let identity = ready.identity.clone();
    store
        .write(move |tx| {
            let at = At { sim: &identity.sim, modem: &identity.name };
            let now = Utc::now();
            for pdu in &pdus {
                receiving::receive(tx, &office, &at, pdu, now)?;
            }
            Ok(())
        })
        .await
}
