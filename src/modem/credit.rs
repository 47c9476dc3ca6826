//! The credit ("pulsa") of a card: its network is asked for it by USSD while there is nothing else to do, never oftener than
//! the configuration says, over restarts too.

use std::time::Duration;

use chrono::{DateTime, Utc};
use regex_lite::Regex;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::SessionError;
use super::orders::Outcome;
use super::session::Session;
use crate::at::command::UssdText;
use crate::clock;
use crate::desk::cards::MISSES_MAX;
use crate::store::{Fault, Store, cards};

/// Shortest time between two questions: networks may take more for abuse.
pub const EVERY_MIN: Duration = Duration::from_hours(6);

/// How the credit of a modem's card is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditConfig {
    /// What is dialled.
    pub code: UssdText,
    /// What finds the figure in the answer.
    pub pattern: Pattern,
    /// Rupiah; less is a warning.
    pub low: i64,
    /// Time between two questions, at least [`EVERY_MIN`].
    pub every: Duration,
}

/// A regular expression with one group, which finds a figure in Rupiah.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// Not a pattern for a figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPattern {
    /// No regular expression.
    #[error("{0}")]
    Syntax(String),
    /// None or several groups.
    #[error("{0} groups in place of one, which finds the figure; others begin with (?:")]
    Groups(usize),
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// The first amount behind the word for credit, in the same line.
    pub const USUAL: &str = r"(?i)(?:pulsa|saldo)[^\n]{0,40}?rp[. ]*([0-9][0-9.,]*)";

    /// Reads a pattern.
    ///
    /// # Errors
    /// [`NotAPattern`].
    pub fn parse(pattern: &str) -> Result<Self, NotAPattern> {
        let pattern =
            Regex::new(pattern).map_err(|error| NotAPattern::Syntax(error.to_string()))?;
        // The whole match counts as one.
        match pattern.captures_len().saturating_sub(1) {
            1 => Ok(Self(pattern)),
            groups => Err(NotAPattern::Groups(groups)),
        }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The figure in a text, in Rupiah.
    pub fn find(&self, text: &str) -> Option<i64> {
        rupiah(self.0.captures(text)?.get(1)?.as_str())
    }
}

/// A figure as Indonesians and networks write it: `12500`, `12.500`, `12.500,00`, `12,500.00`; what is less than a Rupiah is
/// cut off. Nothing where the separators make no figure.
fn rupiah(figure: &str) -> Option<i64> {
    let figure = figure.trim_end_matches(['.', ',']);
    let is_separator = |sign: char| matches!(sign, '.' | ',');
    let signs: Vec<char> = figure.chars().filter(|sign| is_separator(*sign)).collect();
    let mut groups: Vec<&str> = figure.split(is_separator).collect();
    let differs = matches!(signs.as_slice(), [first, .., last] if first != last);
    // Three digits behind the last separator are thousands, unless another sign has parted these before.
    if groups.len() > 1 && (differs || groups.last().is_some_and(|last| last.len() < 3)) {
        groups.pop();
    }
    let thousands = signs.get(..groups.len().saturating_sub(1))?;
    let (first, others) = groups.split_first()?;
    let fits = others.is_empty()
        || (1..=3).contains(&first.len())
            && others.iter().all(|group| group.len() == 3)
            && thousands.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
    let digits = groups.concat();
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    if fits && is_number { digits.parse().ok() } else { None }
}

/// A card whose credit is asked for.
#[derive(Debug)]
pub(super) struct Account {
    config: CreditConfig,
    due: Instant,
}

impl Account {
    /// The account of this card, where it is to be asked for.
    pub(super) async fn of(
        config: Option<&CreditConfig>,
        store: &Store,
        sim: &str,
    ) -> Result<Option<Self>, Fault> {
        let Some(config) = config.cloned() else { return Ok(None) };
        let sim = sim.to_owned();
        let known = store.read(move |tx| cards::credit(tx, &sim)).await?;
        let due = Instant::now() + pause(known.tried_at, config.every, clock::now());
        Ok(Some(Self { config, due }))
    }

    /// Brings the next question forward, as far as a network may bear it.
    pub(super) fn hasten(&mut self) {
        let ahead = self.config.every.saturating_sub(EVERY_MIN);
        let now = Instant::now();
        self.due = self.due.checked_sub(ahead).unwrap_or(now).min(self.due);
    }

    /// Whether this is the code that asks for the credit.
    pub(super) fn is_asked_by(&self, code: &UssdText) -> bool {
        self.config.code == *code
    }
}

