//! Commands that fail, and modems that restart in the middle of one: nothing is lost, and nothing is answered twice.

use std::time::Duration;

use aduan::simulator::{
    Failure, Faults, Mishap, ModemSetup, NetworkOptions, Profile, Scripted, Setup, SimCard,
    Simulation,
};
use tokio::task::JoinSet;

use crate::support::{CARD, CENTRE, Gateway, Office};

/// Complaints that lie in the modem when the daemon starts, and those that come later.
const BEFORE: usize = 3;
const AFTER: usize = 3;

fn phone(index: usize) -> String {
    format!("+62812{index:08}")
}

/// A modem with a mishap before it; every complaint must end as one ticket and one receipt, or one whose fate is unknown.
async fn outlives(profile: Profile, command: &'static str, mishap: Mishap, times: u32) {
    let what = format!("{}: {command} {mishap:?} {times} times", profile.model);
    let office =
        Office::closed().sending("unknown_grace = \"1s\"").resting_for(Duration::from_millis(200));
    let scripted = vec![Scripted { command: command.to_owned(), mishap, times }];
    let faults = Faults { scripted, ..Faults::default() };
    let card = SimCard::new(CARD, CENTRE);
    let modem = ModemSetup { profile, faults, ..ModemSetup::new(office.home.port(0), card) };
    let setup = Setup { network: NetworkOptions::default(), modems: vec![modem] };
    let simulation = Simulation::start(setup).unwrap();
    for index in 0..BEFORE {
        simulation.text(&phone(index), CARD, &format!("DLH # sampah menumpuk {index}")).unwrap();
    }
    let office = Gateway::of(simulation, office).await;
    office
        .until(&what, |network| (0..BEFORE).any(|index| network.accepted(&phone(index)) > 0))
        .await;
    for index in BEFORE..BEFORE + AFTER {
        office.simulation.text(&phone(index), CARD, &format!("DLH # sampah {index}")).unwrap();
    }
    office.settled(BEFORE + AFTER).await;
    let received: Vec<usize> =
        (0..BEFORE + AFTER).map(|index| office.simulation.phone(&phone(index)).len()).collect();
    assert!(received.iter().all(|count| *count <= 1), "{what}: {received:?}");
    // One text at most is in hand at each mishap.
    let answered: usize = received.iter().sum();
    let lost = if command == "+CMGS" { usize::try_from(times).unwrap() } else { 0 };
    assert!(answered + lost >= BEFORE + AFTER, "{what}: {received:?}");
}

async fn all_outlive(cases: impl IntoIterator<Item = (Profile, &'static str, Mishap, u32)>) {
    let mut running = JoinSet::new();
    for (profile, command, mishap, times) in cases {
        running.spawn(outlives(profile, command, mishap, times));
    }
    while let Some(done) = running.join_next().await {
        done.unwrap();
    }
}

fn each(
    profile: fn() -> Profile,
    commands: &'static [&'static str],
    mishap: Mishap,
    times: u32,
) -> impl Iterator<Item = (Profile, &'static str, Mishap, u32)> {
    commands.iter().map(move |command| (profile(), *command, mishap, times))
}

const BRING_UP: &[&str] = &[
    "", "E", "V", "+CMEE", "+CFUN", "+CPIN", "+CIMI", "+CGMI", "+CMGF", "+CPMS", "+CNMI", "+CSMS",
    "+CREG", "+CEREG", "+CSCA",
];
const RECEIVING: &[&str] = &["+CMGL", "+CMGR", "+CMGD", "+CPMS"];

#[tokio::test(flavor = "multi_thread")]
async fn refusals_while_it_is_brought_up_lose_nothing() {
    all_outlive(each(Profile::simcom_4g, BRING_UP, Mishap::Error(Failure::Plain), 1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_while_it_is_brought_up_lose_nothing() {
    all_outlive(each(Profile::simcom_4g, BRING_UP, Mishap::Reset, 1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_while_it_receives_lose_nothing() {
    let error = Mishap::Error(Failure::Cms(500));
    let twice = each(Profile::quectel_ec25, RECEIVING, error, 2);
    all_outlive(each(Profile::simcom_4g, RECEIVING, error, 1).chain(twice)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_while_it_receives_lose_nothing() {
    let huawei = each(Profile::huawei_e1752, RECEIVING, Mishap::Reset, 2);
    all_outlive(each(Profile::sim800, RECEIVING, Mishap::Reset, 1).chain(huawei)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_while_it_sends_answers_nobody_twice() {
    let families = [Profile::simcom_4g, Profile::huawei_e1752, Profile::quectel_ec25];
    all_outlive(families.map(|family| (family(), "+CMGS", Mishap::Reset, 2))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_the_modem_is_tried_again() {
    let refusals = [Failure::Plain, Failure::Cms(500), Failure::Cms(331), Failure::Cme(14)];
    let cases = refusals.map(|refusal| (Profile::simcom_4g(), "+CMGS", Mishap::Error(refusal), 1));
    all_outlive(cases).await;
}
