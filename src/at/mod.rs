//! The AT dialogue with a modem, without I/O: bytes and deadlines in, bytes and events out.
