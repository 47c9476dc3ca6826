//! Which interface of a stick a port is, where it is not the one that serves: told by what comes from it, and by its siblings'
//! names.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the system names ports so that they stay the same, the better one first.
const STABLE: [&str; 2] = ["/dev/serial/by-id", "/dev/serial/by-path"];

/// Siblings that are named; no stick has more that could serve.
const SIBLINGS_MAX: usize = 8;

/// Octets that are looked at: some sentences or frames.
pub const SAMPLE_OCTETS: usize = 1024;

/// What a port speaks instead of AT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// NMEA 0183: the receiver for positions.
    Positions,
    /// QCDM, Qualcomm's protocol for diagnosis.
    Diagnosis,
}

/// What to try in place of a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What it looks like, where that shows.
    pub looks: Option<Looks>,
    /// The other interfaces of the same stick.
    pub siblings: Vec<PathBuf>,
}

impl Hint {
    /// What there is to say about a port from which this came; nothing where it is silent and has no siblings.
    pub fn of(sample: &[u8], port: &Path) -> Option<Self> {
        let hint = Self { looks: looks_like(sample), siblings: siblings(port) };
        (hint.looks.is_some() || !hint.siblings.is_empty()).then_some(hint)
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.looks {
            Some(Looks::Positions) => "it looks like the GPS interface of this stick (NMEA)",
            Some(Looks::Diagnosis) => "it looks like the diagnostic interface of this stick (QCDM)",
            None => "another interface of this stick may be the right one",
        })?;
        f.write_str("; try ")?;
        for sibling in &self.siblings {
            write!(f, "{}, ", sibling.display())?;
        }
        let which = if self.siblings.is_empty() { "its other ports" } else { "or look at each" };
        write!(f, "{which} with `aduan modem probe`")
    }
}

/// Where the system shows the devices behind ports.
pub const TTYS: &str = "/sys/class/tty";

/// Where a port sits in a USB stick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seat {
    /// `bInterfaceNumber`.
    pub interface: Option<u8>,
    /// `idVendor`.
    pub vendor: Option<u16>,
}

impl Seat {
    /// Of a port, as the system shows it under `ttys`; where it shows nothing, its stable name has the interface.
    pub fn of(port: &Path, ttys: &Path) -> Self {
        let shown = Self::shown(port, ttys).unwrap_or_default();
        let named = || {
            let own = numbered(port).map(|(_, number)| number);
            own.or_else(|| numbered(&stable_name(port)?).map(|(_, number)| number))
        };
        Self { interface: shown.interface.or_else(named), ..shown }
    }

    /// The folders above the device have what is looked for: the interface's first, then the stick's.
    fn shown(port: &Path, ttys: &Path) -> Option<Self> {
        let port = fs::canonicalize(port).ok()?;
        let device = fs::canonicalize(ttys.join(port.file_name()?).join("device")).ok()?;
        let read = |file: &str| {
            let text =
                device.ancestors().find_map(|folder| fs::read_to_string(folder.join(file)).ok())?;
            u16::from_str_radix(text.trim(), 16).ok()
        };
        let interface = read("bInterfaceNumber").and_then(|number| u8::try_from(number).ok());
        Some(Self { interface, vendor: read("idVendor") })
    }
}

/// What octets look like that no modem says where it is told `AT`.
pub fn looks_like(sample: &[u8]) -> Option<Looks> {
    if sample.windows(7).any(is_sentence) {
        return Some(Looks::Positions);
    }
    sample.split(|octet| *octet == FRAME_END).any(is_frame).then_some(Looks::Diagnosis)
}

/// `$`, talker and sentence in five letters, comma.
fn is_sentence(octets: &[u8]) -> bool {
    match octets {
        [b'$', b'G' | b'P' | b'B', rest @ .., b','] => {
            rest.iter().all(|octet| octet.is_ascii_uppercase() || octet.is_ascii_digit())
        }
        _ => false,
    }
}

const FRAME_END: u8 = 0x7E;
const ESCAPED: u8 = 0x7D;

/// Whether what stood before a frame's end has a right check (CRC-16/X-25 over content and check leaves 0xF0B8).
fn is_frame(octets: &[u8]) -> bool {
    const OCTETS_MIN: usize = 3;
    let mut crc = 0xFFFF_u16;
    let mut escaped = false;
    for octet in octets {
        if *octet == ESCAPED {
            escaped = true;
            continue;
        }
        let octet = if std::mem::take(&mut escaped) { octet ^ 0x20 } else { *octet };
        crc = (0..8).fold(crc ^ u16::from(octet), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0x8408 } else { crc >> 1 }
        });
    }
    octets.len() >= OCTETS_MIN && crc == 0xF0B8
}

/// The other interfaces of the stick that a port belongs to, by the names that udev gives them.
pub fn siblings(port: &Path) -> Vec<PathBuf> {
    let own = if port.file_name().and_then(|name| name.to_str()).and_then(stick).is_some() {
        Some(port.to_owned())
    } else {
        stable_name(port)
    };
    let Some(own) = own else { return Vec::new() };
    let stick_of = |path: &Path| Some(stick(path.file_name()?.to_str()?)?.to_owned());
    let (Some(folder), own_stick) = (own.parent(), stick_of(&own)) else { return Vec::new() };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut siblings: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| *path != own && stick_of(path) == own_stick)
        .collect();
    siblings.sort();
    siblings.truncate(SIBLINGS_MAX);
    siblings
}

/// A name of the port that survives a restart of the machine.
pub fn stable_name(port: &Path) -> Option<PathBuf> {
    let port = fs::canonicalize(port).ok()?;
    STABLE.iter().find_map(|folder| {
        let names = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
        names.into_iter().find(|name| fs::canonicalize(name).is_ok_and(|target| target == port))
    })
}

