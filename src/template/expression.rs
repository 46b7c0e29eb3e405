//! Parses what stands between the braces of a tag: block words, names, helper calls, texts.
//!
//! The tag language is read in half width; texts in quotes are kept as typed.

use crate::template::fold::{fold_char, fold_name, is_blank};
use crate::template::helpers;
use crate::template::slips;

/// Deeper subexpressions than anyone writes.
const MAX_DEPTH: usize = 8;

/// The kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// `each`, 循环.
    Each,
    /// `if`, 如果.
    If,
    /// `unless`, 除非.
    Unless,
    /// `with`, 伴随, 用于.
    With,
}

impl BlockKind {
    /// Every word that opens a block.
    pub(super) const WORDS: [(&str, Self); 9] = [
        ("循环", Self::Each),
        ("如果", Self::If),
        ("除非", Self::Unless),
        ("伴随", Self::With),
        ("用于", Self::With),
        ("each", Self::Each),
        ("if", Self::If),
        ("unless", Self::Unless),
        ("with", Self::With),
    ];

    /// The word of a block, in either language; English in any case.
    pub fn find(word: &str) -> Option<Self> {
        let known = Self::WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        known.map(|(_, kind)| *kind)
    }

    /// Its Chinese word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Each => "循环",
            Self::If => "如果",
            Self::Unless => "除非",
            Self::With => "伴随",
        }
    }
}

/// A level that a tag asks for, against the guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 段: the paragraph.
    Paragraph,
    /// 行: the table row.
    Row,
    /// 格: the cell of a table.
    Cell,
}

impl Level {
    const ALL: [Self; 3] = [Self::Paragraph, Self::Row, Self::Cell];

    /// Its word in a tag.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paragraph => "段",
            Self::Row => "行",
            Self::Cell => "格",
        }
    }
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A name with dots, as typed.
    Path(String),
    /// A text in quotes.
    Text(String),
    /// A number.
    Number(String),
    /// A helper with its arguments.
    Call(String, Vec<Expr>),
}

impl Expr {
    /// The name, where it is one.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Path(name) => Some(name),
            Self::Text(_) | Self::Number(_) | Self::Call(..) => None,
        }
    }
}

/// What a tag says.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// `{{! … }}`: nothing.
    Comment,
    /// Opens a block.
    Open {
        /// Which.
        kind: BlockKind,
        /// Over what.
        arg: Expr,
        /// The level asked for.
        level: Option<Level>,
    },
    /// `else`, or `else if` with its condition.
    Else(Option<Expr>),
    /// Closes a block; with the word if it names one.
    Close(Option<BlockKind>),
    /// Prints; the whole text may be a name with blanks in it.
    Print {
        /// All of it.
        whole: String,
        /// As an expression, if it reads as one.
        expr: Result<Expr, Fault>,
    },
    /// Not understood.
    Fault(Fault),
}

impl Body {
    /// What {{分页 …}} asks for: 页 or 节.
    pub(super) fn asks_break(&self) -> Option<String> {
        let Self::Print { expr: Ok(Expr::Call(name, args)), .. } = self else { return None };
        let [Expr::Path(word) | Expr::Text(word)] = args.as_slice() else { return None };
        (name == "分页").then(|| fold_name(word))
    }
}

/// Why a tag is not understood: what is wrong, and what to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Whether it is a form of handlebars that is refused on purpose.
    pub refused: bool,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { refused: false, message: message.into(), help: help.into() }
    }

    fn refused(message: &str, help: &str) -> Self {
        Self { refused: true, message: message.to_owned(), help: help.to_owned() }
    }
}

/// A word, a text, or a bracket.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Open,
    Close,
}

/// Signs of handlebars that are refused: what is wrong, and what to write.
const REFUSED: [(char, &str, &str); 4] = [
    ('&', "不支持“{{&…}}”：值一律按文字填入，不会当作格式", "删去 &"),
    ('>', "不支持“{{>…}}”：模板不能嵌入别的模板", "把要嵌入的内容直接写在这里"),
    ('*', "不支持“{{*…}}”", "删去这个标签"),
    ('^', "不支持“{{^…}}”", "写成 {{#除非 字段}}…{{/除非}}，或在循环里写 {{否则}}"),
];

