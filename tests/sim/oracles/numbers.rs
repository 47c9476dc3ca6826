//! One number for each complaint, and one message that tells it.

use super::{Found, Judge};

impl Judge<'_> {
    /// Every ticket has one number, was opened by one message of its citizen, and its receipt names that number.
    pub(super) fn numbers(&self) -> Found {
        let mut broken = self.rows(
            "SELECT 'ticket ' || t.number || ' was opened by ' || count(i.id) || ' messages' FROM ticket t
             LEFT JOIN inbound i ON i.ticket_id = t.id AND i.outcome = 'ticket'
             GROUP BY t.id HAVING count(i.id) <> 1",
        )?;
        broken.extend(self.rows(
            "SELECT 'year ' || year || ' has ' || count(*) || ' tickets up to number ' || max(serial) FROM ticket
             GROUP BY year HAVING max(serial) <> count(*)",
        )?);
        broken.extend(self.rows(
            "SELECT 'message ' || i.id || ' is of ' || i.sender || ' and ended as ' || i.outcome || ' with '
                    || coalesce(t.number || ' of ' || t.citizen, 'no ticket')
             FROM inbound i LEFT JOIN ticket t ON t.id = i.ticket_id
             WHERE i.outcome IN ('ticket', 'addition')
               AND (t.id IS NULL OR (t.citizen <> i.sender AND i.channel = 'SMS')
                    OR (i.outcome = 'ticket') <>
                       (SELECT count(*) FROM trail r WHERE r.ticket_id = t.id AND r.action = 'MASUK'
                           AND json_extract(r.detail, '$.inbound') = i.id)
                    OR NOT EXISTS (SELECT 1 FROM trail r WHERE r.ticket_id = t.id AND r.action <> 'BANJIR_PESAN'
                           AND json_extract(r.detail, '$.inbound') = i.id))",
        )?);
        broken.extend(self.rows(
            "SELECT 'message ' || i.id || ' ended as ' || i.outcome || ' with ' || t.number || ', and its sender read '
                    || coalesce(o.template, 'no template') || ': ' || o.body
             FROM inbound i JOIN ticket t ON t.id = i.ticket_id JOIN outbox o ON o.inbound_id = i.id
             WHERE i.outcome IN ('ticket', 'addition')
               AND (o.purpose <> 'acknowledgement' OR o.ticket_id IS NOT t.id OR o.recipient <> i.sender
                    OR instr(o.body, t.number) = 0
                    OR NOT (o.template LIKE 'TERIMA%' OR o.template = 'DARURAT'
                            OR (i.outcome = 'addition' AND o.template IN ('TAMBAHAN', 'TERTUTUP'))))",
        )?);
        Ok(broken)
    }
}
