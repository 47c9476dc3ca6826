use super::UNITS;
use crate::complaint::{Directory, Flag, Flags, read};

fn flags(text: &str) -> Flags {
    read(text, &Directory::from_tsv(UNITS).unwrap()).flags
}

fn flagged(text: &str) -> bool {
    flags(text).contains(&Flag::Ethics)
}

#[test]
fn an_official_who_asks_for_money_is_pointed_out_however_the_sum_is_spelt() {
    for sum in [
        "150rb",
        "150 rb",
        "150 ribu",
        "150.000",
        "150000",
        "150,000",
        "Rp150.000",
        "Rp 150.000",
        "Rp. 150.000,-",
        "Rp.150.000",
        "1 juta",
        "1,5 juta",
        "1.250.000",
        "seratus ribu",
        "dua ratus lima puluh ribu",
        "setengah juta",
        "uang",
    ] {
        let text = format!("DISDUKCAPIL # petugas loket minta {sum} biar KTP cepat jadi");
        assert!(flagged(&text), "{text}");
    }
    for text in [
        "bikin akta disuruh bayar 200 ribu",
        "urus KK dipungut biaya 50 ribu",
        "di loket kami dipungut Rp 20.000",
        "petugas njaluk duit",
        "petugas loket menta duit ka warga",
    ] {
        assert!(flagged(text), "{text}");
    }
}

#[test]
fn a_number_that_is_no_sum_is_no_misconduct() {
    for text in [
        "warga minta 2 lampu di RT 05",
        "minta petugas ke RT 12 RW 005",
        "warga minta data tahun 2025",
        "petugas minta 3 lembar fotokopi",
        "apakah bikin KTP dipungut biaya",
        "kenapa diminta datang jam 10.30",
        "diminta telepon ke 0812 0000 345",
    ] {
        assert!(!flagged(text), "{text}");
    }
}

#[test]
fn gambling_on_duty_is_misconduct_and_no_advertisement() {
    for text in [
        "KEC-SUKAMAJU # pegawai main slot pas jam kerja",
        "SATPOLPP # anggota main slot online saat piket di kantor",
        "KEC-SUKAMAJU # pegawai main judi slot online pas jam kerja di kantor",
        "pegawai kelurahan main slot gacor di kantor",
    ] {
        let flags = flags(text);
        assert!(flags.contains(&Flag::Ethics) && !flags.contains(&Flag::Spam), "{text}");
    }
    for text in ["anak muda main slot online di warung sampai malam", "judi di warung dekat kantor"]
    {
        let flags = flags(text);
        assert!(!flags.contains(&Flag::Ethics) && !flags.contains(&Flag::Spam), "{text}");
    }
    for text in [
        "main slot gacor maxwin hari ini",
        "slot online bonus new member",
        "slot online terpercaya daftar sekarang",
        "main slot online klik http://slot.example",
    ] {
        let flags = flags(text);
        assert!(!flags.contains(&Flag::Ethics) && flags.contains(&Flag::Spam), "{text}");
    }
}

#[test]
fn violence_of_who_is_addressed_or_is_somebodys_teacher_is_pointed_out() {
    for text in [
        "Satpol PP memukul pedagang di alun-alun",
        "SATPOLPP # memukul pedagang di alun-alun",
        "SATPOLPP # kemarin nendang gerobak saya",
        "satpol pp menendang gerobak saya",
        "memukul pedagang di alun-alun # SATPOLPP",
        "SATPOLPP # anggotanya memukul pedagang",
        "anak saya dipukul gurunya",
        "gurunya memukul anak saya",
        "anakku dijewer gurune nganti getihen",
        "lare kulo diantem gurunipun",
        "budak abdi diteunggeul guruna",
        "guru pukul anak saya di kelas",
        "perawatnya mencubit pasien",
    ] {
        assert!(flagged(text), "{text}");
    }
    for text in [
        "DISDIK # anak dipukul temannya di sekolah",
        "DP3A # anak dipukul tetangga",
        "PUPR # mengancam keselamatan pengguna jalan",
        "KEC-SUKAMAJU # pegawai baru datang pukul 10",
        "DISPORA # lapangan bola untuk menendang bola rusak",
        "DISDIK # gurunya kurang",
        "RSUD # dokter belum datang, pasien tidur di lantai",
    ] {
        assert!(!flagged(text), "{text}");
    }
}

