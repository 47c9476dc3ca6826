//! The register: there, of this version, and whole.

use std::path::Path;

use super::Finding;
use super::machine::is_read_only;
use crate::cli::backup::tenths;
use crate::cli::failure;
use crate::cli::trouble;
use crate::cli::words::Words;
use crate::store::CopyError;
use crate::store::examine::Examined;

/// The journal is folded in every few MB; one that grows means that somebody reads without end.
const JOURNAL_MAX: u64 = 64 << 20;

pub(super) fn findings(
    examined: &Result<Examined, CopyError>,
    database: &Path,
    words: &Words,
) -> Vec<Finding> {
    let path = database.display().to_string();
    let register = match examined {
        Ok(register) => register,
        // SQLite puts a file of its own beside what it reads.
        Err(CopyError::Forbidden { .. }) if database.parent().is_some_and(is_read_only) => {
            return vec![Finding::warn("database", "unexamined", vec![("path", path)])];
        }
        Err(CopyError::Forbidden { .. }) => {
            return vec![Finding::warn("database", "forbidden", vec![("path", path)])];
        }
        Err(error) => {
            let trouble = failure::own(error.code(), error.to_string(), error.details());
            let cause = trouble::sentence(words, &trouble);
            return vec![Finding::bad("database", "unusable", vec![("cause", cause)])];
        }
    };
    let mut findings = vec![match &register.contents {
        Some(contents) => Finding::good(
            "database",
            vec![("path", path), ("tickets", contents.tickets.to_string())],
        ),
        None => Finding::bad("database", "unreadable", vec![("path", path)]),
    }];
    let (found, known) = register.version;
    let version = vec![("found", found.to_string()), ("known", known.to_string())];
    findings.push(if found == known {
        Finding::good("schema", version)
    } else {
        Finding::warn("schema", "older", version)
    });
    let cause = |what: &String| vec![("cause", what.clone())];
    findings.push(match &register.pages {
        None => Finding::good("pages", Vec::new()),
        Some(what) => Finding::bad("pages", "damaged", cause(what)),
    });
    findings.push(match &register.references {
        None => Finding::good("references", Vec::new()),
        Some(what) => Finding::bad("references", "broken", cause(what)),
    });
    findings.push(match &register.trail {
        None => Finding::good("trail", Vec::new()),
        Some(what) => Finding::bad("trail", "broken", cause(what)),
    });
    let megabytes = vec![("megabytes", tenths(words, register.journal_bytes / 100_000))];
    findings.push(if register.journal_bytes <= JOURNAL_MAX {
        Finding::good("journal", megabytes)
    } else {
        Finding::warn("journal", "large", megabytes)
    });
    findings
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::tests::{page, told};
    use super::*;
    use crate::store::Contents;

    fn look(change: impl FnOnce(&mut Examined)) -> Vec<(&'static str, &'static str, Verdict)> {
        let mut register = Examined {
            version: (5, 5),
            pages: None,
            references: None,
            trail: None,
            contents: Some(Contents { tickets: 1, messages: 1, last_at: None, bytes: 1 }),
            journal_bytes: 0,
            held: None,
        };
        change(&mut register);
        let all = findings(&Ok(register), Path::new("/a.db"), &page().words);
        all.iter().map(told).filter(|(.., verdict)| *verdict != Verdict::Good).collect()
    }

    #[test]
    fn each_thing_that_may_be_wrong_with_a_register_is_told_by_itself() {
        let what = || Some("x".to_owned());
        assert_eq!(look(|_| {}), []);
        assert_eq!(look(|it| it.version.0 = 4), [("schema", "older", Verdict::Warn)]);
        assert_eq!(look(|it| it.pages = what()), [("pages", "damaged", Verdict::Bad)]);
        assert_eq!(look(|it| it.references = what()), [("references", "broken", Verdict::Bad)]);
        assert_eq!(look(|it| it.trail = what()), [("trail", "broken", Verdict::Bad)]);
        assert_eq!(look(|it| it.contents = None), [("database", "unreadable", Verdict::Bad)]);
        let large = look(|it| it.journal_bytes = 65 << 20);
        assert_eq!(large, [("journal", "large", Verdict::Warn)]);
    }

    #[test]
    fn a_register_that_is_not_to_be_had_ends_the_examination() {
        let look = |error| {
            let all = findings(&Err(error), Path::new("/a.db"), &page().words);
            all.iter().map(told).collect::<Vec<_>>()
        };
        let path = || Path::new("/a.db").to_owned();
        let forbidden = look(CopyError::Forbidden { path: path() });
        assert_eq!(forbidden, [("database", "forbidden", Verdict::Warn)]);
        for error in [
            CopyError::Missing { path: path() },
            CopyError::Version { path: path(), found: 9, known: 5 },
            CopyError::Foreign { path: path() },
        ] {
            assert_eq!(look(error), [("database", "unusable", Verdict::Bad)]);
        }
    }
}
