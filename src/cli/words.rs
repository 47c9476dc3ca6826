//! Every sentence of the terminal, from the two files in `texts/`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::language::Language;

const INDONESIAN: &str = include_str!("texts/id.ftl");
const ENGLISH: &str = include_str!("texts/en.ftl");

/// The sentences in one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The sentences in `language`.
    pub fn new(language: Language) -> Self {
        let text = match language {
            Language::Indonesian => INDONESIAN,
            Language::English => ENGLISH,
        };
        // What a file holds beside its mistakes is kept; that it holds none is tested.
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Else every value stands between two invisible marks of direction.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// Which language it is.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// A sentence without values.
    pub fn say(&self, id: &str) -> String {
        self.find(id).unwrap_or_else(|| id.to_owned())
    }

    /// A sentence without values, where there is one.
    pub fn find(&self, id: &str) -> Option<String> {
        self.format(id, None)
    }

    /// A sentence with values.
    pub fn fill(&self, id: &str, values: &[(&str, &str)]) -> String {
        let values: FluentArgs<'_> = values.iter().copied().collect();
        self.format(id, Some(&values)).unwrap_or_else(|| id.to_owned())
    }

    /// A sentence that speaks of `$count` things.
    pub fn count(&self, id: &str, count: usize) -> String {
        let values: FluentArgs<'_> = [("count", FluentValue::from(count))].into_iter().collect();
        self.format(id, Some(&values)).unwrap_or_else(|| id.to_owned())
    }

    fn format(&self, id: &str, values: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        // A value that is missing shows as its name: better than no sentence.
        Some(self.bundle.format_pattern(pattern, values, &mut Vec::new()).into_owned())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use fluent_bundle::FluentResource;

    use super::*;

    /// Identifier and the values that the sentence speaks of.
    pub fn sentences(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        let resource = FluentResource::try_new(text.to_owned()).expect("a file without mistakes");
        assert!(resource.entries().count() > 0);
        let mut sentences = BTreeMap::new();
        let mut current = String::new();
        for line in text.lines() {
            if let Some((id, _)) = line.split_once(" =")
                && line.starts_with(|first: char| first.is_ascii_alphabetic())
            {
                id.clone_into(&mut current);
                assert!(
                    sentences.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{id} stands twice"
                );
            }
            for piece in line.split('$').skip(1) {
                let name: String =
                    piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                sentences.get_mut(&current).unwrap().insert(name);
            }
        }
        sentences
    }

    #[test]
    fn both_files_hold_the_same_sentences_with_the_same_values() {
        assert_eq!(sentences(INDONESIAN), sentences(ENGLISH));
    }

    #[test]
    fn values_stand_in_sentences_without_marks_round_them() {
        let words = Words::new(Language::English);
        let sentence = words.fill("usage-unknown-command", &[("command", "inbx")]);
        assert!(sentence.contains("inbx"), "{sentence}");
        assert!(!sentence.contains(['\u{2068}', '\u{2069}']), "{sentence:?}");
    }

    #[test]
    fn english_counts_in_one_and_many() {
        let words = Words::new(Language::English);
        assert_eq!(words.count("inbox-count", 1), "1 ticket");
        assert_eq!(words.count("inbox-count", 2), "2 tickets");
    }

    /// A sentence that the code asks for by a literal name must be there.
    #[test]
    fn every_sentence_that_the_code_names_exists() {
        let known = sentences(INDONESIAN);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
        let mut seen = 0;
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let code = fs::read_to_string(&path).unwrap();
            for call in [".say(", ".fill(", ".count("] {
                for rest in code.split(call).skip(1) {
                    let Some(rest) = rest.trim_start().strip_prefix('"') else { continue };
                    let id = rest.split('"').next().unwrap();
                    if id.starts_with(|first: char| first.is_ascii_lowercase()) {
                        assert!(known.contains_key(id), "{}: {id}", path.display());
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 50, "{seen}");
    }
}
