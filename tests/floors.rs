//! The floors of the house: a file imports from its own room and from the floors below, never upwards, and rooms that are
//! strangers to one another stay so (docs/architecture.md).
#![expect(clippy::unwrap_used, reason = "a source file that cannot be read stops the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor, from the ground up; those in one inner list know one another not, unless `KNOWN` says so.
const FLOORS: &[&[&str]] = &[
    &["calendar", "clock", "masking", "mutation", "number", "phone"],
    &["at", "complaint", "sms", "ticket"],
    &["words", "store"],
    &["desk"],
    &["modem", "control", "simulator"],
    &["config"],
    &["daemon"],
    &["demo", "cli"],
];

/// Neighbours on one floor that may know each other: from, to.
const KNOWN: &[(&str, &str)] = &[("demo", "cli"), ("cli", "demo")];

/// Crates that stay outside of the pure floors and, of rusqlite, outside of every room but one.
const KEPT_OUT: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("tokio", &["store", "modem", "control", "simulator", "daemon", "demo", "cli"]),
    ("serde", &["control", "config", "simulator", "cli", "demo"]),
    ("clap", &["cli", "demo"]),
    ("nom", &["at", "complaint", "ticket", "sms"]),
    ("anyhow", &["cli", "demo"]),
    ("regex_lite", &["modem"]),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The room of a file: the first folder or file name below `src`.
fn room(file: &Path, source: &Path) -> String {
    let inside = file.strip_prefix(source).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without its tests and comments; some are nothing but tests.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let own = text.split("[cfg(test)]").next().unwrap_or_default();
    own.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Names that follow `prefix` anywhere in the code, `{a, b}` groups included.
fn names_after(code: &str, prefix: &str) -> BTreeSet<String> {
    let word = |text: &str| {
        text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
    };
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (offset, letter) in group.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ if start && !letter.is_whitespace() && depth == 0 => {
                            names.insert(word(&group[offset..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
            None => {
                names.insert(word(rest));
            }
        }
    }
    names
}

#[test]
fn imports_lead_downwards() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&source) {
        let own = room(&file, &source);
        if matches!(own.as_str(), "lib" | "bin") {
            continue;
        }
        let own_floor = floor(&own).unwrap_or_else(|| panic!("{own} stands on no floor"));
        for name in names_after(&code(&file), "crate::") {
            let Some(other) = floor(&name) else { continue };
            let neighbour = other == own_floor && name != own;
            let known = KNOWN.contains(&(own.as_str(), name.as_str()));
            if other > own_floor || (neighbour && !known) {
                wrong.push(format!("{} imports {name}", file.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn crates_stay_in_their_rooms() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in files(&source) {
        let own = room(&file, &source);
        if matches!(own.as_str(), "lib" | "bin") {
            continue;
        }
        let code = code(&file);
        for (name, rooms) in KEPT_OUT {
            let used = code.contains(&format!("use {name}::"))
                || !names_after(&code, &format!("{name}::")).is_empty();
            if used && !rooms.contains(&own.as_str()) {
                wrong.push(format!("{} uses {name}", file.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_room_stands_on_a_floor() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rooms: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 12, "{rooms:?}");
    for room in rooms {
        assert!(floor(room).is_some(), "{room}");
    }
}

#[test]
fn groups_are_read_whole() {
    let code = "use crate::{at, sms::{Deliver, hex}, ticket};\nuse crate::desk::Office; x(crate::phone::Party)";
    let names: Vec<String> = names_after(code, "crate::").into_iter().collect();
    assert_eq!(names, ["at", "desk", "phone", "sms", "ticket"]);
}
