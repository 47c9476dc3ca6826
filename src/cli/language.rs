//! The two languages of the terminal. Citizens always read Indonesian; this is about officers.

pub use crate::config::Language;

/// Where the environment names a language, the strongest first (POSIX, "Internationalization Variables").
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

impl Language {
    /// Reads `id`, `en`, and locales such as `id_ID.UTF-8`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// The language of this call: what was asked for, else the environment's, else the office's, else Indonesian.
    pub fn choose(
        asked: Option<&str>,
        variable: impl Fn(&str) -> Option<String>,
        office: impl FnOnce() -> Option<Self>,
    ) -> Self {
        let environment =
            || VARIABLES.into_iter().filter_map(variable).find(|value| !value.is_empty());
        asked
            .and_then(Self::from_tag)
            .or_else(|| environment().as_deref().and_then(Self::from_tag))
            .or_else(office)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(asked: Option<&str>, variables: &[(&str, &str)], office: Option<&str>) -> Language {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Language::choose(asked, variable, || office.and_then(Language::from_tag))
    }

    #[test]
    fn the_option_outweighs_the_environment_and_that_the_office() {
        let english = [("LANG", "en_US.UTF-8")];
        assert_eq!(with(Some("id"), &english, Some("en")), Language::Indonesian);
        assert_eq!(with(None, &english, Some("id")), Language::English);
        assert_eq!(with(None, &[("LANG", "C.UTF-8")], Some("en")), Language::English);
        assert_eq!(with(None, &[("LANG", "C.UTF-8")], None), Language::Indonesian);
        assert_eq!(with(None, &[], None), Language::Indonesian);
    }

    #[test]
    fn the_strongest_variable_that_is_set_decides() {
        let both = [("LANG", "en_GB"), ("LC_ALL", "id_ID.UTF-8"), ("LC_MESSAGES", "")];
        assert_eq!(with(None, &both, None), Language::Indonesian);
        // A language that starts alike is another language.
        assert_eq!(with(None, &[("LANG", "enm")], None), Language::Indonesian);
    }
}
