//! The office's procedure as data and pure functions: stages, roles, numbers, matching.
