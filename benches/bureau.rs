//! A bureau of any size as workbooks: leaders, 站股室 and branches, and for each of these about
//! twelve records and four findings, written as offices write them.

use std::fmt::Write;

use shuzhi::form::sample_books;

/// Leaders, however many units there are: a bureau has no more of them because it is large.
const LEADERS: [&str; 9] =
    ["贺知行", "安若水", "祝远山", "蔚成林", "卓清和", "纪望舒", "封以宁", "莫怀瑾", "岑立言"];

const PLACES: [&str; 40] = [
    "青溪", "石桥", "河湾", "云岭", "松坪", "柳荫", "沙河", "白塔", "龙泉", "马场", "杨林", "竹园",
    "枫树", "高桥", "梅山", "湖滨", "金沙", "双河", "大田", "平安", "长安", "和平", "新民", "永丰",
    "太平", "安乐", "东升", "南山", "西坪", "北流", "中和", "红星", "光明", "前进", "友谊", "团结",
    "胜利", "建设", "解放", "兴隆",
];

const REGIONS: [&str; 10] = ["", "上", "下", "东", "西", "南", "北", "大", "小", "新"];

const WORK: [&str; 13] = [
    "农技站",
    "水利站",
    "畜牧站",
    "林业站",
    "农机站",
    "水产站",
    "种子站",
    "植保站",
    "执法队",
    "供水站",
    "疫控站",
    "经管站",
    "渔政站",
];

const WHAT: [&str; 16] = [
    "春耕备耕宣传选题",
    "公众号信息审核台账",
    "工作群公告和转发",
    "田间学校讲座课件",
    "种苗广告用语依据",
    "农资市场普法展板",
    "疫情数字核签流程",
    "墒情旱情对外口径",
    "惠农补贴公开问答",
    "值班电话答复记录",
    "宣传栏换版登记",
    "电子屏播放清单",
    "信息员联络名册",
    "网络系统权限清单",
    "移动填报终端口令",
    "涉农舆情转办单",
];

const DEED: [&str; 12] = [
    "逐项核对并签字",
    "讨论责任分工和完成时间",
    "对照要求查找短板",
    "学习有关规定并作交流",
    "安排专人按月更换",
    "抽查留存的审核单",
    "通报上月退改情况",
    "布置送审节点和替代人选",
    "演练群众提问答复",
    "清理停用岗位权限",
    "汇总各片区报送情况",
    "评议党员作用发挥",
];

const DETAIL: [&str; 14] = [
    "要求三日内补齐签字",
    "引用数据一律注明出处",
    "转发外来信息先核来源",
    "不留空白审核栏",
    "由站长把关后再送办公室",
    "发现错字当日更正",
    "未经核签不得外发",
    "登记册放在值班室备查",
    "缺席人员会后补学",
    "下月初回头看一次",
    "群众来电登记后转办",
    "讲稿须附引用资料",
    "停用权限当日注销",
    "新进人员先培训后上岗",
];

/// Small numbers that look drawn, the same in every run.
struct Draw(u32);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 12) as usize % bound
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// What a record says: its subject, what was done, and three particulars.
    fn sentence(&mut self) -> String {
        let (what, deed) = (self.of(&WHAT), self.of(&DEED));
        let (one, two, three) = (self.of(&DETAIL), self.of(&DETAIL), self.of(&DETAIL));
        let also = self.of(&WHAT);
        format!("就{what}{deed}，{one}；{also}一并安排，{two}，{three}")
    }
}

/// A unit of the roster.
struct Unit {
    name: String,
    kind: &'static str,
    leader: &'static str,
    head: String,
}

