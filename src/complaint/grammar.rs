//! The forms in which citizens write, tried in the order of procedure.md section 10; the first that fits wins.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while_m_n};
use nom::character::complete::{char, multispace0, multispace1, not_line_ending};
use nom::combinator::{peek, recognize, verify};
use nom::sequence::{delimited, preceded, terminated};

use super::commands::{self, Kind};
use super::directory::{Directory, Reach, Unit, UnitCode};
use super::flags::{self, Flag, Flags};
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
}

/// Words before or round a code that address nobody in particular.
const SALUTATIONS: &[&str] = &[
    "pak",
    "bapak",
    "bpk",
    "pa",
    "bu",
    "ibu",
    "min",
    "admin",
    "yth",
    "kepada",
    "kpd",
    "kepala",
    "assalamualaikum",
    "ass",
    "aslm",
    "asalamualaikum",
    "assalamu",
    "alaikum",
    "salam",
    "wr",
    "wb",
    "warahmatullahi",
    "wabarakatuh",
    "waalaikumsalam",
    "selamat",
    "slmt",
    "pagi",
    "siang",
    "sore",
    "malam",
    "met",
    "mohon",
    "maaf",
    "permisi",
    "halo",
    "hallo",
    "hai",
    "punten",
    "nyuwun",
    "sewu",
    "kulonuwun",
    "om",
    "swastiastu",
    "shalom",
    "kak",
    "mas",
    "mbak",
    "bang",
    "untuk",
    "utk",
    "ke",
    "buat",
    "tujuan",
    "hormat",
    "dengan",
    "dgn",
    "tolong",
    "tlg",
    "bupati",
    "walikota",
    "wali",
    "kota",
    "di",
    "tempat",
    "sdr",
    "saudara",
    "terhormat",
    "jajaran",
    "petugas",
    "staf",
    "lapor",
    "laporan",
    "pengaduan",
    "aduan",
];

/// Words copied from the instructions.
const INSTRUCTIONS: &[&str] =
    &["ketik", "kode", "kodeskpd", "skpd", "spasi", "format", "sms", "isi", "opd", "kodeopd"];

/// Reads one message. Never fails: what is not understood is a complaint without a unit, whole.
pub fn read(message: &str, directory: &Directory) -> Reading {
    let content = behind_heads(message);
    let found = Forms { directory, content }.find();
    let certain = matches!(found, Found::Unit { certainty: Certainty::Certain, .. });
    if !certain && let Some(command) = commands::command(content) {
        let mut flags = Flags::new();
        if command.bad_number {
            flags.insert(Flag::BadNumber);
        }
        return Reading {
            unit: None,
            certainty: Certainty::None,
            body: command.reason.to_owned(),
            kind: command.kind,
            number: command.number,
            flags,
            suggestions: Vec::new(),
        };
    }
    let number = TicketNumber::find_in(content);
    match found {
        Found::Unit { unit, certainty, body } => {
            let mut flags = flags::of(body, directory);
            // "DISDUKCAPIL # terima kasih" thanks an office: it is no mere courtesy.
            flags.remove(&Flag::Courtesy);
            if !has_content(body) {
                flags = Flags::from([Flag::Empty]);
            }
            if certainty == Certainty::Guessed {
                flags.insert(Flag::Guessed);
            }
            Reading {
                unit: Some(unit.code.clone()),
                certainty,
                body: body.to_owned(),
                kind: Kind::Complaint,
                number,
                flags,
                suggestions: suggestions(body, directory, &[]),
            }
        }
        Found::None { named } => {
            let flags = flags::of(content, directory);
            // Greetings, courtesies, advertising: nothing that an office could work on.
            let nothing_said = flags.contains(&Flag::Spam)
                || flags.contains(&Flag::Courtesy)
                || (flags.contains(&Flag::Unclear) && flags::is_without_content(content));
            Reading {
                unit: None,
                certainty: Certainty::None,
                body: if nothing_said { String::new() } else { message.to_owned() },
                kind: Kind::Complaint,
                number,
                flags,
                suggestions: suggestions(content, directory, &named),
            }
        }
    }
}

enum Found<'a> {
    Unit {
        unit: &'a Unit,
        certainty: Certainty,
        body: &'a str,
    },
    /// No unit; those that stood where one was expected.
    None {
        named: Vec<&'a Unit>,
    },
}

struct Forms<'a> {
    directory: &'a Directory,
    content: &'a str,
}

