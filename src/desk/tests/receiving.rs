//! What a modem hands over is kept once, whole where its parts come, and never mixed.

use chrono::TimeDelta;

use super::fixture::{ANNA, BENI, Bench, MODEM};
use crate::desk::receiving::{self, At, Received};
use crate::sms::{Address, Dcs, Deliver, Element, UserData, encode_smsc};
use crate::store::inbox;

/// More than two parts long.
fn long(word: &str) -> String {
    format!("DISHUB # {}", format!("{word} ").repeat(330 / (word.len() + 1)).trim_end())
}

/// What intake has made of the messages of a sender, in the order of their arrival.
fn texts(bench: &Bench, from: &str) -> Vec<(String, bool)> {
    bench.intake();
    let messages = bench.messages(from).into_iter().rev();
    messages.map(|message| (message.text.unwrap(), message.complete)).collect()
}

fn look_again(bench: &Bench) -> Option<chrono::DateTime<chrono::Utc>> {
    bench.run(receiving::give_up_waiting)
}

#[test]
fn the_same_part_read_twice_is_one() {
    let bench = Bench::new();
    let part = &bench.delivered(ANNA, "DISHUB # lampu mati")[0];
    assert_eq!(bench.receive(part), Received::Fresh);
    assert_eq!(bench.receive(part), Received::Repeat);
    bench.intake();
    // Also after it was handled, and a day later.
    bench.days(1);
    assert_eq!(bench.receive(part), Received::Repeat);
    assert!(bench.intake().is_empty());
    assert_eq!(bench.messages(ANNA).len(), 1);
}

#[test]
fn the_same_text_sent_again_is_another_message() {
    let bench = Bench::new();
    bench.sms(ANNA, "DISHUB # lampu mati");
    bench.seconds(1);
    bench.sms(ANNA, "DISHUB # lampu mati");
    assert_eq!(bench.messages(ANNA).len(), 2);
}

#[test]
fn two_sims_keep_apart_what_each_received() {
    let bench = Bench::new();
    let tpdu = bench.delivered(ANNA, "DISHUB # lampu mati")[0].encode().unwrap();
    assert_eq!(bench.receive_at("sim-a", &tpdu), Received::Fresh);
    assert_eq!(bench.receive_at("sim-b", &tpdu), Received::Fresh);
}

#[test]
fn what_came_before_the_card_told_its_number_is_no_other_message_afterwards() {
    let bench = Bench::new();
    let tpdu = bench.delivered(ANNA, "BANTUAN")[0].encode().unwrap();
    assert_eq!(bench.receive_at(MODEM, &tpdu), Received::Fresh);
    assert_eq!(bench.receive_at("sim-a", &tpdu), Received::Repeat);
    assert_eq!(bench.receive_at("sim-a", &tpdu), Received::Repeat);
    assert_eq!(texts(&bench, ANNA), [("BANTUAN".to_owned(), true)]);
}

#[test]
fn a_long_message_is_joined_whose_card_told_its_number_in_the_middle() {
    let bench = Bench::new();
    let text = long("lampu");
    let parts = bench.delivered(ANNA, &text);
    for (place, part) in parts.iter().enumerate() {
        let sim = if place == 0 { MODEM } else { "sim-a" };
        assert_eq!(bench.receive_at(sim, &part.encode().unwrap()), Received::Fresh);
    }
    assert_eq!(texts(&bench, ANNA), [(text, true)]);
    let again = parts[1].encode().unwrap();
    assert_eq!(bench.receive_at("sim-a", &again), Received::Repeat);
}

