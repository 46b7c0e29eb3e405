//! The sheets of 民主生活会.xlsx, which stays with the office and the members (invariant 13).

use super::Needed::{InPapers, When};
use super::{ItemSpec, Role, SheetSpec, heading, item, sheet, words};

/// The sheets, in order.
pub(super) const SHEETS: &[SheetSpec] = &[
    SheetSpec {
        name: sheet::MEETING,
        note: "这次民主生活会的基本情况，一行一项，可自行加行",
        columns: &[
            col!(ITEM, Text, "项目的名称，已列好；可以加行", "主题"),
            col!(CONTENT, Prose, "这一项的内容", "（见本行“项目”的批注）"),
        ],
    },
    SheetSpec {
        name: sheet::ASPECTS,
        note: "这次对照检查分几个方面，照上级通知原文，一个方面一行",
        columns: &[
            col!(SEQUENCE, Sequence, "第几个方面", "示例"),
            col!(ASPECT, Text, "方面的表述，照通知原文", "带头增强党性方面"),
        ],
    },
    SheetSpec {
        name: sheet::SELF_EXAMINATION,
        note: "班子和个人查摆的问题，一个问题一行，由本人或起草人填写",
        columns: &[
            col!(WHOM, Whose, "班子，或本人姓名", "示例：班子"),
            col!(EXAMINED_ASPECT, Text, "属于哪个方面，与对照方面表一致", "带头增强党性方面")
                .needed(InPapers),
            one_of!(DOMAIN, words::DOMAINS, "与意识形态、网络安全有关的填，无关的空着", "意识形态"),
            col!(PROBLEM, Telling, "问题的表述，原样写进材料", "专题研究不够深入").needed(InPapers),
            col!(INSTANCE, Prose, "能说明问题的具体事例", "一季度会议只传达了文件"),
            col!(DISSECTION, Text, "原因", "对形势变化研究不够"),
            col!(MEASURE, Prose, "怎么改", "每半年带头讲一次专题课").needed(InPapers),
            col!(IN_CHARGE, InCharge, "谁负责", "张三川"),
            col!(DEADLINE, Deadline, "日期，或 立行立改、长期坚持", "2025-06-30"),
            col!(SOURCE_NUMBER, Code, "依据检查发现、征求意见的哪一条", "W01"),
        ],
    },
    SheetSpec {
        name: sheet::OPINIONS,
        note: "征求到的意见建议，一条一行；只记是哪一类人提的，不记姓名",
        columns: &[
            col!(NUMBER, RowNumber, "自己编，不重复", "示例：Y01"),
            one_of!(ASKED, words::OPINION_GROUPS, "干部、群众、下级支部", "干部")
                .role(Role::Askers),
            col!(OPINION, Prose, "意见的内容", "建议加强基层站所业务培训"),
            col!(CONCERNED, Concerned, "对班子提的写 班子，对个人提的写姓名", "班子"),
            col!(EXAMINED_ASPECT, Text, "属于哪个方面", "带头增强党性方面"),
            suggested!(ADOPTION, words::ADOPTIONS, "采纳情况", "采纳"),
        ],
    },
    SheetSpec {
        name: sheet::CRITICISM,
        note: "会上的相互批评，一条一行；只出现在当事人自己的材料里",
        columns: &[
            col!(CRITIC, Critic, "提意见的人", "示例：王五岭"),
            col!(CRITICISED, About, "被提意见的人", "张三川"),
            col!(CRITICISM, Text, "意见的内容", "到站所调研偏少"),
            col!(REPLY, Text, "被批评人的表态", "诚恳接受，认真整改"),
        ],
    },
    SheetSpec {
        name: sheet::OWN_WORDS,
        note: "只能由本人写的段落；写在这里，每次生成都会原样放回材料",
        columns: &[
            col!(WHOM, Whose, "班子，或本人姓名", "示例：张三川"),
            suggested!(PAPER, words::PERSONAL_KINDS, "写在哪种材料里", "对照检查材料"),
            col!(PASSAGE, Text, "材料里【本人填写：…】标记上的名称，——之前的部分", "个人党性分析"),
            col!(CONTENT, Text, "本人写的文字，原样放进材料", "（本人撰写）"),
        ],
    },
    SheetSpec {
        name: sheet::TALKS,
        note: "谈了多少次，一次一行；不记谈话内容",
        columns: &[
            col!(TALKER, Chair, "谈话人", "示例：王五岭"),
            col!(TALKED_TO, Text, "谈话对象", "张三川"),
            col!(DATE, Date, "谈话的日期", "2024-12-10"),
            suggested!(OUTLOOK_KIND, words::TALK_KINDS, "谁与谁谈", "主要负责同志与班子成员"),
        ],
    },
    SheetSpec {
        name: sheet::LAST_YEAR,
        note: "上一年查摆和反馈的问题改得怎样，一个问题一行，编号不变",
        columns: &[
            col!(NUMBER, RowNumber, "上一年的编号", "示例：2023-01"),
            col!(YEAR, Text, "哪一年的问题", "2023"),
            col!(WHOM, Whose, "班子，或姓名", "班子"),
            suggested!(LAST_SOURCE, words::LAST_YEAR_SOURCES, "问题从哪里来", "民主生活会"),
            col!(PROBLEM, Telling, "问题的表述", "阵地巡查不经常"),
            col!(MEASURE, Text, "当时定的措施", "每季度巡查一次").needed(InPapers),
            col!(OWNER, Owner, "负责整改的单位", "办公室"),
            col!(IN_CHARGE, InCharge, "责任人", "李四野"),
            col!(DEADLINE, Deadline, "日期，或 立行立改、长期坚持", "2024-06-30"),
            col!(PROGRESS, Text, "改得怎么样", "已建立巡查记录"),
            col!(DONE_ON, Date, "完成的日期", "2024-05-20")
                .needed(When(heading::RECTIFIED, words::DONE)),
            one_of!(RECTIFIED, words::STATUSES, "从下拉中选", "已完成"),
        ],
    },
];

/// The rows of 民主生活会.
pub(super) const MEETING: &[ItemSpec] = &[
    item(item::THEME, "照上级通知原文", "（照通知原文）"),
    item(item::MEETING_BASIS, "依据哪个通知", "《关于召开2024年度民主生活会的通知》"),
    item(item::TIME, "召开的日期", "2025-01-15"),
    item(item::MEETING_VENUE, "地点", "三楼会议室"),
    item(item::MEETING_CHAIR, "主持人姓名", "王五岭"),
    item(item::EXPECTED, "应到人数", "6"),
    item(item::PRESENT, "实到人数", "6"),
    item(item::OBSERVERS, "列席人员", "区纪委监委有关同志"),
    item(item::STUDIES, "次数，只填数字", "2"),
    item(item::TALKS_BEFORE, "人次，只填数字；有谈心谈话表时以表为准", "20"),
];
