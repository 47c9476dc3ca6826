//! What ails a modem, and why one did not do what it was told: from a code to what is wrong, and what to do next.

use super::terminal::one_line;
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::control::protocol::{Ailment, Trouble};

/// What is wrong, and what it comes from: begins small, without a full stop.
pub fn short(words: &Words, ailment: &Ailment) -> String {
    let own = own(words, ailment, "ailment").unwrap_or_else(|| unknown(ailment));
    match &ailment.because {
        Some(because) => format!("{own} ({})", short(words, because)),
        None => own,
    }
}

/// The same, and what to do next.
pub fn long(words: &Words, ailment: &Ailment) -> String {
    let wrong = short(words, ailment);
    match remedy(words, ailment) {
        Some(remedy) => format!("{wrong}. {remedy}"),
        None => wrong,
    }
}

/// Why a modem did not carry out an order, from the details of the trouble.
pub fn refusal(words: &Words, trouble: &Trouble) -> String {
    let mut details = trouble.details.clone();
    let code = details.remove("cause").unwrap_or_default();
    long(words, &Ailment { code, details, because: None })
}

/// What to do: about it, or where there is nothing to be done about that, about what it comes from.
fn remedy(words: &Words, ailment: &Ailment) -> Option<String> {
    own(words, ailment, "remedy").or_else(|| remedy(words, ailment.because.as_deref()?))
}

/// A sentence for this code, with its details in words.
fn own(words: &Words, ailment: &Ailment, kind: &str) -> Option<String> {
    let id = format!("{kind}-{}", one_line(&ailment.code));
    words.find(&id)?;
    let mut details: Vec<(&str, String)> = ailment
        .details
        .iter()
        .map(|(key, value)| (key.as_str(), in_words(words, key, value)))
        .collect();
    if let Some(number) = ailment.details.get("number") {
        details.push(("meaning", meaning(words, &ailment.code, number)));
    }
    let values: Vec<(&str, &str)> =
        details.iter().map(|(key, value)| (*key, value.as_str())).collect();
    Some(one_line(&words.fill(&id, &values)))
}

/// A code of a newer daemon, and its details as they are.
fn unknown(ailment: &Ailment) -> String {
    let details: Vec<&str> = ailment.details.values().map(String::as_str).collect();
    one_line(&format!("{} {}", ailment.code, details.join(" ")))
}

fn in_words(words: &Words, key: &str, value: &str) -> String {
    let each = |family, between| {
        let told: Vec<String> =
            value.split_whitespace().map(|token| vocabulary::word(words, family, token)).collect();
        told.join(between)
    };
    match key {
        "kind" | "kinds" => each(Family::Holder, " "),
        "looks" => each(Family::Looks, " "),
        "class" => each(Family::Refusal, " "),
        "siblings" if value.is_empty() => words.say("ailment-siblings-unknown"),
        "programs" | "siblings" => {
            one_line(&value.split_whitespace().collect::<Vec<_>>().join(", "))
        }
        _ => one_line(value),
    }
}