/// Parses the content of a tag.
pub fn parse(content: &str) -> Body {
    read(bare(content)).unwrap_or_else(Body::Fault)
}

/// The content of a tag without what stands around it and says nothing.
fn bare(content: &str) -> &str {
    content.trim_matches(|c| is_blank(c) || c == '~' || c == '～')
}

fn read(content: &str) -> Result<Body, Fault> {
    let mut chars = content.chars();
    let Some(first) = chars.next() else {
        return Err(Fault::new("标签是空的", "在大括号里写上字段名，或删去这对大括号"));
    };
    let rest = chars.as_str().trim_matches(is_blank);
    let sign = fold_char(first);
    match sign {
        '!' => return Ok(Body::Comment),
        '#' => return open(rest),
        '/' => return close(rest),
        '^' if rest.is_empty() => return Ok(Body::Else(None)),
        _ => {}
    }
    if let Some((_, message, help)) = REFUSED.iter().find(|(refused, ..)| *refused == sign) {
        return Err(Fault::refused(message, help));
    }
    match fold_name(content).to_ascii_lowercase().as_str() {
        "else" | "否则" => return Ok(Body::Else(None)),
        "结束" => return Ok(Body::Close(None)),
        _ => {}
    }
    if let Some(kind) = slips::named_end(content) {
        let word = kind.word();
        return Err(Fault::new(
            format!("没有“{content}”这种写法"),
            format!("写成 {{{{/{word}}}}} 或 {{{{结束}}}}"),
        ));
    }
    let print = |expr| Ok(Body::Print { whole: content.to_owned(), expr });
    let tokens = match tokens(content) {
        Ok(tokens) => tokens,
        // The block that it opens is clear all the same.
        Err(fault) if opens(content).is_some() => return Err(fault),
        Err(fault) => return print(Err(fault)),
    };
    if let [Token::Word(word), rest @ ..] = tokens.as_slice() {
        let word = fold_name(word).to_ascii_lowercase();
        let chained = match (word.as_str(), rest) {
            ("否则如果", rest) => Some(rest),
            ("else" | "否则", [Token::Word(next), rest @ ..])
                if BlockKind::find(&fold_name(next)) == Some(BlockKind::If) =>
            {
                Some(rest)
            }
            _ => None,
        };
        if let Some(rest) = chained {
            return Ok(Body::Else(Some(condition(rest)?)));
        }
        if let Some(kind) = BlockKind::find(&word)
            && !rest.is_empty()
        {
            return block(kind, rest);
        }
    }
    print(expression(&tokens))
}

/// What a tag that is not understood opens all the same.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// Its kind, as far as that is clear.
    pub kind: Option<BlockKind>,
    /// Whether it has the word of a block, and only the rest is wrong.
    pub named: bool,
}

/// Whether a tag that is not understood opens a block all the same, so that one fault is one
/// message.
pub fn opens(content: &str) -> Option<Opening> {
    let content = bare(content);
    let (sign, rest) = match content.strip_prefix(['#', '＃']) {
        Some(rest) => (true, rest.trim_start_matches(is_blank)),
        None => (false, content),
    };
    let mut words = rest.splitn(2, is_blank);
    let word = fold_name(words.next()?);
    match BlockKind::find(&word) {
        Some(kind) => {
            (sign || words.next().is_some()).then_some(Opening { kind: Some(kind), named: true })
        }
        None => sign.then(|| Opening { kind: slips::meant_block(&word), named: false }),
    }
}

/// Whether a tag that is not understood closes a block all the same; with its kind if it names
/// one.
pub fn closes(content: &str) -> Option<Option<BlockKind>> {
    match bare(content).strip_prefix(['/', '／']) {
        Some(word) => Some(slips::meant_block(word.split(is_blank).next()?)),
        None => slips::named_end(bare(content)).map(Some),
    }
}

