//! What a modem shows of itself: where it stands in its life, since when, and what it last complained of; and the way by
//! which orders reach it.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};

use super::ailment::Ailment;
use super::claims::Claims;
use super::health::Health;
use super::orders::{Order, Orders, Outcome, Refusal};

use crate::clock;

/// Where a modem stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its path is not there: unplugged, or not yet named by the system.
    Absent,
    /// Its port is being opened.
    Opening,
    /// It is spoken to until it answers.
    Syncing,
    /// It is asked who it is.
    Identifying,
    /// Its card is opened.
    Unlocking,
    /// It is told how to store, to announce and to report.
    Configuring,
    /// In service, without a network: it receives what the card holds and sends nothing.
    Registering,
    /// In service.
    Ready,
    /// In service, but its card may not send: a person must look at contract, credit or message centre.
    Held,
    /// Out of service after an error; it is tried again.
    Recovering,
    /// Out of service until a person acts: the card is locked or missing.
    Blocked,
    /// Out of service because an admin says so.
    Disabled,
}

impl State {
    /// Whether orders are taken; that to restart is taken in other states too.
    const fn is_in_service(self) -> bool {
        match self {
            Self::Registering | Self::Ready | Self::Held => true,
            Self::Absent
            | Self::Opening
            | Self::Syncing
            | Self::Identifying
            | Self::Unlocking
            | Self::Configuring
            | Self::Recovering
            | Self::Blocked
            | Self::Disabled => false,
        }
    }

    /// The token that lists and scripts know it by.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Opening => "opening",
            Self::Syncing => "syncing",
            Self::Identifying => "identifying",
            Self::Unlocking => "unlocking",
            Self::Configuring => "configuring",
            Self::Registering => "registering",
            Self::Ready => "ready",
            Self::Held => "held",
            Self::Recovering => "recovering",
            Self::Blocked => "blocked",
            Self::Disabled => "disabled",
        }
    }
}

/// What a modem in service is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// A text is on its way to the network.
    Sending,
    /// Messages are read, kept and freed.
    Receiving,
}

impl Activity {
    /// The token that lists and scripts know it by.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Receiving => "receiving",
        }
    }
}

/// A copy of what a modem shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Name in the configuration.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it is doing, where it is in service and does something.
    pub activity: Option<Activity>,
    /// Manufacturer and model, once it told.
    pub model: Option<String>,
    /// What ails it; nothing while it is in service.
    pub error: Option<Ailment>,
    /// PDUs taken since the daemon started, repeats included.
    pub received: u64,
    /// Parts that the network accepted since the daemon started.
    pub sent: u64,
    /// What last ailed it and since when, also after it is over.
    pub last_error: Option<(Ailment, DateTime<Utc>)>,
    /// It is blocked for want of a card.
    pub cardless: bool,
    /// It does not answer whatever was done, and a person must look at it.
    pub not_answering: bool,
    /// How often its task has died since the daemon started, by a fault of the program.
    pub crashes: u64,
    /// How it is, while it is in service.
    pub health: Health,
}

/// Where a modem's task writes what others read, and reads what others want of it. It outlives the task.
#[derive(Debug)]
pub struct Gauge {
    reading: Mutex<Reading>,
    orders: Orders,
    claims: Arc<Claims>,
}

impl Gauge {
    /// A modem that nobody has looked for yet.
    pub fn new(name: &str, now: DateTime<Utc>) -> Self {
        let reading = Reading {
            name: name.to_owned(),
            state: State::Absent,
            since: now,
            activity: None,
            model: None,
            error: None,
            received: 0,
            sent: 0,
            last_error: None,
            cardless: false,
            not_answering: false,
            crashes: 0,
            health: Health::default(),
        };
        Self { reading: Mutex::new(reading), orders: Orders::default(), claims: Arc::default() }
    }

