//! Spans of time as a scenario writes them: `"2.5s"`, `"300ms"`, `"1m 30s"`; `"0s"` is none.

use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;

/// Ten years: clocks can be as wrong as that, and no sum of such times overflows.
const LONGEST: Duration = Duration::from_hours(10 * 365 * 24);

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    parse(&text).ok_or_else(|| {
        D::Error::custom(format!(
            "{text:?} is no time; write it like \"300ms\", \"2.5s\" or \"1m\""
        ))
    })
}

fn parse(text: &str) -> Option<Duration> {
    humantime::parse_duration(text).ok().filter(|time| *time <= LONGEST)
}

pub(crate) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&humantime::format_duration(*time).to_string())
}

/// The same where it may be left out.
pub(crate) mod optional {
    use super::{Deserializer, Duration, Serializer};

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Duration>, D::Error> {
        super::deserialize(from).map(Some)
    }

    #[expect(clippy::ref_option, reason = "serde hands over references to fields")]
    pub(crate) fn serialize<S: Serializer>(
        time: &Option<Duration>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => super::serialize(time, to),
            None => to.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times_are_read_with_and_without_a_point() {
        let millis = |text| parse(text).map(|time| time.as_millis());
        assert_eq!(millis("2.5s"), Some(2500));
        assert_eq!(millis("0.25m"), Some(15_000));
        assert_eq!(millis("1m 30s"), Some(90_000));
        assert_eq!(millis("0s"), Some(0));
        for wrong in ["", "5", "1.s", ".5s", "1.5", "1.5.5s", "soon", "-1s", "99999999999.5h"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }
}
