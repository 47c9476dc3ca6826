//! Every stage, action and role against `tests/data/workflow.txt`, which was written from the procedure and not from the code.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

const TABLE: &str = include_str!("../../../tests/data/workflow.txt");

/// What a row says of an action: the step, and a word for each column; `None`: the stage does not know it.
type Row = Option<(&'static str, &'static str, Vec<&'static str>)>;

/// A stage, or one of its special situations, with its rows by action.
struct Block {
    stage: Stage,
    situation: &'static str,
    rows: BTreeMap<&'static str, Row>,
}

struct Table {
    columns: Vec<&'static str>,
    blocks: Vec<Block>,
}

impl Table {
    fn read() -> Self {
        let mut table = Self { columns: Vec::new(), blocks: Vec::new() };
        for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<_> = line.split_whitespace().collect();
            if let Some(heading) = line.strip_prefix("= ") {
                let (stage, situation) = heading.split_once(": ").unwrap_or((heading, ""));
                let stage = Stage::from_token(stage).unwrap_or_else(|| panic!("{line}"));
                table.blocks.push(Block { stage, situation, rows: BTreeMap::new() });
            } else if let Some(("columns", columns)) = line.split_once(' ') {
                table.columns = columns.split_whitespace().collect();
            } else {
                let block = table.blocks.last_mut().unwrap();
                let rows: Vec<(_, Row)> = match words.as_slice() {
                    ["not", "now", actions @ ..] => {
                        actions.iter().map(|action| (*action, None)).collect()
                    }
                    [number, action, to, cells @ ..] => {
                        assert_eq!(cells.len(), table.columns.len(), "{line}");
                        vec![(*action, Some((*number, *to, cells.to_vec())))]
                    }
                    _ => panic!("{line}"),
                };
                for (action, row) in rows {
                    let twice = block.rows.insert(action, row).is_some();
                    assert!(!twice, "{action} stands twice under {:?}", block.stage);
                }
            }
        }
        table
    }

    /// The row of a situation, which is the stage's own where nothing else is written.
    fn row<'a>(&'a self, block: &'a Block, action: &str) -> &'a Row {
        let own = self.blocks.iter().find(|own| own.stage == block.stage).unwrap();
        let row = block.rows.get(action).or_else(|| own.rows.get(action));
        row.unwrap_or_else(|| panic!("{action} is not under {}", block.stage.token()))
    }
}

/// A ticket in a situation, and when somebody comes to it.
fn placed(stage: Stage, situation: &str) -> (Case, DateTime<Utc>) {
    let before_pause = (stage == Stage::WaitingCitizen).then_some(Stage::New);
    let plain = Case { before_pause, ..case(stage) };
    let named = |who: &[&str]| who.iter().map(|who| OfficerId::from(*who)).collect();
    let by_chair = |who: &str| Case {
        drafter: Some(OfficerId::from(who)),
        drafted_by_chair: true,
        ..case(stage)
    };
    let case = match situation {
        "" | "eleven days after the answer" => plain,
        "returned twice" => Case { chair_assigns: true, ..plain },
        "asked by an anggota" => Case { before_pause: Some(Stage::Analysis), ..plain },
        "escalated" => Case { escalated: true, ..plain },
        "drafted by another ketua" => by_chair("wakil"),
        "drafted by another ketua and escalated" => Case { escalated: true, ..by_chair("wakil") },
        "drafted by this ketua" => by_chair("ketua"),
        "nothing was promised" => Case { needs_follow_up: false, ..plain },
        "after two objections" => Case { objections: 2, ..plain },
        "the ketua is named in it" => Case { concerns: named(&["ketua"]), ..plain },
        "ketua and pengarah are named in it" => {
            Case { concerns: named(&["ketua", "pengarah"]), ..plain }
        }
        "withdrawn while it was sealed" => Case { restricted: true, ..plain },
        "withdrawn while it was sealed, and the ketua is named in it" => {
            Case { restricted: true, concerns: named(&["ketua"]), ..plain }
        }
        "handed to the authorised body" => {
            Case { closed_as: Some(CloseReason::HandedOver), ..plain }
        }
        other => panic!("nobody knows what is meant by {other:?}"),
    };
    let days = if situation == "eleven days after the answer" { 11 } else { 0 };
    (case, noon() + TimeDelta::days(days))
}

