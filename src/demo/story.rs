//! What happens: a dozen SMS, an office that works through some of them, an answer, and the month's recap.

use super::stage::{CARDS, Stage, tell_received};
use super::{DemoError, Terminal};
use crate::clock;
use crate::number::TicketNumber;

/// A citizen: a name that only the reader knows, and a number that nobody has.
struct Citizen {
    name: &'static str,
    number: &'static str,
}

const LAMP: Citizen = Citizen { name: "Bu Ani", number: "+6281200000101" };
const ROAD: Citizen = Citizen { name: "Pak Darto", number: "+6285600000102" };
const HOSPITAL: Citizen = Citizen { name: "Mbak Rini", number: "+6281900000103" };
const TYPO: Citizen = Citizen { name: "Pak Ujang", number: "+6289500000104" };
const BRIDGE: Citizen = Citizen { name: "Pak Tono", number: "+6281300000105" };
const POWER: Citizen = Citizen { name: "Bu Sri", number: "+6285700000106" };
const ETHICS: Citizen = Citizen { name: "warga", number: "+6287700000107" };
const FLOOD: Citizen = Citizen { name: "Pak Made", number: "+6281400000108" };
const RIVER: Citizen = Citizen { name: "Kang Asep", number: "+6283100000109" };
const CURIOUS: Citizen = Citizen { name: "Mas Yoga", number: "+6288200000110" };

/// Plays it from the first SMS to the recap.
pub(super) fn play(stage: &Stage, terminal: &mut dyn Terminal) -> Result<(), DemoError> {
    terminal.tell("demo-title", &[])?;
    terminal.breathe();
    let mut story = Story { stage, terminal };
    let tickets = story.citizens_write()?;
    story.officer_sorts(&tickets)?;
    story.answer_is_made(&tickets.lamp)?;
    story.answer_is_on_record(&tickets)?;
    story.citizen_is_satisfied(&tickets.lamp)?;
    story.director_reads()
}

/// Numbers that the citizens read in their receipts.
struct Tickets {
    lamp: String,
    typo: String,
    power: String,
}

struct Story<'a> {
    stage: &'a Stage,
    terminal: &'a mut dyn Terminal,
}

