//! `aduan floods`: numbers that send more messages than are answered.

use std::io::{self, Write};

use super::terminal::{Page, align_right, one_line, row};
use crate::control::protocol::Flood;

/// That there are some, for who looks after them.
///
/// # Errors
/// What writing fails with.
pub fn duty(page: &Page, floods: usize, out: &mut dyn Write) -> io::Result<()> {
    if floods == 0 {
        return Ok(());
    }
    page.block(out, 0, &page.words.fill("floods-wait", &[("count", &floods.to_string())]))
}

/// The numbers, the latest in front.
///
/// # Errors
/// What writing fails with.
pub fn list(page: &Page, numbers: &[Flood], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    if numbers.is_empty() {
        return writeln!(out, "{}", words.say("floods-none"));
    }
    let mut table = page.table(vec![
        words.say("title-citizen"),
        words.say("title-over-limit"),
        page.zoned("title-since"),
        page.zoned("title-last"),
        words.say("title-last-message"),
    ]);
    for number in numbers {
        table.add_row(row([
            one_line(&number.citizen),
            number.messages.to_string(),
            page.zone.short(number.since),
            page.zone.short(number.last_at),
            one_line(number.number.as_ref().unwrap_or(&number.subject)),
        ]));
    }
    align_right(&mut table, &[1]);
    page.write_table(out, table)?;
    page.block(out, 0, &words.say("hint-floods"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    fn flood() -> Flood {
        Flood {
            citizen: "081234567890".to_owned(),
            messages: 14,
            since: samples::at(24, 1, 0),
            last_at: samples::at(24, 1, 9),
            number: None,
            subject: "STATUS\u{1b}[2J".to_owned(),
        }
    }

    #[test]
    fn a_list_shows_how_many_since_when_and_what_the_last_one_was() {
        let of_a_ticket = Flood { number: Some("P26-00123-0".to_owned()), ..flood() };
        let text = samples::printed(None, |page, out| list(page, &[flood(), of_a_ticket], out));
        let lines: Vec<&str> = text.lines().collect();
        for part in ["081234567890", "14", "08.00", "08.09", "STATUS"] {
            assert!(lines.iter().any(|line| line.contains(part)), "{part}: {text}");
        }
        assert!(text.contains("P26-00123-0") && !text.contains('\u{1b}'), "{text}");
        let none = samples::printed(None, |page, out| list(page, &[], out));
        assert!(none.contains("Tidak ada"), "{none}");
    }

    #[test]
    fn an_inbox_speaks_of_them_where_there_are_any() {
        let two = samples::printed(None, |page, out| duty(page, 2, out));
        assert!(two.contains('2') && two.contains("aduan bertubi"), "{two}");
        assert_eq!(samples::printed(None, |page, out| duty(page, 0, out)), "");
    }
}
