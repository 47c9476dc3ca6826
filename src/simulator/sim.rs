//! The card in the modem: identity, and the lock that a wrong PIN closes for good (3GPP TS 27.007 §8.3).

use super::failure::Failure;

/// Tries of a PIN before the card asks for its PUK.
const PIN_TRIES: u8 = 3;
/// Tries of a PUK before the card is dead.
const PUK_TRIES: u8 = 10;

/// What the card wants before it works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimState {
    /// No card in the slot.
    Absent,
    /// Nothing: unlocked, or without a PIN.
    Ready,
    /// Its PIN.
    Pin,
    /// Its PUK: the PIN was wrong three times.
    Puk,
    /// Nothing helps any more: the PUK was wrong ten times.
    Dead,
}

/// A SIM card.
#[expect(clippy::struct_excessive_bools, reason = "each is something that a card is or has")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimCard {
    /// International subscriber identity, 15 digits (`AT+CIMI`).
    pub imsi: String,
    /// Number printed on the card, 19 or 20 digits (`AT+CCID`).
    pub iccid: String,
    /// Subscriber number in E.164 form; this is the address the network knows the modem by.
    pub number: String,
    /// Whether the card knows its own number (`AT+CNUM`); many prepaid cards do not.
    pub number_stored: bool,
    /// Message centre in E.164 form; empty on cards that were never given one (`AT+CSCA?`).
    pub centre: String,
    pin: Option<String>,
    puk: String,
    pin_tries: u8,
    puk_tries: u8,
    inserted: bool,
    /// Found again by a restart.
    lost: bool,
    unlocked: bool,
}

impl SimCard {
    /// A card without PIN for `number`; IMSI and ICCID are made from its digits.
    pub fn new(number: &str, centre: &str) -> Self {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        Self {
            imsi: format!("51010{:0>10}", last(&digits, 10)),
            iccid: format!("896210{:0>13}", last(&digits, 13)),
            number: number.to_owned(),
            number_stored: true,
            centre: centre.to_owned(),
            pin: None,
            puk: "12345678".to_owned(),
            pin_tries: PIN_TRIES,
            puk_tries: PUK_TRIES,
            inserted: true,
            lost: false,
            unlocked: true,
        }
    }

    /// The same card protected by `pin`; its PUK is `puk`.
    #[must_use]
    pub fn with_pin(mut self, pin: &str, puk: &str) -> Self {
        self.pin = Some(pin.to_owned());
        puk.clone_into(&mut self.puk);
        self.unlocked = false;
        self
    }

    /// The same card with only `tries` left for its PIN (at most three; none means that it wants its PUK).
    #[must_use]
    pub fn with_pin_tries(mut self, tries: u8) -> Self {
        self.pin_tries = tries.min(PIN_TRIES);
        self
    }

    /// The same card with only `tries` left for its PUK (at most ten; none means that it is dead).
    #[must_use]
    pub fn with_puk_tries(mut self, tries: u8) -> Self {
        self.puk_tries = tries.min(PUK_TRIES);
        self
    }

    /// The same card left on the table: the slot is empty.
    #[must_use]
    pub fn removed(mut self) -> Self {
        self.inserted = false;
        self
    }

    /// The same card lost by its modem: the slot seems empty until the modem restarts.
    #[must_use]
    pub fn lost(mut self) -> Self {
        self.lost = true;
        self
    }

    /// Whether it was in.
    pub(super) fn take_out(&mut self) -> bool {
        std::mem::replace(&mut self.inserted, false)
    }

    pub(super) fn put_in(&mut self) {
        self.inserted = true;
        self.power_cycle();
    }

    /// What the card wants now.
    pub fn state(&self) -> SimState {
        if !self.inserted || self.lost {
            SimState::Absent
        } else if self.puk_tries == 0 {
            SimState::Dead
        } else if self.pin_tries == 0 {
            SimState::Puk
        } else if self.unlocked || self.pin.is_none() {
            SimState::Ready
        } else {
            SimState::Pin
        }
    }

    /// Tries left for PIN and PUK.
    pub fn tries(&self) -> (u8, u8) {
        (self.pin_tries, self.puk_tries)
    }