#[test]
fn a_levy_is_pointed_out_in_the_words_that_people_use() {
    for text in [
        "kalau mau cepat bayar 200rb kata petugas",
        "kalo gak bayar ga diproses kata petugasnya",
        "bayar 100rb baru dilayani",
        "harus bayar dulu baru KTP dicetak",
        "surat tanah dipersulit kalau ga kasih amplop",
        "rekrutmen honorer pakai duit 30jt",
        "DISDUKCAPIL # petugas e njaluk 50 ewu",
        "petugas nyuwun arto 50 ewu damel KTP",
        "petugas njaluk seket ewu",
        "petogas menta pesse 50 ebu",
        "nek ora mbayar ora digarap",
        "mun teu mere duit teu diproses",
        "ktp tidak dicetak kalau tidak bayar",
        "petugasnya bilang bayar 50rb dulu",
        "kata pegawai harus bayar 150.000 di luar loket",
        "setor 500rb biar lulus seleksi, katanya supaya cepat",
        "penerimaan perangkat desa bayar 50 juta",
        "petugas loket bilang bayar 50rb kalau mau cepat",
        "tanpa amplop berkas dipersulit",
        "jadi perangkat desa bayar 100 juta",
    ] {
        assert!(flagged(text), "{text}");
    }
}

#[test]
fn a_lawful_fee_is_no_levy() {
    for text in [
        "bayar retribusi parkir 2000",
        "kapan bayar PBB",
        "tarif resmi berapa",
        "bayar PDAM sudah, air belum nyala",
        "kalau tidak bayar pajak kena denda berapa",
        "bayar BPJS 150rb per bulan",
        "masuk wisata bayar 10rb",
        "sudah bayar 300rb pasang PDAM, meteran belum ada",
        "kulo nyuwun bantuan modal",
        "honorer dibayar 300rb sebulan, kapan naik",
        "kalau berkas tidak lengkap tidak diproses",
        "bayar iuran sampah 20rb tidak diangkut",
        "kalau tidak ada KTP tidak dilayani",
    ] {
        assert!(!flagged(text), "{text}");
    }
}

#[test]
fn what_is_due_what_citizens_ask_for_and_what_is_denied_are_no_misconduct() {
    for text in [
        // Paid for by name.
        "pedagang ditarik retribusi 3000 per hari ada karcisnya",
        "saya ditarik pajak reklame 2 juta",
        "pdam minta bayar tagihan 300rb padahal kosong rumahnya",
        "kenapa saya diminta bayar denda 50rb",
        "kalau tidak bayar denda apakah sim ditahan",
        "diminta uang 50rb untuk retribusi pasar",
        "berkas ditahan karena belum bayar pajak",
        // Asked for by citizens.
        "petani minta harga gabah 6500 per kilo",
        "buruh minta umk naik 3 juta",
        "minta keringanan tagihan 500rb",
        "kami minta jalan dilebarkan 2000 meter",
        "kami minta bantuan 5 juta",
        "pak camat kami minta bantuan dana 5 juta untuk mushola",
        "DINSOS # minta bantuan 5 juta untuk berobat",
        "petani minta jatah pupuk",
        // Of no officer.
        "preman minta uang ke sopir di terminal",
        "pengemis minta uang di depan kantor",
        // Denied.
        "terima kasih pegawai dukcapil tidak minta uang",
        "petugas tidak pernah minta uang",
        "pelayanan bagus tanpa pungli",
        "alhamdulillah tidak ada pungli lagi",
        "kelurahan kami bebas korupsi",
        "petugas tidak memukul pedagang",
        // Something else.
        "pegawai minum kopi jam kerja",
        "bansos potong rambut gratis kapan",
        "bantuan sunat massal kapan",
        "petugas kebersihan memukul kentongan",
        "SATPOLPP # memukul kentongan tiap malam",
    ] {
        assert!(!flagged(text), "{text}");
    }
    for text in [
        "DISHUB minta uang 50rb",
        "DISHUB # minta 50rb di terminal",
        "petugas loket dukcapil kemarin minta 50rb",
        "petugas ke pedagang minta 20 ribu",
        "urus KK minta 50 ribu",
        "saya diminta 50rb padahal pajaknya 20rb",
        "perawat rsud minta tip",
        "tukang parkir minta 5 ribu padahal karcis 2 ribu",
        "pegawai minta 50rb buat makan",
        "pak RT minta uang 100rb",
        "petugas tidak ramah, minta uang 20rb",
        "petugas tidak ada karcis minta 5000",
        // What a denial would take away is a condition here, or comes of it.
        "tanpa suap berkas tidak diproses",
        "kalau tidak ada uang pelicin berkas lama",
        "tidak hanya pungli, loketnya juga tutup",
        "petugas tidak ada. calo banyak",
        "tidak ada pegawai di loket semua nongkrong",
        "petugas minum miras di pos",
        "bansos dipotong 50rb",
        "dana BLT dipotong",
        "petugas memukul pedagang",
    ] {
        assert!(flagged(text), "{text}");
    }
}

