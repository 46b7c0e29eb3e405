//! One `[[duty]]` of 责任清单.toml: from its keys to a [`Duty`].

use super::own_duties::scopes;
use super::regime::{
    Applies, CountIf, Duty, DutyHolder, DutyKind, Pick, Recognition, Scope, Trigger, Window,
};
use super::toml_file::{Table, TomlFile};
use super::words::{DOMAINS, PAPER_CODES, ROUNDS, Word, word_of};
use crate::diagnostic::{codes, did_you_mean};

/// The keys of a duty, and what a message calls them.
pub(super) const KEYS: &[&str] = &[
    "id",
    "line",
    "own_line",
    "holder",
    "text",
    "clause",
    "inherits",
    "applies",
    "kind",
    "min",
    "window",
    "scope",
    "domain",
    "days",
    "trigger",
    "due_next_year",
    "count_if",
    "pick",
    "by",
    "evidence",
    "papers",
    "ours",
];

/// Reads a duty; none where something that decides how it is judged is missing or unknown.
pub(super) fn read(table: &Table<'_, '_>, file: &mut TomlFile<'_>) -> Option<Duty> {
    table.only(KEYS, file);
    let id = table.text("id", "编号", file);
    let line = table.text("line", "打印行", file);
    let text = table.text("text", "责任内容", file);
    let clause = table.text("clause", "制度里的出处", file);
    let holder = word::<DutyHolder>(table, "holder", file);
    let kind = word::<DutyKind>(table, "kind", file);
    let window = word::<Window>(table, "window", file);
    let scope = word::<Scope>(table, "scope", file);
    let applies = if table.has("applies") {
        word::<Applies>(table, "applies", file)
    } else {
        Some(Applies::All)
    };
    let min = table.number("min", 0..=366, file).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    if kind == Some(DutyKind::Count) && min == 0 {
        let message = format!("{}性质是“定次”，没有次数", table.lead());
        file.tell(
            &codes::D108,
            table.span_of("min"),
            message,
            "补上 min = 次数（至少1）；制度没有写明次数的，性质改为“一般”",
        );
    }
    let happens = matches!(kind, Some(DutyKind::Event | DutyKind::Timely) | None);
    if window == Some(Window::Trigger) && !happens && !table.has("trigger") {
        let message = format!("{}周期是“有事时”，没有写由什么引起（trigger）", table.lead());
        let help = "补上 trigger；一年一次的，周期改为“年”；有事才有的，性质改为“有事”";
        file.tell(&codes::D104, table.span_of("window"), message, help);
    }
    let days = table.number("days", 0..=366, file).and_then(|n| u32::try_from(n).ok());
    let domain = known_list(table, "domain", "领域", DOMAINS, file);
    let papers = known_list(table, "papers", "材料代号", PAPER_CODES, file);
    let ours = known_list(table, "ours", "键名", KEYS, file);
    if let (Some(holder), Some(scope)) = (holder, scope)
        && !scopes(holder).contains(&scope)
    {
        let words: Vec<&str> = scopes(holder).iter().map(|scope| word_of(*scope)).collect();
        let (holder, scope) = (word_of(holder), word_of(scope));
        let message = format!("{}责任主体“{holder}”与范围“{scope}”不相配", table.lead());
        let help = format!("责任主体是{holder}的，范围可以写：{}", words.join(" "));
        file.tell(&codes::D120, table.span_of("scope"), message, help);
    }
    let duty = Duty {
        own_line: table.opt_text("own_line", file),
        inherits: table.opt_text("inherits", file),
        domain,
        days,
        count_if: count_if(table, file),
        pick: pick(table, file),
        by: recognitions(table, file),
        evidence: table.list("evidence", file),
        papers,
        due_next_year: table.month_day("due_next_year", file),
        ours,
        trigger: trigger(table, file),
        min,
        id,
        line,
        text,
        clause,
        holder: holder?,
        kind: kind?,
        window: window?,
        scope: scope?,
        applies: applies?,
    };
    (!duty.id.is_empty()).then_some(duty)
}

/// A word of a fixed vocabulary.
pub(super) fn word<T: Word>(
    table: &Table<'_, '_>,
    key: &str,
    file: &mut TomlFile<'_>,
) -> Option<T> {
    let text = table.text(key, T::NAME, file);
    if text.is_empty() {
        return None;
    }
    let value = T::parse(&text);
    if value.is_none() {
        let near = did_you_mean(&text, T::choices());
        let message = format!("{}{}“{text}”不在词表里{near}", table.lead(), T::NAME);
        let help = format!("{}可以写：{}", T::NAME, T::choices().join(" "));
        file.tell(&codes::D105, table.span_of(key), message, help);
    }
    value
}

