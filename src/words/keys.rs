//! Which texts there are, and the places in them.

use super::OFFICE_NAME_MAX;

/// A place in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blank {
    /// Ticket number.
    No,
    /// Number of the main ticket.
    Lama,
    /// Unit code.
    Unit,
    /// Time by which an answer comes.
    Batas,
    /// Time at which work begins.
    Mulai,
    /// A day.
    Tgl,
    /// State of a ticket, in the citizen's words.
    Status,
    /// What is missing.
    Kurang,
    /// The approved wording.
    Jawaban,
    /// The approved wording of a result.
    Hasil,
    /// Whose matter it is.
    Pihak,
    /// How to reach them.
    Kontak,
    /// Why it is not worked on.
    Alasan,
    /// The office's name; filled by [`Templates::fill`](super::Templates::fill) itself.
    Instansi,
}

impl Blank {
    pub(super) const ALL: [Self; 14] = [
        Self::No,
        Self::Lama,
        Self::Unit,
        Self::Batas,
        Self::Mulai,
        Self::Tgl,
        Self::Status,
        Self::Kurang,
        Self::Jawaban,
        Self::Hasil,
        Self::Pihak,
        Self::Kontak,
        Self::Alasan,
        Self::Instansi,
    ];

    /// Its name between braces.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Lama => "lama",
            Self::Unit => "unit",
            Self::Batas => "batas",
            Self::Mulai => "mulai",
            Self::Tgl => "tgl",
            Self::Status => "status",
            Self::Kurang => "kurang",
            Self::Jawaban => "jawaban",
            Self::Hasil => "hasil",
            Self::Pihak => "pihak",
            Self::Kontak => "kontak",
            Self::Alasan => "alasan",
            Self::Instansi => "instansi",
        }
    }

    /// What stands in its place, for who forgot it.
    pub(super) const fn what(self) -> &'static str {
        match self {
            Self::No => "the number of the complaint",
            Self::Lama => "the number of the complaint that it is joined to",
            Self::Unit => "the code of the unit",
            Self::Batas => "the time by which an answer comes",
            Self::Mulai => "the time at which work begins",
            Self::Tgl => "the day",
            Self::Status => {
                "how it stands: 'sudah dijawab', 'dalam tindak lanjut sejak', 'selesai' or 'ditutup'; the day {tgl} follows it"
            }
            Self::Kurang => "what is missing",
            Self::Jawaban => "the approved answer",
            Self::Hasil => "the approved result",
            Self::Pihak => "whose matter it is",
            Self::Kontak => "how to reach them",
            Self::Alasan => "the reason",
            Self::Instansi => "the name of the office",
        }
    }

    /// Whether nobody may know its value: then the sentence that it stands in is left out.
    pub(super) const fn may_be_unknown(self) -> bool {
        matches!(self, Self::Batas)
    }

    /// The longest value to reckon with, in septets, where the office does not decide on it. What officers type freely is checked
    /// again when it is filled in.
    pub(super) const fn longest(self) -> usize {
        match self {
            Self::No | Self::Lama => 11,
            // The longest code that a table of units may hold.
            Self::Unit => 24,
            Self::Batas | Self::Mulai | Self::Status | Self::Pihak | Self::Kontak => 20,
            Self::Tgl => 10,
            Self::Kurang | Self::Alasan => 28,
            Self::Jawaban | Self::Hasil => 43,
            Self::Instansi => OFFICE_NAME_MAX,
        }
    }
}

/// The twenty texts, and a receipt that joins two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Receipt, unit known.
    Terima,
    /// Receipt, unit guessed.
    TerimaPerkiraan,
    /// Receipt, no unit.
    TerimaUmum,
    /// Receipt outside of office hours.
    TerimaLuarJam,
    /// Receipt outside of office hours, unit guessed.
    TerimaPerkiraanLuarJam,
    /// An addition was joined to its ticket.
    Tambahan,
    /// Something is missing.
    Lengkapi,
    /// Passed on to a member.
    Ditelaah,
    /// The approved answer.
    Jawaban,
    /// The approved result of a follow-up.
    TindakLanjut,
    /// STATUS of an open ticket.
    StatusProses,
    /// STATUS of a ticket that was answered, finished or closed.
    StatusSelesai,
    /// STATUS of a number that this handset has not.
    StatusTidakAda,
    /// How to write.
    Format,
    /// The unit codes.
    DaftarKode,
    /// The closed path.
    Tertutup,
    /// Another body's matter.
    BukanWenang,
    /// Closed without handling.
    TidakDiproses,
    /// Emergency words.
    Darurat,
    /// Joined to another ticket.
    Gabung,
    /// STOP.
    StopOk,
}

impl Key {
    /// All keys, in the order of the procedure, and what it does not name.
    pub const ALL: [Self; 21] = [
        Self::Terima,
        Self::TerimaPerkiraan,
        Self::TerimaUmum,
        Self::TerimaLuarJam,
        Self::Tambahan,
        Self::Lengkapi,
        Self::Ditelaah,
        Self::Jawaban,
        Self::TindakLanjut,
        Self::StatusProses,
        Self::StatusSelesai,
        Self::StatusTidakAda,
        Self::Format,
        Self::DaftarKode,
        Self::Tertutup,
        Self::BukanWenang,
        Self::TidakDiproses,
        Self::Darurat,
        Self::Gabung,
        Self::StopOk,
        Self::TerimaPerkiraanLuarJam,
    ];

