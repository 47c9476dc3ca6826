//! A case of the closed path does not exist for those who are not entitled, whatever they ask (procedure.md 9.4, 12.7).

use std::collections::BTreeSet;

use chrono::Datelike;

use super::documented::names;
use super::*;
use crate::control::protocol::{CaseFile, Line};

/// What nobody of them may be told: words of the complaint, and its unit, which no other ticket has.
const SECRETS: [&str; 3] = ["pungli", "meminta uang", "DINSOS"];

/// A number that no ticket has.
const NOBODYS: &str = "P26-00009-1";

/// Every ask about `number`, or about whatever may show it; `other` is an ordinary ticket. A new ask must be thought of here.
#[expect(clippy::too_many_lines, reason = "one list of every ask")]
fn asks(number: &str, other: &str) -> Vec<Ask> {
    let number = || number.to_owned();
    let text = |text: &str| text.to_owned();
    let some = |text: &str| Some(text.to_owned());
    let search = |words: &str, unit: Option<&str>, stage: Option<&str>| Ask::Search {
        words: words.to_owned(),
        unit: unit.map(str::to_owned),
        stage: stage.map(str::to_owned),
        from: None,
        to: None,
        phone: None,
    };
    let close = |number: String, main: Option<String>| Ask::Close {
        number,
        reason: text("DUPLIKAT"),
        main,
        party: None,
        contact: None,
        words: None,
    };
    let date = "2026-11-25".parse().unwrap();
    vec![
        Ask::Whoami,
        Ask::Status,
        Ask::Inbox { all: false },
        Ask::Inbox { all: true },
        Ask::Show { number: number() },
        Ask::AuditShow { number: number() },
        search(&number(), None, None),
        search("pungli", None, None),
        search("pung*", None, None),
        search("", Some("DINSOS"), None),
        search("", None, Some("TERTUTUP_ETIK")),
        Ask::Search {
            words: String::new(),
            unit: None,
            stage: None,
            from: None,
            to: None,
            phone: some("081234567890"),
        },
        Ask::Assign {
            number: number(),
            unit: None,
            category: text("PENGADUAN"),
            member: None,
            copies: Some(vec![text("PUPR")]),
        },
        Ask::Copy { number: number(), units: vec![text("PUPR")] },
        Ask::Propose {
            number: number(),
            recommendation: text("x"),
            rules: text("x"),
            note: text("x"),
            wording: text("x"),
            follow_up: None,
        },
        Ask::Approve { number: number() },
        Ask::Reject { number: number(), reason: text("x") },
        Ask::Send { number: number(), by: None },
        Ask::Send { number: number(), by: some("WA") },
        Ask::Undelivered { number: number(), reason: text("x") },
        Ask::Add {
            channel: text("WA"),
            from: some("081234567890"),
            text: text("x"),
            at: None,
            unit: None,
            to: Some(number()),
            again: false,
            by_sms: false,
        },
        Ask::Correct { number: number(), reason: text("x") },
        Ask::Note { number: number(), text: text("x") },
        Ask::Block { whom: number(), until: date, reason: text("x") },
        Ask::Unblock { whom: number() },
        Ask::Blocked,
        Ask::Floods,
        close(number(), some(other)),
        close(other.to_owned(), Some(number())),
        Ask::Ask { number: number(), missing: text("x") },
        Ask::Resume { number: number(), learnt: text("x") },
        Ask::Ethics { number: number(), indication: text("x"), concerns: Vec::new() },
        Ask::Concern { number: number(), concerns: vec![text("budi")] },
        Ask::HandOver { number: number(), body: text("x"), letter: text("x"), date },
        Ask::Letter { number: number(), body: None, letter: None, date: None },
        Ask::NotEthics {
            number: number(),
            reason: text("x"),
            unit: None,
            category: None,
            member: None,
        },
        Ask::ReturnUnit { number: number(), reason: text("x") },
        Ask::Escalate { number: number(), reason: text("x") },
        Ask::Reopen { number: number(), reason: text("x") },
        Ask::Answer { number: number(), note: 1, blanks: Vec::new(), category: None, unit: None },
        Ask::Known { unit: None },
        Ask::KnownAdd { number: number(), matter: text("x"), wording: None, valid_until: None },
        Ask::KnownApprove { note: 1 },
        Ask::KnownWithdraw { note: 1 },
        Ask::SmsRelease { decision: text("drop") },
        Ask::SmsSend { messages: vec![(text("112"), text("x"))], urgent: false },
        Ask::ModemList,
        Ask::ModemInfo { name: text("modem-1") },
        Ask::ModemEnable { name: text("modem-9") },
        Ask::ModemDisable { name: text("modem-9") },
        Ask::ModemReset { name: text("modem-9") },
        Ask::ModemAt { name: text("modem-9"), line: text("ATI") },
        Ask::ModemUssd { name: text("modem-9"), code: text("*888#") },
        Ask::Board,
        Ask::Reveal { number: number(), reason: text("x") },
        Ask::Mark { number: number(), mark: text("specific"), remove: false, reason: None },
        Ask::Mark { number: number(), mark: text("secret"), remove: true, reason: None },
        Ask::Mark {
            number: number(),
            mark: text("emergency"),
            remove: true,
            reason: Some(text("latihan")),
        },
        Ask::Accesses { number: some(&number()), from: None, until: None },
        Ask::RequestAdd { whose: number(), kind: text("correct"), detail: text("x") },
        Ask::Requests { all: true },
        Ask::RequestAnswer { id: 99, granted: true, answer: text("x") },
        Ask::Affected { from: None, until: None },
        Ask::RetentionPlan,
        Ask::RetentionApply,
        Ask::Recap { year: Utc::now().year(), month: Utc::now().month(), register: true },
        Ask::Export { from: None, to: None, unit: None },
        Ask::Export { from: None, to: None, unit: some("DINSOS") },
        Ask::RecapSign { year: 2020, month: 1 },
        Ask::RecapAcknowledge { year: 2020, month: 1 },
        Ask::RecapReturn { year: 2020, month: 1, reason: text("x") },
    ]
}

