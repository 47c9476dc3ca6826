//! The answer bank on the socket: listed, added to, decided on.

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Desk;
use super::protocol::Tell;
use super::views;
use crate::desk::{Error, bank, reading};

impl Desk<'_> {
    pub(super) async fn known(
        &self,
        unit: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Tell, Error> {
        let notes = self
            .read(move |tx, office, who| reading::known(tx, office, who, unit.as_deref()))
            .await?;
        let today = self.today(now);
        let notes = notes.into_iter().map(|note| views::note(note, today)).collect();
        Ok(Tell::Known { notes })
    }

    pub(super) async fn known_add(
        &self,
        (number, matter, wording, until): (String, String, Option<String>, Option<NaiveDate>),
        now: DateTime<Utc>,
    ) -> Result<Tell, Error> {
        let noted = self
            .write(move |tx, office, who| {
                let entry = (&*number, &*matter, wording.as_deref(), until);
                bank::remember(tx, office, who, entry, now)
            })
            .await?;
        Ok(views::noted(&noted, &self.context.office))
    }

    pub(super) async fn known_approve(&self, note: i64, now: DateTime<Utc>) -> Result<Tell, Error> {
        let noted =
            self.write(move |tx, office, who| bank::approve(tx, office, who, note, now)).await?;
        Ok(views::noted(&noted, &self.context.office))
    }

    /// What is out of use costs nobody anything, and is read by nobody.
    pub(super) async fn known_withdraw(
        &self,
        note: i64,
        now: DateTime<Utc>,
    ) -> Result<Tell, Error> {
        self.write(move |tx, office, who| bank::forget(tx, office, who, note, now)).await?;
        let (never_by_sms, foreign) = (Vec::new(), String::new());
        Ok(Tell::Noted { note, proposed: false, never_by_sms, foreign, specific: false })
    }
}
