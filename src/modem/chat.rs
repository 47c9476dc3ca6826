//! The conversation with one modem: a line, an engine, and the notices that came meanwhile.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::Instant;

use super::clock::Moment;
use super::interface::SAMPLE_OCTETS;
use crate::at::command::Setting;
use crate::at::{
    Boot, Command, Domain, Engine, Event, Failure, Heard as Meaning, Malformed, Pace, SimNotice,
    Urc,
};

/// Octets taken from the line at once.
const READ_BYTES: usize = 4096;

/// How long the line may take nothing of what is written before it is given up: 400 digits at 9600 baud take 0.5 s.
const WRITE_PATIENCE: Duration = Duration::from_secs(5);

/// Notices kept while a command is in flight; a full store of 255 places and its reports stay well under it.
const NOTICES_MAX: usize = 1024;

/// Reads before a command is asked, in which what came before it is heard; where more comes, it comes without end.
const CATCH_UP_READS: usize = 16;

/// Octets without a line that means anything after which a port is given up: six seconds of noise at 115,200 baud. What a
/// modem says while it starts, or of a list that comes too late, stays well under it.
const BABBLE_OCTETS_MAX: usize = 64 * 1024;

/// After so many octets that answer nothing the reader rests for a moment: chatter without end, at the pace of USB, must not
/// have the core to itself.
const CHATTER_OCTETS: usize = 64 * 1024;
const CHATTER_REST: Duration = Duration::from_millis(50);

/// Why there is nothing to talk to any more.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    /// Unplugged, or the modem restarted its USB side.
    #[error("the port is gone: {0}")]
    Port(#[from] io::Error),
    /// Octets come without end, and nothing that a modem says.
    #[error("only noise comes: {BABBLE_OCTETS_MAX} octets without a line that means anything")]
    Babble,
}

/// Why a command has no answer.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The port is gone, or only noise comes from it.
    #[error(transparent)]
    Gone(#[from] Lost),
    /// The modem refused, was silent, or restarted.
    #[error("{command}: {failure}")]
    Failed {
        /// The command's name.
        command: String,
        /// Why.
        failure: Failure,
    },
    /// The answer holds nothing usable; what it holds may be a number or a text, and is not shown.
    #[error("{}: the answer holds nothing usable", .0.command)]
    Malformed(#[from] Malformed),
}

impl From<io::Error> for ChatError {
    fn from(error: io::Error) -> Self {
        Self::Gone(error.into())
    }
}

impl ChatError {
    /// What the engine said, where it was the engine.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed { failure, .. } => Some(failure),
            Self::Gone(_) | Self::Malformed(_) => None,
        }
    }
}

/// One serial line and its engine.
pub struct Chat<L> {
    line: L,
    engine: Engine,
    /// How payloads are written.
    pace: Pace,
    notices: VecDeque<Urc>,
    /// Some found no place among the notices.
    missed: bool,
    /// The strength of the signal, where the modem told it by itself; nobody is woken for it.
    signal: Option<u8>,
    /// The network's time, where the modem told it by itself, and when it was heard; nobody is woken for it.
    network_time: Option<(DateTime<Utc>, Moment)>,
    /// What the engine has to say and the line has not taken yet.
    outgoing: VecDeque<u8>,
    buffer: Vec<u8>,
    /// Octets since a line that means anything.
    babble: usize,
    /// Octets since the last answer, or the last rest.
    chatter: usize,
    /// The last octets that meant nothing, since the last answer.
    sample: Vec<u8>,
    /// The setting that is asked for next.
    setting: Setting,
}

/// The notices that have come.
#[derive(Debug, Default)]
pub struct Heard {
    /// In their order.
    pub notices: VecDeque<Urc>,
    /// Whether there were more than could be kept: what they told must be asked for.
    pub missed: bool,
    /// The strength of the signal that was told last, 0 to 31 (3GPP TS 27.007 §8.5).
    pub signal: Option<u8>,
    /// The network's time that was told last, and our own time at that moment.
    pub network_time: Option<(DateTime<Utc>, Moment)>,
}

