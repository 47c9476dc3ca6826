//! A whole message waits: it becomes exactly one of a new ticket, an addition to a ticket, a command's reply, or a recorded
//! silence (design rule 4). What it answers is queued in the same commit.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::commands::tells_more;
use super::flooding::Flood;
use super::outbound::{Queued, Text};
use super::staff::Officer;
use super::{
    Error, Office, blocking, cards, cases, earlier, flooding, marking, officer, outbound,
    overtaken, promising,
};
use crate::complaint::{Kind, Reading, UnitCode, read};
use crate::mutation::Mutation;
use crate::number::TicketNumber;
use crate::phone::PhoneNumber;
use crate::store::inbox::{Inbound, Outcome};
use crate::store::outbox::Purpose;
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, blocks, drafts, inbox, outbox, stopped, tickets};
use crate::ticket::{Action, Channel, may_read};
use crate::words::{Blank, Key};

/// Tickets of a handset that matching looks at, latest first.
const CANDIDATES: i64 = 50;

/// COMMIT 2: handles one waiting message; whether there was one.
///
/// # Errors
/// [`Fault`] of the database: the message waits for the next try.
pub fn handle(tx: &Tx<'_>, office: &Office, id: i64, now: DateTime<Utc>) -> Result<bool, Fault> {
    let Some(message) = inbox::find_unread(tx, id)? else { return Ok(false) };
    if is_of_a_service(&message) {
        cards::heed(tx, office, &message, now)?;
    }
    let handled = match worth_reading(office, &message) {
        Err(reason) => silence(reason),
        Ok((citizen, _)) if blocks::is_blocked(tx, &citizen, message.received_at)? => {
            silence(blocking::REASON)
        }
        Ok((citizen, text)) => {
            let reading = read(&text, &office.directory);
            let desk =
                Desk { tx, office, message: &message, citizen: Some(citizen), entry: None, now };
            desk.decide(&text, &reading)?
        }
    };
    let reason = answer(tx, office, &message, &handled, now)?;
    inbox::handled(tx, id, handled.outcome, reason, handled.ticket_id, now)?;
    tracing::info!(inbound = id, outcome = handled.outcome.token(), reason, "intake");
    Ok(true)
}

/// Whether a name or a short number wrote it, as operators do; no citizen can.
fn is_of_a_service(message: &Inbound) -> bool {
    message.silent_class.is_none()
        && matches!(message.sender_kind.as_str(), "short-code" | "alphanumeric")
}

/// How a message ended, and what goes back.
pub(super) struct Handled {
    pub(super) outcome: Outcome,
    pub(super) reason: &'static str,
    pub(super) ticket_id: Option<i64>,
    pub(super) reply: Option<Reply>,
}

pub(super) const fn silence(reason: &'static str) -> Handled {
    Handled { outcome: Outcome::Silence, reason, ticket_id: None, reply: None }
}

/// What the citizen reads.
pub(super) struct Reply {
    pub(super) to: Option<PhoneNumber>,
    pub(super) key: Key,
    pub(super) body: String,
    pub(super) purpose: Purpose,
    /// The approved wording that it carries.
    pub(super) draft_id: Option<i64>,
}

/// The sender and the text, where a citizen wrote something; else the reason of the silence.
pub(super) fn worth_reading(
    office: &Office,
    message: &Inbound,
) -> Result<(PhoneNumber, String), &'static str> {
    if message.silent_class.is_some() {
        return Err("BUKAN_TEKS");
    }
    // Before the sender: of what cannot be decoded, nobody knows one.
    let Some(text) = &message.text else { return Err("TIDAK_TERBACA") };
    let citizen = match message.sender_kind.as_str() {
        "subscriber" => PhoneNumber::parse(&message.sender).map_err(|_| "NOMOR_GANJIL")?,
        "short-code" | "alphanumeric" => return Err("OPERATOR"),
        _ => return Err("NOMOR_GANJIL"),
    };
    if office.own_numbers.contains(&citizen) {
        return Err("NOMOR_SENDIRI");
    }
    if crate::phone::Party::Subscriber(citizen.clone()).answerable().is_err() {
        return Err("OPERATOR");
    }
    Ok((citizen, text.clone()))
}

