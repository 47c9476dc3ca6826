//! How text is laid out: cleaned of what could steer a terminal, wrapped, indented, in tables.

use std::io::{self, IsTerminal, Write};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Row, Table, Width};
use comfy_table::{LineStyle, presets};

use super::language::Language;
use super::words::Words;
use crate::calendar::Zone;

/// Blanks between columns, and what is left of them where it is narrow.
const GAP: u16 = 2;
const GAP_MIN: u16 = 1;

/// What every view needs to know.
pub struct Page {
    /// The sentences.
    pub words: Words,
    /// The office's zone.
    pub zone: Zone,
    /// Columns of the terminal; `None`: a file or a pipe, where nothing is wrapped.
    pub width: Option<u16>,
}

impl Page {
    /// A page for standard output.
    pub fn of_stdout(words: Words, zone: Zone) -> Self {
        let width = if io::stdout().is_terminal() { Table::new().width() } else { None };
        Self { words, zone, width }
    }

    /// A time without the zone's letters, for columns whose title has them: `Sen 30-11-2026 15.30`.
    pub fn short_time(&self, at: DateTime<Utc>) -> String {
        match self.words.language() {
            Language::Indonesian => self.zone.short(at),
            Language::English => self.zone.local(at).format("%a %d-%m-%Y %H.%M").to_string(),
        }
    }

    /// A time: `Sen 30-11-2026 15.30 WIB`.
    pub fn time(&self, at: DateTime<Utc>) -> String {
        format!("{} {}", self.short_time(at), self.zone.letters())
    }

    /// A time with the whole name of its day: `Senin 30-11-2026 15.30 WIB`.
    pub fn long_time(&self, at: DateTime<Utc>) -> String {
        let local = self.zone.local(at);
        let day = self.words.say(&format!("weekday-{}", local.weekday().number_from_monday()));
        format!("{day} {} {}", local.format("%d-%m-%Y %H.%M"), self.zone.letters())
    }

    /// A title with the zone's letters behind it.
    pub fn zoned(&self, id: &str) -> String {
        format!("{} ({})", self.words.say(id), self.zone.letters())
    }

