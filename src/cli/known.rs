//! `aduan known`: the answer bank.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::input;
use super::terminal::{Page, align_right, day, row};
use super::words::Words;
use crate::control::protocol::{Ask, Note};
use crate::desk::suggesting;

/// The answer bank: seen, added to, taken from.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct KnownArguments {
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[command(subcommand)]
    command: Option<KnownCommand>,
}

/// What anggota and ketua do with the answer bank.
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
    /// Approves what somebody else proposed.
    #[command(alias = "setuju")]
    Approve {
        /// Its number in the bank.
        note: i64,
    },
    /// Takes a note out of use, or turns a proposal down.
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
            Some(KnownCommand::Approve { note }) => Ok(Ask::KnownApprove { note }),
            Some(KnownCommand::Withdraw { note }) => Ok(Ask::KnownWithdraw { note }),
        }
    }
}

/// The notes in use: of one unit, where the ask names it.
///
/// # Errors
/// What writing fails with.
pub fn list(page: &Page, ask: &Ask, notes: &[Note], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    if notes.is_empty() {
        // That one unit has none says nothing of the others.
        let none = if let Ask::Known { unit: Some(unit) } = ask {
            words.fill("known-none-of", &[("unit", unit)])
        } else {
            words.say("known-none")
        };
        return writeln!(out, "{none}");
    }
    let titles = [
        "title-note",
        "title-unit",
        "title-matter",
        "title-wording",
        "title-blanks",
        "title-valid-until",
        "title-uses",
    ];
    let mut table = page.table(titles.iter().map(|id| words.say(id)).collect());
    for note in notes {
        let until = note.valid_until.map_or_else(|| "-".to_owned(), day);
        let until = match &note.proposed_by {
            Some(by) => {
                format!("{until} ({})", words.fill("known-proposed-by", &[("officer", by)]))
            }
            None if note.valid => until,
            None => format!("{until} ({})", words.say("known-expired")),
        };
        let uses = match note.used_at {
            Some(at) => format!("{} ({})", note.uses, page.short_time(at)),
            None => note.uses.to_string(),
        };
        let blanks = if note.blanks.is_empty() { "-".to_owned() } else { note.blanks.join(", ") };
        table.add_row(row([
            note.id.to_string(),
            note.unit.clone(),
            note.matter.clone(),
            note.wording.clone(),
            blanks,
            until,
            uses,
        ]));
    }
    align_right(&mut table, &[0, 6]);
    page.write_table(out, table)?;
    writeln!(out, "\n{}", words.say("hint-known"))
}

/// How like a complaint a note is: `62% (strong)`.
pub fn likeness(words: &Words, score: u8) -> String {
    let id = match score {
        suggesting::STRONG.. => "likeness-strong",
        suggesting::FAIR.. => "likeness-fair",
        _ => "likeness-weak",
    };
    format!("{score}% ({})", words.say(id))
}

/// What was proposed for the bank and waits for the reader's decision.
///
/// # Errors
/// What writing fails with.
pub fn duty(page: &Page, proposals: usize, out: &mut dyn Write) -> io::Result<()> {
    if proposals == 0 {
        return Ok(());
    }
    page.block(out, 0, &page.words.fill("known-wait", &[("count", &proposals.to_string())]))
}

/// A note was added, proposed, approved or withdrawn.
///
/// # Errors
/// What writing fails with.
pub fn noted(
    page: &Page,
    ask: &Ask,
    (note, proposed): (i64, bool),
    out: &mut dyn Write,
) -> io::Result<()> {
    let id = if matches!(ask, Ask::KnownWithdraw { .. }) {
        "known-withdrawn"
    } else if matches!(ask, Ask::KnownApprove { .. }) {
        "known-approved"
    } else if proposed {
        "known-proposed"
    } else {
        "known-added"
    };
    writeln!(out, "{}", page.words.fill(id, &[("note", &note.to_string())]))
}

