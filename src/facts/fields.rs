//! The field contract: every name a template may use, its kind, when it is needed, its meaning.
//!
//! One table. Columns of sheets come from the workbook contract, so that a column and its field
//! cannot drift apart; what the assessment adds stands below as data. A unit's own columns and
//! 设置 rows join it when a ledger is at hand ([`Fields::of_ledger`]).

use crate::assess::metrics;
use crate::kit::Regime;
use crate::ledger::Ledger;
use crate::ledger::contract::{self, ColumnKind};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A date with its precision, as text.
    Date,
    /// Yes or no.
    Flag,
    /// Numerator and denominator: {分子 分母}, printed by 百分比.
    Ratio,
    /// An object with fields of its own.
    Record,
    /// A list of records.
    List,
    /// A list of plain texts.
    TextList,
}

/// When a missing field is shown as 【待填：名】.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Whenever a template prints it.
    Always,
    /// Never: it prints nothing, in a table cell —.
    Never,
    /// Where `field` of the same record holds one of `values` (完成时间: 整改状态 is 已完成).
    When {
        /// The other field.
        field: &'static str,
        /// Its values, any of them.
        values: &'static [&'static str],
    },
}

/// One field of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its path from the top, dots between, `[]` after a list: `检查发现[].存在问题`.
    pub path: String,
    /// What it holds.
    pub kind: FieldKind,
    /// When it is needed.
    pub need: Need,
    /// What it means, in Chinese.
    pub meaning: String,
    /// An example value.
    pub example: String,
}

/// The table, with what a unit's own columns add.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// In the order in which they are listed.
    pub fields: Vec<Field>,
    /// The unit's own columns: (list, heading).
    pub own_columns: Vec<(String, String)>,
}

/// Forms of records whose 报送凭证 is needed: a report that went up.
const REPORTS: &[&str] = &["专题报告", "重大情况报告"];

/// The word under which a finding is done.
const DONE: &[&str] = &["已完成"];

/// Columns that are needed though a sheet may lack them, by sheet and heading.
const NEEDED: &[(&str, &str, Need)] = &[
    ("履责情况", "报送凭证", Need::When { field: "形式", values: REPORTS }),
    ("检查发现", "整改措施", Need::Always),
    ("检查发现", "责任单位", Need::Always),
    ("检查发现", "责任人", Need::Always),
    ("检查发现", "整改时限", Need::Always),
    ("检查发现", "完成时间", Need::When { field: "整改状态", values: DONE }),
    ("上年整改", "整改措施", Need::Always),
    ("上年整改", "完成时间", Need::When { field: "整改状态", values: DONE }),
    ("对照检查", "整改措施", Need::Always),
];

/// Columns that hold a date and are not marked so in the contract because words are allowed too.
const DATES: &[&str] = &["整改时限", "归属期间", "期间", "完成时限"];

use FieldKind::{Date, Flag, List, Number, Ratio, Record, Text, TextList};
use Need::{Always, Never};

