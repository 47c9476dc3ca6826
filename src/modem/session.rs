//! A modem in service: notices are heeded, what waits is sent, and once a minute it is asked how it is.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::bring_up::{self, BringUpError, Handing, ROUTED, Ready, optional};
use super::chat::{Chat, Heard};
use super::credit::Account;
use super::first_look::Look;
use super::gauge::{Activity, Gauge, State};
use super::health::{Health, Questions, is_power_calm};
use super::left::Left;
use super::link::Link;
use super::orders::{Dialled, Words};
use super::past::{Carried, Past};
use super::receive::{self, Shown};
use super::recovery::Patience;
use super::unlock::lacks_card;
use super::{Found, ModemConfig, SessionError, told};
use crate::at::command::{
    Announcing, At, CnmiQuery, CnmiSet, CpmsQuery, CsmsQuery, Hangup, HookOn, StoreUsage, Verbatim,
};
use crate::at::{Store as Memory, Urc};
use crate::clock;
use crate::desk::Office;
use crate::desk::outbound::{self, Sender};
use crate::store::left::{self, Met};
use crate::store::{Bell, Fault, Store, modems};

/// Heartbeats in a row that find unannounced messages before something is done about it.
const UNANNOUNCED_MAX: u32 = 3;

/// Heartbeats in a row, bring-up for the first, at which a modem shows nothing of its stores before it is taken for sick: it
/// answers all else, and complaints lie in it.
const DEAF_MAX: u32 = 3;

/// Notices in a row that name no place, and after which nothing lies there, before the modem is taken for one that stores
/// nothing: one may be a notice that the line has damaged.
const PLACELESS_MAX: usize = 2;

/// Nothing is announced.
const OFF: Announcing = Announcing { mt: 0, ds: 0 };

/// How often a modem without a network is asked whether it has one, in case its notice got lost.
const SEARCH: Duration = Duration::from_secs(5);

/// How soon it is asked again after something has put its registration in doubt; some modems tell it without end.
const DOUBT: Duration = Duration::from_secs(1);

/// How long after the last alarm its power is taken to be as it should be again.
const POWER_CALM: Duration = Duration::from_mins(10);

/// A conversation with a modem that has been brought up.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the modem")]
pub(super) struct Session<'a, L> {
    pub(super) chat: Chat<L>,
    pub(super) ready: Ready,
    /// As which the queue knows it.
    pub(super) sender: Arc<Sender>,
    pub(super) office: &'a Arc<Office>,
    pub(super) store: &'a Store,
    pub(super) gauge: &'a Gauge,
    pub(super) past: &'a mut Past,
    /// The link to the network, between texts.
    pub(super) link: Link,
    /// What is still to be asked of its health.
    pub(super) questions: Questions,
    /// What lay in the stores at the beginning has been read: what comes now has just come.
    pub(super) is_read_out: bool,
    /// The store that is read, where it is not the one that announces.
    pub(super) reading: Option<Memory>,
    /// The store that was told as the chosen one at the last heartbeat.
    told: Option<Memory>,
    /// What lies in the stores and stays there.
    pub(super) left: Left,
    /// What the card brought along is still to be looked at.
    pub(super) look: Option<Look>,
    /// A USSD code that was dialled and is not answered yet.
    pub(super) dialled: Option<Dialled>,
    /// When it is asked next how it is.
    next_beat: Instant,
    /// The card's credit, where it is asked for.
    pub(super) account: Option<Account>,
    /// When it was last asked whether it has a network, and whether a notice has put that in doubt since.
    asked: Instant,
    doubtful: bool,
    /// When somebody was last told that its power is not as it should be.
    alarmed: Option<Instant>,
    /// How often it is asked how it is, and how long it may be without a network.
    pub(super) patience: Patience,
    /// Places that were freed.
    pub(super) freed: u64,
    /// Heartbeats in a row that found messages which no notice had announced.
    unannounced: u32,
    /// What brings notices to this interface was tried.
    remedied: bool,
    /// How it is to announce, where it may switch that off by itself and tells so.
    watched: Option<CnmiSet>,
    /// How much of its stores it showed when they were last read out.
    shown: Shown,
    /// Heartbeats in a row at which that was nothing.
    deaf: u32,
    /// Notices in a row of what is stored nowhere.
    placeless: usize,
    /// It refuses `AT+CHUP`.
    hangs_up_by_hook: bool,
}