/// `#循环 X`.
fn open(rest: &str) -> Result<Body, Fault> {
    let tokens = tokens(rest)?;
    let Some((Token::Word(word), rest)) = tokens.split_first() else {
        return Err(Fault::new("“#”后面没有写是什么块", "写成 {{#循环 清单}} 或 {{#如果 字段}}"));
    };
    if word.starts_with(['>', '＞', '*', '＊']) {
        return Err(Fault::refused(
            "不支持“{{#>…}}”“{{#*…}}”：模板不能嵌入别的模板，也不能改变程序行为",
            "把要嵌入的内容直接写在这里",
        ));
    }
    let kind = BlockKind::find(&fold_name(word)).ok_or_else(|| slips::no_block(word, "#"))?;
    block(kind, rest)
}

/// `/循环`, with whatever name follows ignored.
fn close(rest: &str) -> Result<Body, Fault> {
    let word = fold_name(rest.split(is_blank).next().unwrap_or_default());
    if word.is_empty() || word == "结束" {
        return Ok(Body::Close(None));
    }
    if let Some(kind) = BlockKind::find(&word) {
        return Ok(Body::Close(Some(kind)));
    }
    let near = slips::meant_block(&word)
        .map_or_else(String::new, |kind| format!("，是否指“/{}”", kind.word()));
    Err(Fault::new(
        format!("没有“/{word}”这种块{near}"),
        "写成 {{/循环}}、{{/如果}}、{{/除非}}、{{/伴随}} 或 {{结束}}",
    ))
}

/// The rest of an opening tag.
fn block(kind: BlockKind, rest: &[Token]) -> Result<Body, Fault> {
    let word = kind.word();
    let (tokens, level) = match rest {
        [shorter @ .., Token::Word(last)] if !shorter.is_empty() => {
            let level = Level::ALL.into_iter().find(|level| level.word() == fold_name(last));
            (if level.is_some() { shorter } else { rest }, level)
        }
        _ => (rest, None),
    };
    if tokens.is_empty() {
        return Err(Fault::new(
            format!("“{word}”后面没有写字段"),
            format!("写成 {{{{#{word} 字段}}}}"),
        ));
    }
    if tokens.iter().any(|t| matches!(t, Token::Word(w) if w.eq_ignore_ascii_case("as"))) {
        return Err(Fault::refused(
            "不支持“as |…|”",
            "块里直接写字段名；本项自己写 {{本项}}，外层的字段也直接写名字",
        ));
    }
    let fault = match condition(tokens) {
        Ok(arg) => return Ok(Body::Open { kind, arg, level }),
        Err(fault) => fault,
    };
    match tokens {
        // Two words of which the first calls nothing: the second can only be meant as a level.
        [Token::Word(field), Token::Word(last)]
            if level.is_none() && !slips::compares(field) && !slips::compares(last) =>
        {
            let compared = match kind {
                BlockKind::If | BlockKind::Unless => format!("；比较写成 等于 {field} {last}"),
                BlockKind::Each | BlockKind::With => String::new(),
            };
            Err(Fault::new(
                format!("“{last}”不是层次"),
                format!(
                    "层次只有 行、段、格，如 {{{{#{word} {field} 行}}}}；字段名里的空格不写{compared}"
                ),
            ))
        }
        _ => Err(fault),
    }
}

/// What a block is over, or a condition: a name, a call in brackets, or `状态 等于 "达标"`.
fn condition(tokens: &[Token]) -> Result<Expr, Fault> {
    if tokens.is_empty() {
        return Err(Fault::new("条件是空的", "写成 {{否则如果 字段}}"));
    }
    // `如果 等于 状态 "达标"`: a call may also stand without brackets.
    let mut at = 0;
    let args = arguments(tokens, &mut at, 0)?;
    combine(args)
}

/// A tag that prints: a name, or a helper with arguments.
fn expression(tokens: &[Token]) -> Result<Expr, Fault> {
    let mut at = 0;
    let args = arguments(tokens, &mut at, 0)?;
    if let [Expr::Number(number)] = args.as_slice() {
        return Ok(Expr::Path(number.clone()));
    }
    combine(args)
}

