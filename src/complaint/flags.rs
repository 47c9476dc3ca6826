//! What the system points out in a text. It proposes; a person decides.

use std::collections::BTreeSet;
use std::ops::Range;

use super::directory::Directory;
use super::links::link;
use super::text;
use super::{abbreviations, danger, discretion, hedges, lexicon, misconduct};

/// Something that an officer should see at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// Abuse without a subject.
    Abuse,
    /// A number stood where a ticket number belongs, but it is none.
    BadNumber,
    /// A closing courtesy: asks for nothing.
    Courtesy,
    /// Danger to life or home.
    Emergency,
    /// A code without a text.
    Empty,
    /// May breach the code of ethics.
    Ethics,
    /// The unit was guessed.
    Guessed,
    /// Holds a number of 16 digits (NIK, KK).
    Nik,
    /// Holds a one-time code.
    Otp,
    /// The sender asks for secrecy.
    Secret,
    /// Advertising or fraud.
    Spam,
    /// No matter is named.
    Unclear,
}

/// A set of flags.
pub type Flags = BTreeSet<Flag>;

impl Flag {
    /// How lists, scripts and the register call it.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Abuse => "abuse",
            Self::BadNumber => "bad-number",
            Self::Courtesy => "courtesy",
            Self::Emergency => "emergency",
            Self::Empty => "empty",
            Self::Ethics => "ethics",
            Self::Guessed => "guessed",
            Self::Nik => "nik",
            Self::Otp => "otp",
            Self::Secret => "secret",
            Self::Spam => "spam",
            Self::Unclear => "unclear",
        }
    }
}

/// Words of a message up to which it may be called unclear.
const UNCLEAR_WORDS_MAX: usize = 9;

/// Words that `_` stands for, at most.
const GAP_MAX: usize = 3;

/// Words that `!` looks at, at most.
const AHEAD_MAX: usize = 3;

/// What a text shows.
pub(super) fn of(content: &str, directory: &Directory) -> Flags {
    let written = text::words(content);
    let pauses = hedges::pauses(content, &written);
    let words: Vec<String> =
        written.iter().map(|word| abbreviations::plain(&word.folded).to_owned()).collect();
    let holds = |phrases: &[&str]| holds(&words, phrases);
    let mut flags = Flags::new();
    let lured = || {
        (holds(lexicon::LURE) || holds_telephone_number(content))
            && !has_substance(&words, directory)
    };
    let on_duty = holds(lexicon::ON_DUTY);
    let spam = !on_duty && (holds(lexicon::SPAM) || (holds(lexicon::SPAM_WITH_LURE) && lured()));
    let mut set = |flag, on: bool| {
        if on {
            flags.insert(flag);
        }
    };
    set(Flag::Spam, spam);
    // "Mama minta pulsa 50rb" is fraud, not an officer's misconduct.
    set(Flag::Ethics, on_duty || (!spam && misconduct::is_told(&words, &pauses)));
    set(Flag::Emergency, !spam && danger::is_near(&words, &pauses));
    set(Flag::Abuse, holds(lexicon::ABUSE) && !has_substance(&words, directory));
    set(Flag::Secret, holds(discretion::SECRET));
    set(Flag::Nik, holds_long_number(content));
    set(Flag::Otp, holds(lexicon::OTP));
    let all_in = |lists: &[&[&str]]| {
        !words.is_empty()
            && words.iter().all(|word| lists.iter().any(|list| list.contains(&word.as_str())))
    };
    let courtesy = is_courtesy(&words);
    set(Flag::Courtesy, courtesy || approves_by_picture(content));
    let hollow = words.len() <= UNCLEAR_WORDS_MAX && all_in(&[lexicon::HOLLOW, lexicon::GREETINGS]);
    set(Flag::Unclear, !courtesy && (words.is_empty() || hollow));
    flags
}

/// Flags that count wherever in a message they stand: danger, misconduct, and what must stay private. The others say what a
/// complaint is, and are its body's: nobody writes "tes" or a link before an address for what comes behind it.
const ANYWHERE: [Flag; 5] = [Flag::Emergency, Flag::Ethics, Flag::Nik, Flag::Otp, Flag::Secret];

/// Of what a text shows, that which counts wherever it stands.
pub(super) fn anywhere(content: &str, directory: &Directory) -> Flags {
    let mut flags = of(content, directory);
    flags.retain(|flag| ANYWHERE.contains(flag));
    flags
}

/// Whether the fire brigade is called, in a whole message: its name may be the address.
pub(super) fn of_call(message: &str) -> Flags {
    let pauses = hedges::pauses(message, &text::words(message));
    let called = danger::calls_brigade(&plain_words(message), &pauses);
    called.then_some(Flag::Emergency).into_iter().collect()
}

