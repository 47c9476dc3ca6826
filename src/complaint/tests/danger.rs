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
fn danger_of_every_kind_is_an_alarm_in_the_words_of_the_region_too() {
    let missed = wrong(
        &[
            // Typed in haste.
            "kbakaran di rt 4",
            "kebakarannn pak",
            "longsooor",
            "kecelakan di simpang",
            "kebakarannya makin besar pak",
            "begalll di jembatan baru",
            // Robbery.
            "rumah saya kemasukan maling sekarang",
            "toko saya dibobol maling",
            "maling lagi dikejar warga di RT 5",
            "warga mengejar jambret di pasar",
            "omahku kelebon maling",
            "onok maling nang omah sebelah",
            "aya bangsat di imah tatangga",
            "bada maleng e bengko",
            // Accidents.
            "truk terguling di tanjakan sopir terjepit",
            "mobil masuk jurang",
            "bus terperosok ke jurang",
            "angkot nyemplung ke sungai",
            "sumur ada orang jatuh",
            "bocah jatuh ke dalam sumur",
            "pekerja jatuh dari atap gedung",
            "motor nabrak pohon pengendara luka",
            "truk rem blong menghantam warung",
            "rumah roboh orang di dalam",
            "kakinya kejepit mesin",
            // Water.
            "perahu terbalik penumpang hilang",
            "kapal nelayan karam",
            "nelayan hilang di laut dari kemarin",
            "wonten tiyang kintir",
            "budak palid di walungan",
            "bada oreng kelem e songay",
            "anak tidak bisa berenang jatuh ke sungai",
            // Current, violence, animals, sickness.
            "kabel pln putus di jalan",
            "tiang listrik tumbang ke rumah",
            "suami saya dipukuli preman sekarang tolong",
            "orang dikeroyok di terminal",
            "ada perkelahian bawa senjata di lapangan",
            "ada buaya di kali dekat rumah",
            "harimau masuk kampung",
            "ulo mlebu omah",
            "anak disengat tawon banyak sekali",
            "istri saya mau melahirkan ambulan tidak ada",
            "ibu saya jatuh tidak sadarkan diri",
            "ada orang mau loncat dari jembatan",
        ],
        true,
    );
    assert!(missed.is_empty(), "missed: {missed:#?}");
}

