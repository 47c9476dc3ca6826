//! An SMS arrived at a modem: kept as evidence, joined with its neighbours, queued for intake. A status report arrived:
//! matched to what it speaks of.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::{Office, earlier, fates, later};
use crate::phone::Party;
use crate::sms::{Address, Coding, Deliver, Incoming, StatusReport, parts, split_smsc};
use crate::store::inbox::{Group, NewInbound, NewPart, Place, Recorded};
use crate::store::{Fault, Tx, inbox, left, unreachable};

/// How far the centre's clock may be behind ours.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(1);

/// Where something was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<'a> {
    /// The SIM.
    pub sim: &'a str,
    /// The modem.
    pub modem: &'a str,
}

/// What a PDU from the modem's storage or notice turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// A message or a part of one, stored now.
    Fresh,
    /// Read before.
    Repeat,
    /// A status report.
    Report,
    /// It lay on the card before this gateway, and stays there.
    Left,
    /// Kept, but nobody can read it ("tidak terbaca").
    Unreadable,
}

/// COMMIT 1: keeps a PDU (centre's address included) before the modem may forget it. Reading it again changes nothing.
///
/// # Errors
/// [`Fault`] of the database: the modem must keep the message.
pub fn receive(
    tx: &Tx<'_>,
    office: &Office,
    at: &At<'_>,
    pdu: &[u8],
    now: DateTime<Utc>,
) -> Result<Received, Fault> {
    receive_repaired(tx, office, at, (pdu, pdu), now)
}

/// COMMIT 1 for a PDU that the modem may have mangled: what it gave is kept, and what that was made whole to is read.
///
/// # Errors
/// As for [`receive`].
pub fn receive_repaired(
    tx: &Tx<'_>,
    office: &Office,
    at: &At<'_>,
    (pdu, whole): (&[u8], &[u8]),
    now: DateTime<Utc>,
) -> Result<Received, Fault> {
    let tpdu = split_smsc(whole).map_or(whole, |(_, tpdu)| tpdu);
    if left::is_left(tx, &identity(at.sim, tpdu))? {
        return Ok(Received::Left);
    }
    match split_smsc(whole).and_then(|(_, tpdu)| Incoming::decode(tpdu)) {
        Ok(Incoming::Deliver(deliver)) => message(tx, at, pdu, tpdu, &deliver, now),
        Ok(Incoming::StatusReport(report)) => {
            status_report(tx, office, at, pdu, tpdu, &report, now)?;
            Ok(Received::Report)
        }
        Err(error) => {
            tracing::warn!(%error, modem = at.modem, "a PDU is damaged; it is kept as it came");
            match deliver(whole) {
                Some(rest) => message(tx, at, pdu, tpdu, &rest, now),
                None => unreadable(tx, at, pdu, now),
            }
        }
    }
}

/// What lay on a card (centre's address included) before this gateway met it is noted, so that it is left there whichever
/// modem reads it; whether it is one of those. What was kept before is none, nor what the centre got since `arrived_since`, where
/// that is in question: rather one ticket too many than one too few.
///
/// # Errors
/// [`Fault`] of the database.
pub fn leave(
    tx: &Tx<'_>,
    sim: &str,
    pdu: &[u8],
    arrived_since: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let tpdu = split_smsc(pdu).map_or(pdu, |(_, tpdu)| tpdu);
    let is_new = || {
        let centre_at = deliver(pdu).and_then(|deliver| centre_time(&deliver));
        arrived_since.zip(centre_at).is_some_and(|(since, at)| at + CLOCKS_DIFFER >= since)
    };
    let digest = identity(sim, tpdu);
    // What nobody could read was kept under all its octets.
    let is_kept = inbox::is_kept(tx, &digest)? || inbox::is_kept(tx, &identity(sim, pdu))?;
    if is_kept || is_new() {
        return Ok(false);
    }
    left::leave(tx, sim, &digest, now)?;
    Ok(true)
}

/// The message in a PDU, or what is left of it.
fn deliver(pdu: &[u8]) -> Option<Deliver> {
    let (_, tpdu) = split_smsc(pdu).ok()?;
    Deliver::decode(tpdu).or_else(|_| Deliver::rescue(tpdu)).ok()
}

/// Identity of a part: the SIM and the whole TPDU, in which originator, SCTS and text are. The centre's address is left
/// out: a network that repeats may do so through another centre.
fn identity(sim: &str, tpdu: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update((sim.len() as u64).to_be_bytes());
    hasher.update(sim.as_bytes());
    hasher.update(tpdu);
    hasher.finalize().to_vec()
}

