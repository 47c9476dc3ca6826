//! `aduan request` and `aduan affected`: what citizens ask about their own data, and whose data there are.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};

use super::failure::Failure;
use super::input;
use super::terminal::{Page, align_right, one_line, row};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::control::protocol::{Ask, CopiedText, DataRequest, RequestsDuty};

/// Requests of citizens about their own data.
#[derive(Debug, Subcommand)]
pub enum RequestCommand {
    /// Registers one.
    #[command(alias = "tambah")]
    Add {
        /// Ticket or telephone number.
        #[arg(value_name = "WHOSE")]
        whose: String,
        /// Correct, delete, copy.
        #[arg(long, value_name = "KIND")]
        kind: String,
        /// What is asked for.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        detail: String,
    },
    /// Those that wait.
    #[command(alias = "daftar")]
    List {
        /// Answered ones too.
        #[arg(long)]
        all: bool,
    },
    /// The ketua's answer.
    #[command(alias = "jawab")]
    Answer {
        /// Its number.
        #[arg(value_name = "REQUEST")]
        request: i64,
        /// The answer in words.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        answer: String,
        /// It is not granted.
        #[arg(long)]
        refuse: bool,
    },
}

impl RequestCommand {
    /// # Errors
    /// [`Failure::Usage`] for a kind that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        Ok(match self {
            Self::Add { whose, kind, detail } => {
                let kind = input::request_kind(words, &kind)?.token().to_owned();
                Ask::RequestAdd { whose, kind, detail }
            }
            Self::List { all } => Ask::Requests { all },
            Self::Answer { request, answer, refuse } => {
                Ask::RequestAnswer { id: request, granted: !refuse, answer }
            }
        })
    }
}

/// Whose data there are.
#[derive(Debug, Args)]
pub struct AffectedArguments {
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl AffectedArguments {
    /// # Errors
    /// [`Failure::Usage`] for a day that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let day = |typed: Option<String>| typed.map(|typed| input::date(words, &typed)).transpose();
        Ok(Ask::Affected { from: day(self.from)?, until: day(self.until)? })
    }
}

/// A request was registered.
///
/// # Errors
/// What writing fails with.
pub fn noted(page: &Page, id: i64, due_at: DateTime<Utc>, out: &mut dyn Write) -> io::Result<()> {
    let values = [("id", &*id.to_string()), ("due", &*page.time(due_at))];
    writeln!(out, "{}", page.words.fill("request-noted", &values))
}

/// What citizens ask and is to be answered.
///
/// # Errors
/// What writing fails with.
pub fn duty(page: &Page, duty: &RequestsDuty, out: &mut dyn Write) -> io::Result<()> {
    let (count, due) = (duty.count.to_string(), page.zone.short(duty.due_at));
    let id = if duty.overdue { "requests-overdue" } else { "requests-wait" };
    page.block(out, 0, &page.words.fill(id, &[("count", &count), ("due", &due)]))?;
    waits_for(page, &duty.waits_for, out)
}

/// Which tickets have to end first.
fn waits_for(page: &Page, tickets: &[String], out: &mut dyn Write) -> io::Result<()> {
    if tickets.is_empty() {
        return Ok(());
    }
    let tickets = tickets.join(", ");
    page.block(out, 0, &page.words.fill("request-waits-for", &[("tickets", &tickets)]))
}

/// The requests, what is due first in front.
///
/// # Errors
/// What writing fails with.
pub fn list(page: &Page, requests: &[DataRequest], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    if requests.is_empty() {
        return writeln!(out, "{}", words.say("request-none"));
    }
    let mut table = page.table(vec![
        words.say("title-request"),
        words.say("title-kind"),
        words.say("label-citizen"),
        words.say("title-number"),
        page.zoned("title-due"),
        words.say("title-state"),
        words.say("title-detail"),
    ]);
    for request in requests {
        let open = if request.begun_at.is_some() { "begun" } else { "open" };
        let state = request.outcome.as_deref().unwrap_or(open);
        let mut detail = request.detail.clone();
        for answer in request.begun_answer.iter().chain(&request.answer) {
            detail.extend([" / ", answer]);
        }
        if !request.waits_for.is_empty() {
            let tickets = request.waits_for.join(", ");
            let waits = words.fill("request-waits-for", &[("tickets", &tickets)]);
            detail.extend([" / ", &waits]);
        }
        table.add_row(row([
            request.id.to_string(),
            vocabulary::word(words, Family::Request, &request.kind),
            request.citizen.clone(),
            request.number.clone().unwrap_or_else(|| "-".to_owned()),
            page.short_time(request.due_at),
            vocabulary::word(words, Family::Request, state),
            detail,
        ]));
    }
    align_right(&mut table, &[0]);
    page.write_table(out, table)
}

/// What came of a request.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// Its number.
    pub id: i64,
    /// Or refused.
    pub granted: bool,
    /// Tickets destroyed, pseudonymised, and kept because they are open.
    pub tickets: [i64; 3],
    /// Which are kept: the request waits for them.
    pub waits_for: &'a [String],
    /// Of a copy, all of it.
    pub copy: &'a [CopiedText],
}