    /// Its name in the template file, also in `outbox.template`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terima => "TERIMA",
            Self::TerimaPerkiraan => "TERIMA_PERKIRAAN",
            Self::TerimaUmum => "TERIMA_UMUM",
            Self::TerimaLuarJam => "TERIMA_LUAR_JAM",
            Self::TerimaPerkiraanLuarJam => "TERIMA_PERKIRAAN_LUAR_JAM",
            Self::Tambahan => "TAMBAHAN",
            Self::Lengkapi => "LENGKAPI",
            Self::Ditelaah => "DITELAAH",
            Self::Jawaban => "JAWABAN",
            Self::TindakLanjut => "TINDAK_LANJUT",
            Self::StatusProses => "STATUS_PROSES",
            Self::StatusSelesai => "STATUS_SELESAI",
            Self::StatusTidakAda => "STATUS_TIDAK_ADA",
            Self::Format => "FORMAT",
            Self::DaftarKode => "DAFTAR_KODE",
            Self::Tertutup => "TERTUTUP",
            Self::BukanWenang => "BUKAN_WENANG",
            Self::TidakDiproses => "TIDAK_DIPROSES",
            Self::Darurat => "DARURAT",
            Self::Gabung => "GABUNG",
            Self::StopOk => "STOP_OK",
        }
    }

    /// Blanks that the text may hold; without them it would lie or say nothing.
    pub(super) const fn blanks(self) -> &'static [Blank] {
        use Blank as B;
        match self {
            Self::Terima | Self::Ditelaah => &[B::No, B::Unit, B::Batas, B::Instansi],
            Self::TerimaPerkiraan => &[B::No, B::Unit, B::Instansi],
            Self::TerimaUmum | Self::Tambahan | Self::Tertutup | Self::Darurat => {
                &[B::No, B::Instansi]
            }
            Self::TerimaLuarJam => &[B::No, B::Mulai, B::Instansi],
            Self::TerimaPerkiraanLuarJam => &[B::No, B::Unit, B::Mulai, B::Instansi],
            Self::Lengkapi => &[B::No, B::Kurang, B::Tgl, B::Instansi],
            Self::Jawaban => &[B::No, B::Jawaban, B::Instansi],
            Self::TindakLanjut => &[B::No, B::Hasil, B::Instansi],
            Self::StatusProses => &[B::No, B::Unit, B::Status, B::Tgl, B::Batas, B::Instansi],
            Self::StatusSelesai => &[B::No, B::Unit, B::Status, B::Tgl, B::Jawaban, B::Instansi],
            Self::StatusTidakAda | Self::Format | Self::DaftarKode | Self::StopOk => &[B::Instansi],
            Self::BukanWenang => &[B::No, B::Pihak, B::Kontak, B::Instansi],
            Self::TidakDiproses => &[B::Alasan, B::Instansi],
            Self::Gabung => &[B::No, B::Lama, B::Instansi],
        }
    }

    /// The blanks without which the text says nothing, or something wrong.
    pub(super) const fn essential(self) -> &'static [Blank] {
        match self {
            Self::Jawaban => &[Blank::Jawaban],
            Self::TindakLanjut => &[Blank::Hasil],
            Self::StatusSelesai => &[Blank::No, Blank::Status],
            Self::Terima
            | Self::TerimaPerkiraan
            | Self::TerimaUmum
            | Self::TerimaLuarJam
            | Self::StatusProses
            // It is the receipt of what it answers.
            | Self::Tertutup
            | Self::Darurat => &[Blank::No],
            Self::TerimaPerkiraanLuarJam => &[Blank::No, Blank::Unit],
            Self::Lengkapi => &[Blank::Kurang],
            Self::BukanWenang => &[Blank::Pihak],
            Self::TidakDiproses => &[Blank::Alasan],
            Self::Gabung => &[Blank::Lama],
            Self::Tambahan
            | Self::Ditelaah
            | Self::StatusTidakAda
            | Self::Format
            | Self::DaftarKode
            | Self::StopOk => &[],
        }
    }

    /// The text of a file that has none: what the procedure does not name, an office's file of before need not hold.
    pub(super) const fn without_a_line(self) -> Option<&'static str> {
        match self {
            Self::TerimaPerkiraanLuarJam => Some(
                "No {no} dicatat utk {unit}. Keliru? Balas kode yang benar. Diproses mulai {mulai}. Darurat: 112. Cek: STATUS. {instansi}",
            ),
            Self::Terima
            | Self::TerimaPerkiraan
            | Self::TerimaUmum
            | Self::TerimaLuarJam
            | Self::Tambahan
            | Self::Lengkapi
            | Self::Ditelaah
            | Self::Jawaban
            | Self::TindakLanjut
            | Self::StatusProses
            | Self::StatusSelesai
            | Self::StatusTidakAda
            | Self::Format
            | Self::DaftarKode
            | Self::Tertutup
            | Self::BukanWenang
            | Self::TidakDiproses
            | Self::Darurat
            | Self::Gabung
            | Self::StopOk => None,
        }
    }

    /// Whether the text may be longer than one SMS when it is filled.
    pub const fn may_be_long(self) -> bool {
        matches!(self, Self::Jawaban | Self::TindakLanjut | Self::StatusSelesai)
    }
}
