//! 文稿.toml, 对照方面.toml and 固定用语.toml: the papers that can be made, the aspects of the
//! democratic life meeting by year, and phrases by name.

use std::collections::BTreeMap;

use super::duty_file;
use super::paper::{Paper, Skin, SubjectKind, TemplateSource};
use super::toml_file::TomlFile;
use super::words::{PAPER_CODES, Word};
use crate::diagnostic::{codes, did_you_mean};

impl Word for SubjectKind {
    const NAME: &'static str = "写谁的材料";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("党组", Self::PartyGroup),
        ("班子", Self::Leadership),
        ("班子成员", Self::Leader),
        ("站股室", Self::Unit),
        ("办公室", Self::Office),
        ("股室", Self::Section),
        ("站所", Self::Station),
        ("支部", Self::Branch),
        ("个人", Self::Leader),
    ];
}

impl Word for Skin {
    const NAME: &'static str = "版式";
    const WORDS: &'static [(&'static str, Self)] =
        &[("材料", Self::Material), ("文件", Self::Document)];
}

/// Reads 文稿.toml. A paper whose template file is in none of the two kits is told and left out.
pub(super) fn papers(
    file: &mut TomlFile<'_>,
    templates: &BTreeMap<String, TemplateSource>,
) -> Vec<Paper> {
    let mut papers: Vec<Paper> = file.read(|file, top| {
        top.only(&["paper"], file);
        let mut papers: Vec<Paper> = Vec::new();
        for (number, mut table) in top.tables("paper", file).into_iter().enumerate() {
            let id = table.opt_text("id", file).unwrap_or_default();
            table.label = format!("文稿 {id}").trim_end().to_owned();
            table.only(
                &[
                    "id", "kind", "for", "skin", "sealed", "template", "code", "order", "annexes",
                    "lines", "upward",
                ],
                file,
            );
            let id = table.text("id", "编号", file);
            let kind = table.text("kind", "文种", file);
            let subject = duty_file::word::<SubjectKind>(&table, "for", file);
            let skin = duty_file::word::<Skin>(&table, "skin", file);
            let sealed = table.flag("sealed", file).unwrap_or(false);
            let template = table.text("template", "模板文件", file);
            let code = table.text("code", "材料代号", file);
            if !code.is_empty() && !PAPER_CODES.contains(&code.as_str()) {
                let message = format!("{}材料代号“{code}”不在词表里", table.lead());
                let help = format!("材料代号可以写：{}", PAPER_CODES.join(" "));
                file.tell(&codes::D105, table.span_of("code"), message, help);
            }
            let order = table.number("order", 0..=9999, file).and_then(|n| u32::try_from(n).ok());
            let annexes = table.list("annexes", file);
            let lines = table.list("lines", file);
            let upward = table.flag("upward", file).unwrap_or(false);
            if papers.iter().any(|paper| paper.id == id) {
                let message = format!("{}的编号用了两次", table.label);
                file.tell(&codes::D106, table.span_of("id"), message, "改掉其中一个编号");
                continue;
            }
            let source = templates.get(&template).copied();
            if source.is_none() && !template.is_empty() {
                let near = did_you_mean(&template, templates.keys().map(String::as_str));
                let message = format!("{}的模板文件“{template}”不存在{near}", table.label);
                file.tell(
                    &codes::D114,
                    table.span_of("template"),
                    message,
                    "补上这个模板文件，或者删去这个文稿",
                );
            }
            let (Some(subject), Some(skin), Some(source)) = (subject, skin, source) else {
                continue;
            };
            let order = order.unwrap_or_else(|| u32::try_from(number).unwrap_or(u32::MAX));
            papers.push(Paper {
                id,
                called: kind.clone(),
                kind,
                subject,
                skin,
                sealed,
                template,
                code,
                order,
                annexes,
                lines,
                upward,
                source,
            });
        }
        papers
    });
    papers.sort_by_key(|paper| paper.order);
    papers
}

/// Reads 对照方面.toml. A year that is not confirmed has no aspects, whatever stands there.
pub(super) fn aspects(file: &mut TomlFile<'_>) -> BTreeMap<i16, Vec<String>> {
    file.read(|file, top| {
        top.only(&["year"], file);
        let mut years = BTreeMap::new();
        for mut table in top.tables("year", file) {
            let year = table.number("year", 2000..=2100, file);
            table.label = year.map_or_else(|| "对照方面".to_owned(), |y| format!("{y}年对照方面"));
            table.only(&["year", "name", "confirmed", "aspects"], file);
            if !table.has("year") {
                table.missing("year", "年度", file);
            }
            let aspects = table.list("aspects", file);
            let confirmed = table.flag("confirmed", file).unwrap_or(false);
            let Some(year) = year.and_then(|y| i16::try_from(y).ok()) else { continue };
            if years.contains_key(&year) {
                let message = format!("{year}年写了两次");
                file.tell(&codes::D106, table.span_of("year"), message, "合并成一段");
                continue;
            }
            if confirmed && aspects.is_empty() {
                table.missing("aspects", "对照方面", file);
            }
            years.insert(year, if confirmed { aspects } else { Vec::new() });
        }
        years
    })
}

/// Reads 固定用语.toml.
pub(super) fn phrases(file: &mut TomlFile<'_>) -> BTreeMap<String, String> {
    file.read(|file, top| {
        top.only(&["phrase"], file);
        let mut phrases = BTreeMap::new();
        for mut table in top.tables("phrase", file) {
            let name = table.opt_text("name", file).unwrap_or_default();
            table.label = format!("用语 {name}").trim_end().to_owned();
            table.only(&["name", "text"], file);
            let name = table.text("name", "名称", file);
            let text = table.text("text", "用语", file);
            if name.is_empty() {
                continue;
            }
            if phrases.insert(name, text).is_some() {
                let message = format!("{}写了两次", table.label);
                file.tell(&codes::D106, table.span_of("name"), message, "删去其中一个");
            }
        }
        phrases
    })
}
