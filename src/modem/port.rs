//! A serial port that is opened and closed where waiting for the kernel holds up nobody else: a stick that hangs can make
//! either take seconds, and a close waits for what was written (`closing_wait`, 30 seconds unless it was set).

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio_serial::{ErrorKind as Kind, SerialPort, SerialPortBuilderExt, SerialStream};

use super::SessionError;
use super::holder::{Holder, PROC};

/// An open port; dropped, it is closed.
#[derive(Debug)]
pub(super) struct Port(Option<SerialStream>);

impl Port {
    /// Lowers or raises DTR.
    ///
    /// # Errors
    /// What the system says; adapters without it answer `ENOTTY`.
    pub(super) fn set_dtr(&mut self, raised: bool) -> io::Result<()> {
        let stream = self.0.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        stream.write_data_terminal_ready(raised).map_err(io::Error::from)
    }

    /// The stream, while it is open.
    fn stream(self: Pin<&mut Self>) -> io::Result<Pin<&mut SerialStream>> {
        self.get_mut().0.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        let stream = self.0.take();
        apart(move || drop(stream));
    }
}

impl AsyncRead for Port {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream()?.poll_read(context, buffer)
    }
}

impl AsyncWrite for Port {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream()?.poll_write(context, octets)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_shutdown(context)
    }
}

/// Opens a port; why it cannot be had is told with what to do.
///
/// # Errors
/// [`SessionError::Port`].
pub(super) async fn open(path: &Path, baud: u32) -> Result<Port, SessionError> {
    let port = tokio_serial::new(path.to_string_lossy(), baud);
    let cause = match apart(|| port.open_native_async()) {
        Ok(stream) => return Ok(Port(Some(stream))),
        Err(cause) => cause,
    };
    let mut holder = Holder::Unknown;
    if cause.kind() == Kind::NoDevice {
        let port = path.to_owned();
        let looked = tokio::task::spawn_blocking(move || Holder::of(&port, Path::new(PROC)));
        holder = looked.await.unwrap_or(holder);
    }
    Err(SessionError::Port { path: path.to_owned(), cause, holder })
}

/// What to do about a port that cannot be opened, behind a semicolon; nothing where nobody knows.
pub(super) fn advice(path: &Path, cause: &tokio_serial::Error, holder: &Holder) -> String {
    match cause.kind() {
        Kind::NoDevice => holder.advice(path),
        Kind::Io(io::ErrorKind::PermissionDenied) => {
            "; the daemon's user must be in the group dialout".to_owned()
        }
        Kind::Unknown => "; is it a serial port?".to_owned(),
        Kind::InvalidInput | Kind::Io(_) => String::new(),
    }
}

/// Does what may wait for the kernel; the other tasks of this thread go on in another one.
fn apart<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        Ok(_) | Err(_) => work(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn what_waits_for_the_kernel_holds_up_no_other_task() {
        let (ask, asked) = std::sync::mpsc::channel::<()>();
        let (answer, answered) = std::sync::mpsc::channel::<()>();
        tokio::spawn(async move {
            tokio::task::yield_now().await;
            // Only a task that runs meanwhile can answer.
            asked.recv_timeout(Duration::from_mins(1)).unwrap();
            answer.send(()).unwrap();
        });
        let waits = tokio::spawn(async move {
            apart(|| {
                ask.send(()).unwrap();
                answered.recv_timeout(Duration::from_mins(1))
            })
        });
        assert_eq!(waits.await.unwrap(), Ok(()));
    }

    #[tokio::test]
    async fn on_a_single_thread_it_is_done_at_once() {
        assert_eq!(apart(|| 7), 7);
    }
}
