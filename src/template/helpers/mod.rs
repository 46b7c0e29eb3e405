//! The helpers of the tag language: one table with name, arguments, meaning, example and the
//! function itself. A helper is pure: values in, a value out; it reads no file and holds no state.

pub mod compare;
pub mod dates;
pub mod numbers;
pub mod objects;
pub mod texts;

use std::cmp::Ordering;

use serde_json::Value;

/// What a helper may know besides its arguments.
#[derive(Debug, Clone, Copy)]
pub struct Env {
    /// The paper's year (年度), if the facts tell it.
    pub year: Option<i16>,
}

/// What an argument must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgKind {
    /// A single value; dates and ratios come as they are printed.
    Shown,
    /// A single value as it stands in the facts.
    Raw,
    /// A date.
    Date,
    /// A number.
    Number,
    /// A number between bounds, which one typed in a tag must keep to.
    Within(Bounds),
    /// A ratio {分子 分母}.
    Ratio,
    /// A list, of records or texts.
    List,
    /// A column of the list before it.
    Column,
    /// One of these words, quotes not needed.
    Word(&'static [&'static str]),
    /// Anything that can be true or false.
    Condition,
}

/// Bounds of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub least: u32,
    /// The most.
    pub most: u32,
    /// Whether it must be whole.
    pub whole: bool,
}

/// How many times an argument may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Once.
    Once,
    /// Once or not at all.
    Optional,
    /// As often as wanted: the last argument only.
    Repeated,
}

/// One argument.
#[derive(Debug, Clone, Copy)]
pub struct Arg {
    /// Its name in the help.
    pub name: &'static str,
    /// What it must be.
    pub kind: ArgKind,
    /// How many times it may stand.
    pub times: Times,
}

/// What a helper gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Text to print.
    Text,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// Text of which each line is a paragraph.
    Paragraphs,
    /// Text; equal neighbours in the column become one cell.
    MergedCell,
    /// What a highlighted mark 【…】 asks to confirm, listed with what is missing.
    Confirm,
    /// What a highlighted mark 【…】 asks to supply, listed with what is missing.
    Supply,
    /// A paragraph that only a person may write: what sheet 个人撰写 holds under its label, else
    /// a mark that says what belongs there.
    OwnWords,
    /// A new page.
    PageBreak,
    /// A new section, on a new page: what 分页 gives where it says 节.
    SectionBreak,
    /// A link: address and words, a line each.
    Link,
    /// A picture: file and width, a line each.
    Picture,
}

impl Gives {
    /// Whether it can be handed to another helper or asked about in a condition.
    pub fn is_value(self) -> bool {
        match self {
            Self::Text
            | Self::Number
            | Self::Flag
            | Self::Paragraphs
            | Self::MergedCell
            | Self::Confirm
            | Self::Supply
            | Self::OwnWords => true,
            Self::PageBreak | Self::SectionBreak | Self::Link | Self::Picture => false,
        }
    }
}

/// One helper.
#[derive(Debug)]
pub struct Helper {
    /// Its name.
    pub name: &'static str,
    /// Its arguments, in order.
    pub args: &'static [Arg],
    /// What it gives.
    pub gives: Gives,
    /// What it does, in Chinese.
    pub meaning: &'static str,
    /// An example and its result.
    pub example: &'static str,
    /// The function.
    pub run: fn(&[&Value], Env) -> Value,
}

const fn arg(name: &'static str, kind: ArgKind) -> Arg {
    Arg { name, kind, times: Times::Once }
}

const fn optional(name: &'static str, kind: ArgKind) -> Arg {
    Arg { name, kind, times: Times::Optional }
}

const fn repeated(name: &'static str, kind: ArgKind) -> Arg {
    Arg { name, kind, times: Times::Repeated }
}

/// A whole number from `least` to `most`.
const fn whole(least: u32, most: u32) -> ArgKind {
    ArgKind::Within(Bounds { least, most, whole: true })
}

/// The millimetres that a picture may be wide: what Word can draw.
const WIDTH: ArgKind = ArgKind::Within(Bounds { least: 1, most: 550, whole: false });

const TWO: &[Arg] = &[arg("甲", ArgKind::Raw), arg("乙", ArgKind::Raw)];
const CONDITIONS: &[Arg] = &[arg("条件", ArgKind::Condition), repeated("条件", ArgKind::Condition)];

