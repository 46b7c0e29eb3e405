//! The `[[rule]]` entries of 责任清单.toml: the counting rules (口径), their switches, and the
//! sentences that papers print of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::regime::{CountingRules, DutyId, MonthDay, PrintedRule};
use super::toml_file::{Table, month_day};
use crate::diagnostic::codes;
use crate::part::PartKind;

/// The switches: each stands in one rule of the file, whichever.
const SWITCHES: &[(&str, &str)] = &[
    ("study_also", "还有哪些形式算专题研究"),
    ("pairs", "可以同时计入的两项"),
    ("link_days", "分管不足几天免计"),
    ("per_member", "每名成员是否合并计"),
    ("adjourned_days", "几天内同名是续会"),
    ("rate_without_sustain", "长期坚持是否不进分母"),
    ("mostly_is_done", "基本完成是否算完成"),
    ("plan_words", "表示打算的词"),
];

/// The switches of the parts of the year, which a file may leave out: the kind, the number of the
/// part (0: all of them), and whether they tell when reports are filed, else when parts fall due.
const PART_SWITCHES: &[(&str, PartKind, i8, bool)] = &[
    ("month_due", PartKind::Month, 0, false),
    ("month_filing", PartKind::Month, 0, true),
    ("quarter_due", PartKind::Quarter, 0, false),
    ("quarter_filing", PartKind::Quarter, 0, true),
    ("half_due", PartKind::Half, 0, false),
    ("half_filing", PartKind::Half, 0, true),
    ("meeting_filing", PartKind::Year, 1, true),
    // What half_filing says in one.
    ("filing_first", PartKind::Half, 1, true),
    ("filing_second", PartKind::Half, 2, true),
];

/// Where a switch's duties are named, for the check of references.
pub(super) type PairSpans = Vec<(DutyId, Range<usize>)>;

