//! Ticket numbers `P26-00123-0`: year, serial and check digit (procedure.md section 10).

use std::fmt;

/// Digits of the serial.
const SERIAL_DIGITS: usize = 5;

/// The last serial of a year.
pub const SERIAL_MAX: u32 = 99_999;

/// Not a ticket number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotATicketNumber {
    /// The form is another.
    #[error("a ticket number looks like P26-00123-0")]
    Form,
    /// The check digit does not fit: a digit was mistyped.
    #[error("the check digit does not fit")]
    CheckDigit,
    /// The year has used up its serials.
    #[error("a year has at most {SERIAL_MAX} ticket numbers")]
    Exhausted,
}

/// The number of a complaint: letter P, year, five-digit serial that restarts each 1 January, Luhn check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TicketNumber {
    year: u8,
    serial: u32,
}

impl TicketNumber {
    /// The number of `serial` in the year 20`year`.
    ///
    /// # Errors
    /// [`NotATicketNumber::Form`] for serial 0 or a year over 99, [`NotATicketNumber::Exhausted`] over five digits.
    pub const fn new(year: u8, serial: u32) -> Result<Self, NotATicketNumber> {
        if year > 99 || serial == 0 {
            Err(NotATicketNumber::Form)
        } else if serial > SERIAL_MAX {
            Err(NotATicketNumber::Exhausted)
        } else {
            Ok(Self { year, serial })
        }
    }

    /// Two digits.
    pub const fn year(self) -> u8 {
        self.year
    }

    /// From 1.
    pub const fn serial(self) -> u32 {
        self.serial
    }

    /// Reads a whole text as a number: with or without P, hyphens and spaces, in any case.
    ///
    /// # Errors
    /// [`NotATicketNumber`].
    pub fn parse(text: &str) -> Result<Self, NotATicketNumber> {
        let text = text.trim();
        let text = text.strip_prefix(['P', 'p']).unwrap_or(text);
        let mut digits = Vec::with_capacity(8);
        for character in text.chars() {
            match character.to_digit(10) {
                Some(digit) => digits.push(digit),
                None if is_separator(character) => {}
                None => return Err(NotATicketNumber::Form),
            }
        }
        from_digits(&digits)
    }

    /// What an officer types: a whole number, or the serial alone for one of the year `year`.
    ///
    /// # Errors
    /// [`NotATicketNumber`].
    pub fn parse_short(text: &str, year: u8) -> Result<Self, NotATicketNumber> {
        let text = text.trim();
        if (1..=SERIAL_DIGITS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Self::new(year, text.parse().map_err(|_| NotATicketNumber::Form)?);
        }
        Self::parse(text)
    }

    /// The first valid number inside of a sentence. Digits cut out of a longer row of digits are none.
    pub fn find_in(text: &str) -> Option<Self> {
        candidates(text).find_map(|candidate| Self::parse(&candidate).ok())
    }

    /// Whether a sentence holds something of the shape of a number, valid or not.
    pub fn is_meant_in(text: &str) -> bool {
        candidates(text).any(|candidate| candidate.starts_with(['P', 'p']) || candidate.len() >= 8)
    }

    fn digits(self) -> [u32; 7] {
        let year = u32::from(self.year);
        let serial = self.serial;
        [
            year / 10,
            year % 10,
            serial / 10_000 % 10,
            serial / 1_000 % 10,
            serial / 100 % 10,
            serial / 10 % 10,
            serial % 10,
        ]
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{:02}-{:05}-{}", self.year, self.serial, luhn(&self.digits()))
    }
}

const fn is_separator(character: char) -> bool {
    matches!(character, '-' | ' ' | '.' | '\u{a0}' | '\u{2010}'..='\u{2015}')
}

fn from_digits(digits: &[u32]) -> Result<TicketNumber, NotATicketNumber> {
    let [body @ .., check] = digits else { return Err(NotATicketNumber::Form) };
    let [tens, ones, serial @ ..] = body else { return Err(NotATicketNumber::Form) };
    if serial.len() != SERIAL_DIGITS {
        return Err(NotATicketNumber::Form);
    }
    if luhn(body) != *check {
        return Err(NotATicketNumber::CheckDigit);
    }
    let year = u8::try_from(tens * 10 + ones).map_err(|_| NotATicketNumber::Form)?;
    TicketNumber::new(year, serial.iter().fold(0, |value, digit| value * 10 + digit))
}

