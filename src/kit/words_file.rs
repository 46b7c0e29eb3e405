//! 对照方面.toml and 固定用语.toml: the aspects of the democratic life meeting by year, and phrases
//! by name.

use std::collections::BTreeMap;

use super::toml_file::Table;
use crate::diagnostic::codes;

/// Reads 对照方面.toml. A year that is not confirmed has no aspects, whatever stands there.
pub(super) fn aspects(top: &Table<'_>) -> BTreeMap<i16, Vec<String>> {
    top.only(&["year"]);
    let mut years = BTreeMap::new();
    for mut table in top.tables("year") {
        let year = table.number("year", 2000_i16..=2100);
        table.label = year.map_or_else(|| "对照方面".to_owned(), |y| format!("{y}年对照方面"));
        table.only(&["year", "name", "confirmed", "aspects"]);
        table.needs("year", "年度");
        let aspects = table.list("aspects");
        let confirmed = table.flag("confirmed").unwrap_or(false);
        let Some(year) = year else { continue };
        if years.contains_key(&year) {
            let message = format!("{year}年写了两次");
            table.report(&codes::D106, "year", message, "合并成一段");
            continue;
        }
        if confirmed && aspects.is_empty() {
            table.missing("aspects", "对照方面");
        }
        years.insert(year, if confirmed { aspects } else { Vec::new() });
    }
    years
}

/// Reads 固定用语.toml.
pub(super) fn phrases(top: &Table<'_>) -> BTreeMap<String, String> {
    top.only(&["phrase"]);
    let mut phrases = BTreeMap::new();
    for table in top.named_tables("phrase", "用语", "name") {
        table.only(&["name", "text"]);
        let name = table.text("name", "名称");
        let text = table.text("text", "用语");
        if name.is_empty() {
            continue;
        }
        if phrases.insert(name, text).is_some() {
            let message = format!("{}写了两次", table.label);
            table.report(&codes::D106, "name", message, "删去其中一个");
        }
    }
    phrases
}
