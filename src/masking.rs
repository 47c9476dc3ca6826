//! Numbers in texts that name a person: NIK and KK of 16 digits, and telephone numbers, hidden but for their ends
//! (procedure.md 12.2). Masking too much of a line harms nobody: the opened ticket shows it all.

/// Digits of a NIK or KK.
const IDENTITY_DIGITS: usize = 16;

/// Digits of the shortest run that is taken for a NIK or KK: one of the 16 may be forgotten.
const IDENTITY_DIGITS_MIN: usize = 15;

/// Digits of a NIK or KK that stay visible at either end.
const IDENTITY_SHOWN: usize = 4;

/// Digits of a telephone number, with its country code.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=14;

/// Digits of a telephone number that stay visible at its end.
const PHONE_SHOWN: usize = 3;

/// What may stand between two groups of one number: that many characters.
const GAP_MAX: usize = 3;

/// A text in which no NIK or KK can be read: `3204********0001`, however its digits are parted.
pub fn identities(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for run in runs(&characters) {
        hide_identities(&mut characters, &run);
    }
    characters.into_iter().collect()
}

/// A text for whoever is not of the office: telephone numbers are masked too, `0812*****890`.
pub fn numbers(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for run in runs(&characters) {
        for rest in hide_identities(&mut characters, &run) {
            hide_phones(&mut characters, rest);
        }
    }
    characters.into_iter().collect()
}

/// Groups of digits that little parts from one another, as places in the text.
type Run = Vec<Vec<usize>>;

fn runs(characters: &[char]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut gap = usize::MAX;
    for (at, character) in characters.iter().enumerate() {
        if !character.is_numeric() {
            // Whatever does not show parts nothing: it is there to be copied along.
            if !is_invisible(*character) {
                gap = if may_part(*character) { gap.saturating_add(1) } else { usize::MAX };
            }
            continue;
        }
        match runs.last_mut() {
            Some(run) if gap == 0 => {
                if let Some(group) = run.last_mut() {
                    group.push(at);
                }
            }
            Some(run) if gap <= GAP_MAX => run.push(vec![at]),
            _ => runs.push(vec![vec![at]]),
        }
        gap = 0;
    }
    runs
}

fn may_part(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '.' | '-' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Neither a sign nor a space: what turns or joins the text around it.
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Hides the NIK and KK of a run: a group that is long enough is one by itself, what stands between such groups is one together.
/// What is left of the run holds none, and may hold a telephone number.
fn hide_identities<'run>(characters: &mut [char], run: &'run Run) -> Vec<&'run [Vec<usize>]> {
    let is_whole = |group: &Vec<usize>| group.len() >= IDENTITY_DIGITS;
    for group in run.iter().filter(|group| is_whole(group)) {
        hide(characters, group, IDENTITY_SHOWN, IDENTITY_SHOWN);
    }
    let mut rests = Vec::new();
    for parted in run.split(is_whole) {
        let digits = parted.concat();
        if digits.len() >= IDENTITY_DIGITS_MIN {
            hide(characters, &digits, IDENTITY_SHOWN, IDENTITY_SHOWN);
        } else {
            rests.push(parted);
        }
    }
    rests
}

/// Of these groups, and of each rest of them, the longest beginning that reads as a telephone number.
fn hide_phones(characters: &mut [char], groups: &[Vec<usize>]) {
    let mut rest = groups;
    while let Some((_, behind)) = rest.split_first() {
        let longest = (1..=rest.len()).rev().find(|count| {
            let digits: Vec<usize> = rest.iter().take(*count).flatten().copied().collect();
            is_phone(characters, &digits)
        });
        if let Some(count) = longest {
            let (number, others) = rest.split_at(count);
            hide(characters, &number.concat(), IDENTITY_SHOWN, PHONE_SHOWN);
            rest = others;
        } else {
            rest = behind;
        }
    }
}

fn is_phone(characters: &[char], places: &[usize]) -> bool {
    let digits: String = places.iter().filter_map(|at| characters.get(*at)).collect();
    let international = places
        .first()
        .and_then(|first| first.checked_sub(1))
        .is_some_and(|before| characters.get(before) == Some(&'+'));
    PHONE_DIGITS.contains(&digits.len())
        && (international || digits.starts_with(['0', '8']) || digits.starts_with("62"))
}

