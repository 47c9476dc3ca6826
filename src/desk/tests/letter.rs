//! The cover letter of the closed path: for whom it is made, what stands in it, and that it was made (T8, 12.2, 12.7).

use super::fixture::{ANNA, BENI, Bench, refused};
use super::{hand_over, restrict_naming};
use crate::desk::Error;
use crate::desk::closing::Closing;
use crate::desk::letter::{Known, Letter, make};
use crate::desk::story;
use crate::store::access_log;
use crate::store::inbox::Inbound;
use crate::ticket::{CloseReason, Role};

const CICI: &str = "081200000003";

fn letter_of(bench: &Bench, number: &str, user: &str, known: Known) -> Result<Letter, Error> {
    let number = number.to_owned();
    bench.act(user, move |tx, office, who, now| make(tx, office, who, (&number, known), now))
}

fn letter(bench: &Bench, number: &str, user: &str) -> Result<Letter, Error> {
    letter_of(bench, number, user, Known::default())
}

/// A case of the closed path that names these officers.
fn case(bench: &Bench, concerns: &[&str]) -> String {
    let text = "DISDUKCAPIL # petugas minta uang, NIK saya 3201234567890123, telp 081234567890";
    let number = bench.say(ANNA, text).number();
    restrict_naming(bench, &number, "sari", concerns).unwrap();
    number
}

fn known(letter: &str) -> Known {
    Known {
        body: Some(" Inspektorat ".to_owned()),
        letter: Some(letter.to_owned()),
        date: Some("2026-11-24".parse().unwrap()),
    }
}

#[test]
fn it_is_dated_on_the_day_of_the_complaint_or_later() {
    let bench = Bench::new();
    let number = case(&bench, &[]);
    for (date, code) in [
        ("2026-11-23", "INVALID"),
        ("2026-11-24", "done"),
        // It lies ready for whoever signs it tomorrow.
        ("2026-11-25", "done"),
    ] {
        let known = Known { date: Some(date.parse().unwrap()), ..known("700/12") };
        assert_eq!(refused(letter_of(&bench, &number, "ratna", known)), code, "{date}");
    }
}

#[test]
fn it_is_made_by_ketua_and_pengarah_and_does_not_exist_for_others() {
    let bench = Bench::new();
    let number = case(&bench, &[]);
    for (user, code) in [
        ("sari", "NO_SUCH_TICKET"),
        ("budi", "NO_SUCH_TICKET"),
        ("wati", "NO_SUCH_TICKET"),
        ("joko", "NO_SUCH_TICKET"),
        ("ratna", "done"),
        ("hadi", "done"),
    ] {
        assert_eq!(refused(letter(&bench, &number, user)), code, "{user}");
    }
    hand_over(&bench, &number);
    for (user, code) in [("sari", "NO_SUCH_TICKET"), ("budi", "NO_SUCH_TICKET"), ("hadi", "done")] {
        assert_eq!(refused(letter(&bench, &number, user)), code, "{user}");
    }
}

#[test]
fn whoever_is_named_in_the_case_makes_no_letter_of_it() {
    let bench = Bench::new();
    let number = case(&bench, &["ratna", "hadi"]);
    assert_eq!(refused(letter(&bench, &number, "ratna")), "NO_SUCH_TICKET");
    assert_eq!(refused(letter(&bench, &number, "hadi")), "NOT_PERMITTED");
    let bench = Bench::new();
    let number = case(&bench, &["ratna"]);
    let signed = letter(&bench, &number, "hadi").unwrap();
    assert_eq!((signed.signer.as_str(), signed.signer_role), ("HADI", Role::Director));
    assert_eq!(signed.named, ["RATNA"]);
}

#[test]
fn of_an_ordinary_ticket_there_is_none() {
    let bench = Bench::new();
    let number = bench.complaint();
    for user in ["sari", "ratna", "hadi"] {
        assert_eq!(refused(letter(&bench, &number, user)), "OUT_OF_TURN", "{user}");
    }
    assert_eq!(bench.trail(&number).len(), 1, "nothing is noted of it");
}

#[test]
fn no_number_of_a_person_is_in_it() {
    let bench = Bench::new();
    let number = case(&bench, &[]);
    bench.minutes(5);
    bench.say(ANNA, &format!("{number} orangnya minta transfer ke 0813-9876-5432"));
    let made = letter(&bench, &number, "ratna").unwrap();
    assert_eq!(made.citizen, "+62 812-****-*001");
    let text = made.text.unwrap();
    assert!(text.contains("DISDUKCAPIL # petugas minta uang"), "as it came: {text}");
    assert!(text.contains("3201********0123") && text.contains("0812*****890"), "{text}");
    let later: Vec<_> = made.later.iter().filter_map(|later| later.text.as_deref()).collect();
    assert_eq!(later, [format!("{number} orangnya minta transfer ke 0813-****-*432")]);
    assert!(made.later.iter().all(|later| later.sender.is_empty()));
}

