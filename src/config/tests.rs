use std::path::Path;

use super::*;

const SHIPPED: &str = include_str!("../../config/aduan.toml");

/// A directory with the shipped files, `aduan.toml` replaced by `text`.
fn home(text: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for name in ["units.tsv", "templates.tsv", "staff.toml", "holidays.toml", "quirks.toml"] {
        fs::copy(shipped.join(name), home.path().join(name)).unwrap();
    }
    fs::write(home.path().join("aduan.toml"), text).unwrap();
    home
}

fn load(text: &str) -> Result<Config, String> {
    let home = home(text);
    Config::load(&home.path().join("aduan.toml")).map_err(|error| error.to_string())
}

/// The shipped file with every documented default written out.
fn written_out() -> String {
    SHIPPED
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if is_setting(rest) || rest == "[modem.credit]" => rest,
            Some(_) | None => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_setting(line: &str) -> bool {
    line.split_once(" = ").is_some_and(|(key, _)| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    })
}

#[test]
fn the_shipped_files_make_an_office() {
    let home = home(SHIPPED);
    let config = Config::load(&home.path().join("aduan.toml")).unwrap();
    let office = config.load_office().unwrap();
    assert_eq!(office.name, "Pemkab Sukamaju");
    assert_eq!(office.staff.iter().count(), 6);
    assert!(office.directory.find("DISHUB").is_some());
    assert_eq!(config.database, Path::new("/var/lib/aduan/aduan.db"));
    assert_eq!(config.files.units, home.path().join("units.tsv"));
    assert_eq!(config.modems.len(), 1);
}

#[test]
fn texts_make_the_office_that_their_files_make() {
    let home = home(SHIPPED);
    let path = home.path().join("aduan.toml");
    let (loaded, parsed) = (Config::load(&path).unwrap(), Config::parse(SHIPPED, &path).unwrap());
    assert_eq!(loaded, parsed);
    drop(home);
    let texts = OfficeTexts {
        units: include_str!("../../config/units.tsv"),
        templates: include_str!("../../config/templates.tsv"),
        staff: include_str!("../../config/staff.toml"),
        holidays: include_str!("../../config/holidays.toml"),
    };
    let office = parsed.parse_office(texts).unwrap();
    assert_eq!(office.staff.iter().count(), 6);
    // Each file is wrong under its own name.
    for (texts, path) in [
        (OfficeTexts { units: "", ..texts }, &parsed.files.units),
        (OfficeTexts { templates: "", ..texts }, &parsed.files.templates),
        (OfficeTexts { staff: "?", ..texts }, &parsed.files.staff),
        (OfficeTexts { holidays: "?", ..texts }, &parsed.files.holidays),
    ] {
        let error = parsed.parse_office(texts).unwrap_err();
        assert!(
            matches!(&error, ConfigError::Wrong { path: wrong, .. } if wrong == path),
            "{error}"
        );
    }
}

#[test]
fn every_documented_default_is_the_default() {
    let home = home(SHIPPED);
    let path = home.path().join("aduan.toml");
    let terse = Config::load(&path).unwrap();
    let text = written_out();
    assert!(text.matches(" = ").count() > 45, "the file documents its settings");
    fs::write(&path, &text).unwrap();
    let mut verbose = Config::load(&path).unwrap();
    // Examples, not defaults: no card has a number or a PIN of its own accord, no line is recorded, no credit asked for.
    for modem in &mut verbose.modems {
        assert!(modem.number.take().is_some() && modem.pin_file.take().is_some());
        assert!(modem.record.take().is_some_and(|record| !record.plain));
        // What is not written of the credit is as it is written here.
        let credit = format!("{SHIPPED}[modem.credit]\ncode = \"*888#\"\n");
        fs::write(&path, credit).unwrap();
        assert_eq!(Config::load(&path).unwrap().modems[0].credit, modem.credit.take());
    }
    // More families, which are none beside the known ones.
    assert!(verbose.files.quirks.take().is_some());
    for (terse, verbose) in terse.modems.iter().zip(&mut verbose.modems) {
        verbose.quirks = terse.quirks.clone();
    }
    // A week is the same whether it is written or left out.
    assert_eq!(terse.hours.ordinary(), verbose.hours.ordinary());
    assert_eq!(terse.hours.ramadan(), verbose.hours.ramadan());
    verbose.hours = terse.hours.clone();
    assert_eq!(terse, verbose);
    assert_eq!(terse.limits(), crate::desk::Limits::default());
}

