//! What becomes of a text: unknown fates, failures, expiry, and who is told.

use chrono::TimeDelta;

use super::fixture::{ANNA, BENI, Bench, local, office, proposal, sender};
use super::restrict;
use crate::desk::drafting::Proposal;
use crate::desk::outbound::Sender;
use crate::desk::sending;
use crate::desk::{Office, fates, officer, outbound, reading};
use crate::phone::Prefix;
use crate::store::claim::{Offer, Pace};
use crate::store::hand::{self, Fate};
use crate::store::outbox;
use crate::ticket::Stage;

const DELIVERED: u8 = 0x00;
const TRYING: u8 = 0x30;
/// No response from the phone, and no more tries.
const STOPPED: u8 = 0x62;
const EXPIRED: u8 = 0x46;
const REJECTED: u8 = 0x41;
const NOT_OBTAINABLE: u8 = 0x43;

/// A complaint whose answer waits in the outbox.
fn with_answer_queued(bench: &Bench) -> String {
    let number = bench.complaint();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.send(&number, "sari").unwrap();
    number
}

fn fate(bench: &Bench, number: &str) -> String {
    bench.outgoing(number).last().unwrap().state.clone()
}

/// A modem takes the next text, and nobody knows whether it went.
fn lose(bench: &Bench) {
    let claimed = bench.claim().unwrap();
    bench.release(claimed.id, Fate::Unknown);
}

#[test]
fn a_receipt_of_unknown_fate_is_dropped_and_the_trail_says_so() {
    let bench = Bench::new();
    bench.sms(ANNA, "DISHUB # lampu mati");
    let number = "P26-00001-8";
    lose(&bench);
    bench.minutes(29);
    bench.round();
    assert_eq!(fate(&bench, number), "unknown");
    bench.minutes(1);
    bench.round();
    assert_eq!(fate(&bench, number), "dropped");
    assert_eq!(bench.story(number), "MASUK LEWAT_WAKTU TIDAK_PASTI");
    assert!(bench.told(ANNA).is_empty());
}

/// A modem takes the next text, and the network leaves it without an answer; whether one waited.
fn leave_unanswered(bench: &Bench) -> bool {
    let claimed = bench.claim();
    if let Some(claimed) = &claimed {
        bench.release(claimed.id, Fate::Unanswered(bench.now() + TimeDelta::minutes(2)));
    }
    claimed.is_some()
}

#[test]
fn what_the_network_gave_no_answer_to_is_tried_again_whatever_it_is_and_the_trail_says_so() {
    let bench = Bench::new();
    bench.sms(ANNA, "DISHUB # lampu mati");
    let number = "P26-00001-8";
    for _ in 0..3 {
        assert!(leave_unanswered(&bench));
        bench.minutes(1);
        bench.round();
        assert_eq!((fate(&bench, number).as_str(), bench.claim()), ("unknown", None), "too early");
        bench.minutes(1);
        bench.round();
        assert_eq!(fate(&bench, number), "queued");
    }
    let story = bench.story(number);
    assert_eq!(story.matches("TANPA_JAWABAN").count(), 3, "{story}");
    // What is lost in another way is a receipt of unknown fate like any other.
    lose(&bench);
    bench.minutes(30);
    bench.round();
    assert_eq!(fate(&bench, number), "dropped");
}

#[test]
fn a_report_tells_of_a_text_that_the_network_gave_no_answer_to_before_or_after_the_modem_does() {
    for first in [true, false] {
        let bench = Bench::new();
        let number = with_answer_queued(&bench);
        if first {
            let claimed = bench.claim().unwrap();
            bench.report(ANNA, 45, DELIVERED);
            bench.release(claimed.id, Fate::Unanswered(bench.now()));
        } else {
            leave_unanswered(&bench);
            bench.report(ANNA, 45, DELIVERED);
        }
        assert_eq!(fate(&bench, &number), "delivered");
        bench.minutes(60);
        bench.round();
        assert!(bench.told(ANNA).is_empty(), "it is not sent again");
    }
}

