//! What a card may send: by the minute, by the day, and by where a number leads.

use super::super::claim::{claim, next_due, parts_within};
use super::super::hand::{Fate, accepted, offer, release};
use super::super::outbox::queue;
use super::*;
use crate::sms::{Address, Options, Submit, compose};

const SIM: &str = "sim-a";

fn seconds_later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

/// Queues a message of so many parts to a number of its own.
fn queued(tx: &Tx<'_>, number: u8, parts: u8) -> i64 {
    let parts = (1..=parts).map(|part| vec![part]).collect();
    let to = format!("+62812000000{number:02}");
    queue(tx, &NewMessage { parts, ..message(&to, Purpose::Admin) }, now()).unwrap().unwrap()
}

/// A modem whose card may send this much, and has sent everything at once that it may take.
struct Card {
    pace: Pace,
}

impl Card {
    fn asking(&self, at: DateTime<Utc>) -> Asking<'static> {
        Asking { pace: self.pace, ..asking(SIM, at) }
    }

    fn next_due(&self, tx: &Tx<'_>, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        next_due(tx, &self.asking(at)).unwrap()
    }

    /// Sends the next message; its row.
    fn send(&self, tx: &Tx<'_>, at: DateTime<Utc>) -> Option<i64> {
        let message = claim(tx, &self.asking(at), Offer::AtOnce).unwrap()?;
        for (number, _) in &message.parts {
            if *number > 1 {
                offer(tx, message.id, *number, SIM, at).unwrap();
            }
            accepted(tx, message.id, *number, Some(0), at).unwrap();
        }
        release(tx, message.id, Fate::Sent, None, at).unwrap();
        Some(message.id)
    }
}

#[test]
fn in_no_minute_more_is_sent_than_a_card_may() {
    let bench = Bench::new();
    let tx = bench.tx();
    let card = Card { pace: Pace { per_minute: 2, per_day: 0 } };
    let [first, second, third, fourth] = [1, 2, 3, 4].map(|number| queued(&tx, number, 1));
    assert_eq!(card.send(&tx, seconds_later(0)), Some(first));
    assert_eq!(card.next_due(&tx, seconds_later(0)), None, "there is room for another one now");
    assert_eq!(card.send(&tx, seconds_later(20)), Some(second));
    assert_eq!(card.send(&tx, seconds_later(30)), None);
    // The times are cut to seconds: the first part may have gone at the end of its second.
    assert_eq!(card.next_due(&tx, seconds_later(30)), Some(seconds_later(61)));
    assert_eq!(card.send(&tx, seconds_later(60)), None);
    assert_eq!(card.send(&tx, seconds_later(61)), Some(third));
    assert_eq!(card.next_due(&tx, seconds_later(61)), Some(seconds_later(81)));
    assert_eq!(card.send(&tx, seconds_later(81)), Some(fourth));
    assert_eq!(card.next_due(&tx, seconds_later(81)), None, "nothing waits");
}

#[test]
fn a_long_message_waits_for_room_for_all_of_it_and_nothing_passes_it_by() {
    let bench = Bench::new();
    let tx = bench.tx();
    let card = Card { pace: Pace { per_minute: 3, per_day: 0 } };
    let [short, long, behind] = [(1, 1), (2, 3), (3, 1)].map(|(to, parts)| queued(&tx, to, parts));
    assert_eq!(card.send(&tx, now()), Some(short));
    assert_eq!(card.send(&tx, now()), None);
    assert_eq!(card.next_due(&tx, now()), Some(seconds_later(61)));
    assert_eq!(card.send(&tx, seconds_later(61)), Some(long));
    assert_eq!(card.send(&tx, seconds_later(61)), None);
    assert_eq!(card.send(&tx, seconds_later(122)), Some(behind));
    // Longer than any minute allows: it has a minute of its own.
    let longest = queued(&tx, 4, 5);
    assert_eq!(card.next_due(&tx, seconds_later(122)), Some(seconds_later(183)));
    assert_eq!(card.send(&tx, seconds_later(183)), Some(longest));
}

