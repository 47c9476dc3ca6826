//! `aduan known`: the answer bank.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::input;
use super::terminal::{Page, align_right, day, row};
use super::words::Words;
use crate::control::protocol::{Ask, Note};

/// The answer bank: seen, added to, taken from.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct KnownArguments {
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[command(subcommand)]
    command: Option<KnownCommand>,
}

/// What the chair does with the answer bank.
#[derive(Debug, Subcommand)]
pub enum KnownCommand {
    /// Adds the wording of an answered ticket.
    #[command(alias = "tambah")]
    Add {
        /// Its number.
        number: String,
        /// What it answers.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        matter: String,
        /// The wording with blanks.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        wording: Option<String>,
        /// Last day.
        #[arg(long, value_name = "DATE")]
        valid_until: Option<String>,
    },
    /// Takes a note out of use.
    #[command(alias = "tarik")]
    Withdraw {
        /// Its number in the bank.
        note: i64,
    },
}

impl KnownArguments {
    /// # Errors
    /// [`Failure::Usage`] for a day that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        match self.command {
            None => Ok(Ask::Known { unit: self.unit }),
            Some(KnownCommand::Add { number, matter, wording, valid_until }) => {
                let valid_until =
                    valid_until.map(|typed| input::date(words, &typed)).transpose()?;
                Ok(Ask::KnownAdd { number, matter, wording, valid_until })
            }
            Some(KnownCommand::Withdraw { note }) => Ok(Ask::KnownWithdraw { note }),
        }
    }
}

/// The notes in use.
///
/// # Errors
/// What writing fails with.
pub fn list(page: &Page, notes: &[Note], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    if notes.is_empty() {
        return writeln!(out, "{}", words.say("known-none"));
    }
    let titles = [
        "title-note",
        "title-unit",
        "title-matter",
        "title-wording",
        "title-valid-until",
        "title-uses",
    ];
    let mut table = page.table(titles.iter().map(|id| words.say(id)).collect());
    for note in notes {
        let until = note.valid_until.map_or_else(|| "-".to_owned(), day);
        let until =
            if note.valid { until } else { format!("{until} ({})", words.say("known-expired")) };
        table.add_row(row([
            note.id.to_string(),
            note.unit.clone(),
            note.matter.clone(),
            note.wording.clone(),
            until,
            note.uses.to_string(),
        ]));
    }
    align_right(&mut table, &[0, 5]);
    page.write_table(out, table)?;
    writeln!(out, "\n{}", words.say("hint-known"))
}

/// A note was added or withdrawn.
///
/// # Errors
/// What writing fails with.
pub fn noted(page: &Page, ask: &Ask, note: i64, out: &mut dyn Write) -> io::Result<()> {
    let id =
        if matches!(ask, Ask::KnownWithdraw { .. }) { "known-withdrawn" } else { "known-added" };
    writeln!(out, "{}", page.words.fill(id, &[("note", &note.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    #[test]
    fn notes_past_their_last_day_are_marked() {
        let notes = [samples::note(), Note { id: 8, valid: false, ..samples::note() }];
        let text = samples::printed(None, |page, out| list(page, &notes, out));
        let marked = text.lines().filter(|line| line.contains("kedaluwarsa")).count();
        assert_eq!(marked, 1, "{text}");
    }

    #[test]
    fn adding_and_withdrawing_are_told_apart() {
        let withdraw = Ask::KnownWithdraw { note: 7 };
        let text = samples::printed(None, |page, out| noted(page, &withdraw, 7, out));
        assert!(text.contains('7') && text.contains("ditarik"), "{text}");
    }
}
