//! Any text of a citizen: it is read, and the complaint stands in it word for word.
#![no_main]

use std::sync::LazyLock;

use aduan::complaint::{self, Directory};
use libfuzzer_sys::fuzz_target;

static DIRECTORY: LazyLock<Directory> =
    LazyLock::new(|| Directory::from_tsv(include_str!("../../config/units.tsv")).unwrap());

fuzz_target!(|text: String| {
    let reading = complaint::read(&text, &DIRECTORY);
    assert!(text.contains(&reading.body));
});
