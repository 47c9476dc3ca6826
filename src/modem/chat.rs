//! The conversation with one modem: a line, an engine, and the notices that came meanwhile.

use std::collections::VecDeque;
use std::io;
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::at::{Command, Engine, Event, Failure, Malformed, Urc};

/// Octets taken from the line at once.
const READ_BYTES: usize = 4096;

/// Why a command has no answer.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The port is gone: unplugged, or the modem restarted its USB side.
    #[error("the port is gone: {0}")]
    Gone(#[from] io::Error),
    /// The modem refused, was silent, or restarted.
    #[error("{command}: {failure}")]
    Failed {
        /// The command's name.
        command: String,
        /// Why.
        failure: Failure,
    },
    /// The answer holds nothing usable.
    #[error(transparent)]
    Malformed(#[from] Malformed),
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
    notices: VecDeque<Urc>,
    buffer: Vec<u8>,
}

impl<L: AsyncRead + AsyncWrite + Unpin> Chat<L> {
    /// A conversation that has not begun.
    pub fn new(line: L) -> Self {
        Self { line, engine: Engine::new(), notices: VecDeque::new(), buffer: vec![0; READ_BYTES] }
    }

    /// Runs one command. Not cancel-safe: once begun, its answer must be awaited.
    ///
    /// # Errors
    /// [`ChatError`].
    pub async fn execute<C: Command>(&mut self, command: &C) -> Result<C::Answer, ChatError> {
        let request = command.request();
        let name = request.line.name().to_owned();
        tracing::debug!(command = name, "at");
        let busy = || io::Error::other("a command is in flight");
        self.engine.submit(request, Instant::now()).map_err(|_| busy())?;
        loop {
            self.write().await?;
            while let Some(event) = self.engine.poll_event() {
                match event {
                    Event::Unsolicited(urc) => self.notices.push_back(urc),
                    Event::Finished(Ok(lines)) => return Ok(command.answer(&lines)?),
                    Event::Finished(Err(failure)) => {
                        return Err(ChatError::Failed { command: name, failure });
                    }
                }
            }
            self.turn().await?;
        }
    }

    /// The notices that have come.
    pub fn take_pending(&mut self) -> VecDeque<Urc> {
        std::mem::take(&mut self.notices)
    }

    /// A notice that is to be heeded with the others.
    pub fn put_back(&mut self, notice: Urc) {
        self.notices.push_front(notice);
    }

    /// Waits for the next notice. Cancel-safe.
    ///
    /// # Errors
    /// [`ChatError::Gone`].
    pub async fn notice(&mut self) -> Result<Urc, ChatError> {
        loop {
            if let Some(urc) = self.notices.pop_front() {
                return Ok(urc);
            }
            self.write().await?;
            while let Some(event) = self.engine.poll_event() {
                if let Event::Unsolicited(urc) = event {
                    self.notices.push_back(urc);
                }
            }
            if self.notices.is_empty() {
                self.turn().await?;
            }
        }
    }

    async fn write(&mut self) -> io::Result<()> {
        while let Some(bytes) = self.engine.poll_transmit() {
            self.line.write_all(&bytes).await?;
        }
        Ok(())
    }

    /// Waits for bytes or for the engine's deadline, whichever comes first.
    async fn turn(&mut self) -> io::Result<()> {
        let deadline = self.engine.poll_timeout();
        let wait = async {
            match deadline {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            read = self.line.read(&mut self.buffer) => match read? {
                // A hang-up reads as an end, at once and for ever.
                0 => Err(io::ErrorKind::UnexpectedEof.into()),
                count => {
                    let bytes = self.buffer.get(..count).unwrap_or_default();
                    self.engine.handle_bytes(bytes, Instant::now());
                    Ok(())
                }
            },
            () = wait => {
                self.engine.handle_timeout(Instant::now());
                Ok(())
            }
        }
    }
}