impl Unit {
    /// The office comes first; of ten units six are 站所, three 股室, one a branch.
    fn new(at: usize) -> Self {
        let (kind, suffix) = match at % 10 {
            _ if at == 0 => ("办公室", "办公室"),
            3 => ("支部", "党支部"),
            2 | 5 | 8 => ("股室", "股"),
            _ => ("站所", ""),
        };
        let (place, region) = (PLACES[at % 40], REGIONS[at / 40 % 10]);
        let work = WORK[at / 400 % 13];
        let name = match kind {
            "办公室" => suffix.to_owned(),
            "站所" => format!("{region}{place}{work}"),
            _ => format!("{region}{place}{work}{suffix}"),
        };
        let given =
            |at: usize| ["明", "川", "远", "禾", "清", "原", "予", "牧", "纲", "诚"][at % 10];
        let family = ["钟", "褚", "鲁", "冉", "祁", "闵", "谷", "骆", "阮", "季", "乔", "苗", "景"];
        let head = format!("{}{}{}", family[at % 13], given(at / 13), given(at / 130));
        Self { name, kind, leader: LEADERS[at % LEADERS.len()], head }
    }
}

/// The workbooks of a bureau with so many units: name and bytes.
pub fn workbooks(size: usize) -> Vec<(String, Vec<u8>)> {
    let text = ledger(size);
    sample_books([("台账.xlsx", vec![("台账", text.as_str())])]).expect("a workbook can hold it")
}

fn ledger(size: usize) -> String {
    let units: Vec<Unit> = (0..size).map(Unit::new).collect();
    let mut out = String::from(
        "== 设置\n项目 | 内容\n单位全称 | 青溪区农业农村局\n单位简称 | 区农业农村局\n\
         党组名称 | 中共青溪区农业农村局党组\n上级党组织 | 区委\n年度 | 2024\n数据截止日 | 2024-12-31\n\
         == 班子成员\n姓名 | 职务 | 党组职务 | 角色 | 任职时间\n",
    );
    for (at, name) in LEADERS.iter().enumerate() {
        let post = match at {
            0 => "党组书记、局长 | 书记 | 第一责任人",
            1 => "党组成员、副局长 | 成员 | 直接责任人",
            _ => "党组成员、副局长 | 成员 | 班子成员",
        };
        let _ = writeln!(out, "{name} | {post} | 2021-03-15");
    }
    out.push_str("== 单位名册\n单位 | 类型 | 负责人 | 分管领导 | 下属单位 | 宣传阵地\n");
    for (at, unit) in units.iter().enumerate() {
        let Unit { name, kind, leader, head } = unit;
        let leader = if *kind == "支部" { "" } else { leader };
        let has = |every| if at % every == 0 { "有" } else { "无" };
        let _ = writeln!(out, "{name} | {kind} | {head} | {leader} | {} | {}", has(4), has(3));
    }
    out.push_str("== 分管关系\n姓名 | 分管单位 | 起始日期\n");
    for unit in units.iter().filter(|unit| unit.kind != "支部") {
        let _ = writeln!(out, "{} | {} | 2022-03-21", unit.leader, unit.name);
    }
    rounds(&mut out, &units);
    out.push_str(
        "== 履责情况\n序号 | 责任主体 | 责任项 | 日期 | 形式 | 工作内容 | 领域 | 对象单位 | 主持人 | 参加领导 | 佐证材料\n",
    );
    let mut number = 0;
    for month in 1..=12 {
        number += 1;
        let _ = writeln!(
            out,
            "{number} | 局党组 | {} | 2024-{month:02}-05 | 局党组会 | 局党组会专题研究{month}月意识形态工作，听取办公室汇报，部署阵地管理和舆情值守 | 意识形态 | | 贺知行 | 安若水、祝远山、蔚成林 | 局党组会{month}月纪要",
            if month % 2 == 0 { "A4.1" } else { "" },
        );
    }
    for (at, unit) in units.iter().enumerate() {
        // One unit in twenty copies its neighbour's words.
        let from = if at % 20 == 19 { at - 1 } else { at };
        let mut draw = Draw(u32::try_from(from).unwrap_or(0).wrapping_mul(2_654_435_761));
        for month in 1..=12 {
            number += 1;
            record(&mut out, number, unit, month, &mut draw);
        }
    }
    out.push_str("== 检查发现\n编号 | 问题来源 | 检查日期 | 被检查单位 | 领域 | 问题类别 | 存在问题 | 整改措施 | 责任领导 | 责任单位 | 责任人 | 整改时限 | 整改情况 | 完成时间 | 整改状态\n");
    for (at, unit) in units.iter().enumerate() {
        let mut draw = Draw(u32::try_from(at).unwrap_or(0).wrapping_add(77));
        for round in 1..=4 {
            let Unit { name, leader, head, .. } = unit;
            let (what, measure, more) = (draw.of(&WHAT), draw.of(&DETAIL), draw.of(&DEED));
            let (status, done) = match (at + round) % 5 {
                0 => ("正在整改", ""),
                1 => ("未完成", ""),
                _ => ("已完成", "2024-08-20"),
            };
            let month = 4 + round;
            let _ = writeln!(
                out,
                "{at}-{round} | 半年检查 | 2024-{month:02}-12 | {name} | 意识形态 | 阵地管理 | {what}第{round}项登记不全，{round}月份的签字栏空白 | {more}，{measure} | {leader} | {name} | {head} | 2024-09-30 | 已{more} | {done} | {status}",
            );
        }
    }
    out.push_str("== 核实事项\n责任项 | 对象 | 期间 | 核实结论 | 核实人 | 核实日期 | 核实依据\n");
    for unit in &units {
        let _ = writeln!(
            out,
            "C4.4 | {} | 2024年 | 未发生 | 局办公室 | 2024-12-31 | 查值班登记",
            unit.name
        );
    }
    out
}

