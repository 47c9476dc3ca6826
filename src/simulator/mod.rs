//! A modem and its network in memory: pure, and served on pseudo-terminals.
