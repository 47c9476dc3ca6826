//! The forms in which citizens write, tried in the order of procedure.md section 10; the first that fits wins.

use super::address;
use super::body;
use super::commands::{self, Kind};
use super::directory::{Directory, Reach, Unit, UnitCode};
use super::flags::{self, Flag, Flags};
use super::heads;
use super::text::{self, Word};
use crate::number::TicketNumber;

/// A typing error is forgiven only in words of this length on.
const GUESS_LETTERS_MIN: usize = 5;

/// Suggestions that an officer is shown at most.
const SUGGESTIONS_MAX: usize = 4;

/// How sure the unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Written as asked for: `CODE # body`.
    Certain,
    /// Written another way, but plainly.
    Lenient,
    /// With a typing error.
    Guessed,
    /// No unit.
    None,
}

/// What a text was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The unit that is addressed.
    pub unit: Option<UnitCode>,
    /// How sure that is.
    pub certainty: Certainty,
    /// A # sets the unit apart from what is said.
    pub by_hash: bool,
    /// The complaint without its address; the whole text where no unit was found; the reason of BELUM.
    pub body: String,
    /// Command or complaint.
    pub kind: Kind,
    /// A ticket that the text names.
    pub number: Option<TicketNumber>,
    /// What the system points out; a person decides.
    pub flags: Flags,
    /// Units that the text suggests, the most telling first.
    pub suggestions: Vec<UnitCode>,
    /// Units that stand together where one belongs: which of them answers is an officer's choice (A17). Two or more, or none.
    pub named: Vec<UnitCode>,
    /// Something is said to units of which none can be told to be the one that is meant: named together, or equally near to what was
    /// typed. So there is a unit code in the text, although there is no unit.
    pub undecided: bool,
}

impl Reading {
    /// Whether the unit is a guess that its citizen is to be told of (procedure.md section 13): with a typing error, or without the
    /// # that says where a code ends. A code beside a # is the unit, wherever it stands.
    pub const fn is_guess(&self) -> bool {
        match self.certainty {
            Certainty::Guessed => true,
            Certainty::Lenient => !self.by_hash,
            Certainty::Certain | Certainty::None => false,
        }
    }
}

/// Reads one message. Never fails: what is not understood is a complaint without a unit, whole.
pub fn read(message: &str, directory: &Directory) -> Reading {
    let content = heads::behind(message);
    let found = Forms::new(directory, content).find();
    let by_hash = matches!(found, Found::Unit { by_hash: true, .. });
    if !by_hash && let Some(command) = commands::command(content) {
        let mut flags = Flags::new();
        if command.bad_number {
            flags.insert(Flag::BadNumber);
        }
        return Reading {
            unit: None,
            certainty: Certainty::None,
            by_hash: false,
            body: command.reason.to_owned(),
            kind: command.kind,
            number: command.number,
            flags,
            suggestions: Vec::new(),
            named: Vec::new(),
            undecided: false,
        };
    }
    complaint(message, found, directory)
}

/// Reads a message that is no command whatever it looks like, and in which no digits are the number of a ticket.
pub fn read_as_complaint(message: &str, directory: &Directory) -> Reading {
    let found = Forms::new(directory, heads::behind(message)).find();
    Reading { number: None, ..complaint(message, found, directory) }
}

