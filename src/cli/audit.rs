//! `aduan audit`: the trail against its seals, read here from the file as `doctor` reads it, and one ticket's story, asked of the
//! daemon.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Subcommand;
use serde_json::json;

use super::arguments::{CONFIG, Globals};
use super::backup::configuration;
use super::failure::Failure;
use super::session::Session;
use super::terminal::{Page, one_line};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::calendar::Zone;
use crate::control::protocol::Ask;
use crate::store::examine::verify;
use crate::store::trail::Verified;

/// Fewer digits of a seal than these say nothing.
const SEAL_DIGITS_MIN: usize = 16;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    #[command(alias = "periksa")]
    Verify {
        #[arg(long, value_name = "FILE")]
        database: Option<PathBuf>,
        #[arg(long, value_name = "SEAL")]
        seal: Option<String>,
    },
    #[command(alias = "lihat")]
    Show { number: String },
}

impl AuditCommand {
    /// Looks, and tells.
    ///
    /// # Errors
    /// [`Failure::Told`] where the trail is not whole; [`Failure`] where it cannot be looked at.
    pub fn run(self, globals: &Globals, words: Words, out: &mut dyn Write) -> Result<(), Failure> {
        match self {
            Self::Show { number } => {
                Session::open(globals, words)?.carry_out(&Ask::AuditShow { number }, out)
            }
            Self::Verify { database, seal } => {
                let seal = seal.map(|typed| digits(&words, &typed)).transpose()?;
                let (file, zone) = examined(globals, database)?;
                let verified = verify(&file, seal.as_deref())?;
                let page = Page::of_stdout(words, zone);
                let is_whole = tell(&page, &verified, seal.is_some(), globals.json, out)?;
                if is_whole { Ok(()) } else { Err(Failure::Told) }
            }
        }
    }
}

/// The file that is looked at, and the zone of its times. Whoever examines a backup elsewhere has no configuration and needs none:
/// times are in WIB then. One that was named, or is there, is read.
fn examined(globals: &Globals, named: Option<PathBuf>) -> Result<(PathBuf, Zone), Failure> {
    let has_none =
        || globals.config.is_none() && matches!(Path::new(CONFIG).try_exists(), Ok(false));
    match named {
        Some(file) if has_none() => Ok((file, Zone::Wib)),
        named => {
            let config = configuration(globals)?;
            Ok((named.unwrap_or(config.database), config.office.zone))
        }
    }
}

/// A seal as it was printed or copied by hand, with blanks or without.
fn digits(words: &Words, typed: &str) -> Result<String, Failure> {
    let digits: String = typed.chars().filter(|character| !character.is_whitespace()).collect();
    let is_seal = (SEAL_DIGITS_MIN..=64).contains(&digits.len())
        && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    if is_seal {
        return Ok(digits.to_ascii_lowercase());
    }
    Err(Failure::Usage(words.fill("audit-no-seal", &[("value", &one_line(typed))])))
}

