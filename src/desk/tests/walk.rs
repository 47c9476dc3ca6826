//! Random walks through the office: whatever citizens, officers, networks and time do, the rules of 9.4 hold.

mod judge;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::json;

use super::fixture::{ANNA, BENI, Bench, person, proposal, staff};
use super::reading::lists_look_at_each;
use super::{answer, remember, restrict_naming, turn, unrestrict};
use crate::desk::closing::Closing;
use crate::desk::drafting::{Proposal, filled};
use crate::desk::entering::{self, Message};
use crate::desk::officer::Destination;
use crate::desk::recap::{Month, count};
use crate::desk::sending;
use crate::desk::{Error, asking, correcting, reading, signing, timing, turning};
use crate::store::hand::Fate;
use crate::store::tickets::Ticket;
use crate::store::{answers, recap as rows, tickets, trail};
use crate::ticket::{Category, Channel, CloseReason, Role, Stage, Way};

const CITIZENS: [&str; 3] = [ANNA, BENI, "081200000003"];
const OFFICERS: [&str; 7] = ["sari", "budi", "wati", "ratna", "hadi", "joko", "tuti"];

/// One thing that happens. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Event {
    Says {
        citizen: usize,
        text: usize,
        ticket: usize,
    },
    /// An officer enters what came by another channel; the last citizen has no number.
    Enters {
        citizen: usize,
        text: usize,
        ticket: usize,
        named: bool,
    },
    /// Anybody tries anything with a ticket.
    Acts {
        officer: usize,
        ticket: usize,
        deed: usize,
        other: usize,
    },
    /// Somebody does what comes next with a ticket.
    Goes {
        ticket: usize,
        turn: usize,
    },
    Network {
        fate: usize,
    },
    /// The ketua signs last month's report, or the pengarah gives it back.
    Reports {
        back: bool,
    },
    Time {
        minutes: i64,
    },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let says = (0usize..3, 0usize..16, 0usize..6).prop_map(|(citizen, text, ticket)| Event::Says {
        citizen,
        text,
        ticket,
    });
    let enters = (0usize..4, 0usize..16, 0usize..6, any::<bool>())
        .prop_map(|(citizen, text, ticket, named)| Event::Enters { citizen, text, ticket, named });
    let acts = (0usize..7, 0usize..6, 0usize..20, 0usize..6)
        .prop_map(|(officer, ticket, deed, other)| Event::Acts { officer, ticket, deed, other });
    let time = prop_oneof![
        3 => 1i64..120,
        2 => 120i64..3000,
        1 => 3000i64..40_000,
    ];
    let event = prop_oneof![
        4 => says,
        2 => enters,
        4 => acts,
        9 => (0usize..6, 0usize..6).prop_map(|(ticket, turn)| Event::Goes { ticket, turn }),
        2 => (0usize..6).prop_map(|fate| Event::Network { fate }),
        1 => (0usize..4).prop_map(|dice| Event::Reports { back: dice == 0 }),
        2 => time.prop_map(|minutes| Event::Time { minutes }),
    ];
    prop::collection::vec(event, 30..90)
}

struct Walk {
    bench: Bench,
    /// What each citizen sent, as it was sent.
    said: HashMap<String, Vec<String>>,
    notes: Vec<i64>,
    began: DateTime<Utc>,
}

impl Walk {
    fn new() -> Self {
        let mut people = staff();
        people.push(person("tuti", &[Role::Operator, Role::Member, Role::Chair], &["*"]));
        let bench = Bench::with_staff(people);
        let began = bench.now();
        Self { bench, said: HashMap::new(), notes: Vec::new(), began }
    }

    fn tickets(&self) -> Vec<Ticket> {
        self.bench.run(|tx, _, _| {
            let all =
                rows::tickets_between(tx, DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC)?;
            all.iter().map(|ticket| Ok(tickets::by_id(tx, ticket.id)?.unwrap())).collect()
        })
    }

    fn number(&self, choice: usize) -> String {
        let tickets = self.tickets();
        let chosen = tickets.get(choice % tickets.len().max(1));
        chosen.map_or_else(|| "P26-04071-7".to_owned(), |ticket| ticket.number.to_string())
    }

