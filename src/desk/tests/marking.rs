//! What a later message shows marks its ticket as a first one does.

use super::fixture::{ANNA, BENI, Bench, Heard};
use super::news::inbox;
use crate::desk::reading;
use crate::ticket::Stage;

const DARURAT: &str = "Keadaan darurat? Segera telepon 112";

/// A sorted complaint, and an addition to it.
fn then(bench: &Bench, text: &str) -> Heard {
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.minutes(5);
    let heard = bench.say(ANNA, text);
    assert_eq!((heard.end().as_str(), heard.number()), ("addition SUSULAN", number));
    heard
}

fn flags(heard: &Heard) -> Vec<String> {
    heard.ticket.as_ref().unwrap().flags.clone()
}

#[test]
fn an_addition_that_tells_of_an_emergency_is_answered_and_marked_like_one() {
    let bench = Bench::new();
    let heard = then(&bench, "sekarang kabelnya kebakaran, api besar");
    assert!(heard.reply().starts_with(DARURAT), "{}", heard.reply());
    assert!(heard.reply().contains(&heard.number()), "{}", heard.reply());
    assert_eq!(flags(&heard), ["emergency", "alarm"]);
    assert!(bench.story(&heard.number()).ends_with("DISPOSISI SUSULAN DITANDAI"));
    let last = bench.trail(&heard.number()).pop().unwrap();
    assert!(last.detail.contains("emergency") && last.actor == "sistem", "{last:?}");
    // The second such message is answered like the first; the mark is there already.
    bench.minutes(5);
    let again = bench.say(ANNA, "rumah sebelah juga kebakaran");
    assert!(again.reply().starts_with(DARURAT), "{}", again.reply());
    assert_eq!(bench.story(&heard.number()).matches("DITANDAI").count(), 1);
}

#[test]
fn what_a_first_message_says_before_its_code_marks_it_and_stays_to_be_read() {
    let bench = Bench::new();
    let alarm = "tolong ada kebakaran DAMKAR # jl melati 3 depan masjid";
    let heard = bench.say(ANNA, alarm);
    assert!(heard.reply().starts_with(DARURAT), "{}", heard.reply());
    assert_eq!(flags(&heard), ["emergency", "alarm"]);
    let ticket = heard.ticket.as_ref().unwrap();
    assert_eq!(
        (ticket.unit.as_deref(), &*ticket.body),
        (Some("DAMKAR"), "jl melati 3 depan masjid")
    );
    let plea = "mohon dirahasiakan, DISHUB # petugas parkir kasar di pasar";
    let heard = bench.say("+6281200000002", plea);
    assert_eq!(flags(&heard), ["secret"]);
    let number = heard.number();
    let seen = |user: &str| {
        let number = number.clone();
        let file = bench
            .act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now));
        file.unwrap()
    };
    assert_eq!(seen("hadi").citizen, reading::SECRET);
    let texts: Vec<_> = seen("sari").messages.into_iter().map(|message| message.text).collect();
    assert_eq!(texts, [Some(plea.to_owned())]);
}

#[test]
fn an_addition_behind_the_name_of_a_unit_is_heard_too() {
    let bench = Bench::new();
    let number = bench.complaint();
    let heard = bench.say(ANNA, &format!("Dinas Damkar # kebakaran lagi di sana, No {number}"));
    assert_eq!(heard.number(), number, "{heard:?}");
    assert!(heard.reply().starts_with(DARURAT), "{}", heard.reply());
}

#[test]
fn an_addition_that_asks_for_secrecy_hides_the_number() {
    let bench = Bench::new();
    let number = then(&bench, "mohon identitas saya dirahasiakan").number();
    let seen = |user: &str| {
        let number = number.clone();
        let file = bench
            .act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now));
        file.unwrap().citizen
    };
    assert_eq!(["sari", "ratna"].map(seen), [ANNA, ANNA]);
    assert_eq!(["budi", "hadi"].map(seen), [reading::SECRET, reading::SECRET]);
}

#[test]
fn an_addition_may_hint_at_misconduct_and_hold_a_nik() {
    let bench = Bench::new();
    let heard = then(&bench, "petugasnya minta uang 50rb, ada pungli. NIK saya 3204110405900001");
    assert_eq!(flags(&heard), ["ethics", "nik"]);
    assert!(heard.reply().starts_with("Keterangan tambahan"), "{}", heard.reply());
    assert_eq!(bench.stage(&heard.number()), Stage::Analysis, "a person decides");
}

#[test]
fn the_reason_of_an_objection_marks_too_also_one_that_comes_too_late() {
    for days in [1, 11] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.answered(&number, "Sudah diperbaiki.");
        bench.days(days);
        let heard =
            bench.say(ANNA, &format!("BELUM {number} tiangnya roboh menimpa rumah, ada korban"));
        assert!(flags(&heard).contains(&"emergency".to_owned()), "{heard:?}");
        assert!(heard.reply().starts_with(DARURAT), "{}", heard.reply());
    }
}

#[test]
fn what_says_nothing_of_the_matter_marks_nothing() {
    let bench = Bench::new();
    let heard = then(&bench, "lokasinya di dekat pasar lama, kode OTP saya 123456");
    assert_eq!(flags(&heard), Vec::<String>::new());
    assert!(!bench.story(&heard.number()).contains("DITANDAI"));
}