#[test]
fn what_was_left_on_a_card_is_no_message_of_that_card() {
    let bench = Bench::new();
    let delivered = |text: &str| {
        let tpdu = bench.delivered(ANNA, text)[0].encode().unwrap();
        (tpdu.clone(), [encode_smsc(None), tpdu].concat())
    };
    let leave = |pdu: &[u8], arrived_since: Option<i64>| {
        let (pdu, after) = (pdu.to_vec(), arrived_since.map(TimeDelta::seconds));
        bench.run(move |tx, _, now| {
            receiving::leave(tx, "sim-a", &pdu, after.map(|after| now + after), now)
        })
    };
    let (tpdu, pdu) = delivered("selamat pagi");
    assert!(leave(&pdu, None) && leave(&pdu, None));
    assert_eq!(bench.receive_at("sim-a", &tpdu), Received::Left);
    // Through another centre it is the same; on another card it is not.
    let (centre, unread) = (Address::international("+62811000000").unwrap(), bench.unread().len());
    let again = [encode_smsc(Some(&centre)), tpdu.clone()].concat();
    let at = At { sim: "sim-a", modem: "modem-2" };
    let again = bench.run(move |tx, office, now| receiving::receive(tx, office, &at, &again, now));
    assert_eq!((again, bench.unread().len()), (Received::Left, unread));
    assert_eq!(bench.receive_at("sim-b", &tpdu), Received::Fresh);
    // What was kept before is not left, nor what nobody could read.
    let (tpdu, pdu) = delivered("DISHUB # lampu mati");
    assert_eq!(bench.receive_at("sim-a", &tpdu), Received::Fresh);
    assert!(!leave(&pdu, None));
    assert_eq!(bench.receive_at("sim-a", &[0xFF; 4]), Received::Unreadable);
    assert!(!leave(&[0, 0xFF, 0xFF, 0xFF, 0xFF], None));
    // Nor what came since the time that is in question; clocks differ.
    let (_, pdu) = delivered("PDAM # air mati");
    assert!(!leave(&pdu, Some(0)) && !leave(&pdu, Some(60)) && leave(&pdu, Some(61)));
}

#[test]
fn parts_are_joined_whatever_their_order_and_repetition() {
    let text = long("rusak");
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let bench = Bench::new();
        let parts = bench.delivered(ANNA, &text);
        assert_eq!(parts.len(), 3);
        for place in order {
            assert!(bench.unread().is_empty(), "not before the last part");
            assert_eq!(bench.receive(&parts[place]), Received::Fresh);
            assert_eq!(bench.receive(&parts[place]), Received::Repeat);
        }
        assert_eq!(texts(&bench, ANNA), [(text.clone(), true)]);
    }
}

#[test]
fn a_missing_part_is_awaited_and_then_done_without() {
    let bench = Bench::new();
    let parts = bench.delivered(ANNA, &long("rusak"));
    bench.receive(&parts[0]);
    bench.minutes(4);
    bench.receive(&parts[2]);
    let first = bench.now() - chrono::TimeDelta::minutes(4);
    assert_eq!(look_again(&bench), Some(first + chrono::TimeDelta::minutes(10)));
    bench.minutes(6);
    assert_eq!(look_again(&bench), None);
    let found = texts(&bench, ANNA);
    assert_eq!(found.len(), 1);
    let (text, complete) = &found[0];
    assert!(!complete);
    assert!(text.starts_with("DISHUB # rusak") && text.contains("[…]"), "{text}");
    let ticket = bench.heard(ANNA).ticket.unwrap();
    assert!(ticket.flags.iter().any(|flag| flag == "incomplete"), "{:?}", ticket.flags);
    // The missing part, very late: it is kept, and nothing is lost of it.
    assert_eq!(bench.receive(&parts[1]), Received::Fresh);
    bench.minutes(10);
    look_again(&bench);
    assert_eq!(texts(&bench, ANNA).len(), 2);
}

#[test]
fn a_reference_used_again_does_not_mix_two_messages() {
    let bench = Bench::new();
    let old = bench.delivered(ANNA, &long("pertama"));
    bench.receive(&old[0]);
    bench.receive(&old[1]);
    bench.minutes(2);
    let mut new = Vec::new();
    // The handset's counter came round.
    while new.first().is_none_or(|part: &Deliver| part.concat() != old[0].concat()) {
        new = bench.delivered(ANNA, &long("kedua"));
    }
    for part in &new {
        bench.receive(part);
    }
    let found = texts(&bench, ANNA);
    assert_eq!(found.len(), 2);
    assert!(found[0].0.contains("pertama") && !found[0].0.contains("kedua") && !found[0].1);
    assert!(found[1].0.contains("kedua") && !found[1].0.contains("pertama") && found[1].1);
}

/// A part with any header, as handsets of all makes write it.
fn part(bench: &Bench, from: &str, element: (u8, &[u8]), letters: &[u8]) -> Deliver {
    let mut part = bench.delivered(from, "").remove(0);
    let (id, data) = element;
    part.user_data = UserData::from_septets(&[Element { id, data }], letters).unwrap();
    part
}

