//! The general commands (3GPP TS 27.007, V.250 and the vendors'); message commands are in [`super::messages`].

use super::command_line::{Command, Form, NotANumber};
use super::failure::Failure;
use super::modem::{Event, Modem, Registration, Timer};
use super::profile::TriesCommand;
use super::sim::SimState;
use super::terminal::{Outcome, Settings};
use crate::sms;

/// Location area, cell and access technology in `AT+CREG?` of mode 2 are the same everywhere in this small world.
const REGISTRATIONS: [&str; 3] = ["+CREG", "+CGREG", "+CEREG"];
/// Character sets of `AT+CSCS`. Only USSD texts follow it here.
const CHARACTER_SETS: [&str; 4] = ["GSM", "IRA", "UCS2", "HEX"];
/// The home network as number (`AT+COPS=3,2`).
const OPERATOR_CODE: &str = "51010";

impl From<NotANumber> for Failure {
    fn from(_: NotANumber) -> Self {
        Self::Cme(50)
    }
}

impl Modem {
    /// Carries out one command.
    pub(super) fn execute(&mut self, command: &Command) -> Outcome {
        if self.busy_answers_left > 0 && command.name.starts_with('+') {
            self.busy_answers_left -= 1;
            return Outcome::Failed(Failure::Cme(515));
        }
        match self
            .basic(command)
            .or_else(|| self.identity(command))
            .or_else(|| self.mobile(command))
        {
            Some(outcome) => outcome,
            None => self.message_command(command).unwrap_or_else(|| self.unknown()),
        }
    }

    fn unknown(&self) -> Outcome {
        match self.profile.unknown_command {
            Some(words) => Outcome::Unknown(words),
            None if self.settings.cmee == 0 => Outcome::Failed(Failure::Plain),
            None => Outcome::Failed(Failure::Cme(4)),
        }
    }

