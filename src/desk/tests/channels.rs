//! WhatsApp, telephone and counter: the same register, and nothing of it by SMS (A16).

use chrono::TimeDelta;

use super::fixture::{ANNA, BENI, Bench, local, refused};
use super::{ask, restrict};
use crate::desk::closing::Closing;
use crate::desk::entering::{self, Added, Message};
use crate::desk::officer::Done;
use crate::desk::sending;
use crate::desk::{Error, reading};
use crate::store::hand::Fate;
use crate::store::inbox::Outcome;
use crate::store::reminders;
use crate::ticket::{Channel, CloseReason, Stage, Way};

/// What Anna wrote by WhatsApp.
pub(super) fn wa(text: &str) -> Message {
    Message {
        channel: Channel::WhatsApp,
        from: Some(ANNA.to_owned()),
        text: text.to_owned(),
        at: None,
        unit: None,
        to: None,
        again: false,
        by_sms: false,
    }
}

/// What somebody without a number said at the counter.
fn counter(text: &str) -> Message {
    Message { channel: Channel::Counter, from: None, ..wa(text) }
}

fn add_by(bench: &Bench, user: &str, message: Message) -> Result<Added, Error> {
    bench.act(user, move |tx, office, who, now| entering::add(tx, office, who, &message, now))
}

pub(super) fn add(bench: &Bench, message: Message) -> Added {
    add_by(bench, "sari", message).unwrap()
}

pub(super) fn number(added: &Added) -> String {
    added.ticket.as_ref().expect("no ticket").number.to_string()
}

pub(super) fn hand(bench: &Bench, number: &str, user: &str, way: Way) -> Result<Done, Error> {
    let number = number.to_owned();
    bench.act(user, move |tx, office, who, now| sending::hand(tx, office, who, (&number, way), now))
}

fn undelivered(bench: &Bench, number: &str, user: &str) -> Result<Done, Error> {
    let number = number.to_owned();
    bench.act(user, move |tx, office, who, now| {
        sending::undelivered(tx, office, who, (&number, "nomor mati"), now)
    })
}

pub(super) fn show(bench: &Bench, number: &str, user: &str) -> reading::CaseFile {
    let number = number.to_owned();
    bench
        .act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now))
        .unwrap()
}

#[test]
fn a_complaint_by_whatsapp_gets_the_next_number_its_clocks_and_a_receipt_to_copy() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.at("24-11-2026 09.00");
    let text = "  dishub # Kebakaran di Simpang\nPasar! ";
    let added = add(&bench, Message { at: Some(local("24-11-2026 08.15")), ..wa(text) });
    let ticket = added.ticket.clone().unwrap();
    assert_eq!(ticket.number.serial(), bench.ticket(&first).number.serial() + 1);
    assert_eq!((added.outcome, added.reason), (Outcome::Ticket, "TIKET_BARU"));
    assert_eq!((ticket.channel, ticket.unit.as_deref()), (Channel::WhatsApp, Some("DISHUB")));
    assert!(ticket.flags.contains(&"emergency".to_owned()), "{:?}", ticket.flags);
    assert_eq!(ticket.received_at, local("24-11-2026 08.15"));
    assert_eq!(ticket.due_at, Some(local("24-11-2026 08.30")), "row 2 runs from the receipt");
    let receipt = added.text.unwrap();
    assert!(receipt.contains("112") && receipt.contains(&ticket.number.to_string()), "{receipt}");
    let link = added.link.unwrap();
    assert!(link.starts_with("https://wa.me/6281200000001?text=Keadaan%20darurat%3F"), "{link}");
    assert!(bench.told(ANNA).is_empty(), "nothing goes out by SMS");
    // The evidence.
    let kept = bench.messages(ANNA).into_iter().next().unwrap();
    assert_eq!((kept.text.as_deref(), kept.entered_by.as_deref()), (Some(text), Some("sari")));
    assert_eq!((kept.channel, kept.received_at), (Channel::WhatsApp, local("24-11-2026 08.15")));
    let opening = bench.trail(&ticket.number.to_string()).remove(0);
    assert!(opening.detail.contains("\"dicatat\":\"sari\""), "{}", opening.detail);
}

