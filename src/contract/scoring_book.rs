//! The sheets of 考核.xlsx.

use super::{SheetSpec, sheet, words};

/// The sheets, in order.
pub(super) const SHEETS: &[SheetSpec] = &[
    SheetSpec {
        name: sheet::SCORING,
        note: "本单位的考核计分办法，一个指标一行；没有计分办法就空着",
        columns: &[
            col!(INDICATOR, RowNumber, "自己编，不重复", "示例：S01"),
            col!(SCORED, Text, "考核什么", "专题研究意识形态工作"),
            col!(DUTY, Text, "对应哪一项责任，几项用、隔开", "专题研究"),
            col!(FULL_MARKS, Figure, "这一项的满分", "10"),
            one_of!(SCORING_WAY, words::SCORING_WAYS, "怎样得分、扣分", "缺项扣分"),
            col!(
                PARAMETER,
                Text,
                "计分方式要用的数，如 应有2次，每少1次扣5分",
                "2次，每少1次扣5分"
            ),
            col!(STANDARD, Prose, "评分标准的文字", "每年不少于2次，每少1次扣5分，扣完为止"),
        ],
    },
    SheetSpec {
        name: sheet::SCORES,
        note: "每个考核对象每个指标一行；自评分不会替代考核组评分",
        columns: &[
            col!(ASSESSED, About, "单位、支部或姓名", "示例：农技推广站"),
            col!(INDICATOR, Code, "与计分办法表一致", "S01"),
            col!(OWN_SCORE, Figure, "自评得分", "10"),
            col!(OWN_REASON, Text, "自评的说明", "已开展2次"),
            col!(SCORE, Figure, "考核组给的分，没评的空着", "5"),
            col!(DEDUCTION, Text, "为什么扣分", "下半年无会议记录"),
            col!(GROUNDS, Text, "依据哪份材料、哪一行", "履责情况第12行"),
        ],
    },
    SheetSpec {
        name: sheet::RESULTS,
        note: "考核结果，一个对象一行，由会议审定后填写",
        columns: &[
            col!(ASSESSED, About, "单位、支部或姓名", "示例：农技推广站"),
            suggested!(GRADE, words::GRADES, "照本单位办法的等次名称", "合格"),
            col!(SETTLED_AT, Text, "哪次会议审定的", "2025年第1次局党组会"),
            col!(SETTLED_ON, Date, "审定的日期", "2025-01-10"),
            col!(VETO, Text, "有才填", ""),
            col!(VETO_GROUNDS, Text, "认定的依据", ""),
            col!(CONSEQUENCE, Text, "结果怎么用", "作为评先评优的依据"),
        ],
    },
    SheetSpec {
        name: sheet::ACCOUNTABILITY,
        note: "对单位的问责，一件一行；不登记个人",
        columns: &[
            col!(DECIDED_ON, Date, "作出决定的日期", "示例：2024-09-10"),
            col!(DECIDED_BY, Text, "谁作出的决定", "×局党组"),
            col!(TARGET, Target, "哪个单位", "农技推广站"),
            col!(CIRCUMSTANCE, Prose, "属于哪种情形", "对重大网络舆情处置不力"),
            suggested!(
                SANCTION,
                words::ACCOUNTABILITY_MEASURES,
                "提醒、批评教育、责令作出书面检查、通报批评、组织处理、纪律处分",
                "提醒",
            ),
            col!(DOCUMENT_NUMBER, Code, "文号", "×农党组〔2024〕20号"),
        ],
    },
];
