//! The queue of outgoing texts: who takes which, in what order, and what becomes of it.

use super::super::claim::{claim, next_due};
use super::super::hand::{Claimed, Fate, accepted, in_hand, release};
use super::super::outbox::{expire, find, next_reference, queue};
use super::super::unknown::{oldest_unknown, resolve_unknown, unknown_since};
use super::*;

const ANNA: &str = "+6281200000001";
const BENI: &str = "+6281200000002";

fn queued(tx: &Tx<'_>, recipient: &str, purpose: Purpose) -> i64 {
    queue(tx, &message(recipient, purpose), now()).unwrap().unwrap()
}

fn take(tx: &Tx<'_>, at: DateTime<Utc>) -> Option<i64> {
    take_by(tx, "sim-a", at).map(|claimed| claimed.id)
}

/// Claims as the modem that holds `sim`; what was queued a quarter of an hour ago may leave by any.
fn take_by(tx: &Tx<'_>, sim: &str, at: DateTime<Utc>) -> Option<Claimed> {
    let modem = format!("modem with {sim}");
    claim(tx, &Asking { modem: &modem, ..asking(sim, at) }, Offer::AtOnce).unwrap()
}

fn state(tx: &Tx<'_>, id: i64) -> String {
    find(tx, id).unwrap().unwrap().state
}

fn part_states(bench: &Bench, id: i64) -> String {
    bench.text(&format!(
        "SELECT group_concat (state, ' ') FROM (SELECT state FROM outbox_part WHERE outbox_id = {id} ORDER BY number)"
    ))
}

#[test]
fn one_of_two_modems_gets_a_message() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = queued(&tx, ANNA, Purpose::Answer);
    let taken = take_by(&tx, "sim-a", now()).unwrap();
    assert_eq!((taken.id, taken.attempts, taken.parts.len()), (id, 1, 1));
    assert_eq!(take_by(&tx, "sim-b", now()), None);
    assert_eq!(part_states(&bench, id), "offered");
}

#[tokio::test]
async fn two_modems_that_claim_at_once_never_take_the_same_message() {
    let (_home, path) = place();
    let store = Store::open(&path).unwrap();
    store
        .write(|tx| {
            for number in 10..50 {
                queued(tx, &format!("+62812000000{number}"), Purpose::Answer);
            }
            Ok::<_, Fault>(())
        })
        .await
        .unwrap();
    let modem = |sim: &'static str| {
        let store = store.clone();
        async move {
            let mut taken = Vec::new();
            while let Some(claimed) =
                store.write(move |tx| claim(tx, &asking(sim, now()), Offer::AtOnce)).await.unwrap()
            {
                taken.push(claimed.id);
            }
            taken
        }
    };
    let (mut all, more) = tokio::join!(modem("sim-a"), modem("sim-b"));
    assert!(!all.is_empty() && !more.is_empty());
    all.extend(more);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 40);
}

#[test]
fn whoever_waits_at_the_phone_comes_first() {
    let bench = Bench::new();
    let tx = bench.tx();
    let admin = queued(&tx, "+6281200000011", Purpose::Admin);
    let notice = queued(&tx, "+6281200000012", Purpose::Notice);
    let answer = queued(&tx, "+6281200000013", Purpose::Answer);
    let receipt = queued(&tx, "+6281200000014", Purpose::Acknowledgement);
    let order: Vec<i64> = std::iter::from_fn(|| take(&tx, now())).collect();
    assert_eq!(order, [receipt, answer, notice, admin]);
}

#[test]
fn one_citizens_messages_keep_their_order() {
    let bench = Bench::new();
    let tx = bench.tx();
    let notice = queued(&tx, ANNA, Purpose::Notice);
    let reply = queued(&tx, ANNA, Purpose::CommandReply);
    let other = queued(&tx, BENI, Purpose::Notice);
    // The reply is more urgent, but the notice to the same handset was there first.
    assert_eq!(take(&tx, now()), Some(notice));
    assert_eq!(take(&tx, now()), Some(other));
    assert_eq!(take(&tx, now()), None, "the notice is still in hand");
    release(&tx, notice, Fate::Retry(minutes(10)), Some("busy"), now()).unwrap();
    assert_eq!(take(&tx, minutes(1)), None, "it is tried again before the later one");
    assert_eq!(take(&tx, minutes(10)), Some(notice));
    accepted(&tx, notice, 1, Some(5), minutes(10)).unwrap();
    release(&tx, notice, Fate::Sent, None, minutes(10)).unwrap();
    assert_eq!(take(&tx, minutes(10)), Some(reply));
}

#[test]
fn what_waits_for_the_morning_holds_nobody_up() {
    let bench = Bench::new();
    let tx = bench.tx();
    let morning = NewMessage { due_at: minutes(600), ..message(ANNA, Purpose::Answer) };
    let morning = queue(&tx, &morning, now()).unwrap().unwrap();
    let reply = queued(&tx, ANNA, Purpose::CommandReply);
    assert_eq!(take(&tx, now()), Some(reply));
    release(&tx, reply, Fate::Failed, None, now()).unwrap();
    assert_eq!(next_due(&tx, &asking("any", now())).unwrap(), Some(minutes(600)));
    assert_eq!(take(&tx, minutes(599)), None);
    assert_eq!(take(&tx, minutes(600)), Some(morning));
}

