//! What happens when: the events of a scenario, and who brings them about.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use chrono::FixedOffset;
use serde::{Deserialize, Serialize};

use super::{time, zone};
use crate::simulator::faults::Faults;
use crate::simulator::handset::Reach;
use crate::simulator::modem::{Modem, Registration};
use crate::simulator::network::{Edict, UssdAnswer};
use crate::simulator::sickness::Sick;
use crate::simulator::sim::SimCard;
use crate::simulator::storage::Status;
use crate::simulator::world::World;
use crate::sms;

/// What fills a store: a message of nobody's.
const FILLING: &[u8] = b"\x00\x11\x00\x00\x81\x00\x00\x00\x00";

/// Something that happens at some time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// From the beginning; what comes after an event that was late is as late.
    #[serde(default, with = "time")]
    pub at: Duration,
    /// Not before every complaint so far has had an answer at its phone.
    #[serde(default)]
    pub once_answered: bool,
    /// What happens.
    #[serde(rename = "do")]
    pub happening: Happening,
}

/// What can happen. Modems go by their names; cards by their own names, by those of the modems that have them at the beginning,
/// or by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Happening {
    /// A citizen writes.
    Text {
        /// The phone's number.
        from: String,
        /// The card that gets it.
        to: String,
        /// What it says.
        text: String,
        /// Whether it must end as one ticket with one receipt.
        #[serde(default = "yes")]
        complaint: bool,
    },
    /// A service writes under a name, such as an operator about the credit.
    Notice {
        /// At most 11 letters.
        from: String,
        /// The card that gets it.
        to: String,
        /// What it says.
        text: String,
    },
    /// The centre delivers these octets, whatever they are.
    Deliver {
        /// The card that gets them.
        to: String,
        /// In hexadecimal, without the centre's address.
        tpdu: String,
    },
    /// Someone calls.
    Ring {
        /// The modem that rings.
        modem: String,
        /// Who calls.
        from: String,
        /// How often it rings.
        rings: u8,
    },
    /// A citizen's phone is switched off or on, or its number is given up.
    Phone {
        /// Its number.
        number: String,
        /// Whether the network finds it.
        reach: Reach,
    },
    /// A modem is pulled out.
    Unplug(String),
    /// It is put in again; one that was not pulled out leaves for a moment.
    Replug {
        /// The modem.
        modem: String,
        /// Its port has this name from now on; `None`: the one that it had.
        #[serde(default)]
        port: Option<String>,
        /// The terminal behind that name has another number than before.
        #[serde(default)]
        renumbered: bool,
    },
    /// The card is taken out of a modem that works.
    TakeCardOut(String),
    /// It is put in again.
    PutCardIn(String),
    /// Another card is put into a modem, wherever it was; the one that is in there is taken out first. Each keeps what lies on
    /// it, and what comes for it meanwhile waits.
    ExchangeCard {
        /// The modem.
        modem: String,
        /// The card.
        card: String,
    },
    /// What the network offers to a modem from now on.
    Coverage {
        /// The modem.
        modem: String,
        /// How it is registered where it can be.
        registration: Registration,
    },
    /// The signal as `AT+CSQ` tells it.
    Signal {
        /// The modem.
        modem: String,
        /// 0 to 31, 99 for unknown.
        level: u32,
    },
    /// The power of a modem is cut for a moment.
    Restart(String),
    /// A modem tells something of itself: `UNDER-VOLTAGE WARNNING`, `+CMTE: 1`.
    Say {
        /// The modem.
        modem: String,
        /// The line.
        line: String,
    },
    /// Messages that are none of the gateway's fill a store.
    Fill {
        /// The modem.
        modem: String,
        /// `SM` or `ME`.
        store: String,
        /// What they look like; what is sent or unsent is left alone by the gateway.
        #[serde(default = "sent")]
        status: Status,
        /// Places that stay free.
        #[serde(default)]
        leaving: usize,
    },
    /// Somebody frees the places of such messages.
    Empty {
        /// The modem.
        modem: String,
        /// `SM` or `ME`.
        store: String,
        /// Which of them.
        #[serde(default = "sent")]
        status: Status,
    },
    /// A modem does not work any more.
    FallSick {
        /// The modem.
        modem: String,
        /// What its port does instead, and what ends that.
        sick: Sick,
    },
    /// It works again.
    Recover(String),
    /// From now on these faults and no others.
    Faults {
        /// The modem.
        modem: String,
        /// What goes wrong.
        faults: Faults,
    },
    /// What the network answers to a USSD code from now on.
    Ussd {
        /// The code.
        code: String,
        /// The answer.
        answer: UssdAnswer,
    },
    /// What the network does with some of the messages from now on; earlier edicts come first.
    Edict(Edict),
    /// No edict holds any more.
    RevokeEdicts,
    /// Whatever a card sends or gets takes longer.
    Slow {
        /// The card.
        card: String,
        /// By so much.
        #[serde(with = "time")]
        by: Duration,
    },
    /// The network's clock is set.
    Clock {
        /// How far it is ahead.
        #[serde(default, with = "time")]
        ahead: Duration,
        /// How far it is behind.
        #[serde(default, with = "time")]
        behind: Duration,
        /// Zone of its time stamps; `None`: as before.
        #[serde(default, with = "zone::optional")]
        zone: Option<FixedOffset>,
    },
}

