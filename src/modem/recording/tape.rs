//! Chunks in their order and with their times; lines are masked whole, however the line was cut.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::dialogue::{self, Side};
use super::mask::Mask;
use crate::at::lines::LINE_BYTES_MAX;

/// A pause from which on it is written down; shorter ones are added to the next.
const PAUSE_MIN: Duration = Duration::from_millis(20);

/// Octets that may wait for the end of a line before all is written as it stands.
const WAITING_BYTES_MAX: usize = 64 * 1024;

const CTRL_Z: u8 = 0x1a;

/// A chunk of which `masked` is known by now.
#[derive(Debug)]
struct Chunk {
    at: Instant,
    side: Side,
    length: usize,
    masked: Vec<u8>,
}

/// What one side has begun.
#[derive(Debug, Default)]
struct Begun {
    line: Vec<u8>,
    /// Its beginning is written already.
    torn: bool,
}

/// The exchange on one line, becoming text ([`dialogue`]).
#[derive(Debug)]
pub struct Tape {
    mask: Mask,
    chunks: VecDeque<Chunk>,
    waiting: usize,
    computer: Begun,
    modem: Begun,
    /// Up to when the pauses are written.
    told: Instant,
}

impl Tape {
    /// Nothing was said yet; with `plain` nothing is masked but PINs.
    pub fn new(plain: bool, now: Instant) -> Self {
        Self {
            mask: Mask::new(plain),
            chunks: VecDeque::new(),
            waiting: 0,
            computer: Begun::default(),
            modem: Begun::default(),
            told: now,
        }
    }

    /// Takes octets; gives the text of all chunks that are whole by now.
    pub fn push(&mut self, side: Side, octets: &[u8], at: Instant) -> String {
        let chunk =
            Chunk { at, side, length: octets.len(), masked: Vec::with_capacity(octets.len()) };
        self.chunks.push_back(chunk);
        self.waiting += octets.len();
        for octet in octets {
            self.octet(side, *octet);
        }
        if self.waiting > WAITING_BYTES_MAX {
            self.give_up();
        }
        self.whole()
    }

    /// The session is over: what stands without an end is written too.
    pub fn end(&mut self) -> String {
        self.give_up();
        self.whole()
    }

    /// The port is gone.
    pub fn gone(&mut self) -> String {
        self.end() + dialogue::UNPLUG
    }

    fn octet(&mut self, side: Side, octet: u8) {
        let begun = match side {
            Side::Computer => &mut self.computer,
            Side::Modem => &mut self.modem,
        };
        let ends = match side {
            Side::Computer => matches!(octet, b'\r' | CTRL_Z),
            Side::Modem => matches!(octet, b'\r' | b'\n'),
        };
        if !ends {
            begun.line.push(octet);
            if begun.line.len() > LINE_BYTES_MAX {
                self.release(side, None);
            }
            return;
        }
        self.release(side, Some(octet));
    }

    /// Masks what one side has begun, with the octet that ended it or without an end.
    fn release(&mut self, side: Side, end: Option<u8>) {
        let begun = match side {
            Side::Computer => &mut self.computer,
            Side::Modem => &mut self.modem,
        };
        let mut line = std::mem::take(&mut begun.line);
        let whole = end.is_some() && !begun.torn;
        // What still comes of a line is no line of its own.
        begun.torn = end.is_none() && (begun.torn || !line.is_empty());
        if whole {
            self.mask.line(side, &mut line);
        } else {
            self.mask.fragment(side, &mut line);
        }
        line.extend(end);
        let mut rest = line.as_slice();
        for chunk in self.chunks.iter_mut().filter(|chunk| chunk.side == side) {
            let (own, others) = rest.split_at((chunk.length - chunk.masked.len()).min(rest.len()));
            chunk.masked.extend_from_slice(own);
            rest = others;
        }
    }

    fn give_up(&mut self) {
        self.release(Side::Computer, None);
        self.release(Side::Modem, None);
    }

