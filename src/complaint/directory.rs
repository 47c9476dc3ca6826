//! The units that answer complaints: published codes, the names and aliases people use for them, and the one typing
//! error that is forgiven (procedure, sections 10 and 15).

use std::collections::HashMap;
use std::fmt;

use super::text::{self, Word};

/// The unit that means "the sender does not know".
const UNDECIDED: &str = "UMUM";

/// Words that lead the name of any unit and may be left out of it. `kadis` is its head, addressed in its stead.
const LEADS: [&str; 5] = ["dinas", "badan", "kantor", "kadis", "kadin"];

/// Leads under which even an ordinary word (`Dinas Sosial`) is an addressee.
const STRONG_LEADS: [&str; 4] = ["dinas", "badan", "kadis", "kadin"];

/// Near spellings of an alias count only from this length on: shorter ones are a letter away from common words.
const NEAR_ALIAS_LETTERS_MIN: usize = 5;

/// The published code of a unit: 2 to 24 capital letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitCode(String);

/// Why a text cannot be a unit code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a unit code: 2 to 24 capital letters, digits and hyphens")]
pub struct NotACode(String);

impl UnitCode {
    /// Reads a code as the table and the register write it.
    ///
    /// # Errors
    /// [`NotACode`] when it holds anything but capital letters, digits and hyphens, or is too short or too long.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let legal = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'-';
        if (2..=24).contains(&text.len()) && text.bytes().all(legal) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotACode(text.to_owned()))
        }
    }

    /// The code as published.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `UMUM`: the citizen leaves the choice to the office.
    pub fn is_undecided(&self) -> bool {
        self.0 == UNDECIDED
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One row of the table of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The published code.
    pub code: UnitCode,
    /// The official name.
    pub name: String,
    /// Names accepted anywhere a code is.
    pub aliases: Vec<String>,
    /// Ordinary words accepted only before or after `#`.
    pub aliases_hash_only: Vec<String>,
    /// Words and phrases by which the unit is suggested.
    pub topics: Vec<String>,
}

/// What is wrong with a table of units, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct DirectoryError {
    /// Line of the table, counted from 1.
    pub line: usize,
    /// Name of the column.
    pub column: &'static str,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong in a cell of the table of units.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The header or a row lacks the column.
    #[error("missing")]
    Missing,
    /// A row has more cells than the header.
    #[error("one cell too many")]
    Surplus,
    /// The code is not one.
    #[error(transparent)]
    Code(#[from] NotACode),
    /// The same word names another unit already.
    #[error("{word} is already taken by {unit}")]
    Taken {
        /// The word as written.
        word: String,
        /// The unit that has it.
        unit: UnitCode,
    },
    /// One typing error turns this code into another.
    #[error("{code} is only one typing error away from {other}")]
    TooNear {
        /// The later code.
        code: UnitCode,
        /// The earlier code.
        other: UnitCode,
    },
    /// The table has no rows.
    #[error("no units")]
    Empty,
}

/// Where a name of a unit counts, from the widest to the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Wherever a code counts.
    Anywhere,
    /// Beside `#`; elsewhere only when written with its hyphen (`KEC-SUKAMAJU`).
    Hyphened,
    /// Beside `#` only.
    BesideHash,
}

#[derive(Debug, Clone, Copy)]
struct Name {
    unit: usize,
    reach: Reach,
    /// Whether a spelling near this one may be guessed.
    guessable: bool,
}

/// A unit named by some words of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming<'d> {
    pub unit: &'d Unit,
    /// How many words the name takes.
    pub words: usize,
}

/// The table of units, ready for lookup.
#[derive(Debug, Clone)]
pub struct Directory {
    units: Vec<Unit>,
    names: HashMap<String, Name>,
    /// Topic phrases by their first word: the words after it, and the unit.
    topics: HashMap<String, Vec<(Vec<String>, usize)>>,
    name_bytes_max: usize,
}

const COLUMNS: [&str; 5] = ["code", "name", "aliases", "aliases_hash_only", "topics"];

