//! A simulation as a file: modems, network and what happens when, in TOML.
//!
//! ```text
//! file ──read──> Scenario ──> Setup ──> Modem, Network, World
//! seed ──drawn─────┘     └──> Timetable ──next──> World        (in virtual time, or in a Simulation)
//! ```
//!
//! A scenario is a value: what it describes are the simulator's own types, whose words in a file are their own names. So
//! whatever the simulator can do can be written down. `docs/operations.md` shows a file, `tests/data/scenarios` one for each
//! behaviour.

mod drawn;
mod modem;
#[cfg(test)]
pub(crate) mod tests;
pub(super) mod time;
mod timetable;
pub(super) mod zone;

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::network::{Edict, Network, NetworkOptions};
use super::serve::{ModemSetup, Setup};
use super::world::World;
use crate::phone::PhoneNumber;
use crate::sms::{self, Address};
pub use modem::{Card, Device, Family, Quirks, StoredText};
pub use timetable::{Event, Happening, Timetable};

/// Modems of one scenario: more than any office has.
const MODEMS_MAX: usize = 64;

/// A file that describes no scenario; the text says where and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ScenarioError(String);

/// A simulation from its beginning to its end.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, for the reader.
    pub about: String,
    /// Where the draws of modems and network begin that have no seed of their own.
    pub seed: u64,
    /// How fast and how patient the network is.
    pub network: NetworkOptions,
    /// What the gateway's configuration says, beside the modems.
    pub settings: toml::Table,
    /// The modems; at least one.
    #[serde(rename = "modem")]
    pub modems: Vec<Device>,
    /// Cards that are in no modem at the beginning, by name.
    #[serde(rename = "card")]
    pub cards: BTreeMap<String, Card>,
    /// What happens.
    #[serde(rename = "event")]
    pub events: Vec<Event>,
    /// What must have come of it in the end.
    pub expect: Expected,
}

/// What must have come of a scenario in the end, beside one ticket and one receipt for each complaint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// Tickets beyond those of the timetable's complaints: of what lies in a store at the beginning.
    pub more_tickets: usize,
    /// So many complaints may end without a receipt, as a text does whose fate nobody can know.
    pub without_receipt: usize,
    /// By name.
    pub modem: BTreeMap<String, ExpectedModem>,
}

/// How a modem must be in the end, as `aduan status` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExpectedModem {
    /// Its state; `None`: `ready`.
    pub state: Option<String>,
    /// Warnings that there are, among others.
    pub warnings: Vec<String>,
}

/// Where in the file something stands.
#[derive(Deserialize)]
struct Places {
    #[serde(default, rename = "modem")]
    modems: Vec<toml::Spanned<toml::Value>>,
    #[serde(default, rename = "card")]
    cards: BTreeMap<String, toml::Spanned<toml::Value>>,
    #[serde(default, rename = "event")]
    events: Vec<toml::Spanned<toml::Value>>,
}

