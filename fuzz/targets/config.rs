//! Any text as one of the five files of the configuration, beside four good ones: it is refused with a message that says
//! where, or it makes an office that can work.
//!
//! The first octet chooses the file.
#![no_main]

use std::collections::HashSet;
use std::path::Path;

use aduan::complaint::{self, Certainty};
use aduan::config::{Config, OfficeTexts};
use aduan::desk::Office;
use aduan::sms::measure;
use aduan::words::{Blank, Key};
use chrono::{DateTime, Duration};
use libfuzzer_sys::fuzz_target;

const SETTINGS: &str = include_str!("../../config/aduan.toml");
/// Units are few, for speed; the others are as shipped.
const SHIPPED: OfficeTexts<'_> = OfficeTexts {
    units: "code\tname\nPUPR\tDinas Pekerjaan Umum\nDISHUB\tDinas Perhubungan\nKEC-SUKAMAJU\tKecamatan Sukamaju\n",
    templates: include_str!("../../config/templates.tsv"),
    staff: include_str!("../../config/staff.toml"),
    holidays: include_str!("../../config/holidays.toml"),
};

/// A line, a section or entry, a key of the templates, or the name that the office gave itself.
fn says_where(message: &str) -> bool {
    let key = || Key::ALL.iter().any(|key| message.contains(key.name()));
    ["line ", "[", "the office name"].iter().any(|place| message.contains(place)) || key()
}

fn can_work(config: &Config, office: &Office) {
    let names: HashSet<_> = config.modems.iter().map(|modem| (&modem.name, modem.baud)).collect();
    assert_eq!(names.len(), config.modems.len());
    let limits = &office.limits;
    assert!((1..=8).contains(&limits.parts_max));
    assert!(!limits.part_wait.is_zero() && !limits.silence.is_zero());
    let standards = &office.standards;
    let noon = DateTime::from_timestamp(1_795_496_400, 0).unwrap();
    for minutes in
        [standards.sort, standards.analysis + standards.note, standards.send, standards.answer]
    {
        assert!(minutes >= 0);
        assert!(office.calendar.add_minutes(noon, minutes) >= noon);
    }
    // In a decade no office is closed for good, whatever its hours and days off.
    assert!(
        (noon..DateTime::UNIX_EPOCH + Duration::days(366 * 80))
            .contains(&office.calendar.next_opening(noon))
    );
    assert!(office.calendar.minutes_between(noon, noon + Duration::days(7)) <= 7 * 24 * 60);
    for unit in office.directory.units() {
        let code = unit.code.as_str();
        assert_eq!(office.directory.find(code), Some(unit));
        let reading = complaint::read(&format!("{code} # lampu mati"), &office.directory);
        assert_eq!(
            (reading.unit.as_ref(), reading.certainty),
            (Some(&unit.code), Certainty::Certain)
        );
        assert_eq!(reading.body, "lampu mati");
    }
    let mut accounts = HashSet::new();
    for officer in office.staff.iter() {
        assert!(accounts.insert(&officer.id) && !officer.roles.is_empty());
        let known = |unit: &String| unit == "*" || office.directory.find(unit).is_some();
        assert!(officer.units.iter().all(known));
    }
    for key in Key::ALL {
        let filled =
            office.templates.fill(key, &[(Blank::No, "P26-00123-0"), (Blank::Unit, "DISHUB")]);
        assert!(key.may_be_long() || measure(&filled, None).parts == 1, "{}", key.name());
    }
}

fuzz_target!(|input: (u8, &str)| {
    let (file, text) = input;
    let (settings, texts) = match file % 5 {
        0 => (text, SHIPPED),
        1 => (SETTINGS, OfficeTexts { staff: text, ..SHIPPED }),
        2 => (SETTINGS, OfficeTexts { holidays: text, ..SHIPPED }),
        3 => (SETTINGS, OfficeTexts { units: text, ..SHIPPED }),
        _ => (SETTINGS, OfficeTexts { templates: text, ..SHIPPED }),
    };
    let path = Path::new("/etc/aduan/aduan.toml");
    let made = Config::parse(settings, path)
        .and_then(|config| config.parse_office(texts).map(|office| (config, office)));
    match made {
        Ok((config, office)) => can_work(&config, &office),
        Err(error) => assert!(says_where(&error.to_string()), "{error}"),
    }
});