fn yes() -> bool {
    true
}

fn sent() -> Status {
    Status::Sent
}

impl Happening {
    /// How a file calls it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Notice { .. } => "notice",
            Self::Deliver { .. } => "deliver",
            Self::Ring { .. } => "ring",
            Self::Phone { .. } => "phone",
            Self::Unplug(_) => "unplug",
            Self::Replug { .. } => "replug",
            Self::TakeCardOut(_) => "take-card-out",
            Self::PutCardIn(_) => "put-card-in",
            Self::ExchangeCard { .. } => "exchange-card",
            Self::Coverage { .. } => "coverage",
            Self::Signal { .. } => "signal",
            Self::Restart(_) => "restart",
            Self::Say { .. } => "say",
            Self::Fill { .. } => "fill",
            Self::Empty { .. } => "empty",
            Self::FallSick { .. } => "fall-sick",
            Self::Recover(_) => "recover",
            Self::Faults { .. } => "faults",
            Self::Ussd { .. } => "ussd",
            Self::Edict(_) => "edict",
            Self::RevokeEdicts => "revoke-edicts",
            Self::Slow { .. } => "slow",
            Self::Clock { .. } => "clock",
        }
    }

    /// The modem that it concerns; texts and notices go to one too.
    pub fn modem(&self) -> Option<&str> {
        match self {
            Self::Text { to: modem, .. }
            | Self::Notice { to: modem, .. }
            | Self::Deliver { to: modem, .. }
            | Self::Slow { card: modem, .. }
            | Self::Ring { modem, .. }
            | Self::Unplug(modem)
            | Self::Replug { modem, .. }
            | Self::TakeCardOut(modem)
            | Self::PutCardIn(modem)
            | Self::ExchangeCard { modem, .. }
            | Self::Coverage { modem, .. }
            | Self::Signal { modem, .. }
            | Self::Restart(modem)
            | Self::Say { modem, .. }
            | Self::Fill { modem, .. }
            | Self::Empty { modem, .. }
            | Self::FallSick { modem, .. }
            | Self::Recover(modem)
            | Self::Faults { modem, .. } => Some(modem),
            Self::Phone { .. }
            | Self::Ussd { .. }
            | Self::Edict(_)
            | Self::RevokeEdicts
            | Self::Clock { .. } => None,
        }
    }

    /// The phone from which it is a complaint.
    pub fn complainant(&self) -> Option<&str> {
        if let Self::Text { from, complaint: true, .. } = self { Some(from) } else { None }
    }

    /// Whether it concerns a card, which may stand in the modem's place.
    pub(super) const fn may_name_a_card(&self) -> bool {
        matches!(
            self,
            Self::Text { .. } | Self::Notice { .. } | Self::Deliver { .. } | Self::Slow { .. }
        )
    }
}