#[test]
fn what_was_sent_again_or_belongs_elsewhere_is_no_annex() {
    let bench = Bench::new();
    let number = case(&bench, &[]);
    bench.minutes(5);
    let text = "DISDUKCAPIL # petugas minta uang, NIK saya 3201234567890123, telp 081234567890";
    assert_eq!(bench.say(ANNA, text).reason, "BERULANG");
    bench.say(ANNA, &format!("STATUS {number}"));
    bench.say(BENI, "petugas loket minta uang");
    bench.minutes(60);
    bench.say(ANNA, &format!("{number} terjadi lagi hari ini"));
    let made = letter(&bench, &number, "ratna").unwrap();
    assert_eq!(made.later.len(), 1, "{:?}", made.later);
}

#[test]
fn what_is_known_stands_in_the_draft_and_what_was_recorded_in_the_letter() {
    let bench = Bench::new();
    let number = case(&bench, &[]);
    let open = letter(&bench, &number, "ratna").unwrap();
    assert_eq!((open.known, open.handed_over), (Known::default(), false));
    assert_eq!(open.indication, "pungli");
    let draft = letter_of(&bench, &number, "ratna", known("1/2")).unwrap();
    assert_eq!(draft.known.body.as_deref(), Some("Inspektorat"));
    hand_over(&bench, &number);
    let made = letter(&bench, &number, "hadi").unwrap();
    assert!(made.handed_over);
    assert_eq!(made.known, Known { body: Some("Inspektorat".to_owned()), ..known("700/12") });
    assert_eq!(
        (made.signer.as_str(), made.signer_role),
        ("RATNA", Role::Chair),
        "who handed it over"
    );
    // What was recorded is not told otherwise.
    let other = letter_of(&bench, &number, "ratna", known("9/9"));
    assert_eq!(refused(other), "OUT_OF_TURN");
}

#[test]
fn each_letter_is_noted_in_the_trail_and_in_the_access_log_and_told_once() {
    let bench = Bench::new();
    let number = case(&bench, &[]);
    letter_of(&bench, &number, "ratna", known("1/2")).unwrap();
    hand_over(&bench, &number);
    letter(&bench, &number, "hadi").unwrap();
    let made: Vec<_> =
        bench.trail(&number).into_iter().filter(|line| line.action == "SURAT_PENGANTAR").collect();
    let actors: Vec<_> = made.iter().map(|line| line.actor.as_str()).collect();
    assert_eq!(actors, ["ratna", "hadi"]);
    assert!(made[0].detail.contains("1/2") && made[1].detail.contains("700/12"), "{made:?}");
    let noted = bench.run(|tx, _, _| access_log::noted(tx, "letter"));
    assert_eq!(noted, ["ratna ", "hadi "]);
    let told = bench
        .act("ratna", move |tx, office, who, now| story::tell(tx, office, who, &number, now))
        .unwrap();
    let opened = told
        .events
        .iter()
        .filter(|event| matches!(event, story::Event::Opened(access) if access.action == "letter"));
    assert_eq!(opened.count(), 0);
}

/// Joins a ticket to another one as the same matter.
fn join(bench: &Bench, number: &str, main: &str) {
    let closing = Closing {
        reason: CloseReason::Duplicate,
        main: Some(main.to_owned()),
        party: None,
        contact: None,
        words: None,
    };
    bench.close(number, closing).unwrap();
}

#[test]
fn what_others_wrote_of_the_same_matter_goes_with_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    let beni = bench.say(BENI, "DISHUB # petugas minta uang, hubungi 081234567890").number();
    let cici = bench.say(CICI, "DISHUB # mohon dirahasiakan, saya juga diminta uang").number();
    join(&bench, &cici, &beni);
    join(&bench, &beni, &number);
    restrict_naming(&bench, &number, "sari", &[]).unwrap();
    bench.minutes(5);
    let heard = bench.say(BENI, &format!("{beni} dia minta lagi ke 0813-9876-5432"));
    assert_eq!((heard.end(), heard.number()), ("addition NOMOR_DISEBUT".to_owned(), beni.clone()));
    let told = |made: Letter| -> Vec<(String, String, String, Vec<String>)> {
        let texts = |later: Vec<Inbound>| {
            assert!(later.iter().all(|later| later.sender.is_empty()));
            later.into_iter().filter_map(|later| later.text).collect()
        };
        let joined = made.joined.into_iter();
        joined
            .map(|one| {
                (one.ticket.number.to_string(), one.citizen, one.text.unwrap(), texts(one.later))
            })
            .collect()
    };
    let [first, second] = told(letter(&bench, &number, "ratna").unwrap()).try_into().unwrap();
    assert_eq!((&*first.0, &*first.1), (&*beni, "+62 812-****-*002"));
    assert_eq!(first.2, "DISHUB # petugas minta uang, hubungi 0812*****890");
    assert_eq!(first.3, [format!("{beni} dia minta lagi ke 0813-****-*432")]);
    assert_eq!(second.0, cici);
    assert!(!second.1.contains("003"), "who asked to be kept secret: {}", second.1);
    // What is written after the hand-over is not in the letter that went.
    hand_over(&bench, &number);
    bench.minutes(60);
    bench.say(BENI, &format!("{beni} terjadi lagi hari ini"));
    let again = told(letter(&bench, &number, "hadi").unwrap());
    assert_eq!(again.iter().map(|one| one.3.len()).sum::<usize>(), 1);
}
