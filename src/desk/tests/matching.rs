//! What belongs to a case of the closed path goes straight to it, and who decides on it is told (procedure.md 11, 12.7).

use super::fixture::{ANNA, BENI, Bench, Heard};
use super::{ask, hand_over, hand_over_by, restrict, restrict_naming};
use crate::desk::closing::Closing;
use crate::desk::reading::{self, LATER_MESSAGE};
use crate::ticket::{CloseReason, Stage};

const MORE: &str = "kemarin dia meminta uang lagi di loket";

/// A sealed case of Anna's whose last message lies back some time.
fn sealed(bench: &Bench) -> String {
    let number = bench.say(ANNA, "DINSOS # pegawai meminta uang bansos").number();
    restrict(bench, &number, "sari");
    bench.told(ANNA);
    bench.minutes(61);
    number
}

/// The numbers in somebody's inbox, with a star where something came later.
fn inbox(bench: &Bench, user: &str, all: bool) -> Vec<String> {
    let inbox =
        bench.act(user, move |tx, office, who, now| reading::inbox(tx, office, who, all, now));
    let starred = |ticket: &crate::store::tickets::Ticket| {
        let later = ticket.flags.iter().any(|flag| flag == LATER_MESSAGE);
        format!("{}{}", ticket.number, if later { "*" } else { "" })
    };
    inbox.unwrap().tickets.iter().map(starred).collect()
}

fn open_it(bench: &Bench, user: &str, number: &str) -> Vec<String> {
    let number = number.to_owned();
    let file =
        bench.act(user, move |tx, office, who, now| reading::show(tx, office, who, &number, now));
    file.unwrap().messages.into_iter().filter_map(|message| message.text).collect()
}

/// It went to the case, and nobody else sees anything of it.
fn went_to(bench: &Bench, number: &str, heard: &Heard) {
    assert_eq!((heard.outcome.as_str(), &*heard.number()), ("addition", number), "{heard:?}");
    let only = format!("Laporan No {number} diterima dan ditangani tertutup");
    assert!(heard.reply().starts_with(&only), "{}", heard.reply());
    for user in ["sari", "budi", "wati"] {
        assert_eq!(inbox(bench, user, true), Vec::<String>::new(), "{user}");
    }
}

#[test]
fn a_later_message_without_a_code_goes_to_the_sealed_case() {
    let bench = Bench::new();
    let number = sealed(&bench);
    let heard = bench.say(ANNA, MORE);
    assert_eq!(heard.reason, "SUSULAN");
    went_to(&bench, &number, &heard);
    assert_eq!(inbox(&bench, "ratna", false), [format!("{number}*")]);
    // Whoever looks at it without deciding on it leaves the mark.
    assert!(open_it(&bench, "hadi", &number).contains(&MORE.to_owned()));
    assert_eq!(inbox(&bench, "ratna", false), [format!("{number}*")]);
    open_it(&bench, "ratna", &number);
    assert_eq!(inbox(&bench, "ratna", false), [number]);
}

#[test]
fn a_text_with_a_code_is_a_new_ticket_also_of_who_has_a_sealed_case() {
    let bench = Bench::new();
    let number = sealed(&bench);
    let heard = bench.say(ANNA, "DISHUB # lampu simpang mati");
    assert_eq!(heard.end(), "ticket TIKET_BARU");
    // From then on a text without a code may speak of that one.
    bench.minutes(61);
    let other = bench.say(ANNA, "di perempatan yang besar itu");
    assert_eq!(other.end(), "ticket TIKET_BARU");
    assert_ne!(other.number(), number);
}

#[test]
fn another_handset_has_no_part_in_it() {
    let bench = Bench::new();
    sealed(&bench);
    assert_eq!(bench.say(BENI, MORE).end(), "ticket TIKET_BARU");
}