/// A complaint, with what was `found` of its unit.
fn complaint(message: &str, found: Found<'_>, directory: &Directory) -> Reading {
    let content = heads::behind(message);
    let number = TicketNumber::find_in(content);
    match found {
        Found::Unit { unit, certainty, body, by_hash } => {
            let mut flags = flags::of(body, directory);
            // "DISDUKCAPIL # terima kasih" thanks an office: it is no mere courtesy.
            flags.remove(&Flag::Courtesy);
            let mut beside = beside(message, body, directory);
            beside.extend(flags::of_unit(body));
            let says_nothing = !says_something(body, by_hash);
            // Signs alone stay what they are.
            let body = if says_nothing && body::has_content(body) { "" } else { body };
            if says_nothing {
                // "KEBAKARAN #" says all there is to say.
                let alarm = beside.contains(&Flag::Emergency);
                flags = Flags::from([if alarm { Flag::Emergency } else { Flag::Empty }]);
            }
            flags.extend(beside);
            if certainty == Certainty::Guessed {
                flags.insert(Flag::Guessed);
            }
            Reading {
                unit: Some(unit.code.clone()),
                certainty,
                by_hash,
                body: body.to_owned(),
                kind: Kind::Complaint,
                number,
                flags,
                suggestions: suggestions(body, directory, &[]),
                named: Vec::new(),
                undecided: false,
            }
        }
        Found::None { named, together } => {
            let flags = flags::of(content, directory);
            // Greetings, courtesies, advertising: nothing that an office could work on.
            let nothing_said = flags.contains(&Flag::Spam)
                || flags.contains(&Flag::Courtesy)
                || (flags.contains(&Flag::Unclear) && flags::is_without_content(content));
            Reading {
                unit: None,
                certainty: Certainty::None,
                by_hash: false,
                body: if nothing_said { String::new() } else { message.to_owned() },
                kind: Kind::Complaint,
                number,
                flags,
                suggestions: suggestions(content, directory, &named),
                undecided: !nothing_said
                    && !named.is_empty()
                    && says_more(content, &named, directory),
                named: if together { decided(&named) } else { Vec::new() },
            }
        }
    }
}

/// Whether anything is said to a unit but particles and copied words. Thanks are, behind a #: who writes "DLH # terima kasih" means it;
/// "PUPR makasih" names the right code politely.
fn says_something(body: &str, by_hash: bool) -> bool {
    let words = text::words(body);
    if words.is_empty() {
        return body::has_content(body) && (by_hash || !flags::approves_by_picture(body));
    }
    let is_courtesy = || {
        let plain = words.iter().map(|word| super::abbreviations::plain(&word.folded).to_owned());
        flags::is_courtesy(&plain.collect::<Vec<_>>())
    };
    if by_hash {
        return !address::say_nothing(&words);
    }
    let unthanked = commands::without_thanks(words.clone(), |word| &word.folded);
    !address::say_nothing(&unthanked) && !is_courtesy()
}

/// What a text shows, whatever it is: also one that is a command, of which [`read`] keeps no flags.
pub fn flags_of(message: &str, directory: &Directory) -> Flags {
    let content = heads::behind(message);
    let mut flags = flags::of(content, directory);
    if let Found::Unit { body, .. } = Forms::new(directory, content).find() {
        flags.extend(flags::anywhere(body, directory));
        flags.extend(beside(message, body, directory));
        flags.extend(flags::of_unit(body));
    }
    flags
}

/// What a message shows beside its body that nothing may hide (procedure.md section 5, A19): before the address, behind it, and in a
/// sentence that an address cuts in two. The address is left out of that one: no "dinas" of a name belongs to what is said; but who calls
/// the fire brigade addresses it.
fn beside(message: &str, body: &str, directory: &Directory) -> Flags {
    let (before, after) = message.split_once(body).unwrap_or((message, ""));
    let mut flags = flags::anywhere(before, directory);
    flags.extend(flags::anywhere(after, directory));
    flags.extend(flags::of_call(message));
    let words = text::words(before);
    let mut rest = words.as_slice();
    let mut sentence = String::new();
    while let Some((word, others)) = rest.split_first() {
        let naming = directory.naming(rest, before, Reach::BesideHash);
        if naming.is_none() {
            sentence.push_str(&word.folded);
            sentence.push(' ');
        }
        rest = naming.and_then(|naming| rest.get(naming.words..)).unwrap_or(others);
    }
    if !sentence.is_empty() {
        sentence.push_str(body);
        flags.extend(flags::anywhere(&sentence, directory));
    }
    flags
}

