//! `aduan inbox`: what waits, the most urgent first.

use std::io::{self, Write};

use super::known;
use super::terminal::{Page, one_line, row};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::complaint::Flag;
use crate::control::protocol::Line;

/// The open tickets that wait, or all of them.
///
/// # Errors
/// What writing fails with.
pub fn list(
    page: &Page,
    tickets: &[Line],
    (more, sealed): (i64, i64),
    all: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = &page.words;
    if tickets.is_empty() {
        let id = if all { "inbox-none" } else { "inbox-none-for-you" };
        writeln!(out, "{}", words.say(id))?;
        return totals(page, sealed, out);
    }
    self::table(page, tickets, out)?;
    let mut sums = vec![words.count("inbox-count", tickets.len())];
    let overdue = tickets.iter().filter(|ticket| ticket.overdue).count();
    if overdue > 0 {
        sums.push(words.count("inbox-overdue", overdue));
    }
    writeln!(out, "\n{}.", sums.join(", "))?;
    if let Ok(more @ 1..) = usize::try_from(more) {
        writeln!(out, "{}", words.count("inbox-more", more))?;
    }
    totals(page, sealed, out)?;
    writeln!(out, "{}", words.say("hint-inbox"))
}

/// The lines of tickets, whatever they are listed for.
///
/// # Errors
/// What writing fails with.
pub fn table(page: &Page, tickets: &[Line], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    // A terminal has no room for one more column: there the flags stand in front of the subject.
    let flags_apart = page.width.is_none();
    let mut titles = vec![
        words.say("title-number"),
        words.say("title-unit"),
        words.say("title-stage"),
        words.say("title-subject"),
        page.zoned("title-received"),
        page.zoned("title-due"),
    ];
    if flags_apart {
        titles.push(words.say("title-flags"));
        titles.push(words.say("title-hint"));
    }
    let mut table = page.table(titles);
    for ticket in tickets {
        let flags = flags(words, ticket);
        let hint = ticket.hint.as_ref().map(|hint| {
            let score = known::likeness(words, hint.score);
            words.fill("inbox-hint", &[("note", &hint.note.to_string()), ("score", &score)])
        });
        let marks: Vec<&str> = Some(flags.as_str())
            .filter(|flags| !flags.is_empty())
            .into_iter()
            .chain(hint.as_deref())
            .collect();
        let matter = matter(words, ticket);
        let subject = if flags_apart || marks.is_empty() {
            matter
        } else {
            format!("[{}] {matter}", marks.join(", "))
        };
        let mut cells = vec![
            ticket.number.clone(),
            unit(ticket),
            vocabulary::word(words, Family::Stage, &ticket.stage),
            subject,
            page.short_time(ticket.received_at),
            due(page, ticket),
        ];
        if flags_apart {
            cells.push(flags.clone());
            cells.push(hint.clone().unwrap_or_default());
        }
        table.add_row(row(cells));
    }
    page.write_table(out, table)
}

/// Tickets of the closed path show as a number only, to everybody.
fn totals(page: &Page, sealed: i64, out: &mut dyn Write) -> io::Result<()> {
    match usize::try_from(sealed) {
        Ok(count) if count > 0 => writeln!(out, "{}", page.words.count("inbox-sealed", count)),
        _ => Ok(()),
    }
}

/// The unit and those that get a copy; or what the text names together or suggests, with a question mark.
fn unit(ticket: &Line) -> String {
    match &ticket.unit {
        Some(unit) => with_copies(unit, &ticket.copies, ""),
        None if let Some((first, others)) = ticket.named.split_first() => {
            with_copies(first, others, "?")
        }
        None if ticket.suggestions.is_empty() => "-".to_owned(),
        None => {
            let marked: Vec<String> =
                ticket.suggestions.iter().map(|unit| format!("{unit}?")).collect();
            marked.join(" ")
        }
    }
}

/// `DISHUB +PUPR`: who answers, and who gets a copy.
pub(super) fn with_copies(unit: &str, copies: &[String], mark: &str) -> String {
    let copies = copies.iter().map(|copy| format!(" +{copy}{mark}"));
    one_line(&std::iter::once(format!("{unit}{mark}")).chain(copies).collect::<String>())
}

fn due(page: &Page, ticket: &Line) -> String {
    match ticket.due_at {
        Some(due) => [page.short_time(due), left(&page.words, ticket)].join(" "),
        None => "-".to_owned(),
    }
}

/// How much working time is left, or how late it is.
pub(super) fn left(words: &Words, ticket: &Line) -> String {
    time_left(words, ticket.left_minutes.unwrap_or_default())
}

/// The same of so many working minutes, negative where it is late.
pub(super) fn time_left(words: &Words, minutes: i64) -> String {
    let length = working_time(words, minutes.unsigned_abs());
    if minutes < 0 {
        format!("{} {length}", words.say("overdue-mark"))
    } else {
        words.fill("time-left", &[("time", &length)])
    }
}

