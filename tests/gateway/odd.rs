//! Modems that do not answer, that list without end, or that lose their card.

use std::fs::File;
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};

use crate::support::{Office, PATIENCE, pseudo_terminal};

/// `DLH # sampah` from +628123456789, as a modem stores it; its second is the place of `__`.
const COMPLAINT: &str =
    "07912618010000F0040C9126183254769800006211524051__820C4426123402CDC36D78180D";

/// A modem of one's own making: answers come from a function, and what is submitted is told.
fn modem(office: &Office, mut answer: impl FnMut(&str) -> String + Send + 'static) -> File {
    let (mut port, keeper) = pseudo_terminal(&office.home.port(0));
    let mouth = port.try_clone().unwrap();
    std::thread::spawn(move || {
        let (mut heard, mut octets) = (Vec::new(), [0; 512]);
        while let Ok(count @ 1..) = port.read(&mut octets) {
            heard.extend_from_slice(&octets[..count]);
            while let Some(end) = heard.iter().position(|octet| matches!(octet, b'\r' | 0x1a)) {
                let line: Vec<u8> = heard.drain(..=end).collect();
                // The daemon has gone when nobody listens any more.
                let said = answer(String::from_utf8_lossy(&line).trim_end());
                let _ = port.write_all(said.as_bytes());
            }
        }
        drop(keeper);
    });
    mouth
}

const OK: &str = "\r\nOK\r\n";

