//! The recap in rows: what each part says, without paper, screen or file (procedure.md section 14).

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::input;
use super::terminal::one_line;
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::calendar::Zone;
use crate::control::protocol::{Correction, Recap, Register, RegisterRow, Signing};
use crate::ticket::Category;

/// One value of the recap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// How many, or how many minutes.
    Count(i64),
    /// A part of a whole, told in percent.
    Share {
        /// The part.
        part: i64,
        /// The whole; 0: there is no percent.
        whole: i64,
    },
    /// Nothing to tell.
    Nothing,
}

impl Value {
    /// On screen and on paper: `1.234`, `87,5%`, `-`.
    pub fn printed(&self) -> String {
        match self {
            Self::Text(text) => one_line(text),
            Self::Count(count) => grouped(*count),
            Self::Share { part, whole } => percent(*part, *whole).unwrap_or_else(|| "-".to_owned()),
            Self::Nothing => "-".to_owned(),
        }
    }

    /// In a spreadsheet: figures that it can add up, nothing that it would run as a formula.
    pub fn cell(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Count(count) => count.to_string(),
            Self::Share { part, whole } => percent(*part, *whole).unwrap_or_default(),
            Self::Nothing => String::new(),
        }
    }

    /// Whether it stands at the right of its column.
    pub const fn is_figure(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Share { .. })
    }
}

/// A part of the recap: its letter, title, columns and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// `A` to `H`; `K` are corrections (koreksi), `L` is the annex (lampiran).
    pub letter: &'static str,
    /// Its title.
    pub title: String,
    /// Titles of the columns.
    pub columns: Vec<String>,
    /// As many values each as there are columns.
    pub rows: Vec<Vec<Value>>,
    /// The column that only says in more words what the column before it says.
    names: Option<usize>,
}

impl Part {
    /// Takes out the column of names, where there is one.
    pub fn leave_out_names(&mut self) {
        let Some(names) = self.names.take() else { return };
        for row in &mut self.rows {
            row.remove(names);
        }
        self.columns.remove(names);
    }
}

/// The lines above the parts: title, month, period, office, time of counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// `REKAPITULASI PENGADUAN MASYARAKAT MELALUI SMS/WHATSAPP`.
    pub title: String,
    /// `BULAN NOVEMBER 2026`.
    pub month: String,
    /// `1 s.d. 30 November 2026`.
    pub period: String,
    /// When it was counted: `3 Desember 2026 07.30 WIB`.
    pub counted: String,
    /// The trail's newest seal.
    pub seal: Option<String>,
    /// Who signed it, took notice of it, or gave it back: a label, and who and when.
    pub signing: Vec<(&'static str, String)>,
    /// Of which day the register of a signed month is.
    pub register: Option<String>,
}

/// What stands above the parts.
pub fn heading(words: &Words, recap: &Recap, zone: Zone) -> Heading {
    let (first, last) = recap.period;
    let month = format!("{} {}", month_name(words, first), first.year());
    let (from, until) = (first.day().to_string(), last.day().to_string());
    let period = [("from", from.as_str()), ("until", &until), ("month", &month)];
    Heading {
        title: words.say("recap-title").to_uppercase(),
        month: words.fill("recap-month", &[("month", &month)]).to_uppercase(),
        period: words.fill("recap-period", &period),
        counted: long_time(words, recap.counted_at, zone),
        seal: recap.seal.as_ref().map(|seal| one_line(&seal.seal)),
        signing: recap.signing.as_ref().map_or_else(Vec::new, |way| signing(words, way, zone)),
        register: recap.register.as_ref().and_then(|register| made(words, register, zone)),
    }
}

fn signing(words: &Words, way: &Signing, zone: Zone) -> Vec<(&'static str, String)> {
    let who_and_when = |name: &str, at: DateTime<Utc>| {
        format!("{}, {}", one_line(name), long_time(words, at, zone))
    };
    let mut steps = vec![("signed", who_and_when(&way.signed_by, way.signed_at))];
    if let Some((name, at)) = way.acknowledged_by.as_ref().zip(way.acknowledged_at) {
        steps.push(("acknowledged", who_and_when(name, at)));
    }
    if let Some((name, at)) = way.returned_by.as_ref().zip(way.returned_at) {
        let reason = one_line(way.reason.as_deref().unwrap_or_default());
        steps.push(("returned", format!("{}: {reason}", who_and_when(name, at))));
    }
    steps
}

