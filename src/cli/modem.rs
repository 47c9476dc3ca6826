//! `aduan modem`: how the modems are, and what an admin has them do.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Subcommand;

use super::ailment;
use super::terminal::{Page, align_right, day, one_line, row};
use super::vocabulary::{self, Family};
use crate::control::protocol::{
    Ask, CardNotice, ClockDifference, Credit, MessageStore, Modem, ModemFile,
};

/// What one does with modems.
#[derive(Debug, Subcommand)]
pub enum ModemCommand {
    /// Looks at a port, without a daemon.
    #[command(alias = "kenali")]
    Probe {
        /// A serial port.
        #[arg(value_name = "PORT")]
        port: PathBuf,
        /// Its speed; the usual ones in turn where none is given.
        #[arg(long, value_name = "BAUD")]
        baud: Option<u32>,
    },
    /// What the daemon is asked.
    #[command(flatten)]
    Asked(ModemAsk),
}

/// What the daemon is asked about modems, or told to do to one.
#[derive(Debug, Subcommand)]
pub enum ModemAsk {
    /// All of them.
    #[command(alias = "daftar")]
    List,
    /// One of them.
    #[command(alias = "lihat")]
    Info {
        /// As in the configuration.
        name: String,
    },
    /// Takes one back into service.
    #[command(alias = "aktifkan")]
    Enable {
        /// As in the configuration.
        name: String,
    },
    /// Takes one out of service.
    #[command(alias = "nonaktifkan")]
    Disable {
        /// As in the configuration.
        name: String,
    },
    /// Restarts one.
    #[command(alias = "ulang")]
    Reset {
        /// As in the configuration.
        name: String,
    },
    /// Asks one something by hand.
    At {
        /// As in the configuration.
        name: String,
        /// A line that changes nothing.
        #[arg(value_name = "LINE")]
        line: String,
    },
    /// Asks its network for the credit.
    #[command(alias = "pulsa")]
    Ussd {
        /// As in the configuration.
        name: String,
        /// Digits, stars and hashes.
        #[arg(value_name = "USSD")]
        code: String,
    },
}

impl ModemAsk {
    /// The question.
    pub fn ask(self) -> Ask {
        match self {
            Self::List => Ask::ModemList,
            Self::Info { name } => Ask::ModemInfo { name },
            Self::Enable { name } => Ask::ModemEnable { name },
            Self::Disable { name } => Ask::ModemDisable { name },
            Self::Reset { name } => Ask::ModemReset { name },
            Self::At { name, line } => Ask::ModemAt { name, line },
            Self::Ussd { name, code } => Ask::ModemUssd { name, code },
        }
    }
}

/// Two lines for each modem, what it does and what it is; below them what is not as it should be, and what waits: in all, and
/// bound to no card.
///
/// # Errors
/// What writing fails with.
pub fn list(
    page: &Page,
    modems: &[ModemFile],
    (in_all, unbound): (i64, i64),
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = &page.words;
    if modems.is_empty() {
        writeln!(out, "{}", words.say("status-no-modem"))?;
    } else {
        what_they_do(page, modems, out)?;
        writeln!(out)?;
        what_they_are(page, modems, out)?;
        writeln!(out)?;
    }
    for file in modems {
        if file.modem.error.is_none()
            && let Some(error) = last_error(page, file)
        {
            let (name, title) = (one_line(&file.modem.name), words.say("title-last-error"));
            page.block(out, 0, &format!("{name}: {title}: {error}"))?;
        }
        warnings(page, &file.modem, out)?;
    }
    let waits = |id, count| words.count(id, usize::try_from(count).unwrap_or_default());
    write!(out, "{}", waits("modem-waiting-in-all", in_all))?;
    if unbound > 0 {
        write!(out, " {}", waits("modem-waiting-unbound", unbound))?;
    }
    writeln!(out)
}

/// State, network, signal, and what comes and goes.
fn what_they_do(page: &Page, modems: &[ModemFile], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let titles = vec![
        words.say("title-modem"),
        words.say("title-state"),
        page.zoned("title-since"),
        words.say("title-operator"),
        words.say("title-signal"),
        words.say("title-waiting"),
        words.say("title-today"),
    ];
    let mut table = page.table(titles);
    for file in modems {
        let signal = file.signal.map(|signal| format!("{} {} dBm", bars(signal.bars), signal.dbm));
        table.add_row(row([
            file.modem.name.clone(),
            vocabulary::standing(words, &file.modem),
            page.short_time(file.modem.since),
            or_dash(file.operator.clone()),
            or_dash(signal),
            file.waiting.to_string(),
            format!("{}/{}", file.received_today, file.sent_today),
        ]));
    }
    align_right(&mut table, &[5, 6]);
    page.write_table(out, table)
}

