//! What takes the alarm from a word of danger: a worry, a condition, a memory, a name.
//!
//! Each kind of hedge has its own reach, for the same word may be one or none: who *could not* get out, a child of *five years*, rain
//! *since* yesterday. A false alarm costs the officer an SMS, a missed one may cost a life: what is in doubt is an emergency.

mod words;

use std::ops::Range;

use super::lexicon;
use super::text::Word;
use words::{
    ABOUT_TO, AGO, AID, ALMOST, ASKING, CAGES, CALLS, CARES, CAUSES, CONDITIONS, CRACKERS,
    DRIFTING, EVENTS, FALLS, FIGURE_LINKS, FIGURES, GOING_ON, HABITS, HAPPENED, HASTE,
    KINDS_OF_FIRE, LASTING, LINKS, LONG_SPANS, NAME_LINKS, NAMES, NOT, NUMERALS, PAID, PAPERS,
    PREVENTED, RECURRING, SINCE, SIRENS, SOUNDING, SPANS, SWELLING, TELLING, THANKS,
    THINGS_OF_FIRE, WAYS_OUT, WORRIES,
};

/// Words between a worry and what is feared, at most.
const REACH: usize = 2;

/// Words between a condition and what it is a condition for, at most.
const REACH_OF_CONDITIONS: usize = 3;

/// Words between a denial (`tidak ada …`) and what did not happen, at most.
const LINKS_MAX: usize = 4;

/// Words behind a word of danger in which a memory is told (`kebakaran di pasar tahun lalu`).
const REACH_BEHIND: usize = 5;

/// Words behind a birth in which a question about it is asked.
const REACH_OF_QUESTIONS: usize = 8;

/// How a word hangs together with the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pause {
    /// One breath.
    None,
    /// A comma or the like.
    Comma,
    /// A sentence has ended.
    Sentence,
}

/// The pause before each of the words of `content`.
pub(super) fn pauses(content: &str, words: &[Word]) -> Vec<Pause> {
    let mut end = 0;
    words
        .iter()
        .map(|word| {
            let gap = content.get(end..word.start).unwrap_or_default();
            end = word.end;
            if word.opens_sentence {
                Pause::Sentence
            } else if gap.contains([',', ':', '(', ')']) || gap.contains("..") {
                Pause::Comma
            } else {
                Pause::None
            }
        })
        .collect()
}

/// Whether what stands round the words of danger at `place`, or between the first of them and the last, takes the alarm from them.
pub(super) fn hedge(words: &[String], pauses: &[Pause], place: &Range<usize>) -> bool {
    let here = Place { words, pauses, at: place.start };
    let end = Place { at: place.end.saturating_sub(1).max(place.start), ..here };
    here.is_feared()
        || here.is_named()
        || here.did_not_happen()
        || here.is_over()
        || here.is_figure()
        || here.is_aid()
        || here.is_siren()
        || here.is_noise()
        || here.is_drift()
        || here.is_traffic()
        || end.is_birth_asked_about()
        || end.is_thing_of_fire()
        || here.is_thing_of_fire()
        || here.is_lasting_want(&end)
        || (end.at > here.at && end.is_hedged_behind(here.at))
}

/// Whether a call for the fire brigade at `place` is none: a worry, a memory, thanks, or something that it is asked for at rest.
pub(super) fn hedge_call(words: &[String], pauses: &[Pause], place: &Range<usize>) -> bool {
    let here = Place { words, pauses, at: place.start };
    let end = Place { at: place.end.saturating_sub(1).max(place.start), ..here };
    let rest = words.get(place.start..).unwrap_or_default();
    let at_rest = rest
        .iter()
        .take(place.len() + REACH_BEHIND)
        .any(|word| lexicon::BRIGADE_AT_REST.contains(&word.as_str()));
    let thanked = here.back(REACH + 1, Pause::Comma).any(|at| THANKS.contains(&here.word(at)));
    at_rest
        || thanked
        || here.is_feared()
        || here.did_not_happen()
        || here.is_over()
        || end.is_over()
        || here.is_lasting_want(&end)
}

