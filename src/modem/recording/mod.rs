//! Recordings: what is written to and read from a line, as a dialogue that can be read, replayed and made a test of.
//!
//! ```text
//! line <──octets──> Recorded <──> chat
//!                      │ copies, never waiting
//!                      └──> thread: Tape (whole lines, masked) ──text──> Files (0600, bounded)
//! ```
//!
//! Nothing here can hold up a modem: a thread of its own masks and writes, and where it does not keep up, or the disk does
//! not, the recording ends with one warning and the modem goes on.

mod cover;
pub mod dialogue;
mod files;
mod mask;
pub mod tape;
mod tpdu;

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::task::{Context, Poll};
use std::thread;
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::calendar::Zone;
use dialogue::Side;
use files::Files;
use tape::Tape;

/// Chunks that may wait for the thread; each is one reading of the line, 4096 octets at most.
const WAITING_MAX: usize = 1024;

/// A recording as it is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordConfig {
    /// Where its files go.
    pub folder: PathBuf,
    /// Numbers and texts of citizens are kept as they are.
    pub plain: bool,
}

/// What happens on a line.
#[derive(Debug)]
enum Happening {
    Chunk(Side, Vec<u8>),
    Gone,
}

/// A line whose octets are recorded, or not.
#[derive(Debug)]
pub struct Recorded<L> {
    line: L,
    modem: String,
    tape: Option<SyncSender<(Instant, Happening)>>,
}

impl<L> Recorded<L> {
    /// Begins the recording that is configured, if one is.
    pub fn new(line: L, modem: &str, config: Option<&RecordConfig>, zone: Zone) -> Self {
        let tape = config.and_then(|config| match begin(config, modem, zone) {
            Ok(tape) => Some(tape),
            Err(error) => {
                tracing::warn!(%error, folder = %config.folder.display(), "the line is not recorded");
                None
            }
        });
        Self { line, modem: modem.to_owned(), tape }
    }

    fn tell(&mut self, happening: Happening) {
        let Some(tape) = &self.tape else { return };
        match tape.try_send((Instant::now(), happening)) {
            Ok(()) => {}
            // The thread has said why it ended.
            Err(TrySendError::Disconnected(_)) => self.tape = None,
            Err(TrySendError::Full(_)) => {
                tracing::warn!(modem = self.modem, "the recording ends: the disk does not keep up");
                self.tape = None;
            }
        }
    }

    fn copy(&mut self, side: Side, octets: &[u8]) {
        if self.tape.is_some() && !octets.is_empty() {
            self.tell(Happening::Chunk(side, octets.to_vec()));
        }
    }
}

impl<L: AsyncRead + Unpin> AsyncRead for Recorded<L> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.line).poll_read(context, buffer);
        match &polled {
            Poll::Ready(Ok(())) if buffer.filled().len() > before => {
                let octets = buffer.filled().get(before..).unwrap_or_default();
                self.copy(Side::Modem, octets);
            }
            Poll::Ready(Ok(()) | Err(_)) => self.tell(Happening::Gone),
            Poll::Pending => {}
        }
        polled
    }
}

impl<L: AsyncWrite + Unpin> AsyncWrite for Recorded<L> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.line).poll_write(context, octets);
        if let Poll::Ready(Ok(count)) = polled {
            self.copy(Side::Computer, octets.get(..count).unwrap_or_default());
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(context)
    }
}

/// Opens the first file and starts the thread.
fn begin(
    config: &RecordConfig,
    modem: &str,
    zone: Zone,
) -> io::Result<SyncSender<(Instant, Happening)>> {
    let about = if config.plain {
        "exact, but for PINs"
    } else {
        "exact, but for numbers and texts, which are masked in their length"
    };
    let files = Files::open(&config.folder, modem, zone, about)?;
    let (plain, modem) = (config.plain, modem.to_owned());
    if plain {
        tracing::warn!(
            modem,
            "the line is recorded with citizens' numbers and texts in plain view"
        );
    } else {
        tracing::info!(modem, "the line is recorded, numbers and texts masked");
    }
    let (tape, happenings) = sync_channel(WAITING_MAX);
    thread::Builder::new().name("recording".to_owned()).spawn(move || {
        if let Err(error) = keep(files, plain, &happenings) {
            tracing::warn!(modem, %error, "the recording ends");
        }
    })?;
    Ok(tape)
}

/// Writes what happens until the session is over.
fn keep(
    mut files: Files,
    plain: bool,
    happenings: &Receiver<(Instant, Happening)>,
) -> io::Result<()> {
    let mut tape = Tape::new(plain, Instant::now());
    while let Ok(first) = happenings.recv() {
        // Flushed when nothing more is there, so that a reader can follow it.
        for (at, happening) in std::iter::once(first).chain(happenings.try_iter()) {
            let (begins, text) = match happening {
                Happening::Chunk(side, octets) => {
                    let begins = side == Side::Computer && octets.starts_with(b"AT");
                    (begins, tape.push(side, &octets, at))
                }
                Happening::Gone => (false, tape.gone()),
            };
            files.write(&text, begins && text.starts_with('>'))?;
        }
        files.flush()?;
    }
    files.write(&tape.end(), false)?;
    files.flush()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::dialogue::{Step, read};
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    fn recordings(config: &RecordConfig) -> Vec<Step> {
        let mut files: Vec<_> =
            fs::read_dir(&config.folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.iter().flat_map(|file| read(&fs::read_to_string(file).unwrap()).unwrap()).collect()
    }

    #[tokio::test]
    async fn both_directions_and_the_end_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let config = RecordConfig { folder: home.path().join("recordings"), plain: false };
        let (line, mut modem) = tokio::io::duplex(4096);
        let mut line = Recorded::new(line, "modem-1", Some(&config), Zone::Wib);
        line.write_all(b"AT\r").await.unwrap();
        modem.write_all(b"\r\nOK\r\n").await.unwrap();
        let mut buffer = [0; 64];
        assert_eq!(line.read(&mut buffer).await.unwrap(), 6);
        drop(modem);
        assert_eq!(line.read(&mut buffer).await.unwrap(), 0);
        drop(line);
        let expected =
            [Step::Write(b"AT\r".to_vec()), Step::Read(b"\r\nOK\r\n".to_vec()), Step::Reopen];
        while recordings(&config) != expected {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_had_stops_nothing() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        let config = RecordConfig { folder: file, plain: false };
        let (line, mut modem) = tokio::io::duplex(4096);
        let mut line = Recorded::new(line, "modem-1", Some(&config), Zone::Wib);
        line.write_all(b"AT\r").await.unwrap();
        let mut buffer = [0; 3];
        modem.read_exact(&mut buffer).await.unwrap();
        assert_eq!(&buffer, b"AT\r");
    }

    #[test]
    fn a_disk_without_room_ends_the_recording_and_nothing_else() {
        let (tape, happenings) = sync_channel(1);
        drop(happenings);
        let mut line = Recorded { line: (), modem: "modem-1".to_owned(), tape: Some(tape) };
        line.copy(Side::Modem, b"OK");
        assert!(line.tape.is_none());
        let (tape, _slow) = sync_channel(1);
        let mut line = Recorded { line: (), modem: "modem-1".to_owned(), tape: Some(tape) };
        line.copy(Side::Modem, b"OK");
        assert!(line.tape.is_some());
        line.copy(Side::Modem, b"OK");
        assert!(line.tape.is_none());
    }
}
