//! The fields that the assessment adds to the columns of the sheets, as data; and what the
//! contract of the workbook does not say of a column: when it is needed, that it holds a date.

use super::FieldKind::{self, Date, Flag, List, Number, Ratio, Record, Text, TextList};
use super::Need::{self, Always, Never};

/// Forms of records whose 报送凭证 is needed: a report that went up.
pub(super) const REPORTS: &[&str] = &["专题报告", "重大情况报告"];

/// The word under which a finding is done.
pub(super) const DONE: &[&str] = &["已完成"];

/// The field of a record that tells which sheet it is a row of.
pub(in crate::facts) const SHEET: &str = "所在表";

/// The sheet of work itself.
const WORK: &[&str] = &["履责情况"];

/// A round reads as work too: 类型 as its 形式, 名称 as its 工作内容.
const WORK_AND_ROUNDS: &[&str] = &["履责情况", "检查批次"];

/// Columns that are needed though a sheet may lack them, or not wherever its rows are listed, by
/// sheet and heading.
pub(super) const NEEDED: &[(&str, &str, Need)] = &[
    // Lists of records hold rows of other sheets too (制度文件 …), which have no such columns.
    ("履责情况", "责任主体", Need::When { field: SHEET, values: WORK }),
    ("履责情况", "形式", Need::When { field: SHEET, values: WORK_AND_ROUNDS }),
    ("履责情况", "工作内容", Need::When { field: SHEET, values: WORK_AND_ROUNDS }),
    ("履责情况", "佐证材料", Need::When { field: SHEET, values: WORK }),
    ("履责情况", "报送凭证", Need::When { field: "形式", values: REPORTS }),
    ("检查发现", "整改措施", Need::Always),
    ("检查发现", "责任单位", Need::Always),
    ("检查发现", "责任人", Need::Always),
    ("检查发现", "整改时限", Need::Always),
    ("检查发现", "完成时间", Need::When { field: "整改状态", values: DONE }),
    ("上年整改", "整改措施", Need::Always),
    ("上年整改", "完成时间", Need::When { field: "整改状态", values: DONE }),
    ("对照检查", "整改措施", Need::Always),
    ("对照检查", "存在问题", Need::Always),
    ("对照检查", "对照方面", Need::Always),
];

/// Columns that hold a date and are not marked so in the contract because words are allowed too.
pub(super) const DATES: &[&str] = &["整改时限", "归属期间", "期间", "完成时限"];

