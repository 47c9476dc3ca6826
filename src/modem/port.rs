//! A serial port that is opened and closed where waiting for the kernel holds up nobody else: a stick that hangs can make
//! either take seconds, and a close waits for what was written (`closing_wait`, 30 seconds unless it was set).

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use nix::fcntl::OFlag;
use nix::sys::termios::{ControlFlags, SetArg, tcgetattr, tcsetattr};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio_serial::{
    ErrorKind as Kind, FlowControl, SerialPort, SerialPortBuilderExt, SerialStream,
};

use super::SessionError;
use super::holder::{Holder, PROC};

/// An open port; dropped, it is closed.
pub(super) struct Port(Option<Box<dyn Stream>>);

/// What a port is made of: a serial line, or what a simulation puts in its place.
pub trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {
    /// Lowers or raises DTR.
    ///
    /// # Errors
    /// What the system says; adapters without it answer `ENOTTY`.
    fn set_dtr(&mut self, raised: bool) -> io::Result<()>;
}

impl Stream for SerialStream {
    fn set_dtr(&mut self, raised: bool) -> io::Result<()> {
        self.write_data_terminal_ready(raised).map_err(io::Error::from)
    }
}

impl Port {
    /// Lowers or raises DTR.
    ///
    /// # Errors
    /// What the system says; adapters without it answer `ENOTTY`.
    pub(super) fn set_dtr(&mut self, raised: bool) -> io::Result<()> {
        let stream = self.0.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        stream.set_dtr(raised)
    }

    /// The stream, while it is open.
    fn stream(self: Pin<&mut Self>) -> io::Result<Pin<&mut Box<dyn Stream>>> {
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

/// Whether there is a port at `path`.
pub(super) fn is_there(path: &Path) -> bool {
    #[cfg(feature = "simulation")]
    if let Some(there) = simulated::is_there(path) {
        return there;
    }
    path.exists()
}

/// Opens a port at so many bits per second, with RTS and CTS or without; why it cannot be had is told with what to do.
///
/// # Errors
/// [`SessionError::Port`].
pub(super) async fn open(path: &Path, (baud, rts_cts): (u32, bool)) -> Result<Port, SessionError> {
    #[cfg(feature = "simulation")]
    if let Some(stream) = simulated::open(path) {
        return stream.map(|stream| Port(Some(stream)));
    }
    let flow = if rts_cts { FlowControl::Hardware } else { FlowControl::None };
    let port = tokio_serial::new(path.to_string_lossy(), baud).flow_control(flow);
    let opened = apart(|| {
        let _kept = without_hangup(path);
        port.open_native_async()
    });
    let cause = match opened {
        Ok(stream) => return Ok(Port(Some(Box::new(stream)))),
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

/// Has the kernel leave DTR up when this port is closed: some modems hang up or restart when it falls. What is said here stays
/// with the line while it is open, and the settings that follow leave it as it is. `None` where the port does not open, which
/// is told by whoever opens it to work with it, or where it is no serial line.
fn without_hangup(path: &Path) -> Option<File> {
    let quietly = OFlag::O_NOCTTY | OFlag::O_NONBLOCK;
    let line =
        File::options().read(true).write(true).custom_flags(quietly.bits()).open(path).ok()?;
    let mut settings = tcgetattr(&line).ok()?;
    settings.control_flags.remove(ControlFlags::HUPCL);
    tcsetattr(&line, SetArg::TCSANOW, &settings).ok()?;
    Some(line)
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

#[cfg(feature = "simulation")]
pub use simulated::{Ports, Simulated, simulate};

/// Other ports for one thread; no program that serves an office is built with them.
#[cfg(feature = "simulation")]
mod simulated {
    use std::cell::RefCell;
    use std::path::Path;

    use super::super::SessionError;
    use super::super::holder::Holder;
    use super::Stream;

    /// The ports of a simulation.
    pub trait Ports {
        /// Whether there is one at `path`.
        fn is_there(&self, path: &Path) -> bool;

        /// Opens it; `None` where there is none.
        fn open(&self, path: &Path) -> Option<Box<dyn Stream>>;
    }

    thread_local! {
        static PORTS: RefCell<Option<Box<dyn Ports>>> = const { RefCell::new(None) };
    }

    pub(super) fn is_there(path: &Path) -> Option<bool> {
        PORTS.with_borrow(|ports| ports.as_ref().map(|ports| ports.is_there(path)))
    }

    pub(super) fn open(path: &Path) -> Option<Result<Box<dyn Stream>, SessionError>> {
        PORTS.with_borrow(|ports| {
            let stream = ports.as_ref()?.open(path);
            Some(stream.ok_or_else(|| SessionError::Port {
                path: path.to_owned(),
                cause: std::io::Error::from(std::io::ErrorKind::NotFound).into(),
                holder: Holder::Unknown,
            }))
        })
    }

    /// While it lives, its thread's ports are simulated ones.
    #[derive(Debug)]
    pub struct Simulated(());

    impl Drop for Simulated {
        fn drop(&mut self) {
            PORTS.set(None);
        }
    }

    /// From now on the ports of this thread are these.
    #[must_use]
    pub fn simulate(ports: impl Ports + 'static) -> Simulated {
        PORTS.set(Some(Box::new(ports)));
        Simulated(())
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
        let (here, other_is_here) = tokio::sync::oneshot::channel();
        tokio::spawn(async move {
            // It does not take the only thread before the other one has it.
            other_is_here.await.unwrap();
            // Only a task that runs meanwhile can answer.
            asked.recv_timeout(Duration::from_mins(1)).unwrap();
            answer.send(()).unwrap();
        });
        let waits = tokio::spawn(async move {
            here.send(()).unwrap();
            apart(|| {
                ask.send(()).unwrap();
                answered.recv_timeout(Duration::from_mins(1))
            })
        });
        assert_eq!(waits.await.unwrap(), Ok(()));
    }

    #[tokio::test]
    async fn a_line_stops_for_rts_and_cts_only_where_it_is_said_to() {
        let pty = nix::pty::openpty(None, None).unwrap();
        let path = nix::unistd::ttyname(&pty.slave).unwrap();
        for rts_cts in [true, false] {
            let port = open(&path, (115_200, rts_cts)).await.unwrap();
            let flags = tcgetattr(&pty.slave).unwrap().control_flags;
            assert_eq!(flags.contains(ControlFlags::CRTSCTS), rts_cts);
            drop(port);
        }
    }

    #[tokio::test]
    async fn a_line_that_is_closed_keeps_dtr_up() {
        let pty = nix::pty::openpty(None, None).unwrap();
        let path = nix::unistd::ttyname(&pty.slave).unwrap();
        let hangs_up = || {
            let flags = tcgetattr(&pty.slave).unwrap().control_flags;
            flags.contains(ControlFlags::HUPCL)
        };
        let mut settings = tcgetattr(&pty.slave).unwrap();
        settings.control_flags.insert(ControlFlags::HUPCL);
        tcsetattr(&pty.slave, SetArg::TCSANOW, &settings).unwrap();
        assert!(hangs_up());
        drop(open(&path, (115_200, false)).await.unwrap());
        assert!(!hangs_up());
    }

    #[tokio::test]
    async fn on_a_single_thread_it_is_done_at_once() {
        assert_eq!(apart(|| 7), 7);
    }
}
