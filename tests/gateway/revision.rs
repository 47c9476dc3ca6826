//! An office's own table of modem families: an entry for one firmware changes nothing for another one of the same model.

use aduan::simulator::{Modem, ModemSetup, NetworkOptions, Profile, Setup, SimCard, Simulation};
use serde_json::Value;

use crate::support::{CARD, CENTRE, Gateway, Office, outbox};

const OTHER_CARD: &str = "+6281100000002";
/// What each start says to modems of the entry.
const START: &str = "AT+CRC=1";

/// One firmware that reports nothing, and a start for it; what fits another firmware or maker alone must not be heeded.
const TABLE: &str = r#"
[[family]]
manufacturer = "simcom"
model = "sim7600"
revision = "le20b04"
why = "its delivery reports are wrong"
reports = [0]
start = ["AT+CRC=1"]

[[family]]
manufacturer = "simcom"
model = "sim7600"
revision = "le20b99"
why = "nobody here has this one"
start = ["AT+IPR=9600"]

[[family]]
manufacturer = "quectel"
revision = "le20b04"
why = "another maker's firmware of that name"
start = ["AT+IPR=9600"]
"#;

fn heard(gateway: &Gateway, modem: usize, line: &str) -> usize {
    let count = |modem: &mut Modem, _| modem.heard().filter(|heard| *heard == line).count();
    gateway.simulation.with_modem(modem, count).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_for_a_revision_is_for_that_revision_alone() {
    let office = Office::with_modems(2);
    let file = office.home.config_file();
    let settings = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("[files]\nquirks = \"own.toml\"\n{settings}")).unwrap();
    std::fs::write(office.home.path().join("own.toml"), TABLE).unwrap();
    let firmware = ["+CGMR: LE20B04SIM7600M22", "+CGMR: LE20B05SIM7600M22"];
    let modems = [CARD, OTHER_CARD].into_iter().zip(firmware).enumerate();
    let modems = modems.map(|(at, (card, revision))| ModemSetup {
        profile: Profile { revision, ..Profile::simcom_4g() },
        ..ModemSetup::new(office.home.port(at), SimCard::new(card, CENTRE))
    });
    let setup = Setup { network: NetworkOptions::instant(), modems: modems.collect() };
    let gateway = Gateway::of(Simulation::start(setup).unwrap(), office).await;
    let ready = |modem: &Value| modem["state"] == "ready";
    let all = |status: &Value| status["modems"].as_array().unwrap().iter().all(ready);
    gateway.desk().status_until(all).await;
    assert_eq!([0, 1].map(|modem| heard(&gateway, modem, START)), [1, 0]);
    assert_eq!([0, 1].map(|modem| heard(&gateway, modem, "AT+IPR=9600")), [0, 0]);

    // Of two texts one is reported on.
    for (phone, card) in [("+6285600000001", OTHER_CARD), ("+6285600000002", CARD)] {
        gateway.simulation.text(phone, card, "DISHUB # lampu mati").unwrap();
        assert_eq!(gateway.next_message().await.to, phone);
    }
    gateway.desk().status_until(|status| outbox(status, "sent") == 1).await;
    let register = rusqlite::Connection::open(gateway.database()).unwrap();
    let sql = "SELECT recipient FROM outbox WHERE state = 'delivered'";
    let mut delivered = register.prepare(sql).unwrap();
    let delivered = delivered.query_map([], |row| row.get(0)).unwrap();
    let delivered: Vec<String> = delivered.collect::<Result<_, _>>().unwrap();
    assert_eq!(delivered, ["+6285600000001"]);
}

/// What would go to the modem at each start, past the memory of PINs.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_whose_lines_could_lock_or_wipe_is_refused_with_its_place_before_a_daemon_starts() {
    let office = Office::closed();
    let file = office.home.config_file();
    let settings = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("[files]\nquirks = \"own.toml\"\n{settings}")).unwrap();
    let check = async |start: &str| {
        let table = format!("[[family]]\nmodel = \"sim7600\"\nwhy = \"x\"\nstart = [{start}]\n");
        std::fs::write(office.home.path().join("own.toml"), table).unwrap();
        let output = office.desk().aduan("joko", &["config", "check"]).await;
        let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.success(), told)
    };
    for line in ["'AT+CPIN=\"9999\"'", "'AT+CMGD=1,4'", "'AT+CSQ;+CMGD=1,4'", "'ATE0&F'"] {
        let (good, told) = check(&format!("'AT^CURC=0', {line}")).await;
        assert!(!good, "{line}: {told}");
        assert!(told.contains("own.toml") && told.contains("line 4, column 9"), "{line}: {told}");
    }
    let (good, told) = check("'AT^CURC=0'").await;
    assert!(good, "{told}");
}
