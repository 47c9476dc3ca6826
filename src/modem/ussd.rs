//! The network's words in a USSD answer, out of the form in which the modem writes them (3GPP TS 27.007 §7.15).

use crate::sms::{Coding, decode_gsm7, encode_gsm7, hex, pack_unmeasured, unpack_unmeasured};

/// Digits alone, fewer than these, are taken for the text itself: a figure, not octets.
const FIGURE_MAX: usize = 16;

/// A text as a person reads it. Modems write it plainly, or in hexadecimal: packed septets, UCS-2, or octets.
pub(super) fn read(text: &str, dcs: Option<u8>) -> String {
    let is_figure = text.len() < FIGURE_MAX && text.bytes().all(|sign| sign.is_ascii_digit());
    let octets = hex::decode(text).ok().filter(|octets| !octets.is_empty() && !is_figure);
    let hidden = octets.and_then(|octets| {
        // What the coding scheme says first; some firmware says it wrong.
        let said = match dcs.map_or(Coding::Gsm7, coding) {
            Coding::Ucs2 => ucs2(&octets),
            Coding::Octets => latin(&octets),
            Coding::Gsm7 | Coding::Reserved => septets(&octets),
        };
        said.or_else(|| ucs2(&octets)).or_else(|| septets(&octets)).or_else(|| latin(&octets))
    });
    hidden.as_deref().unwrap_or(text).trim().to_owned()
}

/// The alphabet of a USSD text: the scheme is that of cell broadcast, not of SMS (3GPP TS 23.038 §5).
const fn coding(dcs: u8) -> Coding {
    match (dcs >> 4, dcs & 0b1111) {
        (0b0001, 0b0001) => Coding::Ucs2,
        (0b0100..=0b0111 | 0b1001, low) => match low >> 2 {
            0b01 => Coding::Octets,
            0b10 => Coding::Ucs2,
            _ => Coding::Gsm7,
        },
        (0b1111, low) if low & 0b100 != 0 => Coding::Octets,
        _ => Coding::Gsm7,
    }
}

/// A code in packed septets, for modems that take it in no other form; `None` for what the alphabet does not have.
pub(super) fn packed(code: &str) -> Option<Vec<u8>> {
    Some(pack_unmeasured(&encode_gsm7(code).ok()?))
}

fn septets(octets: &[u8]) -> Option<String> {
    let mut septets = unpack_unmeasured(octets);
    // Seven octets hold eight septets, and where the last is a zero it was never one.
    if septets.len().is_multiple_of(8) && septets.last() == Some(&0) {
        septets.pop();
    }
    readable(decode_gsm7(&septets))
}

fn ucs2(octets: &[u8]) -> Option<String> {
    let (units, rest) = octets.as_chunks::<2>();
    // Some append an octet of junk.
    if units.is_empty() || rest.len() > 1 {
        return None;
    }
    let units: Vec<u16> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
    let text = readable(String::from_utf16(&units).ok()?)?;
    // Octets of another form make letters of scripts that no operator here writes in.
    text.chars()
        .all(|letter| u32::from(letter) < 0x2E80 || u32::from(letter) > 0x1_0000)
        .then_some(text)
}

fn latin(octets: &[u8]) -> Option<String> {
    readable(octets.iter().map(|octet| char::from(*octet)).collect())
}

/// What holds signs that no text has was written in another form.
fn readable(text: String) -> Option<String> {
    let fits = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
    (!text.trim().is_empty() && text.chars().all(fits)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_each_of_its_forms() {
        let pulsa = "Pulsa Rp25.000 s.d. 30/11";
        let packed = hex::encode(&super::packed(pulsa).unwrap());
        let ucs2 =
            hex::encode(&pulsa.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
        let octets = hex::encode(pulsa.as_bytes());
        for (text, dcs) in [
            (pulsa, Some(15)),
            (pulsa, None),
            (&packed, Some(15)),
            (&packed, Some(0)),
            (&ucs2, Some(72)),
            // M35 of MTK leaves junk behind it.
            (&format!("{ucs2}7F"), Some(17)),
            (&octets, Some(68)),
        ] {
            assert_eq!(read(text, dcs), pulsa, "{text} {dcs:?}");
        }
    }

    #[test]
    fn a_figure_and_a_word_that_look_like_octets_stay_what_they_are() {
        assert_eq!(read("25000000", Some(15)), "25000000");
        assert_eq!(read("", Some(15)), "");
        assert_eq!(read("Saldo", None), "Saldo");
    }

    #[test]
    fn a_code_of_seven_signs_is_filled_with_a_cr() {
        assert_eq!(packed("*888#"), Some(vec![0x2A, 0x1C, 0x0E, 0x37, 0x02]));
        let filled = packed("*123*1#").unwrap();
        assert_eq!(filled.len(), 7);
        assert_eq!(read(&hex::encode(&filled), Some(15)), "*123*1#");
    }
}