#[test]
fn a_late_report_on_a_try_that_went_again_says_nothing_of_another_text() {
    for is_early in [false, true] {
        let bench = Bench::new();
        bench.sms(ANNA, "DISHUB # lampu mati");
        leave_unanswered(&bench);
        bench.minutes(2);
        bench.round();
        bench.told(ANNA);
        bench.sms(ANNA, "PDAM # air mati");
        // The first try had arrived, which its centre tells only now.
        if is_early {
            let claimed = bench.claim().unwrap();
            bench.report(ANNA, 45, DELIVERED);
            bench.release(claimed.id, Fate::Unanswered(bench.now() + TimeDelta::minutes(2)));
        } else {
            leave_unanswered(&bench);
            bench.report(ANNA, 45, DELIVERED);
        }
        assert_eq!(fate(&bench, "P26-00002-6"), "unknown", "{is_early}");
        bench.minutes(2);
        bench.round();
        assert_eq!(bench.told(ANNA).len(), 1);
    }
}

#[test]
fn an_answer_without_the_networks_answer_counts_as_not_confirmed_until_it_is() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    leave_unanswered(&bench);
    assert!(flags(&bench).contains(&"unconfirmed".to_owned()), "{:?}", flags(&bench));
    bench.minutes(2);
    bench.round();
    assert_eq!(fate(&bench, &number), "queued");
    assert!(flags(&bench).contains(&"unconfirmed".to_owned()), "{:?}", flags(&bench));
    assert_eq!(bench.told(ANNA).len(), 1);
    bench.report(ANNA, bench.last_mr(), DELIVERED);
    assert_eq!(flags(&bench), Vec::<String>::new());
}

/// The flags of the first ticket in a petugas' list of all.
fn flags(bench: &Bench) -> Vec<String> {
    let inbox = bench
        .act("sari", |tx, office, who, now| reading::inbox(tx, office, who, true, now))
        .unwrap();
    inbox.tickets[0].flags.clone()
}

#[test]
fn an_answer_of_unknown_fate_is_sent_once_more_and_then_the_officer_telephones() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    assert_eq!(flags(&bench), [] as [&str; 0]);
    lose(&bench);
    assert_eq!(flags(&bench), ["unconfirmed"]);
    bench.minutes(30);
    bench.round();
    assert_eq!(fate(&bench, &number), "queued");
    assert_eq!(flags(&bench), ["unconfirmed"]);
    lose(&bench);
    assert_eq!(bench.stage(&number), Stage::Answered);
    bench.minutes(30);
    bench.round();
    assert_eq!(fate(&bench, &number), "dropped");
    assert!(
        bench.story(&number).ends_with("KIRIM KIRIM_ULANG TIDAK_PASTI GAGAL_KIRIM"),
        "{}",
        bench.story(&number)
    );
    let why = bench.trail(&number).pop().unwrap().detail;
    assert!(why.contains("nasib SMS tidak pasti"), "{why}");
    assert!(bench.told(ANNA).is_empty());
    // Silence ends nothing that nobody may have read.
    bench.days(11);
    bench.round();
    let to_give = vec!["to-give".to_owned()];
    assert_eq!((bench.stage(&number), flags(&bench)), (Stage::ReadyToSend, to_give));
    let done = bench.telephoned(&number, "sari").unwrap();
    assert_eq!((done.ticket.stage, done.text), (Stage::Answered, None));
    assert!(bench.told(ANNA).is_empty());
}

#[test]
fn what_was_told_by_telephone_meanwhile_does_not_come_back_with_its_sms() {
    let failed: Failing = |bench| {
        bench.told(ANNA);
        bench.report(ANNA, bench.last_mr(), REJECTED);
    };
    let lost: Failing = |bench| {
        for _ in 0..2 {
            lose(bench);
            bench.minutes(30);
            bench.round();
        }
    };
    for fail in [failed, lost] {
        let bench = Bench::new();
        let number = with_answer_queued(&bench);
        super::turn(&bench, &number, "sari", "ia menelepon", sending::undelivered).unwrap();
        bench.telephoned(&number, "sari").unwrap();
        fail(&bench);
        assert_eq!(bench.stage(&number), Stage::Answered, "{}", bench.story(&number));
        // The next answer is another matter.
        bench.say(ANNA, &format!("BELUM {number} masih mati"));
        bench.approved(&number, "Sekarang sudah diganti.");
        bench.send(&number, "sari").unwrap();
        fail(&bench);
        assert_eq!(bench.stage(&number), Stage::ReadyToSend, "{}", bench.story(&number));
    }
}

