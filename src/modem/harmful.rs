//! Names of commands that do harm, by what they do: what neither a person may put to a modem by hand nor the table of families
//! have said at each start. Vendors have many names for one thing, so each list is longer than any one modem needs.

/// They read citizens' texts, send, answer for what was received, free places, dial, or show the directory.
const MESSAGES: &[&str] = &[
    "CMGS", "CMGW", "CMSS", "CMGC", "CMGL", "CMGR", "CMGD", "CMGDA", "QMGDA", "CNMA", "CUSD",
    "CPBR",
];

/// They restart the modem, or switch it off.
const RESTARTS: &[&str] = &[
    "CPOF", "CPOWD", "QPOWD", "SMSO", "RESET", "REBOOT", "SHUTDOWN", "MRST", "CRESET", "CPWROFF",
    "SHDN", "FASTSHDN", "ENHRST", "RST", "QRST", "ZRST", "NRB", "QCPWRDN", "MSO", "POWEROFF",
    "PWROFF",
];

/// They bring back what the factory set.
const WIPES: &[&str] = &["DEFAULT", "FACTORY", "RESTORE", "UFACTORY", "QPRTPARA"];

/// They enter, change or switch on what locks card, modem or network service; or speak to the card past all of that.
const LOCKS: &[&str] = &[
    "CPIN", "CPIN2", "EPIN", "CLCK", "QLCK", "SLCK", "CPWD", "SPWD", "CARDLOCK", "CSIM", "CRSM",
    "CGLA", "EGMR",
];

/// The driver sets them itself and relies on what it has set.
const DRIVERS: &[&str] = &["CFUN", "CMEE", "CMGF", "CMUX", "CNMI", "CPMS", "CSMS"];

/// Whether a question by this name may be more than one: firmware may overlook the mark behind it.
pub(super) fn is_never_a_question(name: &str) -> bool {
    [MESSAGES, RESTARTS, WIPES].iter().any(|names| names.contains(&name))
}

/// What the table of families has a line for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is said at each start, or to bring notices, or is a question.
    Start,
    /// It restarts the modem.
    Restart,
}

/// Why a line may not stand in the table of families.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It does not begin as command lines do, or holds more than one command.
    #[error("write one command, such as AT^CURC=0")]
    NotOne,
    /// It would lock, wipe, send, dial, restart, or undo what the gateway has set.
    #[error(
        "it may lock a card, empty a store, send, dial, restart or undo what the gateway sets, and is never said at a start"
    )]
    Harmful,
}

/// Whether the table of families may have a modem told this: one command, and none of those that do harm. What is written in
/// small letters or with blanks is read as modems read it (ITU-T V.250 §5.2.1).
///
/// # Errors
/// [`Unfit`].
pub fn fits_table(line: &str, purpose: Purpose) -> Result<(), Unfit> {
    let line = line.to_ascii_uppercase();
    // The blanks between are read over, not one within AT.
    let command = line.trim_start_matches(' ').strip_prefix("AT").ok_or(Unfit::NotOne)?;
    let command: String = command.chars().filter(|sign| *sign != ' ').collect();
    if command.contains(';') {
        return Err(Unfit::NotOne);
    }
    match command.strip_prefix(SIGNS) {
        Some(extended) => extended_fits(extended, purpose),
        None => basic_fits(&command, purpose),
    }
}

/// What the names of extended commands begin with.
const SIGNS: [char; 8] = ['+', '^', '#', '$', '*', '%', '!', '_'];

/// What has no place outside of quotes behind a name: some firmware begins another command there.
const BEGINS: [char; 8] = ['+', '^', '#', '$', '*', '%', '!', '&'];

fn extended_fits(command: &str, purpose: Purpose) -> Result<(), Unfit> {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let end = command.find(|sign| !is_name(sign)).unwrap_or(command.len());
    let (name, value) = command.split_at(end);
    let pieces: Vec<&str> = value.split('"').collect();
    let mut open = pieces.iter().step_by(2);
    if name.is_empty() || pieces.len().is_multiple_of(2) || open.any(|open| open.contains(BEGINS)) {
        return Err(Unfit::NotOne);
    }
    let harmful = match purpose {
        Purpose::Start => [MESSAGES, RESTARTS, WIPES, LOCKS, DRIVERS].as_slice(),
        Purpose::Restart => [MESSAGES, WIPES, LOCKS].as_slice(),
    };
    if harmful.iter().any(|names| names.contains(&name)) {
        return Err(Unfit::Harmful);
    }
    Ok(())
}

