//! Affixes of Indonesian words, taken off in the manner of Nazief and Adriani (1996) where a list of roots knows the rest,
//! and of Tala (2003), by syllables alone, where it does not. Colloquial forms (`ngurus`, `benerin`) only with the list.

/// Enclitics: particles and possessives, with the Javanese, Sundanese and Madurese ones that are joined on.
const ENCLITICS: [&str; 10] = ["nya", "lah", "kah", "tah", "pun", "ku", "mu", "ne", "na", "e"];

/// Suffixes that make words; `in` is colloquial.
const SUFFIXES: [&str; 4] = ["kan", "an", "i", "in"];

/// Prefixes, and what stands at the beginning of the root behind each: `memakai` is *pakai*, `menyapu` is *sapu*. Some stand there
/// without their vowel, too.
const PREFIXES: [(&str, &[&str]); 37] = [
    ("menge", &[""]),
    ("meng", &["", "k"]),
    ("meny", &["s", "c"]),
    ("mem", &["", "p"]),
    ("men", &["", "t"]),
    ("me", &[""]),
    ("penge", &[""]),
    ("peng", &["", "k"]),
    ("peny", &["s", "c"]),
    ("pem", &["", "p"]),
    ("pen", &["", "t"]),
    ("per", &["", "r"]),
    ("pel", &[""]),
    ("pe", &[""]),
    ("ber", &["", "r"]),
    ("bel", &[""]),
    ("be", &[""]),
    ("ter", &["", "r"]),
    ("te", &[""]),
    ("di", &[""]),
    ("ke", &[""]),
    ("se", &[""]),
    ("ka", &[""]),
    ("br", &[""]),
    ("tr", &[""]),
    ("mng", &["", "k"]),
    ("mny", &["s"]),
    ("mn", &["", "t"]),
    ("mm", &["", "p"]),
    ("png", &["", "k"]),
    ("pn", &["", "t"]),
    ("nge", &[""]),
    ("ng", &["", "k"]),
    ("ny", &["s", "c"]),
    ("n", &["t", ""]),
    ("m", &["p"]),
    ("k", &[""]),
];

/// Prefixes on top of one another: `diperbaiki`, `keberangkatan`, `memperhatikan`.
const PREFIXES_MAX: usize = 2;

/// Letters that a root has at least.
const ROOT_LETTERS_MIN: usize = 3;

/// The root of `word` that `is_root` knows, with the fewest affixes taken off; `None` where it knows none.
pub(super) fn root(word: &str, is_root: impl Fn(&str) -> bool) -> Option<String> {
    let mut shapes: Vec<String> = endings(word).into_iter().map(str::to_owned).collect();
    for taken in 0..=PREFIXES_MAX {
        if let Some(found) = shapes.iter().find(|shape| is_root(shape)) {
            return Some(found.clone());
        }
        if taken < PREFIXES_MAX {
            shapes = shapes.iter().flat_map(|shape| without_prefix(shape)).collect();
        }
    }
    None
}

/// `word` with no ending, then one, then two taken off.
pub(super) fn endings(word: &str) -> Vec<&str> {
    let mut shapes = vec![word];
    shapes.extend(ENCLITICS.iter().filter_map(|ending| without_ending(word, ending)));
    for at in 0..shapes.len() {
        let Some(shape) = shapes.get(at).copied() else { continue };
        shapes.extend(SUFFIXES.iter().filter_map(|ending| without_ending(shape, ending)));
    }
    shapes
}

fn without_ending<'w>(word: &'w str, ending: &str) -> Option<&'w str> {
    word.strip_suffix(ending).filter(|rest| rest.len() >= ROOT_LETTERS_MIN)
}

fn without_prefix(word: &str) -> Vec<String> {
    PREFIXES
        .iter()
        .filter_map(|(prefix, heads)| Some((word.strip_prefix(prefix)?, heads)))
        .flat_map(|(rest, heads)| heads.iter().map(move |head| format!("{head}{rest}")))
        .filter(|shape| shape.len() >= ROOT_LETTERS_MIN)
        .collect()
}

