//! `aduan letter`: the cover letter (surat pengantar) of a case of the closed path, on the screen or as a file to print.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use clap::Args;

use super::failure::{self, Failure};
use super::input;
use super::language::Language;
use super::letter_forms;
use super::recap_parts::month_name;
use super::session::Session;
use super::terminal::{Page, one_line, plain};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::calendar::Zone;
use crate::control::protocol::{Ask, Letter, Received, Tell};

/// What stands where something is still to be filled in by hand.
const OPEN: &str = "........................";

/// Which case, what is known of its letter, and where it is to lie.
#[derive(Debug, Args)]
pub struct LetterArguments {
    number: String,
    #[arg(long = "to", value_name = "TEXT", allow_hyphen_values = true)]
    body: Option<String>,
    #[arg(long, value_name = "LETTER", allow_hyphen_values = true)]
    letter: Option<String>,
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl LetterArguments {
    /// # Errors
    /// [`Failure::Usage`] for a date that is none.
    pub fn ask(&self, words: &Words) -> Result<Ask, Failure> {
        let date = self.date.as_deref().map(|typed| input::date(words, typed)).transpose()?;
        Ok(Ask::Letter {
            number: self.number.clone(),
            body: self.body.clone(),
            letter: self.letter.clone(),
            date,
        })
    }

    /// Asks, and prints the letter or writes it to a file that nobody else may read. The letter is in Indonesian unless the call
    /// itself asks for another language: whoever gets it need not speak the language of this terminal.
    ///
    /// # Errors
    /// [`Failure`]; then no file is left behind.
    pub fn run(
        &self,
        ask: &Ask,
        session: &Session,
        language: Option<&str>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let Some(path) = self.output.as_deref().filter(|_| !session.is_for_scripts()) else {
            let tell = session.ask(ask)?;
            if let Tell::Letter(letter) = &tell
                && !session.is_for_scripts()
            {
                letter_forms::text(&Paper::of(&spoken(language), letter), out)?;
                return Ok(out.flush()?);
            }
            return session.print(ask, &tell, out);
        };
        // Before the daemon is asked, which notes that a letter was made.
        let mut file = created(path)?;
        let written = session.ask(ask).and_then(|tell| {
            let Tell::Letter(letter) = &tell else { return session.print(ask, &tell, out) };
            write(&Paper::of(&spoken(language), letter), path, &mut file)?;
            told(session.words(), letter, path, out)?;
            Ok(out.flush()?)
        });
        if written.is_err() {
            let _ = fs::remove_file(path);
        }
        written
    }
}

/// The language of the letter.
fn spoken(language: Option<&str>) -> Words {
    let english = Language::English;
    Words::new(if language == Some(english.tag()) { english } else { Language::Indonesian })
}

/// A file that was not there, for its owner alone.
///
/// # Errors
/// [`Failure`] where it was there, or cannot be made.
pub(super) fn created(path: &Path) -> Result<File, Failure> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|error| {
        let exists = error.kind() == io::ErrorKind::AlreadyExists;
        let code = if exists { "FILE_EXISTS" } else { "FILE_FAILED" };
        let path = path.display().to_string();
        let mut trouble = failure::own(
            code,
            format!("{path}: {error}"),
            vec![("path", path), ("cause", error.to_string())],
        );
        trouble.fault = !exists;
        Failure::Trouble(trouble)
    })
}

/// As its name says: text, or else a page for the browser.
fn write(paper: &Paper, path: &Path, file: &mut File) -> io::Result<()> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt")) {
        letter_forms::text(paper, file)?;
    } else {
        letter_forms::html(paper, file)?;
    }
    file.sync_all()
}

/// Where the letter is, and what comes next.
fn told(words: &Words, letter: &Letter, path: &Path, out: &mut dyn Write) -> io::Result<()> {
    let path = one_line(&path.display().to_string());
    writeln!(out, "{}", words.fill("letter-written", &[("path", &path)]))?;
    if letter.handed_over {
        return Ok(());
    }
    writeln!(out, "{}", words.fill("hint-letter", &[("number", &one_line(&letter.number))]))
}

