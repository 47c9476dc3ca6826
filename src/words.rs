//! What citizens read: the twenty templates of procedure.md section 13 and one more, checked at start and filled here.
//!
//! What officers read on their terminal stands in `cli`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::sms::{Language, foreign, measure, transliterate};

/// Septets that one SMS holds: a template must fit it whatever it is filled with.
const ONE_PART: usize = 160;

/// The office's name at the end of every text, in characters.
pub const OFFICE_NAME_MAX: usize = 20;

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
    /// The office's name; filled by [`Templates::fill`] itself.
    Instansi,
}

impl Blank {
    const ALL: [Self; 14] = [
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
    const fn what(self) -> &'static str {
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
    const fn may_be_unknown(self) -> bool {
        matches!(self, Self::Batas)
    }

    /// The longest value to reckon with, in characters. What officers type freely is checked again when it is filled in.
    const fn longest(self) -> usize {
        match self {
            Self::No | Self::Lama => 11,
            Self::Unit => 13,
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
    const fn blanks(self) -> &'static [Blank] {
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
    const fn essential(self) -> &'static [Blank] {
        match self {
            Self::Jawaban => &[Blank::Jawaban],
            Self::TindakLanjut => &[Blank::Hasil],
            Self::StatusSelesai => &[Blank::No, Blank::Status],
            Self::Terima
            | Self::TerimaPerkiraan
            | Self::TerimaUmum
            | Self::TerimaLuarJam
            | Self::StatusProses => &[Blank::No],
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
            | Self::Tertutup
            | Self::Darurat
            | Self::StopOk => &[],
        }
    }

    /// The text of a file that has none: what the procedure does not name, an office's file of before need not hold.
    const fn without_a_line(self) -> Option<&'static str> {
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

/// What is wrong with a template file: the line, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The first line must name the columns `key` and `text`.
    #[error("line 1: the columns `key` and `text` must be named, separated by a tab")]
    Header,
    /// A line has too few columns.
    #[error("line {line}: there is no text behind the key; separate them by a tab")]
    Columns {
        /// Line number from 1.
        line: usize,
    },
    /// A key that no text has.
    #[error("line {line}: {key} is no template; see docs/operations.md for the keys")]
    UnknownKey {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// A key stands twice.
    #[error("line {line}: {key} stands twice; delete one of the two lines")]
    Twice {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
    },
    /// A key is missing.
    #[error("{key} is missing; add a line for it, all twenty texts must be there")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A blank that this text cannot fill.
    #[error("line {line}: {key} cannot fill {{{blank}}}; it knows {known}")]
    UnknownBlank {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The name between the braces.
        blank: String,
        /// What it can fill.
        known: String,
    },
    /// The blank that carries the message is not there.
    #[error("line {line}: {key} must hold {{{blank}}}, {what}")]
    Essential {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The missing blank.
        blank: &'static str,
        /// What stands there.
        what: &'static str,
    },
    /// A character outside of GSM 7-bit would make every such SMS cost double.
    #[error(
        "line {line}: {key} holds {character:?}, which is not in the SMS alphabet (GSM 7-bit); write it otherwise"
    )]
    Foreign {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The character.
        character: char,
    },
    /// Citizens would read the two characters: a text is one line.
    #[error("line {line}: {key} holds \\n, which is no line break here; put a space in its place")]
    Break {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
    },
    /// The sentence that is left out where its blank has no value would take the number with it.
    #[error(
        "line {line}: {key} must hold {{no}} in another sentence than {{{blank}}}, {what}: its sentence is left out where that is not known"
    )]
    LeftOut {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// The blank whose value may not be known.
        blank: &'static str,
        /// What stands there.
        what: &'static str,
    },
    /// Filled with the longest usual values it is longer than one SMS.
    #[error(
        "line {line}: {key} can grow to {septets} characters; one SMS holds {ONE_PART}: shorten it"
    )]
    TooLong {
        /// Line number from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// Its length when filled.
        septets: usize,
    },
    /// The office's name.
    #[error(
        "the office name {name:?} must have 1 to {OFFICE_NAME_MAX} characters of the SMS alphabet"
    )]
    OfficeName {
        /// The name.
        name: String,
    },
}

/// The texts of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    texts: BTreeMap<Key, String>,
    office: String,
}

