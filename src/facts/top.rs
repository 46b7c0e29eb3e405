//! What stands at the top of the tree, and the small records there: 单位, 期间, 制度, 文种, 指标, 口径.
//!
//! What several fields are made from (the duties of the paper, its gaps, its problems) is worked
//! out once, when the first of them is asked for.

use std::cell::OnceCell;

use serde_json::{Map, Value, json};

use super::declare::{Declared, Kind, fields, ratio, text};
use super::duties::{self, Confirmed, Overview, Partly, Silent, Told};
use super::fields::{FieldKind, Fields, Need, ShapeId};
use super::findings::{self, Group, Problem, Problems, Source};
use super::gaps::{self, Gap};
use super::lines::{ByLine, LineItem};
use super::meeting::{self, Aspect, LastYear, OwnWords, Talk};
use super::records::{Form, Work, bare_title, forms};
use super::subject::{self, Supervised, Who};
use super::taking_part::{self, TakenPart};
use super::{OWN_WORDS, Scene, rows};
use crate::assess::metrics::FIGURES;
use crate::assess::{JudgedFinding, LineResult, Metric, MetricValue};
use crate::contract::{heading, sheet};
use crate::kit::{LineId, PrintedRule, Regime};
use crate::ledger::{Bureau, Entry, PaperRow, Period, Subject};

/// Everything: one paper of one subject.
#[derive(Default)]
pub(super) struct Whole<'a> {
    told: OnceCell<Vec<Told<'a>>>,
    lines: OnceCell<Vec<LineResult>>,
    gaps: OnceCell<Vec<Gap<'a>>>,
    problems: OnceCell<Vec<&'a JudgedFinding>>,
}

impl<'a> Kind<'a> for Whole<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, whole|
        "单位" Record<Home> Never "本单位" => Some(Home(&scene.ledger.bureau));
        read "年度" Number Always "材料的年度", "2024" => scene.assessment.period.start.year();
        "期间" Record<Term> Never "材料说的期间" => Some(Term(&scene.assessment.period));
        "截止日" Date Always "情况截至哪一天", "2024-12-31" => scene.assessment.as_of.to_string();
        "制度" Record<Basis> Never "所依据的制度" => Some(Basis(&scene.kit.regime));
        "文种" Record<Letter> Never "这份材料（文种表中的一行）" => Some(Letter(paper_row(scene)));
        "主体" Record<Who> Never "写谁的材料" => Some(Who::of(scene));
        "指标" Record<Figures> Never "统计数，全部材料同一口径" => Some(Figures(&scene.assessment.metrics));
        "口径" List<Rule> Never "计数规则" =>
            scene.assessment.regime.rules.printed.iter().map(Rule);
        "概况" Record<Overview> Never "主体自己的责任，按条数计" =>
            Some(Overview::of(scene, whole.own(scene)));
        "无记录" List<Silent> Never "没有记录的一般要求" => duties::silent(whole.own(scene));
        "分期无记录" List<Partly> Never "一般要求中，有的半年、季度或月没有记录的" =>
            duties::partly(scene, whole.own(scene));
        "半年无记录" List<Partly> Never "分期无记录原来的名字" => duties::partly(scene, whole.own(scene));
        "来源分组" List<Source> Never "问题按来源" =>
            findings::by_source(scene, whole.problems(scene));
        "问题分组" List<Group> Never "问题按类别，多的在前" =>
            findings::groups(scene, whole.problems(scene), whole.gaps(scene));
        "问题概况" Record<Problems> Never "本材料的问题，按个数计" =>
            Some(Problems(whole.problems(scene)));
        "分管" List<Supervised> Never "分管单位，逐个" => subject::supervised(scene);
        "参加" List<TakenPart> Never
            "本人参加的局党组、领导小组工作，按责任行（主持人、参加领导写了本人的）" =>
            taking_part::by_line(scene);
        "参加形式" List<Form> Never "本人参加的全部工作，按形式计数" =>
            forms(&taking_part::attended(scene));
        "方面" List<Aspect> Never "对照检查的方面，按当年通知" => meeting::aspects(scene);
        "缺项" List<Gap> Never "没有达到的定次要求" => whole.gaps(scene);
        "责任行" List<LineItem> Never "责任行，按本材料的清单" => whole.annex(scene);
        "按行" Record<ByLine> Never "责任行，按名称取：按行.专题研究.实" =>
            Some(whole.by_line(scene));
        "责任" List<Told> Never "责任，逐项" => whole.own(scene);
        "其他工作" List<Work> Never "不属于任何一项责任的工作" =>
            Work::listed(taking_part::other_work(scene));
        "履责情况" List<Work> Never "" => Work::listed(rows::own(scene, Work::SHEET));
        "核实事项" List<Confirmed> Never "" => rows::own(scene, Confirmed::SHEET).map(Confirmed);
        "检查发现" List<Problem> Never "" =>
            Problem::listed(scene, findings::concerning(scene));
        "上年整改" List<LastYear> Never "" => rows::own(scene, LastYear::SHEET).map(LastYear);
        "谈心谈话" List<Talk> Never "" => rows::own(scene, Talk::SHEET).map(Talk);
        read "个人撰写" List<OwnWords> Never "" => rows::own(scene, OWN_WORDS)
            .filter(|entry| meeting::is_for_paper(scene, entry))
            .map(OwnWords);
        "问题" List<Problem> Never "问题" =>
            Problem::listed(scene, findings::in_order(scene, whole.problems(scene)));
    };

    fn extend(fields: &mut Fields, shape: ShapeId, _regime: &Regime) {
        rows::declare_sheets(fields, shape);
    }
}

