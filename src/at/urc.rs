//! Unsolicited result codes: what modems say without being asked, and what it means to us.
//!
//! One table knows the beginnings; a line that begins like none of them is [`Urc::Unknown`]. `+CMT`, `+CDS` and `+CBM`
//! take two lines in PDU mode, and a `+CUSD` text may be torn over several: [`read`] then says what is still missing.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use nom::Parser;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, space0};
use nom::combinator::{map_res, opt, rest};
use nom::sequence::{delimited, preceded, terminated};

use super::network_time::{self, Form};

/// A message store as 3GPP TS 27.005 §3.2.2 and vendors name it: `SM`, `ME`, `MT`, `SR`, `SM_P` …
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Store(String);

/// Not the name of a message store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a message store")]
pub struct NotAStore;

impl Store {
    /// Reads a name of one to eight capital letters, digits or underscores.
    ///
    /// # Errors
    /// [`NotAStore`] for anything else, so that no quote or control character gets into a command line.
    pub fn parse(name: &str) -> Result<Self, NotAStore> {
        let fits = |sign: u8| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b'_';
        if (1..=8).contains(&name.len()) && name.bytes().all(fits) {
            Ok(Self(name.to_owned()))
        } else {
            Err(NotAStore)
        }
    }

    /// The name without quotes.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Urc {
    /// `+CMTI`: a message was stored. Without store or with index -1 nothing was (SIM7000G).
    MessageStored {
        /// The store it lies in.
        store: Option<Store>,
        /// Its place there; the first is 0 or 1.
        index: Option<u32>,
    },
    /// `+CMT`: a message, routed to us directly.
    MessageRouted {
        /// Address of the service centre and TPDU, as the modem wrote them.
        pdu_hex: String,
        /// Octets of the TPDU alone, as the header says.
        length: usize,
    },
    /// `+CDS`: a status report, routed to us directly.
    ReportRouted {
        /// Address of the service centre and TPDU, as the modem wrote them.
        pdu_hex: String,
        /// Octets of the TPDU alone, as the header says.
        length: usize,
    },
    /// `+CDSI`: a status report was stored.
    ReportStored {
        /// The store the notice names; EC25 says `SM` and means `SR`.
        store: Option<Store>,
        /// Its place there.
        index: Option<u32>,
    },
    /// `+CBM`: a cell broadcast.
    Broadcast {
        /// The page, as the modem wrote it.
        pdu_hex: String,
        /// Its octets, as the header says.
        length: usize,
    },
    /// `+CUSD`: the network's answer to a USSD request, or a menu of its own accord (3GPP TS 27.007 §7.15).
    Ussd {
        /// 0 done, 1 answer wanted, 2 ended by the network, 3 other client, 4 not supported, 5 time-out.
        status: u8,
        /// The text as the modem wrote it, perhaps hexadecimal.
        text: Option<String>,
        /// The coding scheme (3GPP TS 23.038 §5).
        dcs: Option<u8>,
    },
    /// `+CLASS0`: a flash message that was shown on a display that is not there, and stored nowhere; what stands behind the name.
    FlashShown(String),
    /// A store is full: nothing more is announced until places are free.
    StorageFull {
        /// The store, where it is named.
        store: Option<Store>,
    },
    /// The modem has started or is starting.
    Boot(Boot),
    /// The message service is ready after a start.
    SmsReady,
    /// Supply or temperature out of bounds, or the modem switches itself off; the line as it came.
    PowerAlarm(String),
    /// Registration has changed.
    Registration {
        /// Which one.
        domain: Domain,
        /// Its state (3GPP TS 27.007 §7.2).
        state: RegistrationState,
    },
    /// Signal strength, 0 to 31 (3GPP TS 27.007 §8.5), where the notice gives it on that scale.
    Signal {
        /// The value; `None` when unknown or on another scale.
        rssi: Option<u8>,
    },
    /// Something about the SIM card.
    Sim(SimNotice),
    /// Somebody calls.
    Ring,
    /// A call has ended.
    CallEnded,
    /// An error result although no command was in flight: how some modems end a USSD request.
    LateError(super::result::Refusal),
    /// The network's time, with day and zone.
    NetworkTime(DateTime<FixedOffset>),
    /// A vendor's notice that means nothing to us.
    Ignored(String),
    /// No notice we know.
    Unknown(String),
}

