//! Office hours as the configuration writes them: what is left out keeps its default.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::values::not_hours;
use crate::calendar::{Span, Week};

/// `[hours]` and `[hours.ramadan]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AllHours {
    monday: Option<Hours>,
    tuesday: Option<Hours>,
    wednesday: Option<Hours>,
    thursday: Option<Hours>,
    friday: Option<Hours>,
    saturday: Option<Hours>,
    sunday: Option<Hours>,
    #[serde(rename = "break")]
    pause: Option<Hours>,
    friday_break: Option<Hours>,
    break_counted: bool,
    ramadan: RamadanHours,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RamadanHours {
    monday: Option<Hours>,
    tuesday: Option<Hours>,
    wednesday: Option<Hours>,
    thursday: Option<Hours>,
    friday: Option<Hours>,
    saturday: Option<Hours>,
    sunday: Option<Hours>,
    #[serde(rename = "break")]
    pause: Option<Hours>,
    friday_break: Option<Hours>,
}

/// One value: a span, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours(Option<Span>);

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        match text.trim() {
            "closed" | "none" => Ok(Self(None)),
            span => Span::parse(span)
                .map(|span| Self(Some(span)))
                .ok_or_else(|| D::Error::custom(format!("{}, or \"closed\"", not_hours(span)))),
        }
    }
}

impl AllHours {
    /// The ordinary week.
    pub(super) fn ordinary(&self) -> Week {
        let days = [
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        ];
        self.counting(week(Week::ordinary(), days, self.pause, self.friday_break))
    }

    /// The week in Ramadan.
    pub(super) fn ramadan(&self) -> Week {
        let hours = &self.ramadan;
        let days = [
            hours.monday,
            hours.tuesday,
            hours.wednesday,
            hours.thursday,
            hours.friday,
            hours.saturday,
            hours.sunday,
        ];
        self.counting(week(Week::ramadan(), days, hours.pause, hours.friday_break))
    }

    /// Where breaks count as working time nothing interrupts the day.
    fn counting(&self, week: Week) -> Week {
        if self.break_counted { Week { pause: None, friday_pause: None, ..week } } else { week }
    }
}

fn week(
    mut week: Week,
    days: [Option<Hours>; 7],
    pause: Option<Hours>,
    friday_pause: Option<Hours>,
) -> Week {
    for (day, set) in week.days.iter_mut().zip(days) {
        if let Some(Hours(span)) = set {
            *day = span;
        }
    }
    if let Some(Hours(span)) = pause {
        week.pause = span;
    }
    if let Some(Hours(span)) = friday_pause {
        week.friday_pause = span;
    }
    week
}
