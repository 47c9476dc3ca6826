//! What an admin may have a modem do beside its work: restart, answer a question, ask the network for the credit.
//!
//! An order waits in a short queue until the modem's task takes it between other work.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, timeout};

use super::ailment::Ailment;
use super::bring_up::optional;
use super::by_hand::ByHand;
use super::chat::ChatError;
use super::gauge::State;
use super::session::Session;
use super::synchrony::{is_silence, synchronise};
use super::ussd;
use super::{SessionError, Why};
use crate::at::command::{
    CFUN_PATIENCE, CUSD_PATIENCE, CfunSet, GsmCharacters, UssdCancel, UssdRequest, UssdText,
    Verbatim,
};
use crate::at::{Failure, Refusal as AtRefusal};

/// Orders that may wait for one modem: an admin types one at a time.
const WAITING_MAX: usize = 4;

/// How long an order may take, its turn after a text in a bad cell (2 minutes) and the network's minute included.
const PATIENCE: Duration = Duration::from_secs(210);

/// What an admin may have a modem do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// To restart, in the words of its family, and to be brought up anew; also while it does not serve.
    Restart,
    /// To answer a line that an admin wrote by hand; after a setting, to be brought up anew.
    Ask(ByHand),
    /// To dial a USSD code.
    Dial(UssdText),
}

/// Why an order was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The modem is not in service.
    #[error("the modem is {}", .0.token())]
    NotInService(State),
    /// Others wait, or its turn did not come in time.
    #[error("the modem has other work")]
    Busy,
    /// Modem or network said no, or nothing.
    #[error("{0}")]
    Refused(Ailment),
}

/// What came of an order: lines to read.
pub type Outcome = Result<Vec<String>, Refusal>;

/// An order that waits, and who waits for it.
#[derive(Debug)]
pub(super) struct Placed {
    order: Order,
    reply: oneshot::Sender<Outcome>,
}

impl Placed {
    /// Whether somebody waits for a restart.
    fn is_restart(&self) -> bool {
        self.order == Order::Restart && !self.reply.is_closed()
    }
}

/// The orders that wait for one modem, and whether it is to serve at all. It outlives the modem's task.
#[derive(Debug, Default)]
pub struct Orders {
    waiting: Mutex<VecDeque<Placed>>,
    disabled: AtomicBool,
    bell: Notify,
}

impl Orders {
    /// Lets the modem serve, or not; it closes its port once the text in hand is finished.
    pub fn switch(&self, on: bool) {
        self.disabled.store(!on, Ordering::SeqCst);
        self.bell.notify_one();
    }

    pub(super) fn is_disabled(&self) -> bool {
        self.disabled.load(Ordering::SeqCst)
    }

    /// Waits until there is an order or a switch. Cancel-safe.
    pub(super) async fn rung(&self) {
        self.bell.notified().await;
    }

    /// Puts an order into the queue, and waits for what comes of it.
    pub(super) async fn place(&self, order: Order) -> Outcome {
        let (reply, outcome) = oneshot::channel();
        {
            let mut waiting = self.lock();
            if waiting.len() >= WAITING_MAX {
                return Err(Refusal::Busy);
            }
            waiting.push_back(Placed { order, reply });
        }
        self.bell.notify_one();
        match timeout(PATIENCE, outcome).await {
            Ok(Ok(outcome)) => outcome,
            // Its session has ended.
            Ok(Err(_)) => Err(Refusal::NotInService(State::Recovering)),
            Err(_) => Err(Refusal::Busy),
        }
    }

    /// Whether one waits, even if nobody waits for it any more.
    pub(super) fn is_any(&self) -> bool {
        !self.lock().is_empty()
    }

    pub(super) fn take(&self) -> Option<Placed> {
        // Nobody waits any more for what was given up.
        std::iter::from_fn(|| self.lock().pop_front()).find(|placed| !placed.reply.is_closed())
    }

    /// Waits until it is not to serve, or is to restart: nobody waits for a bring-up then. Cancel-safe.
    pub(super) async fn outranked(&self) {
        while !(self.is_disabled() || self.wants_restart()) {
            self.rung().await;
        }
    }

    /// Whether it is to restart, and somebody waits for that.
    pub(super) fn wants_restart(&self) -> bool {
        self.lock().iter().any(Placed::is_restart)
    }

    /// Takes the order to restart, where there is one; several are one. Who waits is told with what is returned.
    pub(super) fn take_restarts(&self) -> Vec<oneshot::Sender<Outcome>> {
        let mut waiting = self.lock();
        let (restarts, others): (VecDeque<_>, VecDeque<_>) =
            waiting.drain(..).partition(Placed::is_restart);
        *waiting = others;
        restarts.into_iter().map(|placed| placed.reply).collect()
    }

    /// Nobody will carry these out: who waits for them is told so. What is to restart it may stay, since that needs no session.
    pub(super) fn refuse_others(&self) {
        self.lock().retain(Placed::is_restart);
    }

