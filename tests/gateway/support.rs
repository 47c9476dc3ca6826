//! A whole gateway for tests: simulated modems on pseudo-terminals, the real daemon, and the real `aduan` as any of the
//! staff.

use std::fs::File;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use aduan::daemon::Daemon;
use aduan::demo::Home;
use aduan::modem::recovery::Patience;
use aduan::number::TicketNumber;
use aduan::simulator::{
    Faults, Modem, ModemSetup, Network, NetworkOptions, PhoneMessage, Profile, Scenario, Setup,
    SimCard, Simulation,
};
use nix::pty::openpty;
use nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr};
use nix::unistd::ttyname;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Number of the card in the first modem.
pub const CARD: &str = "+6281100000001";
/// Message centre of the network.
pub const CENTRE: &str = "+62811000000";
/// How long anything may take before a test has failed: the network may leave a text two minutes without an answer, and a machine
/// that does other things beside takes its time.
pub const PATIENCE: Duration = Duration::from_mins(5);

/// An office with one modem, and its daemon once it is open.
pub struct Office {
    pub home: Home,
    /// How patient the drivers are.
    patience: Patience,
    daemon: Option<(watch::Sender<bool>, JoinHandle<()>)>,
}

impl Office {
    /// A home whose daemon does not run yet.
    pub fn closed() -> Self {
        Self::with_modems(1)
    }

    /// A home for a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self { home: Home::of(scenario).unwrap(), patience: Patience::default(), daemon: None }
    }

    /// The same with so many modems.
    pub fn with_modems(modems: usize) -> Self {
        Self { home: Home::new(modems).unwrap(), patience: Patience::default(), daemon: None }
    }

    /// More lines for `[sending]`.
    #[must_use]
    pub fn sending(self, lines: &str) -> Self {
        let file = self.home.config_file();
        let settings = std::fs::read_to_string(&file).unwrap();
        let with = settings.replacen("[sending]\n", &format!("[sending]\n{lines}\n"), 1);
        assert_ne!(settings, with);
        std::fs::write(&file, with).unwrap();
        self
    }

    /// More lines for the last `[[modem]]`.
    #[must_use]
    pub fn modem(self, lines: &str) -> Self {
        let file = self.home.config_file();
        let settings = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("{settings}{lines}\n")).unwrap();
        self
    }

    /// The same with drivers that have no minutes to wait.
    #[must_use]
    pub fn hasty(self) -> Self {
        let patience = Patience {
            heartbeat: Duration::from_millis(300),
            pause_min: Duration::from_millis(50),
            pause_max: Duration::from_secs(1),
            rest: Duration::from_millis(500),
            downfall: Duration::from_millis(200),
            ..self.patience
        };
        Self { patience, ..self }
    }

    /// The same with drivers to whom a second without a network is long.
    #[must_use]
    pub fn soon_alarmed(self) -> Self {
        let patience = Patience { outage: Duration::from_secs(1), ..self.patience };
        Self { patience, ..self }
    }

    /// The same with drivers that soon send again after texts of unknown fate.
    #[must_use]
    pub fn resting_for(self, downfall: Duration) -> Self {
        Self { patience: Patience { downfall, ..self.patience }, ..self }
    }

    /// The same with a daemon that runs.
    pub async fn open(mut self) -> Self {
        // To see what happens: ADUAN_LOG=debug cargo test --test gateway NAME -- --nocapture
        if std::env::var_os("ADUAN_LOG").is_some() {
            aduan::daemon::log_to_stderr();
        }
        let (mut config, office, doors) = self.home.open().unwrap();
        config.modems.iter_mut().for_each(|modem| modem.patience = self.patience);
        let daemon = Daemon::open(&config.database, office, config.modems, &doors).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        self.daemon = Some((stop, tokio::spawn(daemon.serve(stopped))));
        self
    }

    /// Stops the daemon as `systemctl stop` does.
    pub async fn close(mut self) -> Self {
        if let Some((stop, daemon)) = self.daemon.take() {
            stop.send_replace(true);
            daemon.await.unwrap();
        }
        self
    }

    /// Its staff.
    pub fn desk(&self) -> Desk<'_> {
        Desk::of(&self.home)
    }
}

/// A running office in a simulated town.
pub struct Gateway {
    pub simulation: Simulation,
    office: Office,
}