/// What an error's number means, in brackets; nothing where it is none of the usual ones.
fn meaning(words: &Words, code: &str, number: &str) -> String {
    let family = if code == "refused-cms" { Family::Cms } else { Family::Cme };
    vocabulary::known(words, family, number).map_or_else(String::new, |told| format!(" ({told})"))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::at::{Class, CmeCode, CmsCode};
    use crate::cli::language::Language;
    use crate::cli::words::tests::sentences;
    use crate::daemon;
    use crate::modem::ailment;
    use crate::modem::ailment::tests::every_ailment;

    const TEXTS: [(Language, &str); 2] = [
        (Language::Indonesian, include_str!("texts/id.ftl")),
        (Language::English, include_str!("texts/en.ftl")),
    ];

    const PROTOCOL: &str = include_str!("../../docs/protocol.md");

    #[test]
    fn every_code_has_texts_that_use_all_its_details_and_no_others() {
        for (language, text) in TEXTS {
            let known = sentences(text);
            for ailment in every_ailment() {
                let code = ailment.code();
                let wrong = known.get(&format!("ailment-{code}"));
                let wrong = wrong.unwrap_or_else(|| panic!("{language:?}: no text for {code}"));
                let remedy = known.get(&format!("remedy-{code}"));
                assert!(remedy.is_some() || ailment.because().is_some(), "{language:?} {code}");
                let used: BTreeSet<&str> =
                    wrong.iter().chain(remedy.into_iter().flatten()).map(String::as_str).collect();
                let mut given: BTreeSet<&str> =
                    ailment.details().into_iter().map(|(name, _)| name).collect();
                if given.contains("number") {
                    given.insert("meaning");
                }
                assert_eq!(used, given, "{language:?} {code}");
            }
        }
    }

    #[test]
    fn no_text_stands_for_a_code_that_there_is_not() {
        let codes: BTreeSet<_> = every_ailment().iter().map(ailment::Ailment::code).collect();
        for id in sentences(TEXTS[0].1).keys() {
            let code = id.strip_prefix("ailment-").or_else(|| id.strip_prefix("remedy-"));
            if let Some(code) = code.filter(|code| *code != "siblings-unknown") {
                assert!(codes.contains(code), "{id}");
            }
        }
    }

    #[test]
    fn the_documented_table_of_ailments_is_the_ailments_of_the_modems() {
        let (_, behind) = PROTOCOL.split_once("\n## Ailments\n").unwrap();
        let (chapter, _) = behind.split_once("\n## ").unwrap();
        let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `"));
        let documented: Vec<(String, String)> = rows
            .map(|row| {
                let mut cells = row.split(" | ");
                let code = cells.next().unwrap().trim_end_matches('`');
                (code.to_owned(), cells.next().unwrap().replace('`', ""))
            })
            .collect();
        let real: Vec<(String, String)> = every_ailment()
            .iter()
            .map(|ailment| {
                let names: BTreeSet<_> =
                    ailment.details().into_iter().map(|(name, _)| name).collect();
                let names: Vec<_> = names.into_iter().collect();
                let names = if names.is_empty() { "–".to_owned() } else { names.join(", ") };
                (ailment.code().to_owned(), names)
            })
            .collect();
        assert_eq!(documented, real);
    }

    #[test]
    fn every_ailment_reads_as_sentences() {
        let told = |language| {
            let words = Words::new(language);
            let told = |ailment| long(&words, &daemon::ailment(&ailment));
            every_ailment().into_iter().map(told).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!("indonesian", told(Language::Indonesian));
        insta::assert_snapshot!("english", told(Language::English));
    }

    #[test]
    fn a_code_of_a_newer_daemon_is_shown_with_its_details_and_steers_no_terminal() {
        let words = Words::new(Language::Indonesian);
        let details = BTreeMap::from([("path".to_owned(), "/dev/x\u{1b}[1m".to_owned())]);
        let ailment = Ailment { code: "port-bewitched".to_owned(), details, because: None };
        assert_eq!(long(&words, &ailment), "port-bewitched /dev/x");
    }

    /// Where a person must act, a number alone helps nobody; what no table knows has no meaning here either.
    #[test]
    fn the_numbers_that_have_a_meaning_are_those_of_the_tables() {
        let known = sentences(TEXTS[0].1);
        for number in 0..1000 {
            for (family, verdict) in
                [("cms", CmsCode(number).verdict()), ("cme", CmeCode(number).verdict())]
            {
                let has_text = known.contains_key(&format!("{family}-{number}"));
                let is_listed = !verdict.meaning.starts_with("unlisted");
                assert!(is_listed || !has_text, "{family} {number}");
                let must_act = verdict.class == Class::Operator;
                assert!(has_text || !must_act, "{family} {number}: {}", verdict.meaning);
            }
        }
    }

    #[test]
    fn a_number_that_has_no_meaning_here_stands_alone() {
        let words = Words::new(Language::Indonesian);
        let details = [("command", "AT"), ("number", "999"), ("class", "transient")];
        let details = details.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
        let ailment = Ailment { code: "refused-cme".to_owned(), details, because: None };
        assert_eq!(short(&words, &ailment), "perintah AT ditolak: +CME ERROR: 999");
    }
}
