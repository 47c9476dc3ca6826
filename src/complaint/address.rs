//! What stands round a code without naming anybody: greetings, titles, words copied from the instructions.

use super::commands::PARTICLES;
use super::text::Word;

/// Phrases before or round a code that address nobody in particular; `assalam*` stands for every word that begins so.
const SALUTATIONS: &[&str] = &[
    // Titles and forms of address.
    "pak",
    "bapak",
    "bpk",
    "bp",
    "pa",
    "bu",
    "ibu",
    "bunda",
    "kak",
    "kakak",
    "mas",
    "mbak",
    "bang",
    "om",
    "gan",
    "bos",
    "min",
    "admin",
    "sdr",
    "saudara",
    "kepala",
    "ka",
    "bupati",
    "walikota",
    "wali kota",
    "gubernur",
    "yth",
    "ysh",
    "yang terhormat",
    "yg terhormat",
    "terhormat",
    "hormat",
    "dengan hormat",
    "dgn hormat",
    "di tempat",
    "ditempat",
    // To whom.
    "kepada",
    "kpd",
    "untuk",
    "utk",
    "buat",
    "ke",
    "tujuan",
    "ditujukan",
    "up",
    "cq",
    // Greetings.
    "assalam*",
    "asalam*",
    "asslam*",
    "alaikum",
    "ass",
    "aslm",
    "asw",
    "askum",
    "salam",
    "salam sejahtera",
    "salam sehat",
    "wr",
    "wb",
    "wrwb",
    "warahmatullah*",
    "warohmatullah*",
    "wabarakat*",
    "wabarokat*",
    "waalaikum*",
    "bismillah*",
    "selamat",
    "slmt",
    "met",
    "pagi",
    "siang",
    "sore",
    "petang",
    "malam",
    "halo",
    "hallo",
    "hello",
    "helo",
    "hai",
    "hi",
    "hei",
    "hey",
    "permisi",
    "misi",
    "maaf",
    "maaf ganggu",
    "maaf mengganggu",
    "mohon",
    "mohon izin",
    "mohon ijin",
    "izin",
    "ijin",
    "mhn",
    "tolong",
    "tlg",
    "lapor",
    "melapor",
    "laporan",
    "pengaduan",
    "aduan",
    "om swastiastu",
    "swastiastu",
    "namo buddhaya",
    "salam kebajikan",
    "shalom",
    "syalom",
    "rahayu",
    // Regional.
    "nyuwun sewu",
    "nuwun sewu",
    "kulonuwun",
    "kulo nuwun",
    "nyuwun tulung",
    "nyuwun",
    "sewu",
    "sugeng enjing",
    "sugeng enjang",
    "sugeng siang",
    "sugeng sonten",
    "sugeng dalu",
    "sugeng ndalu",
    "punten",
    "sampurasun",
    "wilujeng",
    "wilujeng enjing",
    "wilujeng siang",
    "wilujeng sonten",
    "wilujeng wengi",
    "horas",
    "tabik",
    "tabik pun",
    "tabe",
    "tabea",
];

/// People of an office, addressed where a salutation or a # stands beside them. At the start of a sentence they are what
/// it is about: "petugas DISHUB minta uang".
const PEOPLE: &[&str] = &[
    "petugas", "staf", "tim", "jajaran", "segenap", "seluruh", "operator", "direktur", "pimpinan",
    "kabag", "plt",
];

/// Words copied from the instructions.
const INSTRUCTIONS: &[&str] =
    &["ketik", "kode", "kodeskpd", "skpd", "spasi", "format", "sms", "isi", "opd", "kodeopd"];

/// Those of them that nobody writes for any other reason.
const UNMISTAKABLE: &[&str] = &["ketik", "kodeskpd", "kodeopd", "spasi"];

/// Words with which somebody corrects a code: "yang benar PUPR", "maksud saya PUPR".
const CORRECTIONS: &[&str] = &[
    "yang",
    "yg",
    "benar",
    "bener",
    "benarnya",
    "benernya",
    "betul",
    "betulnya",
    "harusnya",
    "seharusnya",
    "mestinya",
    "maksud",
    "maksudnya",
    "maksut",
    "mksd",
    "mksdnya",
    "saya",
    "sy",
    "kodenya",
    "itu",
    "ini",
    "ganti",
    "koreksi",
    "ralat",
    "saja",
    "aja",
    "aj",
    "wae",
    "bae",
];

