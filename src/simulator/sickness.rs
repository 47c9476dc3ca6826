//! A modem that is there and does not work: what its port does instead, and what ends that.
//!
//! The network goes on meanwhile: messages are stored, and nobody is told.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::modem::{Modem, Timer};
use super::scenario::time;
use super::terminal::Input;

/// Time between two portions of noise.
const NOISE_EVERY: Duration = Duration::from_millis(5);
/// Pace of the noise on a line that takes no time, in bits per second; an octet costs ten.
const NOISE_BAUD: u32 = 115_200;
/// Time between two positions.
const POSITION_EVERY: Duration = Duration::from_secs(1);
/// Octets kept of a line that a sick modem hears.
const LINE_OCTETS_MAX: usize = 64;

const ESC: u8 = 0x1B;
/// Ends a frame of the diagnostic protocol (HDLC).
const FRAME_END: u8 = 0x7E;
/// Answer of a diagnostic port to what it does not understand (`DIAG_BAD_CMD_F`).
const NOT_UNDERSTOOD: u8 = 0x13;

/// What a port does that does not do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Sickness {
    /// It swallows all: a firmware that hangs, or an interface that nobody listens at.
    Mute,
    /// A prompt stands open that no Ctrl-Z ends: it echoes (unless `ATE0`) and swallows what is written.
    StuckPrompt,
    /// Random octets at the pace of the line, without end; with `lines` there are line ends among them.
    Noise {
        /// Whether CR and LF are drawn too.
        lines: bool,
    },
    /// `ERROR` for every command; no notices.
    Errors,
    /// `+CMS ERROR: 500` for what would show the stored messages (`AT+CPMS`, `AT+CMGL`, `AT+CMGR`); all else goes on.
    Deaf,
    /// The interface of the stick's receiver for positions: NMEA 0183, and deaf.
    Positions,
    /// The interface for diagnosis (QCDM): each line is answered by a frame that ends in 0x7E.
    Diagnosis,
    /// An interface that answers everything and shows no notices, until `AT^PORTSEL=1` where the family knows that.
    NoNotices,
}

/// What ends a sickness; power does too ([`Modem::reset`], [`Modem::unplug`]), but for [`Cure::None`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cure {
    /// Nothing but other faults: such an interface is so.
    None,
    /// Power alone, as a switched hub or a relay cuts it.
    Power,
    /// ESC at the stuck prompt.
    Escape,
    /// The driver closes the port.
    Reopening,
    /// The family's restart ([`Profile::restart`](super::profile::Profile::restart)), which is heard although nothing is answered; not at a stuck prompt.
    Restart,
    /// So much time from its beginning.
    After(#[serde(with = "time")] Duration),
}

/// A sickness and what ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sick {
    /// What the port does.
    pub sickness: Sickness,
    /// What ends it.
    pub cure: Cure,
}

impl Modem {
    /// From now on it is sick; what ran is lost.
    pub fn fall_sick(&mut self, sick: Sick, now: Duration) {
        self.run(now);
        self.begin_sickness(sick);
    }

    /// It works again as it is.
    pub fn get_well(&mut self, now: Duration) {
        self.run(now);
        self.recover();
    }

    /// Whether it is sick.
    pub const fn is_sick(&self) -> bool {
        self.faults.sick.is_some()
    }

    /// The driver has closed the port.
    pub fn port_closed(&mut self, now: Duration) {
        self.run(now);
        if self.has_cure(Cure::Reopening) {
            self.recover();
        }
    }

    pub(super) fn begin_sickness(&mut self, sick: Sick) {
        self.faults.sick = Some(sick);
        self.sick_until = match sick.cure {
            Cure::After(time) => Some(self.now + time),
            Cure::None | Cure::Power | Cure::Escape | Cure::Reopening | Cure::Restart => None,
        };
        self.typed_in_vain.clear();
        self.queue.clear();
        self.backlog.clear();
        self.input = Input::Typing(Vec::new());
        self.resume_sickness();
    }

    /// Sets its timers, at the beginning and after a restart.
    pub(super) fn resume_sickness(&mut self) {
        self.cancel(&Timer::Babble);
        self.cancel(&Timer::Recovered);
        let Some(sick) = self.faults.sick else { return };
        match sick.sickness {
            Sickness::Noise { .. } => self.after(NOISE_EVERY, Timer::Babble),
            Sickness::Positions => self.after(POSITION_EVERY, Timer::Babble),
            Sickness::Mute
            | Sickness::StuckPrompt
            | Sickness::Errors
            | Sickness::Deaf
            | Sickness::Diagnosis
            | Sickness::NoNotices => {}
        }
        if let Some(until) = self.sick_until {
            self.after(until.saturating_sub(self.now), Timer::Recovered);
        }
    }

