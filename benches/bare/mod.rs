//! The least that a gateway can do: the commits and the exchanges that the rules ask for, and nothing else. No codec, no
//! engine, no register, no second thread. What this costs on a computer, no gateway can do without.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use aduan::demo::Home;
use nix::pty::openpty;
use nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr};
use rusqlite::Connection;

/// Messages of one listing, kept in one commit.
const LISTED: usize = 20;

/// Octets that a message or a text takes in a table.
const ROW: [u8; 300] = [b'x'; 300];

/// A message in hexadecimal, as a listing has it, or as it is sent.
const PDU: [u8; 300] = [b'0'; 300];

/// CPU time of receiving so many messages: each listing is one commit, and each message is deleted after it.
pub fn receiving(count: usize) -> Duration {
    let home = Home::new(1).unwrap();
    let register = register(home.path());
    let mut line = Line::to(|asked| match asked {
        b"AT+CMGL=4\r" => {
            let message = [b"\r\n+CMGL: 1,1,,150\r\n", &PDU[..]].concat();
            [message.repeat(LISTED), b"\r\n\r\nOK\r\n".to_vec()].concat()
        }
        _ => b"\r\nOK\r\n".to_vec(),
    });
    own_cpu(|| {
        for _ in 0..count.div_ceil(LISTED) {
            line.exchange(b"AT+CMGL=4\r", b"OK\r\n");
            commit(&register, LISTED);
            for _ in 0..LISTED {
                line.exchange(b"AT+CMGD=1\r", b"OK\r\n");
            }
        }
    })
}

/// CPU time of sending so many texts: each is a commit of its own before it goes out (rule 2), a prompt, a PDU, and a report.
pub fn sending(count: usize) -> Duration {
    let home = Home::new(1).unwrap();
    let register = register(home.path());
    let mut line = Line::to(|asked| match asked {
        b"AT+CMGS=150\r" => b"\r\n> ".to_vec(),
        _ => b"\r\n+CMGS: 1\r\n\r\nOK\r\n".to_vec(),
    });
    let payload = [&PDU[..], b"\x1A"].concat();
    own_cpu(|| {
        for _ in 0..count {
            commit(&register, 1);
            line.exchange(b"AT+CMGS=150\r", b"> ");
            line.exchange(&payload, b"OK\r\n");
            // The report is handed over, and acknowledged to the network.
            line.exchange(b"AT+CNMA=0\r", b"OK\r\n");
        }
    })
}

/// As the daemon keeps its own.
fn register(folder: &Path) -> Connection {
    let register = Connection::open(folder.join("bare.db")).unwrap();
    register.pragma_update(None, "journal_mode", "WAL").unwrap();
    register.pragma_update(None, "synchronous", "FULL").unwrap();
    register.execute_batch("CREATE TABLE message (id INTEGER PRIMARY KEY, body BLOB)").unwrap();
    register
}

fn commit(register: &Connection, rows: usize) {
    let transaction = register.unchecked_transaction().unwrap();
    for _ in 0..rows {
        let mut insert =
            transaction.prepare_cached("INSERT INTO message (body) VALUES (?1)").unwrap();
        insert.execute([&ROW[..]]).unwrap();
    }
    transaction.commit().unwrap();
}

/// The computer's end of a line, at whose other end something answers each command at once.
struct Line(File);

impl Line {
    fn to(answer: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> Self {
        let pty = openpty(None, None).unwrap();
        let mut attributes = tcgetattr(&pty.slave).unwrap();
        cfmakeraw(&mut attributes);
        tcsetattr(&pty.slave, SetArg::TCSANOW, &attributes).unwrap();
        let mut modem = File::from(pty.master);
        thread::spawn(move || {
            let (mut asked, mut octets) = (Vec::new(), [0; 4096]);
            // The line is closed at the end.
            while let Ok(count @ 1..) = modem.read(&mut octets) {
                asked.extend_from_slice(&octets[..count]);
                if matches!(asked.last(), Some(b'\r' | b'\x1A')) {
                    modem.write_all(&answer(&asked)).unwrap();
                    asked.clear();
                }
            }
        });
        Self(File::from(pty.slave))
    }

    fn exchange(&mut self, command: &[u8], until: &[u8]) {
        self.0.write_all(command).unwrap();
        let (mut answer, mut octets) = (Vec::new(), [0; 4096]);
        while !answer.ends_with(until) {
            let count = self.0.read(&mut octets).unwrap();
            answer.extend_from_slice(&octets[..count]);
        }
    }
}

/// CPU time of this thread alone, by the scheduler's account.
fn own_cpu(work: impl FnOnce()) -> Duration {
    let account = || {
        let account = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        Duration::from_nanos(account.split(' ').next().unwrap().parse().unwrap())
    };
    let before = account();
    work();
    account().checked_sub(before).unwrap()
}
