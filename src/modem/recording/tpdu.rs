//! A TPDU without what is private in it: addresses end in zeros, and every letter is an `x`. Lengths, flags, times,
//! references and the place in a long message stay, so that what could be decoded still can, and says as much as before.

use crate::sms::{Coding, Dcs, Deliver, Scts, StatusReport, Submit, TypeOfNumber, first_octet};

/// Digits at the beginning of a number that stay: country and operator at most.
const DIGITS_KEPT_MAX: usize = 5;

/// Octets of a centre's address behind its length (3GPP TS 24.011 §8.2.5), and semi-octets of any other.
const CENTRE_OCTETS_MAX: usize = 11;
const SEMI_OCTETS_MAX: usize = 20;

/// The octet that fills text: `x` in the default alphabet, in UCS-2 and in ASCII.
const LETTER: u8 = b'x';

/// Information elements that carry numbers of the protocol, and nothing that somebody wrote: concatenation, special
/// messages, ports, national tables (3GPP TS 23.040 §9.2.3.24).
const HARMLESS_ELEMENTS: [u8; 7] = [0x00, 0x01, 0x04, 0x05, 0x08, 0x24, 0x25];

/// How many digits of so many stay.
pub(super) const fn digits_kept(digits: usize) -> usize {
    let third = digits / 3;
    if third < DIGITS_KEPT_MAX { third } else { DIGITS_KEPT_MAX }
}

/// Masks a centre's address and the TPDU behind it, in place and as far as they go; the centre's own number is nobody's
/// secret. What cannot be one is overwritten whole.
pub(super) fn mask(octets: &mut [u8]) {
    let mut centre = Fields { rest: octets, in_place: true };
    let Some(length) = centre.octet().map(usize::from) else { return };
    if length > CENTRE_OCTETS_MAX {
        centre.rest.fill(0);
        return;
    }
    centre.take(length);
    let in_place = is_in_place(centre.rest);
    Fields { in_place, ..centre }.tpdu();
}

/// Whether every field stands where it should. Octets that were lost have shifted all behind them, and a time stamp that
/// is no date shows it: digits and letters are then where nothing private is looked for.
fn is_in_place(tpdu: &[u8]) -> bool {
    let is_time = |read: Option<Scts>| read.is_some_and(|stamp| stamp.time().is_some());
    match tpdu.first().map(|first| first & first_octet::TYPE) {
        Some(1) => Submit::decode(tpdu).is_ok(),
        Some(2) => is_time(StatusReport::decode(tpdu).ok().map(|read| read.timestamp)),
        _ => is_time(Deliver::rescue(tpdu).ok().map(|read| read.timestamp)),
    }
}

/// The fields that are left to mask.
struct Fields<'a> {
    rest: &'a mut [u8],
    in_place: bool,
}

