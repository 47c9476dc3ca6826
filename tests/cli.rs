//! The real `aduan`, run as a person or a script runs it: help, mistakes, a daemon that is not there, and one that is.

#![expect(clippy::unwrap_used, reason = "what helps a test may fail like one")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::{self, JoinHandle};

use aduan::store::Store;

/// `aduan` without the caller's own language and editor.
fn aduan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aduan"));
    command.args(arguments).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "VISUAL", "EDITOR"] {
        command.env_remove(name);
    }
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// A daemon that answers one ask after the other with what it is given, and hands back what it was asked.
fn daemon(socket: &Path, answers: Vec<(u16, &'static str)>) -> JoinHandle<Vec<serde_json::Value>> {
    let listener = UnixListener::bind(socket).unwrap();
    thread::spawn(move || {
        let mut asks = Vec::new();
        for (status, answer) in answers {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&stream);
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if line.trim().is_empty() {
                    break;
                }
                let (name, value) = line.split_once(':').unwrap_or_default();
                if name.eq_ignore_ascii_case("content-length") {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            asks.push(serde_json::from_slice(&body).unwrap());
            let head = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                answer.len()
            );
            (&stream).write_all(head.as_bytes()).unwrap();
            (&stream).write_all(answer.as_bytes()).unwrap();
        }
        asks
    })
}

const DONE: &str = r#"{"tell":"done","number":"P26-00123-0","stage":"TELAAH","with":"budi","text":null,"not_before":null}"#;
const REFUSED: &str =
    r#"{"code":"OUT_OF_TURN","message":"not now","details":{"stage":"DIJAWAB"},"fault":false}"#;
const SHOWN: &str = r#"{"tell":"show","number":"P26-00123-0","unit":"DISHUB","stage":"TELAAH","subject":"Lampu mati",
    "received_at":"2026-11-24T01:00:00Z","due_at":null,"overdue":false,"answer_due_at":null,"assignee":"budi","flags":[],
    "suggestions":[],"unit_name":"Dinas Perhubungan","citizen":"0811-0000-2345","category":"PENGADUAN",
    "body":"Lampu mati di Simpang Pasar","certainty":"certain","closed_as":null,"national_due_at":null,"answered_at":null,
    "messages":[],"drafts":[],"replies":[],"trail":[],"known":[]}"#;

#[test]
fn help_speaks_the_language_of_the_option_of_the_environment_and_else_indonesian() {
    let (code, indonesian, _) = run(&mut aduan(&["--help"]));
    assert_eq!(code, 0);
    assert!(indonesian.contains("Cara pakai:") && indonesian.contains("Perintah:"), "{indonesian}");
    let (code, english, _) = run(&mut aduan(&["assign", "--help", "--lang", "en"]));
    assert_eq!(code, 0);
    assert!(
        english.contains("Usage: aduan assign") && english.contains("--to <ACCOUNT>"),
        "{english}"
    );
    let (_, english, _) = run(aduan(&["help"]).env("LANG", "en_US.UTF-8"));
    assert!(english.contains("Commands:"), "{english}");
    let (_, indonesian, _) = run(aduan(&["--lang=id", "-h"]).env("LANG", "en_US.UTF-8"));
    assert!(indonesian.contains("Perintah:"), "{indonesian}");
}

