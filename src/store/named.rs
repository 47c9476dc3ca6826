//! Columns of a row by name, at the price of their number: SQLite compares names from the first column on, each time.

use std::cell::Cell;

use rusqlite::types::FromSql;
use rusqlite::{Row, Statement};

use crate::masking::numbers;

/// The columns of a statement, learned once for all its rows.
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn of(statement: &Statement<'_>) -> Self {
        Self(statement.column_names().map(str::to_owned).collect())
    }
}

/// A row whose columns are asked for by name, about in their order.
pub(super) struct Named<'a, 'r> {
    row: &'a Row<'r>,
    names: Option<&'a Names>,
    /// Behind the column that was asked for last.
    next: Cell<usize>,
}

impl<'a, 'r> Named<'a, 'r> {
    pub(super) const fn of(row: &'a Row<'r>) -> Self {
        Self { row, names: None, next: Cell::new(0) }
    }

    /// One of many rows.
    pub(super) const fn among(row: &'a Row<'r>, names: &'a Names) -> Self {
        Self { row, names: Some(names), next: Cell::new(0) }
    }

    /// The column `name`.
    ///
    /// # Errors
    /// [`rusqlite::Error`]: there is none of this name, or it holds something else.
    pub(super) fn get<T: FromSql>(&self, name: &str) -> rusqlite::Result<T> {
        let statement = self.row.as_ref();
        let is_named = |place: usize| match self.names {
            Some(Names(names)) => names.get(place).is_some_and(|other| other == name),
            None => statement.column_name(place).is_ok_and(|other| other == name),
        };
        let (count, next) = (statement.column_count(), self.next.get());
        let place = (next..count).chain(0..next).find(|place| is_named(*place));
        let place = place.ok_or_else(|| rusqlite::Error::InvalidColumnName(name.to_owned()))?;
        self.next.set(place + 1);
        self.row.get(place)
    }
}

/// Reads a token that this version must know.
///
/// # Errors
/// [`rusqlite::Error`]: there is no such column, or it holds another one.
pub(super) fn token<T>(
    row: &Named<'_, '_>,
    column: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    read(&text).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(
            0,
            rusqlite::types::Type::Text,
            // It goes to the log, and the column may be the citizen's.
            format!("{column} holds {:?}, which this version does not know", numbers(&text)).into(),
        )
    })
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn columns_are_found_in_any_order_and_others_are_not() {
        let register = Connection::open_in_memory().unwrap();
        let mut statement = register.prepare("SELECT 1 AS one, 'b' AS two, NULL AS three").unwrap();
        let names = Names::of(&statement);
        for learned in [None, Some(&names)] {
            let read = statement.query_row([], |row| {
                let row = learned.map_or(Named::of(row), |names| Named::among(row, names));
                let three: Option<i64> = row.get("three")?;
                let (one, two): (i64, String) = (row.get("one")?, row.get("two")?);
                assert!(row.get::<i64>("two").is_err());
                assert!(row.get::<i64>("four").is_err());
                Ok((one, two, three, row.get::<i64>("one")?))
            });
            assert_eq!(read, Ok((1, "b".to_owned(), None, 1)));
        }
    }
}
