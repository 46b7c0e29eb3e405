//! The preparing step: turns a text template into Markdown that `pulldown-cmark` cannot misread.
//!
//! Lines with only a block tag or `:::` are set apart as paragraphs of one token; what would be
//! an ordered list, a rule, a setext heading, HTML, code or a link in Markdown is escaped; table
//! rows are made whole. Every line of the result knows the line of the template it came from.

use crate::diagnostic::{codes, did_you_mean};

use super::faults::Faults;
use super::lines::{Line, LineKind, read};
use super::marks::{JOINER, Mark, STAR, token};
use super::named::Named;
use super::rows;

/// Markdown, and what is needed to read it back.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// The Markdown.
    pub(super) markdown: String,
    /// What stands behind the tokens.
    pub(super) marks: Vec<Mark>,
    /// The line of each tag, in their order.
    pub(super) tag_lines: Vec<u32>,
    /// The relative column widths of each table, in their order.
    pub(super) widths: Vec<Vec<u32>>,
    /// Where each line of the Markdown begins, and its line in the template.
    starts: Vec<(usize, u32)>,
}

impl Prepared {
    /// The template's line at a place in the Markdown.
    pub(super) fn line_at(&self, offset: usize) -> u32 {
        let after = self.starts.partition_point(|&(start, _)| start <= offset);
        after.checked_sub(1).and_then(|at| self.starts.get(at)).map_or(0, |&(_, line)| line)
    }

    fn push(&mut self, text: &str, number: u32) {
        self.starts.push((self.markdown.len(), number));
        self.markdown.push_str(text);
        self.markdown.push('\n');
    }

    /// A paragraph of one token.
    fn push_alone(&mut self, mark: usize, number: u32) {
        self.push("", number);
        self.push(&token(mark), number);
        self.push("", number);
    }

    fn push_mark(&mut self, mark: Mark, number: u32) {
        self.marks.push(mark);
        self.push_alone(self.marks.len() - 1, number);
    }

    fn push_mark_of_end(&mut self, named: Option<Named>, number: u32) {
        if let Some(named) = named {
            self.push_mark(Mark::End(named), number);
        }
    }
}

/// A named block that is open: its line, and which (none if its name is unknown).
type OpenBlock = (Option<Named>, u32);

/// Prepares a whole template.
pub(super) fn prepare(text: &str, faults: &mut Faults<'_>) -> Prepared {
    let mut out = Prepared::default();
    let lines = read(text, &mut out.marks, &mut out.tag_lines, faults);
    let mut open: Vec<OpenBlock> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        match &line.kind {
            LineKind::Blank => out.push("", line.number),
            LineKind::Tags(marks) => {
                marks.iter().for_each(|&mark| out.push_alone(mark, line.number));
            }
            LineKind::Fence(name) if name.is_empty() => {
                end(line.number, &mut open, &mut out, faults);
            }
            LineKind::Fence(name) => begin(name, line.number, &mut open, &mut out, faults),
            LineKind::Row => {
                at += push_table(&lines[at..], &mut out, faults);
                continue;
            }
            LineKind::Text => push_text(line, open.last().and_then(|o| o.0), &mut out, faults),
        }
        at += 1;
    }
    while let Some((named, number)) = open.pop() {
        unclosed(named, number, faults);
        let last = lines.last().map_or(0, |l| l.number);
        out.push_mark_of_end(named, last);
    }
    out
}

fn unclosed(named: Option<Named>, number: u32, faults: &mut Faults<'_>) {
    let Some(named) = named else { return };
    let message = format!("“::: {}”没有结束", named.name());
    faults.at(&codes::T601, number, "", message, "在这一块的末尾另起一行，写 :::");
}

/// Opens a named block; blocks that cannot hold it are closed and told.
fn begin(
    name: &str,
    number: u32,
    open: &mut Vec<OpenBlock>,
    out: &mut Prepared,
    faults: &mut Faults<'_>,
) {
    let Some(named) = Named::find(name) else {
        let near = did_you_mean(name, Named::names());
        let message = format!("没有名为“{name}”的块{near}");
        let names: Vec<&str> = Named::names().collect();
        faults.at(&codes::T602, number, "", message, format!("可用的块：{}", names.join("、")));
        open.push((None, number));
        return;
    };
    // An annex in an annex, or anything in 落款, means that an end was forgotten.
    let holds = |outer: Named| outer.holds_blocks() && outer != named;
    while let Some(at) = open.iter().rposition(|&(outer, _)| outer.is_some_and(|o| !holds(o))) {
        for (inner, line) in open.drain(at..).rev().collect::<Vec<_>>() {
            unclosed(inner, line, faults);
            out.push_mark_of_end(inner, number);
        }
    }
    open.push((Some(named), number));
    out.push_mark(Mark::Begin(named), number);
}

/// Closes the innermost named block.
fn end(number: u32, open: &mut Vec<OpenBlock>, out: &mut Prepared, faults: &mut Faults<'_>) {
    match open.pop() {
        Some((named, _)) => out.push_mark_of_end(named, number),
        None => {
            let help = "删去这一行，或在前面写上块的开头，如 ::: 落款";
            faults.at(&codes::T603, number, ":::", "::: 前面没有要结束的块", help);
        }
    }
}