#[test]
fn a_handset_that_sends_two_messages_at_once_is_understood() {
    let bench = Bench::new();
    let (one, two) = (long("pertama"), long("kedua"));
    let (first, second) = (bench.delivered(ANNA, &one), bench.delivered(ANNA, &two));
    for (first, second) in first.iter().rev().zip(&second) {
        bench.receive(second);
        bench.receive(first);
    }
    assert_eq!(texts(&bench, ANNA), [(two, true), (one, true)]);
}

#[test]
fn references_of_eight_and_of_sixteen_bits_and_other_totals_are_other_messages() {
    let bench = Bench::new();
    for (element, letters) in [
        ((0, &[7, 2, 1][..]), b"DISHUB # satu"),
        ((8, &[0, 7, 2, 1]), b"PDAM # dua   "),
        ((0, &[7, 3, 1]), b"BPBD # tiga  "),
    ] {
        assert_eq!(bench.receive(&part(&bench, ANNA, element, letters)), Received::Fresh);
    }
    assert!(bench.unread().is_empty());
    bench.receive(&part(&bench, ANNA, (8, &[0, 7, 2, 2]), b"akhir"));
    bench.receive(&part(&bench, ANNA, (0, &[7, 2, 2]), b"selesai"));
    let found = texts(&bench, ANNA);
    let expected = ["PDAM # dua   akhir", "DISHUB # satuselesai"];
    assert_eq!(found, expected.map(|text| (text.to_owned(), true)));
}

#[test]
fn the_same_reference_days_later_is_a_new_message() {
    let bench = Bench::new();
    let send = |first: &[u8], second: &[u8]| {
        for (number, letters) in [(1, first), (2, second)] {
            bench.receive(&part(&bench, ANNA, (0, &[7, 2, number]), letters));
        }
    };
    send(b"DISHUB # lampu ", b"mati");
    bench.days(3);
    // The very same first part, and another second one.
    send(b"DISHUB # lampu ", b"menyala");
    let expected = ["DISHUB # lampu mati", "DISHUB # lampu menyala"];
    assert_eq!(texts(&bench, ANNA), expected.map(|text| (text.to_owned(), true)));
}

#[test]
fn a_message_of_255_parts_is_joined() {
    let bench = Bench::new();
    let letters = |number: u8| [b'A' + number % 26, b'a' + number / 10];
    // Every seventh first: each part comes once, and none in its turn.
    for number in (0..7).flat_map(|start| (1 + start..=255u8).step_by(7)) {
        assert!(bench.unread().is_empty());
        bench.receive(&part(&bench, ANNA, (8, &[1, 2, 255, number]), &letters(number)));
    }
    let expected: Vec<u8> = (1..=255).flat_map(letters).collect();
    assert_eq!(texts(&bench, ANNA), [(String::from_utf8(expected).unwrap(), true)]);
}

#[test]
fn an_impossible_place_is_ignored_and_the_text_stands_alone() {
    let bench = Bench::new();
    for data in [[7, 2, 0], [7, 2, 3], [7, 0, 0], [7, 1, 1]] {
        bench.seconds(1);
        bench.receive(&part(&bench, ANNA, (0, &data), b"DISHUB # lampu mati"));
    }
    let expected = ("DISHUB # lampu mati".to_owned(), true);
    assert_eq!(texts(&bench, ANNA), vec![expected; 4]);
}

#[test]
fn of_a_damaged_message_what_is_there_is_read_and_said_to_be_incomplete() {
    let bench = Bench::new();
    let tpdu = bench.delivered(ANNA, "DISHUB # lampu simpang pasar mati")[0].encode().unwrap();
    let cut = tpdu.len() - 10;
    assert_eq!(bench.receive_tpdu(&tpdu[..cut]), Received::Fresh);
    assert_eq!(bench.receive_tpdu(&tpdu[..cut]), Received::Repeat);
    let found = texts(&bench, ANNA);
    assert_eq!(found, [("DISHUB # lampu simpan […] ".to_owned(), false)]);
    let ticket = bench.heard(ANNA).ticket.unwrap();
    assert!(ticket.flags.iter().any(|flag| flag == "incomplete"), "{:?}", ticket.flags);
}

#[test]
fn a_damaged_part_finds_its_place() {
    let bench = Bench::new();
    let parts = bench.delivered(ANNA, &long("rusak"));
    let tpdu = parts[1].encode().unwrap();
    bench.receive_tpdu(&tpdu[..tpdu.len() - 50]);
    bench.receive(&parts[0]);
    bench.receive(&parts[2]);
    let found = texts(&bench, ANNA);
    let [(text, complete)] = found.as_slice() else { panic!("one message: {found:?}") };
    assert!(!complete && text.contains("[…]"), "{text}");
    assert!(text.ends_with("rusak"), "{text}");
}

