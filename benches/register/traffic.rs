//! The SMS of a register: what modems read and what they sent, to the octet.

use aduan::desk::Office;
use aduan::phone::Party;
use aduan::sms::{
    Address, Deliver, Options, Reference, Scts, Status, StatusReport, Submit, compose, encode_smsc,
    parts, transliterate,
};
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use rusqlite::{Connection, named_params};
use sha2::{Digest, Sha256};

use super::prng::Prng;

const CENTRE: &str = "+62811000000";

/// What came in, about to be written.
pub struct Incoming<'a> {
    pub from: &'a Address,
    pub text: &'a str,
    pub outcome: &'static str,
    pub reason: &'static str,
    pub ticket_id: Option<i64>,
}

/// What goes out, about to be written.
pub struct Outgoing<'a> {
    pub to: &'a str,
    pub body: &'a str,
    pub purpose: &'static str,
    pub template: &'static str,
    pub ticket_id: Option<i64>,
    pub inbound_id: Option<i64>,
    pub draft_id: Option<i64>,
}

/// How many SMS there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub received: u64,
    pub sent: u64,
    pub reports: u64,
}

/// The cards, and the rows of their SMS.
pub struct Traffic {
    sims: Vec<String>,
    /// The last TP-MR of each.
    references: Vec<u8>,
    zone: FixedOffset,
    inbound: i64,
    outbox: i64,
    pub counts: Counts,
}

impl Traffic {
    pub fn new(office: &Office, sims: &[String], at: DateTime<Utc>) -> Self {
        let zone = *office.calendar.zone().local(at).offset();
        let references = vec![0; sims.len()];
        Self {
            sims: sims.to_vec(),
            references,
            zone,
            inbound: 0,
            outbox: 0,
            counts: Counts::default(),
        }
    }

    /// Which card it is, and its IMSI.
    pub fn sim(&self, card: usize) -> (usize, &str) {
        let card = card % self.sims.len();
        (card, &self.sims[card])
    }

