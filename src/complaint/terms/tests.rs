use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

fn joined(text: &str) -> String {
    terms(text).join(" ")
}

#[test]
fn one_matter_has_one_name_however_it_is_written() {
    for (left, right) in [
        ("lampu jalan padam", "penerangan jln mati"),
        ("PJU tdk menyala", "lampu jalan gak nyala"),
        ("lampu merah mati", "bangjo tdk hidup"),
        ("air PDAM tidak mengalir", "ledeng g ngalir"),
        ("KTP elektronik hilang", "e-ktp ilang"),
        ("jalan berlubang", "jln bolong2"),
        ("selokan tersumbat", "got mampet"),
        ("pembuatan kartu keluarga", "bikin kk"),
        ("pupuk bersubsidi langka", "pupuk subsidi susah dicari"),
        ("minuman keras", "miras"),
    ] {
        assert_eq!(joined(left), joined(right), "{left} | {right}");
    }
}

#[test]
fn different_matters_keep_different_names() {
    for (left, right) in [
        ("lampu jalan mati", "lampu merah mati"),
        ("akta kelahiran", "akta kematian"),
        ("kartu keluarga", "kartu kuning"),
        ("rumah sakit", "rumah rusak"),
    ] {
        assert_ne!(joined(left), joined(right), "{left} | {right}");
    }
}

#[test]
fn fillers_figures_and_greetings_say_nothing() {
    assert_eq!(
        joined("Assalamualaikum pak, mohon segera ditindaklanjuti ya, sudah 3 bulan. Terima kasih"),
        ""
    );
    assert_eq!(joined("😭😭 ... 2x 10rb 081234567890"), "");
}

#[test]
fn words_without_vowels_and_with_an_error_are_understood() {
    assert_eq!(joined("jmbatn"), "jembatan");
    assert_eq!(joined("smpaahh"), "sampah");
    assert_eq!(joined("jembtan"), "jembatan");
    assert_eq!(joined("puksemas"), joined("puksemas"));
    assert_eq!(joined("selokannnn"), joined("selokan"));
}

#[test]
fn each_phrase_of_the_table_stands_there_once() {
    let mut seen = HashSet::new();
    for (names, form) in vocabulary::rows() {
        assert!(seen.insert(form), "{form:?} stands there twice");
        assert!(!form.is_empty(), "an empty phrase for {names}");
        assert!(form.bytes().all(|b| b == b' ' || b.is_ascii_alphanumeric()), "{form:?}");
    }
    assert!(seen.len() > 2000, "{}", seen.len());
}

#[test]
fn what_the_table_calls_a_matter_is_called_so_itself() {
    let names = vocabulary::rows().map(|(names, _)| names).collect::<HashSet<_>>();
    let single = names.into_iter().filter(|names| *names != "-" && !names.contains(' '));
    let wrong: Vec<_> = single.filter(|name| joined(name) != *name).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn each_phrase_of_the_table_is_found() {
    let wrong: Vec<_> = vocabulary::rows()
        .filter(|(names, form)| joined(form) != names.replace('-', ""))
        .map(|(names, form)| (form, joined(form), names))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn any_text_has_terms_or_none(text in any::<String>()) {
        let terms = terms(&text);
        prop_assert!(terms.len() <= TERMS_MAX);
        for term in &terms {
            prop_assert!(term.bytes().all(|letter| letter.is_ascii_alphanumeric()), "{term:?}");
        }
        let once: HashSet<&String> = terms.iter().collect();
        prop_assert_eq!(once.len(), terms.len());
    }

    #[test]
    fn case_and_marks_between_words_do_not_matter(words in prop::collection::vec("[a-z]{1,9}", 0..12)) {
        let plain = terms(&words.join(" "));
        prop_assert_eq!(&terms(&words.join(" ").to_uppercase()), &plain);
        prop_assert_eq!(&terms(&words.join(", \n\u{200b}")), &plain);
    }

    #[test]
    fn words_of_any_letters_do_no_harm(text in "[a-z0-9 '\\-\"*():^]{0,80}") {
        terms(&text);
    }
}