/// The letter on the screen, in the language of the page.
///
/// # Errors
/// What writing fails with.
pub fn print(page: &Page, letter: &Letter, out: &mut dyn Write) -> io::Result<()> {
    letter_forms::text(&Paper::of(&page.words, letter), out)
}

/// A letter with every sentence in its place: no form of paper, screen or file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Tag of its language.
    pub language: &'static str,
    /// What a window calls it.
    pub title: String,
    /// Lines over it: two names and the address.
    pub head: Vec<String>,
    /// That something is still open.
    pub mark: Option<String>,
    /// Place and date.
    pub dated: String,
    /// Number, class, annex, matter.
    pub labels: Vec<(String, String)>,
    /// To whom.
    pub addressee: Vec<String>,
    /// What it is about.
    pub opening: String,
    /// What is known of the complaint.
    pub facts: Vec<(String, String)>,
    /// What stands over the complaint.
    pub quoted: String,
    /// The complaint, in its own lines.
    pub text: String,
    /// What is asked for.
    pub closing: Vec<String>,
    /// As what the letter is signed.
    pub office_of_signer: String,
    /// By whom.
    pub signer: String,
    /// Where the signer's number is filled in.
    pub signer_id: String,
    /// What was written later, where anything was.
    pub annex: Option<Annex>,
}

/// What goes along with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its title, and whose annex it is.
    pub titles: Vec<String>,
    /// Each message: when and how it came, and its own lines.
    pub messages: Vec<(String, String)>,
}

impl Paper {
    fn of(words: &Words, letter: &Letter) -> Self {
        let zone = Zone::from_name(&letter.zone).unwrap_or(Zone::Wib);
        let open =
            |text: Option<&String>| text.map_or_else(|| OPEN.to_owned(), |text| one_line(text));
        let (body, number) = (open(letter.body.as_ref()), open(letter.letter.as_ref()));
        let day = letter.date.map_or_else(|| OPEN.to_owned(), |day| long_day(words, day));
        let place = Some(one_line(&letter.place)).filter(|place| !place.is_empty());
        let label = |id: &str, text: String| (words.say(&format!("letter-label-{id}")), text);
        let is_whole = letter.body.is_some() && letter.letter.is_some() && letter.date.is_some();
        let (later, joined) = (letter.later.len(), letter.joined.len());
        let messages = annexed(words, letter, zone);
        let annexed = match messages.len() {
            0 => "-".to_owned(),
            count => words.count("letter-annex-count", count),
        };
        let attached = [
            (later > 0).then(|| words.say("letter-later")),
            (joined > 0).then(|| words.count("letter-joined", joined)),
        ];
        let closing = attached
            .into_iter()
            .chain([Some(words.say("letter-secret"))])
            .flatten()
            .chain([outcome(words, letter, zone), words.say("letter-thanks")])
            .collect();
        Self {
            language: words.language().tag(),
            title: words.fill("letter-title", &[("number", &one_line(&letter.number))]),
            head: letter.letterhead.iter().map(|line| one_line(line)).collect(),
            mark: (!is_whole).then(|| words.say("letter-draft")),
            dated: format!("{}, {day}", place.unwrap_or_else(|| OPEN.to_owned())),
            labels: vec![
                label("number", number.clone()),
                label("class", words.say("letter-class")),
                label("annex", annexed),
                label("matter", words.say("letter-matter")),
            ],
            addressee: vec![
                words.fill("letter-to", &[("body", &body)]),
                words.say("letter-to-place"),
            ],
            opening: words.say("letter-opening"),
            facts: facts(words, letter, zone),
            quoted: words.say("letter-text"),
            text: text(words, letter.text.as_ref()),
            closing,
            office_of_signer: words.say(&format!("letter-signer-{}", letter.signer_role)),
            signer: one_line(&letter.signer),
            signer_id: words.say("letter-signer-id"),
            annex: (!messages.is_empty()).then(|| Annex {
                titles: [("letter-annex-title", later), ("letter-annex-joined", joined)]
                    .into_iter()
                    .filter(|(_, count)| *count > 0)
                    .fold(
                        vec![
                            words.say("letter-annex"),
                            words.fill("letter-annex-of", &[("letter", &number), ("date", &day)]),
                        ],
                        |mut titles, (title, _)| {
                            titles.push(words.say(title));
                            titles
                        },
                    ),
                messages,
            }),
        }
    }
}

