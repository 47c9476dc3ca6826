//! What a person should look at of a card: its credit, and what its operator writes to it.
//!
//! ```text
//! service's SMS ──> notices::read ──> the last word of each topic ──> warning
//!                                       │ an admin looks, a later day is named, 60 days pass
//!                                       └──> none, until the day itself is near
//! ```

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::Office;
use super::notices::{self, Matter};
use crate::store::cards::{self, Credit, Notice};
use crate::store::inbox::Inbound;
use crate::store::{Fault, Tx};

/// Tries in a row without a figure that a person should know of.
pub const MISSES_MAX: i64 = 2;

/// How long a word of the operator is a warning: whoever has not acted by then has acted otherwise.
const STALE: TimeDelta = TimeDelta::days(60);

/// So near, the day that ends a card's validity is a warning by itself.
const NEAR: Days = Days::new(14);

/// An end so far away is told with every top-up, and is no warning yet.
const FAR: Days = Days::new(60);

/// What is known of a card beside what its modem tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Its credit.
    pub credit: Credit,
    /// The operator's last word about its validity.
    pub validity: Option<Notice>,
    /// The operator's last word about its credit.
    pub shortage: Option<Notice>,
}

/// What is known of the card `sim`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn known(tx: &Tx<'_>, sim: &str) -> Result<Card, Fault> {
    Ok(Card {
        credit: cards::credit(tx, sim)?,
        validity: cards::notice(tx, sim, topic(false))?,
        shortage: cards::notice(tx, sim, topic(true))?,
    })
}

const fn topic(of_credit: bool) -> &'static str {
    if of_credit { "credit" } else { "validity" }
}

/// What a person should look at; `low` is the credit below which that is so, where it is asked for at all.
pub fn warnings(
    card: &Card,
    low: Option<i64>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Vec<&'static str> {
    let Credit { rupiah, read_at, misses, .. } = card.credit;
    let is_low = low.is_some_and(|low| rupiah.is_some_and(|rupiah| rupiah < low));
    // The network's own figure refutes what was written before it.
    let refuted = |notice: &Notice| {
        low.is_some() && !is_low && read_at.is_some_and(|read_at| read_at > notice.noticed_at)
    };
    let short =
        card.shortage.as_ref().is_some_and(|notice| is_fresh(notice, now) && !refuted(notice));
    let expires = card.validity.as_ref().is_some_and(|notice| {
        is_alarming(notice) && is_fresh(notice, now) || is_near(notice, today)
    });
    [
        (expires, "card-expires"),
        (is_low || short, "low-credit"),
        (low.is_some() && misses >= MISSES_MAX, "credit-unknown"),
    ]
    .into_iter()
    .filter_map(|(holds, token)| holds.then_some(token))
    .collect()
}

/// Nobody has looked since, and it was written lately.
fn is_fresh(notice: &Notice, now: DateTime<Utc>) -> bool {
    notice.looked_at.is_none() && now - notice.noticed_at < STALE
}

fn is_alarming(notice: &Notice) -> bool {
    Matter::from_token(&notice.matter).is_some_and(|matter| matter != Matter::Valid)
}

/// The day is near or over, and nobody has looked since it came near.
fn is_near(notice: &Notice, today: NaiveDate) -> bool {
    let Some(until) = notice.until else { return false };
    let Some(near_since) = until.checked_sub_days(NEAR) else { return false };
    let over = until.checked_add_signed(STALE).is_none_or(|over| today > over);
    let looked = notice.looked_at.is_some_and(|looked_at| looked_at.date_naive() >= near_since);
    today >= near_since && !over && !looked
}

