//! What `aduan doctor` says of an office that is well, and of one that is not.

use std::fs;

use aduan::demo::Home;
use rusqlite::Connection;
use serde_json::Value;

use crate::backup::{command, scratch};
use crate::support::{Desk, Gateway};

/// Whether something is bad, and each check that is not good with its outcome.
fn read(output: &std::process::Output) -> (bool, Vec<(String, String)>) {
    let told: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let checks = told["checks"].as_array().unwrap();
    assert_eq!(output.status.code(), Some(i32::from(told["verdict"] == "bad")), "{told:#}");
    // Room and programs are those of the box that runs this test, and that has the other end of the ports.
    let own = |check: &&Value| check["check"] != "room" && check["check"] != "programs";
    let wrong = checks.iter().filter(own).filter(|check| check["verdict"] != "good");
    let is_bad = wrong.clone().any(|check| check["verdict"] == "bad");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let wrong = wrong.map(|check| (text(&check["check"]), text(&check["outcome"]))).collect();
    (is_bad, wrong)
}

async fn asked(home: &Home, user: &str) -> (bool, Vec<(String, String)>) {
    read(&Desk::of(home).aduan(user, &["--json", "doctor"]).await)
}

fn alone(home: &Home) -> (bool, Vec<(String, String)>) {
    read(&command(home, &["--json", "doctor"]).output().unwrap())
}

fn found(check: &str, outcome: &str) -> (String, String) {
    (check.to_owned(), outcome.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_is_well_is_told_so_and_one_whose_daemon_stands_is_told_what_to_do() {
    let gateway = Gateway::start().await;
    gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    assert_eq!(asked(gateway.home(), "joko").await, (false, vec![]));
    let text = gateway.desk().aduan("joko", &["--lang", "en", "doctor"]).await;
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("good   The seals of the trail hold."), "{text}");
    assert!(text.contains("good   Modem modem-1: "), "{text}");
    gateway.desk().tell("joko", &["modem", "disable", "modem-1"]).await;
    let is_disabled = |status: &Value| status["modems"][0]["state"] == "disabled";
    gateway.desk().status_until(is_disabled).await;
    assert_eq!(asked(gateway.home(), "joko").await, (false, vec![found("modem", "disabled")]));
    let (_simulation, office) = gateway.close().await;
    assert_eq!(alone(&office.home), (true, vec![found("daemon", "silent")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_files_and_register_is_found_without_a_daemon() {
    let gateway = Gateway::start().await;
    gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    let register = gateway.database();
    let (simulation, office) = gateway.close().await;
    let whole = fs::read(&register).unwrap();
    let run = |sql: &str| Connection::open(&register).unwrap().execute_batch(sql).unwrap();
    let look = || {
        let (_, wrong) = alone(&office.home);
        wrong.into_iter().filter(|(check, _)| check != "daemon").collect::<Vec<_>>()
    };
    run("DROP TRIGGER trail_is_final; UPDATE trail SET actor = 'orang-lain'");
    assert_eq!(look(), [found("trail", "broken")]);
    fs::write(&register, &whole).unwrap();
    run("PRAGMA foreign_keys = OFF; UPDATE inbound SET ticket_id = 4711");
    assert_eq!(look(), [found("references", "broken")]);
    fs::write(&register, &whole).unwrap();
    run("PRAGMA user_version = 4");
    assert_eq!(look(), [found("schema", "older")]);
    run("PRAGMA user_version = 999");
    assert_eq!(look(), [found("database", "unusable")]);
    fs::write(&register, &whole).unwrap();
    run("INSERT INTO restore (restored_at, officer, last_outbox) VALUES (0, 'root', 0)");
    assert_eq!(look(), [found("held", "waiting")]);
    run("INSERT INTO inbound (sim, modem, sender, sender_kind, complete, received_at)
         VALUES ('x', 'x', 'x', 'odd', 1, 4000000000)");
    assert!(look().contains(&found("clock", "behind")));
    fs::write(&register, &whole).unwrap();
    run("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace (sql, 'citizen, ', 'body, ')
          WHERE name = 'ticket_by_citizen'");
    assert_eq!(look(), [found("pages", "damaged")]);
    fs::write(&register, &whole).unwrap();
    scratch(&register);
    assert!(!look().is_empty());
    fs::write(&register, &whole).unwrap();
    drop(simulation);
    assert_eq!(look(), [found("port", "missing")]);
    fs::write(office.home.path().join("units.tsv"), "").unwrap();
    assert!(look().contains(&found("config", "unusable")));
    fs::remove_file(office.home.config_file()).unwrap();
    assert_eq!(look(), [found("config", "unusable")]);
}
