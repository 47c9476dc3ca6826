//! Recordings of the line: what happened can be told from them, and nothing about the citizen.

use std::fs;

use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use aduan::sms::{Address, encode_gsm7, encode_smsc, hex, pack};

use crate::support::{CARD, CENTRE, Desk, Gateway, Office, PATIENCE, simulate};

const PHONE: &str = "+6281234567890";
const TEXT: &str = "DISHUB # lampu lalu lintas mati di Simpang Pasar";

/// An office whose only modem is set so.
fn office(settings: &str) -> Office {
    let office = Office::closed();
    let file = office.home.config_file();
    let text = fs::read_to_string(&file).unwrap();
    // The block of the modem ends the file.
    fs::write(&file, format!("{text}{settings}\n")).unwrap();
    office
}

fn recordings(office: &Office) -> Vec<(String, String)> {
    let Ok(files) = fs::read_dir(office.home.path().join("recordings")) else { return Vec::new() };
    let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| fs::read_to_string(file).unwrap();
    files.iter().map(|file| (file.to_string_lossy().into_owned(), read(file))).collect()
}

/// The only recording, once it says this: it is written beside the modem's work.
async fn recording(office: &Office, says: &str) -> (String, String) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let [one] = recordings(office).try_into().unwrap_or_default();
        if one.1.contains(says) {
            return one;
        }
        assert!(tokio::time::Instant::now() < deadline, "never recorded {says:?}: {}", one.1);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

async fn replayed(office: &Office, file: &str) -> (Option<i32>, String) {
    let output = Desk::of(&office.home).aduan("sari", &["--lang", "en", "replay", file]).await;
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// How the number's end and the complaint's text look in a PDU: swapped digits, and septets.
fn in_a_pdu() -> [String; 2] {
    let number = encode_smsc(Some(&Address::international(PHONE).unwrap()));
    let text = pack(&encode_gsm7(TEXT).unwrap(), 0);
    [hex::encode(&number[4..]), hex::encode(&text)]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_tells_the_story_without_number_and_text() {
    let office = office("record = \"recordings\"");
    let simulation = simulate(&office.home, NetworkOptions::instant());
    let gateway = Gateway::of(simulation, office).await;
    gateway.complain(PHONE, TEXT).await;
    gateway.settled(1).await;
    let (_simulation, office) = gateway.close().await;
    let (file, text) = recording(&office, "+CMGS: ").await;
    let [number, said] = in_a_pdu();
    for secret in [&PHONE[5..], number.as_str(), said.as_str(), "lampu", "Simpang"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let (code, story) = replayed(&office, &file).await;
    assert_eq!(code, Some(0), "{story}");
    for told in [
        "AT+CMGF: OK",
        "A message from +6281000000000 at ",
        ": xxxxx",
        "A message to +6281000000000",
        "the network took the message, reference ",
        " 0 without an end",
    ] {
        assert!(story.contains(told), "{told}: {story}");
    }
    // The engine writes in the replay what it wrote on the line.
    assert!(!story.contains("here the engine writes"), "{story}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_recording_holds_everything_but_the_pin() {
    let office = office("record = \"recordings\"\nrecord_plain = true\npin_file = \"pin\"");
    fs::write(office.home.path().join("pin"), "4711\n").unwrap();
    let card = SimCard::new(CARD, CENTRE).with_pin("4711", "12345678");
    let modems = vec![ModemSetup::new(office.home.port(0), card)];
    let simulation =
        Simulation::start(Setup { network: NetworkOptions::instant(), modems }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    gateway.complain(PHONE, TEXT).await;
    gateway.settled(1).await;
    let (_simulation, office) = gateway.close().await;
    let (file, text) = recording(&office, "+CMGS: ").await;
    assert!(text.contains("AT+CPIN=\"****\"") && !text.contains("\"4711\""), "{text}");
    assert!(text.contains(&in_a_pdu()[0]), "{text}");
    let (code, story) = replayed(&office, &file).await;
    assert_eq!(code, Some(0), "{story}");
    assert!(story.contains(&format!("A message from {PHONE}")) && story.contains(TEXT), "{story}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_written_stops_no_modem() {
    let office = office("record = \"aduan.toml/recordings\"");
    let simulation = simulate(&office.home, NetworkOptions::instant());
    let gateway = Gateway::of(simulation, office).await;
    gateway.complain(PHONE, TEXT).await;
}
