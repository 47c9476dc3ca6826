//! The GSM 7-bit default alphabet, its extension, and septets in octets (3GPP TS 23.038 §6).

use super::national::{self, Language, Table};
use super::{DecodeError, EncodeError};

/// Announces that the next septet is read in the extension or single shift table (§6.2.1).
pub(super) const ESCAPE: u8 = 0x1B;

/// Filler of texts without a length (§6.1.2.3.1).
const CARRIAGE_RETURN: u8 = 0x0D;

/// Packs septets behind `fill_bits` empty bits, lowest bits first (§6.1.2.1.1); only the low seven bits count.
pub fn pack(septets: &[u8], fill_bits: u32) -> Vec<u8> {
    let mut octets = Vec::with_capacity(fill_bits as usize / 8 + septets.len() + 1);
    pack_into(&mut octets, septets, fill_bits);
    octets
}

/// Appends what [`pack`] makes, seven octets from eight septets at a time: the hot path of encoding.
pub(super) fn pack_into(octets: &mut Vec<u8>, septets: &[u8], fill_bits: u32) {
    let (skipped, fill_bits) = (fill_bits as usize / 8, fill_bits % 8);
    octets.resize(octets.len() + skipped, 0);
    let joined = |septets: &[u8]| {
        septets.iter().rev().fold(0u64, |bits, septet| bits << 7 | u64::from(septet & 0x7F))
    };
    // What the last group left over: never more than 7 bits, so that it and the next 56 fit.
    let mut carry = 0;
    let (groups, rest) = septets.as_chunks::<8>();
    for group in groups {
        let bits = joined(group) << fill_bits | carry;
        octets.extend(bits.to_le_bytes().iter().take(7));
        carry = bits >> 56;
    }
    let last = (joined(rest) << fill_bits | carry).to_le_bytes();
    octets.extend(last.iter().take((rest.len() * 7 + fill_bits as usize).div_ceil(8)));
}

/// Inverse of [`pack`]: reads `count` septets behind `fill_bits`.
///
/// # Errors
/// [`DecodeError::Truncated`] when `octets` is shorter than `count` septets need.
pub fn unpack(octets: &[u8], count: usize, fill_bits: u32) -> Result<Vec<u8>, DecodeError> {
    let short = DecodeError::Truncated { field: "TP-UD", position: octets.len() };
    let (skipped, fill_bits) = (fill_bits as usize / 8, fill_bits % 8);
    let octets = octets.get(skipped..).ok_or(short)?;
    if count.saturating_mul(7).saturating_add(fill_bits as usize) > octets.len() * 8 {
        return Err(short);
    }
    let mut septets = vec![0; count];
    if fill_bits == 0 {
        unpack_aligned(octets, &mut septets);
        return Ok(septets);
    }
    let mut octets = octets.iter().copied();
    // The bits of the first octet above the fill bits are the beginning.
    let mut waiting = u16::from(octets.next().unwrap_or_default()) >> fill_bits;
    let mut bits = 8 - fill_bits;
    for septet in &mut septets {
        if bits < 7 {
            waiting |= u16::from(octets.next().unwrap_or_default()) << bits;
            bits += 8;
        }
        *septet = waiting.to_le_bytes()[0] & 0x7F;
        waiting >>= 7;
        bits -= 7;
    }
    Ok(septets)
}

/// Packs a text whose length nobody will tell, as USSD strings are (§6.1.2.3.1): a CR fills an octet that would have room
/// for one more septet, and stands behind a CR that would be taken for such filler.
pub fn pack_unmeasured(septets: &[u8]) -> Vec<u8> {
    let filler = match (septets.len() % 8, septets.last()) {
        (7, _) | (0, Some(&CARRIAGE_RETURN)) => [CARRIAGE_RETURN].as_slice(),
        _ => &[],
    };
    pack(&[septets, filler].concat(), 0)
}

/// Inverse of [`pack_unmeasured`]: reads all septets that the octets hold, but for a CR that ends on the last octet.
pub fn unpack_unmeasured(octets: &[u8]) -> Vec<u8> {
    let mut septets = vec![0; octets.len() * 8 / 7];
    unpack_aligned(octets, &mut septets);
    if septets.len().is_multiple_of(8) && septets.last() == Some(&CARRIAGE_RETURN) {
        septets.pop();
    }
    septets
}

