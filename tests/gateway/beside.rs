//! More ways to misbehave among eight modems: those that need an office, a modem or a network of their own.

use std::os::unix::fs::symlink;
use std::time::Duration;

use aduan::simulator::{Failure, Faults, Mishap, ModemSetup, Profile, Ruling, SimCard, UssdAnswer};
use serde_json::Value;

use crate::dying;
use crate::fleet::{
    EACH, MODEMS, SICK, allowed, card, carried_on_in, family, faulty, office_of, phone, ready,
    ruled, town, well,
};
use crate::support::{CENTRE, Gateway, Office, PATIENCE};

/// The second port of the sick one's stick.
const TWIN: usize = MODEMS;
/// As the configuration calls the sick one.
const NAME: &str = "modem-4";

/// Lines for the sick one's block of the configuration.
fn configure(office: &Office, lines: &str) {
    let file = office.home.config_file();
    let settings = std::fs::read_to_string(&file).unwrap();
    let path = format!("path = \"{NAME}\"\n");
    let with = settings.replace(&path, &format!("{path}{lines}\n"));
    assert_ne!(settings, with);
    std::fs::write(&file, with).unwrap();
}

/// All of them well, and the sick one of this family.
fn eight(office: &Office, profile: Profile) -> Vec<ModemSetup> {
    let mut modems: Vec<_> = (0..MODEMS).map(|index| well(office, index)).collect();
    modems[SICK].profile = profile;
    modems
}

/// It serves again: somebody writes to it and is answered by its own card.
async fn serves(office: &Gateway) {
    let phone = phone(SICK, 2 * EACH);
    office.simulation.text(&phone, &card(SICK), "DLH # sampah menumpuk").unwrap();
    office.until("its receipt", |network| network.messages_of(&phone).next().is_some()).await;
    assert_eq!(office.simulation.phone(&phone)[0].from, card(SICK));
}