    /// V.250 §6.
    fn basic(&mut self, command: &Command) -> Option<Outcome> {
        let value = command.number(0).ok().flatten();
        let switch = match value.unwrap_or(0) {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Failure::Plain),
        };
        let outcome = match command.name.as_str() {
            "" | "&W" | "&D" | "&C" | "&K" | "X" | "M" | "L" => Outcome::Done,
            "E" => switch.map(|on| self.settings.echo = on).into(),
            "V" => switch.map(|on| self.settings.verbose = on).into(),
            "Q" => switch.map(|on| self.settings.quiet = on).into(),
            "Z" | "&F" => {
                self.settings =
                    Settings { memories: self.settings.memories, ..Settings::fresh(&self.profile) };
                Outcome::Done
            }
            "I" => {
                let (maker, model, revision) =
                    (self.profile.maker, self.profile.model, self.profile.revision);
                self.info(&[
                    format!("Manufacturer: {}", maker.trim()),
                    format!("Model: {}", model.trim()),
                    format!("Revision: {revision}"),
                    format!("IMEI: {}", self.imei),
                    "+GCAP: +CGSM".to_owned(),
                ]);
                Outcome::Done
            }
            "+CHUP" if !self.profile.knows_chup => self.unknown(),
            "H" | "+CHUP" => {
                if std::mem::take(&mut self.calling) {
                    self.cancel(&Timer::Ring { from: String::new(), left: 0 });
                    self.events.push_back(Event::HungUp);
                }
                Outcome::Done
            }
            name if name.starts_with('S') => match &command.form {
                Form::Read => self.answer(&[if name == "S3" { "013" } else { "000" }.to_owned()]),
                Form::Run | Form::Test | Form::Set(_) => Outcome::Done,
            },
            _ => return None,
        };
        Some(outcome)
    }

    fn identity(&mut self, command: &Command) -> Option<Outcome> {
        let name = command.name.as_str();
        if let Some((_, prefix)) =
            self.profile.iccid_commands.iter().find(|(known, _)| *known == name)
        {
            let line = format!("{prefix}{}", self.card.iccid);
            return Some(self.with_card(&[line]));
        }
        let text = match name {
            "+CGMI" | "+GMI" => self.profile.maker.to_owned(),
            "+CGMM" | "+GMM" => self.profile.model.to_owned(),
            "+CGMR" | "+GMR" => self.profile.revision.to_owned(),
            "+CGSN" | "+GSN" => self.imei.clone(),
            "+CIMI" => {
                let imsi = self.card.imsi.clone();
                return Some(match command.form {
                    Form::Test => Outcome::Done,
                    Form::Run | Form::Read | Form::Set(_) => self.with_card(&[imsi]),
                });
            }
            "+CNUM" => {
                let kind = if self.card.number.starts_with('+') { 145 } else { 129 };
                let line = format!("+CNUM: \"\",\"{}\",{kind}", self.card.number);
                let lines = if self.card.number_stored { vec![line] } else { Vec::new() };
                return Some(self.with_card(&lines));
            }
            _ => return None,
        };
        Some(match command.form {
            Form::Run => self.answer(&[text]),
            Form::Test => Outcome::Done,
            Form::Read | Form::Set(_) => self.unknown(),
        })
    }

    fn mobile(&mut self, command: &Command) -> Option<Outcome> {
        let outcome = match command.name.as_str() {
            "+CMEE" => self.number_setting(command, "(0-2)", 0..=2, |settings| &mut settings.cmee),
            "+CLIP" => match (&command.form, command.number(0)) {
                (Form::Test, _) => self.answer(&["+CLIP: (0,1)".to_owned()]),
                (Form::Read, _) => {
                    let shown = u8::from(self.settings.caller_shown);
                    self.answer(&[format!("+CLIP: {shown},1")])
                }
                (_, Ok(Some(value @ (0 | 1)))) => {
                    self.settings.caller_shown = value == 1;
                    Outcome::Done
                }
                _ => Outcome::Failed(Failure::Cme(50)),
            },
            _ if command.is(self.profile.restart) => {
                self.restart_after_answer();
                Outcome::Done
            }
            "+CFUN" => self.functionality(command),
            "+CPIN" => self.pin(command),
            "+CPINR" | "^CPIN" | "+SPIC" | "+QPINC" | "+CPINC" | "^SPIC" | "#PCT" | "+ZPINPUK" => {
                return self.tries(command);
            }
            "+CSQ" => match command.form {
                Form::Test => self.answer(&["+CSQ: (0-31,99),(0-7,99)".to_owned()]),
                Form::Run => {
                    let signal = if self.functionality == 1 { self.signal } else { 99 };
                    self.answer(&[format!("+CSQ: {signal},99")])
                }
                Form::Read | Form::Set(_) => self.unknown(),
            },
            "+COPS" => self.operator_selection(command),
            "+CSCS" => self.character_set(command),
            "+CUSD" => self.ussd(command),
            "^USSDMODE" if self.profile.ussd_packed => match command.number(0) {
                Ok(Some(mode @ (0 | 1))) => {
                    self.settings.ussd_packed = mode == 1;
                    Outcome::Done
                }
                _ => Outcome::Failed(Failure::Cme(50)),
            },
            name if self.profile.accepted.contains(&name) => {
                if name == "^PORTSEL" && command.number(0) == Ok(Some(1)) {
                    self.notices_come_here();
                }
                if name == "+QINDCFG" && command.text(0).as_deref() == Some("smsfull") {
                    self.settings.tells_full = command.number(1) == Ok(Some(1));
                }
                Outcome::Done
            }
            name => {
                let place = REGISTRATIONS.iter().position(|known| *known == name)?;
                self.registration_command(command, place)
            }
        };
        Some(outcome)
    }

    /// `AT+CREG` (3GPP TS 27.007 §7.2) and its two kin (§10.1.20, §10.1.22).
    fn registration_command(&mut self, command: &Command, place: usize) -> Outcome {
        let name = &command.name;
        match &command.form {
            Form::Test => self.answer(&[format!("{name}: (0-2)")]),
            Form::Read => {
                let mode = self.settings.registration_notices.get(place).copied().unwrap_or(0);
                let values = self.registration_values(mode);
                self.answer(&[format!("{name}: {mode},{values}")])
            }
            Form::Run | Form::Set(_) => {
                match (command.number(0), self.settings.registration_notices.get_mut(place)) {
                    (Ok(mode), Some(wanted)) if mode.is_none_or(|mode| mode <= 2) => {
                        *wanted = mode.unwrap_or(0);
                        Outcome::Done
                    }
                    _ => Outcome::Failed(Failure::Cme(50)),
                }
            }
        }
    }

    /// `AT+CFUN`, TS 27.007 §8.2.
    fn functionality(&mut self, command: &Command) -> Outcome {
        match &command.form {
            Form::Test => return self.answer(&["+CFUN: (0,1,4),(0,1)".to_owned()]),
            Form::Read => {
                let now = self.functionality;
                return self.answer(&[format!("+CFUN: {now}")]);
            }
            Form::Run | Form::Set(_) => {}
        }
        let (Ok(level), Ok(restart)) = (command.number(0), command.number(1)) else {
            return Outcome::Failed(Failure::Cme(50));
        };
        match (level.unwrap_or(1), restart.unwrap_or(0)) {
            (1, 0) if self.functionality == 1 => Outcome::Done,
            (1, 0) => {
                self.after(self.profile.radio_takes, Timer::RadioOn);
                Outcome::Later
            }
            (level @ (0 | 4), 0) => {
                self.functionality = level;
                self.radio_offs += 1;
                self.cancel(&Timer::Registered);
                self.register(Registration::Idle);
                Outcome::Done
            }
            _ => Outcome::Failed(Failure::Cme(50)),
        }
    }

    /// The radio is on: `AT+CFUN=1` answers, the search begins.
    pub(super) fn radio_on(&mut self) {
        self.functionality = 1;
        if self.card_ready {
            self.begin_search();
        }
        self.finish(Ok(()));
        self.busy_answers_left = self.profile.busy_answers;
    }

    /// `AT+CPIN`, TS 27.007 §8.3.
    fn pin(&mut self, command: &Command) -> Outcome {
        match &command.form {
            Form::Test => return Outcome::Done,
            Form::Run => return self.unknown(),
            Form::Read => {
                let wanted = match self.card.state() {
                    SimState::Ready if !self.card_ready => {
                        return Outcome::Failed(Failure::Cme(14));
                    }
                    SimState::Ready => "READY",
                    SimState::Pin => "SIM PIN",
                    SimState::Puk => "SIM PUK",
                    SimState::Absent => return Outcome::Failed(Failure::Cme(10)),
                    SimState::Dead => return Outcome::Failed(Failure::Cme(13)),
                };
                self.info(&[format!("+CPIN: {wanted}")]);
                return if self.profile.pin_query_without_ok {
                    Outcome::Silent
                } else {
                    Outcome::Done
                };
            }
            Form::Set(_) => {}
        }
        let result = match (command.text(0), command.text(1)) {
            (Some(puk), Some(new_pin)) => self.card.enter_puk(&puk, &new_pin),
            (Some(pin), None) => self.card.enter_pin(&pin),
            (None, _) => Err(Failure::Cme(50)),
        };
        if result.is_ok() {
            self.after(std::time::Duration::ZERO, Timer::CardOpen);
        }
        result.into()
    }

    /// How many tries are left, in the family's own command.
    fn tries(&mut self, command: &Command) -> Option<Outcome> {
        let (pin, puk) = self.card.tries();
        let lines = match (self.profile.tries_command, command.name.as_str()) {
            (TriesCommand::Cpinr, "+CPINR") => vec![
                format!("+CPINR: SIM PIN,{pin},3"),
                format!("+CPINR: SIM PUK,{puk},10"),
                "+CPINR: SIM PIN2,3,3".to_owned(),
                "+CPINR: SIM PUK2,10,10".to_owned(),
            ],
            (TriesCommand::Huawei, "^CPIN") => {
                let (state, times) = match self.card.state() {
                    SimState::Pin => ("SIM PIN", pin.to_string()),
                    SimState::Puk => ("SIM PUK", puk.to_string()),
                    SimState::Ready => ("READY", String::new()),
                    SimState::Absent | SimState::Dead => {
                        return Some(Outcome::Failed(Failure::Cme(13)));
                    }
                };
                vec![format!("^CPIN: {state},{times},{puk},{pin},10,3")]
            }
            (TriesCommand::Spic, "+SPIC") => vec![format!("+SPIC: {pin},{puk},3,10")],
            (TriesCommand::Qpinc, "+QPINC") => {
                vec![format!("+QPINC: \"SC\",{pin},{puk}"), "+QPINC: \"P2\",3,10".to_owned()]
            }
            (TriesCommand::Cpinc, "+CPINC") => vec![format!("+CPINC: {pin},3,{puk},10")],
            (TriesCommand::Siemens, "^SPIC") => vec![format!("^SPIC: {pin}")],
            (TriesCommand::Pct, "#PCT") => vec![format!("#PCT: {pin}")],
            // It answers to the test form.
            (TriesCommand::Zpinpuk, "+ZPINPUK") => {
                return Some(self.answer(&[format!("+ZPINPUK: {pin},{puk}")]));
            }
            _ => return None,
        };
        Some(match command.form {
            Form::Test => Outcome::Done,
            Form::Run | Form::Read | Form::Set(_) => self.answer(&lines),
        })
    }

    /// `AT+COPS`, TS 27.007 §7.3.
    fn operator_selection(&mut self, command: &Command) -> Outcome {
        let name = self.operator.clone();
        match &command.form {
            Form::Test => self.answer(&[format!(
                "+COPS: (2,\"{name}\",\"{name}\",\"{OPERATOR_CODE}\",7),,(0-4),(0-2)"
            )]),
            Form::Read if !self.registration.serves() => self.answer(&["+COPS: 0".to_owned()]),
            Form::Read => {
                let format = self.settings.operator_format;
                let shown = if format == 2 { OPERATOR_CODE } else { &name };
                self.answer(&[format!("+COPS: 0,{format},\"{shown}\",7")])
            }
            Form::Run | Form::Set(_) => match (command.number(0), command.number(1)) {
                (Ok(Some(3)), Ok(Some(format @ 0..=2))) => {
                    self.settings.operator_format = format;
                    Outcome::Done
                }
                (Ok(Some(0..=2 | 4)), Ok(_)) => Outcome::Done,
                _ => Outcome::Failed(Failure::Cme(50)),
            },
        }
    }

    fn character_set(&mut self, command: &Command) -> Outcome {
        match &command.form {
            Form::Test => self.answer(&["+CSCS: (\"GSM\",\"IRA\",\"UCS2\",\"HEX\")".to_owned()]),
            Form::Read => {
                let set = self.settings.character_set.clone();
                self.answer(&[format!("+CSCS: \"{set}\"")])
            }
            Form::Run | Form::Set(_) => {
                let set = command.text(0).map(|set| set.to_ascii_uppercase());
                match set.filter(|set| CHARACTER_SETS.contains(&set.as_str())) {
                    Some(set) => {
                        self.settings.character_set = set;
                        Outcome::Done
                    }
                    None => Outcome::Failed(Failure::Cme(50)),
                }
            }
        }
    }

    /// `AT+CUSD`, TS 27.007 §7.15: `OK` at once, the network's words later.
    fn ussd(&mut self, command: &Command) -> Outcome {
        match &command.form {
            Form::Test => return self.answer(&["+CUSD: (0-2)".to_owned()]),
            Form::Read => {
                let shown = self.settings.ussd_shown;
                return self.answer(&[format!("+CUSD: {shown}")]);
            }
            Form::Run | Form::Set(_) => {}
        }
        let Ok(mode @ (None | Some(0..=2))) = command.number(0) else {
            return Outcome::Failed(Failure::Cme(50));
        };
        let mode = mode.unwrap_or(0);
        if mode < 2 {
            self.settings.ussd_shown = mode;
        }
        let Some(written) = command.text(1) else { return Outcome::Done };
        if let Some(failure) = self.card.refusal() {
            return Outcome::Failed(failure);
        }
        if !self.registration.serves() {
            return Outcome::Failed(Failure::Cme(30));
        }
        match self.ussd_code(&written) {
            Some(code) => {
                self.events.push_back(Event::Ussd(code));
                Outcome::Done
            }
            None => Outcome::Failed(self.profile.refusal),
        }
    }

    /// The code as dialled, out of the form in which the modem wants it written.
    fn ussd_code(&self, written: &str) -> Option<String> {
        let code = if self.settings.ussd_packed {
            let octets = sms::hex::decode(written).ok()?;
            sms::decode_gsm7(&sms::unpack_unmeasured(&octets))
                .trim_end_matches(['\r', '@'])
                .to_owned()
        } else if self.settings.character_set == "UCS2" {
            let octets = sms::hex::decode(written).ok()?;
            let (units, _) = octets.as_chunks::<2>();
            String::from_utf16(
                &units.iter().map(|unit| u16::from_be_bytes(*unit)).collect::<Vec<_>>(),
            )
            .ok()?
        } else {
            written.to_owned()
        };
        let dialled = |letter: char| letter.is_ascii_digit() || matches!(letter, '*' | '#' | '+');
        (!code.is_empty() && code.chars().all(dialled)).then_some(code)
    }

    /// The network answers a USSD code; `status` as in `+CUSD` (0 is done, 1 wants an answer, 2 is ended).
    ///
    /// A text outside the GSM alphabet comes as UCS-2 in hex under coding 72.
    pub fn ussd_answer(&mut self, status: u8, text: &str, now: std::time::Duration) {
        self.handle_timeout(now);
        if self.settings.ussd_shown == 0 || !self.is_reachable() {
            return;
        }
        let hex_units = || {
            sms::hex::encode(&text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>())
        };
        let line = match sms::encode_gsm7(text) {
            Err(_) => format!("+CUSD: {status},\"{}\",72", hex_units()),
            Ok(septets) if self.settings.ussd_packed => {
                format!(
                    "+CUSD: {status},\"{}\",15",
                    sms::hex::encode(&sms::pack_unmeasured(&septets))
                )
            }
            Ok(_) if self.settings.character_set == "UCS2" => {
                format!("+CUSD: {status},\"{}\",15", hex_units())
            }
            Ok(_) => format!("+CUSD: {status},\"{text}\",15"),
        };
        self.notice(line);
    }

    // ── small words ──

    /// Information lines, then `OK`.
    pub(super) fn answer(&mut self, lines: &[String]) -> Outcome {
        self.info(lines);
        Outcome::Done
    }

    /// The same, if the card is open.
    fn with_card(&mut self, lines: &[String]) -> Outcome {
        match self.card.refusal() {
            Some(failure) => Outcome::Failed(failure),
            None if !self.card_ready => Outcome::Failed(Failure::Cme(14)),
            None => self.answer(lines),
        }
    }

    /// The three forms of a setting that is one number; without a value it goes back to 0.
    fn number_setting(
        &mut self,
        command: &Command,
        range: &str,
        values: std::ops::RangeInclusive<u32>,
        setting: fn(&mut Settings) -> &mut u32,
    ) -> Outcome {
        let name = &command.name;
        match &command.form {
            Form::Test => self.answer(&[format!("{name}: {range}")]),
            Form::Read => {
                let value = *setting(&mut self.settings);
                self.answer(&[format!("{name}: {value}")])
            }
            Form::Run | Form::Set(_) => match command.number(0) {
                Ok(value) if values.contains(&value.unwrap_or(0)) => {
                    *setting(&mut self.settings) = value.unwrap_or(0);
                    Outcome::Done
                }
                _ => Outcome::Failed(Failure::Cme(50)),
            },
        }
    }
}