#[test]
fn the_copy_of_an_answer_is_an_answer_too() {
    let bench = Bench::new();
    let main = bench.complaint();
    let joined = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    let closing = crate::desk::closing::Closing {
        reason: crate::ticket::CloseReason::Duplicate,
        main: Some(main.clone()),
        party: None,
        contact: None,
        words: None,
    };
    bench.close(&joined, closing).unwrap();
    bench.carry();
    bench.approved(&main, "Lampu diperbaiki.");
    bench.send(&main, "sari").unwrap();
    lose(&bench);
    lose(&bench);
    bench.minutes(30);
    bench.round();
    assert_eq!(
        (fate(&bench, &main), fate(&bench, &joined)),
        ("queued".to_owned(), "queued".to_owned())
    );
}

#[test]
fn a_report_settles_an_unknown_answer_before_it_is_sent_again() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    lose(&bench);
    bench.minutes(1);
    bench.report(ANNA, 99, DELIVERED);
    assert_eq!(fate(&bench, &number), "delivered");
    bench.minutes(60);
    bench.round();
    assert!(bench.told(ANNA).is_empty());
}

#[test]
fn a_report_may_overtake_the_answer_to_its_command() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    let claimed = bench.claim().unwrap();
    bench.report(ANNA, bench.last_mr() + 1, DELIVERED);
    assert_eq!(fate(&bench, &number), "claimed");
    bench.accept(&claimed);
    assert_eq!(fate(&bench, &number), "delivered");
}

#[test]
fn a_report_may_come_where_the_answer_to_its_command_is_lost() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    let claimed = bench.claim().unwrap();
    bench.report(ANNA, 45, DELIVERED);
    bench.release(claimed.id, Fate::Unknown);
    assert_eq!(fate(&bench, &number), "delivered");
    bench.minutes(60);
    bench.round();
    assert!(bench.told(ANNA).is_empty(), "it is not sent once more");
}

#[test]
fn an_answer_that_did_not_arrive_goes_back_to_the_officer_who_telephones() {
    for status in [EXPIRED, REJECTED] {
        let bench = Bench::new();
        let number = with_answer_queued(&bench);
        bench.told(ANNA);
        bench.minutes(60);
        bench.report(ANNA, bench.last_mr(), TRYING);
        assert_eq!(bench.stage(&number), Stage::Answered);
        bench.report(ANNA, bench.last_mr(), status);
        let ticket = bench.ticket(&number);
        assert_eq!(ticket.stage, Stage::ReadyToSend);
        // Row 7: five minutes.
        assert_eq!(ticket.due_at, Some(local("24-11-2026 09.05")));
        // What is to be told is shown, and nobody says for the officer that it was.
        let shown = bench.send(&number, "sari").unwrap();
        assert_eq!((shown.ticket.stage, shown.text), (Stage::ReadyToSend, None));
        assert!(shown.give[0].text.contains("Lampu"), "{:?}", shown.give);
        assert!(bench.story(&number).ends_with("GAGAL_KIRIM"), "{}", bench.story(&number));
        // Told by telephone, it is marked as sent; nothing goes out twice.
        let done = bench.telephoned(&number, "sari").unwrap();
        assert_eq!((done.ticket.stage, done.text), (Stage::Answered, None));
        assert!(bench.trail(&number).pop().unwrap().detail.contains("TELEPON"));
        assert!(bench.told(ANNA).is_empty());
        assert_eq!(bench.drafts(&number).len(), 1);
    }
}

#[test]
fn an_answer_with_promised_work_comes_back_too_and_the_promise_stays() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    let promised = "2026-12-01".parse().ok();
    let proposal = Proposal { follow_up: promised, ..proposal("Lampu diganti pekan depan.") };
    bench.propose_with(&number, "budi", proposal).unwrap();
    bench.approve(&number, "ratna").unwrap();
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    assert_eq!(bench.stage(&number), Stage::FollowUp);
    bench.minutes(60);
    bench.report(ANNA, bench.last_mr(), REJECTED);
    let back = bench.ticket(&number);
    assert_eq!((back.stage, back.due_at), (Stage::ReadyToSend, Some(local("24-11-2026 09.05"))));
    assert!(back.follow_up && back.follow_up_on == promised);
    let given = bench
        .act("sari", |tx, office, who, now| reading::show(tx, office, who, "P26-00001-8", now));
    assert!(given.unwrap().give.unwrap().text.contains("Lampu diganti pekan depan."));
    // Told by telephone, the work goes on, for the day that was promised.
    let done = bench.telephoned(&number, "sari").unwrap().ticket;
    assert_eq!((done.stage, done.due_at), (Stage::FollowUp, Some(local("01-12-2026 16.00"))));
    assert!(done.follow_up && done.follow_up_on == promised);
    assert!(bench.story(&number).ends_with("TINDAK_LANJUT GAGAL_KIRIM KIRIM TINDAK_LANJUT"));
    assert!(bench.told(ANNA).is_empty());
}