impl Gateway {
    /// The register, for what no citizen and no officer can do to it.
    pub fn database(&self) -> std::path::PathBuf {
        self.office.home.path().join("aduan.db")
    }

    /// The office's folder.
    pub fn home(&self) -> &Home {
        &self.office.home
    }

    /// One modem, and a network that takes no time.
    pub async fn start() -> Self {
        let office = Office::closed();
        let simulation = simulate(&office.home, NetworkOptions::instant());
        Self { simulation, office: office.open().await }
    }

    /// A modem of this family with these faults, on a network that takes a moment.
    pub async fn with(profile: Profile, faults: Faults) -> Self {
        let office = Office::closed();
        let card = SimCard::new(CARD, CENTRE);
        let modem = ModemSetup { profile, faults, ..ModemSetup::new(office.home.port(0), card) };
        let setup = Setup { network: NetworkOptions::default(), modems: vec![modem] };
        Self { simulation: Simulation::start(setup).unwrap(), office: office.open().await }
    }

    /// A simulation and the office that is opened on it.
    pub async fn of(simulation: Simulation, office: Office) -> Self {
        Self { simulation, office: office.open().await }
    }

    /// Stops the daemon, as `systemctl stop` does; the town goes on.
    pub async fn close(self) -> (Simulation, Office) {
        (self.simulation, self.office.close().await)
    }

    /// Waits until the network looks like this.
    pub async fn until(&self, what: &str, holds: impl FnMut(&Network) -> bool) {
        let seen = self.simulation.wait_until(holds);
        if tokio::time::timeout(PATIENCE, seen).await.is_err() {
            let status = self.desk().tell("sari", &["status"]).await;
            let first = |modem: &mut Modem, _| (modem.is_sick(), modem.restarts());
            let first = self.simulation.with_modem(0, first);
            panic!("{what}: {status}, first is sick and has restarted: {first:?}\n{}", self.told());
        }
    }

    /// Waits until there are so many tickets, nothing more is to be sent, and nothing is under way in the network; gives the
    /// outbox by state.
    pub async fn settled(&self, tickets: usize) -> Value {
        let all = |inbox: &Value| inbox["tickets"].as_array().unwrap().len() >= tickets;
        let inbox = self.desk().until(&["inbox", "--all"], all).await;
        assert_eq!(inbox["tickets"].as_array().unwrap().len(), tickets, "{inbox:#}");
        let status = self
            .desk()
            .status_until(|status| outbox(status, "queued") + outbox(status, "claimed") == 0)
            .await;
        // What the network took is not yet on a phone.
        self.until("a quiet network", |network| network.poll_timeout().is_none()).await;
        status["outbox"].clone()
    }

    /// Stops the daemon, and starts another one on the same home.
    pub async fn restart(self) -> Self {
        Self { simulation: self.simulation, office: self.office.close().await.open().await }
    }

    /// The next message that reaches a phone.
    pub async fn next_message(&self) -> PhoneMessage {
        tokio::time::timeout(PATIENCE, self.simulation.next_message())
            .await
            .expect("no message came")
    }

    /// Sends a text from a phone, and reads the ticket number in the receipt.
    pub async fn complain(&self, phone: &str, text: &str) -> String {
        self.simulation.text(phone, CARD, text).unwrap();
        let receipt = self.next_message().await;
        assert_eq!(receipt.to, phone, "{receipt:?}");
        TicketNumber::find_in(&receipt.text).expect(&receipt.text).to_string()
    }

    /// The office's side.
    pub fn desk(&self) -> Desk<'_> {
        self.office.desk()
    }

    /// What the register holds of each text, a line each.
    pub fn told(&self) -> String {
        texts(&self.database(), "1")
    }
}

/// The day in the office, which keeps WIB.
pub fn today() -> chrono::NaiveDate {
    (chrono::Utc::now() + chrono::TimeDelta::hours(7)).date_naive()
}

/// How many texts stand in a state of the outbox.
pub fn outbox(status: &Value, state: &str) -> i64 {
    let entries = status["outbox"].as_array().unwrap();
    entries.iter().filter(|entry| entry[0] == state).filter_map(|entry| entry[1].as_i64()).sum()
}

