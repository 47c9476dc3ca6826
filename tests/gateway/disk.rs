//! A disk that takes nothing for a while, a register that another program holds, and one that is for reading only.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

use aduan::demo::Home;
use aduan::number::TicketNumber;
use aduan::simulator::{NetworkOptions, Simulation};
use nix::sys::signal::Signal;
use nix::unistd::Uid;
use serde_json::Value;

use crate::process::{Process, command, employ_me};
use crate::support::{CARD, PATIENCE, simulate};

const PHONE: &str = "+6281200000000";
const OTHER: &str = "+6281200000001";

/// An account that owns nothing (`nobody`).
const NOBODY: u32 = 65534;

/// A home whose modem receives like this, and the town round it.
fn town(receive: &str) -> (Home, Simulation) {
    let home = Home::new(1).unwrap();
    let settings = fs::read_to_string(home.config_file()).unwrap();
    let with = format!("{settings}receive = \"{receive}\"\n");
    fs::write(home.config_file(), with).unwrap();
    employ_me(&home, "\"petugas\", \"ketua\"");
    let simulation = simulate(&home, NetworkOptions::instant());
    (home, simulation)
}

/// The next receipt of a phone: its ticket's number.
async fn receipt(simulation: &Simulation, phone: &str) -> String {
    let came = simulation.wait_until(|network| network.messages_of(phone).next().is_some());
    tokio::time::timeout(PATIENCE, came).await.expect("no receipt");
    TicketNumber::find_in(&simulation.phone(phone)[0].text).unwrap().to_string()
}

