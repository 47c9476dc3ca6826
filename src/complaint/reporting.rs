//! Whether a sentence with a ticket's number asks after the ticket or tells something new of its matter (procedure.md sections 10
//! and 11, which both claim such a sentence).

use super::abbreviations;
use super::text::{self, Word};
use crate::number;

/// Words of the matter from which on a sentence tells something.
const MATTER_MIN: usize = 3;

/// Whoever uses one of these asks, whatever else stands beside it.
pub(super) const ASKING: &[&str] = &[
    "apa",
    "apakah",
    "bagaimana",
    "balasan",
    "balasannya",
    "cek",
    "gimana",
    "jawaban",
    "jawabannya",
    "kabar",
    "kabarnya",
    "kapan",
    "kelanjutan",
    "kelanjutannya",
    "kenapa",
    "kok",
    "mana",
    "menunggu",
    "mengapa",
    "nunggu",
    "perkembangan",
    "perkembangannya",
    "progres",
    "progress",
    "respon",
    "responnya",
    "status",
    "statusnya",
    "tanggapan",
    "tanggapannya",
    "tunggu",
];

/// What has not been done behind "belum": it asks after the office's work, not the matter's state.
const UNDONE: &[&str] = &[
    "ada",
    "beres",
    "dibalas",
    "dijawab",
    "dikerjakan",
    "diperbaiki",
    "diproses",
    "direspon",
    "ditangani",
    "ditanggapi",
    "ditindak",
    "ditindaklanjuti",
    "juga",
    "selesai",
    "tuntas",
];

/// Words that say nothing of a matter: forms of address, particles, courtesies, what a report is called.
const EMPTY: &[&str] = &[
    "admin",
    "aduan",
    "anda",
    "atas",
    "bang",
    "bapak",
    "bisa",
    "bos",
    "bu",
    "cepat",
    "dan",
    "dari",
    "dengan",
    "di",
    "dong",
    "gan",
    "ibu",
    "ini",
    "itu",
    "jadi",
    "juga",
    "kak",
    "kami",
    "kasih",
    "kaya",
    "ke",
    "kepada",
    "laporan",
    "lapor",
    "lagi",
    "makasih",
    "mas",
    "mbak",
    "min",
    "minta",
    "mohon",
    "nih",
    "nomer",
    "nomor",
    "no",
    "om",
    "pada",
    "pak",
    "pengaduan",
    "perhatian",
    "perhatiannya",
    "saja",
    "saya",
    "segera",
    "selamat",
    "siang",
    "sih",
    "sms",
    "sore",
    "malam",
    "pagi",
    "sudah",
    "terima",
    "terimakasih",
    "tentang",
    "tiket",
    "tindak",
    "tindaklanjut",
    "ditindaklanjuti",
    "lanjut",
    "tolong",
    "trims",
    "untuk",
    "ya",
    "yang",
    "yth",
];

/// What a report is called, beside which a question is one after it.
const REPORT: &[&str] = &["aduan", "laporan", "pengaduan", "tiket"];

/// Whether a text tells at least three words of a matter and asks nothing.
pub fn reports(message: &str) -> bool {
    let beside = Beside::of(message);
    !beside.asks && beside.matter >= MATTER_MIN
}

/// Whether a text asks after a report whose number is no ticket of the sender's: it holds little but the number, or it is a question.
/// Any other is read as if it held none.
///
/// One in ten rows of eight digits passes for a number, those of customers and meters too. Without a P it is one only where next to
/// nothing is said of a matter; and where the office has asked (`is_asked`), what asks nothing in turn is the answer.
pub fn asks_after_report(message: &str, is_asked: bool) -> bool {
    let beside = Beside::of(message);
    if beside.has_letter {
        let answers = is_asked && super::answers_beside_number(message);
        return (beside.asks || beside.matter < MATTER_MIN) && !answers;
    }
    if beside.asks && beside.names_report {
        return beside.matter < MATTER_MIN;
    }
    beside.matter == 0 && !(is_asked && !beside.asks && !beside.names_report)
}

/// What stands beside the numbers of tickets in a text.
struct Beside {
    /// It asks: by a sign, by a word, or by what the office has not done.
    asks: bool,
    /// Words of a matter.
    matter: usize,
    /// A report is called one.
    names_report: bool,
    /// The number begins with its P.
    has_letter: bool,
}

