//! Reminders by SMS to the office's own people.

use super::fixture::{ANNA, Bench, local, office, staff};
use super::restrict;
use crate::desk::Office;
use crate::desk::staff::Staff;
use crate::phone::PhoneNumber;

pub(super) const SARI: &str = "081300000001";
pub(super) const RATNA: &str = "081300000002";
const HADI: &str = "081300000003";

pub(super) fn calling(change: impl FnOnce(&mut Office)) -> Bench {
    let mut people = staff();
    for (user, phone) in [("sari", SARI), ("ratna", RATNA), ("hadi", HADI)] {
        let person = people.iter_mut().find(|person| person.id.as_str() == user).unwrap();
        person.phone = Some(PhoneNumber::parse(phone).unwrap());
    }
    let mut office = Office { staff: Staff::new(people), ..office() };
    office.limits.reminders.sms = true;
    change(&mut office);
    Bench::with(office)
}

fn rounds_until(bench: &Bench, until: &str) {
    while bench.round() <= local(until) {
        bench.set(bench.round());
    }
    bench.set(local(until));
}

#[test]
fn who_is_late_gets_one_short_text_without_the_citizens_words() {
    let bench = calling(|_| ());
    let first = bench.complaint();
    for phone in 1..4 {
        bench.say(&format!("08140000000{phone}"), "PUPR # jalan berlubang");
    }
    rounds_until(&bench, "24-11-2026 08.20");
    let told = bench.told(SARI);
    let [text] = &told[..] else { panic!("{told:?}") };
    assert!(text.starts_with(&format!("Pengingat: {first} lewat waktu, ")), "{text}");
    assert!(text.ends_with(", 2 tiket lain. Lihat: aduan masuk. Pemkab Sukamaju"), "{text}");
    assert!(text.len() <= 160 && !text.contains("Lampu") && !text.contains("0812"), "{text}");
    assert!(bench.told(RATNA).is_empty() && bench.told(ANNA).is_empty());
    // It is neither the citizen's nor the month's.
    assert!(bench.outgoing(&first).iter().all(|message| message.purpose != "staff"));
    assert_eq!(bench.recap(2026, 11).sent.iter().map(|(_, texts, _)| texts).sum::<i64>(), 4);
}

#[test]
fn a_case_of_the_closed_path_has_no_number_in_a_text() {
    let bench = calling(|_| ());
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    bench.told(ANNA);
    rounds_until(&bench, "26-11-2026 07.35");
    for phone in [RATNA, HADI] {
        assert_eq!(
            bench.told(phone),
            ["Pengingat: ada kasus tertutup. Lihat: aduan masuk. Pemkab Sukamaju"]
        );
    }
    assert!(bench.told(SARI).is_empty());
}

#[test]
fn nobody_gets_more_in_a_day_than_the_office_wants_and_nothing_at_night() {
    let bench = calling(|office| office.limits.reminders.per_day = 2);
    for phone in 1..5 {
        bench.say(&format!("08140000000{phone}"), "PUPR # jalan berlubang");
        bench.minutes(20);
        bench.round();
    }
    assert_eq!(bench.told(SARI).len(), 2);
    bench.at("24-11-2026 15.50");
    bench.say(ANNA, "DISHUB # lampu mati");
    rounds_until(&bench, "25-11-2026 07.34");
    assert!(bench.told(SARI).is_empty());
    rounds_until(&bench, "25-11-2026 08.00");
    assert_eq!(bench.told(SARI).len(), 1, "another day");
}

#[test]
fn no_loop_comes_of_a_telephone_that_answers_and_stop_is_heeded() {
    let bench = calling(|_| ());
    // The telephone answers a reminder: a message like any other, and its ticket is late like any other.
    let own = bench.say(SARI, "UMUM # Saya sedang rapat, nanti saya hubungi").number();
    rounds_until(&bench, "24-11-2026 09.00");
    assert!(bench.story(&own).contains("LEWAT_WAKTU"));
    assert!(bench.told(SARI).is_empty());
    bench.say(SARI, "STOP");
    bench.complaint();
    rounds_until(&bench, "24-11-2026 10.00");
    assert!(bench.told(SARI).is_empty());
}

#[test]
fn without_the_setting_nobody_is_written_to() {
    let bench = calling(|office| office.limits.reminders.sms = false);
    bench.complaint();
    rounds_until(&bench, "24-11-2026 12.00");
    assert!(bench.told(SARI).is_empty());
}
