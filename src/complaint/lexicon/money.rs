//! Of what a sum of money is made, in Indonesian, Javanese, Sundanese and Madurese.

/// Numbers in words.
pub(in crate::complaint) const NUMERALS: &[&str] = &[
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
    "belas",
    "puluh",
    "seratus",
    "ratus",
    "setengah",
    "koma",
    "puluhan",
    "ratusan",
    "beberapa",
    "berapa",
    // Javanese.
    "rong",
    "telung",
    "patang",
    "limang",
    "nem",
    "pitung",
    "wolung",
    "sangang",
    "selawe",
    "seket",
    "sewidak",
    "suwidak",
    "rongpuluh",
    "telungpuluh",
    "patangpuluh",
    "satus",
    "rongatus",
    "telungatus",
    "patangatus",
    "limangatus",
    "atus",
    // Sundanese.
    "tilu",
    "opat",
    "genep",
    "sapuluh",
    "saratus",
    // Madurese.
    "tello",
    "lema",
    "sapolo",
    "polo",
    "saeket",
    "saratos",
    "ratos",
];

/// What stands behind a number to make a sum of it.
pub(in crate::complaint) const THOUSANDS: &[&str] = &[
    "rb", "ribu", "rbu", "rebu", "rebuh", "ewu", "ewon", "ewonan", "ebu", "k", "jt", "juta", "yuta",
];

/// Words that are a sum by themselves.
pub(in crate::complaint) const MONEY: &[&str] = &[
    "uang", "duit", "bayaran", "sejuta", "seribu", "sewu", "sayuta", "sarebu", "saebu", "arto",
    "arta", "pesse", "acis", "yatra",
];

/// Behind a number these say that it is none.
pub(in crate::complaint) const MEASURES: &[&str] = &[
    "meter",
    "m",
    "m2",
    "km",
    "kilometer",
    "kg",
    "kilo",
    "kuintal",
    "kwintal",
    "ton",
    "liter",
    "hektar",
    "ha",
    "watt",
    "orang",
    "jiwa",
    "kk",
    "warga",
    "siswa",
    "ekor",
    "bibit",
    "batang",
    "lembar",
    "unit",
    "buah",
    "karung",
    "sak",
];
