//! A flood: tens of thousands of SMS wait in the network at once, while officers work and a card may send only so much.
//!
//! `cargo bench --bench flood` is the whole of it; the suite lets a small one run over the real `aduand` and looks at what is
//! in its register afterwards (`tests/flood.rs`).

use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use aduan::control::client::Client;
use aduan::control::protocol::{Ask, Tell};
use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Setup, SimCard, Simulation};
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::Runtime;

use crate::support::{CARD, CENTRE, Daemon, client, ready};

/// How large a flood is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Numbers that write a complaint each, and somewhat later an addition.
    pub numbers: usize,
    /// Texts of one more number, each with something else to complain of.
    pub from_one: usize,
    /// Parts that the card may send in a minute.
    pub per_minute: usize,
}

impl Size {
    pub const fn texts(self) -> usize {
        2 * self.numbers + self.from_one
    }
}

/// What was measured.
pub struct Figures {
    /// Resident memory of the daemon in KiB when a tenth, half, and all of the texts had been received.
    pub resident: [u64; 3],
    /// The most that was ever resident, in KiB.
    pub peak: u64,
    /// From the first text to the last one kept, and to the last one handled.
    pub received: Duration,
    pub handled: Duration,
    /// How long officers waited at the socket.
    pub asked: Asked,
    /// And for an inbox of so many lines, and the wall, with all of it open.
    pub lines: usize,
    pub inbox: Vec<Duration>,
    pub board: Vec<Duration>,
}

/// How long each ask of an officer took that was answered.
#[derive(Default)]
pub struct Asked {
    pub state: Vec<Duration>,
    pub show: Vec<Duration>,
    pub sort: Vec<Duration>,
}

/// How often the lists are looked at in the end.
const LOOKS: usize = 20;

/// The number that writes too much.
pub const FLOODER: &str = "+6281999999999";

/// Pause of an officer between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// An office in a flood.
pub struct Deluge {
    home: Home,
    _simulation: Simulation,
    _daemon: Daemon,
    pub figures: Figures,
}

impl Deluge {
    /// Lets it come, and waits until everything is received and handled.
    pub fn run(runtime: &Runtime, size: Size) -> Self {
        let _within = runtime.enter();
        let home = Home::new(1).unwrap();
        let mut settings = fs::File::options().append(true).open(home.config_file()).unwrap();
        writeln!(settings, "per_minute = {}", size.per_minute).unwrap();
        let modems = vec![ModemSetup::new(home.port(0), SimCard::new(CARD, CENTRE))];
        let simulation =
            Simulation::start(Setup { network: NetworkOptions::instant(), modems }).unwrap();
        let daemon = Daemon::start(&home);
        let client = client(&home);
        runtime.block_on(ready(&client));
        let begun = Instant::now();
        pour(&simulation, size);
        let figures = runtime.block_on(async {
            let mut asked = Asked::default();
            let mut resident = [0; 3];
            for (place, tenths) in [1, 5, 10].into_iter().enumerate() {
                let due = i64::try_from(size.texts() * tenths / 10).unwrap();
                loop {
                    let looked = Instant::now();
                    let told = client.ask(&Ask::Status).await.unwrap();
                    asked.state.push(looked.elapsed());
                    assert!(matches!(told, Tell::Status(_)), "no status");
                    if count(&home, "SELECT COALESCE (MAX (id), 0) FROM inbound") >= due {
                        break;
                    }
                    sort_one(&client, &mut asked).await;
                    tokio::time::sleep(LOOK).await;
                }
                resident[place] = daemon.memory_kib("VmRSS:");
            }
            let received = begun.elapsed();
            while count(&home, "SELECT COUNT (*) FROM inbound WHERE state = 'unread'") > 0 {
                sort_one(&client, &mut asked).await;
                tokio::time::sleep(LOOK).await;
            }
            let handled = begun.elapsed();
            let (mut lines, mut inbox, mut board) = (0, Vec::new(), Vec::new());
            for _ in 0..LOOKS {
                let looked = Instant::now();
                let told = client.ask(&Ask::Inbox { all: false }).await.unwrap();
                let Tell::Inbox { tickets, .. } = told else { panic!("no inbox: {told:?}") };
                lines = tickets.len();
                inbox.push(looked.elapsed());
                let looked = Instant::now();
                let told = client.ask(&Ask::Board).await.unwrap();
                assert!(matches!(told, Tell::Board(_)), "{told:?}");
                board.push(looked.elapsed());
            }
            let peak = daemon.memory_kib("VmHWM:");
            Figures { resident, peak, received, handled, asked, lines, inbox, board }
        });
        Self { home, _simulation: simulation, _daemon: daemon, figures }
    }

    /// A figure of its register.
    pub fn count(&self, sql: &str) -> i64 {
        count(&self.home, sql)
    }

    /// The most parts that left within sixty seconds.
    pub fn most_in_a_minute(&self) -> usize {
        let register = register(&self.home);
        let mut statement = register
            .prepare("SELECT accepted_at FROM outbox_part WHERE accepted_at IS NOT NULL ORDER BY accepted_at")
            .unwrap();
        let times: Vec<i64> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let within = |(first, at): (usize, &i64)| {
            times[first..].iter().take_while(|other| **other < at + 60).count()
        };
        times.iter().enumerate().map(within).max().unwrap_or_default()
    }
}

/// An officer looks at the next ticket and sorts it. There may be none yet of this number.
async fn sort_one(client: &Client, asked: &mut Asked) {
    let number = (asked.show.len() + 1).to_string();
    let looked = Instant::now();
    if client.ask(&Ask::Show { number: number.clone() }).await.is_err() {
        return;
    }
    asked.show.push(looked.elapsed());
    let sort = Ask::Assign {
        number,
        unit: Some("DISHUB".to_owned()),
        category: "PENGADUAN".to_owned(),
        member: None,
        copies: None,
    };
    let looked = Instant::now();
    if client.ask(&sort).await.is_ok() {
        asked.sort.push(looked.elapsed());
    }
}

fn pour(simulation: &Simulation, size: Size) {
    simulation.with_network(|network, now| {
        let mut say = |from: &str, text: &str| network.text(from, CARD, text, now).unwrap();
        for serial in 0..size.from_one {
            say(FLOODER, &format!("DISHUB # lampu nomor {serial} mati"));
        }
        for round in ["PUPR # jalan rusak di RT", "yang dekat pasar juga, RT"] {
            for number in 0..size.numbers {
                say(&format!("+62812{number:08}"), &format!("{round} {number}"));
            }
        }
    });
}

fn register(home: &Home) -> Connection {
    let path = home.path().join("aduan.db");
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn count(home: &Home, sql: &str) -> i64 {
    register(home).query_row(sql, [], |row| row.get(0)).unwrap()
}
