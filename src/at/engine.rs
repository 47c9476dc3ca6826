//! The engine: one command in flight, notices at any time, and time-outs that leave nothing in doubt but what is.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::answer::{self, ANSWER_BYTES_MAX, Collecting, Echo};
use super::failure::{Failure, Fate};
use super::held::{Held, NOTICE_PATIENCE, TORN_BYTES_MAX};
use super::lines::{Cut, Splitter, is_hex, trimmed, unglue};
use super::paying::Paying;
use super::request::{Expect, Request};
use super::result::{self, Final, Refusal};
use super::urc::{self, Boot, Reading, Urc};

/// After a time-out the line must be quiet this long before it is believed again. Notices that the tables know break no quiet:
/// they are nobody's answer, and some modems tell their signal without end.
pub const QUIET: Duration = Duration::from_millis(500);
/// Nor is it believed before so much time without an octet: what a notice is glued to may be nobody's answer, and where bytes
/// were cut must make no difference. USB converters hand on after 16 ms at most.
pub const BREATH: Duration = Duration::from_millis(20);
/// A port that never falls silent is written to all the same after this long: a late list at 9600 baud takes 20 s.
pub const SETTLING_MAX: Duration = Duration::from_secs(30);
/// How often a stray prompt is answered by ESC before the line must be quiet: some device may prompt for ever.
const ESCAPES_MAX: u8 = 3;

/// Octets that an engine ever keeps beside a request and what the polls have not taken: one answer, and little else.
pub const MEMORY_BYTES_MAX: usize = ANSWER_BYTES_MAX + 128 * 1024;

const ESCAPE: &[u8] = b"\x1b\r";

/// What the engine has to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The command is over: its information lines, or why there are none. Exactly one for each accepted submit.
    Finished(Result<Vec<String>, Failure>),
    /// A notice.
    Unsolicited(Urc),
}

/// What came of bytes, from nothing that is known to an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heard {
    /// No line that means anything: noise, another protocol, or the middle of a line.
    #[default]
    Nothing,
    /// A notice, or a line in the form of one.
    Notice,
    /// A line of the command in flight, or its final result code.
    Answer,
}

/// A second command while one is in flight; it is handed back untouched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a command is in flight")]
pub struct Occupied(pub Box<Request>);

#[derive(Debug)]
enum State {
    Idle,
    /// Command written; the prompt must come before its payload may go.
    Prompting {
        request: Request,
        echo: Echo,
        deadline: Instant,
    },
    /// The prompt has come; the payload goes out at its pace.
    Paying(Paying),
    /// Information lines gather until a final result code.
    Collecting(Collecting),
    /// After a time-out: late lines belong to nobody until the line has been quiet. The next command waits.
    Settling {
        /// When what came last and is no notice lies far enough back.
        quiet_at: Instant,
        /// The same for a line or a notice that has begun and not ended: nobody knows yet what it is.
        whole_at: Option<Instant>,
        latest: Instant,
        escapes: u8,
        waiting: Option<Request>,
    },
}

/// The state machine of one serial line; see the [module](super) for its diagram and contract.
#[derive(Debug)]
pub struct Engine {
    splitter: Splitter,
    state: State,
    held: Option<Held>,
    transmit: VecDeque<Vec<u8>>,
    events: VecDeque<Event>,
    /// The most that came of the bytes since this was last asked.
    heard: Heard,
    /// Something came that is no notice of the tables.
    noise: bool,
    /// The line at hand holds what no modem writes: a figure that is left of it is no result.
    marred: bool,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine on a line where nothing has happened yet.
    pub fn new() -> Self {
        Self {
            splitter: Splitter::default(),
            state: State::Idle,
            held: None,
            transmit: VecDeque::new(),
            events: VecDeque::new(),
            heard: Heard::Nothing,
            noise: false,
            marred: false,
        }
    }

    /// Starts a command; while the line settles after a time-out it waits for quiet, and its patience begins after.
    ///
    /// # Errors
    /// [`Occupied`] while another one is in flight: there is no queue here.
    pub fn submit(&mut self, request: Request, now: Instant) -> Result<(), Occupied> {
        self.handle_timeout(now);
        match &mut self.state {
            State::Idle => {
                self.start(request, now);
                Ok(())
            }
            State::Settling { waiting: waiting @ None, .. } => {
                *waiting = Some(request);
                Ok(())
            }
            State::Settling { .. }
            | State::Prompting { .. }
            | State::Paying(_)
            | State::Collecting(_) => Err(Occupied(Box::new(request))),
        }
    }

