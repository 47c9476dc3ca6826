//! The open tickets as lists look at them: every one, and no more of each than decides whether it is in the list.

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Row, named_params};

use super::tickets::ALARM;
use super::{Fault, Tx, moment, seconds};
use crate::complaint::Flag;
use crate::ticket::Stage;

/// Stands in for a column that holds nothing, and is in no text.
const NOTHING: u8 = 0;

/// Behind each column.
const END: u8 = 1;

/// Looks at the open tickets one by one, what is due first in front; without `resting` only at those in the office's hands and
/// those with an [`ALARM`], a later message or a text to be given. `look` is given each one's row and its kind: two tickets of one kind differ in nothing
/// that decides who reads them, whom they wait for and how urgently. In a flood there are tens of thousands of tickets, and a handful
/// of kinds.
///
/// # Errors
/// What `look` returned; [`Fault`] of the database.
pub fn each_kind(
    tx: &Tx<'_>,
    resting: bool,
    now: DateTime<Utc>,
    mut look: impl FnMut(i64, &[u8]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, due_at <= :now AND paused_at IS NULL, unit, flags, stage, assignee, drafter,
                escalated, restricted_by, concerns, returns, copies, later_at IS NOT NULL,
                to_give_at IS NOT NULL
           FROM ticket
          WHERE stage NOT IN ('SELESAI', 'DITUTUP')
            AND (:resting OR stage NOT IN ('DIJAWAB', 'MENUNGGU_PEMOHON') OR later_at IS NOT NULL OR to_give_at IS NOT NULL
                 OR instr (' ' || flags || ' ', :alarm) > 0)
          ORDER BY due_at IS NULL, due_at, id",
    )?;
    let columns = statement.column_count();
    let mut rows = statement.query(named_params! {
        ":now": seconds(now),
        ":resting": resting,
        ":alarm": format!(" {ALARM} "),
    })?;
    let mut kind = Vec::new();
    while let Some(row) = rows.next()? {
        write_kind(&mut kind, row, columns)?;
        look(row.get(0)?, &kind)?;
    }
    Ok(())
}

/// An open ticket, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// The ticket's row.
    pub id: i64,
    /// Where it stands; `None` for a stage of another version.
    pub stage: Option<Stage>,
    /// Of the step that waits now.
    pub due_at: Option<DateTime<Utc>>,
    /// Since when its citizen is awaited.
    pub paused_at: Option<DateTime<Utc>>,
    /// It has a national limit.
    pub is_limited: bool,
    /// It is an emergency, or raises an alarm.
    pub is_urgent: bool,
    /// It was returned as another unit's.
    pub is_returned: bool,
}

/// Glances at the tickets in the office's hands and at those with an [`ALARM`], what is due first in front.
///
/// # Errors
/// What `look` returned; [`Fault`] of the database.
pub fn each(tx: &Tx<'_>, mut look: impl FnMut(Glance) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, stage, due_at, paused_at, national_due_at IS NOT NULL,
                instr (flags, :emergency) > 0 OR instr (flags, :alarm) > 0, returns > 0
           FROM ticket
          WHERE stage NOT IN ('SELESAI', 'DITUTUP')
            AND (stage NOT IN ('DIJAWAB', 'MENUNGGU_PEMOHON') OR instr (flags, :alarm) > 0)
          ORDER BY due_at IS NULL, due_at, id",
    )?;
    let words = named_params! { ":emergency": Flag::Emergency.token(), ":alarm": ALARM };
    let mut rows = statement.query(words)?;
    while let Some(row) = rows.next()? {
        look(Glance {
            id: row.get(0)?,
            stage: Stage::from_token(&row.get::<_, String>(1)?),
            due_at: row.get::<_, Option<i64>>(2)?.map(moment),
            paused_at: row.get::<_, Option<i64>>(3)?.map(moment),
            is_limited: row.get(4)?,
            is_urgent: row.get(5)?,
            is_returned: row.get(6)?,
        })?;
    }
    Ok(())
}

/// All columns but the first.
fn write_kind(kind: &mut Vec<u8>, row: &Row<'_>, columns: usize) -> rusqlite::Result<()> {
    kind.clear();
    for place in 1..columns {
        match row.get_ref(place)? {
            ValueRef::Null => kind.push(NOTHING),
            ValueRef::Integer(number) => kind.extend(number.to_be_bytes()),
            ValueRef::Real(number) => kind.extend(number.to_be_bytes()),
            ValueRef::Text(octets) | ValueRef::Blob(octets) => kind.extend(octets),
        }
        kind.push(END);
    }
    Ok(())
}
