//! One call's way to the daemon: which socket, which zone, and the only runtime of the program.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::arguments::{CONFIG, Globals};
use super::failure::{self, Failure};
use super::terminal::Page;
use super::views;
use super::words::Words;
use crate::calendar::Zone;
use crate::config::Config;
use crate::control::client::Client;
use crate::control::protocol::{Ask, Tell};

/// One call's way to the daemon, and how its answers are printed.
pub struct Session {
    client: Client,
    page: Page,
    json: bool,
}

impl Session {
    /// The daemon of the named socket, else of the configuration. With a socket the configuration may be missing; then
    /// times are printed in WIB.
    ///
    /// # Errors
    /// [`Failure::Trouble`] where neither can be had.
    pub fn open(globals: &Globals, words: Words) -> Result<Self, Failure> {
        let path = globals.config.as_deref().unwrap_or(Path::new(CONFIG));
        let (socket, zone): (PathBuf, Zone) = match (&globals.socket, Config::load(path)) {
            (None, Ok(config)) => (config.control.socket, config.office.zone),
            (Some(socket), Ok(config)) => (socket.clone(), config.office.zone),
            (Some(socket), Err(_)) if globals.config.is_none() => (socket.clone(), Zone::Wib),
            (_, Err(error)) => {
                let cause = error.to_string();
                let details = vec![("path", path.display().to_string()), ("cause", cause.clone())];
                return Err(Failure::Trouble(failure::own("CONFIG", cause, details)));
            }
        };
        let page = Page::of_stdout(words, zone);
        Ok(Self { client: Client::new(&socket), page, json: globals.json })
    }

    /// The sentences of this call.
    pub const fn words(&self) -> &Words {
        &self.page.words
    }

    /// How answers are laid out.
    pub const fn page(&self) -> &Page {
        &self.page
    }

    /// Whether answers are printed as JSON.
    pub const fn is_for_scripts(&self) -> bool {
        self.json
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// [`Failure::Trouble`]: the daemon said no, or could not be asked.
    pub fn ask(&self, ask: &Ask) -> Result<Tell, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("starting the runtime")?;
        Ok(runtime.block_on(self.client.ask(ask))?)
    }

    /// Asks, and prints the answer for a person or for a script.
    ///
    /// # Errors
    /// As [`ask`](Self::ask), and what writing fails with.
    pub fn carry_out(&self, ask: &Ask, out: &mut dyn Write) -> Result<(), Failure> {
        let tell = self.ask(ask)?;
        self.print(ask, &tell, out)
    }

    /// Prints an answer for a person or for a script.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn print(&self, ask: &Ask, tell: &Tell, out: &mut dyn Write) -> Result<(), Failure> {
        if self.json {
            let line = serde_json::to_string(tell).map_err(io::Error::from)?;
            writeln!(out, "{line}")?;
        } else {
            views::print(&self.page, ask, tell, out)?;
        }
        Ok(out.flush()?)
    }
}
