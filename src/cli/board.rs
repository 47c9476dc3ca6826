//! `aduan board`: the office's wall.

use std::io::{self, IsTerminal, Write};
use std::thread::sleep;
use std::time::Duration;

use super::failure::Failure;
use super::inbox::time_left;
use super::session::Session;
use super::terminal::{Page, align_right, one_line, row};
use super::vocabulary::{self, Family};
use crate::control::protocol::{Ask, Board, BoardLine};

/// The figures count minutes: they are no other ones before.
const EVERY: Duration = Duration::from_mins(1);

/// What clears a terminal: everything, then the cursor home.
const CLEAR: &str = "\u{1b}[2J\u{1b}[H";

/// Shows the wall again each minute, until it is interrupted.
///
/// # Errors
/// What the daemon refuses, or writing fails with.
pub fn watch(session: &Session, out: &mut dyn Write) -> Result<(), Failure> {
    let clears = io::stdout().is_terminal() && !session.is_for_scripts();
    loop {
        let tell = session.ask(&Ask::Board)?;
        if clears {
            write!(out, "{CLEAR}")?;
        }
        session.print(&Ask::Board, &tell, out)?;
        sleep(EVERY);
    }
}

/// The wall.
///
/// # Errors
/// What writing fails with.
pub fn print(page: &Page, board: &Board, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let hours = words.say(if board.open { "board-open" } else { "board-closed" });
    writeln!(out, "{}, {hours}\n", page.time(board.at))?;
    stages(page, board, out)?;
    if board.sealed > 0 {
        let count = usize::try_from(board.sealed).unwrap_or_default();
        writeln!(out, "{}", words.count("inbox-sealed", count))?;
    }
    if board.national_near + board.national_over > 0 {
        let counts = [board.national_near, board.national_over].map(|count| count.to_string());
        let [near, over] = counts.each_ref().map(String::as_str);
        writeln!(out, "{}", words.fill("board-national", &[("near", near), ("over", over)]))?;
    }
    let emergencies = i64::try_from(board.emergencies.len()).unwrap_or(i64::MAX);
    lines(page, ("board-emergencies", emergencies), &board.emergencies, out)?;
    let in_all: i64 = board.stages.iter().map(|stage| stage.overdue).sum();
    lines(page, ("board-overdue", in_all), &board.overdue, out)?;
    let soon = i64::try_from(board.soon.len()).unwrap_or(i64::MAX);
    lines(page, ("board-soon", soon), &board.soon, out)?;
    if !board.reminders.is_empty() {
        writeln!(out, "\n{}", words.say("board-reminders"))?;
        for reminder in &board.reminders {
            let matter = vocabulary::word(words, Family::Action, &reminder.matter);
            let stage = vocabulary::word(words, Family::Stage, &reminder.stage);
            let at = page.short_time(reminder.at);
            page.block(out, 2, &format!("{at}  {}  {matter} ({stage})", reminder.number))?;
        }
    }
    service(page, board, out)
}

fn stages(page: &Page, board: &Board, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let titles = ["title-stage", "title-waits-at", "title-open", "title-overdue"];
    let mut table = page.table(titles.map(|id| words.say(id)).to_vec());
    for stage in &board.stages {
        let role = match &stage.role {
            Some(role) => vocabulary::word(words, Family::Role, role),
            None => words.say("board-citizen"),
        };
        table.add_row(row([
            vocabulary::word(words, Family::Stage, &stage.stage),
            role,
            stage.open.to_string(),
            stage.overdue.to_string(),
        ]));
    }
    align_right(&mut table, &[2, 3]);
    page.write_table(out, table)
}