#[test]
fn what_was_entered_is_evidence_like_an_sms() {
    let bench = Bench::new();
    add(&bench, wa("DISHUB # Lampu mati"));
    let id = bench.messages(ANNA)[0].id;
    assert!(bench.unread().is_empty(), "intake never meets it");
    let again = bench.run(move |tx, office, now| crate::desk::intake::handle(tx, office, id, now));
    assert!(!again);
}

#[test]
fn only_petugas_and_ketua_enter_and_only_what_can_be() {
    let bench = Bench::new();
    for user in ["budi", "hadi", "joko"] {
        assert_eq!(refused(add_by(&bench, user, wa("DISHUB # x y"))), "NOT_PERMITTED", "{user}");
    }
    assert!(add_by(&bench, "ratna", wa("DISHUB # Lampu mati")).is_ok());
    let refuse = |message: Message| refused(add_by(&bench, "sari", message));
    assert_eq!(refuse(Message { channel: Channel::Sms, ..wa("DISHUB # x") }), "INVALID");
    assert_eq!(refuse(wa(" \n ")), "MISSING");
    assert_eq!(refuse(Message { from: None, ..wa("DISHUB # x") }), "MISSING");
    assert_eq!(refuse(Message { from: Some("112".to_owned()), ..wa("DISHUB # x") }), "INVALID");
    assert_eq!(refuse(Message { by_sms: true, ..counter("DISHUB # x") }), "MISSING");
    assert_eq!(refuse(Message { unit: Some("PLN".to_owned()), ..wa("x y") }), "NO_SUCH_UNIT");
    let later = bench.now() + TimeDelta::minutes(1);
    let old = bench.now() - TimeDelta::days(8);
    for at in [later, old] {
        assert_eq!(refuse(Message { at: Some(at), ..wa("DISHUB # x") }), "INVALID", "{at}");
    }
    assert_eq!(
        refuse(Message { to: Some("P26-04071-7".to_owned()), ..wa("x y") }),
        "NO_SUCH_TICKET"
    );
    assert_eq!(bench.messages(ANNA).len(), 1, "what is refused leaves nothing");
}

#[test]
fn the_officer_says_the_unit_where_the_text_does_not() {
    let bench = Bench::new();
    let message = Message { unit: Some("pupr".to_owned()), ..wa("status jalan di depan pasar") };
    let ticket = add(&bench, message).ticket.unwrap();
    assert_eq!((ticket.unit.as_deref(), &*ticket.certainty), (Some("PUPR"), "certain"));
    assert!(show(&bench, &ticket.number.to_string(), "sari").unit_chosen);
    assert_eq!(ticket.body, "status jalan di depan pasar");
}

#[test]
fn a_text_that_looks_like_a_command_shows_what_it_shows_also_where_the_officer_says_the_unit() {
    let bench = Bench::new();
    let first = bench.complaint();
    let text = format!(
        "laporan {first} pak, sekarang ada kebakaran di pasar, petugas minta uang 50rb, tolong rahasiakan nama saya"
    );
    let message = Message {
        channel: Channel::Telephone,
        unit: Some("DAMKAR".to_owned()),
        again: true,
        ..wa(&text)
    };
    let added = add(&bench, message);
    assert_eq!(added.outcome, Outcome::Ticket);
    assert!(added.text.as_ref().unwrap().starts_with("Keadaan darurat?"), "{:?}", added.text);
    let ticket = added.ticket.unwrap();
    assert_eq!((ticket.unit.as_deref(), ticket.body.as_str()), (Some("DAMKAR"), text.as_str()));
    for flag in ["emergency", "ethics", "secret", "alarm"] {
        assert!(ticket.flags.iter().any(|shown| shown == flag), "{flag}: {:?}", ticket.flags);
    }
    // What shows nothing is marked with nothing.
    let plain = format!("makasih pak, laporan {first} lampunya mati");
    let message = Message { unit: Some("DISHUB".to_owned()), again: true, ..wa(&plain) };
    assert_eq!(add(&bench, message).ticket.unwrap().flags, [] as [&str; 0]);
}

