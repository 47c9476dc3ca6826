//! `aduan propose`: the member's form, by options, from a file, or in an editor.

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::failure::{self, Failure};
use super::form::{self, Fields};
use super::input;
use super::session::Session;
use super::terminal::{Page, plain};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::control::protocol::{Ask, CaseFile, Tell};

/// Where neither VISUAL nor EDITOR is set: the editor that a Debian system gives its users. It needs a terminal.
const EDITOR: &str = "editor";

/// T12: recommendation, rules, solution note and wording.
#[derive(Debug, Args)]
pub struct ProposeArguments {
    number: String,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    recommendation: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    rules: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    wording: Option<String>,
    #[arg(long, value_name = "DATE")]
    follow_up: Option<String>,
    #[arg(long, value_name = "FORM", conflicts_with_all = ["recommendation", "rules", "note", "wording", "follow_up"])]
    file: Option<PathBuf>,
}

impl ProposeArguments {
    /// Looks at what can be wrong before anybody writes anything.
    ///
    /// # Errors
    /// [`Failure::Usage`] for a day that is none.
    pub fn check(&self, words: &Words) -> Result<(), Failure> {
        self.follow_up.as_deref().map_or(Ok(()), |typed| input::date(words, typed).map(drop))
    }

    /// Hands the proposal in. What was typed in an editor is kept in a file when it is not taken.
    ///
    /// # Errors
    /// [`Failure`]; nothing was handed in.
    pub fn run(self, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
        let words = session.words();
        if let Some(path) = &self.file {
            let fields = Fields::read(&read_form(path)?);
            return session.carry_out(&ask(words, self.number, &fields)?, out);
        }
        if let Some(fields) = self.complete() {
            return session.carry_out(&ask(words, self.number, &fields)?, out);
        }
        self.edit(session, out)
    }

    /// What the options give, when they give all that must be given.
    fn complete(&self) -> Option<Fields> {
        Some(Fields {
            recommendation: self.recommendation.clone()?,
            rules: self.rules.clone()?,
            note: self.note.clone()?,
            wording: self.wording.clone()?,
            follow_up: self.follow_up.clone().unwrap_or_default(),
        })
    }

    fn edit(self, session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
        let words = session.words();
        let editor = editor().ok_or_else(|| Failure::Usage(words.say("form-no-terminal")))?;
        let show = Ask::Show { number: self.number.clone() };
        let Tell::Show(case) = session.ask(&show)? else {
            let cause = "show".to_owned();
            return Err(Failure::Trouble(failure::own(
                "PROTOCOL",
                cause.clone(),
                vec![("cause", cause)],
            )));
        };
        let introduction = introduction(session.page(), &case);
        let form = self.prefilled(&case).form(&introduction, &hints(words));
        let edited = form::edit(&form, &editor).context(words.say("form-no-editor"))?;
        if edited.fields.is_blank() {
            return Err(Failure::Usage(words.say("form-blank")));
        }
        let tell = ask(words, self.number, &edited.fields)
            .and_then(|ask| session.ask(&ask).map(|tell| (ask, tell)));
        match tell {
            Ok((ask, tell)) => session.print(&ask, &tell, out),
            Err(failure) => {
                let path = edited.keep()?.display().to_string();
                let number = case.line.number.as_str();
                // To the terminal at once: the failure itself is told last.
                let kept = words.fill("form-kept", &[("path", &path), ("number", number)]);
                writeln!(io::stderr(), "{kept}")?;
                Err(failure)
            }
        }
    }

    /// The options, where given; else the last version, when it was returned: nobody types twice.
    fn prefilled(&self, case: &CaseFile) -> Fields {
        let returned = case.drafts.last().filter(|draft| draft.state == "returned");
        let choose = |given: &Option<String>, before: Option<&String>| {
            plain(given.as_ref().or(before).map_or("", String::as_str))
        };
        Fields {
            recommendation: choose(
                &self.recommendation,
                returned.map(|draft| &draft.recommendation),
            ),
            rules: choose(&self.rules, returned.map(|draft| &draft.rules)),
            note: choose(&self.note, returned.map(|draft| &draft.note)),
            wording: choose(&self.wording, returned.map(|draft| &draft.wording)),
            follow_up: choose(&self.follow_up, None),
        }
    }
}

