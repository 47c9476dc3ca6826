//! The daemon: whether it answers, is of this version, what it says of its modems, and what waits for a decision.

use super::Finding;
use crate::cli::failure::Failure;
use crate::cli::terminal::Page;
use crate::cli::vocabulary::{self, Family};
use crate::cli::{ailment, trouble};
use crate::control::client::AskError;
use crate::control::protocol::{Held, Modem, Tell};

/// What the daemon says of itself.
pub(super) fn findings(told: Result<Tell, AskError>, page: &Page) -> Vec<Finding> {
    let words = &page.words;
    let status = match told {
        Ok(Tell::Status(status)) => status,
        // It answers, and does not know this account: root has no place on the staff.
        Err(AskError::Trouble(trouble)) if trouble.code == "UNKNOWN_CALLER" => {
            return vec![Finding::warn("daemon", "stranger", Vec::new())];
        }
        Err(error @ AskError::NotAllowed { .. }) => {
            return vec![Finding::warn("daemon", "closed", vec![("cause", cause(error, page))])];
        }
        Err(error) => {
            return vec![Finding::bad("daemon", "silent", vec![("cause", cause(error, page))])];
        }
        Ok(_) => return vec![Finding::bad("daemon", "silent", vec![("cause", String::new())])],
    };
    let own = env!("CARGO_PKG_VERSION");
    let mut findings = vec![Finding::good("daemon", vec![("since", page.time(status.since))])];
    let versions = vec![("daemon", status.version.clone()), ("own", own.to_owned())];
    findings.push(if status.version == own {
        Finding::good("version", versions)
    } else {
        Finding::warn("version", "other", versions)
    });
    for modem in &status.modems {
        findings.push(self::modem(modem, page));
        for warning in &modem.warnings {
            let warning = vocabulary::word(words, Family::Warning, warning);
            let details = vec![("name", modem.name.clone()), ("warning", warning)];
            findings.push(Finding::warn("modem", "warned", details));
        }
    }
    findings
}

fn cause(error: AskError, page: &Page) -> String {
    match Failure::from(error) {
        Failure::Trouble(trouble) => trouble::sentence(&page.words, &trouble),
        Failure::Usage(_) | Failure::Fault(_) | Failure::Told => String::new(),
    }
}

fn modem(modem: &Modem, page: &Page) -> Finding {
    let state = vocabulary::standing(&page.words, modem);
    let mut details = vec![("name", modem.name.clone()), ("state", state)];
    match (&modem.error, modem.state.as_str()) {
        (Some(error), _) => {
            details.push(("why", ailment::long(&page.words, error)));
            Finding::bad("modem", "ailing", details)
        }
        (None, "ready") => Finding::good("modem", details),
        (None, "disabled") => Finding::warn("modem", "disabled", details),
        (None, _) => Finding::warn("modem", "unready", details),
    }
}

/// What waits after a restore.
pub(super) fn held(held: Option<&Held>, page: &Page) -> Vec<Finding> {
    let Some(held) = held else { return Vec::new() };
    let details = vec![
        ("texts", held.texts.to_string()),
        ("restored", page.time(held.restored_at)),
        ("officer", held.officer.clone()),
    ];
    vec![Finding::warn("held", "waiting", details)]
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::super::Verdict;
    use super::super::tests::{page, told};
    use super::*;
    use crate::cli::failure::own;
    use crate::cli::samples;
    use crate::control::protocol::{Ailment, Status};

    fn look(answer: Result<Tell, AskError>) -> Vec<(&'static str, &'static str, Verdict)> {
        findings(answer, &page()).iter().map(told).collect()
    }

    fn answering(change: impl FnOnce(&mut Status)) -> Vec<(&'static str, &'static str, Verdict)> {
        let modem = Modem {
            name: "modem-1".to_owned(),
            state: "ready".to_owned(),
            activity: None,
            since: samples::at(24, 1, 1),
            model: None,
            error: None,
            received: 0,
            sent: 0,
            warnings: Vec::new(),
        };
        let mut status = Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            since: samples::at(24, 1, 0),
            modems: vec![modem],
            outbox: Vec::new(),
            held: None,
        };
        change(&mut status);
        let found = look(Ok(Tell::Status(status)));
        found.into_iter().filter(|(.., verdict)| *verdict != Verdict::Good).collect()
    }

    #[test]
    fn a_daemon_that_does_not_answer_is_bad_and_one_that_does_not_know_the_caller_is_not() {
        let path = || std::path::PathBuf::from("/run/aduan/aduand.sock");
        let cause = io::ErrorKind::ConnectionRefused.into();
        let silent = look(Err(AskError::NotRunning { path: path(), cause }));
        assert_eq!(silent, [("daemon", "silent", Verdict::Bad)]);
        let closed = look(Err(AskError::NotAllowed { path: path() }));
        assert_eq!(closed, [("daemon", "closed", Verdict::Warn)]);
        let stranger = own("UNKNOWN_CALLER", String::new(), Vec::new());
        let stranger = look(Err(AskError::Trouble(stranger)));
        assert_eq!(stranger, [("daemon", "stranger", Verdict::Warn)]);
    }

    #[test]
    fn another_version_and_whatever_ails_a_modem_is_told() {
        assert_eq!(answering(|_| {}), []);
        let other = answering(|status| status.version = "0.0.1".to_owned());
        assert_eq!(other, [("version", "other", Verdict::Warn)]);
        let state = |state: &str| {
            let state = state.to_owned();
            answering(|status| status.modems[0].state = state)
        };
        assert_eq!(state("disabled"), [("modem", "disabled", Verdict::Warn)]);
        assert_eq!(state("registering"), [("modem", "unready", Verdict::Warn)]);
        let ailment = Ailment {
            code: "no-card".to_owned(),
            details: std::collections::BTreeMap::new(),
            because: None,
        };
        let ailing = answering(|status| status.modems[0].error = Some(ailment));
        assert_eq!(ailing, [("modem", "ailing", Verdict::Bad)]);
        let warned = answering(|status| status.modems[0].warnings = vec!["denied".to_owned()]);
        assert_eq!(warned, [("modem", "warned", Verdict::Warn)]);
    }

    #[test]
    fn what_waits_after_a_restore_is_told() {
        let open = Held {
            restored_at: samples::at(24, 1, 0),
            officer: "root".to_owned(),
            backup_at: None,
            texts: 2,
        };
        let found = held(Some(&open), &page());
        assert_eq!(told(&found[0]), ("held", "waiting", Verdict::Warn));
        assert!(held(None, &page()).is_empty());
    }
}