#[test]
fn an_unknown_key_is_refused_with_its_place() {
    let error = load(&SHIPPED.replace("[database]", "[database]\npaht = \"x\"")).unwrap_err();
    assert!(
        error.contains("line ") && error.contains("column ") && error.contains("paht"),
        "{error}"
    );
    for section in [
        "office",
        "control",
        "files",
        "hours",
        "standards",
        "intake",
        "sending",
        "cases",
        "reminders",
        "retention",
    ] {
        let text = SHIPPED.replacen(&format!("[{section}]"), &format!("[{section}]\nodd = 1"), 1);
        let error = load(&text).unwrap_err();
        assert!(error.contains("odd") && error.contains("line "), "[{section}]: {error}");
    }
    let error = load(&format!("{SHIPPED}\nodd = 1")).unwrap_err();
    assert!(error.contains("odd"), "[[modem]]: {error}");
}

#[test]
fn a_wrong_value_is_named_with_how_it_is_written() {
    let table = [
        ("# part_wait = \"10m\"", "part_wait = \"ten\"", "\"10m\""),
        ("# part_wait = \"10m\"", "part_wait = \"0s\"", "longer than nothing"),
        ("zone = \"WIB\"", "zone = \"GMT\"", "\"WITA\""),
        ("# window = \"07.00-20.00\"", "window = \"20-7\"", "\"07.30-16.00\""),
        ("# monday = \"07.30-16.00\"", "monday = \"pagi\"", "\"closed\""),
        ("# parts_max = 4", "parts_max = 0", "1 to 8"),
        ("# ethics_days = 1", "ethics_days = 0", "ethics_days = 0: must be 1 to 366"),
        ("# complaint_days = 14", "complaint_days = 400", "complaint_days = 400: must be 1 to 366"),
        ("# report_days = 5", "report_days = 0", "report_days = 0: must be 1 to 366"),
        ("# returns = 2", "returns = 0", "1 or more"),
        ("# equal_per_hour = 3", "equal_per_hour = 0", "equal_per_hour = 0: must be 1 or more"),
        ("# data_request = \"3days\"", "data_request = \"0s\"", "longer than nothing"),
        ("# validity = \"1day\"", "validity = \"1s\"", "63 weeks"),
        ("# baud = 115200", "baud = 0", "baud"),
        ("# per_day = 0", "per_day = -1", "per_day"),
        ("# routes = []", "routes = [\"0811\", \"123*\"]", "123*"),
        ("# found = \"take\"", "found = \"ignore\"", "\"leave\""),
        ("# number = \"+6281200000000\"", "number = \"PLN\"", "telephone number"),
        ("name = \"modem-1\"", "name = \"modem satu\"", "letters"),
        ("path = \"/var/lib/aduan/aduan.db\"", "path = 7", "line "),
    ];
    for (from, to, says) in table {
        let text = SHIPPED.replacen(from, to, 1);
        assert_ne!(text, SHIPPED, "{from}");
        let error = load(&text).unwrap_err();
        assert!(error.contains(says), "{to}: {error}");
    }
}

#[test]
fn a_card_is_not_asked_for_its_credit_in_a_way_that_cannot_be_meant() {
    let table = [
        ("code = \"saldo\"", "stars and hashes"),
        ("code = \"**04*1234*9999*9999#\"", "changes the card's PIN"),
        ("code = \"**052*12345678*1*1#\"", "changes the card's PIN"),
        ("code = \"*888#\"\nevery = \"5h\"", "\"6h\" or more"),
        ("code = \"*888#\"\npattern = 'Rp[0-9]+'", "0 groups"),
        ("code = \"*888#\"\npattern = 'Rp([0-9]+'", "no pattern"),
        ("code = \"*888#\"\nlow = -1", "low"),
        ("low = 10000", "code"),
        ("code = \"*888#\"\nodd = 1", "odd"),
    ];
    for (lines, says) in table {
        let error = load(&format!("{SHIPPED}[modem.credit]\n{lines}\n")).unwrap_err();
        assert!(error.contains(says), "{lines}: {error}");
        let has_place = error.contains("line ") && error.contains("column ");
        assert!(has_place || !lines.starts_with("code = \"**"), "{lines}: {error}");
    }
}

#[test]
fn a_reset_command_begins_with_a_program() {
    let with = |value: &str| load(&SHIPPED.replace("# reset_command = []", value));
    let config = with("reset_command = [\"uhubctl\", \"-a\", \"cycle\"]").unwrap();
    assert_eq!(config.modems[0].reset_command, ["uhubctl", "-a", "cycle"]);
    assert!(with("reset_command = [\"\"]").unwrap_err().contains("reset_command"));
    assert!(with("reset_command = \"uhubctl -a cycle\"").is_err());
}

