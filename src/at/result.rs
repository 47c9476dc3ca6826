//! Final result codes: the lines that end a command (ITU-T V.250 §5.7, 3GPP TS 27.005 §3.2.5, TS 27.007 §9).

use super::error::{Class, CmeCode, CmsCode, Reaction, Verdict};

/// How a modem says no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// `ERROR` without a reason (`AT+CMEE=0` or simple firmware).
    #[error("ERROR")]
    Plain,
    /// The command does not exist here: `COMMAND NOT SUPPORT` (Huawei) and its kin.
    #[error("{0}")]
    NotSupported(String),
    /// `+CMS ERROR` with a number, or with words whose number is known.
    #[error("+CMS ERROR: {} ({})", .0.0, .0.verdict().meaning)]
    Cms(CmsCode),
    /// `+CME ERROR` with a number, or with words whose number is known.
    #[error("+CME ERROR: {} ({})", .0.0, .0.verdict().meaning)]
    Cme(CmeCode),
    /// `+CMS ERROR` with words that no table knows.
    #[error("+CMS ERROR: {0}")]
    CmsWords(String),
    /// `+CME ERROR` with words that no table knows, or a vendor's own error line.
    #[error("+CME ERROR: {0}")]
    CmeWords(String),
    /// The call ended or could not be made.
    #[error("{0:?}")]
    Call(CallEnd),
}

/// The V.250 result codes of a call; they end dialling commands and are notices beside any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallEnd {
    /// `NO CARRIER`, or 3.
    NoCarrier,
    /// `NO DIALTONE`, or 6.
    NoDialtone,
    /// `BUSY`, or 7.
    Busy,
    /// `NO ANSWER`, or 8.
    NoAnswer,
}

/// A final result code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Final {
    /// `OK`, or 0.
    Ok,
    /// Anything else that ends a command.
    Refused(Refusal),
}

impl Refusal {
    /// Whether the modem refuses a message because it heard nothing of the network: that may have it all the same.
    pub const fn is_unanswered(&self) -> bool {
        matches!(
            self,
            Self::Cms(CmsCode::NETWORK_TIME_OUT | CmsCode::ACKNOWLEDGEMENT_LOST)
                | Self::Cme(CmeCode::NETWORK_TIME_OUT)
        )
    }

    /// What the tables say about it; `with_payload` tells whether a PDU had been written.
    pub fn verdict(&self, with_payload: bool) -> Verdict {
        match self {
            // Treat a bare ERROR, and words nobody knows, as the catch-all of their table.
            Self::Plain if with_payload => CmsCode::UNKNOWN.verdict(),
            Self::CmsWords(_) => CmsCode::UNKNOWN.verdict(),
            Self::Plain | Self::CmeWords(_) => CmeCode::UNKNOWN.verdict(),
            Self::Cms(code) => code.verdict(),
            Self::Cme(code) => code.verdict(),
            Self::NotSupported(_) => Verdict {
                meaning: "command not supported",
                class: Class::Ignore,
                reaction: Reaction::Skip,
            },
            Self::Call(_) => Verdict {
                meaning: "no connection",
                class: Class::Transient,
                reaction: Reaction::Backoff,
            },
        }
    }
}

/// Verbose result codes that are a whole line, in the capitals of V.250: no modem is known to answer in others.
///
/// `CONNECT` is none: nothing here goes on line.
const WORDS: &[(&str, Meaning)] = &[
    ("OK", Meaning::Ok),
    ("ERROR", Meaning::Error),
    ("COMMAND NOT SUPPORT", Meaning::NotSupported),
    ("COMMAND NOT SUPPORTED", Meaning::NotSupported),
    ("TOO MANY PARAMETERS", Meaning::NotSupported),
    // u-blox, when anything is written before the answer has come.
    ("ABORTED", Meaning::Aborted),
    ("NO CARRIER", Meaning::Call(CallEnd::NoCarrier)),
    ("NO DIALTONE", Meaning::Call(CallEnd::NoDialtone)),
    ("NO DIAL TONE", Meaning::Call(CallEnd::NoDialtone)),
    ("BUSY", Meaning::Call(CallEnd::Busy)),
    ("NO ANSWER", Meaning::Call(CallEnd::NoAnswer)),
];

/// Numeric result codes (`ATV0`, V.250 table 1) that end a command.
const NUMBERS: &[(&str, Meaning)] = &[
    ("0", Meaning::Ok),
    ("3", Meaning::Call(CallEnd::NoCarrier)),
    ("4", Meaning::Error),
    ("6", Meaning::Call(CallEnd::NoDialtone)),
    ("7", Meaning::Call(CallEnd::Busy)),
    ("8", Meaning::Call(CallEnd::NoAnswer)),
];

#[derive(Clone, Copy)]
enum Meaning {
    Ok,
    Error,
    NotSupported,
    Aborted,
    Call(CallEnd),
}

