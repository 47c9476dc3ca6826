//! What a later message shows of its ticket. An emergency, a plea for secrecy, a hint at misconduct or a NIK may come with the
//! second message as well as with the first, and marks the ticket in the same way.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::intake::Handled;
use super::{Office, alarming, cases, sealing};
use crate::complaint::{Directory, Flag, Kind, Reading, flags_of};
use crate::store::inbox::{Inbound, Outcome};
use crate::store::{Fault, Tx, tickets};
use crate::words::{Blank, Key};

/// Flags that a ticket gets from any of its messages. The others say what a message is, not what its matter is.
const LASTING: [Flag; 4] = [Flag::Emergency, Flag::Ethics, Flag::Nik, Flag::Secret];

/// Of these, what the matter is, and not who wrote: of a joined ticket it is the main one's as well.
const OF_THE_MATTER: [Flag; 2] = [Flag::Emergency, Flag::Ethics];

/// Whether a text shows of its matter what must reach whoever has the ticket, also where it asks after that.
pub(super) fn is_grave(text: &str, directory: &Directory) -> bool {
    let shown = flags_of(text, directory);
    OF_THE_MATTER.iter().any(|flag| shown.contains(flag))
}

/// Marks the ticket that a message was added to, or that BELUM speaks of, or that its own citizen asks after, with what the message
/// shows, and the main one with what came to a ticket that was joined to it; DARURAT takes the place of the receipt (procedure.md
/// section 5). Every other outcome comes back as it is: a first message has marked its ticket.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn heed(
    (tx, office): (&Tx<'_>, &Office),
    message: &Inbound,
    (text, reading): (&str, &Reading),
    mut handled: Handled,
    now: DateTime<Utc>,
) -> Result<Handled, Fault> {
    let speaks = handled.outcome == Outcome::Addition
        || (handled.outcome == Outcome::Command
            && matches!(reading.kind, Kind::Unsatisfied | Kind::Status));
    // Of another handset's ticket, or of none, nothing is handled.
    let Some(id) = handled.ticket_id.filter(|_| speaks) else { return Ok(handled) };
    // A command is read without flags: what BELUM gives as its reason is looked at here.
    let shown = flags_of(text, &office.directory);
    let Some(ticket) = tickets::by_id(tx, id)? else { return Ok(handled) };
    let number = ticket.number.to_string();
    let main = sealing::main_of(tx, ticket)?.id;
    for flag in LASTING.into_iter().filter(|flag| shown.contains(flag)) {
        if tickets::flag(tx, id, flag.token())? {
            let detail = json!({ "inbound": message.id, "tanda": flag.token() });
            cases::remark(tx, id, "sistem", "DITANDAI", detail, now)?;
        }
        let is_of_main = main != id && OF_THE_MATTER.contains(&flag);
        if is_of_main && tickets::flag(tx, main, flag.token())? {
            let detail = json!({ "tiket": number, "tanda": flag.token() });
            cases::remark(tx, main, "sistem", "DITANDAI", detail, now)?;
        }
    }
    if shown.contains(&Flag::Emergency) {
        alarming::raise(tx, office, main, now)?;
    }
    if shown.contains(&Flag::Emergency)
        && let Some(reply) = &mut handled.reply
    {
        reply.key = Key::Darurat;
        // An answer that waited for STATUS is not told by it: the next one gives it.
        reply.draft_id = None;
        reply.body = office.templates.fill(Key::Darurat, &[(Blank::No, &number)]);
    }
    Ok(handled)
}
