//! Rule 9.4.5: what takes the closed path shows in lists of others as nothing.

use std::path::Path;

use aduan::control::protocol::{Ask, Tell};
use aduan::control::server::{self, Context};
use aduan::number::TicketNumber;
use aduan::ticket::OfficerId;
use rusqlite::Connection;

/// Who decides nothing on the closed path: petugas, anggota, admin.
const OTHERS: [&str; 4] = ["sari", "budi", "wati", "joko"];

/// A ticket that was led to the closed path by its trail and not back, or stands there.
struct Sealed {
    number: String,
    citizen: String,
    word: String,
}

fn sealed(register: &Connection) -> rusqlite::Result<Vec<Sealed>> {
    let mut statement = register.prepare(
        "SELECT number, citizen, body FROM ticket t
         WHERE restricted_by IS NOT NULL OR stage = 'TERTUTUP_ETIK' OR closed_as = 'DITERUSKAN_ETIK'
            OR (SELECT max(id) FROM trail WHERE ticket_id = t.id AND transition = 7)
               > (SELECT coalesce(max(id), 0) FROM trail WHERE ticket_id = t.id AND transition = 9)",
    )?;
    let rows = statement.query_map([], |row| {
        let body: String = row.get(2)?;
        // The mark of a text is its last word, and no other text has it.
        let word = body.split_whitespace().next_back().unwrap_or_default().to_owned();
        Ok(Sealed { number: row.get(0)?, citizen: row.get(1)?, word })
    })?;
    rows.collect()
}

/// What is told of sealed tickets to whom they do not exist.
pub(super) async fn told(context: &Context, database: &Path) -> Vec<String> {
    let sealed = Connection::open(database).and_then(|register| sealed(&register));
    let sealed = match sealed {
        Ok(sealed) => sealed,
        Err(error) => return vec![format!("the register cannot be read: {error}")],
    };
    let nobody = TicketNumber::new(26, 99_998).expect("a number").to_string();
    let mut broken = Vec::new();
    for user in OTHERS {
        let user = OfficerId::from(user);
        let asked = async |ask: Ask| server::ask_directly(context, &user, ask).await;
        let inbox = asked(Ask::Inbox { all: true }).await.ok();
        for Sealed { number, citizen, word } in &sealed {
            let mut lists = vec![inbox.clone()];
            for (words, phone) in [(number, None), (word, None), (&String::new(), Some(citizen))] {
                let search = Ask::Search {
                    words: words.clone(),
                    unit: None,
                    stage: None,
                    from: None,
                    to: None,
                    phone: phone.cloned(),
                };
                lists.push(asked(search).await.ok());
            }
            for list in lists.into_iter().flatten() {
                let (Tell::Inbox { tickets, .. } | Tell::Found { tickets, .. }) = list else {
                    continue;
                };
                if tickets.iter().any(|line| line.number == *number) {
                    broken.push(format!("{} finds {number}", user.as_str()));
                }
            }
            for ask in [show, story] {
                let told = asked(ask(number)).await.map_err(|trouble| trouble.code);
                let of_none = asked(ask(&nobody)).await.map_err(|trouble| trouble.code);
                if told.is_ok() || told != of_none {
                    broken.push(format!(
                        "{} asks for {number} and is told {told:?}, not {of_none:?}",
                        user.as_str()
                    ));
                }
            }
        }
    }
    broken
}

fn show(number: &str) -> Ask {
    Ask::Show { number: number.to_owned() }
}

fn story(number: &str) -> Ask {
    Ask::AuditShow { number: number.to_owned() }
}
