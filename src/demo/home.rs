//! A home for an invented office: its configuration, its staff, and a socket for each person.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{Config, ConfigError};
use crate::control::server::Callers;
use crate::daemon::Door;
use crate::desk::Office;

const UNITS: &str = include_str!("../../config/units.tsv");
const TEMPLATES: &str = include_str!("../../config/templates.tsv");
const STAFF: &str = include_str!("../../config/staff.toml");

/// A service that never closes, so that the story is the same at any hour and on any day.
const SETTINGS: &str = r#"[office]
name = "Pemkab Sukamaju"
zone = "WIB"

[database]
path = "aduan.db"

[control]
socket = "aduand.sock"

[hours]
monday = "00.00-24.00"
tuesday = "00.00-24.00"
wednesday = "00.00-24.00"
thursday = "00.00-24.00"
friday = "00.00-24.00"
saturday = "00.00-24.00"
sunday = "00.00-24.00"
break = "none"
friday_break = "none"

[hours.ramadan]
monday = "00.00-24.00"
tuesday = "00.00-24.00"
wednesday = "00.00-24.00"
thursday = "00.00-24.00"
friday = "00.00-24.00"
saturday = "00.00-24.00"
sunday = "00.00-24.00"
break = "none"
friday_break = "none"

[sending]
window = "00.00-24.00"
"#;

/// A folder with everything that a daemon needs; it goes when this goes.
#[derive(Debug)]
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    /// An office with so many modems, in a new temporary folder.
    ///
    /// # Errors
    /// What the system says when the folder cannot be written.
    pub fn new(modems: usize) -> io::Result<Self> {
        let home = Self { folder: tempfile::Builder::new().prefix("aduan-").tempdir()? };
        let blocks: Vec<String> = (0..modems)
            .map(modem_name)
            .map(|name| format!("\n[[modem]]\nname = \"{name}\"\npath = \"{name}\"\n"))
            .collect();
        let settings = [SETTINGS, &blocks.concat()].concat();
        for (name, text) in [
            ("aduan.toml", settings.as_str()),
            ("units.tsv", UNITS),
            ("templates.tsv", TEMPLATES),
            ("staff.toml", STAFF),
            ("holidays.toml", ""),
        ] {
            fs::write(home.path().join(name), text)?;
        }
        Ok(home)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Its `aduan.toml`.
    pub fn config_file(&self) -> PathBuf {
        self.path().join("aduan.toml")
    }

    /// Where the port of a modem stands.
    pub fn port(&self, index: usize) -> PathBuf {
        self.path().join(modem_name(index))
    }

    /// The socket on which the caller is taken for `user`.
    pub fn socket(&self, user: &str) -> PathBuf {
        self.path().join(format!("{user}.sock"))
    }

    /// Its configuration, its office, and a door for each person of the staff.
    ///
    /// # Errors
    /// [`ConfigError`] where its files were changed to something that cannot be used.
    pub fn open(&self) -> Result<(Config, Office, Vec<Door>), ConfigError> {
        let config = Config::load(&self.config_file())?;
        let office = config.load_office()?;
        let doors = office
            .staff
            .iter()
            .map(|officer| Door {
                socket: self.socket(officer.id.as_str()),
                callers: Callers::Fixed(officer.id.clone()),
            })
            .collect();
        Ok((config, office, doors))
    }
}

fn modem_name(index: usize) -> String {
    format!("modem-{}", index + 1)
}