    fn happens(&mut self, event: &Event) {
        match *event {
            Event::Says { citizen, text, ticket } => self.says(CITIZENS[citizen], text, ticket),
            Event::Enters { citizen, text, ticket, named } => {
                let to = named.then(|| self.number(ticket)).filter(|_| !self.tickets().is_empty());
                self.enters(CITIZENS.get(citizen).copied(), &self.text(text, ticket), to);
            }
            Event::Acts { officer, ticket, deed, other } => {
                self.acts(OFFICERS[officer], &self.number(ticket), deed, &self.number(other));
            }
            Event::Goes { ticket, turn } => self.goes(&self.number(ticket), turn),
            Event::Network { fate } => self.network(fate),
            Event::Reports { back } => self.reports(back),
            Event::Time { minutes } => {
                self.bench.minutes(minutes);
                self.bench.round();
            }
        }
    }

    /// The approved wording is given by hand.
    fn hands(&self, number: &str, user: &str) -> Result<(), Error> {
        let number = number.to_owned();
        let done = self.bench.act(user, move |tx, office, who, now| {
            sending::hand(tx, office, who, (&number, Way::WhatsApp), now)
        });
        done.map(|_| ())
    }

    /// The citizen is asked, or what was asked has been learnt otherwise.
    fn asks(&self, number: &str, user: &str) -> Result<(), Error> {
        let (number, learns) =
            (number.to_owned(), self.bench.stage(number) == Stage::WaitingCitizen);
        let done = self.bench.act(user, move |tx, office, who, now| {
            let said = (&*number, "alamat");
            let deed = if learns { asking::resume } else { asking::ask };
            deed(tx, office, who, said, now)
        });
        done.map(|_| ())
    }

    /// A month that is signed already, or acknowledged, is refused.
    fn reports(&self, back: bool) {
        let _ = self.bench.act(if back { "hadi" } else { "ratna" }, move |tx, office, who, now| {
            let month = Month::of(office.calendar.zone(), now).and_then(Month::before).unwrap();
            if back {
                return signing::give_back(tx, who, (month, "kurang"), now);
            }
            let counted = count(tx, office, who, (month, false), now)?;
            let told = json!({ "seal": { "row": counted.seal.as_ref().map(|seal| seal.id) } });
            signing::sign(tx, office, who, (&counted, &told.to_string()), now)
        });
    }

    fn text(&self, text: usize, ticket: usize) -> String {
        let number = self.number(ticket);
        match text {
            0 | 1 => format!("DISHUB # lampu {ticket} mati"),
            2 => "PUPR # jalan berlubang di depan pasar".to_owned(),
            3 => "DLH".to_owned(),
            4 => "sampah menumpuk di jalan mawar nomor lima".to_owned(),
            5 => format!("STATUS {number}"),
            6 => format!("PUAS {number}"),
            7 | 8 => format!("BELUM {number} masih rusak"),
            9 => format!("BATAL {number}"),
            10 => "STOP".to_owned(),
            11 => "MULAI".to_owned(),
            12 | 13 => format!("{number} alamatnya di jalan melati dekat sekolah"),
            14 => "posisinya di depan masjid raya pak".to_owned(),
            _ => "👍 ok makasih".to_owned(),
        }
    }

    /// What cannot be entered leaves nothing; what can is kept like an SMS.
    fn enters(&mut self, citizen: Option<&str>, text: &str, to: Option<String>) {
        self.bench.seconds(1);
        let channel = if citizen.is_some() { Channel::WhatsApp } else { Channel::Counter };
        let message = Message {
            channel,
            from: citizen.map(str::to_owned),
            text: text.to_owned(),
            at: None,
            unit: None,
            to,
            again: false,
            by_sms: false,
        };
        let before = self.tickets();
        // Who gives no number is taken for the citizen of the ticket that the officer names.
        let named = message.to.as_deref().and_then(|number| self.bench.ticket(number).citizen);
        let sender = citizen.map(str::to_owned).or(named.map(|number| number.local()));
        let added = self
            .bench
            .act("sari", move |tx, office, who, now| entering::add(tx, office, who, &message, now));
        match (added, sender) {
            (Ok(added), Some(sender)) => {
                assert!(added.link.is_some() || added.text.is_none());
                self.said.entry(sender).or_default().push(text.to_owned());
            }
            (Ok(added), None) => assert!(added.link.is_none()),
            (Err(error), _) => {
                assert_ne!(error.code(), "FAULT", "{error}");
                assert_eq!(self.tickets(), before, "{error} changed something");
            }
        }
    }

