//! Every command by every role, as `tests/data/commands.txt` has it: what is not somebody's to do is refused in words, with exit
//! code 1, and nothing in the register is another afterwards. The real `aduan`, and a real daemon; where the tests run as root, the
//! real `aduand` too, asked by real accounts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use aduan::control::server::Callers;
use aduan::daemon::{Daemon, Door};
use aduan::demo::Home;
use aduan::simulator::NetworkOptions;
use aduan::ticket::OfficerId;
use nix::unistd::{Uid, User};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::process::Process;
use crate::support::{Gateway, Office, simulate};

const TABLE: &str = include_str!("../data/commands.txt");

/// Commands that ask no daemon: who may run them is the file system's word.
const WITHOUT_DAEMON: [&str; 12] = [
    "modem probe",
    "read",
    "pdu decode",
    "pdu encode",
    "replay",
    "audit verify",
    "doctor",
    "backup",
    "restore",
    "config check",
    "demo",
    "help",
];

/// A line of the table: a word for each column, and what is typed.
struct Row {
    cells: Vec<&'static str>,
    typed: &'static str,
    acts: bool,
}

fn table() -> (Vec<&'static str>, Vec<Row>) {
    let mut lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    assert_eq!(lines.next(), Some("columns"));
    let columns: Vec<_> = lines.next().unwrap().split_whitespace().collect();
    let (mut rows, mut acts) = (Vec::new(), false);
    for line in lines {
        if let Some(part) = line.strip_prefix("= ") {
            acts = part == "acts";
            continue;
        }
        let (mut cells, mut rest) = (Vec::new(), line);
        for _ in &columns {
            let (cell, behind) = rest.split_once(' ').unwrap();
            cells.push(cell);
            rest = behind.trim_start();
        }
        rows.push(Row { cells, typed: rest, acts });
    }
    (columns, rows)
}

/// Who plays which part. The accounts are of the test's own office, or of this computer.
struct Cast {
    petugas: String,
    anggota: String,
    ketua: String,
    pengarah: String,
    admin: String,
    /// Nobody of the staff.
    stranger: String,
}

impl Cast {
    fn of(accounts: [&str; 6]) -> Self {
        let [petugas, anggota, ketua, pengarah, admin, stranger] = accounts.map(str::to_owned);
        Self { petugas, anggota, ketua, pengarah, admin, stranger }
    }

    fn who(&self, column: &str) -> &str {
        match column {
            "petugas" => &self.petugas,
            "anggota" => &self.anggota,
            "ketua" => &self.ketua,
            "pengarah" => &self.pengarah,
            "admin" => &self.admin,
            other => panic!("{other} is no role"),
        }
    }

    /// The staff of an office with these accounts, and a second anggota, who has what is another unit's.
    fn staff(&self) -> String {
        let officer = |user: &str, role: &str, units: &str| {
            format!(
                "[[officer]]\nuser = \"{user}\"\nname = \"{user}\"\nroles = [\"{role}\"]\n{units}\n"
            )
        };
        [
            officer(&self.petugas, "petugas", ""),
            officer(&self.anggota, "anggota", "units = [\"DISHUB\", \"PUPR\"]"),
            officer("anggota-lain", "anggota", "units = [\"DLH\"]"),
            officer(&self.ketua, "ketua", ""),
            officer(&self.pengarah, "pengarah", ""),
            officer(&self.admin, "admin", ""),
        ]
        .concat()
    }
}

/// An office that has a ticket for every row: its home, and what the names in the table stand for.
struct Fixture {
    home: Home,
    names: BTreeMap<&'static str, String>,
    cast: Cast,
}

impl Fixture {
    /// Built by SMS and by commands. Then the modem is pulled out and the daemon stopped: from now on nothing happens of itself.
    async fn build(cast: Cast) -> Self {
        let office = Office::closed();
        fs::write(office.home.path().join("staff.toml"), cast.staff()).unwrap();
        let simulation = simulate(&office.home, NetworkOptions::instant());
        let mut town = Town { gateway: Gateway::of(simulation, office).await, cast, phones: 0 };
        let names = town.furnish().await;
        let Town { gateway, cast, .. } = town;
        let (simulation, office) = gateway.close().await;
        drop(simulation);
        Self { home: office.home, names, cast }
    }

