//! What a citizen's text asks for: unit, body, command and flags. Reading never fails.
