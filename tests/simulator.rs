//! Simulated modems on pseudo-terminals, as a driver meets them.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail as tests do"
)]

use std::os::fd::AsRawFd;
use std::path::Path;
use std::time::Duration;

use aduan::simulator::{
    Modem, ModemSetup, NetworkOptions, Profile, Reach, Scenario, Setup, SimCard, Simulation,
};
use aduan::sms::{self, Incoming, Options, Outcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_serial::{SerialPortBuilderExt, SerialStream};

const CARD: &str = "+6281100001111";
const CITIZEN: &str = "+6281234567890";
/// Far beyond what anything here takes; only a hang meets it.
const PATIENCE: Duration = Duration::from_secs(20);

fn simulation(folder: &Path) -> Simulation {
    let card = SimCard::new(CARD, "+62811000000");
    let modem = ModemSetup::new(folder.join("modem-1"), card);
    Simulation::start(Setup { network: NetworkOptions::instant(), modems: vec![modem] }).unwrap()
}

/// The simplest driver there is: it writes, and reads until it has seen what it waits for.
struct Driver {
    port: SerialStream,
    heard: String,
}

impl Driver {
    fn open(folder: &Path) -> Self {
        let path = folder.join("modem-1");
        let port = tokio_serial::new(path.to_string_lossy(), 115_200).open_native_async().unwrap();
        Self { port, heard: String::new() }
    }

    async fn say(&mut self, words: &str) {
        self.port.write_all(words.as_bytes()).await.unwrap();
    }

    /// What came up to and with `words`; nothing when the modem went away before.
    async fn hear(&mut self, words: &str) -> Option<String> {
        tokio::time::timeout(PATIENCE, async {
            let mut octets = [0; 1024];
            loop {
                if let Some(end) = self.heard.find(words).map(|start| start + words.len()) {
                    return Some(self.heard.drain(..end).collect());
                }
                match self.port.read(&mut octets).await {
                    Ok(0) | Err(_) => return None,
                    Ok(count) => {
                        self.heard.push_str(std::str::from_utf8(&octets[..count]).unwrap());
                    }
                }
            }
        })
        .await
        .unwrap_or_else(|_| panic!("{words:?} never came, only {:?}", self.heard))
    }

    async fn ask(&mut self, command: &str) -> String {
        self.say(&format!("{command}\r")).await;
        self.hear("\r\nOK\r\n").await.unwrap()
    }
}

async fn patiently<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.unwrap()
}

#[tokio::test]
async fn a_driver_sends_and_receives_over_the_link() {
    let folder = tempfile::tempdir().unwrap();
    let simulation = simulation(folder.path());
    let mut driver = Driver::open(folder.path());
    assert_eq!(driver.ask("AT").await, "AT\r\r\nOK\r\n");
    driver.ask("ATE0+CMEE=1;+CNMI=2,1,0,1,0").await;

    simulation.text(CITIZEN, CARD, "Lampu jalan mati").unwrap();
    driver.hear("+CMTI: \"ME\",0\r\n").await.unwrap();
    let answer = driver.ask("AT+CMGR=0").await;
    let pdu = sms::hex::decode(answer.lines().nth(2).unwrap()).unwrap();
    let (_, tpdu) = sms::split_smsc(&pdu).unwrap();
    let Incoming::Deliver(deliver) = Incoming::decode(tpdu).unwrap() else { panic!("{tpdu:?}") };
    assert_eq!(
        (deliver.originator.number(), deliver.text().as_deref()),
        (CITIZEN, Some("Lampu jalan mati"))
    );
    driver.ask("AT+CMGD=0").await;

    let to = sms::Address::international(CITIZEN).unwrap();
    let options = Options { status_report: true, ..Options::default() };
    for submit in sms::compose(&to, "Terima kasih, nomor P26-00001-8", &options).unwrap() {
        let tpdu = submit.encode().unwrap();
        driver.say(&format!("AT+CMGS={}\r", tpdu.len())).await;
        driver.hear("> ").await.unwrap();
        driver.say(&format!("00{}\u{1a}", sms::hex::encode(&tpdu))).await;
        driver.hear("+CMGS: 0\r\n\r\nOK\r\n").await.unwrap();
    }
    let message = patiently(simulation.next_message()).await;
    assert_eq!(
        (message.to.as_str(), message.from.as_str(), message.text.as_str(), message.parts),
        (CITIZEN, CARD, "Terima kasih, nomor P26-00001-8", 1)
    );
    driver.hear("+CDS: ").await.unwrap();
    let report = driver.hear("\r\n").await.unwrap() + &driver.hear("\r\n").await.unwrap();
    let pdu = sms::hex::decode(report.lines().nth(1).unwrap()).unwrap();
    let (_, tpdu) = sms::split_smsc(&pdu).unwrap();
    let Incoming::StatusReport(report) = Incoming::decode(tpdu).unwrap() else {
        panic!("{tpdu:?}")
    };
    assert_eq!((report.message_reference, report.status.outcome()), (0, Outcome::Delivered));
}

