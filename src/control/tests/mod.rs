//! The control socket from end to end: a real socket, a real database, the office's own files.

mod conversation;
mod documented;
mod main_path;
mod sealed;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::client::{AskError, Client};
use super::protocol::{Ask, Modem, Tell, Trouble};
use super::server::{Callers, Context, Limits, bind, serve_within};
use crate::calendar::{Calendar, Rules, Week, Zone};
use crate::complaint::Directory;
use crate::desk::letter::Letterhead;
use crate::desk::staff::{Officer, Staff};
use crate::desk::{self, Office, intake};
use crate::store::inbox::NewInbound;
use crate::store::{Store, inbox};
use crate::ticket::{OfficerId, Role, Standards};
use crate::words::Templates;

/// Longer than anything here takes; only a failure waits for it.
const DEADLINE: Duration = Duration::from_secs(30);

const LIMITS: Limits = Limits {
    connections: 8,
    patience: Duration::from_secs(20),
    lifetime: Duration::from_secs(20),
    grace: Duration::from_secs(5),
};

const NIK: &str = "3201234567890123";

async fn soon<T>(future: impl Future<Output = T>) -> T {
    timeout(DEADLINE, future).await.expect("nothing happened before the deadline")
}

fn officer(user: &str, roles: &[Role], units: &[&str]) -> Officer {
    Officer {
        id: OfficerId::from(user),
        name: user.to_uppercase(),
        roles: roles.to_vec(),
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        phone: None,
    }
}

fn staff() -> Vec<Officer> {
    vec![
        officer("sari", &[Role::Operator], &[]),
        officer("budi", &[Role::Member], &["DISHUB"]),
        officer("ratna", &[Role::Chair], &[]),
        officer("hadi", &[Role::Director], &[]),
        officer("joko", &[Role::Admin], &[]),
    ]
}

fn office(staff: Vec<Officer>) -> Office {
    let name = "Pemkab Sukamaju";
    let directory = Directory::from_tsv(include_str!("../../../config/units.tsv")).unwrap();
    Office {
        name: name.to_owned(),
        calendar: Calendar::new(Rules {
            zone: Zone::Wib,
            ordinary: Week::ordinary(),
            ramadan: Week::ramadan(),
            ramadan_days: Vec::new(),
            holidays: [].into(),
        })
        .unwrap(),
        standards: Standards::default(),
        templates: Templates::from_tsv(
            include_str!("../../../config/templates.tsv"),
            name,
            &directory,
        )
        .unwrap(),
        directory,
        staff: Staff::new(staff),
        limits: desk::Limits::default(),
        own_numbers: Vec::new(),
        routes: Vec::new(),
        letterhead: Letterhead::default(),
    }
}

/// An office with a database of its own, and a socket for whoever is to speak.
struct Bench {
    home: TempDir,
    context: Arc<Context>,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
}

impl Bench {
    fn new() -> Self {
        Self::with(staff())
    }

    fn with(staff: Vec<Officer>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let since: DateTime<Utc> = "2026-11-24T00:00:00Z".parse().unwrap();
        let modem = Modem {
            name: "modem-1".to_owned(),
            state: "ready".to_owned(),
            activity: None,
            since,
            model: None,
            error: None,
            received: 3,
            sent: 2,
            warnings: Vec::new(),
        };
        let context = Context {
            store: Store::open(&home.path().join("aduan.db")).unwrap(),
            office: Arc::new(office(staff)),
            orders: Arc::new(|_, _| None),
            remembered: Arc::default(),
            received: Arc::default(),
            status: Arc::new(move || (since, vec![modem.clone().into()])),
        };
        Self {
            home,
            context: Arc::new(context),
            stop: watch::Sender::new(false),
            servers: Vec::new(),
        }
    }

    fn listen(&mut self, name: &str, callers: Callers, limits: Limits) -> PathBuf {
        let path = self.home.path().join(name);
        let listener = bind(&path).unwrap();
        let context = Arc::clone(&self.context);
        let stop = self.stop.subscribe();
        self.servers.push(tokio::spawn(serve_within(limits, listener, context, callers, stop)));
        path
    }

    /// A socket at which everybody is `user`.
    fn socket_of(&mut self, user: &str) -> PathBuf {
        self.listen(user, Callers::Fixed(OfficerId::from(user)), LIMITS)
    }

    fn client_of(&mut self, user: &str) -> Client {
        Client::new(&self.socket_of(user))
    }

    /// A citizen writes.
    async fn receive(&self, text: &str) {
        let office = Arc::clone(&self.context.office);
        let message = NewInbound {
            sim: "8962".to_owned(),
            modem: "modem-1".to_owned(),
            sender: "+6281234567890".to_owned(),
            sender_kind: "subscriber",
            text: Some(text.to_owned()),
            complete: true,
            silent_class: None,
            centre_at: None,
        };
        let now = Utc::now();
        let handled = self
            .context
            .store
            .write(move |tx| {
                let id = inbox::queue(tx, &message, &[], now)?;
                intake::handle(tx, &office, id, now)
            })
            .await;
        assert!(handled.unwrap());
    }

    async fn end(self) {
        self.stop.send_replace(true);
        for server in self.servers {
            soon(server).await.unwrap();
        }
    }
}

async fn tell(client: &Client, ask: Ask) -> Tell {
    soon(client.ask(&ask)).await.unwrap()
}

async fn trouble(client: &Client, ask: Ask) -> Trouble {
    match soon(client.ask(&ask)).await {
        Err(AskError::Trouble(trouble)) => trouble,
        other => panic!("{other:?}"),
    }
}

/// Sends a request as it stands and reads to the end of the connection: status and body.
async fn raw(path: &std::path::Path, request: &[u8]) -> (u16, String) {
    let mut stream = UnixStream::connect(path).await.unwrap();
    stream.write_all(request).await.unwrap();
    read_answer(&mut stream).await
}

async fn read_answer(stream: &mut UnixStream) -> (u16, String) {
    let mut answer = Vec::new();
    // Whoever hangs up on an unread body resets the connection after its answer.
    let _ = soon(stream.read_to_end(&mut answer)).await;
    let answer = String::from_utf8(answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap_or_else(|| panic!("{answer:?}")).parse().unwrap();
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    (status, body)
}

async fn post(path: &std::path::Path, body: &str) -> (u16, Trouble) {
    let request = format!(
        "POST /v1/ask HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (status, body) = raw(path, request.as_bytes()).await;
    (status, serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}")))
}
