//! Who may speak, what is no ask, and how connections end.

use std::os::unix::net::UnixListener as DeafListener;

use super::*;
use crate::control::protocol::{ASK_BYTES_MAX, Person};
use nix::unistd::{User, getuid};

#[tokio::test]
async fn whoami_tells_the_person_behind_the_connection() {
    let mut bench = Bench::new();
    let client = bench.client_of("budi");
    let person = Person {
        user: "budi".to_owned(),
        name: "BUDI".to_owned(),
        roles: vec!["anggota".to_owned()],
    };
    assert_eq!(tell(&client, Ask::Whoami).await, Tell::Whoami(person));
    bench.end().await;
}

#[tokio::test]
async fn the_kernel_says_who_connects() {
    let Ok(Some(user)) = User::from_uid(getuid()) else {
        return; // An account without a name, as some containers have, is nobody's.
    };
    let mut people = staff();
    people.push(officer(&user.name, &[Role::Operator], &[]));
    let mut bench = Bench::with(people);
    let client = Client::new(&bench.listen("s", Callers::Kernel, LIMITS));
    let Tell::Whoami(person) = tell(&client, Ask::Whoami).await else { panic!() };
    assert_eq!(person.user, user.name);
    bench.end().await;
}

#[tokio::test]
async fn an_account_without_an_officer_gets_nothing_root_included() {
    // Whoever runs this test is not on this staff.
    let mut bench = Bench::new();
    let kernel = Client::new(&bench.listen("s", Callers::Kernel, LIMITS));
    let stranger = bench.client_of("mallory");
    for ask in [Ask::Whoami, Ask::Status, Ask::Inbox { all: true }, Ask::Known { unit: None }] {
        assert_eq!(trouble(&kernel, ask.clone()).await.code, "UNKNOWN_CALLER");
        let told = trouble(&stranger, ask).await;
        assert_eq!(told.code, "UNKNOWN_CALLER");
        assert!(
            told.message.contains("mallory") && told.message.contains("staff file"),
            "{told:?}"
        );
    }
    let path = bench.home.path().join("mallory");
    assert_eq!(post(&path, "{}").await.0, 403);
    bench.end().await;
}