/// Fills `septets` from octets without fill bits, eight septets from seven octets at a time: the hot path of decoding.
/// There must be octets enough.
pub(super) fn unpack_aligned(octets: &[u8], septets: &mut [u8]) {
    let (groups, rest) = septets.as_chunks_mut::<8>();
    let (sevens, last) = octets.as_chunks::<7>();
    for (group, &[a, b, c, d, e, f, g]) in groups.iter_mut().zip(sevens) {
        *group = [
            a & 0x7F,
            (a >> 7 | b << 1) & 0x7F,
            (b >> 6 | c << 2) & 0x7F,
            (c >> 5 | d << 3) & 0x7F,
            (d >> 4 | e << 4) & 0x7F,
            (e >> 3 | f << 5) & 0x7F,
            (f >> 2 | g << 6) & 0x7F,
            g >> 1,
        ];
    }
    let tail = sevens.get(groups.len()).map_or(last, <[u8; 7]>::as_slice);
    let mut bits = tail.iter().rev().fold(0u64, |bits, octet| bits << 8 | u64::from(*octet));
    for septet in rest {
        *septet = bits.to_le_bytes()[0] & 0x7F;
        bits >>= 7;
    }
}

/// The two tables a text is read with.
#[derive(Clone, Copy)]
pub(super) struct Shifts {
    locking: &'static Table,
    single: &'static Table,
}

impl Shifts {
    /// The default alphabet and its extension.
    pub(super) const DEFAULT: Self = Self { locking: &BASIC, single: &EXTENSION };

    /// The tables of national language identifiers; one without a table falls back on the default (§6.2.1.2.4).
    pub(super) fn national(locking: Option<u8>, single: Option<u8>) -> Self {
        Self {
            locking: locking.and_then(national::locking).unwrap_or(&BASIC),
            single: single.and_then(national::single).unwrap_or(&EXTENSION),
        }
    }

    /// How many septets at the beginning are the very octets of their signs in ASCII, and so in UTF-8.
    pub(super) fn ascii_run(self, septets: &[u8]) -> usize {
        let same = |septet: &u8| self.sign(*septet) == char::from(*septet) && septet.is_ascii();
        septets.iter().position(|septet| !same(septet)).unwrap_or(septets.len())
    }

    /// The sign of a septet.
    pub(super) fn sign(self, septet: u8) -> char {
        self.locking.get(usize::from(septet)).copied().unwrap_or(' ')
    }

    /// The sign of a septet behind an escape: a second escape is a space, an unknown code the sign of the main table.
    pub(super) fn shifted_sign(self, septet: u8) -> char {
        match self.single.get(usize::from(septet)) {
            Some(' ') | None if septet == ESCAPE => ' ',
            Some(' ') | None => self.sign(septet),
            Some(sign) => *sign,
        }
    }
}

/// One character in GSM 7-bit: one septet, or an escape and one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Septets {
    Basic(u8),
    Extended(u8),
}

impl Septets {
    /// The code of a character in the default alphabet, or behind an escape in the extension table or the single shift
    /// table that takes its place.
    pub(super) fn of(character: char, single_shift: Option<Language>) -> Option<Self> {
        let shifted = || match single_shift {
            None => extended(character),
            Some(language) => national::code_behind_escape(language, character),
        };
        basic(character).map(Self::Basic).or_else(|| shifted().map(Self::Extended))
    }

    pub(super) const fn count(self) -> usize {
        match self {
            Self::Basic(_) => 1,
            Self::Extended(_) => 2,
        }
    }
}

/// A text as runs of characters whose codes are their very octets, each with the character behind it.
fn runs(text: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let run = Shifts::DEFAULT.ascii_run(text.as_bytes());
        let (letters, behind) = text.split_at_checked(run)?;
        let mut behind = behind.chars();
        let next = behind.next();
        rest = next.map(|_| behind.as_str());
        Some((letters, next))
    })
}

/// Septets that a text takes; nothing if a character has no code.
pub(super) fn count_septets(text: &str, single_shift: Option<Language>) -> Option<usize> {
    runs(text).try_fold(0, |count, (letters, next)| {
        let next = next.map_or(Some(0), |next| Some(Septets::of(next, single_shift)?.count()));
        Some(count + letters.len() + next?)
    })
}

/// Writes a text in the default alphabet and its extension, a septet an octet.
///
/// # Errors
/// [`EncodeError::Foreign`] names the first character that has no code.
pub fn encode_gsm7(text: &str) -> Result<Vec<u8>, EncodeError> {
    encode_septets(text, None)
}

/// The same with a single shift table in place of the extension.
pub(super) fn encode_septets(
    text: &str,
    single_shift: Option<Language>,
) -> Result<Vec<u8>, EncodeError> {
    let mut septets = Vec::with_capacity(text.len());
    for (letters, next) in runs(text) {
        septets.extend(letters.as_bytes());
        let Some(character) = next else { break };
        match Septets::of(character, single_shift).ok_or(EncodeError::Foreign { character })? {
            Septets::Basic(code) => septets.push(code),
            Septets::Extended(code) => septets.extend([ESCAPE, code]),
        }
    }
    Ok(septets)
}

