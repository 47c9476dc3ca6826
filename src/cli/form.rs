//! The form of a proposal, as git's editor form: headings, comments behind `#`, what is typed between them.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus};

/// What a member hands in, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// Rekomendasi solusi.
    pub recommendation: String,
    /// Peraturan terkait.
    pub rules: String,
    /// Catatan solusi.
    pub note: String,
    /// Redaksi.
    pub wording: String,
    /// Day by which remaining work is promised, as typed; empty: nothing remains.
    pub follow_up: String,
}

/// The headings, the office's own words in every language.
const HEADINGS: [&str; 5] = [
    "[Rekomendasi solusi]",
    "[Peraturan terkait]",
    "[Catatan solusi]",
    "[Redaksi]",
    "[Tindak lanjut paling lambat]",
];

impl Fields {
    const fn as_mut(&mut self) -> [&mut String; 5] {
        [
            &mut self.recommendation,
            &mut self.rules,
            &mut self.note,
            &mut self.wording,
            &mut self.follow_up,
        ]
    }

    /// The form: comments in front, then each heading with its hint and what is there already.
    pub fn form(mut self, introduction: &str, hints: &[String; 5]) -> String {
        let mut form = comment(introduction);
        for ((heading, hint), text) in HEADINGS.iter().zip(hints).zip(self.as_mut()) {
            form.extend(["\n", heading, "\n", &comment(hint), text, "\n"]);
        }
        form
    }

    /// Reads a filled form. Comments and what stands above the first heading are dropped; the lines of a wording are joined,
    /// because an editor breaks them where an SMS must not.
    pub fn read(form: &str) -> Self {
        let mut fields = Self::default();
        let mut place = None;
        for line in form.lines().filter(|line| !line.starts_with('#')) {
            let heading =
                HEADINGS.iter().position(|heading| line.trim().eq_ignore_ascii_case(heading));
            if heading.is_some() {
                place = heading;
            } else if let Some(text) =
                place.and_then(|place| fields.as_mut().into_iter().nth(place))
            {
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        for text in fields.as_mut() {
            *text = text.trim().to_owned();
        }
        fields.wording = fields.wording.split_whitespace().collect::<Vec<_>>().join(" ");
        fields
    }

    /// Whether nothing was filled in.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

/// A form that a person has filled in, in a file that is deleted unless it is kept.
#[derive(Debug)]
pub struct Edited {
    file: tempfile::TempPath,
    /// What was typed.
    pub fields: Fields,
}

impl Edited {
    /// Keeps the file, and tells where it lies.
    ///
    /// # Errors
    /// What the file system said.
    pub fn keep(self) -> io::Result<PathBuf> {
        Ok(self.file.keep()?)
    }
}

/// Lets a person fill in `form`.
///
/// # Errors
/// What the file system said; an editor that cannot be started or that ends with an error.
pub fn edit(form: &str, editor: &str) -> io::Result<Edited> {
    // Readable for its owner only: it holds the citizen's complaint.
    let mut file = tempfile::Builder::new().prefix("aduan-usul-").suffix(".txt").tempfile()?;
    file.write_all(form.as_bytes())?;
    file.flush()?;
    let file = file.into_temp_path();
    let status = start(editor, &file)?;
    if !status.success() {
        return Err(io::Error::other(format!("{editor}: {status}")));
    }
    let fields = Fields::read(&fs::read_to_string(&file)?);
    Ok(Edited { file, fields })
}

/// An editor's setting is a shell's command line (`code --wait`), so the shell starts it.
fn start(editor: &str, file: &std::path::Path) -> io::Result<ExitStatus> {
    Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("aduan").arg(file).status()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields {
            recommendation: "Ganti lampu\n\nSegera".to_owned(),
            rules: "tidak ada".to_owned(),
            note: "Lampu mati sejak Senin.".to_owned(),
            wording: "Lampu sudah diganti.".to_owned(),
            follow_up: "2026-12-01".to_owned(),
        }
    }

    fn hints() -> [String; 5] {
        ["satu", "dua", "tiga", "empat", "lima\nenam"].map(str::to_owned)
    }

    #[test]
    fn what_is_put_into_the_form_is_read_back() {
        let form = fields().form("P26-00123-0\n\nLampu mati", &hints());
        assert_eq!(Fields::read(&form), fields());
        assert!(form.lines().any(|line| line == "# enam"), "{form}");
    }

    #[test]
    fn an_untouched_form_is_blank() {
        let form = Fields::default().form("P26-00123-0", &hints());
        assert!(Fields::read(&form).is_blank());
    }

    #[test]
    fn a_wording_broken_over_lines_is_one_line() {
        let form = "[Redaksi]\nLampu sudah\n  diganti.\n\n# catatan\nTerima kasih.\n";
        assert_eq!(Fields::read(form).wording, "Lampu sudah diganti. Terima kasih.");
    }

    #[test]
    fn what_stands_above_the_first_heading_is_dropped() {
        assert!(Fields::read("halo\n# x\n").is_blank());
        assert_eq!(Fields::read("x\r\n[redaksi] \r\ny\r\n").wording, "y");
    }

    #[test]
    fn an_editor_that_fails_is_an_error_and_leaves_no_file() {
        let error = edit("", "false").unwrap_err();
        assert!(error.to_string().contains("false"), "{error}");
    }

    #[test]
    fn what_the_editor_wrote_is_read_and_can_be_kept() {
        let edited = edit("[Redaksi]\n", "printf 'Sudah.\\n' >>").unwrap();
        assert_eq!(edited.fields.wording, "Sudah.");
        let path = edited.keep().unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("Sudah."));
        fs::remove_file(path).unwrap();
    }
}