/// How long a card is still left alone. A last try that lies ahead of the clock is taken for one of this moment.
fn pause(tried_at: Option<DateTime<Utc>>, every: Duration, now: DateTime<Utc>) -> Duration {
    tried_at.map_or(Duration::ZERO, |tried_at| {
        every.saturating_sub((now - tried_at).to_std().unwrap_or_default())
    })
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// When the credit is to be asked for, if at all.
    pub(super) fn credit_at(&self) -> Option<Instant> {
        let account = self.account.as_ref()?;
        (self.ready.registered && self.dialled.is_none()).then_some(account.due)
    }

    /// Asks for the credit where it is time; whether it was.
    pub(super) async fn ask_credit(&mut self) -> Result<bool, SessionError> {
        if self.credit_at().is_none_or(|at| at > Instant::now()) {
            return Ok(false);
        }
        let Some(account) = &self.account else { return Ok(false) };
        let code = account.config.code.clone();
        self.dial(code, None).await?;
        Ok(true)
    }

    /// The credit is about to be asked for, by whomever: that is on the disk first, so that no crash asks twice.
    pub(super) async fn note_credit_tried(&mut self) -> Result<(), Fault> {
        let Some(account) = &mut self.account else { return Ok(()) };
        account.due = Instant::now() + account.config.every;
        let sim = self.ready.identity.sim.clone();
        self.store.write(move |tx| cards::credit_tried(tx, &sim, clock::now())).await
    }

    /// The network's words about the credit came, or an error in their place.
    pub(super) async fn note_credit(&mut self, outcome: &Outcome) -> Result<(), Fault> {
        let Some(Account { config, .. }) = &self.account else { return Ok(()) };
        let sim = self.ready.identity.sim.clone();
        let why = match outcome {
            Ok(lines) => {
                let text = lines.join("\n");
                if let Some(rupiah) = config.pattern.find(&text) {
                    let low = config.low;
                    return self.note_figure(low, rupiah).await;
                }
                // The words may hold the card's number.
                let characters = text.chars().count();
                format!("the pattern finds no figure in the answer of {characters} characters")
            }
            Err(refusal) => refusal.to_string(),
        };
        let misses = self.store.write(move |tx| cards::credit_missed(tx, &sim)).await?;
        if misses == MISSES_MAX {
            tracing::warn!(why, "the credit could not be read twice in a row");
        } else {
            tracing::info!(why, "the credit could not be read");
        }
        Ok(())
    }

    async fn note_figure(&mut self, low: i64, rupiah: i64) -> Result<(), Fault> {
        let sim = self.ready.identity.sim.clone();
        let noted = self.store.write(move |tx| {
            let before = cards::credit(tx, &sim)?.rupiah;
            cards::credit_read(tx, &sim, rupiah, clock::now())?;
            Ok::<_, Fault>(before)
        });
        let was_low = noted.await?.is_some_and(|before| before < low);
        match (rupiah < low, was_low) {
            (true, false) => tracing::error!(rupiah, low, "the card is short of credit: top it up"),
            (false, true) => tracing::info!(rupiah, "the card has credit again"),
            (true, true) | (false, false) => tracing::info!(rupiah, "the credit of the card"),
        }
        if rupiah >= low && self.past.has_credit() {
            tracing::info!("texts are not refused for want of credit: the card goes on sending");
            self.show();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_with_the_separators_of_both_styles() {
        for (figure, expected) in [
            ("12500", 12_500),
            ("12.500", 12_500),
            ("12.500,00", 12_500),
            ("12,500.00", 12_500),
            ("12,500", 12_500),
            ("12500,00", 12_500),
            ("12500.5", 12_500),
            ("12.500.", 12_500),
            ("12.500,", 12_500),
            ("12.500.00", 12_500),
            ("12.500,000", 12_500),
            ("1.234.567", 1_234_567),
            ("1,234,567.89", 1_234_567),
            ("0", 0),
            ("0,00", 0),
            ("999", 999),
        ] {
            assert_eq!(rupiah(figure), Some(expected), "{figure}");
        }
        for figure in [
            "",
            ".",
            "1.2.500",
            "12.5000",
            "1234.567",
            "1.234,567.89",
            "12..500",
            "9".repeat(40).as_str(),
        ] {
            assert_eq!(rupiah(figure), None, "{figure}");
        }
    }

    #[test]
    fn the_usual_pattern_finds_what_the_networks_of_indonesia_say() {
        let usual = Pattern::parse(Pattern::USUAL).unwrap();
        for (text, expected) in [
            ("Pulsa Rp25.000 s.d. 30/11", Some(25_000)),
            ("Sisa pulsa Anda Rp. 10.500,masa aktif s/d 20 Feb 2027", Some(10_500)),
            ("PULSA IM3 ANDA RP.7.950 AKTIF S.D 17.12.2026", Some(7_950)),
            ("Saldo: Rp 12500\n1. Beli paket Rp15.000", Some(12_500)),
            // The amount of an offer is no credit.
            ("1. Cek pulsa\n2. Paket 5GB Rp15.000", None),
            ("Terima kasih", None),
        ] {
            assert_eq!(usual.find(text), expected, "{text}");
        }
    }

    #[test]
    fn a_pattern_has_one_group() {
        let own = Pattern::parse(r"Sisa(?: Anda)? ([0-9.]+) rupiah").unwrap();
        assert_eq!(own.find("Sisa Anda 1.500 rupiah"), Some(1_500));
        assert_eq!(Pattern::parse("Rp[0-9]+"), Err(NotAPattern::Groups(0)));
        assert_eq!(Pattern::parse("(Rp)([0-9]+)"), Err(NotAPattern::Groups(2)));
        assert!(matches!(Pattern::parse("Rp([0-9"), Err(NotAPattern::Syntax(_))));
    }

    #[test]
    fn a_card_is_left_alone_for_as_long_as_it_is_to_be() {
        let now = Utc::now();
        let hours = |hours: i64| Some(now - chrono::TimeDelta::hours(hours));
        let day = Duration::from_hours(24);
        assert_eq!(pause(None, day, now), Duration::ZERO);
        assert_eq!(pause(hours(5), day, now), Duration::from_hours(19));
        assert_eq!(pause(hours(30), day, now), Duration::ZERO);
        // The clock was set back.
        assert_eq!(pause(hours(-400), day, now), day);
    }
}
