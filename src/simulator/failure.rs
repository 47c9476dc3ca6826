//! Final result codes that say no, in each of the three forms `AT+CMEE` chooses (3GPP TS 27.007 §9.2, 27.005 §3.2.5).

use serde::{Deserialize, Serialize};

/// Why a command failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// `ERROR`, whatever `AT+CMEE` says.
    Plain,
    /// `+CME ERROR`: the equipment or the card said no.
    Cme(u16),
    /// `+CMS ERROR`: the message service or the network said no.
    Cms(u16),
}

impl Failure {
    /// The line as written under `AT+CMEE=<cmee>`; `plain_cms` is firmware that hides message errors too when `cmee` is 0.
    pub(super) fn line(self, cmee: u32, plain_cms: bool) -> String {
        match (self, cmee) {
            (Self::Plain, _) | (Self::Cme(_), 0) => "ERROR".to_owned(),
            (Self::Cms(_), 0) if plain_cms => "ERROR".to_owned(),
            (Self::Cme(code), 2) => format!("+CME ERROR: {}", equipment_text(code)),
            (Self::Cms(code), 2) => format!("+CMS ERROR: {}", message_text(code)),
            (Self::Cme(code), _) => format!("+CME ERROR: {code}"),
            (Self::Cms(code), _) => format!("+CMS ERROR: {code}"),
        }
    }
}

/// Texts of 3GPP TS 27.007 §9.2.
fn equipment_text(code: u16) -> &'static str {
    match code {
        0 => "phone failure",
        1 => "no connection to phone",
        3 => "operation not allowed",
        4 => "operation not supported",
        5 => "PH-SIM PIN required",
        10 => "SIM not inserted",
        11 => "SIM PIN required",
        12 => "SIM PUK required",
        13 => "SIM failure",
        14 => "SIM busy",
        15 => "SIM wrong",
        16 => "incorrect password",
        17 => "SIM PIN2 required",
        18 => "SIM PUK2 required",
        20 => "memory full",
        21 => "invalid index",
        22 => "not found",
        23 => "memory failure",
        24 => "text string too long",
        25 => "invalid characters in text string",
        26 => "dial string too long",
        27 => "invalid characters in dial string",
        30 => "no network service",
        31 => "network timeout",
        32 => "network not allowed - emergency calls only",
        50 => "Incorrect parameters",
        _ => "unknown",
    }
}

/// Texts of 3GPP TS 27.005 §3.2.5 and of the causes it takes from 24.011 and 23.040.
fn message_text(code: u16) -> &'static str {
    match code {
        1 => "Unassigned (unallocated) number",
        8 => "Operator determined barring",
        10 => "Call barred",
        17 => "Network failure",
        21 => "Short message transfer rejected",
        22 => "Memory capacity exceeded",
        27 => "Destination out of service",
        28 => "Unidentified subscriber",
        29 => "Facility rejected",
        30 => "Unknown subscriber",
        38 => "Network out of order",
        41 => "Temporary failure",
        42 => "Congestion",
        47 => "Resources unavailable, unspecified",
        50 => "Requested facility not subscribed",
        69 => "Requested facility not implemented",
        300 => "ME failure",
        301 => "SMS service of ME reserved",
        302 => "operation not allowed",
        303 => "operation not supported",
        304 => "invalid PDU mode parameter",
        305 => "invalid text mode parameter",
        310 => "SIM not inserted",
        311 => "SIM PIN required",
        312 => "PH-SIM PIN required",
        313 => "SIM failure",
        314 => "SIM busy",
        315 => "SIM wrong",
        316 => "SIM PUK required",
        320 => "memory failure",
        321 => "invalid memory index",
        322 => "memory full",
        330 => "SMSC address unknown",
        331 => "no network service",
        332 => "network timeout",
        340 => "no +CNMA acknowledgement expected",
        _ => "unknown error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_of_cmee_has_its_own_words() {
        let table = [
            (Failure::Plain, ["ERROR", "ERROR", "ERROR"]),
            (Failure::Cme(10), ["ERROR", "+CME ERROR: 10", "+CME ERROR: SIM not inserted"]),
            (
                Failure::Cms(321),
                ["+CMS ERROR: 321", "+CMS ERROR: 321", "+CMS ERROR: invalid memory index"],
            ),
            (
                Failure::Cms(999),
                ["+CMS ERROR: 999", "+CMS ERROR: 999", "+CMS ERROR: unknown error"],
            ),
        ];
        for (failure, lines) in table {
            for (cmee, expected) in (0..).zip(lines) {
                assert_eq!(failure.line(cmee, false), expected, "{failure:?} in mode {cmee}");
            }
        }
        assert_eq!(Failure::Cms(321).line(0, true), "ERROR");
    }
}
