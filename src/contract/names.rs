//! The names of the contract's sheets, headings and items, each written once. Behind a heading
//! stand the others by which real ledgers call its column (study/domain.md §3.2).

/// Defines constants, each documented by its text.
macro_rules! names {
    ($($name:ident $text:literal;)*) => { $(#[doc = $text] pub const $name: &str = $text;)* };
}

/// Sheets.
pub mod sheet {
    names! {
        WORK "履责情况"; SETTINGS "设置"; LEADERS "班子成员"; LINKS "分管关系"; ROSTER "单位名册";
        ROUNDS "检查批次"; FINDINGS "检查发现"; CONFIRMATIONS "核实事项"; DOCUMENTS "制度文件";
        GROUP "领导小组"; MEDIA "阵地台账"; OUTLOOK "研判与打算"; PAPERS "文种"; FIGURES "手工数据";
        DUTIES "责任清单"; MEETING "民主生活会"; ASPECTS "对照方面"; SELF_EXAMINATION "对照检查";
        OPINIONS "征求意见"; CRITICISM "批评意见"; OWN_WORDS "个人撰写"; TALKS "谈心谈话";
        LAST_YEAR "上年整改"; SCORING "计分办法"; SCORES "考核评分"; RESULTS "考核结果";
        ACCOUNTABILITY "问责记录";
    }
}

/// The items of 设置 and 民主生活会.
pub mod item {
    names! {
        FULL_NAME "单位全称"; SHORT_NAME "单位简称"; PARTY_GROUP "党组名称"; SUPERIOR "上级党组织";
        YEAR "年度"; CUT_OFF "数据截止日"; INTRODUCTION "导语"; INFERS "按内容认定"; THEME "主题";
        MEETING_BASIS "依据"; TIME "时间"; MEETING_VENUE "地点"; MEETING_CHAIR "主持人";
        EXPECTED "应到"; PRESENT "实到"; OBSERVERS "列席"; STUDIES "会前学习研讨次数";
        TALKS_BEFORE "会前谈心谈话人次";
    }
}

/// Defines the headings, and what else the column of each is called.
macro_rules! headings {
    ($($name:ident $text:literal $($other:literal)*;)*) => {
        /// Headings.
        pub mod heading {
            names! { $($name $text;)* }
        }
        /// The other headings that stand for each.
        pub(super) mod also {
            $(pub(in crate::contract) const $name: &[&str] = &[$($other),*];)*
        }
    };
}

headings! {
    ITEM "项目"; CONTENT "内容";
    NAME "姓名" "领导姓名" "班子成员姓名" "名字";
    TITLE "职务" "现任职务" "职务职级" "行政职务";
    PARTY_POST "党组职务"; ROLE "角色";
    PORTFOLIO "分工" "工作分工" "分管工作" "负责工作" "主管工作";
    SUPERVISED "分管单位" "分管股室" "分管部门" "联系单位" "分管联系单位";
    LINKED_BRANCH "联系支部" "联系点";
    JOINED "任职时间"; LEFT "离任时间"; OWN_PAPERS "出具材料";
    REMARK "备注" "说明" "其他";
    START "起始日期"; UNTIL "终止日期"; DOCUMENT_NUMBER "文号";
    UNIT "单位" "部门" "股室" "站股室" "科室" "单位名称" "部门名称" "科室名称" "党支部"
        "支部名称";
    SHORT "简称"; KIND "类型"; HEAD "负责人";
    SUPERVISOR "分管领导" "牵头领导";
    BRANCH "所在支部"; SUB_UNITS "下属单位"; HAS_MEDIA "宣传阵地"; OPENED "启用日期"; CLOSED "停用日期";
    SELF_CHECK "出具自查";
    SEQUENCE "序号" "序" "项目序号" "No.";
    SUBJECT "责任主体" "履责主体" "履职主体" "主体";
    DUTY "责任项" "职责编号" "清单编号" "条款" "对应条款" "对应清单";
    DATE "日期" "时间" "开展时间" "会议时间" "活动时间" "召开时间" "落实时间" "履职时间"
        "发生时间";
    END "结束日期" "结束时间" "截止时间";
    COUNTED_IN "归属期间" "归属年度" "所属年度" "所属时段";
    FORM "形式" "活动类型" "工作形式" "会议类型" "开展方式";
    CONTENT_OF_WORK "工作内容" "活动名称" "会议名称" "会议主题" "议题" "工作名称" "履职内容"
        "履责内容" "履责事项" "工作开展情况" "主要内容" "事项" "开展情况" "工作纪实";
    DOMAIN "领域"; TARGET "对象单位";
    VENUE "地点" "会议地点" "活动地点";
    CHAIR "主持人" "主持领导";
    ATTENDEES "参加领导";
    HEADCOUNT "参加人数" "人数" "参会人数" "参训人数" "人次";
    RECEIVED "来文日期"; CONVEYED "传达内容"; ARRANGED "部署措施";
    EFFECT "成效" "工作成效";
    EVIDENCE "佐证材料" "佐证" "支撑材料" "印证材料" "证明材料" "附件" "资料名称" "档案号"
        "材料名称" "备查资料";
    STORED "存放位置";
    REPORTED_TO "报送对象" "上报单位";
    PROOF "报送凭证" "收文回执" "回执" "收文号";
    FILLED_BY "填报单位"; KEY "重点"; RELATED "关联序号";
    STATUS "状态" "完成状态" "是否完成" "进度" "办理状态" "完成与否";
    ROUND "批次编号"; CALLED "名称"; TEAM_LEADER "组长"; TEAM "成员"; MEANS "方式";
    INSPECTED "被检查单位" "受检单位" "检查对象" "被查单位" "被考核单位" "督查对象" "问题单位"
        "涉及单位" "单位" "部门" "股室" "站股室" "科室";
    HEARINGS "听取汇报数"; INTERVIEWS "个别访谈人数"; FILES_READ "查阅资料份数"; MANDATE "依据文件";
    OVERALL "总体评价"; RESULT_SENT "结果上报日期";
    NUMBER "编号" "序号" "序" "项目序号" "No.";
    SOURCE "问题来源" "来源" "检查来源" "反馈来源" "发现途径";
    FOUND "检查日期" "检查时间" "日期" "时间" "发生时间" "发现时间" "发现日期";
    FOUND_BY "检查方式";
    CATEGORY "问题类别" "问题类型" "问题分类";
    PROBLEM "存在问题" "问题" "问题描述" "问题表现" "具体问题" "主要问题" "发现问题" "问题清单"
        "检查发现问题" "查摆问题" "反馈问题" "不足";
    CAUSE "原因分析" "原因" "问题原因" "原因剖析" "产生原因";
    MEASURE "整改措施" "措施" "改进措施" "整改要求" "整改意见" "具体措施" "下步措施";
    LEADER "责任领导" "分管领导" "牵头领导";
    OWNER "责任单位" "责任部门" "责任股室" "责任科室" "承办单位" "牵头单位" "牵头部门";
    IN_CHARGE "责任人" "具体责任人" "经办人" "承办人" "联络员" "具体负责人" "整改责任人";
    DEADLINE "整改时限" "整改期限" "完成时限" "完成期限" "时限要求" "时限" "计划完成时间"
        "应完成时间" "限期" "办结时限";
    PROGRESS "整改情况" "整改进展" "整改落实情况" "整改结果" "已采取措施" "整改成效";
    DONE_ON "完成时间" "实际完成时间" "整改完成时间" "办结时间" "完成日期";
    RECTIFIED "整改状态" "状态" "完成状态" "整改完成情况" "进度" "办理状态" "完成与否" "是否完成"
        "是否整改" "是否整改到位";
    IS_CLOSED "是否销号" "销号" "销号情况" "销号状态" "验收情况";
    ACCEPTED_BY "验收人";
    CLOSED_ON "销号日期" "销号时间";
    DELAY "延期说明"; NOTICE "通知书编号"; REPLY_BY "反馈期限"; SIGNED_FOR "签收日期";
    WHOM "对象"; PERIOD "期间"; CONCLUSION "核实结论"; CONFIRMED_BY "核实人";
    CONFIRMED_ON "核实日期"; CONFIRMED_HOW "核实方式";
    DOCUMENT "文件名称"; ISSUER "印发机关";
    ISSUED "印发日期" "印发时间";
    GROUP_POST "小组职务";
    MEDIUM "阵地名称"; HOST "主办单位"; REVIEWER "审核人"; FILING "备案号";
    OUTLOOK_KIND "类别";
    PAPER "文种"; ADDRESSEE "主送"; COPIES_TO "抄送"; SIGNED "署名"; DATED "成文日期";
    DUE "应报日期"; ISSUE_NUMBER "发文字号"; SIGNATORY "签发人"; BASIS "行文依据"; SKIN "版式";
    HAS_BLOCK "含专段"; CONTACT "联系人"; TELEPHONE "联系电话";
    FIGURE "指标"; MEASURED_IN "单位"; VALUE "数值"; ORIGIN "出处";
    DUTY_TEXT "责任内容" "职责内容" "工作职责" "任务内容" "工作任务" "重点任务" "基本要求"
        "工作要求";
    DUTY_KIND "性质";
    TIMES "次数" "开展次数" "频次";
    WINDOW "周期"; SCOPE "范围"; PRINT_NAME "打印名称";
    LEADING_UNIT "牵头单位" "牵头部门";
    ASSISTING_UNITS "配合单位" "协办单位" "参与单位" "配合部门";
    DUE_BY "完成时限";
    ASPECT "方面";
    EXAMINED_ASPECT "对照方面" "查摆方面" "带头方面";
    INSTANCE "具体事例";
    DISSECTION "原因剖析" "原因" "原因分析" "问题原因" "产生原因";
    SOURCE_NUMBER "来源编号";
    ASKED "征求对象" "意见来源" "提出单位" "提出人" "征求范围";
    OPINION "意见建议" "意见" "建议" "征求到的意见" "意见内容" "反映问题";
    CONCERNED "涉及对象" "意见对象" "针对对象" "所提对象";
    ADOPTION "采纳情况" "吸收情况" "处理情况" "认领情况";
    CRITIC "批评人" "提出批评人" "发言人";
    CRITICISED "被批评人" "批评对象";
    CRITICISM "批评意见" "相互批评意见" "意见内容" "提出的意见";
    REPLY "表态" "本人表态" "是否接受" "改进打算";
    PASSAGE "段落";
    TALKER "谈话人"; TALKED_TO "谈话对象";
    YEAR "年度"; LAST_SOURCE "来源";
    INDICATOR "指标编号"; SCORED "考核内容";
    FULL_MARKS "满分" "分值" "标准分" "标准分值" "基础分" "权重分";
    SCORING_WAY "计分方式"; PARAMETER "参数";
    STANDARD "评分标准" "评分细则" "评分办法" "扣分标准" "考核标准" "计分办法";
    ASSESSED "考核对象";
    OWN_SCORE "自评分" "自评得分" "单位自评";
    OWN_REASON "自评说明";
    SCORE "考核组评分" "得分" "考核得分" "评定分" "实得分";
    DEDUCTION "扣分原因" "扣分说明" "加扣分说明" "加分扣分说明" "失分原因";
    GROUNDS "依据";
    GRADE "等次"; SETTLED_AT "审定会议"; SETTLED_ON "审定日期"; VETO "一票否决情形";
    VETO_GROUNDS "认定依据"; CONSEQUENCE "结果运用";
    DECIDED_ON "决定日期"; DECIDED_BY "决定机关"; CIRCUMSTANCE "情形"; SANCTION "措施";
}
