//! The sample's self-check from the bytes of its workbooks to the bytes of the paper, stage by
//! stage, in memory; and one more paper, against deflating and zipping the same bytes.

use std::hint::black_box;

use crate::sample;
use crate::timing::{in_turns, show};
use shuzhi::facts;
use shuzhi::kit::{self, KitFiles};
use shuzhi::ledger;
use shuzhi::package;
use shuzhi::render::render;

/// Times it; nothing is promised.
pub fn run() {
    let files = sample::workbooks();
    let (books, sources) = sample::read(&files);
    let bureau = sample::sample();
    let kit = kit::load(&KitFiles::new()).value;
    let press = bureau.press();
    let paper = &bureau.kit.papers[0];
    let compiled = press.compiled(paper).expect("compiled");
    let mut facts = facts::build(bureau.scene(compiled));
    let parts = render(compiled, &mut facts).value.parts;
    let size = |ending: &str| -> usize {
        parts.iter().filter(|p| p.name.ends_with(ending)).map(|p| p.bytes.len()).sum()
    };
    println!(
        "paper: {} workbooks {} bytes, {} records; document.xml {} bytes, all parts {} bytes",
        files.len(),
        files.iter().map(|file| file.bytes.len()).sum::<usize>(),
        bureau.ledger.sheets.values().map(|rows| rows.len()).sum::<usize>(),
        size("word/document.xml"),
        size(""),
    );
    let subject = bureau.scene(compiled).subject;
    let one_more = || press.make(paper, subject);
    let stages = [
        "read the workbooks",
        "collect the ledger",
        "load the kit",
        "assess",
        "lay out and compile",
        "facts",
        "render",
        "check",
        "package",
    ];
    let times = in_turns(vec![
        (stages[0], Box::new(|| drop(black_box(sample::read(&files))))),
        (
            stages[1],
            Box::new(|| drop(black_box(ledger::collect(&books, &kit.terms, &mut sources.clone())))),
        ),
        (stages[2], Box::new(|| drop(black_box(kit::load(&KitFiles::new()))))),
        (stages[3], Box::new(|| drop(black_box(sample::assess(&kit, &bureau.ledger))))),
        (
            stages[4],
            Box::new(|| {
                drop(black_box(bureau.press()));
            }),
        ),
        (stages[5], Box::new(|| drop(black_box(facts::build(bureau.scene(compiled)))))),
        (stages[6], Box::new(|| drop(black_box(render(compiled, &mut facts))))),
        (stages[7], Box::new(|| drop(black_box(compiled.passed.check(&parts))))),
        (stages[8], Box::new(|| drop(black_box(package::write(&parts))))),
        ("one more paper", Box::new(|| drop(black_box(one_more())))),
    ]);
    let total: f64 = stages.iter().map(|stage| times.median(stage)).sum();
    println!("  | stage | median | share |\n  |---|---:|---:|");
    for stage in stages {
        let median = times.median(stage);
        println!("  | {stage} | {} | {:.0} % |", show(median), median / total * 100.0);
    }
    println!("  | all | {} | 100 % |", show(total));
    println!("  one more paper: {}", show(times.median("one more paper")));
    let [low, mid, high] = times.ratio("one more paper", "package");
    println!(
        "  one more paper / deflating and zipping its bytes: {mid:.2}× ({low:.2} … {high:.2})"
    );
}
