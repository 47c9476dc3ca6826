//! Links in what an officer writes. No SMS of an office holds one: they look like fraud, and citizens are to learn not to follow them
//! (procedure.md section 13).

/// What looks like a place on the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link<'t> {
    /// A handset makes something to press of it: `https://…`, `www.…`, `bit.ly/form`, `dinas.go.id/form`.
    Certain(&'t str),
    /// A name that might only be told: `dinas.go.id`, `humas@dinas.go.id`.
    Doubtful(&'t str),
}

/// Ends of names that a path may stand behind.
const ENDS: [&str; 25] = [
    "id", "com", "net", "org", "info", "me", "ly", "gl", "gle", "ee", "gd", "to", "co", "io",
    "app", "link", "page", "site", "online", "xyz", "dev", "cc", "top", "shop", "web",
];

/// Ends that are no words: a name that is told without more. `selesai.info` may lack a space.
const ENDS_ALONE: [&str; 5] = ["id", "com", "net", "org", "ly"];

/// The first link of a text, a certain one before a doubtful one.
pub fn link(text: &str) -> Option<Link<'_>> {
    let mut found = None;
    for word in text.split_whitespace() {
        match in_word(word) {
            Some(Link::Certain(link)) => return Some(Link::Certain(link)),
            Some(Link::Doubtful(link)) => _ = found.get_or_insert(Link::Doubtful(link)),
            None => {}
        }
    }
    found
}

/// What a word is, with what else may be written to it: `(https://…)`, `form:bit.ly/x`.
fn in_word(word: &str) -> Option<Link<'_>> {
    let signs = |sign: char| !sign.is_alphanumeric() && sign != '/';
    let word = word.trim_matches(signs);
    if word.contains("://") {
        return Some(Link::Certain(word));
    }
    let beside_host = |sign: char| !sign.is_alphanumeric() && !"-./@".contains(sign);
    // What stands behind a host that has a path may hold any sign.
    let mut doubtful = None;
    for piece in word.split(beside_host) {
        let (host, path) =
            piece.split_once('/').map_or((piece, None), |(host, path)| (host, Some(path)));
        let (is_mail, host) = host.rsplit_once('@').map_or((false, host), |(_, host)| (true, host));
        let host = host.trim_matches(['.', '-']);
        if is_web(host) || (path.is_some() && !is_mail && ends_in(host, &ENDS)) {
            return Some(Link::Certain(word));
        }
        if ends_in(host, if is_mail { &ENDS } else { &ENDS_ALONE }) {
            doubtful = Some(Link::Doubtful(word));
        }
    }
    doubtful
}

/// `www.dinas…`
fn is_web(host: &str) -> bool {
    let mut labels = host.split('.');
    labels.next().is_some_and(|first| first.eq_ignore_ascii_case("www"))
        && labels.next().is_some_and(|name| !name.is_empty())
}

/// Whether a name has parts, and ends in one of these.
fn ends_in(host: &str, ends: &[&str]) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
    };
    host.rsplit_once('.').is_some_and(|(name, end)| {
        ends.iter().any(|known| end.eq_ignore_ascii_case(known)) && name.split('.').all(is_label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_handset_makes_something_to_press_of_is_a_link() {
        for text in [
            "lihat https://bit.ly/form",
            "Buka HTTP://dinas.go.id",
            "(https://dinas.go.id/form?x=1).",
            "buka www.dinas.go.id",
            "WWW.Dinas.Com,",
            "isi di bit.ly/form-aduan.",
            "wa.me/6281200000001",
            "form:s.id/KTP",
            "t.me/dinas",
            "lihat dinas.go.id/form",
            "daftar di dukcapil.sukamaju.go.id/antrean/",
            "https:tinyurl.com/x",
            "forms.gle/abc",
            "ke dinas.go.id, lalu bit.ly/x",
        ] {
            assert!(matches!(link(text), Some(Link::Certain(_))), "{text}: {:?}", link(text));
        }
    }

    #[test]
    fn a_name_that_may_only_be_told_is_doubtful() {
        for text in [
            "situs dinas.go.id",
            "humas@dinas.go.id",
            "kirim ke nama.orang@contoh.com.",
            "unduh di lapor.go.id!",
            "di s.id",
        ] {
            assert!(matches!(link(text), Some(Link::Doubtful(_))), "{text}: {:?}", link(text));
        }
    }

    #[test]
    fn what_offices_write_with_stops_and_strokes_is_no_link() {
        for text in [
            "Buka 08.00-15.00/16.00 WIB.",
            "RT.02/RW.03 Jl.Melati/Mawar",
            "No.12/2024 pasal 3.a/b",
            "a.n. Kepala Dinas, d.a. Jl. Melati s.d. Mawar",
            "Sudah selesai.info lebih lanjut di loket",
            "Biaya Rp.5.000/kg @Rp.2.500",
            "PUAS P26-00123-0, bila belum: BELUM",
            "Ir.H.Budi/M.Si.",
            "KTP/KK/KIA; dan/atau akta...",
            "buka pukul 8...id card dibawa",
            "hubungi 112 atau wa 0812-0000-0001",
            "http dan www saja",
        ] {
            assert_eq!(link(text), None, "{text}");
        }
    }
}
