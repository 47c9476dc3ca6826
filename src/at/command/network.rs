//! The network: registration, signal, operator, message centre, own number.

use super::{
    Command, DEFAULT_PATIENCE, Malformed,
    session::only_ok,
    syntax::{bodies, fields, malformed, number, plain_fields},
};
use crate::at::request::{Expect, Line, Request};
use crate::at::urc::RegistrationState;

/// `AT+CREG=2`: changes of registration are announced, with the cell (3GPP TS 27.007 §7.2).
#[derive(Clone, Copy, Debug)]
pub struct CregSet;

/// `AT+CREG?`: registration for calls and messages (3GPP TS 27.007 §7.2).
#[derive(Clone, Copy, Debug)]
pub struct CregQuery;

/// `AT+CEREG=2`: the same of LTE (3GPP TS 27.007 §10.1.22).
#[derive(Clone, Copy, Debug)]
pub struct CeregSet;

/// `AT+CEREG?`: the same of LTE.
#[derive(Clone, Copy, Debug)]
pub struct CeregQuery;

/// `AT+CSQ`: signal quality (3GPP TS 27.007 §8.5).
#[derive(Clone, Copy, Debug)]
pub struct Csq;

/// `AT+COPS=3,0`: the operator is told by its long name; what is selected stays (3GPP TS 27.007 §7.3).
#[derive(Clone, Copy, Debug)]
pub struct CopsLongName;

/// `AT+COPS?`: the operator (3GPP TS 27.007 §7.3).
#[derive(Clone, Copy, Debug)]
pub struct CopsQuery;

/// `AT+CSCA?`: the message centre (3GPP TS 27.005 §3.3.1).
#[derive(Clone, Copy, Debug)]
pub struct CscaQuery;

/// `AT+CNUM`: the card's own numbers, if it knows them (3GPP TS 27.007 §7.1).
#[derive(Clone, Copy, Debug)]
pub struct Cnum;

/// What `AT+CREG?` and `AT+CEREG?` say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationReport {
    /// The state.
    pub state: RegistrationState,
    /// Location or tracking area in hexadecimal, as far as it came whole.
    pub area: Option<String>,
    /// Cell in hexadecimal, as far as it came whole.
    pub cell: Option<String>,
}

/// What `AT+CSQ` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignalQuality {
    /// 0 to 31; `None` when unknown (99).
    pub rssi: Option<u8>,
    /// Bit errors, 0 (best) to 7; `None` when unknown (99).
    pub bit_errors: Option<u8>,
}

impl SignalQuality {
    /// The strength in dBm, −113 to −51.
    pub fn dbm(self) -> Option<i16> {
        self.rssi.map(|rssi| 2 * i16::from(rssi) - 113)
    }

    /// The strength in bars, 0 to 5, as telephones draw it; no standard says how.
    pub fn bars(self) -> Option<u8> {
        self.dbm().map(|dbm| match dbm {
            -73.. => 5,
            -83.. => 4,
            -93.. => 3,
            -103.. => 2,
            -109.. => 1,
            _ => 0,
        })
    }
}

/// What `AT+COPS?` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// 0 automatic, 1 by hand, 2 not registered.
    pub mode: u8,
    /// Name or number of the network; `None` without one.
    pub name: Option<String>,
    /// Radio technology: 0 GSM, 2 UTRAN, 7 LTE.
    pub technology: Option<u8>,
}

/// A message centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceCentre {
    /// Its number as the modem wrote it.
    pub number: String,
    /// Type of address, 145 for international.
    pub kind: Option<u8>,
}

only_ok! {
    CregSet => "AT+CREG=2", DEFAULT_PATIENCE;
    CeregSet => "AT+CEREG=2", DEFAULT_PATIENCE;
    CopsLongName => "AT+COPS=3,0", DEFAULT_PATIENCE;
}

