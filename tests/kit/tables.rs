//! The built-in data as tables of text.

use shuzhi::kit::layout::Grid;
use shuzhi::kit::{Kit, Recognition, Regime, SKIN, Trigger};

/// The table that a case asks for by its first word.
pub(super) fn table(kit: &Kit, input: &str) -> String {
    let regime = &kit.regime;
    let rows = match input.split_whitespace().next().unwrap_or_default() {
        "责任" => duties(regime),
        "认定" => recognition(regime),
        "打印行" => lines(regime),
        "口径" => rules(regime),
        "归类" => placements(regime),
        "其余" => rest(kit),
        word => panic!("{word}"),
    };
    rows.join("\n")
}

/// id | clause | holder | kind | min | window | scope | line | text | ours.
pub(super) fn duties(regime: &Regime) -> Vec<String> {
    regime
        .duties
        .values()
        .map(|d| {
            let line = match &d.own_line {
                Some(own) => format!("{}/{own}", d.line),
                None => d.line.clone(),
            };
            format!(
                "{} | {} | {:?} | {:?} | {} | {} | {:?} | {line} | {} | {} | {}{}",
                d.id,
                d.clause,
                d.holder,
                d.kind,
                d.min,
                d.window.words(),
                d.scope,
                d.text,
                d.evidence.join(" "),
                d.papers.join(" "),
                if d.ours.is_empty() {
                    String::new()
                } else {
                    format!(" | ours {}", d.ours.join(" "))
                },
            )
        })
        .collect()
}

/// How a duty is counted, recognised, triggered, where any of it is set.
fn recognition(regime: &Regime) -> Vec<String> {
    let mut rows = Vec::new();
    for d in regime.duties.values() {
        let mut parts: Vec<String> = Vec::new();
        if !d.domain.is_empty() {
            parts.push(format!("领域 {}", d.domain.join("、")));
        }
        let c = &d.count_if;
        for (name, list) in [("形式", &c.forms), ("含", &c.topic_any), ("要", &c.needs)] {
            if !list.is_empty() {
                parts.push(format!("计 {name} {}", list.join("、")));
            }
        }
        let p = &d.pick;
        for (name, list) in [("形式", &p.forms), ("含", &p.words), ("填", &p.filled)] {
            if !list.is_empty() {
                parts.push(format!("认 {name} {}", list.join("、")));
            }
        }
        parts.extend(d.by.iter().map(|by| format!("由 {}", source(by))));
        match &d.trigger {
            Some(Trigger::Records(of)) => parts.push(format!("每条 {}", of.join("、"))),
            Some(Trigger::Rounds(kinds)) => parts.push(format!("每次 {}", kinds.join("、"))),
            None => {}
        }
        if let Some(from) = &d.inherits {
            parts.push(format!("参照 {from}，{:?}", d.applies));
        }
        if let Some((month, day)) = d.due_next_year {
            parts.push(format!("次年{month}月{day}日到期"));
        }
        if !parts.is_empty() {
            rows.push(format!("{}：{}", d.id, parts.join("；")));
        }
    }
    rows
}

fn source(by: &Recognition) -> String {
    let mut out = String::new();
    let mut add = |name: &str, list: &[String]| {
        if !list.is_empty() {
            out.push_str(&format!(" {name} {}", list.join("、")));
        }
    };
    match by {
        Recognition::Rows { of, forms, filled, chaired, words } => {
            add("记录", of);
            add("形式", forms);
            add("填", filled.as_slice());
            add("含", words);
            if *chaired {
                add("本人主持", &[String::new()]);
            }
        }
        Recognition::Duties { of, all } => add(if *all { "全部" } else { "任一" }, of),
        Recognition::Document { duty, sheets } => {
            add("文件", std::slice::from_ref(duty));
            add("表", sheets);
        }
        Recognition::Rounds { kinds, filled, per_branch, of_leader, reported } => {
            add("批次", kinds);
            add("填", filled);
            for (yes, word) in
                [(per_branch, "逐支部"), (of_leader, "检查成员"), (reported, "已上报")]
            {
                if *yes {
                    add(word, &[String::new()]);
                }
            }
        }
        Recognition::Results => add("考核结果", &[String::new()]),
        Recognition::Sheet { sheet, filled } => {
            add("登记", std::slice::from_ref(sheet));
            add("填", filled);
        }
        Recognition::Papers { kinds } => add("文种", kinds),
    }
    out.trim().to_owned()
}

