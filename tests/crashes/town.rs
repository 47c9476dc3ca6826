//! The home, its four modems, and the citizens who write to them.

use std::fs;
use std::time::Duration;

use aduan::control::client::Client;
use aduan::control::protocol::{Ask, Status, Tell};
use aduan::demo::Home;
use aduan::simulator::{ModemSetup, NetworkOptions, Profile, Ruling, Setup, SimCard, Simulation};
use aduan::store::Store;
use nix::unistd::{Uid, User};
use tokio::sync::watch;

use crate::PATIENCE;
use crate::clerk::Clerk;

/// Modems; of the last two the messages are routed and acknowledged.
const MODEMS: usize = 4;
/// Message centre of the network.
const CENTRE: &str = "+62811000000";
/// The note in the answer bank that answers everything.
pub const NOTE: i64 = 1;
/// Looks in a row that must show nothing under way: between modem, intake and outbox a text may be in none of them.
const LOOKS: usize = 5;
/// Every so many texts come in several parts.
const LONG: usize = 7;

pub struct Town {
    pub home: Home,
    pub simulation: Simulation,
    /// Who writes what to which card, in this order.
    pub texts: Vec<(String, String)>,
    written: usize,
    /// Texts that the network was handed, counted before anybody is told so.
    pub handed: watch::Receiver<usize>,
}

/// The card in a modem.
fn card(index: usize) -> String {
    format!("+628110000000{}", index + 1)
}

impl Town {
    pub async fn new(sms: usize) -> Self {
        let home = Home::new(MODEMS).unwrap();
        furnish(&home).await;
        let families =
            [Profile::default(), Profile::huawei_e1752(), Profile::wavecom(), Profile::simcom_4g()];
        let modems = families.into_iter().enumerate().map(|(index, profile)| {
            let card = SimCard::new(&card(index), CENTRE);
            let imei = format!("86123405000001{index}");
            ModemSetup { profile, imei, ..ModemSetup::new(home.port(index), card) }
        });
        let network = NetworkOptions {
            submit_takes: Duration::from_millis(60),
            report_after: Duration::from_millis(80),
            retry_after_max: Duration::from_secs(2),
            ..NetworkOptions::default()
        };
        let setup = Setup { network, modems: modems.collect() };
        let simulation = Simulation::start(setup).unwrap();
        let (hand, handed) = watch::channel(0);
        simulation.with_network(|network, _| {
            network.set_rule(move |_, _| {
                hand.send_modify(|count| *count += 1);
                Ruling::Accept
            });
        });
        let texts = (0..sms).map(text).collect();
        Self { home, simulation, texts, written: 0, handed }
    }

    /// How many texts are still to be written.
    pub fn unwritten(&self) -> usize {
        self.texts.len() - self.written
    }

    /// So many more citizens write.
    pub fn write(&mut self, texts: usize) {
        for index in self.written..(self.written + texts).min(self.texts.len()) {
            let (sender, text) = &self.texts[index];
            self.simulation.text(sender, &card(index % MODEMS), text).unwrap();
        }
        self.written = (self.written + texts).min(self.texts.len());
    }

    /// Messages that still lie in a modem or wait for it.
    pub fn underway(&self) -> usize {
        let waiting = |index| {
            let stored = |store| {
                self.simulation.with_modem(index, |modem, _| modem.stored(store)).unwrap_or(0)
            };
            let card = card(index);
            let (texts, reports) = self.simulation.with_network(|network, _| {
                (network.waiting(&card), network.reports_waiting(&card))
            });
            texts + reports + stored("SM") + stored("ME")
        };
        (0..MODEMS).map(waiting).sum()
    }

    /// Waits until everything that was written is answered and nothing is under way any more.
    pub async fn come_to_rest(&self, clerk: &Clerk) -> Result<(), String> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let client = Client::new(&self.home.path().join("aduand.sock"));
        let mut quiet = 0;
        while quiet < LOOKS {
            let told = client.ask(&Ask::Status).await;
            let idle = *clerk.idle.borrow();
            let moving = match &told {
                Ok(Tell::Status(status)) => moving(status),
                _ => i64::MAX,
            };
            let underway = self.underway();
            quiet = if idle && moving == 0 && underway == 0 { quiet + 1 } else { 0 };
            if tokio::time::Instant::now() > deadline {
                return Err(format!(
                    "no rest: officer idle: {idle}, {moving} texts to be sent, {underway} messages in modems"
                ));
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let rest = self.simulation.wait_until(|network| network.poll_timeout().is_none());
        let rest = tokio::time::timeout(PATIENCE, rest).await;
        rest.map_err(|_| "the network does not come to rest".to_owned())
    }
}

/// Texts that are still to be sent, or of unknown fate.
fn moving(status: &Status) -> i64 {
    let moves = |state: &str| matches!(state, "queued" | "claimed" | "unknown");
    status.outbox.iter().filter(|(state, _)| moves(state)).map(|(_, count)| count).sum()
}

/// The settings, the officer, and a register with one note in its answer bank.
async fn furnish(home: &Home) {
    let settings = fs::read_to_string(home.config_file()).unwrap();
    let settings = settings
        .replace("[sending]\n", "[sending]\nunknown_grace = \"2s\"\nother_sim_after = \"5s\"\n")
        .replace("path = \"modem-3\"\n", "path = \"modem-3\"\nreceive = \"direct\"\n")
        .replace("path = \"modem-4\"\n", "path = \"modem-4\"\nreceive = \"direct\"\n");
    fs::write(home.config_file(), settings).unwrap();
    let me = User::from_uid(Uid::current()).unwrap().expect("an account").name;
    let staff = home.path().join("staff.toml");
    let others = fs::read_to_string(&staff).unwrap();
    let officer =
        format!("\n[[officer]]\nuser = \"{me}\"\nname = \"Saya\"\nroles = [\"petugas\"]\n");
    fs::write(&staff, others + &officer).unwrap();
    let path = home.path().join("aduan.db");
    Store::open(&path).unwrap().close().await;
    rusqlite::Connection::open(path)
        .unwrap()
        .execute(
            "INSERT INTO answer (id, unit, matter, wording, approved_by, approved_at)
             VALUES (?1, 'DISHUB', 'lampu jalan', 'Lampu sudah kami perbaiki. Terima kasih.', 'ratna', 0)",
            [NOTE],
        )
        .unwrap();
}

/// What the citizen of this place writes. Two texts of one number each; a number has no more than a flood's worth of them.
fn text(index: usize) -> (String, String) {
    let sender = format!("+62812{:08}", index / 2);
    let long = if index.is_multiple_of(LONG) {
        " sudah seminggu padam, jalan gelap sekali pada malam hari, banyak anak pulang mengaji lewat sini dan sudah dua kali terjadi kecelakaan di tikungan dekat pasar, mohon segera diperbaiki"
    } else {
        ""
    };
    (sender, format!("DISHUB # lampu jalan nomor {index} mati{long}"))
}
