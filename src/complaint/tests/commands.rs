use super::UNITS;
use crate::complaint::{Directory, Flag, Kind, read};

/// Kind, number, whether the number is bad, and the reason.
fn command(text: &str) -> (Kind, Option<String>, bool, String) {
    let reading = read(text, &Directory::from_tsv(UNITS).unwrap());
    let bad = reading.flags.contains(&Flag::BadNumber);
    (reading.kind, reading.number.map(|number| number.to_string()), bad, reading.body)
}

#[test]
fn a_number_with_a_digit_missing_or_extra_is_a_bad_number() {
    for (text, kind) in [
        ("STATUS P26-00123", Kind::Status),
        ("STATUS P26-0123-0", Kind::Status),
        ("STATUS P2600123", Kind::Status),
        ("STATUS P26-001234-0", Kind::Status),
        ("cek status no P26-0123 pak", Kind::Status),
        ("STATUS P123", Kind::Status),
        ("BATAL P26-00123", Kind::Withdraw),
        ("PUAS P26-00123", Kind::Satisfied),
        ("P26-00123", Kind::Status),
        ("P26-00123 pak", Kind::Status),
    ] {
        assert_eq!(command(text), (kind, None, true, String::new()), "{text}");
    }
    let reason = "masih rusak".to_owned();
    let belum = command("BELUM P26-00123 masih rusak");
    assert_eq!(belum, (Kind::Unsatisfied, None, true, reason));
}

#[test]
fn another_sign_or_an_o_makes_no_other_number() {
    let number = Some("P26-00123-0".to_owned());
    for text in ["STATUS P26-OO123-O", "STATUS P26/00123/0", "STATUS p26oo1230", "P26_00123_0"] {
        assert_eq!(command(text), (Kind::Status, number.clone(), false, String::new()), "{text}");
    }
}

#[test]
fn a_p_with_digits_in_a_complaint_is_no_number() {
    for text in [
        "guru P3K belum digaji",
        "lampu di blok P12 mati",
        "status P26 jalan itu milik siapa",
        "P12",
        "p 123",
        "jalan P26-00123 rusak",
    ] {
        let (kind, number, bad, _) = command(text);
        assert_eq!((kind, number, bad), (Kind::Complaint, None, false), "{text}");
    }
}

#[test]
fn belum_may_stand_behind_its_number() {
    let number = Some("P26-00123-0".to_owned());
    for (text, reason) in [
        ("P26-00123-0 belum", ""),
        ("P26-00123-0 BELUM masih rusak", "masih rusak"),
        ("P26-00123-0 blm, lampunya mati lagi", "lampunya mati lagi"),
        ("nomor P26-00123-0 pak belum: masih mati", "masih mati"),
        ("BELUM P26-00123-0 masih rusak", "masih rusak"),
    ] {
        let expected = (Kind::Unsatisfied, number.clone(), false, reason.to_owned());
        assert_eq!(command(text), expected, "{text}");
    }
    for text in [
        "P26-00123-0 belum ada jawaban",
        "P26-00123-0 belum diperbaiki juga",
        "laporan saya P26-00123-0 belum",
        "P26-00123-0 kok belum",
        "nomor P26-00123-0 pak belum ada jawaban",
    ] {
        assert_eq!(command(text).0, Kind::Status, "{text}");
    }
    assert_eq!(command("P26-00123 belum").0, Kind::Unsatisfied);
}

#[test]
fn whoever_asks_for_something_gets_no_instructions() {
    for text in ["kasih bantuan pak", "kasih info dong pak", "terima bantuan", "kasih menu"] {
        assert_eq!(command(text).0, Kind::Complaint, "{text}");
    }
    for text in ["bantuan", "info dong pak", "BANTUAN terima kasih", "help makasih pak"] {
        assert_eq!(command(text).0, Kind::Help, "{text}");
    }
}

#[test]
fn belum_and_batal_need_no_number_where_they_are_all_that_is_said() {
    for text in ["BELUM", "blm pak", "Belum puas pak", "belum beres min", "BELUM sesuai"] {
        assert_eq!(command(text), (Kind::Unsatisfied, None, false, String::new()), "{text}");
    }
    for text in ["BATAL", "batal ya pak", "batal laporan"] {
        assert_eq!(command(text), (Kind::Withdraw, None, false, String::new()), "{text}");
    }
    for text in ["belum?", "belum lampunya", "belum beres juga jalannya", "batal jadi", "batalkan"]
    {
        assert_eq!(command(text).0, Kind::Complaint, "{text}");
    }
}

