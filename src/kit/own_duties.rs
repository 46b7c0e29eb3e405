//! The unit's own sheet 责任清单 laid over the kit's regime: a row changes the duty of its 编号
//! where a cell is filled, or adds a duty. A cell that is not understood changes nothing and is
//! told with its place.

use indexmap::IndexMap;
use unicode_normalization::UnicodeNormalization;

use super::references::near_id;
use super::regime::{
    Applies, CountIf, Duty, DutyHolder, DutyKind, Line, Pick, Regime, Scope, Window,
};
use super::tags::fold;
use super::words::{Word, word_of};
use crate::contract::heading;
use crate::diagnostic::{Code, Diagnostic, Outcome, codes, did_you_mean};
use crate::place::{At, Place};

/// A row of the sheet, as the ledger read it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnRow {
    /// The row.
    pub place: Place,
    /// Heading → text and cell, filled cells only.
    pub cells: IndexMap<String, At<String>>,
}

/// Lays the rows over a regime.
pub fn apply_own(mut regime: Regime, rows: &[OwnRow]) -> Outcome<Regime> {
    let mut told = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| !row.cells.is_empty()) {
        let Some(number) = row.cell(heading::NUMBER) else {
            let message = "责任清单这一行没有编号";
            told.push(
                row.complain(&codes::D117, heading::NUMBER, message).help("填上所改责任的编号"),
            );
            continue;
        };
        let id = fold(&number.value);
        if seen.contains(&id) {
            let message = format!("编号“{}”填了两行", number.value);
            told.push(row.complain(&codes::D119, heading::NUMBER, message).help("合并成一行"));
            continue;
        }
        seen.push(id.clone());
        let known = regime.duties.keys().find(|known| fold(known) == id).cloned();
        let base = known.as_ref().and_then(|id| regime.duties.get(id)).cloned();
        match base.or_else(|| new_duty(row, &number.value, &regime, &mut told)) {
            Some(duty) => change(&mut regime, duty, row, &mut told),
            None => continue,
        }
    }
    Outcome { value: regime, diagnostics: told }
}

impl OwnRow {
    fn cell(&self, heading: &str) -> Option<&At<String>> {
        self.cells.get(heading).filter(|cell| !cell.value.trim().is_empty())
    }

    fn complain(
        &self,
        code: &'static Code,
        heading: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let place = self.cells.get(heading).map_or(self.place, |cell| cell.place);
        Diagnostic::new(code, message).at(place)
    }

    /// The value of a cell's word; none where it is empty, or is no such word (told).
    fn word<T: Word>(&self, heading: &str, told: &mut Vec<Diagnostic>) -> Option<T> {
        let text = self.cell(heading)?.value.nfkc().collect::<String>();
        // 中共……局党组 is 党组 by its full name.
        let bare = if text.trim().ends_with("党组") { "局党组" } else { &text };
        let value = T::parse(bare).or_else(|| T::parse(&text.replace(',', "、")));
        if value.is_none() {
            let near = did_you_mean(text.trim(), T::choices());
            let message = format!("{heading}“{}”不认识{near}", text.trim());
            let help = format!("{heading}可以填：{}", T::choices().join(" "));
            told.push(self.complain(&codes::D116, heading, message).help(help));
        }
        value
    }

    /// 次数: `2`, `２次`, `两次`; told where it is no number from 1.
    fn times(&self, told: &mut Vec<Diagnostic>) -> Option<u32> {
        let text = self.cell(heading::TIMES)?.value.nfkc().collect::<String>();
        let digits = text.trim().trim_end_matches('次').trim_end();
        let written = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let written =
            |text: &str| written.iter().zip(1..).find(|(w, _)| **w == text).map(|(_, n)| n);
        let number = match digits {
            "两" => Some(2),
            _ => digits.parse().ok().or_else(|| written(digits)),
        };
        let number = number.filter(|n| (1..=366).contains(n));
        if number.is_none() {
            let message = format!("次数“{}”不是1到366的整数", text.trim());
            told.push(self.complain(&codes::D118, heading::TIMES, message).help("填整数，如 2"));
        }
        number
    }
}

