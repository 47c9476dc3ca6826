//! What a text is searched by: its words without abbreviations, affixes and fillers, each matter under one name. So
//! `lampu jalan padam` and `penerangan jln mati` come out the same.
//!
//! ```text
//! text ──> words ──> abbreviations (lexicon) ──> root (affixes, spelling) ──> phrase of the table ──> terms
//! ```
//!
//! The tables are data (`words.tsv`, `roots.txt`). Where either changes, so does [`digest`]: what was indexed by another one is
//! indexed anew.

mod affixes;
mod vocabulary;

use sha2::{Digest, Sha256};

use super::{abbreviations, text};
use vocabulary::Vocabulary;

/// To be raised where a change of the rules, and not of the tables, changes what comes out.
const RULES: u32 = 1;

/// Terms that a text is searched by at most: its first ones. A complaint of four SMS has some forty.
pub const TERMS_MAX: usize = 64;

/// The terms of a text, each once, in the order in which they come first. They are of ASCII letters and digits.
pub fn terms(text: &str) -> Vec<String> {
    let vocabulary = Vocabulary::get();
    let keys: Vec<String> = text::words(text)
        .iter()
        .filter_map(|word| spelt(&word.folded))
        .map(|word| vocabulary.key(abbreviations::plain(word)))
        .collect();
    let mut found: Vec<String> = Vec::new();
    let mut rest = keys.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let (names, taken) = vocabulary.longest(rest);
        let alone = std::slice::from_ref(first);
        let names = names.unwrap_or(alone);
        for name in names {
            if found.len() < TERMS_MAX && name.len() > 1 && !found.contains(name) {
                found.push(name.clone());
            }
        }
        rest = rest.get(taken..).unwrap_or(others);
    }
    found
}

/// The part of a word that is looked up: `jln2` is *jln*, `anak2nya` is *anak*; figures and what begins with one say nothing,
/// unless the tables hold them (`ak1`, `p3k`).
fn spelt(folded: &str) -> Option<&str> {
    if !folded.is_ascii() {
        return None;
    }
    if Vocabulary::get().holds(folded) {
        return Some(folded);
    }
    let letters = folded.bytes().take_while(u8::is_ascii_alphabetic).count();
    folded.get(..letters).filter(|letters| !letters.is_empty())
}

/// What these terms depend on beside the text: rules and tables.
pub fn digest() -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(RULES.to_be_bytes());
    for table in [vocabulary::WORDS, vocabulary::ROOTS] {
        hash.update(table);
        hash.update([0]);
    }
    for (short, long) in abbreviations::ABBREVIATIONS {
        hash.update(short);
        hash.update([0]);
        hash.update(long);
        hash.update([0]);
    }
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests;
