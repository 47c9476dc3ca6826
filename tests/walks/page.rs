//! A page of the handbook that is a walk: prose, and between it what happens.
//!
//! ````text
//! | Bu Ani | warga | 0812-0000-0101 |            a citizen and her phone
//! | Sari | petugas SMS | akun `sari` |            an officer and the account
//! *Selasa 24-11-2026 pukul 08.05*                what follows happens then
//! **Bu Ani mengirim SMS:**                       and a quotation: what she types
//! **Bu Ani menerima SMS:**                       and a quotation: what her phone shows
//! **Sari mengetik:**                             and a block: a command behind each `$`, and what is shown; each of them a
//!                                                minute after the one before
//! ````

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

/// The office of the walks is in WIB.
const WIB: TimeDelta = TimeDelta::hours(7);

const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// One thing on a page. What is to be played has the line above it.
#[derive(Debug)]
pub enum Part {
    Prose(String),
    Time(String, DateTime<Utc>),
    Says {
        line: String,
        who: String,
        text: String,
    },
    Hears {
        line: String,
        who: String,
    },
    /// Commands as they are typed, over several lines or in one.
    Types {
        line: String,
        who: String,
        commands: Vec<String>,
    },
}

#[derive(Debug)]
pub struct Page {
    pub parts: Vec<Part>,
    phones: BTreeMap<String, String>,
    accounts: BTreeMap<String, String>,
}

impl Page {
    pub fn read(text: &str) -> Self {
        let (mut phones, mut accounts) = (BTreeMap::new(), BTreeMap::new());
        let mut parts = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some([name, part, reached]) = cells(line) {
                if part == "warga" {
                    phones.insert(name.to_owned(), reached.replace('-', ""));
                } else if let Some(account) = reached.strip_prefix("akun `") {
                    accounts.insert(name.to_owned(), account.trim_end_matches('`').to_owned());
                }
            }
            let line = line.to_owned();
            let told = line.strip_prefix("**").and_then(|line| line.strip_suffix(":**"));
            let deed = told.and_then(|told| {
                let verbs = [" mengirim SMS", " menerima SMS", " mengetik"];
                verbs.into_iter().find_map(|verb| Some((told.strip_suffix(verb)?.to_owned(), verb)))
            });
            let part = match deed {
                Some((who, " mengirim SMS")) => {
                    let text = quotation(&mut lines).expect("what is sent");
                    Part::Says { line, who, text }
                }
                Some((who, " menerima SMS")) => {
                    // Whatever stands there is written by what happens.
                    let _ = quotation(&mut lines);
                    Part::Hears { line, who }
                }
                Some((who, _)) => Part::Types { who, commands: commands(&mut lines), line },
                None => match time(&line) {
                    Some(at) => Part::Time(line, at),
                    None => Part::Prose(line),
                },
            };
            parts.push(part);
        }
        Self { parts, phones, accounts }
    }

    /// The first time on it.
    pub fn begins(&self) -> DateTime<Utc> {
        let time = |part: &Part| match part {
            Part::Time(_, at) => Some(*at),
            Part::Prose(_) | Part::Says { .. } | Part::Hears { .. } | Part::Types { .. } => None,
        };
        self.parts.iter().find_map(time).expect("a time")
    }

    pub fn phone(&self, who: &str) -> &str {
        self.phones.get(who).unwrap_or_else(|| panic!("{who} has no phone on this page"))
    }

    pub fn account(&self, who: &str) -> &str {
        self.accounts.get(who).unwrap_or_else(|| panic!("{who} has no account on this page"))
    }
}

type Lines<'a> = std::iter::Peekable<std::str::Lines<'a>>;

/// The three cells of a line of a table.
fn cells(line: &str) -> Option<[&str; 3]> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let cells: Vec<_> = inner.split(" | ").collect();
    cells.try_into().ok()
}

/// `*Selasa 24-11-2026 pukul 08.05*`, and nothing else in the line.
fn time(line: &str) -> Option<DateTime<Utc>> {
    let inner = line.strip_prefix('*')?.strip_suffix('*')?;
    let (day, rest) = inner.split_once(' ')?;
    let at = NaiveDateTime::parse_from_str(rest, "%d-%m-%Y pukul %H.%M").ok()?;
    let place = at.format("%u").to_string().parse::<usize>().ok()? - 1;
    assert_eq!(day, DAYS[place], "{line}");
    Some((at - WIB).and_utc())
}

/// A line of quotation behind an empty one.
fn quotation(lines: &mut Lines<'_>) -> Option<String> {
    lines.next_if_eq(&"")?;
    lines.next_if(|line| line.starts_with("> ")).map(|line| line[2..].to_owned())
}

/// The commands of a block behind an empty line; what is shown below them is left out.
fn commands(lines: &mut Lines<'_>) -> Vec<String> {
    assert_eq!((lines.next(), lines.next()), (Some(""), Some("```text")));
    let mut commands = Vec::new();
    while let Some(line) = lines.next().filter(|line| *line != "```") {
        let Some(typed) = line.strip_prefix("$ ") else { continue };
        let mut command = typed.to_owned();
        while command.ends_with('\\') {
            command.push('\n');
            command.push_str(lines.next().unwrap());
        }
        commands.push(command);
    }
    assert!(!commands.is_empty());
    commands
}
