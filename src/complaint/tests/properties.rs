use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::UNITS;
use crate::complaint::{Certainty, Directory, Kind, Unit, read};

static DIRECTORY: LazyLock<Directory> = LazyLock::new(|| Directory::from_tsv(UNITS).unwrap());

/// Every code and alias with its unit, and whether it counts beside `#` only.
fn names() -> Vec<(&'static Unit, &'static str, bool)> {
    let of = |unit: &'static Unit| {
        let code = std::iter::once((unit, unit.code.as_str(), false));
        let anywhere = unit.aliases.iter().map(move |alias| (unit, alias.as_str(), false));
        let beside = unit.aliases_hash_only.iter().map(move |alias| (unit, alias.as_str(), true));
        code.chain(anywhere).chain(beside)
    };
    DIRECTORY.units().iter().flat_map(of).collect()
}

fn any_name() -> impl Strategy<Value = (&'static Unit, &'static str, bool)> {
    prop::sample::select(names())
}

/// Blanks, line breaks and invisible marks, as they come round a `#`.
fn gap() -> impl Strategy<Value = String> {
    let signs = vec![" ", "  ", "\n", "\t", "\u{a0}", "\u{200b}", "\u{200e}", "\r\n"];
    prop::collection::vec(prop::sample::select(signs), 0..4).prop_map(|signs| signs.concat())
}

/// Words of a complaint that name no unit and no command.
fn sentence() -> impl Strategy<Value = String> {
    let words = vec![
        "lampu",
        "mati",
        "di",
        "gang",
        "mawar",
        "RT",
        "05",
        "sejak",
        "kemarin",
        "tolong,",
        "diperbaiki!",
        "(dekat",
        "pos)",
        "😭",
        "#gelap",
        "\n",
        "5rb",
        "jl.",
        "\"Melati\"",
        "bau",
    ];
    (
        prop::sample::select(vec!["jalanan", "lubang", "Selokan", "😭 gelap"]),
        prop::collection::vec(prop::sample::select(words), 0..20),
    )
        .prop_map(|(first, rest)| format!("{first} {}", rest.join(" ")).trim().to_owned())
}

/// A code in another dress: case, spaces between its letters, hyphens.
fn dressed(name: &str, upper: &[bool], spread: bool) -> String {
    let cased = name
        .chars()
        .zip(upper.iter().cycle())
        .map(|(c, upper)| if *upper { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() });
    if spread { cased.map(String::from).collect::<Vec<_>>().join(" ") } else { cased.collect() }
}