/// A list whose words must all be known; the unknown are told and left out.
pub(super) fn known_list(
    table: &Table<'_, '_>,
    key: &str,
    name: &str,
    known: &[&str],
    file: &mut TomlFile<'_>,
) -> Vec<String> {
    let mut list = table.list(key, file);
    for word in &list {
        if !known.contains(&word.as_str()) {
            let near = did_you_mean(word, known.iter().copied());
            let message = format!("{}{name}“{word}”不在词表里{near}", table.lead());
            let help = format!("{name}可以写：{}", known.join(" "));
            file.tell(&codes::D105, table.span_of(key), message, help);
        }
    }
    list.retain(|word| known.contains(&word.as_str()));
    list
}

fn count_if(duty: &Table<'_, '_>, file: &mut TomlFile<'_>) -> CountIf {
    let Some(table) = duty.table("count_if", file) else { return CountIf::default() };
    table.only(&["forms", "topic_any", "needs"], file);
    CountIf {
        forms: table.list("forms", file),
        topic_any: table.list("topic_any", file),
        needs: table.list("needs", file),
    }
}

fn pick(duty: &Table<'_, '_>, file: &mut TomlFile<'_>) -> Pick {
    let Some(table) = duty.table("pick", file) else { return Pick::default() };
    table.only(&["forms", "words", "filled"], file);
    Pick {
        forms: table.list("forms", file),
        words: table.list("words", file),
        filled: table.list("filled", file),
    }
}

fn trigger(duty: &Table<'_, '_>, file: &mut TomlFile<'_>) -> Option<Trigger> {
    let table = duty.table("trigger", file)?;
    table.only(&["records", "rounds"], file);
    match (table.has("records"), table.has("rounds")) {
        (true, false) => Some(Trigger::Records(table.list("records", file))),
        (false, true) => {
            Some(Trigger::Rounds(known_list(&table, "rounds", "检查批次类型", ROUNDS, file)))
        }
        (true, true) | (false, false) => {
            let message = format!("{}要写 records、rounds 中的一个", table.key("trigger"));
            file.tell(
                &codes::D104,
                table.span(),
                message,
                "由记录引起写 records，由检查引起写 rounds",
            );
            None
        }
    }
}

/// The kinds of recognition, by the key that tells them apart.
const SOURCES: &[&str] = &["rows", "duties", "document", "rounds", "results", "papers"];

fn recognitions(duty: &Table<'_, '_>, file: &mut TomlFile<'_>) -> Vec<Recognition> {
    let tables = duty.tables("by", file);
    tables.iter().filter_map(|table| recognition(table, file)).collect()
}

fn recognition(table: &Table<'_, '_>, file: &mut TomlFile<'_>) -> Option<Recognition> {
    // `forms` alone is a source as well: rows of these forms, of no duty in particular.
    let source = SOURCES.iter().find(|key| table.has(key)).copied();
    let mut known: Vec<&str> = match source {
        Some("rows") | None => vec!["rows", "forms", "filled", "chaired", "words"],
        Some("duties") => vec!["duties", "all"],
        Some("document") => vec!["document", "sheets"],
        Some("rounds") => vec!["rounds", "filled", "per_branch", "of_leader", "reported"],
        Some("results") => vec!["results"],
        Some(_) => vec!["papers"],
    };
    if source.is_none() && !table.has("forms") {
        let message = format!("{}没有写由什么认定", table.key("by"));
        let help = format!("花括号里写下列之一：{}", SOURCES.join(" "));
        file.tell(&codes::D104, table.span(), message, help);
        // Its other keys are told by their near misses among all the keys.
        known.extend(SOURCES.iter().filter(|key| **key != "rows"));
        table.only(&known, file);
        return None;
    }
    table.only(&known, file);
    let flag = |key: &str, file: &mut TomlFile<'_>| table.flag(key, file).unwrap_or(false);
    Some(match source {
        Some("rows") | None => Recognition::Rows {
            of: table.list("rows", file),
            forms: table.list("forms", file),
            filled: table.opt_text("filled", file),
            chaired: flag("chaired", file),
            words: table.list("words", file),
        },
        Some("duties") => {
            Recognition::Duties { of: table.list("duties", file), all: flag("all", file) }
        }
        Some("document") => Recognition::Document {
            duty: table.text("document", "制度文件所标的编号", file),
            sheets: table.list("sheets", file),
        },
        Some("rounds") => Recognition::Rounds {
            kinds: known_list(table, "rounds", "检查批次类型", ROUNDS, file),
            filled: table.list("filled", file),
            per_branch: flag("per_branch", file),
            of_leader: flag("of_leader", file),
            reported: flag("reported", file),
        },
        Some("results") => flag("results", file).then_some(Recognition::Results)?,
        Some(_) => Recognition::Papers { kinds: table.list("papers", file) },
    })
}
