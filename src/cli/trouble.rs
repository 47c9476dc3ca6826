//! What went wrong, in a sentence that says what to do.

use super::ailment;
use super::terminal::one_line;
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::control::protocol::Trouble;

/// What the daemon says of a fault to those who cannot mend it.
const UNTOLD: &str = "gangguan";

/// A trouble in a sentence. A code that has none here is told in the daemon's own English.
pub fn sentence(words: &Words, trouble: &Trouble) -> String {
    let details: Vec<(&str, String)> = trouble
        .details
        .iter()
        .map(|(key, value)| (key.as_str(), in_words(words, key, value)))
        .collect();
    let mut values: Vec<(&str, &str)> =
        details.iter().map(|(key, value)| (*key, value.as_str())).collect();
    // The details of a modem's refusal are those of its cause, which has a sentence of its own.
    let cause = (trouble.code == "MODEM_REFUSED").then(|| ailment::refusal(words, trouble));
    if let Some(cause) = &cause {
        values.retain(|(key, _)| *key == "name");
        values.push(("cause", cause));
    }
    let id = format!("trouble-{}", trouble.code);
    if words.find(&id).is_none() {
        return one_line(&trouble.message);
    }
    // A field that is missing or wrong has a sentence of its own, where there is more to say than its name.
    let field = trouble.details.get("field").map_or("", String::as_str);
    let particular = format!("{id}-{}", field.replace(' ', "-"));
    let sentence = match words.find(&particular) {
        Some(_) => words.fill(&particular, &values),
        None => words.fill(&id, &values),
    };
    // An admin is told the cause of a fault; everybody else one word.
    if trouble.code == "FAULT" && trouble.message != UNTOLD {
        return format!("{sentence}\n{}", one_line(&trouble.message));
    }
    sentence
}

