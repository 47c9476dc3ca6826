//! A whole office for a minute: simulated modems, citizens with telephones, the real daemon in this process, and four
//! people who work with the real commands, each at a socket of their own.
//!
//! The terminal is somebody else's: the story asks a [`Terminal`] to tell and to act.

mod home;
mod scene;
mod stage;
mod story;

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::config::ConfigError;
use crate::daemon::StartError;
use crate::simulator::Scenario;
use stage::Stage;

pub use home::Home;

/// What tells the story: in whatever language, on whatever screen.
pub trait Terminal {
    /// Prints the sentence `id`, its blanks filled.
    ///
    /// # Errors
    /// What printing fails with.
    fn tell(&mut self, id: &str, values: &[(&str, &str)]) -> io::Result<()>;

    /// Carries out a command as a person would type it, and prints what that person sees.
    ///
    /// # Errors
    /// What printing fails with; a refusal is no error.
    fn act(&mut self, socket: &Path, person: (&str, &str), typed: &[&str]) -> io::Result<()>;

    /// Lets the reader read.
    fn breathe(&mut self);
}

/// Why a demo ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The system did not give a folder, a pseudo-terminal, or the screen.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The invented office cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The daemon does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Something that should have happened did not.
    #[error("{what} did not come within {}s", patience.as_secs())]
    Missed {
        /// What was waited for.
        what: String,
        /// How long.
        patience: Duration,
    },
}

/// Plays a scenario, and tells what happens; with `keep` it goes on as [`run`] does.
///
/// # Errors
/// [`DemoError`]; [`DemoError::Missed`] when a complaint has no receipt in the end that should have one.
pub fn play(terminal: &mut dyn Terminal, scenario: &Scenario, keep: bool) -> Result<(), DemoError> {
    let stage = Stage::of(scenario)?;
    let missed = scene::play(&stage, scenario, terminal)?;
    if keep {
        stage.keep(terminal)?;
    }
    stage.close();
    missed.map_or(Ok(()), Err)
}

/// Plays the office; with `keep` it goes on until it is stopped, and citizens write what is typed on standard input.
///
/// # Errors
/// [`DemoError`].
pub fn run(terminal: &mut dyn Terminal, keep: bool) -> Result<(), DemoError> {
    let stage = Stage::open()?;
    story::play(&stage, terminal)?;
    if keep {
        stage.keep(terminal)?;
    } else {
        terminal.tell("demo-how-to-keep", &[])?;
    }
    stage.close();
    Ok(())
}
