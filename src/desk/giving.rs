//! What no SMS carries is given to the citizen by an officer: the text to the letter, ready to be copied (A16).

use std::fmt::Write;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::drafting::{filled, template_of};
use super::officer::Done;
use super::staff::Officer;
use super::{Error, Office, asking, cases, closing, reading, reminding, sealing, status};
use crate::phone::PhoneNumber;
use crate::store::drafts::Draft;
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, drafts, owing, trail};
use crate::ticket::{Action, Channel, Refusal, Role, Stage, Way};
use crate::words::Key;

/// The flag of a ticket that came otherwise and whose number takes SMS, as an officer said.
pub const BY_SMS: &str = "by-sms";

/// The trail's word for a text that an officer has given.
const GIVEN: &str = "DISAMPAIKAN";

/// The fact of the trail that says how an officer gave a text.
const WAY: &str = "lewat";

/// A text that an officer gives to a citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The ticket that it speaks of.
    pub number: String,
    /// How that came.
    pub channel: Channel,
    /// What the citizen is to read or hear, to the letter.
    pub text: String,
    /// Opens WhatsApp on the officer's handset with this text; `None`: there is no number, or none any more.
    pub link: Option<String>,
    /// The ticket owes it until an officer says to have given it.
    pub owed: bool,
}

impl Given {
    /// `text` for the citizen of `ticket`.
    pub fn of(ticket: &Ticket, text: String) -> Self {
        let to = ticket.citizen.as_ref().filter(|to| !to.is_pseudonym());
        let link = to.map(|to| link(to, &text));
        Self { number: ticket.number.to_string(), channel: ticket.channel, text, link, owed: false }
    }

    /// The same, until an officer says to have given it.
    ///
    /// # Errors
    /// [`Fault`] of the database.
    pub(super) fn owe(
        mut self,
        tx: &Tx<'_>,
        ticket: &Ticket,
        now: DateTime<Utc>,
    ) -> Result<Self, Fault> {
        owing::owe(tx, ticket.id, now)?;
        self.owed = true;
        Ok(self)
    }
}

/// Whether what the office says about a ticket goes out by SMS.
pub fn takes_sms(ticket: &Ticket) -> bool {
    let wanted = ticket.channel == Channel::Sms || ticket.flags.iter().any(|flag| flag == BY_SMS);
    wanted && ticket.citizen.is_some() && !ticket.is_retired()
}

/// What an officer is to give: what the ticket owes; the approved wording, where the ticket does not take SMS, or the SMS did not
/// arrive.
///
/// # Errors
/// [`Error::Fault`].
pub fn waiting(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    now: DateTime<Utc>,
) -> Result<Option<Given>, Error> {
    if ticket.is_retired() {
        return Ok(None);
    }
    if ticket.to_give_at.is_some() {
        let owed = owed(tx, office, ticket, now)?;
        return Ok(owed.map(|text| Given { owed: true, ..Given::of(ticket, text) }));
    }
    if ticket.stage != Stage::ReadyToSend {
        return Ok(None);
    }
    let draft = approved(tx, ticket)?.filter(|draft| by_hand(ticket, draft));
    Ok(draft.map(|draft| Given::of(ticket, text_of(office, ticket, &draft))))
}

/// Whether an officer gives an approved wording: no SMS carries it, or one has not carried it to its end (T17).
pub(super) fn by_hand(ticket: &Ticket, draft: &Draft) -> bool {
    !takes_sms(ticket) || draft.sent_at.is_some()
}

/// Whether a ticket waits for an officer to give its citizen something.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn waits(tx: &Tx<'_>, ticket: &Ticket) -> Result<bool, Error> {
    if ticket.is_retired() {
        return Ok(false);
    }
    if ticket.to_give_at.is_some() || ticket.stage != Stage::ReadyToSend {
        return Ok(ticket.to_give_at.is_some());
    }
    Ok(approved(tx, ticket)?.is_some_and(|draft| by_hand(ticket, &draft)))
}

/// The text that a ticket owes: that it takes the closed path; the question that it waits with; of a joined one the answer to its main
/// ticket, under its own number; why it ended.
fn owed(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    now: DateTime<Utc>,
) -> Result<Option<String>, Error> {
    if cases::case(office, ticket).on_closed_path() {
        return Ok(Some(sealing::closed(office, ticket)));
    }
    if ticket.stage == Stage::WaitingCitizen {
        // The citizen's time begins when the question is there.
        return Ok(asking::given_question(tx, office, ticket, now)?);
    }
    let main = sealing::main_of(tx, ticket.clone())?;
    let answer = if main.id == ticket.id {
        None
    } else if main.is_open() {
        status::told(tx, &main)?
    } else {
        drafts::last_sent(tx, main.id)?
    };
    match answer {
        Some(answer) => Ok(Some(text_of(office, ticket, &answer))),
        None => Ok(closing::text(tx, office, ticket)?.map(|(_, body)| body)),
    }
}

