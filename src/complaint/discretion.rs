//! Words of discretion: a citizen's plea to be kept secret, and what no SMS of the office asks for. In the notation of
//! [`lexicon`](super::lexicon).

/// Words that stand for one another in [`SECRET`], by the name that they have there behind a `$`.
pub(super) const SETS: &[(&str, &str)] = &[
    (
        "disclose",
        "sebut*|nyebut*|menyebut*|disebut*|sebar*|menyebar*|disebar*|bocor*|membocor*|dibocor*|ungkap*|diungkap*|publik*|dipublik*|umumkan|diumumkan|cantum*|dicantum*",
    ),
    (
        "tell",
        "kasih*|dikasih*|kasi*|beri|berikan|beritahu*|diberi|diberikan|diberitahu*|bilang*|dibilang*",
    ),
    ("dont", "jangan|janganlah|usah|gausah|ojo|ulah"),
    ("identity", "nama*|jeneng*|nami|identitas*|nomor*|nomer*|no|nope|hp"),
    ("own", "saya|sy|kami|aku|pelapor|pengirim"),
    ("report", "lapor*|melapor*|ngelapor*|nglapor*|pelapor*|ngadu*|mengadu*|pengadu*|sms"),
    ("unwilling", "mau|ingin|bersedia|berkenan"),
];

/// "Please keep my name secret." What is common knowledge ("sudah rahasia umum") is no plea.
pub(super) const SECRET: &[&str] = &[
    "rahasiakan*",
    "rahasiain*",
    "dirahasia*",
    "merahasiakan",
    "mohon|tolong|harap|minta|jaga|dijaga rahasia*",
    "rahasia nama*|identitas*|nomor*|no|pelapor",
    "rahasia ya",
    "nama*|identitas*|nomor*|no saya|kami|pelapor _ rahasia",
    "namaku|identitas*|pelapor _ rahasia",
    "mohon|tolong|minta|jaga|dijaga|jamin|dijamin kerahasiaannya",
    "kerahasiaan* _ nama*|identitas*|nomor*|no|pelapor*|saya|kami",
    "nama*|identitas*|nomor*|pelapor*|saya|kami _ kerahasiaan*",
    "$dont _ $disclose _ $identity|pelapor*|pengadu*|pengirim*",
    "$dont _ $tell _ $identity",
    "$dont _ tulis*|ditulis*|tampil*|ditampil*|bawa*|dibawa*|libatkan|dilibatkan _ $identity _ $own",
    "nama*|identitas*|nomor*|nomer*|no|hp $dont $disclose|$tell|ditulis*|ditampil*|dibawa*",
    "$identity _ $own _ $dont _ $disclose",
    "$identity _ $own _ $dont _ $tell tahu|ke|kepada|pada|orang|siapa*",
    "namaku|identitasku|nomorku|nomerku|jenengku _ $dont _ $disclose|$tell",
    "$dont sampai nama*|identitas* _ $disclose|ketahuan|diketahui|tersebar|muncul|terungkap",
    "$dont _ $identity _ $own _ $disclose|ketahuan|diketahui|tersebar|muncul|terungkap",
    "$dont _ $disclose|$tell _ siapa* _ $report|saya|pengirim*",
    "$dont _ $disclose|$tell _ saya|kami|aku yang $report",
    "$dont _ $disclose|$tell _ saya|kami|aku pelapor*|pengadu*",
    "$dont _ $disclose|$tell _ dari saya|kami|aku",
    "$dont _ tahu|ketahuan|diketahui _ siapa*|saya|kami|aku|yang _ $report",
    "jangan sampai|smp|sampe ketahuan",
    "tidak mau|ingin ketahuan|diketahui|dikenal",
    "tidak $unwilling _ $disclose _ nama*|identitas*",
    "tidak $unwilling _ nama*|identitas* _ $disclose",
    "keberatan _ nama*|identitas* _ $disclose",
    "tanpa nama",
    "tanpa _ sebut*|menyebut*|disebut*|nyebut*|mencantum*|cantum* _ nama*|identitas*",
    "anonim*",
    "anonym*",
    "samarkan|disamarkan|sembunyi*|disembunyi*|umpetin|diumpetin|tutupi|ditutupi|lindungi|dilindungi _ nama*|identitas*|pelapor*",
    "sembunyi*|disembunyi*|lindungi|dilindungi _ nomor*|nomer*|no|hp _ saya|kami|aku|pelapor",
    "nama*|identitas*|nomor*|no _ $own _ disamarkan|disembunyi*|diumpetin|ditutupi|dilindungi|diamankan|dijaga",
    "identitas* _ disamarkan|disembunyi*|ditutupi|dilindungi|diamankan|dijaga",
    "jaga|lindungi identitas*",
    "takut _ ketahuan",
];

/// What the office never asks for by SMS (procedure.md 12.1 and 13), by how the socket calls it. Also in the words of officers.
pub(super) const NEVER_BY_SMS: &[(&str, &[&str])] = &[
    (
        "nik",
        &[
            "nik",
            "niknya",
            "nomor|nomer|no ktp|ktpnya|ektp|induk",
            "nomor|nomer|no e ktp",
            "16|enambelas angka|digit",
            "enam belas angka|digit",
            "kirim*|balas*|lampirkan|sebutkan|tuliskan ktp",
        ],
    ),
    (
        "kk",
        &[
            "nomor|nomer|no kk|kknya",
            "nomor|nomer|no kartu keluarga",
            "kirim*|balas*|lampirkan|sebutkan|tuliskan kk",
        ],
    ),
    ("otp", &["otp", "otpnya", "kode verifikasi|aktivasi|rahasia|login"]),
    ("pin", &["pin", "pinnya"]),
    ("password", &["password", "passwordnya", "pasword", "paswod", "sandi", "sandinya"]),
    (
        "transfer",
        &[
            "transfer",
            "mentransfer",
            "transferkan",
            "tf",
            "nomor|nomer|no rekening|rek",
            "kirim|kirimkan _ uang|pulsa",
        ],
    ),
];
