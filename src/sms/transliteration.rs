//! Typography to plain signs, so that a curly quote does not double the price of a message.

/// Rewrites quotes, dashes, dots and spaces of word processors as GSM 7-bit has them; all else stays as it is.
///
/// The procedure (section 13) has this done before an outgoing text is counted; what [`super::foreign`] still finds
/// in the result is the writer's to decide.
pub fn transliterate(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match replacement(character) {
            Some(signs) => plain.push_str(signs),
            None => plain.push(character),
        }
    }
    plain
}

/// Invisible joiners (U+200C, U+200D) are left alone: in emoji and in Asian scripts they mean something.
const fn replacement(character: char) -> Option<&'static str> {
    Some(match character {
        // Quotes, primes, and accents that stand alone.
        '\u{2018}'..='\u{201B}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{2039}'
        | '\u{203A}'
        | '\u{02B9}'
        | '\u{02BB}'
        | '\u{02BC}'
        | '\u{02C8}'
        | '\u{02CA}'
        | '\u{02CB}'
        | '`'
        | '\u{00B4}'
        | '\u{FF07}'
        | '\u{FF40}' => "'",
        '\u{201C}'..='\u{201F}'
        | '\u{2033}'
        | '\u{2036}'
        | '\u{00AB}'
        | '\u{00BB}'
        | '\u{FF02}' => "\"",
        '\u{2034}' => "'''",
        // Hyphens, dashes, the minus sign, and dots that open lists.
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}'
        | '\u{2022}'
        | '\u{2023}'
        | '\u{25AA}'
        | '\u{25CF}'
        | '\u{00B7}' => "-",
        '\u{2024}' => ".",
        '\u{2025}' => "..",
        '\u{2026}' => "...",
        // Spaces of any width, and the tabulator.
        '\t' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => " ",
        '\u{2028}' | '\u{2029}' | '\u{0085}' | '\u{000B}' => "\n",
        // Marks nobody sees: soft hyphen, zero width space, word joiner, byte order.
        '\u{00AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' => "",
        // Ligatures that come out of printed documents, and signs with a plain twin.
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{00D7}' => "x",
        '\u{2044}' | '\u{2215}' => "/",
        '\u{2030}' => "o/oo",
        '\u{00BD}' => "1/2",
        '\u{00BC}' => "1/4",
        '\u{00BE}' => "3/4",
        '\u{2116}' => "No",
        '\u{2122}' => "(TM)",
        '\u{00A9}' => "(c)",
        '\u{00AE}' => "(R)",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::foreign;
    use proptest::prelude::*;

    #[test]
    fn what_word_processors_write_becomes_plain() {
        for (text, plain) in [
            ("“Jalan rusak” – tolong diperbaiki…", "\"Jalan rusak\" - tolong diperbaiki..."),
            ("Jum‘at, jum’at, jum`at", "Jum'at, jum'at, jum'at"),
            ("Rp\u{a0}1.500\u{2009}—\u{202f}lunas", "Rp 1.500 - lunas"),
            ("pem\u{ad}berita\u{200b}huan", "pemberitahuan"),
            ("• RT 03\u{2028}• RT 04", "- RT 03\n- RT 04"),
        ] {
            assert_eq!(transliterate(text), plain);
            assert_eq!(foreign(plain), []);
        }
    }

    #[test]
    fn letters_and_emoji_stay_for_the_writer_to_decide() {
        for text in
            ["Terima kasih 🙏", "👩\u{200d}⚕️", "ꦱꦸꦒꦼꦁ", "crème brûlée", "[A] {x} ~ ^ \\ | €\r\n"]
        {
            assert_eq!(transliterate(text), text);
        }
    }

    #[test]
    fn every_replacement_is_in_the_alphabet() {
        for character in '\0'..=char::MAX {
            if let Some(signs) = replacement(character) {
                assert_eq!(foreign(signs), [], "{character:?}");
                assert_eq!(foreign(&character.to_string()), [character], "it was plain already");
            }
        }
    }

    proptest! {
        #[test]
        fn once_is_enough(text: String) {
            let plain = transliterate(&text);
            prop_assert_eq!(transliterate(&plain), plain);
        }
    }
}
