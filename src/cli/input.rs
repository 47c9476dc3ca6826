//! What officers type for tokens, dates and months, in the spellings that come naturally.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::failure::Failure;
use super::terminal::one_line;
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::calendar::Zone;
use crate::desk::privacy::Mark;
use crate::store::requests::Kind;
use crate::ticket::{Category, Channel, CloseReason, Stage, Way};

/// Other words for the categories, without spaces and hyphens.
const CATEGORIES: &[(&str, Category)] = &[
    ("INFO", Category::Information),
    ("INFORMATION", Category::Information),
    ("PERTANYAAN", Category::Information),
    ("QUESTION", Category::Information),
    ("ADUAN", Category::Complaint),
    ("KELUHAN", Category::Complaint),
    ("COMPLAINT", Category::Complaint),
    ("OVERSIGHT", Category::Oversight),
    ("ASPIRASI", Category::Suggestion),
    ("SUGGESTION", Category::Suggestion),
    ("TERIMAKASIH", Category::Appreciation),
    ("THANKS", Category::Appreciation),
    ("APPRECIATION", Category::Appreciation),
];

/// Other words for the reasons, without spaces and hyphens.
const REASONS: &[(&str, CloseReason)] = &[
    ("IKLAN", CloseReason::Spam),
    ("PENIPUAN", CloseReason::Spam),
    ("FRAUD", CloseReason::Spam),
    ("MAKIAN", CloseReason::Abuse),
    ("ABUSE", CloseReason::Abuse),
    ("RUDE", CloseReason::Abuse),
    ("NOTACOMPLAINT", CloseReason::NotAComplaint),
    ("NOCOMPLAINT", CloseReason::NotAComplaint),
    ("BUKANKEWENANGAN", CloseReason::NotOurs),
    ("LUARWENANG", CloseReason::NotOurs),
    ("NOTOURS", CloseReason::NotOurs),
    ("GANDA", CloseReason::Duplicate),
    ("SAMA", CloseReason::Duplicate),
    ("DUPLICATE", CloseReason::Duplicate),
    ("KURANGLENGKAP", CloseReason::Incomplete),
    ("INCOMPLETE", CloseReason::Incomplete),
    ("WITHDRAWN", CloseReason::Withdrawn),
    ("HANDEDOVER", CloseReason::HandedOver),
];

/// Other words for the channels.
const CHANNELS: &[(&str, Channel)] = &[
    ("WHATSAPP", Channel::WhatsApp),
    ("PHONE", Channel::Telephone),
    ("TELP", Channel::Telephone),
    ("TELEPHONE", Channel::Telephone),
    ("COUNTER", Channel::Counter),
];

/// Other words for the ways of an answer.
const WAYS: &[(&str, Way)] = &[
    ("WHATSAPP", Way::WhatsApp),
    ("PHONE", Way::Telephone),
    ("TELP", Way::Telephone),
    ("TELEPHONE", Way::Telephone),
    ("COUNTER", Way::Counter),
    ("LETTER", Way::Letter),
];

/// A channel that an officer enters, by its token or another word, in any case.
///
/// # Errors
/// [`Failure::Usage`] with the choices.
pub fn channel(words: &Words, typed: &str) -> Result<Channel, Failure> {
    let entered = Channel::ALL.iter().filter(|channel| **channel != Channel::Sms);
    choice(typed, Channel::ALL, Channel::token, CHANNELS)
        .filter(|channel| *channel != Channel::Sms)
        .ok_or_else(|| {
            let tokens = entered.map(|channel| channel.token());
            unknown(words, "input-channel", typed, Family::Way, tokens)
        })
}

/// The way of an answer by its token or another word, in any case.
///
/// # Errors
/// [`Failure::Usage`] with the choices.
pub fn way(words: &Words, typed: &str) -> Result<Way, Failure> {
    let tokens = Way::ALL.iter().map(|way| way.token());
    choice(typed, Way::ALL, Way::token, WAYS)
        .ok_or_else(|| unknown(words, "input-way", typed, Family::Way, tokens))
}

/// A category by its token or another word, in any case.
///
/// # Errors
/// [`Failure::Usage`] with the choices.
pub fn category(words: &Words, typed: &str) -> Result<Category, Failure> {
    let tokens = Category::ALL.iter().map(|category| category.token());
    choice(typed, Category::ALL, Category::token, CATEGORIES)
        .ok_or_else(|| unknown(words, "input-category", typed, Family::Category, tokens))
}

/// A reason for closing by its token or another word, in any case. Whether it may be given by hand is the daemon's word;
/// those that never may are not among the choices.
///
/// # Errors
/// [`Failure::Usage`] with the choices.
pub fn close_reason(words: &Words, typed: &str) -> Result<CloseReason, Failure> {
    let by_hand =
        |reason: &&CloseReason| !matches!(reason, CloseReason::Withdrawn | CloseReason::HandedOver);
    let tokens = CloseReason::ALL.iter().filter(by_hand).map(|reason| reason.token());
    choice(typed, CloseReason::ALL, CloseReason::token, REASONS)
        .ok_or_else(|| unknown(words, "input-reason", typed, Family::Reason, tokens))
}

