//! `aduan modem probe`: a look at a port, by the real program, before there is a daemon, and while there is one.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use aduan::simulator::{ModemSetup, NetworkOptions, Profile, Setup, SimCard, Simulation};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_serial::{SerialPort, SerialStream};

use crate::support::{CARD, CENTRE, Gateway, Office};

async fn probe(port: &Path) -> (bool, String) {
    probe_in("en", port).await
}

async fn probe_in(language: &str, port: &Path) -> (bool, String) {
    probe_with(&["--lang", language, "modem", "probe"], port).await
}

async fn probe_with(arguments: &[&str], port: &Path) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
    command.args(arguments).arg(port);
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
    assert!(!found && told.contains("try its others") && told.contains("460800"), "{told}");
    let (_, told) = probe_with(&["--lang", "id", "modem", "probe", "--baud", "9600"], &port).await;
    assert!(told.contains("dicoba pada 9600 baud"), "{told}");
    assert!(told.contains("(modem tidak menjawab perintah AT)"), "{told}");
    let (found, told) = probe(Path::new("/nonexistent/port")).await;
    assert!(!found && told.contains("/nonexistent/port is not there"), "{told}");
}

/// A serial modem that was left at this speed: at any other nothing but rubbish is heard, on both sides.
fn left_at(speed: u32, port: &Path) {
    const RUBBISH: &[u8] = b"\xff\xfe\x80\xf8\x00\xe0";
    let (mut modem, line) = SerialStream::pair().unwrap();
    symlink(line.name().unwrap(), port).unwrap();
    tokio::spawn(async move {
        let (mut heard, mut octets) = (Vec::new(), [0; 512]);
        while let Ok(count @ 1..) = modem.read(&mut octets).await {
            // The settings of the line are common to both of its ends.
            if modem.baud_rate().unwrap() != speed {
                heard.clear();
                modem.write_all(RUBBISH).await.unwrap();
                continue;
            }
            heard.extend_from_slice(&octets[..count]);
            while let Some(end) = heard.iter().position(|octet| *octet == b'\r') {
                let said: Vec<u8> = heard.drain(..=end).collect();
                let answer = match String::from_utf8_lossy(&said).trim() {
                    "\u{1b}" => "",
                    "AT+CGMM" => "\r\nMULTIBAND 900E 1800\r\n\r\nOK\r\n",
                    "AT+CPIN?" => "\r\n+CPIN: READY\r\n\r\nOK\r\n",
                    _ => "\r\nOK\r\n",
                };
                modem.write_all(answer.as_bytes()).await.unwrap();
            }
        }
        drop(line);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serial_modem_that_was_left_at_another_speed_is_found_there() {
    let folder = tempfile::tempdir().unwrap();
    for speed in [9600, 19_200] {
        let port = folder.path().join(format!("serial-{speed}"));
        left_at(speed, &port);
        let (found, told) = probe(&port).await;
        assert!(found && told.contains("MULTIBAND"), "{told}");
        assert!(told.contains(&format!("\nbaud = {speed}\n")), "{told}");
        let (found, told) =
            probe_with(&["--lang", "en", "modem", "probe", "--baud", "57600"], &port).await;
        assert!(!found && told.contains("tried at 57600 baud"), "{told}");
    }
}

/// A stick shows several ports; that one of them answers does not make it the right one.
#[tokio::test(flavor = "multi_thread")]
async fn which_port_of_its_stick_it_is_and_which_others_there_are_is_told() {
    for (profile, stick, is_shared) in [
        (Profile::huawei_e1752(), "usb-HUAWEI_Mobile", true),
        (Profile::simcom_4g(), "usb-SimTech_SIM7600", false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let [own, other] =
            ["if0a", "if02"].map(|name| folder.path().join(format!("{stick}-{name}-port0")));
        std::fs::write(&other, "").unwrap();
        let modem =
            ModemSetup { profile, ..ModemSetup::new(own.clone(), SimCard::new(CARD, CENTRE)) };
        let setup = Setup { network: NetworkOptions::instant(), modems: vec![modem] };
        let _simulation = Simulation::start(setup).unwrap();
        let (found, told) = probe(&own).await;
        assert!(found && told.contains("interface 10 of its stick"), "{told}");
        assert!(told.contains(other.to_str().unwrap()), "{told}");
        assert_eq!(
            told.contains("show incoming messages at one of them only"),
            is_shared,
            "{told}"
        );
        let (_, told) = probe_in("id", &own).await;
        assert!(told.contains("antarmuka 10 dari modem ini"), "{told}");
    }
}