/// Reads what a service wrote to a card. The caller makes sure that it was a service: no citizen is read like this.
///
/// # Errors
/// [`Fault`] of the database.
pub fn heed(
    tx: &Tx<'_>,
    office: &Office,
    message: &Inbound,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let Some(text) = &message.text else { return Ok(()) };
    let today = office.calendar.zone().local(now).date_naive();
    // A new modem may bring a card that is full of old news.
    let written_at =
        message.centre_at.map_or(message.received_at, |at| at.min(message.received_at));
    for told in notices::read(text) {
        let topic = topic(told.matter.is_of_credit());
        let known = cards::notice(tx, &message.sim, topic)?;
        let told = Notice {
            matter: told.matter.token().to_owned(),
            until: told.until,
            sender: message.sender.clone(),
            noticed_at: written_at,
            looked_at: None,
        };
        let Some(word) = last_word(known.as_ref(), told, today) else { continue };
        let is_news = known.is_none_or(|known| {
            (&known.matter, known.until) != (&word.matter, word.until) || known.looked_at.is_some()
        });
        if is_news && is_alarming(&word) && is_fresh(&word, now) {
            tracing::error!(
                modem = message.modem,
                sender = word.sender,
                matter = word.matter,
                until = word.until.map(tracing::field::display),
                "the operator, or somebody under its name, warns of the card: see aduan modem info"
            );
        }
        cards::put_notice(tx, &message.sim, topic, &word)?;
    }
    Ok(())
}

/// Says once in the log that the day is near which ends a card's validity; what was a warning already is none anew.
///
/// # Errors
/// [`Fault`] of the database.
pub fn remind(tx: &Tx<'_>, office: &Office, now: DateTime<Utc>) -> Result<(), Fault> {
    let today = office.calendar.zone().local(now).date_naive();
    let Some(edge) = today.checked_add_days(NEAR) else { return Ok(()) };
    for notice in cards::remind(tx, edge)? {
        if is_near(&notice, today) && !(is_alarming(&notice) && is_fresh(&notice, now)) {
            tracing::error!(
                sender = notice.sender,
                until = notice.until.map(tracing::field::display),
                "a card's validity ends soon, as its operator wrote: see aduan modem list"
            );
        }
    }
    Ok(())
}