#[test]
fn on_a_day_a_card_sends_what_it_may_and_a_message_is_not_begun_that_does_not_fit() {
    let bench = Bench::new();
    let tx = bench.tx();
    let card = Card { pace: Pace { per_minute: 0, per_day: 3 } };
    let (_, midnight) = card.asking(now()).day;
    let [first, long, short] = [(1, 1), (2, 3), (3, 2)].map(|(to, parts)| queued(&tx, to, parts));
    assert_eq!(card.send(&tx, now()), Some(first));
    assert_eq!(card.send(&tx, now()), Some(short), "what fits goes before what does not");
    assert_eq!(parts_within(&tx, SIM, card.asking(now()).day).unwrap(), 3);
    assert_eq!(card.send(&tx, now()), None);
    assert_eq!(card.next_due(&tx, now()), Some(midnight));
    assert_eq!(
        claim(&tx, &asking("sim-b", now()), Offer::AtOnce).unwrap().map(|other| other.id),
        Some(long)
    );
    release(&tx, long, Fate::Retry(now()), None, now()).unwrap();
    // Longer than any day allows: it has a day of its own.
    let tomorrow = (midnight, midnight + TimeDelta::days(1));
    let longest = NewMessage {
        parts: vec![vec![1]; 4],
        expires_at: midnight + TimeDelta::days(1),
        ..message("+6281200000004", Purpose::Answer)
    };
    let longest = queue(&tx, &longest, now()).unwrap().unwrap();
    let next_day = Asking { day: tomorrow, ..card.asking(midnight) };
    assert_eq!(
        claim(&tx, &next_day, Offer::AtOnce).unwrap().map(|message| message.id),
        Some(longest)
    );
}

#[test]
fn a_clock_that_was_set_back_keeps_no_card_from_sending() {
    let bench = Bench::new();
    let tx = bench.tx();
    let card = Card { pace: Pace { per_minute: 1, per_day: 2 } };
    let [first, second, third] = [1, 2, 3].map(|number| queued(&tx, number, 1));
    // A day ahead of what the clock says afterwards; the messages themselves were due before.
    let ahead = now() + TimeDelta::hours(23);
    let wrong_day = (ahead - TimeDelta::hours(1), ahead + TimeDelta::hours(1));
    let asking = Asking { day: wrong_day, ..card.asking(ahead) };
    let message = claim(&tx, &asking, Offer::AtOnce).unwrap().unwrap();
    assert_eq!(message.id, first);
    accepted(&tx, first, 1, Some(0), ahead).unwrap();
    release(&tx, first, Fate::Sent, None, ahead).unwrap();
    let day = (now() - TimeDelta::hours(1), now() + TimeDelta::hours(1));
    for (id, at) in [(second, now()), (third, seconds_later(61))] {
        let asking = Asking { day, ..card.asking(at) };
        assert_eq!(claim(&tx, &asking, Offer::AtOnce).unwrap().map(|message| message.id), Some(id));
        accepted(&tx, id, 1, Some(0), at).unwrap();
        release(&tx, id, Fate::Sent, None, at).unwrap();
    }
}

#[test]
fn what_another_card_sent_does_not_count() {
    let bench = Bench::new();
    let tx = bench.tx();
    let card = Card { pace: Pace { per_minute: 1, per_day: 1 } };
    let [first, second] = [1, 2].map(|number| queued(&tx, number, 1));
    assert_eq!(
        claim(&tx, &asking("sim-b", now()), Offer::AtOnce).unwrap().map(|other| other.id),
        Some(first)
    );
    accepted(&tx, first, 1, Some(0), now()).unwrap();
    release(&tx, first, Fate::Sent, None, now()).unwrap();
    assert_eq!(card.send(&tx, now()), Some(second));
}

#[test]
fn what_has_a_route_leaves_by_a_modem_with_that_route_and_by_any_after_the_limit() {
    let bench = Bench::new();
    let tx = bench.tx();
    let routed = |to: &str, sim: Option<&str>, route: Option<&str>| {
        let [sim, route] = [sim, route].map(|text| text.map(str::to_owned));
        let new = NewMessage { sim, route, ..message(to, Purpose::Answer) };
        queue(&tx, &new, now()).unwrap().unwrap()
    };
    let with = |routes: &'static str, sim: &'static str, at| Asking { routes, ..asking(sim, at) };
    let take =
        |asking: &Asking<'_>| claim(&tx, asking, Offer::AtOnce).unwrap().map(|message| message.id);
    let longer = routed("+6281100000001", None, Some("+62811"));
    // +6281 is no +62811, and the card that received is asked for before any route.
    assert_eq!(take(&with("+6281 +621 ", "sim-a", now())), None);
    assert_eq!(next_due(&tx, &with("+6281 ", "sim-a", now())).unwrap(), Some(minutes(15)));
    assert_eq!(take(&with("+60 +62811 ", "sim-b", now())), Some(longer));
    let bound = routed("+6281100000002", Some("sim-a"), Some("+62811"));
    assert_eq!(take(&with("+62811 ", "sim-b", now())), None);
    assert_eq!(take(&with("", "sim-a", now())), Some(bound));
    let anywhere = routed("+6281500000003", None, None);
    assert_eq!(take(&with("+62811 ", "sim-b", now())), Some(anywhere));
    // Of a route that no modem has any more, as of any other.
    let forgotten = routed("+6281100000004", None, Some("+628110"));
    assert_eq!(take(&with("+62811 ", "sim-b", minutes(14))), None);
    assert_eq!(take(&with("", "sim-a", minutes(15))), Some(forgotten));
}