/// `<n>,<stat>[,<area>,<cell>…]`; a notice of the same prefix has one figure less.
fn registration(
    command: &'static str,
    prefix: &str,
    lines: &[String],
) -> Result<RegistrationReport, Malformed> {
    let full = |body| {
        let fields = plain_fields(body);
        number::<u8>(&fields, 0)?;
        Some(report(
            number(&fields, 1)?,
            fields.get(2..4).unwrap_or_else(|| fields.get(2..).unwrap_or_default()),
        ))
    };
    // Very old firmware leaves <n> out; a notice of the same shape is as true.
    let short = |body| number(&plain_fields(body), 0).map(|state| report(state, &[]));
    let answers = || bodies(lines, prefix).rev();
    answers()
        .find_map(full)
        .or_else(|| answers().find_map(short))
        .ok_or_else(|| malformed(command, lines))
}

fn report(state: u8, place: &[&str]) -> RegistrationReport {
    let mut places = place.iter().map(|field| {
        let is_hex = !field.is_empty() && field.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then(|| (*field).to_owned())
    });
    RegistrationReport {
        state: RegistrationState::of(state),
        area: places.next().flatten(),
        cell: places.next().flatten(),
    }
}

impl Command for CregQuery {
    type Answer = RegistrationReport;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CREG?"), Expect::Prefixed("+CREG:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<RegistrationReport, Malformed> {
        registration("AT+CREG?", "+CREG:", lines)
    }
}

impl Command for CeregQuery {
    type Answer = RegistrationReport;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CEREG?"), Expect::Prefixed("+CEREG:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<RegistrationReport, Malformed> {
        registration("AT+CEREG?", "+CEREG:", lines)
    }
}

impl Command for Csq {
    type Answer = SignalQuality;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CSQ"), Expect::Prefixed("+CSQ:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<SignalQuality, Malformed> {
        let quality = bodies(lines, "+CSQ:").next_back().and_then(|body| {
            let fields = plain_fields(body);
            let rssi: u8 = number(&fields, 0)?;
            let errors: Option<u8> = number(&fields, 1);
            let known = |value: &u8, top: u8| *value <= top;
            Some(SignalQuality {
                rssi: Some(rssi).filter(|rssi| known(rssi, 31)),
                bit_errors: errors.filter(|errors| known(errors, 7)),
            })
        });
        quality.ok_or_else(|| malformed("AT+CSQ", lines))
    }
}

impl Command for CopsQuery {
    type Answer = Operator;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+COPS?"), Expect::Prefixed("+COPS:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<Operator, Malformed> {
        let operator = bodies(lines, "+COPS:").next_back().and_then(|body| {
            let fields = fields(body);
            let name = fields.get(2).filter(|name| !name.is_empty());
            Some(Operator {
                mode: number(&fields, 0)?,
                name: name.map(|name| (*name).to_owned()),
                technology: number(&fields, 3),
            })
        });
        operator.ok_or_else(|| malformed("AT+COPS?", lines))
    }
}

impl Command for CscaQuery {
    type Answer = Option<ServiceCentre>;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CSCA?"), Expect::Prefixed("+CSCA:"), DEFAULT_PATIENCE)
    }

    /// `None` when the card has no centre: nothing can be sent until it has.
    fn answer(&self, lines: &[String]) -> Result<Option<ServiceCentre>, Malformed> {
        let body =
            bodies(lines, "+CSCA:").next_back().ok_or_else(|| malformed("AT+CSCA?", lines))?;
        let fields = fields(body);
        let number_field = fields.first().filter(|number| !number.is_empty());
        Ok(number_field
            .map(|text| ServiceCentre { number: (*text).to_owned(), kind: number(&fields, 1) }))
    }
}

