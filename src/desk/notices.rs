//! What an operator writes to its card: that it runs out, may be blocked, must be registered anew, or has too little credit.
//!
//! Pure, and wary: most of what services write is advertising, and a name in place of a number can be anybody's. What is found
//! here is a warning to a person and nothing else. Only texts of services are ever read like this, never a citizen's.

use chrono::NaiveDate;

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// Its active period ends, or has ended and only the grace period is left.
    Expires,
    /// It is or will be blocked.
    Blocked,
    /// It must be registered anew.
    Register,
    /// How long it is valid: good news, such as after a top-up.
    Valid,
    /// Its credit was not enough for something.
    NoCredit,
}

impl Matter {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Expires, Self::Blocked, Self::Register, Self::Valid, Self::NoCredit];

    /// The token that the database and scripts know it by.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Expires => "expires",
            Self::Blocked => "blocked",
            Self::Register => "register",
            Self::Valid => "valid",
            Self::NoCredit => "no-credit",
        }
    }

    /// Inverse of [`token`](Self::token).
    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matter| matter.token() == token)
    }

    /// Whether it is about credit; else about validity. Of each the last word counts.
    pub const fn is_of_credit(self) -> bool {
        matches!(self, Self::NoCredit)
    }
}

/// What an operator wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// What about.
    pub matter: Matter,
    /// The day that it names.
    pub until: Option<NaiveDate>,
}

/// A text with one of these is about something else than the card in the modem: a code, a licence, an insurance.
const ELSEWHERE: &[&str] = &[
    "otp",
    "verifikasi",
    "verification",
    "rahasia",
    "rahasiakan",
    "password",
    "sandi",
    "login",
    "whatsapp",
    "bpjs",
    "stnk",
    "samsat",
    "polis",
    "asuransi",
    "vaksin",
    "paspor",
];

/// Beside the word for a card these make another one of it. Alone they say nothing: one tops up at a bank, too.
const OTHER_CARDS: &[&str] = &[
    "kredit", "credit", "debit", "atm", "bank", "kis", "prakerja", "flazz", "brizzi", "etoll",
    "visa", "keluarga", "pelajar", "anggota", "member", "rekening", "antrian", "resi",
];

/// Whose balance is none of the card's.
const PURSES: &[&str] = &["bank", "wallet", "transfer", "gopay", "ovo", "dana", "shopeepay"];

/// What else runs out and is offered: words near the phrase that make it no matter of the card.
const OFFERS: &[&str] = &[
    "paket",
    "package",
    "kuota",
    "quota",
    "internet",
    "bonus",
    "poin",
    "point",
    "points",
    "voucher",
    "promo",
    "diskon",
    "cashback",
    "gb",
    "langganan",
    "berlangganan",
    "nsp",
    "rbt",
    "undian",
    "hadiah",
    "roaming",
    "pinjaman",
];

/// A bill has a time of grace too.
const BILLS: &[&str] =
    &["tagihan", "cicilan", "angsuran", "pinjaman", "pajak", "pembayaran", "invoice"];

const CARDS: &[&str] =
    &["kartu", "nomor", "nomer", "nmr", "simcard", "kartuhalo", "card", "number"];
const ENDS: &[&str] = &[
    "berakhir",
    "habis",
    "hangus",
    "kadaluarsa",
    "kadaluwarsa",
    "kedaluwarsa",
    "expired",
    "expire",
    "expires",
    "ends",
    "end",
];
const EXPIRES: &[&str] = &["expire", "expires", "expired", "expiring"];
const BLOCKS: &[&str] = &[
    "hangus",
    "dihanguskan",
    "terblokir",
    "diblokir",
    "diblok",
    "dinonaktifkan",
    "dimatikan",
    "blocked",
    "deactivated",
    "terminated",
    "suspended",
    "disconnected",
];
const NOT: &[&str] =
    &["tidak", "tdk", "tak", "gak", "ga", "nggak", "ngga", "belum", "blm", "kurang", "not", "isn"];
const ENOUGH: &[&str] = &["cukup", "mencukupi", "enough", "sufficient"];
const IF: &[&str] = &["bila", "jika", "kalau", "apabila", "saat", "ketika", "if", "when"];
const URGES: &[&str] = &["segera", "perpanjang", "memperpanjang", "sebelum", "immediately"];
const DONE: &[&str] = &["berhasil", "sukses", "terdaftar", "diterima", "successful", "success"];
const ASKS: &[&str] = &[
    "segera",
    "harap",
    "wajib",
    "mohon",
    "sebelum",
    "lakukan",
    "lakukanlah",
    "batas",
    "please",
    "must",
];