#[test]
fn routes_may_be_spelt_in_any_way_and_stand_at_several_modems() {
    let text = format!(
        "{}\n[[modem]]\nname = \"modem-2\"\npath = \"x\"\nroutes = [\"+62811\"]\n",
        SHIPPED.replacen("# routes = []", "routes = [\"0811\", \"62 812\"]", 1)
    );
    let home = home(&text);
    let config = Config::load(&home.path().join("aduan.toml")).unwrap();
    let routes = |modem: &ModemConfig| -> Vec<String> {
        modem.routes.iter().map(|prefix| prefix.as_str().to_owned()).collect()
    };
    assert_eq!(routes(&config.modems[0]), ["+62811", "+62812"]);
    assert_eq!(routes(&config.modems[1]), ["+62811"]);
    assert_eq!(config.load_office().unwrap().routes.len(), 3);
}

#[test]
fn two_modems_share_neither_name_nor_path() {
    let block = |name: &str, path: &str| {
        format!("{SHIPPED}\n[[modem]]\nname = \"{name}\"\npath = \"{path}\"\n")
    };
    assert!(load(&block("modem-2", "/dev/ttyUSB5")).is_ok());
    assert!(load(&block("modem-1", "/dev/ttyUSB5")).unwrap_err().contains("twice"));
    let same = "/dev/serial/by-id/usb-modem-1-if02-port0";
    assert!(load(&block("modem-2", same)).unwrap_err().contains("the same path"));
}