    /// A table with these titles.
    pub fn table(&self, titles: Vec<String>) -> Table {
        let mut table = Table::new();
        // The width is the page's; whether there is a terminal was settled when the page was made.
        table.force_no_tty();
        match self.width {
            Some(width) => {
                let line = LineStyle::none().fill('─');
                table
                    .load_style(presets::NOTHING.header_separator(line))
                    .set_width(width)
                    .set_content_arrangement(ContentArrangement::Dynamic);
            }
            None => {
                table
                    .load_style(presets::NOTHING)
                    .set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        table.set_header(titles);
        table
    }

    /// Whether a table has room for the longest word of each column.
    pub fn has_room_for(&self, table: &Table) -> bool {
        self.has_room_with(table, GAP_MIN)
    }

    fn has_room_with(&self, table: &Table, gap: u16) -> bool {
        let needed: usize = longest_words(table).iter().map(|word| word + usize::from(gap)).sum();
        self.width.is_none_or(|width| needed <= usize::from(width) + usize::from(gap))
    }

    /// Writes a table. Where there is room, no column is squeezed so far that a word is cut.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn write_table(&self, out: &mut dyn Write, mut table: Table) -> io::Result<()> {
        let gap = if self.has_room_with(&table, GAP) { GAP } else { GAP_MIN };
        let widths = longest_words(&table);
        let keep_words = self.width.is_some() && self.has_room_with(&table, gap);
        let last = widths.len().saturating_sub(1);
        for ((index, column), word) in table.column_iter_mut().enumerate().zip(widths) {
            let gap = if index == last { 0 } else { gap };
            column.set_padding((0, gap));
            if keep_words {
                let width = u16::try_from(word).unwrap_or(u16::MAX).saturating_add(gap);
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
            }
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Text in lines of the page, each behind `indent` spaces.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn block(&self, out: &mut dyn Write, indent: usize, text: &str) -> io::Result<()> {
        let width = self.width.map(|width| usize::from(width).saturating_sub(indent).max(20));
        for line in plain(text).lines() {
            for line in wrap(line, width) {
                writeln!(out, "{:indent$}{line}", "")?;
            }
        }
        Ok(())
    }

    /// Pairs of a label and a text, the texts below one another; pairs without a text are left out.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn pairs(&self, out: &mut dyn Write, pairs: &[(String, Option<String>)]) -> io::Result<()> {
        const INDENT: usize = 2;
        let label_width =
            pairs.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default() + 2;
        let behind = INDENT + label_width;
        let width = self.width.map(|width| usize::from(width).saturating_sub(behind).max(20));
        for (label, text) in pairs {
            let Some(text) = text else { continue };
            let mut shown = label.as_str();
            for line in plain(text).lines().flat_map(|line| wrap(line, width)) {
                writeln!(out, "{:INDENT$}{shown:label_width$}{line}", "")?;
                shown = "";
            }
        }
        Ok(())
    }
}

/// Figures stand at the right.
pub fn align_right(table: &mut Table, columns: &[usize]) {
    for index in columns {
        if let Some(column) = table.column_mut(*index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// Characters of the longest word of each column.
fn longest_words(table: &Table) -> Vec<usize> {
    let mut longest = Vec::new();
    for row in table.header().into_iter().chain(table.row_iter()) {
        for (index, cell) in row.cell_iter().enumerate() {
            let words = cell.content();
            let word = words.split_whitespace().map(|word| word.chars().count()).max();
            match longest.get_mut(index) {
                Some(known) => *known = word.unwrap_or_default().max(*known),
                None => longest.push(word.unwrap_or_default()),
            }
        }
    }
    longest
}

/// A row of texts, each in one line of its own.
pub fn row<I: IntoIterator<Item = String>>(cells: I) -> Row {
    cells.into_iter().map(|cell| Cell::new(one_line(&cell))).collect::<Vec<_>>().into()
}

/// A day as everything here writes it: `30-11-2026`.
pub fn day(day: NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}

/// Text that cannot steer a terminal: escape sequences, control characters and marks of direction are taken out, and only
/// line breaks stay. Everything that people outside of the office wrote goes through here before it is printed.
pub fn plain(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((character, behind)) = cut(rest) {
        rest = match character {
            '\u{1b}' => after_escape(behind),
            // The one-character forms of ESC [ and of ESC ], P, X, ^, _ (ECMA-48 §5.3).
            '\u{9b}' => after_control_sequence(behind),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => after_string(behind),
            _ => behind,
        };
        match character {
            // CR alone would let a line be overwritten; CR LF is one line break.
            '\r' if behind.starts_with('\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push(' '),
            character if is_steering(character) => {}
            character => clean.push(character),
        }
    }
    clean
}

/// [`plain`] in one line.
pub fn one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Controls, and what changes the direction or hides in a line: a text must read as it was sent.
fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The first character and what is behind it.
fn cut(text: &str) -> Option<(char, &str)> {
    let mut characters = text.chars();
    characters.next().map(|first| (first, characters.as_str()))
}

fn after_escape(rest: &str) -> &str {
    match cut(rest) {
        Some(('[', behind)) => after_control_sequence(behind),
        Some((']' | 'P' | 'X' | '^' | '_', behind)) => after_string(behind),
        Some((' '..='/', _)) => {
            let last = rest.trim_start_matches(|c| (' '..='/').contains(&c));
            cut(last).map_or("", |(_, behind)| behind)
        }
        Some(('0'..='~', behind)) => behind,
        _ => rest,
    }
}

/// Behind parameters, intermediates and the final character (ECMA-48 §5.4).
fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|c| ('0'..='?').contains(&c));
    let rest = rest.trim_start_matches(|c| (' '..='/').contains(&c));
    match cut(rest) {
        Some(('@'..='~', behind)) => behind,
        _ => rest,
    }
}

/// Behind the end of a control string. Without an end only its beginning is dropped: else a citizen could hide the rest.
fn after_string(text: &str) -> &str {
    let mut rest = text;
    while let Some((character, behind)) = cut(rest) {
        match character {
            '\u{7}' | '\u{9c}' => return behind,
            '\u{1b}' if behind.starts_with('\\') => {
                return cut(behind).map_or("", |(_, behind)| behind);
            }
            _ => rest = behind,
        }
    }
    text
}

/// A line in pieces of at most `width` characters, cut at spaces where there are any.
fn wrap(line: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width.filter(|width| line.chars().count() > *width) else {
        return vec![line.to_owned()];
    };
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        let length = current.chars().count();
        if length > 0 && length + 1 + word.len() > width {
            lines.push(std::mem::take(&mut current));
        } else if length > 0 {
            current.push(' ');
        }
        while word.len() > width {
            let rest = word.split_off(width);
            lines.push(word.into_iter().collect());
            word = rest;
        }
        current.extend(word);
    }
    lines.push(current);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_left() {
        for (text, clean) in [
            ("lampu \u{1b}[31mmati\u{1b}[0m", "lampu mati"),
            ("a\u{1b}]0;judul\u{7}b", "ab"),
            ("a\u{1b}]8;;http://x\u{1b}\\b\u{1b}]8;;\u{1b}\\", "ab"),
            ("a\u{9b}2Jb\u{9d}0;x\u{9c}c", "abc"),
            ("a\u{1b}(0b\u{1b}cd", "abd"),
            ("satu\r\ndua\rtiga\tempat", "satu\ndua\ntiga empat"),
            ("a\u{8}\u{7}\u{0}\u{7f}\u{85}b", "ab"),
            ("a\u{202e}b\u{2066}c\u{feff}", "abc"),
            ("\u{1b}", ""),
            ("Jalan é 5 # \u{1f64f} ok", "Jalan é 5 # \u{1f64f} ok"),
        ] {
            assert_eq!(plain(text), clean, "{text:?}");
        }
    }

    #[test]
    fn a_control_string_without_an_end_hides_nothing() {
        assert_eq!(plain("awal \u{1b}]0;sisa pengaduan"), "awal 0;sisa pengaduan");
    }

    #[test]
    fn lines_are_wrapped_at_spaces_and_long_words_are_cut() {
        assert_eq!(wrap("satu dua tiga", Some(8)), ["satu dua", "tiga"]);
        assert_eq!(wrap("abcdefghij k", Some(4)), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("satu dua tiga", None), ["satu dua tiga"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_keeps_a_control_character(text in ".*") {
            proptest::prop_assert!(!plain(&text).chars().any(|c| c != '\n' && c.is_control()));
        }
    }
}
