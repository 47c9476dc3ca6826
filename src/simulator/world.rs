//! Modems and their network under one clock.

use std::collections::VecDeque;
use std::time::Duration;

use super::modem::Modem;
use super::network::Network;
use super::power::Loose;
use super::sim::SimCard;

/// Modems with the network that they are all in.
///
/// Pure: after each call that takes `now`, drain [`World::poll_transmit`] for each modem; call [`World::handle_timeout`]
/// when [`World::poll_timeout`] says so. Too early is harmless; too late, everything happens in its order all the same.
#[derive(Debug)]
pub struct World {
    network: Network,
    modems: Vec<Modem>,
    /// Cards that are in no modem and beside none.
    cards: Vec<Loose>,
    /// Octets for the computer, by modem.
    sent: Vec<VecDeque<Vec<u8>>>,
    now: Duration,
}

impl World {
    /// A network without modems yet.
    pub const fn new(network: Network) -> Self {
        Self {
            network,
            modems: Vec::new(),
            cards: Vec::new(),
            sent: Vec::new(),
            now: Duration::ZERO,
        }
    }

    /// Puts a modem into the world; its index counts from 0.
    pub fn add(&mut self, modem: Modem) -> usize {
        self.network.attach(&modem.card().number);
        self.modems.push(modem);
        self.sent.push(VecDeque::new());
        self.modems.len() - 1
    }

    /// There is a card that is in no modem; the network keeps what is for it.
    pub fn stow(&mut self, card: SimCard) {
        self.network.admit(&card.number);
        self.cards.push(Loose { card: card.removed(), store: None });
    }

    /// Takes out what card a modem has and puts this one into it, wherever it is now. Each keeps what lies on it, and what waits
    /// for it at the centre. Where the card comes from another modem, the one that was here lies beside that. Nothing where there
    /// is no such modem or card.
    pub fn exchange_card(&mut self, index: usize, number: &str, now: Duration) {
        self.handle_timeout(now);
        let Some(modem) = self.modems.get_mut(index) else { return };
        if modem.card().number == number {
            modem.put_card_in(now);
        } else if let Some(loose) = self.cards.iter_mut().find(|loose| loose.card.number == number)
        {
            modem.take_card_out(now);
            modem.swap_card(loose);
            modem.put_card_in(now);
            self.network.seat(index, number, now);
        } else if let Some(other) =
            self.modems.iter().position(|modem| modem.card().number == number)
            && let Ok([modem, giver]) = self.modems.get_disjoint_mut([index, other])
        {
            giver.take_card_out(now);
            modem.take_card_out(now);
            let left = modem.card().number.clone();
            giver.swap_card_with(modem);
            modem.put_card_in(now);
            self.network.seat(index, number, now);
            self.network.seat(other, &left, now);
        }
        self.handle_timeout(now);
    }

    /// How many modems there are.
    pub const fn len(&self) -> usize {
        self.modems.len()
    }

    /// Whether there is no modem.
    pub const fn is_empty(&self) -> bool {
        self.modems.is_empty()
    }

    /// The network, to look at.
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// The network, to change; call [`World::handle_timeout`] afterwards.
    pub const fn network_mut(&mut self) -> &mut Network {
        &mut self.network
    }

    /// A modem, to look at.
    pub fn modem(&self, index: usize) -> Option<&Modem> {
        self.modems.get(index)
    }

    /// A modem, to change; call [`World::handle_timeout`] afterwards.
    pub fn modem_mut(&mut self, index: usize) -> Option<&mut Modem> {
        self.modems.get_mut(index)
    }

    /// Octets from the computer for one modem.
    pub fn handle_bytes(&mut self, index: usize, bytes: &[u8], now: Duration) {
        self.handle_timeout(now);
        if let Some(modem) = self.modems.get_mut(index) {
            modem.handle_bytes(bytes, self.now);
        }
        self.handle_timeout(now);
    }

    /// The driver of one modem has closed its port.
    pub fn port_closed(&mut self, index: usize, now: Duration) {
        self.handle_timeout(now);
        if let Some(modem) = self.modems.get_mut(index) {
            modem.port_closed(self.now);
        }
        self.handle_timeout(now);
    }

    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Duration) {
        while let Some(due) = self.poll_timeout().filter(|due| *due <= now) {
            self.now = self.now.max(due);
            self.step();
        }
        self.now = self.now.max(now);
        self.step();
    }

    /// The next octets for the computer from one modem.
    pub fn poll_transmit(&mut self, index: usize) -> Option<Vec<u8>> {
        self.sent.get_mut(index)?.pop_front()
    }

    /// When something happens next by itself.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let modems = self.modems.iter().filter_map(Modem::poll_timeout);
        modems.chain(self.network.poll_timeout()).min()
    }

    /// Does what is due now.
    fn step(&mut self) {
        for modem in &mut self.modems {
            if modem.poll_timeout().is_some_and(|due| due <= self.now) {
                modem.handle_timeout(self.now);
            }
        }
        self.network.run(&mut self.modems, self.now);
        for (modem, sent) in self.modems.iter_mut().zip(&mut self.sent) {
            while let Some(octets) = modem.poll_transmit() {
                sent.push_back(octets);
            }
        }
    }
}
