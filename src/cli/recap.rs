//! `aduan recap`: the month's figures on the screen or in one file for a spreadsheet.

use std::io::{self, IsTerminal, Write};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use super::failure::Failure;
use super::input;
use super::recap_parts::{self, Part, Value};
use super::session::Session;
use super::terminal::{Page, align_right, one_line, row};
use super::words::Words;
use crate::calendar::Zone;
use crate::control::protocol::{Ask, Recap, ReportDuty, Signing, Tell};
use comfy_table::Table;

/// Which month, and in what form; or what becomes of its report.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct RecapArguments {
    #[command(subcommand)]
    command: Option<RecapCommand>,
    #[arg(value_name = "MONTH", required = true)]
    month: Option<String>,
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Table)]
    format: Format,
    #[arg(long, value_name = "SEPARATOR", value_parser = [",", ";"], default_value = ",")]
    separator: String,
    #[arg(long, conflicts_with = "no_register")]
    register: bool,
    #[arg(long)]
    no_register: bool,
}

/// The report on its way.
#[derive(Debug, Subcommand)]
pub enum RecapCommand {
    /// A ketua signs it.
    #[command(alias = "tandatangani")]
    Sign {
        /// Which month's.
        month: String,
    },
    /// The pengarah takes notice of it.
    #[command(alias = "ketahui")]
    Acknowledge {
        /// Which month's.
        month: String,
    },
    /// The pengarah gives it back.
    #[command(alias = "kembalikan")]
    Return {
        /// Which month's.
        month: String,
        /// What is to be corrected.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        reason: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
}

impl RecapArguments {
    /// What is printed or laid out in a spreadsheet has the register with it; the screen, and a script, unless it asks, has not.
    ///
    /// # Errors
    /// [`Failure::Usage`] for a month that is none.
    pub fn ask(&self, words: &Words, json: bool) -> Result<Ask, Failure> {
        match &self.command {
            Some(RecapCommand::Sign { month }) => {
                let (year, month) = input::month(words, month)?;
                return Ok(Ask::RecapSign { year, month });
            }
            Some(RecapCommand::Acknowledge { month }) => {
                let (year, month) = input::month(words, month)?;
                return Ok(Ask::RecapAcknowledge { year, month });
            }
            Some(RecapCommand::Return { month, reason }) => {
                let (year, month) = input::month(words, month)?;
                return Ok(Ask::RecapReturn { year, month, reason: reason.clone() });
            }
            None => {}
        }
        let (year, month) = input::month(words, self.month.as_deref().unwrap_or_default())?;
        let on_paper = !json && (matches!(self.format, Format::Csv) || !io::stdout().is_terminal());
        let register = self.register || (on_paper && !self.no_register);
        Ok(Ask::Recap { year, month, register })
    }

    /// Asks and prints the figures in the form that is wanted.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn run(&self, ask: &Ask, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
        let tell = session.ask(ask)?;
        match (&tell, self.format) {
            (Tell::Recap(recap), Format::Csv) if !session.is_for_scripts() => {
                let sheet = Sheet { excel: self.separator == ";" };
                sheet.write(session.page(), recap, out).context("writing CSV")?;
                Ok(out.flush()?)
            }
            _ => session.print(ask, &tell, out),
        }
    }
}

/// What became of a month's report.
///
/// # Errors
/// What writing fails with.
pub fn signed(page: &Page, month: &str, signing: &Signing, out: &mut dyn Write) -> io::Result<()> {
    let id = match (&signing.returned_by, &signing.acknowledged_by) {
        (Some(_), _) => "recap-was-returned",
        (None, Some(_)) => "recap-was-acknowledged",
        (None, None) => "recap-was-signed",
    };
    let month = input::month_in_words(&page.words, month);
    page.block(out, 0, &page.words.fill(id, &[("month", &month)]))
}

