//! What went out: each text as often as it may, and every end of one with its reason.

use std::collections::BTreeMap;

use super::{Found, Judge};

impl Judge<'_> {
    /// Nothing waits, and what was given up was given up for a reason: of an answer not before it was sent twice, and of what
    /// did not arrive its ticket knows.
    pub(super) fn drained(&self) -> Found {
        let mut broken = self.rows(
            "SELECT purpose || ' ' || id || ' is ' || state || ': ' || coalesce(error, '') FROM outbox
             WHERE state IN ('queued', 'claimed', 'unknown')",
        )?;
        // What the seal, STOP or a later step took back of the queue, and what the seal kept from being sent once more, has its own reasons.
        broken.extend(self.rows(
            "SELECT purpose || ' ' || id || ' was dropped, sent ' || repeated || ' times more: ' || coalesce(error, '')
             FROM outbox o
             WHERE state = 'dropped'
               AND NOT EXISTS (SELECT 1 FROM trail r WHERE r.ticket_id = o.ticket_id AND coalesce(o.error, '') <> ''
                                  AND r.action IN ('TIDAK_DIKIRIM_TERTUTUP', 'TIDAK_DIKIRIM_STOP', 'TIDAK_DIKIRIM_LAGI')
                                  AND json_extract(r.detail, '$.outbox') = o.id)
               AND NOT EXISTS (SELECT 1 FROM trail s JOIN trail r ON r.ticket_id = s.ticket_id AND r.id > s.id
                                WHERE s.ticket_id = o.ticket_id AND s.action = 'JALUR_TERTUTUP' AND r.action = 'TIDAK_PASTI'
                                  AND json_extract(r.detail, '$.outbox') = o.id AND coalesce(o.error, '') <> '')
               AND (coalesce(error, '') = '' OR (repeated = 0 AND unanswered = 0 AND (purpose = 'answer' OR draft_id IS NOT NULL))
                    OR (ticket_id IS NOT NULL AND NOT EXISTS
                        (SELECT 1 FROM trail r WHERE r.ticket_id = o.ticket_id AND r.action = 'TIDAK_PASTI'
                            AND json_extract(r.detail, '$.outbox') = o.id)))",
        )?);
        // Nobody can say that what was given up was read: T17 leads its ticket back, unless a newer answer has gone out since, or an
        // officer gave it.
        broken.extend(self.rows(
            "SELECT 'answer ' || o.id || ' was given up, and its ticket stays ' || r.stood
             FROM (SELECT id, ticket_id, action, detail,
                          (SELECT to_stage FROM trail s WHERE s.ticket_id = t.ticket_id AND s.id < t.id AND s.to_stage IS NOT NULL
                            ORDER BY s.id DESC LIMIT 1) AS stood
                   FROM trail t WHERE action = 'TIDAK_PASTI') r
             JOIN outbox o ON o.id = json_extract(r.detail, '$.outbox')
             WHERE o.draft_id IS NOT NULL AND r.stood IN ('DIJAWAB', 'TINDAK_LANJUT')
               AND o.draft_id = (SELECT CASE WHEN json_extract(k.detail, '$.lewat') IS NULL THEN json_extract(k.detail, '$.draf') END FROM trail k
                                  WHERE k.ticket_id = r.ticket_id AND k.id < r.id AND k.transition = 16 ORDER BY k.id DESC LIMIT 1)
               AND NOT EXISTS (SELECT 1 FROM trail s WHERE s.ticket_id = r.ticket_id AND s.id > r.id AND s.transition = 17)",
        )?);
        // T17 leads the ticket of an answer back, T5 that of a question; of other texts it is noted.
        broken.extend(self.rows(
            "SELECT purpose || ' ' || id || ' is ' || state || ', and its ticket does not know: ' || coalesce(error, '')
             FROM outbox o
             WHERE state IN ('failed', 'expired') AND ticket_id IS NOT NULL AND NOT EXISTS
                 (SELECT 1 FROM trail r WHERE r.ticket_id = o.ticket_id
                     AND (r.transition = 17 OR r.action = 'TANYA_TIDAK_SAMPAI'
                          OR (r.action = 'TIDAK_SAMPAI' AND json_extract(r.detail, '$.outbox') = o.id)))",
        )?);
        broken.extend(self.rows(
            "SELECT purpose || ' ' || id || ' is ' || state || ' for no reason' FROM outbox o
             WHERE state IN ('failed', 'expired') AND coalesce(error, '') = '' AND NOT EXISTS
                 (SELECT 1 FROM outbox_part p WHERE p.outbox_id = o.id AND p.state IN ('failed', 'expired'))",
        )?);
        Ok(broken)
    }

    /// What stands on the phones was sent, and not more often than the register says.
    pub(super) fn sent(&self) -> Found {
        let mut seen: BTreeMap<(String, String), i64> = BTreeMap::new();
        for message in self.world.network().messages() {
            *seen.entry((message.to.clone(), message.text.clone())).or_default() += 1;
        }
        let mut broken = Vec::new();
        let query = "SELECT recipient, body, sum(1 + repeated + unanswered), sum(state = 'delivered') FROM outbox GROUP BY recipient, body";
        let mut statement = self.register.prepare(query)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })?;
        for row in rows {
            let (recipient, body, allowed, delivered): (String, String, i64, i64) = row?;
            let came = seen.remove(&(recipient.clone(), body.clone())).unwrap_or(0);
            if came > allowed || came < delivered {
                broken.push(format!(
                    "{recipient} read {came} times what was sent {allowed} times and delivered {delivered} times: {body:?}"
                ));
            }
        }
        broken.extend(
            seen.iter().map(|((to, text), _)| format!("{to} read what nobody sent: {text:?}")),
        );
        Ok(broken)
    }

    /// What counts as delivered was reported so, each part of it.
    pub(super) fn delivered(&self) -> Found {
        self.rows(
            "SELECT o.purpose || ' ' || o.id || ' counts as delivered, and part ' || p.number || ' is ' || p.state
                    || ' with TP-ST ' || coalesce(p.status, 'none')
             FROM outbox o JOIN outbox_part p ON p.outbox_id = o.id
             WHERE o.state = 'delivered'
               AND (p.state <> 'delivered' OR p.status IS NULL
                    OR NOT EXISTS (SELECT 1 FROM report r WHERE r.outbox_id = o.id AND r.status = p.status))",
        )
    }

    /// What was sent once more was an answer or a question of unknown fate, or what a centre has only stopped trying for now
    /// (TP-ST 0x60 to 0x7F), or what the network gave no answer to; and the trail says so, once for each.
    pub(super) fn owned_up(&self) -> Found {
        let mut broken = self.rows(
            "SELECT purpose || ' ' || id || ' (' || coalesce(template, '-') || ') was sent ' || repeated || ' times more'
             FROM outbox o
             WHERE repeated > 1 OR unanswered > 5
                OR (ticket_id IS NOT NULL AND unanswered <>
                    (SELECT count(*) FROM trail r WHERE r.ticket_id = o.ticket_id AND r.action = 'TANPA_JAWABAN'
                        AND json_extract(r.detail, '$.outbox') = o.id))
                OR (repeated = 1 AND ticket_id IS NULL AND NOT EXISTS
                    (SELECT 1 FROM report r WHERE r.outbox_id = o.id AND r.status BETWEEN 96 AND 127))
                OR (ticket_id IS NOT NULL AND repeated <>
                    (SELECT count(*) FROM trail r WHERE r.ticket_id = o.ticket_id
                        AND (r.action = 'KIRIM_LAGI' OR (r.action = 'KIRIM_ULANG'
                             AND (o.purpose = 'answer' OR o.draft_id IS NOT NULL OR o.template = 'LENGKAPI')))
                        AND json_extract(r.detail, '$.outbox') = o.id))",
        )?;
        broken.extend(self.rows(
            "SELECT r.action || ' in row ' || r.id || ' of the trail names no text that was sent once more' FROM trail r
             WHERE r.action IN ('KIRIM_ULANG', 'KIRIM_LAGI') AND NOT EXISTS
                 (SELECT 1 FROM outbox o WHERE o.id = json_extract(r.detail, '$.outbox') AND o.repeated = 1
                     AND o.ticket_id = r.ticket_id)",
        )?);
        Ok(broken)
    }
}
