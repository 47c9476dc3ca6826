//! What stands in the register at the end, held against what citizens wrote and what their phones show.

use std::collections::BTreeMap;

use aduan::store::{Store, trail};
use rusqlite::Connection;

use crate::town::Town;

type Found = rusqlite::Result<Vec<String>>;

/// What is wrong; what was covered is added to the table.
pub async fn judge(town: &Town, table: &mut Vec<(String, usize)>) -> Vec<String> {
    let path = town.home.path().join("aduan.db");
    let mut broken = match Store::open(&path) {
        Ok(store) => {
            let chain = store.read(trail::first_broken).await;
            store.close().await;
            match chain {
                Ok(None) => Vec::new(),
                other => vec![format!("the trail does not verify: {other:?}")],
            }
        }
        Err(fault) => return vec![format!("the register does not open: {fault}")],
    };
    let count = Count { register: Connection::open(path).unwrap(), town };
    for (oracle, found) in [
        ("received", count.received()),
        ("tickets", count.tickets()),
        ("one end for each message", count.one_end()),
        ("answers", count.answers()),
        ("drained", count.drained()),
        ("phones", count.phones(table)),
        ("sent once more", count.owned_up()),
        ("integrity", count.integrity()),
    ] {
        match found {
            Ok(found) => broken.extend(found.into_iter().map(|what| format!("{oracle}: {what}"))),
            Err(error) => broken.push(format!("{oracle}: {error}")),
        }
    }
    for (what, query) in [
        ("tickets", "SELECT count(*) FROM ticket"),
        ("SMS kept, parts of long ones counted", "SELECT count(*) FROM part"),
        ("parts read again and kept once", "SELECT coalesce(sum(repeats), 0) FROM part"),
        ("texts delivered", "SELECT count(*) FROM outbox WHERE state = 'delivered'"),
        ("texts sent without a report", "SELECT count(*) FROM outbox WHERE state = 'sent'"),
        (
            "answers of unknown fate, sent once more",
            "SELECT count(*) FROM outbox WHERE repeated > 0",
        ),
        (
            "answers broken off twice, given up, and on the phone all the same",
            "SELECT count(*) FROM outbox WHERE state = 'dropped' AND purpose = 'answer'",
        ),
        (
            "receipts of unknown fate, dropped",
            "SELECT count(*) FROM outbox WHERE state = 'dropped' AND purpose = 'acknowledgement'",
        ),
    ] {
        let counted = count.register.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
        table.push((what.to_owned(), usize::try_from(counted).unwrap()));
    }
    broken
}

struct Count<'a> {
    register: Connection,
    town: &'a Town,
}

