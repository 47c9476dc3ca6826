//! A card that is met for the first time, and whose messages are to be left on it (`found = "leave"`): they are looked at
//! once and noted, and never touched.
//!
//! ```text
//! COMMIT: the card is met ──> every store is listed ──> late notices ──> COMMIT: what lies there is left ──> sweep
//! ```
//!
//! What is announced meanwhile is new, and what was routed is kept first. Nothing is taken before the second commit but what
//! was announced. Where the daemon is killed between the two, the look is made anew; the notices are gone then, and what the
//! centre got since the first commit counts as new.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::unless_refused;
use super::receive::{LIST_LONG, PLACES_MAX, is_ours};
use super::session::Session;
use crate::at::command::{At as Probe, CpmsQuery};
use crate::at::{Store as Memory, Urc};
use crate::clock;
use crate::desk::receiving;
use crate::store::{Fault, left};

/// How long after a list a modem may take to announce what the list has shown already.
const LATE: Duration = Duration::from_secs(1);

/// Status reports are nobody's complaint: old ones are swept like any other.
const REPORTS: &str = "SR";

/// A look that is still to be made.
#[derive(Debug)]
pub(super) struct Look {
    /// When the card was met.
    since: DateTime<Utc>,
    /// Whether something may have arrived that nobody was told of, or not where.
    doubtful: bool,
    /// What was announced; none where the place is not told.
    announced: Vec<(Option<Memory>, u32)>,
}

/// A message where it lies.
struct Lying {
    store: Option<Memory>,
    index: u32,
    pdu: Vec<u8>,
}

impl Look {
    /// Of a card that is in service for the first time, or was once before and its look came to no end; `announces` says
    /// whether the modem tells of what arrives.
    pub(super) const fn new(since: DateTime<Utc>, first: bool, announces: bool) -> Self {
        Self { since, doubtful: !first || !announces, announced: Vec::new() }
    }

    /// Something may have been announced that nobody heard.
    pub(super) const fn doubt(&mut self) {
        self.doubtful = true;
    }

    fn note(&mut self, store: Option<&Memory>, index: Option<u32>) {
        match index {
            Some(index) => self.announced.push((store.cloned(), index)),
            None => self.doubt(),
        }
    }

    /// Whether a message was announced, and is new.
    fn announced(&self, lying: &Lying) -> bool {
        self.announced.iter().any(|(store, index)| {
            *index == lying.index && (store.is_none() || *store == lying.store)
        })
    }
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Looks at what the card brought along, where that is still to be done; whether all of it is known now.
    pub(super) async fn look_first(&mut self) -> Result<bool, SessionError> {
        if self.look.is_none() {
            return Ok(true);
        }
        tracing::info!("a card that never served here: what lies on it is looked at, and left");
        let Some(lying) = self.look_at_stores().await? else {
            tracing::warn!(
                "what the card brought along is not shown now: only what is announced is taken, until it can be told apart"
            );
            return Ok(false);
        };
        tokio::time::sleep(LATE).await;
        self.chat.execute(&Probe).await?;
        // Also what the modem stores and routes both.
        self.take_routed_meanwhile().await?;
        let Some(mut look) = self.look.take() else { return Ok(true) };
        if self.chat.has_missed() {
            look.doubt();
        }
        for notice in self.chat.pending() {
            if let Urc::MessageStored { store, index } = notice {
                // Under the name of a view its place is another one.
                let known = store.as_ref().is_none_or(|store| self.ready.stores.contains(store));
                look.note(store.as_ref(), index.filter(|_| known));
            }
        }
        let old: Vec<_> = lying.into_iter().filter(|lying| !look.announced(lying)).collect();
        let noted = self.note_left(old, look.doubtful.then_some(look.since)).await;
        match noted {
            Ok(left) => {
                tracing::info!(left, "what the card brought along is left on it");
                Ok(true)
            }
            Err(fault) => {
                self.look = Some(look);
                Err(fault.into())
            }
        }
    }

    /// What was announced before the card was looked at is new, and is taken from where it lies.
    pub(super) async fn take_new(
        &mut self,
        announced: &[(Option<Memory>, Option<u32>)],
    ) -> Result<(), SessionError> {
        let first = self.ready.stores.first().cloned();
        for (store, index) in announced {
            let store = store.as_ref().or(first.as_ref());
            if let Some(look) = &mut self.look {
                look.note(store, *index);
            }
            self.take_in(store, *index).await?;
        }
        Ok(())
    }

    /// COMMIT: these are left, and the card is known; how many they are.
    async fn note_left(
        &self,
        old: Vec<Lying>,
        arrived_since: Option<DateTime<Utc>>,
    ) -> Result<usize, Fault> {
        let sim = self.ready.identity.sim.clone();
        self.store
            .write(move |tx| {
                let now = clock::now();
                let mut count = 0;
                for Lying { pdu, .. } in &old {
                    count += usize::from(receiving::leave(tx, &sim, pdu, arrived_since, now)?);
                }
                left::settle(tx, &sim, now)?;
                Ok(count)
            })
            .await
    }

    /// Everything that lies in the stores and was received; none where one of them is not shown.
    async fn look_at_stores(&mut self) -> Result<Option<Vec<Lying>>, SessionError> {
        let stores = self.ready.stores.clone();
        let Some((first, others)) = stores.split_first() else { return self.look_at_store().await };
        let mut shown = self.look_at_store().await?;
        for memory in others.iter().filter(|memory| memory.as_str() != REPORTS) {
            self.take_routed_meanwhile().await?;
            if shown.is_some() && self.read_from(memory).await? {
                let more = self.look_at_store().await?;
                shown =
                    shown.zip(more).map(|(lying, more)| lying.into_iter().chain(more).collect());
            }
        }
        if self.chosen() != Some(first) {
            self.read_from(first).await?;
        }
        Ok(shown)
    }

    /// The same of the chosen store.
    async fn look_at_store(&mut self) -> Result<Option<Vec<Lying>>, SessionError> {
        let Some(listed) = self.list().await? else { return self.look_at_places().await };
        if listed.len() >= LIST_LONG {
            return Ok(None);
        }
        let mut lying = Vec::new();
        for entry in listed.into_iter().filter(|entry| !is_ours(entry.status)) {
            let pdu = self.intact(entry.index, entry.length, entry.pdu_hex).await?;
            let (store, index) = (self.chosen().cloned(), entry.index);
            lying.extend(pdu.map(|pdu| Lying { store, index, pdu }));
        }
        Ok(Some(lying))
    }

    /// The same of a store that is not listed.
    async fn look_at_places(&mut self) -> Result<Option<Vec<Lying>>, SessionError> {
        let usage = unless_refused(self.chat.execute(&CpmsQuery).await)?.unwrap_or_default();
        let Some((used, total)) = usage.first().map(|store| (store.used, store.total)) else {
            return Ok(None);
        };
        let (mut found, mut lying) = (0, Vec::new());
        for index in 0..=total.min(PLACES_MAX) {
            if found >= used {
                break;
            }
            let Some(stored) = self.read_place(index).await? else { continue };
            found += 1;
            if !is_ours(stored.status) {
                let pdu = self.intact(index, stored.length, stored.pdu_hex).await?;
                let store = self.chosen().cloned();
                lying.extend(pdu.map(|pdu| Lying { store, index, pdu }));
            }
        }
        Ok((found >= used).then_some(lying))
    }
}
