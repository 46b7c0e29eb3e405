//! The `[[rule]]` entries of 责任清单.toml: the counting rules (口径), their switches, and the
//! sentences that papers print of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::regime::{CountingRules, DutyId, PrintedRule};
use super::toml_file::{Table, TomlFile};
use crate::diagnostic::codes;

/// The switches: each stands in one rule of the file, whichever.
const SWITCHES: &[(&str, &str)] = &[
    ("study_also", "还有哪些形式算专题研究"),
    ("pairs", "可以同时计入的两项"),
    ("link_days", "分管不足几天免计"),
    ("per_member", "每名成员是否合并计"),
    ("filing_first", "上半年材料的报送期"),
    ("filing_second", "下半年材料的报送期"),
    ("meeting_filing", "民主生活会和述职材料的报送期"),
    ("half_due", "上、下半年的到期日"),
    ("adjourned_days", "几天内同名是续会"),
    ("rate_without_sustain", "长期坚持是否不进分母"),
    ("mostly_is_done", "基本完成是否算完成"),
    ("plan_words", "表示打算的词"),
];

/// Where a switch's duties are named, for the check of references.
pub(super) type PairSpans = Vec<(DutyId, Range<usize>)>;

/// Reads all rules.
pub(super) fn read(
    top: &Table<'_, '_>,
    file: &mut TomlFile<'_>,
    referred: &mut PairSpans,
) -> CountingRules {
    let mut rules = CountingRules::default();
    let mut seen: Vec<String> = Vec::new();
    let mut numbers: Vec<i64> = Vec::new();
    let known: Vec<&str> = ["number", "name", "text", "on", "off"]
        .into_iter()
        .chain(SWITCHES.iter().map(|(key, _)| *key))
        .collect();
    for mut table in top.tables("rule", file) {
        let number = table.number("number", 1..=999, file);
        table.label = number.map_or_else(|| "口径".to_owned(), |n| format!("口径{n}"));
        table.only(&known, file);
        match number {
            None if !table.has("number") => table.missing("number", "口径编号", file),
            Some(n) if numbers.contains(&n) => {
                let message = format!("{}的编号用了两次", table.label);
                file.tell(&codes::D106, table.span_of("number"), message, "改掉其中一个编号");
            }
            None | Some(_) => numbers.extend(number),
        }
        let values = switches(&table, &mut rules, &mut seen, file, referred);
        let printed = PrintedRule {
            number: number.and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
            name: table.text("name", "名称", file),
            text: sentence(&table, &values, file),
        };
        rules.printed.push(printed);
    }
    for (key, what) in SWITCHES {
        if !seen.iter().any(|k| k == key) {
            let message = format!("口径里没有“{key}”（{what}）");
            file.tell(&codes::D104, top.span(), message, "照内置的责任清单.toml 补上");
        }
    }
    rules
}

/// A switch's value as it is printed, and whether it is on.
struct Shown {
    text: String,
    on: bool,
}

