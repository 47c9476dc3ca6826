//! The tables of terms, ready for lookup: which words are known, and what phrases mean.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::{abbreviations, spelling};
use super::affixes;

/// Phrases and what they mean.
pub(super) const WORDS: &str = include_str!("words.tsv");

/// Root words.
pub(super) const ROOTS: &str = include_str!("roots.txt");

/// The name of a phrase that says nothing.
const NOTHING: &str = "-";

/// Letters from which on a typing error is looked for.
const ERROR_LETTERS_MIN: usize = 5;

/// Consonants from which on a word may be one written without its vowels.
const SKELETON_LETTERS_MIN: usize = 3;

/// A phrase behind its first word, and what it means.
#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    names: Vec<String>,
}

/// The tables.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Words that are looked up as they are.
    known: HashSet<&'static str>,
    /// Known words by their consonants: `jmbtn` is *jembatan*.
    skeletons: HashMap<String, Vec<&'static str>>,
    /// Known words by first letter and length, for typing errors.
    neighbours: HashMap<(u8, usize), Vec<&'static str>>,
    /// Phrases by their first word, the longest first.
    phrases: HashMap<String, Vec<Phrase>>,
    /// Words that say nothing: they may stand inside of a phrase.
    fillers: HashSet<String>,
}

/// The rows of [`WORDS`]: what they mean, and each phrase for it.
pub(super) fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(names, forms)| forms.split(',').map(move |form| (names, form.trim())))
}

impl Vocabulary {
    /// The tables that the program carries.
    pub(super) fn get() -> &'static Self {
        static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::read);
        &VOCABULARY
    }

    fn read() -> Self {
        let mut known = HashSet::new();
        let roots = ROOTS.lines().filter(|line| !line.starts_with('#'));
        known.extend(roots.flat_map(str::split_whitespace));
        for (names, form) in rows() {
            known.extend(names.split(' ').filter(|name| *name != NOTHING));
            if !form.contains(' ') {
                known.insert(form);
            }
        }
        let mut skeletons: HashMap<String, Vec<&'static str>> = HashMap::new();
        let mut neighbours: HashMap<(u8, usize), Vec<&'static str>> = HashMap::new();
        for word in known.iter().copied() {
            skeletons.entry(skeleton(word)).or_default().push(word);
            if let Some(first) = word.bytes().next() {
                neighbours.entry((first, word.len())).or_default().push(word);
            }
        }
        let mut vocabulary =
            Self { known, skeletons, neighbours, phrases: HashMap::new(), fillers: HashSet::new() };
        for (names, form) in rows() {
            vocabulary.add_phrase(names, form);
        }
        for phrases in vocabulary.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        vocabulary
    }

    fn add_phrase(&mut self, names: &str, form: &str) {
        let mut words = form.split(' ').map(|word| self.key(abbreviations::plain(word)));
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        if names == NOTHING && rest.is_empty() {
            self.fillers.insert(first.clone());
        }
        let names = names.split(' ').filter(|name| *name != NOTHING).map(str::to_owned).collect();
        self.phrases.entry(first).or_default().push(Phrase { rest, names });
    }

    /// Whether the tables hold the word itself.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// What a word is looked up as: itself, its root, or the word that it abbreviates or misspells.
    pub(super) fn key(&self, word: &str) -> String {
        let is_root = |shape: &str| self.known.contains(shape);
        if is_root(word) {
            return word.to_owned();
        }
        if let Some(root) = affixes::root(word, is_root) {
            return root;
        }
        let plain = without_drawl(word);
        let plain = abbreviations::plain(&plain);
        if plain != word
            && let Some(root) = affixes::root(plain, is_root)
        {
            return root;
        }
        if let Some(meant) = affixes::endings(plain).into_iter().find_map(|shape| self.meant(shape))
        {
            return meant.to_owned();
        }
        affixes::by_rule(plain)
    }

    /// The one known word that was written without its vowels, or with a typing error.
    fn meant(&self, word: &str) -> Option<&'static str> {
        let bones = skeleton(word);
        if bones.len() >= SKELETON_LETTERS_MIN {
            let fuller = self.skeletons.get(&bones).into_iter().flatten().copied();
            let mut fuller = fuller.filter(|known| is_shortened(word, known));
            if let (Some(meant), None) = (fuller.next(), fuller.next()) {
                return Some(meant);
            }
        }
        let first = word.bytes().next()?;
        if word.len() < ERROR_LETTERS_MIN {
            return None;
        }
        let mut near = (word.len() - 1..=word.len() + 1)
            .filter_map(|letters| self.neighbours.get(&(first, letters)))
            .flatten()
            .copied()
            .filter(|known| known.len() >= ERROR_LETTERS_MIN)
            .filter(|known| spelling::one_error_apart(word, known));
        match (near.next(), near.next()) {
            (Some(meant), None) => Some(meant),
            _ => None,
        }
    }

    /// What the longest phrase at the beginning of `keys` means, and how many words it takes; a filler may stand between its
    /// words. `None` and 1 for a word that no phrase begins with.
    pub(super) fn longest(&self, keys: &[String]) -> (Option<&[String]>, usize) {
        let Some((first, others)) = keys.split_first() else { return (None, 0) };
        self.phrases
            .get(first)
            .into_iter()
            .flatten()
            .find_map(|phrase| Some((&*phrase.names, self.taken(&phrase.rest, others)?)))
            .map_or((None, 1), |(names, taken)| (Some(names), taken + 1))
    }

    /// How many of `keys` the words of a phrase take.
    fn taken(&self, words: &[String], keys: &[String]) -> Option<usize> {
        let mut at = 0;
        for word in words {
            let here = keys.get(at)?;
            if here != word {
                at += 1;
                if !self.fillers.contains(here) || keys.get(at)? != word {
                    return None;
                }
            }
            at += 1;
        }
        Some(at)
    }
}

/// The consonants of a word.
fn skeleton(word: &str) -> String {
    word.chars().filter(|letter| !letter.is_ascii() || !affixes::is_vowel(*letter as u8)).collect()
}

/// Whether `word` is `known` with vowels left out, the first letter excepted.
fn is_shortened(word: &str, known: &str) -> bool {
    let mut letters = known.bytes();
    word.len() < known.len()
        && word.bytes().next() == known.bytes().next()
        && word.bytes().all(|letter| letters.any(|other| other == letter))
}

/// `matiiii` is *mati*: a letter that is written again is written once.
fn without_drawl(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        if !plain.ends_with(letter) {
            plain.push(letter);
        }
    }
    plain
}