impl<'a> Forms<'a> {
    fn find(&self) -> Found<'a> {
        // Form 2: a leading # is dropped.
        let led =
            self.content.trim_start_matches(|c: char| !c.is_alphanumeric() && !text::is_hash(c));
        let led_by_hash = led.starts_with(text::is_hash);
        let content = if led_by_hash {
            led.trim_start_matches(|c: char| text::is_hash(c) || c.is_whitespace())
        } else {
            self.content
        };
        if let Some((before, after)) = split_hash(content, content.find(text::is_hash)) {
            let found = self.before_hash(before, after);
            if !matches!(&found, Found::None { named } if named.is_empty()) {
                return found;
            }
            if let Some(found) = self.after_hash(content) {
                return found;
            }
        }
        self.at_start(content, led_by_hash)
    }

    /// Forms 1, 3, 4 and 5.
    fn before_hash(&self, before: &'a str, after: &'a str) -> Found<'a> {
        let words = text::words(before);
        let asked = without_copied(&words);
        let body = body(after);
        if asked.is_empty() {
            return Found::None { named: Vec::new() };
        }
        let unit = |unit, certainty| Found::Unit { unit, certainty, body };
        // A title that is also a unit ("pak bupati") counts only where nothing else does.
        for address in [without_salutations(&asked), asked.clone()] {
            if let Some(found) = self.directory.whole(&address, before, Reach::BesideHash) {
                return unit(found, Certainty::Certain);
            }
        }
        let address = without_salutations(&asked);
        if let Some(named) = self.two_codes(&address, before) {
            return Found::None { named };
        }
        for start in 1..address.len() {
            let tail = address.get(start..).unwrap_or_default();
            if let Some(found) = self.directory.whole(tail, before, Reach::Hyphened) {
                return unit(found, Certainty::Lenient);
            }
        }
        if let [word] = address.as_slice()
            && word.folded.chars().count() >= GUESS_LETTERS_MIN
        {
            let near = self.directory.near(&word.folded);
            return match near.as_slice() {
                [only] => unit(only, Certainty::Guessed),
                _ => Found::None { named: near },
            };
        }
        Found::None { named: Vec::new() }
    }

    /// Form 6: the whole text after the last # is a code.
    fn after_hash(&self, content: &'a str) -> Option<Found<'a>> {
        let (before, after) = split_hash(content, content.rfind(text::is_hash))?;
        let words = text::words(after);
        let address = without_salutations(&without_copied(&words));
        let unit = self.directory.whole(&address, after, Reach::BesideHash)?;
        let body = text::trim(before.trim_end_matches(text::is_hash));
        Some(Found::Unit { unit, certainty: Certainty::Lenient, body })
    }

    /// Form 7: the text starts with a code.
    fn at_start(&self, content: &'a str, led_by_hash: bool) -> Found<'a> {
        let words = text::words(content);
        let reach = if led_by_hash { Reach::BesideHash } else { Reach::Hyphened };
        let salutations = words.iter().take_while(|word| is_filler(word)).count();
        // "Kepala Dinas …" and "kode DISHUB" start later; a code that is a salutation itself does not exist.
        let address = words.get(salutations..).unwrap_or_default();
        let Some(naming) = self.directory.naming(address, content, reach) else {
            return Found::None { named: Vec::new() };
        };
        if let Some(named) = self.two_codes(address, content) {
            return Found::None { named };
        }
        let end = address.get(naming.words.saturating_sub(1)).map_or(0, |word| word.end);
        let rest = content.get(end..).unwrap_or_default();
        Found::Unit { unit: naming.unit, certainty: Certainty::Lenient, body: body(rest) }
    }

    /// Form 3: two different codes, one directly behind the other.
    fn two_codes(&self, words: &[Word], of: &str) -> Option<Vec<&'a Unit>> {
        let first = self.directory.naming(words, of, Reach::Hyphened)?;
        let rest = words.get(first.words..)?;
        let joints = rest
            .iter()
            .take_while(|word| matches!(word.folded.as_str(), "dan" | "atau" | "n" | "sama"))
            .count();
        let second = self.directory.naming(rest.get(joints..)?, of, Reach::Hyphened)?;
        (first.unit.code != second.unit.code).then(|| vec![first.unit, second.unit])
    }
}

fn split_hash(content: &str, at: Option<usize>) -> Option<(&str, &str)> {
    let (before, after) = content.split_at_checked(at?)?;
    Some((before, after.strip_prefix(text::is_hash).unwrap_or(after)))
}

fn is_filler(word: &Word) -> bool {
    SALUTATIONS.contains(&word.folded.as_str()) || INSTRUCTIONS.contains(&word.folded.as_str())
}

fn without_copied(words: &[Word]) -> Vec<Word> {
    words.iter().filter(|word| !INSTRUCTIONS.contains(&word.folded.as_str())).cloned().collect()
}

