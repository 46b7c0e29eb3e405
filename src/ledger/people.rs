//! Reads 班子成员, 单位名册 and 分管关系: who is who, and who supervises what.

use jiff::civil::Date;

use super::contract::words;
use super::fold::{fold, is_nothing, parts, person, shown};
use super::names::Directory;
use super::records::{LeaderId, Link, OwnPapers, PartyPost, RoleKind, UnitId, UnitKind};
use super::row::Row;
use super::{Leader, Unit, vocabulary};
use crate::diagnostic::codes::{L130, L134, L141, L142, L143, L162};
use crate::diagnostic::{Diagnostic, did_you_mean};

/// Reads 班子成员; a row without a name is told already and left out.
pub(super) fn leaders(rows: &[Row], out: &mut Vec<Diagnostic>) -> Vec<Leader> {
    let mut leaders: Vec<Leader> = Vec::new();
    for row in rows {
        let name = person(row.text("姓名"));
        if name.is_empty() {
            continue;
        }
        let place = row.entry.cell("姓名");
        if leaders.iter().any(|leader| fold(&leader.name) == fold(&name)) {
            out.push(
                Diagnostic::new(&L142, format!("“{name}”在班子成员里有两行，名字只认前一行"))
                    .at(place)
                    .help("同一个人合成一行；重名的在姓名后加字区分"),
            );
        }
        let leader = Leader {
            entry: row.entry.clone(),
            name,
            title: row.text("职务").to_owned(),
            party_post: vocabulary::party_post(row.text("党组职务")).unwrap_or(PartyPost::None),
            role: vocabulary::role(row.text("角色")).unwrap_or(RoleKind::Member),
            joined: first_day(row, "任职时间", out),
            left: last_day(row, "离任时间", out),
            papers: own_papers(row, out),
        };
        ends_after_start(row, (leader.joined, leader.left), ["任职时间", "离任时间"], out);
        leaders.push(leader);
    }
    leaders
}

/// 出具材料: 是, 否, or kinds of papers; another word is told.
fn own_papers(row: &Row, out: &mut Vec<Diagnostic>) -> OwnPapers {
    let text = row.text("出具材料");
    if text.is_empty() {
        return OwnPapers::ByRole;
    }
    match vocabulary::yes(text) {
        Some(true) => return OwnPapers::All,
        Some(false) => return OwnPapers::None,
        None => {}
    }
    let kinds = &words::OWN_PAPERS[2..];
    let mut named = Vec::new();
    for word in parts(text) {
        match kinds.iter().find(|kind| fold(kind) == fold(word)) {
            Some(kind) => named.push((*kind).to_owned()),
            None => {
                let near = did_you_mean(word, words::OWN_PAPERS.iter().copied());
                out.push(
                    Diagnostic::new(&L130, format!("“出具材料”不能填“{word}”{near}"))
                        .at(row.entry.cell("出具材料"))
                        .help(format!("可填：{}", words::OWN_PAPERS.join("、"))),
                );
            }
        }
    }
    if named.is_empty() { OwnPapers::ByRole } else { OwnPapers::Only(named) }
}

/// Reads 单位名册; a row without a name is told already and left out.
pub(super) fn units(rows: &[Row], out: &mut Vec<Diagnostic>) -> Vec<Unit> {
    let mut units = Vec::new();
    for row in rows {
        let name = row.text("单位").to_owned();
        if name.is_empty() {
            continue;
        }
        let aliases: Vec<String> = parts(row.text("简称")).map(str::to_owned).collect();
        let unit = Unit {
            entry: row.entry.clone(),
            short: aliases.first().cloned().unwrap_or_else(|| name.clone()),
            aliases,
            kind: vocabulary::unit_kind(row.text("类型")).unwrap_or_else(|| kind_of(&name)),
            name,
            branch: None,
            has_sub_units: vocabulary::yes(row.text("下属单位")).unwrap_or(false),
            has_media: vocabulary::yes(row.text("宣传阵地")).unwrap_or(false),
            from: first_day(row, "启用日期", out),
            until: last_day(row, "停用日期", out),
        };
        ends_after_start(row, (unit.from, unit.until), ["启用日期", "停用日期"], out);
        units.push(unit);
    }
    units
}

/// The kind that a name speaks of, where 类型 is missing or wrong (which is told).
fn kind_of(name: &str) -> UnitKind {
    if name.ends_with("支部") {
        UnitKind::Branch
    } else if name.ends_with("办公室") {
        UnitKind::Office
    } else if name.ends_with(['站', '所']) {
        UnitKind::Station
    } else {
        UnitKind::Section
    }
}

/// Finds 所在支部 of each unit, and tells leaders named in the roster who are not there.
pub(super) fn settle_units(units: &mut [Unit], names: &Directory, out: &mut Vec<Diagnostic>) {
    let branches: Vec<String> =
        units.iter().filter(|u| u.kind == UnitKind::Branch).map(|u| u.name.clone()).collect();
    let branch_ids: Vec<bool> = units.iter().map(|u| u.kind == UnitKind::Branch).collect();
    for unit in units {
        let branch = unit.entry.text("所在支部").unwrap_or("").to_owned();
        if !is_nothing(&branch) {
            unit.branch =
                names.unit(&branch).filter(|id| branch_ids.get(id.0 as usize) == Some(&true));
            if unit.branch.is_none() {
                let guess = did_you_mean(&branch, branches.iter().map(String::as_str));
                out.push(
                    Diagnostic::new(&L141, format!("单位名册里没有支部“{branch}”{guess}"))
                        .at(unit.entry.cell("所在支部"))
                        .help("与单位名册里类型为“支部”的名称写成一样"),
                );
            }
        }
        let leader = unit.entry.text("分管领导").unwrap_or("").to_owned();
        for name in parts(&leader).filter(|name| !is_nothing(name)) {
            if names.leader(name).is_none() {
                out.push(unknown_leader(name, names).at(unit.entry.cell("分管领导")));
            }
        }
    }
}

