//! What is to be given by hand stays before the petugas until it is said to have been given.

use super::channels::{add, hand, number, show};
use super::fixture::{ANNA, BENI, Bench, refused};
use super::reminding::{inbox, rounds_until};
use crate::desk::closing::Closing;
use crate::desk::correcting;
use crate::desk::entering::Message;
use crate::desk::officer::Destination;
use crate::desk::reading::{self, TO_GIVE};
use crate::store::hand::Fate;
use crate::ticket::{Category, Channel, CloseReason, Stage, Way};

/// How a text of Beni's fails.
type Failing = fn(&Bench);

/// How a main ticket ends.
type Ending = fn(&Bench, &str);

fn join(bench: &Bench, joined: &str, main: &str) {
    let closing = Closing {
        reason: CloseReason::Duplicate,
        main: Some(main.to_owned()),
        party: None,
        contact: None,
        words: None,
    };
    bench.close(joined, closing).unwrap();
    bench.told(BENI);
}

/// Beni's ticket, joined to Anna's; the answer has left, and the copy waits.
fn with_copy_queued(bench: &Bench) -> (String, String) {
    let main = bench.complaint();
    let joined = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
    join(bench, &joined, &main);
    bench.approved(&main, "Lampu diperbaiki.");
    bench.send(&main, "sari").unwrap();
    let answer = bench.claim().unwrap();
    bench.accept(&answer);
    (main, joined)
}

/// Beni's complaint by WhatsApp.
fn wa(text: &str) -> Message {
    Message {
        channel: Channel::WhatsApp,
        from: Some(BENI.to_owned()),
        text: text.to_owned(),
        at: None,
        unit: None,
        to: None,
        again: false,
        by_sms: false,
    }
}

fn is_marked(bench: &Bench, user: &str, number: &str) -> bool {
    let listed = bench
        .act(user, |tx, office, who, now| reading::inbox(tx, office, who, false, now))
        .unwrap()
        .tickets;
    let found = listed.iter().find(|ticket| ticket.number.to_string() == number);
    found.is_some_and(|ticket| ticket.flags.iter().any(|flag| flag == TO_GIVE))
}

#[test]
fn the_copy_of_an_answer_that_did_not_arrive_is_told_by_telephone() {
    let reported: Failing = |bench| {
        bench.told(BENI);
        bench.report(BENI, bench.last_mr(), 0x41);
    };
    let refused: Failing = |bench| bench.release(bench.claim().unwrap().id, Fate::Failed);
    let expired: Failing = |bench| {
        bench.days(1);
        bench.round();
    };
    let lost: Failing = |bench| {
        for _ in 0..2 {
            bench.release(bench.claim().unwrap().id, Fate::Unknown);
            bench.minutes(30);
            bench.round();
        }
    };
    for fail in [reported, refused, expired, lost] {
        let bench = Bench::new();
        let (main, joined) = with_copy_queued(&bench);
        assert!(!is_marked(&bench, "sari", &joined));
        fail(&bench);
        assert_eq!(inbox(&bench, "sari"), std::slice::from_ref(&joined));
        assert!(is_marked(&bench, "sari", &joined));
        assert_eq!(inbox(&bench, "budi"), [] as [&str; 0]);
        let told = bench.trail(&main).pop().unwrap();
        assert_eq!(told.action, "SALINAN_TIDAK_SAMPAI");
        assert!(told.detail.contains(&joined), "{}", told.detail);
        // To the letter, with either number; whoever does not see numbers gives nothing.
        let give = show(&bench, &joined, "sari").give.unwrap();
        assert!(give.text.contains(&joined) && give.text.contains("Lampu diperbaiki."), "{give:?}");
        assert!(give.link.is_some());
        assert_eq!(show(&bench, &main, "sari").joined[0].give.as_ref(), Some(&give));
        assert_eq!(show(&bench, &main, "budi").joined[0].give, None);
        // That it was looked at is not that it was given.
        assert!(is_marked(&bench, "sari", &joined));
        assert_eq!(self::refused(hand(&bench, &joined, "sari", Way::Sms)), "INVALID");
        // Shown is not given either.
        let shown = bench.send(&joined, "sari").unwrap();
        assert_eq!(shown.give, [give]);
        assert!(is_marked(&bench, "sari", &joined));
        let done = bench.telephoned(&joined, "sari").unwrap();
        assert_eq!((done.ticket.stage, done.give), (Stage::Closed, vec![]));
        assert!(bench.story(&joined).ends_with("DISAMPAIKAN"), "{}", bench.story(&joined));
        assert_eq!((inbox(&bench, "sari"), show(&bench, &joined, "sari").give), (vec![], None));
        assert_eq!(self::refused(bench.send(&joined, "sari")), "OUT_OF_TURN");
        assert!(bench.told(BENI).is_empty());
    }
}