/// Whether a text says more than the names of units: those that it names, and those `near` to which it comes.
fn says_more(content: &str, near: &[&Unit], directory: &Directory) -> bool {
    let words = text::words(content);
    let mut rest = words.as_slice();
    while let Some((word, others)) = rest.split_first() {
        let naming = directory.naming(rest, content, Reach::Hyphened);
        let comes_near = || directory.near(&word.folded).iter().any(|unit| near.contains(unit));
        rest = match (naming, address::joints(rest)) {
            (Some(naming), _) => rest.get(naming.words..).unwrap_or_default(),
            (None, joints @ 1..) => rest.get(joints..).unwrap_or_default(),
            (None, 0) if comes_near() => others,
            (None, 0) => return true,
        };
    }
    false
}

enum Found<'a> {
    Unit {
        unit: &'a Unit,
        certainty: Certainty,
        body: &'a str,
        /// Whether a # marks it, so that the message is no command.
        by_hash: bool,
    },
    /// No unit; those that stood where one was expected.
    None {
        named: Vec<&'a Unit>,
        /// They were named one beside the other, and are not only near to what was typed.
        together: bool,
    },
}

impl Found<'_> {
    const NOTHING: Self = Self::None { named: Vec::new(), together: false };

    fn together(named: Vec<&Unit>) -> Found<'_> {
        Found::None { named, together: true }
    }
}

struct Forms<'a> {
    directory: &'a Directory,
    /// The message behind its heads.
    content: &'a str,
    /// The content behind a leading #, also one behind nothing but salutations and copied words (form 2).
    rest: &'a str,
    led_by_hash: bool,
    /// As `rest`, but a hashtag that opens the text is no # of form 2 and belongs to what is said.
    said: &'a str,
}

impl<'a> Forms<'a> {
    fn new(directory: &'a Directory, content: &'a str) -> Self {
        let mut forms =
            Self { directory, content, rest: content, led_by_hash: false, said: content };
        while let Some((before, after)) = split_hash(forms.rest) {
            let words = text::words(before);
            let asked = address::without_copied(&words);
            let greeting = address::openings(&asked).first() == Some(&asked.len());
            if !greeting || forms.units(&asked, before, Reach::BesideHash).is_some() {
                break;
            }
            forms.rest = after;
            forms.led_by_hash = true;
            if !after.starts_with(char::is_alphanumeric) {
                forms.said = after;
            }
        }
        forms
    }

