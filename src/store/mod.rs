//! The database: the one module that knows SQL.
