//! A citizen's telephone: it joins the parts of a long message and shows it whole.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::centre::Carried;
use crate::sms::{Concat, Deliver, parts};

/// Long messages that a phone keeps open at a time; the oldest is given up first.
const UNFINISHED_MAX: usize = 64;

/// A whole message as a phone shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneMessage {
    /// The phone's own number.
    pub to: String,
    /// Who sent it, as the phone shows it.
    pub from: String,
    /// What it says.
    pub text: String,
    /// How many SMS it came in.
    pub parts: usize,
    /// When it was complete, since the beginning.
    pub at: Duration,
}

/// One SMS as it reached a phone; what came twice stands here twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhonePart {
    /// Who sent it, as the phone shows it.
    pub from: String,
    /// When it came, since the beginning.
    pub at: Duration,
    /// The SMS-DELIVER.
    pub tpdu: Vec<u8>,
}

/// Whether the network finds a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Switched on and in coverage.
    #[default]
    On,
    /// Switched off; the centre keeps what is for it.
    Off,
    /// In a call: the centre stops trying at once, for now.
    Busy,
    /// Nobody has this number.
    Unknown,
}

/// A telephone and what the centre keeps for it.
#[derive(Debug, Default)]
pub(super) struct Handset {
    pub(super) reach: Reach,
    /// Messages that wait until it is switched on.
    pub(super) kept: VecDeque<Carried>,
    /// Submissions to this number that the network took.
    pub(super) accepted: usize,
    parts: Vec<PhonePart>,
    unfinished: VecDeque<Unfinished>,
}

/// Some parts of a long message.
#[derive(Debug)]
struct Unfinished {
    from: String,
    /// Its part is that of nobody: 0.
    concat: Concat,
    parts: Vec<Option<Deliver>>,
}

impl Handset {
    /// Everything that came, in order.
    pub(super) fn parts(&self) -> &[PhonePart] {
        &self.parts
    }

    /// Takes an SMS-DELIVER to the number `to`; gives the message once it is whole.
    pub(super) fn receive(&mut self, to: &str, tpdu: &[u8], at: Duration) -> Option<PhoneMessage> {
        let deliver = Deliver::decode(tpdu).ok()?;
        let from = deliver.originator.number().to_owned();
        self.parts.push(PhonePart { from: from.clone(), at, tpdu: tpdu.to_vec() });
        let whole = match deliver.concat().filter(|concat| concat.is_valid()) {
            Some(concat) => self.join(&from, concat, deliver)?,
            None => vec![Some(deliver)],
        };
        let text = parts::join(&whole.iter().map(Option::as_ref).collect::<Vec<_>>());
        Some(PhoneMessage { to: to.to_owned(), from, text, parts: whole.len(), at })
    }

    /// All parts of the message that `deliver` completes.
    fn join(
        &mut self,
        from: &str,
        concat: Concat,
        deliver: Deliver,
    ) -> Option<Vec<Option<Deliver>>> {
        let message = Concat { part: 0, ..concat };
        let known = self
            .unfinished
            .iter()
            .position(|unfinished| unfinished.concat == message && unfinished.from == from);
        let place = known.unwrap_or_else(|| {
            if self.unfinished.len() == UNFINISHED_MAX {
                self.unfinished.pop_front();
            }
            let parts = vec![None; usize::from(concat.total)];
            self.unfinished.push_back(Unfinished { from: from.to_owned(), concat: message, parts });
            self.unfinished.len() - 1
        });
        let parts = &mut self.unfinished.get_mut(place)?.parts;
        *parts.get_mut(usize::from(concat.part).checked_sub(1)?)? = Some(deliver);
        if parts.iter().any(Option::is_none) {
            return None;
        }
        self.unfinished.remove(place).map(|whole| whole.parts)
    }
}
