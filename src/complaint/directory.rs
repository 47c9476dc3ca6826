//! The units that answer complaints: published codes, the names and aliases people use for them, and the one typing
//! error that is forgiven (procedure, sections 10 and 15).

use std::collections::HashMap;
use std::fmt;

use super::spelling::one_error_apart;
use super::text::{self, Word};

/// The unit that means "the sender does not know".
const UNDECIDED: &str = "UMUM";

/// Words that lead the name of any unit and may be left out of it. `kadis` is its head, addressed in its stead.
const LEADS: [&str; 5] = ["dinas", "badan", "kantor", "kadis", "kadin"];

/// Leads under which even an ordinary word (`Dinas Sosial`) is an addressee.
const STRONG_LEADS: [&str; 4] = ["dinas", "badan", "kadis", "kadin"];

/// First words of names and codes of units that are places, too.
const PLACES: [&str; 10] = [
    "kec",
    "kecamatan",
    "kel",
    "kelurahan",
    "desa",
    "distrik",
    "nagari",
    "kampung",
    "kapanewon",
    "kemantren",
];

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

impl Unit {
    /// The codes under which the register may hold what is this unit's now: its own, and what it keeps as aliases.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().chain(&self.aliases_hash_only).map(String::as_str);
        std::iter::once(self.code.as_str())
            .chain(aliases.filter(|alias| UnitCode::parse(alias).is_ok()))
    }

    /// Whether this is a kecamatan or the like: its name in a text is more often a place than an addressee.
    fn is_place(&self) -> bool {
        let begins = |text: &str| {
            let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            PLACES.contains(&first.to_lowercase().as_str())
        };
        begins(&self.name) || (self.code.as_str().contains('-') && begins(self.code.as_str()))
    }
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
    /// Beside `#`; elsewhere only when written to the letter, hyphen and all (`KEC-SUKAMAJU`).
    Hyphened,
    /// Beside `#` only.
    BesideHash,
}

#[derive(Debug, Clone)]
struct Name {
    unit: usize,
    reach: Reach,
    /// As the table writes it.
    written: String,
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
    /// The codes squashed, in the order of the units.
    codes: Vec<String>,
    names: HashMap<String, Name>,
    /// Topic phrases by their first word: the words after it, and the unit.
    topics: HashMap<String, Vec<(Vec<String>, usize)>>,
    name_bytes_max: usize,
}

const COLUMNS: [&str; 5] = ["code", "name", "aliases", "aliases_hash_only", "topics"];

/// Columns that no table may leave out.
const REQUIRED: [&str; 2] = ["code", "name"];