fn without_salutations(words: &[Word]) -> Vec<Word> {
    words.iter().skip_while(|word| SALUTATIONS.contains(&word.folded.as_str())).cloned().collect()
}

/// The body behind its address: without separators, copied instructions and the brackets of the instructions' example.
fn body(after: &str) -> &str {
    let mut body = text::trim(after);
    loop {
        let before = body;
        body = body.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | ',' | '=' | '*' | '>' | ')' | ']' | '_' | '~')
        });
        body = strip_separator(body);
        if let Some(rest) = copied_space(body) {
            body = rest;
        }
        if body == before {
            break;
        }
    }
    for (open, close) in [('<', '>'), ('"', '"'), ('\u{201c}', '\u{201d}')] {
        if let Some(inner) = body.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            body = inner;
        }
    }
    text::trim(body)
}

/// A hyphen, full stop or # standing alone is a separator; before a word it belongs to it (`-5 derajat`, `#tagar`).
fn strip_separator(body: &str) -> &str {
    let mut characters = body.chars();
    match (characters.next(), characters.next()) {
        (Some('-' | '.' | '/' | '\u{2013}' | '\u{2014}'), Some(next)) if !next.is_ascii_digit() => {
            body.trim_start_matches(['-', '.', '/', '\u{2013}', '\u{2014}'])
        }
        (Some('-' | '.' | '/'), None) => "",
        (Some(hash), Some(next))
            if text::is_hash(hash) && (next.is_whitespace() || text::is_hash(next)) =>
        {
            body.trim_start_matches(text::is_hash)
        }
        (Some(hash), None) if text::is_hash(hash) => "",
        _ => body,
    }
}

/// `(spasi)`, copied from the instructions.
fn copied_space(body: &str) -> Option<&str> {
    let mut parser = delimited(
        (char('('), multispace0),
        tag_no_case::<_, _, ()>("spasi"),
        (multispace0, char(')')),
    );
    parser.parse(body).ok().map(|(rest, _)| rest)
}

/// Skips what forwarding and copying put in front of a text.
fn behind_heads(message: &str) -> &str {
    let mut content = text::trim(message);
    while let Ok((rest, _)) = alt((forwarded, exported)).parse(content) {
        content = text::trim(rest);
    }
    content
}

/// `Diteruskan`, `Forwarded`, `Fwd:` on a line of its own or before a colon.
fn forwarded(input: &str) -> nom::IResult<&str, &str> {
    let word = alt((
        tag_no_case("diteruskan berkali-kali"),
        tag_no_case("diteruskan"),
        tag_no_case("forwarded message"),
        tag_no_case("forwarded"),
        tag_no_case("fwd"),
        tag_no_case("fw"),
    ));
    terminated(
        word,
        alt((
            recognize((multispace0, char(':'))),
            recognize((multispace0, char('\n'))),
            peek(multispace1),
        )),
    )
    .parse(input)
}

/// `[12/11 08.15] Nama:`, as WhatsApp exports a message.
fn exported(input: &str) -> nom::IResult<&str, &str> {
    /// Letters of a time stamp or a name, at most.
    const LETTERS: usize = 40;
    let stamp = verify(
        take_while_m_n(4, LETTERS, |c: char| !matches!(c, '[' | ']' | '\n')),
        |stamp: &str| stamp.chars().any(|c| c.is_ascii_digit()),
    );
    let name = take_while_m_n(1, LETTERS, |c: char| !matches!(c, ':' | '\n' | '#'));
    recognize((
        delimited(char('['), stamp, char(']')),
        preceded(peek(not_line_ending), name),
        char(':'),
    ))
    .parse(input)
}

/// Whether anything is said at all.
fn has_content(body: &str) -> bool {
    body.chars().any(|c| !c.is_whitespace() && !text::is_mark(c) && !c.is_ascii_punctuation())
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
        let glued = directory.units().iter().find(|unit| {
            let code = text::squash(unit.code.as_str());
            code.len() >= GUESS_LETTERS_MIN && word.folded.starts_with(&code)
        });
        found.extend(glued.map(|unit| &unit.code));
        // A word that names a matter is no mistyped code: "padam" is one letter from PDAM.
        let matter = super::lexicon::SUBSTANCE.contains(&word.folded.as_str());
        if at < 3 && !matter && word.folded.chars().count() >= GUESS_LETTERS_MIN {
            found.extend(directory.near(&word.folded).into_iter().map(|unit| &unit.code));
        }
    }
    let plain: Vec<&str> = words.iter().map(|word| super::lexicon::plain(&word.folded)).collect();
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