fn in_words(words: &Words, key: &str, value: &str) -> String {
    let family = match key {
        "stage" => Family::Stage,
        "role" => Family::Role,
        "reason" => Family::Reason,
        "modem" => Family::Modem,
        // In this program's own words where it has some, else in the system's.
        "cause" => {
            let known = vocabulary::known(words, Family::Cause, value);
            return known.unwrap_or_else(|| one_line(value));
        }
        _ => return one_line(value),
    };
    let tokens: Vec<String> = value.split_whitespace().map(str::to_owned).collect();
    vocabulary::list(words, family, &tokens)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cli::language::Language;
    use crate::desk;
    use crate::store::Fault;
    use crate::ticket::{CloseReason, Refusal, Stage};

    /// Every code that the daemon or this program can give.
    fn codes() -> Vec<&'static str> {
        let refusals = [
            Refusal::OutOfTurn { stage: Stage::New },
            Refusal::NotPermitted,
            Refusal::OwnDraft,
            Refusal::DirectorDecides,
            Refusal::NobodyDecides,
            Refusal::ChairMustAssign,
            Refusal::Incomplete("party"),
            Refusal::NoteNotValid,
            Refusal::NoteOfOtherUnit,
            Refusal::TooLate,
            Refusal::TooOften { max: 2 },
            Refusal::ReasonNotByHand { reason: CloseReason::Withdrawn },
        ];
        let errors = [
            desk::Error::NoSuchTicket(String::new()),
            desk::Error::NoSuchUnit(String::new()),
            desk::Error::NoSuchNote(1),
            desk::Error::NobodyFor(String::new()),
            desk::Error::NotAMember(String::new()),
            desk::Error::NotOnStaff(String::new()),
            desk::Error::TooLong { parts: 5, max: 4, over: 9 },
            desk::Error::Missing("contact"),
            desk::Error::Invalid { what: "month", value: String::new() },
            desk::Error::BlankLeft(String::new()),
            desk::Error::UnderStop,
            desk::Error::NotPermitted,
            desk::Error::Fault(Fault::Stopped),
        ];
        let control = [
            "UNKNOWN_CALLER",
            "MALFORMED",
            "TOO_LARGE",
            "TOO_SLOW",
            "NO_SUCH_PATH",
            "METHOD_NOT_ALLOWED",
            "NO_SUCH_MODEM",
            "MODEM_NOT_IN_SERVICE",
            "MODEM_BUSY",
            "NOT_BY_HAND",
            "MODEM_REFUSED",
        ];
        let own = [
            "NOT_RUNNING",
            "NOT_ALLOWED",
            "PROTOCOL",
            "CONFIG",
            "UNANSWERED",
            "COPY_MISSING",
            "COPY_FOREIGN",
            "COPY_OLDER",
            "COPY_NEWER",
            "COPY_DAMAGED",
            "COPY_EXISTS",
            "COPY_NO_FOLDER",
            "COPY_FULL",
            "COPY_FORBIDDEN",
            "COPY_IN_USE",
            "COPY_FAILED",
        ];
        refusals
            .iter()
            .map(Refusal::code)
            .chain(errors.iter().map(desk::Error::code))
            .chain(control)
            .chain(own)
            .collect()
    }

    fn trouble(code: &str, details: &[(&str, &str)]) -> Trouble {
        let details: BTreeMap<String, String> =
            details.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Trouble { code: code.to_owned(), message: "in English".to_owned(), details, fault: false }
    }

    #[test]
    fn every_code_has_a_sentence_in_both_languages() {
        for language in Language::ALL {
            let words = Words::new(language);
            for code in codes() {
                assert_ne!(sentence(&words, &trouble(code, &[])), "in English", "{code}");
            }
        }
    }

    #[test]
    fn stages_and_missing_fields_are_told_in_words() {
        let words = Words::new(Language::Indonesian);
        let told = sentence(&words, &trouble("OUT_OF_TURN", &[("stage", "SIAP_KIRIM")]));
        assert!(told.contains("siap kirim"), "{told}");
        let told = sentence(&words, &trouble("MISSING", &[("field", "contact")]));
        assert!(told.contains("--contact"), "{told}");
        let told = sentence(&words, &trouble("INCOMPLETE", &[("field", "main")]));
        assert!(told.contains("--main"), "{told}");
    }

    #[test]
    fn what_the_answer_bank_and_a_merge_refuse_says_what_to_do() {
        for language in Language::ALL {
            let words = Words::new(language);
            let told = |code: &'static str, field: &'static str| {
                let details = [("field", field), ("value", "x"), ("note", "2")];
                sentence(&words, &trouble(code, &details))
            };
            for field in [
                "open main ticket",
                "blank to fill twice",
                "particular of a blank",
                "part of the SMS alphabet",
                "name of a blank",
                "last day of a note",
            ] {
                let told = told("INVALID", field);
                assert!(told.contains('x') && !told.contains(field), "{told}");
            }
            let period = told("INVALID", "period");
            assert!(period.contains("--from") && period.contains("--to"), "{period}");
            let (approved, none) = (told("NO_SUCH_NOTE", "proposal"), told("NO_SUCH_NOTE", ""));
            assert!(approved.contains('2') && approved != none, "{approved}");
        }
    }

    #[test]
    fn why_a_modem_did_not_do_it_is_told_in_words() {
        let words = Words::new(Language::Indonesian);
        let details = [
            ("name", "modem-1"),
            ("cause", "refused-cme"),
            ("command", "AT+CPIN"),
            ("number", "10"),
        ];
        let told = sentence(&words, &trouble("MODEM_REFUSED", &details));
        assert!(told.starts_with("Modem modem-1 tidak melakukannya: perintah AT+CPIN"), "{told}");
        assert!(told.contains("+CME ERROR: 10 (tidak ada kartu SIM)"), "{told}");
    }

    #[test]
    fn an_admin_reads_the_cause_of_a_fault_and_others_do_not() {
        let words = Words::new(Language::Indonesian);
        let fault = |message: &str| {
            sentence(&words, &Trouble { message: message.to_owned(), ..trouble("FAULT", &[]) })
        };
        assert_eq!(fault("gangguan").lines().count(), 1);
        assert!(fault("database: disk is full").ends_with("database: disk is full"));
    }

    #[test]
    fn an_unknown_code_is_told_in_the_daemons_words() {
        let words = Words::new(Language::Indonesian);
        assert_eq!(sentence(&words, &trouble("NEW_CODE", &[])), "in English");
    }
}
