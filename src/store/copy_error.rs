//! Why a register was not copied.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a register was not copied. Nothing is left behind where the copy was to be.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// There is no file.
    #[error("{path} is not there")]
    Missing {
        /// The register, or the backup.
        path: PathBuf,
    },
    /// The file is none of ours.
    #[error("{path} is no register of this gateway")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It was written by another version.
    #[error("{path} has schema version {found}, this program has {known}")]
    Version {
        /// The file.
        path: PathBuf,
        /// Its `user_version`.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// It does not hold together.
    #[error("{path} is damaged: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first thing that is wrong.
        what: String,
    },
    /// What is to be written stands there already.
    #[error("{path} is there already and is not overwritten")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The folder is not there.
    #[error("there is no folder {path}")]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The disk has no room.
    #[error("no room left in {path}")]
    Full {
        /// The folder.
        path: PathBuf,
    },
    /// The account may not read or write there.
    #[error("{path} may not be used by this account")]
    Forbidden {
        /// File or folder.
        path: PathBuf,
    },
    /// The daemon, or another restore, has the register.
    #[error("{path} is in use")]
    InUse {
        /// The register.
        path: PathBuf,
    },
    /// The system, or SQLite, said no in another way.
    #[error("{path}: {cause}")]
    Other {
        /// File or folder.
        path: PathBuf,
        /// What it said.
        cause: String,
    },
}

impl CopyError {
    /// Stable, for scripts and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "COPY_MISSING",
            Self::Foreign { .. } => "COPY_FOREIGN",
            Self::Version { found, known, .. } if *found < *known => "COPY_OLDER",
            Self::Version { .. } => "COPY_NEWER",
            Self::Damaged { .. } => "COPY_DAMAGED",
            Self::Exists { .. } => "COPY_EXISTS",
            Self::NoFolder { .. } => "COPY_NO_FOLDER",
            Self::Full { .. } => "COPY_FULL",
            Self::Forbidden { .. } => "COPY_FORBIDDEN",
            Self::InUse { .. } => "COPY_IN_USE",
            Self::Other { .. } => "COPY_FAILED",
        }
    }

    /// What a sentence about it speaks of.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let path = |path: &Path| ("path", path.display().to_string());
        match self {
            Self::Missing { path: at }
            | Self::Foreign { path: at }
            | Self::Exists { path: at }
            | Self::NoFolder { path: at }
            | Self::Full { path: at }
            | Self::Forbidden { path: at }
            | Self::InUse { path: at } => vec![path(at)],
            Self::Version { path: at, found, known } => {
                vec![path(at), ("found", found.to_string()), ("known", known.to_string())]
            }
            Self::Damaged { path: at, what: cause } | Self::Other { path: at, cause } => {
                vec![path(at), ("cause", cause.clone())]
            }
        }
    }

    /// What the system said of a file or folder.
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is not told apart is told as it is")]
    pub(super) fn of_system(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::AlreadyExists => Self::Exists { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::Forbidden { path }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Other { path, cause: error.to_string() },
        }
    }

    /// What SQLite said of a file.
    pub(super) fn of_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let cause = error.to_string();
        let at = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                Self::Full { path: path.parent().unwrap_or(path).to_owned() }
            }
            Some(ErrorCode::NotADatabase) => Self::Foreign { path: at },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path: at, what: cause },
            Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly | ErrorCode::CannotOpen) => {
                Self::Forbidden { path: at }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse { path: at },
            _ => Self::Other { path: at, cause },
        }
    }
}
