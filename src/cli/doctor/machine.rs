//! The box: room on the disk, its clock, the serial ports, and who else wants them.

use std::ffi::CString;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use nix::sys::statvfs::{FsFlags, statvfs};
use nix::unistd::{Gid, Group, Uid, User, getgrouplist};

use super::Finding;
use crate::cli::terminal::Page;
use crate::cli::words::Words;
use crate::modem::holder::{Holder, suspects};

/// Where the rule stands that keeps ModemManager away.
pub(super) const RULES: &str = "/etc/udev/rules.d/70-aduan-modems.rules";

/// The group that the unit gives the daemon beside its own.
const PORTS: &str = "dialout";

/// Room for some days of an office; below it the disk is about to be full.
const ROOM_MIN: u64 = 100 << 20;

/// Room that should be there beside that for a copy of the register.
const ROOM_USUAL: u64 = 1 << 30;

/// How far a clock may lag behind what it has dated itself: it was set a little.
const LAG: TimeDelta = TimeDelta::minutes(2);

/// Whether nothing can be written there, by whomever.
pub(super) fn is_read_only(folder: &Path) -> bool {
    statvfs(folder).is_ok_and(|disk| disk.flags().contains(FsFlags::ST_RDONLY))
}

/// Room on the disk of the register.
pub(super) fn room(folder: &Path, register_bytes: u64) -> Vec<Finding> {
    let Ok(disk) = statvfs(folder) else { return Vec::new() };
    if is_read_only(folder) {
        return vec![Finding::bad(
            "room",
            "read-only",
            vec![("path", folder.display().to_string())],
        )];
    }
    vec![room_left(
        disk.blocks_available().saturating_mul(disk.fragment_size()),
        register_bytes,
        folder,
    )]
}

fn room_left(free: u64, register_bytes: u64, folder: &Path) -> Finding {
    let details =
        vec![("path", folder.display().to_string()), ("megabytes", (free / 1_000_000).to_string())];
    if free < ROOM_MIN {
        Finding::bad("room", "little", details)
    } else if free < ROOM_USUAL.saturating_add(register_bytes) {
        Finding::warn("room", "low", details)
    } else {
        Finding::good("room", details)
    }
}

/// Whether it may be as late as the clock says: deadlines run by it.
pub(super) fn clock(now: DateTime<Utc>, last: Option<DateTime<Utc>>, page: &Page) -> Vec<Finding> {
    let mut details = vec![("now", page.time(now))];
    vec![match last {
        Some(last) if last - now > LAG => {
            details.push(("last", page.time(last)));
            Finding::bad("clock", "behind", details)
        }
        _ => Finding::good("clock", details),
    }]
}

/// The account that the daemon runs as.
pub(super) struct Service {
    name: String,
    user: u32,
    groups: Vec<u32>,
}

impl Service {
    /// Whoever the register's folder belongs to.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        let user = User::from_uid(Uid::from_raw(fs::metadata(folder).ok()?.uid())).ok()??;
        let mut groups = getgrouplist(&CString::new(user.name.as_str()).ok()?, user.gid).ok()?;
        groups.extend(Group::from_name(PORTS).ok().flatten().map(|group| group.gid));
        let groups = groups.into_iter().map(Gid::as_raw).collect();
        Some(Self { name: user.name, user: user.uid.as_raw(), groups })
    }

    /// Whether it may read and write.
    fn may_use(&self, port: &Metadata) -> bool {
        let class = if self.user == 0 {
            return true;
        } else if port.uid() == self.user {
            6
        } else if self.groups.contains(&port.gid()) {
            3
        } else {
            0
        };
        port.mode() >> class & 0o6 == 0o6
    }
}

/// Whether the configured ports are there, and the daemon may open them.
pub(super) fn ports(ports: &[(&str, &Path)], service: Option<&Service>) -> Vec<Finding> {
    if ports.is_empty() {
        return vec![Finding::warn("port", "none", Vec::new())];
    }
    let finding = |(name, path): &(&str, &Path)| {
        let mut details = vec![("name", (*name).to_owned()), ("path", path.display().to_string())];
        let Ok(found) = fs::metadata(path) else {
            return Finding::bad("port", "missing", details);
        };
        match service.filter(|service| !service.may_use(&found)) {
            Some(service) => {
                details.push(("user", service.name.clone()));
                Finding::bad("port", "forbidden", details)
            }
            None => Finding::good("port", details),
        }
    };
    ports.iter().map(finding).collect()
}

