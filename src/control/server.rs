//! The daemon's side of the control socket: who connects, what is asked, what is told.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use chrono::{DateTime, Utc};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use nix::unistd::{Uid, User};
use tokio::net::UnixStream;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::Instrument;

use super::answer::answer;
use super::orders::Orders;
use super::protocol::{ASK_BYTES_MAX, Ask, ModemFile, Tell};
pub use super::socket::{BindError, Listener, bind};
use super::trouble::Problem;
use crate::clock;
use crate::desk::Office;
use crate::desk::modems::Received;
use crate::desk::staff::Officer;
use crate::desk::suggesting::Remembered;
use crate::store::Store;
use crate::ticket::OfficerId;

/// Since when the daemon runs, and how its modems are: the daemon's own knowledge.
pub type StatusSource = Arc<dyn Fn() -> (DateTime<Utc>, Vec<ModemFile>) + Send + Sync>;

/// What asks are answered from.
pub struct Context {
    /// The database.
    pub store: Store,
    /// The office.
    pub office: Arc<Office>,
    /// The daemon and its modems.
    pub status: StatusSource,
    /// The way to the modems.
    pub orders: Orders,
    /// What was suggested for the lines of inboxes.
    pub remembered: Arc<Remembered>,
    /// What the modems have received on this day, as far as it was counted.
    pub received: Arc<Received>,
}

/// Whose word says who connects.
#[derive(Debug, Clone)]
pub enum Callers {
    /// The kernel's: the account that the other end of the connection runs as (`SO_PEERCRED`).
    Kernel,
    /// The program's own: every connection is this person's. For the demo and for tests, in which one account plays every
    /// part. Only code can say so; there is no setting, environment variable or request that leads here, and there must
    /// never be one.
    Fixed(OfficerId),
}

/// What a connection may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Connections at a time; more wait in the kernel's queue.
    pub(super) connections: usize,
    /// How long the head of a request, and then its body, may take to come. A connection that says nothing ends then.
    pub(super) patience: Duration,
    /// How long a connection may live: one that never reads its answer ends then.
    pub(super) lifetime: Duration,
    /// How long an answer in hand may still take at the end.
    pub(super) grace: Duration,
}

const LIMITS: Limits = Limits {
    // An office has some ten people, each command is one short connection.
    connections: 64,
    patience: Duration::from_secs(10),
    lifetime: Duration::from_mins(5),
    grace: Duration::from_secs(3),
};

/// Bytes of a request's head; our own has some hundred.
const HEAD_BYTES_MAX: usize = 16 << 10;

/// Pause after a connection could not be accepted: most likely files are short, and it is not better at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Answers asks at `listener` until `stop` says so, or its sender is gone; then gives what is in hand a moment to end. The
/// socket's file goes with the listener.
pub async fn serve(
    listener: Listener,
    context: Arc<Context>,
    callers: Callers,
    stop: watch::Receiver<bool>,
) {
    serve_within(LIMITS, listener, context, callers, stop).await;
}

pub(super) async fn serve_within(
    limits: Limits,
    listener: Listener,
    context: Arc<Context>,
    callers: Callers,
    stop: watch::Receiver<bool>,
) {
    let server = Server {
        limits,
        office: Arc::clone(&context.office),
        router: router(context, limits),
        callers,
        stop: stop.clone(),
    };
    let mut connections = JoinSet::new();
    tokio::select! {
        () = stopped(stop) => {}
        () = accept(&listener, &server, &mut connections) => {}
    }
    // Whoever comes now is refused by the kernel, not left waiting.
    drop(listener);
    let ended =
        timeout(limits.grace * 2, async { while connections.join_next().await.is_some() {} });
    if ended.await.is_err() {
        tracing::warn!(connections = connections.len(), "connections are cut at the end");
        connections.shutdown().await;
    }
}

