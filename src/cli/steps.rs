//! The steps of petugas and ketua that take more than a number: arguments to a question.

use clap::Args;

use super::failure::Failure;
use super::input;
use super::words::Words;
use crate::control::protocol::Ask;
use crate::ticket::CloseReason;

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
    #[arg(long = "copy", alias = "tembusan", value_name = "UNIT", value_delimiter = ',')]
    copies: Vec<String>,
}

impl AssignArguments {
    /// # Errors
    /// [`Failure::Usage`] for a category that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let category = input::category(words, &self.category)?.token().to_owned();
        // Who says nothing of copies leaves them as they are.
        let copies = Some(self.copies).filter(|copies| !copies.is_empty());
        let (number, unit, member) = (self.number, self.unit, self.member);
        Ok(Ask::Assign { number, unit, category, member, copies })
    }
}

/// Which units get a copy.
#[derive(Debug, Args)]
pub struct CopyArguments {
    number: String,
    #[arg(value_name = "UNIT", value_delimiter = ',', required_unless_present = "none")]
    units: Vec<String>,
    #[arg(long, conflicts_with = "units")]
    none: bool,
}

impl CopyArguments {
    pub fn ask(self) -> Ask {
        Ask::Copy { number: self.number, units: self.units }
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

/// T10, for the reason that is asked for most: the same matter as another ticket.
pub fn merge(number: String, main: String) -> Ask {
    Ask::Close {
        number,
        reason: CloseReason::Duplicate.token().to_owned(),
        main: Some(main),
        party: None,
        contact: None,
        words: None,
    }
}

/// T8: a case of the closed path goes to the authorised body.
#[derive(Debug, Args)]
pub struct HandOverArguments {
    number: String,
    #[arg(long = "to", value_name = "TEXT", allow_hyphen_values = true)]
    body: String,
    #[arg(long, value_name = "LETTER", allow_hyphen_values = true)]
    letter: String,
    #[arg(long, value_name = "DATE")]
    date: String,
}

impl HandOverArguments {
    /// # Errors
    /// [`Failure::Usage`] for a date that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let date = input::date(words, &self.date)?;
        Ok(Ask::HandOver { number: self.number, body: self.body, letter: self.letter, date })
    }
}

/// T9: a case of the closed path is an ordinary complaint.
#[derive(Debug, Args)]
pub struct NotEthicsArguments {
    number: String,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: String,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    #[arg(long = "to", value_name = "USER")]
    member: Option<String>,
}

impl NotEthicsArguments {
    /// # Errors
    /// [`Failure::Usage`] for a category that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let category = self.category.map(|typed| input::category(words, &typed)).transpose()?;
        Ok(Ask::NotEthics {
            number: self.number,
            reason: self.reason,
            unit: self.unit,
            category: category.map(|category| category.token().to_owned()),
            member: self.member,
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
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
}

impl AnswerArguments {
    /// # Errors
    /// [`Failure::Usage`] for a `--fill` without a name or a value, or a category that is none.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        let blanks = self.fill.iter().map(|typed| input::blank(words, typed));
        let blanks = blanks.collect::<Result<Vec<_>, _>>()?;
        let category = self.category.map(|typed| input::category(words, &typed)).transpose()?;
        let category = category.map(|category| category.token().to_owned());
        Ok(Ask::Answer { number: self.number, note: self.note, blanks, category, unit: self.unit })
    }
}
