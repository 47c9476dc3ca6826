//! Sending: claim, write, and note what became of it, one part after the other.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tokio::time::Instant;

use super::SessionError;
use super::ailment::Ailment;
use super::backoff;
use super::bring_up::optional;
use super::chat::{ChatError, Lost};
use super::gauge::Activity;
use super::ladder::Measure;
use super::receive::{carried, receive, taken};
use super::session::Session;
use super::shortage::Sign;
use super::synchrony::{is_silence, synchronise};
use crate::at::command::{CfunSet, SendTpdu, Verbatim};
use crate::at::{CmeCode, CmsCode, Failure, Fate as Left, Reaction, Refusal};
use crate::clock;
use crate::desk::fates;
use crate::desk::outbound::{self, Next};
use crate::mutation::Mutation;
use crate::sms;
use crate::store::claim::Offer;
use crate::store::hand::{self, Claimed, Fate};
use crate::store::outbox::Unsent;
use crate::store::{Fault, Tx, unreachable};

/// How the sending of one message ended.
enum Sent {
    /// The next one is in hand.
    Next(Claimed),
    /// There is none that could go now.
    Last,
    /// Something else is to be done before another one is looked for.
    Paused,
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Sends one message after the other until there is none, or something else to do; whether there may be another one.
    ///
    /// # Errors
    /// [`SessionError`] where the line is gone or the database cannot note the outcome.
    pub(super) async fn send_queued(
        &mut self,
        stop: &watch::Receiver<bool>,
    ) -> Result<bool, SessionError> {
        let (office, sender) = (Arc::clone(self.office), Arc::clone(&self.sender));
        let offering = self.offering();
        let claimed = self
            .store
            .write(move |tx| outbound::claim(tx, &office, &sender, offering, clock::now()))
            .await?;
        let Some(message) = claimed else { return Ok(false) };
        self.gauge.does(Some(Activity::Sending));
        let more = self.send_on(message, stop).await;
        self.gauge.does(None);
        more
    }

    async fn send_on(
        &mut self,
        mut message: Claimed,
        stop: &watch::Receiver<bool>,
    ) -> Result<bool, SessionError> {
        loop {
            match self.send(message, stop).await? {
                Sent::Next(next) => message = next,
                Sent::Last => return Ok(false),
                Sent::Paused => return Ok(true),
            }
        }
    }

    /// Before a message of several parts, or one with others behind it, a link that is not kept is asked for. Nothing is
    /// offered until that is done.
    fn offering(&self) -> Offer {
        if self.link.is_to_be_kept(Instant::now()) {
            Offer::UnlessMoreFollow
        } else {
            Offer::AtOnce
        }
    }

    /// Sends the parts of a message.
    async fn send(
        &mut self,
        message: Claimed,
        stop: &watch::Receiver<bool>,
    ) -> Result<Sent, SessionError> {
        let message = Arc::new(message);
        if !message.offered
            && let Some((number, _)) = message.parts.first()
        {
            self.keep_link().await?;
            self.offer(message.id, *number).await?;
        }
        for (number, tpdu) in &message.parts {
            let begun = Instant::now();
            self.link.begin(begun);
            let mr = match self.chat.execute(&SendTpdu { smsc: None, tpdu }).await {
                Ok(reference) => reference.map(|reference| reference.0),
                Err(error) if error.failure().is_some_and(Failure::is_duplicate) => {
                    tracing::info!(outbox = message.id, %error, "the centre has it already");
                    None
                }
                Err(error) => {
                    if error.failure().is_some_and(is_our_mistake) {
                        let (octets, head) = (tpdu.len(), sms::masked_head(tpdu));
                        tracing::error!(%error, octets, head, "this is not how a TPDU should look: a mistake of the gateway");
                    }
                    let measure = self.measure(&error, &message.recipient);
                    self.release(&message, (&error, begun.elapsed()), measure).await?;
                    self.mend(error, measure).await?;
                    return Ok(Sent::Paused);
                }
            };
            self.link.went_on(Instant::now());
            if self.past.accepted() {
                tracing::info!("the card sends again");
                self.show();
            }
            if let Some(ended) = self.note_accepted(&message, (*number, mr), stop).await? {
                return Ok(ended);
            }
        }
        Ok(Sent::Paused)
    }

