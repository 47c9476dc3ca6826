//! `aduan search`: tickets by their words, unit, stage, time or number.

use std::io::{self, Write};

use clap::Args;

use super::failure::Failure;
use super::inbox;
use super::input;
use super::terminal::Page;
use super::words::Words;
use crate::control::protocol::{Ask, Line};

/// What is looked for.
#[derive(Debug, Args)]
pub struct SearchArguments {
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "STAGE")]
    stage: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[arg(long, value_name = "TO", allow_hyphen_values = true)]
    phone: Option<String>,
}

impl SearchArguments {
    /// # Errors
    /// [`Failure::Usage`] for a date or a stage that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let date =
            |typed: Option<String>| typed.map(|typed| input::date(words, &typed)).transpose();
        let stage = self.stage.map(|typed| input::stage(words, &typed)).transpose()?;
        Ok(Ask::Search {
            words: self.words.join(" "),
            unit: self.unit,
            stage: stage.map(|stage| stage.token().to_owned()),
            from: date(self.from)?,
            to: date(self.to)?,
            phone: self.phone,
        })
    }
}

/// What was found.
///
/// # Errors
/// What writing fails with.
pub fn list(page: &Page, tickets: &[Line], more: bool, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    if tickets.is_empty() {
        writeln!(out, "{}", words.say("search-none"))?;
    } else {
        inbox::table(page, tickets, out)?;
        writeln!(out, "\n{}.", words.count("inbox-count", tickets.len()))?;
    }
    if more {
        writeln!(out, "{}", words.say("search-more"))?;
    }
    if tickets.is_empty() { Ok(()) } else { writeln!(out, "{}", words.say("hint-inbox")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    fn told(tickets: &[Line], more: bool) -> String {
        samples::printed(None, |page, out| list(page, tickets, more, out))
    }

    #[test]
    fn what_was_found_is_a_list_and_whether_there_is_more_is_said() {
        let found = told(&[samples::line(), samples::undecided_line()], false);
        assert!(found.contains("P26-00123-0") && found.contains("2 tiket"), "{found}");
        assert!(!found.contains("masih ada yang"), "{found}");
        assert!(told(&[samples::line()], true).contains("masih ada yang"));
        assert_eq!(told(&[], false).lines().count(), 1);
    }
}
