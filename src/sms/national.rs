//! National language shift tables (3GPP TS 23.038 annex A): Turkish, Spanish, Portuguese, ten of India, Urdu.
//!
//! A locking table takes the place of the whole default alphabet, a single shift table that of the extension table.
//! Three misprints of the standard's pages are put right, as Android does: 2C of the Indian tables is a comma,
//! Kannada 24 is the letter DDA, and Telugu has its euro sign.

use std::sync::LazyLock;

/// A place for each septet; a space stands where the standard assigns nothing.
pub(super) type Table = [char; 128];

/// A language with tables of its own, numbered as the standard does (§6.2.1.2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named after what it is")]
pub enum Language {
    Turkish = 1,
    Spanish = 2,
    Portuguese = 3,
    Bengali = 4,
    Gujarati = 5,
    Hindi = 6,
    Kannada = 7,
    Malayalam = 8,
    Oriya = 9,
    Punjabi = 10,
    Tamil = 11,
    Telugu = 12,
    Urdu = 13,
}

impl Language {
    /// All of them with their English names, in the order of the standard.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::Turkish, "turkish"),
        (Self::Spanish, "spanish"),
        (Self::Portuguese, "portuguese"),
        (Self::Bengali, "bengali"),
        (Self::Gujarati, "gujarati"),
        (Self::Hindi, "hindi"),
        (Self::Kannada, "kannada"),
        (Self::Malayalam, "malayalam"),
        (Self::Oriya, "oriya"),
        (Self::Punjabi, "punjabi"),
        (Self::Tamil, "tamil"),
        (Self::Telugu, "telugu"),
        (Self::Urdu, "urdu"),
    ];

    /// The national language identifier.
    pub const fn id(self) -> u8 {
        self as u8
    }

    /// The language of a national language identifier.
    pub fn from_id(id: u8) -> Option<Self> {
        Self::ALL.iter().find(|(language, _)| language.id() == id).map(|(language, _)| *language)
    }

    /// The language of an English name in small letters.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(language, _)| *language)
    }
}

/// The eight rows of a table, sixteen signs each.
type Rows = [&'static str; 8];

/// The locking shift table of a national language identifier, if it has one (Spanish has none).
pub(super) fn locking(language: u8) -> Option<&'static Table> {
    static TABLES: LazyLock<Vec<(u8, Table)>> = LazyLock::new(|| LOCKING.map(laid_out).to_vec());
    find(&TABLES, language)
}

/// The single shift table of a national language identifier.
pub(super) fn single(language: u8) -> Option<&'static Table> {
    static TABLES: LazyLock<Vec<(u8, Table)>> = LazyLock::new(|| SINGLE.map(laid_out).to_vec());
    find(&TABLES, language)
}

/// Inverse of [`single`]: the septet behind the escape, where the table has the character.
pub(super) fn code_behind_escape(language: Language, character: char) -> Option<u8> {
    let place = single(language.id())?.iter().position(|sign| *sign == character)?;
    u8::try_from(place).ok()
}