    fn database(&self) -> PathBuf {
        self.home.path().join("aduan.db")
    }

    /// The words of a command, names replaced by what they stand for.
    fn words(&self, typed: &str) -> Vec<String> {
        let quoted = typed.split('"').enumerate();
        let words = quoted.flat_map(|(place, part)| match place % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        let named = |word: String| match word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
            Some(name) => self.names[name].clone(),
            None => word,
        };
        words.map(named).collect()
    }

    /// What a refusal of a row is to say, word for word.
    fn sentence(&self, code: &str, who: &str, row: &Row) -> String {
        let ticket = row.typed.split(['{', '}']).nth(1).unwrap_or_default();
        let number = self.names.get(ticket).map_or("", String::as_str);
        match code {
            "-" => "Peran Anda tidak mengizinkan langkah ini. Lihat peran Anda dengan aduan siapa."
                .to_owned(),
            "gone" => format!(
                "Tidak ada tiket {number} untuk Anda. Periksa nomornya; lihat tiket Anda dengan aduan masuk --all."
            ),
            "OUT_OF_TURN" => format!(
                "Belum atau tidak lagi dapat dilakukan: tahap tiket ini {}. Lihat keadaannya dengan aduan lihat NOMOR.",
                stands(ticket)
            ),
            "INCOMPLETE" => "Alasan belum diisi: tambahkan --reason \"...\".".to_owned(),
            "NO_SUCH_NOTE" => "Tidak ada catatan jawaban nomor 99. Lihat yang ada dengan aduan bank.".to_owned(),
            "OWN_DRAFT" => "Usulan sendiri tidak dapat diputuskan sendiri. Mintalah ketua atau pengarah lain memutuskannya."
                .to_owned(),
            "DIRECTOR_DECIDES" => "Yang ini diputuskan oleh pengarah.".to_owned(),
            "CHAIR_MUST_ASSIGN" => "Tiket ini sudah terlalu sering dikembalikan sebagai bukan urusan satuan kerjanya: ketua yang \
                 harus meneruskannya."
                .to_owned(),
            "UNKNOWN_CALLER" => {
                format!("Akun {who} tidak terdaftar. Minta admin menambahkannya ke staff.toml.")
            }
            "MODEM_NOT_IN_SERVICE" => "Modem modem-1 sedang tidak menerima perintah: tidak terpasang. Lihat sebabnya dengan \
                 aduan modem lihat modem-1."
                .to_owned(),
            other => panic!("{other} is no word of the table"),
        }
    }

