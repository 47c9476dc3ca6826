//! Type and flags of a TPDU (3GPP TS 23.040 §9.2.3.1 to .7, .17, .22, .23 and .25 to .28).

/// TP-MTI: which TPDU it is, a matter of direction too.
pub const TYPE: u8 = 0b0000_0011;
/// SMS-DELIVER.
pub(super) const DELIVER: u8 = 0;
/// SMS-SUBMIT.
pub(super) const SUBMIT: u8 = 1;
/// SMS-STATUS-REPORT.
pub(super) const STATUS_REPORT: u8 = 2;
/// Reserved towards us.
pub(super) const RESERVED: u8 = 3;

/// TP-MMS: set when the centre has *no* more messages for us (SMS-DELIVER, SMS-STATUS-REPORT).
pub const MMS: u8 = 0b0000_0100;
/// TP-RD: the centre is to refuse a repetition (SMS-SUBMIT).
pub const RD: u8 = 0b0000_0100;
/// TP-LP: the message has been forwarded and must not be again (SMS-DELIVER, SMS-STATUS-REPORT).
pub const LP: u8 = 0b0000_1000;
/// TP-VPF: the form of the validity period (SMS-SUBMIT).
pub(super) const VPF: u8 = 0b0001_1000;
/// TP-SRI: a report will go to the sender (SMS-DELIVER).
pub const SRI: u8 = 0b0010_0000;
/// TP-SRR: a report is asked for (SMS-SUBMIT).
pub const SRR: u8 = 0b0010_0000;
/// TP-SRQ: the report is on an SMS-COMMAND (SMS-STATUS-REPORT).
pub const SRQ: u8 = 0b0010_0000;
/// TP-UDHI: the user data begin with a header.
pub const UDHI: u8 = 0b0100_0000;
/// TP-RP: a reply may go back over the same centre.
pub const RP: u8 = 0b1000_0000;

/// The octet with TP-UDHI as the user data are.
pub(super) const fn with_header(first_octet: u8, has_header: bool) -> u8 {
    if has_header { first_octet | UDHI } else { first_octet & !UDHI }
}