#[test]
fn after_the_hand_over_what_comes_is_told_to_who_may_read_it() {
    for (text, minutes) in [(MORE, 5), (MORE, 4000), ("{no} dia datang ke rumah saya lagi", 4000)] {
        let bench = Bench::new();
        let number = sealed(&bench);
        bench.say(ANNA, MORE);
        open_it(&bench, "ratna", &number);
        hand_over(&bench, &number);
        bench.minutes(minutes);
        assert_eq!(inbox(&bench, "ratna", true), Vec::<String>::new());
        let heard = bench.say(ANNA, &format!("{} ya", text.replace("{no}", &number)));
        went_to(&bench, &number, &heard);
        assert_eq!(inbox(&bench, "ratna", false), [format!("{number}*")]);
        assert_eq!(inbox(&bench, "hadi", false), Vec::<String>::new());
        assert_eq!(bench.stage(&number), Stage::Closed);
        open_it(&bench, "ratna", &number);
        assert_eq!(inbox(&bench, "ratna", false), Vec::<String>::new());
    }
}

#[test]
fn where_the_ketua_is_named_the_pengarah_is_told() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DINSOS # pegawai meminta uang bansos").number();
    restrict_naming(&bench, &number, "sari", &["ratna"]).unwrap();
    hand_over_by(&bench, &number, "hadi").unwrap();
    bench.minutes(500);
    went_to(&bench, &number, &bench.say(ANNA, MORE));
    assert_eq!(inbox(&bench, "ratna", true), Vec::<String>::new());
    assert_eq!(inbox(&bench, "hadi", false), [format!("{number}*")]);
}

#[test]
fn who_was_asked_about_an_ordinary_ticket_answers_that_one() {
    let bench = Bench::new();
    let number = sealed(&bench);
    let other = bench.say(ANNA, "DISHUB # lampu simpang mati").number();
    ask(&bench, &other, "sari");
    bench.told(ANNA);
    let heard = bench.say(ANNA, "di Simpang Pasar dekat bank");
    assert_eq!((heard.reason.as_str(), heard.number()), ("KELENGKAPAN", other));
    assert_eq!(inbox(&bench, "ratna", false), [number]);
}

#[test]
fn what_was_asked_before_the_case_was_sealed_is_answered_to_it() {
    let bench = Bench::new();
    let number = bench.say(ANNA, "DINSOS # pegawai meminta uang bansos").number();
    bench.minutes(1);
    ask(&bench, &number, "sari");
    restrict(&bench, &number, "sari");
    bench.minutes(61);
    bench.say(ANNA, "DISHUB # lampu simpang mati");
    bench.minutes(61);
    let heard = bench.say(ANNA, "di kantor kecamatan loket dua");
    assert_eq!((heard.reason.as_str(), heard.number()), ("KELENGKAPAN", number.clone()));
    assert!(heard.reply().contains("ditangani tertutup"), "{}", heard.reply());
    // It was answered: what comes now may be of either.
    bench.minutes(61);
    assert_eq!(bench.say(ANNA, "tolong segera ditangani").end(), "ticket TIKET_BARU");
}

#[test]
fn a_withdrawn_case_tells_who_decided_on_it_and_takes_what_names_it() {
    let bench = Bench::new();
    let number = sealed(&bench);
    bench.say(ANNA, &format!("BATAL {number}"));
    assert_eq!(inbox(&bench, "ratna", false), [format!("{number}*")]);
    open_it(&bench, "ratna", &number);
    assert_eq!(inbox(&bench, "ratna", false), Vec::<String>::new());
    bench.minutes(61);
    let heard = bench.say(ANNA, &format!("saya dipaksa membatalkan {number} oleh pegawai itu"));
    went_to(&bench, &number, &heard);
    assert_eq!(inbox(&bench, "ratna", false), [format!("{number}*")]);
    // Without the number it is nobody's any more.
    bench.minutes(61);
    assert_eq!(bench.say(ANNA, "lampu di depan rumah mati").end(), "ticket TIKET_BARU");
}