#[test]
fn outside_of_the_window_only_what_the_office_did_not_start_is_taken() {
    let bench = Bench::new();
    let tx = bench.tx();
    for purpose in [Purpose::Notice, Purpose::Answer, Purpose::Admin] {
        assert!(purpose.is_office_started() && purpose.waits_for_window());
        let held = queued(&tx, ANNA, purpose);
        let later = queued(&tx, ANNA, Purpose::CommandReply);
        let night = |at| Asking { opens_at: minutes(600), ..asking("sim-a", at) };
        let claimed =
            claim(&tx, &night(now()), Offer::AtOnce).unwrap().expect("the reply is not held up");
        assert_eq!(claimed.id, later);
        assert_eq!(claim(&tx, &night(minutes(1)), Offer::AtOnce).unwrap(), None);
        assert_eq!(next_due(&tx, &night(minutes(1))).unwrap(), Some(minutes(600)));
        release(&tx, later, Fate::Failed, None, now()).unwrap();
        assert_eq!(take(&tx, minutes(600)), Some(held));
        release(&tx, held, Fate::Failed, None, now()).unwrap();
    }
    for purpose in
        [Purpose::Acknowledgement, Purpose::CommandReply, Purpose::Urgent, Purpose::Alarm]
    {
        assert!(!purpose.waits_for_window());
        let id = queued(&tx, ANNA, purpose);
        let night = Asking { opens_at: minutes(600), ..asking("sim-a", now()) };
        assert_eq!(claim(&tx, &night, Offer::AtOnce).unwrap().map(|claimed| claimed.id), Some(id));
        release(&tx, id, Fate::Failed, None, now()).unwrap();
    }
}

#[test]
fn a_reply_leaves_by_the_sim_that_received_and_by_another_one_after_the_limit() {
    let bench = Bench::new();
    let tx = bench.tx();
    let bound = NewMessage { sim: Some("sim-b".to_owned()), ..message(ANNA, Purpose::Answer) };
    let bound = queue(&tx, &bound, now()).unwrap().unwrap();
    assert_eq!(take_by(&tx, "sim-a", minutes(14)), None);
    let by_own = take_by(&tx, "sim-b", minutes(1)).unwrap();
    assert_eq!(by_own.id, bound);
    release(&tx, bound, Fate::Retry(minutes(2)), None, minutes(1)).unwrap();
    assert_eq!(next_due(&tx, &asking("sim-b", minutes(1))).unwrap(), Some(minutes(2)));
    assert_eq!(next_due(&tx, &asking("sim-a", minutes(2))).unwrap(), Some(minutes(15)));
    assert_eq!(take_by(&tx, "sim-a", minutes(15)).map(|claimed| claimed.id), Some(bound));
}

#[test]
fn a_message_or_wording_is_answered_once() {
    let bench = Bench::new();
    let tx = bench.tx();
    let inbound = inbox::queue(&tx, &inbound(ANNA, "x"), &[], now()).unwrap();
    let reply = NewMessage { inbound_id: Some(inbound), ..message(ANNA, Purpose::CommandReply) };
    assert!(queue(&tx, &reply, now()).unwrap().is_some());
    assert_eq!(queue(&tx, &reply, now()).unwrap(), None);
    assert_eq!(bench.count("SELECT COUNT (*) FROM outbox"), 1);
    assert_eq!(bench.count("SELECT COUNT (*) FROM outbox_part"), 1);
}

#[test]
fn only_parts_that_the_network_has_not_accepted_are_sent_again() {
    let bench = Bench::new();
    let tx = bench.tx();
    let long =
        NewMessage { parts: vec![vec![1], vec![2], vec![3]], ..message(ANNA, Purpose::Answer) };
    let id = queue(&tx, &long, now()).unwrap().unwrap();
    let bystander = queued(&tx, BENI, Purpose::Notice);
    assert_eq!(take(&tx, now()), Some(id));
    accepted(&tx, id, 1, Some(10), now()).unwrap();
    super::super::hand::offer(&tx, id, 2, "sim-a", now()).unwrap();
    release(&tx, id, Fate::Retry(minutes(1)), Some("+CMS ERROR: 42"), now()).unwrap();
    assert_eq!(part_states(&bench, id), "accepted queued queued");
    let again = take_by(&tx, "sim-a", minutes(1)).unwrap();
    assert_eq!(again.parts, [(2, vec![2]), (3, vec![3])]);
    assert_eq!(part_states(&bench, id), "accepted offered queued");
    assert_eq!(state(&tx, bystander), "queued");
}