/// A stage by its token, in any case.
///
/// # Errors
/// [`Failure::Usage`] with the choices.
pub fn stage(words: &Words, typed: &str) -> Result<Stage, Failure> {
    let tokens = Stage::ALL.iter().map(|stage| stage.token());
    choice(typed, Stage::ALL, Stage::token, &[])
        .ok_or_else(|| unknown(words, "input-stage", typed, Family::Stage, tokens))
}

/// Other words for the marks, without spaces and hyphens.
const MARKS: &[(&str, Mark)] = &[
    ("SPESIFIK", Mark::Specific),
    ("DATASPESIFIK", Mark::Specific),
    ("RAHASIA", Mark::Secret),
    ("DIRAHASIAKAN", Mark::Secret),
    ("DARURAT", Mark::Emergency),
];

/// A mark by its token or another word, in any case.
///
/// # Errors
/// [`Failure::Usage`] with the choices.
pub fn mark(words: &Words, typed: &str) -> Result<Mark, Failure> {
    let tokens = Mark::ALL.iter().map(|mark| mark.token());
    choice(typed, &Mark::ALL, Mark::token, MARKS)
        .ok_or_else(|| unknown(words, "input-mark", typed, Family::Flag, tokens))
}

/// Other words for the kinds of requests, without spaces and hyphens.
const REQUESTS: &[(&str, Kind)] = &[
    ("PEMBETULAN", Kind::Correct),
    ("BETULKAN", Kind::Correct),
    ("PENGHAPUSAN", Kind::Delete),
    ("HAPUS", Kind::Delete),
    ("SALINAN", Kind::Copy),
    ("SALIN", Kind::Copy),
];

/// A kind of request by its token or another word, in any case.
///
/// # Errors
/// [`Failure::Usage`] with the choices.
pub fn request_kind(words: &Words, typed: &str) -> Result<Kind, Failure> {
    let tokens = Kind::ALL.iter().map(|kind| kind.token());
    choice(typed, &Kind::ALL, Kind::token, REQUESTS)
        .ok_or_else(|| unknown(words, "input-kind", typed, Family::Request, tokens))
}

fn choice<T: Copy>(
    typed: &str,
    all: &[T],
    token: fn(T) -> &'static str,
    others: &[(&str, T)],
) -> Option<T> {
    let typed = squashed(typed);
    all.iter()
        .find(|value| squashed(token(**value)) == typed)
        .or_else(|| others.iter().find(|(word, _)| *word == typed).map(|(_, value)| value))
        .copied()
}

/// Letters only, upper case: `bukan-wenang`, `Bukan wenang` and `BUKAN_WENANG` are one word.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn unknown<'t>(
    words: &Words,
    id: &str,
    typed: &str,
    family: Family,
    tokens: impl Iterator<Item = &'t str>,
) -> Failure {
    let lines = std::iter::once(words.fill(id, &[("typed", typed)]));
    let choices =
        tokens.map(|token| format!("  {token:<16} {}", vocabulary::word(words, family, token)));
    Failure::Usage(lines.chain(choices).collect::<Vec<_>>().join("\n"))
}

/// A day as `2026-12-31`, or as it is printed: `31-12-2026`.
///
/// # Errors
/// [`Failure::Usage`].
pub fn date(words: &Words, typed: &str) -> Result<NaiveDate, Failure> {
    let typed = typed.trim();
    ["%Y-%m-%d", "%d-%m-%Y"]
        .into_iter()
        .find_map(|form| NaiveDate::parse_from_str(typed, form).ok())
        // A year of two digits would be read as one of the first century.
        .filter(|day| *day >= NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default())
        .ok_or_else(|| Failure::Usage(words.fill("input-date", &[("typed", typed)])))
}