/// Luhn's check digit: counted from the right, every second digit (the last one first) is doubled.
fn luhn(digits: &[u32]) -> u32 {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match digit * (2 - u32::try_from(place % 2).unwrap_or(0)) {
            doubled if doubled > 9 => doubled - 9,
            single => single,
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Runs of eight digits with single separators between them, and the P in front where there is one.
fn candidates(text: &str) -> impl Iterator<Item = String> + '_ {
    let characters: Vec<char> = text.chars().collect();
    let digit_at =
        |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let joint_at = |at: Option<usize>| {
        at.and_then(|at| characters.get(at)).is_some_and(|c| matches!(c, '-' | '.'))
    };
    let starts: Vec<usize> = (0..characters.len())
        .filter(|at| {
            let before = at.checked_sub(1);
            let inside = digit_at(before) || (joint_at(before) && digit_at(at.checked_sub(2)));
            digit_at(Some(*at)) && !inside
        })
        .collect();
    starts.into_iter().filter_map(move |start| {
        let mut digits = String::new();
        let mut at = start;
        while let Some(character) = characters.get(at) {
            if character.is_ascii_digit() {
                digits.push(*character);
            } else if !(is_separator(*character)
                && digits.len() < 8
                && characters.get(at + 1).is_some_and(char::is_ascii_digit))
            {
                break;
            }
            at += 1;
        }
        let with_p = start
            .checked_sub(1)
            .and_then(|before| characters.get(before))
            .is_some_and(|before| matches!(before, 'P' | 'p'));
        let goes_on = matches!(characters.get(at), Some('-' | '.'))
            && characters.get(at + 1).is_some_and(char::is_ascii_digit);
        (digits.len() == 8 && !goes_on).then(|| if with_p { format!("P{digits}") } else { digits })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_their_check_digit() {
        for (year, serial, text) in
            [(26, 123, "P26-00123-0"), (26, 4071, "P26-04071-7"), (27, 17, "P27-00017-3")]
        {
            let number = TicketNumber::new(year, serial).unwrap();
            assert_eq!(number.to_string(), text);
            assert_eq!(TicketNumber::parse(text), Ok(number));
        }
    }

    #[test]
    fn any_spelling_is_read_and_a_wrong_digit_is_not() {
        let number = TicketNumber::new(26, 4071).unwrap();
        for text in ["p26040717", "P26-04071-7", "26 04071 7", "26-04071-7", " P26 04071-7 "] {
            assert_eq!(TicketNumber::parse(text), Ok(number), "{text}");
        }
        assert_eq!(TicketNumber::parse("P26-04071-8"), Err(NotATicketNumber::CheckDigit));
        for text in ["", "P", "P26-0407-7", "Q26-04071-7", "P26-04071-77", "P26-00000-8"] {
            assert!(TicketNumber::parse(text).is_err(), "{text}");
        }
        assert_eq!(TicketNumber::parse_short("123", 26), TicketNumber::new(26, 123));
        assert_eq!(TicketNumber::new(26, 100_000), Err(NotATicketNumber::Exhausted));
    }

    #[test]
    fn a_sentence_may_hold_a_number_but_not_inside_of_a_longer_one() {
        let text = "pak gmn kabar laporan sy no P26-20417-2 kok blm ada jawaban";
        assert_eq!(TicketNumber::find_in(text).unwrap().to_string(), "P26-20417-2");
        assert_eq!(TicketNumber::find_in("hub 081226001230 ya"), None);
        assert_eq!(TicketNumber::find_in("hub 0811-0000-2345 atau 0812.0000.7711"), None);
        assert_eq!(TicketNumber::find_in("tanpa nomor"), None);
        assert!(TicketNumber::is_meant_in("STATUS P26-00123-5"));
        assert!(!TicketNumber::is_meant_in("STATUS dong"));
    }

    proptest::proptest! {
        #[test]
        fn every_number_reads_back_and_every_single_mistake_is_found(year in 0u8..100, serial in 1u32..=99_999, place in 0usize..7, add in 1u32..10) {
            let number = TicketNumber::new(year, serial).unwrap();
            proptest::prop_assert_eq!(TicketNumber::parse(&number.to_string()), Ok(number));
            let mut digits: Vec<u32> = number.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
            digits[place] = (digits[place] + add) % 10;
            let text: String = digits.iter().map(u32::to_string).collect();
            proptest::prop_assert_eq!(TicketNumber::parse(&text), Err(NotATicketNumber::CheckDigit));
        }

        #[test]
        fn no_text_breaks_the_search(text in "\\PC*") {
            let _ = TicketNumber::find_in(&text);
        }
    }
}
