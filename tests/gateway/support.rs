//! A whole gateway for tests: simulated modems on pseudo-terminals, the real daemon, and the real `aduan` as any of the
//! staff.

use std::process::{Command, Output};
use std::time::Duration;

use aduan::daemon::Daemon;
use aduan::demo::Home;
use aduan::number::TicketNumber;
use aduan::simulator::{ModemSetup, NetworkOptions, PhoneMessage, Setup, SimCard, Simulation};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Number of the card in the first modem.
pub const CARD: &str = "+6281100000001";
/// Message centre of the network.
pub const CENTRE: &str = "+62811000000";
/// How long anything may take before a test has failed.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A running office.
pub struct Gateway {
    pub home: Home,
    pub simulation: Simulation,
    stop: watch::Sender<bool>,
    daemon: JoinHandle<()>,
}

impl Gateway {
    /// One modem, and a network that takes no time.
    pub async fn start() -> Self {
        let home = Home::new(1).unwrap();
        let simulation = simulate(&home, NetworkOptions::instant());
        let (stop, daemon) = serve(&home).await;
        Self { home, simulation, stop, daemon }
    }

    /// Stops the daemon as `systemctl stop` does, and starts another one on the same home.
    pub async fn restart(&mut self) {
        self.stop.send_replace(true);
        (&mut self.daemon).await.unwrap();
        (self.stop, self.daemon) = serve(&self.home).await;
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
        Desk::of(&self.home)
    }
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
        let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
        command.arg("--config").arg(self.home.config_file());
        command.arg("--socket").arg(self.home.socket(user)).args(arguments);
        command.env_remove("LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES");
        tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap()
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

    async fn until(&self, arguments: &[&str], holds: impl Fn(&Value) -> bool) -> Value {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let told = self.tell("sari", arguments).await;
            if holds(&told) {
                return told;
            }
            assert!(tokio::time::Instant::now() < deadline, "never came to it: {told:#}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Simulated modems at the ports of a home.
pub fn simulate(home: &Home, network: NetworkOptions) -> Simulation {
    let card = SimCard::new(CARD, CENTRE);
    let modems = vec![ModemSetup::new(home.port(0), card)];
    Simulation::start(Setup { network, modems }).unwrap()
}

async fn serve(home: &Home) -> (watch::Sender<bool>, JoinHandle<()>) {
    let (config, office, doors) = home.open().unwrap();
    let daemon = Daemon::open(&config.database, office, config.modems, &doors).await.unwrap();
    let (stop, stopped) = watch::channel(false);
    (stop, tokio::spawn(daemon.serve(stopped)))
}
