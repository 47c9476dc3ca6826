//! Reading information lines, tolerantly: quotes go missing, blanks and zeros come where nobody wants them.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while};
use nom::character::complete::{char, digit1, space0};
use nom::combinator::{map, map_res, opt};
use nom::multi::{separated_list0, separated_list1};
use nom::sequence::{delimited, preceded, separated_pair, terminated};
use nom::{IResult, Parser};

use super::Malformed;

/// The text after a prefix such as `+CSQ:`.
pub(super) fn body<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    line.strip_prefix(prefix).map(str::trim)
}

/// The bodies of all lines with this prefix.
pub(super) fn bodies<'a>(
    lines: &'a [String],
    prefix: &'a str,
) -> impl DoubleEndedIterator<Item = &'a str> {
    lines.iter().filter_map(move |line| body(line, prefix))
}

/// What to say of an answer without a usable line.
pub(super) fn malformed(command: &'static str, lines: &[String]) -> Malformed {
    Malformed { command, answer: lines.join(" / ") }
}

/// The fields between commas; quoted ones may hold commas, and lose their quotes.
pub(super) fn fields(body: &str) -> Vec<&str> {
    let quoted = delimited(
        (space0, char('"')),
        take_till(|sign| sign == '"'),
        (char('"'), space0, at_field_end),
    );
    let bare = map(take_till(|sign| sign == ','), |field: &str| field.trim().trim_matches('"'));
    let result: IResult<&str, Vec<&str>> =
        separated_list0(char(','), alt((quoted, bare))).parse(body);
    result.map(|(_, fields)| fields).unwrap_or_default()
}

/// Succeeds before a comma or at the end, taking nothing.
fn at_field_end(input: &str) -> IResult<&str, ()> {
    if input.is_empty() || input.starts_with(',') {
        return Ok((input, ()));
    }
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Eof)))
}

/// The fields of an answer that has no text with commas in it: a lost quote then spoils its own field only.
pub(super) fn plain_fields(body: &str) -> Vec<&str> {
    body.split(',').map(|field| field.trim().trim_matches('"')).collect()
}

/// The field at a place, read as a number.
pub(super) fn number<T: std::str::FromStr>(fields: &[&str], place: usize) -> Option<T> {
    fields.get(place)?.trim().parse().ok()
}

/// The values a test command (`AT+X=?`) allows for one parameter, as inclusive ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(Vec<(u8, u8)>);

impl Values {
    /// Whether the modem says that it takes this value.
    pub fn allows(&self, value: u8) -> bool {
        self.0.iter().any(|(low, high)| (*low..=*high).contains(&value))
    }
}

/// `(0-2),(0,2),1,()`.
pub(super) fn value_sets(body: &str) -> Option<Vec<Values>> {
    let value = || {
        map_res(
            delimited(space0, digit1::<&str, nom::error::Error<&str>>, space0),
            str::parse::<u8>,
        )
    };
    let range =
        map((value(), opt(preceded(char('-'), value()))), |(low, high)| (low, high.unwrap_or(low)));
    let set = delimited(char('('), separated_list0(char(','), range), (space0, char(')')));
    let single = map(value(), |only| vec![(only, only)]);
    let set = delimited(space0, alt((set, single)), space0);
    let (_, sets) = separated_list1(char(','), set).parse(body).ok()?;
    Some(sets.into_iter().map(Values).collect())
}

/// `("SM","ME"),("SM"),("SM")`, or all of it in another pair of brackets (Wavecom).
pub(super) fn name_lists(body: &str) -> Option<Vec<Vec<&str>>> {
    let body = body.trim();
    let outer = body.strip_prefix("((").and_then(|inside| inside.strip_suffix("))"));
    let nested =
        outer.and_then(|_| body.strip_prefix('(')).and_then(|inside| inside.strip_suffix(')'));
    let name = delimited(
        (space0::<&str, nom::error::Error<&str>>, opt(char('"'))),
        take_while(|sign: char| sign.is_ascii_alphanumeric() || sign == '_'),
        (opt(char('"')), space0),
    );
    let list =
        delimited((space0, char('(')), separated_list0(char(','), name), (char(')'), space0));
    let (_, lists) =
        terminated(separated_list1(char(','), list), space0).parse(nested.unwrap_or(body)).ok()?;
    Some(lists)
}

