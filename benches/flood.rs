//! 100,000 SMS of 50,000 numbers wait in the network while officers work: memory, patience, and nothing lost.
//!
//! `cargo bench --bench flood`, some minutes; `-- --numbers 5000` makes it smaller. docs/performance.md says what each line is.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a benchmark that fails must stop, and figures need no more than six digits"
)]

mod deluge;
#[allow(dead_code, reason = "CPU and wake-ups are weighed by the others")]
mod support;
#[allow(dead_code, reason = "this table has no shares")]
mod table;

use deluge::{Deluge, Size};
use table::{head, median_and_most, row};
use tokio::runtime::Runtime;

fn main() {
    let mut words = std::env::args().skip_while(|word| word != "--numbers").skip(1);
    let numbers = words.next().map_or(50_000, |word| word.parse().unwrap());
    let size = Size { numbers, from_one: 40, per_minute: 60 };
    let deluge = Deluge::run(&Runtime::new().unwrap(), size);
    let figures = &deluge.figures;
    head();
    let [tenth, half, all] = figures.resident.map(|kib| kib as f64 / 1024.0);
    let measured = format!("{tenth:.1} {half:.1} {all:.1} MiB");
    row(&format!("flood of {} SMS: resident at 10, 50, 100 %", size.texts()), &measured, "flat");
    row("    most that was ever resident", &format!("{:.1} MiB", figures.peak as f64 / 1024.0), "");
    let a_second =
        |time: std::time::Duration| format!("{:.0}", size.texts() as f64 / time.as_secs_f64());
    row("    SMS a second received", &a_second(figures.received), "");
    row("    SMS a second made tickets of and acknowledged", &a_second(figures.handled), "");
    for (what, asked) in [
        ("the state", &figures.asked.state),
        ("a ticket shown", &figures.asked.show),
        ("a ticket sorted", &figures.asked.sort),
    ] {
        row(
            &format!("    meanwhile {what}: median / 19 of 20 within"),
            &median_and_most(&mut asked.clone()),
            "< 50 ms",
        );
    }
    for (what, mut took) in [
        (format!("inbox, {} tickets of them", figures.lines), figures.inbox.clone()),
        ("the wall".to_owned(), figures.board.clone()),
    ] {
        row(
            &format!("    with all open, {what}: median / 19 of 20 within"),
            &median_and_most(&mut took),
            "< 50 ms",
        );
    }
    let most = deluge.most_in_a_minute();
    row("    parts sent in the fullest minute", &most.to_string(), "<= 60");
    let kept = deluge.count("SELECT COUNT (*) FROM inbound WHERE state = 'handled'");
    let lost = size.texts() - usize::try_from(kept).unwrap();
    row("    SMS lost", &lost.to_string(), "0");
}
