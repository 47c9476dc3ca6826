//! How what is private is overwritten: in place, so that every line keeps its length.

use super::tpdu;

/// Digits in a row that may be somebody's number.
const DIGITS_MIN: usize = 7;
/// Hexadecimal digits in a row that may be a text.
const HEX_MIN: usize = 16;
/// States of messages in the words of text mode.
const STATES: &[&str] = &["REC UNREAD", "REC READ", "STO UNSENT", "STO SENT"];

/// What stands in the place of a message: a PDU, or what a line without handshake made of one.
pub(super) fn message(own: &mut [u8], text: &str) {
    if !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        opaque(own);
        return;
    }
    if text.len() <= 22 && text.len() > 14 && is_digits(text) {
        light(own);
        return;
    }
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
        .collect();
    let (pairs, odd) = digits.as_chunks::<2>();
    let mut octets: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    tpdu::mask(&mut octets);
    let small = text.bytes().any(|digit| digit.is_ascii_lowercase());
    let nibbles = octets.iter().flat_map(|octet| [octet >> 4, octet & 0xF]);
    // Half an octet at the end is nothing that can be read.
    for (place, nibble) in own.iter_mut().zip(nibbles.chain(odd.iter().map(|_| 0))) {
        let digit = char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        let digit = if small { digit } else { digit.to_ascii_uppercase() };
        *place = u8::try_from(digit).unwrap_or(b'0');
    }
}

/// Letters become `x`, digits `0`; so does a long run of hexadecimal digits, whose letters would tell what it says.
pub(super) fn opaque(octets: &mut [u8]) {
    octets
        .split_mut(|octet| !octet.is_ascii_hexdigit())
        .filter(|run| run.len() >= HEX_MIN && run.iter().any(u8::is_ascii_digit))
        .for_each(|run| run.fill(b'0'));
    for octet in octets {
        *octet = match *octet {
            b'0'..=b'9' => b'0',
            letter if letter.is_ascii_alphabetic() || !letter.is_ascii() => b'x',
            sign => sign,
        };
    }
}

/// Numbers lose their ends, and long runs of hexadecimal digits everything.
pub(super) fn light(octets: &mut [u8]) {
    octets.iter_mut().filter(|octet| !octet.is_ascii()).for_each(|octet| *octet = b'x');
    for run in octets.split_mut(|octet| !octet.is_ascii_hexdigit()) {
        if run.len() >= HEX_MIN && !run.iter().all(u8::is_ascii_digit) {
            // The number of a card may end in a filler.
            if run.len() <= 22
                && run
                    .strip_suffix(b"F")
                    .is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
            {
                number(run, DIGITS_MIN);
            } else {
                run.fill(b'0');
            }
        }
        run.split_mut(|octet| !octet.is_ascii_digit()).for_each(|run| number(run, DIGITS_MIN));
    }
}

/// A run of digits that may be a number.
fn number(run: &mut [u8], digits_min: usize) {
    if run.len() >= digits_min {
        let kept = tpdu::digits_kept(run.len());
        run.iter_mut()
            .skip(kept)
            .filter(|octet| octet.is_ascii_digit())
            .for_each(|octet| *octet = b'0');
    }
}

/// A line that names somebody.
pub(super) fn personal(own: &mut [u8]) {
    quoted(own, |field| {
        let is_number = field.iter().all(|octet| octet.is_ascii_digit() || b"+*#".contains(octet));
        if is_number {
            field.split_mut(|octet| !octet.is_ascii_digit()).for_each(|run| number(run, 3));
        } else if !STATES.iter().any(|state| state.as_bytes() == &*field) {
            opaque(field);
        }
    });
    light(own);
}

/// Does something to each text between quotes, also to one whose end is missing.
pub(super) fn quoted(octets: &mut [u8], mut mask: impl FnMut(&mut [u8])) {
    octets
        .split_mut(|octet| *octet == b'"')
        .enumerate()
        .filter(|(place, _)| place % 2 == 1)
        .for_each(|(_, field)| mask(field));
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|digit| digit.is_ascii_digit())
}