#[test]
fn a_question_after_the_own_ticket_marks_it_too() {
    for (text, flag) in [
        (
            "pak laporan sy {no} kok blm ditangani, skrg ada anak tenggelam di selokannya",
            "emergency",
        ),
        ("laporan {no} blm ditanggapi, petugasnya minta uang 50rb", "ethics"),
        ("laporan {no} kapan ditanggapi, tolong rahasiakan nama saya", "secret"),
    ] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.assign(&number).unwrap();
        bench.minutes(61);
        let heard = bench.say(ANNA, &text.replace("{no}", &number));
        assert_eq!((heard.end().as_str(), heard.number()), ("command STATUS", number.clone()));
        assert!(flags(&heard).contains(&flag.to_owned()), "{text}: {:?}", flags(&heard));
        assert_eq!(flag == "emergency", heard.reply().starts_with(DARURAT), "{}", heard.reply());
        assert_eq!(bench.stage(&number), Stage::Analysis);
        // Whoever has it is told of what is new in the matter.
        let later = if flag == "secret" { "" } else { "*" };
        assert_eq!(inbox(&bench, "budi"), [format!("{number}{later}")], "{text}");
    }
}

#[test]
fn a_question_without_news_marks_nothing() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.assign(&number).unwrap();
    bench.minutes(61);
    for text in ["pak gmn kabar laporan sy no {no} kok blm ada jawaban", "STATUS {no}", "{no}"] {
        let heard = bench.say(ANNA, &text.replace("{no}", &number));
        assert_eq!((heard.end().as_str(), flags(&heard)), ("command STATUS", Vec::new()));
    }
    assert_eq!(inbox(&bench, "budi"), [number]);
}

#[test]
fn an_emergency_beside_a_number_that_is_not_ones_own_opens_a_ticket() {
    for text in [
        "pak laporan sy {no} kok blm ditangani, skrg ada anak tenggelam di selokannya",
        "BELUM {no} sekarang ada kebakaran besar",
    ] {
        let bench = Bench::new();
        let of_anna = bench.complaint();
        let text = text.replace("{no}", &of_anna);
        let heard = bench.say(BENI, &text);
        assert_eq!(heard.end(), "ticket TIKET_BARU", "{text}");
        assert_eq!(flags(&heard), ["emergency", "alarm"]);
        assert!(heard.reply().starts_with(DARURAT), "{}", heard.reply());
        // It tells nothing of the ticket of another handset, nor that one of it.
        assert_eq!(
            (bench.story(&of_anna).as_str(), bench.story(&heard.number()).as_str()),
            ("MASUK", "MASUK")
        );
        bench.minutes(1);
        assert_eq!(bench.say(BENI, &text).end(), "addition BERULANG");
    }
    let bench = Bench::new();
    let of_anna = bench.complaint();
    let asked = format!("laporan {of_anna} blm ditanggapi, petugasnya minta uang 50rb");
    let heard = bench.say(BENI, &asked);
    assert_eq!(heard.end(), "command STATUS");
    assert!(heard.ticket.is_none() && bench.ticket(&of_anna).flags.is_empty());
}

#[test]
fn what_is_grave_beside_a_question_after_an_ended_ticket_reaches_a_petugas() {
    let ended = || {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.say(ANNA, &format!("BATAL {number}"));
        bench.minutes(61);
        (bench, number)
    };
    let (bench, number) = ended();
    let heard = bench.say(ANNA, &format!("laporan {number} kok ditutup, skrg ada anak tenggelam"));
    assert_eq!(heard.end(), "ticket TIKET_BARU");
    assert!(heard.reply().starts_with(DARURAT), "{}", heard.reply());
    assert_eq!(bench.story(&heard.number()), "MASUK MERUJUK");
    let (bench, number) = ended();
    let heard = bench.say(ANNA, &format!("laporan {number} kok ditutup, petugas minta uang 50rb"));
    assert_eq!((heard.end().as_str(), heard.number()), ("command STATUS", number.clone()));
    assert_eq!(flags(&heard), ["ethics"]);
    assert_eq!(inbox(&bench, "sari"), [format!("{number}*")]);
}

#[test]
fn an_answer_that_waited_for_status_waits_for_the_next_one_behind_an_emergency() {
    let bench = Bench::new();
    let number = bench.complaint();
    bench.say(ANNA, "STOP");
    bench.answered(&number, "Sudah diperbaiki.");
    bench.minutes(61);
    let alarm = bench.say(ANNA, &format!("{number} kapan? skrg ada anak tenggelam di selokannya"));
    assert!(alarm.reply().starts_with(DARURAT), "{}", alarm.reply());
    let asked = bench.say(ANNA, &format!("STATUS {number}"));
    assert!(asked.reply().contains("Sudah diperbaiki."), "{}", asked.reply());
    let carried: Vec<bool> =
        bench.outgoing(&number).iter().map(|message| message.draft_id.is_some()).collect();
    assert_eq!(carried.iter().filter(|carries| **carries).count(), 1, "{carried:?}");
}
