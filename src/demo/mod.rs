//! A whole office for a minute.

mod home;

pub use home::Home;