impl<'a> Fields<'a> {
    /// The next octets, or as many as there are.
    fn take(&mut self, count: usize) -> &'a mut [u8] {
        let rest = std::mem::take(&mut self.rest);
        let (head, tail) = rest.split_at_mut(count.min(rest.len()));
        self.rest = tail;
        head
    }

    fn octet(&mut self) -> Option<u8> {
        self.take(1).first().copied()
    }

    /// TP-MTI and what it heads (3GPP TS 23.040 §9.2.2).
    fn tpdu(mut self) {
        let Some(first) = self.octet() else { return };
        let has_header = first & first_octet::UDHI != 0;
        let kind = first & first_octet::TYPE;
        // TP-MR stands before the address of a submit and of a report.
        self.take(usize::from(matches!(kind, 1 | 2)));
        if !self.address() {
            return;
        }
        match kind {
            2 => {
                // TP-SCTS, TP-DT, TP-ST.
                self.time(7 + 7);
                self.take(1);
                self.optional(has_header);
            }
            1 => {
                let scheme = self.scheme();
                // TP-VP in its forms.
                self.time(match first >> 3 & 0b11 {
                    0b00 => 0,
                    0b10 => 1,
                    _ => 7,
                });
                self.user_data(scheme, has_header);
            }
            _ => {
                let scheme = self.scheme();
                // TP-SCTS.
                self.time(7);
                self.user_data(scheme, has_header);
            }
        }
    }

    /// TP-OA, TP-DA or TP-RA; whether it is one, and the rest can be told apart.
    fn address(&mut self) -> bool {
        let Some(length) = self.octet().map(usize::from) else { return true };
        if length > SEMI_OCTETS_MAX {
            self.rest.fill(0);
            return false;
        }
        let kind = self.octet().unwrap_or(0);
        let digits = self.take(length.div_ceil(2));
        if kind >> 4 & 0b111 == TypeOfNumber::Alphanumeric as u8 {
            septets(digits, 0, length * 4 / 7);
            return true;
        }
        let kept = if self.in_place { digits_kept(length) } else { 0 };
        for (place, octet) in digits.iter_mut().enumerate() {
            let masked = |at: usize, digit: u8| if at < kept || digit == 0xF { digit } else { 0 };
            *octet = masked(place * 2 + 1, *octet >> 4) << 4 | masked(place * 2, *octet & 0xF);
        }
        true
    }

    /// TP-PID and TP-DCS.
    fn scheme(&mut self) -> Dcs {
        self.take(1);
        Dcs(self.octet().unwrap_or(0))
    }

    /// Times, where it is times.
    fn time(&mut self, octets: usize) {
        let octets = self.take(octets);
        if !self.in_place {
            octets.fill(0);
        }
    }

    /// TP-PI of a report and what it announces (§9.2.3.27).
    fn optional(mut self, has_header: bool) {
        let Some(announced) = self.octet() else { return };
        let mut indicator = announced;
        while indicator & 0x80 != 0 {
            indicator = self.octet().unwrap_or(0);
        }
        self.take(usize::from(announced & 1));
        let scheme = if announced & 2 == 0 { None } else { self.octet() };
        if announced & 4 == 0 {
            self.rest.fill(0);
        } else {
            self.user_data(Dcs(scheme.unwrap_or(0)), has_header);
        }
    }

    /// TP-UDL, TP-UD, and what some modems append.
    fn user_data(mut self, scheme: Dcs, has_header: bool) {
        let Some(length) = self.octet().map(usize::from) else { return };
        let coding = scheme.coding();
        let octets = if coding == Coding::Gsm7 { (length * 7).div_ceil(8) } else { length };
        let data = self.take(octets);
        self.rest.fill(0);
        let header = if has_header { header(data, self.in_place) } else { 0 };
        match coding {
            Coding::Gsm7 => septets(data, header, length),
            Coding::Ucs2 => {
                let text = data.get_mut(header..).unwrap_or_default();
                for (place, octet) in text.iter_mut().enumerate() {
                    *octet = if place % 2 == 1 { LETTER } else { 0 };
                }
            }
            Coding::Octets | Coding::Reserved => {
                data.get_mut(header..).unwrap_or_default().fill(LETTER);
            }
        }
    }
}

/// Empties the elements of a header that may carry text; how many octets it takes. One that overruns is masked whole.
fn header(data: &mut [u8], in_place: bool) -> usize {
    let mut data = Fields { rest: data, in_place };
    let Some(length) = data.octet().map(usize::from) else { return 0 };
    if length > data.rest.len() {
        return 1;
    }
    let mut elements = Fields { rest: data.take(length), in_place };
    while let (Some(id), Some(size)) = (elements.octet(), elements.octet()) {
        let content = elements.take(size.into());
        if !in_place || !HARMLESS_ELEMENTS.contains(&id) {
            content.fill(0);
        }
    }
    1 + length
}