/// A cell in full: the step that is taken, or the code of the refusal.
fn expected(row: &Row, column: usize) -> String {
    let Some((number, to, cells)) = row else { return "OUT_OF_TURN".to_owned() };
    match cells[column] {
        "yes" => format!("{number} {to}"),
        "-" => "NOT_PERMITTED".to_owned(),
        code => code.to_owned(),
    }
}

fn found(step: Result<Advance, Refusal>) -> String {
    match step {
        Ok(step) => format!("T{} {}", step.transition, step.to.token()),
        Err(refusal) => refusal.code().to_owned(),
    }
}

#[test]
fn the_table_knows_every_stage_every_action_and_every_role() {
    let table = Table::read();
    let roles = Role::ALL.iter().map(|role| role.token());
    assert_eq!(table.columns, ["sistem", "pemohon"].into_iter().chain(roles).collect::<Vec<_>>());
    let plain: Vec<_> = table
        .blocks
        .iter()
        .filter(|block| block.situation.is_empty())
        .map(|block| block.stage)
        .collect();
    for stage in Stage::ALL {
        let times = plain.iter().filter(|other| *other == stage).count();
        assert_eq!(times, 1, "{} has one block of its own", stage.token());
    }
    let actions: BTreeSet<_> = actions().iter().map(Action::token).collect();
    for block in &table.blocks {
        let known: BTreeSet<_> = block.rows.keys().copied().collect();
        let what = format!("{} {}", block.stage.token(), block.situation);
        if block.situation.is_empty() {
            assert_eq!(known, actions, "{what}");
        } else {
            assert!(known.is_subset(&actions) && !known.is_empty(), "{what}: {known:?}");
        }
    }
    // T1 is the message itself; every other transition of the procedure stands here.
    let numbers: BTreeSet<_> = table
        .blocks
        .iter()
        .flat_map(|block| block.rows.values().flatten())
        .map(|(number, ..)| number[1..].parse::<u8>().unwrap())
        .collect();
    assert_eq!(numbers, (2..=24).collect());
}

#[test]
fn everybody_may_do_what_the_table_says_and_is_refused_with_its_reason() {
    let table = Table::read();
    let mut wrong = Vec::new();
    for block in &table.blocks {
        let (case, now) = placed(block.stage, block.situation);
        for action in actions() {
            let row = table.row(block, action.token());
            for (column, who) in table.columns.iter().enumerate() {
                let (expected, found) =
                    (expected(row, column), found(step_at(who, &case, &action, now)));
                if expected != found {
                    let (stage, action) = (block.stage.token(), action.token());
                    let of = block.situation;
                    wrong.push(format!("{stage} {of} {action} by {who}: {expected}, not {found}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "the table says, and the program does not:\n{}", wrong.join("\n"));
}

#[test]
fn whoever_holds_two_roles_may_do_what_either_may_and_no_more() {
    let table = Table::read();
    let id = OfficerId::from("rangkap");
    for block in table.blocks.iter().filter(|block| block.situation.is_empty()) {
        let (case, now) = placed(block.stage, block.situation);
        for action in actions() {
            let row = table.row(block, action.token());
            for (one, first) in Role::ALL.iter().enumerate() {
                for (other, second) in Role::ALL.iter().enumerate().skip(one + 1) {
                    let cells = [one, other].map(|role| expected(row, role + 2));
                    let [of_first, of_second] = &cells;
                    let expected = if of_first.starts_with('T') { of_first } else { of_second };
                    let roles = [*first, *second];
                    let actor = Actor::Officer { id: &id, roles: &roles, units: &own_unit() };
                    let found = found(advance(&case, &action, &actor, now));
                    let (stage, action) = (block.stage.token(), action.token());
                    assert_eq!(&found, expected, "{stage} {action} by {roles:?}");
                }
            }
        }
    }
}