fn read_form(path: &Path) -> anyhow::Result<String> {
    if path == Path::new("-") {
        let mut form = String::new();
        io::stdin().read_to_string(&mut form).context("reading standard input")?;
        return Ok(form);
    }
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn ask(words: &Words, number: String, fields: &Fields) -> Result<Ask, Failure> {
    let follow_up = match fields.follow_up.trim() {
        "" => None,
        typed => Some(input::date(words, typed)?),
    };
    Ok(Ask::Propose {
        number,
        recommendation: fields.recommendation.clone(),
        rules: fields.rules.clone(),
        note: fields.note.clone(),
        wording: fields.wording.clone(),
        follow_up,
    })
}

/// What the member needs to see while writing: the matter, and why the last version came back.
fn introduction(page: &Page, case: &CaseFile) -> String {
    let words = &page.words;
    let unit = case.line.unit.as_deref().unwrap_or("-");
    let category = case
        .category
        .as_ref()
        .map_or_else(|| "-".to_owned(), |token| vocabulary::word(words, Family::Category, token));
    let values = [("number", case.line.number.as_str()), ("unit", unit), ("category", &category)];
    let mut lines = vec![words.fill("form-title", &values), String::new(), plain(&case.body)];
    let reason = case.drafts.last().and_then(|draft| {
        Some((draft.reason.as_deref()?, draft.decided_by.as_deref().unwrap_or("-")))
    });
    if let Some((reason, user)) = reason {
        lines.push(String::new());
        lines.push(words.fill("form-returned", &[("user", user), ("reason", &plain(reason))]));
    }
    lines.push(String::new());
    lines.push(words.say("form-rules"));
    lines.join("\n")
}

fn hints(words: &Words) -> [String; 5] {
    ["recommendation", "rules", "note", "wording", "follow-up"]
        .map(|field| words.say(&format!("form-hint-{field}")))
}

/// The editor that somebody chose, else the usual one; nothing where no person sits at a terminal, as in a script.
fn editor() -> Option<String> {
    let chosen = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|editor| !editor.trim().is_empty());
    let person = || io::stdin().is_terminal() && io::stdout().is_terminal();
    chosen.or_else(|| person().then(|| EDITOR.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;

    fn arguments() -> ProposeArguments {
        ProposeArguments {
            number: "123".to_owned(),
            recommendation: None,
            rules: None,
            note: Some("Catatan baru".to_owned()),
            wording: None,
            follow_up: None,
            file: None,
        }
    }

    #[test]
    fn a_returned_version_is_in_the_form_again_and_options_go_first() {
        let case = samples::case();
        let returned = case.drafts.last().unwrap();
        assert_eq!(returned.state, "returned");
        let fields = arguments().prefilled(&case);
        assert_eq!(fields.wording, returned.wording);
        assert_eq!(fields.note, "Catatan baru");
    }

    #[test]
    fn the_form_shows_the_complaint_and_why_the_last_version_came_back() {
        let mut text = String::new();
        samples::printed(None, |page, _| {
            text = introduction(page, &samples::case());
            Ok(())
        });
        assert!(text.contains("P26-00123-0") && text.contains("Simpang Pasar"), "{text}");
        assert!(text.contains("sebutkan jadwal"), "{text}");
        let words = Words::new(Language::Indonesian);
        assert!(hints(&words).iter().all(|hint| hint.contains(' ')), "{:?}", hints(&words));
    }

    #[test]
    fn all_four_options_need_no_editor() {
        assert_eq!(arguments().complete(), None);
        let given = Some("x".to_owned());
        let arguments = ProposeArguments {
            recommendation: given.clone(),
            rules: given.clone(),
            wording: given,
            ..arguments()
        };
        assert_eq!(arguments.complete().unwrap().note, "Catatan baru");
    }
}