    /// Types every command as everybody who is not entitled.
    fn refuses_everybody(&self, run: &dyn Fn(&str, &[String]) -> Output) {
        let (columns, rows) = table();
        let mut wrong = Vec::new();
        let mut before = register(&self.database());
        for row in &rows {
            let words = self.words(row.typed);
            let of_roles =
                columns.iter().zip(&row.cells).map(|(role, cell)| (self.cast.who(role), *cell));
            let everybody = of_roles.chain([(&*self.cast.stranger, "UNKNOWN_CALLER")]);
            for (who, cell) in everybody.filter(|(_, cell)| *cell != "yes") {
                let output = run(who, &words);
                let told = format!("aduan: {}\n", self.sentence(cell, who, row));
                let as_it_should = (output.status.code(), output.stdout, output.stderr.as_slice())
                    == (Some(1), Vec::new(), told.as_bytes());
                if !as_it_should {
                    let found = String::from_utf8_lossy(&output.stderr);
                    wrong.push(format!("{who}: {words:?}\n  is to be told: {told}  not: {found}"));
                }
            }
            let after = register(&self.database());
            // Who gives a modem an order is noted before the modem is asked.
            if row.cells.contains(&"MODEM_NOT_IN_SERVICE") {
                before = after;
            } else if after != before {
                let new = after.iter().find(|row| !before.contains(row));
                panic!("a refusal of {words:?} has changed something: {new:?}");
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Where a ticket of the table stands, as an officer reads it.
fn stands(ticket: &str) -> &'static str {
    match ticket {
        "baru" => "baru",
        "tanya" => "menunggu pemohon",
        "telaah" => "telaah",
        "usul" => "menunggu persetujuan",
        "siap" => "siap kirim",
        "dijawab" => "dijawab",
        "lanjutan" => "tindak lanjut",
        "selesai" => "selesai",
        "etik" => "jalur tertutup",
        "tutup" => "ditutup",
        other => panic!("nobody asks where {other} stands"),
    }
}

/// The office while it is furnished.
struct Town {
    gateway: Gateway,
    cast: Cast,
    phones: u32,
}

impl Town {
    /// One ticket for each situation that the table names.
    async fn furnish(&mut self) -> BTreeMap<&'static str, String> {
        let mut names = BTreeMap::new();
        names.insert("baru", self.complain("DISHUB").await);
        names.insert("telaah", self.assigned("DISHUB").await);
        names.insert("lain", self.assigned("DLH").await);
        names.insert("usul", self.proposed(&[]).await);
        names.insert("dijawab", self.answered(&[]).await);
        // Before the national limit, and never today by the office's clock: the daemon reminds of that by itself.
        let soon = (chrono::Utc::now() + chrono::TimeDelta::days(3)).date_naive().to_string();
        names.insert("lanjutan", self.answered(&["--follow-up", &soon]).await);
        names.insert("etik", self.sealed(&[]).await);
        let ketua = self.cast.ketua.clone();
        names.insert("etik-ketua", self.sealed(&["--concerns", &ketua]).await);
        let Cast { petugas, anggota, ketua, .. } = &self.cast;
        let (petugas, anggota, ketua) = (petugas.clone(), anggota.clone(), ketua.clone());

        let asked = self.complain("DISHUB").await;
        self.tell(&petugas, &["ask", &asked, "--missing", "nama jalan"]).await;
        self.gateway.next_message().await;
        names.insert("tanya", asked);

        let escalated = self.proposed(&[]).await;
        self.tell(&ketua, &["escalate", &escalated, "--reason", "lintas dinas"]).await;
        names.insert("naik", escalated);

        let of_chair = self.complain("DISHUB").await;
        let assign = ["assign", &of_chair, "--category", "pengaduan", "--to", &ketua];
        self.tell(&ketua, &assign).await;
        self.propose(&ketua, &of_chair, &[]).await;
        names.insert("usul-ketua", of_chair);

        let approved = self.proposed(&[]).await;
        self.tell(&ketua, &["approve", &approved]).await;
        names.insert("siap", approved);

        let finished = self.answered(&[]).await;
        let phone = self.phone();
        self.gateway
            .simulation
            .text(&phone, crate::support::CARD, &format!("PUAS {finished}"))
            .unwrap();
        self.gateway.next_message().await;
        names.insert("selesai", finished);

        let closed = self.complain("DISHUB").await;
        self.tell(&petugas, &["close", &closed, "--reason", "bukan_pengaduan"]).await;
        self.gateway.next_message().await;
        names.insert("tutup", closed);

        let returned = self.complain("DISHUB").await;
        for _ in 0..2 {
            self.tell(&petugas, &["assign", &returned, "--category", "pengaduan"]).await;
            self.tell(&anggota, &["return-unit", &returned, "--reason", "jalan provinsi"]).await;
        }
        names.insert("dua-kali", returned);

        for who in [&ketua, &anggota] {
            self.tell(who, &["known", "add", &names["dijawab"], "--matter", "lampu mati"]).await;
        }
        let anew = ["--matter", "lampu mati", "--wording", "Lampu diurus pusat."];
        let anew = [&["known", "add", &names["dijawab"]][..], &anew].concat();
        self.tell(&ketua, &anew).await;
        let request = ["request", "add", &names["telaah"], "--kind", "copy", "--detail", "salinan"];
        self.tell(&petugas, &request).await;
        self.tell(&ketua, &["recap", "sign", "2020-02"]).await;
        let until = (chrono::Utc::now().date_naive() + chrono::TimeDelta::days(30)).to_string();
        self.tell(&ketua, &["block", "081299990000", "--until", &until, "--reason", "ancaman"])
            .await;
        names.insert("sampai", until);
        names.insert("hari-ini", crate::support::today().to_string());
        names
    }

    async fn tell(&self, who: &str, typed: &[&str]) {
        self.gateway.desk().tell(who, typed).await;
    }

    fn phone(&self) -> String {
        format!("+6281200000{:03}", self.phones)
    }

    async fn complain(&mut self, unit: &str) -> String {
        self.phones += 1;
        let text = format!("{unit} # lampu di gang {} mati", self.phones);
        self.gateway.complain(&self.phone(), &text).await
    }

    async fn assigned(&mut self, unit: &str) -> String {
        let number = self.complain(unit).await;
        self.tell(&self.cast.petugas, &["assign", &number, "--category", "pengaduan"]).await;
        number
    }

    async fn propose(&self, who: &str, number: &str, more: &[&str]) {
        let draft = ["--recommendation", "a", "--rules", "b", "--note", "c", "--wording", "Beres."];
        self.tell(who, &[&["propose", number], &draft[..], more].concat()).await;
    }

    async fn proposed(&mut self, more: &[&str]) -> String {
        let number = self.assigned("DISHUB").await;
        self.propose(&self.cast.anggota, &number, more).await;
        number
    }

    async fn answered(&mut self, more: &[&str]) -> String {
        let number = self.proposed(more).await;
        self.tell(&self.cast.ketua, &["approve", &number]).await;
        self.tell(&self.cast.petugas, &["send", &number]).await;
        self.gateway.next_message().await;
        number
    }

    async fn sealed(&mut self, more: &[&str]) -> String {
        let number = self.complain("DISHUB").await;
        let seal = ["ethics", &number, "--indication", "meminta uang"];
        self.tell(&self.cast.petugas, &[&seal[..], more].concat()).await;
        self.gateway.next_message().await;
        number
    }
}

/// Every row of every table.
fn register(database: &Path) -> Vec<(String, Vec<Value>)> {
    let register = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut tables = register
        .prepare(
            "SELECT name FROM sqlite_schema
              WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
              ORDER BY name",
        )
        .unwrap();
    let names: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut rows = Vec::new();
    for name in names {
        let mut all = register.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let width = all.column_count();
        let mut found = all.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            rows.push((name.clone(), (0..width).map(|place| row.get(place).unwrap()).collect()));
        }
    }
    assert!(rows.iter().any(|(name, _)| name == "trail"));
    rows
}

/// A daemon at whose doors everybody of the office stands, and a stranger.
struct Doors {
    stop: watch::Sender<bool>,
    daemon: JoinHandle<()>,
}

impl Doors {
    async fn open(fixture: &Fixture) -> Self {
        let (config, office, mut doors) = fixture.home.open().unwrap();
        let stranger = &*fixture.cast.stranger;
        doors.push(Door {
            socket: fixture.home.socket(stranger),
            callers: Callers::Fixed(OfficerId::from(stranger)),
        });
        let daemon = Daemon::open(&config.database, office, config.modems, &doors).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        Self { stop, daemon: tokio::spawn(daemon.serve(stopped)) }
    }