#[test]
fn what_only_sounds_like_danger_is_no_alarm() {
    let false_alarms = wrong(
        &[
            "di tanjakan itu truk sering terguling",
            "mobil pernah masuk jurang di sini mohon dipasang pagar",
            "mohon pagar supaya tidak ada orang jatuh ke jurang",
            "rumah saya mau roboh mohon bantuan bedah rumah",
            "jembatan nyaris roboh",
            "jembatan runtuh sudah 3 bulan belum diperbaiki",
            "bangunan roboh tahun lalu",
            "tebing longsor tahun 2023 belum diperbaiki",
            "daerah sini rawan lonsor",
            "takut kemasukan maling",
            "lampu mati maling gampang masuk",
            "jangan sampai rumah kemasukan maling",
            "sampah masuk sungai",
            "truk masuk sungai ambil pasir",
            "mobil masuk gang sempit",
            "hp saya jatuh ke sumur",
            "sudah 2 orang jatuh karena jalan berlubang",
            "kabel wifi putus di gang",
            "lampu jalan putus kabelnya",
            "jadwal dokter bentrok",
            "padi diserang hama",
            "akta anak saya hilang",
            "kasur palid kabawa cai, runtah numpuk",
            "rakyat kecil terjepit ekonomi",
            "tiap pagi kami terjebak macet",
            "warga tenggelam dalam utang",
            "jangan kecewakan kami pak",
            "honor guru sudah terbayar",
            "menabrak aturan",
        ],
        false,
    );
    assert!(false_alarms.is_empty(), "false alarms: {false_alarms:#?}");
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

#[test]
fn a_call_for_the_fire_brigade_is_an_alarm_also_where_it_is_the_address() {
    let missed = wrong(
        &[
            "tolong damkar segera ke pasar lama",
            "tolong damkar ke jalan mawar",
            "mohon pemadam kebakaran segera ke pasar lama",
            "Pemadam Kebakaran tolong cepat datang",
            "DAMKAR # tolong cepat datang ke gang mawar",
            "DAMKAR # cepat pak!!",
            "DAMKAR # sudah ditelepon belum datang",
            "DAMKAR # rumah di gang mawar kena api",
            "DAMKAR # ada api di rumah kosong",
            "mohon bantuan pemadam kebakaran di gudang jl veteran",
            "mohon bantuan damkar di jl veteran",
            "tolong kirim petugas kebakaran rumah di jalan mawar",
            "tolong ada api",
            "api sudah sampai atap",
            "di desa kami butuh damkar",
            "desa kami butuh damkar segera",
        ],
        true,
    );
    assert!(missed.is_empty(), "missed: {missed:#?}");
    let false_alarms = wrong(
        &[
            "DAMKAR # mohon pelatihan",
            "DAMKAR # mohon datang ke sekolah kami untuk simulasi",
            "DAMKAR # hidran di pasar bocor mohon segera diperbaiki",
            "tolong DAMKAR # segera perbaiki hidran",
            "kantor pemadam kebakaran jalannya rusak",
            "DAMKAR # kapan penerimaan pegawai",
            "terima kasih damkar cepat datang",
            "kecamatan kami butuh mobil damkar",
            "desa butuh ambulans",
            "Desa Sukamaju butuh ambulans",
            "ada kereta api lewat palang tidak turun",
            "palang kereta api sampai sekarang rusak",
            "ada korek api di kelas",
            "ada api-api di pantai ditebang",
            "gunung berapi",
            "tidak ada api di kompor bantuan",
        ],
        false,
    );
    assert!(false_alarms.is_empty(), "false alarms: {false_alarms:#?}");
}

#[test]
fn aid_things_traffic_and_figures_are_no_alarm() {
    let false_alarms = wrong(
        &[
            "keluarga kami tertimpa musibah mohon bantuan sembako",
            "bantuan gempa belum turun",
            "bantuan rumah gempa belum cair",
            "bantuan longsor belum turun",
            "bantuan kebakaran belum turun",
            "kapan dana gempa dibagikan",
            "relokasi longsor kapan",
            "sirine tsunami rusak",
            "sirine tsunami tidak berbunyi",
            "jalur evakuasi tsunami rambunya hilang",
            "lahan kritis perlu reboisasi",
            "kondisi jembatan sudah kritis",
            "mahasiswa kritis demo di dprd",
            "pasar sekarat sepi pembeli",
            "tagihan pdam saya meledak jadi 900rb",
            "harga beras meledak",
            "knalpot meledak-ledak",
            "petasan meledak terus tiap malam",
            "sampah hanyut masuk sungai",
            "eceng gondok hanyut",
            "kulit terbakar matahari",
            "terbakar semangat saya",
            "istri saya mau melahirkan pakai jampersal syaratnya apa",
            "macet total kami terjebak 2 jam di jalan",
            "macet total, kami terjebak 2 jam",
            "Desa Kebakalan jalannya rusak",
            "Jl Kebakalan gelap",
        ],
        false,
    );
    assert!(false_alarms.is_empty(), "false alarms: {false_alarms:#?}");
    let missed = wrong(
        &[
            "tolong ada yang hanyut",
            "anak cari sampah hanyut di kali",
            "sampah menumpuk, ada anak hanyut",
            "tabung gas meledak",
            "petasan meledak di tangan anak",
            "trafo meledak",
            "pasien kritis tidak ada dokter",
            "korban sudah kritis di puskesmas",
            "bapak saya sekarat",
            "istri saya mau melahirkan tolong ambulans",
            "istri saya mau melahirkan bidan tidak ada",
            "minta bantuan longsor di dusun krajan",
            "minta bantuan kebakaran di pasar",
            "minta bantuan longsor turun lagi",
            "sirine tsunami berbunyi",
            "lift macet kami terjebak",
            "jalan macet kami terjebak di lift",
            "tertimpa pohon",
            "di jalan kecelakan motor",
            "di desa kebakarannn",
        ],
        true,
    );
    assert!(missed.is_empty(), "missed: {missed:#?}");
}

#[test]
fn violence_water_and_earth_are_an_alarm_in_the_words_of_who_is_there() {
    let missed = wrong(
        &[
            "suami saya memukuli saya sekarang tolong",
            "preman memukuli pedagang di pasar",
            "tetangga dipukuli suaminya tolong pak",
            "saya diperkosa",
            "anak tetangga diperkosa orang",
            "ada orang dibunuh",
            "ada yang jatuh ke sumur",
            "jembatan gantung putus ada warga jatuh",
            "tanggul jebol sekarang air masuk kampung",
            "tanggul sungai jebol air masuk ke perumahan",
            "banjir tinggi sekali anak2 di atas genteng",
            "kami di atas atap karena banjir",
            "kami terancam longsor, tanah sudah bergerak",
            "istri saya mau lahiran ambulan desa tidak ada",
        ],
        true,
    );
    assert!(missed.is_empty(), "missed: {missed:#?}");
    let false_alarms = wrong(
        &[
            "suami saya sering memukuli saya",
            "suami suka menghajar anak kemana saya lapor",
            "anak saya dibunuh 2 tahun lalu pelakunya bebas",
            "anjing saya dibunuh",
            "ada hp jatuh ke sumur",
            "jembatan gantung putus warga tidak bisa lewat",
            "tanggul jebol belum diperbaiki",
            "tanggul irigasi jebol air tidak masuk sawah",
            "tanggul jebol sampai sekarang belum dibangun",
            "jangan sampai tanggul jebol air masuk kampung",
            "genteng sekolah bocor",
            "surat tanah belum jadi",
            "istri mau lahiran bulan depan",
        ],
        false,
    );
    assert!(false_alarms.is_empty(), "false alarms: {false_alarms:#?}");
}