#[test]
fn a_flash_and_a_replacement_are_messages_of_their_own() {
    let bench = Bench::new();
    let change = |change: fn(&mut Deliver), text: &str| {
        bench.seconds(1);
        let mut part = bench.delivered(ANNA, text).remove(0);
        change(&mut part);
        bench.receive(&part);
    };
    change(|part| part.coding = Dcs(0x10), "DISHUB # lampu mati");
    change(|part| part.protocol_id = 0x41, "PDAM # air keruh");
    change(|part| part.protocol_id = 0x41, "PDAM # air mati");
    let found: Vec<String> = texts(&bench, ANNA).into_iter().map(|(text, _)| text).collect();
    assert_eq!(found, ["DISHUB # lampu mati", "PDAM # air keruh", "PDAM # air mati"]);
}

#[test]
fn a_text_in_an_alphabet_that_nobody_can_read_is_shown_to_the_officer() {
    let bench = Bench::new();
    for coding in [0x0C, 0x20] {
        bench.seconds(1);
        let mut part = bench.delivered(ANNA, "DISHUB # lampu mati").remove(0);
        part.user_data = UserData::from_octets(&[], b"DISHUB").unwrap();
        part.coding = Dcs(coding);
        bench.receive(&part);
        bench.intake();
        assert_eq!(bench.heard(ANNA).end(), "silence TIDAK_TERBACA");
    }
}

#[test]
fn two_senders_with_the_same_reference_are_not_mixed() {
    let bench = Bench::new();
    let from_anna = bench.delivered(ANNA, &long("anna"));
    let mut from_beni = Vec::new();
    while from_beni.first().is_none_or(|part: &Deliver| part.concat() != from_anna[0].concat()) {
        from_beni = bench.delivered(BENI, &long("beni"));
    }
    for (anna, beni) in from_anna.iter().zip(&from_beni) {
        bench.receive(anna);
        bench.receive(beni);
    }
    assert_eq!(texts(&bench, ANNA), [(long("anna"), true)]);
    assert_eq!(texts(&bench, BENI), [(long("beni"), true)]);
}

#[test]
fn what_cannot_be_read_is_kept_and_shown_as_unread() {
    let bench = Bench::new();
    for rubbish in [&[0xFF, 0xFF, 0xFF][..], &[], &[0x01, 0x02], &[0x04, 0x0B, 0x91]] {
        assert_eq!(bench.receive_tpdu(rubbish), Received::Unreadable, "{rubbish:?}");
        assert_eq!(bench.receive_tpdu(rubbish), Received::Repeat, "{rubbish:?}");
    }
    bench.intake();
    let silent = bench.run(|tx, _, _| inbox::silent(tx, 10));
    assert_eq!(silent.len(), 4);
    for message in silent {
        assert_eq!(message.reason.as_deref(), Some("TIDAK_TERBACA"));
    }
}

#[test]
fn data_and_messages_to_the_equipment_are_kept_in_silence() {
    let bench = Bench::new();
    let one = |change: fn(&mut Deliver)| {
        bench.seconds(1);
        let mut part = bench.delivered(ANNA, "DISHUB # lampu mati").remove(0);
        change(&mut part);
        assert_eq!(bench.receive(&part), Received::Fresh);
        bench.intake();
        assert_eq!(bench.heard(ANNA).end(), "silence BUKAN_TEKS");
    };
    one(|part| part.protocol_id = 0x40);
    one(|part| part.protocol_id = 0x7F);
    // Voice mail: an indication, to be discarded.
    one(|part| part.coding = Dcs(0xC8));
    one(|part| {
        part.coding = Dcs(0x04);
        part.user_data = UserData::from_octets(&[], &[1, 2, 3]).unwrap();
    });
    assert_eq!(bench.told(ANNA), [] as [&str; 0]);
}

#[test]
fn a_long_message_that_never_ends_blocks_nobody() {
    let bench = Bench::new();
    bench.receive(&bench.delivered(ANNA, &long("rusak"))[1]);
    bench.sms(BENI, "DISHUB # lampu mati");
    bench.seconds(1);
    bench.sms(ANNA, "DISHUB # jembatan retak");
    assert_eq!(bench.messages(ANNA).len(), 1);
    assert_eq!(bench.messages(BENI).len(), 1);
}