/// What the unit that is addressed does, where that is told without naming it again.
pub(super) fn of_unit(body: &str) -> Flags {
    let words = plain_words(body);
    let does = lexicon::UNIT_DOES.iter().any(|phrase| length_here(&words, phrase).is_some());
    does.then_some(Flag::Ethics).into_iter().collect()
}

/// What an officer's text speaks of that is asked for by telephone or at the counter, and never by SMS (procedure.md 12.1 and 13):
/// `nik`, `kk`, `otp`, `pin`, `password`, `transfer`, in this order; and `link`, where it holds what may be one. It points out; a person
/// decides.
pub fn never_by_sms(text: &str) -> Vec<&'static str> {
    let words = plain_words(text);
    discretion::NEVER_BY_SMS
        .iter()
        .filter(|(_, phrases)| holds(&words, phrases))
        .map(|(token, _)| *token)
        .chain(link(text).map(|_| "link"))
        .collect()
}

/// The words of a text, written out.
fn plain_words(text: &str) -> Vec<String> {
    text::words(text)
        .into_iter()
        .map(|word| abbreviations::plain(&word.folded).to_owned())
        .collect()
}

/// Trials, greetings, emoji: a message that says nothing.
pub(super) fn is_without_content(content: &str) -> bool {
    text::words(content).iter().all(|word| lexicon::GREETINGS.contains(&word.folded.as_str()))
}

/// Nothing but words that close, and their company.
pub(super) fn is_courtesy(words: &[String]) -> bool {
    let listed = |list: &[&str], word: &String| list.contains(&word.as_str());
    let agrees = words.iter().any(|word| listed(lexicon::COURTESY_YES, word));
    if agrees
        && words.iter().all(|word| {
            listed(lexicon::COURTESY_YES, word) || listed(lexicon::COURTESY_ADDRESSED, word)
        })
    {
        return true;
    }
    let mut rest = words;
    let mut closes = holds(words, lexicon::COURTESY_WAITING)
        && !words.iter().any(|word| listed(lexicon::COURTESY_AWAITED, word));
    while let Some((word, others)) = rest.split_first() {
        // "mohon maaf" excuses; "mohon" before anything else asks.
        if word == "mohon" && others.first().is_some_and(|next| next == "maaf") {
            rest = others;
            continue;
        }
        let phrase =
            lexicon::COURTESY_PHRASES.iter().find(|phrase| length_here(rest, phrase).is_some());
        let core = lexicon::COURTESY_CORE.contains(&word.as_str());
        if phrase.is_none() && !core && !lexicon::COURTESY_COMPANY.contains(&word.as_str()) {
            return false;
        }
        closes |= core || phrase.is_some();
        let length = phrase.map_or(1, |phrase| phrase.split(' ').count());
        rest = rest.get(length..).unwrap_or(others);
    }
    closes
}

/// Nothing but pictures that thank or approve.
pub(super) fn approves_by_picture(content: &str) -> bool {
    let is_dress = |c: char| {
        c.is_whitespace()
            || text::is_invisible(c)
            || matches!(c, '.' | '!' | '\u{1F3FB}'..='\u{1F3FF}')
    };
    let mut pictures = content.chars().filter(|c| !is_dress(*c)).peekable();
    pictures.peek().is_some() && pictures.all(|c| lexicon::COURTESY_PICTURES.contains(&c))
}

/// A matter or a place stands beside the rough words.
fn has_substance(words: &[String], directory: &Directory) -> bool {
    if holds(words, lexicon::SUBSTANCE) {
        return true;
    }
    let spelt: Vec<[&str; 2]> = words.iter().map(|word| [word.as_str(), word.as_str()]).collect();
    !directory.by_topic(&spelt).is_empty()
}

/// Sixteen digits in a row, single spaces, dots or hyphens between them allowed.
fn holds_long_number(content: &str) -> bool {
    const DIGITS: usize = 16;
    let mut run = 0;
    let mut separated = false;
    for character in content.chars() {
        if character.is_ascii_digit() {
            run += 1;
            separated = false;
        } else if matches!(character, ' ' | '.' | '-') && run > 0 && !separated {
            separated = true;
        } else {
            if run == DIGITS {
                return true;
            }
            run = 0;
            separated = false;
        }
    }
    run == DIGITS
}

/// A mobile number as people write it: `08…` or `62…`, in groups or not.
fn holds_telephone_number(content: &str) -> bool {
    /// Digits of the shortest mobile number.
    const DIGITS_MIN: usize = 10;
    let mut digits = String::new();
    for character in content.chars().chain(['\n']) {
        if character.is_ascii_digit() {
            digits.push(character);
        } else if !matches!(character, ' ' | '.' | '-' | '\u{a0}') {
            if digits.len() >= DIGITS_MIN && (digits.starts_with("08") || digits.starts_with("628"))
            {
                return true;
            }
            digits.clear();
        }
    }
    false
}