/// The last word of two; nothing where the former one stays.
fn last_word(known: Option<&Notice>, mut told: Notice, today: NaiveDate) -> Option<Notice> {
    if known.is_some_and(|known| known.noticed_at > told.noticed_at) {
        return None;
    }
    let before = known.and_then(|known| known.until);
    let is_later = match (told.until, before) {
        (Some(told), Some(before)) => told > before,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let lies_beyond = |days| {
        told.until.zip(today.checked_add_days(days)).is_some_and(|(until, edge)| until > edge)
    };
    if told.matter == Matter::Valid.token() {
        return is_later.then_some(told);
    }
    if told.matter == Matter::Expires.token()
        && (lies_beyond(FAR)
            || known.is_some() && before.is_some() && is_later && lies_beyond(NEAR))
    {
        // It was topped up, and the operator speaks of the new end.
        Matter::Valid.token().clone_into(&mut told.matter);
    }
    if told.until.is_none() && known.is_some_and(is_alarming) {
        told.until = before;
    }
    Some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOW: Option<i64> = Some(10_000);

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        day(text).and_hms_opt(3, 0, 0).unwrap().and_utc()
    }

    fn notice(matter: Matter, until: Option<&str>, noticed: &str) -> Notice {
        Notice {
            matter: matter.token().to_owned(),
            until: until.map(day),
            sender: "OPERATOR".to_owned(),
            noticed_at: at(noticed),
            looked_at: None,
        }
    }

    fn on(today: &str, card: &Card) -> Vec<&'static str> {
        warnings(card, LOW, at(today), day(today))
    }

    #[test]
    fn credit_is_low_below_the_limit_and_unknown_after_two_tries() {
        let card = |rupiah, misses| Card {
            credit: Credit { rupiah, misses, ..Credit::default() },
            ..Card::default()
        };
        let now = "2026-11-24";
        assert_eq!(on(now, &card(Some(9_999), 0)), ["low-credit"]);
        assert_eq!(on(now, &card(Some(10_000), 1)), [""; 0]);
        assert_eq!(on(now, &card(Some(5), 2)), ["low-credit", "credit-unknown"]);
        // Nobody asks for it any more.
        assert_eq!(warnings(&card(Some(5), 2), None, at(now), day(now)), [""; 0]);
    }

    #[test]
    fn a_word_of_the_operator_warns_until_somebody_looks_or_for_sixty_days() {
        let mut card = Card {
            validity: Some(notice(Matter::Blocked, None, "2026-11-24")),
            shortage: Some(notice(Matter::NoCredit, None, "2026-11-24")),
            ..Card::default()
        };
        let both = ["card-expires", "low-credit"];
        assert_eq!(on("2026-11-24", &card), both);
        assert_eq!(on("2027-01-22", &card), both);
        assert_eq!(on("2027-01-23", &card), [""; 0]);
        // The network's own figure, told later.
        card.credit =
            Credit { rupiah: Some(50_000), read_at: Some(at("2026-11-25")), ..card.credit };
        assert_eq!(on("2026-11-25", &card), ["card-expires"]);
        card.validity.as_mut().unwrap().looked_at = Some(at("2026-11-26"));
        assert_eq!(on("2026-11-26", &card), [""; 0]);
    }

    #[test]
    fn the_day_itself_warns_when_it_comes_near_and_was_not_looked_at_since() {
        let mut card = Card {
            validity: Some(notice(Matter::Valid, Some("2027-01-31"), "2026-11-24")),
            ..Card::default()
        };
        assert_eq!(on("2027-01-16", &card), [""; 0]);
        assert_eq!(on("2027-01-17", &card), ["card-expires"]);
        assert_eq!(on("2027-02-15", &card), ["card-expires"]);
        assert_eq!(on("2027-04-02", &card), [""; 0]);
        // Looked at long before, and looked at now.
        card.validity.as_mut().unwrap().looked_at = Some(at("2026-12-01"));
        assert_eq!(on("2027-01-17", &card), ["card-expires"]);
        card.validity.as_mut().unwrap().looked_at = Some(at("2027-01-17"));
        assert_eq!(on("2027-01-18", &card), [""; 0]);
    }

    #[test]
    fn a_later_day_takes_the_warning_away_and_an_earlier_word_changes_nothing() {
        use Matter::{Expires, Valid};
        let today = day("2026-11-24");
        let known = notice(Expires, Some("2026-12-01"), "2026-11-20");
        let word = |matter, until: Option<&str>, noticed| {
            last_word(Some(&known), notice(matter, until, noticed), today)
                .map(|word| (word.matter, word.until))
        };
        let some =
            |matter: Matter, until: &str| Some((matter.token().to_owned(), Some(day(until))));
        assert_eq!(word(Valid, Some("2027-01-31"), "2026-11-24"), some(Valid, "2027-01-31"));
        assert_eq!(word(Valid, Some("2026-12-01"), "2026-11-24"), None, "no later day");
        assert_eq!(word(Valid, Some("2027-01-31"), "2026-11-01"), None, "old news");
        // Later, and near: still a warning; later, and not near: topped up.
        assert_eq!(word(Expires, Some("2026-12-05"), "2026-11-24"), some(Expires, "2026-12-05"));
        assert_eq!(word(Expires, Some("2026-12-31"), "2026-11-24"), some(Valid, "2026-12-31"));
        assert_eq!(word(Expires, None, "2026-11-24"), some(Expires, "2026-12-01"));
        // The first word of all warns, unless its day is far.
        let first = |until| last_word(None, notice(Expires, Some(until), "2026-11-24"), today);
        assert_eq!(first("2026-12-31").unwrap().matter, "expires");
        assert_eq!(first("2027-12-31").unwrap().matter, "valid");
    }
}
