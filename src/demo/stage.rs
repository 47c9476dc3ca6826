//! The stage: modems, phones and daemon in the background, while the story is told in the foreground.

use std::io::{self, BufRead};
use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::{DemoError, Home, Terminal};
use crate::calendar::Zone;
use crate::control::client::Client;
use crate::control::protocol::{Ask, CaseFile, Status, Tell};
use crate::daemon::{self, Daemon};
use crate::simulator::{
    ModemSetup, NetworkOptions, PhoneMessage, Profile, Scenario, Setup, SimCard, Simulation,
    scenario,
};

/// Cards of the two modems.
pub(super) const CARDS: [&str; 2] = ["+6281100000001", "+6281100000002"];

/// Message centre of the network.
const CENTRE: &str = "+62811000000";

/// The phone of whoever types while the office is kept.
const READER: &str = "+6281200009999";

/// How long anything may take: far longer than it does.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often the daemon is asked whether something has come about that it does not announce.
const LOOK: Duration = Duration::from_millis(50);

/// Everything behind the curtain.
pub(super) struct Stage {
    runtime: Runtime,
    pub(super) home: Home,
    pub(super) simulation: Simulation,
    pub(super) zone: Zone,
    people: Vec<(String, String)>,
    /// The card that gets what is typed.
    card: String,
    stop: watch::Sender<bool>,
    daemon: JoinHandle<()>,
}

impl Stage {
    /// Builds the office and starts it; when this returns, both modems are in service.
    pub(super) fn open() -> Result<Self, DemoError> {
        let [card, _] = CARDS;
        let home = Home::new(CARDS.len())?;
        let stage = Self::raise(home, card.to_owned(), |home| Simulation::start(setup(home)))?;
        until("two modems in service", || {
            let Tell::Status(Status { modems, .. }) = stage.ask("joko", &Ask::Status)? else {
                return Some(false);
            };
            Some(modems.iter().all(|modem| modem.state == "ready"))
        })?;
        Ok(stage)
    }

    /// Builds the office of a scenario and starts it; its modems may come or not.
    pub(super) fn of(scenario: &Scenario) -> Result<Self, DemoError> {
        let card = scenario.modems.first().map(|modem| modem.card.number(0)).unwrap_or_default();
        Self::raise(Home::of(scenario)?, card, |home| {
            Simulation::play(scenario.setup(home.path(), Utc::now()), scenario.timetable())
        })
    }

    fn raise(
        home: Home,
        card: String,
        start: impl FnOnce(&Home) -> io::Result<Simulation>,
    ) -> Result<Self, DemoError> {
        if std::env::var_os("ADUAN_LOG").is_some() {
            daemon::log_to_stderr();
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (config, office, doors) = home.open()?;
        let people =
            office.staff.iter().map(|o| (o.id.as_str().to_owned(), o.name.clone())).collect();
        let (zone, entered) = (office.calendar.zone(), runtime.enter());
        leave_nothing_behind(home.path().to_owned())?;
        let simulation = start(&home)?;
        let daemon =
            runtime.block_on(Daemon::open(&config.database, office, config.modems, &doors))?;
        let (stop, stopped) = watch::channel(false);
        let daemon = runtime.spawn(daemon.serve(stopped));
        drop(entered);
        Ok(Self { runtime, home, simulation, zone, people, card, stop, daemon })
    }

    /// What happens next: an event of the timetable, or a message on a phone; `None` when nothing does for so long.
    pub(super) fn next_of_scenario(&self, lull: Duration) -> Option<Happened> {
        let next = async {
            tokio::select! {
                biased;
                event = self.simulation.next_event() => Happened::Event(event),
                message = self.simulation.next_message() => Happened::Received(message),
            }
        };
        self.runtime.block_on(async { tokio::time::timeout(lull, next).await }).ok()
    }

    /// The name of a person of the staff.
    pub(super) fn name(&self, user: &str) -> &str {
        self.people.iter().find(|(known, _)| known == user).map_or("-", |(_, name)| name)
    }

    /// The next message on any phone.
    pub(super) fn next_message(&self) -> Result<PhoneMessage, DemoError> {
        let next = async { tokio::time::timeout(PATIENCE, self.simulation.next_message()).await };
        self.runtime.block_on(next).map_err(|_| DemoError::Missed {
            what: "a message on a phone".to_owned(),
            patience: PATIENCE,
        })
    }

    /// Waits until a ticket looks like this.
    pub(super) fn ticket_until(
        &self,
        number: &str,
        what: &str,
        holds: impl Fn(&CaseFile) -> bool,
    ) -> Result<(), DemoError> {
        let ask = Ask::Show { number: number.to_owned() };
        until(what, || match self.ask("ratna", &ask)? {
            Tell::Show(file) => Some(holds(&file)),
            Tell::Whoami(_)
            | Tell::Status(_)
            | Tell::Inbox { .. }
            | Tell::Board(_)
            | Tell::Story(_)
            | Tell::Found { .. }
            | Tell::Done(_)
            | Tell::Added(_)
            | Tell::Blocked { .. }
            | Tell::Floods { .. }
            | Tell::Known { .. }
            | Tell::Letter(_)
            | Tell::Noted { .. }
            | Tell::Recap(_)
            | Tell::RecapSigned { .. }
            | Tell::Exported { .. }
            | Tell::Queued { .. }
            | Tell::Released { .. }
            | Tell::ModemList { .. }
            | Tell::ModemInfo { .. }
            | Tell::ModemDone { .. }
            | Tell::Revealed { .. }
            | Tell::Marked { .. }
            | Tell::Accesses { .. }
            | Tell::RequestNoted { .. }
            | Tell::Requests { .. }
            | Tell::RequestAnswered { .. }
            | Tell::Affected { .. }
            | Tell::RetentionPlan(_)
            | Tell::RetentionDone(_)
            | Tell::ModemSaid { .. } => Some(false),
        })
    }

    fn ask(&self, user: &str, ask: &Ask) -> Option<Tell> {
        self.runtime.block_on(Client::new(&self.home.socket(user)).ask(ask)).ok()
    }

    /// Goes on until it is stopped: what is typed goes out as a citizen's SMS, and what phones receive is shown.
    pub(super) fn keep(&self, terminal: &mut dyn Terminal) -> Result<(), DemoError> {
        let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("aduan"));
        let (program, home) =
            (program.display().to_string(), self.home.path().display().to_string());
        terminal.tell("demo-kept", &[("program", &program), ("home", &home), ("phone", READER)])?;
        let mut typed = lines_of_stdin();
        loop {
            let event = self.runtime.block_on(async {
                tokio::select! {
                    message = self.simulation.next_message() => Event::Received(message),
                    line = typed.recv() => line.map_or(Event::Silence, Event::Typed),
                }
            });
            match event {
                Event::Received(message) => tell_received(terminal, &message)?,
                Event::Typed(line) if line.trim().is_empty() => {}
                Event::Typed(line) => {
                    if let Err(error) = self.simulation.text(READER, &self.card, &line) {
                        terminal.tell("demo-not-sent", &[("why", &error.to_string())])?;
                    }
                }
                // Nobody types any more: what phones receive is still shown, until a signal ends it.
                Event::Silence => loop {
                    let message = self.runtime.block_on(self.simulation.next_message());
                    tell_received(terminal, &message)?;
                },
            }
        }
    }

