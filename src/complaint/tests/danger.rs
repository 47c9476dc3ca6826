use super::UNITS;
use crate::complaint::{Directory, Flag, read};

fn alarms(text: &str) -> bool {
    let directory = Directory::from_tsv(UNITS).unwrap();
    read(text, &directory).flags.contains(&Flag::Emergency)
}

fn wrong(texts: &[&'static str], expected: bool) -> Vec<&'static str> {
    texts.iter().copied().filter(|text| alarms(text) != expected).collect()
}

#[test]
fn what_happens_now_is_an_alarm_whatever_words_stand_round_it() {
    let missed = wrong(
        &[
            "tolong ada anak umur 5 tahun tenggelam di kali",
            "anak 7 thn hanyut di sungai",
            "bayi 3 bulan terjebak banjir di rumah",
            "nenek usia 80 tahun terjebak di dalam rumah",
            "tolong kirim mobil pemadam kebakaran di gang kelinci RT 02",
            "butuh mobil damkar di pasar induk",
            "tolong pemadam segera ke gang mawar",
            "pemadam belum datang, kebakaran makin besar",
            "pemadam belum datang kebakaran makin besar",
            "kami tidak bisa keluar terjebak banjir",
            "tidak bisa napas pingsan di jalan",
            "banyak orang terjebak di dalam rumah",
            "banyak rumah terbakar di kampung baru",
            "hujan dari kemarin longsor di dusun krajan",
            "hujan sejak kemarin, tebing longsor",
            "hujan deras lalu longsor",
            "hujan deras menyebabkan longsor di dusun krajan",
            "ada korban tertimbun longsor",
            "ada korban kebakaran di gang mawar",
            "korban longsor masih tertimbun",
            "mobil terbakar di jalan raya",
            "unit 3 rusunawa kebakaran",
            "banjir tinggi sampai orang hanyut",
            "sudah 2 jam terjebak di lift",
            "hampir 2 jam terjebak di lift",
            "hampir semua rumah terbakar",
            "kalau bisa cepat pak, kebakaran di pasar",
            "mau lapor kalau ada kecelakaan di simpang lima",
            "bahaya pak, tebing longsor",
            "jangan lama pak, kebakaran makin besar",
            "khawatir kami tadi, sekarang sudah longsor",
            "mohon supaya kebakaran cepat dipadamkan",
            "kirim bantuan agar orang terjebak bisa keluar",
            "butuh alat berat longsor menutup jalan",
            "ada maling di rumah sebelah pak cepat",
            "ada pencurian motor di parkiran pasar",
            "ada orang gila bawa parang",
            "kabel listrik putus di depan SD, keluar percikan api",
            "ada bau gas menyengat di rumah kosong",
            "aya budak kalelep di walungan",
            "bengko kabakaran e kampong",
            "longsor lagi, lebih besar dari tahun lalu",
        ],
        true,
    );
    assert!(missed.is_empty(), "missed: {missed:#?}");
}

#[test]
fn worry_memory_and_names_are_no_alarm() {
    let false_alarms = wrong(
        &[
            "daerah sini rawan kecelakaan",
            "khawatir longsor kalau hujan",
            "takut ada kebakaran lagi",
            "kabel semrawut takutnya kebakaran",
            "di tikungan itu sering terjadi kecelakaan",
            "kalau hujan, longsor di dusun kami",
            "kalau sudah ada korban tenggelam baru ditangani",
            "jika terjadi kebakaran kemana kami lapor",
            "kemana lapor kalau ada kebakaran",
            "jalan berlubang bikin kecelakaan",
            "pohon itu bisa tumbang menimpa rumah",
            "mohon tanggul diperkuat agar tidak longsor",
            "mohon rambu supaya kecelakaan tidak terulang",
            "jangan sampai ada anak yang hanyut",
            "jangan tunggu ada korban tenggelam",
            "apa nunggu kebakaran dulu baru diperbaiki",
            "hampir saja anak saya tertabrak",
            "tadi nyaris kecelakaan gara-gara lubang",
            "banyak kecelakaan di tikungan itu",
            "tahun lalu longsor, sampai sekarang tembok belum diperbaiki",
            "bulan lalu ada kecelakaan di situ",
            "kemarin ada kecelakaan di simpang",
            "kebakaran di pasar tahun lalu belum ada bantuan",
            "sudah 3 tahun longsor tidak diperbaiki",
            "dulu pernah kebakaran di sini",
            "korban kebakaran belum dapat bantuan",
            "santunan korban kecelakaan belum cair",
            "surat keterangan kebakaran belum jadi",
            "bekas longsor belum dibersihkan",
            "tidak ada kebakaran di sini",
            "simulasi tanggap darurat gempa di sekolah",
            "pelatihan pemadam kebakaran untuk warga",
            "mobil pemadam kebakaran mogok terus",
            "alat pemadam kebakaran di pasar kosong",
            "hydrant kebakaran di pasar rusak",
            "bahan itu mudah terbakar",
            "lapor ke dinas kebakaran tidak dijawab",
            "loket dekat stasiun kereta api, keluar dari sana macet",
            "bau menyengat dari pabrik karet",
            "petani membawa hasil panen ke pasar",
        ],
        false,
    );
    assert!(false_alarms.is_empty(), "false alarms: {false_alarms:#?}");
}
