//! Words that stand for one another in the phrases, each set under a name.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The sets, by the name that phrases have behind a `$`.
const SETS: &[(&str, &str)] = &[
    ("there", "ada|ana|ono|onok|enek|enten|wonten|aya|bada|badha|bedeh|bedhe"),
    (
        "someone",
        "orang|orangnya|anak|anaknya|anakku|anake|anak2|warga|bocah|bocil|balita|bayi|nenek|kakek|lansia|ibu|bapak|ayah|pria|wanita|perempuan|pemuda|remaja|gadis|siswa|siswi|murid|santri|pelajar|mahasiswa|suami|istri|adik|adikku|kakak|cucu|keponakan|ponakan|saudara|keluarga|tetangga|teman|korban|sopir|supir|kernet|pengemudi|pengendara|penumpang|pejalan|pekerja|buruh|tukang|kuli|pemancing|nelayan|pendaki|petani|penyelam|perenang|wisatawan|wong|uwong|tiyang|lare|arek|jalma|jalmi|jelema|budak|barudak|murangkalih|oreng|reng|nak",
    ),
    (
        "vehicle",
        "mobil|motor|truk|truck|trek|bus|bis|minibus|angkot|angkutan|pickup|pikap|tronton|trailer|kontainer|tangki|elf|travel|bentor|becak|bajaj|sepeda|traktor|ambulan|ambulans|kereta|sepur|taksi|ojek",
    ),
    (
        "boat",
        "perahu|kapal|sampan|prau|parahu|jukung|klotok|ketinting|speedboat|getek|rakit|tongkang|feri|ferry",
    ),
    (
        "water",
        "sungai|kali|laut|danau|waduk|bendungan|embung|sumur|rawa|muara|kanal|irigasi|kedung|segoro|segara|sagara|walungan|songay|songai|somor|sumor",
    ),
    (
        "building",
        "rumah|rumahnya|omah|imah|bengko|gedung|bangunan|jembatan|tembok|dinding|atap|plafon|sekolah|kelas|masjid|mushola|musala|pasar|toko|ruko|kios|warung|tower|menara|panggung|tribun",
    ),
    (
        "thief",
        "maling|maleng|pencuri|rampok|perampok|garong|begal|jambret|penjambret|copet|pencopet|penjahat",
    ),
    ("beaten", "dipukuli|dipukulin|digebuki|digebukin|digebugi|dihajar|dianiaya|disiksa"),
    (
        "fell",
        "jatuh|terjatuh|ceblok|tibo|ragrag|labuh|gaggar|terperosok|kejeblos|terjerumus|terpeleset|kepleset|nyemplung|kecemplung|terjun",
    ),
    (
        "served",
        "diproses|dilayani|dikerjakan|diurus|dicetak|dibikin|dibuatkan|ditandatangani|diteken|diterbitkan|digarap|dilayan|diladeni|diangkat|diluluskan|jadi|cair|keluar|rampung|kaluar|jaddi",
    ),
    (
        "hindered",
        "dipersulit|dipersusah|diperlambat|dilamain|dilama2in|diulur|dihambat|digantung|ditahan|dicuekin|digawe",
    ),
    ("if", "kalau|jika|bila|apabila|nek|yen|menawi|lamun|mun|upami|mon"),
    ("not", "tidak|tak|ora|mboten|boten|teu|henteu|tanpa|belum|durung"),
    ("pay", "bayar|membayar|mbayar|mayar|nyetor|setor|bayaran|majar|majer"),
    ("give", "kasih|ngasih|dikasih|beri|memberi|diberi|menehi|wenehi|mere|masihan|aberri|ada"),
    (
        "demand",
        "minta|meminta|mintai|mintain|memintai|narik|menarik|matok|mematok|patok|malak|memalak|malakin",
    ),
    ("asked", "diminta|dimintai|dimintain|ditarik|ditariki|ditarikin|disuruh|dipatok|dipalak"),
    ("bribe", "setoran|imbalan|fee|amplop|upeti|komisi|tip|tips|persenan|sogokan|suap|gratifikasi"),
    // Who, beside officers, asks in the name of an office, and where one stands who does.
    (
        "asker",
        "loket|kantor|kelurahan|kecamatan|puskesmas|rsud|sekolah|samsat|dinas|dukcapil|disdukcapil|dishub|pdam|disdik|dinsos|dinkes|dlh|pupr|bapenda|panitia|komite|operator|pendamping|bendahara|sekdes|bendes|kepala|kadis|kabid|kasi|ketua|pengawas|juru|jukir|parkir|parkiran|polisi|polantas|ambulan|ambulans|oknum|calo|mereka|dia|katanya|urus|ngurus|mengurus|ngurusin|bikin|pembuatan|pengurusan",
    ),
    // What is paid for by name may be lawful.
    (
        "levy",
        "retribusi|pajak|pajaknya|pbb|pkb|bphtb|pnbp|denda|dendanya|tagihan|tagihannya|tunggakan|iuran|sewa|cicilan|angsuran|premi|bpjs|abonemen|tarif|zakat|infak|kembali|kembalian|pengembalian",
    ),
    // What is asked for by name may be due to who asks.
    (
        "due",
        "harga|umk|umr|ump|upah|gaji|tunjangan|insentif|siltap|modal|bantuan|bantuannya|subsidi|keringanan|kompensasi|santunan|beasiswa|ganti|$levy",
    ),
    ("receipt", "karcis|karcisnya|kuitansi|kuitansinya|kwitansi|kwitansinya|nota|tiket"),
    ("receives", "terima|menerima|nerima|nerimo|terimo|nampi|narima"),
    ("flirts", "menggoda|godain|goda|ngegoda|nggodha|menggodai|merayu|ngrayu|ngerayu"),
    ("embraces", "memeluk|meluk|peluk|ngrangkul|merangkul|mencium|nyium|cium|ngambung|menciumi"),
    (
        "touches",
        "memegang|memegangi|pegang|megang|megangi|pegang2|meremas|remas|ngremes|menyentuh|sentuh|nyentuh|mengelus|elus|ngelus|raba|nyekel|foto|memfoto|moto|merekam|intip|mengintip|ngintip",
    ),
    ("touched", "dipegang|dipegangi|diremas|disentuh|dielus|dicekel|difoto|direkam|diintip"),
    ("flirted", "digoda|digodain|digodai|dipeluk|dicium|dirayu"),
    ("intimate", "payudara+|pantat+|bokong+|paha+|kemaluan+|kelamin+|vital|bugil|telanjang|mandi"),
    ("sends", "mengirim|mengirimkan|mengirimi|kirim|kirimi|kirimkan|ngirim|ngirimi|minta|meminta"),
    ("lewd", "porno|bugil|telanjang|vulgar|mesum|bokep|jorok|syur|seronok"),
    (
        "woman",
        "siswi|mahasiswi|gadis|perempuan|cewek|wanita|ibu|karyawati|istri|anak|janda|pegawai",
    ),
    ("sells", "jual|menjual|ngedol|adol|dol|menggadaikan|gadaikan|nggadekno|sewakan|menyewakan"),
    (
        "public",
        "kas|bengkok|aset|inventaris|tkd|bansos|raskin|rastra|bantuan|soal|jawaban|jabatan|solar|bbm",
    ),
    ("funds", "dana|uang|duit|anggaran|kas|bos|add|bantuan|aset|inventaris|ambulan|ambulans"),
    (
        "appoints",
        "angkat|mengangkat|ngangkat|lantik|melantik|masukkan|memasukkan|masukin|loloskan|meloloskan|rekrut|merekrut|pilih|memilih|jadikan|menjadikan",
    ),
    (
        "kin",
        "anaknya|anake|adiknya|adike|kakaknya|istrinya|suaminya|saudaranya|sodaranya|keponakannya|ponakannya|menantunya|iparnya|sepupunya|kerabatnya|keluarganya|familinya|temannya|keluarga|kerabat|saudara|keponakan|menantu|ipar|adik|istri|suami",
    ),
    (
        "post",
        "jadi|menjadi|sebagai|dadi|perangkat|staf|honorer|pegawai|kaur|kasi|kadus|sekdes|bendahara|guru|operator|satpol",
    ),
    // Who raids a game does not play.
    (
        "raid",
        "razia|merazia|tindak|menindak|tertibkan|menertibkan|gerebek|menggerebek|grebek|tangkap|menangkap|berantas|memberantas|bubarkan|membubarkan|tutup|menutup|awasi|mengawasi|cegah|segel|periksa|sita|menyita|tolong|mohon|biarkan|membiarkan",
    ),
    ("smell", "bau|aroma|asap"),
    (
        "cut",
        "rambut|rumput|pohon|dahan|ranting|kurban|qurban|sapi|kambing|ayam|hewan|pita|tumpeng|massal|masal|gratis",
    ),
    (
        "thing",
        "kentongan|kenthongan|kentong|bedug|beduk|gong|lonceng|bel|bola|drum|drumband|gendang|kendang|genderang|rebana|sirine|paku|palu|pasak|tikus|nyamuk|penalti",
    ),
    ("drink", "miras|arak|tuak|ciu|bir|bier|alkohol|oplosan|keras|anggur|wiski|vodka"),
    ("said", "kata|katanya|jare|jarene|ceuk|saur|ujar|bilang|ngomong|ca"),
    ("into", "ke|ka|kedalam|masuk|nang|neng|ing|di|dalam|e"),
    (
        "officer",
        "petugas+|petogas+|pegawai+|guru+|asn+|pns+|p3k+|pppk+|kepsek+|kades+|lurah+|camat+|satpol+|pejabat+|perangkat+|staf+",
    ),
    // Who serves citizens besides; of these only violence and demands are told.
    ("servant", "dokter+|perawat+|bidan+|mantri+|satpam+|kadus+"),
    (
        "hits",
        "memukul|memukuli|mukul|mukuli|mukulin|pukuli|pukulin|menendang|menendangi|nendang|nendangi|menampar|nampar|menempeleng|nempeleng|menonjok|nonjok|menjambak|njambak|jambak|menjewer|njewer|jewer|mencubit|menghajar|ngehajar|menggebuk|menggebuki|gebuk|gebuki|gebukin|nggebuki|ngeplak|ngantem|njotos|tampar|tampari|tendang|tendangi|tempeleng|cekik|tonjok|tonjoki|jotos|hajar|keroyok|cubit|siksa|injak|menginjak|nginjak|menganiaya|menyiksa|nyiksa|mengeroyok|ngeroyok|mencekik|nyekik|menyeret|nyeret|meludahi|ngludahi|neunggeul|nampiling|nyabok|najong|mokol",
    ),
    (
        "hit",
        "dipukul|ditendang|ditendangi|dibentak|diancam|diintimidasi|ditampar|ditempeleng|ditonjok|dijambak|dijewer|dicubit|dikeroyok|dicekik|diseret|diludahi|dikeplak|diantem|dijotos|ditapuk|diteunggeul|ditajong|ditampiling|epokol|$beaten",
    ),
    (
        "adverb",
        "telah|sudah|tadi|kemarin|suka|sering|malah|tega|berani|main|langsung|lagi|sedang|kok|kenapa|yang",
    ),
    (
        "victim",
        "saya|kami|aku|anak|anakku|siswa|siswi|murid|santri|pedagang|warga|orang|pasien|suami|istri|adik|kakak|ibu|bapak",
    ),
    ("snake", "ular|ulo|ula|oray|olar|kobra|cobra|piton|sanca"),
    // Animals by whose names people are insulted, and what they do besides.
    ("animal", "anjing|asu|kirik|patek|babi|celeng|monyet|kethek|ketek|kera"),
    (
        "preys",
        "menyerang|nyerang|serang|merusak|ngrusak|ngerusak|rusak|menggonggong|gonggong|menggigit|nggigit|gigit|nyokot|mengejar|ngejar|kejar|berkeliaran|keliaran|berkeluyuran|memakan|mencuri|nyuri|mencakar|menjarah|mengganggu|ngganggu|ganggu|memangsa|menerkam|melolong|mengamuk|ngamuk|beranak|buang|kencing|berak|lepas",
    ),
    (
        "preyed",
        "digigit|dicokot|diserang|dikejar|dicakar|dirusak|dimakan|dimangsa|dijarah|diganggu|diterkam|tergigit",
    ),
    ("beast", "buaya|harimau|macan|maung|beruang|gajah"),
];

