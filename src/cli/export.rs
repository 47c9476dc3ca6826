//! `aduan export`: the complaints of a period as a sheet for LAPOR!, which is fed by hand.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;

use super::failure::Failure;
use super::input;
use super::language::Language;
use super::letter::created;
use super::recap_parts::Value;
use super::session::Session;
use super::terminal::{Page, one_line};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::calendar::Zone;
use crate::control::protocol::{Ask, ExportRow, ExportText, Tell};
use crate::ticket::Category;

/// The columns, in the language of LAPOR! whatever this terminal speaks.
const COLUMNS: [&str; 14] = [
    "Nomor",
    "Tanggal terima",
    "Saluran",
    "Klasifikasi",
    "Kategori",
    "Kode SKPD",
    "Nama SKPD",
    "Judul",
    "Isi laporan",
    "Rahasia",
    "Status",
    "Tanggal jawaban",
    "Jawaban",
    "Batas nasional",
];

/// Which complaints, and where they are to lie.
#[derive(Debug, Args)]
pub struct ExportArguments {
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "SEPARATOR", value_parser = [",", ";"], default_value = ",")]
    separator: String,
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ExportArguments {
    /// # Errors
    /// [`Failure::Usage`] for a day that is none.
    pub fn ask(&self, words: &Words) -> Result<Ask, Failure> {
        let day = |typed: &Option<String>| {
            typed.as_deref().map(|typed| input::date(words, typed)).transpose()
        };
        Ok(Ask::Export { from: day(&self.from)?, to: day(&self.to)?, unit: self.unit.clone() })
    }

    /// Asks, and writes the sheet to standard output or to a file that nobody else may read.
    ///
    /// # Errors
    /// [`Failure`]; then no file is left behind.
    pub fn run(&self, ask: &Ask, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
        if session.is_for_scripts() {
            let tell = session.ask(ask)?;
            return session.print(ask, &tell, out);
        }
        let excel = self.separator == ";";
        let Some(path) = &self.output else {
            let tell = session.ask(ask)?;
            let Tell::Exported { complaints, .. } = &tell else {
                return session.print(ask, &tell, out);
            };
            sheet(session.page().zone, excel, complaints, out).context("writing CSV")?;
            out.flush()?;
            // Beside the sheet, and not in it.
            return Ok(told(session.page(), &tell, &mut io::stderr())?);
        };
        // Before the daemon is asked, which notes that it was exported.
        let mut file = created(path)?;
        let written = session.ask(ask).and_then(|tell| {
            let Tell::Exported { complaints, .. } = &tell else {
                return session.print(ask, &tell, out);
            };
            sheet(session.page().zone, excel, complaints, &mut file).context("writing CSV")?;
            file.sync_all()?;
            let path = one_line(&path.display().to_string());
            writeln!(out, "{}", session.words().fill("export-written", &[("path", &path)]))?;
            Ok(told(session.page(), &tell, out)?)
        });
        if written.is_err() {
            let _ = fs::remove_file(path);
        }
        written
    }
}

/// How many complaints there are, and what is missing among them.
///
/// # Errors
/// What writing fails with.
pub fn told(page: &Page, tell: &Tell, out: &mut dyn Write) -> io::Result<()> {
    let Tell::Exported { from, to, complaints, specific, unsorted, more } = tell else {
        return Ok(());
    };
    let words = &page.words;
    let day = |day: &NaiveDate| day.format("%d-%m-%Y").to_string();
    let (count, from, to) = (complaints.len().to_string(), day(from), day(to));
    let values = [("count", count.as_str()), ("from", &from), ("to", &to)];
    page.block(out, 0, &words.fill("export-count", &values))?;
    for (left_out, count) in [("export-specific", *specific), ("export-unsorted", *unsorted)] {
        if count > 0 {
            page.block(out, 0, &words.count(left_out, count))?;
        }
    }
    if *more {
        page.block(out, 0, &words.say("export-more"))?;
    }
    Ok(())
}

