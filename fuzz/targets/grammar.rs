//! Any text of a citizen: it is read, alike every time, and the complaint stands in it word for word. Behind the code as
//! the office asks for it, any text goes to that unit.
#![no_main]

use std::sync::LazyLock;

use aduan::complaint::{self, Certainty, Directory, Kind};
use libfuzzer_sys::fuzz_target;

fn directory() -> Directory {
    Directory::from_tsv(include_str!("../../config/units.tsv")).unwrap()
}

static DIRECTORY: LazyLock<Directory> = LazyLock::new(directory);
/// Its names lie in another order.
static ANOTHER: LazyLock<Directory> = LazyLock::new(directory);

fuzz_target!(|text: &str| {
    let reading = complaint::read(text, &DIRECTORY);
    assert!(text.contains(&reading.body));
    assert_eq!(reading, complaint::read(text, &ANOTHER));
    assert_eq!(reading.unit.is_some(), reading.certainty != Certainty::None);
    assert!(reading.kind == Kind::Complaint || reading.unit.is_none());
    for code in reading.unit.iter().chain(&reading.suggestions) {
        assert!(DIRECTORY.find(code.as_str()).is_some());
    }
    let asked_for = format!("DISHUB # {text}");
    let reading = complaint::read(&asked_for, &DIRECTORY);
    assert_eq!(reading.unit.as_ref().map(|code| code.as_str()), Some("DISHUB"));
    assert_eq!((reading.certainty, reading.kind), (Certainty::Certain, Kind::Complaint));
    assert!(asked_for.ends_with(&reading.body) || text.contains(&reading.body));
});