    /// Nobody will carry any of these out: who waits for them is told so.
    pub(super) fn refuse_all(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Placed>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The network's words, or an error in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// `+CUSD`, as in [`Urc::Ussd`](crate::at::Urc::Ussd).
    Said {
        /// 0 done, 1 a choice is awaited, others: ended.
        status: u8,
        /// As the modem wrote it.
        text: Option<String>,
        /// The coding scheme.
        dcs: Option<u8>,
    },
    /// An error that came by itself.
    Failed(AtRefusal),
}

/// A code that was dialled: the network's words come later, or never.
#[derive(Debug)]
pub(super) struct Dialled {
    /// Who waits for them: nobody where the gateway asks by itself.
    reply: Option<oneshot::Sender<Outcome>>,
    /// They tell the credit.
    is_credit: bool,
    until: Instant,
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Carries an order out; what came of it is told to whoever gave it.
    pub(super) async fn carry_out(&mut self, placed: Placed) -> Result<(), SessionError> {
        let Placed { order, reply } = placed;
        // Who gave the order may be gone; the order stands.
        match order {
            Order::Restart => self.restart(reply).await,
            Order::Ask(line) => match self.chat.execute(&line.command()).await {
                Ok(lines) => {
                    let _ = reply.send(Ok(lines));
                    if line.sets { Err(SessionError::Changed(Why::SetByHand)) } else { Ok(()) }
                }
                Err(error) => self.told_off(error, Some(reply)).await,
            },
            Order::Dial(code) => self.dial(code, Some(reply)).await,
        }
    }

    async fn restart(&mut self, reply: oneshot::Sender<Outcome>) -> Result<(), SessionError> {
        let restarted = match self.ready.treatment.restart.clone() {
            Some(line) => {
                let line = Verbatim::new(line).within(CFUN_PATIENCE);
                self.chat.execute(&line).await.map(drop)
            }
            None => self.chat.execute(&CfunSet::Restart).await,
        };
        match restarted {
            Err(error @ ChatError::Failed { .. })
                if error.failure().and_then(Failure::verdict).is_some() =>
            {
                let _ = reply.send(Err(Refusal::Refused(Ailment::from(&error))));
                Ok(())
            }
            // A modem that restarts may leave without a word, and the port with it.
            Ok(()) | Err(_) => {
                // Who wants the same has it.
                for reply in self.gauge.orders().take_restarts().into_iter().chain([reply]) {
                    let _ = reply.send(Ok(Vec::new()));
                }
                Err(SessionError::Reset)
            }
        }
    }

    /// Dials a code; without `reply` nobody waits for what comes of it.
    pub(super) async fn dial(
        &mut self,
        code: UssdText,
        reply: Option<oneshot::Sender<Outcome>>,
    ) -> Result<(), SessionError> {
        if self.dialled.is_some() {
            tell(reply, Err(Refusal::Busy));
            return Ok(());
        }
        let is_credit = self.account.as_ref().is_some_and(|account| account.is_asked_by(&code));
        if is_credit {
            self.note_credit_tried().await?;
        }
        // A modem that was left in another character set would take the code for octets (3GPP TS 27.007 §5.5, §7.15).
        optional(&mut self.chat, &GsmCharacters).await?;
        let packed = ussd::packed(code.as_str()).and_then(|octets| UssdText::encoded(&octets).ok());
        let mut tried = self.chat.execute(&UssdRequest { text: code }).await;
        // Huawei takes a code in packed septets only.
        if let Err(error) = &tried
            && error.failure().and_then(Failure::verdict).is_some()
            && let Some(text) = packed
        {
            tried = self.chat.execute(&UssdRequest { text }).await;
        }
        match tried {
            Ok(()) => {
                let until = Instant::now() + CUSD_PATIENCE;
                self.dialled = Some(Dialled { reply, is_credit, until });
                Ok(())
            }
            Err(error) => {
                if is_credit {
                    self.note_credit(&Err(Refusal::Refused(Ailment::from(&error)))).await?;
                }
                self.told_off(error, reply).await
            }
        }
    }

    /// The modem did not do it: why is told, and whether it is still there is asked where it was mute.
    async fn told_off(
        &mut self,
        error: ChatError,
        reply: Option<oneshot::Sender<Outcome>>,
    ) -> Result<(), SessionError> {
        tell(reply, Err(Refusal::Refused(Ailment::from(&error))));
        if is_silence(&error) {
            synchronise(&mut self.chat, 1).await?;
        }
        match error {
            gone @ ChatError::Gone(_) => Err(gone.into()),
            ChatError::Failed { .. } | ChatError::Malformed(_) => Ok(()),
        }
    }

    /// When the network's words are given up, where a code was dialled.
    pub(super) fn words_until(&self) -> Option<Instant> {
        self.dialled.as_ref().map(|dialled| dialled.until)
    }

    /// The network's words came, or something in their place. Without a code that was dialled they are nobody's.
    pub(super) async fn heed_words(&mut self, words: &Words) -> Result<(), SessionError> {
        let Some(dialled) = self.dialled.take() else { return Ok(()) };
        let (outcome, is_menu) = outcome(words);
        self.settle(dialled, outcome).await?;
        if is_menu {
            // Nobody chooses from it.
            optional(&mut self.chat, &UssdCancel).await?;
        }
        Ok(())
    }

