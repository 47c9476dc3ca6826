//! `aduan add`: what came by WhatsApp, by telephone or at the counter.

use std::io::{self, IsTerminal, Read, Write};

use chrono::Utc;
use clap::Args;

use super::done;
use super::failure::Failure;
use super::input;
use super::terminal::{Page, one_line};
use super::vocabulary::{self, Family};
use crate::control::protocol::{Added, Ask};

/// What was written or said, how it came, and from whom.
#[derive(Debug, Args)]
pub struct AddArguments {
    text: Option<String>,
    #[arg(long, value_name = "CHANNEL")]
    channel: String,
    #[arg(long, value_name = "PHONE")]
    from: Option<String>,
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["unit", "again"])]
    to: Option<String>,
    #[arg(long)]
    again: bool,
    #[arg(long)]
    sms: bool,
}

impl AddArguments {
    /// Without a text among the arguments, or with `-`, it is read from `input`.
    ///
    /// # Errors
    /// [`Failure::Usage`] for a channel or a time that is none; [`Failure::Fault`] where reading fails.
    pub fn ask(self, page: &Page, input: impl Read + IsTerminal) -> Result<Ask, Failure> {
        let words = &page.words;
        let channel = input::channel(words, &self.channel)?.token().to_owned();
        let at = self.at.as_deref().map(|typed| input::time(words, typed, page.zone, Utc::now()));
        let at = at.transpose()?;
        let text = match self.text.filter(|text| text != "-") {
            Some(text) => text,
            None => typed(page, input)?,
        };
        Ok(Ask::Add {
            channel,
            from: self.from,
            text,
            at,
            unit: self.unit,
            to: self.to,
            again: self.again,
            by_sms: self.sms,
        })
    }
}

/// What is typed or piped in, without the line break at its end.
fn typed(page: &Page, mut input: impl Read + IsTerminal) -> Result<String, Failure> {
    if input.is_terminal() {
        writeln!(io::stderr(), "{}", page.words.say("add-type"))?;
    }
    let mut text = String::new();
    input.read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// What became of it, and what the citizen is told.
///
/// # Errors
/// What writing fails with.
pub fn added(page: &Page, added: &Added, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let outcome = vocabulary::word(words, Family::Outcome, &added.outcome);
    let reason = vocabulary::word(words, Family::Intake, &added.reason);
    let values = [("outcome", outcome.as_str()), ("reason", reason.as_str())];
    match &added.number {
        Some(number) => {
            let stage = added.stage.as_deref().unwrap_or_default();
            let stage = vocabulary::word(words, Family::Stage, stage);
            let number = one_line(number);
            let values = [values.as_slice(), &[("number", &number), ("stage", &stage)]].concat();
            writeln!(out, "{}", words.fill("added-ticket", &values))?;
        }
        None => writeln!(out, "{}", words.fill("added", &values))?,
    }
    if added.reason == "BERULANG" {
        writeln!(out, "{}", words.say("added-again"))?;
    }
    let Some(text) = &added.text else { return Ok(()) };
    if added.by_sms {
        writeln!(out, "{}:", words.say("citizen-now"))?;
        return page.block(out, 2, text);
    }
    writeln!(out, "{}:", words.say("give-receipt"))?;
    done::copied(out, text, added.link.as_deref(), page)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;
    use crate::cli::samples;

    fn arguments(text: Option<&str>) -> AddArguments {
        AddArguments {
            text: text.map(str::to_owned),
            channel: "wa".to_owned(),
            from: Some("081234567890".to_owned()),
            at: None,
            unit: None,
            to: None,
            again: false,
            sms: false,
        }
    }

    #[test]
    fn a_text_is_taken_from_the_arguments_or_read() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("pesan");
        std::fs::write(&file, "DISHUB # Lampu mati\n  sejak Senin\r\n").unwrap();
        for (given, expected) in [
            (Some("DISHUB # x"), "DISHUB # x"),
            (None, "DISHUB # Lampu mati\n  sejak Senin"),
            (Some("-"), "DISHUB # Lampu mati\n  sejak Senin"),
        ] {
            samples::printed(None, |page, _| {
                let ask = arguments(given).ask(page, File::open(&file)?).ok().unwrap();
                let Ask::Add { text, channel, .. } = ask else { panic!() };
                assert_eq!((text.as_str(), channel.as_str()), (expected, "WA"));
                Ok(())
            });
        }
    }

    #[test]
    fn a_receipt_is_shown_whole_on_a_line_of_its_own_with_its_link() {
        let text = format!("Terima kasih. {}", "Pengaduan dicatat. ".repeat(8));
        let told = Added {
            outcome: "ticket".to_owned(),
            reason: "TIKET_BARU".to_owned(),
            number: Some("P26-00123-0".to_owned()),
            stage: Some("BARU".to_owned()),
            text: Some(text.clone()),
            link: Some("https://wa.me/6281234567890?text=Terima".to_owned()),
            by_sms: false,
        };
        let printed = samples::printed(Some(60), |page, out| added(page, &told, out));
        assert!(printed.starts_with("P26-00123-0"), "{printed}");
        assert!(printed.lines().any(|line| line == text.trim_end()), "{printed}");
        assert!(
            printed.lines().any(|line| line.ends_with("https://wa.me/6281234567890?text=Terima"))
        );
    }
}
