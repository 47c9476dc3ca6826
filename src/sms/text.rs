//! Septets and UTF-16 units to text, part after part.

use super::alphabet::{ESCAPE, Shifts};

/// Text in the making. What one part cuts, an escape from its code or a surrogate from its fellow, the next one mends.
#[derive(Default)]
pub(super) struct Transcript {
    text: String,
    pending: Pending,
}

/// The first half of something, at the end of what was pushed.
#[derive(Default)]
enum Pending {
    #[default]
    Nothing,
    Escape,
    High(u16),
}

impl Transcript {
    /// Appends septets, read with these tables.
    pub(super) fn push_septets(&mut self, septets: &[u8], shifts: Shifts) {
        self.text.reserve(septets.len());
        let mut septets = septets.iter();
        match self.pending {
            Pending::Escape => {
                if let Some(&code) = septets.next() {
                    self.pending = Pending::Nothing;
                    self.text.push(shifts.shifted_sign(code));
                }
            }
            Pending::High(_) => self.settle(),
            Pending::Nothing => {}
        }
        loop {
            // Most texts are runs of letters that have the same code in ASCII: they are taken as they stand.
            let run = shifts.ascii_run(septets.as_slice());
            let (letters, rest) = septets.as_slice().split_at(run);
            self.text.push_str(str::from_utf8(letters).unwrap_or_default());
            septets = rest.iter();
            match septets.next() {
                None => return,
                Some(&septet) if septet != ESCAPE => self.text.push(shifts.sign(septet)),
                Some(_) => match septets.next() {
                    Some(&code) => self.text.push(shifts.shifted_sign(code)),
                    None => self.pending = Pending::Escape,
                },
            }
        }
    }

    /// Appends big-endian UTF-16 units; an odd octet at the end is left out.
    pub(super) fn push_units(&mut self, octets: &[u8]) {
        let (units, _) = octets.as_chunks::<2>();
        self.text.reserve(octets.len());
        for unit in units.iter().copied().map(u16::from_be_bytes) {
            match (unit, &self.pending) {
                (0xDC00..=0xDFFF, &Pending::High(high)) => {
                    self.pending = Pending::Nothing;
                    let pair =
                        0x1_0000 + ((u32::from(high) & 0x3FF) << 10 | u32::from(unit) & 0x3FF);
                    self.text.push(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                (0xD800..=0xDBFF, _) => {
                    self.settle();
                    self.pending = Pending::High(unit);
                }
                _ => {
                    self.settle();
                    // What is still a surrogate here came without its fellow.
                    self.text.push(
                        char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER),
                    );
                }
            }
        }
    }

    /// Appends a sign of the reader's own, such as the one for a missing part.
    pub(super) fn push_mark(&mut self, mark: &str) {
        self.settle();
        self.text.push_str(mark);
    }

    /// The whole text; a half that never met its other half shows as a space or as U+FFFD.
    pub(super) fn finish(mut self) -> String {
        self.settle();
        self.text
    }

    fn settle(&mut self) {
        match std::mem::take(&mut self.pending) {
            Pending::Nothing => {}
            Pending::Escape => self.text.push(' '),
            Pending::High(_) => self.text.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    fn read(pieces: &[&[u8]]) -> String {
        let mut transcript = Transcript::default();
        for piece in pieces {
            transcript.push_units(piece);
        }
        transcript.finish()
    }

    #[test]
    fn a_lone_surrogate_costs_no_neighbour() {
        assert_eq!(read(&[&[0, 0x61, 0xD8, 0x3D, 0, 0x62]]), "a\u{FFFD}b");
        assert_eq!(read(&[&[0xDE, 0x0A, 0, 0x62]]), "\u{FFFD}b");
        assert_eq!(read(&[&[0xD8, 0x3D, 0xD8, 0x3D, 0xDE, 0x0A]]), "\u{FFFD}😊");
        assert_eq!(read(&[&[0, 0x61, 0xD8]]), "a");
    }

    #[test]
    fn halves_of_different_alphabets_never_meet() {
        let mut transcript = Transcript::default();
        transcript.push_septets(&[0x61, ESCAPE], Shifts::DEFAULT);
        transcript.push_units(&[0xD8, 0x3D]);
        transcript.push_septets(&[0x65], Shifts::DEFAULT);
        assert_eq!(transcript.finish(), "a \u{FFFD}e");
    }

    #[test]
    fn a_mark_ends_what_was_begun() {
        let mut transcript = Transcript::default();
        transcript.push_septets(&[0x61, ESCAPE], Shifts::DEFAULT);
        transcript.push_mark("-");
        transcript.push_septets(&[0x65], Shifts::DEFAULT);
        assert_eq!(transcript.finish(), "a -e");
    }

    proptest! {
        #[test]
        fn it_does_not_matter_between_which_units_the_cuts_are(text: String, cut: prop::sample::Index) {
            let octets = units(&text);
            let (first, second) = octets.split_at(cut.index(octets.len() / 2 + 1) * 2);
            prop_assert_eq!(read(&[first, &[], second]), text);
        }

        #[test]
        fn it_does_not_matter_between_which_septets_the_cuts_are(
            septets in prop::collection::vec(prop_oneof![0u8..128, Just(ESCAPE)], 0..40),
            cut: prop::sample::Index,
        ) {
            let (first, second) = septets.split_at(cut.index(septets.len() + 1));
            let mut transcript = Transcript::default();
            for piece in [first, &[], second] {
                transcript.push_septets(piece, Shifts::DEFAULT);
            }
            prop_assert_eq!(transcript.finish(), super::super::decode_gsm7(&septets));
        }
    }
}