/// Whether a modem gave the message, or an earlier part of it, before its card had told its number: what it gives once the card
/// has belongs to that, and is neither another message nor the other half of one.
fn began_without_card(
    tx: &Tx<'_>,
    at: &At<'_>,
    (tpdu, sender): (&[u8], &str),
    place: Option<Place>,
) -> Result<bool, Fault> {
    if at.sim == at.modem {
        return Ok(false);
    }
    if inbox::is_kept(tx, &identity(at.modem, tpdu))? {
        return Ok(true);
    }
    let Some(place) = place else { return Ok(false) };
    let waiting = inbox::waiting(tx, &group(at.modem, at.modem, sender, place))?;
    Ok(!waiting.is_empty())
}

/// The message that a part belongs to.
fn group(sim: &str, modem: &str, sender: &str, place: Place) -> Group {
    Group {
        sim: sim.to_owned(),
        modem: modem.to_owned(),
        sender: sender.to_owned(),
        reference: place.reference,
        wide: place.wide,
        total: place.total,
    }
}

fn message(
    tx: &Tx<'_>,
    at: &At<'_>,
    pdu: &[u8],
    tpdu: &[u8],
    deliver: &Deliver,
    now: DateTime<Utc>,
) -> Result<Received, Fault> {
    for remark in deliver.remarks() {
        tracing::info!(%remark, modem = at.modem, "a message is odd, and read all the same");
    }
    let party = party(deliver);
    // Numbers that make no sense (part 3 of 2) belong to no longer message: such an SMS stands alone.
    let place =
        deliver.concat().filter(|concat| concat.is_valid() && concat.total > 1).map(|concat| {
            Place {
                reference: concat.reference,
                wide: concat.wide,
                total: concat.total,
                number: concat.part,
            }
        });
    let sender = party.key();
    let sim = if began_without_card(tx, at, (tpdu, &sender), place)? { at.modem } else { at.sim };
    let part = NewPart {
        sim: sim.to_owned(),
        modem: at.modem.to_owned(),
        pdu: pdu.to_vec(),
        digest: identity(sim, tpdu),
        sender,
        centre_at: centre_time(deliver),
        place,
    };
    let group = place.map(|place| group(sim, at.modem, &part.sender, place));
    if let (Some(group), Some(place)) = (&group, place) {
        make_room(tx, group, place, &part.digest, now)?;
    }
    let Recorded::Fresh(id) = inbox::record_part(tx, &part, now)? else {
        return Ok(Received::Repeat);
    };
    match group {
        None => {
            queue(tx, at, &[Some(deliver)], &[id], now)?;
        }
        Some(group) => {
            let waiting = inbox::waiting(tx, &group)?;
            if waiting.len() == usize::from(group.total) {
                assemble(tx, &group, &waiting, now)?;
            }
        }
    }
    Ok(Received::Fresh)
}

/// A handset that uses a reference again while an older message still waits for a part: the older one is closed as it is,
/// so that two messages are never mixed.
fn make_room(
    tx: &Tx<'_>,
    group: &Group,
    place: Place,
    digest: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let waiting = inbox::waiting(tx, group)?;
    let taken = waiting.iter().find(|part| part.number == place.number);
    if let Some(taken) = taken
        && split_smsc(&taken.pdu).is_ok_and(|(_, tpdu)| identity(&group.sim, tpdu) != digest)
    {
        assemble(tx, group, &waiting, now)?;
    }
    Ok(())
}

/// Closes long messages whose missing parts have been awaited long enough; says when to look again.
///
/// # Errors
/// [`Fault`] of the database.
pub fn give_up_waiting(
    tx: &Tx<'_>,
    office: &Office,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let (groups, next) = inbox::overdue_groups(tx, earlier(now, office.limits.part_wait))?;
    for group in groups {
        let waiting = inbox::waiting(tx, &group)?;
        tracing::info!(
            modem = group.modem,
            parts = waiting.len(),
            total = group.total,
            "a long message is taken without its missing parts"
        );
        assemble(tx, &group, &waiting, now)?;
    }
    Ok(next.map(|first| later(first, office.limits.part_wait)))
}

fn assemble(
    tx: &Tx<'_>,
    group: &Group,
    waiting: &[inbox::Waiting],
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    let decoded: Vec<(u8, Deliver)> =
        waiting.iter().filter_map(|part| Some((part.number, deliver(&part.pdu)?))).collect();
    let in_place: Vec<Option<&Deliver>> = (1..=group.total)
        .map(|number| decoded.iter().find(|(at, _)| *at == number).map(|(_, part)| part))
        .collect();
    let rows: Vec<i64> = waiting.iter().map(|part| part.id).collect();
    let at = At { sim: &group.sim, modem: &group.modem };
    queue(tx, &at, &in_place, &rows, now)
}