#[test]
fn what_a_centre_stopped_trying_for_now_is_sent_once_more_and_then_comes_back() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    assert_eq!(bench.told(ANNA).len(), 1);
    bench.report(ANNA, bench.last_mr(), STOPPED);
    assert_eq!((fate(&bench, &number).as_str(), bench.stage(&number)), ("queued", Stage::Answered));
    assert!(bench.told(ANNA).is_empty(), "at once it would meet the same phone");
    bench.minutes(30);
    assert_eq!(bench.told(ANNA).len(), 1);
    bench.report(ANNA, bench.last_mr(), STOPPED);
    assert_eq!(
        (fate(&bench, &number).as_str(), bench.stage(&number)),
        ("failed", Stage::ReadyToSend)
    );
    let story = bench.story(&number);
    assert!(story.ends_with("KIRIM KIRIM_LAGI GAGAL_KIRIM"), "{story}");
}

#[test]
fn of_several_parts_only_those_go_once_more_that_did_not_arrive() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, &format!("{}selesai", "sudah kami perbaiki, ".repeat(10)));
    bench.send(&number, "sari").unwrap();
    assert_eq!(bench.told(ANNA).len(), 1);
    let last = bench.last_mr();
    bench.report(ANNA, last - 1, STOPPED);
    assert_eq!(fate(&bench, &number), "sent", "the other part is not settled");
    bench.report(ANNA, last, DELIVERED);
    assert_eq!(fate(&bench, &number), "queued");
    bench.minutes(30);
    let again = bench.claim().unwrap();
    assert_eq!(again.parts.iter().map(|(part, _)| *part).collect::<Vec<_>>(), [1]);
    bench.accept(&again);
    bench.report(ANNA, bench.last_mr(), DELIVERED);
    assert_eq!(fate(&bench, &number), "delivered");
}

#[test]
fn what_has_no_time_left_or_failed_for_good_in_a_part_is_not_sent_once_more() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    bench.told(ANNA);
    bench.minutes(24 * 60 - 30);
    bench.report(ANNA, bench.last_mr(), STOPPED);
    assert_eq!(
        (fate(&bench, &number).as_str(), bench.stage(&number)),
        ("failed", Stage::ReadyToSend)
    );
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, &format!("{}selesai", "sudah kami perbaiki, ".repeat(10)));
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    bench.report(ANNA, bench.last_mr(), STOPPED);
    bench.report(ANNA, bench.last_mr() - 1, REJECTED);
    assert_eq!(
        (fate(&bench, &number).as_str(), bench.stage(&number)),
        ("failed", Stage::ReadyToSend)
    );
}

/// A complaint at TELAAH whose citizen is asked; the question waits in the outbox.
fn with_question_queued(bench: &Bench) -> String {
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    super::ask(bench, &number, "budi");
    number
}

#[test]
fn a_question_of_unknown_fate_is_sent_once_more_and_then_nobody_is_waited_for() {
    let bench = Bench::new();
    let number = with_question_queued(&bench);
    lose(&bench);
    bench.minutes(30);
    bench.round();
    assert_eq!(fate(&bench, &number), "queued");
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    lose(&bench);
    bench.minutes(30);
    bench.round();
    assert_eq!(fate(&bench, &number), "dropped");
    assert_eq!(bench.stage(&number), Stage::Analysis);
    let story = bench.story(&number);
    assert!(story.ends_with("KIRIM_ULANG TIDAK_PASTI LANJUT TANYA_TIDAK_SAMPAI"), "{story}");
    assert!(bench.told(ANNA).is_empty());
}

#[test]
fn what_was_answered_meanwhile_is_not_asked_again() {
    let bench = Bench::new();
    let number = with_question_queued(&bench);
    lose(&bench);
    bench.say(ANNA, "Jalan Melati 5");
    assert_eq!(bench.stage(&number), Stage::Analysis);
    bench.minutes(30);
    bench.round();
    let states: Vec<_> = bench.outgoing(&number).into_iter().map(|sent| sent.state).collect();
    assert!(!states.contains(&"queued".to_owned()), "{states:?}");
    assert!(bench.told(ANNA).is_empty());
}

