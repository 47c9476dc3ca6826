//! Which program holds a port that cannot be had, and what to do about it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where the kernel shows what runs.
pub const PROC: &str = "/proc";

/// What a program is that takes ports: what to do about it depends on that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ModemManager, which looks at every modem.
    ModemManager,
    /// brltty, which takes USB adapters for braille displays.
    Braille,
    /// The gateway's own daemon.
    Daemon,
    /// Another gateway for messages.
    Gateway,
    /// A program that has the modem in its configuration beside other things.
    Exchange,
    /// A data connection.
    Data,
    /// A console on the port.
    Console,
    /// A terminal program.
    Terminal,
    /// Any other.
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::ModemManager,
        Self::Braille,
        Self::Daemon,
        Self::Gateway,
        Self::Exchange,
        Self::Data,
        Self::Console,
        Self::Terminal,
        Self::Other,
    ];

    /// What a program of this name is, as `/proc/…/comm` has it.
    pub fn of(program: &str) -> Self {
        let known = KNOWN.iter().find(|(name, _)| *name == program);
        known.map_or(Self::Other, |(_, kind)| *kind)
    }

    /// The token that scripts know it by.
    pub const fn token(self) -> &'static str {
        match self {
            Self::ModemManager => "modem-manager",
            Self::Braille => "braille",
            Self::Daemon => "aduand",
            Self::Gateway => "gateway",
            Self::Exchange => "exchange",
            Self::Data => "data",
            Self::Console => "console",
            Self::Terminal => "terminal",
            Self::Other => "other",
        }
    }

    /// What to do about it.
    const fn advice(self) -> &'static str {
        match self {
            Self::ModemManager => {
                "keep it away by the udev rule 70-aduan-modems.rules (ID_MM_DEVICE_IGNORE), then plug the modem in anew"
            }
            Self::Braille => {
                "it takes USB adapters for braille displays: remove it, or its udev rule for this adapter"
            }
            Self::Daemon => {
                "the gateway serves this modem: see `aduan modem list`, or stop it first"
            }
            Self::Gateway => "a second gateway: stop and disable it",
            Self::Exchange => "take the modem out of its configuration",
            Self::Data => "a data connection: stop it, or give it another port of the stick",
            Self::Console => "a console on this port: systemctl disable --now serial-getty@…",
            Self::Terminal => "a terminal: close it",
            Self::Other => "stop it, or give it another port",
        }
    }
}

/// Programs that are known to take ports, as `/proc/…/comm` names them.
const KNOWN: [(&str, Kind); 12] = [
    ("ModemManager", Kind::ModemManager),
    ("brltty", Kind::Braille),
    ("aduand", Kind::Daemon),
    ("smsd", Kind::Gateway),
    ("gammu-smsd", Kind::Gateway),
    ("gnokii-smsd", Kind::Gateway),
    ("bearerbox", Kind::Exchange),
    ("asterisk", Kind::Exchange),
    ("pppd", Kind::Data),
    ("agetty", Kind::Console),
    ("minicom", Kind::Terminal),
    ("picocom", Kind::Terminal),
];

/// Why a port cannot be had, as far as that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// This program itself has it, under another path.
    Ourselves,
    /// Another program has it.
    Program {
        /// As it calls itself.
        name: String,
        /// Its process.
        id: u32,
    },
    /// Who has it is hidden; of those that are known to take ports, these run.
    Suspects(Vec<&'static str>),
    /// Nothing shows.
    Unknown,
}

impl Holder {
    /// Who holds a port, as far as `proc` shows that: everything to root, to others their own programs' open files and
    /// everybody's names, and nothing where `ProtectProc=` hides them.
    pub fn of(port: &Path, proc: &Path) -> Self {
        if let Some((id, name)) = holder(port, proc) {
            return if id == std::process::id() {
                Self::Ourselves
            } else {
                Self::Program { name, id }
            };
        }
        let running = running(proc);
        let names = KNOWN.iter().map(|(name, _)| *name);
        let suspects: Vec<_> = names.filter(|name| running.contains(*name)).collect();
        if suspects.is_empty() { Self::Unknown } else { Self::Suspects(suspects) }
    }

    /// What to do about a port that cannot be had, behind a semicolon.
    pub(super) fn advice(&self, port: &Path) -> String {
        match self {
            Self::Ourselves => "; this program itself has it, under another path".to_owned(),
            Self::Program { name, id } => {
                let advice = Kind::of(name).advice();
                format!("; another program holds it: {name} (process {id}); {advice}")
            }
            Self::Suspects(names) => {
                let told = |name: &&str| format!("{name} runs here: {}", Kind::of(name).advice());
                let suspects: Vec<String> = names.iter().map(told).collect();
                format!("; another program may hold it: {}", suspects.join("; "))
            }
            Self::Unknown => format!(
                "; another program may hold it (ModemManager, a second gateway), or it is not plugged in; `aduan modem probe {}` \
                 as root names it",
                port.display()
            ),
        }
    }
}

/// Programs known to take ports that run now, as far as `proc` shows that; the gateway's own daemon is none of them.
pub fn suspects(proc: &Path) -> Vec<&'static str> {
    let running = running(proc);
    let others = KNOWN.iter().filter(|(_, kind)| *kind != Kind::Daemon).map(|(name, _)| *name);
    others.filter(|name| running.contains(*name)).collect()
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

    fn advice(port: &Path, proc: &Path) -> String {
        Holder::of(port, proc).advice(port)
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