impl Scenario {
    /// Reads a file's text.
    ///
    /// # Errors
    /// [`ScenarioError`] with line and column: unknown keys and words, values that cannot be, names that nothing has.
    pub fn read(text: &str) -> Result<Self, ScenarioError> {
        let wrong = |error: toml::de::Error| ScenarioError(error.to_string().trim_end().to_owned());
        let mut scenario: Self = toml::from_str(text).map_err(wrong)?;
        let places: Places = toml::from_str(text).map_err(wrong)?;
        scenario.name_modems();
        let modems = places.modems.iter().map(|modem| modem.span().start);
        let events = places.events.iter().map(|event| event.span().start);
        let cards = places.cards.values().map(|card| card.span().start);
        let checked = scenario
            .check_modems(modems)
            .and_then(|()| scenario.check_cards(cards))
            .and_then(|()| scenario.check_events(events));
        checked.map_err(|(start, problem)| {
            let before = text.get(..start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            ScenarioError(format!("line {line}, column {column}: {problem}"))
        })?;
        Ok(scenario)
    }

    /// As a file.
    ///
    /// # Errors
    /// [`ScenarioError`] for a seed beyond TOML's numbers.
    pub fn to_toml(&self) -> Result<String, ScenarioError> {
        toml::to_string(self).map_err(|error| ScenarioError(error.to_string()))
    }

    /// The simulation at its beginning, its ports in this folder.
    pub fn setup(&self, folder: &Path, began: DateTime<Utc>) -> Setup {
        let began = began.with_timezone(&self.network.zone);
        let modems = self.modems.iter().enumerate();
        let modems = modems
            .map(|(place, modem)| modem.setup(place, folder, (&self.network, began, self.seed)))
            .collect();
        let mut network = self.network.clone();
        if network.seed == 0 {
            network.seed = self.seed;
        }
        Setup { network, modems }
    }

    /// The same without ports, for virtual time.
    pub fn world(&self, began: DateTime<Utc>) -> World {
        let Setup { network, modems } = self.setup(Path::new(""), began);
        let mut world = World::new(Network::new(network, began));
        for modem in modems.into_iter().map(ModemSetup::into_modem) {
            world.add(modem);
        }
        for card in self.timetable().loose_cards() {
            world.stow(card.clone());
        }
        world
    }

    /// What is to happen.
    pub fn timetable(&self) -> Timetable {
        let modems = self.modems.iter().enumerate();
        let names = modems.map(|(place, modem)| (modem.name.clone(), modem.card.number(place)));
        let cards = self
            .loose_cards()
            .map(|(place, name, card)| (name.clone(), card.card(place, &self.network.centre)));
        Timetable::new(self.events.clone(), names.collect(), cards.collect())
    }

    /// Cards that are in no modem, with their places behind those of the modems.
    fn loose_cards(&self) -> impl Iterator<Item = (usize, &String, &Card)> {
        self.cards.iter().zip(self.modems.len()..).map(|((name, card), place)| (place, name, card))
    }

    /// Phones from which complaints come, once for each.
    pub fn complainants(&self) -> Vec<&str> {
        self.events.iter().filter_map(|event| event.happening.complainant()).collect()
    }

    fn name_modems(&mut self) {
        for (place, modem) in self.modems.iter_mut().enumerate() {
            if modem.name.is_empty() {
                modem.name = format!("modem-{}", place + 1);
            }
        }
    }

    fn check_modems(&self, places: impl Iterator<Item = usize>) -> Result<(), (usize, String)> {
        if self.modems.is_empty() || self.modems.len() > MODEMS_MAX {
            return Err((0, format!("there are 1 to {MODEMS_MAX} tables [[modem]]")));
        }
        let mut seen = Vec::new();
        for ((place, modem), start) in self.modems.iter().enumerate().zip(places) {
            let number = modem.card.number(place);
            modem.check(&number).map_err(|problem| (start, problem))?;
            for taken in [modem.name.clone(), number] {
                if seen.contains(&taken) {
                    return Err((start, format!("{taken:?} stands at two modems")));
                }
                seen.push(taken);
            }
            if modem.stored.iter().any(|stored| stored.parts(DateTime::UNIX_EPOCH.into()).is_err())
            {
                return Err((start, "a stored text has no sender, or is too long".to_owned()));
            }
        }
        self.expect.modem.keys().try_for_each(|name| self.check_name(name)).map_err(|e| (0, e))
    }

    fn check_cards(&self, places: impl Iterator<Item = usize>) -> Result<(), (usize, String)> {
        let mut taken: Vec<String> = self.modems.iter().map(|modem| modem.name.clone()).collect();
        taken.extend(self.modems.iter().enumerate().map(|(place, modem)| modem.card.number(place)));
        for ((place, name, card), start) in self.loose_cards().zip(places) {
            let number = card.number(place);
            check_number(&number).map_err(|problem| (start, problem))?;
            if let Some(known) = [name, &number].into_iter().find(|known| taken.contains(*known)) {
                return Err((start, format!("{known:?} stands at a modem or another card too")));
            }
            taken.extend([name.clone(), number]);
        }
        Ok(())
    }

    fn check_events(&self, places: impl Iterator<Item = usize>) -> Result<(), (usize, String)> {
        for (event, start) in self.events.iter().zip(places) {
            self.check_event(&event.happening).map_err(|problem| (start, problem))?;
        }
        Ok(())
    }

    fn check_event(&self, happening: &Happening) -> Result<(), String> {
        if let Some(name) = happening.modem() {
            if happening.may_name_a_card() {
                self.check_card(name)?;
            } else {
                self.check_name(name)?;
            }
        }
        if let Happening::ExchangeCard { card, .. } = happening
            && !self.cards.contains_key(card)
        {
            self.check_name(card).map_err(|problem| self.with_cards(&problem))?;
        }
        if let Happening::Text { from, .. } = happening
            && (from.is_empty() || Address::parse(from).is_err())
        {
            return Err(format!("{from:?} is no sender of an SMS"));
        }
        if let Happening::Notice { from, .. } = happening
            && Address::alphanumeric(from).is_err()
        {
            return Err(format!("{from:?} is no name of a service: at most 11 letters"));
        }
        if let Happening::Deliver { tpdu, .. } = happening
            && sms::hex::decode(tpdu).is_err()
        {
            return Err(format!("{tpdu:?} are no octets in hexadecimal"));
        }
        if let Happening::Replug { port: Some(port), .. } = happening {
            check_port(port)?;
        }
        if let Happening::Edict(Edict { card: Some(card), .. }) = happening {
            self.check_card(card)?;
        }
        Ok(())
    }

    /// A card by its name, by that of its modem, or by its number.
    fn check_card(&self, name: &str) -> Result<(), String> {
        if self.cards.contains_key(name) || is_number(name) {
            return Ok(());
        }
        self.check_name(name).map_err(|problem| self.with_cards(&problem))
    }

    fn with_cards(&self, problem: &str) -> String {
        if self.cards.is_empty() {
            return problem.to_owned();
        }
        let names: Vec<&str> = self.cards.keys().map(String::as_str).collect();
        format!("{problem}; the cards are: {}", names.join(", "))
    }

    fn check_name(&self, name: &str) -> Result<(), String> {
        if self.modems.iter().any(|modem| modem.name == name) {
            return Ok(());
        }
        let names: Vec<&str> = self.modems.iter().map(|modem| modem.name.as_str()).collect();
        Err(format!("no modem is called {name:?}; there are: {}", names.join(", ")))
    }
}

impl Device {
    /// What only looks right.
    fn check(&self, number: &str) -> Result<(), String> {
        check_number(number)?;
        check_port(&self.name)?;
        check_port(self.port())?;
        let profile = self.profile();
        let stores = profile.stores.iter().map(|(store, _)| *store).collect::<Vec<_>>();
        let named = self.places.keys().chain(self.stored.iter().map(|stored| &stored.store));
        for store in named {
            if !stores.contains(&store.as_str()) {
                let stores = stores.join(", ");
                return Err(format!("{} has no store {store:?}; it has: {stores}", self.name));
            }
        }
        Ok(())
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with('+') && PhoneNumber::parse(text).is_ok()
}

fn check_number(number: &str) -> Result<(), String> {
    if is_number(number) {
        return Ok(());
    }
    Err(format!("{number:?} is no number of a card; write it like \"+6281100000001\""))
}

fn check_port(name: &str) -> Result<(), String> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.starts_with('.') || !name.chars().all(good) {
        return Err(format!(
            "{name:?} is no name of a port: letters, digits, \"-\", \"_\" and \".\""
        ));
    }
    Ok(())
}
