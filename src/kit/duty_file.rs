//! One `[[duty]]` of 责任清单.toml: from its keys to a [`Duty`].

use super::own_duties::scopes;
use super::regime::{
    Applies, CountIf, Duty, DutyHolder, DutyKind, Pick, Recognition, Scope, Trigger, Window,
};
use super::toml_file::Table;
use super::words::{DOMAINS, PAPER_CODES, ROUNDS, Word, word_of};
use crate::contract::sheet;
use crate::diagnostic::codes;

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
pub(super) fn read(table: &Table<'_>) -> Option<Duty> {
    table.only(KEYS);
    let id = table.text("id", "编号");
    let line = table.text("line", "打印行");
    let text = table.text("text", "责任内容");
    let clause = table.text("clause", "制度里的出处");
    let holder = word::<DutyHolder>(table, "holder");
    let kind = word::<DutyKind>(table, "kind");
    let window = word::<Window>(table, "window");
    let scope = word::<Scope>(table, "scope");
    let applies =
        if table.has("applies") { word::<Applies>(table, "applies") } else { Some(Applies::All) };
    let min = table.number("min", 0..=366_u32).unwrap_or(0);
    if kind == Some(DutyKind::Count) && min == 0 {
        let message = format!("{}性质是“定次”，没有次数", table.lead());
        table.report(
            &codes::D108,
            "min",
            message,
            "补上 min = 次数（至少1）；制度没有写明次数的，性质改为“一般”",
        );
    }
    let happens = matches!(kind, Some(DutyKind::Event | DutyKind::Timely) | None);
    if window == Some(Window::Trigger) && !happens && !table.has("trigger") {
        let message = format!("{}周期是“有事时”，没有写由什么引起（trigger）", table.lead());
        let help = "补上 trigger；一年一次的，周期改为“年”；有事才有的，性质改为“有事”";
        table.report(&codes::D104, "window", message, help);
    }
    let days = table.number("days", 0..=366_u32);
    let domain = table.known_list("domain", "领域", DOMAINS);
    let papers = table.known_list("papers", "材料代号", PAPER_CODES);
    let ours = table.known_list("ours", "键名", KEYS);
    if let (Some(holder), Some(scope)) = (holder, scope)
        && !scopes(holder).contains(&scope)
    {
        let words: Vec<&str> = scopes(holder).iter().map(|scope| word_of(*scope)).collect();
        let (holder, scope) = (word_of(holder), word_of(scope));
        let message = format!("{}责任主体“{holder}”与范围“{scope}”不相配", table.lead());
        let help = format!("责任主体是{holder}的，范围可以写：{}", words.join(" "));
        table.report(&codes::D120, "scope", message, help);
    }
    let duty = Duty {
        own_line: table.opt_text("own_line"),
        inherits: table.opt_text("inherits"),
        domain,
        days,
        count_if: count_if(table),
        pick: pick(table),
        by: recognitions(table),
        evidence: table.list("evidence"),
        papers,
        due_next_year: table.month_day("due_next_year"),
        ours,
        trigger: trigger(table),
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
pub(super) fn word<T: Word>(table: &Table<'_>, key: &str) -> Option<T> {
    let text = table.text(key, T::NAME);
    if text.is_empty() {
        return None;
    }
    let value = T::parse(&text);
    if value.is_none() {
        table.unknown(key, T::NAME, &text, &T::choices());
    }
    value
}

/// Words of a vocabulary; none where the key is absent, and what is none of them is reported.
pub(super) fn words_of<T: Word>(table: &Table<'_>, key: &str) -> Vec<T> {
    let list = table.list(key);
    let unknown = list.iter().filter(|word| T::parse(word).is_none());
    unknown.for_each(|word| table.unknown(key, T::NAME, word, &T::choices()));
    list.iter().filter_map(|word| T::parse(word)).collect()
}

fn count_if(duty: &Table<'_>) -> CountIf {
    let Some(table) = duty.table("count_if") else { return CountIf::default() };
    table.only(&["forms", "topic_any", "needs"]);
    CountIf {
        forms: table.list("forms"),
        topic_any: table.list("topic_any"),
        needs: table.list("needs"),
    }
}

fn pick(duty: &Table<'_>) -> Pick {
    let Some(table) = duty.table("pick") else { return Pick::default() };
    table.only(&["forms", "words", "filled"]);
    Pick { forms: table.list("forms"), words: table.list("words"), filled: table.list("filled") }
}

fn trigger(duty: &Table<'_>) -> Option<Trigger> {
    let table = duty.table("trigger")?;
    table.only(&["records", "rounds"]);
    match (table.has("records"), table.has("rounds")) {
        (true, false) => Some(Trigger::Records(table.list("records"))),
        (false, true) => Some(Trigger::Rounds(table.known_list("rounds", "检查批次类型", ROUNDS))),
        (true, true) | (false, false) => {
            let message = format!("{}要写 records、rounds 中的一个", table.key("trigger"));
            table.report_at(
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
const SOURCES: &[&str] = &["rows", "duties", "document", "sheet", "rounds", "results", "papers"];

/// The sheets that a duty may be recognised from as a whole.
const REGISTERS: &[&str] = &[sheet::GROUP, sheet::MEDIA];

fn recognitions(duty: &Table<'_>) -> Vec<Recognition> {
    let tables = duty.tables("by");
    tables.iter().filter_map(|table| recognition(table)).collect()
}

fn recognition(table: &Table<'_>) -> Option<Recognition> {
    // `forms` alone is a source as well: rows of these forms, of no duty in particular.
    let source = SOURCES.iter().find(|key| table.has(key)).copied();
    let mut known: Vec<&str> = match source {
        Some("rows") | None => vec!["rows", "forms", "filled", "chaired", "words"],
        Some("duties") => vec!["duties", "all"],
        Some("document") => vec!["document", "sheets"],
        Some("sheet") => vec!["sheet", "filled"],
        Some("rounds") => vec!["rounds", "filled", "per_branch", "of_leader", "reported"],
        Some("results") => vec!["results"],
        Some(_) => vec!["papers"],
    };
    if source.is_none() && !table.has("forms") {
        let message = format!("{}没有写由什么认定", table.key("by"));
        let help = format!("花括号里写下列之一：{}", SOURCES.join(" "));
        table.report_at(&codes::D104, table.span(), message, help);
        // Its other keys are told by their near misses among all the keys.
        known.extend(SOURCES.iter().filter(|key| **key != "rows"));
        table.only(&known);
        return None;
    }
    table.only(&known);
    let flag = |key: &str| table.flag(key).unwrap_or(false);
    Some(match source {
        Some("rows") | None => Recognition::Rows {
            of: table.list("rows"),
            forms: table.list("forms"),
            filled: table.opt_text("filled"),
            chaired: flag("chaired"),
            words: table.list("words"),
        },
        Some("duties") => Recognition::Duties { of: table.list("duties"), all: flag("all") },
        Some("document") => Recognition::Document {
            duty: table.text("document", "制度文件所标的编号"),
            sheets: table.list("sheets"),
        },
        Some("sheet") => {
            let name = table.text("sheet", "工作表");
            if !REGISTERS.contains(&name.as_str()) {
                table.unknown("sheet", "工作表", &name, REGISTERS);
                return None;
            }
            Recognition::Sheet { sheet: name, filled: table.list("filled") }
        }
        Some("rounds") => Recognition::Rounds {
            kinds: table.known_list("rounds", "检查批次类型", ROUNDS),
            filled: table.list("filled"),
            per_branch: flag("per_branch"),
            of_leader: flag("of_leader"),
            reported: flag("reported"),
        },
        Some("results") => flag("results").then_some(Recognition::Results)?,
        Some(_) => Recognition::Papers { kinds: table.list("papers") },
    })
}
