//! Whether a text may answer what the office has asked (procedure.md section 11). An answer may be as short as "3" or "sudah", which
//! says nothing where nobody has asked.

use super::reporting::ASKING;
use super::text::{self, Word};
use super::{abbreviations, flags, heads};
use crate::number;

/// Words of thanks, wishes and excuses.
const THANKS: &[&str] = &[
    "aamiin",
    "aamin",
    "amiin",
    "amin",
    "hatur",
    "kasih",
    "kepencet",
    "makasih",
    "maksih",
    "mator",
    "maturnuwun",
    "mks",
    "mksh",
    "nuhun",
    "nuwun",
    "sakalangkong",
    "sami",
    "sami2",
    "semoga",
    "suwun",
    "terimakasih",
    "thank",
    "thanks",
    "thx",
    "tks",
    "tq",
    "trimakasih",
    "trims",
    "trm",
    "trmksh",
];

/// Yes, where a text begins with it: behind its thanks "ya" is a particle.
const YES: &[&str] = &["inggih", "iya", "nggeh", "nggih", "ya", "yaa"];

/// What is thanked for behind "sudah".
const THANKED_FOR: &[&str] = &["dibalas", "dibantu", "dijawab"];

/// What stands beside the number of a ticket and says nothing.
const NUMBER_COMPANY: &[&str] = &[
    "admin",
    "aduan",
    "bapak",
    "bu",
    "cek",
    "ibu",
    "laporan",
    "min",
    "nomer",
    "nomor",
    "no",
    "pak",
    "pengaduan",
    "saya",
    "status",
    "tiket",
];

/// Whether a text may answer a question of the office: it says something that is neither thanks nor that it went astray.
pub fn answers(message: &str) -> bool {
    let words = plain(heads::behind(message), false);
    !words.is_empty() && !is_mere_courtesy(&words)
}

/// The same of a text that names the ticket that was asked about: beside the number stands something that is no question in turn.
pub fn answers_beside_number(message: &str) -> bool {
    let mut words = plain(heads::behind(message), true);
    let asks = message.contains(['?', '\u{FF1F}'])
        || words.iter().any(|word| ASKING.contains(&word.as_str()));
    words.retain(|word| !NUMBER_COMPANY.contains(&word.as_str()));
    !asks && !words.is_empty() && !is_mere_courtesy(&words)
}

/// The words of a text, abbreviations written out, with or without the numbers of tickets.
fn plain(content: &str, without_numbers: bool) -> Vec<String> {
    let mentions: Vec<number::Mention> = number::mentions(content).collect();
    let mentioned = |word: &Word| {
        mentions.iter().any(|mention| mention.start <= word.start && word.end <= mention.end)
    };
    text::words(content)
        .iter()
        .filter(|word| !(without_numbers && mentioned(word)))
        .map(|word| abbreviations::plain(&word.folded).to_owned())
        .collect()
}

/// Thanks, or the excuse for a text that went astray, and nothing that says yes or that something is done. "Ok" alone may be the answer
/// to what was asked.
fn is_mere_courtesy(words: &[String]) -> bool {
    let listed = |list: &[&str], word: &String| list.contains(&word.as_str());
    let thanks = words.iter().any(|word| listed(THANKS, word) || word == "salah");
    let agrees = words.first().is_some_and(|word| listed(YES, word));
    let is_done = words.iter().enumerate().any(|(at, word)| {
        matches!(word.as_str(), "sudah" | "sampun")
            && !words.get(at + 1).is_some_and(|next| listed(THANKED_FOR, next))
    });
    flags::is_courtesy(words) && thanks && !agrees && !is_done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_something_answers_and_thanks_do_not() {
        for text in [
            "3",
            "ya",
            "sdh pak",
            "blm",
            "alhamdulillah sudah pak",
            "alhamdulillah sudah menyala, makasih",
            "sudah pak terima kasih",
            "iya makasih",
            "nggih matur nuwun",
            "sampun pak matur nuwun",
            "ok pak",
            "iya",
            "iya pak",
            "RT 3",
            "Diteruskan: 3",
        ] {
            assert!(answers(text), "{text}");
        }
        for text in [
            "ok makasih",
            "makasih ya pak",
            "terima kasih banyak atas perhatiannya",
            "makasih sdh dibantu",
            "trims infonya",
            "hatur nuhun",
            "maaf salah kirim",
            "maaf kepencet",
            "amin",
            "semoga cepat selesai",
            "",
            " \u{200b}",
            "...",
            "🙏",
        ] {
            assert!(!answers(text), "{text}");
        }
    }

    #[test]
    fn beside_a_number_a_word_answers_and_a_question_does_not() {
        for text in ["P26-00123-0 3", "P26-00123-0 sudah", "No P26-00123-0 RT 3", "p26001230: ya"] {
            assert!(answers_beside_number(text), "{text}");
        }
        for text in [
            "P26-00123-0",
            "STATUS P26-00123-0",
            "laporan saya no P26-00123-0",
            "P26-00123-0 makasih pak",
            "P26-00123-0 kapan",
            "P26-00123-0 sudah?",
        ] {
            assert!(!answers_beside_number(text), "{text}");
        }
    }
}