/// The texts of which this holds, a line each.
fn texts(database: &Path, holds: &str) -> String {
    let register = rusqlite::Connection::open(database).unwrap();
    let sql = format!(
        "SELECT outbox.id || ' ' || purpose || ' ' || coalesce (template, '') || ' to ' || recipient || ' ' || outbox.state || ' of '
                || coalesce (outbox.sim, 'any') || ' by ' || coalesce (claimed_by, 'nobody') || ', tries ' || attempts || ', due in '
                || (due_at - unixepoch ()) || ' s, by ' || coalesce (outbox_part.sim, 'none') || ' as '
                || coalesce (mr, 'none') || ': ' || coalesce (error, 'no error')
           FROM outbox LEFT JOIN outbox_part ON outbox_id = outbox.id WHERE {holds} ORDER BY outbox.id"
    );
    let mut texts = register.prepare(&sql).unwrap();
    let lines: Result<Vec<String>, _> = texts.query_map([], |row| row.get(0)).unwrap().collect();
    lines.unwrap().join("\n")
}

/// The staff of a home, each at the real `aduan`.
pub struct Desk<'a> {
    home: &'a Home,
}

impl<'a> Desk<'a> {
    pub fn of(home: &'a Home) -> Self {
        Self { home }
    }

    /// Runs `aduan` as a person of the staff.
    pub async fn aduan(&self, user: &str, arguments: &[&str]) -> Output {
        self.aduan_reading(user, arguments, "").await
    }

    /// The same with something on its standard input.
    pub async fn aduan_reading(&self, user: &str, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
        command.arg("--config").arg(self.home.config_file());
        command.arg("--socket").arg(self.home.socket(user)).args(arguments);
        command.env_remove("LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let input = input.to_owned();
        let run = move || {
            let mut child = command.spawn().unwrap();
            // A command that does not read is no fault of the test.
            let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
            child.wait_with_output().unwrap()
        };
        tokio::task::spawn_blocking(run).await.unwrap()
    }

    /// The same with `--json`; the answer, which must not be a refusal.
    pub async fn tell(&self, user: &str, arguments: &[&str]) -> Value {
        let output = self.aduan(user, &[&["--json"], arguments].concat()).await;
        assert!(output.status.success(), "aduan {arguments:?}: {output:?}");
        serde_json::from_slice(&output.stdout).expect("one JSON object")
    }

    /// A refused command: its code.
    pub async fn refused(&self, user: &str, arguments: &[&str]) -> String {
        let output = self.aduan(user, &[&["--json"], arguments].concat()).await;
        assert_eq!(output.status.code(), Some(1), "aduan {arguments:?}: {output:?}");
        let trouble: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        trouble["code"].as_str().expect("a code").to_owned()
    }

    /// Asks for a ticket until it looks like this.
    pub async fn ticket_until(&self, number: &str, holds: impl Fn(&Value) -> bool) -> Value {
        self.until(&["show", number], holds).await
    }

    /// Asks for the daemon's state until it looks like this.
    pub async fn status_until(&self, holds: impl Fn(&Value) -> bool) -> Value {
        self.until(&["status"], holds).await
    }

    /// Asks until the answer looks like this.
    pub async fn until(&self, arguments: &[&str], holds: impl Fn(&Value) -> bool) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let mut pause = Duration::from_millis(20);
        loop {
            let told = self.tell("sari", arguments).await;
            if holds(&told) {
                return told;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "never came to it: {told}\n{}",
                texts(&self.home.path().join("aduan.db"), "outbox.state <> 'delivered'")
            );
            tokio::time::sleep(pause).await;
            // Each question is a process of its own, and many tests wait at once.
            pause = (pause * 5 / 4).min(Duration::from_millis(250));
        }
    }
}

/// Simulated modems at the ports of a home.
pub fn simulate(home: &Home, network: NetworkOptions) -> Simulation {
    let card = SimCard::new(CARD, CENTRE);
    let modems = vec![ModemSetup::new(home.port(0), card)];
    Simulation::start(Setup { network, modems }).unwrap()
}

/// A raw pseudo-terminal at `port`: the modem's end, and the other end, which whoever keeps it keeps the line up.
pub fn pseudo_terminal(port: &Path) -> (File, OwnedFd) {
    let pty = openpty(None, None).unwrap();
    let mut settings = tcgetattr(&pty.slave).unwrap();
    cfmakeraw(&mut settings);
    tcsetattr(&pty.slave, SetArg::TCSANOW, &settings).unwrap();
    symlink(ttyname(&pty.slave).unwrap(), port).unwrap();
    (File::from(pty.master), pty.slave)
}
