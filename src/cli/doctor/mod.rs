//! `aduan doctor`: the usual causes of a gateway that does not do what it should, one by one, with what to do.
//!
//! Each check gives findings: a verdict, an outcome and what its sentence speaks of. The sentences are
//! `doctor-CHECK-OUTCOME` of `texts/`. Nothing is changed, and the daemon may run or not.

mod files;
mod gateway;
mod machine;
mod register;

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use serde_json::json;

use super::arguments::{CONFIG, Globals};
use super::failure::Failure;
use super::terminal::{Page, one_line};
use super::words::Words;
use crate::calendar::Zone;
use crate::clock;
use crate::config::Config;
use crate::control::client::Client;
use crate::control::protocol::{Ask, Held, Status, Tell};
use crate::modem::holder::PROC;
use crate::store::examine::{Examined, examine};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// As it should be.
    Good,
    /// A person should look at it, or know of it.
    Warn,
    /// Something does not work, or is in danger.
    Bad,
}

impl Verdict {
    const fn token(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    check: &'static str,
    outcome: &'static str,
    verdict: Verdict,
    details: Vec<(&'static str, String)>,
}

type Details = Vec<(&'static str, String)>;

impl Finding {
    const fn good(check: &'static str, details: Details) -> Self {
        Self { check, outcome: "good", verdict: Verdict::Good, details }
    }

    const fn warn(check: &'static str, outcome: &'static str, details: Details) -> Self {
        Self { check, outcome, verdict: Verdict::Warn, details }
    }

    const fn bad(check: &'static str, outcome: &'static str, details: Details) -> Self {
        Self { check, outcome, verdict: Verdict::Bad, details }
    }

    fn sentence(&self, words: &Words) -> String {
        let values: Vec<(&str, &str)> =
            self.details.iter().map(|(name, value)| (*name, value.as_str())).collect();
        one_line(&words.fill(&format!("doctor-{}-{}", self.check, self.outcome), &values))
    }
}

/// Looks at everything, and tells.
///
/// # Errors
/// [`Failure::Told`] where something is bad; what writing fails with.
pub fn run(globals: &Globals, words: Words, out: &mut dyn Write) -> Result<(), Failure> {
    let path = globals.config.as_deref().unwrap_or(Path::new(CONFIG));
    let config = Config::load(path);
    let zone = config.as_ref().map_or(Zone::Wib, |config| config.office.zone);
    let page = Page::of_stdout(words, zone);
    let (findings, config) = match (files::configuration(path, &config), config) {
        (finding, Ok(config)) => (vec![finding], Some(config)),
        (finding, Err(_)) => (vec![finding], None),
    };
    let findings =
        [findings, config.map_or(Ok(Vec::new()), |config| all(&config, globals, &page))?].concat();
    let worst = findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Good);
    tell(&page, &findings, worst, globals.json, out)?;
    if worst == Verdict::Bad { Err(Failure::Told) } else { Ok(()) }
}

/// What there is to look at once there is a configuration.
fn all(config: &Config, globals: &Globals, page: &Page) -> anyhow::Result<Vec<Finding>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the runtime")?;
    let socket = globals.socket.as_ref().unwrap_or(&config.control.socket);
    let told = runtime.block_on(Client::new(socket).ask(&Ask::Status));
    let examined = examine(&config.database);
    let folder = config.database.parent().unwrap_or(Path::new("."));
    let contents = examined.as_ref().ok().and_then(|register| register.contents.as_ref());
    let ports: Vec<(&str, &Path)> =
        config.modems.iter().map(|modem| (modem.name.as_str(), modem.path.as_path())).collect();
    // Not every account may read the register, and not every account may ask the daemon.
    let held = match (&told, &examined) {
        (Ok(Tell::Status(Status { held, .. })), _) => held.clone(),
        (_, Ok(Examined { held: Some(open), .. })) => Some(Held {
            texts: open.texts,
            restored_at: open.restored_at,
            officer: open.officer.clone(),
            backup_at: open.backup_at,
        }),
        _ => None,
    };
    Ok([
        files::rights(config),
        register::findings(&examined, &config.database, &page.words),
        machine::room(folder, contents.map_or(0, |contents| contents.bytes)),
        machine::clock(clock::now(), contents.and_then(|contents| contents.last_at), page),
        gateway::findings(told, page),
        gateway::held(held.as_ref(), page),
        machine::ports(&ports, machine::Service::of(folder).as_ref()),
        machine::programs(&ports, Path::new(PROC), Path::new(machine::RULES), &page.words),
    ]
    .concat())
}

fn tell(
    page: &Page,
    findings: &[Finding],
    worst: Verdict,
    as_json: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let words = &page.words;
    if as_json {
        let checks: Vec<_> = findings
            .iter()
            .map(|finding| {
                let details: serde_json::Map<String, serde_json::Value> = finding
                    .details
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
                    .collect();
                json!({
                    "check": finding.check,
                    "verdict": finding.verdict.token(),
                    "outcome": finding.outcome,
                    "details": details,
                    "sentence": finding.sentence(words),
                })
            })
            .collect();
        writeln!(out, "{}", json!({ "verdict": worst.token(), "checks": checks }))?;
        return Ok(out.flush()?);
    }
    let pairs: Vec<(String, Option<String>)> = findings
        .iter()
        .map(|finding| {
            let mark = words.say(&format!("verdict-{}", finding.verdict.token()));
            (mark, Some(finding.sentence(words)))
        })
        .collect();
    page.pairs(out, &pairs)?;
    writeln!(out, "\n{}", words.say(&format!("doctor-{}", worst.token())))?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;

    /// A finding, as it is told: in both languages, with everything that its sentence speaks of.
    pub(super) fn told(finding: &Finding) -> (&'static str, &'static str, Verdict) {
        for language in Language::ALL {
            let sentence = finding.sentence(&Words::new(language));
            assert!(!sentence.starts_with("doctor-"), "{language:?}: no text for {sentence}");
            assert!(!sentence.contains('{'), "{language:?}: {sentence}");
        }
        (finding.check, finding.outcome, finding.verdict)
    }

    pub(super) fn page() -> Page {
        Page { words: Words::new(Language::Indonesian), zone: Zone::Wib, width: None }
    }

    /// Every outcome that the code names has a text in both languages.
    #[test]
    fn every_outcome_has_a_text() {
        let rooms = [
            include_str!("files.rs"),
            include_str!("gateway.rs"),
            include_str!("machine.rs"),
            include_str!("register.rs"),
        ];
        let mut seen = 0;
        for room in rooms {
            let (code, _) = room.split_once("#[cfg(test)]").unwrap();
            for kind in ["good", "warn", "bad"] {
                for call in code.split(&format!("Finding::{kind}(")).skip(1) {
                    let mut literals = call.split('"').skip(1).step_by(2);
                    let check = literals.next().unwrap();
                    let outcome = if kind == "good" { "good" } else { literals.next().unwrap() };
                    for language in Language::ALL {
                        let id = format!("doctor-{check}-{outcome}");
                        assert!(Words::new(language).find(&id).is_some(), "{id} {language:?}");
                    }
                    seen += 1;
                }
            }
        }
        assert!(seen > 30, "{seen}");
    }

    #[test]
    fn a_script_is_told_verdict_outcome_and_details() {
        let finding = Finding::bad("config", "unusable", vec![("cause", "x".to_owned())]);
        let mut out = Vec::new();
        tell(&page(), &[finding], Verdict::Bad, true, &mut out).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(told["verdict"], "bad");
        assert_eq!(told["checks"][0]["outcome"], "unusable");
        assert_eq!(told["checks"][0]["details"]["cause"], "x");
    }
}