    /// Stops the daemon as the service manager would, and takes the stage down.
    pub(super) fn close(self) {
        self.stop.send_replace(true);
        // A daemon that died has nothing more to say: its home goes anyway.
        let _ = self.runtime.block_on(self.daemon);
    }
}

/// Looks until something holds.
fn until(what: &str, holds: impl Fn() -> Option<bool>) -> Result<(), DemoError> {
    let begun = std::time::Instant::now();
    while holds() != Some(true) {
        if begun.elapsed() > PATIENCE {
            return Err(DemoError::Missed { what: what.to_owned(), patience: PATIENCE });
        }
        std::thread::sleep(LOOK);
    }
    Ok(())
}

/// What happens in a scenario.
pub(super) enum Happened {
    /// What the timetable says.
    Event(scenario::Event),
    /// A message came to a phone.
    Received(PhoneMessage),
}

enum Event {
    Received(PhoneMessage),
    Typed(String),
    Silence,
}

/// Tells what came to a phone.
pub(super) fn tell_received(terminal: &mut dyn Terminal, message: &PhoneMessage) -> io::Result<()> {
    let parts = message.parts.to_string();
    let values = [("to", message.to.as_str()), ("text", message.text.as_str()), ("parts", &parts)];
    terminal.tell("demo-received", &values)
}

fn setup(home: &Home) -> Setup {
    let network = NetworkOptions {
        submit_takes: Duration::from_millis(150),
        deliver_takes: Duration::from_millis(50),
        report_after: Duration::from_millis(150),
        ..NetworkOptions::default()
    };
    let families = [Profile::huawei_e1752(), Profile::simcom_4g()];
    let modems = families
        .into_iter()
        .zip(CARDS)
        .enumerate()
        .map(|(index, (profile, card))| ModemSetup {
            profile,
            imei: format!("86123405000001{index}"),
            ..ModemSetup::new(home.port(index), SimCard::new(card, CENTRE))
        })
        .collect();
    Setup { network, modems }
}

/// A signal ends the demo at once, and its folder goes all the same.
fn leave_nothing_behind(folder: PathBuf) -> io::Result<()> {
    /// What shells report of a program that SIGINT ended.
    const INTERRUPTED: i32 = 130;
    let mut stop = daemon::signals()?.stop;
    tokio::spawn(async move {
        if stop.wait_for(|stop| *stop).await.is_ok() {
            // What cannot be removed now is in the system's folder for what is temporary.
            let _ = std::fs::remove_dir_all(folder);
            std::process::exit(INTERRUPTED);
        }
    });
    Ok(())
}

/// Lines from standard input as they are typed; ends with it.
fn lines_of_stdin() -> mpsc::UnboundedReceiver<String> {
    let (tell, told) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                return;
            }
        }
    });
    told
}
