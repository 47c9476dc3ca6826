//! The officer: answers every new ticket from the answer bank, whether the daemon lives long enough or not.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use aduan::control::client::{AskError, Client};
use aduan::control::protocol::{Ask, Tell};
use aduan::demo::Home;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::dice::Dice;
use crate::town::NOTE;

/// One answer out of so many goes through the real `aduan`, the others through the same socket without a process for each.
const BY_COMMAND: usize = 10;

pub struct Clerk {
    /// Answers that were asked for: a question is on its way to the daemon.
    pub asked: watch::Receiver<usize>,
    /// Whether the last look showed nothing new.
    pub idle: watch::Receiver<bool>,
    leave: watch::Sender<bool>,
    work: JoinHandle<usize>,
}

struct Work {
    client: Client,
    config: PathBuf,
    done: BTreeSet<String>,
    dice: Dice,
    asked: watch::Sender<usize>,
    idle: watch::Sender<bool>,
}

impl Clerk {
    pub fn at_work(home: &Home, dice: Dice) -> Self {
        let (asked, sees_asked) = watch::channel(0);
        let (idle, sees_idle) = watch::channel(false);
        let (leave, left) = watch::channel(false);
        let client = Client::new(&home.path().join("aduand.sock"));
        let config = home.config_file();
        let mut work = Work { client, config, done: BTreeSet::new(), dice, asked, idle };
        let work = tokio::spawn(async move {
            while !*left.borrow() {
                work.look().await;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            work.done.len()
        });
        Self { asked: sees_asked, idle: sees_idle, leave, work }
    }

    /// How many tickets are answered as far as the clerk was told.
    pub async fn goes_home(self) -> usize {
        self.leave.send_replace(true);
        self.work.await.unwrap()
    }
}

impl Work {
    /// Answers what is new; gives up at once where nobody answers.
    async fn look(&mut self) {
        let Ok(Tell::Inbox { tickets, .. }) = self.client.ask(&Ask::Inbox { all: false }).await
        else {
            return;
        };
        self.idle.send_replace(tickets.iter().all(|ticket| ticket.stage != "BARU"));
        for ticket in tickets {
            if ticket.stage != "BARU" || self.done.contains(&ticket.number) {
                continue;
            }
            self.asked.send_modify(|asked| *asked += 1);
            let known = if self.dice.below(BY_COMMAND) == 0 {
                self.by_command(&ticket.number).await
            } else {
                let number = ticket.number.clone();
                match self
                    .client
                    .ask(&Ask::Answer {
                        number,
                        note: NOTE,
                        blanks: Vec::new(),
                        category: None,
                        unit: None,
                    })
                    .await
                {
                    Ok(_) => true,
                    // An earlier one was committed, and its answer got lost on its way.
                    Err(AskError::Trouble(trouble)) if trouble.code == "OUT_OF_TURN" => true,
                    Err(AskError::Trouble(trouble)) if !trouble.fault => {
                        panic!("{}: {}", trouble.code, trouble.message)
                    }
                    Err(_) => false,
                }
            };
            if !known {
                return;
            }
            self.done.insert(ticket.number);
        }
    }

    /// The same as an officer types it.
    async fn by_command(&self, number: &str) -> bool {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
        command.arg("--config").arg(&self.config).args(["--json", "answer", number]);
        command.arg(NOTE.to_string());
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let refused = output.status.code() == Some(1);
        let says = String::from_utf8_lossy(&output.stdout);
        output.status.success() || (refused && says.contains("OUT_OF_TURN"))
    }
}