    /// Takes bytes as they were read; where the driver cut them makes no difference.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Instant) {
        self.handle_timeout(now);
        self.noise = false;
        for byte in bytes {
            if *byte == b'>' && self.may_be_prompt() && self.prompt(now) {
                self.splitter.clear();
                self.noise = true;
                continue;
            }
            match self.splitter.push(*byte) {
                Some(Cut::Line(line)) => {
                    self.marred = !line.bytes().all(|sign| sign.is_ascii_graphic() || sign == b' ');
                    self.line(&line, now);
                    self.marred = false;
                }
                Some(Cut::Overlong) => {
                    self.noise = true;
                    self.give_up_held();
                }
                None => {}
            }
        }
        self.judge_quiet(now);
    }

    /// While the line settles: what came breaks the quiet, or leaves it in doubt, or does neither.
    fn judge_quiet(&mut self, now: Instant) {
        let in_doubt = self.is_in_doubt();
        if let State::Settling { quiet_at, whole_at, latest, .. } = &mut self.state {
            let at = (now + QUIET).min(*latest);
            let breath_at = (now + BREATH).min(*latest);
            *quiet_at = if self.noise { at } else { breath_at.max(*quiet_at) };
            *whole_at = in_doubt.then_some(at);
        }
    }

    /// Whether a line or a notice has begun and not ended.
    fn is_in_doubt(&mut self) -> bool {
        let is_begun = !(self.splitter.begun().is_empty() && self.splitter.at_line_start());
        is_begun || self.held.is_some()
    }

    /// Lets time pass; coming too early is harmless.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.held.as_ref().is_some_and(|held| held.until() <= now) {
            self.give_up_held();
        }
        match &mut self.state {
            State::Idle => {}
            State::Prompting { deadline, .. } => {
                if *deadline <= now {
                    self.escape_and_settle(now);
                    self.finish(Err(Failure::TimedOut(Fate::NotSent)));
                }
            }
            State::Paying(paying) => {
                if paying.deadline <= now {
                    self.escape_and_settle(now);
                    self.finish(Err(Failure::TimedOut(Fate::NotSent)));
                } else {
                    self.pay(now);
                }
            }
            State::Collecting(command) => {
                if command.silence_at.is_some_and(|silence_at| silence_at <= now) {
                    let lines = std::mem::take(&mut command.lines);
                    self.state = State::Idle;
                    self.finish(Ok(lines));
                } else if command.deadline <= now {
                    self.out_of_time(now);
                }
            }
            State::Settling { quiet_at, whole_at, waiting, .. } => {
                if whole_at.unwrap_or(*quiet_at).max(*quiet_at) <= now {
                    let waiting = waiting.take();
                    // What has begun and not ended by now belongs to nobody either, but for what a header has announced.
                    if self.held.is_none() {
                        self.splitter.clear();
                    }
                    self.state = State::Idle;
                    if let Some(request) = waiting {
                        self.start(request, now);
                    }
                }
            }
        }
    }

    /// The line was closed, reopened or set to another rate: forgets all that was under way on it.
    pub fn reset(&mut self) {
        self.splitter.clear();
        self.transmit.clear();
        self.give_up_held();
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Idle | State::Settling { waiting: None, .. } => {}
            State::Prompting { .. }
            | State::Paying(_)
            | State::Settling { waiting: Some(_), .. } => {
                self.finish(Err(Failure::Reset(Fate::NotSent)));
            }
            State::Collecting(command) => self.finish(Err(Failure::Reset(command.fate))),
        }
        self.heard = Heard::Nothing;
        self.noise = false;
    }

    /// The next octets to write.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.transmit.pop_front()
    }

    /// The next thing that happened.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The most that came of the bytes since the last call.
    pub fn take_heard(&mut self) -> Heard {
        std::mem::take(&mut self.heard)
    }

    /// When [`Engine::handle_timeout`] must be called at the latest, if nothing comes before.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let state = match &self.state {
            State::Idle => None,
            State::Prompting { deadline, .. } => Some(*deadline),
            State::Paying(paying) => Some(paying.due()),
            State::Collecting(command) => Some(
                command
                    .silence_at
                    .map_or(command.deadline, |silence_at| silence_at.min(command.deadline)),
            ),
            State::Settling { quiet_at, whole_at, .. } => {
                Some((*quiet_at).max(whole_at.unwrap_or(*quiet_at)))
            }
        };
        let held = self.held.as_ref().map(Held::until);
        state.into_iter().chain(held).min()
    }

    /// Whether a command could be written at once.
    pub fn is_idle(&self) -> bool {
        matches!(self.state, State::Idle)
    }

    /// Octets on the heap, but for those of what the polls have not taken.
    #[cfg(test)]
    pub(super) fn held_bytes(&self) -> usize {
        let state = match &self.state {
            State::Collecting(command) => command.held_bytes(),
            State::Paying(paying) => paying.echo.bytes(),
            State::Idle | State::Prompting { .. } | State::Settling { .. } => 0,
        };
        state + self.splitter.held_bytes() + self.held.as_ref().map_or(0, Held::held_bytes)
    }

    /// Whether the command in flight still keeps its payload back: the prompt, or quiet on the line, has not come yet.
    pub const fn keeps_payload_back(&self) -> bool {
        match &self.state {
            State::Prompting { .. } | State::Settling { waiting: Some(_), .. } => true,
            State::Paying(paying) => paying.has_not_begun(),
            State::Idle | State::Collecting(_) | State::Settling { waiting: None, .. } => false,
        }
    }

    fn start(&mut self, request: Request, now: Instant) {
        self.transmit.push_back(format!("{}\r", request.line.as_str()).into_bytes());
        let echo = Echo::of_line(request.line.as_str());
        self.state = if request.payload.is_some() {
            let deadline = now + request.prompt_patience;
            State::Prompting { request, echo, deadline }
        } else {
            State::Collecting(Collecting::new(request, echo, Fate::NotSent, now))
        };
    }

    /// Writes of the payload what its pace allows by now; with Ctrl-Z it may leave the modem.
    fn pay(&mut self, now: Instant) {
        let State::Paying(paying) = &mut self.state else { return };
        let Some((octets, is_end)) = paying.pay(now) else { return };
        self.transmit.push_back(octets);
        if is_end
            && let State::Paying(Paying { request, echo, .. }) =
                std::mem::replace(&mut self.state, State::Idle)
        {
            self.state = State::Collecting(Collecting::new(request, echo, Fate::Unknown, now));
        }
    }

    fn finish(&mut self, result: Result<Vec<String>, Failure>) {
        self.events.push_back(Event::Finished(result));
    }

    fn unsolicited(&mut self, urc: Urc) {
        self.noise |= matches!(urc, Urc::Unknown(_) | Urc::LateError(_));
        self.events.push_back(Event::Unsolicited(urc));
    }

    fn give_up_held(&mut self) {
        if let Some(held) = self.held.take() {
            self.unsolicited(held.given_up());
        }
    }

    fn settle(&mut self, now: Instant, escapes: u8) {
        self.state = State::Settling {
            quiet_at: now + QUIET,
            whole_at: None,
            latest: now + SETTLING_MAX,
            escapes,
            waiting: None,
        };
    }

    /// A line that has begun may be a notice's, which nothing else holds: its end is waited for a moment.
    fn hear_out(&mut self, now: Instant) {
        if self.is_in_doubt() {
            let whole_at = now + QUIET;
            self.state = State::Settling {
                quiet_at: now,
                whole_at: Some(whole_at),
                latest: whole_at,
                escapes: 0,
                waiting: None,
            };
        }
    }

    fn escape_and_settle(&mut self, now: Instant) {
        self.transmit.push_back(ESCAPE.to_vec());
        self.settle(now, 1);
    }

    /// The deadline of a collecting command has passed.
    fn out_of_time(&mut self, now: Instant) {
        let State::Collecting(command) = std::mem::replace(&mut self.state, State::Idle) else {
            return;
        };
        if command.request.expect == Expect::Drain {
            self.finish(Ok(Vec::new()));
            self.hear_out(now);
            return;
        }
        // A Ctrl-Z lost on the way, or a prompt of an earlier command, would swallow the next one.
        if command.fate == Fate::Unknown || command.prompted {
            self.escape_and_settle(now);
        } else {
            self.settle(now, 0);
        }
        self.finish(Err(Failure::TimedOut(command.fate)));
    }

    /// Whether a `>` that comes now begins a line, or follows an echo that has no line end of its own.
    fn may_be_prompt(&mut self) -> bool {
        self.splitter.at_line_start()
            || matches!(&self.state, State::Prompting { echo, .. } if echo.is_whole(self.splitter.begun()))
    }

    /// A `>` where a prompt may stand; returns whether it was one, and so no text.
    fn prompt(&mut self, now: Instant) -> bool {
        if self.held.as_ref().is_some_and(Held::is_text) {
            return false;
        }
        match &mut self.state {
            // A prompt nobody waits for any more would swallow the next command as message text.
            State::Idle => {
                self.escape_and_settle(now);
                true
            }
            State::Settling { escapes, .. } => {
                if *escapes < ESCAPES_MAX {
                    *escapes += 1;
                    self.transmit.push_back(ESCAPE.to_vec());
                }
                true
            }
            State::Collecting(command) => {
                command.prompted = true;
                command.request.payload.is_some()
            }
            State::Prompting { .. } => {
                let State::Prompting { request, .. } =
                    std::mem::replace(&mut self.state, State::Idle)
                else {
                    return true;
                };
                self.state = State::Paying(Paying::new(request, now));
                self.pay(now);
                true
            }
            State::Paying(_) => true,
        }
    }

    fn line(&mut self, line: &str, now: Instant) {
        let Some(held) = self.held.take() else {
            for piece in unglue(line) {
                self.piece(piece, now);
            }
            return;
        };
        if held.refuses(trimmed(line), self.is_final(trimmed(line))) {
            self.held = Some(held);
            for piece in unglue(line) {
                self.place(piece, now);
            }
            return;
        }
        match held {
            Held::Second { .. } if trimmed(line).is_empty() => self.held = Some(held),
            Held::Second { kind, length, header, .. } => {
                let line = trimmed(line);
                // Only what is stuck to a whole PDU is not the notice's.
                let pieces = unglue(line);
                let (own, rest) = match pieces.split_first() {
                    Some((first, rest)) if is_hex(first) => (*first, rest),
                    Some(_) | None => (line, [].as_slice()),
                };
                self.unsolicited(match length {
                    Some(length) => kind.complete(length, own.to_owned()),
                    None => Urc::Unknown(format!("{header}\n{own}")),
                });
                for piece in rest {
                    self.piece(piece, now);
                }
            }
            Held::Torn { mut text, until } => {
                text.push('\n');
                text.push_str(line);
                if urc::ussd_ends(line) || text.len() > TORN_BYTES_MAX {
                    self.unsolicited(urc::ussd(text.trim_end()));
                } else {
                    self.held = Some(Held::Torn { text, until });
                }
            }
        }
    }

    fn is_final(&self, line: &str) -> bool {
        matches!(self.state, State::Prompting { .. } | State::Paying(_) | State::Collecting(_))
            && result::verbose(line).is_some()
    }

    /// One line, or one of several that came glued together.
    fn piece(&mut self, piece: &str, now: Instant) {
        // A header earlier in the same line may have made this piece its second line.
        if self.held.is_some() && !urc::begins(piece) && !self.is_final(piece) {
            self.line(piece, now);
        } else {
            self.place(piece, now);
        }
    }

    /// Gives a piece to whom it belongs: to the command in flight, to nobody, or to the notices.
    fn place(&mut self, piece: &str, now: Instant) {
        let piece = trimmed(piece.trim_start_matches(['>', ' ']));
        if piece.is_empty() {
            return;
        }
        if self.is_echo(piece) || self.take_own(piece, now) || self.take_final(piece, now) {
            self.noise = true;
            return;
        }
        let reading = urc::read(piece);
        if reading != Reading::None || is_named(piece) {
            self.heard = self.heard.max(Heard::Notice);
        }
        match reading {
            Reading::Whole(urc) => self.notice(urc, now),
            Reading::Header(kind, length) => {
                self.give_up_held();
                let until = now + NOTICE_PATIENCE;
                self.held = Some(Held::Second { kind, length, header: piece.to_owned(), until });
            }
            Reading::Torn => {
                self.give_up_held();
                self.held =
                    Some(Held::Torn { text: piece.to_owned(), until: now + NOTICE_PATIENCE });
            }
            Reading::None => {
                if !self.take_bare(piece) {
                    self.stray(piece);
                }
            }
        }
    }

    fn notice(&mut self, urc: Urc, now: Instant) {
        if urc == Urc::Boot(Boot::Started) {
            self.give_up_held();
            let fate = match &self.state {
                State::Prompting { .. } | State::Paying(_) => Some(Fate::NotSent),
                State::Collecting(command) if command.request.expect != Expect::Drain => {
                    Some(command.fate)
                }
                State::Collecting(_) | State::Idle | State::Settling { .. } => None,
            };
            if let Some(fate) = fate {
                // Where it only cried, the answer comes all the same, and is not the next command's.
                self.settle(now, 0);
                self.finish(Err(Failure::Restarted(fate)));
            }
        }
        self.unsolicited(urc);
    }

    fn take_own(&mut self, piece: &str, now: Instant) -> bool {
        match &mut self.state {
            State::Collecting(command) => {
                let taken = command.takes_own(piece, now);
                if taken {
                    self.heard = Heard::Answer;
                }
                taken
            }
            State::Idle | State::Prompting { .. } | State::Paying(_) | State::Settling { .. } => {
                false
            }
        }
    }

    fn take_bare(&mut self, piece: &str) -> bool {
        match &mut self.state {
            State::Collecting(command) => command.takes_bare(piece),
            State::Idle | State::Prompting { .. } | State::Paying(_) | State::Settling { .. } => {
                false
            }
        }
    }

    /// The modem repeats what we wrote.
    fn is_echo(&self, piece: &str) -> bool {
        match &self.state {
            State::Idle | State::Settling { .. } => answer::looks_like_command(piece),
            State::Prompting { echo, .. } | State::Paying(Paying { echo, .. }) => echo.is(piece),
            State::Collecting(command) => command.takes_echo(piece),
        }
    }

    fn take_final(&mut self, piece: &str, now: Instant) -> bool {
        let (line, digits_answer, prompting) = match &self.state {
            State::Idle | State::Settling { .. } => return false,
            // Where a payload goes out a lone figure may be what is left of its echo, or of noise: taken for "no" the text would
            // be sent once more, taken for "yes" it would be lost.
            State::Prompting { request, .. } => (request.line.as_str(), true, true),
            State::Paying(paying) => (paying.request.line.as_str(), true, true),
            State::Collecting(command) => {
                let digits_answer = matches!(command.request.expect, Expect::Text(_))
                    || (command.request.payload.is_some() && command.lines.is_empty());
                (command.request.line.as_str(), digits_answer, false)
            }
        };
        let numeric = || if digits_answer || self.marred { None } else { result::numeric(piece) };
        let Some(outcome) = result::verbose(piece).or_else(numeric) else { return false };
        // A lone figure may be noise.
        if result::verbose(piece).is_some() {
            self.heard = Heard::Answer;
        }
        if matches!(outcome, Final::Refused(Refusal::Call(_))) && !result::is_call_command(line) {
            return false;
        }
        if prompting && outcome == Final::Ok {
            // No command that prompts succeeds without its payload: a late OK of an earlier one.
            return true;
        }
        match std::mem::replace(&mut self.state, State::Idle) {
            State::Collecting(command) if command.request.expect == Expect::Drain => {
                self.state = State::Collecting(command);
            }
            State::Collecting(command) => {
                let after_payload = command.fate == Fate::Unknown;
                self.finish(match outcome {
                    Final::Ok => Ok(command.lines),
                    Final::Refused(refusal) => Err(Failure::Refused { refusal, after_payload }),
                });
            }
            State::Prompting { .. } => {
                if let Final::Refused(refusal) = outcome {
                    self.finish(Err(Failure::Refused { refusal, after_payload: false }));
                }
            }
            // The prompt may stand open all the same, if an earlier command was refused so late.
            State::Paying(_) => {
                self.escape_and_settle(now);
                if let Final::Refused(refusal) = outcome {
                    self.finish(Err(Failure::Refused { refusal, after_payload: false }));
                }
            }
            State::Idle | State::Settling { .. } => {}
        }
        true
    }

    /// A line that is no echo, no answer and no notice we know.
    fn stray(&mut self, piece: &str) {
        match (&self.state, result::verbose(piece)) {
            // Hours may lie between a USSD request's OK and its error; an OK alone says nothing.
            (State::Idle, Some(Final::Refused(refusal))) => {
                self.unsolicited(Urc::LateError(refusal));
            }
            (State::Idle | State::Settling { .. }, Some(_)) => self.noise = true,
            (
                State::Idle
                | State::Prompting { .. }
                | State::Paying(_)
                | State::Collecting(_)
                | State::Settling { .. },
                _,
            ) => {
                self.unsolicited(Urc::Unknown(piece.to_owned()));
            }
        }
    }
}

/// Whether a line has the form of an answer or notice, `+NAME: …`, whoever it belongs to.
fn is_named(piece: &str) -> bool {
    const NAME_CHARS_MAX: usize = 16;
    piece
        .strip_prefix(['+', '^', '*', '#', '_', '%', '$'])
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(name, _)| {
            (1..=NAME_CHARS_MAX).contains(&name.len())
                && name
                    .bytes()
                    .all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b' ')
        })
}
