//! The body of a complaint: what is left when its address is taken away. Only separators, the other half of what dresses
//! the address (`*DLH # sampah*`) and words copied from the instructions go; every other sign of the citizen stays.

use nom::Parser;
use nom::bytes::complete::{tag_no_case, take_while};
use nom::combinator::opt;
use nom::sequence::delimited;

use super::text;

/// What may stand between an address and its body.
const SEPARATORS: &[char] = &[
    ':', ',', '=', ';', '|', '.', '-', '/', '>', ')', ']', '*', '_', '~', '\u{2010}', '\u{2011}',
    '\u{2012}', '\u{2013}', '\u{2014}', '\u{2192}',
];

/// Those that say nothing even where the body follows without a space.
const BARE: &[char] = &[':', ',', '=', ';', '|'];

/// What ends an address that has no `#`: also "DISHUB!!! lampu mati".
const SHOUTS: &[char] = &['!', '?'];

/// Marks that open and close by the same sign.
const PAIRED_BY_THEMSELVES: &[char] = &['*', '_', '~', '"', '`'];

/// Separators between an address and its body that are taken off, one after another.
const ROUNDS_MAX: usize = 16;

/// The body behind an address: `prefix` is all of the text up to where `after` begins.
pub(super) fn behind<'t>(prefix: &str, after: &'t str) -> &'t str {
    let mut open = unclosed(prefix);
    let by_hash = prefix.ends_with(text::is_hash);
    let mut body = after;
    if !by_hash {
        // What is glued to the code separates, whatever follows: "DISHUB-5 lampu", but not "DISHUB -5 derajat".
        body = body.trim_start_matches(|c| {
            (SEPARATORS.contains(&c) && !open.contains(&c)) || SHOUTS.contains(&c)
        });
    }
    for _ in 0..ROUNDS_MAX {
        let before = body;
        body = text::trim(body);
        body = without_closers(body, &mut open);
        body = without_separators(body);
        body = without_copied_space(body);
        if body == before {
            break;
        }
    }
    while let Some(mark) = open.pop() {
        if let Some(inner) = body.strip_suffix(closer(mark)) {
            body = text::trim(inner);
        }
    }
    if let Some(inner) = body.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'))
        && !inner.contains(['<', '>'])
    {
        body = text::trim(inner);
    }
    body
}

/// The body before an address, and what stands behind both.
pub(super) fn before<'t>(body: &'t str, behind: &str) -> &'t str {
    let mut body = text::trim(body);
    while let Some(rest) = body
        .strip_suffix(|c: char| text::is_hash(c) || matches!(c, '(' | '[' | '<' | '{'))
        .or_else(|| dash_at_end(body))
    {
        body = text::trim(rest);
    }
    if let Some(mark) = body.chars().next()
        && (PAIRED_BY_THEMSELVES.contains(&mark) || closer(mark) != mark)
        && text::trim(behind).ends_with(closer(mark))
        && unclosed(body).first() == Some(&mark)
    {
        body = text::trim(body.strip_prefix(mark).unwrap_or(body));
    }
    body
}

/// A separator standing alone at the end.
fn dash_at_end(body: &str) -> Option<&str> {
    body.strip_suffix(['-', ':', '=', '\u{2013}', '\u{2014}'])
        .filter(|rest| rest.ends_with(char::is_whitespace))
}

/// Brackets and marks that `prefix` opens and does not close.
fn unclosed(prefix: &str) -> Vec<char> {
    let mut open: Vec<char> = Vec::new();
    for c in prefix.chars() {
        if open.last().is_some_and(|mark| closer(*mark) == c) {
            open.pop();
        } else if PAIRED_BY_THEMSELVES.contains(&c) || closer(c) != c {
            open.push(c);
        }
    }
    open
}

const fn closer(mark: char) -> char {
    match mark {
        '(' => ')',
        '[' => ']',
        '<' => '>',
        '{' => '}',
        '\u{201c}' | '\u{201e}' => '\u{201d}',
        '\u{2018}' => '\u{2019}',
        '\u{ab}' => '\u{bb}',
        same => same,
    }
}

/// The other half of what was opened before the address: `*DLH #* sampah`, `<PUPR #> jalan`.
fn without_closers<'t>(mut body: &'t str, open: &mut Vec<char>) -> &'t str {
    while let Some(mark) = open.last()
        && let Some(rest) = body.strip_prefix(closer(*mark))
        && !(PAIRED_BY_THEMSELVES.contains(mark) && rest.starts_with(char::is_alphanumeric))
    {
        body = text::trim(rest);
        open.pop();
    }
    body
}

/// A separator standing alone goes; before a word it stays (`-5 derajat`, `#tagar`, `*tebal*`), unless it can only be one.
fn without_separators(body: &str) -> &str {
    let hashes = body.trim_start_matches(text::is_hash);
    if hashes.len() < body.len() && !hashes.starts_with(char::is_alphanumeric) {
        return hashes;
    }
    let rest = body.trim_start_matches(SEPARATORS);
    let Some(run) = body.strip_suffix(rest).filter(|run| !run.is_empty()) else { return body };
    let ellipsis = run.len() > 1 && run.chars().all(|c| c == '.');
    match rest.chars().next() {
        None => rest,
        Some(next) if next.is_whitespace() => {
            if ellipsis || is_list(run, rest) {
                body
            } else {
                rest
            }
        }
        Some(next) if is_face(run, next, rest) => body,
        Some(next) => {
            let bare = run.chars().all(|c| BARE.contains(&c));
            let single = matches!(run, "-" | "." | ">") && !next.is_ascii_digit();
            if bare || single { rest } else { body }
        }
    }
}

