//! Scenarios played with the real daemon: those of `tests/data/scenarios`, and some that are drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aduan::simulator::Simulation;
use aduan::simulator::scenario::{Family, Scenario};
use chrono::Utc;
use serde_json::Value;

use crate::support::{Gateway, Office, PATIENCE};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/scenarios")
}

fn read(name: &str) -> Scenario {
    let file = folder().join(format!("{name}.toml"));
    let text = fs::read_to_string(&file).unwrap();
    Scenario::read(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Plays a scenario to its end. Each complaint has one ticket then, and one receipt but for those that may lack it; each
/// modem is as the scenario says.
async fn plays(what: &str, scenario: &Scenario) -> Gateway {
    let office = Office::of(scenario).hasty().soon_alarmed();
    let (setup, timetable) = (scenario.setup(office.home.path(), Utc::now()), scenario.timetable());
    let simulation = Simulation::play(setup, timetable).unwrap();
    let gateway = Gateway::of(simulation, office).await;
    let over = gateway.simulation.until_over();
    tokio::time::timeout(PATIENCE, over).await.unwrap_or_else(|_| {
        panic!("{what} does not end: no answer to {:?}", gateway.simulation.unanswered());
    });
    let complainants = scenario.complainants();
    gateway.settled(complainants.len() + scenario.expect.more_tickets).await;
    let mut expected = BTreeMap::<&str, usize>::new();
    for phone in &complainants {
        *expected.entry(phone).or_default() += 1;
    }
    let mut lacking = 0;
    for (phone, texts) in expected {
        let received = gateway.simulation.phone(phone);
        assert!(received.len() <= texts, "{what}: answered twice: {received:?}");
        lacking += texts - received.len();
    }
    assert!(lacking <= scenario.expect.without_receipt, "{what}: {lacking} without a receipt");
    for (place, modem) in scenario.modems.iter().enumerate() {
        let expected = scenario.expect.modem.get(&modem.name).cloned().unwrap_or_default();
        let state = expected.state.as_deref().unwrap_or("ready");
        let holds = |status: &Value| {
            let modem = &status["modems"][place];
            let told = modem["warnings"].as_array().unwrap();
            let warned = |warning: &String| told.iter().any(|token| token == warning);
            modem["state"] == state && expected.warnings.iter().all(warned)
        };
        gateway.desk().status_until(holds).await;
    }
    gateway
}

macro_rules! files {
    ($($test:ident $name:literal)*) => {
        const FILES: &[&str] = &[$($name),*];

        $(#[tokio::test(flavor = "multi_thread")]
        async fn $test() {
            plays($name, &read($name)).await;
        })*
    };
}

files! {
    a_stick_is_pulled_out_and_put_back "unplugged-and-back"
    a_stick_comes_back_under_another_number "another-number"
    a_stick_comes_back_at_another_path "another-path"
    a_card_wants_its_pin "locked-card"
    a_card_wants_its_puk "blocked-card"
    a_store_is_full "full-store"
    a_modem_falls_silent "mute"
    a_prompt_is_stuck "stuck-prompt"
    a_line_is_full_of_noise "noise"
    commands_fail "errors"
    a_modem_shows_no_message "deaf"
    a_modem_restarts_while_it_sends "restart-in-a-send"
    a_port_is_the_wrong_interface "wrong-interface"
    an_interface_shows_no_notices "no-notices"
    there_is_no_network "no-network"
    a_card_roams_and_is_denied "roaming-and-denied"
    a_card_is_taken_out "card-taken-out"
    a_card_is_taken_out_without_a_word "card-taken-out-untold"
    the_credit_is_low "low-credit"
    reports_come_late_and_twice "late-and-doubled-reports"
    messages_are_handed_over "direct-routing"
    nobody_could_acknowledge "no-acknowledgement"
    what_is_announced_is_not_stored "not-stored"
    a_line_is_slow "slow-line"
    a_supply_is_weak "weak-supply"
    a_network_refuses_and_is_slow "busy-network"
    somebody_calls "call"
    a_clock_is_wrong "wrong-clock"
    a_card_brings_messages_along "messages-on-the-card"
}

/// A file that is looked at more closely than the others, and its cards: the modem's own, and the other one.
const EXCHANGED: &str = "exchanged-cards";
const OWN: &str = "+6281100000001";
const SPARE: &str = "+6281100000009";

/// Whom each of these citizens had their one receipt from.
fn receipts(gateway: &Gateway, citizens: impl IntoIterator<Item = u8>) -> Vec<String> {
    let received = |citizen: u8| gateway.simulation.phone(&format!("+628120000000{citizen}"));
    let all: Vec<_> = citizens.into_iter().flat_map(received).collect();
    all.into_iter().map(|message| message.from).collect()
}

async fn exchanged(family: Family) {
    let mut scenario = read(EXCHANGED);
    scenario.modems[0].family = family;
    let gateway = plays(EXCHANGED, &scenario).await;
    // The second was refused before the card went, and was due while it was out; the fourth came while it was out.
    assert_eq!(receipts(&gateway, 1..=5), [OWN, OWN, SPARE, OWN, SPARE]);
    for card in [OWN, SPARE] {
        gateway.until("nothing waits", |network| network.waiting(card) == 0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_out_gets_what_came_for_it_and_sends_what_is_bound_to_it() {
    exchanged(Family::Simcom4g).await;
}

/// This family does not tell that its card is gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_out_gets_what_came_for_it_where_nobody_tells_that_it_went() {
    exchanged(Family::HuaweiE1752).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_bound_to_a_card_that_stays_out_leaves_by_another_after_a_while() {
    let mut scenario = read(EXCHANGED);
    let sending = scenario.settings["sending"].as_table_mut().unwrap();
    sending.insert("other_sim_after".to_owned(), "2s".into());
    scenario.events.retain(|event| {
        let is_fourth = event.happening.complainant() == Some("+6281200000004");
        event.at < Duration::from_secs(14) && !is_fourth
    });
    let gateway = plays("the first card stays out", &scenario).await;
    assert_eq!(receipts(&gateway, 1..=3), [OWN, SPARE, SPARE]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_in_the_documents_is_played() {
    let book = include_str!("../../docs/operations.md");
    let blocks = book.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let examples: Vec<&str> = blocks.filter(|block| block.contains("[[event]]")).collect();
    assert_eq!(examples.len(), 1);
    plays("docs/operations.md", &Scenario::read(examples[0]).unwrap()).await;
}

#[test]
fn every_file_is_played() {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let found: BTreeSet<String> =
        names.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(found, FILES.iter().chain([&EXCHANGED]).map(|name| (*name).to_owned()).collect());
}

macro_rules! seeds {
    ($($name:ident $seed:literal)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            plays(&format!("seed {}", $seed), &Scenario::drawn($seed)).await;
        }
    )*};
}

seeds! {
    a_drawn_scenario_loses_nothing_1 1
    a_drawn_scenario_loses_nothing_2 2
    a_drawn_scenario_loses_nothing_3 3
    a_drawn_scenario_loses_nothing_4 4
    a_drawn_scenario_loses_nothing_5 5
    a_drawn_scenario_loses_nothing_6 6
}