/// Reads the text of a service: at most one word about validity and one about credit.
pub fn read(text: &str) -> Vec<Notice> {
    let text = Text::of(text);
    if text.any(0..text.words.len(), ELSEWHERE) {
        return Vec::new();
    }
    let validity = text.expires().or_else(|| text.blocked()).or_else(|| text.register());
    let credit = text.lacks_credit().then_some(Notice { matter: Matter::NoCredit, until: None });
    validity.or_else(|| text.valid()).into_iter().chain(credit).collect()
}

/// The words of a text in small letters.
struct Text {
    words: Vec<Word>,
    dates: Vec<(usize, NaiveDate)>,
}

struct Word {
    text: String,
    /// Where it begins, in octets.
    at: usize,
    /// A question mark comes before the next word.
    asks: bool,
}

impl Text {
    fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        for (at, sign) in lower.char_indices() {
            let joins = sign.is_alphanumeric();
            match words.last_mut() {
                Some(last) if joins && open => last.text.push(sign),
                _ if joins => words.push(Word { text: sign.to_string(), at, asks: false }),
                Some(last) if sign == '?' => last.asks = true,
                Some(_) | None => {}
            }
            open = joins;
        }
        Self { words, dates: dates(&lower) }
    }

    fn is(&self, index: usize, choice: &[&str]) -> bool {
        self.words.get(index).is_some_and(|word| choice.contains(&word.text.as_str()))
    }

    /// The first place in a span with one of these words.
    fn first(&self, span: std::ops::Range<usize>, choice: &[&str]) -> Option<usize> {
        span.into_iter()
            .take_while(|index| *index < self.words.len())
            .find(|index| self.is(*index, choice))
    }

    fn any(&self, span: std::ops::Range<usize>, choice: &[&str]) -> bool {
        self.first(span, choice).is_some()
    }

    /// Places where these two words stand together.
    fn pairs(&self, pair: (&'static str, &'static str)) -> impl Iterator<Item = usize> {
        (0..self.words.len())
            .filter(move |index| self.is(*index, &[pair.0]) && self.is(index + 1, &[pair.1]))
    }

    /// Whether the card in a modem, or its number, is named here.
    fn is_card(&self, index: usize) -> bool {
        let before = index.checked_sub(1).is_some_and(|before| self.is(before, OTHER_CARDS));
        self.is(index, CARDS) && !before && !self.is(index + 1, OTHER_CARDS)
    }

    /// Whether an offer stands shortly before `from`, or from there to `to`.
    fn offers(&self, from: usize, to: usize) -> bool {
        const BEFORE: usize = 5;
        self.any(from.saturating_sub(BEFORE)..to + 1, OFFERS)
    }

    /// The first day that is named behind this place, else the first one.
    fn notice(&self, matter: Matter, from: usize) -> Notice {
        let at = self.words.get(from).map_or(0, |word| word.at);
        let behind = self.dates.iter().find(|(place, _)| *place >= at);
        Notice { matter, until: behind.or(self.dates.first()).map(|(_, day)| *day) }
    }

    /// `masa aktif … berakhir`, `masa tenggang`, `card … will expire`.
    fn expires(&self) -> Option<Notice> {
        /// Words between a period and its end: the number and the operator's name may stand there.
        const REACH: usize = 14;
        let period =
            [("masa", "aktif"), ("active", "period")].into_iter().flat_map(|pair| self.pairs(pair));
        let of_card = self
            .pairs(("masa", "berlaku"))
            .filter(|at| (*at..at + 5).any(|near| self.is_card(near)));
        let ended = period.chain(of_card).find(|at| {
            self.first(at + 2..at + REACH, ENDS).is_some_and(|end| !self.offers(*at, end))
        });
        let urged = || {
            let urges =
                self.any(0..self.words.len(), URGES) && !self.any(0..self.words.len(), DONE);
            self.dated_period().filter(|_| urges)
        };
        let grace = || {
            [("masa", "tenggang"), ("grace", "period")]
                .into_iter()
                .flat_map(|pair| self.pairs(pair))
                .find(|at| !self.any(0..self.words.len(), BILLS) && !self.offers(*at, at + 1))
        };
        let card = || self.near(EXPIRES);
        let at = ended.or_else(urged).or_else(grace).or_else(card)?;
        Some(self.notice(Matter::Expires, at))
    }

    /// `nomor Anda akan diblokir`.
    fn blocked(&self) -> Option<Notice> {
        self.near(BLOCKS).map(|at| self.notice(Matter::Blocked, at))
    }

    /// A card, and what becomes of it shortly behind.
    fn near(&self, fate: &[&str]) -> Option<usize> {
        const REACH: usize = 8;
        (0..self.words.len()).filter(|at| self.is_card(*at)).find(|at| {
            self.first(at + 1..at + REACH, fate).is_some_and(|end| {
                let asked =
                    self.words.get(*at..=end).is_some_and(|span| span.iter().any(|word| word.asks));
                !asked && !self.offers(*at, end)
            })
        })
    }

    /// `registrasi ulang kartu prabayar`.
    fn register(&self) -> Option<Notice> {
        let all = || 0..self.words.len();
        let at = [
            ("registrasi", "ulang"),
            ("daftar", "ulang"),
            ("re", "registrasi"),
            ("re", "register"),
        ]
        .into_iter()
        .flat_map(|pair| self.pairs(pair))
        .find(|at| {
            self.any(at.saturating_sub(6)..at + 8, &[CARDS, &["prabayar", "prepaid"]].concat())
        })?;
        let asks = self.any(all(), ASKS) && !self.any(all(), DONE);
        asks.then(|| self.notice(Matter::Register, at))
    }

    /// `masa aktif kartu s/d 31/12/2026`.
    fn valid(&self) -> Option<Notice> {
        let about_card =
            self.any(0..self.words.len(), CARDS) || self.any(0..self.words.len(), DONE);
        self.dated_period().filter(|_| about_card).map(|at| self.notice(Matter::Valid, at))
    }

    /// An active period of no offer that has a day shortly behind it.
    fn dated_period(&self) -> Option<usize> {
        const REACH: usize = 10;
        let starts =
            [("masa", "aktif"), ("active", "period")].into_iter().flat_map(|pair| self.pairs(pair));
        starts.into_iter().find(|at| {
            let span = |index: usize| self.words.get(index).map_or(usize::MAX, |word| word.at);
            let dated =
                self.dates.iter().any(|(day, _)| (span(*at)..span(at + REACH)).contains(day));
            dated && !self.offers(*at, at + REACH)
        })
    }

    /// `pulsa Anda tidak cukup`, and not in a question or under a condition, as advertising likes it.
    fn lacks_credit(&self) -> bool {
        const REACH: usize = 7;
        (0..self.words.len()).filter(|at| self.is(*at, &["pulsa", "credit", "balance"])).any(|at| {
            let purse =
                !self.is(at, &["pulsa"]) && self.any(at.saturating_sub(4)..at + REACH, PURSES);
            if purse || self.any(at.saturating_sub(4)..at, IF) {
                return false;
            }
            let short = self
                .first(at + 1..at + REACH, NOT)
                .and_then(|not| self.first(not + 1..not + 3, ENOUGH));
            let gone = || self.first(at + 1..at + 5, &["habis", "insufficient"]);
            let before = || self.any(at.saturating_sub(3)..at, &["insufficient"]).then_some(at);
            let end = short.or_else(gone).or_else(before);
            end.is_some_and(|end| {
                !self.words.get(at..=end).is_some_and(|span| span.iter().any(|word| word.asks))
            })
        })
    }
}