impl<L> Chat<L> {
    /// Of the notices that have come, those that carry what is kept nowhere else; the others stay.
    pub fn take_routed(&mut self) -> Vec<Urc> {
        let (routed, others): (VecDeque<_>, VecDeque<_>) =
            std::mem::take(&mut self.notices).into_iter().partition(is_routed);
        self.notices = others;
        routed.into()
    }
}

impl<L: AsyncRead + AsyncWrite + Unpin> Chat<L> {
    /// A conversation that has not begun.
    pub fn new(line: L) -> Self {
        Self {
            line,
            engine: Engine::new(),
            pace: Pace::default(),
            notices: VecDeque::new(),
            missed: false,
            signal: None,
            network_time: None,
            outgoing: VecDeque::new(),
            buffer: vec![0; READ_BYTES],
            babble: 0,
            chatter: 0,
            sample: Vec::new(),
            setting: Setting::Errors,
        }
    }

    /// The setting to ask for next: the one that was asked for longest ago.
    pub const fn next_setting(&mut self) -> Setting {
        let next = self.setting;
        self.setting = next.after();
        next
    }

    /// Runs one command. Not cancel-safe: once begun, its answer must be awaited.
    ///
    /// # Errors
    /// [`ChatError`].
    pub async fn execute<C: Command>(&mut self, command: &C) -> Result<C::Answer, ChatError> {
        let request = command.request().at_pace(self.pace);
        let name = request.line.name().to_owned();
        tracing::debug!(command = name, "at");
        let busy = || io::Error::other("a command is in flight");
        self.catch_up().await?;
        self.engine.submit(request, Instant::now().into_std()).map_err(|_| busy())?;
        loop {
            self.write().await?;
            while let Some(event) = self.engine.poll_event() {
                match event {
                    Event::Unsolicited(urc) => self.hear(urc),
                    Event::Finished(Ok(lines)) => return Ok(command.answer(&lines)?),
                    Event::Finished(Err(failure)) => {
                        return Err(ChatError::Failed { command: name, failure });
                    }
                }
            }
            self.turn().await?;
        }
    }

    /// Writes payloads at this pace from here on.
    pub const fn keep_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Whether the last command ended before its payload was on its way: nothing of it can have left.
    pub const fn kept_payload_back(&self) -> bool {
        self.engine.keeps_payload_back()
    }

    /// The notices that have come.
    pub fn take_pending(&mut self) -> Heard {
        Heard {
            notices: std::mem::take(&mut self.notices),
            missed: std::mem::take(&mut self.missed),
            signal: self.signal.take(),
            network_time: self.network_time.take(),
        }
    }

    /// Whether notices have come.
    pub fn has_pending(&self) -> bool {
        !self.notices.is_empty() || self.missed
    }

    /// The notices that have come and that nobody has taken yet.
    pub fn pending(&self) -> impl Iterator<Item = &Urc> {
        self.notices.iter()
    }

    /// Whether some of them found no place.
    pub const fn has_missed(&self) -> bool {
        self.missed
    }

    /// Forgets that the modem has started: what it forgot then is told to it from here on.
    pub fn begin_anew(&mut self) {
        self.notices.retain(|notice| *notice != Urc::Boot(Boot::Started));
    }

    /// The end of what came since the last answer and meant nothing: it may be another protocol.
    pub fn sample(&self) -> &[u8] {
        &self.sample
    }

    /// Waits until there is a notice. Cancel-safe.
    ///
    /// # Errors
    /// [`ChatError::Gone`].
    pub async fn noticed(&mut self) -> Result<(), ChatError> {
        while !self.has_pending() {
            self.write().await?;
            while let Some(event) = self.engine.poll_event() {
                if let Event::Unsolicited(urc) = event {
                    self.hear(urc);
                }
            }
            if self.notices.is_empty() {
                self.turn().await?;
            }
        }
        Ok(())
    }

    /// Keeps what somebody heeds. Modems chatter, some for ever, and nobody may wait for the end of it.
    fn hear(&mut self, urc: Urc) {
        if let Urc::Signal { rssi: Some(rssi) } = urc {
            self.signal = Some(rssi);
        } else if let Urc::NetworkTime(time) = urc {
            self.network_time = Some((time.to_utc(), Moment::now()));
        } else if !matters(&urc) {
            tracing::debug!(notice = kind(&urc), "passed over");
        } else if self.notices.len() < NOTICES_MAX {
            self.notices.push_back(urc);
        } else {
            self.missed = true;
        }
    }

