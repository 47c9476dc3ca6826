//! Row after row: a story's next deed becomes a ticket, a line of the trail, a draft, a text.

use std::path::Path;

use aduan::desk::Office;
use aduan::number::TicketNumber;
use aduan::sms::Address;
use aduan::store::trail::Line;
use aduan::ticket::Stage;
use aduan::words::{Blank, Key};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::Plan;
use super::prng::Prng;
use super::story::{CHAIR, Deed, Live, MEMBER, OPERATOR};
use super::traffic::{Counts, Incoming, Outgoing, Traffic};
use super::words;

/// Deeds of one transaction.
const DEEDS: u32 = 100_000;

/// Notes of the answer bank for each unit.
const NOTES: i64 = 5;

/// What was written.
#[derive(Debug, Clone, Copy)]
pub struct Totals {
    pub tickets: i64,
    pub open: i64,
    /// Steps and remarks.
    pub trail: i64,
    /// SMS received, sent, and delivery reports.
    pub sms: u64,
}

pub struct Ledger<'a> {
    pub(super) office: &'a Office,
    pub(super) db: Connection,
    pub(super) traffic: Traffic,
    /// Statements that build the indexes again.
    indexes: Vec<String>,
    deeds: u32,
    tickets: i64,
    open: i64,
    pub(super) drafts: i64,
    trail: i64,
    seal: Vec<u8>,
    /// The last serial of a local year.
    pub(super) serial: (i32, u32),
    pub(super) notes: Vec<(String, Vec<i64>)>,
}

