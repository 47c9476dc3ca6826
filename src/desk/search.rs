//! Finding tickets: each person finds what that person may read, and every search is noted (procedure.md 12.3, 12.7).

use chrono::{DateTime, NaiveDate, Utc};

use super::staff::Officer;
use super::{Error, Office, cases, exporting, officer, reading, ticket_number};
use crate::complaint::Unit;
use crate::masking;
use crate::phone::PhoneNumber;
use crate::store::search::{Found, Query, Words, find};
use crate::store::{Tx, access_log, tickets};
use crate::ticket::{Role, Stage, may_read, may_read_text};

/// Tickets that are told of one search: what a person looks through.
pub const FOUND_MAX: usize = 50;

/// As the access log calls it.
pub const ACCESS: &str = "search";

/// What somebody looks for; what is empty or `None` is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// Words that must occur, or the number of a ticket.
    pub words: String,
    /// Code or alias.
    pub unit: Option<String>,
    /// Where the ticket stands.
    pub stage: Option<Stage>,
    /// First day of receipt.
    pub from: Option<NaiveDate>,
    /// Last day of receipt.
    pub to: Option<NaiveDate>,
    /// The citizen's number.
    pub phone: Option<String>,
}

/// Notes who looks for what, before anything is told. The number of a citizen is noted as others may read it.
///
/// # Errors
/// [`Error::NotPermitted`] for whoever reads no tickets, and for a number of whoever sees none; [`Error::Invalid`],
/// [`Error::NoSuchUnit`], [`Error::Missing`] for what cannot be looked for; [`Error::Fault`].
pub fn note(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    search: &Search,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let query = query(office, officer, search)?;
    let unit = unit(office, search)?.map(|unit| unit.code.as_str());
    let phone = search.phone.as_deref().map(telephone).transpose()?;
    let detail = serde_json::json!({
        "dicari": noted_words(&search.words),
        "unit": unit,
        "tahap": query.stage,
        "dari": search.from,
        "sampai": search.to,
        "nomor": phone.map(|phone| phone.to_string()),
    });
    access_log::note(tx, officer.id.as_str(), ACCESS, None, &detail.to_string(), now)?;
    Ok(())
}

/// The tickets that are found, newest first; one whose number was typed stands in front.
///
/// # Errors
/// As [`note`].
pub fn search(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    search: &Search,
    now: DateTime<Utc>,
) -> Result<Found, Error> {
    let query = query(office, officer, search)?;
    let unit = unit(office, search)?.map(|unit| unit.code.as_str());
    let actor = officer::actor(officer);
    // Whoever does not read a text learns nothing of it by looking for its words either.
    let mut found = find(tx, &query, FOUND_MAX, |ticket| {
        let case = cases::case(office, ticket);
        let is_of = |unit: &str| {
            case.unit.as_deref() == Some(unit) || case.copies.iter().any(|copy| copy == unit)
        };
        unit.is_none_or(is_of)
            && may_read(&case, &actor)
            && (query.words.is_none() || may_read_text(&case, &actor))
    })?;
    let is_number_alone = Search { words: search.words.clone(), ..Search::default() } == *search;
    if is_number_alone
        && let Ok(number) = ticket_number(search.words.trim(), office, now)
        && let Some(ticket) = tickets::find(tx, &number)?
        && may_read(&cases::case(office, &ticket), &actor)
    {
        found.tickets.retain(|other| other.id != ticket.id);
        found.tickets.insert(0, ticket);
    }
    for ticket in &mut found.tickets {
        reading::withhold_text(office, ticket, &actor);
        reading::note_number(tx, ticket)?;
    }
    Ok(found)
}

/// The words as the access log keeps them: of a number that may be a person's only the ends, in whatever words its digits are
/// parted.
fn noted_words(words: &str) -> String {
    const DIGITS_MAX: usize = 8;
    const SHOWN: usize = 3;
    let noted = words.split_whitespace().map(|word| {
        let digits: String = word.chars().filter(|character| character.is_numeric()).collect();
        let hidden = digits.chars().count().saturating_sub(SHOWN);
        if digits.chars().count() <= DIGITS_MAX {
            return word.to_owned();
        }
        std::iter::repeat_n('*', hidden).chain(digits.chars().skip(hidden)).collect()
    });
    masking::numbers(&noted.collect::<Vec<_>>().join(" "))
}

fn telephone(typed: &str) -> Result<PhoneNumber, Error> {
    PhoneNumber::parse(typed)
        .map_err(|_| Error::Invalid { what: "telephone number", value: typed.to_owned() })
}

/// The unit that is looked for.
fn unit<'o>(office: &'o Office, search: &Search) -> Result<Option<&'o Unit>, Error> {
    let find = |typed: &String| {
        let unit = office.directory.find_beside_hash(typed);
        unit.ok_or_else(|| Error::NoSuchUnit(typed.clone()))
    };
    search.unit.as_ref().map(find).transpose()
}

/// The codes of a unit in the register, as the store takes them.
fn codes(unit: &Unit) -> String {
    unit.codes().collect::<Vec<_>>().join(" ")
}

/// What the store is asked for.
fn query(office: &Office, officer: &Officer, search: &Search) -> Result<Query, Error> {
    let reads_all =
        [Role::Operator, Role::Chair, Role::Director].iter().any(|role| officer.is(*role));
    if !reads_all && !officer.is(Role::Member) {
        return Err(Error::NotPermitted);
    }
    // Whoever sees no numbers learns nothing of one by looking for it.
    if search.phone.is_some() && !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let citizen = search.phone.as_deref().map(telephone).transpose()?;
    let words = match search.words.trim() {
        "" => None,
        typed => Some(
            Words::read(typed)
                .ok_or_else(|| Error::Invalid { what: "search", value: typed.to_owned() })?,
        ),
    };
    exporting::in_order(search.from, search.to)?;
    let zone = office.calendar.zone();
    let midnight_after = |day: NaiveDate| zone.midnight(day.succ_opt().unwrap_or(NaiveDate::MAX));
    let query = Query {
        words,
        citizen: citizen.map(|citizen| citizen.reveal().to_owned()),
        units: unit(office, search)?.map(codes),
        stage: search.stage.map(|stage| stage.token().to_owned()),
        from: search.from.map(|day| zone.midnight(day)),
        until: search.to.map(midnight_after),
        within: None,
    };
    if query == Query::default() {
        return Err(Error::Missing("search"));
    }
    let takes_all = officer.units.iter().any(|unit| unit == "*");
    let bound = || {
        let units = officer.units.iter().filter_map(|code| office.directory.find(code));
        units.map(codes).collect::<Vec<_>>().join(" ")
    };
    let within = (!reads_all && !takes_all).then(|| (bound(), officer.id.as_str().to_owned()));
    Ok(Query { within, ..query })
}
