//! Reminders by SMS to the office's own people.

use super::closed_path::name;
use super::fixture::{ANNA, Bench, local, office, staff};
use super::withholding::join;
use super::{restrict, restrict_naming};
use crate::desk::Office;
use crate::desk::staff::Staff;
use crate::phone::PhoneNumber;
use crate::store::hand::Fate;
use crate::store::outbox;

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

/// What a telephone was sent or is to be sent.
fn texts_to(bench: &Bench, phone: &str) -> Vec<(i64, String)> {
    let phone = PhoneNumber::parse(phone).unwrap();
    let texts = bench.run(move |tx, _, _| outbox::to(tx, phone.reveal()));
    texts.into_iter().map(|text| (text.id, text.state)).collect()
}

/// The texts that the trail of a ticket says were kept back.
fn kept_back(bench: &Bench, number: &str) -> Vec<String> {
    let lines = bench.trail(number).into_iter();
    let lines = lines.filter(|line| line.action == "TIDAK_DIKIRIM_TERTUTUP");
    lines.map(|line| line.detail).collect()
}

fn row(id: i64) -> String {
    format!("{{\"outbox\":{id}}}")
}

#[test]
fn a_number_does_not_leave_for_whom_its_ticket_is_sealed() {
    let bench = calling(|_| ());
    let number = bench.complaint();
    rounds_until(&bench, "24-11-2026 08.20");
    let [(id, state)] = &texts_to(&bench, SARI)[..] else { panic!("one text") };
    assert_eq!(state, "queued");
    restrict(&bench, &number, "sari");
    assert_eq!(texts_to(&bench, SARI), [(*id, "dropped".to_owned())]);
    assert_eq!(kept_back(&bench, &number), [row(*id)]);
    assert!(bench.told(SARI).is_empty());
    // What names another ticket goes.
    let other = bench.say("081400000001", "PUPR # jalan berlubang").number();
    rounds_until(&bench, "24-11-2026 08.40");
    let told = bench.told(SARI);
    assert!(told.len() == 1 && told[0].contains(&other), "{told:?}");
}

#[test]
fn what_was_taken_back_is_none_of_a_days_texts() {
    let bench = calling(|office| office.limits.reminders.per_day = 1);
    let number = bench.complaint();
    rounds_until(&bench, "24-11-2026 08.20");
    restrict(&bench, &number, "sari");
    let other = bench.say("081400000001", "PUPR # jalan berlubang").number();
    rounds_until(&bench, "24-11-2026 08.40");
    let told = bench.told(SARI);
    assert!(told.len() == 1 && told[0].contains(&other), "{told:?}");
    bench.say("081400000002", "PUPR # jembatan rusak");
    rounds_until(&bench, "24-11-2026 09.00");
    assert!(bench.told(SARI).is_empty());
}

#[test]
fn whoever_still_reads_the_case_reads_the_number_until_named_in_it() {
    for (named, later, is_told) in
        [(&[][..], false, true), (&["ratna"][..], false, false), (&[][..], true, false)]
    {
        let bench = calling(|_| ());
        let number = bench.complaint();
        bench.assign(&number).unwrap();
        rounds_until(&bench, "24-11-2026 09.00");
        assert_eq!(texts_to(&bench, RATNA).len(), 1, "late, it is the ketua's too");
        restrict_naming(&bench, &number, "budi", named).unwrap();
        if later {
            name(&bench, &number, "hadi", &["ratna"]).unwrap();
        }
        assert_eq!(bench.told(RATNA).len(), usize::from(is_told), "{named:?} {later}");
        assert_eq!(kept_back(&bench, &number).len(), usize::from(!is_told));
    }
}

#[test]
fn a_ticket_that_is_joined_to_a_sealed_one_is_named_no_more() {
    let bench = calling(|_| ());
    let number = bench.complaint();
    restrict(&bench, &number, "sari");
    let same = bench.say("081400000001", "DISHUB # lampu Simpang Pasar mati").number();
    rounds_until(&bench, "24-11-2026 08.20");
    let [(id, _)] = &texts_to(&bench, SARI)[..] else { panic!("one text") };
    join(&bench, &same, &number, "ratna");
    assert_eq!(kept_back(&bench, &same), [row(*id)]);
    assert!(bench.told(SARI).is_empty());
}

#[test]
fn an_alarm_that_has_not_left_is_taken_back_too() {
    let bench = calling(|office| office.limits.reminders.emergency = true);
    bench.sms(ANNA, "DISHUB # tolong, ada kebakaran di kantor, petugas minta uang");
    let [(id, _)] = &texts_to(&bench, SARI)[..] else { panic!("one text") };
    restrict(&bench, "P26-00001-8", "sari");
    assert_eq!(kept_back(&bench, "P26-00001-8"), [row(*id)]);
    assert!(bench.told(SARI).is_empty());
}

#[test]
fn what_a_modem_has_in_hand_does_not_leave_once_more() {
    /// No response from the phone, and no more tries.
    const STOPPED: u8 = 0x62;
    for comes_back in [true, false] {
        let bench = calling(|_| ());
        let number = bench.complaint();
        rounds_until(&bench, "24-11-2026 08.20");
        let in_hand = bench.claim().unwrap();
        restrict(&bench, &number, "sari");
        assert!(kept_back(&bench, &number).is_empty());
        if comes_back {
            bench.release(in_hand.id, Fate::Retry(bench.now()));
            assert_eq!(kept_back(&bench, &number), [row(in_hand.id)]);
        } else {
            let mr = bench.accept(&in_hand);
            bench.report(SARI, mr, STOPPED);
        }
        bench.minutes(60);
        assert!(bench.told(SARI).is_empty());
        let state = if comes_back { "dropped" } else { "failed" };
        assert_eq!(texts_to(&bench, SARI), [(in_hand.id, state.to_owned())]);
    }
}
