//! Telephone numbers as they are received, typed, kept and masked.

use std::fmt;

/// Indonesia, where the office stands.
const COUNTRY: &str = "62";

/// A country code that nobody has (ITU-T E.164, spare).
const PSEUDONYM: &str = "+999";

/// International prefixes that a number may carry in front of the country code.
const PREFIXES: [&str; 5] = ["001", "007", "008", "009", "00"];

/// Not a number that an SMS can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a telephone number")]
pub struct NotANumber;

/// A subscriber number in E.164 form: `+`, then 8 to 15 digits. Safe inside an AT line by construction.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads `08…`, `8…`, `62…`, `+62…`, `0062…` and foreign `+…` as citizens, staff and networks write them.
    ///
    /// # Errors
    /// [`NotANumber`] for alphanumeric senders, short codes, service codes and anything over 15 digits.
    pub fn parse(raw: &str) -> Result<Self, NotANumber> {
        let (digits, international) = digits(raw)?;
        let (country, national) = if let Some(rest) = digits.strip_prefix(COUNTRY)
            && (international || (8..=13).contains(&rest.len()))
        {
            // "+62 0812…": the trunk 0 was left in by mistake.
            (COUNTRY, rest.strip_prefix('0').unwrap_or(rest))
        } else if international {
            ("", digits.as_str())
        } else if let Some(rest) = digits.strip_prefix('0')
            && (8..=12).contains(&rest.len())
            && !rest.starts_with('0')
        {
            (COUNTRY, rest)
        } else if digits.starts_with('8') && (9..=12).contains(&digits.len()) {
            (COUNTRY, digits.as_str())
        } else {
            return Err(NotANumber);
        };
        let number = format!("+{country}{national}");
        if !(9..=16).contains(&number.len()) || number.starts_with("+0") {
            return Err(NotANumber);
        }
        Ok(Self(number))
    }

    /// Nobody's: what stands for the number of a complaint that was destroyed.
    pub const NOBODY: &str = "+999000000000000";

    /// What stands for a number that is kept no longer: `+999` and twelve digits. No country has that code, so that it is
    /// nobody's number, and is told from one.
    pub fn pseudonym(figure: u64) -> Self {
        const FIGURES: u64 = 1_000_000_000_000;
        Self(format!("{PSEUDONYM}{:012}", figure % FIGURES))
    }

    /// Whether it stands for a number that is kept no longer: nothing can be sent to it.
    pub fn is_pseudonym(&self) -> bool {
        self.0.starts_with(PSEUDONYM)
    }

    /// The whole number: for the line and the database, never for a log.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As staff dial it: `0812…`; a foreign number keeps its `+`.
    pub fn local(&self) -> String {
        self.0.strip_prefix("+62").map_or_else(|| self.0.clone(), |rest| format!("0{rest}"))
    }
}

/// The digits that were typed without what stands between them, and whether they begin with a country code.
fn digits(raw: &str) -> Result<(String, bool), NotANumber> {
    let mut digits = String::with_capacity(raw.len());
    let mut international = false;
    for character in raw.trim().chars() {
        match character {
            '+' if digits.is_empty() && !international => international = true,
            '0'..='9' => digits.push(character),
            // Also the hyphens and direction marks that telephones put into a number that is copied.
            '-'
            | '.'
            | '('
            | ')'
            | '/'
            | '\u{2010}'..='\u{2015}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' => {}
            space if space.is_whitespace() && !space.is_control() => {}
            _ => return Err(NotANumber),
        }
    }
    if !international
        && let Some(rest) = PREFIXES.iter().find_map(|prefix| {
            digits.strip_prefix(prefix).filter(|rest| rest.starts_with(COUNTRY) || *prefix == "00")
        })
    {
        digits = rest.to_owned();
        international = true;
    }
    Ok((digits, international))
}