/// Notices sorted by what is to be done about them: each thing once, however often a modem says so.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing to do or not to do")]
struct Batch {
    routed: Vec<Urc>,
    announced: Vec<(Option<Memory>, Option<u32>)>,
    reports: Vec<(Option<Memory>, Option<u32>)>,
    shown: Vec<String>,
    full: bool,
    rings: bool,
    registration: bool,
    restarted: bool,
    card_gone: bool,
    power: Option<String>,
    words: Option<Words>,
}

/// Brings the modem behind an open line up, and serves it until the line breaks or `stop` says so.
///
/// # Errors
/// [`SessionError`]: why it broke.
pub(super) async fn serve<L: AsyncRead + AsyncWrite + Unpin>(
    line: L,
    config: &ModemConfig,
    (office, store): (&Arc<Office>, &Store),
    gauge: &Gauge,
    past: &mut Past,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), SessionError> {
    let mut chat = Chat::new(line);
    // Nothing is in hand yet: a modem that takes its time does not hold up the end.
    let ready = tokio::select! {
        ready = bring_up::bring_up(&mut chat, config, store, gauge) => ready,
        _ = stop.wait_for(|stop| *stop) => return Ok(()),
        () = gauge.orders().outranked() => {
            let disabled = gauge.orders().is_disabled();
            return Err(if disabled { SessionError::Disabled } else { SessionError::Reset });
        }
    };
    let (ready, _claim) = match ready {
        Ok(ready) => ready,
        Err(error) => {
            // What came by itself meanwhile is in no store. Whose card it was is known from before, or not at all.
            let sim = past.card().unwrap_or(&config.name).to_owned();
            past.put_aside(routed(&mut chat, &sim).into_iter());
            let error = SessionError::from(error);
            return Err(error.at_port(chat.sample(), &config.path, past.has_served()));
        }
    };
    gauge.identified(ready.identity.described());
    gauge.note(|health| *health = Health::of(&ready));
    past.meet(&ready.identity.sim);
    let mut account = Account::of(config.credit.as_ref(), store, &ready.identity.sim).await?;
    if std::mem::take(&mut past.doubts_credit)
        && let Some(account) = &mut account
    {
        account.hasten();
    }
    let names = (config.name.as_str(), ready.identity.sim.as_str());
    let sender = Sender::new(names, config.pace, &config.routes);
    let mut session =
        Session::new(chat, (ready, sender), (office, store), gauge, past, config.patience);
    session.account = account;
    session.meet(config.found).await?;
    let ended = session.serve(stop).await;
    session.rescue().await;
    ended.map_err(|error| error.at_port(session.chat.sample(), &config.path, true))
}

/// What lies nowhere else than in the notices that have come.
fn routed<L>(chat: &mut Chat<L>, sim: &str) -> Vec<Carried> {
    let routed = chat.take_routed();
    let carry = |pdu| Carried { sim: sim.to_owned(), pdu, repaired: None };
    routed.iter().filter_map(receive::carried).map(carry).collect()
}

/// However a session ends, by a fault of the program too: nobody may repeat what was routed.
impl<L> Drop for Session<'_, L> {
    fn drop(&mut self) {
        self.past.put_aside(routed(&mut self.chat, &self.ready.identity.sim).into_iter());
    }
}

impl Batch {
    /// Whether messages or reports are announced, or came themselves.
    const fn announces(&self) -> bool {
        !(self.routed.is_empty() && self.announced.is_empty() && self.reports.is_empty())
    }

