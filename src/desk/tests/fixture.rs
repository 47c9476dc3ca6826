//! An office for tests: the house's own files, a small staff, a real database, a clock that stands where it is put, and
//! a modem that carries everything at once.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};
use tempfile::TempDir;

use crate::calendar::{Calendar, Rules, Week, Zone};
use crate::complaint::Directory;
use crate::desk::closing::{self, Closing};
use crate::desk::drafting::{self, Proposal};
use crate::desk::letter::Letterhead;
use crate::desk::officer::{self, Destination, Done};
use crate::desk::outbound::{Next, Sender};
use crate::desk::recap::{self, Month, Recap};
use crate::desk::receiving::{self, At, Received};
use crate::desk::sending;
use crate::desk::staff::{Officer, Staff};
use crate::desk::{Error, Limits, Office, fates, intake, outbound, rounds};
use crate::phone::PhoneNumber;
use crate::sms::{
    Address, Deliver, Optional, Scts, Status, StatusReport, Submit, encode_smsc, parts,
};
use crate::store::claim::{Offer, Pace};
use crate::store::drafts::Draft;
use crate::store::hand::{Claimed, Fate};
use crate::store::inbox::Inbound;
use crate::store::outbox::Message;
use crate::store::tickets::Ticket;
use crate::store::trail::Line;
use crate::store::{Store, Tx, drafts, inbox, outbox, tickets, trail};
use crate::ticket::{Category, OfficerId, Role, Stage, Standards};
use crate::words::Templates;

pub const ANNA: &str = "081200000001";
pub const BENI: &str = "081200000002";
/// The gateway's own card.
pub const OWN: &str = "081299999999";
pub const SIM: &str = "sim-a";
pub const MODEM: &str = "modem-1";

/// What became of one message.
#[derive(Debug, Clone)]
pub struct Heard {
    pub outcome: String,
    pub reason: String,
    pub ticket: Option<Ticket>,
    /// What the sender's phone received since.
    pub replies: Vec<String>,
}

impl Heard {
    /// `outcome reason`.
    pub fn end(&self) -> String {
        format!("{} {}", self.outcome, self.reason)
    }

    pub fn number(&self) -> String {
        self.ticket.as_ref().expect("no ticket").number.to_string()
    }

    /// The one reply.
    pub fn reply(&self) -> &str {
        match self.replies.as_slice() {
            [one] => one,
            other => panic!("not one reply: {other:?}"),
        }
    }
}

pub struct Bench {
    _home: TempDir,
    pub store: Store,
    pub office: Arc<Office>,
    clock: Cell<DateTime<Utc>>,
    reference: Cell<u8>,
    /// TP-MR of the last part that the network took.
    mr: Cell<u8>,
    /// What phones have received and nobody has looked at.
    phones: RefCell<Vec<(String, String)>>,
}

pub fn person(user: &str, roles: &[Role], units: &[&str]) -> Officer {
    Officer {
        id: OfficerId::from(user),
        name: user.to_uppercase(),
        roles: roles.to_vec(),
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        phone: None,
    }
}

pub fn staff() -> Vec<Officer> {
    vec![
        person("sari", &[Role::Operator], &[]),
        person("budi", &[Role::Member], &["DISHUB", "PUPR"]),
        person("wati", &[Role::Member], &["*"]),
        person("ratna", &[Role::Chair], &[]),
        person("hadi", &[Role::Director], &[]),
        person("joko", &[Role::Admin], &[]),
    ]
}

pub fn office() -> Office {
    office_with(&["2026-12-24", "2026-12-25", "2027-01-01"])
}

/// The office with these days off.
pub fn office_with(days_off: &[&str]) -> Office {
    let name = "Pemkab Sukamaju";
    let directory = Directory::from_tsv(include_str!("../../../config/units.tsv")).unwrap();
    Office {
        name: name.to_owned(),
        calendar: Calendar::new(Rules {
            zone: Zone::Wib,
            ordinary: Week::ordinary(),
            ramadan: Week::ramadan(),
            ramadan_days: Vec::new(),
            holidays: days_off.iter().map(|day| day.parse().unwrap()).collect(),
        })
        .unwrap(),
        standards: Standards::default(),
        templates: Templates::from_tsv(
            include_str!("../../../config/templates.tsv"),
            name,
            &directory,
        )
        .unwrap(),
        directory,
        staff: Staff::new(staff()),
        limits: Limits::default(),
        own_numbers: vec![PhoneNumber::parse(OWN).unwrap()],
        routes: Vec::new(),
        letterhead: Letterhead::default(),
    }
}