/// Queues a message for intake, its parts in order, `None` for a missing one.
fn queue(
    tx: &Tx<'_>,
    at: &At<'_>,
    in_place: &[Option<&Deliver>],
    rows: &[i64],
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    let first = in_place.iter().flatten().next();
    let party = first.map_or(Party::Unknown, |deliver| party(deliver));
    // Whoever writes is there.
    if let Party::Subscriber(number) = &party {
        unreachable::unmark(tx, number.reveal())?;
    }
    let has_text = in_place.iter().flatten().any(|deliver| deliver.text().is_some());
    let message = NewInbound {
        sim: at.sim.to_owned(),
        modem: at.modem.to_owned(),
        sender: party.key(),
        sender_kind: party.kind(),
        text: has_text.then(|| parts::join(in_place)),
        complete: in_place.iter().all(|part| part.is_some_and(|part| !part.is_damaged)),
        silent_class: first.and_then(|deliver| silent_class(deliver)),
        centre_at: first.and_then(|deliver| centre_time(deliver)),
    };
    inbox::queue(tx, &message, rows, now)
}

/// Keeps a PDU (centre's address included) as it came, whatever it holds: an officer sees that something came.
///
/// # Errors
/// [`Fault`] of the database.
pub fn unreadable(
    tx: &Tx<'_>,
    at: &At<'_>,
    pdu: &[u8],
    now: DateTime<Utc>,
) -> Result<Received, Fault> {
    let part = NewPart {
        sim: at.sim.to_owned(),
        modem: at.modem.to_owned(),
        pdu: pdu.to_vec(),
        digest: identity(at.sim, pdu),
        sender: Party::Unknown.key(),
        centre_at: None,
        place: None,
    };
    let Recorded::Fresh(id) = inbox::record_part(tx, &part, now)? else {
        return Ok(Received::Repeat);
    };
    let message = NewInbound {
        sim: part.sim,
        modem: part.modem,
        sender: part.sender,
        sender_kind: Party::Unknown.kind(),
        text: None,
        complete: true,
        silent_class: None,
        centre_at: None,
    };
    inbox::queue(tx, &message, &[id], now)?;
    Ok(Received::Unreadable)
}

fn status_report(
    tx: &Tx<'_>,
    office: &Office,
    at: &At<'_>,
    pdu: &[u8],
    tpdu: &[u8],
    report: &StatusReport,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let recipient = party_of(&report.recipient);
    let report = crate::store::reports::NewReport {
        sim: at.sim.to_owned(),
        pdu: pdu.to_vec(),
        digest: identity(at.sim, tpdu),
        recipient: recipient.key(),
        mr: report.message_reference,
        status: report.status.0,
        centre_at: report.timestamp.time().map(|time| time.to_utc()),
    };
    fates::report(tx, office, &report, now)
}

fn party(deliver: &Deliver) -> Party {
    party_of(&deliver.originator)
}

fn party_of(address: &Address) -> Party {
    Party::from_address(address.number(), address.ton() as u8)
}

fn centre_time(deliver: &Deliver) -> Option<DateTime<Utc>> {
    deliver.timestamp.time().map(|time| time.to_utc())
}

/// Kinds of message that no citizen types (numbering-id.md, "never answered", 5).
fn silent_class(deliver: &Deliver) -> Option<&'static str> {
    /// Short message type 0 (3GPP TS 23.040 §9.2.3.9).
    const TYPE_0: u8 = 0x40;
    /// ANSI-136 R-DATA, ME data download, ME de-personalisation, (U)SIM data download.
    const TO_THE_EQUIPMENT: std::ops::RangeInclusive<u8> = 0x7C..=0x7F;
    if deliver.protocol_id == TYPE_0 {
        Some("TIPE_0")
    } else if TO_THE_EQUIPMENT.contains(&deliver.protocol_id) {
        Some("DATA_PERANGKAT")
    } else if deliver.user_data.header().is_some_and(|header| header.ports().is_some()) {
        Some("PORT")
    } else if deliver.coding.waiting().is_some() {
        Some("PESAN_TUNGGU")
    } else if deliver.coding.coding() == Coding::Octets {
        Some("DATA_BINER")
    } else {
        // A replacement (TP-PID 0x41 to 0x47) is a message of its own: what was written before it stays. So is a flash.
        None
    }
}