/// Letters of V.250, with a number each; they may follow one another.
fn basic_fits(command: &str, purpose: Purpose) -> Result<(), Unfit> {
    let mut rest = command;
    while !rest.is_empty() {
        let letters = if rest.starts_with(['&', '\\']) { 2 } else { 1 };
        let (name, behind) = rest.split_at_checked(letters).ok_or(Unfit::NotOne)?;
        if !name.ends_with(|sign: char| sign.is_ascii_alphabetic()) {
            return Err(Unfit::NotOne);
        }
        let (figure, behind) = number(behind);
        let (value, behind) = match behind.strip_prefix('=') {
            Some(value) if name == "S" => number(value),
            Some(_) => return Err(Unfit::NotOne),
            None => ("", behind),
        };
        let is_harmful = match name {
            // It dials, answers, or goes back into a call; the stored settings, the factory's, and a number to dial.
            "D" | "A" | "O" | "&F" | "&W" | "&Y" | "&Z" => true,
            "Z" => purpose == Purpose::Start,
            // Results as figures, or none at all.
            "V" => figure != "1",
            "Q" => !matches!(figure, "" | "0"),
            // Calls are answered; and what ends a line.
            "S" => {
                matches!(figure, "3" | "4" | "5") || (figure == "0" && !matches!(value, "" | "0"))
            }
            _ => false,
        };
        if is_harmful {
            return Err(Unfit::Harmful);
        }
        rest = behind;
    }
    Ok(())
}

/// The digits at the beginning, and what stands behind them.
fn number(text: &str) -> (&str, &str) {
    text.split_at(text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_family_may_need_at_each_start_is_taken() {
        for line in [
            "AT",
            "ATX",
            "ATE0V1",
            "ATS0=0",
            "AT&D0",
            "AT\\Q3",
            "AT^CURC=0",
            "AT^PORTSEL=1",
            "AT+QINDCFG=\"smsfull\",1",
            "AT+ZCDRUN=8",
            "AT+CRC=1",
            "at+cgsms = 1",
            "AT^SPIC=\"SC\"",
            "AT#PCT",
            "AT+CPINC?",
            "AT+COPS=4,0,\"IND+TELKOMSEL\"",
        ] {
            assert_eq!(fits_table(line, Purpose::Start), Ok(()), "{line}");
        }
        for line in ["AT#REBOOT", "AT^RESET", "AT+CFUN=1,1", "AT+CPOWD=1", "ATZ", "AT!RESET"] {
            assert_eq!(fits_table(line, Purpose::Restart), Ok(()), "{line}");
            assert_eq!(fits_table(line, Purpose::Start), Err(Unfit::Harmful), "{line}");
        }
    }

    #[test]
    fn what_locks_wipes_sends_or_undoes_the_drivers_work_is_not() {
        for line in [
            "AT+CPIN=\"9999\"",
            "at+cpin=\"9999\"",
            "AT + CPIN = \"9999\"",
            "AT^CPIN=\"9999\"",
            "AT*EPIN=1,\"9999\"",
            "AT+CLCK=\"SC\",1,\"1234\"",
            "AT+CPWD=\"SC\",\"1234\",\"9999\"",
            "AT+CSIM=26,\"0020000108393939FFFFFFFF\"",
            "AT+CRSM=220,28476,1,4,176",
            "AT+CMGD=1,4",
            "AT+CMGDA=6",
            "AT+QMGDA=6",
            "AT+CMGS=20",
            "AT+CMGW=20",
            "AT+CMSS=1",
            "AT+CNMA",
            "AT+CUSD=1,\"*123#\"",
            "ATD123;",
            "ATDT123",
            "ATX1D123",
            "ATA",
            "AT&F",
            "AT&F0",
            "ATE0&F",
            "ATV0",
            "ATQ1",
            "ATS3=10",
            "ATS0=1",
            "AT+FACTORY",
        ] {
            for purpose in [Purpose::Start, Purpose::Restart] {
                assert!(fits_table(line, purpose).is_err(), "{line} {purpose:?}");
            }
        }
        for line in ["AT+CPMS=\"ME\"", "AT+CNMI=2,2", "AT+CFUN=0", "AT+CMEE=0", "AT+CMGF=1"] {
            assert_eq!(fits_table(line, Purpose::Start), Err(Unfit::Harmful), "{line}");
        }
    }

    #[test]
    fn one_line_is_one_command() {
        for line in [
            "",
            "CURC",
            "AT+",
            "AT+CSQ;+CMGD=1,4",
            "AT+CSQ;",
            "ATE0+CMGD=1,4",
            "AT+CSQ+CMGD=1,4",
            "AT+CSQ&F",
            "AT+X=\"a",
            "AT+X=\"a\"+CMGD=1",
            "AT&",
            "AT1",
            "ATE=1",
        ] {
            for purpose in [Purpose::Start, Purpose::Restart] {
                assert_eq!(fits_table(line, purpose), Err(Unfit::NotOne), "{line}");
            }
        }
    }
}
