//! 版式.toml: profiles and font sets, and the choice among them. A choice that does not give 22
//! lines of 28 characters is refused with the arithmetic that shows why.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::layout::{FULL_PAGE, Fonts, Grid, Layout};
use super::toml_file::Table;
use crate::diagnostic::{codes, did_you_mean};

/// Everything that 版式.toml offers, and what it chooses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layouts {
    /// The profile chosen.
    pub profile: String,
    /// The font set chosen.
    pub font_set: String,
    /// By name: a layout without fonts.
    profiles: BTreeMap<String, Layout>,
    font_sets: BTreeMap<String, Fonts>,
    bold_levels: Vec<u8>,
    centred_page_number: bool,
}

impl Layouts {
    /// The layout of a profile with a font set; none where one of them is not known.
    pub fn with_fonts(&self, profile: &str, font_set: &str) -> Option<Layout> {
        Some(Layout {
            profile: profile.to_owned(),
            fonts: self.font_sets.get(font_set)?.clone(),
            bold_levels: self.bold_levels.clone(),
            centred_page_number: self.centred_page_number,
            ..self.profiles.get(profile)?.clone()
        })
    }

    /// The layout that the file chooses; none only where the file was told to be broken.
    pub fn chosen(&self) -> Option<Layout> {
        self.with_fonts(&self.profile, &self.font_set)
    }
}

/// Reads 版式.toml.
pub(super) fn read(top: &Table<'_>) -> Layouts {
    top.only(&[
        "profile",
        "font_set",
        "latin",
        "bold_levels",
        "centred_page_number",
        "profiles",
        "font_sets",
    ]);
    let latin = top.text("latin", "西文和数字的字体");
    let mut layouts = Layouts {
        profile: top.text("profile", "采用的版面"),
        font_set: top.text("font_set", "采用的字体"),
        centred_page_number: top.flag("centred_page_number").unwrap_or(false),
        ..Layouts::default()
    };
    for level in top.numbers("bold_levels").unwrap_or_default() {
        match u8::try_from(level) {
            Ok(level @ 1..=4) => layouts.bold_levels.push(level),
            Ok(_) | Err(_) => {
                let message = format!("{}里的{level}不是标题级别", top.key("bold_levels"));
                top.report(&codes::D113, "bold_levels", message, "标题级别是1到4");
            }
        }
    }
    for (name, mut table) in named(top, "profiles") {
        table.label = format!("版面 {name}");
        layouts.profiles.insert(name, page(&table));
    }
    for (name, mut table) in named(top, "font_sets") {
        table.label = format!("字体 {name}");
        let fonts = fonts(&name, &latin, &table);
        layouts.font_sets.insert(name, fonts);
    }
    chosen(top, "profile", &layouts.profile, &layouts.profiles);
    chosen(top, "font_set", &layouts.font_set, &layouts.font_sets);
    layouts
}

/// The tables within a table, by name.
fn named<'a>(top: &Table<'a>, key: &str) -> Vec<(String, Table<'a>)> {
    top.needs(key, "可选的各种版面或字体");
    let Some(tables) = top.table(key) else { return Vec::new() };
    tables.keys().filter_map(|name| Some((name.to_owned(), tables.table(name)?))).collect()
}

fn chosen<T>(top: &Table<'_>, key: &str, choice: &str, known: &BTreeMap<String, T>) {
    if choice.is_empty() || known.contains_key(choice) {
        return;
    }
    let known: Vec<&str> = known.keys().map(String::as_str).collect();
    let near = did_you_mean(choice, known.iter().copied());
    let message = format!("{}“{choice}”没有定义{near}", top.key(key));
    top.report(&codes::D107, key, message, format!("可以写：{}", known.join(" ")));
}

fn page(table: &Table<'_>) -> Layout {
    table.only(&["margins", "footer", "line", "char_spacing", "size", "grid", "pitch"]);
    let mut page = Layout::default();
    table.needs("margins", "上、右、下、左边距");
    if let Some(margins) = table.numbers("margins") {
        let sides: Result<Vec<u32>, _> = margins.into_iter().map(u32::try_from).collect();
        // Half the page's height at the most: a text area remains, and no sum overflows.
        let sides = sides.ok().filter(|sides| sides.iter().all(|side| *side <= 5000));
        match sides.and_then(|sides| sides.try_into().ok()) {
            Some(sides) => page.margins = sides,
            None => {
                let message = format!("{}要有上、右、下、左4个0到5000的数", table.key("margins"));
                table.report(&codes::D113, "margins", message, "1毫米约合57");
            }
        }
    }
    page.footer = number(table, "footer", "页脚距边界", 0..=5000);
    page.line = number(table, "line", "行距", 200..=2000);
    page.size = number(table, "size", "正文字号", 10..=100);
    page.char_spacing = number(table, "char_spacing", "字距", -200..=200);
    fit(&page, table);
    page
}

fn number<N>(table: &Table<'_>, key: &str, what: &str, bounds: RangeInclusive<N>) -> N
where
    N: TryFrom<i64> + Into<i64> + Copy + Default,
{
    table.needs(key, what);
    table.number(key, bounds).unwrap_or_default()
}

/// Refuses what does not give 22×28.
fn fit(page: &Layout, table: &Table<'_>) {
    let grid_word = table.opt_text("grid").unwrap_or_else(|| "lines".to_owned());
    let pitch = table.number("pitch", 100..=2000_u32);
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
            table.report(&codes::D105, "grid", message, "写 lines，或者删去这一行");
            return;
        }
    };
    let ((width, height), (lines, chars)) = (page.text_area(), page.capacity(grid));
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
        table.report(&codes::D112, "line", message, help);
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
        table.report(&codes::D112, key, message, help);
    }
}

fn fonts(name: &str, latin: &str, table: &Table<'_>) -> Fonts {
    const USES: &[(&str, &str)] = &[
        ("body", "正文"),
        ("heading1", "一级标题"),
        ("heading2", "二级标题"),
        ("title", "大标题"),
        ("page_number", "页码"),
    ];
    let known: Vec<&str> = USES.iter().map(|(key, _)| *key).collect();
    table.only(&known);
    let mut alt_names = BTreeMap::new();
    let mut names = USES.iter().map(|(key, what)| {
        table.needs(key, what);
        let Some(mut font) = table.table(key) else { return String::new() };
        font.label = table.key(key);
        font.only(&["name", "alt"]);
        let name = font.text("name", "字体名");
        if let Some(alt) = font.opt_text("alt").filter(|alt| !alt.is_empty()) {
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
