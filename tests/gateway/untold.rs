//! What no log, no list and no export tells: numbers, NIK, and what citizens wrote.

use std::process::{Command, Stdio};

use crate::process::{Process, command, employ_me};
use crate::support::{CARD, PATIENCE, simulate};
use aduan::demo::Home;
use aduan::simulator::NetworkOptions;
use nix::sys::signal::Signal;

const PHONE: &str = "+6281234567890";
/// The digits of the number that stay the same in every spelling, but for the last three.
const OF_PHONE: &str = "81234567";
const NIK: &str = "3204110405900001";
const PARTED: &str = "3204 1104-0590.0002";
const OF_NIK: [&str; 3] = ["11040590", "1104-0590", "110405900"];
const WORDS: &str = "terkelupas";

fn aduan(home: &Home, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
    command.arg("--config").arg(home.config_file()).args(arguments).stdin(Stdio::null());
    let output = command.output().unwrap();
    let told = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat();
    (output.status.success(), told)
}

fn names_nobody(what: &str, told: &str) {
    for gone in OF_NIK.iter().chain([&OF_PHONE]) {
        assert!(!told.contains(gone), "{what} tells {gone}:\n{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_log_nor_lists_nor_exports_name_a_person() {
    let home = Home::new(1).unwrap();
    let simulation = simulate(&home, NetworkOptions::instant());
    employ_me(&home, "\"petugas\", \"ketua\", \"pengarah\", \"admin\"");
    let mut daemon = command(&home);
    daemon.env("ADUAN_LOG", "debug");
    let daemon = Process::run(daemon);
    let text = format!("DISHUB # NIK {NIK} dan {PARTED}, cat {WORDS}, hub 0812-3456-7890");
    simulation.text(PHONE, CARD, &text).unwrap();
    let answered = simulation.wait_until(|network| network.messages_of(PHONE).next().is_some());
    tokio::time::timeout(PATIENCE, answered).await.expect("no receipt");

    let home = &home;
    let run = |arguments: &[&str]| {
        let (succeeded, told) = tokio::task::block_in_place(|| aduan(home, arguments));
        assert!(succeeded, "{arguments:?}: {told}");
        told
    };
    let inbox = run(&["inbox", "--json"]);
    let number = inbox.split("\"number\":\"").nth(1).unwrap().split('"').next().unwrap();
    // Only the opened ticket shows them, and whoever reveals the number.
    assert!(run(&["show", number]).contains(NIK));
    assert!(
        run(&["reveal", number, "--reason", &format!("tanya {NIK} 081234567890")]).contains("0812")
    );
    run(&["assign", number, "--category", "pengaduan"]);
    run(&["note", number, &format!("KK {NIK}")]);
    for looked_for in ["3204 1104 0590 0002", NIK, "cat"] {
        run(&["search", looked_for]);
    }
    // The story tells the whole number to a petugas, and no NIK to anybody.
    for arguments in [&["audit", "show", number][..], &["audit", "show", number, "--json"]] {
        let told = run(arguments);
        assert!(told.contains("3204********0001"), "{told}");
        for gone in OF_NIK {
            assert!(!told.contains(gone), "{gone}: {told}");
        }
    }
    let month = inbox.split("\"received_at\":\"").nth(1).unwrap().get(..7).unwrap().to_owned();
    for arguments in [
        &["inbox", "--all"][..],
        &["inbox", "--all", "--json"],
        &["search", "cat", "--json"],
        &["board"],
        &["board", "--json"],
        &["bank", "--json"],
        &["access", number],
        &["access", "--json"],
        &["recap", &month],
        &["recap", &month, "--format", "csv"],
        &["recap", &month, "--json"],
        &["retention", "plan", "--json"],
        &["status", "--json"],
        &["modem", "list", "--json"],
    ] {
        names_nobody(&format!("{arguments:?}"), &run(arguments));
    }
    for arguments in [
        &["show", NIK][..],
        &["show", PARTED],
        &["assign", number, "--category", "pengaduan", "--unit", NIK],
    ] {
        let (succeeded, told) = tokio::task::block_in_place(|| aduan(home, arguments));
        assert!(!succeeded);
        names_nobody(&format!("{arguments:?}"), &told);
    }
    daemon.signal(Signal::SIGTERM);
    let log = daemon.last_words();
    assert!(log.contains("intake") && log.contains("what=\"reveal\""), "{log}");
    names_nobody("the log", &log);
    assert!(!log.contains(WORDS), "the log tells what the citizen wrote");
}
