//! TP-DCS: which alphabet, which class, and what a message says about itself (3GPP TS 23.038 §4).

/// The data coding scheme octet, kept as it is on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Dcs(pub u8);

/// What the user data behind the header is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coding {
    /// GSM 7-bit, default alphabet or a national one.
    Gsm7,
    /// Octets for a machine.
    Octets,
    /// UCS-2, read as UTF-16 because phones put surrogate pairs in it.
    Ucs2,
    /// The reserved alphabet, or compressed text (23.042): nobody here can read it.
    Reserved,
}

/// A message waiting indication (23.038 §4, groups 1100 to 1110).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waiting {
    /// What waits.
    pub kind: WaitingKind,
    /// Whether the indication is to be set; else it is to be cleared.
    pub active: bool,
    /// Whether the message is to be stored; else only its indication counts.
    pub store: bool,
}

/// What a message waiting indication is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaitingKind {
    /// A voice message.
    Voicemail,
    /// A fax.
    Fax,
    /// Electronic mail.
    Email,
    /// Anything else.
    Other,
}

impl Dcs {
    /// GSM 7-bit default alphabet, no class.
    pub const GSM7: Self = Self(0x00);
    /// 8-bit data, no class.
    pub const OCTETS: Self = Self(0x04);
    /// UCS-2, no class.
    pub const UCS2: Self = Self(0x08);

    /// What the user data is made of; reserved groups are GSM 7-bit, as §4 tells a receiver to assume.
    pub const fn coding(self) -> Coding {
        match self.0 >> 4 {
            0b0000..=0b0111 if self.is_compressed() => Coding::Reserved,
            0b0000..=0b0111 => match self.0 >> 2 & 0b11 {
                0b00 => Coding::Gsm7,
                0b01 => Coding::Octets,
                0b10 => Coding::Ucs2,
                _ => Coding::Reserved,
            },
            0b1110 => Coding::Ucs2,
            0b1111 if self.0 & 0b100 != 0 => Coding::Octets,
            _ => Coding::Gsm7,
        }
    }

    /// Whether TP-UDL counts septets: plain GSM 7-bit only (23.040 §9.2.3.16).
    pub(super) const fn counts_septets(self) -> bool {
        matches!(self.coding(), Coding::Gsm7)
    }

    /// Whether the text is compressed (groups 00xx and 01xx, bit 5).
    pub const fn is_compressed(self) -> bool {
        self.0 & 0b1010_0000 == 0b0010_0000
    }

    /// The message class: 0 flash, 1 equipment, 2 SIM, 3 terminal; none for most messages.
    pub const fn class(self) -> Option<u8> {
        match self.0 >> 4 {
            0b0001 | 0b0011 | 0b0101 | 0b0111 | 0b1111 => Some(self.0 & 0b11),
            _ => None,
        }
    }

    /// Whether the message asks to be deleted once read (group 01xx).
    pub const fn is_auto_deleted(self) -> bool {
        self.0 >> 6 == 0b01
    }

    /// Whether the octet belongs to the reserved groups 1000 to 1011.
    pub const fn is_reserved_group(self) -> bool {
        self.0 >> 6 == 0b10
    }

    /// The message waiting indication, if this is one.
    pub const fn waiting(self) -> Option<Waiting> {
        let store = match self.0 >> 4 {
            0b1100 => false,
            0b1101 | 0b1110 => true,
            _ => return None,
        };
        let kind = match self.0 & 0b11 {
            0b00 => WaitingKind::Voicemail,
            0b01 => WaitingKind::Fax,
            0b10 => WaitingKind::Email,
            _ => WaitingKind::Other,
        };
        Some(Waiting { kind, active: self.0 & 0b1000 != 0, store })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_its_alphabet_and_class() {
        for (octet, coding, class) in [
            (0x00, Coding::Gsm7, None),
            (0x03, Coding::Gsm7, None), // the class bits mean nothing without bit 4
            (0x04, Coding::Octets, None),
            (0x08, Coding::Ucs2, None),
            (0x0C, Coding::Reserved, None),
            (0x10, Coding::Gsm7, Some(0)),
            (0x15, Coding::Octets, Some(1)),
            (0x1A, Coding::Ucs2, Some(2)),
            (0x1F, Coding::Reserved, Some(3)),
            (0x20, Coding::Reserved, None),
            (0x39, Coding::Reserved, Some(1)),
            (0x40, Coding::Gsm7, None),
            (0x58, Coding::Ucs2, Some(0)),
            (0x60, Coding::Reserved, None),
            (0x84, Coding::Gsm7, None),
            (0xB8, Coding::Gsm7, None),
            (0xC8, Coding::Gsm7, None),
            (0xD8, Coding::Gsm7, None),
            (0xE8, Coding::Ucs2, None),
            (0xF1, Coding::Gsm7, Some(1)),
            (0xF6, Coding::Octets, Some(2)),
        ] {
            let dcs = Dcs(octet);
            assert_eq!((dcs.coding(), dcs.class()), (coding, class), "{octet:02X}");
        }
    }

    #[test]
    fn only_the_waiting_groups_say_that_something_waits() {
        let waiting = |octet| Dcs(octet).waiting();
        assert_eq!(
            waiting(0xC8),
            Some(Waiting { kind: WaitingKind::Voicemail, active: true, store: false })
        );
        assert_eq!(
            waiting(0xD1),
            Some(Waiting { kind: WaitingKind::Fax, active: false, store: true })
        );
        assert_eq!(
            waiting(0xEA),
            Some(Waiting { kind: WaitingKind::Email, active: true, store: true })
        );
        assert_eq!(
            waiting(0xC3),
            Some(Waiting { kind: WaitingKind::Other, active: false, store: false })
        );
        assert_eq!((0x00..0xC0).chain(0xF0..=0xFF).find_map(waiting), None);
    }

    #[test]
    fn deletion_and_reserve_belong_to_their_groups() {
        for octet in 0..=255 {
            assert_eq!(Dcs(octet).is_auto_deleted(), (0x40..0x80).contains(&octet), "{octet:02X}");
            assert_eq!(
                Dcs(octet).is_reserved_group(),
                (0x80..0xC0).contains(&octet),
                "{octet:02X}"
            );
        }
    }
}
