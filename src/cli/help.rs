//! Help in the language of the call: clap's own English is replaced sentence by sentence.
//!
//! A text is found by its place: `cmd-inbox` is what `aduan inbox` does, `cmd-inbox-arg-all` its `--all`, and
//! `cmd-inbox-example` what to type.

use clap::{Arg, ArgAction, Command};

use super::words::Words;

/// The commands with every text in the language of `words`.
pub fn localised(command: Command, words: &Words) -> Command {
    let flags = [
        Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true),
        Arg::new("version").short('V').long("version").action(ArgAction::Version),
    ];
    let mut command = translate(command.args(flags), words, "cmd");
    // Usage lines know the names above them only once the tree is built.
    command.build();
    with_usage(command, words)
}

fn translate(command: Command, words: &Words, id: &str) -> Command {
    let template = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n",
        words.say("help-usage")
    );
    let mut place = 0;
    let mut command = command
        .about(words.say(id))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .help_template(template)
        .subcommand_help_heading(words.say("help-commands"))
        .subcommand_value_name(words.say("help-command"))
        .mut_args(|argument| {
            place += 1;
            let argument = translate_argument(argument, words, id);
            // Under a heading of ours clap lists what has no place of its own by its id, whatever the order in which it is typed.
            if argument.is_positional() { argument.display_order(place) } else { argument }
        });
    if let Some(example) = words.find(&format!("{id}-example")) {
        command = command.after_help(format!("{}: {example}", words.say("help-example")));
    }
    command.mut_subcommands(|command| {
        let id = format!("{id}-{}", command.get_name());
        translate(command, words, &id)
    })
}

fn translate_argument(argument: Arg, words: &Words, id: &str) -> Arg {
    let heading = if argument.is_positional() {
        "help-arguments"
    } else if argument.is_global_set() || matches!(argument.get_action(), ArgAction::Version) {
        "help-global-options"
    } else {
        "help-options"
    };
    let help = words.say(&format!("{id}-arg-{}", argument.get_id()));
    let argument = argument.help(help).help_heading(words.say(heading));
    if !argument.get_action().takes_values() {
        return argument;
    }
    let names: Vec<String> =
        value_names(&argument).iter().map(|name| value_name(words, name)).collect();
    // The choices and the default are part of the help text: clap would tell them in English.
    argument.value_names(names).hide_possible_values(true).hide_default_value(true)
}

/// Names of an argument's values as the code has them.
fn value_names(argument: &Arg) -> Vec<String> {
    match argument.get_value_names() {
        Some(names) => names.iter().map(ToString::to_string).collect(),
        None => vec![argument.get_id().as_str().to_uppercase()],
    }
}

fn value_name(words: &Words, name: &str) -> String {
    words.find(&format!("value-{name}")).unwrap_or_else(|| name.to_owned())
}

