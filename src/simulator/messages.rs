//! The message commands in PDU mode (3GPP TS 27.005 §3 and §4). Text mode is refused.

use super::command_line::{Command, Form};
use super::failure::Failure;
use super::modem::{Modem, Timer};
use super::profile::{BEFORE_REPORTS, EmptyPlace, ReportStore};
use super::routing::tpdu_octets;
use super::storage::{Status, Stored};
use super::terminal::Outcome;
use crate::sms;

/// Octets that a TPDU can have at most: an SMS-SUBMIT with the longest address and validity (3GPP TS 23.040 §9.2.2.2).
const TPDU_OCTETS_MAX: u32 = 164;

/// What the PDU after a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// `AT+CMGS`: to the network.
    Send { octets: u32 },
    /// `AT+CMGW`: into the second store.
    Write { octets: u32, status: Status },
    /// `AT+CNMA=<n>,<length>`: the acknowledgement's own TPDU.
    Acknowledge { octets: u32, positive: bool },
}

impl Modem {
    /// Carries out a message command; `None` when it is none.
    pub(super) fn message_command(&mut self, command: &Command) -> Option<Outcome> {
        let run: fn(&mut Self, &Command) -> Outcome = match command.name.as_str() {
            "+CMGF" => Self::message_format,
            "+CSMS" => Self::service,
            "+CSCA" => Self::centre,
            "+CPMS" => Self::preferred_stores,
            "+CNMI" => Self::notification,
            "+CMGL" => Self::list,
            "+CMGR" => Self::read,
            "+CMGD" => Self::delete,
            "+CMGS" => Self::send,
            "+CMGW" => Self::write,
            "+CMSS" => Self::send_stored,
            "+CMMS" => Self::keep_link,
            "+CNMA" => Self::acknowledge,
            _ => return None,
        };
        if self.is_deaf() && matches!(command.name.as_str(), "+CPMS" | "+CMGL" | "+CMGR") {
            return Some(Outcome::Failed(Failure::Cms(500)));
        }
        let needs_nothing = matches!(command.form, Form::Test) && command.name != "+CMGD";
        Some(match self.message_service() {
            Err(failure) if !needs_nothing => Outcome::Failed(failure),
            Ok(()) | Err(_) => run(self, command),
        })
    }

    /// Whether the card is open and the message service has started.
    fn message_service(&self) -> Result<(), Failure> {
        let refused = self.card.refusal().or((!self.card_ready).then_some(Failure::Cme(14)));
        match refused {
            Some(Failure::Cme(code)) if !self.profile.card_errors_as_cme => {
                Err(Failure::Cms(match code {
                    10 => 310,
                    11 => 311,
                    12 => 316,
                    14 => 314,
                    _ => 313,
                }))
            }
            Some(failure) => Err(failure),
            None if self.service_ready => Ok(()),
            None => Err(self.profile.starting),
        }
    }

    fn message_format(&mut self, command: &Command) -> Outcome {
        match (&command.form, command.number(0)) {
            (Form::Test, _) => self.answer(&["+CMGF: (0)".to_owned()]),
            (Form::Read, _) => self.answer(&["+CMGF: 0".to_owned()]),
            (_, Ok(None | Some(0))) => Outcome::Done,
            _ => Outcome::Failed(Failure::Plain),
        }
    }

    /// `AT+CSMS`, §3.2.1: phase 2+ wants an acknowledgement for what is routed.
    fn service(&mut self, command: &Command) -> Outcome {
        match (&command.form, command.number(0)) {
            (Form::Test, _) if !self.profile.phase_2 => self.answer(&["+CSMS: (0)".to_owned()]),
            (Form::Test, _) => self.answer(&["+CSMS: (0,1)".to_owned()]),
            (Form::Read, _) => {
                let service = u8::from(self.settings.phase_2);
                self.answer(&[format!("+CSMS: {service},1,1,1")])
            }
            (_, Ok(Some(1))) if !self.profile.phase_2 => Outcome::Failed(Failure::Cms(303)),
            (_, Ok(Some(service @ (0 | 1)))) => {
                self.settings.phase_2 = service == 1;
                self.answer(&["+CSMS: 1,1,1".to_owned()])
            }
            _ => Outcome::Failed(Failure::Cms(303)),
        }
    }