impl Directory {
    /// Reads the table: tab-separated, a header line, the columns `code`, `name`, `aliases`, `aliases_hash_only` and
    /// `topics` in any order.
    ///
    /// # Errors
    /// [`DirectoryError`] names line and column of the first cell that is missing, illegal, taken by another unit, or
    /// a code less than two typing errors from another.
    pub fn from_tsv(table: &str) -> Result<Self, DirectoryError> {
        let table = table.strip_prefix('\u{FEFF}').unwrap_or(table);
        let mut lines = (1..).zip(table.lines()).filter(|(_, line)| !line.trim().is_empty());
        let header: Vec<&str> =
            lines.next().map_or(Vec::new(), |(_, line)| line.split('\t').map(str::trim).collect());
        let mut places = [0; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            *place = header.iter().position(|name| *name == column).ok_or(DirectoryError {
                line: 1,
                column,
                problem: Problem::Missing,
            })?;
        }
        let mut directory = Self {
            units: Vec::new(),
            names: HashMap::new(),
            topics: HashMap::new(),
            name_bytes_max: 0,
        };
        for (line, row) in lines {
            directory.add_row(line, row, header.len(), places)?;
        }
        if directory.units.is_empty() {
            return Err(DirectoryError { line: 1, column: "code", problem: Problem::Empty });
        }
        directory.add_official_names();
        directory.add_topics();
        directory.name_bytes_max = directory.names.keys().map(String::len).max().unwrap_or(0);
        Ok(directory)
    }

