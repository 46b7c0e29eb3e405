//! Loads a kit: the regime (责任清单.toml), the layout profile (版式.toml), the papers (文稿.toml),
//! the aspects by year (对照方面.toml), the fixed phrases (固定用语.toml), the words that offices use
//! (用词.toml) and the text templates.
//!
//! A kit is a folder of files given as bytes; a user's folder overlays the built-in one file by
//! file, 文稿.toml paper by paper, 用词.toml word by word. Loading validates everything and names file, entry and cure. No duty, number or
//! sentence of a regime stands in code.

mod duty_file;
mod figures;
pub mod layout;
mod layout_file;
mod own_duties;
pub mod paper;
mod papers_file;
pub mod phrases;
mod references;
pub mod regime;
mod regime_file;
mod rules_file;
mod tags;
pub mod terms;
mod terms_file;
mod toml_file;
mod words;
mod words_file;

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Diagnostic, Location, Outcome, Severity, codes, did_you_mean};

pub use figures::{Figure, Figures};
pub use layout::{Fonts, Layout};
pub use layout_file::Layouts;
pub use own_duties::{OwnRow, apply_own};
pub use paper::{Paper, SKIN, SubjectKind, TemplateSource};
pub use regime::{
    Applies, Check, CountIf, CountingRules, DocumentName, Duty, DutyHolder, DutyId, DutyKind, Line,
    LineId, MonthDay, Phrase, Pick, Placement, PrintedRule, Recognition, Regime, Scope, Trigger,
    Window,
};

pub use tags::Tag;
pub use terms::Terms;

use papers_file::Templates;
use toml_file::Table;

/// A kit's files by name (`自查报告-党组.md`).
pub type KitFiles = BTreeMap<String, Vec<u8>>;

/// A loaded kit.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The duties and how they are counted.
    pub regime: Regime,
    /// How papers look.
    pub layout: Layout,
    /// The layouts and fonts that may be chosen instead.
    pub layouts: Layouts,
    /// The papers that can be made, in their order.
    pub papers: Vec<Paper>,
    /// Aspects (对照方面) by year; a year that is not confirmed has none.
    pub aspects: BTreeMap<i16, Vec<String>>,
    /// What offices call forms, bodies, groups, units and posts (用词.toml).
    pub terms: Arc<Terms>,
    /// Words that open sentences and tables, by their name (固定用语.toml).
    pub phrases: BTreeMap<String, String>,
    /// The template files, by name.
    pub templates: KitFiles,
}

impl Kit {
    /// The papers that a name selects: the one of this id, else all whose ids begin with it
    /// (自查报告). Empty where there is none; the ids are what to offer then.
    pub fn papers_named(&self, name: &str) -> Vec<&Paper> {
        let name = name.trim();
        if let Some(paper) = self.papers.iter().find(|paper| paper.id == name) {
            return vec![paper];
        }
        let begins = |paper: &&Paper| !name.is_empty() && paper.id.starts_with(name);
        self.papers.iter().filter(begins).collect()
    }
}

/// The files that are no templates.
const REGIME: &str = "责任清单.toml";
const LAYOUT: &str = "版式.toml";
const PAPERS: &str = "文稿.toml";
const ASPECTS: &str = "对照方面.toml";
const PHRASES: &str = "固定用语.toml";
const TERMS: &str = "用词.toml";
const DATA_FILES: [&str; 6] = [REGIME, LAYOUT, PAPERS, ASPECTS, PHRASES, TERMS];

static BUILT_IN: Dir<'_> =
    include_dir!("$CARGO_MANIFEST_DIR/templates/意识形态和网络安全工作责任制");

/// The files of the built-in kit.
pub fn built_in() -> KitFiles {
    let name = |path: &std::path::Path| path.to_string_lossy().into_owned();
    BUILT_IN.files().map(|file| (name(file.path()), file.contents().to_vec())).collect()
}

