//! From an ask to the office's use case and back: no rule stands here.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::modems;
use super::orders::{self, Order};
use super::privacy;
use super::protocol::{Ask, ReportDuty, Status, Tell};
use super::recaps;
use super::requests;
use super::server::Context;
use super::trouble::Problem;
use super::views;
use crate::desk::closing::Closing;
use crate::desk::drafting::{self, Proposal};
use crate::desk::entering::Message;
use crate::desk::exporting::Wanted;
use crate::desk::letter::Known;
use crate::desk::officer::{self};
use crate::desk::recap::Month;
use crate::desk::sealing::Cover;
use crate::desk::sending;
use crate::desk::staff::Officer;
use crate::desk::{
    Error, Office, asking, bank, blocking, board, copying, correcting, entering, exporting, fates,
    flooding, reading, restores, signing, suggesting, turning,
};
use crate::store::Tx;
use crate::store::restores::{self as register, Decision};
use crate::store::tickets::Ticket;
use crate::ticket::{Channel, CloseReason, Way};

/// Does what `officer` asks for, and tells.
///
/// # Errors
/// [`Problem`]: what the office or a modem refuses, or the database could not do.
#[expect(clippy::too_many_lines, reason = "a table: an arm for each ask")]
pub(super) async fn answer(
    context: &Context,
    officer: &Officer,
    ask: Ask,
    now: DateTime<Utc>,
) -> Result<Tell, Problem> {
    let desk = Desk { context, officer };
    let order = |name, order| orders::carry_out(&desk, name, order, now);
    let done = match ask {
        Ask::ModemList => return modems::list(&desk, now).await,
        Ask::ModemInfo { name } => return modems::info(&desk, name, now).await,
        Ask::ModemEnable { name } => return order(name, Order::Enable).await,
        Ask::ModemDisable { name } => return order(name, Order::Disable).await,
        Ask::ModemReset { name } => return order(name, Order::Reset).await,
        Ask::ModemAt { name, line } => return order(name, Order::At(line)).await,
        Ask::ModemUssd { name, code } => return order(name, Order::Ussd(code)).await,
        Ask::Whoami => return Ok(Tell::Whoami(views::person(officer))),
        Ask::Status => return Ok(desk.status(now).await?),
        Ask::Inbox { all } => return Ok(desk.inbox(all, now).await?),
        Ask::Board => return Ok(desk.board(now).await?),
        Ask::Show { number } => return Ok(desk.show(number, now).await?),
        Ask::AuditShow { number } => return Ok(desk.story(number, now).await?),
        Ask::Search { words, unit, stage, from, to, phone } => {
            return Ok(desk.search((words, unit, stage, phone), (from, to), now).await?);
        }
        Ask::Reveal { number, reason } => {
            return Ok(privacy::reveal(&desk, (number, reason), now).await?);
        }
        Ask::Mark { number, mark, remove, reason } => {
            return Ok(privacy::mark(&desk, (number, mark, remove, reason), now).await?);
        }
        Ask::Accesses { number, from, until } => {
            return Ok(privacy::accesses(&desk, (number, from, until), now).await?);
        }
        Ask::RequestAdd { whose, kind, detail } => {
            return Ok(requests::add(&desk, (whose, kind, detail), now).await?);
        }
        Ask::Requests { all } => return Ok(requests::list(&desk, all, now).await?),
        Ask::RequestAnswer { id, granted, answer } => {
            return Ok(requests::answer(&desk, (id, granted, answer), now).await?);
        }
        Ask::Affected { from, until } => {
            return Ok(requests::affected(&desk, (from, until), now).await?);
        }
        Ask::RetentionPlan => return Ok(privacy::plan(&desk, now).await?),
        Ask::RetentionApply => return Ok(privacy::apply(&desk, now).await?),
        Ask::Known { unit } => return Ok(desk.known(unit, now).await?),
        Ask::KnownAdd { number, matter, wording, valid_until } => {
            return Ok(desk.known_add((number, matter, wording, valid_until), now).await?);
        }
        Ask::KnownApprove { note } => return Ok(desk.known_approve(note, now).await?),
        Ask::KnownWithdraw { note } => return Ok(desk.known_withdraw(note, now).await?),
        Ask::Recap { year, month, register } => {
            return Ok(recaps::tell(&desk, (Month::new(year, month)?, register), now).await?);
        }
        Ask::RecapSign { year, month } => {
            return Ok(recaps::sign(&desk, Month::new(year, month)?, now).await?);
        }
        Ask::RecapAcknowledge { year, month } => {
            return Ok(recaps::acknowledge(&desk, Month::new(year, month)?, now).await?);
        }
        Ask::RecapReturn { year, month, reason } => {
            return Ok(recaps::give_back(&desk, (Month::new(year, month)?, reason), now).await?);
        }
        Ask::Export { from, to, unit } => {
            return Ok(desk.export(Wanted { from, to, unit }, now).await?);
        }
        Ask::SmsSend { messages, urgent } => {
            let ids = desk
                .write(move |tx, office, who| {
                    sending::send_sms(tx, office, who, (&messages, urgent), now)
                })
                .await?;
            return Ok(Tell::Queued { ids });
        }
        Ask::SmsRelease { decision } => return Ok(desk.release(decision, now).await?),
        Ask::Assign { number, unit, category, member, copies } => {
            desk.assign((number, unit, category, member), copies, now).await?
        }
        Ask::Copy { number, units } => {
            desk.write(move |tx, office, who| {
                copying::copy(tx, office, who, (&number, &units), now)
            })
            .await?
        }
        Ask::Propose { number, recommendation, rules, note, wording, follow_up } => {
            let proposal = Proposal { recommendation, rules, note, wording, follow_up };
            desk.propose(number, proposal, now).await?
        }
        Ask::Approve { number } => desk.plain(drafting::approve, number, now).await?,
        Ask::Reject { number, reason } => {
            desk.worded(drafting::reject, (number, reason), now).await?
        }
        Ask::Send { number, by: None } => desk.plain(sending::send, number, now).await?,
        Ask::Send { number, by: Some(by) } => {
            let way = token("way", &by, Way::from_token)?;
            desk.write(move |tx, office, who| sending::hand(tx, office, who, (&number, way), now))
                .await?
        }
        Ask::Undelivered { number, reason } => {
            desk.worded(sending::undelivered, (number, reason), now).await?
        }
        Ask::Add { channel, from, text, at, unit, to, again, by_sms } => {
            let channel = token("channel", &channel, Channel::from_token)?;
            let message = Message { channel, from, text, at, unit, to, again, by_sms };
            let added = desk
                .write(move |tx, office, who| entering::add(tx, office, who, &message, now))
                .await?;
            return Ok(Tell::Added(views::added(added)));
        }
        Ask::Correct { number, reason } => {
            desk.worded(correcting::correct, (number, reason), now).await?
        }
        Ask::Note { number, text } => desk.worded(correcting::note, (number, text), now).await?,
        Ask::Block { whom, until, reason } => {
            let block = desk
                .write(move |tx, office, who| {
                    blocking::block(tx, office, who, (&whom, until, &reason), now)
                })
                .await?;
            return Ok(Tell::Blocked { numbers: vec![views::blocked(block)] });
        }
        Ask::Unblock { whom } => {
            let block = desk
                .write(move |tx, office, who| blocking::unblock(tx, office, who, &whom, now))
                .await?;
            return Ok(Tell::Blocked { numbers: vec![views::blocked(block)] });
        }
        Ask::Blocked => {
            let blocks =
                desk.write(move |tx, office, who| blocking::list(tx, office, who, now)).await?;
            let numbers = blocks.into_iter().map(views::blocked).collect();
            return Ok(Tell::Blocked { numbers });
        }
        Ask::Floods => {
            let floods =
                desk.write(move |tx, office, who| flooding::list(tx, office, who, now)).await?;
            return Ok(Tell::Floods { numbers: floods.into_iter().map(views::flood).collect() });
        }
        Ask::Close { number, reason, main, party, contact, words } => {
            let reason = token("reason", &reason, CloseReason::from_token)?;
            desk.close(number, Closing { reason, main, party, contact, words }, now).await?
        }
        Ask::Ask { number, missing } => desk.worded(asking::ask, (number, missing), now).await?,
        Ask::Resume { number, learnt } => {
            desk.worded(asking::resume, (number, learnt), now).await?
        }
        Ask::Ethics { number, indication, concerns } => {
            desk.restrict((number, indication, concerns), now).await?
        }
        Ask::Concern { number, concerns } => desk.concern(number, concerns, now).await?,
        Ask::HandOver { number, body, letter, date } => {
            desk.hand_over(number, Cover { body, letter, date }, now).await?
        }
        Ask::Letter { number, body, letter, date } => {
            return Ok(desk.letter(number, Known { body, letter, date }, now).await?);
        }
        Ask::NotEthics { number, reason, unit, category, member } => {
            desk.unrestrict(number, reason, (unit, category, member), now).await?
        }
        Ask::ReturnUnit { number, reason } => {
            desk.worded(turning::return_unit, (number, reason), now).await?
        }
        Ask::Escalate { number, reason } => {
            desk.worded(turning::escalate, (number, reason), now).await?
        }
        Ask::Reopen { number, reason } => {
            desk.worded(turning::reopen, (number, reason), now).await?
        }
        Ask::Answer { number, note, blanks, category, unit } => {
            desk.answer((number, note), (blanks, category, unit), now).await?
        }
    };
    Ok(Tell::Done(views::done(done.seen_by(officer), &context.office)))
}