/// Every day that a text in small letters names, and where: 31/12/2026, 31-12-26, 31.12.2026, 2026-12-31, 31 des 2026.
fn dates(lower: &str) -> Vec<(usize, NaiveDate)> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, sign) in lower.char_indices() {
        if sign.is_ascii_digit()
            && !before.is_alphanumeric()
            && let Some(day) = lower.get(at..).and_then(date)
        {
            found.push((at, day));
        }
        before = sign;
    }
    found
}

/// The day at the beginning of a text.
fn date(text: &str) -> Option<NaiveDate> {
    let (first, rest) = digits(text, 4)?;
    let (gap, rest) = separator(rest);
    let letters = rest.find(|sign: char| !sign.is_ascii_lowercase()).unwrap_or(rest.len());
    let (month, rest) = if letters > 0 {
        let (name, rest) = rest.split_at_checked(letters)?;
        (month(name)?, rest)
    } else {
        // Figures with nothing or a space between them are no day.
        gap.filter(|gap| *gap != ' ')?;
        let (figures, rest) = digits(rest, 2)?;
        (figures.parse().ok()?, rest)
    };
    let (second_gap, rest) = separator(rest);
    if letters == 0 && second_gap != gap {
        return None;
    }
    let (last, rest) = digits(rest, 4)?;
    if rest.starts_with(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let (year, day) = match (first.len(), last.len()) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 2 | 4) => (last, first),
        _ => return None,
    };
    let century = if year.len() == 2 { 2000 } else { 0 };
    let year = century + year.parse::<i32>().ok()?;
    // Anything else is a number that looks like a day.
    (2020..2100).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day.parse().ok()?))?
}

