//! What a citizen tells of a ticket by its number reaches whoever has it in hand, whatever became of it and whosever it is now.

use super::fixture::{ANNA, BENI, Bench};
use crate::desk::closing::Closing;
use crate::desk::reading::{self, CaseFile, LATER_MESSAGE};
use crate::ticket::{CloseReason, Stage};

const NEWS: &str = "lampu padam lagi di sebelahnya";

/// Beni's ticket, joined to Anna's, which an anggota has.
pub(super) fn joined(bench: &Bench) -> (String, String) {
    let main = bench.complaint();
    let own = bench.say(BENI, "lampu merah di Simpang Pasar padam").number();
    bench.assign(&main).unwrap();
    let closing = Closing {
        reason: CloseReason::Duplicate,
        main: Some(main.clone()),
        party: None,
        contact: None,
        words: None,
    };
    bench.close(&own, closing).unwrap();
    bench.minutes(61);
    (main, own)
}

/// The numbers in somebody's inbox, with a star where something came later.
pub(super) fn inbox(bench: &Bench, user: &str) -> Vec<String> {
    let inbox =
        bench.act(user, move |tx, office, who, now| reading::inbox(tx, office, who, false, now));
    let starred = |ticket: &crate::store::tickets::Ticket| {
        let later = ticket.flags.iter().any(|flag| flag == LATER_MESSAGE);
        format!("{}{}", ticket.number, if later { "*" } else { "" })
    };
    inbox.unwrap().tickets.iter().map(starred).collect()
}

pub(super) fn show(bench: &Bench, user: &str, number: &str) -> CaseFile {
    let number = number.to_owned();
    bench
        .act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now))
        .unwrap()
}

/// The texts of what was joined, with their ticket.
pub(super) fn joined_texts(file: &CaseFile) -> Vec<(String, String)> {
    let texts = |joined: &reading::Joined| {
        let number = joined.number.to_string();
        let messages = joined.messages.clone().into_iter();
        messages.map(move |message| (number.clone(), message.text.unwrap_or_default()))
    };
    file.joined.iter().flat_map(|joined| texts(joined).collect::<Vec<_>>()).collect()
}

#[test]
fn news_of_a_joined_ticket_is_its_own_and_told_to_who_has_the_main_one() {
    for by_own in [true, false] {
        let bench = Bench::new();
        let (main, own) = joined(&bench);
        let news = format!("{} {NEWS}", if by_own { &own } else { &main });
        let heard = bench.say(BENI, &news);
        assert_eq!((heard.end().as_str(), heard.number()), ("addition NOMOR_DISEBUT", own.clone()));
        assert!(heard.reply().starts_with("Keterangan tambahan Anda"), "{}", heard.reply());
        assert_eq!(inbox(&bench, "budi"), [format!("{main}*")]);
        let last = bench.trail(&main).pop().unwrap();
        assert_eq!((last.action.as_str(), last.actor.as_str()), ("TAMBAHAN_GABUNGAN", "sistem"));
        assert!(last.detail.contains(&own) && !last.detail.contains("lampu"), "{}", last.detail);
        // Anna's own ticket, and a copy of her data, hold nothing of what Beni wrote.
        let file = show(&bench, "budi", &main);
        assert!(file.messages.iter().all(|message| message.text.as_ref() != Some(&news)));
        assert!(joined_texts(&file).contains(&(own, news)), "{:?}", file.joined);
        let sender = |joined: &reading::Joined| joined.messages[0].sender.clone();
        assert!(file.joined.iter().all(|joined| sender(joined).contains('*')), "masked");
        assert_eq!(inbox(&bench, "budi"), [main]);
    }
}

#[test]
fn a_question_after_a_joined_ticket_is_still_answered() {
    let bench = Bench::new();
    let (main, own) = joined(&bench);
    for number in [&main, &own] {
        let heard = bench.say(BENI, &format!("pak gmn kabar laporan sy no {number}"));
        assert_eq!(heard.end(), "command STATUS");
    }
    assert_eq!(inbox(&bench, "budi"), [main]);
}

#[test]
fn an_emergency_of_a_joined_ticket_is_the_main_ones() {
    let bench = Bench::new();
    let (main, own) = joined(&bench);
    let heard = bench.say(BENI, &format!("{own} tiang lampunya kebakaran, ada korban"));
    assert!(heard.reply().starts_with("Keadaan darurat?"), "{}", heard.reply());
    assert!(heard.reply().contains(&own), "{}", heard.reply());
    assert_eq!(bench.ticket(&main).flags, ["emergency", "alarm"]);
    assert_eq!(inbox(&bench, "sari"), [format!("{main}*")]);
}