/// Model, card, registration, stores.
fn what_they_are(page: &Page, modems: &[ModemFile], out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let titles = vec![
        words.say("title-modem"),
        words.say("title-model"),
        words.say("title-number"),
        words.say("title-registration"),
        words.say("title-stores"),
        words.say("title-credit"),
    ];
    let mut table = page.table(titles);
    for file in modems {
        let credit = file.credit.map(|credit| rupiah(credit.rupiah));
        table.add_row(row([
            file.modem.name.clone(),
            or_dash(file.modem.model.clone()),
            or_dash(file.number.clone()),
            or_dash(registration(page, file)),
            or_dash(stores(file)),
            or_dash(credit),
        ]));
    }
    align_right(&mut table, &[5]);
    page.write_table(out, table)
}

fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "-".to_owned())
}

/// Where it is registered, in a word: either registration will do, and `info` shows both.
fn registration(page: &Page, file: &ModemFile) -> Option<String> {
    let told = || file.circuit.iter().chain(&file.lte);
    let serves = told().find(|token| matches!(token.as_str(), "home" | "roaming"));
    let token = serves.or_else(|| told().next())?;
    Some(vocabulary::word(&page.words, Family::Registration, token))
}

/// `ME 0/23, SM 3/10`: places taken, places there are.
fn stores(file: &ModemFile) -> Option<String> {
    let filled: Vec<String> = file.stores.iter().map(filled).collect();
    (!filled.is_empty()).then(|| filled.join(", "))
}

fn filled(store: &MessageStore) -> String {
    format!("{} {}/{}", store.name, store.used, store.total)
}

/// The same with what is left there: `ME 0/23, SM 3/10 (2 left there)`.
fn stores_in_full(page: &Page, file: &ModemFile) -> Option<String> {
    let with_left = |store: &MessageStore| match store.left {
        0 => filled(store),
        left => {
            let left = page.words.fill("modem-left", &[("count", &left.to_string())]);
            format!("{} {left}", filled(store))
        }
    };
    let stores: Vec<String> = file.stores.iter().map(with_left).collect();
    (!stores.is_empty()).then(|| stores.join(", "))
}

/// The last error and when it began.
fn last_error(page: &Page, file: &ModemFile) -> Option<String> {
    let error = file.last_error.as_ref()?;
    let error = ailment::short(&page.words, error);
    Some(match file.last_error_at {
        Some(at) => format!("{}: {error}", page.time(at)),
        None => error,
    })
}

/// What ails a modem and what a person should look at, a line for each; nothing where there is nothing.
///
/// # Errors
/// What writing fails with.
pub fn warnings(page: &Page, modem: &Modem, out: &mut dyn Write) -> io::Result<()> {
    let name = one_line(&modem.name);
    if let Some(error) = &modem.error {
        page.block(out, 0, &format!("{name}: {}", ailment::long(&page.words, error)))?;
    }
    modem.warnings.iter().try_for_each(|token| {
        let told = vocabulary::word(&page.words, Family::Warning, token);
        page.block(out, 0, &format!("{name}: {told}"))
    })
}

/// Everything about one modem.
///
/// # Errors
/// What writing fails with.
pub fn info(
    page: &Page,
    file: &ModemFile,
    (in_all, unbound): (i64, i64),
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = &page.words;
    let modem = &file.modem;
    let state = vocabulary::standing(words, modem);
    let since = page.time(modem.since);
    let values = [("name", one_line(&modem.name)), ("state", state), ("time", since)];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    writeln!(out, "{}", words.fill("modem-head", &values))?;
    let registration = |token: &Option<String>| {
        token.as_ref().map(|token| vocabulary::word(words, Family::Registration, token))
    };
    let signal = file.signal.map(|signal| {
        let dbm = signal.dbm.to_string();
        words.fill("modem-signal", &[("bars", &bars(signal.bars)), ("dbm", &dbm)])
    });
    let warnings: Vec<String> = modem
        .warnings
        .iter()
        .map(|token| vocabulary::word(words, Family::Warning, token))
        .collect();
    let power = file.power.as_ref().map(|power| {
        format!("{} ({})", vocabulary::word(words, Family::Power, &power.alarm), power.line)
    });
    let crashes = (file.crashes > 0)
        .then(|| words.fill("modem-crashes", &[("count", &file.crashes.to_string())]));
    let notices: Vec<String> = file.notices.iter().map(|told| notice(page, told)).collect();
    let present = |text: String| (!text.is_empty()).then_some(text);
    let today = words.fill(
        "modem-today",
        &[("received", &file.received_today.to_string()), ("sent", &file.sent_today.to_string())],
    );
    let quota = file.quota.map(|quota| {
        let values = [("used", &*quota.used.to_string()), ("limit", &*quota.limit.to_string())];
        words.fill("modem-quota", &values)
    });
    let bound = words.fill(
        "modem-waiting",
        &[
            ("bound", &file.waiting.to_string()),
            ("unbound", &unbound.to_string()),
            ("all", &in_all.to_string()),
        ],
    );
    page.pairs(
        out,
        &[
            (
                words.say(if modem.state == "held" { "label-held" } else { "label-error" }),
                modem.error.as_ref().map(|error| ailment::long(words, error)),
            ),
            (words.say("label-warnings"), present(warnings.join("\n"))),
            (words.say("label-power"), power),
            (words.say("label-operator"), file.operator.clone()),
            (words.say("label-signal"), signal),
            (words.say("label-circuit"), registration(&file.circuit)),
            (words.say("label-lte"), registration(&file.lte)),
            (words.say("label-waiting"), Some(bound)),
            (words.say("label-routes"), present(file.routes.join(", "))),
            (words.say("label-today"), Some(today)),
            (
                words.say("label-credit"),
                file.credit.map(|known| credit(page, known, file.credit_low)),
            ),
            (words.say("label-quota"), quota),
            (words.say("label-clock"), file.clock.map(|difference| clock(page, difference))),
            (words.say("label-notices"), present(notices.join("\n"))),
            (words.say("label-stores"), stores_in_full(page, file)),
            (words.say("label-number"), file.number.clone()),
            (words.say("label-sim"), file.sim.clone()),
            (words.say("label-model"), modem.model.clone()),
            (words.say("label-revision"), file.revision.clone()),
            (words.say("label-imei"), file.imei.clone()),
            (words.say("label-last-error"), last_error(page, file)),
            (words.say("label-crashes"), crashes),
        ],
    )
}

