//! The steps of a ticket, each a job for the database: what an ask holds goes to the use case as it is.

use chrono::{DateTime, Utc};

use super::answer::{Desk, token};
use crate::desk::closing::{self, Closing};
use crate::desk::drafting::{self, Proposal};
use crate::desk::officer::{self, Destination, Done};
use crate::desk::sealing::{self, Cover};
use crate::desk::staff::Officer;
use crate::desk::{Error, Office, bank};
use crate::store::Tx;
use crate::ticket::Category;

/// A step that needs the ticket's number and nothing else.
type Plain = fn(&Tx<'_>, &Office, &Officer, &str, DateTime<Utc>) -> Result<Done, Error>;

/// A step that needs a number and a sentence: a reason, a question.
type Worded = fn(&Tx<'_>, &Office, &Officer, (&str, &str), DateTime<Utc>) -> Result<Done, Error>;

impl Desk<'_> {
    pub(super) async fn plain(
        &self,
        deed: Plain,
        number: String,
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        self.write(move |tx, office, who| deed(tx, office, who, &number, now)).await
    }

    pub(super) async fn worded(
        &self,
        deed: Worded,
        (number, said): (String, String),
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        self.write(move |tx, office, who| deed(tx, office, who, (&number, &said), now)).await
    }

    pub(super) async fn assign(
        &self,
        (number, unit, category, member): (String, Option<String>, String, Option<String>),
        copies: Option<Vec<String>>,
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        let category = Some(token("category", &category, Category::from_token)?);
        self.write(move |tx, office, who| {
            let (unit, member) = (unit.as_deref(), member.as_deref());
            let to = Destination { unit, category, member, copies: copies.as_deref() };
            officer::assign(tx, office, who, (&number, &to), now)
        })
        .await
    }

    pub(super) async fn propose(
        &self,
        number: String,
        proposal: Proposal,
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        self.write(move |tx, office, who| {
            drafting::propose(tx, office, who, &number, &proposal, now)
        })
        .await
    }

    pub(super) async fn close(
        &self,
        number: String,
        closing: Closing,
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        self.write(move |tx, office, who| closing::close(tx, office, who, (&number, &closing), now))
            .await
    }

    pub(super) async fn restrict(
        &self,
        (number, indication, concerns): (String, String, Vec<String>),
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        self.write(move |tx, office, who| {
            sealing::restrict(tx, office, who, (&number, &indication, &concerns), now)
        })
        .await
    }

    pub(super) async fn concern(
        &self,
        number: String,
        concerns: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        self.write(move |tx, office, who| {
            sealing::concern(tx, office, who, (&number, &concerns), now)
        })
        .await
    }

    pub(super) async fn hand_over(
        &self,
        number: String,
        cover: Cover,
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        self.write(move |tx, office, who| {
            sealing::hand_over(tx, office, who, (&number, &cover), now)
        })
        .await
    }

    pub(super) async fn unrestrict(
        &self,
        number: String,
        reason: String,
        (unit, category, member): (Option<String>, Option<String>, Option<String>),
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        let category =
            category.map(|typed| token("category", &typed, Category::from_token)).transpose()?;
        self.write(move |tx, office, who| {
            let (unit, member) = (unit.as_deref(), member.as_deref());
            let to = Destination { unit, category, member, copies: None };
            sealing::unrestrict(tx, office, who, (&number, &reason, &to), now)
        })
        .await
    }

    pub(super) async fn answer(
        &self,
        (number, note): (String, i64),
        (blanks, category, unit): (Vec<(String, String)>, Option<String>, Option<String>),
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        let category =
            category.map(|typed| token("category", &typed, Category::from_token)).transpose()?;
        self.write(move |tx, office, who| {
            let unit = unit.as_deref();
            let taking = bank::Taking { note, blanks: &blanks, category, unit };
            bank::answer(tx, office, who, (&number, &taking), now)
        })
        .await
    }
}
