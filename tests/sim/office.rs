//! Officers who act at random: mostly what comes next, at times what is not theirs or not due.

use aduan::control::protocol::{Ask, Line, Tell};
use aduan::control::server::{self, Context};
use aduan::desk::reading;
use aduan::ticket::OfficerId;
use chrono::{Days, NaiveDate};

use crate::dice::Dice;
use crate::town::Town;

const USERS: [&str; 6] = ["sari", "budi", "wati", "ratna", "hadi", "joko"];

/// Those who read the register: the petugas, and the ketua, who sees the closed path too.
const READERS: [&str; 4] = ["sari", "sari", "sari", "ratna"];

/// What is done, by the first of whom it is allowed to.
type Act = (&'static str, &'static [&'static str], Ask);

/// How it goes.
struct Desk<'a> {
    town: &'a Town,
    context: &'a Context,
    dice: Dice,
}

/// An officer looks into the register and does something to one of its tickets: what was done, for the counts.
pub async fn act(town: &Town, context: &Context, dice: Dice) -> &'static str {
    let mut desk = Desk { town, context, dice };
    let reader = *desk.dice.pick(&READERS);
    let Some(Tell::Inbox { tickets, .. }) = desk.ask(reader, Ask::Inbox { all: true }).await else {
        return "the register was not to be had";
    };
    if tickets.is_empty() {
        return "officers with nothing to do";
    }
    if desk.dice.percent(4) {
        return desk.reopen(&tickets).await;
    }
    if desk.dice.percent(4) {
        return desk.enter(&tickets).await;
    }
    let line = desk.dice.pick(&tickets).clone();
    // Some do what is not theirs, or not due: that must be refused and change nothing.
    if desk.dice.percent(10) {
        let user = *desk.dice.pick(&USERS);
        let wrong = desk.wrong(line.number);
        return match desk.ask(user, wrong).await {
            Some(_) => "officers out of turn: done",
            None => "officers out of turn: refused",
        };
    }
    match desk.next(line, &tickets).await {
        Some((what, true)) => what,
        Some((_, false)) => "officers' acts that were refused",
        None => "officers who look only",
    }
}

