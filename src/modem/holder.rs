//! Which program holds a port that cannot be had, and what to do about it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where the kernel shows what runs.
pub(super) const PROC: &str = "/proc";

/// Programs that are known to take ports, as `/proc/…/comm` names them, and what to do about each.
const KNOWN: [(&str, &str); 12] = [
    (
        "ModemManager",
        "keep it away by the udev rule 70-aduan-modems.rules (ID_MM_DEVICE_IGNORE), then plug the modem in anew",
    ),
    (
        "brltty",
        "it takes USB adapters for braille displays: remove it, or its udev rule for this adapter",
    ),
    ("aduand", "the gateway serves this modem: see `aduan modem list`, or stop it first"),
    ("smsd", "a second gateway: stop and disable it"),
    ("gammu-smsd", "a second gateway: stop and disable it"),
    ("gnokii-smsd", "a second gateway: stop and disable it"),
    ("bearerbox", "a second gateway (Kannel): take the modem out of its configuration"),
    ("asterisk", "take the modem out of its configuration (chan_dongle, chan_quectel)"),
    ("pppd", "a data connection: stop it, or give it another port of the stick"),
    ("agetty", "a console on this port: systemctl disable --now serial-getty@…"),
    ("minicom", "a terminal: close it"),
    ("picocom", "a terminal: close it"),
];

/// What to do about a port that another program holds, as far as `proc` shows who that is: everything to root, to others
/// their own programs' open files and everybody's names, and nothing where `ProtectProc=` hides them.
pub(super) fn advice(port: &Path, proc: &Path) -> String {
    if let Some((id, name)) = holder(port, proc) {
        if id == std::process::id() {
            return "; this program itself has it, under another path".to_owned();
        }
        let advice = KNOWN.iter().find(|(known, _)| *known == name);
        let advice = advice.map_or("stop it, or give it another port", |(_, advice)| advice);
        return format!("; another program holds it: {name} (process {id}); {advice}");
    }
    let running = running(proc);
    let suspects: Vec<String> = KNOWN
        .iter()
        .filter(|(name, _)| running.contains(*name))
        .map(|(name, advice)| format!("{name} runs here: {advice}"))
        .collect();
    if suspects.is_empty() {
        return format!(
            "; another program may hold it (ModemManager, a second gateway), or it is not plugged in; `aduan modem probe {}` as \
             root names it",
            port.display()
        );
    }
    format!("; another program may hold it: {}", suspects.join("; "))
}

/// The process that has a port open.
fn holder(port: &Path, proc: &Path) -> Option<(u32, String)> {
    let port = fs::canonicalize(port).ok()?;
    processes(proc)
        .find(|(_, folder)| {
            let files = fs::read_dir(folder.join("fd")).into_iter().flatten().flatten();
            files
                .into_iter()
                .any(|file| fs::read_link(file.path()).is_ok_and(|target| target == port))
        })
        .and_then(|(id, folder)| Some((id, name(&folder)?)))
}

fn running(proc: &Path) -> BTreeSet<String> {
    processes(proc).filter_map(|(_, folder)| name(&folder)).collect()
}

fn processes(proc: &Path) -> impl Iterator<Item = (u32, std::path::PathBuf)> {
    let entries = fs::read_dir(proc).into_iter().flatten().flatten();
    entries.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
}

/// A process chooses its name itself: what a terminal cannot show is left out.
fn name(folder: &Path) -> Option<String> {
    let name = fs::read_to_string(folder.join("comm")).ok()?;
    Some(name.trim().chars().filter(|sign| !sign.is_control()).collect())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    use super::*;

    /// A `/proc` with these processes: number, name, what they have open.
    fn proc(processes: &[(u32, &str, &[&Path])]) -> tempfile::TempDir {
        let proc = tempfile::tempdir().unwrap();
        for (id, name, open) in processes {
            let files = proc.path().join(id.to_string()).join("fd");
            fs::create_dir_all(&files).unwrap();
            fs::write(files.with_file_name("comm"), format!("{name}\n")).unwrap();
            for (number, file) in open.iter().enumerate() {
                symlink(file, files.join(number.to_string())).unwrap();
            }
        }
        fs::create_dir(proc.path().join("sys")).unwrap();
        proc
    }

    fn port() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let port = folder.path().join("port");
        fs::write(&port, "").unwrap();
        (folder, port)
    }

    #[test]
    fn who_has_the_port_open_is_named_with_what_to_do() {
        let (_folder, port) = port();
        let link = port.with_file_name("by-id");
        symlink(&port, &link).unwrap();
        let own = fs::canonicalize(&port).unwrap();
        let runs =
            proc(&[(7, "sshd", &[]), (812, "ModemManager", &[Path::new("/dev/null"), &own])]);
        let told = advice(&link, runs.path());
        assert!(told.contains("ModemManager (process 812)"), "{told}");
        assert!(told.contains("ID_MM_DEVICE_IGNORE"), "{told}");
        let odd = proc(&[(9, "odd\u{1b}[1mone", &[&own])]);
        let told = advice(&link, odd.path());
        assert!(told.contains("odd[1mone (process 9); stop it"), "{told}");
        let own_id = proc(&[(std::process::id(), "aduand", &[&own])]);
        assert!(advice(&link, own_id.path()).contains("this program itself"));
    }

    #[test]
    fn where_open_files_are_hidden_those_that_run_are_suspected() {
        let (_folder, port) = port();
        let runs = proc(&[(7, "sshd", &[]), (8, "brltty", &[]), (9, "smsd", &[])]);
        let told = advice(&port, runs.path());
        assert!(told.contains("may hold it: brltty runs here") && told.contains("smsd"), "{told}");
        assert!(!told.contains("sshd"), "{told}");
    }

    #[test]
    fn where_nothing_shows_the_usual_ones_are_named() {
        let (_folder, port) = port();
        let told = advice(&port, proc(&[]).path());
        assert!(told.contains("ModemManager") && told.contains("as root"), "{told}");
    }
}
