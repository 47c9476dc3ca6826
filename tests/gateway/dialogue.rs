//! The main job on what real modems say: the answers are the octets of tests/data/dialogues, not our simulator's.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use aduan::number::TicketNumber;
use aduan::sms::{Submit, hex, split_smsc};

use crate::support::{Office, PATIENCE, pseudo_terminal};

/// The round trip that the story follows; its citizen wrote from abroad.
const ROUND: &str = "recv-cmti-cmgr-cmgd-reply-cds";
const CITIZEN: &str = "+919790000000";
const TEXT: &str = "Hi\n\nAnshu S";

/// TP-SRR: a status report is asked for (3GPP TS 23.040 §9.2.3.5).
const TP_SRR: u8 = 0x20;

/// Exchanges that the start and the second message take their answers from.
const OTHERS: [&str; 4] =
    ["init-huawei-e1752", "init-huawei-e303-cnmi", "send-prompt-no-space", "urc-cmti-inside-cmgs"];

/// What the modem says, by what it was told; the chunks of one answer joined.
fn answers(name: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let path = format!("{}/tests/data/dialogues/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let mut exchanges: Vec<(Vec<u8>, Vec<u8>)> = vec![(Vec::new(), Vec::new())];
    for line in fs::read_to_string(path).unwrap().lines() {
        match line.split_at_checked(2) {
            Some(("> ", data)) => exchanges.push((unescape(data), Vec::new())),
            Some(("< ", data)) => exchanges.last_mut().unwrap().1.extend(unescape(data)),
            _ => {}
        }
    }
    exchanges
}

fn unescape(data: &str) -> Vec<u8> {
    let text = data.replace("\\r", "\r").replace("\\n", "\n").replace("\\x1a", "\u{1a}");
    text.replace("\\x1b", "\u{1b}").into_bytes()
}

/// The octets before and after the second message's result in `urc-cmti-inside-cmgs`, and so on: by the dialogue's name.
fn after_payload(name: &str) -> Vec<u8> {
    let exchanges = answers(name);
    let sent = exchanges.iter().find(|(told, _)| told.ends_with(b"\x1a")).expect("a payload");
    sent.1.clone()
}

/// A modem that knows nothing but what stands in the files.
struct Reciter {
    port: File,
    by_command: HashMap<Vec<u8>, Vec<u8>>,
    /// What follows each payload, and how the prompt before it looks.
    sendings: Vec<(Vec<u8>, Vec<u8>)>,
    echo: bool,
    submitted: Sender<Vec<u8>>,
}

impl Reciter {
    fn recite(mut self) {
        let mut heard = Vec::new();
        let mut octets = [0; 512];
        while let Ok(count) = self.port.read(&mut octets) {
            if count == 0 {
                return;
            }
            heard.extend_from_slice(&octets[..count]);
            while let Some(end) = heard.iter().position(|octet| matches!(octet, b'\r' | 0x1a)) {
                let line: Vec<u8> = heard.drain(..=end).collect();
                self.answer(&line);
            }
        }
    }

    fn answer(&mut self, line: &[u8]) {
        if line.last() == Some(&0x1a) {
            let (_, result) = self.sendings.remove(0);
            self.say(&result);
            let _ = self.submitted.send(line[..line.len() - 1].to_vec());
            return;
        }
        let text = String::from_utf8_lossy(line).into_owned();
        if line == b"ATE0\r" {
            self.say(b"ATE0\r\r\nOK\r\n");
            self.echo = false;
        } else if text.starts_with("AT+CMGS=") {
            let prompt = self.sendings[0].0.clone();
            self.say(&prompt);
        } else if let Some(answer) = self.by_command.get(line).cloned() {
            let echoed = answer.strip_prefix(line).filter(|_| !self.echo).map(<[u8]>::to_vec);
            self.say(&echoed.unwrap_or(answer));
        } else if text.starts_with("AT") {
            self.say(b"\r\nOK\r\n");
        }
    }

    fn say(&mut self, octets: &[u8]) {
        // The daemon has gone when nobody listens any more.
        let _ = self.port.write_all(octets);
    }
}

/// Opens a pseudo-terminal at the port of a home, recites there, and gives what speaks without being asked.
fn recite(port: &Path) -> (File, Receiver<Vec<u8>>) {
    let (master, keeper) = pseudo_terminal(port);
    let mouth = master.try_clone().unwrap();
    let mut by_command: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
    for name in [ROUND].iter().chain(&OTHERS) {
        for (told, said) in answers(name) {
            by_command.entry(told).or_insert(said);
        }
    }
    // What the files say of one place only: our driver asks for all three stores, and frees without a flag.
    for (ours, theirs) in
        [("AT+CPMS=\"SM\",\"SM\",\"SM\"\r", "AT+CPMS=\"SM\"\r"), ("AT+CMGD=7\r", "AT+CMGD=7,0\r")]
    {
        let said = by_command.get(theirs.as_bytes()).expect(theirs).clone();
        by_command.insert(ours.as_bytes().to_vec(), said);
    }
    for (told, said) in [
        ("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n"),
        ("AT+CIMI\r", "\r\n404400000000001\r\n\r\nOK\r\n"),
        ("AT+CPMS=?\r", "\r\n+CPMS: (\"SM\"),(\"SM\"),(\"SM\")\r\n\r\nOK\r\n"),
    ] {
        by_command.insert(told.as_bytes().to_vec(), said.as_bytes().to_vec());
    }
    let prompt = |name: &str| {
        let exchanges = answers(name);
        let asked =
            exchanges.iter().find(|(told, _)| told.starts_with(b"AT+CMGS")).expect("a prompt");
        asked.1.clone()
    };
    // The report that ends the round comes when the test says so: the rest of the exchange is its result.
    let round = after_payload(ROUND);
    let result = round.windows(4).position(|octets| octets == b"+CDS").unwrap() - 2;
    let sendings = vec![
        (prompt(ROUND), round[..result].to_vec()),
        (prompt("send-prompt-no-space"), after_payload("urc-cmti-inside-cmgs")),
    ];
    let (submitted, submissions) = channel();
    let reciter = Reciter { port: master, by_command, sendings, echo: true, submitted };
    std::thread::spawn(move || {
        reciter.recite();
        drop(keeper);
    });
    (mouth, submissions)
}

/// The status report of the round for another TP-MR. The file's own has three zeros too many in the recipient's address,
/// from taking the number out; without them it has the 25 octets that its header announces.
fn report(reference: u8) -> Vec<u8> {
    let own = String::from_utf8(after_payload(ROUND)).unwrap();
    let pdu = own.lines().find(|line| line.starts_with("0791")).unwrap();
    let whole = pdu.replacen("197909000000000", "197909000000", 1);
    let mut octets = hex::decode(&whole).unwrap();
    assert_eq!(octets.len(), 8 + 25);
    assert_eq!(octets[9], 64, "TP-MR of the file");
    octets[9] = reference;
    format!("\r\n+CDS: 25\r\n{}\r\n", hex::encode(&octets)).into_bytes()
}

fn text_of(payload: &[u8]) -> String {
    let octets = hex::decode(std::str::from_utf8(payload).unwrap()).unwrap();
    let (_, tpdu) = split_smsc(&octets).unwrap();
    let submit = Submit::decode(tpdu).unwrap();
    assert_eq!(submit.destination.number(), CITIZEN);
    assert_ne!(submit.first_octet & TP_SRR, 0);
    submit.text().expect("a text")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_runs_on_what_real_modems_say() {
    let office = Office::closed();
    let (mut mouth, submissions) = recite(&office.home.port(0));
    let office = office.open().await;
    let desk = office.desk();
    desk.status_until(|status| status["modems"][0]["state"] == "ready").await;

    let notice = &answers(ROUND)[0].1;
    assert_eq!(notice, b"\r\n+CMTI: \"SM\",7\r\n");
    mouth.write_all(notice).unwrap();
    let receipt = text_of(&submissions.recv_timeout(PATIENCE).unwrap());
    let number = TicketNumber::find_in(&receipt).expect(&receipt).to_string();
    let ticket = desk.tell("sari", &["show", &number]).await;
    assert_eq!(ticket["messages"][0]["text"], TEXT);
    mouth.write_all(&report(64)).unwrap();
    desk.ticket_until(&number, |ticket| ticket["replies"][0]["state"] == "delivered").await;

    desk.tell("sari", &["assign", &number, "--unit", "DISHUB", "--category", "pengaduan"]).await;
    let wording = "Terima kasih, petugas kami menghubungi Anda hari ini.";
    desk.tell(
        "budi",
        &[
            "propose",
            &number,
            "--recommendation",
            "Hubungi",
            "--rules",
            "tidak ada",
            "--note",
            "Telepon",
            "--wording",
            wording,
        ],
    )
    .await;
    desk.tell("ratna", &["approve", &number]).await;
    desk.tell("sari", &["send", &number]).await;
    let answer = text_of(&submissions.recv_timeout(PATIENCE).unwrap());
    assert!(answer.starts_with(&format!("Jawaban No {number}: {wording}")), "{answer}");
    // A notice stood between that payload and its result: the place it names is looked at, and the result is understood.
    desk.ticket_until(&number, |ticket| ticket["replies"][1]["state"] == "sent").await;
    mouth.write_all(&report(41)).unwrap();
    let ticket =
        desk.ticket_until(&number, |ticket| ticket["replies"][1]["state"] == "delivered").await;
    assert_eq!(ticket["stage"], "DIJAWAB");

    office.close().await;
}
