//! Texts to the office's own people: which tickets they name.

use super::outbox::Message;
use super::tickets::Ticket;
use super::{Fault, Tx};

/// Notes the tickets that a queued text names.
///
/// # Errors
/// [`Fault`] of the database.
pub fn name(tx: &Tx<'_>, outbox_id: i64, ticket_ids: &[i64]) -> Result<(), Fault> {
    let mut insert = tx
        .connection
        .prepare_cached("INSERT INTO outbox_named (ticket_id, outbox_id) VALUES (?1, ?2)")?;
    for ticket_id in ticket_ids {
        insert.execute([*ticket_id, outbox_id])?;
    }
    Ok(())
}

/// The queued texts that name a ticket, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn queued_naming(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<Message>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT outbox.* FROM outbox_named JOIN outbox ON outbox.id = outbox_named.outbox_id
          WHERE outbox_named.ticket_id = ?1 AND outbox.state = 'queued'
          ORDER BY outbox_named.outbox_id",
    )?;
    let texts = statement.query_map([ticket_id], Message::read)?.collect::<Result<_, _>>()?;
    Ok(texts)
}

/// The tickets that a text names.
///
/// # Errors
/// [`Fault`] of the database.
pub fn named_in(tx: &Tx<'_>, outbox_id: i64) -> Result<Vec<Ticket>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT ticket.* FROM outbox_named JOIN ticket ON ticket.id = outbox_named.ticket_id
          WHERE outbox_named.outbox_id = ?1",
    )?;
    let tickets = statement.query_map([outbox_id], Ticket::read)?.collect::<Result<_, _>>()?;
    Ok(tickets)
}
