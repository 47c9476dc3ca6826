//! Ticket numbers `P26-00123-0`: serial, year and check digit.
