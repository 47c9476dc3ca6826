//! What can be wrong with a TPDU, and with what should become one.

/// Why octets are not a TPDU; positions count octets from 0 at the start of what was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The octets end inside or before a field.
    #[error("{field} is cut short at octet {position}")]
    Truncated {
        /// The standard's name of the field.
        field: &'static str,
        /// Where the field begins.
        position: usize,
    },
    /// A length octet says more than the standard allows or than its surroundings can hold.
    #[error("{field} at octet {position} cannot have the length {length}")]
    Length {
        /// The standard's name of the field.
        field: &'static str,
        /// Where the length octet stands.
        position: usize,
        /// What the length octet says.
        length: u8,
    },
    /// TP-MTI names another type of TPDU than the one asked for (23.040 §9.2.3.1).
    #[error("TP-MTI at octet {position} is {found}, which is no {expected}")]
    MessageType {
        /// Where the octet with the type bits stands.
        position: usize,
        /// The type asked for.
        expected: &'static str,
        /// The two type bits found.
        found: u8,
    },
    /// TP-UDHI announces a header, but there is no user data to hold it.
    #[error("TP-UDHI is set, but TP-UD at octet {position} is empty")]
    NoHeader {
        /// Where the user data would begin.
        position: usize,
    },
}

impl DecodeError {
    /// The same error, counted from the start of something longer: a centre's address stands in front.
    #[must_use]
    pub const fn behind(mut self, octets: usize) -> Self {
        match &mut self {
            Self::Truncated { position, .. }
            | Self::Length { position, .. }
            | Self::MessageType { position, .. }
            | Self::NoHeader { position } => *position += octets,
        }
        self
    }
}

/// Why something cannot become a TPDU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// An address holds a character that is no semi-octet: only `0` to `9`, `*`, `#`, `a`, `b` and `c` are.
    #[error("{character:?} cannot stand in an address")]
    NotADigit {
        /// The first such character.
        character: char,
    },
    /// More than 20 digits, or more than 11 septets of an alphanumeric address (23.040 §9.1.2.5).
    #[error("an address of {length} signs is too long")]
    AddressTooLong {
        /// Digits, or septets of an alphanumeric address.
        length: usize,
    },
    /// A character that GSM 7-bit lacks, where nothing else is allowed.
    #[error("{character:?} is not in the GSM 7-bit alphabet")]
    Foreign {
        /// The first such character.
        character: char,
    },
    /// More user data than the 140 octets of one TPDU, header included.
    #[error("{octets} octets do not fit into one TPDU")]
    UserDataTooLong {
        /// Octets of user data.
        octets: usize,
    },
    /// More parts than one octet can number (23.040 §9.2.3.24.1).
    #[error("{parts} parts are more than 255")]
    TooManyParts {
        /// Parts the text would need.
        parts: usize,
    },
}
