//! Fixed answers of a daemon, and a page to print them on, for the tests of the views.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use serde_json::json;

use super::language::Language;
use super::terminal::Page;
use super::words::Words;
use crate::calendar::Zone;
use crate::control::protocol::{
    CaseFile, Draft, Hint, Letter, Line, Note, OpenRow, Recap, Received, Register, RegisterRow,
    Reply, Seal, Step, StepRow, Summary, UnitRow,
};

/// What a view prints in Indonesian.
pub fn printed(
    width: Option<u16>,
    print: impl FnOnce(&Page, &mut dyn Write) -> io::Result<()>,
) -> String {
    printed_in(Language::Indonesian, width, print)
}

/// What a view prints.
pub fn printed_in(
    language: Language,
    width: Option<u16>,
    print: impl FnOnce(&Page, &mut dyn Write) -> io::Result<()>,
) -> String {
    let page = Page { words: Words::new(language), zone: Zone::Wib, width };
    let mut out = Vec::new();
    print(&page, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A time of November 2026, UTC.
pub fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap()
}

/// A ticket that is late.
pub fn line() -> Line {
    Line {
        number: "P26-00123-0".to_owned(),
        unit: Some("DISHUB".to_owned()),
        stage: "TELAAH".to_owned(),
        subject: "Lampu lalin Simpang Pasar mati sejak Senin, tadi pagi hampir tabrakan".to_owned(),
        received_at: at(24, 1, 0),
        due_at: Some(at(24, 2, 15)),
        overdue: true,
        left_minutes: Some(-75),
        marks: vec!["national-near".to_owned()],
        national_due_at: Some(at(30, 9, 0)),
        promised_on: None,
        answer_due_at: Some(at(24, 8, 0)),
        assignee: Some("budi".to_owned()),
        flags: vec!["emergency".to_owned()],
        suggestions: Vec::new(),
        copies: Vec::new(),
        named: Vec::new(),
        hint: None,
    }
}

/// A ticket whose unit was not read.
pub fn undecided_line() -> Line {
    Line {
        number: "P26-04071-7".to_owned(),
        unit: None,
        stage: "BARU".to_owned(),
        subject: "Jalan berlubang, sampah menumpuk".to_owned(),
        received_at: at(24, 3, 30),
        due_at: Some(at(24, 3, 45)),
        overdue: false,
        left_minutes: Some(12),
        marks: Vec::new(),
        national_due_at: None,
        promised_on: None,
        answer_due_at: Some(at(25, 2, 30)),
        assignee: None,
        flags: vec!["nik".to_owned(), "secret".to_owned()],
        suggestions: vec!["PUPR".to_owned(), "DLH".to_owned()],
        copies: Vec::new(),
        named: Vec::new(),
        hint: Some(Hint { note: 7, matter: "Jalan berlubang".to_owned(), score: 62 }),
    }
}

/// A ticket whose first draft came back.
pub fn case() -> CaseFile {
    CaseFile {
        line: line(),
        unit_name: Some("Dinas Perhubungan".to_owned()),
        citizen: "0811-0000-2345".to_owned(),
        unreachable: None,
        category: Some("PENGADUAN".to_owned()),
        text_withheld: false,
        body:
            "Lampu lalin Simpang Pasar mati sejak Senin, tadi pagi hampir tabrakan. Mohon segera."
                .to_owned(),
        certainty: "certain".to_owned(),
        closed_as: None,
        answered_at: None,
        messages: vec![
            Received {
                at: at(24, 1, 0),
                text: Some("DISHUB # Lampu lalin Simpang Pasar mati sejak Senin".to_owned()),
                complete: false,
                channel: "SMS".to_owned(),
                entered_by: None,
            },
            Received {
                at: at(24, 1, 5),
                text: None,
                complete: true,
                channel: "SMS".to_owned(),
                entered_by: None,
            },
        ],
        joined: Vec::new(),
        drafts: vec![Draft {
            version: 1,
            kind: "JAWABAN".to_owned(),
            recommendation: "Ganti modul lampu.".to_owned(),
            rules: "tidak ada".to_owned(),
            note: "Modul rusak oleh petir.".to_owned(),
            wording: "Lampu segera diganti.".to_owned(),
            writer: "budi".to_owned(),
            written_at: at(24, 1, 40),
            state: "returned".to_owned(),
            decided_by: Some("ratna".to_owned()),
            decided_at: Some(at(24, 1, 50)),
            from_note: None,
            reason: Some("sebutkan jadwal".to_owned()),
        }],
        replies: vec![Reply {
            at: at(24, 1, 0),
            text: "Keadaan darurat? Segera telepon 112 atau polisi 110.".to_owned(),
            purpose: "acknowledgement".to_owned(),
            state: "delivered".to_owned(),
            settled_at: Some(at(24, 1, 1)),
            error: None,
            unconfirmed: false,
        }],
        trail: vec![
            Step {
                at: at(24, 1, 0),
                actor: "pemohon".to_owned(),
                transition: Some(1),
                action: "MASUK".to_owned(),
                from: None,
                to: Some("BARU".to_owned()),
                detail: json!({ "inbound": 7 }),
            },
            Step {
                at: at(24, 1, 12),
                actor: "sari".to_owned(),
                transition: Some(3),
                action: "DISPOSISI".to_owned(),
                from: Some("BARU".to_owned()),
                to: Some("TELAAH".to_owned()),
                detail: json!({ "unit": "DISHUB", "kategori": "PENGADUAN", "anggota": "budi" }),
            },
        ],
        known: vec![Note { score: Some(62), ..note() }],
        channel: "SMS".to_owned(),
        give: None,
    }
}

/// A note of the answer bank.
pub fn note() -> Note {
    Note {
        id: 7,
        unit: "DISHUB".to_owned(),
        matter: "Lampu lalu lintas mati".to_owned(),
        wording: "Petugas kami memeriksa lampu di {tempat} hari ini.".to_owned(),
        valid_until: NaiveDate::from_ymd_opt(2026, 12, 31),
        valid: true,
        uses: 3,
        used_at: Some(at(20, 2, 0)),
        blanks: vec!["tempat".to_owned()],
        proposed_by: None,
        score: None,
    }
}

/// The letter of a case that was handed over.
pub fn letter() -> Letter {
    let later = |day, text: &str, complete| Received {
        at: at(day, 2, 15),
        text: Some(text.to_owned()),
        complete,
        channel: "SMS".to_owned(),
        entered_by: None,
    };
    Letter {
        number: "P26-00126-3".to_owned(),
        handed_over: true,
        letterhead: ["PEMERINTAH KABUPATEN SUKAMAJU", "SEKRETARIAT DAERAH", "Jalan Merdeka 1, Sukamaju 41100"]
            .map(str::to_owned)
            .to_vec(),
        place: "Sukamaju".to_owned(),
        zone: "WIB".to_owned(),
        body: Some("Inspektur Kabupaten Sukamaju".to_owned()),
        letter: Some("700/12/2026".to_owned()),
        date: NaiveDate::from_ymd_opt(2026, 12, 1),
        received_at: at(24, 1, 0),
        channel: "SMS".to_owned(),
        unit: Some("DISDUKCAPIL".to_owned()),
        unit_name: Some("Dinas Kependudukan dan Pencatatan Sipil".to_owned()),
        indication: "meminta uang saat mengurus KTP".to_owned(),
        named: vec!["Budi Santoso".to_owned()],
        citizen: "+62 812-****-*345".to_owned(),
        text: Some(
            "DISDUKCAPIL # Petugas loket 3 minta 100 ribu supaya KTP saya jadi.\nNIK saya 3201********0123."
                .to_owned(),
        ),
        later: vec![
            later(24, "Orangnya pakai baju biru, namanya Budi.", true),
            later(25, "Hari ini diminta lagi, hubungi 0812*****890.", false),
        ],
        joined: Vec::new(),
        national_due_at: Some(at(24, 9, 0) + TimeDelta::days(86)),
        signer: "Ratna Dewi".to_owned(),
        signer_role: "ketua".to_owned(),
    }
}

/// A month without anything.
pub fn empty_recap() -> Recap {
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    Recap {
        month: "2026-11".to_owned(),
        office: "Pemkab Sukamaju".to_owned(),
        period: (day(1), day(30)),
        zone: "WITA".to_owned(),
        counted_at: at(30, 9, 0),
        summary: Summary::default(),
        units: Vec::new(),
        categories: Vec::new(),
        steps: vec![StepRow {
            row: "total".to_owned(),
            standard: 360,
            measured: 0,
            within: 0,
            longest: None,
        }],
        open: Vec::new(),
        received: Vec::new(),
        sent: Vec::new(),
        sealed: (0, 0, 0),
        satisfaction: (0, 0, 0),
        channels: Vec::new(),
        given: Vec::new(),
        seal: None,
        register: None,
        corrections: Vec::new(),
        signing: None,
    }
}

/// A month with something in every part.
pub fn recap() -> Recap {
    let texts = |pairs: &[(&str, i64)]| {
        pairs.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect::<Vec<_>>()
    };
    let unit = |code: &str, name: &str, received, answered, on_time, mean_minutes| UnitRow {
        code: code.to_owned(),
        name: name.to_owned(),
        received,
        answered,
        on_time,
        finished: answered,
        closing: received - answered,
        mean_minutes,
        ..UnitRow::default()
    };
    Recap {
        summary: Summary {
            opening: 3,
            received: 1_234,
            reopened: 1,
            finished: 8,
            closed: texts(&[("DUPLIKAT", 2), ("SPAM", 1)]),
            closing: 1_227,
            answered: 8,
            on_time: 7,
            overdue: 4,
            median_minutes: Some(120),
            mean_minutes: Some(1_325),
        },
        units: vec![
            unit("-", "", 2, 0, 0, None),
            unit("DISHUB", "Dinas Perhubungan", 1_232, 8, 7, Some(1_325)),
        ],
        categories: texts(&[("-", 2), ("PENGADUAN", 1_232)]),
        steps: vec![
            StepRow {
                row: "2".to_owned(),
                standard: 15,
                measured: 9,
                within: 6,
                longest: Some(75),
            },
            StepRow { row: "3-4".to_owned(), standard: 45, measured: 0, within: 0, longest: None },
        ],
        open: vec![
            OpenRow {
                number: "P26-00123-0".to_owned(),
                received_at: at(24, 1, 0),
                unit: Some("DISHUB".to_owned()),
                stage: "TELAAH".to_owned(),
                age_days: 4,
                overdue: true,
            },
            OpenRow {
                number: "P26-04071-7".to_owned(),
                received_at: at(27, 3, 30),
                unit: None,
                stage: "BARU".to_owned(),
                age_days: 1,
                overdue: false,
            },
        ],
        received: vec![
            ("command".to_owned(), "STATUS".to_owned(), 5),
            ("ticket".to_owned(), "TIKET_BARU".to_owned(), 1_234),
        ],
        sent: vec![("delivered".to_owned(), 1_200, 1_250), ("failed".to_owned(), 3, 0)],
        sealed: (1, 1, 0),
        satisfaction: (5, 1, 2),
        channels: vec![("SMS".to_owned(), 1_236, 1_232), ("WA".to_owned(), 3, 2)],
        given: vec![("WA".to_owned(), 2)],
        seal: Some(Seal { row: 4_071, at: at(30, 9, 0), seal: "0a1b2c3d".repeat(8) }),
        register: Some(register()),
        ..empty_recap()
    }
}

/// The complaints of that month.
pub fn register() -> Register {
    let text = |text: &str| Some(text.to_owned());
    let answered = RegisterRow {
        number: "P26-00123-0".to_owned(),
        received_at: at(24, 1, 0),
        channel: "SMS".to_owned(),
        unit: text("DISHUB"),
        copies: vec!["PUPR".to_owned(), "DLH".to_owned()],
        subject: "Lampu Simpang Pasar mati, hubungi 0812*****890".to_owned(),
        holds_otp: false,
        category: text("PENGADUAN"),
        answer: text("Lampu diganti hari ini."),
        answered_at: Some(at(24, 4, 0)),
        minutes: Some(1_180),
        on_time: Some(true),
        stage: "DIJAWAB".to_owned(),
        closed_as: None,
    };
    let late = RegisterRow {
        number: "P26-04071-7".to_owned(),
        unit: None,
        copies: Vec::new(),
        subject: "=Jalan berlubang".to_owned(),
        category: None,
        answer: None,
        answered_at: None,
        minutes: None,
        on_time: Some(false),
        stage: "BARU".to_owned(),
        ..answered.clone()
    };
    let closed = RegisterRow {
        number: "P26-00124-8".to_owned(),
        channel: "WA".to_owned(),
        unit: text("PUPR"),
        on_time: None,
        stage: "DITUTUP".to_owned(),
        closed_as: text("BUKAN_WENANG"),
        ..late.clone()
    };
    Register { entries: vec![answered, late, closed], sealed: 1, made_at: None }
}
