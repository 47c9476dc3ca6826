//! The configuration: what `aduan.toml` says, with every default. Unknown keys are refused with line and column.
//!
//! `config/aduan.toml` documents every setting; a test holds it against this file.

mod hours;
mod office;
pub mod quirks;
mod values;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::at::command::UssdText;
use crate::calendar::{Span, Zone};
use crate::desk::reminding::Reminders;
use crate::modem::credit::{CreditConfig, EVERY_MIN, Pattern};
use crate::modem::recording::RecordConfig;
use crate::modem::recovery::Patience;
use crate::modem::{Found, ModemConfig, Receive};
use crate::phone::{PhoneNumber, Prefix};
use crate::sms;
use crate::store::claim::Pace;
pub use office::OfficeTexts;
use values::{
    Duration, duration, found, optional_number, pattern, prefixes, receive, single_shift, span,
    ussd_code, zone,
};

/// Letters of a modem's name: it stands in logs, lists and queue rows.
const MODEM_NAME_CHARS_MAX: usize = 32;

/// How often BELUM may reopen a case.
const OBJECTIONS: std::ops::RangeInclusive<u8> = 1..=9;

/// The shortest time that what is no complaint is kept; a complaint, three times that.
const RETENTION_MIN: Duration = Duration::from_hours(30 * 24);

/// What keeps the program from starting: where, what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A file holds something that cannot be used; the message shows line and column where it can.
    #[error("{path}: {problem}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

/// Everything that `aduan.toml` says. Paths are absolute, or as the file's own directory makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The file it came from.
    pub path: PathBuf,
    /// `[office]`.
    pub office: OfficeSettings,
    /// `[database] path`.
    pub database: PathBuf,
    /// `[control]`.
    pub control: ControlSettings,
    /// `[files]`.
    pub files: FileSettings,
    /// `[[modem]]`, in the order of the file.
    pub modems: Vec<ModemConfig>,
    hours: hours::AllHours,
    standards: StandardSettings,
    intake: IntakeSettings,
    sending: SendingSettings,
    cases: CaseSettings,
    reminders: ReminderSettings,
    retention: RetentionSettings,
}

/// `aduan.toml` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    office: OfficeSettings,
    database: DatabaseSettings,
    control: ControlSettings,
    #[serde(default)]
    files: FileSettings,
    #[serde(default)]
    hours: hours::AllHours,
    #[serde(default)]
    standards: StandardSettings,
    #[serde(default)]
    intake: IntakeSettings,
    #[serde(default)]
    sending: SendingSettings,
    #[serde(default)]
    cases: CaseSettings,
    #[serde(default)]
    reminders: ReminderSettings,
    #[serde(default)]
    retention: RetentionSettings,
    #[serde(default, rename = "modem")]
    modems: Vec<ModemSettings>,
}

/// `[office]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeSettings {
    /// Who speaks at the end of every SMS.
    pub name: String,
    /// The office's zone.
    #[serde(deserialize_with = "zone")]
    pub zone: Zone,
    /// Language of help and tables.
    #[serde(default)]
    pub language: Language,
    /// Lines over the office's letters, the first two its names.
    #[serde(default)]
    pub letterhead: Vec<String>,
    /// Where its letters are dated.
    #[serde(default)]
    pub place: String,
}

/// Language of help and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Language {
    /// `id`.
    #[default]
    #[serde(rename = "id")]
    Indonesian,
    /// `en`.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Indonesian, Self::English];

    /// As the configuration writes it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatabaseSettings {
    path: PathBuf,
}

/// `[control]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlSettings {
    /// The Unix socket between `aduan` and `aduand`.
    pub socket: PathBuf,
}

/// `[files]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileSettings {
    /// Unit codes and aliases.
    pub units: PathBuf,
    /// The texts to citizens.
    pub templates: PathBuf,
    /// Who may do what.
    pub staff: PathBuf,
    /// Days off, and the days of Ramadan.
    pub holidays: PathBuf,
    /// Modem families beside those that are known.
    pub quirks: Option<PathBuf>,
}

