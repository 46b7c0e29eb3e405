//! 版式.toml: profiles and font sets, and the choice among them. A choice that does not give 22
//! lines of 28 characters is refused with the arithmetic that shows why.

use std::collections::BTreeMap;

use super::layout::{
    FULL_PAGE, Fonts, Grid, Layout, PAGE_HEIGHT, PAGE_WIDTH, chars_per_line, lines_per_page,
};
use super::toml_file::{Table, TomlFile};
use crate::diagnostic::{codes, did_you_mean};

/// Everything that 版式.toml offers, and what it chooses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layouts {
    /// The profile chosen.
    pub profile: String,
    /// The font set chosen.
    pub font_set: String,
    profiles: BTreeMap<String, Page>,
    font_sets: BTreeMap<String, Fonts>,
    bold_levels: Vec<u8>,
    centred_page_number: bool,
}

/// The measures of a profile.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Page {
    margins: [u32; 4],
    footer: u32,
    line: u32,
    char_spacing: i32,
    size: u32,
}

impl Layouts {
    /// The layout of a profile with the chosen fonts; none where the profile is not known.
    pub fn for_profile(&self, profile: &str) -> Option<Layout> {
        self.with_fonts(profile, &self.font_set)
    }

    /// The layout of a profile with a font set; none where one of them is not known.
    pub fn with_fonts(&self, profile: &str, font_set: &str) -> Option<Layout> {
        let page = self.profiles.get(profile)?;
        Some(Layout {
            profile: profile.to_owned(),
            margins: page.margins,
            footer: page.footer,
            line: page.line,
            char_spacing: page.char_spacing,
            size: page.size,
            fonts: self.font_sets.get(font_set)?.clone(),
            bold_levels: self.bold_levels.clone(),
            centred_page_number: self.centred_page_number,
        })
    }

    /// The layout that the file chooses; none only where the file was told to be broken.
    pub fn chosen(&self) -> Option<Layout> {
        self.for_profile(&self.profile)
    }
}

/// Reads 版式.toml.
pub(super) fn read(file: &mut TomlFile<'_>) -> Layouts {
    file.read(|file, top| {
        top.only(
            &[
                "profile",
                "font_set",
                "latin",
                "bold_levels",
                "centred_page_number",
                "profiles",
                "font_sets",
            ],
            file,
        );
        let latin = top.text("latin", "西文和数字的字体", file);
        let mut layouts = Layouts {
            profile: top.text("profile", "采用的版面", file),
            font_set: top.text("font_set", "采用的字体", file),
            centred_page_number: top.flag("centred_page_number", file).unwrap_or(false),
            ..Layouts::default()
        };
        for level in top.numbers("bold_levels", file).unwrap_or_default() {
            match u8::try_from(level) {
                Ok(level @ 1..=4) => layouts.bold_levels.push(level),
                Ok(_) | Err(_) => {
                    let message = format!("{}里的{level}不是标题级别", top.key("bold_levels"));
                    file.tell(&codes::D113, top.span_of("bold_levels"), message, "标题级别是1到4");
                }
            }
        }
        for (name, mut table) in named(top, "profiles", file) {
            table.label = format!("版面 {name}");
            let page = page(&table, file);
            layouts.profiles.insert(name, page);
        }
        for (name, mut table) in named(top, "font_sets", file) {
            table.label = format!("字体 {name}");
            let fonts = fonts(&name, &latin, &table, file);
            layouts.font_sets.insert(name, fonts);
        }
        let profiles = layouts.profiles.keys().map(String::as_str);
        chosen(top, "profile", &layouts.profile, profiles, file);
        let font_sets = layouts.font_sets.keys().map(String::as_str);
        chosen(top, "font_set", &layouts.font_set, font_sets, file);
        layouts
    })
}

/// The tables within a table, by name.
fn named<'a, 'i>(
    top: &Table<'a, 'i>,
    key: &str,
    file: &mut TomlFile<'_>,
) -> Vec<(String, Table<'a, 'i>)> {
    let Some(tables) = top.table(key, file) else {
        if !top.has(key) {
            top.missing(key, "可选的各种版面或字体", file);
        }
        return Vec::new();
    };
    let names: Vec<String> = tables.keys().map(str::to_owned).collect();
    names.into_iter().filter_map(|n| tables.table(&n, file).map(|t| (n, t))).collect()
}

fn chosen<'a>(
    top: &Table<'_, '_>,
    key: &str,
    choice: &str,
    known: impl Iterator<Item = &'a str>,
    file: &mut TomlFile<'_>,
) {
    let known: Vec<&str> = known.collect();
    if choice.is_empty() || known.contains(&choice) {
        return;
    }
    let near = did_you_mean(choice, known.iter().copied());
    let message = format!("{}“{choice}”没有定义{near}", top.key(key));
    file.tell(&codes::D107, top.span_of(key), message, format!("可以写：{}", known.join(" ")));
}

