//! The socket's file: bound with its mode before anybody can connect, never in the place of something that lives or is no
//! socket, and removed at the end only while it is ours.

use std::fs::{self, Permissions};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::sys::socket::sockopt::PeerCredentials;
use nix::sys::socket::{self, AddressFamily, Backlog, SockFlag, SockType, UnixAddr};
use tokio::net::{UnixListener, UnixStream};

/// The daemon's user and the group of the officers: who may connect at all is the group's matter.
const MODE: u32 = 0o660;

/// Bytes of a path that `sockaddr_un` holds, beside the closing NUL (unix(7)).
const PATH_BYTES_MAX: usize = 107;

/// Why the control socket cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Somebody answers there.
    #[error("another aduand{} answers at {path}; stop it first", process(*pid))]
    InUse {
        /// The socket.
        path: PathBuf,
        /// The process that listens there, where the kernel tells.
        pid: Option<i32>,
    },
    /// A file of another kind is in its place.
    #[error(
        "{path} exists and is no socket, so it is left alone; move it away, or set another [control] socket"
    )]
    NotASocket {
        /// The file.
        path: PathBuf,
    },
    /// The directory is missing.
    #[error(
        "there is no directory {directory} for the control socket; create it for the daemon's user (RuntimeDirectory= does so under systemd), or set another [control] socket"
    )]
    NoDirectory {
        /// The directory.
        directory: PathBuf,
    },
    /// The directory cannot be written to.
    #[error(
        "cannot write the control socket into {directory}: {cause}; the directory must belong to the daemon's user and be mounted for writing"
    )]
    NotWritable {
        /// The directory.
        directory: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The path does not fit into a socket address.
    #[error(
        "the path of the control socket has {bytes} bytes, {PATH_BYTES_MAX} are possible; set a shorter [control] socket than {path}"
    )]
    PathTooLong {
        /// The socket.
        path: PathBuf,
        /// Its length.
        bytes: usize,
    },
    /// Anything else that the system refuses.
    #[error("cannot listen at {path}: {cause}")]
    System {
        /// The socket.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl BindError {
    fn new(path: &Path, errno: Errno) -> Self {
        let directory = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."))
            .to_owned();
        let path = path.to_owned();
        if errno == Errno::ENAMETOOLONG {
            let bytes = path.as_os_str().len();
            Self::PathTooLong { path, bytes }
        } else if errno == Errno::EADDRINUSE {
            Self::InUse { path, pid: None }
        } else if matches!(errno, Errno::ENOENT | Errno::ENOTDIR) {
            Self::NoDirectory { directory }
        } else if matches!(errno, Errno::EACCES | Errno::EPERM | Errno::EROFS) {
            Self::NotWritable { directory, cause: errno.into() }
        } else {
            Self::System { path, cause: errno.into() }
        }
    }

    fn from_io(path: &Path, cause: io::Error) -> Self {
        match cause.raw_os_error() {
            Some(errno) => Self::new(path, Errno::from_raw(errno)),
            None => Self::System { path: path.to_owned(), cause },
        }
    }
}

/// The open control socket. Its file goes with it.
#[derive(Debug)]
pub struct Listener {
    // Dropped first: while the socket is open nobody else can have got the number of its inode.
    _file: SocketFile,
    listener: UnixListener,
}

impl Listener {
    /// The next connection.
    ///
    /// # Errors
    /// What the system says, most likely that there are too many open files.
    pub async fn accept(&self) -> io::Result<UnixStream> {
        self.listener.accept().await.map(|(stream, _)| stream)
    }
}

/// Opens the control socket at `path` with mode 0660, in the place of one that nobody answers at. To be called within a
/// tokio runtime.
///
/// # Errors
/// [`BindError`]: each says what is in the way and what to do.
pub fn bind(path: &Path) -> Result<Listener, BindError> {
    let failed = |errno| BindError::new(path, errno);
    let address = UnixAddr::new(path).map_err(failed)?;
    make_room(path, &address)?;
    let socket = new_socket().map_err(failed)?;
    socket::bind(socket.as_raw_fd(), &address).map_err(failed)?;
    let file = SocketFile::of(path).map_err(|cause| BindError::from_io(path, cause))?;
    // The mode comes between bind and listen: until then every connection is refused, so no umask opens a gap.
    fs::set_permissions(path, Permissions::from_mode(MODE))
        .map_err(|cause| BindError::from_io(path, cause))?;
    socket::listen(&socket, Backlog::MAXCONN).map_err(failed)?;
    let listener = UnixListener::from_std(socket.into())
        .map_err(|cause| BindError::System { path: path.to_owned(), cause })?;
    Ok(Listener { _file: file, listener })
}