/// How a question fails that waits in the outbox.
type Failing = fn(&Bench);

#[test]
fn a_question_that_did_not_arrive_brings_the_ticket_back_and_the_clocks_go_on() {
    let reported: Failing = |bench| {
        bench.told(ANNA);
        bench.report(ANNA, bench.last_mr(), EXPIRED);
    };
    let refused: Failing = |bench| {
        let claimed = bench.claim().unwrap();
        bench.release(claimed.id, Fate::Failed);
    };
    let too_late: Failing = |bench| {
        bench.days(1);
        bench.round();
    };
    for fail in [reported, refused, too_late] {
        let bench = Bench::new();
        let number = with_question_queued(&bench);
        let before = bench.ticket(&number);
        fail(&bench);
        let ticket = bench.ticket(&number);
        assert_eq!(
            (ticket.stage, ticket.before_pause, ticket.paused_at),
            (Stage::Analysis, None, None)
        );
        assert_eq!(ticket.assignee, before.assignee);
        assert!(ticket.due_at >= before.due_at && ticket.due_at.is_some());
        let story = bench.story(&number);
        assert!(story.ends_with("TANYA LANJUT TANYA_TIDAK_SAMPAI"), "{story}");
        // Nothing of it closes the case later.
        bench.days(40);
        bench.round();
        assert_eq!(bench.stage(&number), Stage::Analysis);
        // Asked again, the old failure is forgotten.
        super::ask(&bench, &number, "budi");
        assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    }
}

#[test]
fn the_failure_of_an_older_question_does_not_undo_a_newer_one() {
    let bench = Bench::new();
    let number = with_question_queued(&bench);
    bench.told(ANNA);
    let old = bench.last_mr();
    bench.say(ANNA, "Jalan Melati 5");
    super::ask(&bench, &number, "budi");
    bench.told(ANNA);
    bench.report(ANNA, old, EXPIRED);
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    assert!(bench.story(&number).ends_with("TIDAK_SAMPAI"));
}

#[test]
fn whom_no_question_has_reached_is_not_called_silent() {
    let bench = Bench::new();
    let number = bench.complaint();
    // As a register of an earlier version may hold it: asked, and nothing went out.
    let id = bench.ticket(&number).id;
    let asked = bench.act("sari", move |tx, office, who, now| {
        let mut ticket = crate::store::tickets::by_id(tx, id)?.unwrap();
        let action = crate::ticket::Action::Ask { missing: "alamat".to_owned() };
        let by = (&action, &officer::actor(who));
        let detail = serde_json::json!({});
        crate::desk::cases::step(tx, office, &mut ticket, by, detail, now, |_| {}).map(|_| ())
    });
    asked.unwrap();
    bench.days(31);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::New);
}

#[test]
fn a_final_refusal_by_the_network_brings_the_answer_back_too() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    let claimed = bench.claim().unwrap();
    bench.release(claimed.id, Fate::Failed);
    assert_eq!(
        (fate(&bench, &number).as_str(), bench.stage(&number)),
        ("failed", Stage::ReadyToSend)
    );
}

#[test]
fn an_answer_that_could_not_be_sent_in_a_day_comes_back() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    bench.minutes(24 * 60);
    bench.round();
    assert_eq!(
        (fate(&bench, &number).as_str(), bench.stage(&number)),
        ("expired", Stage::ReadyToSend)
    );
    assert!(bench.claim().is_none());
}

#[test]
fn a_receipt_that_did_not_arrive_moves_no_ticket_and_is_noted() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.report(ANNA, bench.last_mr(), REJECTED);
    assert_eq!(bench.stage(&number), Stage::New);
    assert_eq!(bench.story(&number), "MASUK TIDAK_SAMPAI");
}

#[test]
fn the_failure_of_an_older_answer_does_not_undo_a_newer_one() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    bench.told(ANNA);
    let old = bench.last_mr();
    bench.minutes(30);
    bench.say(ANNA, &format!("BELUM {number} masih mati"));
    bench.answered(&number, "Sekarang sudah diganti.");
    let new = bench.last_mr();
    bench.report(ANNA, new, DELIVERED);
    bench.report(ANNA, old, EXPIRED);
    assert_eq!(bench.stage(&number), Stage::Answered);
    assert!(bench.story(&number).ends_with("KIRIM TIDAK_SAMPAI"), "{}", bench.story(&number));
}