    /// Writes what there is to say. Cancel-safe: what the line has not taken stays.
    async fn write(&mut self) -> io::Result<()> {
        loop {
            while let Some(bytes) = self.engine.poll_transmit() {
                self.outgoing.extend(bytes);
            }
            let (front, _) = self.outgoing.as_slices();
            if front.is_empty() {
                return Ok(());
            }
            let written = tokio::time::timeout(WRITE_PATIENCE, self.line.write(front)).await;
            match written.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                count => drop(self.outgoing.drain(..count)),
            }
        }
    }

    /// Hears what came while nobody listened: it is no answer to what is asked next.
    async fn catch_up(&mut self) -> Result<(), Lost> {
        for _ in 0..CATCH_UP_READS {
            let read = tokio::select! {
                biased;
                read = self.line.read(&mut self.buffer) => read?,
                () = std::future::ready(()) => return Ok(()),
            };
            self.heard(read)?;
        }
        Ok(())
    }

    /// Octets that were read into the buffer; a hang-up reads as an end, at once and for ever.
    fn heard(&mut self, count: usize) -> Result<(), Lost> {
        if count == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        let bytes = self.buffer.get(..count).unwrap_or_default();
        self.engine.handle_bytes(bytes, Instant::now().into_std());
        self.count(count)
    }

    /// Waits for bytes or for the engine's deadline, whichever comes first.
    async fn turn(&mut self) -> Result<(), Lost> {
        if self.chatter >= CHATTER_OCTETS {
            self.chatter = 0;
            tokio::time::sleep(CHATTER_REST).await;
        }
        let deadline = self.engine.poll_timeout();
        let wait = async {
            match deadline {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            read = self.line.read(&mut self.buffer) => {
                let count = read?;
                self.heard(count)
            }
            () = wait => {
                self.engine.handle_timeout(Instant::now().into_std());
                Ok(())
            }
        }
    }

    /// Counts octets that were read by what came of them.
    fn count(&mut self, octets: usize) -> Result<(), Lost> {
        (self.babble, self.chatter) = match self.engine.take_heard() {
            Meaning::Nothing => {
                let bytes = self.buffer.get(..octets).unwrap_or_default();
                self.sample.extend(bytes);
                self.sample.drain(..self.sample.len().saturating_sub(SAMPLE_OCTETS));
                (self.babble + octets, self.chatter + octets)
            }
            Meaning::Notice => (0, self.chatter + octets),
            Meaning::Answer => {
                self.sample.clear();
                (0, 0)
            }
        };
        if self.babble >= BABBLE_OCTETS_MAX { Err(Lost::Babble) } else { Ok(()) }
    }
}

/// Whether anybody heeds a notice.
const fn matters(urc: &Urc) -> bool {
    match urc {
        Urc::MessageStored { .. }
        | Urc::MessageRouted { .. }
        | Urc::ReportRouted { .. }
        | Urc::ReportStored { .. }
        | Urc::FlashShown(_)
        | Urc::StorageFull { .. }
        | Urc::Boot(Boot::Started)
        | Urc::PowerAlarm(_)
        | Urc::Registration { domain: Domain::Circuit | Domain::Lte, .. }
        | Urc::Sim(SimNotice::Removed)
        | Urc::Ring
        // Nobody's, unless a code was dialled.
        | Urc::Ussd { .. }
        | Urc::LateError(_) => true,
        Urc::Broadcast { .. }
        | Urc::Boot(Boot::UnderWay)
        | Urc::SmsReady
        | Urc::Registration { domain: Domain::Packet, .. }
        | Urc::Signal { .. }
        | Urc::Sim(SimNotice::Ready | SimNotice::NotReady | SimNotice::Other(_))
        | Urc::CallEnded
        | Urc::NetworkTime(_)
        | Urc::Ignored(_)
        | Urc::Unknown(_) => false,
    }
}

/// Whether a notice carries a message or a report itself.
pub(super) const fn is_routed(urc: &Urc) -> bool {
    matches!(urc, Urc::MessageRouted { .. } | Urc::ReportRouted { .. })
}