    /// What to do about the modem. One that goes down at its texts, or never says what became of them, would do so to the
    /// whole queue: the others take that.
    fn measure(&mut self, error: &ChatError, recipient: &str) -> Measure {
        if let Some(downfall) = downfall(error) {
            let because = Box::new(Ailment::from(error));
            let ailment = match downfall {
                Downfall::Power => Ailment::GoesDown { because },
                Downfall::Nobody => Ailment::NobodySays { because },
            };
            if self.past.went_under(ailment) {
                tracing::error!(%error, advice = downfall.advice(), "nothing is sent by this modem for now");
                self.show();
            }
        }
        match error.failure() {
            None => Measure::GoOn,
            Some(Failure::Restarted(_) | Failure::Reset(_)) => Measure::BringUp,
            Some(failure) => {
                self.doubt_credit(failure, recipient);
                let reaction = failure.reaction();
                // Not this number either: then it is the card.
                if reaction == Reaction::FailNum
                    && self.past.shortage.is_suspected()
                    && Sign::of(failure).is_some()
                {
                    return Measure::Hold(self.past.ladder.next_hold());
                }
                self.past.refused(reaction, recipient)
            }
        }
    }

    /// Where the refusals in a row look like a want of credit, a person is told, and the network is asked for it.
    fn doubt_credit(&mut self, failure: &Failure, recipient: &str) {
        let is_news =
            Sign::of(failure).is_some_and(|sign| self.past.shortage.refused(sign, recipient));
        if !is_news {
            return;
        }
        if let Some(account) = &mut self.account {
            account.hasten();
            tracing::error!(%failure, "the card seems to be without credit: its network is asked");
        } else {
            tracing::error!(%failure, "the card seems to be without credit: look at it ([modem.credit] asks by itself)");
        }
        self.show();
    }

    /// Does to the modem what its refusal calls for.
    async fn mend(&mut self, error: ChatError, measure: Measure) -> Result<(), SessionError> {
        match &error {
            ChatError::Gone(_) => return Err(error.into()),
            // A modem that is mute takes no further message in hand.
            silent if is_silence(silent) => drop(synchronise(&mut self.chat, 1).await?),
            ChatError::Failed { .. } | ChatError::Malformed(_) => {}
        }
        match measure {
            Measure::GoOn => {}
            Measure::AskNetwork(pause) => {
                self.doubt();
                self.past.rest_for(pause, None);
            }
            Measure::Wait(pause) => self.past.rest_for(pause, None),
            Measure::Hold(pause) => self.hold(&error, pause),
            Measure::Sweep => {
                let before = self.freed;
                self.sweep().await?;
                if let Some(pause) = self.past.ladder.swept(self.freed > before) {
                    self.hold(&error, pause);
                }
            }
            Measure::BringUp => return Err(SessionError::Changed(error.into())),
            Measure::Restart => {
                // Registration and signal are asked when it comes up again; so that its credit is too (errors.md, rule 6).
                self.past.doubts_credit = true;
                self.restart_modem().await?;
                return Err(SessionError::Mended(error.into()));
            }
        }
        Ok(())
    }

    /// Tells the modem to restart, in the words of its family.
    pub(super) async fn restart_modem(&mut self) -> Result<(), SessionError> {
        match self.ready.treatment.restart.clone() {
            Some(line) => drop(optional(&mut self.chat, &Verbatim::new(line)).await?),
            None => drop(optional(&mut self.chat, &CfunSet::Restart).await?),
        }
        Ok(())
    }

    /// Nothing is sent on this card for so long, and a person is told why.
    fn hold(&mut self, error: &ChatError, pause: Duration) {
        tracing::error!(
            %error,
            minutes = pause.as_secs() / 60,
            "nothing is sent on this card for now: look at the card, its credit, contract and message centre"
        );
        self.past.rest_for(pause, Some(Ailment::from(error)));
        self.show();
    }

