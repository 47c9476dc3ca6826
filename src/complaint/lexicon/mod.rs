//! Words and phrases by which flags are proposed. Tables only: add a line where a word is missing.
//!
//! A phrase is words in lower case, without accents. `pungut*` stands for every word that begins so, `guru+`
//! also for `gurunya` and `gurune`, `_` for up to three
//! words of any kind, `~` for as many that do not take back what follows ("tidak pernah minta", "warga minta"), `~name` for such of which
//! none is of a set, `!name` for that no word of it follows, `#` for a sum of money (`150rb`, `150 ribu`, `uang`), `a|b` for either word, `$name` for the words of a set ([`set`]).
//! Citizens' abbreviations are written out before.

mod courtesy;
mod emergency;
mod ethics;
mod money;
mod noise;
mod sets;

pub(super) use courtesy::{
    COURTESY_ADDRESSED, COURTESY_AWAITED, COURTESY_COMPANY, COURTESY_CORE, COURTESY_PHRASES,
    COURTESY_PICTURES, COURTESY_WAITING, COURTESY_YES, GREETINGS, HOLLOW,
};
pub(super) use emergency::{
    BEFORE_PLACE_NAMES, BRIGADE, BRIGADE_AT_REST, DANGER_MISTYPED, EMERGENCY, NEAR_DANGER,
    PLACES_IN_WANT,
};
pub(super) use ethics::{
    CONTRASTS, DENIAL_LINKS, DENIALS, ETHICS, ON_DUTY, OTHERS, TOWARDS, UNIT_DOES,
};
pub(super) use money::{MEASURES, MONEY, NUMERALS, THOUSANDS};
pub(super) use noise::{ABUSE, LURE, OTP, SPAM, SPAM_WITH_LURE};
pub(super) use sets::{forms, set};

/// Words that name a matter or a place: beside them, rough words are only rough.
pub(super) const SUBSTANCE: &[&str] = &[
    "rusak",
    "mati",
    "padam",
    "bocor",
    "banjir",
    "sampah",
    "jalan",
    "air",
    "lampu",
    "antri",
    "antre",
    "lambat",
    "liar",
    "gigit*",
    "menggigit",
    "rabies",
    "macet",
    "lubang",
    "berlubang",
    "jembatan",
    "parkir",
    "ktp",
    "kk",
    "akta",
    "obat",
    "puskesmas",
    "sekolah",
    "guru",
    "pasar",
    "harga",
    "pupuk",
    "bansos",
    "bantuan",
    "pajak",
    "listrik",
    "got",
    "selokan",
    "drainase",
    "trotoar",
    "depan",
    "dekat",
    "desa",
    "dusun",
    "kampung",
    "kelurahan",
    "kecamatan",
    "simpang",
    "perempatan",
    "pertigaan",
    "gang",
    "jembatan",
    "pungut*",
    "bayar",
    "retribusi",
    "surat",
    "loket",
    "dokter",
    "bidan",
    "perawat",
    "kotor",
    "bau",
    "polusi",
    "berisik",
    "bising",
    "berkeliaran",
    "pelayanan",
    "layanan",
    "proyek",
    "tebang",
    "pohon",
    "hutan",
    "sungai",
    "kali",
    "irigasi",
    "ular",
    "tawon",
    "nyamuk",
    "dbd",
    // An animal beside what animals do, or what is done about them, is the matter itself.
    "$animal _ $preys",
    "$animal _ masuk|memasuki|turun _ kebun|rumah|sawah|ladang|tegalan|kampung|pemukiman|permukiman|halaman|kelas|warung|kandang",
    "$preyed _ $animal",
    "$animal hutan|liar|peliharaan|ternak",
    "seekor|ekor|kawanan|gerombolan|hama|kandang|bangkai|peternakan|gonggongan $animal",
];