/// A row of the table below: path, kind, need, meaning, example.
type Row = (&'static str, FieldKind, Need, &'static str, &'static str);

/// What stands at the top and is no sheet.
const TOP: &[Row] = &[
    ("单位", Record, Never, "本单位", ""),
    ("单位.全称", Text, Always, "单位全称", "澜川市禾泽区农业农村局"),
    ("单位.简称", Text, Always, "单位简称", "区农业农村局"),
    ("单位.党组名称", Text, Always, "党组名称", "中共澜川市禾泽区农业农村局党组"),
    ("单位.上级党组织", Text, Always, "上级党组织", "区委"),
    ("年度", Number, Always, "材料的年度", "2024"),
    ("期间", Record, Never, "材料说的期间", ""),
    ("期间.名称", Text, Always, "期间", "2024年上半年"),
    ("期间.全称", Text, Always, "期间，全年写作年度", "2024年度"),
    ("期间.简称", Text, Always, "期间，不带年份", "全年"),
    ("期间.起", Date, Always, "期间第一天", "2024-01-01"),
    ("期间.止", Date, Always, "期间最后一天", "2024-12-31"),
    ("截止日", Date, Always, "情况截至哪一天", "2024-12-31"),
    ("制度", Record, Never, "所依据的制度", ""),
    ("制度.名称", Text, Always, "制度名称", "意识形态和网络安全工作责任制检查考核制度"),
    ("制度.依据", Text, Never, "制度的依据", "关于落实意识形态工作责任制的实施方案"),
    ("文种", Record, Never, "这份材料（文种表中的一行）", ""),
    ("文种.名称", Text, Always, "文种", "自查报告"),
    ("文种.主送", Text, Never, "主送机关", "区委"),
    ("文种.抄送", Text, Never, "抄送机关", ""),
    ("文种.署名", Text, Always, "署名", "中共澜川市禾泽区农业农村局党组"),
    ("文种.成文日期", Date, Always, "成文日期", "2025-01-03"),
    ("文种.应报日期", Date, Never, "应报日期", "2024-12-20"),
    ("文种.行文依据", Text, Never, "行文依据的通知", "关于做好年度自查工作的通知"),
    ("文种.发文字号", Text, Never, "发文字号", ""),
    ("文种.签发人", Text, Never, "签发人", ""),
    ("文种.版式", Text, Never, "材料或文件", "材料"),
    ("文种.联系人", Text, Never, "联系人", ""),
    ("文种.联系电话", Text, Never, "联系电话", ""),
    ("主体", Record, Never, "写谁的材料", ""),
    ("主体.名称", Text, Always, "主体全称", "农技推广站"),
    ("主体.简称", Text, Always, "主体简称", "农技推广站"),
    ("主体.类型", Text, Never, "党组、班子成员、办公室、股室、站所、支部", "站所"),
    ("主体.职务", Text, Always, "职务", "副局长"),
    ("主体.党组职务", Text, Never, "书记、成员", "成员"),
    ("主体.角色", Text, Never, "第一责任人、直接责任人 …", "直接责任人"),
    ("主体.分工", Text, Always, "分工", ""),
    ("主体.负责人", Text, Always, "负责人", ""),
    ("主体.分管领导", Text, Never, "分管领导", ""),
    ("主体.任职起", Date, Never, "任职时间", ""),
    ("主体.任职止", Date, Never, "离任时间", ""),
    ("设置", Record, Never, "设置表，每行按项目取", ""),
    ("民主生活会", Record, Never, "民主生活会表，每行按项目取", ""),
    ("指标", Record, Never, "统计数，全部材料同一口径", ""),
    ("口径", List, Never, "计数规则", ""),
    ("口径[].序号", Number, Always, "规则编号", "7"),
    ("口径[].名称", Text, Always, "规则名称", "专题研究"),
    ("口径[].说明", Text, Always, "规则内容", ""),
    ("概况", Record, Never, "主体自己的责任，按条数计", ""),
    ("概况.条数", Number, Always, "责任清单条数", "7"),
    ("概况.定次", Number, Always, "制度规定次数的要求", "5"),
    ("概况.定次完成", Number, Always, "其中完成", "4"),
    ("概况.定次未完成", Number, Always, "其中经核实未完成", "1"),
    ("概况.定次待核实", Number, Always, "其中待核实", "0"),
    ("概况.定次未到期", Number, Always, "其中没到期也没完成", "0"),
    ("概况.有记录", Number, Always, "其他要求中有记录", "16"),
    ("概况.无记录", Number, Always, "其他要求中无记录", "0"),
    ("概况.未到期", Number, Always, "其他要求中未到期", "2"),
    ("概况.未发生", Number, Always, "经核实未发生", "2"),
    ("概况.待核实", Number, Always, "待核实", "0"),
    ("无记录", List, Never, "没有记录的一般要求", ""),
    ("无记录[].名称", Text, Always, "责任内容", ""),
    ("来源分组", List, Never, "问题按来源", ""),
    ("来源分组[].来源", Text, Always, "问题来源", "半年检查"),
    ("来源分组[].数量", Number, Always, "个数", "14"),
    ("问题分组", List, Never, "问题按类别，多的在前", ""),
    ("问题分组[].类别", Text, Always, "问题类别", "阵地管理"),
    ("问题分组[].数量", Number, Always, "个数", "9"),
    ("问题分组[].其余", Number, Always, "没有例举的个数", "6"),
    ("问题概况", Record, Never, "本材料的问题，按个数计", ""),
    ("问题概况.数量", Number, Always, "问题个数", "34"),
    ("问题概况.已完成", Number, Always, "其中已完成", "20"),
    ("问题概况.整改率", Ratio, Always, "已完成和全部", "58.8%（20/34）"),
    ("问题概况.超期", Number, Always, "超期未完成", "2"),
    ("问题概况.销号", Number, Always, "已销号", "18"),
    ("分管", List, Never, "分管单位，逐个", ""),
    ("分管[].单位", Text, Always, "单位", "种植业股"),
    ("分管[].状态", Text, Always, "督促检查和听取汇报的状态", "达标"),
    ("缺项", List, Never, "没有达到的定次要求", ""),
];

/// What every gap has, under 缺项[] and under a line's 缺项[].
const GAP: &[Row] = &[
    ("名称", Text, Always, "责任行名称", "半年专题汇报"),
    ("事项", Text, Always, "责任内容", ""),
    ("应", Number, Always, "应有次数", "2"),
    ("实", Number, Always, "已有次数", "1"),
    ("差", Number, Always, "差几次", "1"),
    ("分期", Text, Never, "差的是哪半年", "下半年"),
    ("单位", TextList, Never, "差的是哪些单位", "水产种子站"),
    ("已核实", Flag, Never, "核实事项中已登记确未开展", "是"),
    ("整改措施", Text, Always, "整改措施（检查发现中来源为自查的同一责任项）", ""),
    ("责任单位", Text, Always, "责任单位", "办公室"),
    ("责任人", Text, Never, "责任人", ""),
    ("整改时限", Date, Always, "整改时限", "2025-01-31"),
];

/// What every print line has, under 责任行[] and under 按行.名.
const LINE: &[Row] = &[
    ("序", Number, Always, "在本材料清单中的次序", "5"),
    ("编号", Text, Never, "责任行编号（不印在材料上）", "L05"),
    ("名称", Text, Always, "责任行名称", "专题研究"),
    ("要求", Text, Never, "要求", "每年不少于2次"),
    ("定次", Flag, Never, "制度规定了次数", "是"),
    ("应", Number, Never, "应有次数", "2"),
    ("实", Number, Never, "已有次数；没有定次的为记录条数", "2"),
    ("差", Number, Never, "差几次", "0"),
    ("状态", Text, Always, "状态", "达标"),
    ("状态语", Text, Always, "状态，印在表里的说法", "已完成"),
    ("未到期", Flag, Never, "还没到期", ""),
    ("未发生", Flag, Never, "经核实未发生", ""),
    ("入附表", Flag, Never, "本材料的附表列有这一行", ""),
    ("迟报", Flag, Never, "达到了，但晚于应报日期", ""),
    ("覆盖", Ratio, Never, "有记录的单位数和应有的单位数", "7/8"),
    ("形式", List, Never, "记录按形式计数", ""),
    ("形式[].名称", Text, Always, "形式", "局党组会"),
    ("形式[].数量", Number, Always, "次数", "4"),
    ("其余", Number, Never, "没有例举的条数", "3"),
    ("核实", Record, Never, "核实事项", ""),
    ("责任", List, Never, "这一行包含的责任", ""),
    ("分期", List, Never, "半年一次的，逐半年", ""),
    ("缺项", List, Never, "这一行没有达到的", ""),
];

/// What every duty has, under 责任[].
const DUTY: &[Row] = &[
    ("编号", Text, Always, "责任编号（不印在材料上）", "A4.1"),
    ("内容", Text, Always, "责任内容", "专题研究意识形态工作"),
    ("应", Number, Always, "应有次数", "2"),
    ("实", Number, Always, "已有次数", "2"),
    ("状态", Text, Always, "状态", "达标"),
    ("定次", Flag, Never, "制度规定了次数", "是"),
    ("分期", List, Never, "半年一次的，逐半年", ""),
    ("核实", Record, Never, "核实事项", ""),
];

/// What every half has.
const HALF: &[Row] = &[
    ("名称", Text, Always, "上半年、下半年", "下半年"),
    ("状态", Text, Always, "状态", "未达到"),
    ("未达到", Flag, Never, "到期没有达到", ""),
    ("未到期", Flag, Never, "还没到期", ""),
    ("已核实", Flag, Never, "已核实确未开展", ""),
    ("应报日期", Date, Always, "应报日期", "2024-12-31"),
];

/// What a record has besides the columns of 履责情况.
const DONE_RECORD: &[Row] = &[
    ("序", Number, Always, "在这一列中的次序", "1"),
    ("迟报", Flag, Never, "到期之后才有", ""),
    ("形式已述", Flag, Never, "工作内容已说明形式，或形式不是会议", ""),
    ("是文件", Flag, Never, "这一条是制度文件", ""),
    ("文件名称", Text, Never, "制度文件的名称", ""),
    ("文号", Text, Never, "制度文件的文号", ""),
    ("是批次", Flag, Never, "这一条是检查批次", ""),
    ("结果上报日期", Date, Never, "检查批次的结果上报日期", ""),
    ("是考核", Flag, Never, "这一条是考核结果", ""),
    ("考核对象", Text, Never, "考核结果的对象", ""),
    ("等次", Text, Never, "考核结果的等次", ""),
    ("是文种", Flag, Never, "这一条是文种表中的材料", ""),
    ("文种", Text, Never, "材料的文种", "自查报告"),
    ("对象", Text, Never, "材料的主体", ""),
    ("原因", Text, Never, "没有计入的原因", ""),
];

/// Whether a record of work may carry this column: what other sheets' rows have besides has no
/// place in a list of records.
pub(super) fn is_record_column(heading: &str) -> bool {
    let of_sheet = contract::sheet("履责情况").is_some_and(|spec| spec.column(heading).is_some());
    of_sheet || DONE_RECORD.iter().any(|(name, ..)| *name == heading)
}

/// What a problem has besides the columns of 检查发现.
const PROBLEM: &[Row] = &[
    ("序", Number, Always, "在这一列中的次序", "1"),
    ("超期", Flag, Never, "到截止日超期未完成", ""),
    ("逾期完成", Flag, Never, "完成了，但晚于时限", ""),
    ("已销号", Flag, Never, "已销号", ""),
];

/// Lists of findings.
const PROBLEM_LISTS: [&str; 5] =
    ["检查发现", "问题", "问题分组[].问题", "问题分组[].例举", "分管[].发现"];

impl Fields {
    /// The table of the contract and a regime's print lines.
    pub fn table(regime: &Regime) -> Self {
        let mut fields = Self::default();
        fields.rows("", TOP);
        fields.rows("缺项[].", GAP);
        fields.push("责任行", List, Never, "责任行，按本材料的清单", "");
        fields.line("责任行[].");
        fields.push("按行", Record, Never, "责任行，按名称取：按行.专题研究.实", "");
        for line in regime.lines.values() {
            fields.push(&format!("按行.{}", line.name), Record, Never, "责任行", "");
            fields.line(&format!("按行.{}.", line.name));
        }
        fields.push("责任", List, Never, "责任，逐项", "");
        fields.duties("责任");
        for list in ["分管[].检查", "分管[].汇报"] {
            fields.records(list, "分管单位的记录");
        }
        for list in PROBLEM_LISTS {
            fields.push(list, List, Never, "问题", "");
            fields.sheet_columns("检查发现", &format!("{list}[]."));
            fields.rows(&format!("{list}[]."), PROBLEM);
        }
        for (name, ratio) in metrics::FIGURES {
            let path = format!("指标.{name}");
            fields.push(&path, if *ratio { Ratio } else { Number }, Always, "统计数", "");
        }
        fields.ratio_parts();
        for spec in contract::sheets() {
            if spec.is_items() {
                for item in spec.items {
                    let need = if item.required { Always } else { Never };
                    let path = format!("{}.{}", spec.name, item.name);
                    fields.push(&path, Text, need, item.note, item.example);
                }
                continue;
            }
            if matches!(spec.name, "责任清单" | "检查发现") {
                continue;
            }
            if spec.name == "文种" {
                // The paper's own row; the columns that a paper prints stand above.
                for column in spec.columns {
                    let path = format!("文种.{}", column.heading);
                    if fields.get(&path).is_none() {
                        fields.push(&path, Text, Never, column.note, column.example);
                    }
                }
                continue;
            }
            if spec.name == "履责情况" {
                fields.records("履责情况", spec.note);
                continue;
            }
            fields.push(spec.name, List, Never, spec.note, "");
            fields.sheet_columns(spec.name, &format!("{}[].", spec.name));
        }
        fields
    }

    /// The table with the unit's own columns and settings.
    pub fn of_ledger(ledger: &Ledger, regime: &Regime) -> Self {
        let mut fields = Self::table(regime);
        for (sheet, entries) in &ledger.sheets {
            let Some(spec) = contract::sheet(sheet) else { continue };
            for entry in entries {
                if spec.is_items() {
                    if let Some(item) = entry.text("项目") {
                        let path = format!("{sheet}.{item}");
                        if fields.get(&path).is_none() {
                            fields.push(&path, Text, Never, "单位自己的项目", "");
                        }
                    }
                    continue;
                }
                for heading in entry.cells.keys() {
                    let known = spec.column(heading).is_some();
                    let own = ((*sheet).to_owned(), heading.clone());
                    if !known && !fields.own_columns.contains(&own) {
                        fields.own_columns.push(own);
                    }
                }
            }
        }
        for (sheet, heading) in fields.own_columns.clone() {
            fields.own_column(&sheet, &heading);
        }
        fields
    }

    /// Looks a full path up: `检查发现[].存在问题`.
    pub fn get(&self, path: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.path == path)
    }

    /// A column of the unit's own, wherever rows of its sheet are listed.
    fn own_column(&mut self, sheet: &str, heading: &str) {
        let suffix = match sheet {
            "检查发现" => "[].存在问题",
            "履责情况" => "[].工作内容",
            "文种" => {
                self.push(&format!("文种.{heading}"), Text, Never, "单位自己的列", "");
                return;
            }
            _ => {
                self.push(&format!("{sheet}[].{heading}"), Text, Never, "单位自己的列", "");
                return;
            }
        };
        let lists: Vec<String> = self
            .fields
            .iter()
            .filter_map(|field| field.path.strip_suffix(suffix).map(str::to_owned))
            .collect();
        for list in lists {
            self.push(&format!("{list}[].{heading}"), Text, Never, "单位自己的列", "");
        }
    }

    fn push(&mut self, path: &str, kind: FieldKind, need: Need, meaning: &str, example: &str) {
        self.fields.push(Field {
            path: path.to_owned(),
            kind,
            need,
            meaning: meaning.to_owned(),
            example: example.to_owned(),
        });
    }

    fn rows(&mut self, prefix: &str, rows: &[Row]) {
        for (path, kind, need, meaning, example) in rows {
            self.push(&format!("{prefix}{path}"), *kind, *need, meaning, example);
        }
    }

    /// Numerator and denominator of every ratio, which a template may print on their own.
    fn ratio_parts(&mut self) {
        let ratios = self.fields.iter().filter(|field| field.kind == Ratio);
        let paths: Vec<String> = ratios.map(|field| field.path.clone()).collect();
        for path in paths {
            self.push(&format!("{path}.分子"), Number, Always, "分子", "20");
            self.push(&format!("{path}.分母"), Number, Always, "分母", "34");
        }
    }

    /// A print line.
    fn line(&mut self, prefix: &str) {
        self.rows(prefix, LINE);
        self.rows(&format!("{prefix}缺项[]."), GAP);
        self.duties(&format!("{prefix}责任"));
        self.halves(&format!("{prefix}分期"));
        for list in ["记录", "例举", "未计入"] {
            self.records(&format!("{prefix}{list}"), "责任行的记录");
        }
        self.sheet_columns("核实事项", &format!("{prefix}核实."));
    }

    /// A list of records of work.
    fn records(&mut self, list: &str, meaning: &str) {
        self.push(list, List, Never, meaning, "");
        let prefix = format!("{list}[].");
        self.sheet_columns("履责情况", &prefix);
        self.rows(&prefix, DONE_RECORD);
    }

    fn duties(&mut self, list: &str) {
        let prefix = format!("{list}[].");
        self.rows(&prefix, DUTY);
        self.halves(&format!("{prefix}分期"));
        self.sheet_columns("核实事项", &format!("{prefix}核实."));
        self.records(&format!("{prefix}记录"), "计入的记录");
    }

    fn halves(&mut self, list: &str) {
        let prefix = format!("{list}[].");
        self.rows(&prefix, HALF);
        self.records(&format!("{prefix}记录"), "计入的记录");
    }

    /// The columns of a sheet under a prefix.
    fn sheet_columns(&mut self, sheet: &str, prefix: &str) {
        let Some(spec) = contract::sheet(sheet) else { return };
        for column in spec.columns {
            let kind = match column.kind {
                _ if DATES.contains(&column.heading) => Date,
                ColumnKind::Day => Date,
                // A number typed in a cell is text in the tree and prints as it was typed.
                ColumnKind::Text
                | ColumnKind::Code
                | ColumnKind::Number
                | ColumnKind::OneOf
                | ColumnKind::Suggested => Text,
            };
            let need = NEEDED
                .iter()
                .find(|(of, heading, _)| *of == sheet && *heading == column.heading)
                .map_or(if column.required { Always } else { Never }, |(_, _, need)| *need);
            let path = format!("{prefix}{}", column.heading);
            self.push(&path, kind, need, column.note, column.example);
        }
    }
}
