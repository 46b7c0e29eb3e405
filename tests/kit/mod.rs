//! Cases of the kit: a user's files over the built-in kit (`faults`), the unit's own sheet
//! 责任清单 over the regime (`own`), and the built-in data as tables that a reader can hold
//! against the source (`tables`).

mod tables;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use shuzhi::contract::words;
use shuzhi::diagnostic::Diagnostic;
use shuzhi::kit::terms::Holder;
use shuzhi::kit::{Kit, KitFiles, OwnRow, SKIN, Tag, apply_own, built_in, load};
use shuzhi::place::{At, Place, Sources};
use shuzhi::workbook::text_table;

use crate::support::check_cases;
use crate::support::sample::bureau;

/// A stand-in for each template that the built-in papers name and that is not there.
fn with_templates(mut user: KitFiles) -> KitFiles {
    let name = "自查报告-党组.md";
    if !built_in().contains_key(name) {
        user.entry(name.to_owned()).or_insert_with(|| b"# x\n".to_vec());
    }
    user
}

/// The built-in kit, without a fault.
fn sound() -> Kit {
    let loaded = load(&with_templates(KitFiles::new()));
    assert_eq!(show(&loaded.diagnostics, &Sources::default()), "");
    loaded.value
}

/// One line a complaint: code, place, message, cure.
fn show(told: &[Diagnostic], sources: &Sources) -> String {
    let lines: Vec<String> = told
        .iter()
        .map(|d| {
            format!("{} {}：{}\n     → {}", d.code.id, d.place.show(sources), d.message, d.help)
        })
        .collect();
    lines.join("\n")
}

#[test]
fn the_built_in_kit_holds_the_whole_regime() {
    let regime = sound().regime;
    let count = |test: &dyn Fn(&str) -> bool| regime.duties.keys().filter(|id| test(id)).count();
    let inherited = regime.duties.values().filter(|d| d.inherits.is_some()).count();
    assert_eq!((regime.duties.len() - inherited, inherited), (67, 10));
    assert_eq!(count(&|id| id.starts_with('A')), 25);
    assert_eq!(regime.lines.len(), 26);
    assert_eq!(regime.principles.len(), 4);
    assert_eq!((regime.situations.len(), regime.measures.len()), (7, 6));
    assert_eq!(regime.rules.printed.len(), 19);
}

#[test]
fn the_built_in_data_reads_as_the_source_says() {
    let kit = sound();
    check_cases("kit/tables", |input| tables::table(&kit, input));
}

/// Each line: whose row, and words under 形式. What each stands for, by form.
#[test]
fn words_under_form_stand_for_forms_by_whose_row_it_is() {
    let kit = sound();
    check_cases("kit/terms", |input| {
        let mut lines = Vec::new();
        for line in input.lines().filter(|line| !line.trim().is_empty()) {
            let (whose, words) = line.split_once(" | ").unwrap();
            let holder = match whose {
                "局党组" => Some(Holder::PartyGroup),
                "领导小组" => Some(Holder::LeadingGroup),
                "班子成员" => Some(Holder::Leader),
                "站股室" => Some(Holder::Unit),
                "支部" => Some(Holder::Branch),
                _ => None,
            };
            let mut by_form: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for word in words.split('、').filter(|word| !word.is_empty()) {
                let form = kit.terms.form(word, holder).unwrap_or("不认识");
                by_form.entry(form).or_default().push(word);
            }
            let of = by_form.iter().map(|(form, words)| format!("{form} ← {}", words.join("、")));
            lines.extend(of.map(|of| format!("{whose}：{of}")));
        }
        lines.join("\n")
    });
}

#[test]
fn faults_of_a_users_kit_are_told_all_at_once() {
    check_cases("kit/faults", |input| {
        let loaded = load(&with_templates(overlay(input)));
        let told = show(&loaded.diagnostics, &Sources::default());
        let kit = loaded.value;
        let study = &kit.regime.duties["A4.1"];
        format!(
            "{told}\n用上的：A4.1 {}次，{}，行距{}，文稿 {}，2024年方面{}个，结语 {}",
            study.min,
            kit.regime.rules.printed[6].text,
            kit.layout.line,
            kit.papers.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(" "),
            kit.aspects.get(&2024).map_or(0, Vec::len),
            kit.phrases["结语"],
        )
    });
}