fn facts(words: &Words, letter: &Letter, zone: Zone) -> Vec<(String, String)> {
    let unit = letter.unit.as_ref().map(|code| match &letter.unit_name {
        Some(name) => format!("{} ({})", one_line(name), one_line(code)),
        None => one_line(code),
    });
    let named: Vec<String> = letter.named.iter().map(|name| one_line(name)).collect();
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    let facts = [
        ("complaint", Some(one_line(&letter.number))),
        ("received", Some(long_time(words, letter.received_at, zone))),
        ("channel", Some(vocabulary::word(words, Family::Way, &letter.channel))),
        ("citizen", Some(one_line(&letter.citizen))),
        ("unit", unit),
        ("indication", said(one_line(&letter.indication))),
        ("named", said(named.join(", "))),
    ];
    let label = |id: &str| words.say(&format!("letter-label-{id}"));
    facts.into_iter().filter_map(|(id, text)| Some((label(id), text?))).collect()
}

fn outcome(words: &Words, letter: &Letter, zone: Zone) -> String {
    let number = one_line(&letter.number);
    match letter.national_due_at {
        Some(due) => {
            let day = long_day(words, zone.local(due).date_naive());
            words.fill("letter-outcome-by", &[("number", &number), ("date", &day)])
        }
        None => words.fill("letter-outcome", &[("number", &number)]),
    }
}

/// What is attached: what the citizen wrote later, then each joined complaint with what was written to that.
fn annexed(words: &Words, letter: &Letter, zone: Zone) -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> =
        letter.later.iter().map(|later| message(words, later, zone)).collect();
    for joined in &letter.joined {
        let number = one_line(&joined.number);
        let channel = vocabulary::word(words, Family::Way, &joined.channel);
        let came = format!("{}, {channel}", long_time(words, joined.received_at, zone));
        let citizen = one_line(&joined.citizen);
        let values = [("number", &*number), ("citizen", &*citizen), ("came", &*came)];
        messages.push((
            words.fill("letter-joined-complaint", &values),
            text(words, joined.text.as_ref()),
        ));
        messages.extend(joined.later.iter().map(|later| {
            let (came, text) = message(words, later, zone);
            let values = [("number", &*number), ("came", &*came)];
            (words.fill("letter-joined-later", &values), text)
        }));
    }
    messages
}

/// When and how a message came, and what it says.
fn message(words: &Words, message: &Received, zone: Zone) -> (String, String) {
    let channel = vocabulary::word(words, Family::Way, &message.channel);
    let mut heading = format!("{}, {channel}", long_time(words, message.at, zone));
    if !message.complete {
        heading.extend([", ", &words.say("show-incomplete")]);
    }
    (heading, text(words, message.text.as_ref()))
}

fn text(words: &Words, text: Option<&String>) -> String {
    text.map_or_else(|| words.say("show-unreadable"), |text| plain(text).trim().to_owned())
}

/// `1 Desember 2026`.
fn long_day(words: &Words, day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_name(words, day), day.year())
}