/// Tells a name that should be a leader's and is not (K07).
pub(super) fn unknown_leader(name: &str, names: &Directory) -> Diagnostic {
    let quoted = shown(name);
    let guess = match names.find(name) {
        Err(Some(near)) => format!("，是否指“{near}”"),
        Err(None) | Ok(_) => String::new(),
    };
    Diagnostic::new(&L143, format!("“{quoted}”不在班子成员里{guess}"))
        .help("核对姓名；是班子成员的在“班子成员”表登记，离任的也保留")
}

/// Reads the links of leader and unit: from 分管关系, else from 班子成员.分管单位.
pub(super) fn links(
    rows: &[Row],
    leaders: &[Leader],
    names: &Directory,
    out: &mut Vec<Diagnostic>,
) -> Vec<Link> {
    let mut links = Vec::new();
    if rows.is_empty() {
        for (leader, id) in leaders.iter().zip(0..) {
            let text = leader.entry.text("分管单位").unwrap_or("");
            for unit in supervised(text, leader.entry.cell("分管单位"), names, out) {
                let leader_id = LeaderId(id);
                let link = Link {
                    leader: leader_id,
                    unit,
                    from: None,
                    until: None,
                    record: leader.entry.id,
                };
                links.push(link);
            }
        }
        return links;
    }
    for row in rows {
        let name = person(row.text("姓名"));
        let text = row.text("分管单位");
        if name.is_empty() {
            continue;
        }
        let units = supervised(text, row.entry.cell("分管单位"), names, out);
        let Some(leader) = names.leader(&name) else {
            out.push(unknown_leader(&name, names).at(row.entry.cell("姓名")));
            continue;
        };
        let (from, until) = (first_day(row, "起始日期", out), last_day(row, "终止日期", out));
        ends_after_start(row, (from, until), ["起始日期", "终止日期"], out);
        links.extend(units.into_iter().map(|unit| Link {
            leader,
            unit,
            from,
            until,
            record: row.entry.id,
        }));
    }
    links
}

/// The units of a cell 分管单位.
fn supervised(
    text: &str,
    place: crate::place::Place,
    names: &Directory,
    out: &mut Vec<Diagnostic>,
) -> Vec<UnitId> {
    let mut units = Vec::new();
    for name in parts(text).filter(|name| !is_nothing(name)) {
        match names.unit(name) {
            Some(unit) if units.contains(&unit) => {}
            Some(unit) => units.push(unit),
            None => out.push(unknown_name(name, names).at(place)),
        }
    }
    units
}

/// Tells a name that nobody on the roster has.
pub(super) fn unknown_name(name: &str, names: &Directory) -> Diagnostic {
    let quoted = shown(name);
    if names.is_shared(name) {
        return Diagnostic::new(&L141, format!("“{quoted}”有两个单位在用，认不出是哪一个"))
            .help("写单位的全称");
    }
    let guess = match names.find(name) {
        Err(Some(near)) => format!("，是否指“{near}”"),
        Err(None) | Ok(_) => String::new(),
    };
    Diagnostic::new(&L141, format!("名册里没有“{quoted}”{guess}"))
        .help("与“单位名册”“班子成员”里的名称写成一样；常用的叫法可在名册的“简称”里登记")
}

/// The first day of a date that should be a day; a month is told.
fn first_day(row: &Row, heading: &str, out: &mut Vec<Diagnostic>) -> Option<Date> {
    let date = row.date(heading)?;
    let day = date.value.first();
    coarse(date.value.day().is_none(), &date, day, out);
    Some(day)
}

/// The last day of a date that should be a day; a month is told.
fn last_day(row: &Row, heading: &str, out: &mut Vec<Diagnostic>) -> Option<Date> {
    let date = row.date(heading)?;
    let day = date.value.last();
    coarse(date.value.day().is_none(), &date, day, out);
    Some(day)
}

fn coarse(
    told: bool,
    date: &crate::place::At<super::PartialDate>,
    day: Date,
    out: &mut Vec<Diagnostic>,
) {
    if told {
        out.push(
            Diagnostic::new(&L134, format!("{} 没有写到日，按 {day} 算", date.value))
                .at(date.place)
                .help("知道哪一天的补上日"),
        );
    }
}

/// Tells a term that ends before it begins.
fn ends_after_start(
    row: &Row,
    (from, until): (Option<Date>, Option<Date>),
    [start, end]: [&str; 2],
    out: &mut Vec<Diagnostic>,
) {
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        out.push(
            Diagnostic::new(&L162, format!("{end} {until} 早于{start} {from}"))
                .at(row.entry.cell(end))
                .help("核对两个日期"),
        );
    }
}