/// Parts A to H, and the annex where it is there.
pub fn parts(words: &Words, recap: &Recap, zone: Zone) -> Vec<Part> {
    let mut parts = vec![
        summary(words, recap),
        units(words, recap),
        categories(words, recap),
        steps(words, recap),
        open(words, recap, zone),
        messages(words, recap),
        counted(words, "G", "sealed", recap.sealed, ["received", "handed-over", "returned"]),
        counted(
            words,
            "H",
            "satisfaction",
            recap.satisfaction,
            ["satisfied", "unsatisfied", "silent"],
        ),
    ];
    if !recap.corrections.is_empty() {
        parts.push(corrections(words, &recap.corrections));
    }
    parts.extend(recap.register.as_ref().map(|annex| register(words, annex, zone)));
    parts
}

fn part(words: &Words, letter: &'static str, columns: &[&str], rows: Vec<Vec<Value>>) -> Part {
    let title = words.say(&format!("recap-part-{letter}"));
    let columns = columns.iter().map(|id| words.say(&format!("recap-column-{id}"))).collect();
    Part { letter, title, columns, rows, names: None }
}

fn summary(words: &Words, recap: &Recap) -> Part {
    let sums = &recap.summary;
    let label = |id: &str| Value::Text(words.say(&format!("recap-summary-{id}")));
    let minutes = |value: Option<i64>| value.map_or(Value::Nothing, Value::Count);
    let closed_in_all = sums.closed.iter().map(|(_, count)| count).sum();
    let worked_on = sums.opening + sums.received + sums.reopened;
    let mut rows = vec![
        vec![label("opening"), Value::Count(sums.opening)],
        vec![label("received"), Value::Count(sums.received)],
        vec![label("reopened"), Value::Count(sums.reopened)],
        vec![label("finished"), Value::Count(sums.finished)],
        vec![label("closed"), Value::Count(closed_in_all)],
    ];
    for (reason, count) in &sums.closed {
        let reason = vocabulary::word(words, Family::Reason, reason);
        let reason = words.fill("recap-summary-closed-as", &[("reason", &reason)]);
        rows.push(vec![Value::Text(reason), Value::Count(*count)]);
    }
    rows.extend([
        vec![label("closing"), Value::Count(sums.closing)],
        vec![label("share-finished"), Value::Share { part: sums.finished, whole: worked_on }],
        vec![label("answered"), Value::Count(sums.answered)],
        vec![label("on-time"), Value::Count(sums.on_time)],
        vec![label("share-on-time"), Value::Share { part: sums.on_time, whole: sums.answered }],
        vec![label("overdue"), Value::Count(sums.overdue)],
        vec![label("median"), minutes(sums.median_minutes)],
        vec![label("mean"), minutes(sums.mean_minutes)],
    ]);
    part(words, "A", &["figure", "count"], rows)
}

fn units(words: &Words, recap: &Recap) -> Part {
    const COLUMNS: [&str; 13] = [
        "no", "code", "unit", "opening", "received", "reopened", "answered", "finished", "closed",
        "closing", "on-time", "share", "mean",
    ];
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut sums = [0; 8];
    for (unit, no) in recap.units.iter().zip(1..) {
        let counts = [
            unit.opening,
            unit.received,
            unit.reopened,
            unit.answered,
            unit.finished,
            unit.closed,
            unit.closing,
            unit.on_time,
        ];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        let (code, name) = if unit.code == "-" {
            (Value::Nothing, words.say("recap-undecided"))
        } else {
            (Value::Text(unit.code.clone()), unit.name.clone())
        };
        let mut row = vec![Value::Count(no), code, Value::Text(name)];
        row.extend(counts.map(Value::Count));
        row.push(Value::Share { part: unit.on_time, whole: unit.answered });
        row.push(unit.mean_minutes.map_or(Value::Nothing, Value::Count));
        rows.push(row);
    }
    let [_, _, _, answered, .., on_time] = sums;
    let mut total = vec![Value::Nothing, Value::Text(words.say("recap-total")), Value::Nothing];
    total.extend(sums.map(Value::Count));
    total.push(Value::Share { part: on_time, whole: answered });
    // A mean of means would weigh a unit with one answer like one with a hundred; part A has the mean of all.
    total.push(recap.summary.mean_minutes.map_or(Value::Nothing, Value::Count));
    rows.push(total);
    Part { names: Some(2), ..part(words, "B", &COLUMNS, rows) }
}

