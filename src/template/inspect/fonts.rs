//! Fonts that a paper asks for and a reader's machine may lack.

use std::collections::BTreeMap;

use super::Hints;
use crate::diagnostic::codes;
use crate::package::Part;
use crate::template::index::{attribute, decode};
use crate::template::text::known_fonts;

/// Fonts that come with Windows, WPS or Kylin, and those that offices install for official
/// papers, beside the ones that layouts know (study/format.md §5).
const COMMON: &[&str] = &[
    // Windows.
    "新宋体",
    "NSimSun",
    "微软雅黑",
    "Microsoft YaHei",
    "等线",
    "DengXian",
    "等线 Light",
    "DengXian Light",
    "隶书",
    "幼圆",
    "Times New Roman",
    "Arial",
    "Arial Unicode MS",
    "Calibri",
    "Calibri Light",
    "Cambria",
    "Cambria Math",
    "Courier New",
    "Tahoma",
    "Verdana",
    "Georgia",
    "Consolas",
    "Symbol",
    "Wingdings",
    "Wingdings 2",
    "Wingdings 3",
    "Segoe UI",
    "Segoe UI Symbol",
    "MS Gothic",
    // Office and WPS.
    "华文宋体",
    "华文中宋",
    "华文仿宋",
    "华文楷体",
    "华文细黑",
    "华文黑体",
    "华文行楷",
    "华文隶书",
    "华文新魏",
    "华文琥珀",
    "华文彩云",
    "STSong",
    "STZhongsong",
    "STFangsong",
    "STKaiti",
    "STXihei",
    "方正舒体",
    "方正姚体",
    "汉仪旗黑",
    "思源黑体",
    "思源宋体",
    "Noto Sans CJK SC",
    "Noto Serif CJK SC",
    // Official papers; the Founder fonts come with Kylin and the government edition of WPS.
    "方正书宋_GBK",
    "方正仿宋简体",
    "方正楷体简体",
    "方正黑体简体",
    "方正书宋简体",
    // LibreOffice writes these for lists and as stand-ins of its own.
    "Liberation Serif",
    "Liberation Sans",
    "Liberation Mono",
    "OpenSymbol",
];

/// Fonts asked for, in the order met.
#[derive(Default)]
pub(super) struct Wanted {
    fonts: BTreeMap<String, usize>,
}

impl Wanted {
    /// Reads every `w:rFonts` of a part.
    pub(super) fn read(&mut self, xml: &str) {
        self.read_tags(xml, "<w:rFonts", &["w:eastAsia", "w:ascii", "w:hAnsi"]);
    }

    /// Reads the fonts of a theme: those for Latin letters and for Chinese.
    pub(super) fn read_theme(&mut self, parts: &[Part]) {
        for part in parts.iter().filter(|part| part.name.starts_with("word/theme/")) {
            let xml = String::from_utf8_lossy(&part.bytes);
            for sign in ["<a:latin ", "<a:ea ", "script=\"Hans\""] {
                self.read_tags(&xml, sign, &["typeface"]);
            }
        }
    }

    /// Reads attributes of every tag with a sign in it, from there on.
    fn read_tags(&mut self, xml: &str, sign: &str, slots: &[&str]) {
        for piece in xml.split(sign).skip(1) {
            let tag = format!("<x {}>", piece.split('>').next().unwrap_or_default());
            slots.iter().filter_map(|slot| attribute(&tag, slot)).for_each(|font| self.want(font));
        }
    }

    fn want(&mut self, font: &str) {
        let font: String = decode(font, 0).map(|(c, _, _)| c).collect();
        // `@宋体` is 宋体 set upright; 仿宋;Arial is a list.
        for name in font.split([';', ',']) {
            let name = name.trim().trim_start_matches('@');
            if !name.is_empty() && !name.starts_with('+') {
                *self.fonts.entry(name.to_owned()).or_default() += 1;
            }
        }
    }

    /// Tells the fonts that are not common.
    pub(super) fn tell(&self, hints: &mut Hints<'_>) {
        for (font, count) in &self.fonts {
            let mut common = COMMON.iter().copied().chain(known_fonts());
            if common.any(|known| known.eq_ignore_ascii_case(font)) {
                continue;
            }
            hints.tell(
                &codes::T332,
                format!("字体“{font}”（用了{count}处）别的电脑上可能没有"),
                "换成宋体、仿宋、黑体、楷体等常备的字体，或确认看材料的电脑都装了它",
            );
        }
    }
}