/// What a notice is, without what it says: numbers and texts have no place in a log.
fn kind(urc: &Urc) -> &str {
    match urc {
        Urc::Ignored(line) | Urc::Unknown(line) => match line.split_once(':') {
            Some((name, _)) if is_name(name) => name,
            Some(_) | None => "a line",
        },
        Urc::Broadcast { .. } => "+CBM",
        Urc::FlashShown(_) => "+CLASS0",
        Urc::Ussd { .. } => "+CUSD",
        Urc::Signal { .. } => "signal",
        Urc::NetworkTime(_) => "time",
        Urc::LateError(_) => "a late error",
        Urc::MessageStored { .. }
        | Urc::MessageRouted { .. }
        | Urc::ReportRouted { .. }
        | Urc::ReportStored { .. }
        | Urc::StorageFull { .. }
        | Urc::Boot(_)
        | Urc::SmsReady
        | Urc::PowerAlarm(_)
        | Urc::Registration { .. }
        | Urc::Sim(_)
        | Urc::Ring
        | Urc::CallEnded => "state",
    }
}

/// Whether this is a notice's name and no part of a text that was torn, or of a number: a sign, a letter, then letters and
/// digits.
fn is_name(name: &str) -> bool {
    let Some(word) = name.strip_prefix(['+', '^', '*', '#', '_', '$', '%']) else { return false };
    let is_sign = |sign: u8| sign.is_ascii_uppercase() || sign.is_ascii_digit();
    word.len() < 16
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::at::command::{At, SendTpdu};

    #[tokio::test]
    async fn a_line_that_takes_nothing_is_given_up() {
        let (line, _nobody_reads) = tokio::io::duplex(1);
        let error = Chat::new(line).execute(&At).await.unwrap_err();
        assert!(matches!(error, ChatError::Gone(_)), "{error}");
    }

    #[tokio::test]
    async fn what_was_begun_to_be_written_is_finished_although_the_wait_was_cut_short() {
        let (line, mut modem) = tokio::io::duplex(1);
        let mut chat = Chat::new(line);
        // A prompt that nobody asked for is answered by ESC and CR; the line takes one octet at a time.
        modem.write_all(b">").await.unwrap();
        let pause = Duration::from_millis(20);
        assert!(tokio::time::timeout(pause, chat.noticed()).await.is_err());
        let mut heard = vec![modem.read_u8().await.unwrap()];
        assert!(tokio::time::timeout(pause, chat.noticed()).await.is_err());
        heard.push(modem.read_u8().await.unwrap());
        assert_eq!(heard, b"\x1b\r");
    }

    #[tokio::test]
    async fn a_line_that_breaks_before_the_prompt_has_carried_no_payload() {
        for (prompt, kept) in [(&b""[..], true), (b"\r\n> ", false)] {
            let (line, mut modem) = tokio::io::duplex(4096);
            let mut chat = Chat::new(line);
            let broken = async move {
                modem.write_all(prompt).await.unwrap();
                let mut heard = Vec::new();
                let ends: &[u8] = if kept { b"\r" } else { &[0x1a] };
                while !heard.ends_with(ends) {
                    heard.push(modem.read_u8().await.unwrap());
                }
            };
            let send = SendTpdu { smsc: None, tpdu: &[1, 2, 3] };
            let (answer, ()) = tokio::join!(chat.execute(&send), broken);
            assert!(matches!(answer, Err(ChatError::Gone(_))), "{answer:?}");
            assert_eq!(chat.kept_payload_back(), kept);
        }
    }

    #[tokio::test]
    async fn a_signal_that_is_told_is_kept_and_wakes_nobody() {
        let (line, mut modem) = tokio::io::duplex(4096);
        let mut chat = Chat::new(line);
        modem.write_all(b"\r\n^RSSI:19\r\n\r\n^RSSI:99\r\n\r\n^RSSI:7\r\n").await.unwrap();
        let pause = Duration::from_millis(20);
        assert!(tokio::time::timeout(pause, chat.noticed()).await.is_err());
        let heard = chat.take_pending();
        assert_eq!((heard.notices.len(), heard.signal), (0, Some(7)));
        assert_eq!(chat.take_pending().signal, None);
    }

    #[test]
    fn what_is_passed_over_is_named_and_neither_texts_nor_numbers_are() {
        let named = |line: &str| kind(&Urc::Unknown(line.to_owned())).to_owned();
        for (line, name) in [
            ("^RSSI: 19", "^RSSI"),
            ("+QIURC: \"pdpdeact\",1", "+QIURC"),
            ("*PSUTTZ: 2026", "*PSUTTZ"),
            ("$GPGGA: 1", "$GPGGA"),
        ] {
            assert_eq!(named(line), name);
        }
        for line in [
            "Pak Budi: lampu",
            "LAPOR: jalan rusak",
            "+6281234567890: pulsa",
            "+62 812 3456: x",
            "# lampu: mati",
            "*888#: x",
            "+: x",
            "+CUSDCUSDCUSDCUSD: x",
            "no colon",
            "",
        ] {
            assert_eq!(named(line), "a line", "{line}");
        }
    }

    #[tokio::test]
    async fn a_start_before_the_first_answer_is_no_restart() {
        let (line, mut modem) = tokio::io::duplex(64);
        let mut chat = Chat::new(line);
        modem.write_all(b"\r\nRDY\r\n\r\n+CMTI: \"SM\",1\r\n").await.unwrap();
        while chat.notices.len() < 2 {
            chat.turn().await.unwrap();
            while let Some(event) = chat.engine.poll_event() {
                if let Event::Unsolicited(urc) = event {
                    chat.hear(urc);
                }
            }
        }
        chat.begin_anew();
        let heard: Vec<Urc> = chat.take_pending().notices.into();
        assert!(matches!(heard.as_slice(), [Urc::MessageStored { .. }]), "{heard:?}");
    }

    #[tokio::test]
    async fn a_modem_that_babbles_takes_no_room() {
        let (line, mut modem) = tokio::io::duplex(4096);
        let mut chat = Chat::new(line);
        let babble = tokio::spawn(async move {
            modem.write_all(&vec![b'x'; BABBLE_OCTETS_MAX / 2]).await.unwrap();
            for _ in 0..20_000 {
                modem.write_all(b"\r\n^RSSI:19\r\n\r\n+CMTI: \"SM\",1\r\n").await.unwrap();
            }
            modem.write_all(b"\r\nOK\r\n").await.unwrap();
            modem
        });
        let command =
            crate::at::command::Verbatim::new(crate::at::Line::parse("AT+CMGD=1").unwrap());
        chat.execute(&command).await.unwrap();
        let heard = chat.take_pending();
        assert!(heard.missed);
        assert_eq!(heard.notices.len(), NOTICES_MAX);
        babble.await.unwrap();
    }

    #[tokio::test]
    async fn noise_without_end_is_given_up_and_hardly_answered() {
        for noise in [b"xy".as_slice(), b"x\r\n", b">\r\n", b"\x7e\0", b"$GPGGA,1\r\n"] {
            let (line, mut modem) = tokio::io::duplex(4096);
            let mut chat = Chat::new(line);
            let babble = tokio::spawn(async move {
                let (mut ear, mut mouth) = tokio::io::split(&mut modem);
                let mut said = 0;
                let speaks = async {
                    while mouth.write_all(noise).await.is_ok() {
                        said += noise.len();
                    }
                };
                let mut heard = Vec::new();
                let listens = ear.read_to_end(&mut heard);
                let _ = tokio::join!(speaks, listens);
                (said, heard.len())
            });
            let error = chat.noticed().await.unwrap_err();
            assert!(matches!(error, ChatError::Gone(Lost::Babble)), "{error}");
            drop(chat);
            let (said, heard) = babble.await.unwrap();
            assert!((BABBLE_OCTETS_MAX..BABBLE_OCTETS_MAX + 16_384).contains(&said), "{said}");
            assert!(heard < 100, "{heard} octets for {noise:?}");
        }
    }

    #[tokio::test]
    async fn noise_is_given_up_in_the_middle_of_a_command_too() {
        let (line, mut modem) = tokio::io::duplex(4096);
        tokio::spawn(async move { while modem.write_all(b"0123\xff").await.is_ok() {} });
        let error = Chat::new(line).execute(&At).await.unwrap_err();
        assert!(matches!(error, ChatError::Gone(Lost::Babble)), "{error}");
    }
}
