//! The SMS codec: octets of a TPDU to text and back (3GPP TS 23.040, 23.038).
