//! Characters and words of a citizen's text: where each word stands, and how it is spelt once case, accents and
//! invisible marks no longer matter. Nothing here changes the text; it only points into it.

/// A word of the text: a run of letters and digits, with the bytes it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Byte offset of the first letter.
    pub start: usize,
    /// Byte offset just after the last letter.
    pub end: usize,
    /// Lower case, without accents, apostrophes and invisible marks.
    pub folded: String,
    /// Whether a sentence ended between the word before and this one.
    pub opens_sentence: bool,
}

/// A full stop after fewer letters than this ends an abbreviation (`jl.`, `no.`, `Yth.`), not a sentence.
const ABBREVIATION_LETTERS_MAX: usize = 3;

/// Zero-width and direction marks, which WhatsApp and copying leave in a text.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Marks, and what only dresses the character before it: accents, variation selectors, keycaps.
pub(super) fn is_invisible(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}')
}

/// The number sign between code and body, also in its full-width form.
pub(super) fn is_hash(c: char) -> bool {
    c == '#' || c == '\u{FF03}'
}

/// A hyphen in any of its forms.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

/// Trims blanks and marks, but leaves the selectors that emoji end in.
pub(super) fn trim(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c))
        .trim_end_matches(|c: char| c.is_whitespace() || is_mark(c))
}

/// The words of `text`, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut stopped = true;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            let word = open.get_or_insert_with(|| Word {
                start: at,
                end: at,
                folded: String::new(),
                opens_sentence: std::mem::take(&mut stopped),
            });
            word.end = at + c.len_utf8();
            fold_into(&mut word.folded, c);
        } else if open.is_some() && (is_invisible(c) || (is_apostrophe(c) && joins(chars.peek()))) {
        } else {
            if let Some(word) = open.take() {
                let short = word.folded.chars().count() <= ABBREVIATION_LETTERS_MAX;
                stopped |= c == '.' && !short && !joins(chars.peek());
                words.push(word);
            }
            stopped |= matches!(c, '!' | '?' | '\n' | ';');
        }
    }
    words.extend(open);
    words
}

/// Letters and digits only, lower case: the form in which codes and names are compared.
pub(super) fn squash(text: &str) -> String {
    words(text).into_iter().map(|word| word.folded).collect()
}

fn joins(next: Option<&(usize, char)>) -> bool {
    next.is_some_and(|(_, c)| c.is_alphanumeric())
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2BC}')
}

fn fold_into(folded: &mut String, c: char) {
    let plain = match c {
        // Full-width forms stand at a fixed distance from ASCII.
        '\u{FF10}'..='\u{FF5A}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    // "İ" becomes an i and a dot: what only dresses a letter is left out again.
    for lower in plain.to_lowercase().filter(|lower| !is_invisible(*lower)) {
        folded.push(match lower {
            'à' | 'á' | 'â' | 'ä' | 'å' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            other => other,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn a_word_is_the_same_in_any_dress() {
        for text in [
            "DISHUB",
            "DİSHUB",
            "dıshub",
            "dis\u{200B}hub",
            "*DisHub*",
            "ＤＩＳＨＵＢ",
            "\u{202A}dishub\u{202C}",
        ] {
            assert_eq!(folded(text), ["dishub"], "{text:?}");
        }
        assert_eq!(folded("Assalamu'alaikum ngalèr ta'"), ["assalamualaikum", "ngaler", "ta"]);
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "🙏 Satpol-PP";
        let spans: Vec<_> =
            words(text).iter().map(|word| text.get(word.start..word.end).unwrap()).collect();
        assert_eq!(spans, ["Satpol", "PP"]);
        assert_eq!(squash(text), "satpolpp");
    }

    #[test]
    fn an_abbreviation_does_not_end_a_sentence() {
        let opening: Vec<_> = words("lampu jl. Melati mati. tolong! cepat 10.000")
            .into_iter()
            .filter(|word| word.opens_sentence)
            .map(|word| word.folded)
            .collect();
        assert_eq!(opening, ["lampu", "tolong", "cepat"]);
    }

    #[test]
    fn trimming_leaves_an_emoji_whole() {
        assert_eq!(trim(" \u{200B}\u{FE0F}mati ❤\u{FE0F}\u{200E} "), "mati ❤\u{FE0F}");
    }
}