    /// A message from somebody, handled at once; its row.
    pub fn receive(
        &mut self,
        db: &Connection,
        card: usize,
        at: DateTime<Utc>,
        message: &Incoming<'_>,
    ) -> i64 {
        self.inbound += 1;
        let (card, sim) = self.sim(card);
        let modem = format!("modem-{}", card + 1);
        let party = Party::from_address(message.from.number(), message.from.ton() as u8);
        let centre_at = at - TimeDelta::seconds(4);
        db.prepare_cached(
            "INSERT INTO inbound (id, sim, modem, sender, sender_kind, text, complete, centre_at, received_at, state,
                                  outcome, reason, ticket_id, handled_at)
             VALUES (:id, :sim, :modem, :sender, :kind, :text, 1, :centre_at, :at, 'handled', :outcome, :reason,
                     :ticket, :at)",
        )
        .unwrap()
        .execute(named_params! {
            ":id": self.inbound, ":sim": sim, ":modem": modem, ":sender": party.key(), ":kind": party.kind(),
            ":text": message.text, ":centre_at": centre_at.timestamp(), ":at": at.timestamp(),
            ":outcome": message.outcome, ":reason": message.reason, ":ticket": message.ticket_id,
        })
        .unwrap();
        let reference = u8::try_from(self.inbound % 256).unwrap();
        // The same phone may write the same word twice within a second; the centre dates the second one later.
        for late in 0.. {
            let dated = (centre_at + TimeDelta::seconds(late)).with_timezone(&self.zone);
            let delivers =
                parts::deliver_parts(message.from, dated, message.text, reference).unwrap();
            if delivers.iter().all(|part| self.part(db, (sim, &modem), at, &party, part)) {
                self.counts.received += delivers.len() as u64;
                return self.inbound;
            }
        }
        self.inbound
    }

    /// Whether the part was new.
    fn part(
        &self,
        db: &Connection,
        (sim, modem): (&str, &str),
        at: DateTime<Utc>,
        party: &Party,
        part: &Deliver,
    ) -> bool {
        let tpdu = part.encode().unwrap();
        let centre = encode_smsc(Some(&Address::international(CENTRE).unwrap()));
        let place = part.concat();
        let stored = db
            .prepare_cached(
                "INSERT INTO part (sim, modem, pdu, digest, sender, centre_at, reference, wide, total, number,
                                   received_at, inbound_id)
                 VALUES (:sim, :modem, :pdu, :digest, :sender, :centre_at, :reference, :wide, :total, :number, :at,
                         :inbound)
                 ON CONFLICT DO NOTHING",
            )
            .unwrap()
            .execute(named_params! {
                ":sim": sim, ":modem": modem, ":pdu": [centre, tpdu.clone()].concat(), ":digest": identity(sim, &tpdu),
                ":sender": party.key(), ":centre_at": part.timestamp.time().map(|time| time.timestamp()),
                ":reference": place.map(|place| place.reference), ":wide": place.map(|place| place.wide),
                ":total": place.map(|place| place.total), ":number": place.map(|place| place.part),
                ":at": at.timestamp(), ":inbound": self.inbound,
            })
            .unwrap();
        stored == 1
    }

    /// A text to a citizen, sent and mostly reported; its row, and whether it arrived or may have.
    pub fn send(
        &mut self,
        db: &Connection,
        prng: &mut Prng,
        office: &Office,
        card: usize,
        (at, text): (DateTime<Utc>, &Outgoing<'_>),
    ) -> (i64, bool) {
        self.outbox += 1;
        let id = self.outbox;
        let (card, sim) = self.sim(card);
        let sim = sim.to_owned();
        let office_starts = matches!(text.purpose, "answer" | "notice");
        let due_at = if office_starts {
            office.calendar.next_in_window(at, office.limits.window)
        } else {
            at
        };
        let sent_at = at + TimeDelta::seconds(prng.within(2..9));
        let settled_at = sent_at + TimeDelta::seconds(prng.within(2..60));
        // Answers arrive here: one that does not goes back to the officer, and is another story.
        let (state, part_state, status) = match prng.within(0..1000) {
            0..25 if text.purpose != "answer" => ("expired", "expired", Some(0x46)),
            0..120 => ("sent", "accepted", None),
            120..130 => ("delivered", "unconfirmed", Some(0x02)),
            _ => ("delivered", "delivered", Some(0x00)),
        };
        let settled = status.map(|_| settled_at.timestamp());
        let body = transliterate(text.body);
        let priority = match text.purpose {
            "answer" => 2,
            "notice" => 1,
            _ => 3,
        };
        let reference = u8::try_from(id % 256).unwrap();
        let expires_at = due_at + TimeDelta::from_std(office.limits.validity).unwrap();
        db.prepare_cached(
            "INSERT INTO outbox (id, recipient, body, purpose, template, ticket_id, inbound_id, draft_id, sim, priority,
                                 state, reference, attempts, created_at, due_at, expires_at, sent_at, settled_at,
                                 first_due_at)
             VALUES (:id, :to, :body, :purpose, :template, :ticket, :inbound, :draft, :sim, :priority, :state,
                     :reference, 1, :at, :due_at, :expires_at, :sent_at, :settled_at, :due_at)",
        )
        .unwrap()
        .execute(named_params! {
            ":id": id, ":to": text.to, ":body": body, ":purpose": text.purpose, ":template": text.template,
            ":ticket": text.ticket_id, ":inbound": text.inbound_id, ":draft": text.draft_id, ":sim": sim,
            ":priority": priority, ":state": state, ":reference": reference, ":at": at.timestamp(),
            ":due_at": due_at.timestamp(), ":expires_at": expires_at.timestamp(), ":sent_at": sent_at.timestamp(),
            ":settled_at": settled,
        })
        .unwrap();
        let to = Address::international(text.to).unwrap();
        let options = Options {
            reference: Reference::Narrow(reference),
            status_report: office.limits.reports,
            validity: Some(office.limits.validity),
            single_shift: office.limits.single_shift,
        };
        for (number, part) in (1_i64..).zip(compose(&to, &body, &options).unwrap()) {
            self.references[card] = self.references[card].wrapping_add(1);
            let mr = self.references[card];
            db.prepare_cached(
                "INSERT INTO outbox_part (outbox_id, number, tpdu, state, sim, mr, offered_at, accepted_at, settled_at,
                                          status)
                 VALUES (:id, :number, :tpdu, :state, :sim, :mr, :at, :sent_at, :settled_at, :status)",
            )
            .unwrap()
            .execute(named_params! {
                ":id": id, ":number": number, ":tpdu": Submit::encode(&part).unwrap(), ":state": part_state,
                ":sim": sim, ":mr": mr, ":at": at.timestamp(), ":sent_at": sent_at.timestamp(),
                ":settled_at": settled, ":status": status,
            })
            .unwrap();
            self.counts.sent += 1;
            if let Some(status) = status {
                self.report(db, &sim, (id, mr), (&to, text.to, status), (sent_at, settled_at));
            }
        }
        (id, state != "expired")
    }

    fn report(
        &mut self,
        db: &Connection,
        sim: &str,
        (outbox_id, mr): (i64, u8),
        (address, recipient, status): (&Address, &str, u8),
        (sent_at, settled_at): (DateTime<Utc>, DateTime<Utc>),
    ) {
        let report = StatusReport {
            first_octet: 0x06,
            message_reference: mr,
            recipient: address.clone(),
            timestamp: Scts::encode(sent_at.with_timezone(&self.zone)),
            discharge: Scts::encode(settled_at.with_timezone(&self.zone)),
            status: Status(status),
            optional: aduan::sms::Optional::default(),
            trailing_octets: 0,
        };
        let tpdu = report.encode().unwrap();
        let centre = encode_smsc(Some(&Address::international(CENTRE).unwrap()));
        let stored = db
            .prepare_cached(
                "INSERT INTO report (sim, pdu, digest, recipient, mr, status, centre_at, received_at, outbox_id)
                 VALUES (:sim, :pdu, :digest, :recipient, :mr, :status, :centre_at, :at, :outbox)
                 ON CONFLICT DO NOTHING",
            )
            .unwrap()
            .execute(named_params! {
                ":sim": sim, ":pdu": [centre, tpdu.clone()].concat(), ":digest": identity(sim, &tpdu),
                ":recipient": recipient, ":mr": mr, ":status": status, ":centre_at": sent_at.timestamp(),
                ":at": settled_at.timestamp(), ":outbox": outbox_id,
            })
            .unwrap();
        self.counts.reports += stored as u64;
    }
}

/// Identity of what a modem read, as `desk::receiving` has it.
fn identity(sim: &str, tpdu: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update((sim.len() as u64).to_be_bytes());
    hasher.update(sim.as_bytes());
    hasher.update(tpdu);
    hasher.finalize().to_vec()
}
