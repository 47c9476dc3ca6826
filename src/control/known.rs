//! The answer bank on the socket: listed, added to, decided on.

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Desk;
use super::protocol::Tell;
use super::views;
use crate::desk::staff::Officer;
use crate::desk::{Error, Office, bank, reading};
use crate::store::Tx;

/// What a chair decides about a note.
type Decision = fn(&Tx<'_>, &Office, &Officer, i64, DateTime<Utc>) -> Result<(), Error>;

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
        let never_by_sms = views::private(&noted.wording);
        let (note, proposed, specific) = (noted.note, !noted.approved, noted.specific);
        Ok(Tell::Noted { note, proposed, never_by_sms, specific })
    }

    pub(super) async fn decided(
        &self,
        decide: Decision,
        note: i64,
        now: DateTime<Utc>,
    ) -> Result<Tell, Error> {
        let specific = self
            .write(move |tx, office, who| {
                decide(tx, office, who, note, now)?;
                Ok(bank::is_from_specific_data(tx, office, note)?)
            })
            .await?;
        Ok(Tell::Noted { note, proposed: false, never_by_sms: Vec::new(), specific })
    }
}
