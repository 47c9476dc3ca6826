//! The officer's commands: arguments to a question, the answer to the terminal.
//!
//! ```text
//! arguments ──clap──> Ask ──session──> daemon ──> Tell ──views──> the page, or one line of JSON
//!     └── usage (what to type)            └── Trouble ──trouble──> a sentence
//! ```
//!
//! Every sentence stands in `texts/`, in Indonesian and in English; `words` finds it. Views write to any [`Write`], so that
//! tests and the demo can read what an officer would see. Exit codes: 0 done, 1 refused, 2 fault, 64 wrong arguments.

mod add;
mod ailment;
mod arguments;
mod audit;
mod backup;
mod block;
mod board;
mod check;
mod demo;
mod doctor;
mod done;
mod export;
mod failure;
mod floods;
mod form;
mod help;
mod inbox;
mod input;
mod known;
mod language;
mod letter;
mod letter_forms;
mod modem;
pub mod pdu;
mod privacy;
mod probe;
mod propose;
pub mod read;
mod recap;
mod recap_parts;
mod replay;
mod request;
mod retention;
#[cfg(test)]
mod samples;
mod search;
mod session;
mod show;
mod sms;
mod status;
mod steps;
mod story;
mod terminal;
mod trouble;
mod usage;
mod views;
mod vocabulary;
mod words;

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

use crate::complaint::Directory;
use crate::config::Config;
use crate::control::protocol::Ask;
use arguments::{Arguments, CONFIG, Command, ConfigCommand};
use failure::{Failure, USAGE};
use language::Language;
use modem::ModemCommand;
use session::Session;
use words::Words;

/// The table of units that is used where none is named.
const UNITS: &str = include_str!("../../config/units.tsv");

/// Runs the program; nothing is printed twice, and a closed pipe is no fault.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = arguments.into_iter().collect();
    ExitCode::from(carry_out(arguments, &mut io::stdout().lock(), &mut io::stderr().lock()))
}

/// Carries out one call, its output and its complaints to wherever they belong; the exit code.
fn carry_out(arguments: Vec<OsString>, out: &mut dyn Write, errors: &mut dyn Write) -> u8 {
    let arguments = asking_for_help(arguments);
    let language = language_of(&arguments);
    let words = Words::new(language);
    let command = help::localised(Arguments::command(), &words);
    let parsed = command
        .clone()
        .try_get_matches_from(&arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    match parsed {
        Ok(parsed) => {
            let json = parsed.globals.json;
            match execute(parsed, Words::new(language), out) {
                Ok(()) => 0,
                Err(failure) => failure.tell(&words, json, out, errors),
            }
        }
        Err(error)
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) =>
        {
            // The terminal is gone when even this cannot be printed.
            let _ = error.print();
            0
        }
        Err(error) => {
            let sentence = usage::sentence(&error, &command, &arguments, &words);
            let _ = writeln!(errors, "aduan: {sentence}");
            USAGE
        }
    }
}