    fn find(&self) -> Found<'a> {
        let found = self.before_hash();
        if !matches!(&found, Found::None { named, .. } if named.is_empty()) {
            return found;
        }
        self.reversed(Reach::BesideHash).unwrap_or_else(|| self.at_start())
    }

    /// Forms 1, 3, 4 and 5.
    fn before_hash(&self) -> Found<'a> {
        let Some((before, after)) = split_hash(self.rest) else { return Found::NOTHING };
        let words = address::without_copied(&text::words(before));
        let body = || self.body_at(after);
        if let Some(units) = self.units(&words, before, Reach::BesideHash) {
            return match units.as_slice() {
                [unit] => {
                    Found::Unit { unit, certainty: Certainty::Certain, body: body(), by_hash: true }
                }
                _ => Found::together(units),
            };
        }
        let opening = address::openings(&words).first().copied().unwrap_or(0);
        let asked = words.get(opening..).unwrap_or_default();
        if let Some(named) = self.two_codes(asked, before) {
            return Found::together(named);
        }
        if let Some(found) = self.last_words(asked, before, after) {
            return found;
        }
        match one_word(asked, before).map(|word| self.directory.near(&word)) {
            Some(near) => match near.as_slice() {
                [unit] => {
                    Found::Unit { unit, certainty: Certainty::Guessed, body: body(), by_hash: true }
                }
                _ => Found::None { named: near, together: false },
            },
            None => Found::NOTHING,
        }
    }

    /// Form 1 and the plain case of form 3: `words` name units and nothing else, salutations apart. A title that is
    /// also a unit ("pak bupati") counts only where nothing else does.
    fn units(&self, words: &[Word], of: &str, reach: Reach) -> Option<Vec<&'a Unit>> {
        let address = |words: &[Word]| {
            let closings = address::closings(words);
            address::openings(words).into_iter().find_map(|from| {
                closings.iter().find_map(|end| self.all_units(words.get(from..*end)?, of, reach))
            })
        };
        address(words).or_else(|| {
            let closings = address::closings(words);
            address(address::without_region(words.get(..*closings.first()?)?)?)
        })
    }

    /// The different units that `words` name one after another, if they name nothing else.
    fn all_units(&self, words: &[Word], of: &str, reach: Reach) -> Option<Vec<&'a Unit>> {
        let mut units: Vec<&Unit> = Vec::new();
        let mut rest = words;
        while !rest.is_empty() {
            let naming = self.directory.naming(rest, of, reach)?;
            if !units.iter().any(|unit| unit.code == naming.unit.code) {
                units.push(naming.unit);
            }
            rest = rest.get(naming.words..)?;
            rest = rest.get(address::joints(rest)..)?;
        }
        (!units.is_empty()).then_some(units)
    }

    /// Form 4: the last words before the # are a code. A second code directly before it, or at the start, makes two.
    fn last_words(&self, words: &[Word], before: &'a str, after: &'a str) -> Option<Found<'a>> {
        // Behind a sentence that goes on in hashtags, the last word is no address; and what ends in `# CODE` has the
        // reversed form, whatever it mentions before.
        if only_hashtags(before, after) || self.reversed(Reach::Hyphened).is_some() {
            return None;
        }
        let (from, unit) = address::closings(words).into_iter().find_map(|end| {
            (1..end).find_map(|from| {
                let unit = self.directory.whole(words.get(from..end)?, before, Reach::Hyphened)?;
                Some((from, unit))
            })
        })?;
        let ahead = words.get(..from)?;
        let first = self.directory.naming(ahead, before, Reach::Hyphened).map(|first| first.unit);
        let ahead = ahead.get(..ahead.len() - address::joints_before(ahead))?;
        let neighbour = (0..ahead.len())
            .rev()
            .find_map(|from| self.directory.whole(ahead.get(from..)?, before, Reach::Hyphened));
        let other = [first, neighbour].into_iter().flatten().find(|other| other.code != unit.code);
        if let Some(other) = other {
            return Some(Found::together(vec![other, unit]));
        }
        let mut body = self.body_at(after);
        if !body::has_content(body) {
            // "lampu mati dishub#", "lampu mati dishub # !!": what is said stands before the code.
            let start = words.get(from).map_or(0, |word| word.start);
            body = body::before(before.get(..start).unwrap_or_default(), after);
        }
        Some(Found::Unit { unit, certainty: Certainty::Lenient, body, by_hash: true })
    }

    /// Form 6: the whole text after the last # is a code. The name of a field is one only behind more than a word: in
    /// "SAMSAT # pajak" it is what the message is about.
    fn reversed(&self, reach: Reach) -> Option<Found<'a>> {
        // A # that closes the code belongs to it: "lampu mati # DISHUB #".
        let open = self.said.trim_end_matches(|c: char| text::is_hash(c) || c.is_whitespace());
        let (before, after) = open.split_at_checked(open.rfind(text::is_hash)?)?;
        let words = address::without_copied(&text::words(after));
        let reach = if text::words(before).len() > 1 { reach } else { Reach::Hyphened };
        let units = self.units(&words, after, reach)?;
        let [unit] = units.as_slice() else { return None };
        let body = body::before(before, after);
        Some(Found::Unit { unit, certainty: Certainty::Lenient, body, by_hash: true })
    }

    /// Form 7: the text starts with a code.
    fn at_start(&self) -> Found<'a> {
        let words = text::words(self.rest);
        let reach = if self.led_by_hash { Reach::BesideHash } else { Reach::Hyphened };
        let named = |openings: Vec<usize>| {
            openings.into_iter().find_map(|opening| {
                let asked = words.get(opening..)?;
                Some((asked, self.directory.naming(asked, self.rest, reach)?))
            })
        };
        let corrected = || {
            let not_that = self.behind_not(&words, reach);
            named(not_that).or_else(|| named(address::openings_of_code(&words))).filter(
                |(asked, naming)| {
                    let behind = asked.get(naming.words..).unwrap_or_default();
                    let end = behind.first().map_or(self.rest.len(), |word| word.start);
                    let behind = self.rest.get(end..).unwrap_or_default();
                    !self.rest.contains(['?', '\u{FF1F}'])
                        && !says_something(behind, false)
                        && !self.blames(&words, asked)
                },
            )
        };
        let found = named(address::openings_of_text(&words)).or_else(corrected);
        let Some((asked, naming)) = found else { return Found::NOTHING };
        if let Some(named) = self.two_codes(asked, self.rest) {
            return Found::together(named);
        }
        // "Dinas Perhubungan (DISHUB), lampu mati": one unit, named twice.
        let mut taken = naming.words;
        while let Some(again) = asked
            .get(taken..)
            .and_then(|rest| self.directory.naming(rest, self.rest, Reach::Hyphened))
            .filter(|again| again.unit.code == naming.unit.code)
        {
            taken += again.words;
        }
        let end = asked.get(taken.saturating_sub(1)).map_or(0, |word| word.end);
        let mut behind = self.rest.get(end..).unwrap_or_default();
        if self.is_not(asked.get(taken..).unwrap_or_default()) {
            // "PUPR, bukan DLH" says no more than the code.
            behind = "";
        }
        let body = self.body_at(behind);
        let certainty = Certainty::Lenient;
        Found::Unit { unit: naming.unit, certainty, body, by_hash: self.led_by_hash }
    }

    /// Where the code may stand that is meant, behind one that is not: "bukan DLH, yang benar PUPR".
    fn behind_not(&self, words: &[Word], reach: Reach) -> Vec<usize> {
        let behind = || {
            address::openings_of_code(words).into_iter().find_map(|opening| {
                let (wrong, from) = self.not_meant(words.get(opening..)?, reach)?;
                let from = opening + from;
                let from = from + address::buts(words.get(from..)?);
                let rest = words.get(from..)?;
                address::openings_of_code(rest).into_iter().find_map(|more| {
                    let right = self.directory.naming(rest.get(more..)?, self.rest, reach)?;
                    (right.unit.code != wrong.code).then_some(from + more)
                })
            })
        };
        behind().into_iter().collect()
    }

    /// The unit that `words` say is not meant, and how many of them say so.
    fn not_meant(&self, words: &[Word], reach: Reach) -> Option<(&'a Unit, usize)> {
        let nots = address::nots(words);
        let rest = words.get(nots..).filter(|_| nots > 0)?;
        address::openings(rest).into_iter().find_map(|opening| {
            let naming = self.directory.naming(rest.get(opening..)?, self.rest, reach)?;
            Some((naming.unit, nots + opening + naming.words))
        })
    }

    /// Whether `words` only say which unit is not meant.
    fn is_not(&self, words: &[Word]) -> bool {
        self.not_meant(words, Reach::Hyphened)
            .and_then(|(_, length)| words.get(length..))
            .is_some_and(address::say_nothing)
    }

    /// Whether the word before the code that `asked` begins with makes it the one to blame: "salah PUPR". Set apart from it, or
    /// behind an excuse, the error is the citizen's own.
    fn blames(&self, words: &[Word], asked: &[Word]) -> bool {
        let ahead = words.get(..words.len() - asked.len()).unwrap_or_default();
        let (Some(last), Some(code)) = (ahead.last(), asked.first()) else { return false };
        let gap = self.rest.get(last.end..code.start).unwrap_or_default();
        address::MISTAKES.contains(&last.folded.as_str())
            && !gap.contains([',', '.', ':', ';', '-', '\n', '!'])
            && !ahead.iter().any(|word| matches!(word.folded.as_str(), "maaf" | "maap" | "sorry"))
    }

    /// Form 3: two different codes, one directly behind the other.
    fn two_codes(&self, words: &[Word], of: &str) -> Option<Vec<&'a Unit>> {
        let first = self.directory.naming(words, of, Reach::Hyphened)?;
        let rest = words.get(first.words..)?;
        let second = rest.get(address::joints(rest)..)?;
        let second = self.directory.naming(second, of, Reach::Hyphened)?;
        (first.unit.code != second.unit.code).then(|| vec![first.unit, second.unit])
    }

    /// The body that begins with `after`, the end of the content.
    fn body_at(&self, after: &'a str) -> &'a str {
        let prefix = self.content.len().saturating_sub(after.len());
        body::behind(self.content.get(..prefix).unwrap_or_default(), after)
    }
}