#[tokio::test]
async fn a_port_can_be_closed_and_opened_again_at_once_and_often() {
    let folder = tempfile::tempdir().unwrap();
    let _simulation = simulation(folder.path());
    for round in 0..50 {
        let mut driver = Driver::open(folder.path());
        driver.ask("AT").await;
        if round % 2 == 0 {
            // Gone while an answer is on its way.
            driver.say("AT+CGMI\r").await;
        }
    }
}

#[tokio::test]
async fn a_driver_that_was_killed_locks_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let simulation = simulation(folder.path());
    for _ in 0..5 {
        let mut driver = Driver::open(folder.path());
        driver.ask("AT").await;
        // The system closes what a killed process had open, and nobody takes back its TIOCEXCL. (It binds all but root.)
        let descriptor = driver.port.as_raw_fd();
        std::mem::forget(driver);
        nix::unistd::close(descriptor).unwrap();
        let link = folder.path().join("modem-1");
        patiently(async {
            while std::fs::File::open(&link).is_err() {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
    drop(simulation);
}

#[tokio::test]
async fn a_driver_hears_notices_before_it_has_said_anything() {
    let folder = tempfile::tempdir().unwrap();
    let simulation = simulation(folder.path());
    let mut driver = Driver::open(folder.path());
    simulation.with_modem(0, |modem, now| modem.ring(CITIZEN, 1, now)).unwrap();
    driver.hear("RING").await.unwrap();
}

#[tokio::test]
async fn an_unplugged_modem_has_no_link_and_comes_back_under_the_same_one() {
    let folder = tempfile::tempdir().unwrap();
    let simulation = simulation(folder.path());
    let link = folder.path().join("modem-1");
    let mut driver = Driver::open(folder.path());
    driver.ask("ATE0").await;
    simulation.unplug(0);
    assert!(link.symlink_metadata().is_err());
    assert_eq!(driver.hear("anything").await, None);
    drop(driver);
    simulation.plug_in(0);
    let mut driver = Driver::open(folder.path());
    driver.hear("SMS DONE\r\n").await.unwrap();
    assert_eq!(driver.ask("AT").await, "AT\r\r\nOK\r\n", "a restart forgets ATE0");
    drop(simulation);
    assert!(link.symlink_metadata().is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_restart_that_leaves_the_bus_takes_the_port_away_and_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut modem = ModemSetup::new(folder.path().join("modem-1"), SimCard::new(CARD, ""));
    modem.profile = Profile::huawei_e1752();
    let simulation =
        Simulation::start(Setup { network: NetworkOptions::default(), modems: vec![modem] })
            .unwrap();
    let mut driver = Driver::open(folder.path());
    driver.ask("AT").await;
    driver.say("AT+CFUN=1,1\r").await;
    assert_eq!(driver.hear("^SIMST").await, None);
    drop(driver);
    patiently(async {
        while simulation.with_modem(0, |modem, _| modem.is_present()) != Some(true) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut driver = Driver::open(folder.path());
    driver.hear("^SIMST:1").await.unwrap();
}

#[tokio::test]
async fn a_driver_that_does_not_read_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut modems = Vec::new();
    for place in 1..=2 {
        let number = format!("+628110000111{place}");
        let link = folder.path().join(format!("modem-{place}"));
        modems.push(ModemSetup::new(link, SimCard::new(&number, "")));
    }
    let simulation =
        Simulation::start(Setup { network: NetworkOptions::instant(), modems }).unwrap();
    let mut deaf = Driver::open(folder.path());
    for _ in 0..10_000 {
        // Longer than the buffers of the terminal and of the port together.
        deaf.say("AT+CGMI;+CGMM;+CGMR;+CGSN\r").await;
    }
    let link = folder.path().join("modem-2");
    let port = tokio_serial::new(link.to_string_lossy(), 115_200).open_native_async().unwrap();
    let mut other = Driver { port, heard: String::new() };
    assert_eq!(other.ask("AT").await, "AT\r\r\nOK\r\n");
    drop(simulation);
    while deaf.hear("never said").await.is_some() {}
}

#[tokio::test]
async fn something_else_under_the_name_of_a_link_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("modem-1");
    std::fs::write(&link, "mine").unwrap();
    let modem = ModemSetup::new(&link, SimCard::new(CARD, ""));
    let started =
        Simulation::start(Setup { network: NetworkOptions::default(), modems: vec![modem] });
    assert_eq!(started.unwrap_err().kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&link).unwrap(), b"mine");
}

#[tokio::test]
async fn a_phone_that_is_switched_on_gets_what_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let simulation = simulation(folder.path());
    simulation.with_network(|network, now| network.set_reach(CITIZEN, Reach::Off, now));
    let mut driver = Driver::open(folder.path());
    driver.ask("ATE0").await;
    let to = sms::Address::international(CITIZEN).unwrap();
    let long = "Pengaduan Bapak/Ibu sudah ditindaklanjuti. ".repeat(6);
    for submit in sms::compose(&to, &long, &Options::default()).unwrap() {
        let tpdu = submit.encode().unwrap();
        driver.say(&format!("AT+CMGS={}\r", tpdu.len())).await;
        driver.hear("> ").await.unwrap();
        driver.say(&format!("00{}\u{1a}", sms::hex::encode(&tpdu))).await;
        driver.hear("OK\r\n").await.unwrap();
    }
    patiently(simulation.wait_until(|network| network.accepted(CITIZEN) == 2)).await;
    assert_eq!(simulation.phone(CITIZEN), []);
    simulation.with_network(|network, now| network.set_reach(CITIZEN, Reach::On, now));
    let message = patiently(simulation.next_message()).await;
    assert_eq!((message.text, message.parts), (long, 2));
    assert_eq!(simulation.with_modem(0, |modem, _| modem.is_reachable()), Some(true));
    assert_eq!(simulation.with_modem(7, |_: &mut Modem, _| ()), None);
}

#[tokio::test]
async fn a_stick_comes_back_under_another_number_or_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = Scenario::read(
        r#"[[modem]]
name = "stick"
[[event]]
at = "100ms"
do.unplug = "stick"
[[event]]
at = "200ms"
do.replug = { modem = "stick", renumbered = true }
[[event]]
at = "300ms"
do.replug = { modem = "stick", port = "elsewhere" }
"#,
    )
    .unwrap();
    let setup = scenario.setup(folder.path(), chrono::Utc::now());
    let simulation = Simulation::play(setup, scenario.timetable()).unwrap();
    let target = |name: &str| std::fs::read_link(folder.path().join(name)).ok();
    let first = target("stick");
    let mut later = Vec::new();
    for _ in 0..3 {
        patiently(simulation.next_event()).await;
        later.push(target("stick"));
    }
    assert!(first.is_some() && !later.contains(&first), "{first:?}, then {later:?}");
    assert!(simulation.is_over());
    assert_eq!((target("stick"), target("elsewhere").is_some()), (None, true));
}
