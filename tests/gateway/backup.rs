//! A backup while the gateway works and while it stands, and what is no backup.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use aduan::demo::Home;
use aduan::number::TicketNumber;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{CARD, Gateway, Office};

/// `aduan` beside an office, without a daemon to ask.
pub fn command(home: &Home, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
    command.arg("--config").arg(home.config_file()).args(arguments).stdin(Stdio::null());
    command.env_remove("LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    command
}

/// What it tells a script when all is well.
pub fn told(output: &Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// Exit code and code of what it will not or cannot do.
pub fn trouble(home: &Home, arguments: &[&str]) -> (i32, String) {
    let output = command(home, &[&["--json"], arguments].concat()).output().unwrap();
    let trouble: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    (output.status.code().unwrap(), trouble["code"].as_str().expect("a code").to_owned())
}

/// What stands in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub fn numbers(file: &Path) -> Vec<String> {
    let register = Connection::open(file).unwrap();
    let mut statement = register.prepare("SELECT number FROM ticket ORDER BY id").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn elsewhere() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("aduan.db");
    (folder, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_daemon_answers_citizens_while_a_backup_runs_and_the_backup_is_of_one_moment() {
    let gateway = Gateway::start().await;
    let first = gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    // So much that a copy takes a while.
    let padding = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                   INSERT INTO access_log (at, officer, action, detail) SELECT 0, 'x', 'x', hex (randomblob (500)) FROM n";
    Connection::open(gateway.database()).unwrap().execute_batch(padding).unwrap();
    let (folder, file) = elsewhere();
    let mut answered = Vec::new();
    let (mut backup, stopped) = loop {
        let mut backup = command(gateway.home(), &["--json", "backup", file.to_str().unwrap()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        while names(folder.path()).is_empty() && backup.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let process = Pid::from_raw(backup.id().try_into().unwrap());
        kill(process, Signal::SIGSTOP).unwrap();
        if !file.exists() && !names(folder.path()).is_empty() {
            break (backup, process);
        }
        kill(process, Signal::SIGCONT).unwrap();
        assert!(backup.wait().unwrap().success());
        fs::remove_file(&file).unwrap();
    };
    // It stands still in the midst of its work, and the daemon does not.
    for phone in 2..6 {
        let phone = format!("+628120000000{phone}");
        answered.push(gateway.complain(&phone, "DLH # sampah belum diangkut").await);
    }
    assert!(backup.try_wait().unwrap().is_none());
    kill(stopped, Signal::SIGCONT).unwrap();
    let told = told(&backup.wait_with_output().unwrap());
    assert_eq!(names(folder.path()), ["aduan.db"]);
    let kept = numbers(&file);
    assert_eq!(kept[0], first);
    let all = [vec![first], answered].concat();
    assert!(all.starts_with(&kept), "{kept:?} of {all:?}");
    assert_eq!(told["tickets"], kept.len());
    assert_eq!(told["bytes"], fs::metadata(&file).unwrap().len());
    let last = told["last_at"].as_str().expect("a time");
    assert!(last.ends_with('Z'), "{last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_under_traffic_hold_whatever_was_acknowledged_before_them() {
    let gateway = Gateway::start().await;
    let (folder, _) = elsewhere();
    let phones: Vec<String> = (0..60).map(|index| format!("+62812{index:08}")).collect();
    for (index, batch) in phones.chunks(15).enumerate() {
        for phone in batch {
            gateway.simulation.text(phone, CARD, "DISHUB # lampu mati").unwrap();
        }
        let mut acknowledged = Vec::new();
        for _ in 0..5 {
            let receipt = gateway.next_message().await;
            acknowledged.push(TicketNumber::find_in(&receipt.text).unwrap().to_string());
        }
        let file = folder.path().join(format!("{index}.db"));
        let output = gateway.desk().aduan("sari", &["backup", file.to_str().unwrap()]).await;
        assert!(output.status.success(), "{output:?}");
        let kept = numbers(&file);
        let lost: Vec<_> = acknowledged.iter().filter(|number| !kept.contains(number)).collect();
        assert!(lost.is_empty(), "{lost:?} of {kept:?}");
        for _ in 5..batch.len() {
            gateway.next_message().await;
        }
    }
    assert_eq!(names(folder.path()), ["0.db", "1.db", "2.db", "3.db"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_needs_no_daemon_is_one_file_and_is_for_its_owner_alone() {
    let gateway = Gateway::start().await;
    let number = gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    let (_simulation, office) = gateway.close().await;
    let (folder, file) = elsewhere();
    let arguments = ["--lang", "en", "backup", file.to_str().unwrap()];
    let output = command(&office.home, &arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("1 tickets and 1 messages received; last event"), "{text}");
    assert_eq!(names(folder.path()), ["aduan.db"]);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(numbers(&file), [number]);
    // Neither was anything done to it by looking into it: no journal is needed.
    assert_eq!(names(folder.path()), ["aduan.db"]);
}

/// What is done to a register.
type Spoil<'a> = &'a dyn Fn(&Path);

/// A stopped office with a register of one complaint, and a register that is wrong in some way.
async fn spoilt(how: impl FnOnce(&Path)) -> Office {
    let gateway = Gateway::start().await;
    gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    let file = gateway.database();
    let (_simulation, office) = gateway.close().await;
    how(&file);
    office
}

fn run(file: &Path, sql: &str) {
    Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

/// Overwrites the middle of a file with noise.
pub fn scratch(file: &Path) {
    let mut octets = fs::read(file).unwrap();
    let (page, pages) = (4096, octets.len() / 4096);
    for octet in &mut octets[page * (pages / 2)..] {
        *octet ^= 0x55;
    }
    fs::write(file, octets).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_kept_of_a_register_that_is_not_whole() {
    let seal = "DROP TRIGGER trail_is_final; UPDATE trail SET actor = 'orang-lain'";
    let orphan = "PRAGMA foreign_keys = OFF; UPDATE inbound SET ticket_id = 4711";
    let index = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, 'citizen, ', 'body, ')
                  WHERE name = 'ticket_by_citizen'";
    let wrongs: [(&str, Spoil); 8] = [
        ("COPY_DAMAGED", &|file| run(file, seal)),
        ("COPY_DAMAGED", &|file| run(file, orphan)),
        ("COPY_DAMAGED", &|file| run(file, index)),
        ("COPY_DAMAGED", &scratch),
        ("COPY_OLDER", &|file| run(file, "PRAGMA user_version = 1")),
        ("COPY_NEWER", &|file| run(file, "PRAGMA user_version = 999")),
        ("COPY_FOREIGN", &|file| {
            fs::write(file, "halo, ini bukan basis data".repeat(100)).unwrap();
        }),
        ("COPY_MISSING", &|file| fs::remove_file(file).unwrap()),
    ];
    for (index, (code, how)) in wrongs.into_iter().enumerate() {
        let office = spoilt(how).await;
        let (folder, file) = elsewhere();
        let found = trouble(&office.home, &["backup", file.to_str().unwrap()]);
        assert_eq!(found, (2, code.to_owned()), "{index}");
        assert!(names(folder.path()).is_empty(), "{index}: {:?}", names(folder.path()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_not_overwritten_and_where_nothing_can_be_written_is_said() {
    let office = spoilt(|_| {}).await;
    let (folder, file) = elsewhere();
    fs::write(&file, "the only one").unwrap();
    let refused = trouble(&office.home, &["backup", file.to_str().unwrap()]);
    assert_eq!(refused, (1, "COPY_EXISTS".to_owned()));
    assert_eq!(fs::read_to_string(&file).unwrap(), "the only one");
    assert_eq!(names(folder.path()), ["aduan.db"]);
    let nowhere = folder.path().join("no/aduan.db");
    let refused = trouble(&office.home, &["backup", nowhere.to_str().unwrap()]);
    assert_eq!(refused, (2, "COPY_NO_FOLDER".to_owned()));
    // Not even root may make a folder there.
    let refused = trouble(&office.home, &["backup", "/proc/aduan.db"]);
    assert_eq!(refused.0, 2);
    let output = command(&office.home, &["backup", file.to_str().unwrap()]).output().unwrap();
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(sentence.contains("sudah ada dan tidak ditimpa"), "{sentence}");
}

/// The office of a citizen with an answer that waits, its backup, and what happened since: another complaint.
async fn with_backup() -> (aduan::simulator::Simulation, Office, TempDir, PathBuf) {
    let gateway = Gateway::start().await;
    gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    let (folder, file) = elsewhere();
    let sent = |arguments: Vec<String>| {
        let desk = gateway.desk();
        async move {
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            desk.tell("joko", &arguments).await
        }
    };
    sent(vec!["modem".into(), "disable".into(), "modem-1".into()]).await;
    sent(vec!["sms".into(), "send".into(), "081200000009".into(), "Uji coba".into()]).await;
    sent(vec!["backup".into(), file.to_str().unwrap().into()]).await;
    sent(vec!["modem".into(), "enable".into(), "modem-1".into()]).await;
    // It is sent now, which the backup does not know.
    assert_eq!(gateway.next_message().await.to, "+6281200000009");
    gateway.complain("+6281200000002", "DLH # sampah menumpuk").await;
    let (simulation, office) = gateway.close().await;
    (simulation, office, folder, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_citizens_are_answered_and_what_was_unsent_waits_for_an_admin() {
    let (simulation, office, _folder, file) = with_backup().await;
    let restored = ["--json", "restore", file.to_str().unwrap()];
    let restored = told(&command(&office.home, &restored).output().unwrap());
    assert_eq!(
        (&restored["backup"]["tickets"], &restored["held"]),
        (&1.into(), &1.into()),
        "{restored}"
    );
    assert_eq!(numbers(Path::new(restored["kept"].as_str().unwrap())).len(), 2);
    let gateway = Gateway::of(simulation, office).await;
    gateway.desk().tell("joko", &["modem", "enable", "modem-1"]).await;
    let number = gateway.complain("+6281200000003", "DISHUB # lampu mati").await;
    assert!(number.contains("-00003-"), "{number} was given before");
    let status = gateway.desk().tell("sari", &["status"]).await;
    assert_eq!(status["held"]["texts"], 1, "{status:#}");
    let text = gateway.desk().aduan("sari", &["status"]).await;
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("aduan sms release"), "{text}");
    let file = gateway.desk().tell("sari", &["show", "1"]).await;
    let last = file["trail"].as_array().unwrap().last().unwrap();
    assert_eq!(last["action"], "PEMULIHAN");
    assert_eq!(gateway.desk().refused("sari", &["sms", "release", "drop"]).await, "NOT_PERMITTED");
    let released = gateway.desk().tell("joko", &["sms", "release", "send"]).await;
    assert_eq!(released["texts"], 1);
    assert_eq!(gateway.next_message().await.to, "+6281200000009");
    assert!(gateway.desk().tell("sari", &["status"]).await["held"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_beside_a_daemon_is_refused_and_one_that_is_killed_leaves_a_whole_register() {
    let (_simulation, office, _folder, file) = with_backup().await;
    let office = office.open().await;
    let restore = ["restore", file.to_str().unwrap()];
    assert_eq!(trouble(&office.home, &restore), (1, "COPY_IN_USE".to_owned()));
    let office = office.close().await;
    let register = office.home.path().join("aduan.db");
    for spins in 0..30_u32 {
        let mut restore = command(&office.home, &restore).stdout(Stdio::null()).spawn().unwrap();
        let is_under_way =
            || names(office.home.path()).iter().any(|name| name.starts_with(".aduan-"));
        while !is_under_way() && restore.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        (0..spins * 200).for_each(|_| std::thread::yield_now());
        restore.kill().unwrap();
        restore.wait().unwrap();
        let tickets = numbers(&register).len();
        assert!(matches!(tickets, 1 | 2), "{tickets}");
    }
    told(&command(&office.home, &[&["--json"], &restore[..]].concat()).output().unwrap());
    assert_eq!(numbers(&register).len(), 1);
    office.open().await.close().await;
}

/// `aduan` between a pipe and an office.
fn through(home: &Home, arguments: &[&str], from: Stdio, to: Stdio) -> Output {
    let mut command = command(home, arguments);
    command.stdin(from).stdout(to).stderr(Stdio::piped());
    command.spawn().unwrap().wait_with_output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_through_a_pipe_and_comes_back_and_leaves_nothing_in_plain() {
    let gateway = Gateway::start().await;
    let first = gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    let (folder, file) = elsewhere();
    let before = names(gateway.home().path());
    let written = fs::File::create(&file).unwrap();
    let output = through(gateway.home(), &["backup", "-"], Stdio::null(), written.into());
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("1 tiket") && !told.contains("tidak dienkripsi"), "{told}");
    assert_eq!(names(gateway.home().path()), before);
    assert_eq!(numbers(&file), std::slice::from_ref(&first));
    gateway.complain("+6281200000002", "DLH # sampah").await;
    let (simulation, office) = gateway.close().await;
    drop(simulation);
    let database = office.home.path().join("aduan.db");
    // Half of it is none, and changes nothing.
    let whole = fs::read(&file).unwrap();
    let half = folder.path().join("half");
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let before = names(office.home.path());
    let cut = fs::File::open(&half).unwrap();
    let output = through(&office.home, &["restore", "-"], cut.into(), Stdio::piped());
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!((numbers(&database).len(), names(office.home.path())), (2, before));
    let back = fs::File::open(&file).unwrap();
    let output = through(&office.home, &["restore", "-"], back.into(), Stdio::piped());
    assert!(output.status.success(), "{output:?}");
    assert_eq!(numbers(&database), [first]);
    assert!(!names(office.home.path()).iter().any(|name| name.starts_with(".aduan-")));
    // A file in plain says that it is.
    let plain = folder.path().join("plain.db");
    let output = command(&office.home, &["backup", plain.to_str().unwrap()]).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap().replace('\n', " ");
    assert!(told.contains("tidak dienkripsi"), "{told}");
}

/// Writes a script. Not by this process: whatever another test starts meanwhile would hold it open for writing, and what is written
/// cannot be run.
fn program(file: &Path, text: &str) {
    let write = "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\"";
    let written = Command::new("sh").args(["-c", write]).arg(file).arg(text).status().unwrap();
    assert!(written.success());
}

/// The script of the nightly backup with an `aduan` of this home, and an `age` that turns each octet round.
fn nightly(home: &Home, tools: &Path, folder: &Path, recipients: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd/aduan-backup");
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let own = format!(
        "#!/bin/sh\nexec {} --config {} \"$@\"\n",
        env!("CARGO_BIN_EXE_aduan"),
        home.config_file().display()
    );
    program(&tools.join("aduan"), &own);
    Command::new("bash").arg(script).args([folder, recipients]).env("PATH", path).output().unwrap()
}

#[test]
fn the_nightly_backup_is_encrypted_or_not_made() {
    let home = Home::new(0).unwrap();
    let office = crate::process::Process::start(&home);
    office.signal(Signal::SIGTERM);
    office.ended();
    let (tools, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let recipients = folder.path().join("recipients");
    let run = || nightly(&home, tools.path(), folder.path(), &recipients);
    let refused = run();
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("age-keygen"), "{refused:?}");
    fs::write(&recipients, "# nobody yet\n").unwrap();
    assert_eq!(run().status.code(), Some(2));
    assert_eq!(names(folder.path()), ["recipients"]);

    let age = "#!/bin/sh\n[ \"$1\" = -R ] && grep -q ^age1 \"$2\" && tr '\\000-\\377' '\\001-\\377\\000'\n";
    program(&tools.path().join("age"), age);
    fs::write(&recipients, "age1qqqq\n").unwrap();
    // Of the month before last: a whole one, and what a run left that was killed.
    for old in ["aduan-20200101-011500.db.age", "aduan-20200102-011500.db.age.part"] {
        let file = fs::File::create(folder.path().join(old)).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    }
    let made = run();
    assert!(made.status.success(), "{made:?}");
    let file = PathBuf::from(String::from_utf8(made.stdout).unwrap().trim_end());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let octets: Vec<u8> =
        fs::read(&file).unwrap().iter().map(|octet| octet.wrapping_sub(1)).collect();
    assert!(octets.starts_with(b"SQLite format 3\0"), "what age was given is a register");

    let name = file.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(names(folder.path()), [name, "recipients".to_owned()]);

    // One that fails leaves nothing that looks like one.
    fs::remove_file(&file).unwrap();
    fs::write(home.path().join("aduan.db"), "this is no register").unwrap();
    assert!(!run().status.success());
    assert_eq!(names(folder.path()), ["recipients"]);
}