/// Loads the built-in kit overlaid by a user's files, file by file. A file of the user's that is
/// broken is told, and the built-in one stands in for it.
pub fn load(overlay: &KitFiles) -> Outcome<Kit> {
    let kits = Kits { built_in: built_in(), user: overlay };
    let mut told = Vec::new();
    kits.tell_strangers(&mut told);
    let sources = kits.template_sources();
    let layouts = kits.read(LAYOUT, layout_file::read, &mut told);
    let regime = kits.read(REGIME, regime_file::read, &mut told);
    let kit = Kit {
        terms: Arc::new(kits.terms(&regime.forms, &mut told)),
        regime,
        layout: layouts.chosen().expect("a layout is chosen: the built-in kit is tested"),
        layouts,
        papers: kits.papers(&sources, &mut told),
        aspects: kits.read(ASPECTS, words_file::aspects, &mut told),
        phrases: kits.read(PHRASES, words_file::phrases, &mut told),
        templates: kits.templates(&sources),
    };
    Outcome { value: kit, diagnostics: told }
}

/// The built-in kit and the user's.
struct Kits<'a> {
    built_in: KitFiles,
    user: &'a KitFiles,
}

impl Kits<'_> {
    /// Reads a file of the user's kit, else, or if it is broken, of the built-in one.
    fn read<T>(&self, name: &str, read: impl Fn(&Table<'_>) -> T, told: &mut Vec<Diagnostic>) -> T {
        self.users(name, &read, told).unwrap_or_else(|| self.own(name, read, told))
    }

    /// Reads a file of the user's kit; nothing where there is none, or it is broken.
    fn users<T>(
        &self,
        name: &str,
        read: impl Fn(&Table<'_>) -> T,
        told: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let (value, faults) = read_bytes(name, self.user.get(name)?, &read);
        let broken = faults.iter().any(|fault| fault.severity == Severity::Error);
        told.extend(faults);
        if !broken && value.is_some() {
            return value;
        }
        told.push(
            Diagnostic::new(&codes::D110, format!("{name}有错，这次用的是内置的{name}"))
                .help("改好上面指出的各处再运行")
                .located(Location::File(name.to_owned())),
        );
        None
    }

    /// Reads a file of the built-in kit.
    fn own<T>(&self, name: &str, read: impl Fn(&Table<'_>) -> T, told: &mut Vec<Diagnostic>) -> T {
        let bytes = self.built_in.get(name).map_or(&[][..], Vec::as_slice);
        let (value, faults) = read_bytes(name, bytes, &read);
        told.extend(faults);
        value.expect("the built-in kit is tested")
    }

    /// The built-in words, the user's laid over them.
    fn terms(&self, forms: &[String], told: &mut Vec<Diagnostic>) -> Terms {
        let mut terms = self.own(TERMS, |top| terms_file::read(top, forms, false), told);
        if let Some(own) = self.users(TERMS, |top| terms_file::read(top, forms, true), told) {
            terms.extend(own);
        }
        terms.add_forms(forms);
        terms
    }

    /// The built-in papers, each with the user's template of its name if there is one, under the
    /// user's 文稿.toml.
    fn papers(&self, templates: &Templates, told: &mut Vec<Diagnostic>) -> Vec<Paper> {
        let read = |top: &Table<'_>| papers_file::papers(top, &[], templates);
        let mut papers = self.own(PAPERS, read, told);
        papers_file::take_named(&mut papers, templates);
        let over = |top: &Table<'_>| papers_file::papers(top, &papers, templates);
        let own = self.users(PAPERS, over, told);
        // A broken file names templates too.
        let whole = own.is_some() || !self.user.contains_key(PAPERS);
        let papers = own.unwrap_or(papers);
        if whole {
            self.tell_unused(&papers, told);
        }
        papers
    }

    /// Tells the user's templates that no paper is made from: given a paper's id for a name, they
    /// would be.
    fn tell_unused(&self, papers: &[Paper], told: &mut Vec<Diagnostic>) {
        let used = |name: &String| papers.iter().any(|paper| paper.template == *name);
        for name in self.user.keys().filter(|name| is_template(name) && !used(name)) {
            let stem = papers_file::stem(name);
            let (message, help) = match papers.iter().find(|paper| paper.id == stem) {
                Some(paper) => (
                    format!("“{name}”没有用上，“{stem}”用的是 {}", paper.template),
                    "要用这一个的，移走另一个，或在文稿.toml 里写 template".to_owned(),
                ),
                None => {
                    let near = did_you_mean(stem, papers.iter().map(|paper| paper.id.as_str()));
                    let ending = if is_text(name) { "md" } else { "docx" };
                    (
                        format!("“{name}”没有一种材料用它{near}"),
                        format!(
                            "一直用它的，改名为材料的编号，如 自查报告-党组.{ending}；\
                             只用一次的，generate 时写 --template"
                        ),
                    )
                }
            };
            let place = Location::File(name.clone());
            told.push(Diagnostic::new(&codes::D122, message).help(help).located(place));
        }
    }

    /// The template files, and whose they are.
    fn template_sources(&self) -> Templates {
        let built_in = self.built_in.keys().map(|name| (name, TemplateSource::BuiltIn));
        let user = self.user.keys().map(|name| (name, TemplateSource::User));
        built_in
            .chain(user)
            .filter(|(name, _)| is_template(name))
            .map(|(name, source)| (name.clone(), source))
            .collect()
    }

    fn templates(&self, sources: &Templates) -> KitFiles {
        let file = |name: &String| self.user.get(name).or_else(|| self.built_in.get(name));
        sources.keys().filter_map(|name| Some((name.clone(), file(name)?.clone()))).collect()
    }

    /// Tells the user's files that no one will read.
    fn tell_strangers(&self, told: &mut Vec<Diagnostic>) {
        for name in self.user.keys() {
            if DATA_FILES.contains(&name.as_str()) || is_template(name) || is_litter(name) {
                continue;
            }
            let known = DATA_FILES.into_iter().chain(self.built_in.keys().map(String::as_str));
            let near = did_you_mean(name, known);
            told.push(
                Diagnostic::new(&codes::D111, format!("模板文件夹里的“{name}”不起作用{near}"))
                    .help(format!("认识的文件：{}，以及 .md、.docx 模板", DATA_FILES.join("、")))
                    .located(Location::File(name.clone())),
            );
        }
    }
}

/// What Word, WPS and file managers leave beside the files they open.
fn is_litter(name: &str) -> bool {
    name.starts_with(['.', '~']) || name.eq_ignore_ascii_case("Thumbs.db") || name == "desktop.ini"
}

fn is_template(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !is_litter(name) && (lower.ends_with(".md") || lower.ends_with(".docx"))
}

/// Whether a template is a text; any other is taken for a Word file, and told if it is none.
pub fn is_text(template: &str) -> bool {
    let lower = template.to_ascii_lowercase();
    lower.ends_with(".md") || lower.ends_with(".txt")
}

/// What is told of a text that is not in UTF-8.
pub fn not_utf8(name: &str) -> Diagnostic {
    Diagnostic::new(&codes::D115, format!("{name}不是 UTF-8 编码"))
        .help("用记事本打开，另存为时编码选 UTF-8")
        .located(Location::File(name.to_owned()))
}

/// Reads bytes as a file's text; nothing where they are no UTF-8.
fn read_bytes<T>(
    name: &str,
    bytes: &[u8],
    read: impl Fn(&Table<'_>) -> T,
) -> (Option<T>, Vec<Diagnostic>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return (None, vec![not_utf8(name)]);
    };
    // Windows Notepad puts a byte order mark in front.
    toml_file::read(name, text.trim_start_matches('\u{feff}'), read)
}