/// What came of a request.
///
/// # Errors
/// What writing fails with.
pub fn answered(page: &Page, answered: Answered<'_>, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let id = match (answered.granted, answered.waits_for) {
        (true, []) => "request-was-granted",
        (true, _) => "request-was-begun",
        (false, _) => "request-was-refused",
    };
    writeln!(out, "{}", words.fill(id, &[("id", &answered.id.to_string())]))?;
    let told = ["request-destroyed", "request-pseudonymised", "request-kept"];
    for (id, count) in told.into_iter().zip(answered.tickets) {
        match usize::try_from(count) {
            Ok(count) if count > 0 => writeln!(out, "{}", words.count(id, count))?,
            _ => {}
        }
    }
    waits_for(page, answered.waits_for, out)?;
    for text in answered.copy {
        let who = words.say(if text.own { "request-own" } else { "request-office" });
        writeln!(out, "\n{}, {who}", page.time(text.at))?;
        page.block(out, 2, &text.text)?;
    }
    Ok(())
}

/// Whose data there are: one number a line, for whoever sends the notice; and that there are more, which a pipe must not hide.
///
/// # Errors
/// What writing fails with.
pub fn affected(
    page: &Page,
    (numbers, withheld): (&[String], usize),
    out: &mut dyn Write,
) -> io::Result<()> {
    for number in numbers {
        writeln!(out, "{}", one_line(number))?;
    }
    if page.width.is_some() || numbers.is_empty() {
        writeln!(out, "{}", page.words.count("affected-count", numbers.len()))?;
    }
    if withheld > 0 {
        writeln!(out, "{}", page.words.count("affected-withheld", withheld))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;

    #[test]
    fn what_waits_for_an_answer_is_told_and_that_it_is_late() {
        let told = |overdue| {
            let waits_for = vec!["P26-00123-0".to_owned()];
            let due_at = samples::at(27, 1, 0);
            let duty = RequestsDuty { count: 2, due_at, overdue, waits_for };
            samples::printed(None, |page, out| super::duty(page, &duty, out))
        };
        assert!(told(false).starts_with("2 permintaan warga"), "{}", told(false));
        assert!(told(true).starts_with("TERLAMBAT: 2 permintaan"), "{}", told(true));
        assert!(told(true).contains("aduan permintaan daftar"));
        assert!(told(false).ends_with("menunggu sampai selesai: P26-00123-0\n"), "{}", told(false));
    }

    #[test]
    fn requests_are_listed_with_when_they_are_due() {
        let request = DataRequest {
            id: 4,
            citizen: "+62 812-****-*001".to_owned(),
            number: Some("P26-00123-0".to_owned()),
            kind: "delete".to_owned(),
            detail: "minta\u{1b}[2J dihapus".to_owned(),
            registered_at: samples::at(24, 1, 0),
            due_at: samples::at(27, 1, 0),
            answered_at: None,
            outcome: None,
            answer: None,
            begun_at: None,
            begun_answer: None,
            waits_for: Vec::new(),
        };
        let begun = DataRequest {
            id: 5,
            begun_at: Some(samples::at(25, 1, 0)),
            begun_answer: Some("yang selesai sudah dihapus".to_owned()),
            waits_for: vec!["P26-00123-0".to_owned()],
            ..request.clone()
        };
        let refused = DataRequest {
            id: 3,
            kind: "copy".to_owned(),
            number: None,
            outcome: Some("refused".to_owned()),
            answer: Some("bukan pemilik nomor".to_owned()),
            ..request.clone()
        };
        let text = samples::printed(None, |page, out| list(page, &[request, begun, refused], out));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn what_came_of_a_request_is_told_with_its_copy() {
        let copy = [
            CopiedText { at: samples::at(24, 1, 0), own: true, text: "Lampu mati".to_owned() },
            CopiedText { at: samples::at(24, 1, 1), own: false, text: "Terima kasih".to_owned() },
        ];
        let waits_for = ["P26-00123-0".to_owned()];
        let (id, granted, tickets) = (4, true, [2, 0, 1]);
        let told = Answered { id, granted, tickets, waits_for: &waits_for, copy: &copy };
        insta::assert_snapshot!(samples::printed(None, |page, out| answered(page, told, out)));
    }

    #[test]
    fn a_kind_may_be_typed_in_either_language_and_numbers_stand_alone_in_a_pipe() {
        let ask = |kind: &str| {
            let (whose, kind, detail) = ("123".to_owned(), kind.to_owned(), "x".to_owned());
            RequestCommand::Add { whose, kind, detail }.ask(&Words::new(Language::Indonesian))
        };
        for (typed, token) in [("hapus", "delete"), ("Salinan", "copy"), ("pembetulan", "correct")]
        {
            let asked = ask(typed).unwrap();
            assert!(matches!(&asked, Ask::RequestAdd { kind, .. } if kind == token), "{asked:?}");
        }
        assert!(matches!(ask("apa"), Err(Failure::Usage(_))));
        let numbers = ["+6281200000001".to_owned(), "+6281200000002".to_owned()];
        let text = samples::printed(None, |page, out| affected(page, (&numbers, 0), out));
        assert_eq!(text, "+6281200000001\n+6281200000002\n");
        let text = samples::printed(None, |page, out| affected(page, (&numbers, 1), out));
        assert!(text.lines().nth(2).unwrap().contains("pengarah"), "{text}");
    }
}
