//! The table of modem families: the one that comes with the program, and the office's own behind it.

use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::values::duration;
use crate::at::{Line, Pace};
use crate::modem::harmful::{Purpose, fits_table};
use crate::modem::quirks::{Quirk, Quirks, Treatment};
use crate::sms::hex;

/// Commands of one entry at each start: each that is not answered takes seconds.
const START_LINES_MAX: usize = 16;

/// How long a card may be left alone after its PIN: the modem is out of service meanwhile.
const AFTER_PIN_MAX: Duration = Duration::from_mins(5);

/// How long a prompt may be left waiting at its beginning and at its end.
const PROMPT_PAUSE_MAX: Duration = Duration::from_secs(5);

/// Longest pause between two pieces: the 350 digits of the longest message, one by one, take 35 s then.
const BETWEEN_MAX: Duration = Duration::from_millis(100);

/// Digits of a piece; no message has so many.
const PIECE_MAX: usize = 512;

/// Octets that may stand before a report: more than that is no slip of a firmware.
const BEFORE_REPORTS_MAX: usize = 16;

/// The table that comes with the program; the tests show that it can be read.
const KNOWN: &str = include_str!("../../config/quirks.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, rename = "family")]
    families: Vec<Family>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    #[serde(default)]
    manufacturer: String,
    #[serde(default)]
    model: String,
    #[serde(default)]
    revision: String,
    #[expect(dead_code, reason = "for the reader of the file: an entry must say why")]
    why: String,
    #[serde(default)]
    start: Vec<StartLine>,
    reports: Option<Vec<u8>>,
    before_reports: Option<String>,
    restart: Option<RestartLine>,
    notices: Option<StartLine>,
    pin_tries: Option<StartLine>,
    #[serde(default, deserialize_with = "some_duration")]
    after_pin: Option<Duration>,
    link: Option<bool>,
    #[serde(default)]
    frees_together: bool,
    radio: Option<bool>,
    payload: Option<Payload>,
}

/// The pace of a payload as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPace {
    #[serde(default, deserialize_with = "some_duration")]
    pause: Option<Duration>,
    piece: Option<usize>,
    #[serde(default, deserialize_with = "some_duration")]
    between: Option<Duration>,
    #[serde(default, deserialize_with = "some_duration")]
    before_end: Option<Duration>,
}

/// The same once it makes sense; refused where it stands.
#[derive(Deserialize)]
#[serde(try_from = "WrittenPace")]
struct Payload(Pace);

impl TryFrom<WrittenPace> for Payload {
    type Error = String;

    fn try_from(written: WrittenPace) -> Result<Self, String> {
        let WrittenPace { pause, piece, between, before_end } = written;
        if pause.max(before_end).is_some_and(|pause| pause > PROMPT_PAUSE_MAX) {
            return Err("payload: pause and before_end are five seconds at most".to_owned());
        }
        if between.is_some_and(|between| between > BETWEEN_MAX) {
            return Err("payload: between is 100ms at most".to_owned());
        }
        if piece.is_some_and(|piece| !(1..=PIECE_MAX).contains(&piece)) {
            return Err(format!("payload: piece is 1 to {PIECE_MAX} digits"));
        }
        if piece.is_some() != between.is_some() {
            return Err("payload: piece and between go together".to_owned());
        }
        Ok(Self(Pace {
            pause: pause.unwrap_or_default(),
            piece,
            between: between.unwrap_or_default(),
            before_end: before_end.unwrap_or_default(),
        }))
    }
}

/// A line that is said to a modem without anybody looking on; refused where it stands, so that the error has its place.
struct StartLine(Line);

/// The same for one that is to restart it.
struct RestartLine(Line);

impl<'de> Deserialize<'de> for StartLine {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        line(from, Purpose::Start).map(Self)
    }
}

impl<'de> Deserialize<'de> for RestartLine {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        line(from, Purpose::Restart).map(Self)
    }
}

fn line<'de, D: Deserializer<'de>>(from: D, purpose: Purpose) -> Result<Line, D::Error> {
    let written = String::deserialize(from)?;
    let mut text = written.trim_matches(' ').to_owned();
    // A modem takes AT and at, and need not take what is between (V.250 §5.2.1).
    if let Some(start) = text.get_mut(..2).filter(|start| start.eq_ignore_ascii_case("AT")) {
        start.make_ascii_uppercase();
    }
    let line =
        Line::parse(&text).map_err(|error| D::Error::custom(format!("{text:?}: {error}")))?;
    fits_table(&text, purpose).map_err(|unfit| D::Error::custom(format!("{text:?}: {unfit}")))?;
    Ok(line)
}