    /// One commit for all that is known once the network has taken a part: that it has, what was routed meanwhile (the report
    /// of the part before, mostly), and that the next part or message is offered. The line is where the next one goes at
    /// once, so that nothing is offered that is not written; where something else comes first, nothing is offered.
    ///
    /// How the message ended, if this was its last part.
    async fn note_accepted(
        &mut self,
        message: &Arc<Claimed>,
        (number, mr): (i64, Option<u8>),
        stop: &watch::Receiver<bool>,
    ) -> Result<Option<Sent>, SessionError> {
        self.gauge.sent_one();
        let routed = self.chat.take_routed();
        let (routed, damaged) = self.sort_out(routed);
        let part = message.part_after(number);
        // An acknowledgement goes out before the next text, and may find the line broken.
        let acknowledges = self.ready.acknowledges && !(routed.is_empty() && damaged == 0);
        let next = match part {
            _ if acknowledges => Next::Nothing,
            Some(part) => Next::Part(part),
            None if self.may_go_on(stop) => Next::Message(self.offering()),
            None => Next::Nothing,
        };
        let pdus: Vec<_> = routed.iter().filter_map(carried).collect();
        self.note_stamps(pdus.iter().map(Vec::as_slice));
        let pdus = self.take_in_hand(&pdus);
        let (received, in_hand_too) = (pdus.len(), pdus.clone());
        let (office, in_hand) = (Arc::clone(self.office), Arc::clone(message));
        let sender = Arc::clone(&self.sender);
        let committed = self
            .store
            .write(move |tx| {
                let now = clock::now();
                fates::accepted(tx, &office, (&in_hand, &sender.sim), number, mr, now)?;
                let kept = receive(tx, &office, &sender.modem, &pdus)?;
                let claimed = outbound::go_on(tx, &office, (&in_hand, next), &sender, now)?;
                Ok::<_, Fault>((claimed, taken(&kept)))
            })
            .await;
        let (claimed, taken) = match committed {
            Ok(done) => done,
            Err(fault) => {
                self.note_accepted_alone(message, (number, mr)).await;
                return Err(self.not_kept(routed.len() + damaged, fault).await);
            }
        };
        if received > 0 {
            self.past.kept(&in_hand_too);
            self.gauge.took(taken);
            self.acknowledge(received).await?;
        }
        self.have_repeated(damaged).await?;
        match (part, next, claimed) {
            (Some(part), Next::Nothing, _) => self.offer(message.id, part).await.map(|()| None),
            (Some(_), ..) => Ok(None),
            (None, _, Some(claimed)) => Ok(Some(Sent::Next(claimed))),
            (None, Next::Message(_), None) => Ok(Some(Sent::Last)),
            (None, ..) => Ok(Some(Sent::Paused)),
        }
    }

    /// What stood beside it in the commit may be why that failed: that the network has the part is not lost for it.
    async fn note_accepted_alone(&self, message: &Arc<Claimed>, (number, mr): (i64, Option<u8>)) {
        let (office, in_hand) = (Arc::clone(self.office), Arc::clone(message));
        let sender = Arc::clone(&self.sender);
        let noted = self
            .store
            .write(move |tx| {
                let text = (&*in_hand, sender.sim.as_str());
                fates::accepted(tx, &office, text, number, mr, clock::now())
            })
            .await;
        if let Err(fault) = noted {
            tracing::error!(%fault, outbox = message.id, "the network has it, and that cannot be noted");
        }
    }

    /// A part that is written next.
    async fn offer(&self, id: i64, number: i64) -> Result<(), SessionError> {
        let sender = Arc::clone(&self.sender);
        let offer = move |tx: &Tx<'_>| hand::offer(tx, id, number, &sender.sim, clock::now());
        Ok(self.store.write(offer).await?)
    }

