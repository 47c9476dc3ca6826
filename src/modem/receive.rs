//! Receiving: read, commit, then delete. A message leaves the modem only after it is on the disk.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::{optional, unless_refused};
use super::chat::ChatError;
use super::gauge::{Activity, Gauge};
use super::past::{Carried, Past};
use super::places::octets;
use super::session::Session;
use super::synchrony::{is_silence, synchronise};
use crate::at::command::{Acknowledgement, CmglAll, Cnma, CpmsQuery, Listed, MessageStatus};
use crate::at::{Store as Memory, Urc};
use crate::clock;
use crate::desk::Office;
use crate::desk::receiving::{self, At, Received};
use crate::mutation::Mutation;
use crate::sms::DeliverReport;
use crate::store::{Fault, Store, Tx};

/// A list with as many messages may have been cut off; the engine keeps 1024 of one answer.
pub(super) const LIST_LONG: usize = 1000;

/// How often a long list is asked for again before the heartbeat has its turn.
const LISTS_MAX: usize = 8;

/// Places that are looked at one by one; no store known has more.
pub(super) const PLACES_MAX: u32 = 255;

/// What a place held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing that can be read.
    Nothing,
    /// Something that is left there on purpose.
    Left,
    /// A message, which is on the disk now.
    Taken,
}

/// How much of what lies in its stores a modem shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All that it counts.
    All,
    /// Not all: a place comes damaged each time, or holds what nobody can read.
    Some,
    /// Nothing: it refuses to list and to read.
    Nothing,
}

impl Shown {
    /// Of two stores.
    fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Some }
    }
}

/// What became of a list.
struct ReadOut {
    /// Places freed.
    freed: usize,
    /// Messages left on purpose.
    left: u32,
    /// Whether nothing else was left.
    is_all: bool,
    /// How much of it was shown.
    shown: Shown,
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Takes what notices speak of: one message by its place, several by listing the store once.
    pub(super) async fn take_announced(
        &mut self,
        announced: &[(Option<Memory>, Option<u32>)],
    ) -> Result<(), SessionError> {
        if self.look.is_some() {
            return self.take_new(announced).await;
        }
        let first = self.ready.stores.first();
        let together = self.ready.treatment.frees_together;
        match announced {
            [] => Ok(()),
            [(store, Some(index))] if !together && (store.is_none() || store.as_ref() == first) => {
                match self.take_place(*index).await? {
                    Place::Taken | Place::Left => Ok(()),
                    Place::Nothing => self.sweep().await,
                }
            }
            several if several.iter().all(|(store, _)| store.as_ref() == first) => {
                self.take_store().await.map(drop)
            }
            _ => self.sweep().await,
        }
    }

    /// Reads every store out, and returns to the one that announces.
    pub(super) async fn sweep(&mut self) -> Result<(), SessionError> {
        self.gauge.does(Some(Activity::Receiving));
        let swept = self.read_out().await;
        self.gauge.does(None);
        self.note_shown(swept?);
        Ok(())
    }

    async fn read_out(&mut self) -> Result<Shown, SessionError> {
        if Mutation::NoSweep.is_made() {
            return Ok(Shown::All);
        }
        if !self.look_first().await? {
            return Ok(Shown::Nothing);
        }
        let mut shown = self.take_store().await?;
        let stores = self.ready.stores.clone();
        let Some((first, others)) = stores.split_first() else { return Ok(shown) };
        for memory in others {
            if self.read_from(memory).await? {
                shown = shown.and(self.take_store().await?);
            }
        }
        if !others.is_empty() {
            self.read_from(first).await?;
        }
        self.left.all_were_read();
        Ok(shown)
    }

    /// What lies in a place of some store, as stored status reports do: that store is read, and the read store is put back.
    pub(super) async fn take_in(
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
        let (routed, damaged) = self.sort_out(routed);
        if !routed.is_empty() {
            let pdus: Vec<_> = routed.iter().filter_map(carried).collect();
            let in_hand = self.take_in_hand(&pdus);
            match self.keep(pdus).await {
                Ok(_) => {
                    self.past.kept(&in_hand);
                    self.acknowledge(routed.len()).await?;
                }
                Err(fault) => return Err(self.not_kept(routed.len() + damaged, fault).await),
            }
        }
        self.have_repeated(damaged).await
    }

    /// What is to be kept, and how many the line has damaged that the network will repeat; where the modem waits for no
    /// acknowledgement nothing is repeated, and all is kept as it came. A modem hands one over at a time.
    pub(super) fn sort_out(&mut self, routed: Vec<Urc>) -> (Vec<Urc>, usize) {
        if !self.ready.acknowledges {
            return (routed, 0);
        }
        let damaged = &mut self.past.damaged;
        let (again, kept): (Vec<_>, Vec<_>) = routed.into_iter().partition(|notice| {
            matches!(notice, Urc::MessageRouted { pdu_hex, length } | Urc::ReportRouted { pdu_hex, length }
                if damaged.is_to_come_again(pdu_hex, *length))
        });
        (kept, again.len())
    }