#[test]
fn a_text_that_begins_with_belum_objects_wherever_its_number_stands() {
    let number = Some("P26-00123-0".to_owned());
    for (text, reason) in [
        ("belum puas P26-00123-0", "puas"),
        ("belum beres pak P26-00123-0", "beres pak"),
        ("BELUM lampunya masih mati P26-00123-0", "lampunya masih mati"),
        ("Belum, lampunya masih mati (P26-00123-0) pak", "lampunya masih mati"),
        ("belum diperbaiki P26-00123-0 masih mati", "diperbaiki P26-00123-0 masih mati"),
        ("belum ada perbaikan P26-00123-0", "ada perbaikan"),
    ] {
        let expected = (Kind::Unsatisfied, number.clone(), false, reason.to_owned());
        assert_eq!(command(text), expected, "{text}");
    }
    for text in [
        "belum ada jawaban P26-00123-0",
        "belum dijawab juga laporan saya P26-00123-0",
        "belum ada kabar pak P26-00123-0",
        "belum diperbaiki kapan P26-00123-0",
        "belum beres P26-00123-0?",
        "belum lancar air pelanggan no 12345674",
        "belum beres P26-00123-0 dan P26-04071-7",
        "laporan saya P26-00123-0 belum",
    ] {
        assert_eq!(command(text).0, Kind::Status, "{text}");
    }
}

#[test]
fn puas_and_batal_with_their_number_may_say_why() {
    let number = Some("P26-00123-0".to_owned());
    for (text, kind) in [
        ("PUAS P26-00123-0 terima kasih banyak", Kind::Satisfied),
        ("PUAS no P26-00123-0 sudah beres terima kasih atas jawabannya", Kind::Satisfied),
        ("BATAL P26-00123-0 sudah diperbaiki sendiri", Kind::Withdraw),
        ("batal laporan P26-00123-0, masih bisa dipakai", Kind::Withdraw),
    ] {
        assert_eq!(command(text), (kind, number.clone(), false, String::new()), "{text}");
    }
    for text in [
        "PUAS P26-00123-0 tapi lampunya mati lagi",
        "PUAS P26-00123-0 sudah beres?",
        "apa bapak tidak puas P26-00123-0",
        "puas rasanya melihat P26-00123-0",
        "BATAL P26-00123-0 bagaimana caranya",
        "batal dikerjakan P26-00123-0",
    ] {
        assert_eq!(command(text).0, Kind::Status, "{text}");
    }
}

#[test]
fn who_is_not_content_says_belum_in_other_words() {
    for text in ["tidak puas P26-00123-0", "kurang puas pak P26-00123-0", "P26-00123-0 ga puas"] {
        assert_eq!(command(text).0, Kind::Unsatisfied, "{text}");
    }
    for text in ["tidak puas", "kurang puas pak"] {
        let (kind, number, ..) = command(text);
        assert_eq!((kind, number.is_none()), (Kind::Unsatisfied, true), "{text}");
    }
    for text in ["tidak puas dengan pelayanan puskesmas", "warga tidak puas 3 bulan"] {
        assert_eq!(command(text).0, Kind::Complaint, "{text}");
    }
}

#[test]
fn a_greeting_before_a_command_leaves_it_one() {
    for (text, kind) in [
        ("assalamualaikum STATUS", Kind::Status),
        ("Assalamualaikum pak, cek status laporan saya", Kind::Status),
        ("mohon izin, STATUS P26-00123-0", Kind::Status),
        ("Assalamualaikum, cara lapor gimana?", Kind::Help),
        ("halo BANTUAN", Kind::Help),
        ("selamat pagi, KODE", Kind::Codes),
        ("maaf STOP", Kind::Stop),
        ("Selamat siang. STOP", Kind::Stop),
        ("selamat malam bu, mulai", Kind::Start),
        ("pagi pak, PUAS P26-00123-0", Kind::Satisfied),
        ("Selamat siang pak, belum P26-00123-0 masih mati", Kind::Unsatisfied),
        ("maaf, batal P26-00123-0", Kind::Withdraw),
        ("status laporan saya gimana pak", Kind::Status),
        ("gmn status laporan saya", Kind::Status),
        ("cara lapornya gimana", Kind::Help),
        ("STOP SMS INI", Kind::Stop),
    ] {
        assert_eq!(command(text).0, kind, "{text}");
    }
    for text in [
        "Stop pungli di pasar",
        "Info dong kapan pembagian pupuk",
        "help ada ular",
        "status jalan itu milik siapa",
        "Kode pos berapa",
        "berhentikan saja petugas parkir",
        "mohon bantuan",
        "tolong stop",
        "stop ini",
        "status jalan gimana",
        "gimana caranya supaya lampu menyala",
    ] {
        for greeting in ["", "Assalamualaikum, ", "selamat pagi pak. ", "maaf "] {
            let text = format!("{greeting}{text}");
            assert_eq!(command(&text).0, Kind::Complaint, "{text}");
        }
    }
}