/// The modem, with a card that may send this much.
pub fn sender(pace: Pace) -> Sender {
    Sender::new((MODEM, SIM), pace, &[])
}

/// Wakes the thread that waits for the writer.
struct Sleeper(Thread);

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The answer of the writer's thread; this floor needs no runtime to wait for it.
fn wait_for<T>(future: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Sleeper(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(answer) => return answer,
            Poll::Pending => std::thread::park(),
        }
    }
}

/// Local time as the procedure writes it: `24-11-2026 08.00`.
pub fn local(text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%d-%m-%Y %H.%M").unwrap();
    local.and_utc() - TimeDelta::hours(7)
}

impl Bench {
    /// A Tuesday, 08.00.
    pub fn new() -> Self {
        Self::with(office())
    }

    pub fn with(office: Office) -> Self {
        let home = tempfile::tempdir().unwrap();
        Self {
            store: Store::open(&home.path().join("aduan.db")).unwrap(),
            _home: home,
            office: Arc::new(office),
            clock: Cell::new(local("24-11-2026 08.00")),
            reference: Cell::new(0),
            mr: Cell::new(0),
            phones: RefCell::new(Vec::new()),
        }
    }

    pub fn with_limits(change: impl FnOnce(&mut Limits)) -> Self {
        let mut office = office();
        change(&mut office.limits);
        Self::with(office)
    }

    pub fn with_staff(staff: Vec<Officer>) -> Self {
        Self::with(Office { staff: Staff::new(staff), ..office() })
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.get()
    }

    pub fn at(&self, text: &str) {
        self.clock.set(local(text));
    }

    pub fn set(&self, at: DateTime<Utc>) {
        self.clock.set(at);
    }

    pub fn seconds(&self, count: i64) {
        self.clock.set(self.clock.get() + TimeDelta::seconds(count));
    }

    pub fn minutes(&self, count: i64) {
        self.seconds(count * 60);
    }

    pub fn days(&self, count: i64) {
        self.seconds(count * 86_400);
    }