/// A user's files, from lines of a case:
/// `改 文件 | 锚 | 旧 | 新` the built-in file with the first `旧` after `锚` replaced by `新`
/// (several lines of one file add up), `写 文件 | 全文` a file of its own, `乱 文件` bytes that
/// are no text.
fn overlay(input: &str) -> KitFiles {
    let original = built_in();
    let mut files = KitFiles::new();
    for line in input.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').unwrap();
        let parts: Vec<String> =
            rest.split(" | ").map(|part| part.trim().replace("\\n", "\n")).collect();
        let name = parts[0].clone();
        match word {
            "改" => {
                let bytes = files.remove(&name).unwrap_or_else(|| original[&name].clone());
                let mut text = String::from_utf8(bytes).unwrap();
                let anchor = text.find(&parts[1]).unwrap_or_else(|| panic!("no {}", parts[1]));
                let at =
                    text[anchor..].find(&parts[2]).unwrap_or_else(|| panic!("no {}", parts[2]));
                let new = parts.get(3).map_or("", String::as_str);
                let range = anchor + at..anchor + at + parts[2].len();
                text.replace_range(range, new);
                files.insert(name, text.into_bytes());
            }
            "写" => {
                files.insert(name, parts.get(1).cloned().unwrap_or_default().into_bytes());
            }
            "乱" => {
                files.insert(name, vec![0xd4, 0xf0, 0xc8, 0xce]);
            }
            _ => panic!("{line}"),
        }
    }
    files
}

#[test]
fn a_units_own_sheet_changes_what_it_names() {
    let regime = sound().regime;
    check_cases("kit/own", |input| {
        let mut sources = Sources::default();
        let book = text_table::parse("台账.xlsx", input, &mut sources).unwrap();
        let rows = own_rows(&book.sheets[0], &mut sources);
        let own = apply_own(regime.clone(), &rows);
        let before = tables::duties(&regime);
        let changed: Vec<String> =
            tables::duties(&own.value).into_iter().filter(|row| !before.contains(row)).collect();
        let before = tables::lines(&regime);
        let lines: Vec<String> =
            tables::lines(&own.value).into_iter().filter(|row| !before.contains(row)).collect();
        [show(&own.diagnostics, &sources), changed.join("\n"), lines.join("\n")].join("\n")
    });
}

/// The rows under the sheet's first, by its headings.
fn own_rows(sheet: &shuzhi::workbook::Sheet, sources: &mut Sources) -> Vec<OwnRow> {
    let mut headings: IndexMap<u32, String> = IndexMap::new();
    for cell in &sheet.rows[0].cells {
        let heading = cell.value.text().unwrap();
        sources.set_heading(sheet.id, cell.col, &heading);
        headings.insert(cell.col, heading);
    }
    sheet.rows[1..]
        .iter()
        .map(|row| OwnRow {
            place: Place::cell(sheet.id, row.number, 0),
            cells: row
                .cells
                .iter()
                .map(|cell| {
                    let place = Place::cell(sheet.id, row.number, cell.col);
                    (headings[&cell.col].clone(), At::new(cell.value.text().unwrap(), place))
                })
                .collect(),
        })
        .collect()
}

#[test]
fn a_file_saved_by_windows_reads_as_any_other() {
    let text = "\u{feff}[[phrase]]\r\nname = \"结语\"\r\ntext = \"专此报告。\"\r\n";
    let user = KitFiles::from([("固定用语.toml".to_owned(), text.as_bytes().to_vec())]);
    let loaded = load(&with_templates(user));
    assert_eq!(show(&loaded.diagnostics, &Sources::default()), "");
    assert_eq!(loaded.value.phrases["结语"], "专此报告。");
}

