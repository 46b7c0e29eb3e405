//! The sheets of 台账.xlsx, which may go to units.

use super::Needed::{Always, AlwaysOf, InPapers, InRows, When};
use super::{ItemSpec, Role, SheetSpec, heading, item, sheet, words};

/// The sheets, in order.
pub(super) const SHEETS: &[SheetSpec] = &[
    SheetSpec {
        name: sheet::SETTINGS,
        note: "本单位的名称、年度和材料里的固定说法，一行一项，可自行加行",
        columns: &[
            col!(ITEM, Text, "项目的名称，已列好；可以加行，加的项目在模板里按名称使用", "导语")
                .needed(Always),
            col!(CONTENT, Prose, "这一项的内容，照公文里的写法", "（见本行“项目”的批注）")
                .needed(Always),
        ],
    },
    SheetSpec {
        name: sheet::LEADERS,
        note: "领导班子成员，一人一行，按排名先后；年内离任的也保留",
        columns: &[
            col!(NAME, Name, "姓名，两字名中间不必加空格", "示例：张三川").needed(Always),
            col!(TITLE, Text, "现任行政职务", "副局长"),
            one_of!(PARTY_POST, words::PARTY_POSTS, "书记、成员，党委书记、委员也认；不在党组的留空", "成员"),
            one_of!(
                ROLE,
                words::ROLES,
                "第一责任人一般是书记，直接责任人是分管这项工作的领导",
                "直接责任人",
            ),
            col!(PORTFOLIO, Prose, "分工的文字，照分工文件", "分管意识形态、网络安全、机关党建"),
            col!(
                SUPERVISED,
                Supervised,
                "分管的站股室，用、隔开，名称与单位名册一致",
                "办公室、人事股"
            ),
            col!(LINKED_BRANCH, Text, "联系的支部，用、隔开", "机关第一支部"),
            col!(JOINED, From, "本年内到任的填到任日期，其他可留空", "2024-05-15"),
            col!(LEFT, Until, "在任的留空；离任的填最后一天", "2024-04-30"),
            suggested!(
                OWN_PAPERS,
                words::OWN_PAPERS,
                "写不写个人材料：是、否，或只写哪几种（用、隔开）；留空按角色判断，派驻的不写",
                "是",
            ),
            col!(REMARK, Text, "其他说明", ""),
        ],
    },
    SheetSpec {
        name: sheet::LINKS,
        note: "年内分工有调整时才填；空着就按班子成员表的分管单位算全年",
        columns: &[
            col!(NAME, Name, "领导姓名", "示例：张三川").needed(InRows),
            col!(SUPERVISED, Supervised, "一个单位一行", "人事股").needed(InRows),
            col!(START, From, "开始分管的日期，年初就分管的可留空", "2024-05-15"),
            col!(UNTIL, Until, "分管的最后一天，仍在分管的留空", "2024-12-31"),
            col!(DOCUMENT_NUMBER, Code, "分工文件的文号", "×农党组〔2024〕5号"),
        ],
    },
    SheetSpec {
        name: sheet::ROSTER,
        note: "办公室、股室、站所和党支部，一个一行；其他表里的单位名称都要能在这里找到",
        columns: &[
            col!(UNIT, Unit, "单位全称", "示例：农技推广站").needed(Always),
            col!(SHORT, Text, "简称和别名，用、隔开，第一个用于打印", "农技站、推广站"),
            one_of!(
                KIND,
                words::UNIT_KINDS,
                "办公室、股室、站所、支部，科室、病区、中心等也认",
                "站所"
            ).needed(Always),
            col!(HEAD, Person, "主要负责人姓名", "李四野"),
            col!(SUPERVISOR, Lead, "分管领导姓名", "张三川"),
            col!(BRANCH, Text, "党员所在的支部", "农技支部"),
            one_of!(SUB_UNITS, words::HAS, "有没有下属单位", "无"),
            one_of!(HAS_MEDIA, words::HAS, "有没有网站、公众号、工作群、宣传栏等", "有"),
            col!(OPENED, From, "年内新设的填，其他留空", "2024-03-01"),
            col!(CLOSED, Until, "年内撤并的填最后一天，其他留空", "2024-11-30"),
            one_of!(SELF_CHECK, words::SELF_CHECKS, "是否单独写自查报告；留空为是", "是"),
            col!(REMARK, Text, "其他说明", ""),
        ],
    },
    SheetSpec {
        name: sheet::WORK,
        note: "做过的工作，一件一行，没做的不填；先填黄色的五列就够用",
        columns: &[
            col!(SEQUENCE, Sequence, "可不填", "示例"),
            suggested!(
                SUBJECT,
                SUBJECTS,
                "谁的责任：局党组（党委也认）、局办公室、领导姓名、站股室或支部；几个一起的用、隔开",
                "局党组",
            )
            .role(Role::Holder)
            .needed(AlwaysOf(&[sheet::WORK])),
            col!(
                DUTY,
                Text,
                "对应哪一项责任，如 专题研究 或 A4.1，几项用、隔开；可不填，由形式和内容判断",
                "专题研究"
            ),
            col!(DATE, Start, "哪一天，如 2024-03-15；只知道月份写 2024年3月", "2024-03-15")
                .needed(Always),
            col!(END, Date, "跨几天的填最后一天", "2024-03-16"),
            col!(
                COUNTED_IN,
                Stretch,
                "补报或提前的工作算哪一期，如 2024年上半年；一般不填",
                "2024年上半年"
            ),
            suggested!(
                FORM,
                words::FORMS,
                "从下拉中选，或照本单位的叫法写，如 院党委会、科务会、主题党日",
                "局党组会"
            )
                .needed(AlwaysOf(&[sheet::WORK, sheet::ROUNDS])),
            col!(
                CONTENT_OF_WORK,
                Telling,
                "做了什么，一句话写清楚，这句话会原样写进材料",
                "专题研究意识形态工作，听取一季度情况汇报"
            )
            .needed(AlwaysOf(&[sheet::WORK, sheet::ROUNDS])),
            one_of!(DOMAIN, words::DOMAINS, "意识形态、网络安全、两者", "意识形态"),
            col!(TARGET, Target, "检查了谁、听了谁的汇报，用、隔开", "农技推广站"),
            col!(VENUE, Text, "地点", "三楼会议室"),
            col!(CHAIR, Chair, "主持人姓名", "王五岭"),
            col!(ATTENDEES, Attendees, "参加的班子成员，用、隔开", "张三川、赵六洲"),
            col!(HEADCOUNT, Count, "人数，只填数字", "12"),
            col!(RECEIVED, Date, "传达学习的，填收到文件的日期", "2024-03-10"),
            col!(CONVEYED, Prose, "传达学习了什么文件、会议、讲话", "全区宣传思想文化工作会议精神"),
            col!(ARRANGED, Prose, "会上作了哪些安排", "明确由办公室牵头开展阵地排查"),
            col!(EFFECT, Text, "取得的效果，有依据才写", "排查整改2处"),
            col!(
                EVIDENCE,
                Evidence,
                "能证明的材料名称：会议记录、纪要、文件、签到、台账……",
                "会议记录、签到表"
            )
            .needed(AlwaysOf(&[sheet::WORK])),
            col!(STORED, Text, "材料放在哪里", "党办档案柜3号盒"),
            col!(REPORTED_TO, Text, "报给谁，报告类工作填", "中共×区委宣传部"),
            col!(PROOF, Text, "报送的凭证：发文登记、回执、文号", "发文登记第15号")
                .needed(When(heading::FORM, words::REPORTS)),
            col!(FILLED_BY, FilledBy, "这一行由哪个单位填", "办公室"),
            one_of!(KEY, words::YES_NO, "希望在材料里单独举例的填 是", "是"),
            col!(RELATED, Code, "与哪一行是同一件事或后续", "7"),
            one_of!(STATUS, words::DUTY_STATUSES, "空着就是已完成", "已完成"),
            col!(REMARK, Text, "其他说明", ""),
        ],
    },
    SheetSpec {
        name: sheet::ROUNDS,
        note: "半年检查、专题督查、年度考核和上级检查，一批一行",
        columns: &[
            col!(ROUND, RowNumber, "自己编，不重复，检查发现表里要用", "示例：2024-01"),
            one_of!(KIND, words::ROUND_KINDS, "半年检查、专题督查、年度考核、上级检查", "半年检查",),
            col!(CALLED, Telling, "这批检查的名称", "2024年上半年意识形态工作责任制检查"),
            col!(START, Start, "开始的日期", "2024-06-11"),
            col!(END, Date, "结束的日期", "2024-06-14"),
            col!(TEAM_LEADER, Person, "检查组组长", "王五岭"),
            col!(TEAM, Person, "检查组成员，用、隔开", "张三川、李四野"),
            suggested!(
                MEANS,
                words::ROUND_WAYS,
                "用、隔开，如 考评、自查、书面检查、实地抽查",
                "考评、自查、书面检查、实地抽查",
            ),
            col!(
                INSPECTED,
                Target,
                "查了哪些单位、支部、领导，用、隔开",
                "农技推广站、机关第一支部"
            ),
            col!(HEARINGS, Count, "听取汇报几场", "8"),
            col!(INTERVIEWS, Count, "个别访谈几人（不记姓名和内容）", "16"),
            col!(FILES_READ, Count, "查阅资料几份", "45"),
            col!(MANDATE, Prose, "检查依据的文件", "《意识形态工作责任制检查方案》"),
            col!(
                OVERALL,
                Prose,
                "检查组的总体评价，原样写进通报",
                "总体落实较好，少数单位记录不全"
            ),
            col!(RESULT_SENT, Date, "检查结果报上级的日期", "2024-06-25"),
            col!(REPORTED_TO, Text, "报给谁", "中共×区委宣传部"),
            col!(PROOF, Text, "报送的凭证", "发文登记第31号"),
        ],
    },
    SheetSpec {
        name: sheet::FINDINGS,
        note: "检查、考核、自查发现的问题，一个问题一行，不要把几个问题写在一格",
        columns: &[
            col!(NUMBER, RowNumber, "自己编，不重复", "示例：W01"),
            col!(ROUND, Code, "属于哪一批检查，与检查批次表一致", "2024-01"),
            suggested!(SOURCE, words::SOURCES, "空着就按批次的类型", "半年检查"),
            col!(FOUND, Date, "发现问题的日期", "2024-06-12").needed(Always),
            suggested!(FOUND_BY, words::FINDING_WAYS, "怎么发现的，用、隔开", "查阅资料"),
            col!(INSPECTED, Target, "哪个单位、支部的问题；领导个人的写姓名", "农技推广站")
                .needed(Always),
            col!(DUTY, Text, "对应哪一项责任，可不填", "专题研究"),
            one_of!(DOMAIN, words::DOMAINS, "意识形态、网络安全、两者", "意识形态"),
            suggested!(CATEGORY, words::FINDING_KINDS, "从下拉中选，可以自己写", "档案资料"),
            col!(PROBLEM, Telling, "问题的表述，原样写进材料", "一季度集体学习无签到记录")
                .needed(Always),
            col!(CAUSE, Prose, "为什么会这样", "专人负责的要求没有落实"),
            col!(MEASURE, Prose, "怎么改", "明确联络员，学习后三日内归档").needed(InPapers),
            col!(LEADER, Lead, "牵头领导姓名", "张三川"),
            col!(OWNER, Owner, "负责整改的单位", "农技推广站").needed(InPapers),
            col!(IN_CHARGE, InCharge, "具体责任人", "李四野").needed(InPapers),
            col!(DEADLINE, Deadline, "日期，或 立行立改、长期坚持", "2024-07-31").needed(InPapers),
            col!(PROGRESS, Prose, "改得怎么样", "已补齐记录并建立归档清单"),
            col!(EVIDENCE, Text, "整改的佐证", "归档清单"),
            col!(DONE_ON, Date, "整改完成的日期", "2024-07-20")
                .needed(When(heading::RECTIFIED, words::DONE)),
            one_of!(RECTIFIED, words::STATUSES, "从下拉中选", "已完成"),
            one_of!(IS_CLOSED, words::YES_NO, "是、否", "是"),
            col!(ACCEPTED_BY, Person, "验收人姓名", "王五岭"),
            col!(CLOSED_ON, Date, "销号的日期", "2024-08-05"),
            col!(DELAY, Text, "延期的原因和批准情况", ""),
            col!(NOTICE, Code, "整改通知书编号", "〔2024〕3号"),
            col!(REPLY_BY, Date, "要求书面反馈的日期", "2024-07-31"),
            col!(SIGNED_FOR, Date, "被检查单位签收的日期", "2024-06-20"),
            col!(REMARK, Text, "其他说明", ""),
        ],
    },
    SheetSpec {
        name: sheet::CONFIRMATIONS,
        note: "没有记录的责任，经人核实后在这里写明；不核实就一直是“待核实”",
        columns: &[
            col!(DUTY, Text, "哪一项，如 重大情况报告 或 A4.4", "示例：重大情况报告")
                .needed(InRows),
            col!(
                WHOM,
                Whose,
                "哪个单位或哪位领导；一格写 姓名、单位；空着就是责任主体",
                "张三川、农技推广站"
            ),
            col!(PERIOD, Stretch, "哪一期，空着就是全年", "2024年"),
            one_of!(
                CONCLUSION,
                words::CONCLUSIONS,
                "未发生：没有这样的事；确未开展：该做没做",
                "未发生",
            )
            .needed(InRows),
            col!(CONFIRMED_BY, Person, "谁核实的", "李四野"),
            col!(CONFIRMED_ON, Date, "核实的日期", "2024-12-20"),
            suggested!(CONFIRMED_HOW, words::CONFIRMATION_WAYS, "怎么核实的", "查阅台账"),
        ],
    },
    SheetSpec {
        name: sheet::DOCUMENTS,
        note: "领导小组文件、工作要点、考核办法、预案等有效文件，一件一行",
        columns: &[
            col!(DUTY, Text, "对应哪一项，如 A2.1", "示例：A2.1"),
            col!(DOCUMENT, Telling, "文件的全名", "关于成立意识形态和网络安全工作领导小组的通知"),
            col!(DOCUMENT_NUMBER, Code, "文号", "×农党组〔2024〕3号"),
            col!(ISSUER, Text, "谁印发的", "×局党组"),
            col!(ISSUED, Date, "印发的日期", "2024-02-20"),
            col!(UNTIL, Date, "失效的填最后一天，有效的留空", ""),
            col!(STORED, Text, "放在哪里", "党办档案柜1号盒"),
        ],
    },
    SheetSpec {
        name: sheet::GROUP,
        note: "意识形态和网络安全工作领导小组成员，一人一行",
        columns: &[
            col!(NAME, Name, "姓名", "示例：王五岭"),
            col!(TITLE, Text, "行政职务", "党组书记、局长"),
            suggested!(GROUP_POST, words::GROUP_POSTS, "组长、副组长、成员、办公室主任", "组长"),
            col!(START, Date, "任小组职务的日期", "2024-02-20"),
            col!(UNTIL, Date, "不再担任的填最后一天", ""),
        ],
    },
    SheetSpec {
        name: sheet::MEDIA,
        note: "网站、公众号、工作群、宣传栏等宣传阵地，一个一行，不登记群成员",
        columns: &[
            col!(MEDIUM, Telling, "名称", "示例：局门户网站专栏"),
            suggested!(KIND, words::MEDIA_KINDS, "从下拉中选，可以自己写", "门户网站"),
            col!(HOST, Host, "哪个单位办的", "办公室"),
            col!(IN_CHARGE, InCharge, "责任人", "李四野"),
            col!(REVIEWER, Text, "发布前谁审核", "张三川"),
            col!(OPENED, Date, "开始使用的日期", "2020-03-01"),
            col!(CLOSED, Date, "停用的填最后一天", ""),
            col!(FILING, Code, "备案号，没有就空着", ""),
        ],
    },
    SheetSpec {
        name: sheet::OUTLOOK,
        note: "形势研判、经验做法、下步打算、意见建议，一条一行，原样写进材料",
        columns: &[
            col!(PERIOD, Stretch, "哪一期，如 2024年 或 2024年上半年", "示例：2024年"),
            one_of!(
                OUTLOOK_KIND,
                words::OUTLOOK_KINDS,
                "形势研判、经验做法、下步打算、意见建议",
                "下步打算",
            ),
            col!(CONTENT, Prose, "完整的一句或一段话", "健全阵地巡查机制，每季度巡查一次"),
            col!(RELATED, Code, "依据履责情况的哪几行", "12、15"),
        ],
    },
    SheetSpec {
        name: sheet::PAPERS,
        note: "要出哪些材料，署名、日期、主送等，一份一行",
        columns: &[
            suggested!(
                PAPER,
                words::PAPER_KINDS,
                "材料的种类；半年专题汇报不生成，只填期间和应报日期",
                "示例：自查报告",
            )
            .needed(InRows),
            col!(WHOM, Whose, "谁的材料：单位或姓名，空着就是党组", "农技推广站"),
            col!(PERIOD, Stretch, "哪一期", "2024年"),
            col!(ADDRESSEE, Text, "主送机关", "中共×区委宣传部"),
            col!(COPIES_TO, Text, "抄送机关", ""),
            col!(SIGNED, Prose, "落款的名称", "中共×区农业农村局党组"),
            col!(DATED, Date, "落款的日期，由人填写", "2024-12-25"),
            col!(DUE, Date, "上级要求报送的日期", "2024-12-20"),
            col!(ISSUE_NUMBER, Code, "发文字号", "×农党组〔2024〕30号"),
            col!(SIGNATORY, Person, "签发人", "王五岭"),
            col!(BASIS, Prose, "依据哪个通知写的", "《关于报送2024年度自查报告的通知》"),
            one_of!(SKIN, words::SKINS, "目前都按“材料”生成，不带红头和版记", "材料"),
            one_of!(HAS_BLOCK, words::YES_NO, "材料里有没有写意识形态专段", "是"),
            col!(CONTACT, Text, "联系人", "李四野"),
            col!(TELEPHONE, Code, "办公电话", "0000-0000000"),
        ],
    },
    SheetSpec {
        name: sheet::FIGURES,
        note: "台账里数不出来的数字；能从台账数出来的不要填在这里",
        columns: &[
            col!(FIGURE, Text, "指标的名称", "示例：信息发布条数"),
            col!(PERIOD, Stretch, "哪一期", "2024年"),
            col!(VALUE, Figure, "数字", "86"),
            col!(MEASURED_IN, Text, "计量单位", "条"),
            col!(ORIGIN, Text, "数字从哪里来", "门户网站后台统计"),
        ],
    },
    SheetSpec {
        name: sheet::DUTIES,
        note: "本单位的责任清单与内置清单不同时才填；编号相同的以这里为准",
        columns: &[
            col!(NUMBER, RowNumber, "责任编号，如 A4.1", "示例：A4.1"),
            suggested!(SUBJECT, SUBJECTS, "谁的责任", "局党组"),
            col!(DUTY_TEXT, Text, "责任的表述，照清单原文", "专题研究意识形态工作"),
            one_of!(
                DUTY_KIND,
                words::DUTY_KINDS,
                "定次：有次数要求；一般：没有次数；文件：有有效文件；写入：写进材料；有事：有事才做；及时：有时限",
                "定次",
            ),
            col!(TIMES, Count, "至少几次", "2"),
            one_of!(WINDOW, words::WINDOWS, "年、半年、有事时", "年"),
            one_of!(SCOPE, words::SCOPES, "全局一次，还是每人、每单位、每支部各一次", "全局"),
            col!(PRINT_NAME, Text, "表格里用的短名称", "专题研究"),
            col!(LEADER, Person, "责任领导", "王五岭"),
            col!(LEADING_UNIT, Text, "牵头单位", "办公室"),
            col!(ASSISTING_UNITS, Text, "配合单位，用、隔开", "人事股"),
            col!(DUE_BY, Text, "完成时限", "12月底前"),
        ],
    },
];

/// Subjects that every bureau has; names and units are written beside them.
const SUBJECTS: &[&str] = &["局党组", "局办公室", "领导小组", "检查组"];

/// The rows of 设置.
pub(super) const SETTINGS: &[ItemSpec] = &[
    item(item::FULL_NAME, "单位的法定全称", "×市×区农业农村局").needed(),
    item(item::SHORT_NAME, "正文里用的简称", "区农业农村局"),
    item(item::PARTY_GROUP, "党组的全称，不会自动拼出来", "中共×市×区农业农村局党组"),
    item(item::YEAR, "四位数的年份", "2024").needed(),
    item(item::CUT_OFF, "台账填到哪一天", "2024-12-31"),
    item(
        item::INTRODUCTION,
        "写在自查报告开头的一句话，由本单位自己写，可不填",
        "（自己的话，注意年份）",
    ),
    item(
        item::INFERS,
        "对象单位、参加领导、主持人、报送对象空着的，要不要从工作内容里认：是、否",
        "是",
    ),
];
