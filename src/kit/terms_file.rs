//! 用词.toml: the words that offices have for what the regime speaks of. A unit's own file adds to
//! the built-in one.

use std::collections::BTreeMap;

use super::duty_file;
use super::terms::{Act, ActRole, Body, FormWord, Group, Holder, Terms, squeezed};
use super::toml_file::Table;
use super::words::Word;
use crate::contract::heading;
use crate::contract::words::{PARTY_POSTS, UNIT_KINDS};
use crate::diagnostic::codes;

/// Reads the file. A form that is none of the regime's is left out: of the built-in file in silence,
/// since a unit's own 责任清单.toml may do without it.
pub(super) fn read(top: &Table<'_>, forms: &[String], own: bool) -> Terms {
    top.only(&[
        "never_after",
        "topics",
        "meetings",
        "endings",
        "titles",
        "vague",
        "not_acts",
        "act",
        "form",
        "body",
        "group",
        "kind",
        "post",
    ]);
    let mut titles = top.list("titles");
    titles.sort_by_key(|title| std::cmp::Reverse(title.chars().count()));
    let mut terms = Terms {
        never_after: top.list("never_after"),
        topics: top.list("topics"),
        meetings: top.list("meetings"),
        endings: top.list("endings"),
        vague: top.list("vague"),
        not_acts: top.list("not_acts"),
        acts: acts(top),
        titles,
        ..Terms::default()
    };
    let known: Vec<&str> = forms.iter().map(String::as_str).collect();
    for table in top.named_tables("form", heading::FORM, "name") {
        table.only(&["name", "holder", "alone", "words"]);
        let form = table.text("name", "形式下拉里的词");
        if !forms.contains(&form) {
            if own && !form.is_empty() {
                table.unknown("name", heading::FORM, &form, &known);
            }
            continue;
        }
        let holders = duty_file::words_of::<Holder>(&table, "holder");
        let alone = table.flag("alone").unwrap_or(false);
        for word in words(&table) {
            let of = terms.forms.entry(terms.bare(&word)).or_default();
            of.push(FormWord { form: form.clone(), holders: holders.clone(), alone });
        }
    }
    tell_doubled(top, &terms);
    terms.bodies = named::<Body>(top, "body");
    terms.groups = named::<Group>(top, "group");
    terms.kinds = listed(top, "kind", heading::KIND, UNIT_KINDS);
    terms.posts = listed(top, "post", heading::PARTY_POST, PARTY_POSTS);
    terms
}

/// What binds a name to an act; without a word behind the names nothing does.
fn acts(top: &Table<'_>) -> Vec<Act> {
    let mut acts = Vec::new();
    for (number, mut table) in (1..).zip(top.tables("act")) {
        table.label = format!("认定第{number}条");
        table.only(&["role", "forms", "before", "after"]);
        table.needs("after", "名称后面的词");
        let (before, after) = (table.list("before"), table.list("after"));
        if let Some(role) = duty_file::word::<ActRole>(&table, "role") {
            acts.push(Act { role, forms: table.list("forms"), before, after });
        }
    }
    acts
}

/// The words of a table.
fn words(table: &Table<'_>) -> Vec<String> {
    table.needs("words", "叫法");
    table.list("words")
}

/// Words by what they name, of a vocabulary.
fn named<T: Word>(top: &Table<'_>, key: &str) -> BTreeMap<String, T> {
    let mut out = BTreeMap::new();
    for table in top.named_tables(key, T::NAME, "name") {
        table.only(&["name", "words"]);
        if let Some(value) = duty_file::word::<T>(&table, "name") {
            out.extend(words(&table).iter().map(|word| (squeezed(word), value)));
        }
    }
    out
}

/// Words by the word of a closed column that they stand for.
fn listed(top: &Table<'_>, key: &str, what: &str, choices: &[&str]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for table in top.named_tables(key, what, "name") {
        table.only(&["name", "words"]);
        let name = table.text("name", what);
        if !choices.contains(&name.as_str()) {
            table.unknown("name", what, &name, choices);
            continue;
        }
        out.extend(words(&table).iter().map(|word| (squeezed(word), name.clone())));
    }
    out
}

/// Reports a word that stands for two forms in rows of the same holder.
fn tell_doubled(top: &Table<'_>, terms: &Terms) {
    for (word, of) in &terms.forms {
        let clash = of.iter().enumerate().find_map(|(at, a)| {
            of[at + 1..].iter().find(|b| b.form != a.form && b.holders == a.holders).map(|b| (a, b))
        });
        if let Some((a, b)) = clash {
            let message = format!("“{word}”既当作{}，又当作{}", a.form, b.form);
            top.report_at(&codes::D106, 0..0, message, "删去其中一处");
        }
    }
}