/// What is to be done about a month's report.
///
/// # Errors
/// What writing fails with.
pub fn duty(page: &Page, duty: &ReportDuty, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let month = input::month_in_words(words, &duty.month);
    let due = page.zone.short(duty.due_at);
    let values = [("month", month.as_str()), ("typed", &duty.month), ("due", &due)];
    let id = match (duty.task.as_str(), duty.overdue) {
        ("acknowledge", _) => "report-to-acknowledge",
        (_, true) => "report-overdue",
        (_, false) => "report-to-make",
    };
    page.block(out, 0, &words.fill(id, &values))?;
    match &duty.reason {
        Some(reason) => page.block(out, 0, &words.fill("report-returned", &[("reason", reason)])),
        None => Ok(()),
    }
}

/// The zone that the figures were counted in; the page's where its letters are unknown.
fn zone_of(page: &Page, recap: &Recap) -> Zone {
    Zone::from_name(&recap.zone).unwrap_or(page.zone)
}

/// The recap on the screen.
///
/// # Errors
/// What writing fails with.
pub fn print(page: &Page, recap: &Recap, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let zone = zone_of(page, recap);
    let heading = recap_parts::heading(words, recap, zone);
    writeln!(out, "{}\n{}", heading.title, heading.month)?;
    writeln!(out, "{}", one_line(&recap.office))?;
    writeln!(out, "{}: {}", words.say("recap-label-period"), heading.period)?;
    writeln!(out, "{}: {}", words.say("recap-label-counted"), heading.counted)?;
    if let Some(seal) = heading.seal {
        writeln!(out, "{}: {seal}", words.say("recap-label-seal"))?;
    }
    for (label, who) in heading.signing {
        writeln!(out, "{}: {who}", words.say(&format!("recap-label-{label}")))?;
    }
    for part in recap_parts::parts(words, recap, zone) {
        writeln!(out, "\n{}. {}", part.letter, part.title)?;
        if part.rows.is_empty() {
            writeln!(out, "{}", words.say("recap-nothing"))?;
        } else {
            table(page, part, out)?;
        }
    }
    if recap.register.is_none() && page.width.is_some() {
        writeln!(out, "\n{}", words.say("hint-register"))?;
    }
    Ok(())
}

fn table(page: &Page, mut part: Part, out: &mut dyn Write) -> io::Result<()> {
    let table = laid_out(page, &part);
    if page.has_room_for(&table) {
        return page.write_table(out, table);
    }
    // On a narrow terminal the code of a unit stands for its name.
    part.leave_out_names();
    let table = laid_out(page, &part);
    if page.has_room_for(&table) {
        return page.write_table(out, table);
    }
    listed(page, &part, out)
}

/// A part that has more columns than the terminal has room for: row by row, each value behind its title.
fn listed(page: &Page, part: &Part, out: &mut dyn Write) -> io::Result<()> {
    for row in &part.rows {
        let told = part.columns.iter().zip(row).filter(|(_, value)| **value != Value::Nothing);
        let told: Vec<String> =
            told.map(|(title, value)| format!("{title}: {}", value.printed())).collect();
        page.block(out, 0, &told.join("; "))?;
    }
    Ok(())
}

fn laid_out(page: &Page, part: &Part) -> Table {
    let figures: Vec<usize> = (0..part.columns.len())
        .filter(|column| {
            let mut values = part.rows.iter().filter_map(|row| row.get(*column));
            values.clone().any(Value::is_figure)
                && values.all(|value| value.is_figure() || *value == Value::Nothing)
        })
        .collect();
    let mut table = page.table(part.columns.clone());
    for values in &part.rows {
        table.add_row(row(values.iter().map(Value::printed)));
    }
    align_right(&mut table, &figures);
    table
}

/// One CSV file: the parts below one another, each under its own titles, the part's letter in front of every row. All rows
/// have the same number of cells.
struct Sheet {
    /// With semicolons, and with the mark by which Excel knows UTF-8: where the decimal sign is a comma, Excel reads no other.
    excel: bool,
}

