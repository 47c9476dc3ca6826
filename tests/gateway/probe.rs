//! `aduan modem probe`: a look at a port, by the real program, before there is a daemon, and while there is one.

use std::path::Path;
use std::process::Command;

use aduan::simulator::{ModemSetup, NetworkOptions, Profile, Setup, SimCard, Simulation};

use crate::support::{CARD, CENTRE, Gateway, Office};

async fn probe(port: &Path) -> (bool, String) {
    probe_in("en", port).await
}

async fn probe_in(language: &str, port: &Path) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
    command.args(["--lang", language, "modem", "probe"]).arg(port);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(told).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_tells_its_modem_and_what_to_write_and_serves_afterwards() {
    let office = Office::closed();
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup {
        profile: Profile::huawei_e1752(),
        ..ModemSetup::new(office.home.port(0), card)
    };
    let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
    let simulation = Simulation::start(setup).unwrap();
    let port = office.home.port(0);
    let (found, told) = probe(&port).await;
    assert!(found, "{told}");
    for word in ["huawei E1752", "Card: ready", "registered", "[[modem]]"] {
        assert!(told.contains(word), "{word} in {told}");
    }
    assert!(told.contains(&port.display().to_string()), "{told}");
    assert!(!told.contains(CARD), "{told}");
    let office = Gateway::of(simulation, office).await;
    office.complain("+6281234567890", "DISHUB # lampu mati").await;
    // Now the daemon has it.
    let (found, told) = probe(&port).await;
    assert!(!found && told.contains("is in use by the program"), "{told}");
    let (_, told) = probe_in("id", &port).await;
    assert!(told.contains("sedang dipakai program"), "{told}");
    office.settled(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_where_nobody_answers_is_told_with_what_to_try() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("mute");
    let _mute = crate::support::pseudo_terminal(&port);
    let (found, told) = probe(&port).await;
    assert!(!found && told.contains("try its others"), "{told}");
    let (_, told) = probe_in("id", &port).await;
    assert!(told.contains("(modem tidak menjawab perintah AT)"), "{told}");
    let (found, told) = probe(Path::new("/nonexistent/port")).await;
    assert!(!found && told.contains("/nonexistent/port is not there"), "{told}");
}
