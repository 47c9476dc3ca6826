//! When the daemon is killed.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::clerk::Clerk;
use crate::daemon::Daemon;
use crate::dice::Dice;
use crate::town::Town;

/// What does not come within this time is not waited for.
const WAIT: Duration = Duration::from_secs(3);

/// A moment to kill at.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    /// Within milliseconds after its process began.
    Start,
    /// As it says that it is ready.
    Ready,
    /// While modems are brought up and read out.
    BringUp,
    /// As the register's journal grows.
    Commit,
    /// As an officer's answer is on its way to it.
    Answer,
    /// As the network has a text, and the modem has not said so.
    Send,
    /// As its modems have messages that are not taken yet.
    Receive,
    /// Any time.
    Any,
}

/// How often each is drawn, out of all.
const DRAWN: [(Moment, usize); 8] = [
    (Moment::Start, 3),
    (Moment::Ready, 2),
    (Moment::BringUp, 3),
    (Moment::Commit, 6),
    (Moment::Answer, 6),
    (Moment::Send, 6),
    (Moment::Receive, 4),
    (Moment::Any, 4),
];

impl Moment {
    pub fn draw(dice: &mut Dice) -> Self {
        let all: Vec<_> =
            DRAWN.iter().flat_map(|(moment, times)| std::iter::repeat_n(*moment, *times)).collect();
        *dice.pick(&all)
    }

    /// Waits for it while so many texts are written; as what it is to be counted.
    pub async fn come(
        self,
        daemon: &Daemon,
        town: &mut Town,
        clerk: &Clerk,
        texts: usize,
        dice: &mut Dice,
    ) -> &'static str {
        let before = dice.below(texts + 1);
        town.write(before);
        match self {
            Self::Start => {
                sleep(dice.up_to(Duration::from_millis(60))).await;
                town.write(texts - before);
                return "within milliseconds of the start";
            }
            Self::Ready => {
                daemon.ready().await;
                town.write(texts - before);
                sleep(dice.up_to(Duration::from_millis(20))).await;
                return "as it is ready";
            }
            Self::BringUp => {
                daemon.ready().await;
                town.write(texts - before);
                sleep(dice.up_to(Duration::from_millis(400))).await;
                return "while the modems are brought up";
            }
            Self::Any | Self::Commit | Self::Answer | Self::Send | Self::Receive => {}
        }
        daemon.ready().await;
        // So that there is something to break off.
        sleep(dice.up_to(Duration::from_millis(900))).await;
        town.write(texts - before);
        let came = match self {
            Self::Commit => grows(town).await,
            Self::Answer => changes(clerk.asked.clone()).await,
            Self::Send => changes(town.handed.clone()).await,
            Self::Receive => comes(town).await,
            Self::Any | Self::Start | Self::Ready | Self::BringUp => false,
        };
        if !came {
            sleep(dice.up_to(Duration::from_secs(1))).await;
            return "at any time";
        }
        // At once, or in the milliseconds after it.
        if dice.percent(60) {
            sleep(dice.up_to(Duration::from_millis(12))).await;
        }
        match self {
            Self::Commit => "as a commit is written",
            Self::Answer => "as an officer answers",
            Self::Send => "as the network has a text",
            Self::Receive | Self::Start | Self::Ready | Self::BringUp | Self::Any => {
                "as a message is in a modem"
            }
        }
    }
}

async fn changes(mut count: tokio::sync::watch::Receiver<usize>) -> bool {
    count.mark_unchanged();
    timeout(WAIT, count.changed()).await.is_ok_and(|told| told.is_ok())
}

/// Until the journal of the register is another one than before.
async fn grows(town: &Town) -> bool {
    let journal = town.home.path().join("aduan.db-wal");
    let look =
        || std::fs::metadata(&journal).and_then(|data| Ok((data.len(), data.modified()?))).ok();
    let (first, deadline) = (look(), Instant::now() + WAIT);
    while Instant::now() < deadline {
        if look() != first {
            return true;
        }
        sleep(Duration::from_millis(1)).await;
    }
    false
}

/// Until a message waits for a modem or lies in one.
async fn comes(town: &Town) -> bool {
    let deadline = Instant::now() + WAIT;
    while Instant::now() < deadline {
        if town.underway() > 0 {
            return true;
        }
        sleep(Duration::from_millis(1)).await;
    }
    false
}
