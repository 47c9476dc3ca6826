//! What officers have in hand: the ticket's row, drafts, answers and closings.

use aduan::ticket::{Category, CloseReason, Stage};
use aduan::words::{Blank, Key};
use chrono::{DateTime, Utc};
use rusqlite::named_params;
use serde_json::json;

use super::ledger::Ledger;
use super::prng::Prng;
use super::story::{CHAIR, Deed, Live, MEMBER, OPERATOR};
use super::words;

impl Ledger<'_> {
    /// The row of a ticket as it stands at the end.
    pub(super) fn ticket(&self, live: &Live, year: u8) {
        let (story, last) = (&live.story, &live.last);
        let (unit, unit_name) = story.unit.clone().unzip();
        let is_duplicate = last.closed_as == Some(CloseReason::Duplicate);
        self.db
            .prepare_cached(
                "INSERT INTO ticket (id, number, year, serial, channel, citizen, sim, body, unit, unit_name, certainty,
                                     category, stage, before_pause, closed_as, main_ticket_id, assignee, drafter,
                                     restricted_by, objections, follow_up, follow_up_on, received_at, stage_since,
                                     due_at, answer_due_at, national_due_at, paused_at, answered_at, last_answer_at,
                                     finished_at)
                 VALUES (:id, :number, :year, :serial, 'SMS', :citizen, :sim, :body, :unit, :unit_name, :certainty,
                         :category, :stage, :before_pause, :closed_as, :main, :assignee, :drafter, :restricted_by,
                         :objections, :follow_up, :follow_up_on, :received_at, :stage_since, :due_at, :answer_due_at,
                         :national_due_at, :paused_at, :answered_at, :last_answer_at, :finished_at)",
            )
            .unwrap()
            .execute(named_params! {
                ":id": live.ticket_id, ":number": live.number, ":year": year, ":serial": self.serial.1,
                ":citizen": story.citizen.reveal(), ":sim": self.traffic.sim(story.card).1, ":body": story.body, ":unit": unit,
                ":unit_name": unit_name, ":certainty": story.certainty, ":category": last.category.map(Category::token),
                ":stage": last.clocks.stage.token(), ":before_pause": last.clocks.before_pause.map(Stage::token),
                ":closed_as": last.closed_as.map(CloseReason::token),
                ":main": is_duplicate.then_some((live.ticket_id - 1).max(1)), ":assignee": last.assignee,
                ":drafter": last.drafter, ":restricted_by": last.restricted_by, ":objections": last.objections,
                ":follow_up": last.follow_up_on.is_some(),
                ":follow_up_on": last.follow_up_on.map(|day| day.to_string()),
                ":received_at": story.received_at.timestamp(), ":stage_since": last.clocks.stage_since.timestamp(),
                ":due_at": last.clocks.due_at.map(|at| at.timestamp()), ":answer_due_at": last.clocks.answer_due_at.timestamp(),
                ":national_due_at": last.clocks.national_due_at.map(|at| at.timestamp()),
                ":paused_at": last.clocks.paused_at.map(|at| at.timestamp()),
                ":answered_at": last.answered_at.map(|at| at.timestamp()),
                ":last_answer_at": last.last_answer_at.map(|at| at.timestamp()),
                ":finished_at": last.finished_at.map(|at| at.timestamp()),
            })
            .unwrap();
    }

    pub(super) fn draft(
        &mut self,
        live: &mut Live,
        prng: &mut Prng,
        (at, deed): (DateTime<Utc>, Deed),
        from: Stage,
    ) {
        self.drafts += 1;
        live.drafts.push(self.drafts);
        let [recommendation, rules, note, wording] = words::proposal(prng);
        let unit = live.story.unit.as_ref().map_or("", |(code, _)| code.as_str());
        let notes = self.notes.iter().find(|(code, _)| code == unit).map(|(_, ids)| ids);
        let bank = notes.filter(|_| deed == Deed::FromBank).map(|ids| prng.pick(ids));
        let (decided, sent_at) = live.fate_of_draft();
        let decided = if bank.is_some() { Some((true, at)) } else { decided };
        let kind = if deed == Deed::ReportResult { "TINDAK_LANJUT" } else { "JAWABAN" };
        self.db
            .prepare_cached(
                "INSERT INTO draft (id, ticket_id, version, kind, recommendation, rules, note, wording, answer_id, writer,
                                    written_at, state, decided_by, decided_at, reason, sent_at)
                 VALUES (:id, :ticket, :version, :kind, :recommendation, :rules, :note, :wording, :answer, :writer, :at,
                         :state, :by, :decided_at, :reason, :sent_at)",
            )
            .unwrap()
            .execute(named_params! {
                ":id": self.drafts, ":ticket": live.ticket_id, ":version": i64::try_from(live.drafts.len()).unwrap(), ":kind": kind,
                ":recommendation": recommendation, ":rules": rules, ":note": note, ":wording": wording,
                ":answer": bank, ":writer": if bank.is_some() { OPERATOR } else { MEMBER }, ":at": at.timestamp(),
                ":state": match decided {
                    None => "proposed",
                    Some((true, _)) => "approved",
                    Some((false, _)) => "returned",
                },
                ":by": decided.map(|_| CHAIR), ":decided_at": decided.map(|(_, at)| at.timestamp()),
                ":reason": decided.filter(|(approved, _)| !approved).map(|_| "kurang jelas"),
                ":sent_at": sent_at.map(|at| at.timestamp()),
            })
            .unwrap();
        live.wording = wording;
        match (bank, deed) {
            (Some(note), _) => {
                let used = "UPDATE answer SET uses = uses + 1 WHERE id = ?1";
                self.db.prepare_cached(used).unwrap().execute([note]).unwrap();
                self.step(
                    live,
                    at,
                    (OPERATOR, 2, "JAWAB_DARI_CATATAN"),
                    from,
                    &json!({ "catatan": note }),
                );
            }
            (None, Deed::ReportResult) => {
                self.step(live, at, (MEMBER, 19, "HASIL"), from, &json!({ "draf": self.drafts }));
            }
            (None, _) => {
                self.step(live, at, (MEMBER, 12, "USUL"), from, &json!({ "draf": self.drafts }));
            }
        }
    }

    pub(super) fn answer(&mut self, live: &Live, prng: &mut Prng, at: DateTime<Utc>, from: Stage) {
        let draft = live.drafts.last().copied();
        let unit = live.story.unit.as_ref().map(|(code, _)| code.as_str());
        self.step(live, at, (OPERATOR, 16, "KIRIM"), from, &json!({ "draf": draft, "unit": unit }));
        let values = [(Blank::No, live.number.as_str()), (Blank::Jawaban, live.wording.as_str())];
        let body = self.office.templates.fill(Key::Jawaban, &values);
        self.say(live, prng, at, ("answer", Key::Jawaban, &body), (None, draft));
    }

    pub(super) fn close(
        &mut self,
        live: &Live,
        prng: &mut Prng,
        (at, reason): (DateTime<Utc>, CloseReason),
        from: Stage,
    ) {
        let detail = json!({ "sebab": reason.token(), "utama": null, "pihak": null, "kata": null });
        self.step(live, at, (OPERATOR, 10, "TUTUP"), from, &detail);
        if reason != CloseReason::Spam {
            let body = self
                .office
                .templates
                .fill(Key::TidakDiproses, &[(Blank::Alasan, reason.shown_to_citizen())]);
            self.say(live, prng, at, ("notice", Key::TidakDiproses, &body), (None, None));
        }
    }
}
