//! Compiling tagged Word templates: time a tag at 1,000, 5,000 and 20,000 tags, and against one
//! pass of quick-xml over the same document.xml.

use std::hint::black_box;

use crate::timing::{Promises, in_turns};
use crate::{floor, sample, tagged};
use shuzhi::facts::Fields;
use shuzhi::package::Part;
use shuzhi::template::{compile, compile_parts};

/// 5 MB with 1,000 tags; and tag after tag.
const LARGE: &str = "1,000 tags in 5 MB";
/// The same from the bytes of a .docx: inflated, searched for dangers and for faults of its own.
const OPENED: &str = "a .docx of it, opened and checked";

/// A thousand tags, and the table of a bureau's fields, which a run makes once.
const FROM_NOTHING: &str = "1000 tags and the table of fields";

/// Times it.
pub fn run(promises: &mut Promises) {
    let bureau = sample::sample();
    let fields = Fields::of_ledger(&bureau.ledger, &bureau.assessment.regime);

    let dense: Vec<(String, usize, Vec<Part>)> = [1_000, 5_000, 20_000]
        .into_iter()
        .map(|tags| (format!("{tags} tags"), tags, tagged::document(tags, 0)))
        .collect();
    let bare = tagged::document(0, 0);
    println!(
        "compile: a tag a paragraph, {} paths of fields in {} shapes",
        fields.paths().len(),
        fields.shapes().count()
    );
    let mut jobs: Vec<_> =
        dense.iter().map(|(name, _, parts)| (name.as_str(), job(parts, &fields))).collect();
    jobs.push(("a template without tags", job(&bare, &fields)));
    jobs.push((
        "the table of fields",
        Box::new(|| {
            drop(black_box(Fields::of_ledger(&bureau.ledger, &bureau.assessment.regime)));
        }),
    ));
    jobs.push((
        FROM_NOTHING,
        Box::new(|| {
            let fields = Fields::of_ledger(&bureau.ledger, &bureau.assessment.regime);
            drop(black_box(compile_parts("模板.docx", dense[0].2.clone(), &fields)));
        }),
    ));
    let times = in_turns(jobs);
    times.print();
    for (name, tags, parts) in &dense {
        let each = times.median(name) / *tags as f64 * 1e6;
        let bytes = tagged::body(parts).len();
        println!("  {name}, {bytes} bytes: {each:.2} µs a tag");
    }
    promises.time_at_most("1,000 tags", &times, "1000 tags", 10.0);
    promises.time_at_most("20,000 tags", &times, "20000 tags", 1_000.0);
    let growth = times.ratio("20000 tags", "1000 tags").map(|ratio| ratio / 20.0);
    promises.ratio_at_most("a tag of 20,000 / a tag of 1,000 (linear)", growth, 1.5);

    let large = tagged::document(1_000, 5 << 20);
    let body = tagged::body(&large);
    println!("compile: {LARGE} ({} bytes)", body.len());
    let docx = shuzhi::package::write(&large);
    let times = in_turns(vec![
        (LARGE, job(&large, &fields)),
        (OPENED, Box::new(|| drop(black_box(compile("模板.docx", black_box(&docx), &fields))))),
        (
            "one pass of quick-xml",
            Box::new(|| {
                black_box(floor::pass(black_box(body)));
            }),
        ),
    ]);
    times.print();
    promises.ratio_at_most("compile / quick-xml", times.ratio(LARGE, "one pass of quick-xml"), 4.0);
    let [low, mid, high] = times.ratio(OPENED, "one pass of quick-xml");
    println!("  a .docx of it, opened and checked / quick-xml: {mid:.2}× ({low:.2} … {high:.2})");
}

/// Compiles some parts.
fn job<'a>(parts: &'a [Part], fields: &'a Fields) -> Box<dyn FnMut() + 'a> {
    let first = compile_parts("模板.docx", parts.to_vec(), fields);
    assert!(first.diagnostics.is_empty(), "{:#?}", first.diagnostics.first());
    Box::new(|| drop(black_box(compile_parts("模板.docx", parts.to_vec(), fields))))
}