    /// Notes why a part did not go, which was known after so long: sure that it did not, sure that it never will, or unsure.
    async fn release(
        &self,
        message: &Claimed,
        (error, waited): (&ChatError, Duration),
        measure: Measure,
    ) -> Result<(), Fault> {
        let now = clock::now();
        let fate = if matches!(error, ChatError::Gone(_)) && self.chat.kept_payload_back() {
            Fate::Blameless(now)
        } else if error.failure().is_some_and(|failure| is_unanswered(failure, waited)) {
            unanswered((message.id, message.attempts), now)
        } else {
            fate(error, (message.id, message.attempts), measure, now)
        };
        tracing::warn!(modem = self.ready.identity.name, outbox = message.id, %error, ?fate, "not sent");
        let (office, id, words) = (Arc::clone(self.office), message.id, said(error));
        let recipient = message.recipient.clone();
        // Where the card is why, no number is wrong, nor was the one before.
        let suspected = self.past.shortage.is_suspected();
        let wronged = self.past.shortage.wronged().map(str::to_owned);
        let is_final = fate == Fate::Failed && !suspected;
        let code = error.failure().filter(|_| is_final).and_then(number_is_bad);
        self.store
            .write(move |tx| {
                if let Some(wronged) = wronged {
                    unreachable::unmark(tx, &wronged)?;
                }
                if let Some(code) = code {
                    fates::number_refused(tx, &recipient, &code, now)?;
                }
                fates::released(tx, &office, id, fate, &words, now)
            })
            .await
    }
}

/// What is kept of an error beside its message: the modem's own words, or a token where it has said nothing. What a number means is
/// for whoever shows it.
fn said(error: &ChatError) -> String {
    let unsent = match error {
        ChatError::Gone(Lost::Port(_)) => Unsent::PortGone,
        ChatError::Gone(Lost::Babble) => Unsent::Noise,
        ChatError::Malformed(_) => Unsent::UnusableAnswer,
        ChatError::Failed { command, failure } => match failure {
            Failure::Refused { refusal, .. } => {
                return match refusal {
                    Refusal::Cms(CmsCode(code)) => format!("{command}: +CMS ERROR: {code}"),
                    Refusal::Cme(CmeCode(code)) => format!("{command}: +CME ERROR: {code}"),
                    Refusal::Plain
                    | Refusal::NotSupported(_)
                    | Refusal::CmsWords(_)
                    | Refusal::CmeWords(_)
                    | Refusal::Call(_) => error.to_string(),
                };
            }
            Failure::TimedOut(_) => Unsent::NoAnswer,
            Failure::Restarted(_) => Unsent::ModemRestarted,
            Failure::Reset(_) => Unsent::LineReset,
        },
    };
    unsent.token().to_owned()
}

/// The code of a refusal that says the number is wrong or gone.
fn number_is_bad(failure: &Failure) -> Option<String> {
    let Failure::Refused { refusal, .. } = failure else { return None };
    match refusal {
        _ if failure.reaction() != Reaction::FailNum => None,
        Refusal::Cms(CmsCode(code)) => Some(format!("+CMS ERROR: {code}")),
        Refusal::Cme(CmeCode(code)) => Some(format!("+CME ERROR: {code}")),
        Refusal::Plain
        | Refusal::NotSupported(_)
        | Refusal::CmsWords(_)
        | Refusal::CmeWords(_)
        | Refusal::Call(_) => None,
    }
}

fn is_our_mistake(failure: &Failure) -> bool {
    failure.reaction() == Reaction::FailBug
}

/// What became of a modem at a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Downfall {
    /// It went down.
    Power,
    /// Nobody said what became of the text.
    Nobody,
}

impl Downfall {
    /// What a person can look at.
    const fn advice(self) -> &'static str {
        match self {
            Self::Power => {
                "it goes down whenever it sends a text: look at its power supply, its cable and the USB hub"
            }
            Self::Nobody => {
                "nobody says what became of its texts: look at its signal, and at the modem itself"
            }
        }
    }
}

/// Where the modem did not live to see the end of a text, or nobody said what became of it.
fn downfall(error: &ChatError) -> Option<Downfall> {
    match error {
        ChatError::Gone(_) => Some(Downfall::Power),
        ChatError::Malformed(_) => Some(Downfall::Nobody),
        ChatError::Failed { failure, .. } => match failure {
            Failure::Restarted(_) | Failure::Reset(_) => Some(Downfall::Power),
            Failure::TimedOut(Left::Unknown) => Some(Downfall::Nobody),
            Failure::TimedOut(Left::NotSent) | Failure::Refused { .. } => None,
        },
    }
}