/// How far a start has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Boot {
    /// The modem has just started: all settings are lost, and a command in flight will never be answered.
    Started,
    /// A later sign of the same start, or one that some sticks repeat at any time (`^BOOT` of Huawei).
    UnderWay,
}

/// Which registration a notice speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Domain {
    /// `+CREG`: circuit switched.
    Circuit,
    /// `+CGREG`: packet switched.
    Packet,
    /// `+CEREG`: LTE.
    Lte,
}

/// Network registration (3GPP TS 27.007 §7.2, §10.1.22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistrationState {
    /// 0: not registered, not searching.
    Off,
    /// 1, or 9 without preference for circuit fallback.
    Home,
    /// 2: not registered, searching.
    Searching,
    /// 3: denied.
    Denied,
    /// 4: unknown, out of coverage for instance.
    Unknown,
    /// 5, or 10 without preference for circuit fallback.
    Roaming,
    /// 6: home network, messages only.
    HomeSmsOnly,
    /// 7: roaming, messages only.
    RoamingSmsOnly,
    /// 8 and all others: no use to us.
    Other(u8),
}

impl RegistrationState {
    /// Reads the number of the standard.
    pub fn of(number: u8) -> Self {
        match number {
            0 => Self::Off,
            1 | 9 => Self::Home,
            2 => Self::Searching,
            3 => Self::Denied,
            4 => Self::Unknown,
            5 | 10 => Self::Roaming,
            6 => Self::HomeSmsOnly,
            7 => Self::RoamingSmsOnly,
            other => Self::Other(other),
        }
    }

    /// Whether messages can be sent and received.
    pub fn is_registered(self) -> bool {
        matches!(self, Self::Home | Self::Roaming | Self::HomeSmsOnly | Self::RoamingSmsOnly)
    }
}

/// What a notice says about the SIM card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimNotice {
    /// It is there and needs no code.
    Ready,
    /// It is not there, or has been taken out.
    Removed,
    /// It is there but not yet usable.
    NotReady,
    /// Something else, mostly a code that is wanted (`SIM PIN`, `SIM PUK`).
    Other(String),
}

/// Which notices take a second line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TwoLine {
    /// `+CMT`.
    Message,
    /// `+CDS`.
    Report,
    /// `+CBM`.
    Broadcast,
}

impl TwoLine {
    /// The whole notice, once its second line has come.
    pub fn complete(self, length: usize, pdu_hex: String) -> Urc {
        match self {
            Self::Message => Urc::MessageRouted { pdu_hex, length },
            Self::Report => Urc::ReportRouted { pdu_hex, length },
            Self::Broadcast => Urc::Broadcast { pdu_hex, length },
        }
    }
}

/// What one line tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A whole notice.
    Whole(Urc),
    /// A header; the next line belongs to it. Without a length it is of text mode, and of no use.
    Header(TwoLine, Option<usize>),
    /// A `+CUSD` whose text has not ended.
    Torn,
    /// No notice we know.
    None,
}

#[derive(Clone, Copy)]
enum Kind {
    MessageStored,
    ReportStored,
    TwoLine(TwoLine),
    Ussd,
    FlashShown,
    StorageFull,
    Boot(Boot),
    SmsReady,
    PowerAlarm,
    Registration(Domain),
    Huawei0To31,
    Csq,
    OtherScale,
    Cpin,
    Cfun,
    Wind,
    Quectel,
    Indicator,
    SimSwitch(&'static [&'static str]),
    Ring,
    CallEnded,
    NetworkTime(Form),
    Ignored,
}

