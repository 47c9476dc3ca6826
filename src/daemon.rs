//! The daemon: wiring, signals, readiness.
