//! What is looked at and not changed, beside the access log that says so.

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::{Desk, token};
use super::protocol::Tell;
use super::views;
use crate::desk::letter::{self, Known};
use crate::desk::search::{self, Search};
use crate::desk::{Error, reading, story};
use crate::ticket::Stage;

impl Desk<'_> {
    pub(super) async fn show(&self, number: String, now: DateTime<Utc>) -> Result<Tell, Error> {
        let file =
            self.write(move |tx, office, who| reading::show(tx, office, who, &number, now)).await?;
        Ok(Tell::Show(Box::new(views::case_file(file, self.place(), now))))
    }

    pub(super) async fn story(&self, number: String, now: DateTime<Utc>) -> Result<Tell, Error> {
        let story =
            self.write(move |tx, office, who| story::tell(tx, office, who, &number, now)).await?;
        Ok(Tell::Story(Box::new(views::story(story, self.place(), now))))
    }

    pub(super) async fn letter(
        &self,
        number: String,
        known: Known,
        now: DateTime<Utc>,
    ) -> Result<Tell, Error> {
        let letter = self
            .write(move |tx, office, who| letter::make(tx, office, who, (&number, known), now))
            .await?;
        Ok(Tell::Letter(Box::new(views::letter(letter, self.place().0))))
    }

    pub(super) async fn search(
        &self,
        (words, unit, stage, phone): (String, Option<String>, Option<String>, Option<String>),
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
        now: DateTime<Utc>,
    ) -> Result<Tell, Error> {
        let stage = stage.map(|typed| token("stage", &typed, Stage::from_token)).transpose()?;
        let wanted = Search { words, unit, stage, from, to, phone };
        let noted = wanted.clone();
        self.write(move |tx, office, who| search::note(tx, office, who, &noted, now)).await?;
        let found =
            self.read(move |tx, office, who| search::search(tx, office, who, &wanted, now)).await?;
        let tickets =
            found.tickets.iter().map(|ticket| views::line(ticket, self.place(), now)).collect();
        Ok(Tell::Found { tickets, more: found.more })
    }
}
