//! What is known about modem families and cannot be asked of them: data, matched by what a modem tells about itself.

use std::time::Duration;

use crate::at::{Line, Pace};
use crate::sms::{Incoming, split_smsc};
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
    /// Octets that wrongly stand before each stored report; none elsewhere.
    pub before_reports: Option<Vec<u8>>,
    /// What restarts it, where that is not `AT+CFUN=1,1`.
    pub restart: Option<Line>,
    /// What brings notices to the interface that it is said to, where they go to another one.
    pub notices: Option<Line>,
    /// What tells how many tries its card's PIN has left, where it is none of the questions that every modem is asked.
    pub pin_tries: Option<Line>,
    /// How long the card needs after its PIN before it may be asked for anything.
    pub after_pin: Option<Duration>,
    /// Whether it may be told to keep its link between texts (`AT+CMMS`); it may where nothing is said.
    pub link: Option<bool>,
    /// Whether it frees all parts of a long message with the first one: all that is listed is kept before anything is freed.
    pub frees_together: bool,
    /// Whether its radio may be switched off and on (`AT+CFUN`); it may where nothing is said.
    pub radio: Option<bool>,
    /// How slowly it wants a message behind its prompt; at once where nothing is said.
    pub payload: Option<Pace>,
}

impl Treatment {
    /// A report (centre's address included) without what wrongly stands before it; `None` where nothing does, and where what is
    /// left is no whole report: then nobody knows what it says.
    pub fn repaired<'a>(&self, pdu: &'a [u8]) -> Option<&'a [u8]> {
        let whole = pdu.strip_prefix(self.before_reports.as_deref()?)?;
        (is_report(whole) && !is_report(pdu)).then_some(whole)
    }
}

fn is_report(pdu: &[u8]) -> bool {
    let read = split_smsc(pdu).and_then(|(_, tpdu)| Incoming::decode(tpdu));
    matches!(read, Ok(Incoming::StatusReport(_)))
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
            all.before_reports = more.before_reports.or(all.before_reports);
            all.restart = more.restart.or(all.restart);
            all.notices = more.notices.or(all.notices);
            all.pin_tries = more.pin_tries.or(all.pin_tries);
            all.after_pin = more.after_pin.or(all.after_pin);
            all.link = more.link.or(all.link);
            all.frees_together |= more.frees_together;
            all.radio = more.radio.or(all.radio);
            all.payload = more.payload.or(all.payload);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::hex;

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

    /// A report on message 9 to +6281234567890, without a centre's address.
    const REPORT: &str = "0006090D91261832547698F0421150905103824211509051248200";

    fn behind(junk: &str) -> Treatment {
        Treatment { before_reports: hex::decode(junk).ok(), ..Treatment::default() }
    }

    #[test]
    fn a_report_is_read_without_what_stands_before_it() {
        let whole = hex::decode(REPORT).unwrap();
        let mangled = hex::decode(&format!("000000FF{REPORT}")).unwrap();
        assert_eq!(behind("000000FF").repaired(&mangled), Some(whole.as_slice()));
        assert_eq!(Treatment::default().repaired(&mangled), None);
    }

    #[test]
    fn what_is_not_mangled_is_left_alone() {
        let wavecom = behind("000000FF");
        assert_eq!(wavecom.repaired(&hex::decode(REPORT).unwrap()), None);
        // A message behind those octets is no report, and neither are those octets alone.
        let message = "000000FF0004069126181100004211509051038203803000";
        for other in [message, "000000FF", "000000FF00", "FF000000FF00", "00"] {
            assert_eq!(wavecom.repaired(&hex::decode(other).unwrap()), None, "{other}");
        }
        // What reads as a report already is one, whatever it begins with.
        assert_eq!(behind("00").repaired(&hex::decode(REPORT).unwrap()), None);
    }

    #[test]
    fn a_mangled_report_that_was_cut_says_nothing_and_stays_as_it_came() {
        let mangled = hex::decode(&format!("000000FF{REPORT}")).unwrap();
        for length in 0..mangled.len() {
            assert_eq!(behind("000000FF").repaired(&mangled[..length]), None, "{length}");
        }
        // Half an octet too few is no hexadecimal: it is kept as characters.
        let odd = format!("000000FF{REPORT}");
        assert_eq!(behind("000000FF").repaired(&odd.as_bytes()[..odd.len() - 1]), None);
    }
}