    /// Gives the network's words up where their time is over.
    pub(super) async fn give_up_words(&mut self) -> Result<(), SessionError> {
        if self.words_until().is_some_and(|until| until <= Instant::now())
            && let Some(dialled) = self.dialled.take()
        {
            let silence = Ailment::UssdSilent { seconds: CUSD_PATIENCE.as_secs() };
            self.settle(dialled, Err(Refusal::Refused(silence))).await?;
            optional(&mut self.chat, &UssdCancel).await?;
        }
        Ok(())
    }

    /// The words of a code are there, or will never be.
    async fn settle(&mut self, dialled: Dialled, outcome: Outcome) -> Result<(), SessionError> {
        if dialled.is_credit {
            self.note_credit(&outcome).await?;
        }
        tell(dialled.reply, outcome);
        Ok(())
    }
}

/// Tells what came of an order to whoever waits for it.
fn tell(reply: Option<oneshot::Sender<Outcome>>, outcome: Outcome) {
    if let Some(reply) = reply {
        let _ = reply.send(outcome);
    }
}

/// What a notice means for a code that was dialled, and whether the network waits for a choice.
fn outcome(words: &Words) -> (Outcome, bool) {
    match words {
        Words::Said { status, text, dcs } => {
            let text = text.as_deref().map(|text| ussd::read(text, *dcs)).unwrap_or_default();
            let outcome = match (status, text.is_empty()) {
                (0..=2, false) => Ok(text.lines().map(str::to_owned).collect()),
                (0..=2, true) => Err(Ailment::UssdWordless),
                (3, _) => Err(Ailment::UssdElsewhere),
                (4, _) => Err(Ailment::UssdUnknown),
                (5, _) => Err(Ailment::UssdLate),
                _ => Err(Ailment::UssdOdd),
            };
            (outcome.map_err(Refusal::Refused), *status == 1)
        }
        Words::Failed(refusal) => {
            let command = "AT+CUSD".to_owned();
            let ailment =
                Ailment::Refused { command, refusal: refusal.clone(), after_payload: false };
            (Err(Refusal::Refused(ailment)), false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_network_says_is_told_or_why_it_says_nothing() {
        let said = |status, text: Option<&str>| Words::Said {
            status,
            text: text.map(str::to_owned),
            dcs: Some(15),
        };
        let lines = |text: &[&str]| Ok(text.iter().map(|line| (*line).to_owned()).collect());
        assert_eq!(outcome(&said(0, Some("Pulsa Rp5.000"))), (lines(&["Pulsa Rp5.000"]), false));
        assert_eq!(
            outcome(&said(1, Some("1. Ya\n2. Tidak"))),
            (lines(&["1. Ya", "2. Tidak"]), true)
        );
        for (status, text) in [(0, None), (2, Some("")), (4, None), (5, Some("x"))] {
            assert!(outcome(&said(status, text)).0.is_err(), "{status}");
        }
        assert!(outcome(&Words::Failed(AtRefusal::Plain)).0.is_err());
    }

    #[tokio::test]
    async fn more_orders_than_a_few_are_refused_at_once() {
        let orders = Orders::default();
        let many = futures_of(&orders);
        let refused =
            many.into_iter().filter(|outcome| *outcome == Some(Err(Refusal::Busy))).count();
        assert_eq!(refused, 1);
    }

    #[tokio::test]
    async fn what_ends_a_session_ends_all_orders_but_a_restart() {
        let orders = Orders::default();
        let code = UssdText::parse("*888#").unwrap();
        let mut dial = Box::pin(orders.place(Order::Dial(code)));
        let mut restarts: Vec<_> = (0..2).map(|_| Box::pin(orders.place(Order::Restart))).collect();
        let mut given_up = Box::pin(orders.place(Order::Restart));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(!orders.wants_restart());
        assert!(dial.as_mut().poll(&mut context).is_pending());
        assert!(given_up.as_mut().poll(&mut context).is_pending());
        drop(given_up);
        assert!(!orders.wants_restart(), "nobody waits for it any more");
        for restart in &mut restarts {
            assert!(restart.as_mut().poll(&mut context).is_pending());
        }
        orders.outranked().await;
        orders.refuse_others();
        assert_eq!(dial.await, Err(Refusal::NotInService(State::Recovering)));
        let waiting = orders.take_restarts();
        assert_eq!(waiting.len(), 2, "several are one");
        for reply in waiting {
            reply.send(Ok(Vec::new())).unwrap();
        }
        for restart in restarts {
            assert_eq!(restart.await, Ok(Vec::new()));
        }
        assert!(!orders.wants_restart());
    }

    /// One order more than may wait, each looked at once.
    fn futures_of(orders: &Orders) -> Vec<Option<Outcome>> {
        let mut placed: Vec<_> =
            (0..=WAITING_MAX).map(|_| Box::pin(orders.place(Order::Restart))).collect();
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        placed
            .iter_mut()
            .map(|order| match order.as_mut().poll(&mut context) {
                std::task::Poll::Ready(outcome) => Some(outcome),
                std::task::Poll::Pending => None,
            })
            .collect()
    }
}