#[test]
fn misconduct_is_pointed_out_by_its_kind() {
    let missed = [
        // Levies and bribes.
        "bikin ktp bayar 20rb padahal gratis",
        "urus kk bayar 50rb ke petugas padahal gratis",
        "katanya gratis kok malah bayar 20rb",
        "bayar 50rb tanpa kuitansi di loket",
        "ditarik 5000 tidak dikasih karcis",
        "dishub pungut parkir 5000 tanpa karcis",
        "kepala dinas kasih proyek ke adiknya",
        "petugas dishub terima uang dari sopir truk",
        "pegawai kelurahan terima amplop",
        // Harassment.
        "pegawai menggoda saya di loket",
        "petugas memeluk saya paksa",
        "siswi dicium gurunya",
        "dokter memegang payudara pasien",
        "payudara pasien, dipegang pahanya oleh dokter",
        "guru mengirim foto porno ke siswi",
        // Gambling on duty, misuse of office, conflict of interest.
        "pegawai main togel di kantor",
        "satpol pp main kartu di pos",
        "kades jual tanah kas desa",
        "tanah kas desa dijual diam-diam",
        "dana bos dipakai pribadi kepala sekolah",
        "bendahara pakai uang kas untuk keperluan pribadi",
        "kades angkat anaknya jadi perangkat",
        "keponakan camat diterima jadi honorer",
        // Violence.
        "satpol pp tampar pedagang",
        "guru tendang murid di kelas",
    ];
    let missed: Vec<&str> = missed.into_iter().filter(|text| !flagged(text)).collect();
    assert!(missed.is_empty(), "{missed:?}");
    let taken = [
        "bayar PBB 50rb di loket",
        "bikin ktp gratis kan pak",
        "vaksin gratis kapan, yang bayar berapa",
        "bayar parkir 2000 ada karcisnya",
        "guru terima gaji telat 3 bulan",
        "petugas belum terima uang dari dinas",
        "pegawai terima berkas saya",
        "petugas mencium bau gas di rumah saya",
        "siswa menggoda temannya, guru diam",
        "dokter memegang stetoskop",
        "pegawai mengirim surat ke rumah",
        "tolong satpol razia judi togel di warung",
        "anak muda main togel di warung",
        "pedagang jual tanah kavling",
        "kades jual hasil panen sendiri",
        "tanah kas desa jadi lapangan",
        "air pdam dipakai sendiri oleh tetangga",
        "petugas angkat anaknya ke ambulans",
        "guru honorer kapan diangkat jadi pns",
        "anak muda tendang bola ke rumah saya",
    ];
    let taken: Vec<&str> = taken.into_iter().filter(|text| flagged(text)).collect();
    assert!(taken.is_empty(), "{taken:?}");
}

#[test]
fn an_animal_beside_what_animals_do_is_no_abuse() {
    let abused = |text: &str| flags(text).contains(&Flag::Abuse);
    for text in [
        "monyet merusak tanaman jagung kami",
        "anjing menyerang ayam",
        "anjing tetangga menggonggong tiap malam",
        "ayam saya dimakan anjing",
        "adik digigit anjing tetangga",
        "kawanan monyet turun ke kebun",
        "babi hutan banyak sekali",
        "celeng ngrusak tegalan",
        "anjing warga masuk halaman terus",
    ] {
        assert!(!abused(text), "{text}");
    }
    for text in [
        "DISHUB # anjing kalian semua",
        "anjing kalian",
        "monyet lu semua",
        "dasar babi",
        "kalian anjing tidak masuk kerja",
        "asu kabeh",
    ] {
        assert!(abused(text), "{text}");
    }
}
