//! A world in real time: modems on pseudo-terminals, for the demo and for tests from end to end.

use std::future::poll_fn;
use std::io;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use super::faults::Faults;
use super::handset::PhoneMessage;
use super::modem::{Modem, Registration};
use super::network::{Network, NetworkOptions, Undeliverable};
use super::profile::Profile;
use super::pty::Port;
use super::scenario::{Event, Happening, Timetable};
use super::sim::SimCard;
use super::storage::Status;
use super::world::World;

use crate::clock;

/// Octets read from a driver at once.
const READ_OCTETS: usize = 4096;

/// What a simulation consists of.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The network that all modems are in.
    pub network: NetworkOptions,
    /// The modems, by index.
    pub modems: Vec<ModemSetup>,
}

/// One modem of a simulation.
#[derive(Debug, Clone)]
pub struct ModemSetup {
    /// Where a driver finds its port: a link that is there while the modem is plugged in.
    pub link: PathBuf,
    /// Its family.
    pub profile: Profile,
    /// The card in it.
    pub card: SimCard,
    /// Its serial number, 15 digits.
    pub imei: String,
    /// Pace of the line in bits per second; `None` takes no time.
    pub baud: Option<u32>,
    /// What goes wrong.
    pub faults: Faults,
    /// What the network offers at the beginning.
    pub coverage: Registration,
    /// Signal as `AT+CSQ` tells it.
    pub signal: u32,
    /// Whether it is plugged in at the beginning.
    pub plugged: bool,
    /// Stores that have another number of places than the family's.
    pub places: Vec<(String, usize)>,
    /// What lies in the stores: store, status, message centre address and TPDU.
    pub stored: Vec<(String, Status, Vec<u8>)>,
}

impl ModemSetup {
    /// A modem of the default family with this card at this link, on a line without pace and faults.
    pub fn new(link: impl Into<PathBuf>, card: SimCard) -> Self {
        Self {
            link: link.into(),
            profile: Profile::default(),
            card,
            imei: "861234050000017".to_owned(),
            baud: None,
            faults: Faults::default(),
            coverage: Registration::Home,
            signal: 21,
            plugged: true,
            places: Vec::new(),
            stored: Vec::new(),
        }
    }

    /// The modem at the beginning.
    pub(super) fn into_modem(self) -> Modem {
        let mut modem = Modem::new(self.profile, self.card, &self.imei, self.baud);
        for (store, places) in self.places {
            modem.set_places(&store, places);
        }
        for (store, status, pdu) in self.stored {
            modem.keep(&store, status, &pdu);
        }
        modem.set_signal(self.signal);
        modem.set_coverage(self.coverage, Duration::ZERO);
        modem.set_faults(self.faults, Duration::ZERO);
        if !self.plugged {
            modem.unplug(Duration::ZERO);
        }
        modem
    }
}

/// A running simulation; dropping it ends it and removes the links.
#[derive(Debug)]
pub struct Simulation {
    shared: Arc<Shared>,
    runtime: Handle,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// Told after whatever may have changed something.
    changed: Notify,
}

/// Everything there is. Never locked across an await.
#[derive(Debug)]
struct State {
    world: World,
    timetable: Timetable,
    /// Events of the timetable that have happened.
    happened: Vec<Event>,
    /// How many of them [`Simulation::next_event`] has given.
    told_events: usize,
    sockets: Vec<Socket>,
    began: Instant,
    /// Wakes the task that serves.
    waker: Option<Waker>,
    /// Messages on phones that [`Simulation::next_message`] has given.
    told: usize,
}

/// Where a modem is plugged in, or was.
#[derive(Debug)]
struct Socket {
    link: PathBuf,
    port: Option<Port>,
    /// The terminal that it had when it was last plugged in.
    last_end: Option<PathBuf>,
    /// The next one is to be another than that.
    renumbered: bool,
}

impl Simulation {
    /// Plugs in all modems and serves them until dropped; needs a tokio runtime.
    ///
    /// # Errors
    /// When a pseudo-terminal or a link cannot be made.
    pub fn start(setup: Setup) -> io::Result<Self> {
        Self::play(setup, Timetable::default())
    }