/// Queues the reply, unless that would feed a loop or a flood, whose first message alone is answered; the reason that is
/// recorded.
pub(super) fn answer(
    tx: &Tx<'_>,
    office: &Office,
    message: &Inbound,
    handled: &Handled,
    now: DateTime<Utc>,
) -> Result<&'static str, Fault> {
    const HOUR: std::time::Duration = std::time::Duration::from_hours(1);
    let flood = flooding::among(tx, office, message)?;
    if flood != Flood::No {
        flooding::show(tx, office, message, handled, now)?;
    }
    let Some(reply) = &handled.reply else { return Ok(handled.reason) };
    let Some(to) = &reply.to else { return Ok(handled.reason) };
    let equal = outbox::equal_since(tx, to.reveal(), &reply.body, earlier(now, HOUR))?;
    if equal >= office.limits.equal_per_hour {
        return Ok("TANPA_BALASAN_BERULANG");
    }
    if flood == Flood::GoesOn {
        return Ok("TANPA_BALASAN_BANJIR");
    }
    let text = Text {
        to,
        body: reply.body.clone(),
        purpose: reply.purpose,
        template: Some(reply.key),
        ticket_id: handled.ticket_id,
        inbound_id: Some(message.id),
        draft_id: reply.draft_id,
        sim: (message.channel == Channel::Sms).then_some(&*message.sim),
    };
    if Mutation::NoReceipt.is_made() {
        return Ok(handled.reason);
    }
    match outbound::queue(tx, office, &text, now) {
        Ok(Queued::At { .. } | Queued::Already | Queued::Stopped) => Ok(handled.reason),
        Err(Error::Fault(fault)) => Err(fault),
        // A reply that cannot be composed must not keep the complaint waiting.
        Err(error) => {
            tracing::error!(%error, template = reply.key.name(), "the reply cannot be composed");
            Ok("BALASAN_GAGAL_DISUSUN")
        }
    }
}

/// What an officer says beside a message that came by another channel.
pub(super) struct Entry<'a> {
    pub(super) officer: &'a Officer,
    /// The ticket that it belongs to.
    pub(super) to: Option<Ticket>,
    /// A ticket of its own, whatever the citizen sent before.
    pub(super) again: bool,
    /// The number takes SMS.
    pub(super) by_sms: bool,
    /// Whose matter it is.
    pub(super) unit: Option<UnitCode>,
}

/// One message and who sent it.
pub(super) struct Desk<'a> {
    pub(super) tx: &'a Tx<'a>,
    pub(super) office: &'a Office,
    pub(super) message: &'a Inbound,
    pub(super) citizen: Option<PhoneNumber>,
    /// Of what came by SMS: none.
    pub(super) entry: Option<Entry<'a>>,
    pub(super) now: DateTime<Utc>,
}

