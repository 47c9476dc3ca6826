//! The office at work: one synchronous function per use case.
