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

/// Whether a text tells at least three words of a matter and asks nothing.
pub fn reports(message: &str) -> bool {
    if message.contains(['?', '\u{FF1F}']) {
        return false;
    }
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
    let undone = words
        .windows(2)
        .any(|pair| matches!(pair, [first, second] if first == "belum" && listed(UNDONE, second)));
    if undone || words.iter().any(|word| listed(ASKING, word)) {
        return false;
    }
    let says = |word: &&String| {
        word.chars().any(char::is_alphabetic) && word.chars().count() > 1 && !listed(EMPTY, word)
    };
    words.iter().filter(says).count() >= MATTER_MIN
}

#[cfg(test)]
mod tests {
    use super::reports;

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
