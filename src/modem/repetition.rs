//! What is handed over and comes damaged over the line: nothing else holds it, but what is refused the network repeats.

use super::places::is_whole;

/// Refusals in a row before it is kept as it came, for a person to look at: on a line that loses one octet in 200, a full
/// message comes whole in one of five.
const REFUSALS_MAX: u32 = 5;

/// What came damaged in a row.
#[derive(Debug, Default)]
pub(super) struct Damaged {
    refused: u32,
    last: Option<String>,
}

impl Damaged {
    /// Whether this is to be refused, so that it comes again. What comes as long as its header says is whole, whether anybody
    /// can read it or not. Some firmware announces a wrong length: what comes twice in a row the same is believed too.
    pub fn is_to_come_again(&mut self, pdu_hex: &str, announced: usize) -> bool {
        let again = self.last.as_deref() == Some(pdu_hex);
        if is_whole(pdu_hex, Some(announced)) || again || self.refused >= REFUSALS_MAX {
            *self = Self::default();
            return false;
        }
        self.refused += 1;
        self.last = Some(pdu_hex.to_owned());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five octets of a TPDU behind a centre's address of none.
    const WHOLE: &str = "000102030405";

    #[test]
    fn what_is_whole_is_kept_and_what_lost_something_comes_again() {
        let mut damaged = Damaged::default();
        assert!(!damaged.is_to_come_again(WHOLE, 5));
        for cut in ["0001020304", "00010203040", "", "0001020304XY"] {
            assert!(damaged.is_to_come_again(cut, 5), "{cut:?}");
        }
        assert!(!damaged.is_to_come_again(WHOLE, 5));
    }

    #[test]
    fn what_comes_twice_the_same_is_believed() {
        let mut damaged = Damaged::default();
        assert!(damaged.is_to_come_again(WHOLE, 7));
        assert!(!damaged.is_to_come_again(WHOLE, 7));
        assert!(damaged.is_to_come_again(WHOLE, 7), "that was another message");
    }

    #[test]
    fn what_never_comes_whole_is_kept_as_it_came_in_the_end() {
        let mut damaged = Damaged::default();
        let cut = |octets: usize| &WHOLE[..octets * 2];
        assert!([1, 2, 3, 2, 1].map(cut).iter().all(|came| damaged.is_to_come_again(came, 5)));
        assert!(!damaged.is_to_come_again(cut(4), 5));
        assert!(damaged.is_to_come_again(cut(3), 5), "and the next begins anew");
    }
}