#[test]
fn a_paper_is_named_by_its_id_or_by_how_it_begins() {
    let kit = sound();
    let named = |name: &str| -> Vec<String> {
        kit.papers_named(name).iter().map(|paper| paper.id.clone()).collect()
    };
    assert_eq!(
        named("自查报告"),
        ["自查报告-党组", "自查报告-站股室", "自查报告-支部", "自查报告-个人"]
    );
    assert_eq!(named("自查报告-党组"), ["自查报告-党组"]);
    assert_eq!(named("述职").len(), 2);
    assert!(named("通报").is_empty() && named("").is_empty());
}

#[test]
fn a_tag_is_an_id_a_lines_name_or_nothing() {
    let regime = sound().regime;
    let duty = |id: &str| Some(Tag::Duty(id.to_owned()));
    let line = |id: &str| Some(Tag::Line(id.to_owned()));
    for (typed, meant) in [
        ("A4.1", duty("A4.1")),
        (" ａ４．１ ", duty("A4.1")),
        ("专题研究", line("L05")),
        ("专题研究（每年不少于2次）", line("L05")),
        ("专题 研究", line("L05")),
        ("督促检查", line("L16")),
        ("L16", line("L16")),
        ("坚持正面宣传", duty("D2.1")),
        ("专题硏究", None),
        ("A9.9", None),
        ("", None),
        ("（）", None),
    ] {
        assert_eq!(regime.resolve_tag(typed), meant, "{typed}");
    }
    assert!(regime.tag_names().contains(&"专题研究"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, ..Default::default() })]

    /// No file of a user's stops the program, whatever was cut out of it or typed into it.
    #[test]
    fn a_damaged_file_never_panics(
        file in 0..5usize,
        from in 0.0..1.0f64,
        length in 0..200usize,
        typed in "[\\PC\\n]{0,12}",
    ) {
        let names = ["责任清单.toml", "版式.toml", "文稿.toml", "对照方面.toml", "固定用语.toml"];
        let text = String::from_utf8(built_in()[names[file]].clone()).unwrap();
        let chars: Vec<char> = text.chars().collect();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the text")]
        let start = (from * chars.len() as f64) as usize;
        let end = (start + length).min(chars.len());
        let mut damaged: String = chars[..start].iter().collect();
        damaged.push_str(&typed);
        damaged.extend(&chars[end..]);
        let user = KitFiles::from([(names[file].to_owned(), damaged.into_bytes())]);
        let kit = load(&with_templates(user)).value;
        proptest::prop_assert!(!kit.layout.fonts.body.is_empty());
    }
}

/// Every word of a dropdown that chooses papers or tells rows apart means something: a paper is
/// made, a date is heeded, or the kit's data has the word.
#[test]
fn the_dropdowns_offer_only_what_works() {
    let kit = sound();
    let made = |kind: &str| kit.papers.iter().any(|paper| paper.kind == kind);
    for kind in words::PERSONAL_KINDS.iter().chain(&words::OWN_PAPERS[2..]) {
        assert!(made(kind), "{kind}");
    }
    for kind in words::PAPER_KINDS {
        let of = bureau(
            &format!(
                "== 设置\n项目 | 内容\n单位全称 | 青溪区水务局\n年度 | 2024\n\
                 == 文种\n文种 | 期间 | 应报日期\n{kind} | 2024年上半年 | 2024-06-20\n"
            ),
            "2024",
            "2024-12-31",
        );
        let heeded = of.assessment.heeds_due(&of.ledger.paper_rows[0]);
        assert!(made(kind) || heeded, "{kind}");
    }
    assert_eq!(words::SKINS, [SKIN]);
    let data: String = built_in()
        .iter()
        .filter(|(name, _)| name.ends_with(".toml"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    for word in words::FORMS.iter().chain(words::ROUND_KINDS) {
        assert!(data.contains(&format!("\"{word}\"")), "{word}");
    }
}
