use super::UNITS;
use crate::complaint::{Directory, read};

fn error(table: &str) -> String {
    Directory::from_tsv(table).unwrap_err().to_string()
}

fn unit_and_body(table: &Directory, text: &str) -> (Option<String>, String) {
    let reading = read(text, table);
    (reading.unit.map(|code| code.as_str().to_owned()), reading.body)
}

/// A city with other names than those shipped: columns turned round, hyphens in codes, kelurahan for kecamatan.
const CITY: &str = "\
name\tcode\tcontact\taliases_hash_only\taliases
Dinas Sumber Daya Air, Bina Marga dan Bina Konstruksi\tDSDABMBK\t-\tJALAN BANJIR\tDSDA BINAMARGA
Dinas Pengendalian Penduduk, Pemberdayaan Perempuan dan Perlindungan Anak\tDP3A-KB\t-\t\tDALDUK
Kelurahan Melati\tKEL-MELATI\t-\tKELMELATI\t
Distrik Abepura\tABEPURA\t-\t\tDISTRIKABEPURA
Badan Riset & Inovasi Daerah\tBRIDA\t-\t\t
Umum\tUMUM\t-\t\t
";

#[test]
fn a_table_is_read_in_whatever_form_an_editor_saves_it() {
    let expected = Directory::from_tsv(UNITS).unwrap();
    let rows: Vec<&str> = UNITS.lines().collect();
    let turned: Vec<String> =
        rows.iter().map(|row| row.split('\t').rev().collect::<Vec<_>>().join("\t")).collect();
    for table in [
        rows.join("\r\n"),
        format!("\u{feff}{UNITS}"),
        rows.join("\n\n"),
        format!("# units of the office\n{}\n# the end", rows.join("\n")),
        turned.join("\n"),
        rows.join("\t\n"),
        UNITS.replacen("code\tname", " Code \tNAME", 1),
        rows.iter().map(|row| row.trim_end()).collect::<Vec<_>>().join("\n"),
    ] {
        let read = Directory::from_tsv(&table).unwrap();
        assert_eq!(read.units(), expected.units());
    }
}

#[test]
fn code_and_name_are_all_that_a_table_needs() {
    let table = Directory::from_tsv("code\tname\nDISHUB\tDinas Perhubungan\n").unwrap();
    let found = unit_and_body(&table, "Dinas Perhubungan # lampu mati");
    assert_eq!(found, (Some("DISHUB".to_owned()), "lampu mati".to_owned()));
}

#[test]
fn what_is_wrong_in_a_table_is_named_with_its_line() {
    let head = "code\tname\taliases\taliases_hash_only\ttopics\n";
    for (rows, message) in [
        (
            "DISHUB\tA\t\t\t\nDISHUB\tB\t\t\t\n",
            "line 3, column code: DISHUB is already taken by DISHUB",
        ),
        (
            "DISHUB\tA\t\t\t\nDIS-HUB\tB\t\t\t\n",
            "line 3, column code: DIS-HUB is already taken by DISHUB",
        ),
        (
            "DISHUB\tA\tLLAJ\t\t\n\nDLH\tB\tllaj\t\t\n",
            "line 4, column aliases: llaj is already taken by DISHUB",
        ),
        (
            "DISHUB\tA\t\tPASAR\t\nDLH\tB\t\tPASAR\t\n",
            "line 3, column aliases_hash_only: PASAR is already taken by DISHUB",
        ),
        (
            "DISHUB\tA\tDLH\t\t\nDLH\tB\t\t\t\n",
            "line 3, column code: DLH is already taken by DISHUB",
        ),
        (
            "DISTAN\tA\t\t\t\nDISKAN\tB\t\t\t\n",
            "line 3, column code: DISKAN is only one typing error away from DISTAN",
        ),
        (
            "dishub\tA\t\t\t\n",
            "line 2, column code: \"dishub\" is not a unit code: 2 to 24 capital letters, digits and hyphens",
        ),
        ("\tDinas\t\t\t\n", "line 2, column code: missing"),
        ("DISHUB\n", "line 2, column name: missing"),
        ("DISHUB\tA\t\t\t\tmore\n", "line 2, column topics: one cell too many"),
        ("", "line 1, column code: no units"),
    ] {
        assert_eq!(error(&format!("{head}{rows}")), message);
    }
    assert_eq!(error("\n# units\ncode\taliases\n"), "line 3, column name: missing");
    assert_eq!(error(""), "line 1, column code: missing");
}

#[test]
fn another_office_is_read_by_its_own_table() {
    let table = Directory::from_tsv(CITY).unwrap();
    for (text, unit, body) in [
        ("dsda # got mampet", "DSDABMBK", "got mampet"),
        ("Dinas Sumber Daya Air, Bina Marga & Bina Konstruksi # got", "DSDABMBK", "got"),
        ("jalan # rusak parah", "DSDABMBK", "rusak parah"),
        ("Bina Marga: jalan rusak", "DSDABMBK", "jalan rusak"),
        // Only places ask for their hyphen; another code is squashed like any.
        ("DP3A KB mohon penyuluhan", "DP3A-KB", "mohon penyuluhan"),
        ("dp3akb # penyuluhan", "DP3A-KB", "penyuluhan"),
        ("KEL-MELATI loket tutup", "KEL-MELATI", "loket tutup"),
        ("kel melati # loket tutup", "KEL-MELATI", "loket tutup"),
        ("kelurahan melati # loket tutup", "KEL-MELATI", "loket tutup"),
        ("Distrik Abepura # loket tutup", "ABEPURA", "loket tutup"),
        ("Badan Riset dan Inovasi Daerah # usul", "BRIDA", "usul"),
        ("BRIDDA # usul", "BRIDA", "usul"),
    ] {
        let found = unit_and_body(&table, text);
        assert_eq!(found, (Some(unit.to_owned()), body.to_owned()), "{text}");
    }
    for text in [
        "Kel. Melati jalan rusak",
        "kelurahan melati banjir",
        "jalan rusak",
        "Distrik Abepura banjir",
    ] {
        assert_eq!(unit_and_body(&table, text), (None, text.to_owned()));
    }
}

#[test]
fn a_word_that_leads_names_is_no_typing_error_of_one() {
    let table = Directory::from_tsv(UNITS).unwrap();
    for text in [
        "Dinas # lampu mati",
        "DINAS # jalan rusak",
        "tolong dinas terkait, lampu jalan mati",
        "badan # jalan rusak",
        "kantor # jalan rusak",
    ] {
        let reading = read(text, &table);
        assert_eq!(reading.unit, None, "{text}");
        let suggested = |code: &str| reading.suggestions.iter().any(|unit| unit.as_str() == code);
        assert!(!suggested("DISDIK"), "{text}: {:?}", reading.suggestions);
    }
    assert_eq!(unit_and_body(&table, "DIKNS # atap bocor").0.as_deref(), Some("DISDIK"));
    assert_eq!(unit_and_body(&table, "Dinas Sosial # bansos").0.as_deref(), Some("DINSOS"));
}