/// A duty that the kit does not have; none where the row says too little to judge by.
fn new_duty(row: &OwnRow, id: &str, regime: &Regime, told: &mut Vec<Diagnostic>) -> Option<Duty> {
    let needed = [heading::SUBJECT, heading::DUTY_TEXT, heading::DUTY_KIND];
    let missing: Vec<&str> =
        needed.into_iter().filter(|heading| row.cell(heading).is_none()).collect();
    if !missing.is_empty() {
        let near = near_id(id, regime.duties.keys().map(String::as_str));
        let message = format!("编号“{id}”不在责任清单里{near}");
        let help = format!("改内置的一项，编号要与它一致；另加一项，还要填{}", missing.join("、"));
        told.push(row.complain(&codes::D117, heading::NUMBER, message).help(help));
        return None;
    }
    // Unknown words are told here; `change` reads the rest.
    let (holder, kind) = (row.word(heading::SUBJECT, told), row.word(heading::DUTY_KIND, told));
    let (holder, kind) = (holder?, kind?);
    let text = row.cell(heading::DUTY_TEXT)?.value.trim().to_owned();
    Some(Duty {
        id: id.trim().to_owned(),
        holder,
        clause: String::new(),
        kind,
        min: u32::from(kind != DutyKind::Count && kind != DutyKind::Event),
        window: if kind == DutyKind::Event { Window::Trigger } else { Window::YEAR },
        scope: scopes(holder)[0],
        domain: Vec::new(),
        days: None,
        count_if: CountIf::default(),
        pick: Pick::default(),
        by: Vec::new(),
        evidence: Vec::new(),
        papers: vec!["ZC".to_owned()],
        line: String::new(),
        own_line: None,
        inherits: None,
        applies: Applies::All,
        due_next_year: None,
        ours: Vec::new(),
        trigger: None,
        text,
    })
}

/// Changes a duty by the filled cells of a row, and puts it into the regime.
fn change(regime: &mut Regime, old: Duty, row: &OwnRow, told: &mut Vec<Diagnostic>) {
    let is_new = !regime.duties.contains_key(&old.id);
    let mut duty = old.clone();
    if !is_new {
        // A new duty's words were read (and told) when it was made.
        duty.holder = row.word(heading::SUBJECT, told).unwrap_or(duty.holder);
        duty.kind = row.word(heading::DUTY_KIND, told).unwrap_or(duty.kind);
        if let Some(text) = row.cell(heading::DUTY_TEXT) {
            duty.text = text.value.trim().to_owned();
        }
    }
    duty.min = row.times(told).unwrap_or(duty.min);
    duty.window = row.word(heading::WINDOW, told).unwrap_or_else(|| window(&old, duty.kind));
    duty.scope = row.word(heading::SCOPE, told).unwrap_or(duty.scope);
    if duty.kind == DutyKind::Count && duty.min == 0 {
        let message = format!("{}性质是“定次”，没有次数", duty.id);
        told.push(row.complain(&codes::D118, heading::TIMES, message).help("填上次数（至少1）"));
        if is_new {
            return;
        }
        (duty.kind, duty.min, duty.window) = (old.kind, old.min, old.window);
    }
    if !scopes(duty.holder).contains(&duty.scope) {
        let (holder, scope) = (word_of(duty.holder), word_of(duty.scope));
        let words: Vec<&str> = scopes(duty.holder).iter().map(|scope| word_of(*scope)).collect();
        let message = format!("{}责任主体“{holder}”与范围“{scope}”不相配", duty.id);
        let help = format!("责任主体是{holder}的，范围可以填：{}", words.join(" "));
        told.push(row.complain(&codes::D120, heading::SCOPE, message).help(help));
        if scopes(old.holder).contains(&old.scope) {
            (duty.holder, duty.scope) = (old.holder, old.scope);
        }
    }
    // What the unit's own list states is no longer our reading.
    let stated = [
        ("holder", duty.holder != old.holder),
        ("text", row.cell(heading::DUTY_TEXT).is_some()),
        ("kind", row.cell(heading::DUTY_KIND).is_some()),
        ("min", row.cell(heading::TIMES).is_some()),
        ("window", row.cell(heading::WINDOW).is_some()),
        ("scope", row.cell(heading::SCOPE).is_some()),
    ];
    duty.ours.retain(|key| !stated.iter().any(|(name, yes)| *yes && name == key));
    place_on_line(regime, &mut duty, row);
    let counted = |d: &Duty| (d.kind == DutyKind::Count).then_some((d.min, d.window));
    let renumbered = is_new || counted(&duty) != counted(&old);
    let line = duty.line.clone();
    regime.duties.insert(duty.id.clone(), duty);
    if renumbered || line != old.line {
        require_anew(regime, &line);
        require_anew(regime, &old.line);
    }
}

