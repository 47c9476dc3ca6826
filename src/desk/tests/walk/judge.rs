//! The judge of rules 4, 5 and 7: it reckons by itself what should be, from the messages and from the trails.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use super::{OFFICERS, Walk};
use crate::desk::recap::{Counts, Entry, Month, Recap};
use crate::desk::search::{self, Search};
use crate::desk::{board, cases, privacy, reading};
use crate::store::inbox::Inbound;
use crate::store::tickets::Ticket;
use crate::store::trail::Line;
use crate::store::{outbox, signatures};
use crate::ticket::{Channel, CloseReason, OfficerId, Role, Stage};

/// A ticket with what its trail tells.
struct Told<'a> {
    ticket: &'a Ticket,
    trail: Vec<Line>,
}

impl Told<'_> {
    /// Where it stood just before a time; nothing before it was received.
    fn stage_at(&self, at: DateTime<Utc>) -> Option<Stage> {
        let mut steps = self.trail.iter().filter(|line| line.at < at);
        let last = steps.rfind(|line| line.to.is_some()).and_then(|line| line.to.as_deref());
        let stage = last.and_then(Stage::from_token);
        stage.or((self.ticket.received_at < at).then_some(Stage::New))
    }

    fn is_open_at(&self, at: DateTime<Utc>) -> bool {
        self.stage_at(at).is_some_and(Stage::is_open)
    }

    /// How often it took this step in a month.
    fn took(&self, transition: i64, (from, until): (DateTime<Utc>, DateTime<Utc>)) -> i64 {
        let taken = |line: &&Line| {
            line.transition == Some(transition) && from <= line.at && line.at < until
        };
        i64::try_from(self.trail.iter().filter(taken).count()).unwrap()
    }
}