/// Reads a verbose final result code.
pub fn verbose(line: &str) -> Option<Final> {
    look_up(WORDS, line).or_else(|| numbered(line))
}

/// Reads a numeric final result code; only for where a bare digit cannot be an answer.
pub fn numeric(line: &str) -> Option<Final> {
    look_up(NUMBERS, line)
}

/// Whether a call result ends this command line: only dialling, answering and going online (V.250 §6.3).
pub fn is_call_command(line: &str) -> bool {
    let line = line.to_ascii_uppercase();
    ["ATD", "ATA", "ATO"].iter().any(|start| line.starts_with(start))
}

fn look_up(table: &[(&str, Meaning)], line: &str) -> Option<Final> {
    table.iter().find(|(word, _)| *word == line).map(|(_, meaning)| match meaning {
        Meaning::Ok => Final::Ok,
        Meaning::Error => Final::Refused(Refusal::Plain),
        Meaning::NotSupported => Final::Refused(Refusal::NotSupported(line.to_owned())),
        Meaning::Aborted => Final::Refused(Refusal::Cme(CmeCode::ABORTED)),
        Meaning::Call(end) => Final::Refused(Refusal::Call(*end)),
    })
}

/// `+CMS ERROR: 38`, `+CME ERROR: SIM busy`, with or without colon and space, and vendors' own: `+EXT ERROR` of Samsung,
/// `MODEM ERROR` of Motorola.
fn numbered(line: &str) -> Option<Final> {
    let reason = |name: &str| {
        let rest = line.strip_prefix(name)?;
        Some(rest.trim_start_matches([':', ' ', '\t']).trim())
    };
    let refusal = if let Some(reason) = reason("+CMS ERROR") {
        let code = reason.parse().ok().map(CmsCode).or_else(|| CmsCode::from_words(reason));
        code.map_or_else(|| Refusal::CmsWords(reason.to_owned()), Refusal::Cms)
    } else if let Some(reason) = reason("+CME ERROR") {
        let code = reason.parse().ok().map(CmeCode).or_else(|| CmeCode::from_words(reason));
        code.map_or_else(|| Refusal::CmeWords(reason.to_owned()), Refusal::Cme)
    } else {
        Refusal::CmeWords(reason("+EXT ERROR").or_else(|| reason("MODEM ERROR"))?.to_owned())
    };
    Some(Final::Refused(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &str) -> Refusal {
        match verbose(line) {
            Some(Final::Refused(refusal)) => refusal,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn verbose_results_are_known_in_all_their_spellings() {
        assert_eq!(verbose("OK"), Some(Final::Ok));
        assert_eq!(refused("ERROR"), Refusal::Plain);
        assert_eq!(refused("+CMS ERROR: 38"), Refusal::Cms(CmsCode(38)));
        assert_eq!(refused("+CMS ERROR:38"), Refusal::Cms(CmsCode(38)));
        assert_eq!(refused("+CMS ERROR: unknown error"), Refusal::Cms(CmsCode(500)));
        assert_eq!(refused("+CME ERROR: SIM busy"), Refusal::Cme(CmeCode(14)));
        assert_eq!(refused("+CME ERROR 14"), Refusal::Cme(CmeCode(14)));
        assert_eq!(refused("+CME ERROR: 99999"), Refusal::CmeWords("99999".into()));
        assert_eq!(refused("+CMS ERROR: gone fishing"), Refusal::CmsWords("gone fishing".into()));
        assert!(matches!(refused("COMMAND NOT SUPPORT"), Refusal::NotSupported(_)));
        assert_eq!(refused("NO DIALTONE"), Refusal::Call(CallEnd::NoDialtone));
    }

    #[test]
    fn what_only_resembles_a_result_is_none() {
        for line in ["OKAY", "ok", "0", "+CMS: 1", "ERRORS", "NO", "CONNECT"] {
            assert_eq!(verbose(line), None, "{line}");
        }
        for line in ["2", "00", "9", "OK", ""] {
            assert_eq!(numeric(line), None, "{line}");
        }
    }

    #[test]
    fn numeric_results_are_those_of_v250() {
        assert_eq!(numeric("0"), Some(Final::Ok));
        assert_eq!(numeric("4"), Some(Final::Refused(Refusal::Plain)));
        assert_eq!(numeric("7"), Some(Final::Refused(Refusal::Call(CallEnd::Busy))));
    }

    #[test]
    fn a_bare_error_after_a_pdu_reads_as_code_500() {
        assert_eq!(Refusal::Plain.verdict(true), CmsCode(500).verdict());
        assert_eq!(Refusal::Plain.verdict(false), CmeCode(100).verdict());
    }

    #[test]
    fn only_dialling_ends_with_a_call_result() {
        assert!(is_call_command("ATD*99#") && is_call_command("ata"));
        assert!(!is_call_command("AT+CHUP") && !is_call_command("ATH") && !is_call_command("AT"));
    }
}