/// Beginnings of lines, and what they are.
const BEGINNINGS: &[(&str, Kind)] = &[
    ("+CMTI:", Kind::MessageStored),
    ("+CMT:", Kind::TwoLine(TwoLine::Message)),
    ("+CDSI:", Kind::ReportStored),
    ("+CDS:", Kind::TwoLine(TwoLine::Report)),
    ("+CBM:", Kind::TwoLine(TwoLine::Broadcast)),
    ("+CBMI:", Kind::Ignored),
    ("+CUSD:", Kind::Ussd),
    ("+CREG:", Kind::Registration(Domain::Circuit)),
    ("+CGREG:", Kind::Registration(Domain::Packet)),
    ("+CEREG:", Kind::Registration(Domain::Lte)),
    ("+CPIN:", Kind::Cpin),
    ("+CFUN:", Kind::Cfun),
    ("+CSQ:", Kind::Csq),
    ("+CRING:", Kind::Ring),
    ("+CLIP:", Kind::Ring),
    ("MISSED_CALL:", Kind::CallEnded),
    ("VOICE CALL:", Kind::CallEnded),
    ("^CEND:", Kind::CallEnded),
    // Huawei.
    ("^RSSI:", Kind::Huawei0To31),
    ("^HCSQ:", Kind::OtherScale),
    ("^CSNR:", Kind::OtherScale),
    ("^RSSILVL:", Kind::OtherScale),
    ("^HRSSILVL:", Kind::OtherScale),
    ("^SIMST:", Kind::SimSwitch(&["0", "255"])),
    // E153 and others repeat it every few seconds until AT^CURC=0: no proof that they started just now.
    ("^BOOT:", Kind::Boot(Boot::UnderWay)),
    ("^SMMEMFULL:", Kind::StorageFull),
    ("^MODE:", Kind::Ignored),
    ("^SRVST:", Kind::Ignored),
    ("^SYSINFO", Kind::Ignored),
    ("^STIN:", Kind::Ignored),
    ("^DSFLOWRPT:", Kind::Ignored),
    ("^DSDORMANT:", Kind::Ignored),
    ("^NWTIME:", Kind::NetworkTime(Form::Local)),
    ("^EONS:", Kind::Ignored),
    ("^LWURC:", Kind::Ignored),
    ("^NDISSTAT:", Kind::Ignored),
    ("^NDISSTATQRY:", Kind::Ignored),
    ("^POSITION:", Kind::Ignored),
    ("^RFSWITCH:", Kind::Ignored),
    ("^THERM:", Kind::Ignored),
    ("^CURRSRV:", Kind::Ignored),
    // ZTE, Onda.
    ("+ZUSIMR:", Kind::Ignored),
    ("+ZDONR:", Kind::Ignored),
    ("+ZPASR:", Kind::Ignored),
    ("+ZPAS:", Kind::Ignored),
    ("+ZPSTM:", Kind::Ignored),
    ("+ZEND", Kind::Ignored),
    // SIMCom; the double N is real.
    ("*ATREADY:", Kind::Boot(Boot::Started)),
    ("UNDER-VOLTAGE", Kind::PowerAlarm),
    ("OVER-VOLTAGE", Kind::PowerAlarm),
    ("+CMTE:", Kind::PowerAlarm),
    ("*PSUTTZ:", Kind::NetworkTime(Form::Utc)),
    ("*PSNWID:", Kind::Ignored),
    ("DST:", Kind::Ignored),
    ("+CTZV:", Kind::NetworkTime(Form::ZoneFirst)),
    ("+CTZE:", Kind::NetworkTime(Form::ZoneFirst)),
    ("+CTZDST:", Kind::Ignored),
    ("+CLASS0:", Kind::FlashShown),
    ("+SIMCARD:", Kind::SimSwitch(&["NOT AVAILABLE"])),
    // Quectel; `+CIEV` is Cinterion's too.
    ("+CIEV:", Kind::Indicator),
    ("+QIND:", Kind::Quectel),
    ("+QUSIM:", Kind::Ignored),
    ("+QLWURC:", Kind::Ignored),
    ("+QGPSURC:", Kind::Ignored),
    // Siemens, Cinterion.
    ("^SYSSTART", Kind::Boot(Boot::Started)),
    ("^SYSLOADING", Kind::Boot(Boot::UnderWay)),
    ("^SHUTDOWN", Kind::PowerAlarm),
    ("^SCKS:", Kind::SimSwitch(&["0"])),
    // Wavecom.
    ("+WIND:", Kind::Wind),
    // D-Link, Telit, Option.
    ("+PSBEARER:", Kind::Ignored),
    ("+SPNWNAME:", Kind::Ignored),
    ("#STN:", Kind::Ignored),
    ("#QSS:", Kind::SimSwitch(&["0"])),
    ("_OSIGQ:", Kind::Ignored),
    ("_OBS:", Kind::Ignored),
];

