//! A paper of 23 KB with 12 looped paragraphs and 4 looped rows: facts, render, expand, settle
//! and check, against pushing the same bytes as strings and one pass of quick-xml over them.

use std::hint::black_box;

use crate::floor;
use crate::sample;
use crate::tagged;
use crate::timing::{Promises, in_turns};
use shuzhi::facts;
use shuzhi::package::Part;
use shuzhi::render::render;

/// Times it.
pub fn run(promises: &mut Promises) {
    let bureau = sample::small(&tagged::loops());
    let press = bureau.press();
    let compiled = press.compiled(&bureau.kit.papers[0]).expect("compiled");
    let paper = || {
        let mut facts = facts::build(bureau.scene(compiled));
        let rendered = render(compiled, &mut facts);
        let checked = compiled.passed.check(&rendered.value.parts);
        (rendered, checked)
    };
    let (rendered, checked) = paper();
    assert!(rendered.diagnostics.is_empty(), "{:#?}", rendered.diagnostics);
    assert!(checked.diagnostics.is_empty(), "{:#?}", checked.diagnostics);
    let parts = rendered.value.parts;
    let mut facts = facts::build(bureau.scene(compiled));
    let document = parts.iter().find(|p| p.name == "word/document.xml").expect("a body");
    let text = std::str::from_utf8(&document.bytes).expect("UTF-8");
    println!(
        "render: document.xml {} bytes, {} paragraphs, {} rows, {} values; all {} parts {} bytes",
        text.len(),
        text.matches("<w:p>").count(),
        text.matches("<w:tr>").count(),
        rendered.value.trace.len(),
        parts.len(),
        parts.iter().map(|p| p.bytes.len()).sum::<usize>(),
    );

    let xml = |part: &&Part| part.name.ends_with(".xml") || part.name.ends_with(".rels");
    let all: Vec<Vec<String>> = parts.iter().filter(xml).map(floor::pieces).collect();
    let body = floor::pieces(document);
    let times = in_turns(vec![
        ("paper", Box::new(|| drop(black_box(paper())))),
        (
            "floor",
            Box::new(|| {
                for pieces in &all {
                    black_box(floor::pass(&floor::push(black_box(pieces))));
                }
            }),
        ),
        (
            "floor of document.xml alone",
            Box::new(|| {
                black_box(floor::pass(&floor::push(black_box(&body))));
            }),
        ),
        ("facts", Box::new(|| drop(black_box(facts::build(bureau.scene(compiled)))))),
        (
            "render, expand, settle",
            Box::new(|| drop(black_box(render(compiled, black_box(&mut facts))))),
        ),
        ("check", Box::new(|| drop(black_box(compiled.passed.check(black_box(&parts)))))),
    ]);
    times.print();
    promises.ratio_at_most("paper / floor", times.ratio("paper", "floor"), 3.0);
    let [low, mid, high] = times.ratio("paper", "floor of document.xml alone");
    println!("  paper / floor of document.xml alone: {mid:.2}× ({low:.2} … {high:.2})");
    let least = times.least("paper") / times.least("floor");
    println!("  the fastest paper / the fastest floor: {least:.2}×");
}
