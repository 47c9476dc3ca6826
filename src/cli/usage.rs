//! Wrong arguments, in the language of the call: what is wrong, and what to type.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::terminal::one_line;
use super::words::Words;

/// What is wrong with the arguments and what to type instead.
pub fn sentence(error: &Error, command: &Command, arguments: &[OsString], words: &Words) -> String {
    let mut lines = vec![complaint(error, words)];
    let suggestions =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(meant) = suggestions.into_iter().find_map(|kind| text(error, kind)) {
        lines.push(words.fill("usage-suggestion", &[("meant", &meant)]));
    }
    let (path, id) = meant(command, arguments);
    if let Some(example) = words.find(&format!("{id}-example")) {
        lines.push(words.fill("usage-example", &[("example", &example)]));
    }
    lines.push(words.fill("usage-help", &[("command", &path)]));
    lines.join("\n")
}

#[expect(clippy::wildcard_enum_match_arm, reason = "clap's kinds may grow")]
fn complaint(error: &Error, words: &Words) -> String {
    let argument = text(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let typed = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            words.fill("usage-unknown-command", &[("command", &typed)])
        }
        ErrorKind::UnknownArgument => {
            words.fill("usage-unknown-argument", &[("argument", &argument)])
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            words.fill("usage-no-value", &[("argument", &argument)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let values = [("value", value.as_str()), ("argument", argument.as_str())];
            let mut sentence = words.fill("usage-wrong-value", &values);
            if let Some(choices) = text(error, ContextKind::ValidValue) {
                sentence.push(' ');
                sentence.push_str(&words.fill("usage-choices", &[("choices", &choices)]));
            }
            sentence
        }
        ErrorKind::MissingRequiredArgument => {
            words.fill("usage-missing", &[("arguments", &argument)])
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            words.say("usage-no-command")
        }
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg).unwrap_or_default();
            words.fill("usage-conflict", &[("argument", &argument), ("other", &other)])
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            words.fill("usage-number-of-values", &[("argument", &argument)])
        }
        ErrorKind::InvalidUtf8 => words.say("usage-not-utf8"),
        // Kinds that these arguments cannot cause, and kinds to come.
        _ => one_line(&error.to_string()),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "clap's values may grow")]
fn text(error: &Error, kind: ContextKind) -> Option<String> {
    let values = match error.get(kind)? {
        ContextValue::String(value) => vec![value.clone()],
        ContextValue::Strings(values) => values.clone(),
        ContextValue::StyledStr(value) => vec![value.to_string()],
        ContextValue::StyledStrs(values) => values.iter().map(ToString::to_string).collect(),
        _ => return None,
    };
    Some(one_line(&values.join(", ")))
}

/// The command that the arguments begin with: as it is typed, and the name of its text.
fn meant(command: &Command, arguments: &[OsString]) -> (String, String) {
    let (mut path, mut id) = ("aduan".to_owned(), "cmd".to_owned());
    let mut current = command;
    for argument in arguments.iter().skip(1).filter_map(|argument| argument.to_str()) {
        if let Some(sub) = current.find_subcommand(argument) {
            path = format!("{path} {}", sub.get_name());
            id = format!("{id}-{}", sub.get_name());
            current = sub;
        }
    }
    (path, id)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::arguments::Arguments;
    use crate::cli::help;
    use crate::cli::language::Language;

    fn told(language: Language, typed: &[&str]) -> String {
        let words = Words::new(language);
        let command = help::localised(Arguments::command(), &words);
        let arguments: Vec<OsString> =
            ["aduan"].iter().chain(typed).map(|typed| OsString::from(*typed)).collect();
        let error = command.clone().try_get_matches_from(&arguments).expect_err("a mistake");
        sentence(&error, &command, &arguments, &words)
    }

    #[test]
    fn a_missing_reason_is_named_with_an_example() {
        let told = told(Language::Indonesian, &["tolak", "123"]);
        assert!(told.starts_with("Belum diisi: --reason"), "{told}");
        assert!(told.contains("aduan tolak 123 --reason \""), "{told}");
        assert!(told.ends_with("aduan reject --help"), "{told}");
    }

    #[test]
    fn a_mistyped_command_is_guessed() {
        let told = told(Language::English, &["inbxo"]);
        assert!(told.contains("inbxo") && told.contains("inbox"), "{told}");
    }

    #[test]
    fn wrong_and_missing_values_are_told_with_the_choices() {
        let wrong = told(Language::Indonesian, &["recap", "2026-11", "--format", "pdf"]);
        assert!(wrong.contains("pdf") && wrong.contains("table, csv"), "{wrong}");
        let missing = told(Language::Indonesian, &["inbox", "--lang"]);
        assert!(missing.contains("--lang"), "{missing}");
        let number = told(Language::Indonesian, &["answer", "123", "--note", "tujuh"]);
        assert!(number.contains("tujuh") && number.contains("--note"), "{number}");
    }

    #[test]
    fn no_mistake_is_told_in_claps_english() {
        for typed in [
            &["inbxo"][..],
            &["inbox", "--al"],
            &["inbox", "lagi"],
            &["show"],
            &["show", "1", "2"],
            &["assign", "1"],
            &["recap"],
            &["recap", "2026-11", "--format", "pdf"],
            &["answer", "1", "--note", "x"],
            &["sms", "send", "0811", "--batch"],
            &["sms"],
            &["known", "add", "1"],
            &["--lang"],
            &["--lang", "fr", "inbox"],
            &["known", "--unit", "PUPR", "withdraw", "1"],
        ] {
            let told = told(Language::Indonesian, typed);
            for english in ["error:", "argument", "required", "unexpected", "invalid", "provided"] {
                assert!(!told.contains(english), "{typed:?}: {told}");
            }
        }
    }
}