/// The shipped configuration in a folder of its own, with one line of it changed.
fn configured(folder: &Path, from: &str, to: &str) -> String {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    for file in fs::read_dir(shipped).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    let path = folder.join("aduan.toml");
    let text = fs::read_to_string(&path).unwrap();
    let changed = text.replace(from, to);
    assert_ne!(changed, text, "{from}");
    fs::write(&path, changed).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_configuration_may_choose_the_language() {
    let home = tempfile::tempdir().unwrap();
    let config = configured(home.path(), "# language = \"id\"", "language = \"en\"");
    let (_, help, _) = run(&mut aduan(&["--config", &config, "--help"]));
    assert!(help.contains("Commands:"), "{help}");
}

#[test]
fn times_are_the_offices_and_without_a_configuration_wib() {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("s");
    let daemon = daemon(&socket, vec![(200, SHOWN), (200, SHOWN)]);
    let config = configured(home.path(), "zone = \"WIB\"", "zone = \"WIT\"");
    let show = |more: &[&str]| {
        let mut command = aduan(&["show", "123", "--socket"]);
        run(command.arg(&socket).args(more)).1
    };
    let text = show(&["--config", &config]);
    assert!(text.contains("Sel 24-11-2026 10.00 WIT"), "{text}");
    let text = show(&[]);
    assert!(text.contains("Sel 24-11-2026 08.00 WIB"), "{text}");
    daemon.join().unwrap();
}

/// An inspector has a backup, and a computer on which nothing is set up.
#[test]
fn a_named_database_is_examined_without_a_configuration_unless_one_was_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("backup.db");
    drop(Store::open(&file).unwrap());
    let verify = |more: &[&str]| {
        let mut command = aduan(&["audit", "verify"]);
        run(command.args(more).env("LANG", "en_US.UTF-8"))
    };
    let file = file.to_str().unwrap();
    let (code, text, error) = verify(&["--database", file]);
    assert_eq!((code, &*error), (0, ""), "{text}");
    assert!(text.contains("0 rows"), "{text}");
    // Without a file there is nothing to look at; and what was named is meant.
    let missing = home.path().join("aduan.toml");
    let faulty = home.path().join("faulty.toml");
    fs::write(&faulty, "[office").unwrap();
    let paths = [&missing, &faulty].map(|path| path.to_str().unwrap());
    for arguments in [
        &[][..],
        &["--database", file, "--config", paths[0]],
        &["--database", file, "--config", paths[1]],
    ] {
        let (code, text, error) = verify(arguments);
        assert_eq!((code, &*text), (2, ""), "{arguments:?}: {error}");
    }
}

#[test]
fn both_names_of_a_command_show_the_same_help() {
    for (english, indonesian) in [
        ("inbox", "masuk"),
        ("show", "lihat"),
        ("assign", "teruskan"),
        ("propose", "usul"),
        ("approve", "setuju"),
        ("reject", "tolak"),
        ("send", "kirim"),
        ("close", "tutup"),
        ("answer", "jawab"),
        ("known", "bank"),
        ("recap", "rekap"),
        ("whoami", "siapa"),
    ] {
        let (code, help, _) = run(&mut aduan(&[english, "--help"]));
        assert_eq!((code, help.contains(indonesian)), (0, true), "{english}: {help}");
        assert_eq!(run(&mut aduan(&[indonesian, "--help"])).1, help);
    }
}

#[test]
fn wrong_arguments_end_with_64_and_say_what_to_type() {
    for (arguments, told) in [
        (&["lapor"][..], "lapor"),
        (&["reject", "123"], "--reason"),
        (&["assign", "123", "--category", "lampu"], "PENGAWASAN"),
        (&["recap", "November"], "2026-11"),
        (&["propose", "1", "--follow-up", "besok"], "2026-12-31"),
        (&["known", "add", "1", "--matter", "x", "--valid-until", "besok"], "2026-12-31"),
        (&["answer", "1", "--note", "7", "--fill", "x"], "--fill"),
        (&[], "aduan --help"),
    ] {
        let (code, out, err) = run(&mut aduan(arguments));
        assert_eq!((code, out.as_str()), (64, ""), "{arguments:?}: {err}");
        assert!(err.starts_with("aduan: ") && err.contains(told), "{arguments:?}: {err}");
    }
}

#[test]
fn without_a_daemon_it_says_where_it_looked_and_what_to_do() {
    let (code, out, err) = run(&mut aduan(&["inbox", "--socket", "/nonexistent/aduand.sock"]));
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("/nonexistent/aduand.sock") && err.contains("systemctl"), "{err}");
    let (code, out, err) =
        run(&mut aduan(&["--json", "--socket", "/nonexistent/aduand.sock", "status"]));
    assert_eq!((code, err.as_str()), (2, ""));
    let trouble: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(trouble["code"], "NOT_RUNNING");
    assert_eq!(trouble["fault"], true);
}