/// Up to so many digits.
fn digits(text: &str, max: usize) -> Option<(&str, &str)> {
    let end = text.bytes().take(max).take_while(u8::is_ascii_digit).count();
    if end == 0 { None } else { text.split_at_checked(end) }
}

fn separator(text: &str) -> (Option<char>, &str) {
    let first = text.chars().next().filter(|sign| matches!(sign, '/' | '-' | '.' | ' '));
    match first {
        Some(sign) => (first, text.get(sign.len_utf8()..).unwrap_or_default()),
        None => (None, text),
    }
}

/// A month by its first letters, Indonesian or English.
fn month(name: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["jan"],
        &["feb", "peb"],
        &["mar"],
        &["apr"],
        &["mei", "may"],
        &["jun"],
        &["jul"],
        &["agu", "agt", "ags", "aug"],
        &["sep"],
        &["okt", "oct"],
        &["nov", "nop"],
        &["des", "dec"],
    ];
    let place =
        MONTHS.iter().position(|names| names.iter().any(|short| name.starts_with(short)))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<(Matter, Option<String>)> {
        match read(text).as_slice() {
            [] => None,
            [notice] => Some((notice.matter, notice.until.map(|day| day.to_string()))),
            more => panic!("{text}: {more:?}"),
        }
    }

    #[test]
    fn what_operators_write_before_a_card_runs_out_is_found() {
        use Matter::{Blocked, Expires, Register};
        let last = Some("2026-12-31");
        for (text, matter, until) in [
            (
                "Masa aktif kartu Anda akan berakhir pada 31/12/2026. Segera isi ulang pulsa.",
                Expires,
                last,
            ),
            (
                "Plg Yth, masa aktif nomor 081100000001 akan habis tgl 31-12-2026. Yuk isi ulang!",
                Expires,
                last,
            ),
            (
                "Masa aktif nomor XL kamu 0817000001 akan habis 31 Des 2026. Isi ulang di myXL",
                Expires,
                last,
            ),
            (
                "Masa aktif kartu Smartfren Anda s/d 2026-12-31. Segera isi ulang utk perpanjang.",
                Expires,
                last,
            ),
            ("Hai, masa aktif kartu 3 kamu habis hari ini, segera isi ulang ya", Expires, None),
            (
                "Kartu Anda telah memasuki masa tenggang s/d 31.12.2026, lakukan isi ulang",
                Expires,
                last,
            ),
            (
                "Dear customer, your card will expire on 31 December 2026. Please top up.",
                Expires,
                last,
            ),
            ("Your AXIS number expires 31/12/26", Expires, last),
            (
                "Masa aktif kartu Anda habis 31/12/2026. Isi ulang di ATM bank BRI, BCA dan Indomaret",
                Expires,
                last,
            ),
            ("Your active period ends 31-Dec-2026, top up to keep your number", Expires, last),
            ("Segera isi ulang agar nomor Anda tidak hangus pada 31/12/2026", Blocked, last),
            ("Kartu IM3 Anda akan terblokir. Isi ulang sebelum 31Des2026.", Blocked, last),
            ("Nomor Anda akan dinonaktifkan tgl 31/12/2026", Blocked, last),
            ("Tagihan kartuHalo belum kami terima. Nomor Anda akan diblokir.", Blocked, None),
            (
                "Segera lakukan registrasi ulang kartu prabayar Anda sebelum 31/12/2026",
                Register,
                last,
            ),
            (
                "Pelanggan wajib registrasi ulang nomor prabayar dengan NIK dan No KK",
                Register,
                None,
            ),
        ] {
            assert_eq!(one(text), Some((matter, until.map(str::to_owned))), "{text}");
        }
    }

    #[test]
    fn what_operators_write_for_want_of_credit_is_found() {
        for text in [
            "Maaf, pulsa Anda tidak cukup untuk melakukan panggilan ini. Segera isi ulang.",
            "Pulsa kamu tdk mencukupi utk perpanjangan paket",
            "Perpanjangan paket gagal karena pulsa Anda tidak mencukupi",
            "Pulsa utama Anda sudah habis",
            "Your balance is not enough for this service",
            "Insufficient balance. Please top up.",
            "Your credit is insufficient",
        ] {
            assert_eq!(one(text), Some((Matter::NoCredit, None)), "{text}");
        }
    }

    #[test]
    fn a_top_up_says_how_long_a_card_is_valid() {
        for text in [
            "Isi ulang Rp50.000 berhasil. Masa aktif s/d 31/12/2027.",
            "Terima kasih, masa aktif kartu Anda sampai 31 Desember 2027",
        ] {
            assert_eq!(one(text), Some((Matter::Valid, Some("2027-12-31".to_owned()))), "{text}");
        }
        let both = read("Pulsa Anda tidak cukup. Masa aktif kartu s.d. 31/12/2027");
        assert_eq!(
            both.iter().map(|notice| notice.matter).collect::<Vec<_>>(),
            [Matter::Valid, Matter::NoCredit]
        );
    }

    #[test]
    fn advertising_codes_banks_and_missed_calls_are_none_of_it() {
        for text in [
            "",
            "Kode OTP Anda 123456, berlaku 5 menit. JANGAN BERIKAN ke siapa pun.",
            "Your verification code for number +62811 expires in 5 minutes",
            "Kode registrasi ulang WhatsApp nomor Anda: 123-456. Segera masukkan.",
            "Paket Internet 10GB Anda akan berakhir 30/11/2026. Perpanjang di MyTelkomsel.",
            "Masa aktif paket OMG! kartu Anda akan habis besok. Segera isi ulang",
            "Kuota Anda hampir habis, masa aktif kuota berakhir 30/11/2026",
            "Promo! Paket 15GB Rp50rb masa aktif 30 hari s.d. 31/12/2026. Beli di *363#",
            "Isi ulang sekarang, dapatkan bonus 5GB! Segera isi ulang sebelum 30/11/2026",
            "Masa aktif bonus nelpon s/d 30/11/2026, gunakan segera",
            "Pulsa tidak cukup? Pinjam Paket Darurat di *911#",
            "Jika pulsa tidak cukup, hubungi *888#",
            "Kehabisan pulsa? Isi ulang di Indomaret, ada cashback",
            "Poin Anda di kartu akan hangus? Tukar sekarang",
            "Poin kartu Anda akan hangus 31/12/2026, tukar dengan voucher",
            "Kartu ATM Anda akan diblokir. Hubungi kami",
            "Kartu kredit Anda akan habis masa berlakunya 12/2026",
            "SIM Anda akan berakhir 31/12/2026, perpanjang di Satpas",
            "Tagihan Anda dalam masa tenggang pembayaran sampai 31/12/2026",
            "Nomor yang Anda hubungi sedang tidak aktif. Anda menerima 2 panggilan",
            "Nomor 0811000001 sudah aktif dan dapat dihubungi, 24/11/2026 10:15",
            "Registrasi ulang kartu prabayar Anda berhasil. Terima kasih.",
            "Daftar ulang siswa baru 1/12/2026 di sekolah, harap membawa rapor",
            "Saldo rekening tidak mencukupi untuk transfer",
            "Your bank balance is not enough",
            "Kartu keluarga Anda akan diblokir bila data tidak cocok",
            "Gempa mag 5.2 di 24/11/2026 10:15 WIB. Info BMKG",
            "Pemakaian internet Anda Rp 12.500. Sisa pulsa Rp 25.000",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them_and_nothing_else_is_a_day() {
        let read = |text: &str| dates(&text.to_lowercase()).first().map(|(_, day)| day.to_string());
        for text in [
            "31/12/2026",
            "31-12-2026",
            "31.12.2026",
            "31/12/26",
            "2026-12-31",
            "2026/12/31",
            "31 Des 2026",
            "31 desember 2026",
            "31-Dec-26",
            "31Des2026",
            "tgl:31/12/2026.",
        ] {
            assert_eq!(read(text), Some("2026-12-31".to_owned()), "{text}");
        }
        for text in [
            "12.30-13.00",
            "0812-3456-7890",
            "31/13/2026",
            "30/02/2027",
            "10 12 2026",
            "31122026",
            "Rp12.500.000",
            "31/12/1926",
            "31-12.2026",
            "a31/12/2026",
            "31/12/20267",
            "5 menit 20",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(masa aktif|kartu|habis|[0-9]{1,4}|[-/. ?]|des|\\PC){0,40}") {
            let _ = super::read(&text);
        }
    }
}