impl Beside {
    fn of(message: &str) -> Self {
        let mentions: Vec<number::Mention> = number::mentions(message).collect();
        let mentioned = |word: &Word| {
            mentions.iter().any(|mention| mention.start <= word.start && word.end <= mention.end)
        };
        let words: Vec<String> = text::words(message)
            .iter()
            .filter(|word| !mentioned(word))
            .map(|word| abbreviations::plain(&word.folded).to_owned())
            .collect();
        let listed = |list: &[&str], word: &String| list.contains(&word.as_str());
        let holds = |list: &[&str]| words.iter().any(|word| listed(list, word));
        // "belum ditangani": what the office has not done.
        let undone = |at: usize| {
            let pair = (words.get(at), words.get(at + 1));
            matches!(pair, (Some(first), Some(second)) if first == "belum" && listed(UNDONE, second))
        };
        let says = |at: usize, word: &String| {
            let is_word = word.chars().any(char::is_alphabetic) && word.chars().count() > 1;
            let is_undone = undone(at) || at.checked_sub(1).is_some_and(undone);
            is_word && !is_undone && !listed(EMPTY, word) && !listed(ASKING, word)
        };
        let has_letter = |mention: &number::Mention| {
            let written = message.get(mention.start..).unwrap_or_default();
            mention.number.is_ok() && written.starts_with(['P', 'p'])
        };
        Self {
            asks: message.contains(['?', '\u{FF1F}'])
                || holds(ASKING)
                || (0..words.len()).any(undone),
            matter: words.iter().enumerate().filter(|(at, word)| says(*at, word)).count(),
            names_report: holds(REPORT),
            has_letter: mentions.iter().any(has_letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{asks_after_report, reports};

    #[test]
    fn a_sentence_of_the_matter_reports_and_one_of_the_ticket_does_not() {
        for text in [
            "P26-00123-0 lampunya sekarang malah jatuh ke jalan",
            "p26001230 tambahan: lokasinya depan SD Negeri 2",
            "P26-00123-0 airnya belum mengalir, sekarang malah bau",
            "No P26-00123-0 pak, tiangnya skrg roboh menimpa warung",
        ] {
            assert!(reports(text), "{text}");
        }
        for text in [
            "pak gmn kabar laporan sy no P26-20417-2 kok blm ada jawaban",
            "P26-00123-0",
            "STATUS P26-00123-0",
            "P26-00123-0 mohon segera ditindaklanjuti",
            "P26-00123-0 lampunya sudah diperbaiki?",
            "laporan sy P26-00123-0 kpn dikerjakan pak",
            "P26-00123-0 sdh dua minggu blm ditangani petugas dinas",
            "P26-00123-0 sdh seminggu saya menunggu di rumah",
            "terima kasih pak P26-00123-0",
            "P26-00123-0 sampai mana prosesnya sekarang",
        ] {
            assert!(!reports(text), "{text}");
        }
    }

    #[test]
    fn a_number_that_is_no_ticket_asks_after_one_only_where_a_report_is_meant() {
        for text in [
            "12345674",
            "12345674 pak",
            "cek status no 12345674",
            "pak gmn kabar laporan sy no 12345674 kok blm ada jawaban",
            "laporan 12345674 sampai mana prosesnya?",
            "12345674 kok belum dijawab",
            "P26-00123-0 kok lampunya belum diperbaiki juga pak",
            "P26-00123-0 terima kasih",
            "Assalamualaikum pak, laporan saya 26-04071-7 sampai mana?",
        ] {
            assert!(asks_after_report(text, false), "{text}");
        }
        for text in [
            "tagihan pdam no pelanggan 12345674 membengkak jadi 500 ribu, mohon dicek",
            "PDAM air mati 3 hari no pelanggan 24045114",
            "air mati hub telp rumah 21045117",
            "kenapa tagihan 12345674 naik terus?",
            "sudah lapor ke pdam no pelanggan 12345674 tidak ada respon",
            "no pelanggan 24045114 pak",
            "P26-00123-0 alamatnya Jl Melati RT 3 RW 2 no 5",
            "lampu di RT 4 juga mati, sama seperti laporan tetangga saya P26-00123-0",
        ] {
            assert!(!asks_after_report(text, false), "{text}");
        }
        // To whoever was asked, a few digits are an answer.
        for text in ["12345674", "12345674 pak", "no 12345674", "P26-00123-0 RT 3"] {
            assert!(!asks_after_report(text, true), "{text}");
        }
        for text in [
            "STATUS 12345674",
            "laporan saya 12345674 pak",
            "12345674 kok belum dijawab",
            "P26-00123-0",
            "P26-00123-0 kapan dijawab",
        ] {
            assert!(asks_after_report(text, true), "{text}");
        }
    }

    #[test]
    fn what_the_samples_call_status_asks() {
        const SAMPLES: &str = include_str!("../../tests/data/sample-complaints.tsv");
        let asked = SAMPLES.lines().skip(1).filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells.get(3) == Some(&"status") && !cells[0].starts_with("BELUM")).then(|| cells[0])
        });
        let asked: Vec<&str> = asked.collect();
        assert_eq!(asked.len(), 7);
        for text in asked {
            assert!(!reports(text), "{text}");
        }
    }
}