/// Reads all rules.
pub(super) fn read(top: &Table<'_>, referred: &mut PairSpans) -> CountingRules {
    let mut rules = CountingRules::default();
    let mut seen: Vec<String> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let known: Vec<&str> = ["number", "name", "text", "on", "off"]
        .into_iter()
        .chain(SWITCHES.iter().map(|(key, _)| *key))
        .chain(PART_SWITCHES.iter().map(|(key, ..)| *key))
        .collect();
    for mut table in top.tables("rule") {
        let number = table.number("number", 1..=999);
        table.label = number.map_or_else(|| "口径".to_owned(), |n| format!("口径{n}"));
        table.only(&known);
        match number {
            Some(n) if numbers.contains(&n) => table.twice("number"),
            Some(n) => numbers.push(n),
            None => table.needs("number", "口径编号"),
        }
        let values = switches(&table, &mut rules, &mut seen, referred);
        let printed = PrintedRule {
            number: number.unwrap_or(0),
            name: table.text("name", "名称"),
            text: sentence(&table, &values),
        };
        rules.printed.push(printed);
    }
    for (key, what) in SWITCHES {
        if !seen.iter().any(|k| k == key) {
            let message = format!("口径里没有“{key}”（{what}）");
            top.report_at(&codes::D104, top.span(), message, "照内置的责任清单.toml 补上");
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
    table: &Table<'_>,
    rules: &mut CountingRules,
    seen: &mut Vec<String>,
    referred: &mut PairSpans,
) -> BTreeMap<&'static str, Shown> {
    let mut shown = BTreeMap::new();
    let keys = SWITCHES.iter().map(|(key, _)| *key);
    let keys = keys.chain(PART_SWITCHES.iter().map(|(key, ..)| *key));
    for key in keys.filter(|key| table.has(key)) {
        if seen.iter().any(|k| k == key) {
            let message = format!("{}在别的口径里已经写过", table.key(key));
            table.report(&codes::D106, key, message, "留下一处，删去另一处");
        }
        seen.push(key.to_owned());
        let value = match key {
            "study_also" => list_switch(&mut rules.study_also, table, key),
            "plan_words" => list_switch(&mut rules.plan_words, table, key),
            "pairs" => {
                rules.pairs = table.pairs(key);
                let ids = rules.pairs.iter().flat_map(|(a, b)| [a, b]);
                referred.extend(ids.map(|id| (id.clone(), table.span_of(key))));
                let pairs: Vec<String> =
                    rules.pairs.iter().map(|(a, b)| format!("{a}和{b}")).collect();
                Shown { on: !pairs.is_empty(), text: pairs.join("、") }
            }
            "link_days" => number_switch(&mut rules.link_days, table, key),
            "adjourned_days" => number_switch(&mut rules.adjourned_days, table, key),
            "per_member" => flag_switch(&mut rules.per_member, table, key),
            "rate_without_sustain" => flag_switch(&mut rules.rate_without_sustain, table, key),
            "mostly_is_done" => flag_switch(&mut rules.mostly_is_done, table, key),
            _ => part_switch(rules, table, key),
        };
        shown.insert(key, value);
    }
    shown
}

fn list_switch(into: &mut Vec<String>, table: &Table<'_>, key: &str) -> Shown {
    *into = table.list(key);
    Shown { text: into.join("、"), on: !into.is_empty() }
}

fn number_switch(into: &mut u32, table: &Table<'_>, key: &str) -> Shown {
    *into = table.number(key, 0..=366).unwrap_or(*into);
    Shown { text: into.to_string(), on: *into > 0 }
}

fn flag_switch(into: &mut bool, table: &Table<'_>, key: &str) -> Shown {
    *into = table.flag(key).unwrap_or(false);
    Shown { text: if *into { "是" } else { "否" }.to_owned(), on: *into }
}

/// When the parts of a kind fall due, or when their reports are filed (first and last day): a
/// list with an entry for each part, or one entry for all in words (末月-25, 次月-10).
fn part_switch(rules: &mut CountingRules, table: &Table<'_>, key: &str) -> Shown {
    let mut shown = Shown { text: String::new(), on: true };
    let switch = PART_SWITCHES.iter().find(|(known, ..)| *known == key);
    let Some((_, kind, number, filing)) = switch else { return shown };
    let list: Vec<String> = if *filing && *number == 0 {
        table.pairs(key).into_iter().flat_map(<[String; 2]>::from).collect()
    } else {
        table.list(key)
    };
    let width = if *filing { 2 } else { 1 };
    let parts: Vec<i8> = kind.numbers().filter(|part| [0, *part].contains(number)).collect();
    let for_all = list.len() == width && parts.len() > 1;
    let day = |(at, text): (usize, &String)| {
        let last_month = parts[at / width] * kind.months();
        match text.split_once('-') {
            Some(("末月", day)) => month_day(&format!("{last_month}-{day}")),
            Some(("次月", day)) => month_day(&format!("{}-{day}", last_month % 12 + 1)),
            Some(_) | None => month_day(text).filter(|_| !for_all),
        }
    };
    let count = if for_all || list.len() == parts.len() * width { parts.len() * width } else { 0 };
    let days: Option<Vec<MonthDay>> =
        list.iter().cycle().take(count).enumerate().map(day).collect();
    let Some(days) = days.filter(|days| !days.is_empty()) else {
        let message = format!("{}“{}”不是日期", table.key(key), list.join("、"));
        let help = format!(
            "{}期各写“月-日”，如 06-30；或者只写各期共用的，如 末月-25、次月-10",
            parts.len()
        );
        table.report(&codes::D113, key, message, help);
        return shown;
    };
    let mut texts: Vec<String> = Vec::new();
    for (part, days) in parts.iter().zip(days.chunks_exact(width)) {
        texts.push(match days {
            [from, to] => {
                rules.filing.insert((*kind, *part), (*from, *to));
                let next = if to < from { "次年" } else { "" };
                format!("{}至{next}{}", shown_day(*from), shown_day(*to))
            }
            _ => {
                rules.due.insert((*kind, *part), days[0]);
                let begins = ((part - 1) * kind.months() + 1, 1);
                let next = if days[0] < begins { "次年" } else { "" };
                format!("{next}{}", shown_day(days[0]))
            }
        });
    }
    let common = list.iter().map(|day| format!("{}日", day.replace('-', ""))).collect::<Vec<_>>();
    shown.text = if for_all { common.join("至") } else { texts.join("、") };
    shown
}

fn shown_day((month, day): MonthDay) -> String {
    format!("{month}月{day}日")
}

/// The rule's sentence: its text, then what the state of each switch adds, with the values put
/// in for `{switch}`.
fn sentence(table: &Table<'_>, values: &BTreeMap<&'static str, Shown>) -> String {
    let mut text = table.text("text", "印出来的话");
    let keys: Vec<&str> = values.keys().copied().collect();
    for (part, wanted) in [("off", false), ("on", true)] {
        let Some(mut sentences) = table.table(part) else { continue };
        sentences.label = format!("{}的 {part}", table.label);
        sentences.only(&keys);
        for (key, value) in values {
            if let Some(more) = sentences.opt_text(key)
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
        table.report(&codes::D102, "text", message, "改成本条的开关名，或者删去花括号");
    }
    text
}