    /// The same beside others, none of which may serve what another one serves.
    #[must_use]
    pub fn among(self, claims: Arc<Claims>) -> Self {
        Self { claims, ..self }
    }

    pub(super) const fn claims(&self) -> &Arc<Claims> {
        &self.claims
    }

    /// The orders that wait for it.
    pub const fn orders(&self) -> &Orders {
        &self.orders
    }

    /// Has the modem do something, and waits for what comes of it: up to some minutes behind a text in a bad cell. It is restarted
    /// also where it does not serve, which is when that is wanted most.
    ///
    /// # Errors
    /// [`Refusal`], told to the admin.
    pub async fn order(&self, order: Order) -> Outcome {
        let reading = self.read();
        let is_taken = match order {
            Order::Restart => may_restart(&reading),
            Order::Ask(_) | Order::Dial(_) => reading.state.is_in_service(),
        };
        if !is_taken {
            return Err(Refusal::NotInService(reading.state));
        }
        self.orders.place(order).await
    }

    /// What it shows now.
    pub fn read(&self) -> Reading {
        self.reading.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    pub(super) fn enter(&self, state: State) {
        self.change(|reading| {
            if reading.state != state {
                reading.state = state;
                reading.since = clock::now();
                reading.activity = None;
            }
            if matches!(state, State::Ready | State::Registering) {
                reading.error = None;
            }
        });
    }

    /// Out of service; whether this is news.
    pub(super) fn fail(&self, state: State, error: Ailment) -> bool {
        let mut news = false;
        self.enter(state);
        self.change(|reading| {
            news = reading.error.as_ref() != Some(&error);
            // Since when it is so, not how often it was looked at.
            if news {
                reading.last_error = Some((error.clone(), clock::now()));
            }
            reading.error = Some(error);
            if !state.is_in_service() {
                reading.health = Health::default();
            }
        });
        news
    }

    /// What it does from now on.
    pub(super) fn does(&self, activity: Option<Activity>) {
        self.change(|reading| reading.activity = activity);
    }

    /// Out of service because an admin says so: that is no error.
    pub(super) fn stand_down(&self) {
        self.enter(State::Disabled);
        self.change(|reading| {
            reading.error = None;
            reading.health = Health::default();
        });
    }

    /// Blocked for want of a card, or for another reason.
    pub(super) fn misses_card(&self, cardless: bool) {
        self.change(|reading| reading.cardless = cardless);
    }

    /// The recovery ladder has come to its end, or the modem serves again.
    pub(super) fn ring_alarm(&self, rings: bool) {
        self.change(|reading| reading.not_answering = rings);
    }

    /// Its task has died, and is started again.
    pub fn crashed(&self) {
        self.fail(State::Recovering, Ailment::Crashed);
        self.change(|reading| reading.crashes = reading.crashes.saturating_add(1));
    }

    /// Something is known of its health.
    pub(super) fn note(&self, note: impl FnOnce(&mut Health)) {
        self.change(|reading| note(&mut reading.health));
    }

    pub(super) fn identified(&self, model: Option<String>) {
        self.change(|reading| reading.model = model);
    }

    pub(super) fn took(&self, pdus: usize) {
        self.change(|reading| {
            reading.received = reading.received.saturating_add(u64::try_from(pdus).unwrap_or(0));
        });
    }

    pub(super) fn sent_one(&self) {
        self.change(|reading| {
            reading.sent = reading.sent.saturating_add(1);
            if let Some(quota) = &mut reading.health.quota {
                quota.used += 1;
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Reading)) {
        change(&mut self.reading.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

/// Whether there is a modem of one's own to restart: not where nothing is plugged in, where an admin wants the port closed, where
/// another port of the same modem serves, or where what is there is no port for commands.
const fn may_restart(reading: &Reading) -> bool {
    !matches!(reading.state, State::Absent | State::Disabled)
        && !matches!(&reading.error, Some(Ailment::Twin { .. } | Ailment::WrongInterface { .. }))
}
