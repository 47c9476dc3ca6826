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

    /// The valid number inside of a sentence. Digits cut out of a longer row of digits are none.
    pub fn find_in(text: &str) -> Option<Self> {
        named(&mentions(text).collect::<Vec<_>>())
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

/// Something of the shape of a ticket number in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Byte offset of its P or first digit.
    pub start: usize,
    /// Byte offset just after its check digit.
    pub end: usize,
    /// Whether it carries the P or its two separators, so that it can hardly be anything else.
    pub marked: bool,
    /// The number, if the check digit fits.
    pub number: Result<TicketNumber, NotATicketNumber>,
}

/// Whatever a text holds of the shape of a ticket number, in order: two, five and one digits, with or without the P and
/// separators between them. Dates, telephone numbers, amounts and pieces of longer rows are left out.
pub fn mentions(text: &str) -> impl Iterator<Item = Mention> + '_ {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < characters.len() {
            let start = at;
            at += 1;
            if starts_row(&characters, start)
                && let Some((mention, behind)) = mention(&characters, start)
            {
                at = behind;
                return Some(mention);
            }
        }
        None
    })
}

/// The valid number among what a text mentions: the first that is marked as one, else the first. Eight digits in a row may be those
/// of a customer, a meter or a telephone.
pub fn named(mentions: &[Mention]) -> Option<TicketNumber> {
    let valid = |mention: &Mention| mention.number.ok();
    let marked = mentions.iter().filter(|mention| mention.marked).find_map(valid);
    marked.or_else(|| mentions.iter().find_map(valid))
}

/// Separators between two groups of digits, at most (`P26 - 00123 - 0`).
const SEPARATORS_MAX: usize = 3;

fn is_digit(characters: &[(usize, char)], at: Option<usize>) -> bool {
    at.and_then(|at| characters.get(at)).is_some_and(|(_, c)| c.is_ascii_digit())
}

/// What separates the groups of a number behind its P as well: `P26/00123/0`.
const fn is_loose_separator(character: char) -> bool {
    matches!(character, '/' | '_' | ':' | ',')
}

/// A digit of a number behind its P, where the letter O is a zero.
fn digit_or_o(character: char) -> Option<u32> {
    if matches!(character, 'O' | 'o') { Some(0) } else { character.to_digit(10) }
}

/// Digits that a number has too many of, at most; a longer row is something else.
const SURPLUS_MAX: usize = 2;

/// What was meant for a ticket number in a text that is a command or nothing else: whatever [`mentions`] finds, and a P with another
/// count of digits (`P26-00123`, `P26-0123-0`), which is none.
pub fn attempts(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = mentions(text).collect();
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    while at < characters.len() {
        if let Some((stump, behind)) = stump(&characters, at) {
            // One that stands within a mention is that mention, and so is one that holds it.
            if found.iter().all(|other| stump.end <= other.start || other.end <= stump.start) {
                found.push(stump);
            }
            at = behind;
        } else {
            at += 1;
        }
    }
    found.sort_unstable_by_key(|mention| mention.start);
    found
}

/// The P at `head` with its digits, and the place behind them. A blank ends it where no digit but the last is missing.
fn stump(characters: &[(usize, char)], head: usize) -> Option<(Mention, usize)> {
    let glued = |at: Option<usize>| {
        at.and_then(|at| characters.get(at)).is_some_and(|(_, c)| c.is_alphanumeric())
    };
    let (start, letter) = *characters.get(head)?;
    if !matches!(letter, 'P' | 'p') || glued(head.checked_sub(1)) {
        return None;
    }
    let mut at = head + 1;
    let mut digits = 0;
    loop {
        let rest = characters.get(at..).unwrap_or_default();
        let blank_ends = digits > SERIAL_DIGITS + 1;
        let gap = rest
            .iter()
            .take(SEPARATORS_MAX)
            .take_while(|(_, c)| {
                (is_separator(*c) && !(blank_ends && c.is_whitespace())) || is_loose_separator(*c)
            })
            .count();
        let begins = rest.get(gap).is_some_and(|(_, c)| c.is_ascii_digit())
            || (digits > 0 && rest.get(gap).is_some_and(|(_, c)| digit_or_o(*c).is_some()));
        if !begins {
            break;
        }
        let group = rest.iter().skip(gap).take_while(|(_, c)| digit_or_o(*c).is_some()).count();
        if glued(Some(at + gap + group)) {
            // "P26-00123 2x": what is glued to a letter is a word of its own.
            break;
        }
        digits += group;
        at += gap + group;
    }
    // A number's digits are two, five and one.
    let counts = (1..=2 + SERIAL_DIGITS + 1 + SURPLUS_MAX).contains(&digits);
    let (last, c) = characters.get(at.checked_sub(1)?)?;
    let (end, number) = (last + c.len_utf8(), Err(NotATicketNumber::Form));
    let marked = digits >= STUMP_DIGITS_MIN;
    counts.then_some((Mention { start, end, marked, number }, at))
}

