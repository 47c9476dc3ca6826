//! A modem that knows next to nothing.

use std::fs::File;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use aduan::number::TicketNumber;
use aduan::sms::{Submit, hex, split_smsc};

use crate::support::{Office, PATIENCE, pseudo_terminal};

/// `DLH # sampah` from +628123456789, as a modem stores it.
const COMPLAINT: &str =
    "07912618010000F0040C912618325476980000621152405123820C4426123402CDC36D78180D";

/// What a bare modem holds and has heard.
#[derive(Default)]
struct Memory {
    places: Vec<(u32, String)>,
}

/// Answers `ERROR` to all but the handful of commands that no gateway can do without.
struct Bare {
    port: File,
    memory: Arc<Mutex<Memory>>,
    submitted: Sender<String>,
}

impl Bare {
    fn run(mut self) {
        let (mut heard, mut octets) = (Vec::new(), [0; 512]);
        while let Ok(count @ 1..) = self.port.read(&mut octets) {
            heard.extend_from_slice(&octets[..count]);
            while let Some(end) = heard.iter().position(|octet| matches!(octet, b'\r' | 0x1a)) {
                let line: Vec<u8> = heard.drain(..=end).collect();
                let answer = self.answer(String::from_utf8_lossy(&line).trim_end());
                // The daemon has gone when nobody listens any more.
                let _ = self.port.write_all(answer.as_bytes());
            }
        }
    }

    fn answer(&mut self, line: &str) -> String {
        const OK: &str = "\r\nOK\r\n";
        let mut memory = self.memory.lock().unwrap();
        if let Some(pdu) = line.strip_suffix('\u{1a}') {
            self.submitted.send(pdu.to_owned()).unwrap();
            return format!("\r\n+CMGS: 7\r\n{OK}");
        }
        let of = |(index, pdu): &(u32, String), head: &str| {
            let octets = pdu.len() / 2 - 8;
            format!(
                "\r\n{head}{}0,,{octets}\r\n{pdu}\r\n",
                if head == "+CMGL: " { format!("{index},") } else { String::new() }
            )
        };
        match line.split_once('=') {
            _ if matches!(line, "AT" | "ATE0" | "AT+CMGF=0" | "\u{1b}") => OK.to_owned(),
            _ if line == "AT+CMGL=4" => {
                let list: String = memory.places.iter().map(|place| of(place, "+CMGL: ")).collect();
                format!("{list}{OK}")
            }
            Some(("AT+CMGR", index)) => {
                let place = memory.places.iter().find(|(at, _)| at.to_string() == index);
                format!("{}{OK}", place.map(|place| of(place, "+CMGR: ")).unwrap_or_default())
            }
            Some(("AT+CMGD", index)) => {
                memory.places.retain(|(at, _)| at.to_string() != index);
                OK.to_owned()
            }
            Some(("AT+CMGS", _)) => "\r\n> ".to_owned(),
            _ => "\r\nERROR\r\n".to_owned(),
        }
    }
}

fn bare(office: &Office) -> (Arc<Mutex<Memory>>, File, Receiver<String>) {
    let (port, keeper) = pseudo_terminal(&office.home.port(0));
    let mouth = port.try_clone().unwrap();
    let memory = Arc::new(Mutex::new(Memory::default()));
    let (submitted, submissions) = channel();
    let bare = Bare { port, memory: Arc::clone(&memory), submitted };
    std::thread::spawn(move || {
        bare.run();
        drop(keeper);
    });
    (memory, mouth, submissions)
}

fn number_in(pdu: &str) -> TicketNumber {
    let octets = hex::decode(pdu).unwrap();
    let text = Submit::decode(split_smsc(&octets).unwrap().1).unwrap().text().unwrap();
    TicketNumber::find_in(&text).expect(&text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modem_that_refuses_nearly_everything_still_serves() {
    let office = Office::closed();
    let (memory, mut mouth, submissions) = bare(&office);
    // One message lies there from before.
    memory.lock().unwrap().places.push((1, COMPLAINT.to_owned()));
    let office = office.open().await;
    let first = number_in(&submissions.recv_timeout(PATIENCE).unwrap());
    // Another one is announced; its time stamp is another.
    memory.lock().unwrap().places.push((2, COMPLAINT.replace("62115240512382", "62115240513382")));
    mouth.write_all(b"\r\n+CMTI: \"SM\",2\r\n").unwrap();
    let inbox = office
        .desk()
        .until(&["inbox"], |inbox| inbox["tickets"].as_array().is_some_and(|list| !list.is_empty()))
        .await;
    assert_eq!(inbox["tickets"][0]["number"], first.to_string());
    submissions.recv_timeout(PATIENCE).unwrap();
    assert!(memory.lock().unwrap().places.is_empty());
}