/// Words before a code that admit an error, and those that agree to one. Behind it they say something: "PUPR salah".
pub(super) const MISTAKES: &[&str] = &["salah", "keliru", "kliru"];
const AGREED: &[&str] =
    &["ok", "oke", "okey", "okay", "baik", "siap", "iya", "oh", "eh", "sorry", "sori", "maap"];

/// Directly before a code: that it is not.
const NOT: &[&str] = &["bukan", "bukannya", "bkn", "dudu", "sanes", "lain"];

/// What may stand between a code that it is not and the one that it is.
const BUT: &[&str] = &["tapi", "tetapi", "tp", "melainkan", "namun"];

/// Words between two codes that are both addressed.
const JOINTS: &[&str] = &["dan", "atau", "n", "and", "sama", "serta", "juga"];

/// What a region's name begins with, and its words behind that, at most.
const REGIONS: &[&str] =
    &["kab", "kabupaten", "kota", "pemkab", "pemkot", "pemda", "prov", "provinsi"];
const REGION_WORDS_MAX: usize = 2;

/// Words of the longest phrase in [`SALUTATIONS`].
const PHRASE_WORDS_MAX: usize = 2;

/// `words` without those copied from the instructions.
pub(super) fn without_copied(words: &[Word]) -> Vec<Word> {
    words.iter().filter(|word| !INSTRUCTIONS.contains(&word.folded.as_str())).cloned().collect()
}

/// Ways to take salutations off one end that are tried, from the most taken off on: titles are units, too, but not ten
/// words from the others.
const WAYS_MAX: usize = 4;

/// How many words beside a # may be taken off their start as salutations: the most first.
pub(super) fn openings(words: &[Word]) -> Vec<usize> {
    boundaries(words, |_, word| PEOPLE.contains(&word))
}

/// As [`openings`], of a text without #: `ketik` and its like may stand among the salutations.
pub(super) fn openings_of_text(words: &[Word]) -> Vec<usize> {
    boundaries(words, |at, word| UNMISTAKABLE.contains(&word) || (at > 0 && PEOPLE.contains(&word)))
}

/// As [`openings`], before a code with which nothing is said: words that correct one may stand there, too.
pub(super) fn openings_of_code(words: &[Word]) -> Vec<usize> {
    boundaries(words, |_, word| {
        is_said_for_nothing(word) || MISTAKES.contains(&word) || AGREED.contains(&word)
    })
}

/// How many words at the start say that what follows is not meant; none, if they do not.
pub(super) fn nots(words: &[Word]) -> usize {
    words.iter().take_while(|word| NOT.contains(&word.folded.as_str())).count()
}

/// How many words at the start say that something else is.
pub(super) fn buts(words: &[Word]) -> usize {
    words.iter().take_while(|word| BUT.contains(&word.folded.as_str())).count()
}

/// Whether words beside a code say nothing to its unit: salutations, particles, and what is copied or corrects.
pub(super) fn say_nothing(words: &[Word]) -> bool {
    boundaries(words, |_, word| is_said_for_nothing(word)).first() == Some(&words.len())
}

fn is_said_for_nothing(word: &str) -> bool {
    [CORRECTIONS, INSTRUCTIONS, PARTICLES].iter().any(|list| list.contains(&word))
}

/// Salutations that ask for something, say to whom, or name a report: before a command they belong to it.
const OF_COMMANDS: &[&str] = &[
    "mohon",
    "mhn",
    "tolong",
    "tlg",
    "nyuwun",
    "tulung",
    "lapor",
    "melapor",
    "laporan",
    "pengaduan",
    "aduan",
    "kepada",
    "kpd",
    "untuk",
    "utk",
    "buat",
    "ke",
    "tujuan",
    "ditujukan",
    "up",
    "cq",
];

/// How many words at the start only greet.
pub(super) fn greetings(words: &[Word]) -> usize {
    let greets = |phrase: &[Word]| {
        let of_commands = |word: &Word| OF_COMMANDS.contains(&word.folded.as_str());
        is_salutation(phrase) && !phrase.last().is_some_and(of_commands)
    };
    let mut at = 0;
    while let Some(rest) = words.get(at..)
        && let Some(length) =
            (1..=PHRASE_WORDS_MAX).rev().find(|length| rest.get(..*length).is_some_and(greets))
    {
        at += length;
    }
    at
}

