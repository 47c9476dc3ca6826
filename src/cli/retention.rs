//! `aduan retention`: what is kept no longer, and the record of what was done about it.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use clap::Subcommand;

use super::failure::Failure;
use super::terminal::{Page, align_right, one_line, row};
use super::vocabulary::{self, Family};
use super::words::Words;
use crate::control::protocol::{Ask, RetentionPlan, RetentionRecord, Retired};

/// What is kept no longer.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum RetentionCommand {
    /// What would be done now.
    #[command(alias = "rencana")]
    Plan,
    /// Does it.
    #[command(alias = "jalankan")]
    Apply {
        /// It cannot be undone.
        #[arg(long)]
        yes: bool,
    },
}

impl RetentionCommand {
    /// # Errors
    /// [`Failure::Usage`] where it is not confirmed.
    pub fn ask(self, words: &Words) -> Result<Ask, Failure> {
        match self {
            Self::Plan => Ok(Ask::RetentionPlan),
            Self::Apply { yes: true } => Ok(Ask::RetentionApply),
            Self::Apply { yes: false } => Err(Failure::Usage(words.say("retention-confirm"))),
        }
    }
}

/// The classes, with how much of each.
const fn classes(retired: &Retired) -> [(&'static str, i64); 7] {
    [
        ("retention-pseudonymised", retired.pseudonymised),
        ("retention-destroyed", retired.destroyed),
        ("retention-messages", retired.messages),
        ("retention-texts", retired.texts),
        ("retention-trail", retired.trail),
        ("retention-accesses", retired.accesses),
        ("retention-decisions", retired.decisions),
    ]
}

/// What would be done now, and what was done before.
///
/// # Errors
/// What writing fails with.
pub fn plan(page: &Page, plan: &RetentionPlan, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let until: [DateTime<Utc>; 7] = [
        plan.active_until,
        plan.archived_until,
        plan.other_until,
        plan.other_until,
        plan.trail_until,
        plan.trail_until,
        plan.other_until,
    ];
    let titles = ["title-class", "title-count", "title-up-to"];
    let mut table = page.table(titles.iter().map(|id| words.say(id)).collect());
    for ((id, count), until) in classes(&plan.due).into_iter().zip(until) {
        table.add_row(row([words.say(id), count.to_string(), page.short_time(until)]));
    }
    align_right(&mut table, &[1]);
    page.write_table(out, table)?;
    writeln!(out, "\n{}", words.say("retention-hint"))?;
    if plan.records.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", words.say("retention-records").to_uppercase())?;
    for record in &plan.records {
        let mark = if record.complete { "" } else { &format!(" ({})", words.say("retention-cut")) };
        let done: Vec<String> = classes(&record.retired)
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| format!("{}: {count}", words.say(id)))
            .collect();
        let done = if done.is_empty() { words.say("retention-nothing") } else { done.join("; ") };
        let cause = vocabulary::word(words, Family::Run, &record.cause);
        let head = format!(
            "{}. {}, {}, {cause}{mark}: {done}",
            record.id,
            page.time(record.at),
            one_line(&record.officer)
        );
        page.block(out, 2, &head)?;
    }
    Ok(())
}

/// What was done: a paper to print and to sign.
///
/// # Errors
/// What writing fails with.
pub fn done(page: &Page, record: &RetentionRecord, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    writeln!(out, "{}\n", words.say("retention-title").to_uppercase())?;
    page.pairs(
        out,
        &[
            (words.say("label-record"), Some(record.id.to_string())),
            (words.say("label-at"), Some(page.time(record.at))),
            (words.say("label-officer"), Some(record.officer.clone())),
        ],
    )?;
    writeln!(out)?;
    let mut table =
        page.table(["title-class", "title-count"].iter().map(|id| words.say(id)).collect());
    for (id, count) in classes(&record.retired) {
        table.add_row(row([words.say(id), count.to_string()]));
    }
    align_right(&mut table, &[1]);
    page.write_table(out, table)?;
    writeln!(out)?;
    page.block(out, 0, &words.say("retention-statement"))?;
    writeln!(out, "\n{}", words.say("retention-signatures"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples;

    fn record() -> RetentionRecord {
        RetentionRecord {
            id: 3,
            at: samples::at(24, 1, 0),
            officer: "joko".to_owned(),
            cause: "retention".to_owned(),
            retired: Retired { pseudonymised: 12, messages: 340, ..Retired::default() },
            complete: true,
        }
    }

    #[test]
    fn a_plan_shows_what_is_due_and_what_was_done() {
        let cut =
            RetentionRecord { id: 2, complete: false, retired: Retired::default(), ..record() };
        let until = samples::at(1, 0, 0);
        let due = RetentionPlan {
            active_until: until,
            archived_until: until,
            other_until: until,
            trail_until: until,
            due: Retired { pseudonymised: 5, destroyed: 1, ..Retired::default() },
            records: vec![record(), cut],
        };
        insta::assert_snapshot!(samples::printed(None, |page, out| plan(page, &due, out)));
    }

    #[test]
    fn a_run_is_told_as_a_paper_to_sign() {
        insta::assert_snapshot!(samples::printed(Some(80), |page, out| done(page, &record(), out)));
    }

    #[test]
    fn what_cannot_be_undone_is_confirmed() {
        let words = Words::new(Language::Indonesian);
        let refused = RetentionCommand::Apply { yes: false }.ask(&words);
        assert!(matches!(refused, Err(Failure::Usage(text)) if text.contains("--yes")));
        let asked = RetentionCommand::Apply { yes: true }.ask(&words);
        assert!(matches!(asked, Ok(Ask::RetentionApply)));
    }
}