#[test]
fn a_repeat_is_told_and_opens_a_second_ticket_only_when_the_officer_says_so() {
    let bench = Bench::new();
    let first = bench.say(ANNA, "DISHUB # Lampu mati di pasar").number();
    let again = add(&bench, wa("dishub#lampu mati di PASAR"));
    assert_eq!((again.outcome, again.reason), (Outcome::Addition, "BERULANG"));
    assert_eq!(number(&again), first);
    let own = add(&bench, Message { again: true, ..wa("DISHUB # Lampu mati di pasar") });
    assert_eq!(own.outcome, Outcome::Ticket);
    assert_ne!(number(&own), first);
    // At the counter too, where nobody has a number.
    let one = add(&bench, counter("DISDUKCAPIL # KTP belum jadi"));
    let two = add(&bench, counter("DISDUKCAPIL # KTP belum jadi."));
    assert_eq!((two.reason, number(&two)), ("BERULANG", number(&one)));
    let other = add(&bench, counter("DISDUKCAPIL # KK belum jadi"));
    assert_eq!(other.outcome, Outcome::Ticket);
}

#[test]
fn what_follows_is_added_also_across_channels_and_to_the_ticket_that_the_officer_names() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.minutes(5);
    let next = add(&bench, wa("yang di depan masjid raya pak"));
    assert_eq!((next.reason, number(&next)), ("SUSULAN", first.clone()));
    bench.at("24-11-2026 10.00");
    // Another handset: many have one for WhatsApp and one for SMS.
    let named = Message {
        from: Some(BENI.to_owned()),
        to: Some(first.clone()),
        ..wa("DISHUB # tiangnya juga miring")
    };
    let named = add(&bench, named);
    assert_eq!((named.reason, number(&named)), ("NOMOR_DISEBUT", first.clone()));
    assert!(named.text.unwrap().contains("Keterangan tambahan"));
    assert_eq!(show(&bench, &first, "sari").messages.len(), 3);
    // What was asked by SMS is learnt by WhatsApp.
    ask(&bench, &first, "sari");
    add(&bench, Message { to: Some(first.clone()), from: None, ..wa("Jalan Melati RT 02") });
    assert_eq!(bench.stage(&first), Stage::New);
    bench.told(ANNA);
    bench.say(ANNA, &format!("BATAL {first}"));
    let late = Message { to: Some(first), ..wa("masih mati juga") };
    assert_eq!(refused(add_by(&bench, "sari", late)), "OUT_OF_TURN");
}

#[test]
fn commands_are_read_as_such_and_only_of_the_own_handset() {
    let bench = Bench::new();
    let first = bench.complaint();
    bench.answered(&first, "Sudah diganti.");
    let strange = Message { from: Some(BENI.to_owned()), ..wa(&format!("BATAL {first}")) };
    let strange = add(&bench, strange);
    assert_eq!((strange.outcome, strange.reason), (Outcome::Command, "BATAL"));
    assert!(strange.text.unwrap().contains("tidak kami temukan") && strange.ticket.is_none());
    let named = Message { from: Some(BENI.to_owned()), to: Some(first.clone()), ..wa("BATAL") };
    assert!(add(&bench, named).ticket.is_none(), "T22: from the same handset");
    let object = add(&bench, wa(&format!("BELUM {first} masih mati")));
    assert_eq!(object.reason, "BELUM");
    assert_eq!(bench.stage(&first), Stage::Analysis);
    assert!(bench.story(&first).ends_with("BELUM"));
    let line = bench.trail(&first).pop().unwrap();
    assert_eq!(line.actor, "pemohon");
    assert!(line.detail.contains("\"saluran\":\"WA\""), "{}", line.detail);
    // Somebody at the counter without a number, whom the officer knows by the ticket.
    let own = add(&bench, counter("DISHUB # halte rusak di depan sekolah"));
    let own = number(&own);
    bench.approved(&own, "Sudah.");
    hand(&bench, &own, "sari", Way::Counter).unwrap();
    let puas = add(&bench, Message { to: Some(own.clone()), ..counter("PUAS") });
    assert_eq!((puas.reason, bench.stage(&own)), ("PUAS", Stage::Finished));
    assert!(bench.told(ANNA).is_empty());
}