fn lines(
    page: &Page,
    (title, in_all): (&str, i64),
    lines: &[BoardLine],
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = &page.words;
    if lines.is_empty() {
        return Ok(());
    }
    let in_all = usize::try_from(in_all).unwrap_or_default();
    writeln!(out, "\n{}", words.count(title, in_all))?;
    for line in lines {
        let with = line.assignee.clone().unwrap_or_else(|| {
            line.role.as_ref().map_or_else(
                || words.say("board-citizen"),
                |role| vocabulary::word(words, Family::Role, role),
            )
        });
        let unit = line.unit.as_deref().unwrap_or("-");
        let stage = vocabulary::word(words, Family::Stage, &line.stage);
        let left = line.left_minutes.map(|left| format!(": {}", time_left(words, left)));
        let left = left.unwrap_or_default();
        let text = format!("{}  {}  {unit}, {stage}, {with}{left}", line.number, line.citizen);
        page.block(out, 2, &text)?;
    }
    match in_all.checked_sub(lines.len()) {
        Some(more) if more > 0 => writeln!(out, "  {}", words.count("board-more", more)),
        _ => Ok(()),
    }
}

/// Modems and outbox in a line.
fn service(page: &Page, board: &Board, out: &mut dyn Write) -> io::Result<()> {
    let words = &page.words;
    let modems: Vec<String> = board
        .modems
        .iter()
        .map(|(name, state)| format!("{name} {}", vocabulary::word(words, Family::Modem, state)))
        .collect();
    let modems = if modems.is_empty() { words.say("status-no-modem") } else { modems.join(", ") };
    let waiting: i64 = board
        .outbox
        .iter()
        .filter(|(state, _)| state == "queued" || state == "claimed")
        .map(|(_, count)| count)
        .sum();
    let waiting = waiting.to_string();
    let text =
        words.fill("board-service", &[("modems", &one_line(&modems)), ("waiting", &waiting)]);
    writeln!(out)?;
    page.block(out, 0, &text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;
    use crate::cli::samples::{at, printed, printed_in};
    use crate::control::protocol::{BoardReminder, BoardStage};

    fn wall() -> Board {
        let stage = |stage: &str, role: Option<&str>, open, overdue| BoardStage {
            stage: stage.to_owned(),
            role: role.map(str::to_owned),
            open,
            overdue,
        };
        let line = BoardLine {
            number: "P26-00123-0".to_owned(),
            citizen: "+62 812-****-*001".to_owned(),
            unit: Some("DISDUKCAPIL".to_owned()),
            stage: "TELAAH".to_owned(),
            role: Some("anggota".to_owned()),
            assignee: Some("budi".to_owned()),
            due_at: Some(at(24, 2, 15)),
            left_minutes: Some(-75),
        };
        let soon = BoardLine {
            number: "P26-04071-7".to_owned(),
            unit: None,
            stage: "BARU".to_owned(),
            role: Some("petugas".to_owned()),
            assignee: None,
            left_minutes: Some(12),
            ..line.clone()
        };
        Board {
            at: at(24, 3, 30),
            open: true,
            stages: vec![
                stage("BARU", Some("petugas"), 4, 0),
                stage("MENUNGGU_PEMOHON", None, 2, 0),
                stage("TELAAH", Some("anggota"), 21, 17),
            ],
            emergencies: vec![soon.clone()],
            overdue: vec![line],
            soon: vec![soon],
            reminders: vec![BoardReminder {
                at: at(24, 2, 15),
                number: "P26-00123-0".to_owned(),
                matter: "LEWAT_WAKTU".to_owned(),
                stage: "TELAAH".to_owned(),
            }],
            national_near: 1,
            national_over: 0,
            sealed: 2,
            modems: vec![("modem-1".to_owned(), "ready".to_owned())],
            outbox: vec![("queued".to_owned(), 3), ("sent".to_owned(), 9)],
        }
    }

    #[test]
    fn the_wall_fits_eighty_columns() {
        let text = printed(Some(80), |page, out| print(page, &wall(), out));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn the_wall_is_there_in_english_too() {
        insta::assert_snapshot!(printed_in(Language::English, None, |page, out| {
            print(page, &wall(), out)
        }));
    }
}
