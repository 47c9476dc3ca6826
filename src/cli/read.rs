//! `aduan read`: what intake would make of citizens' texts. A sysadmin tries a table of units with it.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

use crate::complaint::{Directory, Flag, UnitCode, read};

/// Reads texts, one a line (`\n` and `\\` escaped), and writes one JSON object a line.
///
/// # Errors
/// What reading or writing fails with.
pub fn run(directory: &Directory, input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    for line in input.split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        writeln!(output, "{}", object(line.strip_suffix('\r').unwrap_or(&line), directory))?;
    }
    output.flush()
}

/// What one escaped text is read as.
pub fn object(escaped: &str, directory: &Directory) -> Value {
    let reading = read(&unescape(escaped), directory);
    json!({
        "unit": reading.unit.as_ref().map(UnitCode::as_str),
        "body": reading.body,
        "kind": reading.kind.token(),
        "number": reading.number.map(|number| number.to_string()),
        "flags": reading.flags.iter().map(|flag: &Flag| flag.token()).collect::<Vec<_>>(),
        "suggestions": reading.suggestions.iter().map(UnitCode::as_str).collect::<Vec<_>>(),
        "named": reading.named.iter().map(UnitCode::as_str).collect::<Vec<_>>(),
    })
}

/// `\n` is a line break, `\\` a backslash; any other backslash stays.
pub fn unescape(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut characters = escaped.chars().peekable();
    while let Some(character) = characters.next() {
        let follower = if character == '\\' { characters.peek().copied() } else { None };
        match follower {
            Some('n') => {
                text.push('\n');
                characters.next();
            }
            Some('\\') => {
                text.push('\\');
                characters.next();
            }
            _ => text.push(character),
        }
    }
    text
}