#[test]
fn a_failure_after_the_case_has_moved_on_is_noted() {
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    bench.told(ANNA);
    let mr = bench.last_mr();
    restrict(&bench, &number, "sari");
    bench.report(ANNA, mr, EXPIRED);
    assert_eq!(bench.stage(&number), Stage::EthicsClosed);
    assert!(bench.story(&number).ends_with("TIDAK_SAMPAI"));
}

#[test]
fn after_a_crash_what_may_have_left_is_unknown_and_the_rest_is_queued() {
    let bench = Bench::new();
    bench.sms(ANNA, "DISHUB # lampu mati");
    bench.sms(BENI, "DISHUB # lampu mati");
    let claimed = bench.claim().unwrap();
    let taken_back = bench.claim().unwrap();
    // The second modem had it in hand, but had not offered it yet.
    bench.run(move |tx, _, _| hand::withdraw_offers(tx, taken_back.id));
    let recovered = bench.run(|tx, office, now| fates::recover(tx, office, None, now));
    assert_eq!(recovered, 2);
    let state = |id| bench.run(move |tx, _, _| outbox::find(tx, id)).unwrap().state;
    assert_eq!(
        (state(claimed.id), state(taken_back.id)),
        ("unknown".to_owned(), "queued".to_owned())
    );
    assert_eq!(bench.run(|tx, office, now| fates::recover(tx, office, None, now)), 0);
}

#[test]
fn what_the_office_starts_and_was_not_taken_by_the_evening_leaves_in_the_morning() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Lampu diperbaiki.");
    bench.set(local("24-11-2026 19.55"));
    bench.send(&number, "sari").unwrap();
    let claimed = bench.claim().unwrap();
    // Refused, and to be tried again after a while: the window has closed meanwhile.
    bench.minutes(5);
    bench.release(claimed.id, Fate::Retry(bench.now()));
    assert!(bench.claim().is_none());
    let due = |bench: &Bench| {
        bench.run(|tx, office, now| outbound::next_due(tx, office, &sender(Pace::default()), now))
    };
    let morning = local("25-11-2026 07.00");
    assert_eq!(due(&bench), Some(morning));
    // Whoever writes at night is answered at night.
    bench.sms(ANNA, &format!("STATUS {number}"));
    let reply = bench.claim().expect("a reply goes at any hour");
    assert_ne!(reply.id, claimed.id);
    bench.accept(&reply);
    bench.set(morning - chrono::TimeDelta::seconds(1));
    assert!(bench.claim().is_none());
    bench.seconds(1);
    assert_eq!(bench.claim().map(|again| again.id), Some(claimed.id));
}

#[test]
fn the_longest_route_is_chosen_for_what_answers_no_sms() {
    let routes = ["0812", "08122", "+60"].map(|text| Prefix::parse(text).unwrap());
    let bench = Bench::with(Office { routes: routes[..2].to_vec(), ..office() });
    let send = |to: &'static str| {
        let texts = [(to.to_owned(), "uji".to_owned())];
        let told = bench.act("joko", move |tx, office, who, now| {
            sending::send_sms(tx, office, who, (&texts, false), now)
        });
        told.unwrap().len()
    };
    assert_eq!(send("081230000001") + send("081220000002") + send("085600000003"), 3);
    let by = |prefixes: &[Prefix]| {
        let sender = Sender::new(("modem-2", "sim-b"), Pace::default(), prefixes);
        std::iter::from_fn(|| {
            let sender = sender.clone();
            bench.run(move |tx, office, now| {
                outbound::claim(tx, office, &sender, Offer::AtOnce, now)
            })
        })
        .map(|message| message.recipient)
        .collect::<Vec<_>>()
    };
    assert_eq!(by(&routes[2..]), ["+6285600000003"]);
    assert_eq!(by(&routes[1..2]), ["+6281220000002"]);
    assert_eq!(by(&routes[..1]), ["+6281230000001"]);
}

