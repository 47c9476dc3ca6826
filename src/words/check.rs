//! What no template may be.

use super::keys::{Blank, Key};
use super::{OFFICE_NAME_MAX, Piece, pieces, without_sentences_of};
use crate::sms::{foreign, measure};

/// Septets that one SMS holds: a template must fit it whatever it is filled with.
const ONE_PART: usize = 160;

/// What is wrong with a template file: the line, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The first line must name the columns `key` and `text`.
    #[error("line 1: the columns `key` and `text` must be named, separated by a tab")]
    Header,
    /// A line has too few columns.
    #[error("line {line}: there is no text behind the key; separate them by a tab")]
    Columns {
        /// Line number from 1.
        line: usize,
    },
    /// A key that no text has.
    #[error("line {line}: {key} is no template; see docs/operations.md for the keys")]
    UnknownKey {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// A key stands twice.
    #[error("line {line}: {key} stands twice; delete one of the two lines")]
    Twice {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
    },
    /// A key is missing.
    #[error("{key} is missing; add a line for it, all twenty texts must be there")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// The citizen would get an SMS that says nothing.
    #[error("line {line}: {key} says nothing; write what citizens are to read")]
    Empty {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
    },
    /// Nothing is left of it without the sentence of a blank that has no value.
    #[error(
        "line {line}: {key} says nothing where {{{blank}}}, {what}, is not known, since its sentence is left out then: add another one"
    )]
    EmptyWithout {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The blank whose value may not be known.
        blank: &'static str,
        /// What stands there.
        what: &'static str,
    },
    /// A blank that this text cannot fill.
    #[error("line {line}: {key} cannot fill {{{blank}}}; it knows {known}")]
    UnknownBlank {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The name between the braces.
        blank: String,
        /// What it can fill.
        known: String,
    },
    /// The blank that carries the message is not there.
    #[error("line {line}: {key} must hold {{{blank}}}, {what}")]
    Essential {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The missing blank.
        blank: &'static str,
        /// What stands there.
        what: &'static str,
    },
    /// A character outside of GSM 7-bit would make every such SMS cost double.
    #[error(
        "line {line}: {key} holds {character:?}, which is not in the SMS alphabet (GSM 7-bit); write it otherwise"
    )]
    Foreign {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The character.
        character: char,
    },
    /// Citizens would read the two characters: a text is one line.
    #[error("line {line}: {key} holds \\n, which is no line break here; put a space in its place")]
    Break {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
    },
    /// The sentence that is left out where its blank has no value would take the number with it.
    #[error(
        "line {line}: {key} must hold {{no}} in another sentence than {{{blank}}}, {what}: its sentence is left out where that is not known"
    )]
    LeftOut {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The blank whose value may not be known.
        blank: &'static str,
        /// What stands there.
        what: &'static str,
    },
    /// Filled with the longest usual values it is longer than one SMS.
    #[error(
        "line {line}: {key} can grow to {septets} characters; one SMS holds {ONE_PART}: shorten it"
    )]
    TooLong {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// Its length when filled.
        septets: usize,
    },
    /// The office's name.
    #[error(
        "the office name {name:?} must have 1 to {OFFICE_NAME_MAX} characters of the SMS alphabet"
    )]
    OfficeName {
        /// The name.
        name: String,
    },
}

/// Checks one text; `line` is where it stands.
///
/// # Errors
/// The first [`TemplateError`] found.
pub(super) fn check(key: Key, text: &str, line: usize) -> Result<(), TemplateError> {
    if text.contains("\\n") {
        return Err(TemplateError::Break { line, key: key.name() });
    }
    if says_nothing(text) {
        return Err(TemplateError::Empty { line, key: key.name() });
    }
    let mut filled = String::new();
    let mut held = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Blank(name) => {
                let blank = Blank::ALL
                    .into_iter()
                    .find(|blank| blank.name() == name && key.blanks().contains(blank))
                    .ok_or_else(|| TemplateError::UnknownBlank {
                        line,
                        key: key.name(),
                        blank: name.to_owned(),
                        known: key
                            .blanks()
                            .iter()
                            .map(|blank| format!("{{{}}}", blank.name()))
                            .collect::<Vec<_>>()
                            .join(" "),
                    })?;
                held.push(blank);
                filled.extend(std::iter::repeat_n('x', blank.longest()));
            }
        }
    }
    if let Some(blank) = key.essential().iter().find(|blank| !held.contains(blank)) {
        let (key, what) = (key.name(), blank.what());
        return Err(TemplateError::Essential { line, key, blank: blank.name(), what });
    }
    for blank in held.iter().filter(|blank| blank.may_be_unknown()) {
        let number = format!("{{{}}}", Blank::No.name());
        let left = without_sentences_of(text, &[*blank]);
        let (key, blank, what) = (key.name(), blank.name(), blank.what());
        if text.contains(&number) && !left.contains(&number) {
            return Err(TemplateError::LeftOut { line, key, blank, what });
        }
        if says_nothing(&left) {
            return Err(TemplateError::EmptyWithout { line, key, blank, what });
        }
    }
    if let Some(character) = foreign(&filled).first() {
        return Err(TemplateError::Foreign { line, key: key.name(), character: *character });
    }
    let septets = measure(&filled, None).units;
    if septets > ONE_PART && !key.may_be_long() {
        return Err(TemplateError::TooLong { line, key: key.name(), septets });
    }
    Ok(())
}

/// Whether a text has neither words nor values: who speaks is no message.
fn says_nothing(text: &str) -> bool {
    !pieces(text).any(|piece| match piece {
        Piece::Text(text) => text.contains(char::is_alphanumeric),
        Piece::Blank(name) => name != Blank::Instansi.name(),
    })
}
