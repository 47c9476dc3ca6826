//! `aduan backup` and `aduan restore`: the register in one file, and back. The file is read here and not by the daemon, which may
//! write to its own folder only, and which does not run when its register is replaced.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use clap::Args;
use nix::unistd::{Uid, User};
use serde_json::json;

use super::arguments::{CONFIG, Globals};
use super::failure::{self, Failure};
use super::language::Language;
use super::terminal::{Page, one_line};
use super::words::Words;
use crate::calendar::Zone;
use crate::clock;
use crate::config::Config;
use crate::store::backup::{backup, stream};
use crate::store::restore::{Restored, Restorer, restore};
use crate::store::{Contents, CopyError, Spooled};

/// Where the backup goes, or comes from.
#[derive(Debug, Args)]
pub struct BackupArguments {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl BackupArguments {
    /// Makes a backup.
    ///
    /// # Errors
    /// [`Failure::Trouble`], with what to do.
    pub fn backup(
        self,
        globals: &Globals,
        words: Words,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let config = configuration(globals)?;
        if is_pipe(&self.file) {
            return piped(&config, globals, words, out);
        }
        let file = named(self.file, config.office.zone.local(clock::now()).naive_local());
        let begun = Instant::now();
        let contents = backup(&config.database, &file)?;
        let took = begun.elapsed();
        if globals.json {
            writeln!(out, "{}", told(&file, &contents, took))?;
        } else {
            let page = Page::of_stdout(words, config.office.zone);
            tell(&page, "backup-done", &file, &contents, out)?;
            writeln!(out, "{}", size(&page.words, contents.bytes, took))?;
            page.block(out, 0, &page.words.say("backup-plain"))?;
        }
        Ok(out.flush()?)
    }

    /// Restores a backup.
    ///
    /// # Errors
    /// [`Failure::Trouble`], with what to do.
    pub fn restore(
        self,
        globals: &Globals,
        words: Words,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let config = configuration(globals)?;
        let begun = Instant::now();
        let spooled = if is_pipe(&self.file) {
            if io::stdin().is_terminal() {
                return Err(Failure::Usage(words.say("restore-terminal")));
            }
            Some(Spooled::read(&config.database, &mut io::stdin().lock())?)
        } else {
            None
        };
        let file = spooled.as_ref().map_or(&*self.file, Spooled::path);
        let restored = restore(&config.database, file, &restorer(config.office.zone), |_| {})?;
        drop(spooled);
        if globals.json {
            let told = json!({
                "backup": told(&self.file, &restored.contents, begun.elapsed()),
                "kept": restored.kept.map(|kept| kept.display().to_string()),
                "carried": restored.carried,
                "held": restored.held,
            });
            writeln!(out, "{told}")?;
        } else {
            let page = Page::of_stdout(words, config.office.zone);
            tell(&page, "restore-done", &self.file, &restored.contents, out)?;
            tell_rest(&page.words, &restored, out)?;
        }
        Ok(out.flush()?)
    }
}

/// Whether a backup goes to the standard output, or comes from the standard input.
fn is_pipe(file: &Path) -> bool {
    file == Path::new("-")
}

/// A backup for a pipe, which encrypts it: what is told goes beside it.
fn piped(
    config: &Config,
    globals: &Globals,
    words: Words,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        return Err(Failure::Usage(words.say("backup-terminal")));
    }
    let begun = Instant::now();
    let contents = stream(&config.database, out)?;
    let (took, file) = (begun.elapsed(), Path::new("-"));
    let mut beside = io::stderr().lock();
    if globals.json {
        writeln!(beside, "{}", told(file, &contents, took))?;
    } else {
        let page = Page::of_stdout(words, config.office.zone);
        tell(&page, "backup-done", file, &contents, &mut beside)?;
        writeln!(beside, "{}", size(&page.words, contents.bytes, took))?;
    }
    Ok(())
}

/// Who runs this: the account, and who became it.
fn restorer(zone: Zone) -> Restorer {
    let uid = Uid::current();
    let account = User::from_uid(uid).ok().flatten().map(|user| user.name);
    let sudo = env::var("SUDO_USER").ok().filter(|user| !user.is_empty());
    let now = clock::now();
    Restorer {
        officer: account.unwrap_or_else(|| uid.to_string()),
        sudo: sudo.map(|user| one_line(&user)),
        now,
        local: zone.local(now).naive_local(),
    }
}

/// In a folder a backup is named after the office's time.
fn named(file: PathBuf, now: NaiveDateTime) -> PathBuf {
    if file.is_dir() { file.join(now.format("aduan-%Y%m%d-%H%M%S.db").to_string()) } else { file }
}