/// id | name | requirement | aliases.
pub(super) fn lines(regime: &Regime) -> Vec<String> {
    regime
        .lines
        .values()
        .map(|l| format!("{} | {} | {} | {}", l.id, l.name, l.requirement, l.aliases.join("、")))
        .collect()
}

fn rules(regime: &Regime) -> Vec<String> {
    let mut rows: Vec<String> = regime
        .rules
        .printed
        .iter()
        .map(|r| format!("{}. {}：{}", r.number, r.name, r.text))
        .collect();
    let mut rules = regime.rules.clone();
    rules.printed.clear();
    rows.extend(format!("{rules:#?}").lines().map(str::to_owned));
    rows
}

fn placements(regime: &Regime) -> Vec<String> {
    regime
        .placements
        .iter()
        .map(|p| {
            format!(
                "{:?} | {} | {}{}{}{} → {}",
                p.holder,
                p.forms.join("、"),
                p.words.join(" + "),
                if p.any.is_empty() {
                    String::new()
                } else {
                    format!("（{}）", p.any.join("或"))
                },
                if p.not.is_empty() {
                    String::new()
                } else {
                    format!("，没有{}", p.not.join("、"))
                },
                if p.needs_target { "（有对象单位）" } else { "" },
                p.duty,
            )
        })
        .chain(regime.document_names.iter().map(|of| {
            let but = of.but.join("、");
            let but = if but.is_empty() { but } else { format!("（没有{but}）") };
            format!("制度文件 | {}{but} → {}", of.words.join(" + "), of.duty)
        }))
        .chain([format!("上级的文件 | {}", regime.issuers.join("、"))])
        .collect()
}

fn rest(kit: &Kit) -> Vec<String> {
    let regime = &kit.regime;
    let mut rows = vec![
        format!("制度 {}", regime.name),
        format!("依据 {}", regime.basis),
        format!("形式 {}", regime.forms.join(" · ")),
    ];
    rows.extend(regime.evidence.iter().map(|(code, name)| format!("佐证 {code} {name}")));
    rows.extend(
        regime.figures.iter().map(|(figure, ids)| format!("统计数 {figure:?} {}", ids.join("、"))),
    );
    for list in [&regime.principles, &regime.situations, &regime.measures] {
        rows.extend(list.iter().map(|(id, text)| {
            let clause = regime.clauses.get(id).map_or("", String::as_str);
            format!("{id} {clause} {text}")
        }));
    }
    for paper in &kit.papers {
        rows.push(format!(
            "文稿 {} {} {} {} 用印{} {} {} {} 附件{}",
            paper.id,
            paper.kind,
            paper.subject.word(),
            SKIN,
            paper.sealed,
            paper.template,
            paper.code,
            paper.order,
            paper.annexes.join("、"),
        ));
    }
    for (year, aspects) in &kit.aspects {
        rows.push(format!("{year}年对照方面 {}", aspects.join("；")));
    }
    rows.extend(kit.phrases.iter().map(|(name, text)| format!("用语 {name} {text}")));
    for profile in ["word37", "gb33476"] {
        for set in ["gb2312", "win", "founder_gbk"] {
            let layout = kit.layouts.with_fonts(profile, set).unwrap();
            rows.push(format!("版面 {:?} {:?}", layout.capacity(Grid::Lines(layout.line)), layout));
        }
    }
    rows
}
