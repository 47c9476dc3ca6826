//! `aduan config check`: whether the daemon would start on these files.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::failure::{self, Failure};
use super::words::Words;
use crate::config::{Config, ConfigError};
use crate::desk::Office;

/// Reads the configuration and every file that it names.
///
/// # Errors
/// [`Failure::Trouble`] with the first thing that is wrong, and where.
pub fn run(path: &Path, words: &Words, as_json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let (config, office) = read(path).map_err(|error| {
        let cause = error.to_string();
        let details = vec![("path", path.display().to_string()), ("cause", cause.clone())];
        Failure::Trouble(failure::own("CONFIG", cause, details))
    })?;
    let officers = office.staff.iter().count();
    let units = office.directory.units().len();
    if as_json {
        let told = json!({
            "office": office.name,
            "units": units,
            "officers": officers,
            "modems": config.modems.iter().map(|modem| modem.name.as_str()).collect::<Vec<_>>(),
        });
        writeln!(out, "{told}")?;
    } else {
        let [units, officers, modems] =
            [units, officers, config.modems.len()].map(|count| count.to_string());
        let values = [
            ("office", office.name.as_str()),
            ("units", &units),
            ("officers", &officers),
            ("modems", &modems),
        ];
        writeln!(out, "{}", words.fill("config-good", &values))?;
    }
    Ok(out.flush()?)
}

fn read(path: &Path) -> Result<(Config, Office), ConfigError> {
    let config = Config::load(path)?;
    let office = config.load_office()?;
    Ok((config, office))
}
