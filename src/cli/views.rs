//! An answer of the daemon on the page, whatever it tells.

use std::io::{self, Write};

use super::terminal::Page;
use super::{
    add, block, board, done, export, floods, inbox, known, letter, modem, privacy, recap, request,
    retention, search, show, sms, status, story,
};
use crate::control::protocol::{Ask, Tell};

/// Prints what the daemon told to a question.
///
/// # Errors
/// What writing fails with.
pub fn print(page: &Page, ask: &Ask, tell: &Tell, out: &mut dyn Write) -> io::Result<()> {
    match tell {
        Tell::Whoami(person) => status::whoami(page, person, out),
        Tell::Status(status) => status::status(page, status, out),
        Tell::Inbox { tickets, more, sealed, report, requests, proposals, floods } => {
            let all = matches!(ask, Ask::Inbox { all: true });
            inbox::list(page, tickets, (*more, *sealed), all, out)?;
            requests.as_ref().map_or(Ok(()), |duty| request::duty(page, duty, out))?;
            known::duty(page, *proposals, out)?;
            floods::duty(page, *floods, out)?;
            report.as_ref().map_or(Ok(()), |duty| recap::duty(page, duty, out))
        }
        Tell::Board(wall) => board::print(page, wall, out),
        Tell::Show(case) => show::case(page, case, out),
        Tell::Found { tickets, more } => search::list(page, tickets, *more, out),
        Tell::Story(told) => story::story(page, told, out),
        Tell::Done(done) => done::step(page, ask, done, out),
        Tell::Letter(told) => letter::print(page, told, out),
        Tell::Added(told) => add::added(page, told, out),
        Tell::Blocked { numbers } => block::numbers(page, ask, numbers, out),
        Tell::Floods { numbers } => floods::list(page, numbers, out),
        Tell::Revealed { number, citizen } => privacy::revealed(page, number, citizen, out),
        Tell::Marked { number, flags } => privacy::marked(page, number, flags, out),
        Tell::Accesses { accesses } => privacy::accesses(page, accesses, out),
        Tell::RequestNoted { id, due_at } => request::noted(page, *id, *due_at, out),
        Tell::Requests { requests } => request::list(page, requests, out),
        Tell::RequestAnswered { id, granted, destroyed, pseudonymised, kept, waits_for, copy } => {
            let tickets = [*destroyed, *pseudonymised, *kept];
            let (id, granted) = (*id, *granted);
            let answered = request::Answered { id, granted, tickets, waits_for, copy };
            request::answered(page, answered, out)
        }
        Tell::Affected { numbers, withheld } => request::affected(page, (numbers, *withheld), out),
        Tell::RetentionPlan(plan) => retention::plan(page, plan, out),
        Tell::RetentionDone(record) => retention::done(page, record, out),
        Tell::Known { notes } => known::list(page, ask, notes, out),
        Tell::Noted { note, proposed, never_by_sms, foreign, specific } => {
            known::noted(page, ask, (*note, *proposed), out)?;
            known::specific(page, ask, (*note, *specific), out)?;
            done::foreign(page, foreign, out)?;
            done::never_by_sms(page, never_by_sms, out)
        }
        Tell::Exported { .. } => export::told(page, tell, out),
        Tell::Recap(recap) => recap::print(page, recap, out),
        Tell::RecapSigned { month, signing } => recap::signed(page, month, signing, out),
        Tell::Queued { ids } => sms::queued(page, ask, ids, out),
        Tell::Released { texts, decision } => sms::released(page, *texts, decision, out),
        Tell::ModemList { modems, waiting_in_all, waiting_unbound } => {
            modem::list(page, modems, (*waiting_in_all, *waiting_unbound), out)
        }
        Tell::ModemInfo { modem, waiting_in_all, waiting_unbound } => {
            modem::info(page, modem, (*waiting_in_all, *waiting_unbound), out)
        }
        Tell::ModemDone { name } => modem::done(page, ask, name, out),
        Tell::ModemSaid { lines, .. } => modem::said(page, lines, out),
    }
}