/// What was done to a modem, and where its outcome shows.
///
/// # Errors
/// What writing fails with.
pub fn done(page: &Page, ask: &Ask, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let (words, name) = (&page.words, one_line(name));
    let values = [("name", name.as_str())];
    let sentence = if matches!(ask, Ask::ModemEnable { .. }) {
        words.fill("modem-enabled", &values)
    } else if matches!(ask, Ask::ModemDisable { .. }) {
        words.fill("modem-taken-out", &values)
    } else {
        words.fill("modem-restarts", &values)
    };
    writeln!(out, "{sentence}")
}

/// What a modem or its network answered.
///
/// # Errors
/// What writing fails with.
pub fn said(page: &Page, lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return writeln!(out, "{}", page.words.say("modem-said-ok"));
    }
    lines.iter().try_for_each(|line| page.block(out, 0, line))
}

/// The credit, when it was told, and what is too little.
fn credit(page: &Page, credit: Credit, low: Option<i64>) -> String {
    let (sum, time) = (rupiah(credit.rupiah), page.time(credit.at));
    let values = [("sum", sum.as_str()), ("time", &time)];
    let told = page.words.fill("modem-credit", &values);
    match low {
        Some(low) => {
            format!("{told}; {}", page.words.fill("modem-credit-low", &[("sum", &rupiah(low))]))
        }
        None => told,
    }
}

/// How far the computer's clock is from the network's, and what that may come from.
fn clock(page: &Page, difference: ClockDifference) -> String {
    let ClockDifference { seconds, zone } = difference;
    let (id, count) = match (zone, seconds < 0) {
        (true, _) => ("modem-clock-zone", seconds.abs() / 3600),
        (false, true) => ("modem-clock-behind", seconds.abs() / 60),
        (false, false) => ("modem-clock-ahead", seconds / 60),
    };
    page.words.fill(id, &[("count", &count.to_string())])
}

/// What an operator wrote, who it said it is, and whether somebody has looked since.
fn notice(page: &Page, notice: &CardNotice) -> String {
    let words = &page.words;
    let matter = vocabulary::word(words, Family::Notice, &notice.matter);
    let matter = match notice.until {
        Some(until) => format!("{matter}: {}", day(until)),
        None => matter,
    };
    let (sender, time) = (one_line(&notice.sender), page.time(notice.at));
    let values = [("matter", matter.as_str()), ("sender", &sender), ("time", &time)];
    let told = words.fill("modem-notice", &values);
    if notice.looked_at.is_some() {
        format!("{told}; {}", words.say("modem-notice-seen"))
    } else {
        told
    }
}