fn find(tables: &'static [(u8, Table)], language: u8) -> Option<&'static Table> {
    tables.iter().find(|(identifier, _)| *identifier == language).map(|(_, table)| table)
}

fn laid_out((language, rows): (u8, Rows)) -> (u8, Table) {
    let mut table = [' '; 128];
    for (place, sign) in table.iter_mut().zip(rows.iter().flat_map(|row| row.chars())) {
        *place = sign;
    }
    (language, table)
}

/// Annex A.3.
const LOCKING: [(u8, Rows); 12] = [
    // Turkish, A.3.1
    (
        1,
        [
            "@£$¥€éùıòÇ\nĞğ\rÅå",
            "Δ_ΦΓΛΩΠΨΣΘΞ ŞşßÉ",
            " !\"#¤%&'()*+,-./",
            "0123456789:;<=>?",
            "İABCDEFGHIJKLMNO",
            "PQRSTUVWXYZÄÖÑÜ§",
            "çabcdefghijklmno",
            "pqrstuvwxyzäöñüà",
        ],
    ),
    // Portuguese, A.3.3
    (
        3,
        [
            "@£$¥êéúíóç\nÔô\rÁá",
            "Δ_ªÇÀ∞^\\€Ó| ÂâÊÉ",
            " !\"#º%&'()*+,-./",
            "0123456789:;<=>?",
            "ÍABCDEFGHIJKLMNO",
            "PQRSTUVWXYZÃÕÚÜ§",
            "~abcdefghijklmno",
            "pqrstuvwxyzãõ`üà",
        ],
    ),
    // Bengali, A.3.4
    (
        4,
        [
            "\u{981}\u{982}\u{983}\u{985}\u{986}\u{987}\u{988}\u{989}\u{98a}\u{98b}\n\u{98c} \r \u{98f}",
            "\u{990}  \u{993}\u{994}\u{995}\u{996}\u{997}\u{998}\u{999}\u{99a} \u{99b}\u{99c}\u{99d}\u{99e}",
            " !\u{99f}\u{9a0}\u{9a1}\u{9a2}\u{9a3}\u{9a4})(\u{9a5}\u{9a6},\u{9a7}.\u{9a8}",
            "0123456789:; \u{9aa}\u{9ab}?",
            "\u{9ac}\u{9ad}\u{9ae}\u{9af}\u{9b0} \u{9b2}   \u{9b6}\u{9b7}\u{9b8}\u{9b9}\u{9bc}\u{9bd}",
            "\u{9be}\u{9bf}\u{9c0}\u{9c1}\u{9c2}\u{9c3}\u{9c4}  \u{9c7}\u{9c8}  \u{9cb}\u{9cc}\u{9cd}",
            "\u{9ce}abcdefghijklmno",
            "pqrstuvwxyz\u{9d7}\u{9dc}\u{9dd}\u{9f0}\u{9f1}",
        ],
    ),
    // Gujarati, A.3.5
    (
        5,
        [
            "\u{a81}\u{a82}\u{a83}\u{a85}\u{a86}\u{a87}\u{a88}\u{a89}\u{a8a}\u{a8b}\n\u{a8c}\u{a8d}\r \u{a8f}",
            "\u{a90}\u{a91} \u{a93}\u{a94}\u{a95}\u{a96}\u{a97}\u{a98}\u{a99}\u{a9a} \u{a9b}\u{a9c}\u{a9d}\u{a9e}",
            " !\u{a9f}\u{aa0}\u{aa1}\u{aa2}\u{aa3}\u{aa4})(\u{aa5}\u{aa6},\u{aa7}.\u{aa8}",
            "0123456789:; \u{aaa}\u{aab}?",
            "\u{aac}\u{aad}\u{aae}\u{aaf}\u{ab0} \u{ab2}\u{ab3} \u{ab5}\u{ab6}\u{ab7}\u{ab8}\u{ab9}\u{abc}\u{abd}",
            "\u{abe}\u{abf}\u{ac0}\u{ac1}\u{ac2}\u{ac3}\u{ac4}\u{ac5} \u{ac7}\u{ac8}\u{ac9} \u{acb}\u{acc}\u{acd}",
            "\u{ad0}abcdefghijklmno",
            "pqrstuvwxyz\u{ae0}\u{ae1}\u{ae2}\u{ae3}\u{af1}",
        ],
    ),
    // Hindi, A.3.6
    (
        6,
        [
            "\u{901}\u{902}\u{903}\u{905}\u{906}\u{907}\u{908}\u{909}\u{90a}\u{90b}\n\u{90c}\u{90d}\r\u{90e}\u{90f}",
            "\u{910}\u{911}\u{912}\u{913}\u{914}\u{915}\u{916}\u{917}\u{918}\u{919}\u{91a} \u{91b}\u{91c}\u{91d}\u{91e}",
            " !\u{91f}\u{920}\u{921}\u{922}\u{923}\u{924})(\u{925}\u{926},\u{927}.\u{928}",
            "0123456789:;\u{929}\u{92a}\u{92b}?",
            "\u{92c}\u{92d}\u{92e}\u{92f}\u{930}\u{931}\u{932}\u{933}\u{934}\u{935}\u{936}\u{937}\u{938}\u{939}\u{93c}\u{93d}",
            "\u{93e}\u{93f}\u{940}\u{941}\u{942}\u{943}\u{944}\u{945}\u{946}\u{947}\u{948}\u{949}\u{94a}\u{94b}\u{94c}\u{94d}",
            "\u{950}abcdefghijklmno",
            "pqrstuvwxyz\u{972}\u{97b}\u{97c}\u{97e}\u{97f}",
        ],
    ),
    // Kannada, A.3.7
    (
        7,
        [
            " \u{c82}\u{c83}\u{c85}\u{c86}\u{c87}\u{c88}\u{c89}\u{c8a}\u{c8b}\n\u{c8c} \r\u{c8e}\u{c8f}",
            "\u{c90} \u{c92}\u{c93}\u{c94}\u{c95}\u{c96}\u{c97}\u{c98}\u{c99}\u{c9a} \u{c9b}\u{c9c}\u{c9d}\u{c9e}",
            " !\u{c9f}\u{ca0}\u{ca1}\u{ca2}\u{ca3}\u{ca4})(\u{ca5}\u{ca6},\u{ca7}.\u{ca8}",
            "0123456789:; \u{caa}\u{cab}?",
            "\u{cac}\u{cad}\u{cae}\u{caf}\u{cb0}\u{cb1}\u{cb2}\u{cb3} \u{cb5}\u{cb6}\u{cb7}\u{cb8}\u{cb9}\u{cbc}\u{cbd}",
            "\u{cbe}\u{cbf}\u{cc0}\u{cc1}\u{cc2}\u{cc3}\u{cc4} \u{cc6}\u{cc7}\u{cc8} \u{cca}\u{ccb}\u{ccc}\u{ccd}",
            "\u{cd5}abcdefghijklmno",
            "pqrstuvwxyz\u{cd6}\u{ce0}\u{ce1}\u{ce2}\u{ce3}",
        ],
    ),
    // Malayalam, A.3.8
    (
        8,
        [
            " \u{d02}\u{d03}\u{d05}\u{d06}\u{d07}\u{d08}\u{d09}\u{d0a}\u{d0b}\n\u{d0c} \r\u{d0e}\u{d0f}",
            "\u{d10} \u{d12}\u{d13}\u{d14}\u{d15}\u{d16}\u{d17}\u{d18}\u{d19}\u{d1a} \u{d1b}\u{d1c}\u{d1d}\u{d1e}",
            " !\u{d1f}\u{d20}\u{d21}\u{d22}\u{d23}\u{d24})(\u{d25}\u{d26},\u{d27}.\u{d28}",
            "0123456789:; \u{d2a}\u{d2b}?",
            "\u{d2c}\u{d2d}\u{d2e}\u{d2f}\u{d30}\u{d31}\u{d32}\u{d33}\u{d34}\u{d35}\u{d36}\u{d37}\u{d38}\u{d39} \u{d3d}",
            "\u{d3e}\u{d3f}\u{d40}\u{d41}\u{d42}\u{d43}\u{d44} \u{d46}\u{d47}\u{d48} \u{d4a}\u{d4b}\u{d4c}\u{d4d}",
            "\u{d57}abcdefghijklmno",
            "pqrstuvwxyz\u{d60}\u{d61}\u{d62}\u{d63}\u{d79}",
        ],
    ),
    // Oriya, A.3.9
    (
        9,
        [
            "\u{b01}\u{b02}\u{b03}\u{b05}\u{b06}\u{b07}\u{b08}\u{b09}\u{b0a}\u{b0b}\n\u{b0c} \r \u{b0f}",
            "\u{b10}  \u{b13}\u{b14}\u{b15}\u{b16}\u{b17}\u{b18}\u{b19}\u{b1a} \u{b1b}\u{b1c}\u{b1d}\u{b1e}",
            " !\u{b1f}\u{b20}\u{b21}\u{b22}\u{b23}\u{b24})(\u{b25}\u{b26},\u{b27}.\u{b28}",
            "0123456789:; \u{b2a}\u{b2b}?",
            "\u{b2c}\u{b2d}\u{b2e}\u{b2f}\u{b30} \u{b32}\u{b33} \u{b35}\u{b36}\u{b37}\u{b38}\u{b39}\u{b3c}\u{b3d}",
            "\u{b3e}\u{b3f}\u{b40}\u{b41}\u{b42}\u{b43}\u{b44}  \u{b47}\u{b48}  \u{b4b}\u{b4c}\u{b4d}",
            "\u{b56}abcdefghijklmno",
            "pqrstuvwxyz\u{b57}\u{b60}\u{b61}\u{b62}\u{b63}",
        ],
    ),
    // Punjabi, A.3.10
    (
        10,
        [
            "\u{a01}\u{a02}\u{a03}\u{a05}\u{a06}\u{a07}\u{a08}\u{a09}\u{a0a} \n  \r \u{a0f}",
            "\u{a10}  \u{a13}\u{a14}\u{a15}\u{a16}\u{a17}\u{a18}\u{a19}\u{a1a} \u{a1b}\u{a1c}\u{a1d}\u{a1e}",
            " !\u{a1f}\u{a20}\u{a21}\u{a22}\u{a23}\u{a24})(\u{a25}\u{a26},\u{a27}.\u{a28}",
            "0123456789:; \u{a2a}\u{a2b}?",
            "\u{a2c}\u{a2d}\u{a2e}\u{a2f}\u{a30} \u{a32}\u{a33} \u{a35}\u{a36} \u{a38}\u{a39}\u{a3c} ",
            "\u{a3e}\u{a3f}\u{a40}\u{a41}\u{a42}    \u{a47}\u{a48}  \u{a4b}\u{a4c}\u{a4d}",
            "\u{a51}abcdefghijklmno",
            "pqrstuvwxyz\u{a70}\u{a71}\u{a72}\u{a73}\u{a74}",
        ],
    ),
    // Tamil, A.3.11
    (
        11,
        [
            " \u{b82}\u{b83}\u{b85}\u{b86}\u{b87}\u{b88}\u{b89}\u{b8a} \n  \r\u{b8e}\u{b8f}",
            "\u{b90} \u{b92}\u{b93}\u{b94}\u{b95}   \u{b99}\u{b9a}  \u{b9c} \u{b9e}",
            " !\u{b9f}   \u{ba3}\u{ba4})(  , .\u{ba8}",
            "0123456789:;\u{ba9}\u{baa} ?",
            "  \u{bae}\u{baf}\u{bb0}\u{bb1}\u{bb2}\u{bb3}\u{bb4}\u{bb5}\u{bb6}\u{bb7}\u{bb8}\u{bb9}  ",
            "\u{bbe}\u{bbf}\u{bc0}\u{bc1}\u{bc2}   \u{bc6}\u{bc7}\u{bc8} \u{bca}\u{bcb}\u{bcc}\u{bcd}",
            "\u{bd0}abcdefghijklmno",
            "pqrstuvwxyz\u{bd7}\u{bf0}\u{bf1}\u{bf2}\u{bf9}",
        ],
    ),
    // Telugu, A.3.12
    (
        12,
        [
            "\u{c01}\u{c02}\u{c03}\u{c05}\u{c06}\u{c07}\u{c08}\u{c09}\u{c0a}\u{c0b}\n\u{c0c} \r\u{c0e}\u{c0f}",
            "\u{c10} \u{c12}\u{c13}\u{c14}\u{c15}\u{c16}\u{c17}\u{c18}\u{c19}\u{c1a} \u{c1b}\u{c1c}\u{c1d}\u{c1e}",
            " !\u{c1f}\u{c20}\u{c21}\u{c22}\u{c23}\u{c24})(\u{c25}\u{c26},\u{c27}.\u{c28}",
            "0123456789:; \u{c2a}\u{c2b}?",
            "\u{c2c}\u{c2d}\u{c2e}\u{c2f}\u{c30}\u{c31}\u{c32}\u{c33} \u{c35}\u{c36}\u{c37}\u{c38}\u{c39} \u{c3d}",
            "\u{c3e}\u{c3f}\u{c40}\u{c41}\u{c42}\u{c43}\u{c44} \u{c46}\u{c47}\u{c48} \u{c4a}\u{c4b}\u{c4c}\u{c4d}",
            "\u{c55}abcdefghijklmno",
            "pqrstuvwxyz\u{c56}\u{c60}\u{c61}\u{c62}\u{c63}",
        ],
    ),
    // Urdu, A.3.13
    (
        13,
        [
            "\u{627}\u{622}\u{628}\u{67b}\u{680}\u{67e}\u{6a6}\u{62a}\u{6c2}\u{67f}\n\u{679}\u{67d}\r\u{67a}\u{67c}",
            "\u{62b}\u{62c}\u{681}\u{684}\u{683}\u{685}\u{686}\u{687}\u{62d}\u{62e}\u{62f} \u{68c}\u{688}\u{689}\u{68a}",
            " !\u{68f}\u{68d}\u{630}\u{631}\u{691}\u{693})(\u{699}\u{632},\u{696}.\u{698}",
            "0123456789:;\u{69a}\u{633}\u{634}?",
            "\u{635}\u{636}\u{637}\u{638}\u{639}\u{641}\u{642}\u{6a9}\u{6aa}\u{6ab}\u{6af}\u{6b3}\u{6b1}\u{644}\u{645}\u{646}",
            "\u{6ba}\u{6bb}\u{6bc}\u{648}\u{6c4}\u{6d5}\u{6c1}\u{6be}\u{621}\u{6cc}\u{6d0}\u{6d2}\u{64d}\u{650}\u{64f}\u{657}",
            "\u{654}abcdefghijklmno",
            "pqrstuvwxyz\u{655}\u{651}\u{653}\u{656}\u{670}",
        ],
    ),
];

/// Annex A.2.
const SINGLE: [(u8, Rows); 13] = [
    // Turkish, A.2.1
    (
        1,
        [
            "          \u{c}     ",
            "    ^           ",
            "        {}     \\",
            "            [~] ",
            "|      Ğ İ      ",
            "   Ş            ",
            "   ç € ğ ı      ",
            "   ş            ",
        ],
    ),
    // Spanish, A.2.2
    (
        2,
        [
            "         ç\u{c}     ",
            "    ^           ",
            "        {}     \\",
            "            [~] ",
            "|Á       Í     Ó",
            "     Ú          ",
            " á   €   í     ó",
            "     ú          ",
        ],
    ),
    // Portuguese, A.2.3
    (
        3,
        [
            "     ê   ç\u{c}Ôô Áá",
            "  ΦΓ^ΩΠΨΣΘ     Ê",
            "        {}     \\",
            "            [~] ",
            "|À       Í     Ó",
            "     Ú     ÃÕ   ",
            " Â   €   í     ó",
            "     ú     ãõ  â",
        ],
    ),
    // Bengali, A.2.4
    (
        4,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{9e6}\u{9e7} \u{9e8}\u{9e9}\u{9ea}\u{9eb}",
            "\u{9ec}\u{9ed}\u{9ee}\u{9ef}\u{9df}\u{9e0}\u{9e1}\u{9e2}{}\u{9e3}\u{9f2}\u{9f3}\u{9f4}\u{9f5}\\",
            "\u{9f6}\u{9f7}\u{9f8}\u{9f9}\u{9fa}       [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Gujarati, A.2.5
    (
        5,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{964}\u{965} \u{ae6}\u{ae7}\u{ae8}\u{ae9}",
            "\u{aea}\u{aeb}\u{aec}\u{aed}\u{aee}\u{aef}  {}     \\",
            "            [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Hindi, A.2.6
    (
        6,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{964}\u{965} \u{966}\u{967}\u{968}\u{969}",
            "\u{96a}\u{96b}\u{96c}\u{96d}\u{96e}\u{96f}\u{951}\u{952}{}\u{953}\u{954}\u{958}\u{959}\u{95a}\\",
            "\u{95b}\u{95c}\u{95d}\u{95e}\u{95f}\u{960}\u{961}\u{962}\u{963}\u{970}\u{971} [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Kannada, A.2.7
    (
        7,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{964}\u{965} \u{ce6}\u{ce7}\u{ce8}\u{ce9}",
            "\u{cea}\u{ceb}\u{cec}\u{ced}\u{cee}\u{cef}\u{cde}\u{cf1}{}\u{cf2}    \\",
            "            [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Malayalam, A.2.8
    (
        8,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{964}\u{965} \u{d66}\u{d67}\u{d68}\u{d69}",
            "\u{d6a}\u{d6b}\u{d6c}\u{d6d}\u{d6e}\u{d6f}\u{d70}\u{d71}{}\u{d72}\u{d73}\u{d74}\u{d75}\u{d7a}\\",
            "\u{d7b}\u{d7c}\u{d7d}\u{d7e}\u{d7f}       [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Oriya, A.2.9
    (
        9,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{964}\u{965} \u{b66}\u{b67}\u{b68}\u{b69}",
            "\u{b6a}\u{b6b}\u{b6c}\u{b6d}\u{b6e}\u{b6f}\u{b5c}\u{b5d}{}\u{b5f}\u{b70}\u{b71}  \\",
            "            [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Punjabi, A.2.10
    (
        10,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{964}\u{965} \u{a66}\u{a67}\u{a68}\u{a69}",
            "\u{a6a}\u{a6b}\u{a6c}\u{a6d}\u{a6e}\u{a6f}\u{a59}\u{a5a}{}\u{a5b}\u{a5c}\u{a5e}\u{a75} \\",
            "            [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Tamil, A.2.11
    (
        11,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{964}\u{965} \u{be6}\u{be7}\u{be8}\u{be9}",
            "\u{bea}\u{beb}\u{bec}\u{bed}\u{bee}\u{bef}\u{bf3}\u{bf4}{}\u{bf5}\u{bf6}\u{bf7}\u{bf8}\u{bfa}\\",
            "            [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Telugu, A.2.12
    (
        12,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*   \u{c66}\u{c67}\u{c68}\u{c69}",
            "\u{c6a}\u{c6b}\u{c6c}\u{c6d}\u{c6e}\u{c6f}\u{c58}\u{c59}{}\u{c78}\u{c79}\u{c7a}\u{c7b}\u{c7c}\\",
            "\u{c7d}\u{c7e}\u{c7f}         [~] ",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
    // Urdu, A.2.13
    (
        13,
        [
            "@\u{a3}$\u{a5}\u{bf}\"\u{a4}%&'\u{c}*+ -/",
            "<=>\u{a1}^\u{a1}_#*\u{600}\u{601} \u{6f0}\u{6f1}\u{6f2}\u{6f3}",
            "\u{6f4}\u{6f5}\u{6f6}\u{6f7}\u{6f8}\u{6f9}\u{60c}\u{60d}{}\u{60e}\u{60f}\u{610}\u{611}\u{612}\\",
            "\u{613}\u{614}\u{61b}\u{61f}\u{640}\u{652}\u{658}\u{66b}\u{66c}\u{672}\u{673}\u{6cd}[~]\u{6d4}",
            "|ABCDEFGHIJKLMNO",
            "PQRSTUVWXYZ     ",
            "     \u{20ac}          ",
            "                ",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_sixteen_signs() {
        for (language, rows) in LOCKING.iter().chain(&SINGLE) {
            for row in rows {
                assert_eq!(row.chars().count(), 16, "language {language}: {row:?}");
            }
        }
    }

    #[test]
    fn the_escape_place_is_empty_in_every_table() {
        for language in 0..=255 {
            for table in [locking(language), single(language)].into_iter().flatten() {
                assert_eq!(table[0x1B], ' ', "language {language}");
            }
        }
    }

    #[test]
    fn letters_of_each_language_come_from_its_own_block() {
        for (language, block) in [
            (4, '\u{980}'..='\u{9FF}'),
            (5, '\u{A80}'..='\u{AFF}'),
            (6, '\u{900}'..='\u{97F}'),
            (7, '\u{C80}'..='\u{CFF}'),
            (8, '\u{D00}'..='\u{D7F}'),
            (9, '\u{B00}'..='\u{B7F}'),
            (10, '\u{A00}'..='\u{A7F}'),
            (11, '\u{B80}'..='\u{BFF}'),
            (12, '\u{C00}'..='\u{C7F}'),
            (13, '\u{600}'..='\u{6FF}'),
        ] {
            let table = locking(language).unwrap();
            assert!(table.iter().all(|sign| sign.is_ascii() || block.contains(sign)), "{language}");
            let mut letters: Vec<char> =
                table.iter().copied().filter(|sign| *sign != ' ').collect();
            let all = letters.len();
            letters.sort_unstable();
            letters.dedup();
            assert_eq!(letters.len(), all, "a sign stands twice in language {language}");
        }
    }

    #[test]
    fn every_language_has_a_single_shift_table_with_the_signs_of_the_extension() {
        for (language, name) in Language::ALL {
            assert_eq!(Language::from_id(language.id()), Some(language));
            assert_eq!(Language::from_name(name), Some(language));
            for sign in "^{}\\[~]|€".chars() {
                assert!(code_behind_escape(language, sign).is_some(), "{name}: {sign}");
            }
        }
        assert_eq!((Language::from_id(0), Language::from_name("Turkish")), (None, None));
    }

    #[test]
    fn languages_without_tables_have_none() {
        assert_eq!(locking(2), None); // Spanish has a single shift table only
        for language in [0, 14, 255] {
            assert_eq!((locking(language), single(language)), (None, None));
        }
    }
}
