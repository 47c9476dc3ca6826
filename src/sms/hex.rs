//! Octets as hexadecimal digits, the way AT commands carry TPDUs (3GPP TS 27.005 §3.1, `<pdu>`).

/// Why a text is not a row of octets in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HexError {
    /// The last octet has one digit only.
    #[error("{digits} hexadecimal digits are no whole number of octets")]
    Odd {
        /// How many digits there are.
        digits: usize,
    },
    /// Something else than a digit.
    #[error("{character:?} at position {position} is not a hexadecimal digit")]
    Foreign {
        /// Characters before it.
        position: usize,
        /// What stands there.
        character: char,
    },
}

/// Writes octets as upper-case digits, two each.
pub fn encode(octets: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'A' + value - 10 });
    let mut text = String::with_capacity(octets.len() * 2);
    for octet in octets {
        text.push(digit(octet >> 4));
        text.push(digit(octet & 0x0F));
    }
    text
}

/// Reads digits of either case, without anything between or around them.
///
/// # Errors
/// [`HexError`] names the first character that is no digit, or an odd number of digits.
pub fn decode(text: &str) -> Result<Vec<u8>, HexError> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    // One look at all of them instead of one at each: what is no digit has bits that no digit has.
    let mut seen = 0;
    let octet = |&[high, low]: &[u8; 2]| {
        let (high, low) = (value(high), value(low));
        seen |= high | low;
        high << 4 | low
    };
    let octets = pairs.iter().map(octet).collect();
    if seen & FOREIGN == 0 && rest.is_empty() { Ok(octets) } else { Err(blame(text)) }
}

fn blame(text: &str) -> HexError {
    text.chars().enumerate().find(|(_, character)| !character.is_ascii_hexdigit()).map_or(
        HexError::Odd { digits: text.len() },
        |(position, character)| HexError::Foreign { position, character },
    )
}

/// What stands for all that is no digit.
const FOREIGN: u8 = 0xF0;

const fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'A'..=b'F' => digit - b'A' + 10,
        b'a'..=b'f' => digit - b'a' + 10,
        _ => FOREIGN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_cases_are_read_and_upper_case_is_written() {
        assert_eq!(decode("00fFa1").unwrap(), [0x00, 0xFF, 0xA1]);
        assert_eq!(encode(&[0x00, 0xFF, 0xA1]), "00FFA1");
        assert!(decode("").unwrap().is_empty());
    }

    #[test]
    fn an_odd_digit_and_a_foreign_character_are_named() {
        assert_eq!(decode("07913"), Err(HexError::Odd { digits: 5 }));
        assert_eq!(decode("07+C"), Err(HexError::Foreign { position: 2, character: '+' }));
        assert_eq!(decode("0é7"), Err(HexError::Foreign { position: 1, character: 'é' }));
        assert_eq!(decode("07 9"), Err(HexError::Foreign { position: 2, character: ' ' }));
    }

    proptest! {
        #[test]
        fn decoding_inverts_encoding(octets: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&octets)), Ok(octets));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let good = text.len() % 2 == 0 && text.chars().all(|sign| sign.is_ascii_hexdigit());
            prop_assert_eq!(decode(&text).is_ok(), good);
        }
    }
}
