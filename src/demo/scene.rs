//! A scenario on the stage: its timetable is told while it happens, and what phones receive.

use std::io;
use std::time::Duration;

use serde::Serialize;
use toml::Value;

use super::stage::{Happened, Stage, tell_received};
use super::{DemoError, Terminal};
use crate::simulator::Scenario;
use crate::simulator::scenario::{Event, Happening};

/// How long nothing may happen while a receipt is missing: a gateway that gives up a modem looks at it again in less.
const PATIENCE: Duration = Duration::from_mins(6);
/// The same where what is missing may be missing for good.
const LULL: Duration = Duration::from_secs(20);

/// Plays it to its end; a receipt that did not come is told here, so that the stage can be kept all the same.
pub(super) fn play(
    stage: &Stage,
    scenario: &Scenario,
    terminal: &mut dyn Terminal,
) -> Result<Option<DemoError>, DemoError> {
    let [modems, events, seed] =
        [scenario.modems.len() as u64, scenario.events.len() as u64, scenario.seed]
            .map(|count| count.to_string());
    let values =
        [("about", &*scenario.about), ("modems", &modems), ("events", &events), ("seed", &seed)];
    terminal.tell("demo-scenario", &values)?;
    let mut left = scenario.events.len();
    loop {
        let unanswered = stage.simulation.unanswered();
        let wait = match (left, unanswered.len()) {
            (0, 0) => Duration::ZERO,
            (0, lacking) if lacking <= scenario.expect.without_receipt => LULL,
            _ => PATIENCE,
        };
        match stage.next_of_scenario(wait) {
            Some(Happened::Event(event)) => {
                left = left.saturating_sub(1);
                tell_event(terminal, &event)?;
            }
            Some(Happened::Received(message)) => tell_received(terminal, &message)?,
            None => break,
        }
    }
    terminal.tell("demo-scenario-over", &[])?;
    for (user, typed) in [("sari", ["inbox"]), ("joko", ["status"])] {
        terminal.act(&stage.home.socket(user), (user, stage.name(user)), &typed)?;
    }
    let unanswered = stage.simulation.unanswered();
    let phones = unanswered.join(", ");
    if !unanswered.is_empty() {
        terminal.tell("demo-scenario-unanswered", &[("phones", &phones)])?;
    }
    let missed = unanswered.len() > scenario.expect.without_receipt;
    Ok(missed
        .then(|| DemoError::Missed { what: format!("a receipt at {phones}"), patience: PATIENCE }))
}

fn tell_event(terminal: &mut dyn Terminal, event: &Event) -> io::Result<()> {
    let happening = &event.happening;
    let (from, text, detail) = particulars(happening);
    let at = humantime::format_duration(event.at).to_string();
    let modem = happening.modem().unwrap_or_default();
    let id = format!("demo-event-{}", happening.kind());
    let values =
        [("at", &*at), ("modem", modem), ("from", from), ("text", text), ("detail", &*detail)];
    terminal.tell(&id, &values)
}

/// Who, what is said, and the rest in the words of the file.
fn particulars(happening: &Happening) -> (&str, &str, String) {
    match happening {
        Happening::Text { from, text, .. } | Happening::Notice { from, text, .. } => {
            (from, text, String::new())
        }
        Happening::Deliver { tpdu, .. } => ("", tpdu, String::new()),
        Happening::Ring { from, .. } => (from, "", String::new()),
        Happening::Phone { number, reach } => (number, "", word(reach)),
        Happening::Say { line, .. } => ("", line, String::new()),
        Happening::Replug { port, .. } => ("", "", port.clone().unwrap_or_default()),
        Happening::Coverage { registration, .. } => ("", "", word(registration)),
        Happening::Signal { level, .. } => ("", "", level.to_string()),
        Happening::Fill { store, .. } | Happening::Empty { store, .. } => ("", "", store.clone()),
        Happening::FallSick { sick, .. } => ("", "", word(sick)),
        Happening::Faults { faults, .. } => ("", "", word(faults)),
        Happening::Ussd { code, answer } => ("", code, word(answer)),
        Happening::Edict(edict) => ("", "", word(edict)),
        Happening::Slow { by, .. } => ("", "", humantime::format_duration(*by).to_string()),
        Happening::ExchangeCard { card, .. } => ("", "", card.clone()),
        Happening::Clock { .. } => ("", "", word(happening)),
        Happening::Unplug(_)
        | Happening::TakeCardOut(_)
        | Happening::PutCardIn(_)
        | Happening::Restart(_)
        | Happening::Recover(_)
        | Happening::RevokeEdicts => ("", "", String::new()),
    }
}

/// As the file has it.
fn word(value: &impl Serialize) -> String {
    match Value::try_from(value) {
        Ok(Value::String(word)) => word,
        Ok(value) => value.to_string(),
        Err(_) => String::new(),
    }
}
