//! `aduan whoami` and `aduan status`: who one is, and how the gateway is.

use std::io::{self, Write};

use super::modem;
use super::terminal::{Page, align_right, one_line, row};
use super::vocabulary::{self, Family};
use crate::control::protocol::{Held, Person, Status};

/// Who the daemon takes the caller for.
///
/// # Errors
/// What writing fails with.
pub fn whoami(page: &Page, person: &Person, out: &mut dyn Write) -> io::Result<()> {
    let roles = vocabulary::list(&page.words, Family::Role, &person.roles);
    let values = [("name", person.name.as_str()), ("user", &person.user), ("roles", &roles)];
    writeln!(out, "{}", one_line(&page.words.fill("whoami", &values)))
}

/// The daemon's and the modems' state.
///
/// # Errors
/// What writing fails with.
pub fn status(page: &Page, status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let since = page.time(status.since);
    let values = [("version", status.version.as_str()), ("time", &since)];
    writeln!(out, "{}", one_line(&words.fill("status-daemon", &values)))?;
    if status.modems.is_empty() {
        writeln!(out, "{}", words.say("status-no-modem"))?;
    } else {
        writeln!(out)?;
        modems(page, status, out)?;
        status.modems.iter().try_for_each(|shown| modem::warnings(page, shown, out))?;
    }
    writeln!(out)?;
    let waiting: Vec<String> = status
        .outbox
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{} {count}", vocabulary::word(words, Family::Fate, state)))
        .collect();
    if waiting.is_empty() {
        writeln!(out, "{}", words.say("status-nothing-waits"))?;
    } else {
        writeln!(out, "{}", words.fill("status-outbox", &[("states", &waiting.join(", "))]))?;
    }
    status
        .held
        .as_ref()
        .map_or(Ok(()), |held| writeln!(out, "{}", one_line(&self::held(page, held))))
}

/// What waits after a restore, and what to do.
pub fn held(page: &Page, held: &Held) -> String {
    let words = &page.words;
    let backup = held.backup_at.map_or_else(|| words.say("backup-empty"), |at| page.time(at));
    let (texts, restored) = (held.texts.to_string(), page.time(held.restored_at));
    let values = [
        ("texts", texts.as_str()),
        ("restored", &restored),
        ("officer", &held.officer),
        ("backup", &backup),
    ];
    words.fill("status-held", &values)
}

fn modems(page: &Page, status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let titles = vec![
        words.say("title-modem"),
        words.say("title-state"),
        page.zoned("title-since"),
        words.say("title-model"),
        words.say("title-received-messages"),
        words.say("title-sent-parts"),
    ];
    let mut table = page.table(titles);
    for modem in &status.modems {
        table.add_row(row([
            modem.name.clone(),
            vocabulary::standing(words, modem),
            page.short_time(modem.since),
            modem.model.clone().unwrap_or_else(|| "-".to_owned()),
            modem.received.to_string(),
            modem.sent.to_string(),
        ]));
    }
    align_right(&mut table, &[4, 5]);
    page.write_table(out, table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use crate::control::protocol::Modem;

    #[test]
    fn a_person_is_named_with_the_roles_in_words() {
        let person = Person {
            user: "sari".to_owned(),
            name: "Sari Wulandari".to_owned(),
            roles: vec!["petugas".to_owned(), "admin".to_owned()],
        };
        let text = samples::printed(None, |page, out| whoami(page, &person, out));
        assert_eq!(text, "Sari Wulandari (akun sari): Petugas SMS, admin teknis\n");
    }

    #[test]
    fn the_state_of_modems_and_outbox_is_told() {
        let state = Status {
            version: "0.1.0".to_owned(),
            since: samples::at(24, 1, 0),
            modems: vec![Modem {
                name: "modem-1".to_owned(),
                state: "ready".to_owned(),
                activity: None,
                since: samples::at(24, 1, 1),
                model: Some("SIMCOM SIM800".to_owned()),
                error: None,
                received: 12,
                sent: 9,
                warnings: vec!["denied".to_owned()],
            }],
            outbox: [("queued", 2), ("claimed", 0), ("sent", 0), ("unknown", 1)]
                .map(|(state, count)| (state.to_owned(), count))
                .to_vec(),
            held: None,
        };
        insta::assert_snapshot!(samples::printed(None, |page, out| status(page, &state, out)));
    }

    #[test]
    fn what_waits_after_a_restore_is_told_with_what_to_do() {
        let state = Status {
            version: "0.1.0".to_owned(),
            since: samples::at(24, 1, 0),
            modems: Vec::new(),
            outbox: vec![("queued".to_owned(), 2)],
            held: Some(Held {
                texts: 2,
                restored_at: samples::at(24, 0, 55),
                officer: "root".to_owned(),
                backup_at: Some(samples::at(23, 18, 15)),
            }),
        };
        let text = samples::printed(None, |page, out| status(page, &state, out));
        let last = text.lines().last().unwrap();
        assert!(last.contains("2 SMS") && last.contains("Sel 24-11-2026 01.15 WIB"), "{last}");
        assert!(last.contains("aduan sms release"), "{last}");
    }
}
