//! Creates the database, and brings an older one up to `schema.sql`.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::Fault;

/// The schema as it looks today.
pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

/// What leads from version *n* to *n + 1*: the first entry belongs to version 1. Version 1 is the first schema.
const STEPS: &[&str] = &[];

/// The version that `schema.sql` describes: one more than there are steps to it.
const VERSION: i64 = 1;

/// # Errors
/// [`Fault::Newer`] where the file is ahead of this program; SQLite's own failures.
pub(super) fn refuse_newer(connection: &Connection, path: &Path) -> Result<(), Fault> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if (0..=VERSION).contains(&found) {
        return Ok(());
    }
    Err(Fault::Newer { path: path.to_owned(), found, known: VERSION })
}

/// Creates the schema, or leads an older one to it.
///
/// # Errors
/// As [`refuse_newer`].
pub(super) fn run(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match usize::try_from(found) {
        Ok(0) => tx.execute_batch(SCHEMA)?,
        Ok(version) if found <= VERSION => {
            for step in STEPS.iter().skip(version - 1) {
                tx.execute_batch(step)?;
            }
        }
        _ => return Err(Fault::Newer { path: path.to_owned(), found, known: VERSION }),
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_has_a_step_that_leads_to_it() {
        assert_eq!(usize::try_from(VERSION).unwrap(), STEPS.len() + 1);
    }

    #[test]
    fn schema_sql_names_its_version() {
        assert!(SCHEMA.contains(&format!("-- user_version = {VERSION}\n")));
    }
}
