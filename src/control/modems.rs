//! The modems' part of the socket: how they are.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Desk;
use super::protocol::{CardNotice, Credit, ModemFile, Tell};
use super::trouble::Problem;
use crate::desk::modems::{self, Record, Waiting};
use crate::desk::{Error, cards};

/// Digits of a card's identity that are shown: enough to tell two cards from one another.
const SIM_SHOWN: usize = 4;

pub(super) async fn list(desk: &Desk<'_>, now: DateTime<Utc>) -> Result<Tell, Problem> {
    let (modems, waiting) = files(desk, now).await?;
    let Waiting { in_all: waiting_in_all, unbound: waiting_unbound } = waiting;
    Ok(Tell::ModemList { modems, waiting_in_all, waiting_unbound })
}

pub(super) async fn info(
    desk: &Desk<'_>,
    name: String,
    now: DateTime<Utc>,
) -> Result<Tell, Problem> {
    let (files, waiting) = files(desk, now).await?;
    let Waiting { in_all: waiting_in_all, unbound: waiting_unbound } = waiting;
    match files.into_iter().find(|file| file.modem.name == name) {
        Some(modem) => {
            Ok(Tell::ModemInfo { modem: Box::new(modem), waiting_in_all, waiting_unbound })
        }
        None => Err(Problem::NoSuchModem { name }),
    }
}

/// Every modem, whole, and what waits.
pub(super) async fn files(
    desk: &Desk<'_>,
    now: DateTime<Utc>,
) -> Result<(Vec<ModemFile>, Waiting), Error> {
    let (_, shown) = (desk.context.status)();
    let names: Vec<_> =
        shown.iter().map(|file| (file.modem.name.clone(), file.routes.clone())).collect();
    let received = Arc::clone(&desk.context.received);
    let (records, waiting) =
        desk.read(move |tx, office, _| modems::records(tx, office, &received, &names, now)).await?;
    let today = desk.today(now);
    let files =
        shown.into_iter().zip(records).map(|(file, record)| joined(file, record, now, today));
    Ok((files.collect(), waiting))
}

/// What a modem shows, with what the database knows of it.
fn joined(mut file: ModemFile, record: Record, now: DateTime<Utc>, today: NaiveDate) -> ModemFile {
    file.waiting = record.waiting;
    file.received_today = record.received_today;
    file.sent_today = record.sent_today;
    let credit = record.card.credit;
    file.credit = credit.rupiah.zip(credit.read_at).map(|(rupiah, at)| Credit { rupiah, at });
    let warnings = cards::warnings(&record.card, file.credit_low, now, today);
    file.modem.warnings.extend(warnings.into_iter().map(str::to_owned));
    let notices = record.card.validity.into_iter().chain(record.card.shortage);
    let notices = notices.map(|notice| CardNotice {
        matter: notice.matter,
        until: notice.until,
        sender: notice.sender,
        at: notice.noticed_at,
        looked_at: notice.looked_at,
    });
    file.notices = notices.collect();
    if let Some(known) = record.identity {
        if known.sim != known.name {
            file.sim = Some(masked(&known.sim));
        }
        file.modem.model = file.modem.model.or_else(|| known.described());
        file.revision = known.revision;
        file.imei = known.serial;
    }
    file
}

/// The last digits; a star for each of the others.
fn masked(digits: &str) -> String {
    let hidden = digits.chars().count().saturating_sub(SIM_SHOWN);
    digits
        .chars()
        .enumerate()
        .map(|(place, digit)| if place < hidden { '*' } else { digit })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_shows_its_last_digits_only() {
        assert_eq!(masked("510100000000001"), "***********0001");
        assert_eq!(masked("123"), "123");
    }
}
