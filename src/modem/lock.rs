//! Why a card stays locked, and what a person must do about it.

use std::io;
use std::path::PathBuf;

use super::chat::ChatError;

/// Why a card stays locked.
#[derive(Debug, thiserror::Error)]
pub enum Lock {
    /// It asks for a PIN, and the configuration has none.
    #[error("it asks for a PIN and none is configured: set pin_file, or switch the PIN off")]
    NoPin,
    /// It asks for its PUK.
    #[error(
        "it asks for its PUK: unlock it in a telephone, and put the PIN that it has then into pin_file"
    )]
    Puk,
    /// It, or the modem, asks for something else.
    #[error("it asks for {0}: unlock it in a telephone")]
    Other(String),
    /// The file with the PIN cannot be read.
    #[error("its PIN cannot be read from {path}: {cause}")]
    PinFileUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file holds no PIN.
    #[error("{path} does not hold four to eight digits")]
    PinFileWrong {
        /// The file.
        path: PathBuf,
    },
    /// Not all tries are left: nothing is entered.
    #[error("fewer than three tries are left: enter the right PIN in a telephone first")]
    FewTries,
    /// The PIN that is configured was refused before.
    #[error("the configured PIN was tried before: put the right one into pin_file")]
    PinTried,
    /// Nobody tells how many tries are left: nothing is entered.
    #[error(
        "this modem does not tell how many tries of the PIN are left, and a wrong one may be the last: switch the PIN off in a \
         telephone, or set pin_uncounted = true to have it entered once all the same"
    )]
    PinUntold,
    /// A PIN was tried, and nobody tells how many tries are left.
    #[error(
        "a PIN was tried before and not accepted, and this modem does not tell how many tries are left: the daemon enters none \
         any more; switch the PIN off in a telephone"
    )]
    PinUncounted,
    /// The PIN was refused now.
    #[error(
        "the configured PIN was refused ({0}); it is not tried again: enter the right one once in a telephone and put it into \
         pin_file, or switch the PIN off there"
    )]
    PinRefused(ChatError),
}
