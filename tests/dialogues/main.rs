//! Every dialogue of tests/data/dialogues, byte by byte through the AT engine: it writes what the dialogue says, and cut
//! anywhere, with any notice between any two lines, the outcome of each command is the same. The format of the files
//! stands in their README.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the dialogues are part of the test: a bad file must stop it"
)]

mod notices;
mod player;

use aduan::at::{Boot, Expect, Failure, Fate, Urc};

use crate::notices::notices;
use crate::player::{Outcome, Step, dialogues, expect, play, whole};

/// What the engine writes beyond a dialogue, which ends too early to show it: ESC CR out of a prompt that may be open.
/// All else that stands behind `> ` in a dialogue is checked; only the ESC CR before a start is the driver's decision.
const ALSO_WRITTEN: &[(&str, &[u8])] = &[("send-no-result", b"\x1b\r")];

/// One line per command: what it answered, or why it did not.
fn told(outcome: &Outcome) -> String {
    outcome
        .finished
        .iter()
        .map(|result| match result {
            Ok(lines) if lines.is_empty() => "OK".to_owned(),
            Ok(lines) => format!(
                "OK {}",
                lines
                    .iter()
                    .map(|line| line.chars().take(28).collect())
                    .collect::<Vec<String>>()
                    .join(" / ")
            ),
            Err(failure) => match failure {
                Failure::TimedOut(fate) | Failure::Restarted(fate) | Failure::Reset(fate) => {
                    let fate = if *fate == Fate::Unknown { "fate unknown" } else { "nothing sent" };
                    format!("{failure}, {fate}")
                }
                Failure::Refused { .. } => failure.to_string(),
            },
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_dialogue_ends_as_it_should() {
    let story: Vec<String> = dialogues()
        .iter()
        .map(|(name, steps)| format!("[{name}]\n{}\n", told(&play(steps, whole))))
        .collect();
    let story = story.join("\n");
    let expected = include_str!("../data/dialogue-outcomes.txt");
    assert_eq!(story.trim(), expected.trim(), "\n{story}");
}

#[test]
fn what_is_written_is_what_the_dialogue_says() {
    let mut exceptions = 0;
    for (name, steps) in dialogues() {
        let mut expected: Vec<Vec<u8>> = steps
            .iter()
            .filter_map(|step| match step {
                Step::Write(bytes) => Some(bytes.clone()),
                Step::Read(_) | Step::Wait(_) | Step::Reopen => None,
            })
            .collect();
        let also = ALSO_WRITTEN.iter().find(|(dialogue, _)| *dialogue == name);
        exceptions += usize::from(also.is_some());
        expected.push(also.map(|(_, octets)| octets.to_vec()).unwrap_or_default());
        let shown = |runs: &[Vec<u8>]| -> Vec<String> {
            runs.iter().map(|run| run.escape_ascii().to_string()).collect()
        };
        assert_eq!(shown(&play(&steps, whole).written), shown(&expected), "{name}");
    }
    assert_eq!(exceptions, ALSO_WRITTEN.len());
}

#[test]
fn where_the_line_is_cut_makes_no_difference() {
    for (name, steps) in dialogues() {
        let expected = play(&steps, whole);
        let single = |_, run: &[u8]| run.iter().map(|byte| vec![*byte]).collect();
        assert_eq!(play(&steps, single), expected, "{name}, byte by byte");
        let longest = steps
            .iter()
            .map(|step| if let Step::Read(bytes) = step { bytes.len() } else { 0 })
            .max();
        for cut in 1..longest.unwrap_or(0) {
            let at = |_, run: &[u8]| {
                let (head, tail) = run.split_at(cut.min(run.len()));
                vec![head.to_vec(), tail.to_vec()]
            };
            assert_eq!(play(&steps, at), expected, "{name}, cut at {cut}");
        }
    }
}

/// A place between two lines: the step, the octets of its run that stand before, and what the line before belongs to.
#[derive(Clone, Copy, Debug)]
struct Boundary {
    step: usize,
    offset: usize,
    /// A header of a notice stands before: its second line may wait for a line, but not for another header.
    inside_notice: bool,
}

/// All line boundaries: before each run of bytes (so before the echo), and after each line.
fn boundaries(steps: &[Step]) -> Vec<Boundary> {
    let mut found = Vec::new();
    for (step, bytes) in steps.iter().enumerate().filter_map(|(at, step)| match step {
        Step::Read(bytes) => Some((at, bytes)),
        Step::Write(_) | Step::Wait(_) | Step::Reopen => None,
    }) {
        found.push(Boundary { step, offset: 0, inside_notice: false });
        let mut offset = 0;
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            offset += line.len();
            if line.ends_with(b"\n") && line.len() > 2 {
                let inside_notice =
                    ["+CMT:", "+CDS:"].iter().any(|header| line.starts_with(header.as_bytes()));
                found.push(Boundary { step, offset, inside_notice });
            }
        }
    }
    found
}

/// Whether a notice can be told from what the dialogue's commands ask for: an answer of the same name cannot.
fn is_distinct(notice: &str, steps: &[Step]) -> bool {
    steps.iter().all(|step| match step {
        Step::Write(bytes) => {
            let line = String::from_utf8_lossy(bytes);
            match expect(line.trim_end()) {
                Expect::Prefixed(prefix) | Expect::PrefixedOkOptional(prefix) => {
                    !notice.starts_with(prefix)
                }
                Expect::Nothing | Expect::WithPdu(_) | Expect::Text(_) | Expect::Drain => true,
            }
        }
        Step::Read(_) | Step::Wait(_) | Step::Reopen => true,
    })
}

/// Plays a dialogue with lines inserted at some boundaries.
fn play_with(steps: &[Step], lines: &str, boundaries: &[Boundary]) -> Outcome {
    play(steps, |at, run| {
        let mut pieces = Vec::new();
        let mut from = 0;
        for boundary in boundaries.iter().filter(|boundary| boundary.step == at) {
            pieces.push(run[from..boundary.offset].to_vec());
            pieces.push(format!("\r\n{lines}\r\n").into_bytes());
            from = boundary.offset;
        }
        pieces.push(run[from..].to_vec());
        pieces
    })
}

/// Asserts that nothing has changed but that each of `urcs` was told `times` more.
fn assert_only_told(
    mut outcome: Outcome,
    expected: &Outcome,
    urcs: &[&Urc],
    times: usize,
    place: &str,
) {
    let told = std::mem::replace(&mut outcome.notices, expected.notices.clone());
    assert_eq!(outcome, *expected, "{place}");
    assert_eq!(told.len(), expected.notices.len() + urcs.len() * times, "{place}: {told:?}");
    for urc in urcs {
        let count = |notices: &[Urc]| notices.iter().filter(|other| other == urc).count();
        let same = urcs.iter().filter(|other| other == &urc).count();
        assert_eq!(count(&told), count(&expected.notices) + same * times, "{place}: {urc:?}");
    }
    // The dialogue's own notices stand among them in their order.
    let mut rest = told.iter();
    assert!(expected.notices.iter().all(|own| rest.any(|other| other == own)), "{place}: {told:?}");
}

#[test]
fn a_notice_between_two_lines_is_told_once_and_changes_nothing_else() {
    let notices = notices();
    let mut plays = 0;
    for (name, steps) in dialogues() {
        let expected = play(&steps, whole);
        let all = boundaries(&steps);
        for (lines, urc) in notices.iter().filter(|(lines, _)| is_distinct(lines, &steps)) {
            let is_header = lines.contains("\r\n") && !lines.starts_with("+CUSD");
            let places: Vec<Boundary> = all
                .iter()
                .filter(|boundary| !(boundary.inside_notice && (is_header || lines.contains('\n'))))
                .copied()
                .collect();
            for place in &places {
                let outcome = play_with(&steps, lines, &[*place]);
                assert_only_told(
                    outcome,
                    &expected,
                    &[urc],
                    1,
                    &format!("{name}, {lines}, {place:?}"),
                );
                plays += 1;
            }
            let outcome = play_with(&steps, lines, &places);
            assert_only_told(
                outcome,
                &expected,
                &[urc],
                places.len(),
                &format!("{name}, {lines} everywhere"),
            );
        }
    }
    assert!(plays > 20_000, "{plays}");
}

#[test]
fn empty_lines_between_two_lines_change_nothing() {
    for (name, steps) in dialogues() {
        let expected = play(&steps, whole);
        let all = boundaries(&steps);
        for empty in ["", "\r\n\r\n", "\r", "\n", " ", "\0"] {
            assert_eq!(play_with(&steps, empty, &all), expected, "{name}, {empty:?}");
        }
    }
}

#[test]
fn all_notices_at_all_boundaries_at_once_change_nothing_else() {
    let notices = notices();
    for (name, steps) in dialogues() {
        let expected = play(&steps, whole);
        let places: Vec<Boundary> =
            boundaries(&steps).into_iter().filter(|boundary| !boundary.inside_notice).collect();
        let (lines, urcs): (Vec<&str>, Vec<&Urc>) = notices
            .iter()
            .filter(|(lines, _)| is_distinct(lines, &steps))
            .map(|(lines, urc)| (lines.as_str(), urc))
            .unzip();
        let outcome = play_with(&steps, &lines.join("\r\n\r\n"), &places);
        assert_only_told(outcome, &expected, &urcs, places.len(), &name);
    }
}

#[test]
fn a_boot_line_ends_the_command_in_flight_and_no_other() {
    let mut restarts = 0;
    for (name, steps) in dialogues() {
        let expected = play(&steps, whole);
        for place in boundaries(&steps) {
            for boot in ["RDY", "*ATREADY: 1", "^SYSSTART"] {
                let outcome = play_with(&steps, boot, &[place]);
                let place = format!("{name}, {boot}, {place:?}");
                assert_eq!(outcome.finished.len(), expected.finished.len(), "{place}");
                let other: Vec<_> = outcome
                    .finished
                    .iter()
                    .zip(&expected.finished)
                    .filter(|(is, was)| is != was)
                    .map(|(is, _)| is)
                    .collect();
                assert!(
                    matches!(other.as_slice(), [] | [Err(Failure::Restarted(_))]),
                    "{place}: {other:?}"
                );
                let told = |outcome: &Outcome| {
                    outcome.notices.iter().filter(|urc| **urc == Urc::Boot(Boot::Started)).count()
                };
                assert_eq!(told(&outcome), told(&expected) + 1, "{place}");
                restarts += other.len();
            }
        }
    }
    assert!(restarts > 100, "{restarts}");
}
