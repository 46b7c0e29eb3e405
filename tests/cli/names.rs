//! Where papers go: two never share a file, whatever their subjects are called, and a paper goes
//! to the same file in every run.

use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};
use shuzhi::batch::{self, Done, Loaded, Request, Wanted, When};
use shuzhi::form;
use shuzhi::kit::{self, KitFiles, Paper};
use shuzhi::place::Sources;
use shuzhi::render::NoPictures;
use shuzhi::workbook::{InputFile, text_table};
use unicode_normalization::UnicodeNormalization;

use super::runs::Memory;

const KINDS: [&str; 4] = ["办公室", "股室", "站所", "支部"];

/// Bureaus, each with leaders and with units: kind, name and short name.
type Rosters = Vec<(String, Vec<String>, Vec<(usize, String, String)>)>;

fn load(rosters: &Rosters) -> Loaded {
    let (mut settings, mut leaders, mut units) = (String::new(), String::new(), String::new());
    for (at, (short, people, parts)) in rosters.iter().enumerate() {
        let bureau = format!("第{at}局");
        for (item, value) in [("单位全称", &*bureau), ("单位简称", short), ("年度", "2024")]
        {
            settings.push_str(&format!("{bureau} | {item} | {value}\n"));
        }
        for name in people {
            leaders.push_str(&format!("{bureau} | {name} | 副局长 | 班子成员\n"));
        }
        for (kind, name, short) in parts {
            units.push_str(&format!("{bureau} | {name} | {short} | {}\n", KINDS[*kind]));
        }
    }
    let text = format!(
        "== 设置\n所属单位 | 项目 | 内容\n{settings}\
         == 班子成员\n所属单位 | 姓名 | 职务 | 角色\n{leaders}\
         == 单位名册\n所属单位 | 单位 | 简称 | 类型\n{units}"
    );
    let book = text_table::parse("台账.xlsx", &text, &mut Sources::default()).unwrap();
    let bytes = form::write_book(&book).unwrap();
    let file = InputFile { name: "台账.xlsx".to_owned(), bytes };
    batch::load(&[file], kit::load(&KitFiles::new()), When::default())
}

/// Makes papers whose id begins so; all files are new.
fn run(loaded: &Loaded, output: &mut Memory, papers: &str, subjects: &[&str]) -> Vec<Done> {
    let subjects = subjects.iter().map(|word| (*word).to_owned()).collect();
    let wanted = Wanted { papers: vec![papers.to_owned()], subjects, all: false };
    let request = Request { every: false, wanted, pictures: &NoPictures, stop: &false.into() };
    batch::run(loaded, &request, Some(output), &mut |_| {}).papers
}

fn files(done: &[Done]) -> Vec<&str> {
    done.iter().map(|done| &*done.file).collect()
}

/// What Windows and macOS take for one name.
fn folded(path: &str) -> String {
    path.nfd().collect::<String>().to_lowercase()
}

fn units(names: &[(usize, &str, &str)]) -> Rosters {
    let units =
        names.iter().map(|(kind, name, short)| (*kind, (*name).to_owned(), (*short).to_owned()));
    vec![("甲局".to_owned(), Vec::new(), units.collect())]
}

#[test]
fn the_second_of_a_name_is_numbered_in_the_order_of_the_roster() {
    let long = "长".repeat(70);
    let (long_a, long_b) = (format!("{long}甲"), format!("{long}乙"));
    let pairs = [
        ("机关", "机关"),
        ("ABC站", "abc站"),
        ("ABC站", "ＡＢＣ站"),
        ("caf\u{e9}", "cafe\u{301}"),
        ("甲站", "甲站."),
        ("甲\u{200b}站", "甲站"),
        (&long_a, &long_b),
    ];
    for (first, second) in pairs {
        let loaded = load(&units(&[(2, "一站", first), (3, "二支部", second)]));
        let done = run(&loaded, &mut Memory::default(), "自查报告-", &["一站", "二支部"]);
        let [one, two] = files(&done)[..] else { panic!("{first} {second}: {done:#?}") };
        assert!(!one.contains("（2）") && two.contains("（2）-自查报告.docx"), "{one} {two}");
        // Asked for alone it has the same place.
        let alone = run(&loaded, &mut Memory::default(), "自查报告-支部", &[]);
        assert_eq!(files(&alone), [two]);
    }
}