#[test]
fn the_copy_of_an_answer_is_shown_as_not_confirmed_with_its_main_ticket() {
    let bench = Bench::new();
    let (main, joined) = with_copy_queued(&bench);
    bench.report(ANNA, bench.last_mr(), 0);
    let unconfirmed = |number: &str| {
        show(&bench, number, "sari").ticket.flags.iter().any(|flag| flag == "unconfirmed")
    };
    bench.told(BENI);
    bench.minutes(4);
    assert!(!unconfirmed(&main));
    bench.minutes(1);
    assert!(unconfirmed(&main) && unconfirmed(&joined));
    bench.report(BENI, bench.last_mr(), 0);
    assert!(!unconfirmed(&main) && !unconfirmed(&joined));
}

#[test]
fn the_copy_for_who_came_otherwise_is_owed_until_it_is_given() {
    let bench = Bench::new();
    let main = bench.complaint();
    let joined = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
    join(&bench, &joined, &main);
    hand(&bench, &joined, "sari", Way::WhatsApp).unwrap();
    bench.approved(&main, "Lampu diperbaiki.");
    assert_eq!(inbox(&bench, "sari"), std::slice::from_ref(&main));
    let done = bench.send(&main, "sari").unwrap();
    assert!(bench.story(&joined).ends_with("SAMPAIKAN_SALINAN"), "{}", bench.story(&joined));
    bench.days(3);
    assert!(is_marked(&bench, "sari", &joined));
    assert_eq!(show(&bench, &joined, "sari").give.as_ref(), done.give.first());
    // Without a way it is told once more, and is still owed.
    let again = bench.send(&joined, "sari").unwrap();
    assert_eq!((again.give, is_marked(&bench, "sari", &joined)), (done.give, true));
    assert_eq!(refused(hand(&bench, &joined, "hadi", Way::WhatsApp)), "NOT_PERMITTED");
    hand(&bench, &joined, "sari", Way::WhatsApp).unwrap();
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
    let told = bench.trail(&joined).pop().unwrap();
    assert_eq!((&*told.action, &*told.actor), ("DISAMPAIKAN", "sari"));
    assert!(told.detail.contains("WA"), "{}", told.detail);
}

/// Beni's complaint by WhatsApp, whose anggota has asked at 08.00 on a Tuesday.
fn asked(bench: &Bench) -> String {
    let number = number(&add(bench, wa("DISHUB # Lampu pasar mati")));
    bench.assign(&number).unwrap();
    super::ask(bench, &number, "budi");
    number
}

#[test]
fn a_question_waits_with_the_petugas_until_it_is_given_and_its_time_begins_then() {
    let bench = Bench::new();
    let number = asked(&bench);
    assert!(is_marked(&bench, "sari", &number) && !is_marked(&bench, "budi", &number));
    // Nobody asked: nobody was silent.
    bench.days(31);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    assert!(is_marked(&bench, "sari", &number));
    let give = show(&bench, &number, "sari").give.unwrap();
    assert!(give.text.contains("alamat") && give.text.contains("24-01-2027"), "{give:?}");
    assert_eq!(refused(hand(&bench, &number, "budi", Way::WhatsApp)), "NOT_PERMITTED");
    let done = hand(&bench, &number, "sari", Way::WhatsApp).unwrap();
    assert_eq!(done.ticket.stage, Stage::WaitingCitizen);
    assert!(bench.story(&number).ends_with("TANYA DISAMPAIKAN"), "{}", bench.story(&number));
    assert_eq!((inbox(&bench, "sari"), show(&bench, &number, "sari").give), (vec![], None));
    assert_eq!(refused(hand(&bench, &number, "sari", Way::WhatsApp)), "OUT_OF_TURN");
    rounds_until(&bench, "24-01-2027 23.59");
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
    rounds_until(&bench, "25-01-2027 00.00");
    assert_eq!(bench.ticket(&number).closed_as, Some(CloseReason::Incomplete));
    // Nobody was there when it ended: that is told, too.
    assert!(is_marked(&bench, "sari", &number) && !is_marked(&bench, "budi", &number));
    let give = show(&bench, &number, "sari").give.unwrap();
    assert!(give.text.contains("belum dapat diproses: keterangan belum lengkap"), "{give:?}");
    hand(&bench, &number, "sari", Way::Telephone).unwrap();
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
}

#[test]
fn where_to_ask_after_a_joined_ticket_is_owed_and_the_answer_takes_its_place() {
    let bench = Bench::new();
    let main = bench.complaint();
    let joined = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
    join(&bench, &joined, &main);
    let give = show(&bench, &joined, "sari").give.unwrap();
    assert!(give.text.contains(&format!("{joined} sama dengan No {main}")), "{give:?}");
    assert!(is_marked(&bench, "sari", &joined));
    bench.answered(&main, "Lampu diperbaiki.");
    let give = show(&bench, &joined, "sari").give.unwrap();
    assert!(give.text.starts_with(&format!("Jawaban No {joined}: ")), "{give:?}");
    hand(&bench, &joined, "sari", Way::WhatsApp).unwrap();
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
}

