//! What an admin may put to a modem by hand: an allow-list, because vendors have names without number for what locks a card,
//! empties a store or switches the modem off. Questions, and the few settings of card and network that a card or a place
//! may want: after one of those the modem is brought up anew, so that the driver relies on nothing that is no longer so.

use std::time::Duration;

use super::harmful::is_never_a_question;
use crate::at::command::Verbatim;
use crate::at::{Expect, Line};

/// A line that may be put to a modem by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    line: Line,
    /// Whether it sets something.
    pub(super) sets: bool,
}

/// A line that may lock, wipe, send or switch off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "by hand go questions (AT+NAME?, AT+NAME=?, ATI, AT+CSQ and the like) and the settings of card and network: {}",
    SETTINGS.join(" ")
)]
pub struct NotByHand;

/// Commands that ask without a question mark.
const ASKING: &[&str] = &[
    "AT",
    "ATI",
    "AT&V",
    "AT+CBC",
    "AT+CCID",
    "AT+CEER",
    "AT+CESQ",
    "AT+CGMI",
    "AT+CGMM",
    "AT+CGMR",
    "AT+CGSN",
    "AT+CICCID",
    "AT+CIMI",
    "AT+CLAC",
    "AT+CNUM",
    "AT+CPAS",
    "AT+CSQ",
    "AT+GMI",
    "AT+GMM",
    "AT+GMR",
    "AT+GSN",
    "AT+ICCID",
    "AT+QCCID",
    "AT+QCSQ",
    "AT+QNWINFO",
    "AT+SPIC",
    "AT^SYSINFO",
    "AT^SYSINFOEX",
];

/// What may be set: the message centre, the bearer of messages, the network to look for and its kind, the network's time. A
/// value follows.
const SETTINGS: &[&str] = &[
    "AT+CSCA=",
    "AT+CGSMS=",
    "AT+COPS=0",
    "AT+COPS=1,",
    "AT+COPS=4,",
    "AT^SYSCFG=",
    "AT^SYSCFGEX=",
    "AT+CNMP=",
    "AT+ZSNT=",
    "AT+QCFG=\"nwscanmode\",",
    "AT+CTZU=",
    "AT+CLTS=",
];

/// How long a setting may take: a network that is chosen by hand is looked for first.
const SETTING_PATIENCE: Duration = Duration::from_mins(2);

/// Questions that take longer than a modem may be away from its work: the search for all networks.
const TOO_LONG: &[&str] = &["AT+COPS=?"];

/// Answers that begin like a notice: they are the question's own.
const LIKE_NOTICES: &[&str] = &[
    "+CFUN:",
    "+CREG:",
    "+CGREG:",
    "+CEREG:",
    "+CSQ:",
    "+CIEV:",
    "+CLIP:",
    "+CMTE:",
    "+QIND:",
    "+QUSIM:",
    "+SIMCARD:",
    "+WIND:",
    "+CTZV:",
    "+CTZE:",
    "+PSBEARER:",
    "^RSSI:",
    "^HCSQ:",
    "^CSNR:",
    "^SIMST:",
    "^SRVST:",
    "^MODE:",
    "^SYSINFO",
    "^SYSINFOEX:",
    "^THERM:",
    "^CURRSRV:",
    "^EONS:",
    "^SCKS:",
    "#QSS:",
];

impl ByHand {
    /// Reads a line as an admin typed it, in either case; what stands in quotes is left as it is.
    ///
    /// # Errors
    /// [`NotByHand`] for everything that is not known to harm nothing.
    pub fn parse(typed: &str) -> Result<Self, NotByHand> {
        let line = in_capitals(typed.trim());
        let sets = is_setting(&line);
        let asks =
            || ASKING.contains(&line.as_str()) || is_numbered_identity(&line) || is_query(&line);
        if !(sets || asks()) {
            return Err(NotByHand);
        }
        let line = Line::parse(&line).map_err(|_| NotByHand)?;
        Ok(Self { line, sets })
    }

    pub(super) fn command(&self) -> Verbatim {
        let line = self.line.as_str();
        if self.sets {
            return Verbatim::new(self.line.clone()).within(SETTING_PATIENCE);
        }
        let name = line.trim_start_matches("AT").trim_end_matches(['?', '=']);
        let own = LIKE_NOTICES.iter().find(|prefix| prefix.trim_end_matches(':') == name);
        let expect = match own {
            // Wavecom leaves the OK out.
            _ if line == "AT+CPIN?" => Expect::PrefixedOkOptional("+CPIN:"),
            Some(own) => Expect::Text(std::slice::from_ref(own)),
            None => Expect::Text(&[]),
        };
        Verbatim::new(self.line.clone()).expecting(expect)
    }
}

/// In capitals, but for what stands in quotes: a network's name, or a Quectel's.
fn in_capitals(line: &str) -> String {
    let mut quoted = false;
    let raise = |sign: char| {
        quoted ^= sign == '"';
        if quoted { sign } else { sign.to_ascii_uppercase() }
    };
    line.chars().map(raise).collect()
}