/// The text before the first run of # and that behind it.
fn split_hash(content: &str) -> Option<(&str, &str)> {
    let (before, after) = content.split_at_checked(content.find(text::is_hash)?)?;
    Some((before, after.trim_start_matches(text::is_hash)))
}

/// Whether the # behind `before` opens hashtags that go on to the end: `… depan RSUD #gelap #tolong`.
fn only_hashtags(before: &str, after: &str) -> bool {
    let glued = after.starts_with(char::is_alphanumeric) && before.ends_with(char::is_whitespace);
    glued && after.split_whitespace().skip(1).all(|word| word.starts_with(text::is_hash))
}

/// The squashed word that an address is, long enough for a typing error to be forgiven. A hyphen may be in it.
fn one_word(words: &[Word], of: &str) -> Option<String> {
    let written = of.get(words.first()?.start..words.last()?.end)?;
    let joined = |c: char| c.is_alphanumeric() || text::is_invisible(c) || text::is_hyphen(c);
    let squashed: String = words.iter().map(|word| word.folded.as_str()).collect();
    (written.chars().all(joined) && squashed.chars().count() >= GUESS_LETTERS_MIN)
        .then_some(squashed)
}

/// The codes of units that were named together, without the one that stands for none.
fn decided(named: &[&Unit]) -> Vec<UnitCode> {
    let codes: Vec<UnitCode> =
        named.iter().map(|unit| unit.code.clone()).filter(|code| !code.is_undecided()).collect();
    if codes.len() > 1 { codes } else { Vec::new() }
}

