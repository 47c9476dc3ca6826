//! `aduan demo` on the screen: the story's sentences, and the real commands as its people type them.

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Context;

use super::failure::Failure;
use super::terminal::plain;
use super::words::Words;
use crate::demo::{self, DemoError, Terminal};
use crate::simulator::Scenario;

/// Pause for reading on a terminal; in a pipe nobody reads along.
const BREATH: Duration = Duration::from_millis(450);

/// Plays the demo on a screen: the story, or a scenario of a file, out of a seed, or of a file with another seed.
///
/// # Errors
/// [`Failure::Fault`]: the file cannot be used, the system did not give what it needs, or something that should have happened
/// did not.
pub fn run(
    words: &Words,
    (file, seed): (Option<&Path>, Option<u64>),
    keep: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let scenario = match (file, seed) {
        (Some(file), seed) => {
            let mut scenario = read(file)?;
            scenario.seed = seed.unwrap_or(scenario.seed);
            Some(scenario)
        }
        (None, Some(seed)) => Some(Scenario::drawn(seed)),
        (None, None) => None,
    };
    let breath = if io::stdout().is_terminal() { BREATH } else { Duration::ZERO };
    let mut screen = Screen { words, breath, out };
    let played = match scenario {
        Some(scenario) => demo::play(&mut screen, &scenario, keep),
        None => demo::run(&mut screen, keep),
    };
    played.map_err(|error| match error {
        DemoError::Io(cause) => cause.into(),
        error @ (DemoError::Config(_) | DemoError::Start(_) | DemoError::Missed { .. }) => {
            Failure::Fault(error.into())
        }
    })
}

fn read(file: &Path) -> anyhow::Result<Scenario> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Scenario::read(&text).with_context(|| file.display().to_string())
}

struct Screen<'a> {
    words: &'a Words,
    breath: Duration,
    out: &'a mut dyn Write,
}

impl Terminal for Screen<'_> {
    fn tell(&mut self, id: &str, values: &[(&str, &str)]) -> io::Result<()> {
        writeln!(self.out, "{}", plain(&self.words.fill(id, values)))?;
        self.out.flush()
    }

    fn act(&mut self, socket: &Path, (user, name): (&str, &str), typed: &[&str]) -> io::Result<()> {
        let shown: Vec<String> = typed.iter().map(|word| quoted(word)).collect();
        let command = format!("aduan {}", shown.join(" "));
        self.tell("demo-acts", &[("name", name), ("user", user), ("command", &command)])?;
        let mut arguments: Vec<OsString> =
            ["aduan", "--lang", self.words.language().tag(), "--socket"].map(Into::into).into();
        arguments.push(socket.as_os_str().to_owned());
        arguments.extend(typed.iter().map(OsString::from));
        // Its exit code is a script's business: the reader sees what was said.
        let mut errors = Vec::new();
        super::carry_out(arguments, self.out, &mut errors);
        self.out.write_all(&errors)?;
        self.out.flush()
    }

    fn breathe(&mut self) {
        thread::sleep(self.breath);
    }
}

/// A word as a shell needs it.
fn quoted(word: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':');
    if !word.is_empty() && word.chars().all(bare) { word.to_owned() } else { format!("\"{word}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::simulator::scenario::tests::happenings;

    #[test]
    fn every_event_is_told_in_both_languages() {
        for language in Language::ALL {
            let words = Words::new(language);
            for happening in happenings() {
                let id = format!("demo-event-{}", happening.kind());
                assert!(words.find(&id).is_some(), "{id} {language:?}");
            }
        }
    }
}