#[test]
fn what_the_officer_may_not_see_does_not_exist_for_what_is_entered() {
    let bench = Bench::new();
    let sealed = bench.complaint();
    restrict(&bench, &sealed, "sari");
    bench.told(ANNA);
    for text in [format!("STATUS {sealed}"), format!("BATAL {sealed}"), "STATUS".to_owned()] {
        let told = add(&bench, wa(&text));
        assert!(told.ticket.is_none(), "{text}");
        assert!(told.text.unwrap().contains("tidak kami temukan"), "{text}");
    }
    let named = Message { to: Some(sealed.clone()), ..wa("tambahan keterangan") };
    assert_eq!(refused(add_by(&bench, "sari", named)), "NO_SUCH_TICKET");
    let next = add(&bench, wa("ini lanjutan yang tadi pagi pak"));
    assert_eq!(next.outcome, Outcome::Ticket);
    // The ketua sees it, and so does what the ketua enters.
    let told = add_by(&bench, "ratna", wa(&format!("STATUS {sealed}"))).unwrap();
    assert!(told.text.unwrap().contains("ditangani tertutup"));
}

#[test]
fn the_approved_wording_is_given_by_hand_and_who_gave_it_how_is_kept() {
    let bench = Bench::with_limits(|limits| limits.automatic_sending = true);
    let number = number(&add(&bench, wa("DISHUB # Lampu mati")));
    bench.approved(&number, "Sudah menyala.");
    assert_eq!(bench.stage(&number), Stage::ReadyToSend, "never automatically");
    let offered = bench.send(&number, "sari").unwrap();
    assert_eq!((offered.ticket.stage, offered.text), (Stage::ReadyToSend, None));
    let [give] = offered.give.as_slice() else { panic!() };
    assert!(give.text.starts_with(&format!("Jawaban No {number}: Sudah menyala.")), "{give:?}");
    assert!(give.link.as_ref().unwrap().contains("Sudah%20menyala."));
    assert_eq!(show(&bench, &number, "sari").give.as_ref(), Some(give));
    assert_eq!(show(&bench, &number, "budi").give, None, "the link holds the number");
    for user in ["budi", "hadi"] {
        assert_eq!(refused(hand(&bench, &number, user, Way::WhatsApp)), "NOT_PERMITTED");
    }
    bench.minutes(30);
    let done = hand(&bench, &number, "sari", Way::WhatsApp).unwrap();
    assert_eq!((done.ticket.stage, done.text), (Stage::Answered, None));
    assert_eq!(done.ticket.answered_at, Some(bench.now()));
    let line = bench.trail(&number).pop().unwrap();
    assert_eq!((line.actor.as_str(), line.transition), ("sari", Some(16)));
    assert!(line.detail.contains("\"lewat\":\"WA\""), "{}", line.detail);
    assert!(bench.outgoing(&number).is_empty());
    assert!(bench.drafts(&number)[0].sent_at.is_some());
    // It did not arrive after all.
    assert_eq!(refused(undelivered(&bench, &number, "budi")), "NOT_PERMITTED");
    let failed = undelivered(&bench, &number, "sari").unwrap();
    assert_eq!((failed.ticket.stage, failed.give.len()), (Stage::ReadyToSend, 1));
    assert_eq!(refused(hand(&bench, &number, "sari", Way::Sms)), "INVALID");
    hand(&bench, &number, "ratna", Way::Letter).unwrap();
    assert_eq!(refused(hand(&bench, &number, "sari", Way::WhatsApp)), "OUT_OF_TURN");
    bench.days(11);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Finished);
}

#[test]
fn an_sms_that_did_not_arrive_is_offered_and_given_in_another_way() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.approved(&number, "Sudah.");
    assert_eq!(show(&bench, &number, "sari").give, None, "it goes by SMS");
    bench.send(&number, "sari").unwrap();
    let claimed = bench.claim().unwrap();
    bench.release(claimed.id, Fate::Failed);
    assert_eq!(bench.stage(&number), Stage::ReadyToSend);
    let give = show(&bench, &number, "sari").give.unwrap();
    assert_eq!(give.text, bench.outgoing(&number).last().unwrap().body, "to the letter");
    hand(&bench, &number, "sari", Way::Telephone).unwrap();
    assert_eq!(bench.stage(&number), Stage::Answered);
    let recap = bench.recap(2026, 11);
    assert_eq!(recap.given, [("TELEPON".to_owned(), 1)]);
}

