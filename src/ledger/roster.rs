//! What the later stages ask a ledger: who was in post, which units stood, what they are called.

use jiff::civil::Date;

use super::entry::Entry;
use super::records::{DutyRecord, Leader, LeaderId, Ledger, Link, RecordId, Subject, Unit, UnitId};
use super::vocabulary::UnitKind;
use super::{PartialDate, Period};

impl Leader {
    /// Whether in post on a day.
    pub fn in_post_on(&self, day: Date) -> bool {
        within(day, self.joined, self.left)
    }

    /// Whether in post on some day of a date.
    pub fn in_post(&self, date: PartialDate) -> bool {
        meets(date.first(), date.last(), self.joined, self.left)
    }
}

impl Unit {
    /// Whether it stood on a day.
    pub fn active_on(&self, day: Date) -> bool {
        within(day, self.from, self.until)
    }

    /// Whether it is a branch; all others are 站股室.
    pub fn is_branch(&self) -> bool {
        self.kind == UnitKind::Branch
    }
}

impl Ledger {
    /// A leader.
    pub fn leader(&self, id: LeaderId) -> &Leader {
        &self.leaders[id.0 as usize]
    }

    /// A unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0 as usize]
    }

    /// Every leader with its number, in the order of the roster.
    pub fn leader_ids(&self) -> impl Iterator<Item = (LeaderId, &Leader)> {
        self.leaders.iter().zip(0..).map(|(leader, id)| (LeaderId(id), leader))
    }

    /// Every unit with its number, in the order of the roster.
    pub fn unit_ids(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.units.iter().zip(0..).map(|(unit, id)| (UnitId(id), unit))
    }

    /// The unit of 类型 办公室, the first if several.
    pub fn office(&self) -> Option<UnitId> {
        self.unit_ids().find(|(_, unit)| unit.kind == UnitKind::Office).map(|(id, _)| id)
    }

    /// 局党组, 领导小组, a name: what a subject is called in full.
    pub fn subject_name(&self, subject: Subject) -> &str {
        match subject {
            Subject::PartyGroup if self.bureau.party_group.is_empty() => "局党组",
            Subject::PartyGroup => &self.bureau.party_group,
            Subject::LeadingGroup => "领导小组",
            Subject::Inspectors => "检查组",
            Subject::Leader(id) => &self.leader(id).name,
            Subject::Unit(id) => &self.unit(id).name,
        }
    }

    /// What a subject is called for short.
    pub fn subject_short(&self, subject: Subject) -> &str {
        match subject {
            Subject::PartyGroup => "局党组",
            Subject::LeadingGroup => "领导小组",
            Subject::Inspectors => "检查组",
            Subject::Leader(id) => &self.leader(id).name,
            Subject::Unit(id) => &self.unit(id).short,
        }
    }

    /// A record of 履责情况 by its number; nothing for rows of other sheets.
    pub fn duty_record(&self, id: RecordId) -> Option<&DutyRecord> {
        let records = &self.duty_records;
        records.binary_search_by_key(&id, |record| record.entry.id).ok().map(|at| &records[at])
    }

    /// Whether a form says nothing of what was done: 其他.
    pub fn is_vague(&self, form: &str) -> bool {
        self.names.terms().is_vague(form)
    }

    /// The rows of a sheet, none where it is missing.
    pub fn rows(&self, sheet: &str) -> &[Entry] {
        self.sheets.get(sheet).map_or(&[], Vec::as_slice)
    }

    /// The day the ledger speaks of: 数据截止日, else the last day of 年度.
    pub fn cut_off(&self) -> Date {
        let year_end = PartialDate::Year(self.bureau.year).last();
        self.bureau.cut_off.as_ref().map_or(year_end, |day| day.value)
    }

    /// First and last day on which a link holds: its own dates within the leader's term and the
    /// unit's life; none where that end is open.
    pub fn link_term(&self, link: &Link) -> (Option<Date>, Option<Date>) {
        let (leader, unit) = (self.leader(link.leader), self.unit(link.unit));
        let from = [link.from, leader.joined, unit.from].into_iter().flatten().max();
        let until = [link.until, leader.left, unit.until].into_iter().flatten().min();
        (from, until)
    }

    /// Whether a link holds on some day of a date.
    pub fn link_holds(&self, link: &Link, date: PartialDate) -> bool {
        let (from, until) = self.link_term(link);
        meets(date.first(), date.last(), from, until)
    }

    /// How many days of a period a link holds, both ends counted.
    pub fn link_days(&self, link: &Link, period: &Period) -> u32 {
        let (from, until) = self.link_term(link);
        let first = from.map_or(period.start, |from| from.max(period.start));
        let last = until.map_or(period.end, |until| until.min(period.end));
        if last < first {
            return 0;
        }
        let days = first.until(last).map_or(0, |span| span.get_days());
        u32::try_from(days).map_or(0, |days| days + 1)
    }

    /// Who supervises a unit on some day of a date.
    pub fn supervisors(&self, unit: UnitId, date: PartialDate) -> Vec<LeaderId> {
        let mut found = Vec::new();
        for link in self.links_to(unit) {
            if self.link_holds(link, date) && !found.contains(&link.leader) {
                found.push(link.leader);
            }
        }
        found
    }
}

/// Whether a day lies between two ends, either of which may be open.
fn within(day: Date, from: Option<Date>, until: Option<Date>) -> bool {
    meets(day, day, from, until)
}

/// Whether two stretches have a day in common.
fn meets(first: Date, last: Date, from: Option<Date>, until: Option<Date>) -> bool {
    from.is_none_or(|from| from <= last) && until.is_none_or(|until| first <= until)
}