/// What a plain modem says to what needs a true answer; all else is `OK`.
fn plain(line: &str, submitted: &Sender<String>) -> String {
    match line.split_once('=') {
        _ if line.ends_with('\u{1a}') => {
            submitted.send(line.to_owned()).unwrap();
            format!("\r\n+CMGS: 7\r\n{OK}")
        }
        Some(("AT+CMGS", _)) => "\r\n> ".to_owned(),
        _ if line == "AT+CIMI" => format!("\r\n510100000000001\r\n{OK}"),
        _ if line == "AT+CPIN?" => format!("\r\n+CPIN: READY\r\n{OK}"),
        _ if line == "AT+CPMS=?" => format!("\r\n+CPMS: (\"SM\"),(\"SM\"),(\"SM\")\r\n{OK}"),
        _ if line == "AT+CNMI=?" => format!("\r\n+CNMI: (2),(1),(0),(1),(0)\r\n{OK}"),
        Some(("AT+CPMS", _)) => format!("\r\n+CPMS: 0,9,0,9,0,9\r\n{OK}"),
        _ if line == "AT+CREG?" => format!("\r\n+CREG: 2,1\r\n{OK}"),
        _ => OK.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_thousands_is_read_to_its_end() {
    const PLACES: usize = 3000;
    let office = Office::closed();
    let (submitted, _submissions) = channel();
    let mut places: Vec<usize> = (0..PLACES).collect();
    let emptied = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&emptied);
    let _mouth = modem(&office, move |line| {
        if let Some(index) = line.strip_prefix("AT+CMGD=") {
            places.retain(|place| place.to_string() != index);
            tell.store(places.is_empty(), Ordering::SeqCst);
        }
        if line != "AT+CMGL=4" {
            return plain(line, &submitted);
        }
        let entry = |place: &usize| {
            // One and the same message in every place: one ticket.
            format!("\r\n+CMGL: {place},1,,30\r\n{}", COMPLAINT.replace("__", "01"))
        };
        format!("{}\r\n{OK}", places.iter().map(entry).collect::<String>())
    });
    let office = office.open().await;
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while !emptied.load(Ordering::SeqCst) {
        assert!(tokio::time::Instant::now() < deadline, "not emptied");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let inbox = office.desk().tell("sari", &["inbox", "--all"]).await;
    assert_eq!(inbox["tickets"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_falls_silent_while_it_is_brought_up_is_given_up_soon() {
    let office = Office::closed();
    let (submitted, _submissions) = channel();
    let in_vain = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&in_vain);
    let mut silent = false;
    let _mouth = modem(&office, move |line| {
        silent |= line == "ATV1";
        if !silent {
            return plain(line, &submitted);
        }
        count.fetch_add(1, Ordering::SeqCst);
        String::new()
    });
    let office = office.open().await;
    let recovering = |status: &serde_json::Value| status["modems"][0]["state"] == "recovering";
    let status = office.desk().status_until(recovering).await;
    assert_eq!(status["modems"][0]["error"]["code"], "no-answer", "{status:#}");
    // The command, `AT`, and what ends a half command between: not every command that was still to come.
    let in_vain = in_vain.load(Ordering::SeqCst);
    assert!(in_vain <= 6, "{in_vain} lines into the silence");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_taken_out_is_missed_at_once() {
    let office = Office::closed();
    let (submitted, _submissions) = channel();
    let card = Arc::new(AtomicBool::new(true));
    let there = Arc::clone(&card);
    let mut mouth = modem(&office, move |line| {
        if line == "AT+CPIN?" && !there.load(Ordering::SeqCst) {
            return "\r\n+CME ERROR: 10\r\n".to_owned();
        }
        plain(line, &submitted)
    });
    let office = office.open().await;
    let state = |state: &'static str| {
        move |status: &serde_json::Value| status["modems"][0]["state"] == state
    };
    office.desk().status_until(state("ready")).await;
    card.store(false, Ordering::SeqCst);
    mouth.write_all(b"\r\n+CPIN: NOT INSERTED\r\n").unwrap();
    office.desk().status_until(state("blocked")).await;
    card.store(true, Ordering::SeqCst);
    office.desk().status_until(state("ready")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_shows_nothing_is_not_freed() {
    let office = Office::closed();
    let (submitted, submissions) = channel();
    let shown = Arc::new(AtomicBool::new(false));
    let show = Arc::clone(&shown);
    let asked = Arc::new(AtomicBool::new(false));
    let ask = Arc::clone(&asked);
    let mut freed = false;
    let mut mouth = modem(&office, move |line| match line {
        // The header promises a message; whether its line comes is the test's.
        "AT+CMGL=4" if freed => OK.to_owned(),
        "AT+CMGL=4" if show.load(Ordering::SeqCst) => {
            format!("\r\n+CMGL: 5,0,,30\r\n{}\r\n{OK}", COMPLAINT.replace("__", "02"))
        }
        "AT+CMGL=4" => format!("\r\n+CMGL: 4,0,,0\r\n\r\n+CMGL: 5,0,,30\r\n{OK}"),
        "AT+CMGR=5" => {
            ask.store(true, Ordering::SeqCst);
            format!("\r\n+CMGR: 0,,30\r\n{OK}")
        }
        "AT+CMGD=5" => {
            freed = true;
            OK.to_owned()
        }
        // An empty place as some show it.
        line if line.starts_with("AT+CMGR=") => format!("\r\n+CMGR: 0,,0\r\n\r\n{OK}"),
        line => plain(line, &submitted),
    });
    let office = office.open().await;
    office.desk().status_until(|status| status["modems"][0]["state"] == "ready").await;
    assert!(asked.load(Ordering::SeqCst), "the place was looked at");
    shown.store(true, Ordering::SeqCst);
    mouth.write_all(b"\r\n+CMTI: ,5\r\n").unwrap();
    submissions.recv_timeout(PATIENCE).unwrap();
    let status = office.desk().tell("sari", &["status"]).await;
    assert_eq!(status["modems"][0]["received"], 1, "{status:#}");
}

/// In service and out of it: a Telit takes `AT+CFUN=1,1` for something less than a restart.
#[tokio::test(flavor = "multi_thread")]
async fn an_admins_restart_is_in_the_familys_words_and_waits_for_no_bring_up() {
    let office = Office::closed();
    let (submitted, _submissions) = channel();
    let (restarted, restarts) = channel();
    let deaf = Arc::new(AtomicBool::new(false));
    let is_deaf = Arc::clone(&deaf);
    let _mouth = modem(&office, move |line| match line.trim_start_matches('\u{1b}') {
        line if line.starts_with("AT+CFUN=1,1") || line == "AT#REBOOT" => {
            let _ = restarted.send(line.to_owned());
            OK.to_owned()
        }
        "AT+CGMI" => format!("\r\nTelit\r\n{OK}"),
        // From then on it never comes to an end of this.
        "AT+CMGF=0" if is_deaf.load(Ordering::SeqCst) => String::new(),
        line => plain(line, &submitted),
    });
    let office = office.open().await;
    let state = |state: &'static str| {
        move |status: &serde_json::Value| status["modems"][0]["state"] == state
    };
    let desk = office.desk();
    desk.status_until(state("ready")).await;
    deaf.store(true, Ordering::SeqCst);
    desk.tell("joko", &["modem", "reset", "modem-1"]).await;
    assert_eq!(restarts.recv_timeout(PATIENCE).unwrap(), "AT#REBOOT");
    desk.status_until(state("configuring")).await;
    desk.tell("joko", &["modem", "reset", "modem-1"]).await;
    assert_eq!(restarts.recv_timeout(PATIENCE).unwrap(), "AT#REBOOT");
    deaf.store(false, Ordering::SeqCst);
    desk.status_until(state("ready")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_bring_up_is_shown() {
    let steps = [
        ("AT", "syncing"),
        ("AT+CGMI", "identifying"),
        ("AT+CPIN?", "unlocking"),
        ("AT+CMGF=0", "configuring"),
    ];
    for (mute_at, state) in steps {
        let office = Office::closed();
        let (submitted, _submissions) = channel();
        let answer = move |line: &str| {
            if line == mute_at { String::new() } else { plain(line, &submitted) }
        };
        let _mouth = modem(&office, answer);
        let office = office.open().await;
        office.desk().status_until(|status| status["modems"][0]["state"] == state).await;
    }
}
