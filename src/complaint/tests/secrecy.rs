//! Who asks to be kept secret (procedure.md A19), in whatever words; and what an officer asks for that no SMS should hold (13).

use super::UNITS;
use crate::complaint::{Directory, Flag, never_by_sms, read};

/// Those of `texts` that are read as a plea for secrecy, or are not.
fn among(texts: &[&'static str], secret: bool) -> Vec<&'static str> {
    let directory = Directory::from_tsv(UNITS).unwrap();
    let is_secret = |text: &str| read(text, &directory).flags.contains(&Flag::Secret);
    texts.iter().copied().filter(|text| is_secret(text) == secret).collect()
}

#[test]
fn a_plea_for_secrecy_is_heard_in_the_words_that_people_use() {
    let missed = among(
        &[
            "DISHUB # juru parkir kasar. nama saya jangan disebut",
            "jangan disebut nama saya, petugas parkir di pasar kasar",
            "mohon kerahasiaan identitas saya",
            "jangan bilang siapa yg lapor",
            "jgn disebarkan no saya",
            "tolong dirahasiain",
            "tolong rahasiain ya pak",
            "mohon dirahasiakan",
            "rahasiakan nama saya",
            "nama sy tlg dirahasiakan",
            "jangan sebut nama",
            "jangan sebutkan nama saya ke pak RT",
            "jgn sebut2 nama sy pak",
            "jangan sebarkan identitas pelapor",
            "jgn kasih tau nama saya ke RT",
            "jgn dikasih tau siapa yg lapor",
            "jgn kasih no hp sy ke orangnya",
            "no hp saya jgn dikasih ke siapa2",
            "nomer sy jgn disebar ya",
            "nomor jangan disebarkan",
            "identitas jangan dibocorkan",
            "identitas saya mohon jangan sampai bocor ke kades",
            "jangan sampai nama saya disebut",
            "jangan sampai identitas saya diketahui",
            "jangan sampai ketahuan saya yg lapor",
            "jgn smp ketahuan",
            "jangan beritahu siapa pelapornya",
            "jgn bilang sy yg lapor",
            "jangan bilang2 kalau saya yang melapor",
            "jgn bilang dari saya",
            "jangan sebut siapa saya",
            "ga usah disebut nama saya ya",
            "tidak usah sebut nama pelapor",
            "namaku ojo disebut",
            "namaku tolong jangan disebut",
            "saya tidak mau disebut namanya",
            "saya ga mau nama saya disebut",
            "saya tidak ingin diketahui",
            "keberatan kalau nama saya disebut",
            "tanpa nama",
            "mohon ditindak tanpa menyebut nama saya",
            "saya anonim saja",
            "lapor secara anonymous",
            "sembunyikan identitas saya",
            "tolong nama pelapor disamarkan",
            "nama saya mohon disembunyikan",
            "mohon identitas pelapor dilindungi",
            "mohon dijaga kerahasiaannya",
            "kerahasiaan saya mohon dijaga",
            "identitas saya harap dijaga",
            "jaga rahasia ya pak",
            "ini rahasia ya",
            "identitas kami rahasia",
            "saya takut nanti ketahuan",
            "jangan cantumkan nama saya di surat",
            "jangan bawa2 nama saya",
        ],
        false,
    );
    assert!(missed.is_empty(), "not heard: {missed:#?}");
}

#[test]
fn names_and_secrets_of_other_kinds_are_no_plea() {
    let heard = among(
        &[
            "nama jalan disebut Jalan Melati",
            "jangan sebut ini jalan, ini kubangan",
            "nomor rumah saya 12 belum dapat air",
            "sudah rahasia umum kalau parkir di pasar mahal",
            "rahasia umum nama calonya dijual di loket",
            "nama pejabat itu sudah jadi rahasia umum",
            "nama saya Budi, jalan rusak di desa kami",
            "nama saya salah di KTP, jangan lama lama dibetulkan",
            "nomor antrean saya dilewati terus",
            "jangan lama lama perbaiki lampunya",
            "jangan kasih harapan terus",
            "jangan bilang kami belum pernah lapor",
            "petugas bilang nomor antrean habis",
            "no rumah jangan dobel",
            "kenapa nama saya tidak ada di daftar bansos",
            "identitas di KTP saya salah",
            "data pasien RSUD dijual, kerahasiaan resep tidak ada",
            "sampah disebar di jalan",
            "pipa bocor di depan rumah nomor 5",
            "mohon diumumkan nama penerima bansos",
            "sebutkan nama petugasnya",
            "siapa yang melaporkan kami ke kelurahan",
            "jangan dibuka dulu pintu airnya",
        ],
        true,
    );
    assert!(heard.is_empty(), "taken for a plea: {heard:#?}");
}

#[test]
fn what_no_sms_should_ask_for_is_named() {
    for (text, asked) in [
        ("nama lengkap, NIK 16 angka dan alamat", &["nik"][..]),
        ("nomor KTP", &["nik"]),
        ("NIK dan no. KK", &["nik", "kk"]),
        ("nomor kartu keluarga", &["kk"]),
        ("kirimkan foto lokasi, kirim KTP", &["nik"]),
        ("Balas dengan kode OTP", &["otp"]),
        ("kode verifikasi yg masuk", &["otp"]),
        ("PIN dan kata sandi akun", &["pin", "password"]),
        ("Mohon transfer biaya ke nomor rekening dinas", &["transfer"]),
        ("kirim dulu uang retribusi", &["transfer"]),
        ("isi NIK di https://bit.ly/form", &["nik", "link"]),
        ("lihat dinas.go.id", &["link"]),
    ] {
        assert_eq!(never_by_sms(text), asked, "{text}");
    }
    for text in [
        "nama jalan dan RT/RW",
        "nomor rumah, nomor pelanggan dan nomor telepon",
        "Bawa KTP dan KK asli ke loket Disdukcapil.",
        "Bantuan sudah ditransfer ke rekening penerima.",
        "KTP Anda sudah jadi, silakan diambil.",
        "nama teknik sipil dan pinggir jalan",
        "kode pos",
        "uang retribusi dikembalikan di loket",
    ] {
        assert_eq!(never_by_sms(text), [] as [&str; 0], "{text}");
    }
}