#[test]
fn a_number_that_takes_sms_gets_everything_by_sms() {
    let bench = Bench::new();
    let added = add(&bench, Message { by_sms: true, ..wa("DISHUB # Lampu mati") });
    assert!(added.by_sms && added.link.is_none());
    assert_eq!(bench.told(ANNA), [added.text.clone().unwrap()]);
    let number = number(&added);
    bench.approved(&number, "Sudah.");
    let sent = bench.send(&number, "sari").unwrap();
    assert_eq!(bench.told(ANNA), [sent.text.unwrap()]);
    // And one of WhatsApp goes by SMS where the officer says so then.
    bench.days(1);
    let other = super::channels::number(&add(&bench, wa("PUPR # Jalan rusak di pasar")));
    bench.approved(&other, "Sudah.");
    let sent = hand(&bench, &other, "sari", Way::Sms).unwrap();
    assert_eq!(bench.told(ANNA), [sent.text.unwrap()]);
}

#[test]
fn questions_and_closings_of_such_a_ticket_are_given_by_hand_too() {
    let bench = Bench::new();
    let number = number(&add(&bench, counter("Antrean KTP terlalu lama di kecamatan")));
    let asked = bench
        .act("sari", {
            let number = number.clone();
            move |tx, office, who, now| {
                crate::desk::asking::ask(tx, office, who, (&number, "hari apa"), now)
            }
        })
        .unwrap();
    let [give] = asked.give.as_slice() else { panic!() };
    assert!(give.text.contains("hari apa") && give.link.is_none(), "{give:?}");
    assert_eq!(asked.ticket.stage, Stage::WaitingCitizen);
    assert_eq!(show(&bench, &number, "sari").give.as_ref(), Some(give), "also later");
    // No SMS asked, and none repeats it: nothing is looked at each hour for a month.
    let planned = bench.run(|tx, _, _| reminders::next_due(tx));
    assert_eq!(planned, None);
    hand(&bench, &number, "sari", Way::Counter).unwrap();
    // It was asked: silence ends it, and nobody is told by SMS.
    bench.days(31);
    bench.round();
    assert_eq!(bench.ticket(&number).closed_as, Some(CloseReason::Incomplete));
    assert!(bench.story(&number).ends_with("TIDAK_DIKIRIM_SALURAN"), "{}", bench.story(&number));
    assert!(bench.outgoing(&number).is_empty());
}

#[test]
fn joined_tickets_are_answered_each_in_its_way() {
    let bench = Bench::new();
    let main = number(&add(&bench, wa("DISHUB # Lampu mati di pasar")));
    let by_sms = bench.say(BENI, "DISHUB # Lampu pasar mati total").number();
    let at_counter = number(&add(&bench, counter("DISHUB # Lampu lalin pasar padam")));
    for joined in [&by_sms, &at_counter] {
        let closing = Closing {
            reason: CloseReason::Duplicate,
            main: Some(main.clone()),
            party: None,
            contact: None,
            words: None,
        };
        bench.close(joined, closing).unwrap();
    }
    bench.told(BENI);
    bench.approved(&main, "Sudah menyala.");
    let done = hand(&bench, &main, "sari", Way::WhatsApp).unwrap();
    let [give] = done.give.as_slice() else { panic!("{:?}", done.give) };
    assert_eq!(give.number, at_counter);
    assert!(give.text.contains(&at_counter) && give.text.contains("Sudah menyala."));
    assert!(bench.told(BENI)[0].contains("Sudah menyala."));
}

#[test]
fn the_recap_counts_each_channel() {
    let bench = Bench::new();
    bench.complaint();
    add(&bench, Message { from: Some(BENI.to_owned()), ..wa("DLH # Sampah menumpuk di pasar") });
    add(&bench, Message { from: Some(BENI.to_owned()), ..wa("STATUS") });
    add(&bench, counter("DISDUKCAPIL # KTP belum jadi"));
    let recap = bench.recap(2026, 11);
    let counted: Vec<_> =
        recap.channels.iter().map(|(way, all, new)| (&**way, *all, *new)).collect();
    assert_eq!(counted, [("LOKET", 1, 1), ("SMS", 1, 1), ("WA", 2, 1)]);
    assert_eq!(recap.summary.received, 3);
    super::recap::holds(&recap);
}