    /// Refuses what the line has damaged.
    pub(super) async fn have_repeated(&mut self, damaged: usize) -> Result<(), SessionError> {
        if damaged > 0 {
            tracing::warn!(
                damaged,
                "what was handed over came damaged over the line: it is to come again"
            );
        }
        self.refuse(damaged, DeliverReport::UNSPECIFIED).await
    }

    /// What was routed is put aside before anything is done with it: it lies nowhere else, and outlives this task.
    pub(super) fn take_in_hand(&mut self, pdus: &[Vec<u8>]) -> Vec<Carried> {
        let sim = &self.ready.identity.sim;
        let carry = |pdu: &Vec<u8>| Carried { sim: sim.clone(), pdu: pdu.clone(), repaired: None };
        let carried: Vec<_> = pdus.iter().map(carry).collect();
        self.past.put_aside(carried.iter().cloned());
        #[cfg(test)]
        assert!(!std::mem::take(&mut self.past.dies), "a fault of the program");
        carried
    }

    /// Tells a modem that waits for it that what it routed is safe.
    pub(super) async fn acknowledge(&mut self, count: usize) -> Result<(), SessionError> {
        for _ in 0..if self.ready.acknowledges { count } else { 0 } {
            let plain = Cnma { acknowledgement: Acknowledgement::Plain, report: None };
            match self.chat.execute(&plain).await {
                Err(gone @ ChatError::Gone(_)) => return Err(gone.into()),
                Err(error) => {
                    tracing::warn!(%error, "the network will repeat what was routed");
                    if is_silence(&error) {
                        synchronise(&mut self.chat, 1).await?;
                    }
                    self.still_wants_acknowledgements().await?;
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

    /// What was routed cannot be kept now: the session ends for it, and whatever comes after tries again.
    pub(super) async fn not_kept(&mut self, routed: usize, fault: Fault) -> SessionError {
        let refused = self.refuse(routed, DeliverReport::MEMORY_CAPACITY_EXCEEDED).await;
        refused.err().unwrap_or(SessionError::Fault(fault))
    }

    /// Where the modem waits for an answer, the network is asked to keep what was routed and to try again.
    async fn refuse(&mut self, count: usize, cause: u8) -> Result<(), SessionError> {
        let report = DeliverReport::refusing(cause).encode().ok();
        let negative =
            Cnma { acknowledgement: Acknowledgement::Negative, report: report.as_deref() };
        for _ in 0..if self.ready.acknowledges { count } else { 0 } {
            if optional(&mut self.chat, &negative).await?.is_none()
                && let Some(notices) = self.ready.notices
            {
                // Too late, or not understood: in either case it may hand over nothing any more.
                optional(&mut self.chat, &notices).await?;
            }
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
        let pdus: Vec<_> = self.chat.take_routed().iter().filter_map(carried).collect();
        self.take_in_hand(&pdus);
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

    /// Reads one place, keeps what it holds, frees it.
    async fn take_place(&mut self, index: u32) -> Result<Place, SessionError> {
        let Some(stored) = self.read_place(index).await? else { return Ok(Place::Nothing) };
        if is_ours(stored.status) {
            return Ok(Place::Left);
        }
        let Some(pdu) = self.intact(index, stored.length, stored.pdu_hex).await? else {
            return Ok(Place::Nothing);
        };
        if Mutation::FreeBeforeCommit.is_made() {
            self.free(index).await?;
            self.keep(vec![pdu]).await?;
            return Ok(Place::Taken);
        }
        if self.keep(vec![pdu]).await? == [Received::Left] {
            return Ok(Place::Left);
        }
        self.free(index).await?;
        Ok(Place::Taken)
    }

    /// Reads the chosen store out; a list so long that its end was cut off is asked for again.
    async fn take_store(&mut self) -> Result<Shown, SessionError> {
        let mut shown = Shown::All;
        for _ in 0..LISTS_MAX {
            let list = self.take_list().await?;
            shown = list.shown;
            if list.freed < LIST_LONG {
                self.left.note(self.chosen().cloned(), list.is_all.then_some(list.left));
                self.note_left_in_store(list.left);
                break;
            }
        }
        Ok(shown)
    }

    /// Takes what is listed: listed once, committed once, freed place by place.
    async fn take_list(&mut self) -> Result<ReadOut, SessionError> {
        let Some(listed) = self.list().await? else { return self.take_each_place().await };
        let (ours, theirs): (Vec<_>, Vec<_>) =
            listed.into_iter().partition(|entry| is_ours(entry.status));
        let shown = theirs.len();
        let mut places = Vec::with_capacity(shown);
        let mut pdus = Vec::with_capacity(shown);
        for entry in theirs {
            if let Some(pdu) = self.intact(entry.index, entry.length, entry.pdu_hex).await? {
                places.push(entry.index);
                pdus.push(pdu);
            }
        }
        let together = self.ready.treatment.frees_together;
        let is_whole = pdus.len() == shown
            && (!together || self.keep_late_parts(&mut places, &mut pdus).await?);
        let places_in_all = shown.max(places.len());
        let (mut freed, mut left) = (0, ours.len());
        if !pdus.is_empty() {
            let kept = self.keep(pdus).await?;
            for (index, received) in places.into_iter().zip(kept) {
                if received == Received::Left {
                    left += 1;
                } else if is_whole || !together {
                    freed += usize::from(self.free(index).await?);
                    self.take_routed_meanwhile().await?;
                }
            }
        }
        let is_all = freed + left == places_in_all + ours.len();
        let left = u32::try_from(left).unwrap_or(u32::MAX);
        let shown = if is_whole { Shown::All } else { Shown::Some };
        Ok(ReadOut { freed, left, is_all, shown })
    }

    /// What came since the store was listed: where the first part takes the others with it when it is freed, those are kept too.
    /// Whether all of them could be read.
    async fn keep_late_parts(
        &mut self,
        places: &mut Vec<u32>,
        pdus: &mut Vec<Vec<u8>>,
    ) -> Result<bool, SessionError> {
        if places.is_empty() {
            return Ok(true);
        }
        for _ in 0..LISTS_MAX {
            let Some(listed) = self.list().await? else { return Ok(false) };
            let is_late = |entry: &Listed| !is_ours(entry.status) && !places.contains(&entry.index);
            let late: Vec<_> = listed.into_iter().filter(is_late).collect();
            if late.is_empty() {
                break;
            }
            for entry in late {
                let Some(pdu) = self.intact(entry.index, entry.length, entry.pdu_hex).await? else {
                    return Ok(false);
                };
                places.push(entry.index);
                pdus.push(pdu);
            }
        }
        Ok(true)
    }

    /// What lies in the chosen store; none where the modem does not list it.
    pub(super) async fn list(&mut self) -> Result<Option<Vec<Listed>>, SessionError> {
        match self.chat.execute(&CmglAll).await {
            // A list that never ends must not keep a modem out of service that answers otherwise.
            Err(silent) if is_silence(&silent) => {
                synchronise(&mut self.chat, 1).await?;
                Ok(None)
            }
            answer => Ok(unless_refused(answer)?),
        }
    }

    /// Reads a store out that is not listed: place by place, until as many were found as there are.
    async fn take_each_place(&mut self) -> Result<ReadOut, SessionError> {
        let usage = unless_refused(self.chat.execute(&CpmsQuery).await)?.unwrap_or_default();
        let (used, total) = usage.first().map_or((0, 0), |store| (store.used, store.total));
        let (mut found, mut left) = (0, 0);
        // The first place is 0 or 1.
        for index in 0..=total.min(PLACES_MAX) {
            if found >= used {
                break;
            }
            match self.take_place(index).await? {
                Place::Nothing => {}
                Place::Taken => found += 1,
                Place::Left => (found, left) = (found + 1, left + 1),
            }
            self.take_routed_meanwhile().await?;
        }
        let is_all = found >= used && !usage.is_empty();
        if !is_all {
            tracing::warn!(
                found,
                used,
                "the modem does not show its messages now; they stay where they are"
            );
        }
        let shown = match (is_all, found) {
            (true, _) => Shown::All,
            (false, 0) => Shown::Nothing,
            (false, _) => Shown::Some,
        };
        Ok(ReadOut { freed: 0, left, is_all, shown })
    }

    /// What a modem tells of flash messages that it only shows: the notice is all that there is of them, and an officer sees it
    /// as something that came and cannot be read.
    pub(super) async fn take_shown(&mut self, shown: Vec<String>) -> Result<(), Fault> {
        if shown.is_empty() {
            return Ok(());
        }
        tracing::error!(
            count = shown.len(),
            "flash messages came that the modem only shows: receive = \"direct\" has it hand them over"
        );
        self.gauge.note(|health| health.shows_flash = true);
        let (sim, modem) = (self.ready.identity.sim.clone(), self.ready.identity.name.clone());
        let keep = move |tx: &Tx<'_>| {
            for notice in shown.iter().filter(|notice| !notice.is_empty()) {
                let at = At { sim: &sim, modem: &modem };
                receiving::unreadable(tx, &at, notice.as_bytes(), clock::now())?;
            }
            Ok::<_, Fault>(())
        };
        self.store.write(keep).await
    }

    /// Commits PDUs, and says of each what it was.
    async fn keep(&mut self, pdus: Vec<Vec<u8>>) -> Result<Vec<Received>, Fault> {
        let carry = |pdu: Vec<u8>| {
            let repaired = self.ready.treatment.repaired(&pdu).map(<[u8]>::to_vec);
            Carried { sim: self.ready.identity.sim.clone(), pdu, repaired }
        };
        let carried: Vec<_> = pdus.into_iter().map(carry).collect();
        self.note_stamps(carried.iter().map(Carried::whole));
        let name = &self.ready.identity.name;
        commit((self.office, self.store), name, carried, self.gauge).await
    }
}

/// Commits what a session could not, whether another one comes or not. What the database refuses again and again, while it
/// takes the same octets as something that nobody can read, is kept like that: it is evidence, an officer sees it, and its
/// modem serves. Where the database takes nothing at all the rest waits, and no modem could serve anyway.
///
/// # Errors
/// [`Fault`] where something is still not kept.
pub(super) async fn keep_what_is_left(
    past: &mut Past,
    desk: (&Arc<Office>, &Store),
    modem: &str,
    gauge: &Gauge,
) -> Result<(), Fault> {
    let carried = past.unkept.clone();
    if carried.is_empty() {
        return Ok(());
    }
    let Err(fault) = commit(desk, modem, carried.clone(), gauge).await else {
        past.kept(&carried);
        return Ok(());
    };
    let as_it_came = past.not_kept();
    let mut left = None;
    for one in carried {
        match keep_one(desk, modem, one.clone(), as_it_came, gauge).await {
            Ok(()) => past.kept(&[one]),
            Err(fault) => left = Some(fault),
        }
    }
    if let Some(fault) = left {
        return Err(fault);
    }
    tracing::debug!(%fault, "what was refused together was kept one by one");
    Ok(())
}

async fn keep_one(
    desk: (&Arc<Office>, &Store),
    modem: &str,
    carried: Carried,
    as_it_came: bool,
    gauge: &Gauge,
) -> Result<(), Fault> {
    let Err(fault) = commit(desk, modem, vec![carried.clone()], gauge).await else { return Ok(()) };
    if !as_it_came {
        return Err(fault);
    }
    let name = modem.to_owned();
    let Carried { sim, pdu, .. } = carried;
    let keep = move |tx: &Tx<'_>| {
        receiving::unreadable(tx, &At { sim: &sim, modem: &name }, &pdu, clock::now())
    };
    desk.1.write(keep).await?;
    tracing::error!(%fault, "what was routed cannot be read into the database: it is kept as it came");
    gauge.took(1);
    Ok(())
}

async fn commit(
    (office, store): (&Arc<Office>, &Store),
    modem: &str,
    received: Vec<Carried>,
    gauge: &Gauge,
) -> Result<Vec<Received>, Fault> {
    let (office, modem) = (Arc::clone(office), modem.to_owned());
    let kept = store.write(move |tx| receive(tx, &office, &modem, &received)).await?;
    gauge.took(taken(&kept));
    Ok(kept)
}

/// Takes PDUs in the caller's transaction.
pub(super) fn receive(
    tx: &Tx<'_>,
    office: &Office,
    modem: &str,
    received: &[Carried],
) -> Result<Vec<Received>, Fault> {
    let now = clock::now();
    let keep = |carried: &Carried| {
        let at = At { sim: &carried.sim, modem };
        receiving::receive_repaired(tx, office, &at, (&carried.pdu, carried.whole()), now)
    };
    received.iter().map(keep).collect()
}

/// How many of them were taken: the others stay where they lie.
pub(super) fn taken(kept: &[Received]) -> usize {
    kept.iter().filter(|received| **received != Received::Left).count()
}

/// The octets that a routed notice carries.
pub(super) fn carried(urc: &Urc) -> Option<Vec<u8>> {
    match urc {
        Urc::MessageRouted { pdu_hex, .. } | Urc::ReportRouted { pdu_hex, .. } => {
            Some(octets(pdu_hex))
        }
        Urc::MessageStored { .. }
        | Urc::ReportStored { .. }
        | Urc::Broadcast { .. }
        | Urc::FlashShown(_)
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
        | Urc::NetworkTime(_)
        | Urc::Ignored(_)
        | Urc::Unknown(_) => None,
    }
}

/// Messages that were written on this card, not received: they are nobody's complaint and stay.
pub(super) fn is_ours(status: Option<MessageStatus>) -> bool {
    matches!(status, Some(MessageStatus::Unsent | MessageStatus::Sent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_on_the_card_is_not_received() {
        assert!(is_ours(Some(MessageStatus::Sent)) && is_ours(Some(MessageStatus::Unsent)));
        assert!(!is_ours(Some(MessageStatus::Unread)) && !is_ours(Some(MessageStatus::Read)));
        // Reports have no state on the families that keep them.
        assert!(!is_ours(None));
    }
}