/// How numbers of some network or place begin, in E.164 form: `+`, then 1 to 14 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// Reads `0811`, `811`, `62811`, `+62811`, `0062811` and foreign `+…`.
    ///
    /// # Errors
    /// [`NotANumber`] for what no subscriber's number begins with.
    pub fn parse(raw: &str) -> Result<Self, NotANumber> {
        let (digits, international) = digits(raw)?;
        let prefix = if let Some(rest) = digits.strip_prefix(COUNTRY) {
            format!("+{COUNTRY}{}", rest.strip_prefix('0').unwrap_or(rest))
        } else if international {
            format!("+{digits}")
        } else {
            let rest = digits.strip_prefix('0').unwrap_or(&digits);
            if rest.is_empty() || (rest == digits && !rest.starts_with('8')) {
                return Err(NotANumber);
            }
            format!("+{COUNTRY}{rest}")
        };
        let national = prefix.strip_prefix("+62").unwrap_or(&prefix);
        if !(2..=15).contains(&prefix.len())
            || prefix.starts_with("+0")
            || national.starts_with('0')
        {
            return Err(NotANumber);
        }
        Ok(Self(prefix))
    }

    /// In E.164 form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the number begins so.
    pub fn leads(&self, number: &PhoneNumber) -> bool {
        number.0.starts_with(&self.0)
    }
}

/// Masked: `+62 812-****-*345`.
impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits: Vec<char> = self.0.chars().skip(1).collect();
        let tail: String = digits.iter().skip(digits.len().saturating_sub(3)).collect();
        match self.0.strip_prefix("+62").map(|rest| rest.chars().take(3).collect::<String>()) {
            Some(head) if digits.len() >= 10 => write!(f, "+62 {head}-****-*{tail}"),
            _ => {
                let head: String = digits.iter().take(2).collect();
                write!(f, "+{head}****{tail}")
            }
        }
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({self})")
    }
}

/// Who a message is from, or a report about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// Somebody with a telephone.
    Subscriber(PhoneNumber),
    /// A service: 3 to 6 digits.
    ShortCode(String),
    /// A name instead of a number.
    Alphanumeric(String),
    /// Digits that make no number.
    Odd(String),
    /// No address at all.
    Unknown,
}

/// Why a sender is never answered (it costs, starts a service, or loops with a machine).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unanswerable(pub &'static str);

impl Party {
    /// Reads an address of a TPDU: its text and its type of number (3GPP TS 23.040 §9.1.2.5).
    pub fn from_address(text: &str, type_of_number: u8) -> Self {
        const INTERNATIONAL: u8 = 1;
        const NATIONAL: u8 = 2;
        const ALPHANUMERIC: u8 = 5;
        let text = text.trim();
        if text.is_empty() {
            return Self::Unknown;
        }
        let is_digits = text.strip_prefix('+').unwrap_or(text).chars().all(|c| c.is_ascii_digit());
        if type_of_number == ALPHANUMERIC || text.chars().any(char::is_alphabetic) {
            return Self::Alphanumeric(text.to_owned());
        }
        if !is_digits {
            return Self::Odd(text.to_owned());
        }
        let digits = text.trim_start_matches('+');
        if (3..=6).contains(&digits.len()) {
            return Self::ShortCode(digits.to_owned());
        }
        let international = type_of_number == INTERNATIONAL && !text.starts_with('+');
        let number = if international {
            PhoneNumber::parse(&format!("+{digits}"))
        } else {
            // A national number of a fixed line is told by its type only: it lacks the 0 and is no mobile's.
            PhoneNumber::parse(text).or_else(|error| match type_of_number {
                NATIONAL => PhoneNumber::parse(&format!("0{digits}")),
                _ => Err(error),
            })
        };
        // Whoever writes under a pseudonym is not the one for whom it stands.
        match number {
            Ok(number) if number.is_pseudonym() => Self::Odd(digits.to_owned()),
            Ok(number) => Self::Subscriber(number),
            Err(NotANumber) => Self::Odd(text.to_owned()),
        }
    }

    /// The canonical form that is stored and matched.
    pub fn key(&self) -> String {
        match self {
            Self::Subscriber(number) => number.reveal().to_owned(),
            Self::ShortCode(text) | Self::Odd(text) => text.clone(),
            Self::Alphanumeric(text) => {
                text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
            }
            Self::Unknown => String::new(),
        }
    }

