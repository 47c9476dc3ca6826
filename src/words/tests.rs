use super::*;

const FILE: &str = include_str!("../../config/templates.tsv");

const UNITS: &str = include_str!("../../config/units.tsv");

fn templates() -> Templates {
    speaking(FILE, "Pemkab Sukamaju").unwrap()
}

/// What an office makes of a template file.
fn speaking(file: &str, office: &str) -> Result<Templates, TemplateError> {
    Templates::from_tsv(file, office, &Directory::from_tsv(UNITS).unwrap())
}

/// The same where its table of units has one more code.
fn with_code(file: &str, code: &str) -> Result<Templates, TemplateError> {
    let units = format!("{UNITS}{code}\tKecamatan\n");
    Templates::from_tsv(file, "Pemkab Sukamaju", &Directory::from_tsv(&units).unwrap())
}

/// The shipped line of a key.
fn line_of(key: &str) -> String {
    FILE.lines().find(|line| line.starts_with(&format!("{key}\t"))).unwrap().to_owned()
}

/// The shipped file with another text.
fn file_with(key: &str, text: &str) -> String {
    FILE.replace(&line_of(key), &format!("{key}\t{text}\tx"))
}

fn with(key: &str, text: &str) -> Result<Templates, TemplateError> {
    speaking(&file_with(key, text), "Pemkab Sukamaju")
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
    let own = speaking(&twenty.join("\n"), "Pemkab Sukamaju").unwrap();
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
    assert_eq!(own("{instansi}: No {no}! Jawaban: {batas}"), "Pemkab Sukamaju: No P26-00123-0!");
    assert_eq!(own("Tunggu {batas}? Cek no. {no}"), "Cek no. P26-00123-0");
}

#[test]
fn a_limit_stands_in_a_sentence_without_the_number() {
    for text in ["No {no}, jawaban {batas}. {instansi}", "No. {no} dijawab {batas}"] {
        let refused = with("TERIMA", text).unwrap_err();
        assert!(matches!(refused, TemplateError::LeftOut { line: 2, .. }), "{refused}");
        let told = refused.to_string();
        assert!(told.starts_with("line 2: TERIMA must hold {no} in another sentence"), "{told}");
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
    let text = templates()
        .fill(Key::Jawaban, &[(Blank::Jawaban, "\u{201c}sudah\u{201d} \u{2013} beres\u{2026}")]);
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
        text.contains("P26-00123-0") && text.contains("...") && text.ends_with("Pemkab Sukamaju"),
        "{text}"
    );
}

#[test]
fn a_template_that_can_outgrow_one_sms_is_refused_with_its_line() {
    assert_eq!(with("STOP_OK", &"x".repeat(160)).err(), None);
    assert!(matches!(
        with("STOP_OK", &"x".repeat(161)),
        Err(TemplateError::TooLong { line: 21, outgrown: Outgrown { septets: 161, .. }, .. })
    ));
    // The office's name counts with its longest allowed form, not with the present one.
    let text = format!("{} {{instansi}}", "x".repeat(140));
    let told = with("STOP_OK", &text).unwrap_err().to_string();
    assert_eq!(
        told,
        "line 21: STOP_OK can grow to 161 characters, 1 more than one SMS holds, filled with {instansi} (20): shorten the text"
    );
}