    /// The same, and what the timetable says happens.
    ///
    /// # Errors
    /// As for [`Simulation::start`].
    pub fn play(setup: Setup, timetable: Timetable) -> io::Result<Self> {
        let runtime = Handle::try_current().map_err(io::Error::other)?;
        let mut world = World::new(Network::new(setup.network, clock::now()));
        let mut sockets = Vec::with_capacity(setup.modems.len());
        for modem in setup.modems {
            let port = if modem.plugged { Some(Port::plug_in(&modem.link, None)?) } else { None };
            sockets.push(Socket {
                port,
                link: modem.link.clone(),
                last_end: None,
                renumbered: false,
            });
            world.add(modem.into_modem());
        }
        for card in timetable.loose_cards() {
            world.stow(card.clone());
        }
        let state = State {
            world,
            timetable,
            happened: Vec::new(),
            told_events: 0,
            sockets,
            began: Instant::now(),
            waker: None,
            told: 0,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Notify::new() });
        let task = runtime.spawn(serve(Arc::clone(&shared)));
        Ok(Self { shared, runtime, task })
    }

    /// Someone writes a text at the phone `from`; says in how many parts. See [`Network::text`].
    ///
    /// # Errors
    /// [`Undeliverable`].
    pub fn text(&self, from: &str, to_card: &str, text: &str) -> Result<usize, Undeliverable> {
        self.with_network(|network, now| network.text(from, to_card, text, now))
    }

    /// A service writes under a name. See [`Network::notice`].
    ///
    /// # Errors
    /// [`Undeliverable`].
    pub fn notice(&self, name: &str, to_card: &str, text: &str) -> Result<usize, Undeliverable> {
        self.with_network(|network, now| network.notice(name, to_card, text, now))
    }

    /// The centre delivers these octets to a card.
    ///
    /// # Errors
    /// [`Undeliverable::NoSuchCard`].
    pub fn deliver(&self, to_card: &str, tpdu: &[u8]) -> Result<(), Undeliverable> {
        self.with_network(|network, now| network.deliver_tpdu(to_card, tpdu, now))
    }

    /// Whole messages that one phone has received so far.
    pub fn phone(&self, number: &str) -> Vec<PhoneMessage> {
        self.shared.lock().world.network().messages_of(number).cloned().collect()
    }

    /// The next whole message on any phone, in the order in which they came, each once.
    pub async fn next_message(&self) -> PhoneMessage {
        self.shared
            .until(|state| {
                let message = state.world.network().messages().get(state.told).cloned()?;
                state.told += 1;
                Some(message)
            })
            .await
    }

    /// The next event of the timetable, once it has happened, each once.
    pub async fn next_event(&self) -> Event {
        self.shared
            .until(|state| {
                let event = state.happened.get(state.told_events).cloned()?;
                state.told_events += 1;
                Some(event)
            })
            .await
    }

    /// Waits until everything in the timetable has happened.
    pub async fn until_over(&self) {
        self.shared.until(|state| state.timetable.is_over().then_some(())).await;
    }

    /// Whether everything in the timetable has happened.
    pub fn is_over(&self) -> bool {
        self.shared.lock().timetable.is_over()
    }

    /// Phones that have fewer messages than they have sent complaints, once for each complaint.
    pub fn unanswered(&self) -> Vec<String> {
        let state = self.shared.lock();
        state.timetable.unanswered(&state.world).into_iter().map(str::to_owned).collect()
    }

    /// Waits until the network looks like this.
    pub async fn wait_until(&self, mut holds: impl FnMut(&Network) -> bool) {
        self.shared.until(|state| holds(state.world.network()).then_some(())).await;
    }

    /// Does something to the network, at the time that has passed since the beginning.
    pub fn with_network<T>(&self, act: impl FnOnce(&mut Network, Duration) -> T) -> T {
        self.act(|state, now| act(state.world.network_mut(), now))
    }

    /// Does something to a modem; nothing when there is none of that index.
    pub fn with_modem<T>(
        &self,
        index: usize,
        act: impl FnOnce(&mut Modem, Duration) -> T,
    ) -> Option<T> {
        self.act(|state, now| state.world.modem_mut(index).map(|modem| act(modem, now)))
    }

    /// Pulls out a modem: its link is gone when this returns.
    pub fn unplug(&self, index: usize) {
        self.with_modem(index, Modem::unplug);
    }

    /// Puts a modem in again: it has its link when this returns, and starts.
    pub fn plug_in(&self, index: usize) {
        self.with_modem(index, Modem::plug_in);
    }

    fn act<T>(&self, act: impl FnOnce(&mut State, Duration) -> T) -> T {
        // New ports register with the runtime, whoever calls.
        let _within = self.runtime.enter();
        let mut state = self.shared.lock();
        let now = state.now();
        state.advance(now);
        let done = act(&mut state, now);
        state.advance(now);
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
        done
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        self.task.abort();
        self.shared.lock().sockets.clear();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks again after every change until there is something to see.
    async fn until<T>(&self, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changed = pin!(self.changed.notified());
        loop {
            // Before looking, so that no change falls between looking and waiting.
            changed.as_mut().enable();
            if let Some(seen) = look(&mut self.lock()) {
                return seen;
            }
            changed.as_mut().await;
            changed.set(self.changed.notified());
        }
    }
}

