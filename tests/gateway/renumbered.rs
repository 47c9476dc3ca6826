//! A stick that comes back under another number: its stable link is all that matters.

use std::fs::read_link;
use std::os::unix::fs::symlink;

use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use serde_json::Value;

use crate::support::{CARD, CENTRE, Gateway, Office, pseudo_terminal};

/// Terminals that are taken until the old number is among them; usually the first one has it.
const TERMINALS_MAX: usize = 16;

fn is(state: &'static str) -> impl Fn(&Value) -> bool {
    move |status| status["modems"][0]["state"] == state
}

#[tokio::test(flavor = "multi_thread")]
async fn under_another_number_it_is_in_service_again_and_its_queue_is_whole() {
    let office = Office::closed().hasty().sending("unknown_grace = \"1h\"");
    // As udev has it: the configuration names a link to a device whose number is anybody's.
    let device = office.home.path().join("ttyUSB");
    let by_id = office.home.port(0);
    symlink(&device, &by_id).unwrap();
    let modems = vec![ModemSetup::new(device.clone(), SimCard::new(CARD, CENTRE))];
    let simulation =
        Simulation::start(Setup { network: NetworkOptions::instant(), modems }).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let desk = gateway.desk();
    desk.status_until(is("ready")).await;
    let before = read_link(&device).unwrap();

    gateway.simulation.unplug(0);
    desk.status_until(is("absent")).await;
    // Something else has the old number now.
    let folder = tempfile::tempdir().unwrap();
    let mut others = Vec::new();
    for number in 0..TERMINALS_MAX {
        let link = folder.path().join(number.to_string());
        others.push(pseudo_terminal(&link));
        if read_link(link).unwrap() == before {
            break;
        }
    }
    let phones: Vec<String> = (0..4).map(|index| format!("+62812{index:08}")).collect();
    let lines: Vec<String> = phones.iter().map(|phone| format!("{phone}\tuji\n")).collect();
    let arguments = ["--json", "sms", "send", "--batch"];
    let queued = desk.aduan_reading("joko", &arguments, &lines.concat()).await;
    assert!(queued.status.success(), "{queued:?}");
    gateway.simulation.text("+6285600000001", CARD, "DISHUB # lampu mati").unwrap();
    let list = desk.tell("sari", &["modem", "list"]).await;
    assert_eq!(list["waiting_in_all"], 4, "{list:#}");

    gateway.simulation.plug_in(0);
    assert_ne!(read_link(&device).unwrap(), before);
    let status = desk.status_until(is("ready")).await;
    assert!(status["modems"][0]["error"].is_null(), "{status:#}");
    gateway.settled(1).await;
    for phone in phones.iter().map(String::as_str).chain(["+6285600000001"]) {
        assert_eq!(gateway.simulation.phone(phone).len(), 1, "{phone}");
    }
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    let sql = "SELECT MAX (attempts) FROM outbox";
    assert_eq!(register.query_row(sql, [], |row| row.get(0)), Ok(1));
}
