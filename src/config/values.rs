//! Single values of the configuration, each with an error that says how it is written.

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error};

use crate::at::command::UssdText;
use crate::calendar::{Span, Zone};
use crate::modem::credit::Pattern;
use crate::modem::{Found, Receive};
use crate::phone::{PhoneNumber, Prefix};
use crate::sms::Language;

pub(super) use std::time::Duration;

/// `"30s"`, `"10m"`, `"5h"`, `"1day"`; never nothing.
pub(super) fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    match humantime::parse_duration(&text) {
        Ok(length) if !length.is_zero() => Ok(length),
        Ok(_) => Err(D::Error::custom("a time must be longer than nothing")),
        Err(error) => Err(D::Error::custom(format!(
            "{text:?} is no time ({error}); write it like \"30s\", \"10m\", \"5h\" or \"1day\""
        ))),
    }
}

/// `"07.00-20.00"`.
pub(super) fn span<'de, D: Deserializer<'de>>(from: D) -> Result<Span, D::Error> {
    let text = String::deserialize(from)?;
    Span::parse(&text).ok_or_else(|| D::Error::custom(not_hours(&text)))
}

/// How hours are written.
pub(super) fn not_hours(text: &str) -> String {
    format!("{text:?} are no hours; write them like \"07.30-16.00\"")
}

/// `"WIB"` and its kin.
pub(super) fn zone<'de, D: Deserializer<'de>>(from: D) -> Result<Zone, D::Error> {
    let text = String::deserialize(from)?;
    Zone::from_name(&text).ok_or_else(|| {
        D::Error::custom(format!(
            "{text:?} is no zone of Indonesia; write \"WIB\", \"WITA\" or \"WIT\""
        ))
    })
}

/// A telephone number in any spelling.
pub(super) fn optional_number<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<PhoneNumber>, D::Error> {
    let text = String::deserialize(from)?;
    PhoneNumber::parse(&text).map(Some).map_err(|_| {
        D::Error::custom(format!(
            "{text:?} is no telephone number; write it like \"+6281234567890\""
        ))
    })
}

/// How telephone numbers begin, in any spelling.
pub(super) fn prefixes<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Prefix>, D::Error> {
    let read = |text: &String| {
        Prefix::parse(text).map_err(|_| {
            D::Error::custom(format!(
                "no telephone number begins with {text:?}; write it like \"0811\" or \"+62811\""
            ))
        })
    };
    Vec::<String>::deserialize(from)?.iter().map(read).collect()
}

/// `"stored"` or `"direct"`.
pub(super) fn receive<'de, D: Deserializer<'de>>(from: D) -> Result<Receive, D::Error> {
    let text = String::deserialize(from)?;
    match text.as_str() {
        "stored" => Ok(Receive::Stored),
        "direct" => Ok(Receive::Direct),
        _ => Err(D::Error::custom(format!("{text:?}: write \"stored\" or \"direct\""))),
    }
}

/// `"*888#"`.
pub(super) fn ussd_code<'de, D: Deserializer<'de>>(from: D) -> Result<UssdText, D::Error> {
    let text = String::deserialize(from)?;
    UssdText::parse(&text)
        .map_err(|error| D::Error::custom(format!("{text:?}: {error}; write it like \"*888#\"")))
}

/// A regular expression with one group.
pub(super) fn pattern<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Pattern>, D::Error> {
    let text = String::deserialize(from)?;
    Pattern::parse(&text)
        .map(Some)
        .map_err(|error| D::Error::custom(format!("{text:?} is no pattern for a figure: {error}")))
}

/// `"take"` or `"leave"`.
pub(super) fn found<'de, D: Deserializer<'de>>(from: D) -> Result<Found, D::Error> {
    let text = String::deserialize(from)?;
    match text.as_str() {
        "take" => Ok(Found::Take),
        "leave" => Ok(Found::Leave),
        _ => Err(D::Error::custom(format!("{text:?}: write \"take\" or \"leave\""))),
    }
}

/// `"turkish"` and the other languages of the standard; `"none"`.
pub(super) fn single_shift<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Language>, D::Error> {
    let text = String::deserialize(from)?;
    if text == "none" {
        return Ok(None);
    }
    Language::from_name(&text).map(Some).ok_or_else(|| {
        let names: Vec<&str> = Language::ALL.iter().map(|(_, name)| *name).collect();
        D::Error::custom(format!(
            "{text:?} is no single shift table; write \"none\" or one of {}",
            names.join(", ")
        ))
    })
}

/// `2026-11-30`, as a TOML date or in quotes.
pub(super) fn day<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    let value = toml::Value::deserialize(from)?;
    let text = match &value {
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Array(_)
        | toml::Value::Table(_) => value.to_string(),
    };
    text.parse()
        .map_err(|_| D::Error::custom(format!("{text} is no day; write it like 2026-11-30")))
}
