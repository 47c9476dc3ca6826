//! Rule 9.4.3: who, when, from, to, and why.

use super::{Found, Judge};

impl Judge<'_> {
    /// A ticket stands where its trail left it.
    pub(super) fn stages(&self) -> Found {
        self.rows(
            "SELECT t.number || ' is ' || t.stage FROM ticket t
             WHERE t.stage IS NOT (SELECT to_stage FROM trail WHERE ticket_id = t.id AND to_stage IS NOT NULL ORDER BY id DESC LIMIT 1)",
        )
    }

    /// Each step begins where the one before ended, was taken by somebody, and has its reason where it needs one.
    pub(super) fn steps(&self) -> Found {
        let mut broken = self.rows(
            "SELECT 'row ' || id || ' of the trail, ' || action || ', leads from ' || coalesce(from_stage, 'nothing') || ' to '
                    || to_stage || ' behind ' || coalesce(stood, 'nothing') || ', by ' || actor
             FROM (SELECT *, lag(to_stage) OVER (PARTITION BY ticket_id ORDER BY id) AS stood FROM trail
                   WHERE to_stage IS NOT NULL OR transition IS NOT NULL)
             WHERE from_stage IS NOT stood OR to_stage IS NULL OR actor = '' OR at <= 0
                OR (stood IS NULL) <> (action = 'MASUK') OR (transition IS NULL AND from_stage IS NOT to_stage)",
        )?;
        broken.extend(self.rows(
            "SELECT 'row ' || id || ' of the trail, ' || action || ' by ' || actor || ', has no reason: ' || detail FROM trail
             WHERE coalesce(CASE transition
                 WHEN 1 THEN json_extract(detail, '$.inbound')
                 WHEN 4 THEN json_extract(detail, '$.kurang')
                 WHEN 5 THEN coalesce(json_extract(detail, '$.keterangan'), json_extract(detail, '$.inbound'),
                                      json_extract(detail, '$.sebab'))
                 WHEN 7 THEN json_extract(detail, '$.indikasi')
                 WHEN 8 THEN json_extract(detail, '$.surat')
                 WHEN 21 THEN json_extract(detail, '$.inbound')
                 WHEN 22 THEN json_extract(detail, '$.inbound')
                 WHEN 6 THEN json_extract(detail, '$.sebab')
                 WHEN 9 THEN json_extract(detail, '$.sebab')
                 WHEN 10 THEN json_extract(detail, '$.sebab')
                 WHEN 11 THEN json_extract(detail, '$.sebab')
                 WHEN 14 THEN json_extract(detail, '$.sebab')
                 WHEN 15 THEN json_extract(detail, '$.sebab')
                 WHEN 17 THEN json_extract(detail, '$.sebab')
                 WHEN 23 THEN json_extract(detail, '$.sebab')
                 WHEN 24 THEN json_extract(detail, '$.sebab')
                 ELSE '-' END, '') = ''",
        )?);
        Ok(broken)
    }
}
