//! `aduan reveal`, `aduan mark`, `aduan access`: who sees what of a citizen, and that it was seen.

use std::io::{self, Write};

use clap::Args;

use super::failure::Failure;
use super::input;
use super::show::facts;
use super::terminal::{Page, one_line, row};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::control::protocol::{Access, Ask};

/// A mark that restricts who sees what of a ticket, or puts it in front.
#[derive(Debug, Args)]
pub struct MarkArguments {
    number: String,
    #[arg(long = "as", value_name = "MARK")]
    mark: String,
    #[arg(long)]
    remove: bool,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
}

impl MarkArguments {
    /// # Errors
    /// [`Failure::Usage`] for a mark that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let mark = input::mark(words, &self.mark)?.token().to_owned();
        let Self { number, remove, reason, .. } = self;
        Ok(Ask::Mark { number, mark, remove, reason })
    }
}

/// The access log: of one ticket, or of some days.
#[derive(Debug, Args)]
pub struct AccessArguments {
    number: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl AccessArguments {
    /// # Errors
    /// [`Failure::Usage`] for a day that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let day = |typed: Option<String>| typed.map(|typed| input::date(words, &typed)).transpose();
        Ok(Ask::Accesses { number: self.number, from: day(self.from)?, until: day(self.until)? })
    }
}

/// A citizen's whole number.
///
/// # Errors
/// What writing fails with.
pub fn revealed(page: &Page, number: &str, citizen: &str, out: &mut dyn Write) -> io::Result<()> {
    let values = [("number", &*one_line(number)), ("citizen", &*one_line(citizen))];
    writeln!(out, "{}", page.words.fill("revealed", &values))
}

/// The marks that a ticket bears now.
///
/// # Errors
/// What writing fails with.
pub fn marked(page: &Page, number: &str, flags: &[String], out: &mut dyn Write) -> io::Result<()> {
    let number = one_line(number);
    if flags.is_empty() {
        return writeln!(out, "{}", page.words.fill("marked-none", &[("number", &number)]));
    }
    let flags = vocabulary::list(&page.words, Family::Flag, flags);
    writeln!(out, "{}", page.words.fill("marked", &[("number", &number), ("flags", &flags)]))
}

/// Who saw what, latest first.
///
/// # Errors
/// What writing fails with.
pub fn accesses(page: &Page, accesses: &[Access], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    if accesses.is_empty() {
        return writeln!(out, "{}", words.say("access-none"));
    }
    let mut table = page.table(vec![
        page.zoned("title-at"),
        words.say("title-account"),
        words.say("title-access"),
        words.say("title-number"),
        words.say("title-detail"),
    ]);
    for access in accesses {
        table.add_row(row([
            page.short_time(access.at),
            access.officer.clone(),
            vocabulary::word(words, Family::Access, &access.action),
            access.number.clone().unwrap_or_else(|| "-".to_owned()),
            detail(page, &access.detail),
        ]));
    }
    page.write_table(out, table)
}

/// What else is to be said; several facts one after the other.
fn detail(page: &Page, text: &str) -> String {
    let Ok(fields @ serde_json::Value::Object(_)) = serde_json::from_str(text) else {
        return text.to_owned();
    };
    let facts = facts(page, &fields).into_iter().filter(|(_, fact)| !fact.is_empty());
    let told = facts.map(|(key, fact)| {
        format!("{}: {fact}", vocabulary::word(&page.words, Family::Detail, &key))
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;

    #[test]
    fn a_mark_may_be_typed_in_either_language() {
        let mark = |typed: &str| {
            let arguments = MarkArguments {
                number: "1".to_owned(),
                mark: typed.to_owned(),
                remove: false,
                reason: None,
            };
            arguments.ask(&Words::new(Language::Indonesian))
        };
        for (typed, token) in [
            ("spesifik", "specific"),
            ("Data-Spesifik", "specific"),
            ("rahasia", "secret"),
            ("SECRET", "secret"),
        ] {
            let asked = mark(typed).unwrap();
            assert!(matches!(&asked, Ask::Mark { mark, .. } if mark == token), "{asked:?}");
        }
        assert!(matches!(mark("apa"), Err(Failure::Usage(text)) if text.contains("specific")));
    }

    #[test]
    fn the_access_log_is_a_table_with_the_reasons() {
        let access = |action: &str, number: Option<&str>, detail: &str| Access {
            at: samples::at(24, 1, 0),
            officer: "hadi".to_owned(),
            action: action.to_owned(),
            number: number.map(str::to_owned),
            detail: detail.to_owned(),
        };
        let rows = [
            access("reveal", Some("P26-00123-0"), "dihubungi\u{1b}[2J langsung"),
            access("recap", None, "2026-11"),
            access("search", None, r#"{"dicari":"lampu","unit":null,"tahap":"BARU","nomor":null}"#),
        ];
        let text = samples::printed(None, |page, out| accesses(page, &rows, out));
        insta::assert_snapshot!(text);
        let text = samples::printed(None, |page, out| accesses(page, &[], out));
        assert_eq!(text.lines().count(), 1, "{text}");
    }

    #[test]
    fn a_revealed_number_and_marks_are_told_in_a_line() {
        let text =
            samples::printed(None, |page, out| revealed(page, "P26-00123-0", "081200000001", out));
        assert!(text.contains("081200000001") && text.lines().count() == 1, "{text}");
        let flags = ["specific".to_owned()];
        let text = samples::printed(None, |page, out| marked(page, "P26-00123-0", &flags, out));
        assert!(text.contains("data spesifik"), "{text}");
        let text = samples::printed(None, |page, out| marked(page, "P26-00123-0", &[], out));
        assert!(!text.contains("spesifik"), "{text}");
    }
}
