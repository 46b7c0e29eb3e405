//! `explain CODE`: why a complaint is told and what to do.

use super::Exit;
use super::console::Console;
use crate::diagnostic::{codes, near_miss, text};

/// 解释一条提示的编号.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi explain L101\n  shuzhi explain          列出全部编号")]
pub(super) struct Args {
    /// 编号，如 L101 或 K03；不写就列出全部
    #[arg(value_name = "编号")]
    code: Option<String>,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let Some(typed) = &args.code else {
        for code in codes::ALL {
            console.result(&format!("{}  {}", code.id, code.title));
        }
        return Ok(Exit::Fine);
    };
    let wanted = typed.trim();
    let matches = |code: &&&codes::Code| {
        code.id.eq_ignore_ascii_case(wanted)
            || code.check.is_some_and(|check| check.eq_ignore_ascii_case(wanted))
    };
    let found: Vec<_> = codes::ALL.iter().filter(matches).collect();
    if found.is_empty() {
        let upper = wanted.to_ascii_uppercase();
        let hint = near_miss(&upper, codes::ALL.iter().map(|code| code.id));
        let hint = hint.map_or_else(String::new, |id| format!("，是否指“{id}”"));
        console.talk(&format!("没有编号“{wanted}”{hint}。不带编号运行 shuzhi explain 可列出全部"));
        return Ok(Exit::Usage);
    }
    for code in found {
        let level = text::level(code.severity);
        let blocks = if code.blocks { "，定稿前要处理" } else { "" };
        let check = code.check.map_or_else(String::new, |check| format!("，核对项{check}"));
        console.result(&format!("{} {}（{level}{check}{blocks}）", code.id, code.title));
        console.result(code.explanation);
    }
    Ok(Exit::Fine)
}