/// What the names of one stick's interfaces have in common: `usb-…-if02-port0`, `pci-…-usb-0:1:1.2-port0`.
fn stick(name: &str) -> Option<&str> {
    named(name).map(|(stick, _)| stick)
}

/// The stick and the number of the interface in a stable name.
fn numbered(port: &Path) -> Option<(&str, u8)> {
    let (stick, number) = named(port.file_name()?.to_str()?)?;
    Some((stick, number?))
}

fn named(name: &str) -> Option<(&str, Option<u8>)> {
    let by_id = |(before, behind): (&'_ str, &str)| {
        // As the USB descriptor has it, in two hexadecimal digits.
        let number = u8::from_str_radix(behind.get(..2)?, 16).ok()?;
        Some((before.len(), Some(number)))
    };
    let (end, number) = name.rsplit_once("-if").and_then(by_id).or_else(|| {
        let (before, behind) = name.rsplit_once(':')?;
        let (_, interface) = behind.split_once('.')?;
        let digits = interface.split(|sign: char| !sign.is_ascii_digit()).next()?;
        before.contains("-usb").then_some((before.len(), digits.parse().ok()))
    })?;
    Some((name.get(..end)?, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_diagnosis_are_known_by_what_they_say() {
        for (sample, looks) in [
            (b"06,08,0.9*47\r\n$GPGGA,0".as_slice(), Some(Looks::Positions)),
            (b"$GNRMC,,V,,*10\r\n", Some(Looks::Positions)),
            // The request for a version, and a frame with escaped octets: 0x7E in its content.
            (b"\x00\x78\xf0\x7e", Some(Looks::Diagnosis)),
            (b"\xff\x7e\x00\x78\xf0\x7e\x13", Some(Looks::Diagnosis)),
            (b"\x00\x78\xf1\x7e", None),
            (b"~~~~", None),
            (b"\r\nOK\r\n$20,000,", None),
            (b"", None),
        ] {
            assert_eq!(looks_like(sample), looks, "{sample:?}");
        }
    }

    #[test]
    fn noise_looks_like_neither() {
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::from_fn(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            Some(state.to_be_bytes()[0])
        })
        .take(SAMPLE_OCTETS)
        .collect();
        assert_eq!(looks_like(&noise), None);
    }

    #[test]
    fn siblings_are_the_other_interfaces_of_the_same_stick() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "usb-HUAWEI_Mobile-if00-port0",
            "usb-HUAWEI_Mobile-if02-port0",
            "usb-HUAWEI_Mobile-if01-port0",
            "usb-HUAWEI_Mobile_2-if00-port0",
            "pci-0000:00:14.0-usb-0:1:1.0-port0",
            "pci-0000:00:14.0-usb-0:1:1.2-port0",
            "pci-0000:00:14.0-usb-0:2:1.0-port0",
            "modem",
        ];
        for name in names {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let of = |own: &str| -> Vec<String> {
            siblings(&folder.path().join(own))
                .iter()
                .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(of(names[0]), [names[2], names[1]]);
        assert_eq!(of(names[4]), [names[5]]);
        assert!(of(names[3]).is_empty() && of(names[6]).is_empty() && of("modem").is_empty());
    }

    #[test]
    fn the_interface_is_told_by_the_system_or_by_the_ports_name() {
        let folder = tempfile::tempdir().unwrap();
        let usb = folder.path().join("devices/1-1");
        let interface = usb.join("1-1:1.12");
        let tty = interface.join("ttyUSB2");
        let ttys = folder.path().join("class");
        fs::create_dir_all(&tty).unwrap();
        fs::create_dir_all(ttys.join("ttyUSB2")).unwrap();
        fs::write(usb.join("idVendor"), "12d1\n").unwrap();
        fs::write(interface.join("bInterfaceNumber"), "0c\n").unwrap();
        std::os::unix::fs::symlink(&tty, ttys.join("ttyUSB2/device")).unwrap();
        let port = folder.path().join("ttyUSB2");
        fs::write(&port, "").unwrap();
        let seat = Seat { interface: Some(12), vendor: Some(0x12D1) };
        assert_eq!(Seat::of(&port, &ttys), seat);
        // No USB, and none at all.
        let plain = folder.path().join("ttyS0");
        fs::write(&plain, "").unwrap();
        assert_eq!(Seat::of(&plain, &ttys), Seat::default());
        let of = |name: &str| Seat::of(Path::new(name), &ttys).interface;
        assert_eq!(of("/x/usb-HUAWEI_Mobile-if0c-port0"), Some(12));
        assert_eq!(of("/x/pci-0000:00:14.0-usb-0:1:1.2-port0"), Some(2));
        assert_eq!(of("/x/pci-0000:00:14.0-usb-0:1:1.10"), Some(10));
        assert_eq!(of("/x/modem"), None);
    }

    #[test]
    fn a_hint_names_what_to_try() {
        let siblings = vec![PathBuf::from("/dev/serial/by-id/usb-X-if02-port0")];
        let hint = Hint { looks: Some(Looks::Positions), siblings };
        assert_eq!(
            hint.to_string(),
            "it looks like the GPS interface of this stick (NMEA); try /dev/serial/by-id/usb-X-if02-port0, or look at each \
             with `aduan modem probe`"
        );
        let alone = Hint { looks: Some(Looks::Diagnosis), siblings: Vec::new() };
        assert!(alone.to_string().ends_with("try its other ports with `aduan modem probe`"));
        assert_eq!(Hint::of(b"", Path::new("/dev/nonexistent")), None);
    }
}