/// Minutes, or hours and minutes, of working time.
fn working_time(words: &Words, minutes: u64) -> String {
    /// From here on hours are easier to grasp.
    const MINUTES_MAX: u64 = 120;
    let [whole, hours, rest] =
        [minutes, minutes / 60, minutes % 60].map(|number| number.to_string());
    if minutes < MINUTES_MAX {
        words.fill("working-minutes", &[("minutes", &whole)])
    } else {
        words.fill("working-hours", &[("hours", &hours), ("minutes", &rest)])
    }
}

/// What the complaint is about; of one with a one-time code only that it holds one.
fn matter(words: &Words, ticket: &Line) -> String {
    let holds_otp = ticket.flags.iter().any(|flag| flag == Flag::Otp.token());
    if holds_otp && ticket.subject.is_empty() {
        return words.say("subject-otp");
    }
    ticket.subject.clone()
}

/// What the text, the number or the network has marked, and then what time has.
pub(super) fn flags(words: &Words, ticket: &Line) -> String {
    let marks = vocabulary::list(words, Family::Mark, &ticket.marks);
    let flags = vocabulary::list(words, Family::Flag, &ticket.flags);
    [flags, marks].into_iter().filter(|list| !list.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;

    #[test]
    fn in_a_pipe_every_ticket_is_one_line() {
        let tickets = [samples::line(), samples::undecided_line()];
        let text = samples::printed(None, |page, out| list(page, &tickets, (0, 2), false, out));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn on_a_terminal_of_eighty_columns_nothing_is_wider() {
        let tickets = [samples::line(), samples::undecided_line()];
        let text = samples::printed(Some(80), |page, out| list(page, &tickets, (0, 0), false, out));
        assert!(
            text.lines().take_while(|line| !line.is_empty()).all(|line| line.chars().count() <= 80)
        );
        insta::assert_snapshot!(text);
    }

    #[test]
    fn working_time_is_told_in_minutes_and_then_in_hours() {
        let told = |language, minutes: i64| {
            let line =
                Line { left_minutes: Some(minutes), overdue: minutes < 0, ..samples::line() };
            left(&Words::new(language), &line)
        };
        for (minutes, id, en) in [
            (0, "sisa 0 menit kerja", "0 working min left"),
            (119, "sisa 119 menit kerja", "119 working min left"),
            (365, "sisa 6 jam 5 menit kerja", "6 h 5 min of work left"),
            (-7, "TERLAMBAT 7 menit kerja", "OVERDUE 7 working min"),
        ] {
            assert_eq!(told(Language::Indonesian, minutes), id);
            assert_eq!(told(Language::English, minutes), en);
        }
    }

    #[test]
    fn units_with_a_copy_stand_behind_the_one_that_answers_and_named_ones_have_a_question_mark() {
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        let copied = Line { copies: codes(&["PUPR", "DLH"]), ..samples::line() };
        assert_eq!(unit(&copied), "DISHUB +PUPR +DLH");
        let named = Line { named: codes(&["DISHUB", "PUPR"]), ..samples::undecided_line() };
        assert_eq!(unit(&named), "DISHUB? +PUPR?");
        assert_eq!(unit(&samples::undecided_line()), "PUPR? DLH?");
    }

    #[test]
    fn of_a_one_time_code_a_list_says_that_there_is_one() {
        let holds = Line {
            subject: String::new(),
            flags: vec![Flag::Otp.token().to_owned()],
            ..samples::line()
        };
        assert_eq!(matter(&Words::new(Language::Indonesian), &holds), "(memuat OTP)");
        assert_eq!(matter(&Words::new(Language::English), &holds), "(holds a one-time code)");
        // A text that is withheld for another reason says nothing.
        let withheld = Line { subject: String::new(), ..samples::line() };
        assert_eq!(matter(&Words::new(Language::Indonesian), &withheld), "");
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        let tickets = [samples::line()];
        let text = samples::printed(None, |page, out| list(page, &tickets, (48_340, 0), true, out));
        assert!(text.contains("48340 tiket lagi") && text.contains("aduan cari"), "{text}");
        let all = samples::printed(None, |page, out| list(page, &tickets, (0, 0), true, out));
        assert!(!all.contains("lagi"), "{all}");
    }

    #[test]
    fn an_empty_inbox_says_so() {
        let text = samples::printed(None, |page, out| list(page, &[], (0, 1), false, out));
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains('1'), "{text}");
    }

    #[test]
    fn a_citizens_text_cannot_steer_the_terminal() {
        let hostile = Line { subject: "a\u{1b}[2J\nb".to_owned(), ..samples::line() };
        let text = samples::printed(None, |page, out| list(page, &[hostile], (0, 0), true, out));
        assert!(!text.contains('\u{1b}') && text.contains("a b"), "{text:?}");
    }
}