/// Other programs that have a port, or run and are known to take ports.
pub(super) fn programs(
    ports: &[(&str, &Path)],
    proc: &Path,
    rules: &Path,
    words: &Words,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, path) in ports {
        if let Holder::Program { name: program, id } = Holder::of(path, proc)
            && program != "aduand"
        {
            let details = vec![
                ("name", (*name).to_owned()),
                ("path", path.display().to_string()),
                ("program", program),
                ("process", id.to_string()),
            ];
            findings.push(Finding::bad("programs", "holding", details));
        }
    }
    // With the rule it leaves the gateway's modems alone.
    let is_kept_away = |program: &&str| *program == "ModemManager" && rules.exists();
    let running: Vec<&str> =
        suspects(proc).into_iter().filter(|program| !is_kept_away(program)).collect();
    // Consoles and terminals run on every box.
    let running: Vec<&str> = running
        .into_iter()
        .filter(|program| !["agetty", "minicom", "picocom"].contains(program))
        .collect();
    if !running.is_empty() && findings.is_empty() {
        let advice = if running.contains(&"ModemManager") {
            words.say("doctor-rule")
        } else {
            String::new()
        };
        let details = vec![("programs", running.join(", ")), ("advice", advice)];
        findings.push(Finding::warn("programs", "running", details));
    }
    if findings.is_empty() {
        findings.push(Finding::good("programs", Vec::new()));
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::super::Verdict;
    use super::super::tests::{page, told};
    use super::*;

    #[test]
    fn a_disk_that_fills_is_warned_of_and_one_that_is_nearly_full_is_bad() {
        let look = |free| told(&room_left(free, 1 << 30, Path::new("/var/lib/aduan"))).1;
        assert_eq!([look(50 << 20), look(1 << 30), look(3 << 30)], ["little", "low", "good"]);
        assert_eq!(room(Path::new("/"), 0).len(), 1);
    }

    #[test]
    fn a_clock_behind_the_last_event_is_wrong() {
        let now = "2026-11-24T03:00:00Z".parse().unwrap();
        let look =
            |minutes| told(&clock(now, Some(now + TimeDelta::minutes(minutes)), &page())[0]).1;
        assert_eq!([look(-60), look(1), look(3)], ["good", "good", "behind"]);
        assert_eq!(told(&clock(now, None, &page())[0]).1, "good");
    }

    #[test]
    fn a_port_that_is_missing_or_closed_to_the_daemon_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let port = folder.path().join("port");
        let service = |user, group| Service { name: "aduan".to_owned(), user, groups: vec![group] };
        let look = |service: &Service| told(&ports(&[("modem-1", &port)], Some(service))[0]);
        assert_eq!(look(&service(1, 1)), ("port", "missing", Verdict::Bad));
        fs::write(&port, "").unwrap();
        let found = fs::metadata(&port).unwrap();
        let (owner, group) = (found.uid(), found.gid());
        fs::set_permissions(&port, Permissions::from_mode(0o660)).unwrap();
        let stranger = service(owner + 1, group + 1);
        assert_eq!(look(&stranger), ("port", "forbidden", Verdict::Bad));
        assert_eq!(look(&service(owner + 1, group)), ("port", "good", Verdict::Good));
        fs::set_permissions(&port, Permissions::from_mode(0o640)).unwrap();
        assert_eq!(look(&service(owner + 1, group)).1, "forbidden");
        fs::set_permissions(&port, Permissions::from_mode(0o666)).unwrap();
        assert_eq!(look(&stranger).1, "good");
        assert_eq!(told(&ports(&[], None)[0]), ("port", "none", Verdict::Warn));
        assert!(Service::of(folder.path()).is_some());
    }

    #[test]
    fn who_has_a_port_or_may_want_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (port, rules) = (folder.path().join("port"), folder.path().join("rules"));
        fs::write(&port, "").unwrap();
        let proc = folder.path().join("proc");
        let run = |id: u32, name: &str, open: Option<&Path>| {
            let files = proc.join(id.to_string()).join("fd");
            fs::create_dir_all(&files).unwrap();
            fs::write(files.with_file_name("comm"), name).unwrap();
            if let Some(open) = open {
                symlink(fs::canonicalize(open).unwrap(), files.join("3")).unwrap();
            }
        };
        let look = || told(&programs(&[("modem-1", &port)], &proc, &rules, &page().words)[0]);
        assert_eq!(look(), ("programs", "good", Verdict::Good));
        run(7, "aduand", Some(&port));
        run(6, "agetty", None);
        assert_eq!(look().1, "good");
        run(8, "ModemManager", None);
        assert_eq!(look(), ("programs", "running", Verdict::Warn));
        fs::write(&rules, "").unwrap();
        assert_eq!(look().1, "good");
        fs::remove_dir_all(proc.join("7")).unwrap();
        run(9, "minicom", Some(&port));
        assert_eq!(look(), ("programs", "holding", Verdict::Bad));
    }
}
