//! Answers that come late, each in the place of the next one's.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinSet;

use crate::at::command::Cmgr;
use crate::modem::chat::Chat;
use crate::modem::identify::identify;
use crate::modem::synchrony::synchronise;

const IMSI: &str = "510101234567890";
const IMEI: &str = "861234050000017";

/// What was asked before, and may be answered only now.
const ASKED: [&str; 16] = [
    "AT+CMGR=1",
    "AT+CMGR=2",
    "AT+CIMI",
    "AT+CFUN?",
    "AT+CGMI",
    "AT+CGMI",
    "AT+CGMM",
    "AT+CGMR",
    "AT+CGMR",
    "AT+CGSN",
    "AT+CGSN",
    "AT+CIMI",
    "AT+CIMI",
    "AT+CGSN",
    "AT+CGSN",
    "AT+CMGR=7",
];

/// How long nothing must be asked before a modem answers all that is still to be answered.
const WHILES: [Duration; 2] = [Duration::from_millis(12), Duration::from_millis(2500)];

/// What a modem does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknown {
    Nothing,
    Command(&'static str),
    Settings,
    /// Nor does it say so.
    SettingsInSilence,
}

fn answer(command: &str, unknown: Unknown) -> String {
    let is_unknown = match unknown {
        Unknown::Nothing => false,
        Unknown::Command(name) => command == name,
        Unknown::Settings | Unknown::SettingsInSilence => command.ends_with('?'),
    };
    let line = match command {
        _ if is_unknown && unknown == Unknown::SettingsInSilence => return "\r\nOK\r\n".to_owned(),
        _ if is_unknown => return "\r\nERROR\r\n".to_owned(),
        "AT+CGMI" => "huawei".to_owned(),
        "AT+CGMM" => "E1752".to_owned(),
        "AT+CGMR" => "11.126.13.00.00".to_owned(),
        "AT+CGSN" => IMEI.to_owned(),
        "AT+CIMI" => IMSI.to_owned(),
        "AT+CMEE?" => "+CMEE: 1".to_owned(),
        "AT+CSCS?" => "+CSCS: \"GSM\"".to_owned(),
        "AT+CMGF?" => "+CMGF: 0".to_owned(),
        "AT+CNMI?" => "+CNMI: 2,1,0,1,0".to_owned(),
        "AT+CSMS?" => "+CSMS: 0,1,1,1".to_owned(),
        _ => match command.strip_prefix("AT+CMGR=") {
            Some(place) => format!("+CMGR: 1,,1\r\n000{place}"),
            None => return "\r\nOK\r\n".to_owned(),
        },
    };
    format!("\r\n{line}\r\n\r\nOK\r\n")
}

/// A modem that answers at each command what was asked `behind` commands before, and all the rest when nothing was asked for a
/// while.
async fn lags(mut line: DuplexStream, (behind, pause): (usize, Duration), unknown: Unknown) {
    let asked = ASKED.iter().rev().take(behind).rev();
    let mut late: VecDeque<String> = asked.map(|command| answer(command, unknown)).collect();
    let mut typed = String::new();
    loop {
        let count = match tokio::time::timeout(pause, line.read_u8()).await {
            Ok(Ok(b'\r')) => {
                late.push_back(answer(&std::mem::take(&mut typed), unknown));
                1
            }
            Ok(Ok(octet)) => {
                typed.push(char::from(octet));
                0
            }
            Ok(Err(_)) => return,
            Err(_) => late.len(),
        };
        for answer in late.drain(..count) {
            if line.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

fn late(behind: usize, pause: Duration, unknown: Unknown) -> Chat<DuplexStream> {
    let (line, modem) = tokio::io::duplex(4096);
    tokio::spawn(lags(modem, (behind, pause), unknown));
    Chat::new(line)
}

/// Each lag with each while.
fn lags_of_all_kinds() -> impl Iterator<Item = (usize, Duration)> {
    (0..=ASKED.len()).flat_map(|behind| WHILES.map(|pause| (behind, pause)))
}

#[tokio::test]
async fn who_a_modem_is_is_told_by_no_answer_to_another_question() {
    let mut cases = JoinSet::new();
    for (behind, pause) in lags_of_all_kinds() {
        cases.spawn(async move {
            let told = identify(&mut late(behind, pause, Unknown::Nothing), "modem-1").await;
            let told = told.unwrap();
            let names = [&told.manufacturer, &told.model, &told.serial];
            let names = names.map(|name| name.as_deref().unwrap_or_default());
            assert_eq!(names, ["huawei", "E1752", IMEI], "{behind} {pause:?}");
            assert_eq!(told.sim, IMSI, "{behind} {pause:?}");
        });
    }
    cases.join_all().await;
}

#[tokio::test]
async fn what_a_modem_refuses_to_say_is_no_reason_to_ask_for_ever() {
    let mut cases = JoinSet::new();
    for (behind, pause) in lags_of_all_kinds() {
        cases.spawn(async move {
            let unknown = Unknown::Command("AT+CGSN");
            let told = identify(&mut late(behind, pause, unknown), "modem-1").await.unwrap();
            assert_eq!((told.sim.as_str(), told.serial), (IMSI, None), "{behind} {pause:?}");
        });
    }
    for unknown in [Unknown::Settings, Unknown::SettingsInSilence] {
        let mut chat = late(0, WHILES[0], unknown);
        assert_eq!(identify(&mut chat, "modem-1").await.unwrap().sim, IMSI);
    }
    let mut chat = late(0, WHILES[0], Unknown::Command("AT+CIMI"));
    let told = identify(&mut chat, "modem-1").await.unwrap();
    assert_eq!((told.sim.as_str(), told.serial.as_deref()), ("modem-1", Some(IMEI)));
    cases.join_all().await;
}

#[tokio::test]
async fn a_place_is_read_and_not_the_one_that_was_asked_for_before() {
    let mut cases = JoinSet::new();
    for (behind, pause) in lags_of_all_kinds() {
        cases.spawn(async move {
            let mut chat = late(behind, pause, Unknown::Nothing);
            synchronise(&mut chat, 1).await.unwrap();
            for index in [3, 4] {
                let read = chat.execute(&Cmgr { index }).await.unwrap().unwrap();
                assert_eq!(read.pdu_hex, format!("000{index}"), "{behind} {pause:?}");
            }
        });
    }
    cases.join_all().await;
}