    fn of(heard: Heard) -> Self {
        // What could not be kept was a message, a report, or a change of registration.
        let mut batch = Self { full: heard.missed, registration: heard.missed, ..Self::default() };
        for notice in heard.notices {
            match notice {
                Urc::MessageStored { store, index } => batch.announced.push((store, index)),
                Urc::ReportStored { store, index } => batch.reports.push((store, index)),
                Urc::MessageRouted { .. } | Urc::ReportRouted { .. } => batch.routed.push(notice),
                Urc::FlashShown(notice) => batch.shown.push(notice),
                Urc::StorageFull { .. } => batch.full = true,
                Urc::Ring => batch.rings = true,
                Urc::Registration { .. } => batch.registration = true,
                Urc::Boot(_) => batch.restarted = true,
                Urc::Sim(_) => batch.card_gone = true,
                Urc::PowerAlarm(line) => batch.power = Some(line),
                Urc::Ussd { status, text, dcs } => {
                    batch.words = Some(Words::Said { status, text, dcs });
                }
                Urc::LateError(refusal) => batch.words = Some(Words::Failed(refusal)),
                // The chat passes these over.
                Urc::Broadcast { .. }
                | Urc::SmsReady
                | Urc::Signal { .. }
                | Urc::CallEnded
                | Urc::NetworkTime(_)
                | Urc::Ignored(_)
                | Urc::Unknown(_) => {}
            }
        }
        batch
    }
}

impl<'a, L: AsyncRead + AsyncWrite + Unpin> Session<'a, L> {
    pub(super) fn new(
        chat: Chat<L>,
        (ready, sender): (Ready, Sender),
        (office, store): (&'a Arc<Office>, &'a Store),
        gauge: &'a Gauge,
        past: &'a mut Past,
        patience: Patience,
    ) -> Self {
        let asked = Instant::now();
        Self {
            chat,
            link: Link::of(&ready.treatment),
            watched: ready.notices.filter(|_| ready.acknowledges),
            ready,
            sender: Arc::new(sender),
            office,
            store,
            gauge,
            past,
            questions: Questions::new(),
            is_read_out: false,
            reading: None,
            told: None,
            left: Left::new(asked),
            look: None,
            dialled: None,
            next_beat: asked + patience.heartbeat,
            account: None,
            asked,
            doubtful: false,
            alarmed: None,
            patience,
            freed: 0,
            unannounced: 0,
            remedied: false,
            shown: Shown::All,
            deaf: 0,
            placeless: 0,
            hangs_up_by_hook: false,
        }
    }

    /// The modem and its card are in service; whether that is the first time for the card is found out once.
    pub(super) async fn meet(&mut self, found: Found) -> Result<(), Fault> {
        let identity = self.ready.identity.clone();
        let met = self.store.write(move |tx| {
            let now = clock::now();
            modems::seen(tx, &identity, now)?;
            left::meet(tx, &identity.sim, found == Found::Leave, now)
        });
        self.look = match met.await? {
            Met::Settled => None,
            Met::Unsettled { since, first } => {
                Some(Look::new(since, first, self.ready.notices.is_some()))
            }
        };
        Ok(())
    }

    async fn serve(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), SessionError> {
        self.keep_what_is_left().await?;
        if self.past.stores_nothing {
            self.hand_over_instead().await?;
        }
        self.sweep().await?;
        self.judge_hearing()?;
        self.is_read_out = true;
        self.judge_clock();
        self.show();
        if self.past.recovery.serves(Instant::now()) {
            tracing::info!("it answers again");
        }
        self.gauge.ring_alarm(false);
        self.judge_network(self.ready.registration).await?;
        tracing::info!(
            model = self.ready.identity.model,
            registered = self.ready.registered,
            "in service"
        );
        self.run(stop).await
    }

    async fn run(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), SessionError> {
        let mut bell = self.store.bell(Bell::Outbox);
        loop {
            self.heed_pending().await?;
            if told(stop) {
                return Ok(());
            }
            if self.gauge.orders().is_disabled() {
                return Err(SessionError::Disabled);
            }
            // None of these waits for the end of an outbox that is long.
            self.give_up_words().await?;
            if let Some(order) = self.gauge.orders().take() {
                self.carry_out(order).await?;
                continue;
            }
            if self.next_beat <= Instant::now() {
                self.beat().await?;
                self.next_beat = Instant::now() + self.patience.heartbeat;
                continue;
            }
            if self.ask_at().is_some_and(|at| at <= Instant::now()) {
                self.ask_registration().await?;
                continue;
            }
            bell.mark_unchanged();
            let asked = clock::now();
            if self.may_send() && self.send_queued(stop).await? {
                continue;
            }
            if self.ask_first().await? || self.ask_credit().await? {
                continue;
            }
            let due = self.next_due(asked).await?;
            let due = due.filter(|_| self.dialled.is_none());
            let wake =
                [Some(self.next_beat), self.ask_at(), self.words_until(), self.credit_at(), due];
            let wake = wake.into_iter().flatten().min();
            tokio::select! {
                noticed = self.chat.noticed() => noticed?,
                _ = bell.changed() => {}
                () = self.gauge.orders().rung() => {}
                _ = stop.changed() => {}
                () = sleep_until(wake.unwrap_or(self.next_beat)) => {}
            }
        }
    }