/// What goes into the bank out of specific data is to be looked at: everybody reads it there.
///
/// # Errors
/// What writing fails with.
pub fn specific(
    page: &Page,
    ask: &Ask,
    (note, specific): (i64, bool),
    out: &mut dyn Write,
) -> io::Result<()> {
    if !specific || matches!(ask, Ask::KnownWithdraw { .. }) {
        return Ok(());
    }
    page.block(out, 0, &page.words.fill("known-specific", &[("note", &note.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{samples, views};
    use crate::control::protocol::Tell;

    #[test]
    fn notes_past_their_last_day_are_marked() {
        let notes = [samples::note(), Note { id: 8, valid: false, ..samples::note() }];
        let all = Ask::Known { unit: None };
        let text = samples::printed(None, |page, out| list(page, &all, &notes, out));
        let marked = text.lines().filter(|line| line.contains("kedaluwarsa")).count();
        assert_eq!(marked, 1, "{text}");
    }

    #[test]
    fn that_one_unit_has_no_notes_is_not_said_of_all() {
        let told = |unit: Option<&str>| {
            let ask = Ask::Known { unit: unit.map(str::to_owned) };
            samples::printed(None, |page, out| list(page, &ask, &[], out))
        };
        assert!(told(Some("DLH")).starts_with("Belum ada catatan jawaban untuk DLH."));
        assert_eq!(told(None).trim_end(), "Belum ada catatan jawaban.");
    }

    #[test]
    fn adding_and_withdrawing_are_told_apart() {
        let withdraw = Ask::KnownWithdraw { note: 7 };
        let text = samples::printed(None, |page, out| noted(page, &withdraw, (7, false), out));
        assert!(text.contains('7') && text.contains("ditarik"), "{text}");
        let approve = Ask::KnownApprove { note: 7 };
        let text = samples::printed(None, |page, out| noted(page, &approve, (7, false), out));
        assert!(text.contains('7') && text.contains("disetujui"), "{text}");
        let add = Ask::KnownAdd {
            number: "123".to_owned(),
            matter: "Lampu mati".to_owned(),
            wording: None,
            valid_until: None,
        };
        let text = samples::printed(None, |page, out| noted(page, &add, (7, true), out));
        assert!(text.contains("menunggu persetujuan ketua"), "{text}");
    }

    #[test]
    fn what_is_to_be_known_of_a_wording_is_told_at_adding_and_at_approving() {
        let tell = Tell::Noted {
            note: 7,
            proposed: false,
            never_by_sms: vec!["pin".to_owned()],
            foreign: "\u{1f64f}".to_owned(),
            specific: false,
        };
        let ask = Ask::KnownApprove { note: 7 };
        let text = samples::printed(None, |page, out| views::print(page, &ask, &tell, out));
        assert!(text.contains("\u{1f64f} tidak ada dalam huruf SMS"), "{text}");
        assert!(text.contains("menyebut PIN"), "{text}");
    }

    #[test]
    fn what_is_from_specific_data_is_to_be_looked_at_unless_it_is_withdrawn() {
        let told = |ask: &Ask, is: bool| {
            samples::printed(None, |page, out| specific(page, ask, (7, is), out))
        };
        let approve = Ask::KnownApprove { note: 7 };
        let text = told(&approve, true);
        assert!(text.contains("data spesifik") && text.contains("aduan bank tarik 7"), "{text}");
        assert_eq!(told(&approve, false), "");
        assert_eq!(told(&Ask::KnownWithdraw { note: 7 }, true), "");
    }

    #[test]
    fn what_is_proposed_is_told_from_what_is_past_its_day() {
        let proposed =
            Note { valid: false, proposed_by: Some("budi".to_owned()), ..samples::note() };
        let text = samples::printed(None, |page, out| {
            list(page, &Ask::Known { unit: None }, &[proposed], out)
        });
        assert!(text.contains("usulan budi") && !text.contains("kedaluwarsa"), "{text}");
    }

    #[test]
    fn likeness_is_told_as_a_figure_and_a_word() {
        let words = Words::new(crate::cli::language::Language::Indonesian);
        let told = [100, 60, 59, 45, 44, 30].map(|score| likeness(&words, score));
        let expected = [
            "100% (kuat)",
            "60% (kuat)",
            "59% (sedang)",
            "45% (sedang)",
            "44% (lemah)",
            "30% (lemah)",
        ];
        assert_eq!(told, expected);
    }
}
