//! A day of a gateway: life after life of the daemon on one register, until the day is over.

use std::cell::RefCell;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aduan::clock;
use aduan::control::server::Context;
use aduan::daemon::Daemon;
use aduan::demo::Home;
use aduan::modem::{Receive, port};
use aduan::mutation::{self, Mutation};
use aduan::simulator::{Modem, Network, Profile, SimCard, World};
use aduan::store::Store;
use chrono::{DateTime, TimeZone, Utc};
use rusqlite::Connection;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tracing::subscriber::DefaultGuard;

use crate::dice::Dice;
use crate::oracles::{self, Broken, Oracle};
use crate::people::{self, Pace, People};
use crate::report::Coverage;
use crate::town::{Death, Fate, Town, TownPorts};

const HOUR: Duration = Duration::from_hours(1);

/// How long everything is given to come to rest at most: what is in hand, and what a clock that was wrong by a day has dated,
/// may take a day each.
const EVENING_MAX: Duration = Duration::from_hours(50);

/// How often that is looked after; what would still go wrong at rest has so much time to.
const LOOK: Duration = Duration::from_mins(10);

/// What came of a day.
pub struct Outcome {
    pub coverage: Coverage,
    pub lasted: Duration,
    /// What should hold and does not.
    pub broken: Vec<Broken>,
    pub story: Vec<String>,
    /// Every octet on every line, in its order and time.
    pub fingerprint: u64,
}

/// How a day is to be.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub seed: u64,
    pub lasts: Duration,
    /// So many lines of its story are kept.
    pub story_lines: usize,
    /// Much happens, and much breaks off.
    pub lively: bool,
    /// A mistake that is made all day.
    pub mistake: Option<Mistake>,
}

/// A mistake made on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// One in the gateway.
    Gateway(Mutation),
    /// The disk says that it has written what a power cut then takes away: `synchronous = OFF`.
    UnsyncedCommit,
    /// A row that others point to is gone at the end of the day.
    LostRow,
}

impl Mistake {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let gateway = Mutation::ALL.into_iter().map(Self::Gateway);
        gateway.chain([Self::UnsyncedCommit, Self::LostRow])
    }

    /// Which oracle is to see it.
    pub const fn seen_by(self) -> Oracle {
        match self {
            Self::UnsyncedCommit => Oracle::Received,
            Self::LostRow => Oracle::Integrity,
            Self::Gateway(mutation) => match mutation {
                Mutation::FreeBeforeCommit | Mutation::NoDedupeKey | Mutation::NoSweep => {
                    Oracle::Received
                }
                Mutation::NoReceipt => Oracle::OneEnd,
                Mutation::ResendUnknown | Mutation::RetryUnanswered => Oracle::Sent,
                Mutation::ResendReceipts => Oracle::SentOnceMore,
                // Who waited for the bell is handled when the daemon stops, and answered no more.
                Mutation::LostBell | Mutation::DropAnswers | Mutation::ForgetInHand => {
                    Oracle::Drained
                }
                Mutation::DeliveredUnreported => Oracle::Delivered,
                Mutation::OpenedTwice => Oracle::Numbers,
                Mutation::ChangedWording => Oracle::Answers,
                Mutation::LooseTrail => Oracle::Chain,
                Mutation::UntoldStep => Oracle::Stages,
                Mutation::UnreasonedStep => Oracle::Steps,
                Mutation::OpenSeal => Oracle::Secrets,
                Mutation::UncountedClosing | Mutation::UncountedRest => Oracle::Months,
                Mutation::PauseCounts | Mutation::StaleDue => Oracle::Clocks,
            },
        }
    }
}

enum End {
    Died,
    Over,
}