/// Whole lines without any figure.
const WORDS: &[(&str, Kind)] = &[
    ("RDY", Kind::Boot(Boot::Started)),
    ("QCRDY", Kind::Boot(Boot::UnderWay)),
    ("APP RDY", Kind::Boot(Boot::UnderWay)),
    ("Call Ready", Kind::Boot(Boot::UnderWay)),
    ("PB DONE", Kind::Boot(Boot::UnderWay)),
    ("SMS Ready", Kind::SmsReady),
    ("SMS DONE", Kind::SmsReady),
    ("NORMAL POWER DOWN", Kind::PowerAlarm),
    ("RING", Kind::Ring),
    ("NO CARRIER", Kind::CallEnded),
    ("BUSY", Kind::CallEnded),
    ("NO ANSWER", Kind::CallEnded),
    ("NO DIALTONE", Kind::CallEnded),
];

/// Whether a known notice with a vendor's sign and a colon begins here: where glued lines may be cut.
pub fn begins(text: &str) -> bool {
    BEGINNINGS.iter().any(|(beginning, _)| {
        beginning.ends_with(':')
            && !beginning.starts_with(char::is_alphabetic)
            && text.starts_with(beginning)
    })
}

/// Reads one trimmed line.
pub fn read(line: &str) -> Reading {
    let whole_word =
        WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(line)).map(|(_, kind)| (*kind, ""));
    let found = whole_word.or_else(|| {
        BEGINNINGS.iter().find_map(|(beginning, kind)| {
            line.strip_prefix(beginning).map(|body| (*kind, body.trim()))
        })
    });
    found.map_or(Reading::None, |(kind, body)| interpret(kind, body, line))
}

fn interpret(kind: Kind, body: &str, line: &str) -> Reading {
    let urc = match kind {
        Kind::TwoLine(two_line) => return header(two_line, body),
        Kind::Ussd if !ussd_is_whole(body) => return Reading::Torn,
        Kind::Ussd => ussd(line),
        Kind::MessageStored => {
            let (store, index) = place(body);
            Urc::MessageStored { store, index }
        }
        Kind::ReportStored => {
            let (store, index) = place(body);
            Urc::ReportStored { store, index }
        }
        Kind::FlashShown => Urc::FlashShown(body.to_owned()),
        Kind::StorageFull => Urc::StorageFull { store: Store::parse(body.trim_matches('"')).ok() },
        Kind::Boot(boot) => Urc::Boot(boot),
        Kind::SmsReady => Urc::SmsReady,
        Kind::PowerAlarm => Urc::PowerAlarm(line.to_owned()),
        Kind::Registration(domain) => match registration(body) {
            Some(state) => Urc::Registration { domain, state },
            None => Urc::Unknown(line.to_owned()),
        },
        Kind::Huawei0To31 | Kind::Csq => Urc::Signal { rssi: rssi(body) },
        Kind::NetworkTime(form) => match network_time::read(form, body) {
            Some(time) => Urc::NetworkTime(time),
            None => Urc::Ignored(line.to_owned()),
        },
        Kind::OtherScale => Urc::Signal { rssi: None },
        Kind::Cpin => Urc::Sim(match body {
            "READY" => SimNotice::Ready,
            "NOT INSERTED" | "SIM REMOVED" | "REMOVED" => SimNotice::Removed,
            "NOT READY" => SimNotice::NotReady,
            other => SimNotice::Other(other.to_owned()),
        }),
        // Only full functionality is a sign of a start; another figure is a late answer.
        Kind::Cfun if body == "1" => Urc::Boot(Boot::UnderWay),
        Kind::Cfun => Urc::Unknown(line.to_owned()),
        Kind::Wind => match body {
            "0" => Urc::Sim(SimNotice::Removed),
            "1" => Urc::Sim(SimNotice::NotReady),
            "4" => Urc::Boot(Boot::UnderWay),
            "7" => Urc::SmsReady,
            _ => Urc::Ignored(line.to_owned()),
        },
        Kind::Quectel => quectel(body, line),
        Kind::Indicator if body.contains("smsfull") && !body.ends_with('0') => {
            Urc::StorageFull { store: None }
        }
        Kind::SimSwitch(gone) if gone.contains(&first_field(body)) => Urc::Sim(SimNotice::Removed),
        Kind::Ring => Urc::Ring,
        Kind::CallEnded => Urc::CallEnded,
        Kind::Indicator | Kind::SimSwitch(_) | Kind::Ignored => Urc::Ignored(line.to_owned()),
    };
    Reading::Whole(urc)
}