impl<'a> Whole<'a> {
    /// The duties that this paper speaks of.
    pub(super) fn told(&self, scene: Scene<'a>) -> &[Told<'a>] {
        self.told.get_or_init(|| duties::told(scene))
    }

    /// Those on the lines of the paper's own list.
    fn own(&self, scene: Scene<'a>) -> Vec<&Told<'a>> {
        self.told(scene)
            .iter()
            .filter(|told| scene.paper.lines.contains(told.line(scene)))
            .collect()
    }

    fn gaps(&self, scene: Scene<'a>) -> &[Gap<'a>] {
        self.gaps.get_or_init(|| gaps::gaps(scene, self.told(scene)).collect())
    }

    fn problems(&self, scene: Scene<'a>) -> &[&'a JudgedFinding] {
        self.problems.get_or_init(|| findings::told(scene))
    }

    /// The results of the print lines.
    fn lines(&self, scene: Scene<'a>) -> &[LineResult] {
        self.lines.get_or_init(|| match scene.subject {
            Subject::PartyGroup => scene.assessment.lines(),
            subject => scene.assessment.lines_of(subject),
        })
    }

    /// A print line; its place in a list where it stands in one.
    fn line<'s>(
        &'s self,
        scene: Scene<'a>,
        result: &'s LineResult,
        at: Option<usize>,
    ) -> Option<LineItem<'s>> {
        let line = scene.assessment.regime.lines.get(&result.line)?;
        Some(LineItem::of(scene, line, result, self.told(scene), at))
    }

    /// 责任行: the lines of the paper's own list.
    fn annex(&self, scene: Scene<'a>) -> Vec<LineItem<'_>> {
        let result = |id: &LineId| self.lines(scene).iter().find(|result| result.line == *id);
        let results = scene.paper.lines.iter().filter_map(result).enumerate();
        results.filter_map(|(at, result)| self.line(scene, result, Some(at + 1))).collect()
    }

    /// 按行: the lines that the template names.
    fn by_line(&self, scene: Scene<'a>) -> ByLine<'_> {
        let results = self.lines(scene);
        let names = &scene.assessment.regime.lines;
        let is_named = |result: &&LineResult| {
            names.get(&result.line).is_some_and(|line| scene.wanted.has(&line.name))
        };
        let lines = results.iter().filter(is_named);
        let lines = lines.filter_map(|result| self.line(scene, result, None));
        ByLine { any: !results.is_empty(), lines: lines.collect() }
    }
}

/// 单位.
pub(super) struct Home<'a>(&'a Bureau);

impl<'a> Kind<'a> for Home<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, home|
        "全称" Text Always "单位全称", "澜川市禾泽区农业农村局" => home.0.name.value;
        "简称" Text Always "单位简称", "区农业农村局" => home.0.short;
        "党组名称" Text Always "党组名称", "中共澜川市禾泽区农业农村局党组" => home.0.party_group;
        "上级党组织" Text Always "上级党组织", "区委" => home.0.superior;
    };
}

/// 期间.
pub(super) struct Term<'a>(&'a Period);