pub fn live_through(setting: Setting) -> Outcome {
    mutation::make(match setting.mistake {
        Some(Mistake::Gateway(mutation)) => Some(mutation),
        Some(Mistake::UnsyncedCommit | Mistake::LostRow) | None => None,
    });
    let mut dice = Dice::new(setting.seed);
    let modems = 1 + dice.below(4);
    let home = Home::new(modems).expect("a folder");
    let cards: Vec<String> = (0..modems).map(|place| format!("+62811{place:08}")).collect();
    let began = began(&mut dice);
    let town = town(&mut dice, &home, &cards, began, setting);
    let lively = setting.lively;
    let pace = Pace {
        texts: Duration::from_secs(if lively { 60 } else { 60 + dice.draw() % 600 }),
        acts: Duration::from_secs(if lively { 60 } else { 60 + dice.draw() % 600 }),
        troubles: Duration::from_mins(5 + dice.draw() % 60),
    };
    let receive: Vec<Receive> = (0..modems)
        .map(|_| if dice.percent(25) { Receive::Direct } else { Receive::Stored })
        .collect();
    let phones = 3 + dice.below(300);
    let people = Arc::new(Mutex::new(People::new(dice.another(), pace, phones, cards)));
    let coverage = Arc::new(Mutex::new(Coverage::default()));
    let mut deaths = if lively { 100 } else { dice.below(25) };
    let mut database = home.path().join("aduan.db");
    let mut broken = Vec::new();
    for life in 1.. {
        let image = home.path().join(format!("life-{life}.db"));
        let fate = (deaths > 0).then(|| {
            let commits_only = dice.percent(50);
            let all = if commits_only { 200 } else { 2000 };
            let steps = 1 + (dice.draw() % all) * if lively { 1 } else { 1 << dice.below(4) };
            let how = if dice.percent(40) { Death::Power } else { Death::Kill };
            Fate { steps, commits_only, how }
        });
        town.begin(&database, &image, None);
        let runtime = runtime(dice.draw());
        let (end, wrong) = runtime.block_on(async {
            town.begin(&database, &image, fate);
            life_of(&home, &database, &receive, (&town, &people, &coverage), setting.lasts).await
        });
        broken.extend(wrong);
        let pause = dice.up_to(Duration::from_mins(2));
        runtime.block_on(async { town.end(pause) });
        drop(runtime);
        match end {
            End::Over => break,
            End::Died => {
                deaths = deaths.saturating_sub(1);
                let inner = town.lock();
                let (how, is_torn) = (inner.dead, inner.torn);
                drop(inner);
                let mut coverage = lock(&coverage);
                coverage.count(match how {
                    Some(Death::Power) if is_torn => "power cuts that tear a commit",
                    Some(Death::Power) => "power cuts",
                    Some(Death::Kill) | None => "kill -9",
                });
                database = image;
            }
        }
    }
    broken.extend(PANICS.with_borrow_mut(std::mem::take).into_iter().map(Broken::of_life));
    if setting.mistake == Some(Mistake::LostRow) {
        lose_a_row(&database);
    }
    let inner = town.lock();
    let people = lock(&people);
    let (_, office, _) = home.open().expect("a configuration");
    broken.extend(oracles::judge(&database, &office, &inner.world, &people, &mut lock(&coverage)));
    let (lasted, fingerprint) = (inner.now(), inner.fingerprint());
    drop(inner);
    let coverage = lock(&coverage).clone();
    Outcome { coverage, lasted, broken, story: town.story(), fingerprint }
}

/// Takes away a text of which there are parts.
fn lose_a_row(database: &Path) {
    let lost = Connection::open(database).and_then(|register| {
        register.pragma_update(None, "foreign_keys", false)?;
        let lost = "DELETE FROM outbox WHERE id = (SELECT max(outbox_id) FROM outbox_part)";
        register.execute(lost, [])
    });
    lost.expect("a register");
}

/// When a day begins: at midnight, or at noon of a day at whose end something else begins.
fn began(dice: &mut Dice) -> DateTime<Utc> {
    let (month, day, hour) = *dice.pick(&[
        // A Tuesday.
        (11, 23, 17),
        // A Friday, with a weekend behind it.
        (11, 26, 17),
        // The eve of a holiday.
        (12, 23, 17),
        // The last day of a month.
        (11, 30, 5),
        // The last day of a year: the numbers begin anew.
        (12, 31, 5),
    ]);
    Utc.with_ymd_and_hms(2026, month, day, hour, 0, 0).single().expect("a moment")
}