/// What is told, as it goes over the socket, without the time of now and the number of a run.
async fn told(client: &Client, ask: &Ask) -> String {
    match soon(client.ask(ask)).await {
        Ok(Tell::Recap(mut recap)) => {
            recap.counted_at = DateTime::UNIX_EPOCH;
            serde_json::to_string(&recap).unwrap()
        }
        Ok(Tell::Board(mut board)) => {
            board.at = DateTime::UNIX_EPOCH;
            serde_json::to_string(&board).unwrap()
        }
        Ok(Tell::RetentionPlan(plan)) => serde_json::to_string(&plan.due).unwrap(),
        Ok(Tell::RetentionDone(record)) => serde_json::to_string(&record.retired).unwrap(),
        Ok(tell) => serde_json::to_string(&tell).unwrap(),
        Err(AskError::Trouble(trouble)) => serde_json::to_string(&trouble).unwrap(),
        Err(other) => panic!("{ask:?}: {other:?}"),
    }
}

#[tokio::test]
async fn whoever_is_not_entitled_learns_nothing_of_a_closed_case_by_any_ask() {
    let mut bench = Bench::new();
    bench.receive("DISHUB # lampu simpang mati").await;
    bench.receive("DINSOS # pegawai meminta uang bansos, ini pungli sekali").await;
    let chair = bench.client_of("ratna");
    let Tell::Inbox { tickets, .. } = tell(&chair, Ask::Inbox { all: true }).await else {
        panic!()
    };
    let of_unit = |unit: &str| -> String {
        let mine = |line: &&Line| line.unit.as_deref() == Some(unit);
        tickets.iter().find(mine).unwrap().number.clone()
    };
    let (sealed, other) = (of_unit("DINSOS"), of_unit("DISHUB"));
    let concerns = Vec::new();
    let restrict =
        Ask::Ethics { number: sealed.clone(), indication: "pungli".to_owned(), concerns };
    tell(&chair, restrict).await;

    let asked: BTreeSet<String> =
        asks(&sealed, &other).iter().map(|ask| ask.name().to_owned()).collect();
    assert_eq!(asked, names::<Ask>("ask"), "an ask that nobody has thought of here");
    for user in ["sari", "budi", "joko"] {
        let client = bench.client_of(user);
        for (ask, of_nobody) in asks(&sealed, &other).iter().zip(asks(NOBODYS, &other)) {
            let answer = told(&client, ask).await;
            for secret in SECRETS {
                // What was typed may come back.
                let typed = serde_json::to_string(ask).unwrap();
                assert!(
                    typed.contains(secret) || !answer.contains(secret),
                    "{user}: {ask:?}: {answer}"
                );
            }
            // It is told as what is not there would be.
            let nothing = told(&client, &of_nobody).await;
            assert_eq!(answer.replace(&sealed, NOBODYS), nothing, "{user}: {ask:?}");
            let names_it = serde_json::to_string(ask).unwrap().contains(&sealed);
            assert!(names_it || !answer.contains(&sealed), "{user}: {ask:?}: {answer}");
        }
    }
    // The same asks show it to the entitled: lists, the ticket and its story, and every search.
    for ask in asks(&sealed, &other).iter().take(12).skip(3) {
        let answer = told(&chair, ask).await;
        assert!(answer.contains(&sealed), "{ask:?}: {answer}");
    }
    // Nothing was done to it.
    let director = bench.client_of("hadi");
    for (user, client) in [("ratna", chair), ("hadi", director)] {
        let Tell::Show(file) = tell(&client, Ask::Show { number: sealed.clone() }).await else {
            panic!()
        };
        let CaseFile { line, body, .. } = *file;
        assert!(line.stage == "TERTUTUP_ETIK" && body.contains("pungli"), "{user}");
    }
    bench.end().await;
}