#[test]
fn the_longest_code_of_the_office_counts_and_not_the_usual_one() {
    // 18 letters are all that the shipped TERIMA has room for.
    with_code(FILE, "KEC-TANJUNGPRIOKSE").unwrap_err();
    let shorter = FILE.replace("Diproses mulai {mulai}", "Mulai {mulai}");
    with_code(&shorter, "KEC-TANJUNGPRIOKSE").unwrap();
    let told = with_code(&shorter, "KEC-TANJUNGPRIOKSEL").unwrap_err().to_string();
    assert_eq!(
        told,
        "line 2: TERIMA can grow to 161 characters, 1 more than one SMS holds, filled with \
         {unit} KEC-TANJUNGPRIOKSEL (19), {no} (11), {batas} (20), {instansi} (20): shorten the text, or the code in the \
         table of units"
    );
    // An office with short codes has room for more words.
    let few = Directory::from_tsv("code\tname\nDLH\tDinas Lingkungan Hidup\n").unwrap();
    let text = format!("No {{no}} utk {{unit}}. {}", "x".repeat(160 - 21 - 3));
    let own = Templates::from_tsv(&file_with("TERIMA", &text), "Kantor", &few).unwrap();
    let values = [(Blank::No, "P26-00123-0"), (Blank::Unit, "DLH")];
    assert_eq!(measure(&own.fill(Key::Terima, &values), None).units, 160);
    assert!(with("TERIMA", &text).is_err());
}

#[test]
fn whatever_an_office_has_in_its_table_its_receipts_fit_one_sms() {
    for code in ["KEC-X", "KEC-TANJUNGPRIOKSELAT", "KEC-TANJUNGPRIOKSELATANB"] {
        for office in ["Pemkab Sukamaju", "Pemkab [Suka] {Maju}"] {
            let units = format!("{UNITS}{code}\tKecamatan\n");
            let directory = Directory::from_tsv(&units).unwrap();
            let Ok(own) = Templates::from_tsv(FILE, office, &directory) else { continue };
            for key in [Key::Terima, Key::TerimaPerkiraan, Key::TerimaPerkiraanLuarJam] {
                let time = "Sen 30-11-2026 15.30";
                let values = [
                    (Blank::No, "P26-00123-0"),
                    (Blank::Unit, code),
                    (Blank::Batas, time),
                    (Blank::Mulai, time),
                ];
                let text = own.fill(key, &values);
                assert_eq!(measure(&text, None).parts, 1, "{text}");
            }
        }
    }
}

#[test]
fn a_sign_of_the_offices_name_that_costs_two_counts_twice() {
    let text = format!("{} {{instansi}}", "x".repeat(139));
    let told = |office| speaking(&file_with("STOP_OK", &text), office);
    told("Pemkab Sukamaju").unwrap();
    told("[Pemkab] Sukamaju").unwrap();
    let refused = told("[Pemkab Suka-Maju] *").unwrap_err().to_string();
    assert!(refused.contains("can grow to 162") && refused.contains("2 more than"), "{refused}");
    assert!(refused.contains("filled with {instansi} [Pemkab Suka-Maju] * (22)"), "{refused}");
}

#[test]
fn the_text_that_a_file_need_not_hold_is_held_against_the_office_too() {
    let cut = FILE.replace(&line_of("TERIMA_PERKIRAAN_LUAR_JAM"), "");
    with_code(&cut, "KEC-TIRTASARI-KU").unwrap();
    let refused = with_code(&cut, "KEC-TIRTASARI-KULON").unwrap_err();
    let told = refused.to_string();
    assert!(matches!(refused, TemplateError::TooLong { key: "TERIMA", .. }), "{told}");
    let shorter = cut.replace("Terima kasih. Pengaduan utk", "Pengaduan utk");
    let refused = with_code(&shorter, "KEC-TIRTASARI-KULON").unwrap_err();
    let told = refused.to_string();
    assert!(matches!(refused, TemplateError::ShippedTooLong { .. }), "{told}");
    assert!(told.starts_with("TERIMA_PERKIRAAN_LUAR_JAM, which has no line"), "{told}");
    assert!(told.ends_with("add a line for it"), "{told}");
}