impl<'a> Ledger<'a> {
    pub fn begin(path: &Path, office: &'a Office, plan: &Plan) -> Self {
        let db = Connection::open(path).unwrap();
        db.set_prepared_statement_cache_capacity(64);
        db.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -400000;
             PRAGMA temp_store = MEMORY;",
        )
        .unwrap();
        let named = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
        let indexes: Vec<(String, String)> = db
            .prepare(named)
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for (name, _) in &indexes {
            db.execute_batch(&format!("DROP INDEX {name}")).unwrap();
        }
        let first = plan.until - TimeDelta::days(366 * i64::from(super::YEARS));
        let mut ledger = Self {
            office,
            db,
            traffic: Traffic::new(office, &plan.sims, first),
            indexes: indexes.into_iter().map(|(_, sql)| sql).collect(),
            deeds: 0,
            tickets: 0,
            open: 0,
            drafts: 0,
            trail: 0,
            seal: Vec::new(),
            serial: (0, 0),
            notes: Vec::new(),
        };
        ledger.furnish(plan, first);
        ledger.db.execute_batch("BEGIN").unwrap();
        ledger
    }

    /// Modems, cards and the answer bank.
    fn furnish(&mut self, plan: &Plan, at: DateTime<Utc>) {
        for (index, sim) in plan.sims.iter().enumerate() {
            let name = format!("modem-{}", index + 1);
            let modem =
                "INSERT INTO modem (name, sim, model, seen_at) VALUES (?1, ?2, 'SIM7600E-H', ?3)";
            self.db.execute(modem, (name, sim, plan.until.timestamp())).unwrap();
            let met = "INSERT INTO card_met (sim, met_at, settled_at) VALUES (?1, ?2, ?2)";
            self.db.execute(met, (sim, at.timestamp())).unwrap();
        }
        let mut prng = Prng::new(plan.seed ^ 2);
        for unit in self.office.directory.units() {
            let mut ids = Vec::new();
            for _ in 0..NOTES {
                let note = "INSERT INTO answer (unit, matter, wording, approved_by, approved_at) VALUES (?1, ?2, ?3, ?4, ?5)";
                let [_, _, _, wording] = words::proposal(&mut prng);
                let code = unit.code.as_str();
                let row = (code, words::matter(&mut prng), wording, CHAIR, at.timestamp());
                self.db.execute(note, row).unwrap();
                ids.push(self.db.last_insert_rowid());
            }
            self.notes.push((unit.code.to_string(), ids));
        }
    }

    /// Writes the next deed of a story.
    pub fn write(&mut self, live: &mut Live, prng: &mut Prng) {
        let (at, deed) = live.story.deeds[live.next];
        let from = live.state.clocks.stage;
        let mut state = live.state.clone();
        state.apply(self.office, &live.story, at, deed);
        live.state = state;
        match deed {
            Deed::Open => self.open(live, prng, at),
            Deed::Add => self.add(live, prng, at),
            Deed::AskStatus => self.status(live, prng, at),
            Deed::Thanks => {
                self.receive(live, at, "terima kasih pak", ("silence", "SALAM_PENUTUP"), None);
            }
            Deed::FromBank | Deed::Propose | Deed::ReportResult => {
                self.draft(live, prng, (at, deed), from);
            }
            Deed::Send => self.answer(live, prng, at, from),
            Deed::Close(reason) => self.close(live, prng, (at, reason), from),
            Deed::Satisfied => {
                let text = format!("PUAS {}", live.number);
                let inbound =
                    self.receive(live, at, &text, ("command", "PUAS"), Some(live.ticket_id));
                let detail = json!({ "inbound": inbound, "kata": "" });
                self.step(live, at, ("pemohon", 20, "SELESAI"), from, &detail);
                self.say_status(live, prng, at, inbound);
            }
            Deed::Object => {
                let text = format!("BELUM {} masih sama seperti kemarin", live.number);
                let inbound =
                    self.receive(live, at, &text, ("addition", "BELUM"), Some(live.ticket_id));
                let detail = json!({ "inbound": inbound, "kata": "masih sama seperti kemarin" });
                self.step(live, at, ("pemohon", 21, "BELUM"), from, &detail);
                self.acknowledge(live, prng, (at, inbound), Key::Tambahan);
            }
            Deed::Assign => {
                let unit = live.story.unit.as_ref().map(|(code, _)| code.as_str());
                let category = live.story.category.token();
                let detail = json!({ "unit": unit, "kategori": category, "anggota": MEMBER });
                self.step(live, at, (OPERATOR, 3, "DISPOSISI"), from, &detail);
            }
            Deed::Ask => {
                self.step(live, at, (MEMBER, 4, "TANYA"), from, &json!({ "kurang": "lokasi" }));
                let due = self.office.calendar.zone().day(at + TimeDelta::days(30));
                let values = [
                    (Blank::No, live.number.as_str()),
                    (Blank::Kurang, "lokasi"),
                    (Blank::Tgl, &due),
                ];
                let body = self.office.templates.fill(Key::Lengkapi, &values);
                self.say(live, prng, at, ("notice", Key::Lengkapi, &body), (None, None));
            }
            Deed::Resume => {
                let text = words::addition(prng);
                let inbound =
                    self.receive(live, at, text, ("addition", "KELENGKAPAN"), Some(live.ticket_id));
                self.step(live, at, ("sistem", 5, "LANJUT"), from, &json!({ "inbound": inbound }));
                self.acknowledge(live, prng, (at, inbound), Key::Tambahan);
            }
            Deed::Approve => {
                let detail = json!({ "draf": live.drafts.last() });
                self.step(live, at, (CHAIR, 13, "SETUJU"), from, &detail);
            }
            Deed::Reject => {
                let detail = json!({ "draf": live.drafts.last(), "sebab": "kurang jelas" });
                self.step(live, at, (CHAIR, 14, "DIKEMBALIKAN"), from, &detail);
            }
            Deed::StartFollowUp => {
                self.step(live, at, ("sistem", 18, "TINDAK_LANJUT"), from, &json!({}));
            }
            Deed::FinishSilently => {
                let detail = json!({ "sebab": "tidak ada balasan" });
                self.step(live, at, ("sistem", 20, "SELESAI"), from, &detail);
            }
            Deed::Restrict => {
                let detail = json!({ "indikasi": "pungutan" });
                self.step(live, at, (OPERATOR, 7, "JALUR_TERTUTUP"), from, &detail);
            }
            Deed::HandOver => {
                let detail = json!({ "lembaga": "Inspektorat", "surat": "700/12", "tanggal": at.date_naive() });
                self.step(live, at, (CHAIR, 8, "DITERUSKAN"), from, &detail);
            }
        }
        if matches!(deed, Deed::Assign | Deed::Propose | Deed::Approve | Deed::Send) {
            let opened = "INSERT INTO access_log (at, officer, action, ticket_id) VALUES (?1, ?2, 'show', ?3)";
            let row = (at.timestamp(), OPERATOR, live.ticket_id);
            self.db.prepare_cached(opened).unwrap().execute(row).unwrap();
        }
        live.next += 1;
        self.deeds += 1;
        if self.deeds.is_multiple_of(DEEDS) {
            self.db.execute_batch("COMMIT; BEGIN").unwrap();
        }
    }

    fn open(&mut self, live: &mut Live, prng: &mut Prng, at: DateTime<Utc>) {
        // Every twentieth time an operator writes to its card.
        if prng.chance(50) {
            let from = Address::alphanumeric("TELKOMSEL").unwrap();
            let text = "Pelanggan Yth, paket internet Anda berlaku s.d. akhir bulan. Info *888#.";
            let message = Incoming {
                from: &from,
                text,
                outcome: "silence",
                reason: "OPERATOR",
                ticket_id: None,
            };
            self.traffic.receive(&self.db, live.story.card, at, &message);
        }
        self.tickets += 1;
        live.ticket_id = self.tickets;
        self.open += i64::from(live.last.clocks.stage.is_open());
        let local = self.office.calendar.zone().local(at);
        self.serial = if self.serial.0 == local.year() {
            (local.year(), self.serial.1 + 1)
        } else {
            (local.year(), 1)
        };
        let year = u8::try_from(local.year() % 100).unwrap();
        live.number = TicketNumber::new(year, self.serial.1).unwrap().to_string();
        self.ticket(live, year);
        let text = live.story.text.clone();
        let inbound = self.receive(live, at, &text, ("ticket", "TIKET_BARU"), Some(live.ticket_id));
        self.line(
            live,
            at,
            ("pemohon", Some(1), "MASUK"),
            (None, Some(Stage::New)),
            &json!({ "inbound": inbound }),
        );
        let key = match live.story.certainty {
            _ if !self.office.calendar.is_open(at) => Key::TerimaLuarJam,
            "certain" => Key::Terima,
            _ => Key::TerimaPerkiraan,
        };
        self.acknowledge(live, prng, (at, inbound), key);
    }

    fn add(&mut self, live: &Live, prng: &mut Prng, at: DateTime<Utc>) {
        let text = words::addition(prng);
        let inbound = self.receive(live, at, text, ("addition", "SUSULAN"), Some(live.ticket_id));
        let moved = (None, None);
        self.line(live, at, ("pemohon", None, "SUSULAN"), moved, &json!({ "inbound": inbound }));
        self.acknowledge(live, prng, (at, inbound), Key::Tambahan);
    }

    fn status(&mut self, live: &Live, prng: &mut Prng, at: DateTime<Utc>) {
        let text = format!("STATUS {}", live.number);
        let inbound = self.receive(live, at, &text, ("command", "STATUS"), Some(live.ticket_id));
        self.say_status(live, prng, at, inbound);
    }

    fn receive(
        &mut self,
        live: &Live,
        at: DateTime<Utc>,
        text: &str,
        (outcome, reason): (&'static str, &'static str),
        ticket_id: Option<i64>,
    ) -> i64 {
        let from = Address::international(live.story.citizen.reveal()).unwrap();
        let message = Incoming { from: &from, text, outcome, reason, ticket_id };
        self.traffic.receive(&self.db, live.story.card, at, &message)
    }

    fn acknowledge(
        &mut self,
        live: &Live,
        prng: &mut Prng,
        (at, inbound): (DateTime<Utc>, i64),
        key: Key,
    ) {
        let zone = self.office.calendar.zone();
        let due = zone.short(live.state.clocks.answer_due_at);
        let begins = zone.short(self.office.calendar.next_opening(at));
        let unit = live.story.unit.as_ref().map_or("-", |(code, _)| code.as_str());
        let number = live.number.as_str();
        let values = [
            (Blank::No, number),
            (Blank::Unit, unit),
            (Blank::Batas, &due),
            (Blank::Mulai, &begins),
        ];
        let body = self.office.templates.fill(key, &values);
        self.say(live, prng, at, ("acknowledgement", key, &body), (Some(inbound), None));
    }

    fn say_status(&mut self, live: &Live, prng: &mut Prng, at: DateTime<Utc>, inbound: i64) {
        let zone = self.office.calendar.zone();
        let (day, due) =
            (zone.day(live.state.clocks.stage_since), zone.short(live.state.clocks.answer_due_at));
        let unit = live.story.unit.as_ref().map_or("UMUM", |(code, _)| code.as_str());
        let values = [
            (Blank::No, live.number.as_str()),
            (Blank::Unit, unit),
            (Blank::Status, live.state.clocks.stage.shown_to_citizen()),
            (Blank::Tgl, &day),
            (Blank::Batas, &due),
        ];
        let body = self.office.templates.fill(Key::StatusProses, &values);
        self.say(
            live,
            prng,
            at,
            ("command-reply", Key::StatusProses, &body),
            (Some(inbound), None),
        );
    }

    pub(super) fn say(
        &mut self,
        live: &Live,
        prng: &mut Prng,
        at: DateTime<Utc>,
        (purpose, key, body): (&'static str, Key, &str),
        (inbound_id, draft_id): (Option<i64>, Option<i64>),
    ) {
        let text = Outgoing {
            to: live.story.citizen.reveal(),
            body,
            purpose,
            template: key.name(),
            ticket_id: Some(live.ticket_id),
            inbound_id,
            draft_id,
        };
        let card = live.story.card;
        let (id, arrives) = self.traffic.send(&self.db, prng, self.office, card, (at, &text));
        if !arrives {
            let detail = json!({ "outbox": id, "sebab": "TP-ST 0x46" });
            self.line(live, at, ("sistem", None, "TIDAK_SAMPAI"), (None, None), &detail);
        }
    }

    pub(super) fn step(
        &mut self,
        live: &Live,
        at: DateTime<Utc>,
        (actor, transition, action): (&str, i64, &str),
        from: Stage,
        detail: &Value,
    ) {
        let moved = (Some(from), Some(live.state.clocks.stage));
        self.line(live, at, (actor, Some(transition), action), moved, detail);
    }

    fn line(
        &mut self,
        live: &Live,
        at: DateTime<Utc>,
        (actor, transition, action): (&str, Option<i64>, &str),
        (from, to): (Option<Stage>, Option<Stage>),
        detail: &Value,
    ) {
        self.trail += 1;
        let sealed = Line {
            id: self.trail,
            ticket_id: live.ticket_id,
            at,
            actor: actor.to_owned(),
            transition,
            action: action.to_owned(),
            from: from.map(|stage| stage.token().to_owned()),
            to: to.map(|stage| stage.token().to_owned()),
            detail: detail.to_string(),
        };
        self.seal = sealed.seal(&self.seal);
        self.db
            .prepare_cached(
                "INSERT INTO trail (id, ticket_id, at, actor, transition, action, from_stage, to_stage, detail, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )
            .unwrap()
            .execute((
                sealed.id, sealed.ticket_id, at.timestamp(), &sealed.actor, sealed.transition, &sealed.action, &sealed.from,
                &sealed.to, &sealed.detail, &self.seal,
            ))
            .unwrap();
    }

    /// Builds the indexes, and leaves the file as the daemon would.
    pub fn end(self) -> Totals {
        self.db.execute_batch("COMMIT").unwrap();
        for sql in &self.indexes {
            self.db.execute_batch(sql).unwrap();
        }
        let Counts { received, sent, reports } = self.traffic.counts;
        self.db.close().unwrap();
        Totals {
            tickets: self.tickets,
            open: self.open,
            trail: self.trail,
            sms: received + sent + reports,
        }
    }
}