fn some_duration<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    duration(from).map(Some)
}

/// The families that the program knows.
pub fn known() -> Quirks {
    parse(KNOWN).unwrap_or_default()
}

/// Reads a table.
///
/// # Errors
/// What is wrong with it, with line and column where the syntax is.
pub fn parse(text: &str) -> Result<Quirks, String> {
    let written: Written =
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
    written.families.into_iter().map(quirk).collect::<Result<_, _>>().map(Quirks::new)
}

fn quirk(family: Family) -> Result<Quirk, String> {
    if let Some(reports) = &family.reports
        && !is_choice(reports)
    {
        return Err(format!("[[family]] reports = {reports:?}: write 1, 2 or 0, the best first"));
    }
    if family.start.len() > START_LINES_MAX {
        return Err(format!("[[family]] start: {START_LINES_MAX} command lines at most"));
    }
    if family.after_pin.is_some_and(|pause| pause > AFTER_PIN_MAX) {
        return Err("[[family]] after_pin: five minutes at most".to_owned());
    }
    let before_reports = family.before_reports.map(|octets| junk(&octets)).transpose()?;
    Ok(Quirk {
        treatment: Treatment {
            start: family.start.into_iter().map(|line| line.0).collect(),
            reports: family.reports,
            before_reports,
            restart: family.restart.map(|line| line.0),
            notices: family.notices.map(|line| line.0),
            pin_tries: family.pin_tries.map(|line| line.0),
            after_pin: family.after_pin,
            link: family.link,
            frees_together: family.frees_together,
            radio: family.radio,
            payload: family.payload.map(|payload| payload.0),
        },
        manufacturer: family.manufacturer,
        model: family.model,
        revision: family.revision,
    })
}

/// What stands before reports.
fn junk(written: &str) -> Result<Vec<u8>, String> {
    hex::decode(written)
        .ok()
        .filter(|octets| (1..=BEFORE_REPORTS_MAX).contains(&octets.len()))
        .ok_or_else(|| {
            format!(
                "[[family]] before_reports = {written:?}: 1 to {BEFORE_REPORTS_MAX} octets in hexadecimal"
            )
        })
}