fn page(table: &Table<'_, '_>, file: &mut TomlFile<'_>) -> Page {
    table.only(&["margins", "footer", "line", "char_spacing", "size", "grid", "pitch"], file);
    let mut page = Page::default();
    let margins = table.numbers("margins", file);
    match margins.as_deref().map(|m| m.iter().map(|n| u32::try_from(*n)).collect::<Vec<_>>()) {
        Some(list) => match list.as_slice() {
            // Half the page's height at the most: a text area remains, and no sum overflows.
            [Ok(t @ 0..=5000), Ok(r @ 0..=5000), Ok(b @ 0..=5000), Ok(l @ 0..=5000)] => {
                page.margins = [*t, *r, *b, *l];
            }
            _ => {
                let message = format!("{}要有上、右、下、左4个0到5000的数", table.key("margins"));
                file.tell(&codes::D113, table.span_of("margins"), message, "1毫米约合57");
            }
        },
        None if table.has("margins") => {}
        None => table.missing("margins", "上、右、下、左边距", file),
    }
    let mut number = |key: &str, what: &str, low: i64, high: i64| -> i64 {
        if !table.has(key) {
            table.missing(key, what, file);
        }
        table.number(key, low..=high, file).unwrap_or(0)
    };
    page.footer = u32::try_from(number("footer", "页脚距边界", 0, 5000)).unwrap_or(0);
    page.line = u32::try_from(number("line", "行距", 200, 2000)).unwrap_or(0);
    page.size = u32::try_from(number("size", "正文字号", 10, 100)).unwrap_or(0);
    page.char_spacing = i32::try_from(number("char_spacing", "字距", -200, 200)).unwrap_or(0);
    fit(&page, table, file);
    page
}

/// Refuses what does not give 22×28.
fn fit(page: &Page, table: &Table<'_, '_>, file: &mut TomlFile<'_>) {
    let grid_word = table.opt_text("grid", file).unwrap_or_else(|| "lines".to_owned());
    let pitch = table.number("pitch", 100..=2000, file).and_then(|n| u32::try_from(n).ok());
    if page.line == 0 || page.size == 0 || page.margins == [0; 4] {
        return; // Already told.
    }
    let pitch = pitch.unwrap_or(page.line);
    let grid = match grid_word.as_str() {
        "lines" => Grid::Lines(pitch),
        "none" => Grid::None,
        "linesAndChars" => Grid::LinesAndChars(pitch, -849),
        other => {
            let near = did_you_mean(other, ["lines", "none", "linesAndChars"]);
            let message = format!("{}“{other}”不在词表里{near}", table.key("grid"));
            file.tell(&codes::D105, table.span_of("grid"), message, "写 lines，或者删去这一行");
            return;
        }
    };
    let [top, right, bottom, left] = page.margins;
    let (width, height) = (PAGE_WIDTH - left - right, PAGE_HEIGHT - top - bottom);
    let lines = lines_per_page(height, page.line, grid);
    let chars = chars_per_line(width, page.size, page.char_spacing, grid);
    if lines != FULL_PAGE.0 {
        let message = format!("{}每页{lines}行，应为22行", table.lead());
        let help = if pitch != page.line && grid != Grid::None {
            format!(
                "网格行距{pitch}要与行距{}相同，否则行会对齐到网格上；删去 pitch 即可",
                page.line
            )
        } else {
            format!(
                "版心高{height}，行距要在{}到{}之间（现为{}）",
                height / (FULL_PAGE.0 + 1) + 1,
                height / FULL_PAGE.0,
                page.line,
            )
        };
        file.tell(&codes::D112, table.span_of("line"), message, help);
    }
    if chars != FULL_PAGE.1 {
        let message = format!("{}每行{chars}字，应为28字", table.lead());
        let (key, help) = if matches!(grid, Grid::LinesAndChars(..)) {
            (
                "grid",
                "“指定行和字符网格”在部分软件里一字占两格；grid 改为 lines，用字距凑满28字"
                    .to_owned(),
            )
        } else {
            let glyph = page.size * 10;
            (
                "char_spacing",
                format!(
                    "版心宽{width}，一个字{glyph}，字距要在{}到{}之间（现为{}）",
                    i64::from(width / (FULL_PAGE.1 + 1)) + 1 - i64::from(glyph),
                    i64::from(width / FULL_PAGE.1) - i64::from(glyph),
                    page.char_spacing,
                ),
            )
        };
        file.tell(&codes::D112, table.span_of(key), message, help);
    }
}

fn fonts(name: &str, latin: &str, table: &Table<'_, '_>, file: &mut TomlFile<'_>) -> Fonts {
    const USES: &[(&str, &str)] = &[
        ("body", "正文"),
        ("heading1", "一级标题"),
        ("heading2", "二级标题"),
        ("title", "大标题"),
        ("page_number", "页码"),
    ];
    let known: Vec<&str> = USES.iter().map(|(key, _)| *key).collect();
    table.only(&known, file);
    let mut alt_names = BTreeMap::new();
    let mut names = USES.iter().map(|(key, what)| {
        let Some(mut font) = table.table(key, file) else {
            if !table.has(key) {
                table.missing(key, what, file);
            }
            return String::new();
        };
        font.label = table.key(key);
        font.only(&["name", "alt"], file);
        let name = font.text("name", "字体名", file);
        if let Some(alt) = font.opt_text("alt", file).filter(|alt| !alt.is_empty()) {
            alt_names.insert(name.clone(), alt);
        }
        name
    });
    let mut next = || names.next().unwrap_or_default();
    let (body, heading1, heading2, title, page_number) = (next(), next(), next(), next(), next());
    drop(names);
    let latin = if latin == "随正文" { body.clone() } else { latin.to_owned() };
    Fonts { set: name.to_owned(), body, heading1, heading2, title, page_number, latin, alt_names }
}
