//! Reads one command line into its commands (V.250 §5.2 to §5.4).

use super::profile::Restart;

/// One command of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// Name in upper case: `+CMGS`, `^CURC`, `&F`, `E`, `S0`; empty for a bare `AT`.
    pub(super) name: String,
    /// What is asked of it.
    pub(super) form: Form,
}

/// The four forms of an extended command; a basic command with a number is a [`Form::Set`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// `AT+CSQ`, `ATE`.
    Run,
    /// `AT+CPMS?`.
    Read,
    /// `AT+CPMS=?`.
    Test,
    /// `AT+CPMS="SM","SM"`, `ATE0`.
    Set(Vec<Argument>),
}

/// One value of a set command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    /// Nothing between two commas.
    Omitted,
    /// An unsigned number.
    Number(u32),
    /// Text in quotes.
    Quoted(String),
    /// Anything else that stood without quotes.
    Bare(String),
}

impl Command {
    /// Whether it is this restart.
    pub(super) fn is(&self, restart: Restart) -> bool {
        match restart {
            Restart::Cfun => {
                self.name == "+CFUN"
                    && (self.number(0), self.number(1)) == (Ok(Some(1)), Ok(Some(1)))
            }
            Restart::Reboot => self.name == "#REBOOT" && self.form == Form::Run,
        }
    }

    /// Values of a set command; none for the other forms.
    pub(super) fn arguments(&self) -> &[Argument] {
        match &self.form {
            Form::Set(arguments) => arguments,
            Form::Run | Form::Read | Form::Test => &[],
        }
    }

    /// Value `place` as a number: `Ok(None)` when left out, `Err` when it is something else.
    pub(super) fn number(&self, place: usize) -> Result<Option<u32>, NotANumber> {
        match self.arguments().get(place) {
            None | Some(Argument::Omitted) => Ok(None),
            Some(Argument::Number(number)) => Ok(Some(*number)),
            Some(Argument::Quoted(_) | Argument::Bare(_)) => Err(NotANumber),
        }
    }

    /// Value `place` as text, in quotes or not.
    pub(super) fn text(&self, place: usize) -> Option<String> {
        match self.arguments().get(place)? {
            Argument::Omitted => None,
            Argument::Number(number) => Some(number.to_string()),
            Argument::Quoted(text) | Argument::Bare(text) => Some(text.clone()),
        }
    }
}

/// A value that should have been a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotANumber;

/// The commands of `line`, which is what stood between `AT` and the line end; `None` when it is no command line.
pub(super) fn read(line: &str) -> Option<Vec<Command>> {
    let mut commands = Vec::new();
    let mut rest = line.trim_matches(' ');
    if rest.is_empty() {
        return Some(vec![Command { name: String::new(), form: Form::Run }]);
    }
    while let Some(first) = rest.chars().next() {
        let (command, after) = match first {
            ';' | ' ' => {
                rest = rest.get(1..)?;
                continue;
            }
            '+' | '^' | '$' | '#' | '*' | '%' => extended(rest)?,
            '&' | 'A'..='Z' | 'a'..='z' => basic(rest)?,
            _ => return None,
        };
        commands.push(command);
        rest = after;
    }
    Some(commands)
}

/// `+NAME`, `+NAME?`, `+NAME=?`, `+NAME=values`, up to a semicolon outside quotes.
fn extended(text: &str) -> Option<(Command, &str)> {
    let mut quoted = false;
    let end = text
        .char_indices()
        .find(|(_, letter)| {
            quoted ^= *letter == '"';
            *letter == ';' && !quoted
        })
        .map_or(text.len(), |(at, _)| at);
    let (own, after) = text.split_at_checked(end)?;
    let own = own.trim_end();
    let cut = own.find(['=', '?']).unwrap_or(own.len());
    let (name, suffix) = own.split_at_checked(cut)?;
    let form = match suffix {
        "" => Form::Run,
        "?" => Form::Read,
        "=?" => Form::Test,
        _ => Form::Set(arguments(suffix.strip_prefix('=')?)),
    };
    Some((Command { name: name.trim_end().to_ascii_uppercase(), form }, after))
}