#[test]
fn the_party_group_the_leadership_and_the_people_keep_their_names() {
    let mut rosters = units(&[(2, "局党组", "局党组"), (2, "领导班子", "领导班子")]);
    rosters[0].1 = vec!["邵静".to_owned(), "邵静".to_owned()];
    let loaded = load(&rosters);
    let done = run(&loaded, &mut Memory::default(), "自查报告-站股室", &[]);
    assert_eq!(
        files(&done),
        ["2024年自查报告/局党组（2）-自查报告.docx", "2024年自查报告/领导班子（2）-自查报告.docx"]
    );
    let done = run(&loaded, &mut Memory::default(), "自查报告-个人", &[]);
    assert_eq!(files(&done)[1..], ["个人材料/邵静（2）/2024年自查报告.docx"]);
}

#[test]
fn papers_of_one_name_and_a_new_one_beside_an_edited_share_no_file() {
    let mut rosters = units(&[(0, "办公室", "办公室")]);
    rosters[0].1 = vec!["邵静".to_owned()];
    let mut loaded = load(&rosters);
    let own = loaded.kit.papers.iter().find(|paper| paper.id == "自查报告-个人").unwrap().clone();
    for called in ["自查报告", "自查报告（新）"] {
        let (id, called) = (format!("自查报告-个人-{called}"), called.to_owned());
        loaded.kit.papers.push(Paper { id, called, ..own.clone() });
    }
    let mut output = Memory::default();
    let first = run(&loaded, &mut output, "自查报告", &["邵静"]);
    let expected = ["自查报告", "自查报告（2）", "自查报告（新）"];
    let expected = expected.map(|called| format!("个人材料/邵静/2024年{called}.docx"));
    assert_eq!(files(&first), expected);
    output.files.insert(expected[0].clone(), b"edited".to_vec());
    let again = run(&loaded, &mut output, "自查报告", &["邵静"]);
    let beside = "个人材料/邵静/2024年自查报告（新2）.docx";
    assert_eq!(files(&again), [beside, &expected[1], &expected[2]]);
    assert_eq!(again[0].kept().unwrap().file, expected[0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn papers_reported_are_files_written(rosters in rosters()) {
        let loaded = load(&rosters);
        let mut output = Memory::default();
        let done = run(&loaded, &mut output, "自查报告", &[]);
        assert!(done.iter().all(Done::is_stored));
        let different: BTreeSet<String> = files(&done).into_iter().map(folded).collect();
        assert_eq!(different.len(), done.len(), "{:#?}", files(&done));
        assert!(files(&done).iter().all(|file| output.files.contains_key(*file)));
        // With 00先看这里.txt of each bureau and the record.
        assert_eq!(output.files.len(), done.len() + loaded.bureaus.len() + 1);
        let written = output.files.clone();
        run(&loaded, &mut output, "自查报告", &[]);
        assert_eq!(output.files, written);
    }
}

fn rosters() -> impl Strategy<Value = Rosters> {
    let name = || "[甲站]{1,2}|[aA]b?|[ａＡ]|caf(é|e\u{301})|局党组|领导班子|00先看这里\\.txt|(长){66,70}[甲乙]?|[甲站][ .~-]|甲[\u{200b}\u{ad}\u{3000}]站?|CON|con|甲（2）|甲\\(2\\)|站（新）";
    let unit = (0..KINDS.len(), name(), name());
    let bureau = (name(), prop::collection::vec(name(), 0..3), prop::collection::vec(unit, 1..6));
    prop::collection::vec(bureau, 1..3)
}
