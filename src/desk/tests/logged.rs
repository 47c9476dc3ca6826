//! What the log tells of a case of the closed path, at any level: nothing by which it could be found (12.7).

use std::io::Write;
use std::sync::{Arc, Mutex};

use super::fixture::Bench;
use super::restrict;
use crate::desk::fates;
use crate::store::hand::Fate;

/// What is logged, down to the last level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn no_level_of_the_log_names_a_case_of_the_closed_path() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.send(&number, "sari").unwrap();
    // In hand, the answer is not taken back.
    let answer = bench.claim().unwrap();
    restrict(&bench, &number, "ratna");
    let log = Log::default();
    let into = log.clone();
    bench.run(move |tx, office, now| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || into.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            fates::released(tx, office, answer.id, Fate::Failed, "+CMS ERROR: 38", now)
        })
    });
    let told = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(told.contains("closed path"), "{told}");
    for secret in [&*number, "0000001", "DELIVERY", "GAGAL_KIRIM"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}