/// Runs the real `aduan` as whoever runs this test.
async fn aduan(home: &Home, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
    command.arg("--config").arg(home.config_file()).arg("--lang").arg("en").args(arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// What is wrong with the modem; nothing while it serves.
async fn ailment(home: &Home) -> Value {
    let output = aduan(home, &["--json", "status"]).await;
    assert!(output.status.success(), "{output:?}");
    let status: Value = serde_json::from_slice(&output.stdout).unwrap();
    status["modems"][0]["error"]["code"].clone()
}

async fn until_ailment(home: &Home, holds: impl Fn(&Value) -> bool) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let ailment = ailment(home).await;
        if holds(&ailment) {
            return;
        }
        assert!(tokio::time::Instant::now() < deadline, "{ailment}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// While `begin` has made the register take nothing, nothing is lost and everybody is told; `end` mends it.
async fn nothing_is_lost<T>(
    receive: &str,
    begin: impl Fn(&Home, &Process) -> T,
    end: impl Fn(T, &Process),
) {
    let (home, simulation) = town(receive);
    // A file that may not grow is to be an error, not the end of the process.
    let mut ignoring = Command::new("sh");
    ignoring.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
    let daemon = command(&home);
    ignoring.arg(daemon.get_program()).args(daemon.get_args());
    let daemon = Process::run(ignoring);
    daemon.wait_for(" ready");
    simulation.text(PHONE, CARD, "DLH # sampah belum diangkut").unwrap();
    let number = receipt(&simulation, PHONE).await;

    let outage = begin(&home, &daemon);
    simulation.text(OTHER, CARD, "DISHUB # lampu mati").unwrap();
    until_ailment(&home, |ailment| ailment == "database").await;
    let (waiting, stored) = (
        simulation.with_network(|network, _| network.waiting(CARD)),
        simulation.with_modem(0, |modem, _| modem.stored("MT")).unwrap(),
    );
    assert_eq!(waiting + stored, 1, "it was acknowledged or deleted, and is nowhere");
    let told = aduan(&home, &["status"]).await;
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("the database is out of order"), "{told}");
    let assign = ["assign", &number, "--category", "pengaduan"];
    let refused = aduan(&home, &assign).await;
    let words = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2), "{words}");
    assert!(words.contains("nothing was changed"), "{words}");

    end(outage, &daemon);
    receipt(&simulation, OTHER).await;
    until_ailment(&home, Value::is_null).await;
    let done = aduan(&home, &assign).await;
    assert!(done.status.success(), "{done:?}");
    let stored = simulation.with_modem(0, |modem, _| modem.stored("MT")).unwrap();
    let waiting = simulation.with_network(|network, _| network.waiting(CARD));
    assert_eq!(waiting + stored, 0);
    assert_eq!([PHONE, OTHER].map(|phone| simulation.phone(phone).len()), [1, 1]);
    daemon.signal(Signal::SIGTERM);
    daemon.ended();
    let register = rusqlite::Connection::open(home.path().join("aduan.db")).unwrap();
    let count = |table: &str| {
        let sql = format!("SELECT COUNT (*) FROM {table}");
        register.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((count("inbound"), count("ticket")), (2, 2));
}

/// The largest size of a file that a process may write, in bytes.
fn limit_files(process: &Process, most: &str) {
    let pid = process.id().to_string();
    let fsize = format!("--fsize={most}:");
    let limited = Command::new("prlimit").args(["--pid", &pid, &fsize]).status();
    assert!(limited.expect("prlimit of util-linux").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_room_loses_nothing_and_all_goes_on_when_there_is_some() {
    for receive in ["stored", "direct"] {
        let full = |_: &Home, daemon: &Process| limit_files(daemon, "1");
        let room = |(), daemon: &Process| limit_files(daemon, "unlimited");
        nothing_is_lost(receive, full, room).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_that_another_program_holds_is_waited_for() {
    let hold = |home: &Home, _: &Process| {
        let other = rusqlite::Connection::open(home.path().join("aduan.db")).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        other
    };
    for receive in ["stored", "direct"] {
        nothing_is_lost(receive, hold, |other, _| drop(other)).await;
    }
}

#[test]
fn a_register_that_another_program_holds_at_the_start_is_named() {
    let home = Home::new(0).unwrap();
    Process::start(&home).kill();
    let other = rusqlite::Connection::open(home.path().join("aduan.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let output = command(&home).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("aduan.db is held by another program"), "{error}");
    assert!(!home.path().join("aduand.sock").exists());
    drop(other);
    let _daemon = Process::start(&home);
}

/// A folder that is a place of its own, mounted for reading only while this lives.
struct ReadOnly<'a>(&'a Path);

impl<'a> ReadOnly<'a> {
    /// Nothing where nobody may mount.
    fn mount(folder: &'a Path) -> Option<Self> {
        let mount = |options: &[&str]| {
            let status = Command::new("mount").args(options).arg(folder).status();
            status.is_ok_and(|status| status.success())
        };
        let mounted = folder.to_str().filter(|path| mount(&["--bind", path]));
        mounted?;
        let mounted = Self(folder);
        mount(&["-o", "remount,bind,ro"]).then_some(mounted)
    }
}

impl Drop for ReadOnly<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_file_system_for_reading_only_is_named_and_the_register_left_alone() {
    let home = Home::new(0).unwrap();
    let folder = home.path().join("data");
    fs::create_dir(&folder).unwrap();
    let settings = fs::read_to_string(home.config_file()).unwrap();
    let elsewhere = settings.replace("path = \"aduan.db\"", "path = \"data/aduan.db\"");
    assert_ne!(settings, elsewhere);
    fs::write(home.config_file(), elsewhere).unwrap();
    // Before there is a register, where there is one, and with the socket and all.
    for (read_only, begun) in [(&*folder, false), (&*folder, true), (home.path(), true)] {
        if begun {
            let daemon = Process::start(&home);
            daemon.signal(Signal::SIGTERM);
            daemon.ended();
        }
        let before = fs::read(folder.join("aduan.db")).ok();
        let Some(mounted) = ReadOnly::mount(read_only) else {
            eprintln!("not tried: only who may mount can");
            return;
        };
        let output = command(&home).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("Read-only file system"), "{error}");
        assert!(error.contains("mounted for writing"), "{error}");
        let examined = Command::new(env!("CARGO_BIN_EXE_aduan"))
            .args(["--lang", "en", "--config"])
            .arg(home.config_file())
            .arg("doctor")
            .output()
            .unwrap();
        let told = String::from_utf8(examined.stdout).unwrap();
        assert!(told.contains("wrong  Nothing can be written into"), "{told}");
        assert!(!told.contains("as root"), "{told}");
        drop(mounted);
        assert!(fs::read(folder.join("aduan.db")).ok() == before, "the file was changed");
    }
    // Mounted for writing again, it starts.
    let _daemon = Process::start(&home);
}

/// An `aduand` of an account that may write only what the modes allow; root may write everything.
fn unprivileged(home: &Home) -> Output {
    let mut command = command(home);
    if Uid::effective().is_root() {
        // Where the binary lies that account may not go.
        let copy = home.path().join("aduand");
        // Not by this process: whatever another test starts meanwhile would hold the copy open for writing, and what is written
        // cannot be run.
        let copied = Command::new("cp").arg(command.get_program()).arg(&copy).status().unwrap();
        assert!(copied.success());
        let mut as_nobody = Command::new(copy);
        as_nobody.args(command.get_args()).uid(NOBODY).gid(NOBODY);
        command = as_nobody;
    }
    command.output().unwrap()
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_register_that_cannot_be_written_is_named_and_left_alone() {
    let home = Home::new(0).unwrap();
    let daemon = Process::start(&home);
    daemon.signal(Signal::SIGTERM);
    daemon.ended();
    let (register, lock) = (home.path().join("aduan.db"), home.path().join("aduan.db.lock"));
    let before = fs::read(&register).unwrap();
    for entry in fs::read_dir(home.path()).unwrap() {
        set_mode(&entry.unwrap().path(), 0o444);
    }
    for (folder, of_lock, says) in [
        (0o555, 0o444, "cannot write the control socket into"),
        (0o777, 0o444, "aduan.db.lock: Permission denied (os error 13); check that"),
        (0o777, 0o666, "aduan.db cannot be written; it must belong to the daemon's user"),
    ] {
        set_mode(home.path(), folder);
        set_mode(&lock, of_lock);
        let output = unprivileged(&home);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(says), "{says}: {error}");
        assert!(fs::read(&register).unwrap() == before, "the file was changed");
    }
    set_mode(home.path(), 0o755);
    set_mode(&register, 0o644);
    assert!(!home.path().join("aduand.sock").exists());
    // Mended, it starts.
    let _daemon = Process::start(&home);
}
