//! A home for an invented office: its configuration, its staff, and a socket for each person.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::config::{Config, ConfigError};
use crate::control::server::Callers;
use crate::daemon::Door;
use crate::desk::Office;
use crate::simulator::scenario::{Device, Scenario};

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
        let blocks: Vec<String> = (0..modems)
            .map(modem_name)
            .map(|name| format!("\n[[modem]]\nname = \"{name}\"\npath = \"{name}\"\n"))
            .collect();
        Self::furnished(&[SETTINGS, &blocks.concat()].concat())
    }

    /// An office with the modems and the settings of a scenario, in a new temporary folder.
    ///
    /// # Errors
    /// What the system says when the folder cannot be written.
    pub fn of(scenario: &Scenario) -> io::Result<Self> {
        let mut settings: Table = SETTINGS.parse().map_err(io::Error::other)?;
        merge(&mut settings, &scenario.settings);
        let blocks = scenario.modems.iter().map(|modem| Value::Table(block(modem)));
        settings.insert("modem".to_owned(), Value::Array(blocks.collect()));
        let home = Self::furnished(&toml::to_string(&settings).map_err(io::Error::other)?)?;
        for modem in &scenario.modems {
            if let Some(pin) = &modem.office_pin {
                fs::write(home.path().join(pin_file(modem)), format!("{pin}\n"))?;
            }
        }
        Ok(home)
    }

    fn furnished(settings: &str) -> io::Result<Self> {
        let home = Self { folder: tempfile::Builder::new().prefix("aduan-").tempdir()? };
        for (name, text) in [
            ("aduan.toml", settings),
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

/// A `[[modem]]` for a modem of a scenario.
fn block(modem: &Device) -> Table {
    let mut block = Table::new();
    for (key, value) in [("name", modem.name.as_str()), ("path", modem.port())] {
        block.insert(key.to_owned(), Value::String(value.to_owned()));
    }
    if modem.office_pin.is_some() {
        block.insert("pin_file".to_owned(), Value::String(pin_file(modem)));
    }
    merge(&mut block, &modem.settings);
    block
}

fn pin_file(modem: &Device) -> String {
    format!("pin-{}", modem.name)
}

/// Adds settings to settings: what both have is as the second one says, tables are merged.
fn merge(into: &mut Table, more: &Table) {
    for (key, value) in more {
        match (into.get_mut(key), value) {
            (Some(Value::Table(known)), Value::Table(more)) => merge(known, more),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

fn modem_name(index: usize) -> String {
    format!("modem-{}", index + 1)
}
