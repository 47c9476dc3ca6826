//! What an admin has a modem do: who may is the desk's word, how it is done the modem's.

use std::pin::Pin;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::answer::Desk;
use super::protocol::{Ailment, Tell};
use super::trouble::Problem;
use crate::desk::{Error, modems};

/// Characters of an order that the access log keeps: longer than any that is carried out.
const NOTED_CHARS: usize = 200;

/// What a modem is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// To serve again.
    Enable,
    /// To close its port and to serve no more.
    Disable,
    /// To restart.
    Reset,
    /// To answer a line that asks something.
    At(String),
    /// To dial a USSD code.
    Ussd(String),
}

/// Why a modem did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It is not in service; its state, a token.
    NotInService(&'static str),
    /// Others wait, or its turn did not come in time.
    Busy,
    /// The line could change something.
    NotByHand,
    /// The code cannot be dialled.
    NotACode,
    /// The code would change the card's PIN.
    PinCode,
    /// Modem or network said no, or nothing.
    ByModem {
        /// Why, in English.
        words: String,
        /// Why, for whoever reads something else.
        cause: Ailment,
    },
}

/// What comes of an order: lines to read.
pub type Outcome = Pin<Box<dyn Future<Output = Result<Vec<String>, Refused>> + Send>>;

/// The way to the modems; `None` where there is none of that name.
pub type Orders = Arc<dyn Fn(&str, Order) -> Option<Outcome> + Send + Sync>;

impl Order {
    /// As the access log has it.
    fn noted(&self, name: &str) -> String {
        let noted = match self {
            Self::Enable => format!("enable {name}"),
            Self::Disable => format!("disable {name}"),
            Self::Reset => format!("reset {name}"),
            Self::At(line) => format!("at {name} {}", without_pins(line)),
            Self::Ussd(code) => format!("ussd {name} {}", without_pins(code)),
        };
        noted.chars().take(NOTED_CHARS).collect()
    }
}

/// What was typed without the PINs that may stand in it, although none of that is ever carried out: behind a command that takes
/// one, and behind `**04` and its kin.
fn without_pins(typed: &str) -> String {
    const TAKE_PINS: [&str; 3] = ["CPIN", "CLCK", "CPWD"];
    if let Some((name, _)) = typed.split_once('=')
        && TAKE_PINS.iter().any(|takes| name.to_ascii_uppercase().contains(takes))
    {
        return format!("{name}=…");
    }
    match typed.strip_prefix("**0") {
        Some(rest) => format!("**0{}…", rest.chars().next().unwrap_or_default()),
        None => typed.to_owned(),
    }
}

/// Has a modem do something. First it is noted who wants it; then it is done.
pub(super) async fn carry_out(
    desk: &Desk<'_>,
    name: String,
    order: Order,
    now: DateTime<Utc>,
) -> Result<Tell, Problem> {
    let (_, files) = (desk.context.status)();
    let is_known = files.iter().any(|file| file.modem.name == name);
    let switch = match &order {
        Order::Enable => Some(true),
        Order::Disable => Some(false),
        Order::Reset | Order::At(_) | Order::Ussd(_) => None,
    };
    let (noted, whom) = (order.noted(&name), name.clone());
    desk.write(move |tx, _, who| match switch {
        // A name that nobody has is not remembered for whoever comes to have it.
        Some(on) if is_known => modems::switch(tx, who, (&whom, on), now),
        Some(_) | None => modems::order(tx, who, &noted, now),
    })
    .await?;
    let answers = matches!(order, Order::At(_) | Order::Ussd(_));
    let typed = match &order {
        Order::At(text) | Order::Ussd(text) => text.clone(),
        Order::Enable | Order::Disable | Order::Reset => String::new(),
    };
    let Some(outcome) = (desk.context.orders)(&name, order) else {
        return Err(Problem::NoSuchModem { name });
    };
    match outcome.await {
        Ok(lines) if answers => Ok(Tell::ModemSaid { name, lines }),
        Ok(_) => Ok(Tell::ModemDone { name }),
        Err(Refused::NotInService(state)) => Err(Problem::ModemNotInService { name, state }),
        Err(Refused::Busy) => Err(Problem::ModemBusy { name }),
        Err(Refused::NotByHand) => Err(Problem::NotByHand { line: typed }),
        Err(Refused::NotACode) => Err(Error::Invalid { what: "USSD code", value: typed }.into()),
        Err(Refused::PinCode) => {
            Err(Error::Invalid { what: "PIN code", value: without_pins(&typed) }.into())
        }
        Err(Refused::ByModem { words, cause }) => Err(Problem::ModemRefused { name, words, cause }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pin_is_noted() {
        let noted = |order: Order| order.noted("m");
        assert_eq!(noted(Order::Ussd("**04*1234*9999*9999#".to_owned())), "ussd m **04…");
        assert_eq!(noted(Order::Ussd("*888#".to_owned())), "ussd m *888#");
        assert_eq!(noted(Order::At("at+cpin=\"1234\"".to_owned())), "at m at+cpin=…");
        assert_eq!(noted(Order::At("AT+CLCK=\"SC\",0,\"1\"".to_owned())), "at m AT+CLCK=…");
        assert_eq!(noted(Order::At("AT+COPS=0".to_owned())), "at m AT+COPS=0");
        assert_eq!(noted(Order::At("AT+CPIN?".to_owned())), "at m AT+CPIN?");
    }
}