/// Whether one of the phrases stands anywhere.
fn holds(words: &[String], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| places(words, phrase).next().is_some())
}

/// Endings that say whose somebody is, in Indonesian, Javanese, Sundanese and Madurese; or none.
const POSSESSIVES: &[&str] = &["", "nya", "e", "ne", "ipun", "nipun", "na", "ku"];

/// Where a phrase stands: from its first word up to behind its last.
pub(super) fn places(words: &[String], phrase: &str) -> impl Iterator<Item = Range<usize>> {
    (0..words.len()).filter_map(move |at| Some(at..at + length_here(words.get(at..)?, phrase)?))
}

/// How many words a phrase takes with which `words` begin.
fn length_here(words: &[String], phrase: &str) -> Option<usize> {
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let behind = |count: usize| Some(count + length_here(words.get(count..)?, rest)?);
    match first {
        "" => Some(0),
        "_" => (0..=GAP_MAX.min(words.len())).find_map(behind),
        "#" => behind(amount(words)?),
        _ if first.starts_with('~') => {
            let forbidden = first.trim_start_matches('~');
            let free = words.iter().take(GAP_MAX).take_while(|word| !is_of(word, forbidden));
            (0..=free.count())
                .filter(|count| words.get(..*count).is_some_and(|gap| !misconduct::takes_back(gap)))
                .find_map(behind)
        }
        _ if first.starts_with('!') => {
            let forbidden = first.trim_start_matches('!');
            let follows = words
                .iter()
                .take(AHEAD_MAX)
                .take_while(|word| !lexicon::CONTRASTS.contains(&word.as_str()))
                .any(|word| is_of(word, forbidden));
            if follows { None } else { behind(0) }
        }
        forms => {
            let word = words.first()?;
            forms.split('|').any(|form| is_form(word, form)).then_some(())?;
            behind(1)
        }
    }
}

/// Whether a word is of the set of that name.
fn is_of(word: &str, name: &str) -> bool {
    lexicon::forms(name).is_some_and(|forms| {
        forms.words.contains(word) || forms.signed.iter().any(|form| is_form(word, form))
    })
}

/// Whether a word is one of a phrase's forms.
pub(super) fn is_form(word: &str, form: &str) -> bool {
    if let Some(name) = form.strip_prefix('$') {
        return is_of(word, name);
    }
    if let Some(stem) = form.strip_suffix('*') {
        return word.starts_with(stem);
    }
    match form.strip_suffix('+') {
        Some(owned) => word.strip_prefix(owned).is_some_and(|ending| POSSESSIVES.contains(&ending)),
        None => word == form,
    }
}

/// How many words an amount of money takes with which `words` begin: `150rb`, `Rp 150.000`, `1,5 juta`, `seratus ribu`; not a bare
/// small number, nor a year.
fn amount(words: &[String]) -> Option<usize> {
    let currency = usize::from(matches!(words.first()?.as_str(), "rp" | "idr"));
    let figures = words.get(currency..)?;
    let is_figure = |word: &&String| is_digits(word) || lexicon::NUMERALS.contains(&word.as_str());
    let count = figures.iter().take(NUMERAL_WORDS_MAX).take_while(is_figure).count();
    let scaled = figures.get(count).is_some_and(|unit| count > 0 && is_thousands(unit));
    let first = figures.first()?;
    let groups = if is_digits(first) && first.len() <= 3 && !first.starts_with('0') {
        figures.iter().skip(1).take_while(|group| is_digits(group) && group.len() == 3).count()
    } else {
        0
    };
    // Sums are round: "150.000", but not "RT 12 005".
    let round = groups > 0 && figures.get(groups).is_some_and(|last| last.ends_with("00"));
    // "2000 meter" is no sum.
    let measures = |at: usize| {
        currency == 0
            && figures.get(at).is_some_and(|unit| lexicon::MEASURES.contains(&unit.as_str()))
    };
    if scaled {
        Some(currency + count + 1)
    } else if round && !measures(groups + 1) {
        Some(currency + groups + 1)
    } else {
        let bare = currency == 0 && is_digits(first) && measures(1);
        (!bare && (is_amount(first) || (currency > 0 && is_digits(first)))).then_some(currency + 1)
    }
}

/// Words of a number before its thousands, at most (`seratus dua puluh lima ribu`).
const NUMERAL_WORDS_MAX: usize = 6;

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_thousands(word: &str) -> bool {
    lexicon::THOUSANDS.contains(&word)
}

/// An amount of money in one word: `150rb`, `50000`, `10jt`, `sejuta`.
fn is_amount(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let unit = word.get(digits..).unwrap_or_default();
    let round = digits >= 4 && unit.is_empty() && word.ends_with("00") && !word.starts_with('0');
    (digits > 0 && is_thousands(unit))
        || round
        || word
            .strip_prefix("rp")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || lexicon::MONEY.contains(&word)
}