fn new_socket() -> Result<OwnedFd, Errno> {
    let flags = SockFlag::SOCK_CLOEXEC | SockFlag::SOCK_NONBLOCK;
    socket::socket(AddressFamily::Unix, SockType::Stream, flags, None)
}

/// A process, in brackets; nothing where it is not known.
fn process(pid: Option<i32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

/// Removes a socket that nobody answers at, and nothing else.
fn make_room(path: &Path, address: &UnixAddr) -> Result<(), BindError> {
    let kind = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(BindError::from_io(path, cause)),
    };
    if !kind.is_socket() {
        return Err(BindError::NotASocket { path: path.to_owned() });
    }
    let probe = new_socket().map_err(|errno| BindError::new(path, errno))?;
    match socket::connect(probe.as_raw_fd(), address) {
        Ok(()) => {
            let peer = socket::getsockopt(&probe, PeerCredentials).ok();
            Err(BindError::InUse { path: path.to_owned(), pid: peer.map(|peer| peer.pid()) })
        }
        // A full queue: whoever listens there is slow, but alive.
        Err(Errno::EAGAIN) => Err(BindError::InUse { path: path.to_owned(), pid: None }),
        Err(Errno::ECONNREFUSED) => {
            fs::remove_file(path).map_err(|cause| BindError::from_io(path, cause))?;
            tracing::info!(path = %path.display(), "removed a socket that nobody answered at");
            Ok(())
        }
        Err(Errno::ENOENT) => Ok(()),
        Err(errno) => Err(BindError::System { path: path.to_owned(), cause: errno.into() }),
    }
}

/// The file of a socket of ours, removed on drop unless another one stands in its place.
#[derive(Debug)]
struct SocketFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl SocketFile {
    fn of(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), identity: identity(path)? })
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|identity| identity == self.identity)
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(path = %self.path.display(), %error, "removing the control socket");
        }
    }
}

/// Device and inode.
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::symlink_metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[tokio::test]
    async fn the_socket_is_open_to_owner_and_group_only() {
        let home = directory();
        let path = home.path().join("s");
        let _listener = bind(&path).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o660);
    }

    #[tokio::test]
    async fn a_socket_left_by_a_killed_daemon_is_replaced() {
        let home = directory();
        let path = home.path().join("s");
        drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
        assert!(path.exists());
        let listener = bind(&path).unwrap();
        let (accepted, connected) = tokio::join!(listener.accept(), UnixStream::connect(&path));
        assert!(accepted.is_ok() && connected.is_ok());
    }

    #[tokio::test]
    async fn a_socket_that_somebody_answers_at_is_refused_and_kept() {
        let home = directory();
        let path = home.path().join("s");
        let first = bind(&path).unwrap();
        let error = bind(&path).unwrap_err();
        assert!(matches!(error, BindError::InUse { .. }), "{error}");
        assert!(error.to_string().contains("stop it first"), "{error}");
        let (accepted, connected) = tokio::join!(first.accept(), UnixStream::connect(&path));
        assert!(accepted.is_ok() && connected.is_ok());
    }

    #[tokio::test]
    async fn a_file_that_is_no_socket_is_never_deleted() {
        let home = directory();
        let path = home.path().join("s");
        fs::write(&path, "precious").unwrap();
        let error = bind(&path).unwrap_err();
        assert!(matches!(error, BindError::NotASocket { .. }), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    }

    #[tokio::test]
    async fn a_missing_directory_is_named() {
        let home = directory();
        let error = bind(&home.path().join("missing/s")).unwrap_err();
        assert!(error.to_string().contains("missing for the control socket"), "{error}");
    }

    #[tokio::test]
    async fn a_path_that_no_socket_address_holds_is_told_with_its_length() {
        let home = directory();
        let longest = PATH_BYTES_MAX - home.path().as_os_str().len() - 1;
        assert!(bind(&home.path().join("s".repeat(longest))).is_ok());
        let error = bind(&home.path().join("s".repeat(longest + 1))).unwrap_err();
        assert!(matches!(error, BindError::PathTooLong { bytes: 108, .. }), "{error}");
    }

    #[tokio::test]
    async fn the_file_goes_with_the_listener_but_another_ones_file_stays() {
        let home = directory();
        let path = home.path().join("s");
        drop(bind(&path).unwrap());
        assert!(!path.exists());

        let ours = bind(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let theirs = std::os::unix::net::UnixListener::bind(&path).unwrap();
        drop(ours);
        assert!(path.exists());
        drop(theirs);
    }
}
