//! Every family of modems does the main job: it is brought up, takes a complaint, sends the receipt and tells its fate.

use std::time::Duration;

use aduan::simulator::{Faults, Profile, Storm};

use crate::support::Gateway;

const PHONE: &str = "+6281234567890";

/// A line that cuts, delays and joins what the modem says.
fn rough(seed: u64) -> Faults {
    Faults {
        seed,
        split_octets_max: 7,
        pause_max: Duration::from_millis(3),
        merge_within: Duration::from_millis(2 * (seed % 2)),
        ..Faults::default()
    }
}

/// A modem that chatters all the while.
fn chatty() -> Faults {
    let storm = Storm { every: Duration::from_millis(10), lines: Vec::new() };
    Faults { storm: Some(storm), seed: 7, split_octets_max: 7, ..Faults::default() }
}

/// A complaint, a long one in parts that must be joined, and what became of both receipts.
async fn serves(profile: Profile, faults: Faults) {
    let model = profile.model;
    let office = Gateway::with(profile, faults).await;
    let long = format!("RSUD # {} 🙏", "toilet ruang tunggu kotor dan air mati. ".repeat(6));
    for (phone, text) in [(PHONE, "DISHUB # lampu merah mati"), ("+6285600000001", &long)] {
        let number = office.complain(phone, text).await;
        let ticket = office
            .desk()
            .ticket_until(&number, |ticket| ticket["replies"][0]["state"] == "delivered")
            .await;
        assert_eq!(ticket["messages"][0]["text"], text, "{model}");
    }
    let status = office.desk().tell("sari", &["status"]).await;
    assert_eq!(status["modems"][0]["state"], "ready", "{status:#}");
    office.simulation.with_modem(0, |modem, _| {
        assert_eq!(["SM", "ME", "SR"].map(|store| modem.stored(store)), [0; 3], "{model}");
    });
}

macro_rules! families {
    ($($name:ident)*) => {$(
        mod $name {
            use super::{Faults, Profile, chatty, rough, serves};

            #[tokio::test(flavor = "multi_thread")]
            async fn serves_from_complaint_to_delivered_receipt() {
                serves(Profile::$name(), Faults::default()).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn serves_over_a_line_that_cuts_and_joins() {
                tokio::join!(serves(Profile::$name(), rough(1)), serves(Profile::$name(), rough(2)));
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn serves_while_it_chatters() {
                serves(Profile::$name(), chatty()).await;
            }
        }
    )*};
}

families! { simcom_4g huawei_e1752 wavecom quectel_ec25 sim800 cinterion_mc75i zte_mf190 telit_he910 }

/// The parts of a long complaint arrive while the first of them is taken.
#[tokio::test(flavor = "multi_thread")]
async fn one_that_deletes_all_parts_with_the_first_loses_none() {
    let profile =
        || Profile { model: "SIMCOM_SIM600", deletes_together: true, ..Profile::sim800() };
    tokio::join!(serves(profile(), Faults::default()), serves(profile(), rough(1)));
}