/// A word of danger in its text.
#[derive(Clone, Copy)]
struct Place<'a> {
    words: &'a [String],
    pauses: &'a [Pause],
    at: usize,
}

impl<'a> Place<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", String::as_str)
    }

    fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.word(self.at))
    }

    /// The word `count` places before `from`.
    fn before(&self, from: usize, count: usize) -> &'a str {
        from.checked_sub(count).map_or("", |at| self.word(at))
    }

    /// The places of the `count` words before this one, the nearest first, up to a pause as long as `pause`.
    fn back(&self, count: usize, pause: Pause) -> impl Iterator<Item = usize> + '_ {
        let breaks = move |at: usize| match self.pauses.get(at + 1) {
            Some(Pause::Sentence) => true,
            Some(Pause::Comma) => pause == Pause::Comma,
            Some(Pause::None) | None => false,
        };
        (self.at.saturating_sub(count)..self.at).rev().take_while(move |at| !breaks(*at))
    }

    /// The places of the words that follow this one in one breath, as far as a memory is told behind it.
    fn behind(&self) -> impl Iterator<Item = usize> + '_ {
        (self.at + 1..=self.at + REACH_BEHIND)
            .take_while(|at| self.pauses.get(*at) == Some(&Pause::None))
    }

    /// Whether a word from behind `from` up to this one is in `list`.
    fn between(&self, from: usize, list: &[&str]) -> bool {
        (from + 1..self.at).any(|at| list.contains(&self.word(at)))
    }

    /// A worry or a condition stands before it.
    fn is_feared(&self) -> bool {
        let worry = self.back(REACH + 1, Pause::Comma).any(|at| {
            let word = self.word(at);
            let previous = self.before(at, 1);
            let worries = match word {
                // Who could not get out is inside; "kalau bisa" is a courtesy.
                "bisa" => !NOT.contains(&previous) && !CONDITIONS.contains(&previous),
                "sampai" => previous == "jangan",
                // For help it is asked "agar" as well: only what shall not come is no alarm.
                "agar" | "supaya" => self.shall_not_come(),
                _ if CAUSES.contains(&word) => self.is(RECURRING),
                _ => WORRIES.contains(&word),
            };
            worries && !self.between(at, CALLS) && !self.between(at, HAPPENED)
        });
        worry
            || self.back(REACH_OF_CONDITIONS + 1, Pause::Sentence).any(|at| {
                CONDITIONS.contains(&self.word(at))
                    && !matches!(self.word(at + 1), "bisa" | "boleh")
                    && !self.is_told(at)
                    && !self.between(at, CALLS)
            })
    }

    /// Whether the "kalau" at `at` only says what is told.
    fn is_told(&self, at: usize) -> bool {
        let ahead = |count| self.before(at, count);
        (1..=2).any(|count| TELLING.contains(&ahead(count)))
            && !(2..=4).any(|count| ASKING.contains(&ahead(count)))
    }

    /// Whether something between `from` and this one says that it is a habit, did not happen or is over.
    fn is_hedged_behind(&self, from: usize) -> bool {
        let previous = self.before(self.at, 1);
        let habit = (from + 1..self.at).any(|at| {
            HABITS.contains(&self.word(at))
                // Who cannot swim falls into the river all the same.
                && !(self.word(at) == "bisa" && NOT.contains(&self.before(at, 1)))
        });
        let about_to = self.is(FALLS) && ABOUT_TO.contains(&previous);
        habit || about_to || self.did_not_happen() || self.is_over()
    }

    /// It is said of a care.
    fn is_figure(&self) -> bool {
        let said_of = self
            .behind()
            .find(|at| !FIGURE_LINKS.contains(&self.word(*at)))
            .is_some_and(|at| CARES.contains(&self.word(at)));
        self.is(FIGURES) && said_of
    }

    /// "Api" belongs to the name of another thing: "kereta api".
    fn is_thing_of_fire(&self) -> bool {
        self.is(&["api"])
            && (THINGS_OF_FIRE.contains(&self.before(self.at, 1))
                || KINDS_OF_FIRE.contains(&self.word(self.at + 1)))
    }

    /// It names what is paid, or should be: "bantuan gempa belum cair". "Minta bantuan longsor" cries for help.
    fn is_aid(&self) -> bool {
        let aid = self.back(REACH + 1, Pause::Comma).any(|at| AID.contains(&self.word(at)));
        // "Longsor turun" falls; aid has not come down, or has.
        let comes = |at: usize| {
            let previous = self.before(at, 1);
            self.word(at) == "turun" && (NOT.contains(&previous) || HAPPENED.contains(&previous))
        };
        let event = self.is(EVENTS) || self.is(&["terbakar"]);
        event && aid && self.behind().any(|at| PAID.contains(&self.word(at)) || comes(at))
    }

    /// It names a siren that does not sound.
    fn is_siren(&self) -> bool {
        let sounds =
            |at: usize| SOUNDING.contains(&self.word(at)) && !NOT.contains(&self.before(at, 1));
        SIRENS.contains(&self.before(self.at, 1)) && !self.behind().any(sounds)
    }

    /// "Meledak" is said of a sum, or of what cracks night after night.
    fn is_noise(&self) -> bool {
        let of = |list: &[&str]| {
            self.back(REACH + 1, Pause::Comma).any(|at| list.contains(&self.word(at)))
        };
        let goes_on = || self.behind().any(|at| GOING_ON.contains(&self.word(at)));
        self.is(&["meledak"]) && (of(SWELLING) || (of(CRACKERS) && goes_on()))
    }

    /// Nothing but rubbish drifts.
    fn is_drift(&self) -> bool {
        let before = |list: &[&str], reach| {
            self.back(reach, Pause::Comma).any(|at| list.contains(&self.word(at)))
        };
        let someone: Vec<&str> = lexicon::set("someone").split('|').collect();
        self.is(&["hanyut", "kintir", "keintir"])
            && before(DRIFTING, REACH)
            && !before(&someone, REACH_BEHIND)
    }

    /// Somebody is stuck in traffic of which is told before: "macet total, kami terjebak 2 jam".
    fn is_traffic(&self) -> bool {
        let jam = self.back(REACH_BEHIND, Pause::Sentence).any(|at| {
            matches!(self.word(at), "macet" | "kemacetan")
                && !(1..=REACH).any(|count| CAGES.contains(&self.before(at, count)))
        });
        let caged = || self.behind().any(|at| CAGES.contains(&self.word(at)));
        self.is(&["terjebak", "kejebak"]) && jam && !caged()
    }

    /// Papers or costs of a birth are asked about, or it is to come next month.
    fn is_birth_asked_about(&self) -> bool {
        let behind = self.words.get(self.at + 1..).unwrap_or_default();
        let any = |list: &[&str]| {
            behind.iter().take(REACH_OF_QUESTIONS).any(|word| list.contains(&word.as_str()))
        };
        let presses = || any(HASTE) || behind.iter().any(|word| word.starts_with("ambulan"));
        self.is(&["melahirkan", "lairan", "lahiran", "bersalin"]) && any(PAPERS) && !presses()
    }

    /// A village or an office says what it has not got ("desa butuh ambulans"), and nothing presses. "Di desa kami butuh ambulans"
    /// only says where.
    fn is_lasting_want(&self, wanted: &Self) -> bool {
        let whose = self.back(REACH, Pause::Comma).any(|at| {
            lexicon::PLACES_IN_WANT.contains(&self.word(at))
                && !matches!(self.before(at, 1), "di" | "ke" | "dari")
        });
        let brigade = ["pemadam", "damkar"].contains(&wanted.word(wanted.at));
        let fetched = brigade || wanted.word(wanted.at).starts_with("ambulan");
        let presses = || {
            let behind = self.words.get(wanted.at + 1..).unwrap_or_default();
            behind.iter().take(REACH_BEHIND).any(|word| HASTE.contains(&word.as_str()))
        };
        self.is(&["butuh", "perlu", "minta", "mohon"]) && fetched && whose && !presses()
    }

    fn shall_not_come(&self) -> bool {
        let behind = self.words.get(self.at + 1..).unwrap_or_default();
        behind.iter().take(REACH_BEHIND).any(|word| PREVENTED.contains(&word.as_str()))
    }

    /// It is the name of a service or a thing, or tells whose case it was.
    fn is_named(&self) -> bool {
        let linked = |list: &[&str], links: &[&str]| {
            self.back(REACH + 1, Pause::Comma)
                .find(|at| !links.contains(&self.word(*at)))
                .is_some_and(|at| list.contains(&self.word(at)))
        };
        // "Ada korban longsor" cries for help, "korban longsor belum dapat bantuan" does not.
        let victim = self.before(self.at, 1) == "korban"
            && self.is(EVENTS)
            && !matches!(self.before(self.at, 2), "ada" | "banyak");
        let way_out =
            self.before(self.at, 1) == "evakuasi" && WAYS_OUT.contains(&self.before(self.at, 2));
        victim
            || way_out
            || linked(NAMES, NAME_LINKS)
            || (self.is(RECURRING) && linked(&["banyak"], &["korban", "terjadi"]))
    }

    /// It is denied, or was or is to be escaped.
    fn did_not_happen(&self) -> bool {
        let stop = self
            .back(LINKS_MAX + 1, Pause::Comma)
            .find(|at| !LINKS.contains(&self.word(*at)) && !CAUSES.contains(&self.word(*at)));
        let waited = self.back(LINKS_MAX + 1, Pause::Comma).find(|at| {
            !LINKS.contains(&self.word(*at)) && !matches!(self.word(*at), "korban" | "sudah")
        });
        stop.is_some_and(|at| NOT.contains(&self.word(at)))
            || waited.is_some_and(|at| ALMOST.contains(&self.word(at)))
    }

    /// It is told of the past, or of a long time.
    fn is_over(&self) -> bool {
        let before = self.back(REACH + 1, Pause::Comma).any(|at| {
            let previous = self.before(at, 1);
            let told = match self.word(at) {
                "kemarin" => !SINCE.contains(&previous),
                "dulu" | "dahulu" => true,
                "lalu" | "silam" | "lampau" => SPANS.contains(&previous) || previous == "yang",
                span if SPANS.contains(&span) => self.lasts(at),
                _ => false,
            };
            told && !self.between(at, CALLS) && !self.between(at, HAPPENED)
        });
        let behind = self.behind().any(|at| {
            let ago = AGO.contains(&self.word(at))
                && SPANS.contains(&self.before(at, 1))
                && !matches!(self.before(at, 2), "seperti" | "kayak" | "dari" | "daripada");
            // Who is trapped may be so for days; what fell weeks ago lies there.
            let long_since = (LONG_SPANS.contains(&self.word(at)) && self.is_long(at))
                || (self.word(at) == "tahun" && is_year(self.word(at + 1)));
            ago || (long_since && (self.is(EVENTS) || self.is(FALLS)))
        });
        before || behind
    }

    /// Whether the stretch of time at `at` tells how long an event has lasted, how often or in which year it came; not how old
    /// somebody is, or since when somebody is in danger.
    fn lasts(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        let year = self.word(at) == "tahun" && (is_year(next) || next == "ini");
        year || (self.is_long(at) && self.is(EVENTS))
    }

    /// Whether the stretch of time at `at` is one for which something has lasted.
    fn is_long(&self, at: usize) -> bool {
        let previous = self.before(at, 1);
        LASTING.contains(&previous)
            || ((is_digits(previous) || NUMERALS.contains(&previous))
                && LASTING.contains(&self.before(at, 2)))
    }
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|c| c.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    is_digits(word) && word.len() == 4
}