    /// Power was cut.
    pub(super) fn power_cures(&mut self) {
        if !self.has_cure(Cure::None) {
            self.recover();
        }
    }

    /// It works again as it is.
    pub(super) fn recover(&mut self) {
        if self.faults.sick.take().is_some() {
            self.cancel(&Timer::Babble);
            self.cancel(&Timer::Recovered);
            self.typed_in_vain.clear();
            self.input = Input::Typing(Vec::new());
        }
    }

    fn has_cure(&self, cure: Cure) -> bool {
        self.faults.sick.is_some_and(|sick| sick.cure == cure)
    }

    /// Whether a restart by command would be obeyed and end it.
    pub(super) fn restart_cures(&self) -> bool {
        self.has_cure(Cure::Restart)
    }

    /// Whether the port hears and says nothing of what the modem would.
    pub(super) fn is_out_of_its_mind(&self) -> bool {
        self.faults.sick.is_some_and(|sick| match sick.sickness {
            Sickness::Mute
            | Sickness::StuckPrompt
            | Sickness::Noise { .. }
            | Sickness::Positions
            | Sickness::Diagnosis => true,
            Sickness::Errors | Sickness::Deaf | Sickness::NoNotices => false,
        })
    }

    /// Whether it answers `ERROR` to everything.
    pub(super) fn refuses_everything(&self) -> bool {
        self.faults.sick.is_some_and(|sick| sick.sickness == Sickness::Errors)
    }

    /// Whether it does not show what it has stored.
    pub(super) fn is_deaf(&self) -> bool {
        self.faults.sick.is_some_and(|sick| sick.sickness == Sickness::Deaf)
    }

    /// Whether notices come on another interface, or nowhere.
    pub(super) fn hides_notices(&self) -> bool {
        self.faults
            .sick
            .is_some_and(|sick| matches!(sick.sickness, Sickness::NoNotices | Sickness::Errors))
    }

    /// `AT^PORTSEL=1`: notices come here from now on.
    pub(super) fn notices_come_here(&mut self) {
        if self.faults.sick.is_some_and(|sick| sick.sickness == Sickness::NoNotices) {
            self.faults.sick = None;
        }
    }

    /// Octets for a modem that is out of its mind.
    pub(super) fn hear_in_vain(&mut self, octets: &[u8]) {
        for (place, octet) in octets.iter().enumerate() {
            let Some(sick) = self.faults.sick else {
                // The rest is for the modem that it is again.
                return self.hear(octets.get(place..).unwrap_or_default());
            };
            if sick.sickness == Sickness::StuckPrompt {
                if self.settings.echo {
                    self.outbound.put(&[*octet], self.now);
                }
                if *octet == ESC && sick.cure == Cure::Escape {
                    self.recover();
                    self.transmit(b"\r\nOK\r\n");
                }
            } else if *octet == b'\r' {
                let line = std::mem::take(&mut self.typed_in_vain);
                self.end_of_vain_line(sick, &line);
            } else if self.typed_in_vain.len() < LINE_OCTETS_MAX {
                self.typed_in_vain.push(*octet);
            }
        }
    }

    fn end_of_vain_line(&mut self, sick: Sick, line: &[u8]) {
        let restart = self.profile.restart.line();
        if sick.cure == Cure::Restart && line.to_ascii_uppercase().ends_with(restart) {
            self.recover();
            self.restart();
        } else if sick.sickness == Sickness::Diagnosis {
            let frame = frame(&[&[NOT_UNDERSTOOD], line, b"\r"].concat());
            self.outbound.put(&frame, self.now);
        }
    }

    /// The next portion of what comes by itself.
    pub(super) fn babble(&mut self) {
        let Some(sick) = self.faults.sick else { return };
        match sick.sickness {
            // A slow line carries less of it, and noise does not wait in a queue for ever.
            Sickness::Noise { .. } if self.outbound.octets() >= self.octets_a_second() => {}
            Sickness::Noise { lines } => {
                let noise = self.noise(lines);
                self.outbound.put(&noise, self.now);
            }
            Sickness::Positions => {
                let position = position(self.now.as_secs());
                self.outbound.put(position.as_bytes(), self.now);
            }
            Sickness::Mute
            | Sickness::StuckPrompt
            | Sickness::Errors
            | Sickness::Deaf
            | Sickness::Diagnosis
            | Sickness::NoNotices => {}
        }
        self.resume_sickness();
    }

    /// What the line carries.
    fn octets_a_second(&self) -> usize {
        usize::try_from(self.baud.unwrap_or(NOISE_BAUD) / 10).unwrap_or(usize::MAX)
    }

