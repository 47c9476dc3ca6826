//! What citizens read: the twenty templates of procedure.md section 13 and one more, checked at start and filled here.
//!
//! What officers read on their terminal stands in `cli`.

mod check;
mod keys;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::complaint::Directory;
use crate::sms::{Language, foreign, measure, transliterate};
use check::{Longest, check};
pub use check::{Outgrown, TemplateError};
pub use keys::{Blank, Key};

/// The office's name at the end of every text, in characters.
pub const OFFICE_NAME_MAX: usize = 20;

/// The texts of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    texts: BTreeMap<Key, String>,
    office: String,
}

impl Templates {
    /// Reads a template file: tab-separated, the first line names the columns, of which `key` and `text` are used. `office` is
    /// who speaks, and `directory` holds the codes that `{unit}` may have to take.
    ///
    /// # Errors
    /// The first [`TemplateError`] found: an unknown key or blank, a length over one SMS, a foreign character.
    pub fn from_tsv(
        file: &str,
        office: &str,
        directory: &Directory,
    ) -> Result<Self, TemplateError> {
        let office = transliterate(office.trim());
        let length = office.chars().count();
        if length == 0 || length > OFFICE_NAME_MAX || !foreign(&office).is_empty() {
            return Err(TemplateError::OfficeName { name: office });
        }
        let longest = Longest::of(directory, &office);
        let mut lines = file.lines().enumerate();
        let header: Vec<&str> =
            lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
        let column = |name: &str| header.iter().position(|title| title.trim() == name);
        let (Some(key_at), Some(text_at)) = (column("key"), column("text")) else {
            return Err(TemplateError::Header);
        };
        let mut texts = BTreeMap::new();
        for (index, row) in lines.filter(|(_, row)| !row.trim().is_empty()) {
            let line = index + 1;
            let cells: Vec<&str> = row.split('\t').collect();
            let (Some(name), Some(text)) = (cells.get(key_at), cells.get(text_at)) else {
                return Err(TemplateError::Columns { line });
            };
            let key = Key::ALL
                .into_iter()
                .find(|key| key.name() == name.trim())
                .ok_or_else(|| TemplateError::UnknownKey { line, key: (*name).to_owned() })?;
            let text = transliterate(text.trim());
            check(key, &text, line, &longest)?;
            if texts.insert(key, text).is_some() {
                return Err(TemplateError::Twice { line, key: key.name() });
            }
        }
        for key in Key::ALL {
            if let Entry::Vacant(place) = texts.entry(key) {
                let text =
                    key.without_a_line().ok_or(TemplateError::Missing { key: key.name() })?;
                if let Some(outgrown) = longest.outgrown(key, text) {
                    return Err(TemplateError::ShippedTooLong { key: key.name(), outgrown });
                }
                place.insert(text.to_owned());
            }
        }
        Ok(Self { texts, office })
    }

    /// Fills a text. A sentence with a limit that has no value is left out, and any other blank without a value becomes `-`; the
    /// outcome is in the SMS alphabet where the values allow it.
    pub fn fill(&self, key: Key, values: &[(Blank, &str)]) -> String {
        let template = self.texts.get(&key).map_or("", String::as_str);
        let is_unknown = |blank: &Blank| {
            blank.may_be_unknown() && values.iter().all(|(known, _)| known != blank)
        };
        let unknown: Vec<Blank> = Blank::ALL.into_iter().filter(is_unknown).collect();
        let template = without_sentences_of(template, &unknown);
        let filled = pieces(&template).map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Blank(name) if name == Blank::Instansi.name() => &self.office,
            Piece::Blank(name) => values
                .iter()
                .find(|(blank, _)| blank.name() == name)
                .map_or("-", |(_, value)| *value),
        });
        transliterate(filled.collect::<String>().trim())
    }

    /// The text of STATUS for a finished ticket: the answer is shortened so that all of it fits `parts` SMS.
    pub fn fill_shortened(
        &self,
        key: Key,
        values: &[(Blank, &str)],
        long: Blank,
        single_shift: Option<Language>,
    ) -> String {
        let whole = self.fill(key, values);
        if measure(&whole, single_shift).parts <= 1 {
            return whole;
        }
        let text = values.iter().find(|(blank, _)| *blank == long).map_or("", |(_, value)| *value);
        let mut kept: Vec<char> = transliterate(text).chars().collect();
        while !kept.is_empty() {
            kept.pop();
            let shortened: String = kept.iter().collect::<String>().trim_end().to_owned() + "...";
            let values: Vec<(Blank, &str)> = values
                .iter()
                .map(|(blank, value)| {
                    (*blank, if *blank == long { shortened.as_str() } else { *value })
                })
                .collect();
            let filled = self.fill(key, &values);
            if measure(&filled, single_shift).parts <= 1 {
                return filled;
            }
        }
        whole
    }
}

enum Piece<'t> {
    Text(&'t str),
    Blank(&'t str),
}

/// Cuts a template at its blanks; a brace without its partner stays with the text.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{')
            && let Some((name, behind)) = inner.split_once('}')
        {
            rest = behind;
            return Some(Piece::Blank(name));
        }
        let start = usize::from(rest.starts_with('{'));
        let end = rest
            .char_indices()
            .skip(start)
            .find(|(_, character)| *character == '{')
            .map_or(rest.len(), |(at, _)| at);
        let (text, behind) = rest.split_at(end);
        rest = behind;
        Some(Piece::Text(text))
    })
}

/// A template without the sentences that hold one of these blanks.
fn without_sentences_of(template: &str, blanks: &[Blank]) -> String {
    let mut sentences = vec![String::new()];
    for word in template.split_inclusive(' ') {
        if let Some(sentence) = sentences.last_mut() {
            sentence.push_str(word);
        }
        if word.trim_end().ends_with(['.', '!', '?']) {
            sentences.push(String::new());
        }
    }
    let holds = |sentence: &str, blank: &Blank| {
        let name = blank.name();
        pieces(sentence).any(|piece| matches!(piece, Piece::Blank(held) if held == name))
    };
    sentences.retain(|sentence| !blanks.iter().any(|blank| holds(sentence, blank)));
    sentences.concat()
}

#[cfg(test)]
mod tests;