/// Digits behind a P with which that is an attempt even where nothing else is said; with fewer, only beside a command.
const STUMP_DIGITS_MIN: usize = 4;

/// Whether a row of digits begins here, and not in the middle of an amount, a date or a time.
fn starts_row(characters: &[(usize, char)], at: usize) -> bool {
    let before = at.checked_sub(1);
    let joined = before
        .and_then(|before| characters.get(before))
        .is_some_and(|(_, c)| is_separator(*c) || matches!(c, ',' | '/' | ':'));
    let inside = is_digit(characters, before)
        || (joined && before.is_some_and(|before| is_digit(characters, before.checked_sub(1))));
    is_digit(characters, Some(at)) && !inside
}

/// The mention whose first digit stands at `first`, and the place behind it.
fn mention(characters: &[(usize, char)], first: usize) -> Option<(Mention, usize)> {
    let head = letters_before(characters, first);
    let mut at = first;
    let mut digits = Vec::with_capacity(8);
    let mut separated = 0;
    let parts = |c: char| is_separator(c) || (head.is_some() && is_loose_separator(c));
    for length in [2, SERIAL_DIGITS, 1] {
        let gap = characters.get(at..)?.iter().take_while(|(_, c)| parts(*c)).count();
        if gap > SEPARATORS_MAX {
            return None;
        }
        separated += usize::from(gap > 0);
        at += gap;
        for (_, c) in characters.get(at..at + length)? {
            digits.push(if head.is_some() { digit_or_o(*c) } else { c.to_digit(10) }?);
        }
        at += length;
    }
    let goes_on = |c: char| matches!(c, '-' | '.' | ',' | '/' | ':');
    let next = characters.get(at).map(|(_, c)| *c);
    if is_digit(characters, Some(at))
        || (next.is_some_and(goes_on) && is_digit(characters, Some(at + 1)))
    {
        return None;
    }
    let marked = separated == 2 || head.is_some();
    if head.is_none() {
        let glued = |at: Option<usize>| {
            at.and_then(|at| characters.get(at)).is_some_and(|(_, c)| c.is_alphabetic())
        };
        let currency = first
            .checked_sub(2)
            .and_then(|from| characters.get(from..first))
            .is_some_and(|two| two.iter().map(|(_, c)| c.to_ascii_lowercase()).eq(['r', 'p']));
        if glued(Some(at)) || currency || is_something_else(&digits) {
            return None;
        }
    }
    let start = characters.get(head.unwrap_or(first))?.0;
    let (last, c) = characters.get(at.checked_sub(1)?)?;
    let number = from_digits(&digits);
    Some((Mention { start, end: last + c.len_utf8(), marked, number }, at))
}

/// Where the P before the first digit stands, if it is a word of its own.
fn letters_before(characters: &[(usize, char)], first: usize) -> Option<usize> {
    let gap = characters
        .get(..first)?
        .iter()
        .rev()
        .take(SEPARATORS_MAX + 1)
        .take_while(|(_, c)| is_separator(*c))
        .count();
    let place = first.checked_sub(gap + 1)?;
    let alone = place
        .checked_sub(1)
        .and_then(|before| characters.get(before))
        .is_none_or(|(_, c)| !c.is_alphanumeric());
    (gap <= SEPARATORS_MAX && alone && matches!(characters.get(place)?.1, 'P' | 'p'))
        .then_some(place)
}