#[test]
fn what_is_written_to_a_joined_ticket_stays_with_it_and_its_main_one_tells_of_it() {
    let bench = Bench::new();
    let number = bench.complaint();
    let beni = bench.say(BENI, "DISHUB # lampu Simpang Pasar mati").number();
    let closing = Closing {
        reason: CloseReason::Duplicate,
        main: Some(number.clone()),
        party: None,
        contact: None,
        words: None,
    };
    bench.close(&beni, closing).unwrap();
    bench.minutes(61);
    for named in [&beni, &number] {
        let heard = bench.say(BENI, &format!("{named} tadi malam ada kecelakaan di simpang itu"));
        assert_eq!(heard.end(), "addition NOMOR_DISEBUT");
        assert_eq!(heard.number(), beni);
        assert!(heard.reply().contains(&beni), "{}", heard.reply());
        let mut trail = bench.trail(&number).into_iter();
        let line = trail.rfind(|line| line.action == "TAMBAHAN_GABUNGAN").unwrap();
        assert!(line.detail.contains(&beni), "{}", line.detail);
        bench.minutes(1);
    }
    // Who only asks is told how it stands.
    let asked = bench.say(BENI, &format!("STATUS {beni}"));
    assert_eq!(asked.end(), "command STATUS");
}

#[test]
fn what_names_units_of_which_none_can_be_told_is_a_new_ticket() {
    for text in [
        "DISHUB PUPR # jalan gelap dan berlubang di depan pasar",
        "DLH/DISPERINDAG # sampah pasar tidak diangkut",
        "PERKIM dan BPBD # rumah nenek saya hampir roboh",
        "dishub dan pupr, jalan gelap dan berlubang",
        "DINKOS # obat di puskesmas habis",
    ] {
        for is_asked in [false, true] {
            let bench = Bench::new();
            let number = bench.say(ANNA, "PDAM # air mati sejak kemarin").number();
            if is_asked {
                ask(&bench, &number, "sari");
                bench.told(ANNA);
            }
            bench.minutes(5);
            let heard = bench.say(ANNA, text);
            assert_eq!(heard.end(), "ticket TIKET_BARU", "{text}");
            assert_ne!(heard.number(), number, "{text}");
            let waits = bench.stage(&number) == Stage::WaitingCitizen;
            assert_eq!(waits, is_asked, "the question is not answered: {text}");
            // Such a text is a repeat like any other, and with the number it is news.
            bench.minutes(1);
            assert_eq!(bench.say(ANNA, text).end(), "addition BERULANG");
            let named = format!("{text}, no {number}");
            assert_eq!(bench.say(ANNA, &named).number(), number);
        }
    }
}

#[test]
fn what_names_no_unit_to_which_it_speaks_is_added_as_before() {
    for text in [
        "ini juga urusan pupr dan dishub pak, tolong",
        "dekat rumah # bapak lurah",
        "obatnya # yang sirup",
        // The answer to the question which of them it is for.
        "DISHUB PUPR",
        "pupr dan dishub pak",
        "DINKOS #",
    ] {
        let bench = Bench::new();
        let number = bench.complaint();
        bench.minutes(5);
        let heard = bench.say(ANNA, text);
        assert_eq!((heard.end().as_str(), heard.number()), ("addition SUSULAN", number), "{text}");
    }
}

/// Anna's ticket, and Beni's, which was joined to it more than half an hour ago.
fn joined(bench: &Bench) -> (String, String) {
    let (main, own) = super::news::joined(bench);
    bench.told(BENI);
    (main, own)
}

#[test]
fn a_code_beside_the_number_of_a_joined_ticket_adds_to_it_as_one_without() {
    for by_own in [true, false] {
        let bench = Bench::new();
        let (main, own) = joined(&bench);
        let named = if by_own { &own } else { &main };
        let heard = bench.say(BENI, &format!("DLH # {named} di sana juga banyak sampah menumpuk"));
        assert_eq!((heard.end().as_str(), heard.number()), ("addition NOMOR_DISEBUT", own.clone()));
        assert_eq!(bench.story(&main).matches("TAMBAHAN_GABUNGAN").count(), 1);
    }
}

#[test]
fn a_code_beside_the_number_of_the_own_ticket_joined_to_another_own_one_adds_to_that() {
    let bench = Bench::new();
    let main = bench.complaint();
    let own = bench.say(ANNA, "DISHUB # lampu merah di Simpang Pasar padam").number();
    bench.close(&own, duplicate_of(&main)).unwrap();
    bench.minutes(61);
    let heard = bench.say(ANNA, &format!("DLH # {own} di sana juga banyak sampah menumpuk"));
    assert_eq!((heard.end().as_str(), heard.number()), ("addition NOMOR_DISEBUT", main));
}