    fn add_row(
        &mut self,
        line: usize,
        row: &str,
        width: usize,
        places: [usize; COLUMNS.len()],
    ) -> Result<(), DirectoryError> {
        let wrong = |column, problem| DirectoryError { line, column, problem };
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        if cells.len() > width {
            return Err(wrong("topics", Problem::Surplus));
        }
        let mut row = [""; COLUMNS.len()];
        for ((cell, place), column) in row.iter_mut().zip(places).zip(COLUMNS) {
            *cell = cells.get(place).copied().ok_or_else(|| wrong(column, Problem::Missing))?;
        }
        let [code, name, aliases, aliases_hash_only, topics] = row;
        let code = UnitCode::parse(code).map_err(|error| wrong("code", error.into()))?;
        if name.is_empty() {
            return Err(wrong("name", Problem::Missing));
        }
        self.keep_apart(&code).map_err(|problem| wrong("code", problem))?;
        let listed = |cell: &str, separator: fn(char) -> bool| -> Vec<String> {
            cell.split(separator)
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let unit = Unit {
            code,
            name: name.to_owned(),
            aliases: listed(aliases, char::is_whitespace),
            aliases_hash_only: listed(aliases_hash_only, char::is_whitespace),
            topics: listed(topics, |c| c == ','),
        };
        let at = self.units.len();
        self.units.push(unit.clone());
        let spelt = |word: &str| if word.contains('-') { Reach::Hyphened } else { Reach::Anywhere };
        let code = unit.code.as_str();
        self.add_name(code, at, spelt(code), true).map_err(|problem| wrong("code", problem))?;
        for alias in &unit.aliases {
            let guessable = text::squash(alias).len() >= NEAR_ALIAS_LETTERS_MIN;
            self.add_name(alias, at, spelt(alias), guessable)
                .map_err(|problem| wrong("aliases", problem))?;
        }
        for alias in &unit.aliases_hash_only {
            self.add_name(alias, at, Reach::BesideHash, false)
                .map_err(|problem| wrong("aliases_hash_only", problem))?;
        }
        Ok(())
    }

    /// Published codes must differ by two typing errors, or a guess would be a coin toss.
    fn keep_apart(&self, code: &UnitCode) -> Result<(), Problem> {
        let squashed = text::squash(code.as_str());
        for other in self.units.iter().map(|unit| &unit.code) {
            let there = text::squash(other.as_str());
            if there == squashed {
                return Err(Problem::Taken { word: code.to_string(), unit: other.clone() });
            }
            if one_error_apart(&squashed, &there) {
                return Err(Problem::TooNear { code: code.clone(), other: other.clone() });
            }
        }
        Ok(())
    }

    fn add_name(
        &mut self,
        word: &str,
        unit: usize,
        reach: Reach,
        guessable: bool,
    ) -> Result<(), Problem> {
        let key = text::squash(word);
        match self.names.get(&key) {
            Some(taken) if taken.unit != unit => {
                let unit = self.units.get(taken.unit).map(|unit| unit.code.clone());
                unit.map_or(Ok(()), |unit| Err(Problem::Taken { word: word.to_owned(), unit }))
            }
            Some(_) => Ok(()),
            None => {
                self.names.insert(key, Name { unit, reach, guessable });
                Ok(())
            }
        }
    }

    /// Official names, with and without their lead. A bare field (`Pendapatan Daerah`) is everyday language, so
    /// without its lead a name counts beside `#` only; so does a name whose code asks for a hyphen, being a place.
    fn add_official_names(&mut self) {
        for (at, unit) in self.units.iter().enumerate() {
            if unit.code.is_undecided() {
                continue;
            }
            let plain = unit.name.split('(').next().unwrap_or_default();
            let words = text::words(plain);
            let whole: String = words.iter().map(|word| word.folded.as_str()).collect();
            let reach =
                if unit.code.as_str().contains('-') { Reach::BesideHash } else { Reach::Anywhere };
            self.names.entry(whole).or_insert(Name { unit: at, reach, guessable: false });
            if words.first().is_some_and(|word| LEADS.contains(&word.folded.as_str())) {
                let bare: String = words.iter().skip(1).map(|word| word.folded.as_str()).collect();
                self.names.entry(bare).or_insert(Name {
                    unit: at,
                    reach: Reach::BesideHash,
                    guessable: false,
                });
            }
        }
    }

    fn add_topics(&mut self) {
        for (at, unit) in self.units.iter().enumerate() {
            for phrase in unit.topics.iter().flat_map(|topic| topic.split('/')) {
                let mut words = text::words(phrase).into_iter().map(|word| word.folded);
                if let Some(first) = words.next() {
                    self.topics.entry(first).or_default().push((words.collect(), at));
                }
            }
        }
    }

    /// All units in the order of the table.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit of a published code, in any case and with or without its hyphen.
    pub fn find(&self, code: &str) -> Option<&Unit> {
        let squashed = text::squash(code);
        self.units.iter().find(|unit| text::squash(unit.code.as_str()) == squashed)
    }

    /// The unit of a code, alias or official name as it counts anywhere in a text.
    pub fn find_named(&self, name: &str) -> Option<&Unit> {
        self.whole(&text::words(name), name, Reach::Hyphened)
    }

    /// The unit of a code, alias or official name as it counts before or after `#`.
    pub fn find_beside_hash(&self, name: &str) -> Option<&Unit> {
        self.whole(&text::words(name), name, Reach::BesideHash)
    }

    /// The units with a code or alias exactly one typing error from `word`: a letter missing, added or changed, or
    /// two neighbours swapped.
    pub fn near(&self, word: &str) -> Vec<&Unit> {
        let squashed = text::squash(word);
        let mut near: Vec<usize> = self
            .names
            .iter()
            .filter(|(key, name)| name.guessable && one_error_apart(&squashed, key))
            .map(|(_, name)| name.unit)
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().filter_map(|unit| self.units.get(unit)).collect()
    }

    /// The unit that all of `words` (of `text`) name together.
    pub(super) fn whole(&self, words: &[Word], text: &str, reach: Reach) -> Option<&Unit> {
        self.naming(words, text, reach)
            .filter(|naming| naming.words == words.len())
            .map(|naming| naming.unit)
    }

    /// The longest name of a unit with which `words` (of `text`) begin, with or without leads.
    pub(super) fn naming(&self, words: &[Word], text: &str, reach: Reach) -> Option<Naming<'_>> {
        let leads =
            words.iter().take(2).take_while(|word| LEADS.contains(&word.folded.as_str())).count();
        let strong =
            words.iter().take(leads).any(|word| STRONG_LEADS.contains(&word.folded.as_str()));
        let bare = words.get(leads..).and_then(|rest| {
            // "Dinas Sosial" is an addressee where "sosial" alone is a word like any other.
            let reach = if strong { Reach::BesideHash } else { reach };
            let naming = self.longest(rest, text, reach, strong)?;
            Some(Naming { words: naming.words + leads, ..naming })
        });
        let led = if leads > 0 { self.longest(words, text, reach, false) } else { None };
        match (led, bare) {
            (Some(led), Some(bare)) if bare.words > led.words => Some(bare),
            (Some(led), _) => Some(led),
            (None, bare) => bare,
        }
    }

