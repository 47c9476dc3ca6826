//! A whole message waits: it becomes exactly one of a new ticket, an addition to a ticket, a command's reply, or a recorded
//! silence (design rule 4). What it answers is queued in the same commit.

use chrono::{DateTime, Datelike, Utc};
use serde_json::json;

use super::flooding::Flood;
use super::giving::BY_SMS;
use super::outbound::{Queued, Text};
use super::staff::Officer;
use super::{
    Error, Office, alarming, blocking, cards, cases, earlier, flooding, marking, officer, outbound,
    overtaken, promising, reminding, status, succession,
};
use crate::complaint::{Certainty, Flag, Kind, Reading, UnitCode, answers, read, reports};
use crate::mutation::Mutation;
use crate::number::TicketNumber;
use crate::phone::PhoneNumber;
use crate::store::inbox::{Inbound, Outcome};
use crate::store::outbox::Purpose;
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, blocks, drafts, inbox, outbox, stopped, tickets, trail};
use crate::ticket::clock::Clocks;
use crate::ticket::{Action, Actor, Channel, CloseReason, Refusal, Stage, may_read};
use crate::words::{Blank, Key};

/// The trail's word for an objection that opens nothing any more.
const TOO_MUCH: &str = "BELUM_TIDAK_MEMBUKA";

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
    to: Option<PhoneNumber>,
    pub(super) key: Key,
    pub(super) body: String,
    purpose: Purpose,
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
    fn chosen(&self) -> Option<&UnitCode> {
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
    fn detail(&self) -> serde_json::Value {
        match &self.entry {
            None => json!({ "inbound": self.message.id }),
            Some(entry) => json!({
                "inbound": self.message.id,
                "saluran": self.message.channel.token(),
                "dicatat": entry.officer.id.as_str(),
            }),
        }
    }

    fn command(&self, reason: &'static str, key: Key, values: &[(Blank, &str)]) -> Handled {
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

    /// The ticket that a command speaks of, if it came from this handset: a number of another handset is treated like one
    /// that does not exist.
    fn own_ticket(&self, reading: &Reading) -> Result<Option<Ticket>, Fault> {
        // The officer has looked: who gives no number, or this one, speaks of the own ticket.
        if let Some(named) = self.named() {
            let own = self.citizen.is_none() || named.citizen == self.citizen;
            return Ok(own.then(|| named.clone()));
        }
        match reading.number {
            Some(number) => self.own_of(number),
            // Whoever mistypes a number does not mean the latest ticket.
            None if reading.flags.contains(&Flag::BadNumber) => Ok(None),
            // PUAS and BELUM speak of an answer.
            None if matches!(reading.kind, Kind::Satisfied | Kind::Unsatisfied) => {
                let mut known = self.own_tickets()?;
                let answered = known.iter().position(|ticket| ticket.stage == Stage::Answered);
                known.rotate_left(answered.unwrap_or(0));
                Ok(known.into_iter().next())
            }
            // What of several is withdrawn nobody can know.
            None if reading.kind == Kind::Withdraw => {
                let mut open = self.own_tickets()?.into_iter().filter(Ticket::is_open);
                Ok(open.next().filter(|_| open.next().is_none()))
            }
            None => Ok(self.own_tickets()?.into_iter().next()),
        }
    }

    fn status(&self, text: &str, reading: &Reading) -> Result<Handled, Fault> {
        let own = match (self.own_ticket(reading)?, reading.number) {
            (Some(own), _) => Some(own),
            (None, Some(number)) => self.joined_to(number)?,
            (None, None) => None,
        };
        let Some(own) = own else {
            let opened = self.of_nobodys(text, reading)?;
            return Ok(opened.unwrap_or_else(|| self.command("STATUS", Key::StatusTidakAda, &[])));
        };
        let ticket = self.in_place_of(own.clone())?;
        let is_own = self.is_own(&ticket) || self.named().is_some();
        if let Some(handled) = self.news(text, reading, (&own, &ticket, is_own))? {
            return Ok(handled);
        }
        if let Some(whole) = status::whole(self.tx, self.office, (&own, &ticket))? {
            let mut handled = self.command("STATUS", whole.key, &[]);
            handled.ticket_id = Some(own.id);
            if let Some(reply) = &mut handled.reply {
                (reply.body, reply.draft_id) = (whole.body, whole.draft_id);
            }
            return Ok(handled);
        }
        let (key, body) = status::of(self.tx, self.office, &ticket, self.now)?;
        let mut handled = self.command("STATUS", key, &[]);
        // What is told of a joined ticket goes with that, although the words are those of its main one.
        let own_id = self.is_own(&own).then_some(own.id);
        handled.ticket_id = if is_own { Some(ticket.id) } else { own_id };
        if let Some(reply) = &mut handled.reply {
            reply.body = body;
        }
        Ok(handled)
    }

    /// The ticket of this handset that was joined to `number`: GABUNG told the sender to ask after that one.
    pub(super) fn joined_to(&self, number: TicketNumber) -> Result<Option<Ticket>, Fault> {
        let Some(main) = tickets::find(self.tx, &number)?.filter(|main| self.exists(main)) else {
            return Ok(None);
        };
        let mut joined = tickets::joined_to(self.tx, main.id)?.into_iter();
        Ok(joined.find(|ticket| self.is_own(ticket)))
    }

    /// Whether `number` is a ticket of this handset, or one to which such a ticket was joined.
    pub(super) fn has_part_in(&self, number: TicketNumber) -> Result<bool, Fault> {
        let own = tickets::find(self.tx, &number)?.filter(|ticket| self.is_own(ticket));
        Ok(own.is_some() || self.joined_to(number)?.is_some())
    }

    /// What a joined ticket is answered by; any other stands for itself.
    pub(super) fn in_place_of(&self, mut ticket: Ticket) -> Result<Ticket, Fault> {
        /// Duplicates of duplicates; more than this is a circle.
        const STEPS_MAX: usize = 8;
        for _ in 0..STEPS_MAX {
            let main = match ticket.closed_as {
                Some(CloseReason::Duplicate) => ticket.main_ticket_id,
                _ => None,
            };
            match main {
                Some(main) => {
                    let main = tickets::by_id(self.tx, main)?.filter(|main| self.exists(main));
                    let Some(main) = main else { break };
                    ticket = main;
                }
                None => break,
            }
        }
        Ok(ticket)
    }

    /// PUAS, BELUM and BATAL: a step of the citizen's own, where the table allows it.
    fn feedback(
        &self,
        (text, reading): (&str, &Reading),
        reason: &'static str,
        action: &Action,
    ) -> Result<Handled, Fault> {
        let own = match (self.own_ticket(reading)?, reading.number) {
            (Some(own), _) => Some(own),
            (None, Some(number)) => self.joined_to(number)?,
            (None, None) => None,
        };
        let Some(own) = own else {
            let opened = self.of_nobodys(text, reading)?;
            return Ok(opened.unwrap_or_else(|| self.command(reason, Key::StatusTidakAda, &[])));
        };
        // That it was withdrawn, too, is told to whoever decides on it.
        if self.is_sealed(&own) {
            tickets::later_message(self.tx, own.id, self.now)?;
        }
        let objects = matches!(action, Action::Object { .. });
        let mut ticket = if objects { self.objected_to(&own)? } else { own.clone() };
        let is_joined = ticket.id != own.id;
        // What is told beside PUAS and BATAL is read by an officer, although the ticket has ended.
        let said = text.trim_start().split_once(char::is_whitespace).map_or("", |(_, said)| said);
        let says_more = reports(said) || marking::is_grave(text, &self.office.directory);
        // The trail outlives the message, and nothing can be taken out of it: it names the row of the message, and none of its words.
        let detail = self.detail();
        let mut of_step = detail.clone();
        if let Some(facts) = of_step.as_object_mut().filter(|_| is_joined) {
            facts.insert("gabungan".to_owned(), json!(own.number.to_string()));
        }
        let stepped = cases::step(
            self.tx,
            self.office,
            &mut ticket,
            (action, &Actor::Citizen),
            of_step,
            self.now,
            |ticket| {
                if objects {
                    ticket.objections = ticket.objections.saturating_add(1);
                    // What was answered from the bank had nobody to analyse it.
                    if ticket.assignee.is_none() {
                        let unit = ticket.unit.as_deref().unwrap_or_default();
                        let unit = cases::present(self.office, unit);
                        let member = self.office.staff.member_or_chair(&unit);
                        ticket.assignee = member.map(|member| member.id.as_str().to_owned());
                    }
                } else if *action == Action::Withdraw {
                    ticket.closed_as = Some(CloseReason::Withdrawn);
                }
            },
        );
        if stepped.is_ok() && *action == Action::Withdraw {
            let why = "pengaduan utama dicabut";
            succession::pass_on(self.tx, self.office, (&ticket, own.stage), why, self.now)?;
        }
        match stepped {
            Ok(_) if objects => {
                if is_joined {
                    cases::remark(self.tx, own.id, "pemohon", reason, detail, self.now)?;
                }
                Ok(self.acknowledged(Outcome::Addition, reason, &own, Key::Tambahan))
            }
            Ok(_) => {
                if says_more && !self.is_sealed(&own) {
                    self.tell_of(&ticket)?;
                }
                self.status_of(reason, &ticket)
            }
            Err(Error::Fault(fault)) => Err(fault),
            Err(refused) => {
                // Out of time or out of turn: the words are kept with the ticket, and the citizen learns how it stands.
                let is_too_much =
                    matches!(refused, Error::Refused(Refusal::TooLate | Refusal::TooOften { .. }));
                let told = if is_too_much { TOO_MUCH } else { reason };
                cases::remark(self.tx, own.id, "pemohon", told, detail, self.now)?;
                if (objects || says_more) && !self.is_sealed(&own) {
                    self.tell_of(&own)?;
                }
                self.status_of(reason, &own)
            }
        }
    }

    /// The ticket whose answer BELUM speaks of: of a joined one that of its main ticket, which every sender reads (section 5). The
    /// closed path gives none.
    fn objected_to(&self, own: &Ticket) -> Result<Ticket, Fault> {
        let main = self.in_place_of(own.clone())?;
        Ok(if self.is_sealed(own) || self.is_sealed(&main) { own.clone() } else { main })
    }

    fn status_of(&self, reason: &'static str, ticket: &Ticket) -> Result<Handled, Fault> {
        let answered_by = self.in_place_of(ticket.clone())?;
        let (key, body) = status::of(self.tx, self.office, &answered_by, self.now)?;
        let purpose = Purpose::CommandReply;
        let reply = Reply { to: self.citizen.clone(), key, body, purpose, draft_id: None };
        Ok(Handled {
            outcome: Outcome::Command,
            reason,
            ticket_id: Some(ticket.id),
            reply: Some(reply),
        })
    }

    fn acknowledged(
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

    fn complaint(&self, text: &str, reading: &Reading) -> Result<Handled, Fault> {
        let known = self.own_tickets()?;
        let again = self.entry.as_ref().is_some_and(|entry| entry.again);
        let is_courtesy = reading.flags.contains(&Flag::Courtesy);
        let says_nothing = reading.flags.contains(&Flag::Unclear) && reading.body.trim().is_empty();
        // What says nothing by itself may say all that was asked.
        if (is_courtesy || says_nothing)
            && !again
            && answers(text)
            && let Some(asked) = self.asked(&known)?
        {
            return self.add_to(asked, "KELENGKAPAN");
        }
        if is_courtesy {
            return Ok(silence("SALAM_PENUTUP"));
        }
        if reading.flags.contains(&Flag::Empty) {
            return self.code_only(reading, known);
        }
        if says_nothing {
            return Ok(self.command("TIDAK_JELAS", Key::Format, &[]));
        }
        if !again && let Some((ticket, reason)) = self.matching(text, reading, &known)? {
            return self.add_to(ticket, reason);
        }
        if Mutation::OpenedTwice.is_made() {
            self.open(text, reading)?;
        }
        self.open(text, reading)
    }

    pub(super) fn add_to(
        &self,
        mut ticket: Ticket,
        reason: &'static str,
    ) -> Result<Handled, Fault> {
        let detail = self.detail();
        cases::remark(self.tx, ticket.id, "pemohon", reason, detail.clone(), self.now)?;
        if ticket.stage == Stage::WaitingCitizen && reason != "BERULANG" {
            let resumed = cases::step(
                self.tx,
                self.office,
                &mut ticket,
                (&Action::Resume, &Actor::System),
                detail,
                self.now,
                |_| {},
            );
            match resumed {
                Ok(_) => {}
                Err(Error::Fault(fault)) => return Err(fault),
                Err(error) => tracing::error!(ticket = %ticket.number, %error, "cannot resume"),
            }
        }
        let sealed = self.is_sealed(&ticket);
        if sealed && reason != "BERULANG" {
            tickets::later_message(self.tx, ticket.id, self.now)?;
        } else if reason != "BERULANG" && ticket.stage != Stage::New {
            // Who sorts a new one reads all of it.
            self.tell_of(&ticket)?;
        }
        let key = if sealed { Key::Tertutup } else { Key::Tambahan };
        Ok(self.acknowledged(Outcome::Addition, reason, &ticket, key))
    }

    /// A unit code without a text: corrects a young ticket that is not sorted yet, or answers a question that waits, whichever of
    /// them the citizen has heard of last; else asks for the content.
    fn code_only(&self, reading: &Reading, known: Vec<Ticket>) -> Result<Handled, Fault> {
        let young = earlier(self.message.received_at, self.office.limits.correction_window);
        let asked = self.asked(&known)?;
        let ticket = known
            .into_iter()
            .find(|ticket| ticket.stage == Stage::New && ticket.received_at >= young)
            .filter(|young| {
                asked.as_ref().is_none_or(|asked| young.received_at > asked.stage_since)
            });
        // A code alone leaves nothing else that it could be, however it is written, but a typing error in it is one.
        let is_guess = reading.certainty == Certainty::Guessed;
        match (ticket, asked, &reading.unit) {
            (Some(mut ticket), _, Some(unit)) => {
                self.correct_unit(&mut ticket, unit, is_guess)?;
                let key = receipt(self.office, (&ticket, is_guess), self.now);
                Ok(self.acknowledged(Outcome::Addition, "KODE_DIBETULKAN", &ticket, key))
            }
            (None, Some(mut asked), Some(unit)) => {
                // Of what was sorted an officer has decided on the unit.
                let corrects = asked.before_pause == Some(Stage::New);
                if corrects {
                    self.correct_unit(&mut asked, unit, is_guess)?;
                }
                let handled = self.add_to(asked.clone(), "KELENGKAPAN")?;
                if !corrects || !is_guess || self.is_sealed(&asked) {
                    return Ok(handled);
                }
                let key = receipt(self.office, (&asked, true), self.now);
                Ok(self.acknowledged(Outcome::Addition, "KELENGKAPAN", &asked, key))
            }
            _ => Ok(self.command("KODE_TANPA_ISI", Key::Format, &[])),
        }
    }

    /// The citizen says which unit a ticket is for, with a typing error or without.
    fn correct_unit(
        &self,
        ticket: &mut Ticket,
        unit: &UnitCode,
        is_guess: bool,
    ) -> Result<(), Fault> {
        let before = ticket.unit.clone();
        self.set_unit(ticket, Some(unit));
        let certainty = if is_guess { Certainty::Guessed } else { Certainty::Certain };
        token(certainty).clone_into(&mut ticket.certainty);
        ticket.flags.retain(|flag| flag != Flag::Guessed.token());
        if is_guess {
            ticket.flags.push(Flag::Guessed.token().to_owned());
        }
        let entry = trail::Entry {
            actor: "pemohon",
            transition: None,
            action: "KODE_DIBETULKAN",
            from: Some(ticket.stage.token()),
            to: Some(ticket.stage.token()),
            detail: json!({ "inbound": self.message.id, "dari": before, "ke": ticket.unit }),
        };
        tickets::record(self.tx, ticket.stage, ticket, &entry, self.now)
    }

    fn set_unit(&self, ticket: &mut Ticket, unit: Option<&UnitCode>) {
        let unit = unit.and_then(|code| self.office.directory.find(code.as_str()));
        ticket.unit = unit.map(|unit| unit.code.to_string());
        ticket.unit_name = unit.map(|unit| unit.name.clone());
        ticket.copies.retain(|copy| ticket.unit.as_ref() != Some(copy));
    }

    /// T1: a ticket is opened, whatever could be read.
    pub(super) fn open(&self, text: &str, reading: &Reading) -> Result<Handled, Fault> {
        let received_at = self.message.received_at;
        let local = self.office.calendar.zone().local(received_at);
        let year = u8::try_from(local.year().rem_euclid(100)).unwrap_or_default();
        let serial = tickets::next_serial(self.tx, year)?;
        let number = TicketNumber::new(year, serial).map_err(|error| Fault::Unreadable {
            table: "ticket",
            id: 0,
            what: error.to_string(),
        })?;
        let clocks = Clocks::start(self.office.reckoning(), received_at);
        let mut flags: Vec<String> =
            reading.flags.iter().map(|flag| flag.token().to_owned()).collect();
        if !self.message.complete {
            flags.push("incomplete".to_owned());
        }
        if self.entry.as_ref().is_some_and(|entry| entry.by_sms) {
            flags.push(BY_SMS.to_owned());
        }
        let mut ticket = Ticket {
            id: 0,
            number,
            channel: self.message.channel,
            citizen: self.citizen.clone(),
            sim: self.entry.is_none().then(|| self.message.sim.clone()),
            // What holds no complaint for the system may hold one for a person.
            body: if reading.body.is_empty() { text.to_owned() } else { reading.body.clone() },
            unit: None,
            unit_name: None,
            certainty: token(reading.certainty).to_owned(),
            suggestions: reading.suggestions.iter().map(ToString::to_string).collect(),
            flags,
            category: None,
            stage: clocks.stage,
            before_pause: clocks.before_pause,
            closed_as: None,
            main_ticket_id: None,
            assignee: None,
            drafter: None,
            escalated: false,
            restricted_by: None,
            concerns: Vec::new(),
            returns: 0,
            objections: 0,
            follow_up: false,
            follow_up_on: None,
            received_at,
            stage_since: clocks.stage_since,
            due_at: clocks.due_at,
            answer_due_at: clocks.answer_due_at,
            national_due_at: clocks.national_due_at,
            paused_at: clocks.paused_at,
            answered_at: None,
            last_answer_at: None,
            finished_at: None,
            copies: Vec::new(),
            later_at: None,
            to_give_at: None,
            given_at: None,
            named: reading.named.iter().map(ToString::to_string).collect(),
        };
        self.set_unit(&mut ticket, reading.unit.as_ref());
        let mut detail = self.detail();
        if let (Some(unit), Some(facts)) = (self.chosen(), detail.as_object_mut()) {
            facts.insert("unit".to_owned(), json!(unit.as_str()));
        }
        let entry = trail::Entry {
            actor: "pemohon",
            transition: Some(1),
            action: "MASUK",
            from: None,
            to: Some(Stage::New.token()),
            detail,
        };
        ticket.id = tickets::open(self.tx, &ticket, &entry, self.now)?;
        reminding::plan(self.tx, self.office, &ticket)?;
        let key = if reading.flags.contains(&Flag::Emergency) {
            alarming::raise(self.tx, self.office, ticket.id, self.now)?;
            Key::Darurat
        } else {
            receipt(self.office, (&ticket, reading.is_guess()), received_at)
        };
        Ok(self.acknowledged(Outcome::Ticket, "TIKET_BARU", &ticket, key))
    }
}

/// Whether a text that names a ticket says more than that somebody asks after it.
pub(super) fn tells_more(text: &str) -> bool {
    /// A word may be a greeting; a place or a matter takes more.
    const WORDS_MIN: usize = 2;
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 && !word.contains(|c: char| c.is_ascii_digit()))
        .map(str::to_lowercase)
        .peekable();
    let asks = words.peek().is_some_and(|word| matches!(word.as_str(), "status" | "cek"));
    !asks && words.count() >= WORDS_MIN
}

/// How the register calls how sure a unit is.
const fn token(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Lenient => "lenient",
        Certainty::Guessed => "guessed",
        Certainty::None => "none",
    }
}

/// Which receipt a ticket gets, whose unit is told as a guess or not.
fn receipt(office: &Office, (ticket, is_guess): (&Ticket, bool), at: DateTime<Utc>) -> Key {
    /// The sender does not know: an officer chooses.
    const NOBODY: &str = "UMUM";
    let is_open = office.calendar.is_open(at);
    match ticket.unit.as_deref().filter(|unit| *unit != NOBODY) {
        Some(_) if is_guess && is_open => Key::TerimaPerkiraan,
        Some(_) if is_guess => Key::TerimaPerkiraanLuarJam,
        _ if !is_open => Key::TerimaLuarJam,
        Some(_) => Key::Terima,
        None => Key::TerimaUmum,
    }
}
