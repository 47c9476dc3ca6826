//! `aduan block`, `unblock`, `blocked`: numbers whose messages are kept and not answered.

use std::io::{self, Write};

use super::terminal::{Page, align_right, day, one_line, row};
use crate::control::protocol::{Ask, Blocked};

/// What was decided on a number, or all that are blocked.
///
/// # Errors
/// What writing fails with.
pub fn numbers(page: &Page, ask: &Ask, numbers: &[Blocked], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let decided = if matches!(ask, Ask::Block { .. }) { "block-done" } else { "block-lifted" };
    if !matches!(ask, Ask::Blocked) {
        for number in numbers {
            let citizen = one_line(&number.citizen);
            let values = [("citizen", citizen.as_str()), ("until", &day(number.until))];
            writeln!(out, "{}", words.fill(decided, &values))?;
        }
        return Ok(());
    }
    if numbers.is_empty() {
        return writeln!(out, "{}", words.say("block-none"));
    }
    let titles = ["title-citizen", "title-until", "title-kept", "title-officer", "title-reason"];
    let mut table = page.table(titles.iter().map(|id| words.say(id)).collect());
    for number in numbers {
        table.add_row(row([
            number.citizen.clone(),
            day(number.until),
            number.messages.to_string(),
            number.officer.clone(),
            number.reason.clone(),
        ]));
    }
    align_right(&mut table, &[2]);
    page.write_table(out, table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    fn blocked() -> Blocked {
        Blocked {
            citizen: "081234567890".to_owned(),
            until: "2026-12-31".parse().unwrap(),
            reason: "ancaman berulang".to_owned(),
            officer: "ratna".to_owned(),
            at: samples::at(24, 1, 0),
            messages: 7,
        }
    }

    #[test]
    fn a_list_shows_until_when_and_how_many_messages_were_kept() {
        let numbers = [blocked()];
        let text =
            samples::printed(None, |page, out| super::numbers(page, &Ask::Blocked, &numbers, out));
        let last = text.lines().last().unwrap();
        for part in ["081234567890", "31-12-2026", "7", "ratna", "ancaman berulang"] {
            assert!(last.contains(part), "{text}");
        }
        let none =
            samples::printed(None, |page, out| super::numbers(page, &Ask::Blocked, &[], out));
        assert!(none.contains("Tidak ada"), "{none}");
    }

    #[test]
    fn a_decision_is_told_with_its_end() {
        let ask = Ask::Unblock { whom: "123".to_owned() };
        let lifted =
            samples::printed(None, |page, out| super::numbers(page, &ask, &[blocked()], out));
        assert!(lifted.contains("081234567890") && lifted.contains("tidak lagi"), "{lifted}");
    }
}