fn first_field(body: &str) -> &str {
    body.split(',').next().unwrap_or(body).trim()
}

/// `"SM",7`, `,-1`, `"ME", 67`, and a third value on some.
fn place(body: &str) -> (Option<Store>, Option<u32>) {
    let mut fields = body.split(',').map(|field| field.trim().trim_matches('"'));
    let store = fields.next().and_then(|name| Store::parse(name).ok());
    (store, fields.next().and_then(|index| index.parse().ok()))
}

/// `[<alpha>],<length>`; `+CDS` and `+CBM` have the length alone. More fields are of text mode.
fn header(two_line: TwoLine, body: &str) -> Reading {
    // Every second piece between quotes is a name, and its commas separate nothing.
    let commas: usize = body.split('"').step_by(2).map(|piece| piece.matches(',').count()).sum();
    let length = body.rsplit(',').next().and_then(|length| length.trim().parse().ok());
    match two_line {
        TwoLine::Message => Reading::Header(two_line, length.filter(|_| commas <= 1)),
        TwoLine::Broadcast => Reading::Header(two_line, length.filter(|_| commas == 0)),
        // In text mode a report is a single line.
        TwoLine::Report if commas > 0 => Reading::Whole(Urc::Unknown(format!("+CDS: {body}"))),
        TwoLine::Report => Reading::Header(two_line, length),
    }
}

/// `<stat>[,"lac","ci"…]`; a second bare number makes it the answer to a query.
fn registration(body: &str) -> Option<RegistrationState> {
    let mut fields = body.split(',').map(str::trim);
    let number: u8 = fields.next()?.parse().ok()?;
    let second = fields.next();
    let is_answer = second.is_some_and(|field| field.len() <= 3 && field.parse::<u8>().is_ok());
    (!is_answer).then(|| RegistrationState::of(number))
}

fn rssi(body: &str) -> Option<u8> {
    first_field(body).parse().ok().filter(|value| *value <= 31)
}

fn quectel(body: &str, line: &str) -> Urc {
    let mut fields = body.split(',').map(|field| field.trim().trim_matches('"'));
    match fields.next() {
        Some("smsfull") => {
            Urc::StorageFull { store: fields.next().and_then(|name| Store::parse(name).ok()) }
        }
        Some("SMS DONE") => Urc::SmsReady,
        Some("PB DONE") => Urc::Boot(Boot::UnderWay),
        Some("csq") => Urc::Signal { rssi: fields.next().and_then(rssi) },
        Some(_) | None => Urc::Ignored(line.to_owned()),
    }
}

/// Whether the text after `+CUSD:` has ended: no quote at all, or a closing quote with at most a coding scheme after it.
pub fn ussd_is_whole(body: &str) -> bool {
    body.split_once('"').is_none_or(|(_, text)| ussd_ends(text))
}

/// Whether a later line of a torn text ends it. A line without a quote never does: what stood before it had not ended.
pub fn ussd_ends(line: &str) -> bool {
    let Some((_, tail)) = line.rsplit_once('"') else { return false };
    tail.trim().is_empty() || dcs(tail.trim()).is_some_and(|(rest, _)| rest.is_empty())
}

fn dcs(tail: &str) -> Option<(&str, Option<u8>)> {
    let number = map_res(digit1::<&str, ()>, str::parse::<u8>);
    preceded((char(','), space0), opt(number)).parse(tail).ok()
}