/// `<name>,<used>,<total>`, or the two figures alone, repeated.
pub(super) fn usages(body: &str) -> Vec<(Option<&str>, u32, u32)> {
    let fields = plain_fields(body);
    let mut rest = fields.as_slice();
    let mut usages = Vec::new();
    loop {
        let (name, figures) = match rest {
            [name, figures @ ..] if name.parse::<u32>().is_err() => (Some(*name), figures),
            figures => (None, figures),
        };
        let [used, total, next @ ..] = figures else { return usages };
        let (Ok(used), Ok(total)) = (used.parse(), total.parse()) else { return usages };
        usages.push((name, used, total));
        rest = next;
    }
}

/// `<name>,<left>` pairs of `+CPINR`: the name and the tries left.
pub(super) fn tries(body: &str) -> Option<(&str, u8)> {
    let name = take_till::<_, &str, nom::error::Error<&str>>(|sign| sign == ',');
    let left = map_res(preceded(space0, digit1), str::parse::<u8>);
    let (_, (name, left)) = separated_pair(name, tag(","), left).parse(body).ok()?;
    Some((name.trim().trim_matches('"'), left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_keep_commas_in_quotes_and_survive_lost_quotes() {
        assert_eq!(fields("0,0,\"XL, Axiata\",7"), ["0", "0", "XL, Axiata", "7"]);
        assert_eq!(fields("2,1,\"5E25"), ["2", "1", "5E25"]);
        assert_eq!(fields(",,25"), ["", "", "25"]);
        assert_eq!(fields("\"\",145"), ["", "145"]);
        assert_eq!(plain_fields("2,1,\"0B,\"0100701\",7"), ["2", "1", "0B", "0100701", "7"]);
    }

    #[test]
    fn value_sets_are_lists_ranges_or_single_values() {
        let sets = value_sets("(0-3),(0,1),(0, 2-3),(),1").unwrap();
        let allowed: Vec<Vec<u8>> =
            sets.iter().map(|set| (0..5).filter(|value| set.allows(*value)).collect()).collect();
        assert_eq!(allowed, [vec![0, 1, 2, 3], vec![0, 1], vec![0, 2, 3], vec![], vec![1]]);
        assert_eq!(value_sets("yes"), None);
    }

    #[test]
    fn name_lists_may_be_nested() {
        let expected = vec![vec!["SM", "BM", "SR"], vec!["SM"]];
        assert_eq!(name_lists("(\"SM\",\"BM\",\"SR\"),(\"SM\")"), Some(expected.clone()));
        assert_eq!(name_lists("((\"SM\",\"BM\",\"SR\"),(\"SM\"))"), Some(expected));
        assert_eq!(name_lists("(\"SM\")"), Some(vec![vec!["SM"]]));
        assert_eq!(name_lists("(( \"SM\" ))"), Some(vec![vec!["SM"]]));
    }

    #[test]
    fn usages_come_with_and_without_names() {
        assert_eq!(usages("14,50,0,50"), [(None, 14, 50), (None, 0, 50)]);
        assert_eq!(usages("\"SM\",0,30,\"SM,0,30"), [(Some("SM"), 0, 30), (Some("SM"), 0, 30)]);
        assert_eq!(usages("\"SM\""), []);
    }

    proptest! {
        /// No line, however odd, stops the readers.
        #[test]
        fn nothing_panics(line in "[(),\"A-Z0-9 -]{0,60}") {
            let _ = (fields(&line), value_sets(&line), name_lists(&line), usages(&line), tries(&line));
        }
    }
}
