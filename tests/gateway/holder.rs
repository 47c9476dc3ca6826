//! A port that another program has: it is named with what to do, and taken as soon as that program lets go.

use std::fs::{File, canonicalize};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use aduan::simulator::{Modem, NetworkOptions};
use serde_json::Value;

use crate::support::{CARD, Gateway, Office, PATIENCE, simulate};

const PHONE: &str = "+6281234567890";

/// A program that was faster than the daemon.
struct Program(Child);

impl Program {
    /// A shell under another name: it speaks to the port and keeps it until its standard input ends, at the latest with the
    /// test.
    fn takes(name: &str, port: &Path) -> Self {
        let port = File::options().read(true).write(true).open(port).unwrap();
        // TIOCEXCL does not keep root out; this lock does, and belongs to the open file, not to who opened it.
        port.lock().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join(name);
        symlink(canonicalize("/bin/sh").unwrap(), &link).unwrap();
        let mut command = Command::new(link);
        command.args(["-c", "printf 'AT\\r'; read -r line"]);
        Self(command.stdin(Stdio::piped()).stdout(Stdio::from(port)).spawn().unwrap())
    }

    fn lets_go(mut self) {
        drop(self.0.stdin.take());
        self.0.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_that_holds_the_port_is_named_and_the_modem_served_once_it_lets_go() {
    let office = Office::closed().hasty();
    let simulation = simulate(&office.home, NetworkOptions::instant());
    let program = Program::takes("ModemManager", &office.home.port(0));
    // Until it has spoken the simulator holds the port too.
    let spoken = async {
        let heard = |modem: &mut Modem, _| modem.heard().any(|line| line == "AT");
        while simulation.with_modem(0, heard) != Some(true) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, spoken).await.expect("the program speaks");
    let gateway = Gateway::of(simulation, office).await;
    let desk = gateway.desk();

    let id = program.0.id().to_string();
    let signs = ["ModemManager", id.as_str(), "70-aduan-modems.rules", "ID_MM_DEVICE_IGNORE"];
    let told = |modem: &Value| {
        let error = modem["error"].to_string();
        modem["state"] == "recovering" && signs[..2].iter().all(|sign| error.contains(sign))
    };
    desk.until(&["modem", "list"], |list| told(&list["modems"][0])).await;
    desk.until(&["modem", "info", "modem-1"], |info| told(&info["modem"])).await;
    for arguments in [&["modem", "list"][..], &["modem", "info", "modem-1"]] {
        let output = desk.aduan("sari", arguments).await;
        let text = String::from_utf8(output.stdout).unwrap();
        // Long lines are broken, also within a name.
        let unbroken: String = text.split_whitespace().collect();
        assert!(signs.iter().all(|sign| unbroken.contains(sign)), "{text}");
    }

    gateway.simulation.text(PHONE, CARD, "DISHUB # lampu mati").unwrap();
    program.lets_go();
    gateway.settled(1).await;
    assert_eq!(gateway.simulation.phone(PHONE).len(), 1);
    let status = desk.status_until(|status| status["modems"][0]["state"] == "ready").await;
    assert!(status["modems"][0]["error"].is_null(), "{status:#}");
}
