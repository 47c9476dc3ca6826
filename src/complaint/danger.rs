//! Whether a text tells of danger to life or home, now (procedure.md section 5). Who is in danger types in haste: letters held down and
//! a typing error in a long word do not matter here.

use super::hedges::{self, Pause};
use super::{flags, lexicon, spelling};

/// Whether danger is told of that nothing takes the alarm from, or the fire brigade is called.
pub(super) fn is_near(words: &[String], pauses: &[Pause]) -> bool {
    let words = as_meant(words);
    let told = |phrase: &&str| {
        flags::places(&words, phrase).any(|place| !hedges::hedge(&words, pauses, &place))
    };
    lexicon::EMERGENCY.iter().any(told) || brigade_is_called(&words, pauses)
}

/// Whether the fire brigade is called. Unlike other danger that is told by an address as well.
pub(super) fn calls_brigade(words: &[String], pauses: &[Pause]) -> bool {
    brigade_is_called(&as_meant(words), pauses)
}

fn brigade_is_called(words: &[String], pauses: &[Pause]) -> bool {
    lexicon::BRIGADE.iter().any(|phrase| {
        flags::places(words, phrase).any(|place| !hedges::hedge_call(words, pauses, &place))
    })
}

fn as_meant(words: &[String]) -> Vec<String> {
    (0..words.len())
        .filter_map(|at| {
            let (ahead, rest) = words.split_at_checked(at)?;
            Some(mended(rest.first()?, !is_named_place(ahead)))
        })
        .collect()
}

/// Whether what stands `ahead` makes a place's name of the next word. "Di jalan" mostly says only where something happens.
fn is_named_place(ahead: &[String]) -> bool {
    let before = |count: usize| {
        ahead.len().checked_sub(count).and_then(|at| ahead.get(at)).map_or("", String::as_str)
    };
    lexicon::BEFORE_PLACE_NAMES.contains(&before(1)) && (before(2), before(1)) != ("di", "jalan")
}

/// The word that was meant: one of danger where no other word is that near. Letters held down never matter, a typing error does where
/// none is `forgiven`.
fn mended(word: &str, forgiven: bool) -> String {
    let word = spelling::unstretched(word);
    if lexicon::NEAR_DANGER.contains(&word.as_str()) {
        return word;
    }
    // "Kebakarannya" tells of the same.
    let root = word.strip_suffix("nya").unwrap_or(&word);
    let exact = lexicon::DANGER_MISTYPED.iter().find(|danger| **danger == root);
    let near = || {
        let squeezed = spelling::squeezed(root);
        lexicon::DANGER_MISTYPED
            .iter()
            .find(|danger| is_mistyped(root, &squeezed, danger, forgiven))
    };
    exact.or_else(near).map_or(word.clone(), |danger| (*danger).to_owned())
}

/// Whether `word` is `danger` with one typing error if that is `forgiven`, doubled letters apart. The first letter is seldom missed.
fn is_mistyped(word: &str, squeezed: &str, danger: &str, forgiven: bool) -> bool {
    let near =
        word.len().abs_diff(danger.len()) <= 2 && word.chars().next() == danger.chars().next();
    near && {
        let danger = spelling::squeezed(danger);
        danger == squeezed || (forgiven && spelling::one_error_apart(&danger, squeezed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::text;

    #[test]
    fn a_word_typed_in_haste_is_the_one_that_was_meant() {
        for (typed, meant) in [
            ("kbakaran", "kebakaran"),
            ("kebkaran", "kebakaran"),
            ("kebakarannn", "kebakaran"),
            ("keebakarann", "kebakaran"),
            ("kebakaranya", "kebakaran"),
            ("kebakarannya", "kebakaran"),
            ("kecelakan", "kecelakaan"),
            ("kcelakaan", "kecelakaan"),
            ("tengelam", "tenggelam"),
            ("longsooor", "longsor"),
            ("lonsgor", "longsor"),
            ("begalll", "begal"),
            ("perampoksn", "perampokan"),
        ] {
            assert_eq!(mended(typed, true), meant, "{typed}");
        }
    }

    /// Words that citizens use, and those of which our tables know that they are words.
    #[test]
    fn no_other_word_is_taken_for_one_of_danger() {
        let known = [
            include_str!("../../tests/data/readings.tsv"),
            include_str!("../../tests/data/sample-complaints.tsv"),
            include_str!("../../tests/data/answers/questions.tsv"),
            include_str!("../../tests/data/answers/notes.tsv"),
            include_str!("terms/roots.txt"),
            include_str!("terms/words.tsv"),
            "kecewakan kepakaran terbayar terbatas terbesar terjerat terjerit tersendat longgar longser bongsor pendaratan",
            "keracauan kejahatan kebanyakan kecamatan kelalaian tabungan tertahan tertarik ketebak terlambat tawaran lanjut",
        ];
        let words = known.iter().flat_map(|text| text::words(text));
        let taken: Vec<String> = words
            .map(|word| spelling::unstretched(&word.folded))
            .filter(|word| {
                let root = word.strip_suffix("nya").unwrap_or(word);
                mended(word, true) != *word && !lexicon::DANGER_MISTYPED.contains(&root)
            })
            .collect();
        assert!(taken.is_empty(), "{taken:?}");
    }
}