/// Reads a `+CUSD` line, or what there is of a torn one.
pub fn ussd(line: &str) -> Urc {
    let status = map_res(digit1::<&str, ()>, str::parse::<u8>);
    let mut beginning =
        terminated(delimited((tag("+CUSD:"), space0), status, space0), opt((char(','), space0)));
    let Ok((body, status)) = beginning.parse(line) else { return Urc::Unknown(line.to_owned()) };
    let mut quoted = preceded(char::<&str, ()>('"'), rest);
    let (text, tail) = match quoted.parse(body) {
        Ok((_, inside)) => inside.rsplit_once('"').unwrap_or((inside, "")),
        // Without quotes: everything up to a coding scheme.
        Err(_) => match body.rsplit_once(',') {
            Some((text, scheme)) if scheme.trim().parse::<u8>().is_ok() => {
                body.split_at(text.len())
            }
            Some(_) | None => (body, ""),
        },
    };
    let has_text = !body.is_empty();
    Urc::Ussd {
        status,
        text: has_text.then(|| text.to_owned()),
        dcs: dcs(tail.trim()).and_then(|(_, dcs)| dcs),
    }
}

/// Whether a line is a notice that the tables know, or has the shape of one.
pub fn is_notice(line: &str) -> bool {
    looks_like_one(line) || read(line) != Reading::None
}

