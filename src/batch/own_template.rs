//! Papers made from a template that is given on its own (`--template`), in place of the kit's.

use crate::kit::{self, Kit, Paper, SubjectKind, TemplateSource};
use crate::template;

/// Puts a template into the kit in place of its papers: one paper for each kind of subject.
/// Without a kind it is made for whom the paper of its name is for; gives whether there is one.
///
/// What a paper has besides its template (责任行, 附件) comes from the kit's paper that it was
/// ejected from, which its title property tells under whatever name; else from the nearest. Its
/// 文种 is that paper's, or the one that its name holds (自查报告（简表）), else its name.
pub fn put(kit: &mut Kit, file: &str, bytes: Vec<u8>, kinds: &[SubjectKind]) -> bool {
    let stem = stem(file);
    let title = if kit::is_text(file) { None } else { template::title(file, &bytes) };
    let known = |id: &str| kit.papers.iter().find(|paper| paper.id == id);
    let from = known(stem).or_else(|| known(title.as_deref()?)).cloned();
    let own = from.as_ref().map(|paper| paper.subject);
    let mut kinds = kinds.to_vec();
    if kinds.is_empty() {
        kinds.extend(own);
    }
    let several = kinds.len() > 1;
    let papers: Vec<Paper> = kinds
        .iter()
        .enumerate()
        .filter(|(at, kind)| !kinds[..*at].contains(kind))
        .map(|(_, kind)| paper(kit, from.as_ref(), file, *kind, several))
        .collect();
    let any = !papers.is_empty();
    kit.papers = papers;
    kit.templates.insert(file.to_owned(), bytes);
    any
}

fn paper(
    kit: &Kit,
    from: Option<&Paper>,
    file: &str,
    subject: SubjectKind,
    several: bool,
) -> Paper {
    let stem = stem(file);
    let of_family = || kit.papers.iter().filter(|p| p.subject.family() == subject.family());
    let same = from.filter(|paper| paper.subject.family() == subject.family());
    let holds = |paper: &&Paper| stem.contains(&paper.kind);
    let near = same.or_else(|| of_family().find(holds)).or_else(|| of_family().next());
    let kind = from.or_else(|| kit.papers.iter().find(holds)).map_or(stem, |paper| &paper.kind);
    Paper {
        id: if several { format!("{stem}-{}", subject.word()) } else { stem.to_owned() },
        kind: kind.to_owned(),
        called: same
            .filter(|paper| paper.id == stem)
            .map_or(stem, |paper| &paper.called)
            .to_owned(),
        subject,
        sealed: near.is_some_and(|paper| paper.sealed),
        template: file.to_owned(),
        code: near.map(|paper| paper.code.clone()).unwrap_or_default(),
        order: 0,
        annexes: near.map(|paper| paper.annexes.clone()).unwrap_or_default(),
        lines: near.map(|paper| paper.lines.clone()).unwrap_or_default(),
        upward: near.is_some_and(|paper| paper.upward),
        source: TemplateSource::User,
    }
}

/// A file's name without its ending.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim()
}