impl Sheet {
    fn write(&self, page: &Page, recap: &Recap, out: &mut dyn Write) -> io::Result<()> {
        if self.excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let delimiter = if self.excel { b';' } else { b',' };
        let mut sheet = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        for cells in rows(&page.words, recap, zone_of(page, recap)) {
            sheet.write_record(&cells)?;
        }
        sheet.flush()
    }
}

/// The rows of the file.
fn rows(words: &Words, recap: &Recap, zone: Zone) -> Vec<Vec<String>> {
    let heading = recap_parts::heading(words, recap, zone);
    let parts = recap_parts::parts(words, recap, zone);
    let letter_title = words.say("recap-column-part");
    let text = |text: String| Value::Text(text).cell();
    let fact = |id: &str, value: String| {
        vec!["info".to_owned(), words.say(&format!("recap-label-{id}")), text(value)]
    };
    let titles = ["part", "figure", "value"];
    let mut rows = vec![
        titles.map(|id| words.say(&format!("recap-column-{id}"))).to_vec(),
        fact("title", heading.title),
        fact("office", recap.office.clone()),
        fact("month", recap.month.clone()),
        fact("period", heading.period),
        fact("counted", heading.counted),
    ];
    rows.extend(heading.seal.map(|seal| fact("seal", seal)));
    rows.extend(heading.signing.into_iter().map(|(label, who)| fact(label, who)));
    rows.extend(heading.register.map(|made| fact("register", made)));
    for part in parts {
        rows.push(std::iter::once(letter_title.clone()).chain(part.columns).collect());
        for values in part.rows {
            let cells = values.iter().map(Value::cell);
            rows.push(std::iter::once(part.letter.to_owned()).chain(cells).collect());
        }
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    for row in &mut rows {
        row.resize(width, String::new());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use crate::control::protocol::{Correction, UnitRow};

    fn sheet(recap: &Recap, excel: bool) -> String {
        samples::printed(None, |page, out| Sheet { excel }.write(page, recap, out))
    }

    #[test]
    fn every_part_is_printed() {
        let text = samples::printed(None, |page, out| print(page, &samples::recap(), out));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn on_a_narrow_terminal_the_codes_stand_for_the_names() {
        let text = samples::printed(Some(80), |page, out| print(page, &samples::recap(), out));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains("DISHUB") && !text.contains("Dinas Perhubungan"), "{text}");
        let text = samples::printed(Some(140), |page, out| print(page, &samples::recap(), out));
        assert!(text.contains("Dinas Perhubungan"), "{text}");
    }

    #[test]
    fn a_signed_month_says_who_signed_it_and_what_has_changed_of_the_one_before() {
        let correction = |figure: &str| Correction {
            month: "2026-10".to_owned(),
            figure: figure.to_owned(),
            was: 4,
            is: 5,
        };
        let figures = ["A.received", "B.DISHUB.closing", "B.-.opening", "C.PENGADUAN", "odd"];
        let recap = Recap {
            corrections: figures.map(correction).to_vec(),
            signing: Some(Signing {
                signed_by: "Ratna Dewi".to_owned(),
                signed_at: samples::at(30, 9, 0),
                acknowledged_by: None,
                acknowledged_at: None,
                returned_by: Some("Hadi Prasetyo".to_owned()),
                returned_at: Some(samples::at(30, 10, 0)),
                reason: Some("kurang".to_owned()),
            }),
            ..samples::empty_recap()
        };
        let text = samples::printed(None, |page, out| print(page, &recap, out));
        for line in [
            "Ditandatangani: Ratna Dewi, 30 November 2026 17.00 WITA",
            "Dikembalikan: Hadi Prasetyo, 30 November 2026 18.00 WITA: kurang",
            "K. Koreksi atas bulan yang sudah ditandatangani",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
        for told in ["Masuk", "DISHUB: Sisa", "belum ditentukan: Sisa lalu", "pengaduan", "odd"] {
            let row = |line: &str| line.contains("Oktober 2026") && line.contains(told);
            assert!(text.lines().any(row), "{told} in {text}");
        }
        let sheet = sheet(&recap, false);
        assert!(sheet.contains("K,Oktober 2026,DISHUB: Sisa,4,5"), "{sheet}");
    }

    #[test]
    fn last_months_report_is_asked_for_in_words() {
        let told = |task: &str, overdue, reason: Option<&str>| {
            let duty = ReportDuty {
                month: "2026-10".to_owned(),
                task: task.to_owned(),
                due_at: samples::at(6, 9, 30),
                overdue,
                reason: reason.map(str::to_owned),
            };
            samples::printed(None, |page, out| super::duty(page, &duty, out))
        };
        let late = told("make", true, Some("kurang"));
        assert!(late.starts_with("TERLAMBAT: rekapitulasi Oktober 2026"), "{late}");
        assert!(late.contains("aduan rekap tandatangani 2026-10"), "{late}");
        assert!(late.ends_with("Dikembalikan pengarah: kurang\n"), "{late}");
        assert!(!told("make", false, None).contains("TERLAMBAT"));
        assert!(told("acknowledge", false, None).contains("aduan rekap ketahui 2026-10"));
    }

    #[test]
    fn an_empty_month_has_zeros_and_hyphens() {
        let text =
            samples::printed(Some(80), |page, out| print(page, &samples::empty_recap(), out));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn the_sheet_has_every_part_and_rows_of_equal_length() {
        let text = sheet(&samples::recap(), false);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        // A reader that is not flexible refuses rows of unequal length.
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for letter in ["A", "B", "C", "D", "E", "F", "G", "H", "L"] {
            assert!(rows.iter().any(|row| &row[0] == letter), "{letter} in\n{text}");
        }
        assert_eq!(&rows[0][0], "bagian");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_units_name_is_no_formula() {
        let mut recap = samples::recap();
        recap.units.push(UnitRow {
            code: "@X".to_owned(),
            name: "=HYPERLINK(\"http://x\")".to_owned(),
            ..UnitRow::default()
        });
        let text = sheet(&recap, false);
        assert!(text.contains("'@X,\"'=HYPERLINK"), "{text}");
    }

    #[test]
    fn a_register_that_has_no_room_in_columns_is_told_line_by_line() {
        let text = samples::printed(Some(80), |page, out| print(page, &samples::recap(), out));
        let (_, annex) = text.split_once("L. Lampiran").unwrap();
        assert!(annex.lines().all(|line| line.chars().count() <= 80), "{annex}");
        assert!(annex.contains("Nomor: P26-00123-0; Tanggal"), "{annex}");
        assert!(annex.contains("DISHUB (tembusan PUPR DLH)"), "{annex}");
    }

    #[test]
    fn the_register_of_a_signed_month_says_of_what_day_it_is() {
        let mut recap = samples::recap();
        if let Some(register) = &mut recap.register {
            register.made_at = Some(samples::at(30, 9, 0));
        }
        let text = samples::printed(None, |page, out| print(page, &recap, out));
        let title = "L. Lampiran: register pengaduan (keadaan data per 30 November 2026";
        assert!(text.contains(title), "{text}");
        assert!(sheet(&recap, false).contains("keadaan data per 30 November 2026"));
    }

    #[test]
    fn on_a_terminal_without_the_register_it_is_said_how_to_get_it() {
        let recap = Recap { register: None, ..samples::recap() };
        let told = |width| samples::printed(width, |page, out| print(page, &recap, out));
        assert!(told(Some(80)).contains("--register") && !told(None).contains("--register"));
    }

    #[test]
    fn excel_in_indonesian_gets_semicolons_and_the_mark_of_utf_8() {
        let text = sheet(&samples::recap(), true);
        assert!(text.starts_with("\u{feff}bagian;"), "{text}");
    }
}
