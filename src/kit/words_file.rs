//! 对照方面.toml and 固定用语.toml: the aspects of the democratic life meeting by year, and phrases
//! by name.

use std::collections::BTreeMap;

use super::toml_file::TomlFile;
use crate::diagnostic::codes;

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
