//! Whether a text tells of misconduct (procedure.md section 5), and what takes that back: who thanks for a counter "tanpa pungli"
//! accuses nobody. What is in doubt is proposed: a person decides.

use super::hedges::Pause;
use super::{flags, lexicon};

/// Words between a denial and what it denies, at most.
const LINKS_MAX: usize = 2;

/// Words before a denial in which a condition is looked for, and words behind it for what comes of it.
const REACH: usize = 4;

/// Whether misconduct is told of that nothing denies.
pub(super) fn is_told(words: &[String], pauses: &[Pause]) -> bool {
    lexicon::ETHICS.iter().any(|phrase| {
        flags::places(words, phrase).any(|place| !is_denied(words, pauses, place.start, place.end))
    })
}

/// Whether what stands between the doer and the deed takes the deed from them: a denial, or somebody else who does it.
pub(super) fn takes_back(gap: &[String]) -> bool {
    let listed = |list: &[&str], word: &String| list.contains(&word.as_str());
    let other = match gap {
        [.., before, last] => listed(lexicon::OTHERS, last) && !listed(lexicon::TOWARDS, before),
        [last] => listed(lexicon::OTHERS, last),
        [] => false,
    };
    let belum = gap.last().is_some_and(|last| last == "belum");
    other || belum || denial(gap).is_some()
}

/// Where the denial stands with which `words` end.
fn denial(words: &[String]) -> Option<usize> {
    let listed = |list: &[&str], word: &String| list.contains(&word.as_str());
    let links = words.iter().rev().take_while(|word| listed(lexicon::DENIAL_LINKS, word)).count();
    let at = words.len().checked_sub(links + 1)?;
    (links <= LINKS_MAX && listed(lexicon::DENIALS, words.get(at)?)).then_some(at)
}

/// Whether it is said that what stands from `start` to `end` is not done. Who is refused something without a bribe, or if there is
/// none, denies nothing; nor does who misses an officer ("tidak ada petugas, semua nongkrong").
fn is_denied(words: &[String], pauses: &[Pause], start: usize, end: usize) -> bool {
    let listed = |form: &str, word: &String| flags::is_form(word, form);
    let person =
        |word: &String| ["$officer", "$servant", "$asker"].iter().any(|form| listed(form, word));
    if words.get(start).is_none_or(person) {
        return false;
    }
    let Some(at) = words.get(..start).and_then(denial) else { return false };
    let in_one_breath = (at + 1..=start).all(|at| pauses.get(at) == Some(&Pause::None));
    let ahead = words.get(at.saturating_sub(REACH)..at).unwrap_or_default();
    let condition = ahead.iter().any(|word| listed("$if", word));
    let behind = words.iter().zip(pauses).skip(end).take(REACH);
    let refused = behind
        .take_while(|(_, pause)| **pause != Pause::Sentence)
        .any(|(word, _)| listed("$not", word) || listed("$hindered", word));
    in_one_breath && !condition && !refused
}
