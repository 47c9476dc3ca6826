//! Who a modem is, and whose card is in it.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::bring_up::passed_over;
use super::chat::{Chat, ChatError};
use super::synchrony::{self, Order};
use crate::at::command::{Imsi, Manufacturer, Model, Revision, Serial};
use crate::at::{Command, Failure, Malformed};
use crate::store::modems::Identity;

/// How often it is asked before nothing that it says is believed.
const TRIES: usize = 5;

/// How long nothing is asked after a time at which something was not answered.
const PAUSE: Duration = Duration::from_secs(1);

/// What it calls itself, and the card's own number once that was told twice running; without one the card goes by the modem's
/// name. The number is part of every message's identity: under another one a message that is read again would be another message,
/// and an answer that is late, such as the serial number of as many digits, would be taken for it. So it is asked when no older answer
/// is on its way ([`synchrony::in_order`]). Where something was answered by nothing all the same, or by what was none of its answers,
/// and where it does not name maker and model, which tell its family, it is asked until it says the same once more.
///
/// # Errors
/// [`ChatError`]; [`ChatError::Malformed`] where its answers stay late and it never says the same twice.
pub(super) async fn identify<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Identity, ChatError> {
    let (mut before, mut answered, mut answer) = (None, None, None);
    for _ in 0..TRIES {
        let order = synchrony::in_order(chat).await?;
        let mut asking = Asking { chat, is_answered: true };
        let mut identity = asking.names(name).await?;
        answer = asking.ask(&Imsi).await?;
        let is_same = answer.is_none() || asking.ask(&Imsi).await? == answer;
        if is_same && (answer.is_none() || answer != identity.serial) {
            let is_named =
                answer.is_none() || (identity.manufacturer.is_some() && identity.model.is_some());
            identity.sim.clone_from(answer.as_ref().unwrap_or(&identity.name));
            let is_certain = order == Order::Known && asking.is_answered && is_named;
            if is_certain || before.as_ref() == Some(&identity) {
                return Ok(identity);
            }
            answered = asking.is_answered.then(|| identity.clone()).or(answered);
            before = Some(identity);
        } else {
            before = None;
        }
        tracing::debug!("its answers are late, or missing: it is asked anew");
        tokio::time::sleep(PAUSE).await;
    }
    let answer = answer.unwrap_or_default();
    answered.ok_or(ChatError::Malformed(Malformed { command: "AT+CIMI", answer }))
}

/// What it calls itself.
pub(super) async fn names<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Identity, ChatError> {
    Asking { chat, is_answered: true }.names(name).await
}

/// One question after another.
struct Asking<'c, L> {
    chat: &'c mut Chat<L>,
    /// Each had an answer that could be its own, or was refused.
    is_answered: bool,
}

impl<L: AsyncRead + AsyncWrite + Unpin> Asking<'_, L> {
    async fn names(&mut self, name: &str) -> Result<Identity, ChatError> {
        Ok(Identity {
            name: name.to_owned(),
            // Until the card has told its own.
            sim: name.to_owned(),
            manufacturer: self.named(&Manufacturer).await?,
            model: self.named(&Model).await?,
            revision: self.named(&Revision).await?,
            serial: self.named(&Serial).await?,
        })
    }

    /// What a modem calls itself decides how it is treated: where noise has taken the line that says it, or a modem that has just
    /// started refuses or says nothing, it is asked once more.
    async fn named<C: Command>(&mut self, command: &C) -> Result<Option<C::Answer>, ChatError> {
        match self.ask(command).await? {
            None => self.ask(command).await,
            told => Ok(told),
        }
    }

    async fn ask<C: Command>(&mut self, command: &C) -> Result<Option<C::Answer>, ChatError> {
        match self.chat.execute(command).await {
            Ok(answer) => Ok(Some(answer)),
            Err(error) => {
                self.is_answered &= matches!(error.failure(), Some(Failure::Refused { .. }));
                passed_over(self.chat, error).await?;
                Ok(None)
            }
        }
    }
}
