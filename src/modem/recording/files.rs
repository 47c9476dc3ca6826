//! Files of recordings: one a session, and another one when it is full; the oldest make room.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use crate::calendar::Zone;
use crate::clock;

/// Octets after which a file is closed at the next command, and by all means.
const FILE_BYTES: u64 = 4 * 1024 * 1024;
const FILE_BYTES_MAX: u64 = 2 * FILE_BYTES;

/// Files kept of one modem.
const FILES_MAX: usize = 16;

/// Files that may begin in the same second, their names counted on in milliseconds.
const NAMES_MAX: i32 = 100;

/// The time in a name: local, and in an order that is also that of the names.
const TIME: &str = "%Y%m%d-%H%M%S-%3f";

/// Where the recordings of one modem go.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    modem: String,
    zone: Zone,
    /// What stands at the beginning of each file.
    about: &'static str,
    file: BufWriter<File>,
    written: u64,
}

impl Files {
    /// Begins a file.
    pub(super) fn open(
        folder: &Path,
        modem: &str,
        zone: Zone,
        about: &'static str,
    ) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let file = BufWriter::new(create(folder, modem, zone, clock::now())?);
        let (folder, modem) = (folder.to_owned(), modem.to_owned());
        let mut files = Self { folder, modem, zone, about, file, written: 0 };
        files.begin()?;
        Ok(files)
    }

    /// Writes what was said; `begins` says that a command stands at its beginning, so that a file may end before it.
    pub(super) fn write(&mut self, text: &str, begins: bool) -> io::Result<()> {
        let full = self.written > if begins { FILE_BYTES } else { FILE_BYTES_MAX };
        if full {
            self.file.flush()?;
            self.file = BufWriter::new(create(&self.folder, &self.modem, self.zone, clock::now())?);
            self.written = 0;
            self.begin()?;
        }
        self.put(text)
    }

    /// Hands what was written to the system.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }

    fn begin(&mut self) -> io::Result<()> {
        self.remove_oldest()?;
        let now = clock::now();
        let head = format!(
            "# modem: {}\n# source: aduan {}, {} {}\n# fidelity: {}\n",
            self.modem,
            env!("CARGO_PKG_VERSION"),
            self.zone.local(now).format("%Y-%m-%d %H:%M:%S"),
            self.zone.letters(),
            self.about,
        );
        self.put(&head)
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        self.written = self.written.saturating_add(text.len() as u64);
        self.file.write_all(text.as_bytes())
    }

    fn remove_oldest(&self) -> io::Result<()> {
        let mut own = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if name.to_str().is_some_and(|name| is_of(name, &self.modem)) {
                own.push(name);
            }
        }
        own.sort();
        for name in own.iter().take(own.len().saturating_sub(FILES_MAX)) {
            fs::remove_file(self.folder.join(name))?;
        }
        Ok(())
    }
}

/// A new file that only its owner reads.
fn create(folder: &Path, modem: &str, zone: Zone, now: DateTime<Utc>) -> io::Result<File> {
    let mut refused = io::ErrorKind::AlreadyExists.into();
    for later in 0..NAMES_MAX {
        let at = zone.local(now + TimeDelta::milliseconds(later.into()));
        let path = folder.join(format!("{modem}-{}.txt", at.format(TIME)));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => refused = error,
            opened => return opened,
        }
    }
    Err(refused)
}

/// Whether a file was made here for this modem: other files in the folder are somebody's.
fn is_of(name: &str, modem: &str) -> bool {
    let time = name
        .strip_prefix(modem)
        .and_then(|rest| rest.strip_prefix('-'))
        .and_then(|rest| rest.strip_suffix(".txt"));
    time.is_some_and(|time| {
        let shape: String =
            time.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect();
        shape == "00000000-000000-000"
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_its_owners_alone_and_says_what_it_is() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("recordings");
        let mut files = Files::open(&folder, "modem-1", Zone::Wib, "masked").unwrap();
        files.write("> AT\\r\n", true).unwrap();
        files.flush().unwrap();
        let [name] = names(&folder).try_into().unwrap();
        let path = folder.join(&name);
        assert!(is_of(&name, "modem-1") && !is_of(&name, "modem"), "{name}");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        let text = fs::read_to_string(path).unwrap();
        assert!(text.starts_with("# modem: modem-1\n") && text.ends_with("> AT\\r\n"), "{text}");
    }

    #[test]
    fn a_full_file_is_followed_by_another_one_and_the_oldest_are_removed() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("modem-1-notes.txt"), "mine").unwrap();
        fs::write(home.path().join("modem-10-20260101-000000-000.txt"), "another's").unwrap();
        let mut files = Files::open(home.path(), "modem-1", Zone::Wib, "masked").unwrap();
        let oldest = names(home.path());
        let text = "x".repeat(usize::try_from(FILE_BYTES).unwrap() + 1);
        for _ in 0..FILES_MAX {
            files.write(&text, true).unwrap();
            files.write("< in the middle\n", false).unwrap();
        }
        assert_eq!(names(home.path()).len(), FILES_MAX + 2);
        files.write("> AT\\r\n", true).unwrap();
        let left = names(home.path());
        assert_eq!(left.len(), FILES_MAX + 2);
        assert_eq!(oldest.iter().filter(|name| left.contains(name)).count(), 2, "{left:?}");
    }

    #[test]
    fn where_there_is_no_room_an_error_says_so() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(Files::open(&file.join("below"), "modem-1", Zone::Wib, "masked").is_err());
    }
}
