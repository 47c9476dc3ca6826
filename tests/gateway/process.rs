//! `aduand` as a process: who it is refused to, how it starts and does not start, and what a kill leaves behind.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};

use crate::support::{CARD, PATIENCE, simulate};
use aduan::control::client::{AskError, Client};
use aduan::control::protocol::{Ask, Tell};
use aduan::demo::Home;
use aduan::number::TicketNumber;
use aduan::simulator::{NetworkOptions, Simulation, Status};
use aduan::sms::hex;
use nix::sys::signal::Signal;
use nix::unistd::{Pid, Uid, User};

/// A daemon as the service manager would run it, killed when dropped.
pub struct Process {
    child: Child,
    log: Receiver<String>,
}

impl Process {
    /// Starts `aduand` on a home and waits until it is ready.
    pub fn start(home: &Home) -> Self {
        let process = Self::launch(home);
        process.wait_for(" ready");
        process
    }

    pub fn launch(home: &Home) -> Self {
        Self::run(command(home))
    }

    /// The same by another command.
    pub fn run(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (tell, log) = channel();
        std::thread::spawn(move || {
            // The whole log is read, lest the daemon waits for a reader; the test may have ended before.
            lines.map_while(Result::ok).for_each(|line| drop(tell.send(line)));
        });
        Self { child, log }
    }

    /// The next line of the log that says this.
    pub fn wait_for(&self, words: &str) -> String {
        loop {
            let line = self.log.recv_timeout(PATIENCE).expect(words);
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Signals it.
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.id().try_into().unwrap());
        nix::sys::signal::kill(pid, signal).unwrap();
    }

    /// Waits for its end after a signal: that it calls it a success, and what it says at last.
    pub fn ended(mut self) -> String {
        let status = self.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{status:?}");
        self.wait_for(" stopped")
    }