/// Pieces that the forms are made of, in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = vec![
        "DISHUB",
        "pupr",
        "#",
        "＃",
        "##",
        " ",
        "\n",
        "pak",
        "yth",
        "ketik",
        "(spasi)",
        "<",
        ">",
        "*",
        "\"",
        "[12/11 08.15] Budi:",
        "Diteruskan\n",
        "Fwd:",
        "dan",
        "/",
        ",",
        ".",
        "-",
        ":",
        "P26-00123-0",
        "26001230",
        "STATUS",
        "BELUM",
        "stop",
        "DISHIB",
        "kec",
        "sukamaju",
        "KEC-",
        "di tempat",
        "bupati",
        "pasar",
        "air",
        "😭",
        "\u{200b}",
        "\u{fe0f}",
        "é",
        "İ",
        "lampu",
        "12/11/26 08.15 - Budi: ",
        "_",
        "(",
        ")",
        "“",
        "”",
        "'",
        "\u{301}",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_breaks_the_reading(text in "\\PC*", odd in any::<String>()) {
        let _ = read(&text, &DIRECTORY);
        let _ = read(&odd, &DIRECTORY);
    }

    /// Whatever is read as a body stands in the message, letter by letter.
    #[test]
    fn a_body_is_a_piece_of_the_message(text in soup()) {
        let reading = read(&text, &DIRECTORY);
        prop_assert!(text.contains(&reading.body), "{:?} is not in {:?}", reading.body, text);
        prop_assert_eq!(reading.unit.is_none(), reading.certainty == Certainty::None);
    }

    /// Form 1 with every name of the table, in any case and with anything blank round the `#`.
    #[test]
    fn code_and_body_are_read_in_any_dress(
        (unit, name, _) in any_name(),
        upper in prop::collection::vec(any::<bool>(), 1..8),
        spread in any::<bool>(),
        gaps in (gap(), gap(), gap()),
        hash in prop::sample::select(vec!["#", "＃", "##"]),
        body in sentence(),
    ) {
        let name = dressed(name, &upper, spread);
        let text = format!("{}{name}{}{hash}{}{body}", gaps.0, gaps.1, gaps.2);
        let reading = read(&text, &DIRECTORY);
        prop_assert_eq!(reading.unit.as_ref(), Some(&unit.code), "{}", text);
        prop_assert_eq!(&reading.body, &body);
        prop_assert_eq!(reading.certainty, Certainty::Certain);
        prop_assert_eq!(reading.kind, Kind::Complaint);
    }

    /// The other forms: a leading `#`, the reversed order, and no `#` where the name counts without.
    #[test]
    fn the_other_forms_give_the_same_unit_and_body((unit, name, hash_only) in any_name(), body in sentence()) {
        let mut forms = vec![format!("#{name} {body}"), format!("# {name} # {body}")];
        if body.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 1 {
            forms.push(format!("{body} # {name}"));
        }
        if !hash_only {
            forms.push(format!("{name}: {body}"));
            forms.push(format!("{name}\n{body}"));
            forms.push(format!("Selamat pagi pak {name}, {body}"));
        }
        for text in forms {
            let reading = read(&text, &DIRECTORY);
            prop_assert_eq!(reading.unit.as_ref(), Some(&unit.code), "{}", text);
            prop_assert_eq!(&reading.body, &body, "{}", text);
        }
    }

    /// What stands round a code changes neither the unit nor a letter of the body.
    #[test]
    fn company_before_a_code_changes_nothing(
        (unit, name, _) in any_name(),
        before in prop::sample::select(vec![
            "Assalamualaikum wr. wb. ", "🙏🙏 ", "Yth. Bapak ", "Ketik ", "*", "Diteruskan\n",
            "[12/11 08.15] Warga RT 05: ", "12/11/26 08.15 - +62 812-0000-1111: ", "> ", "- ",
            "Pak, # ", "kodeSKPD ", "\u{feff}",
        ]),
        behind in prop::sample::select(vec!["", " (spasi)", " pak", " 🙏", "*", " di tempat"]),
        body in sentence(),
    ) {
        // A mark that opens before the code and does not close takes its other half from the body's end.
        prop_assume!(before != "*" || behind == "*");
        let text = format!("{before}{name}{behind} # {body}");
        let reading = read(&text, &DIRECTORY);
        prop_assert_eq!(reading.unit.as_ref(), Some(&unit.code), "{}", text);
        prop_assert_eq!(&reading.body, &body, "{}", text);
    }

    /// Form 8: without a code the whole text is the body, with every blank of it.
    #[test]
    fn a_text_without_a_code_stays_whole(before in gap(), body in sentence(), behind in gap()) {
        let text = format!("{before}{}{behind}", body.replace('#', ""));
        let reading = read(&text, &DIRECTORY);
        prop_assert_eq!(reading.unit, None);
        prop_assert_eq!(reading.body, text);
    }

    /// Form 5: one typing error before `#` finds the unit or none, never another.
    #[test]
    fn one_typing_error_never_leads_to_a_wrong_unit(
        unit in prop::sample::select(DIRECTORY.units().to_vec()),
        place in any::<prop::sample::Index>(),
        letter in prop::char::range('A', 'Z'),
        error in 0..4,
    ) {
        let mut code: Vec<char> = unit.code.as_str().chars().collect();
        let at = place.index(code.len());
        prop_assume!(code[at] != '-');
        match error {
            0 => { code.remove(at); }
            1 => code.insert(at, letter),
            2 => code[at] = letter,
            _ if at + 1 < code.len() && code[at + 1] != '-' => code.swap(at, at + 1),
            _ => {}
        }
        let mistyped: String = code.iter().collect();
        // What happens to be a name of another unit is that unit: an exact match beats a near one.
        let exact = DIRECTORY.find_beside_hash(&mistyped).map(|other| other.code.clone());
        let reading = read(&format!("{mistyped} # gelap sekali"), &DIRECTORY);
        prop_assert!(
            reading.unit.is_none() || reading.unit == exact || reading.unit == Some(unit.code),
            "{} is read as {:?}", mistyped, reading.unit
        );
    }
}

/// What this thread has had of a processor, which a busy machine does not lengthen; where the kernel keeps no such
/// account, the time of day.
fn processor_time() -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|figures| figures.split(' ').next()?.parse().ok())
        .map_or_else(|| SystemTime::UNIX_EPOCH.elapsed().unwrap(), Duration::from_nanos)
}

#[test]
fn reading_takes_its_time_by_the_length_of_the_text() {
    // A quarter of what a network can deliver in 255 parts of 153 letters.
    let letters = 10_000;
    for piece in [
        "lampu mati di depan RSUD dan PDAM ",
        "DISHUB/",
        "DLH,",
        "#",
        "# DISHUB ",
        "pak ",
        "P26-00123-5 ",
        "*(\"",
        "a",
        "[12/11 08.15] Budi: ",
        "Fwd: ",
        "26 ",
        "minta uang ",
        ". ",
        "-\n",
        "(spasi) ",
        "dan ",
        "kec ",
        "satpol ",
    ] {
        let repeated = piece.repeat(letters / piece.len());
        for text in [format!("{repeated} # DISHUB"), format!("DISHUB # {repeated}"), repeated] {
            let began = processor_time();
            let _ = read(&text, &DIRECTORY);
            let spent = processor_time().saturating_sub(began);
            // Quadratic work over as many words takes far longer in a test build.
            assert!(spent < Duration::from_secs(3), "{piece:?} took {spent:?}");
        }
    }
}
