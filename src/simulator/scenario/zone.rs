//! A zone as a scenario writes it: `"+07:00"`.

use chrono::FixedOffset;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<FixedOffset, D::Error> {
    let text = String::deserialize(from)?;
    text.parse()
        .map_err(|_| D::Error::custom(format!("{text:?} is no zone; write it like \"+07:00\"")))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references to fields")]
pub(crate) fn serialize<S: Serializer>(zone: &FixedOffset, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(zone)
}

/// The same where it may be left out.
pub(crate) mod optional {
    use super::{Deserializer, FixedOffset, Serializer};

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<FixedOffset>, D::Error> {
        super::deserialize(from).map(Some)
    }

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands over references to fields"
    )]
    pub(crate) fn serialize<S: Serializer>(
        zone: &Option<FixedOffset>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match zone {
            Some(zone) => super::serialize(zone, to),
            None => to.serialize_none(),
        }
    }
}