    /// `AT+CSCA`, §3.3.1; it is written to the card.
    fn centre(&mut self, command: &Command) -> Outcome {
        match &command.form {
            Form::Test => Outcome::Done,
            Form::Read | Form::Run => {
                let kind = if self.card.centre.starts_with('+') { 145 } else { 129 };
                let line = format!("+CSCA: \"{}\",{kind}", self.card.centre);
                self.answer(&[line])
            }
            Form::Set(_) => {
                let Some(number) = command.text(0) else {
                    return Outcome::Failed(Failure::Cms(304));
                };
                let kind = command.number(1).ok().flatten();
                let digits = number.strip_prefix('+').unwrap_or(&number);
                if digits.len() > 20 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
                    return Outcome::Failed(Failure::Cms(304));
                }
                let international = number.starts_with('+') || kind == Some(145);
                self.card.centre = format!("{}{digits}", if international { "+" } else { "" });
                Outcome::Done
            }
        }
    }

    /// `AT+CPMS`, §3.2.2.
    fn preferred_stores(&mut self, command: &Command) -> Outcome {
        let slots = self.profile.store_choices.len();
        match &command.form {
            Form::Test => return self.answer(&[format!("+CPMS: {}", self.profile.store_test)]),
            Form::Read => {
                let levels = self
                    .levels(slots, |name, taken, places| format!("\"{name}\",{taken},{places}"));
                return self.answer(&[format!("+CPMS: {levels}")]);
            }
            Form::Run => return Outcome::Failed(self.profile.refusal),
            Form::Set(arguments) if arguments.len() > slots => {
                return Outcome::Failed(self.profile.refusal);
            }
            Form::Set(_) => {}
        }
        let mut chosen = self.settings.memories;
        for (place, slot) in chosen.iter_mut().enumerate().take(slots) {
            let Some(wanted) = command.text(place).map(|name| name.to_ascii_uppercase()) else {
                continue;
            };
            let choices = self.profile.store_choices.get(place).copied().unwrap_or(&[]);
            match choices.iter().find(|name| **name == wanted) {
                Some(name) => *slot = name,
                None => return Outcome::Failed(self.profile.refusal),
            }
        }
        self.settings.memories = chosen;
        let levels = self.levels(slots, |_, taken, places| format!("{taken},{places}"));
        self.answer(&[format!("+CPMS: {levels}")])
    }

    fn levels(&self, slots: usize, show: impl Fn(&str, usize, usize) -> String) -> String {
        let shown: Vec<String> = self
            .settings
            .memories
            .iter()
            .take(slots)
            .map(|name| {
                let (taken, places) = self.stores.level(name);
                show(name, taken, places)
            })
            .collect();
        shown.join(",")
    }

    /// `AT+CNMI`, §3.4.1; values left out stay as they are.
    fn notification(&mut self, command: &Command) -> Outcome {
        match &command.form {
            Form::Test => return self.answer(&[format!("+CNMI: {}", self.profile.cnmi_test)]),
            Form::Read => {
                let values = self.settings.cnmi.map(|value| value.to_string()).join(",");
                return self.answer(&[format!("+CNMI: {values}")]);
            }
            Form::Set(arguments) if arguments.len() > 5 => {
                return Outcome::Failed(self.profile.refusal);
            }
            Form::Run | Form::Set(_) => {}
        }
        let mut wanted = self.settings.cnmi;
        for (place, (value, offered)) in wanted.iter_mut().zip(self.profile.cnmi).enumerate() {
            match command.number(place) {
                Ok(None) => {}
                Ok(Some(number))
                    if offered.contains(&number)
                        && !self.profile.cnmi_refused.contains(&(place, number)) =>
                {
                    *value = number;
                }
                Ok(Some(_)) | Err(_) => return Outcome::Failed(self.profile.refusal),
            }
        }
        let [mode, messages, _, reports, clear] = wanted;
        let routes = messages >= 2 || reports == 1;
        if routes && self.profile.direct_needs_phase_2 && !self.settings.phase_2 {
            return Outcome::Failed(self.profile.refusal);
        }
        self.settings.cnmi = wanted;
        if mode > 0 {
            let buffered = std::mem::take(&mut self.buffered);
            if clear == 0 {
                for line in buffered {
                    self.notice(line);
                }
            }
        }
        Outcome::Done
    }

    /// `AT+CMGL`, §4.1: what it lists as unread is read from then on.
    fn list(&mut self, command: &Command) -> Outcome {
        let status = match (&command.form, command.number(0)) {
            (Form::Test, _) => return self.answer(&["+CMGL: (0-4)".to_owned()]),
            (_, Ok(status)) => status.unwrap_or(0),
            (_, Err(_)) => return Outcome::Failed(Failure::Cms(302)),
        };
        if status > 4 {
            return Outcome::Failed(Failure::Cms(302));
        }
        let store = self.first_store();
        let chosen: Vec<(usize, Stored)> = self
            .stores
            .list(store)
            .into_iter()
            .filter(|(_, stored)| status == 4 || stored.status as u32 == status)
            .map(|(index, stored)| (index, stored.clone()))
            .collect();
        let mut lines = Vec::with_capacity(chosen.len() * 2);
        for (index, stored) in chosen {
            let stat = stored.status as u8;
            lines.push(format!("+CMGL: {index},{stat},,{}", tpdu_octets(&stored.pdu)));
            lines.push(self.shown(store, &stored.pdu));
            self.mark_read(store, index);
        }
        self.answer(&lines)
    }

    /// `AT+CMGR`, §4.2.
    fn read(&mut self, command: &Command) -> Outcome {
        let index = match (&command.form, place(command)) {
            (Form::Test, _) => return Outcome::Done,
            (_, Some(index)) => index,
            (_, None) => return Outcome::Failed(Failure::Cms(321)),
        };
        let store = self.first_store();
        match self.stores.at(store, index) {
            Ok(Some(stored)) => {
                // A report has no status of its own on the families that keep them.
                let stat =
                    if store == "SR" { String::new() } else { (stored.status as u8).to_string() };
                let pdu = stored.pdu.clone();
                let header = format!("+CMGR: {stat},,{}", tpdu_octets(&pdu));
                let lines = [header, self.shown(store, &pdu)];
                self.mark_read(store, index);
                self.answer(&lines)
            }
            Ok(None) if self.profile.empty_place == EmptyPlace::BareOk => Outcome::Done,
            Ok(None) | Err(_) => Outcome::Failed(Failure::Cms(321)),
        }
    }

    /// A PDU as this firmware shows it.
    fn shown(&self, store: &str, pdu: &[u8]) -> String {
        let is_mangled = store == "SR" && self.profile.reports == ReportStore::Mangled;
        match sms::split_smsc(pdu) {
            // The centre's address is lost too.
            Ok((_, tpdu)) if is_mangled => sms::hex::encode(
                &[&BEFORE_REPORTS, sms::encode_smsc(None).as_slice(), tpdu].concat(),
            ),
            Ok(_) | Err(_) => sms::hex::encode(pdu),
        }
    }

    fn mark_read(&mut self, store: &'static str, index: usize) {
        if let Ok(Some(stored)) = self.stores.at(store, index)
            && stored.status == Status::Unread
        {
            stored.status = Status::Read;
        }
    }

    /// `AT+CMGD`, §3.5.4.
    fn delete(&mut self, command: &Command) -> Outcome {
        let store = self.first_store();
        if command.form == Form::Test {
            let places = if self.profile.delete_test_lists_taken {
                let taken: Vec<String> =
                    self.stores.list(store).iter().map(|(index, _)| index.to_string()).collect();
                taken.join(",")
            } else {
                let (low, high) = self.stores.range(store).unwrap_or_default();
                format!("{low}-{high}")
            };
            return self.answer(&[format!("+CMGD: ({places}),(0-4)")]);
        }
        let flag = match command.number(1) {
            Ok(flag) => flag.unwrap_or(0),
            Err(_) => return Outcome::Failed(Failure::Cms(302)),
        };
        let goes: fn(Status) -> bool = match flag {
            0 => {
                let Some(index) = place(command) else { return Outcome::Failed(Failure::Cms(321)) };
                return match self.stores.delete(store, index) {
                    Ok(freed) => {
                        self.places_freed(usize::from(freed.is_some()));
                        if let Some(freed) = freed.filter(|_| self.profile.deletes_together) {
                            self.delete_with(store, &freed);
                        }
                        Outcome::Done
                    }
                    Err(_) => Outcome::Failed(Failure::Cms(321)),
                };
            }
            1 => |status| status == Status::Read,
            2 => |status| matches!(status, Status::Read | Status::Sent),
            3 => |status| status != Status::Unread,
            4 => |_| true,
            _ => return Outcome::Failed(Failure::Cms(302)),
        };
        let freed = self.stores.delete_where(store, goes);
        self.places_freed(freed);
        Outcome::Done
    }

    /// The other parts go with the first one.
    fn delete_with(&mut self, store: &str, first: &Stored) {
        let Some((from, whole)) = part_of(&first.pdu).filter(|(_, concat)| concat.part == 1) else {
            return;
        };
        let is_other = |stored: &Stored| {
            part_of(&stored.pdu).is_some_and(|(sender, concat)| {
                sender == from && (concat.reference, concat.total) == (whole.reference, whole.total)
            })
        };
        let all = self.stores.list(store).into_iter();
        let others: Vec<usize> =
            all.filter(|(_, stored)| is_other(stored)).map(|(index, _)| index).collect();
        for index in others {
            let freed = self.stores.delete(store, index);
            self.places_freed(usize::from(matches!(freed, Ok(Some(_)))));
        }
    }

    /// `AT+CMGS`, §4.3.
    fn send(&mut self, command: &Command) -> Outcome {
        match (&command.form, tpdu_length(command)) {
            (Form::Test, _) => Outcome::Done,
            (Form::Set(_), Some(octets)) => self.prompt(Purpose::Send { octets }),
            _ => Outcome::Failed(Failure::Cms(304)),
        }
    }

    /// `AT+CMGW`, §4.4.
    fn write(&mut self, command: &Command) -> Outcome {
        let status = match command.number(1) {
            Ok(Some(0)) => Status::Unread,
            Ok(Some(1)) => Status::Read,
            Ok(None | Some(2)) => Status::Unsent,
            Ok(Some(3)) => Status::Sent,
            Ok(Some(_)) | Err(_) => return Outcome::Failed(Failure::Cms(302)),
        };
        match (&command.form, tpdu_length(command)) {
            (Form::Test, _) => Outcome::Done,
            (Form::Set(_), Some(octets)) => self.prompt(Purpose::Write { octets, status }),
            _ => Outcome::Failed(Failure::Cms(304)),
        }
    }

    /// `AT+CMSS`, §4.7.
    fn send_stored(&mut self, command: &Command) -> Outcome {
        let [_, second, _] = self.settings.memories;
        let stored = place(command).and_then(|index| self.stores.at(second, index).ok().flatten());
        match (&command.form, stored) {
            (Form::Test, _) => Outcome::Done,
            (_, None) => Outcome::Failed(Failure::Cms(321)),
            (_, Some(stored)) if !is_submission(&stored.pdu) => Outcome::Failed(Failure::Cms(302)),
            (_, Some(stored)) => {
                stored.status = Status::Sent;
                let pdu = stored.pdu.clone();
                self.hand_over(pdu)
            }
        }
    }

    /// `AT+CMMS`, §3.5.6. Here it is only remembered: this network's link needs no keeping.
    fn keep_link(&mut self, command: &Command) -> Outcome {
        if !self.profile.keeps_link {
            return Outcome::Failed(Failure::Cms(500));
        }
        match (&command.form, command.number(0)) {
            (Form::Test, _) => self.answer(&["+CMMS: (0-2)".to_owned()]),
            (Form::Read, _) => {
                let link = self.settings.link;
                self.answer(&[format!("+CMMS: {link}")])
            }
            (_, Ok(Some(link @ 0..=2))) => {
                self.settings.link = link;
                Outcome::Done
            }
            _ => Outcome::Failed(Failure::Cms(302)),
        }
    }

    /// `AT+CNMA`, §3.4.4.
    fn acknowledge(&mut self, command: &Command) -> Outcome {
        if command.form == Form::Test {
            return self.answer(&["+CNMA: (0-2)".to_owned()]);
        }
        if self.awaited.is_none() {
            return Outcome::Failed(Failure::Cms(340));
        }
        let (Ok(verdict), Ok(octets)) = (command.number(0), command.number(1)) else {
            return Outcome::Failed(Failure::Cms(304));
        };
        let positive = match verdict.unwrap_or(0) {
            0 | 1 => true,
            2 => false,
            _ => return Outcome::Failed(Failure::Cms(302)),
        };
        match octets {
            None | Some(0) => {
                self.acknowledged(positive);
                Outcome::Done
            }
            Some(octets) if octets <= TPDU_OCTETS_MAX => {
                self.prompt(Purpose::Acknowledge { octets, positive })
            }
            Some(_) => Outcome::Failed(Failure::Cms(304)),
        }
    }

    /// Takes what was typed at a prompt and ended with Ctrl-Z.
    pub(super) fn take_pdu(&mut self, purpose: Purpose, digits: &[u8]) -> Outcome {
        let pdu =
            std::str::from_utf8(digits).ok().and_then(|text| sms::hex::decode(text.trim()).ok());
        let Some(pdu) = pdu else { return Outcome::Failed(Failure::Cms(304)) };
        match purpose {
            Purpose::Send { octets } => {
                if u32::try_from(tpdu_octets(&pdu)) != Ok(octets) || !is_submission(&pdu) {
                    return Outcome::Failed(Failure::Cms(304));
                }
                self.hand_over(pdu)
            }
            Purpose::Write { octets, status } => {
                if u32::try_from(tpdu_octets(&pdu)) != Ok(octets) {
                    return Outcome::Failed(Failure::Cms(304));
                }
                let [_, second, _] = self.settings.memories;
                match self.stores.put(second, Stored { status, pdu }) {
                    Some(index) => self.answer(&[format!("+CMGW: {index}")]),
                    None => Outcome::Failed(Failure::Cms(322)),
                }
            }
            Purpose::Acknowledge { octets, positive } => {
                // An acknowledgement is a TPDU alone: no message centre stands before it.
                if u32::try_from(pdu.len()) != Ok(octets) {
                    return Outcome::Failed(Failure::Cms(304));
                }
                self.acknowledged(positive);
                Outcome::Done
            }
        }
    }

    /// To the network, if there is one and the centre is known.
    fn hand_over(&mut self, pdu: Vec<u8>) -> Outcome {
        if pdu.first() == Some(&0) && self.card.centre.is_empty() {
            return Outcome::Failed(Failure::Cms(330));
        }
        if !self.registration.serves() {
            return Outcome::Failed(Failure::Cms(331));
        }
        self.submit(pdu)
    }

    /// The store that is listed, read and deleted from.
    fn first_store(&self) -> &'static str {
        let [first, _, _] = self.settings.memories;
        first
    }

    /// Places became free: the network may deliver what found none.
    fn places_freed(&mut self, freed: usize) {
        if freed > 0 && std::mem::take(&mut self.was_full) {
            self.memory_available();
        }
    }

    /// The acknowledgement has come.
    fn acknowledged(&mut self, positive: bool) {
        self.awaited = None;
        self.cancel(&Timer::Unacknowledged);
        self.tell_acknowledged(positive);
    }
}

/// Who wrote a part of a long message, and which part it is.
fn part_of(pdu: &[u8]) -> Option<(sms::Address, sms::Concat)> {
    let (_, tpdu) = sms::split_smsc(pdu).ok()?;
    let deliver = sms::Deliver::decode(tpdu).ok()?;
    let concat = deliver.concat()?;
    Some((deliver.originator, concat))
}

/// The place a command names.
fn place(command: &Command) -> Option<usize> {
    usize::try_from(command.number(0).ok()??).ok()
}

/// The length a command announces, if a TPDU can have it.
fn tpdu_length(command: &Command) -> Option<u32> {
    command.number(0).ok()?.filter(|octets| (1..=TPDU_OCTETS_MAX).contains(octets))
}

/// SMS-SUBMIT or SMS-COMMAND behind a message centre address (3GPP TS 23.040 §9.2.3.1).
fn is_submission(pdu: &[u8]) -> bool {
    sms::split_smsc(pdu).is_ok_and(|(_, tpdu)| {
        tpdu.len() > 2 && matches!(tpdu.first().map(|octet| octet & 0b11), Some(0b01 | 0b10))
    })
}
