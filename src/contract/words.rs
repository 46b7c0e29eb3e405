//! The words that the contract's columns are filled with. Order is the order of the dropdowns;
//! where two lists share a word they are still two lists, because they mean two things.

/// 党组职务.
pub const PARTY_POSTS: &[&str] = &["书记", "成员"];
/// 角色 of a leader.
pub const ROLES: &[&str] = &["第一责任人", "直接责任人", "班子成员", "派驻"];
/// 类型 of a unit.
pub const UNIT_KINDS: &[&str] = &["办公室", "股室", "站所", "支部"];
/// 是 or 否.
pub const YES_NO: &[&str] = &["是", "否"];
/// 出具材料.
pub const OWN_PAPERS: &[&str] = &["是", "否", "自查报告", "对照检查材料", "述职述责报告"];
/// 有 or 无.
pub const HAS: &[&str] = &["有", "无"];
/// 出具自查.
pub const SELF_CHECKS: &[&str] = &["是", "否", "与支部合并"];
/// 形式 (study/domain.md §1.2); other words are kept.
pub const FORMS: &[&str] = &[
    "局党组会",
    "局党组扩大会",
    "领导小组会",
    "局务会",
    "专题会议",
    "室务会",
    "支部会议",
    "中心组学习",
    "中心组研讨",
    "集体学习",
    "专题培训",
    "督促检查",
    "听取汇报",
    "支部检查",
    "阵地巡查",
    "风险排查",
    "印发文件",
    "通报",
    "专题报告",
    "书面汇报",
    "重大情况报告",
    "部署",
    "信息发布",
    "舆情处置",
    "座谈会",
    "查处",
    "其他",
];
/// 领域.
pub const DOMAINS: &[&str] = &["意识形态", "网络安全", "两者"];
/// 状态 of a duty record; empty means 已完成.
pub const DUTY_STATUSES: &[&str] = &["已完成", "基本完成", "正在推进", "长期坚持", "未完成"];
/// 整改状态 (study/domain.md §3.5).
pub const STATUSES: &[&str] =
    &["已完成", "基本完成", "正在整改", "长期坚持", "未完成", "整改延期", "不涉及"];
/// 类型 of a round of inspection.
pub const ROUND_KINDS: &[&str] = &["半年检查", "专题督查", "年度考核", "上级检查"];
/// 问题来源; empty means the round's 类型 (上级检查 = 上级反馈).
pub const SOURCES: &[&str] = &["半年检查", "专题督查", "年度考核", "上级反馈", "征求意见", "自查"];
/// 方式 of a round (seed 三: 考评与自查相结合、书面检查与实地抽查相结合).
pub const ROUND_WAYS: &[&str] = &["考评", "自查", "书面检查", "实地抽查"];
/// 检查方式 of a finding.
pub const FINDING_WAYS: &[&str] = &["听取汇报", "个别访谈", "查阅资料", "实地查看", "书面检查"];
/// 问题类别; other words are kept.
pub const FINDING_KINDS: &[&str] =
    &["责任落实", "学习教育", "阵地管理", "网络安全", "制度建设", "队伍建设", "档案资料", "其他"];
/// 核实结论.
pub const CONCLUSIONS: &[&str] = &["未发生", "确未开展"];
/// 核实方式.
pub const CONFIRMATION_WAYS: &[&str] = &["查阅台账", "电话核实", "当面核实", "书面确认"];
/// 小组职务.
pub const GROUP_POSTS: &[&str] = &["组长", "副组长", "成员", "办公室主任"];
/// 类型 of a 阵地.
pub const MEDIA_KINDS: &[&str] =
    &["门户网站", "公众号", "工作群", "电子屏", "宣传栏", "内部刊物", "讲座论坛", "其他"];
/// 类别 of 研判与打算.
pub const OUTLOOK_KINDS: &[&str] = &["形势研判", "经验做法", "下步打算", "意见建议"];
/// 文种.
pub const PAPER_KINDS: &[&str] = &["自查报告", "对照检查材料", "述职述责报告", "半年专题汇报"];
/// 文种 of papers with passages that a person writes.
pub const PERSONAL_KINDS: &[&str] = &["自查报告", "对照检查材料", "述职述责报告"];
/// 版式: papers with a red head (文件) cannot be made yet.
pub const SKINS: &[&str] = &["材料"];
/// 性质 of a duty: count soft exists content event timely.
pub const DUTY_KINDS: &[&str] = &["定次", "一般", "文件", "写入", "有事", "及时"];
/// 周期 of a duty; 责任清单.toml also takes one part of the year (上半年).
pub const WINDOWS: &[&str] = &["年", "半年", "季", "月", "有事时"];
/// 范围 of a duty.
pub const SCOPES: &[&str] = &["全局", "成员", "成员×单位", "站股室", "支部"];
/// 征求对象: a group, never a name (study/domain.md §6).
pub const OPINION_GROUPS: &[&str] = &["干部", "群众", "下级支部"];
/// 采纳情况.
pub const ADOPTIONS: &[&str] = &["采纳", "部分采纳", "未采纳", "解释说明"];
/// 类别 of 谈心谈话.
pub const TALK_KINDS: &[&str] =
    &["主要负责同志与班子成员", "班子成员之间", "班子成员与分管单位负责人", "与党员干部代表"];
/// 来源 of last year's rectification.
pub const LAST_YEAR_SOURCES: &[&str] = &["民主生活会", "专题督查", "年度考核", "上级反馈", "自查"];
/// 计分方式 (study/domain.md §5).
pub const SCORING_WAYS: &[&str] = &[
    "缺项扣分",
    "按次得分",
    "有无得分",
    "按比例得分",
    "按人平均",
    "按覆盖得分",
    "内容核对",
    "人工评分",
];
/// 等次; the unit's own scheme decides, other words are kept.
pub const GRADES: &[&str] = &["优秀", "合格", "基本合格", "不合格"];
/// 措施 of 问责记录: the six of the source's part 四.
pub const ACCOUNTABILITY_MEASURES: &[&str] =
    &["提醒", "批评教育", "责令作出书面检查", "通报批评", "组织处理", "纪律处分"];
/// Forms whose 报送凭证 is needed: a report that went up.
pub const REPORTS: &[&str] = &["专题报告", "重大情况报告"];
/// The status under which a problem has a day on which it was put right.
pub const DONE: &[&str] = &["已完成"];
