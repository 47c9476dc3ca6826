//! Why a command did not do what it was asked for, and the exit code that says so.

use std::io::{self, Write};

use super::terminal::plain;
use super::trouble;
use super::words::Words;
use crate::control::client::AskError;
use crate::control::protocol::Trouble;

/// A rule said no.
const REFUSED: u8 = 1;
/// A fault: file, pipe, daemon, value that cannot be used.
const FAULT: u8 = 2;
/// Wrong arguments (`EX_USAGE` of sysexits.h).
pub const USAGE: u8 = 64;

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub enum Failure {
    /// The arguments do not say enough: a sentence that says what to type.
    Usage(String),
    /// The daemon said no, or could not be asked.
    Trouble(Trouble),
    /// This program could not do its own part.
    Fault(anyhow::Error),
    /// What was wrong has been told.
    Told,
}

impl Failure {
    /// Tells the person, or with `json` the script; answers the exit code. A closed pipe is no fault.
    pub fn tell(&self, words: &Words, json: bool, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
        // Where even this cannot be printed, the exit code is all that is left.
        match self {
            Self::Usage(sentence) => {
                let _ = writeln!(err, "aduan: {}", plain(sentence));
                USAGE
            }
            Self::Trouble(trouble) => {
                let _ = match serde_json::to_string(trouble) {
                    Ok(line) if json => writeln!(out, "{line}"),
                    _ => writeln!(err, "aduan: {}", plain(&trouble::sentence(words, trouble))),
                };
                if trouble.fault { FAULT } else { REFUSED }
            }
            Self::Told => REFUSED,
            Self::Fault(error) if is_closed_pipe(error) => 0,
            Self::Fault(error) => {
                let _ = writeln!(err, "aduan: {error:#}");
                FAULT
            }
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl From<AskError> for Failure {
    fn from(error: AskError) -> Self {
        let message = error.to_string();
        let (code, details) = match error {
            AskError::Trouble(trouble) => return Self::Trouble(trouble),
            AskError::NotRunning { path, cause } => (
                "NOT_RUNNING",
                vec![("path", path.display().to_string()), ("cause", unheard(&cause))],
            ),
            AskError::NotAllowed { path } => {
                ("NOT_ALLOWED", vec![("path", path.display().to_string())])
            }
            AskError::Protocol(cause) => ("PROTOCOL", vec![("cause", cause)]),
        };
        Self::Trouble(own(code, message, details))
    }
}

/// Why nobody hears at a socket: a token, or what the system said.
fn unheard(cause: &io::Error) -> String {
    use io::ErrorKind as Kind;
    let tokens = [
        (Kind::NotFound, "no-socket"),
        (Kind::ConnectionRefused, "nobody-listens"),
        (Kind::TimedOut, "in-vain"),
    ];
    let known = tokens.into_iter().find(|(kind, _)| *kind == cause.kind());
    known.map_or_else(|| cause.to_string(), |(_, token)| token.to_owned())
}

/// A trouble that this program found before the daemon could.
pub fn own(code: &str, message: String, details: Vec<(&str, String)>) -> Trouble {
    let details = details.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Trouble { code: code.to_owned(), message, details, fault: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;

    fn told(failure: &Failure, json: bool) -> (u8, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = failure.tell(&Words::new(Language::Indonesian), json, &mut out, &mut err);
        (code, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    fn refusal(fault: bool) -> Failure {
        let trouble = Trouble { fault, ..own("OWN_DRAFT", "no".to_owned(), Vec::new()) };
        Failure::Trouble(trouble)
    }

    #[test]
    fn a_refusal_a_fault_and_wrong_arguments_have_codes_of_their_own() {
        assert_eq!(told(&refusal(false), false).0, 1);
        assert_eq!(told(&refusal(true), false).0, 2);
        assert_eq!(told(&Failure::Usage("ketik".to_owned()), false).0, 64);
        assert_eq!(told(&Failure::Fault(anyhow::anyhow!("disk")), false).0, 2);
    }

    #[test]
    fn that_nobody_hears_is_told_in_the_readers_language() {
        for (kind, words) in [
            (io::ErrorKind::NotFound, "(soketnya tidak ada)"),
            (io::ErrorKind::ConnectionRefused, "(tidak ada yang melayani di sana)"),
            (io::ErrorKind::TimedOut, "(ditunggu terlalu lama)"),
        ] {
            let path = std::path::PathBuf::from("/run/aduan/aduand.sock");
            let failure = Failure::from(AskError::NotRunning { path, cause: kind.into() });
            let (_, _, err) = told(&failure, false);
            assert!(err.contains(words), "{err}");
        }
    }

    #[test]
    fn a_closed_pipe_is_no_fault() {
        let error = io::Error::from(io::ErrorKind::BrokenPipe);
        assert_eq!(told(&error.into(), false), (0, String::new(), String::new()));
    }

    #[test]
    fn scripts_get_the_trouble_as_json_and_people_a_sentence() {
        let (code, out, err) = told(&refusal(false), true);
        assert_eq!((code, err.as_str()), (1, ""));
        let trouble: Trouble = serde_json::from_str(&out).unwrap();
        assert_eq!(trouble.code, "OWN_DRAFT");
        let (_, out, err) = told(&refusal(false), false);
        assert_eq!((out.as_str(), err.lines().count()), ("", 1));
        assert!(err.contains("sendiri"), "{err}");
    }
}