    fn says(&mut self, citizen: &str, text: usize, ticket: usize) {
        let text = self.text(text, ticket);
        let before: HashMap<i64, Ticket> =
            self.tickets().into_iter().map(|ticket| (ticket.id, ticket)).collect();
        self.bench.seconds(1);
        self.bench.sms(citizen, &text);
        self.said.entry(citizen.to_owned()).or_default().push(text);
        for after in self.tickets() {
            if let Some(before) = before.get(&after.id) {
                self.pause_took_nothing(before, &after);
            }
        }
    }

    /// Rule 6.
    fn pause_took_nothing(&self, before: &Ticket, after: &Ticket) {
        let resumed =
            before.stage == Stage::WaitingCitizen && before.before_pause == Some(after.stage);
        if !resumed {
            return;
        }
        let minutes = |from, until| self.bench.office.calendar.minutes_between(from, until);
        let paused_at = before.paused_at.unwrap();
        let clocks = [
            (Some(before.answer_due_at), Some(after.answer_due_at)),
            (before.due_at, after.due_at),
            (before.national_due_at, after.national_due_at),
        ];
        for (due_before, due_after) in clocks {
            assert_eq!(
                due_before.map(|due| minutes(paused_at, due)),
                due_after.map(|due| minutes(self.bench.now(), due)),
                "{}",
                after.number
            );
        }
    }

    fn goes(&self, number: &str, turn: usize) {
        let bench = &self.bench;
        if self.tickets().is_empty() {
            return;
        }
        let ticket = bench.ticket(number);
        let writer = ticket.assignee.as_deref().unwrap_or("tuti");
        // A duplicate, spam, an undecided unit, a chair's draft: refusals are part of the walk.
        let _ = match (ticket.stage, turn) {
            (Stage::New, _) => bench.assign(number).map(|_| ()),
            (Stage::Analysis | Stage::FollowUp, 0) => {
                let promised = Some(bench.now().date_naive() + TimeDelta::days(7));
                let proposal = Proposal { follow_up: promised, ..proposal("Dipesan.") };
                bench.propose_with(number, writer, proposal).map(|_| ())
            }
            (Stage::Analysis | Stage::FollowUp, _) => {
                bench.propose(number, writer, "Sudah kami perbaiki.").map(|_| ())
            }
            (Stage::Approval, 0) => bench.reject(number, "ratna", "kurang").map(|_| ()),
            (Stage::Approval, 1) => bench.approve(number, "hadi").map(|_| ()),
            (Stage::Approval, _) => bench.approve(number, "ratna").map(|_| ()),
            (Stage::ReadyToSend, 0) => self.hands(number, "sari"),
            (Stage::ReadyToSend, _) => bench.send(number, "sari").map(|_| ()),
            (Stage::Answered | Stage::Finished, 0) => {
                super::turn(bench, number, "sari", "salah tanggal", correcting::correct).map(|_| ())
            }
            (
                Stage::WaitingCitizen
                | Stage::Answered
                | Stage::Finished
                | Stage::EthicsClosed
                | Stage::Closed,
                _,
            ) => Ok(()),
        };
    }