/// Tells what was found; whether all is as it should be.
fn tell(
    page: &Page,
    found: &Verified,
    pinned: bool,
    as_json: bool,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let words = &page.words;
    let is_missing = pinned && found.pinned.is_none();
    let is_whole = found.broken.is_none() && found.strayed.is_none() && !is_missing;
    if as_json {
        let told = json!({
            "whole": is_whole,
            "rows": found.rows,
            "newest": found.newest.as_ref().map(|newest| json!({
                "row": newest.id, "at": newest.at, "seal": newest.seal,
            })),
            "broken": found.broken.as_ref().map(|broken| json!({
                "row": broken.id, "ticket": broken.ticket, "at": broken.at,
            })),
            "strayed": found.strayed.as_ref().map(|strayed| json!({
                "ticket": strayed.ticket, "stands": strayed.stands, "led": strayed.led,
            })),
            "pinned": found.pinned,
            "removed": found.removed.as_ref().map(|removed| json!({
                "row": removed.id, "at": removed.at,
            })),
        });
        writeln!(out, "{told}")?;
        out.flush()?;
        return Ok(is_whole);
    }
    let rows = found.rows.to_string();
    if let Some(broken) = &found.broken {
        let ticket = broken.ticket.as_deref().map_or_else(|| "-".to_owned(), one_line);
        let (row, time) = (broken.id.to_string(), page.time(broken.at));
        let values =
            [("row", row.as_str()), ("ticket", &ticket), ("time", &time), ("whole", &rows)];
        writeln!(out, "{}", words.fill("audit-broken", &values))?;
    }
    if let Some(strayed) = &found.strayed {
        let stage = |token: &str| vocabulary::word(words, Family::Stage, token);
        let led = strayed.led.as_deref().map_or_else(|| "-".to_owned(), stage);
        let (ticket, stands) = (one_line(&strayed.ticket), stage(&strayed.stands));
        let values = [("ticket", ticket.as_str()), ("stands", &stands), ("led", &led)];
        writeln!(out, "{}", words.fill("audit-strayed", &values))?;
    }
    let removed = found.removed.as_ref().map(|removed| (removed.id.to_string(), removed.at));
    let of_removed = |id: &str, (row, at): &(String, DateTime<Utc>)| {
        words.fill(id, &[("row", row.as_str()), ("time", &page.time(*at))])
    };
    match &removed {
        Some(removed) if is_missing => {
            writeln!(out, "{}", of_removed("audit-pin-removed", removed))?;
        }
        None if is_missing => writeln!(out, "{}", words.say("audit-pin-missing"))?,
        _ => {}
    }
    if let Some(row) = found.pinned {
        writeln!(out, "{}", words.fill("audit-pin-found", &[("row", &row.to_string())]))?;
    }
    if is_whole {
        writeln!(out, "{}", words.fill("audit-whole", &[("rows", &rows)]))?;
        if let Some(removed) = &removed {
            writeln!(out, "{}", of_removed("audit-removed", removed))?;
        }
    }
    if let Some(newest) = found.newest.as_ref().filter(|_| is_whole) {
        let (row, time) = (newest.id.to_string(), page.time(newest.at));
        let values = [("row", row.as_str()), ("time", &time), ("seal", &newest.seal)];
        writeln!(out, "{}", words.fill("audit-newest", &values))?;
        writeln!(out, "{}", words.say("audit-keep"))?;
    }
    out.flush()?;
    Ok(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;
    use crate::store::trail::{Broken, Removed, Sealed, Strayed};

    fn whole() -> Verified {
        let seal = "0a1b2c3d".repeat(8);
        Verified {
            rows: 12,
            newest: Some(Sealed { id: 12, at: samples::at(24, 1, 0), seal }),
            broken: None,
            strayed: None,
            pinned: None,
            removed: None,
        }
    }

    fn told(found: &Verified, pinned: bool) -> (bool, String) {
        let mut whole = None;
        let mut texts = Vec::new();
        for language in Language::ALL {
            texts.push(samples::printed_in(language, None, |page, out| {
                whole = tell(page, found, pinned, false, out).ok();
                Ok(())
            }));
        }
        assert!(
            texts.iter().all(|text| !text.contains("audit-") && !text.contains('{')),
            "{texts:?}"
        );
        (whole.unwrap(), texts.swap_remove(0))
    }

    #[test]
    fn a_whole_trail_is_told_with_the_seal_that_vouches_for_it() {
        let (is_whole, text) = told(&whole(), false);
        assert!(is_whole && text.contains("12 baris") && text.contains("0a1b2c3d0a1b"), "{text}");
        let pinned = Verified { pinned: Some(7), ..whole() };
        assert!(told(&pinned, true).0);
    }

    #[test]
    fn what_is_wrong_is_told_with_row_ticket_and_time_and_no_seal() {
        let ticket = || "P26-00123-0".to_owned();
        let broken = Broken { id: 13, ticket: Some(ticket()), at: samples::at(24, 1, 30) };
        let (is_whole, text) = told(&Verified { broken: Some(broken), ..whole() }, false);
        assert!(!is_whole && !text.contains("0a1b"), "{text}");
        for word in ["baris 13", "P26-00123-0", "24-11-2026 08.30"] {
            assert!(text.contains(word), "{word}: {text}");
        }
        let strayed = Strayed {
            ticket: ticket(),
            stands: "DIJAWAB".to_owned(),
            led: Some("TELAAH".to_owned()),
        };
        let (is_whole, text) = told(&Verified { strayed: Some(strayed), ..whole() }, false);
        assert!(!is_whole && text.contains("dijawab") && text.contains("telaah"), "{text}");
        let (is_whole, text) = told(&whole(), true);
        assert!(!is_whole && text.contains("Segel"), "{text}");
    }

    #[test]
    fn what_the_retention_removed_is_told_and_a_seal_of_it_cannot_be_looked_for() {
        let removed = Removed { id: 7, at: samples::at(24, 1, 0), digest: vec![1; 32] };
        let found = Verified { removed: Some(removed), ..whole() };
        let (is_whole, text) = told(&found, false);
        assert!(is_whole && text.contains("sampai baris 7 sudah dihapus"), "{text}");
        let (is_whole, text) = told(&found, true);
        assert!(!is_whole && text.contains("tidak dapat diperiksa lagi"), "{text}");
        let (is_whole, text) = told(&Verified { pinned: Some(7), ..found }, true);
        assert!(is_whole && text.contains("ada pada baris 7"), "{text}");
    }

    #[test]
    fn a_seal_is_read_as_people_copy_it() {
        let words = Words::new(Language::Indonesian);
        assert_eq!(digits(&words, " 0A1B2C3D 4e5f6071 ").unwrap(), "0a1b2c3d4e5f6071");
        for typed in ["", "0a1b2c3d", "0a1b2c3d4e5f607x", &"0".repeat(65)] {
            assert!(matches!(digits(&words, typed), Err(Failure::Usage(_))), "{typed}");
        }
    }
}
