//! The one typing error that is forgiven, and letters that are held down.

/// Whether exactly one typing error lies between two words: a letter missing, added or changed, or two neighbours
/// swapped.
pub(super) fn one_error_apart(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let same = left.iter().zip(&right).take_while(|(here, there)| here == there).count();
    // Behind what both begin with, the first letters differ or one word has ended.
    let left = left.get(same..).unwrap_or_default();
    let right = right.get(same..).unwrap_or_default();
    let changed = left.get(1..).is_some() && left.get(1..) == right.get(1..);
    let missing = right.get(1..).is_some_and(|rest| rest == left);
    let added = left.get(1..).is_some_and(|rest| rest == right);
    let swapped = left.get(2..).is_some()
        && left.get(2..) == right.get(2..)
        && left.iter().take(2).eq(right.iter().take(2).rev());
    changed || missing || added || swapped
}

/// A word without its doubled letters, for comparing: `kecelakaan` and `kecelakan` come out the same.
pub(super) fn squeezed(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// A word whose letters were held down (`longsooor`, `begalll`), with each of these once. Three in a row and two at the end are no
/// Indonesian spelling; a letter alone (`www`) is as it is.
pub(super) fn unstretched(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let runs: Vec<&[char]> = letters.chunk_by(|left, right| left == right).collect();
    let stretched = |at: usize, run: &[char]| {
        run.first().is_some_and(|letter| letter.is_alphabetic())
            && (run.len() > 2 || (run.len() == 2 && at + 1 == runs.len()))
    };
    if runs.len() < 2 {
        return word.to_owned();
    }
    runs.iter()
        .enumerate()
        .flat_map(|(at, run)| run.iter().take(if stretched(at, run) { 1 } else { run.len() }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_is_told_from_none_and_two() {
        for (left, right) in
            [("dishub", "dishb"), ("dishub", "dishib"), ("dishub", "dihsub"), ("dlh", "dlhk")]
        {
            assert!(one_error_apart(left, right) && one_error_apart(right, left), "{left} {right}");
        }
        for (left, right) in [
            ("dishub", "dishub"),
            ("dishub", "dishubkab"),
            ("dishub", "dihsib"),
            ("dishub", "hubdis"),
            ("dishub", ""),
            ("abcd", "badc"),
        ] {
            assert!(!one_error_apart(left, right), "{left} {right}");
        }
    }

    #[test]
    fn letters_held_down_count_once() {
        for (word, plain) in [
            ("longsooor", "longsor"),
            ("kebakarannn", "kebakaran"),
            ("begall", "begal"),
            ("tooolonggg", "tolong"),
            ("maaf", "maaf"),
            ("tunggu", "tunggu"),
            ("kecelakaan", "kecelakaan"),
            ("www", "www"),
            ("10000", "10000"),
            ("", ""),
        ] {
            assert_eq!(unstretched(word), plain, "{word}");
        }
        assert_eq!(squeezed("tenggelaam"), squeezed("tengelam"));
    }

    proptest::proptest! {
        /// Every word that one error can make, and no other, of all short words over three letters.
        #[test]
        fn it_is_what_one_error_makes(left in "[abc]{0,5}", right in "[abc]{0,5}") {
            let letters: Vec<char> = left.chars().collect();
            let mut made = std::collections::HashSet::new();
            for at in 0..=letters.len() {
                for letter in ['a', 'b', 'c'] {
                    let mut word = letters.clone();
                    word.insert(at, letter);
                    made.insert(word);
                    if at < letters.len() {
                        let mut word = letters.clone();
                        word[at] = letter;
                        made.insert(word);
                    }
                }
                if at < letters.len() {
                    let mut word = letters.clone();
                    word.remove(at);
                    made.insert(word);
                }
                if at + 1 < letters.len() {
                    let mut word = letters.clone();
                    word.swap(at, at + 1);
                    made.insert(word);
                }
            }
            made.remove(&letters);
            let expected = made.contains(&right.chars().collect::<Vec<_>>());
            proptest::prop_assert_eq!(one_error_apart(&left, &right), expected);
        }
    }
}
