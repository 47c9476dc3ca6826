//! A letter in the two forms that an office can print without further ado: plain text, and one file for a browser.

use std::io::{self, Write};

use super::language::Language;
use super::letter::{Annex, Paper};
use super::terminal::Page;
use super::words::Words;
use crate::calendar::Zone;

/// Columns of a line: what a printer sets on A4 and F4 in its ordinary type.
const COLUMNS: u16 = 76;

/// Column at which date and signature begin.
const RIGHT: usize = 40;

/// Lines that a signature takes.
const SIGNATURE_LINES: usize = 4;

/// How the page looks: the letterhead over a double rule, the signature never alone on a sheet, the annex on its own. The size of
/// the paper is the printer's.
const STYLE: &str = "\
@page { margin: 2cm 2cm 2cm 3cm; }
body { font: 12pt/1.35 \"Bookman Old Style\", \"Times New Roman\", serif; color: #000; max-width: 17cm; margin: 1cm auto; }
header { text-align: center; border-bottom: 4px double #000; padding-bottom: 6pt; margin-bottom: 14pt; }
header div { font-size: 10pt; }
header .name { font-size: 14pt; font-weight: bold; }
.mark { border: 1px solid #000; padding: 2pt 8pt; text-align: center; font-weight: bold; }
.dated, .signature { margin-left: 52%; }
.signature { break-inside: avoid; margin-top: 18pt; }
.signature .name { margin-top: 64pt; font-weight: bold; text-decoration: underline; }
table { border-collapse: collapse; margin: 8pt 0; }
td { vertical-align: top; padding: 0 6pt 2pt 0; overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; }
p { text-align: justify; }
blockquote { margin: 6pt 0 10pt 1cm; white-space: pre-wrap; overflow-wrap: anywhere; }
.annex { break-before: page; }
@media print { body { margin: 0; max-width: none; } }
";

/// The letter as text, its annex below a line.
///
/// # Errors
/// What writing fails with.
pub fn text(paper: &Paper, out: &mut dyn Write) -> io::Result<()> {
    // Lines are those of paper, whatever the terminal is.
    let page =
        Page { words: Words::new(Language::Indonesian), zone: Zone::Wib, width: Some(COLUMNS) };
    let width = usize::from(COLUMNS);
    for line in &paper.head {
        let line = format!("{line:^width$}");
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "{}\n", "=".repeat(width))?;
    if let Some(mark) = &paper.mark {
        page.block(out, 0, &format!("[{mark}]"))?;
        writeln!(out)?;
    }
    writeln!(out, "{:RIGHT$}{}\n", "", paper.dated)?;
    page.pairs(out, &pairs(&paper.labels))?;
    writeln!(out)?;
    for line in &paper.addressee {
        page.block(out, 0, line)?;
    }
    writeln!(out)?;
    page.block(out, 0, &paper.opening)?;
    writeln!(out)?;
    page.pairs(out, &pairs(&paper.facts))?;
    writeln!(out)?;
    page.block(out, 0, &paper.quoted)?;
    page.block(out, 4, &paper.text)?;
    for sentence in &paper.closing {
        writeln!(out)?;
        page.block(out, 0, sentence)?;
    }
    writeln!(out, "\n{:RIGHT$}{}", "", paper.office_of_signer)?;
    write!(out, "{}", "\n".repeat(SIGNATURE_LINES))?;
    writeln!(out, "{:RIGHT$}{}\n{:RIGHT$}{}", "", paper.signer, "", paper.signer_id)?;
    match &paper.annex {
        Some(annex) => text_of_annex(&page, annex, out),
        None => Ok(()),
    }
}

fn text_of_annex(page: &Page, annex: &Annex, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", "-".repeat(usize::from(COLUMNS)))?;
    for title in &annex.titles {
        page.block(out, 0, title)?;
    }
    for ((heading, text), no) in annex.messages.iter().zip(1..) {
        writeln!(out)?;
        page.block(out, 0, &format!("{no}. {heading}"))?;
        page.block(out, 4, text)?;
    }
    Ok(())
}

/// With a colon behind each label, the colons below one another.
fn pairs(rows: &[(String, String)]) -> Vec<(String, Option<String>)> {
    let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
    rows.iter().map(|(label, text)| (format!("{label:width$} :"), Some(text.clone()))).collect()
}

/// The letter as one file that needs nothing beside it: opened in a browser, it is printed as it stands.
///
/// # Errors
/// What writing fails with.
pub fn html(paper: &Paper, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        paper.language,
        safe(&paper.title)
    )?;
    writeln!(out, "<header>")?;
    for (line, place) in paper.head.iter().zip(0..) {
        /// The names of an office, before its address.
        const NAMES: i32 = 2;
        let class = if place < NAMES { " class=\"name\"" } else { "" };
        writeln!(out, "<div{class}>{}</div>", safe(line))?;
    }
    writeln!(out, "</header>")?;
    if let Some(mark) = &paper.mark {
        writeln!(out, "<p class=\"mark\">{}</p>", safe(mark))?;
    }
    writeln!(out, "<p class=\"dated\">{}</p>", safe(&paper.dated))?;
    table(&paper.labels, out)?;
    let addressee: Vec<String> = paper.addressee.iter().map(|line| safe(line)).collect();
    writeln!(out, "<p>{}</p>", addressee.join("<br>"))?;
    writeln!(out, "<p>{}</p>", safe(&paper.opening))?;
    table(&paper.facts, out)?;
    writeln!(out, "<p>{}</p>", safe(&paper.quoted))?;
    writeln!(out, "<blockquote>{}</blockquote>", safe(&paper.text))?;
    for sentence in &paper.closing {
        writeln!(out, "<p>{}</p>", safe(sentence))?;
    }
    writeln!(
        out,
        "<div class=\"signature\">\n<div>{}</div>\n<div class=\"name\">{}</div>\n<div>{}</div>\n</div>",
        safe(&paper.office_of_signer),
        safe(&paper.signer),
        safe(&paper.signer_id)
    )?;
    if let Some(annex) = &paper.annex {
        html_of_annex(annex, out)?;
    }
    writeln!(out, "</body>\n</html>")
}

fn html_of_annex(annex: &Annex, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<section class=\"annex\">")?;
    for title in &annex.titles {
        writeln!(out, "<div>{}</div>", safe(title))?;
    }
    writeln!(out, "<ol>")?;
    for (heading, text) in &annex.messages {
        writeln!(out, "<li>{}<blockquote>{}</blockquote></li>", safe(heading), safe(text))?;
    }
    writeln!(out, "</ol>\n</section>")
}

fn table(rows: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<table>")?;
    for (label, text) in rows {
        writeln!(out, "<tr><td>{}</td><td>:</td><td>{}</td></tr>", safe(label), safe(text))?;
    }
    writeln!(out, "</table>")
}

/// Text that a browser shows as it is.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            character => safe.push(character),
        }
    }
    safe
}