/// The configuration of this call.
///
/// # Errors
/// [`Failure::Trouble`].
pub fn configuration(globals: &Globals) -> Result<Config, Failure> {
    let path = globals.config.as_deref().unwrap_or(Path::new(CONFIG));
    Config::load(path).map_err(|error| {
        let cause = error.to_string();
        let details = vec![("path", path.display().to_string()), ("cause", cause.clone())];
        Failure::Trouble(failure::own("CONFIG", cause, details))
    })
}

impl From<CopyError> for Failure {
    fn from(error: CopyError) -> Self {
        let mut trouble = failure::own(error.code(), error.to_string(), error.details());
        // These are rules; in the others something is wrong.
        trouble.fault = !matches!(error, CopyError::Exists { .. } | CopyError::InUse { .. });
        Self::Trouble(trouble)
    }
}

/// What a script reads.
fn told(file: &Path, contents: &Contents, took: Duration) -> serde_json::Value {
    json!({
        "file": file.display().to_string(),
        "tickets": contents.tickets,
        "messages": contents.messages,
        "last_at": contents.last_at,
        "bytes": contents.bytes,
        "milliseconds": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
    })
}

/// What is in a backup.
fn tell(
    page: &Page,
    sentence: &str,
    file: &Path,
    contents: &Contents,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = &page.words;
    let file = one_line(&file.display().to_string());
    let last = contents.last_at.map_or_else(|| words.say("backup-empty"), |at| page.time(at));
    let [tickets, messages] = [contents.tickets, contents.messages].map(|count| count.to_string());
    let values = [
        ("file", file.as_str()),
        ("tickets", tickets.as_str()),
        ("messages", messages.as_str()),
        ("last", last.as_str()),
    ];
    writeln!(out, "{}", words.fill(sentence, &values))
}

/// What else is to be known after a restore, and to be done.
fn tell_rest(words: &Words, restored: &Restored, out: &mut dyn Write) -> io::Result<()> {
    if let Some(kept) = &restored.kept {
        let kept = one_line(&kept.display().to_string());
        writeln!(out, "{}", words.fill("restore-kept", &[("file", &kept)]))?;
    }
    if !restored.carried {
        writeln!(out, "{}", words.say("restore-unread"))?;
    }
    writeln!(out, "{}", words.fill("restore-next", &[("texts", &restored.held.to_string())]))
}

fn size(words: &Words, bytes: u64, took: Duration) -> String {
    let values = [
        ("megabytes", tenths(words, bytes / 100_000)),
        ("seconds", tenths(words, u64::try_from(took.as_millis() / 100).unwrap_or(u64::MAX))),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    words.fill("backup-size", &values)
}

/// A number of tenths as the language writes it.
pub fn tenths(words: &Words, tenths: u64) -> String {
    let mark = match words.language() {
        Language::Indonesian => ',',
        Language::English => '.',
    };
    format!("{}{mark}{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    #[test]
    fn in_a_folder_a_backup_is_named_after_the_time() {
        let folder = tempfile::tempdir().unwrap();
        let now = samples::at(24, 1, 5).naive_utc();
        let file = named(folder.path().to_owned(), now);
        assert_eq!(file, folder.path().join("aduan-20261124-010500.db"));
        let file = folder.path().join("a.db");
        assert_eq!(named(file.clone(), now), file);
    }

    #[test]
    fn what_is_in_a_backup_is_told_in_plain_words() {
        let contents = Contents {
            tickets: 12,
            messages: 30,
            last_at: Some(samples::at(24, 1, 5)),
            bytes: 12_345_678,
        };
        let text = samples::printed(None, |page, out| {
            tell(page, "backup-done", Path::new("/mnt/a.db"), &contents, out)?;
            let took = Duration::from_millis(2_340);
            writeln!(out, "{}", size(&page.words, contents.bytes, took))
        });
        assert_eq!(
            text,
            "Cadangan tersimpan: /mnt/a.db\n\
             Isinya 12 tiket dan 30 pesan masuk; kejadian terakhir Sel 24-11-2026 08.05 WIB.\n\
             Ukuran 12,3 MB, selesai dalam 2,3 detik.\n"
        );
        let empty = Contents { tickets: 0, messages: 0, last_at: None, bytes: 0 };
        let text = samples::printed(None, |page, out| {
            tell(page, "backup-done", Path::new("a.db"), &empty, out)
        });
        assert!(text.contains("kejadian terakhir belum ada"), "{text}");
    }
}