fn categories(words: &Words, recap: &Recap) -> Part {
    let count_of = |token: &str| {
        recap.categories.iter().filter(|(known, _)| known == token).map(|(_, count)| count).sum()
    };
    let mut rows: Vec<Vec<Value>> = Category::ALL
        .iter()
        .map(|category| {
            let name = vocabulary::word(words, Family::Category, category.token());
            vec![Value::Text(name), Value::Count(count_of(category.token()))]
        })
        .collect();
    let undecided = count_of("-");
    if undecided > 0 {
        rows.push(vec![Value::Text(words.say("recap-undecided")), Value::Count(undecided)]);
    }
    let all = recap.categories.iter().map(|(_, count)| count).sum();
    rows.push(vec![Value::Text(words.say("recap-total")), Value::Count(all)]);
    part(words, "C", &["category", "received"], rows)
}

fn steps(words: &Words, recap: &Recap) -> Part {
    let rows = recap.steps.iter().map(|step| {
        vec![
            Value::Text(vocabulary::word(words, Family::Row, &step.row)),
            Value::Count(step.standard),
            Value::Count(step.measured),
            Value::Count(step.within),
            Value::Share { part: step.within, whole: step.measured },
            step.longest.map_or(Value::Nothing, Value::Count),
        ]
    });
    let columns = ["step", "standard", "measured", "within", "share", "longest"];
    part(words, "D", &columns, rows.collect())
}

fn open(words: &Words, recap: &Recap, zone: Zone) -> Part {
    let rows = recap.open.iter().zip(1..).map(|(ticket, no)| {
        let remark =
            if ticket.overdue { Value::Text(words.say("overdue-mark")) } else { Value::Nothing };
        vec![
            Value::Count(no),
            Value::Text(ticket.number.clone()),
            Value::Text(zone.day(ticket.received_at)),
            ticket.unit.clone().map_or(Value::Nothing, Value::Text),
            Value::Text(vocabulary::word(words, Family::Stage, &ticket.stage)),
            Value::Count(ticket.age_days),
            remark,
        ]
    });
    let columns = ["no", "number", "received-on", "code", "stage", "age", "remark"];
    part(words, "E", &columns, rows.collect())
}

/// What has changed of a month that was signed.
fn corrections(words: &Words, corrections: &[Correction]) -> Part {
    let rows = corrections.iter().map(|correction| {
        vec![
            Value::Text(input::month_in_words(words, &correction.month)),
            Value::Text(figure(words, &correction.figure)),
            Value::Count(correction.was),
            Value::Count(correction.is),
        ]
    });
    part(words, "K", &["month", "figure", "was", "is"], rows.collect())
}

/// `B.DISHUB.closing` as the columns of the parts call it.
fn figure(words: &Words, name: &str) -> String {
    let column = |id: &str| words.find(&format!("recap-column-{id}"));
    let told = match name.split('.').collect::<Vec<_>>().as_slice() {
        ["A", figure] => words.find(&format!("recap-summary-{figure}")),
        ["B", "-", figure] => {
            column(figure).map(|told| format!("{}: {told}", words.say("recap-undecided")))
        }
        ["B", unit, figure] => column(figure).map(|told| format!("{unit}: {told}")),
        ["C", "-"] => Some(words.say("recap-undecided")),
        ["C", category] => Some(vocabulary::word(words, Family::Category, category)),
        _ => None,
    };
    one_line(&told.unwrap_or_else(|| name.to_owned()))
}

