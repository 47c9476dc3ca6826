//! What is known about modem families and cannot be asked of them: data, matched by what a modem tells about itself.

use std::time::Duration;

use crate::at::Line;
use crate::store::modems::Identity;

/// One entry: whom it is about, and what is to be done differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quirk {
    /// Words that manufacturer, model and revision must hold, in any case; an empty one says nothing.
    pub manufacturer: String,
    /// See there.
    pub model: String,
    /// See there.
    pub revision: String,
    /// What is done.
    pub treatment: Treatment,
}

/// What is done differently for a modem.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Treatment {
    /// Commands at each start, once the modem has told who it is; what it refuses does not matter.
    pub start: Vec<Line>,
    /// How reports come (`<ds>` of `AT+CNMI`), the best first: 1 routed, 2 stored, 0 not at all.
    pub reports: Option<Vec<u8>>,
    /// What restarts it, where that is not `AT+CFUN=1,1`.
    pub restart: Option<Line>,
    /// What brings notices to the interface that it is said to, where they go to another one.
    pub notices: Option<Line>,
    /// How long the card needs after its PIN before it may be asked for anything.
    pub after_pin: Option<Duration>,
    /// Whether it may be told to keep its link between texts (`AT+CMMS`); it may where nothing is said.
    pub link: Option<bool>,
    /// Whether its radio may be switched off and on (`AT+CFUN`); it may where nothing is said.
    pub radio: Option<bool>,
}

/// The table; where several entries fit, the later one is heeded, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quirks(Vec<Quirk>);

impl Quirks {
    /// A table of these entries.
    pub const fn new(entries: Vec<Quirk>) -> Self {
        Self(entries)
    }

    /// Appends the entries of another table: they are heeded before these.
    pub fn extend(&mut self, more: &Self) {
        self.0.extend(more.0.iter().cloned());
    }

    /// What is done differently for a modem that told this about itself.
    pub fn of(&self, modem: &Identity) -> Treatment {
        let holds = |told: &Option<String>, word: &str| {
            let told = told.as_deref().unwrap_or_default().to_lowercase();
            told.contains(&word.to_lowercase())
        };
        let fits = |entry: &&Quirk| {
            holds(&modem.manufacturer, &entry.manufacturer)
                && holds(&modem.model, &entry.model)
                && holds(&modem.revision, &entry.revision)
        };
        let mut all = Treatment::default();
        for entry in self.0.iter().filter(fits) {
            let more = entry.treatment.clone();
            for line in more.start {
                if !all.start.contains(&line) {
                    all.start.push(line);
                }
            }
            all.reports = more.reports.or(all.reports);
            all.restart = more.restart.or(all.restart);
            all.notices = more.notices.or(all.notices);
            all.after_pin = more.after_pin.or(all.after_pin);
            all.link = more.link.or(all.link);
            all.radio = more.radio.or(all.radio);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modem(manufacturer: &str, model: &str) -> Identity {
        Identity {
            name: "m".to_owned(),
            sim: "s".to_owned(),
            manufacturer: Some(manufacturer.to_owned()),
            model: Some(model.to_owned()),
            revision: None,
            serial: None,
        }
    }

    fn quirk(manufacturer: &str, model: &str, treatment: Treatment) -> Quirk {
        Quirk {
            manufacturer: manufacturer.to_owned(),
            model: model.to_owned(),
            revision: String::new(),
            treatment,
        }
    }

    #[test]
    fn later_entries_are_heeded_before_earlier_ones_and_all_starts_are_made() {
        let line = |text: &str| Line::parse(text).unwrap();
        let mut table = Quirks::new(vec![
            quirk("", "", Treatment { start: vec![line("AT&D0")], ..Treatment::default() }),
            quirk("quectel", "", Treatment { reports: Some(vec![2, 1]), ..Treatment::default() }),
        ]);
        table.extend(&Quirks::new(vec![quirk(
            "Quectel",
            "EC25",
            Treatment { start: vec![line("ATX")], reports: Some(vec![1]), ..Treatment::default() },
        )]));
        let treatment = table.of(&modem("QUECTEL", "EC25"));
        assert_eq!(treatment.start, [line("AT&D0"), line("ATX")]);
        assert_eq!(treatment.reports, Some(vec![1]));
        assert_eq!(table.of(&modem("Quectel", "M35")).reports, Some(vec![2, 1]));
        assert_eq!(table.of(&modem("huawei", "E1752")).reports, None);
    }
}