    /// Refusals are part of the walk: what they must not do is change anything.
    fn acts(&mut self, user: &str, number: &str, deed: usize, other: &str) {
        let bench = &self.bench;
        let before = self.tickets();
        if before.is_empty() {
            return;
        }
        let versions = |walk: &Self| {
            let all = walk.tickets();
            all.iter().map(|one| walk.bench.drafts(&one.number.to_string()).len()).sum::<usize>()
        };
        let drafts_before = versions(self);
        let signed_before = self.signed_figures();
        let close = |reason, main: Option<&str>| {
            bench.close(
                number,
                Closing {
                    reason,
                    main: main.map(str::to_owned),
                    party: Some("PLN".to_owned()),
                    contact: Some("123".to_owned()),
                    words: None,
                },
            )
        };
        let outcome = match deed {
            0 => bench.assign(number).map(|_| ()),
            1 => bench.propose(number, user, "Sudah kami perbaiki.").map(|_| ()),
            2 | 3 => bench.approve(number, user).map(|_| ()),
            4 => bench.reject(number, user, "kurang").map(|_| ()),
            5 => bench.send(number, user).map(|_| ()),
            6 => close(CloseReason::Spam, None).map(|_| ()),
            7 => close(CloseReason::Duplicate, Some(other)).map(|_| ()),
            8 | 9 => self.asks(number, user),
            10 | 11 => match self.notes.first() {
                Some(note) => answer(bench, number, user, *note, &[]).map(|_| ()),
                None => match remember(bench, number, None) {
                    Ok(note) => {
                        self.notes.push(note);
                        Ok(())
                    }
                    Err(error) => Err(error),
                },
            },
            // Sometimes the ketua is named in it.
            12 if other < number => restrict_naming(bench, number, user, &["ratna"]).map(|_| ()),
            12 => restrict_naming(bench, number, user, &[]).map(|_| ()),
            13 => turn(bench, number, user, "bukan kami", turning::return_unit).map(|_| ()),
            14 => turn(bench, number, user, "lintas dinas", turning::escalate).map(|_| ()),
            15 => turn(bench, number, user, "centang satu", sending::undelivered).map(|_| ()),
            16 => self.hands(number, user),
            17 => turn(bench, number, user, "salah tanggal", correcting::correct).map(|_| ()),
            18 if bench.stage(number) == Stage::EthicsClosed => {
                super::hand_over_by(bench, number, user).map(|_| ())
            }
            _ if bench.stage(number) == Stage::EthicsClosed => {
                let to = Destination {
                    unit: Some("DISHUB"),
                    category: Some(Category::Complaint),
                    member: None,
                    copies: None,
                };
                unrestrict(bench, number, user, to).map(|_| ())
            }
            _ => turn(bench, number, user, "keliru", turning::reopen).map(|_| ()),
        };
        if let Err(error) = outcome {
            assert_ne!(error.code(), "FAULT", "{error}");
            assert_eq!(self.tickets(), before, "{error} changed something");
            assert_eq!(versions(self), drafts_before, "{error} left a draft");
        }
        if deed == 12 {
            assert_eq!(self.signed_figures(), signed_before, "{number} was sealed");
        }
    }

    fn network(&self, fate: usize) {
        let bench = &self.bench;
        let Some(claimed) = bench.claim() else { return };
        match fate {
            0 => bench.release(claimed.id, Fate::Failed),
            1 => bench.release(claimed.id, Fate::Unknown),
            2 => bench.release(claimed.id, Fate::Retry(bench.now() + TimeDelta::minutes(1))),
            _ => {
                let mr = bench.accept(&claimed);
                let status = if fate == 3 { 0x46 } else { 0x00 };
                bench.report(&claimed.recipient, mr, status);
            }
        }
    }

    /// Everything that must hold, whenever one looks.
    fn holds(&self) {
        assert!(self.bench.unread().is_empty());
        assert_eq!(self.bench.run(|tx, _, _| trail::first_broken(tx)), None, "rule 3: the chain");
        let tickets = self.tickets();
        for ticket in &tickets {
            self.trail_tells_the_stage(ticket);
            self.trail_tells_the_clocks(ticket);
            self.sent_is_approved(ticket);
            self.corrections_are_marked(ticket);
            Self::is_consistent(ticket);
        }
        self.waits_for_somebody(&tickets);
        for user in OFFICERS.into_iter().filter(|user| *user != "joko") {
            lists_look_at_each(&self.bench, user);
        }
        self.received_is_kept();
        self.every_message_ends_once(&tickets);
        self.closed_path_is_closed(&tickets);
        self.nobody_waits_for_what_is_over(&tickets);
        self.months_balance(&tickets);
    }

    /// Rule 3: from, to and who, without a gap.
    fn trail_tells_the_stage(&self, ticket: &Ticket) {
        let mut stage: Option<String> = None;
        for line in self.bench.trail(&ticket.number.to_string()) {
            assert!(!line.actor.is_empty());
            if let Some(to) = line.to {
                assert_eq!(line.from, stage, "{} {}", ticket.number, line.action);
                stage = Some(to);
            }
        }
        assert_eq!(stage.as_deref(), Some(ticket.stage.token()), "{}", ticket.number);
    }