fn register(words: &Words, register: &Register, zone: Zone) -> Part {
    const COLUMNS: [&str; 12] = [
        "no",
        "number",
        "received-at",
        "channel",
        "skpd",
        "subject",
        "category",
        "answer",
        "answered-on",
        "minutes",
        "in-time",
        "stage",
    ];
    let word = |family, token: &String| Value::Text(vocabulary::word(words, family, token));
    let row = |(complaint, no): (&RegisterRow, i64)| {
        let stage = vocabulary::word(words, Family::Stage, &complaint.stage);
        let reason = complaint
            .closed_as
            .as_ref()
            .map(|reason| format!("{stage}: {}", vocabulary::word(words, Family::Reason, reason)));
        let subject = if complaint.holds_otp {
            Some(words.say("subject-otp"))
        } else {
            Some(complaint.subject.clone()).filter(|subject| !subject.is_empty())
        };
        let in_time =
            |yes: bool| Value::Text(words.say(if yes { "recap-yes" } else { "recap-no" }));
        vec![
            Value::Count(no),
            Value::Text(complaint.number.clone()),
            Value::Text(zone.local(complaint.received_at).format("%d-%m-%Y %H.%M").to_string()),
            word(Family::Way, &complaint.channel),
            with_copies(words, complaint),
            subject.map_or(Value::Nothing, Value::Text),
            complaint
                .category
                .as_ref()
                .map_or(Value::Nothing, |token| word(Family::Category, token)),
            complaint.answer.clone().map_or(Value::Nothing, Value::Text),
            complaint.answered_at.map_or(Value::Nothing, |at| Value::Text(zone.day(at))),
            complaint.minutes.map_or(Value::Nothing, Value::Count),
            complaint.on_time.map_or(Value::Nothing, in_time),
            Value::Text(reason.unwrap_or(stage)),
        ]
    };
    let mut rows: Vec<Vec<Value>> = register.entries.iter().zip(1..).map(row).collect();
    if let Ok(count @ 1..) = usize::try_from(register.sealed) {
        let mut row = vec![Value::Nothing; COLUMNS.len()];
        for (column, id) in [(1, "recap-register-sealed"), (5, "recap-register-sealed-count")] {
            if let Some(cell) = row.get_mut(column) {
                *cell = Value::Text(words.count(id, count));
            }
        }
        rows.push(row);
    }
    let mut part = part(words, "L", &COLUMNS, rows);
    if let Some(made) = made(words, register, zone) {
        part.title = format!("{} ({made})", part.title);
    }
    part
}

/// Of which day a register is that was not frozen with the figures.
fn made(words: &Words, register: &Register, zone: Zone) -> Option<String> {
    let at = long_time(words, register.made_at?, zone);
    Some(words.fill("recap-register-made", &[("at", &at)]))
}

/// The unit that answers, and those that got a copy.
fn with_copies(words: &Words, complaint: &RegisterRow) -> Value {
    let unit = complaint.unit.as_deref().unwrap_or("-");
    if complaint.copies.is_empty() {
        return complaint.unit.clone().map_or(Value::Nothing, Value::Text);
    }
    let values = [("unit", unit), ("copies", &*complaint.copies.join(" "))];
    Value::Text(words.fill("recap-copies", &values))
}

