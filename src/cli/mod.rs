//! The officer's commands: arguments to a question, the answer to the terminal.
