use super::UNITS;
use crate::complaint::{Directory, Flag, read};

fn closes(text: &str) -> bool {
    let directory = Directory::from_tsv(UNITS).unwrap();
    read(text, &directory).flags.contains(&Flag::Courtesy)
}

#[test]
fn courtesies_close() {
    for text in [
        "ok makasih",
        "terima kasih banyak pak",
        "terima kasih atas jawabannya",
        "trima kasih infonya min",
        "maaf salah kirim pak",
        "maaf salah",
        "salah sambung",
        "ok salah nomor maaf",
        "matur nuwun sanget pak",
        "hatur nuhun pisan",
        "hatur nuhun kang",
        "siap pak",
        "baik pak ditunggu",
        "ditunggu ya pak",
        "ok saya tunggu",
        "baik kami tunggu jawabannya",
        "Mohon maaf salah nomor",
        "mohon maaf pak salah kirim",
        "sampun pak matur nuwun sanget",
        "iya pak",
        "iya",
        "iya saya tunggu",
        "saya tunggu",
        "kami tunggu pak",
        "kulo tenggo",
        "sami sami",
        "sama-sama pak",
        "sami2",
        "amin",
        "aamiin ya pak",
        "maaf kepencet",
        "kepencet pak maaf",
        "tidak sengaja pak",
        "semoga cepat selesai",
        "amin, semoga segera beres pak",
        "👍",
        "🙏🙏🙏",
        "👍🏽 🙏",
        "❤\u{fe0f}",
    ] {
        assert!(closes(text), "{text}");
    }
}

#[test]
fn objections_and_demands_do_not() {
    for text in [
        "jawabannya salah pak",
        "jawaban ini salah",
        "pelayanannya salah",
        "maaf pak jawabannya salah",
        "ok tapi jawabannya salah",
        "kasih jawaban dong pak",
        "kasih tanggapan dong min",
        "ok kasih jawaban pak",
        "jawaban dong makasih",
        "terima saja pak",
        "ditunggu jawabannya pak",
        "tunggu",
        "saya tunggu jawabannya",
        "saya tunggu di kantor",
        "iya kirim bantuan",
        "iya tapi lampunya mati lagi",
        "semoga jalan cepat selesai",
        "sama saja pak",
        "mohon jawabannya, terima kasih",
        "mohon bantuannya pak makasih",
        "mohon maaf jawabannya salah",
        "😡😡 🙏",
        "😭😭😭",
        "...",
    ] {
        assert!(!closes(text), "{text}");
    }
}