#[test]
fn a_brace_without_its_partner_is_refused() {
    for (text, brace) in [
        ("No {no} utk {unit", '{'),
        ("No {no} utk unit}", '}'),
        ("No {no}} utk {unit}", '}'),
        ("No {{no} utk {unit}", '{'),
        ("No {no utk {unit}", '{'),
        ("No {no} {", '{'),
        ("} No {no}", '}'),
    ] {
        let refused = with("TERIMA", text).unwrap_err();
        let expected = TemplateError::Brace { line: 2, key: "TERIMA", brace };
        assert_eq!(refused, expected, "{text}");
    }
    with("TERIMA", "No {no}{unit}").unwrap();
    with("TERIMA", "(No) [{no}] <{unit}>").unwrap();
    // The office's own name is no template.
    let told = speaking(FILE, "Kantor {no}").unwrap().fill(Key::StopOk, &[]);
    assert!(told.ends_with("Kantor {no}"), "{told}");
}

#[test]
fn a_text_that_says_nothing_is_refused() {
    for key in Key::ALL {
        for text in ["", "  ", "\u{a0}", "\u{200b}", "{instansi}", " . {instansi} -"] {
            let refused = with(key.name(), text).unwrap_err();
            assert!(matches!(refused, TemplateError::Empty { .. }), "{text:?}: {refused}");
            assert!(refused.to_string().contains(&format!("{} says nothing", key.name())));
        }
    }
    // The cell may be missing, too.
    let cut = FILE.replace(&line_of("FORMAT"), "FORMAT\t");
    assert!(matches!(speaking(&cut, "Kantor"), Err(TemplateError::Empty { line: 14, .. })));
    for (key, text) in
        [("FORMAT", "KODE # ISI"), ("JAWABAN", "{jawaban}"), ("TAMBAHAN", "{no} {instansi}")]
    {
        with(key, text).unwrap();
    }
}

#[test]
fn what_is_left_without_its_limit_says_something() {
    for text in ["Jawaban paling lambat {batas}. {instansi}", "{batas}", "{instansi}: {batas}!"] {
        let refused = with("DITELAAH", text).unwrap_err();
        assert!(matches!(refused, TemplateError::EmptyWithout { line: 8, .. }), "{refused}");
    }
    for text in ["Sedang ditelaah. Jawaban: {batas}. {instansi}", "{unit}. Jawaban: {batas}"] {
        with("DITELAAH", text).unwrap();
    }
}

#[test]
fn every_receipt_names_the_number() {
    for key in [
        "TERIMA",
        "TERIMA_PERKIRAAN",
        "TERIMA_UMUM",
        "TERIMA_LUAR_JAM",
        "TERIMA_PERKIRAAN_LUAR_JAM",
        "TERTUTUP",
        "DARURAT",
    ] {
        let refused = with(key, "x").unwrap_err();
        assert!(
            matches!(refused, TemplateError::Essential { blank: "no", .. }),
            "{key}: {refused}"
        );
    }
    with("DARURAT", "Telepon 112! Dicatat No {no}").unwrap();
    with("TERTUTUP", "{no} ditangani tertutup").unwrap();
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
    for link in ["https://bit.ly/x", "www.sukamaju.go.id", "sukamaju.go.id/aduan"] {
        let told = with("TERIMA", &format!("No {{no}}, lihat {link}. {{instansi}}")).unwrap_err();
        assert!(matches!(&told, TemplateError::Link { line: 2, link: held, .. } if held == link));
    }
    // A name is told, and not followed.
    with("TERIMA", "No {no}. Dinas lapor.go.id. {instansi}").unwrap();
    // As it was before it told of more than finished cases.
    let old = with("STATUS_SELESAI", "No {no} ({unit}): selesai {tgl}. Jawaban: {jawaban}");
    let told = old.unwrap_err().to_string();
    assert!(told.starts_with("line 12: STATUS_SELESAI must hold {status}, how it"), "{told}");
    assert!(told.contains("'sudah dijawab'") && told.contains("{tgl}"), "{told}");
    assert!(matches!(speaking("key\ttext\n", "Kantor"), Err(TemplateError::Missing { .. })));
    assert!(matches!(speaking("TERIMA\n", "Kantor"), Err(TemplateError::Header)));
    assert!(matches!(
        speaking(FILE, "Pemerintah Kabupaten Sukamaju"),
        Err(TemplateError::OfficeName { .. })
    ));
}