/// Waits for the end.
async fn stopped(mut stop: watch::Receiver<bool>) {
    // A sender that is gone cannot say it any more.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Accepts for ever, never more at a time than there are places.
async fn accept(listener: &Listener, server: &Server, connections: &mut JoinSet<()>) {
    let places = Arc::new(Semaphore::new(server.limits.connections));
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok(stream) => {
                let server = server.clone();
                connections.spawn(async move {
                    server.converse(stream).await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "accepting on the control socket");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

fn router(context: Arc<Context>, limits: Limits) -> Router {
    Router::new()
        .route("/v1/ask", post(ask))
        .method_not_allowed_fallback(async || told(&Problem::MethodNotAllowed, None))
        .fallback(async || told(&Problem::NoSuchPath, None))
        .layer(DefaultBodyLimit::max(ASK_BYTES_MAX))
        .layer(Extension(limits))
        .with_state(context)
}

#[derive(Clone)]
struct Server {
    limits: Limits,
    office: Arc<Office>,
    router: Router,
    callers: Callers,
    stop: watch::Receiver<bool>,
}

impl Server {
    /// Serves one connection to its end.
    async fn converse(self, stream: UnixStream) {
        let caller = identify(&stream, &self.callers, &self.office).await;
        let router = self.router.layer(Extension(Arc::new(caller)));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.patience)
            .max_buf_size(HEAD_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
        tokio::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => Some(ended),
            () = sleep(self.limits.lifetime) => None,
            () = stopped(self.stop) => None,
        };
        let ended = if let Some(ended) = ended {
            Ok(ended)
        } else {
            connection.as_mut().graceful_shutdown();
            timeout(self.limits.grace, connection).await
        };
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "a control connection broke off"),
            Err(_) => tracing::debug!("a control connection was cut"),
        }
    }
}

/// Who is at the other end.
#[derive(Debug, Clone)]
enum Caller {
    /// A person of the office.
    Officer(Officer),
    /// An account without one.
    Stranger(String),
}

impl Caller {
    fn account(&self) -> &str {
        match self {
            Self::Officer(officer) => officer.id.as_str(),
            Self::Stranger(account) => account,
        }
    }

    const fn officer(&self) -> Option<&Officer> {
        match self {
            Self::Officer(officer) => Some(officer),
            Self::Stranger(_) => None,
        }
    }
}

async fn identify(stream: &UnixStream, callers: &Callers, office: &Office) -> Caller {
    let id = match callers {
        Callers::Fixed(id) => id.clone(),
        Callers::Kernel => match account(stream).await {
            Ok(Ok(name)) => OfficerId::from(name.as_str()),
            Ok(Err(uid)) => return Caller::Stranger(format!("uid {uid}")),
            Err(error) => {
                tracing::error!(%error, "the kernel does not tell who connects");
                return Caller::Stranger("-".to_owned());
            }
        },
    };
    office.staff.find(&id).map_or_else(
        || Caller::Stranger(id.as_str().to_owned()),
        |who| Caller::Officer(who.clone()),
    )
}

/// The account at the other end, or its number where it has no name.
async fn account(stream: &UnixStream) -> io::Result<Result<String, u32>> {
    let uid = stream.peer_cred()?.uid();
    // Accounts may live in a directory on the network: looking one up may block.
    let found = tokio::task::spawn_blocking(move || User::from_uid(Uid::from_raw(uid)));
    let user = found.await.map_err(io::Error::other)??;
    Ok(user.map(|user| user.name).ok_or(uid))
}

/// `POST /v1/ask`
async fn ask(
    State(context): State<Arc<Context>>,
    Extension(caller): Extension<Arc<Caller>>,
    Extension(limits): Extension<Limits>,
    request: Request,
) -> Response {
    let span = tracing::info_span!("ask", officer = caller.account(), what = tracing::field::Empty);
    async {
        match outcome(&context, &caller, limits, request).await {
            Ok(tell) => {
                tracing::info!(outcome = "OK");
                (StatusCode::OK, Json(tell)).into_response()
            }
            Err(problem) => {
                if problem.is_fault() {
                    tracing::error!(outcome = problem.code(), cause = %problem);
                } else {
                    tracing::info!(outcome = problem.code());
                }
                told(&problem, caller.officer())
            }
        }
    }
    .instrument(span)
    .await
}

async fn outcome(
    context: &Context,
    caller: &Caller,
    limits: Limits,
    request: Request,
) -> Result<Tell, Problem> {
    let officer = match caller {
        Caller::Officer(officer) => officer,
        // Refused before anything of the request is read.
        Caller::Stranger(account) => {
            return Err(Problem::UnknownCaller { account: account.clone() });
        }
    };
    // What is announced too large is not even read; what is not announced is cut by the router's limit.
    if request.body().size_hint().lower() > ASK_BYTES_MAX as u64 {
        return Err(Problem::TooLarge);
    }
    let body = timeout(limits.patience, Bytes::from_request(request, &()))
        .await
        .map_err(|_| Problem::TooSlow)?
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::Malformed(rejection.body_text()),
        })?;
    let ask = Ask::from_json(&body).map_err(|error| Problem::Malformed(error.to_string()))?;
    tracing::Span::current().record("what", ask.name());
    answer(context, officer, ask, clock::now()).await
}

/// What an officer is told who asks without a door.
///
/// # Errors
/// What is told instead.
#[cfg(feature = "simulation")]
pub async fn ask_directly(
    context: &Context,
    officer: &OfficerId,
    ask: Ask,
) -> Result<Tell, super::protocol::Trouble> {
    let officer = context.office.staff.find(officer);
    let stranger = || Problem::UnknownCaller { account: String::new() };
    let asked = match officer {
        Some(officer) => answer(context, officer, ask, clock::now()).await,
        None => Err(stranger()),
    };
    asked.map_err(|problem| problem.trouble(officer))
}

fn told(problem: &Problem, officer: Option<&Officer>) -> Response {
    (problem.status(), Json(problem.trouble(officer))).into_response()
}