/// The events that are still to come.
///
/// Pure: [`Timetable::next`] brings them about in a [`World`], in virtual time as in real time. Call it when
/// [`Timetable::due`] says so, and whenever something has changed in the world.
#[derive(Debug, Clone, Default)]
pub struct Timetable {
    events: VecDeque<Event>,
    /// Names of the modems, by index.
    modems: Vec<String>,
    /// Numbers of the cards by their names, and by those of the modems that have them at the beginning.
    numbers: BTreeMap<String, String>,
    /// Cards that are in no modem at the beginning.
    loose: Vec<SimCard>,
    /// Phones from which complaints came, once for each.
    complainants: Vec<String>,
    late: Duration,
    /// The first event waits for answers.
    waits: bool,
}

impl Timetable {
    /// For modems with these names and numbers of their cards, in the order in which they were added to the world, and for named
    /// cards that are in none of them.
    pub(super) fn new(
        mut events: Vec<Event>,
        modems: Vec<(String, String)>,
        cards: Vec<(String, SimCard)>,
    ) -> Self {
        events.sort_by_key(|event| event.at);
        let names = modems.iter().map(|(name, _)| name.clone()).collect();
        let loose = cards.iter().map(|(_, card)| card.clone()).collect();
        let further = cards.into_iter().map(|(name, card)| (name, card.number));
        let numbers = modems.into_iter().chain(further).collect();
        Self { events: events.into(), modems: names, numbers, loose, ..Self::default() }
    }

    /// Cards that are in no modem at the beginning: the world must have them ([`World::stow`]).
    pub fn loose_cards(&self) -> &[SimCard] {
        &self.loose
    }

    /// Whether everything has happened.
    pub fn is_over(&self) -> bool {
        self.events.is_empty()
    }

    /// When the next event is to happen, unless it waits for something else.
    pub fn due(&self) -> Option<Duration> {
        let event = self.events.front().filter(|_| !self.waits)?;
        Some(event.at + self.late)
    }