/// `- lampu mati` above another line that begins in the same way.
fn is_list(run: &str, rest: &str) -> bool {
    rest.lines().skip(1).any(|line| {
        line.trim_start()
            .strip_prefix(run)
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })
}

/// `:(`, `:D`, `=)`: a face, not a separator.
fn is_face(run: &str, next: char, rest: &str) -> bool {
    let alone = rest.chars().nth(1).is_none_or(char::is_whitespace);
    let eyes = matches!(run, ":" | ":-" | "=" | ";" | ";-");
    let grown = matches!(run, ":)" | "=)" | ":]" | ":/" | ";)" | ":-)" | ":-/");
    (eyes && alone && matches!(next, '(' | ')' | 'D' | 'P' | 'p' | 'o' | 'O')) || grown
}

/// `(spasi)`, copied from the instructions, in any brackets or none.
fn without_copied_space(body: &str) -> &str {
    let mut word = delimited(
        opt((nom::character::complete::one_of::<_, _, ()>("([<"), take_while(char::is_whitespace))),
        tag_no_case("spasi"),
        opt((take_while(char::is_whitespace), nom::character::complete::one_of(")]>"))),
    );
    match word.parse(body) {
        Ok((rest, _)) if !rest.starts_with(char::is_alphanumeric) => rest,
        _ => body,
    }
}

/// Whether anything is said at all: letters, digits or a picture.
pub(super) fn has_content(body: &str) -> bool {
    body.chars().any(|c| {
        let punctuation = c.is_ascii_punctuation()
            || matches!(c, '\u{a1}'..='\u{bf}' | '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{303f}');
        c.is_alphanumeric() || !(c.is_whitespace() || text::is_invisible(c) || punctuation)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_go_and_the_citizens_signs_stay() {
        for (prefix, after, body) in [
            ("DISHUB #", "  lampu mati ", "lampu mati"),
            ("DISHUB #", " : lampu", "lampu"),
            ("DISHUB #", "- lampu", "lampu"),
            ("DISHUB #", " - satu\n- dua", "- satu\n- dua"),
            ("DISHUB #", " -5 derajat", "-5 derajat"),
            ("DISHUB #", " ...lampu", "...lampu"),
            ("DISHUB #", " #tagar", "#tagar"),
            ("DISHUB #", " # lampu", "lampu"),
            ("DISHUB #", " *Lampu* mati", "*Lampu* mati"),
            ("DISHUB #", " :( lampu", ":( lampu"),
            ("DISHUB #", " \"lampu\"", "\"lampu\""),
            ("DISHUB #", " <lampu>", "lampu"),
            ("DISHUB #", " <lampu> mati", "<lampu> mati"),
            ("DISHUB #", " (spasi) lampu", "lampu"),
            ("DISHUB #", " spasial lampu", "spasial lampu"),
            ("DISHUB #", " ❤\u{fe0f} lampu", "❤\u{fe0f} lampu"),
            ("*DISHUB #", "* lampu", "lampu"),
            ("*DISHUB #", " lampu mati*", "lampu mati"),
            ("*DISHUB* #", " lampu mati*", "lampu mati*"),
            ("\"DISHUB #", " lampu mati\"", "lampu mati"),
            ("(DISHUB", ") lampu", "lampu"),
            ("DISHUB", "; lampu", "lampu"),
            ("DISHUB", "!!! lampu", "lampu"),
            ("DISHUB", "...lampu", "lampu"),
            ("DISHUB", " *lampu* mati", "*lampu* mati"),
            ("DISHUB", " -> lampu", "lampu"),
            ("DISHUB", ".", ""),
        ] {
            assert_eq!(behind(prefix, after), body, "{prefix:?} {after:?}");
        }
    }

    #[test]
    fn a_body_before_its_address_loses_only_what_opens_it() {
        assert_eq!(before(" lampu mati (# ", ")"), "lampu mati");
        assert_eq!(before("lampu mati - # ", ""), "lampu mati");
        assert_eq!(before("\"lampu mati # ", "DISHUB\""), "lampu mati");
        assert_eq!(before("\"lampu\" mati # ", "DISHUB\""), "\"lampu\" mati");
        assert_eq!(before("lampu mati #gelap #", ""), "lampu mati #gelap");
    }

    #[test]
    fn signs_alone_are_no_content() {
        for nothing in ["", " ", "...", "?!", "\u{2026}", "\u{200b}", "\u{2014} \u{201c}\u{201d}"] {
            assert!(!has_content(nothing), "{nothing:?}");
        }
        for something in ["a", "7", "😭", "❤\u{fe0f}"] {
            assert!(has_content(something), "{something:?}");
        }
    }
}
