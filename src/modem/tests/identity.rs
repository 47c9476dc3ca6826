//! Whose card it is: the card's number is part of every message's identity, and must not be another command's answer.
#![cfg(test)]

use std::time::Duration;

use super::CARD;
use super::fixture::{Bench, Modem};
use crate::simulator::Profile;

/// What a card of the simulator calls itself.
async fn own_sim() -> String {
    Bench::new()
        .session(&Modem::new(Profile::huawei_e1752(), CARD))
        .await
        .ready
        .identity
        .sim
        .clone()
}

async fn cries(command: &'static str, lag: Duration) {
    let own = own_sim().await;
    let (mut bench, modem) = (Bench::new(), Modem::new(Profile::huawei_e1752(), CARD));
    // What the command asked for comes all the same.
    modem.says_before(command, "RDY", lag);
    let session = bench.session(&modem).await;
    let told = &session.ready.identity;
    let names = [told.manufacturer.as_deref(), told.model.as_deref(), told.serial.as_deref()];
    assert_eq!(told.sim, own, "{command}");
    assert_eq!(names, [Some("huawei"), Some("E1752"), Some("861234050000017")], "{command}");
}

#[tokio::test]
async fn a_modem_that_cries_in_the_middle_of_a_command_gives_its_answer_to_no_other() {
    for command in ["AT+CGMI", "AT+CGMM", "AT+CGMR", "AT+CGSN", "AT+CIMI", "AT+CFUN?"] {
        cries(command, Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn one_whose_answers_stay_late_is_asked_until_it_says_the_same_twice() {
    tokio::join!(
        cries("AT+CGMR", Duration::from_millis(700)),
        cries("AT+CGSN", Duration::from_millis(700)),
    );
}