#[test]
fn an_anggota_asks_without_seeing_the_number_and_the_petugas_gives_the_question() {
    let bench = Bench::new();
    let number = number(&add(&bench, wa("DISHUB # Lampu mati")));
    bench.assign(&number).unwrap();
    let asked = bench.act("budi", {
        let number = number.clone();
        move |tx, office, who, now| {
            let done = crate::desk::asking::ask(tx, office, who, (&number, "simpang mana"), now)?;
            Ok((done.clone().seen_by(who), done))
        }
    });
    let (seen, done) = asked.unwrap();
    assert!(done.give[0].link.is_some() && seen.give[0].link.is_none());
    assert_eq!(seen.give[0].text, done.give[0].text);
    assert_eq!(show(&bench, &number, "budi").give, None);
    bench.minutes(60);
    assert_eq!(show(&bench, &number, "sari").give.as_ref(), Some(&done.give[0]));
    let answered = Message { to: Some(number.clone()), ..wa("Simpang Pasar") };
    add(&bench, answered);
    assert_eq!((bench.stage(&number), show(&bench, &number, "sari").give), (Stage::Analysis, None));
}

/// A complaint at the counter without a number, answered there.
fn answered_at_the_counter(bench: &Bench) -> String {
    let own = number(&add(bench, counter("DISDUKCAPIL # KTP saya belum jadi")));
    bench.assign(&own).unwrap();
    bench.propose(&own, "wati", "KTP dapat diambil Kamis.").unwrap();
    bench.approve(&own, "ratna").unwrap();
    hand(bench, &own, "sari", Way::Counter).unwrap();
    own
}

#[test]
fn who_gave_no_number_speaks_of_the_own_ticket_at_the_counter_by_its_number() {
    let bench = Bench::new();
    let own = answered_at_the_counter(&bench);
    let said = |text: String| {
        let added = add(&bench, counter(&text));
        let of = added.ticket.as_ref().map(|ticket| ticket.number.to_string());
        assert_eq!(of.as_deref(), Some(&*own), "{text}: {:?}", added.text);
        (added.reason, added.text.unwrap_or_default())
    };
    let (reason, text) = said(format!("STATUS {own}"));
    assert!(reason == "STATUS" && text.contains("KTP dapat diambil Kamis."), "{text}");
    assert_eq!(said(format!("BELUM {own} masih belum jadi")).0, "BELUM");
    assert_eq!(bench.stage(&own), Stage::Analysis);
    assert_eq!(said(format!("No {own}: fotokopi KK sudah saya bawa kemarin")).0, "NOMOR_DISEBUT");
    assert_eq!(said(format!("BATAL {own}")).0, "BATAL");
    assert_eq!(bench.stage(&own), Stage::Closed);
    let other = answered_at_the_counter(&bench);
    assert_eq!(add(&bench, counter(&format!("PUAS {other}"))).reason, "PUAS");
    assert_eq!(bench.stage(&other), Stage::Finished);
}

#[test]
fn a_ticket_without_a_number_is_nobodys_who_gives_one_and_one_with_a_number_is_not_that_of_who_gives_none()
 {
    let bench = Bench::new();
    let own = answered_at_the_counter(&bench);
    let by_phone = bench.complaint();
    let unknown = |message: Message| {
        let added = add(&bench, message);
        assert!(added.ticket.is_none());
        assert!(added.text.unwrap().starts_with("Nomor pengaduan itu tidak kami temukan"));
    };
    for word in ["STATUS", "PUAS", "BATAL"] {
        unknown(wa(&format!("{word} {own}")));
        unknown(Message { from: Some(BENI.to_owned()), ..counter(&format!("{word} {own}")) });
        unknown(counter(&format!("{word} {by_phone}")));
    }
    // What names no ticket means none of those without a number.
    unknown(counter("STATUS"));
    unknown(counter("PUAS"));
    let sms = bench.say(ANNA, &format!("PUAS {own}"));
    assert!(sms.reply().starts_with("Nomor pengaduan itu tidak kami temukan"));
    // What the petugas may not see does not exist.
    let sealed = number(&add(&bench, counter("DISHUB # Petugas parkir minta uang")));
    super::restrict(&bench, &sealed, "sari");
    unknown(counter(&format!("STATUS {sealed}")));
    assert_eq!([&own, &by_phone].map(|one| bench.stage(one)), [Stage::Answered, Stage::New]);
}