/// Eight digits without a P that are a date (`12112026`, `20261112`) or begin like a telephone number.
fn is_something_else(digits: &[u32]) -> bool {
    let value = |from: usize, length: usize| {
        digits.iter().skip(from).take(length).fold(0, |value, digit| value * 10 + digit)
    };
    let date = |day: u32, month: u32, year: u32| {
        (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..2100).contains(&year)
    };
    digits.first() == Some(&0)
        || date(value(0, 2), value(2, 2), value(4, 4))
        || date(value(6, 2), value(4, 2), value(0, 4))
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
    }

    #[test]
    fn any_spelling_is_found_in_a_sentence() {
        for text in [
            "cek p26001230 ya",
            "cek P26 00123 0",
            "cek P 26-00123-0",
            "cek P-26-00123-0, pak",
            "cek P26 - 00123 - 0.",
            "cek P26\u{2013}00123\u{2013}0",
            "no26001230",
            "26001230 2 hari lalu",
            "26 00123 0",
            "No.P26.00123.0",
            "(P26-00123-0)",
        ] {
            let found = TicketNumber::find_in(text).map(|number| number.to_string());
            assert_eq!(found.as_deref(), Some("P26-00123-0"), "{text}");
        }
    }

    #[test]
    fn dates_amounts_and_telephone_numbers_are_no_ticket_numbers() {
        for text in [
            "sejak 12-11-2025",
            "sejak 11-11-2026",
            "sejak 12112025",
            "tgl 20261117",
            "biaya Rp26.001.230",
            "biaya Rp26001230",
            "hub 0812 26001230",
            "hub 0812-2600-1230",
            "hub 08122600 1230",
            "rekening 2600-1230",
            "nilai 26001230,50",
            "kode 26001230x",
            "P26-00123-0-7",
        ] {
            assert_eq!(TicketNumber::find_in(text), None, "{text}");
        }
    }

    #[test]
    fn behind_a_p_an_o_is_a_zero_and_a_stroke_separates() {
        for text in ["P26-OO123-O", "p26oo1230", "P26/00123/0", "P26_00123_0", "cek P26-o0123-0 ya"]
        {
            let found = TicketNumber::find_in(text).map(|number| number.to_string());
            assert_eq!(found.as_deref(), Some("P26-00123-0"), "{text}");
        }
        for text in ["26/00123/0", "26-OO123-O", "XP26/00123/0", "P26/00123/5"] {
            assert_eq!(TicketNumber::find_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_p_with_another_count_of_digits_is_an_attempt() {
        for (text, expected) in [
            ("P26-00123", "P26-00123"),
            ("status P26-0123-0 ya", "P26-0123-0"),
            ("P2600123", "P2600123"),
            ("P26 0123 0", "P26 0123 0"),
            ("BELUM P26-00123 masih rusak", "P26-00123"),
            ("P26-001234-0", "P26-001234-0"),
            ("cek P26-OO12-O.", "P26-OO12-O"),
            ("P26-00123-5", "P26-00123-5"),
        ] {
            let found = attempts(text);
            let [attempt] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!(text.get(attempt.start..attempt.end), Some(expected));
            assert!(attempt.number.is_err() && attempt.marked, "{text}");
        }
        for text in ["P3K", "DP3A", "P 081234567890", "P", "pak 2600123", "26-00123", "DP26-00123"]
        {
            assert_eq!(attempts(text), [], "{text}");
        }
        let short = attempts("P26");
        assert!(!short[0].marked);
    }

    #[test]
    fn a_number_in_its_own_form_goes_before_eight_digits() {
        for text in ["pelanggan 12345674, laporan P26-00123-0", "26-00123-0 pelanggan 12345674"] {
            let found = TicketNumber::find_in(text).map(|number| number.to_string());
            assert_eq!(found.as_deref(), Some("P26-00123-0"), "{text}");
        }
        let alone = TicketNumber::find_in("pelanggan 12345674").map(|number| number.to_string());
        assert_eq!(alone.as_deref(), Some("P12-34567-4"));
    }

    #[test]
    fn a_mention_knows_its_place_and_its_mistake() {
        let text = "BELUM P26-00123-5 é P26-00123-0";
        let found: Vec<_> = mentions(text)
            .map(|mention| (text.get(mention.start..mention.end).unwrap(), mention.number.is_ok()))
            .collect();
        assert_eq!(found, [("P26-00123-5", false), ("P26-00123-0", true)]);
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

        /// Luhn finds every swap of neighbours but 09 and 90.
        #[test]
        fn two_neighbours_swapped_are_found(year in 0u8..100, serial in 1u32..=99_999, place in 0usize..7) {
            let number = TicketNumber::new(year, serial).unwrap();
            let mut digits: Vec<u32> = number.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
            let pair = (digits[place], digits[place + 1]);
            proptest::prop_assume!(pair.0 != pair.1 && pair != (0, 9) && pair != (9, 0));
            digits.swap(place, place + 1);
            let text: String = digits.iter().map(u32::to_string).collect();
            proptest::prop_assert!(TicketNumber::parse(&text).is_err());
            proptest::prop_assert_eq!(TicketNumber::find_in(&format!("no P{text} ya")), None);
        }

        #[test]
        fn a_number_is_found_in_any_sentence(year in 0u8..100, serial in 1u32..=99_999, before in "[a-zA-Z ,.]{0,20}", behind in "[a-zA-Z ,.]{0,20}") {
            let number = TicketNumber::new(year, serial).unwrap();
            let text = format!("{before} {number} {behind}");
            proptest::prop_assert_eq!(TicketNumber::find_in(&text), Some(number));
        }

        #[test]
        fn no_text_breaks_the_search(text in "\\PC*") {
            for mention in mentions(&text).chain(attempts(&text)) {
                proptest::prop_assert!(text.get(mention.start..mention.end).is_some());
            }
        }
    }
}
