//! One place of a store: read, freed; and the store that places are read from.

use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::unless_refused;
use super::chat::ChatError;
use super::session::Session;
use crate::at::Store as Memory;
use crate::at::command::{Cmgd, Cmgr, CpmsSet, StoreUsage, Stored};
use crate::sms::hex;

/// How often a PDU that came damaged over the line is read again before it is taken as it is.
const READS_AGAIN: usize = 2;

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// The octets of a place; read again where the line lost some of them, and at last taken as they came. Where none came
    /// at all there is nothing to keep, and nothing that may be freed.
    pub(super) async fn intact(
        &mut self,
        index: u32,
        announced: Option<usize>,
        pdu_hex: String,
    ) -> Result<Option<Vec<u8>>, SessionError> {
        let mut pdu = octets(&pdu_hex);
        for _ in 0..READS_AGAIN {
            if is_whole(&pdu, announced) {
                break;
            }
            match self.read_place(index).await? {
                Some(again) => pdu = octets(&again.pdu_hex),
                None => break,
            }
        }
        if pdu.is_empty() {
            tracing::warn!(index, "a place is said to hold a message and shows none");
        }
        Ok((!pdu.is_empty()).then_some(pdu))
    }

    /// What a place holds, if anything.
    pub(super) async fn read_place(&mut self, index: u32) -> Result<Option<Stored>, SessionError> {
        match self.chat.execute(&Cmgr { index }).await {
            // Some show an empty place as a message of no octets.
            Ok(stored) => Ok(stored.filter(|stored| {
                !(stored.pdu_hex.is_empty() && stored.length.is_none_or(|octets| octets == 0))
            })),
            // An empty place is an error (321) to some, and an empty answer to others.
            Err(ChatError::Failed { failure, .. }) if failure.verdict().is_some() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Frees a place; whether the modem did. What cannot be freed stays, is read again, and is recognised.
    pub(super) async fn free(&mut self, index: u32) -> Result<bool, SessionError> {
        match self.chat.execute(&Cmgd { index }).await {
            Ok(()) => {
                self.note_freed();
                self.freed += 1;
                Ok(true)
            }
            Err(ChatError::Failed { command, failure }) if failure.verdict().is_some() => {
                tracing::warn!(command, %failure, index, "a place is not freed");
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Chooses the store to read from; whether the modem did.
    pub(super) async fn read_from(&mut self, memory: &Memory) -> Result<bool, SessionError> {
        let switch = CpmsSet { read: memory.clone(), write: None, receive: None };
        let taken = unless_refused(self.chat.execute(&switch).await)?;
        if let Some(usage) = &taken {
            self.reading = Some(memory.clone());
            if let Some(usage) = usage.first() {
                self.note_store(StoreUsage { store: Some(memory.clone()), ..usage.clone() });
            }
        }
        Ok(taken.is_some())
    }

    /// The store that is read now; none where nothing is known of its stores.
    pub(super) fn chosen(&self) -> Option<&Memory> {
        self.reading.as_ref().or(self.ready.stores.first())
    }
}

/// What is no hex is kept as it came: nobody can read it, and nobody may lose it.
pub(super) fn octets(pdu_hex: &str) -> Vec<u8> {
    hex::decode(pdu_hex).unwrap_or_else(|_| pdu_hex.as_bytes().to_vec())
}

/// Whether as many octets came as the header announced: the centre's address and the TPDU.
fn is_whole(pdu: &[u8], announced: Option<usize>) -> bool {
    let centre = pdu.first().map_or(0, |octets| usize::from(*octets) + 1);
    announced.is_none_or(|tpdu| pdu.len() == centre + tpdu)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdu_that_lost_octets_is_seen() {
        let pdu = [0x01, 0x91, 0x04, 0x0B, 0x91];
        assert!(is_whole(&pdu, Some(3)) && is_whole(&pdu, None));
        assert!(!is_whole(&pdu, Some(4)) && !is_whole(&pdu, Some(2)));
        assert!(!is_whole(&octets("0191zz"), Some(3)) && !is_whole(&[], Some(1)));
    }
}
