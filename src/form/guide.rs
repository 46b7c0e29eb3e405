//! The words of the sheet 填写说明: three steps, what the colours mean, what the sheets are for.

use crate::contract::{LEDGER_BOOK, MEETING_BOOK};

/// The three steps.
pub(super) fn steps(book: &str) -> [&'static str; 3] {
    let first = match book {
        LEDGER_BOOK => {
            "一、先填“设置”“班子成员”“单位名册”，再在“履责情况”“检查发现”里一件事一行往下填；没做的不填，也不要写“无”。"
        }
        MEETING_BOOK => {
            "一、本工作簿含对照检查和批评意见，只由办公室和本人保管，不随台账发给单位；先填“民主生活会”“对照方面”，再逐人填“对照检查”。"
        }
        _ => "一、没有本单位计分办法的，“计分办法”“考核评分”可以空着；“考核结果”由会议审定后填写。",
    };
    [
        first,
        "二、标题是黄色的列必须填，其余的有就填；把鼠标放在标题上，会显示填什么和例子。带下拉的格子可以直接选。标题不要改，可以在右边加自己的列。",
        "三、灰色斜体的示例行可以删，也可以留着，程序不读；填好保存，用“检查”看一遍提示，再生成材料。",
    ]
}

/// The legend: what a fill means. The first word of each is shown in that fill.
pub(super) const LEGEND: [(&str, &str); 3] = [
    ("黄色标题", "这一列必须填"),
    ("蓝色标题", "有就填，没有空着"),
    ("灰色斜体", "示例，程序不读"),
];
