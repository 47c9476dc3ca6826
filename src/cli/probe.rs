//! `aduan modem probe`: what stands behind a port, and what to write into the configuration for it; without a daemon.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::ailment;
use super::failure::Failure;
use super::terminal::one_line;
use super::words::Words;
use crate::at::command::{SignalQuality, SimLock};
use crate::config::quirks;
use crate::daemon;
use crate::modem::ailment::Ailment;
use crate::modem::interface::{Seat, TTYS};
use crate::modem::probe::{Found, SPEEDS, probe};
use crate::modem::{SessionError, interface};

/// USB number of the maker whose sticks take commands at several ports and show notices at one.
const HUAWEI: u16 = 0x12D1;

/// What `aduan.toml` takes for the speed where it says none.
const USUAL_BAUD: u32 = 115_200;

/// Looks, and prints.
///
/// # Errors
/// [`Failure::Fault`] where the port does not open or nobody answers, with what to try.
pub fn run(
    port: &Path,
    baud: Option<u32>,
    words: &Words,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the runtime")?;
    let found = runtime.block_on(probe(port, baud)).map_err(|error| {
        let ailment = daemon::ailment(&Ailment::from(&error));
        anyhow::Error::msg(if matches!(error, SessionError::Chat(_)) {
            let why = ailment::short(words, &ailment);
            let speeds = baud.map_or(SPEEDS.to_vec(), |baud| vec![baud]);
            let speeds = speeds.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            words.fill("probe-mute", &[("why", &*why), ("speeds", &*speeds)])
        } else {
            ailment::long(words, &ailment)
        })
    })?;
    Ok(tell(port, &found, words, out)?)
}

fn tell(port: &Path, found: &Found, words: &Words, out: &mut dyn Write) -> std::io::Result<()> {
    let told = [&found.identity.manufacturer, &found.identity.model, &found.identity.revision];
    let told: Vec<String> = told.into_iter().flatten().map(|told| one_line(told.trim())).collect();
    writeln!(out, "{}", words.fill("probe-modem", &[("modem", &told.join(" "))]))?;
    let serial = found.identity.serial.as_deref().unwrap_or("-");
    writeln!(out, "{}", words.fill("probe-serial", &[("serial", &one_line(serial))]))?;
    let card = match &found.card {
        Some(SimLock::Ready) => words.say("probe-card-ready"),
        Some(SimLock::Pin) => words.say("probe-card-pin"),
        Some(SimLock::Puk) => words.say("probe-card-puk"),
        Some(SimLock::Other(lock)) => words.fill("probe-card-other", &[("lock", &one_line(lock))]),
        Some(SimLock::Absent) | None => words.say("probe-card-none"),
    };
    writeln!(out, "{card}")?;
    let network = if found.is_registered { "probe-registered" } else { "probe-unregistered" };
    let signal = found.signal.and_then(SignalQuality::dbm);
    let signal = signal.map_or_else(|| "-".to_owned(), |dbm| format!("{dbm} dBm"));
    writeln!(out, "{}", words.fill(network, &[("signal", &signal)]))?;
    if found.card == Some(SimLock::Ready) && !found.has_centre {
        writeln!(out, "{}", words.say("probe-no-centre"))?;
    }
    tell_place(port, found, words, out)?;
    if !found.announces {
        writeln!(out, "{}", words.say("probe-no-notices"))?;
    }
    let path = interface::stable_name(port).unwrap_or_else(|| port.to_owned());
    writeln!(out, "\n{}\n", words.say("probe-write"))?;
    writeln!(out, "[[modem]]\nname = \"modem-1\"\npath = {:?}", path.display().to_string())?;
    if found.baud != USUAL_BAUD {
        writeln!(out, "baud = {}", found.baud)?;
    }
    if found.card == Some(SimLock::Pin) {
        writeln!(out, "pin_file = \"/run/credentials/aduand.service/pin-modem-1\"")?;
    }
    Ok(())
}

/// Which of a stick's ports this is, its others, and whether another one may show the notices although this one answers.
fn tell_place(
    port: &Path,
    found: &Found,
    words: &Words,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let seat = Seat::of(port, Path::new(TTYS));
    let Some(number) = seat.interface else { return Ok(()) };
    let number = number.to_string();
    let siblings = interface::siblings(port);
    let siblings: Vec<String> = siblings.iter().map(|path| path.display().to_string()).collect();
    let line = if siblings.is_empty() {
        words.fill("probe-interface-alone", &[("number", &number)])
    } else {
        words.fill("probe-interface", &[("number", &number), ("siblings", &siblings.join(", "))])
    };
    writeln!(out, "{}", one_line(&line))?;
    // A family that has a remedy for it is one that needs it.
    let is_known = quirks::known().of(&found.identity).notices.is_some();
    if found.announces && (is_known || seat.vendor == Some(HUAWEI)) {
        writeln!(out, "{}", words.say("probe-notices-elsewhere"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::store::modems::Identity;

    fn told(change: impl FnOnce(&mut Found)) -> String {
        let some = |text: &str| Some(text.to_owned());
        let mut found = Found {
            baud: 9600,
            identity: Identity {
                name: String::new(),
                sim: "510100000000001".to_owned(),
                manufacturer: some("huawei"),
                model: some("E1752"),
                revision: None,
                serial: some("861234050000010"),
            },
            card: Some(SimLock::Ready),
            is_registered: true,
            signal: Some(SignalQuality { rssi: Some(21), bit_errors: None }),
            has_centre: true,
            announces: true,
        };
        change(&mut found);
        let mut out = Vec::new();
        let words = Words::new(Language::English);
        tell(Path::new("/dev/ttyUSB2"), &found, &words, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_modem_in_order_needs_four_lines_of_configuration() {
        let text = told(|_| {});
        assert!(text.contains("huawei E1752") && text.contains("-71 dBm"), "{text}");
        assert!(!text.contains("510100000000001"), "the card's number is nobody's business");
        let (_, block) = text.split_once("[[modem]]").unwrap();
        assert_eq!(block, "\nname = \"modem-1\"\npath = \"/dev/ttyUSB2\"\nbaud = 9600\n");
    }

    #[test]
    fn the_usual_speed_is_not_written() {
        assert!(!told(|found| found.baud = 115_200).contains("baud"));
    }

    #[test]
    fn what_a_person_must_do_first_is_said() {
        assert!(told(|found| found.card = Some(SimLock::Pin)).contains("pin_file"));
        assert!(told(|found| found.card = Some(SimLock::Puk)).contains("PUK"));
        assert!(told(|found| found.has_centre = false).contains("AT+CSCA"));
        assert!(told(|found| found.announces = false).contains("interface"));
        assert!(!told(|found| found.is_registered = false).contains("registered with"));
    }
}