/// Prepares the table that begins with the first of these lines; gives how many it took.
fn push_table(lines: &[Line], out: &mut Prepared, faults: &mut Faults<'_>) -> usize {
    let size =
        lines.iter().take_while(|l| matches!(l.kind, LineKind::Row | LineKind::Tags(_))).count();
    let table = rows::read(&lines[..size], &out.marks, faults);
    let first = lines.first().map_or(0, |l| l.number);
    out.push("", first);
    for (cells, number) in &table.rows {
        let cells: Vec<String> = cells.iter().map(|cell| inline(cell, *number, faults)).collect();
        out.push(&format!("| {} |", cells.join(" | ")), *number);
    }
    out.push("", first);
    out.widths.push(table.widths);
    table.taken
}

/// Prepares a line of text.
fn push_text(line: &Line, inside: Option<Named>, out: &mut Prepared, faults: &mut Faults<'_>) {
    let number = line.number;
    let mut text = line.text.as_str();
    if text.starts_with("```") || text.starts_with("~~~") {
        faults.at(&codes::T607, number, text, "不支持代码块", "删去这一行，公文里没有代码");
        return;
    }
    if let Some(rest) = text.strip_prefix('>') {
        faults.at(&codes::T607, number, text, "不支持引用块（行首的 >）", "删去行首的 >");
        text = rest.trim_start();
    }
    let hashes = text.chars().take_while(|c| matches!(c, '#' | '＃')).count();
    let after: String = text.chars().skip(hashes).collect();
    if hashes > 0 && after.trim().is_empty() {
        let help = "在 # 后面写上标题，或删去这一行";
        faults.at(&codes::T612, number, text, "标题是空的", help);
        return;
    }
    if hashes > 0 {
        if hashes > 5 {
            let message = format!("标题用了{hashes}个 #，最多5个");
            let help = "# 是文稿标题，## 到 ##### 依次是一、（一）1.（1）四级";
            faults.at(&codes::T606, number, text, message, help);
        }
        let level = "#".repeat(hashes.min(5));
        out.push(&format!("{level} {}", inline(after.trim(), number, faults)), number);
        return;
    }
    let item = list_item(text);
    let in_note = inside == Some(Named::AnnexNote);
    let item = if in_note { Some(without_ordinal(item.unwrap_or(text))) } else { item };
    let escaped = match item {
        Some(item) => format!("- {}", inline(item, number, faults)),
        None => block_escape(text, number, faults),
    };
    out.push(&escaped, number);
    if inside.is_some_and(Named::line_by_line) {
        out.push("", number);
    }
}

/// What stands behind a bullet.
fn list_item(text: &str) -> Option<&str> {
    text.strip_prefix(['-', '*', '+'])
        .filter(|rest| rest.starts_with([' ', '\u{3000}']))
        .map(str::trim)
        .filter(|rest| !rest.is_empty() && !rest.chars().all(|c| "-*_= ".contains(c)))
}

/// Entries of 附件说明 are numbered when the paper is settled: a typed number goes.
fn without_ordinal(text: &str) -> &str {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = &text[digits..];
    match rest.strip_prefix(['.', '．', '、', ')', '）']) {
        Some(rest) if digits > 0 => rest.trim_start(),
        _ => text,
    }
}

/// Escapes what Markdown reads at the beginning of a line.
fn block_escape(text: &str, number: u32, faults: &mut Faults<'_>) -> String {
    if text.chars().all(|c| "-=_ ".contains(c)) {
        return text.chars().filter(|c| *c != ' ').flat_map(|c| ['\\', c]).collect();
    }
    if text.contains('|') && text.chars().all(|c| "-:| ".contains(c)) {
        let help = "表格的每一行前后都写上 |";
        faults.at(&codes::T605, number, text, "表格的分隔行没有以 | 开头", help);
        return format!("\\{}", inline(text, number, faults));
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']) {
        let rest = inline(&text[digits..], number, faults);
        return format!("{}\\{rest}", &text[..digits]);
    }
    let escaped = inline(text, number, faults);
    match escaped.chars().next() {
        Some('-' | '+' | '#') => format!("\\{escaped}"),
        _ => escaped,
    }
}

/// Escapes what Markdown reads inside a line, but for emphasis.
fn inline(text: &str, number: u32, faults: &mut Faults<'_>) -> String {
    if text.contains("](") {
        let what = if text.contains("![") { "图片" } else { "链接" };
        let help = "只写文字；图片在生成后的 Word 文件里插入";
        faults.at(&codes::T607, number, text, format!("不支持{what}"), help);
    }
    if text.matches('`').count() >= 2 {
        faults.at(&codes::T607, number, text, "不支持代码（反引号）", "删去反引号");
    }
    let mut out = String::new();
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next_if_eq(&'*').is_some() => out.push(STAR),
            '\\' => {
                out.push(c);
                // At the end of a line it would be a forced break.
                let next = if chars.peek().is_none() {
                    Some('\\')
                } else {
                    chars.next_if(|n| n.is_ascii_punctuation())
                };
                out.extend(next);
            }
            '*' => {
                let mut run = String::from('*');
                while chars.next_if_eq(&'*').is_some() {
                    run.push('*');
                }
                // Between blanks one star begins and ends nothing: 2 * 3 is no emphasis.
                let edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
                if run.len() == 1 && edge(before) && edge(chars.peek().copied()) {
                    let help = "**文字** 前后各两个星号；要印星号请写作 \\*";
                    let message = "星号没有配对，会印在文稿里";
                    faults.at(&codes::T610, number, "", message, help);
                    out.push(STAR);
                } else {
                    out.push(JOINER);
                    out.push_str(&run);
                    out.push(JOINER);
                }
            }
            '<' | '&' | '[' | ']' | '`' | '!' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
        before = Some(c);
    }
    out
}