/// An officer has given what a ticket owes, and says how. With a question its citizen's time begins.
///
/// # Errors
/// [`Error::Refused`] for who gives nothing; [`Error::Invalid`] for SMS; [`Error::Fault`].
pub(super) fn given(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (mut ticket, way): (Ticket, Way),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    may_give(office, &ticket, officer)?;
    if way == Way::Sms {
        return Err(Error::Invalid { what: "way", value: way.token().to_owned() });
    }
    owing::given(tx, ticket.id, now)?;
    (ticket.to_give_at, ticket.given_at) = (None, ticket.given_at.or(Some(now)));
    reminding::plan(tx, office, &ticket)?;
    let detail = json!({ WAY: way.token() });
    cases::remark(tx, ticket.id, officer.id.as_str(), GIVEN, detail, now)?;
    Ok(Done::quietly(ticket))
}

/// What a ticket owes, for an officer who gives it now.
///
/// # Errors
/// As [`given`].
pub(super) fn give(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    ticket: Ticket,
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    may_give(office, &ticket, officer)?;
    let give = waiting(tx, office, &ticket, now)?;
    Ok(Done { give: give.into_iter().collect(), ..Done::quietly(ticket) })
}

fn may_give(office: &Office, ticket: &Ticket, officer: &Officer) -> Result<(), Error> {
    if gives(office, ticket, officer) { Ok(()) } else { Err(Refusal::NotPermitted.into()) }
}

/// Whether this person gives what no SMS carries, as with an answer (T16): a petugas or a ketua; on the closed path whoever decides
/// there.
pub fn gives(office: &Office, ticket: &Ticket, officer: &Officer) -> bool {
    if cases::case(office, ticket).on_closed_path() {
        return reading::decides_on_sealed(office, ticket, officer);
    }
    officer.is(Role::Operator) || officer.is(Role::Chair)
}

/// What the citizen reads of a version.
pub(super) fn text_of(office: &Office, ticket: &Ticket, draft: &Draft) -> String {
    filled(office, ticket, draft.content.kind, &draft.content.wording)
}

/// The version that is to be sent, or that was sent and did not arrive.
pub(super) fn approved(tx: &Tx<'_>, ticket: &Ticket) -> Result<Option<Draft>, Error> {
    Ok(drafts::latest(tx, ticket.id)?.filter(|draft| draft.state == "approved"))
}

/// What the trail holds of a wording that is given or sent.
pub(super) fn detail(ticket: &Ticket, draft: Option<&Draft>, way: Way) -> serde_json::Value {
    let mut detail = json!({ "draf": draft.map(|draft| draft.id), "unit": ticket.unit });
    if way != Way::Sms
        && let Some(fields) = detail.as_object_mut()
    {
        fields.insert(WAY.to_owned(), json!(way.token()));
    }
    detail
}

/// Whether an officer gave a ticket's citizen the last answer, whatever became of an SMS with it.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn was_given(tx: &Tx<'_>, ticket_id: i64) -> Result<bool, Fault> {
    let sent = Action::Send.token();
    let last = trail::of_ticket(tx, ticket_id)?.into_iter().rfind(|line| line.action == sent);
    let detail = last.and_then(|line| serde_json::from_str::<serde_json::Value>(&line.detail).ok());
    Ok(detail.is_some_and(|detail| detail.get(WAY).is_some()))
}

/// The template of a version.
pub(super) const fn key_of(draft: &Draft) -> Key {
    template_of(draft.content.kind)
}

/// `https://wa.me/6281…?text=…`.
pub fn link(to: &PhoneNumber, text: &str) -> String {
    let mut link = format!("https://wa.me/{}?text=", to.reveal().trim_start_matches('+'));
    for octet in text.bytes() {
        match octet {
            // RFC 3986, section 2.3: what needs no escape.
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                link.push(char::from(octet));
            }
            _ => _ = write!(link, "%{octet:02X}"),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_the_whole_text_and_nothing_that_ends_it_early() {
        let to = PhoneNumber::parse("0812-3456-7890").unwrap();
        let link = link(&to, "No P26-00123-0: 50% & #1?\nJl. Melati é");
        assert_eq!(
            link,
            "https://wa.me/6281234567890?text=No%20P26-00123-0%3A%2050%25%20%26%20%231%3F%0AJl.%20Melati%20%C3%A9"
        );
    }
}