impl Command for Cnum {
    type Answer = Vec<String>;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CNUM"), Expect::Prefixed("+CNUM:"), DEFAULT_PATIENCE)
    }

    /// `[<name>],<number>,<type>`, a line for each number.
    fn answer(&self, lines: &[String]) -> Result<Vec<String>, Malformed> {
        let numbers = bodies(lines, "+CNUM:")
            .filter_map(|body| fields(body).get(1).map(|number| (*number).to_owned()));
        Ok(numbers.filter(|number| !number.is_empty()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn creg(line: &str) -> RegistrationReport {
        CregQuery.answer(&[line.to_owned()]).unwrap()
    }

    #[test]
    fn registration_is_read_from_odd_lines() {
        let home = RegistrationState::Home;
        let report = |area: &str, cell: &str| RegistrationReport {
            state: home,
            area: (!area.is_empty()).then(|| area.to_owned()),
            cell: (!cell.is_empty()).then(|| cell.to_owned()),
        };
        assert_eq!(creg("+CREG: 2,1,\"\",\"605F\""), report("", "605F"));
        assert_eq!(creg("+CREG: 2,1,\"0B,\"0100701\",7"), report("0B", "0100701"));
        assert_eq!(creg("+CREG: 2,1,\"5E25"), report("5E25", ""));
        assert_eq!(creg("+CREG: 000,001"), report("", ""));
        assert_eq!(creg("+CREG: 0,6").state, RegistrationState::HomeSmsOnly);
        assert_eq!(creg("+CREG: 5").state, RegistrationState::Roaming);
        assert!(CregQuery.answer(&["+CREG: x".into()]).is_err());
    }

    #[test]
    fn a_notice_beside_the_answer_does_not_replace_it() {
        let lines = ["+CREG: 0,1".to_owned(), "+CREG: 2".to_owned()];
        assert_eq!(CregQuery.answer(&lines).unwrap().state, RegistrationState::Home);
        let lines = [
            "+CEREG: 1,\"1A2B\",\"0100\",7".to_owned(),
            "+CEREG: 2,5,\"1A2B\",\"0100\",7".to_owned(),
        ];
        assert_eq!(CeregQuery.answer(&lines).unwrap().state, RegistrationState::Roaming);
    }

    #[test]
    fn signal_is_measured_or_unknown() {
        let read = |line: &str| Csq.answer(&[line.to_owned()]).unwrap();
        assert_eq!(read("+CSQ: 28,99"), SignalQuality { rssi: Some(28), bit_errors: None });
        assert_eq!(read("+CSQ: 28,99").dbm(), Some(-57));
        assert_eq!(read("+CSQ:99,0"), SignalQuality { rssi: None, bit_errors: Some(0) });
        assert!(Csq.answer(&["+CSQ:".into()]).is_err());
    }

    #[test]
    fn bars_rise_with_the_signal() {
        let bars = |rssi| SignalQuality { rssi, bit_errors: None }.bars();
        let edges =
            [(0, 0), (1, 0), (2, 1), (4, 1), (5, 2), (10, 3), (15, 4), (19, 4), (20, 5), (31, 5)];
        for (rssi, expected) in edges {
            assert_eq!(bars(Some(rssi)), Some(expected), "{rssi}");
        }
        assert_eq!(bars(None), None);
    }

    #[test]
    fn operator_centre_and_numbers_are_read() {
        let operator = CopsQuery.answer(&["+COPS: 0,0,\"XL, Axiata\",7".into()]).unwrap();
        assert_eq!(
            operator,
            Operator { mode: 0, name: Some("XL, Axiata".into()), technology: Some(7) }
        );
        assert_eq!(CopsQuery.answer(&["+COPS: 0".into()]).unwrap().name, None);
        let centre = CscaQuery.answer(&["+CSCA: \"+6281100000\",145".into()]).unwrap();
        assert_eq!(centre, Some(ServiceCentre { number: "+6281100000".into(), kind: Some(145) }));
        assert_eq!(CscaQuery.answer(&["+CSCA: \"\",129".into()]), Ok(None));
        assert_eq!(
            Cnum.answer(&["+CNUM: \"Line, 1\",\"+6281\",145".into()]),
            Ok(vec!["+6281".to_owned()])
        );
        assert_eq!(Cnum.answer(&[]), Ok(vec![]));
    }
}
