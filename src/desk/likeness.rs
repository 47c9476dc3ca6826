//! How like a complaint is to a note of the answer bank: a figure that an officer can read, whatever the size of the bank.
//!
//! ```text
//! 0.7 × how much of the question the note holds + 0.3 × how much of the note's matter the question names
//! ```
//!
//! A term weighs the more the fewer notes hold it. FTS5's own rank (bm25) says which of many notes come into question; it has no
//! upper end, and says nothing where a new office has three notes.

/// Share of the question's side.
const QUESTION: f64 = 0.7;

/// What a term counts that stands in the wording only, beside one of the matter.
const WORDING: f64 = 0.6;

/// What a term of the question counts that no note of a full bank holds: a street, a name.
const STRANGE: f64 = 0.2;

/// What it counts in an empty bank, where it may as well be a matter that is not there yet.
const STRANGE_AT_FIRST: f64 = 0.8;

/// Notes of a full bank. A smaller one is taken to have as many: that a term is rare in it says little.
const NOTES_MIN: f64 = 40.0;

/// Terms of a question from which on one common term is not enough to be sure of, unless it names the matter and no more than
/// [`RARE`] notes hold it: `tawon` does, `hilang` does not.
const LONG_QUESTION: usize = 3;

/// Notes that hold a term which says by itself what is meant.
const RARE: i64 = 2;

/// What else is left of the likeness.
const ONE_TERM: f64 = 0.75;

/// A term of a question, and in how many notes of how many it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The term.
    pub term: String,
    /// What it weighs.
    weight: f64,
    /// What it counts where a note does not hold it.
    missed: f64,
    /// Whether it says by itself what is meant.
    rare: bool,
}

impl Weighed {
    /// A term that stands in `notes` of `all` notes.
    pub fn new(term: String, notes: i64, all: i64) -> Self {
        let weight = weight(notes, all);
        let full = number(all).min(NOTES_MIN) / NOTES_MIN;
        let share =
            if notes > 0 { 1.0 } else { STRANGE_AT_FIRST + (STRANGE - STRANGE_AT_FIRST) * full };
        Self { term, weight, missed: weight * share, rare: notes <= RARE && full >= 1.0 }
    }
}

/// The inverse document frequency of bm25, never negative.
fn weight(notes: i64, all: i64) -> f64 {
    let notes = number(notes);
    let all = number(all).max(notes).max(NOTES_MIN);
    (1.0 + (all - notes + 0.5) / (notes + 0.5)).ln()
}

/// A number of notes, at least one.
fn number(notes: i64) -> f64 {
    f64::from(i32::try_from(notes.max(1)).unwrap_or(i32::MAX))
}

/// 0 to 100: how like the question is to a note with these terms. `weigh` tells of each term of the matter in how many notes it
/// stands, and of how many.
pub fn likeness(
    question: &[Weighed],
    matter: &[&str],
    wording: &[&str],
    mut weigh: impl FnMut(&str) -> (i64, i64),
) -> u8 {
    let (mut common, mut telling, mut hit, mut asked) = (0usize, false, 0.0, 0.0);
    for Weighed { term, weight, missed, rare } in question {
        asked += missed;
        let share = if matter.contains(&term.as_str()) {
            telling |= rare;
            1.0
        } else if wording.contains(&term.as_str()) {
            WORDING
        } else {
            continue;
        };
        common += 1;
        hit += weight * share;
    }
    if common == 0 || asked <= 0.0 {
        return 0;
    }
    let (mut named, mut whole) = (0.0, 0.0);
    for term in matter {
        let (notes, all) = weigh(term);
        let weight = weight(notes, all);
        whole += weight;
        if question.iter().any(|weighed| weighed.term == *term) {
            named += weight;
        }
    }
    let named = if whole > 0.0 { named / whole } else { 0.0 };
    let vague = common == 1 && question.len() >= LONG_QUESTION && !telling;
    let sure = if vague { ONE_TERM } else { 1.0 };
    let like = (QUESTION * hit / asked + (1.0 - QUESTION) * named) * sure;
    percent(like)
}

/// A share as a whole percent.
fn percent(share: f64) -> u8 {
    let wanted = share * 100.0;
    (0..=100).rev().find(|percent: &u8| f64::from(*percent) <= wanted + 0.5).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::desk::suggesting::WEAK;

    fn asked(terms: &[&str]) -> Vec<Weighed> {
        terms.iter().map(|term| Weighed::new((*term).to_owned(), 1, 60)).collect()
    }

    const ALIKE: fn(&str) -> (i64, i64) = |_| (1, 60);

    #[test]
    fn the_same_terms_are_wholly_alike_and_no_common_term_is_not_at_all() {
        let matter = ["lampu", "jalan", "mati"];
        assert_eq!(likeness(&asked(&matter), &matter, &[], ALIKE), 100);
        assert_eq!(likeness(&asked(&["sampah"]), &matter, &["regu"], ALIKE), 0);
        assert_eq!(likeness(&[], &matter, &[], ALIKE), 0);
        assert_eq!(likeness(&asked(&matter), &[], &[], ALIKE), 0);
    }

    #[test]
    fn a_term_of_the_matter_counts_more_than_one_of_the_wording() {
        let question = asked(&["lampu", "mati", "regu"]);
        let by_matter = likeness(&question, &["lampu", "mati"], &[], ALIKE);
        assert!(by_matter > likeness(&question, &["teknisi"], &["lampu", "mati"], ALIKE));
    }

    #[test]
    fn a_rare_term_counts_more_than_a_common_one() {
        let question = vec![
            Weighed::new("mati".to_owned(), 30, 60),
            Weighed::new("wifi".to_owned(), 1, 60),
            Weighed::new("kota".to_owned(), 0, 60),
        ];
        let weigh = |term: &str| if term == "mati" { (30, 60) } else { (1, 60) };
        let rare = likeness(&question, &["wifi", "publik"], &[], weigh);
        assert!(rare > likeness(&question, &["mati", "publik"], &[], weigh));
    }

    #[test]
    fn one_common_term_of_a_long_question_counts_less_unless_it_is_rare() {
        let question = |notes| {
            let question = [("hilang", notes), ("cat", 3), ("zebra", 3), ("sekolah", 3)];
            question.map(|(term, notes)| Weighed::new(term.to_owned(), notes, 60))
        };
        let weigh = |notes| move |_: &str| (notes, 60);
        let like = |notes| likeness(&question(notes), &["ktp", "hilang"], &[], weigh(notes));
        assert!(like(3) < WEAK && like(2) >= WEAK, "{} {}", like(3), like(2));
    }

    #[test]
    fn a_bank_of_one_note_is_searched_like_any_other() {
        let question: Vec<_> =
            ["lampu", "mati"].map(|term| Weighed::new(term.to_owned(), 1, 1)).into();
        assert_eq!(likeness(&question, &["lampu", "mati"], &[], |_| (1, 1)), 100);
    }

    proptest! {
        #[test]
        fn likeness_stays_between_nothing_and_all(
            question in prop::collection::vec(("[a-d]", 0i64..9, 0i64..9), 0..9),
            matter in prop::collection::vec("[a-f]", 0..6),
            wording in prop::collection::vec("[a-f]", 0..6),
        ) {
            let question: Vec<_> =
                question.into_iter().map(|(term, notes, all)| Weighed::new(term, notes, all)).collect();
            let matter: Vec<&str> = matter.iter().map(String::as_str).collect();
            let wording: Vec<&str> = wording.iter().map(String::as_str).collect();
            prop_assert!(likeness(&question, &matter, &wording, |_| (3, 9)) <= 100);
        }
    }
}