fn with_usage(mut command: Command, words: &Words) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let options = format!("[{}]", words.say("help-options-mark"));
    let usage = usage.replace("[OPTIONS]", &options);
    command.override_usage(usage).mut_subcommands(|command| with_usage(command, words))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::arguments::Arguments;
    use crate::cli::language::Language;

    fn walk(command: &Command, id: &str, see: &mut impl FnMut(&Command, &str)) {
        see(command, id);
        for sub in command.get_subcommands() {
            walk(sub, &format!("{id}-{}", sub.get_name()), see);
        }
    }

    #[test]
    fn every_command_and_argument_has_a_text_in_both_languages() {
        for language in Language::ALL {
            let words = Words::new(language);
            let mut seen = 0;
            walk(&Arguments::command(), "cmd", &mut |command, id| {
                assert!(words.find(id).is_some(), "{id} {language:?}");
                if !command.has_subcommands() && id != "cmd" {
                    let example = format!("{id}-example");
                    assert!(words.find(&example).is_some(), "{example} {language:?}");
                }
                for argument in command.get_arguments() {
                    let id = format!("{id}-arg-{}", argument.get_id());
                    assert!(words.find(&id).is_some(), "{id} {language:?}");
                    if argument.get_action().takes_values() {
                        for name in value_names(argument) {
                            let id = format!("value-{name}");
                            assert!(words.find(&id).is_some(), "{id} {language:?}");
                        }
                    }
                    seen += 1;
                }
            });
            assert!(seen > 35, "{seen}");
        }
    }

    #[test]
    fn arguments_are_listed_under_names_of_their_own_in_the_order_in_which_they_are_typed() {
        for language in Language::ALL {
            let words = Words::new(language);
            let mut seen = 0;
            walk(&localised(Arguments::command(), &words), "cmd", &mut |command, id| {
                let typed: Vec<&Arg> = command.get_positionals().collect();
                if typed.len() < 2 {
                    return;
                }
                seen += 1;
                let help = command.clone().render_help().to_string();
                let (_, listed) = help.split_once(&words.say("help-arguments")).unwrap();
                let mut rest = listed;
                for argument in &typed {
                    let text = words.say(&format!("{id}-arg-{}", argument.get_id()));
                    // As far as the line of the terminal goes.
                    let begin: String = text.chars().take(20).collect();
                    let (_, behind) = rest.split_once(&begin).unwrap_or_else(|| panic!("{help}"));
                    rest = behind;
                }
                let mut names: Vec<_> =
                    typed.iter().flat_map(|argument| value_names(argument)).collect();
                names.sort();
                names.dedup();
                assert_eq!(names.len(), typed.len(), "{id}: {names:?}");
            });
            assert!(seen > 3, "{seen}");
        }
    }

    #[test]
    fn the_usage_of_merge_says_which_ticket_is_the_main_one() {
        for (language, names) in [
            (Language::Indonesian, "<NOMOR> <NOMOR-UTAMA>"),
            (Language::English, "<NUMBER> <MAIN-NUMBER>"),
        ] {
            let mut command = localised(Arguments::command(), &Words::new(language));
            let merge = command.find_subcommand_mut("merge").unwrap();
            let help = merge.render_help().to_string();
            assert!(help.contains(names), "{help}");
        }
    }

    #[test]
    fn no_english_of_clap_is_left_in_indonesian_help() {
        let words = Words::new(Language::Indonesian);
        let command = localised(Arguments::command(), &words);
        walk(&command, "cmd", &mut |command, _| {
            let help = command.clone().render_long_help().to_string();
            for english in [
                "Usage",
                "Options",
                "Arguments:",
                "Commands:",
                "Print ",
                "[default",
                "[possible",
                "cmd-",
            ] {
                assert!(!help.contains(english), "{english} in:\n{help}");
            }
        });
    }

    /// As a shell cuts it; what stands behind `<`, `>`, `|` or `;` is the shell's own.
    fn shell_words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for character in line.trim().chars() {
            if !quoted && matches!(character, '<' | '>' | '|' | ';') {
                words.pop_if(|last| last.is_empty());
                break;
            }
            match character {
                '"' => quoted = !quoted,
                ' ' if !quoted && words.last().is_some_and(String::is_empty) => {}
                ' ' if !quoted => words.push(String::new()),
                character => words.last_mut().unwrap().push(character),
            }
        }
        words
    }

    #[test]
    fn the_examples_of_the_help_are_understood() {
        for language in Language::ALL {
            let words = Words::new(language);
            let command = localised(Arguments::command(), &words);
            walk(&Arguments::command(), "cmd", &mut |_, id| {
                let Some(example) = words.find(&format!("{id}-example")) else { return };
                let parsed = command.clone().try_get_matches_from(shell_words(&example));
                assert!(parsed.is_ok(), "{id}: {example}\n{}", parsed.unwrap_err());
            });
        }
    }

    /// Commands in the code of a document: indented or fenced blocks and `inline` spans that begin with `aduan `.
    fn commands_in(document: &str) -> Vec<String> {
        let text = document.replace("\\\n", " ");
        let blocks = text.lines().map(str::trim).filter(|line| line.starts_with("aduan "));
        let spans = text.split('`').skip(1).step_by(2).filter(|span| span.starts_with("aduan "));
        blocks.chain(spans).map(str::to_owned).collect()
    }

    const BACKUP: &str = include_str!("../../systemd/aduan-backup");

    #[test]
    fn the_commands_of_the_documents_are_understood() {
        let command = localised(Arguments::command(), &Words::new(Language::Indonesian));
        let mut tried = 0;
        for (name, document) in [
            ("README.md", include_str!("../../README.md")),
            ("docs/handbook.md", include_str!("../../docs/handbook.md")),
            ("docs/handbook/biasa.md", include_str!("../../docs/handbook/biasa.md")),
            ("docs/handbook/kode-etik.md", include_str!("../../docs/handbook/kode-etik.md")),
            ("docs/operations.md", include_str!("../../docs/operations.md")),
            ("docs/protocol.md", include_str!("../../docs/protocol.md")),
            ("aduan-backup", &BACKUP.replace(" | age", "\n")),
        ] {
            for example in commands_in(document) {
                let parsed = command.clone().try_get_matches_from(shell_words(&example));
                let names_a_group = parsed.as_ref().is_err_and(|error| {
                    error.kind() == clap::error::ErrorKind::MissingRequiredArgument
                        && example.split(' ').count() == 2
                });
                let placeholder = example.contains("PERINTAH") || example == "aduan --json";
                if !names_a_group && !placeholder {
                    assert!(parsed.is_ok(), "{name}: {example}\n{}", parsed.unwrap_err());
                    tried += 1;
                }
            }
        }
        assert!(tried > 30, "{tried}");
    }
}
