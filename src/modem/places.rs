//! One place of a store: read, freed; and the store that places are read from.

use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::unless_refused;
use super::chat::ChatError;
use super::session::Session;
use crate::at::Store as Memory;
use crate::at::command::{Cmgd, Cmgr, CpmsSet, StoreUsage, Stored};
use crate::sms::hex;

/// How often a place is read before it is left for the next sweep: on a line that loses one octet in 200, each reading of a full
/// message comes whole in one of five.
const READINGS_MAX: usize = 10;

/// What the readings of one place have come to.
#[derive(Debug, PartialEq, Eq)]
enum Reading {
    /// These are its octets.
    Settled(Vec<u8>),
    /// The line has damaged it: it is to be read again.
    Again,
    /// It was damaged each time, and differently.
    Unsettled,
}

/// The readings of one place, until one of them is to be believed.
#[derive(Debug, Default)]
struct Readings {
    count: usize,
    last: Option<String>,
}

impl Readings {
    /// One that is as long as was announced is whole. Some firmware announces a wrong length: two in a row that are the same
    /// are believed too, since chance seldom takes the same octets twice.
    fn judge(&mut self, pdu_hex: String, announced: Option<usize>) -> Reading {
        self.count += 1;
        if is_whole(&pdu_hex, announced) || self.last.as_ref() == Some(&pdu_hex) {
            return Reading::Settled(octets(&pdu_hex));
        }
        self.last = Some(pdu_hex);
        if self.count < READINGS_MAX { Reading::Again } else { Reading::Unsettled }
    }
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// The octets of a place; read again where the line lost some of them. Where none came at all, or never the same, there is
    /// nothing to keep, and nothing that may be freed.
    pub(super) async fn intact(
        &mut self,
        index: u32,
        announced: Option<usize>,
        pdu_hex: String,
    ) -> Result<Option<Vec<u8>>, SessionError> {
        let mut readings = Readings::default();
        let mut reading = readings.judge(pdu_hex, announced);
        while reading == Reading::Again {
            let Some(again) = self.read_place(index).await? else { break };
            reading = readings.judge(again.pdu_hex, again.length.or(announced));
        }
        match reading {
            Reading::Settled(pdu) if !pdu.is_empty() => Ok(Some(pdu)),
            Reading::Settled(_) => {
                tracing::warn!(index, "a place is said to hold a message and shows none");
                Ok(None)
            }
            Reading::Again | Reading::Unsettled => {
                tracing::warn!(index, "a message comes damaged over the line each time; it stays");
                Ok(None)
            }
        }
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
pub(super) fn is_whole(pdu_hex: &str, announced: Option<usize>) -> bool {
    let Some(announced) = announced else { return true };
    hex::decode(pdu_hex).is_ok_and(|pdu| {
        let centre = pdu.first().map_or(0, |octets| usize::from(*octets) + 1);
        pdu.len() == centre + announced
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pdu_that_lost_octets_is_seen() {
        let pdu = "0191040B91";
        assert!(is_whole(pdu, Some(3)) && is_whole(pdu, None));
        assert!(!is_whole(pdu, Some(4)) && !is_whole(pdu, Some(2)));
        assert!(!is_whole("0191zz", Some(3)) && !is_whole("", Some(1)));
        // No hex any more, and as long in characters as a whole one with a centre of 48 octets.
        assert!(!is_whole(&"0".repeat(97), Some(48)));
    }

    #[test]
    fn a_wrong_length_is_believed_where_two_readings_agree() {
        let mut readings = Readings::default();
        let pdu = "00040B91";
        assert_eq!(readings.judge(pdu.to_owned(), Some(9)), Reading::Again);
        assert_eq!(readings.judge(pdu.to_owned(), Some(9)), Reading::Settled(octets(pdu)));
    }

    #[test]
    fn what_is_damaged_each_time_is_given_up_and_stays() {
        let mut readings = Readings::default();
        let judged: Vec<_> =
            (1..=12).map(|octet| readings.judge(format!("00{octet:02}"), Some(9))).collect();
        assert!(judged[..9].iter().all(|reading| *reading == Reading::Again));
        assert_eq!(judged[9], Reading::Unsettled);
    }

    proptest! {
        /// A line that loses some digits, others at each reading.
        #[test]
        fn nothing_but_the_message_itself_is_taken_from_a_line_that_loses_octets(
            tpdu in proptest::collection::vec(any::<u8>(), 20..160),
            lost in proptest::collection::vec(proptest::collection::vec(any::<proptest::sample::Index>(), 0..4), READINGS_MAX),
        ) {
            let pdu = [&[0], tpdu.as_slice()].concat();
            let sent = hex::encode(&pdu);
            let (mut readings, mut before) = (Readings::default(), String::new());
            for lost in lost {
                let mut came = sent.clone();
                for index in &lost {
                    came.remove(index.index(came.len()));
                }
                let reading = readings.judge(came.clone(), Some(tpdu.len()));
                match reading {
                    Reading::Settled(taken) => {
                        prop_assert!(taken == pdu || came == before, "{came} of {sent}");
                        return Ok(());
                    }
                    Reading::Again => prop_assert!(!lost.is_empty(), "a whole one is taken at once"),
                    Reading::Unsettled => {}
                }
                before.clone_from(&came);
            }
        }
    }
}