#[test]
fn an_answer_of_four_parts_is_read_whole_and_settled_by_its_last_report() {
    let bench = Bench::new();
    let number = bench.complaint();
    let wording = format!("{}selesai", "sudah kami perbaiki, ".repeat(22));
    bench.approved(&number, wording.trim());
    bench.send(&number, "sari").unwrap();
    let told = bench.told(ANNA);
    assert!(told[0].contains(wording.trim()), "{told:?}");
    let last = bench.last_mr();
    for mr in [last, last - 2, last - 3] {
        bench.report(ANNA, mr, DELIVERED);
        assert_eq!(fate(&bench, &number), "sent");
    }
    bench.report(ANNA, last - 1, DELIVERED);
    assert_eq!(fate(&bench, &number), "delivered");
}

#[test]
fn what_a_centre_cannot_confirm_stays_sent_and_one_such_part_makes_the_whole_so() {
    /// Forwarded to the phone, and replaced by the centre.
    const NOBODY_KNOWS: [u8; 2] = [0x01, 0x02];
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "sudah kami perbaiki, ".repeat(14).trim());
    bench.send(&number, "sari").unwrap();
    bench.told(ANNA);
    let last = bench.last_mr();
    bench.report(ANNA, last - 1, NOBODY_KNOWS[0]);
    bench.report(ANNA, last, DELIVERED);
    assert_eq!(fate(&bench, &number), "sent");
    // Of an answer whose sending was of unknown fate it is news that it was sent.
    let bench = Bench::new();
    let number = with_answer_queued(&bench);
    lose(&bench);
    bench.minutes(1);
    bench.report(ANNA, 99, NOBODY_KNOWS[1]);
    assert_eq!(fate(&bench, &number), "sent");
    bench.minutes(60);
    bench.round();
    assert!(bench.told(ANNA).is_empty());
}

/// What a person sees of the number of the only ticket: in the list, and opened.
fn marked(bench: &Bench, number: &str) -> (bool, Option<String>) {
    let typed = number.to_owned();
    let tickets = bench
        .act("sari", |tx, office, who, now| reading::inbox(tx, office, who, true, now))
        .unwrap()
        .tickets;
    let file =
        bench.act("sari", move |tx, office, who, now| reading::show(tx, office, who, &typed, now));
    let listed = tickets[0].flags.iter().any(|flag| flag == reading::UNREACHABLE);
    (listed, file.unwrap().unreachable.map(|mark| mark.code))
}

fn refuse_number(bench: &Bench) {
    bench.run(|tx, _, now| fates::number_refused(tx, "+6281200000001", "+CMS ERROR: 1", now));
}

#[test]
fn a_number_that_a_network_calls_gone_is_shown_until_it_writes_or_a_text_reaches_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    let receipt = bench.last_mr();
    assert_eq!(marked(&bench, &number), (false, None));
    refuse_number(&bench);
    let shown = (true, Some("+CMS ERROR: 1".to_owned()));
    assert_eq!(marked(&bench, &number), shown);
    bench.sms(BENI, "DISHUB # lampu mati");
    assert_eq!(marked(&bench, &number), shown, "another one's text says nothing of it");
    bench.sms(ANNA, &format!("STATUS {number}"));
    assert_eq!(marked(&bench, &number), (false, None));
    refuse_number(&bench);
    bench.report(ANNA, receipt, TRYING);
    assert_eq!(marked(&bench, &number), shown);
    bench.report(ANNA, receipt, DELIVERED);
    assert_eq!(marked(&bench, &number), (false, None));
}

#[test]
fn a_report_of_a_number_that_is_not_in_use_marks_it_and_other_failures_do_not() {
    for (status, code) in [(REJECTED, None), (NOT_OBTAINABLE, Some("TP-ST 0x43".to_owned()))] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.report(ANNA, bench.last_mr(), status);
        assert_eq!(marked(&bench, &number), (code.is_some(), code));
    }
}

#[test]
fn an_approved_answer_is_tried_at_a_marked_number_and_what_nobody_asked_for_is_not() {
    let bench = Bench::new();
    let number = bench.complaint();
    refuse_number(&bench);
    bench.approved(&number, "Lampu diperbaiki.");
    bench.send(&number, "sari").unwrap();
    assert_eq!(bench.told(ANNA).len(), 1);
    let bench = Bench::new();
    let number = bench.complaint();
    super::ask(&bench, &number, "sari");
    bench.told(ANNA);
    refuse_number(&bench);
    bench.days(31);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Closed);
    assert!(bench.story(&number).ends_with("TIDAK_DIKIRIM_NOMOR"), "{}", bench.story(&number));
    assert!(bench.told(ANNA).is_empty());
}
