//! Which ticket a citizen's message belongs to (procedure.md section 11), and what belongs to a case of the closed path, whose
//! messages nobody else may read (12.7).

use super::intake::Desk;
use super::{cases, earlier, sealing, unreached};
use crate::complaint::Reading;
use crate::number::TicketNumber;
use crate::store::inbox::Inbound;
use crate::store::tickets::Ticket;
use crate::store::{Fault, inbox, tickets};
use crate::ticket::{CloseReason, Stage};

impl Desk<'_> {
    /// Number named, then a repeat; without a unit a waiting question, a second message, and last what can only belong to a case
    /// of the closed path.
    ///
    /// An ordinary question that waits goes before a case of the closed path: whoever was asked answers that. What names a unit, or
    /// several, is a new ticket, also of somebody who has such a case: it would lose its own way otherwise.
    pub(super) fn matching(
        &self,
        text: &str,
        reading: &Reading,
        known: &[Ticket],
    ) -> Result<Option<(Ticket, &'static str)>, Fault> {
        if let Some(number) = reading.number
            && let Some(ticket) = self.of_number(number)?
        {
            return Ok(Some((ticket, "NOMOR_DISEBUT")));
        }
        // Windows lie between messages: a message that had to wait for intake is read as if it had not.
        let received_at = self.message.received_at;
        let repeat_since = earlier(received_at, self.office.limits.repeat_window);
        let recent = inbox::recent_of(self.tx, &self.message.sender, repeat_since)?;
        if let Some(ticket) = self.repeated(text, &recent, known)? {
            return Ok(Some((ticket, "BERULANG")));
        }
        // A code that leaves open which unit is meant is one all the same.
        if reading.unit.is_some() || reading.undecided {
            return Ok(None);
        }
        if let Some(asked) = self.asked(known)? {
            return Ok(Some((asked, "KELENGKAPAN")));
        }
        // A courtesy or a command in between does not break the thread.
        let addition_since = earlier(received_at, self.office.limits.addition_window);
        let last = recent
            .iter()
            .filter(|message| message.received_at >= addition_since)
            .filter_map(|message| message.ticket_id)
            .find_map(|id| known.iter().find(|ticket| ticket.id == id && self.takes_more(ticket)));
        let belongs = match last {
            Some(last) => Some(last),
            None => self.only_sealed(known)?,
        };
        Ok(belongs.map(|ticket| (ticket.clone(), "SUSULAN")))
    }

    /// The ticket whose question waits for its citizen: an ordinary one, or one of the closed path that was asked about before.
    pub(super) fn asked(&self, known: &[Ticket]) -> Result<Option<Ticket>, Fault> {
        if let Some(waiting) = known.iter().find(|ticket| ticket.stage == Stage::WaitingCitizen) {
            return Ok(Some(waiting.clone()));
        }
        for sealed in known.iter().filter(|ticket| ticket.stage == Stage::EthicsClosed) {
            if self.was_asked(sealed)? {
                return Ok(Some(sealed.clone()));
            }
        }
        Ok(None)
    }

    /// The ticket that goes on under a number which the text names: the own one of it, or of the own one that was joined to it; that
    /// one's main ticket where that is this handset's too.
    fn of_number(&self, number: TicketNumber) -> Result<Option<Ticket>, Fault> {
        let own = match self.own_of(number)? {
            Some(own) => Some(own),
            None => self.joined_to(number)?,
        };
        let Some(own) = own else { return Ok(None) };
        let main = self.in_place_of(own.clone())?;
        let goes_on = self.takes_more(&main) || self.is_sealed(&own);
        let takes = if self.is_own(&main) { main } else { own };
        Ok(goes_on.then_some(takes))
    }

    /// The ticket of the same text, the first one that was sent lately and can still take it.
    pub(super) fn repeated(
        &self,
        text: &str,
        recent: &[Inbound],
        known: &[Ticket],
    ) -> Result<Option<Ticket>, Fault> {
        let squashed = crate::ticket::squash(text);
        let same = recent
            .iter()
            .rev()
            .filter(|earlier| matches!(earlier.outcome.as_deref(), Some("ticket" | "addition")))
            .filter(|earlier| {
                earlier.text.as_deref().is_some_and(|text| crate::ticket::squash(text) == squashed)
            })
            .filter_map(|earlier| earlier.ticket_id);
        for id in same {
            let ticket = match known.iter().find(|ticket| ticket.id == id) {
                Some(ticket) => Some(ticket.clone()),
                // Somebody without a number has no others; but the same text may have been entered twice.
                None if self.citizen.is_none() => {
                    tickets::by_id(self.tx, id)?.filter(|one| self.exists(one))
                }
                None => None,
            };
            if let Some(ticket) = ticket
                && self.takes_repeat(&ticket)?
            {
                return Ok(Some(ticket));
            }
        }
        Ok(None)
    }

    /// Whether the same text again goes to a ticket: as long as its matter goes on, or lies on the closed path. Behind the end of it the
    /// citizen means another time, or does as `TIDAK_DIPROSES` says ("kirim ulang"); only spam and mere abuse stay what they were, however
    /// often they come.
    fn takes_repeat(&self, ticket: &Ticket) -> Result<bool, Fault> {
        let is_noise = matches!(ticket.closed_as, Some(CloseReason::Spam | CloseReason::Abuse));
        let main = self.in_place_of(ticket.clone())?;
        Ok((!ticket.is_open() && is_noise) || self.takes_more(&main) || self.is_sealed(ticket))
    }

    /// Whether a ticket is on the closed path, whatever became of it there.
    pub(super) fn is_sealed(&self, ticket: &Ticket) -> bool {
        cases::case(self.office, ticket).on_closed_path()
    }

    /// Whether a message that points at a ticket goes to it: to an ordinary one until its end, and to one of the closed path
    /// always, since a ticket of its own would show to all what was sealed.
    fn takes_more(&self, ticket: &Ticket) -> bool {
        ticket.is_open() || self.is_sealed(ticket)
    }

    /// Whether the citizen was asked before the ticket was sealed, and has not written to it since.
    fn was_asked(&self, ticket: &Ticket) -> Result<bool, Fault> {
        let Some(question) = unreached::last_question(self.tx, ticket.id)? else {
            return Ok(false);
        };
        let messages = inbox::of_ticket(self.tx, ticket.id)?;
        Ok(messages.iter().all(|message| message.received_at < question.created_at))
    }

    /// The latest case of the closed path that is decided on, or lies with the authorised body, where the handset has no open
    /// ordinary ticket that the message could belong to as well.
    fn only_sealed<'t>(&self, known: &'t [Ticket]) -> Result<Option<&'t Ticket>, Fault> {
        if known.iter().any(|ticket| ticket.is_open() && !self.is_sealed(ticket)) {
            return Ok(None);
        }
        for ticket in known {
            if self.is_in_hand(ticket)? {
                return Ok(Some(ticket));
            }
        }
        Ok(None)
    }

    /// Whether a case of the closed path is decided on or lies with the authorised body, by itself or as the ticket to which it
    /// was joined.
    fn is_in_hand(&self, ticket: &Ticket) -> Result<bool, Fault> {
        if !self.is_sealed(ticket) {
            return Ok(false);
        }
        let main = sealing::main_of(self.tx, ticket.clone())?;
        Ok(main.stage == Stage::EthicsClosed || main.closed_as == Some(CloseReason::HandedOver))
    }
}
