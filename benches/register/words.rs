//! What citizens write and officers answer.

use super::prng::Prng;

/// Texts of the trial run, with the unit that each is for.
const SAMPLES: &str = include_str!("../../tests/data/sample-complaints.tsv");

const PLACES: &[&str] = &[
    "di depan balai desa Mekarjaya",
    "dekat pasar Tirtasari",
    "di gang Mawar RT 03 RW 05",
    "di perumahan Griya Asri blok C",
    "sepanjang jalan Kenanga",
    "di dusun Krajan",
    "di simpang terminal lama",
    "di belakang SMPN 3",
    "di kampung Baru",
    "di tanjakan kuburan",
    "dekat jembatan gantung",
    "di kelurahan Sukamaju",
    "di jalan raya kilometer 7",
    "di pasar hewan",
];
const MATTERS: &[&str] = &[
    "pelayanan lambat sekali, antre sejak pagi baru dilayani siang",
    "petugas tidak ada di tempat waktu jam kerja",
    "berkas saya sudah dua bulan belum selesai",
    "kami warga minta ditinjau ke lapangan",
    "fasilitasnya rusak dan belum diperbaiki",
    "sudah tiga kali lapor belum ada tindakan",
    "mohon penjelasan syarat dan biayanya",
    "keadaannya makin parah sejak musim hujan",
    "bagaimana cara mengurusnya, loketnya yang mana",
    "dipungut biaya tanpa karcis, apakah memang ada aturannya",
];
const DETAILS: &[&str] = &[
    "Sudah seminggu seperti ini.",
    "Anak sekolah lewat situ setiap hari.",
    "Warga sudah kerja bakti tetapi tidak cukup.",
    "Kalau hujan airnya masuk ke rumah.",
    "Mohon segera ditindaklanjuti.",
    "Kami siap membantu tenaga.",
    "Ketua RT sudah menyampaikan ke kelurahan.",
    "Malam hari gelap dan rawan.",
    "Terima kasih atas perhatiannya.",
    "Semoga ada jawaban.",
    "Fotonya bisa kami kirim lewat WA.",
    "Dulu pernah diperbaiki, tetapi rusak lagi.",
];
const ADDITIONS: &[&str] = &[
    "tambahan pak, lokasinya sebelah kiri jalan kalau dari arah pasar",
    "yang rusak ada dua titik, satu lagi dekat masjid",
    "maaf tadi kurang lengkap, RT 04 RW 02",
    "sampai siang ini belum ada petugas yang datang",
];
const ANSWERS: &[&str] = &[
    "Terima kasih atas laporan Bapak/Ibu.",
    "Petugas kami sudah meninjau lokasi pada hari ini.",
    "Perbaikan dijadwalkan minggu depan dengan anggaran pemeliharaan.",
    "Berkas sudah selesai dan dapat diambil di loket 3.",
    "Syaratnya KTP, KK dan surat pengantar dari desa; tidak dipungut biaya.",
    "Hal ini sudah kami teruskan kepada kepala bidang.",
    "Pengangkutan akan ditambah menjadi dua kali sehari.",
    "Stok obat sudah tersedia kembali sejak Senin.",
    "Mohon maaf atas keterlambatan pelayanan.",
    "Pekerjaan diperkirakan selesai dalam sepuluh hari kerja.",
];
const RULES: &[&str] =
    &["tidak ada", "Perda 4/2019 pasal 12", "Perbup 21/2022", "UU 25/2009 pasal 36"];

/// What a citizen wrote, with the code of the unit where one stands in front.
pub fn complaint(prng: &mut Prng, unit: Option<&str>) -> (String, String) {
    let samples = || SAMPLES.lines().skip(1).filter_map(|line| line.split('\t').nth(2));
    let mut body = if prng.chance(300) {
        let count = samples().count() as u64;
        let nth = usize::try_from(prng.next() % count).unwrap();
        samples().nth(nth).unwrap().to_owned()
    } else {
        format!("{} {}", prng.pick(MATTERS), prng.pick(PLACES))
    };
    if body.trim().is_empty() {
        body = format!("{} {}", prng.pick(MATTERS), prng.pick(PLACES));
    }
    for _ in 0..prng.within(0..6) {
        body.push(' ');
        body.push_str(prng.pick(DETAILS));
    }
    let text = unit.map_or_else(|| body.clone(), |code| format!("{code} # {body}"));
    (text, body)
}

pub fn addition(prng: &mut Prng) -> &'static str {
    prng.pick(ADDITIONS)
}

pub fn matter(prng: &mut Prng) -> &'static str {
    prng.pick(MATTERS)
}

/// What a member proposes: recommendation, rules, note, wording.
pub fn proposal(prng: &mut Prng) -> [String; 4] {
    let mut wording = prng.pick(ANSWERS).to_owned();
    for _ in 0..prng.within(1..5) {
        wording.push(' ');
        wording.push_str(prng.pick(ANSWERS));
    }
    let recommendation = format!("Tinjau {} dan jawab pemohon.", prng.pick(PLACES));
    let note = format!("{} Koordinasi dengan lapangan {}.", prng.pick(ANSWERS), prng.pick(PLACES));
    [recommendation, prng.pick(RULES).to_owned(), note, wording]
}
