//! From the configuration and the files it names to the office as the desk knows it.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;

use super::values::{day, optional_number};
use super::{Config, ConfigError, Duration, read};
use crate::calendar::{Calendar, Rules};
use crate::complaint::Directory;
use crate::desk::letter::Letterhead;
use crate::desk::reminding::Reminders;
use crate::desk::retention::Retention;
use crate::desk::staff::{Officer, Staff};
use crate::desk::{Limits, Office};
use crate::phone::PhoneNumber;
use crate::ticket::{Objecting, OfficerId, Role, Standards};
use crate::words::Templates;

/// The unit that stands for every other one.
const EVERY_UNIT: &str = "*";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStaff {
    #[serde(default, rename = "officer")]
    officers: Vec<WrittenOfficer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOfficer {
    user: String,
    name: String,
    roles: Vec<WrittenRole>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default, deserialize_with = "optional_number")]
    phone: Option<PhoneNumber>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenRole {
    Petugas,
    Anggota,
    Ketua,
    Pengarah,
    Admin,
}

impl From<WrittenRole> for Role {
    fn from(role: WrittenRole) -> Self {
        match role {
            WrittenRole::Petugas => Self::Operator,
            WrittenRole::Anggota => Self::Member,
            WrittenRole::Ketua => Self::Chair,
            WrittenRole::Pengarah => Self::Director,
            WrittenRole::Admin => Self::Admin,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHolidays {
    #[serde(default, rename = "holiday")]
    holidays: Vec<Holiday>,
    #[serde(default)]
    ramadan: Vec<Ramadan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    #[serde(deserialize_with = "day")]
    day: NaiveDate,
    #[expect(dead_code, reason = "for the reader of the file: a day off must say why")]
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ramadan {
    #[serde(deserialize_with = "day")]
    first: NaiveDate,
    #[serde(deserialize_with = "day")]
    last: NaiveDate,
}

/// What the four files say that `[files]` names.
#[derive(Debug, Clone, Copy)]
pub struct OfficeTexts<'t> {
    /// Unit codes and aliases.
    pub units: &'t str,
    /// The texts to citizens.
    pub templates: &'t str,
    /// Who may do what.
    pub staff: &'t str,
    /// Days off, and the days of Ramadan.
    pub holidays: &'t str,
}

impl Config {
    /// Reads the files that the configuration names, and puts the office together.
    ///
    /// # Errors
    /// [`ConfigError`] of the first file that cannot be used.
    pub fn load_office(&self) -> Result<Office, ConfigError> {
        let files = &self.files;
        self.parse_office(OfficeTexts {
            units: &read(&files.units)?,
            templates: &read(&files.templates)?,
            staff: &read(&files.staff)?,
            holidays: &read(&files.holidays)?,
        })
    }

    /// Puts the office together from what its files say.
    ///
    /// # Errors
    /// [`ConfigError::Wrong`] of the first file that cannot be used; it names the line, or the entry.
    pub fn parse_office(&self, texts: OfficeTexts<'_>) -> Result<Office, ConfigError> {
        let files = &self.files;
        let directory =
            Directory::from_tsv(texts.units).map_err(|error| wrong(&files.units, &error))?;
        Ok(Office {
            name: self.office.name.clone(),
            calendar: self.calendar(texts.holidays)?,
            standards: self.standards(),
            staff: self.staff(texts.staff, &directory)?,
            templates: Templates::from_tsv(texts.templates, &self.office.name, &directory)
                .map_err(|error| wrong(&files.templates, &error))?,
            directory,
            limits: self.limits(),
            own_numbers: self.modems.iter().filter_map(|modem| modem.number.clone()).collect(),
            routes: self.modems.iter().flat_map(|modem| modem.routes.clone()).collect(),
            letterhead: self.letterhead(),
        })
    }

    /// Without one of its own the office's name stands over its letters.
    fn letterhead(&self) -> Letterhead {
        let office = &self.office;
        let lines = match office.letterhead.as_slice() {
            [] => vec![office.name.clone()],
            lines => lines.to_vec(),
        };
        Letterhead { lines, place: office.place.trim().to_owned() }
    }

    fn calendar(&self, text: &str) -> Result<Calendar, ConfigError> {
        let path = &self.files.holidays;
        let written: WrittenHolidays = toml::from_str(text).map_err(|error| wrong(path, &error))?;
        if let Some(wrong_way) = written.ramadan.iter().find(|days| days.first > days.last) {
            let problem =
                format!("[[ramadan]] first = {} comes after its last day", wrong_way.first);
            return Err(ConfigError::Wrong { path: path.clone(), problem });
        }
        let rules = Rules {
            zone: self.office.zone,
            ordinary: self.hours.ordinary(),
            ramadan: self.hours.ramadan(),
            ramadan_days: written.ramadan.iter().map(|days| (days.first, days.last)).collect(),
            holidays: written.holidays.iter().map(|holiday| holiday.day).collect::<BTreeSet<_>>(),
        };
        Calendar::new(rules).map_err(|error| wrong(&self.path, &format!("[hours]: {error}")))
    }

    fn standards(&self) -> Standards {
        let minutes = |length: Duration| i64::try_from(length.as_secs() / 60).unwrap_or(i64::MAX);
        let set = &self.standards;
        Standards {
            sort: minutes(set.sort),
            analysis: minutes(set.analysis),
            note: minutes(set.note),
            send: minutes(set.send),
            delivery: minutes(set.delivery),
            answer: minutes(set.answer),
            ethics_days: set.ethics_days,
            information_days: set.information_days,
            complaint_days: set.complaint_days,
            oversight_days: set.oversight_days,
        }
    }

    pub(super) fn limits(&self) -> Limits {
        let (intake, sending, cases) = (&self.intake, &self.sending, &self.cases);
        Limits {
            part_wait: intake.part_wait,
            addition_window: intake.addition_window,
            repeat_window: intake.repeat_window,
            correction_window: intake.correction_window,
            equal_per_hour: intake.equal_per_hour.into(),
            flood_ten_minutes: intake.flood_ten_minutes.into(),
            flood_day: intake.flood_day.into(),
            entered_late: intake.entered_late,
            window: sending.window,
            automatic_sending: sending.automatic,
            reports: sending.reports,
            validity: sending.validity,
            parts_max: sending.parts_max,
            single_shift: sending.single_shift,
            other_sim_after: sending.other_sim_after,
            unknown_grace: sending.unknown_grace,
            stop_within: sending.stop_within,
            silence: cases.silence,
            objecting: Objecting {
                within: TimeDelta::from_std(cases.objection).unwrap_or(TimeDelta::MAX),
                times: cases.objections,
            },
            promise_beyond_limit: cases.promise_beyond_limit,
            question: cases.question,
            returns: cases.returns,
            data_request: cases.data_request,
            reminders: Reminders {
                question: self.reminders.question,
                decision: self.reminders.decision,
                national_days: self.reminders.national_days,
                sms: self.reminders.sms,
                per_day: self.reminders.per_day,
                report_days: self.reminders.report_days,
                emergency: self.reminders.emergency,
                emergency_per_day: self.reminders.emergency_per_day,
            },
            retention: Retention {
                active: self.retention.active,
                archived: self.retention.archived,
                other: self.retention.other,
                trail: self.retention.trail,
            },
        }
    }

    fn staff(&self, text: &str, directory: &Directory) -> Result<Staff, ConfigError> {
        let path = &self.files.staff;
        let written: WrittenStaff = toml::from_str(text).map_err(|error| wrong(path, &error))?;
        let refuse = |problem: String| ConfigError::Wrong { path: path.clone(), problem };
        let mut officers: Vec<Officer> = Vec::with_capacity(written.officers.len());
        for person in written.officers {
            let user = person.user.trim();
            if user.is_empty() || user.chars().any(|c| c.is_whitespace() || c.is_control()) {
                return Err(refuse(format!(
                    "[[officer]] user = {:?} is no account name",
                    person.user
                )));
            }
            if person.roles.is_empty() {
                return Err(refuse(format!("[[officer]] {user}: no roles")));
            }
            let id = OfficerId::from(user);
            if officers.iter().any(|other| other.id == id) {
                return Err(refuse(format!(
                    "[[officer]] {user}: the account stands twice; give it several roles instead"
                )));
            }
            let mut units = Vec::with_capacity(person.units.len());
            for typed in &person.units {
                let code = match typed.as_str() {
                    EVERY_UNIT => EVERY_UNIT.to_owned(),
                    typed => directory
                        .find_beside_hash(typed)
                        .map(|unit| unit.code.to_string())
                        .ok_or_else(|| {
                            refuse(format!(
                                "[[officer]] {user}: {typed:?} is no unit of {}",
                                self.files.units.display()
                            ))
                        })?,
                };
                units.push(code);
            }
            let roles = person.roles.iter().map(|role| Role::from(*role)).collect();
            if let Some(phone) = &person.phone
                && self.modems.iter().any(|modem| modem.number.as_ref() == Some(phone))
            {
                return Err(refuse(format!(
                    "[[officer]] {user}: phone is the number of a modem of this gateway"
                )));
            }
            officers.push(Officer { id, name: person.name, roles, units, phone: person.phone });
        }
        Ok(Staff::new(officers))
    }
}

fn wrong(path: &Path, problem: &impl ToString) -> ConfigError {
    let problem = problem.to_string().trim_end().to_owned();
    ConfigError::Wrong { path: path.to_owned(), problem }
}