    async fn close(self) {
        self.stop.send_replace(true);
        self.daemon.await.unwrap();
    }
}

fn aduan(program: &Path, home: &Home) -> Command {
    let mut command = Command::new(program);
    command.arg("--config").arg(home.config_file()).stdin(Stdio::null());
    command.env_remove("LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    command
}

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_aduan"))
}

fn at_the_door(fixture: &Fixture) -> impl Fn(&str, &[String]) -> Output {
    |who, words| {
        let mut command = aduan(&program(), &fixture.home);
        command.arg("--socket").arg(fixture.home.socket(who)).args(words).output().unwrap()
    }
}

const STAFF: [&str; 6] = ["sari", "budi", "ratna", "hadi", "joko", "tamu"];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_ones_to_do_is_refused_in_words_and_changes_nothing() {
    let fixture = Fixture::build(Cast::of(STAFF)).await;
    let doors = Doors::open(&fixture).await;
    fixture.refuses_everybody(&at_the_door(&fixture));
    doors.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ones_to_do_is_done() {
    let fixture = Fixture::build(Cast::of(STAFF)).await;
    let run = at_the_door(&fixture);
    let as_built = fs::read(fixture.database()).unwrap();
    let (columns, rows) = table();
    let entitled = |acts: bool| {
        let rows = rows.iter().filter(move |row| row.acts == acts);
        rows.flat_map(|row| {
            columns.iter().zip(&row.cells).map(move |(role, cell)| (row, role, cell))
        })
        .filter(|(_, _, cell)| **cell == "yes")
    };
    let done = |typed: &str, role: &str| {
        let output = run(fixture.cast.who(role), &fixture.words(typed));
        assert!(
            output.status.success() && !output.stdout.is_empty(),
            "{role}: {typed}: {output:?}"
        );
    };
    let doors = Doors::open(&fixture).await;
    entitled(false).for_each(|(row, role, _)| done(row.typed, role));
    doors.close().await;
    // Each deed is done in the office as it was built.
    for (row, role, _) in entitled(true) {
        fs::write(fixture.database(), &as_built).unwrap();
        let doors = Doors::open(&fixture).await;
        let before = register(&fixture.database());
        done(row.typed, role);
        assert!(register(&fixture.database()) != before, "{role}: {} did nothing", row.typed);
        doors.close().await;
    }
}

/// Accounts of this computer, whose owners a test may become: none where it does not run as root.
fn accounts() -> Vec<User> {
    if !Uid::current().is_root() {
        return Vec::new();
    }
    (1..1000).filter_map(|uid| User::from_uid(Uid::from_raw(uid)).unwrap()).take(6).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn aduand_takes_the_kernels_word_for_who_asks() {
    let accounts = accounts();
    let names: Vec<_> = accounts.iter().map(|account| account.name.as_str()).collect();
    let Ok(names) = <[&str; 6]>::try_from(names) else {
        eprintln!("not tried: only root can become somebody else");
        return;
    };
    let fixture = Fixture::build(Cast::of(names)).await;
    let folder = fixture.home.path();
    // Everybody may come as far as the socket, which is its group's.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    let program = folder.join("aduan");
    fs::copy(self::program(), &program).unwrap();
    let daemon = Process::start(&fixture.home);
    let run = |who: &str, words: &[String], group: Option<u32>| {
        let account = accounts.iter().find(|account| account.name == who).unwrap();
        let group = group.unwrap_or(account.gid.as_raw());
        let mut command = aduan(&program, &fixture.home);
        command.args(words).uid(account.uid.as_raw()).gid(group).output().unwrap()
    };
    let in_the_group =
        |who: &str, words: &[String]| run(who, words, Some(nix::unistd::getgid().as_raw()));
    fixture.refuses_everybody(&in_the_group);
    // Each is who the kernel says, also to the daemon.
    for role in ["petugas", "anggota", "ketua", "pengarah", "admin"] {
        let output = in_the_group(fixture.cast.who(role), &["whoami".to_owned()]);
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(told.to_lowercase().contains(role), "{role}: {told}");
    }
    // Whoever is not in the socket's group does not come to the daemon at all.
    let outside = run(&fixture.cast.petugas, &["whoami".to_owned()], None);
    let told = String::from_utf8(outside.stderr).unwrap();
    assert_eq!(outside.status.code(), Some(2), "{told}");
    assert!(told.contains("Anda tidak boleh membuka") && told.contains("grup"), "{told}");
    daemon.kill();
}

/// The commands that a help page lists.
fn listed(words: &[&str]) -> Vec<String> {
    let output =
        Command::new(program()).args(["--lang", "en"]).args(words).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let list = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| !line.is_empty());
    // What a command is for goes on in lines that are indented further.
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn every_command_that_asks_the_daemon_stands_in_the_table() {
    let mut commands = BTreeSet::new();
    for command in listed(&[]) {
        let inner = listed(&[&command]);
        // The answer bank, and a month, are shown by the bare word.
        if inner.is_empty() || ["known", "recap"].contains(&command.as_str()) {
            commands.insert(command.clone());
        }
        commands.extend(inner.iter().map(|inner| format!("{command} {inner}")));
    }
    assert!(commands.len() > 40, "{commands:?}");
    commands.retain(|command| !WITHOUT_DAEMON.contains(&command.as_str()));
    let (_, rows) = table();
    let named = |typed: &str| {
        let words: Vec<_> = typed.split_whitespace().take(2).collect();
        let both = words.join(" ");
        if commands.contains(&both) { both } else { words[0].to_owned() }
    };
    let tried: BTreeSet<String> = rows.iter().map(|row| named(row.typed)).collect();
    assert_eq!(tried, commands);
}
