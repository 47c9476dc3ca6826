//! The steps of petugas and ketua that take more than a number: arguments to a question.

use clap::Args;

use super::failure::Failure;
use super::input;
use super::words::Words;
use crate::control::protocol::Ask;

/// T3: who gets a ticket.
#[derive(Debug, Args)]
pub struct AssignArguments {
    number: String,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "CATEGORY")]
    category: String,
    #[arg(long = "to", value_name = "USER")]
    member: Option<String>,
}

impl AssignArguments {
    /// # Errors
    /// [`Failure::Usage`] for a category that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let category = input::category(words, &self.category)?.token().to_owned();
        Ok(Ask::Assign { number: self.number, unit: self.unit, category, member: self.member })
    }
}

/// T10: a ticket ends without handling.
#[derive(Debug, Args)]
pub struct CloseArguments {
    number: String,
    #[arg(long, value_name = "REASON")]
    reason: String,
    #[arg(long, value_name = "NUMBER")]
    main: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    party: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    contact: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    words: Option<String>,
}

impl CloseArguments {
    /// # Errors
    /// [`Failure::Usage`] for a reason that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let reason = input::close_reason(words, &self.reason)?.token().to_owned();
        Ok(Ask::Close {
            number: self.number,
            reason,
            main: self.main,
            party: self.party,
            contact: self.contact,
            words: self.words,
        })
    }
}

/// T2: an answer from the answer bank.
#[derive(Debug, Args)]
pub struct AnswerArguments {
    number: String,
    #[arg(long, value_name = "NOTE")]
    note: i64,
    #[arg(long, value_name = "BLANK")]
    fill: Vec<String>,
}

impl AnswerArguments {
    /// # Errors
    /// [`Failure::Usage`] for a `--fill` without a name or a value.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let blanks = self.fill.iter().map(|typed| input::blank(words, typed));
        let blanks = blanks.collect::<Result<Vec<_>, _>>()?;
        Ok(Ask::Answer { number: self.number, note: self.note, blanks })
    }
}
