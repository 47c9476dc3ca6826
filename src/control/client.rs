//! The officer's side of the control socket: one connection for each ask.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::protocol::{ASK_BYTES_MAX, Ask, Tell, Trouble};
use super::trouble::Problem;

/// How long an answer may take. A recap of a large month takes a second; the rest is for a box under load.
const PATIENCE: Duration = Duration::from_mins(1);

/// How long a modem may take that has to do something: longer than the daemon waits for it.
const MODEM_PATIENCE: Duration = Duration::from_mins(4);

/// The largest answer, in bytes: every open ticket of a very large office.
const ANSWER_BYTES_MAX: usize = 256 << 20;

/// Why there is no [`Tell`].
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Nobody answers.
    #[error(
        "aduand does not answer at {path}: {cause}; start it (systemctl start aduand), or check the path of the socket"
    )]
    NotRunning {
        /// The socket.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The socket's mode keeps this account out.
    #[error(
        "may not connect to {path}: your account must be in the group that owns the socket (log in anew after it was added)"
    )]
    NotAllowed {
        /// The socket.
        path: PathBuf,
    },
    /// The daemon said no, or could not do it.
    #[error("{}", .0.message)]
    Trouble(Trouble),
    /// What came back is no answer of this protocol.
    #[error("{0}")]
    Protocol(String),
}

/// The way to the daemon.
#[derive(Debug, Clone)]
pub struct Client {
    socket: PathBuf,
}

impl Client {
    /// For the daemon that listens at `socket`; nothing is opened yet.
    pub fn new(socket: &Path) -> Self {
        Self { socket: socket.to_owned() }
    }

    /// Asks, and waits up to a minute for the answer; up to four where a modem has to do something.
    ///
    /// # Errors
    /// [`AskError`]: each says what to do.
    pub async fn ask(&self, ask: &Ask) -> Result<Tell, AskError> {
        let moves_a_modem =
            matches!(ask, Ask::ModemReset { .. } | Ask::ModemAt { .. } | Ask::ModemUssd { .. });
        let patience = if moves_a_modem { MODEM_PATIENCE } else { PATIENCE };
        timeout(patience, self.exchange(ask)).await.unwrap_or_else(|_| {
            let cause = io::Error::new(
                io::ErrorKind::TimedOut,
                format!("no answer within {} seconds", patience.as_secs()),
            );
            Err(AskError::NotRunning { path: self.socket.clone(), cause })
        })
    }

    async fn exchange(&self, ask: &Ask) -> Result<Tell, AskError> {
        let body = serde_json::to_vec(ask).map_err(|error| self.foreign(&error))?;
        if body.len() > ASK_BYTES_MAX {
            // The daemon would say the same, but hang up before all of it was sent.
            return Err(AskError::Trouble(Problem::TooLarge.trouble(None)));
        }
        let request = Request::post("/v1/ask")
            .header(HOST, "aduand")
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| self.foreign(&error))?;
        let stream = UnixStream::connect(&self.socket).await.map_err(|cause| {
            let path = self.socket.clone();
            if cause.kind() == io::ErrorKind::PermissionDenied {
                AskError::NotAllowed { path }
            } else {
                AskError::NotRunning { path, cause }
            }
        })?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|error| self.broken(&error))?;
        let conversation = async {
            let response =
                sender.send_request(request).await.map_err(|error| self.broken(&error))?;
            let status = response.status();
            let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX)
                .collect()
                .await
                .map_err(|error| self.broken(error.as_ref()))?;
            self.read(status, &body.to_bytes())
        };
        tokio::pin!(conversation);
        tokio::select! {
            outcome = conversation.as_mut() => outcome,
            // At its end the connection has handed over all that came.
            _ = connection => conversation.await,
        }
    }

    fn read(&self, status: StatusCode, body: &[u8]) -> Result<Tell, AskError> {
        if status == StatusCode::OK {
            return serde_json::from_slice(body).map_err(|error| self.foreign(&error));
        }
        match serde_json::from_slice(body) {
            Ok(trouble) => Err(AskError::Trouble(trouble)),
            Err(_) => Err(self.foreign(&io::Error::other(format!("HTTP status {status}")))),
        }
    }

    /// Something else than our daemon, or one of another version.
    fn foreign(&self, cause: &dyn Error) -> AskError {
        AskError::Protocol(format!(
            "what answers at {} is not understood ({cause}); check that the path is aduand's socket, and that aduan and aduand are of the same version",
            self.socket.display()
        ))
    }

    /// It answered, or began to, and was gone.
    fn broken(&self, error: &dyn Error) -> AskError {
        AskError::Protocol(format!(
            "the conversation at {} broke off ({error}); look whether it was done before you ask again, and whether aduand is running",
            self.socket.display()
        ))
    }
}