/// A token as people type it.
pub(super) fn token<T>(
    what: &'static str,
    typed: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Error> {
    read(&typed.trim().to_uppercase())
        .ok_or_else(|| Error::Invalid { what, value: typed.to_owned() })
}

/// Somebody's way to the database and to the modems.
pub(super) struct Desk<'a> {
    pub(super) context: &'a Context,
    pub(super) officer: &'a Officer,
}

impl Desk<'_> {
    pub(super) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Tx<'_>, &Office, &Officer) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (office, officer) = (Arc::clone(&self.context.office), self.officer.clone());
        self.context.store.write(move |tx| job(tx, &office, &officer)).await
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Tx<'_>, &Office, &Officer) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (office, officer) = (Arc::clone(&self.context.office), self.officer.clone());
        self.context.store.read(move |tx| job(tx, &office, &officer)).await
    }

    /// Where, and who.
    pub(super) fn place(&self) -> (&Office, &Officer) {
        (&self.context.office, self.officer)
    }

    pub(super) fn today(&self, now: DateTime<Utc>) -> chrono::NaiveDate {
        self.context.office.calendar.zone().local(now).date_naive()
    }

    async fn status(&self, now: DateTime<Utc>) -> Result<Tell, Error> {
        let (outbox, held) = self
            .read(move |tx, office, _| {
                Ok((fates::in_motion(tx, office, now)?, register::open(tx)?))
            })
            .await?;
        let (since, _) = (self.context.status)();
        let (modems, _) = modems::files(self, now).await?;
        let modems = modems.into_iter().map(|file| file.modem).collect();
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let held = held.map(views::held);
        Ok(Tell::Status(Status { version, since, modems, outbox, held }))
    }

    async fn release(&self, decision: String, now: DateTime<Utc>) -> Result<Tell, Error> {
        let decision = Decision::from_token(decision.trim())
            .ok_or(Error::Invalid { what: "decision", value: decision })?;
        let texts = self
            .write(move |tx, office, who| restores::release(tx, office, who, decision, now))
            .await?;
        Ok(Tell::Released { texts, decision: decision.token().to_owned() })
    }

    async fn export(&self, wanted: Wanted, now: DateTime<Utc>) -> Result<Tell, Error> {
        let noted = wanted.clone();
        self.write(move |tx, office, who| exporting::note(tx, office, who, &noted, now)).await?;
        // A period may be long, and nobody who writes waits for it.
        let exported = self
            .read(move |tx, office, who| exporting::export(tx, office, who, &wanted, now))
            .await?;
        Ok(views::exported(exported))
    }

    async fn board(&self, now: DateTime<Utc>) -> Result<Tell, Error> {
        let (board, outbox) = self
            .read(move |tx, office, who| {
                Ok((board::board(tx, office, who, now)?, fates::in_motion(tx, office, now)?))
            })
            .await?;
        let (_, modems) = (self.context.status)();
        let modems = modems.into_iter().map(|file| (file.modem.name, file.modem.state)).collect();
        Ok(Tell::Board(Box::new(views::wall(&self.context.office, board, modems, outbox, now))))
    }

    async fn inbox(&self, all: bool, now: DateTime<Utc>) -> Result<Tell, Error> {
        let (remembered, today) = (Arc::clone(&self.context.remembered), self.today(now));
        let (inbox, mut hints, duty, requests, proposals, floods) = self
            .read(move |tx, office, who| {
                let inbox = reading::inbox(tx, office, who, all, now)?;
                let lines = (&*inbox.tickets, &officer::actor(who));
                let hints = suggesting::hints(tx, &office.directory, &remembered, lines, today)?;
                let requests = requests::duty(tx, office, who, now)?;
                let proposals = bank::waiting(tx, office, who)?;
                let duty = signing::duty(tx, office, who, now)?;
                let floods = flooding::waiting(tx, who, now)?;
                Ok((inbox, hints, duty, requests, proposals, floods))
            })
            .await?;
        let line = |ticket: &Ticket| {
            views::hinted(views::line(ticket, self.place(), now), hints.remove(&ticket.id))
        };
        let tickets = inbox.tickets.iter().map(line).collect();
        let report = duty.map(|duty| ReportDuty {
            month: duty.month.name(),
            task: duty.task.token().to_owned(),
            due_at: duty.due_at,
            overdue: duty.overdue,
            reason: duty.returned,
        });
        let (more, sealed) = (inbox.more, inbox.sealed);
        Ok(Tell::Inbox { tickets, more, sealed, report, requests, proposals, floods })
    }
}