#[test]
fn a_staff_file_that_cannot_work_is_refused() {
    let home = home(&SHIPPED.replacen("# number = ", "number = ", 1));
    let config = Config::load(&home.path().join("aduan.toml")).unwrap();
    let officer = |rest: &str| format!("[[officer]]\nuser = \"sari\"\nname = \"Sari\"\n{rest}\n");
    let table = [
        (officer("roles = [\"petugas\"]\nunits = [\"NASA\"]"), "NASA"),
        (officer("roles = []"), "no roles"),
        (officer("roles = [\"raja\"]"), "raja"),
        (officer("roles = [\"petugas\"]").repeat(2), "twice"),
        (officer("roles = [\"petugas\"]\nhp = 1"), "hp"),
        (officer("roles = [\"petugas\"]\nphone = \"PLN\""), "telephone number"),
        (officer("roles = [\"petugas\"]\nphone = \"081200000000\""), "of a modem"),
    ];
    for (text, says) in table {
        fs::write(home.path().join("staff.toml"), &text).unwrap();
        let error = config.load_office().unwrap_err().to_string();
        assert!(error.contains(says) && error.contains("staff.toml"), "{error}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let home = home(SHIPPED);
    let config = Config::load(&home.path().join("aduan.toml")).unwrap();
    fs::remove_file(home.path().join("holidays.toml")).unwrap();
    let error = config.load_office().unwrap_err().to_string();
    assert!(error.contains("holidays.toml"), "{error}");
}

/// Working minutes of a local day, as the office of these files keeps it.
fn minutes_of(office: &crate::desk::Office, day: &str) -> i64 {
    let (from, until) = office.calendar.zone().day_of(format!("{day}T05:00:00Z").parse().unwrap());
    office.calendar.minutes_between(from, until)
}

#[test]
fn an_office_keeps_its_own_week_its_own_breaks_and_each_ramadan() {
    let office = |from: &str, to: &str, more: &str| {
        let text = SHIPPED.replacen(from, to, 1);
        let home = home(&text);
        let path = home.path().join("holidays.toml");
        let holidays = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{holidays}{more}")).unwrap();
        Config::load(&home.path().join("aduan.toml")).unwrap().load_office().unwrap()
    };
    let next = "\n[[ramadan]]\nfirst = 2027-02-08\nlast = 2027-03-09\n";
    let usual = office("", "", next);
    // Tuesday, Friday, Saturday; in Ramadan of this year and of the next; a day off.
    for (day, minutes) in [
        ("2026-11-24", 450),
        ("2026-11-27", 450),
        ("2026-11-28", 0),
        ("2026-02-24", 390),
        ("2026-02-27", 390),
        ("2027-02-09", 390),
        ("2027-03-10", 450),
        ("2026-12-24", 0),
    ] {
        assert_eq!(minutes_of(&usual, day), minutes, "{day}");
    }
    let six_days = office("# saturday = \"closed\"", "saturday = \"07.30-13.00\"", "");
    assert_eq!(minutes_of(&six_days, "2026-11-28"), 270);
    // Saturday is a working day then: the fifth one after Tuesday is Monday.
    let received = "2026-11-24T01:00:00Z".parse().unwrap();
    let due = |office: &crate::desk::Office| {
        office.calendar.zone().short(office.calendar.add_working_days(received, 5))
    };
    assert_eq!(
        (due(&usual), due(&six_days)),
        ("Sel 01-12-2026 16.00".to_owned(), "Sen 30-11-2026 16.00".to_owned())
    );
    let counted = office("# break_counted = false", "break_counted = true", "");
    for (day, minutes) in [("2026-11-24", 510), ("2026-11-27", 540), ("2026-02-24", 420)] {
        assert_eq!(minutes_of(&counted, day), minutes, "{day}");
    }
}

#[test]
fn the_shipped_days_off_are_those_of_the_decree() {
    let home = home(SHIPPED);
    let text = fs::read_to_string(home.path().join("holidays.toml")).unwrap();
    let day = |line: &str| line.strip_prefix("day = 2026-").map(str::to_owned);
    let days: Vec<String> = text.lines().filter_map(day).collect();
    // 17 national ones, then 8 of joint leave (procedure.md section 6).
    assert_eq!(
        days.join(" "),
        "01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25 \
         02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24"
    );
}

#[test]
fn a_case_is_not_kept_open_for_an_objection_that_is_refused() {
    let cases = |text: &str| load(&SHIPPED.replacen("[cases]", &format!("[cases]\n{text}"), 1));
    let error = cases("silence = \"20days\"").unwrap_err();
    assert!(error.contains("silence (20 days) is longer than objection (10 days)"), "{error}");
    assert!(error.contains("a BELUM that is refused"), "{error}");
    assert!(cases("objection = \"5days\"").is_err());
    for fitting in ["silence = \"5days\"", "silence = \"20days\"\nobjection = \"20days\""] {
        assert!(cases(fitting).is_ok(), "{fitting}");
    }
    for odd in [0, 10] {
        let error = cases(&format!("objections = {odd}")).unwrap_err();
        assert!(error.contains("1 to 9") && error.contains("BELUM"), "{error}");
    }
    let limits = cases("objection = \"14days\"\nobjections = 3").unwrap().limits();
    assert_eq!((limits.objecting.within.num_days(), limits.objecting.times), (14, 3));
}

#[test]
fn a_citizen_is_asked_once_more_before_the_case_ends() {
    let with = |cases: &str, reminders: &str| {
        let text = SHIPPED.replacen("[cases]", &format!("[cases]\n{cases}"), 1);
        load(&text.replacen("[reminders]", &format!("[reminders]\n{reminders}"), 1))
    };
    for (cases, reminders, says) in [
        (
            "",
            "question = \"30days\"",
            "question (30days) is not shorter than [cases] question (30days)",
        ),
        ("", "question = \"31days\"", "question (31days)"),
        // The shipped reminder comes too late then.
        ("question = \"5days\"", "", "[reminders] question (7days)"),
        ("question = \"36h\"", "question = \"2days\"", "question (1day 12h)"),
    ] {
        let error = with(cases, reminders).unwrap_err();
        assert!(error.contains(says) && error.contains("asked once more"), "{error}");
    }
    for (cases, reminders) in [
        ("question = \"8days\"", ""),
        ("question = \"5days\"", "question = \"4days 23h\""),
        ("", "question = \"29days\""),
    ] {
        assert!(with(cases, reminders).is_ok(), "{cases} {reminders}");
    }
    assert!(load(&SHIPPED.replacen("# equal_per_hour = 3", "equal_per_hour = 1", 1)).is_ok());
}

#[test]
fn a_byte_order_mark_before_any_file_is_passed_over() {
    let home = home(&format!("\u{feff}{}", SHIPPED.replacen("# quirks = ", "quirks = ", 1)));
    for name in ["units.tsv", "templates.tsv", "staff.toml", "holidays.toml", "quirks.toml"] {
        let path = home.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("\u{feff}{text}")).unwrap();
    }
    let config = Config::load(&home.path().join("aduan.toml")).unwrap();
    assert!(config.files.quirks.is_some());
    let office = config.load_office().unwrap();
    assert!(office.directory.find("DISHUB").is_some());
    // One, and only where files begin.
    let path = home.path().join("templates.tsv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("\u{feff}{text}")).unwrap();
    assert!(config.load_office().unwrap_err().to_string().contains("`key` and `text`"));
}

#[test]
fn templates_are_held_against_the_units_of_the_same_office() {
    let home = home(SHIPPED);
    let config = Config::load(&home.path().join("aduan.toml")).unwrap();
    let path = home.path().join("units.tsv");
    let units = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{units}KEC-TANJUNGPRIOKSELATANB\tKecamatan\n")).unwrap();
    let error = config.load_office().unwrap_err().to_string();
    assert!(error.contains("templates.tsv: line 2: TERIMA can grow to 166"), "{error}");
    assert!(error.contains("{unit} KEC-TANJUNGPRIOKSELATANB (24)"), "{error}");
}