    /// Power was cut: a card with a PIN is locked again, its counters stay.
    pub(super) fn power_cycle(&mut self) {
        self.lost = false;
        self.unlocked = self.pin.is_none();
    }

    /// `AT+CPIN="<pin>"`.
    pub(super) fn enter_pin(&mut self, pin: &str) -> Result<(), Failure> {
        if self.state() != SimState::Pin {
            return Err(self.refusal().unwrap_or(Failure::Cme(3)));
        }
        if self.pin.as_deref() == Some(pin) {
            self.pin_tries = PIN_TRIES;
            self.unlocked = true;
            return Ok(());
        }
        self.pin_tries = self.pin_tries.saturating_sub(1);
        Err(Failure::Cme(if self.pin_tries == 0 { 12 } else { 16 }))
    }

    /// `AT+CPIN="<puk>","<new pin>"`.
    pub(super) fn enter_puk(&mut self, puk: &str, new_pin: &str) -> Result<(), Failure> {
        if self.state() != SimState::Puk {
            return Err(self.refusal().unwrap_or(Failure::Cme(3)));
        }
        if self.puk == puk && (4..=8).contains(&new_pin.len()) {
            self.pin = Some(new_pin.to_owned());
            (self.pin_tries, self.puk_tries) = (PIN_TRIES, PUK_TRIES);
            self.unlocked = true;
            return Ok(());
        }
        self.puk_tries = self.puk_tries.saturating_sub(1);
        Err(Failure::Cme(if self.puk_tries == 0 { 13 } else { 16 }))
    }

    /// Why a command that needs the card cannot have it; `None` when it can.
    pub(super) fn refusal(&self) -> Option<Failure> {
        match self.state() {
            SimState::Ready => None,
            SimState::Absent => Some(Failure::Cme(10)),
            SimState::Pin => Some(Failure::Cme(11)),
            SimState::Puk => Some(Failure::Cme(12)),
            SimState::Dead => Some(Failure::Cme(13)),
        }
    }
}

fn last(digits: &str, count: usize) -> &str {
    digits.get(digits.len().saturating_sub(count)..).unwrap_or(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked() -> SimCard {
        SimCard::new("+6281100001111", "+62811000000").with_pin("1234", "87654321")
    }

    #[test]
    fn the_right_pin_opens_and_a_power_cut_closes_again() {
        let mut card = locked();
        assert_eq!(card.enter_pin("0000"), Err(Failure::Cme(16)));
        assert_eq!(card.tries(), (2, 10));
        assert_eq!(card.enter_pin("1234"), Ok(()));
        assert_eq!((card.state(), card.tries()), (SimState::Ready, (3, 10)));
        card.power_cycle();
        assert_eq!(card.state(), SimState::Pin);
    }

    #[test]
    fn three_wrong_pins_ask_for_the_puk_even_after_a_power_cut() {
        let mut card = locked();
        let answers: Vec<_> = (0..4).map(|_| card.enter_pin("0000")).collect();
        assert_eq!(
            answers,
            [
                Err(Failure::Cme(16)),
                Err(Failure::Cme(16)),
                Err(Failure::Cme(12)),
                Err(Failure::Cme(12))
            ]
        );
        card.power_cycle();
        assert_eq!(card.state(), SimState::Puk);
        assert_eq!(card.enter_puk("87654321", "4321"), Ok(()));
        card.power_cycle();
        assert_eq!(card.enter_pin("4321"), Ok(()));
    }

    #[test]
    fn ten_wrong_puks_kill_the_card() {
        let mut card = locked().with_pin_tries(0);
        for _ in 0..9 {
            assert_eq!(card.enter_puk("00000000", "1111"), Err(Failure::Cme(16)));
        }
        assert_eq!(card.enter_puk("00000000", "1111"), Err(Failure::Cme(13)));
        assert_eq!(card.enter_puk("87654321", "1111"), Err(Failure::Cme(13)));
        assert_eq!(card.state(), SimState::Dead);
    }

    #[test]
    fn an_unlocked_card_refuses_a_pin() {
        let mut card = SimCard::new("+6281100001111", "");
        assert_eq!(card.enter_pin("1234"), Err(Failure::Cme(3)));
        assert_eq!((card.imsi.len(), card.iccid.len()), (15, 19));
    }
}