/// Every helper, in the order in which they are listed.
pub static ALL: &[Helper] = &[
    Helper {
        name: "日期",
        args: &[
            arg("日期", ArgKind::Date),
            optional("写法", ArgKind::Word(&["长", "月日", "汉字", "月"])),
        ],
        gives: Gives::Text,
        meaning: "按写法印日期：长（年月日全写）、月日（本年度内不写年，默认）、汉字、月；原来只有年月的，不补日",
        example: "{{日期 检查日期 长}} → 2024年3月15日",
        run: dates::date,
    },
    Helper {
        name: "中文数字",
        args: &[
            arg("数", ArgKind::Number),
            optional("写法", ArgKind::Word(&["小写", "大写", "〇"])),
        ],
        gives: Gives::Text,
        meaning: "把整数写成汉字：小写（十二）、大写（壹拾贰）、〇（逐位：二〇二四）",
        example: "{{中文数字 第几个}}是 → 一是",
        run: numbers::chinese,
    },
    Helper {
        name: "序号",
        args: &[arg("层次", whole(1, 4)), optional("第几", whole(1, 99_999))],
        gives: Gives::Text,
        meaning: "结构层次序数：1 一、2（一）3 1. 4（1）；第几不写时，在循环里就是第几个",
        example: "{{序号 2 第几个}} → （一）",
        run: numbers::ordinal,
    },
    Helper {
        name: "百分比",
        args: &[arg("比率", ArgKind::Ratio), optional("写法", ArgKind::Word(&["全", "率"]))],
        gives: Gives::Text,
        meaning: "印比率：全（连同分子分母，默认）、率（只印百分数）；一位小数，末位的零不印",
        example: "{{百分比 整改率}} → 60%（24/40）",
        run: numbers::percent,
    },
    Helper {
        name: "顿号",
        args: &[
            arg("清单", ArgKind::List),
            optional("列", ArgKind::Column),
            optional("最多", whole(1, 99_999)),
        ],
        gives: Gives::Text,
        meaning: "用顿号连接清单各项（或各项的某一列），空的不印；超过最多个数时印“等”",
        example: "{{顿号 检查发现 被检查单位}} → 农技推广站、水产种子站",
        run: texts::joined,
    },
    Helper {
        name: "金额",
        args: &[
            arg("数", ArgKind::Number),
            optional("写法", ArgKind::Word(&["元", "万元", "大写"])),
        ],
        gives: Gives::Text,
        meaning: "印金额：元（默认，千位分隔）、万元、大写（人民币大写）",
        example: "{{金额 经费}} → 12,500元",
        run: numbers::money,
    },
    Helper {
        name: "段落",
        args: &[arg("文字", ArgKind::Shown)],
        gives: Gives::Paragraphs,
        meaning: "单元格里的每一行印成一个段落",
        example: "{{段落 总体评价}}",
        run: texts::paragraphs,
    },
    Helper {
        name: "默认",
        args: &[arg("文字", ArgKind::Shown), arg("代替", ArgKind::Shown)],
        gives: Gives::Text,
        meaning: "没有填写时印代替的文字",
        example: "{{默认 备注 \"无\"}} → 无",
        run: texts::fallback,
    },
    Helper {
        name: "请核实",
        args: &[repeated("文字", ArgKind::Shown)],
        gives: Gives::Confirm,
        meaning: "把几段文字连成一个标黄的问题，请人核实后再定；列入待填清单",
        example: "{{请核实 \"台账没有\" 名称 \"的记录\"}} → 【请核实：台账没有专题研究的记录】",
        run: texts::question,
    },
    Helper {
        name: "待填",
        args: &[repeated("文字", ArgKind::Shown)],
        gives: Gives::Supply,
        meaning: "标黄，说明这里缺什么；列入待填清单",
        example: "{{待填 \"对照方面，按上级通知\"}} → 【待填：对照方面，按上级通知】",
        run: texts::to_fill,
    },
    Helper {
        name: "本人填写",
        args: &[repeated("段落", ArgKind::Shown)],
        gives: Gives::OwnWords,
        meaning: "标黄，请本人写这一段；——之前是段落的标签。“个人撰写”表里有这个标签的，印本人写的原文",
        example: "{{本人填写 \"分管工作实绩\"}} → 【本人填写：分管工作实绩】",
        run: texts::own_words,
    },
    Helper {
        name: "合并",
        args: &[arg("文字", ArgKind::Shown)],
        gives: Gives::MergedCell,
        meaning: "用在表格的格子里：上下相邻而文字相同的格子合并成一个",
        example: "{{合并 被检查单位}}",
        run: texts::plain,
    },
    Helper {
        name: "链接",
        args: &[arg("网址", ArgKind::Shown), optional("文字", ArgKind::Shown)],
        gives: Gives::Link,
        meaning: "印成可以点开的链接，只认 http、https、mailto 开头的网址，其余照印文字；样子随标签的格式",
        example: "{{链接 公开网址 \"查看原文\"}}",
        run: objects::link,
    },
    Helper {
        name: "图片",
        args: &[arg("文件", ArgKind::Shown), optional("宽毫米", WIDTH)],
        gives: Gives::Picture,
        meaning: "放进单元格里写着文件名的图片（png、jpg、gif、bmp），只在工作簿所在的文件夹里找；宽不写时按原大小，最多与版心或格子同宽",
        example: "{{图片 现场照片 60}}",
        run: objects::picture,
    },
    Helper {
        name: "分页",
        args: &[arg("写法", ArgKind::Word(&["页", "节"]))],
        gives: Gives::PageBreak,
        meaning: "换页：页（从这里起另起一页）、节（另起一节，页面同本节；标签要在正文里独占一段）",
        example: "{{#除非 @末个}}{{分页 \"页\"}}{{/除非}}",
        run: texts::plain,
    },
    Helper {
        name: "数量",
        args: &[arg("清单", ArgKind::List)],
        gives: Gives::Number,
        meaning: "清单有几项",
        example: "{{数量 检查发现}} → 12",
        run: texts::count,
    },
    Helper {
        name: "等于",
        args: TWO,
        gives: Gives::Flag,
        meaning: "两者相同；没有填写的，不算相同",
        example: "{{#如果 (等于 整改状态 \"已完成\")}}",
        run: |args, _| compare::ordered(args, Ordering::is_eq),
    },
    Helper {
        name: "不等于",
        args: TWO,
        gives: Gives::Flag,
        meaning: "两者都填写了而不相同；没有填写的条件一律不成立（连空的也要，写 非 (等于 …)）",
        example: "{{#如果 (不等于 整改状态 \"已完成\")}}",
        run: |args, _| compare::ordered(args, Ordering::is_ne),
    },
    Helper {
        name: "大于",
        args: TWO,
        gives: Gives::Flag,
        meaning: "甲大于乙；日期按先后",
        example: "{{#如果 (大于 (数量 检查发现) 5)}}",
        run: |args, _| compare::ordered(args, Ordering::is_gt),
    },
    Helper {
        name: "小于",
        args: TWO,
        gives: Gives::Flag,
        meaning: "甲小于乙；日期按先后",
        example: "{{#如果 (小于 实 应)}}",
        run: |args, _| compare::ordered(args, Ordering::is_lt),
    },
    Helper {
        name: "不小于",
        args: TWO,
        gives: Gives::Flag,
        meaning: "甲大于或等于乙",
        example: "{{#如果 (不小于 实 应)}}",
        run: |args, _| compare::ordered(args, Ordering::is_ge),
    },
    Helper {
        name: "不大于",
        args: TWO,
        gives: Gives::Flag,
        meaning: "甲小于或等于乙",
        example: "{{#如果 (不大于 (数量 检查发现) 5)}}",
        run: |args, _| compare::ordered(args, Ordering::is_le),
    },
    Helper {
        name: "含",
        args: TWO,
        gives: Gives::Flag,
        meaning: "甲的文字里有乙，或清单里有乙这一项",
        example: "{{#如果 (含 检查方式 \"实地\")}}",
        run: compare::contains,
    },
    Helper {
        name: "且",
        args: CONDITIONS,
        gives: Gives::Flag,
        meaning: "条件都成立",
        example: "{{#如果 (且 责任人 整改时限)}}",
        run: compare::all,
    },
    Helper {
        name: "或",
        args: CONDITIONS,
        gives: Gives::Flag,
        meaning: "条件至少一个成立",
        example: "{{#如果 (或 责任人 责任单位)}}",
        run: compare::any,
    },
    Helper {
        name: "非",
        args: &[arg("条件", ArgKind::Condition)],
        gives: Gives::Flag,
        meaning: "条件不成立",
        example: "{{#如果 (非 责任人)}}",
        run: compare::not,
    },
];

/// Finds a helper by its folded name.
pub fn find(name: &str) -> Option<&'static Helper> {
    ALL.iter().find(|helper| helper.name == name)
}

/// How a call is written: `日期 日期 [写法]`.
pub fn usage(helper: &Helper) -> String {
    let mut out = helper.name.to_owned();
    for arg in helper.args {
        let words =
            if let ArgKind::Word(words) = arg.kind { words.join("|") } else { String::new() };
        let name = if words.is_empty() { arg.name } else { &words };
        out.push_str(&match arg.times {
            Times::Once => format!(" {name}"),
            Times::Optional => format!(" [{name}]"),
            Times::Repeated => format!(" {name} …"),
        });
    }
    out
}