/// The window of a duty whose 性质 may have changed and whose 周期 is not filled: what comes only
/// when something happens, and what is done by the year, change into each other.
fn window(old: &Duty, kind: DutyKind) -> Window {
    match kind {
        DutyKind::Event => Window::Trigger,
        DutyKind::Count | DutyKind::Soft | DutyKind::Exists | DutyKind::Content
            if old.window == Window::Trigger && old.trigger.is_none() =>
        {
            Window::YEAR
        }
        DutyKind::Count
        | DutyKind::Soft
        | DutyKind::Exists
        | DutyKind::Content
        | DutyKind::Timely => old.window,
    }
}

/// Puts the duty on the line that 打印名称 names. A name that no line has renames the line where
/// the duty stands alone on it, else makes a line behind it.
fn place_on_line(regime: &mut Regime, duty: &mut Duty, row: &OwnRow) {
    let name = match row.cell(heading::PRINT_NAME) {
        Some(cell) => cell.value.trim().to_owned(),
        None if duty.line.is_empty() => duty.text.clone(),
        None => return,
    };
    if let Some(line) = regime.find_line(&name) {
        duty.line = line.id.clone();
        return;
    }
    let alone = regime.duties.values().filter(|other| other.line == duty.line).count() == 1
        && regime.duties.contains_key(&duty.id);
    if alone && let Some(line) = regime.lines.get_mut(&duty.line) {
        // Rows already tagged with the old name keep their meaning.
        let old = std::mem::replace(&mut line.name, name);
        line.aliases.push(old);
        return;
    }
    let id = format!("L-{}", duty.id);
    let line = Line { id: id.clone(), name, requirement: String::new(), aliases: Vec::new() };
    let at = regime.lines.get_index_of(&duty.line).map_or(regime.lines.len(), |i| i + 1);
    regime.lines.shift_insert(at, id.clone(), line);
    duty.line = id;
}

/// Writes a line's bracket anew after its number changed, from its first duty with one.
fn require_anew(regime: &mut Regime, line: &str) {
    let first =
        regime.duties.values().find(|duty| duty.line == line && duty.kind == DutyKind::Count);
    let requirement = first.filter(|duty| duty.window != Window::Trigger);
    let requirement = requirement
        .map_or_else(String::new, |duty| format!("{}不少于{}次", duty.window.words(), duty.min));
    if let Some(line) = regime.lines.get_mut(line) {
        line.requirement = requirement;
    }
}

/// The scopes that a holder's duty may have; the first is what a new duty gets.
pub(super) fn scopes(holder: DutyHolder) -> &'static [Scope] {
    match holder {
        DutyHolder::PartyGroup => &[Scope::Bureau, Scope::Branch],
        DutyHolder::Secretary | DutyHolder::DirectLeader => &[Scope::Leader],
        DutyHolder::Leaders => &[Scope::Leader, Scope::LeaderUnit],
        DutyHolder::Office => &[Scope::Bureau],
        DutyHolder::Units | DutyHolder::UnitsAndBranches | DutyHolder::UnitHeads => &[Scope::Unit],
        DutyHolder::Branches => &[Scope::Unit, Scope::Branch],
        DutyHolder::Inspectors => &[Scope::Bureau, Scope::Leader, Scope::Branch],
    }
}