impl Desk<'_> {
    /// What becomes of the message, and what it shows of a ticket that was there before.
    pub(super) fn decide(&self, text: &str, reading: &Reading) -> Result<Handled, Fault> {
        let again = self.read_again(text, reading)?;
        let reading = again.as_ref().unwrap_or(reading);
        let handled = self.decided(text, reading)?;
        marking::heed((self.tx, self.office), self.message, (text, reading), handled, self.now)
    }

    fn decided(&self, text: &str, reading: &Reading) -> Result<Handled, Fault> {
        if let Some(ticket) = self.named()
            && (reading.kind == Kind::Complaint
                || (reading.kind == Kind::Status && tells_more(text)))
        {
            return self.add_to(ticket.clone(), "NOMOR_DISEBUT");
        }
        match reading.kind {
            Kind::Complaint => self.complaint(text, reading),
            Kind::Status => self.status(text, reading),
            Kind::Help => Ok(self.command("BANTUAN", Key::Format, &[])),
            Kind::Codes => Ok(self.command("KODE", Key::DaftarKode, &[])),
            Kind::Stop => match &self.citizen {
                Some(citizen) => {
                    overtaken::by_stop(self.tx, self.office, citizen, self.now)?;
                    stopped::stop(self.tx, citizen, self.now)?;
                    Ok(self.command("STOP", Key::StopOk, &[]))
                }
                None => Ok(self.command("TIDAK_JELAS", Key::Format, &[])),
            },
            Kind::Start => {
                if let Some(citizen) = &self.citizen {
                    stopped::start(self.tx, citizen)?;
                }
                Ok(self.command("MULAI", Key::Format, &[]))
            }
            Kind::Satisfied => self.feedback((text, reading), "PUAS", &Action::Finish),
            Kind::Unsatisfied => {
                let action = Action::Object { reason: reading.body.clone() };
                self.feedback((text, reading), "BELUM", &action)
            }
            Kind::Withdraw => self.feedback((text, reading), "BATAL", &Action::Withdraw),
        }
    }

    /// The ticket that an officer named.
    pub(super) fn named(&self) -> Option<&Ticket> {
        self.entry.as_ref()?.to.as_ref()
    }

    /// The unit that an officer named.
    pub(super) fn chosen(&self) -> Option<&UnitCode> {
        self.entry.as_ref()?.unit.as_ref()
    }

    /// Whether a ticket exists here: what the officer who enters a message may not see does not.
    pub(super) fn exists(&self, ticket: &Ticket) -> bool {
        self.entry.as_ref().is_none_or(|entry| {
            may_read(&cases::case(self.office, ticket), &officer::actor(entry.officer))
        })
    }

    /// Whether a ticket is this handset's. Who says nothing of a number at the counter has those that have none either: nobody could
    /// speak of them otherwise, and the officer who enters it may read them.
    pub(super) fn is_own(&self, ticket: &Ticket) -> bool {
        let has_a_sender = self.citizen.is_some() || self.entry.is_some();
        has_a_sender && ticket.citizen == self.citizen && self.exists(ticket)
    }

    /// The ticket of a number, if it is this handset's.
    pub(super) fn own_of(&self, number: TicketNumber) -> Result<Option<Ticket>, Fault> {
        Ok(tickets::find(self.tx, &number)?.filter(|ticket| self.is_own(ticket)))
    }

    /// The tickets of this handset, latest first.
    pub(super) fn own_tickets(&self) -> Result<Vec<Ticket>, Fault> {
        let Some(citizen) = &self.citizen else { return Ok(Vec::new()) };
        let mut own = tickets::of_citizen(self.tx, citizen, CANDIDATES)?;
        own.retain(|ticket| self.exists(ticket));
        Ok(own)
    }

    /// What the trail holds of the message: its row, and of one that was entered also how it came and who entered it.
    pub(super) fn detail(&self) -> serde_json::Value {
        match &self.entry {
            None => json!({ "inbound": self.message.id }),
            Some(entry) => json!({
                "inbound": self.message.id,
                "saluran": self.message.channel.token(),
                "dicatat": entry.officer.id.as_str(),
            }),
        }
    }

    pub(super) fn command(
        &self,
        reason: &'static str,
        key: Key,
        values: &[(Blank, &str)],
    ) -> Handled {
        let body = self.office.templates.fill(key, values);
        Handled {
            outcome: Outcome::Command,
            reason,
            ticket_id: None,
            reply: Some(Reply {
                to: self.citizen.clone(),
                key,
                body,
                purpose: Purpose::CommandReply,
                draft_id: None,
            }),
        }
    }

    pub(super) fn acknowledged(
        &self,
        outcome: Outcome,
        reason: &'static str,
        ticket: &Ticket,
        key: Key,
    ) -> Handled {
        let number = ticket.number.to_string();
        let zone = self.office.calendar.zone();
        let due = promising::answer_by(self.office, ticket, drafts::Kind::Answer, self.now);
        let begins = zone.short(self.office.calendar.next_opening(self.now));
        let mut values = vec![
            (Blank::No, number.as_str()),
            (Blank::Unit, ticket.unit.as_deref().unwrap_or("-")),
            (Blank::Mulai, begins.as_str()),
        ];
        values.extend(due.as_deref().map(|due| (Blank::Batas, due)));
        let body = self.office.templates.fill(key, &values);
        let purpose = Purpose::Acknowledgement;
        Handled {
            outcome,
            reason,
            ticket_id: Some(ticket.id),
            reply: Some(Reply { to: self.citizen.clone(), key, body, purpose, draft_id: None }),
        }
    }
}
