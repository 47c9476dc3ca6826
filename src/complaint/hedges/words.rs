//! The words of each kind of hedge. Tables only: how far each reaches is said in front.

/// Worry, habit and exercise: what may come, what comes again and again, what is only taught.
pub(super) const WORRIES: &[&str] = &[
    "rawan",
    "khawatir",
    "kuatir",
    "takut",
    "takutnya",
    "takute",
    "sering",
    "seringkali",
    "kerap",
    "cegah",
    "mencegah",
    "pencegahan",
    "antisipasi",
    "mengantisipasi",
    "potensi",
    "berpotensi",
    "risiko",
    "resiko",
    "berisiko",
    "beresiko",
    "mudah",
    "gampang",
    "seolah",
    "pernah",
    "sebelum",
    "simulasi",
    "pelatihan",
    "latihan",
    "sosialisasi",
    "penyuluhan",
    "edukasi",
    "mitigasi",
    "santunan",
    "asuransi",
    "pasca",
    "pascabanjir",
    "bisa",
];

/// Conditions: also before a comma, and of what has happened by then ("kalau sudah ada korban tenggelam").
pub(super) const CONDITIONS: &[&str] =
    &["kalau", "kalaw", "jika", "bila", "apabila", "seandainya", "andai"];

/// Directly before a word of danger these make a name of it: a service, a thing, a paper, a trace.
pub(super) const NAMES: &[&str] = &[
    "pemadam",
    "dinas",
    "petugas",
    "alat",
    "hydrant",
    "hidran",
    "rambu",
    "surat",
    "data",
    "bekas",
    "bahaya",
    "ancaman",
    "terancam",
    "dana",
    "relokasi",
    "huntap",
    "huntara",
    "rehabilitasi",
];

/// What may stand between such a name and the word.
pub(super) const NAME_LINKS: &[&str] =
    &["keterangan", "korban", "akan", "terjadi", "terjadinya", "adanya", "tanah", "rawan"];

/// What did not happen.
pub(super) const NOT: &[&str] = &["tidak", "tak", "bukan", "belum", "tanpa", "jangan"];

/// Waiting for it ("jangan tunggu ada korban tenggelam"), and missing it by a hair.
pub(super) const ALMOST: &[&str] = &["tunggu", "nunggu", "menunggu", "hampir", "nyaris"];

/// What may stand between these and the word.
pub(super) const LINKS: &[&str] = &[
    "ada",
    "adanya",
    "terjadi",
    "terjadinya",
    "kejadian",
    "sampai",
    "pernah",
    "akan",
    "jadi",
    "lagi",
    "kena",
    "saja",
    "dulu",
    "yang",
    "orang",
    "anak",
    "warga",
    "saya",
    "kami",
    "jatuh",
];

/// What brings it about: what a bad road does, said of an accident; what happened, said of all else.
pub(super) const CAUSES: &[&str] =
    &["mengakibatkan", "menyebabkan", "menimbulkan", "membuat", "bikin"];

/// Accidents and crimes of which a complaint says that there are many, or that something leads to them.
pub(super) const RECURRING: &[&str] =
    &["kecelakaan", "tabrakan", "begal", "pembegalan", "rampok", "perampokan", "tawuran"];

/// Events, whose victims are spoken of long afterwards; in what state somebody is ("korban tertimbun") is said while it lasts.
pub(super) const EVENTS: &[&str] = &[
    "kebakaran",
    "kabakaran",
    "kobong",
    "longsor",
    "kecelakaan",
    "tabrakan",
    "tabrak",
    "begal",
    "pembegalan",
    "rampok",
    "perampokan",
    "penjambretan",
    "pembacokan",
    "penusukan",
    "tawuran",
    "penculikan",
    "keracunan",
    "gempa",
    "tsunami",
    "banjir",
    "puting",
    "ledakan",
];

/// Stretches of time.
pub(super) const SPANS: &[&str] = &["hari", "malam", "minggu", "pekan", "bulan", "tahun"];

/// Those after which nobody is in danger of what fell.
pub(super) const LONG_SPANS: &[&str] = &["minggu", "pekan", "bulan", "tahun"];

