//! Receiving: read, commit, then delete. A message leaves the modem only after it is on the disk.

use std::sync::Arc;

use chrono::Utc;
use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::{optional, unless_refused};
use super::chat::ChatError;
use super::gauge::Gauge;
use super::past::{Carried, Past};
use super::session::Session;
use crate::at::command::{
    Acknowledgement, At as Probe, Cmgd, CmglAll, Cmgr, Cnma, CpmsQuery, CpmsSet, MessageStatus,
    StoreUsage, Stored,
};
use crate::at::{Failure, Store as Memory, Urc};
use crate::desk::Office;
use crate::desk::receiving::{self, At};
use crate::sms::{DeliverReport, hex};
use crate::store::modems::Identity;
use crate::store::{Fault, Store};

/// How often a PDU that came damaged over the line is read again before it is taken as it is.
const READS_AGAIN: usize = 2;

/// A list with as many messages may have been cut off; the engine keeps 1024 of one answer.
const LIST_LONG: usize = 1000;

/// How often a long list is asked for again before the heartbeat has its turn.
const LISTS_MAX: usize = 8;

/// Places that are looked at one by one; no store known has more.
const PLACES_MAX: u32 = 255;

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Takes what notices speak of: one message by its place, several by listing the store once.
    pub(super) async fn take_announced(
        &mut self,
        announced: &[(Option<Memory>, Option<u32>)],
    ) -> Result<(), SessionError> {
        let first = self.ready.stores.first();
        match announced {
            [] => Ok(()),
            [(store, Some(index))] if store.is_none() || store.as_ref() == first => {
                if self.take_place(*index).await? { Ok(()) } else { self.sweep().await }
            }
            several if several.iter().all(|(store, _)| store.as_ref() == first) => {
                self.take_store().await
            }
            _ => self.sweep().await,
        }
    }

    /// Reads every store out, and returns to the one that announces.
    pub(super) async fn sweep(&mut self) -> Result<(), SessionError> {
        self.take_store().await?;
        let stores = self.ready.stores.clone();
        let Some((first, others)) = stores.split_first() else { return Ok(()) };
        for memory in others {
            if self.read_from(memory).await? {
                self.take_store().await?;
            }
        }
        if !others.is_empty() {
            self.read_from(first).await?;
        }
        Ok(())
    }

    /// A stored status report: its store is read, and the read store is put back.
    pub(super) async fn take_report(
        &mut self,
        memory: Option<&Memory>,
        index: Option<u32>,
    ) -> Result<(), SessionError> {
        let first = self.ready.stores.first().cloned();
        let (Some(memory), Some(index), Some(first)) = (memory, index, first) else {
            return Ok(());
        };
        // Some announce reports in stores that nobody can read: the answer's fate stays "not confirmed".
        if self.read_from(memory).await? {
            self.take_place(index).await?;
            self.read_from(&first).await?;
        }
        Ok(())
    }

    /// Routed messages and reports: kept, and acknowledged where the modem waits for that.
    pub(super) async fn take_routed(&mut self, routed: Vec<Urc>) -> Result<(), SessionError> {
        if routed.is_empty() {
            return Ok(());
        }
        if let Err(fault) = self.keep(routed.iter().filter_map(carried).collect()).await {
            let refused = self.refuse(routed.len()).await;
            self.chat.put_back(routed.into_iter());
            refused?;
            return Err(fault.into());
        }
        for _ in routed.iter().filter(|_| self.ready.acknowledges) {
            let plain = Cnma { acknowledgement: Acknowledgement::Plain, report: None };
            match self.chat.execute(&plain).await {
                Err(gone @ ChatError::Gone(_)) => return Err(gone.into()),
                Err(error) => {
                    tracing::warn!(%error, "the network will repeat what was routed");
                    // Too late: the modem routes and announces nothing any more (3GPP TS 27.005 §3.4.1).
                    if let Some(notices) = self.ready.notices {
                        optional(&mut self.chat, &notices).await?;
                    }
                }
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// What was routed cannot be kept: where the modem waits for an answer, the network is asked to keep it and to try again.
    async fn refuse(&mut self, count: usize) -> Result<(), SessionError> {
        let refusal = DeliverReport::refusing(DeliverReport::MEMORY_CAPACITY_EXCEEDED).encode();
        let report = refusal.ok();
        let negative =
            Cnma { acknowledgement: Acknowledgement::Negative, report: report.as_deref() };
        for _ in 0..if self.ready.acknowledges { count } else { 0 } {
            optional(&mut self.chat, &negative).await?;
        }
        Ok(())
    }

    /// What was routed while something else was going on: a modem waits some seconds for its acknowledgement.
    pub(super) async fn take_routed_meanwhile(&mut self) -> Result<(), SessionError> {
        let routed = self.chat.take_routed();
        self.take_routed(routed).await
    }

    /// The session is over: what was routed and not kept yet is in no store, and perhaps nobody will repeat it.
    pub(super) async fn rescue(&mut self) {
        let sim = &self.ready.identity.sim;
        let pdus = self.chat.take_routed();
        let pdus = pdus.iter().filter_map(carried);
        self.past.put_aside(pdus.map(|pdu| Carried { sim: sim.clone(), pdu }));
        if let Err(fault) = self.keep_what_is_left().await {
            let pdus = self.past.unkept.len();
            tracing::error!(%fault, pdus, "what was routed cannot be kept now; it is tried again");
        }
    }

    /// What an earlier session could not keep.
    pub(super) async fn keep_what_is_left(&mut self) -> Result<(), Fault> {
        keep_what_is_left(
            self.past,
            (self.office, self.store),
            &self.ready.identity.name,
            self.gauge,
        )
        .await
    }

    /// Reads one place, keeps what it holds, frees it; whether there was something.
    async fn take_place(&mut self, index: u32) -> Result<bool, SessionError> {
        let Some(stored) = self.read_place(index).await? else { return Ok(false) };
        if is_ours(stored.status) {
            return Ok(true);
        }
        let Some(pdu) = self.intact(index, stored.length, stored.pdu_hex).await? else {
            return Ok(false);
        };
        self.keep(vec![pdu]).await?;
        self.free(index).await?;
        Ok(true)
    }

    /// Reads the chosen store out; a list so long that its end was cut off is asked for again.
    async fn take_store(&mut self) -> Result<(), SessionError> {
        for _ in 0..LISTS_MAX {
            if self.take_list().await? < LIST_LONG {
                break;
            }
        }
        Ok(())
    }

    /// Takes what is listed: listed once, committed once, freed place by place; how many places were freed.
    async fn take_list(&mut self) -> Result<usize, SessionError> {
        let listed = match self.chat.execute(&CmglAll).await {
            // A list that never ends must not keep a modem out of service that answers otherwise.
            Err(ChatError::Failed { failure: Failure::TimedOut(_), .. }) => {
                self.chat.execute(&Probe).await?;
                None
            }
            answer => unless_refused(answer)?,
        };
        let Some(listed) = listed else {
            self.take_each_place().await?;
            return Ok(0);
        };
        let mut places = Vec::with_capacity(listed.len());
        let mut pdus = Vec::with_capacity(listed.len());
        for entry in listed.into_iter().filter(|entry| !is_ours(entry.status)) {
            if let Some(pdu) = self.intact(entry.index, entry.length, entry.pdu_hex).await? {
                places.push(entry.index);
                pdus.push(pdu);
            }
        }
        if pdus.is_empty() {
            return Ok(0);
        }
        self.keep(pdus).await?;
        let mut freed = 0;
        for index in places {
            freed += usize::from(self.free(index).await?);
            self.take_routed_meanwhile().await?;
        }
        Ok(freed)
    }

    /// Reads a store out that is not listed: place by place, until as many were found as there are.
    async fn take_each_place(&mut self) -> Result<(), SessionError> {
        let usage = unless_refused(self.chat.execute(&CpmsQuery).await)?.unwrap_or_default();
        let (used, total) = usage.first().map_or((0, 0), |store| (store.used, store.total));
        let mut found = 0;
        // The first place is 0 or 1.
        for index in 0..=total.min(PLACES_MAX) {
            if found >= used {
                break;
            }
            found += u32::from(self.take_place(index).await?);
            self.take_routed_meanwhile().await?;
        }
        if found < used || usage.is_empty() {
            tracing::warn!(
                found,
                used,
                "the modem does not show its messages now; they stay where they are"
            );
        }
        Ok(())
    }

    /// The octets of a place; read again where the line lost some of them, and at last taken as they came. Where none came
    /// at all there is nothing to keep, and nothing that may be freed.
    async fn intact(
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

    async fn read_place(&mut self, index: u32) -> Result<Option<Stored>, SessionError> {
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
    async fn free(&mut self, index: u32) -> Result<bool, SessionError> {
        match self.chat.execute(&Cmgd { index }).await {
            Ok(()) => {
                self.note_freed();
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
    async fn read_from(&mut self, memory: &Memory) -> Result<bool, SessionError> {
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

    /// Commits PDUs; what they were is logged by the desk.
    async fn keep(&self, pdus: Vec<Vec<u8>>) -> Result<(), Fault> {
        let Identity { name, sim, .. } = &self.ready.identity;
        let carried = pdus.into_iter().map(|pdu| Carried { sim: sim.clone(), pdu }).collect();
        commit((self.office, self.store), name, carried, self.gauge).await
    }
}

/// Commits what a session could not, whether another one comes or not.
pub(super) async fn keep_what_is_left(
    past: &mut Past,
    desk: (&Arc<Office>, &Store),
    modem: &str,
    gauge: &Gauge,
) -> Result<(), Fault> {
    if !past.unkept.is_empty() {
        commit(desk, modem, past.unkept.clone(), gauge).await?;
        past.unkept.clear();
    }
    Ok(())
}

async fn commit(
    (office, store): (&Arc<Office>, &Store),
    modem: &str,
    received: Vec<Carried>,
    gauge: &Gauge,
) -> Result<(), Fault> {
    let (office, modem) = (Arc::clone(office), modem.to_owned());
    let count = received.len();
    store
        .write(move |tx| {
            let now = Utc::now();
            for Carried { sim, pdu } in &received {
                receiving::receive(tx, &office, &At { sim, modem: &modem }, pdu, now)?;
            }
            Ok::<_, Fault>(())
        })
        .await?;
    gauge.took(count);
    Ok(())
}

/// The octets that a routed notice carries.
fn carried(urc: &Urc) -> Option<Vec<u8>> {
    match urc {
        Urc::MessageRouted { pdu_hex, .. } | Urc::ReportRouted { pdu_hex, .. } => {
            Some(octets(pdu_hex))
        }
        Urc::MessageStored { .. }
        | Urc::ReportStored { .. }
        | Urc::Broadcast { .. }
        | Urc::Ussd { .. }
        | Urc::StorageFull { .. }
        | Urc::Boot(_)
        | Urc::SmsReady
        | Urc::PowerAlarm(_)
        | Urc::Registration { .. }
        | Urc::Signal { .. }
        | Urc::Sim(_)
        | Urc::Ring
        | Urc::CallEnded
        | Urc::LateError(_)
        | Urc::Ignored(_)
        | Urc::Unknown(_) => None,
    }
}

/// Messages that were written on this card, not received: they are nobody's complaint and stay.
fn is_ours(status: Option<MessageStatus>) -> bool {
    matches!(status, Some(MessageStatus::Unsent | MessageStatus::Sent))
}

/// What is no hex is kept as it came: nobody can read it, and nobody may lose it.
fn octets(pdu_hex: &str) -> Vec<u8> {
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

    #[test]
    fn what_was_written_on_the_card_is_not_received() {
        assert!(is_ours(Some(MessageStatus::Sent)) && is_ours(Some(MessageStatus::Unsent)));
        assert!(!is_ours(Some(MessageStatus::Unread)) && !is_ours(Some(MessageStatus::Read)));
        // Reports have no state on the families that keep them.
        assert!(!is_ours(None));
    }
}
