//! The trail against its seals, a ticket's story and what is searched, as they are asked for at the terminal.

use std::path::Path;
use std::process::Output;

use aduan::demo::Home;
use rusqlite::Connection;
use serde_json::Value;

use crate::backup::{command, told, trouble};
use crate::support::Gateway;

/// Exit code and what `audit verify` tells a script.
fn verified(home: &Home, more: &[&str]) -> (i32, Value) {
    let arguments = [&["--json", "audit", "verify"], more].concat();
    let Output { status, stdout, .. } = command(home, &arguments).output().unwrap();
    (status.code().unwrap(), serde_json::from_slice(&stdout).expect("one JSON object"))
}

fn run(file: &Path, sql: &str) {
    Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_verified_while_the_daemon_works_and_in_a_backup_and_a_break_is_named() {
    let gateway = Gateway::start().await;
    let number = gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    gateway.complain("+6281200000002", "PUPR # jalan rusak").await;
    let (code, whole) = verified(gateway.home(), &[]);
    assert_eq!((code, &whole["whole"], &whole["rows"]), (0, &Value::from(true), &Value::from(2)));
    let seal = whole["newest"]["seal"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup.db");
    let backup = backup.to_str().unwrap();
    told(&gateway.desk().aduan("sari", &["--json", "backup", backup]).await);
    gateway.complain("+6281200000003", "PUPR # jalan gelap").await;
    let (code, copy) = verified(gateway.home(), &["--database", backup]);
    assert_eq!((code, &copy), (0, &whole), "the backup is of before");
    let (code, pinned) = verified(gateway.home(), &["--seal", &seal.to_uppercase()]);
    assert_eq!((code, &pinned["pinned"], &pinned["rows"]), (0, &Value::from(2), &Value::from(3)));
    assert_eq!(verified(gateway.home(), &["--seal", &"0".repeat(64)]).0, 1);

    let file = gateway.database();
    let (_simulation, office) = gateway.close().await;
    run(&file, "DROP TRIGGER trail_is_final; UPDATE trail SET actor = 'budi' WHERE id = 1");
    let (code, broken) = verified(&office.home, &[]);
    assert_eq!(
        (code, &broken["whole"], &broken["rows"]),
        (1, &Value::from(false), &Value::from(0))
    );
    assert_eq!(broken["broken"]["row"], 1);
    assert_eq!(broken["broken"]["ticket"].as_str(), Some(number.as_str()));
    let output = command(&office.home, &["audit", "verify"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("TIDAK UTUH mulai baris 1") && text.contains(&number), "{text}");
    let missing = trouble(&office.home, &["audit", "verify", "--database", "/tidak-ada.db"]);
    assert_eq!(missing, (2, "COPY_MISSING".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_is_told_at_the_terminal_to_whoever_may_read_the_ticket() {
    let gateway = Gateway::start().await;
    let number = gateway.complain("+6281200000001", "DISHUB # lampu mati").await;
    let desk = gateway.desk();
    let assigned = desk.aduan("sari", &["teruskan", &number, "--category", "pengaduan"]).await;
    assert!(assigned.status.success(), "{assigned:?}");
    let output = desk.aduan("ratna", &["audit", "lihat", &number]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    for words in
        ["Pemohon mengirim pengaduan ini", "(Petugas SMS) meneruskan ke Budi", "unit DISHUB"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.trim_end().lines().last().unwrap().contains("membaca riwayat ini"), "{text}");
    let refused = desk.aduan("joko", &["audit", "show", &number]).await;
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_are_searched_at_the_terminal_by_whoever_may_read_them() {
    let gateway = Gateway::start().await;
    let lamp = gateway.complain("+6281200000001", "DISHUB # lampu simpang mati").await;
    let road = gateway.complain("+6281200000002", "PUPR # jalan rusak dekat lampu").await;
    let desk = gateway.desk();
    let numbers = |output: &Output| -> Vec<String> {
        let told: Value = told(output);
        let tickets = told["tickets"].as_array().unwrap();
        tickets.iter().map(|ticket| ticket["number"].as_str().unwrap().to_owned()).collect()
    };
    let found = desk.aduan("sari", &["--json", "cari", "lampu"]).await;
    assert_eq!(numbers(&found), [road.as_str(), lamp.as_str()]);
    let found = desk.aduan("sari", &["--json", "search", "LAM*", "--unit", "dishub"]).await;
    assert_eq!(numbers(&found), [lamp.as_str()]);
    let found = desk.aduan("sari", &["--json", "search", "--phone", "081200000002"]).await;
    assert_eq!(numbers(&found), [road.as_str()]);
    let output = desk.aduan("ratna", &["cari", "banjir", "bandang"]).await;
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("Tidak ada tiket yang cocok"), "{text}");
    let refused = desk.aduan("joko", &["cari", "lampu"]).await;
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let nothing = desk.aduan("sari", &["cari"]).await;
    let text = String::from_utf8(nothing.stderr).unwrap();
    assert!(text.contains("Sebutkan apa yang dicari"), "{text}");
}