#[test]
fn a_code_beside_the_number_of_what_has_ended_or_is_anothers_is_a_new_ticket() {
    let bench = Bench::new();
    let (main, own) = joined(&bench);
    let text = |number: &str| format!("DLH # {number} di sana juga banyak sampah menumpuk");
    // Somebody else, who has no part in it.
    for number in [&main, &own] {
        let heard = bench.say("081200000003", &text(number));
        assert_eq!(heard.end(), "ticket TIKET_BARU");
        bench.minutes(1);
    }
    bench.answered(&main, "Lampu sudah menyala.");
    bench.say(ANNA, &format!("PUAS {main}"));
    for number in [&main, &own] {
        let heard = bench.say(BENI, &text(number));
        assert_eq!(heard.end(), "ticket TIKET_BARU");
        bench.minutes(1);
    }
}

const REPEATED: &str = "DISHUB # Lampu merah Simpang Pasar mati";

fn duplicate_of(main: &str) -> Closing {
    Closing { main: Some(main.to_owned()), ..closing(CloseReason::Duplicate) }
}

fn closing(reason: CloseReason) -> Closing {
    Closing { reason, main: None, party: None, contact: None, words: None }
}

#[test]
fn the_same_text_behind_the_end_of_its_ticket_opens_a_new_one_and_only_one() {
    for ending in ["BATAL", "PUAS", "TIDAK_LENGKAP", "BUKAN_PENGADUAN"] {
        let bench = Bench::new();
        let first = bench.say(ANNA, REPEATED).number();
        match ending {
            "BATAL" => drop(bench.say(ANNA, &format!("BATAL {first}"))),
            "PUAS" => {
                bench.answered(&first, "Lampu sudah menyala.");
                bench.minutes(1);
                bench.say(ANNA, &format!("PUAS {first}"));
            }
            "TIDAK_LENGKAP" => drop(bench.close(&first, closing(CloseReason::Incomplete)).unwrap()),
            _ => drop(bench.close(&first, closing(CloseReason::NotAComplaint)).unwrap()),
        }
        assert!(!bench.ticket(&first).is_open(), "{ending}");
        bench.minutes(5);
        let second = bench.say(ANNA, REPEATED);
        assert_eq!(second.end(), "ticket TIKET_BARU", "{ending}");
        assert_ne!(second.number(), first);
        bench.minutes(5);
        let third = bench.say(ANNA, REPEATED);
        assert_eq!(third.end(), "addition BERULANG", "{ending}");
        assert_eq!(third.number(), second.number());
    }
}

#[test]
fn the_same_text_goes_to_its_ticket_while_the_matter_goes_on() {
    // An answered one may still be objected to.
    let bench = Bench::new();
    let first = bench.say(ANNA, REPEATED).number();
    bench.answered(&first, "Lampu sudah menyala.");
    bench.minutes(1);
    let again = bench.say(ANNA, REPEATED);
    assert_eq!((again.end().as_str(), again.number()), ("addition BERULANG", first));
    // A joined one has ended, and its matter has not.
    let bench = Bench::new();
    let main = bench.complaint();
    let own = bench.say(BENI, REPEATED).number();
    bench.close(&own, duplicate_of(&main)).unwrap();
    bench.told(BENI);
    bench.minutes(1);
    let again = bench.say(BENI, REPEATED);
    assert_eq!((again.end().as_str(), again.number()), ("addition BERULANG", own));
    bench.say(ANNA, &format!("BATAL {main}"));
}

#[test]
fn spam_and_mere_abuse_open_no_ticket_after_the_other() {
    for reason in [CloseReason::Spam, CloseReason::Abuse] {
        let bench = Bench::new();
        let first = bench.say(ANNA, REPEATED).number();
        bench.close(&first, closing(reason)).unwrap();
        bench.told(ANNA);
        for _ in 0..3 {
            bench.minutes(30);
            let again = bench.say(ANNA, REPEATED);
            let came_to = (again.end(), again.number());
            assert_eq!(came_to, ("addition BERULANG".to_owned(), first.clone()));
        }
    }
}