/// An inspection of each fifty units in either half of the year.
fn rounds(out: &mut String, units: &[Unit]) {
    out.push_str("== 检查批次\n批次编号 | 类型 | 名称 | 起始日期 | 结束日期 | 组长 | 方式 | 被检查单位 | 结果上报日期\n");
    for (at, some) in units.chunks(50).enumerate() {
        let names: Vec<&str> = some.iter().map(|unit| unit.name.as_str()).collect();
        let names = names.join("、");
        let _ = writeln!(
            out,
            "BN-{at} | 半年检查 | 第{at}片上半年检查 | 2024-06-11 | 2024-06-21 | 安若水 | 实地检查 | {names} | 2024-06-28\n\
             ND-{at} | 年度考核 | 第{at}片年度考核 | 2024-12-02 | 2024-12-13 | 贺知行 | 实地检查 | {names} | 2024-12-20"
        );
    }
}

/// One record of a unit in a month. Twice a year its leader comes.
fn record(out: &mut String, number: usize, unit: &Unit, month: usize, draw: &mut Draw) {
    let Unit { name, kind, leader, .. } = unit;
    let text = draw.sentence();
    let day = 2 + draw.below(25);
    let branch = *kind == "支部";
    let (who, tag, form, target, chair) = match month {
        4 | 10 if !branch => (*leader, "", "督促检查", name.as_str(), *leader),
        6 if !branch => (*leader, "", "听取汇报", name.as_str(), *leader),
        1 | 7 => (name.as_str(), "C2", "部署", "", ""),
        2 | 8 if branch => (name.as_str(), "C6", "支部会议", "", ""),
        3 | 9 => (name.as_str(), "", "集体学习", "", ""),
        5 | 11 if !branch => (name.as_str(), "C8.1", "部署", "", ""),
        _ if branch => (name.as_str(), "", "支部会议", "", ""),
        _ => (name.as_str(), "", "室务会", "", ""),
    };
    let _ = writeln!(
        out,
        "{number} | {who} | {tag} | 2024-{month:02}-{day:02} | {form} | {text} | 意识形态 | {target} | {chair} | {chair} | {name}{month}月记录"
    );
}