/// `Rp12.500`, in both languages as it is written here.
fn rupiah(sum: i64) -> String {
    let digits = sum.unsigned_abs().to_string();
    let mut text = String::from(if sum < 0 { "-Rp" } else { "Rp" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// `3/5`: reads the same in every font and aloud.
fn bars(bars: u8) -> String {
    format!("{bars}/5")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use crate::control::protocol::{Ailment, PowerAlarm, Quota, Signal};

    fn ailment(code: &str, details: &[(&str, &str)]) -> Ailment {
        let details = details.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Ailment { code: code.to_owned(), details: details.collect(), because: None }
    }

    fn ready() -> ModemFile {
        let modem = Modem {
            name: "modem-1".to_owned(),
            state: "ready".to_owned(),
            activity: None,
            since: samples::at(24, 1, 1),
            model: Some("SIMCOM_SIM7600E-H".to_owned()),
            error: None,
            received: 12,
            sent: 9,
            warnings: ["weak-signal", "card-expires", "low-credit"].map(str::to_owned).to_vec(),
        };
        ModemFile {
            last_error: Some(ailment("restarted", &[])),
            last_error_at: Some(samples::at(24, 1, 0)),
            operator: Some("TELKOMSEL".to_owned()),
            signal: Some(Signal { bars: 1, dbm: -105 }),
            circuit: Some("home".to_owned()),
            lte: Some("searching".to_owned()),
            stores: [("ME", 0, 23, 0), ("SM", 3, 10, 2)]
                .map(|(name, used, total, left)| MessageStore {
                    name: name.to_owned(),
                    used,
                    total,
                    left,
                })
                .to_vec(),
            number: Some("+6281100000001".to_owned()),
            sim: Some("***********0001".to_owned()),
            revision: Some("LE20B04".to_owned()),
            imei: Some("861234050000017".to_owned()),
            waiting: 2,
            received_today: 31,
            sent_today: 28,
            credit: Some(Credit { rupiah: 8_750, at: samples::at(24, 0, 30) }),
            credit_low: Some(10_000),
            quota: Some(Quota { used: 34, limit: 200 }),
            clock: Some(ClockDifference { seconds: -754, zone: false }),
            power: Some(PowerAlarm {
                alarm: "under-voltage".to_owned(),
                line: "UNDER-VOLTAGE WARNNING".to_owned(),
            }),
            notices: vec![
                CardNotice {
                    matter: "expires".to_owned(),
                    until: Some("2026-12-05".parse().unwrap()),
                    sender: "TELKOMSEL".to_owned(),
                    at: samples::at(23, 2, 0),
                    looked_at: None,
                },
                CardNotice {
                    matter: "no-credit".to_owned(),
                    until: None,
                    sender: "3636".to_owned(),
                    at: samples::at(20, 2, 0),
                    looked_at: Some(samples::at(21, 2, 0)),
                },
            ],
            ..ModemFile::from(modem)
        }
    }

    fn absent() -> ModemFile {
        ModemFile::from(Modem {
            name: "modem-2".to_owned(),
            state: "absent".to_owned(),
            activity: None,
            since: samples::at(24, 1, 1),
            model: None,
            error: Some(ailment("not-there", &[("path", "/dev/ttyUSB2")])),
            received: 0,
            sent: 0,
            warnings: Vec::new(),
        })
    }

    #[test]
    fn a_list_shows_what_an_office_asks_for_and_what_is_wrong() {
        let modems = [ready(), absent()];
        insta::assert_snapshot!(samples::printed(None, |page, out| list(
            page,
            &modems,
            (5, 3),
            out
        )));
    }

    #[test]
    fn a_wrong_clock_is_told_with_what_it_may_come_from() {
        for (seconds, zone, told) in [
            (-754, false, "12 menit di belakang jam jaringan"),
            (754, false, "12 menit di depan jam jaringan"),
            (-7 * 3600, true, "tepat 7 jam"),
        ] {
            let difference = Some(ClockDifference { seconds, zone });
            let file = ModemFile { clock: difference, ..absent() };
            let text = samples::printed(None, |page, out| info(page, &file, (0, 0), out));
            assert!(text.contains(told), "{text}");
        }
    }

    #[test]
    fn sums_are_written_as_in_a_shop() {
        let sums = [0, 999, 1_000, 12_500, 1_234_567, -5_000].map(rupiah);
        assert_eq!(sums, ["Rp0", "Rp999", "Rp1.000", "Rp12.500", "Rp1.234.567", "-Rp5.000"]);
    }

    #[test]
    fn a_list_fits_a_hundred_columns() {
        let modems = [ready(), absent()];
        for width in [None, Some(100), Some(80)] {
            let text = samples::printed(width, |page, out| list(page, &modems, (5, 3), out));
            let tables = text.lines().take_while(|line| !line.starts_with("modem-1: "));
            let widest = tables.map(|line| line.chars().count()).max();
            assert!(widest <= Some(usize::from(width.unwrap_or(100))), "{text}");
        }
    }

    #[test]
    fn one_modem_shows_everything_that_is_known_of_it_and_no_more() {
        insta::assert_snapshot!(samples::printed(None, |page, out| info(
            page,
            &ready(),
            (5, 3),
            out
        )));
        let text = samples::printed(None, |page, out| info(page, &absent(), (0, 0), out));
        assert!(!text.contains("dBm") && !text.contains("IMEI"), "{text}");
    }
}