    /// Shows where it stands; why its card may not send, too.
    pub(super) fn show(&self) {
        let suspected = self.past.shortage.is_suspected();
        self.gauge.note(|health| health.lacks_credit = suspected);
        match self.past.alarm() {
            Some(alarm) => drop(self.gauge.fail(State::Held, alarm.clone())),
            None if self.ready.registered => self.gauge.enter(State::Ready),
            None => self.gauge.enter(State::Registering),
        }
    }

    /// What is sent while the network composes its words may cut them off.
    fn may_send(&self) -> bool {
        self.ready.registered && self.past.rests_until().is_none() && self.dialled.is_none()
    }

    /// Whether one text may follow another: [`run`](Self::run) would find nothing else to do between them.
    pub(super) fn may_go_on(&self, stop: &watch::Receiver<bool>) -> bool {
        let now = Instant::now();
        self.may_send()
            && !told(stop)
            && !self.chat.has_pending()
            && !self.gauge.orders().is_disabled()
            && !self.gauge.orders().is_any()
            && self.next_beat > now
            && self.ask_at().is_none_or(|at| at > now)
    }

    /// When to ask for the registration, if at all.
    fn ask_at(&self) -> Option<Instant> {
        if self.doubtful {
            Some(self.asked + DOUBT)
        } else {
            (!self.ready.registered).then(|| self.asked + SEARCH)
        }
    }

    /// Something says that the network may have gone or come back.
    pub(super) fn doubt(&mut self) {
        self.doubtful = true;
    }

    async fn ask_registration(&mut self) -> Result<(), SessionError> {
        self.doubtful = false;
        let registration = bring_up::registration(&mut self.chat).await?;
        self.note_registration(registration);
        let was_gone = !std::mem::replace(&mut self.ready.registered, registration.is_registered());
        if was_gone && self.ready.registered {
            self.past.network_is_back();
        }
        self.asked = Instant::now();
        self.show();
        self.judge_network(registration).await
    }

    /// When the next message becomes due, of those that were not to be had at `asked`.
    async fn next_due(&self, asked: DateTime<Utc>) -> Result<Option<Instant>, SessionError> {
        let (office, sender) = (Arc::clone(self.office), Arc::clone(&self.sender));
        let (due, used) = self
            .store
            .read(move |tx| {
                let due = outbound::next_due(tx, &office, &sender, asked)?;
                Ok::<_, Fault>((due, outbound::sent_today(tx, &office, &sender.sim, asked)?))
            })
            .await?;
        self.note_quota(used);
        if !self.ready.registered {
            return Ok(None);
        }
        let wait = due.map(|at| (at - clock::now()).to_std().unwrap_or_default());
        // The queue counts in seconds; further away than the heartbeat it does not matter.
        let due = wait.map(|wait| {
            Instant::now() + wait.min(self.patience.heartbeat) + Duration::from_millis(100)
        });
        let rest = self.past.rests_until();
        Ok(due.map(|due| rest.map_or(due, |until| due.max(until))).or(rest))
    }

    /// Heeds the notices that have come; those that come meanwhile wait, so that none of them holds up all else.
    pub(super) async fn heed_pending(&mut self) -> Result<(), SessionError> {
        if !self.chat.has_pending() {
            return self.heed().await;
        }
        self.gauge.does(Some(Activity::Receiving));
        let heeded = self.heed().await;
        self.gauge.does(None);
        heeded
    }