    /// One transaction of the office, through the real writer.
    pub fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Tx<'_>, &Office, DateTime<Utc>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (office, now) = (Arc::clone(&self.office), self.now());
        wait_for(self.store.write(move |tx| job(tx, &office, now)))
    }

    /// The same for what cannot be refused.
    pub fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Tx<'_>, &Office, DateTime<Utc>) -> Result<T, crate::store::Fault>
        + Send
        + 'static,
    ) -> T {
        self.write(move |tx, office, now| Ok(job(tx, office, now)?)).unwrap()
    }

    pub fn act<T: Send + 'static>(
        &self,
        user: &str,
        job: impl FnOnce(&Tx<'_>, &Office, &Officer, DateTime<Utc>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let officer = self.office.staff.find(&OfficerId::from(user)).expect("nobody").clone();
        self.write(move |tx, office, now| job(tx, office, &officer, now))
    }

    // ── the citizens' side ──

    /// The parts of an SMS as the network delivers them now.
    pub fn delivered(&self, from: &str, text: &str) -> Vec<Deliver> {
        let from = match PhoneNumber::parse(from) {
            Ok(number) => Address::international(number.reveal()),
            Err(_) if from.chars().all(|c| c.is_ascii_digit()) => Address::unknown(from),
            Err(_) => Address::alphanumeric(from),
        };
        self.reference.set(self.reference.get().wrapping_add(1));
        parts::deliver_parts(&from.unwrap(), self.stamp(), text, self.reference.get()).unwrap()
    }

    fn stamp(&self) -> DateTime<FixedOffset> {
        self.now().with_timezone(&FixedOffset::east_opt(7 * 3600).unwrap())
    }

    pub fn receive(&self, part: &Deliver) -> Received {
        self.receive_tpdu(&part.encode().unwrap())
    }

    pub fn receive_tpdu(&self, tpdu: &[u8]) -> Received {
        self.receive_at(SIM, tpdu)
    }

    pub fn receive_at(&self, sim: &'static str, tpdu: &[u8]) -> Received {
        let pdu = [encode_smsc(None).as_slice(), tpdu].concat();
        let at = At { sim, modem: MODEM };
        self.run(move |tx, office, now| receiving::receive(tx, office, &at, &pdu, now))
    }

    /// Lets intake handle everything that waits; the rows.
    pub fn intake(&self) -> Vec<i64> {
        let waiting = self.unread();
        for id in waiting.clone() {
            assert!(self.run(move |tx, office, now| intake::handle(tx, office, id, now)));
        }
        waiting
    }

    pub fn unread(&self) -> Vec<i64> {
        self.run(|tx, _, _| inbox::unread(tx, 0, 1000))
    }

    /// An SMS, from the antenna to the end of intake.
    pub fn sms(&self, from: &str, text: &str) {
        for part in self.delivered(from, text) {
            assert_eq!(self.receive(&part), Received::Fresh);
        }
        self.intake();
    }

    /// An SMS, and what its sender reads of it at once.
    pub fn say(&self, from: &str, text: &str) -> Heard {
        self.told(from);
        self.sms(from, text);
        self.heard(from)
    }

    /// What became of the last message of a number.
    pub fn heard(&self, from: &str) -> Heard {
        let message = self.messages(from).into_iter().next().expect("no message");
        Heard {
            outcome: message.outcome.expect("not handled"),
            reason: message.reason.expect("no reason"),
            ticket: message.ticket_id.map(|id| self.by_id(id)),
            replies: self.told(from),
        }
    }

    /// The handled messages of a sender, latest first.
    pub fn messages(&self, from: &str) -> Vec<Inbound> {
        let key = PhoneNumber::parse(from)
            .map_or_else(|_| from.to_uppercase(), |number| number.reveal().to_owned());
        self.run(move |tx, _, _| inbox::recent_of(tx, &key, DateTime::<Utc>::MIN_UTC))
    }

    // ── the network's side ──

    pub fn claim(&self) -> Option<Claimed> {
        self.run(|tx, office, now| {
            outbound::claim(tx, office, &sender(Pace::default()), Offer::AtOnce, now)
        })
    }

    /// The network takes every part of a claimed message; the reference of the last one.
    pub fn accept(&self, claimed: &Claimed) -> u8 {
        for (number, _) in &claimed.parts {
            let mr = self.mr.get().wrapping_add(1);
            self.mr.set(mr);
            let (claimed, number) = (claimed.clone(), *number);
            self.run(move |tx, office, now| {
                fates::accepted(tx, office, (&claimed, SIM), number, Some(mr), now)?;
                let next = claimed.part_after(number).map_or(Next::Nothing, Next::Part);
                outbound::go_on(tx, office, (&claimed, next), &sender(Pace::default()), now)
            });
        }
        self.mr.get()
    }

    /// The reference of the last part that the network took.
    pub fn last_mr(&self) -> u8 {
        self.mr.get()
    }

    pub fn release(&self, id: i64, fate: Fate) {
        self.run(move |tx, office, now| fates::released(tx, office, id, fate, "x", now));
    }

    /// The network reports on the part with reference `mr`.
    pub fn report(&self, to: &str, mr: u8, status: u8) {
        let to = PhoneNumber::parse(to).unwrap();
        let report = StatusReport {
            // TP-MTI of an SMS-STATUS-REPORT.
            first_octet: 2,
            message_reference: mr,
            recipient: Address::international(to.reveal()).unwrap(),
            timestamp: Scts::encode(self.stamp()),
            discharge: Scts::encode(self.stamp()),
            status: Status(status),
            optional: Optional::default(),
            trailing_octets: 0,
        };
        assert_eq!(self.receive_tpdu(&report.encode().unwrap()), Received::Report);
    }

    /// Sends everything that may go now, without reports.
    pub fn carry(&self) {
        while let Some(claimed) = self.claim() {
            let text: String = claimed
                .parts
                .iter()
                .map(|(_, tpdu)| Submit::decode(tpdu).unwrap().text().unwrap())
                .collect();
            self.accept(&claimed);
            self.phones.borrow_mut().push((claimed.recipient, text));
        }
    }

    /// What a phone has received since it was last looked at, everything that may go having gone.
    pub fn told(&self, number: &str) -> Vec<String> {
        self.carry();
        let number = PhoneNumber::parse(number).map(|number| number.reveal().to_owned());
        let mut mine = Vec::new();
        self.phones.borrow_mut().retain(|(to, text)| {
            let is_mine = number.as_ref() == Ok(to);
            if is_mine {
                mine.push(text.clone());
            }
            !is_mine
        });
        mine
    }

    // ── the office's side ──

    pub fn by_id(&self, id: i64) -> Ticket {
        self.run(move |tx, _, _| tickets::by_id(tx, id)).expect("no such ticket")
    }

    pub fn ticket(&self, number: &str) -> Ticket {
        let number = crate::number::TicketNumber::parse(number).unwrap();
        self.run(move |tx, _, _| tickets::find(tx, &number)).expect("no such ticket")
    }

    pub fn stage(&self, number: &str) -> Stage {
        self.ticket(number).stage
    }

    pub fn trail(&self, number: &str) -> Vec<Line> {
        let id = self.ticket(number).id;
        self.run(move |tx, _, _| trail::of_ticket(tx, id))
    }

    /// The actions of a ticket's trail.
    pub fn story(&self, number: &str) -> String {
        let lines = self.trail(number);
        lines.iter().map(|line| line.action.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub fn drafts(&self, number: &str) -> Vec<Draft> {
        let id = self.ticket(number).id;
        self.run(move |tx, _, _| drafts::of_ticket(tx, id))
    }

    pub fn outgoing(&self, number: &str) -> Vec<Message> {
        let id = self.ticket(number).id;
        self.run(move |tx, _, _| outbox::of_ticket(tx, id))
    }

    /// A complaint of Anna's to DISHUB, its receipt read.
    pub fn complaint(&self) -> String {
        self.say(ANNA, "DISHUB # Lampu merah Simpang Pasar mati").number()
    }

    pub fn assign(&self, number: &str) -> Result<Done, Error> {
        let number = number.to_owned();
        self.act("sari", move |tx, office, who, now| {
            let to = Destination { category: Some(Category::Complaint), ..Destination::default() };
            officer::assign(tx, office, who, (&number, &to), now)
        })
    }

    pub fn propose(&self, number: &str, user: &str, wording: &str) -> Result<Done, Error> {
        self.propose_with(number, user, proposal(wording))
    }

    pub fn propose_with(
        &self,
        number: &str,
        user: &str,
        proposal: Proposal,
    ) -> Result<Done, Error> {
        let number = number.to_owned();
        self.act(user, move |tx, office, who, now| {
            drafting::propose(tx, office, who, &number, &proposal, now)
        })
    }

    pub fn approve(&self, number: &str, user: &str) -> Result<Done, Error> {
        let number = number.to_owned();
        self.act(user, move |tx, office, who, now| drafting::approve(tx, office, who, &number, now))
    }

    pub fn reject(&self, number: &str, user: &str, reason: &str) -> Result<Done, Error> {
        let (number, reason) = (number.to_owned(), reason.to_owned());
        self.act(user, move |tx, office, who, now| {
            drafting::reject(tx, office, who, (&number, &reason), now)
        })
    }

    pub fn send(&self, number: &str, user: &str) -> Result<Done, Error> {
        let number = number.to_owned();
        self.act(user, move |tx, office, who, now| sending::send(tx, office, who, &number, now))
    }

    /// An officer has told the citizen by telephone.
    pub fn telephoned(&self, number: &str, user: &str) -> Result<Done, Error> {
        let number = number.to_owned();
        let way = crate::ticket::Way::Telephone;
        self.act(user, move |tx, office, who, now| {
            sending::hand(tx, office, who, (&number, way), now)
        })
    }

    pub fn close(&self, number: &str, closing: Closing) -> Result<Done, Error> {
        let number = number.to_owned();
        self.act("sari", move |tx, office, who, now| {
            closing::close(tx, office, who, (&number, &closing), now)
        })
    }

    /// Takes a complaint to an approved wording that waits to be sent.
    pub fn approved(&self, number: &str, wording: &str) {
        if self.stage(number) == Stage::New {
            self.assign(number).unwrap();
        }
        self.propose(number, "budi", wording).unwrap();
        self.approve(number, "ratna").unwrap();
    }

    /// Takes a complaint to its answer, which the citizen has read.
    pub fn answered(&self, number: &str, wording: &str) {
        self.approved(number, wording);
        self.send(number, "sari").unwrap();
        self.told(ANNA);
    }

    pub fn round(&self) -> DateTime<Utc> {
        self.run(rounds::make)
    }

    pub fn recap(&self, year: i32, month: u32) -> Recap {
        self.act("ratna", move |tx, office, who, now| {
            recap::count(tx, office, who, (Month::new(year, month)?, true), now)
        })
        .unwrap()
    }
}

pub fn proposal(wording: &str) -> Proposal {
    Proposal {
        recommendation: "perbaiki".to_owned(),
        rules: "tidak ada".to_owned(),
        note: "sudah dicek".to_owned(),
        wording: wording.to_owned(),
        follow_up: None,
    }
}

/// The code of a refusal.
pub fn refused<T>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(error) => error.code(),
    }
}