/// The forms of a set, taken apart once: each word of each text is held against most of them.
pub(in crate::complaint) struct Forms {
    /// Words as they stand.
    pub(in crate::complaint) words: HashSet<&'static str>,
    /// Forms with a sign.
    pub(in crate::complaint) signed: Vec<&'static str>,
}

static FORMS: LazyLock<HashMap<&'static str, Forms>> = LazyLock::new(|| {
    let sets = crate::complaint::discretion::SETS.iter().chain(SETS);
    let apart = |(name, forms): &(&'static str, &'static str)| {
        let (signed, words): (Vec<&str>, Vec<&str>) =
            forms.split('|').partition(|form| form.contains(['$', '*', '+']));
        (*name, Forms { words: words.into_iter().collect(), signed })
    };
    sets.map(apart).collect()
});

/// The forms that a name stands for.
pub(in crate::complaint) fn forms(name: &str) -> Option<&'static Forms> {
    FORMS.get(name)
}

/// The words that a name stands for, apart from each other by `|`.
pub(in crate::complaint) fn set(name: &str) -> &'static str {
    let known = |sets: &'static [(&str, &'static str)]| {
        sets.iter().find(|(known, _)| *known == name).map(|(_, forms)| *forms)
    };
    known(SETS).or_else(|| known(crate::complaint::discretion::SETS)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::{discretion, lexicon};

    #[test]
    fn every_name_of_a_set_is_known() {
        let phrases = [
            discretion::SECRET,
            lexicon::EMERGENCY,
            lexicon::ETHICS,
            lexicon::ON_DUTY,
            lexicon::UNIT_DOES,
        ]
        .concat();
        let forms = phrases.iter().flat_map(|phrase| phrase.split([' ', '|']));
        let names: Vec<&str> = forms
            .filter_map(|form| form.strip_prefix(['$', '~', '!']))
            .filter(|name| !name.is_empty())
            .collect();
        assert!(names.len() > 20, "{names:?}");
        for name in names {
            assert!(!set(name).is_empty(), "{name}");
        }
    }
}