/// A letter with an optional `&` before and number after; `S<n>?` and `S<n>=<m>`; `D` takes the rest of the line.
fn basic(text: &str) -> Option<(Command, &str)> {
    let letters = if text.starts_with('&') { 2 } else { 1 };
    let (name, after) = text.split_at_checked(letters)?;
    let name = name.to_ascii_uppercase();
    if name == "D" {
        let form = Form::Set(vec![Argument::Bare(after.to_owned())]);
        return Some((Command { name, form }, ""));
    }
    let (digits, after) = number(after);
    if name == "S" {
        let name = format!("S{digits}");
        if let Some(after) = after.strip_prefix('?') {
            return Some((Command { name, form: Form::Read }, after));
        }
        if let Some(after) = after.strip_prefix('=') {
            let (value, after) = number(after);
            return Some((Command { name, form: Form::Set(arguments(value)) }, after));
        }
        return Some((Command { name, form: Form::Run }, after));
    }
    let form = if digits.is_empty() { Form::Run } else { Form::Set(arguments(digits)) };
    Some((Command { name, form }, after))
}

fn number(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn arguments(text: &str) -> Vec<Argument> {
    let mut quoted = false;
    text.split(|letter| {
        quoted ^= letter == '"';
        letter == ',' && !quoted
    })
    .map(argument)
    .collect()
}

fn argument(text: &str) -> Argument {
    let text = text.trim();
    if text.is_empty() {
        return Argument::Omitted;
    }
    if let Some(inner) = text.strip_prefix('"') {
        return Argument::Quoted(inner.strip_suffix('"').unwrap_or(inner).to_owned());
    }
    let plain = text.bytes().all(|octet| octet.is_ascii_digit());
    match text.parse() {
        Ok(number) if plain => Argument::Number(number),
        Ok(_) | Err(_) => Argument::Bare(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(name: &str, arguments: &[Argument]) -> Command {
        Command { name: name.to_owned(), form: Form::Set(arguments.to_vec()) }
    }

    fn bare(name: &str, form: Form) -> Command {
        Command { name: name.to_owned(), form }
    }

    #[test]
    fn a_line_may_hold_several_commands() {
        use Argument::{Number, Omitted, Quoted};
        let table = [
            ("", vec![bare("", Form::Run)]),
            ("E0", vec![set("E", &[Number(0)])]),
            (
                "e0v1+cmee=1;+CMGF=0",
                vec![
                    set("E", &[Number(0)]),
                    set("V", &[Number(1)]),
                    set("+CMEE", &[Number(1)]),
                    set("+CMGF", &[Number(0)]),
                ],
            ),
            ("&F;+CPMS?", vec![bare("&F", Form::Run), bare("+CPMS", Form::Read)]),
            ("S0=0S7?", vec![set("S0", &[Number(0)]), bare("S7", Form::Read)]),
            ("+CNMI=?", vec![bare("+CNMI", Form::Test)]),
            ("+CNMI=2,,0", vec![set("+CNMI", &[Number(2), Omitted, Number(0)])]),
            (
                "+CUSD=1,\"*1,2;3#\",15",
                vec![set("+CUSD", &[Number(1), Quoted("*1,2;3#".to_owned()), Number(15)])],
            ),
            ("^CURC=0", vec![set("^CURC", &[Number(0)])]),
        ];
        for (line, expected) in table {
            assert_eq!(read(line), Some(expected), "AT{line}");
        }
        assert_eq!(read("!"), None);
        assert_eq!(read("+CPMS?x"), None);
    }

    #[test]
    fn a_value_too_large_for_a_number_stays_text() {
        let read = read("+CMGR=99999999999").unwrap_or_default();
        assert_eq!(read.first().map(|command| command.number(0)), Some(Err(NotANumber)));
    }

    proptest! {
        #[test]
        fn no_line_is_too_odd_to_read(line in "\\PC{0,40}") {
            let _ = read(&line);
        }
    }
}