impl Directory {
    /// Reads the table: tab-separated, a header line, the columns `code`, `name`, `aliases`, `aliases_hash_only` and
    /// `topics` in any order. All but the first two may be missing, other columns are passed over, and so are empty
    /// lines and lines that begin with `#`.
    ///
    /// # Errors
    /// [`DirectoryError`] names line and column of the first cell that is missing, illegal, taken by another unit, or
    /// a code less than two typing errors from another.
    pub fn from_tsv(table: &str) -> Result<Self, DirectoryError> {
        let table = table.strip_prefix('\u{FEFF}').unwrap_or(table);
        let mut lines = (1..)
            .zip(table.lines())
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let (header_line, header) = lines.next().unwrap_or((1, ""));
        let header: Vec<String> =
            header.split('\t').map(|cell| cell.trim().to_ascii_lowercase()).collect();
        let mut places = [None; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            *place = header.iter().position(|name| name == column);
            if place.is_none() && REQUIRED.contains(&column) {
                let problem = Problem::Missing;
                return Err(DirectoryError { line: header_line, column, problem });
            }
        }
        let mut directory = Self {
            units: Vec::new(),
            codes: Vec::new(),
            names: HashMap::new(),
            topics: HashMap::new(),
            name_bytes_max: 0,
        };
        for (line, row) in lines {
            directory.add_row(line, row, header.len(), places)?;
        }
        if directory.units.is_empty() {
            let problem = Problem::Empty;
            return Err(DirectoryError { line: header_line, column: "code", problem });
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
        places: [Option<usize>; COLUMNS.len()],
    ) -> Result<(), DirectoryError> {
        let wrong = |column, problem| DirectoryError { line, column, problem };
        let mut cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        // Editors and spreadsheets add and drop empty cells at the end of a line.
        while cells.len() > width && cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        if cells.len() > width {
            return Err(wrong("topics", Problem::Surplus));
        }
        let row = places.map(|place| place.and_then(|place| cells.get(place)).copied());
        let [code, name, aliases, aliases_hash_only, topics] = row.map(Option::unwrap_or_default);
        if code.is_empty() {
            return Err(wrong("code", Problem::Missing));
        }
        let code = UnitCode::parse(code).map_err(|error| wrong("code", error.into()))?;
        if name.is_empty() {
            return Err(wrong("name", Problem::Missing));
        }
        self.keep_apart(&code).map_err(|problem| wrong("code", problem))?;
        let listed = |cell: &str, separator: fn(char) -> bool| -> Vec<String> {
            cell.split(separator)
                .map(str::trim)
                .filter(|item| item.contains(char::is_alphanumeric))
                .map(str::to_owned)
                .collect()
        };
        let blank = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        let unit = Unit {
            code,
            name: name.to_owned(),
            aliases: listed(aliases, blank),
            aliases_hash_only: listed(aliases_hash_only, blank),
            topics: listed(topics, |c| c == ','),
        };
        let at = self.units.len();
        self.units.push(unit.clone());
        self.codes.push(text::squash(unit.code.as_str()));
        let reach = if unit.is_place() { Reach::Hyphened } else { Reach::Anywhere };
        self.add_name(unit.code.as_str(), at, reach, true)
            .map_err(|problem| wrong("code", problem))?;
        for alias in &unit.aliases {
            let guessable = text::squash(alias).len() >= NEAR_ALIAS_LETTERS_MIN;
            self.add_name(alias, at, reach, guessable)
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
        for (there, other) in self.codes.iter().zip(&self.units) {
            let other = &other.code;
            if *there == squashed {
                return Err(Problem::Taken { word: code.to_string(), unit: other.clone() });
            }
            if one_error_apart(&squashed, there) {
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
                let written = word.to_owned();
                self.names.insert(key, Name { unit, reach, written, guessable });
                Ok(())
            }
        }
    }

    /// Official names, with and without their lead, and with `&` or nothing for `dan`. A bare field (`Pendapatan
    /// Daerah`) is everyday language, so without its lead a name counts beside `#` only; so does the name of a place.
    fn add_official_names(&mut self) {
        for (at, unit) in self.units.iter().enumerate() {
            if unit.code.is_undecided() {
                continue;
            }
            let plain = unit.name.split('(').next().unwrap_or_default().replace('&', " dan ");
            let words = text::words(&plain);
            let led = words.first().is_some_and(|word| LEADS.contains(&word.folded.as_str()));
            let whole = if unit.is_place() { Reach::BesideHash } else { Reach::Anywhere };
            let bare = led.then_some((1, Reach::BesideHash));
            for (from, reach) in [Some((0, whole)), bare].into_iter().flatten() {
                let spelt = words.iter().skip(from).map(|word| word.folded.as_str());
                for key in [
                    spelt.clone().collect::<String>(),
                    spelt.filter(|word| *word != "dan").collect(),
                ] {
                    if !key.is_empty() {
                        let written = plain.clone();
                        let name = Name { unit: at, reach, written, guessable: false };
                        self.names.entry(key).or_insert(name);
                    }
                }
            }
        }
    }

    /// Topics, and the words that name a field beside `#`: elsewhere they suggest what they may not decide.
    fn add_topics(&mut self) {
        for (at, unit) in self.units.iter().enumerate() {
            let topics = unit.topics.iter().flat_map(|topic| topic.split('/'));
            let fields: &[String] = if unit.is_place() { &[] } else { &unit.aliases_hash_only };
            for phrase in topics.chain(fields.iter().map(String::as_str)) {
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
        let at = self.codes.iter().position(|code| *code == squashed)?;
        self.units.get(at)
    }

    /// The unit that answers now for a code that the register holds: its own, or, since codes live longer than names, the one that
    /// keeps it as an alias after a merger or a new name (procedure.md section 15).
    pub fn holder(&self, code: &str) -> Option<&Unit> {
        self.find(code).or_else(|| self.find_beside_hash(code))
    }

    /// The codes under which the register may hold what is a unit's now: its own in front, then what it keeps as aliases.
    /// Whether two codes of the register stand for one unit now.
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        one == other
            || self.holder(one).is_some_and(|unit| {
                self.holder(other).is_some_and(|another| another.code == unit.code)
            })
    }

    /// The unit of a code, alias or official name as it counts anywhere in a text.
    pub fn find_named(&self, name: &str) -> Option<&Unit> {
        self.whole(&text::words(name), name, Reach::Hyphened)
    }

    /// The unit of a code, alias or official name as it counts before or after `#`.
    pub fn find_beside_hash(&self, name: &str) -> Option<&Unit> {
        self.whole(&text::words(name), name, Reach::BesideHash)
    }

    /// The unit whose code, of `letters_min` letters or more, `word` runs on from (`dishublampu`).
    pub(super) fn glued(&self, word: &str, letters_min: usize) -> Option<&Unit> {
        let at = self
            .codes
            .iter()
            .position(|code| code.len() >= letters_min && word.starts_with(code.as_str()))?;
        self.units.get(at)
    }

    /// The units with a code or alias exactly one typing error from `word`: a letter missing, added or changed, or
    /// two neighbours swapped.
    pub fn near(&self, word: &str) -> Vec<&Unit> {
        let squashed = text::squash(word);
        // "Dinas" leads a name and is none: DIKNAS is only a letter from it.
        if LEADS.contains(&squashed.as_str()) {
            return Vec::new();
        }
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
        let mut best: Option<Naming<'_>> = None;
        let mut end = None;
        for (count, word) in (1..).zip(words) {
            if let (Some(best), Some(end)) = (&best, end)
                && self.begins_another(
                    word,
                    text.get(end..word.start).unwrap_or_default(),
                    best.unit,
                )
            {
                break;
            }
            end = Some(word.end);
            joined.push_str(&word.folded);
            if joined.len() > self.name_bytes_max {
                break;
            }
            let Some(name) = self.names.get(&joined) else { continue };
            let Some(unit) = self.units.get(name.unit) else { continue };
            let counts = match name.reach {
                Reach::Anywhere => true,
                Reach::Hyphened => {
                    (reach == Reach::BesideHash && !led)
                        || to_the_letter(words, word, text, &name.written)
                }
                Reach::BesideHash => reach == Reach::BesideHash && !(led && unit.is_place()),
            };
            if counts {
                best = Some(Naming { unit, words: count });
            }
        }
        best
    }

    /// `DISHUB/KOMINFO` are two units, though `DISHUBKOMINFO` is a name of one.
    fn begins_another(&self, word: &Word, gap: &str, unit: &Unit) -> bool {
        gap.contains(['/', ',', '&', '+', ';', '|', '\n'])
            && self
                .names
                .get(&word.folded)
                .and_then(|name| self.units.get(name.unit))
                .is_some_and(|other| other.code != unit.code)
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

/// Whether the words up to `last` stand in `text` as the table writes the name, but for case and the kind of hyphen.
fn to_the_letter(words: &[Word], last: &Word, text: &str, name: &str) -> bool {
    let written =
        words.first().and_then(|first| text.get(first.start..last.end)).unwrap_or_default();
    let plain: String = written
        .chars()
        .filter(|c| !text::is_invisible(*c))
        .map(|c| if text::is_hyphen(c) { '-' } else { c })
        .collect();
    plain.eq_ignore_ascii_case(name)
}