impl Default for FileSettings {
    fn default() -> Self {
        Self {
            units: "units.tsv".into(),
            templates: "templates.tsv".into(),
            staff: "staff.toml".into(),
            holidays: "holidays.toml".into(),
            quirks: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct StandardSettings {
    #[serde(deserialize_with = "duration")]
    sort: Duration,
    #[serde(deserialize_with = "duration")]
    analysis: Duration,
    #[serde(deserialize_with = "duration")]
    note: Duration,
    #[serde(deserialize_with = "duration")]
    send: Duration,
    #[serde(deserialize_with = "duration")]
    delivery: Duration,
    #[serde(deserialize_with = "duration")]
    answer: Duration,
    ethics_days: u32,
    information_days: u32,
    complaint_days: u32,
    oversight_days: u32,
}

impl Default for StandardSettings {
    fn default() -> Self {
        let minutes = |minutes: i64| Duration::from_mins(u64::try_from(minutes).unwrap_or(0));
        let standards = crate::ticket::Standards::default();
        Self {
            sort: minutes(standards.sort),
            analysis: minutes(standards.analysis),
            note: minutes(standards.note),
            send: minutes(standards.send),
            delivery: minutes(standards.delivery),
            answer: minutes(standards.answer),
            ethics_days: standards.ethics_days,
            information_days: standards.information_days,
            complaint_days: standards.complaint_days,
            oversight_days: standards.oversight_days,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct IntakeSettings {
    #[serde(deserialize_with = "duration")]
    part_wait: Duration,
    #[serde(deserialize_with = "duration")]
    addition_window: Duration,
    #[serde(deserialize_with = "duration")]
    repeat_window: Duration,
    #[serde(deserialize_with = "duration")]
    correction_window: Duration,
    equal_per_hour: u32,
    flood_ten_minutes: u32,
    flood_day: u32,
    #[serde(deserialize_with = "duration")]
    entered_late: Duration,
}

impl Default for IntakeSettings {
    fn default() -> Self {
        let limits = crate::desk::Limits::default();
        let count = |count: i64| u32::try_from(count).unwrap_or(0);
        Self {
            part_wait: limits.part_wait,
            addition_window: limits.addition_window,
            repeat_window: limits.repeat_window,
            correction_window: limits.correction_window,
            equal_per_hour: count(limits.equal_per_hour),
            flood_ten_minutes: count(limits.flood_ten_minutes),
            flood_day: count(limits.flood_day),
            entered_late: limits.entered_late,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SendingSettings {
    #[serde(deserialize_with = "span")]
    window: Span,
    automatic: bool,
    reports: bool,
    #[serde(deserialize_with = "duration")]
    validity: Duration,
    parts_max: usize,
    #[serde(deserialize_with = "single_shift")]
    single_shift: Option<sms::Language>,
    #[serde(deserialize_with = "duration")]
    other_sim_after: Duration,
    #[serde(deserialize_with = "duration")]
    unknown_grace: Duration,
    #[serde(deserialize_with = "duration")]
    stop_within: Duration,
}

impl Default for SendingSettings {
    fn default() -> Self {
        let limits = crate::desk::Limits::default();
        Self {
            window: limits.window,
            automatic: limits.automatic_sending,
            reports: limits.reports,
            validity: limits.validity,
            parts_max: limits.parts_max,
            single_shift: limits.single_shift,
            other_sim_after: limits.other_sim_after,
            unknown_grace: limits.unknown_grace,
            stop_within: limits.stop_within,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CaseSettings {
    #[serde(deserialize_with = "duration")]
    silence: Duration,
    #[serde(deserialize_with = "duration")]
    objection: Duration,
    objections: u8,
    #[serde(deserialize_with = "duration")]
    question: Duration,
    returns: u8,
    #[serde(deserialize_with = "duration")]
    data_request: Duration,
    promise_beyond_limit: bool,
}

impl Default for CaseSettings {
    fn default() -> Self {
        let limits = crate::desk::Limits::default();
        Self {
            silence: limits.silence,
            objection: limits.objecting.within.to_std().unwrap_or_default(),
            objections: limits.objecting.times,
            question: limits.question,
            returns: limits.returns,
            data_request: limits.data_request,
            promise_beyond_limit: limits.promise_beyond_limit,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ReminderSettings {
    #[serde(deserialize_with = "duration")]
    question: Duration,
    #[serde(deserialize_with = "duration")]
    decision: Duration,
    national_days: u32,
    sms: bool,
    per_day: u32,
    report_days: u32,
    emergency: bool,
    emergency_per_day: u32,
}

impl Default for ReminderSettings {
    fn default() -> Self {
        let Reminders {
            question,
            decision,
            national_days,
            sms,
            per_day,
            report_days,
            emergency,
            emergency_per_day,
        } = Reminders::default();
        Self {
            question,
            decision,
            national_days,
            sms,
            per_day,
            report_days,
            emergency,
            emergency_per_day,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RetentionSettings {
    #[serde(deserialize_with = "duration")]
    active: Duration,
    #[serde(deserialize_with = "duration")]
    archived: Duration,
    #[serde(deserialize_with = "duration")]
    other: Duration,
    #[serde(deserialize_with = "duration")]
    trail: Duration,
}

impl Default for RetentionSettings {
    fn default() -> Self {
        let crate::desk::retention::Retention { active, archived, other, trail } =
            crate::desk::Limits::default().retention;
        Self { active, archived, other, trail }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModemSettings {
    name: String,
    path: PathBuf,
    #[serde(default = "usual_baud")]
    baud: u32,
    #[serde(default)]
    rts_cts: bool,
    #[serde(default, deserialize_with = "optional_number")]
    number: Option<PhoneNumber>,
    #[serde(default)]
    pin_file: Option<PathBuf>,
    #[serde(default)]
    pin_uncounted: bool,
    #[serde(default, deserialize_with = "receive")]
    receive: Receive,
    #[serde(default, deserialize_with = "found")]
    found: Found,
    #[serde(default)]
    per_minute: u32,
    #[serde(default)]
    per_day: u32,
    #[serde(default, deserialize_with = "prefixes")]
    routes: Vec<Prefix>,
    #[serde(default)]
    record: Option<PathBuf>,
    #[serde(default)]
    record_plain: bool,
    #[serde(default)]
    credit: Option<CreditSettings>,
    #[serde(default)]
    reset_command: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CreditSettings {
    #[serde(deserialize_with = "ussd_code")]
    code: UssdText,
    #[serde(default, deserialize_with = "pattern")]
    pattern: Option<Pattern>,
    #[serde(default = "usual_low")]
    low: u32,
    #[serde(default = "usual_every", deserialize_with = "duration")]
    every: Duration,
}

/// What USB modems take, and most serial ones are set to.
const fn usual_baud() -> u32 {
    115_200
}

/// A few hundred texts.
const fn usual_low() -> u32 {
    10_000
}

/// Often enough to see the credit run out, and seldom enough to annoy no network.
const fn usual_every() -> Duration {
    Duration::from_hours(24)
}

impl CreditSettings {
    fn of(self, modem: &str) -> Result<CreditConfig, String> {
        if self.every < EVERY_MIN {
            return Err(format!(
                "[modem.credit] of {modem}: every must be \"6h\" or more, networks take less for abuse"
            ));
        }
        let pattern = match self.pattern {
            Some(pattern) => pattern,
            None => Pattern::parse(Pattern::USUAL).map_err(|error| error.to_string())?,
        };
        Ok(CreditConfig { code: self.code, pattern, low: i64::from(self.low), every: self.every })
    }
}

impl Config {
    /// Reads `aduan.toml`.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let mut config = Self::parse(&read(path)?, path)?;
        if let Some(path) = &config.files.quirks {
            let more = quirks::parse(&read(path)?)
                .map_err(|problem| ConfigError::Wrong { path: path.clone(), problem })?;
            for modem in &mut config.modems {
                modem.quirks.extend(&more);
            }
        }
        Ok(config)
    }

    /// What the text of `aduan.toml` says; `path` is where it stands, and nothing is read from there.
    ///
    /// # Errors
    /// [`ConfigError::Wrong`] names the line, or the setting.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let wrong = |problem: String| ConfigError::Wrong { path: path.to_owned(), problem };
        let written: Written =
            toml::from_str(text).map_err(|error| wrong(error.to_string().trim_end().to_owned()))?;
        let beside = path.parent().unwrap_or(Path::new(""));
        let files = &written.files;
        let config = Self {
            path: path.to_owned(),
            database: beside.join(&written.database.path),
            control: ControlSettings { socket: beside.join(&written.control.socket) },
            files: FileSettings {
                units: beside.join(&files.units),
                templates: beside.join(&files.templates),
                staff: beside.join(&files.staff),
                holidays: beside.join(&files.holidays),
                quirks: files.quirks.as_ref().map(|file| beside.join(file)),
            },
            modems: modems(written.modems, beside).map_err(wrong)?,
            office: written.office,
            hours: written.hours,
            standards: written.standards,
            intake: written.intake,
            sending: written.sending,
            cases: written.cases,
            reminders: written.reminders,
            retention: written.retention,
        };
        config.check().map_err(wrong)?;
        Ok(config)
    }

    /// What no single value shows.
    fn check(&self) -> Result<(), String> {
        const PARTS: std::ops::RangeInclusive<usize> = 1..=8;
        const DAYS: std::ops::RangeInclusive<u32> = 1..=366;
        if !PARTS.contains(&self.sending.parts_max) {
            return Err(format!(
                "[sending] parts_max = {}: must be 1 to 8",
                self.sending.parts_max
            ));
        }
        let standards = &self.standards;
        for (name, days) in [
            ("ethics_days", standards.ethics_days),
            ("information_days", standards.information_days),
            ("complaint_days", standards.complaint_days),
            ("oversight_days", standards.oversight_days),
        ] {
            if !DAYS.contains(&days) {
                return Err(format!("[standards] {name} = {days}: must be 1 to 366"));
            }
        }
        if !DAYS.contains(&self.reminders.report_days) {
            let days = self.reminders.report_days;
            return Err(format!("[reminders] report_days = {days}: must be 1 to 366"));
        }
        if self.intake.equal_per_hour == 0 {
            return Err(
                "[intake] equal_per_hour = 0: must be 1 or more, it would keep every receipt and reply back"
                    .to_owned(),
            );
        }
        if self.cases.returns == 0 {
            return Err("[cases] returns = 0: must be 1 or more".to_owned());
        }
        let longest = Duration::from_hours(24) * 63 * 7;
        if self.sending.validity < Duration::from_mins(5) || self.sending.validity > longest {
            return Err("[sending] validity: must be 5 minutes to 63 weeks (TP-VP)".to_owned());
        }
        self.check_objections()?;
        self.check_questions()?;
        if self.retention.active < RETENTION_MIN * 3 || self.retention.other < RETENTION_MIN {
            return Err(
                "[retention] active must be 90 days or more, other 30: what is answered needs its number"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// An answered case waits for BELUM as long as BELUM may come, and not longer.
    fn check_objections(&self) -> Result<(), String> {
        let CaseSettings { silence, objection, objections, .. } = self.cases;
        let days = |length: Duration| length.as_secs().div_ceil(24 * 3600);
        if !OBJECTIONS.contains(&objections) {
            return Err(format!(
                "[cases] objections = {objections}: must be 1 to 9, every answer tells the citizen of BELUM"
            ));
        }
        if silence > objection {
            return Err(format!(
                "[cases] silence ({} days) is longer than objection ({} days): an answered case would stay open for a BELUM that is \
                 refused; make silence as short as objection, or objection as long",
                days(silence),
                days(objection)
            ));
        }
        Ok(())
    }

    /// A citizen is asked once more before the case ends for want of an answer.
    fn check_questions(&self) -> Result<(), String> {
        const DAY: u64 = 24 * 3600;
        let (again, end) = (self.reminders.question, self.cases.question);
        if again < end {
            return Ok(());
        }
        // As it is written, where a month of humantime would be 30.44 days.
        let written = |length: Duration| match length.as_secs() {
            seconds if seconds.is_multiple_of(DAY) => format!("{}days", seconds / DAY),
            _ => humantime::format_duration(length).to_string(),
        };
        Err(format!(
            "[reminders] question ({}) is not shorter than [cases] question ({}): the case would end before the citizen is asked once \
             more; make the first one shorter, or the second one longer",
            written(again),
            written(end)
        ))
    }
}

fn modems(written: Vec<ModemSettings>, beside: &Path) -> Result<Vec<ModemConfig>, String> {
    let quirks = quirks::known();
    let mut modems: Vec<ModemConfig> = Vec::with_capacity(written.len());
    for modem in written {
        let letters = |name: &str| {
            !name.is_empty()
                && name.len() <= MODEM_NAME_CHARS_MAX
                && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        if !letters(&modem.name) {
            return Err(format!(
                "[[modem]] name = {:?}: 1 to {MODEM_NAME_CHARS_MAX} letters, digits, '-', '_' or '.'",
                modem.name
            ));
        }
        if modem.baud == 0 {
            return Err(format!("[[modem]] {}: baud must be more than 0", modem.name));
        }
        if modem.reset_command.first().is_some_and(String::is_empty) {
            return Err(format!(
                "[[modem]] {}: reset_command must begin with a program, such as [\"uhubctl\", \"-l\", \"1-1\"]",
                modem.name
            ));
        }
        let path = beside.join(&modem.path);
        if modems.iter().any(|other| other.name == modem.name) {
            return Err(format!("[[modem]] {}: the name stands twice", modem.name));
        }
        if let Some(other) = modems.iter().find(|other| other.path == path) {
            return Err(format!(
                "[[modem]] {} and {} have the same path {}",
                other.name,
                modem.name,
                path.display()
            ));
        }
        let credit = modem.credit.map(|credit| credit.of(&modem.name)).transpose()?;
        modems.push(ModemConfig {
            name: modem.name,
            path,
            baud: modem.baud,
            rts_cts: modem.rts_cts,
            number: modem.number,
            pin_file: modem.pin_file.map(|file| beside.join(file)),
            pin_uncounted: modem.pin_uncounted,
            receive: modem.receive,
            pace: Pace { per_minute: modem.per_minute, per_day: modem.per_day },
            routes: modem.routes,
            found: modem.found,
            quirks: quirks.clone(),
            record: modem.record.map(|folder| RecordConfig {
                folder: beside.join(folder),
                plain: modem.record_plain,
            }),
            credit,
            reset_command: modem.reset_command,
            patience: Patience::default(),
        });
    }
    Ok(modems)
}

/// The text of a file, without the byte order mark that some editors and spreadsheets put before it.
fn read(path: &Path) -> Result<String, ConfigError> {
    let text = fs::read_to_string(path)
        .map_err(|cause| ConfigError::Unreadable { path: path.to_owned(), cause })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

#[cfg(test)]
mod tests;
