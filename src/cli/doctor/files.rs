//! The configuration: whether it can be used, and who may change it or read its secrets.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::Finding;
use crate::config::{Config, ConfigError};

/// Whoever is not the owner may write.
const OTHERS_WRITE: u32 = 0o022;

/// Whoever is not the owner may do anything.
const OTHERS_ANYTHING: u32 = 0o077;

/// Whether the daemon would start on it.
pub(super) fn configuration(path: &Path, config: &Result<Config, ConfigError>) -> Finding {
    let read = config.as_ref().map_err(ToString::to_string);
    match read.and_then(|config| config.load_office().map_err(|error| error.to_string())) {
        Ok(_) => Finding::good("config", vec![("path", path.display().to_string())]),
        Err(cause) => Finding::bad("config", "unusable", vec![("cause", cause)]),
    }
}

/// Who may change the files of the configuration, and read its PINs.
pub(super) fn rights(config: &Config) -> Vec<Finding> {
    let files = &config.files;
    let written = [&config.path, &files.units, &files.templates, &files.staff, &files.holidays];
    let written = written.into_iter().chain(&files.quirks).map(|file| (file, OTHERS_WRITE));
    let secret = config.modems.iter().filter_map(|modem| modem.pin_file.as_ref());
    let secret = secret.map(|file| (file, OTHERS_ANYTHING));
    let mut findings = Vec::new();
    for (file, forbidden) in written.chain(secret) {
        // Of what is not there the configuration or the modem speaks; PINs are there while the daemon runs.
        let Ok(found) = fs::metadata(file) else { continue };
        if found.mode() & forbidden == 0 {
            continue;
        }
        let details = vec![("path", file.display().to_string())];
        findings.push(if forbidden == OTHERS_WRITE {
            Finding::bad("rights", "writable", details)
        } else {
            Finding::bad("rights", "readable", details)
        });
    }
    if findings.is_empty() {
        findings.push(Finding::good("rights", Vec::new()));
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    use super::super::Verdict;
    use super::super::tests::told;
    use super::*;
    use crate::demo::Home;

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_configuration_that_cannot_be_used_is_bad() {
        let home = Home::new(1).unwrap();
        let look = || {
            let config = Config::load(&home.config_file());
            told(&configuration(&home.config_file(), &config))
        };
        assert_eq!(look(), ("config", "good", Verdict::Good));
        fs::write(home.path().join("units.tsv"), "").unwrap();
        assert_eq!(look(), ("config", "unusable", Verdict::Bad));
        fs::write(home.config_file(), "[office]").unwrap();
        assert_eq!(look(), ("config", "unusable", Verdict::Bad));
    }

    #[test]
    fn a_file_that_others_may_change_and_a_pin_that_others_may_read_are_bad() {
        let home = Home::new(1).unwrap();
        let pin = home.path().join("pin");
        fs::write(&pin, "1234").unwrap();
        let settings = fs::read_to_string(home.config_file()).unwrap();
        fs::write(home.config_file(), format!("{settings}pin_file = \"pin\"\n")).unwrap();
        let config = Config::load(&home.config_file()).unwrap();
        let names = ["aduan.toml", "units.tsv", "templates.tsv", "staff.toml", "holidays.toml"];
        for name in names {
            mode(&home.path().join(name), 0o644);
        }
        mode(&pin, 0o600);
        let look = || rights(&config).iter().map(told).collect::<Vec<_>>();
        assert_eq!(look(), [("rights", "good", Verdict::Good)]);
        mode(&pin, 0o640);
        assert_eq!(look(), [("rights", "readable", Verdict::Bad)]);
        mode(&home.path().join("staff.toml"), 0o664);
        assert_eq!(look()[0], ("rights", "writable", Verdict::Bad));
        assert_eq!(look().len(), 2);
    }
}