#[test]
fn without_a_configuration_it_says_which_file_and_what_else_to_give() {
    let (code, _, err) = run(&mut aduan(&["inbox", "--config", "/nonexistent/aduan.toml"]));
    assert_eq!(code, 2);
    assert!(err.contains("/nonexistent/aduan.toml") && err.contains("--socket"), "{err}");
}

#[test]
fn an_ask_goes_to_the_socket_and_the_answer_to_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("s");
    let daemon = daemon(&socket, vec![(200, DONE), (200, DONE), (409, REFUSED), (409, REFUSED)]);
    let with_socket = |arguments: &[&str]| {
        let mut command = aduan(arguments);
        command.arg("--socket").arg(&socket);
        run(&mut command)
    };
    let assign = ["teruskan", "123", "--unit", "dishub", "--category", "keluhan"];
    let (code, out, err) = with_socket(&assign);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("P26-00123-0 diteruskan") && out.contains("budi"), "{out}");
    let (code, out, _) = with_socket(&["assign", "123", "--category", "PENGADUAN", "--json"]);
    assert_eq!(code, 0);
    assert_eq!(out.lines().count(), 1);
    let tell: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(tell["stage"], "TELAAH");
    let (code, out, err) = with_socket(&["approve", "123", "--lang", "en"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("answered"), "{err}");
    let (code, out, err) = with_socket(&["approve", "123", "--json"]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.contains("OUT_OF_TURN"), "{out}");

    let asks = daemon.join().unwrap();
    assert_eq!(asks[0]["ask"], "assign");
    assert_eq!(asks[0]["category"], "PENGADUAN");
    assert_eq!(asks[0]["unit"], "dishub");
    assert_eq!(asks[2], serde_json::json!({ "ask": "approve", "number": "123" }));
}

#[test]
fn what_was_typed_in_the_editor_is_kept_when_the_daemon_refuses() {
    let home = tempfile::tempdir().unwrap();
    let socket = home.path().join("s");
    let daemon = daemon(&socket, vec![(200, SHOWN), (409, REFUSED), (200, DONE)]);
    let editor = home.path().join("editor");
    // Writes a line under the heading of the wording, and a comment.
    let script = "#!/bin/sh\ngrep -q 'Simpang Pasar' \"$1\" || exit 1\n\
                  sed -i 's/^\\[Redaksi\\]$/&\\n# bukan ini\\nLampu sudah\\ndiganti./' \"$1\"\n";
    fs::write(&editor, script).unwrap();
    let editor = format!("sh {}", editor.display());
    let mut command = aduan(&["usul", "123", "--note", "catatan", "--socket"]);
    command.arg(&socket).env("EDITOR", editor).env("TMPDIR", home.path());
    let (code, _, err) = run(&mut command);
    assert_eq!(code, 1, "{err}");
    let (_, kept) = err.split_once("--file ").unwrap_or_else(|| panic!("a path in: {err}"));
    let kept = kept.lines().next().unwrap();
    assert!(kept.starts_with(home.path().to_str().unwrap()), "{err}");
    assert!(err.trim_end().ends_with("aduan lihat NOMOR."), "the refusal comes last: {err}");

    let mut command = aduan(&["propose", "123", "--file", kept, "--socket"]);
    let (code, _, err) = run(command.arg(&socket));
    assert_eq!(code, 0, "{err}");
    let asks = daemon.join().unwrap();
    assert_eq!(asks[1]["wording"], "Lampu sudah diganti.");
    assert_eq!(asks[1]["note"], "catatan");
    assert_eq!(asks[1], asks[2], "the kept file says the same");
}

#[test]
fn a_script_that_leaves_a_field_out_is_told_so_and_no_editor_opens() {
    let mut command = aduan(&["usul", "123", "--note", "catatan", "--socket", "/nonexistent/s"]);
    let (code, out, err) = run(&mut command);
    assert_eq!((code, out.as_str()), (64, ""), "{err}");
    assert!(err.contains("--wording") && err.contains("--file"), "{err}");
}