    /// The index of a modem.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.modems.iter().position(|known| known == name)
    }

    /// Phones that have fewer messages than they have sent complaints so far.
    pub fn unanswered(&self, world: &World) -> Vec<&str> {
        let asked = |phone: &str| self.complainants.iter().filter(|from| *from == phone).count();
        let lacks = |phone: &str| world.network().messages_of(phone).count() < asked(phone);
        let phones = self.complainants.iter().map(String::as_str);
        phones.filter(|phone| lacks(phone)).collect()
    }

    /// Brings about the next event that is due by `now`, at its time, and says what it was.
    pub fn next(&mut self, world: &mut World, now: Duration) -> Option<Event> {
        let event = self.events.front()?;
        let due = event.at + self.late;
        if due > now {
            return None;
        }
        let mut at = due;
        world.handle_timeout(at);
        if event.once_answered && !self.unanswered(world).is_empty() {
            at = now;
            world.handle_timeout(at);
            self.waits = !self.unanswered(world).is_empty();
            if self.waits {
                return None;
            }
        }
        self.waits = false;
        let event = self.events.pop_front()?;
        self.late += at.saturating_sub(due);
        self.complainants.extend(event.happening.complainant().map(str::to_owned));
        self.bring_about(&event.happening, world, at);
        world.handle_timeout(at);
        Some(event)
    }

    /// Brings about everything that is due by `now`, and lets that time pass.
    pub fn advance(&mut self, world: &mut World, now: Duration) {
        while self.next(world, now).is_some() {}
        world.handle_timeout(now);
    }

    /// The number of the card that is meant.
    fn card<'a>(&'a self, name: &'a str) -> &'a str {
        self.numbers.get(name).map_or(name, String::as_str)
    }

    /// A scenario was checked when it was read: what cannot be done here has no effect.
    fn bring_about(&self, happening: &Happening, world: &mut World, now: Duration) {
        let modem = happening.modem().and_then(|name| self.index(name));
        let mut with = |act: &mut dyn FnMut(&mut Modem)| {
            if let Some(modem) = modem.and_then(|index| world.modem_mut(index)) {
                act(modem);
            }
        };
        match happening {
            Happening::Ring { from, rings, .. } => with(&mut |modem| modem.ring(from, *rings, now)),
            Happening::Unplug(_) => with(&mut |modem| modem.unplug(now)),
            Happening::Replug { .. } => with(&mut |modem| {
                modem.unplug(now);
                modem.plug_in(now);
            }),
            Happening::TakeCardOut(_) => with(&mut |modem| modem.take_card_out(now)),
            Happening::PutCardIn(_) => with(&mut |modem| modem.put_card_in(now)),
            Happening::ExchangeCard { card, .. } => {
                if let Some(index) = modem {
                    world.exchange_card(index, self.card(card), now);
                }
            }
            Happening::Coverage { registration, .. } => {
                with(&mut |modem| modem.set_coverage(*registration, now));
            }
            Happening::Signal { level, .. } => with(&mut |modem| modem.set_signal(*level)),
            Happening::Restart(_) => with(&mut |modem| modem.reset(now)),
            Happening::Say { line, .. } => with(&mut |modem| modem.say(line, now)),
            Happening::Fill { store, status, leaving, .. } => with(&mut |modem| {
                while modem.stored(store) + leaving < modem.places(store)
                    && modem.keep(store, *status, FILLING)
                {}
            }),
            Happening::Empty { store, status, .. } => {
                with(&mut |modem| modem.remove(store, *status));
            }
            Happening::FallSick { sick, .. } => with(&mut |modem| modem.fall_sick(*sick, now)),
            Happening::Recover(_) => with(&mut |modem| modem.get_well(now)),
            Happening::Faults { faults, .. } => {
                with(&mut |modem| modem.set_faults(faults.clone(), now));
            }
            Happening::Text { .. }
            | Happening::Notice { .. }
            | Happening::Deliver { .. }
            | Happening::Phone { .. }
            | Happening::Ussd { .. }
            | Happening::Edict(_)
            | Happening::RevokeEdicts
            | Happening::Slow { .. }
            | Happening::Clock { .. } => self.in_the_network(happening, world, now),
        }
    }

    fn in_the_network(&self, happening: &Happening, world: &mut World, now: Duration) {
        let network = world.network_mut();
        match happening {
            Happening::Text { from, to, text, .. } => {
                let _ = network.text(from, self.card(to), text, now);
            }
            Happening::Notice { from, to, text } => {
                let _ = network.notice(from, self.card(to), text, now);
            }
            Happening::Deliver { to, tpdu } => {
                let octets = sms::hex::decode(tpdu).unwrap_or_default();
                let _ = network.deliver_tpdu(self.card(to), &octets, now);
            }
            Happening::Phone { number, reach } => network.set_reach(number, *reach, now),
            Happening::Ussd { code, answer } => network.set_ussd_answer(code, answer.clone()),
            Happening::Edict(edict) => {
                let card = edict.card.as_deref().map(|card| self.card(card).to_owned());
                network.decree(Edict { card, ..edict.clone() });
            }
            Happening::RevokeEdicts => network.revoke_edicts(),
            Happening::Slow { card, by } => network.slow_down(self.card(card), *by),
            Happening::Clock { ahead, behind, zone } => {
                network.set_clock(*ahead, *behind);
                if let Some(zone) = zone {
                    network.set_zone(*zone);
                }
            }
            Happening::Ring { .. }
            | Happening::Unplug(_)
            | Happening::Replug { .. }
            | Happening::TakeCardOut(_)
            | Happening::PutCardIn(_)
            | Happening::ExchangeCard { .. }
            | Happening::Coverage { .. }
            | Happening::Signal { .. }
            | Happening::Restart(_)
            | Happening::Say { .. }
            | Happening::Fill { .. }
            | Happening::Empty { .. }
            | Happening::FallSick { .. }
            | Happening::Recover(_)
            | Happening::Faults { .. } => {}
        }
    }
}