fn execute(arguments: Arguments, words: Words, out: &mut dyn Write) -> Result<(), Failure> {
    let globals = arguments.globals;
    let ask = match arguments.command {
        // These say more than one thing to the daemon, or print in more than one form.
        Command::Propose(proposal) => {
            proposal.check(&words)?;
            return proposal.run(&Session::open(&globals, words)?, out);
        }
        Command::Recap(recap) => {
            let ask = recap.ask(&words, globals.json)?;
            if !matches!(ask, Ask::Recap { .. }) {
                return Session::open(&globals, words)?.carry_out(&ask, out);
            }
            return recap.run(&ask, &Session::open(&globals, words)?, out);
        }
        Command::Export(export) => {
            let ask = export.ask(&words)?;
            return export.run(&ask, &Session::open(&globals, words)?, out);
        }
        Command::Letter(letter) => {
            let ask = letter.ask(&words)?;
            let session = Session::open(&globals, words)?;
            return letter.run(&ask, &session, globals.lang.as_deref(), out);
        }
        Command::Add(add) => {
            let session = Session::open(&globals, words)?;
            let ask = add.ask(session.page(), io::stdin())?;
            return session.carry_out(&ask, out);
        }
        // These need no daemon.
        Command::Read { units } => {
            return Ok(read::run(&directory(units.as_deref())?, io::stdin().lock(), out)?);
        }
        Command::Config(ConfigCommand::Check) => {
            let path = globals.config.as_deref().unwrap_or(Path::new(CONFIG));
            return check::run(path, &words, globals.json, out);
        }
        Command::Demo { keep, scenario, seed } => {
            return demo::run(&words, (scenario.as_deref(), seed), keep, out);
        }
        Command::Backup(backup) => return backup.backup(&globals, words, out),
        Command::Restore(backup) => return backup.restore(&globals, words, out),
        Command::Audit(audit) => return audit.run(&globals, words, out),
        Command::Doctor => return doctor::run(&globals, words, out),
        Command::Replay { file } => return replay::run(&file, &words, out),
        Command::Pdu(command) => return Ok(pdu::run(command, io::stdin().lock(), out)?),
        Command::Board { watch: true } => {
            return board::watch(&Session::open(&globals, words)?, out);
        }
        Command::Board { watch: false } => Ask::Board,
        Command::Inbox { all } => Ask::Inbox { all },
        Command::Show { number } => Ask::Show { number },
        Command::Search(search) => search.ask(&words)?,
        Command::Assign(step) => step.ask(&words)?,
        Command::Copy(step) => step.ask(),
        Command::Approve { number } => Ask::Approve { number },
        Command::Reject { number, reason } => Ask::Reject { number, reason },
        Command::Send { number, by } => {
            let by = by.map(|typed| input::way(&words, &typed)).transpose()?;
            Ask::Send { number, by: by.map(|way| way.token().to_owned()) }
        }
        Command::Undelivered { number, reason } => Ask::Undelivered { number, reason },
        Command::Close(step) => step.ask(&words)?,
        Command::Answer(step) => step.ask(&words)?,
        Command::Merge { number, main } => steps::merge(number, main),
        Command::Ask { number, missing } => Ask::Ask { number, missing },
        Command::Resume { number, learnt } => Ask::Resume { number, learnt },
        Command::ReturnUnit { number, reason } => Ask::ReturnUnit { number, reason },
        Command::Escalate { number, reason } => Ask::Escalate { number, reason },
        Command::Reopen { number, reason } => Ask::Reopen { number, reason },
        Command::Correct { number, reason } => Ask::Correct { number, reason },
        Command::Note { number, text } => Ask::Note { number, text },
        Command::Block { whom, until, reason } => {
            Ask::Block { whom, until: input::date(&words, &until)?, reason }
        }
        Command::Unblock { whom } => Ask::Unblock { whom },
        Command::Blocked => Ask::Blocked,
        Command::Floods => Ask::Floods,
        Command::Ethics { number, indication, concerns } => {
            Ask::Ethics { number, indication, concerns }
        }
        Command::Concern { number, concerns } => Ask::Concern { number, concerns },
        Command::HandOver(step) => step.ask(&words)?,
        Command::NotEthics(step) => step.ask(&words)?,
        Command::Reveal { number, reason } => Ask::Reveal { number, reason },
        Command::Mark(mark) => mark.ask(&words)?,
        Command::Access(access) => access.ask(&words)?,
        Command::Request(request) => request.ask(&words)?,
        Command::Affected(affected) => affected.ask(&words)?,
        Command::Retention(retention) => retention.ask(&words)?,
        Command::Known(known) => known.ask(&words)?,
        Command::Modem(ModemCommand::Probe { port, baud }) => {
            return probe::run(&port, baud, &words, out);
        }
        Command::Modem(ModemCommand::Asked(modem)) => modem.ask(),
        Command::Sms(sms) => sms.ask(&words, io::stdin().lock())?,
        Command::Whoami => Ask::Whoami,
        Command::Status => Ask::Status,
    };
    Session::open(&globals, words)?.carry_out(&ask, out)
}

/// `aduan help show` is `aduan show --help`.
fn asking_for_help(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// The language is needed before the arguments are read: their mistakes are told in it.
fn language_of(arguments: &[OsString]) -> Language {
    let asked = option(arguments, "--lang").and_then(OsStr::to_str);
    let office = || {
        let path = option(arguments, "--config").unwrap_or(OsStr::new(CONFIG));
        Config::load(Path::new(path)).ok().map(|config| config.office.language)
    };
    Language::choose(asked, |name| env::var(name).ok(), office)
}

/// The value of a global option, as clap will find it.
fn option<'a>(arguments: &'a [OsString], name: &str) -> Option<&'a OsStr> {
    let mut arguments = arguments.iter().skip(1).take_while(|argument| *argument != "--");
    while let Some(argument) = arguments.next() {
        if argument == name {
            return arguments.next().map(OsString::as_os_str);
        }
        let value =
            argument.to_str().and_then(|argument| argument.strip_prefix(name)?.strip_prefix('='));
        if let Some(value) = value {
            return Some(OsStr::new(value));
        }
    }
    None
}

fn directory(file: Option<&Path>) -> anyhow::Result<Directory> {
    let Some(file) = file else { return Ok(Directory::from_tsv(UNITS)?) };
    let table = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Directory::from_tsv(&table).with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(arguments: &[&str]) -> Vec<OsString> {
        arguments.iter().map(OsString::from).collect()
    }

    #[test]
    fn global_options_are_found_in_both_spellings_and_not_behind_the_end() {
        let found = |arguments: &[&str]| {
            let arguments = typed(arguments);
            option(&arguments, "--lang").map(OsStr::to_os_string)
        };
        assert_eq!(found(&["aduan", "inbox", "--lang", "en"]), Some("en".into()));
        assert_eq!(found(&["aduan", "--lang=en", "inbox"]), Some("en".into()));
        assert_eq!(found(&["aduan", "--language", "en"]), None);
        assert_eq!(found(&["aduan", "sms", "send", "--", "--lang", "en"]), None);
        assert_eq!(found(&["aduan", "--lang"]), None);
    }

    #[test]
    fn help_is_also_a_word() {
        let arguments = asking_for_help(typed(&["aduan", "help", "show"]));
        assert_eq!(arguments, typed(&["aduan", "show", "--help"]));
    }
}