/// One expression out of a row of them: itself, a call, or an infix comparison.
fn combine(mut args: Vec<Expr>) -> Result<Expr, Fault> {
    if args.len() == 1 {
        return Ok(args.remove(0));
    }
    let helper = |at: usize| helpers::find(&fold_name(args.get(at)?.name()?));
    let infix = || helper(1).filter(|_| args.len() == 3).map(|helper| (1, helper));
    if let Some((at, helper)) = helper(0).map(|helper| (0, helper)).or_else(infix) {
        args.remove(at);
        return Ok(Expr::Call(helper.name.to_owned(), args));
    }
    let first = args.first().and_then(Expr::name).unwrap_or_default();
    let signs = args.iter().filter_map(Expr::name).any(slips::compares);
    let compared = || if signs { slips::compared(&typed(&args)) } else { None };
    if let Some(fault) = slips::phrase(first).or_else(compared) {
        return Err(fault);
    }
    let names = helpers::ALL.iter().map(|helper| helper.name);
    let near = crate::diagnostic::did_you_mean(&fold_name(first), names);
    Err(Fault::new(
        format!("没有名为“{first}”的写法{near}"),
        "带参数的写法见 template fields；字段名里的空格可以不写",
    ))
}

/// Arguments about as they were typed.
fn typed(args: &[Expr]) -> String {
    let words = args.iter().map(|arg| match arg {
        Expr::Path(word) | Expr::Number(word) => word.clone(),
        Expr::Text(text) => format!("\"{text}\""),
        Expr::Call(name, args) => format!("({name} {})", typed(args)),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Arguments up to the end or the closing bracket.
fn arguments(tokens: &[Token], at: &mut usize, depth: usize) -> Result<Vec<Expr>, Fault> {
    if depth > MAX_DEPTH {
        return Err(Fault::new("括号嵌套太深", "拆成几个标签"));
    }
    let mut out = Vec::new();
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match token {
            Token::Text(text) => out.push(Expr::Text(text.clone())),
            Token::Word(word) => {
                let folded: String = word.chars().map(fold_char).collect();
                let number = folded.parse::<f64>().is_ok_and(f64::is_finite)
                    && folded.starts_with(|c: char| c.is_ascii_digit() || c == '-');
                out.push(if number { Expr::Number(folded) } else { Expr::Path(word.clone()) });
            }
            Token::Open => {
                let inner = arguments(tokens, at, depth + 1)?;
                if tokens.get(at.wrapping_sub(1)) != Some(&Token::Close) {
                    return Err(Fault::new("括号没有配对", "补上右括号"));
                }
                if inner.is_empty() {
                    return Err(Fault::new("括号里是空的", "删去括号"));
                }
                out.push(combine(inner)?);
            }
            Token::Close if depth > 0 => return Ok(out),
            Token::Close => return Err(Fault::new("括号没有配对", "删去多余的右括号")),
        }
    }
    if depth > 0 {
        return Err(Fault::new("括号没有配对", "补上右括号"));
    }
    Ok(out)
}

/// Splits into words, texts and brackets. A bracket inside a word belongs to it: 完成率(%).
fn tokens(content: &str) -> Result<Vec<Token>, Fault> {
    let chars: Vec<char> = content.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let folded = fold_char(chars[at]);
        match folded {
            ' ' => at += 1,
            '"' | '\'' => {
                let end = (at + 1..chars.len()).find(|&i| fold_char(chars[i]) == folded);
                let end = end.ok_or_else(|| Fault::new("引号没有配对", "补上右引号"))?;
                out.push(Token::Text(chars[at + 1..end].iter().collect()));
                at = end + 1;
            }
            '(' if chars[at] != '[' => {
                out.push(Token::Open);
                at += 1;
            }
            ')' => {
                out.push(Token::Close);
                at += 1;
            }
            _ => {
                let start = at;
                let mut open = 0_usize;
                while at < chars.len() {
                    match fold_char(chars[at]) {
                        ' ' if open == 0 => break,
                        '"' | '\'' if at == start => break,
                        '(' => open += 1,
                        ')' if open == 0 => break,
                        ')' => open -= 1,
                        _ => {}
                    }
                    at += 1;
                }
                out.push(Token::Word(chars[start..at].iter().collect()));
            }
        }
    }
    Ok(out)
}