/// How long a network is waited for before a refusal without a reason means that it never answered: it takes some seconds, and
/// modems give up after half a minute or more.
const NETWORK_PATIENCE: Duration = Duration::from_secs(15);

/// Whether the network may have what the modem refused after so long: it heard nothing of that.
fn is_unanswered(failure: &Failure, waited: Duration) -> bool {
    failure.is_unanswered() || (failure.names_no_reason() && waited >= NETWORK_PATIENCE)
}

/// It goes again as the table says of a network time-out, and nobody is told that it surely did not leave.
fn unanswered((id, attempts): (i64, i64), now: DateTime<Utc>) -> Fate {
    let again = if Mutation::RetryUnanswered.is_made() { Fate::Retry } else { Fate::Unanswered };
    backoff::pause(id, attempts).map_or(Fate::Unknown, |pause| again(now + pause))
}

/// What an error means for a message of this row that was tried so many times, when this is done about the modem.
fn fate(
    error: &ChatError,
    (id, attempts): (i64, i64),
    measure: Measure,
    now: DateTime<Utc>,
) -> Fate {
    let failure = match error {
        // The line broke inside of the exchange, or the answer says nothing: the payload may have left.
        ChatError::Gone(_) | ChatError::Malformed(_) => return Fate::Unknown,
        ChatError::Failed { failure, .. } if failure.may_have_gone_out() => return Fate::Unknown,
        ChatError::Failed { failure, .. } => failure,
    };
    let again = |pause| Fate::Retry(now + pause);
    match (failure.reaction(), measure) {
        // The card may be why: it rests, and the tries come to an end all the same.
        (Reaction::FailNum, Measure::Hold(_)) => {
            return backoff::pause(id, attempts).map_or(Fate::Failed, again);
        }
        // A line that loses an octet now and then is no reason to give a text up, and a mistake of ours is found by the second try.
        (Reaction::FailBug, _) if failure.is_misread() && attempts <= 1 => {
            return backoff::pause(id, attempts).map_or(Fate::Failed, again);
        }
        (Reaction::Fail | Reaction::FailBug | Reaction::FailNum, _) => return Fate::Failed,
        _ => {}
    }
    // An "unknown error" may be the message's own: the first of each row counts, or it would come back for ever. Whoever fell
    // silent before the payload never saw the message.
    let suspect =
        matches!(failure, Failure::Refused { .. }) && failure.reaction() == Reaction::Reset;
    let next = match measure {
        Measure::GoOn => backoff::pause(id, attempts).map(|pause| now + pause),
        Measure::Wait(_) if suspect => backoff::pause(id, attempts).map(|_| now),
        // The modem is mended or rests meanwhile; another one may take the message at once.
        Measure::AskNetwork(_)
        | Measure::Wait(_)
        | Measure::Hold(_)
        | Measure::Sweep
        | Measure::BringUp
        | Measure::Restart => return Fate::Blameless(now),
    };
    next.map_or(Fate::Failed, Fate::Retry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(failure: Failure) -> ChatError {
        ChatError::Failed { command: "AT+CMGS".to_owned(), failure }
    }

    fn refused(code: u16) -> ChatError {
        failed(Failure::Refused { refusal: Refusal::Cms(CmsCode(code)), after_payload: true })
    }

    #[test]
    fn what_the_modem_said_is_kept_as_it_said_it_and_what_it_did_not_say_as_a_token() {
        assert_eq!(said(&refused(38)), "AT+CMGS: +CMS ERROR: 38");
        for (failure, token) in [
            (Failure::TimedOut(Left::Unknown), "no-answer"),
            (Failure::Restarted(Left::NotSent), "modem-restarted"),
            (Failure::Reset(Left::Unknown), "line-reset"),
        ] {
            assert_eq!(said(&failed(failure)), token);
        }
        let gone = ChatError::from(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        assert_eq!(said(&gone), "port-gone");
        assert_eq!(said(&ChatError::Gone(Lost::Babble)), "only-noise");
    }

    #[test]
    fn a_try_that_the_message_did_not_spoil_does_not_count() {
        let now = Utc::now();
        let fate = |error: &ChatError, attempts, measure| fate(error, (7, attempts), measure, now);
        let wait = Measure::Wait(std::time::Duration::from_secs(2));
        let hold = Measure::Hold(std::time::Duration::from_hours(1));
        // 314: SIM busy; 322: memory full; 209: no message storage on the SIM; 302: operation not allowed.
        for (code, measure) in [
            (314, wait),
            (322, Measure::Sweep),
            (209, Measure::BringUp),
            (302, Measure::BringUp),
            (41, Measure::Restart),
            (331, Measure::AskNetwork(std::time::Duration::from_secs(30))),
            (17, hold),
            (500, Measure::Restart),
            (500, hold),
        ] {
            for attempts in [1, 6, 100] {
                assert_eq!(fate(&refused(code), attempts, measure), Fate::Blameless(now), "{code}");
            }
        }
        let silent = failed(Failure::TimedOut(Left::NotSent));
        assert_eq!(fate(&silent, 6, wait), Fate::Blameless(now));
        let restarted = failed(Failure::Restarted(Left::NotSent));
        assert_eq!(fate(&restarted, 6, Measure::BringUp), Fate::Blameless(now));
        // What nobody knows the reason of may be the message.
        assert_eq!(fate(&refused(500), 1, wait), Fate::Retry(now));
        assert_eq!(fate(&refused(500), 6, wait), Fate::Failed);
    }

    #[test]
    fn what_the_network_never_answered_may_have_left_and_is_tried_again_all_the_same() {
        let now = Utc::now();
        for attempts in 1..=5 {
            let again = Fate::Unanswered(now + backoff::pause(7, attempts).unwrap());
            assert_eq!(unanswered((7, attempts), now), again);
        }
        assert_eq!(unanswered((7, 6), now), Fate::Unknown);
        let after = |refusal, seconds| {
            let failure = Failure::Refused { refusal, after_payload: true };
            is_unanswered(&failure, Duration::from_secs(seconds))
        };
        // 332: network time-out; 500: unknown error; 38: network out of order.
        assert!(after(Refusal::Cms(CmsCode(332)), 0));
        for unreasoned in [Refusal::Plain, Refusal::Cms(CmsCode(500))] {
            assert!(!after(unreasoned.clone(), 14) && after(unreasoned, 15));
        }
        assert!(!after(Refusal::Cms(CmsCode(38)), 60));
    }

    #[test]
    fn only_what_surely_did_not_leave_is_tried_again() {
        let now = Utc::now();
        let after = |attempts| Fate::Retry(now + backoff::pause(7, attempts).unwrap());
        let fate = |error: &ChatError, attempts, measure| fate(error, (7, attempts), measure, now);
        let go_on = |error: &ChatError, attempts| fate(error, attempts, Measure::GoOn);
        // 41: temporary failure; 1: unassigned number; 8: operator determined barring; 500: unknown error.
        assert_eq!(go_on(&refused(41), 1), after(1));
        assert_eq!(go_on(&refused(41), 5), after(5));
        assert_eq!(go_on(&refused(41), 6), Fate::Failed);
        assert_eq!(go_on(&refused(1), 1), Fate::Failed);
        // 304: invalid PDU mode parameter; 96: invalid mandatory information, which is the network's word.
        assert_eq!(go_on(&refused(304), 1), after(1));
        assert_eq!(go_on(&refused(304), 2), Fate::Failed);
        assert_eq!(go_on(&refused(96), 1), Fate::Failed);
        let hold = Measure::Hold(std::time::Duration::from_hours(1));
        assert_eq!(fate(&refused(8), 9, hold), Fate::Blameless(now));
        // 28: unidentified subscriber, while the card is in doubt.
        assert_eq!(fate(&refused(28), 1, hold), after(1));
        assert_eq!(fate(&refused(28), 6, hold), Fate::Failed);
        assert_eq!(go_on(&failed(Failure::TimedOut(Left::NotSent)), 1), after(1));
        for silent in [Failure::TimedOut, Failure::Restarted, Failure::Reset] {
            assert_eq!(go_on(&failed(silent(Left::Unknown)), 1), Fate::Unknown);
        }
        let gone = ChatError::from(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        assert_eq!(go_on(&gone, 1), Fate::Unknown);
    }
}
