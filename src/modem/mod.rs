//! The driver of a physical modem: one task owns one serial line.