/// Reads septets, one an octet, in the default alphabet and its extension; never fails.
pub fn decode_gsm7(septets: &[u8]) -> String {
    let mut text = super::text::Transcript::default();
    text.push_septets(septets, Shifts::DEFAULT);
    text.finish()
}

/// The characters of a text that the default alphabet and its extension lack, each once, in the order they come.
pub fn foreign(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for character in text.chars() {
        if Septets::of(character, None).is_none() && !found.contains(&character) {
            found.push(character);
        }
    }
    found
}

/// §6.2.1; the place of the escape is never looked up.
#[rustfmt::skip]
static BASIC: Table = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å',
    'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', ' ', 'Æ', 'æ', 'ß', 'É',
    ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?',
    '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§',
    '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à',
];

/// §6.2.1.1; a space stands where nothing is assigned.
#[rustfmt::skip]
static EXTENSION: Table = [
    ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', '\u{c}', ' ', ' ', ' ', ' ', ' ',
    ' ', ' ', ' ', ' ', '^', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
    ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', '{', '}', ' ', ' ', ' ', ' ', ' ', '\\',
    ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', '[', '~', ']', ' ',
    '|', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
    ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
    ' ', ' ', ' ', ' ', ' ', '€', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
    ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
];

/// Inverse of [`BASIC`].
const fn basic(character: char) -> Option<u8> {
    Some(match character {
        ' '..='#' | '%'..='?' | 'A'..='Z' | 'a'..='z' | '\n' | '\r' => character as u8,
        '@' => 0x00,
        '£' => 0x01,
        '$' => 0x02,
        '¥' => 0x03,
        'è' => 0x04,
        'é' => 0x05,
        'ù' => 0x06,
        'ì' => 0x07,
        'ò' => 0x08,
        'Ç' => 0x09,
        'Ø' => 0x0B,
        'ø' => 0x0C,
        'Å' => 0x0E,
        'å' => 0x0F,
        'Δ' => 0x10,
        '_' => 0x11,
        'Φ' => 0x12,
        'Γ' => 0x13,
        'Λ' => 0x14,
        'Ω' => 0x15,
        'Π' => 0x16,
        'Ψ' => 0x17,
        'Σ' => 0x18,
        'Θ' => 0x19,
        'Ξ' => 0x1A,
        'Æ' => 0x1C,
        'æ' => 0x1D,
        'ß' => 0x1E,
        'É' => 0x1F,
        '¤' => 0x24,
        '¡' => 0x40,
        'Ä' => 0x5B,
        'Ö' => 0x5C,
        'Ñ' => 0x5D,
        'Ü' => 0x5E,
        '§' => 0x5F,
        '¿' => 0x60,
        'ä' => 0x7B,
        'ö' => 0x7C,
        'ñ' => 0x7D,
        'ü' => 0x7E,
        'à' => 0x7F,
        _ => return None,
    })
}