/// One of [`SETTINGS`] with a value, and no second command behind it.
fn is_setting(line: &str) -> bool {
    let value = SETTINGS.iter().find_map(|setting| Some((setting, line.strip_prefix(setting)?)));
    value.is_some_and(|(setting, value)| {
        let is_plain = |sign: u8| sign.is_ascii_alphanumeric() || b"\",+ ".contains(&sign);
        let has_value = setting.ends_with('0') || value.bytes().any(|sign| sign.is_ascii_digit());
        has_value && value.bytes().all(is_plain)
    })
}

/// `ATI0` to `ATI9`.
fn is_numbered_identity(line: &str) -> bool {
    line.strip_prefix("ATI")
        .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|digit| digit.is_ascii_digit()))
}

/// `AT+NAME?` and `AT+NAME=?`, with a vendor's sign instead of the plus too. One command, nothing behind it.
fn is_query(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("AT") else { return false };
    let Some(rest) = rest.strip_prefix(['+', '^', '#', '$', '*', '%']) else { return false };
    let Some(name) = rest.strip_suffix("=?").or_else(|| rest.strip_suffix('?')) else {
        return false;
    };
    let is_name =
        (1..=16).contains(&name.len()) && name.bytes().all(|sign| sign.is_ascii_alphanumeric());
    is_name && !is_never_a_question(name) && !TOO_LONG.contains(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_settings_of_the_network_are_taken_and_whatever_could_harm_is_not() {
        for line in [
            "AT",
            "ATI",
            "ati3",
            "at+csq",
            " AT+CREG? ",
            "AT+CPMS=?",
            "AT+CNMI?",
            "AT^SYSINFOEX",
            "AT+CPIN?",
            "AT+COPS?",
            "AT+CIMI",
            "AT+QCFG=?",
            "AT^CPIN?",
            "AT+CMEE?",
            "AT&V",
        ] {
            assert_eq!(ByHand::parse(line).map(|line| line.sets), Ok(false), "{line}");
        }
        for line in [
            "AT+CSCA=\"+62855000000\"",
            "at+csca=\"+62855000000\",145",
            "AT+CGSMS=1",
            "AT+COPS=0",
            "AT+COPS=1,2,\"51010\"",
            "AT+COPS=4,0,\"IND TELKOMSEL\"",
            "AT^SYSCFG=13,1,3FFFFFFF,2,4",
            "AT^SYSCFGEX=\"01\",3FFFFFFF,1,2,7FFFFFFFFFFFFFFF,,",
            "AT+CNMP=13",
            "at+qcfg=\"nwscanmode\",1,1",
        ] {
            assert_eq!(ByHand::parse(line).map(|line| line.sets), Ok(true), "{line}");
        }
        for line in [
            "",
            "AT+CPIN=1234",
            "AT+CPIN=\"1234\"",
            "AT+CLCK=\"SC\",1,\"1234\"",
            "AT+CPWD=\"SC\",\"1\",\"2\"",
            "AT+CMGD=1,4",
            "AT+CMGD=?",
            "AT$QCPWRDN?",
            "at^mso?",
            "AT+POWEROFF=?",
            "ATS3=13",
            "AT+CSQ;+CPIN=1234",
            "AT+CMGS=20",
            "AT+CMGL=4",
            "AT+CMGR=1",
            "ATD123;",
            "ATD*21#?",
            "AT+CUSD=1,\"*888#\"",
            "AT&F",
            "ATZ",
            "AT&W",
            "ATE1",
            "AT+IPR=9600",
            "AT+CNMI=2,2",
            "AT+CFUN=0",
            "AT+CFUN=1,1",
            "AT+CSCA=",
            "AT+CSCA=\"\"",
            "AT+CSCA=\"+62855000000\";+CFUN=0",
            "AT+COPS=3",
            "AT+QCFG=\"usbcfg\",0",
            "AT+CGSMS",
            "AT^RESET",
            "AT^RESET?",
            "AT+CPOWD=1",
            "AT+QPOWD",
            "AT+QPOWD?",
            "AT+CPOWD?",
            "AT+CPOF?",
            "AT+CRESET",
            "AT+CRESET?",
            "at+creset=?",
            "AT+CPWROFF",
            "AT+CPWROFF?",
            "AT#SHDN",
            "AT#SHDN?",
            "AT^SHDN?",
            "AT#REBOOT?",
            "AT#ENHRST?",
            "AT*ENHRST?",
            "AT^SMSO?",
            "AT^SMSO=?",
            "AT+COPS=?",
            "AT+COPS=2",
            "AT+CREG?;+CFUN=0",
            "AT+CSQ;+CFUN=0",
            "AT+CFUN=0?",
            "AT+X=1,?",
            "AT+CREG?\rAT+CFUN=0",
            "AT+CREG?\u{1a}",
            "ATI10",
            "AT+CPMS=\"SM\"?",
            "+CSQ",
        ] {
            assert_eq!(ByHand::parse(line), Err(NotByHand), "{line}");
        }
    }
}
