//! What forwarding and copying put in front of a text.

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while_m_n};
use nom::character::complete::{char, multispace0, multispace1, one_of, space0, space1};
use nom::combinator::{opt, peek, recognize, value, verify};
use nom::multi::many_m_n;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::text;

/// Letters of a time stamp or a name, at most.
const LETTERS_MAX: usize = 40;

/// The text behind all heads; from its first sign on, if there is none.
pub(super) fn behind(message: &str) -> &str {
    let mut content = text::trim(message);
    while let Ok((rest, ())) = head(content) {
        content = text::trim(rest);
    }
    content
}

fn head(input: &str) -> IResult<&str, ()> {
    // Bold and italic marks, arrows and emoji dress a head; a # or a bracket belongs to what follows.
    let dress =
        |c: char| !c.is_alphanumeric() && !text::is_hash(c) && !matches!(c, '[' | '<' | '?');
    preceded(take_while(dress), alt((value((), forwarded), value((), exported), value((), logged))))
        .parse(input)
}

/// `Diteruskan`, `Forwarded`, `Fwd:` on a line of its own, before a colon or before the text.
fn forwarded(input: &str) -> IResult<&str, &str> {
    let word = alt((
        tag_no_case("diteruskan berkali-kali"),
        tag_no_case("diteruskan"),
        tag_no_case("pesan terusan"),
        tag_no_case("pesan diteruskan"),
        tag_no_case("forwarded many times"),
        tag_no_case("forwarded message"),
        tag_no_case("forwarded"),
        tag_no_case("fwd"),
        tag_no_case("fw"),
    ));
    let source = (
        space1,
        alt((tag_no_case("dari"), tag_no_case("from"))),
        space1,
        take_while_m_n(1, LETTERS_MAX, |c: char| !matches!(c, ':' | '\n' | '#')),
        one_of(":\n"),
    );
    let dress = take_while(|c: char| matches!(c, '*' | '_' | '~' | ']' | ')' | '>' | '-' | '.'));
    recognize((
        word,
        alt((
            recognize(source),
            recognize((dress, multispace0, char(':'))),
            recognize((
                take_while(|c| matches!(c, '*' | '_' | '~' | ']' | ')')),
                peek(multispace1),
            )),
        )),
    ))
    .parse(input)
}

/// `[12/11 08.15] Nama:`, as WhatsApp copies a message; `[08.15, 12/11/2026] +62 812-…:` on the web.
fn exported(input: &str) -> IResult<&str, &str> {
    let stamp = verify(
        take_while_m_n(4, LETTERS_MAX, |c: char| !matches!(c, '[' | ']' | '\n')),
        |stamp: &str| stamp.chars().any(|c| c.is_ascii_digit()),
    );
    recognize((delimited(char('['), stamp, char(']')), name, char(':'))).parse(input)
}

/// `12/11/26 08.15 - Nama:`, as WhatsApp exports a whole conversation.
fn logged(input: &str) -> IResult<&str, &str> {
    let number = |input| take_while_m_n(1, 4, |c: char| c.is_ascii_digit()).parse(input);
    let date = (number, many_m_n(1, 2, (one_of("/.-"), number)));
    let time = (number, many_m_n(1, 2, (one_of(".:"), number)));
    let half = opt((
        take_while(char::is_whitespace),
        one_of("aApP"),
        opt(char('.')),
        one_of("mM"),
        opt(char('.')),
    ));
    let dash = (space0, alt((tag("-"), tag("\u{2013}"))), space0);
    recognize((date, opt(char(',')), space1, time, half, dash, name, char(':'))).parse(input)
}

fn name(input: &str) -> IResult<&str, &str> {
    verify(
        take_while_m_n(1, LETTERS_MAX, |c: char| !matches!(c, ':' | '\n' | '#')),
        |name: &str| !name.trim().is_empty(),
    )
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_many_makes_are_taken_off() {
        for head in [
            "Diteruskan\n",
            "_Diteruskan_\n",
            "*Diteruskan berkali-kali*\n",
            "\u{21aa}\u{fe0f} Diteruskan\n",
            "Fwd: ",
            "FWD: Fw: ",
            "Forwarded: ",
            "Forwarded message:\n",
            "Pesan terusan:\n",
            "Diteruskan dari Pak RT: ",
            "[12/11 08.15] Warga RT 05: ",
            "[12/11/2026 08:15:33] +62 812-0000-1111: ",
            "[08.15, 12/11/2026] Budi: ",
            "\u{200e}[12/11/26 08.15.33] ~ Budi: ",
            "12/11/26 08.15 - Budi: ",
            "12/11/2026, 08:15 - +62 812-0000-1111: ",
            "12/11/26, 8:15 PM - Budi: ",
            "Diteruskan\n[12/11 08.15] Budi: ",
        ] {
            assert_eq!(behind(&format!("{head}*DLH* # sampah")), "*DLH* # sampah", "{head:?}");
        }
    }

    #[test]
    fn what_only_looks_like_a_head_stays() {
        for text in [
            "Fwdlh # sampah",
            "[penting] DLH # sampah",
            "[12/11 08.15] DLH # sampah",
            "12/11/26 lampu mati: tolong",
            "# DLH # sampah",
            "diteruskannya: sampah",
        ] {
            assert_eq!(behind(text), text);
        }
    }
}