impl Walk {
    fn told<'a>(&self, tickets: &'a [Ticket]) -> Vec<Told<'a>> {
        let with_trail = |ticket: &'a Ticket| Told {
            ticket,
            trail: self.bench.trail(&ticket.number.to_string()),
        };
        tickets.iter().map(with_trail).collect()
    }

    /// Rule 4: every message has one acknowledgement, one command reply, or a silence with its reason; every ticket was opened by
    /// one message.
    pub(super) fn every_message_ends_once(&self, tickets: &[Ticket]) {
        let mut opened: BTreeMap<i64, usize> = BTreeMap::new();
        for citizen in self.said.keys().map(String::as_str).chain([""]) {
            let messages = self.bench.messages(citizen);
            for message in &messages {
                if message.outcome.as_deref() == Some("ticket") {
                    *opened.entry(message.ticket_id.unwrap()).or_default() += 1;
                }
                self.ends_once(message, &messages);
            }
        }
        for ticket in tickets {
            assert_eq!(opened.get(&ticket.id), Some(&1), "{}", ticket.number);
        }
    }

    fn ends_once(&self, message: &Inbound, of_the_same: &[Inbound]) {
        let (outcome, reason) = (message.outcome.as_deref().unwrap(), message.reason.as_deref());
        let reason = reason.expect("every end has its reason");
        assert!(!reason.is_empty(), "{message:?}");
        let has_ticket = message.ticket_id.is_some();
        assert!(has_ticket || !matches!(outcome, "ticket" | "addition"), "{message:?}");
        let id = message.id;
        let replies = self.bench.run(move |tx, _, _| outbox::replies_to(tx, id));
        // What an officer entered is answered by that officer.
        let by_hand = message.channel != Channel::Sms;
        let held_back = reason.starts_with("TANPA_BALASAN");
        if outcome == "silence" || held_back || by_hand {
            assert_eq!(replies, [], "{message:?}");
        } else {
            let purpose = if outcome == "command" { "command-reply" } else { "acknowledgement" };
            let expected = (message.sender.clone(), purpose.to_owned());
            assert_eq!(replies, [expected], "{message:?}");
        }
        match reason {
            "TANPA_BALASAN_BANJIR" => {
                let came = |window| {
                    let window = message.received_at - window..=message.received_at;
                    let before =
                        |one: &&Inbound| one.id <= message.id && window.contains(&one.received_at);
                    of_the_same.iter().filter(before).count()
                };
                let is_flood = came(TimeDelta::minutes(10)) > 6 || came(TimeDelta::hours(24)) > 21;
                assert!(is_flood, "{message:?}");
            }
            "TANPA_BALASAN_BERULANG" => {
                let (to, until) = (message.sender.clone(), message.received_at);
                let sent = self.bench.run(move |tx, _, _| outbox::to(tx, &to));
                let mut equal: BTreeMap<&str, usize> = BTreeMap::new();
                let near = until - TimeDelta::minutes(61)..=until + TimeDelta::minutes(1);
                for text in sent.iter().filter(|text| near.contains(&text.created_at)) {
                    *equal.entry(&text.body).or_default() += 1;
                }
                assert!(equal.values().any(|times| *times >= 3), "{message:?}");
            }
            _ => {}
        }
    }

    /// Rule 5: in whatever somebody is told who is not entitled, a case of the closed path is nothing; in totals it is a number.
    pub(super) fn closed_path_is_closed(&self, tickets: &[Ticket]) {
        let office = &self.bench.office;
        let on_it = |ticket: &&Ticket| cases::case(office, ticket).on_closed_path();
        let sealed: Vec<&Ticket> = tickets.iter().filter(on_it).collect();
        let waiting = tickets.iter().filter(|ticket| ticket.stage == Stage::EthicsClosed).count();
        let waiting = i64::try_from(waiting).unwrap();
        for user in OFFICERS.into_iter().filter(|user| *user != "joko") {
            let who = office.staff.find(&OfficerId::from(user)).unwrap();
            let told = self.everything_listed(user, waiting);
            for ticket in &sealed {
                let number = ticket.number.to_string();
                let is_entitled = who.is(Role::Director)
                    || (who.is(Role::Chair) && !ticket.concerns.iter().any(|named| named == user));
                for (what, told) in &told {
                    let may_be_there = is_entitled && !matches!(*what, "board" | "recap");
                    assert!(may_be_there || !told.contains(&number), "{user} {what}: {number}");
                }
                let typed = number.clone();
                let shown = self.bench.act(user, move |tx, office, who, now| {
                    reading::show(tx, office, who, &typed, now)
                });
                assert_eq!(shown.is_ok(), is_entitled, "{user} {number}");
            }
        }
    }

    /// What somebody can have listed, as text, without the totals; which are looked at here.
    fn everything_listed(&self, user: &str, waiting: i64) -> Vec<(&'static str, String)> {
        let bench = &self.bench;
        let mut listed = Vec::new();
        for all in [false, true] {
            let inbox = bench
                .act(user, move |tx, office, who, now| reading::inbox(tx, office, who, all, now))
                .unwrap();
            assert_eq!(inbox.sealed, waiting, "{user}");
            listed.push(("inbox", numbers(&inbox.tickets)));
        }
        for words in ["lampu", "jalan", "sampah"] {
            let wanted = Search { words: words.to_owned(), ..Search::default() };
            let found = bench
                .act(user, move |tx, office, who, now| {
                    search::search(tx, office, who, &wanted, now)
                })
                .unwrap();
            listed.push(("search", numbers(&found.tickets)));
        }
        if let Ok(wall) = bench.act(user, board::board) {
            assert_eq!(wall.sealed, waiting, "{user}");
            let lines = [&wall.overdue, &wall.soon].into_iter().flatten();
            let lines: Vec<Ticket> = lines.map(|(ticket, _)| ticket.clone()).collect();
            listed.push(("board", numbers(&lines)));
            let reminded = wall.reminded.iter().map(|reminder| reminder.number.to_string());
            listed.push(("board", reminded.collect::<Vec<_>>().join(" ")));
        }
        let log = bench.act(user, |tx, office, who, now| {
            privacy::accesses(tx, office, who, (None, None, None), now)
        });
        if let Ok(log) = log {
            listed.push(("access", format!("{log:?}")));
        }
        for (_, _, mut recap) in self.months() {
            // A number that a citizen wrote tells nothing of its ticket.
            let entries = recap.register.iter_mut().flat_map(|register| &mut register.entries);
            entries.for_each(|entry| entry.body.clear());
            listed.push(("recap", format!("{:?} {:?}", recap.open, recap.register)));
        }
        listed
    }

    /// The months of the walk, with their bounds.
    fn months(&self) -> Vec<(DateTime<Utc>, DateTime<Utc>, Recap)> {
        let zone = self.bench.office.calendar.zone();
        let (first, last) = (zone.local(self.began), zone.local(self.bench.now()));
        let months = (first.year() * 12 + first.month0().cast_signed())
            ..=(last.year() * 12 + last.month0().cast_signed());
        let counted = |month: i32| {
            let (year, month) = (month / 12, (month % 12 + 1).cast_unsigned());
            let (from, until) = Month::new(year, month).unwrap().bounds(zone);
            (from, until, self.bench.recap(year, month))
        };
        months.map(counted).collect()
    }

    /// Section 5: whoever wrote of a matter that was joined to another ticket waits for no ticket that its own citizen has withdrawn or
    /// kept silent on before there was an answer.
    pub(super) fn nobody_waits_for_what_is_over(&self, tickets: &[Ticket]) {
        let told = self.told(tickets);
        let by_id = |id: i64| told.iter().find(|one| one.ticket.id == id).unwrap();
        for one in told.iter().filter(|one| one.ticket.closed_as == Some(CloseReason::Duplicate)) {
            let mut main = one;
            while let Some(id) = main.ticket.main_ticket_id {
                main = by_id(id);
            }
            let last = main.trail.iter().rfind(|line| line.transition.is_some()).unwrap();
            let is_over = matches!(last.transition, Some(6 | 22))
                && last.from.as_deref() != Some(Stage::Answered.token());
            let has_withdrawn =
                one.trail.iter().any(|line| line.actor == "pemohon" && line.action == "BATAL");
            let same = main.ticket.citizen.is_some() && one.ticket.citizen == main.ticket.citizen;
            assert!(!is_over || has_withdrawn || same, "{}", one.ticket.number);
        }
    }

    /// Rule 7, for the whole and for every unit: each month balances in itself, and begins with what the one before ended with. Rule 5:
    /// what a report does not name it does not count, so that nothing is told by a difference.
    pub(super) fn months_balance(&self, tickets: &[Ticket]) {
        let told = self.told(tickets);
        let is_sealed = |one: &Told| cases::case(&self.bench.office, one.ticket).on_closed_path();
        let signed = self.signed();
        let mut left = BTreeMap::new();
        for (from, until, recap) in self.months() {
            super::super::recap::holds(&recap);
            assert!(recap.summary.on_time <= recap.summary.answered);
            let of_units = |figure: fn(&Counts) -> i64| by_unit(&recap, figure);
            let opening = of_units(|counts| counts.opening);
            assert_eq!(opening, left, "{:?}", recap.month);
            assert_eq!(recap.summary.opening, opening.values().sum::<i64>());
            left = of_units(|counts| counts.closing);
            assert_eq!(recap.summary.closing, left.values().sum::<i64>());
            let took = |transition| {
                told.iter().map(|one| one.took(transition, (from, until))).sum::<i64>()
            };
            assert_eq!(recap.sealed, (took(7), took(8), took(9)));
            // What a signed report counts may have taken the closed path since.
            if signed.iter().any(|month| *month >= recap.month.name()) {
                continue;
            }
            let open = told.iter().filter(|one| one.is_open_at(until) && !is_sealed(one));
            assert_eq!(
                left,
                of_lines(open.map(|one| one.ticket.unit.clone())),
                "{:?}",
                recap.month
            );
            let listed = recap.open.iter().map(|line| line.unit.clone());
            assert_eq!(left, of_lines(listed), "{:?}", recap.month);
            let annex = recap.register.as_ref().unwrap();
            let counted = |entry: &&Entry| entry.closed_as != Some(CloseReason::Duplicate);
            let lines = annex.entries.iter().filter(counted).map(|entry| entry.unit.clone());
            assert_eq!(of_units(|counts| counts.received), of_lines(lines), "{:?}", recap.month);
            let came =
                |one: &&Told| from <= one.ticket.received_at && one.ticket.received_at < until;
            let sealed = told.iter().filter(came).filter(|one| is_sealed(one)).count();
            assert_eq!(usize::try_from(annex.sealed).unwrap(), sealed);
        }
    }

    /// The months whose reports are signed.
    fn signed(&self) -> Vec<String> {
        let reports = self.bench.run(|tx, _, _| signatures::in_force_since(tx, ""));
        reports.into_iter().map(|report| report.month).collect()
    }

    /// The figures of the months whose reports are signed, as they are counted now.
    pub(super) fn signed_figures(&self) -> String {
        let signed = self.signed();
        let months = self.months().into_iter().map(|(_, _, recap)| recap);
        let months = months.filter(|recap| signed.contains(&recap.month.name()));
        let figures =
            months.map(|recap| (recap.month, recap.summary, recap.units, recap.categories));
        format!("{:?}", figures.collect::<Vec<_>>())
    }
}

fn numbers(tickets: &[Ticket]) -> String {
    tickets.iter().map(|ticket| ticket.number.to_string()).collect::<Vec<_>>().join(" ")
}

fn by_unit(recap: &Recap, figure: impl Fn(&Counts) -> i64) -> BTreeMap<String, i64> {
    let units = recap.units.iter().map(|(code, (_, counts))| (code.clone(), figure(counts)));
    nonzero(&units.collect())
}

/// How many lines there are of each unit.
fn of_lines(units: impl Iterator<Item = Option<String>>) -> BTreeMap<String, i64> {
    let mut lines = BTreeMap::new();
    for unit in units {
        *lines.entry(unit.unwrap_or_else(|| "-".to_owned())).or_default() += 1;
    }
    lines
}

fn nonzero(of: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    of.iter()
        .filter(|(_, count)| **count != 0)
        .map(|(code, count)| (code.clone(), *count))
        .collect()
}