    fn longest(&self, words: &[Word], text: &str, reach: Reach, led: bool) -> Option<Naming<'_>> {
        let mut joined = String::new();
        let mut best = None;
        for (count, word) in (1..).zip(words) {
            joined.push_str(&word.folded);
            if joined.len() > self.name_bytes_max {
                break;
            }
            let Some(name) = self.names.get(&joined) else { continue };
            let Some(unit) = self.units.get(name.unit) else { continue };
            let place = unit.code.as_str().contains('-');
            let counts = match name.reach {
                Reach::Anywhere => true,
                Reach::Hyphened => {
                    (reach == Reach::BesideHash && !led) || hyphened(words, word, text, &unit.code)
                }
                Reach::BesideHash => reach == Reach::BesideHash && !(led && place),
            };
            if counts {
                best = Some(Naming { unit, words: count });
            }
        }
        best
    }

    /// Units whose topics occur in `spelt` (one or two spellings per word of the text), the most telling first.
    pub(super) fn by_topic(&self, spelt: &[[&str; 2]]) -> Vec<&Unit> {
        let mut scores: HashMap<usize, usize> = HashMap::new();
        for (at, spellings) in spelt.iter().enumerate() {
            let mut seen: Vec<usize> = Vec::new();
            for (rest, unit) in spellings.iter().filter_map(|word| self.topics.get(*word)).flatten()
            {
                let following = spelt.get(at + 1..).unwrap_or_default();
                let matches = following.len() >= rest.len()
                    && rest
                        .iter()
                        .zip(following)
                        .all(|(word, spellings)| spellings.contains(&word.as_str()));
                if matches && (!seen.contains(unit) || !rest.is_empty()) {
                    seen.push(*unit);
                    // A phrase of two words says more than two words apart.
                    *scores.entry(*unit).or_default() += (rest.len() + 1).pow(2);
                }
            }
        }
        let mut ranked: Vec<(usize, usize)> = scores.into_iter().collect();
        ranked.sort_unstable_by_key(|(unit, score)| (std::cmp::Reverse(*score), *unit));
        ranked.into_iter().filter_map(|(unit, _)| self.units.get(unit)).collect()
    }
}

/// Whether the words up to `last` are written in `text` as the code is, hyphen and all.
fn hyphened(words: &[Word], last: &Word, text: &str, code: &UnitCode) -> bool {
    let written =
        words.first().and_then(|first| text.get(first.start..last.end)).unwrap_or_default();
    let plain: String = written.chars().filter(|c| !text::is_invisible(*c)).collect();
    plain.eq_ignore_ascii_case(code.as_str())
}

/// Whether exactly one typing error lies between two words (Damerau, optimal string alignment).
fn one_error_apart(left: &str, right: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if a == b || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    match (a, b) {
        ([_, rest @ ..], longer) if rest.len() + 1 == longer.len() => match (rest, longer) {
            ([second, tail @ ..], [one, two, other @ ..])
                if a.first() == Some(two) && second == one && tail == other =>
            {
                true
            }
            (rest, [_, other @ ..]) => rest == other,
            _ => false,
        },
        (shorter, [_, other @ ..]) if shorter == other => true,
        ([_, other @ ..], shorter) => shorter == other,
        _ => false,
    }
}