impl Templates {
    /// Reads a template file: tab-separated, the first line names the columns, of which `key` and `text` are used.
    ///
    /// # Errors
    /// The first [`TemplateError`] found: an unknown key or blank, a length over one SMS, a foreign character.
    pub fn from_tsv(file: &str, office: &str) -> Result<Self, TemplateError> {
        let office = transliterate(office.trim());
        let length = office.chars().count();
        if length == 0 || length > OFFICE_NAME_MAX || !foreign(&office).is_empty() {
            return Err(TemplateError::OfficeName { name: office });
        }
        let mut lines = file.lines().enumerate();
        let header: Vec<&str> =
            lines.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
        let column = |name: &str| header.iter().position(|title| title.trim() == name);
        let (Some(key_at), Some(text_at)) = (column("key"), column("text")) else {
            return Err(TemplateError::Header);
        };
        let mut texts = BTreeMap::new();
        for (index, row) in lines.filter(|(_, row)| !row.trim().is_empty()) {
            let line = index + 1;
            let cells: Vec<&str> = row.split('\t').collect();
            let (Some(name), Some(text)) = (cells.get(key_at), cells.get(text_at)) else {
                return Err(TemplateError::Columns { line });
            };
            let key = Key::ALL
                .into_iter()
                .find(|key| key.name() == name.trim())
                .ok_or_else(|| TemplateError::UnknownKey { line, key: (*name).to_owned() })?;
            let text = transliterate(text.trim());
            check(key, &text, line)?;
            if texts.insert(key, text).is_some() {
                return Err(TemplateError::Twice { line, key: key.name() });
            }
        }
        for key in Key::ALL {
            if let Entry::Vacant(place) = texts.entry(key) {
                let text =
                    key.without_a_line().ok_or(TemplateError::Missing { key: key.name() })?;
                place.insert(text.to_owned());
            }
        }
        Ok(Self { texts, office })
    }

    /// Fills a text. A sentence with a limit that has no value is left out, and any other blank without a value becomes `-`; the
    /// outcome is in the SMS alphabet where the values allow it.
    pub fn fill(&self, key: Key, values: &[(Blank, &str)]) -> String {
        let template = self.texts.get(&key).map_or("", String::as_str);
        let is_unknown = |blank: &Blank| {
            blank.may_be_unknown() && values.iter().all(|(known, _)| known != blank)
        };
        let unknown: Vec<Blank> = Blank::ALL.into_iter().filter(is_unknown).collect();
        let template = without_sentences_of(template, &unknown);
        let filled = pieces(&template).map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Blank(name) if name == Blank::Instansi.name() => &self.office,
            Piece::Blank(name) => values
                .iter()
                .find(|(blank, _)| blank.name() == name)
                .map_or("-", |(_, value)| *value),
        });
        transliterate(filled.collect::<String>().trim())
    }

    /// The text of STATUS for a finished ticket: the answer is shortened so that all of it fits `parts` SMS.
    pub fn fill_shortened(
        &self,
        key: Key,
        values: &[(Blank, &str)],
        long: Blank,
        single_shift: Option<Language>,
    ) -> String {
        let whole = self.fill(key, values);
        if measure(&whole, single_shift).parts <= 1 {
            return whole;
        }
        let text = values.iter().find(|(blank, _)| *blank == long).map_or("", |(_, value)| *value);
        let mut kept: Vec<char> = transliterate(text).chars().collect();
        while !kept.is_empty() {
            kept.pop();
            let shortened: String = kept.iter().collect::<String>().trim_end().to_owned() + "...";
            let values: Vec<(Blank, &str)> = values
                .iter()
                .map(|(blank, value)| {
                    (*blank, if *blank == long { shortened.as_str() } else { *value })
                })
                .collect();
            let filled = self.fill(key, &values);
            if measure(&filled, single_shift).parts <= 1 {
                return filled;
            }
        }
        whole
    }
}

enum Piece<'t> {
    Text(&'t str),
    Blank(&'t str),
}

/// Cuts a template at its blanks; a brace without its partner is text.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{')
            && let Some((name, behind)) = inner.split_once('}')
        {
            rest = behind;
            return Some(Piece::Blank(name));
        }
        let start = usize::from(rest.starts_with('{'));
        let end = rest
            .char_indices()
            .skip(start)
            .find(|(_, character)| *character == '{')
            .map_or(rest.len(), |(at, _)| at);
        let (text, behind) = rest.split_at(end);
        rest = behind;
        Some(Piece::Text(text))
    })
}

/// A template without the sentences that hold one of these blanks.
fn without_sentences_of(template: &str, blanks: &[Blank]) -> String {
    let mut sentences = vec![String::new()];
    for word in template.split_inclusive(' ') {
        if let Some(sentence) = sentences.last_mut() {
            sentence.push_str(word);
        }
        if word.trim_end().ends_with(['.', '!', '?']) {
            sentences.push(String::new());
        }
    }
    let holds = |sentence: &str, blank: &Blank| {
        let name = blank.name();
        pieces(sentence).any(|piece| matches!(piece, Piece::Blank(held) if held == name))
    };
    sentences.retain(|sentence| !blanks.iter().any(|blank| holds(sentence, blank)));
    sentences.concat()
}