#[test]
fn where_to_ask_is_owed_no_longer_than_there_is_somewhere_to_ask() {
    let spam: Ending = |bench, main| {
        let (main_of, party, contact, words) = (None, None, None, None);
        let reason = CloseReason::Spam;
        bench.close(main, Closing { reason, main: main_of, party, contact, words }).unwrap();
    };
    let withdrawn: Ending = |bench, main| drop(bench.say(BENI, &format!("BATAL {main}")));
    for end in [spam, withdrawn] {
        let bench = Bench::new();
        let main = bench.say(BENI, "DISHUB # lampu simpang pasar kok mati").number();
        let joined = number(&add(&bench, wa("DLH # Lampu pasar mati")));
        join(&bench, &joined, &main);
        assert!(is_marked(&bench, "sari", &joined));
        end(&bench, &main);
        assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
        assert_eq!(show(&bench, &joined, "sari").give, None);
    }
}

#[test]
fn why_a_ticket_was_closed_is_owed_to_the_letter_until_it_is_given_or_opened_again() {
    for reopens in [true, false] {
        let bench = Bench::new();
        let number = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
        let closing = Closing {
            reason: CloseReason::NotOurs,
            main: None,
            party: Some("PLN".to_owned()),
            contact: Some("123".to_owned()),
            words: None,
        };
        let done = bench.close(&number, closing).unwrap();
        assert!(done.give[0].text.contains("kewenangan PLN. Silakan hubungi 123."), "{done:?}");
        bench.days(2);
        assert_eq!(inbox(&bench, "sari"), std::slice::from_ref(&number));
        assert_eq!(show(&bench, &number, "sari").give.as_ref(), done.give.first());
        if reopens {
            let typed = number.clone();
            bench
                .act("ratna", move |tx, office, who, now| {
                    crate::desk::turning::reopen(tx, office, who, (&typed, "lampu milik kota"), now)
                })
                .unwrap();
            assert!(!is_marked(&bench, "sari", &number));
        } else {
            hand(&bench, &number, "sari", Way::WhatsApp).unwrap();
        }
        assert_eq!(show(&bench, &number, "sari").give, None);
    }
}

#[test]
fn a_question_that_was_given_is_to_be_given_once_more_on_the_seventh_day() {
    let bench = Bench::new();
    let number = asked(&bench);
    bench.days(2);
    let give = show(&bench, &number, "sari").give;
    hand(&bench, &number, "sari", Way::Telephone).unwrap();
    rounds_until(&bench, "03-12-2026 07.59");
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
    rounds_until(&bench, "03-12-2026 08.00");
    assert!(is_marked(&bench, "sari", &number));
    assert!(
        bench.story(&number).ends_with("DISAMPAIKAN TANYAKAN_LAGI"),
        "{}",
        bench.story(&number)
    );
    assert_eq!(show(&bench, &number, "sari").give, give, "the same words, with the same day");
    hand(&bench, &number, "sari", Way::Telephone).unwrap();
    rounds_until(&bench, "26-12-2026 23.59");
    assert_eq!((inbox(&bench, "sari"), bench.stage(&number)), (vec![], Stage::WaitingCitizen));
    rounds_until(&bench, "27-12-2026 00.00");
    assert_eq!(bench.stage(&number), Stage::Closed);
    assert!(bench.outgoing(&number).is_empty());
}

#[test]
fn nobody_is_asked_once_more_who_left_no_number_at_the_counter() {
    let bench = Bench::new();
    let at_counter = Message { channel: Channel::Counter, from: None, ..wa("DISHUB # Lampu mati") };
    let number = number(&add(&bench, at_counter));
    bench.assign(&number).unwrap();
    super::ask(&bench, &number, "budi");
    hand(&bench, &number, "sari", Way::Counter).unwrap();
    rounds_until(&bench, "03-12-2026 08.00");
    assert_eq!((inbox(&bench, "sari"), is_marked(&bench, "sari", &number)), (vec![], false));
    assert!(bench.story(&number).ends_with("DISAMPAIKAN"), "{}", bench.story(&number));
    rounds_until(&bench, "25-12-2026 00.00");
    assert_eq!(bench.stage(&number), Stage::Closed);
}