#[test]
fn a_plea_for_secrecy_is_of_who_wrote_it() {
    let bench = Bench::new();
    let (main, own) = joined(&bench);
    bench.say(BENI, &format!("{own} lampu padam, mohon identitas saya dirahasiakan"));
    assert!(bench.ticket(&own).flags.contains(&"secret".to_owned()));
    assert!(!bench.ticket(&main).flags.contains(&"secret".to_owned()));
}

#[test]
fn an_addition_to_an_answered_ticket_is_shown_to_a_petugas() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu sudah menyala.");
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
    bench.days(1);
    assert_eq!(bench.say(ANNA, &format!("{number} {NEWS}")).end(), "addition NOMOR_DISEBUT");
    assert_eq!(inbox(&bench, "sari"), [format!("{number}*")]);
    assert_eq!(inbox(&bench, "wati"), [] as [&str; 0]);
    show(&bench, "hadi", &number);
    assert_eq!(inbox(&bench, "sari"), [format!("{number}*")]);
    show(&bench, "sari", &number);
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
}

#[test]
fn news_of_a_finished_ticket_opens_one_that_refers_to_it() {
    for (ending, days) in [("PUAS", 1), ("BATAL", 1), ("", 27)] {
        let bench = Bench::new();
        let old = bench.complaint();
        if ending == "BATAL" {
            bench.say(ANNA, &format!("BATAL {old}"));
        } else {
            bench.answered(&old, "Lampu sudah menyala.");
        }
        if ending == "PUAS" {
            bench.say(ANNA, &format!("PUAS {old}"));
        }
        bench.days(days);
        bench.round();
        assert!(!bench.ticket(&old).is_open(), "{ending}");
        let news = format!("{old} {NEWS}");
        let heard = bench.say(ANNA, &news);
        assert_eq!(heard.end(), "ticket TIKET_BARU");
        assert!(heard.reply().contains("Petugas akan menentukan dinas"), "{}", heard.reply());
        let new = heard.ticket.clone().unwrap();
        assert_eq!((new.body.as_str(), new.unit.as_deref()), (news.as_str(), None));
        assert_eq!(new.suggestions, ["DISHUB"]);
        assert_eq!(bench.story(&heard.number()), "MASUK MERUJUK");
        assert!(bench.trail(&heard.number())[1].detail.contains(&old));
        assert_eq!(inbox(&bench, "sari"), [heard.number()]);
        // The same once more opens no other one, and a question is answered.
        bench.minutes(5);
        let again = bench.say(ANNA, &news);
        assert_eq!((again.end().as_str(), again.number()), ("addition BERULANG", heard.number()));
        let asked = bench.say(ANNA, &format!("pak gmn kabar laporan sy no {old}"));
        assert_eq!(asked.end(), "command STATUS");
    }
}

#[test]
fn an_emergency_at_a_finished_ticket_is_one() {
    let bench = Bench::new();
    let old = bench.complaint();
    bench.say(ANNA, &format!("BATAL {old}"));
    bench.minutes(61);
    let heard = bench.say(ANNA, &format!("{old} tiang lampunya roboh, ada kebakaran besar"));
    assert!(heard.reply().starts_with("Keadaan darurat?"), "{}", heard.reply());
    assert_eq!(heard.ticket.unwrap().flags, ["emergency", "alarm"]);
}

#[test]
fn belum_that_moves_nothing_is_shown_to_who_has_the_ticket() {
    for text in ["BELUM {no}", "BELUM {no} masih padam dan gelap"] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.assign(&number).unwrap();
        let mut proposal = super::fixture::proposal("Suku cadang dipesan.");
        proposal.follow_up = Some("2026-12-01".parse().unwrap());
        bench.propose_with(&number, "budi", proposal).unwrap();
        bench.approve(&number, "ratna").unwrap();
        bench.send(&number, "sari").unwrap();
        bench.carry();
        bench.told(ANNA);
        assert_eq!(bench.stage(&number), Stage::FollowUp);
        assert_eq!(inbox(&bench, "budi"), std::slice::from_ref(&number));
        let heard = bench.say(ANNA, &text.replace("{no}", &number));
        assert_eq!(heard.end(), "command BELUM");
        assert_eq!(bench.stage(&number), Stage::FollowUp);
        assert_eq!(inbox(&bench, "budi"), [format!("{number}*")]);
        show(&bench, "budi", &number);
        assert_eq!(inbox(&bench, "budi"), [number]);
    }
}

#[test]
fn belum_that_comes_too_late_is_shown_to_a_petugas() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.answered(&number, "Lampu sudah menyala.");
    bench.days(30);
    bench.round();
    assert_eq!(bench.stage(&number), Stage::Finished);
    bench.say(ANNA, &format!("BELUM {number} masih padam"));
    assert_eq!(inbox(&bench, "sari"), [format!("{number}*")]);
    show(&bench, "sari", &number);
    assert_eq!(inbox(&bench, "sari"), [] as [&str; 0]);
}
