//! What a citizen commands about a ticket (procedure.md section 10): STATUS, PUAS, BELUM and BATAL, of the own tickets alone.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::intake::{Desk, Handled, Reply};
use super::{Error, cases, marking, status, succession};
use crate::complaint::{Flag, Kind, Reading, reports};
use crate::number::TicketNumber;
use crate::store::inbox::Outcome;
use crate::store::outbox::Purpose;
use crate::store::tickets::Ticket;
use crate::store::{Fault, tickets};
use crate::ticket::{Action, Actor, CloseReason, Refusal, Stage};
use crate::words::Key;

/// The trail's word for an objection that opens nothing any more.
const TOO_MUCH: &str = "BELUM_TIDAK_MEMBUKA";

impl Desk<'_> {
    /// The ticket that a command speaks of, if it came from this handset: a number of another handset is treated like one
    /// that does not exist.
    pub(super) fn own_ticket(&self, reading: &Reading) -> Result<Option<Ticket>, Fault> {
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
                let known = self.own_tickets()?;
                let answered = self.last_answered(&known)?.map(|(ticket, _)| ticket.clone());
                Ok(answered.or_else(|| known.into_iter().next()))
            }
            // What of several is withdrawn nobody can know.
            None if reading.kind == Kind::Withdraw => {
                let mut open = self.own_tickets()?.into_iter().filter(Ticket::is_open);
                Ok(open.next().filter(|_| open.next().is_none()))
            }
            None => Ok(self.own_tickets()?.into_iter().next()),
        }
    }

    /// Which of the own tickets was answered last, of those whose answer may still be objected to, and when: by its own answer, or of a
    /// joined one by that of its main ticket, which its sender has read as well.
    pub(super) fn last_answered<'k>(
        &self,
        known: &'k [Ticket],
    ) -> Result<Option<(&'k Ticket, DateTime<Utc>)>, Fault> {
        let since = self.now.checked_sub_signed(self.office.limits.objecting.within);
        let mut last: Option<(&Ticket, DateTime<Utc>)> = None;
        for ticket in known {
            let answered = self.in_place_of(ticket.clone())?;
            let stands =
                matches!(answered.stage, Stage::Answered | Stage::FollowUp | Stage::Finished);
            let at = answered
                .last_answer_at
                .filter(|at| stands && since.is_none_or(|since| *at >= since));
            if let Some(at) = at.filter(|_| !self.is_sealed(ticket) && !self.is_sealed(&answered))
                && last.is_none_or(|(_, other)| other < at)
            {
                last = Some((ticket, at));
            }
        }
        Ok(last)
    }

    pub(super) fn status(&self, text: &str, reading: &Reading) -> Result<Handled, Fault> {
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
    pub(super) fn feedback(
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
    pub(super) fn objected_to(&self, own: &Ticket) -> Result<Ticket, Fault> {
        let main = self.in_place_of(own.clone())?;
        Ok(if self.is_sealed(own) || self.is_sealed(&main) { own.clone() } else { main })
    }

    pub(super) fn status_of(
        &self,
        reason: &'static str,
        ticket: &Ticket,
    ) -> Result<Handled, Fault> {
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