    /// The stored token of its kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Subscriber(_) => "subscriber",
            Self::ShortCode(_) => "short-code",
            Self::Alphanumeric(_) => "alphanumeric",
            Self::Odd(_) => "odd",
            Self::Unknown => "unknown",
        }
    }

    /// The number to answer to.
    ///
    /// # Errors
    /// [`Unanswerable`] for services, names, special numbers and what is no number.
    pub fn answerable(&self) -> Result<&PhoneNumber, Unanswerable> {
        /// Free, shared cost, universal access, premium, call centres, emergency: none is a citizen.
        const SPECIAL: [&str; 8] =
            ["+62800", "+62804", "+62807", "+62809", "+621500", "+6214", "+62110", "+62112"];
        match self {
            Self::Subscriber(number) => {
                if SPECIAL.iter().any(|prefix| number.reveal().starts_with(prefix)) {
                    return Err(Unanswerable("a special number"));
                }
                Ok(number)
            }
            Self::ShortCode(_) => Err(Unanswerable("a short code")),
            Self::Alphanumeric(_) => Err(Unanswerable("a name instead of a number")),
            Self::Odd(_) => Err(Unanswerable("an odd number")),
            Self::Unknown => Err(Unanswerable("no number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_subscriber_has_many_spellings() {
        for raw in [
            "+6281234567890",
            "6281234567890",
            "081234567890",
            "81234567890",
            "+62081234567890",
            "62081234567890",
            "006281234567890",
            "0016281234567890",
            "0076281234567890",
            "0812-3456-7890",
            "0812 3456 7890",
            "(0812) 34567890",
            "+62\u{a0}812-3456-7890",
        ] {
            assert_eq!(PhoneNumber::parse(raw).unwrap().reveal(), "+6281234567890", "{raw}");
        }
        assert_eq!(PhoneNumber::parse("0811123456").unwrap().reveal(), "+62811123456");
        assert_eq!(PhoneNumber::parse("0221234567").unwrap().reveal(), "+62221234567");
        assert_eq!(PhoneNumber::parse("+60123456789").unwrap().reveal(), "+60123456789");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for raw in [
            "3636",
            "1112",
            "123",
            "89887",
            "62812",
            "",
            "*123#",
            "TELKOMSEL",
            "+62812\r345678",
            "+1234567890123456",
        ] {
            assert_eq!(PhoneNumber::parse(raw), Err(NotANumber), "{raw}");
        }
    }

    #[test]
    fn a_prefix_is_spelt_like_a_number_and_leads_those_that_begin_so() {
        for (raw, prefix) in [
            ("0811", "+62811"),
            ("811", "+62811"),
            ("62811", "+62811"),
            ("+62811", "+62811"),
            ("+62 0811", "+62811"),
            ("0062-811", "+62811"),
            ("00162811", "+62811"),
            ("021", "+6221"),
            ("+62", "+62"),
            ("+60", "+60"),
            ("0060", "+60"),
        ] {
            assert_eq!(Prefix::parse(raw).map(|prefix| prefix.0), Ok(prefix.to_owned()), "{raw}");
        }
        for raw in ["", "+", "0", "00", "000", "11", "TSEL", "0811*", "+0", "081234567890123"] {
            assert_eq!(Prefix::parse(raw), Err(NotANumber), "{raw}");
        }
        let number = PhoneNumber::parse("081112345678").unwrap();
        let leads = |raw| Prefix::parse(raw).unwrap().leads(&number);
        assert!(leads("0811") && leads("+6281112345678") && !leads("0812") && !leads("+60"));
    }

    #[test]
    fn a_number_pasted_from_a_chat_is_read() {
        for raw in [
            "+62\u{a0}812-3456-7890",
            "\u{202a}+62 812\u{2011}3456\u{2011}7890\u{202c}",
            "\u{2066}0812 3456 7890\u{2069}",
            "+62\u{202f}812\u{2013}3456\u{2013}7890",
        ] {
            assert_eq!(PhoneNumber::parse(raw).unwrap().reveal(), "+6281234567890", "{raw:?}");
        }
    }

    /// Address and type of number as received, its kind, the key it is matched by, and whether it is ever answered.
    #[test]
    fn parties_are_told_apart() {
        for (text, type_of_number, kind, key, answered) in [
            ("+6281234567890", 1, "subscriber", "+6281234567890", true),
            ("6281234567890", 0, "subscriber", "+6281234567890", true),
            ("6281234567890", 1, "subscriber", "+6281234567890", true),
            ("081234567890", 0, "subscriber", "+6281234567890", true),
            ("081234567890", 2, "subscriber", "+6281234567890", true),
            ("81234567890", 2, "subscriber", "+6281234567890", true),
            ("81234567890", 0, "subscriber", "+6281234567890", true),
            ("62081234567890", 1, "subscriber", "+6281234567890", true),
            ("006281234567890", 0, "subscriber", "+6281234567890", true),
            ("0016281234567890", 0, "subscriber", "+6281234567890", true),
            ("0811123456", 0, "subscriber", "+62811123456", true),
            ("0221234567", 0, "subscriber", "+62221234567", true),
            ("221234567", 2, "subscriber", "+62221234567", true),
            ("60123456789", 1, "subscriber", "+60123456789", true),
            ("3636", 0, "short-code", "3636", false),
            ("1112", 3, "short-code", "1112", false),
            ("123", 0, "short-code", "123", false),
            ("89887", 4, "short-code", "89887", false),
            ("62812", 0, "short-code", "62812", false),
            ("1708", 6, "short-code", "1708", false),
            ("112", 0, "short-code", "112", false),
            ("14045", 0, "short-code", "14045", false),
            ("1500123", 0, "odd", "1500123", false),
            ("+999000000000000", 1, "odd", "999000000000000", false),
            ("221234567", 0, "odd", "221234567", false),
            ("*123#", 0, "odd", "*123#", false),
            ("TELKOMSEL", 5, "alphanumeric", "TELKOMSEL", false),
            ("by. U", 5, "alphanumeric", "BY.U", false),
            ("3636", 5, "alphanumeric", "3636", false),
            ("3INFO", 0, "alphanumeric", "3INFO", false),
            ("", 0, "unknown", "", false),
            (" ", 5, "unknown", "", false),
            ("08001234567", 0, "subscriber", "+628001234567", false),
            ("08041234567", 0, "subscriber", "+628041234567", false),
            ("08071234567", 0, "subscriber", "+628071234567", false),
            ("08091234567", 0, "subscriber", "+628091234567", false),
            ("621500123", 1, "subscriber", "+621500123", false),
        ] {
            let party = Party::from_address(text, type_of_number);
            let found = (party.kind(), party.key(), party.answerable().is_ok());
            assert_eq!(found, (kind, key.to_owned(), answered), "{text} {type_of_number}");
        }
    }

    proptest::proptest! {
        /// However a mobile number is spelt, it is one subscriber, and safe in an AT line.
        #[test]
        fn every_spelling_is_one_subscriber(national in "8[1-35-9][0-9]{7,10}") {
            for head in ["0", "62", "+62", "0062", "00162", "+620", ""] {
                let raw = format!("{head}{national}");
                let number = PhoneNumber::parse(&raw).unwrap();
                proptest::prop_assert_eq!(number.reveal(), format!("+62{national}"), "{}", raw);
                proptest::prop_assert_eq!(number.local(), format!("0{national}"));
            }
        }

        #[test]
        fn whatever_is_read_is_digits_behind_a_plus(raw in "\\PC*") {
            if let Ok(number) = PhoneNumber::parse(&raw) {
                let digits = number.reveal().strip_prefix('+').unwrap();
                proptest::prop_assert!((8..=15).contains(&digits.len()));
                proptest::prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
    }

    #[test]
    fn numbers_are_masked_unless_revealed() {
        let number = PhoneNumber::parse("081234567345").unwrap();
        assert_eq!(number.to_string(), "+62 812-****-*345");
        assert_eq!(format!("{number:?}"), "PhoneNumber(+62 812-****-*345)");
        assert_eq!(PhoneNumber::parse("+60123456789").unwrap().to_string(), "+60****789");
        assert_eq!(number.local(), "081234567345");
    }
}
