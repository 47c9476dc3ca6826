//! Parts, whole messages and drafts: the states between them.

use super::*;
use crate::store::drafts::{Kind, NewDraft};
use crate::store::inbox::{Group, Outcome, Recorded};

fn fresh(tx: &Tx<'_>, part: &NewPart) -> i64 {
    match inbox::record_part(tx, part, now()).unwrap() {
        Recorded::Fresh(id) => id,
        Recorded::Repeat(id) => panic!("{id} was there before"),
    }
}

#[test]
fn a_part_read_again_is_counted_and_not_stored() {
    let bench = Bench::new();
    let tx = bench.tx();
    let bystander = fresh(&tx, &part(2));
    let id = fresh(&tx, &part(1));
    for _ in 0..3 {
        assert_eq!(inbox::record_part(&tx, &part(1), minutes(1)).unwrap(), Recorded::Repeat(id));
    }
    assert_eq!(bench.count("SELECT COUNT (*) FROM part"), 2);
    let repeats = format!("SELECT repeats FROM part WHERE id = {id}");
    assert_eq!(bench.count(&repeats), 3);
    assert_eq!(bench.count(&format!("SELECT repeats FROM part WHERE id = {bystander}")), 0);
}

#[test]
fn waiting_parts_are_told_apart_by_sender_sim_reference_width_and_total() {
    let bench = Bench::new();
    let tx = bench.tx();
    let of = |digest, place| NewPart { place: Some(place), ..part(digest) };
    let second = fresh(&tx, &of(1, place_of(2, 2)));
    let first = fresh(&tx, &of(2, place_of(1, 2)));
    fresh(&tx, &NewPart { sender: "+6281200000002".to_owned(), ..of(3, place_of(1, 2)) });
    fresh(&tx, &NewPart { sim: "sim-b".to_owned(), ..of(4, place_of(1, 2)) });
    fresh(&tx, &of(5, Place { reference: 8, ..place_of(1, 2) }));
    fresh(&tx, &of(6, Place { wide: true, ..place_of(1, 2) }));
    fresh(&tx, &of(7, place_of(1, 3)));
    fresh(&tx, &part(8));
    let group = Group {
        sim: "sim-a".to_owned(),
        modem: "modem-1".to_owned(),
        sender: "+6281200000001".to_owned(),
        reference: 7,
        wide: false,
        total: 2,
    };
    let waiting = inbox::waiting(&tx, &group).unwrap();
    let ids: Vec<i64> = waiting.iter().map(|part| part.id).collect();
    assert_eq!(ids, [first, second]);
}

#[test]
fn unfinished_messages_are_overdue_by_their_first_part() {
    let bench = Bench::new();
    let tx = bench.tx();
    let of = |digest: u8, reference| {
        let place = Place { reference, ..place_of(digest % 2 + 1, 3) };
        NewPart { place: Some(place), ..part(digest) }
    };
    inbox::record_part(&tx, &of(1, 1), minutes(0)).unwrap();
    inbox::record_part(&tx, &of(2, 1), minutes(9)).unwrap();
    inbox::record_part(&tx, &of(3, 2), minutes(5)).unwrap();
    inbox::record_part(&tx, &of(4, 3), minutes(7)).unwrap();
    let (groups, next) = inbox::overdue_groups(&tx, minutes(0)).unwrap();
    assert_eq!(groups.iter().map(|group| group.reference).collect::<Vec<_>>(), [1]);
    assert_eq!(next, Some(minutes(5)));
    let (groups, next) = inbox::overdue_groups(&tx, minutes(7)).unwrap();
    assert_eq!((groups.len(), next), (3, None));
}

#[test]
fn a_message_is_handled_once() {
    let bench = Bench::new();
    let tx = bench.tx();
    let bystander = inbox::queue(&tx, &inbound("+6281200000002", "lain"), &[], now()).unwrap();
    let id = inbox::queue(&tx, &inbound("+6281200000001", "lampu"), &[], now()).unwrap();
    assert_eq!(inbox::unread(&tx, 0, 10).unwrap(), [bystander, id]);
    assert_eq!(inbox::unread(&tx, bystander, 10).unwrap(), [id]);
    inbox::handled(&tx, id, Outcome::Silence, "SALAM_PENUTUP", None, minutes(1)).unwrap();
    assert_eq!(inbox::find_unread(&tx, id).unwrap(), None);
    assert_eq!(inbox::unread(&tx, 0, 10).unwrap(), [bystander]);
    let again = inbox::handled(&tx, id, Outcome::Ticket, "TIKET_BARU", None, minutes(2));
    assert!(matches!(again, Err(Fault::Stale { table: "inbound", .. })));
    assert_eq!(inbox::silent(&tx, 10).unwrap().len(), 1);
}

fn draft(wording: &str) -> NewDraft {
    NewDraft {
        kind: Kind::Answer,
        recommendation: "r".to_owned(),
        rules: "tidak ada".to_owned(),
        note: "n".to_owned(),
        wording: wording.to_owned(),
        answer_id: None,
        writer: "budi".to_owned(),
    }
}