/// Who could not be acknowledged routes and announces nothing any more (3GPP TS 27.005 §3.4.1), whatever it was told meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn one_whose_routing_goes_off_for_want_of_an_acknowledgement() {
    let office = office_of(MODEMS);
    configure(&office, "receive = \"direct\"");
    let acknowledge_within = Duration::from_secs(1);
    let simulation = town(eight(&office, Profile { acknowledge_within, ..family(SICK) }));
    let office = Gateway::of(simulation, office).await;
    let refuses = Faults::once("+CNMA", Mishap::Error(Failure::Plain), 3);
    carried_on_in(&office, |simulation| faulty(simulation, refuses), |_| {}).await;
    let declined = office.simulation.with_network(|network, _| network.declined(&card(SICK)));
    assert!(declined > 0, "nothing went unacknowledged");
    // It hands over again.
    let routes = |answer: &Value| answer.to_string().contains("+CNMI: 2,2,");
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let answer = office.desk().tell("joko", &["modem", "at", NAME, "AT+CNMI?"]).await;
        if routes(&answer) {
            break;
        }
        assert!(tokio::time::Instant::now() < deadline, "{answer:#}");
    }
    serves(&office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_ussd_code_is_never_answered() {
    const CODE: &str = "*888#";
    let office = office_of(MODEMS);
    let simulation = town(eight(&office, family(SICK)));
    simulation.with_network(|network, _| network.set_ussd_answer(CODE, UssdAnswer::Silence));
    let office = Gateway::of(simulation, office).await;
    let desk = office.desk();
    desk.status_until(|status| ready(status, SICK)).await;
    let others = async {
        let dialled = async {
            let heard = |modem: &mut aduan::simulator::Modem, _| {
                modem.heard().any(|line| line.starts_with("AT+CUSD=1"))
            };
            while office.simulation.with_modem(SICK, heard) != Some(true) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, dialled).await.expect("the code is dialled");
        carried_on_in(&office, |_| {}, |_| {}).await;
    };
    let order = ["modem", "ussd", NAME, CODE];
    let (code, ()) = tokio::join!(desk.refused("joko", &order), others);
    assert_eq!(code, "MODEM_REFUSED");
    serves(&office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_task_dies_again_and_again() {
    const MORTAL: &str = "dies-in-the-fleet";
    let office = office_of(MODEMS);
    dying::call(&office, NAME, MORTAL);
    let simulation = town(eight(&office, family(SICK)));
    let office = Gateway::of(simulation, office).await;
    let dies = |word| dying::dies_at(MORTAL, word, u32::MAX);
    let strikes = |_: &_| ["AT+CMGS", "AT+CMGD"].into_iter().for_each(dies);
    let ends = |_: &_| assert!(dying::is_spared(MORTAL) > 0);
    carried_on_in(&office, strikes, ends).await;
    let list = office.desk().tell("sari", &["modem", "list"]).await;
    for (index, modem) in list["modems"].as_array().unwrap().iter().enumerate() {
        assert_eq!(modem["crashes"] != 0, index == SICK, "{modem:#}");
    }
    serves(&office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_other_port_is_configured_too() {
    let office = office_of(MODEMS + 1);
    let mut modems = eight(&office, family(SICK));
    // The network knows the stick by the number of the first port alone.
    let mut same = SimCard::new("+6281100000099", CENTRE);
    (same.imsi, same.iccid) = (modems[SICK].card.imsi.clone(), modems[SICK].card.iccid.clone());
    let twin = ModemSetup { card: same, ..well(&office, SICK) };
    modems.push(ModemSetup { link: office.home.port(TWIN), ..twin });
    let simulation = town(modems);
    simulation.unplug(TWIN);
    let office = Gateway::of(simulation, office).await;
    carried_on_in(&office, |simulation| simulation.plug_in(TWIN), |_| {}).await;
    let stands_by = |status: &Value, modem: usize| {
        let modem = &status["modems"][modem];
        modem["state"] == "recovering" && modem["warnings"] == serde_json::json!([])
    };
    let desk = office.desk();
    desk.status_until(|status| ready(status, SICK) && stands_by(status, TWIN)).await;
    // Either takes over from the other.
    office.simulation.unplug(SICK);
    desk.status_until(|status| ready(status, TWIN)).await;
    office.simulation.plug_in(SICK);
    desk.status_until(|status| ready(status, TWIN) && stands_by(status, SICK)).await;
    office.simulation.unplug(TWIN);
    desk.status_until(|status| ready(status, SICK)).await;
    serves(&office).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_port_is_configured_twice() {
    let office = office_of(MODEMS + 1);
    let simulation = town(eight(&office, family(SICK)));
    let (port, by_path) = (office.home.port(SICK), office.home.port(TWIN));
    let office = Gateway::of(simulation, office).await;
    carried_on_in(&office, |_| symlink(port, by_path).unwrap(), |_| {}).await;
    let refused = |modem: &Value| modem["state"] == "recovering" && !modem["error"].is_null();
    let one = |status: &Value| ready(status, SICK) && refused(&status["modems"][TWIN]);
    office.desk().status_until(one).await;
    serves(&office).await;
    // Nobody has spoken to it in between.
    let info = office.desk().tell("sari", &["modem", "info", NAME]).await;
    assert!(info["modem"]["last_error"].is_null(), "{info:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_network_takes_a_minute() {
    const MINUTE: Duration = Duration::from_mins(1);
    let office = office_of(MODEMS);
    let patient = Profile { gives_up_after: 2 * MINUTE, ..family(SICK) };
    let simulation = town(eight(&office, patient));
    let office = Gateway::of(simulation, office).await;
    let register = rusqlite::Connection::open(office.database()).unwrap();
    register
        .execute_batch(
            "CREATE TABLE once_unknown (id INTEGER);
             CREATE TRIGGER unknown AFTER UPDATE OF state ON outbox WHEN new.state = 'unknown'
             BEGIN INSERT INTO once_unknown VALUES (new.id); END;",
        )
        .unwrap();
    let in_hand = "SELECT COUNT (*) FROM outbox WHERE state = 'claimed' AND claimed_by = ?1";
    let in_hand = || register.query_row(in_hand, [NAME], |row| row.get::<_, i64>(0)).unwrap();
    let slow = |simulation: &_| ruled(simulation, Ruling::AcceptAfter(MINUTE));
    let ends = |simulation: &_| {
        assert_eq!(in_hand(), 1, "the others were done before it was");
        allowed(simulation);
    };
    carried_on_in(&office, slow, ends).await;
    let unknown = register.query_row("SELECT COUNT (*) FROM once_unknown", [], |row| row.get(0));
    assert_eq!(unknown, Ok(0));
    serves(&office).await;
}