#[test]
fn what_waits_for_the_morning_keeps_its_card_and_its_route_in_the_morning() {
    let bench = Bench::new();
    let tx = bench.tx();
    let morning = NewMessage {
        sim: Some("sim-b".to_owned()),
        due_at: minutes(600),
        ..message("+6281200000001", Purpose::Answer)
    };
    let id = queue(&tx, &morning, now()).unwrap().unwrap();
    assert_eq!(claim(&tx, &asking(SIM, minutes(600)), Offer::AtOnce).unwrap(), None);
    assert_eq!(next_due(&tx, &asking(SIM, minutes(600))).unwrap(), Some(minutes(615)));
    let own = claim(&tx, &asking("sim-b", minutes(600)), Offer::AtOnce).unwrap();
    assert_eq!(own.map(|message| message.id), Some(id));
}

#[test]
fn what_others_follow_is_not_offered_before_the_modem_is_told_so() {
    let bench = Bench::new();
    let tx = bench.tx();
    let offered = || {
        let message = claim(&tx, &asking(SIM, now()), Offer::UnlessMoreFollow).unwrap().unwrap();
        let state = format!("SELECT state FROM outbox_part WHERE outbox_id = {}", message.id);
        assert_eq!(bench.text(&state) == "offered", message.offered);
        message.offered
    };
    queued(&tx, 1, 2);
    assert!(!offered(), "it has two parts");
    queued(&tx, 2, 1);
    queued(&tx, 3, 1);
    assert!(!offered(), "another one waits");
    assert!(offered(), "nothing waits");
    // After a crash none of the first two can have left.
    let in_hand = super::super::hand::in_hand(&tx, None).unwrap();
    let surely_here: Vec<bool> = in_hand.into_iter().map(|(_, offered)| !offered).collect();
    assert_eq!(surely_here, [true, true, false]);
}

#[test]
fn what_has_waited_is_sent_and_stored_with_the_validity_that_is_left() {
    let bench = Bench::new();
    let tx = bench.tx();
    let to = Address::international("+6281200000001").unwrap();
    let options = Options { validity: Some(Duration::from_hours(24)), ..Options::default() };
    let queue_one = |number: u8| {
        let parts = compose(&to, "Lampu sudah menyala.", &options).unwrap();
        let parts = parts.iter().map(|part| part.encode().unwrap()).collect();
        let recipient = format!("+62812000000{number:02}");
        queue(&tx, &NewMessage { parts, ..message(&recipient, Purpose::Admin) }, now()).unwrap();
    };
    let take = |at| {
        let claimed = claim(&tx, &asking(SIM, at), Offer::AtOnce).unwrap().unwrap();
        let [(1, tpdu)] = claimed.parts.as_slice() else { panic!("{claimed:?}") };
        let stored: Vec<u8> = tx
            .connection
            .query_row("SELECT tpdu FROM outbox_part WHERE outbox_id = ?1", [claimed.id], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(stored, *tpdu);
        Submit::decode(tpdu).unwrap().validity.period().unwrap()
    };
    (1..=3).for_each(queue_one);
    assert_eq!(take(now()), Duration::from_hours(24));
    assert_eq!(take(now() + TimeDelta::hours(23)), Duration::from_hours(1));
    assert_eq!(take(seconds_later(86_399)), Duration::from_mins(5));
}

#[test]
fn what_one_card_has_begun_another_sends_whole_since_a_phone_joins_parts_of_one_number_only() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = queued(&tx, 1, 3);
    let begun = claim(&tx, &asking(SIM, now()), Offer::AtOnce).unwrap().unwrap();
    assert_eq!(begun.parts.len(), 3);
    accepted(&tx, id, 1, Some(7), now()).unwrap();
    release(&tx, id, Fate::Retry(now()), None, now()).unwrap();
    // The same card goes on where it was.
    let again = claim(&tx, &asking(SIM, now()), Offer::AtOnce).unwrap().unwrap();
    assert_eq!(again.parts.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2, 3]);
    release(&tx, id, Fate::Retry(now()), None, now()).unwrap();
    let other = claim(&tx, &asking("sim-b", now()), Offer::AtOnce).unwrap().unwrap();
    assert_eq!(other.parts.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(other.offered);
    for (number, _) in &other.parts {
        if *number > 1 {
            offer(&tx, id, *number, "sim-b", now()).unwrap();
        }
        accepted(&tx, id, *number, Some(0), now()).unwrap();
    }
    release(&tx, id, Fate::Sent, None, now()).unwrap();
    assert_eq!(parts_within(&tx, "sim-b", asking(SIM, now()).day).unwrap(), 3);
    assert_eq!(parts_within(&tx, SIM, asking(SIM, now()).day).unwrap(), 0);
}
