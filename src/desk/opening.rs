//! A complaint becomes a ticket or is added to one: T1, repeats, corrected codes (procedure.md sections 10 and 11).

use chrono::{DateTime, Datelike, Utc};
use serde_json::json;

use super::giving::BY_SMS;
use super::intake::{Desk, Handled, silence};
use super::{Error, Office, alarming, cases, earlier, reminding};
use crate::complaint::{Certainty, Flag, Reading, UnitCode, answers};
use crate::mutation::Mutation;
use crate::number::TicketNumber;
use crate::store::inbox::Outcome;
use crate::store::tickets::Ticket;
use crate::store::{Fault, tickets, trail};
use crate::ticket::clock::Clocks;
use crate::ticket::{Action, Actor, Stage};
use crate::words::Key;

impl Desk<'_> {
    pub(super) fn complaint(&self, text: &str, reading: &Reading) -> Result<Handled, Fault> {
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
    pub(super) fn code_only(
        &self,
        reading: &Reading,
        known: Vec<Ticket>,
    ) -> Result<Handled, Fault> {
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
    pub(super) fn correct_unit(
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

    pub(super) fn set_unit(&self, ticket: &mut Ticket, unit: Option<&UnitCode>) {
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