fn boundaries(words: &[Word], also: impl Fn(usize, &str) -> bool) -> Vec<usize> {
    let mut ends = vec![0];
    let mut at = 0;
    while let Some(rest) = words.get(at..) {
        let taken = (1..=PHRASE_WORDS_MAX)
            .rev()
            .find(|length| rest.get(..*length).is_some_and(is_salutation))
            .unwrap_or_else(|| {
                usize::from(rest.first().is_some_and(|word| also(at, &word.folded)))
            });
        if taken == 0 {
            break;
        }
        at += taken;
        ends.push(at);
    }
    tried(&ends)
}

/// How many words are left when salutations are taken off the end: the fewest first.
pub(super) fn closings(words: &[Word]) -> Vec<usize> {
    let mut ends = vec![words.len()];
    let mut end = words.len();
    while let Some(length) = (1..=PHRASE_WORDS_MAX).rev().find(|length| {
        end.checked_sub(*length).and_then(|from| words.get(from..end)).is_some_and(is_salutation)
    }) {
        end -= length;
        ends.push(end);
    }
    tried(&ends)
}

/// The last of `ends`, and the first, which takes nothing off.
fn tried(ends: &[usize]) -> Vec<usize> {
    let (none, some) = ends.split_first().unwrap_or((&0, &[]));
    some.iter().rev().take(WAYS_MAX).chain([none]).copied().collect()
}

/// How many words at the start only join two codes.
pub(super) fn joints(words: &[Word]) -> usize {
    let joined = words.iter().take_while(|word| JOINTS.contains(&word.folded.as_str())).count();
    let titles = openings(words.get(joined..).unwrap_or_default());
    joined + titles.first().copied().unwrap_or(0)
}

/// How many words at the end only join two codes.
pub(super) fn joints_before(words: &[Word]) -> usize {
    words
        .iter()
        .rev()
        .take_while(|word| {
            JOINTS.contains(&word.folded.as_str()) || is_salutation(std::slice::from_ref(word))
        })
        .count()
}

/// `words` without the region that people put behind the name of an office: `Dinas Perhubungan Kab. Sukamaju`.
pub(super) fn without_region(words: &[Word]) -> Option<&[Word]> {
    let at = words.iter().rposition(|word| REGIONS.contains(&word.folded.as_str()))?;
    (at > 0 && words.len() - at <= 1 + REGION_WORDS_MAX).then(|| words.get(..at)).flatten()
}

fn is_salutation(words: &[Word]) -> bool {
    SALUTATIONS.iter().any(|phrase| {
        let mut forms = phrase.split(' ');
        words.iter().all(|word| {
            forms.next().is_some_and(|form| match form.strip_suffix('*') {
                Some(stem) => word.folded.starts_with(stem),
                None => word.folded == form,
            })
        }) && forms.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn what_greets_is_told_from_what_asks() {
        for (text, count) in [
            ("Assalamualaikum wr wb pak, cek", 4),
            ("Selamat siang. STOP", 2),
            ("mohon izin, status", 2),
            ("nyuwun sewu, status", 2),
            ("pagi pak mohon bantuan", 2),
            ("lapor pak", 0),
            ("tolong stop", 0),
        ] {
            assert_eq!(greetings(&text::words(text)), count, "{text}");
        }
    }

    #[test]
    fn words_round_a_code_say_nothing_or_something() {
        for text in [
            "pak",
            "ya min",
            "yang benar",
            "maksud saya pak",
            "kode",
            "(spasi)",
            "bener",
            "aja pak",
        ] {
            assert!(say_nothing(&text::words(text)), "{text}");
        }
        for text in ["salah", "bukan", "jalan", "pak lurah", "yang rusak", "ya mati"] {
            assert!(!say_nothing(&text::words(text)), "{text}");
        }
    }

    #[test]
    fn salutations_come_off_one_by_one() {
        let words = text::words("Assalamu'alaikum wr. wb. Pak Wali Kota jalan");
        assert_eq!(openings(&words), [6, 4, 3, 2, 0]);
        let words = text::words("Dishub di tempat");
        assert_eq!(closings(&words), [1, 3]);
        assert_eq!(openings(&text::words("di rsud")), [0]);
        let words = text::words("dishub kab. banjar baru");
        assert_eq!(without_region(&words), words.get(..1));
        assert_eq!(without_region(&text::words("dishub kota gelap sejak kemarin")), None);
        assert_eq!(without_region(&text::words("kota banjar")), None);
        assert_eq!(openings_of_text(&text::words("ketik pak dishub")), [2, 1, 0]);
        assert_eq!(openings_of_text(&text::words("kode pos")), [0]);
    }
}