impl Story<'_> {
    fn citizens_write(&mut self) -> Result<Tickets, DemoError> {
        self.scene("demo-scene-citizens")?;
        let lamp = self.complain(
            &LAMP,
            "DISHUB # Lampu lalu lintas di Simpang Pasar mati sejak kemarin pagi, mohon segera diperbaiki",
        )?;
        self.complain(
            &ROAD,
            "PUPR # jln poros desa Sidorejo dari pertigaan masjid sampai balai desa rusak parah kira2 1 km, \
             lubangnya dalam dan kl hujan jadi kubangan. Minggu ini sdh 3 org jatuh, 1 patah tangan. Sdh lapor ke desa \
             2x blm ada tanggapan. Mohon segera ditambal, terima kasih",
        )?;
        self.complain(&HOSPITAL, "RSUD # toilet ruang tunggu kotor bgt 🤮 airnya jg mati 😭")?;
        let typo = self.complain(&TYPO, "DISHIB # lampu lalin dkt pos kamling RW 3 mati")?;
        self.complain(
            &BRIDGE,
            "mohon perbaikan jembatan kayu di dusun krajan, sdh lapuk, anak sekolah lewat situ",
        )?;
        self.write(&BRIDGE, "yg dekat rumah pak RT 02")?;
        let power = self.complain(&POWER, "PLN # listrik padam 8 jam tiap malam di dusun kami")?;
        self.complain(
            &ETHICS,
            "DISDUKCAPIL # petugas loket minta uang 50rb spy KTP cepat jadi. mohon dirahasiakan",
        )?;
        self.complain(
            &FLOOD,
            "tolong banjir sdh masuk rumah sepinggang di kp baru, byk lansia blm diungsikan",
        )?;
        self.complain(
            &RIVER,
            "DLH # punten pa, runtah di sisi walungan tos numpuk saminggu teu acan diangkut",
        )?;
        self.notice("TELKOMSEL", "Masa aktif kartu Anda berakhir 30-12-2026. Isi ulang segera.")?;
        self.write(&LAMP, "STATUS")?;
        self.write(&CURIOUS, "kode")?;
        self.write(&CURIOUS, "cara lapor gmn pak?")?;
        Ok(Tickets { lamp, typo, power })
    }

    fn officer_sorts(&mut self, tickets: &Tickets) -> Result<(), DemoError> {
        self.scene("demo-scene-officer")?;
        self.act("sari", &["inbox"])?;
        self.act("sari", &["show", &tickets.lamp])?;
        self.act("sari", &["assign", &tickets.lamp, "--category", "pengaduan"])?;
        self.act(
            "sari",
            &[
                "close",
                &tickets.power,
                "--reason",
                "BUKAN_WENANG",
                "--party",
                "PLN",
                "--contact",
                "PLN 123",
            ],
        )?;
        self.receive()
    }

    fn answer_is_made(&mut self, number: &str) -> Result<(), DemoError> {
        const NOTE: [&str; 7] = [
            "--recommendation",
            "Ganti modul lampu",
            "--rules",
            "Perda 5/2019 pasal 12",
            "--note",
            "Modul terbakar; suku cadang ada; regu malam pukul 19.00",
            "--wording",
        ];
        self.scene("demo-scene-draft")?;
        self.act("budi", &["inbox"])?;
        let first = "Lampu Simpang Pasar diperbaiki hari ini oleh regu malam.";
        self.act("budi", &[&["propose", number], &NOTE[..], &[first]].concat())?;
        self.act("budi", &["approve", number])?;
        self.scene("demo-scene-decision")?;
        self.act("ratna", &["inbox"])?;
        self.act("ratna", &["reject", number, "--reason", "Sebutkan jamnya"])?;
        let second = "Lampu lalu lintas diperbaiki hari ini pukul 19.00 oleh regu malam.";
        self.act("budi", &[&["propose", number], &NOTE[..], &[second]].concat())?;
        self.act("ratna", &["approve", number])?;
        self.scene("demo-scene-sending")?;
        self.act("sari", &["send", number])?;
        self.receive()?;
        self.stage.ticket_until(number, "the delivery report", |file| {
            file.replies.iter().any(|reply| reply.purpose == "answer" && reply.state == "delivered")
        })?;
        self.act("sari", &["show", number])
    }

    fn answer_is_on_record(&mut self, tickets: &Tickets) -> Result<(), DemoError> {
        self.scene("demo-scene-bank")?;
        self.act("ratna", &["known", "add", &tickets.lamp, "--matter", "Lampu lalu lintas mati"])?;
        self.act("sari", &["answer", &tickets.typo, "--note", "1"])?;
        self.receive()
    }

    fn citizen_is_satisfied(&mut self, number: &str) -> Result<(), DemoError> {
        self.scene("demo-scene-satisfied")?;
        self.write(&LAMP, &format!("PUAS {number}"))
    }

    fn director_reads(&mut self) -> Result<(), DemoError> {
        self.scene("demo-scene-recap")?;
        let month = self.stage.zone.local(clock::now()).format("%Y-%m").to_string();
        self.act("hadi", &["recap", &month])
    }

    fn scene(&mut self, id: &str) -> Result<(), DemoError> {
        self.terminal.tell(id, &[])?;
        self.terminal.breathe();
        Ok(())
    }

    fn act(&mut self, user: &str, typed: &[&str]) -> Result<(), DemoError> {
        let person = (user, self.stage.name(user));
        self.terminal.act(&self.stage.home.socket(user), person, typed)?;
        self.terminal.breathe();
        Ok(())
    }

    /// A citizen writes; the reply is shown.
    fn write(&mut self, citizen: &Citizen, text: &str) -> Result<(), DemoError> {
        self.complain(citizen, text).map(|_| ())
    }

    /// A citizen writes; the ticket number in the receipt, where there is one.
    fn complain(&mut self, citizen: &Citizen, text: &str) -> Result<String, DemoError> {
        // Half of the town has the number of the one modem, and half that of the other.
        let card = CARDS.get(citizen.name.len() % CARDS.len());
        let card = card.copied().unwrap_or_default();
        let sent = self.stage.simulation.text(citizen.number, card, text);
        let parts = sent.map_err(std::io::Error::other)?.to_string();
        let values =
            [("name", citizen.name), ("from", citizen.number), ("text", text), ("parts", &parts)];
        self.terminal.tell("demo-sent", &values)?;
        let reply = self.stage.next_message()?;
        tell_received(self.terminal, &reply)?;
        self.terminal.breathe();
        Ok(TicketNumber::find_in(&reply.text).map(|number| number.to_string()).unwrap_or_default())
    }

    fn notice(&mut self, name: &str, text: &str) -> Result<(), DemoError> {
        let [card, _] = CARDS;
        self.stage.simulation.notice(name, card, text).map_err(std::io::Error::other)?;
        self.terminal.tell("demo-notice", &[("name", name), ("text", text)])?;
        self.terminal.breathe();
        Ok(())
    }

    fn receive(&mut self) -> Result<(), DemoError> {
        let message = self.stage.next_message()?;
        tell_received(self.terminal, &message)?;
        self.terminal.breathe();
        Ok(())
    }
}