    fn whole(&mut self) -> String {
        let mut text = String::new();
        while let Some(done) = self.chunks.pop_front_if(|chunk| chunk.masked.len() == chunk.length)
        {
            let pause = done.at.saturating_duration_since(self.told);
            if pause >= PAUSE_MIN {
                text.push_str(&dialogue::wait(pause));
                self.told = done.at;
            }
            text.push_str(&dialogue::chunk(done.side, &done.masked));
            self.waiting -= done.length;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::{Step, read};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_exchange_keeps_its_order_its_chunks_and_its_pauses() {
        let begun = Instant::now();
        let mut tape = Tape::new(false, begun);
        let mut text = tape.push(Side::Computer, b"AT+CMGS=12\r", begun);
        let later = begun + Duration::from_millis(1500);
        text += &tape.push(Side::Modem, b"AT+CMGS=12\r\r\n", later);
        // The prompt has no end of line: it waits, and all behind it.
        text += &tape.push(Side::Modem, b"> ", later);
        assert_eq!(tape.push(Side::Computer, b"0011000B912618214365F70000AA0141\x1a", later), "");
        text += &tape.push(Side::Modem, b"\r\n+CMGS: 5\r\n\r\nOK\r\n", later);
        assert_eq!(
            text,
            "> AT+CMGS=12\\r\n@ wait 1500\n< AT+CMGS=12\\r\\r\\n\n< > \n\
             > 0011000B912608000000F00000AA0178\\x1a\n< \\r\\n+CMGS: 5\\r\\n\\r\\nOK\\r\\n\n"
        );
    }

    #[test]
    fn a_line_without_an_end_is_masked_whole() {
        let now = Instant::now();
        let mut tape = Tape::new(false, now);
        assert_eq!(tape.push(Side::Modem, b"+CLIP: \"+62812", now), "");
        assert_eq!(tape.gone(), "< +xxxx: \"+00000\n@ unplug\n");
        let mut endless = String::new();
        for _ in 0..100 {
            endless += &tape.push(Side::Modem, &[b'7'; 1000], now);
        }
        assert!(!endless.is_empty() && !endless.contains('7'));
    }

    proptest! {
        /// Where the driver cuts the stream does not change what is masked.
        #[test]
        fn cuts_make_no_difference(cuts in prop::collection::vec(1usize..9, 1..60)) {
            let stream = b"\r\n+CMT: \"+6281234567890\",24\r\n07918497483252F0040B918496445078F700007121320144744004D4F29C0E\r\n\
                           AT+CPIN=\"1234\"\r\r\nOK\r\n+CLIP: \"+6281234567890\",145\r\n";
            let now = Instant::now();
            let whole = read(&Tape::new(false, now).push(Side::Modem, stream, now)).unwrap();
            let mut tape = Tape::new(false, now);
            let (mut text, mut rest) = (String::new(), &stream[..]);
            for cut in cuts.iter().cycle() {
                let (head, tail) = rest.split_at((*cut).min(rest.len()));
                text += &tape.push(Side::Modem, head, now);
                rest = tail;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert_eq!(read(&text).unwrap(), whole);
        }

        /// Nothing is lost and nothing is added, whoever speaks.
        #[test]
        fn every_octet_is_written_once(chunks in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u8>(), 1..50)), 0..30)) {
            let now = Instant::now();
            let mut tape = Tape::new(false, now);
            let mut text = String::new();
            for (side, octets) in &chunks {
                let side = if *side { Side::Modem } else { Side::Computer };
                text += &tape.push(side, octets, now);
            }
            text += &tape.end();
            let written: usize = read(&text).unwrap().iter().map(|step| match step {
                Step::Write(octets) | Step::Read(octets) => octets.len(),
                Step::Wait(_) | Step::Reopen => 0,
            }).sum();
            prop_assert_eq!(written, chunks.iter().map(|(_, octets)| octets.len()).sum::<usize>());
        }
    }

    #[test]
    fn a_payload_in_pieces_is_masked_like_a_whole_one_and_so_is_one_that_was_given_up() {
        for (last, masked) in [
            (&b"AA0141\x1a"[..], "> 0011000B912608000000\n> F00000\n> AA0178\\x1a\n"),
            (&b"\x1b\r"[..], ""),
        ] {
            let now = Instant::now();
            let mut tape = Tape::new(false, now);
            tape.push(Side::Computer, b"AT+CMGS=13\r", now);
            let mut text = tape.push(Side::Computer, b"0011000B912618214365", now);
            text += &tape.push(Side::Computer, b"F70000", now);
            text += &tape.push(Side::Computer, last, now);
            text += &tape.end();
            assert!(!text.contains("618214365"), "{text}");
            assert!(text.ends_with(masked), "{text}");
        }
    }
}
