//! Whether the refusals of late look like a card without credit (errors.md, "Notes from the field"): no code says so for
//! sure, two in a row are worth a question.

use crate::at::{CmsCode, Failure, Refusal};

/// Codes that prepaid cards without credit get by common report, and that speak of the card: rejected, facility rejected, not
/// subscribed, not implemented.
const OF_THE_CARD: [u16; 4] = [21, 29, 50, 69];

/// The same, but a wrong number gets them too: unidentified and unknown subscriber.
const OF_A_NUMBER: [u16; 2] = [28, 30];

/// Refusals in a row that are enough.
const ENOUGH: u32 = 2;

/// Of what a refusal speaks that may mean a want of credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Of the card, whoever was written to.
    Card,
    /// Of the number that was written to, unless another one gets the same.
    Number,
}

impl Sign {
    /// What a failure may say of the credit.
    pub fn of(failure: &Failure) -> Option<Self> {
        let Failure::Refused { refusal: Refusal::Cms(CmsCode(code)), .. } = failure else {
            return None;
        };
        if OF_THE_CARD.contains(code) {
            Some(Self::Card)
        } else {
            OF_A_NUMBER.contains(code).then_some(Self::Number)
        }
    }
}

/// What one card was refused since the network last took a text of it.
#[derive(Debug, Default)]
pub struct Shortage {
    /// Refusals in a row.
    row: u32,
    /// To whom the first of them was.
    first: Option<String>,
    /// One number cannot be why.
    spread: bool,
    suspected: bool,
    /// The network has told that there is credit: this row has another reason.
    refuted: bool,
}

impl Shortage {
    /// A text to `recipient` was refused with a sign; whether that has just made the credit doubtful.
    pub fn refused(&mut self, sign: Sign, recipient: &str) -> bool {
        if self.refuted {
            return false;
        }
        self.row = self.row.saturating_add(1);
        let first = self.first.get_or_insert_with(|| recipient.to_owned());
        self.spread |= sign == Sign::Card || first != recipient;
        let suspected = self.row >= ENOUGH && self.spread;
        suspected && !std::mem::replace(&mut self.suspected, suspected)
    }

    /// Whether the card seems to be without credit.
    pub const fn is_suspected(&self) -> bool {
        self.suspected
    }

    /// Who was called wrong or gone before the card was suspected.
    pub fn wronged(&self) -> Option<&str> {
        self.first.as_deref().filter(|_| self.suspected)
    }

    /// The network told that there is enough; whether that ends a suspicion. Until a text passes there is no other one.
    pub fn refuted(&mut self) -> bool {
        std::mem::replace(self, Self { refuted: true, ..Self::default() }).suspected
    }

    /// The network took a text; whether that ends a suspicion.
    pub fn accepted(&mut self) -> bool {
        std::mem::take(self).suspected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: &str = "+6281234567890";
    const BENI: &str = "+6285600000001";

    fn sign(code: u16) -> Option<Sign> {
        let refusal = Refusal::Cms(CmsCode(code));
        Sign::of(&Failure::Refused { refusal, after_payload: true })
    }

    #[test]
    fn the_codes_of_cards_without_credit_are_signs_and_others_are_not() {
        assert_eq!([21, 29, 50, 69].map(sign), [Some(Sign::Card); 4]);
        assert_eq!([28, 30].map(sign), [Some(Sign::Number); 2]);
        assert_eq!([1, 8, 38, 41, 331, 500].map(sign), [None; 6]);
    }

    #[test]
    fn one_number_is_not_a_want_of_credit_and_two_in_a_row_are() {
        let mut card = Shortage::default();
        assert!((0..5).all(|_| !card.refused(Sign::Number, ANNA)));
        assert!(card.refused(Sign::Number, BENI));
        assert_eq!(card.wronged(), Some(ANNA));
        assert!(!card.refused(Sign::Number, ANNA), "told once");
        assert!(card.is_suspected());
    }

    #[test]
    fn two_refusals_of_the_card_are_enough_whoever_is_written_to() {
        let mut card = Shortage::default();
        assert_eq!([card.refused(Sign::Card, ANNA), card.refused(Sign::Card, ANNA)], [false, true]);
        let mut card = Shortage::default();
        assert!(!card.refused(Sign::Number, ANNA) && card.refused(Sign::Card, ANNA));
    }

    #[test]
    fn a_text_that_passes_begins_a_new_row() {
        let mut card = Shortage::default();
        assert!(!card.refused(Sign::Card, ANNA));
        assert!(!card.accepted(), "nothing was suspected");
        assert!(!card.refused(Sign::Number, BENI));
        assert!(card.refused(Sign::Number, ANNA));
        assert!(card.accepted() && !card.is_suspected());
    }

    #[test]
    fn a_figure_refutes_this_row_and_no_later_one() {
        let mut card = Shortage::default();
        assert!(!card.refused(Sign::Number, ANNA) && card.refused(Sign::Number, BENI));
        assert!(card.refuted());
        assert!([ANNA, BENI, ANNA].iter().all(|to| !card.refused(Sign::Number, to)));
        card.accepted();
        assert!(!card.refused(Sign::Number, ANNA) && card.refused(Sign::Number, BENI));
    }
}