    /// Rule 1: to the letter, and approved by somebody else.
    fn sent_is_approved(&self, ticket: &Ticket) {
        let number = ticket.number.to_string();
        let drafts = self.bench.drafts(&number);
        for draft in &drafts {
            if draft.sent_at.is_some() {
                assert_eq!(draft.state, "approved");
            }
            if draft.state == "approved" {
                assert_ne!(draft.decided_by.as_ref(), Some(&draft.content.writer), "{number}");
            }
        }
        for message in self.bench.outgoing(&number) {
            let Some(id) = message.draft_id else { continue };
            let draft = drafts.iter().find(|draft| draft.id == id).expect("another ticket's");
            let approved =
                filled(&self.bench.office, ticket, draft.content.kind, &draft.content.wording);
            assert_eq!(message.body, approved);
        }
    }

    /// A24: what follows RALAT, and nothing else, says so; and there was something to correct.
    fn corrections_are_marked(&self, ticket: &Ticket) {
        let number = ticket.number.to_string();
        let drafts = self.bench.drafts(&number);
        let (mut corrects, mut sent) = (false, None);
        for line in self.bench.trail(&number) {
            match line.transition {
                Some(24) => {
                    assert!(sent.is_some(), "{number}: nothing was sent before");
                    corrects = true;
                }
                Some(21 | 23) => corrects = false,
                Some(16) => {
                    let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap();
                    let draft = drafts.iter().find(|draft| detail["draf"] == draft.id).unwrap();
                    // The same once more, by telephone, where it did not arrive.
                    if sent != Some(draft.id) && draft.content.answer_id.is_none() {
                        let marked = draft.content.wording.starts_with(correcting::MARK);
                        assert_eq!(marked, corrects, "{number}");
                    }
                    (corrects, sent) = (false, Some(draft.id));
                }
                _ => {}
            }
        }
    }

    /// Rule 6, and that due times follow from the trail and nothing else.
    fn trail_tells_the_clocks(&self, ticket: &Ticket) {
        let asked = ticket.clone();
        let replayed = self.bench.run(move |tx, office, _| timing::replayed(tx, office, &asked));
        assert_eq!(replayed, ticket.clocks(), "{}", self.bench.story(&ticket.number.to_string()));
    }

    fn is_consistent(ticket: &Ticket) {
        let number = &ticket.number;
        assert_eq!(ticket.paused_at.is_some(), ticket.stage == Stage::WaitingCitizen, "{number}");
        assert_eq!(
            ticket.before_pause.is_some(),
            ticket.stage == Stage::WaitingCitizen,
            "{number}"
        );
        assert_eq!(ticket.finished_at.is_some(), !ticket.is_open(), "{number}");
        assert_eq!(ticket.closed_as.is_some(), ticket.stage == Stage::Closed, "{number}");
        assert_eq!(ticket.answered_at.is_some(), ticket.last_answer_at.is_some(), "{number}");
        assert!(ticket.objections <= 2);
    }

    /// 9.1: what waits at the office stands in somebody's inbox, and so does what came to a ticket that rests, and what is
    /// to be given of one.
    fn waits_for_somebody(&self, tickets: &[Ticket]) {
        let mut listed = Vec::new();
        for user in OFFICERS.into_iter().filter(|user| *user != "joko") {
            let inbox = self
                .bench
                .act(user, |tx, office, who, now| reading::inbox(tx, office, who, false, now));
            listed.extend(inbox.unwrap().tickets.into_iter().map(|ticket| ticket.id));
        }
        for ticket in tickets {
            let elsewhere = matches!(
                ticket.stage,
                Stage::WaitingCitizen | Stage::Answered | Stage::Finished | Stage::Closed
            ) && ticket.later_at.is_none()
                && ticket.to_give_at.is_none();
            assert_ne!(
                listed.contains(&ticket.id),
                elsewhere,
                "{} {:?}",
                ticket.number,
                ticket.stage
            );
        }
    }

    /// Rule 2.
    fn received_is_kept(&self) {
        for (citizen, said) in &self.said {
            let kept: Vec<String> = self
                .bench
                .messages(citizen)
                .into_iter()
                .rev()
                .map(|message| message.text.unwrap())
                .collect();
            assert_eq!(&kept, said);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_rules_that_always_hold_hold_on_every_walk(events in events()) {
        let mut walk = Walk::new();
        for event in &events {
            walk.happens(event);
        }
        walk.holds();
        // The bank's notes were approved by a chair.
        for note in walk.notes.clone() {
            let note = walk.bench.run(move |tx, _, _| answers::find(tx, note)).unwrap();
            prop_assert_eq!(note.approved_by.as_deref(), Some("ratna"));
        }
    }
}