fn hide(characters: &mut [char], digits: &[usize], head: usize, tail: usize) {
    let hidden = digits.len().saturating_sub(head + tail);
    for at in digits.iter().skip(head).take(hidden) {
        if let Some(digit) = characters.get_mut(*at) {
            *digit = '*';
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nik_and_kk_are_masked_however_they_are_written() {
        for (written, shown) in [
            ("KTP 3204110405900001 belum jadi", "KTP 3204********0001 belum jadi"),
            ("3204 1104-0590.0001", "3204 ****-****.0001"),
            ("32.04.11.040590.0001", "32.04.**.******.0001"),
            ("3204 - 1104 - 0590 - 0001", "3204 - **** - **** - 0001"),
            ("nik:320411040590\u{200b}0001", "nik:3204********\u{200b}0001"),
            ("3204\u{a0}1104\u{202f}0590\n0001", "3204\u{a0}****\u{202f}****\n0001"),
            ("3204110405900001 3204110405900999", "3204********0001 3204********0999"),
            // A digit forgotten, a digit too many.
            ("320411040590001", "3204*******0001"),
            ("32041104059000012", "3204*********0012"),
        ] {
            assert_eq!(identities(written), shown);
            assert_eq!(numbers(written), shown);
        }
    }

    #[test]
    fn what_names_nobody_stays_as_it_is() {
        for text in [
            "",
            "RT 02/05, Jl. Melati 12",
            "24-11-2026 pukul 08.30",
            "Rp 1.500.000,00",
            "telepon 112 atau 1500-123",
            "P26-00123-0",
        ] {
            assert_eq!(identities(text), text);
            assert_eq!(numbers(text), text);
        }
        assert_eq!(identities("hubungi 081234567890"), "hubungi 081234567890");
    }

    #[test]
    fn telephone_numbers_do_not_leave_the_office() {
        for (written, shown) in [
            ("hubungi 081234567890 ya", "hubungi 0812*****890 ya"),
            ("+62 812-3456-7890", "+62 81*-****-*890"),
            ("0812 3456 7890, 0813.4567.8901", "0812 **** *890, 0813.****.*901"),
            ("no. 12 0812 3456 7890", "no. 12 0812 **** *890"),
            ("+60123456789", "+6012****789"),
            ("(0274) 123456", "(0274) 123456"),
            ("0274-123456", "0274-***456"),
        ] {
            assert_eq!(numbers(written), shown);
        }
    }

    #[test]
    fn a_number_beside_a_nik_is_masked_like_any_other() {
        for (written, shown) in [
            ("KK 3204110405900001 / 081234567890", "KK 3204********0001 / 0812*****890"),
            ("NIK 3204110405900001\n0812-3456-7890", "NIK 3204********0001\n0812-****-*890"),
            ("3204110405900001 +6281234567890", "3204********0001 +6281******890"),
            ("081234567890 - 3204110405900001", "0812*****890 - 3204********0001"),
            // A NIP has 18 digits.
            ("196801011990031001 081234567890", "1968**********1001 0812*****890"),
            (
                "3204110405900001 081234567890 3204110405900999",
                "3204********0001 0812*****890 3204********0999",
            ),
            // What names nobody there stays as it is, and within the office a telephone number does.
            ("3204110405900001 05-11-2026", "3204********0001 05-11-2026"),
            ("3204110405900001 / 112", "3204********0001 / 112"),
        ] {
            assert_eq!(numbers(written), shown);
        }
        let written = "3204110405900001 / 081234567890";
        assert_eq!(identities(written), "3204********0001 / 081234567890");
    }

    proptest! {
        /// Wherever a number of 16 digits stands and however it is parted, eight of its digits are not told.
        #[test]
        fn no_identity_is_told(
            digits in "[1-9][0-9]{15}",
            gaps in prop::collection::vec("[ .\\-/]{0,3}|\u{200b}", 15),
            before in "[a-z #:]{0,12}",
            after in "[a-z #:,]{0,12}",
        ) {
            let mut written = before;
            for (at, digit) in digits.chars().enumerate() {
                written.push(digit);
                if let Some(gap) = gaps.get(at) {
                    written.push_str(gap);
                }
            }
            written.push_str(&after);
            for shown in [identities(&written), numbers(&written)] {
                prop_assert_eq!(shown.chars().filter(|c| *c == '*').count(), 8);
                prop_assert_eq!(shown.chars().count(), written.chars().count());
                let told: String = shown.chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(told, format!("{}{}", &digits[..4], &digits[12..]));
            }
        }

        /// Beside a NIK, KK or NIP a mobile number is no more told than alone, whichever stands in front.
        #[test]
        fn no_mobile_number_is_told_beside_an_identity(
            identity in "[1-9][0-9]{14,17}",
            phone in "08[1-9][0-9]{7,9}",
            gap in "[ \n./\\-]{1,3}|, ",
            between in "[ .\\-]?",
        ) {
            let (head, tail) = phone.split_at(4);
            let phone_as_written = format!("{head}{between}{tail}");
            for written in [
                format!("{identity}{gap}{phone_as_written}"),
                format!("{phone_as_written}{gap}{identity}"),
                format!("{identity}{gap}{phone_as_written}{gap}{identity}"),
            ] {
                let shown = numbers(&written);
                let told: Vec<&str> = shown.split(|c: char| !c.is_ascii_digit()).collect();
                // Of each at most its ends, and ends that meet.
                prop_assert!(told.iter().all(|digits| digits.len() <= 8), "{}", shown);
                let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == '*').collect();
                for secret in [&identity, &phone] {
                    prop_assert!(!digits.contains(secret.as_str()), "{}", shown);
                }
            }
        }

        /// What is masked once is masked: a second time changes nothing, and only digits are ever changed.
        #[test]
        fn masking_hides_digits_and_nothing_else(text in "\\PC{0,60}") {
            for mask in [identities, numbers] {
                let shown = mask(&text);
                prop_assert_eq!(mask(&shown), shown.clone());
                for (before, after) in text.chars().zip(shown.chars()) {
                    prop_assert!(before == after || (before.is_numeric() && after == '*'));
                }
            }
        }

        /// A mobile number in a text is never told whole.
        #[test]
        fn no_mobile_number_is_told(digits in "08[1-9][0-9]{7,9}", before in "[a-z ]{0,9}", after in "[a-z ,]{0,9}") {
            let shown = numbers(&format!("{before}{digits}{after}"));
            prop_assert!(!shown.contains(&digits));
        }
    }
}