/// Whether a line has the shape of a notice: a vendor's sign, a name, a colon.
fn looks_like_one(line: &str) -> bool {
    let name = take_while1::<_, &str, ()>(|sign: char| sign.is_ascii_alphanumeric() || sign == '_');
    let sign = take_while1::<_, &str, ()>(|sign: char| "+^*#%$_&".contains(sign));
    (sign, name, char(':')).parse(line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(line: &str) -> Urc {
        match read(line) {
            Reading::Whole(urc) => urc,
            other @ (Reading::Header(..) | Reading::Torn | Reading::None) => {
                panic!("{line}: {other:?}")
            }
        }
    }

    fn sm() -> Option<Store> {
        Store::parse("SM").ok()
    }

    #[test]
    fn stored_messages_and_reports_name_their_place() {
        assert_eq!(whole("+CMTI: \"SM\",7"), Urc::MessageStored { store: sm(), index: Some(7) });
        assert_eq!(whole("+CMTI: ,-1"), Urc::MessageStored { store: None, index: None });
        assert_eq!(whole("+CDSI:\"SM\", 0"), Urc::ReportStored { store: sm(), index: Some(0) });
    }

    #[test]
    fn two_line_notices_say_how_long_their_tpdu_is() {
        assert_eq!(read("+CMT: ,23"), Reading::Header(TwoLine::Message, Some(23)));
        assert_eq!(read("+CMT: \"Ana, Budi\",23"), Reading::Header(TwoLine::Message, Some(23)));
        assert_eq!(
            read("+CMT: \"+62\",,\"24/01/01,10:00\",145,4"),
            Reading::Header(TwoLine::Message, None)
        );
        assert_eq!(read("+CMT: \"Ana\",23"), Reading::Header(TwoLine::Message, Some(23)));
        assert_eq!(read("+CMT:23"), Reading::Header(TwoLine::Message, Some(23)));
        assert_eq!(read("+CDS:25"), Reading::Header(TwoLine::Report, Some(25)));
        assert_eq!(read("+CDS: 25"), Reading::Header(TwoLine::Report, Some(25)));
        assert_eq!(read("+CBM: 88"), Reading::Header(TwoLine::Broadcast, Some(88)));
    }

    #[test]
    fn a_text_mode_report_holds_no_second_line() {
        assert!(matches!(whole("+CDS: 6,199,\"+6281\",145,\"24/01/01\",0"), Urc::Unknown(_)));
    }

    #[test]
    fn ussd_comes_in_many_shapes() {
        let ussd = |status, text: &str, dcs| Urc::Ussd { status, text: Some(text.to_owned()), dcs };
        assert_eq!(whole("+CUSD: 2"), Urc::Ussd { status: 2, text: None, dcs: None });
        assert_eq!(whole("+CUSD: 0,\"Pulsa Rp5.000\",15"), ussd(0, "Pulsa Rp5.000", Some(15)));
        assert_eq!(whole("+CUSD:1,\"1. Ya\""), ussd(1, "1. Ya", None));
        assert_eq!(whole("+CUSD: 0,\"kata \"ya\", 5\",0"), ussd(0, "kata \"ya\", 5", Some(0)));
        assert_eq!(whole("+CUSD: 0,Pulsa 5,000 habis,15"), ussd(0, "Pulsa 5,000 habis", Some(15)));
        assert_eq!(whole("+CUSD: 0,\"\",15"), ussd(0, "", Some(15)));
        assert!(matches!(whole("+CUSD: huh"), Urc::Unknown(_)));
    }

    #[test]
    fn a_torn_ussd_is_not_whole() {
        assert_eq!(read("+CUSD: 0,\"Pulsa"), Reading::Torn);
        assert_eq!(read("+CUSD: 0,\"kata \"ya\" lalu"), Reading::Torn);
    }

    #[test]
    fn registration_is_read_from_notices_only() {
        let circuit = |state| Urc::Registration { domain: Domain::Circuit, state };
        assert_eq!(whole("+CREG: 5"), circuit(RegistrationState::Roaming));
        assert_eq!(whole("+CREG: 1,\"605F\",\"0B\""), circuit(RegistrationState::Home));
        assert_eq!(whole("+CREG: 1,605F,0B"), circuit(RegistrationState::Home));
        assert!(matches!(whole("+CREG: 0,1"), Urc::Unknown(_)), "that is a late answer");
        assert!(
            RegistrationState::of(6).is_registered() && !RegistrationState::of(8).is_registered()
        );
    }

    #[test]
    fn vendor_lines_mean_what_the_table_says() {
        assert_eq!(whole("RDY"), Urc::Boot(Boot::Started));
        assert_eq!(whole("*ATREADY: 1"), Urc::Boot(Boot::Started));
        assert_eq!(whole("+CFUN: 1"), Urc::Boot(Boot::UnderWay));
        assert_eq!(whole("SMS Ready"), Urc::SmsReady);
        assert_eq!(whole("SMS DONE"), Urc::SmsReady);
        assert_eq!(whole("+WIND: 7"), Urc::SmsReady);
        assert_eq!(
            whole("UNDER-VOLTAGE WARNNING"),
            Urc::PowerAlarm("UNDER-VOLTAGE WARNNING".into())
        );
        assert_eq!(whole("+CPIN: NOT READY"), Urc::Sim(SimNotice::NotReady));
        assert_eq!(whole("^SIMST:255"), Urc::Sim(SimNotice::Removed));
        assert_eq!(whole("^SCKS: 0"), Urc::Sim(SimNotice::Removed));
        assert_eq!(whole("^SMMEMFULL:\"SM\""), Urc::StorageFull { store: sm() });
        assert_eq!(whole("+QIND: \"smsfull\",\"SM\""), Urc::StorageFull { store: sm() });
        assert_eq!(whole("^RSSI:26"), Urc::Signal { rssi: Some(26) });
        assert_eq!(whole("^RSSI:99"), Urc::Signal { rssi: None });
        assert_eq!(whole("RING"), Urc::Ring);
        assert_eq!(whole("NO CARRIER"), Urc::CallEnded);
        assert!(matches!(whole("+PSBEARER: 24, 0"), Urc::Ignored(_)));
    }

    #[test]
    fn what_no_table_knows_is_no_notice() {
        for line in ["+XYZ: 1", "hello", "0791", "RINGING", "+CMGL: 1,1,,23"] {
            assert_eq!(read(line), Reading::None, "{line}");
        }
        assert!(looks_like_one("+XYZ: 1") && looks_like_one("^ODD:2"));
        assert!(!looks_like_one("Revision: 1") && !looks_like_one("+62 81"));
        assert!(is_notice("+XYZ: 1") && is_notice("RING") && is_notice("^SHUTDOWN"));
        assert!(!is_notice("0791=4") && !is_notice("hello"));
    }

    #[test]
    fn a_store_name_cannot_leave_its_quotes() {
        for name in ["", "S\"M", "SM\r", "sm", "ABCDEFGHI"] {
            assert_eq!(Store::parse(name), Err(NotAStore), "{name:?}");
        }
        assert_eq!(Store::parse("SM_P").unwrap().to_string(), "SM_P");
    }
}
