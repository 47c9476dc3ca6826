//! Plays the modem's side of a dialogue to an engine.

use std::fs;
use std::time::Duration;

use aduan::at::{Failure, Urc};
use aduan::modem::recording::dialogue;
use aduan::modem::replay::{Replay, Told};

pub use aduan::modem::recording::dialogue::Step;
pub use aduan::modem::replay::expect;

/// What the engine said and wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Of each command, in order.
    pub finished: Vec<Result<Vec<String>, Failure>>,
    pub notices: Vec<Urc>,
    /// The octets that stand where the dialogue writes, and those after its end.
    pub written: Vec<Vec<u8>>,
}

/// Time enough for what any dialogue holds: what comes late is told by its pauses.
const PATIENCE: Duration = Duration::from_mins(1);

/// Plays a dialogue; `pieces` cuts, or otherwise changes, each run of bytes from the modem, given the step's number.
pub fn play(steps: &[Step], pieces: impl Fn(usize, &[u8]) -> Vec<Vec<u8>>) -> Outcome {
    let mut replay = Replay::new().with_patience(PATIENCE);
    let mut outcome = Outcome::default();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Write(bytes) => {
                let next = steps.iter().skip(at + 1).find_map(|step| match step {
                    Step::Write(bytes) => Some(bytes.as_slice()),
                    Step::Read(_) | Step::Wait(_) | Step::Reopen => None,
                });
                outcome.written.push(replay.write(bytes, next));
            }
            Step::Read(bytes) => pieces(at, bytes).iter().for_each(|piece| replay.read(piece)),
            Step::Wait(time) => replay.wait(*time),
            Step::Reopen => replay.reopen(),
        }
    }
    outcome.written.push(replay.end());
    for told in replay.take_told() {
        match told {
            Told::Finished { line, result } => {
                assert!(!line.is_empty(), "finished twice");
                outcome.finished.push(result);
            }
            Told::Noticed(urc) => outcome.notices.push(urc),
        }
    }
    outcome
}

pub fn whole(_: usize, run: &[u8]) -> Vec<Vec<u8>> {
    vec![run.to_vec()]
}

pub fn dialogues() -> Vec<(String, Vec<Step>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/dialogues");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(files.len() > 50);
    files
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let steps = dialogue::read(&fs::read_to_string(path).unwrap());
            let steps = steps.unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, steps)
        })
        .collect()
}