/// One row for each complaint, as the recap's sheet is written.
fn sheet(zone: Zone, excel: bool, complaints: &[ExportRow], out: &mut dyn Write) -> io::Result<()> {
    if excel {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let delimiter = if excel { b';' } else { b',' };
    let mut sheet = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    sheet.write_record(COLUMNS)?;
    let words = Words::new(Language::Indonesian);
    for complaint in complaints {
        sheet.write_record(cells(&words, zone, complaint))?;
    }
    sheet.flush()
}

fn cells(words: &Words, zone: Zone, complaint: &ExportRow) -> [String; 14] {
    let time = |at: DateTime<Utc>| zone.local(at).format("%d-%m-%Y %H.%M").to_string();
    let texts = |texts: &[ExportText]| {
        let told = texts.iter().map(|text| match &*text.text {
            "" => format!("[{}] {}", time(text.at), words.say("subject-otp")),
            said => format!("[{}] {said}", time(text.at)),
        });
        told.collect::<Vec<_>>().join(" | ")
    };
    let word = |family, token: &str| vocabulary::word(words, family, token);
    let category = complaint.category.as_deref();
    let stage = word(Family::Stage, &complaint.stage);
    let status = match &complaint.closed_as {
        Some(reason) => format!("{stage}: {}", word(Family::Reason, reason)),
        None => stage,
    };
    let secret = words.say(if complaint.secret { "recap-yes" } else { "recap-no" });
    let (subject, body) = if complaint.holds_otp {
        (words.say("subject-otp"), words.say("subject-otp"))
    } else {
        (complaint.subject.clone(), texts(&complaint.texts))
    };
    [
        complaint.number.clone(),
        time(complaint.received_at),
        word(Family::Way, &complaint.channel),
        category.and_then(Category::from_token).map_or("", class).to_owned(),
        category.map_or_else(String::new, |category| word(Family::Category, category)),
        complaint.unit.clone().unwrap_or_default(),
        complaint.unit_name.clone().unwrap_or_default(),
        subject,
        body,
        secret,
        status,
        complaint.answered_at.map_or_else(String::new, time),
        texts(&complaint.answers),
        complaint.national_due_at.map_or_else(String::new, |due| zone.day(due)),
    ]
    .map(|cell| Value::Text(cell).cell())
}

/// What SP4N-LAPOR! calls a category; thanks are nearest to an aspiration there.
const fn class(category: Category) -> &'static str {
    match category {
        Category::Complaint | Category::Oversight => "Pengaduan",
        Category::Suggestion | Category::Appreciation => "Aspirasi",
        Category::Information => "Permintaan Informasi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    fn row() -> ExportRow {
        let text = |minute, text: &str| ExportText {
            at: samples::at(24, 1, minute),
            text: text.to_owned(),
        };
        ExportRow {
            number: "P26-00123-0".to_owned(),
            received_at: samples::at(24, 1, 0),
            channel: "SMS".to_owned(),
            category: Some("PENGADUAN".to_owned()),
            unit: Some("DISHUB".to_owned()),
            unit_name: Some("Dinas Perhubungan".to_owned()),
            subject: "Lampu simpang mati".to_owned(),
            holds_otp: false,
            texts: vec![
                text(0, "DISHUB # Lampu simpang mati,\nhubungi 0812*****890"),
                text(9, "=depan pasar"),
                text(11, ""),
            ],
            secret: false,
            stage: "DIJAWAB".to_owned(),
            closed_as: None,
            answered_at: Some(samples::at(24, 2, 30)),
            answers: vec![text(40, "Lampu diganti."), text(50, "RALAT: besok.")],
            national_due_at: Some(samples::at(30, 9, 0)),
        }
    }

    fn written(complaints: &[ExportRow], excel: bool) -> String {
        samples::printed(None, |page, out| sheet(page.zone, excel, complaints, out))
    }

    #[test]
    fn each_complaint_is_a_row_with_its_whole_texts() {
        let closed = ExportRow {
            number: "P26-00124-8".to_owned(),
            category: None,
            unit: None,
            unit_name: Some("=HYPERLINK(\"http://x\")".to_owned()),
            subject: String::new(),
            holds_otp: true,
            texts: Vec::new(),
            secret: true,
            stage: "DITUTUP".to_owned(),
            closed_as: Some("BUKAN_WENANG".to_owned()),
            answered_at: None,
            answers: Vec::new(),
            national_due_at: None,
            ..row()
        };
        insta::assert_snapshot!(written(&[row(), closed], false));
        assert!(written(&[], true).starts_with("\u{feff}Nomor;Tanggal terima;"));
    }

    #[test]
    fn a_category_has_its_class_in_lapor() {
        for (category, class) in [
            ("INFORMASI", "Permintaan Informasi"),
            ("PENGADUAN", "Pengaduan"),
            ("PENGAWASAN", "Pengaduan"),
            ("SARAN", "Aspirasi"),
            ("APRESIASI", "Aspirasi"),
        ] {
            assert_eq!(super::class(Category::from_token(category).unwrap()), class);
        }
    }

    #[test]
    fn what_was_left_out_is_told() {
        let exported = |specific, unsorted, more| Tell::Exported {
            from: "2026-11-01".parse().unwrap(),
            to: "2026-11-30".parse().unwrap(),
            complaints: vec![row()],
            specific,
            unsorted,
            more,
        };
        let text = |tell: Tell| samples::printed(None, |page, out| told(page, &tell, out));
        assert_eq!(text(exported(0, 0, false)).lines().count(), 1);
        let text = text(exported(2, 3, true));
        assert!(text.contains("01-11-2026") && text.contains("2 pengaduan"), "{text}");
        assert!(text.contains("3 pengaduan belum dipilah"), "{text}");
    }
}
