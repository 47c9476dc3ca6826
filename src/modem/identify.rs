//! Who a modem is, and whose card is in it.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::bring_up::{optional, passed_over};
use super::chat::{Chat, ChatError};
use crate::at::command::{Imsi, Manufacturer, Model, Revision, Serial};
use crate::at::{Command, Malformed};
use crate::store::modems::Identity;

/// How often it is asked before nothing that it says is believed.
const TRIES: usize = 5;

/// How long nothing is asked where its answers are late: what is on its way comes, and belongs to nobody.
const PAUSE: Duration = Duration::from_secs(1);

/// What it calls itself, and the card's own number once that was told twice running; without one the card goes by the modem's
/// name. The number is part of every message's identity: under another one a message that is read again would be another message,
/// and an answer that is late, such as the serial number of as many digits, would be taken for it. Where it does not name maker and
/// model, which tell its family, it is asked until it says the same once more.
///
/// # Errors
/// [`ChatError`]; [`ChatError::Malformed`] where it never says the same twice.
pub(super) async fn identify<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Identity, ChatError> {
    let (mut before, mut answer) = (None, String::new());
    for _ in 0..TRIES {
        let mut identity = names(chat, name).await?;
        let told = optional(chat, &Imsi).await?;
        let Some(sim) = told else { return Ok(identity) };
        answer = optional(chat, &Imsi).await?.unwrap_or_default();
        if answer == sim && identity.serial.as_ref() != Some(&sim) {
            identity.sim = sim;
            let is_named = identity.manufacturer.is_some() && identity.model.is_some();
            if is_named || before.as_ref() == Some(&identity) {
                return Ok(identity);
            }
            before = Some(identity);
        }
        tracing::debug!("its answers are late, or missing: it is asked anew");
        tokio::time::sleep(PAUSE).await;
    }
    before.ok_or(ChatError::Malformed(Malformed { command: "AT+CIMI", answer }))
}

/// What it calls itself.
pub(super) async fn names<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Identity, ChatError> {
    Ok(Identity {
        name: name.to_owned(),
        // Until the card has told its own.
        sim: name.to_owned(),
        manufacturer: named(chat, &Manufacturer).await?,
        model: named(chat, &Model).await?,
        revision: named(chat, &Revision).await?,
        serial: named(chat, &Serial).await?,
    })
}

/// What a modem calls itself decides how it is treated: where noise has taken the line that says it, or a modem that has just
/// started refuses or says nothing, it is asked once more.
async fn named<L: AsyncRead + AsyncWrite + Unpin, C: Command>(
    chat: &mut Chat<L>,
    command: &C,
) -> Result<Option<C::Answer>, ChatError> {
    match chat.execute(command).await {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => {
            passed_over(chat, error).await?;
            optional(chat, command).await
        }
    }
}