/// `Selasa, 24 November 2026 pukul 08.00 WIB`.
fn long_time(words: &Words, at: DateTime<Utc>, zone: Zone) -> String {
    let local = zone.local(at);
    let weekday = words.say(&format!("weekday-{}", local.weekday().number_from_monday()));
    let day = long_day(words, local.date_naive());
    let time = format!("{} {}", local.format("%H.%M"), zone.letters());
    words.fill("letter-time", &[("weekday", &weekday), ("day", &day), ("time", &time)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use crate::control::protocol::Annexed;

    fn of(letter: &Letter, language: Language) -> Paper {
        Paper::of(&Words::new(language), letter)
    }

    fn as_text(paper: &Paper) -> String {
        let mut out = Vec::new();
        letter_forms::text(paper, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn as_html(paper: &Paper) -> String {
        let mut out = Vec::new();
        letter_forms::html(paper, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn draft() -> Letter {
        Letter {
            handed_over: false,
            body: None,
            letter: None,
            date: None,
            place: String::new(),
            later: Vec::new(),
            ..samples::letter()
        }
    }

    #[test]
    fn a_letter_that_was_recorded_is_whole() {
        let paper = of(&samples::letter(), Language::Indonesian);
        assert_eq!(paper.mark, None);
        insta::assert_snapshot!(as_text(&paper));
    }

    #[test]
    fn a_letter_is_there_in_english_too() {
        insta::assert_snapshot!(as_text(&of(&samples::letter(), Language::English)));
    }

    #[test]
    fn what_is_not_known_yet_is_left_open_and_the_draft_says_so() {
        let text = as_text(&of(&draft(), Language::Indonesian));
        assert!(text.contains("KONSEP"), "{text}");
        assert!(text.matches(OPEN).count() >= 4, "{text}");
        assert!(!text.contains("LAMPIRAN"), "{text}");
        let partly = Letter { letter: Some("700/12".to_owned()), ..samples::letter() };
        assert_eq!(of(&partly, Language::Indonesian).mark, None);
        let partly = Letter { date: None, ..samples::letter() };
        assert!(of(&partly, Language::Indonesian).mark.is_some());
    }

    #[test]
    fn joined_complaints_are_an_annex_with_their_own_numbers() {
        let sample = samples::letter();
        let joined = Annexed {
            number: "P26-00131-9".to_owned(),
            received_at: sample.received_at,
            channel: "TELEPON".to_owned(),
            citizen: "+62 812-****-*777".to_owned(),
            text: Some("Saya juga diminta uang.".to_owned()),
            later: sample.later.clone(),
        };
        let alone = Letter { later: Vec::new(), joined: vec![joined.clone()], ..sample.clone() };
        let text = as_text(&of(&alone, Language::Indonesian));
        for told in [
            "Lampiran :  3 pesan",
            "Pengaduan lain tentang hal yang sama yang kami gabungkan",
            "1. Pengaduan P26-00131-9, pengadu +62 812-****-*777: Selasa, 24 November",
            "2. Pesan lanjutan pada P26-00131-9: Selasa, 24 November",
            "Saya juga diminta uang.",
        ] {
            assert!(text.contains(told), "{told}: {text}");
        }
        assert!(!text.contains("Pesan lanjutan dari pengadu"), "{text}");
        let both = as_html(&of(&Letter { joined: vec![joined], ..sample }, Language::English));
        assert!(both.contains("Another complaint about the same matter"), "{both}");
        assert!(both.contains("Other complaints about the same matter"), "{both}");
        assert_eq!(both.matches("<li>").count(), 5, "{both}");
    }

    #[test]
    fn a_page_for_the_browser_says_the_same_as_the_text() {
        let paper = of(&samples::letter(), Language::Indonesian);
        insta::assert_snapshot!(as_html(&paper));
    }

    #[test]
    fn what_a_citizen_wrote_is_text_on_every_page() {
        let hostile = "<script>alert('x')</script> & \"y\" \u{1b}[2J\u{202e}";
        let mut letter = samples::letter();
        letter.text = Some(hostile.to_owned());
        letter.indication = hostile.to_owned();
        letter.body = Some(hostile.to_owned());
        for later in &mut letter.later {
            later.text = Some(hostile.to_owned());
        }
        let paper = of(&letter, Language::Indonesian);
        let page = as_html(&paper);
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "{page}");
        for page in [page, as_text(&paper)] {
            assert!(!page.chars().any(|c| c != '\n' && c.is_control()), "{page:?}");
            assert!(!page.contains('\u{202e}'), "{page:?}");
        }
    }

    #[test]
    fn a_letter_is_in_indonesian_whatever_the_terminal_speaks() {
        for (asked, language) in [
            (None, Language::Indonesian),
            (Some("id"), Language::Indonesian),
            (Some("en"), Language::English),
        ] {
            assert_eq!(spoken(asked).language(), language);
        }
    }
}
