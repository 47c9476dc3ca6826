//! Any text as a table of modem families, and any modem that tells about itself: the table is refused with a reason, or
//! says of every modem what can be done with it, and is heeded before the one that comes with the program.
//!
//! The text, then manufacturer, model and revision, with 0xFF between them; what is missing the modem does not tell.
#![no_main]

use std::time::Duration;

use aduan::config::quirks;
use aduan::modem::quirks::Treatment;
use aduan::store::modems::Identity;
use libfuzzer_sys::fuzz_target;

/// Command lines that all entries together may bring for one modem, beside which this is no table.
const ENTRIES_MAX: usize = 4096;

fn can_be_done(treatment: &Treatment) {
    let lines = treatment.start.iter().chain(&treatment.restart);
    for line in lines {
        let text = line.as_str();
        assert!(text.starts_with("AT") && text.bytes().all(|octet| (b' '..=b'~').contains(&octet)));
    }
    for (place, line) in treatment.start.iter().enumerate() {
        assert!(!treatment.start[..place].contains(line), "said twice");
    }
    assert!(treatment.start.len() <= ENTRIES_MAX);
    if let Some(reports) = &treatment.reports {
        assert!((1..=3).contains(&reports.len()) && reports.iter().all(|way| *way <= 2));
    }
    if let Some(octets) = &treatment.before_reports {
        assert!((1..=16).contains(&octets.len()));
    }
    let pause = treatment.after_pin.unwrap_or(Duration::from_secs(1));
    assert!(!pause.is_zero() && pause <= Duration::from_mins(5));
    if let Some(pace) = treatment.payload {
        assert!(pace.pause.max(pace.before_end) <= Duration::from_secs(5));
        assert!(pace.between <= Duration::from_millis(100));
        assert!(pace.piece.is_none_or(|piece| (1..=512).contains(&piece)));
        assert_eq!(pace.piece.is_some(), !pace.between.is_zero());
    }
}

fuzz_target!(|input: &[u8]| {
    let mut pieces = input.split(|octet| *octet == 0xFF).map(str::from_utf8);
    let Some(Ok(text)) = pieces.next() else { return };
    let mut told = || pieces.next().and_then(Result::ok).map(str::to_owned);
    let modem = Identity {
        name: "modem-1".to_owned(),
        sim: "510101234567890".to_owned(),
        manufacturer: told(),
        model: told(),
        revision: told(),
        serial: None,
    };
    let table = match quirks::parse(text) {
        Ok(table) => table,
        Err(reason) => return assert!(!reason.is_empty()),
    };
    let own = table.of(&modem);
    can_be_done(&own);
    // Capitals say nothing.
    let loud = |told: &Option<String>| told.as_ref().map(|told| told.to_ascii_uppercase());
    let shouting = Identity {
        manufacturer: loud(&modem.manufacturer),
        model: loud(&modem.model),
        revision: loud(&modem.revision),
        ..modem.clone()
    };
    assert_eq!(table.of(&shouting), own);
    // Behind the table that comes with the program it is heeded first, and takes nothing away.
    let shipped = quirks::known().of(&modem);
    let mut all = quirks::known();
    all.extend(&table);
    let both = all.of(&modem);
    can_be_done(&both);
    assert_eq!(both.reports, own.reports.or(shipped.reports));
    assert_eq!(both.before_reports, own.before_reports.or(shipped.before_reports));
    assert_eq!(both.restart, own.restart.or(shipped.restart));
    assert_eq!(both.payload, own.payload.or(shipped.payload));
    assert_eq!(both.after_pin, own.after_pin.or(shipped.after_pin));
    assert!(both.start.starts_with(&shipped.start));
    assert!(own.start.iter().all(|line| both.start.contains(line)));
});
