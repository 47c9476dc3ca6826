//! News of a ticket whose number its citizen names. Section 10 of procedure.md reads such a sentence as STATUS, section 11 adds it:
//! what tells of the matter and asks nothing is for the officers, and nothing of it may reach nobody.

use serde_json::json;

use super::commands::tells_more;
use super::intake::{Desk, Handled};
use super::{cases, earlier, marking};
use crate::complaint::{
    Certainty, Flag, Kind, Reading, answers_beside_number, asks_after_report, flags_of,
    read_as_complaint, reports,
};
use crate::store::tickets::Ticket;
use crate::store::{Fault, inbox, tickets};
use crate::ticket::Stage;

impl Desk<'_> {
    /// What becomes of a text that names the own ticket `own`, which `main` answers; nothing where the text asks after it. What tells
    /// of a matter that has ended is a new one: only BELUM opens an answered case again (T21), and only a ketua a closed one (T23); so
    /// is an emergency, whatever is asked beside it.
    pub(super) fn news(
        &self,
        text: &str,
        reading: &Reading,
        (own, main, main_is_own): (&Ticket, &Ticket, bool),
    ) -> Result<Option<Handled>, Fault> {
        // What another citizen reads in a copy of the own data is not for this one to write in.
        let takes = if main_is_own { main } else { own };
        let answers = tells_more(text) || answers_beside_number(text);
        if main_is_own && main.stage == Stage::WaitingCitizen && answers {
            return self.add_to(main.clone(), "KELENGKAPAN").map(Some);
        }
        let tells = reading.number.is_some() && reports(text);
        let is_sealed = self.is_sealed(main) || self.is_sealed(takes);
        if is_sealed && (tells || tells_more(text) || self.is_emergency(text)) {
            return self.add_to(takes.clone(), "NOMOR_DISEBUT").map(Some);
        }
        if main.is_open() {
            if tells {
                return self.add_to(takes.clone(), "NOMOR_DISEBUT").map(Some);
            }
            // Who sorts a new one reads all of it.
            if main.stage != Stage::New && marking::is_grave(text, &self.office.directory) {
                self.tell_of(takes)?;
            }
            return Ok(None);
        }
        if tells || self.is_emergency(text) {
            return self.anew(text, reading, Some(own)).map(Some);
        }
        if marking::is_grave(text, &self.office.directory) {
            self.tell_of(takes)?;
        }
        Ok(None)
    }

    /// How a text is read that is another thing to who knows the sender's tickets.
    pub(super) fn read_again(
        &self,
        text: &str,
        reading: &Reading,
    ) -> Result<Option<Reading>, Fault> {
        match reading.kind {
            Kind::Status => self.without_foreign_number(text, reading),
            Kind::Unsatisfied => self.no_as_answer(text, reading),
            Kind::Complaint | Kind::Help | Kind::Codes | Kind::Stop | Kind::Start => Ok(None),
            // An emergency beside the number is news of the ticket, whatever else is said of it.
            Kind::Satisfied | Kind::Withdraw => Ok(self
                .is_emergency(text)
                .then(|| Reading { kind: Kind::Status, ..reading.clone() })),
        }
    }

    /// BELUM without a number says no to what the office has asked, where the citizen has heard of that last.
    fn no_as_answer(&self, text: &str, reading: &Reading) -> Result<Option<Reading>, Fault> {
        if reading.number.is_some() || reading.flags.contains(&Flag::BadNumber) {
            return Ok(None);
        }
        let known = self.own_tickets()?;
        let answers = if let Some(named) = self.named() {
            named.stage == Stage::WaitingCitizen
        } else {
            let answered = self.last_answered(&known)?.map(|(_, at)| at);
            self.asked(&known)?
                .is_some_and(|asked| answered.is_none_or(|at| at < asked.stage_since))
        };
        Ok(answers.then(|| read_as_complaint(text, &self.office.directory)))
    }

    /// The reading of a text whose number is no ticket of this handset, where it does not ask after one: the same as if it held no
    /// number, and the same whether another handset has such a ticket or nobody.
    fn without_foreign_number(
        &self,
        text: &str,
        reading: &Reading,
    ) -> Result<Option<Reading>, Fault> {
        let Some(number) = reading.number else { return Ok(None) };
        let known = self.own_tickets()?;
        let is_named = self.named().is_some_and(|named| named.number == number);
        if is_named || self.has_part_in(number)? {
            return Ok(None);
        }
        let is_asked = self.asked(&known)?.is_some();
        let is_asked =
            is_asked || self.named().is_some_and(|named| named.stage == Stage::WaitingCitizen);
        let asks = asks_after_report(text, is_asked);
        Ok((!asks).then(|| read_as_complaint(text, &self.office.directory)))
    }

    /// What becomes of a text about a ticket that this handset does not have, where it tells of an emergency: nobody would read it
    /// otherwise.
    pub(super) fn of_nobodys(
        &self,
        text: &str,
        reading: &Reading,
    ) -> Result<Option<Handled>, Fault> {
        if !self.is_emergency(text) {
            return Ok(None);
        }
        self.anew(text, reading, None).map(Some)
    }

    fn is_emergency(&self, text: &str) -> bool {
        flags_of(text, &self.office.directory).contains(&Flag::Emergency)
    }

    /// A new ticket that refers to the own ended one `old`, where there is one. Which unit it is for is chosen by a petugas, to whom
    /// the old one's is suggested: what happens now may be another's matter.
    fn anew(&self, text: &str, reading: &Reading, old: Option<&Ticket>) -> Result<Handled, Fault> {
        let since = earlier(self.message.received_at, self.office.limits.repeat_window);
        let recent = inbox::recent_of(self.tx, &self.message.sender, since)?;
        if let Some(ticket) = self.repeated(text, &recent, &self.own_tickets()?)? {
            return self.add_to(ticket, "BERULANG");
        }
        let directory = &self.office.directory;
        let before =
            old.and_then(|old| old.unit.as_deref()).and_then(|code| directory.holder(code));
        let reading = Reading {
            unit: None,
            certainty: Certainty::None,
            by_hash: false,
            body: text.to_owned(),
            kind: Kind::Complaint,
            number: reading.number,
            flags: flags_of(text, directory),
            suggestions: before.map(|unit| unit.code.clone()).into_iter().collect(),
            named: Vec::new(),
            undecided: false,
        };
        let handled = self.open(text, &reading)?;
        if let (Some(id), Some(old)) = (handled.ticket_id, old) {
            let detail = json!({ "tiket": old.number.to_string() });
            cases::remark(self.tx, id, "sistem", "MERUJUK", detail, self.now)?;
        }
        Ok(handled)
    }

    /// Shows whoever has a ticket in hand that something came to it; of a joined one, whoever has the main ticket, whose trail gets
    /// its number and nothing of what was written.
    pub(super) fn tell_of(&self, ticket: &Ticket) -> Result<(), Fault> {
        let main = self.in_place_of(ticket.clone())?;
        if main.id != ticket.id {
            let detail = json!({ "nomor": ticket.number.to_string() });
            cases::remark(self.tx, main.id, "sistem", "TAMBAHAN_GABUNGAN", detail, self.now)?;
        }
        tickets::later_message(self.tx, main.id, self.now)
    }
}
