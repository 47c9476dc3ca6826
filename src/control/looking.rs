//! What is looked at and not changed, beside the access log that says so.

use chrono::{DateTime, Utc};

use super::answer::Desk;
use super::protocol::Tell;
use super::views;
use crate::desk::{Error, reading, story};

impl Desk<'_> {
    pub(super) async fn show(&self, number: String, now: DateTime<Utc>) -> Result<Tell, Error> {
        let file =
            self.write(move |tx, office, who| reading::show(tx, office, who, &number, now)).await?;
        Ok(Tell::Show(Box::new(views::case_file(file, self.today(now), now))))
    }

    pub(super) async fn story(&self, number: String, now: DateTime<Utc>) -> Result<Tell, Error> {
        let story =
            self.write(move |tx, office, who| story::tell(tx, office, who, &number, now)).await?;
        Ok(Tell::Story(Box::new(views::story(story))))
    }
}