/// Units named in the text, then those whose topics occur, without the unsure ones of a guess.
fn suggestions(content: &str, directory: &Directory, named: &[&Unit]) -> Vec<UnitCode> {
    let words = text::words(content);
    let mut found: Vec<&UnitCode> = named.iter().map(|unit| &unit.code).collect();
    for (at, word) in words.iter().enumerate() {
        let rest = words.get(at..).unwrap_or_default();
        if let Some(naming) = directory.naming(rest, content, Reach::Hyphened) {
            found.push(&naming.unit.code);
        }
        // A code glued to the next word, or mistyped at the start, is only suggested.
        found.extend(directory.glued(&word.folded, GUESS_LETTERS_MIN).map(|unit| &unit.code));
        // A word that names a matter is no mistyped code: "padam" is one letter from PDAM.
        let matter = super::lexicon::SUBSTANCE.contains(&word.folded.as_str());
        if at < 3 && !matter && word.folded.chars().count() >= GUESS_LETTERS_MIN {
            found.extend(directory.near(&word.folded).into_iter().map(|unit| &unit.code));
        }
    }
    let plain: Vec<&str> =
        words.iter().map(|word| super::abbreviations::plain(&word.folded)).collect();
    let spelt: Vec<[&str; 2]> =
        words.iter().zip(plain).map(|(word, plain)| [word.folded.as_str(), plain]).collect();
    found.extend(directory.by_topic(&spelt).into_iter().map(|unit| &unit.code));
    let mut seen = std::collections::HashSet::new();
    found
        .into_iter()
        .filter(|code| !code.is_undecided() && seen.insert(*code))
        .take(SUGGESTIONS_MAX)
        .cloned()
        .collect()
}