impl<'a> Kind<'a> for Term<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, term|
        "名称" Text Always "期间", "2024年上半年" => term.0.name;
        "全称" Text Always "期间，全年写作年度", "2024年度" => match term.part() {
            "" => format!("{}年度", term.0.start.year()),
            _ => term.0.name.clone(),
        };
        "简称" Text Always "期间，不带年份", "全年" => match term.part() {
            "" => "全年",
            part => part,
        };
        "起" Date Always "期间第一天", "2024-01-01" => term.0.start.to_string();
        "止" Date Always "期间最后一天", "2024-12-31" => term.0.end.to_string();
    };
}

impl Term<'_> {
    /// The part of the year that it is; empty for a whole year.
    fn part(&self) -> &str {
        let year = format!("{}年", self.0.start.year());
        self.0.name.strip_prefix(&year).unwrap_or_default()
    }
}

/// 制度.
pub(super) struct Basis<'a>(&'a Regime);

impl<'a> Kind<'a> for Basis<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, basis|
        "名称" Text Always "制度名称", "意识形态和网络安全工作责任制检查考核制度" => basis.0.name;
        "依据" Text Never "制度的依据", "关于落实意识形态工作责任制的实施方案" => basis.0.basis;
    };
}

/// 文种: what the sheet says of this paper; without a 署名 the subject's own name signs.
pub(super) struct Letter<'a>(Option<&'a PaperRow>);

impl<'a> Kind<'a> for Letter<'a> {
    const SHEET: &'static str = sheet::PAPERS;
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, letter|
        "名称" Text Always "文种", "自查报告" => scene.paper.kind;
        "署名" Text Always "署名", "中共澜川市禾泽区农业农村局党组" =>
            letter.text(heading::SIGNED).unwrap_or_else(|| subject::full_name(scene));
        "成文日期" Date Always "成文日期", "2025-01-03" => letter.text(heading::DATED);
        "行文依据" Text Never "行文依据的通知", "关于做好年度自查工作的通知" =>
            letter.text(heading::BASIS).map(bare_title);
    };

    fn entry(&self) -> Option<&'a Entry> {
        self.0.map(|row| &row.entry)
    }
}

impl<'a> Letter<'a> {
    fn text(&self, heading: &str) -> Option<&'a str> {
        text(&self.0?.entry, heading)
    }
}

/// The row of 文种 that speaks of this paper: the same 文种 and subject, and the period, or none
/// given where the period is the ledger's year.
fn paper_row<'a>(scene: Scene<'a>) -> Option<&'a PaperRow> {
    let Scene { ledger, assessment, paper, .. } = scene;
    assessment.paper_rows_of(ledger, scene.subject).find(|row| {
        let period = match &row.period {
            Some(at) => {
                (at.value.first(), at.value.last())
                    == (assessment.period.start, assessment.period.end)
            }
            None => {
                let year = assessment.period.start.year();
                year == ledger.bureau.year && assessment.period.name == format!("{year}年")
            }
        };
        row.kind == paper.kind && period
    })
}

/// 指标: a count as a number, a ratio as {分子 分母}.
pub(super) struct Figures<'a>(&'a [Metric]);

impl<'a> Kind<'a> for Figures<'a> {
    fn extend(fields: &mut Fields, shape: ShapeId, _regime: &Regime) {
        for (name, ratio) in FIGURES {
            let kind = if *ratio { FieldKind::Ratio } else { FieldKind::Number };
            fields.put(shape, name, kind, Need::Always, "统计数", "");
        }
    }

    fn begin(&self, scene: Scene<'a>, _room: usize) -> Map<String, Value> {
        let wanted = self.0.iter().filter(|metric| scene.wanted.has(metric.name));
        let value = |metric: &Metric| match metric.value {
            MetricValue::Count(count) => json!(count),
            MetricValue::Ratio(done, total) => ratio(done, total),
        };
        wanted.map(|metric| (metric.name.to_owned(), value(metric))).collect()
    }
}

/// A counting rule as it is printed.
pub(super) struct Rule<'a>(&'a PrintedRule);

impl<'a> Kind<'a> for Rule<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, rule|
        "序号" Number Always "规则编号", "7" => rule.0.number;
        "名称" Text Always "规则名称", "专题研究" => rule.0.name;
        "说明" Text Always "规则内容" => rule.0.text;
    };
}