/// One thread, whose time passes when nobody has anything to do, and whose order of tasks is the seed's.
fn runtime(seed: u64) -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true);
    #[cfg(tokio_unstable)]
    builder.rng_seed(tokio::runtime::RngSeed::from_bytes(&seed.to_be_bytes()));
    #[cfg(not(tokio_unstable))]
    let _ = seed;
    builder.build().expect("a runtime")
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn town(
    dice: &mut Dice,
    home: &Home,
    cards: &[String],
    began: DateTime<Utc>,
    setting: Setting,
) -> Town {
    let mut world = World::new(Network::new(people::network(dice), began));
    let mut ports = Vec::new();
    for (place, card) in cards.iter().enumerate() {
        let families = [
            Profile::simcom_4g(),
            Profile::huawei_e1752(),
            Profile::wavecom(),
            Profile::quectel_ec25(),
            Profile::sim800(),
            Profile::cinterion_mc75i(),
            Profile::zte_mf190(),
            Profile::telit_he910(),
        ];
        let profile = Profile {
            // Long before the driver does: the network's word is lost, and the modem says so (332).
            gives_up_after: Duration::from_secs(20) + dice.up_to(Duration::from_secs(80)),
            acknowledge_within: Duration::from_secs(5) + dice.up_to(Duration::from_secs(25)),
            forgets_reference: dice.percent(30),
            ..dice.pick(&families).clone()
        };
        let imei = format!("86123405{place:07}");
        world.add(Modem::new(profile, SimCard::new(card, "+62811000000"), &imei, None));
        ports.push(home.port(place));
    }
    let town = Town::new(world, ports, began, dice.another());
    let mut inner = town.lock();
    inner.story_lines = setting.story_lines;
    inner.unsynced = setting.mistake == Some(Mistake::UnsyncedCommit);
    drop(inner);
    town
}

/// One life: until the day is over, or something kills the daemon.
async fn life_of(
    home: &Home,
    database: &Path,
    receive: &[Receive],
    (town, people, coverage): (&Town, &Arc<Mutex<People>>, &Arc<Mutex<Coverage>>),
    day: Duration,
) -> (End, Vec<Broken>) {
    let _log = (town.lock().story_lines > 0).then(|| log_into(town));
    let at = town.clone();
    let _clock = clock::simulate(move || at.clock());
    let _ports = port::simulate(TownPorts(town.clone()));
    let world = town.clone();
    tokio::spawn(async move {
        loop {
            let due = world.advance();
            let changed = world.changed.notified();
            match due {
                Some(due) => drop(tokio::time::timeout_at(due, changed).await),
                None => changed.await,
            }
        }
    });
    let (mut config, office, _) = home.open().expect("a configuration");
    for (modem, receive) in config.modems.iter_mut().zip(receive) {
        modem.receive = *receive;
    }
    let steps = town.clone();
    let store = Store::open_stepped(database, move |step| steps.step(step));
    let store = match store {
        Ok(store) => store,
        Err(fault) => {
            return (
                End::Over,
                vec![Broken::of_life(format!("the register does not open: {fault}"))],
            );
        }
    };
    let opening = Daemon::on(store, office, config.modems);
    let daemon = tokio::select! {
        biased;
        () = town.died() => return (End::Died, Vec::new()),
        daemon = opening => daemon,
    };
    let daemon = match daemon {
        Ok(daemon) => daemon,
        Err(fault) => {
            return (
                End::Over,
                vec![Broken::of_life(format!("the daemon does not start: {fault}"))],
            );
        }
    };
    let context = daemon.context();
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(daemon.serve(stopped));
    let evening = async {
        tokio::time::sleep(day.saturating_sub(town.now())).await;
        lock(people).go_home();
        town.lock().no_more_deaths();
        while town.now() < day + EVENING_MAX {
            let rests = is_at_rest(town, people, &context).await;
            tokio::time::sleep(LOOK).await;
            if rests {
                break;
            }
        }
    };
    tokio::select! {
        biased;
        () = town.died() => return (End::Died, Vec::new()),
        () = people::live(people, coverage, town, &context) => {}
        () = evening => {}
    }
    let mut broken = oracles::ask(&context, database, (town.began(), town.true_time())).await;
    stop.send_replace(true);
    if tokio::time::timeout(HOUR, serving).await.is_err() {
        broken.push(Broken::of_life("the daemon does not stop".to_owned()));
    }
    (End::Over, broken)
}

/// Whether nothing is under way, neither outside of the daemon nor in it.
async fn is_at_rest(town: &Town, people: &Mutex<People>, context: &Context) -> bool {
    let outside = oracles::is_quiet(&town.lock().world, &lock(people));
    outside && oracles::has_nothing_in_hand(&context.store).await
}

thread_local! {
    static PANICS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// A task that dies is a defect, although it is started again.
pub fn heed_panics() {
    std::panic::set_hook(Box::new(|panic| {
        PANICS.with_borrow_mut(|panics| panics.push(format!("a task died: {panic}")));
    }));
}

/// What the daemon logs becomes lines of the story.
fn log_into(town: &Town) -> DefaultGuard {
    let town = town.clone();
    let log = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(Mutex::new(Log(town)));
    tracing::subscriber::set_default(log.finish())
}

struct Log(Town);

impl io::Write for Log {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.tell(|| String::from_utf8_lossy(octets).trim_end().to_owned());
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