/// Makes `x` of all septets up to `count` that begin behind `header` octets; the bits around them are 0.
fn septets(data: &mut [u8], header: usize, count: usize) {
    let bits = data.len() * 8;
    data.get_mut(header..).unwrap_or_default().fill(0);
    for septet in (header * 8).div_ceil(7)..count {
        for bit in (0..7).filter(|bit| LETTER >> bit & 1 == 1) {
            let place = septet * 7 + bit;
            // Of a septet that was cut off, the bits that are there.
            if place < bits
                && let Some(octet) = data.get_mut(place / 8)
            {
                *octet |= 1 << (place % 8);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::parts::deliver_parts;
    use crate::sms::{
        Address, Deliver, Options, Reference, StatusReport, Submit, compose, encode_smsc, hex,
        split_smsc,
    };
    use proptest::prelude::*;

    const CENTRE: &str = "+62811000000";

    fn with_centre(tpdu: &[u8]) -> Vec<u8> {
        let centre = Address::international(CENTRE).unwrap();
        [encode_smsc(Some(&centre)).as_slice(), tpdu].concat()
    }

    fn masked(octets: &[u8]) -> Vec<u8> {
        let mut octets = octets.to_vec();
        mask(&mut octets);
        octets
    }

    fn assert_masked(number: &str, masked: &str) {
        let kept = digits_kept(number.len() - 1);
        assert_eq!(number.len(), masked.len());
        assert!(number.starts_with(&masked[..=kept]), "{number} {masked}");
        assert!(masked[kept + 1..].bytes().all(|digit| digit == b'0'), "{number} {masked}");
    }

    proptest! {
        /// Structure and lengths stay, number and text do not.
        #[test]
        fn a_message_is_decoded_as_before_and_says_nothing(
            number in "\\+[1-9][0-9]{7,14}",
            text in "[a-zA-Z0-9 €“?]{1,400}",
        ) {
            let sender = Address::international(&number).unwrap();
            let noon = chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00+07:00").unwrap();
            for part in deliver_parts(&sender, noon, &text, 7).unwrap() {
                let pdu = with_centre(&part.encode().unwrap());
                let masked = masked(&pdu);
                prop_assert_eq!(masked.len(), pdu.len());
                let (centre, tpdu) = split_smsc(&masked).unwrap();
                prop_assert!(centre.is_some_and(|centre| centre.number() == CENTRE));
                let read = Deliver::decode(tpdu).unwrap();
                assert_masked(&number, read.originator.number());
                let what = |read: &Deliver| {
                    (read.first_octet, read.coding, read.timestamp, read.concat(), read.user_data.length())
                };
                let whole = Deliver::decode(split_smsc(&pdu).unwrap().1).unwrap();
                prop_assert_eq!(what(&read), what(&whole));
                let said = read.text().unwrap();
                prop_assert!(!said.is_empty() && said.chars().all(|letter| letter == 'x'), "{said}");
            }
        }

        #[test]
        fn a_submit_and_its_report_are_masked_too(
            number in "\\+[1-9][0-9]{7,14}",
            text in "[a-zA-Z0-9 “]{1,200}",
            status_report: bool,
        ) {
            let to = Address::international(&number).unwrap();
            let options = Options { reference: Reference::Narrow(1), status_report, ..Options::default() };
            for part in compose(&to, &text, &options).unwrap() {
                let masked = masked(&[&[0], part.encode().unwrap().as_slice()].concat());
                let read = Submit::decode(&masked[1..]).unwrap();
                assert_masked(&number, read.destination.number());
                prop_assert_eq!((read.validity, read.concat()), (part.validity, part.concat()));
                prop_assert!(read.text().unwrap().chars().all(|letter| letter == 'x'));
            }
            let mut report = hex::decode("0609").unwrap();
            report.push(u8::try_from(number.len() - 1).unwrap());
            let address = encode_smsc(Some(&to));
            report.extend(&address[1..]);
            report.extend(hex::decode("421150905103824211509051248200").unwrap());
            let whole = StatusReport::decode(&report).unwrap();
            let read = StatusReport::decode(&masked(&with_centre(&report))[with_centre(&[]).len()..]).unwrap();
            assert_masked(&number, read.recipient.number());
            prop_assert_eq!((read.status, read.timestamp, read.message_reference), (whole.status, whole.timestamp, whole.message_reference));
        }

        /// What decodes still does, what does not still does not, and masking twice is masking once.
        #[test]
        fn any_octets_keep_their_length_and_what_they_are(octets in prop::collection::vec(any::<u8>(), 0..200)) {
            let once = masked(&octets);
            prop_assert_eq!(once.len(), octets.len());
            prop_assert_eq!(&masked(&once), &once);
            let decodes = |octets: &[u8]| split_smsc(octets).is_ok_and(|(_, tpdu)| Deliver::decode(tpdu).is_ok());
            prop_assert_eq!(decodes(&once), decodes(&octets));
        }

        /// Of a message that was cut short, or lost an octet, no more is left than of the whole. Rows of `c` and `q` are packed
        /// into the same octets as the rows of `x` that stand in their place.
        #[test]
        fn a_damaged_message_says_no_more_than_its_whole(text in "[abd-pr-w]{20,160}", at: prop::sample::Index, cut: bool) {
            let sender = Address::international("+6281234567890").unwrap();
            let noon = chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00+07:00").unwrap();
            let pdu = with_centre(&deliver_parts(&sender, noon, &text, 7).unwrap()[0].encode().unwrap());
            let at = at.index(pdu.len());
            let tail = if cut { &[] } else { &pdu[at + 1..] };
            let masked = hex::encode(&masked(&[&pdu[..at], tail].concat()));
            for end in ["32547698", "547698F0"] {
                prop_assert!(!masked.contains(end), "{masked}");
            }
            // No four octets of the text stay together.
            let said = pdu[pdu.len() - text.len() * 7 / 8..].windows(4).map(hex::encode);
            for piece in said {
                prop_assert!(!masked.contains(&piece), "{piece}: {masked}");
            }
        }
    }

    #[test]
    fn names_and_8_bit_data_are_masked() {
        let pdu = hex::decode("00040AD0D4F29C9E760004421150905103820548656C6C6F").unwrap();
        let read = Deliver::decode(&masked(&pdu)[1..]).unwrap();
        assert_eq!(read.user_data.octets(), b"xxxxx");
        assert_eq!(read.originator.number(), "xxxxx");
    }

    #[test]
    fn an_element_that_may_carry_text_is_emptied() {
        // A header of a concatenation and of an element of four octets that nobody here knows.
        let pdu = "004406812618110004421150905103820E0B0003420201200473656372AABB";
        let masked = hex::encode(&masked(&hex::decode(pdu).unwrap()));
        assert!(masked.ends_with("0E0B00034202012004000000007878"), "{masked}");
    }
}
