//! Scenarios played with the real daemon: those of `tests/data/scenarios`, and some that are drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use aduan::simulator::Simulation;
use aduan::simulator::scenario::Scenario;
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
async fn plays(what: &str, scenario: &Scenario) {
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
    a_modem_restarts_while_it_sends "restart-in-a-send"
    a_port_is_the_wrong_interface "wrong-interface"
    an_interface_shows_no_notices "no-notices"
    there_is_no_network "no-network"
    a_card_roams_and_is_denied "roaming-and-denied"
    a_card_is_taken_out "card-taken-out"
    the_credit_is_low "low-credit"
    reports_come_late_and_twice "late-and-doubled-reports"
    messages_are_handed_over "direct-routing"
    a_line_is_slow "slow-line"
    a_supply_is_weak "weak-supply"
    a_network_refuses_and_is_slow "busy-network"
    a_clock_is_wrong "wrong-clock"
    a_card_brings_messages_along "messages-on-the-card"
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
    assert_eq!(found, FILES.iter().map(|name| (*name).to_owned()).collect());
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