#[tokio::test]
async fn what_is_no_ask_is_told_in_the_same_shape() {
    let mut bench = Bench::new();
    let path = bench.socket_of("sari");
    for body in [
        "",
        "{",
        "[]",
        "\u{0}",
        r#"{"ask":"dance"}"#,
        r#"{"ask":"show"}"#,
        r#"{"ask":"show","number":1}"#,
        r#"{"ask":"show","number":"1","officer":"ratna"}"#,
        r#"{"ask":"whoami","officer":"ratna"}"#,
        r#"{"ask":"status","x":1}"#,
        r#"{"ask":"inbox","all":true} trailing"#,
    ] {
        let (status, told) = post(&path, body).await;
        assert_eq!((status, told.code.as_str(), told.fault), (400, "MALFORMED", false), "{body}");
    }
    let (_, told) = post(&path, r#"{"ask":"whoami","officer":"ratna"}"#).await;
    assert!(told.message.contains("officer"), "{told:?}");
    bench.end().await;
}

#[tokio::test]
async fn other_paths_and_methods_are_told_where_asks_go() {
    let mut bench = Bench::new();
    let path = bench.socket_of("sari");
    for (line, status, code) in [
        ("GET /v1/whoami", 404, "NO_SUCH_PATH"),
        ("POST /", 404, "NO_SUCH_PATH"),
        ("GET /v1/ask", 405, "METHOD_NOT_ALLOWED"),
    ] {
        let request = format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let (got, body) = raw(&path, request.as_bytes()).await;
        let told: Trouble = serde_json::from_str(&body).unwrap();
        assert_eq!((got, told.code.as_str()), (status, code), "{line}");
    }
    bench.end().await;
}

#[tokio::test]
async fn an_ask_over_the_limit_is_refused_on_either_side() {
    let mut bench = Bench::new();
    let path = bench.socket_of("joko");
    // The daemon refuses at the head, before any of the body has come.
    let head = format!(
        "POST /v1/ask HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n",
        ASK_BYTES_MAX + 1
    );
    let (status, body) = raw(&path, head.as_bytes()).await;
    let told: Trouble = serde_json::from_str(&body).unwrap();
    assert_eq!((status, told.code.as_str()), (413, "TOO_LARGE"));
    // A body that does not say how long it is.
    let mut stream = UnixStream::connect(&path).await.unwrap();
    let head = "POST /v1/ask HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("{head}{:x}\r\n{}", ASK_BYTES_MAX + 1, " ".repeat(ASK_BYTES_MAX + 1));
    // The daemon may hang up before it has read all of it.
    let _ = soon(stream.write_all(chunk.as_bytes())).await;
    let (status, _) = read_answer(&mut stream).await;
    assert_eq!(status, 413);
    let messages = vec![("081234567890".to_owned(), "x".repeat(ASK_BYTES_MAX))];
    let told = trouble(&Client::new(&path), Ask::SmsSend { messages, urgent: false }).await;
    assert_eq!(told.code, "TOO_LARGE");
    bench.end().await;
}

#[tokio::test]
async fn a_connection_that_says_nothing_does_not_hold_a_place() {
    let mut bench = Bench::new();
    let impatient = Limits { connections: 1, patience: Duration::from_millis(100), ..LIMITS };
    let callers = Callers::Fixed(OfficerId::from("sari"));
    let path = bench.listen("s", callers, impatient);
    let mut silent = UnixStream::connect(&path).await.unwrap();
    let person = tell(&Client::new(&path), Ask::Whoami).await;
    assert!(matches!(person, Tell::Whoami(_)));
    assert_eq!(soon(silent.read(&mut [0; 1])).await.unwrap(), 0);
    bench.end().await;
}

#[tokio::test]
async fn a_connection_kept_open_after_an_answer_ends_too() {
    let mut bench = Bench::new();
    let impatient = Limits { patience: Duration::from_millis(100), ..LIMITS };
    let path = bench.listen("s", Callers::Fixed(OfficerId::from("sari")), impatient);
    let body = r#"{"ask":"whoami"}"#;
    let request =
        format!("POST /v1/ask HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    // Reads to the end of the connection.
    assert_eq!(raw(&path, request.as_bytes()).await.0, 200);
    bench.end().await;
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_awaited() {
    let mut bench = Bench::new();
    let impatient = Limits { patience: Duration::from_millis(100), ..LIMITS };
    let path = bench.listen("s", Callers::Fixed(OfficerId::from("sari")), impatient);
    let request = b"POST /v1/ask HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{\"ask\":";
    let (status, body) = raw(&path, request).await;
    let told: Trouble = serde_json::from_str(&body).unwrap();
    assert_eq!((status, told.code.as_str()), (408, "TOO_SLOW"));
    bench.end().await;
}

#[tokio::test]
async fn a_connection_ends_after_its_lifetime_whatever_it_does() {
    let mut bench = Bench::new();
    let short = Limits { lifetime: Duration::from_millis(100), ..LIMITS };
    let path = bench.listen("s", Callers::Fixed(OfficerId::from("sari")), short);
    let mut silent = UnixStream::connect(&path).await.unwrap();
    assert_eq!(soon(silent.read(&mut [0; 1])).await.unwrap(), 0);
    bench.end().await;
}

#[tokio::test]
async fn the_end_waits_for_nobody_who_only_holds_a_connection_and_takes_the_file_along() {
    let mut bench = Bench::new();
    let limits = Limits { grace: Duration::from_millis(200), ..LIMITS };
    let path = bench.listen("s", Callers::Fixed(OfficerId::from("sari")), limits);
    // One silent, one in the middle of a request's head.
    let _silent = UnixStream::connect(&path).await.unwrap();
    let mut slow = UnixStream::connect(&path).await.unwrap();
    slow.write_all(b"POST /v1/ask HTTP/1.1\r\nho").await.unwrap();
    tell(&Client::new(&path), Ask::Whoami).await;
    bench.end().await;
    let error = Client::new(&path).ask(&Ask::Whoami).await.unwrap_err();
    assert!(matches!(error, AskError::NotRunning { .. }), "{error}");
}

#[tokio::test]
async fn without_a_daemon_the_client_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("s");
    let missing = Client::new(&path).ask(&Ask::Whoami).await.unwrap_err();
    assert!(missing.to_string().contains("systemctl start aduand"), "{missing}");
    drop(DeafListener::bind(&path).unwrap());
    let dead = Client::new(&path).ask(&Ask::Whoami).await.unwrap_err();
    assert!(matches!(dead, AskError::NotRunning { .. }), "{dead}");
}

#[tokio::test]
async fn something_else_at_the_socket_is_told_apart_from_the_daemon() {
    let home = tempfile::tempdir().unwrap();
    for (said, name) in [
        ("SSH-2.0-OpenSSH\r\n", "a"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "b"),
        ("HTTP/1.1 502 Bad\r\ncontent-length: 0\r\n\r\n", "c"),
        ("", "d"),
    ] {
        let path = home.path().join(name);
        let listener = bind(&path).unwrap();
        let other = tokio::spawn(async move {
            let mut stream = listener.accept().await.unwrap();
            // The request first: an answer before it would be no answer.
            let _ = stream.read(&mut [0; 4096]).await;
            stream.write_all(said.as_bytes()).await.unwrap();
        });
        let error = soon(Client::new(&path).ask(&Ask::Whoami)).await.unwrap_err();
        assert!(matches!(error, AskError::Protocol(_)), "{said:?}: {error:?}");
        soon(other).await.unwrap();
    }
}