impl State {
    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// Carries octets both ways until nothing more can be done at once.
    fn poll(&mut self, cx: &mut Context<'_>) {
        self.waker = Some(cx.waker().clone());
        let mut octets = [0; READ_OCTETS];
        for index in 0..self.sockets.len() {
            while let Some(read) = self.read(index, cx, &mut octets) {
                let now = self.now();
                self.world.handle_bytes(index, octets.get(..read).unwrap_or_default(), now);
            }
            let socket = self.sockets.get_mut(index).and_then(|socket| socket.port.as_mut());
            if socket.is_some_and(Port::take_closed) {
                let now = self.now();
                self.world.port_closed(index, now);
            }
        }
        let now = self.now();
        self.advance(now);
        for (index, socket) in self.sockets.iter_mut().enumerate() {
            while let Some(piece) = self.world.poll_transmit(index) {
                if let Some(port) = &mut socket.port {
                    port.push(&piece);
                }
            }
            socket.do_or_break(|port| port.poll_write(cx));
        }
    }

    /// When something happens next by itself.
    fn due(&self) -> Option<Duration> {
        [self.world.poll_timeout(), self.timetable.due()].into_iter().flatten().min()
    }

    /// Lets time pass: what the timetable says happens on the way, and ports come and go with it.
    fn advance(&mut self, now: Duration) {
        while let Some(event) = self.timetable.next(&mut self.world, now) {
            if let Happening::Replug { modem, port, renumbered } = &event.happening {
                let index = self.timetable.index(modem);
                if let Some(socket) = index.and_then(|index| self.sockets.get_mut(index)) {
                    socket.move_to(port.as_deref(), *renumbered);
                }
            }
            self.plug();
            self.happened.push(event);
        }
        self.world.handle_timeout(now);
        self.plug();
    }

    /// What a driver has written, if anything.
    fn read(&mut self, index: usize, cx: &mut Context<'_>, octets: &mut [u8]) -> Option<usize> {
        let socket = self.sockets.get_mut(index)?;
        let read = socket.do_or_break(|port| match port.poll_read(cx, octets) {
            Poll::Ready(read) => read.map(Some),
            Poll::Pending => Ok(None),
        });
        read.flatten()
    }

    /// Modems that have left the bus lose their ports, and those that are back have new ones.
    fn plug(&mut self) {
        for (index, socket) in self.sockets.iter_mut().enumerate() {
            let present = self.world.modem(index).is_some_and(Modem::is_present);
            if !present {
                socket.leave();
            } else if socket.port.is_none() {
                let not = socket.last_end.as_deref().filter(|_| socket.renumbered);
                match Port::plug_in(&socket.link, not) {
                    Ok(port) => socket.port = Some(port),
                    Err(error) => {
                        tracing::warn!(%error, "a simulated modem cannot be plugged in");
                    }
                }
            }
        }
    }
}

impl Socket {
    /// The modem is not on the bus.
    fn leave(&mut self) {
        if let Some(port) = self.port.take() {
            self.last_end = Some(port.end().to_owned());
        }
    }

    /// It comes back under this name, or on a terminal of another number.
    fn move_to(&mut self, name: Option<&str>, renumbered: bool) {
        self.leave();
        if let Some(name) = name {
            self.link.set_file_name(name);
        }
        self.renumbered = renumbered;
    }

    /// A port that fails is replaced by a new one, as if the modem had left the bus for a moment.
    fn do_or_break<T>(&mut self, act: impl FnOnce(&mut Port) -> io::Result<T>) -> Option<T> {
        match act(self.port.as_mut()?) {
            Ok(done) => Some(done),
            Err(error) => {
                tracing::warn!(%error, "the port of a simulated modem failed");
                self.port = None;
                None
            }
        }
    }
}

/// Serves until aborted.
async fn serve(shared: Arc<Shared>) {
    let mut alarm = pin!(sleep(Duration::ZERO));
    poll_fn(|cx| {
        loop {
            let due = {
                let mut state = shared.lock();
                state.poll(cx);
                state.due().map(|due| state.began + due)
            };
            shared.changed.notify_waiters();
            let Some(due) = due else { return Poll::<()>::Pending };
            alarm.as_mut().reset(due);
            if alarm.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
        }
    })
    .await;
}