    /// Waits for its end after a signal; everything that it has said and nobody has looked at.
    pub fn last_words(mut self) -> String {
        self.child.wait().unwrap();
        self.log.iter().collect::<Vec<_>>().join("\n")
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `aduand` on a home.
pub fn command(home: &Home) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aduand"));
    command.arg("--config").arg(home.config_file()).env_remove("ADUAN_LOG").stdin(Stdio::null());
    command
}

/// An `aduand` that must not start: what it says.
fn refused(home: &Home) -> String {
    let output: Output = command(home).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The account that runs this test, as one of the staff.
pub fn employ_me(home: &Home, roles: &str) {
    let me = User::from_uid(Uid::current()).unwrap().expect("an account").name;
    let staff = format!("[[officer]]\nuser = \"{me}\"\nname = \"Saya\"\nroles = [{roles}]\n");
    fs::write(home.path().join("staff.toml"), staff).unwrap();
}

pub fn client(home: &Home) -> Client {
    Client::new(&home.path().join("aduand.sock"))
}

async fn tickets(home: &Home) -> Vec<String> {
    let told = client(home).ask(&Ask::Inbox { all: true }).await.unwrap();
    let Tell::Inbox { tickets, .. } = told else { panic!("{told:?}") };
    tickets.into_iter().map(|line| line.number).collect()
}

/// Texts that are still to be sent.
async fn in_the_outbox(home: &Home) -> i64 {
    let told = client(home).ask(&Ask::Status).await.unwrap();
    let Tell::Status(status) = told else { panic!("{told:?}") };
    let moving = |state: &str| matches!(state, "queued" | "claimed");
    status.outbox.iter().filter(|(state, _)| moving(state)).map(|(_, count)| count).sum()
}

async fn receipts(simulation: &Simulation, phones: &[String]) -> Vec<String> {
    let all = simulation.wait_until(|network| {
        phones.iter().all(|phone| network.messages_of(phone).next().is_some())
    });
    tokio::time::timeout(PATIENCE, all).await.expect("not every receipt came");
    phones.iter().map(|phone| simulation.phone(phone)[0].text.clone()).collect()
}

fn phones(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("+62812{index:08}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kernel_says_who_asks() {
    let home = Home::new(1).unwrap();
    let _simulation = simulate(&home, NetworkOptions::instant());
    employ_me(&home, "\"ketua\", \"pengarah\"");
    let daemon = Process::start(&home);
    let Tell::Whoami(person) = client(&home).ask(&Ask::Whoami).await.unwrap() else { panic!() };
    assert_eq!((person.name.as_str(), person.roles.len()), ("Saya", 2));
    daemon.kill();

    // Without a place on the staff even root is nobody.
    fs::write(home.path().join("staff.toml"), "").unwrap();
    let _daemon = Process::start(&home);
    let refusal = client(&home).ask(&Ask::Whoami).await.unwrap_err();
    assert!(
        matches!(&refusal, AskError::Trouble(trouble) if trouble.code == "UNKNOWN_CALLER"),
        "{refusal}"
    );
}

/// `DLH # sampah` from +628123456789 of the year 2020, as a modem stores it.
const OLD: &str = "00040C9126183254769800000211524051__820C4426123402CDC36D78180D";

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_a_new_card_is_looked_at_makes_no_tickets_of_what_it_brought_along() {
    let home = Home::new(1).unwrap();
    let settings = fs::read_to_string(home.config_file()).unwrap();
    fs::write(home.config_file(), format!("{settings}found = \"leave\"\n")).unwrap();
    let simulation = simulate(&home, NetworkOptions::instant());
    for second in ["01", "11", "21"] {
        let pdu = hex::decode(&OLD.replace("__", second)).unwrap();
        simulation.with_modem(0, |modem, _| assert!(modem.keep("SM", Status::Read, &pdu)));
    }
    employ_me(&home, "\"petugas\"");
    let phones = phones(2);
    for phone in &phones {
        let daemon = Process::launch(&home);
        daemon.wait_for("looked at, and left");
        // It is announced to a daemon that will not live to look at it.
        simulation.text(phone, CARD, "DLH # sampah belum diangkut").unwrap();
        daemon.kill();
    }
    let _daemon = Process::start(&home);
    receipts(&simulation, &phones).await;
    assert_eq!(tickets(&home).await.len(), 2);
    assert_eq!(simulation.with_modem(0, |modem, _| modem.stored("MT")), Some(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_at_any_moment_loses_nothing_and_opens_nothing_twice() {
    const ROUNDS: usize = 6;
    let phones = phones(120);
    let home = Home::new(1).unwrap();
    let simulation = simulate(&home, NetworkOptions::default());
    employ_me(&home, "\"petugas\"");
    for batch in phones.chunks(phones.len() / ROUNDS) {
        let daemon = Process::start(&home);
        for phone in batch {
            simulation.text(phone, CARD, "DISHUB # lampu jalan mati, mohon diperbaiki").unwrap();
        }
        // In the midst of it: some of the batch are answered, and some are not.
        let some = simulation.wait_until(|network| {
            batch.iter().filter(|phone| network.accepted(phone) > 0).count() > batch.len() / 4
        });
        tokio::time::timeout(PATIENCE, some).await.expect("nobody was answered");
        daemon.kill();
    }
    let _daemon = Process::start(&home);
    // A receipt whose fate is unknown is not sent again: what is counted is that the citizen's words are there, once.
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while tickets(&home).await.len() < phones.len() {
        assert!(tokio::time::Instant::now() < deadline, "{} tickets", tickets(&home).await.len());
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let numbers = tickets(&home).await;
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), phones.len());
    while in_the_outbox(&home).await > 0 {
        assert!(tokio::time::Instant::now() < deadline, "the outbox does not drain");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let answered = phones.iter().filter(|phone| !simulation.phone(phone).is_empty()).count();
    let twice: Vec<_> = phones.iter().filter(|phone| simulation.phone(phone).len() > 1).collect();
    assert!(twice.is_empty(), "answered twice: {twice:?}");
    // One message at most is in hand at each kill.
    assert!(answered + ROUNDS >= phones.len(), "{answered} answered of {}", phones.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_finishes_and_leaves_no_socket() {
    let home = Home::new(1).unwrap();
    let simulation = simulate(&home, NetworkOptions::instant());
    employ_me(&home, "\"petugas\"");
    let daemon = Process::start(&home);
    let phone = phones(1);
    simulation.text(&phone[0], CARD, "DLH # sampah belum diangkut").unwrap();
    let receipt = receipts(&simulation, &phone).await.remove(0);
    assert!(TicketNumber::find_in(&receipt).is_some(), "{receipt}");
    daemon.signal(Signal::SIGTERM);
    daemon.ended();
    assert!(!home.path().join("aduand.sock").exists());
    // Closed properly, the database is one file.
    assert!(!home.path().join("aduan.db-wal").exists());
}

#[test]
fn a_missing_port_is_named_once_and_waited_for() {
    let home = Home::new(1).unwrap();
    let daemon = Process::launch(&home);
    let line = daemon.wait_for("not there; waiting for it");
    assert!(line.contains("WARN") && line.contains("modem-1"), "{line}");
}

#[test]
fn the_database_is_for_the_daemon_alone() {
    let home = Home::new(0).unwrap();
    let _daemon = Process::start(&home);
    let mode = |name: &str| fs::metadata(home.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("aduan.db") & 0o077, 0);
    assert_eq!(mode("aduand.sock") & 0o777, 0o660);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_database_and_one_socket_have_one_daemon_and_it_goes_on() {
    let home = Home::new(1).unwrap();
    let simulation = simulate(&home, NetworkOptions::instant());
    employ_me(&home, "\"petugas\"");
    let daemon = Process::start(&home);
    let phones = phones(2);
    simulation.text(&phones[0], CARD, "DLH # sampah belum diangkut").unwrap();
    receipts(&simulation, &phones[..1]).await;
    let holder = format!("another aduand (process {})", daemon.id());
    let says = refused(&home);
    let answers = format!("{holder} answers at");
    assert!(says.contains(&answers) && says.contains("stop it first"), "{says}");
    let text = fs::read_to_string(home.config_file()).unwrap();
    fs::write(home.config_file(), text.replace("aduand.sock", "other.sock")).unwrap();
    let says = refused(&home);
    assert!(says.contains(&format!("is in use by {holder}")), "{says}");
    assert!(!home.path().join("other.sock").exists());
    // Whoever was first receives, answers and is asked as before.
    simulation.text(&phones[1], CARD, "DLH # sampah belum diangkut").unwrap();
    receipts(&simulation, &phones).await;
    assert_eq!(tickets(&home).await.len(), 2);
    daemon.signal(Signal::SIGTERM);
    let last = daemon.ended();
    assert!(last.contains("unknown=0"), "{last}");
}

#[test]
fn what_it_cannot_start_on_is_said_and_left_alone() {
    let home = Home::new(0).unwrap();
    let settings = fs::read_to_string(home.config_file()).unwrap();
    for (from, to, says) in [
        ("[office]", "[office]\nnmae = \"x\"", "line 2, column 1"),
        ("path = \"aduan.db\"", "path = \"nowhere/aduan.db\"", "check that the directory exists"),
        ("socket = \"aduand.sock\"", "socket = \"nowhere/a.sock\"", "nowhere"),
        ("name = \"Pemkab Sukamaju\"", "name = \"Pemerintah Kabupaten Sukamaju\"", "templates.tsv"),
    ] {
        fs::write(home.config_file(), settings.replacen(from, to, 1)).unwrap();
        let error = refused(&home);
        assert!(error.contains(says), "{to}: {error}");
    }
    fs::write(home.config_file(), &settings).unwrap();
    fs::write(home.path().join("units.tsv"), "code\tname\n").unwrap();
    assert!(refused(&home).contains("units.tsv"));
    fs::remove_file(home.config_file()).unwrap();
    assert!(refused(&home).contains("aduan.toml"));
    assert!(!home.path().join("aduand.sock").exists());
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let home = Home::new(0).unwrap();
    let file = home.path().join("aduan.db");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let before = fs::read(&file).unwrap();
    let says = refused(&home);
    assert!(
        says.contains("schema version 999") && says.contains("install the newer version"),
        "{says}"
    );
    assert!(fs::read(&file).unwrap() == before, "the file was changed");
}

#[test]
fn wrong_arguments_are_a_usage_error() {
    let output = Command::new(env!("CARGO_BIN_EXE_aduand")).arg("--confgi").output().unwrap();
    assert_eq!(output.status.code(), Some(64), "{output:?}");
}