impl Desk<'_> {
    async fn ask(&self, user: &str, ask: Ask) -> Option<Tell> {
        let what = format!("{user} asks {ask:?}");
        let told = server::ask_directly(self.context, &OfficerId::from(user), ask).await;
        self.town.tell(|| format!("{what}: {}", if told.is_ok() { "done" } else { "refused" }));
        told.ok()
    }

    /// Whether the first who may do it has done it.
    async fn first(&self, users: &[&str], ask: Ask) -> bool {
        for user in users {
            if self.ask(user, ask.clone()).await.is_some() {
                return true;
            }
        }
        false
    }

    /// What is done to a new one.
    async fn of_new(
        &mut self,
        (number, unit): (String, Option<String>),
        percent: usize,
        tickets: &[Line],
    ) -> Option<Act> {
        Some(match percent {
            12..22 => {
                let reason = (*self.dice.pick(&["SPAM", "BUKAN_PENGADUAN"])).to_owned();
                let nothing = || None;
                let ask = Ask::Close {
                    number,
                    reason,
                    main: nothing(),
                    party: nothing(),
                    contact: nothing(),
                    words: nothing(),
                };
                ("officers close", &["sari"], ask)
            }
            22..28 => {
                let main = Some(self.dice.pick(tickets).number.clone());
                let reason = "DUPLIKAT".to_owned();
                let ask =
                    Ask::Close { number, reason, main, party: None, contact: None, words: None };
                ("officers join", &["sari"], ask)
            }
            28..40 => {
                let note = self.note().await?;
                let ask = Ask::Answer {
                    number,
                    note,
                    blanks: Vec::new(),
                    category: None,
                    unit: self.dice.percent(20).then(|| "PUPR".to_owned()),
                };
                ("officers answer from the record", &["sari"], ask)
            }
            _ => {
                let unit = unit.is_none().then(|| "PUPR".to_owned());
                let category = *self.dice.pick(&["PENGADUAN", "INFORMASI", "PENGAWASAN"]);
                let ask = Ask::Assign {
                    number,
                    unit,
                    category: category.to_owned(),
                    member: Some("wati".to_owned()),
                    copies: None,
                };
                // What was returned twice is the ketua's to assign.
                ("officers assign", &["sari", "ratna"], ask)
            }
        })
    }

    /// What comes next with a ticket: what it was, and whether it was done.
    async fn next(&mut self, line: Line, tickets: &[Line]) -> Option<(&'static str, bool)> {
        let Line { number, stage, unit, flags, .. } = line;
        let percent = self.dice.below(100);
        if percent >= 50 && flags.iter().any(|flag| flag == reading::TO_GIVE) {
            let ask = Ask::Send { number, by: Some("TELEPON".to_owned()) };
            return Some(("officers give", self.first(&["sari", "ratna"], ask).await));
        }
        let reason = || "kurang jelas".to_owned();
        let (what, users, ask): Act = match (stage.as_str(), percent) {
            ("BARU" | "TELAAH", 0..8) => {
                let missing = "nama jalan dan RT".to_owned();
                ("officers ask", &["sari", "wati"], Ask::Ask { number, missing })
            }
            ("BARU" | "TELAAH" | "PERSETUJUAN", 8..12) => {
                let concerns = if self.dice.percent(20) { vec!["budi".to_owned()] } else { vec![] };
                let indication = "pungutan".to_owned();
                let ask = Ask::Ethics { number, indication, concerns };
                ("officers seal", &["sari", "wati", "ratna"], ask)
            }
            ("BARU", _) => self.of_new((number, unit), percent, tickets).await?,
            ("MENUNGGU_PEMOHON", 0..20) => {
                let learnt = "lewat telepon".to_owned();
                ("officers learn it otherwise", &["sari"], Ask::Resume { number, learnt })
            }
            ("TELAAH", 12..20) => {
                let reason = "bukan tugas kami".to_owned();
                ("officers return it", &["wati"], Ask::ReturnUnit { number, reason })
            }
            ("TELAAH" | "TINDAK_LANJUT", 20..26) => {
                let category = *self.dice.pick(&["PENGADUAN", "INFORMASI", "PENGAWASAN"]);
                let ask = Ask::Assign {
                    number,
                    unit: None,
                    category: category.to_owned(),
                    member: Some((*self.dice.pick(&["wati", "ratna"])).to_owned()),
                    copies: None,
                };
                ("officers give it to somebody else", &["ratna"], ask)
            }
            ("DIJAWAB" | "TINDAK_LANJUT", 0..8) => {
                let ask = Ask::Undelivered { number, reason: "nomor tidak aktif".to_owned() };
                ("officers learn that an answer did not arrive", &["sari"], ask)
            }
            ("DIJAWAB", 8..20) => {
                let ask = Ask::KnownAdd {
                    number,
                    matter: "pohon tumbang".to_owned(),
                    wording: None,
                    valid_until: None,
                };
                ("officers put an answer on record", &["ratna", "wati"], ask)
            }
            ("TELAAH" | "TINDAK_LANJUT", _) => {
                ("officers propose", &["wati"], self.proposal(number))
            }
            ("PERSETUJUAN", 12..20) => {
                ("officers pass it up", &["ratna"], Ask::Escalate { number, reason: reason() })
            }
            ("PERSETUJUAN", 20..35) => {
                ("officers reject", &["ratna", "hadi"], Ask::Reject { number, reason: reason() })
            }
            ("PERSETUJUAN", _) => ("officers approve", &["ratna", "hadi"], Ask::Approve { number }),
            ("SIAP_KIRIM", 0..20) => {
                ("officers give", &["sari"], Ask::Send { number, by: Some("WA".to_owned()) })
            }
            ("SIAP_KIRIM", _) => ("officers send", &["sari"], Ask::Send { number, by: None }),
            ("TERTUTUP_ETIK", 0..50) => {
                let ask = Ask::HandOver {
                    number,
                    body: "Inspektorat".to_owned(),
                    letter: format!("700/{percent}/2026"),
                    date: self.today(),
                };
                ("officers hand over", &["ratna"], ask)
            }
            ("TERTUTUP_ETIK", _) => {
                let ask = Ask::NotEthics {
                    number,
                    reason: "soal layanan".to_owned(),
                    unit: Some("PUPR".to_owned()),
                    category: Some("PENGADUAN".to_owned()),
                    member: Some("wati".to_owned()),
                };
                ("officers unseal", &["ratna"], ask)
            }
            _ => return None,
        };
        Some((what, self.first(users, ask).await))
    }

    /// One of the known answers.
    async fn note(&mut self) -> Option<i64> {
        let told = self.ask("sari", Ask::Known { unit: None }).await;
        let Some(Tell::Known { notes }) = told else { return None };
        let valid: Vec<i64> = notes.iter().filter(|note| note.valid).map(|note| note.id).collect();
        (!valid.is_empty()).then(|| *self.dice.pick(&valid))
    }

    /// What came by another channel, at times of a ticket that is there.
    async fn enter(&mut self, tickets: &[Line]) -> &'static str {
        let mark = self.dice.draw() % 1_000_000;
        let ask = Ask::Add {
            channel: (*self.dice.pick(&["WA", "TELEPON"])).to_owned(),
            from: Some(format!("+62812{:08}", self.dice.below(3))),
            text: format!("pohon tumbang di jalan desa m{mark}"),
            at: None,
            unit: Some("DLH".to_owned()),
            to: self.dice.percent(30).then(|| self.dice.pick(tickets).number.clone()),
            again: self.dice.percent(30),
            by_sms: self.dice.percent(50),
        };
        match self.ask("sari", ask).await {
            Some(_) => "officers enter what came otherwise",
            None => "officers' acts that were refused",
        }
    }

    /// Any ticket up to the last one: only one that was closed can be opened again.
    async fn reopen(&mut self, tickets: &[Line]) -> &'static str {
        let serial = |line: &Line| line.number.get(4..9).and_then(|digits| digits.parse().ok());
        let last: u64 = tickets.iter().filter_map(serial).max().unwrap_or(1);
        let number = (1 + self.dice.draw() % last).to_string();
        let ask = Ask::Reopen { number, reason: "ternyata keluhan".to_owned() };
        match self.ask("ratna", ask).await {
            Some(_) => "officers open again",
            None => "officers' acts that were refused",
        }
    }

    fn wrong(&mut self, number: String) -> Ask {
        let said = || "salah".to_owned();
        match self.dice.below(8) {
            0 => Ask::Approve { number },
            1 => Ask::Send { number, by: None },
            2 => Ask::Reject { number, reason: said() },
            3 => Ask::Ask { number, missing: said() },
            4 => Ask::Resume { number, learnt: said() },
            5 => Ask::ReturnUnit { number, reason: said() },
            6 => Ask::Escalate { number, reason: said() },
            _ => self.proposal(number),
        }
    }

    /// By the box's clock.
    fn today(&self) -> NaiveDate {
        self.context.office.calendar.zone().local(self.town.clock()).date_naive()
    }

    fn proposal(&mut self, number: String) -> Ask {
        let mark = self.dice.draw() % 1_000_000;
        // Within what the least of the national limits leaves, mostly.
        let promised = self.today() + Days::new(3);
        let promised = Some(promised).filter(|_| self.dice.percent(25));
        Ask::Propose {
            number,
            recommendation: "diperbaiki".to_owned(),
            rules: "tidak ada".to_owned(),
            note: format!("catatan {mark}"),
            wording: format!("Sudah kami tindak lanjuti dengan surat tugas {mark}."),
            follow_up: promised,
        }
    }
}
