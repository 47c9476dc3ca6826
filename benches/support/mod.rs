//! The real `aduand` beside a benchmark: started on a home, asked, and weighed by the kernel's own accounts.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use aduan::control::client::Client;
use aduan::control::protocol::{Ask, Status, Tell};
use aduan::demo::Home;
use nix::unistd::{Uid, User};

/// Number of the first card, and the centre of all.
pub const CARD: &str = "+6281100000001";
pub const CENTRE: &str = "+62811000000";

/// How long anything may take before a benchmark has failed.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// How often the accounts are looked at: a thread that ends takes its own with it.
const LOOK: Duration = Duration::from_millis(500);

/// CPU time in nanoseconds and voluntary context switches of each thread there ever was.
#[derive(Default)]
struct Accounts(Mutex<HashMap<OsString, (u64, u64)>>);

impl Accounts {
    fn look(&self, process: u32) {
        let Ok(tasks) = fs::read_dir(format!("/proc/{process}/task")) else { return };
        for task in tasks.filter_map(Result::ok) {
            let read = |file| fs::read_to_string(task.path().join(file)).ok();
            let cpu = read("schedstat").and_then(|stat| stat.split(' ').next()?.parse().ok());
            let switches = read("status").and_then(|status| figure(&status, "voluntary_ctxt"));
            if let (Some(cpu), Some(switches)) = (cpu, switches) {
                self.0.lock().unwrap().insert(task.file_name(), (cpu, switches));
            }
        }
    }

    fn sums(&self) -> (u64, u64) {
        let accounts = self.0.lock().unwrap();
        accounts.values().fold((0, 0), |(cpu, switches), own| (cpu + own.0, switches + own.1))
    }
}

/// A daemon that is killed when dropped.
pub struct Daemon {
    child: Child,
    accounts: Arc<Accounts>,
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Daemon {
    /// On a home where the account that runs the benchmark may do everything, and somebody else has the tickets to analyse.
    pub fn start(home: &Home) -> Self {
        let me = User::from_uid(Uid::current()).unwrap().expect("an account").name;
        let roles = "roles = [\"petugas\", \"admin\"]";
        let member = "[[officer]]\nuser = \"anggota\"\nname = \"Bench\"\nroles = [\"anggota\"]\nunits = [\"*\"]\n";
        let staff = format!("[[officer]]\nuser = \"{me}\"\nname = \"Bench\"\n{roles}\n{member}");
        fs::write(home.path().join("staff.toml"), staff).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_aduand"));
        // As systemd/aduand.service has it, but for the log.
        command.env("MALLOC_ARENA_MAX", "1").env("ADUAN_LOG", "error");
        command.arg("--config").arg(home.config_file());
        let child = command.stdin(Stdio::null()).spawn().unwrap();
        let (process, accounts) = (child.id(), Arc::new(Accounts::default()));
        let watched = Arc::downgrade(&accounts);
        thread::spawn(move || {
            while let Some(accounts) = watched.upgrade() {
                accounts.look(process);
                drop(accounts);
                thread::sleep(LOOK);
            }
        });
        Self { child, accounts }
    }

    /// CPU time of all threads, by the scheduler's account.
    pub fn cpu(&self) -> Duration {
        self.accounts.look(self.child.id());
        Duration::from_nanos(self.accounts.sums().0)
    }

    /// How often its threads gave up the processor of their own accord, and so had to be woken.
    pub fn wakeups(&self) -> u64 {
        self.accounts.look(self.child.id());
        self.accounts.sums().1
    }

    pub fn memory_kib(&self, field: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        figure(&status, field).expect("a field of memory")
    }
}

fn figure(status: &str, field: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Its officers' way in.
pub fn client(home: &Home) -> Client {
    Client::new(&home.path().join("aduand.sock"))
}

/// Asks for the state until it looks like this.
pub async fn status_until(client: &Client, holds: impl Fn(&Status) -> bool) -> Status {
    let wait = async {
        loop {
            if let Ok(Tell::Status(status)) = client.ask(&Ask::Status).await
                && holds(&status)
            {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("the state that was waited for")
}

/// Waits until every modem is in service.
pub async fn ready(client: &Client) {
    status_until(client, |status| status.modems.iter().all(|modem| modem.state == "ready")).await;
}