/// A time as it is printed, `2026-11-24 08.15` or `24-11-2026 08.15`, or of today: `08.15`.
///
/// # Errors
/// [`Failure::Usage`].
pub fn time(
    words: &Words,
    typed: &str,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Failure> {
    let wrong = || Failure::Usage(words.fill("input-time", &[("typed", typed)]));
    let (day, clock) = match typed.trim().rsplit_once([' ', 'T']) {
        Some((day, clock)) => (date(words, day).map_err(|_| wrong())?, clock),
        None => (zone.local(now).date_naive(), typed.trim()),
    };
    let clock =
        NaiveTime::parse_from_str(&clock.replace('.', ":"), "%H:%M").map_err(|_| wrong())?;
    Ok(zone.midnight(day) + clock.signed_duration_since(NaiveTime::MIN))
}

/// Year and month as `2026-11`, or as it is spoken: `11-2026`.
///
/// # Errors
/// [`Failure::Usage`].
pub fn month(words: &Words, typed: &str) -> Result<(i32, u32), Failure> {
    let read = || {
        let (left, right) = typed.trim().split_once(['-', '/'])?;
        let (year, month) = if left.len() == 4 { (left, right) } else { (right, left) };
        let (year, month): (i32, u32) = (year.parse().ok()?, month.parse().ok()?);
        ((2000..=9999).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
    };
    read().ok_or_else(|| Failure::Usage(words.fill("input-month", &[("typed", typed)])))
}

/// `2026-11` as it is read aloud: `November 2026`.
pub fn month_in_words(words: &Words, month: &str) -> String {
    let read = month.split_once('-').and_then(|(year, month)| {
        let month: u32 = month.parse().ok()?;
        Some(format!("{} {year}", words.find(&format!("month-{month}"))?))
    });
    one_line(&read.unwrap_or_else(|| month.to_owned()))
}

/// A blank and its value: `nama=Pasar Baru`.
///
/// # Errors
/// [`Failure::Usage`].
pub fn blank(words: &Words, typed: &str) -> Result<(String, String), Failure> {
    let (name, value) = typed
        .split_once('=')
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .ok_or_else(|| Failure::Usage(words.fill("input-blank", &[("typed", typed)])))?;
    let name = name.trim_start_matches('{').trim_end_matches('}');
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;

    fn words() -> Words {
        Words::new(Language::Indonesian)
    }

    #[test]
    fn tokens_are_read_in_any_case_and_in_other_words() {
        for typed in ["PENGADUAN", "pengaduan", "Keluhan", "complaint"] {
            assert_eq!(category(&words(), typed).unwrap(), Category::Complaint, "{typed}");
        }
        for typed in ["BUKAN_WENANG", "bukan-wenang", "bukan wenang", "not-ours", "luar wenang"] {
            assert_eq!(close_reason(&words(), typed).unwrap(), CloseReason::NotOurs, "{typed}");
        }
    }

    #[test]
    fn every_other_word_is_spelt_as_it_is_compared_and_means_one_thing() {
        for (word, meaning) in CATEGORIES {
            assert_eq!(category(&words(), word).unwrap(), *meaning, "{word}");
        }
        for (word, meaning) in REASONS {
            assert_eq!(close_reason(&words(), word).unwrap(), *meaning, "{word}");
        }
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_choices() {
        let Err(Failure::Usage(sentence)) = category(&words(), "lampu") else { panic!() };
        assert!(sentence.contains("lampu"), "{sentence}");
        for category in Category::ALL {
            assert!(sentence.contains(category.token()), "{sentence}");
        }
    }

    #[test]
    fn days_and_months_are_read_in_both_orders() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        assert_eq!(date(&words(), "2026-12-31").unwrap(), day);
        assert_eq!(date(&words(), " 31-12-2026 ").unwrap(), day);
        for typed in ["2026-13-01", "31-12-26", "besok", "30-02-2026"] {
            assert!(date(&words(), typed).is_err(), "{typed}");
        }
        assert_eq!(month(&words(), "2026-11").unwrap(), (2026, 11));
        assert_eq!(month(&words(), "11-2026").unwrap(), (2026, 11));
        for typed in ["2026-13", "2026", "26-11", "2026-0", "November"] {
            assert!(month(&words(), typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_time_is_read_in_the_zone_of_the_office() {
        let now = "2026-11-24T01:30:00Z".parse().unwrap();
        let at: DateTime<Utc> = "2026-11-24T01:15:00Z".parse().unwrap();
        for typed in ["08.15", "08:15", "2026-11-24 08.15", "24-11-2026 08:15", " 2026-11-24T08:15"]
        {
            assert_eq!(time(&words(), typed, Zone::Wib, now).unwrap(), at, "{typed}");
        }
        for typed in ["8", "kemarin", "24.00", "24-11-26 08.15", "2026-11-24"] {
            assert!(time(&words(), typed, Zone::Wib, now).is_err(), "{typed}");
        }
    }

    #[test]
    fn channels_and_ways_are_read_in_both_languages_and_nobody_enters_an_sms() {
        for typed in ["wa", "WhatsApp"] {
            assert_eq!(channel(&words(), typed).unwrap(), Channel::WhatsApp, "{typed}");
        }
        assert_eq!(channel(&words(), "loket").unwrap(), Channel::Counter);
        assert!(channel(&words(), "sms").is_err() && channel(&words(), "surat").is_err());
        for typed in ["surat", "letter"] {
            assert_eq!(way(&words(), typed).unwrap(), Way::Letter, "{typed}");
        }
        assert_eq!(way(&words(), "sms").unwrap(), Way::Sms);
    }

    #[test]
    fn a_blank_has_a_name_and_a_value() {
        let filled = ("tempat".to_owned(), "Jl. A = B".to_owned());
        assert_eq!(blank(&words(), "tempat=Jl. A = B").unwrap(), filled);
        assert_eq!(blank(&words(), "{tempat} = Jl. A = B").unwrap(), filled);
        for typed in ["tempat", "=x", "tempat="] {
            assert!(blank(&words(), typed).is_err(), "{typed}");
        }
    }
}
