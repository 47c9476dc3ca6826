//! What `aduand` has in hand when it is told to stop.

use std::time::Duration;

use aduan::control::protocol::{Ask, Tell};
use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Profile, Ruling, Setup, SimCard, Simulation};
use nix::sys::signal::Signal;

use crate::process::{Process, client, employ_me};
use crate::support::{CARD, CENTRE, PATIENCE, simulate};

const PHONE: &str = "+6281200000000";
const OTHER: &str = "+6281200000001";

/// A home with these lines in `[sending]`.
fn home(sending: &str) -> Home {
    let home = Home::new(1).unwrap();
    let settings = std::fs::read_to_string(home.config_file()).unwrap();
    let with = settings.replacen("[sending]\n", &format!("[sending]\n{sending}\n"), 1);
    std::fs::write(home.config_file(), with).unwrap();
    employ_me(&home, "\"petugas\"");
    home
}

/// A network that never says what became of a text, and a modem that waits for it.
fn mute(home: &Home) -> Simulation {
    let profile = Profile { gives_up_after: Duration::from_hours(1), ..Profile::default() };
    let modem = ModemSetup { profile, ..ModemSetup::new(home.port(0), SimCard::new(CARD, CENTRE)) };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let simulation = Simulation::start(setup).unwrap();
    simulation.with_network(|network, _| network.set_rule(|_, _| Ruling::Silence));
    simulation
}

/// Waits until so many texts stand in a state.
async fn until(home: &Home, state: &str, count: i64) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let told = client(home).ask(&Ask::Status).await.unwrap();
        let Tell::Status(status) = told else { panic!("{told:?}") };
        let found = status.outbox.iter().find(|(known, _)| known == state);
        if found.is_some_and(|(_, found)| *found == count) {
            return;
        }
        assert!(tokio::time::Instant::now() < deadline, "{state}: {:?}", status.outbox);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The states of all texts, oldest first, whether the daemon runs or not.
fn states(home: &Home) -> Vec<String> {
    let register = rusqlite::Connection::open(home.path().join("aduan.db")).unwrap();
    let mut statement = register.prepare("SELECT state FROM outbox ORDER BY id").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// A daemon that waits for the network's word on its first text.
async fn sending(home: &Home, simulation: &Simulation) -> Process {
    simulation.text(PHONE, CARD, "DLH # sampah belum diangkut").unwrap();
    let daemon = Process::start(home);
    until(home, "claimed", 1).await;
    daemon
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_amid_a_send_it_waits_for_the_networks_word_and_begins_no_other() {
    let home = home("");
    let slow = NetworkOptions { submit_takes: Duration::from_secs(3), ..NetworkOptions::default() };
    let simulation = simulate(&home, slow);
    simulation.text(OTHER, CARD, "DISHUB # lampu mati").unwrap();
    let lie = simulation.wait_until(|network| network.waiting(CARD) == 0);
    tokio::time::timeout(PATIENCE, lie).await.expect("it lies in the modem");
    let daemon = sending(&home, &simulation).await;
    until(&home, "queued", 1).await;
    daemon.signal(Signal::SIGTERM);
    let last = daemon.ended();
    assert!(last.contains("waiting=1") && last.contains("unknown=0"), "{last}");
    assert_eq!(states(&home), ["sent", "queued"]);
    let daemon = Process::start(&home);
    let both = simulation.wait_until(|network| network.messages().len() == 2);
    tokio::time::timeout(PATIENCE, both).await.expect("the other one");
    // The report on the first one came while nobody listened, or comes now.
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while states(&home) != ["delivered", "delivered"] {
        assert!(tokio::time::Instant::now() < deadline, "{:?}", states(&home));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    daemon.signal(Signal::SIGTERM);
    daemon.ended();
    assert_eq!([PHONE, OTHER].map(|phone| simulation.phone(phone).len()), [1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mute_network_is_waited_for_no_longer_than_is_set_and_the_text_becomes_unknown() {
    let home = home("stop_within = \"1s\"");
    let simulation = mute(&home);
    let daemon = sending(&home, &simulation).await;
    daemon.signal(Signal::SIGTERM);
    daemon.wait_for("did not end in time");
    let last = daemon.ended();
    assert!(last.contains("waiting=0") && last.contains("unknown=1"), "{last}");
    let _daemon = Process::start(&home);
    until(&home, "unknown", 1).await;
    assert_eq!(states(&home), ["unknown"]);
    assert!(!home.path().join("aduan.db-journal").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn told_twice_it_waits_for_nothing_and_leaves_what_a_crash_would() {
    for signals in [[Signal::SIGTERM, Signal::SIGTERM], [Signal::SIGINT, Signal::SIGTERM]] {
        let home = home("");
        let simulation = mute(&home);
        let daemon = sending(&home, &simulation).await;
        daemon.signal(signals[0]);
        daemon.wait_for("told to stop");
        daemon.signal(signals[1]);
        let last = daemon.ended();
        assert!(last.contains("unknown=1"), "{last}");
        assert!(!home.path().join("aduand.sock").exists());
        assert!(!home.path().join("aduan.db-wal").exists(), "it was not closed");
        let _daemon = Process::start(&home);
        until(&home, "unknown", 1).await;
    }
}

#[test]
fn an_interrupt_at_the_terminal_ends_it_like_the_service_manager_does() {
    for signal in [Signal::SIGINT, Signal::SIGHUP, Signal::SIGTERM] {
        let home = home("");
        let daemon = Process::start(&home);
        daemon.signal(signal);
        let last = daemon.ended();
        assert!(last.contains("waiting=0") && last.contains("unknown=0"), "{last}");
        assert!(!home.path().join("aduand.sock").exists());
    }
}