/// Reads the switches that this rule holds into `rules`; gives how each is shown.
fn switches(
    table: &Table<'_, '_>,
    rules: &mut CountingRules,
    seen: &mut Vec<String>,
    file: &mut TomlFile<'_>,
    referred: &mut PairSpans,
) -> BTreeMap<&'static str, Shown> {
    let mut shown = BTreeMap::new();
    for (key, _) in SWITCHES.iter().filter(|(key, _)| table.has(key)) {
        if seen.iter().any(|k| k == key) {
            let message = format!("{}在别的口径里已经写过", table.key(key));
            file.tell(&codes::D106, table.span_of(key), message, "留下一处，删去另一处");
        }
        seen.push((*key).to_owned());
        let value = match *key {
            "study_also" => list_switch(&mut rules.study_also, table, key, file),
            "plan_words" => list_switch(&mut rules.plan_words, table, key, file),
            "pairs" => {
                rules.pairs = table.pairs(key, file);
                let ids = rules.pairs.iter().flat_map(|(a, b)| [a, b]);
                referred.extend(ids.map(|id| (id.clone(), table.span_of(key))));
                let pairs: Vec<String> =
                    rules.pairs.iter().map(|(a, b)| format!("{a}和{b}")).collect();
                Shown { on: !pairs.is_empty(), text: pairs.join("、") }
            }
            "link_days" => number_switch(&mut rules.link_days, table, key, file),
            "adjourned_days" => number_switch(&mut rules.adjourned_days, table, key, file),
            "per_member" => flag_switch(&mut rules.per_member, table, key, file),
            "rate_without_sustain" => {
                flag_switch(&mut rules.rate_without_sustain, table, key, file)
            }
            "mostly_is_done" => flag_switch(&mut rules.mostly_is_done, table, key, file),
            "half_due" => {
                let days = table.two_month_days(key, file).unwrap_or(rules.half_due);
                rules.half_due = days;
                Shown { on: true, text: format!("{}、{}", day(days[0]), day(days[1])) }
            }
            window => {
                let old = match window {
                    "filing_first" => rules.filing[0],
                    "filing_second" => rules.filing[1],
                    _ => rules.meeting_filing,
                };
                let [from, to] = table.two_month_days(key, file).unwrap_or([old.0, old.1]);
                match window {
                    "filing_first" => rules.filing[0] = (from, to),
                    "filing_second" => rules.filing[1] = (from, to),
                    _ => rules.meeting_filing = (from, to),
                }
                let next = if to < from { "次年" } else { "" };
                Shown { on: true, text: format!("{}至{next}{}", day(from), day(to)) }
            }
        };
        shown.insert(*key, value);
    }
    shown
}

fn list_switch(
    into: &mut Vec<String>,
    table: &Table<'_, '_>,
    key: &str,
    file: &mut TomlFile<'_>,
) -> Shown {
    *into = table.list(key, file);
    Shown { text: into.join("、"), on: !into.is_empty() }
}

fn number_switch(
    into: &mut u32,
    table: &Table<'_, '_>,
    key: &str,
    file: &mut TomlFile<'_>,
) -> Shown {
    let number = table.number(key, 0..=366, file).and_then(|n| u32::try_from(n).ok());
    *into = number.unwrap_or(*into);
    Shown { text: into.to_string(), on: *into > 0 }
}

fn flag_switch(
    into: &mut bool,
    table: &Table<'_, '_>,
    key: &str,
    file: &mut TomlFile<'_>,
) -> Shown {
    *into = table.flag(key, file).unwrap_or(false);
    Shown { text: if *into { "是" } else { "否" }.to_owned(), on: *into }
}

fn day((month, day): (i8, i8)) -> String {
    format!("{month}月{day}日")
}

/// The rule's sentence: its text, then what the state of each switch adds, with the values put
/// in for `{switch}`.
fn sentence(
    table: &Table<'_, '_>,
    values: &BTreeMap<&'static str, Shown>,
    file: &mut TomlFile<'_>,
) -> String {
    let mut text = table.text("text", "印出来的话", file);
    let keys: Vec<&str> = values.keys().copied().collect();
    for (part, wanted) in [("off", false), ("on", true)] {
        let Some(mut sentences) = table.table(part, file) else { continue };
        sentences.label = format!("{}的 {part}", table.label);
        sentences.only(&keys, file);
        for (key, value) in values {
            if let Some(more) = sentences.opt_text(key, file)
                && value.on == wanted
            {
                text.push_str(&more);
            }
        }
    }
    for (key, value) in values {
        text = text.replace(&format!("{{{key}}}"), &value.text);
    }
    if let Some((_, rest)) = text.split_once('{') {
        let name = rest.split('}').next().unwrap_or(rest).to_owned();
        let message = format!("{}的话里花括号“{name}”不是这一条的开关", table.label);
        file.tell(&codes::D102, table.span_of("text"), message, "改成本条的开关名，或者删去花括号");
    }
    text
}
