//! Any bytes after a command: it ends exactly once, and where the driver cut them makes no difference.
#![no_main]

use std::time::{Duration, Instant};

use aduan::at::{Engine, Event, Expect, Line, Request};
use libfuzzer_sys::fuzz_target;

/// All that happens until the line has been silent for long.
fn heard(pieces: [&[u8]; 2], now: Instant) -> Vec<Event> {
    let mut engine = Engine::new();
    let line = Line::parse("AT+CMGL=4").unwrap();
    let request = Request::new(line, Expect::WithPdu("+CMGL:"), Duration::from_secs(5));
    engine.submit(request, now).unwrap();
    pieces.into_iter().for_each(|piece| engine.handle_bytes(piece, now));
    while let Some(due) = engine.poll_timeout() {
        engine.handle_timeout(due);
    }
    std::iter::from_fn(|| engine.poll_event()).collect()
}

fuzz_target!(|input: (u16, &[u8])| {
    let (cut, bytes) = input;
    let now = Instant::now();
    let whole = heard([bytes, &[]], now);
    let ends = whole.iter().filter(|event| matches!(event, Event::Finished(_))).count();
    assert_eq!(ends, 1);
    let (first, second) = bytes.split_at(usize::from(cut).min(bytes.len()));
    assert_eq!(format!("{:?}", heard([first, second], now)), format!("{whole:?}"));
});
