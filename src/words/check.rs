//! What no template may be.

use std::fmt;

use super::keys::{Blank, Key};
use super::{OFFICE_NAME_MAX, Piece, pieces, without_sentences_of};
use crate::complaint::{Directory, Link, link};
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
    /// It looks like fraud, and citizens are to learn not to follow one (procedure.md section 13).
    #[error(
        "line {line}: {key} holds the link {link}, which no SMS of an office may: name the place where it is done instead"
    )]
    Link {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The link.
        link: String,
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
    /// A brace without its partner is no blank, and citizens would read it.
    #[error(
        "line {line}: {key} holds {brace} without its partner; a blank has both, like {{no}}, and braces stand for nothing else"
    )]
    Brace {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// `{` or `}`.
        brace: char,
    },
    /// Filled with the longest values of this office it is longer than one SMS.
    #[error("line {line}: {key} {outgrown}")]
    TooLong {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// By how much, and filled with what.
        outgrown: Outgrown,
    },
    /// So is the text that stands in for a line which the file does not have.
    #[error("{key}, which has no line and so is the shipped text, {outgrown}; add a line for it")]
    ShippedTooLong {
        /// The key.
        key: &'static str,
        /// By how much, and filled with what.
        outgrown: Outgrown,
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

/// A text that is longer than one SMS when it is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgrown {
    /// Its length then.
    pub septets: usize,
    /// Its blanks with their longest values, or how long those are.
    with: Vec<String>,
    /// Whether the code of a unit is among them.
    has_unit: bool,
}

impl fmt::Display for Outgrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let over = self.septets.saturating_sub(ONE_PART);
        write!(f, "can grow to {} characters, {over} more than one SMS holds", self.septets)?;
        if !self.with.is_empty() {
            write!(f, ", filled with {}", self.with.join(", "))?;
        }
        f.write_str(if self.has_unit {
            ": shorten the text, or the code in the table of units"
        } else {
            ": shorten the text"
        })
    }
}

/// The longest values that the office itself decides on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Longest {
    unit: String,
    office: String,
}

impl Longest {
    /// Of the codes of its units, and of its name, which may grow to the standard length any day.
    pub(super) fn of(directory: &Directory, office: &str) -> Self {
        let codes = directory.units().iter().map(|unit| unit.code.as_str());
        let unit = codes.max_by_key(|code| code.len()).unwrap_or_default();
        Self { unit: unit.to_owned(), office: office.to_owned() }
    }

    /// The longest value of a blank, and how an error tells it.
    fn value(&self, blank: Blank) -> (String, String) {
        let name = blank.name();
        let own = if blank == Blank::Unit {
            &self.unit
        } else if blank == Blank::Instansi && septets(&self.office) > blank.longest() {
            &self.office
        } else {
            let length = blank.longest();
            return ("x".repeat(length), format!("{{{name}}} ({length})"));
        };
        (own.clone(), format!("{{{name}}} {own} ({})", septets(own)))
    }

    /// Whether a text can need more than one SMS, where it may not.
    pub(super) fn outgrown(&self, key: Key, text: &str) -> Option<Outgrown> {
        let (mut filled, mut with, mut has_unit) = (String::new(), Vec::new(), false);
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Blank(name) => {
                    let blank = Blank::ALL.into_iter().find(|blank| blank.name() == name)?;
                    let (value, told) = self.value(blank);
                    filled.push_str(&value);
                    has_unit |= blank == Blank::Unit;
                    if !with.contains(&told) {
                        with.push(told);
                    }
                }
            }
        }
        let septets = septets(&filled);
        let is_over = septets > ONE_PART && !key.may_be_long();
        is_over.then_some(Outgrown { septets, with, has_unit })
    }
}

/// What a text takes of an SMS: some signs cost two.
fn septets(text: &str) -> usize {
    measure(text, None).units
}

/// Checks one text; `line` is where it stands.
///
/// # Errors
/// The first [`TemplateError`] found.
pub(super) fn check(
    key: Key,
    text: &str,
    line: usize,
    longest: &Longest,
) -> Result<(), TemplateError> {
    if text.contains("\\n") {
        return Err(TemplateError::Break { line, key: key.name() });
    }
    if says_nothing(text) {
        return Err(TemplateError::Empty { line, key: key.name() });
    }
    if let Some(Link::Certain(link)) = link(text) {
        return Err(TemplateError::Link { line, key: key.name(), link: link.to_owned() });
    }
    let mut held = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => {
                if let Some(brace) = text.chars().find(|character| matches!(character, '{' | '}')) {
                    return Err(TemplateError::Brace { line, key: key.name(), brace });
                }
                if let Some(character) = foreign(text).first() {
                    let (key, character) = (key.name(), *character);
                    return Err(TemplateError::Foreign { line, key, character });
                }
            }
            // The partner of another blank's brace.
            Piece::Blank(name) if name.contains('{') => {
                return Err(TemplateError::Brace { line, key: key.name(), brace: '{' });
            }
            Piece::Blank(name) => held.push(known(key, name, line)?),
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
    match longest.outgrown(key, text) {
        Some(outgrown) => Err(TemplateError::TooLong { line, key: key.name(), outgrown }),
        None => Ok(()),
    }
}

/// The blank of this name, where the text can fill it.
fn known(key: Key, name: &str, line: usize) -> Result<Blank, TemplateError> {
    let blanks = key.blanks();
    blanks.iter().copied().find(|blank| blank.name() == name).ok_or_else(|| {
        let known: Vec<String> =
            blanks.iter().map(|blank| format!("{{{}}}", blank.name())).collect();
        let (key, blank, known) = (key.name(), name.to_owned(), known.join(" "));
        TemplateError::UnknownBlank { line, key, blank, known }
    })
}

/// Whether a text has neither words nor values: who speaks is no message.
fn says_nothing(text: &str) -> bool {
    !pieces(text).any(|piece| match piece {
        Piece::Text(text) => text.contains(char::is_alphanumeric),
        Piece::Blank(name) => name != Blank::Instansi.name(),
    })
}
