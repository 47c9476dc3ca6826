//! `aduan inbox`: what waits, the most urgent first.

use std::io::{self, Write};

use super::terminal::{Page, one_line, row};
use super::vocabulary::{self, Family};
use crate::control::protocol::Line;

/// The open tickets that wait, or all of them.
///
/// # Errors
/// What writing fails with.
pub fn list(
    page: &Page,
    tickets: &[Line],
    sealed: i64,
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
    }
    let mut table = page.table(titles);
    for ticket in tickets {
        let flags = vocabulary::list(words, Family::Flag, &ticket.flags);
        let subject = if flags_apart || flags.is_empty() {
            ticket.subject.clone()
        } else {
            format!("[{flags}] {}", ticket.subject)
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
            cells.push(flags);
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

/// The unit, or what the text suggests, with a question mark.
fn unit(ticket: &Line) -> String {
    match &ticket.unit {
        Some(unit) => one_line(unit),
        None if ticket.suggestions.is_empty() => "-".to_owned(),
        None => {
            let marked: Vec<String> =
                ticket.suggestions.iter().map(|unit| format!("{unit}?")).collect();
            marked.join(" ")
        }
    }
}

fn due(page: &Page, ticket: &Line) -> String {
    let due = ticket.due_at.map_or_else(|| "-".to_owned(), |due| page.short_time(due));
    if ticket.overdue { format!("{due} {}", page.words.say("overdue-mark")) } else { due }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    #[test]
    fn in_a_pipe_every_ticket_is_one_line() {
        let tickets = [samples::line(), samples::undecided_line()];
        let text = samples::printed(None, |page, out| list(page, &tickets, 2, false, out));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn on_a_terminal_of_eighty_columns_nothing_is_wider() {
        let tickets = [samples::line(), samples::undecided_line()];
        let text = samples::printed(Some(80), |page, out| list(page, &tickets, 0, false, out));
        assert!(
            text.lines().take_while(|line| !line.is_empty()).all(|line| line.chars().count() <= 80)
        );
        insta::assert_snapshot!(text);
    }

    #[test]
    fn an_empty_inbox_says_so() {
        let text = samples::printed(None, |page, out| list(page, &[], 1, false, out));
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains('1'), "{text}");
    }

    #[test]
    fn a_citizens_text_cannot_steer_the_terminal() {
        let hostile = Line { subject: "a\u{1b}[2J\nb".to_owned(), ..samples::line() };
        let text = samples::printed(None, |page, out| list(page, &[hostile], 0, true, out));
        assert!(!text.contains('\u{1b}') && text.contains("a b"), "{text:?}");
    }
}