#[test]
fn a_final_no_fails_the_message_with_its_reason() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = queued(&tx, ANNA, Purpose::Answer);
    take(&tx, now());
    release(&tx, id, Fate::Failed, Some("+CMS ERROR: 1"), minutes(1)).unwrap();
    let message = find(&tx, id).unwrap().unwrap();
    assert_eq!(
        (message.state.as_str(), message.error.as_deref()),
        ("failed", Some("+CMS ERROR: 1"))
    );
    assert_eq!(message.settled_at, Some(minutes(1)));
    assert_eq!(part_states(&bench, id), "failed");
    assert!(release(&tx, id, Fate::Sent, None, now()).is_err(), "it is not in hand any more");
}

#[test]
fn an_unknown_fate_is_resolved_by_sending_once_more_or_by_dropping() {
    let bench = Bench::new();
    let tx = bench.tx();
    let (first, second) = (queued(&tx, ANNA, Purpose::Answer), queued(&tx, BENI, Purpose::Notice));
    for id in [first, second] {
        assert_eq!(take(&tx, now()), Some(id));
        release(&tx, id, Fate::Unknown, Some("the line broke"), minutes(1)).unwrap();
    }
    assert_eq!(oldest_unknown(&tx).unwrap(), Some(minutes(1)));
    assert_eq!(unknown_since(&tx, minutes(0)).unwrap().len(), 0);
    assert_eq!(unknown_since(&tx, minutes(1)).unwrap().len(), 2);
    resolve_unknown(&tx, first, true, minutes(31)).unwrap();
    resolve_unknown(&tx, second, false, minutes(31)).unwrap();
    assert_eq!((state(&tx, first).as_str(), state(&tx, second).as_str()), ("queued", "dropped"));
    assert!(find(&tx, first).unwrap().unwrap().repeated);
    assert!(resolve_unknown(&tx, second, true, minutes(32)).is_err());
    assert_eq!(take(&tx, minutes(31)), Some(first));
    assert_eq!(take(&tx, minutes(31)), None);
}

#[test]
fn what_was_in_hand_at_a_crash_is_found_by_modem() {
    let bench = Bench::new();
    let tx = bench.tx();
    let (first, second) = (queued(&tx, ANNA, Purpose::Answer), queued(&tx, BENI, Purpose::Answer));
    take_by(&tx, "sim-a", now()).unwrap();
    take_by(&tx, "sim-b", now()).unwrap();
    super::super::hand::withdraw_offers(&tx, second).unwrap();
    assert_eq!(in_hand(&tx, None).unwrap(), [(first, true), (second, false)]);
    assert_eq!(in_hand(&tx, Some("modem with sim-b")).unwrap(), [(second, false)]);
    assert_eq!(in_hand(&tx, Some("lain")).unwrap(), []);
}

#[test]
fn what_is_past_its_time_is_not_sent_any_more() {
    let bench = Bench::new();
    let tx = bench.tx();
    let short = NewMessage { expires_at: minutes(10), ..message(ANNA, Purpose::Answer) };
    let short = queue(&tx, &short, now()).unwrap().unwrap();
    let bystander = queued(&tx, ANNA, Purpose::Notice);
    assert!(expire(&tx, minutes(9)).unwrap().is_empty());
    // Already before the round, nobody takes it, and it holds up no later one.
    assert_eq!(take(&tx, minutes(10)), Some(bystander));
    let expired = expire(&tx, minutes(10)).unwrap();
    assert_eq!(expired.iter().map(|message| message.id).collect::<Vec<_>>(), [short]);
    assert_eq!(
        (state(&tx, short).as_str(), state(&tx, bystander).as_str()),
        ("expired", "claimed")
    );
}

#[test]
fn references_count_up_and_wrap() {
    let bench = Bench::new();
    let tx = bench.tx();
    assert_eq!(next_reference(&tx).unwrap(), 1);
    queued(&tx, ANNA, Purpose::Notice);
    assert_eq!(next_reference(&tx).unwrap(), 2);
    bench.connection.execute("UPDATE outbox_part SET outbox_id = 255", []).unwrap_err();
    bench
        .connection
        .execute_batch(
            "DELETE FROM outbox_part; DELETE FROM outbox;
             INSERT INTO outbox (id, recipient, body, purpose, priority, reference, created_at, due_at, expires_at)
             VALUES (255, '+62', 'x', 'admin', 0, 0, 0, 0, 0)",
        )
        .unwrap();
    assert_eq!(next_reference(&tx).unwrap(), 0);
}

#[test]
fn a_try_that_was_not_the_messages_fault_is_given_back() {
    let bench = Bench::new();
    let tx = bench.tx();
    let id = queued(&tx, ANNA, Purpose::Answer);
    let mut tries = Vec::new();
    for fate in [Fate::Retry, Fate::Blameless, Fate::Blameless, Fate::Retry, Fate::Blameless] {
        tries.push(take_by(&tx, "sim-a", now()).unwrap().attempts);
        release(&tx, id, fate(now()), Some("busy"), now()).unwrap();
        assert_eq!((state(&tx, id), part_states(&bench, id)), ("queued".into(), "queued".into()));
    }
    assert_eq!(tries, [1, 2, 2, 2, 3]);
}