#[test]
fn drafts_are_versions_decided_once_and_sent_once() {
    let bench = Bench::new();
    let tx = bench.tx();
    let (ticket, bystander) = (opened(&tx, 1), opened(&tx, 2));
    let other = drafts::propose(&tx, bystander.id, &draft("lain"), now()).unwrap();
    let first = drafts::propose(&tx, ticket.id, &draft("satu"), now()).unwrap();
    assert!(drafts::sent(&tx, first, now()).is_err(), "not approved");
    drafts::decide(&tx, first, false, "ratna", Some("kurang"), minutes(1)).unwrap();
    assert!(drafts::decide(&tx, first, true, "ratna", None, minutes(2)).is_err());
    let second = drafts::propose(&tx, ticket.id, &draft("dua"), minutes(3)).unwrap();
    drafts::decide(&tx, second, true, "ratna", None, minutes(4)).unwrap();
    drafts::sent(&tx, second, minutes(5)).unwrap();
    assert!(drafts::sent(&tx, second, minutes(6)).is_err(), "sent twice");
    let versions = drafts::of_ticket(&tx, ticket.id).unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|draft| (draft.version, draft.state.as_str(), draft.reason.as_deref()))
        .collect();
    assert_eq!(told, [(1, "returned", Some("kurang")), (2, "approved", None)]);
    assert_eq!(drafts::last_sent(&tx, ticket.id).unwrap().unwrap().id, second);
    assert_eq!(drafts::latest(&tx, bystander.id).unwrap().unwrap().id, other);
    assert_eq!(drafts::last_sent(&tx, bystander.id).unwrap(), None);
}

#[test]
fn a_stopped_number_is_stopped_until_it_starts_again() {
    let bench = Bench::new();
    let tx = bench.tx();
    let [one, other] =
        ["081200000001", "081200000002"].map(|number| PhoneNumber::parse(number).unwrap());
    stopped::stop(&tx, &one, now()).unwrap();
    stopped::stop(&tx, &one, minutes(1)).unwrap();
    assert!(stopped::is_stopped(&tx, &one).unwrap());
    assert!(!stopped::is_stopped(&tx, &other).unwrap());
    stopped::start(&tx, &other).unwrap();
    assert!(stopped::is_stopped(&tx, &one).unwrap());
    stopped::start(&tx, &one).unwrap();
    assert!(!stopped::is_stopped(&tx, &one).unwrap());
}

#[test]
fn a_marked_number_is_marked_until_it_is_heard_of_and_the_last_code_stands() {
    let bench = Bench::new();
    let tx = bench.tx();
    let (one, other) = ("+6281200000001", "+6281200000002");
    unreachable::mark(&tx, one, "+CMS ERROR: 1", now()).unwrap();
    unreachable::mark(&tx, one, "TP-ST 0x43", minutes(1)).unwrap();
    let mark = unreachable::Mark { at: minutes(1), code: "TP-ST 0x43".to_owned() };
    unreachable::unmark(&tx, other).unwrap();
    assert_eq!(unreachable::find(&tx, one).unwrap(), Some(mark));
    assert_eq!(unreachable::find(&tx, other).unwrap(), None);
    unreachable::unmark(&tx, one).unwrap();
    assert_eq!(unreachable::find(&tx, one).unwrap(), None);
}

/// A PIN about to be entered: whether it may be.
fn enters(
    tx: &Tx<'_>,
    keys: &[&str],
    digest: &[u8],
    counted: bool,
    at: DateTime<Utc>,
) -> Result<(), modems::PinForbidden> {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    modems::claim_pin_try(tx, &keys, digest, counted, at).unwrap()
}

#[test]
fn a_pin_that_was_refused_is_remembered_by_card_until_one_is_accepted() {
    let bench = Bench::new();
    let tx = bench.tx();
    let card = ["kartu".to_owned()];
    assert_eq!(enters(&tx, &["kartu"], b"abc", true, now()), Ok(()));
    modems::pin_refused(&tx, &card, b"abc", now()).unwrap();
    let again = |digest| enters(&tx, &["kartu"], digest, true, minutes(60));
    assert_eq!(again(b"abc"), Err(modems::PinForbidden::Tried));
    // The card grants all tries again: a person has entered the right one, and the office has another one now.
    assert_eq!(again(b"def"), Ok(()));
    assert_eq!(enters(&tx, &["lain"], b"abc", true, now()), Ok(()));
    modems::pin_accepted(&tx, &card, b"def").unwrap();
    assert_eq!(again(b"abc"), Err(modems::PinForbidden::Tried));
    modems::forget_pins(&tx, "kartu").unwrap();
    assert_eq!(again(b"abc"), Ok(()));
    assert_eq!(bench.count("SELECT COUNT (*) FROM pin_try WHERE card = 'lain'"), 1);
}

#[test]
fn without_a_counter_a_card_is_tried_once_whatever_the_pin() {
    let bench = Bench::new();
    let tx = bench.tx();
    assert_eq!(enters(&tx, &["kartu"], b"abc", false, now()), Ok(()));
    let again = |digest| enters(&tx, &["kartu"], digest, false, minutes(60));
    assert_eq!(again(b"abc"), Err(modems::PinForbidden::Tried), "it may have been refused");
    assert_eq!(again(b"def"), Err(modems::PinForbidden::AnotherTried));
    assert_eq!(enters(&tx, &["kartu"], b"abc", true, minutes(60)), Ok(()), "it was not");
}

#[test]
fn two_ports_of_one_stick_do_not_both_enter_what_one_counter_allowed() {
    let bench = Bench::new();
    let tx = bench.tx();
    // Both have read that the card grants three tries; one of the ports does not tell the card's number.
    assert_eq!(enters(&tx, &["modem"], b"abc", true, now()), Ok(()));
    let other = |digest, at| enters(&tx, &["kartu", "modem"], digest, true, at);
    assert_eq!(other(b"abc", now()), Err(modems::PinForbidden::JustNow));
    modems::pin_refused(&tx, &["modem".to_owned()], b"abc", now()).unwrap();
    assert_eq!(other(b"def", now()), Err(modems::PinForbidden::JustNow));
    assert_eq!(other(b"def", minutes(1)), Ok(()));
    // What was tried under the card's number is known of the modem too, should the number not be told again.
    assert_eq!(
        enters(&tx, &["modem"], b"ghi", false, minutes(9)),
        Err(modems::PinForbidden::AnotherTried)
    );
}