    async fn heed(&mut self) -> Result<(), SessionError> {
        let heard = self.chat.take_pending();
        if let Some(rssi) = heard.signal {
            self.note_signal(rssi);
        }
        if let Some((told, at)) = heard.network_time {
            self.note_network_time(told, at);
        }
        if heard.missed
            && let Some(look) = &mut self.look
        {
            look.doubt();
        }
        let batch = Batch::of(heard);
        if batch.announces() {
            self.unannounced = 0;
            self.gauge.note(|health| health.lacks_notices = false);
        }
        // First what is nowhere else than in the notice.
        self.take_routed(batch.routed).await?;
        self.take_shown(batch.shown).await?;
        if batch.restarted {
            return Err(SessionError::Restarted);
        }
        if batch.card_gone {
            return Err(BringUpError::NoCard.into());
        }
        if batch.power.as_deref().is_some_and(is_power_calm) {
            self.alarmed = None;
            self.gauge.note(|health| health.power = None);
        } else if let Some(line) = batch.power
            && self.alarmed.is_none_or(|at| at.elapsed() > self.patience.heartbeat)
        {
            self.alarmed = Some(Instant::now());
            tracing::error!(line, "the modem's power is not as it should be");
            self.gauge.note(|health| health.power = Some(line));
        }
        if let Some(words) = batch.words {
            self.heed_words(&words).await?;
        }
        // Sending is blocked while it rings.
        if batch.rings {
            self.hang_up().await?;
        }
        let freed = self.freed;
        // Where the card was not looked at yet, a sweep would not know which of its messages are new.
        if !batch.full || self.look.is_some() {
            self.take_announced(&batch.announced).await?;
        }
        if batch.full {
            self.sweep().await?;
        }
        let placeless = batch.announced.iter().filter(|(_, index)| index.is_none()).count();
        self.judge_places(placeless, self.freed > freed).await?;
        for (store, index) in batch.reports {
            self.take_in(store.as_ref(), index).await?;
        }
        if batch.registration {
            self.doubt();
        }
        Ok(())
    }

    /// Ends the call that comes in.
    async fn hang_up(&mut self) -> Result<(), SessionError> {
        if !self.hangs_up_by_hook {
            self.hangs_up_by_hook = optional(&mut self.chat, &Hangup).await?.is_none();
        }
        // Old and simple firmware knows this alone.
        if self.hangs_up_by_hook {
            optional(&mut self.chat, &HookOn).await?;
        }
        Ok(())
    }

    /// Messages were found that no notice had announced. Once may be chance; again and again, notices go elsewhere.
    async fn miss_notices(&mut self) -> Result<(), SessionError> {
        self.unannounced += 1;
        if self.unannounced == 1
            && let Some(notices) = self.ready.notices
        {
            // The modem may have switched them off without a word; telling it again costs one command.
            optional(&mut self.chat, &notices).await?;
        }
        if self.unannounced < UNANNOUNCED_MAX {
            return Ok(());
        }
        if !std::mem::replace(&mut self.remedied, true)
            && let Some(line) = self.ready.treatment.notices.clone()
        {
            tracing::info!(line = line.as_str(), "no notices come: what brings them is tried");
            self.unannounced = 0;
            optional(&mut self.chat, &Verbatim::new(line)).await?;
            return Ok(());
        }
        let mut news = false;
        self.gauge.note(|health| news = !std::mem::replace(&mut health.lacks_notices, true));
        if news {
            tracing::warn!(
                "this port shows no notices: messages are found once a minute; another interface of the stick may show them"
            );
        }
        Ok(())
    }

    /// The stores were read out.
    pub(super) fn note_shown(&mut self, shown: Shown) {
        self.shown = shown;
        self.gauge.note(|health| health.shows_not_all = shown != Shown::All);
    }

    /// A modem that refuses to list and to read what it has stored may answer everything else for ever.
    ///
    /// # Errors
    /// [`SessionError::Unread`]: so it was again and again.
    fn judge_hearing(&mut self) -> Result<(), SessionError> {
        self.deaf = if self.shown == Shown::Nothing { self.deaf + 1 } else { 0 };
        if self.deaf < DEAF_MAX { Ok(()) } else { Err(SessionError::Unread) }
    }

    /// So many notices have named no place; `found` says whether something lay in the stores all the same.
    async fn judge_places(&mut self, placeless: usize, found: bool) -> Result<(), SessionError> {
        if found || self.shown != Shown::All || self.look.is_some() {
            self.placeless = 0;
            return Ok(());
        }
        let before = self.placeless;
        self.placeless += placeless;
        if before >= PLACELESS_MAX || self.placeless < PLACELESS_MAX {
            return Ok(());
        }
        tracing::error!(
            "the modem announces what it does not store: it is told to hand messages over (receive = \"direct\")"
        );
        self.past.stores_nothing = true;
        self.hand_over_instead().await
    }

