//! `aduan sms`: an admin's texts, straight into the outbox.

use std::io::{self, BufRead, Write};

use clap::Subcommand;

use super::failure::Failure;
use super::terminal::Page;
use super::words::Words;
use crate::control::protocol::Ask;
use crate::phone::PhoneNumber;

/// Lines that one batch may have: what the daemon takes in one transaction.
const BATCH_LINES_MAX: usize = 10_000;

/// What an admin does with SMS.
#[derive(Debug, Subcommand)]
pub enum SmsCommand {
    /// Queues one text, or many.
    #[command(alias = "kirim")]
    Send {
        /// Recipient.
        #[arg(
            required_unless_present = "batch",
            conflicts_with = "batch",
            allow_hyphen_values = false
        )]
        number: Option<String>,
        /// Text.
        #[arg(required_unless_present = "batch", conflicts_with = "batch")]
        text: Option<String>,
        /// Number, tab and text a line on standard input.
        #[arg(long)]
        batch: bool,
        /// At any hour.
        #[arg(long)]
        now: bool,
    },
    /// Decides on what waits after a restore.
    #[command(alias = "lepas")]
    Release {
        /// All of them alike.
        #[arg(value_parser = ["send", "drop"])]
        decision: String,
    },
}

impl SmsCommand {
    /// # Errors
    /// [`Failure::Usage`] with the line that cannot be sent; [`Failure::Fault`] where reading fails.
    pub fn ask(self, words: &Words, input: impl BufRead) -> Result<Ask, Failure> {
        let (number, text, batch, urgent) = match self {
            Self::Send { number, text, batch, now } => (number, text, batch, now),
            Self::Release { decision } => return Ok(Ask::SmsRelease { decision }),
        };
        let messages = if batch {
            batch_of(words, input)?
        } else {
            vec![(number.unwrap_or_default(), text.unwrap_or_default())]
        };
        Ok(Ask::SmsSend { messages, urgent })
    }
}

/// Reads number, tab and text of each line. Empty lines are left out; the first wrong one stops all.
fn batch_of(words: &Words, input: impl BufRead) -> Result<Vec<(String, String)>, Failure> {
    let mut messages = Vec::new();
    for (index, line) in input.split(b'\n').enumerate() {
        let line = line?;
        let number = (index + 1).to_string();
        let wrong = |id: &str| Failure::Usage(words.fill(id, &[("line", &number)]));
        let line = String::from_utf8(line).map_err(|_| wrong("batch-not-utf8"))?;
        let line = line.strip_suffix('\r').unwrap_or(&line);
        if line.trim().is_empty() {
            continue;
        }
        let (to, text) = line.split_once('\t').ok_or_else(|| wrong("batch-no-tab"))?;
        // The daemon looks again; but it knows no lines.
        PhoneNumber::parse(to).map_err(|_| wrong("batch-no-number"))?;
        if text.trim().is_empty() {
            return Err(wrong("batch-no-text"));
        }
        if messages.len() == BATCH_LINES_MAX {
            return Err(wrong("batch-too-long"));
        }
        messages.push((to.to_owned(), text.to_owned()));
    }
    if messages.is_empty() { Err(Failure::Usage(words.say("batch-empty"))) } else { Ok(messages) }
}

/// How many texts were queued, and how many were not because their recipients want none.
///
/// # Errors
/// What writing fails with.
pub fn queued(page: &Page, ask: &Ask, ids: &[i64], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", page.words.count("sms-queued", ids.len()))?;
    let asked = if let Ask::SmsSend { messages, .. } = ask { messages.len() } else { ids.len() };
    match asked.saturating_sub(ids.len()) {
        0 => Ok(()),
        stopped => writeln!(out, "{}", page.words.count("sms-stopped", stopped)),
    }
}

/// What becomes of the texts that waited after a restore.
///
/// # Errors
/// What writing fails with.
pub fn released(page: &Page, texts: usize, decision: &str, out: &mut dyn Write) -> io::Result<()> {
    let id = match (texts, decision) {
        (0, _) => "sms-released-none",
        (_, "send") => "sms-released-send",
        _ => "sms-released-drop",
    };
    writeln!(out, "{}", page.words.count(id, texts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;

    fn batch(text: &str) -> Result<Vec<(String, String)>, Failure> {
        batch_of(&Words::new(Language::Indonesian), text.as_bytes())
    }

    fn mistake(text: &str) -> String {
        match batch(text) {
            Err(Failure::Usage(sentence)) => sentence,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_line_is_a_number_and_a_text() {
        let messages = batch("081200001111\tHalo\r\n\n+6281200002222\tA\tB\n").unwrap();
        let pair = |to: &str, text: &str| (to.to_owned(), text.to_owned());
        assert_eq!(messages, [pair("081200001111", "Halo"), pair("+6281200002222", "A\tB")]);
    }

    #[test]
    fn the_first_wrong_line_is_named_and_nothing_is_sent() {
        for (line, text) in [
            ("2", "081200001111\tHalo\n081200002222 Halo\n"),
            ("1", "BANK\tHalo\n"),
            ("3", "\n081200001111\tx\n081200001111\t \n"),
        ] {
            assert!(mistake(text).contains(line), "{}", mistake(text));
        }
        assert!(!mistake("\n\n").is_empty());
    }

    #[test]
    fn a_batch_has_a_limit() {
        let lines = "081200001111\tx\n".repeat(BATCH_LINES_MAX + 1);
        assert!(mistake(&lines).contains("10001"), "{}", mistake(&lines));
    }

    #[test]
    fn recipients_under_stop_are_counted() {
        let message = ("081200001111".to_owned(), "x".to_owned());
        let ask = Ask::SmsSend { messages: vec![message.clone(), message], urgent: false };
        let text = samples::printed(None, |page, out| queued(page, &ask, &[5], out));
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("STOP"), "{text}");
    }
}