/// A row of the table below: path, kind, need, meaning, example.
pub(super) type Row = (&'static str, FieldKind, Need, &'static str, &'static str);

/// What stands at the top and is no sheet.
pub(super) const TOP: &[Row] = &[
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
    ("文种.版式", Text, Never, "目前只有材料", "材料"),
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
    ("主体.期内任职", Flag, Never, "本期内到任", ""),
    ("主体.期内离任", Flag, Never, "本期内离任", ""),
    ("设置", Record, Never, "设置表，每行按项目取", ""),
    ("民主生活会", Record, Never, "民主生活会表，每行按项目取", ""),
    ("指标", Record, Never, "统计数，全部材料同一口径", ""),
    ("口径", List, Never, "计数规则", ""),
    ("口径[].序号", Number, Always, "规则编号", "7"),
    ("口径[].名称", Text, Always, "规则名称", "专题研究"),
    ("口径[].说明", Text, Always, "规则内容", ""),
    ("概况", Record, Never, "主体自己的责任，按条数计", ""),
    ("概况.条数", Number, Always, "责任清单条数", "7"),
    ("概况.项数", Number, Always, "各条共有几项要求", "25"),
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
    ("分期无记录", List, Never, "一般要求中，有的半年、季度或月没有记录的", ""),
    ("分期无记录[].名称", Text, Always, "责任内容", ""),
    ("分期无记录[].分期", Text, Always, "哪几期没有记录", "上半年"),
    ("半年无记录", List, Never, "分期无记录原来的名字", ""),
    ("半年无记录[].名称", Text, Always, "责任内容", ""),
    ("半年无记录[].分期", Text, Always, "哪几期没有记录", "上半年"),
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
    ("分管[].起", Date, Never, "本期内才开始分管的，哪天起", "2024-05-15"),
    ("分管[].止", Date, Never, "本期内不再分管的，到哪天止", "2024-04-30"),
    ("分管[].发现数", Number, Always, "在这个单位发现的问题数", "3"),
    ("分管[].已完成数", Number, Always, "其中已完成整改", "2"),
    (
        "参加",
        List,
        Never,
        "本人参加的局党组、领导小组工作，按责任行（主持人、参加领导写了本人的）",
        "",
    ),
    ("参加[].名称", Text, Always, "责任行名称", "专题研究"),
    ("参加[].数量", Number, Always, "参加次数，含主持", "2"),
    ("参加[].主持", Number, Always, "其中主持", "2"),
    ("参加[].其余", Number, Never, "没有例举的条数", "3"),
    ("参加[].形式", List, Never, "按形式计数", ""),
    ("参加[].形式[].名称", Text, Always, "形式", "局党组会"),
    ("参加[].形式[].数量", Number, Always, "次数", "4"),
    ("参加[].入附表", Flag, Never, "本材料的附表列有这一行", ""),
    ("上年整改[].超期", Flag, Never, "到截止日超期未完成", ""),
    ("参加形式", List, Never, "本人参加的全部工作，按形式计数", ""),
    ("参加形式[].名称", Text, Always, "形式", "局党组会"),
    ("参加形式[].数量", Number, Always, "次数", "4"),
    ("方面", List, Never, "对照检查的方面，按当年通知", ""),
    ("方面[].序", Number, Always, "第几个方面", "1"),
    (
        "方面[].名称",
        Text,
        Always,
        "方面，照通知原文",
        "带头严守政治纪律和政治规矩，维护党的团结统一",
    ),
    ("方面[].简称", Text, Never, "方面的简称，用作段落标签", "严守政治纪律和政治规矩"),
    ("方面[].问题", List, Never, "这个方面的对照检查，一条一个问题", ""),
    ("方面[].问题[].序", Number, Always, "在这个方面中的次序", "1"),
    ("缺项", List, Never, "没有达到的定次要求", ""),
];

/// What every gap has, under 缺项[] and under a line's 缺项[].
pub(super) const GAP: &[Row] = &[
    ("名称", Text, Always, "责任行名称", "半年专题汇报"),
    ("事项", Text, Always, "责任内容", ""),
    ("应", Number, Always, "应有次数", "2"),
    ("实", Number, Always, "已有次数", "1"),
    ("差", Number, Always, "差几次", "1"),
    ("分期", Text, Never, "差的是哪几期", "下半年"),
    ("单位", TextList, Never, "差的是哪些单位", "水产种子站"),
    ("已核实", Flag, Never, "核实事项中已登记确未开展", "是"),
    ("整改措施", Text, Always, "整改措施（检查发现中来源为自查的同一责任项）", ""),
    ("责任单位", Text, Always, "责任单位", "办公室"),
    ("责任人", Text, Never, "责任人", ""),
    ("整改时限", Date, Always, "整改时限", "2025-01-31"),
];

/// What every print line has, under 责任行[] and under 按行.名.
pub(super) const LINE: &[Row] = &[
    ("序", Number, Always, "在本材料清单中的次序", "5"),
    ("编号", Text, Never, "责任行编号（不印在材料上）", "L05"),
    ("名称", Text, Always, "责任行名称", "专题研究"),
    ("要求", Text, Never, "要求", "每年不少于2次"),
    ("定次", Flag, Never, "制度规定了次数", "是"),
    ("应", Number, Never, "应有次数", "2"),
    ("实", Number, Never, "已有次数；没有定次的为记录条数", "2"),
    ("差", Number, Never, "差几次", "0"),
    ("自有", Number, Never, "这一行自己的记录条数，由别的记录认定的不算", "2"),
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
    ("分期", List, Never, "每半年、每季度、每月都要有的，逐期", ""),
    ("缺项", List, Never, "这一行没有达到的", ""),
];

/// What every duty has, under 责任[].
pub(super) const DUTY: &[Row] = &[
    ("编号", Text, Always, "责任编号（不印在材料上）", "A4.1"),
    ("内容", Text, Always, "责任内容", "专题研究意识形态工作"),
    ("应", Number, Always, "应有次数", "2"),
    ("实", Number, Always, "已有次数", "2"),
    ("状态", Text, Always, "状态", "达标"),
    ("定次", Flag, Never, "制度规定了次数", "是"),
    ("其余", Number, Never, "没有例举的条数", "3"),
    ("分期", List, Never, "每半年、每季度、每月都要有的，逐期", ""),
    ("核实", Record, Never, "核实事项", ""),
];

/// What every part of the year has.
pub(super) const PART: &[Row] = &[
    ("名称", Text, Always, "哪一期", "第三季度"),
    ("要求", Text, Always, "每期的要求", "每季度1次"),
    ("差", Number, Always, "差几次", "1"),
    ("状态", Text, Always, "状态", "未达到"),
    ("未达到", Flag, Never, "到期没有达到", ""),
    ("未到期", Flag, Never, "还没到期", ""),
    ("已核实", Flag, Never, "已核实确未开展", ""),
    ("应报日期", Date, Always, "应报日期", "2024-12-31"),
];

/// What a record has besides the columns of 履责情况.
pub(super) const DONE_RECORD: &[Row] = &[
    ("序", Number, Always, "在这一列中的次序", "1"),
    (SHEET, Text, Never, "这一条在哪张工作表", "履责情况"),
    ("迟报", Flag, Never, "到期之后才有", ""),
    ("由认定", Flag, Never, "由别的记录认定，不是这项责任自己的记录（责任[].记录里）", ""),
    ("兼记", Flag, Never, "这条记录也记在另一项责任下（责任[].记录里）", ""),
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

/// What a problem has besides the columns of 检查发现.
pub(super) const PROBLEM: &[Row] = &[
    ("序", Number, Always, "在这一列中的次序", "1"),
    ("超期", Flag, Never, "到截止日超期未完成", ""),
    ("逾期完成", Flag, Never, "完成了，但晚于时限", ""),
    ("已销号", Flag, Never, "已销号", ""),
];

/// Lists of findings.
pub(super) const PROBLEM_LISTS: [&str; 5] =
    ["检查发现", "问题", "问题分组[].问题", "问题分组[].例举", "分管[].发现"];