impl Count<'_> {
    /// The first column of each row.
    fn rows(&self, query: &str) -> Found {
        let mut statement = self.register.prepare(query)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect()
    }

    /// Every SMS is there once.
    fn received(&self) -> Found {
        let mut texts: BTreeMap<(String, String), i64> = BTreeMap::new();
        for written in &self.town.texts {
            *texts.entry(written.clone()).or_default() += 1;
        }
        let mut statement =
            self.register.prepare("SELECT sender, coalesce(text, '?') FROM inbound")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            *texts.entry(row?).or_default() -= 1;
        }
        let wrong = texts.into_iter().filter(|(_, left)| *left != 0);
        Ok(wrong.map(|(text, left)| format!("{left} too few of {text:?}")).collect())
    }

    /// Every SMS is one ticket, and no number is given twice.
    fn tickets(&self) -> Found {
        let mut broken = self.rows(
            "SELECT 'message ' || i.id || ' ends as ' || coalesce(i.outcome, 'nothing') FROM inbound i
             WHERE i.outcome IS NOT 'ticket' OR i.ticket_id IS NULL",
        )?;
        broken.extend(self.rows(
            "SELECT 'ticket ' || t.number || ' has ' || count(i.id) || ' messages' FROM ticket t
             LEFT JOIN inbound i ON i.ticket_id = t.id GROUP BY t.number HAVING count(i.id) <> 1",
        )?);
        Ok(broken)
    }

    /// Each message is handled, and answered once or passed over for a recorded reason.
    fn one_end(&self) -> Found {
        self.rows(
            "SELECT 'message ' || i.id || ', reason ' || coalesce(i.reason, 'none') || ', with '
                    || count(o.id) || ' receipts'
             FROM inbound i LEFT JOIN outbox o ON o.inbound_id = i.id AND o.purpose = 'acknowledgement'
             GROUP BY i.id
             HAVING i.state <> 'handled' OR coalesce(i.reason, '') = '' OR count(o.id) > 1
                 OR (count(o.id) = 0 AND i.outcome <> 'silence'
                     AND i.reason NOT IN ('TANPA_BALASAN_BERULANG', 'TANPA_BALASAN_BANJIR'))",
        )
    }

    /// Each ticket has one approved answer, and that is on the phone, whether the register is sure of it or not: one that was
    /// broken off twice is given up.
    fn answers(&self) -> Found {
        let mut statement = self.register.prepare(
            "SELECT recipient, body FROM outbox WHERE purpose = 'answer' AND state = 'dropped' AND repeated = 1",
        )?;
        let given_up = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let given_up: Vec<(String, String)> = given_up.collect::<Result<_, _>>()?;
        let mut broken: Vec<_> = self.town.simulation.with_network(|network, _| {
            let read = |to: &str, body: &str| network.messages_of(to).any(|read| read.text == body);
            let unread = given_up.iter().filter(|(to, body)| !read(to, body));
            unread.map(|(to, body)| format!("{to} never read {body:?}")).collect()
        });
        broken.extend(self.rows(
            "SELECT 'ticket ' || t.number || ' has ' || count(o.id) || ' answers, ' || coalesce(max(o.state), '-')
             FROM ticket t LEFT JOIN outbox o ON o.ticket_id = t.id AND o.purpose = 'answer'
             GROUP BY t.id
             HAVING count(o.id) <> 1 OR max(o.state) NOT IN ('sent', 'delivered', 'dropped')",
        )?);
        Ok(broken)
    }

    fn drained(&self) -> Found {
        self.rows(
            "SELECT purpose || ' ' || id || ' is ' || state || ': ' || coalesce(error, '') FROM outbox
             WHERE state NOT IN ('sent', 'delivered', 'dropped') OR (state = 'dropped' AND purpose = 'answer' AND repeated <> 1)",
        )
    }

    /// What stands on the phones was sent, at least where the register says so, and not more often than it says.
    fn phones(&self, table: &mut Vec<(String, usize)>) -> Found {
        let messages = self.town.simulation.with_network(|network, _| network.messages().to_vec());
        let mut seen: BTreeMap<(String, String), i64> = BTreeMap::new();
        for message in messages {
            *seen.entry((message.to, message.text)).or_default() += 1;
        }
        let (mut broken, mut doubled) = (Vec::new(), 0);
        let mut statement = self.register.prepare(
            "SELECT recipient, body, sum(1 + repeated), sum(state IN ('sent', 'delivered')) FROM outbox
             GROUP BY recipient, body",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })?;
        for row in rows {
            let (recipient, body, most, least): (String, String, i64, i64) = row?;
            let came = seen.remove(&(recipient.clone(), body.clone())).unwrap_or(0);
            doubled += usize::from(came > 1);
            if came > most || came < least {
                broken.push(format!(
                    "{recipient} read {came} times, not {least} to {most}: {body:?}"
                ));
            }
        }
        table.push(("texts that a phone shows twice, as the register says".to_owned(), doubled));
        broken
            .extend(seen.keys().map(|(to, text)| format!("{to} read what nobody sent: {text:?}")));
        Ok(broken)
    }

    /// Whatever was sent once more was of unknown fate, and its ticket's trail says so.
    fn owned_up(&self) -> Found {
        self.rows(
            "SELECT purpose || ' ' || o.id || ' was sent ' || o.repeated || ' times more' FROM outbox o
             WHERE o.repeated > 0 AND (o.repeated > 1 OR o.purpose <> 'answer' OR 1 <>
                 (SELECT count(*) FROM trail t WHERE t.ticket_id = o.ticket_id AND t.action = 'KIRIM_ULANG'))",
        )
    }

    fn integrity(&self) -> Found {
        let mut found = self.rows("PRAGMA integrity_check")?;
        found.retain(|line| line != "ok");
        found.extend(
            self.rows("SELECT \"table\" || ' points nowhere' FROM pragma_foreign_key_check")?,
        );
        Ok(found)
    }
}
