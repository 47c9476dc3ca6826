//! Questions that an admin may put to a modem by hand: an allow-list, because a line that locks a card, empties a store or
//! changes a setting would break what the driver relies on.

use crate::at::command::Verbatim;
use crate::at::{Expect, Line};

/// A line that asks a modem something and changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question(Line);

/// A line that may change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only questions may be put to a modem: AT+NAME?, AT+NAME=?, ATI, AT+CSQ and the like")]
pub struct NotAQuestion;

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

/// Names that are no question in any form: they send, read citizens' texts, free places, dial, or switch the modem off, and
/// firmware may overlook the mark behind them.
const NEVER: &[&str] = &[
    "CMGS", "CMGW", "CMSS", "CMGC", "CMGL", "CMGR", "CMGD", "CNMA", "CUSD", "CPBR", "CPOF",
    "CPOWD", "QPOWD", "SMSO", "RESET", "REBOOT", "SHUTDOWN", "MRST", "DEFAULT", "FACTORY",
    "CRESET", "CPWROFF", "SHDN", "FASTSHDN", "ENHRST", "RST", "QRST", "ZRST", "NRB", "RESTORE",
    "UFACTORY", "QPRTPARA", "QCPWRDN", "MSO", "POWEROFF", "PWROFF",
];

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

impl Question {
    /// Reads a line as an admin typed it, in either case.
    ///
    /// # Errors
    /// [`NotAQuestion`] for everything that is not known to change nothing.
    pub fn parse(typed: &str) -> Result<Self, NotAQuestion> {
        let line = typed.trim().to_ascii_uppercase();
        if !(ASKING.contains(&line.as_str()) || is_numbered_identity(&line) || is_query(&line)) {
            return Err(NotAQuestion);
        }
        Line::parse(&line).map(Self).map_err(|_| NotAQuestion)
    }

    pub(super) fn command(&self) -> Verbatim {
        let line = self.0.as_str();
        let name = line.trim_start_matches("AT").trim_end_matches(['?', '=']);
        let own = LIKE_NOTICES.iter().find(|prefix| prefix.trim_end_matches(':') == name);
        let expect = match own {
            // Wavecom leaves the OK out.
            _ if line == "AT+CPIN?" => Expect::PrefixedOkOptional("+CPIN:"),
            Some(own) => Expect::Text(std::slice::from_ref(own)),
            None => Expect::Text(&[]),
        };
        Verbatim::new(self.0.clone()).expecting(expect)
    }
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
    is_name && !NEVER.contains(&name) && !TOO_LONG.contains(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_taken_and_whatever_could_change_something_is_not() {
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
            assert!(Question::parse(line).is_ok(), "{line}");
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
            "AT+CSCA=\"+62\"",
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
            assert_eq!(Question::parse(line), Err(NotAQuestion), "{line}");
        }
    }
}
