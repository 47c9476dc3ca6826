//! Telephone numbers as they are received, typed, kept and masked.