fn messages(words: &Words, recap: &Recap) -> Part {
    let received = recap.received.iter().map(|(outcome, reason, count)| {
        let reason = if reason.is_empty() {
            Value::Nothing
        } else {
            Value::Text(vocabulary::word(words, Family::Intake, reason))
        };
        vec![
            Value::Text(words.say("recap-incoming")),
            Value::Text(vocabulary::word(words, Family::Outcome, outcome)),
            reason,
            Value::Count(*count),
            Value::Nothing,
        ]
    });
    let sent = recap.sent.iter().map(|(state, count, parts)| {
        vec![
            Value::Text(words.say("recap-outgoing")),
            Value::Text(vocabulary::word(words, Family::Fate, state)),
            Value::Nothing,
            Value::Count(*count),
            Value::Count(*parts),
        ]
    });
    let sum = |direction: &str, count: i64, parts: Value| {
        vec![
            Value::Text(words.say(direction)),
            Value::Text(words.say("recap-total")),
            Value::Nothing,
            Value::Count(count),
            parts,
        ]
    };
    let mut rows: Vec<Vec<Value>> = received.collect();
    let all_received = recap.received.iter().map(|(_, _, count)| count).sum();
    rows.push(sum("recap-incoming", all_received, Value::Nothing));
    rows.extend(sent);
    let all_sent = recap.sent.iter().map(|(_, count, _)| count).sum();
    let all_parts = recap.sent.iter().map(|(_, _, parts)| parts).sum();
    rows.push(sum("recap-outgoing", all_sent, Value::Count(all_parts)));
    let row = |direction: &str, way: &str, what: Value, count: i64| {
        let way = Value::Text(vocabulary::word(words, Family::Way, way));
        vec![Value::Text(words.say(direction)), way, what, Value::Count(count), Value::Nothing]
    };
    for (channel, messages, tickets) in &recap.channels {
        let opened = Value::Text(vocabulary::word(words, Family::Outcome, "ticket"));
        rows.push(row("recap-by-channel", channel, Value::Nothing, *messages));
        rows.push(row("recap-by-channel", channel, opened, *tickets));
    }
    for (way, count) in &recap.given {
        rows.push(row("recap-given", way, Value::Nothing, *count));
    }
    part(words, "F", &["direction", "outcome", "reason", "messages", "parts"], rows)
}

fn counted(
    words: &Words,
    letter: &'static str,
    name: &str,
    counts: (i64, i64, i64),
    labels: [&str; 3],
) -> Part {
    let counts = [counts.0, counts.1, counts.2];
    let rows = labels.into_iter().zip(counts).map(|(label, count)| {
        vec![Value::Text(words.say(&format!("recap-{name}-{label}"))), Value::Count(count)]
    });
    part(words, letter, &["figure", "count"], rows.collect())
}

/// The name of a day's month.
pub fn month_name(words: &Words, day: NaiveDate) -> String {
    words.say(&format!("month-{}", day.month()))
}

/// `3 Desember 2026 07.30 WIB`.
fn long_time(words: &Words, at: DateTime<Utc>, zone: Zone) -> String {
    let local = zone.local(at);
    let month = month_name(words, local.date_naive());
    format!("{} {month} {} {} {}", local.day(), local.year(), local.format("%H.%M"), zone.letters())
}

/// Thousands behind full stops.
fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if count < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// `87,5%`, rounded half up; nothing where there is no whole.
fn percent(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let tenths = (part.checked_mul(2000)?.checked_add(whole)?) / (whole.checked_mul(2)?);
    Some(format!("{},{}%", grouped(tenths / 10), tenths % 10))
}

/// A text that a spreadsheet takes for a text.
fn harmless(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = one_line(text);
    // Cleaning can bring a sign to the front that stood behind something invisible.
    if risky || text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_the_office_writes_them() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234), "1.234");
        assert_eq!(grouped(-1_234_567), "-1.234.567");
        assert_eq!(percent(7, 8).as_deref(), Some("87,5%"));
        assert_eq!(percent(2, 3).as_deref(), Some("66,7%"));
        assert_eq!(percent(5, 5).as_deref(), Some("100,0%"));
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn an_empty_value_is_a_hyphen_on_paper_and_nothing_in_a_spreadsheet() {
        for value in [Value::Nothing, Value::Share { part: 0, whole: 0 }] {
            assert_eq!((value.printed().as_str(), value.cell().as_str()), ("-", ""));
        }
        assert_eq!(Value::Count(1_234).cell(), "1234");
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for text in ["=1+1", "+62", "-1", "@x", "\t=1", "\r=1", " =1", "\u{1b}[0m=1", "\u{200e}=1"]
        {
            let cell = Value::Text(text.to_owned()).cell();
            assert!(cell.starts_with('\''), "{text:?}: {cell:?}");
        }
        assert_eq!(Value::Text("Dinas A=B".to_owned()).cell(), "Dinas A=B");
    }
}