/// Inverse of [`EXTENSION`].
const fn extended(character: char) -> Option<u8> {
    Some(match character {
        '\u{c}' => 0x0A,
        '^' => 0x14,
        '{' => 0x28,
        '}' => 0x29,
        '\\' => 0x2F,
        '[' => 0x3C,
        '~' => 0x3D,
        ']' => 0x3E,
        '|' => 0x40,
        '€' => 0x65,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_place_of_both_tables_has_its_way_back() {
        for septet in (0..128).filter(|septet| *septet != ESCAPE) {
            assert_eq!(
                Septets::of(Shifts::DEFAULT.sign(septet), None),
                Some(Septets::Basic(septet))
            );
            let sign = EXTENSION[usize::from(septet)];
            if sign != ' ' {
                assert_eq!(Septets::of(sign, None), Some(Septets::Extended(septet)));
            }
        }
        assert_eq!(EXTENSION.iter().filter(|sign| **sign != ' ').count(), 10);
        assert_eq!(Septets::of('\u{1b}', None), None);
    }

    #[test]
    fn no_other_character_has_a_code() {
        let coded =
            ('\0'..=char::MAX).filter(|character| Septets::of(*character, None).is_some()).count();
        assert_eq!(coded, 127 + 10);
    }

    #[test]
    fn a_single_shift_table_takes_the_place_of_the_extension() {
        assert_eq!(
            encode_septets("ğ[a", Some(Language::Turkish)).unwrap(),
            [ESCAPE, 0x67, ESCAPE, 0x3C, 0x61]
        );
        assert_eq!(count_septets("ğ[a", Some(Language::Turkish)), Some(5));
        assert_eq!(count_septets("ğ", None), None);
        assert_eq!(
            encode_septets("“", Some(Language::Turkish)),
            Err(EncodeError::Foreign { character: '“' })
        );
    }

    #[test]
    fn escapes_at_the_end_twice_and_before_unknown_codes_are_read() {
        assert_eq!(decode_gsm7(&[0x61, 0x1B, 0x41, 0x62]), "aAb");
        assert_eq!(decode_gsm7(&[0x61, 0x1B, 0x1B, 0x62]), "a b");
        assert_eq!(decode_gsm7(&[0x61, 0x1B]), "a ");
        assert_eq!(decode_gsm7(&[0x1B, 0x65, 0x1B, 0x0A, 0x0A]), "€\u{c}\n");
    }

    #[test]
    fn a_final_cr_is_filler_where_an_octet_was_left_over() {
        // Seven letters and filler, eight letters, and seven letters with a CR that is meant.
        assert_eq!(pack_unmeasured(b"1234567"), pack(b"1234567\r", 0));
        assert_eq!(unpack_unmeasured(&pack(b"1234567\r", 0)), b"1234567");
        assert_eq!(unpack_unmeasured(&pack_unmeasured(b"12345678")), b"12345678");
        assert_eq!(pack_unmeasured(b"1234567\r"), pack(b"1234567\r\r", 0));
        assert_eq!(unpack_unmeasured(&pack_unmeasured(b"1234567\r")), b"1234567\r\r");
        assert_eq!(unpack_unmeasured(&pack_unmeasured(b"*888#")), b"*888#");
        assert!(unpack_unmeasured(&[]).is_empty());
    }

    #[test]
    fn eight_letters_fill_seven_octets() {
        assert_eq!(pack(b"hellohello", 0), [0xE8, 0x32, 0x9B, 0xFD, 0x46, 0x97, 0xD9, 0xEC, 0x37]);
        assert_eq!(pack(b"12345678", 0).len(), 7);
        assert!(pack(&[], 0).is_empty());
        assert_eq!(pack(b"a", 1), [0xC2]);
    }

    #[test]
    fn foreign_characters_are_named_once() {
        assert_eq!(foreign("Jalan “rusak” [A] – “parah” 😀"), ['“', '”', '–', '😀']);
        assert_eq!(foreign("Kode {x} @ #1_2 ~ €"), []);
    }

    proptest! {
        #[test]
        fn unpacking_inverts_packing(septets in prop::collection::vec(0u8..128, 0..300), fill_bits in 0u32..20) {
            let octets = pack(&septets, fill_bits);
            prop_assert_eq!(octets.len(), (septets.len() * 7 + fill_bits as usize).div_ceil(8));
            prop_assert_eq!(unpack(&octets, septets.len(), fill_bits), Ok(septets));
        }

        #[test]
        fn a_text_without_a_length_survives(septets in prop::collection::vec(prop_oneof![0u8..128, Just(0x0D)], 0..190)) {
            // A CR that might be taken for filler is written, and read, twice: it is one line end all the same.
            let doubled = septets.len() % 8 == 0 && septets.last() == Some(&0x0D);
            let expected: Vec<u8> = septets.iter().copied().chain(doubled.then_some(0x0D)).collect();
            prop_assert_eq!(unpack_unmeasured(&pack_unmeasured(&septets)), expected);
        }

        #[test]
        fn counting_agrees_with_encoding(text in "[ -~€£äöüàΔΩğışç\n\r\u{c}]{0,40}", language in 0u8..14) {
            let language = Language::from_id(language);
            let septets = encode_septets(&text, language).ok();
            prop_assert_eq!(count_septets(&text, language), septets.as_ref().map(Vec::len));
            if let Some(septets) = septets {
                let mut read = super::super::text::Transcript::default();
                read.push_septets(&septets, Shifts::national(None, language.map(Language::id)));
                prop_assert_eq!(read.finish(), text);
            }
        }

        #[test]
        fn one_septet_too_many_is_refused(octets: Vec<u8>, fill_bits in 0u32..20) {
            let count = (octets.len() * 8).saturating_sub(fill_bits as usize) / 7;
            if octets.len() * 8 >= fill_bits as usize {
                prop_assert!(unpack(&octets, count, fill_bits).is_ok());
            }
            prop_assert!(unpack(&octets, count + 1, fill_bits).is_err());
        }

        #[test]
        fn text_of_the_alphabet_survives(text in "[ -~€£äöüàΔΩ\n\r\u{c}]*") {
            let text = text.replace('`', "");
            prop_assert_eq!(decode_gsm7(&encode_gsm7(&text).unwrap()), text);
        }
    }
}
