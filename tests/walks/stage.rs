//! An office in office hours, with one modem in a simulated network, and a clock that stands where the page says.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use aduan::clock::{self, Stopped};
use aduan::daemon::Daemon;
use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use chrono::{DateTime, TimeDelta, Utc};
use nix::pty::{Winsize, openpty};
use nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Number of the card in the modem.
const CARD: &str = "+6281100000001";
/// Message centre of the network.
const CENTRE: &str = "+62811000000";
/// How long anything may take before a walk has failed.
const PATIENCE: Duration = Duration::from_mins(3);
/// Columns of the terminals: what a page shows without scrolling.
const COLUMNS: u16 = 96;

/// Office hours and everything else as shipped.
const SETTINGS: &str = r#"[office]
name = "Pemkab Sukamaju"
zone = "WIB"

[database]
path = "aduan.db"

[control]
socket = "aduand.sock"

[[modem]]
name = "modem-1"
path = "modem-1"
"#;

pub struct Stage {
    home: Home,
    simulation: Simulation,
    daemon: (watch::Sender<bool>, JoinHandle<()>),
    clock: Stopped,
    /// Messages on phones that the page has not come to yet.
    unread: BTreeMap<String, VecDeque<String>>,
}

impl Stage {
    pub async fn open(at: DateTime<Utc>) -> Self {
        let clock = clock::stop(at);
        let home = Home::new(1).unwrap();
        fs::write(home.config_file(), SETTINGS).unwrap();
        let holidays = include_str!("../../config/holidays.toml");
        fs::write(home.path().join("holidays.toml"), holidays).unwrap();
        let modem = ModemSetup::new(home.port(0), SimCard::new(CARD, CENTRE));
        let network = NetworkOptions::instant();
        let simulation = Simulation::start(Setup { network, modems: vec![modem] }).unwrap();
        let (config, office, doors) = home.open().unwrap();
        let daemon = Daemon::open(&config.database, office, config.modems, &doors).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let daemon = (stop, tokio::spawn(daemon.serve(stopped)));
        Self { home, simulation, daemon, clock, unread: BTreeMap::new() }
    }

    /// Time passes, once everything has come to rest.
    pub async fn come_to(&mut self, at: DateTime<Utc>) {
        self.rest().await;
        assert!(at >= clock::now(), "no time runs backwards");
        self.clock.set(at);
    }

    /// The next command takes somebody a moment.
    pub async fn a_minute_later(&mut self) {
        self.come_to(clock::now() + TimeDelta::minutes(1)).await;
    }

    /// A citizen sends a text.
    pub async fn says(&mut self, phone: &str, text: &str) {
        self.rest().await;
        self.simulation.text(&international(phone), CARD, text).unwrap();
    }

    /// The next message on a phone.
    pub async fn hears(&mut self, phone: &str) -> String {
        let phone = international(phone);
        loop {
            if let Some(text) = self.unread.get_mut(&phone).and_then(VecDeque::pop_front) {
                return text;
            }
            let next = tokio::time::timeout(PATIENCE, self.simulation.next_message());
            let message = next.await.expect("no message came");
            self.unread.entry(message.to).or_default().push_back(message.text);
        }
    }

    /// An officer types a command at a terminal; what is shown.
    pub async fn types(&mut self, account: &str, command: &str) -> String {
        self.rest().await;
        let words = words(&command.replace("\\\n", " "));
        assert_eq!(words.first().map(String::as_str), Some("aduan"), "{command}");
        // Without a terminal of its own to ask, it takes the width of the one that it writes to.
        let mut aduan = Command::new("setsid");
        aduan.arg(env!("CARGO_BIN_EXE_aduan"));
        aduan.arg("--config").arg(self.home.config_file());
        aduan.arg("--socket").arg(self.home.socket(account)).args(&words[1..]);
        aduan.env_remove("LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES");
        tokio::task::spawn_blocking(move || at_a_terminal(aduan)).await.unwrap()
    }

    /// Waits until nothing is to be sent and no report is awaited.
    async fn rest(&self) {
        let quiet = self.simulation.wait_until(|network| network.poll_timeout().is_none());
        tokio::time::timeout(PATIENCE, quiet).await.expect("a quiet network");
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let mut status = Command::new(env!("CARGO_BIN_EXE_aduan"));
            status.arg("--socket").arg(self.home.socket("sari")).args(["--json", "status"]);
            let output = tokio::task::spawn_blocking(move || status.output().unwrap());
            let told: Value = serde_json::from_slice(&output.await.unwrap().stdout).unwrap();
            let moving = |state: &Value| state[1].as_i64() != Some(0);
            if !told["outbox"].as_array().unwrap().iter().any(moving) {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "{told:#}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The end: nothing has come to a phone that the page does not show.
    pub async fn close(self) {
        self.rest().await;
        let unread: Vec<_> = self.unread.values().flatten().collect();
        assert!(unread.is_empty(), "not on the page: {unread:?}");
        let late = tokio::time::timeout(Duration::ZERO, self.simulation.next_message()).await;
        assert!(late.is_err(), "not on the page: {late:?}");
        self.daemon.0.send_replace(true);
        self.daemon.1.await.unwrap();
    }
}

fn international(phone: &str) -> String {
    phone.strip_prefix('0').map_or_else(|| phone.to_owned(), |digits| format!("+62{digits}"))
}

/// Words as a shell splits them, but for everything else that a shell does.
fn words(command: &str) -> Vec<String> {
    let quoted = command.split('"').enumerate();
    let words = quoted.flat_map(|(place, part)| match place % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// Runs a program whose output is a terminal, until it ends.
fn at_a_terminal(mut command: Command) -> String {
    let size = Winsize { ws_row: 50, ws_col: COLUMNS, ws_xpixel: 0, ws_ypixel: 0 };
    let pty = openpty(Some(&size), None).unwrap();
    let mut settings = tcgetattr(&pty.slave).unwrap();
    cfmakeraw(&mut settings);
    tcsetattr(&pty.slave, SetArg::TCSANOW, &settings).unwrap();
    let errors = pty.slave.try_clone().unwrap();
    command.stdin(Stdio::null()).stdout(pty.slave).stderr(errors);
    let mut child = command.spawn().unwrap();
    // Its ends of the terminal are the program's alone now: it ends with the program.
    drop(command);
    let (mut screen, mut shown) = (File::from(pty.master), Vec::new());
    let mut piece = [0; 4096];
    while let Ok(read @ 1..) = screen.read(&mut piece) {
        shown.extend_from_slice(&piece[..read]);
    }
    child.wait().unwrap();
    String::from_utf8(shown).unwrap()
}
