//! One pseudo-terminal under a stable name: the port that a driver opens.
//!
//! ```text
//!            first octets from the driver
//!  quiet ────────────────────────────────────> in use
//!    ^    the driver has closed its end          │
//!    └───────────────────────────────────────────┘
//! ```
//!
//! A master whose other end nobody holds open only says so and cannot be waited for. So while it is quiet the port holds
//! the other end open itself, and it lets go once a driver is there: then the driver's end is noticed too.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};
use std::task::{Context, Poll};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::pty::{grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::termios::{FlushArg, SetArg, cfmakeraw, tcflush, tcgetattr, tcsetattr};
use nix::unistd::{read, write};
use tokio::io::unix::AsyncFd;

/// Octets for a driver that does not read; what comes on top is lost, as on a line without flow control.
const PENDING_OCTETS_MAX: usize = 64 * 1024;

/// The port of a modem that is plugged in; dropping it unplugs it and removes its link.
#[derive(Debug)]
pub(super) struct Port {
    link: PathBuf,
    end: PathBuf,
    master: AsyncFd<OwnedFd>,
    /// The other end, while nobody else is known to hold it.
    keeper: Option<File>,
    pending: VecDeque<u8>,
    /// A driver has closed its end, and nobody has been told.
    closed: bool,
}

impl Port {
    /// Makes a pseudo-terminal, another one than `not`, and lets `link` point to it; must be called within a tokio runtime.
    ///
    /// # Errors
    /// Whatever the system says; [`io::ErrorKind::AlreadyExists`] when something other than a link has that name.
    pub(super) fn plug_in(link: &Path, not: Option<&Path>) -> io::Result<Self> {
        if link.symlink_metadata().is_ok_and(|found| !found.is_symlink()) {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!("{} is in the way of a simulated modem", link.display()),
            ));
        }
        let first = open()?;
        // The system gives the lowest number that is free: while the first one is held it gives another.
        let (master, end, keeper) = if not == Some(&first.1) { open()? } else { first };
        let master = register(master)?;
        point(link, &end)?;
        Ok(Self {
            link: link.to_owned(),
            end,
            master,
            keeper: Some(keeper),
            pending: VecDeque::new(),
            closed: false,
        })
    }

    /// The terminal that a driver has opened by way of the link.
    pub(super) fn end(&self) -> &Path {
        &self.end
    }

    /// Reads what the driver has written; wakes the task when there is more.
    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        octets: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        loop {
            let Poll::Ready(mut guard) = self.master.poll_read_ready(cx)? else {
                return Poll::Pending;
            };
            let hung_up = guard.ready().is_read_closed();
            match guard.try_io(|master| Ok(read(master, &mut *octets)?)) {
                Ok(Ok(0)) => self.driver_gone()?,
                Ok(Ok(count)) => {
                    self.keeper = None;
                    return Poll::Ready(Ok(count));
                }
                Ok(Err(error)) if error.raw_os_error() == Some(Errno::EIO as i32) => {
                    self.driver_gone()?;
                }
                Ok(Err(error)) => return Poll::Ready(Err(error)),
                // A driver has gone and another has come: the readiness that the first one left is never cleared.
                Err(_) if hung_up => self.watch_again()?,
                Err(_) => {}
            }
        }
    }

    /// Whether a driver has closed its end since this was last asked.
    pub(super) fn take_closed(&mut self) -> bool {
        std::mem::take(&mut self.closed)
    }

    /// Takes octets for the driver.
    pub(super) fn push(&mut self, octets: &[u8]) {
        let room = PENDING_OCTETS_MAX.saturating_sub(self.pending.len());
        let (kept, lost) = octets.split_at(room.min(octets.len()));
        self.pending.extend(kept);
        if !lost.is_empty() {
            tracing::debug!(octets = lost.len(), "the driver does not read: octets are lost");
        }
    }

    /// Writes what the line takes; wakes the task when it takes more.
    pub(super) fn poll_write(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while !self.pending.is_empty() {
            let Poll::Ready(mut guard) = self.master.poll_write_ready(cx)? else { return Ok(()) };
            if guard.ready().is_write_closed() {
                // The driver has gone; reading will notice and begin anew.
                self.pending.clear();
                break;
            }
            let (front, _) = self.pending.as_slices();
            if let Ok(written) = guard.try_io(|master| Ok(write(master, front)?)) {
                self.pending.drain(..written?);
            }
        }
        Ok(())
    }

    /// Nobody holds the other end: what was not read is gone, and the next driver is waited for.
    fn driver_gone(&mut self) -> io::Result<()> {
        self.pending.clear();
        self.closed = true;
        match open_end(&self.end) {
            Ok(keeper) => {
                // A driver that has come meanwhile misses no answer by this: what it said has not been read yet.
                tcflush(&keeper, FlushArg::TCIFLUSH)?;
                self.keeper = Some(keeper);
                self.watch_again()
            }
            // A driver that was killed has left its lock (TIOCEXCL) behind: the next one needs another terminal.
            Err(error) if error.kind() == io::ErrorKind::ResourceBusy => {
                let (master, end, keeper) = open()?;
                self.master = register(master)?;
                point(&self.link, &end)?;
                (self.end, self.keeper) = (end, Some(keeper));
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// A registration of its own for what comes now.
    fn watch_again(&mut self) -> io::Result<()> {
        self.master = register(self.master.get_ref().try_clone()?)?;
        Ok(())
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        if fs::read_link(&self.link).is_ok_and(|end| end == self.end) {
            let _ = fs::remove_file(&self.link);
        }
    }
}

/// A new pseudo-terminal: its master, the name of its other end, and that end, already raw.
fn open() -> io::Result<(OwnedFd, PathBuf, File)> {
    let master =
        posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    let end = PathBuf::from(ptsname_r(&master)?);
    let keeper = open_end(&end)?;
    // Before anyone else opens it: a terminal echoes, and two that echo talk to each other for ever.
    let mut settings = tcgetattr(&keeper)?;
    cfmakeraw(&mut settings);
    tcsetattr(&keeper, SetArg::TCSANOW, &settings)?;
    Ok((master.into(), end, keeper))
}

/// Lets the runtime watch a master.
#[expect(
    deprecated,
    reason = "its successor is unsafe to call, for types that lie about their descriptor; OwnedFd does not"
)]
fn register(master: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::new(master)
}

fn open_end(end: &Path) -> io::Result<File> {
    let flags = OFlag::O_NOCTTY | OFlag::O_NONBLOCK;
    OpenOptions::new().read(true).write(true).custom_flags(flags.bits()).open(end)
}

/// Lets `link` point to `end` from one moment to the next.
fn point(link: &Path, end: &Path) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(link.file_name().unwrap_or_default());
    name.push(".new");
    let new = link.with_file_name(name);
    let _ = fs::remove_file(&new);
    symlink(end, &new)?;
    fs::rename(&new, link)
}