#[test]
fn a_batch_with_a_wrong_line_is_not_sent_at_all() {
    let mut command = aduan(&["sms", "send", "--batch", "--socket", "/nonexistent/s"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"081200001111\tHalo\n0812 Halo\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(64), "{err}");
    assert!(err.contains("Baris 2"), "{err}");
}

#[test]
fn a_scenario_is_played_and_a_wrong_one_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.toml");
    let played = |text: &str, more: &[&str]| {
        fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap();
        run(&mut aduan(&[&["--lang", "en", "demo", "--scenario", file], more].concat()))
    };
    let good = r#"about = "One complaint."
[[modem]]
name = "stick"
[[event]]
at = "100ms"
do.text = { from = "+6281200000001", to = "stick", text = "DLH # sampah" }
[[event]]
at = "200ms"
once_answered = true
do.coverage = { modem = "stick", registration = "denied" }
"#;
    let (code, out, err) = played(good, &["--seed", "9"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    for told in [
        "One complaint.",
        "seed 9",
        "100ms  [+6281200000001] writes to stick: DLH # sampah",
        "[to +6281200000001] received (1 SMS): Terima kasih.",
        "200ms  Network of stick: denied",
        "1 ticket",
    ] {
        assert!(out.contains(told), "{told:?} is not in:\n{out}");
    }
    let (code, _, err) = played("[[modem]]\nfamily = \"nokia\"\n", &[]);
    assert_eq!(code, 2);
    assert!(err.contains("line 2, column 10") && err.contains("huawei-e1752"), "{err}");
    let (code, _, err) = played("[[modem]]\n\n[[event]]\ndo.unplug = \"x\"\n", &[]);
    assert_eq!(code, 2);
    assert!(err.contains("line 3, column 1: no modem is called"), "{err}");
    let missing = run(&mut aduan(&["demo", "--scenario", "/nowhere/at/all.toml"]));
    assert_eq!(missing.0, 2);
    assert!(missing.2.contains("/nowhere/at/all.toml"), "{}", missing.2);
}

#[test]
fn what_is_wrong_with_a_template_is_told_with_file_line_and_what_to_do() {
    let shipped = include_str!("../config/templates.tsv");
    let line_of = |key: &str| {
        let found = shipped.lines().position(|line| line.starts_with(&format!("{key}\t")));
        found.unwrap() + 1
    };
    let joined = |lines: Vec<String>| lines.join("\n");
    let replaced = |key: &str, text: &str| {
        let own = format!("{key}\t");
        let line = |line: &str| {
            if line.starts_with(&own) { format!("{own}{text}\tx") } else { line.to_owned() }
        };
        joined(shipped.lines().map(line).collect())
    };
    let without = |key: &str| {
        let own = format!("{key}\t");
        joined(shipped.lines().filter(|line| !line.starts_with(&own)).map(str::to_owned).collect())
    };
    let numbered = |key: &str, words: &str| format!("line {}: {key} {words}", line_of(key));
    let lines = shipped.lines().count();
    for (texts, words) in [
        (
            replaced("TAMBAHAN", "No {no} {nama}"),
            numbered("TAMBAHAN", "cannot fill {nama}; it knows"),
        ),
        (replaced("STOP_OK", &"x".repeat(161)), numbered("STOP_OK", "can grow to 161 characters")),
        (replaced("STOP_OK", "beres \u{1f64f}"), numbered("STOP_OK", "holds '\u{1f64f}'")),
        (
            replaced("STOP_OK", "satu\\ndua"),
            numbered("STOP_OK", "holds \\n, which is no line break"),
        ),
        (without("GABUNG"), "GABUNG is missing; add a line".to_owned()),
        (
            format!("{}\nGABUNG\tNo {{lama}}\tx\n", shipped.trim_end()),
            format!("line {}: GABUNG stands twice; delete one", lines + 1),
        ),
    ] {
        let home = tempfile::tempdir().unwrap();
        let config = configured(home.path(), "# language = \"id\"", "language = \"en\"");
        fs::write(home.path().join("templates.tsv"), texts).unwrap();
        let (code, out, err) = run(&mut aduan(&["--config", &config, "config", "check"]));
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains("templates.tsv") && err.contains(&words), "{words}: {err}");
    }
}
