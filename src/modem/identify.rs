//! Who a modem is, and whose card is in it.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use super::bring_up::passed_over;
use super::chat::{Chat, ChatError};
use crate::at::command::{Imsi, Manufacturer, Model, Revision, Serial, Setting};
use crate::at::{Command, Failure, Malformed};
use crate::store::modems::Identity;

/// How long nothing is asked after each time that it was asked, where its answers are late: what is on its way comes, and belongs to
/// nobody. Each time begins with a setting of its own, [`Setting::ALL`].
const PAUSES: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(4),
    Duration::from_secs(10),
    Duration::from_secs(20),
    Duration::from_secs(1),
];

/// What it calls itself, and the card's own number once that was told twice running; without one the card goes by the modem's
/// name. The number is part of every message's identity: under another one a message that is read again would be another message,
/// and an answer that is late, such as the serial number of as many digits, would be taken for it.
///
/// Answers come in the order of their questions. So a setting is asked for first that was not asked for before: when it has told that,
/// no older answer is on its way. Where something was answered by nothing after that, or by what was none of its answers, where it does
/// not tell such a setting, and where it does not name maker and model, which tell its family, it is asked until it says the same once
/// more.
///
/// # Errors
/// [`ChatError`]; [`ChatError::Malformed`] where its answers stay late and it never says the same twice.
pub(super) async fn identify<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Identity, ChatError> {
    identified(chat, name, PAUSES).await
}

async fn identified<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
    pauses: [Duration; Setting::ALL.len()],
) -> Result<Identity, ChatError> {
    let (mut before, mut in_order, mut answer) = (None, None, None);
    for (setting, pause) in Setting::ALL.iter().zip(pauses) {
        let mut asking = Asking { chat, in_order: true };
        let is_told = asking.ask(setting).await?.is_some();
        // Refused, it says nothing of the others; anything else is late.
        if asking.in_order {
            let mut identity = asking.names(name).await?;
            answer = asking.ask(&Imsi).await?;
            let is_same = answer.is_none() || asking.ask(&Imsi).await? == answer;
            if is_same && (answer.is_none() || answer != identity.serial) {
                let is_named = answer.is_none()
                    || (identity.manufacturer.is_some() && identity.model.is_some());
                identity.sim.clone_from(answer.as_ref().unwrap_or(&identity.name));
                if (is_told && asking.in_order && is_named) || before.as_ref() == Some(&identity) {
                    return Ok(identity);
                }
                in_order = asking.in_order.then(|| identity.clone()).or(in_order);
                before = Some(identity);
            } else {
                before = None;
            }
        }
        tracing::debug!("its answers are late, or missing: it is asked anew");
        tokio::time::sleep(pause).await;
    }
    let answer = answer.unwrap_or_default();
    in_order.ok_or(ChatError::Malformed(Malformed { command: "AT+CIMI", answer }))
}

/// What it calls itself.
pub(super) async fn names<L: AsyncRead + AsyncWrite + Unpin>(
    chat: &mut Chat<L>,
    name: &str,
) -> Result<Identity, ChatError> {
    Asking { chat, in_order: true }.names(name).await
}

/// One question after another.
struct Asking<'c, L> {
    chat: &'c mut Chat<L>,
    /// Each had an answer that could be its own, or was refused.
    in_order: bool,
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
                self.in_order &= matches!(error.failure(), Some(Failure::Refused { .. }));
                passed_over(self.chat, error).await?;
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

    use super::*;

    const IMSI: &str = "510101234567890";
    const IMEI: &str = "861234050000017";

    /// What was asked before, and may be answered only now.
    const ASKED: [&str; 14] = [
        "AT+CIMI", "AT+CFUN?", "AT+CGMI", "AT+CGMI", "AT+CGMM", "AT+CGMR", "AT+CGMR", "AT+CGSN",
        "AT+CGSN", "AT+CIMI", "AT+CIMI", "AT+CGMI", "AT+CGSN", "AT+CGSN",
    ];

    fn answer(command: &str, refused: &str) -> String {
        let line = match command {
            _ if command == refused || command.ends_with(refused) && refused == "?" => {
                return "\r\nERROR\r\n".to_owned();
            }
            "AT+CGMI" => "huawei",
            "AT+CGMM" => "E1752",
            "AT+CGMR" => "11.126.13.00.00",
            "AT+CGSN" => IMEI,
            "AT+CIMI" => IMSI,
            "AT+CMEE?" => "+CMEE: 1",
            "AT+CSCS?" => "+CSCS: \"GSM\"",
            "AT+CMGF?" => "+CMGF: 0",
            "AT+CNMI?" => "+CNMI: 2,1,0,1,0",
            "AT+CSMS?" => "+CSMS: 0,1,1,1",
            _ => return "\r\nOK\r\n".to_owned(),
        };
        format!("\r\n{line}\r\n\r\nOK\r\n")
    }

    /// A modem that answers at each command what was asked `behind` commands before, and all the rest when nothing was asked for a
    /// while.
    async fn lags(mut line: DuplexStream, behind: usize, refused: &'static str) {
        const WHILE: Duration = Duration::from_millis(12);
        let asked = ASKED.iter().rev().take(behind).rev();
        let mut late: VecDeque<String> = asked.map(|command| answer(command, refused)).collect();
        let mut typed = String::new();
        loop {
            let count = match tokio::time::timeout(WHILE, line.read_u8()).await {
                Ok(Ok(b'\r')) => {
                    late.push_back(answer(&std::mem::take(&mut typed), refused));
                    1
                }
                Ok(Ok(octet)) => {
                    typed.push(char::from(octet));
                    0
                }
                Ok(Err(_)) => return,
                Err(_) => late.len(),
            };
            for answer in late.drain(..count) {
                line.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    }

    async fn told(behind: usize, refused: &'static str) -> Identity {
        let (line, modem) = tokio::io::duplex(4096);
        tokio::spawn(lags(modem, behind, refused));
        let pauses = [10, 40, 100, 200, 10].map(Duration::from_millis);
        identified(&mut Chat::new(line), "modem-1", pauses).await.unwrap()
    }

    #[tokio::test]
    async fn answers_that_are_late_by_any_number_of_commands_are_nobody_elses() {
        for behind in 0..=ASKED.len() {
            let identity = told(behind, "").await;
            let names = [&identity.manufacturer, &identity.model, &identity.serial];
            let names = names.map(|name| name.as_deref().unwrap_or_default());
            assert_eq!(names, ["huawei", "E1752", IMEI], "{behind}");
            assert_eq!(identity.sim, IMSI, "{behind}");
        }
    }

    #[tokio::test]
    async fn what_a_modem_refuses_to_say_is_no_reason_to_ask_for_ever() {
        for behind in 0..=ASKED.len() {
            let identity = told(behind, "AT+CGSN").await;
            assert_eq!((identity.sim.as_str(), identity.serial), (IMSI, None), "{behind}");
        }
        for behind in 0..=ASKED.len() {
            assert_eq!(told(behind, "?").await.sim, IMSI, "{behind}");
        }
        let identity = told(0, "AT+CIMI").await;
        assert_eq!((identity.sim.as_str(), identity.serial.as_deref()), ("modem-1", Some(IMEI)));
    }
}