fn check(key: Key, text: &str, line: usize) -> Result<(), TemplateError> {
    if text.contains("\\n") {
        return Err(TemplateError::Break { line, key: key.name() });
    }
    let mut filled = String::new();
    let mut held = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Blank(name) => {
                let blank = Blank::ALL
                    .into_iter()
                    .find(|blank| blank.name() == name && key.blanks().contains(blank))
                    .ok_or_else(|| TemplateError::UnknownBlank {
                        line,
                        key: key.name(),
                        blank: name.to_owned(),
                        known: key
                            .blanks()
                            .iter()
                            .map(|blank| format!("{{{}}}", blank.name()))
                            .collect::<Vec<_>>()
                            .join(" "),
                    })?;
                held.push(blank);
                filled.extend(std::iter::repeat_n('x', blank.longest()));
            }
        }
    }
    if let Some(blank) = key.essential().iter().find(|blank| !held.contains(blank)) {
        let (key, what) = (key.name(), blank.what());
        return Err(TemplateError::Essential { line, key, blank: blank.name(), what });
    }
    for blank in held.iter().filter(|blank| blank.may_be_unknown()) {
        let number = format!("{{{}}}", Blank::No.name());
        if text.contains(&number) && !without_sentences_of(text, &[*blank]).contains(&number) {
            let (key, what) = (key.name(), blank.what());
            return Err(TemplateError::LeftOut { line, key, blank: blank.name(), what });
        }
    }
    if let Some(character) = foreign(&filled).first() {
        return Err(TemplateError::Foreign { line, key: key.name(), character: *character });
    }
    let septets = measure(&filled, None).units;
    if septets > ONE_PART && !key.may_be_long() {
        return Err(TemplateError::TooLong { line, key: key.name(), septets });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../config/templates.tsv");

    fn templates() -> Templates {
        Templates::from_tsv(FILE, "Pemkab Sukamaju").unwrap()
    }

    fn with(key: &str, text: &str) -> Result<Templates, TemplateError> {
        let lines: Vec<String> = FILE
            .lines()
            .map(|line| {
                if line.starts_with(&format!("{key}\t")) {
                    format!("{key}\t{text}\tx")
                } else {
                    line.to_owned()
                }
            })
            .collect();
        Templates::from_tsv(&lines.join("\n"), "Pemkab Sukamaju")
    }

    #[test]
    fn the_shipped_file_holds_all() {
        for key in Key::ALL {
            assert!(FILE.contains(&format!("\n{}\t", key.name())), "{}", key.name());
        }
    }

    #[test]
    fn a_file_of_the_twenty_is_whole_and_the_other_text_is_a_checked_one() {
        let is_of_the_twenty = |line: &&str| !line.starts_with("TERIMA_PERKIRAAN_LUAR_JAM\t");
        let twenty: Vec<&str> = FILE.lines().filter(is_of_the_twenty).collect();
        assert_eq!(twenty.len(), 21, "with the names of the columns");
        let own = Templates::from_tsv(&twenty.join("\n"), "Pemkab Sukamaju").unwrap();
        assert_eq!(own.texts, templates().texts);
    }

    #[test]
    fn blanks_are_filled_and_the_office_speaks_at_the_end() {
        let text = templates().fill(
            Key::Terima,
            &[
                (Blank::Unit, "DISHUB"),
                (Blank::No, "P26-00123-0"),
                (Blank::Batas, "Sen 30-11-2026 15.30"),
            ],
        );
        assert_eq!(
            text,
            "Terima kasih. Pengaduan utk DISHUB dicatat No P26-00123-0. Jawaban paling lambat Sen 30-11-2026 15.30. \
             Cek: STATUS P26-00123-0. Pemkab Sukamaju"
        );
        assert_eq!(measure(&text, None).parts, 1);
    }

    #[test]
    fn a_sentence_with_a_limit_that_nobody_knows_is_left_out() {
        let number = (Blank::No, "P26-00123-0");
        let unit = (Blank::Unit, "DISHUB");
        for (key, told) in [
            (
                Key::Terima,
                "Terima kasih. Pengaduan utk DISHUB dicatat No P26-00123-0. Cek: STATUS P26-00123-0. Pemkab Sukamaju",
            ),
            (
                Key::Ditelaah,
                "Pengaduan No P26-00123-0 sedang ditelaah DISHUB. Cek: STATUS P26-00123-0. Pemkab Sukamaju",
            ),
            (Key::StatusProses, "No P26-00123-0 (DISHUB): - sejak -. Pemkab Sukamaju"),
        ] {
            assert_eq!(templates().fill(key, &[number, unit]), told);
        }
        // It may be the last one, or the first.
        let own = |text: &str| with("TERIMA", text).unwrap().fill(Key::Terima, &[number]);
        assert_eq!(
            own("{instansi}: No {no}! Jawaban: {batas}"),
            "Pemkab Sukamaju: No P26-00123-0!"
        );
        assert_eq!(own("Tunggu {batas}? Cek no. {no}"), "Cek no. P26-00123-0");
    }

    #[test]
    fn a_limit_stands_in_a_sentence_without_the_number() {
        for text in ["No {no}, jawaban {batas}. {instansi}", "No. {no} dijawab {batas}"] {
            let refused = with("TERIMA", text).unwrap_err();
            assert!(matches!(refused, TemplateError::LeftOut { line: 2, .. }), "{refused}");
            let told = refused.to_string();
            assert!(
                told.starts_with("line 2: TERIMA must hold {no} in another sentence"),
                "{told}"
            );
        }
        with("DITELAAH", "Sedang ditelaah. Jawaban: {batas}").unwrap();
    }

    #[test]
    fn a_value_that_looks_like_a_blank_stays_text() {
        let text =
            templates().fill(Key::Jawaban, &[(Blank::No, "{instansi}"), (Blank::Jawaban, "{no}")]);
        assert!(text.starts_with("Jawaban No {instansi}: {no} Belum"), "{text}");
    }

    #[test]
    fn curly_quotes_and_long_dashes_are_straightened() {
        let text = templates().fill(
            Key::Jawaban,
            &[(Blank::Jawaban, "\u{201c}sudah\u{201d} \u{2013} beres\u{2026}")],
        );
        assert!(text.contains("\"sudah\" - beres..."), "{text}");
        assert!(foreign(&text).is_empty());
    }

    #[test]
    fn a_long_answer_is_shortened_for_status_but_never_the_number() {
        let text = templates().fill_shortened(
            Key::StatusSelesai,
            &[
                (Blank::No, "P26-00123-0"),
                (Blank::Unit, "DISHUB"),
                (Blank::Status, "sudah dijawab"),
                (Blank::Tgl, "24-11-2026"),
                (Blank::Jawaban, &"lampu ".repeat(60)),
            ],
            Blank::Jawaban,
            None,
        );
        assert_eq!(measure(&text, None).parts, 1);
        assert!(
            text.contains("P26-00123-0")
                && text.contains("...")
                && text.ends_with("Pemkab Sukamaju"),
            "{text}"
        );
    }

    #[test]
    fn a_template_that_can_outgrow_one_sms_is_refused_with_its_line() {
        assert_eq!(with("STOP_OK", &"x".repeat(160)).err(), None);
        assert!(matches!(
            with("STOP_OK", &"x".repeat(161)),
            Err(TemplateError::TooLong { line: 21, septets: 161, .. })
        ));
        // The office's name counts with its longest allowed form, not with the present one.
        let text = format!("{} {{instansi}}", "x".repeat(140));
        assert!(matches!(with("STOP_OK", &text), Err(TemplateError::TooLong { septets: 161, .. })));
    }

    #[test]
    fn unknown_blanks_foreign_characters_and_lost_keys_are_refused() {
        assert!(matches!(
            with("TERIMA", "No {no} {nama}"),
            Err(TemplateError::UnknownBlank { line: 2, .. })
        ));
        assert!(matches!(
            with("TERIMA", "No {no} \u{1f64f}"),
            Err(TemplateError::Foreign { line: 2, .. })
        ));
        assert!(matches!(
            with("TERIMA", "Terima kasih"),
            Err(TemplateError::Essential { line: 2, .. })
        ));
        // As it was before it told of more than finished cases.
        let old = with("STATUS_SELESAI", "No {no} ({unit}): selesai {tgl}. Jawaban: {jawaban}");
        let told = old.unwrap_err().to_string();
        assert!(told.starts_with("line 12: STATUS_SELESAI must hold {status}, how it"), "{told}");
        assert!(told.contains("'sudah dijawab'") && told.contains("{tgl}"), "{told}");
        assert!(matches!(
            Templates::from_tsv("key\ttext\n", "Kantor"),
            Err(TemplateError::Missing { .. })
        ));
        assert!(matches!(Templates::from_tsv("TERIMA\n", "Kantor"), Err(TemplateError::Header)));
        assert!(matches!(
            Templates::from_tsv(FILE, "Pemerintah Kabupaten Sukamaju"),
            Err(TemplateError::OfficeName { .. })
        ));
    }
}
