//! Templates that a clerk has in hand: the built-in papers as Word files give what the built-in
//! papers give, byte for byte; saved again by LibreOffice they give the same text, tables and
//! styles; a file without tags comes out as it was.

mod samples;

use std::fs;

use shuzhi::batch::{self, Press, own_template};
use shuzhi::kit::SubjectKind;
use shuzhi::ledger::Subject;
use shuzhi::package::{self, Limits, Part};
use shuzhi::template::{compile, survey};

use crate::support::sample::{Sample, sample};
use crate::support::{docx, root};

/// A subject for each paper of the kit.
const PAPERS: [(&str, &str); 8] = [
    ("自查报告-党组", "局党组"),
    ("自查报告-站股室", "农技推广站"),
    ("自查报告-支部", "支部"),
    ("自查报告-个人", "成员"),
    ("对照检查材料-班子", "局党组"),
    ("对照检查材料-个人", "成员"),
    ("述职述责报告-班子", "局党组"),
    ("述职述责报告-个人", "成员"),
];

fn parts(bytes: &[u8]) -> Vec<Part> {
    package::read("甲.docx", bytes, Limits { entries: 100, bytes: 64 << 20 }).value
}

/// The subject that a word of the table means.
fn subject(of: &Sample, word: &str) -> Subject {
    match word {
        "局党组" => Subject::PartyGroup,
        "成员" => of.ledger.leader_ids().map(|(id, _)| Subject::Leader(id)).nth(1).unwrap(),
        "支部" => {
            let mut branches = of.ledger.unit_ids().filter(|(_, unit)| unit.is_branch());
            branches.next().map(|(id, _)| Subject::Unit(id)).unwrap()
        }
        name => of.subject(name),
    }
}

/// Makes a paper from a Word template in place of the kit's papers.
fn made(from: &Sample, id: &str, bytes: Vec<u8>, kinds: &[SubjectKind], who: Subject) -> Vec<u8> {
    let mut kit = from.kit.clone();
    assert!(own_template::put(&mut kit, &format!("{id}.docx"), bytes, kinds));
    let paper = &kit.papers[0];
    let press = Press::new(&from.ledger, &from.assessment, &kit, [paper]);
    assert!(press.diagnostics.is_empty(), "{:#?}", press.diagnostics);
    let made = press.value.make(paper, who);
    assert!(made.diagnostics.is_empty(), "{:#?}", made.diagnostics);
    made.value.unwrap().bytes
}

#[test]
fn an_ejected_paper_gives_what_the_built_in_gives() {
    let sample = sample("2024", "2024-12-31");
    for (id, who) in PAPERS {
        let who = subject(&sample, who);
        let ejected = batch::eject(&sample.kit, sample.paper(id)).value.unwrap();
        let again = batch::eject(&sample.kit, sample.paper(id)).value.unwrap();
        assert_eq!(ejected, again, "{id}: ejected twice, other bytes");
        let tags = docx::dump(&ejected).matches("{{").count();
        assert!(tags > 10, "{id}: its tags are not visible");
        let built_in = sample.make(id, who);
        // Without `--for` it is made for whom the paper it was ejected from is for.
        let own = made(&sample, "我的模板", ejected, &[], who);
        assert_eq!(parts(&own), parts(&built_in.bytes), "{id}");
    }
}

#[test]
fn the_ejected_papers_have_no_faults() {
    let sample = sample("2024", "2024-12-31");
    for (id, _) in PAPERS {
        let ejected = batch::eject(&sample.kit, sample.paper(id)).value.unwrap();
        let found = survey("甲.docx", &ejected, &sample.fields()).diagnostics;
        assert!(found.is_empty(), "{id}: {found:#?}");
    }
}

#[test]
fn a_paper_saved_again_by_libreoffice_gives_the_same() {
    let sample = sample("2024", "2024-12-31");
    let file = root().join("tests/own_templates/自查报告-党组（LibreOffice另存）.docx");
    let saved = fs::read(file).unwrap();
    let found = survey("甲.docx", &saved, &sample.fields()).diagnostics;
    let codes: Vec<&str> = found.iter().map(|found| found.code.id).collect();
    assert_eq!(codes, ["T334"], "{found:#?}");
    let own = made(&sample, "自查报告-党组", saved, &[], Subject::PartyGroup);
    let built_in = sample.make("自查报告-党组", Subject::PartyGroup);
    let (own, built_in) = (docx::dump(&own), docx::dump(&built_in.bytes));
    for (at, (own, built_in)) in own.lines().zip(built_in.lines()).enumerate() {
        // LibreOffice names the default style where we leave it out.
        let plain = |line: &str| line.trim_start_matches("Normal").to_lowercase();
        assert_eq!(plain(own), plain(built_in), "line {}", at + 1);
    }
    assert_eq!(own.lines().count(), built_in.lines().count());
}

#[test]
fn a_file_without_tags_comes_out_as_it_was() {
    let sample = sample("2024", "2024-12-31");
    let file = root().join("tests/own_templates/自查报告-党组（LibreOffice另存）.docx");
    let mut given = parts(&fs::read(file).unwrap());
    let body = given.iter_mut().find(|part| part.name == "word/document.xml").unwrap();
    let xml = String::from_utf8(body.bytes.clone()).unwrap();
    // Headings stay without ordinals; a double name is none of our making.
    let mark = "<w:bookmarkStart w:id=\"7\" w:name=\"甲\"/><w:bookmarkEnd w:id=\"7\"/><w:r>";
    body.bytes = xml.replace(['{', '}'], "").replace("<w:r>", mark).into();
    given.sort_by_key(|part| part.name != "[Content_Types].xml");
    let bytes = package::write(&given);
    let compiled = compile("甲.docx", &bytes, &sample.fields());
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|found| found.code.id).collect();
    assert_eq!(codes, ["T335"], "{:#?}", compiled.diagnostics);
    let compiled = compiled.value.unwrap();
    let mut facts = shuzhi::facts::Facts::default();
    let rendered = shuzhi::render::render(&compiled, &mut facts).value;
    assert!(compiled.passed.check(&rendered.parts).diagnostics.is_empty());
    let names = |parts: &[Part]| parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&rendered.parts), names(&given));
    assert!(rendered.parts == given);
}