/// Small numbers in words.
pub(super) const NUMERALS: &[&str] =
    &["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "beberapa", "puluh"];

/// Behind a stretch of time, or behind "yang": it is over.
pub(super) const AGO: &[&str] = &["lalu", "silam", "lampau", "kemarin"];

/// Before it: it has lasted, or comes again. An age has none of these.
pub(super) const LASTING: &[&str] =
    &["sudah", "selama", "sejak", "hampir", "lebih", "tiap", "setiap", "per", "bertahun"];

/// Before "kemarin": it has gone on since.
pub(super) const SINCE: &[&str] = &["dari", "sejak", "semenjak", "mulai", "hujan"];

/// A cry for help: what stands before it hedges nothing that stands behind it.
pub(super) const CALLS: &[&str] = &[
    "tolong",
    "mohon",
    "minta",
    "kirim",
    "kirimkan",
    "dikirim",
    "bantu",
    "selamatkan",
    "sekarang",
    "barusan",
];

/// It has come, whatever was feared.
pub(super) const HAPPENED: &[&str] = &["sudah", "telah", "sedang", "masih", "tadi"];

/// Who tells, before "kalau": "mau lapor kalau ada kebakaran" is no condition.
pub(super) const TELLING: &[&str] = &[
    "lapor",
    "melapor",
    "melaporkan",
    "laporan",
    "tahu",
    "beritahu",
    "memberitahu",
    "info",
    "infokan",
    "menginfokan",
    "kabar",
    "kabari",
    "mengabarkan",
    "bilang",
];

/// Who asks where and how one tells.
pub(super) const ASKING: &[&str] =
    &["mana", "kemana", "dimana", "siapa", "cara", "caranya", "bagaimana", "gimana", "nomor"];

/// What makes a habit or a possibility of what is said between the first word of danger and the last ("truk sering terguling").
pub(super) const HABITS: &[&str] = &[
    "suka",
    "selalu",
    "sering",
    "seringkali",
    "kerap",
    "pernah",
    "rawan",
    "mudah",
    "gampang",
    "berpotensi",
    "hampir",
    "nyaris",
    "bisa",
    "jangan",
];

/// What is about to fall ("rumah mau roboh") has not.
pub(super) const ABOUT_TO: &[&str] = &["mau", "akan", "bakal"];

/// What falls so.
pub(super) const FALLS: &[&str] =
    &["roboh", "rubuh", "runtuh", "ambrol", "tumbang", "patah", "putus", "jatuh"];

/// Words of danger that are said of cares as well ("tenggelam dalam utang", "terjebak macet").
pub(super) const FIGURES: &[&str] = &[
    "tenggelam",
    "hanyut",
    "terbakar",
    "terjebak",
    "kejebak",
    "terperangkap",
    "terjepit",
    "kejepit",
    "tertimpa",
    "ketimpa",
];

/// What may stand between these and the care.
pub(super) const FIGURE_LINKS: &[&str] =
    &["dalam", "di", "oleh", "karena", "sama", "kena", "api", "rasa"];

/// Cares, of which nobody dies now.
pub(super) const CARES: &[&str] = &[
    "macet",
    "kemacetan",
    "utang",
    "hutang",
    "pinjol",
    "rentenir",
    "ekonomi",
    "kebutuhan",
    "kemiskinan",
    "biaya",
    "harga",
    "pajak",
    "emosi",
    "cemburu",
    "amarah",
    "kesedihan",
    "birokrasi",
    "janji",
    "calo",
    "antrean",
    "antrian",
    "rutinitas",
    "kesibukan",
    "musibah",
    "tagihan",
    "matahari",
    "semangat",
];

/// What shall not come again ("agar kebakaran tidak terulang").
pub(super) const PREVENTED: &[&str] =
    &["terulang", "terjadi", "dicegah", "dihindari", "diantisipasi", "berkurang"];

/// Before "api" these make another thing of it.
pub(super) const THINGS_OF_FIRE: &[&str] =
    &["kereta", "keretanya", "korek", "gunung", "senjata", "kembang", "bunga", "batu", "api"];

/// Behind "api": "api-api", "api unggun".
pub(super) const KINDS_OF_FIRE: &[&str] = &["api", "unggun", "abadi", "cemburu", "asmara"];

/// What makes a lasting want a call.
pub(super) const HASTE: &[&str] = &["segera", "cepat", "sekarang", "tolong", "darurat"];

/// Thanks, before the name of who came.
pub(super) const THANKS: &[&str] = &["kasih", "makasih", "terimakasih", "suwun", "nuhun"];

/// What is given after an event ("bantuan gempa belum cair"); before an event it may also be what is cried for.
pub(super) const AID: &[&str] = &["bantuan", "bansos", "sumbangan", "donasi"];

/// What becomes of aid that is no rescue.
pub(super) const PAID: &[&str] = &[
    "cair",
    "dicairkan",
    "dibagi",
    "dibagikan",
    "dipotong",
    "disunat",
    "disalurkan",
    "tersalurkan",
    "diterima",
    "ditransfer",
    "merata",
    "kapan",
];

/// What warns of an event, and what it does then.
pub(super) const SIRENS: &[&str] = &["sirine", "sirene", "sirinenya", "alarm"];
pub(super) const SOUNDING: &[&str] =
    &["bunyi", "berbunyi", "menyala", "nyala", "meraung", "aktif", "terdengar"];

/// Before "evakuasi" these make a way or a sign of it.
pub(super) const WAYS_OUT: &[&str] = &["jalur", "rambu", "peta", "papan", "tempat", "titik"];

/// What "explodes" only in figures ("tagihan meledak"), and what does so for fun or noise.
pub(super) const SWELLING: &[&str] = &[
    "tagihan", "harga", "harganya", "biaya", "tarif", "iuran", "pajak", "jumlah", "kasus",
    "populasi", "penduduk", "emosi", "amarah",
];
pub(super) const CRACKERS: &[&str] = &["petasan", "mercon", "kembang", "knalpot", "knalpotnya"];

/// Noise that goes on: "meledak-ledak", "meledak terus tiap malam".
pub(super) const GOING_ON: &[&str] = &["ledak", "terus", "tiap", "setiap"];

/// What drifts without anybody in danger.
pub(super) const DRIFTING: &[&str] =
    &["sampah", "sampahnya", "runtah", "gondok", "limbah", "plastik", "botol", "sandal", "bangkai"];

/// What may get stuck with somebody inside; of traffic it is not said.
pub(super) const CAGES: &[&str] = &["lift", "liftnya", "pintu", "pintunya", "gerbang", "eskalator"];

/// Who asks about papers and costs of a birth that is to come.
pub(super) const PAPERS: &[&str] = &[
    "syarat",
    "syaratnya",
    "persyaratan",
    "persyaratannya",
    "biayanya",
    "berapa",
    "cara",
    "caranya",
    "bagaimana",
    "gimana",
    "depan",
];