    /// What is stored nowhere can only be handed over (`SIM7000G`); the centre repeats what it still has.
    async fn hand_over_instead(&mut self) -> Result<(), SessionError> {
        if self.ready.notices.is_some_and(|notices| notices.mt == ROUTED) {
            return Ok(());
        }
        let taken = bring_up::hand_over(&mut self.chat, &self.ready.treatment).await?;
        if let Some((notices, acknowledges)) = taken {
            (self.ready.notices, self.ready.acknowledges) = (Some(notices), acknowledges);
            self.watched = Some(notices).filter(|_| acknowledges);
            if !acknowledges {
                self.ready.handing = Handing::Unacknowledged;
            }
        } else {
            tracing::error!("it does not hand messages over either: none of them can be received");
        }
        let handing = self.ready.handing;
        self.gauge.note(|health| (health.stores_nothing, health.handing) = (true, handing));
        Ok(())
    }

    /// A modem that has waited for an acknowledgement in vain routes and announces nothing any more (3GPP TS 27.005 §3.4.1). It
    /// does not say so, and where what it had routed was lost on the line nobody else knows.
    async fn look_after_notices(&mut self) -> Result<(), SessionError> {
        let Some(notices) = self.watched else { return Ok(()) };
        let mut told = optional(&mut self.chat, &CnmiQuery).await?;
        if told == Some(OFF) {
            self.still_wants_acknowledgements().await?;
            tracing::info!("the modem had switched its notices off: they are switched on again");
            optional(&mut self.chat, &notices).await?;
            // One that goes on to say so is not to be believed.
            told = optional(&mut self.chat, &CnmiQuery).await?.filter(|told| *told != OFF);
        }
        if told.is_none() {
            self.watched = None;
        }
        Ok(())
    }

    /// A modem that restarts without a word forgets that what it routes is to be acknowledged: from then on it would take each
    /// message for delivered that nobody has kept.
    ///
    /// # Errors
    /// [`SessionError::Restarted`]: so it did.
    pub(super) async fn still_wants_acknowledgements(&mut self) -> Result<(), SessionError> {
        let service = optional(&mut self.chat, &CsmsQuery).await?;
        if self.ready.acknowledges && service.is_some_and(|told| told.service == Some(0)) {
            return Err(SessionError::Restarted);
        }
        Ok(())
    }

    /// Another store is chosen than the one that was: the modem has restarted without a word.
    fn still_reads(&mut self, usage: Option<&StoreUsage>) -> Result<(), SessionError> {
        let Some(told) = usage.and_then(|usage| usage.store.clone()) else { return Ok(()) };
        // Not held against what was asked for: some call a store otherwise.
        match self.told.replace(told.clone()) {
            Some(known) if known != told => Err(SessionError::Restarted),
            Some(_) | None => Ok(()),
        }
    }

    /// Modems forget to notify, and a full store falls silent.
    pub(super) async fn beat(&mut self) -> Result<(), SessionError> {
        if self.alarmed.is_some_and(|at| at.elapsed() > POWER_CALM) {
            self.gauge.note(|health| health.power = None);
        }
        self.judge_clock();
        self.look_after_notices().await?;
        let answer = self.chat.execute(&CpmsQuery).await;
        if let Err(refused) = &answer
            && lacks_card(&mut self.chat, refused).await?
        {
            return Err(BringUpError::NoCard.into());
        }
        let usage = bring_up::unless_refused(answer)?;
        if let Some(usage) = &usage {
            self.still_reads(usage.first())?;
        }
        self.note_chosen_store(usage.iter().flatten().next().cloned());
        if usage.is_none() {
            // One that refuses this may still do its work; one that refuses everything does not.
            self.chat.execute(&At).await?;
        }
        let quiet = usage.is_some_and(|usage| self.left.explains(&usage, self.chosen()));
        // Something lies there unannounced, or the modem cannot say.
        if !quiet || self.left.is_long_ago() {
            let before = self.freed;
            self.sweep().await?;
            if self.freed > before {
                self.miss_notices().await?;
            }
        } else {
            self.note_shown(Shown::All);
        }
        self.judge_hearing()?;
        self.ask_of_the_minute().await
    }
}