    fn noise(&mut self, lines: bool) -> Vec<u8> {
        let portion = NOISE_EVERY.as_millis() * self.octets_a_second() as u128 / 1000;
        let mut octet = || self.prng.draw().to_be_bytes()[0];
        (0..portion.max(1))
            .map(|_| match octet() {
                b'\r' | b'\n' if !lines => b'#',
                drawn => drawn,
            })
            .collect()
    }
}

/// A fix in Jakarta at this second of the simulation (NMEA 0183, `GGA`).
fn position(second: u64) -> String {
    let (hours, minutes, seconds) = (second / 3600 % 24, second / 60 % 60, second % 60);
    let body = format!(
        "GPGGA,{hours:02}{minutes:02}{seconds:02}.00,0612.0000,S,10648.0000,E,1,08,0.9,12.0,M,3.0,M,,"
    );
    let sum = body.bytes().fold(0, |sum, octet| sum ^ octet);
    format!("${body}*{sum:02X}\r\n")
}

/// An HDLC frame: CRC-16/X-25, what needs it escaped by 0x7D, and 0x7E behind.
fn frame(content: &[u8]) -> Vec<u8> {
    let crc = !content.iter().fold(0xFFFF_u16, |crc, octet| {
        (0..8).fold(crc ^ u16::from(*octet), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0x8408 } else { crc >> 1 }
        })
    });
    let mut framed = Vec::with_capacity(content.len() + 3);
    for octet in content.iter().copied().chain(crc.to_le_bytes()) {
        if matches!(octet, 0x7D | FRAME_END) {
            framed.extend([0x7D, octet ^ 0x20]);
        } else {
            framed.push(octet);
        }
    }
    framed.push(FRAME_END);
    framed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::{Faults, Mishap, Profile, SimCard};

    const SECOND: Duration = Duration::from_secs(1);

    fn modem(sickness: Sickness, cure: Cure) -> Modem {
        let card = SimCard::new("+6281100001111", "+62811000000");
        let mut modem = Modem::new(Profile::huawei_e1752(), card, "861234050000017", None);
        says(&mut modem, "ATE0+CMEE=1;+CNMI=2,1,0,1,0\r", Duration::ZERO);
        modem.set_faults(
            Faults { sick: Some(Sick { sickness, cure }), ..Faults::default() },
            Duration::ZERO,
        );
        modem
    }

    fn says(modem: &mut Modem, typed: &str, now: Duration) -> Vec<u8> {
        modem.handle_bytes(typed.as_bytes(), now);
        std::iter::from_fn(|| modem.poll_transmit()).flatten().collect()
    }

    fn answers(modem: &mut Modem, now: Duration) -> bool {
        says(modem, "AT\r", now) == b"\r\nOK\r\n"
    }

    #[test]
    fn each_cure_ends_a_mute_port_and_no_other_does() {
        let cures =
            [Cure::None, Cure::Power, Cure::Reopening, Cure::Restart, Cure::After(9 * SECOND)];
        for cure in cures {
            let mut modem = modem(Sickness::Mute, cure);
            assert!(!answers(&mut modem, SECOND), "{cure:?}");
            says(&mut modem, "\u{1b}\r", SECOND);
            assert!(modem.is_sick());
            modem.port_closed(SECOND);
            assert_eq!(modem.is_sick(), cure != Cure::Reopening, "{cure:?}");
            let restarts = modem.restarts();
            says(&mut modem, "AT+CFUN=1,1\r", 2 * SECOND);
            assert_eq!(
                modem.restarts() > restarts,
                matches!(cure, Cure::Reopening | Cure::Restart)
            );
            modem.handle_timeout(10 * SECOND);
            assert_eq!(modem.is_sick(), matches!(cure, Cure::None | Cure::Power), "{cure:?}");
            modem.reset(11 * SECOND);
            modem.handle_timeout(20 * SECOND);
            assert_eq!(modem.is_sick(), cure == Cure::None, "{cure:?}");
        }
    }

    #[test]
    fn a_stuck_prompt_swallows_the_restart_and_ends_by_esc_or_by_the_port() {
        let mut stuck = modem(Sickness::StuckPrompt, Cure::Escape);
        assert_eq!(says(&mut stuck, "AT+CFUN=1,1\rAT\r", SECOND), b"");
        assert_eq!(says(&mut stuck, "\u{1b}\rAT\r", SECOND), b"\r\nOK\r\n\r\nOK\r\n");
        let mut stuck = modem(Sickness::StuckPrompt, Cure::Reopening);
        assert_eq!(says(&mut stuck, "\u{1b}\rAT+CFUN=1,1\r\u{1a}", SECOND), b"");
        stuck.port_closed(SECOND);
        assert!(answers(&mut stuck, SECOND));
    }

    #[test]
    fn noise_is_the_seeds_fills_the_line_and_has_line_ends_only_where_asked() {
        let hear = |lines, seed| {
            let mut modem = modem(Sickness::Noise { lines }, Cure::Power);
            let sick = Some(Sick { sickness: Sickness::Noise { lines }, cure: Cure::Power });
            modem.set_faults(Faults { seed, sick, ..Faults::default() }, Duration::ZERO);
            modem.handle_timeout(SECOND);
            says(&mut modem, "AT\r", SECOND)
        };
        let noise = hear(false, 1);
        assert!((11_000..=11_520).contains(&noise.len()), "{}", noise.len());
        assert!(!noise.iter().any(|octet| matches!(octet, b'\r' | b'\n')));
        assert!(hear(true, 1).contains(&b'\n'));
        assert_eq!(hear(true, 1), hear(true, 1));
        assert_ne!(hear(true, 1), hear(true, 2));
    }

    #[test]
    fn a_modem_that_refuses_everything_may_take_the_restart() {
        let mut refusing = modem(Sickness::Errors, Cure::Restart);
        for line in ["AT\r", "AT+CMGS=20\r", "AT+CFUN?\r"] {
            assert_eq!(says(&mut refusing, line, SECOND), b"\r\nERROR\r\n", "{line}");
        }
        says(&mut refusing, "AT+CFUN=1,1\r", SECOND);
        refusing.handle_timeout(10 * SECOND);
        assert!(says(&mut refusing, "AT\r", 10 * SECOND).ends_with(b"\r\nOK\r\n"));
        let mut incurable = modem(Sickness::Errors, Cure::Power);
        assert_eq!(says(&mut incurable, "AT+CFUN=1,1\r", SECOND), b"\r\nERROR\r\n");
    }

    #[test]
    fn a_deaf_modem_shows_no_message_and_does_all_else_until_it_is_restarted() {
        let mut deaf = modem(Sickness::Deaf, Cure::Restart);
        for line in ["AT+CPMS?\r", "AT+CMGL=4\r", "AT+CMGR=1\r"] {
            assert_eq!(says(&mut deaf, line, SECOND), b"\r\n+CMS ERROR: 500\r\n", "{line}");
        }
        assert_eq!(says(&mut deaf, "AT+CNMI=2,1,0,1,0\r", SECOND), b"\r\nOK\r\n");
        says(&mut deaf, "AT+CFUN=1,1\r", SECOND);
        deaf.handle_timeout(10 * SECOND);
        assert!(says(&mut deaf, "AT+CPMS?\r", 10 * SECOND).ends_with(b"\r\nOK\r\n"));
    }

    #[test]
    fn wrong_interfaces_speak_their_own_language() {
        let mut positions = modem(Sickness::Positions, Cure::None);
        positions.handle_timeout(SECOND);
        let said = String::from_utf8(says(&mut positions, "AT\r", SECOND)).unwrap();
        assert!(said.starts_with("$GPGGA,000001.00,") && said.ends_with("\r\n"), "{said}");
        let mut diagnosis = modem(Sickness::Diagnosis, Cure::None);
        let framed = says(&mut diagnosis, "AT\r", SECOND);
        assert!(framed.starts_with(b"\x13AT\r") && framed.ends_with(&[FRAME_END]), "{framed:?}");
    }

    #[test]
    fn the_check_of_a_frame_is_that_of_the_standard() {
        // CRC-16/X-25 of "123456789" is 0x906E.
        assert_eq!(frame(b"123456789"), b"123456789\x6e\x90\x7e");
        // The request for a version, as every Qualcomm tool sends it.
        assert_eq!(frame(&[0]), b"\x00\x78\xf0\x7e");
    }

    #[test]
    fn notices_come_after_the_familys_remedy() {
        let mut modem = modem(Sickness::NoNotices, Cure::None);
        modem.notice("+CMTI: \"SM\",0".to_owned());
        assert!(answers(&mut modem, SECOND));
        says(&mut modem, "AT^PORTSEL=1\r", SECOND);
        modem.notice("+CMTI: \"SM\",1".to_owned());
        assert_eq!(says(&mut modem, "", SECOND), b"\r\n+CMTI: \"SM\",1\r\n");
    }

    #[test]
    fn a_command_may_make_it_sick() {
        let mut modem = modem(Sickness::Mute, Cure::Reopening);
        let sick = Sick { sickness: Sickness::StuckPrompt, cure: Cure::Escape };
        modem.set_faults(Faults::once("+CSQ", Mishap::FallSick(sick), 1), Duration::ZERO);
        assert!(answers(&mut modem, SECOND));
        assert_eq!(says(&mut modem, "AT+CSQ\rAT\r", SECOND), b"");
        assert!(modem.is_sick());
    }
}