/// Whether each way to report stands there once.
fn is_choice(ways: &[u8]) -> bool {
    let once = |(place, way): (usize, &u8)| {
        *way <= 2 && !ways.iter().take(place).any(|other| other == way)
    };
    !ways.is_empty() && ways.iter().enumerate().all(once)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::modems::Identity;

    fn told(manufacturer: &str, model: &str) -> Treatment {
        known().of(&Identity {
            name: "m".to_owned(),
            sim: "s".to_owned(),
            manufacturer: Some(manufacturer.to_owned()),
            model: Some(model.to_owned()),
            revision: None,
            serial: None,
        })
    }

    #[test]
    fn a_line_begins_with_at_in_capitals_however_it_was_written() {
        let text = r#"[[family]]
            manufacturer = "x"
            why = "y"
            start = ["At^CURC=0", " AT^CURC=0 "]
            restart = "  at#reboot""#;
        let table = parse(text).unwrap();
        let modem = Identity {
            name: "m".to_owned(),
            sim: "s".to_owned(),
            manufacturer: Some("x".to_owned()),
            model: None,
            revision: None,
            serial: None,
        };
        let treatment = table.of(&modem);
        assert_eq!(treatment.start, [Line::parse("AT^CURC=0").unwrap()]);
        assert_eq!(treatment.restart, Line::parse("AT#reboot").ok());
    }

    #[test]
    fn the_table_that_comes_with_the_program_knows_its_families() {
        assert!(parse(KNOWN).is_ok(), "{:?}", parse(KNOWN));
        assert_eq!(told("huawei", "E1752").start, [Line::parse("AT^CURC=0").unwrap()]);
        assert_eq!(told("huawei", "E1752").notices, Line::parse("AT^PORTSEL=1").ok());
        assert_eq!(told("Quectel", "EC25").reports, Some(vec![1, 0]));
        assert_eq!(told("Quectel", "M35").reports, None);
        assert_eq!(told("SIMCOM_Ltd", "SIMCOM_SIM800L").reports, Some(vec![1, 0]));
        let wavecom = told(" WAVECOM MODEM", " MULTIBAND  900E  1800");
        assert_eq!(wavecom.after_pin, Some(Duration::from_secs(5)));
        assert_eq!(wavecom.before_reports, Some(vec![0, 0, 0, 0xFF]));
        for (manufacturer, model, question) in [
            (" WAVECOM MODEM", " MULTIBAND  900E  1800", "AT+CPINC"),
            ("SIEMENS", "TC35i", "AT^SPIC=\"SC\""),
            ("Cinterion", "BGS2-W", "AT^SPIC=\"SC\""),
            ("Telit", "GL865-QUAD", "AT#PCT"),
            ("ZTE CORPORATION", "MF180", "AT+ZPINPUK=?"),
            ("u-blox", "SARA-U201", "AT+UPINCNT"),
            ("Sierra Wireless, Incorporated", "MC7710", "AT+CPINC?"),
        ] {
            assert_eq!(told(manufacturer, model).pin_tries, Line::parse(question).ok());
        }
        assert_eq!(told("Neoway", "M590E").radio, Some(false));
        assert_eq!(told("Unheard Of", "X1"), Treatment::default());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, named) in [
            ("[[family]]\nmodel = \"X\"", "why"),
            ("[[family]]\nwhy = \"\"\nreports = [3]", "reports"),
            ("[[family]]\nwhy = \"\"\nstart = [\"AT\\r\"]", "AT"),
            ("[[family]]\nwhy = \"\"\nrestart = \"REBOOT\"", "REBOOT"),
            ("[[family]]\nwhy = \"\"\nrestart = \"A T#REBOOT\"", "write one command"),
            ("[[family]]\nwhy = \"\"\nrestart = \"AT+CFUN=1,1;+CMGD=1,4\"", "CMGD"),
            (
                "[[family]]\nwhy = \"\"\nstart = [\"AT\", \"AT+CPIN=\\\"9999\\\"\"]",
                "line 3, column 9",
            ),
            ("[[family]]\nwhy = \"\"\nstart = [\"AT+CMGD=1,4\"]", "may lock a card"),
            ("[[family]]\nwhy = \"\"\nnotices = \"AT#REBOOT\"", "may lock a card"),
            (
                "[[family]]\nwhy = \"\"\npin_tries = \"AT+CLCK=\\\"SC\\\",1,\\\"1\\\"\"",
                "may lock a card",
            ),
            ("[[family]]\nwhy = \"\"\nafter_pin = \"soon\"", "soon"),
            ("[[family]]\nwhy = \"\"\nlink = 1", "link"),
            ("[[family]]\nwhy = \"\"\nradio = \"off\"", "radio"),
            ("[[family]]\nwhy = \"\"\npayload = { pause = \"6s\" }", "line 3, column 11"),
            ("[[family]]\nwhy = \"\"\npayload = { before_end = \"6s\" }", "five seconds"),
            ("[[family]]\nwhy = \"\"\npayload = { piece = 0, between = \"1ms\" }", "1 to 512"),
            ("[[family]]\nwhy = \"\"\npayload = { piece = 1, between = \"1s\" }", "100ms"),
            ("[[family]]\nwhy = \"\"\npayload = { piece = 18 }", "go together"),
            ("[[family]]\nwhy = \"\"\npayload = { between = \"1ms\" }", "go together"),
            ("[[family]]\nwhy = \"\"\npayload = { odd = 1 }", "odd"),
            ("[[family]]\nwhy = \"\"\nodd = 1", "odd"),
            ("[[family]]\nwhy = \"\"\nbefore_reports = \"00F\"", "before_reports"),
            ("[[family]]\nwhy = \"\"\nbefore_reports = \"\"", "before_reports"),
            ("[[family]]\nwhy = \"\"\nreports = [1, 0, 1]", "reports"),
            ("[[family]]\nwhy = \"\"\nafter_pin = \"1year\"", "five minutes"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
        let start = vec!["\"AT\""; START_LINES_MAX + 1].join(",");
        let error = parse(&format!("[[family]]\nwhy = \"\"\nstart = [{start}]")).unwrap_err();
        assert!(error.contains("at most"), "{error}");
    }
}