/// What is left of a word that no list knows: the affixes that are beyond doubt, as long as two syllables remain.
pub(super) fn by_rule(word: &str) -> String {
    const ENDINGS: [&str; 5] = ["nya", "lah", "kah", "kan", "an"];
    const HEADS: [(&str, &str); 15] = [
        ("meng", ""),
        ("meny", "s"),
        ("mem", ""),
        ("men", ""),
        ("me", ""),
        ("peng", ""),
        ("peny", "s"),
        ("pem", ""),
        ("pen", ""),
        ("per", ""),
        ("pe", ""),
        ("ber", ""),
        ("ter", ""),
        ("di", ""),
        ("ke", ""),
    ];
    let mut rest = word;
    for ending in ENDINGS {
        rest = rest.strip_suffix(ending).filter(|rest| syllables(rest) >= 2).unwrap_or(rest);
    }
    for (prefix, head) in HEADS {
        if let Some(behind) = rest.strip_prefix(prefix).filter(|behind| syllables(behind) >= 2) {
            // Before a vowel `mem` and `men` have swallowed a letter.
            let head = match prefix {
                "mem" | "pem" if begins_with_vowel(behind) => "p",
                "men" | "pen" if begins_with_vowel(behind) => "t",
                _ => head,
            };
            return format!("{head}{behind}");
        }
    }
    rest.to_owned()
}

fn syllables(word: &str) -> usize {
    word.bytes().filter(|letter| is_vowel(*letter)).count()
}

fn begins_with_vowel(word: &str) -> bool {
    word.bytes().next().is_some_and(is_vowel)
}

/// Whether an ASCII letter is a vowel.
pub(super) const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOTS: [&str; 22] = [
        "pakai", "sapu", "tulis", "bawa", "dapat", "urus", "kirim", "cari", "tunggu", "ajar",
        "kerja", "baik", "hati", "angkat", "lahir", "nyala", "terang", "benar", "cat", "putus",
        "raba", "bau",
    ];

    #[test]
    fn a_known_root_is_found_under_its_affixes() {
        for (word, expected) in [
            ("memakai", "pakai"),
            ("dipakainya", "pakai"),
            ("menyapu", "sapu"),
            ("penulisan", "tulis"),
            ("membawakan", "bawa"),
            ("mendapatkan", "dapat"),
            ("pendapatannya", "dapat"),
            ("ngurusin", "urus"),
            ("pengiriman", "kirim"),
            ("mengirimkan", "kirim"),
            ("nyari", "cari"),
            ("nungguin", "tunggu"),
            ("belajar", "ajar"),
            ("pelajaran", "ajar"),
            ("bekerja", "kerja"),
            ("pekerjaan", "kerja"),
            ("diperbaiki", "baik"),
            ("memperhatikan", "hati"),
            ("keberangkatan", "angkat"),
            ("kelahiran", "lahir"),
            ("menyala", "nyala"),
            ("penerangan", "terang"),
            ("benarkah", "benar"),
            ("mengecat", "cat"),
            ("keputusan", "putus"),
            ("meraba", "raba"),
            ("baunya", "bau"),
        ] {
            let found = root(word, |shape| ROOTS.contains(&shape));
            assert_eq!(found.as_deref(), Some(expected), "{word}");
        }
        assert_eq!(root("sidomulyo", |shape| ROOTS.contains(&shape)), None);
    }

    #[test]
    fn by_rule_two_syllables_remain() {
        for (word, expected) in [
            ("menyapu", "sapu"),
            ("memakai", "pakai"),
            ("menulis", "tulis"),
            ("mengunggah", "unggah"),
            ("makan", "makan"),
            ("peta", "peta"),
            ("diunggahkan", "unggah"),
            ("beli", "beli"),
        ] {
            assert_eq!(by_rule(word), expected, "{word}");
        }
    }
}