#[test]
fn what_was_asked_and_is_learnt_is_not_to_be_given() {
    let bench = Bench::new();
    let number = asked(&bench);
    add(&bench, Message { to: Some(number.clone()), ..wa("Simpang Pasar") });
    assert_eq!((bench.stage(&number), inbox(&bench, "sari")), (Stage::Analysis, vec![]));
    // Another question has its own time.
    hand_question(&bench, &number);
    bench.days(29);
    add(&bench, Message { to: Some(number.clone()), ..wa("Di sebelah utara") });
    super::ask(&bench, &number, "budi");
    bench.days(2);
    bench.round();
    assert!(is_marked(&bench, "sari", &number));
    assert_eq!(bench.stage(&number), Stage::WaitingCitizen);
}

fn hand_question(bench: &Bench, number: &str) {
    super::ask(bench, number, "budi");
    hand(bench, number, "sari", Way::WhatsApp).unwrap();
}

#[test]
fn the_copy_of_an_answer_that_is_corrected_is_not_given() {
    let bench = Bench::new();
    let main = bench.complaint();
    let joined = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
    join(&bench, &joined, &main);
    bench.approved(&main, "Lampu diperbaiki.");
    bench.send(&main, "sari").unwrap();
    super::turn(&bench, &main, "sari", "salah simpang", correcting::correct).unwrap();
    assert_eq!((inbox(&bench, "sari"), show(&bench, &joined, "sari").give), (vec![], None));
    bench.approved(&main, "Lampu di Simpang Lima diperbaiki.");
    bench.send(&main, "sari").unwrap();
    assert!(show(&bench, &joined, "sari").give.unwrap().text.contains("Simpang Lima"));
    super::restrict(&bench, &main, "ratna");
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
    let give = show(&bench, &joined, "ratna").give.unwrap();
    assert!(give.text.contains("ditangani tertutup"), "{give:?}");
}

#[test]
fn that_a_case_is_closed_is_told_by_whoever_decides_on_it() {
    let bench = Bench::new();
    let main = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
    let other = Message { from: Some(ANNA.to_owned()), ..wa("DISHUB # Pasar gelap, lampu mati") };
    let joined = number(&add(&bench, other));
    join(&bench, &joined, &main);
    bench.assign(&main).unwrap();
    let done = super::restrict_naming(&bench, &main, "budi", &[]).unwrap();
    assert_eq!(done.give.len(), 2);
    for number in [&main, &joined] {
        assert!(is_marked(&bench, "ratna", number), "{number}");
        assert!(!is_marked(&bench, "sari", number) && !is_marked(&bench, "hadi", number));
        assert_eq!(refused(bench.send(number, "sari")), "NO_SUCH_TICKET");
        assert_eq!(refused(bench.send(number, "hadi")), "NOT_PERMITTED");
        let give = show(&bench, number, "ratna").give.unwrap();
        assert!(give.text.contains("ditangani tertutup") && give.link.is_some(), "{give:?}");
        assert_eq!(show(&bench, number, "hadi").give, None);
    }
    hand(&bench, &joined, "ratna", Way::WhatsApp).unwrap();
    assert!(!is_marked(&bench, "ratna", &joined));
    // The hand-over ends it, and its citizen still knows nothing.
    super::hand_over(&bench, &main);
    assert!(is_marked(&bench, "ratna", &main));
    hand(&bench, &main, "ratna", Way::Telephone).unwrap();
    assert_eq!(inbox(&bench, "ratna"), [] as [&str; 0]);
    assert!(bench.story(&main).ends_with("DISAMPAIKAN"), "{}", bench.story(&main));
}

#[test]
fn where_the_ketua_is_named_the_pengarah_tells_that_a_case_is_closed() {
    let bench = Bench::new();
    let number = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
    bench.assign(&number).unwrap();
    super::restrict_naming(&bench, &number, "budi", &["ratna"]).unwrap();
    assert!(is_marked(&bench, "hadi", &number));
    assert!(show(&bench, &number, "hadi").give.is_some());
    hand(&bench, &number, "hadi", Way::Telephone).unwrap();
    assert!(!is_marked(&bench, "hadi", &number));
}

#[test]
fn a_petugas_who_moves_a_case_tells_it_at_once() {
    let bench = Bench::new();
    let number = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
    let done = super::restrict_naming(&bench, &number, "sari", &[]).unwrap();
    assert_eq!(done.give.len(), 1);
    assert!(!is_marked(&bench, "ratna", &number));
}

#[test]
fn what_is_no_ethics_matter_is_not_told_to_be_one() {
    let bench = Bench::new();
    let number = number(&add(&bench, wa("DISHUB # Lampu pasar mati")));
    bench.assign(&number).unwrap();
    super::restrict(&bench, &number, "budi");
    let to = Destination { category: Some(Category::Complaint), ..Destination::default() };
    super::unrestrict(&bench, &number, "ratna", to).unwrap();
    assert_eq!((inbox(&bench, "ratna"), show(&bench, &number, "sari").give), (vec![], None));
}
